/*
 * What the store's own files share: commands from words, scripts by name, answers taken apart, and
 * the stored forms of a family and of its evidence.
 */
#ifndef CANDOUR_STORE_INNER_H
#define CANDOUR_STORE_INNER_H

#include "store/store.h"

/* --- commands --------------------------------------------------------------------------------- */

/* name, flags of its first line: each is store/NAME.lua */
#define SCRIPTS(X)                                                                                 \
	X(load, " flags=no-writes")                                                                \
	X(family, " flags=no-writes")                                                              \
	X(commit, "")                                                                              \
	X(spread, "")                                                                              \
	X(wait, "")                                                                                \
	X(look, "")                                                                                \
	X(waited, " flags=no-writes")                                                              \
	X(bury, "")                                                                                \
	X(lease, "")                                                                               \
	X(release, "")                                                                             \
	X(key, "")                                                                                 \
	X(tick, "")                                                                                \
	X(claim, "")                                                                               \
	X(begin, "")                                                                               \
	X(settle, "")                                                                              \
	X(receipt, "")                                                                             \
	X(follow, "")                                                                              \
	X(dead, " flags=no-writes")                                                                \
	X(dead_do, "")                                                                             \
	X(status, " flags=no-writes")                                                              \
	X(watch, " flags=no-writes")                                                               \
	X(audit, " flags=no-writes")                                                               \
	X(night, "")                                                                               \
	X(passed, " flags=no-writes")                                                              \
	X(memory, "")                                                                              \
	X(hold, "")                                                                                \
	X(let_go, "")                                                                              \
	X(outbox, " flags=no-writes")

enum script {
#define X(name, flags) SCRIPT_##name,
	SCRIPTS(X)
#undef X
		SCRIPT_COUNT
};

/* A command while its words are added: as many as it needs. */
struct args {
	struct arena *arena;
	str *list;
	size_t n, cap;
};

/* A plain command of Redis, and one that runs a script under the store's prefix. */
struct args args_of(struct arena *arena, const char *name);
struct args args_of_script(struct arena *arena, const struct store *store, enum script script);
void args_add(struct args *args, str word); /* borrows it */
void args_add_int(struct args *args, int64_t number);
void args_add_instant(struct args *args, instant at); /* milliseconds; INSTANT_NEVER: empty */
/* PREFIX:KIND and id behind it */
void args_add_key(struct args *args, const struct store *store, const char *kind, str id);
struct command args_command(const struct args *args);

/* "own", "events", "waiting" */
str origin_name(enum store_origin origin);

/* --- answers ---------------------------------------------------------------------------------- */

/* OK when the answer is of the type; else what store.h says of readers. */
NODISCARD enum err reply_check(const struct reply *reply, enum reply_type type);
/* False where it is neither a whole number nor its text. */
bool reply_number(const struct reply *reply, int64_t *out);
/* Nil and the empty text are INSTANT_NEVER; false where it is nothing of the kind. */
bool reply_instant(const struct reply *reply, instant *out);
/* Nil and everything that is no text are empty. Copied. */
str reply_text(struct arena *arena, const struct reply *reply);
/* A list of texts, copied. */
NODISCARD enum err reply_texts(struct arena *arena, const struct reply *reply, str **out,
			       size_t *out_n);
/* A value of a flat list of names and values; NULL where there is none. */
const struct reply *reply_field(const struct reply *reply, str name);

/* How far the auditor's night has come, from a list of names and values. What is damaged of it is as if it were not
 * there: it hides nothing else, and the next page writes it anew. */
bool read_night(struct arena *arena, const struct reply *fields, struct night *out);

/* --- stored forms ----------------------------------------------------------------------------- */

enum part_type {
	PART_TEXT,
	PART_DATE,
	PART_INSTANT,
	PART_MOMENT, /* an instant that may be INSTANT_NEVER, and then is left out */
	PART_NUMBER, /* int64_t */
	PART_COUNT,  /* size_t */
	PART_TRUTH,
	PART_NAME, /* of a closed set */
	PART_HASH,
	PART_DURATION, /* a number and a unit; zero is left out */
	PART_WEEK,
	PART_SET,   /* an array of truth values, by the names of a set */
	PART_NAMES, /* an array in the struct, with a count */
	PART_LINES, /* an array of texts in the struct, with a count */
	PART_TEXTS, /* a pointer to texts, with a count */
	PART_ONE,   /* a struct in the struct */
	PART_SOME,  /* a pointer to one struct, or NULL */
	PART_MANY   /* a pointer to structs, with a count */
};

/* A closed set: its names both ways. */
struct names {
	str (*name)(int value);
	bool (*parse)(str name, int *out);
};

struct shape;

struct part {
	const char *key;
	enum part_type type;
	size_t at;
	size_t count_at; /* where the count lies */
	size_t max;      /* how many an array in the struct can hold */
	const struct names *names;
	const struct shape *shape;
};

struct shape {
	const struct part *parts;
	size_t n, size;
};

/* The record: shapes.c. */
extern const struct shape shape_family, shape_case;

void codec_write(struct buf *buf, const struct family *family);
/* ERR_CORRUPT when the text is no family, or of a version that is not known. */
NODISCARD enum err codec_read(struct arena *arena, str json, struct family **out);
/* A case by itself, put away; it comes back into a record that does not have it. */
void codec_write_case(struct buf *buf, const struct case_file *file);
NODISCARD enum err codec_bring_back(struct arena *arena, str json, struct family *family);

/* One entry as it lies in the stream: texts, hashes in hex. */
struct evidence_link {
	str n, prev, salt, hash, body;
};

/* Adds an entry to the family's chain: counts it and moves the head. */
struct evidence_link evidence_add(struct arena *arena, struct family *family,
				  const struct entry *entry, instant now);

#endif
