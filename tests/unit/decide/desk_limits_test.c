/* A desk at its limits, of an older record, or of a policy that was edited since. */
#include "stage.h"

#define DECIDE(id, holder)                                                                         \
	"{'case':'" id "','about':'" id ".decision','holder':'" holder                             \
	"','what':'Decide','template':'duty-warning','due':'2026-12-14'}"

static str say_item(const struct desk_item *item)
{
	return str_fmt(&scene.arena, "%.*s %.*s %.*s%s", STR_ARG(item->case_id),
		       STR_ARG(item->about), STR_ARG(item->holder), item->told ? " told" : "");
}

/* Room for `n` of that holder, all read. */
static void fill(size_t n, struct desk_item like)
{
	if (scene.desk == NULL)
		LOOK("2026-12-01T07:00:00Z");
	struct desk_item *items = TAKE(&scene.arena, struct desk_item, DESK_ITEMS_MAX);
	if (scene.desk->n_items > 0)
		memcpy(items, scene.desk->items, scene.desk->n_items * sizeof *items);
	for (size_t i = 0; i < n; i++) {
		items[scene.desk->n_items] = like;
		items[scene.desk->n_items++].about = str_fmt(&scene.arena, "%.*s.%zu",
							     STR_ARG(like.about), i);
	}
	scene.desk->items = items;
}

static struct desk_item item_of(const char *about, const char *holder)
{
	struct desk_item item = { .case_id = S("N"),
				  .about = str_of(about),
				  .holder = str_of(holder),
				  .what = S("Decide"),
				  .template = S("duty-warning"),
				  .noted = INSTANT_NEVER };
	date_parse(S("2026-12-14"), &item.due);
	item.since = item.due;
	return item;
}

/* --- who is away --------------------------------------------------------------------------------- */

#define AWAY "{'person':'sam','deputy':'rita','from':'2026-12-01','to':'2026-12-20'}"

static void more_than_a_hundred_are_not_away_at_once(void **state)
{
	DESK("2026-12-01T10:00:00Z", "worker.away", AWAY);
	struct absence *many = TAKE(&scene.arena, struct absence, DESK_ABSENCES_MAX);
	for (size_t i = 0; i < DESK_ABSENCES_MAX; i++)
		many[i] = scene.desk->absences[0];
	scene.desk->absences = many;
	scene.desk->n_absences = DESK_ABSENCES_MAX;
	const struct plan *plan = DESK("2026-12-02T10:00:00Z", "worker.away", AWAY);
	assert_refused(plan, "");
	assert_true(holds(plan->refused.message, "too many people of this service are away"));
	assert_int_equal(scene.desk->n_absences, DESK_ABSENCES_MAX);
	/* Those who are back make room. */
	many[7].to.day = scene.desk->absences[0].from.day;
	DESK("2026-12-03T10:00:00Z", "worker.away", AWAY);
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_int_equal(scene.desk->n_absences, DESK_ABSENCES_MAX);
}

static void who_is_not_away_after_all_is_there(void **state)
{
	struct event *event = scene_event(&scene, "2026-12-01T10:00:00Z", "worker.away",
					  "service/send", AWAY);
	scene_take(&scene, event);
	DESK("2026-12-01T10:00:00Z", "worker.away",
	     "{'person':'rita','deputy':'sam','from':'2026-12-21','to':'2026-12-24'}");
	assert_int_equal(scene.desk->n_absences, 2);
	str data = str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake'}", STR_ARG(event->id));
	const struct plan *plan = DESK("2026-12-02T10:00:00Z", "event.withdrawn",
				       str_z(&scene.arena, data));
	assert_int_equal(scene.desk->n_absences, 1);
	assert_str(scene.desk->absences[0].person, "rita");
	assert_false(holds(plan->away, "\"person\":\"sam\""));
	assert_str(plan->facts[0].type, "event.withdrawn");
	assert_str(plan->facts[0].subject, "service/send");
}

/* --- whose it is --------------------------------------------------------------------------------- */

