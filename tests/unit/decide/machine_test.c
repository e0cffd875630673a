/* The one table of states, in every combination. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

static void the_table_has_these_steps_and_no_others(void **state)
{
	/* A row for each state; a column for each happening: warning, due, late, answered, lapsed,
	 * met, excused, cancelled, reopened, undone, moved. A letter is the state it leads to. */
	static const char *const table[DUTY_STATE_COUNT] = {
		[DUTY_SCHEDULED] = "wdb..mec..s",    [DUTY_WARNED] = "wdb..mec..s",
		[DUTY_DUE] = "..b..mec..s",          [DUTY_BREACHED] = "...a.mec..s",
		[DUTY_ACKNOWLEDGED] = "...abmec..s", [DUTY_MET] = "........s..",
		[DUTY_EXCUSED] = ".........s.",      [DUTY_CANCELLED] = ".........s.",
	};
	static const char letters[DUTY_STATE_COUNT] = {
		[DUTY_SCHEDULED] = 's', [DUTY_WARNED] = 'w',       [DUTY_DUE] = 'd',
		[DUTY_BREACHED] = 'b',  [DUTY_ACKNOWLEDGED] = 'a', [DUTY_MET] = 'm',
		[DUTY_EXCUSED] = 'e',   [DUTY_CANCELLED] = 'c',
	};
	struct event *event = scene_event(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	for (size_t from = 0; from < DUTY_STATE_COUNT; from++) {
		for (size_t what = 0; what < HAPPENING_COUNT; what++) {
			struct plan plan = { .family = scene.family };
			struct turn turn = { .arena = &scene.arena,
					     .policy = scene.policy,
					     .event = event,
					     .now = event->time,
					     .today = event->on,
					     .family = scene.family,
					     .plan = &plan };
			struct case_file *file = family_case(scene.family, S("C1"));
			struct duty duty = { .id = S("C1.x"),
					     .rule = S("x"),
					     .state = (enum duty_state)from,
					     .due = event->on,
					     .ends = INSTANT_NEVER,
					     .breached_on = DATE_NONE };
			struct promise promise = promise_of_duty(&turn, file, &duty);
			bool moved = promise_move(&turn, &promise, (enum happening)what, event->on);
			char wanted = table[from][what];
			assert_int_equal(moved, wanted != '.');
			assert_int_equal(letters[duty.state], moved ? wanted : letters[from]);
			assert_int_equal(plan.n_entries, moved ? 1 : 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_table_has_these_steps_and_no_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
