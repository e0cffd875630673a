/* Everything whose time has come. */
#include "unit/decide/stage.h"

static void the_owner_is_warned_twice_and_each_time_once(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_next_look("2026-11-30T00:00:00Z"); /* ten working days before 14 December */
	TICK("2026-11-30T00:00:00Z");
	assert_said("email sam duty-warning role 2026-11-30T09:00:00Z\n");
	assert_state("C1.decision", DUTY_WARNED);
	assert_next_look("2026-12-07T00:00:00Z");
	TICK("2026-11-30T10:00:00Z");
	assert_silence();
	assert_int_equal(scene.plan->n_entries, 0);
	TICK("2026-12-07T00:00:00Z");
	assert_said("email sam duty-warning role 2026-12-07T09:00:00Z\n");
	assert_next_look("2026-12-14T00:00:00Z");
}

static void late_begins_with_the_day_after_the_due_day(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	assert_state("C1.decision", DUTY_DUE);
	assert_next_look("2026-12-15T00:00:00Z");
	TICK("2026-12-14T23:59:59Z");
	assert_state("C1.decision", DUTY_DUE);
	TICK("2026-12-15T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	assert_day(scene_duty(&scene, "C1.decision")->breached_on, "2026-12-15");
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n"
		    "email sam duty-breached role 2026-12-15T09:00:00Z\n"
		    "email rita duty-breached role 2026-12-15T09:00:00Z\n");
}

static void a_limit_of_hours_is_late_from_its_minute_on(void **state)
{
	struct duration *due = &scene.policy->pathways[0].duties[0].due;
	*due = (struct duration){ .n = 4, .unit = DURATION_WORKING_HOURS };
	CASE("2026-11-02T15:00:00Z", "asked", "{}");
	TICK("2026-11-03T00:00:00Z");
	assert_state("C1.decision", DUTY_DUE);
	assert_next_look("2026-11-03T11:00:00Z");
	TICK("2026-11-03T10:59:59Z");
	assert_state("C1.decision", DUTY_DUE);
	TICK("2026-11-03T11:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	assert_day(scene_duty(&scene, "C1.decision")->breached_on, "2026-11-03");
	*due = (struct duration){ .n = 6, .unit = DURATION_WEEKS };
}

static void a_day_begins_where_the_family_lives(void **state)
{
	/* Six weeks from 20 May are 1 July: British Summer Time. */
	CASE("2026-11-02T10:00:00Z", "asked", "{'on':'2027-05-20'}");
	TICK("2027-07-01T22:59:59Z");
	assert_state("C1.decision", DUTY_DUE);
	TICK("2027-07-01T23:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
}

static void after_an_outage_only_the_latest_truth_is_said(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-20T10:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-20T10:00:00Z\n"
		    "email sam duty-breached role 2026-12-21T09:00:00Z\n"
		    "email rita duty-breached role 2026-12-21T09:00:00Z\n");
}

static void who_owns_and_manages_hears_it_once(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T11:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	TICK("2026-12-15T00:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n"
		    "email rita duty-breached role 2026-12-15T09:00:00Z\n");
}

static void a_notice_on_its_way_silences_warnings(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-27T10:00:00Z", "agreed", "{}");
	TICK("2026-11-30T00:00:00Z");
	assert_silence();
	assert_state("C1.decision", DUTY_WARNED);
}

static void the_familys_own_limit_passes_quietly(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-17");
	TICK("2026-11-18T00:00:00Z");
	assert_state("C1.reply", DUTY_CANCELLED);
	assert_false(date_is(scene_duty(&scene, "C1.reply")->breached_on));
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		assert_int_not_equal(scene.plan->messages[i].grade, GRADE_ALERT);
}

static void who_answers_for_a_breach_is_asked_again_in_time(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'C1.decision','by':'rita','until':'2026-12-18','note':'n'}");
	assert_state("C1.decision", DUTY_ACKNOWLEDGED);
	assert_next_look("2026-12-19T00:00:00Z");
	TICK("2026-12-19T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	assert_day(scene_duty(&scene, "C1.decision")->breached_on, "2026-12-15");
	assert_said("email sam duty-breached role 2026-12-21T09:00:00Z\n"
		    "email rita duty-breached role 2026-12-21T09:00:00Z\n");
}

static void nobody_answers_for_a_breach_for_ever(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2029-01-01','note':'n'}");
	/* Twenty working days, three holidays among them. */
	assert_day(scene_duty(&scene, "C1.decision")->acknowledged_until, "2027-01-15");
}

static void a_task_without_a_ladder_is_chased_once(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated", "{'contact':'c-mum','addresses':null}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_int_equal(count_tasks(), 1);
	assert_day(last_task()->due, "2026-11-04");
	assert_next_look("2026-11-05T00:00:00Z");
	TICK("2026-11-05T00:00:00Z");
	assert_said("email sam task-overdue role 2026-11-05T09:00:00Z\n"
		    "email rita task-overdue role 2026-11-05T09:00:00Z\n");
	TICK("2026-11-06T00:00:00Z");
	assert_silence();
}

static void a_late_task_climbs_until_it_is_done(void **state)
{
	struct rung rungs[] = { { .tell = S("team_manager"),
				  .after = { .n = 1, .unit = DURATION_WORKING_DAYS },
				  .template = S("task-overdue"),
				  .grade = GRADE_ALERT } };
	struct ladder ladder = { .id = S("tasks"),
				 .rungs = rungs,
				 .n_rungs = 1,
				 .repeat = { .n = 2, .unit = DURATION_WORKING_DAYS },
				 .slowest = { .n = 3, .unit = DURATION_WORKING_DAYS } };
	scene.policy->ladders = &ladder;
	scene.policy->n_ladders = 1;
	scene.policy->task_ladder = S("tasks");
	FAMILY("2026-11-02T09:30:00Z", "contact.updated", "{'contact':'c-mum','addresses':null}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-05T00:00:00Z");
	assert_next_look("2026-11-06T00:00:00Z");
	TICK("2026-11-06T00:00:00Z");
	assert_said("email rita task-overdue role 2026-11-06T09:00:00Z\n");
	assert_next_look("2026-11-10T00:00:00Z");
	TICK("2026-11-10T00:00:00Z");
	assert_said("email rita task-overdue role 2026-11-10T09:00:00Z\n");
	assert_next_look("2026-11-13T00:00:00Z");
	str data = str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
			   STR_ARG(last_task()->id));
	CASE("2026-11-12T10:00:00Z", "task.completed", str_z(&scene.arena, data));
	TICK("2026-11-13T00:00:00Z");
	assert_silence();
}

