/* What is said of a message later: by the print room, by providers, when they are asked. */
#include "outbox.h"

/* --- receipts --------------------------------------------------------------------------------- */

static enum receipted receive(enum channel_kind channel, const char *kind, const char *id)
{
	struct receipt receipt = { .message = str_of(id) };
	enum receipted came = RECEIPTED_COUNT;

	assert_true(date_of(2026, 11, 3, &receipt.on));
	const struct reply reply = ask(
		store_receipt(&world.arena, &world.store, channel, str_of(kind), &receipt, 1));
	assert_int_equal(store_receipt_read(&reply, &came, 1), OK);
	return came;
}

static void what_the_print_room_says_becomes_an_event(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_LETTER);

	settle(CHANNEL_LETTER, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m1"), RECEIPT_SAID);
	assert_str(json_text(last_own(), "type"), "message.dispatched");
	assert_str(json_text(last_own(), "time"), "2026-11-03T00:00:00Z");
	assert_str(json_text(json_get(last_own(), "data"), "on"), "2026-11-03");
	assert_str(json_text(json_get(last_own(), "data"), "message"), "m1");
	/* The same file again, before the event was decided upon and after. */
	const str first = json_text(last_own(), "id");
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m1"), RECEIPT_SAID);
	assert_true(str_eq(json_text(last_own(), "id"), first));
	redis("HSET {t}:msg:m1 state dispatched");
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m1"), RECEIPT_SAID_BEFORE);
	assert_int_equal(receive(CHANNEL_LETTER, "returned", "m1"), RECEIPT_SAID);
	assert_str(json_text(last_own(), "type"), "message.returned");
}

static void what_the_print_room_cannot_know_is_told_apart(void **state)
{
	store_one(CHANNEL_LETTER);
	const int64_t before = redis_count("XLEN {t}:own");
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m9"), RECEIPT_UNKNOWN);
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m1"), RECEIPT_NOT_LEFT);
	assert_int_equal(receive(CHANNEL_EMAIL, "dispatched", "m1"), RECEIPT_OTHER_CHANNEL);
	assert_int_equal(redis_count("XLEN {t}:own"), before);
}

static void a_letter_of_which_nobody_knew_was_in_the_print_room_all_along(void **state)
{
	hand_over_one(CHANNEL_LETTER);
	claim_none(CHANNEL_LETTER, LATER(HANDOVER_LEASE_MS));
	assert_str(message_state("m1"), "waiting");
	assert_int_equal(receive(CHANNEL_LETTER, "dispatched", "m1"), RECEIPT_SAID);
}

/* What a provider says of the message at that time. */
static enum receipted hear_of(const char *kind, const char *id, const char *code)
{
	struct receipt receipt = { .message = str_of(id),
				   .on = DATE_NONE,
				   .at = NOW,
				   .code = str_of(code),
				   .address = code[0] != '\0' };
	enum receipted came = RECEIPTED_COUNT;

	const struct reply reply = ask(
		store_receipt(&world.arena, &world.store, CHANNEL_SMS, str_of(kind), &receipt, 1));
	assert_int_equal(store_receipt_read(&reply, &came, 1), OK);
	return came;
}

static void a_providers_receipt_becomes_an_event_once(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);

	settle(CHANNEL_SMS, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_int_equal(hear_of("delivered", "m1", ""), RECEIPT_SAID);
	assert_str(json_text(last_own(), "type"), "message.delivered");
	const int64_t before = redis_count("XLEN {t}:own");
	assert_int_equal(hear_of("delivered", "m1", ""), RECEIPT_SAID_BEFORE);
	assert_int_equal(redis_count("XLEN {t}:own"), before);
	/* What contradicts it is kept: the one who decides weighs it. */
	assert_int_equal(hear_of("failed", "m1", "number"), RECEIPT_SAID);
	assert_true(json_bool(json_get(last_own(), "data"), "address", false));
	assert_int_equal(hear_of("failed", "m9", "number"), RECEIPT_UNKNOWN);
}

static void a_receipt_of_a_damaged_message_is_said_without_its_place(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);

	settle(CHANNEL_SMS, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	redis("HSET {t}:msg:m1 record damaged");
	assert_int_equal(hear_of("failed", "m1", "number"), RECEIPT_SAID);
	assert_str(json_text(last_own(), "type"), "message.failed");
	assert_int_equal(json_text(json_get(last_own(), "data"), "place").n, 0);
}