static void only_what_is_handed_on_changes_hands(void **state)
{
	NOTE("2026-12-01T08:00:00Z", DECIDE("C1", "sam"));
	NOTE("2026-12-01T08:00:00Z", DECIDE("C1", "team_manager"));
	NOTE("2026-12-01T08:00:00Z", DECIDE("C2", "sam"));
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'C1','about':'C1.plan','holder':'sam','what':'Plan','due':'2026-12-14'}");
	LOOK("2026-12-01T09:00:00Z");
	NOTE("2026-12-01T10:00:00Z",
	     "{'case':'C1','about':'C1.decision','from':'sam','holder':'rita'}");
	assert_str(say_item(&scene.desk->items[0]), "C1 C1.decision rita");
	assert_str(say_item(&scene.desk->items[1]), "C1 C1.decision team_manager told");
	assert_str(say_item(&scene.desk->items[2]), "C2 C2.decision sam told");
	assert_str(say_item(&scene.desk->items[3]), "C1 C1.plan sam told");
}

/* It stands in her list, and then its day comes: what was said of it does not make it another's. */
static void what_is_somebodys_own_stays_their_own(void **state)
{
	static const struct {
		const char *first, *then;
		bool own;
	} rows[] = {
		{ ",'own':true", "", true },
		{ "", ",'own':true", true },
		{ "", "", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *more[] = { rows[i].first, rows[i].then };
		end(NULL);
		start_with_digest(NULL);
		for (size_t k = 0; k < 2; k++)
			NOTE("2026-12-01T08:00:00Z",
			     str_z(&scene.arena,
				   str_fmt(&scene.arena,
					   "{'case':'C1','about':'C1.decision','holder':'rita',"
					   "'what':'Decide','due':'2026-12-14'%s}",
					   more[k])));
		assert_int_equal(scene.desk->n_items, 1);
		assert_int_equal(scene.desk->items[0].own, rows[i].own);
	}
}

/* --- more than it holds -------------------------------------------------------------------------- */

/* What is to be said at once has left less room than there mostly is. */
static void of_a_full_desk_each_reader_hears_how_much_more_there_is(void **state)
{
	struct desk_item said = item_of("said", "rita");
	fill(DESK_ITEMS_MAX - 110, said);
	said.noted = scene.now;
	fill(110, said);
	NOTE("2026-12-01T08:00:00Z", DECIDE("C1", "sam"));
	NOTE("2026-12-01T08:00:00Z", DECIDE("C2", "rita"));
	NOTE("2026-12-01T08:00:00Z", DECIDE("C3", "sam"));
	assert_int_equal(scene.desk->n_rest, 2);
	scene.desk->n_items = 0;
	LOOK("2026-12-01T09:00:00Z");
	assert_said("email sam digest role 2026-12-01T09:00:00Z\n"
		    "email rita digest role 2026-12-01T09:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"more\":\"2\""));
	assert_true(holds(scene.plan->messages[1].facts, "\"more\":\"1\""));
	/* Nobody read sam's: what it said is said again, to him alone. */
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(scene.plan->messages[0].id));
	DESK("2026-12-02T08:59:00Z", "message.expired", str_z(&scene.arena, data));
	LOOK("2026-12-02T09:00:00Z");
	assert_said("email sam digest role 2026-12-02T09:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"more\":\"2\""));
}

/* More holders than a service can have: nothing of theirs is lost, and somebody of the service hears of it. */
static void of_more_holders_than_there_can_be_the_first_hears(void **state)
{
	fill(DESK_ITEMS_MAX / 5 * 4, item_of("read", "rita"));
	for (size_t i = 0; i < DESK_RESTS_MAX; i++)
		*GROW(&scene.arena, scene.desk->rest, scene.desk->n_rest) = (struct desk_rest){
			.holder = i == 0 ? S("sam") : str_fmt(&scene.arena, "h%zu", i), .n = 1
		};
	NOTE("2026-12-01T08:00:00Z", DECIDE("C1", "lee"));
	assert_int_equal(scene.desk->n_rest, DESK_RESTS_MAX);
	assert_int_equal(scene.desk->rest[0].n, 2);
}

