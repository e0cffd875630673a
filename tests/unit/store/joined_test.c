/* Several commits, or several loads, as one command: each has its own end. */
#include "world.h"

#define MANY 5

/* What each of MANY families has: an event that is pending, and a plan that writes a line of evidence, a message
 * and a fact. */
static struct event events[MANY];
static struct store_work works[MANY];
static struct plan plans[MANY];
static struct entry entries[MANY];
static struct message messages[MANY];
static struct fact facts[MANY];
static struct command commands[MANY];
static str cases[MANY];

/* A word, or a command, with the number of a family behind it. */
static const char *with(const char *words, size_t i)
{
	return str_z(&world.arena, str_fmt(&world.arena, "%s%zu", words, i));
}

static void make_plan(size_t i)
{
	struct family *family = make_family(with("F", i));

	events[i] = make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, with("F", i), with("e", i));
	works[i] = work_of(STORE_EVENTS, deliver_event("events", &events[i]), &events[i]);
	entries[i] = (struct entry){ .kind = S("note"), .text = S("x") };
	messages[i] = make_message(with("m", i), CHANNEL_SMS);
	messages[i].family = family->id;
	facts[i] = (struct fact){ .type = S("t"), .subject = S("s") };
	cases[i] = str_of(with("C", i));
	plans[i] = (struct plan){ .family = family,
				  .next_look = LATER(1),
				  .entries = &entries[i],
				  .n_entries = 1,
				  .messages = &messages[i],
				  .n_messages = 1,
				  .facts = &facts[i],
				  .n_facts = 1,
				  .opened_cases = &cases[i],
				  .n_opened = 1 };
}

static void make_plans(void)
{
	for (size_t i = 0; i < MANY; i++)
		make_plan(i);
}

static struct reply commit_all(void)
{
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(store_commit(&world.arena, &world.store, &works[i], &plans[i],
					      &commands[i]),
				 OK);
	return ask(store_join(&world.arena, commands, MANY));
}

static enum commit answer_to(const struct reply *reply, size_t i)
{
	enum commit commit = COMMIT_FENCED;

	assert_int_equal(store_commit_read(store_part(reply, i, MANY), &commit), OK);
	return commit;
}

/* All but one were done, and nothing of that one. */
static void assert_done_but(const struct reply *reply, size_t other)
{
	for (size_t i = 0; i < MANY; i++) {
		const int there = i != other;

		if (i != other)
			assert_int_equal(answer_to(reply, i), COMMIT_DONE);
		assert_int_equal(redis_count(with("EXISTS {t}:msg:m", i)), there);
		assert_int_equal(redis_count(with("SISMEMBER {t}:families F", i)), there);
	}
	assert_int_equal(redis_count("XLEN {t}:facts"), MANY - 1);
	assert_int_equal(redis_count("ZCARD {t}:out:sms:ready"), MANY - 1);
	assert_int_equal(redis_count("ZCARD {t}:looks"), MANY - 1);
}

static void each_of_many_is_written_whole(void **state)
{
	make_plans();
	const struct reply reply = commit_all();

	for (size_t i = 0; i < MANY; i++) {
		assert_int_equal(answer_to(&reply, i), COMMIT_DONE);
		assert_str(
			redis_text(str_z(&world.arena,
					 str_fmt(&world.arena, "HGET {t}:family:F%zu version", i))),
			"1");
		assert_int_equal(redis_count(with("XLEN {t}:evidence:F", i)), 1);
		assert_str(message_state(with("m", i)), "ready");
		assert_str(redis_text(with("GET {t}:case:C", i)), with("F", i));
	}
	assert_int_equal(redis_count("ZCARD {t}:out:sms:ready"), MANY);
	assert_int_equal(redis_count("ZCARD {t}:looks"), MANY);
	assert_int_equal(redis_count("XLEN {t}:facts"), MANY);
	assert_int_equal(redis_count("XLEN {t}:events"), 0);
	assert_int_equal(redis("XPENDING {t}:events candour").items[0].integer, 0);
}

static void an_old_record_refuses_its_own_plan_alone(void **state)
{
	make_plans();
	redis("HSET {t}:family:F2 version 7");
	const struct reply reply = commit_all();

	assert_int_equal(answer_to(&reply, 2), COMMIT_STALE);
	assert_done_but(&reply, 2);
	assert_int_equal(redis_count("XLEN {t}:events"), 1);
}

