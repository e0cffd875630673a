/* How people are told: asked for, confirmed, given up. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

static struct saying to_contacts[] = {
	{ .audience = AUDIENCE_CONTACTS, .template = { "told", 4 }, .grade = GRADE_INFORMATION }
};
static struct event_rule moments[] = {
	{ .type = { "method.due", 10 }, .says = to_contacts, .n_says = 1 },
	{ .type = { "method.changed", 14 }, .says = to_contacts, .n_says = 1 },
	{ .type = { "method.stopped", 14 }, .says = to_contacts, .n_says = 1 },
};

/* The standards that the shipped policy has, too. */
static void with_moments(void)
{
	struct policy *policy = scene.policy;
	policy->people.agree_within = (struct duration){ .n = 10, .unit = DURATION_WORKING_DAYS };
	policy->people.agree_again = (struct duration){ .n = 12, .unit = DURATION_MONTHS };
	policy->standards = moments;
	policy->n_standards = sizeof moments / sizeof moments[0];
}

static void with_dad(const char *more)
{
	with_moments();
	str data = str_fmt(
		&scene.arena,
		"{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms','email'],"
		"'addresses':{'sms':'07700 900001','email':'b@h.example'},"
		"'agreed':{'on':'2026-11-03','with':'sam'}%s}",
		more);
	FAMILY("2026-11-03T09:00:00Z", "contact.registered", str_z(&scene.arena, data));
}

static bool has_stopped(enum channel_kind channel)
{
	return family_contact(scene.family, S("c-dad"))->stopped.has[channel];
}

static size_t count_of(const char *how)
{
	const struct case_file *file = family_case(scene.family, S("C1"));
	size_t n = 0;
	for (size_t i = 0; i < file->n_tasks; i++)
		n += !file->tasks[i].done && str_eq(file->tasks[i].how, str_of(how)) ? 1 : 0;
	return n;
}

static void a_method_is_asked_for_at_first_and_once_a_year(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','addresses':{'email':'b@h.example'}}");
	assert_int_equal(count_of("agree"), 1); /* with the mother one is agreed */
	assert_day(last_task()->due, "2026-11-17");
	FAMILY("2026-11-05T09:00:00Z", "contact.updated",
	       "{'contact':'c-dad','agreed':{'on':'2026-11-05','with':'sam'}}");
	FAMILY("2026-11-05T09:00:00Z", "contact.updated",
	       "{'contact':'c-mum','agreed':{'on':'2026-11-05','with':'sam'}}");
	assert_int_equal(count_of("agree"), 0);
	TICK("2027-11-04T12:00:00Z");
	assert_int_equal(count_of("agree"), 0);
	TICK("2027-11-05T12:00:00Z");
	assert_int_equal(count_of("agree"), 2);
	assert_non_null(scene_message(&scene, "c-dad", CHANNEL_EMAIL));
	/* Once. */
	TICK("2027-11-06T12:00:00Z");
	assert_int_equal(count_of("agree"), 2);
	assert_null(scene_message(&scene, "c-dad", CHANNEL_EMAIL));
}

static void nobody_is_asked_who_is_not_told(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-x','role':'parent','parental_responsibility':false,'name':'X',"
	       "'addresses':{'email':'b@h.example'}}");
	assert_int_equal(count_of("agree"), 0);
}

/* It is about no case, so somebody who works on one of the family's gets the task. */
static void a_confirmation_that_was_another_familys_is_a_task_for_people(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700 900001'},'agreed':{'on':'2026-11-03','with':'sam'}}");
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	str event = scene.plan->messages[0].event_id;
	SETTLE("2026-11-03T10:01:00Z", "accepted", scene.plan->messages[0].id);
	FAMILY("2026-11-04T10:00:00Z", "event.withdrawn",
	       str_z(&scene.arena,
		     str_fmt(&scene.arena, "{'event':'%.*s','reason':'mistake','meant':'C-other'}",
			     STR_ARG(event))));
	assert_true(str_starts(last_task()->id, S("t.wrong_family.")));
	assert_true(holds(last_task()->what, "report what is right here"));
}

