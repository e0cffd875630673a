/* What the auditor finds in a record, and what comes of it. */
#include "stage.h"

static struct overlooked found;

static instant instant_at(const char *text)
{
	instant at = { 0 };
	require(instant_parse(str_of(text), &at));
	return at;
}

/* Whether something is overlooked in a record at that moment, when the index says it is looked at then. */
static bool is_overlooked(const struct family *record, const char *look, const char *now)
{
	found = (struct overlooked){ "", STR_EMPTY };
	return decide_overlooked(&scene.arena, scene.policy, record,
				 look != NULL ? instant_at(look) : INSTANT_NEVER, instant_at(now),
				 &found);
}

static void a_duty_whose_day_has_come_is_found_an_hour_later(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_false(is_overlooked(scene.family, "2027-01-01T00:00:00Z", "2026-12-07T00:30:00Z"));
	assert_true(is_overlooked(scene.family, "2027-01-01T00:00:00Z", "2026-12-14T01:30:00Z"));
	assert_str(str_of(found.what), "date_overlooked");
	assert_str(found.id, "C1.decision");
}

/* Then it is the look that is late, and whoever watches sees that. */
static void what_is_going_to_be_looked_at_now_is_not_overlooked(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_false(is_overlooked(scene.family, "2026-12-14T00:00:00Z", "2026-12-14T05:00:00Z"));
}

static void a_record_that_waits_needs_a_look(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_true(is_overlooked(scene.family, NULL, "2026-11-02T10:00:01Z"));
	assert_str(str_of(found.what), "no_look");
	assert_str(found.id, "F1");
}

static void a_rung_that_never_fired_is_found(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	struct case_file *file = family_case(scene.family, S("C1"));
	case_duty(file, S("C1.decision"))->chase.next = instant_at("2026-12-17T09:00:00Z");
	assert_false(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-12-17T09:59:00Z"));
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-12-17T10:01:00Z"));
	assert_str(str_of(found.what), "rung_untold");
	assert_str(found.id, "C1.decision");
}

static void an_action_whose_day_has_come_is_found(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'Call','due':'2026-11-10','agreed_with':['c-mum'],"
	     "'owner':{'service':'send','person':'sam'}}");
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-12T12:00:00Z"));
	assert_str(str_of(found.what), "date_overlooked");
	assert_str(found.id, "A1");
}

