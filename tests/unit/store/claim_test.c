/* Which message may leave, and when: claimed, and begun. */
#include "outbox.h"

/* --- claim ------------------------------------------------------------------------------------ */

static void a_message_is_not_claimed_before_its_instant(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	instant next;
	size_t n;

	messages[0].not_before = LATER(60000);
	store_messages(family, "e2", messages, 1);
	claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
	assert_int_equal(n, 0);
	assert_int_equal(next.ms, NOW_MS + 60000);
	claim_at(CHANNEL_SMS, 5, LATER(60000), &n, &next);
	assert_int_equal(n, 0);
	assert_true(instant_is_never(next));
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, LATER(60000));
	assert_str(claimed.message.id, "m1");
	assert_str(claimed.message.email, "mum@example.org");
	assert_int_equal(claimed.attempt, 1);
	assert_int_equal(claimed.tried, 1);
	assert_false(claimed.unknown_before);
	assert_int_equal(claimed.body.n, 0);
}

/* What waits to be decided may make it untrue. */
static void nothing_is_claimed_while_nobody_decides_or_its_owner_has_not_recovered(void **state)
{
	instant next;
	size_t n;

	store_one(CHANNEL_EMAIL);
	redis("HDEL {t}:owner recovered");
	claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
	assert_int_equal(n, 0);
	assert_int_equal(next.ms, NOW_MS + 200);
	/* Nobody says so, but it has owned the prefix for longer than recovering may take. */
	const str since = redis_text("HGET {t}:owner since");
	redis("HSET {t}:owner since 1");
	assert_str(claim_one(CHANNEL_EMAIL, NOW).message.id, "m1");
	redis("ZADD {t}:out:email:waiting 1 m1");
	redis("ZREM {t}:out:email:claimed m1");
	redis("HSET {t}:msg:m1 state waiting");
	redis(str_z(&world.arena,
		    str_fmt(&world.arena, "HSET {t}:owner since %.*s", STR_ARG(since))));
	redis("HSET {t}:owner recovered 1 until 1");
	claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
	assert_int_equal(n, 0);
	assert_str(take_lease(RANDOM_A), "1." RANDOM_A);
	assert_int_equal(redis_count("HEXISTS {t}:owner recovered"), 0);
	redis("HSET {t}:owner recovered 1");
	assert_str(claim_one(CHANNEL_EMAIL, NOW).message.id, "m1");
}

/* The auditor says which message is lost. */
static void what_is_in_a_set_without_a_message_keeps_no_other_from_leaving(void **state)
{
	static const char *const sets[] = { "ready", "handing_over", "claimed", "waiting" };

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		size_t n;
		instant next;

		assert_int_equal(empty_world(state), 0);
		const char *key = str_z(&world.arena,
					str_fmt(&world.arena, "{t}:out:email:%s", sets[i]));

		store_one(CHANNEL_EMAIL);
		redis(str_z(&world.arena, str_fmt(&world.arena, "ZADD %s 1 lost", key)));
		const struct claimed *list = claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
		assert_int_equal(n, 1);
		assert_str(list[0].message.id, "m1");
		assert_int_equal(redis_count(str_z(&world.arena,
						   str_fmt(&world.arena, "ZCOUNT %s 1 1", key))),
				 0);
	}
}

static void nothing_is_claimed_while_all_is_held(void **state)
{
	store_one(CHANNEL_EMAIL);
	redis("SET {t}:hold 1");
	assert_int_equal(claim_none(CHANNEL_EMAIL, NOW), 0);
	redis("DEL {t}:hold");
	assert_str(claim_one(CHANNEL_EMAIL, NOW).message.id, "m1");
}

static void the_urgent_go_first_and_then_what_is_useless_soonest(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL),
				      make_message("m2", CHANNEL_EMAIL),
				      make_message("m3", CHANNEL_EMAIL),
				      make_message("m4", CHANNEL_EMAIL) };
	instant next;
	size_t n;

	messages[0].grade = GRADE_OPTIONAL;
	messages[2].useless_after = LATER(1000);
	messages[3].grade = GRADE_URGENT;
	store_messages(family, "e2", messages, 4);
	const struct claimed *list = claim_at(CHANNEL_EMAIL, 3, NOW, &n, &next);
	assert_int_equal(n, 3);
	assert_str(list[0].message.id, "m4");
	assert_str(list[1].message.id, "m3");
	assert_str(list[2].message.id, "m2");
	assert_str(message_state("m1"), "ready");
}

