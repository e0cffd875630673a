/* A message that is damaged, in the middle of a batch: the others go their way, and the auditor names it. */
#include "outbox.h"

enum damage { OF_ANOTHER_KIND, NOT_A_NUMBER, DAMAGES };

static void damage(enum damage how)
{
	if (how == OF_ANOTHER_KIND) {
		redis("DEL {t}:msg:m2");
		redis("SET {t}:msg:m2 x");
	} else {
		redis("HSET {t}:msg:m2 attempt x tried x tries x useless x unused x followed x");
	}
}

static const char *const names[] = { "m1", "m2", "m3" };
#define N 3

/* What a test needs: F1 has three messages, of which the second will be damaged. */
static struct family *store_three(void **state, enum channel_kind channel)
{
	struct message messages[N];
	struct family *family;

	assert_int_equal(empty_world(state), 0);
	family = store_first_family();
	for (size_t i = 0; i < N; i++)
		messages[i] = make_message(names[i], channel);
	store_messages(family, "e2", messages, N);
	return family;
}

static void claim_three(void **state, enum channel_kind channel)
{
	instant next;
	size_t n;

	store_three(state, channel);
	claim_at(channel, N, NOW, &n, &next);
	assert_int_equal(n, N);
}

static struct reply begin_three(enum channel_kind channel)
{
	struct begin begins[N];

	for (size_t i = 0; i < N; i++)
		begins[i] = (struct begin){ .message = str_of(names[i]),
					    .attempt = 1,
					    .body = S("{\"text\":\"words\"}"),
					    .sha256 = S("abc"),
					    .template_version = S("tv1") };
	return ask(store_begin(&world.arena, &world.store, channel, begins, N, NOW));
}

static void hand_over_three(void **state, enum channel_kind channel)
{
	claim_three(state, channel);
	const struct reply reply = begin_three(channel);
	bool may[N] = { false };

	assert_int_equal(store_begin_read(&reply, may, N), OK);
	assert_true(may[0] && may[1] && may[2]);
}

static int64_t place_in(const char *set, const char *id)
{
	const struct reply reply = redis(
		str_z(&world.arena, str_fmt(&world.arena, "ZRANK {t}:out:%s %s", set, id)));

	return reply.type == REPLY_INTEGER ? reply.integer : -1;
}

static void is_in_no_set(const char *channel)
{
	static const char *const sets[] = { "waiting", "ready", "claimed", "handing_over",
					    "unknown" };

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
		assert_int_equal(place_in(str_z(&world.arena,
						str_fmt(&world.arena, "%s:%s", channel, sets[i])),
					  "m2"),
				 -1);
}

/* ---------------------------------------------------------------------------------------------- */

static void nothing_of_it_is_handed_over_but_the_others_are(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		bool may[N] = { false };

		claim_three(state, CHANNEL_EMAIL);
		damage(how);
		const struct reply reply = begin_three(CHANNEL_EMAIL);

		assert_int_equal(store_begin_read(&reply, may, N), OK);
		assert_true(may[0] && !may[1] && may[2]);
		assert_str(message_state("m3"), "handing_over");
		assert_true(place_in("email:handing_over", "m1") >= 0);
		assert_true(place_in("email:claimed", "m3") < 0);
		is_in_no_set("email");
	}
}

static void nobody_can_say_whom_a_damaged_family_is(void **state)
{
	bool may[N] = { true, true, true };

	claim_three(state, CHANNEL_EMAIL);
	redis("DEL {t}:family:F1");
	redis("SET {t}:family:F1 x");
	const struct reply reply = begin_three(CHANNEL_EMAIL);

	assert_int_equal(store_begin_read(&reply, may, N), OK);
	assert_false(may[0] || may[1] || may[2]);
	assert_str(message_state("m1"), "claimed");
}

