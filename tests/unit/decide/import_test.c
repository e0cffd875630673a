/* Running cases from before Candour: the past is written down and not said, and clocks go on from it. */
#include "unit/decide/stage.h"

#define NOW "2027-01-20T10:00:00Z"

/* What happened at a time, imported now. */
#define OLD(at, type, data) scene_hear(&scene, NOW, (at), (type), "case/C1", (data))

static void begin(void)
{
	scene_play(&scene, NOW, "import.began", "family/F1", "{'quiet_before':'2027-01-20'}");
}

static const struct plan *finish(void)
{
	return scene_play(&scene, "2027-01-20T10:05:00Z", "import.ended", "family/F1", "{}");
}

static void nothing_old_is_said_and_duties_run(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	assert_silence();
	assert_state("C1.plan", DUTY_SCHEDULED);
	assert_day(scene_duty(&scene, "C1.plan")->due, "2027-03-22");
	finish();
	assert_silence();
	assert_state("C1.decision", DUTY_BREACHED);
	assert_day(scene_duty(&scene, "C1.decision")->breached_on, "2026-12-15");
	/* What comes from now on is said as ever. */
	TICK("2027-03-23T00:00:00Z");
	assert_state("C1.plan", DUTY_BREACHED);
	assert_true(scene.plan->n_messages > 0);
}

static void a_duty_that_an_old_notice_met_was_met_in_time(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	OLD("2026-12-01T10:00:00Z", "agreed", "{}");
	assert_silence();
	assert_state("C1.decision", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-12-01");
	assert_false(date_is(scene_duty(&scene, "C1.decision")->breached_on));
	finish();
	assert_silence();
	assert_false(date_is(scene_duty(&scene, "C1.decision")->breached_on));
}

static void what_happens_from_the_day_on_is_said(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	OLD("2027-01-20T09:00:00Z", "agreed", "{}");
	assert_silence(); /* clocks stand still: it is said at the end */
	scene_play(&scene, "2027-01-20T10:05:00Z", "import.ended", "family/F1", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void an_import_that_breaks_off_holds_no_clock_for_ever(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	assert_str(instant_print(&scene.arena, scene.plan->next_look), "2027-01-20T11:00:00Z");
	TICK("2027-01-20T10:30:00Z");
	assert_state("C1.decision", DUTY_SCHEDULED);
	TICK("2027-01-20T11:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
}

static void a_family_that_nobody_knows_yet_begins_with_its_import(void **state)
{
	struct scene fresh;
	scene_start(&fresh);
	scene_play(&fresh, NOW, "import.began", "family/F9", "{'quiet_before':'2027-01-20'}");
	assert_int_equal(fresh.plan->verdict, PLAN_COMMIT);
	assert_str(fresh.family->id, "F9");
	scene_end(&fresh);
}

static void a_breach_of_before_candour_is_known_and_not_told_again(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	finish();
	/* The family heard of it then; from now on its ladder and its lists have it. */
	assert_silence();
	assert_state("C1.decision", DUTY_BREACHED);
	assert_true(count_tasks() == 0);
}

static void silence_is_counted_from_the_day_on_which_candour_begins(void **state)
{
	scene.policy->keep.every = (struct duration){ .n = 6, .unit = DURATION_WEEKS };
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	finish();
	assert_day(family_case(scene.family, S("C1"))->heard_on, "2027-01-20");
}

static void what_was_heard_of_behind_that_day_counts_from_its_own(void **state)
{
	begin();
	OLD("2026-11-02T10:00:00Z", "asked", "{}");
	scene_play(&scene, "2027-01-21T09:00:00Z", "contact.made", "case/C1",
		   "{'with':['c-mum'],'how':'phone'}");
	scene_play(&scene, "2027-01-22T10:00:00Z", "import.ended", "family/F1", "{}");
	assert_day(family_case(scene.family, S("C1"))->heard_on, "2027-01-21");
}

static void an_end_without_a_beginning_changes_nothing(void **state)
{
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	date heard = family_case(scene.family, S("C1"))->heard_on;
	const struct plan *plan = FAMILY("2026-11-03T10:00:00Z", "import.ended", "{}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_int_equal(family_case(scene.family, S("C1"))->heard_on.day, heard.day);
	CASE("2026-11-03T11:00:00Z", "agreed", "{}");
	assert_true(scene.plan->n_messages > 0);
}

/* It was long before there was a case here. */
static void what_is_of_no_case_is_not_said_either(void **state)
{
	scene.family->n_cases = 0;
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("reply-received"),
							.grade = GRADE_INFORMATION,
							.meets = S("decision") });
	begin();
	scene_hear(&scene, NOW, "2026-11-02T10:00:00Z", "reply.received", "family/F1",
		   "{'contact':'c-mum','channel':'email','text':'When?'}");
	assert_silence();
	assert_true(is_written("Of before Candour, not said: reply-received"));
	finish();
	assert_silence();
}

/* One without a day of that kind says all of it. */
static void an_import_without_a_day_says_what_it_tells(void **state)
{
	begin();
	scene.family->quiet_before = DATE_NONE;
	OLD("2026-11-02T10:00:00Z", "agreed", "{}");
	finish();
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_old_is_said_and_duties_run),
		TEST(a_duty_that_an_old_notice_met_was_met_in_time),
		TEST(what_happens_from_the_day_on_is_said),
		TEST(an_import_that_breaks_off_holds_no_clock_for_ever),
		TEST(a_family_that_nobody_knows_yet_begins_with_its_import),
		TEST(a_breach_of_before_candour_is_known_and_not_told_again),
		TEST(silence_is_counted_from_the_day_on_which_candour_begins),
		TEST(what_was_heard_of_behind_that_day_counts_from_its_own),
		TEST(an_end_without_a_beginning_changes_nothing),
		TEST(what_is_of_no_case_is_not_said_either),
		TEST(an_import_without_a_day_says_what_it_tells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