static void what_is_just_due_stands_with_what_has_been_ready(void **state)
{
	struct family *family = store_first_family();
	struct message first[] = { make_message("m1", CHANNEL_EMAIL),
				   make_message("m2", CHANNEL_EMAIL),
				   make_message("m3", CHANNEL_EMAIL) };
	struct message second[] = { make_message("m4", CHANNEL_EMAIL),
				    make_message("m5", CHANNEL_EMAIL) };
	instant next;
	size_t n;

	store_messages(family, "e2", first, 3);
	assert_str(claim_one(CHANNEL_EMAIL, NOW).message.id, "m1");
	assert_str(message_state("m2"), "ready");
	second[0].grade = GRADE_OPTIONAL;
	second[1].grade = GRADE_URGENT;
	store_messages(family, "e3", second, 2);
	const struct claimed *list = claim_at(CHANNEL_EMAIL, 2, NOW, &n, &next);
	assert_int_equal(n, 2);
	assert_str(list[0].message.id, "m5");
	assert_str(list[1].message.id, "m2");
	assert_str(message_state("m3"), "ready");
	assert_str(message_state("m4"), "ready");
	assert_int_equal(redis("ZCARD {t}:out:email:waiting").integer, 0);
	assert_int_equal(redis("ZCARD {t}:out:email:ready").integer, 2);
	assert_int_equal(redis("ZCARD {t}:out:email:claimed").integer, 3);
}

static void what_is_useless_by_now_expires_and_says_so(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	messages[0].useless_after = LATER(1000);
	store_messages(family, "e2", messages, 1);
	assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(1000)), 0);
	assert_str(message_state("m1"), "expired");
	assert_str(json_text(last_own(), "type"), "message.expired");
	assert_str(json_text(json_get(last_own(), "data"), "message"), "m1");
}

static void a_claim_that_nobody_used_is_ready_again_and_not_counted(void **state)
{
	store_one(CHANNEL_EMAIL);
	const struct claimed first = claim_one(CHANNEL_EMAIL, NOW);

	assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(CLAIM_LEASE_MS - 1)), 0);
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(CLAIM_LEASE_MS));
	assert_int_equal(second.tried, 1);
	assert_true(second.attempt > first.attempt);
	assert_false(second.unknown_before);
	/* the slow one comes too late */
	assert_false(begin_at(CHANNEL_EMAIL, "m1", first.attempt, LATER(CLAIM_LEASE_MS)));
	assert_true(begin_at(CHANNEL_EMAIL, "m1", second.attempt, LATER(CLAIM_LEASE_MS)));
}

static void no_more_than_wanted_are_claimed_and_more_are_promised(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_SMS),
				      make_message("m2", CHANNEL_SMS),
				      make_message("m3", CHANNEL_SMS) };
	instant next;
	size_t n;

	messages[0].useless_after = NOW;
	messages[0].grade = GRADE_URGENT;
	store_messages(family, "e2", messages, 3);
	/* the only one looked at has expired: there are two behind it */
	claim_at(CHANNEL_SMS, 1, NOW, &n, &next);
	assert_int_equal(n, 0);
	assert_int_equal(next.ms, NOW_MS);
	claim_at(CHANNEL_SMS, 1, NOW, &n, &next);
	assert_int_equal(n, 1);
	assert_int_equal(next.ms, NOW_MS);
	claim_at(CHANNEL_SMS, 1, NOW, &n, &next);
	assert_int_equal(n, 1);
	assert_int_equal(next.ms, NOW_MS + CLAIM_LEASE_MS);
}

static void pause_until(const char *what, instant until)
{
	const struct sending_pause pause = { str_of(what), NOW, until, S("it moves"), S("me") };

	assert_int_equal(ask(store_pause(&world.arena, &world.store, &pause)).type, REPLY_INTEGER);
}

static struct claim claim_paused(instant now)
{
	const struct reply reply = ask(store_claim(&world.arena, &world.store, CHANNEL_SMS,
						   (struct sender){ S("me"), false }, 1, now));
	struct claim claim = { .n = 0 };

	assert_int_equal(store_claim_read(&world.arena, &reply, &claim), OK);
	return claim;
}

static void a_paused_channel_keeps_its_messages_until_the_pause_ends(void **state)
{
	store_one(CHANNEL_SMS);
	pause_until("sms", LATER(2000));
	pause_until("email", LATER(1000));
	const struct claim claim = claim_paused(LATER(1999));

	assert_int_equal(claim.n, 0);
	assert_int_equal(claim.next.ms, NOW_MS + 2000);
	assert_int_equal(claim_paused(LATER(2000)).n, 1);
	assert_int_equal(redis_count("HLEN {t}:paused"), 1);
}

