/* Who is told while an action stays undone: rung by rung, each once, and behind the last less and less often. */
#include "unit/decide/stage.h"

#define WORKING(days)                                                                              \
	{                                                                                          \
		.n = (days), .unit = DURATION_WORKING_DAYS                                         \
	}
#define RUNG(role, days)                                                                           \
	{                                                                                          \
		.tell = { role, sizeof(role) - 1 }, .after = WORKING(days),                        \
		.template = { "up", 2 }, .grade = GRADE_URGENT                                     \
	}

/* Urgent, so that each is told at the hour at which its time has come. */
static struct rung rungs[] = { RUNG("owner", 0), RUNG("team_manager", 1),
			       RUNG("head_of_service", 1), RUNG("director", 1) };

/* A new one each time: what a climb began with stays as it was. */
static struct ladder *put_ladder(struct rung *list, size_t n)
{
	struct ladder *ladder = TAKE(&scene.arena, struct ladder, 1);
	*ladder = (struct ladder){ .id = S("up"),
				   .rungs = list,
				   .n_rungs = n,
				   .repeat = WORKING(2),
				   .slowest = WORKING(5),
				   .acknowledge = WORKING(3) };
	scene.policy->ladders = ladder;
	scene.policy->n_ladders = 1;
	scene.policy->actions.ladder = S("up");
	scene.policy->actions.n_on_breached = 1; /* the family's alone: the ladder tells staff */
	return ladder;
}

/* As records have it from before a climb kept its ladder. */
static void forget_ladder(void)
{
	case_action(family_case(scene.family, S("C1")), S("A1"))->chase.ladder = NULL;
}

/* Late from Saturday 21 November on. */
static void agree(void)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20','agreed_with':['c-mum']}");
}

static void be_late(struct rung *list, size_t n)
{
	put_ladder(list, n);
	agree();
	TICK("2026-11-21T00:00:00Z");
}

static void tick_next(void)
{
	TICK(str_z(&scene.arena, instant_print(&scene.arena, scene.plan->next_look)));
}

static void each_rung_is_told_once_and_in_its_time(void **state)
{
	be_late(rungs, 2);
	assert_said("letter c-mum action-late agreed 2026-11-21T00:00:00Z\n"
		    "email sam up role 2026-11-21T00:00:00Z\n");
	assert_next_look("2026-11-23T00:00:00Z"); /* one working day behind Saturday is Monday */
	TICK("2026-11-22T12:00:00Z");
	assert_silence();
	TICK("2026-11-23T00:00:00Z");
	assert_said("email rita up role 2026-11-23T00:00:00Z\n");
	TICK("2026-11-23T12:00:00Z");
	assert_silence();
}

static void behind_the_last_rung_it_is_told_less_and_less_often(void **state)
{
	be_late(rungs, 2);
	tick_next();
	assert_next_look("2026-11-25T00:00:00Z");
	tick_next();
	assert_said("email rita up role 2026-11-25T00:00:00Z\n");
	assert_next_look("2026-12-01T00:00:00Z"); /* four working days */
	tick_next();
	assert_next_look("2026-12-08T00:00:00Z"); /* five, the slowest */
	for (int i = 0; i < 12; i++) {
		tick_next();
		assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
	}
}

static void a_role_that_nobody_holds_is_passed_over_and_that_is_said(void **state)
{
	be_late(rungs, 4);
	tick_next();
	tick_next();
	/* Nobody is head of service, and nobody director: the service's mailbox is never empty. */
	assert_said("email send up role 2026-11-24T00:00:00Z\n");
	assert_true(is_written("Nobody is head_of_service in send"));
	assert_true(is_written("Nobody is director in send"));
	size_t n = 0;
	for (size_t i = 0; i < scene.plan->n_facts; i++) {
		if (!str_eq(scene.plan->facts[i].type, S("rung.nobody")))
			continue;
		assert_true(holds(scene.plan->facts[i].data, "\"action\":\"A1\""));
		n++;
	}
	assert_int_equal(n, 2);
}

