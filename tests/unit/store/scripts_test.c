#include "world.h"

static void a_server_that_lost_its_scripts_says_so_and_has_done_nothing(void **state)
{
	enum lease lease;
	str token;

	redis("SCRIPT FLUSH");
	const struct reply reply = ask(
		store_lease(&world.arena, &world.store, S(RANDOM_A), S("p1")));
	assert_int_equal(store_lease_read(&world.arena, &reply, &lease, &token), ERR_NOT_FOUND);
	load_scripts();
	assert_str(take_lease(RANDOM_A), "1." RANDOM_A);
}

/* Without the first line of a script, its first effects would be there and the rest would not. */
static void a_commit_without_memory_is_refused_as_a_whole(void **state)
{
	struct plan plan = { .family = store_first_family(), .next_look = NOW };
	const struct event event = family_event("e2");
	const struct store_work work = work_of(STORE_EVENTS, deliver_event("events", &event),
					       &event);
	struct command command;
	enum commit commit;

	assert_int_equal(store_commit(&world.arena, &world.store, &work, &plan, &command), OK);
	redis("CONFIG SET maxmemory 1");
	const struct reply reply = ask(command);
	assert_int_equal(store_commit_read(&reply, &commit), ERR_REFUSED);
	/* what only reads goes on */
	const struct reply status = ask(store_status(&world.arena, &world.store));
	assert_int_equal(status.type, REPLY_LIST);
	redis("CONFIG SET maxmemory 0");
	assert_true(str_starts(reply.text, S("OOM")));
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
	assert_int_equal(redis("XPENDING {t}:events candour").items[0].integer, 1);
	assert_str(redis_text("HGET {t}:family:F1 version"), "1");
	assert_int_equal(read_commit(command), COMMIT_DONE);
}

/* All tests of the store are asked so; here it is seen that the user could not reach another key. */
static void every_key_is_under_the_prefix(void **state)
{
	const str other[] = { S("GET"), S("{u}:key") };
	struct family *family = NULL;
	struct message messages[] = { make_message("m1", CHANNEL_EMAIL) };

	assert_true(str_starts(ask((struct command){ other, 2 }).text, S("NOPERM")));
	family = store_first_family();
	store_messages(family, "e2", messages, 1);
	const struct reply claim = ask(store_claim(&world.arena, &world.store, CHANNEL_EMAIL,
						   (struct sender){ S("me"), true }, 1, NOW));
	assert_int_equal(claim.type, REPLY_LIST);
	assert_int_equal(ask_tick("p1", NOW, (instant){ 0 }).type, REPLY_LIST);
	assert_int_equal(ask(store_status(&world.arena, &world.store)).type, REPLY_LIST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_server_that_lost_its_scripts_says_so_and_has_done_nothing),
		STORE_TEST(a_commit_without_memory_is_refused_as_a_whole),
		STORE_TEST(every_key_is_under_the_prefix),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
