/* What is to be said later, and what becomes needless. */
#include "unit/decide/stage.h"

static void a_reminder_comes_in_its_time(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_said("letter c-mum draft legal_form 2026-11-02T10:00:00Z\n");
	assert_int_equal(scene.family->n_intents, 1);
	assert_str(instant_print(&scene.arena, scene.plan->next_look), "2026-11-09T00:00:00Z");
	TICK("2026-11-09T00:00:00Z");
	assert_said("letter c-mum draft-reminder agreed 2026-11-09T00:00:00Z\n");
	const struct message *reminder = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_str(instant_print(&scene.arena, reminder->useless_after), "2026-11-18T00:00:00Z");
	assert_true(str_find(reminder->facts, S("\"right\":{\"reply\":{\"date\":\"2026-11-17\"}")) <
		    reminder->facts.n);
}

static void a_reminder_of_what_is_done_is_not_made(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-04T10:00:00Z", "replied", "{}");
	assert_int_equal(scene.family->n_intents, 0);
	TICK("2026-11-09T00:00:00Z");
	assert_silence();
}

static void a_reminder_of_what_is_done_does_not_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	TICK("2026-11-09T00:00:00Z");
	CASE("2026-11-09T07:00:00Z", "replied", "{}");
	assert_str(scene_closings(&scene), "expired\n");
	assert_null(family_open(scene.family, S("draft-reminder")));
}

static void a_notice_is_never_needless(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	scene.family->open[0].about = S("C1.reply");
	CASE("2026-11-02T10:05:00Z", "replied", "{}");
	assert_int_equal(scene.plan->n_closings, 0);
	assert_int_equal(scene.family->n_open, 1);
}

static void a_reminder_behind_its_day_is_not_sent(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	FAMILY("2026-11-02T11:00:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'},"
	       "'hours':{'sun':[['10:00','11:00']]}}");
	/* An outage over the due day: Monday 16 November, late. */
	TICK("2026-11-16T12:00:00Z");
	assert_silence();
}

static void a_warning_of_what_has_ended_does_not_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-30T00:00:00Z");
	assert_non_null(scene_message(&scene, "sam", CHANNEL_EMAIL));
	CASE("2026-11-30T00:10:00Z", "dropped", "{}");
	/* the warning, and the family's and the school's news of the request stay */
	assert_str(scene_closings(&scene), "expired\n");
}

static void what_belongs_to_another_case_stays(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	scene_play(&scene, "2026-11-03T10:00:00Z", "replied", "case/C2", "{}");
	assert_int_equal(scene.family->n_intents, 1);
}

/* --- somebody speaks to the family first ----------------------------------------------------------- */

#define HERE .grade = GRADE_INFORMATION, .template = { "word", 4 }

/* What a refusal says, in this test. */
static void say_when_refused(const struct saying *sayings, size_t n)
{
	struct event_rule *refused = own_event("refused");
	struct saying *says = TAKE(&scene.arena, struct saying, n);
	memcpy(says, sayings, n * sizeof *says);
	refused->says = says;
	refused->n_says = n;
}

static const struct saying bad_news = { .audience = AUDIENCE_FAMILY,
					.template = { "refused", 7 },
					.grade = GRADE_FORMAL,
					.adverse = true,
					.speak_first = { .n = 2, .unit = DURATION_WORKING_DAYS },
					.meets = { "decision", 8 } };

static void refuse_it(const char *at)
{
	CASE(at, "refused", "{'reasons':'r'}");
}

