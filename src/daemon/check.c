#include "daemon/check.h"

#include "base/file.h"
#include "daemon/post.h"

#define PASSWORD_BYTES_MAX ((size_t)4096)

bool check_read_redis(struct arena *arena, const struct config *config, struct redis_settings *out,
		      struct findings *findings)
{
	const str file = config->redis.password_file;
	str password = STR_EMPTY;

	if (file.n != 0 && file_read(arena, file, PASSWORD_BYTES_MAX, &password) != OK) {
		findings_error(findings, file, 0, "password_file",
			       "the password for Redis cannot be read from this file");
		return false;
	}
	*out = (struct redis_settings){ .socket = config->redis.socket,
					.host = config->redis.host,
					.port = config->redis.port,
					.username = config->redis.username,
					.password = str_trim(password) };
	return true;
}

/* Each kind of command that the daemon says: scripts are made known, one reads, something is written. */
static void check_rights(struct arena *arena, struct redis_call *call, const struct config *config,
			 struct findings *findings)
{
	const struct store store = { .prefix = config->redis.prefix };
	const struct command last[] = { store_status(arena, &store), store_probe(arena, &store) };
	const size_t n_last = sizeof last / sizeof *last;
	struct command *scripts;
	struct reply reply = { .type = REPLY_NIL };
	enum err err = OK;
	size_t n;

	store_scripts(arena, &scripts, &n);
	for (size_t i = 0; i < n + n_last && err == OK && reply.type != REPLY_ERROR; i++)
		err = redis_call(call, arena, i < n ? scripts[i] : last[i - n], &reply);
	if (err != OK)
		findings_error(findings, S("redis"), 0, "redis_connect",
			       "Redis did not answer to the end: %s", err_text(err));
	else if (reply.type == REPLY_ERROR)
		findings_error(findings, S("redis"), 0, "redis_rights",
			       "the Redis user has not all the rights that are needed (%.*s): see "
			       "redis-acl.conf, and that 'redis.prefix' is the same in both",
			       STR_ARG(reply.text));
}

static void check_redis(const struct config *config, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	struct redis_settings settings;
	struct redis_call *call = NULL;
	struct command commands[2];
	struct reply info, replies;
	enum err err;

	if (!check_read_redis(&arena, config, &settings, findings)) {
		arena_free(&arena);
		return;
	}
	err = redis_call_open(&settings, SPAN_S(5), &call);
	store_settings(&arena, commands);
	if (err == OK)
		err = redis_call(call, &arena, commands[0], &info);
	if (err == OK)
		err = redis_call(call, &arena, commands[1], &replies);
	if (err == ERR_PERMISSION)
		findings_error(findings, S("redis"), 0, "redis_login",
			       "Redis does not take the user or the password: see 'redis.username' "
			       "and 'redis.password_file'");
	else if (err != OK)
		findings_error(findings, S("redis"), 0, "redis_connect",
			       "Redis cannot be asked: %s; see 'redis.socket' or 'redis.host', and "
			       "whether it runs",
			       err_text(err));
	if (err == OK) {
		store_settings_check(&info, &replies, findings);
		check_rights(&arena, call, config, findings);
	}
	redis_call_free(&call);
	arena_free(&arena);
}

enum exit_code check_connections(const struct config *config, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	struct deliver_settings settings;
	size_t before = findings->errors;
	enum exit_code code = EXIT_FINE;

	check_redis(config, findings);
	if (findings->errors > before)
		code = EXIT_REDIS;
	before = findings->errors;
	post_settings(&arena, config, &settings);
	deliver_probe(&settings, findings);
	if (findings->errors > before && code == EXIT_FINE)
		code = EXIT_CONFIG;
	arena_free(&arena);
	return code;
}