static void a_change_is_confirmed_where_they_are_and_where_they_were(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700 900001'},'agreed':{'on':'2026-11-03','with':'sam'}}");
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	assert_said("sms c-dad told agreed 2026-11-03T10:00:00Z\n"
		    "sms c-dad told former 2026-11-03T10:00:00Z\n");
	assert_str(scene.plan->messages[0].sms, "+447700900002");
	assert_str(scene.plan->messages[1].sms, "+447700900001");
	/* Nothing has changed. */
	FAMILY("2026-11-03T11:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	assert_silence();
}

static void a_change_is_confirmed_in_person_where_a_message_is_not_safe(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700 900001'},'agreed':{'on':'2026-11-03','with':'sam'},"
	       "'safe':{'channels':['sms']}}");
	size_t tasks = count_tasks();
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	assert_silence();
	assert_int_equal(count_tasks(), tasks + 1);
}

/* From now on, and before it is said: what the old number reads could be read by another. */
static void a_change_that_comes_with_a_warning_is_confirmed_in_person(void **state)
{
	with_dad("");
	size_t tasks = count_tasks();
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'},'safe':{'channels':['sms']}}");
	assert_silence();
	assert_int_equal(count_tasks(), tasks + 1);
}

/* The old address may be out of use, or they may have asked us not to use it; and whoever only chooses another
 * way is told of it the old way, too. */
