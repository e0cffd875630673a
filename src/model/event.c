#include "model/event.h"

#define TEXT_OF(literal)                                                                           \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

enum publisher { EVERYONE, CANDOUR };

#define X(name, type, subjects, who) [KIND_##name] = { TEXT_OF(type), (subjects), who },
static const struct {
	str type;
	unsigned subjects;
	enum publisher who;
} kinds[KIND_COUNT] = { [KIND_PATHWAY] = { .subjects = SUBJECT_CASE }, CANDOUR_KINDS(X) };
#undef X

bool traceparent_is(str text)
{
	if (text.n != 55)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		const bool dash = i == 2 || i == 35 || i == 52;
		const char c = text.p[i];
		const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');

		if (dash ? c != '-' : !hex)
			return false;
	}
	return true;
}

enum kind kind_of(str type)
{
	for (size_t i = KIND_PATHWAY + 1; i < KIND_COUNT; i++) {
		if (str_eq(kinds[i].type, type))
			return (enum kind)i;
	}
	return KIND_PATHWAY;
}

str kind_type(enum kind kind)
{
	require((size_t)kind < (size_t)KIND_COUNT);
	return kinds[kind].type;
}

bool kind_is_reserved(enum kind kind)
{
	require((size_t)kind < (size_t)KIND_COUNT);
	return kinds[kind].who == CANDOUR;
}

unsigned kind_subjects(enum kind kind)
{
	require((size_t)kind < (size_t)KIND_COUNT);
	return kinds[kind].subjects;
}

/* --- the fields of each kind: a line each ---------------------------------------------------------
 *
 * What a kind lists must be there, unless it is optional here; null takes a value away where the
 * last column says so. Ids that Candour makes itself (of duties and tasks) may be longer than those
 * of others, so they are lines. */

#define MUST(name, type)                                                                           \
	{                                                                                          \
		TEXT_OF(name), FIELD_##type, true, false                                           \
	}
#define MAY(name, type)                                                                            \
	{                                                                                          \
		TEXT_OF(name), FIELD_##type, false, false                                          \
	}
#define MAY_BE_NULL(name, type)                                                                    \
	{                                                                                          \
		TEXT_OF(name), FIELD_##type, false, true                                           \
	}

static const struct field contact_registered[] = {
	MUST("contact", ID),       MAY("person", ID),
	MUST("role", ROLE),        MUST("name", LINE),
	MAY("born", DATE),         MAY("parental_responsibility", BOOL),
	MAY("language", LANGUAGE), MAY("format", FORMAT),
	MAY("channels", CHANNELS), MAY("addresses", ADDRESSES),
	MAY("agreed", AGREED),     MAY("hours", HOURS),
	MAY("safe", SAFE),         MAY("optional", OPTIONAL),
	MAY("oral_first", BOOL),   MAY("looked_after", BOOL),
	MAY("confirmed", DATE),    MAY("acts_for", ACTS_FOR),
};
static const struct field contact_updated[] = {
	MUST("contact", ID),
	MAY_BE_NULL("person", ID),
	MAY("role", ROLE), /* everybody has one, and a name */
	MAY("name", LINE),
	MAY_BE_NULL("born", DATE),
	MAY_BE_NULL("parental_responsibility", BOOL),
	MAY_BE_NULL("language", LANGUAGE),
	MAY_BE_NULL("format", FORMAT),
	MAY_BE_NULL("channels", CHANNELS),
	MAY_BE_NULL("addresses", ADDRESSES),
	MAY_BE_NULL("agreed", AGREED),
	MAY_BE_NULL("hours", HOURS),
	MAY_BE_NULL("safe", SAFE),
	MAY_BE_NULL("optional", OPTIONAL),
	MAY_BE_NULL("oral_first", BOOL),
	MAY_BE_NULL("looked_after", BOOL),
	MAY_BE_NULL("confirmed", DATE),
	MAY_BE_NULL("acts_for", ACTS_FOR),
	MAY_BE_NULL("case", ID), /* the channels hold in this case only */
};
static const struct field contact_removed[] = { MUST("contact", ID) };
static const struct field party_registered[] = {
	MUST("party", ID),           MUST("role", PARTY_ROLE),  MUST("name", LINE),
	MAY("addresses", ADDRESSES), MAY("channels", CHANNELS),
};
static const struct field consent_given[] = {
	MUST("contact", ID),
	MUST("for", LINE),
	MAY("until", DATE),
};
static const struct field consent_withdrawn[] = { MUST("contact", ID), MUST("for", LINE) };
static const struct field capacity_recorded[] = {
	MUST("person", ID),        MUST("decision", LINE), MUST("has_capacity", BOOL),
	MUST("assessed_on", DATE), MUST("by", LINE),
};
static const struct field court_order[] = {
	MUST("contact", ID),
	MUST("effect", ORDER),
	MAY("until", DATE),
};
static const struct field safe_contact_flagged[] = {
	MUST("contact", ID),
	MUST("channels", CHANNELS),
	MAY("hours", HOURS),
	MAY("sender", LINE),
};
static const struct field person_deceased[] = { MUST("person", ID) };
/* `parents`: contacts who are the parents from now on. */
static const struct field person_adopted[] = { MUST("person", ID), MAY("parents", IDS) };