static void what_came_of_the_others_is_written_down(void **state)
{
	static const enum settled outcomes[] = { SETTLED_ACCEPTED,  SETTLED_LATER,
						 SETTLED_NOT_BEGUN, SETTLED_HELD,
						 SETTLED_FAILED,    SETTLED_UNKNOWN };
	static const char *const states[] = { "accepted", "waiting", "waiting",
					      "waiting",  "failed",  "unknown" };

	for (size_t i = 0; i < DAMAGES * sizeof states / sizeof *states; i++) {
		struct settle settles[N];
		size_t late = 9;

		hand_over_three(state, CHANNEL_SMS);
		damage(i % DAMAGES);
		for (size_t j = 0; j < N; j++) {
			settles[j] = outcome_of(1, outcomes[i / DAMAGES]);
			settles[j].message = str_of(names[j]);
		}
		const struct reply reply = ask(
			store_settle(&world.arena, &world.store, CHANNEL_SMS, settles, N, NOW));

		assert_int_equal(store_settle_read(&reply, &late), OK);
		assert_int_equal(late, 0);
		assert_str(message_state("m1"), states[i / DAMAGES]);
		assert_str(message_state("m3"), states[i / DAMAGES]);
		assert_true(place_in("sms:handing_over", "m1") < 0);
		assert_true(place_in("sms:handing_over", "m3") < 0);
		is_in_no_set("sms");
	}
}

/* Its sender knows whose it is: of what is to be tried again nothing can leave any more, so it has failed. */
static void what_came_of_it_itself_is_told_all_the_same(void **state)
{
	static const struct {
		enum settled outcome;
		const char *type, *code;
	} told[] = {
		{ SETTLED_ACCEPTED, "message.accepted", "250" },
		{ SETTLED_SHADOW, "message.accepted", "250" },
		{ SETTLED_UNKNOWN, "message.unknown", "250" },
		{ SETTLED_FAILED, "message.failed", "250" },
		{ SETTLED_LATER, "message.failed", "damaged" },
		{ SETTLED_NOT_BEGUN, "message.failed", "damaged" },
		{ SETTLED_HELD, "message.failed", "damaged" },
	};

	for (size_t i = 0; i < DAMAGES * sizeof told / sizeof *told; i++) {
		struct settle one = outcome_of(1, told[i / DAMAGES].outcome);

		hand_over_three(state, CHANNEL_SMS);
		damage(i % DAMAGES);
		one.message = S("m2");
		one.family = S("F1");
		one.case_id = S("C1");
		assert_int_equal(settle(CHANNEL_SMS, one, NOW), 0);
		assert_str(json_text(last_own(), "type"), told[i / DAMAGES].type);
		assert_str(json_text(last_own(), "subject"), "case/C1");
		const struct json *data = json_get(last_own(), "data");

		assert_str(json_text(data, "message"), "m2");
		assert_int_equal(json_int(data, "attempt", 0), 1);
		assert_str(json_text(data, "code"), told[i / DAMAGES].code);
		is_in_no_set("sms");
	}
}

static str last_own_text(void)
{
	const struct reply reply = redis("XREVRANGE {t}:own + - COUNT 1");

	assert_int_equal(reply.n, 1);
	return reply.items[0].items[1].items[1].text;
}

/* Whoever lost the answer tells it once more, later: the same event again, and no other under its id. */
static void what_is_told_again_of_it_is_told_the_same(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		struct settle one = outcome_of(1, SETTLED_ACCEPTED);

		hand_over_three(state, CHANNEL_SMS);
		damage(how);
		one.message = S("m2");
		one.family = S("F1");
		settle(CHANNEL_SMS, one, NOW);
		const str first = last_own_text();

		settle(CHANNEL_SMS, one, LATER(11000));
		assert_int_equal(redis_count("XLEN {t}:own"), 2);
		assert_str(last_own_text(), str_z(&world.arena, first));
	}
}

