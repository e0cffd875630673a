/*
 * What the store's tests stand on: a real private Redis with the scripts, an owner, and short ways to
 * make events, families and messages. Every test begins with an empty Redis.
 *
 * What the store asks is asked with the rights that conf/redis-acl.conf gives the daemon; what a test asks in
 * words, with all.
 */
#ifndef TESTS_UNIT_STORE_WORLD_H
#define TESTS_UNIT_STORE_WORLD_H

#include "base/arena.h"
#include "base/file.h"
#include "harness/assert_str.h"
#include "harness/redis_server.h"
#include "store/store.h"

#include <stdint.h>

struct world {
	struct redis_server server;
	struct redis_call *call, *admin;
	struct arena arena;
	struct store store;
};

/* Monday 2026-11-02 09:15 UTC */
#define NOW_MS INT64_C(1793610900000)
#define NOW ((instant){ NOW_MS })
#define LATER(ms_more) ((instant){ NOW_MS + (ms_more) })
#define RANDOM_A "0123456789abcdef0123456789abcdef"
#define RANDOM_B "fedcba9876543210fedcba9876543210"
#define OTHER_DAEMON S("7." RANDOM_B)

static struct world world;

static inline struct reply ask_by(struct redis_call *call, struct command command)
{
	struct reply reply = { 0 };

	assert_int_equal(redis_call(call, &world.arena, command, &reply), OK);
	return reply;
}

static inline struct reply ask(struct command command)
{
	return ask_by(world.call, command);
}

/* A command of Redis in words: "HGET key field". No word holds a space. */
static inline struct reply redis(const char *words)
{
	str list[32], rest = str_of(words);
	size_t n = 0;

	while (str_cut(rest, ' ', &list[n], &rest))
		n++;
	list[n++] = rest;
	return ask_by(world.admin, (struct command){ .args = list, .n = n });
}

static inline str redis_text(const char *words)
{
	return redis(words).text;
}

static inline int64_t redis_count(const char *words)
{
	const struct reply reply = redis(words);

	assert_int_equal(reply.type, REPLY_INTEGER);
	return reply.integer;
}

static inline void load_scripts(void)
{
	struct command *commands;
	size_t n;

	store_scripts(&world.arena, &commands, &n);
	for (size_t i = 0; i < n; i++) {
		const struct reply reply = ask(commands[i]);

		if (reply.type == REPLY_ERROR)
			print_error("%.*s\n", STR_ARG(reply.text));
		assert_int_equal(reply.type, REPLY_TEXT);
	}
}

/* The daemon's user as it is shipped, for our prefix and without a password. */
static inline void make_daemon_user(void)
{
	str words[32] = { S("ACL"), S("SETUSER") }, rest = STR_EMPTY, line, head;
	size_t n = 2;

	assert_int_equal(file_read(&world.arena, S("conf/redis-acl.conf"), 1 << 16, &rest), OK);
	do
		assert_true(str_line(&rest, &line));
	while (!str_starts(line, S("user candour on ")));
	assert_true(str_cut(line, ' ', &head, &rest));
	while (rest.n > 0 && n < 32) {
		if (!str_cut(rest, ' ', &head, &rest)) {
			head = rest;
			rest = STR_EMPTY;
		}
		if (str_starts(head, S("#")))
			head = S("nopass");
		if (str_starts(head, S("~")))
			head = S("~{t}:*");
		words[n++] = head;
	}
	const struct reply reply = ask_by(world.admin, (struct command){ words, n });

	assert_int_equal(reply.type, REPLY_STATUS);
}

static inline int open_world(void **state)
{
	redis_server_init(&world.server);
	redis_server_start(&world.server);
	struct redis_settings settings = { .socket = str_of(world.server.socket) };

	assert_int_equal(redis_call_open(&settings, SPAN_S(10), &world.admin), OK);
	make_daemon_user();
	settings.username = S("candour");
	settings.password = S("any");
	assert_int_equal(redis_call_open(&settings, SPAN_S(10), &world.call), OK);
	world.store.prefix = S("{t}");
	load_scripts();
	return 0;
}

static inline int close_world(void **state)
{
	redis_call_free(&world.call);
	redis_call_free(&world.admin);
	arena_free(&world.arena);
	redis_server_clear(&world.server);
	return 0;
}

static inline str take_lease(const char *random)
{
	const struct reply reply = ask(
		store_lease(&world.arena, &world.store, str_of(random), S("p1")));
	enum lease lease = LEASE_THEIRS;
	str token = STR_EMPTY;

	assert_int_equal(store_lease_read(&world.arena, &reply, &lease, &token), OK);
	assert_int_equal(lease, LEASE_OURS);
	return token;
}

/* Nothing there but the streams with their group, and us as owner, with nothing left of older times. */
static inline int empty_world(void **state)
{
	redis("FLUSHALL");
	arena_clear(&world.arena);
	world.store.token = STR_EMPTY;
	redis("XGROUP CREATE {t}:events candour 0 MKSTREAM");
	redis("XGROUP CREATE {t}:own candour 0 MKSTREAM");
	world.store.token = take_lease(RANDOM_A);
	redis("HSET {t}:owner recovered 1");
	return 0;
}

