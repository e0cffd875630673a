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
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'C1','about':'C1.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-warning','due':'2026-12-14'}");
	assert_false(is_overlooked(scene.desk, "2026-12-02T09:00:00Z", "2026-12-01T09:59:00Z"));
	assert_true(is_overlooked(scene.desk, "2026-12-02T09:00:00Z", "2026-12-01T10:01:00Z"));
	assert_str(str_of(found.what), "digest_untold");
	assert_str(found.id, "C1.decision");
	DESK("2026-12-01T10:02:00Z", "audit.found", "{'what':'digest_untold','id':'C1.decision'}");
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

/* Behind others whose time has not come. */
static void what_is_overlooked_is_found_among_what_is_not(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	for (int i = 1; i <= 2; i++)
		scene_play(&scene, "2026-11-02T10:00:00Z", "action.agreed", "case/C2",
			   i == 1 ? "{'action':'A1','what':'w','due':'2027-11-10',"
				    "'owner':{'service':'send','person':'sam'}}"
				  : "{'action':'A2','what':'w','due':'2026-11-10',"
				    "'owner':{'service':'send','person':'sam'}}");
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-12T12:00:00Z"));
	assert_str(found.id, "A2");
	struct case_file *file = family_case(scene.family, S("C2"));
	file->n_actions = 1;
	for (int i = 0; i < 2; i++) {
		struct task *task = GROW(&scene.arena, file->tasks, file->n_tasks);
		*task = (struct task){ .id = i == 0 ? S("t.1") : S("t.2"),
				       .chase = { .next = INSTANT_NEVER, .expected = DATE_NONE } };
		date_parse(i == 0 ? S("2027-11-10") : S("2026-11-10"), &task->due);
	}
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-12T12:00:00Z"));
	assert_str(found.id, "t.2");
}

/* A hold's end, the family's silence: no name of its own, but the record's. */
static void what_has_no_name_is_the_records(void **state)
{
	CASE("2026-11-02T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-10'}");
	struct case_file *file = family_case(scene.family, S("C1"));
	*GROW(&scene.arena, file->tasks, file->n_tasks) =
		(struct task){ .id = S("t.1"), .due = file->holds[0].until, .done = true };
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-11-12T12:00:00Z"));
	assert_str(str_of(found.what), "look_too_late");
	assert_str(found.id, "F1");
}

/* The family was told another date, and that one is over: no rung was missed. */
static void a_new_date_that_passed_is_no_rung(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	struct duty *duty = case_duty(family_case(scene.family, S("C1")), S("C1.decision"));
	duty->chase.next = instant_at("2027-12-01T09:00:00Z");
	date_parse(S("2026-12-18"), &duty->chase.expected);
	assert_true(is_overlooked(scene.family, "2028-01-01T00:00:00Z", "2026-12-19T02:00:00Z"));
	assert_str(str_of(found.what), "date_overlooked");
	assert_str(found.id, "C1.decision");
}

static void what_was_not_said_is_named_as_far_as_it_has_a_name(void **state)
{
	static const struct {
		const char *about, *case_id, *id;
	} rows[] = {
		{ "C1.decision", "C1", "C1.decision" },
		{ "", "C1", "C1" },
		{ "", "", "F1" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct intent intents[] = {
			{ .id = S("i"), .not_before = instant_at("2026-12-05T09:00:00Z") },
			{ .id = S("k"),
			  .case_id = str_of(rows[i].case_id),
			  .about = str_of(rows[i].about),
			  .not_before = instant_at("2026-11-05T09:00:00Z") },
		};
		scene.family->intents = intents;
		scene.family->n_intents = 2;
		assert_true(is_overlooked(scene.family, "2026-12-01T00:00:00Z",
					  "2026-11-05T10:01:00Z"));
		assert_str(str_of(found.what), "not_said");
		assert_str(found.id, rows[i].id);
	}
}

/* What is in its reader's list already is not untold; what is in a storm is that storm's. */
static void of_a_desk_what_was_told_is_not_overlooked(void **state)
{
	use_digest();
	for (int i = 0; i < 2; i++) {
		scene_play(
			&scene, i == 0 ? "2026-12-01T08:00:00Z" : "2026-12-01T09:30:00Z",
			"desk.noted", "service/send",
			i == 0 ? "{'case':'C1','about':'C1.decision','holder':'rita',"
				 "'what':'Decide','template':'duty-warning','due':'2026-12-14'}"
			       : "{'case':'C2','about':'C2.decision','holder':'rita',"
				 "'what':'Decide','template':'duty-warning','due':'2026-12-14'}");
		scene_play(&scene, i == 0 ? "2026-12-01T09:00:00Z" : "2026-12-01T09:31:00Z",
			   "clock.due", "service/send", "{}");
	}
	assert_true(is_overlooked(scene.desk, "2026-12-03T09:00:00Z", "2026-12-02T11:01:00Z"));
	assert_str(str_of(found.what), "digest_untold");
	assert_str(found.id, "C2.decision");
	scene.desk->items[1].told = true;
	scene.desk->items[1].in_storm = true;
	scene.desk->items[1].noted = instant_at("2026-12-01T09:30:00Z");
	assert_true(is_overlooked(scene.desk, "2026-12-03T09:00:00Z", "2026-12-02T11:01:00Z"));
	assert_str(str_of(found.what), "storm_untold");
}

static void what_was_found_is_the_case_of_whatever_it_is_about(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const char *message = str_z(&scene.arena, message_to("c-mum", CHANNEL_LETTER));
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','due':'2026-12-10',"
	     "'owner':{'service':'send','person':'sam'}}");
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'?'}");
	const char *ids[] = { "C1", "C1.decision", "A1", str_z(&scene.arena, last_task()->id),
			      message };
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		find("no_look", ids[i]);
		assert_str(scene.plan->facts[0].subject, "case/C1");
	}
	/* A message of the second, and not of the first. */
	scene_play(&scene, "2026-11-02T11:00:00Z", "alarmed", "case/C2", "{}");
	find("message_in_no_set", str_z(&scene.arena, message_to("c-mum", CHANNEL_LETTER)));
	assert_str(scene.plan->facts[0].subject, "case/C2");
	/* What is not known here is with the last case's owner. */
	find("no_look", "other");
	assert_str(scene.plan->facts[0].subject, "case/C2");
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
		TEST(what_is_overlooked_is_found_among_what_is_not),
		TEST(what_has_no_name_is_the_records),
		TEST(a_new_date_that_passed_is_no_rung),
		TEST(what_was_not_said_is_named_as_far_as_it_has_a_name),
		TEST(of_a_desk_what_was_told_is_not_overlooked),
		TEST(what_was_found_is_the_case_of_whatever_it_is_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
