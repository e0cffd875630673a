/* What becomes of a message that was handed over: settled, or nobody knows. */
#include "outbox.h"

/* --- settle ----------------------------------------------------------------------------------- */

static void an_accepted_message_is_out_of_the_outbox_and_becomes_an_event(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_EMAIL);

	assert_int_equal(settle(CHANNEL_EMAIL, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW),
			 0);
	assert_str(message_state("m1"), "accepted");
	assert_int_equal(redis("KEYS {t}:out:*").n, 0);
	const struct json *event = last_own(), *data = json_get(event, "data");
	assert_str(json_text(event, "id"), "m1.1.accepted");
	assert_str(json_text(event, "type"), "message.accepted");
	assert_str(json_text(data, "channel"), "email");
	assert_str(json_text(data, "code"), "250");
	assert_str(json_text(data, "provider"), "prov-1");
	assert_str(json_text(data, "handed_over_at"), "2026-11-02T09:15:00Z");
	assert_int_equal(json_int(data, "attempt", 0), 1);
	assert_null(json_get(data, "late"));
	/* the answer was lost, and it is told again */
	assert_int_equal(settle(CHANNEL_EMAIL, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW),
			 1);
	assert_int_equal(redis_count("XLEN {t}:own"), 1);
}

static void a_message_of_no_case_reports_to_its_family(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	messages[0].case_id = STR_EMPTY;
	store_messages(family, "e2", messages, 1);
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
	settle(CHANNEL_EMAIL, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_str(json_text(last_own(), "subject"), "family/F1");
}

static void a_message_fails_when_its_tries_are_used_up(void **state)
{
	store_one(CHANNEL_EMAIL);
	for (int i = 1; i <= 3; i++) {
		const instant now = LATER(i * 60000);
		const struct claimed claimed = claim_one(CHANNEL_EMAIL, now);
		struct settle later = outcome_of(claimed.attempt, SETTLED_LATER);

		assert_int_equal(claimed.tried, i);
		assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, now));
		later.again = LATER((i + 1) * 60000);
		later.code = S("451");
		settle(CHANNEL_EMAIL, later, now);
		assert_str(message_state("m1"), i < 3 ? "waiting" : "failed");
	}
	assert_str(json_text(last_own(), "type"), "message.failed");
	assert_str(json_text(json_get(last_own(), "data"), "code"), "451");
	assert_int_equal(redis("KEYS {t}:out:*").n, 0);
}

static void what_was_not_begun_does_not_count_as_a_try(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle settled = outcome_of(first.attempt, SETTLED_NOT_BEGUN);

	settled.again = LATER(1000);
	assert_int_equal(settle(CHANNEL_EMAIL, settled, NOW), 0);
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(1000));
	assert_int_equal(second.tried, 1);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, LATER(1000)));
	/* told again, the first cannot end the second */
	assert_int_equal(settle(CHANNEL_EMAIL, settled, LATER(1000)), 1);
	assert_str(message_state("m1"), "handing_over");
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
}

static void what_is_held_is_told_once_and_counts_as_no_try(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle settled = outcome_of(first.attempt, SETTLED_HELD);

	settled.again = LATER(1000);
	settled.code = S("enclosure_missing");
	assert_int_equal(settle(CHANNEL_EMAIL, settled, NOW), 0);
	assert_str(message_state("m1"), "waiting");
	assert_str(json_text(last_own(), "type"), "message.held");
	assert_str(json_text(json_get(last_own(), "data"), "code"), "enclosure_missing");
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(1000));
	assert_int_equal(second.tried, 1);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, LATER(1000)));
	settled.attempt = second.attempt;
	settled.again = LATER(2000);
	assert_int_equal(settle(CHANNEL_EMAIL, settled, LATER(1000)), 0);
	assert_str(message_state("m1"), "waiting");
	assert_int_equal(redis_count("XLEN {t}:own"), 1);
}

static void a_wrong_address_is_named_as_such(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);
	struct settle failed = outcome_of(claimed.attempt, SETTLED_FAILED);

	failed.address = true;
	failed.code = S("no_such_number");
	assert_int_equal(settle(CHANNEL_SMS, failed, NOW), 0);
	assert_str(message_state("m1"), "failed");
	assert_true(json_bool(json_get(last_own(), "data"), "address", false));
}

