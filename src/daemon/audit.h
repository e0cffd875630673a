/*
 * The auditor by day, apart from the belt: it goes round through all families without end, some each second, and
 * looks whether what belongs together is there. Once a minute it looks at all desks, and at some families also
 * with decide's eyes: whether anything was to be done that is not. The pass of the night (night.h) does that with
 * all of them. Only the owner of the intake does it.
 */
#ifndef CANDOUR_DAEMON_AUDIT_H
#define CANDOUR_DAEMON_AUDIT_H

#include "daemon/inspect.h"
#include "daemon/owner.h"

#define AUDIT_CURSOR_CHARS 24

struct audit {
	/* Set before the first tick. */
	struct inspector inspector;
	const struct owner *owner;

	/* Its own. */
	char cursor[AUDIT_CURSOR_CHARS];     /* where it goes on; empty: at the beginning */
	bool asking, at_desks, with_records; /* what is asked */
	int64_t next_ms;                     /* of the monotonic clock */
	int64_t next_desks_ms;               /* likewise */
	int64_t n_families, n_found;         /* of this round, so far */
	int64_t last_families, last_found;   /* of the last whole one */
	int64_t desks_found;                 /* of the last minute */
	instant last_end;                    /* INSTANT_NEVER: no round has ended yet */
};

/* Asks for some more, when it is time; call it every second. */
void audit_tick(struct audit *audit, bool prepared);
/* What is wrong, in the last round or this one, and at the desks. */
int64_t audit_found_now(const struct audit *audit);
/* No answer is awaited. */
bool audit_is_idle(const struct audit *audit);

#endif
