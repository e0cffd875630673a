/* Many alerts for one reader at once: the desk counts them, and says so to everybody. */
#include "stage.h"

static int start_with_storms(void **state)
{
	start(state);
	own_service()->storm = (struct storm_rule){ .alerts = 2, .minutes = 10 };
	return 0;
}

#define STORM_TEST(f) cmocka_unit_test_setup_teardown(f, start_with_storms, end)

static const struct plan *note_of(const char *at, const char *case_id, const char *holder,
				  const char *due, const char *more)
{
	str data = str_fmt(&scene.arena,
			   "{'case':'%s','about':'%s.decision','holder':'%s','what':'Decide',"
			   "'template':'duty-breached','due':'%s','at_once':'%s'%s}",
			   case_id, case_id, holder, due, at, more);
	return NOTE(at, str_z(&scene.arena, data));
}

static void begin_storm(void)
{
	note_of("2026-12-15T00:00:00Z", "C1", "team_manager", "2026-12-14", "");
	note_of("2026-12-15T00:00:00Z", "C2", "team_manager", "2026-12-11", "");
	note_of("2026-12-15T00:04:00Z", "C3", "rita", "2026-12-14", "");
}

static void an_alert_waits_for_the_word_of_the_desk(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n");
	assert_int_equal(scene.plan->n_notes, 2);
	assert_true(str_find(scene.plan->notes[0].data, S("\"at_once\":\"2026-12-15T00:00:00Z\"")) <
		    scene.plan->notes[0].data.n);
	TICK("2026-12-15T00:11:00Z");
	assert_said("email sam duty-breached role 2026-12-15T09:00:00Z\n"
		    "email rita duty-breached role 2026-12-15T09:00:00Z\n");
}

static void tell_staff_urgently(void)
{
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, rule->n_on_breached);
	memcpy(late, rule->on_breached, rule->n_on_breached * sizeof *late);
	for (size_t i = 1; i < rule->n_on_breached; i++)
		late[i].grade = GRADE_URGENT;
	rule->on_breached = late;
}

static void what_is_urgent_is_said_at_once_and_counted(void **state)
{
	tell_staff_urgently();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_int_equal(scene.plan->n_notes, 2);
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n"
		    "email sam duty-breached role 2026-12-15T00:00:00Z\n"
		    "email rita duty-breached role 2026-12-15T00:00:00Z\n");
	/* Two that are counted, and said already: the third of the same time is alone in its storm. */
	note_of("2026-12-15T00:00:00Z", "C1", "rita", "2026-12-14", ",'urgent':true");
	note_of("2026-12-15T00:00:00Z", "C2", "rita", "2026-12-14", ",'urgent':true");
	note_of("2026-12-15T00:01:00Z", "C3", "rita", "2026-12-13", "");
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email rita storm role 2026-12-15T09:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"count\":1"));
}

/* So much is said to the family that the plan is full before the owner's turn comes. */
static void fill_plan(void)
{
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, 64);
	for (size_t i = 0; i < 64; i++)
		late[i] = rule->on_breached[i < 63 ? 0 : 1];
	late[63].grade = GRADE_URGENT;
	rule->on_breached = late;
	rule->n_on_breached = 64;
}

/* By then there is a storm, which counts it as said. */
static void what_is_urgent_and_had_no_room_in_a_plan_is_said_by_the_next(void **state)
{
	struct storm storm = { .service = S("send"), .reader = S("sam") };
	fill_plan();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	assert_int_equal(scene.plan->n_notes, 1);
	storm.from = storm.until = scene.now;
	scene.policy->storms = &storm;
	scene.policy->n_storms = 1;
	TICK("2026-12-15T00:00:01Z");
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
}