static void a_providers_code_cannot_break_the_event(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);
	struct settle settled = outcome_of(claimed.attempt, SETTLED_FAILED);

	settled.code = S("a\"b\\c\n\xff");
	settle(CHANNEL_SMS, settled, NOW);
	assert_str(json_text(json_get(last_own(), "data"), "code"), "a\"b\\c??");
}

/* --- nobody knows ----------------------------------------------------------------------------- */

static void an_email_without_an_outcome_goes_again_and_says_that_it_may_be_the_second(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	const instant over = LATER(HANDOVER_LEASE_MS);

	assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS - 1)), 0);
	assert_str(message_state("m1"), "handing_over");
	assert_int_equal(claim_none(CHANNEL_EMAIL, over), 0);
	assert_str(message_state("m1"), "waiting");
	assert_str(json_text(last_own(), "type"), "message.unknown");
	assert_true(json_bool(json_get(last_own(), "data"), "again", false));
	const struct claimed second = claim_one(CHANNEL_EMAIL, instant_add(over, SPAN_MS(60000)));
	assert_true(second.unknown_before);
	assert_true(second.attempt > first.attempt);
	assert_int_equal(second.tried, 2);
	assert_str(second.body, "{\"text\":\"words\"}");
}

static void a_text_message_without_an_outcome_is_left_to_a_person(void **state)
{
	hand_over_one(CHANNEL_SMS);
	assert_int_equal(claim_none(CHANNEL_SMS, LATER(HANDOVER_LEASE_MS)), 0);
	assert_str(message_state("m1"), "unknown");
	assert_int_equal(redis_count("ZCARD {t}:out:sms:unknown"), 1);
	assert_false(json_bool(json_get(last_own(), "data"), "again", true));
	assert_int_equal(claim_none(CHANNEL_SMS, LATER(10 * HANDOVER_LEASE_MS)), 0);
}

static void late_good_news_ends_an_unknown_message(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);

	claim_none(CHANNEL_SMS, LATER(HANDOVER_LEASE_MS));
	assert_int_equal(settle(CHANNEL_SMS, outcome_of(claimed.attempt, SETTLED_ACCEPTED),
				LATER(HANDOVER_LEASE_MS)),
			 1);
	assert_str(message_state("m1"), "accepted");
	assert_int_equal(redis("KEYS {t}:out:*").n, 0);
	assert_true(json_bool(json_get(last_own(), "data"), "late", false));
}

static void late_bad_news_of_an_older_attempt_changes_nothing(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	const instant over = LATER(HANDOVER_LEASE_MS + 60000);

	claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS));
	const struct claimed second = claim_one(CHANNEL_EMAIL, over);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, over));
	const int64_t events = redis_count("XLEN {t}:own");
	assert_int_equal(settle(CHANNEL_EMAIL, outcome_of(first.attempt, SETTLED_FAILED), over), 1);
	assert_str(message_state("m1"), "handing_over");
	assert_int_equal(redis_count("XLEN {t}:own"), events);
}

static void the_older_attempt_was_accepted_while_the_newer_one_failed(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	const instant over = LATER(HANDOVER_LEASE_MS + 60000);

	claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS));
	const struct claimed second = claim_one(CHANNEL_EMAIL, over);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, over));
	assert_int_equal(settle(CHANNEL_EMAIL, outcome_of(first.attempt, SETTLED_ACCEPTED), over),
			 1);
	assert_str(message_state("m1"), "handing_over");
	assert_int_equal(settle(CHANNEL_EMAIL, outcome_of(second.attempt, SETTLED_FAILED), over),
			 0);
	assert_str(message_state("m1"), "accepted");
	assert_false(has_text(own_events(), "message.failed"));
}

static void an_accepted_message_that_was_claimed_again_does_not_go_twice(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	const instant over = LATER(HANDOVER_LEASE_MS + 60000);

	claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS));
	const struct claimed second = claim_one(CHANNEL_EMAIL, over);
	settle(CHANNEL_EMAIL, outcome_of(first.attempt, SETTLED_ACCEPTED), over);
	assert_false(begin_at(CHANNEL_EMAIL, "m1", second.attempt, over));
	assert_str(message_state("m1"), "accepted");
}

