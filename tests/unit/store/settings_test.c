#include "world.h"

static struct reply text_reply(const char *text)
{
	return (struct reply){ .type = REPLY_TEXT, .text = str_of(text) };
}

/* The codes of what is found, warnings with a '?', for a server and its three settings. */
static str check(const char *info_text, const char *appendonly, const char *appendfsync,
		 const char *policy)
{
	const struct reply info = text_reply(info_text);
	const struct reply items[] = {
		text_reply("appendonly"), text_reply(appendonly),         text_reply("appendfsync"),
		text_reply(appendfsync),  text_reply("maxmemory-policy"), text_reply(policy),
	};
	const struct reply config = { .type = REPLY_LIST, .items = items, .n = 6 };
	struct findings findings = findings_of(&world.arena);
	struct buf buf = buf_of(&world.arena, 4096);

	store_settings_check(&info, &config, &findings);
	for (size_t i = 0; i < findings.n; i++) {
		buf_add(&buf, findings.list[i].code);
		buf_byte(&buf, findings.list[i].warning ? '?' : '!');
	}
	return buf_str(&buf);
}

#define MASTER "# Server\r\nredis_version:7.0.15\r\nrole:master\r\n"

static void a_redis_that_keeps_everything_is_fine(void **state)
{
	assert_str(check(MASTER, "yes", "always", "noeviction"), "");
}

static void what_may_be_forgotten_is_named(void **state)
{
	assert_str(check(MASTER, "yes", "everysec", "noeviction"), "redis_everysec?");
	assert_str(check(MASTER, "yes", "no", "noeviction"), "redis_fsync!");
	assert_str(check(MASTER, "no", "always", "noeviction"), "redis_persistence!");
	assert_str(check(MASTER, "yes", "always", "allkeys-lru"), "redis_eviction!");
	assert_str(check("redis_version:6.2.7\r\nrole:slave\r\n", "yes", "always", "noeviction"),
		   "redis_version!redis_replica!");
}

static void settings_that_are_not_shown_are_a_warning(void **state)
{
	const struct reply info = text_reply(MASTER);
	const struct reply refused = { .type = REPLY_ERROR, .text = S("NOPERM") };
	struct findings findings = findings_of(&world.arena);

	store_settings_check(&info, &refused, &findings);
	assert_int_equal(findings.n, 1);
	assert_true(findings.list[0].warning);
	store_settings_check(&refused, &refused, &findings);
	assert_int_equal(findings.errors, 1);
}

static void a_real_server_is_understood(void **state)
{
	struct command commands[2];
	struct findings findings = findings_of(&world.arena);

	store_settings(&world.arena, commands);
	const struct reply info = ask(commands[0]), config = ask(commands[1]);
	store_settings_check(&info, &config, &findings);
	assert_int_equal(findings.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_redis_that_keeps_everything_is_fine),
		STORE_TEST(what_may_be_forgotten_is_named),
		STORE_TEST(settings_that_are_not_shown_are_a_warning),
		STORE_TEST(a_real_server_is_understood),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
