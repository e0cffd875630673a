#include "world.h"

static void a_family_that_is_not_there_is_none(void **state)
{
	const struct reply reply = ask(store_family(&world.arena, &world.store, S("F404")));
	struct family *family = make_family("x");

	assert_int_equal(store_family_read(&world.arena, &reply, &family), OK);
	assert_null(family);
}

static void a_damaged_record_is_said_and_not_guessed_at(void **state)
{
	struct family *family = NULL;

	store_first_family();
	redis("HSET {t}:family:F1 record {\"v\":99}");
	const struct reply reply = ask(store_family(&world.arena, &world.store, S("F1")));
	assert_int_equal(store_family_read(&world.arena, &reply, &family), ERR_CORRUPT);
	assert_null(family);
}

static void all_families_are_listed(void **state)
{
	bool seen[30] = { false };
	str cursor = S("0"), *ids;
	size_t n, found = 0;

	for (int i = 0; i < 30; i++) {
		const char *id = str_z(&world.arena, str_fmt(&world.arena, "F%d", i));
		struct plan plan = { .family = make_family(id), .next_look = INSTANT_NEVER };
		const struct event event = make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, id, id);

		assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	}
	do {
		const struct reply reply = ask(store_families(&world.arena, &world.store, cursor));

		assert_int_equal(store_families_read(&world.arena, &reply, &cursor, &ids, &n), OK);
		for (size_t i = 0; i < n; i++) {
			int64_t number;

			assert_true(str_to_i64(str_slice(ids[i], 1, ids[i].n), &number));
			found += seen[number] ? 0 : 1;
			seen[number] = true;
		}
	} while (!str_eq(cursor, S("0")));
	assert_int_equal(found, 30);
}

static void the_family_of_a_case_is_named(void **state)
{
	store_first_family();
	assert_str(ask(store_case_family(&world.arena, &world.store, S("C1"))).text, "F1");
	assert_int_equal(ask(store_case_family(&world.arena, &world.store, S("C2"))).type,
			 REPLY_NIL);
}

static bool load_message(const char *id, struct message_record *out)
{
	const struct reply reply = ask(store_message(&world.arena, &world.store, str_of(id)));
	bool found = true;

	assert_int_equal(store_message_read(&world.arena, &reply, &found, out), OK);
	return found;
}

static void a_message_is_shown_with_all_that_became_of_it(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	struct message_record record;

	messages[0].not_before = LATER(1000);
	store_messages(family, "e2", messages, 1);
	assert_true(load_message("m1", &record));
	assert_int_equal(record.state, MESSAGE_WAITING);
	assert_int_equal(record.next_try.ms, NOW_MS + 1000);
	assert_true(instant_is_never(record.handed_over_at));
	assert_str(record.message.to_name, "Ms Ahmed");
	redis("HSET {t}:msg:m1 state accepted body B sha256 S tv T code 250 pid P attempt 4 tried 2 "
	      "unknown 1 at 2026-11-02T09:15:00.250Z");
	assert_true(load_message("m1", &record));
	assert_int_equal(record.state, MESSAGE_ACCEPTED);
	assert_int_equal(record.attempt, 4);
	assert_int_equal(record.tried, 2);
	assert_true(record.unknown_before);
	assert_str(record.body, "B");
	assert_str(record.sha256, "S");
	assert_str(record.template_version, "T");
	assert_str(record.code, "250");
	assert_str(record.provider_id, "P");
	assert_int_equal(record.handed_over_at.ms, NOW_MS + 250);
	assert_true(instant_is_never(record.next_try));
	assert_false(load_message("m404", &record));
	redis("HSET {t}:msg:m405 state stopped channel email");
	assert_false(load_message("m405", &record));
}

static struct status load_status(void)
{
	const struct reply reply = ask(store_status(&world.arena, &world.store));
	struct status status = { 0 };

	assert_int_equal(store_status_read(&world.arena, &reply, &status), OK);
	return status;
}

static void status_counts_everything_that_is_not_done(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL),
				      make_message("m2", CHANNEL_EMAIL),
				      make_message("m3", CHANNEL_SMS) };
	struct plan plan = {
		.family = family, .next_look = LATER(90000), .messages = messages, .n_messages = 3
	};
	const struct event event = family_event("e2");

	messages[2].not_before = LATER(3000);
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	ask(store_claim(&world.arena, &world.store, CHANNEL_EMAIL, (struct sender){ S("me"), true },
			1, NOW));
	redis("XADD {t}:events * event a");
	redis("XREADGROUP GROUP candour me STREAMS {t}:events >");
	redis("XADD {t}:events * event b");
	redis("XADD {t}:own * event c");

	const struct status status = load_status();
	assert_str(status.owner, "1." RANDOM_A);
	assert_int_equal(status.epoch, 1);
	assert_str(status.policy, "p1");
	assert_int_equal(status.waiting, 2);
	assert_int_equal(status.pending, 1);
	assert_int_equal(status.held, 0);
	assert_int_equal(status.outbox[CHANNEL_EMAIL].in_flight, 1);
	assert_int_equal(status.outbox[CHANNEL_EMAIL].ready, 1);
	assert_int_equal(status.outbox[CHANNEL_SMS].waiting, 1);
	assert_int_equal(status.next_try.ms, NOW_MS + 3000);
	assert_int_equal(status.next_look.ms, NOW_MS + 90000);

	str *ids;
	const struct reply outbox = ask(store_outbox(&world.arena, &world.store, CHANNEL_EMAIL));
	assert_int_equal(outbox.n, 2);
	ids = TAKE(&world.arena, str, 1);
	ids[0] = outbox.items[0].text;
	assert_str(ids[0], "m1");
}