static void while_there_is_a_storm_what_is_urgent_is_part_of_it(void **state)
{
	struct storm storm = { .service = S("send"), .reader = S("rita") };
	tell_staff_urgently();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	instant_parse(S("2026-12-14T23:59:00Z"), &storm.from);
	instant_parse(S("2026-12-15T00:09:00Z"), &storm.until);
	scene.policy->storms = &storm;
	scene.policy->n_storms = 1;
	TICK("2026-12-15T00:00:00Z");
	assert_said("letter c-mum duty-late agreed 2026-12-15T00:00:00Z\n"
		    "email sam duty-breached role 2026-12-15T00:00:00Z\n");
}

static void what_the_desk_tells_is_not_told_twice(void **state)
{
	struct storm storm = { .service = S("send"), .reader = S("rita") };
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	storm.from = storm.until = scene.now;
	scene.policy->storms = &storm;
	scene.policy->n_storms = 1;
	TICK("2026-12-15T00:11:00Z");
	assert_said("email sam duty-breached role 2026-12-15T09:00:00Z\n");
}

static void few_alerts_are_no_storm(void **state)
{
	note_of("2026-12-15T00:00:00Z", "C1", "team_manager", "2026-12-14", "");
	note_of("2026-12-15T00:00:00Z", "C1", "rita", "2026-12-14", "");
	note_of("2026-12-15T00:00:00Z", "C2", "team_manager", "2026-12-14", "");
	note_of("2026-12-15T00:00:00Z", "C3", "sam", "2026-12-14", "");
	const struct plan *plan = note_of("2026-12-15T00:11:00Z", "C4", "rita", "2026-12-14", "");
	assert_int_equal(plan->away.n, 0);
	assert_int_equal(scene.desk->n_storms, 0);
	assert_true(instant_is_never(plan->next_look));
}

static void a_storm_is_known_to_everybody_at_once(void **state)
{
	begin_storm();
	assert_int_equal(scene.desk->n_storms, 1);
	assert_true(str_find(scene.plan->away, S("\"storm\":\"rita\"")) < scene.plan->away.n);
	assert_str(instant_print(&scene.arena, scene.desk->storms[0].from), "2026-12-15T00:00:00Z");
	assert_silence();
	assert_str(instant_print(&scene.arena, scene.plan->next_look), "2026-12-15T09:00:00Z");
}

/* Families are decided side by side: the first alert of all may be the last that the desk hears of. */
static void a_note_that_comes_late_is_of_the_storm_that_began_without_it(void **state)
{
	begin_storm();
	NOTE("2026-12-15T00:04:00Z",
	     "{'case':'C4','about':'C4.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-breached','due':'2026-12-14','at_once':'2026-12-14T23:59:59Z'}");
	assert_int_equal(scene.desk->n_storms, 1);
	assert_str(instant_print(&scene.arena, scene.desk->storms[0].from), "2026-12-14T23:59:59Z");
	assert_true(str_find(scene.plan->away, S("2026-12-14T23:59:59Z")) < scene.plan->away.n);
}

static void it_is_told_at_the_readers_hour_oldest_first_without_what_is_over(void **state)
{
	begin_storm();
	note_of("2026-12-15T00:09:00Z", "C4", "team_manager", "2026-12-12", "");
	NOTE("2026-12-15T08:00:00Z", "{'case':'C3','about':'C3.decision','over':true}");
	assert_silence();
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email rita storm role 2026-12-15T09:00:00Z\n");
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":3")) < facts.n);
	assert_true(str_find(facts, S("\"of_cause\":3")) < facts.n);
	assert_true(str_find(facts, S("C3")) == facts.n);
	assert_true(str_find(facts, S("C2.decision")) < str_find(facts, S("C4.decision")));
	assert_true(str_find(facts, S("C4.decision")) < str_find(facts, S("C1.decision")));
	LOOK("2026-12-15T10:00:00Z");
	assert_silence();
}

static void what_is_urgent_waits_for_no_office_hour(void **state)
{
	begin_storm();
	note_of("2026-12-15T00:05:00Z", "C4", "rita", "2026-12-14", ",'urgent':true");
	LOOK("2026-12-15T00:15:00Z");
	assert_said("email rita storm role 2026-12-15T00:15:00Z\n");
	assert_int_equal(scene.plan->messages[0].grade, GRADE_URGENT);
}