static void a_hold_ends_with_a_task(void **state)
{
	CASE("2026-11-02T10:00:00Z", "hold.placed",
	     "{'reason':'waiting','owner':'sam','until':'2026-11-06'}");
	assert_next_look("2026-11-07T00:00:00Z");
	TICK("2026-11-07T00:00:00Z");
	assert_true(family_case(scene.family, S("C1"))->holds[0].ended);
	assert_int_equal(count_tasks(), 1);
}

static void the_day_on_which_rights_pass_is_looked_at(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-child','born':'2011-03-01'}");
	/* 16 in the school year that ends in 2027; the last Friday in June is the 25th. */
	assert_next_look("2027-06-25T23:00:00Z");
	int64_t tell = scene.family->tell;
	TICK("2027-06-25T23:00:00Z");
	assert_true(family_contact(scene.family, S("c-child"))->rights_passed);
	assert_int_equal(scene.family->tell, tell + 1);
	assert_next_look("never");
}

static void consent_and_orders_end_by_themselves(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact','until':'2026-11-10'}");
	FAMILY("2026-11-02T10:00:00Z", "consent.given",
	       "{'contact':'c-mum','for':'all','until':'2026-11-20'}");
	assert_next_look("2026-11-11T00:00:00Z");
	TICK("2026-11-11T00:00:00Z");
	assert_false(family_contact(scene.family, S("c-mum"))->orders[ORDER_NO_CONTACT]);
	assert_next_look("2026-11-21T00:00:00Z");
	int64_t tell = scene.family->tell;
	TICK("2026-11-21T00:00:00Z");
	assert_false(date_is(family_contact(scene.family, S("c-mum"))->copied_from));
	assert_true(scene.family->tell > tell);
}