static const struct field case_opened[] = {
	MUST("family", ID), MUST("pathway", ID), MUST("service", ID),
	MUST("owner", ID),  MAY("child", ID), /* the contact whom it is about */
};
/* `from`: the owner before, or the day from which the new one counts. */
static const struct field case_reassigned[] = {
	MUST("owner", ID),
	MUST("from", LINE),
	MAY("reason", TEXT),
	MAY("cases", IDS),
};
static const struct field case_closed[] = { MUST("outcome", LINE) };
static const struct field contact_made[] = {
	MUST("with", IDS),
	MUST("how", LINE),
	MAY("summary", TEXT),
	MAY("actions", ACTIONS),
};

static const struct field action_agreed[] = {
	MUST("action", ID), MUST("what", LINE),      MUST("owner", OWNER),
	MUST("due", DATE),  MAY("agreed_with", IDS),
};
static const struct field action_rescheduled[] = {
	MUST("action", ID),
	MUST("due", DATE),
	MAY("reason", TEXT),
};
static const struct field action_ended[] = { MUST("action", ID), MAY("reason", TEXT) };

static const struct field duty_excused[] = {
	MUST("duty", LINE), MUST("ground", LINE),   MUST("from", DATE),
	MUST("to", DATE),   MUST("evidence", LINE), MUST("approved_by", LINE),
};
/* One of duty and action: decide asks for it. */
static const struct field breach_acknowledged[] = {
	MAY("duty", LINE),   MAY("action", ID),  MUST("by", LINE),
	MUST("until", DATE), MUST("note", TEXT),
};
static const struct field hold_placed[] = {
	MUST("reason", LINE),
	MUST("owner", ID),
	MUST("until", DATE),
};
static const struct field hold_ended[] = {
	MUST("reason", LINE),
	MAY("owner", ID),
	MAY("until", DATE),
};
static const struct field task_completed[] = {
	MUST("task", LINE),
	MUST("outcome", OUTCOME),
	MUST("by", LINE),
};
/* No contact: to everybody who must have it. */
static const struct field enclosure_dispatched[] = {
	MUST("enclosure", ID),
	MAY("contact", ID),
};

static const struct field import_began[] = { MUST("quiet_before", DATE) };

static const struct field reply_received[] = {
	MUST("contact", ID),
	MUST("channel", CHANNEL),
	MUST("text", TEXT),
};
static const struct field feedback_received[] = {
	MUST("contact", ID),
	MUST("channel", CHANNEL),
	MAY("text", TEXT),
	MAY("score", SCORE),
};
static const struct field worker_away[] = {
	MUST("person", ID),
	MUST("from", DATE),
	MUST("to", DATE),
	MUST("deputy", ID),
};
static const struct field duty_at_risk[] = {
	MAY("duty", ID),
	MAY("action", ID),
	MUST("reason", TEXT),
	MAY("expected", DATE),
};
static const struct field desk_noted[] = {
	MAY("case", ID),      MAY("about", ID),    MAY("holder", ID), MAY("what", TEXT),
	MAY("template", ID),  MAY("due", DATE),    MAY("over", BOOL), MAY("from", ID),
	MAY("at_once", LINE), MAY("urgent", BOOL),
};
static const struct field audit_found[] = {
	MUST("what", ID),
	MUST("id", LINE),
};
static const struct field event_withdrawn[] = {
	MUST("event", LINE),
	MUST("reason", TEXT),
	MAY("meant", ID),
	MAY("said_on", DATE),
};
static const struct field message_outcome[] = {
	MUST("message", ID),
	MAY("channel", CHANNEL),
	MAY("code", TEXT),
	MAY("detail", TEXT),
};

