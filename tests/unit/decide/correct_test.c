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

static void withdraw_for(const char *at, str event, const char *meant)
{
	CASE(at, "event.withdrawn",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake','meant':'%s'}",
			   STR_ARG(event), meant)));
}

static void settle_all(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_messages; i++)
		SETTLE(at, "accepted", plan->messages[i].id);
}

static void what_is_another_familys_is_a_task_for_people_once_somebody_has_heard_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str event = scene.plan->messages[0].event_id;
	settle_all("2026-11-02T10:01:00Z");
	withdraw_for("2026-11-03T10:00:00Z", event, "C-other");
	assert_int_equal(count_tasks(), 1);
	assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
	assert_true(str_find(last_task()->what, S("c-mum")) < last_task()->what.n);
	assert_day(last_task()->due, "2026-11-05");
	/* Why it was wrong, and whose it is, is none of this family's business either. */
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		str detail = scene.plan->entries[i].detail;
		assert_int_equal(str_find(detail, S("mistake")), detail.n);
		assert_int_equal(str_find(detail, S("C-other")), detail.n);
	}
}

static void a_breach_of_privacy_in_closed_cases_has_somebody_who_answers_for_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str event = scene.plan->messages[0].event_id;
	settle_all("2026-11-02T10:01:00Z");
	CASE("2026-11-02T11:00:00Z", "case.closed", "{'outcome':'moved away'}");
	FAMILY("2026-11-03T10:00:00Z", "event.withdrawn",
	       str_z(&scene.arena,
		     str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake','meant':'C-other'}",
			     STR_ARG(event))));
	assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
}

/* An alert that only the case's owner got is nothing that another family heard. */
static void what_only_our_own_people_heard_is_no_breach(void **state)
{
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str event = scene.plan->messages[0].event_id;
	settle_all("2026-11-02T10:01:00Z");
	for (size_t i = 0; i < scene.family->n_open; i++)
		scene.family->open[i].contact = S("sam");
	withdraw_for("2026-11-03T10:00:00Z", event, "C-other");
	for (size_t i = 0; i < scene.family->cases[0].n_tasks; i++)
		assert_false(str_starts(scene.family->cases[0].tasks[i].id, S("t.wrong_family")));
}

static void what_is_another_familys_and_was_stopped_is_no_task(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	withdraw_for("2026-11-02T10:05:00Z", first_event(), "C-other");
	assert_silence();
	assert_int_equal(count_tasks(), 0);
}

static void another_case_of_the_same_family_is_no_other_family(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	settle_all("2026-11-02T10:01:00Z");
	withdraw_for("2026-11-03T10:00:00Z", first_event(), "C1");
	assert_int_equal(count_tasks(), 1);
	assert_true(str_starts(last_task()->id, S("t.withdrawn.")));
}

/* Closed for long, and put away: it has left the record. */
static void a_case_of_theirs_that_was_put_away_is_no_other_family(void **state)
{
	CASE("2026-11-02T10:00:00Z", "case.closed", "{'outcome':'moved away'}");
	TICK("2027-02-15T10:00:00Z");
	assert_int_equal(scene.family->n_cases, 0);
	scene_play(&scene, "2027-02-15T11:00:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'caseworker'}");
	scene_play(&scene, "2027-02-15T12:00:00Z", "agreed", "case/C2", "{}");
	str event = scene.plan->messages[0].event_id;
	scene_play(&scene, "2027-02-15T12:01:00Z", "message.accepted", "case/C2",
		   str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}",
					       STR_ARG(scene.plan->messages[0].id))));
	scene_play(&scene, "2027-02-16T10:00:00Z", "event.withdrawn", "case/C2",
		   str_z(&scene.arena,
			 str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake','meant':'C1'}",
				 STR_ARG(event))));
	const struct case_file *file = family_case(scene.family, S("C2"));
	assert_true(str_starts(file->tasks[file->n_tasks - 1].id, S("t.withdrawn.")));
}

static void what_was_said_long_ago_is_corrected_to_the_whole_family(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str event = scene_duty(&scene, "C1.decision")->started_by;
	settle_all("2026-11-02T10:01:00Z");
	for (int i = 0; i < 2; i++)
		TICK(i == 0 ? "2026-12-12T10:00:00Z" : "2026-12-13T10:00:00Z");
	withdraw_for("2026-12-13T11:00:00Z", event, "C-other");
	assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
	assert_true(str_find(last_task()->what, S("the whole family")) < last_task()->what.n);
	assert_state("C1.decision", DUTY_CANCELLED);
}

