/*
 * Text as pointer and length, and a buffer to build it in.
 *
 * A str borrows its bytes: who made them says how long they live. It need not end with a NUL; where
 * a foreign library wants one, str_z() copies. Functions that can be misused do not compile (see
 * below).
 */
#ifndef CANDOUR_BASE_STR_H
#define CANDOUR_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
/* The C library's own mention of what is poisoned below has to come first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct arena;

typedef struct str {
	const char *p; /* may be NULL when n is 0 */
	size_t n;
} str;

/* A str of a string literal. */
#define S(literal) ((str){ (literal), sizeof(literal) - 1 })
#define STR_EMPTY ((str){ NULL, 0 })

/* For printf: "%.*s", STR_ARG(s). It evaluates s twice. */
#define STR_ARG(s) (int)(s).n, str_bytes(s)

static inline const char *str_bytes(str s)
{
	return s.p != NULL ? s.p : "";
}

str str_of(const char *z); /* borrows; NULL gives the empty str */
bool str_eq(str a, str b);
int str_cmp(str a, str b); /* by bytes; <0, 0, >0 */
bool str_starts(str s, str with);
bool str_ends(str s, str with);
bool str_has_byte(str s, char byte);
bool str_is_ascii(str s);
/* The first place where part stands in s, or s.n. */
size_t str_find(str s, str part);
/* Without the spaces, tabs and line ends at both ends. */
str str_trim(str s);
/* From byte `from` (at most s.n) up to, not including, byte `to` (at most s.n). */
str str_slice(str s, size_t from, size_t to);
/* Cuts at the first `at`: head before, tail behind it. False, and outs untouched, when there is
 * none. */
bool str_cut(str s, char at, str *out_head, str *out_tail);
/* The next line without its end ("\n" or "\r\n"); moves *rest behind it. False when *rest is
 * empty. */
bool str_line(str *rest, str *out_line);
/* A decimal number with an optional '-', nothing else, within int64_t. False, and out untouched,
 * when not. */
bool str_to_i64(str s, int64_t *out);

/* Copies live in the arena. */
str str_copy(struct arena *arena, str s);
/* With a NUL behind. The text must not hold a NUL (it would be cut short: an assertion). */
const char *str_z(struct arena *arena, str s);
str str_fmt(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
str str_vfmt(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
str str_join(struct arena *arena, str a, str b);
str str_int(struct arena *arena, int64_t number); /* decimal */

/* A text that grows, with a maximum. What does not fit is left out and `too_long` stays set. */
struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap, max;
	bool too_long;
};

struct buf buf_of(struct arena *arena, size_t max);
void buf_add(struct buf *buf, str s);
void buf_byte(struct buf *buf, char byte);
void buf_fmt(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was built: borrows the buffer's bytes, which stay put only until the next addition. */
str buf_str(const struct buf *buf);

/* These lose lengths, truncate in silence or read the process's locale and zone. */
#undef alloca
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat strtok gets
#pragma GCC poison atoi atol atof localtime gmtime localtime_r mktime

#endif
