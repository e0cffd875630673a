/* Who hears that something never happened, and what it says. */
#include "stage.h"

static void hand_over_all(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_messages; i++)
		SETTLE(at, "accepted", plan->messages[i].id);
}

static str facts_to(const char *contact)
{
	for (size_t i = 0; i < scene.plan->n_messages; i++) {
		const struct message *message = &scene.plan->messages[i];
		if (str_eq(message->contact, str_of(contact)))
			return message->facts;
	}
	fail_msg("nothing goes to %s", contact);
	return STR_EMPTY;
}

static int start_with_corrections(void **state)
{
	static struct saying says[] = { { .audience = AUDIENCE_CONTACTS,
					  .grade = GRADE_INFORMATION },
					{ .audience = AUDIENCE_PARTIES,
					  .grade = GRADE_INFORMATION,
					  .parties = { .has = { [PARTY_SCHOOL] = true } } } };
	start(state);
	struct event_rule *rules = TAKE(&scene.arena, struct event_rule,
					scene.policy->n_standards + 1);
	size_t n = 0;
	says[0].template = S("correction");
	says[1].template = S("party-correction");
	for (size_t i = 0; i < scene.policy->n_standards; i++) {
		if (!str_eq(scene.policy->standards[i].type, S("event.withdrawn")))
			rules[n++] = scene.policy->standards[i];
	}
	rules[n++] = (struct event_rule){ .type = S("event.withdrawn"), .says = says, .n_says = 2 };
	scene.policy->standards = rules;
	scene.policy->n_standards = n;
	return 0;
}

#define CORRECTION_TEST(f) cmocka_unit_test_setup_teardown(f, start_with_corrections, end)
#define WITHDRAW(at, id, more)                                                                     \
	CASE(at, "event.withdrawn",                                                                \
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'event':'%.*s','reason':'Mixed up'%s}",   \
					 STR_ARG(id), more)))

static str ask(const char *at)
{
	CASE(at, "asked", "{}");
	return str_fmt(&scene.arena, "e%d", scene.n_events);
}

static void a_correction_says_on_which_day_it_was_said(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-03T09:00:00Z");
	WITHDRAW("2026-11-06T10:00:00Z", event, "");
	str mum = facts_to("c-mum"), school = facts_to("p-school");
	assert_true(str_find(mum, S("\"said_on\":{\"date\":\"2026-11-03\"}")) < mum.n);
	assert_true(str_find(mum, S("Mixed up")) < mum.n);
	assert_true(str_find(school, S("\"said_on\":{\"date\":\"2026-11-03\"}")) < school.n);
}

/* What was to come next before it was closed does not come. */
static void of_a_case_that_is_closed_no_next_step_is_said(void **state)
{
	for (int i = 0; i < 2; i++) {
		end(NULL);
		start_with_corrections(NULL);
		ask("2026-11-02T10:00:00Z");
		CASE("2026-11-03T10:00:00Z", "drafted", "{}");
		str event = str_fmt(&scene.arena, "e%d", scene.n_events);
		hand_over_all("2026-11-03T11:00:00Z");
		if (i == 1)
			CASE("2026-11-04T10:00:00Z", "case.closed", "{'outcome':'moved away'}");
		WITHDRAW("2026-11-06T10:00:00Z", event, "");
		assert_int_equal(holds(facts_to("c-mum"), "\"next\":{"), i == 0);
	}
}

/* As long as an event may have it, of characters that take two bytes each in JSON, and of two messages. */
static void the_longest_reason_is_said_whole(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-03T09:00:00Z");
	for (size_t i = 0; i < scene.family->n_open; i++)
		scene.family->open[i].contact = S("c-mum");
	char reason[8001] = "";
	memset(reason, '\\', sizeof reason - 1);
	CASE("2026-11-06T10:00:00Z", "event.withdrawn",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'event':'%.*s','reason':'%s'}",
					 STR_ARG(event), reason)));
	assert_true(holds(facts_to("c-mum"), reason));
	assert_true(holds(facts_to("c-mum"), "\"said_on\":{\"date\":\"2026-11-03\"}"));
}