static void accepted_messages_are_forgotten_after_some_weeks(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T11:00:00Z", "accepted", mum);
	TICK("2026-11-30T10:00:00Z");
	assert_non_null(family_open(scene.family, mum));
	TICK("2026-12-01T10:00:00Z");
	assert_null(family_open(scene.family, mum));
}

static bool is_told_late(void)
{
	return holds(scene_messages(&scene), "duty-late");
}

/* After an outage: the decision of the last day is heard of when that day is over. */
static void what_was_decided_in_time_is_not_called_late_besides(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-13T12:00:00Z");
	scene_hear(&scene, "2026-12-15T15:00:00Z", "2026-12-14T09:00:00Z", "agreed", "case/C1",
		   "{}");
	assert_said("letter c-mum agreed legal_form 2026-12-15T15:00:00Z\n"
		    "email p-school party-agreed agreed 2026-12-15T15:00:00Z\n");
	TICK("2026-12-15T15:00:00Z");
	assert_silence();
	assert_state("C1.decision", DUTY_BREACHED);
	/* It has still not reached them a day later. */
	TICK("2026-12-16T14:59:00Z");
	assert_silence();
	TICK("2026-12-16T15:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-16T15:00:00Z\n"
		    "email sam duty-breached role 2026-12-16T15:00:00Z\n"
		    "email rita duty-breached role 2026-12-16T15:00:00Z\n");
	/* It has no ladder: there is nothing to look at again and again. */
	assert_true(instant_before(scene.now, scene.plan->next_look));
}

/* The notice that ended it on the day after bounces: nobody has been told anything. */
static void what_was_late_and_never_said_is_said_when_it_is_open_again(void **state)
{
	FAMILY("2026-11-02T09:20:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email','letter'],"
	       "'addresses':{'email':'ada@h.example'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-13T12:00:00Z");
	scene_hear(&scene, "2026-12-15T15:00:00Z", "2026-12-14T09:00:00Z", "agreed", "case/C1",
		   "{}");
	str notice = message_to("c-mum", CHANNEL_EMAIL);
	TICK("2026-12-15T15:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	SETTLE("2026-12-15T15:01:00Z", "accepted", notice);
	assert_state("C1.decision", DUTY_MET);
	SETTLE("2026-12-16T16:00:00Z", "failed", notice);
	assert_state("C1.decision", DUTY_BREACHED);
	assert_true(is_told_late());
}

static void what_was_late_and_said_is_not_said_again_when_it_is_open_again(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T10:00:00Z");
	assert_true(is_told_late());
	CASE("2026-12-15T11:00:00Z", "agreed", "{}");
	str notice = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-12-15T11:01:00Z", "accepted", notice);
	TICK("2026-12-24T10:00:00Z");
	SETTLE("2026-12-28T10:00:00Z", "returned", notice);
	assert_state("C1.decision", DUTY_BREACHED);
	assert_false(is_told_late());
}

/* After an outage, too: the manager answers for it before the notice has left, and nothing comes of either. The
 * next rung is told in its time, and the one before it not again. */
static void what_somebody_answers_for_waits_for_no_notice(void **state)
{
	struct rung rungs[] = { { .tell = S("owner"), .template = S("up"), .grade = GRADE_URGENT },
				{ .tell = S("team_manager"),
				  .after = { .n = 1, .unit = DURATION_WORKING_DAYS },
				  .template = S("up"),
				  .grade = GRADE_URGENT } };
	struct ladder ladder = { .id = S("up"),
				 .rungs = rungs,
				 .n_rungs = 2,
				 .repeat = { .n = 2, .unit = DURATION_WORKING_DAYS },
				 .slowest = { .n = 3, .unit = DURATION_WORKING_DAYS },
				 .acknowledge = { .n = 3, .unit = DURATION_WORKING_DAYS } };
	own_rule(0)->ladder = S("up");
	scene.policy->ladders = &ladder;
	scene.policy->n_ladders = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-13T12:00:00Z");
	scene_hear(&scene, "2026-12-15T15:00:00Z", "2026-12-14T09:00:00Z", "agreed", "case/C1",
		   "{}");
	TICK("2026-12-15T15:00:00Z");
	assert_silence();
	CASE("2026-12-15T15:30:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2026-12-16','note':'n'}");
	TICK("2026-12-17T00:00:00Z");
	assert_said("email sam up role 2026-12-17T00:00:00Z\n");
	TICK("2026-12-18T00:00:00Z");
	assert_said("email rita up role 2026-12-18T00:00:00Z\n");
}

/* After an outage: what is done, said behind another event, is not called late for that other one. */
static void an_event_that_has_waited_leaves_the_clocks_to_those_behind_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{\"action\":\"A1\",\"what\":\"Call\",\"due\":\"2026-11-10\","
	     "\"owner\":{\"service\":\"send\",\"person\":\"sam\"}}");
	TICK("2026-11-09T12:00:00Z");
	scene_hear(&scene, "2026-11-12T09:00:00Z", "2026-11-10T09:00:00Z", "contact.made",
		   "case/C1", "{\"with\":[\"c-mum\"],\"how\":\"call\"}");
	assert_true(!instant_before(scene.now, scene.plan->next_look));
	scene_hear(&scene, "2026-11-12T09:00:00Z", "2026-11-10T10:00:00Z", "action.completed",
		   "case/C1", "{\"action\":\"A1\"}");
	TICK("2026-11-12T09:00:00Z");
	struct action *action = &scene.family->cases[0].actions[0];
	assert_int_equal(action->state, DUTY_MET);
	assert_false(date_is(action->breached_on));
}

