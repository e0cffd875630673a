/* An open case is never silent for long: the machine may say once that there is nothing new, then a person writes. */
#include "unit/decide/stage.h"

#define WEEKS(w) ((struct duration){ .n = (w), .unit = DURATION_WEEKS })
#define WORKING(days) ((struct duration){ .n = (days), .unit = DURATION_WORKING_DAYS })

static struct saying nothing_new[] = { { .audience = AUDIENCE_FAMILY,
					 .template = { "keep-in-touch", 13 },
					 .grade = GRADE_INFORMATION } };

/* Every four weeks; while something is late every two; five working days before that a person is asked. */
static void keep_in_touch(void)
{
	scene.policy->keep = (struct keep_in_touch){ .every = WEEKS(4),
						     .when_late = WEEKS(2),
						     .ahead = WORKING(5),
						     .says = nothing_new,
						     .n_says = 1 };
}

static const struct case_file *file(void)
{
	return family_case(scene.family, S("C1"));
}

/* The family hears that nothing is new, on the last day of four weeks of silence. */
static void say_it_once(void)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	TICK("2026-11-30T00:00:00Z");
}

static void nothing_new_is_said_once_by_the_machine(void **state)
{
	say_it_once();
	assert_said("letter c-mum keep-in-touch agreed 2026-11-30T00:00:00Z\n");
	assert_true(file()->nothing_new);
	/* Four weeks more: not again by itself, and before that day somebody is asked to write. */
	assert_next_look("2026-12-18T00:00:00Z");
	TICK("2026-12-18T00:00:00Z");
	assert_silence();
	assert_true(str_starts(last_task()->id, S("t.keep.")));
	TICK("2026-12-28T00:00:00Z");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void the_task_is_due_before_the_silence_grows_too_long(void **state)
{
	scene.policy->authority.task_working_days = 20;
	say_it_once();
	TICK("2026-12-18T00:00:00Z");
	assert_day(last_task()->due, "2026-12-24"); /* before the holidays that end on the 28th */
}

static void after_an_outage_the_task_has_the_usual_time(void **state)
{
	say_it_once();
	TICK("2027-01-11T09:00:00Z");
	assert_day(last_task()->due, "2027-01-13");
}

static void news_begins_the_silence_anew_and_ends_the_task(void **state)
{
	say_it_once();
	TICK("2026-12-18T00:00:00Z");
	assert_int_equal(count_tasks(), 1);
	CASE("2026-12-21T10:00:00Z", "asked", "{}");
	assert_int_equal(count_tasks(), 0);
	assert_false(file()->nothing_new);
	assert_day(file()->heard_on, "2026-12-21");
	TICK("2027-01-17T12:00:00Z");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	TICK("2027-01-18T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* Asked on 18 December to write by the 24th; meanwhile a promised action is late. */
static void be_late_while_a_person_is_asked(void)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-12-22','agreed_with':['c-mum']}");
	TICK("2026-11-30T00:00:00Z");
	TICK("2026-12-18T00:00:00Z");
	TICK("2026-12-23T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void that_a_date_is_late_is_no_word_of_a_persons(void **state)
{
	be_late_while_a_person_is_asked();
	assert_day(file()->heard_on, "2026-12-23");
	assert_true(str_starts(last_task()->id, S("t.keep.")));
	/* They hear that the person has not written; and that is not asked for a second time. */
	TICK("2027-01-06T00:00:00Z");
	const struct message *message = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_str(message->template, "keep-in-touch");
	assert_true(holds(message->facts, "\"asked\":{\"date\":\"2026-12-24\"}"));
	size_t n = count_tasks();
	TICK("2027-01-18T00:00:00Z");
	assert_int_equal(count_tasks(), n);
}

/* Each hears of what was agreed with them, and of nobody else's. */
static void what_we_owe_them_is_not_passed_over(void **state)
{
	be_late_while_a_person_is_asked();
	TICK("2027-01-06T00:00:00Z");
	const struct message *message = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(holds(message->facts, "\"owed\":{\"date\":\"2026-12-22\"}"));
	assert_true(holds(message->facts, "\"what\":\"w\""));
	struct case_file *mine = family_case(scene.family, S("C1"));
	mine->actions[0].agreed_with[0] = S("c-dad");
	mine->nothing_new = false;
	TICK("2027-01-20T00:00:00Z");
	message = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_false(holds(message->facts, "\"owed\""));
}

static void what_a_person_reports_ends_it(void **state)
{
	be_late_while_a_person_is_asked();
	CASE("2026-12-24T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	assert_int_equal(count_tasks(), 0);
	assert_false(holds(scene_message(&scene, "c-mum", CHANNEL_LETTER)->facts, "\"asked\""));
}

static void while_something_is_late_the_silence_is_shorter(void **state)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20','agreed_with':['c-mum']}");
	TICK("2026-11-21T00:00:00Z"); /* late, and the family hears it */
	assert_day(file()->heard_on, "2026-11-21");
	TICK("2026-12-04T12:00:00Z");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	TICK("2026-12-05T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void somebody_who_answers_for_it_makes_it_no_less_late(void **state)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2027-01-10','note':'n'}");
	TICK("2026-12-29T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void a_family_that_waits_for_an_answer_gets_the_answer(void **state)
{
	static str answer[] = { { "decision", 8 } };
	static struct event_rule replies[] = {
		{ .type = { "reply.received", 14 }, .starts = answer, .n_starts = 1 }
	};
	keep_in_touch();
	scene.policy->standards = replies;
	scene.policy->n_standards = 1;
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	TICK("2026-11-30T00:00:00Z");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	/* The task is done; while the duty to answer runs, they still wait. */
	CASE("2026-12-01T10:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
			   STR_ARG(last_task()->id))));
	TICK("2026-12-12T00:00:00Z");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void what_is_said_now_is_news_enough(void **state)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	/* On the day itself something else is said. */
	TICK("2026-11-29T12:00:00Z");
	CASE("2026-11-30T10:00:00Z", "asked", "{}");
	assert_said("letter c-mum asked agreed 2026-11-30T10:00:00Z\n"
		    "email p-school party-asked agreed 2026-11-30T10:00:00Z\n");
}

static void a_pathway_may_have_an_interval_of_its_own(void **state)
{
	struct pathway *own = TAKE(&scene.arena, struct pathway, 2);
	keep_in_touch();
	own[0] = scene.policy->pathways[0];
	own[1] = scene.policy->pathways[1];
	own[0].keep = (struct keep_in_touch){ .every = WEEKS(1), .says = nothing_new, .n_says = 1 };
	scene.policy->pathways = own;
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	assert_next_look("2026-11-09T00:00:00Z");
	TICK("2026-11-09T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	/* It names no days ahead: a person is asked on the last day. */
	assert_next_look("2026-11-16T00:00:00Z");
	TICK("2026-11-16T00:00:00Z");
	assert_true(str_starts(last_task()->id, S("t.keep.")));
	/* The pathway is taken out of the policy: what counts is what counts for all. */
	scene.policy->n_pathways = 0;
	CASE("2026-11-17T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	assert_next_look("2026-12-15T00:00:00Z");
}

static void a_closed_case_may_be_silent(void **state)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	CASE("2026-11-03T10:00:00Z", "case.closed", "{'outcome':'moved'}");
	assert_next_look("2033-06-24T23:00:00Z"); /* the child's rights, and nothing before */
	TICK("2026-12-30T00:00:00Z");
	assert_silence();
}

/* That what they wrote has come, or their opinion, is no news of the case: the silence goes on. */
static void a_machines_acknowledgement_is_no_news(void **state)
{
	static const char *const events[][2] = {
		{ "reply.received", "{'contact':'c-mum','channel':'email','text':'When?'}" },
		{ "feedback.received", "{'contact':'c-mum','channel':'email','score':4}" },
	};
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		add_standard(events[i][0], (struct saying){ .audience = AUDIENCE_FAMILY,
							    .template = S("thanks"),
							    .grade = GRADE_INFORMATION });
		say_it_once();
		date heard = file()->heard_on;
		CASE("2026-12-10T10:00:00Z", events[i][0], events[i][1]);
		assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
		assert_int_equal(file()->heard_on.day, heard.day);
	}
}

/* Answered for or not: an action that is late is a reason to be heard of sooner. */
static void while_an_action_is_late_they_hear_sooner(void **state)
{
	keep_in_touch();
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-03'}");
	TICK("2026-11-04T00:00:00Z");
	CASE("2026-11-04T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'rita','until':'2026-11-24','note':'n'}");
	date heard = file()->heard_on;
	TICK(str_z(&scene.arena, str_fmt(&scene.arena, "%.*sT00:00:00Z",
					 STR_ARG(date_print(&scene.arena, date_add(heard, 14))))));
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* No room for the task: it is written down, and the silence is asked about no less. */
static void where_no_task_fits_it_is_written_down(void **state)
{
	say_it_once();
	struct case_file *full = family_case(scene.family, S("C1"));
	while (full->n_tasks < 64)
		*GROW(&scene.arena, full->tasks, full->n_tasks) =
			(struct task){ .id = S("t.old"),
				       .due = full->opened_on,
				       .chased = true,
				       .chase = { .next = INSTANT_NEVER, .expected = DATE_NONE } };
	TICK("2026-12-18T00:00:00Z");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_true(is_written("Too many tasks are open. Not written down: The family has heard"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_new_is_said_once_by_the_machine),
		TEST(the_task_is_due_before_the_silence_grows_too_long),
		TEST(after_an_outage_the_task_has_the_usual_time),
		TEST(news_begins_the_silence_anew_and_ends_the_task),
		TEST(that_a_date_is_late_is_no_word_of_a_persons),
		TEST(what_we_owe_them_is_not_passed_over),
		TEST(what_a_person_reports_ends_it),
		TEST(while_something_is_late_the_silence_is_shorter),
		TEST(somebody_who_answers_for_it_makes_it_no_less_late),
		TEST(a_family_that_waits_for_an_answer_gets_the_answer),
		TEST(what_is_said_now_is_news_enough),
		TEST(a_pathway_may_have_an_interval_of_its_own),
		TEST(a_closed_case_may_be_silent),
		TEST(a_machines_acknowledgement_is_no_news),
		TEST(while_an_action_is_late_they_hear_sooner),
		TEST(where_no_task_fits_it_is_written_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
