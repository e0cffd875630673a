/* The values that a template may use. */
#include "unit/decide/stage.h"

static const struct json *facts_of(const char *contact, enum channel_kind channel)
{
	const struct message *message = scene_message(&scene, contact, channel);
	const struct json *facts;
	assert_non_null(message);
	assert_int_equal(json_parse(&scene.arena, message->facts, 16, &facts, NULL), JSON_FINE);
	return facts;
}

static void assert_date_of(const struct json *map, const char *key, const char *wanted)
{
	assert_str(json_text(json_get(map, key), "date"), wanted);
}

static void a_parent_learns_who_what_next_and_by_when(void **state)
{
	CASE("2026-11-05T10:00:00Z", "asked", "{'on':'2026-11-02'}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_str(json_text(json_get(facts, "recipient"), "name"), "Ada Bell");
	assert_true(json_bool(json_get(facts, "recipient"), "parent", false));
	assert_null(json_get(json_get(facts, "recipient"), "staff"));
	assert_str(json_text(json_get(facts, "case"), "id"), "C1");
	assert_str(json_text(json_get(facts, "case"), "pathway"), "Assessment");
	assert_str(json_text(json_get(facts, "case"), "stage"), "Deciding");
	assert_str(json_text(json_get(facts, "owner"), "name"), "Sam Okafor");
	assert_str(json_text(json_get(facts, "owner"), "job"), "caseworker");
	assert_str(json_text(json_get(facts, "service"), "name"), "Inclusion team");
	assert_date_of(json_get(facts, "event"), "on", "2026-11-02");
	assert_date_of(json_get(facts, "past"), "on", "2026-11-02");
	assert_date_of(json_get(facts, "promise"), "decision", "2026-12-14");
	assert_date_of(json_get(facts, "promise"), "plan", "2027-03-22");
	assert_str(json_text(json_get(facts, "next"), "what"), "Decide");
	assert_str(json_text(json_get(facts, "next"), "who"), "Sam Okafor");
	assert_date_of(json_get(facts, "next"), "by", "2026-12-14");
}

static void the_familys_own_limit_is_a_right_and_no_promise(void **state)
{
	CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'r'}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_date_of(json_get(facts, "right"), "appeal", "2027-01-03");
	assert_null(json_get(json_get(facts, "promise"), "appeal"));
	assert_str(json_text(json_get(facts, "next"), "who"), "you");
}

