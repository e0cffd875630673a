/* The way to configuration, policy and Redis. Each failure is said here, once, with what to do. */
#include "base/file.h"
#include "ctl/inner.h"

#include <stdio.h>

#define REDIS_LIMIT SPAN_S(10)
#define PASSWORD_BYTES_MAX 4096

/* --- configuration and policy -------------------------------------------------------------------- */

static void print_findings(struct ctl *ctl, const struct findings *findings)
{
	const str text = setup_findings_text(&ctl->arena, findings);

	fwrite(text.p, 1, text.n, stderr);
}

enum ctl_end ctl_config(struct ctl *ctl)
{
	struct findings findings = findings_of(&ctl->arena);

	if (ctl->has_config)
		return CTL_FINE;
	ctl->has_config = setup_config(&ctl->arena, ctl->config_file, &ctl->config, &findings);
	if (ctl->has_config)
		return CTL_FINE;
	print_findings(ctl, &findings);
	return CTL_CONFIGURATION;
}

enum ctl_end ctl_policy(struct ctl *ctl, const struct policy **out)
{
	struct findings findings = findings_of(&ctl->arena);
	str folder = args_value(ctl, "policy");

	if (folder.n == 0) {
		const enum ctl_end end = ctl_config(ctl);

		if (end != CTL_FINE)
			return end;
		folder = ctl->config.policy;
	}
	const struct policy *policy = setup_policy(&ctl->arena, folder, &findings);

	if (policy == NULL) {
		print_findings(ctl, &findings);
		return CTL_CONFIGURATION;
	}
	ctl->zone = policy->calendar->zone;
	*out = ctl->has_config ? setup_post(&ctl->arena, &ctl->config, policy) : policy;
	return CTL_FINE;
}

const struct policy *ctl_policy_if_fine(struct ctl *ctl)
{
	struct findings findings = findings_of(&ctl->arena);
	const struct policy *policy = setup_policy(&ctl->arena, ctl->config.policy, &findings);

	if (policy != NULL)
		ctl->zone = policy->calendar->zone;
	return policy;
}

date ctl_today(const struct ctl *ctl)
{
	const instant now = instant_now();

	if (ctl->zone != NULL)
		return zone_date(ctl->zone, now);
	return (date){ (int32_t)(now.ms / SPAN_DAYS(1).ms) };
}

/* --- Redis --------------------------------------------------------------------------------------- */

static str name_server(struct ctl *ctl)
{
	const struct config *config = &ctl->config;

	if (config->redis.socket.n > 0)
		return config->redis.socket;
	return str_fmt(&ctl->arena, "%.*s:%d", STR_ARG(config->redis.host), config->redis.port);
}

static enum ctl_end complain_of_link(struct ctl *ctl, enum err err)
{
	const str server = name_server(ctl);

	if (err == ERR_PERMISSION)
		ctl_complain("Redis at %.*s refused the user or the password: see redis.username "
			     "and redis.password_file in %.*s",
			     STR_ARG(server), STR_ARG(ctl->config_file));
	else if (err == ERR_TIMEOUT)
		ctl_complain("Redis at %.*s gave no answer within 10 seconds", STR_ARG(server));
	else
		ctl_complain("cannot reach Redis at %.*s: is it running? candourd.service and "
			     "candourctl must name the same server",
			     STR_ARG(server));
	return CTL_REDIS;
}

static bool read_password(struct ctl *ctl, str *out)
{
	const str file = ctl->config.redis.password_file;
	str bytes = STR_EMPTY, rest;

	if (file.n == 0)
		return true;
	const enum err err = file_read(&ctl->arena, file, PASSWORD_BYTES_MAX, &bytes);

	if (err != OK) {
		ctl_complain("redis.password_file %.*s cannot be read: %s", STR_ARG(file),
			     err_text(err));
		return false;
	}
	rest = bytes;
	if (!str_line(&rest, out))
		*out = STR_EMPTY;
	return true;
}

enum ctl_end ctl_redis(struct ctl *ctl)
{
	enum ctl_end end = ctl_config(ctl);
	struct redis_settings settings;
	str password = STR_EMPTY;