static void a_case_closed_by_mistake_is_open_again(void **state)
{
	CASE("2026-11-02T10:00:00Z", "case.closed", "{'outcome':'moved away'}");
	str event = scene.family->cases[0].closed_by;
	withdraw("2026-11-03T10:00:00Z", event);
	assert_false(date_is(scene.family->cases[0].closed_on));
}

static void agree_until(const char *at, const char *due, str supersedes)
{
	CASE(at, "action.agreed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena,
			   "{'action':'A1','what':'Call','due':'%s','agreed_with':['c-mum'],"
			   "'owner':{'service':'send','person':'sam'},'supersedes':'%.*s'}",
			   due, STR_ARG(supersedes))));
}

static void a_wrong_date_of_an_action_is_put_right_under_its_name(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	agree_until("2026-11-03T10:00:00Z", "2026-11-27", first_event());
	const struct action *action = &scene.family->cases[0].actions[0];
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_int_equal(scene.family->cases[0].n_actions, 1);
	assert_int_equal(action->state, DUTY_SCHEDULED);
	assert_day(action->due, "2026-11-27");
	/* The message with the wrong date had not left. */
	assert_int_equal(scene.plan->n_closings, 1);
}

static void what_was_done_already_is_not_agreed_anew(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	CASE("2026-11-02T11:00:00Z", "action.completed", "{'action':'A1'}");
	agree_until("2026-11-03T10:00:00Z", "2026-11-27", first_event());
	assert_refused(scene.plan, "data.action");
	agree_until("2026-11-03T10:00:00Z", "2026-11-27", S("another"));
	assert_refused(scene.plan, "data.action");
}

/* It waited for the morning, and never left; but the address is changed. */
static void what_stays_changed_is_a_persons_though_nobody_has_heard_of_it(void **state)
{
	static const struct {
		const char *type, *data;
	} changes[] = {
		{ "contact.updated", "{'contact':'c-mum','addresses':{'letter':['2 Hill Road',"
				     "'Sheffield','S1 1AA']}}" },
		{ "court_order.added", "{'contact':'c-mum','effect':'no_contact'}" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		FAMILY("2026-11-02T21:00:00Z", changes[i].type, changes[i].data);
		FAMILY("2026-11-02T21:05:00Z", "event.withdrawn",
		       str_z(&scene.arena, str_fmt(&scene.arena, "{'event':'e%d','reason':'r'}",
						   scene.n_events)));
		assert_int_equal(count_tasks(), i + 1);
		assert_true(holds(last_task()->what, "what it changed stays"));
	}
}

/* They heard nothing of it. Of what is weeks ago, or where an older record knows no day, they might have. */
static void of_what_only_changed_where_the_case_stands_nobody_is_told(void **state)
{
	static const struct {
		const char *at;
		bool is_known, is_told;
	} rows[] = { { "2026-11-30T10:00:00Z", true, false },
		     { "2026-12-01T10:00:00Z", true, true },
		     { "2026-11-03T10:00:00Z", false, true } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		add_standard("event.withdrawn", (struct saying){ .audience = AUDIENCE_CONTACTS,
								 .template = S("correction"),
								 .grade = GRADE_INFORMATION });
		struct event_rule *rule = own_event("asked");
		rule->stage = S("Asked");
		rule->n_says = rule->n_starts = 0;
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		struct case_file *file = family_case(scene.family, S("C1"));
		if (!rows[i].is_known)
			file->stands[0].on = DATE_NONE;
		withdraw(rows[i].at, file->stands[0].event);
		assert_int_equal(scene_message(&scene, "c-mum", CHANNEL_LETTER) != NULL,
				 rows[i].is_told);
		assert_int_equal(count_tasks() > 0, rows[i].is_told);
		assert_int_equal(family_case(scene.family, S("C1"))->stage.n, 0);
	}
}

/* "asked" was about another child, and so was what ended its duty: taken back as well, it opens nothing. */
static void what_never_began_is_not_open_again(void **state)
{
	static const struct {
		const char *type, *data;
		enum duty_state state;
	} rows[] = { { "agreed", "{}", DUTY_MET },
		     { "duty.excused",
		       "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
		       "'evidence':'e','approved_by':'a'}",
		       DUTY_EXCUSED },
		     { "dropped", "{}", DUTY_CANCELLED } };
	for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
		const bool is_begun = i % 2 == 0;
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T09:30:00Z", "contact.updated",
		       "{'contact':'c-mum','channels':['email'],"
		       "'addresses':{'email':'ada@home.example'}}");
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		str asked = scene_duty(&scene, "C1.decision")->started_by;
		CASE("2026-11-03T10:00:00Z", rows[i / 2].type, rows[i / 2].data);
		str event = str_fmt(&scene.arena, "e%d", scene.n_events);
		settle_all("2026-11-03T10:01:00Z");
		assert_state("C1.decision", rows[i / 2].state);
		if (!is_begun)
			withdraw("2026-11-04T10:00:00Z", asked);
		withdraw("2026-11-04T11:00:00Z", event);
		assert_state("C1.decision", is_begun ? DUTY_SCHEDULED : DUTY_CANCELLED);
	}
}

