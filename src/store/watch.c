/* Ages and what is overdue, for whoever watches: /metrics, /health, status, the watchdog. */
#include "base/arena.h"
#include "store/inner.h"

/* What watch.lua gives: so many values, then two for each channel and grade. */
#define WATCH_PARTS 6

struct command store_watch(struct arena *arena, const struct store *store, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_watch);

	args_add_int(&args, now.ms);
	args_add_int(&args, GRADE_COUNT);
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		args_add(&args, channel_kind_name((enum channel_kind)i));
	return args_command(&args);
}

enum err store_watch_read(const struct reply *reply, struct watched *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct watched watched = { 0 };
	const struct reply *parts = reply->items;

	if (err != OK)
		return err;
	if (reply->n != WATCH_PARTS + (size_t)CHANNEL_COUNT * GRADE_COUNT * 2 ||
	    !reply_instant(&parts[0], &watched.redis_now) ||
	    !reply_instant(&parts[1], &watched.lease_until) ||
	    !reply_instant(&parts[2], &watched.oldest_event) ||
	    !reply_number(&parts[3], &watched.breached) ||
	    !reply_number(&parts[4], &watched.tasks) ||
	    !reply_instant(&parts[5], &watched.nearest_duty))
		return ERR_CORRUPT;
	parts += WATCH_PARTS;
	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		for (size_t j = 0; j < GRADE_COUNT; j++, parts += 2)
			if (!reply_number(&parts[0], &watched.unsent[i][j].ready) ||
			    !reply_instant(&parts[1], &watched.unsent[i][j].oldest))
				return ERR_CORRUPT;
	}
	*out = watched;
	return OK;
}
