/* What people agreed to do. */
#include "unit/decide/stage.h"

#define AGREE                                                                                      \
	"{'action':'A1','what':'order the chair','owner':{'service':'therapy','person':'lee'},"    \
	"'due':'2026-11-20','agreed_with':['c-mum']}"

static void assert_action(enum duty_state wanted)
{
	assert_str(duty_state_name(scene_action(&scene, "A1")->state),
		   str_z(&scene.arena, duty_state_name(wanted)));
}

static void an_action_runs_from_word_to_deed(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	assert_action(DUTY_SCHEDULED);
	assert_said("letter c-mum action-agreed agreed 2026-11-02T10:00:00Z\n");
	const struct message *mum = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(str_find(mum->facts, S("\"action\":{\"date\":\"2026-11-20\"}")) < mum->facts.n);
	assert_true(str_find(mum->facts, S("\"what\":\"order the chair\"")) < mum->facts.n);
	TICK("2026-11-13T00:00:00Z");
	assert_said("email lee action-reminder role 2026-11-13T09:00:00Z\n");
	assert_action(DUTY_WARNED);
	CASE("2026-11-16T10:00:00Z", "action.completed", "{'action':'A1'}");
	assert_action(DUTY_MET);
	assert_said("letter c-mum action-completed agreed 2026-11-16T10:00:00Z\n");
}

static void a_late_action_is_told_to_the_family_its_owner_and_the_manager(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	TICK("2026-11-21T00:00:00Z");
	/* Therapy has no team manager: its mailbox hears it. */
	assert_said("letter c-mum action-late agreed 2026-11-21T00:00:00Z\n"
		    "email lee action-late-owner role 2026-11-23T09:00:00Z\n"
		    "email therapy action-late-owner role 2026-11-23T09:00:00Z\n");
	assert_day(scene_action(&scene, "A1")->breached_on, "2026-11-21");
}

static void a_new_date_is_a_new_promise_and_the_old_ones_words_do_not_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	CASE("2026-11-02T10:05:00Z", "action.rescheduled", "{'action':'A1','due':'2026-12-04'}");
	assert_said("letter c-mum action-rescheduled agreed 2026-11-02T10:05:00Z\n");
	assert_str(scene_closings(&scene), "expired\n");
	TICK("2026-11-21T00:00:00Z");
	assert_action(DUTY_SCHEDULED);
	assert_silence();
}

static void a_new_date_is_warned_of_anew(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	TICK("2026-11-13T00:00:00Z");
	CASE("2026-11-16T10:00:00Z", "action.rescheduled", "{'action':'A1','due':'2026-12-04'}");
	assert_action(DUTY_SCHEDULED);
	TICK("2026-11-27T00:00:00Z");
	assert_said("email lee action-reminder role 2026-11-27T09:00:00Z\n");
}

static void what_is_late_twice_is_said_twice(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	TICK("2026-11-21T00:00:00Z");
	CASE("2026-11-23T10:00:00Z", "action.rescheduled", "{'action':'A1','due':'2026-11-24'}");
	assert_action(DUTY_SCHEDULED);
	TICK("2026-11-25T00:00:00Z");
	assert_action(DUTY_BREACHED);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	/* The first breach stays. */
	assert_day(scene_action(&scene, "A1")->breached_on, "2026-11-21");
}

static void a_disputed_action_is_open_again_and_somebody_looks(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	CASE("2026-11-16T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-17T10:00:00Z", "action.disputed", "{'action':'A1'}");
	assert_action(DUTY_WARNED);
	assert_true(scene_action(&scene, "A1")->disputed);
	assert_int_equal(count_tasks(), 1);
	CASE("2026-11-18T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-30T10:00:00Z", "action.disputed", "{'action':'A1'}");
	assert_action(DUTY_BREACHED);
}

static void who_says_that_it_is_not_done_is_not_told_so_once_more(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	CASE("2026-11-18T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-30T10:00:00Z", "action.disputed", "{'action':'A1'}");
	assert_action(DUTY_BREACHED);
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		assert_false(str_eq(scene.plan->messages[i].template, S("action-late")));
}

static void an_action_that_ended_does_not_end_again(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	CASE("2026-11-03T10:00:00Z", "action.cancelled", "{'action':'A1','reason':'r'}");
	assert_action(DUTY_CANCELLED);
	assert_said("letter c-mum action-cancelled agreed 2026-11-03T10:00:00Z\n");
	assert_refused(CASE("2026-11-04T10:00:00Z", "action.completed", "{'action':'A1'}"),
		       "data.action");
	assert_refused(CASE("2026-11-04T10:00:00Z", "action.rescheduled",
			    "{'action':'A1','due':'2026-12-01'}"),
		       "data.action");
}

