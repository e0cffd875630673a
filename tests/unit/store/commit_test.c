#include "world.h"

#include "base/json.h"

static void a_committed_event_leaves_the_stream_and_a_record_that_can_be_loaded(void **state)
{
	struct family *family = make_family("F1");
	str cases[] = { S("C1") }, persons[] = { S("P1") };
	struct plan plan = { .family = family,
			     .next_look = LATER(5000),
			     .opened_cases = cases,
			     .n_opened = 1,
			     .persons = persons,
			     .n_persons = 1 };
	const struct event event = family_event("e1");
	const struct event about_case = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "e2");
	struct loaded loaded = { 0 };

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	assert_int_equal(redis("XPENDING {t}:events candour").items[0].integer, 0);
	assert_str(redis_text("ZSCORE {t}:looks F1"), "1793610905000");

	const struct reply reply = ask(store_load(&world.arena, &world.store, &about_case, false));
	assert_int_equal(store_load_read(&world.arena, &about_case, &reply, &loaded), OK);
	assert_str(loaded.family_id, "F1");
	assert_non_null(loaded.family);
	assert_int_equal(loaded.family->version, 1);
	assert_int_equal(family->version, 1);
	assert_false(loaded.seen);

	const struct reply person = ask(store_person(&world.arena, &world.store, S("P1")));
	str *ids;
	size_t n;
	assert_int_equal(store_person_read(&world.arena, &person, &ids, &n), OK);
	assert_int_equal(n, 1);
	assert_str(ids[0], "F1");
}

static void a_case_that_is_opened_is_loaded_with_the_family_it_is_opened_for(void **state)
{
	struct event opened = make_event(KIND_CASE_OPENED, SUBJECT_CASE, "C9", "e9");
	struct loaded loaded = { 0 };

	assert_int_equal(json_parse(&world.arena, S("{\"family\":\"F1\"}"), 4, &opened.data, NULL),
			 JSON_FINE);
	store_first_family();
	const struct reply reply = ask(store_load(&world.arena, &world.store, &opened, false));
	assert_int_equal(store_load_read(&world.arena, &opened, &reply, &loaded), OK);
	assert_str(loaded.family_id, "F1");
	assert_non_null(loaded.family);
}

static void an_unknown_subject_is_loaded_as_nobody(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C404", "e1");
	const struct reply reply = ask(store_load(&world.arena, &world.store, &event, false));
	struct loaded loaded = { 0 };

	assert_int_equal(store_load_read(&world.arena, &event, &reply, &loaded), OK);
	assert_int_equal(loaded.family_id.n, 0);
	assert_null(loaded.family);
}

static void the_same_event_again_changes_nothing(void **state)
{
	struct family *family = store_first_family();
	const struct event event = family_event("first");
	struct plan plan = { .family = family, .next_look = LATER(1) };

	assert_int_equal(commit_event(&event, &plan), COMMIT_SEEN);
	assert_str(redis_text("HGET {t}:family:F1 version"), "1");
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	assert_int_equal(redis_count("EXISTS {t}:looks"), 0);
}

static void the_same_identity_with_other_content_is_a_conflict_that_stays_pending(void **state)
{
	struct family *family = store_first_family();
	struct event event = family_event("first");
	struct plan plan = { .family = family };
	struct loaded loaded = { 0 };

	event.content = hash_one(S("something else"));
	assert_int_equal(commit_event(&event, &plan), COMMIT_CONFLICT);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	const struct reply reply = ask(store_load(&world.arena, &world.store, &event, false));
	assert_int_equal(store_load_read(&world.arena, &event, &reply, &loaded), OK);
	assert_true(loaded.seen);
	assert_false(loaded.same);
}

static void a_publisher_cannot_shadow_an_event_of_candours_own(void **state)
{
	struct family *family = make_family("F1");
	struct plan plan = { .family = family, .next_look = INSTANT_NEVER };
	const struct event forged = family_event("F1.1.5");

	assert_int_equal(commit_event(&forged, &plan), COMMIT_DONE);
	const struct event tick = make_event(KIND_CLOCK_DUE, SUBJECT_FAMILY, "F1", "F1.1.5");
	const struct store_work work = work_of(STORE_OWN, deliver_event("own", &tick), &tick);
	assert_int_equal(commit_work(&work, &plan), COMMIT_DONE);
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
}