/* What gives way to an alert is what its reader has read and still has to do, and nothing else. */
static void only_what_was_read_and_is_still_to_be_done_gives_way(void **state)
{
	struct desk_item own = item_of("own", "rita");
	own.own = own.told = true;
	struct desk_item unread = own, finding = own, at_once = own;
	unread.told = false;
	finding.case_id = STR_EMPTY;
	at_once.noted = (instant){ 0 };
	const struct {
		const struct desk_item *held;
		const char *note;
		bool is_kept; /* by its name */
	} rows[] = {
		{ &own, DECIDE("C1", "sam"), true },
		{ &unread, DECIDE("C1", "sam"), false },
		{ &finding, DECIDE("C1", "sam"), false },
		{ &at_once, DECIDE("C1", "sam"), false },
		/* What only comes into its list stands among what is open as well. */
		{ &own,
		  "{'case':'C1','about':'C1.decision','holder':'sam','what':'Decide',"
		  "'due':'2026-12-14','own':true}",
		  false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start_with_digest(NULL);
		const bool is_said = !instant_is_never(rows[i].held->noted);
		fill(is_said ? DESK_ITEMS_MAX - 1 : DESK_ITEMS_MAX / 5 * 4 - 1,
		     item_of("alert", "rita"));
		fill(1, *rows[i].held);
		size_t before = scene.desk->n_items;
		scene.desk->digest_on = scene.desk->items[0].due; /* no list is made now */
		NOTE("2026-12-14T08:00:00Z", rows[i].note);
		assert_int_equal(scene.desk->n_rest, 1);
		assert_int_equal(scene.desk->n_items <= before, true);
		bool is_kept = false;
		for (size_t k = 0; k < scene.desk->n_items; k++)
			is_kept = is_kept || str_eq(scene.desk->items[k].case_id, S("C1"));
		assert_int_equal(is_kept, rows[i].is_kept);
	}
}

/* No list would say them again, so they are no more of the next one either. */
static void news_that_were_read_give_way_before_all_else(void **state)
{
	struct desk_item heard = item_of("heard", "rita"), news = heard;
	heard.told = news.told = news.news = true;
	news.about = S("news");
	for (int i = 0; i < 2; i++) {
		end(NULL);
		start_with_digest(NULL);
		fill(DESK_ITEMS_MAX / 5 * 4 - 2, item_of("alert", "rita"));
		fill(1, i == 0 ? news : heard);
		fill(1, i == 0 ? heard : news);
		scene.desk->digest_on = news.due; /* no list is made now */
		NOTE("2026-12-14T08:00:00Z", DECIDE("C1", "sam"));
		assert_int_equal(scene.desk->n_rest, 0);
		size_t n = scene.desk->n_items;
		assert_str(say_item(&scene.desk->items[n - 1]), "C1 C1.decision sam");
		assert_true(str_starts(scene.desk->items[n - 2].about, S("heard.")));
	}
}

/* --- of another version, or of another policy ------------------------------------------------------ */

/* What left keeps its place: it is history, and no newer list takes it back. */
static void a_list_of_an_older_record_that_has_left_stays(void **state)
{
	NOTE("2026-12-01T08:00:00Z", DECIDE("N1", "rita"));
	LOOK("2026-12-01T09:00:00Z");
	scene.desk->open[0].accepted_on = scene.desk->items[0].due;
	NOTE("2026-12-01T10:00:00Z", "{'case':'N1','about':'N1.decision','over':true}");
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 0);
	NOTE("2026-12-02T08:00:00Z", DECIDE("N2", "rita"));
	LOOK("2026-12-02T09:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_int_equal(scene.plan->n_closings, 0);
}

/* It did not say on which day its event was, nor since when something waits. */
static void a_list_of_an_older_record_is_news_again_where_it_was_not_read(void **state)
{
	NOTE("2026-12-01T08:00:00Z", DECIDE("N1", "rita"));
	LOOK("2026-12-01T09:00:00Z");
	scene.desk->open[0].intent->on = DATE_NONE;
	scene.desk->list_from = INSTANT_NEVER;
	struct desk_item said = item_of("said", "rita");
	said.noted = scene.now;
	said.told = true;
	fill(1, said);
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(scene.plan->messages[0].id));
	DESK("2026-12-01T09:30:00Z", "message.expired", str_z(&scene.arena, data));
	assert_false(scene.desk->items[0].told);
	assert_true(scene.desk->items[1].told); /* that was said by itself, and is in no list */
	LOOK("2026-12-02T09:00:00Z");
	assert_said("email rita digest role 2026-12-02T09:00:00Z\n");
}

/* Nobody holds the role: the mailbox did not read it, and has it again. */
static void a_list_for_nobody_is_the_mailboxs_until_it_is_read(void **state)
{
	NOTE("2026-12-01T08:00:00Z", DECIDE("N1", "director"));
	NOTE("2026-12-01T08:00:00Z", DECIDE("N2", "rita"));
	LOOK("2026-12-01T09:00:00Z");
	assert_said("email send digest role 2026-12-01T09:00:00Z\n"
		    "email rita digest role 2026-12-01T09:00:00Z\n");
	str data = str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(scene.plan->messages[0].id));
	DESK("2026-12-02T08:59:00Z", "message.expired", str_z(&scene.arena, data));
	LOOK("2026-12-02T09:00:00Z");
	assert_said("email send digest role 2026-12-02T09:00:00Z\n");
}

