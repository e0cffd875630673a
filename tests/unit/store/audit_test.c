#include "outbox.h"

static struct audited look_at(const struct audit_page *page)
{
	const struct reply reply = ask(store_audit(&world.arena, &world.store, page));
	struct audited audited = { 0 };

	if (reply.type == REPLY_ERROR)
		print_error("%.*s\n", STR_ARG(reply.text));
	assert_int_equal(store_audit_read(&world.arena, &reply, page->records, &audited), OK);
	return audited;
}

#define ALL ((struct audit_page){ .cursor = S("0"), .about = 100, .records = true })

static void a_record_comes_with_its_look_and_what_is_proven_of_it(void **state)
{
	store_first_family();
	redis("ZADD {t}:looks 5000 F1");
	struct audited audited = look_at(&ALL);

	assert_int_equal(audited.n, 0);
	assert_int_equal(audited.n_records, 1);
	assert_str(audited.records[0].id, "F1");
	assert_str(audited.records[0].family->id, "F1");
	assert_int_equal(audited.records[0].look.ms, 5000);
	assert_int_equal(audited.records[0].proven.n, 0);
	assert_str(audited.cursor, "0");
	assert_false(audited.busy);
	redis("HSET {t}:family:F1 proven nonsense");
	audited = look_at(&ALL);
	assert_int_equal(audited.records[0].proven.n, 0);
}

static void of_desks_only_those_are_looked_at_that_are_there(void **state)
{
	const struct service services[] = { { .id = S("send") }, { .id = S("therapies") } };
	struct family *desk = make_family("desk:send");
	struct plan plan = { .family = desk, .next_look = INSTANT_NEVER };
	const struct event event = make_event(KIND_WORKER_AWAY, SUBJECT_SERVICE, "send", "e1");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	const struct audit_page page = { .cursor = S(AUDIT_DESKS),
					 .about = 1,
					 .records = true,
					 .services = services,
					 .n_services = 2 };
	struct audited audited = look_at(&page);

	assert_int_equal(audited.n_records, 1);
	assert_str(audited.records[0].id, "desk:send");
	assert_true(instant_is_never(audited.records[0].look));
	redis("HDEL {t}:family:desk:send record");
	audited = look_at(&page);
	assert_str(audited.found[0].what, "record_lost");
}

/* They wait for the desk's look, also where nobody has told of the desk itself. */
static void notes_that_nobody_will_take_up_are_found(void **state)
{
	const struct service services[] = { { .id = S("send") } };
	const struct audit_page page = {
		.cursor = S(AUDIT_DESKS), .records = true, .services = services, .n_services = 1
	};

	redis("RPUSH {t}:notes:send {}");
	struct audited audited = look_at(&page);

	assert_int_equal(audited.n, 1);
	assert_str(audited.found[0].family, "desk:send");
	assert_str(audited.found[0].what, "no_look");
	redis("ZADD {t}:looks 5000 desk:send");
	assert_int_equal(look_at(&page).n, 0);
}

/* What nobody could decide about is damaged, also where it is JSON and of our version. */
static void a_record_that_decide_could_not_read_is_damaged(void **state)
{
	store_first_family();
	redis("HSET {t}:family:F1 record {\"v\":1,\"id\":7}");
	const struct audited audited = look_at(&ALL);

	assert_int_equal(audited.n, 1);
	assert_str(audited.found[0].what, "record_damaged");
	assert_null(audited.records[0].family);
}

static void while_events_wait_for_long_a_look_may_be_late(void **state)
{
	store_first_family();
	redis("XADD {t}:own 5000-0 event a");
	assert_true(look_at(&ALL).busy);
}

/* Its dates may be others by now: until all is dated anew, a look is not late by the new policy. */
static void under_a_new_policy_a_look_may_be_late_until_all_is_dated(void **state)
{
	struct audit_page page = ALL;

	store_first_family();
	page.policy = S("p1");
	assert_false(look_at(&page).busy);
	ask_tick("p1", NOW, (instant){ 0 });
	assert_false(look_at(&page).busy);
	page.policy = S("p2");
	assert_true(look_at(&page).busy);
	ask_tick("p2", NOW, (instant){ 0 });
	assert_str(redis_text("HGET {t}:swept cursor"), "done");
	assert_true(has_text(own_events(), "rules.changed"));
	assert_true(look_at(&page).busy);
	redis("XTRIM {t}:own MAXLEN 0");
	assert_false(look_at(&page).busy);
	redis("XADD {t}:own * event later");
	assert_false(look_at(&page).busy);
}