static void a_paused_provider_is_named_with_each_claim_until_its_pause_ends(void **state)
{
	store_one(CHANNEL_SMS);
	pause_until("sms/notify", LATER(2000));
	pause_until("email/relay", LATER(2000));
	const struct claim claim = claim_paused(NOW);

	assert_int_equal(claim.n, 1);
	assert_int_equal(claim.n_paused, 1);
	assert_str(claim.paused[0], "notify");
	assert_int_equal(claim_paused(LATER(2000)).n_paused, 0);
}

static void a_pause_that_nobody_can_read_is_none_and_hides_no_other(void **state)
{
	const char *const bad[] = { "", "nonsense", "[1,2]", "7", "{\"until\":{}}", "{}" };

	store_one(CHANNEL_SMS);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		redis(str_z(&world.arena, str_fmt(&world.arena, "HSET {t}:paused sms %s", bad[i])));
		redis(str_z(&world.arena,
			    str_fmt(&world.arena, "HSET {t}:paused sms/notify %s", bad[i])));
		pause_until("letter", LATER(9000));
		assert_int_equal(claim_paused(LATER((int64_t)i * CLAIM_LEASE_MS)).n, 1);
		assert_int_equal(redis_count("HLEN {t}:paused"), 1);
	}
}

static void a_message_that_brings_its_senders_down_fails_in_the_end(void **state)
{
	store_one(CHANNEL_EMAIL);
	for (int i = 0; i < 10; i++) {
		assert_str(message_state("m1"), i == 0 ? "ready" : "claimed");
		claim_one(CHANNEL_EMAIL, LATER(i * CLAIM_LEASE_MS));
	}
	assert_int_equal(claim_none(CHANNEL_EMAIL, LATER(10 * CLAIM_LEASE_MS)), 0);
	assert_str(message_state("m1"), "failed");
	assert_str(json_text(last_own(), "type"), "message.failed");
	assert_str(json_text(json_get(last_own(), "data"), "code"), "poison");
}

static void a_hand_over_forgives_the_claims_that_nobody_used(void **state)
{
	struct claimed claimed;
	int i = 0;

	store_one(CHANNEL_EMAIL);
	for (; i < 9; i++)
		claim_one(CHANNEL_EMAIL, LATER(i * CLAIM_LEASE_MS));
	claimed = claim_one(CHANNEL_EMAIL, LATER(i * CLAIM_LEASE_MS));
	assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, LATER(i * CLAIM_LEASE_MS)));
	struct settle later = outcome_of(claimed.attempt, SETTLED_LATER);
	later.again = LATER(++i * CLAIM_LEASE_MS);
	settle(CHANNEL_EMAIL, later, NOW);
	claim_one(CHANNEL_EMAIL, LATER(i++ * CLAIM_LEASE_MS));
	claim_one(CHANNEL_EMAIL, LATER(i * CLAIM_LEASE_MS));
	assert_str(message_state("m1"), "claimed");
}

static void a_message_that_cannot_be_read_does_not_hold_up_the_others(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL),
				      make_message("m2", CHANNEL_EMAIL) };
	instant next;
	size_t n;

	messages[0].grade = GRADE_URGENT;
	store_messages(family, "e2", messages, 2);
	redis("HSET {t}:msg:m1 record {\"v\":99}");
	const struct claimed *list = claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
	assert_int_equal(n, 2);
	assert_str(list[0].message.id, "m1");
	assert_true(list[0].damaged);
	assert_str(list[1].message.id, "m2");
	assert_false(list[1].damaged);
}

/* --- begin ------------------------------------------------------------------------------------ */

static void words_are_fixed_at_the_first_hand_over_and_given_again_at_the_next(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle later = outcome_of(first.attempt, SETTLED_LATER);

	assert_str(message_state("m1"), "handing_over");
	later.again = LATER(60000);
	assert_int_equal(settle(CHANNEL_EMAIL, later, NOW), 0);
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(60000));
	assert_str(second.body, "{\"text\":\"words\"}");
	assert_int_equal(second.tried, 2);
	assert_false(second.unknown_before);
}