static void a_service_that_is_gone_is_the_authoritys(void **state)
{
	be_late(rungs, 2);
	scene.policy->services = NULL;
	scene.policy->n_services = 0;
	TICK("2026-11-23T00:00:00Z");
	assert_said("email authority up role 2026-11-23T00:00:00Z\n");
	assert_str(scene.plan->messages[0].email, "hello@council.example");
}

static void rungs_without_time_between_them_are_told_together(void **state)
{
	static struct rung together[] = { RUNG("owner", 0), RUNG("team_manager", 0) };
	be_late(together, 2);
	assert_said("letter c-mum action-late agreed 2026-11-21T00:00:00Z\n"
		    "email sam up role 2026-11-21T00:00:00Z\n"
		    "email rita up role 2026-11-21T00:00:00Z\n");
}

static void a_rung_may_wait_for_hours(void **state)
{
	static struct rung hours[] = { { .tell = { "team_manager", 12 },
					 .after = { .n = 4, .unit = DURATION_WORKING_HOURS },
					 .template = { "up", 2 },
					 .grade = GRADE_URGENT } };
	be_late(hours, 1);
	assert_next_look("2026-11-23T13:00:00Z");
	TICK("2026-11-23T13:00:00Z");
	assert_said("email rita up role 2026-11-23T13:00:00Z\n");
}

static void a_climb_goes_on_as_it_began_however_the_policy_is_edited(void **state)
{
	static struct rung other[] = { RUNG("owner", 0), RUNG("director", 9) };
	be_late(rungs, 3);
	tick_next(); /* the team manager, on the second rung */
	struct ladder *edited = put_ladder(other, 2);
	edited->repeat.n = 9;
	tick_next();
	/* The head of service is nobody: as the last rung was, the mailbox is told; and again after two days. */
	assert_said("email send up role 2026-11-24T00:00:00Z\n");
	tick_next();
	assert_said("email send up role 2026-11-26T00:00:00Z\n");
}

static void in_what_words_is_looked_up_when_a_rung_is_told(void **state)
{
	static struct rung reworded[] = { RUNG("team_manager", 9), RUNG("director", 9) };
	reworded[0].template = S("calm");
	reworded[1].template = S("calmer");
	be_late(rungs, 3);
	put_ladder(reworded, 2);
	tick_next();
	assert_said("email rita calm role 2026-11-23T00:00:00Z\n");
	/* Whom today's ladder does not name is told as whoever stands in their place, or last. */
	tick_next();
	assert_said("email send calmer role 2026-11-24T00:00:00Z\n");
}

/* What was done and is open again climbs by the ladder of the day. */
static void what_is_open_again_climbs_by_todays_ladder(void **state)
{
	static struct rung other[] = { RUNG("team_manager", 0) };
	be_late(rungs, 1);
	CASE("2026-11-23T10:00:00Z", "action.completed", "{'action':'A1'}");
	assert_null(scene_action(&scene, "A1")->chase.ladder);
	put_ladder(other, 1);
	CASE("2026-11-24T10:00:00Z", "action.disputed", "{'action':'A1'}");
	assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
}

/* As records have it from before it was kept that the family was told. */
static void what_an_older_record_has_said_is_not_said_again_when_it_is_open_again(void **state)
{
	be_late(rungs, 2);
	case_action(family_case(scene.family, S("C1")), S("A1"))->chase.said = false;
	CASE("2026-11-21T10:00:00Z", "action.completed", "{'action':'A1'}");
	str event = str_fmt(&scene.arena, "e%d", scene.n_events);
	CASE("2026-11-21T11:00:00Z", "event.withdrawn",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'event':'%.*s','reason':'Mixed up'}", STR_ARG(event))));
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_BREACHED);
	assert_false(holds(scene_messages(&scene), "action-late"));
}