/* Whoever mends its numbers by hand does not send what was stopped. */
static void an_event_that_closes_it_is_done(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		instant next;
		size_t n;

		struct family *family = store_three(state, CHANNEL_EMAIL);

		damage(how);
		close_message(family, "e3", "m2", MESSAGE_STOPPED);
		if (how == NOT_A_NUMBER) {
			assert_str(message_state("m2"), "stopped");
			redis("HSET {t}:msg:m2 attempt 0 tried 0 tries 3");
			redis("HDEL {t}:msg:m2 useless unused followed");
		}
		claim_at(CHANNEL_EMAIL, N, NOW, &n, &next);
		assert_int_equal(n, 2);
		is_in_no_set("email");
	}
}

/* As docs/operate.md says. */
static void what_an_operator_has_closed_by_hand_is_named_no_more(void **state)
{
	const struct audit_page page = { .cursor = S("0"), .about = 100 };
	struct open_message open[] = {
		{ .id = S("m2"), .channel = CHANNEL_EMAIL, .accepted_on = DATE_NONE }
	};
	struct message messages[] = { make_message("m2", CHANNEL_EMAIL) };
	struct audited audited = { 0 };

	assert_int_equal(empty_world(state), 0);
	struct family *family = store_first_family();

	family->open = open;
	family->n_open = 1;
	store_messages(family, "e2", messages, 1);
	damage(OF_ANOTHER_KIND);
	claim_none(CHANNEL_EMAIL, NOW);
	redis("DEL {t}:msg:m2");
	redis("HSET {t}:msg:m2 state stopped channel email");
	const struct reply reply = ask(store_audit(&world.arena, &world.store, &page));

	assert_int_equal(store_audit_read(&world.arena, &reply, false, &audited), OK);
	assert_int_equal(audited.n, 0);
}

static void the_others_are_claimed_from_wherever_they_are(void **state)
{
	static const char *const sets[] = { "ready", "waiting", "claimed", "handing_over" };

	for (size_t i = 0; i < DAMAGES * sizeof sets / sizeof *sets; i++) {
		const char *set = sets[i / DAMAGES];
		instant next;
		size_t n;

		store_three(state, CHANNEL_EMAIL);
		damage(i % DAMAGES);
		redis("DEL {t}:out:email:ready");
		for (size_t j = 0; j < N; j++)
			redis(str_z(&world.arena,
				    str_fmt(&world.arena, "ZADD {t}:out:email:%s 1 %s", set,
					    names[j])));
		redis(str_z(&world.arena,
			    str_fmt(&world.arena, "HSET {t}:msg:m1 state %s attempt 1", set)));
		redis(str_z(&world.arena,
			    str_fmt(&world.arena, "HSET {t}:msg:m3 state %s attempt 1", set)));
		claim_at(CHANNEL_EMAIL, 5, NOW, &n, &next);
		/* What may have arrived comes again in a minute. */
		claim_at(CHANNEL_EMAIL, 5, LATER(60000), &n, &next);
		assert_str(message_state("m1"), "claimed");
		assert_str(message_state("m3"), "claimed");
		is_in_no_set("email");
	}
}

static void receipts_of_the_others_are_heard(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		struct receipt receipts[N];
		enum receipted came[N];

		hand_over_three(state, CHANNEL_SMS);
		damage(how);
		for (size_t i = 0; i < N; i++)
			receipts[i] = (struct receipt){ .message = str_of(names[i]),
							.on = DATE_NONE,
							.at = NOW };
		const struct reply reply = ask(store_receipt(
			&world.arena, &world.store, CHANNEL_SMS, S("delivered"), receipts, N));

		assert_int_equal(store_receipt_read(&reply, came, N), OK);
		assert_int_equal(came[0], RECEIPT_SAID);
		assert_int_equal(came[1], RECEIPT_UNKNOWN);
		assert_int_equal(came[2], RECEIPT_SAID);
		assert_true(place_in("sms:handing_over", "m1") < 0);
		assert_true(place_in("sms:handing_over", "m3") < 0);
	}
}

