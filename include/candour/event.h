/*
 * The public contract of an event: its kinds and its limits.
 *
 * An event is a CloudEvents 1.0 object in structured JSON (https://cloudevents.io), put on the
 * stream PREFIX:events as the field "event". The daemon is built from this same table, so what a
 * publisher sees here is what the daemon takes. Kinds that are not here are declared by pathways.
 */
#ifndef CANDOUR_EVENT_H
#define CANDOUR_EVENT_H

/* An event as a whole, in bytes. */
#define CANDOUR_EVENT_BYTES_MAX 65536
/* Lists and maps inside each other. */
#define CANDOUR_EVENT_DEPTH_MAX 16
/* [A-Za-z0-9][A-Za-z0-9._-]* of at most so many characters: ids of events, cases, families,
 * persons. */
#define CANDOUR_ID_CHARS_MAX 64
/* CloudEvents source: printable ASCII, no spaces. */
#define CANDOUR_SOURCE_CHARS_MAX 256
/* The same source and id is the same event for so long. */
#define CANDOUR_IDENTITY_DAYS 400
/* An event for a case or family that is not yet known waits for it so long. */
#define CANDOUR_WAIT_HOURS 72

/* What an event may be about: the part of `subject` before the slash. One letter of the masks below
 * each. */
#define CANDOUR_SUBJECTS(X)                                                                        \
	X(CASE, "case", 1)                                                                         \
	X(FAMILY, "family", 2)                                                                     \
	X(PERSON, "person", 4)                                                                     \
	X(SERVICE, "service", 8)

/* name, type, the subjects it may have (a sum of the numbers above), who may publish it.
 * Everyone: on PREFIX:events. Candour: only on PREFIX:own, reserved for everyone else. */
#define CANDOUR_KINDS(X)                                                                           \
	X(CONTACT_REGISTERED, "contact.registered", 2, EVERYONE)                                   \
	X(CONTACT_UPDATED, "contact.updated", 2 + 4, EVERYONE)                                     \
	X(CONTACT_REMOVED, "contact.removed", 2, EVERYONE)                                         \
	X(PARTY_REGISTERED, "party.registered", 2, EVERYONE)                                       \
	X(CONSENT_GIVEN, "consent.given", 2, EVERYONE)                                             \
	X(CONSENT_WITHDRAWN, "consent.withdrawn", 2, EVERYONE)                                     \
	X(CAPACITY_RECORDED, "capacity.recorded", 2, EVERYONE)                                     \
	X(COURT_ORDER_ADDED, "court_order.added", 2, EVERYONE)                                     \
	X(COURT_ORDER_ENDED, "court_order.ended", 2, EVERYONE)                                     \
	X(SAFE_CONTACT_FLAGGED, "safe_contact.flagged", 2 + 4, EVERYONE)                           \
	X(PERSON_DECEASED, "person.deceased", 2 + 4, EVERYONE)                                     \
	X(PERSON_ADOPTED, "person.adopted", 2 + 4, EVERYONE)                                       \
	X(CASE_OPENED, "case.opened", 1, EVERYONE)                                                 \
	X(CASE_REASSIGNED, "case.reassigned", 1 + 2, EVERYONE)                                     \
	X(CASE_CLOSED, "case.closed", 1, EVERYONE)                                                 \
	X(CONTACT_MADE, "contact.made", 1, EVERYONE)                                               \
	X(ACTION_AGREED, "action.agreed", 1, EVERYONE)                                             \
	X(ACTION_COMPLETED, "action.completed", 1, EVERYONE)                                       \
	X(ACTION_RESCHEDULED, "action.rescheduled", 1, EVERYONE)                                   \
	X(ACTION_CANCELLED, "action.cancelled", 1, EVERYONE)                                       \
	X(ACTION_DISPUTED, "action.disputed", 1, EVERYONE)                                         \
	X(DUTY_EXCUSED, "duty.excused", 1, EVERYONE)                                               \
	X(DUTY_AT_RISK, "duty.at_risk", 1, EVERYONE)                                               \
	X(BREACH_ACKNOWLEDGED, "breach.acknowledged", 1, EVERYONE)                                 \
	X(HOLD_PLACED, "hold.placed", 1, EVERYONE)                                                 \
	X(HOLD_ENDED, "hold.ended", 1, EVERYONE)                                                   \
	X(TASK_COMPLETED, "task.completed", 1, EVERYONE)                                           \
	X(ENCLOSURE_DISPATCHED, "enclosure.dispatched", 1, EVERYONE)                               \
	X(REPLY_RECEIVED, "reply.received", 1 + 2, EVERYONE)                                       \
	X(FEEDBACK_RECEIVED, "feedback.received", 1 + 2, EVERYONE)                                 \
	X(WORKER_AWAY, "worker.away", 8, EVERYONE)                                                 \
	X(EVENT_WITHDRAWN, "event.withdrawn", 1 + 2 + 4 + 8, EVERYONE)                             \
	X(MESSAGE_DISPATCHED, "message.dispatched", 1 + 2 + 8, CANDOUR)                            \
	X(MESSAGE_DELIVERED, "message.delivered", 1 + 2 + 8, CANDOUR)                              \
	X(MESSAGE_FAILED, "message.failed", 1 + 2 + 8, CANDOUR)                                    \
	X(MESSAGE_RETURNED, "message.returned", 1 + 2 + 8, CANDOUR)                                \
	X(MESSAGE_ACCEPTED, "message.accepted", 1 + 2 + 8, CANDOUR)                                \
	X(MESSAGE_UNKNOWN, "message.unknown", 1 + 2 + 8, CANDOUR)                                  \
	X(MESSAGE_HELD, "message.held", 1 + 2 + 8, CANDOUR)                                        \
	X(MESSAGE_EXPIRED, "message.expired", 1 + 2 + 8, CANDOUR)                                  \
	X(MESSAGE_STALE, "message.stale", 1 + 2 + 8, CANDOUR)                                      \
	X(CLOCK_DUE, "clock.due", 2 + 8, CANDOUR)                                                  \
	X(DESK_NOTED, "desk.noted", 8, CANDOUR)                                                    \
	X(RULES_CHANGED, "rules.changed", 2, CANDOUR)                                              \
	X(AUDIT_FOUND, "audit.found", 2 + 8, CANDOUR)                                              \
	X(IMPORT_BEGAN, "import.began", 2, CANDOUR)                                                \
	X(IMPORT_ENDED, "import.ended", 2, CANDOUR)

#endif
