/* A letter takes days: what that means for a notice and for its duty. */
#include "unit/decide/stage.h"

static const struct open_message *open_letter(void)
{
	return family_open(scene.family, message_to("c-mum", CHANNEL_LETTER));
}

static enum postage posted(const char *at)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}"); /* to be decided by Monday 14 December */
	CASE(at, "agreed", "{}");
	return scene_message(&scene, "c-mum", CHANNEL_LETTER)->postage;
}

static void a_notice_goes_by_the_usual_class_when_that_is_there_in_time(void **state)
{
	/* Printed on Monday, and five working days on the way. */
	assert_int_equal(posted("2026-12-04T17:30:00Z"), POSTAGE_SECOND);
}

static void a_notice_that_would_come_late_goes_first_class(void **state)
{
	assert_int_equal(posted("2026-12-04T17:30:01Z"), POSTAGE_FIRST);
	assert_int_equal(open_letter()->postage, POSTAGE_FIRST);
	assert_int_equal(count_tasks(), 0);
}

static enum postage reminded(const char *at)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}"); /* to be answered by Tuesday 17 November */
	TICK(at);
	return scene_message(&scene, "c-mum", CHANNEL_LETTER)->postage;
}

static void a_reminder_is_there_before_the_day_that_it_reminds_of(void **state)
{
	assert_int_equal(reminded("2026-11-09T00:00:00Z"), POSTAGE_SECOND);
}

static void a_reminder_that_would_come_late_goes_first_class(void **state)
{
	assert_int_equal(reminded("2026-11-10T00:00:00Z"), POSTAGE_FIRST);
}

static void when_the_post_cannot_be_there_somebody_hands_it_over(void **state)
{
	posted("2026-12-11T17:30:01Z");
	assert_int_equal(count_tasks(), 1);
	assert_str(
		last_task()->what,
		"The post can no longer bring agreed to c-mum by Monday 14 December 2026: hand it "
		"over, or tell them");
}

static void who_agreed_to_email_has_it_by_email_when_the_post_is_too_slow(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['letter','email'],"
	       "'addresses':{'email':'ada@home.example'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-14T10:00:00Z", "agreed", "{}");
	const struct message *email = scene_message(&scene, "c-mum", CHANNEL_EMAIL);
	assert_non_null(email);
	assert_str(email->rejected, "letter: the post would be too late");
	assert_int_equal(count_tasks(), 0);
}

static void after_its_day_a_notice_goes_as_ever_but_faster(void **state)
{
	assert_int_equal(posted("2026-12-15T10:00:00Z"), POSTAGE_FIRST);
	assert_int_equal(count_tasks(), 0);
}

static void bad_news_waits_for_monday_only_while_the_post_can_still_be_there(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-04T16:00:00Z", "refused", "{'reasons':'r'}");
	assert_str(instant_print(&scene.arena,
				 scene_message(&scene, "c-mum", CHANNEL_LETTER)->not_before),
		   "2026-12-07T00:00:00Z");
	end(NULL);
	start(NULL);
	/* First class from Friday is there on Tuesday, but from Monday on Wednesday. */
	CASE("2026-10-27T10:00:00Z", "asked", "{}"); /* by Tuesday 8 December */
	CASE("2026-12-04T16:00:00Z", "refused", "{'reasons':'r'}");
	assert_str(instant_print(&scene.arena,
				 scene_message(&scene, "c-mum", CHANNEL_LETTER)->not_before),
		   "2026-12-04T16:00:00Z");
}

static void a_duty_is_met_when_the_letter_is_there_at_the_latest(void **state)
{
	posted("2026-11-20T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", letter);
	assert_state("C1.decision", DUTY_SCHEDULED);
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 1);
	assert_true(scene.plan->next_look.ms <= scene.now.ms + SPAN_DAYS(10).ms);
	TICK("2026-11-29T23:59:59Z");
	assert_state("C1.decision", DUTY_SCHEDULED);
	TICK("2026-11-30T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-11-30");
}

static void the_look_comes_by_itself(void **state)
{
	posted("2026-11-20T10:00:00Z");
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	assert_str(instant_print(&scene.arena, scene.plan->next_look), "2026-11-30T00:00:00Z");
}

