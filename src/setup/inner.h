/*
 * What the files of this room share: reading YAML by tables.
 *
 * A map of a file is a table of slots: key, how its value is read, where it goes. Reading a map
 * checks that every key is known and that none is missing, so a mistake in a key is found in one
 * place, with the nearest known key beside it. Everything is read to the end: a mistake is noted
 * and the reading goes on.
 */
#ifndef CANDOUR_SETUP_INNER_H
#define CANDOUR_SETUP_INNER_H

#include "base/time.h"
#include "base/yaml.h"
#include "model/policy.h"
#include "setup/setup.h"

/* A name of something that is said elsewhere: looked up when everything is read. */
enum mention_kind {
	MENTION_DUTY,     /* a duty's rule of the pathway */
	MENTION_UNLESS,   /* an event's type or a duty's rule */
	MENTION_HOLDER,   /* "owner", or a role or a person in the pathway's service */
	MENTION_CALENDAR, /* a calendar's id */
	MENTION_SERVICE,  /* a service's id */
	MENTION_RUNG,     /* "owner", or a role that somebody holds in some service */
	MENTION_LADDER,   /* a ladder of standards.yaml */
	MENTION_PATHWAY,  /* a pathway's id */
};

struct mention {
	enum mention_kind kind;
	str word;
	str pathway; /* in which it stands; empty: in none */
	str file;
	int line;
};

struct mentions {
	struct mention *list;
	size_t n, room;
};

struct reader {
	struct arena *arena;
	struct findings *findings;
	str file;
	int line; /* of the key or list item that is being read */
	str pathway;
	date today;                /* DATE_NONE: nothing is too old */
	struct mentions *mentions; /* NULL: nothing is mentioned here */
	/* where durations find the minimum standards by name; NULL: there are none */
	const struct policy *minimum;
};

/* Reads one value into out, which stays as it is where the value is wrong. */
typedef void read_fn(struct reader *r, const struct yaml *node, void *out);

struct slot {
	const char *key;
	read_fn *read;
	size_t at; /* offset of the value in what the map is read into */
	bool needed;
};

struct map_shape {
	const char *what; /* "a duty": what the map is, for messages */
	const struct slot *slots;
	size_t n;
};

#define SHAPE(what_, slots_)                                                                       \
	{                                                                                          \
		.what = (what_), .slots = (slots_), .n = sizeof(slots_) / sizeof((slots_)[0])      \
	}

#define FAULT(r, line, code, ...)                                                                  \
	findings_error((r)->findings, (r)->file, (line), (code), __VA_ARGS__)
#define DOUBT(r, line, code, ...)                                                                  \
	findings_warning((r)->findings, (r)->file, (line), (code), __VA_ARGS__)

/* Reads a map by its shape. A value of another kind is a finding. */
void read_map(struct reader *r, const struct yaml *node, const struct map_shape *shape, void *out);
/* The top of a file. False when the file is no YAML. */
bool read_document(struct reader *r, str bytes, const struct map_shape *shape, void *out);
/* True when the node is a map (a list; a text); else a finding that says what it should be. */
bool is_map(struct reader *r, const struct yaml *node, const char *what);
bool is_list(struct reader *r, const struct yaml *node, const char *what);
bool is_text(struct reader *r, const struct yaml *node);

/* Values. The comment names what out points to. */
void read_line(struct reader *r, const struct yaml *node, void *out); /* str: not blank, one line */
void read_id(struct reader *r, const struct yaml *node, void *out);   /* str */
void read_bool(struct reader *r, const struct yaml *node, void *out); /* bool: yes, no */
void read_date(struct reader *r, const struct yaml *node, void *out); /* date */
void read_email(struct reader *r, const struct yaml *node, void *out);    /* str */
void read_phone(struct reader *r, const struct yaml *node, void *out);    /* str */
void read_url(struct reader *r, const struct yaml *node, void *out);      /* str: https */
void read_duration(struct reader *r, const struct yaml *node, void *out); /* struct duration: > 0 */
/* Likewise, but a number and a unit, and nothing else: "5 working days". */
void read_count_of_time(struct reader *r, const struct yaml *node, void *out);
void read_minute(struct reader *r, const struct yaml *node, void *out); /* minute_of_day: "09:00" */
#define BAD_HOURS                                                                                  \
	"these hours end before they begin, overlap others, or are more than %d on one day"
/* A pair of times; false, with a finding, when it is none. */
bool read_opening(struct reader *r, const struct yaml *pair, minute_of_day *out_from,
		  minute_of_day *out_to);
void read_week(struct reader *r, const struct yaml *node, void *out); /* struct week: some hour */

/* A list of names of things said elsewhere, or one alone; none twice. */
str *read_mentions(struct reader *r, const struct yaml *node, enum mention_kind kind,
		   size_t *out_n);
/* A list of ids, or one alone; none twice. NULL: none. */
str *read_ids(struct reader *r, const struct yaml *node, size_t *out_n);
void read_mention(struct reader *r, const struct yaml *node, enum mention_kind kind, str *out);