static void what_another_finished_is_gone_alone(void **state)
{
	make_plans();
	redis(str_z(&world.arena, str_fmt(&world.arena, "XACK {t}:events candour %.*s",
					  STR_ARG(works[1].item_id))));
	const struct reply reply = commit_all();

	assert_int_equal(answer_to(&reply, 1), COMMIT_GONE);
	assert_done_but(&reply, 1);
}

static void what_is_damaged_stops_its_own_plan_alone(void **state)
{
	static const char *const wrong[] = { "SET {t}:evidence:F3 wrong", "SET {t}:family:F3 wrong",
					     "SET {t}:msg:m3 wrong", "LPUSH {t}:case:C3 wrong" };

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		enum commit commit;

		assert_int_equal(empty_world(state), 0);
		make_plans();
		redis(wrong[i]);
		const struct reply reply = commit_all();

		assert_int_equal(store_part(&reply, 3, MANY)->type, REPLY_ERROR);
		assert_int_equal(store_commit_read(store_part(&reply, 3, MANY), &commit),
				 ERR_REFUSED);
		if (i == 2)
			redis("DEL {t}:msg:m3");
		assert_done_but(&reply, 3);
		assert_int_equal(redis_count("XLEN {t}:events"), 1);
		assert_int_equal(redis("XPENDING {t}:events candour").items[0].integer, 1);
	}
}

/* Of two about the same, the second was decided without the first. */
static void the_second_about_the_same_is_decided_anew(void **state)
{
	make_plans();
	cases[4] = cases[0];
	const struct reply case_reply = commit_all();

	assert_int_equal(answer_to(&case_reply, 4), COMMIT_STALE);
	assert_done_but(&case_reply, 4);
	assert_str(redis_text("GET {t}:case:C0"), "F0");

	assert_int_equal(empty_world(state), 0);
	make_plans();
	events[4].identity = events[0].identity;
	const struct reply reply = commit_all();

	assert_int_equal(answer_to(&reply, 4), COMMIT_STALE);
	assert_done_but(&reply, 4);

	assert_int_equal(empty_world(state), 0);
	make_plans();
	plans[4].family = make_family("F0");
	const struct reply family_reply = commit_all();

	assert_int_equal(answer_to(&family_reply, 4), COMMIT_STALE);
	assert_done_but(&family_reply, 4);
}

static void nothing_is_written_for_whoever_owns_no_longer(void **state)
{
	make_plans();
	world.store.token = S("1.old");
	const struct reply reply = commit_all();

	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(answer_to(&reply, i), COMMIT_FENCED);
	assert_int_equal(redis_count("EXISTS {t}:families"), 0);
	assert_int_equal(redis_count("XLEN {t}:events"), MANY);
}

static void each_event_is_loaded_with_its_own_family(void **state)
{
	const str waiting[] = { S("RPUSH"), S("{t}:waiting:case/C1"), S("9 events 1-1 {}") };
	struct loaded loaded;

	make_plans();
	commit_all();
	redis("SET {t}:family:F9 wrong");
	ask((struct command){ waiting, 3 });
	redis("ZADD {t}:waits 9 case/C1");
	for (size_t i = 0; i < MANY; i++) {
		events[i] = make_event(KIND_CONTACT_UPDATED, SUBJECT_CASE, with("C", i),
				       with("e", i == 0 ? 0 : i + 100));
		if (i == 3)
			events[i] = family_event("e9");
		if (i == 4)
			events[i] = make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, "F9", "e99");
		commands[i] = store_load(&world.arena, &world.store, &events[i], false);
	}
	const struct reply reply = ask(store_join(&world.arena, commands, MANY));

	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(store_load_read(&world.arena, &events[i],
						 store_part(&reply, i, MANY), &loaded),
				 OK);
		assert_str(loaded.family_id, with("F", i == 3 ? 1 : i));
		assert_int_equal(loaded.family->version, 1);
		assert_int_equal(loaded.seen, i == 0);
		assert_int_equal(loaded.n_waiting, i == 1);
	}
	assert_int_equal(
		store_load_read(&world.arena, &events[4], store_part(&reply, 4, MANY), &loaded),
		ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(each_of_many_is_written_whole),
		STORE_TEST(an_old_record_refuses_its_own_plan_alone),
		STORE_TEST(what_another_finished_is_gone_alone),
		STORE_TEST(what_is_damaged_stops_its_own_plan_alone),
		STORE_TEST(the_second_about_the_same_is_decided_anew),
		STORE_TEST(nothing_is_written_for_whoever_owns_no_longer),
		STORE_TEST(each_event_is_loaded_with_its_own_family),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
