/*
 * Intake: the front door. Bytes come in, events go on; what cannot be understood is named, never
 * lost.
 *
 * Reading: one consumer group on both streams. Only the daemon that owns the prefix reads, so the
 * order of a case's events is the order of the stream. What an earlier owner took and did not
 * finish is claimed first. An item that brought its reader down again and again is handed on as
 * poison, before it is parsed.
 */
#ifndef CANDOUR_INTAKE_INTAKE_H
#define CANDOUR_INTAKE_INTAKE_H

#include "io/redis_link.h"
#include "model/policy.h"

/* Parses and checks an event as contract and pathways want it: size, UTF-8, JSON, envelope, kind,
 * data. `own`: it came on Candour's own stream, where reserved kinds are welcome. On a refusal *out
 * is untouched and *refused says why. The event lives in the arena and borrows the bytes. */
bool intake_parse(struct arena *arena, const struct policy *policy, str bytes, bool own,
		  struct event *out, struct refused *refused);

/* An event of Candour's own making, before it is bytes. */
struct own_event {
	str source, id, type, subject;
	instant time;
	str data;        /* a JSON map */
	str traceparent; /* may be empty */
};

/* The bytes that intake_parse takes: a CloudEvents envelope. */
str intake_own_event(struct arena *arena, const struct own_event *event);

enum origin { ORIGIN_OWN, ORIGIN_EVENTS, ORIGIN_WAITING };

/* One thing to decide about. */
struct item {
	enum origin origin;
	/* the stream's id of the entry; of a waiting event: the subject it waited for */
	str id;
	str bytes;      /* the field "event" */
	bool has_event; /* false: the entry has no such field */
	bool poison;    /* delivered more than POISON_DELIVERIES times without an end */
};

#define POISON_DELIVERIES 10
#define INTAKE_BATCH_MAX 256

struct intake;

struct intake_events {
	void *arg;
	/* Whether the prefix is ours at this very moment: else nothing is asked until the next restart
	 * or intake_want. */
	bool (*is_ours)(void *arg);
	/* Items in the order of their stream, Candour's own first; borrowed until the function
	 * returns. */
	void (*items)(void *arg, const struct item *items, size_t n);
	/* Redis said no to reading; the text is Redis' own. Reading goes on when it can. */
	void (*trouble)(void *arg, str why);
};

/* Reads through the link (its own: it blocks) as the named consumer; makes streams and group when
 * they are not there. Nothing is read before intake_want. The link, not the settings, is borrowed. */
struct intake *intake_open(struct redis_link *link, str prefix, str consumer,
			   const struct intake_events *events);
/* Call when the link came up (again) and nothing that was handed over is under way any more:
 * everything this consumer or another took and did not finish is read first. The first restart of an
 * intake counts as one more delivery of these; later ones, which only mend a link, do not. */
void intake_restart(struct intake *intake);
/* At most so many items of each stream may be handed over from now on; replaces the number before. INTAKE_BATCH_MAX
 * is the most, and says that everything handed over before has come to its end. Also wakes a reading
 * that was in trouble. */
void intake_want(struct intake *intake, size_t n);
void intake_free(struct intake **intake); /* close the link first */

#endif