static void a_receipt_that_overtakes_the_providers_answer_says_that_it_has_the_message(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_SMS);
	const int64_t before = redis_count("XLEN {t}:own");

	assert_int_equal(hear_of("failed", "m1", "number"), RECEIPT_SAID);
	assert_str(message_state("m1"), "accepted");
	assert_int_equal(redis_count("XLEN {t}:own"), before + 2);
	assert_int_equal(redis_count("ZCARD {t}:out:sms:handing_over"), 0);
	/* The answer that it was accepted comes after the failure was decided upon: the failure is newer. */
	redis("HSET {t}:msg:m1 state failed");
	settle(CHANNEL_SMS, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_str(message_state("m1"), "failed");
	assert_int_equal(redis_count("XLEN {t}:own"), before + 2);
}

static void a_receipt_ends_the_doubt_about_a_text_message(void **state)
{
	hand_over_one(CHANNEL_SMS);
	claim_none(CHANNEL_SMS, LATER(HANDOVER_LEASE_MS));
	assert_str(message_state("m1"), "unknown");
	assert_int_equal(hear_of("delivered", "m1", ""), RECEIPT_SAID);
	assert_str(message_state("m1"), "accepted");
	assert_int_equal(redis_count("ZCARD {t}:out:sms:unknown"), 0);
}

static void nobody_can_have_received_what_never_left(void **state)
{
	store_one(CHANNEL_SMS);
	assert_int_equal(hear_of("delivered", "m1", ""), RECEIPT_NOT_LEFT);
	assert_str(message_state("m1"), "ready");
}

/* --- what became of it ------------------------------------------------------------------------- */

/* Whether m1 is among those to be asked about; *out_next: when one is next. */
static bool is_followed(enum channel_kind channel, instant now, instant *out_next)
{
	struct to_follow *list = NULL;
	size_t n = 0;
	const struct reply reply = ask(store_follow(&world.arena, &world.store, channel, now));

	assert_int_equal(store_follow_read(&world.arena, &reply, &list, &n, out_next), OK);
	assert_true(n <= 1);
	if (n == 1)
		assert_str(list[0].message, "m1");
	return n == 1;
}

static void what_was_accepted_is_asked_about_less_and_less_often(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_LETTER);
	instant at = NOW, next;
	int times = 0;

	assert_false(is_followed(CHANNEL_LETTER, LATER(86400000), &next));
	settle(CHANNEL_LETTER, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_false(is_followed(CHANNEL_LETTER, NOW, &next));
	assert_int_equal(next.ms - NOW.ms, 60000);
	while (next.ms != INSTANT_NEVER.ms && times < 1000) {
		const int64_t pause = next.ms - at.ms;

		assert_true(pause >= 60000 && pause <= 3600000);
		at = next;
		times += is_followed(CHANNEL_LETTER, at, &next);
	}
	/* For a week, and then no more. */
	assert_true(times > 7 * 24 && times < 7 * 24 + 20);
	assert_int_equal(redis_count("ZCARD {t}:follow:letter"), 0);
}

static void what_has_its_end_is_not_asked_about(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_LETTER);
	instant next;

	settle(CHANNEL_LETTER, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	redis("HSET {t}:msg:m1 state dispatched");
	assert_false(is_followed(CHANNEL_LETTER, LATER(3600000), &next));
	assert_int_equal(next.ms, INSTANT_NEVER.ms);
}

static void what_nobody_can_be_asked_about_is_not_kept(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_EMAIL);

	settle(CHANNEL_EMAIL, outcome_of(claimed.attempt, SETTLED_ACCEPTED), NOW);
	assert_int_equal(redis_count("EXISTS {t}:follow:email"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(what_the_print_room_says_becomes_an_event),
		STORE_TEST(what_the_print_room_cannot_know_is_told_apart),
		STORE_TEST(a_letter_of_which_nobody_knew_was_in_the_print_room_all_along),
		STORE_TEST(a_providers_receipt_becomes_an_event_once),
		STORE_TEST(a_receipt_of_a_damaged_message_is_said_without_its_place),
		STORE_TEST(
			a_receipt_that_overtakes_the_providers_answer_says_that_it_has_the_message),
		STORE_TEST(a_receipt_ends_the_doubt_about_a_text_message),
		STORE_TEST(nobody_can_have_received_what_never_left),
		STORE_TEST(what_was_accepted_is_asked_about_less_and_less_often),
		STORE_TEST(what_has_its_end_is_not_asked_about),
		STORE_TEST(what_nobody_can_be_asked_about_is_not_kept),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