/* The days that the only key of a pattern has yet to live. */
static int64_t days_left(const char *pattern)
{
	const struct reply keys = redis(pattern);

	assert_int_equal(keys.n, 1);
	const str ask_ttl = str_join(&world.arena, S("TTL "), keys.items[0].text);
	const int64_t day = 86400;
	return (redis_count(str_z(&world.arena, ask_ttl)) + day / 2) / day;
}

static void an_identity_is_remembered_for_400_days_and_our_own_for_two(void **state)
{
	struct plan plan = { .family = store_first_family(), .next_look = INSTANT_NEVER };
	const struct event tick = make_event(KIND_CLOCK_DUE, SUBJECT_FAMILY, "F1", "t");
	const struct store_work work = work_of(STORE_OWN, deliver_event("own", &tick), &tick);

	assert_int_equal(commit_work(&work, &plan), COMMIT_DONE);
	assert_int_equal(days_left("KEYS {t}:seen:[0-9a-f]*"), CANDOUR_IDENTITY_DAYS);
	assert_int_equal(days_left("KEYS {t}:seen:own:*"), 2);
}

static void what_another_decided_meanwhile_is_stale_and_writes_nothing(void **state)
{
	struct family *family = store_first_family();
	struct family *older = family_copy(&world.arena, family);
	struct plan plan = { .family = family, .next_look = INSTANT_NEVER };
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	struct plan late = {
		.family = older, .next_look = LATER(7), .messages = messages, .n_messages = 1
	};
	const struct event second = family_event("e2"), third = family_event("e3");

	assert_int_equal(commit_event(&second, &plan), COMMIT_DONE);
	assert_int_equal(commit_event(&third, &late), COMMIT_STALE);
	assert_int_equal(redis_count("EXISTS {t}:msg:m1"), 0);
	assert_int_equal(redis_count("EXISTS {t}:looks"), 0);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_str(redis_text("HGET {t}:family:F1 version"), "2");
}

static void a_daemon_that_lost_the_lease_is_fenced_off(void **state)
{
	struct family *family = store_first_family();
	struct plan plan = { .family = family };
	const struct event event = family_event("e2");

	world.store.token = OTHER_DAEMON;
	assert_int_equal(commit_event(&event, &plan), COMMIT_FENCED);
	world.store.token = STR_EMPTY;
	redis("DEL {t}:owner");
	assert_int_equal(commit_event(&event, &plan), COMMIT_FENCED);
	assert_str(redis_text("HGET {t}:family:F1 version"), "1");
}

static void an_event_that_another_finished_is_gone(void **state)
{
	struct family *family = store_first_family();
	struct plan plan = { .family = family };
	const struct event event = family_event("e2");
	const struct store_work work = work_of(STORE_EVENTS, S("1-1"), &event);

	assert_int_equal(commit_work(&work, &plan), COMMIT_GONE);
	assert_str(redis_text("HGET {t}:family:F1 version"), "1");
}

static void commit_onto_a_wrong_key(const char *wrong)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	struct plan plan = {
		.family = family, .next_look = LATER(1), .messages = messages, .n_messages = 1
	};
	const struct event event = family_event("e2");
	const struct store_work work = work_of(STORE_EVENTS, deliver_event("events", &event),
					       &event);
	struct command command;
	enum commit commit;

	redis(wrong);
	assert_int_equal(store_commit(&world.arena, &world.store, &work, &plan, &command), OK);
	const struct reply reply = ask(command);
	assert_int_equal(store_commit_read(&reply, &commit), ERR_REFUSED);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_str(redis_text("HGET {t}:family:F1 version"), "1");
	assert_int_equal(redis_count("EXISTS {t}:msg:m1"), 0);
}

static void a_key_of_the_wrong_type_stops_a_commit_before_it_writes(void **state)
{
	static const char *const wrong[] = {
		"SET {t}:out:email:waiting wrong",
		"SET {t}:out:email:ready wrong",
		"SET {t}:out:email:unknown wrong",
		"SET {t}:looks wrong",
		"SET {t}:duties wrong",
		"SET {t}:totals wrong",
		"LPUSH {t}:restored wrong",
		"SET {t}:own wrong",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(empty_world(state), 0);
		commit_onto_a_wrong_key(wrong[i]);
	}
}

