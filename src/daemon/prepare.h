/*
 * What a new connection is asked before anything else: it learns our scripts, says whether it keeps what
 * it is told, gives the prefix's key, and is compared with what this machine saw last.
 */
#ifndef CANDOUR_DAEMON_PREPARE_H
#define CANDOUR_DAEMON_PREPARE_H

#include "daemon/memory.h"
#include "store/store.h"

enum prepared {
	PREPARED,
	NOT_PREPARED,  /* no answer, or an error of Redis: again later */
	PREPARED_BADLY /* this Redis may forget: its findings were logged */
};

struct preparation {
	/* Set before the first time. */
	struct redis_link *link;
	const struct store *store;
	const struct memory *memory;
	void *arg;
	/* key: the prefix's; NULL unless PREPARED */
	void (*done)(void *arg, enum prepared how, const uint8_t *key);

	/* Its own. */
	struct arena arena;
	uint8_t key[HASH_BYTES];
	size_t scripts; /* answers that are still to come */
	bool failed;
	bool under_way;
	bool was_prepared; /* once: then it goes on whatever a person sets */
	struct reply info; /* what INFO said, or why not */
};

/* Begins, when the link is up and it is not under way. */
void prepare_begin(struct preparation *preparation);

/* A fault of Redis, in its own words. */
void log_trouble(str why);
/* Whether an answer came that is no error of Redis: one is told. That none came is told where the link is. */
bool answer_came(enum err err, const struct reply *reply);
/* err: of reading an answer that came. False, and told: it is an error of Redis, or `damaged`, in words. */
bool answer_is_read(enum err err, const struct reply *reply, const char *damaged);
void log_findings(const struct findings *findings);

#endif
