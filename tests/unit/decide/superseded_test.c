/* What never happened, where little is known of it; and an event that takes another's place. */
#include "stage.h"

static int start_with_corrections(void **state)
{
	start(state);
	add_standard("event.withdrawn", (struct saying){ .audience = AUDIENCE_CONTACTS,
							 .template = S("correction"),
							 .grade = GRADE_INFORMATION });
	return 0;
}

#define CORRECTION_TEST(f) cmocka_unit_test_setup_teardown(f, start_with_corrections, end)

static str last_event(void)
{
	return str_fmt(&scene.arena, "e%d", scene.n_events);
}

static void hand_over_all(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_messages; i++)
		SETTLE(at, "accepted", plan->messages[i].id);
}

static const char *withdrawal(str event, const char *more)
{
	return str_z(&scene.arena, str_fmt(&scene.arena, "{'event':'%.*s','reason':'Mixed up'%s}",
					   STR_ARG(event), more));
}

static void settle_family(const char *at, const char *type, str message)
{
	FAMILY(at, type,
	       str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(message))));
}

/* --- little is known ------------------------------------------------------------------------------ */

/* An older record does not say on which day it was: everybody may have heard. */
static void of_an_unknown_day_everybody_may_have_heard(void **state)
{
	static const bool known[] = { true, false };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_corrections(NULL);
		FAMILY("2026-11-02T09:00:00Z", "contact.registered",
		       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['email'],"
		       "'addresses':{'email':'ben@home.example'}}");
		CASE("2026-11-02T10:00:00Z", "alarmed", "{}");
		str event = last_event();
		SETTLE("2026-11-02T10:01:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
		for (size_t k = 0; k < scene.family->n_open; k++) {
			if (str_eq(scene.family->open[k].contact, S("c-dad")))
				scene.family->open[k].contact = S("sam"); /* our own */
			if (!known[i])
				scene.family->open[k].intent->on = DATE_NONE;
		}
		CASE("2026-11-03T10:00:00Z", "event.withdrawn", withdrawal(event, ""));
		assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
		assert_int_equal(scene_message(&scene, "c-dad", CHANNEL_EMAIL) != NULL, !known[i]);
	}
}

/* Long ago, and nobody may be told any more: somebody looks at it. */
static void where_nobody_may_be_told_somebody_looks_at_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event();
	hand_over_all("2026-11-02T10:01:00Z");
	FAMILY("2026-11-02T11:00:00Z", "contact.removed", "{'contact':'c-mum'}");
	TICK("2026-12-12T10:00:00Z");
	CASE("2026-12-12T11:00:00Z", "event.withdrawn", withdrawal(event, ""));
	assert_silence();
	assert_true(str_starts(last_task()->id, S("t.withdrawn.")));
}

static void put_doubt(str event, const char *contact)
{
	struct doubt *doubt = GROW(&scene.arena, scene.family->doubts, scene.family->n_doubts);
	*doubt = (struct doubt){ .message = str_of(contact),
				 .contact = str_of(contact),
				 .event_id = event,
				 .template = S("x"),
				 .channel = CHANNEL_LETTER };
	date_parse(S("2026-11-02"), &doubt->on);
	doubt->event_on = doubt->on;
}

/* What may have reached our own people, and what is of another event, is no matter of this one. */
static void only_a_doubt_about_that_event_and_the_family_counts(void **state)
{
	static const struct {
		const char *event, *contact;
		bool is_corrected;
	} rows[] = { { "e77", "c-mum", true }, { "e77", "sam", false }, { "e78", "c-mum", false } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start_with_corrections(NULL);
		put_doubt(str_of(rows[i].event), rows[i].contact);
		CASE("2026-11-03T10:00:00Z", "event.withdrawn", withdrawal(S("e77"), ""));
		assert_int_equal(scene_message(&scene, "c-mum", CHANNEL_LETTER) != NULL,
				 rows[i].is_corrected);
	}
}

/* --- another family's ------------------------------------------------------------------------------ */

/* All its cases have been put away: the authority has to see to it, by the same day. */
static void a_breach_of_privacy_without_a_case_is_the_authoritys(void **state)
{
	add_standard("told.wrong_family", (struct saying){ .audience = AUDIENCE_MANAGER,
							   .template = S("wrong-family"),
							   .grade = GRADE_URGENT });
	CASE("2026-11-02T10:00:00Z", "alarmed", "{}");
	str event = last_event();
	hand_over_all("2026-11-02T10:01:00Z");
	scene.family->n_cases = 0;
	FAMILY("2026-11-03T10:00:00Z", "event.withdrawn", withdrawal(event, ",'meant':'C-other'"));
	const struct message *told = scene_message(&scene, "authority", CHANNEL_EMAIL);
	assert_non_null(told);
	assert_true(holds(told->facts, "told to c-mum: tell the data protection"));
	assert_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
}

