/*
 * Three kinds of no.
 *
 * `enum err`: the world may do this (a file is missing, a link is down). require(): only a bug of
 * ours can do this; it stays on in a release and ends the process. static_assert: known when
 * compiling.
 *
 * Where a person must mend something (configuration, policy, templates), every mistake is a finding
 * with file and line, and all of them are listed, not only the first.
 */
#ifndef CANDOUR_BASE_ERR_H
#define CANDOUR_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define NODISCARD __attribute__((warn_unused_result))

/* name, text for people */
#define ERR_LIST(X)                                                                                \
	X(OK, "fine")                                                                              \
	X(ERR_NOT_FOUND, "not found")                                                              \
	X(ERR_PERMISSION, "no permission")                                                         \
	X(ERR_TOO_LARGE, "too large")                                                              \
	X(ERR_IO, "reading or writing failed")                                                     \
	X(ERR_BAD_TEXT, "not in the form that is wanted here")                                     \
	X(ERR_TIMEOUT, "no answer in time")                                                        \
	X(ERR_DOWN, "the link is down")                                                            \
	X(ERR_REFUSED, "refused by the other side")                                                \
	X(ERR_FENCED, "another daemon owns this prefix now")                                       \
	X(ERR_CORRUPT, "stored data is damaged")                                                   \
	X(ERR_CLOSED, "closed")

enum err {
#define X(name, text) name,
	ERR_LIST(X)
#undef X
		ERR_COUNT
};

/* A constant text, never NULL. */
const char *err_text(enum err err);

/* One mistake that a person can mend. */
struct finding {
	str file;
	int line;     /* 1 is the first; 0: the file as a whole */
	str code;     /* short, stable, for programs: "unknown_key" */
	str message;  /* a sentence that says what is wrong and what would be right */
	bool warning; /* a warning does not stop anything */
};

/* The list of mistakes, kept in its arena. At most FINDINGS_MAX are kept; more are only counted. */
#define FINDINGS_MAX 200

struct findings {
	struct arena *arena;
	struct finding *list;
	size_t n;      /* kept */
	size_t errors; /* found, warnings not counted */
};

struct findings findings_of(struct arena *arena);
/* Copies file and code; the message is made here. */
void findings_error(struct findings *findings, str file, int line, const char *code,
		    const char *format, ...) __attribute__((format(printf, 5, 6)));
void findings_warning(struct findings *findings, str file, int line, const char *code,
		      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Says what was promised and where, and ends the process: for bugs of ours only. */
#define require(promise) ((promise) ? (void)0 : require_failed(#promise, __FILE__, __LINE__))
_Noreturn void require_failed(const char *promise, const char *file, int line);

/* Says why on standard error and ends the process: for an exhausted machine only. */
_Noreturn void fatal(const char *why);

#endif
