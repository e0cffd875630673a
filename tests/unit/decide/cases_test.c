/* Cases, visits, tasks. */
#include "unit/decide/stage.h"

static void a_closed_case_that_is_named_is_handed_on(void **state)
{
	CASE("2026-11-02T09:00:00Z", "case.closed", "{'outcome':'moved away'}");
	CASE("2026-11-02T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	assert_str(scene.family->cases[0].owner, "rita");
}

static void mistakes_in_opening_a_case_are_named(void **state)
{
	static const char *const cases[][2] = {
		{ "{'family':'F1','pathway':'no','service':'send','owner':'sam'}", "data.pathway" },
		{ "{'family':'F1','pathway':'assess','service':'no','owner':'sam'}",
		  "data.service" },
		{ "{'family':'F1','pathway':'assess','service':'send','owner':'no'}",
		  "data.owner" },
	};
	for (size_t i = 0; i < 3; i++)
		assert_refused(scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C2",
					  cases[i][0]),
			       cases[i][1]);
}

static void a_case_opened_again_changes_nothing(void **state)
{
	CASE("2026-11-02T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	const struct plan *plan = CASE(
		"2026-11-02T11:00:00Z", "case.opened",
		"{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_int_equal(plan->n_opened, 0);
	assert_str(family_case(scene.family, S("C1"))->owner, "rita");
	assert_refused(CASE("2026-11-02T11:00:00Z", "case.opened",
			    "{'family':'F1','pathway':'other','service':'send','owner':'sam'}"),
		       "data.pathway");
}

static void a_new_case_is_told_to_the_store(void **state)
{
	const struct plan *plan = scene_play(
		&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C2",
		"{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	assert_int_equal(plan->n_opened, 1);
	assert_str(plan->opened_cases[0], "C2");
}

static void the_family_hears_who_is_there_for_them_now(void **state)
{
	CASE("2026-11-02T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	assert_said("letter c-mum case-reassigned agreed 2026-11-02T10:00:00Z\n");
	const struct message *letter = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(str_find(letter->facts, S("\"name\":\"Rita Lane\"")) < letter->facts.n);
	assert_refused(
		CASE("2026-11-02T10:00:00Z", "case.reassigned", "{'owner':'no','from':'sam'}"),
		"data.owner");
}

static void closing_ends_our_duties_and_no_breach_and_no_action(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2027-03-01'}");
	TICK("2026-11-17T00:00:00Z");
	CASE("2026-11-17T10:00:00Z", "case.closed", "{'outcome':'moved'}");
	assert_state("C1.plan", DUTY_CANCELLED);
	assert_state("C1.reply", DUTY_DUE);
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_SCHEDULED);
	assert_day(family_case(scene.family, S("C1"))->closed_on, "2026-11-17");
}

static void a_breach_stays_when_its_case_closes(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "case.closed", "{'outcome':'moved'}");
	assert_state("C1.decision", DUTY_CANCELLED);
	assert_day(scene_duty(&scene, "C1.decision")->breached_on, "2026-12-15");
}

static void a_visit_names_contacts_of_the_family(void **state)
{
	assert_refused(CASE("2026-11-02T10:00:00Z", "contact.made",
			    "{'with':['c-mum','c-no'],'how':'visit'}"),
		       "data.with");
}

static void a_task_ends_with_what_came_of_it(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['task'],'addresses':null}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	assert_int_equal(count_tasks(), 2);
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 1);
	str notice = last_task()->id;
	const char *not_reached = str_z(
		&scene.arena,
		str_fmt(&scene.arena, "{'task':'%.*s','outcome':'not_reached','by':'sam'}",
			STR_ARG(notice)));
	CASE("2026-11-03T10:00:00Z", "task.completed", not_reached);
	assert_int_equal(count_tasks(), 2); /* somebody tries again */
	assert_state("C1.decision", DUTY_SCHEDULED);
	const char *reached = str_z(&scene.arena,
				    str_fmt(&scene.arena,
					    "{'task':'%.*s','outcome':'reached','by':'sam'}",
					    STR_ARG(last_task()->id)));
	CASE("2026-11-04T10:00:00Z", "task.completed", reached);
	assert_state("C1.decision", DUTY_MET);
	assert_refused(CASE("2026-11-04T10:00:00Z", "task.completed", reached), "data.task");
}