static void the_others_are_asked_about(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		struct to_follow *list = NULL;
		instant next;
		size_t n = 0;

		hand_over_three(state, CHANNEL_LETTER);
		for (size_t i = 0; i < N; i++) {
			struct settle one = outcome_of(1, SETTLED_ACCEPTED);

			one.message = str_of(names[i]);
			settle(CHANNEL_LETTER, one, NOW);
		}
		damage(how);
		const struct reply reply = ask(
			store_follow(&world.arena, &world.store, CHANNEL_LETTER, LATER(3600000)));

		assert_int_equal(store_follow_read(&world.arena, &reply, &list, &n, &next), OK);
		assert_int_equal(n, 2);
		assert_str(list[0].message, "m1");
		assert_str(list[1].message, "m3");
		assert_int_equal(redis_count("ZCARD {t}:follow:letter"), 2);
	}
}

static void all_is_let_go_that_was_held(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		claim_three(state, CHANNEL_EMAIL);
		damage(how);
		ask(store_hold(&world.arena, &world.store, S("a test"), NOW));
		for (int i = 0; i < 3 && redis_count("EXISTS {t}:hold") == 1; i++)
			ask(store_let_go(&world.arena, &world.store, NOW, false, NOW));
		assert_int_equal(redis_count("EXISTS {t}:hold"), 0);
		assert_str(message_state("m1"), "unknown");
		assert_str(message_state("m3"), "unknown");
		is_in_no_set("email");
	}
}

static void whoever_watches_sees_the_others(void **state)
{
	static const char *const records[] = { "x", "5" };

	for (size_t i = 0; i < 3; i++) {
		struct watched watched = { 0 };

		store_three(state, CHANNEL_EMAIL);
		if (i == 0)
			damage(OF_ANOTHER_KIND);
		else
			redis(str_z(&world.arena, str_fmt(&world.arena, "HSET {t}:msg:m2 record %s",
							  records[i - 1])));
		const struct reply reply = ask(
			store_watch(&world.arena, &world.store, LATER(5000)));

		assert_int_equal(store_watch_read(&world.arena, &reply, &watched), OK);
		assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_INFORMATION].oldest.ms,
				 NOW_MS);
	}
}

static void the_auditor_names_it_and_not_the_whole_family(void **state)
{
	for (enum damage how = 0; how < DAMAGES; how++) {
		const struct audit_page page = { .cursor = S("0"), .about = 100 };
		struct open_message open[N];
		struct message messages[N];
		struct audited audited = { 0 };

		assert_int_equal(empty_world(state), 0);
		struct family *family = store_first_family();

		for (size_t i = 0; i < N; i++) {
			messages[i] = make_message(names[i], CHANNEL_EMAIL);
			open[i] = (struct open_message){ .id = str_of(names[i]),
							 .channel = CHANNEL_EMAIL,
							 .accepted_on = DATE_NONE };
		}
		family->open = open;
		family->n_open = N;
		store_messages(family, "e2", messages, N);
		damage(how);
		const struct reply reply = ask(store_audit(&world.arena, &world.store, &page));

		assert_int_equal(store_audit_read(&world.arena, &reply, false, &audited), OK);
		assert_int_equal(audited.n, 1);
		assert_str(audited.found[0].what, "message_damaged");
		assert_str(audited.found[0].id, "m2");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(nothing_of_it_is_handed_over_but_the_others_are),
		STORE_TEST(nobody_can_say_whom_a_damaged_family_is),
		STORE_TEST(what_came_of_the_others_is_written_down),
		STORE_TEST(what_came_of_it_itself_is_told_all_the_same),
		STORE_TEST(what_is_told_again_of_it_is_told_the_same),
		STORE_TEST(an_event_that_closes_it_is_done),
		STORE_TEST(what_an_operator_has_closed_by_hand_is_named_no_more),
		STORE_TEST(the_others_are_claimed_from_wherever_they_are),
		STORE_TEST(receipts_of_the_others_are_heard),
		STORE_TEST(the_others_are_asked_about),
		STORE_TEST(all_is_let_go_that_was_held),
		STORE_TEST(whoever_watches_sees_the_others),
		STORE_TEST(the_auditor_names_it_and_not_the_whole_family),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