static void the_print_room_knows_better_when_it_left(void **state)
{
	posted("2026-11-20T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", letter);
	CASE("2026-11-26T10:00:00Z", "message.dispatched",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','on':'2026-11-25'}", STR_ARG(letter))));
	TICK("2026-12-01T00:00:00Z");
	assert_state("C1.decision", DUTY_WARNED); /* its day is near */
	TICK("2026-12-02T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-12-02");
}

static void what_was_dispatched_had_left_whatever_we_heard(void **state)
{
	posted("2026-11-20T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "unknown", letter);
	SETTLE("2026-11-23T11:00:00Z", "dispatched", letter);
	TICK("2026-11-30T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

static void a_letter_that_is_there_after_the_day_was_late(void **state)
{
	posted("2026-12-11T17:30:01Z");
	SETTLE("2026-12-11T17:31:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-12-14T00:00:00Z");
	/* Printed on Tuesday: both looks fall together when nobody was there in between. */
	TICK("2026-12-16T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-12-16");
	assert_true(date_is(scene_duty(&scene, "C1.decision")->breached_on));
}

static void a_letter_on_its_last_day_is_in_time(void **state)
{
	posted("2026-12-10T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-12-10T10:01:00Z", "accepted", letter);
	CASE("2026-12-14T10:00:00Z", "message.dispatched",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','on':'2026-12-12'}", STR_ARG(letter))));
	assert_state("C1.decision", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-12-14");
	assert_false(date_is(scene_duty(&scene, "C1.decision")->breached_on));
}

/* --- while it waits ------------------------------------------------------------------------------ */

static void a_letter_that_waits_past_its_last_hand_over_is_told_while_somebody_can_bring_it(
	void **state)
{
	posted("2026-12-09T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	assert_next_look("2026-12-10T17:30:00.001Z");
	assert_int_equal(count_tasks(), 0);
	/* The letter still goes; and the record says it once, however often it is looked at. */
	for (int i = 0; i < 2; i++) {
		TICK("2026-12-10T17:30:00.001Z");
		assert_int_equal(count_tasks(), 1);
		assert_str(
			last_task()->what,
			"The post can no longer bring agreed to c-mum by Monday 14 December 2026: "
			"hand it over, or tell them");
		assert_non_null(family_open(scene.family, letter));
	}
}

static void a_letter_that_was_taken_in_time_troubles_nobody(void **state)
{
	posted("2026-12-09T10:00:00Z");
	SETTLE("2026-12-10T17:29:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-12-10T17:30:00.001Z");
	assert_int_equal(count_tasks(), 0);
}

static void agree_to(const char *channels)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       str_z(&scene.arena, str_fmt(&scene.arena,
					   "{'contact':'c-mum','channels':%s,"
					   "'addresses':{'email':'ada@home.example'}}",
					   channels)));
}

static void a_letter_that_waits_too_long_goes_by_email_where_that_was_agreed(void **state)
{
	agree_to("['letter','email']");
	posted("2026-12-09T10:00:00Z");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	TICK("2026-12-10T17:30:00.001Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_EMAIL));
	assert_null(family_open(scene.family, letter));
	assert_int_equal(count_tasks(), 0);
}

static void an_email_that_does_not_get_through_makes_way_for_a_letter_that_can(void **state)
{
	agree_to("['email']");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-09T10:00:00Z", "agreed", "{}");
	str email = message_to("c-mum", CHANNEL_EMAIL);
	assert_next_look("2026-12-10T14:30:00Z");
	TICK("2026-12-10T14:29:59Z");
	assert_silence();
	TICK("2026-12-10T14:30:00Z");
	const struct message *letter = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_non_null(letter);
	assert_int_equal(letter->postage, POSTAGE_FIRST);
	assert_str(instant_print(&scene.arena, letter->not_before), "2026-12-10T14:30:00Z");
	assert_null(family_open(scene.family, email));
}

static void an_email_that_has_just_been_decided_may_get_through(void **state)
{
	agree_to("['email']");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-10T15:00:00Z", "agreed", "{}");
	assert_next_look("2026-12-10T15:30:00Z");
	TICK("2026-12-10T15:00:01Z");
	assert_silence();
	TICK("2026-12-10T15:30:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void an_email_that_got_through_or_waits_for_its_hour_stays_an_email(void **state)
{
	agree_to("['email']");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-09T10:00:00Z", "agreed", "{}");
	SETTLE("2026-12-09T10:00:01Z", "accepted", message_to("c-mum", CHANNEL_EMAIL));
	TICK("2026-12-10T14:30:00Z");
	assert_silence();
	end(NULL);
	start(NULL);
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@home.example'},"
	       "'hours':{'sat':[['09:00','10:00']]}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-09T10:00:00Z", "agreed", "{}");
	TICK("2026-12-10T14:30:00Z");
	assert_silence();
}

/* Who may not hear it any more: that is found out when it leaves, and nothing is done twice. */
static void what_waits_for_who_may_not_be_told_any_more_is_left_to_its_leaving(void **state)
{
	static const char *const channels[] = { "['letter']", "['email']" };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		agree_to(channels[i]);
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		CASE("2026-12-09T10:00:00Z", "agreed", "{}");
		FAMILY("2026-12-09T11:00:00Z", "court_order.added",
		       "{'contact':'c-mum','effect':'no_contact'}");
		TICK("2026-12-10T14:30:00Z");
		assert_silence();
		TICK("2026-12-10T17:30:00.001Z");
		assert_silence();
		assert_int_equal(scene.plan->n_closings, 0);
		assert_int_equal(count_tasks(), 0);
	}
}

/* Nobody knows where they live: the email is tried on, and after the post's last day, too. */
static void an_email_stays_one_where_no_letter_could_take_its_place(void **state)
{
	static const struct {
		bool has_letter;
		const char *at;
	} rows[] = {
		{ false, "2026-12-10T14:30:00Z" },
		{ true, "2026-12-12T10:00:00Z" }, /* nothing posted now is there in time */
		{ true, "2026-12-15T10:00:00Z" }, /* it is late whatever is done */
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		agree_to("['email']");
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		if (!rows[i].has_letter)
			family_contact(scene.family, S("c-mum"))->n_letter = 0;
		CASE("2026-12-09T10:00:00Z", "agreed", "{}");
		str email = message_to("c-mum", CHANNEL_EMAIL);
		TICK(rows[i].at);
		assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
		assert_non_null(family_open(scene.family, email));
	}
}

/* Only the print room posts: what it says of another message by mistake changes no day. */
static void an_email_is_there_when_it_is_accepted_whatever_was_printed(void **state)
{
	agree_to("['email']");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-20T10:00:00Z", "agreed", "{}");
	str email = message_to("c-mum", CHANNEL_EMAIL);
	SETTLE("2026-11-20T10:01:00Z", "accepted", email);
	assert_state("C1.decision", DUTY_MET);
	SETTLE("2026-11-21T10:00:00Z", "dispatched", email);
	assert_false(date_is(family_open(scene.family, email)->arrives_on));
	assert_day(scene_duty(&scene, "C1.decision")->ended_on, "2026-11-20");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_notice_goes_by_the_usual_class_when_that_is_there_in_time),
		TEST(a_notice_that_would_come_late_goes_first_class),
		TEST(a_reminder_is_there_before_the_day_that_it_reminds_of),
		TEST(a_reminder_that_would_come_late_goes_first_class),
		TEST(when_the_post_cannot_be_there_somebody_hands_it_over),
		TEST(who_agreed_to_email_has_it_by_email_when_the_post_is_too_slow),
		TEST(after_its_day_a_notice_goes_as_ever_but_faster),
		TEST(bad_news_waits_for_monday_only_while_the_post_can_still_be_there),
		TEST(a_duty_is_met_when_the_letter_is_there_at_the_latest),
		TEST(the_look_comes_by_itself),
		TEST(the_print_room_knows_better_when_it_left),
		TEST(what_was_dispatched_had_left_whatever_we_heard),
		TEST(a_letter_that_is_there_after_the_day_was_late),
		TEST(a_letter_on_its_last_day_is_in_time),
		TEST(a_letter_that_waits_past_its_last_hand_over_is_told_while_somebody_can_bring_it),
		TEST(a_letter_that_was_taken_in_time_troubles_nobody),
		TEST(a_letter_that_waits_too_long_goes_by_email_where_that_was_agreed),
		TEST(an_email_that_does_not_get_through_makes_way_for_a_letter_that_can),
		TEST(an_email_that_has_just_been_decided_may_get_through),
		TEST(an_email_that_got_through_or_waits_for_its_hour_stays_an_email),
		TEST(what_waits_for_who_may_not_be_told_any_more_is_left_to_its_leaving),
		TEST(an_email_stays_one_where_no_letter_could_take_its_place),
		TEST(an_email_is_there_when_it_is_accepted_whatever_was_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