/* --- events ----------------------------------------------------------------------------------- */

static inline struct event make_event(enum kind kind, enum subject about, const char *subject_id,
				      const char *id)
{
	const str bytes = str_fmt(&world.arena, "{\"id\":\"%s\"}", id);

	return (struct event){
		.kind = kind,
		.type = kind_type(kind),
		.id = str_of(id),
		.source = S("test"),
		.about = about,
		.subject_id = str_of(subject_id),
		.time = NOW,
		.identity = hash_one(str_of(id)),
		.content = hash_one(bytes),
		.bytes = bytes,
	};
}

static inline struct event family_event(const char *id)
{
	return make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, "F1", id);
}

/* Puts the event on a stream and reads it as the group does: gives the entry's id, now pending. */
static inline str deliver_event(const char *stream, const struct event *event)
{
	const str key = str_fmt(&world.arena, "{t}:%s", stream);
	const str add[] = { S("XADD"), key, S("*"), S("event"), event->bytes };
	const str read[] = { S("XREADGROUP"), S("GROUP"), S("candour"), S("me"),
			     S("STREAMS"),    key,        S(">") };
	const struct reply added = ask((struct command){ add, 5 });

	assert_int_equal(added.type, REPLY_TEXT);
	ask((struct command){ read, 7 });
	return added.text;
}

static inline struct store_work work_of(enum store_origin origin, str item,
					const struct event *event)
{
	return (struct store_work){ .origin = origin, .item_id = item, .event = event, .now = NOW };
}

/* --- families and messages -------------------------------------------------------------------- */

static inline struct family *make_family(const char *id)
{
	struct family *family = TAKE(&world.arena, struct family, 1);

	family->id = str_of(id);
	return family;
}

static inline struct message make_message(const char *id, enum channel_kind channel)
{
	return (struct message){
		.id = str_of(id),
		.family = S("F1"),
		.case_id = S("C1"),
		.contact = S("c-mum"),
		.to_name = S("Ms Ahmed"),
		.channel = channel,
		.email = S("mum@example.org"),
		.template = S("plan-draft"),
		.grade = GRADE_INFORMATION,
		.language = S("en"),
		.decided_at = NOW,
		.not_before = NOW,
		.useless_after = INSTANT_NEVER,
		.tries_max = 3,
		.facts = S("{}"),
	};
}

static inline enum commit read_commit(struct command command)
{
	const struct reply reply = ask(command);
	enum commit commit = COMMIT_FENCED;
	const enum err err = store_commit_read(&reply, &commit);

	if (err != OK)
		print_error("%.*s\n", STR_ARG(reply.text));
	assert_int_equal(err, OK);
	return commit;
}

static inline enum commit commit_work(const struct store_work *work, struct plan *plan)
{
	struct command command;

	assert_int_equal(store_commit(&world.arena, &world.store, work, plan, &command), OK);
	return read_commit(command);
}

/* The whole way of an event of the stream `events`. */
static inline enum commit commit_event(const struct event *event, struct plan *plan)
{
	const struct store_work work = work_of(STORE_EVENTS, deliver_event("events", event), event);

	return commit_work(&work, plan);
}

/* A family F1 with a case C1, stored. */
static inline struct family *store_first_family(void)
{
	struct family *family = make_family("F1");
	str cases[] = { S("C1") };
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .opened_cases = cases, .n_opened = 1
	};
	const struct event event = family_event("first");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	return family;
}

static inline void store_messages(struct family *family, const char *event_id,
				  struct message *messages, size_t n)
{
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .messages = messages, .n_messages = n
	};
	const struct event event = family_event(event_id);

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
}

static inline void close_message(struct family *family, const char *event_id, const char *message,
				 enum message_state to)
{
	struct closing closings[] = { { .message = str_of(message), .state = to, .why = S("w") } };
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .closings = closings, .n_closings = 1
	};
	const struct event event = family_event(event_id);

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
}

static inline str message_state(const char *id)
{
	return redis_text(str_z(&world.arena, str_fmt(&world.arena, "HGET {t}:msg:%s state", id)));
}

/* The events on Candour's own stream, one line each: in their order. */
static inline str own_events(void)
{
	const struct reply reply = redis("XRANGE {t}:own - +");
	struct buf buf = buf_of(&world.arena, 1 << 20);

	for (size_t i = 0; i < reply.n; i++) {
		buf_add(&buf, reply.items[i].items[1].items[1].text);
		buf_byte(&buf, '\n');
	}
	return buf_str(&buf);
}

/* The policy of one service's desk, by its version alone. */
static inline struct policy make_policy(const char *version)
{
	static struct service services[] = { { .id = { "send", 4 } } };

	return (struct policy){ .version = str_of(version), .services = services, .n_services = 1 };
}

static inline struct reply ask_tick(const char *version, instant now, instant began)
{
	const struct policy policy = make_policy(version);

	return ask(store_tick(&world.arena, &world.store, now, &policy, began));
}

static inline bool has_text(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

#define STORE_TEST(name) cmocka_unit_test_setup(name, empty_world)

#endif
