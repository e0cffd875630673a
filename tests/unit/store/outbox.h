/*
 * What the tests of the outbox share: messages of one family, claimed, begun and settled.
 */
#ifndef TESTS_UNIT_STORE_OUTBOX_H
#define TESTS_UNIT_STORE_OUTBOX_H

#include "base/json.h"
#include "world.h"

static inline struct claimed *claim_at(enum channel_kind channel, size_t wanted, instant now,
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

static inline struct claimed claim_one(enum channel_kind channel, instant now)
{
	instant next;
	size_t n;
	struct claimed *list = claim_at(channel, 1, now, &n, &next);

	assert_int_equal(n, 1);
	return list[0];
}

static inline size_t claim_none(enum channel_kind channel, instant now)
{
	instant next;
	size_t n;

	claim_at(channel, 10, now, &n, &next);
	return n;
}

static inline bool begin_at(enum channel_kind channel, const char *id, int64_t attempt, instant now)
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

static inline size_t settle(enum channel_kind channel, struct settle settle, instant now)
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

static inline struct settle outcome_of(int64_t attempt, enum settled outcome)
{
	return (struct settle){ .message = S("m1"),
				.attempt = attempt,
				.outcome = outcome,
				.at = NOW,
				.again = INSTANT_NEVER,
				.code = S("250"),
				.provider_id = S("prov-1") };
}

/* F1 with one message m1, ready to be claimed. */
static inline struct family *store_one(enum channel_kind channel)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", channel) };

	store_messages(family, "e2", messages, 1);
	return family;
}

/* ... and being handed over. */
static inline struct claimed hand_over_one(enum channel_kind channel)
{
	store_one(channel);
	const struct claimed claimed = claim_one(channel, NOW);

	assert_true(begin_at(channel, "m1", claimed.attempt, NOW));
	return claimed;
}

/* Every own event must be one that intake can read. */
static inline const struct json *last_own(void)
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

#endif
