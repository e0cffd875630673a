/*
 * What becomes of letters after a provider has accepted them: it is asked, ever less often, for a week.
 *
 *	which (Redis) -> ask the provider -> what is new is a receipt: message.dispatched, message.failed
 *
 * Every daemon of a prefix does this. A question that is lost comes again. Where letters go another way by now,
 * nobody is asked; what has its end or is too old is still forgotten, as it would have been.
 */
#ifndef CANDOUR_DAEMON_FOLLOW_H
#define CANDOUR_DAEMON_FOLLOW_H

#include "daemon/rules.h"
#include "deliver/deliver.h"
#include "store/store.h"

struct follow;

struct follow_env {
	struct redis_link *link;
	const struct store *store;
	/* follow_tick should be called soon: something has changed. */
	void (*changed)(void *arg);
	void *arg;
};

struct follow *follow_open(const struct follow_env *env, enum channel_kind channel);
/* Does what is due while the link is up; deliver and rules are those of now. Gives when it wants to be
 * called again. */
instant follow_tick(struct follow *follow, struct deliver *deliver, struct rules *rules,
		    instant now);
/* Nothing is under way. What deliver is asked ends before it is closed. */
bool follow_is_idle(const struct follow *follow);
/* When it is idle; *follow is empty at once. */
void follow_close(struct follow **follow);

#endif
