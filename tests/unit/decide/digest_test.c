/* The desk's list, day after day, while nothing leaves. */
#include "model/lists.h"
#include "stage.h"

static void note_case(const char *at, const char *id)
{
	str data = str_fmt(&scene.arena,
			   "{'case':'%s','about':'%s.decision','holder':'rita','what':'Decide',"
			   "'template':'duty-warning','due':'2026-12-14'}",
			   id, id);
	NOTE(at, str_z(&scene.arena, data));
}

static void the_list_says_that_the_family_knows(void **state)
{
	note_case("2026-12-01T07:00:00Z", "N1");
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'N2','about':'N2.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-warning','due':'2026-12-14'}");
	/* Since then they have been told. */
	NOTE("2026-12-01T08:30:00Z",
	     "{'case':'N2','about':'N2.decision','holder':'rita','what':'Decide',"
	     "'due':'2026-12-14','known':true}");
	LOOK("2026-12-01T09:00:00Z");
	str facts = scene.plan->messages[0].facts;
	size_t known = str_find(facts, S("\"known\":true"));
	assert_true(str_find(facts, S("N2.decision")) < known && known < facts.n);
	assert_true(str_find(facts, S("N1.decision")) < known);
	str rest = str_slice(facts, known + 1, facts.n);
	assert_int_equal(str_find(rest, S("\"known\":true")), rest.n);
}

static void a_list_that_has_not_left_makes_way_for_the_next(void **state)
{
	for (int i = 1; i <= 4; i++) {
		str day = str_fmt(&scene.arena, "2026-12-0%dT08:00:00Z", i);
		str hour = str_fmt(&scene.arena, "2026-12-0%dT09:00:00Z", i);
		str id = str_fmt(&scene.arena, "N%d", i);
		note_case(str_z(&scene.arena, day), str_z(&scene.arena, id));
		LOOK(str_z(&scene.arena, hour));
		assert_int_equal(scene.plan->n_messages, 1);
		assert_int_equal(scene.plan->n_closings, i == 1 ? 0 : 1);
		assert_int_equal(scene.desk->n_open, 1);
	}
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("N1.decision")) < facts.n);
	assert_int_equal(scene.plan->closings[0].state, MESSAGE_EXPIRED);
}

static void a_list_that_has_left_is_history(void **state)
{
	note_case("2026-12-01T08:00:00Z", "N1");
	LOOK("2026-12-01T09:00:00Z");
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(scene.plan->messages[0].id));
	DESK("2026-12-01T09:01:00Z", "message.accepted", str_z(&scene.arena, data));
	note_case("2026-12-02T08:00:00Z", "N2");
	LOOK("2026-12-02T09:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_int_equal(scene.plan->n_closings, 0);
}

/* A list for rita and one for priya, of which only rita's has left. */
static void a_list_that_was_not_read_is_news_to_its_reader_alone(void **state)
{
	note_case("2026-12-01T08:00:00Z", "N1");
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'N2','about':'N2.decision','holder':'sam','what':'Decide',"
	     "'template':'duty-warning','due':'2026-12-14'}");
	const struct plan *plan = LOOK("2026-12-01T09:00:00Z");
	assert_said("email rita digest role 2026-12-01T09:00:00Z\n"
		    "email sam digest role 2026-12-01T09:00:00Z\n");
	str rita = plan->messages[0].id, sam = plan->messages[1].id;
	str sent = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(rita));
	DESK("2026-12-01T09:01:00Z", "message.accepted", str_z(&scene.arena, sent));
	str over = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(sam));
	DESK("2026-12-02T08:59:00Z", "message.expired", str_z(&scene.arena, over));
	LOOK("2026-12-02T09:00:00Z");
	assert_said("email sam digest role 2026-12-02T09:00:00Z\n");
}

/* What families noted since comes with whatever the desk hears next. */
static const struct plan *take_up(const char *at, const struct json **notes, size_t n)
{
	struct event *event = scene_event(&scene, at, "desk.noted", "service/send", "{}");
	event->notes = notes;
	event->n_notes = n;
	return scene_take(&scene, event);
}

static const struct json *note_json(const char *data)
{
	const struct json *json = NULL;
	assert_int_equal(json_parse(&scene.arena, scene_json(&scene.arena, data), 4, &json, NULL),
			 JSON_FINE);
	return json;
}

static void notes_are_taken_up_in_one_decision_in_their_order(void **state)
{
	const struct json *notes[] = {
		note_json("{'case':'N1','about':'N1.decision','holder':'rita','what':'Decide',"
			  "'template':'duty-warning','due':'2026-12-14'}"),
		note_json("{'case':'N2','about':'N2.decision','holder':'rita','what':'Decide',"
			  "'template':'duty-warning','due':'2026-12-14'}"),
		note_json("{'case':'N1','about':'N1.decision','over':true}"),
	};
	const struct plan *plan = take_up("2026-12-01T08:00:00Z", notes, 3);
	assert_int_equal(plan->n_taken, 3);
	assert_int_equal(scene.desk->n_items, 1);
	assert_str(scene.desk->items[0].case_id, "N2");
}

