/*
 * What this daemon says in Redis of its providers, so that `candourctl status` can show it: when something has
 * changed, and each minute anew while one fails. What is older than that, nobody stands for any more.
 */
#ifndef CANDOUR_DAEMON_PROVIDERS_H
#define CANDOUR_DAEMON_PROVIDERS_H

#include "daemon/post.h"

struct providers {
	/* Set before the first tick. */
	struct redis_link *link;
	const struct store *store;

	/* Its own. */
	struct {
		bool said;
		int failures;
		instant since;   /* of the first of the failures */
		int64_t said_ms; /* of the monotonic clock */
	} told[CHANNEL_COUNT][PROVIDERS_MAX];
	bool asking;
};

/* Call it every second or so while Redis can be asked. */
void providers_tick(struct providers *providers, const struct post *post);

#endif