static struct action *agree_and_hear_later(const char *type, const char *data)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{\"action\":\"A1\",\"what\":\"Call\",\"due\":\"2026-11-10\","
	     "\"owner\":{\"service\":\"send\",\"person\":\"sam\"}}");
	scene_hear(&scene, "2026-11-13T09:00:00Z", "2026-11-12T10:00:00Z", type, "case/C1", data);
	return &scene.family->cases[0].actions[0];
}

static void what_was_late_when_it_was_moved_stays_a_breach(void **state)
{
	struct action *moved = agree_and_hear_later("action.rescheduled",
						    "{\"action\":\"A1\",\"due\":\"2026-11-20\"}");
	assert_int_equal(moved->state, DUTY_SCHEDULED);
	assert_str(date_print(&scene.arena, moved->breached_on), "2026-11-11");
}

static void what_was_late_when_it_was_cancelled_stays_a_breach(void **state)
{
	struct action *cancelled = agree_and_hear_later("action.cancelled", "{\"action\":\"A1\"}");
	assert_int_equal(cancelled->state, DUTY_CANCELLED);
	assert_str(date_print(&scene.arena, cancelled->breached_on), "2026-11-11");
}

/* It begins next year: a warning of before that day would warn of nothing. */
static void of_what_has_not_begun_nobody_is_warned(void **state)
{
	own_rule(0)->due = (struct duration){ .n = 3, .unit = DURATION_DAYS };
	CASE("2026-11-02T10:00:00Z", "asked", "{'on':'2027-05-20'}");
	scene.family->cases[0].n_duties = 1; /* that one alone */
	TICK("2026-11-02T11:00:00Z");
	assert_next_look("2027-05-22T23:00:00Z"); /* its day, in summer time */
	TICK("2027-05-13T10:00:00Z");
	assert_silence();
	assert_state("C1.decision", DUTY_SCHEDULED);
	TICK("2027-05-23T00:00:00Z");
	assert_state("C1.decision", DUTY_DUE);
}

/* The family says that one is not done; that another is late is news all the same. */
static void what_is_disputed_is_not_told_late_and_what_is_late_is(void **state)
{
	for (int i = 1; i <= 2; i++)
		CASE("2026-11-02T10:00:00Z", "action.agreed",
		     i == 1 ? "{'action':'A1','what':'w','due':'2026-11-20','agreed_with':['c-mum'],"
			      "'owner':{'service':'send','person':'sam'}}"
			    : "{'action':'A2','what':'v','due':'2026-11-20','agreed_with':['c-mum'],"
			      "'owner':{'service':'send','person':'sam'}}");
	CASE("2026-11-10T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-21T10:00:00Z", "action.disputed", "{'action':'A1','by':'c-mum'}");
	size_t n = 0;
	for (size_t i = 0; i < scene.plan->n_messages; i++) {
		const struct message *message = &scene.plan->messages[i];
		n += str_eq(message->template, S("action-late")) ? 1 : 0;
		assert_false(str_eq(message->template, S("action-late")) &&
			     str_eq(message->about, S("A1")));
	}
	assert_int_equal(n, 1);
}