/* It was done, and it was never agreed: that it was not done opens it no more. */
static void an_action_that_was_never_agreed_is_not_open_again(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	CASE("2026-11-03T10:00:00Z", "action.completed", "{'action':'A1'}");
	str done = str_fmt(&scene.arena, "e%d", scene.n_events);
	withdraw("2026-11-04T10:00:00Z", first_event());
	withdraw("2026-11-04T11:00:00Z", done);
	assert_int_equal(scene.family->cases[0].actions[0].state, DUTY_CANCELLED);
}

/* It was done by then, and is not late because nobody knows any more whether it began. */
static void what_was_done_is_not_open_again_when_a_withdrawal_is_withdrawn(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREED);
	CASE("2026-11-03T10:00:00Z", "action.completed", "{'action':'A1'}");
	withdraw("2026-11-04T10:00:00Z", first_event());
	withdraw("2026-11-04T11:00:00Z", str_fmt(&scene.arena, "e%d", scene.n_events));
	assert_int_equal(scene.family->cases[0].actions[0].state, DUTY_CANCELLED);
}

static void an_event_that_takes_no_place_changes_nothing(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-03T10:00:00Z", "asked", "{'supersedes':'never'}");
	assert_day(scene_duty(&scene, "C1.decision")->from, "2026-11-02");
	assert_int_equal(count_tasks(), 0);
}

/* Also where it has left long since, and only its names are kept. */
static void that_somebody_else_has_the_case_stays_and_is_a_persons(void **state)
{
	add_standard("case.reassigned", (struct saying){ .audience = AUDIENCE_FAMILY,
							 .template = S("case-reassigned"),
							 .grade = GRADE_INFORMATION });
	CASE("2026-11-02T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	str event = str_fmt(&scene.arena, "e%d", scene.n_events);
	SETTLE("2026-11-02T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	CASE("2026-11-03T10:00:00Z", "event.withdrawn",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'event':'%.*s','reason':'r'}", STR_ARG(event))));
	assert_true(holds(last_task()->what, "what it changed stays"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_another_familys_is_a_task_for_people_once_somebody_has_heard_it),
		TEST(a_breach_of_privacy_in_closed_cases_has_somebody_who_answers_for_it),
		TEST(what_only_our_own_people_heard_is_no_breach),
		TEST(what_is_another_familys_and_was_stopped_is_no_task),
		TEST(another_case_of_the_same_family_is_no_other_family),
		TEST(a_case_of_theirs_that_was_put_away_is_no_other_family),
		TEST(what_was_said_long_ago_is_corrected_to_the_whole_family),
		TEST(a_case_closed_by_mistake_is_open_again),
		TEST(a_wrong_date_of_an_action_is_put_right_under_its_name),
		TEST(what_was_done_already_is_not_agreed_anew),
		TEST(what_stays_changed_is_a_persons_though_nobody_has_heard_of_it),
		TEST(that_somebody_else_has_the_case_stays_and_is_a_persons),
		TEST(of_what_only_changed_where_the_case_stands_nobody_is_told),
		TEST(what_never_began_is_not_open_again),
		TEST(an_action_that_was_never_agreed_is_not_open_again),
		TEST(what_was_done_is_not_open_again_when_a_withdrawal_is_withdrawn),
		TEST(an_event_that_takes_no_place_changes_nothing),
		TEST(nobody_disregards_what_nobody_has_heard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