static void a_deed_reported_twice_is_told_once(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	CASE("2026-11-03T10:00:00Z", "action.completed", "{'action':'A1'}");
	const struct plan *plan = CASE("2026-11-04T10:00:00Z", "action.completed",
				       "{'action':'A1'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_silence();
}

static void mistakes_in_an_action_are_named(void **state)
{
	static const struct {
		const char *data, *field;
	} cases[] = {
		{ "{'action':'A1','what':'w','owner':{'service':'no','person':'lee'},"
		  "'due':'2026-11-20'}",
		  "data.owner.service" },
		{ "{'action':'A1','what':'w','owner':{'service':'send','person':'no'},"
		  "'due':'2026-11-20'}",
		  "data.owner.person" },
		{ "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
		  "'due':'2026-11-01'}",
		  "data.due" },
		{ "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
		  "'due':'2026-11-20','agreed_with':['c-mum','c-nobody']}",
		  "data.agreed_with" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_refused(CASE("2026-11-02T10:00:00Z", "action.agreed", cases[i].data),
			       cases[i].field);
	assert_refused(CASE("2026-11-02T10:00:00Z", "action.completed", "{'action':'A9'}"),
		       "data.action");
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	assert_refused(CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE), "data.action");
}

static void a_visit_may_end_in_actions(void **state)
{
	CASE("2026-11-02T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.','actions':[{'action':'A1',"
	     "'what':'w','owner':{'service':'send','person':'sam'},'due':'2026-11-20'}]}");
	assert_action(DUTY_SCHEDULED);
	assert_said("letter c-mum action-agreed agreed 2026-11-02T10:00:00Z\n"
		    "letter c-mum contact-made agreed 2026-11-02T10:00:00Z\n");
	assert_refused(CASE("2026-11-02T11:00:00Z", "contact.made",
			    "{'with':['c-mum'],'how':'visit','actions':[{'action':'A2','what':'w',"
			    "'owner':{'service':'send','person':'sam'},'due':'2026-11-20'},"
			    "{'action':'A2','what':'w','owner':{'service':'send','person':'sam'},"
			    "'due':'2026-11-20'}]}"),
		       "data.actions");
}

#define ACTION_OF(id)                                                                              \
	"{'action':'" id "','what':'w','owner':{'service':'send','person':'sam'},"                 \
	"'due':'2026-11-20'}"

static void a_visit_may_end_in_several_actions(void **state)
{
	CASE("2026-11-02T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','actions':[" ACTION_OF("A1") "," ACTION_OF(
		     "A2") "]}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_non_null(scene_action(&scene, "A2"));
	assert_str(scene_action(&scene, "A2")->agreed_with[0], "c-mum");
}

static void of_a_visit_with_a_mistake_no_action_is_taken(void **state)
{
	assert_refused(
		CASE("2026-11-02T10:00:00Z", "contact.made",
		     "{'with':['c-mum'],'how':'visit','actions':[" ACTION_OF(
			     "A1") ","
				   "{'action':'A2','what':'w','owner':{'service':'send','person':'no'},"
				   "'due':'2026-11-20'}]}"),
		"data.owner.person");
	assert_null(scene_action(&scene, "A1"));
}

static void a_case_has_so_many_actions_at_most(void **state)
{
	for (int i = 0; i < 64; i++) {
		str data = str_fmt(&scene.arena,
				   "{'action':'A%d','what':'w','due':'2026-11-20',"
				   "'owner':{'service':'send','person':'sam'}}",
				   i);
		CASE("2026-11-02T10:00:00Z", "action.agreed", str_z(&scene.arena, data));
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	}
	assert_refused(CASE("2026-11-02T10:00:00Z", "action.agreed", ACTION_OF("A64")),
		       "data.action");
	assert_refused(CASE("2026-11-02T10:00:00Z", "contact.made",
			    "{'with':['c-mum'],'how':'visit','actions':[" ACTION_OF("A64") "]}"),
		       "data.actions");
}

static void what_becomes_of_an_action_names_one_that_there_is(void **state)
{
	static const char *const cases[][2] = {
		{ "action.completed", "{'action':'A9'}" },
		{ "action.rescheduled", "{'action':'A9','due':'2026-12-01'}" },
		{ "action.cancelled", "{'action':'A9','reason':'r'}" },
		{ "action.disputed", "{'action':'A9'}" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_refused(CASE("2026-11-02T10:00:00Z", cases[i][0], cases[i][1]),
			       "data.action");
}

static void an_action_is_not_moved_into_the_past_nor_cancelled_twice(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed", AGREE);
	assert_refused(CASE("2026-11-10T10:00:00Z", "action.rescheduled",
			    "{'action':'A1','due':'2026-11-09'}"),
		       "data.due");
	assert_day(scene_action(&scene, "A1")->due, "2026-11-20");
	CASE("2026-11-10T10:00:00Z", "action.cancelled", "{'action':'A1','reason':'r'}");
	assert_refused(
		CASE("2026-11-11T10:00:00Z", "action.cancelled", "{'action':'A1','reason':'r'}"),
		"data.action");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_action_runs_from_word_to_deed),
		TEST(a_late_action_is_told_to_the_family_its_owner_and_the_manager),
		TEST(a_new_date_is_a_new_promise_and_the_old_ones_words_do_not_leave),
		TEST(a_new_date_is_warned_of_anew),
		TEST(what_is_late_twice_is_said_twice),
		TEST(a_disputed_action_is_open_again_and_somebody_looks),
		TEST(who_says_that_it_is_not_done_is_not_told_so_once_more),
		TEST(an_action_that_ended_does_not_end_again),
		TEST(a_deed_reported_twice_is_told_once),
		TEST(mistakes_in_an_action_are_named),
		TEST(a_visit_may_end_in_actions),
		TEST(a_visit_may_end_in_several_actions),
		TEST(of_a_visit_with_a_mistake_no_action_is_taken),
		TEST(a_case_has_so_many_actions_at_most),
		TEST(what_becomes_of_an_action_names_one_that_there_is),
		TEST(an_action_is_not_moved_into_the_past_nor_cancelled_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
