/*
 * What this machine remembers of the data in Redis: which it was, and until when it was owned.
 *
 * A back-up that was restored is older than what was said since it was made, and nothing in it shows that.
 * So each machine keeps a small file outside Redis, in the folder that the service manager gives
 * (STATE_DIRECTORY); without one nothing is remembered, and nothing noticed.
 */
#ifndef CANDOUR_DAEMON_MEMORY_H
#define CANDOUR_DAEMON_MEMORY_H

#include "base/arena.h"
#include "base/time.h"

struct memory {
	struct arena arena;
	str file; /* empty: nothing is kept */
	str lineage;
	instant seen;       /* the end of the last lease, by Redis' clock */
	int64_t written_ms; /* of the monotonic clock */
};

/* Reads the file of the prefix; one that cannot be read is no memory. */
void memory_open(struct memory *memory, str prefix);
bool memory_is_kept(const struct memory *memory);
/* What was seen now; written every ten seconds at the most. */
void memory_note(struct memory *memory, str lineage, instant seen);
void memory_clear(struct memory *memory);

#endif