static void no_list_is_made_while_more_notes_are_on_their_way(void **state)
{
	const struct json *note = note_json(
		"{'case':'N1','about':'N1.decision','holder':'rita','what':'Decide',"
		"'template':'duty-warning','due':'2026-12-14'}");
	const struct json *notes[DESK_NOTES_MAX];
	for (size_t i = 0; i < DESK_NOTES_MAX; i++)
		notes[i] = note;
	take_up("2026-12-01T09:10:00Z", notes, DESK_NOTES_MAX);
	assert_silence();
	note = note_json("{'case':'N1','about':'N1.decision','over':true}");
	take_up("2026-12-01T09:10:00Z", &note, 1);
	assert_silence();
	assert_int_equal(scene.desk->n_items, 0);
}

static void what_the_desk_had_no_room_for_is_in_the_list_as_a_number(void **state)
{
	for (int i = 0; i < 410; i++) {
		str id = str_fmt(&scene.arena, "N%d", i);
		note_case("2026-12-01T08:00:00Z", str_z(&scene.arena, id));
	}
	LOOK("2026-12-01T09:00:00Z");
	str facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":410")) < facts.n);
	assert_true(str_find(facts, S("\"more\":\"350\"")) < facts.n);
	LOOK("2026-12-02T09:00:00Z");
	assert_silence();
	note_case("2026-12-03T08:00:00Z", "N410");
	LOOK("2026-12-03T09:00:00Z");
	facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":401")) < facts.n);
	DESK("2026-12-03T09:00:01Z", "message.accepted",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}",
					 STR_ARG(scene.plan->messages[0].id))));
	/* The number has been read: other news does not bring it again. */
	NOTE("2026-12-04T08:00:00Z", "{'case':'N0','about':'N0.decision','over':true}");
	note_case("2026-12-04T08:00:00Z", "N411");
	LOOK("2026-12-04T09:00:00Z");
	facts = scene.plan->messages[0].facts;
	assert_true(str_find(facts, S("\"count\":400")) < facts.n);
}

static void note_task(int i, const char *due)
{
	str data = str_fmt(&scene.arena,
			   "{'case':'N%d','about':'N%d.task','holder':'rita','what':'A task',"
			   "'due':'%s','own':true,'task':true}",
			   i, i, due);
	NOTE("2026-12-01T08:00:00Z", str_z(&scene.arena, data));
}

static void an_alert_is_said_where_the_desk_is_full_of_what_was_read(void **state)
{
	for (int i = 0; i < 400; i++)
		note_task(i, i == 7 ? "2026-12-24" : "2026-12-14");
	LOOK("2026-12-01T09:00:00Z");
	NOTE("2026-12-02T08:00:00Z",
	     "{'case':'N400','about':'N400.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-breached','due':'2026-12-01'}");
	LOOK("2026-12-02T09:00:00Z");
	str facts = scene.plan->messages[0].facts;
	assert_true(holds(facts, "N400.decision"));
	assert_true(holds(facts, "\"count\":401"));
	/* What has the latest day gave way. */
	assert_int_equal(scene.desk->n_items, 400);
	for (size_t i = 0; i < scene.desk->n_items; i++)
		assert_true(!str_eq(scene.desk->items[i].case_id, S("N7")));
}

/* Each has been heard of; a new one is told by its name, not as one of so many. */
static void an_alert_is_said_where_the_desk_is_full_of_alerts_that_were_read(void **state)
{
	for (int i = 0; i < 399; i++) {
		str id = str_fmt(&scene.arena, "N%d", i);
		note_case("2026-12-01T08:00:00Z", str_z(&scene.arena, id));
	}
	note_task(399, "2026-12-24");
	LOOK("2026-12-01T09:00:00Z");
	NOTE("2026-12-02T08:00:00Z",
	     "{'case':'N400','about':'N400.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-breached','due':'2026-12-01'}");
	LOOK("2026-12-02T09:00:00Z");
	str facts = scene.plan->messages[0].facts;
	assert_true(holds(facts, "N400.decision"));
	/* What is still to be done did not give way to it. */
	bool has_task = false;
	for (size_t i = 0; i < scene.desk->n_items; i++)
		has_task = has_task || str_eq(scene.desk->items[i].about, S("N399.task"));
	assert_true(has_task);
}