/* In a case it is its manager's as well, and due within two days, or sooner where tasks are. */
static void a_breach_of_privacy_is_seen_to_within_two_days(void **state)
{
	static const struct {
		int working_days;
		bool is_full;
		const char *due;
	} rows[] = { { 5, false, "2026-11-05" }, { 1, false, "2026-11-04" }, { 5, true, "" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start_with_corrections(NULL);
		add_standard("told.wrong_family", (struct saying){ .audience = AUDIENCE_MANAGER,
								   .template = S("wrong-family"),
								   .grade = GRADE_URGENT });
		scene.policy->authority.task_working_days = rows[i].working_days;
		CASE("2026-11-02T10:00:00Z", "alarmed", "{}");
		str event = last_event();
		hand_over_all("2026-11-02T10:01:00Z");
		struct case_file *file = family_case(scene.family, S("C1"));
		while (rows[i].is_full && file->n_tasks < 64)
			*GROW(&scene.arena, file->tasks, file->n_tasks) = (struct task){
				.id = S("t.old"),
				.due = date_add(file->opened_on, 99),
				.chase = { .next = INSTANT_NEVER, .expected = DATE_NONE }
			};
		CASE("2026-11-03T10:00:00Z", "event.withdrawn",
		     withdrawal(event, ",'meant':'C-other'"));
		assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
		if (!rows[i].is_full)
			assert_day(last_task()->due, rows[i].due);
		else
			assert_true(is_written("Not written down: What is about another family"));
	}
}

/* --- what left all the same -------------------------------------------------------------------------- */

static void add_school_correction(void)
{
	add_standard("event.withdrawn", (struct saying){ .audience = AUDIENCE_PARTIES,
							 .parties = { { true } },
							 .template = S("party-correction"),
							 .grade = GRADE_INFORMATION });
	/* In the place of the one for the family. */
	struct event_rule *rules = scene.policy->standards;
	for (size_t i = 0; i + 1 < scene.policy->n_standards; i++) {
		if (str_eq(rules[i].type, S("event.withdrawn")))
			rules[i].type = S("none");
	}
}

static str withdraw_under_way(const char *contact, enum channel_kind channel, const char *more)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event(), message = message_to(contact, channel);
	CASE("2026-11-02T10:10:00Z", "event.withdrawn", withdrawal(event, more));
	return message;
}

static void a_school_that_had_another_familys_is_named_as_what_it_is(void **state)
{
	static const char *const names[] = { "told to p-school:", "told to a professional:" };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_corrections(NULL);
		add_school_correction();
		str email = withdraw_under_way("p-school", CHANNEL_EMAIL, ",'meant':'C-other'");
		/* An older record names the role alone. */
		for (size_t k = 0; i == 1 && k < scene.family->n_intents; k++)
			scene.family->intents[k].n_contacts = 0;
		SETTLE("2026-11-02T10:12:00Z", "accepted", email);
		assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
		assert_true(holds(last_task()->what, names[i]));
		assert_non_null(scene_message(&scene, "p-school", CHANNEL_EMAIL));
	}
}

/* It had been put right, as far as anybody knew: it is to be put right again. */
static void what_left_after_it_was_put_right_is_put_right_again(void **state)
{
	static const bool done[] = { false, true };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_corrections(NULL);
		str letter = withdraw_under_way("c-mum", CHANNEL_LETTER, "");
		struct case_file *file = family_case(scene.family, S("C1"));
		*GROW(&scene.arena, file->tasks, file->n_tasks) =
			(struct task){ .id = S("t.withdrawn.e0"),
				       .due = date_add(file->opened_on, 9),
				       .done = done[i],
				       .chase = { .next = INSTANT_NEVER, .expected = DATE_NONE } };
		size_t before = count_tasks();
		SETTLE("2026-11-02T10:12:00Z", "accepted", letter);
		assert_int_equal(count_tasks(), before + (done[i] ? 1 : 0));
	}
}

