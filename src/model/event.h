/*
 * An event: a fact that a service, a clock, a person or a provider reports.
 *
 * The envelope is checked and typed here; the data stays a JSON tree whose fields have been checked
 * against the kind's own list, so that a reader of the tree may rely on their types.
 */
#ifndef CANDOUR_MODEL_EVENT_H
#define CANDOUR_MODEL_EVENT_H

#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"
#include "candour/event.h"
#include "model/sets.h"

#define X(name, type, subjects, who) KIND_##name,
/* KIND_PATHWAY: declared by a pathway, known by its type's text. */
enum kind { KIND_PATHWAY, CANDOUR_KINDS(X) KIND_COUNT };
#undef X

#define X(name, text, bit) SUBJECT_##name = (bit),
enum subject { CANDOUR_SUBJECTS(X) };
#undef X

struct event {
	enum kind kind;
	str type;
	str id;
	str source;
	enum subject about;
	str subject_id;
	instant time;
	date on;                 /* the civil day on which it happened: duties count from it */
	str by;                  /* who; may be empty */
	str supersedes;          /* an event's id; may be empty */
	str traceparent;         /* may be empty */
	const struct json *data; /* a map, checked */
	struct hash identity;    /* of source and id */
	struct hash content;     /* of canonical type, subject, time and data */
	str bytes;               /* as it came */
	/* To a desk: what families noted there meanwhile, oldest first; maps as `data` of desk.noted. */
	const struct json **notes;
	size_t n_notes;
};

/* As the questionnaires ask: from 1 (no) to 5 (yes). */
#define SCORE_LEAST 1
#define SCORE_MOST 5

/* What a field of an event's data must be. */
enum field_type {
	FIELD_TEXT, /* any text, lines allowed, at most 4,000 bytes */
	FIELD_LINE, /* one line, not blank, at most 200 bytes */
	FIELD_ID,   /* an id */
	FIELD_IDS,  /* a list of ids, not empty */
	FIELD_DATE, /* "YYYY-MM-DD" */
	FIELD_BOOL,
	FIELD_NUMBER, /* a whole number */
	FIELD_SCORE,  /* an answer to a questionnaire: from SCORE_LEAST to SCORE_MOST */
	FIELD_ROLE,   /* sets.h */
	FIELD_PARTY_ROLE,
	FIELD_LANGUAGE, /* BCP 47 in form: letters and digits in groups of 1 to 8 with hyphens */
	FIELD_FORMAT,
	FIELD_CHANNEL,
	FIELD_CHANNELS,   /* a list of channels, none twice, not empty */
	FIELD_ADDRESSES,  /* {email, sms, letter:[lines]}: each optional, checked in form */
	FIELD_AGREED,     /* {on: date, with: line} */
	FIELD_HOURS,      /* {"always": true} or {"mon": [["09:00","17:00"]], ...} */
	FIELD_SAFE,       /* {channels, hours?, sender?} */
	FIELD_OPTIONAL,   /* {surveys: bool} */
	FIELD_ACTS_FOR,   /* {contact, for?, until?} */
	FIELD_ORDER,      /* a court order's effect, not "none" */
	FIELD_OWNER,      /* {service, person} */
	FIELD_OUTCOME,    /* reached, not_reached, refused */
	FIELD_ACTIONS,    /* a list of {action, what, owner, due} */
	FIELD_ENCLOSURES, /* a list of {id, kind, sha256, pages, sent_by} */
	FIELD_TYPE_COUNT
};

struct field {
	str name;
	enum field_type type;
	bool required;
	bool nullable; /* null removes (contact.updated) */
};

/* Why an event is refused. */
struct refused {
	enum refusal code;
	str field; /* "data.due", "time"; may be empty */
	/* a sentence with what would be right; never holds a value from the event but ids */
	str message;
};

/* W3C Trace Context: version, trace, span and flags, in hex. It came from outside: what is not of this form is
 * told to no provider. */
bool traceparent_is(str text);

/* The kind of a type's text; KIND_PATHWAY when the engine does not know it. */
enum kind kind_of(str type);
str kind_type(enum kind kind);
bool kind_is_reserved(enum kind kind); /* only Candour itself may say it */
/* What it may be about: a sum of enum subject. A pathway's kind is about a case. */
unsigned kind_subjects(enum kind kind);
/* The data fields of an engine kind, besides `on`, `by` and `supersedes`, which every kind may
 * have. */
const struct field *kind_fields(enum kind kind, size_t *out_n);
/* "text", "line", "date" ...: as pathways write them */
bool field_type_parse(str name, enum field_type *out);

/* Checks data against the fields: missing_field, wrong_type, or bad_data where the form is wrong.
 * Fields that are not listed are let be, so that publishers may grow. True when all is well; else
 * *out says why and names the field as "data.NAME". */
bool fields_check(struct arena *arena, const struct field *fields, size_t n,
		  const struct json *data, struct refused *out);

#endif