static void whoever_was_told_keeps_their_place_where_no_ladder_was_kept(void **state)
{
	static struct rung more[] = { RUNG("owner", 0), RUNG("caseworker", 1),
				      RUNG("team_manager", 1), RUNG("director", 1) };
	be_late(rungs, 3);
	tick_next(); /* the team manager, on the second rung */
	put_ladder(more, 4);
	forget_ladder();
	tick_next();
	/* Theirs is the third now, and the director's comes next. */
	assert_said("email send up role 2026-11-24T00:00:00Z\n");
	/* The whole ladder is shorter: the last rung is told again. */
	put_ladder(rungs, 1);
	forget_ladder();
	tick_next();
	assert_said("email sam up role 2026-11-26T00:00:00Z\n");
}

static void what_had_no_ladder_when_it_became_late_gets_one(void **state)
{
	agree();
	TICK("2026-11-21T00:00:00Z");
	put_ladder(rungs, 2);
	TICK("2026-11-30T10:00:00Z");
	assert_said("email sam up role 2026-11-30T10:00:00Z\n");
}

static void who_answers_is_asked_first_when_nobody_was_told(void **state)
{
	static struct rung slow[] = { RUNG("team_manager", 9) };
	be_late(slow, 1);
	CASE("2026-11-23T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'sam','until':'2026-11-24','note':'n'}");
	assert_next_look("2026-11-25T00:00:00Z");
	TICK("2026-11-25T00:00:00Z");
	/* The ladder begins at its foot: nobody stood on any rung. */
	assert_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
	assert_next_look("2026-12-08T00:00:00Z");
	TICK("2026-12-08T00:00:00Z");
	assert_said("email rita up role 2026-12-08T00:00:00Z\n");
}

static void whoever_answers_does_so_for_so_long_at_most(void **state)
{
	be_late(rungs, 2);
	CASE("2026-11-23T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'sam','until':'2027-11-24','note':'n'}");
	assert_day(scene_action(&scene, "A1")->acknowledged_until, "2026-11-26");
	TICK("2026-11-24T00:00:00Z");
	assert_silence(); /* while somebody answers nobody else hears of it */
	TICK("2026-11-27T00:00:00Z");
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
}

static void without_its_ladder_it_stays_late_and_climbs_on_when_that_is_back(void **state)
{
	be_late(rungs, 2);
	CASE("2026-11-23T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'sam','until':'2026-11-24','note':'n'}");
	scene.policy->actions.ladder = STR_EMPTY;
	forget_ladder();
	TICK("2026-11-25T00:00:00Z");
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_BREACHED);
	assert_next_look("2033-06-24T23:00:00Z"); /* the child's rights, and nothing before */
	scene.policy->actions.ladder = S("up");
	TICK("2026-11-26T00:00:00Z");
	assert_next_look("2026-11-27T00:00:00Z");
	TICK("2026-11-27T00:00:00Z");
	assert_said("email rita up role 2026-11-27T00:00:00Z\n");
}

static void what_is_open_again_without_its_ladder_is_late_all_the_same(void **state)
{
	be_late(rungs, 2);
	CASE("2026-11-23T10:00:00Z", "action.completed", "{'action':'A1'}");
	scene.policy->actions.ladder = STR_EMPTY;
	CASE("2026-11-24T10:00:00Z", "action.disputed", "{'action':'A1'}");
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_BREACHED);
	assert_day(scene_action(&scene, "A1")->breached_on, "2026-11-21");
}

static void the_slowest_is_a_limit_for_whatever_length(void **state)
{
	put_ladder(rungs, 1)->repeat.n = DURATION_N_MAX;
	agree();
	TICK("2026-11-21T00:00:00Z");
	tick_next();
	assert_next_look("2026-12-04T00:00:00Z"); /* five working days behind 27 November */
	tick_next();
	assert_next_look("2026-12-11T00:00:00Z");
}

static const struct json *facts_of(const char *contact, const char *key)
{
	const struct message *message = scene_message(&scene, contact, CHANNEL_EMAIL);
	const struct json *facts;
	assert_non_null(message);
	assert_int_equal(json_parse(&scene.arena, message->facts, 16, &facts, NULL), JSON_FINE);
	return json_get(facts, key);
}

