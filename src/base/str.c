#include "base/str.h"

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>
#include <string.h>

str str_of(const char *z)
{
	return z != NULL ? (str){ z, strlen(z) } : STR_EMPTY;
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
	size_t least = a.n < b.n ? a.n : b.n;
	int order = least > 0 ? memcmp(a.p, b.p, least) : 0;
	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str with)
{
	return s.n >= with.n && str_eq(str_slice(s, 0, with.n), with);
}

bool str_ends(str s, str with)
{
	return s.n >= with.n && str_eq(str_slice(s, s.n - with.n, s.n), with);
}

bool str_has_byte(str s, char byte)
{
	return s.n > 0 && memchr(s.p, byte, s.n) != NULL;
}

bool str_is_ascii(str s)
{
	unsigned char all = 0;
	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

size_t str_find(str s, str part)
{
	if (part.n == 0)
		return 0;
	const char *place = s.n >= part.n ? memmem(s.p, s.n, part.p, part.n) : NULL;
	return place != NULL ? (size_t)(place - s.p) : s.n;
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

str str_trim(str s)
{
	size_t from = 0;
	size_t to = s.n;
	while (from < to && is_space(s.p[from]))
		from++;
	while (to > from && is_space(s.p[to - 1]))
		to--;
	return str_slice(s, from, to);
}

str str_slice(str s, size_t from, size_t to)
{
	require(from <= to && to <= s.n);
	return (str){ s.n > 0 ? s.p + from : s.p, to - from };
}

bool str_cut(str s, char at, str *out_head, str *out_tail)
{
	const char *place = s.n > 0 ? memchr(s.p, at, s.n) : NULL;
	if (place == NULL)
		return false;
	size_t i = (size_t)(place - s.p);
	*out_head = str_slice(s, 0, i);
	*out_tail = str_slice(s, i + 1, s.n);
	return true;
}

bool str_line(str *rest, str *out_line)
{
	if (rest->n == 0)
		return false;
	str line = *rest;
	str behind = str_slice(*rest, rest->n, rest->n);
	str_cut(*rest, '\n', &line, &behind);
	if (line.n < rest->n && str_ends(line, S("\r")))
		line.n--;
	*rest = behind;
	*out_line = line;
	return true;
}

bool str_to_i64(str s, int64_t *out)
{
	bool negative = str_starts(s, S("-"));
	size_t i = negative ? 1 : 0;
	if (i == s.n)
		return false;
	/* Summed up below zero, where there is room for one more than above it. */
	int64_t sum = 0;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_sub_overflow(sum, s.p[i] - '0', &sum))
			return false;
	}
	if (!negative && sum == INT64_MIN)
		return false;
	*out = negative ? sum : -sum;
	return true;
}

str str_copy(struct arena *arena, str s)
{
	return str_join(arena, s, STR_EMPTY);
}

const char *str_z(struct arena *arena, str s)
{
	require(!str_has_byte(s, '\0'));
	char *z = arena_take(arena, 1, s.n + 1);
	if (s.n > 0)
		memcpy(z, s.p, s.n);
	return z;
}

str str_fmt(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str s = str_vfmt(arena, format, args);
	va_end(args);
	return s;
}

str str_vfmt(struct arena *arena, const char *format, va_list args)
{
	char brief[256]; /* nearly everything fits, and is written once */
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(brief, sizeof(brief), format, again);
	va_end(again);
	require(n >= 0);
	char *p = arena_take(arena, 1, (size_t)n + 1);
	if ((size_t)n < sizeof(brief))
		memcpy(p, brief, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, format, args);
	return (str){ p, (size_t)n };
}

str str_join(struct arena *arena, str a, str b)
{
	if (a.n + b.n == 0)
		return STR_EMPTY;
	char *p = arena_take(arena, 1, a.n + b.n);
	if (a.n > 0)
		memcpy(p, a.p, a.n);
	if (b.n > 0)
		memcpy(p + a.n, b.p, b.n);
	return (str){ p, a.n + b.n };
}

str str_int(struct arena *arena, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	return str_copy(arena, (str){ digits + at, sizeof(digits) - at });
}

struct buf buf_of(struct arena *arena, size_t max)
{
	return (struct buf){ .arena = arena, .max = max };
}

/* Makes room for n more bytes. False when that is beyond the maximum; nothing is added from then
 * on, so that what was built is a true beginning of what was meant. */
static bool make_room(struct buf *buf, size_t n)
{
	if (buf->too_long || n > buf->max - buf->n) {
		buf->too_long = true;
		return false;
	}
	if (n <= buf->cap - buf->n)
		return true;
	size_t cap = buf->cap < 128 ? 256 : buf->cap * 2;
	if (cap < buf->n + n)
		cap = buf->n + n;
	if (cap > buf->max)
		cap = buf->max;
	char *p = arena_take(buf->arena, 1, cap);
	if (buf->n > 0)
		memcpy(p, buf->p, buf->n);
	buf->p = p;
	buf->cap = cap;
	return true;
}

void buf_add(struct buf *buf, str s)
{
	if (s.n == 0 || !make_room(buf, s.n))
		return;
	memcpy(buf->p + buf->n, s.p, s.n);
	buf->n += s.n;
}

void buf_byte(struct buf *buf, char byte)
{
	if (make_room(buf, 1))
		buf->p[buf->n++] = byte;
}

void buf_fmt(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char brief[128];
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(brief, sizeof(brief), format, again);
	va_end(again);
	require(n >= 0);
	if ((size_t)n < sizeof(brief))
		buf_add(buf, (str){ brief, (size_t)n });
	else if ((size_t)n <= buf->max - buf->n)
		buf_add(buf, str_vfmt(buf->arena, format, args));
	else
		buf->too_long = true;
	va_end(args);
}

str buf_str(const struct buf *buf)
{
	return (str){ buf->p, buf->n };
}