static const struct {
	const struct field *list;
	size_t n;
} fields[KIND_COUNT] = {
#define FIELDS(kind, table) [KIND_##kind] = { (table), sizeof(table) / sizeof((table)[0]) }
	FIELDS(CONTACT_REGISTERED, contact_registered),
	FIELDS(CONTACT_UPDATED, contact_updated),
	FIELDS(CONTACT_REMOVED, contact_removed),
	FIELDS(PARTY_REGISTERED, party_registered),
	FIELDS(CONSENT_GIVEN, consent_given),
	FIELDS(CONSENT_WITHDRAWN, consent_withdrawn),
	FIELDS(CAPACITY_RECORDED, capacity_recorded),
	FIELDS(COURT_ORDER_ADDED, court_order),
	FIELDS(COURT_ORDER_ENDED, court_order),
	FIELDS(SAFE_CONTACT_FLAGGED, safe_contact_flagged),
	FIELDS(PERSON_DECEASED, person_deceased),
	FIELDS(PERSON_ADOPTED, person_adopted),
	FIELDS(CASE_OPENED, case_opened),
	FIELDS(CASE_REASSIGNED, case_reassigned),
	FIELDS(CASE_CLOSED, case_closed),
	FIELDS(CONTACT_MADE, contact_made),
	FIELDS(ACTION_AGREED, action_agreed),
	FIELDS(ACTION_COMPLETED, action_ended),
	FIELDS(ACTION_RESCHEDULED, action_rescheduled),
	FIELDS(ACTION_CANCELLED, action_ended),
	FIELDS(ACTION_DISPUTED, action_ended),
	FIELDS(DUTY_EXCUSED, duty_excused),
	FIELDS(DUTY_AT_RISK, duty_at_risk),
	FIELDS(DESK_NOTED, desk_noted),
	FIELDS(AUDIT_FOUND, audit_found),
	FIELDS(BREACH_ACKNOWLEDGED, breach_acknowledged),
	FIELDS(HOLD_PLACED, hold_placed),
	FIELDS(HOLD_ENDED, hold_ended),
	FIELDS(TASK_COMPLETED, task_completed),
	FIELDS(ENCLOSURE_DISPATCHED, enclosure_dispatched),
	FIELDS(REPLY_RECEIVED, reply_received),
	FIELDS(FEEDBACK_RECEIVED, feedback_received),
	FIELDS(WORKER_AWAY, worker_away),
	FIELDS(EVENT_WITHDRAWN, event_withdrawn),
	FIELDS(MESSAGE_DISPATCHED, message_outcome),
	FIELDS(MESSAGE_DELIVERED, message_outcome),
	FIELDS(MESSAGE_FAILED, message_outcome),
	FIELDS(MESSAGE_RETURNED, message_outcome),
	FIELDS(MESSAGE_ACCEPTED, message_outcome),
	FIELDS(MESSAGE_UNKNOWN, message_outcome),
	FIELDS(MESSAGE_HELD, message_outcome),
	FIELDS(MESSAGE_EXPIRED, message_outcome),
	FIELDS(MESSAGE_STALE, message_outcome),
	FIELDS(IMPORT_BEGAN, import_began),
#undef FIELDS
};

const struct field *kind_fields(enum kind kind, size_t *out_n)
{
	require((size_t)kind < (size_t)KIND_COUNT);
	*out_n = fields[kind].n;
	return fields[kind].list;
}