static void who_comes_late_with_an_alert_of_that_time_is_not_forgotten(void **state)
{
	begin_storm();
	LOOK("2026-12-15T09:00:00Z");
	note_of("2026-12-15T00:06:00Z", "C9", "rita", "2026-12-14", "");
	LOOK("2026-12-15T09:30:00Z");
	assert_said("email rita storm role 2026-12-15T09:30:00Z\n");
}

static void more_than_the_desk_holds_are_counted(void **state)
{
	begin_storm();
	for (int i = 0; i < DESK_ITEMS_MAX; i++) {
		str id = str_fmt(&scene.arena, "N%d", i);
		note_of("2026-12-15T00:05:00Z", str_z(&scene.arena, id), "rita", "2026-12-14", "");
	}
	assert_int_equal(scene.desk->n_items, DESK_ITEMS_MAX);
	LOOK("2026-12-15T09:00:00Z");
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":503")) < facts.n);
	assert_int_equal(scene.desk->n_items, 0);
	LOOK("2026-12-15T10:00:00Z");
	assert_silence();
}

/* A full desk: alerts of others, each of whom has too few for a storm. */
static void fill_desk(void)
{
	note_of("2026-12-15T00:00:00Z", "C1", "sam", "2026-12-14", "");
	struct desk_item *items = TAKE(&scene.arena, struct desk_item, DESK_ITEMS_MAX);
	for (size_t i = 0; i < DESK_ITEMS_MAX; i++) {
		items[i] = scene.desk->items[0];
		items[i].case_id = str_fmt(&scene.arena, "N%zu", i);
		items[i].holder = S("director");
		items[i].noted = INSTANT_NEVER;
		items[i].told = true;
	}
	scene.desk->items = items;
	scene.desk->n_items = DESK_ITEMS_MAX;
}

/* Three come later, and are a storm: the family of the first would take its own for one of it. */
static void what_a_full_desk_cannot_keep_is_not_lost_to_a_storm_that_begins_later(void **state)
{
	fill_desk();
	const struct plan *plan = note_of("2026-12-15T00:00:00Z", "C5", "rita", "2026-12-14",
					  ",'urgent':true");
	assert_true(str_find(plan->away, S("\"storm\":\"rita\"")) < plan->away.n);
	scene.desk->n_items = 0;
	note_of("2026-12-15T00:01:00Z", "C6", "rita", "2026-12-14", "");
	LOOK("2026-12-15T00:12:00Z");
	assert_said("email rita storm role 2026-12-15T00:12:00Z\n");
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":2")) < facts.n);
	assert_true(str_find(facts, S("\"more\":\"1\"")) < facts.n);
}

static void a_storm_that_makes_room_for_another_is_told_first(void **state)
{
	struct desk_storm *storms = TAKE(&scene.arena, struct desk_storm, DESK_STORMS_MAX);
	fill_desk();
	for (size_t i = 0; i < DESK_STORMS_MAX; i++)
		storms[i] = (struct desk_storm){ .reader = i == 0 ? S("sam") : S("somebody"),
						 .from = scene.now,
						 .until = scene.now,
						 .more = 1 };
	scene.desk->storms = storms;
	scene.desk->n_storms = DESK_STORMS_MAX;
	note_of("2026-12-15T00:30:00Z", "C5", "rita", "2026-12-14", "");
	assert_said("email sam storm role 2026-12-15T09:00:00Z\n");
	assert_int_equal(scene.desk->n_storms, DESK_STORMS_MAX);
	assert_str(scene.desk->storms[DESK_STORMS_MAX - 1].reader, "rita");
}

static void carry_notes(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_notes; i++)
		NOTE(at, str_z(&scene.arena, plan->notes[i].data));
}

