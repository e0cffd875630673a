/*
 * The belt: the journey of an event, from the stream to its commit.
 *
 *	item -> parse -> load -> lane of its family -> decide -> commit -> "there is something to send"
 *	          |                                       |
 *	          +--> dead letters (bury)                +--> waits for its case or family
 *
 * Events of one family go one behind the other, each on the record that the one before it has just
 * written; families go side by side, and what they ask in one turn of the loop is asked together. Nothing here is lost by forgetting it: what was not committed is
 * still in its stream. So whatever goes wrong with Redis, the belt drops all it has, and begins again
 * with what is pending.
 */
#ifndef CANDOUR_DAEMON_BELT_H
#define CANDOUR_DAEMON_BELT_H

#include "daemon/rules.h"
#include "intake/intake.h"
#include "store/store.h"

#define BELT_LINKS 4

struct belt;

/* How the belt speaks to the daemon. Nothing here is called from within belt_items or belt_stop but
 * want. */
struct belt_env {
	void *arg;
	/* Redis takes some 16 to 32 KiB from a connection at a time, and syncs its file once for all
	 * that it took from everywhere: several connections make more of one sync. A lane keeps to
	 * one of them. */
	struct redis_link *links[BELT_LINKS];
	const struct store *store; /* borrowed; its token changes with the lease */
	/* The belt could take so many more items: see intake_want. */
	void (*want)(void *arg, size_t n);
	/* belt_turn is to be called when this turn of the loop is over, and before the next waits. */
	void (*turn)(void *arg);
	/* Whether the prefix is ours at this very moment. */
	bool (*is_ours)(void *arg);
	/* A message of this channel was decided, which may leave from then on. */
	void (*posted)(void *arg, enum channel_kind channel, instant not_before);
	/* A family is to be looked at then. */
	void (*look)(void *arg, instant at);
	/* The belt has stopped: another daemon owns the prefix; or Redis cannot do its work, why in
	 * its own words (empty when it gave no answer). */
	void (*fenced)(void *arg);
	void (*broken)(void *arg, str why);
};

struct belt *belt_new(const struct belt_env *env);
/* The rules for all items from now on. */
void belt_use(struct belt *belt, struct rules *rules);
/* From now on items are taken; nothing may be under way. */
void belt_start(struct belt *belt);
bool belt_is_running(const struct belt *belt);
/* Takes items (borrowed); drops them when it is not running. */
void belt_take(struct belt *belt, const struct item *items, size_t n);
/* Asks Redis what came together since the last turn. */
void belt_turn(struct belt *belt);
/* Looks at the events that wait for a subject: their time is over, or it has become known. */
void belt_look(struct belt *belt, str subject);
/* Drops everything but what Redis has been asked for already, whose answers are awaited. */
void belt_stop(struct belt *belt);
/* Items, and questions whose answers have not come. */
size_t belt_under_way(const struct belt *belt);
/* Nothing may be under way. */
void belt_free(struct belt **belt);

#endif