/* At that moment; nothing else may be found. */
static bool is_found_in_hand(instant now)
{
	const struct audit_page page = { .cursor = S("0"), .about = 100, .now = now };
	const struct audited audited = look_at(&page);

	if (audited.n == 0)
		return false;
	assert_str(audited.found[0].what, "message_in_hand");
	assert_str(audited.found[0].id, "m1");
	return true;
}

static void a_message_that_is_in_hand_for_too_long_is_found(void **state)
{
	static const bool begun[] = { false, true };

	for (size_t i = 0; i < 2; i++) {
		struct open_message open[] = {
			{ .id = S("m1"), .channel = CHANNEL_EMAIL, .accepted_on = DATE_NONE }
		};
		struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

		assert_int_equal(empty_world(state), 0);
		struct family *family = store_first_family();

		family->open = open;
		family->n_open = 1;
		store_messages(family, "e2", messages, 1);
		const struct claimed claimed = claim_one(CHANNEL_EMAIL, NOW);

		if (begun[i])
			assert_true(begin_at(CHANNEL_EMAIL, "m1", claimed.attempt, NOW));
		/* Whoever decides has just begun, and what was left in hand is being taken up. */
		redis("HSET {t}:owner since 9999999999999");
		assert_false(is_found_in_hand(instant_add(NOW, SPAN_HOURS(2))));
		redis("HSET {t}:owner since 1000");
		assert_true(is_found_in_hand(instant_add(NOW, SPAN_HOURS(2))));
		assert_false(is_found_in_hand(instant_add(NOW, SPAN_MIN(50))));
		redis("SET {t}:hold 1");
		assert_false(is_found_in_hand(instant_add(NOW, SPAN_HOURS(2))));
	}
}

static bool find_one(struct arena *arena, const struct policy *policy, const struct family *record,
		     instant look, instant now, struct overlooked *out)
{
	*out = (struct overlooked){ "not_said", S("C1") };
	return true;
}

static void what_is_overlooked_is_found_unless_events_wait(void **state)
{
	const struct policy policy = { 0 };

	store_first_family();
	struct audited audited = look_at(&ALL);

	audited_look(&world.arena, &audited, &policy, NOW, find_one);
	assert_int_equal(audited.n, 1);
	assert_str(audited.found[0].family, "F1");
	assert_str(audited.found[0].what, "not_said");
	assert_str(audited.found[0].id, "C1");
	audited_look(&world.arena, &audited, &policy, NOW, find_one);
	assert_int_equal(audited.n, 1);
	redis("XADD {t}:own 5000-0 event a");
	audited = look_at(&ALL);
	audited_look(&world.arena, &audited, &policy, NOW, find_one);
	assert_int_equal(audited.n, 0);
}

/* --- the night ----------------------------------------------------------------------------------- */

static struct night load_night(bool *out_lost)
{
	const struct reply reply = ask(store_passed(&world.arena, &world.store));
	struct night night = { 0 };

	assert_int_equal(store_passed_read(&world.arena, &reply, &night, out_lost), OK);
	return night;
}

static const struct night half = { .day = { "2026-11-02", 10 },
				   .cursor = { "17", 2 },
				   .began = { NOW_MS },
				   .ended = { 9000 },
				   .families = 20,
				   .entries = 300,
				   .found = 2,
				   .broken = 1,
				   .last_found = 5,
				   .last_broken = 4 };

static void how_far_the_night_has_come_comes_back_as_it_was_written(void **state)
{
	bool lost = false;

	assert_int_equal(load_night(&lost).day.n, 0);
	assert_int_equal(ask(store_night(&world.arena, &world.store, &half, NULL, 0)).integer, 1);
	const struct night night = load_night(&lost);

	assert_false(lost);
	assert_str(night.day, "2026-11-02");
	assert_str(night.cursor, "17");
	assert_int_equal(night.began.ms, NOW_MS);
	assert_int_equal(night.ended.ms, 9000);
	assert_int_equal(night.families, 20);
	assert_int_equal(night.entries, 300);
	assert_int_equal(night.found * 10 + night.broken, 21);
	assert_int_equal(night.last_found * 10 + night.last_broken, 54);
	redis("HSET {t}:audit run another");
	load_night(&lost);
	assert_true(lost);
}