/* Whoever is outside waits with the family; our own people know, and what comes in a week comes then. */
static void no_copy_goes_before_somebody_has_spoken(void **state)
{
	static const struct {
		struct saying saying;
		size_t at_once, later;
	} rows[] = {
		{ { .audience = AUDIENCE_FAMILY, HERE }, 0, 2 },
		{ { .audience = AUDIENCE_BOTH, HERE }, 0, 3 },
		{ { .audience = AUDIENCE_PARTIES, .parties = { { true } }, HERE }, 0, 2 },
		{ { .audience = AUDIENCE_CONTACTS, HERE }, 0, 2 },
		{ { .audience = AUDIENCE_OWNER, HERE }, 1, 1 },
		{ { .audience = AUDIENCE_MANAGER, HERE }, 1, 1 },
		{ { .audience = AUDIENCE_ACTION_OWNER, HERE }, 1, 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct saying says[] = { bad_news, rows[i].saying };
		end(NULL);
		start(NULL);
		say_when_refused(says, 2);
		refuse_it("2026-11-03T10:00:00Z");
		assert_int_equal(scene.plan->n_messages, rows[i].at_once);
		CASE("2026-11-03T11:00:00Z", "task.completed",
		     str_z(&scene.arena,
			   str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
				   STR_ARG(last_task()->id))));
		assert_int_equal(scene.plan->n_messages, rows[i].later);
	}
}

static void what_comes_later_waits_for_its_own_day(void **state)
{
	struct saying later = { .audience = AUDIENCE_FAMILY, HERE };
	later.after = (struct duration){ .n = 7, .unit = DURATION_DAYS };
	const struct saying says[] = { bad_news, later };
	say_when_refused(says, 2);
	refuse_it("2026-11-03T10:00:00Z");
	assert_silence();
	TICK("2026-11-05T10:00:00Z"); /* two working days are over: it leaves */
	assert_int_equal(scene.plan->n_messages, 1);
	TICK("2026-11-10T00:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
}

/* Two pieces of bad news: each with its own talk. */
static void a_talk_is_about_one_notice(void **state)
{
	say_when_refused(&bad_news, 1);
	refuse_it("2026-11-03T10:00:00Z");
	str first = last_task()->id;
	refuse_it("2026-11-03T10:05:00Z");
	assert_int_equal(scene.family->n_intents, 2);
	CASE("2026-11-03T11:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
			   STR_ARG(first))));
	assert_int_equal(scene.plan->n_messages, 1);
	assert_int_equal(scene.family->n_intents, 1);
}

