/* Cases that are over for long leave the record, and come back. */
#include "stage.h"

/* What was said on the way has been heard. */
static void all_is_said(void)
{
	scene.family->n_intents = 0;
	scene.family->n_open = 0;
}

static void close_first_case(void)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-03T10:00:00Z", "case.closed", "{'outcome':'moved away'}");
	all_is_said();
}

static const struct case_file *find_case(const char *id)
{
	return family_case(scene.family, str_of(id));
}

/* As the store gives it back with the next event about the case. */
static void bring_back(const struct case_file *file)
{
	struct case_file *back = GROW(&scene.arena, scene.family->cases, scene.family->n_cases);
	*back = *file;
	back->was_away = true;
}

static const struct plan *put_away(void)
{
	close_first_case();
	const struct plan *plan = TICK("2027-02-04T10:00:00Z");
	assert_int_equal(plan->n_put_away, 1);
	assert_null(find_case("C1"));
	return plan;
}

static void a_closed_case_stays_for_a_term_and_then_leaves_whole(void **state)
{
	close_first_case();
	const struct plan *plan = TICK("2027-02-03T10:00:00Z");
	assert_int_equal(plan->n_put_away, 0);
	assert_non_null(find_case("C1"));
	plan = TICK("2027-02-04T10:00:00Z");
	assert_int_equal(plan->n_put_away, 1);
	assert_str(plan->put_away[0].id, "C1");
	assert_true(plan->put_away[0].n_duties > 0);
	assert_true(is_written("is put away"));
	assert_null(find_case("C1"));
}

static void assert_stays(void)
{
	assert_int_equal(TICK("2027-02-04T10:00:00Z")->n_put_away, 0);
	assert_non_null(find_case("C1"));
}

static void with_an_action_that_is_still_agreed_it_stays(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'Call','due':'2027-06-01','agreed_with':['c-mum'],"
	     "'owner':{'service':'send','person':'sam'}}");
	close_first_case();
	assert_stays();
}

static void with_a_task_that_nobody_has_done_it_stays(void **state)
{
	close_first_case();
	CASE("2026-11-04T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	TICK("2026-11-20T10:00:00Z");
	all_is_said();
	assert_stays();
}

static void keep_open(str message)
{
	const struct open_message open = *family_open(scene.family, message);
	all_is_said();
	*GROW(&scene.arena, scene.family->open, scene.family->n_open) = open;
}

/* Whoever was to ask has asked: nobody will ever know more. */
static void a_message_that_may_have_left_keeps_it_for_weeks_and_not_for_ever(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	CASE("2026-11-02T11:00:00Z", "message.unknown",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(letter))));
	CASE("2026-11-02T12:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
			   STR_ARG(last_task()->id))));
	CASE("2026-11-03T10:00:00Z", "case.closed", "{'outcome':'moved away'}");
	keep_open(letter);
	assert_int_equal(TICK("2027-02-04T10:00:00Z")->n_put_away, 1);
	assert_null(find_case("C1"));
}

static void while_a_hold_lasts_it_stays(void **state)
{
	CASE("2026-11-02T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2027-02-04'}");
	close_first_case();
	assert_stays();
	assert_int_equal(TICK("2027-02-05T10:00:00Z")->n_put_away, 0); /* its end is a task */
}

static void while_something_waits_to_be_said_it_stays(void **state)
{
	close_first_case();
	struct intent intent = { .id = S("i"),
				 .case_id = S("C1"),
				 .not_before = { INT64_C(4102444800000) } };
	scene.family->intents = &intent;
	scene.family->n_intents = 1;
	assert_stays();
}

/* A right runs on when its case is closed. */
static void while_a_duty_runs_it_stays(void **state)
{
	close_first_case();
	struct duty *duty = case_duty(family_case(scene.family, S("C1")), S("C1.decision"));
	assert_true(date_of(2027, 6, 1, &duty->due));
	duty->state = DUTY_SCHEDULED;
	assert_stays();
}

static void what_is_done_of_it_keeps_it_no_longer(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'Call','due':'2027-06-01','agreed_with':['c-mum'],"
	     "'owner':{'service':'send','person':'sam'}}");
	CASE("2026-11-02T11:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2027-02-04'}");
	close_first_case();
	CASE("2026-11-04T10:00:00Z", "hold.ended", "{'reason':'r'}");
	CASE("2026-11-04T11:00:00Z", "action.cancelled", "{'action':'A1','reason':'moved'}");
	struct case_file *file = family_case(scene.family, S("C1"));
	for (size_t i = 0; i < file->n_tasks; i++)
		file->tasks[i].done = true;
	all_is_said();
	assert_int_equal(TICK("2027-02-04T10:00:00Z")->n_put_away, 1);
}

static void while_a_message_has_not_been_heard_of_it_stays(void **state)
{
	close_first_case();
	CASE("2026-11-04T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'visit'}");
	assert_true(scene.family->n_open > 0);
	assert_stays();
	all_is_said();
	assert_int_equal(TICK("2027-02-04T11:00:00Z")->n_put_away, 1);
}