/* What the auditor found stands in no other list. */
static void a_finding_keeps_its_place_in_a_full_desk(void **state)
{
	for (int i = 0; i < 399; i++)
		note_task(i, "2026-11-30");
	DESK("2026-12-01T08:00:00Z", "audit.found", "{'what':'evidence_broken','id':'7'}");
	LOOK("2026-12-01T09:00:00Z");
	NOTE("2026-12-01T10:00:00Z",
	     "{'case':'N400','about':'N400.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-breached','due':'2026-12-01'}");
	assert_int_equal(scene.desk->n_items, 400);
	assert_str(scene.desk->items[398].about, "evidence_broken/7");
	assert_str(scene.desk->items[399].about, "N400.decision");
}

/* Eight of them at their limits would not have room in the record beside all that waits. */
static void the_lines_of_a_list_are_with_its_message_alone(void **state)
{
	note_case("2026-12-01T08:00:00Z", "N1");
	LOOK("2026-12-01T09:00:00Z");
	assert_true(holds(scene.plan->messages[0].facts, "N1.decision"));
	assert_int_equal(scene.desk->n_open, 1);
	assert_int_equal(scene.desk->open[0].intent->facts.n, 0);
}

/* What is read in the morning was made in the morning: it says what is true then. */
static void what_comes_behind_office_hours_waits_for_the_morning(void **state)
{
	note_case("2026-12-04T18:00:00Z", "N1"); /* a Friday */
	assert_silence();
	assert_next_look("2026-12-07T09:00:00Z");
	NOTE("2026-12-05T10:00:00Z", "{'case':'N1','about':'N1.decision','over':true}");
	note_case("2026-12-05T10:00:00Z", "N2");
	LOOK("2026-12-07T09:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_true(holds(scene.plan->messages[0].facts, "N2.decision"));
	assert_false(holds(scene.plan->messages[0].facts, "N1.decision"));
}

/* She stands in for the owner of what she manages. */
static void in_one_list_nothing_stands_twice(void **state)
{
	static const struct away away = {
		.person = { "sam", 3 }, .deputy = { "rita", 4 }, .from = { 0 }, .to = { INT32_MAX }
	};
	scene.policy->away = &away;
	scene.policy->n_away = 1;
	note_case("2026-12-01T08:00:00Z", "N1");
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'N1','about':'N1.decision','holder':'sam','what':'Decide',"
	     "'template':'duty-warning','due':'2026-12-14'}");
	LOOK("2026-12-01T09:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_true(holds(scene.plan->messages[0].facts, "\"count\":1"));
}

/* --- news: of a case as a whole ------------------------------------------------------------------ */

static void note_news(const char *at, const char *about)
{
	str data = str_fmt(&scene.arena,
			   "{'case':'N1','about':'%s','holder':'team_manager','what':'Told late',"
			   "'template':'told-late','due':'2026-11-24','news':true}",
			   about);
	NOTE(at, str_z(&scene.arena, data));
}

static const struct plan *say_of_list(const char *at, const char *type, str message)
{
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(message));
	return DESK(at, type, str_z(&scene.arena, data));
}

static str look_and_leave(const char *at)
{
	str message = LOOK(at)->messages[0].id;
	say_of_list(at, "message.accepted", message);
	return message;
}

static void news_are_told_once_and_then_they_are_gone(void **state)
{
	note_news("2026-12-01T08:00:00Z", "news.1");
	const struct plan *plan = LOOK("2026-12-01T09:00:00Z");
	assert_said("email rita digest role 2026-12-01T09:00:00Z\n");
	str facts = plan->messages[0].facts;
	assert_true(holds(facts, "\"cause\":\"Told late\",\"of_cause\":1,\"case\":\"N1\","
				 "\"happened\":{\"date\":\"2026-11-24\"},\"new\":true"));
	say_of_list("2026-12-01T09:01:00Z", "message.accepted", plan->messages[0].id);
	/* They bring no list of their own, and are in none that others bring. */
	LOOK("2026-12-02T09:00:00Z");
	assert_silence();
	note_task(2, "2026-12-14");
	look_and_leave("2026-12-03T09:00:00Z");
	assert_true(holds(scene.desk->items[0].about, "news.1"));
	for (int day = 4; day <= 9; day++) {
		str at = str_fmt(&scene.arena, "2026-12-0%dT09:00:00Z", day);
		plan = LOOK(str_z(&scene.arena, at));
		for (size_t i = 0; i < plan->n_messages; i++) {
			assert_true(holds(plan->messages[i].facts, "N2.task"));
			assert_false(holds(plan->messages[i].facts, "Told late"));
		}
	}
	assert_int_equal(scene.desk->n_items, 1);
	assert_str(scene.desk->items[0].about, "N2.task");
}

