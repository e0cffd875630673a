/*
 * Bundles: what the jobs of one turn of the loop ask of one kind goes to Redis as one command, and each job hears its
 * own answer. What a script costs before it does anything is paid once for all of them.
 */
#ifndef CANDOUR_DAEMON_BUNDLE_H
#define CANDOUR_DAEMON_BUNDLE_H

#include "daemon/lane.h"

/* One that is larger is sent at once: Redis does nothing else while it is done. */
#define BUNDLE_BYTES_MAX ((size_t)256 << 10)

struct bundle {
	reply_fn *hear; /* of each job: its own answer */
	struct job *jobs[STORE_JOINED_MAX];
	struct command commands[STORE_JOINED_MAX]; /* borrowed from the jobs */
	size_t n, bytes;
};

/* The job is asked from now on. */
void bundle_add(struct bundle *bundle, struct job *job, struct command command);
/* It has to be sent before more is added. */
bool bundle_is_full(const struct bundle *bundle);
void bundle_send(struct bundle *bundle, struct redis_link *link, span limit);
/* What was not sent is not asked. */
void bundle_drop(struct bundle *bundle);

#endif
