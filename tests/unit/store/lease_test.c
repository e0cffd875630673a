#include "world.h"

static enum lease ask_lease(const char *random, str *out_token)
{
	const struct reply reply = ask(
		store_lease(&world.arena, &world.store, str_of(random), S("p2")));
	enum lease lease = LEASE_OURS;

	assert_int_equal(store_lease_read(&world.arena, &reply, &lease, out_token), OK);
	return lease;
}

static void end_lease(void)
{
	redis("HSET {t}:owner until 1");
}

static void one_daemon_holds_the_lease_and_keeps_its_token(void **state)
{
	str token;

	assert_str(world.store.token, "1." RANDOM_A);
	assert_int_equal(ask_lease(RANDOM_B, &token), LEASE_THEIRS);
	assert_int_equal(ask_lease(RANDOM_A, &token), LEASE_OURS);
	assert_str(token, "1." RANDOM_A);
	assert_str(redis_text("HGET {t}:owner policy"), "p2");
}

static void the_next_owner_has_a_new_epoch(void **state)
{
	str token;

	end_lease();
	assert_int_equal(ask_lease(RANDOM_B, &token), LEASE_OURS);
	assert_str(token, "2." RANDOM_B);
	assert_int_equal(ask_lease(RANDOM_A, &token), LEASE_THEIRS);
	end_lease();
	assert_int_equal(ask_lease(RANDOM_A, &token), LEASE_OURS);
	assert_str(token, "3." RANDOM_A);
}

static void a_lease_that_ended_is_still_ours_while_nobody_took_it(void **state)
{
	str token;

	end_lease();
	assert_int_equal(ask_lease(RANDOM_A, &token), LEASE_OURS);
	assert_str(token, "1." RANDOM_A);
}

static void a_lease_given_up_is_free_at_once_and_its_epoch_does_not_come_back(void **state)
{
	str token;

	assert_int_equal(ask(store_lease_release(&world.arena, &world.store)).integer, 1);
	assert_int_equal(ask_lease(RANDOM_A, &token), LEASE_OURS);
	assert_str(token, "2." RANDOM_A);
	/* the token of before gives up nothing */
	assert_int_equal(ask(store_lease_release(&world.arena, &world.store)).integer, 0);
}

static void the_key_for_message_ids_never_changes(void **state)
{
	const char *first = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	const char *second = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	uint8_t key[HASH_BYTES], again[HASH_BYTES];

	const struct reply made = ask(store_key(&world.arena, &world.store, str_of(first)));
	assert_int_equal(store_key_read(&made, key), OK);
	const struct reply kept = ask(store_key(&world.arena, &world.store, str_of(second)));
	assert_int_equal(store_key_read(&kept, again), OK);
	assert_memory_equal(key, again, HASH_BYTES);
	assert_int_equal(key[1], 0x11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(one_daemon_holds_the_lease_and_keeps_its_token),
		STORE_TEST(the_next_owner_has_a_new_epoch),
		STORE_TEST(a_lease_that_ended_is_still_ours_while_nobody_took_it),
		STORE_TEST(a_lease_given_up_is_free_at_once_and_its_epoch_does_not_come_back),
		STORE_TEST(the_key_for_message_ids_never_changes),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
