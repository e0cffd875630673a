/*
 * For whoever watches and whoever steers: ages and what is overdue; pauses; the hold after a restore.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/inner.h"

/* --- what watch.lua gives ----------------------------------------------------------------------- */

/* So many values, then two for each channel and grade. */
#define WATCH_PARTS 10

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

static bool read_pause(struct arena *arena, const struct reply *name, const struct reply *value,
		       struct channel_pause *out)
{
	const struct json *json = NULL;

	if (json_parse(arena, reply_text(arena, value), 2, &json, NULL) != JSON_FINE)
		return false;
	*out = (struct channel_pause){ .what = reply_text(arena, name),
				       .since = { json_int(json, "since", 0) },
				       .until = { json_int(json, "until", 0) },
				       .reason = json_text(json, "reason"),
				       .by = json_text(json, "by") };
	return true;
}

static bool read_pauses(struct arena *arena, const struct reply *list, struct watched *out)
{
	if (list->type != REPLY_LIST || list->n % 2 != 0)
		return false;
	out->pauses = TAKE(arena, struct channel_pause, list->n / 2 + 1);
	for (size_t i = 0; i < list->n; i += 2)
		if (!read_pause(arena, &list->items[i], &list->items[i + 1],
				&out->pauses[out->n_pauses++]))
			return false;
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
	    !read_pauses(arena, &parts[9], &watched) || !read_unsent(&parts[WATCH_PARTS], &watched))
		return ERR_CORRUPT;
	watched.lineage = reply_text(arena, &parts[6]);
	watched.held_at = reply_text(arena, &parts[7]);
	watched.held_why = reply_text(arena, &parts[8]);
	*out = watched;
	return OK;
}

/* --- pauses ------------------------------------------------------------------------------------- */

struct command store_pause(struct arena *arena, const struct store *store,
			   const struct channel_pause *pause)
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