static void a_change_is_told_where_they_were_unless_that_is_no_way_any_more(void **state)
{
	static const struct {
		const char *change;
		enum channel_kind failed, stopped; /* CHANNEL_TASK: none */
		const char *was;                   /* told there */
	} rows[] = {
		{ "'addresses':{'email':'n@h.example'}", CHANNEL_TASK, CHANNEL_TASK, "email" },
		{ "'addresses':{'email':'n@h.example'}", CHANNEL_EMAIL, CHANNEL_TASK, "" },
		{ "'addresses':{'email':'n@h.example'}", CHANNEL_TASK, CHANNEL_EMAIL, "" },
		{ "'addresses':{'sms':'07700900009'}", CHANNEL_TASK, CHANNEL_TASK, "sms" },
		{ "'addresses':{'sms':'07700900009'}", CHANNEL_SMS, CHANNEL_TASK, "" },
		{ "'addresses':{'sms':'07700900009'}", CHANNEL_TASK, CHANNEL_SMS, "" },
		{ "'channels':['email']", CHANNEL_TASK, CHANNEL_TASK, "sms" },
		{ "'channels':['sms','letter']", CHANNEL_TASK, CHANNEL_TASK, "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		with_dad("");
		struct contact *dad = family_contact(scene.family, S("c-dad"));
		dad->failed.has[rows[i].failed] = rows[i].failed != CHANNEL_TASK;
		dad->stopped.has[rows[i].stopped] = rows[i].stopped != CHANNEL_TASK;
		FAMILY("2026-11-03T10:00:00Z", "contact.updated",
		       str_z(&scene.arena,
			     str_fmt(&scene.arena, "{'contact':'c-dad',%s}", rows[i].change)));
		str was = STR_EMPTY;
		for (size_t k = 0; k < scene.plan->n_messages; k++) {
			if (scene.plan->messages[k].why == WHY_FORMER)
				was = channel_kind_name(scene.plan->messages[k].channel);
		}
		assert_str(was, rows[i].was);
	}
	end(NULL);
	start(NULL);
	with_dad("");
	FAMILY("2026-11-03T09:30:00Z", "contact.updated",
	       "{'contact':'c-dad','channels':['email','sms']}");
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','channels':['sms','email']}");
	assert_str(scene.plan->messages[1].email, "b@h.example");
}

/* A rule may tell others, too: they were never reached there. */
static void only_the_contact_is_told_where_they_were(void **state)
{
	with_dad("");
	scene.policy->n_standards = 0;
	add_standard("method.changed", (struct saying){ .audience = AUDIENCE_OWNER,
							.template = S("changed"),
							.grade = GRADE_ALERT });
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	assert_said("email sam changed role 2026-11-03T10:00:00Z\n");
}

static void what_is_said_where_they_were_still_goes_there_when_others_change(void **state)
{
	with_dad("");
	FAMILY("2026-11-03T20:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	str former = scene.plan->messages[1].id;
	FAMILY("2026-11-03T21:00:00Z", "contact.registered",
	       "{'contact':'c-x','role':'other','name':'X'}");
	SETTLE("2026-11-04T08:00:00Z", "stale", former);
	assert_said("sms c-dad told former 2026-11-04T08:00:00Z\n");
	assert_str(scene.plan->messages[0].sms, "+447700900001");
	assert_int_equal(scene.plan->n_closings, 0);
}

static void what_was_on_its_way_to_where_they_were_is_stopped_by_a_flag(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700 900001'},'agreed':{'on':'2026-11-03','with':'sam'}}");
	FAMILY("2026-11-03T20:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	str former = scene.plan->messages[1].id;
	FAMILY("2026-11-03T21:00:00Z", "safe_contact.flagged",
	       "{'contact':'c-dad','channels':['sms']}");
	SETTLE("2026-11-04T08:00:00Z", "stale", former);
	assert_silence();
	assert_str(scene_closings(&scene), "suppressed\n");
}

/* Where they were reached before is mostly gone: that says nothing of where they are reached now. */
static void where_they_were_may_fail_without_harm(void **state)
{
	static const char *const more[] = { "", ",'letter':['Ana','1 Road','S8 9ZZ']" };
	for (size_t i = 0; i < 4; i++) {
		bool email = i % 2 == 0;
		enum channel_kind channel = email ? CHANNEL_EMAIL : CHANNEL_SMS;
		const char *name = email ? "email" : "sms";
		const char *before = email ? "old@h.example" : "07700 900001";
		const char *after = email ? "new@h.example" : "07700 900002";
		with_moments();
		FAMILY("2026-11-03T09:00:00Z", "contact.registered",
		       str_z(&scene.arena,
			     str_fmt(&scene.arena,
				     "{'contact':'c-dad','role':'parent','name':'Ben','channels':['%s'],"
				     "'addresses':{'%s':'%s'%s},'agreed':{'on':'2026-11-03','with':'sam'}}",
				     name, name, before, more[i / 2])));
		FAMILY("2026-11-04T10:00:00Z", "contact.updated",
		       str_z(&scene.arena,
			     str_fmt(&scene.arena, "{'contact':'c-dad','addresses':{'%s':'%s'}}",
				     name, after)));
		assert_int_equal(scene.plan->n_messages, 2);
		str former = scene.plan->messages[1].id;
		str data = str_fmt(&scene.arena, "{'message':'%.*s','channel':'%s','address':true}",
				   STR_ARG(former), name);
		FAMILY("2026-11-04T11:00:00Z", "message.failed", str_z(&scene.arena, data));
		assert_false(family_contact(scene.family, S("c-dad"))->failed.has[channel]);
	}
}

/* Somebody acts for the mother now: where she was reached before is hers, and what is said there is said to her. */
static void what_is_said_where_they_were_is_said_to_nobody_in_their_place(void **state)
{
	with_moments();
	FAMILY("2026-11-03T09:00:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'old@h.example'}}");
	FAMILY("2026-11-04T07:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'email':'new@h.example'}}");
	str was = STR_EMPTY;
	for (size_t i = 0; i < scene.plan->n_messages; i++) {
		if (str_eq(scene.plan->messages[i].email, S("old@h.example")))
			was = scene.plan->messages[i].id;
	}
	assert_true(was.n > 0);
	FAMILY("2026-11-04T07:05:00Z", "contact.registered",
	       "{'contact':'c-aunt','role':'other','name':'Aunt','channels':['email'],"
	       "'addresses':{'email':'aunt@h.example'},'acts_for':{'contact':'c-mum','for':'all'}}");
	SETTLE("2026-11-04T08:00:00Z", "stale", was);
	assert_silence();
	assert_str(scene_closings(&scene), "suppressed\n");
}

static void a_postal_address_of_before_is_never_written_to(void **state)
{
	with_moments();
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'letter':['Ana','9 New Road','S8 9ZZ']}}");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_str(scene.plan->messages[0].letter[1], "9 New Road");
}

static void stop_is_a_word_alone(void **state)
{
	static const struct {
		const char *text;
		bool stops;
	} rows[] = {
		{ "STOP", true },
		{ " Stop. ", true },
		{ "stop all!", true },
		{ "Unsubscribe", true },
		{ "opt out", true },
		{ "Please stop the bus", false },
		{ "stop it now", false },
		{ "St\xC3\xB6p", false },
		{ "STOP 07700900001", false },
		{ "\\\"stop\\\"\\t\\n", true },
		{ "{stop}", false },
		{ "stop all of this and of that and of everything", false },
	};
	with_moments();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		FAMILY("2026-11-03T09:00:00Z", "contact.registered",
		       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
		       "'addresses':{'sms':'07700 900001','email':'b@h.example'},"
		       "'agreed':{'on':'2026-11-03','with':'sam'},'optional':{'surveys':true}}");
		str data = str_fmt(&scene.arena, "{'contact':'c-dad','channel':'sms','text':'%s'}",
				   rows[i].text);
		CASE("2026-11-03T10:00:00Z", "reply.received", str_z(&scene.arena, data));
		const struct contact *dad = family_contact(scene.family, S("c-dad"));
		if (dad->stopped.has[CHANNEL_SMS] != rows[i].stops)
			print_error("%s\n", rows[i].text);
		assert_int_equal(dad->stopped.has[CHANNEL_SMS], rows[i].stops);
		if (rows[i].stops) {
			assert_false(dad->surveys);
			assert_non_null(scene_message(&scene, "c-dad", CHANNEL_EMAIL));
		}
	}
}