static void each_reader_learns_who_was_told_before_and_who_will_be(void **state)
{
	be_late(rungs, 2);
	const struct json *ladder_facts = facts_of("sam", "ladder");
	assert_null(json_get(ladder_facts, "told"));
	assert_str(json_text(ladder_facts, "next"), "Rita Lane");
	assert_str(json_text(json_get(ladder_facts, "next_on"), "date"), "2026-11-23");
	assert_true(json_bool(ladder_facts, "family", false));
	assert_true(json_bool(facts_of("sam", "recipient"), "owner", false));
	tick_next();
	/* The last one hears of it again, and that is no news of somebody else. */
	ladder_facts = facts_of("rita", "ladder");
	assert_str(json_text(ladder_facts, "told"), "the owner");
	assert_null(json_get(ladder_facts, "next"));
	assert_str(json_text(json_get(ladder_facts, "next_on"), "date"), "2026-11-25");
	assert_false(json_bool(facts_of("rita", "recipient"), "owner", false));
}

static void what_nobody_holds_is_named_by_its_role(void **state)
{
	be_late(rungs, 3);
	tick_next();
	assert_str(json_text(facts_of("rita", "ladder"), "next"), "head of service");
	tick_next();
	assert_str(json_text(facts_of("send", "ladder"), "told"), "the owner and the team manager");
}

static void of_an_empty_chair_it_is_not_said_that_it_was_told(void **state)
{
	be_late(rungs, 4);
	tick_next();
	tick_next();
	/* The last rung stands above the head of service, who is nobody. */
	assert_str(json_text(facts_of("send", "ladder"), "told"), "the owner and the team manager");
}

/* It was taken out of the policy: the climb goes on by what it began with, in its words. */
static void a_climb_outlives_its_ladder(void **state)
{
	be_late(rungs, 4);
	scene.policy->n_ladders = 0;
	tick_next();
	assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
	assert_str(scene_message(&scene, "rita", CHANNEL_EMAIL)->template, "up");
}

/* A time that no calendar holds: it is never, and nothing else stops. */
static void a_rung_beyond_all_calendars_is_never_told(void **state)
{
	static struct rung far[] = { RUNG("owner", 0), RUNG("team_manager", 1) };
	far[1].after = (struct duration){ .n = 120000, .unit = DURATION_MONTHS };
	be_late(far, 2);
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	TICK("2027-06-01T00:00:00Z");
	assert_silence();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_rung_is_told_once_and_in_its_time),
		TEST(behind_the_last_rung_it_is_told_less_and_less_often),
		TEST(a_role_that_nobody_holds_is_passed_over_and_that_is_said),
		TEST(of_an_empty_chair_it_is_not_said_that_it_was_told),
		TEST(a_service_that_is_gone_is_the_authoritys),
		TEST(rungs_without_time_between_them_are_told_together),
		TEST(a_rung_may_wait_for_hours),
		TEST(a_climb_goes_on_as_it_began_however_the_policy_is_edited),
		TEST(in_what_words_is_looked_up_when_a_rung_is_told),
		TEST(what_is_open_again_climbs_by_todays_ladder),
		TEST(what_an_older_record_has_said_is_not_said_again_when_it_is_open_again),
		TEST(whoever_was_told_keeps_their_place_where_no_ladder_was_kept),
		TEST(what_had_no_ladder_when_it_became_late_gets_one),
		TEST(who_answers_is_asked_first_when_nobody_was_told),
		TEST(whoever_answers_does_so_for_so_long_at_most),
		TEST(without_its_ladder_it_stays_late_and_climbs_on_when_that_is_back),
		TEST(what_is_open_again_without_its_ladder_is_late_all_the_same),
		TEST(the_slowest_is_a_limit_for_whatever_length),
		TEST(each_reader_learns_who_was_told_before_and_who_will_be),
		TEST(what_nobody_holds_is_named_by_its_role),
		TEST(a_climb_outlives_its_ladder),
		TEST(a_rung_beyond_all_calendars_is_never_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