	if (end != CTL_FINE || ctl->call != NULL)
		return end;
	if (!read_password(ctl, &password))
		return CTL_CONFIGURATION;
	settings = (struct redis_settings){
		.socket = ctl->config.redis.socket,
		.host = ctl->config.redis.host,
		.port = ctl->config.redis.port,
		.username = ctl->config.redis.username,
		.password = password,
	};
	ctl->store.prefix = ctl->config.redis.prefix;
	const enum err err = redis_call_open(&settings, REDIS_LIMIT, &ctl->call);

	return err == OK ? CTL_FINE : complain_of_link(ctl, err);
}

static enum ctl_end teach_scripts(struct ctl *ctl)
{
	struct command *commands;
	struct reply reply;
	size_t n;

	store_scripts(&ctl->arena, &commands, &n);
	for (size_t i = 0; i < n; i++) {
		const enum err err = redis_call(ctl->call, &ctl->arena, commands[i], &reply);

		if (err != OK)
			return complain_of_link(ctl, err);
	}
	return CTL_FINE;
}

/* An error of Redis is an answer, too. */
static enum ctl_end call(struct ctl *ctl, struct arena *arena, struct command command,
			 struct reply *out)
{
	enum err err = redis_call(ctl->call, arena, command, out);

	if (err == OK && out->type == REPLY_ERROR && str_starts(out->text, S("NOSCRIPT"))) {
		const enum ctl_end end = teach_scripts(ctl);

		if (end != CTL_FINE)
			return end;
		err = redis_call(ctl->call, arena, command, out);
	}
	return err == OK ? CTL_FINE : complain_of_link(ctl, err);
}

static enum ctl_end complain_of_error(const struct reply *reply)
{
	ctl_complain("Redis said no: %.*s", STR_ARG(reply->text));
	return CTL_REDIS;
}

enum ctl_end ctl_ask(struct ctl *ctl, struct arena *arena, struct command command,
		     struct reply *out)
{
	const enum ctl_end end = call(ctl, arena, command, out);

	return end == CTL_FINE && out->type == REPLY_ERROR ? complain_of_error(out) : end;
}

enum ctl_end ctl_heard(const struct ctl *ctl, enum err err)
{
	if (err == OK)
		return CTL_FINE;
	ctl_complain("what is stored under %.*s cannot be understood: %s",
		     STR_ARG(ctl->store.prefix), err_text(err));
	return CTL_REDIS;
}

/* --- what is stored ------------------------------------------------------------------------------ */

/* Asks for a record: a key of another kind is a damaged one, for whoever reads it to say. */
static enum ctl_end ask_for_record(struct ctl *ctl, struct arena *arena, struct command command,
				   struct reply *out)
{
	const enum ctl_end end = call(ctl, arena, command, out);
	const bool is_readable = end != CTL_FINE || out->type != REPLY_ERROR ||
				 str_starts(out->text, S("WRONGTYPE"));

	return is_readable ? end : complain_of_error(out);
}

/* It is complained of and counted, and then as good as none. */
static void note_damaged(struct ctl *ctl, const char *what, str id)
{
	ctl_complain("the record of %s %.*s cannot be understood: %s", what, STR_ARG(id),
		     err_text(ERR_CORRUPT));
	ctl->n_damaged++;
}

static enum ctl_end find_family(struct ctl *ctl, struct arena *arena, str id, struct family **out)
{
	struct reply reply;
	const enum ctl_end end = ask_for_record(ctl, arena, store_family(arena, &ctl->store, id),
						&reply);

	if (end != CTL_FINE)
		return end;
	if (store_family_read(arena, &reply, out) != OK) {
		note_damaged(ctl, "family", id);
		*out = NULL;
	}
	return CTL_FINE;
}

enum ctl_end ctl_family(struct ctl *ctl, struct arena *arena, str id, struct family **out)
{
	struct family *family = NULL;
	const size_t damaged_before = ctl->n_damaged;
	const enum ctl_end end = find_family(ctl, arena, id, &family);

	if (end != CTL_FINE)
		return end;
	if (ctl->n_damaged > damaged_before)
		return CTL_REDIS;
	if (family == NULL) {
		ctl_complain("there is no family %.*s", STR_ARG(id));
		return CTL_NOT_FOUND;
	}
	*out = family;
	return CTL_FINE;
}

enum ctl_end ctl_case(struct ctl *ctl, str id, struct family **out_family,
		      struct case_file **out_case)
{
	struct arena *arena = &ctl->arena;
	struct reply reply;
	enum ctl_end end = ctl_ask(ctl, arena, store_case_family(arena, &ctl->store, id), &reply);