/* A service without a digest. */
static void what_is_handed_on_leaves_the_storm_of_who_had_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	note_of("2026-12-14T23:59:58Z", "N1", "sam", "2026-12-14", "");
	note_of("2026-12-14T23:59:59Z", "N2", "sam", "2026-12-14", "");
	TICK("2026-12-15T00:00:00Z");
	carry_notes("2026-12-15T00:00:00Z");
	assert_int_equal(scene.desk->n_storms, 1);
	assert_str(scene.desk->storms[0].reader, "sam");
	CASE("2026-12-15T08:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	carry_notes("2026-12-15T08:00:00Z");
	LOOK("2026-12-15T09:00:00Z");
	const struct message *his = scene_message(&scene, "sam", CHANNEL_EMAIL);
	const struct message *hers = scene_message(&scene, "rita", CHANNEL_EMAIL);
	assert_non_null(his);
	assert_false(holds(his->facts, "C1.decision"));
	assert_non_null(hers);
	assert_true(holds(hers->facts, "C1.decision"));
}

/* Its family finds that she has a storm, and leaves it to the desk. */
static void what_is_handed_to_who_has_a_storm_is_part_of_it(void **state)
{
	begin_storm();
	note_of("2026-12-15T00:05:00Z", "C7", "sam", "2026-12-14", "");
	NOTE("2026-12-15T00:06:00Z",
	     "{'case':'C7','about':'C7.decision','from':'sam','holder':'rita'}");
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email rita storm role 2026-12-15T09:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "C7.decision"));
}

/* She has none: its family finds so a minute after the ten, and says it. */
static void what_is_handed_to_who_has_no_storm_is_told_once(void **state)
{
	begin_storm();
	NOTE("2026-12-15T00:06:00Z",
	     "{'case':'C3','about':'C3.decision','from':'rita','holder':'sam'}");
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email rita storm role 2026-12-15T09:00:00Z\n");
	assert_false(holds(scene.plan->messages[0].facts, "C3.decision"));
}

/* By then its family has left it to the desk, which alone will tell it. */
static void what_was_left_to_a_storm_is_told_to_whoever_has_it_then(void **state)
{
	begin_storm();
	NOTE("2026-12-15T00:15:00Z",
	     "{'case':'C3','about':'C3.decision','from':'rita','holder':'sam'}");
	LOOK("2026-12-15T09:00:00Z");
	const struct message *his = scene_message(&scene, "sam", CHANNEL_EMAIL);
	assert_non_null(his);
	assert_true(holds(his->facts, "C3.decision"));
}

/* No family asks about a storm of a service that the policy does not know. */
static void what_is_handed_on_where_the_service_is_gone_stays_with_the_desk(void **state)
{
	begin_storm();
	scene.policy->n_services = 0;
	NOTE("2026-12-15T00:06:00Z",
	     "{'case':'C3','about':'C3.decision','from':'rita','holder':'sam'}");
	assert_str(scene.desk->items[2].holder, "sam");
	assert_true(scene.desk->items[2].in_storm);
}

static void one_that_does_not_end_is_told_after_an_hour(void **state)
{
	begin_storm();
	for (int i = 5; i < 80; i += 5) {
		str at = str_fmt(&scene.arena, "2026-12-15T%02d:%02d:00Z", i / 60, i % 60);
		str id = str_fmt(&scene.arena, "N%d", i);
		note_of(str_z(&scene.arena, at), str_z(&scene.arena, id), "rita", "2026-12-14",
			",'urgent':true");
		if (scene.plan->n_messages == 0)
			continue;
		assert_int_equal(i, 60);
		return;
	}
	fail_msg("nobody was told");
}

