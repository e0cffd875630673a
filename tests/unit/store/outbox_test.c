#include "world.h"

#include "base/json.h"

static struct claimed *claim_at(enum channel_kind channel, size_t wanted, instant now,
				size_t *out_n, instant *out_next)
{
	const struct reply reply = ask(
		store_claim(&world.arena, &world.store, channel,
			    (struct sender){ S("me"), channel != CHANNEL_SMS }, wanted, now));
	struct claim claim = { .n = 0 };
	const enum err err = store_claim_read(&world.arena, &reply, &claim);

	if (err != OK)
		print_error("%.*s\n", STR_ARG(reply.text));
	assert_int_equal(err, OK);
	*out_n = claim.n;
	*out_next = claim.next;
	return claim.list;
}

static struct claimed claim_one(enum channel_kind channel, instant now)
{
	instant next;
	size_t n;
	struct claimed *list = claim_at(channel, 1, now, &n, &next);

	assert_int_equal(n, 1);
	return list[0];
}

static size_t claim_none(enum channel_kind channel, instant now)
{
	instant next;
	size_t n;

	claim_at(channel, 10, now, &n, &next);
	return n;
}

static bool begin_at(enum channel_kind channel, const char *id, int64_t attempt, instant now)
{
	const struct begin begin = { .message = str_of(id),
				     .attempt = attempt,
				     .body = S("{\"text\":\"words\"}"),
				     .sha256 = S("abc"),
				     .template_version = S("tv1") };
	const struct reply reply = ask(
		store_begin(&world.arena, &world.store, channel, &begin, 1, now));
	bool may = false;

	assert_int_equal(store_begin_read(&reply, &may, 1), OK);
	return may;
}

static size_t settle(enum channel_kind channel, struct settle settle, instant now)
{
	settle.follow = channel == CHANNEL_LETTER;
	const struct reply reply = ask(
		store_settle(&world.arena, &world.store, channel, &settle, 1, now));
	size_t late = 99;
	const enum err err = store_settle_read(&reply, &late);

	if (err != OK)
		print_error("%.*s\n", STR_ARG(reply.text));
	assert_int_equal(err, OK);
	return late;
}

static struct settle outcome_of(int64_t attempt, enum settled outcome)
{
	return (struct settle){ .message = S("m1"),
				.attempt = attempt,
				.outcome = outcome,
				.again = INSTANT_NEVER,
				.code = S("250"),
				.provider_id = S("prov-1") };
}

/* F1 with one message m1, ready to be claimed. */
static struct family *store_one(enum channel_kind channel)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", channel) };

	store_messages(family, "e2", messages, 1);
	return family;
}

/* ... and being handed over. */
static struct claimed hand_over_one(enum channel_kind channel)
{
	store_one(channel);
	const struct claimed claimed = claim_one(channel, NOW);

	assert_true(begin_at(channel, "m1", claimed.attempt, NOW));
	return claimed;
}

/* Every own event must be one that intake can read. */
static const struct json *last_own(void)
{
	const struct reply reply = redis("XREVRANGE {t}:own + - COUNT 1");
	const struct json *json = NULL;

	assert_int_equal(reply.n, 1);
	assert_int_equal(
		json_parse(&world.arena, reply.items[0].items[1].items[1].text, 8, &json, NULL),
		JSON_FINE);
	assert_str(json_text(json, "specversion"), "1.0");
	assert_str(json_text(json, "source"), "candour");
	return json;
}

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
		assert_str(message_state("m1"), i == 0 ? "waiting" : "claimed");
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

static void a_message_goes_back_when_time_alone_has_changed_who_may_be_told(void **state)
{
	struct family *family = store_one(CHANNEL_SMS);
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	struct plan plan = { .family = family,
			     .next_look = INSTANT_NEVER,
			     .told_until = LATER(1000) };
	const struct event event = family_event("e3");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	/* Nobody has looked since. */
	assert_false(begin_at(CHANNEL_SMS, "m1", claimed.attempt, LATER(1000)));
	assert_str(message_state("m1"), "intended");
	assert_str(json_text(last_own(), "type"), "message.stale");
}

static void a_message_goes_until_the_time_for_a_change_has_come(void **state)
{
	struct family *family = store_one(CHANNEL_SMS);
	const struct claimed claimed = claim_one(CHANNEL_SMS, NOW);
	struct plan plan = { .family = family,
			     .next_look = INSTANT_NEVER,
			     .told_until = LATER(1000) };
	const struct event event = family_event("e3");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	assert_true(begin_at(CHANNEL_SMS, "m1", claimed.attempt, LATER(999)));
}

static void a_message_stopped_after_its_claim_does_not_go(void **state)
{
	struct family *family = store_one(CHANNEL_EMAIL);
	const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);
	struct closing closings[] = {
		{ .message = S("m1"), .state = MESSAGE_STOPPED, .why = S("deceased") }
	};
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .closings = closings, .n_closings = 1
	};
	const struct event event = family_event("e3");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
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
	struct closing closings[] = {
		{ .message = S("m1"), .state = MESSAGE_FAILED, .why = S("550") }
	};
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .closings = closings, .n_closings = 1
	};
	const struct event event = family_event("e3");

	redis("HSET {t}:msg:m1 state accepted late 1");
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
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
	assert_str(message_state("m1"), "waiting");
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
		STORE_TEST(a_message_is_not_claimed_before_its_instant),
		STORE_TEST(nothing_is_claimed_while_all_is_held),
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
		STORE_TEST(a_message_goes_until_the_time_for_a_change_has_come),
		STORE_TEST(a_message_stopped_after_its_claim_does_not_go),
		STORE_TEST(a_begin_whose_answer_was_lost_may_be_asked_again),
		STORE_TEST(words_that_were_fixed_are_not_changed_by_a_later_try),
		STORE_TEST(a_message_that_became_useless_after_its_claim_does_not_go),
		STORE_TEST(a_body_that_is_too_large_fails_unsent),
		STORE_TEST(an_accepted_message_is_out_of_the_outbox_and_becomes_an_event),
		STORE_TEST(a_message_of_no_case_reports_to_its_family),
		STORE_TEST(a_message_fails_when_its_tries_are_used_up),
		STORE_TEST(what_was_not_begun_does_not_count_as_a_try),
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