static void news_of_a_list_that_did_not_arrive_are_news_again(void **state)
{
	note_news("2026-12-01T08:00:00Z", "news.1");
	look_and_leave("2026-12-01T09:00:00Z");
	note_news("2026-12-02T08:00:00Z", "news.2");
	str second = look_and_leave("2026-12-02T09:00:00Z");
	say_of_list("2026-12-02T11:00:00Z", "message.returned", second);
	assert_true(scene.desk->items[0].told);
	assert_false(scene.desk->items[1].told);
	str facts = LOOK("2026-12-03T09:00:00Z")->messages[0].facts;
	assert_true(holds(facts, "\"count\":1"));
	assert_true(scene.desk->items[1].told);
}

static void news_of_a_list_that_has_not_left_are_in_the_next(void **state)
{
	note_news("2026-12-01T08:00:00Z", "news.1");
	LOOK("2026-12-01T09:00:00Z");
	note_news("2026-12-02T08:00:00Z", "news.2");
	const struct plan *plan = LOOK("2026-12-02T09:00:00Z");
	assert_int_equal(plan->n_closings, 1);
	assert_true(holds(plan->messages[0].facts, "\"count\":2"));
	/* What somebody else has in a list that has not left stays there. */
	note_case("2026-12-03T08:00:00Z", "N3");
	NOTE("2026-12-03T08:00:00Z",
	     "{'case':'N1','about':'news.3','holder':'sam','what':'Told late',"
	     "'template':'told-late','due':'2026-11-24','news':true}");
	plan = LOOK("2026-12-03T09:00:00Z");
	assert_said("email rita digest role 2026-12-03T09:00:00Z\n"
		    "email sam digest role 2026-12-03T09:00:00Z\n");
	assert_true(holds(plan->messages[0].facts, "\"count\":3"));
	assert_true(holds(plan->messages[1].facts, "\"count\":1"));
}

/* One of it is over: what is left is in a list that takes its place, once. */
static void news_stay_in_a_list_that_is_made_again(void **state)
{
	note_news("2026-12-01T08:00:00Z", "news.1");
	note_case("2026-12-01T08:00:00Z", "N2");
	LOOK("2026-12-01T09:00:00Z");
	NOTE("2026-12-01T09:30:00Z",
	     "{'case':'N3','about':'N3.decision','holder':'rita','what':'Decide',"
	     "'template':'duty-breached','due':'2026-12-14',"
	     "'at_once':'2026-12-01T09:30:00Z'}");
	const struct plan *plan = NOTE("2026-12-01T10:00:00Z",
				       "{'case':'N2','about':'N2.decision','over':true}");
	assert_int_equal(plan->n_closings, 1);
	assert_true(holds(plan->messages[0].facts, "\"count\":1"));
	assert_true(holds(plan->messages[0].facts, "Told late"));
	assert_true(scene.desk->items[0].told);
	say_of_list("2026-12-01T10:01:00Z", "message.accepted", plan->messages[0].id);
	LOOK("2026-12-02T09:00:00Z");
	assert_silence();
}

/* They are no finding of the auditor's, and nobody's open thing. */
static void news_that_were_told_want_nobody(void **state)
{
	size_t n;
	note_news("2026-12-01T08:00:00Z", "news.1");
	look_and_leave("2026-12-01T09:00:00Z");
	assert_true(instant_is_never(scene.plan->next_look));
	list_findings(&scene.arena, scene.desk, &n);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(the_list_says_that_the_family_knows),
		DESK_TEST(a_list_that_has_not_left_makes_way_for_the_next),
		DESK_TEST(a_list_that_has_left_is_history),
		DESK_TEST(a_list_that_was_not_read_is_news_to_its_reader_alone),
		DESK_TEST(notes_are_taken_up_in_one_decision_in_their_order),
		DESK_TEST(no_list_is_made_while_more_notes_are_on_their_way),
		DESK_TEST(what_the_desk_had_no_room_for_is_in_the_list_as_a_number),
		DESK_TEST(an_alert_is_said_where_the_desk_is_full_of_what_was_read),
		DESK_TEST(an_alert_is_said_where_the_desk_is_full_of_alerts_that_were_read),
		DESK_TEST(a_finding_keeps_its_place_in_a_full_desk),
		DESK_TEST(the_lines_of_a_list_are_with_its_message_alone),
		DESK_TEST(what_comes_behind_office_hours_waits_for_the_morning),
		DESK_TEST(news_are_told_once_and_then_they_are_gone),
		DESK_TEST(news_of_a_list_that_did_not_arrive_are_news_again),
		DESK_TEST(news_of_a_list_that_has_not_left_are_in_the_next),
		DESK_TEST(news_stay_in_a_list_that_is_made_again),
		DESK_TEST(news_that_were_told_want_nobody),
		DESK_TEST(in_one_list_nothing_stands_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
