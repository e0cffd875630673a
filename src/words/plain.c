#include "words/inner.h"

#include "base/arena.h"
#include "base/utf8.h"

#define COLUMNS 72

/* Where a passage stands: what is put before its first line, and before all others. */
struct margin {
	str first, rest;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_columns(str text)
{
	size_t n = 0;
	for (size_t at = 0; at < text.n; n++)
		utf8_next(text, &at);
	return n;
}

static bool says_address(str text, str href)
{
	str bare = href;
	if (str_starts(href, S("mailto:")))
		bare = str_slice(href, 7, href.n);
	if (str_eq(text, bare))
		return true;
	if (!str_starts(href, S("tel:")))
		return false;
	/* "0114 496 0000" and tel:01144960000 say the same. */
	size_t at = 4;
	for (size_t i = 0; i < text.n; i++) {
		if (strchr(" ()-", text.p[i]) != NULL)
			continue;
		if (at == href.n || href.p[at++] != text.p[i])
			return false;
	}
	return at == href.n;
}

/* The runs as one text; a link's address stands behind it. */
static str flatten(struct arena *arena, const struct run *runs)
{
	struct buf buf = buf_of(arena, 2 * WORDING_BYTES_MAX);
	for (const struct run *run = runs; run != NULL; run = run->next) {
		if (run->line_end) {
			buf_byte(&buf, '\n');
			continue;
		}
		buf_add(&buf, run->text);
		bool same_link = run->next != NULL && str_eq(run->next->href, run->href);
		if (run->href.n == 0 || same_link || says_address(run->text, run->href))
			continue;
		str href = run->href;
		if (str_starts(href, S("mailto:")))
			href = str_slice(href, 7, href.n);
		if (str_starts(href, S("tel:")))
			href = str_slice(href, 4, href.n);
		buf_fmt(&buf, ": %.*s", STR_ARG(href));
	}
	return buf_str(&buf);
}

/* The next word; groups of digits stay together, so that a telephone number is read as one. */
static size_t end_of_word(str line)
{
	size_t end = str_find(line, S(" "));
	while (end > 0 && end + 1 < line.n && is_digit(line.p[end - 1]) &&
	       is_digit(line.p[end + 1]))
		end += 1 + str_find(str_slice(line, end + 1, line.n), S(" "));
	return end;
}

/* Breaks at spaces only: an address or a number stays whole, however long. */
static void put_wrapped(struct buf *buf, str text, struct margin margin)
{
	str line, before = margin.first;
	while (str_line(&text, &line)) {
		size_t column = 0;
		bool empty = true;
		while ((line = str_trim(line)).n > 0) {
			size_t end = end_of_word(line);
			str word = str_slice(line, 0, end);
			size_t width = count_columns(word);
			line = str_slice(line, end, line.n);
			if (!empty && column + 1 + width > COLUMNS) {
				buf_byte(buf, '\n');
				empty = true;
			}
			if (empty) {
				buf_add(buf, before);
				column = count_columns(before);
				before = margin.rest;
			} else {
				buf_byte(buf, ' ');
				column++;
			}
			buf_add(buf, word);
			column += width;
			empty = false;
		}
		buf_byte(buf, '\n');
	}
}

/* Nothing but its words: a screen reader would read a line of signs under it one by one. Two empty
 * lines before it tell the eye. */
static void put_heading(struct buf *buf, str text)
{
	if (buf->n > 0)
		buf_byte(buf, '\n');
	put_wrapped(buf, text, (struct margin){ .first = STR_EMPTY });
}

static void put_passages(struct arena *arena, struct buf *buf, const struct passage *passages,
			 struct margin margin);

static void put_list(struct arena *arena, struct buf *buf, const struct passage *list, str indent)
{
	int number = list->start;
	for (const struct passage *item = list->inside; item != NULL; item = item->next) {
		str mark = list->ordered ? str_fmt(arena, "%d. ", number++) : S("- ");
		struct margin margin = {
			.first = str_join(arena, indent, mark),
			.rest = str_fmt(arena, "%.*s%*s", STR_ARG(indent), (int)mark.n, ""),
		};
		put_passages(arena, buf, item->inside, margin);
	}
}

/* Each cell is a line behind the name of its column: columns of signs are only columns where all letters
 * are equally wide, and a voice would lose them. */
static void put_table(struct arena *arena, struct buf *buf, const struct passage *table)
{
	const struct passage *heads = table->inside;
	for (const struct passage *row = heads->next; row != NULL; row = row->next) {
		const struct passage *head = heads->inside;
		if (row != heads->next)
			buf_byte(buf, '\n');
		for (const struct passage *cell = row->inside; cell != NULL; cell = cell->next) {
			const str name = flatten(arena, head->runs);
			head = head->next;
			if (cell->runs == NULL)
				continue;
			const struct margin margin = { .rest = S("  ") };
			put_wrapped(buf,
				    str_fmt(arena, "%.*s: %.*s", STR_ARG(name),
					    STR_ARG(flatten(arena, cell->runs))),
				    margin);
		}
	}
}

static void put_passages(struct arena *arena, struct buf *buf, const struct passage *passages,
			 struct margin margin)
{
	for (const struct passage *passage = passages; passage != NULL; passage = passage->next) {
		bool nested = margin.rest.n > 0;
		if (passage != passages && (!nested || passage->kind != PASSAGE_LIST))
			buf_byte(buf, '\n');
		switch (passage->kind) {
		case PASSAGE_HEADING:
			put_heading(buf, flatten(arena, passage->runs));
			break;
		case PASSAGE_PARAGRAPH:
			put_wrapped(buf, flatten(arena, passage->runs), margin);
			break;
		case PASSAGE_LIST:
			put_list(arena, buf, passage, margin.rest);
			break;
		case PASSAGE_RULE:
			buf_add(buf, S("----------\n"));
			break;
		case PASSAGE_TABLE:
			put_table(arena, buf, passage);
			break;
		case PASSAGE_ITEM:
		case PASSAGE_ROW:
		case PASSAGE_CELL:
			break;
		}
		margin.first = margin.rest;
	}
}

str plain_write(struct arena *arena, const struct page *page)
{
	struct buf buf = buf_of(arena, 4 * WORDING_BYTES_MAX);
	put_heading(&buf, page->title);
	buf_byte(&buf, '\n');
	put_passages(arena, &buf, page->passages, (struct margin){ .first = STR_EMPTY });
	return buf_str(&buf);
}