static void a_record_that_is_too_large_is_said_and_leaves_the_plan_as_it_was(void **state)
{
	struct family *family = store_first_family();
	struct entry entries[] = { { .kind = S("note"), .text = S("x") } };
	struct plan plan = { .family = family, .entries = entries, .n_entries = 1 };
	const struct event event = family_event("e2");
	const struct store_work work = work_of(STORE_EVENTS, S("1-1"), &event);
	struct command command = { 0 };
	char *long_text = TAKE(&world.arena, char, FAMILY_BYTES_MAX);
	struct contact contact = { .id = S("c"), .name = { long_text, FAMILY_BYTES_MAX } };

	memset(long_text, 'x', FAMILY_BYTES_MAX);
	family->contacts = &contact;
	family->n_contacts = 1;
	assert_int_equal(store_commit(&world.arena, &world.store, &work, &plan, &command),
			 ERR_TOO_LARGE);
	assert_int_equal(family->version, 1);
	assert_int_equal(family->entries, 0);
	assert_int_equal(command.n, 0);
}

static void an_event_about_a_service_writes_a_fact_and_its_identity(void **state)
{
	struct fact facts[] = { { .type = S("worker.away"),
				  .subject = S("service/send"),
				  .data = S("{\"person\":\"sam\"}") } };
	struct plan plan = { .facts = facts, .n_facts = 1, .next_look = INSTANT_NEVER };
	const struct event event = make_event(KIND_WORKER_AWAY, SUBJECT_SERVICE, "send", "w1");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	const struct reply facts_now = redis("XRANGE {t}:facts - +");
	assert_int_equal(facts_now.n, 1);
	const str fact = facts_now.items[0].items[1].items[1].text;
	const struct json *json;
	assert_int_equal(json_parse(&world.arena, fact, 8, &json, NULL), JSON_FINE);
	assert_str(json_text(json, "type"), "worker.away");
	assert_str(json_text(json, "subject"), "service/send");
	assert_str(json_text(json_get(json, "data"), "person"), "sam");
	assert_int_equal(commit_event(&event, &plan), COMMIT_SEEN);
	assert_int_equal(redis_count("XLEN {t}:facts"), 1);
}

static void a_case_that_belongs_to_another_family_is_not_taken_away(void **state)
{
	str cases[] = { S("C1") };
	struct plan plan = { .family = make_family("F2"),
			     .next_look = INSTANT_NEVER,
			     .opened_cases = cases,
			     .n_opened = 1 };
	const struct event event = make_event(KIND_CASE_OPENED, SUBJECT_CASE, "C1", "e2");

	store_first_family();
	assert_int_equal(commit_event(&event, &plan), COMMIT_STALE);
	assert_str(redis_text("GET {t}:case:C1"), "F1");
}

/* --- messages and closings of a plan ---------------------------------------------------------- */

static void a_message_waits_for_its_first_permitted_instant(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_SMS),
				      make_message("m2", CHANNEL_TASK) };

	messages[0].not_before = LATER(60000);
	store_messages(family, "e2", messages, 2);
	assert_str(message_state("m1"), "waiting");
	assert_str(redis_text("ZSCORE {t}:out:sms:waiting m1"), "1793610960000");
	assert_str(message_state("m2"), "task");
	assert_int_equal(redis("KEYS {t}:out:task:*").n, 0);
}

static void deciding_again_does_not_send_twice(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	store_messages(family, "e2", messages, 1);
	redis("HSET {t}:msg:m1 state accepted");
	redis("ZREM {t}:out:email:waiting m1");
	store_messages(family, "e3", messages, 1);
	assert_str(message_state("m1"), "accepted");
	assert_int_equal(redis_count("ZCARD {t}:out:email:waiting"), 0);
}

static void a_suppressed_message_may_be_issued_again_with_a_fresh_address(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	store_messages(family, "e2", messages, 1);
	redis("HSET {t}:msg:m1 body old sha256 old tried 1");
	close_message(family, "e3", "m1", MESSAGE_SUPPRESSED);
	assert_str(message_state("m1"), "suppressed");
	messages[0].email = S("new@example.org");
	store_messages(family, "e4", messages, 1);
	assert_str(message_state("m1"), "ready");
	assert_int_equal(redis_count("HEXISTS {t}:msg:m1 body"), 0);
	assert_true(has_text(redis_text("HGET {t}:msg:m1 record"), "new@example.org"));
	/* its tries begin anew */
	assert_str(redis_text("HGET {t}:msg:m1 tries"), "4");
}