static void an_older_failure_does_not_undo_a_late_acceptance(void **state)
{
	struct family *family = store_one(CHANNEL_EMAIL);

	redis("HSET {t}:msg:m1 state accepted late 1");
	close_message(family, "e3", "m1", MESSAGE_FAILED);
	assert_str(message_state("m1"), "accepted");
}

static void an_unknown_outcome_is_tried_again_only_where_a_time_is_given(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle unknown = outcome_of(first.attempt, SETTLED_UNKNOWN);

	unknown.again = LATER(1000);
	assert_int_equal(settle(CHANNEL_EMAIL, unknown, NOW), 0);
	assert_str(message_state("m1"), "waiting");
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(1000));
	assert_true(second.unknown_before);
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, LATER(1000)));
	assert_int_equal(
		settle(CHANNEL_EMAIL, outcome_of(second.attempt, SETTLED_UNKNOWN), LATER(1000)), 0);
	assert_str(message_state("m1"), "unknown");
}

static void a_late_word_that_nothing_was_sent_counts_once(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle not_begun = outcome_of(first.attempt, SETTLED_NOT_BEGUN);

	not_begun.again = LATER(HANDOVER_LEASE_MS);
	claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS));
	redis("HSET {t}:msg:m1 tried 2");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(settle(CHANNEL_EMAIL, not_begun, LATER(HANDOVER_LEASE_MS)), 1);
		assert_str(redis_text("HGET {t}:msg:m1 tried"), "1");
		assert_str(message_state("m1"), "waiting");
	}
}

static void a_text_message_that_was_surely_not_sent_is_tried_again(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_SMS);
	struct settle later = outcome_of(first.attempt, SETTLED_LATER);

	later.again = LATER(2 * HANDOVER_LEASE_MS);
	claim_none(CHANNEL_SMS, LATER(HANDOVER_LEASE_MS));
	assert_str(message_state("m1"), "unknown");
	assert_int_equal(settle(CHANNEL_SMS, later, LATER(HANDOVER_LEASE_MS)), 1);
	assert_str(message_state("m1"), "waiting");
	assert_int_equal(redis_count("ZCARD {t}:out:sms:unknown"), 0);
}

/* --- stopped while it is under way ---------------------------------------------------------------- */

/* m1 is being handed over, and what it says is not true any more. */
static int64_t stop_under_way(enum channel_kind channel)
{
	struct family *family = store_one(channel);
	const struct claimed claimed = claim_one(channel, NOW);

	assert_true(begin_at(channel, "m1", claimed.attempt, NOW));
	close_message(family, "e3", "m1", MESSAGE_STOPPED);
	assert_str(message_state("m1"), "handing_over");
	return claimed.attempt;
}

static void what_was_stopped_under_way_is_not_tried_again(void **state)
{
	static const enum settled outcomes[] = { SETTLED_LATER, SETTLED_NOT_BEGUN, SETTLED_HELD };

	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		struct settle settled = outcome_of(stop_under_way(CHANNEL_EMAIL), outcomes[i]);

		settled.again = LATER(60000);
		assert_int_equal(settle(CHANNEL_EMAIL, settled, NOW), 0);
		assert_str(message_state("m1"), "stopped");
		assert_str(json_text(last_own(), "type"), "message.expired");
		assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(60000)), 0);
		empty_world(state);
	}
}

/* Its date came back, and passed before anybody took it up: no outcome goes by the name of the other. */
static void what_was_stopped_and_is_issued_again_has_an_outcome_of_its_own(void **state)
{
	struct family *family = store_one(CHANNEL_EMAIL);
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);

	assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
	close_message(family, "e3", "m1", MESSAGE_STOPPED);
	settle(CHANNEL_EMAIL, outcome_of(claimed.attempt, SETTLED_LATER), NOW);
	assert_str(message_state("m1"), "stopped");
	const str first = str_copy(&world.arena, json_text(last_own(), "id"));
	messages[0].useless_after = LATER(1000);
	store_messages(family, "e4", messages, 1);
	assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(2000)), 0);
	assert_str(message_state("m1"), "expired");
	assert_str(json_text(last_own(), "type"), "message.expired");
	assert_false(str_eq(json_text(last_own(), "id"), first));
}

