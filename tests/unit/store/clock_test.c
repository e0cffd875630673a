#include "world.h"

#include "base/json.h"

static void store_look(const char *id, instant look)
{
	struct plan plan = { .family = make_family(id), .next_look = look };
	const struct event event = make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, id, id);

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
}

static int64_t tick_under(const char *policy, instant now, instant *out_next)
{
	const struct reply reply = ask_tick(policy, now, (instant){ 0 });
	int64_t n = -1;

	assert_int_equal(store_tick_read(&reply, &n, out_next), OK);
	return n;
}

static int64_t tick_at(instant now, instant *out_next)
{
	return tick_under("p1", now, out_next);
}

static void a_look_that_is_due_becomes_an_event_and_comes_again_when_it_is_lost(void **state)
{
	const struct json *event;
	instant next;

	store_look("F1", LATER(1000));
	store_look("F2", LATER(5000000));
	assert_int_equal(tick_at(LATER(999), &next), 0);
	assert_int_equal(next.ms, NOW_MS + 1000);
	assert_int_equal(tick_at(LATER(1000), &next), 1);
	assert_int_equal(next.ms, NOW_MS + 1000 + 15 * 60000);
	assert_int_equal(tick_at(LATER(1000), &next), 0);

	assert_int_equal(json_parse(&world.arena, str_trim(own_events()), 8, &event, NULL),
			 JSON_FINE);
	assert_str(json_text(event, "id"), "F1.1.1793610901000");
	assert_str(json_text(event, "type"), "clock.due");
	assert_str(json_text(event, "subject"), "family/F1");
	assert_str(json_text(event, "time"), "2026-11-02T09:15:01Z");
	assert_int_equal(tick_at(LATER(1000 + 15 * 60000), &next), 1);
	assert_int_equal(redis_count("XLEN {t}:own"), 2);
}

static void at_most_a_hundred_looks_come_at_once(void **state)
{
	instant next;

	for (int i = 0; i < 120; i++)
		store_look(str_z(&world.arena, str_fmt(&world.arena, "F%d", i)), NOW);
	assert_int_equal(tick_at(NOW, &next), 100);
	assert_int_equal(next.ms, NOW_MS);
	assert_int_equal(tick_at(NOW, &next), 20);
	assert_int_equal(tick_at(NOW, &next), 0);
}

static void a_commit_without_a_look_takes_the_look_away(void **state)
{
	struct family *family = store_first_family();
	struct plan with = { .family = family, .next_look = LATER(5) };
	struct plan without = { .family = family, .next_look = INSTANT_NEVER };
	const struct event second = family_event("e2"), third = family_event("e3");
	instant next;

	assert_int_equal(commit_event(&second, &with), COMMIT_DONE);
	assert_int_equal(commit_event(&third, &without), COMMIT_DONE);
	assert_int_equal(tick_at(LATER(100), &next), 0);
	assert_true(instant_is_never(next));
}

static void only_the_owner_ticks(void **state)
{
	instant next;
	int64_t n;

	store_look("F1", NOW);
	world.store.token = OTHER_DAEMON;
	const struct reply reply = ask_tick("p1", NOW, (instant){ 0 });
	assert_int_equal(store_tick_read(&reply, &n, &next), ERR_FENCED);
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
}

/* --- after an outage ---------------------------------------------------------------------------- */

#define BEGAN LATER(7200000)

static int64_t tick_after(instant now)
{
	const struct reply reply = ask_tick("p1", now, BEGAN);
	instant next;
	int64_t n = -1;

	assert_int_equal(store_tick_read(&reply, &n, &next), OK);
	return n;
}

static bool has_recovered(void)
{
	return redis_count("HEXISTS {t}:owner recovered") == 1;
}

static void add_event(instant at)
{
	redis(str_z(&world.arena,
		    str_fmt(&world.arena, "XADD {t}:events %lld-0 event {}", (long long)at.ms)));
}

/* A family whose look was due an hour ago, and an event of half an hour ago that nobody has decided. */
static void begin_after_outage(void)
{
	store_look("F1", LATER(3600000));
	redis("DEL {t}:events");
	add_event(LATER(5400000));
	redis("HDEL {t}:owner recovered");
}