static void a_late_event_finds_it_and_puts_it_back_when_nothing_is_open(void **state)
{
	const struct case_file file = put_away()->put_away[0];
	bring_back(&file);
	const struct plan *plan = CASE("2027-03-01T10:00:00Z", "message.delivered",
				       "{'message':'m-of-old'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_int_equal(plan->n_put_away, 1);
	assert_null(find_case("C1"));
	assert_false(is_written("is put away"));
}

static void a_closing_that_never_happened_opens_it_again(void **state)
{
	const struct case_file file = put_away()->put_away[0];
	bring_back(&file);
	str data = str_fmt(&scene.arena, "{'event':'%.*s','reason':'Not moved.'}",
			   STR_ARG(file.closed_by));
	const struct plan *plan = CASE("2027-03-01T10:00:00Z", "event.withdrawn",
				       str_z(&scene.arena, data));
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_int_equal(plan->n_put_away, 0);
	assert_non_null(find_case("C1"));
	assert_false(date_is(find_case("C1")->closed_on));
	assert_true(find_case("C1")->was_away);
}

static void open_and_close(int i, const char *closing)
{
	const char *subject = str_z(&scene.arena, str_fmt(&scene.arena, "case/N%d", i));
	const struct plan *plan = scene_play(
		&scene, "2026-11-02T10:00:00Z", "case.opened", subject,
		"{'family':'F1','pathway':'assess','service':'send','owner':'caseworker'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	scene_play(&scene, "2026-11-02T11:00:00Z", "case.closed", subject, closing);
	all_is_said();
}

/* Of many that ended in one term the one that ended first makes room. */
static void a_full_record_makes_room_for_a_new_case(void **state)
{
	for (int i = 2; i <= 64; i++)
		open_and_close(i, i == 5 ? "{'outcome':'done','on':'2026-10-30'}"
					 : "{'outcome':'done'}");
	assert_int_equal(scene.family->n_cases, 64);
	open_and_close(65, "{'outcome':'done'}");
	assert_int_equal(scene.family->n_cases, 64);
	assert_non_null(find_case("C1"));
	assert_non_null(find_case("N2"));
	assert_non_null(find_case("N65"));
	assert_null(find_case("N5"));
	for (int i = 66; i <= 80; i++)
		open_and_close(i, "{'outcome':'done'}");
	assert_int_equal(scene.family->n_cases, 64);
	assert_non_null(find_case("C1"));
}

/* Back for a late event, and away again. */
static void a_case_that_was_away_before_takes_no_other_ones_place(void **state)
{
	const struct case_file file = put_away()->put_away[0];
	str *names = TAKE(&scene.arena, str, 64);
	for (size_t i = 0; i < 64; i++)
		names[i] = i == 40 ? S("C1") : str_fmt(&scene.arena, "N%zu", i);
	scene.family->former_cases = names;
	scene.family->n_former_cases = 64;
	bring_back(&file);
	CASE("2027-03-01T10:00:00Z", "message.delivered", "{'message':'m-of-old'}");
	assert_int_equal(scene.plan->n_put_away, 1);
	assert_int_equal(scene.family->n_former_cases, 64);
	assert_str(scene.family->former_cases[0], "N0");
	assert_str(scene.family->former_cases[63], "C1");
}

/* The hold's end is a task for tomorrow's look; what is opened today has the case's place. */
static void a_hold_that_is_over_keeps_no_place(void **state)
{
	for (int i = 2; i <= 64; i++)
		open_and_close(i, "{'outcome':'done'}");
	struct case_file *file = family_case(scene.family, S("N2"));
	struct hold *hold = GROW(&scene.arena, file->holds, file->n_holds);
	*hold = (struct hold){ .from = file->closed_on, .until = file->closed_on };
	*GROW(&scene.arena, file->tasks, file->n_tasks) =
		(struct task){ .id = S("t.1"), .due = file->closed_on, .done = true };
	scene_play(&scene, "2026-11-03T00:00:01Z", "case.opened", "case/N65",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'caseworker'}");
	assert_null(find_case("N2"));
	assert_non_null(find_case("N65"));
}

/* More names than are kept: the oldest is forgotten, and the evidence has it. */
static void of_more_former_cases_than_are_kept_the_latest_are_known(void **state)
{
	str *names = TAKE(&scene.arena, str, 64);
	for (size_t i = 0; i < 64; i++)
		names[i] = str_fmt(&scene.arena, "N%zu", i);
	scene.family->former_cases = names;
	scene.family->n_former_cases = 64;
	put_away();
	assert_int_equal(scene.family->n_former_cases, 64);
	assert_str(scene.family->former_cases[0], "N1");
	assert_str(scene.family->former_cases[63], "C1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_closed_case_stays_for_a_term_and_then_leaves_whole),
		TEST(with_an_action_that_is_still_agreed_it_stays),
		TEST(with_a_task_that_nobody_has_done_it_stays),
		TEST(a_message_that_may_have_left_keeps_it_for_weeks_and_not_for_ever),
		TEST(while_a_hold_lasts_it_stays),
		TEST(while_something_waits_to_be_said_it_stays),
		TEST(while_a_duty_runs_it_stays),
		TEST(what_is_done_of_it_keeps_it_no_longer),
		TEST(while_a_message_has_not_been_heard_of_it_stays),
		TEST(a_late_event_finds_it_and_puts_it_back_when_nothing_is_open),
		TEST(a_closing_that_never_happened_opens_it_again),
		TEST(a_full_record_makes_room_for_a_new_case),
		TEST(a_case_that_was_away_before_takes_no_other_ones_place),
		TEST(a_hold_that_is_over_keeps_no_place),
		TEST(of_more_former_cases_than_are_kept_the_latest_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