static void what_was_stopped_and_may_have_left_does_not_leave_twice(void **state)
{
	struct settle settled = outcome_of(stop_under_way(CHANNEL_EMAIL), SETTLED_UNKNOWN);

	settled.again = LATER(60000);
	settle(CHANNEL_EMAIL, settled, NOW);
	assert_str(message_state("m1"), "unknown");
	assert_false(json_bool(json_get(last_own(), "data"), "again", true));
}

static void what_was_stopped_before_its_sender_died_does_not_leave_twice(void **state)
{
	stop_under_way(CHANNEL_EMAIL);
	claim_none(CHANNEL_EMAIL, LATER(HANDOVER_LEASE_MS));
	assert_str(message_state("m1"), "unknown");
	assert_false(json_bool(json_get(last_own(), "data"), "again", true));
}

static void what_was_stopped_and_left_all_the_same_has_left(void **state)
{
	const int64_t attempt = stop_under_way(CHANNEL_EMAIL);

	settle(CHANNEL_EMAIL, outcome_of(attempt, SETTLED_ACCEPTED), NOW);
	assert_str(message_state("m1"), "accepted");
	assert_str(json_text(last_own(), "type"), "message.accepted");
}

static void a_text_message_in_doubt_that_was_stopped_is_not_sent_again(void **state)
{
	struct family *family = store_one(CHANNEL_SMS);
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	struct settle later = outcome_of(claimed.attempt, SETTLED_LATER);

	assert_true(begin_at(CHANNEL_SMS, "m1", claimed.attempt, NOW));
	claim_none(CHANNEL_SMS, LATER(HANDOVER_LEASE_MS));
	close_message(family, "e3", "m1", MESSAGE_STOPPED);
	later.again = LATER(2 * HANDOVER_LEASE_MS);
	settle(CHANNEL_SMS, later, LATER(HANDOVER_LEASE_MS));
	assert_str(message_state("m1"), "stopped");
}

static void what_is_to_be_said_after_all_is_tried_again(void **state)
{
	struct family *family = store_one(CHANNEL_EMAIL);
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);
	struct settle later = outcome_of(claimed.attempt, SETTLED_LATER);

	assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
	close_message(family, "e3", "m1", MESSAGE_SUPPRESSED);
	store_messages(family, "e4", messages, 1);
	later.again = LATER(60000);
	settle(CHANNEL_EMAIL, later, NOW);
	assert_str(message_state("m1"), "waiting");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(an_accepted_message_is_out_of_the_outbox_and_becomes_an_event),
		STORE_TEST(a_message_of_no_case_reports_to_its_family),
		STORE_TEST(a_message_fails_when_its_tries_are_used_up),
		STORE_TEST(what_was_not_begun_does_not_count_as_a_try),
		STORE_TEST(what_is_held_is_told_once_and_counts_as_no_try),
		STORE_TEST(a_wrong_address_is_named_as_such),
		STORE_TEST(a_providers_code_cannot_break_the_event),
		STORE_TEST(
			an_email_without_an_outcome_goes_again_and_says_that_it_may_be_the_second),
		STORE_TEST(a_text_message_without_an_outcome_is_left_to_a_person),
		STORE_TEST(late_good_news_ends_an_unknown_message),
		STORE_TEST(late_bad_news_of_an_older_attempt_changes_nothing),
		STORE_TEST(the_older_attempt_was_accepted_while_the_newer_one_failed),
		STORE_TEST(an_accepted_message_that_was_claimed_again_does_not_go_twice),
		STORE_TEST(an_older_failure_does_not_undo_a_late_acceptance),
		STORE_TEST(a_late_word_that_nothing_was_sent_counts_once),
		STORE_TEST(a_text_message_that_was_surely_not_sent_is_tried_again),
		STORE_TEST(an_unknown_outcome_is_tried_again_only_where_a_time_is_given),
		STORE_TEST(what_was_stopped_under_way_is_not_tried_again),
		STORE_TEST(what_was_stopped_and_is_issued_again_has_an_outcome_of_its_own),
		STORE_TEST(what_was_stopped_and_may_have_left_does_not_leave_twice),
		STORE_TEST(what_was_stopped_before_its_sender_died_does_not_leave_twice),
		STORE_TEST(what_was_stopped_and_left_all_the_same_has_left),
		STORE_TEST(a_text_message_in_doubt_that_was_stopped_is_not_sent_again),
		STORE_TEST(what_is_to_be_said_after_all_is_tried_again),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