static void what_waited_goes_before_the_clocks(void **state)
{
	begin_after_outage();
	assert_int_equal(tick_after(BEGAN), 0);
	assert_false(has_recovered());
	redis("XTRIM {t}:events MAXLEN 0");
	add_event(LATER(7300000));
	assert_int_equal(tick_after(BEGAN), 1);
	assert_false(has_recovered());
}

/* Whoever is dated anew is looked at, too. */
static void what_waited_goes_before_another_policy(void **state)
{
	begin_after_outage();
	redis("HSET {t}:swept policy p0 cursor done");
	assert_int_equal(tick_after(BEGAN), 0);
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
	redis("XTRIM {t}:events MAXLEN 0");
	(void)tick_after(BEGAN);
	assert_true(has_text(own_events(), "rules.changed"));
}

static void an_owner_has_recovered_when_what_was_overdue_is_decided(void **state)
{
	begin_after_outage();
	redis("XTRIM {t}:events MAXLEN 0");
	assert_int_equal(tick_after(BEGAN), 1);
	assert_int_equal(tick_after(BEGAN), 0);
	assert_false(has_recovered());
	/* What came later is not waited for. */
	redis("XTRIM {t}:own MAXLEN 0");
	redis("XADD {t}:own * event {}");
	assert_int_equal(tick_after(BEGAN), 0);
	assert_true(has_recovered());
}

static void an_owner_has_recovered_after_a_quarter_of_an_hour_whatever_waits(void **state)
{
	begin_after_outage();
	assert_int_equal(tick_after(instant_add(BEGAN, SPAN_MS(899999))), 0);
	assert_int_equal(tick_after(instant_add(BEGAN, SPAN_MS(900000))), 1);
	assert_true(has_recovered());
}

static void clocks_do_not_ring_while_many_events_of_our_own_wait(void **state)
{
	instant next;

	store_look("F1", NOW);
	for (int i = 0; i <= 1000; i++)
		redis("XADD {t}:own * event {}");
	assert_int_equal(tick_at(LATER(1), &next), 0);
	assert_int_equal(next.ms, NOW_MS + 201);
	redis("XTRIM {t}:own MAXLEN 1000");
	assert_int_equal(tick_at(LATER(1), &next), 1);
}

static void a_damaged_family_keeps_no_other_clock_from_ringing(void **state)
{
	instant next;

	store_look("F1", NOW);
	redis("ZADD {t}:looks 1 F0");
	redis("SET {t}:family:F0 damaged");
	assert_int_equal(tick_at(LATER(1), &next), 1);
	assert_int_equal(tick_at(LATER(1), &next), 0);
	assert_int_equal(redis_count("ZCARD {t}:looks"), 2);
}

static size_t sweep(instant now, str **out)
{
	const struct reply reply = ask(store_waited(&world.arena, &world.store, now));
	size_t n = 0;

	assert_int_equal(store_waited_read(&world.arena, &reply, out, &n), OK);
	return n;
}

static void subjects_are_named_when_their_time_is_over_or_they_have_become_known(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "w1");
	const str item = deliver_event("events", &event);
	str *subjects;

	assert_int_equal(
		read_commit(store_wait(&world.arena, &world.store,
				       &(struct store_item){ STORE_EVENTS, item, event.bytes },
				       S("case/C1"), LATER(1000))),
		COMMIT_DONE);
	assert_int_equal(sweep(LATER(999), &subjects), 0);
	assert_int_equal(sweep(LATER(1000), &subjects), 1);
	assert_str(subjects[0], "case/C1");
	store_first_family();
	assert_int_equal(sweep(NOW, &subjects), 1);
}

/* --- another policy: every family is looked at anew ---------------------------------------------- */

#define FAMILIES 300

static size_t times_swept(const char *events, int family)
{
	const char *subject = str_z(&world.arena, str_fmt(&world.arena, "\"family/F%d\"", family));
	size_t n = 0;

	for (const char *at = strstr(events, subject); at != NULL; at = strstr(at + 1, subject))
		n++;
	return n;
}

/* From tick to tick, until the cursor says that it has come to the end. */
static int sweep_on(const char *policy, int most)
{
	instant next;
	int ticks = 0;

	while (ticks < most && !str_eq(redis_text("HGET {t}:swept cursor"), S("done")))
		(void)tick_under(policy, LATER(1000 * ++ticks), &next);
	assert_true(ticks < most);
	return ticks;
}