static void a_task_that_nobody_was_told_is_late_is_found(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-04T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	struct case_file *file = family_case(scene.family, S("C1"));
	struct task *task = &file->tasks[file->n_tasks - 1];
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-20T12:00:00Z"));
	assert_str(str_of(found.what), "date_overlooked");
	assert_str(found.id, str_z(&scene.arena, task->id));
	task->chased = true;
	task->chase.next = instant_at("2026-11-20T09:00:00Z");
	assert_false(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-20T09:30:00Z"));
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-20T10:30:00Z"));
	assert_str(str_of(found.what), "rung_untold");
}

static void what_was_to_be_said_and_was_not_is_found(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	struct intent intent = { .id = S("i"),
				 .case_id = S("C1"),
				 .about = S("C1.decision"),
				 .not_before = instant_at("2026-11-05T09:00:00Z") };
	scene.family->intents = &intent;
	scene.family->n_intents = 1;
	assert_false(is_overlooked(scene.family, "2026-12-01T00:00:00Z", "2026-11-05T09:59:00Z"));
	assert_true(is_overlooked(scene.family, "2026-12-01T00:00:00Z", "2026-11-05T10:01:00Z"));
	assert_str(str_of(found.what), "not_said");
	assert_str(found.id, "C1.decision");
}

static void an_item_of_a_desk_that_is_due_and_not_told_is_found(void **state)
{
	use_digest();
	scene_play(&scene, "2026-12-01T08:00:00Z", "desk.noted", "service/send",
		   "{'case':'C1','about':'C1.decision','holder':'rita','what':'Decide',"
		   "'template':'duty-warning','due':'2026-12-14'}");
	assert_false(is_overlooked(scene.desk, "2026-12-02T09:00:00Z", "2026-12-01T09:59:00Z"));
	assert_true(is_overlooked(scene.desk, "2026-12-02T09:00:00Z", "2026-12-01T10:01:00Z"));
	assert_str(str_of(found.what), "digest_untold");
	assert_str(found.id, "C1.decision");
	scene_play(&scene, "2026-12-01T10:02:00Z", "audit.found", "service/send",
		   "{'what':'digest_untold','id':'C1.decision'}");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_false(is_overlooked(scene.desk, "2026-12-02T09:00:00Z", "2026-12-01T12:00:00Z"));
}

static void find(const char *what, const char *id)
{
	str data = str_fmt(&scene.arena, "{'what':'%s','id':'%s'}", what, id);
	FAMILY("2026-11-03T10:00:00Z", "audit.found", str_z(&scene.arena, data));
}

static void whoever_owns_the_case_hears_in_their_words_what_was_found(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	find("evidence_broken", "7");
	assert_true(str_starts(last_task()->what, S("What was written down about this family")));
	find("message_in_no_set", scene.family->open[0].id.p);
	assert_true(str_starts(last_task()->what, S("A message to this family")));
	find("case_elsewhere", "C1");
	assert_true(str_starts(last_task()->what, S("This case is not known")));
	find("no_look", "C1.decision");
	assert_true(str_starts(last_task()->what, S("Candour did not look")));
	assert_str(last_task()->owner, "caseworker");
	assert_true(scene.plan->n_facts > 0);
	assert_str(scene.plan->facts[0].type, "audit.found");
	assert_str(scene.plan->facts[0].subject, "case/C1");
	assert_false(instant_is_never(scene.plan->next_look));
}

static void forget_cases(void)
{
	scene.family->n_cases = scene.family->n_intents = scene.family->n_open = 0;
}

static void what_no_case_has_reaches_the_authority(void **state)
{
	forget_cases();
	find("evidence_broken", "7");
	assert_said("email authority task-unowned role 2026-11-03T10:00:00Z\n");
	str facts = scene.plan->messages[0].facts;
	assert_true(holds(facts, "What was written down about this family"));
	assert_true(holds(facts, "\"family\":\"F1\""));
}

static void settle_of_family(const char *at, const char *type, str message)
{
	FAMILY(at, type,
	       str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(message))));
}

/* The last resort has none behind it: what it cannot be told is written down, and told to nobody. */
static void that_the_authority_cannot_be_told_is_told_to_nobody(void **state)
{
	forget_cases();
	find("evidence_broken", "7");
	str message = message_to("authority", CHANNEL_EMAIL);
	settle_of_family("2026-11-03T10:01:00Z", "message.failed", message);
	assert_silence();
	assert_true(is_written("failed"));
	find("evidence_broken", "8");
	message = message_to("authority", CHANNEL_EMAIL);
	settle_of_family("2026-11-03T10:01:00Z", "message.accepted", message);
	settle_of_family("2026-11-03T10:02:00Z", "message.failed", message);
	assert_silence();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_duty_whose_day_has_come_is_found_an_hour_later),
		TEST(what_is_going_to_be_looked_at_now_is_not_overlooked),
		TEST(a_record_that_waits_needs_a_look),
		TEST(a_rung_that_never_fired_is_found),
		TEST(an_action_whose_day_has_come_is_found),
		TEST(a_task_that_nobody_was_told_is_late_is_found),
		TEST(what_was_to_be_said_and_was_not_is_found),
		TEST(an_item_of_a_desk_that_is_due_and_not_told_is_found),
		TEST(whoever_owns_the_case_hears_in_their_words_what_was_found),
		TEST(what_no_case_has_reaches_the_authority),
		TEST(that_the_authority_cannot_be_told_is_told_to_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
