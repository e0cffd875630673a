/* The family's own time limits: from which day they run, and for whom. */
#include "unit/decide/stage.h"

/* "served" says the law of the reply; the appeal runs from the day on which the notice was sent. */
static void count_reply_from_service(void)
{
	struct pathway *pathway = &scene.policy->pathways[0];
	for (size_t i = 0; i < pathway->n_duties; i++)
		pathway->duties[i].served = str_eq(pathway->duties[i].id, S("reply"));
}

static void add_dad_by_email(void)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','parental_responsibility':true,"
	       "'channels':['email'],'addresses':{'email':'ben@families.example'},"
	       "'agreed':{'on':'2026-10-01','with':'sam'}}");
}

static void assert_right(const char *contact, enum channel_kind channel, const char *duty,
			 const char *wanted)
{
	const struct message *message = scene_message(&scene, contact, channel);
	assert_non_null(message);
	const struct json *facts;
	assert_int_equal(json_parse(&scene.arena, message->facts, 16, &facts, NULL), JSON_FINE);
	assert_str(json_text(json_get(json_get(facts, "right"), duty), "date"), wanted);
}

/* Printed on Tuesday the 3rd, second class: there by Tuesday the 10th. */
static void the_time_to_reply_begins_when_the_letter_is_there(void **state)
{
	count_reply_from_service();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_day(scene_duty(&scene, "C1.reply")->from, "2026-11-10");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-24");
	assert_right("c-mum", CHANNEL_LETTER, "reply", "2026-11-24");
}

static void an_email_is_there_on_its_day(void **state)
{
	count_reply_from_service();
	FAMILY("2026-11-02T09:20:00Z", "contact.removed", "{'contact':'c-mum'}");
	add_dad_by_email();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-16");
}

/* What we must leave each of them is "at least" so long: all have it until the last one's is over. */
static void to_reply_all_have_as_long_as_the_last_of_them(void **state)
{
	count_reply_from_service();
	add_dad_by_email();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_right("c-mum", CHANNEL_LETTER, "reply", "2026-11-24");
	assert_right("c-dad", CHANNEL_EMAIL, "reply", "2026-11-24");
}

/* The Tribunal counts each from their own notice: to be told the other's later day would be too late. */
static void to_appeal_each_has_the_time_of_their_own_copy(void **state)
{
	add_dad_by_email();
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	assert_right("c-mum", CHANNEL_LETTER, "appeal", "2027-01-04");
	assert_right("c-dad", CHANNEL_EMAIL, "appeal", "2027-01-03");
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
}

