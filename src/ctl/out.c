#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "base/zone.h"
#include "ctl/inner.h"

void ctl_complain(const char *format, ...)
{
	va_list args;

	fputs("candourctl: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

bool out_flush(struct ctl *ctl)
{
	const bool whole = !ctl->out.too_long;
	const bool printed = ctl->out.n == 0 ||
			     (fwrite(ctl->out.p, 1, ctl->out.n, stdout) == ctl->out.n &&
			      fflush(stdout) == 0);

	ctl->out.n = 0;
	if (!whole || !printed)
		ctl_complain("the answer could not be printed whole");
	return whole && printed;
}

void *list_grow(struct arena *arena, void *list, size_t size, size_t n)
{
	/* Room is always for a power of two, so there is some unless n is one. */
	if (n != 0 && (n & (n - 1)) != 0)
		return list;
	void *more = arena_take(arena, size, n == 0 ? 1 : 2 * n);

	if (n > 0)
		memcpy(more, list, n * size);
	return more;
}

void out_document_end(struct ctl *ctl)
{
	buf_byte(&ctl->out, '\n');
	/* The next document begins anew. */
	ctl->w.comma = false;
}

/* --- text ---------------------------------------------------------------------------------------- */

static size_t columns_of(str text)
{
	size_t columns = 0;

	for (size_t i = 0; i < text.n; i++)
		columns += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	return columns;
}

/* A terminal does what control characters tell it: what comes from events is shown without them. */
static void add_clean(struct buf *out, str text)
{
	const bool is_text = utf8_is(text);

	for (size_t at = 0; at < text.n;) {
		if (!is_text) {
			const char byte = text.p[at++];

			buf_byte(out, (byte >= ' ' && byte <= '~') || byte == '\n' ? byte : '?');
			continue;
		}
		const uint32_t code_point = utf8_next(text, &at);

		utf8_put(out, utf8_is_control(code_point) ? '?' : code_point);
	}
}

str text_clean(struct arena *arena, str text)
{
	/* A mark for what it may not hold takes no more bytes than that did. */
	struct buf buf = buf_of(arena, text.n);

	add_clean(&buf, text);
	return buf_str(&buf);
}

void text_wrap(struct buf *out, str head, str text)
{
	const size_t indent = columns_of(head);
	size_t column = indent;
	bool fresh = true;

	buf_add(out, head);
	while (text.n > 0) {
		str word;

		if (!str_cut(text, ' ', &word, &text)) {
			word = text;
			text = STR_EMPTY;
		}
		if (!fresh && column + 1 + columns_of(word) > OUT_COLUMNS) {
			buf_fmt(out, "\n%*s", (int)indent, "");
			column = indent;
			fresh = true;
		}
		if (!fresh) {
			buf_byte(out, ' ');
			column++;
		}
		add_clean(out, word);
		column += columns_of(word);
		fresh = false;
	}
	buf_byte(out, '\n');
}

void out_wrap(struct ctl *ctl, str head, str text)
{
	text_wrap(&ctl->out, head, text);
}

void out_title(struct ctl *ctl, const char *title)
{
	buf_fmt(&ctl->out, "\n%s\n", title);
}

str out_time(const struct ctl *ctl, struct arena *arena, instant at)
{
	if (instant_is_never(at))
		return STR_EMPTY;
	if (ctl->zone == NULL) {
		const str z = instant_print(arena, at);

		return str_fmt(arena, "%.*s %.*sZ", STR_ARG(str_slice(z, 0, 10)),
			       STR_ARG(str_slice(z, 11, 16)));
	}
	const struct local local = zone_local(ctl->zone, at);

	return str_fmt(arena, "%.*s %02d:%02d", STR_ARG(date_print(arena, local.day)),
		       local.second_of_day / 3600, local.second_of_day / 60 % 60);
}

void out_refused(struct ctl *ctl, str head, const struct refused *refused)
{
	struct arena arena = ARENA_EMPTY;
	const str code = refusal_name(refused->code);
	const bool field = refused->field.n > 0;

	out_wrap(ctl, head,
		 str_fmt(&arena, "%.*s%s%.*s%s: %.*s", STR_ARG(code), field ? " (" : "",
			 STR_ARG(refused->field), field ? ")" : "", STR_ARG(refused->message)));
	arena_free(&arena);
}

str out_list(struct arena *arena, const str *items, size_t n)
{
	struct buf buf = buf_of(arena, (size_t)64 << 10);

	for (size_t i = 0; i < n; i++) {
		buf_add(&buf, i > 0 ? S(", ") : STR_EMPTY);
		buf_add(&buf, items[i]);
	}
	return buf_str(&buf);
}

/* --- JSON ---------------------------------------------------------------------------------------- */

void out_add_instant(struct ctl *ctl, const char *key, instant at)
{
	struct arena arena = ARENA_EMPTY;

	json_add_text(&ctl->w, key, instant_is_never(at) ? STR_EMPTY : instant_print(&arena, at));
	arena_free(&arena);
}

void out_add_date(struct ctl *ctl, const char *key, date day)
{
	struct arena arena = ARENA_EMPTY;

	json_add_text(&ctl->w, key, date_print(&arena, day));
	arena_free(&arena);
}

void out_add_refused(struct ctl *ctl, const struct refused *refused)
{
	json_add_text(&ctl->w, "code", refusal_name(refused->code));
	json_add_text(&ctl->w, "field", refused->field);
	json_add_text(&ctl->w, "message", refused->message);
}

void out_add_list(struct ctl *ctl, const char *key, const str *items, size_t n)
{
	json_key(&ctl->w, key);
	json_open_list(&ctl->w);
	for (size_t i = 0; i < n; i++)
		json_put_text(&ctl->w, items[i]);
	json_close_list(&ctl->w);
}