/* A date that goes from one day to another and back again is warned of: the message never left. */
static void a_message_that_was_closed_leaves_the_outbox_until_it_is_issued_again(void **state)
{
	static const struct {
		enum message_state state;
		const char *name;
	} rows[] = { { MESSAGE_STOPPED, "stopped" }, { MESSAGE_EXPIRED, "expired" } };
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	for (int i = 0; i < 2; i++) {
		store_messages(family, i == 0 ? "e2" : "e5", messages, 1);
		assert_str(message_state("m1"), "ready");
		close_message(family, i == 0 ? "e3" : "e6", "m1", rows[i].state);
		assert_str(message_state("m1"), rows[i].name);
		assert_str(redis_text("HGET {t}:msg:m1 code"), "w");
		assert_int_equal(redis_count("ZCARD {t}:out:email:ready"), 0);
		redis("HSET {t}:msg:m1 held 1");
		store_messages(family, i == 0 ? "e4" : "e7", messages, 1);
		assert_str(message_state("m1"), "ready");
		assert_int_equal(redis_count("ZCARD {t}:out:email:ready"), 1);
		assert_int_equal(redis_count("HEXISTS {t}:msg:m1 code"), 0);
		/* Whoever must bring something hears of it again. */
		assert_int_equal(redis_count("HEXISTS {t}:msg:m1 held"), 0);
	}
}

/* A date that moves within its day: one plan calls a warning off and says it anew, under the same name. */
static void a_message_that_its_own_plan_has_closed_is_issued_again(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };
	struct closing closings[] = { { .message = S("m1"), .state = MESSAGE_EXPIRED } };
	struct plan plan = { .family = family,
			     .next_look = INSTANT_NEVER,
			     .messages = messages,
			     .n_messages = 1,
			     .closings = closings,
			     .n_closings = 1 };
	const struct event first = family_event("e3"), second = family_event("e4");

	store_messages(family, "e2", messages, 1);
	messages[0].not_before = LATER(60000);
	assert_int_equal(commit_event(&first, &plan), COMMIT_DONE);
	assert_str(message_state("m1"), "waiting");
	assert_int_equal(redis_count("ZCARD {t}:out:email:ready"), 0);
	assert_int_equal(redis_count("ZCARD {t}:out:email:waiting"), 1);
	/* Nobody can call back what is under way: should it come to nothing, it is tried again. */
	redis("HSET {t}:msg:m1 state handing_over");
	assert_int_equal(commit_event(&second, &plan), COMMIT_DONE);
	assert_str(message_state("m1"), "handing_over");
	assert_int_equal(redis_count("HEXISTS {t}:msg:m1 stop"), 0);
}

static void what_is_being_handed_over_is_not_stopped_any_more(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	store_messages(family, "e2", messages, 1);
	redis("HSET {t}:msg:m1 state handing_over");
	close_message(family, "e3", "m1", MESSAGE_STOPPED);
	assert_str(message_state("m1"), "handing_over");
}

static void outcomes_only_go_forward(void **state)
{
	static const struct {
		const char *from;
		enum message_state to;
		const char *then;
	} cases[] = {
		{ "accepted", MESSAGE_DISPATCHED, "dispatched" },
		{ "accepted", MESSAGE_FAILED, "failed" },
		{ "dispatched", MESSAGE_ACCEPTED, "dispatched" },
		{ "delivered", MESSAGE_FAILED, "delivered" },
		{ "delivered", MESSAGE_RETURNED, "delivered" },
		{ "failed", MESSAGE_DELIVERED, "delivered" },
		{ "unknown", MESSAGE_ACCEPTED, "accepted" },
	};
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	store_messages(family, "e", messages, 1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const str set = str_fmt(&world.arena, "HSET {t}:msg:m1 state %s", cases[i].from);
		const str id = str_fmt(&world.arena, "e%zu", i);

		redis(str_z(&world.arena, set));
		close_message(family, str_z(&world.arena, id), "m1", cases[i].to);
		assert_str(message_state("m1"), cases[i].then);
	}
}

