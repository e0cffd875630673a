#include "deliver/inner.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"

#define COLUMNS 72
#define LETTER_TEXT_MAX ((size_t)256 << 10)

/* A run of text is wrapped at spaces; every line begins with the indent, the first with the mark instead. */
struct wrap {
	struct buf *out;
	str mark, indent;
	size_t column;
	bool started;
};

static size_t columns_of(str s)
{
	size_t columns = 0;
	for (size_t at = 0; at < s.n; columns++)
		(void)utf8_next(s, &at);
	return columns;
}

static void begin_line(struct wrap *wrap)
{
	if (wrap->started)
		buf_byte(wrap->out, '\n');
	str head = wrap->started ? wrap->indent : wrap->mark;
	buf_add(wrap->out, head);
	wrap->column = columns_of(head);
	wrap->started = true;
}

static void add_word(struct wrap *wrap, str word)
{
	size_t columns = columns_of(word);
	bool fresh = !wrap->started || wrap->column == columns_of(wrap->indent);
	if (!wrap->started || (!fresh && wrap->column + 1 + columns > COLUMNS)) {
		begin_line(wrap);
		fresh = true;
	}
	if (!fresh) {
		buf_byte(wrap->out, ' ');
		wrap->column++;
	}
	buf_add(wrap->out, word);
	wrap->column += columns;
}

static void add_text(struct wrap *wrap, str text)
{
	str line, rest = text, word;
	bool first = true;
	while (str_cut(rest, '\n', &line, &rest) || (line = rest).n > 0) {
		if (!first)
			begin_line(wrap);
		first = false;
		bool last = line.p == rest.p;
		while (str_cut(line, ' ', &word, &line)) {
			if (word.n > 0)
				add_word(wrap, word);
		}
		if (line.n > 0)
			add_word(wrap, line);
		if (last)
			break;
	}
}

/* All spans of a passage as one text: styles are for the page, not for plain text. */
static str spans_text(struct arena *arena, const struct json *passage)
{
	const struct json *spans;
	size_t n = json_list(passage, "spans", &spans);
	struct buf buf = buf_of(arena, LETTER_TEXT_MAX);
	for (size_t i = 0; i < n; i++) {
		str text = json_text(&spans[i], "text");
		str href = json_text(&spans[i], "href");
		buf_add(&buf, text);
		if (str_starts(href, S("https:")) && !str_eq(href, text))
			buf_fmt(&buf, " (%.*s)", STR_ARG(href));
	}
	return buf_str(&buf);
}

static void put_wrapped(struct buf *out, str mark, str indent, str text)
{
	struct wrap wrap = { .out = out, .mark = mark, .indent = indent };
	add_text(&wrap, text);
	buf_byte(out, '\n');
}

static void put_list(struct arena *arena, struct buf *out, const struct json *list)
{
	const struct json *items;
	size_t n = json_list(list, "items", &items);
	bool ordered = json_bool(list, "ordered", false);
	long long number = json_int(list, "start", 1);
	for (size_t i = 0; i < n; i++, number++) {
		str mark = ordered ? str_fmt(arena, "%3lld. ", number) : S("  - ");
		str indent = ordered ? S("     ") : S("    ");
		for (size_t j = 0; items[i].type == JSON_LIST && j < items[i].list.n; j++)
			put_wrapped(out, j == 0 ? mark : indent, indent,
				    spans_text(arena, &items[i].list.items[j]));
	}
}

/* As in an email's plain text: each cell is a line behind the name of its column. */
static void put_table(struct arena *arena, struct buf *out, const struct json *table)
{
	const struct json *rows;
	size_t n = json_list(table, "rows", &rows);
	for (size_t i = 1; i < n; i++) {
		if (i > 1)
			buf_byte(out, '\n');
		for (size_t j = 0; rows[i].type == JSON_LIST && j < rows[i].list.n; j++) {
			const str cell = spans_text(arena, &rows[i].list.items[j]);
			if (cell.n == 0 || rows[0].type != JSON_LIST || j >= rows[0].list.n)
				continue;
			const str head = spans_text(arena, &rows[0].list.items[j]);
			put_wrapped(out, STR_EMPTY, S("  "),
				    str_fmt(arena, "%.*s: %.*s", STR_ARG(head), STR_ARG(cell)));
		}
	}
}

/* As in an email's plain text: two empty lines before it, and nothing under it. */
static void put_heading(struct arena *arena, struct buf *out, const struct json *heading)
{
	if (out->n > 0)
		buf_byte(out, '\n');
	put_wrapped(out, STR_EMPTY, STR_EMPTY, spans_text(arena, heading));
}

static void put_part(struct arena *arena, struct buf *out, const struct json *part)
{
	const struct json *passages;
	size_t n = json_list(part, "passages", &passages);
	for (size_t i = 0; i < n; i++) {
		const struct json *passage = &passages[i];
		str type = json_text(passage, "type");
		if (i > 0)
			buf_byte(out, '\n');
		if (str_eq(type, S("heading")))
			put_heading(arena, out, passage);
		else if (str_eq(type, S("list")))
			put_list(arena, out, passage);
		else if (str_eq(type, S("table")))
			put_table(arena, out, passage);
		else if (str_eq(type, S("rule")))
			buf_add(out, S("* * *\n"));
		else
			put_wrapped(out, STR_EMPTY, STR_EMPTY, spans_text(arena, passage));
	}
}

str letter_text(struct arena *arena, str tree)
{
	const struct json *parts = NULL;
	struct buf out = buf_of(arena, LETTER_TEXT_MAX);
	if (json_parse(arena, tree, 16, &parts, NULL) != JSON_FINE || parts->type != JSON_LIST)
		return STR_EMPTY;
	for (size_t i = 0; i < parts->list.n; i++) {
		if (i > 0)
			buf_add(&out, S("\n* * *\n"));
		put_part(arena, &out, &parts->list.items[i]);
	}
	return buf_str(&out);
}
