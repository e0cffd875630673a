/* The desk's list, day after day, while nothing leaves. */
#include "stage.h"

static int start_with_digest(void **state)
{
	start(state);
	struct service *services = TAKE(&scene.arena, struct service, scene.policy->n_services);
	memcpy(services, scene.policy->services, scene.policy->n_services * sizeof *services);
	services[0].has_digest = true;
	services[0].digest_at = 9 * 60;
	scene.policy->services = services;
	return 0;
}

static void note_case(const char *at, const char *id)
{
	str data = str_fmt(&scene.arena,
			   "{'case':'%s','about':'%s.decision','holder':'rita','what':'Decide',"
			   "'template':'duty-warning','due':'2026-12-14'}",
			   id, id);
	scene_play(&scene, at, "desk.noted", "service/send", str_z(&scene.arena, data));
}

static const struct plan *look_at_desk(const char *at)
{
	return scene_play(&scene, at, "clock.due", "service/send", "{}");
}

static void a_list_that_has_not_left_makes_way_for_the_next(void **state)
{
	for (int i = 1; i <= 4; i++) {
		str day = str_fmt(&scene.arena, "2026-12-0%dT08:00:00Z", i);
		str hour = str_fmt(&scene.arena, "2026-12-0%dT09:00:00Z", i);
		str id = str_fmt(&scene.arena, "N%d", i);
		note_case(str_z(&scene.arena, day), str_z(&scene.arena, id));
		look_at_desk(str_z(&scene.arena, hour));
		assert_int_equal(scene.plan->n_messages, 1);
		assert_int_equal(scene.plan->n_closings, i == 1 ? 0 : 1);
		assert_int_equal(scene.desk->n_open, 1);
	}
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("N1.decision")) < facts.n);
	assert_int_equal(scene.plan->closings[0].state, MESSAGE_EXPIRED);
}

static void a_list_that_has_left_is_history(void **state)
{
	note_case("2026-12-01T08:00:00Z", "N1");
	look_at_desk("2026-12-01T09:00:00Z");
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(scene.plan->messages[0].id));
	scene_play(&scene, "2026-12-01T09:01:00Z", "message.accepted", "service/send",
		   str_z(&scene.arena, data));
	note_case("2026-12-02T08:00:00Z", "N2");
	look_at_desk("2026-12-02T09:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_int_equal(scene.plan->n_closings, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_list_that_has_not_left_makes_way_for_the_next,
						start_with_digest, end),
		cmocka_unit_test_setup_teardown(a_list_that_has_left_is_history, start_with_digest,
						end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