static void a_message_goes_back_when_who_may_be_told_how_has_changed(void **state)
{
	struct family *family = store_one(CHANNEL_SMS);
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	struct plan plan = { .family = family, .next_look = INSTANT_NEVER };
	const struct event event = family_event("e3");

	family->tell++;
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	assert_false(begin_at(CHANNEL_SMS, "m1", claimed.attempt, NOW));
	assert_str(message_state("m1"), "intended");
	assert_int_equal(redis_count("ZCARD {t}:out:sms:claimed"), 0);
	assert_str(json_text(last_own(), "type"), "message.stale");
	assert_str(json_text(last_own(), "subject"), "case/C1");
	assert_str(json_text(json_get(last_own(), "data"), "message"), "m1");

	/* addressed again under the same id, with the new number */
	struct message messages[] = { make_message("m1", CHANNEL_SMS) };
	messages[0].tell = 1;
	messages[0].sms = S("+447700900123");
	store_messages(family, "e4", messages, 1);
	const struct claimed again = claim_one(CHANNEL_SMS, NOW);
	assert_str(again.message.sms, "+447700900123");
	assert_true(begin_at(CHANNEL_SMS, "m1", again.attempt, NOW));
}

/* Claimed; and from then on time alone changes who may be told. */
static struct claimed claim_until(instant told_until)
{
	struct plan plan = { .family = store_one(CHANNEL_SMS),
			     .next_look = INSTANT_NEVER,
			     .told_until = told_until };
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	const struct event event = family_event("e3");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	return claimed;
}

static void a_message_goes_back_when_time_alone_has_changed_who_may_be_told(void **state)
{
	const struct claimed claimed = claim_until(LATER(1000));

	/* Nobody has looked since. */
	assert_false(begin_at(CHANNEL_SMS, "m1", claimed.attempt, LATER(1000)));
	assert_str(message_state("m1"), "intended");
	assert_str(json_text(last_own(), "type"), "message.stale");
}

/* The owner's clock is behind the sender's: it is asked once, and then the message waits for it. */
static void what_one_clock_calls_over_and_another_does_not_is_addressed_again_once(void **state)
{
	struct family *family = store_one(CHANNEL_SMS);
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	struct message message = make_message("m1", CHANNEL_SMS);
	struct plan plan = { .family = family,
			     .next_look = INSTANT_NEVER,
			     .told_until = LATER(1000) };
	const struct event event = family_event("e3"), again = family_event("e4");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	assert_false(begin_at(CHANNEL_SMS, "m1", claimed.attempt, LATER(1000)));
	assert_str(message_state("m1"), "intended");
	const int64_t events = redis_count("XLEN {t}:own");

	plan.messages = &message;
	plan.n_messages = 1;
	assert_int_equal(commit_event(&again, &plan), COMMIT_DONE);
	for (int i = 0; i < 12; i++) {
		const instant now = LATER(2000 + i * 60000);
		const struct claimed next = claim_one(CHANNEL_SMS, now);

		assert_false(begin_at(CHANNEL_SMS, "m1", next.attempt, now));
		assert_str(message_state("m1"), "waiting");
	}
	assert_int_equal(redis_count("XLEN {t}:own"), events);
	/* The owner has looked: who may be told is known until a later day. */
	plan.n_messages = 0;
	plan.told_until = LATER(SPAN_DAYS(1).ms);
	const struct event looked = family_event("e5");

	assert_int_equal(commit_event(&looked, &plan), COMMIT_DONE);
	const struct claimed last = claim_one(CHANNEL_SMS, LATER(2000 + 12 * 60000));

	assert_true(begin_at(CHANNEL_SMS, "m1", last.attempt, LATER(2000 + 12 * 60000)));
}

static void a_message_goes_until_the_time_for_a_change_has_come(void **state)
{
	const struct claimed claimed = claim_until(LATER(1000));

	assert_true(begin_at(CHANNEL_SMS, "m1", claimed.attempt, LATER(999)));
}

static void a_message_stopped_after_its_claim_does_not_go(void **state)
{
	struct family *family = store_one(CHANNEL_EMAIL);
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);

	close_message(family, "e3", "m1", MESSAGE_STOPPED);
	assert_false(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
	assert_str(message_state("m1"), "stopped");
}

static void a_begin_whose_answer_was_lost_may_be_asked_again(void **state)
{
	const struct claimed claimed = hand_over_one(CHANNEL_EMAIL);

	assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
	assert_str(redis_text("HGET {t}:msg:m1 tried"), "1");
}