static void dispatch(const char *at, str message, const char *on)
{
	CASE(at, "message.dispatched",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','on':'%s'}", STR_ARG(message), on)));
}

static void a_letter_posted_later_gives_longer(void **state)
{
	count_reply_from_service();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T10:01:00Z", "accepted", mum);
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-24");
	dispatch("2026-11-06T10:00:00Z", mum, "2026-11-05");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-26");
	assert_state("C1.reply", DUTY_SCHEDULED);
}

/* The day until which the mother may appeal, as what is said next has it. */
static void assert_appeal_of_mum(const char *at, enum channel_kind channel, const char *wanted)
{
	CASE(at, "contact.made", "{'with':['c-mum'],'how':'visit'}");
	assert_right("c-mum", channel, "appeal", wanted);
}

/* The draft is sent again, as a notice of its own, and takes no event's place: it is posted later than planned. */
static void who_is_served_again_has_time_from_the_day_it_was_posted(void **state)
{
	count_reply_from_service();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	SETTLE("2026-11-02T10:01:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	CASE("2026-11-04T10:00:00Z", "drafted", "{}");
	str again = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-04T10:01:00Z", "accepted", again);
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-26");
	dispatch("2026-11-10T10:00:00Z", again, "2026-11-09");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-30");
}

/* What becomes of the first one afterwards takes nothing of that away. */
static void the_first_notice_takes_no_time_of_the_second_away(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str first = message_to("c-mum", CHANNEL_LETTER);
	CASE("2026-11-05T10:00:00Z", "refused", "{'reasons':'None.'}");
	assert_right("c-mum", CHANNEL_LETTER, "appeal", "2027-01-06");
	FAMILY("2026-11-05T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@h.example'}}");
	SETTLE("2026-11-05T10:02:00Z", "stale", first);
	assert_appeal_of_mum("2026-11-06T10:00:00Z", CHANNEL_EMAIL, "2027-01-06");
}

/* The email did not get through: the letter in its place says how long there is from the letter. */
static void what_goes_again_another_way_says_a_day_of_its_own(void **state)
{
	count_reply_from_service();
	FAMILY("2026-11-02T09:20:00Z", "contact.removed", "{'contact':'c-mum'}");
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','parental_responsibility':true,"
	       "'channels':['email','letter'],'addresses':{'email':'ben@families.example',"
	       "'letter':['Ben','2 Mill Street','Sheffield','S3 9ZZ']},"
	       "'agreed':{'on':'2026-10-01','with':'sam'}}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_right("c-dad", CHANNEL_EMAIL, "reply", "2026-11-16");
	SETTLE("2026-11-04T10:00:00Z", "failed", message_to("c-dad", CHANNEL_EMAIL));
	assert_right("c-dad", CHANNEL_LETTER, "reply", "2026-11-26");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-26");
}

static void what_leaves_earlier_than_they_read_takes_no_time_away(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	assert_right("c-mum", CHANNEL_LETTER, "appeal", "2027-01-04");
	dispatch("2026-11-03T16:00:00Z", mum, "2026-11-03");
	assert_appeal_of_mum("2026-11-05T10:00:00Z", CHANNEL_LETTER, "2027-01-04");
}

/* Handed over on Thursday it is printed on Friday. */
static void a_letter_handed_over_later_gives_longer(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	SETTLE("2026-11-05T10:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	assert_appeal_of_mum("2026-11-06T10:00:00Z", CHANNEL_LETTER, "2027-01-06");
}

/* The letter has not left, and an email goes in its place today: the Tribunal counts from today. */
static void what_goes_sooner_another_way_says_a_day_of_its_own(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	FAMILY("2026-11-03T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@h.example'}}");
	SETTLE("2026-11-03T10:02:00Z", "stale", letter);
	assert_right("c-mum", CHANNEL_EMAIL, "appeal", "2027-01-03");
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
}

/* The text message says that a letter comes. */
static void no_time_runs_from_a_prompt(void **state)
{
	FAMILY("2026-11-02T09:20:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str prompt = message_to("c-mum", CHANNEL_SMS);
	assert_right("c-mum", CHANNEL_LETTER, "appeal", "2027-01-04");
	SETTLE("2026-11-05T10:00:00Z", "accepted", prompt);
	assert_appeal_of_mum("2026-11-06T10:00:00Z", CHANNEL_SMS, "2027-01-04");
}

/* Nobody can write to her: whoever speaks with her has two working days for it. */
static void who_is_told_in_person_has_the_days_that_a_task_has(void **state)
{
	count_reply_from_service();
	FAMILY("2026-11-02T09:20:00Z", "contact.updated", "{'contact':'c-mum','addresses':null}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-18");
}

/* Two notices of one event: one by email today, and a letter that is printed tomorrow. */
static void of_two_notices_of_one_event_the_later_one_counts(void **state)
{
	static const enum grade grades[][2] = { { GRADE_FORMAL, GRADE_INFORMATION },
						{ GRADE_INFORMATION, GRADE_FORMAL } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T09:20:00Z", "contact.updated",
		       "{'contact':'c-mum','channels':['email'],'agreed':null,"
		       "'addresses':{'email':'ada@h.example'}}");
		struct event_rule *refused = own_event("refused");
		struct saying *says = TAKE(&scene.arena, struct saying, 4);
		for (size_t k = 0; k < 2; k++)
			says[k] = (struct saying){ .audience = AUDIENCE_FAMILY,
						   .template = S("refused"),
						   .grade = grades[i][k] };
		/* Neither tells of it now: one reminds, one comes in a week. */
		says[2] = (struct saying){ .audience = AUDIENCE_FAMILY,
					   .template = S("reminder"),
					   .grade = GRADE_REMINDER };
		says[3] = (struct saying){ .audience = AUDIENCE_FAMILY,
					   .template = S("again"),
					   .grade = GRADE_INFORMATION,
					   .after = { .n = 7, .unit = DURATION_DAYS } };
		refused->says = says;
		refused->n_says = 4;
		CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
		assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
		assert_right("c-mum", CHANNEL_LETTER, "appeal", "2027-01-04");
		/* From the first line on: it was never another day. */
		assert_false(is_written("3 January 2027"));
	}
}

/* Reported today, and of next week: nobody loses a day that has not begun. */
static void no_time_runs_before_the_day_of_what_it_is_about(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.','on':'2026-11-10'}");
	assert_day(scene_duty(&scene, "C1.appeal")->from, "2026-11-10");
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-10");
}

/* He was not there yet when it was refused, and has the notice in the mother's place. */
static void who_has_the_notice_in_anothers_place_has_a_time_of_his_own(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	add_dad_by_email();
	FAMILY("2026-11-05T09:00:00Z", "contact.removed", "{'contact':'c-mum'}");
	SETTLE("2026-11-05T10:00:00Z", "stale", mum);
	assert_right("c-dad", CHANNEL_EMAIL, "appeal", "2027-01-05");
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-05");
}

/* A record of before these were kept with their event: the letter that left counts, whatever it was of. */
static void an_older_record_has_times_without_their_event(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	struct duty *appeal = case_duty(family_case(scene.family, S("C1")), S("C1.appeal"));
	appeal->own[0].event = STR_EMPTY;
	SETTLE("2026-11-05T10:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	assert_appeal_of_mum("2026-11-06T10:00:00Z", CHANNEL_LETTER, "2027-01-06");
	/* While it has not left, a notice that takes its place has a day of its own. */
	end(NULL);
	start(NULL);
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	case_duty(family_case(scene.family, S("C1")), S("C1.appeal"))->own[0].event = STR_EMPTY;
	FAMILY("2026-11-03T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@h.example'}}");
	SETTLE("2026-11-03T10:02:00Z", "stale", letter);
	assert_right("c-mum", CHANNEL_EMAIL, "appeal", "2027-01-03");
}

/* A limit that no calendar holds, since the policy was edited: what they read last stands. */
static void a_limit_without_a_date_takes_no_time_away(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	struct duty_rule *rules = own_rule(0);
	rules[3].due = (struct duration){ .n = 120000, .unit = DURATION_MONTHS };
	SETTLE("2026-11-05T10:00:00Z", "accepted", mum);
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
}

/* Nor does one that the policy has no more. */
static void a_limit_without_a_rule_keeps_the_day_that_was_told(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	(void)own_rule(0);
	scene.policy->pathways[0].n_duties = 3;
	SETTLE("2026-11-05T10:00:00Z", "accepted", mum);
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
	CASE("2026-11-06T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'visit'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_true(holds(scene_message(&scene, "c-mum", CHANNEL_LETTER)->facts, "2027-01-04"));
}

/* A damaged record: a notice to somebody whom it does not hold changes nobody's time. */
static void a_copy_of_nobody_changes_no_time(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	family_open(scene.family, mum)->contact = S("gone");
	SETTLE("2026-11-05T10:00:00Z", "accepted", mum);
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-04");
	assert_int_equal(scene_duty(&scene, "C1.appeal")->n_own, 1);
}

/* The version under which it runs is gone, and the one that took its place is younger. */
static void a_limit_of_a_version_that_is_gone_is_served_again(void **state)
{
	CASE("2026-11-03T10:00:00Z", "refused", "{'reasons':'None.'}");
	date_parse(S("2026-12-01"), &own_rule(0)[3].valid_from);
	CASE("2026-12-02T10:00:00Z", "refused", "{'reasons':'None.'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_appeal_of_mum("2026-12-02T11:00:00Z", CHANNEL_LETTER, "2027-02-03");
}

/* A full case: the limit that is over keeps the dates that they were told. */
static void a_limit_that_cannot_begin_changes_none_that_is_over(void **state)
{
	static str reply[] = { { "reply", 5 } };
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-03T10:00:00Z", "replied", "{}");
	const struct duty before = *scene_duty(&scene, "C1.reply");
	struct case_file *file = family_case(scene.family, S("C1"));
	while (file->n_duties < 64) {
		struct duty *duty = GROW(&scene.arena, file->duties, file->n_duties);
		*duty = before;
		duty->id = str_fmt(&scene.arena, "C1.old.%zu", file->n_duties);
		duty->rule = S("old");
	}
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("thanks"),
							.grade = GRADE_INFORMATION });
	struct event_rule *rule = &scene.policy->standards[scene.policy->n_standards - 1];
	rule->starts = reply;
	rule->n_starts = 1;
	CASE("2026-12-01T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	assert_true(is_written("This case has no room for another date: keep that of reply"));
	const struct duty *after = scene_duty(&scene, "C1.reply");
	assert_int_equal(after->state, DUTY_MET);
	assert_int_equal(after->due.day, before.due.day);
	assert_int_equal(after->own[0].due.day, before.own[0].due.day);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_time_to_reply_begins_when_the_letter_is_there),
		TEST(an_email_is_there_on_its_day),
		TEST(to_reply_all_have_as_long_as_the_last_of_them),
		TEST(to_appeal_each_has_the_time_of_their_own_copy),
		TEST(a_letter_posted_later_gives_longer),
		TEST(what_goes_again_another_way_says_a_day_of_its_own),
		TEST(who_is_served_again_has_time_from_the_day_it_was_posted),
		TEST(the_first_notice_takes_no_time_of_the_second_away),
		TEST(what_leaves_earlier_than_they_read_takes_no_time_away),
		TEST(a_letter_handed_over_later_gives_longer),
		TEST(what_goes_sooner_another_way_says_a_day_of_its_own),
		TEST(no_time_runs_from_a_prompt),
		TEST(who_is_told_in_person_has_the_days_that_a_task_has),
		TEST(of_two_notices_of_one_event_the_later_one_counts),
		TEST(no_time_runs_before_the_day_of_what_it_is_about),
		TEST(who_has_the_notice_in_anothers_place_has_a_time_of_his_own),
		TEST(an_older_record_has_times_without_their_event),
		TEST(a_limit_without_a_date_takes_no_time_away),
		TEST(a_limit_without_a_rule_keeps_the_day_that_was_told),
		TEST(a_copy_of_nobody_changes_no_time),
		TEST(a_limit_that_cannot_begin_changes_none_that_is_over),
		TEST(a_limit_of_a_version_that_is_gone_is_served_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