/* A closing of seven weeks: the list is there on the first morning after it. */
static void after_a_long_closing_the_list_is_there_on_the_first_morning(void **state)
{
	struct calendar *calendar = &scene.policy->calendars[0];
	calendar->holidays = TAKE(&scene.arena, struct holiday, 48);
	date day = DATE_NONE;
	date_parse(S("2026-12-01"), &day);
	for (calendar->n_holidays = 0; calendar->n_holidays < 48; day = date_add(day, 1))
		calendar->holidays[calendar->n_holidays++] =
			(struct holiday){ .day = day, .title = S("closed") };
	NOTE("2026-12-01T08:00:00Z", DECIDE("N1", "rita"));
	assert_next_look("2027-01-18T09:00:00Z");
	LOOK("2026-12-29T09:00:00Z");
	assert_silence();
	LOOK("2027-01-18T09:00:00Z");
	assert_said("email rita digest role 2027-01-18T09:00:00Z\n");
}

/* The service was taken out of the policy: its desk's events are harmless, and say to the authority what
 * somebody must know. */
static void the_desk_of_a_service_that_is_gone_does_no_harm(void **state)
{
	NOTE("2026-12-01T08:00:00Z", DECIDE("N1", "rita"));
	LOOK("2026-12-01T09:00:00Z");
	str message = str_fmt(&scene.arena, "{'message':'%.*s'}",
			      STR_ARG(scene.plan->messages[0].id));
	(void)own_service();
	scene.policy->services++;
	scene.policy->n_services--;
	const struct plan *plan = DESK("2026-12-01T09:10:00Z", "message.stale",
				       str_z(&scene.arena, message));
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	plan = NOTE("2026-12-01T09:20:00Z",
		    "{'case':'C1','about':'C1.decision','holder':'rita','what':'Decide',"
		    "'template':'duty-breached','due':'2026-12-01',"
		    "'at_once':'2026-12-01T09:20:00Z'}");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	plan = LOOK("2026-12-02T09:00:00Z");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	DESK("2026-12-02T10:00:00Z", "audit.found", "{'what':'evidence_broken','id':'7'}");
	assert_said("email authority task-unowned role 2026-12-02T10:00:00Z\n");
	/* And of one that never was there is no desk to keep. */
	scene.desk = NULL;
	plan = LOOK("2026-12-03T09:00:00Z");
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_null(plan->family);
}

/* What is to be said later is looked at then. */
static void what_a_desk_says_later_has_a_look_of_its_own(void **state)
{
	LOOK("2026-12-01T08:00:00Z");
	struct intent later = { .id = S("i"),
				.audience = AUDIENCE_MANAGER,
				.template = S("task-unowned"),
				.grade = GRADE_ALERT,
				.rule = S("services/unowned/1"),
				.noted = INSTANT_NEVER };
	require(instant_parse(S("2026-12-03T10:00:00Z"), &later.not_before));
	*GROW(&scene.arena, scene.desk->intents, scene.desk->n_intents) = later;
	LOOK("2026-12-01T09:00:00Z");
	assert_next_look("2026-12-03T10:00:00Z");
	LOOK("2026-12-03T10:00:00Z");
	assert_said("email rita task-unowned role 2026-12-03T10:00:00Z\n");
}

/* Two cases may call an action by one name: what is handed on in one stays in the other. */
static void what_is_of_another_case_does_not_change_hands(void **state)
{
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'C1','about':'A1','holder':'sam','what':'w','due':'2026-12-14'}");
	NOTE("2026-12-01T08:00:00Z",
	     "{'case':'C2','about':'A1','holder':'sam','what':'w','due':'2026-12-14'}");
	NOTE("2026-12-01T08:05:00Z", "{'case':'C1','about':'A1','from':'sam','holder':'rita'}");
	assert_str(say_item(&scene.desk->items[0]), "C1 A1 rita");
	assert_str(say_item(&scene.desk->items[1]), "C2 A1 sam");
}