/* The case has been put away meanwhile. */
static void what_left_of_no_case_is_the_authoritys_to_put_right(void **state)
{
	str letter = withdraw_under_way("c-mum", CHANNEL_LETTER, "");
	scene.family->n_cases = 0;
	settle_family("2026-11-02T10:12:00Z", "message.accepted", letter);
	assert_non_null(scene_message(&scene, "authority", CHANNEL_EMAIL));
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* --- another's place --------------------------------------------------------------------------------- */

static const char *superseding(str event, const char *data)
{
	return str_z(&scene.arena,
		     str_fmt(&scene.arena, "{%s'supersedes':'%.*s'}", data, STR_ARG(event)));
}

/* It was refused, and not asked for: what ran from the first falls away, and what the second begins begins. */
static void an_event_of_another_type_takes_the_place_of_one(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event();
	CASE("2026-11-03T10:00:00Z", "refused", superseding(event, "'reasons':'r',"));
	assert_state("C1.decision", DUTY_CANCELLED);
	assert_state("C1.appeal", DUTY_SCHEDULED);
	assert_true(is_written("It takes the place of"));
}

/* What another event began is that one's: it goes on. */
static void what_another_event_began_goes_on(void **state)
{
	CASE("2026-11-02T10:00:00Z", "alarmed", "{}");
	str event = last_event();
	CASE("2026-11-03T10:00:00Z", "asked", "{}");
	CASE("2026-11-04T10:00:00Z", "asked", superseding(event, ""));
	assert_day(scene_duty(&scene, "C1.decision")->from, "2026-11-03");
	assert_state("C1.decision", DUTY_SCHEDULED);
}

/* A visit and not a call; and it was no request at all, but a visit. */
static void an_event_of_every_case_takes_the_place_of_one(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event();
	CASE("2026-11-03T10:00:00Z", "contact.made",
	     superseding(event, "'with':['c-mum'],'how':'visit',"));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_state("C1.decision", DUTY_CANCELLED);
}

/* It did happen, if not so: the exemption from what it began stays one. */
static void what_had_ended_by_then_stays_as_it_is(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event();
	CASE("2026-11-03T10:00:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
	     "'evidence':'e','approved_by':'a'}");
	CASE("2026-11-04T10:00:00Z", "contact.made",
	     superseding(event, "'with':['c-mum'],'how':'visit',"));
	assert_true(is_written("It takes the place of"));
	assert_state("C1.decision", DUTY_EXCUSED);
}

/* Of people, or of itself, an event takes nothing's place: it is what it is. */
static void what_is_of_no_case_or_of_itself_takes_no_place(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = last_event();
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       superseding(event, "'contact':'c-mum','name':'Ada',"));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_state("C1.decision", DUTY_SCHEDULED);
	str own = str_fmt(&scene.arena, "e%d", scene.n_events + 1);
	CASE("2026-11-03T11:00:00Z", "asked", superseding(own, ""));
	assert_state("C1.decision", DUTY_SCHEDULED);
	assert_false(is_written("It takes the place of"));
	/* A case that is only being opened has nothing yet. */
	scene_play(&scene, "2026-11-03T12:00:00Z", "case.opened", "case/C2",
		   superseding(event, "'family':'F1','pathway':'assess','service':'send',"
				      "'owner':'sam',"));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_state("C1.decision", DUTY_SCHEDULED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CORRECTION_TEST(of_an_unknown_day_everybody_may_have_heard),
		CORRECTION_TEST(where_nobody_may_be_told_somebody_looks_at_it),
		CORRECTION_TEST(only_a_doubt_about_that_event_and_the_family_counts),
		CORRECTION_TEST(a_breach_of_privacy_without_a_case_is_the_authoritys),
		CORRECTION_TEST(a_breach_of_privacy_is_seen_to_within_two_days),
		CORRECTION_TEST(a_school_that_had_another_familys_is_named_as_what_it_is),
		CORRECTION_TEST(what_left_after_it_was_put_right_is_put_right_again),
		CORRECTION_TEST(what_left_of_no_case_is_the_authoritys_to_put_right),
		CORRECTION_TEST(an_event_of_another_type_takes_the_place_of_one),
		CORRECTION_TEST(what_another_event_began_goes_on),
		CORRECTION_TEST(an_event_of_every_case_takes_the_place_of_one),
		CORRECTION_TEST(what_had_ended_by_then_stays_as_it_is),
		CORRECTION_TEST(what_is_of_no_case_or_of_itself_takes_no_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
