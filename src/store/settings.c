/*
 * Redis is where everything is kept, so a Redis that may forget is a reason not to start.
 */
#include "store/inner.h"

#define VERSION_MIN 7

static const str FILE_NAME = { "redis", 5 };

/* "redis_version:7.0.15" in what INFO says; empty where it is not. */
static str find_info(str info, str name)
{
	str line, key, value;

	while (str_line(&info, &line))
		if (str_cut(line, ':', &key, &value) && str_eq(key, name))
			return value;
	return STR_EMPTY;
}

static str find_config(const struct reply *config, str name)
{
	const struct reply *value = reply_field(config, name);

	return value != NULL ? value->text : STR_EMPTY;
}

static void check_server(str info, struct findings *findings)
{
	str version = find_info(info, S("redis_version"));
	str major, minor;
	int64_t number;

	if (!str_cut(version, '.', &major, &minor) || !str_to_i64(major, &number) ||
	    number < VERSION_MIN)
		findings_error(findings, FILE_NAME, 0, "redis_version",
			       "Redis %.*s is too old: %d.0 or newer is needed", STR_ARG(version),
			       VERSION_MIN);
	if (str_eq(find_info(info, S("role")), S("slave")))
		findings_error(findings, FILE_NAME, 0, "redis_replica",
			       "this Redis is a replica: name its master");
}

static void check_persistence(const struct reply *config, struct findings *findings)
{
	str appendfsync = find_config(config, S("appendfsync"));

	if (!str_eq(find_config(config, S("appendonly")), S("yes"))) {
		findings_error(
			findings, FILE_NAME, 0, "redis_persistence",
			"appendonly is off: everything since the last snapshot would be lost "
			"when Redis stops; set appendonly yes");
		return;
	}
	if (str_eq(appendfsync, S("everysec")))
		findings_warning(findings, FILE_NAME, 0, "redis_everysec",
				 "appendfsync is everysec: when the machine stops, up to two "
				 "seconds of decisions are lost; set appendfsync always");
	else if (!str_eq(appendfsync, S("always")))
		findings_error(findings, FILE_NAME, 0, "redis_fsync",
			       "appendfsync is %.*s: when the machine stops, half a minute or more "
			       "is lost; set appendfsync always",
			       STR_ARG(appendfsync));
}

void store_settings(struct arena *arena, struct command out[2])
{
	struct args info = args_of(arena, "INFO");
	struct args config = args_of(arena, "CONFIG");

	args_add(&config, S("GET"));
	args_add(&config, S("appendonly"));
	args_add(&config, S("appendfsync"));
	args_add(&config, S("maxmemory-policy"));
	out[0] = args_command(&info);
	out[1] = args_command(&config);
}

void store_settings_check(const struct reply *info, const struct reply *config,
			  struct findings *findings)
{
	str policy;

	if (info->type == REPLY_TEXT)
		check_server(info->text, findings);
	else
		findings_error(findings, FILE_NAME, 0, "redis_info",
			       "Redis does not say what it is: the user needs the right to INFO");
	if (config->type != REPLY_LIST || config->n == 0) {
		findings_warning(findings, FILE_NAME, 0, "redis_config",
				 "Redis does not show its settings, so nobody has checked that it "
				 "keeps what it is told: the user needs the right to CONFIG GET");
		return;
	}
	check_persistence(config, findings);
	policy = find_config(config, S("maxmemory-policy"));
	if (!str_eq(policy, S("noeviction")))
		findings_error(
			findings, FILE_NAME, 0, "redis_eviction",
			"maxmemory-policy is %.*s: Redis would throw records away when memory "
			"is short; set maxmemory-policy noeviction",
			STR_ARG(policy));
}