	if (end != CTL_FINE)
		return end;
	if (reply.type == REPLY_TEXT) {
		end = ctl_family(ctl, arena, reply.text, out_family);
		if (end != CTL_FINE)
			return end;
		*out_case = family_case(*out_family, id);
		if (*out_case != NULL)
			return CTL_FINE;
	}
	ctl_complain("there is no case %.*s", STR_ARG(id));
	return CTL_NOT_FOUND;
}

/* The ids of all families; some may stand there twice. */
struct ids {
	str *list;
	size_t n;
};

static enum ctl_end collect_ids(struct ctl *ctl, struct ids *ids)
{
	struct arena *arena = &ctl->arena;
	str cursor = S("0");

	do {
		struct reply reply;
		str *page;
		size_t n;
		enum ctl_end end = ctl_ask(ctl, arena, store_families(arena, &ctl->store, cursor),
					   &reply);

		if (end == CTL_FINE)
			end = ctl_heard(ctl,
					store_families_read(arena, &reply, &cursor, &page, &n));
		if (end != CTL_FINE)
			return end;
		for (size_t i = 0; i < n; i++)
			*ADD(arena, ids->list, ids->n) = page[i];
	} while (!str_eq(cursor, S("0")));
	return CTL_FINE;
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

enum ctl_end ctl_families(struct ctl *ctl, family_fn *fn, void *arg)
{
	struct arena arena = ARENA_EMPTY;
	struct ids ids = { 0 };
	enum ctl_end end = collect_ids(ctl, &ids);

	if (ids.n > 0)
		qsort(ids.list, ids.n, sizeof ids.list[0], compare_ids);
	for (size_t i = 0; i < ids.n && end == CTL_FINE; i++) {
		struct family *family = NULL;

		if (i > 0 && str_eq(ids.list[i], ids.list[i - 1]))
			continue;
		progress_show(ctl, (int64_t)i, "families");
		end = find_family(ctl, &arena, ids.list[i], &family);
		if (end == CTL_FINE && family != NULL)
			end = fn(ctl, &arena, family, arg);
		arena_clear(&arena);
	}
	progress_end(ctl);
	arena_free(&arena);
	return end;
}

enum ctl_end ctl_desks(struct ctl *ctl, const struct policy *policy, family_fn *fn, void *arg)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;

	for (size_t i = 0; i < policy->n_services && end == CTL_FINE; i++) {
		struct family *desk = NULL;

		end = find_family(ctl, &arena,
				  str_join(&arena, S(DESK_PREFIX), policy->services[i].id), &desk);
		if (end == CTL_FINE && desk != NULL)
			end = fn(ctl, &arena, desk, arg);
		arena_clear(&arena);
	}
	arena_free(&arena);
	return end;
}

enum ctl_end ctl_message(struct ctl *ctl, struct arena *arena, str id, bool *out_found,
			 struct message_record *out)
{
	struct reply reply;
	const enum ctl_end end = ask_for_record(ctl, arena, store_message(arena, &ctl->store, id),
						&reply);

	if (end != CTL_FINE)
		return end;
	if (store_message_read(arena, &reply, out_found, out) != OK) {
		note_damaged(ctl, "message", id);
		*out_found = false;
	}
	return CTL_FINE;
}

enum ctl_end ctl_evidence(struct ctl *ctl, struct arena *arena, str family, struct evidence **out,
			  size_t *out_n)
{
	struct evidence *list = NULL;
	size_t n = 0, n_page;
	str after = STR_EMPTY;

	do {
		struct reply reply;
		struct evidence *page;
		enum ctl_end end = ctl_ask(
			ctl, arena, store_evidence(arena, &ctl->store, family, after), &reply);

		if (end == CTL_FINE)
			end = ctl_heard(ctl, store_evidence_read(arena, &reply, &page, &n_page));
		if (end != CTL_FINE)
			return end;
		struct evidence *more = TAKE(arena, struct evidence, n + n_page);

		if (n > 0)
			memcpy(more, list, n * sizeof *list);
		if (n_page > 0) {
			memcpy(more + n, page, n_page * sizeof *page);
			after = page[n_page - 1].stream_id;
		}
		list = more;
		n += n_page;
	} while (n_page > 0);
	*out = list;
	*out_n = n;
	return CTL_FINE;
}