/* Of another service, of somebody else, before it or after it: those are said by themselves. */
static void only_what_is_of_that_storm_is_left_to_the_desk(void **state)
{
	static const struct {
		const char *service, *reader, *from, *until;
		bool is_left;
	} rows[] = {
		{ "send", "rita", "2026-12-14T23:59:00Z", "2026-12-15T00:09:00Z", true },
		{ "therapy", "rita", "2026-12-14T23:59:00Z", "2026-12-15T00:09:00Z", false },
		{ "send", "lee", "2026-12-14T23:59:00Z", "2026-12-15T00:09:00Z", false },
		{ "send", "rita", "2026-12-15T00:00:01Z", "2026-12-15T00:09:00Z", false },
		{ "send", "rita", "2026-12-14T23:50:00Z", "2026-12-14T23:59:59Z", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start_with_storms(NULL);
		struct storm storm = { .service = str_of(rows[i].service),
				       .reader = str_of(rows[i].reader) };
		instant_parse(str_of(rows[i].from), &storm.from);
		instant_parse(str_of(rows[i].until), &storm.until);
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		TICK("2026-12-15T00:00:00Z");
		scene.policy->storms = &storm;
		scene.policy->n_storms = 1;
		TICK("2026-12-15T00:11:00Z");
		assert_int_equal(scene_message(&scene, "rita", CHANNEL_EMAIL) == NULL,
				 rows[i].is_left);
		assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	}
}

/* It was said by itself half an hour before. */
static void what_came_long_before_is_none_of_them(void **state)
{
	note_of("2026-12-14T23:40:00Z", "C0", "rita", "2026-12-14", "");
	begin_storm();
	LOOK("2026-12-15T09:00:00Z");
	assert_true(holds(scene.plan->messages[0].facts, "\"count\":3"));
	assert_false(holds(scene.plan->messages[0].facts, "C0"));
}

/* Noted as the owner's and as the manager's, who is one person today. */
static void in_one_message_nothing_stands_twice(void **state)
{
	begin_storm();
	note_of("2026-12-15T00:05:00Z", "C1", "rita", "2026-12-14", "");
	LOOK("2026-12-15T09:00:00Z");
	assert_true(holds(scene.plan->messages[0].facts, "\"count\":3"));
	assert_int_equal(scene.desk->n_items, 0);
}

/* Sam stands in for her from that morning: what was hers is his, and he need not wait for more. */
static void who_stands_in_since_has_it_at_once(void **state)
{
	static struct away away = { .person = { "rita", 4 }, .deputy = { "sam", 3 } };
	begin_storm();
	away.from = away.to = scene.desk->items[0].since;
	scene.policy->away = &away;
	scene.policy->n_away = 1;
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email sam storm role 2026-12-15T09:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"count\":3"));
}

/* One of those beyond the desk's room is urgent, and so the message is: whichever comes first. */
static void more_than_the_desk_holds_may_be_urgent(void **state)
{
	static const char *const more[][2] = { { ",'urgent':true", "" }, { "", ",'urgent':true" } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_storms(NULL);
		fill_desk();
		note_of("2026-12-15T00:00:00Z", "C5", "rita", "2026-12-14", more[i][0]);
		note_of("2026-12-15T00:01:00Z", "C6", "rita", "2026-12-14", more[i][1]);
		assert_true(scene.desk->storms[0].urgent);
		LOOK("2026-12-15T00:20:00Z");
		assert_int_equal(scene.plan->messages[0].grade, GRADE_URGENT);
		assert_true(holds(scene.plan->messages[0].facts, "\"count\":2"));
	}
}

/* The first still counts what it had no room for, the second has been told: that one is forgotten. */
static void a_storm_that_was_told_makes_room_for_another(void **state)
{
	struct desk_storm *storms = TAKE(&scene.arena, struct desk_storm, DESK_STORMS_MAX);
	fill_desk();
	for (size_t i = 0; i < DESK_STORMS_MAX; i++)
		storms[i] = (struct desk_storm){ .reader = i == 1 ? S("lee") : S("somebody"),
						 .from = scene.now,
						 .until = scene.now,
						 .more = i == 1 ? 0 : 1 };
	scene.desk->storms = storms;
	scene.desk->n_storms = DESK_STORMS_MAX;
	note_of("2026-12-15T00:30:00Z", "C5", "rita", "2026-12-14", "");
	assert_silence();
	assert_int_equal(scene.desk->n_storms, DESK_STORMS_MAX);
	for (size_t i = 0; i < DESK_STORMS_MAX; i++)
		assert_false(str_eq(scene.desk->storms[i].reader, S("lee")));
}

