/* What comes next, for people: what, who, and by which day. */
#include "unit/decide/stage.h"

static struct next_step next(void)
{
	return decide_next_step(&scene.arena, scene.policy, scene.family,
				family_case(scene.family, S("C1")));
}

static void a_case_in_which_nothing_has_happened_has_no_next_step(void **state)
{
	assert_int_equal(next().what.n, 0);
	assert_false(date_is(next().by));
}

static void the_pathway_says_what_comes_next_and_the_duty_by_when(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_str(next().what, "Decide");
	assert_str(next().who, "Sam Okafor");
	assert_day(next().by, "2026-12-14");
	/* The family's turn. */
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'r'}");
	assert_str(next().who, "the family");
}

static void a_date_that_has_ended_is_not_waited_for(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-03T10:00:00Z", "dropped", "{}");
	assert_str(next().what, "Decide");
	assert_false(date_is(next().by));
}

static void where_the_pathway_says_nothing_the_earliest_duty_is_next(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	struct case_file *file = family_case(scene.family, S("C1"));
	file->next_what = STR_EMPTY;
	assert_str(next().what, "Decide");
	assert_day(next().by, "2026-12-14");
	file->duties[0].state = DUTY_MET;
	assert_str(next().what, "Send the plan");
	/* The earliest, wherever it stands. */
	file->duties[0].state = DUTY_SCHEDULED;
	file->duties[0].due = date_add(file->duties[1].due, 1);
	assert_str(next().what, "Send the plan");
}

static void the_familys_own_limit_is_theirs(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_str(next().what, "Reply to the draft");
	assert_str(next().who, "the family");
}

static void who_is_gone_from_the_policy_leaves_somebody_who_answers(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	scene.policy->services = NULL;
	scene.policy->n_services = 0;
	assert_str(next().who, "Sheaf Council");
	family_case(scene.family, S("C1"))->next_what = STR_EMPTY;
	scene.policy->n_pathways = 0;
	assert_str(next().what, "decision");
}

static void who_comes_next_may_be_somebody_else(void **state)
{
	own_event("asked")->next_who = S("the panel");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_str(next().who, "the panel");
	assert_false(next().by_family);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_case_in_which_nothing_has_happened_has_no_next_step),
		TEST(the_pathway_says_what_comes_next_and_the_duty_by_when),
		TEST(a_date_that_has_ended_is_not_waited_for),
		TEST(where_the_pathway_says_nothing_the_earliest_duty_is_next),
		TEST(the_familys_own_limit_is_theirs),
		TEST(who_is_gone_from_the_policy_leaves_somebody_who_answers),
		TEST(who_comes_next_may_be_somebody_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