/* --- what a family's record tells it ---------------------------------------------------------------- */

/* An alert that may wait for the list, of a duty of the law. */
static void let_alerts_wait(void)
{
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, rule->n_on_breached);
	memcpy(late, rule->on_breached, rule->n_on_breached * sizeof *late);
	for (size_t i = 0; i < rule->n_on_breached; i++)
		late[i].digest = late[i].audience != AUDIENCE_FAMILY;
	rule->on_breached = late;
}

/* At night an email is read at nine: where the list is made then, it is in it, and where it is made later, not. */
static void of_the_law_nobody_hears_later_than_they_could(void **state)
{
	static const struct {
		minute_of_day hour;
		bool is_in_list;
	} rows[] = { { 9 * 60, true }, { 10 * 60, false } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start_with_digest(NULL);
		scene.policy->services[0].digest_at = rows[i].hour;
		let_alerts_wait();
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		TICK("2026-12-15T00:00:00Z");
		assert_int_equal(scene_message(&scene, "sam", CHANNEL_EMAIL) == NULL,
				 rows[i].is_in_list);
	}
}

/* What is only tried has its list all the same: nothing of it leaves. */
static void a_service_that_only_tries_has_its_list(void **state)
{
	scene.policy->services[0].shadow = true;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-14T00:00:00Z");
	assert_int_equal(scene.plan->n_notes, 1);
	assert_str(scene.plan->notes[0].service, "send");
}

/* About the case as a whole: no duty of it, and no action. */
static void tell_owner_of_talks(struct saying saying)
{
	saying.audience = AUDIENCE_OWNER;
	saying.template = S("seen");
	saying.grade = GRADE_ALERT;
	saying.digest = true;
	scene.policy->n_standards = 0;
	add_standard("contact.made", saying);
	CASE("2026-11-03T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'call','on':'2026-11-02'}");
}

static void an_alert_about_a_case_as_a_whole_waits_for_the_list_as_news(void **state)
{
	tell_owner_of_talks((struct saying){ 0 });
	assert_silence();
	assert_int_equal(scene.plan->n_notes, 1);
	str note = scene.plan->notes[0].data;
	assert_true(holds(note, "\"holder\":\"caseworker\",\"what\":\"contact.made\""));
	assert_true(holds(note, "\"due\":\"2026-11-02\",\"news\":true"));
	/* It is not theirs to do. */
	assert_false(holds(note, "\"own\""));
}

/* Until then it may be needless. */
static void what_is_to_be_said_later_waits_for_no_list(void **state)
{
	tell_owner_of_talks((struct saying){ .after = { .n = 5, .unit = DURATION_WORKING_DAYS } });
	assert_silence();
	assert_int_equal(scene.plan->n_notes, 0);
	assert_int_equal(scene.family->n_intents, 1);
}

/* The other service left the policy: its desk is told nothing, and the action changes hands. */
static void what_a_service_that_is_gone_had_listed_changes_hands(void **state)
{
	struct service *services = scene.policy->services;
	services[1].has_digest = true;
	services[1].digest_at = 9 * 60;
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'therapy','person':'lee'},"
	     "'due':'2026-11-03'}");
	TICK("2026-11-03T00:00:00Z");
	assert_int_equal(scene.plan->n_notes, 1);
	scene.policy->n_services = 1;
	FAMILY("2026-11-03T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'lee'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_int_equal(scene.plan->n_notes, 0);
	assert_str(scene_action(&scene, "A1")->person, "rita");
}

/* What an older version kept of it is its names: nobody can be told what nobody remembers, and that is written. */
static void a_last_word_of_an_older_record_that_came_back_is_written_down(void **state)
{
	scene.policy->services[0].has_digest = false;
	DESK("2026-12-01T10:00:00Z", "audit.found", "{'what':'evidence_broken','id':'7'}");
	str message = str_fmt(&scene.arena, "{'message':'%.*s'}",
			      STR_ARG(scene.plan->messages[0].id));
	struct intent *intent = scene.desk->open[0].intent;
	intent->rule = intent->facts = STR_EMPTY;
	DESK("2026-12-01T10:05:00Z", "message.failed", str_z(&scene.arena, message));
	assert_silence();
	assert_true(is_written("Nobody is left who could be told of it"));
}