static void what_nobody_has_heard_is_not_corrected(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	WITHDRAW("2026-11-02T10:10:00Z", event, "");
	assert_silence();
}

static void after_weeks_everybody_may_have_heard(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-02T11:00:00Z");
	TICK("2026-12-10T10:00:00Z");
	WITHDRAW("2026-12-10T10:10:00Z", event, "");
	str mum = facts_to("c-mum");
	assert_true(str_find(mum, S("said_on")) == mum.n);
	/* Once: what would go to the child is not said to her mother instead. */
	assert_said("letter c-mum correction agreed 2026-12-10T10:10:00Z\n");
}

/* Jo had it when she was told by herself, and has no say any more: her mother does not learn which message it was. */
static void what_a_child_had_is_corrected_to_nobody_in_her_place(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-02T11:00:00Z");
	for (size_t i = 0; i < scene.family->n_open; i++) {
		if (str_eq(scene.family->open[i].contact, S("c-mum")))
			scene.family->open[i].contact = S("c-child");
	}
	WITHDRAW("2026-11-06T10:00:00Z", event, "");
	assert_int_equal(scene.plan->n_messages, 1);
	facts_to("p-school");
}

static void the_event_may_know_the_day_better(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-02T11:00:00Z");
	TICK("2026-12-10T10:00:00Z");
	WITHDRAW("2026-12-10T10:10:00Z", event, ",'said_on':'2026-11-02'");
	str mum = facts_to("c-mum");
	assert_true(str_find(mum, S("\"said_on\":{\"date\":\"2026-11-02\"}")) < mum.n);
}

/* Its cases have been put away: whoever could look at it is not known here. */
static void where_no_case_is_left_the_authority_looks_at_it(void **state)
{
	scene.family->n_cases = scene.family->n_intents = scene.family->n_open = 0;
	FAMILY("2027-06-01T10:00:00Z", "event.withdrawn", "{'event':'e-old','reason':'A mistake'}");
	assert_said("email authority task-unowned role 2027-06-01T10:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "An event was withdrawn"));
}

/* --- what was wrong, so that its reader finds it --------------------------------------------------- */

static void a_correction_names_each_message_that_was_wrong(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-03T09:00:00Z");
	WITHDRAW("2026-11-06T10:00:00Z", event, "");
	assert_true(holds(facts_to("c-mum"), "{\"template\":\"asked\",\"letter\":true,\"on\":{"
					     "\"date\":\"2026-11-03\"}}"));
	assert_true(
		holds(facts_to("p-school"), "\"email\":true,\"on\":{\"date\":\"2026-11-03\"}}"));
}

/* --- each of several ------------------------------------------------------------------------------- */

static void register_school(const char *at, const char *id, const char *email)
{
	FAMILY(at, "party.registered",
	       str_z(&scene.arena, str_fmt(&scene.arena,
					   "{'party':'%s','role':'school','name':'A School',"
					   "'channels':['email'],'addresses':{'email':'%s'}}",
					   id, email)));
}

/* The new school of a phase transfer came later: it hears nothing of what only the old one was told. */
static void a_school_hears_nothing_of_another_schools_message(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	hand_over_all("2026-11-02T11:00:00Z");
	register_school("2026-11-03T10:00:00Z", "p-new", "office@new.example");
	WITHDRAW("2026-11-06T10:00:00Z", event, "");
	facts_to("p-school");
	assert_null(scene_message(&scene, "p-new", CHANNEL_EMAIL));
}

static void of_two_schools_each_hears_of_its_own_message(void **state)
{
	register_school("2026-11-01T10:00:00Z", "p-new", "office@new.example");
	str event = ask("2026-11-02T10:00:00Z");
	str old = message_to("p-school", CHANNEL_EMAIL), new = message_to("p-new", CHANNEL_EMAIL);
	SETTLE("2026-11-02T11:00:00Z", "accepted", old);
	SETTLE("2026-11-04T11:00:00Z", "accepted", new);
	WITHDRAW("2026-11-06T10:00:00Z", event, "");
	assert_true(holds(facts_to("p-school"), "2026-11-02"));
	assert_false(holds(facts_to("p-school"), "2026-11-04"));
	assert_true(holds(facts_to("p-new"), "2026-11-04"));
	assert_false(holds(facts_to("p-new"), "2026-11-02"));
}

/* --- what is under way ------------------------------------------------------------------------------ */

/* Asked and withdrawn at once; gives the letter to her mother. */
static str withdraw_under_way(const char *more)
{
	str event = ask("2026-11-02T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	WITHDRAW("2026-11-02T10:10:00Z", event, more);
	assert_silence();
	return letter;
}

static void what_left_all_the_same_is_corrected_to_whoever_has_it(void **state)
{
	static const char *const outcomes[] = { "accepted", "dispatched", "delivered", "unknown" };
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		SETTLE("2026-11-02T10:12:00Z", outcomes[i], withdraw_under_way(""));
		assert_true(holds(facts_to("c-mum"), "\"in_doubt\":true"));
		assert_null(scene_message(&scene, "p-school", CHANNEL_EMAIL));
		assert_true(str_starts(last_task()->id, S("t.withdrawn.")));
		end(state);
		start_with_corrections(state);
	}
}

static void what_did_not_leave_needs_no_correction(void **state)
{
	static const char *const outcomes[] = { "failed", "returned", "expired", "stale" };
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		str letter = withdraw_under_way("");
		SETTLE("2026-11-02T10:12:00Z", outcomes[i], letter);
		assert_silence();
		SETTLE("2026-11-02T10:13:00Z", "accepted", letter);
		assert_silence();
		end(state);
		start_with_corrections(state);
	}
}

