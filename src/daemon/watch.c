#include "daemon/watch.h"

#include "base/log.h"
#include "daemon/prepare.h"
#include "daemon/status.h"

#define ASK_EVERY_MS 2000
#define ASK_LIMIT SPAN_S(10)
#define FRESH_MS 30000
#define OVERDUE SPAN_MIN(5)
/* So much longer may looks wait after an outage, for the events that waited (tick.lua). */
#define HELD_BACK SPAN_MIN(15)
#define FEED_EVERY_MS 1000 /* at the most often */

bool watch_is_fresh(const struct watch *watch)
{
	return watch->has_heard && monotonic_ms() - watch->heard_ms < FRESH_MS;
}

bool watch_is_idle(const struct watch *watch)
{
	return !watch->asking;
}

void watch_clear(struct watch *watch)
{
	arena_free(&watch->arena);
}

/* --- asking ------------------------------------------------------------------------------------ */

/* False: the answer cannot be read. We ask every few seconds: that is told once, and once that it is over. */
static bool is_read(bool *trouble, enum err err, const struct reply *reply)
{
	if (!*trouble)
		(void)answer_is_read(err, reply, "what is watched is damaged");
	if (err == OK && *trouble)
		log_line(LOG_INFO, "redis_trouble_over", NULL, 0);
	*trouble = err != OK;
	return err == OK;
}

static void hear_watched(void *arg, enum err err, const struct reply *reply)
{
	struct watch *watch = arg;

	watch->asking = false;
	if (err != OK)
		return;
	err = store_watch_read(&watch->arena, reply, &watch->watched);
	if (!is_read(&watch->watched_trouble, err, reply))
		return;
	/* What is held may be older than what is remembered: until somebody lets it go. */
	if (watch->watched.held_at.n == 0)
		memory_note(watch->memory, watch->watched.lineage, watch->watched.lease_until);
	watch->has_heard = true;
	watch->heard_ms = monotonic_ms();
}

static void hear_status(void *arg, enum err err, const struct reply *reply)
{
	struct watch *watch = arg;

	if (err != OK)
		return;
	arena_clear(&watch->arena);
	watch->status = (struct status){ .next_look = INSTANT_NEVER, .next_try = INSTANT_NEVER };
	err = store_status_read(&watch->arena, reply, &watch->status);
	(void)is_read(&watch->status_trouble, err, reply);
}

/* Two questions, answered one behind the other. */
static void ask(struct watch *watch)
{
	struct arena arena = ARENA_EMPTY;

	watch->asking = true;
	redis_link_send(watch->link, store_status(&arena, watch->store), ASK_LIMIT, hear_status,
			watch);
	redis_link_send(watch->link, store_watch(&arena, watch->store, instant_now()), ASK_LIMIT,
			hear_watched, watch);
	arena_free(&arena);
}

/* --- the watchdog ------------------------------------------------------------------------------ */

/* The wall clock may have been set, and a new owner finds much that is due: so it is our own time that
 * counts how long looks have been overdue. */
static void note_late(struct watch *watch, int64_t now_ms)
{
	const instant due = instant_add(watch->status.next_look, OVERDUE);

	if (!owner_is_ours(watch->owner) || !watch_is_fresh(watch) ||
	    instant_before(instant_now(), due))
		watch->late_since_ms = 0;
	else if (watch->late_since_ms == 0)
		watch->late_since_ms = now_ms;
}

bool watch_is_stuck(const struct watch *watch)
{
	const instant before = instant_add(instant_now(), SPAN_MS(-OVERDUE.ms));
	const bool held_back = instant_before(watch->watched.oldest_event, before);
	const int64_t most_ms = OVERDUE.ms + (held_back ? HELD_BACK.ms : 0);

	return watch->late_since_ms != 0 && monotonic_ms() - watch->late_since_ms > most_ms;
}

static void feed(struct watch *watch, int64_t now_ms)
{
	const int64_t every_ms = status_watchdog_ms() / 4;

	if (every_ms == 0 ||
	    now_ms - watch->fed_ms < (every_ms < FEED_EVERY_MS ? every_ms : FEED_EVERY_MS))
		return;
	watch->fed_ms = now_ms;
	status_tell("WATCHDOG=1");
}

static void feed_or_withhold(struct watch *watch, int64_t now_ms)
{
	const bool stuck = watch_is_stuck(watch);

	if (stuck && !watch->withheld)
		LOG(ERROR, "looks_overdue",
		    LOG_NUM("seconds", (now_ms - watch->late_since_ms) / 1000));
	watch->withheld = stuck;
	if (!stuck)
		feed(watch, now_ms);
}

void watch_tick_stopping(struct watch *watch)
{
	watch->late_since_ms = 0;
	feed(watch, monotonic_ms());
}

/* --- the status text --------------------------------------------------------------------------- */

static void tell(struct watch *watch, bool prepared)
{
	const struct status *status = &watch->status;
	int64_t events = status->waiting + status->pending, unsent = 0, unknown = 0;
	char text[sizeof watch->told];

	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		unsent += status->outbox[i].waiting + status->outbox[i].ready +
			  status->outbox[i].in_flight;
		unknown += status->outbox[i].unknown;
	}
	if (prepared && watch->has_heard && watch->watched.held_at.n > 0)
		snprintf(text, sizeof text,
			 "STATUS=Held after a restore: see candourctl restore release");
	else if (!prepared || !watch->has_heard)
		snprintf(text, sizeof text, "STATUS=Waiting for Redis");
	else
		snprintf(text, sizeof text,
			 "STATUS=%s: %lld events and %lld messages wait, %lld unknown, "
			 "%lld dead letters",
			 owner_is_ours(watch->owner) ? "Deciding" : "Standing by",
			 (long long)events, (long long)unsent, (long long)unknown,
			 (long long)status->dead);
	if (strcmp(text, watch->told) == 0)
		return;
	memcpy(watch->told, text, sizeof text);
	status_tell(text);
}

void watch_tick(struct watch *watch, bool prepared)
{
	const int64_t now_ms = monotonic_ms();

	if (prepared && !watch->asking && now_ms >= watch->next_ms) {
		watch->next_ms = now_ms + ASK_EVERY_MS;
		ask(watch);
	}
	note_late(watch, now_ms);
	feed_or_withhold(watch, now_ms);
	tell(watch, prepared);
}
