/*
 * The owner's lease: one daemon at a time takes a prefix's events and clocks; the others stand by.
 *
 * Redis's clock decides who owns it; ours decides how long we may believe so: from the moment at
 * which we asked, for the lease's length less a margin. What we do beyond that is refused anyway, by
 * the token that goes with every commit.
 */
#ifndef CANDOUR_DAEMON_OWNER_H
#define CANDOUR_DAEMON_OWNER_H

#include "store/store.h"

#define OWNER_TOKEN_MAX 96

struct owner {
	/* Set before the first tick. */
	struct redis_link *link;
	struct store *store; /* its token is kept here */
	str random;          /* 32 hex digits of this process */
	void *arg;
	void (*gained)(void *arg);
	void (*lost)(void *arg);
	/* Redis could not say who owns it, in its own words. */
	void (*trouble)(void *arg, str why);

	/* Its own. */
	char token[OWNER_TOKEN_MAX];
	int64_t asked_ms, next_ms, ours_until_ms; /* of the monotonic clock */
	bool asking;
	bool standing_by; /* and has said so */
};

/* Whether the prefix is ours at this very moment. */
bool owner_is_ours(const struct owner *owner);
/* Takes or renews the lease when it is time. Gives how long until it wants to be called again. */
span owner_tick(struct owner *owner, str policy);
/* We know that it is somebody else's by now. */
void owner_lose(struct owner *owner);

#endif
