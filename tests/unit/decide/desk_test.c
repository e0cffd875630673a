/* A service's desk: what families note there, whose list it comes into, and for how long. */
#include "stage.h"

/* Of the last plan, a line each: "send {...}". */
static str notes(void)
{
	struct buf buf = buf_of(&scene.arena, 8192);
	for (size_t i = 0; i < scene.plan->n_notes; i++)
		buf_fmt(&buf, "%.*s %.*s\n", STR_ARG(scene.plan->notes[i].service),
			STR_ARG(scene.plan->notes[i].data));
	return buf_str(&buf);
}

#define assert_notes(wanted)                                                                       \
	assert_str(notes(), str_z(&scene.arena, scene_json(&scene.arena, wanted)))

/* What the last plan noted reaches the desk. */
static void carry_notes(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_notes; i++)
		NOTE(at, str_z(&scene.arena, plan->notes[i].data));
}

/* The lines of the one list that the last plan sends: "C1.decision late new". */
static str lines_of(const struct message *message)
{
	static const char *const parts[] = { "late", "due_today", "soon" };
	struct buf buf = buf_of(&scene.arena, 8192);
	const struct json *facts, *items;
	assert_int_equal(json_parse(&scene.arena, message->facts, 16, &facts, NULL), JSON_FINE);
	size_t n = json_list(json_get(facts, "event"), "items", &items);
	for (size_t i = 0; i < n; i++) {
		buf_add(&buf, json_text(&items[i], "about"));
		for (size_t k = 0; k < 3; k++) {
			if (json_get(&items[i], parts[k]) != NULL)
				buf_fmt(&buf, " %s", parts[k]);
		}
		buf_add(&buf, json_bool(&items[i], "new", false) ? S(" new\n") : S("\n"));
	}
	return buf_str(&buf);
}

static void assert_list(const char *wanted)
{
	assert_int_equal(scene.plan->n_messages, 1);
	assert_str(scene.plan->messages[0].template, "digest");
	assert_str(lines_of(&scene.plan->messages[0]), wanted);
}

static void note(const char *at, const char *id, const char *due, const char *more)
{
	NOTE(at,
	     str_z(&scene.arena,
		   str_fmt(&scene.arena,
			   "{'case':'C1','about':'%s','holder':'sam','what':'Decide','due':'%s'%s}",
			   id, due, more)));
}

/* --- what a family's record tells ---------------------------------------------------------------- */

static void on_its_day_a_duty_comes_into_the_list_of_who_has_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_notes("");
	TICK("2026-12-14T00:00:00Z");
	assert_notes("send {'case':'C1','about':'C1.decision','holder':'caseworker',"
		     "'what':'Decide','due':'2026-12-14','own':true}\n");
	TICK("2026-12-14T12:00:00Z");
	assert_notes("");
}

static void a_task_is_there_from_the_first_day_and_leaves_when_it_is_done(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	FAMILY("2026-11-03T10:00:00Z", "audit.found", "{'what':'no_look','id':'C1.decision'}");
	const char *task = str_z(&scene.arena, last_task()->id);
	assert_true(holds(notes(), "\"due\":\"2026-11-05\""));
	assert_true(holds(notes(), "\"own\":true,\"task\":true"));
	CASE("2026-11-03T11:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%s','outcome':'reached','by':'sam'}", task)));
	assert_true(holds(notes(), "\"over\":true"));
}

static void where_a_service_has_no_list_nothing_is_noted(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	assert_notes("");
}

static void what_is_handed_on_leaves_one_list_for_the_other(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	CASE("2026-12-14T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	assert_notes("send {'case':'C1','about':'C1.decision','from':'caseworker',"
		     "'holder':'rita'}\n");
	TICK("2026-12-14T11:00:00Z");
	assert_notes("");
}

static void what_is_met_leaves_the_list(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	CASE("2026-12-14T10:00:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-12-01','to':'2026-12-20',"
	     "'evidence':'e','approved_by':'a'}");
	assert_int_equal(scene.plan->n_notes, 2); /* the second: to give the family a new date */
	assert_str(scene.plan->notes[0].data,
		   "{\"case\":\"C1\",\"about\":\"C1.decision\",\"over\":true}");
}

/* --- alerts that wait ---------------------------------------------------------------------------- */

/* What the shipped standards say, in a copy of this test's own. */
static void let_alerts_wait(enum basis basis)
{
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, rule->n_on_breached);
	memcpy(late, rule->on_breached, rule->n_on_breached * sizeof *late);
	for (size_t i = 0; i < rule->n_on_breached; i++)
		late[i].digest = late[i].audience != AUDIENCE_FAMILY;
	rule->on_breached = late;
	rule->basis = basis;
}