static void words_that_were_fixed_are_not_changed_by_a_later_try(void **state)
{
	const struct claimed first = hand_over_one(CHANNEL_EMAIL);
	struct settle later = outcome_of(first.attempt, SETTLED_LATER);
	bool may = false;

	later.again = LATER(1000);
	settle(CHANNEL_EMAIL, later, NOW);
	const struct claimed second = claim_one(CHANNEL_EMAIL, LATER(1000));
	const struct begin other = { .message = S("m1"),
				     .attempt = second.attempt,
				     .body = S("other words"),
				     .sha256 = S("def"),
				     .template_version = S("tv2") };
	const struct reply reply = ask(
		store_begin(&world.arena, &world.store, CHANNEL_EMAIL, &other, 1, LATER(1000)));
	assert_int_equal(store_begin_read(&reply, &may, 1), OK);
	assert_true(may);
	assert_str(redis_text("HGET {t}:msg:m1 body"), "{\"text\":\"words\"}");
	assert_str(redis_text("HGET {t}:msg:m1 sha256"), "abc");
	assert_str(redis_text("HGET {t}:msg:m1 tv"), "tv1");
}

static void a_message_that_became_useless_after_its_claim_does_not_go(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	messages[0].useless_after = LATER(1000);
	store_messages(family, "e2", messages, 1);
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);
	assert_false(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, LATER(1000)));
	assert_str(message_state("m1"), "expired");
	assert_str(json_text(last_own(), "type"), "message.expired");
}

static void a_body_that_is_too_large_fails_unsent(void **state)
{
	store_one(CHANNEL_LETTER);
	const struct claimed claimed = claim_one(CHANNEL_LETTER, NOW);
	char *p = TAKE(&world.arena, char, BODY_BYTES_MAX + 1);
	const struct begin begin = { .message = S("m1"),
				     .attempt = claimed.attempt,
				     .body = { p, BODY_BYTES_MAX + 1 } };
	bool may = true;

	const struct reply reply = ask(
		store_begin(&world.arena, &world.store, CHANNEL_LETTER, &begin, 1, NOW));
	assert_int_equal(store_begin_read(&reply, &may, 1), OK);
	assert_false(may);
	assert_str(message_state("m1"), "failed");
	assert_str(json_text(json_get(last_own(), "data"), "code"), "too_large");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_message_is_not_claimed_before_its_instant),
		STORE_TEST(nothing_is_claimed_while_all_is_held),
		STORE_TEST(what_is_in_a_set_without_a_message_keeps_no_other_from_leaving),
		STORE_TEST(nothing_is_claimed_while_nobody_decides_or_its_owner_has_not_recovered),
		STORE_TEST(the_urgent_go_first_and_then_what_is_useless_soonest),
		STORE_TEST(what_is_just_due_stands_with_what_has_been_ready),
		STORE_TEST(what_is_useless_by_now_expires_and_says_so),
		STORE_TEST(a_claim_that_nobody_used_is_ready_again_and_not_counted),
		STORE_TEST(no_more_than_wanted_are_claimed_and_more_are_promised),
		STORE_TEST(a_paused_channel_keeps_its_messages_until_the_pause_ends),
		STORE_TEST(a_paused_provider_is_named_with_each_claim_until_its_pause_ends),
		STORE_TEST(a_pause_that_nobody_can_read_is_none_and_hides_no_other),
		STORE_TEST(a_message_that_brings_its_senders_down_fails_in_the_end),
		STORE_TEST(a_hand_over_forgives_the_claims_that_nobody_used),
		STORE_TEST(a_message_that_cannot_be_read_does_not_hold_up_the_others),
		STORE_TEST(words_are_fixed_at_the_first_hand_over_and_given_again_at_the_next),
		STORE_TEST(a_message_goes_back_when_who_may_be_told_how_has_changed),
		STORE_TEST(a_message_goes_back_when_time_alone_has_changed_who_may_be_told),
		STORE_TEST(what_one_clock_calls_over_and_another_does_not_is_addressed_again_once),
		STORE_TEST(a_message_goes_until_the_time_for_a_change_has_come),
		STORE_TEST(a_message_stopped_after_its_claim_does_not_go),
		STORE_TEST(a_begin_whose_answer_was_lost_may_be_asked_again),
		STORE_TEST(words_that_were_fixed_are_not_changed_by_a_later_try),
		STORE_TEST(a_message_that_became_useless_after_its_claim_does_not_go),
		STORE_TEST(a_body_that_is_too_large_fails_unsent),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