static void it_is_corrected_once_whatever_else_becomes_of_it(void **state)
{
	str letter = withdraw_under_way("");
	SETTLE("2026-11-02T10:12:00Z", "unknown", letter);
	assert_int_equal(scene.plan->n_messages, 1);
	SETTLE("2026-11-02T10:30:00Z", "accepted", letter);
	SETTLE("2026-11-02T10:30:00Z", "dispatched", letter);
	assert_silence();
	assert_int_equal(count_tasks(), 1);
}

static void what_waits_for_what_it_needs_is_not_on_its_way_yet(void **state)
{
	str letter = withdraw_under_way("");
	SETTLE("2026-11-02T10:12:00Z", "held", letter);
	assert_silence();
	SETTLE("2026-11-02T10:20:00Z", "accepted", letter);
	assert_int_equal(scene.plan->n_messages, 1);
}

static void of_what_was_stopped_in_time_nothing_waits_for_ever(void **state)
{
	str letter = withdraw_under_way("");
	TICK("2026-11-30T10:11:00Z");
	assert_int_equal(scene.family->n_intents, 0);
	SETTLE("2026-11-30T10:12:00Z", "accepted", letter);
	assert_silence();
}

/* It tells of a closing before this one: the message was issued again since, and is on its way. */
static void that_it_was_stopped_once_does_not_say_that_it_has_not_left(void **state)
{
	str letter = withdraw_under_way("");
	CASE("2026-11-02T10:11:00Z", "message.expired",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','attempt':1,'code':'stopped'}",
			   STR_ARG(letter))));
	assert_silence();
	SETTLE("2026-11-02T10:12:00Z", "accepted", letter);
	facts_to("c-mum");
}