/* On the last day the post would not bring it in time: nobody waits for a talk. */
static void what_the_post_can_no_longer_bring_waits_for_no_talk(void **state)
{
	say_when_refused(&bad_news, 1);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	refuse_it("2026-12-14T10:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
}

/* A time that no calendar holds, or a family without a case: it is said at once, and not never. */
static void what_cannot_wait_is_said_at_once(void **state)
{
	const struct duration never = { .n = 120000, .unit = DURATION_MONTHS };
	struct saying without_end = bad_news, late = bad_news;
	without_end.speak_first = late.after = never;
	late.speak_first.n = 0;
	late.adverse = false;
	say_when_refused(&without_end, 1);
	refuse_it("2026-11-03T10:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	say_when_refused(&late, 1);
	refuse_it("2026-11-03T10:05:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	end(NULL);
	start(NULL);
	add_standard("reply.received", bad_news);
	scene.family->n_cases = 0;
	FAMILY("2026-11-03T10:00:00Z", "reply.received",
	       "{'contact':'c-mum','channel':'email','text':'?'}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* Only what is told to the family waits for a talk with it, whatever a rule says. */
static void what_is_told_to_others_waits_for_no_talk_of_its_own(void **state)
{
	struct saying to_school = bad_news;
	to_school.audience = AUDIENCE_PARTIES;
	to_school.parties.has[PARTY_SCHOOL] = true;
	say_when_refused(&to_school, 1);
	refuse_it("2026-11-03T10:00:00Z");
	assert_non_null(scene_message(&scene, "p-school", CHANNEL_EMAIL));
}

/* --- and what is not said -------------------------------------------------------------------------- */

static void after_a_childs_death_only_our_own_people_hear_more(void **state)
{
	static const struct {
		enum audience audience;
		bool is_said;
	} rows[] = {
		{ AUDIENCE_FAMILY, false },   { AUDIENCE_BOTH, false }, { AUDIENCE_PARTIES, false },
		{ AUDIENCE_CONTACTS, false }, { AUDIENCE_OWNER, true }, { AUDIENCE_MANAGER, true },
	};
	FAMILY("2026-11-02T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		scene.policy->n_standards = 0;
		add_standard("contact.made", (struct saying){ .audience = rows[i].audience,
							      .parties = { { true } },
							      HERE });
		CASE("2026-11-03T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
		assert_int_equal(scene.plan->n_messages > 0, rows[i].is_said);
	}
}

/* It is dropped with the date that it was about. */
static void that_a_date_will_be_missed_is_said_once(void **state)
{
	static struct saying foreseen[] = { { .audience = AUDIENCE_FAMILY, HERE } };
	struct duty_rule *rules = own_rule(0);
	for (size_t i = 0; i < 2; i++) {
		rules[i].on_foreseen = foreseen;
		rules[i].n_on_foreseen = 1;
		rules[i].foreseen_before = (struct duration){ .n = 7, .unit = DURATION_DAYS };
		rules[i].foreseen_unless = S("drafted");
	}
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_int_equal(scene.family->n_intents, 2);
	struct intent reminder = scene.family->intents[0];
	reminder.rule = S("assess/decision/warned-1/1");
	*GROW(&scene.arena, scene.family->intents, scene.family->n_intents) = reminder;
	CASE("2026-11-20T10:00:00Z", "duty.at_risk", "{'duty':'decision','reason':'r'}");
	assert_int_equal(scene.plan->n_messages, 1);
	/* What was to be said of the other duty still is, and what else of this one. */
	assert_int_equal(scene.family->n_intents, 2);
	assert_str(scene.family->intents[0].about, "C1.plan");
	assert_str(scene.family->intents[1].rule, "assess/decision/warned-1/1");
}

/* Nothing that a channel could carry is there, until an address is: then the task is no task any more. */
static void a_task_without_a_case_ends_with_what_it_stood_for(void **state)
{
	scene.family = NULL;
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben'}");
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY, HERE });
	FAMILY("2026-11-02T10:01:00Z", "reply.received",
	       "{'contact':'c-dad','channel':'letter','text':'?'}");
	assert_non_null(scene_message(&scene, "c-dad", CHANNEL_TASK));
	FAMILY("2026-11-02T10:02:00Z", "contact.updated",
	       "{'contact':'c-dad','channels':['email'],'addresses':{'email':'b@h.example'}}");
	assert_non_null(scene_message(&scene, "c-dad", CHANNEL_EMAIL));
	assert_str(scene_closings(&scene), "suppressed\n");
}

/* Intake holds a list to its kind; one of before that is not held to it names nobody. */
static void what_is_no_id_names_nobody(void **state)
{
	const struct saying saying = { .audience = AUDIENCE_CONTACTS, HERE };
	struct event *event;
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['email'],"
	       "'addresses':{'email':'b@h.example'}}");
	say_when_refused(&saying, 1);
	event = scene_event(&scene, "2026-11-03T10:00:00Z", "refused", "case/C1",
			    "{'reasons':'r'}");
	str data = S("{\"with\":[7,\"c-dad\"]}");
	assert_int_equal(json_parse(&scene.arena, data, 16, &event->data, NULL), JSON_FINE);
	scene_take(&scene, event);
	assert_said("email c-dad word agreed 2026-11-03T10:00:00Z\n");
	assert_int_equal(scene.family->open[0].intent->n_contacts, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reminder_comes_in_its_time),
		TEST(a_reminder_of_what_is_done_is_not_made),
		TEST(a_reminder_of_what_is_done_does_not_leave),
		TEST(a_notice_is_never_needless),
		TEST(a_reminder_behind_its_day_is_not_sent),
		TEST(a_warning_of_what_has_ended_does_not_leave),
		TEST(what_belongs_to_another_case_stays),
		TEST(no_copy_goes_before_somebody_has_spoken),
		TEST(what_comes_later_waits_for_its_own_day),
		TEST(a_talk_is_about_one_notice),
		TEST(what_the_post_can_no_longer_bring_waits_for_no_talk),
		TEST(what_cannot_wait_is_said_at_once),
		TEST(what_is_told_to_others_waits_for_no_talk_of_its_own),
		TEST(after_a_childs_death_only_our_own_people_hear_more),
		TEST(that_a_date_will_be_missed_is_said_once),
		TEST(a_task_without_a_case_ends_with_what_it_stood_for),
		TEST(what_is_no_id_names_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