/* There is no case yet about which anything could be confirmed. */
static void stop_is_obeyed_where_there_is_no_case(void **state)
{
	scene.family = NULL;
	with_dad("");
	FAMILY("2026-11-03T10:00:00Z", "reply.received",
	       "{'contact':'c-dad','channel':'sms','text':'STOP'}");
	assert_true(has_stopped(CHANNEL_SMS));
	assert_silence();
}

/* Whom nobody could ask last year is asked again this year; but once, as long as that is open. */
static void who_never_agreed_is_asked_again(void **state)
{
	static const bool is_open[] = { true, false };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		with_moments();
		FAMILY("2026-11-03T09:00:00Z", "contact.registered",
		       "{'contact':'c-dad','role':'parent','name':'Ben',"
		       "'addresses':{'email':'b@h.example'}}");
		CASE("2026-11-03T10:00:00Z", "reply.received",
		     "{'contact':'c-dad','channel':'email','text':'When?'}");
		struct case_file *file = family_case(scene.family, S("C1"));
		file->tasks[0].done = !is_open[i];
		TICK("2027-11-03T12:00:00Z");
		assert_int_equal(count_of("agree"), 2); /* and with the mother */
		assert_int_equal(scene_message(&scene, "c-dad", CHANNEL_EMAIL) != NULL,
				 !is_open[i]);
	}
}

/* Of a policy that names no time for it, where an event asks for it all the same. */
static void a_talk_without_a_time_of_its_own_has_that_of_a_task(void **state)
{
	own_event("alarmed")->asks_method = true;
	CASE("2026-11-03T10:00:00Z", "alarmed", "{}");
	assert_int_equal(count_of("agree"), 1);
	assert_day(last_task()->due, "2026-11-05");
	CASE("2026-11-04T10:00:00Z", "alarmed", "{}");
	assert_int_equal(count_of("agree"), 1);
}

