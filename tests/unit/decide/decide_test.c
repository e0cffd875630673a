/* The door: what waits, what is refused, what belongs to no family. */
#include "unit/decide/stage.h"

static void a_contact_or_a_party_makes_the_family_known(void **state)
{
	scene.family = NULL;
	const struct plan *plan = FAMILY("2026-11-02T10:00:00Z", "party.registered",
					 "{'party':'p1','role':'school','name':'S'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_str(plan->family->id, "F1");
}

static void events_wait_for_their_family_and_their_case(void **state)
{
	const struct plan *plan = CASE("2026-11-02T10:00:00Z", "case.opened",
				       "{'family':'F9','pathway':'assess','service':'send',"
				       "'owner':'sam'}");
	assert_int_equal(plan->verdict, PLAN_REFUSE); /* C1 is F1's */
	plan = scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C9", "{}");
	assert_int_equal(plan->verdict, PLAN_WAIT);
	assert_str(plan->wait_for, "case/C9");
	scene.family = NULL;
	plan = scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	assert_int_equal(plan->verdict, PLAN_WAIT);
	assert_str(plan->wait_for, "case/C1");
	plan = CASE("2026-11-02T10:00:00Z", "case.opened",
		    "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	assert_str(plan->wait_for, "family/F1");
	plan = FAMILY("2026-11-02T10:00:00Z", "contact.removed", "{'contact':'c-mum'}");
	assert_str(plan->wait_for, "family/F1");
	assert_null(plan->family);
}

static void an_event_of_a_service_changes_its_desk_and_no_family(void **state)
{
	struct family *before = scene.family;
	const struct plan *plan = scene_play(&scene, "2026-11-02T10:00:00Z", "worker.away",
					     "service/send",
					     "{'person':'sam','from':'2026-12-01',"
					     "'to':'2026-12-08','deputy':'rita'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_str(plan->family->id, "desk:send");
	assert_ptr_equal(scene.family, before);
	assert_int_equal(plan->n_facts, 1);
	assert_str(plan->facts[0].subject, "service/send");
}

static void who_is_away_and_who_stands_in_are_two_people_of_the_policy(void **state)
{
	static const char *const mistakes[][2] = {
		{ "data.person",
		  "{'person':'nobody','from':'2026-12-01','to':'2026-12-08','deputy':'rita'}" },
		{ "data.deputy",
		  "{'person':'sam','from':'2026-12-01','to':'2026-12-08','deputy':'nobody'}" },
		{ "data.deputy",
		  "{'person':'sam','from':'2026-12-01','to':'2026-12-08','deputy':'sam'}" },
		{ "data.to",
		  "{'person':'sam','from':'2026-12-08','to':'2026-12-01','deputy':'rita'}" },
	};
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
		assert_refused(scene_play(&scene, "2026-11-02T10:00:00Z", "worker.away",
					  "service/send", mistakes[i][1]),
			       mistakes[i][0]);
}

static void a_clock_of_a_family_that_is_gone_is_done(void **state)
{
	scene.family = NULL;
	const struct plan *plan = TICK("2026-11-02T10:00:00Z");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_null(plan->family);
}

static void a_refusal_changes_nothing(void **state)
{
	const struct family *before = scene.family;
	const struct plan *plan = FAMILY("2026-11-02T10:00:00Z", "contact.removed",
					 "{'contact':'c-nobody'}");
	assert_refused(plan, "data.contact");
	assert_ptr_equal(scene.family, before);
	assert_null(plan->family);
}

static void the_same_five_values_give_the_same_plan(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	struct event *event = scene_event(&scene, "2026-11-03T10:00:00Z", "agreed", "case/C1",
					  "{}");
	struct plan *one = decide(&scene.arena, scene.policy, scene.family, event, event->time);
	struct plan *two = decide(&scene.arena, scene.policy, scene.family, event, event->time);
	assert_int_equal(one->n_messages, 2);
	for (size_t i = 0; i < one->n_messages; i++) {
		assert_true(str_eq(one->messages[i].id, two->messages[i].id));
		assert_int_equal(one->messages[i].id.n, 25);
		assert_int_equal(one->messages[i].id.p[0], 'm');
	}
	assert_int_equal(one->next_look.ms, two->next_look.ms);
}

static void events_of_one_name_from_two_sources_are_two(void **state)
{
	struct event *one = scene_event(&scene, "2026-11-03T10:00:00Z", "agreed", "case/C1", "{}");
	struct event two = *one;
	two.identity.bytes[0] ^= 1;
	struct plan *first = decide(&scene.arena, scene.policy, scene.family, one, one->time);
	struct plan *second = decide(&scene.arena, scene.policy, scene.family, &two, one->time);
	assert_false(str_eq(first->messages[0].id, second->messages[0].id));
}

static void a_case_waits_for_its_own_family_and_changes_it_never(void **state)
{
	const struct plan *plan = scene_play(
		&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C9",
		"{'family':'F2','pathway':'assess','service':'send','owner':'caseworker'}");
	assert_int_equal(plan->verdict, PLAN_WAIT);
	assert_str(plan->wait_for, "family/F2");
	plan = scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C1",
			  "{'family':'F2','pathway':'assess','service':'send','owner':'sam'}");
	assert_refused(plan, "data.family");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_contact_or_a_party_makes_the_family_known),
		TEST(events_wait_for_their_family_and_their_case),
		TEST(an_event_of_a_service_changes_its_desk_and_no_family),
		TEST(who_is_away_and_who_stands_in_are_two_people_of_the_policy),
		TEST(a_clock_of_a_family_that_is_gone_is_done),
		TEST(a_refusal_changes_nothing),
		TEST(the_same_five_values_give_the_same_plan),
		TEST(events_of_one_name_from_two_sources_are_two),
		TEST(a_case_waits_for_its_own_family_and_changes_it_never),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
