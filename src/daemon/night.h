/*
 * The auditor's pass of the night: once a day, from an hour that the configuration says, through all desks and
 * families. What audit.h looks at in some is looked at in all, and every chain of evidence is followed: from where
 * it was proven to be whole the last time, and from its first entry once in a while. It goes at a measured pace,
 * writes down how far it has come, and whoever owns the intake next goes on there.
 */
#ifndef CANDOUR_DAEMON_NIGHT_H
#define CANDOUR_DAEMON_NIGHT_H

#include "daemon/inspect.h"
#include "daemon/owner.h"

struct night_pass {
	/* Set before the first tick. */
	struct inspector inspector;
	const struct owner *owner;

	/* Its own. */
	struct arena arena; /* of the page, and of how far it has come */
	struct night night;
	struct audited page; /* what is in hand */
	bool has_page;
	size_t at;  /* its record whose chain is followed */
	bool known; /* how far it has come */
	bool asking;
	int64_t next_ms; /* of the monotonic clock: when the next question may come */
};

/* Goes on by one question, when it is time; gives when it wants to be called again, INSTANT_NEVER: whenever. */
instant night_tick(struct night_pass *pass, bool prepared, instant now);
/* No answer is awaited. */
bool night_is_idle(const struct night_pass *pass);
void night_clear(struct night_pass *pass);

#endif
