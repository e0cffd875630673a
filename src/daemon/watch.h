/*
 * The watch: what is known of the whole prefix and of this process, asked of Redis every few seconds,
 * and told to the service manager.
 *
 * The service manager's watchdog is fed while the loop turns. It is withheld only when this daemon owns
 * the intake, Redis answers, and a look is overdue by more than five minutes and has been for as long as
 * we watched: then starting anew may help. A provider or a Redis that is down is never a reason.
 */
#ifndef CANDOUR_DAEMON_WATCH_H
#define CANDOUR_DAEMON_WATCH_H

#include "base/arena.h"
#include "daemon/memory.h"
#include "daemon/owner.h"

struct watch {
	/* Set before the first tick. */
	struct redis_link *link;
	const struct store *store;
	const struct owner *owner;
	struct memory *memory;

	/* Its own; times of the monotonic clock. */
	struct arena arena; /* of what was heard last */
	struct status status;
	struct watched watched;
	bool asking, has_heard;
	bool status_trouble, watched_trouble; /* it could not be read, and that was said */
	int64_t next_ms;                      /* when to ask again */
	int64_t heard_ms;                     /* when the last answer came */
	int64_t late_since_ms;                /* a look has been overdue since then; 0: none is */
	int64_t fed_ms;                       /* the watchdog */
	bool withheld;                        /* and that was said */
	char told[200];                       /* the status text that was told last */
};

/* Does what is due; call it every second. prepared: Redis can be asked. */
void watch_tick(struct watch *watch, bool prepared);
/* Instead of watch_tick while stopping: nobody looks any more then, and that has an end of its own (stop_within).
 * So the service manager's watchdog is fed whatever the looks. */
void watch_tick_stopping(struct watch *watch);
/* Whether Redis gave an answer within the last half minute. */
bool watch_is_fresh(const struct watch *watch);
/* Whether a look is overdue for so long that the loop or its clocks must be stuck. */
bool watch_is_stuck(const struct watch *watch);
/* No answer is awaited. */
bool watch_is_idle(const struct watch *watch);
void watch_clear(struct watch *watch);

#endif