static void a_breach_of_the_night_is_in_the_list_of_the_morning(void **state)
{
	let_alerts_wait(BASIS_STATUTORY);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	carry_notes("2026-12-14T00:00:01Z");
	LOOK("2026-12-14T09:00:00Z");
	assert_list("C1.decision due_today new\n");
	TICK("2026-12-15T00:00:00Z");
	assert_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	assert_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
	carry_notes("2026-12-15T00:00:01Z");
	LOOK("2026-12-15T09:00:00Z");
	assert_said("email sam digest role 2026-12-15T09:00:00Z\n"
		    "email rita digest role 2026-12-15T09:00:00Z\n");
	assert_str(lines_of(&scene.plan->messages[0]), "C1.decision late new\n");
	assert_str(lines_of(&scene.plan->messages[1]), "C1.decision late new\n");
	/* Sam has it still to do; Rita has heard of it. */
	LOOK("2026-12-16T09:00:00Z");
	assert_said("email sam digest role 2026-12-16T09:00:00Z\n");
	assert_str(lines_of(&scene.plan->messages[0]), "C1.decision late\n");
}

/* Heard of at ten, it would be read tomorrow. */
static void a_statutory_breach_waits_for_no_list_of_tomorrow(void **state)
{
	let_alerts_wait(BASIS_STATUTORY);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T10:00:00Z");
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
}

static void a_breach_of_our_own_standard_waits_for_it(void **state)
{
	let_alerts_wait(BASIS_LOCAL);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T10:00:00Z");
	assert_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	assert_true(holds(notes(), "\"holder\":\"team_manager\""));
}

/* Nobody looked at midnight: that it is late is seen as it is handed on. */
static void what_is_handed_on_as_it_becomes_late_leaves_the_other_list(void **state)
{
	let_alerts_wait(BASIS_LOCAL);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	carry_notes("2026-12-14T00:00:01Z");
	CASE("2026-12-15T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	carry_notes("2026-12-15T10:00:01Z");
	LOOK("2026-12-16T09:00:00Z");
	assert_said("email rita digest role 2026-12-16T09:00:00Z\n");
	assert_list("C1.decision late new\n");
}

/* A late action of somebody's is an alert to the case's owner, who is another now. */
static void agree_and_be_late(const char *service, const char *person)
{
	struct saying *late = TAKE(&scene.arena, struct saying, 1);
	*late = (struct saying){ .audience = AUDIENCE_OWNER,
				 .template = S("action-late-owner"),
				 .grade = GRADE_ALERT,
				 .digest = true };
	scene.policy->actions.on_breached = late;
	scene.policy->actions.n_on_breached = 1;
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     str_z(&scene.arena, str_fmt(&scene.arena,
					 "{'action':'A1','what':'Call','due':'2026-11-09',"
					 "'agreed_with':['c-mum'],"
					 "'owner':{'service':'%s','person':'%s'}}",
					 service, person)));
	TICK("2026-11-10T00:00:00Z");
}

