/*
 * The auditor, apart from the belt: it goes round through all families without end, some each second,
 * and looks whether what belongs together is there. It changes nothing: what it finds is one log line
 * each, and a number for whoever watches. Only the owner of the intake does it.
 */
#ifndef CANDOUR_DAEMON_AUDIT_H
#define CANDOUR_DAEMON_AUDIT_H

#include "base/arena.h"
#include "daemon/owner.h"

#define AUDIT_CURSOR_CHARS 24

struct audit {
	/* Set before the first tick. */
	struct redis_link *link;
	const struct store *store;
	const struct owner *owner;

	/* Its own. */
	char cursor[AUDIT_CURSOR_CHARS]; /* where it goes on; empty: at the beginning */
	bool asking;
	int64_t next_ms;              /* of the monotonic clock */
	int64_t n_families, n_found;  /* of this round, so far */
	int64_t last_families, found; /* of the last whole one; found: at least what this one has */
	instant last_end;             /* INSTANT_NEVER: none has ended yet */
};

/* Asks for some families more, when it is time; call it every second. */
void audit_tick(struct audit *audit, bool prepared);
/* No answer is awaited. */
bool audit_is_idle(const struct audit *audit);

#endif