/* --- waiting, burying, spreading -------------------------------------------------------------- */

static struct waiting *load_waiting(const char *subject, size_t *out_n)
{
	const struct reply reply = ask(store_waiting(&world.arena, &world.store, str_of(subject)));
	struct waiting *list = NULL;

	assert_int_equal(store_waiting_read(&world.arena, &reply, &list, out_n), OK);
	return list;
}

static void let_wait(const struct event *event, const char *subject, instant until)
{
	const str item = deliver_event("events", event);

	assert_int_equal(
		read_commit(store_wait(&world.arena, &world.store,
				       &(struct store_item){ STORE_EVENTS, item, event->bytes },
				       str_of(subject), until)),
		COMMIT_DONE);
}

static void events_wait_for_their_subject_in_order(void **state)
{
	const struct event first = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	const struct event second = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w2");
	struct loaded loaded = { 0 };
	struct waiting *list;
	size_t n;

	let_wait(&first, "case/C1", LATER(1000));
	let_wait(&second, "case/C1", LATER(2000));
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	const struct reply reply = ask(store_load(&world.arena, &world.store, &second, false));
	assert_int_equal(store_load_read(&world.arena, &second, &reply, &loaded), OK);
	assert_int_equal(loaded.n_waiting, 2);
	assert_str(loaded.waiting[0].bytes, "{\"id\":\"w1\"}");
	assert_int_equal(loaded.waiting[0].until.ms, NOW_MS + 1000);
	assert_false(loaded.waiting[0].own);

	/* only the oldest can be ended */
	struct plan plan = { .family = store_first_family(), .next_look = INSTANT_NEVER };
	struct store_work work = work_of(STORE_WAITING, S("case/C1"), &second);
	assert_int_equal(commit_work(&work, &plan), COMMIT_GONE);
	plan.family->version = 1;
	work.event = &first;
	assert_int_equal(commit_work(&work, &plan), COMMIT_DONE);
	list = load_waiting("case/C1", &n);
	assert_int_equal(n, 1);
	assert_str(list[0].bytes, "{\"id\":\"w2\"}");
	assert_str(redis_text("ZSCORE {t}:waits case/C1"), "1793610902000");
	work.event = &second;
	assert_int_equal(commit_work(&work, &plan), COMMIT_DONE);
	assert_int_equal(redis_count("EXISTS {t}:waits {t}:waiting:case/C1"), 0);
}

/* They are on their way at once, each on a connection of its own. */
static void events_that_come_to_wait_in_another_order_are_put_right(void **state)
{
	static const size_t order[] = { 2, 0, 3, 1 };
	struct event events[4];
	str items[4];
	struct waiting *list;
	size_t n;

	for (size_t i = 0; i < 4; i++) {
		const str id = str_fmt(&world.arena, "w%zu", i);

		events[i] = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1",
				       str_z(&world.arena, id));
		items[i] = deliver_event("events", &events[i]);
	}
	for (size_t i = 0; i < 4; i++) {
		const struct store_item item = { STORE_EVENTS, items[order[i]],
						 events[order[i]].bytes };

		assert_int_equal(read_commit(store_wait(&world.arena, &world.store, &item,
							S("case/C1"), LATER((int64_t)order[i]))),
				 COMMIT_DONE);
	}
	list = load_waiting("case/C1", &n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(list[i].until.ms, NOW_MS + (int64_t)i);
	assert_str(redis_text("ZSCORE {t}:waits case/C1"), "1793610900000");
}

static void an_event_does_not_wait_for_what_has_become_known(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	const str item = deliver_event("events", &event);

	store_first_family();
	assert_int_equal(
		read_commit(store_wait(&world.arena, &world.store,
				       &(struct store_item){ STORE_EVENTS, item, event.bytes },
				       S("case/C1"), LATER(1000))),
		COMMIT_STALE);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
}

static struct dead_letter *load_dead(size_t *out_n)
{
	const struct reply reply = ask(store_dead(&world.arena, &world.store, STR_EMPTY));
	struct dead_letter *letters = NULL;

	assert_int_equal(store_dead_read(&world.arena, &reply, &letters, out_n), OK);
	return letters;
}

