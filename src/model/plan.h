/*
 * A plan: what follows from one event for one family. It is written down whole or not at all.
 */
#ifndef CANDOUR_MODEL_PLAN_H
#define CANDOUR_MODEL_PLAN_H

#include "model/message.h"

enum plan_verdict {
	PLAN_COMMIT, /* write it */
	PLAN_REFUSE, /* the event goes to the dead letters with `refused` */
	PLAN_WAIT    /* the event waits for `wait_for` ("case/C1", "family/F1") */
};

/* One line of the evidence. */
struct entry {
	str kind;    /* "event", "message", "duty", "action", "task", "outcome", "note" */
	str id;      /* what it is about: an event's, message's, duty's ... id */
	str case_id; /* may be empty: the family as a whole */
	str text;    /* for the timeline: plain words, ids, no contact value */
	str detail;  /* JSON map: what a program needs to see why; no contact value; may be empty */
};

/* A message that must not leave any more: nothing happens where it has left already. */
struct closing {
	str message;
	/* expired, stopped, suppressed, or accepted and so on for outcomes */
	enum message_state state;
	str why;
};

/* What happened, for other systems: a CloudEvent on PREFIX:facts. */
struct fact {
	str type;    /* "duty.met", "action.late", "message.accepted" ... */
	str subject; /* "case/C1" */
	str data;    /* JSON map; ids, dates and states only */
};

/* What a desk is told: an event of Candour's own about "service/X". */
struct note {
	str service;
	str data; /* JSON map */
};

struct plan {
	enum plan_verdict verdict;
	struct refused refused;
	str wait_for;
	struct family *family; /* the next record; its version is still the one it came from */
	instant next_look;     /* INSTANT_NEVER: nothing is waiting for time to pass */
	/* From then on somebody else may be told, though nothing happens but that time passes: what is
	 * decided by now must not leave then. INSTANT_NEVER or { 0 }: that is not known to come. */
	instant told_until;
	struct message *messages;
	size_t n_messages;
	struct closing *closings;
	size_t n_closings;
	struct entry *entries;
	size_t n_entries;
	struct fact *facts;
	size_t n_facts;
	struct case_file
		*put_away; /* closed cases that leave the record until an event is about them */
	size_t n_put_away;
	str *opened_cases; /* cases that from now on belong to this family */
	size_t n_opened;
	struct note *notes; /* to desks */
	size_t n_notes;
	size_t n_taken; /* of a desk: so many of the event's notes are taken up, the oldest */
	str away; /* of a desk whose people come and go: who is away, as JSON; empty: as before */
	str *persons; /* persons who from now on belong to this family */
	size_t n_persons;
};

/* What is wrong with a record's clock. */
struct overlooked {
	/* "no_look": nobody will ever look; else its time passed an hour ago or more, and the next look comes
	 * later: "rung_untold", "date_overlooked", "not_said", "digest_untold", "storm_untold",
	 * "look_too_late" */
	const char *what;
	str id; /* a duty's, action's, task's or case's; or the record's own */
};
/* Of a record, the instant under which it is in the index of looks, and now: whether anything is. */
typedef bool overlooked_fn(struct arena *arena, const struct policy *policy,
			   const struct family *record, instant look, instant now,
			   struct overlooked *out);

#endif
