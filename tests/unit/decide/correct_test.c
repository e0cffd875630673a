/* What never happened is undone, and who heard of it is told. */
#include "stage.h"

static const char *const AGREED =
	"{'action':'A1','what':'Call','due':'2026-11-20','agreed_with':['c-mum'],"
	"'owner':{'service':'send','person':'sam'}}";

static str first_event(void)
{
	return scene.family->cases[0].actions[0].started_by;
}

static void withdraw(const char *at, str event)
{
	CASE(at, "event.withdrawn",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake'}", STR_ARG(event))));
}

/* It waited for the morning, and never left: nobody need be told to disregard it. */
static void nobody_disregards_what_nobody_has_heard(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	withdraw("2026-11-02T10:05:00Z", first_event());
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 1);
	assert_int_equal(scene.family->cases[0].actions[0].state, DUTY_CANCELLED);
	assert_int_equal(scene.family->cases[0].n_tasks, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nobody_disregards_what_nobody_has_heard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