static enum commit bury_on(enum store_origin origin, str item, str bytes,
			   const struct store_basis *basis)
{
	const struct refused refused = { .code = REFUSED_BAD_DATA,
					 .field = S("data.due"),
					 .message = S("A date is wanted.") };

	return read_commit(store_bury(&world.arena, &world.store,
				      &(struct store_item){ origin, item, bytes }, basis, &refused,
				      NOW));
}

static enum commit bury(enum store_origin origin, str item, str bytes)
{
	return bury_on(origin, item, bytes, &(struct store_basis){ 0 });
}

static void a_buried_event_lies_whole_among_the_dead_letters(void **state)
{
	const struct event event = family_event("b1");
	struct dead_letter *letters;
	size_t n;

	assert_int_equal(bury(STORE_EVENTS, deliver_event("events", &event), event.bytes),
			 COMMIT_DONE);
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	letters = load_dead(&n);
	assert_int_equal(n, 1);
	assert_str(letters[0].bytes, "{\"id\":\"b1\"}");
	assert_true(letters[0].has_event);
	assert_int_equal(letters[0].refused.code, REFUSED_BAD_DATA);
	assert_str(letters[0].refused.field, "data.due");
	assert_str(letters[0].refused.message, "A date is wanted.");
	assert_str(letters[0].origin, "events");
	assert_int_equal(letters[0].at.ms, NOW_MS);
	assert_false(letters[0].parked);
}

static void nothing_is_buried_for_what_an_older_record_said(void **state)
{
	const struct event second = family_event("b2");
	const str item = deliver_event("events", &second);
	const struct store_basis none = { .family = S("F1"), .version = 0 };
	const struct store_basis now = { .family = S("F1"), .version = 1 };

	store_first_family();
	assert_int_equal(bury_on(STORE_EVENTS, item, second.bytes, &none), COMMIT_STALE);
	assert_int_equal(redis_count("XLEN {t}:dead"), 0);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_int_equal(bury_on(STORE_EVENTS, item, second.bytes, &now), COMMIT_DONE);
}

static void what_came_before_is_not_buried_for_coming_again(void **state)
{
	store_first_family();
	const struct event event = family_event("first");
	const struct store_basis basis = { &event, S("F1"), 0 };
	str item = deliver_event("events", &event);

	assert_int_equal(bury_on(STORE_EVENTS, item, event.bytes, &basis), COMMIT_SEEN);
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	struct event changed = event;
	changed.content = hash_one(S("something else"));
	const struct store_basis other = { &changed, S("F1"), 0 };

	item = deliver_event("events", &event);
	assert_int_equal(bury_on(STORE_EVENTS, item, event.bytes, &other), COMMIT_CONFLICT);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_int_equal(redis_count("XLEN {t}:dead"), 0);
}

static void an_entry_without_an_event_is_buried_with_all_its_fields(void **state)
{
	struct dead_letter *letters;
	size_t n;

	redis("XADD {t}:events 5-1 ce hello more world");
	redis("XREADGROUP GROUP candour me STREAMS {t}:events >");
	assert_int_equal(bury(STORE_EVENTS, S("5-1"), STR_EMPTY), COMMIT_DONE);
	letters = load_dead(&n);
	assert_int_equal(n, 1);
	assert_false(letters[0].has_event);
	assert_str(letters[0].bytes, "[\"ce\",\"hello\",\"more\",\"world\"]");
	const struct reply reply = ask(
		store_dead_do(&world.arena, &world.store, DEAD_REPLAY, letters[0].stream_id));
	assert_int_equal(reply.integer, -1);
}

static void a_waiting_event_that_never_ends_is_counted_until_one_does(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	const struct event second = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w2");
	struct waiting *list;
	size_t n;

	let_wait(&event, "case/C1", LATER(1000));
	let_wait(&second, "case/C1", LATER(1000));
	for (int i = 1; i <= 3; i++) {
		list = load_waiting("case/C1", &n);
		assert_int_equal(n, 2);
		assert_int_equal(list[0].times, i);
		assert_int_equal(list[1].times, 0);
	}
	assert_int_equal(bury(STORE_WAITING, S("case/C1"), event.bytes), COMMIT_DONE);
	list = load_waiting("case/C1", &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].times, 1);
	assert_int_equal(bury(STORE_WAITING, S("case/C1"), second.bytes), COMMIT_DONE);
	assert_int_equal(redis_count("EXISTS {t}:looked"), 0);
	load_waiting("case/C1", &n);
	assert_int_equal(n, 0);
	assert_int_equal(redis_count("EXISTS {t}:looked"), 0);
}

