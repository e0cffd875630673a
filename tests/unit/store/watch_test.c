#include "world.h"

static struct watched load_watched(instant now)
{
	const struct reply reply = ask(store_watch(&world.arena, &world.store, now));
	struct watched watched = { 0 };

	if (reply.type == REPLY_ERROR)
		print_error("%.*s\n", STR_ARG(reply.text));
	assert_int_equal(store_watch_read(&world.arena, &reply, &watched), OK);
	return watched;
}

static void nothing_is_old_in_an_empty_redis(void **state)
{
	redis("FLUSHALL");
	const struct watched watched = load_watched(NOW);

	assert_true(instant_is_never(watched.oldest_event));
	assert_true(instant_is_never(watched.nearest_duty));
	assert_int_equal(watched.breached + watched.tasks, 0);
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		for (size_t j = 0; j < GRADE_COUNT; j++) {
			assert_int_equal(watched.unsent[i][j].ready, 0);
			assert_true(instant_is_never(watched.unsent[i][j].oldest));
		}
}

static void the_oldest_event_that_is_not_decided_has_an_age(void **state)
{
	redis("XADD {t}:own 7000-0 event b");
	redis("XADD {t}:events 5000-0 event a");
	redis("XREADGROUP GROUP candour me STREAMS {t}:events >");
	assert_int_equal(load_watched(NOW).oldest_event.ms, 5000);
	redis("XDEL {t}:events 5000-0");
	assert_int_equal(load_watched(NOW).oldest_event.ms, 7000);
}

/* Whatever step it is at: what has not left is unsent since it could have left. */
static void a_message_is_unsent_since_it_could_have_left(void **state)
{
	struct family *family = store_first_family();
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL),
				      make_message("m2", CHANNEL_EMAIL),
				      make_message("m3", CHANNEL_EMAIL) };

	messages[0].grade = GRADE_FORMAL;
	messages[1].not_before = LATER(1000);
	messages[2].not_before = LATER(60000);
	store_messages(family, "e2", messages, 3);
	struct watched watched = load_watched(LATER(5000));

	assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_FORMAL].oldest.ms, NOW_MS);
	assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_INFORMATION].oldest.ms, NOW_MS + 1000);
	ask(store_claim(&world.arena, &world.store, CHANNEL_EMAIL, (struct sender){ S("me"), true },
			1, LATER(5000)));
	watched = load_watched(LATER(5000));
	assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_FORMAL].oldest.ms, NOW_MS);
	assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_FORMAL].ready, 0);
	assert_int_equal(watched.unsent[CHANNEL_EMAIL][GRADE_INFORMATION].ready, 1);
	assert_true(instant_is_never(watched.unsent[CHANNEL_SMS][GRADE_FORMAL].oldest));
}

static void commit_family(struct family *family, const char *event_id)
{
	struct plan plan = { .family = family, .next_look = INSTANT_NEVER };
	const struct event event = family_event(event_id);

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
}

static void breaches_tasks_and_the_nearest_duty_are_those_of_all_families(void **state)
{
	struct family *family = store_first_family();
	struct case_file file = { .id = S("C1") };
	struct duty duties[] = {
		{ .id = S("a"), .state = DUTY_BREACHED, .due = { 100 }, .breached_on = { 101 } },
		{ .id = S("b"), .state = DUTY_SCHEDULED, .due = { 200 }, .breached_on = DATE_NONE },
		{ .id = S("c"), .state = DUTY_WARNED, .due = { 150 }, .breached_on = DATE_NONE },
		{ .id = S("d"), .state = DUTY_MET, .due = { 50 }, .breached_on = DATE_NONE },
	};
	struct task task = { .id = S("t") };

	file.duties = duties;
	file.n_duties = 4;
	file.tasks = &task;
	file.n_tasks = 1;
	family->cases = &file;
	family->n_cases = 1;
	commit_family(family, "e2");
	struct watched watched = load_watched(NOW);

	assert_int_equal(watched.breached, 1);
	assert_int_equal(watched.tasks, 1);
	assert_int_equal(watched.nearest_duty.ms, 150 * SPAN_DAYS(1).ms);
	for (size_t i = 0; i < 3; i++)
		duties[i].state = DUTY_MET;
	task.done = true;
	commit_family(family, "e3");
	watched = load_watched(NOW);
	assert_int_equal(watched.breached + watched.tasks, 0);
	assert_true(instant_is_never(watched.nearest_duty));
}