/* What is said in a week is none of the many that come now. */
static void an_alert_of_next_week_is_of_no_storm(void **state)
{
	scene.policy->services[0].storm = (struct storm_rule){ .alerts = 2, .minutes = 10 };
	struct duty_rule *rule = own_rule(0);
	struct saying *late = TAKE(&scene.arena, struct saying, rule->n_on_breached);
	memcpy(late, rule->on_breached, rule->n_on_breached * sizeof *late);
	for (size_t i = 0; i < rule->n_on_breached; i++)
		late[i].after = (struct duration){ .n = 7, .unit = DURATION_DAYS };
	rule->on_breached = late;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	for (size_t i = 0; i < scene.plan->n_notes; i++)
		assert_false(holds(scene.plan->notes[i].data, "at_once"));
	TICK("2026-12-22T00:00:00Z");
	assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
}

/* A rule's title that is longer than a note can be: nobody waits for a list, or a storm, that will not have it. */
static void what_no_note_can_hold_is_said_by_itself(void **state)
{
	for (int alerts = 0; alerts <= 2; alerts += 2) {
		char title[5001] = "";
		end(NULL);
		start_with_digest(NULL);
		memset(title, 'x', sizeof title - 1);
		if (alerts == 0)
			let_alerts_wait();
		scene.policy->services[0].storm = (struct storm_rule){ .alerts = alerts,
								       .minutes = 10 };
		own_rule(0)->title = str_of(title);
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		TICK("2026-12-14T00:00:00Z");
		assert_int_equal(scene.plan->n_notes, 0);
		TICK("2026-12-15T00:00:00Z");
		assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
		assert_non_null(scene_message(&scene, "rita", CHANNEL_EMAIL));
		assert_int_equal(scene.plan->n_notes, 0);
	}
}

/* That the family knows of it is worth a word while the day is to come; behind it, that it is late is. */
static void what_is_late_is_late_whoever_knew_of_it(void **state)
{
	static const struct {
		const char *due;
		bool is_said;
	} rows[] = { { "2026-12-04", true }, { "2026-12-01", true }, { "2026-11-30", false } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start_with_digest(NULL);
		NOTE("2026-12-01T08:00:00Z",
		     str_z(&scene.arena,
			   str_fmt(&scene.arena,
				   "{'case':'C1','about':'C1.decision','holder':'rita','what':'Decide',"
				   "'template':'duty-warning','due':'%s','known':true}",
				   rows[i].due)));
		LOOK("2026-12-01T09:00:00Z");
		assert_int_equal(holds(scene.plan->messages[0].facts, "\"known\":true"),
				 rows[i].is_said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(more_than_a_hundred_are_not_away_at_once),
		DESK_TEST(who_is_not_away_after_all_is_there),
		DESK_TEST(only_what_is_handed_on_changes_hands),
		DESK_TEST(what_is_somebodys_own_stays_their_own),
		DESK_TEST(of_a_full_desk_each_reader_hears_how_much_more_there_is),
		DESK_TEST(of_more_holders_than_there_can_be_the_first_hears),
		DESK_TEST(only_what_was_read_and_is_still_to_be_done_gives_way),
		DESK_TEST(news_that_were_read_give_way_before_all_else),
		DESK_TEST(a_list_of_an_older_record_that_has_left_stays),
		DESK_TEST(a_list_of_an_older_record_is_news_again_where_it_was_not_read),
		DESK_TEST(a_list_for_nobody_is_the_mailboxs_until_it_is_read),
		DESK_TEST(after_a_long_closing_the_list_is_there_on_the_first_morning),
		DESK_TEST(the_desk_of_a_service_that_is_gone_does_no_harm),
		DESK_TEST(what_a_desk_says_later_has_a_look_of_its_own),
		DESK_TEST(what_is_of_another_case_does_not_change_hands),
		DESK_TEST(of_the_law_nobody_hears_later_than_they_could),
		DESK_TEST(a_service_that_only_tries_has_its_list),
		DESK_TEST(an_alert_about_a_case_as_a_whole_waits_for_the_list_as_news),
		DESK_TEST(what_is_to_be_said_later_waits_for_no_list),
		DESK_TEST(what_a_service_that_is_gone_had_listed_changes_hands),
		DESK_TEST(a_last_word_of_an_older_record_that_came_back_is_written_down),
		DESK_TEST(an_alert_of_next_week_is_of_no_storm),
		DESK_TEST(what_no_note_can_hold_is_said_by_itself),
		DESK_TEST(what_is_late_is_late_whoever_knew_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