/* The policy was edited, and alerts are said one by one again: what is noted in between is no storm, in a full
 * desk either. */
static void where_there_are_no_storms_any_more_none_begins(void **state)
{
	begin_storm();
	own_service()->storm.alerts = 0;
	note_of("2026-12-15T02:00:00Z", "C7", "sam", "2026-12-14", "");
	for (int i = 0; i < 3; i++)
		note_of("2026-12-15T02:01:00Z",
			i == 0   ? "C8"
			: i == 1 ? "C9"
				 : "C10",
			"sam", "2026-12-14", "");
	assert_int_equal(scene.desk->n_storms, 1);
	fill_desk();
	note_of("2026-12-15T02:02:00Z", "C11", "lee", "2026-12-14", "");
	assert_int_equal(scene.desk->n_storms, 1);
	assert_int_equal(scene.desk->n_items, DESK_ITEMS_MAX);
}

/* A damaged record: it has no reader, and so is of no storm. */
static void what_nobody_reads_is_of_no_storm(void **state)
{
	struct storm storm = { .service = S("send"), .reader = S("rita") };
	storm.from = storm.until = scene.now;
	scene.policy->storms = &storm;
	scene.policy->n_storms = 1;
	*GROW(&scene.arena, scene.family->intents,
	      scene.family->n_intents) = (struct intent){ .id = S("i"),
							  .case_id = S("C1"),
							  .audience = AUDIENCE_PARTIES,
							  .template = S("words"),
							  .grade = GRADE_ALERT,
							  .rule = S("x/1"),
							  .noted = scene.now,
							  .desk = S("send") };
	TICK("2026-11-02T10:00:00Z");
	assert_silence();
	assert_true(is_written("Nobody to tell: words"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORM_TEST(an_alert_waits_for_the_word_of_the_desk),
		STORM_TEST(what_is_urgent_is_said_at_once_and_counted),
		STORM_TEST(what_is_urgent_and_had_no_room_in_a_plan_is_said_by_the_next),
		STORM_TEST(while_there_is_a_storm_what_is_urgent_is_part_of_it),
		STORM_TEST(what_the_desk_tells_is_not_told_twice),
		STORM_TEST(few_alerts_are_no_storm),
		STORM_TEST(a_storm_is_known_to_everybody_at_once),
		STORM_TEST(a_note_that_comes_late_is_of_the_storm_that_began_without_it),
		STORM_TEST(it_is_told_at_the_readers_hour_oldest_first_without_what_is_over),
		STORM_TEST(what_is_urgent_waits_for_no_office_hour),
		STORM_TEST(who_comes_late_with_an_alert_of_that_time_is_not_forgotten),
		STORM_TEST(more_than_the_desk_holds_are_counted),
		STORM_TEST(what_a_full_desk_cannot_keep_is_not_lost_to_a_storm_that_begins_later),
		STORM_TEST(a_storm_that_makes_room_for_another_is_told_first),
		STORM_TEST(what_is_handed_on_leaves_the_storm_of_who_had_it),
		STORM_TEST(what_is_handed_to_who_has_a_storm_is_part_of_it),
		STORM_TEST(what_is_handed_to_who_has_no_storm_is_told_once),
		STORM_TEST(what_was_left_to_a_storm_is_told_to_whoever_has_it_then),
		STORM_TEST(what_is_handed_on_where_the_service_is_gone_stays_with_the_desk),
		STORM_TEST(one_that_does_not_end_is_told_after_an_hour),
		STORM_TEST(only_what_is_of_that_storm_is_left_to_the_desk),
		STORM_TEST(what_came_long_before_is_none_of_them),
		STORM_TEST(in_one_message_nothing_stands_twice),
		STORM_TEST(who_stands_in_since_has_it_at_once),
		STORM_TEST(more_than_the_desk_holds_may_be_urgent),
		STORM_TEST(a_storm_that_was_told_makes_room_for_another),
		STORM_TEST(where_there_are_no_storms_any_more_none_begins),
		STORM_TEST(what_nobody_reads_is_of_no_storm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