static void what_may_have_left_before_is_corrected_at_once(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	SETTLE("2026-11-02T10:05:00Z", "unknown", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-11-03T09:00:00Z");
	WITHDRAW("2026-11-03T10:10:00Z", event, "");
	assert_true(holds(facts_to("c-mum"), "\"on\":{\"date\":\"2026-11-02\"},\"in_doubt\":true"));
}

/* It is addressed again under its name, and that it may have arrived is not forgotten. */
static void what_may_have_left_stays_in_doubt_when_it_is_addressed_again(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T10:05:00Z", "unknown", letter);
	SETTLE("2026-11-02T10:06:00Z", "stale", letter);
	WITHDRAW("2026-11-02T10:10:00Z", event, "");
	assert_int_equal(scene.plan->n_messages, 1);
}

/* What came of that attempt; an email or a letter is tried again under its name. */
static void settle_attempt(const char *at, const char *outcome, str message, int attempt)
{
	CASE(at, str_z(&scene.arena, str_fmt(&scene.arena, "message.%s", outcome)),
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','attempt':%d,'again':true}",
			   STR_ARG(message), attempt)));
}

/* Asked on the second; the letter may have left then. */
static str ask_and_doubt(str *event)
{
	*event = ask("2026-11-02T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	settle_attempt("2026-11-02T10:05:00Z", "unknown", letter, 1);
	return letter;
}

static bool is_corrected_as(const char *had)
{
	return holds(facts_to("c-mum"),
		     str_z(&scene.arena, str_fmt(&scene.arena, "\"letter\":true,\"on\":%s", had)));
}

static void the_day_on_which_it_may_have_left_first_is_the_one_that_is_named(void **state)
{
	str event, letter = ask_and_doubt(&event);
	settle_attempt("2026-11-04T10:05:00Z", "unknown", letter, 2);
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	assert_true(is_corrected_as("{\"date\":\"2026-11-02\"},\"in_doubt\":true"));
}

static void what_arrived_in_the_end_is_in_doubt_no_more(void **state)
{
	str event, letter = ask_and_doubt(&event);
	settle_attempt("2026-11-04T10:05:00Z", "accepted", letter, 2);
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	assert_true(is_corrected_as("{\"date\":\"2026-11-04\"}}"));
}

static void what_may_have_left_is_corrected_though_it_expired(void **state)
{
	str event;
	SETTLE("2026-11-04T10:05:00Z", "expired", ask_and_doubt(&event));
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	assert_true(is_corrected_as("{\"date\":\"2026-11-02\"},\"in_doubt\":true"));
}

static void what_may_have_left_is_corrected_though_a_later_try_failed(void **state)
{
	str event;
	settle_attempt("2026-11-04T10:05:00Z", "failed", ask_and_doubt(&event), 2);
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	assert_true(is_corrected_as("{\"date\":\"2026-11-02\"},\"in_doubt\":true"));
}

static void what_turned_out_to_have_failed_needs_no_correction(void **state)
{
	str event;
	settle_attempt("2026-11-04T10:05:00Z", "failed", ask_and_doubt(&event), 1);
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	assert_silence();
}

/* An email to the school may have left; then it was to be told by letter. */
static void what_may_have_left_is_corrected_though_it_went_another_way_then(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	str email = message_to("p-school", CHANNEL_EMAIL);
	settle_attempt("2026-11-02T10:05:00Z", "unknown", email, 1);
	FAMILY("2026-11-03T10:00:00Z", "party.registered",
	       "{'party':'p-school','role':'school','name':'Hill School','channels':['letter'],"
	       "'addresses':{'letter':['2 Hill Road','Sheffield','S1 1AA']}}");
	settle_attempt("2026-11-03T10:06:00Z", "stale", email, 2);
	SETTLE("2026-11-03T12:00:00Z", "accepted", message_to("p-school", CHANNEL_LETTER));
	WITHDRAW("2026-11-05T10:10:00Z", event, "");
	str facts = facts_to("p-school");
	assert_true(holds(facts, "\"email\":true,\"on\":{\"date\":\"2026-11-02\"},"
				 "\"in_doubt\":true"));
	assert_true(holds(facts, "\"letter\":true,\"on\":{\"date\":\"2026-11-03\"}}"));
}

static void a_doubt_is_history_after_weeks(void **state)
{
	str event;
	ask_and_doubt(&event);
	TICK("2026-11-30T10:00:00Z");
	assert_int_equal(scene.family->n_doubts, 1);
	TICK("2026-12-01T10:00:00Z");
	assert_int_equal(scene.family->n_doubts, 0);
}

static void another_familys_that_left_all_the_same_is_a_breach_of_privacy(void **state)
{
	str letter = withdraw_under_way(",'meant':'C-other'");
	assert_int_equal(count_tasks(), 0);
	SETTLE("2026-11-02T10:12:00Z", "accepted", letter);
	assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
	assert_true(holds(last_task()->what, "told to c-mum:"));
	assert_true(holds(facts_to("c-mum"), "\"meant\":\"another family\""));
}

static void what_a_new_event_takes_the_place_of_is_corrected_when_it_left_all_the_same(void **state)
{
	str event = ask("2026-11-02T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	CASE("2026-11-02T10:10:00Z", "asked",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'supersedes':'%.*s'}", STR_ARG(event))));
	SETTLE("2026-11-02T10:12:00Z", "accepted", letter);
	assert_true(holds(facts_to("c-mum"), "\"withdrawn\":"));
	/* It happened, on another day. */
	assert_true(holds(facts_to("c-mum"), "\"replaced\":true"));
	assert_int_equal(count_tasks(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CORRECTION_TEST(a_correction_says_on_which_day_it_was_said),
		CORRECTION_TEST(of_a_case_that_is_closed_no_next_step_is_said),
		CORRECTION_TEST(the_longest_reason_is_said_whole),
		CORRECTION_TEST(what_nobody_has_heard_is_not_corrected),
		CORRECTION_TEST(after_weeks_everybody_may_have_heard),
		CORRECTION_TEST(what_a_child_had_is_corrected_to_nobody_in_her_place),
		CORRECTION_TEST(the_event_may_know_the_day_better),
		CORRECTION_TEST(where_no_case_is_left_the_authority_looks_at_it),
		CORRECTION_TEST(a_correction_names_each_message_that_was_wrong),
		CORRECTION_TEST(a_school_hears_nothing_of_another_schools_message),
		CORRECTION_TEST(of_two_schools_each_hears_of_its_own_message),
		CORRECTION_TEST(what_left_all_the_same_is_corrected_to_whoever_has_it),
		CORRECTION_TEST(what_did_not_leave_needs_no_correction),
		CORRECTION_TEST(it_is_corrected_once_whatever_else_becomes_of_it),
		CORRECTION_TEST(what_waits_for_what_it_needs_is_not_on_its_way_yet),
		CORRECTION_TEST(of_what_was_stopped_in_time_nothing_waits_for_ever),
		CORRECTION_TEST(that_it_was_stopped_once_does_not_say_that_it_has_not_left),
		CORRECTION_TEST(what_may_have_left_before_is_corrected_at_once),
		CORRECTION_TEST(what_may_have_left_stays_in_doubt_when_it_is_addressed_again),
		CORRECTION_TEST(the_day_on_which_it_may_have_left_first_is_the_one_that_is_named),
		CORRECTION_TEST(what_arrived_in_the_end_is_in_doubt_no_more),
		CORRECTION_TEST(what_may_have_left_is_corrected_though_it_expired),
		CORRECTION_TEST(what_may_have_left_is_corrected_though_a_later_try_failed),
		CORRECTION_TEST(what_turned_out_to_have_failed_needs_no_correction),
		CORRECTION_TEST(what_may_have_left_is_corrected_though_it_went_another_way_then),
		CORRECTION_TEST(a_doubt_is_history_after_weeks),
		CORRECTION_TEST(another_familys_that_left_all_the_same_is_a_breach_of_privacy),
		CORRECTION_TEST(
			what_a_new_event_takes_the_place_of_is_corrected_when_it_left_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