static void a_reply_wants_an_answer(void **state)
{
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	assert_int_equal(count_tasks(), 1);
	assert_str(last_task()->contact, "c-mum");
}

static void only_what_is_late_can_be_answered_for(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	static const char *const cases[][2] = {
		{ "{'by':'r','until':'2026-12-20','note':'n'}", "data.duty" },
		{ "{'duty':'no','by':'r','until':'2026-12-20','note':'n'}", "data.duty" },
		{ "{'action':'no','by':'r','until':'2026-12-20','note':'n'}", "data.action" },
		{ "{'duty':'decision','by':'r','until':'2026-12-20','note':'n'}", "data.duty" },
	};
	for (size_t i = 0; i < 4; i++)
		assert_refused(CASE("2026-11-03T10:00:00Z", "breach.acknowledged", cases[i][0]),
			       cases[i][1]);
	TICK("2026-12-15T00:00:00Z");
	assert_refused(CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
			    "{'duty':'decision','by':'r','until':'2026-12-14','note':'n'}"),
		       "data.until");
}

static void a_hold_has_an_owner_and_an_end_to_come(void **state)
{
	assert_refused(CASE("2026-11-02T10:00:00Z", "hold.placed",
			    "{'reason':'waiting','owner':'nobody','until':'2026-11-06'}"),
		       "data.owner");
	assert_refused(CASE("2026-11-02T10:00:00Z", "hold.placed",
			    "{'reason':'waiting','owner':'sam','until':'2026-11-01'}"),
		       "data.until");
	CASE("2026-11-02T10:00:00Z", "hold.placed",
	     "{'reason':'waiting','owner':'sam','until':'2026-11-02'}");
	assert_int_equal(scene.family->cases[0].n_holds, 1);
}

static void a_hold_is_ended_by_its_reason(void **state)
{
	CASE("2026-11-02T10:00:00Z", "hold.placed",
	     "{'reason':'waiting','owner':'sam','until':'2026-11-06'}");
	assert_refused(CASE("2026-11-02T10:00:00Z", "hold.ended", "{'reason':'other'}"),
		       "data.reason");
	CASE("2026-11-03T10:00:00Z", "hold.ended", "{'reason':'waiting'}");
	TICK("2026-11-09T00:00:00Z");
	assert_int_equal(count_tasks(), 0);
}

static void cases_are_bounded(void **state)
{
	for (int i = 0; i < 63; i++) {
		str subject = str_fmt(&scene.arena, "case/X%d", i);
		scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened",
			   str_z(&scene.arena, subject),
			   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	}
	assert_int_equal(scene.family->n_cases, 64);
	assert_refused(scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C99",
				  "{'family':'F1','pathway':'assess','service':'send',"
				  "'owner':'sam'}"),
		       "subject");
}

static void who_does_not_want_to_hear_has_not_got_the_notice(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['task'],'addresses':null}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str data = str_fmt(&scene.arena, "{'task':'%.*s','outcome':'refused','by':'sam'}",
			   STR_ARG(last_task()->id));
	CASE("2026-11-03T10:00:00Z", "task.completed", str_z(&scene.arena, data));
	assert_str(scene_closings(&scene), "stopped\n");
	assert_state("C1.decision", DUTY_SCHEDULED);
	assert_int_equal(count_tasks(), 1);
}

