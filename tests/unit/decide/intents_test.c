/* What is to be said later, and what becomes needless. */
#include "unit/decide/stage.h"

static void a_reminder_comes_in_its_time(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_said("letter c-mum draft legal_form 2026-11-02T10:00:00Z\n");
	assert_int_equal(scene.family->n_intents, 1);
	assert_str(instant_print(&scene.arena, scene.plan->next_look), "2026-11-09T00:00:00Z");
	TICK("2026-11-09T00:00:00Z");
	assert_said("letter c-mum draft-reminder agreed 2026-11-09T00:00:00Z\n");
	const struct message *reminder = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_str(instant_print(&scene.arena, reminder->useless_after), "2026-11-18T00:00:00Z");
	assert_true(str_find(reminder->facts, S("\"right\":{\"reply\":{\"date\":\"2026-11-17\"}")) <
		    reminder->facts.n);
}

static void a_reminder_of_what_is_done_is_not_made(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-04T10:00:00Z", "replied", "{}");
	assert_int_equal(scene.family->n_intents, 0);
	TICK("2026-11-09T00:00:00Z");
	assert_silence();
}

static void a_reminder_of_what_is_done_does_not_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	TICK("2026-11-09T00:00:00Z");
	CASE("2026-11-09T07:00:00Z", "replied", "{}");
	assert_str(scene_closings(&scene), "expired\n");
	assert_null(family_open(scene.family, S("draft-reminder")));
}

static void a_notice_is_never_needless(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	scene.family->open[0].about = S("C1.reply");
	CASE("2026-11-02T10:05:00Z", "replied", "{}");
	assert_int_equal(scene.plan->n_closings, 0);
	assert_int_equal(scene.family->n_open, 1);
}

static void a_reminder_behind_its_day_is_not_sent(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	FAMILY("2026-11-02T11:00:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'},"
	       "'hours':{'sun':[['10:00','11:00']]}}");
	/* An outage over the due day: Monday 16 November, late. */
	TICK("2026-11-16T12:00:00Z");
	assert_silence();
}

static void a_warning_of_what_has_ended_does_not_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-30T00:00:00Z");
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	CASE("2026-11-30T00:10:00Z", "dropped", "{}");
	/* the warning, and the family's and the school's news of the request stay */
	assert_str(scene_closings(&scene), "expired\n");
}

static void what_belongs_to_another_case_stays(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	scene_play(&scene, "2026-11-03T10:00:00Z", "replied", "case/C2", "{}");
	assert_int_equal(scene.family->n_intents, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reminder_comes_in_its_time),
		TEST(a_reminder_of_what_is_done_is_not_made),
		TEST(a_reminder_of_what_is_done_does_not_leave),
		TEST(a_notice_is_never_needless),
		TEST(a_reminder_behind_its_day_is_not_sent),
		TEST(a_warning_of_what_has_ended_does_not_leave),
		TEST(what_belongs_to_another_case_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