static void pauses_and_providers_are_told_and_what_is_none_of_them_hides_no_other(void **state)
{
	const struct sending_pause pause = { S("sms/notify"), NOW, LATER(1000), S("it moves"),
					     S("me") };
	const struct provider_state said[] = { { S("sms/twilio"), 3, NOW, LATER(7) },
					       { S("email/relay"), 0, NOW, LATER(8) } };

	redis("FLUSHALL");
	ask(store_pause(&world.arena, &world.store, &pause));
	ask(store_providers(&world.arena, &world.store, said, 2));
	redis("HSET {t}:paused email nonsense");
	redis("HSET {t}:providers sms/other [1]");
	const struct watched watched = load_watched(NOW);

	assert_int_equal(watched.n_pauses, 1);
	assert_str(watched.pauses[0].what, "sms/notify");
	assert_int_equal(watched.pauses[0].until.ms, NOW_MS + 1000);
	assert_str(watched.pauses[0].by, "me");
	assert_int_equal(watched.n_providers, 2);
	assert_str(watched.providers[0].what, "sms/twilio");
	assert_int_equal(watched.providers[0].failures, 3);
	assert_int_equal(watched.providers[0].since.ms, NOW_MS);
	assert_int_equal(watched.providers[0].at.ms, NOW_MS + 7);
}

static void what_is_damaged_of_the_auditors_night_hides_nothing_else(void **state)
{
	redis("FLUSHALL");
	redis("HSET {t}:totals breached 3");
	redis("HSET {t}:audit day 2026-11-02 began x ended 9000 families x found 2");
	const struct watched watched = load_watched(NOW);

	assert_int_equal(watched.breached, 3);
	assert_str(watched.night.day, "2026-11-02");
	assert_true(instant_is_never(watched.night.began));
	assert_int_equal(watched.night.ended.ms, 9000);
	assert_int_equal(watched.night.families, 0);
	assert_int_equal(watched.night.found, 2);
}

static void what_is_held_is_let_go_whole_or_not_at_all(void **state)
{
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	store_messages(store_first_family(), "e2", messages, 1);
	ask(store_claim(&world.arena, &world.store, CHANNEL_EMAIL, (struct sender){ S("me"), true },
			1, NOW));
	ask(store_hold(&world.arena, &world.store, S("a test"), NOW));
	redis("SET {t}:out:letter:waiting wrong");
	assert_int_equal(ask(store_let_go(&world.arena, &world.store, NOW, false, NOW)).type,
			 REPLY_ERROR);
	assert_str(redis_text("HGET {t}:msg:m1 state"), "claimed");
	assert_int_equal(redis_count("EXISTS {t}:hold"), 1);
	redis("DEL {t}:out:letter:waiting");
	assert_int_equal(ask(store_let_go(&world.arena, &world.store, NOW, false, NOW)).integer, 1);
	assert_str(redis_text("HGET {t}:msg:m1 state"), "unknown");
	assert_int_equal(ask(store_let_go(&world.arena, &world.store, NOW, false, NOW)).integer, 0);
	assert_int_equal(redis_count("EXISTS {t}:hold"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nothing_is_old_in_an_empty_redis, empty_world),
		cmocka_unit_test_setup(the_oldest_event_that_is_not_decided_has_an_age,
				       empty_world),
		cmocka_unit_test_setup(a_message_is_unsent_since_it_could_have_left, empty_world),
		cmocka_unit_test_setup(
			breaches_tasks_and_the_nearest_duty_are_those_of_all_families, empty_world),
		cmocka_unit_test_setup(
			pauses_and_providers_are_told_and_what_is_none_of_them_hides_no_other,
			empty_world),
		STORE_TEST(what_is_damaged_of_the_auditors_night_hides_nothing_else),
		cmocka_unit_test_setup(what_is_held_is_let_go_whole_or_not_at_all, empty_world),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