static void tasks_are_bounded_and_the_done_make_room(void **state)
{
	struct case_file *file = NULL;
	for (int i = 0; i < 70; i++)
		CASE("2026-11-02T10:00:00Z", "reply.received",
		     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	assert_int_equal(count_tasks(), 64);
	assert_str(scene.plan->entries[1].kind, "note");
	file = family_case(scene.family, S("C1"));
	file->tasks[0].done = true;
	CASE("2026-11-02T11:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	assert_int_equal(count_tasks(), 64);
	assert_str(scene.plan->entries[1].kind, "task");
}

static void an_event_that_never_happened_is_looked_at(void **state)
{
	CASE("2026-11-02T10:00:00Z", "event.withdrawn", "{'event':'e9','reason':'mistake'}");
	assert_int_equal(count_tasks(), 1);
}

static void what_they_wrote_is_answered_by_speaking_with_them(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	CASE("2026-11-02T10:05:00Z", "reply.received",
	     "{'contact':'c-dad','channel':'sms','text':'why?'}");
	CASE("2026-11-02T10:10:00Z", "event.withdrawn", "{'event':'e99','reason':'r'}");
	assert_int_equal(count_tasks(), 3);
	CASE("2026-11-03T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'phone'}");
	/* Hers is; the father still waits, and what was withdrawn is still looked at. */
	assert_int_equal(count_tasks(), 2);
	assert_str(family_case(scene.family, S("C1"))->tasks[0].outcome, "reached");
}

static void holds_are_bounded_and_one_that_ended_does_not_end_again(void **state)
{
	for (int i = 0; i < 64; i++) {
		CASE("2026-11-02T10:00:00Z", "hold.placed",
		     "{'reason':'waiting','owner':'sam','until':'2026-11-06'}");
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	}
	assert_refused(CASE("2026-11-02T10:00:00Z", "hold.placed",
			    "{'reason':'waiting','owner':'sam','until':'2026-11-06'}"),
		       "");
	for (int i = 0; i < 64; i++)
		CASE("2026-11-03T10:00:00Z", "hold.ended", "{'reason':'waiting'}");
	assert_refused(CASE("2026-11-03T10:00:00Z", "hold.ended", "{'reason':'waiting'}"),
		       "data.reason");
}

static void a_late_action_is_answered_for_and_one_in_time_is_not(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20'}");
	assert_refused(CASE("2026-11-03T10:00:00Z", "breach.acknowledged",
			    "{'action':'A1','by':'r','until':'2026-12-20','note':'n'}"),
		       "data.action");
	TICK("2026-11-21T00:00:00Z");
	CASE("2026-11-23T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'r','until':'2026-11-27','note':'n'}");
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_ACKNOWLEDGED);
	assert_day(scene_action(&scene, "A1")->acknowledged_until, "2026-11-27");
}

static void a_task_that_is_named_is_one_of_the_case(void **state)
{
	assert_refused(CASE("2026-11-02T10:00:00Z", "task.completed",
			    "{'task':'t.none','outcome':'reached','by':'sam'}"),
		       "data.task");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_closed_case_that_is_named_is_handed_on),
		TEST(mistakes_in_opening_a_case_are_named),
		TEST(a_case_opened_again_changes_nothing),
		TEST(a_new_case_is_told_to_the_store),
		TEST(the_family_hears_who_is_there_for_them_now),
		TEST(closing_ends_our_duties_and_no_breach_and_no_action),
		TEST(a_breach_stays_when_its_case_closes),
		TEST(a_visit_names_contacts_of_the_family),
		TEST(a_task_ends_with_what_came_of_it),
		TEST(a_reply_wants_an_answer),
		TEST(only_what_is_late_can_be_answered_for),
		TEST(a_hold_has_an_owner_and_an_end_to_come),
		TEST(a_hold_is_ended_by_its_reason),
		TEST(cases_are_bounded),
		TEST(who_does_not_want_to_hear_has_not_got_the_notice),
		TEST(tasks_are_bounded_and_the_done_make_room),
		TEST(an_event_that_never_happened_is_looked_at),
		TEST(what_they_wrote_is_answered_by_speaking_with_them),
		TEST(holds_are_bounded_and_one_that_ended_does_not_end_again),
		TEST(a_late_action_is_answered_for_and_one_in_time_is_not),
		TEST(a_task_that_is_named_is_one_of_the_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
