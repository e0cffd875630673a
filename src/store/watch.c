/*
 * For whoever watches and whoever steers: ages and what is overdue; how providers do; pauses; the hold after
 * a restore.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/inner.h"

/* --- what watch.lua gives ----------------------------------------------------------------------- */

/* So many values, then two for each channel and grade. */
#define WATCH_PARTS 12

struct command store_watch(struct arena *arena, const struct store *store, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_watch);

	args_add_int(&args, now.ms);
	args_add_int(&args, GRADE_COUNT);
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		args_add(&args, channel_kind_name((enum channel_kind)i));
	return args_command(&args);
}

static bool read_unsent(const struct reply *parts, struct watched *out)
{
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		for (size_t j = 0; j < GRADE_COUNT; j++, parts += 2)
			if (!reply_number(&parts[0], &out->unsent[i][j].ready) ||
			    !reply_instant(&parts[1], &out->unsent[i][j].oldest))
				return false;
	return true;
}

/* What somebody wrote there by hand is let be, so that it hides nothing else; claim.lua takes it out. */
static bool read_pause(struct arena *arena, str name, str value, struct sending_pause *out)
{
	const struct json *json = NULL;

	if (json_parse(arena, value, 2, &json, NULL) != JSON_FINE || json->type != JSON_MAP)
		return false;
	*out = (struct sending_pause){ .what = name,
				       .since = { json_int(json, "since", 0) },
				       .until = { json_int(json, "until", 0) },
				       .reason = json_text(json, "reason"),
				       .by = json_text(json, "by") };
	return true;
}

static bool read_provider(struct arena *arena, str name, str value, struct provider_state *out)
{
	const struct json *json = NULL;

	if (json_parse(arena, value, 2, &json, NULL) != JSON_FINE || json->type != JSON_MAP)
		return false;
	*out = (struct provider_state){ .what = name,
					.failures = json_int(json, "failures", 0),
					.since = { json_int(json, "since", 0) },
					.at = { json_int(json, "at", 0) } };
	return true;
}

static bool read_pauses(struct arena *arena, const struct reply *list, struct watched *out)
{
	str *texts;
	size_t n;

	if (reply_texts(arena, list, &texts, &n) != OK || n % 2 != 0)
		return false;
	out->pauses = TAKE(arena, struct sending_pause, n / 2);
	for (size_t i = 0; i < n; i += 2)
		out->n_pauses += read_pause(arena, texts[i], texts[i + 1],
					    &out->pauses[out->n_pauses]);
	return true;
}

static bool read_providers(struct arena *arena, const struct reply *list, struct watched *out)
{
	str *texts;
	size_t n;

	if (reply_texts(arena, list, &texts, &n) != OK || n % 2 != 0)
		return false;
	out->providers = TAKE(arena, struct provider_state, n / 2);
	for (size_t i = 0; i < n; i += 2)
		out->n_providers += read_provider(arena, texts[i], texts[i + 1],
						  &out->providers[out->n_providers]);
	return true;
}

enum err store_watch_read(struct arena *arena, const struct reply *reply, struct watched *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct watched watched = { .n_pauses = 0 };
	const struct reply *parts = reply->items;

	if (err != OK)
		return err;
	if (reply->n != WATCH_PARTS + (size_t)CHANNEL_COUNT * GRADE_COUNT * 2 ||
	    !reply_instant(&parts[0], &watched.redis_now) ||
	    !reply_instant(&parts[1], &watched.lease_until) ||
	    !reply_instant(&parts[2], &watched.oldest_event) ||
	    !reply_number(&parts[3], &watched.breached) ||
	    !reply_number(&parts[4], &watched.tasks) ||
	    !reply_instant(&parts[5], &watched.nearest_duty) ||
	    !read_pauses(arena, &parts[9], &watched) ||
	    !read_providers(arena, &parts[10], &watched) ||
	    !read_night(arena, &parts[11], &watched.night) ||
	    !read_unsent(&parts[WATCH_PARTS], &watched))
		return ERR_CORRUPT;
	watched.lineage = reply_text(arena, &parts[6]);
	watched.held_at = reply_text(arena, &parts[7]);
	watched.held_why = reply_text(arena, &parts[8]);
	*out = watched;
	return OK;
}

/* --- pauses ------------------------------------------------------------------------------------- */

struct command store_pause(struct arena *arena, const struct store *store,
			   const struct sending_pause *pause)
{
	struct args args = args_of(arena, "HSET");
	struct buf buf = buf_of(arena, 4096);
	struct json_writer w = { .buf = &buf };

	json_open(&w);
	json_add_int(&w, "since", pause->since.ms);
	json_add_int(&w, "until", pause->until.ms);
	json_add_text(&w, "reason", pause->reason);
	json_add_text(&w, "by", pause->by);
	json_close(&w);
	require(!buf.too_long);
	args_add_key(&args, store, "paused", STR_EMPTY);
	args_add(&args, pause->what);
	args_add(&args, buf_str(&buf));
	return args_command(&args);
}

struct command store_resume(struct arena *arena, const struct store *store, str what)
{
	struct args args = args_of(arena, "HDEL");

	args_add_key(&args, store, "paused", STR_EMPTY);
	args_add(&args, what);
	return args_command(&args);
}

struct command store_providers(struct arena *arena, const struct store *store,
			       const struct provider_state *states, size_t n)
{
	struct args args = args_of(arena, "HSET");

	require(n > 0);
	args_add_key(&args, store, "providers", STR_EMPTY);
	for (size_t i = 0; i < n; i++) {
		struct buf buf = buf_of(arena, 256);
		struct json_writer w = { .buf = &buf };

		json_open(&w);
		json_add_int(&w, "failures", states[i].failures);
		json_add_int(&w, "since", states[i].since.ms);
		json_add_int(&w, "at", states[i].at.ms);
		json_close(&w);
		args_add(&args, states[i].what);
		args_add(&args, buf_str(&buf));
	}
	return args_command(&args);
}

struct command store_probe(struct arena *arena, const struct store *store)
{
	struct args args = args_of(arena, "SET");

	args_add_key(&args, store, "probe", STR_EMPTY);
	args_add(&args, S("1"));
	args_add(&args, S("PX"));
	args_add(&args, S("1000"));
	return args_command(&args);
}

/* --- the hold ----------------------------------------------------------------------------------- */

struct command store_memory(struct arena *arena, const struct store *store, str lineage,
			    instant seen, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_memory);
	uint8_t fresh[16];

	random_bytes(fresh, sizeof fresh);
	args_add(&args, lineage);
	args_add_int(&args, seen.ms);
	args_add(&args, hex_print(arena, fresh, sizeof fresh));
	args_add(&args, instant_print(arena, now));
	return args_command(&args);
}

struct command store_hold(struct arena *arena, const struct store *store, str why, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_hold);

	args_add(&args, instant_print(arena, now));
	args_add(&args, why);
	return args_command(&args);
}

struct command store_let_go(struct arena *arena, const struct store *store, instant until,
			    bool again, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_let_go);

	args_add_int(&args, now.ms);
	args_add(&args, instant_print(arena, now));
	args_add_int(&args, until.ms);
	args_add(&args, again ? S("1") : S("0"));
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		if (i != CHANNEL_TASK)
			args_add(&args, channel_kind_name((enum channel_kind)i));
	return args_command(&args);
}
