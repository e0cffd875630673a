/*
 * What the files of this room share: the world in memory.
 *
 *   simulate.c  the door; time; an event's way from bytes to a written plan
 *   outbox.c    messages until they have left
 *   waiting.c   events for a subject that nobody has told us of yet
 *   agenda.c    what comes when
 *   names.c     things by their names
 *   trace.c     what is told
 *
 * Everything that lasts is in `keep`; a family's record and a message have arenas of their own,
 * which go when the record changes or the message has left.
 */
#ifndef CANDOUR_SIMULATE_INNER_H
#define CANDOUR_SIMULATE_INNER_H

#include "base/arena.h"
#include "simulate/names.h"
#include "simulate/simulate.h"

/* --- agenda.c: what comes when ----------------------------------------------------------------- */

/* Kinds that are due at one instant come in this order. */
enum due_kind { DUE_PARCEL, DUE_LOOK, DUE_WAITED };

/* Something whose time will come. What it names may have changed by then: whoever takes it checks. */
struct due {
	instant at;
	enum due_kind kind;
	int rank;      /* of parcels: the grade, most urgent first */
	int64_t order; /* set by agenda_add: first come, first served */
	size_t index;  /* of the parcel, home or queue */
};

struct agenda {
	struct due *heap;
	size_t n, cap;
	int64_t added;
};

void agenda_add(struct arena *keep, struct agenda *agenda, struct due due);
/* The first of what is due until then, or false. */
bool agenda_take(struct agenda *agenda, instant until, struct due *out);

/* --- the world --------------------------------------------------------------------------------- */

/* A family, its record, and when to look at it next. */
struct home {
	str id;
	size_t index;
	struct arena arena;
	struct family *family;
	instant look;
};

/* A message on its way. */
struct parcel {
	size_t index;
	struct arena arena;
	struct message message;
	enum message_state state; /* waiting; or intended, while it must be addressed again */
	instant leaves;
	int tries;
	bool gone;           /* it has left, or never will: the arena is empty */
	bool under_way;      /* its channel has it, and takes its time */
	struct message left; /* of one that has left: its ids and its channel, to be heard of again */
};

struct waiting_event {
	str bytes;
	bool own;
	instant until;
};

/* The events that wait for one subject, in the order in which they came. */
struct queue {
	str subject; /* "case/C1" */
	size_t index;
	struct waiting_event *events;
	size_t n, cap;
};

/* The families that a person belongs to. */
struct person_homes {
	struct home **homes;
	size_t n, cap;
};

/* What the next hand-over to somebody will come to. */
struct wanted_outcome {
	str contact;
	enum channel_kind channel;
	str outcome;
	bool used;
};

struct simulate {
	const struct policy *policy;
	traced_fn *traced;
	void *arg;
	struct simulate_watch watch;
	instant now;
	struct arena keep;
	struct agenda agenda;
	struct names families, cases, persons, parcels_by_id, queues_by_subject, seen;
	struct names put_away; /* closed cases that have left their family's record, by id */
	struct home **homes;
	size_t n_homes, cap_homes;
	struct parcel **parcels;
	size_t n_parcels, cap_parcels;
	struct queue **queues;
	size_t n_queues, cap_queues;
	struct away *away; /* in all services; texts are the records' */
	size_t n_away, cap_away;
	struct storm *storms; /* likewise */
	size_t n_storms, cap_storms;
	struct wanted_outcome *outcomes;
	size_t n_outcomes, cap_outcomes;
};

/* Room for one more at the end of an array that may become long: gives the place, uncounted. */
#define ROOM(arena, array, n, cap) ((array) = room((arena), (array), sizeof *(array), (n), &(cap)))
void *room(struct arena *arena, void *array, size_t size, size_t n, size_t *cap);

/* --- simulate.c -------------------------------------------------------------------------------- */

/* An event goes the whole way, now. until: it has waited, and would until then; else
 * INSTANT_NEVER. */
void simulate_take(struct simulate *simulate, str bytes, bool own, instant until);

/* "family/F1", "service/send" */
str subject_of_record(struct arena *arena, str id);

/* --- outbox.c ---------------------------------------------------------------------------------- */

/* A plan's messages are kept until they leave; its closings stop those that have not left. */
void outbox_plan(struct simulate *simulate, const struct plan *plan);
/* A parcel's time has come. */
void outbox_leave(struct simulate *simulate, struct parcel *parcel);

/* --- waiting.c --------------------------------------------------------------------------------- */

/* until: INSTANT_NEVER when it begins to wait now. */
void waiting_add(struct simulate *simulate, str subject, str bytes, bool own, instant until);
/* A subject has become known: what waited for it goes on. */
void waiting_release(struct simulate *simulate, str subject);
/* What has waited too long is refused. */
void waiting_over(struct simulate *simulate, struct queue *queue);

/* --- trace.c ----------------------------------------------------------------------------------- */

/* What has changed in a family, before: NULL for a new one. */
void trace_changes(struct simulate *simulate, struct arena *arena, const struct family *before,
		   const struct family *after);
/* What became of a message; more: empty, or why. */
void trace_message(struct simulate *simulate, const struct message *message,
		   enum message_state state, str more);
/* An event that was refused; its id and subject may be empty. */
void trace_refused(struct simulate *simulate, str event, str subject,
		   const struct refused *refused);
void trace_wait(struct simulate *simulate, str event, str subject);

#endif