static void a_waiting_event_whose_time_is_over_can_be_buried(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	struct dead_letter *letters;
	size_t n;

	let_wait(&event, "case/C1", LATER(1000));
	assert_int_equal(bury(STORE_WAITING, S("case/C1"), event.bytes), COMMIT_DONE);
	letters = load_dead(&n);
	assert_int_equal(n, 1);
	assert_str(letters[0].bytes, "{\"id\":\"w1\"}");
	assert_int_equal(redis_count("EXISTS {t}:waits"), 0);
	assert_int_equal(bury(STORE_WAITING, S("case/C1"), event.bytes), COMMIT_GONE);
}

static void an_event_about_a_person_is_spread_once(void **state)
{
	const struct event event = make_event(KIND_PERSON_DECEASED, SUBJECT_PERSON, "P1", "p1");
	const str events[] = { S("{\"a\":1}"), S("{\"b\":2}") };

	for (int i = 0; i < 2; i++) {
		const struct store_work work = work_of(STORE_EVENTS,
						       deliver_event("events", &event), &event);

		assert_int_equal(
			read_commit(store_spread(&world.arena, &world.store, &work, events, 2)),
			i == 0 ? COMMIT_DONE : COMMIT_SEEN);
	}
	assert_str(own_events(), "{\"a\":1}\n{\"b\":2}\n");
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_committed_event_leaves_the_stream_and_a_record_that_can_be_loaded),
		STORE_TEST(a_case_that_is_opened_is_loaded_with_the_family_it_is_opened_for),
		STORE_TEST(an_unknown_subject_is_loaded_as_nobody),
		STORE_TEST(the_same_event_again_changes_nothing),
		STORE_TEST(the_same_identity_with_other_content_is_a_conflict_that_stays_pending),
		STORE_TEST(a_publisher_cannot_shadow_an_event_of_candours_own),
		STORE_TEST(an_identity_is_remembered_for_400_days_and_our_own_for_two),
		STORE_TEST(what_another_decided_meanwhile_is_stale_and_writes_nothing),
		STORE_TEST(a_daemon_that_lost_the_lease_is_fenced_off),
		STORE_TEST(an_event_that_another_finished_is_gone),
		STORE_TEST(a_key_of_the_wrong_type_stops_a_commit_before_it_writes),
		STORE_TEST(a_record_that_is_too_large_is_said_and_leaves_the_plan_as_it_was),
		STORE_TEST(an_event_about_a_service_writes_a_fact_and_its_identity),
		STORE_TEST(a_case_that_belongs_to_another_family_is_not_taken_away),
		STORE_TEST(a_message_waits_for_its_first_permitted_instant),
		STORE_TEST(deciding_again_does_not_send_twice),
		STORE_TEST(a_suppressed_message_may_be_issued_again_with_a_fresh_address),
		STORE_TEST(a_message_that_was_closed_leaves_the_outbox_until_it_is_issued_again),
		STORE_TEST(a_message_that_its_own_plan_has_closed_is_issued_again),
		STORE_TEST(what_is_being_handed_over_is_not_stopped_any_more),
		STORE_TEST(outcomes_only_go_forward),
		STORE_TEST(events_wait_for_their_subject_in_order),
		STORE_TEST(events_that_come_to_wait_in_another_order_are_put_right),
		STORE_TEST(an_event_does_not_wait_for_what_has_become_known),
		STORE_TEST(a_buried_event_lies_whole_among_the_dead_letters),
		STORE_TEST(nothing_is_buried_for_what_an_older_record_said),
		STORE_TEST(what_came_before_is_not_buried_for_coming_again),
		STORE_TEST(an_entry_without_an_event_is_buried_with_all_its_fields),
		STORE_TEST(a_waiting_event_that_never_ends_is_counted_until_one_does),
		STORE_TEST(a_waiting_event_whose_time_is_over_can_be_buried),
		STORE_TEST(an_event_about_a_person_is_spread_once),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