static void what_another_asked_is_no_promise_to_them(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	struct duty *theirs = case_duty(&scene.family->cases[0], S("C1.plan"));
	theirs->contact = S("c-dad");
	CASE("2026-11-03T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
	CASE("2026-11-04T10:00:00Z", "drafted", "{}");
	const struct message *message = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(str_find(message->facts, S("\"decision\":{\"date\"")) < message->facts.n);
	assert_true(str_find(message->facts, S("\"plan\":{\"date\"")) == message->facts.n);
	case_duty(&scene.family->cases[0], S("C1.plan"))->contact = S("c-mum");
	CASE("2026-11-05T10:00:00Z", "drafted", "{}");
	message = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(str_find(message->facts, S("\"plan\":{\"date\"")) < message->facts.n);
}

static void a_date_that_has_passed_is_no_promise(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_null(json_get(json_get(facts, "promise"), "decision"));
	assert_date_of(json_get(facts, "past"), "due", "2026-12-14");
	assert_str(json_text(json_get(facts, "duty"), "title"), "Decide");
	assert_str(json_text(json_get(facts, "duty"), "id"), "C1.decision");
	assert_date_of(json_get(facts, "duty"), "due", "2026-12-14");
	const struct json *staff = facts_of("rita", CHANNEL_EMAIL);
	assert_true(json_bool(json_get(staff, "recipient"), "staff", false));
}

/* "Decide" was due on the 14th; what comes of it in what is said next. */
static const struct json *next_of_a_late_step(void)
{
	CASE("2026-12-16T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	return json_get(facts_of("c-mum", CHANNEL_LETTER), "next");
}

static void a_next_step_that_is_late_says_so(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	const struct json *next = next_of_a_late_step();
	assert_date_of(next, "late", "2026-12-14");
	assert_null(json_get(next, "by"));
}

static void a_late_step_has_the_date_that_somebody_answers_for(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'C1.decision','by':'rita','until':'2026-12-18','note':'n'}");
	const struct json *next = next_of_a_late_step();
	assert_date_of(next, "late", "2026-12-14");
	assert_date_of(next, "by", "2026-12-18");
}

static void the_familys_own_step_is_never_called_late(void **state)
{
	CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'r'}");
	struct duty *appeal = case_duty(family_case(scene.family, S("C1")), S("C1.appeal"));
	assert_true(date_parse(S("2026-11-10"), &appeal->due));
	CASE("2026-11-12T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	assert_null(json_get(json_get(facts_of("c-mum", CHANNEL_LETTER), "next"), "late"));
}

static void no_id_of_a_contact_is_a_value(void **state)
{
	CASE("2026-11-02T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	const struct json *event = json_get(facts_of("c-mum", CHANNEL_LETTER), "event");
	assert_str(json_text(event, "summary"), "We met.");
	assert_null(json_get(event, "with"));
}

static void who_owns_a_task_learns_what_it_is(void **state)
{
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	TICK("2026-11-05T00:00:00Z");
	const struct json *facts = facts_of("sam", CHANNEL_EMAIL);
	assert_true(json_text(json_get(facts, "task"), "what").n > 0);
}

static void a_service_answers_where_nobody_holds_the_role(void **state)
{
	family_case(scene.family, S("C1"))->owner = S("nobody");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_str(json_text(json_get(facts, "owner"), "name"), "Inclusion team");
	assert_str(json_text(json_get(facts, "owner"), "phone"), "0114 496 0000");
}

/* What comes after its day says sorry, to the family and to nobody else. */
static void a_notice_that_comes_too_late_says_what_day_was_missed(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-16T10:00:00Z", "agreed", "{}");
	assert_date_of(json_get(facts_of("c-mum", CHANNEL_LETTER), "past"), "missed", "2026-12-14");
	assert_null(json_get(json_get(facts_of("p-school", CHANNEL_EMAIL), "past"), "missed"));
}

static void a_notice_in_time_has_missed_nothing(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-03T10:00:00Z", "agreed", "{}");
	assert_null(json_get(json_get(facts_of("c-mum", CHANNEL_LETTER), "past"), "missed"));
}

/* Whoever it climbs to reads what has become of it below them. */
static void a_manager_learns_that_somebody_answered_for_it_and_the_day_has_passed(void **state)
{
	static struct saying lapsed[] = { { .audience = AUDIENCE_FAMILY,
					    .template = { "date-lapsed", 11 },
					    .grade = GRADE_INFORMATION } };
	struct duty_rule *rule = own_rule(0);
	rule->on_lapsed = lapsed;
	rule->n_on_lapsed = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_null(json_get(json_get(facts_of("rita", CHANNEL_EMAIL), "past"), "answered"));
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2026-12-18','note':'n'}");
	TICK("2026-12-19T00:00:00Z");
	const struct json *told = facts_of("c-mum", CHANNEL_LETTER);
	assert_date_of(json_get(told, "event"), "was", "2026-12-18");
	assert_date_of(json_get(facts_of("rita", CHANNEL_EMAIL), "past"), "answered", "2026-12-18");
}

static void a_manager_learns_that_the_family_says_no(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-05','agreed_with':['c-mum']}");
	CASE("2026-11-04T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-04T11:00:00Z", "action.disputed", "{'action':'A1','reason':'r'}");
	TICK("2026-11-06T00:00:00Z");
	const struct json *facts = facts_of("sam", CHANNEL_EMAIL);
	assert_true(json_bool(json_get(facts, "action"), "disputed", false));
}

/* What an event may bring, and what of it is for everyone's eyes: no ids, no names, no lists. */
static void of_an_events_own_values_some_may_be_told(void **state)
{
	static struct field fields[] = {
		{ .name = { "text", 4 }, .type = FIELD_TEXT },
		{ .name = { "line", 4 }, .type = FIELD_LINE },
		{ .name = { "day", 3 }, .type = FIELD_DATE },
		{ .name = { "no_day", 6 }, .type = FIELD_DATE },
		{ .name = { "bad_day", 7 }, .type = FIELD_DATE },
		{ .name = { "yes", 3 }, .type = FIELD_BOOL },
		{ .name = { "number", 6 }, .type = FIELD_NUMBER },
		{ .name = { "outcome", 7 }, .type = FIELD_OUTCOME },
		{ .name = { "nothing", 7 }, .type = FIELD_LINE },
		{ .name = { "name", 4 }, .type = FIELD_LINE },
		{ .name = { "on", 2 }, .type = FIELD_DATE },
		{ .name = { "who", 3 }, .type = FIELD_ID },
		{ .name = { "missing", 7 }, .type = FIELD_LINE },
	};
	static const char *const told[] = {
		"\"text\":\"t\"", "\"line\":\"l\"", "\"day\":{\"date\":\"2026-12-01\"}",
		"\"yes\":true",   "\"number\":7",   "\"outcome\":\"reached\""
	};
	static const char *const untold[] = { "no_day",        "bad_day", "nothing",
					      "\"name\":\"Jo", "c-mum",   "missing" };
	struct event_rule *asked = own_event("asked");
	asked->fields = fields;
	asked->n_fields = sizeof fields / sizeof fields[0];
	struct event *event = scene_event(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	/* One of before intake held days to their form is in it, too. */
	str data = S("{\"text\":\"t\",\"line\":\"l\",\"day\":\"2026-12-01\",\"no_day\":null,"
		     "\"bad_day\":\"soon\",\"yes\":true,\"number\":7,\"outcome\":\"reached\","
		     "\"nothing\":null,\"name\":\"Jo\",\"on\":\"2026-11-02\",\"who\":\"c-mum\"}");
	assert_int_equal(json_parse(&scene.arena, data, 16, &event->data, NULL), JSON_FINE);
	scene_take(&scene, event);
	str facts = scene_message(&scene, "p-school", CHANNEL_EMAIL)->facts;
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
		assert_true(holds(facts, told[i]));
	for (size_t i = 0; i < sizeof untold / sizeof untold[0]; i++)
		assert_false(holds(facts, untold[i]));
}

/* What an event calls "said" is its own, and no list of messages that were wrong. */
static void words_of_an_event_are_not_taken_for_a_correction(void **state)
{
	static struct field said[] = { { .name = { "said", 4 }, .type = FIELD_LINE } };
	struct event_rule *asked = own_event("asked");
	asked->fields = said;
	asked->n_fields = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{'said':'We will see'}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_str(json_text(json_get(facts, "event"), "said"), "We will see");
	assert_null(json_get(json_get(facts, "past"), "wrong"));
}

static void who_has_no_job_is_of_the_team(void **state)
{
	struct service *service = own_service();
	struct person *people = TAKE(&scene.arena, struct person, service->n_people);
	memcpy(people, service->people, service->n_people * sizeof *people);
	people[0].job = people[0].email = people[0].phone = STR_EMPTY;
	service->people = people;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const struct json *owner = json_get(facts_of("c-mum", CHANNEL_LETTER), "owner");
	assert_str(json_text(owner, "name"), "Sam Okafor");
	assert_str(json_text(owner, "job"), "team");
	assert_str(json_text(owner, "email"), "send@council.example");
	assert_str(json_text(owner, "phone"), "0114 496 0000");
}

/* A right that passes has a day where we know whose it is. */
static void of_whom_nobody_knows_no_day_is_told(void **state)
{
	static const bool known[] = { true, false };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		scene.policy->n_standards = 0;
		add_standard("contact.made", (struct saying){ .audience = AUDIENCE_BOTH,
							      .template = S("rights"),
							      .grade = GRADE_INFORMATION });
		if (!known[i])
			scene.family->n_contacts = 1;
		CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
		const struct json *right = json_get(facts_of("c-mum", CHANNEL_LETTER), "right");
		assert_int_equal(json_get(right, "passing") != NULL, known[i]);
	}
}

/* The pathway says that it is the family's turn, and not for what: what comes next is the duty, and its owner's. */
static void the_familys_turn_without_words_is_no_you(void **state)
{
	struct event_rule *asked = own_event("asked");
	asked->next_what = STR_EMPTY;
	asked->next_who = S("family");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	family_case(scene.family, S("C1"))->next_who = S("family");
	CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
	const struct json *next = json_get(facts_of("c-mum", CHANNEL_LETTER), "next");
	assert_str(json_text(next, "what"), "Decide");
	assert_str(json_text(next, "who"), "Sam Okafor");
}

/* Something that an older record is still to say about that. */
static void put_intent(const char *about, enum audience audience)
{
	*GROW(&scene.arena, scene.family->intents, scene.family->n_intents) =
		(struct intent){ .id = str_fmt(&scene.arena, "i%d", scene.n_events),
				 .case_id = S("C1"),
				 .audience = audience,
				 .about = str_of(about),
				 .template = S("words"),
				 .grade = GRADE_URGENT,
				 .rule = S("x/1"),
				 .noted = INSTANT_NEVER };
}

static const struct json *say_about(const char *about, enum audience audience)
{
	put_intent(about, audience);
	TICK(str_z(&scene.arena, instant_print(&scene.arena, scene.now)));
	return audience == AUDIENCE_MANAGER ? facts_of("rita", CHANNEL_EMAIL)
					    : facts_of("c-mum", CHANNEL_LETTER);
}

/* The same to the manager, by an event with which no clock is looked at. */
static const struct json *settle_about(const char *about)
{
	put_intent(about, AUDIENCE_MANAGER);
	SETTLE(str_z(&scene.arena, instant_print(&scene.arena, scene.now)), "accepted", S("m"));
	return facts_of("rita", CHANNEL_EMAIL);
}

static void who_answers_for_it_is_named_while_they_are_known(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20','agreed_with':['c-mum']}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'action':'A1','by':'rita','until':'2026-12-18','note':'n'}");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2026-12-18','note':'n'}");
	assert_str(json_text(json_get(say_about("A1", AUDIENCE_FAMILY), "action"), "answers"),
		   "Rita Lane");
	assert_str(
		json_text(json_get(say_about("C1.decision", AUDIENCE_FAMILY), "duty"), "answers"),
		"Rita Lane");
	own_service()->n_people = 1;
	assert_null(
		json_get(json_get(say_about("C1.decision", AUDIENCE_FAMILY), "duty"), "answers"));
}

static void a_duty_whose_rule_is_gone_has_the_name_that_it_had(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	(void)own_rule(0);
	scene.policy->pathways[0].n_duties = 0;
	const struct json *duty = json_get(say_about("C1.decision", AUDIENCE_FAMILY), "duty");
	assert_str(json_text(duty, "title"), "decision");
	assert_date_of(duty, "due", "2026-12-14");
}

/* Whoever is told reads that the family knows, however the rule says so, and who comes next while somebody does. */
static void a_rung_reads_who_was_told_and_who_comes_next(void **state)
{
	static struct rung rungs[] = {
		{ .tell = { "owner", 5 }, .template = { "up", 2 }, .grade = GRADE_URGENT },
		{ .tell = { "team_manager", 12 },
		  .after = { .n = 2, .unit = DURATION_WORKING_DAYS },
		  .template = { "up", 2 },
		  .grade = GRADE_URGENT },
	};
	static struct ladder ladder = {
		.id = { "up", 2 },
		.rungs = rungs,
		.n_rungs = 2,
		.repeat = { .n = 2, .unit = DURATION_WORKING_DAYS },
		.slowest = { .n = 5, .unit = DURATION_WORKING_DAYS },
		.acknowledge = { .n = 3, .unit = DURATION_WORKING_DAYS },
	};
	static const struct {
		enum audience audience;
		bool family;
	} rows[] = { { AUDIENCE_CONTACTS, true },
		     { AUDIENCE_FAMILY, true },
		     { AUDIENCE_OWNER, false } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct saying late = { .audience = rows[i].audience,
				       .template = S("late"),
				       .grade = GRADE_INFORMATION };
		end(NULL);
		start(NULL);
		scene.policy->ladders = &ladder;
		scene.policy->n_ladders = 1;
		scene.policy->actions.ladder = S("up");
		scene.policy->actions.on_breached = &late;
		scene.policy->actions.n_on_breached = 1;
		CASE("2026-11-02T10:00:00Z", "action.agreed",
		     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
		     "'due':'2026-11-20','agreed_with':['c-mum']}");
		TICK("2026-11-21T00:00:00Z");
		const struct json *told = json_get(say_about("A1", AUDIENCE_MANAGER), "ladder");
		assert_int_equal(json_bool(told, "family", false), rows[i].family);
		assert_non_null(json_get(told, "next_on"));
		/* Her time has come, and it is another's turn to look: that day is no news. */
		case_action(family_case(scene.family, S("C1")), S("A1"))->chase.next = scene.now;
		told = json_get(settle_about("A1"), "ladder");
		assert_null(json_get(told, "next_on"));
		/* Somebody answers for it: nobody comes next. */
		CASE("2026-11-21T10:00:00Z", "breach.acknowledged",
		     "{'action':'A1','by':'rita','until':'2026-11-24','note':'n'}");
		told = json_get(say_about("A1", AUDIENCE_MANAGER), "ladder");
		assert_null(json_get(told, "next_on"));
	}
}

/* One notice ends several: the first day that was missed is the one that we are sorry for. */
static void of_several_days_that_were_missed_the_first_is_named(void **state)
{
	static str ended[] = { { "plan", 4 }, { "reply", 5 } };
	static const struct {
		const char *decision, *plan, *missed;
	} rows[] = {
		{ "2026-12-10", "2026-12-07", "2026-12-07" },
		{ "2026-12-07", "2026-12-10", "2026-12-07" },
		{ "2026-12-10", "2026-12-31", "2026-12-10" },
		{ "2026-12-31", "2026-12-31", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		struct event_rule *agreed = own_event("agreed");
		agreed->meets = ended;
		agreed->n_meets = 2;
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		CASE("2026-11-02T10:00:00Z", "drafted", "{}");
		struct case_file *file = family_case(scene.family, S("C1"));
		date_parse(str_of(rows[i].decision), &case_duty(file, S("C1.decision"))->due);
		date_parse(str_of(rows[i].plan), &case_duty(file, S("C1.plan"))->due);
		/* The family's own is nothing that we missed. */
		date_parse(S("2027-02-01"), &case_duty(file, S("C1.reply"))->due);
		TICK("2026-12-15T10:00:00Z");
		struct duty *reply = case_duty(family_case(scene.family, S("C1")), S("C1.reply"));
		date_parse(S("2026-12-01"), &reply->due);
		date_parse(S("2026-12-02"), &reply->breached_on);
		CASE("2026-12-15T11:00:00Z", "agreed", "{}");
		const struct json *past = json_get(facts_of("c-mum", CHANNEL_LETTER), "past");
		assert_str(json_text(json_get(past, "missed"), "date"), rows[i].missed);
	}
}

/* Of several that we have not done: what was due first of those that were agreed with this reader. */
static void what_we_owe_them_is_what_was_due_first(void **state)
{
	static const char *const due[][2] = { { "2026-11-10", "2026-11-12" },
					      { "2026-11-12", "2026-11-10" } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T09:00:00Z", "contact.registered",
		       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['email'],"
		       "'addresses':{'email':'ben@home.example'}}");
		for (int k = 0; k < 3; k++)
			CASE("2026-11-02T10:00:00Z", "action.agreed",
			     str_z(&scene.arena,
				   str_fmt(&scene.arena,
					   "{'action':'A%d','what':'w%d','due':'%s',"
					   "'owner':{'service':'send','person':'sam'},"
					   "'agreed_with':[%s]}",
					   k, k, k == 2 ? "2026-11-09" : due[i][k],
					   k == 2 ? "'c-dad'" : "'c-mum','c-dad'")));
		TICK("2026-11-16T10:00:00Z");
		CASE("2026-11-17T10:00:00Z", "contact.made",
		     "{'with':['c-mum','c-dad'],'how':'call'}");
		const struct json *mum = facts_of("c-mum", CHANNEL_LETTER);
		assert_date_of(json_get(mum, "past"), "owed", "2026-11-10");
		const struct json *dad = facts_of("c-dad", CHANNEL_EMAIL);
		assert_date_of(json_get(dad, "past"), "owed", "2026-11-09");
	}
}

/* A damaged record: what is left of it is said, and nothing else is lost. */
static void what_cannot_be_read_is_no_date(void **state)
{
	put_intent("", AUDIENCE_FAMILY);
	scene.family->intents[scene.family->n_intents - 1].facts = S("{\"on\":");
	TICK("2026-11-03T10:00:00Z");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	const struct message *mum = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_non_null(mum);
	assert_false(holds(mum->facts, "\"past\":{\"on\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_parent_learns_who_what_next_and_by_when),
		TEST(the_familys_own_limit_is_a_right_and_no_promise),
		TEST(what_another_asked_is_no_promise_to_them),
		TEST(a_date_that_has_passed_is_no_promise),
		TEST(a_next_step_that_is_late_says_so),
		TEST(a_late_step_has_the_date_that_somebody_answers_for),
		TEST(the_familys_own_step_is_never_called_late),
		TEST(no_id_of_a_contact_is_a_value),
		TEST(who_owns_a_task_learns_what_it_is),
		TEST(a_service_answers_where_nobody_holds_the_role),
		TEST(a_notice_that_comes_too_late_says_what_day_was_missed),
		TEST(a_manager_learns_that_somebody_answered_for_it_and_the_day_has_passed),
		TEST(a_manager_learns_that_the_family_says_no),
		TEST(a_notice_in_time_has_missed_nothing),
		TEST(of_an_events_own_values_some_may_be_told),
		TEST(words_of_an_event_are_not_taken_for_a_correction),
		TEST(who_has_no_job_is_of_the_team),
		TEST(of_whom_nobody_knows_no_day_is_told),
		TEST(the_familys_turn_without_words_is_no_you),
		TEST(who_answers_for_it_is_named_while_they_are_known),
		TEST(a_duty_whose_rule_is_gone_has_the_name_that_it_had),
		TEST(a_rung_reads_who_was_told_and_who_comes_next),
		TEST(of_several_days_that_were_missed_the_first_is_named),
		TEST(what_we_owe_them_is_what_was_due_first),
		TEST(what_cannot_be_read_is_no_date),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
