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

int main(void)
{
	const struct CMUnitTest tests[] = {
		CORRECTION_TEST(a_correction_says_on_which_day_it_was_said),
		CORRECTION_TEST(what_nobody_has_heard_is_not_corrected),
		CORRECTION_TEST(after_weeks_everybody_may_have_heard),
		CORRECTION_TEST(the_event_may_know_the_day_better),
		CORRECTION_TEST(where_no_case_is_left_the_authority_looks_at_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