/* No more tasks fit: the note of it is in the evidence, and nothing else is lost. */
static void a_talk_that_no_list_has_room_for_is_written_down(void **state)
{
	with_moments();
	struct case_file *file = family_case(scene.family, S("C1"));
	while (file->n_tasks < TASKS_MAX)
		*GROW(&scene.arena, file->tasks,
		      file->n_tasks) = (struct task){ .id = S("t.old"),
						      .due = scene.plan->family->cases[0].opened_on,
						      .chased = true,
						      .chase = CHASE_NONE };
	FAMILY("2026-11-03T09:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben',"
	       "'addresses':{'email':'b@h.example'}}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_true(is_written("Too many tasks are open. Not written down: Agree with c-dad"));
}

static void reply_of_dad(const char *at, const char *channel, const char *text)
{
	str data = str_fmt(&scene.arena, "{'contact':'c-dad','channel':'%s','text':'%s'}", channel,
			   text);
	CASE(at, "reply.received", str_z(&scene.arena, data));
}

static void start_takes_stop_back(void **state)
{
	with_dad("");
	size_t tasks = count_tasks();
	reply_of_dad("2026-11-03T10:00:00Z", "sms", "STOP");
	reply_of_dad("2026-11-03T10:05:00Z", "sms", "stop");
	assert_silence(); /* it was confirmed the first time */
	reply_of_dad("2026-11-04T10:00:00Z", "sms", "Start!");
	assert_silence();
	assert_false(has_stopped(CHANNEL_SMS));
	assert_int_equal(count_tasks(), tasks);
	/* Who has stopped nothing means something else by it: a person reads it. */
	reply_of_dad("2026-11-04T11:00:00Z", "sms", "Start!");
	assert_int_equal(count_tasks(), tasks + 1);
}

static void stop_is_about_the_channel_that_it_came_by(void **state)
{
	with_dad("");
	reply_of_dad("2026-11-03T10:00:00Z", "email", "unsubscribe");
	assert_true(has_stopped(CHANNEL_EMAIL));
	assert_false(has_stopped(CHANNEL_SMS));
	/* On paper, or to somebody on the phone, it is a wish like any other: a person reads it. */
	size_t tasks = count_tasks();
	reply_of_dad("2026-11-03T11:00:00Z", "letter", "stop");
	assert_false(has_stopped(CHANNEL_SMS) || has_stopped(CHANNEL_LETTER));
	assert_int_equal(count_tasks(), tasks + 1);
}

/* Whoever watches the telephone of somebody at risk may have written it: nothing is said about it anywhere. */
static void stop_of_somebody_at_risk_is_obeyed_in_silence(void **state)
{
	with_dad(",'safe':{'channels':['sms','email']}");
	reply_of_dad("2026-11-03T10:00:00Z", "sms", "STOP");
	assert_true(has_stopped(CHANNEL_SMS));
	assert_silence();
}

/* They have asked us meanwhile to use no text messages at all. */
static void where_they_were_is_not_used_when_they_stopped_it(void **state)
{
	with_dad("");
	FAMILY("2026-11-03T20:00:00Z", "contact.updated",
	       "{'contact':'c-dad','addresses':{'sms':'07700 900002'}}");
	str former = scene.plan->messages[1].id;
	family_contact(scene.family, S("c-dad"))->stopped.has[CHANNEL_SMS] = true;
	SETTLE("2026-11-04T08:00:00Z", "stale", former);
	assert_silence();
	assert_str(scene_closings(&scene), "suppressed\n");
}

/* They only chose another way first: what is wrong with the old one is wrong with theirs. */
static void an_address_that_is_theirs_still_may_turn_out_wrong(void **state)
{
	with_dad("");
	FAMILY("2026-11-03T10:00:00Z", "contact.updated",
	       "{'contact':'c-dad','channels':['email','sms']}");
	assert_int_equal(scene.plan->messages[1].why, WHY_FORMER);
	str data = str_fmt(&scene.arena, "{'message':'%.*s','channel':'sms','address':true}",
			   STR_ARG(scene.plan->messages[1].id));
	FAMILY("2026-11-03T11:00:00Z", "message.failed", str_z(&scene.arena, data));
	assert_true(family_contact(scene.family, S("c-dad"))->failed.has[CHANNEL_SMS]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_method_is_asked_for_at_first_and_once_a_year),
		TEST(nobody_is_asked_who_is_not_told),
		TEST(a_confirmation_that_was_another_familys_is_a_task_for_people),
		TEST(a_change_is_confirmed_where_they_are_and_where_they_were),
		TEST(a_change_is_confirmed_in_person_where_a_message_is_not_safe),
		TEST(what_was_on_its_way_to_where_they_were_is_stopped_by_a_flag),
		TEST(what_is_said_where_they_were_is_said_to_nobody_in_their_place),
		TEST(a_change_that_comes_with_a_warning_is_confirmed_in_person),
		TEST(a_change_is_told_where_they_were_unless_that_is_no_way_any_more),
		TEST(only_the_contact_is_told_where_they_were),
		TEST(what_is_said_where_they_were_still_goes_there_when_others_change),
		TEST(stop_is_obeyed_where_there_is_no_case),
		TEST(who_never_agreed_is_asked_again),
		TEST(a_talk_without_a_time_of_its_own_has_that_of_a_task),
		TEST(a_talk_that_no_list_has_room_for_is_written_down),
		TEST(a_postal_address_of_before_is_never_written_to),
		TEST(where_they_were_may_fail_without_harm),
		TEST(stop_is_a_word_alone),
		TEST(start_takes_stop_back),
		TEST(stop_is_about_the_channel_that_it_came_by),
		TEST(stop_of_somebody_at_risk_is_obeyed_in_silence),
		TEST(where_they_were_is_not_used_when_they_stopped_it),
		TEST(an_address_that_is_theirs_still_may_turn_out_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