/* What a sender of text messages may be called: empty when the text is one, else why it is none. */
str sender_fault(str text);
bool is_email(str text);
/* For messages: the beginning of what may be long. */
str shorten(str text);
/* For messages: ", did you mean 'due'?", or the empty str. */
str ask_nearest(const struct findings *findings, str mistaken, const str *known, size_t n);

/* --- the parts of a policy -------------------------------------------------------------------- */

/* A file of the policy's folder, whole. */
struct source {
	str name; /* below the folder: "calendars/england-and-wales.yaml" */
	str file; /* for findings */
	str bytes;
};

struct sources {
	const struct source *list; /* sorted by name */
	size_t n;
};

/* Minimum standards as another council has published them. */
struct minimum {
	struct standard *list;
	size_t n;
};

struct pack {
	str id;
	str title;
	struct minimum minimum;
};

/* What a policy is read into, with what only the checks need to know. */
struct draft {
	struct policy *policy;
	str calendar;              /* the authority's: a calendar's id */
	struct duty_rule usual;    /* of standards.yaml: for duties that do not say their own */
	const struct yaml *common; /* duties that any case may have, until they are read */
	struct pack *packs;
	size_t n_packs;
	struct mentions mentions;
};

/* A file's name without folder and ending: the id of what is in it. */
str source_id(str name);
/* The source of that name, or NULL. */
const struct source *source_find(const struct sources *sources, str name);

void authority_read(struct reader *r, str bytes, struct draft *draft);
void services_read(struct reader *r, str bytes, struct draft *draft);
void calendar_read(struct reader *r, const struct source *source, const struct sources *sources,
		   struct calendar *out);
/* A pack: numbers that another council has published. */
void pack_read(struct reader *r, const struct source *source, struct pack *out);
/* The minimum standards of standards.yaml, with those of the chosen pack in their place: read before
 * everything that counts by them. */
void minimum_read(struct reader *r, const struct yaml *top, struct draft *draft);
/* Pathways get the duties and events of those that they name under `with`. */
void pathways_share(struct arena *arena, struct policy *policy, struct findings *findings);
void standards_read(struct reader *r, str bytes, struct draft *draft);
void pathway_read(struct reader *r, const struct source *source, const struct duty_rule *usual,
		  struct pathway *out);

/* Lists of sayings: what pathways and standards share. */
struct sayings {
	struct saying *list;
	size_t n;
};
struct sayings sayings_read(struct reader *r, const struct yaml *node);
/* How long before the date a warning is given: longest first. */
struct duration *warnings_read(struct reader *r, const struct yaml *node, size_t *out_n);
/* A map of ladders by name. */
struct ladder *ladders_read(struct reader *r, const struct yaml *node, size_t *out_n);
void keep_read(struct reader *r, const struct yaml *node, void *out); /* struct keep_in_touch */
/* A map of event types, each with its rule. */
struct event_rule *event_rules_read(struct reader *r, const struct yaml *node, bool of_engine,
				    size_t *out_n);
/* A map of duties by id, each one version or a list of versions. */
struct duty_rule *duty_rules_read(struct reader *r, const struct yaml *node,
				  const struct duty_rule *usual, size_t *out_n);
/* The part of a duty that standards.yaml may say for all. */
void usual_read(struct reader *r, const struct yaml *node, struct duty_rule *out);

/* The part of standards.yaml about people; and what holds without it. */
void telling_read(struct reader *r, const struct yaml *node, struct people_rule *out);
void telling_usual(struct people_rule *out);

/* Everything that needs more than one place of one file. */
void policy_check(const struct draft *draft, struct findings *findings);
/* The whole of it, out of memory: what setup_policy does once the files are read. */
const struct policy *policy_read(struct arena *arena, str folder, const struct sources *sources,
				 date today, struct findings *findings);
/* Likewise for the configuration. Where something is wrong it is false, and out holds what was right;
 * nothing at all where the file is no YAML. */
bool config_read(struct arena *arena, str file, str bytes, struct config *out,
		 struct findings *findings);
/* "30s", "15 minutes", "2h", "1 day" */
bool span_parse(struct arena *arena, str text, int64_t *out_ms);
/* The description of each provider that config names; mistakes are findings. */
void providers_read(struct arena *arena, struct config *config, struct findings *findings);
/* What goes there by plain http goes no further than this machine. */
bool is_of_this_machine(str url);
/* One of them, out of memory, over what candour.conf says in out already. */
bool provider_read(struct arena *arena, str file, str bytes, struct provider *out,
		   struct findings *findings);
bool config_open(struct arena *arena, str file, struct config *out, struct findings *findings);

/* --- setup.c: the post ------------------------------------------------------------------------- */

/* "17:30" and "mon tue wed"; false, and out untouched, when they are not. */
bool print_room_read(str cut_off, str days, struct print_room *out);

#endif