/* What was said where there was no case is history after weeks, too. */
static void what_is_of_no_case_is_forgotten_like_the_rest(void **state)
{
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("thanks"),
							.grade = GRADE_INFORMATION });
	scene.family->n_cases = 0;
	FAMILY("2026-11-02T10:00:00Z", "reply.received",
	       "{'contact':'c-mum','channel':'email','text':'?'}");
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}",
			   STR_ARG(message_to("c-mum", CHANNEL_LETTER)));
	FAMILY("2026-11-02T11:00:00Z", "message.accepted", str_z(&scene.arena, data));
	size_t before = scene.family->n_open;
	TICK("2026-11-30T10:00:00Z");
	assert_int_equal(scene.family->n_open, before);
	TICK("2026-12-01T10:00:00Z");
	assert_int_equal(scene.family->n_open, before - 1);
	/* It came back, and no duty is to be opened again for it. */
	FAMILY("2026-12-01T11:00:00Z", "message.returned", str_z(&scene.arena, data));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
}

/* Owner and manager are one, and each is told in the words of their own rule. */
static void who_is_told_in_two_ways_has_both(void **state)
{
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, rule->n_on_breached);
	memcpy(late, rule->on_breached, rule->n_on_breached * sizeof *late);
	late[1].template = S("yours-is-late");
	rule->on_breached = late;
	family_case(scene.family, S("C1"))->owner = S("rita");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n"
		    "email rita yours-is-late role 2026-12-15T09:00:00Z\n"
		    "email rita duty-breached role 2026-12-15T09:00:00Z\n");
}

/* One alert for each case, though both call it by one name. */
static void of_two_cases_that_are_late_each_is_told(void **state)
{
	static const char *const cases[] = { "case/C1", "case/C2" };
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'caseworker'}");
	for (size_t i = 0; i < 2; i++)
		scene_play(&scene, "2026-11-02T10:00:00Z", "action.agreed", cases[i],
			   "{'action':'A1','what':'w','due':'2026-11-20','agreed_with':['c-mum'],"
			   "'owner':{'service':'send','person':'sam'}}");
	TICK("2026-11-21T00:00:00Z");
	size_t n = 0;
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		n += str_eq(scene.plan->messages[i].contact, S("sam")) ? 1 : 0;
	assert_int_equal(n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_event_that_has_waited_leaves_the_clocks_to_those_behind_it),
		TEST(what_was_late_when_it_was_moved_stays_a_breach),
		TEST(what_was_late_when_it_was_cancelled_stays_a_breach),
		TEST(what_was_decided_in_time_is_not_called_late_besides),
		TEST(what_somebody_answers_for_waits_for_no_notice),
		TEST(what_was_late_and_never_said_is_said_when_it_is_open_again),
		TEST(what_was_late_and_said_is_not_said_again_when_it_is_open_again),
		TEST(the_owner_is_warned_twice_and_each_time_once),
		TEST(late_begins_with_the_day_after_the_due_day),
		TEST(a_limit_of_hours_is_late_from_its_minute_on),
		TEST(a_day_begins_where_the_family_lives),
		TEST(after_an_outage_only_the_latest_truth_is_said),
		TEST(who_owns_and_manages_hears_it_once),
		TEST(a_notice_on_its_way_silences_warnings),
		TEST(the_familys_own_limit_passes_quietly),
		TEST(who_answers_for_a_breach_is_asked_again_in_time),
		TEST(nobody_answers_for_a_breach_for_ever),
		TEST(a_task_without_a_ladder_is_chased_once),
		TEST(a_late_task_climbs_until_it_is_done),
		TEST(a_hold_ends_with_a_task),
		TEST(the_day_on_which_rights_pass_is_looked_at),
		TEST(consent_and_orders_end_by_themselves),
		TEST(accepted_messages_are_forgotten_after_some_weeks),
		TEST(of_what_has_not_begun_nobody_is_warned),
		TEST(what_is_disputed_is_not_told_late_and_what_is_late_is),
		TEST(what_is_of_no_case_is_forgotten_like_the_rest),
		TEST(who_is_told_in_two_ways_has_both),
		TEST(of_two_cases_that_are_late_each_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