static void an_event_that_need_wait_no_longer_counts_as_pending(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	const struct store_item item = { STORE_EVENTS, deliver_event("events", &event),
					 event.bytes };

	assert_int_equal(read_commit(store_wait(&world.arena, &world.store, &item, S("case/C1"),
						LATER(1000))),
			 COMMIT_DONE);
	assert_int_equal(load_status().pending, 0);
	assert_int_equal(load_status().held, 1);
	store_first_family();
	assert_int_equal(load_status().pending, 1);
}

static void status_of_an_empty_redis_is_all_zero(void **state)
{
	redis("FLUSHALL");
	const struct status status = load_status();
	assert_int_equal(status.owner.n, 0);
	assert_int_equal(status.epoch, 0);
	assert_int_equal(status.waiting + status.pending + status.dead, 0);
	assert_true(instant_is_never(status.next_look));
	assert_true(instant_is_never(status.next_try));
}

static void an_owner_whose_lease_is_over_is_not_shown_as_one(void **state)
{
	redis("HSET {t}:owner until 1");
	assert_int_equal(load_status().owner.n, 0);
	assert_int_equal(load_status().epoch, 1);
}

static str bury_one(const char *stream)
{
	const struct event event = family_event("b1");
	const struct refused refused = { .code = REFUSED_POISON };
	const enum store_origin origin = str_eq(str_of(stream), S("own")) ? STORE_OWN
									  : STORE_EVENTS;

	assert_int_equal(
		read_commit(store_bury(
			&world.arena, &world.store,
			&(struct store_item){ origin, deliver_event(stream, &event), event.bytes },
			&(struct store_basis){ 0 }, &refused, NOW)),
		COMMIT_DONE);
	const struct reply reply = redis("XRANGE {t}:dead - +");
	return reply.items[0].items[0].text;
}

static int64_t do_dead(enum dead_step step, str id)
{
	return ask(store_dead_do(&world.arena, &world.store, step, id)).integer;
}

static void a_replayed_letter_goes_back_to_the_stream_it_came_on(void **state)
{
	const str id = bury_one("events");

	assert_int_equal(do_dead(DEAD_REPLAY, id), 1);
	assert_int_equal(redis_count("XLEN {t}:dead"), 0);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_int_equal(do_dead(DEAD_REPLAY, id), 0);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_int_equal(do_dead(DEAD_REPLAY, bury_one("own")), 1);
	assert_int_equal(redis_count("XLEN {t}:own"), 1);
}

static void a_parked_letter_stays_and_a_dropped_one_goes(void **state)
{
	const str id = bury_one("events");
	struct dead_letter *letters;
	size_t n;

	assert_int_equal(do_dead(DEAD_PARK, id), 1);
	const struct reply reply = ask(store_dead(&world.arena, &world.store, STR_EMPTY));
	assert_int_equal(store_dead_read(&world.arena, &reply, &letters, &n), OK);
	assert_int_equal(n, 1);
	assert_true(letters[0].parked);
	const struct reply behind = ask(store_dead(&world.arena, &world.store, id));
	assert_int_equal(behind.n, 0);
	assert_int_equal(do_dead(DEAD_DROP, id), 1);
	assert_int_equal(redis_count("EXISTS {t}:dead {t}:parked"), 1); /* an empty stream stays */
	assert_int_equal(redis_count("XLEN {t}:dead"), 0);
}

static void a_published_event_lies_on_the_stream_as_it_is(void **state)
{
	const struct reply reply = ask(
		store_publish(&world.arena, &world.store, S("{\"a b\": 1}")));

	assert_int_equal(reply.type, REPLY_TEXT);
	const struct reply entries = redis("XRANGE {t}:events - +");
	assert_str(entries.items[0].items[1].items[0].text, "event");
	assert_str(entries.items[0].items[1].items[1].text, "{\"a b\": 1}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_family_that_is_not_there_is_none),
		STORE_TEST(a_damaged_record_is_said_and_not_guessed_at),
		STORE_TEST(all_families_are_listed),
		STORE_TEST(the_family_of_a_case_is_named),
		STORE_TEST(a_message_is_shown_with_all_that_became_of_it),
		STORE_TEST(status_counts_everything_that_is_not_done),
		STORE_TEST(an_event_that_need_wait_no_longer_counts_as_pending),
		STORE_TEST(status_of_an_empty_redis_is_all_zero),
		STORE_TEST(an_owner_whose_lease_is_over_is_not_shown_as_one),
		STORE_TEST(a_replayed_letter_goes_back_to_the_stream_it_came_on),
		STORE_TEST(a_parked_letter_stays_and_a_dropped_one_goes),
		STORE_TEST(a_published_event_lies_on_the_stream_as_it_is),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
