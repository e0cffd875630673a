/*
 * The rules. Same five values, same plan.
 *
 * decide() does no I/O, reads no clock, has no globals and cannot fail: what may not happen is a plan
 * that refuses with a reason. So simulate, replay, property tests and deciding again cost nothing.
 */
#ifndef CANDOUR_DECIDE_DECIDE_H
#define CANDOUR_DECIDE_DECIDE_H

#include "model/plan.h"

/*
 * What follows from an event for a family. family is NULL when nobody has told us of it yet; the
 * record handed in is not changed. The plan lives in the arena and may share texts with what was
 * handed in.
 *
 * The event has been checked by intake_parse. KIND_CLOCK_DUE looks at everything whose time has
 * come by `now`; every other event does so too, after its own work, so that a clock is never behind
 * an event: but that a message was accepted or has expired.
 */
struct plan *decide(struct arena *arena, const struct policy *policy, const struct family *family,
		    const struct event *event, instant now);

/* For the auditor: whether something of a stored record was to be done an hour ago, and is not, though the index
 * of looks says that there is time (look; INSTANT_NEVER: it is not in there). */
overlooked_fn decide_overlooked;

/* The next step of a case, for people: what, who, and by which date. */
struct next_step {
	str what;
	str who;
	date by;  /* DATE_NONE: no date */
	str duty; /* the date is this duty's; empty: there is none */
	bool by_family;
};
struct next_step decide_next_step(struct arena *arena, const struct policy *policy,
				  const struct family *family, const struct case_file *file);

#endif