static void begin_sweep(void)
{
	instant next;

	for (int i = 0; i < FAMILIES; i++)
		redis(str_z(&world.arena, str_fmt(&world.arena, "SADD {t}:families F%d", i)));
	/* What has always been in force is no change. */
	(void)tick_under("p1", NOW, &next);
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
	(void)tick_under("p2", NOW, &next);
	assert_true(redis_count("XLEN {t}:own") > 0 && redis_count("XLEN {t}:own") < FAMILIES);
	/* There is more: not later than in a second. */
	assert_int_equal(next.ms, NOW_MS + 1000);
}

static void a_sweep_goes_on_where_it_stood_when_a_daemon_is_started_again(void **state)
{
	instant next;

	begin_sweep();
	int64_t before = redis_count("XLEN {t}:own");

	assert_int_equal(redis_count("DEL {t}:owner"), 1);
	world.store.token = take_lease(RANDOM_B);
	assert_true(sweep_on("p2", 20) > 1);
	const char *events = str_z(&world.arena, own_events());
	size_t twice = 0;

	for (int i = 0; i < FAMILIES; i++) {
		size_t n = times_swept(events, i);

		assert_true(n > 0);
		twice += n > 1 ? 1 : 0;
	}
	/* It did not begin anew. */
	assert_true(before > 50 && twice < 10);
	int64_t all = redis_count("XLEN {t}:own");

	(void)tick_under("p2", LATER(60000), &next);
	assert_int_equal(redis_count("XLEN {t}:own"), all);
}

static void another_policy_in_the_middle_begins_the_sweep_anew(void **state)
{
	instant next;

	begin_sweep();
	int64_t before = redis_count("XLEN {t}:own");

	(void)tick_under("p3", LATER(1000), &next);
	(void)sweep_on("p3", 20);
	assert_true(redis_count("XLEN {t}:own") >= before + FAMILIES);
}

static void a_sweep_waits_while_many_events_of_our_own_wait(void **state)
{
	instant next;

	begin_sweep();
	for (int i = 0; i < 1001; i++)
		redis("XADD {t}:own * event x");
	int64_t before = redis_count("XLEN {t}:own");
	str cursor = redis_text("HGET {t}:swept cursor");

	(void)tick_under("p2", LATER(1000), &next);
	assert_int_equal(redis_count("XLEN {t}:own"), before);
	assert_true(str_eq(redis_text("HGET {t}:swept cursor"), cursor));
}

/* Its hours are of the policy; no family's event would ring it before its old hour. */
static void another_policy_rings_the_desks_once(void **state)
{
	struct plan plan = { .family = make_family("desk:send"), .next_look = LATER(5000000) };
	const struct event event = make_event(KIND_WORKER_AWAY, SUBJECT_SERVICE, "send", "e1");
	instant next;

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	(void)tick_under("p1", NOW, &next);
	assert_int_equal(redis_count("XLEN {t}:own"), 0);
	(void)tick_under("p2", NOW, &next);
	(void)tick_under("p2", LATER(1000), &next);
	const str events = own_events();

	assert_true(has_text(events, "\"type\":\"clock.due\",\"subject\":\"service/send\""));
	assert_int_equal(redis_count("XLEN {t}:own"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_look_that_is_due_becomes_an_event_and_comes_again_when_it_is_lost),
		STORE_TEST(at_most_a_hundred_looks_come_at_once),
		STORE_TEST(a_commit_without_a_look_takes_the_look_away),
		STORE_TEST(only_the_owner_ticks),
		STORE_TEST(what_waited_goes_before_the_clocks),
		STORE_TEST(what_waited_goes_before_another_policy),
		STORE_TEST(an_owner_has_recovered_when_what_was_overdue_is_decided),
		STORE_TEST(an_owner_has_recovered_after_a_quarter_of_an_hour_whatever_waits),
		STORE_TEST(clocks_do_not_ring_while_many_events_of_our_own_wait),
		STORE_TEST(a_damaged_family_keeps_no_other_clock_from_ringing),
		STORE_TEST(a_sweep_goes_on_where_it_stood_when_a_daemon_is_started_again),
		STORE_TEST(another_policy_in_the_middle_begins_the_sweep_anew),
		STORE_TEST(a_sweep_waits_while_many_events_of_our_own_wait),
		STORE_TEST(another_policy_rings_the_desks_once),
		STORE_TEST(subjects_are_named_when_their_time_is_over_or_they_have_become_known),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