static void what_the_cases_owner_hears_of_an_action_goes_with_the_case(void **state)
{
	agree_and_be_late("send", "sam");
	assert_true(holds(notes(), "\"about\":\"A1\",\"holder\":\"caseworker\""));
	CASE("2026-11-10T08:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	assert_notes("send {'case':'C1','about':'A1','from':'caseworker','holder':'rita'}\n");
}

static void an_action_of_the_cases_owner_stays_theirs_when_the_case_goes(void **state)
{
	agree_and_be_late("send", "caseworker");
	CASE("2026-11-10T08:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	assert_notes("");
}

/* It stands in two lists, of two services. */
static void an_alert_goes_with_the_case_where_the_action_is_another_services(void **state)
{
	struct role_holder lee = { .role = S("caseworker"), .person = S("lee") };
	struct service *therapy = own_service() + 1;
	therapy->roles = &lee;
	therapy->n_roles = 1;
	agree_and_be_late("therapy", "caseworker");
	CASE("2026-11-10T08:00:00Z", "case.reassigned", "{'owner':'rita','from':'caseworker'}");
	assert_notes("send {'case':'C1','about':'A1','from':'caseworker','holder':'rita'}\n");
}

/* --- what is only tried -------------------------------------------------------------------------- */

static void what_is_only_tried_comes_into_no_list_that_is_sent(void **state)
{
	struct pathway *pathways = TAKE(&scene.arena, struct pathway, scene.policy->n_pathways);
	memcpy(pathways, scene.policy->pathways, scene.policy->n_pathways * sizeof *pathways);
	pathways[0].shadow = true;
	scene.policy->pathways = pathways;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	assert_notes("");
}

static void the_list_of_a_service_that_only_tries_is_not_sent(void **state)
{
	own_service()->shadow = true;
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	assert_list("A due_today new\n");
	assert_true(scene.plan->messages[0].shadow);
}

/* --- at the desk --------------------------------------------------------------------------------- */

static void what_is_theirs_comes_each_working_day_until_it_is_over(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	assert_list("A due_today new\n");
	assert_next_look("2026-12-11T09:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("A late\n");
	assert_next_look("2026-12-14T09:00:00Z");
	LOOK("2026-12-12T09:00:00Z");
	assert_silence();
	note("2026-12-14T08:00:00Z", "B", "2026-12-09", ",'own':true");
	LOOK("2026-12-14T09:00:00Z");
	assert_list("B late new\nA late\n");
	NOTE("2026-12-14T10:00:00Z", "{'case':'C1','about':'A','over':true}");
	NOTE("2026-12-14T10:00:00Z", "{'case':'C1','about':'B','over':true}");
	LOOK("2026-12-15T09:00:00Z");
	assert_silence();
	assert_true(instant_is_never(scene.plan->next_look));
}

static void what_they_were_warned_of_comes_again_on_its_day(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-15", ",'own':true,'template':'duty-warning'");
	LOOK("2026-12-10T09:00:00Z");
	assert_list("A soon new\n");
	LOOK("2026-12-11T09:00:00Z");
	assert_silence();
	note("2026-12-14T00:00:00Z", "A", "2026-12-14", ",'own':true");
	LOOK("2026-12-14T09:00:00Z");
	assert_list("A due_today\n");
}

/* "Decide" has the oldest of all, and so comes first with all of it. */
static void what_has_one_cause_stands_together_the_oldest_cause_first(void **state)
{
	static const char *const notes[][3] = { { "A1", "Agreed", "2026-12-08" },
						{ "D1", "Decide", "2026-12-09" },
						{ "A2", "Agreed", "2026-12-10" },
						{ "D2", "Decide", "2026-12-07" } };
	for (size_t i = 0; i < 4; i++)
		NOTE("2026-12-10T08:00:00Z",
		     str_z(&scene.arena,
			   str_fmt(&scene.arena,
				   "{'case':'C1','about':'%s','holder':'sam','what':'%s',"
				   "'due':'%s'}",
				   notes[i][0], notes[i][1], notes[i][2])));
	LOOK("2026-12-10T09:00:00Z");
	assert_list("D2 late new\nD1 late new\nA1 late new\nA2 due_today new\n");
	str facts = scene.plan->messages[0].facts;
	assert_true(holds(facts, "\"cause\":\"Decide\",\"of_cause\":2"));
	assert_true(holds(facts, "\"cause\":\"Agreed\",\"of_cause\":2"));
}

/* Of what is late the family hears by another message. */
static void that_the_family_knows_of_a_date_is_said_until_it_is_late(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true,'known':true");
	LOOK("2026-12-10T09:00:00Z");
	assert_true(holds(scene.plan->messages[0].facts, "\"known\":true"));
	LOOK("2026-12-11T09:00:00Z");
	assert_list("A late\n");
	assert_false(holds(scene.plan->messages[0].facts, "\"known\""));
}

static void a_task_comes_before_its_day_too(void **state)
{
	note("2026-12-10T08:00:00Z", "T", "2026-12-15", ",'own':true,'task':true");
	LOOK("2026-12-10T09:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("T soon\n");
}

static void who_only_hears_of_it_hears_once(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-09", ",'template':'duty-breached'");
	LOOK("2026-12-10T09:00:00Z");
	assert_list("A late new\n");
	assert_true(instant_is_never(scene.plan->next_look));
}

/* What comes up during the day is for the next list, once its hour is over. */
static void what_begins_after_the_hour_waits_for_the_next_day(void **state)
{
	note("2026-12-10T10:00:00Z", "T", "2026-12-15", ",'own':true,'task':true");
	assert_silence();
	assert_next_look("2026-12-11T09:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("T soon new\n");
}

/* Nobody looked at nine. */
static void a_list_that_was_missed_is_made_as_soon_as_somebody_looks(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	LOOK("2026-12-10T14:00:00Z");
	assert_list("A due_today new\n");
}

static void one_thing_is_handed_on_and_the_others_stay(void **state)
{
	/* "owner" is what its service named an action. */
	static const char *const ids[] = { "B", "owner" };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_digest(NULL);
		note("2026-12-10T07:00:00Z", "A", "2026-12-09", ",'own':true");
		note("2026-12-10T07:00:00Z", ids[i], "2026-12-09", ",'own':true");
		str handed_on = str_fmt(&scene.arena,
					"{'case':'C1','about':'%s','from':'sam','holder':'rita'}",
					ids[i]);
		NOTE("2026-12-10T08:00:00Z", str_z(&scene.arena, handed_on));
		LOOK("2026-12-10T09:00:00Z");
		assert_said("email sam digest role 2026-12-10T09:00:00Z\n"
			    "email rita digest role 2026-12-10T09:00:00Z\n");
		assert_str(lines_of(&scene.plan->messages[0]), "A late new\n");
		assert_str(lines_of(&scene.plan->messages[1]),
			   str_z(&scene.arena, str_fmt(&scene.arena, "%s late new\n", ids[i])));
	}
}

/* Handed on when the case had been closed: that stays with whoever had it. */
static void a_task_is_late_for_whoever_has_it_in_their_list(void **state)
{
	CASE("2026-11-02T09:00:00Z", "case.reassigned", "{'owner':'sam','from':'caseworker'}");
	CASE("2026-11-03T09:00:00Z", "event.withdrawn", "{'event':'e99','reason':'r'}");
	carry_notes("2026-11-03T09:00:01Z");
	CASE("2026-11-03T10:00:00Z", "case.closed", "{'outcome':'done'}");
	FAMILY("2026-11-03T11:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	assert_str(scene.family->cases[0].owner, "sam");
	assert_str(last_task()->owner, "rita");
	carry_notes("2026-11-03T11:00:01Z");
	TICK("2026-11-06T00:00:00Z");
	assert_true(scene.plan->n_notes + scene.plan->n_messages > 0);
	assert_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	assert_false(holds(notes(), "\"sam\""));
	carry_notes("2026-11-06T00:00:01Z");
	for (size_t i = 0; i < scene.desk->n_items; i++)
		assert_true(!str_eq(scene.desk->items[i].holder, S("sam")));
}

/* --- a desk that has a list no more -------------------------------------------------------------- */

static void what_waited_for_a_list_that_there_is_no_more_comes_in_a_last_one(void **state)
{
	note("2026-12-10T10:00:00Z", "A", "2026-12-15", ",'template':'duty-warning'");
	note("2026-12-10T10:00:00Z", "B", "2026-12-10", ",'own':true");
	assert_next_look("2026-12-11T09:00:00Z");
	own_service()->has_digest = false;
	/* The policy is another at night; nobody reads it before nine. */
	LOOK("2026-12-11T01:00:00Z");
	assert_silence();
	assert_next_look("2026-12-11T09:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("B late new\nA soon new\n");
	assert_true(instant_is_never(scene.plan->next_look));
	LOOK("2026-12-12T09:00:00Z");
	assert_silence();
	/* What was on its way then is not lost, either. */
	note("2026-12-14T10:00:00Z", "C", "2026-12-14", "");
	assert_list("B late\nC due_today new\nA soon\n");
}

/* --- a list that has not left -------------------------------------------------------------------- */

/* Email is out from nine on. */
static void what_is_over_before_a_list_leaves_is_not_in_it(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	note("2026-12-10T08:00:00Z", "B", "2026-12-09", ",'template':'duty-breached'");
	LOOK("2026-12-10T09:00:00Z");
	assert_list("B late new\nA due_today new\n");
	NOTE("2026-12-10T10:00:00Z", "{'case':'C1','about':'A','over':true}");
	assert_list("B late new\n");
	assert_int_equal(scene.plan->n_closings, 1);
	assert_int_equal(scene.desk->n_open, 1);
	NOTE("2026-12-10T11:00:00Z", "{'case':'C1','about':'B','over':true}");
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 1);
	assert_int_equal(scene.desk->n_open, 0);
	LOOK("2026-12-11T09:00:00Z");
	assert_silence();
}

static void what_is_handed_on_before_a_list_leaves_is_not_in_it(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	note("2026-12-10T08:00:00Z", "B", "2026-12-09", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	NOTE("2026-12-10T10:00:00Z", "{'case':'C1','about':'B','from':'sam','holder':'rita'}");
	assert_said("email sam digest role 2026-12-10T10:00:00Z\n");
	assert_list("A due_today new\n");
	LOOK("2026-12-11T09:00:00Z");
	assert_said("email sam digest role 2026-12-11T09:00:00Z\n"
		    "email rita digest role 2026-12-11T09:00:00Z\n");
}

static void the_list_of_another_stays_as_it_is(void **state)
{
	NOTE("2026-12-10T08:00:00Z",
	     "{'case':'C1','about':'R','holder':'rita','what':'Decide','due':'2026-12-09'}");
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	assert_int_equal(scene.desk->n_open, 2);
	NOTE("2026-12-10T10:00:00Z", "{'case':'C1','about':'A','over':true}");
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 1);
	assert_int_equal(scene.desk->n_open, 1);
	assert_str(scene.desk->open[0].contact, "rita");
}

/* Made in the evening it would speak of the day before. */
static void what_is_over_in_the_evening_leaves_the_rest_to_the_next_list(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	note("2026-12-10T08:00:00Z", "B", "2026-12-11", ",'template':'duty-warning'");
	LOOK("2026-12-10T09:00:00Z");
	NOTE("2026-12-10T18:00:00Z", "{'case':'C1','about':'A','over':true}");
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 1);
	assert_next_look("2026-12-11T09:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("B due_today new\n");
}

static void accept_list(const char *at)
{
	str message = scene.plan->messages[0].id;
	DESK(at, "message.accepted",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(message))));
}

static void what_is_over_behind_a_list_that_has_left_makes_no_other(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	note("2026-12-10T08:00:00Z", "B", "2026-12-09", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	accept_list("2026-12-10T09:00:01Z");
	NOTE("2026-12-10T10:00:00Z", "{'case':'C1','about':'A','over':true}");
	assert_silence();
	/* On the day of a list the policy takes the next away. */
	note("2026-12-10T10:30:00Z", "C", "2026-12-12", ",'template':'duty-warning'");
	own_service()->has_digest = false;
	LOOK("2026-12-10T11:00:00Z");
	assert_list("B late\nC soon new\n");
}

/* --- what the auditor found there ---------------------------------------------------------------- */

static void find_at_desk(const char *at)
{
	DESK(at, "audit.found", "{'what':'evidence_broken','id':'7'}");
}

static void a_finding_at_the_desk_is_the_managers_until_it_is_mended(void **state)
{
	find_at_desk("2026-12-10T02:00:00Z");
	LOOK("2026-12-10T09:00:00Z");
	assert_said("email rita digest role 2026-12-10T09:00:00Z\n");
	assert_list("evidence_broken/7 soon new\n");
	assert_true(holds(scene.plan->messages[0].facts, "tell whoever runs Candour"));
	find_at_desk("2026-12-11T02:00:00Z");
	LOOK("2026-12-11T09:00:00Z");
	assert_list("evidence_broken/7 soon\n");
	/* Monday's night found nothing. */
	LOOK("2026-12-14T09:00:00Z");
	assert_silence();
	assert_true(is_written("does not find it any more"));
	assert_int_equal(scene.desk->n_items, 0);
}

/* The list that was not made is made now. */
static void a_clock_that_was_lost_is_nobodys_task(void **state)
{
	DESK("2026-12-10T10:30:00Z", "audit.found", "{'what':'digest_untold','id':'A'}");
	assert_silence();
	assert_int_equal(scene.desk->n_items, 0);
}

static void without_a_list_a_finding_is_said_each_day_on_which_it_is_found(void **state)
{
	find_at_desk("2026-12-10T10:00:00Z");
	assert_said("email rita task-unowned role 2026-12-10T10:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"desk\":\"send\""));
	find_at_desk("2026-12-11T10:00:00Z");
	assert_said("email rita task-unowned role 2026-12-11T10:00:00Z\n");
}

/* --- what may not have arrived -------------------------------------------------------------------- */

/* What became of the one message of the last plan. */
static void settle(const char *at, const char *type)
{
	assert_int_equal(scene.plan->n_messages, 1);
	str message = scene.plan->messages[0].id;
	DESK(at, type,
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','address':true}", STR_ARG(message))));
}

static void lose_sight(const char *at)
{
	str message = scene.plan->messages[0].id;
	DESK(at, "message.unknown",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(message))));
}

/* Her address is wrong. */
static void what_the_manager_cannot_be_told_reaches_the_mailboxes_behind_her(void **state)
{
	find_at_desk("2026-12-10T10:00:00Z");
	assert_said("email rita task-unowned role 2026-12-10T10:00:00Z\n");
	settle("2026-12-10T10:01:00Z", "message.failed");
	assert_said("email send task-unowned role 2026-12-10T10:01:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "tell whoever runs Candour"));
	assert_str(scene.plan->messages[0].email, "send@council.example");
	settle("2026-12-10T10:02:00Z", "message.failed");
	assert_said("email authority task-unowned role 2026-12-10T10:02:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "tell whoever runs Candour"));
	settle("2026-12-10T10:03:00Z", "message.failed");
	assert_silence();
	assert_true(is_written("Nobody is left who could be told"));
	assert_true(instant_is_never(scene.plan->next_look));
}

/* Most mail servers take it first, and say so afterwards. */
static void that_it_came_back_is_said_behind_her_in_the_same_words(void **state)
{
	find_at_desk("2026-12-10T10:00:00Z");
	const struct plan *plan = scene.plan;
	settle("2026-12-10T10:01:00Z", "message.accepted");
	scene.plan = plan;
	settle("2026-12-10T10:05:00Z", "message.failed");
	assert_said("email send task-unowned role 2026-12-10T10:05:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "tell whoever runs Candour"));
}

static void a_list_that_came_back_is_heard_of_and_is_news_in_the_next(void **state)
{
	NOTE("2026-12-10T08:00:00Z",
	     "{'case':'C1','about':'A','holder':'team_manager','what':'Decide',"
	     "'due':'2026-12-09'}");
	LOOK("2026-12-10T09:00:00Z");
	const struct plan *plan = scene.plan;
	settle("2026-12-10T09:01:00Z", "message.accepted");
	scene.plan = plan;
	settle("2026-12-10T09:05:00Z", "message.failed");
	assert_said("email rita task-unowned role 2026-12-10T09:05:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "could not be told of digest"));
	LOOK("2026-12-11T09:00:00Z");
	assert_list("A late new\n");
}

/* Else a mail server that never says whether it has it would be asked about its own answers, for ever. */
static void of_what_the_last_resort_may_have_had_nobody_is_asked(void **state)
{
	note("2026-12-10T08:00:00Z", "A", "2026-12-10", ",'own':true");
	LOOK("2026-12-10T09:00:00Z");
	lose_sight("2026-12-10T10:00:00Z");
	assert_said("email rita task-unowned role 2026-12-10T10:00:00Z\n");
	lose_sight("2026-12-10T11:00:00Z");
	assert_silence();
	assert_true(is_written("may or may not have left"));
}

/* Else a year of daily lists would be more than a desk's record may hold. */
static void what_left_a_desk_weeks_ago_is_forgotten(void **state)
{
	note("2026-11-02T08:00:00Z", "A", "2026-11-02", "");
	LOOK("2026-11-02T09:00:00Z");
	str id = scene.plan->messages[0].id;
	settle("2026-11-02T09:01:00Z", "message.accepted");
	note("2026-11-03T08:00:00Z", "B", "2026-11-03", "");
	LOOK("2026-11-03T09:00:00Z");
	str lost = scene.plan->messages[0].id;
	lose_sight("2026-11-03T09:01:00Z");
	LOOK("2026-11-30T09:00:00Z");
	assert_non_null(family_open(scene.desk, id));
	assert_int_equal(scene.desk->n_doubts, 1);
	assert_non_null(family_open(scene.desk, lost));
	LOOK("2026-12-02T09:00:00Z");
	assert_null(family_open(scene.desk, id));
	assert_int_equal(scene.desk->n_doubts, 0);
	assert_null(family_open(scene.desk, lost));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(on_its_day_a_duty_comes_into_the_list_of_who_has_it),
		DESK_TEST(a_task_is_there_from_the_first_day_and_leaves_when_it_is_done),
		TEST(where_a_service_has_no_list_nothing_is_noted),
		DESK_TEST(what_is_handed_on_leaves_one_list_for_the_other),
		DESK_TEST(what_is_met_leaves_the_list),
		DESK_TEST(a_breach_of_the_night_is_in_the_list_of_the_morning),
		DESK_TEST(a_statutory_breach_waits_for_no_list_of_tomorrow),
		DESK_TEST(a_breach_of_our_own_standard_waits_for_it),
		DESK_TEST(what_is_handed_on_as_it_becomes_late_leaves_the_other_list),
		DESK_TEST(what_the_cases_owner_hears_of_an_action_goes_with_the_case),
		DESK_TEST(an_action_of_the_cases_owner_stays_theirs_when_the_case_goes),
		DESK_TEST(an_alert_goes_with_the_case_where_the_action_is_another_services),
		DESK_TEST(what_is_theirs_comes_each_working_day_until_it_is_over),
		DESK_TEST(what_they_were_warned_of_comes_again_on_its_day),
		DESK_TEST(what_has_one_cause_stands_together_the_oldest_cause_first),
		DESK_TEST(that_the_family_knows_of_a_date_is_said_until_it_is_late),
		DESK_TEST(a_task_comes_before_its_day_too),
		DESK_TEST(who_only_hears_of_it_hears_once),
		DESK_TEST(what_begins_after_the_hour_waits_for_the_next_day),
		DESK_TEST(a_list_that_was_missed_is_made_as_soon_as_somebody_looks),
		DESK_TEST(what_is_only_tried_comes_into_no_list_that_is_sent),
		DESK_TEST(the_list_of_a_service_that_only_tries_is_not_sent),
		DESK_TEST(one_thing_is_handed_on_and_the_others_stay),
		DESK_TEST(a_task_is_late_for_whoever_has_it_in_their_list),
		DESK_TEST(what_waited_for_a_list_that_there_is_no_more_comes_in_a_last_one),
		DESK_TEST(what_is_over_before_a_list_leaves_is_not_in_it),
		DESK_TEST(what_is_handed_on_before_a_list_leaves_is_not_in_it),
		DESK_TEST(the_list_of_another_stays_as_it_is),
		DESK_TEST(what_is_over_in_the_evening_leaves_the_rest_to_the_next_list),
		DESK_TEST(what_is_over_behind_a_list_that_has_left_makes_no_other),
		DESK_TEST(a_finding_at_the_desk_is_the_managers_until_it_is_mended),
		DESK_TEST(a_clock_that_was_lost_is_nobodys_task),
		TEST(without_a_list_a_finding_is_said_each_day_on_which_it_is_found),
		DESK_TEST(of_what_the_last_resort_may_have_had_nobody_is_asked),
		TEST(what_the_manager_cannot_be_told_reaches_the_mailboxes_behind_her),
		TEST(that_it_came_back_is_said_behind_her_in_the_same_words),
		DESK_TEST(a_list_that_came_back_is_heard_of_and_is_news_in_the_next),
		DESK_TEST(what_left_a_desk_weeks_ago_is_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