static void only_the_owner_writes_the_night_down(void **state)
{
	bool lost;

	world.store.token = OTHER_DAEMON;
	assert_int_equal(ask(store_night(&world.arena, &world.store, &half, NULL, 0)).integer, 0);
	assert_int_equal(load_night(&lost).day.n, 0);
}

static const struct entry texts[] = { { .kind = { "note", 4 }, .text = { "one", 3 } },
				      { .kind = { "note", 4 }, .text = { "two", 3 } },
				      { .kind = { "note", 4 }, .text = { "three", 5 } } };

static struct evidence *store_chain(size_t *out_n)
{
	struct plan plan = { .family = store_first_family(), .next_look = INSTANT_NEVER };
	struct entry copy[3];
	const struct event event = family_event("e2");
	struct evidence *list = NULL;

	memcpy(copy, texts, sizeof copy);
	plan.entries = copy;
	plan.n_entries = 3;
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	const struct reply reply = ask(
		store_evidence(&world.arena, &world.store, S("F1"), STR_EMPTY));

	assert_int_equal(store_evidence_read(&world.arena, &reply, &list, out_n), OK);
	return list;
}

static void a_chain_is_proven_from_where_it_was_proven_on(void **state)
{
	size_t n = 0;
	const struct evidence *list = store_chain(&n);
	struct audited_record record = { .id = S("F1"), .proven = { .whole = NOW } };
	str why = STR_EMPTY;

	assert_int_equal(n, 3);
	assert_true(store_prove(&world.arena, list, 2, &record.proven, &why));
	ask(store_night(&world.arena, &world.store, &half, &record, 1));
	struct proven proven = look_at(&ALL).records[0].proven;

	assert_int_equal(proven.n, 2);
	assert_int_equal(proven.whole.ms, NOW_MS);
	assert_str(proven.stream_id, str_z(&world.arena, list[1].stream_id));
	assert_true(store_prove(&world.arena, list + 2, 1, &proven, &why));
	assert_int_equal(proven.n, 3);
	assert_str(hash_hex(&world.arena, &proven.hash), str_z(&world.arena, list[2].hash));
}

static void a_chain_is_proven_up_to_its_break(void **state)
{
	size_t n = 0;
	struct evidence *list = store_chain(&n);
	struct proven proven = { .whole = NOW };
	str why = STR_EMPTY;

	list[1].body = S("{}");
	assert_false(store_prove(&world.arena, list, n, &proven, &why));
	assert_int_equal(proven.n, 1);
	assert_true(why.n > 0);
}

/* The family is forgotten meanwhile: no record comes back by its proof. */
static void what_is_gone_is_not_made_anew(void **state)
{
	struct audited_record record = { .id = S("F9"),
					 .proven = { .n = 1, .stream_id = S("1-1") } };

	ask(store_night(&world.arena, &world.store, &half, &record, 1));
	assert_int_equal(redis_count("EXISTS {t}:family:F9"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_record_comes_with_its_look_and_what_is_proven_of_it),
		STORE_TEST(of_desks_only_those_are_looked_at_that_are_there),
		STORE_TEST(notes_that_nobody_will_take_up_are_found),
		STORE_TEST(a_record_that_decide_could_not_read_is_damaged),
		STORE_TEST(while_events_wait_for_long_a_look_may_be_late),
		STORE_TEST(under_a_new_policy_a_look_may_be_late_until_all_is_dated),
		STORE_TEST(a_message_that_is_in_hand_for_too_long_is_found),
		STORE_TEST(what_is_overlooked_is_found_unless_events_wait),
		STORE_TEST(how_far_the_night_has_come_comes_back_as_it_was_written),
		STORE_TEST(only_the_owner_writes_the_night_down),
		STORE_TEST(a_chain_is_proven_from_where_it_was_proven_on),
		STORE_TEST(a_chain_is_proven_up_to_its_break),
		STORE_TEST(what_is_gone_is_not_made_anew),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
