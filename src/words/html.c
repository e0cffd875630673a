#include "words/inner.h"

#include "base/arena.h"

/* One document that reads well without styles, in dark mode and at four times its size: real
 * headings, lists and links, no colours of our own, no width but a limit in letters. */

bool language_is_right_to_left(str language)
{
	static const char *const tags[] = { "ar", "ckb", "dv", "fa", "he", "prs",
					    "ps", "sd",  "ug", "ur", "yi" };
	str first = language, rest;
	str_cut(language, '-', &first, &rest);
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		if (str_eq(first, str_of(tags[i])))
			return true;
	}
	return false;
}

static void put(struct buf *buf, str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.n; i++) {
		const char *escape = NULL;
		switch (text.p[i]) {
		case '&':
			escape = "&amp;";
			break;
		case '<':
			escape = "&lt;";
			break;
		case '>':
			escape = "&gt;";
			break;
		case '"':
			escape = "&quot;";
			break;
		case '\'':
			escape = "&#39;";
			break;
		default:
			continue;
		}
		buf_add(buf, str_slice(text, from, i));
		buf_add(buf, str_of(escape));
		from = i + 1;
	}
	buf_add(buf, str_slice(text, from, text.n));
}

static void put_run(struct buf *buf, const struct run *run)
{
	if (run->line_end) {
		buf_add(buf, S("<br>\n"));
		return;
	}
	if (run->href.n > 0) {
		buf_add(buf, S("<a href=\""));
		put(buf, run->href);
		buf_add(buf, S("\">"));
	}
	if (run->strong)
		buf_add(buf, S("<strong>"));
	put(buf, run->text);
	if (run->strong)
		buf_add(buf, S("</strong>"));
	if (run->href.n > 0)
		buf_add(buf, S("</a>"));
}

static void put_runs(struct buf *buf, const struct run *runs)
{
	for (; runs != NULL; runs = runs->next)
		put_run(buf, runs);
}

static void put_passage(struct buf *buf, const struct passage *passage);

static void put_item(struct buf *buf, const struct passage *item, bool tight)
{
	buf_add(buf, S("<li style=\"margin:0 0 0.5em\">"));
	for (const struct passage *p = item->inside; p != NULL; p = p->next) {
		if (tight && p->kind == PASSAGE_PARAGRAPH)
			put_runs(buf, p->runs);
		else
			put_passage(buf, p);
	}
	buf_add(buf, S("</li>\n"));
}

/* On a narrow screen each cell is a line of its own behind the name of its column (put_style): the roles
 * keep it a table there. */
static void put_cell(struct buf *buf, const struct passage *cell, const struct passage *head)
{
	static const char *const sides[] = {
		[ALIGN_START] = "start", [ALIGN_CENTRE] = "center", [ALIGN_END] = "end"
	};
	const bool is_head = cell == head;
	buf_fmt(buf,
		"<%s style=\"padding:0.4em 0.6em;border-bottom:1px solid;"
		"vertical-align:top;text-align:%s\">",
		is_head ? "th scope=\"col\" role=\"columnheader\"" : "td role=\"cell\"",
		sides[cell->align]);
	if (!is_head && cell->runs != NULL) {
		buf_add(buf, S("<strong class=\"head\" style=\"display:none\">"));
		put_runs(buf, head->runs);
		buf_add(buf, S(": </strong>"));
	}
	put_runs(buf, cell->runs);
	buf_fmt(buf, "</%s>", is_head ? "th" : "td");
}

static void put_table(struct buf *buf, const struct passage *table)
{
	const struct passage *heads = table->inside;
	buf_add(buf,
		S("<table role=\"table\" style=\"border-collapse:collapse;margin:0 0 1em\">\n"));
	for (const struct passage *row = heads; row != NULL; row = row->next) {
		if (row == heads)
			buf_add(buf, S("<thead role=\"rowgroup\">\n"));
		buf_add(buf, S("<tr role=\"row\">"));
		/* No row has more cells than there are heads. */
		const struct passage *head = heads->inside;
		for (const struct passage *cell = row->inside; cell != NULL && head != NULL;
		     cell = cell->next, head = head->next)
			put_cell(buf, cell, head);
		buf_add(buf, S("</tr>\n"));
		if (row == heads)
			buf_add(buf, S("</thead>\n<tbody role=\"rowgroup\">\n"));
	}
	buf_add(buf, S("</tbody>\n</table>\n"));
}

/* A passage's depth is limited by who reads the Markdown. */
static void put_passage(struct buf *buf, const struct passage *passage)
{
	const char *list = passage->ordered ? "ol" : "ul";
	switch (passage->kind) {
	case PASSAGE_HEADING:
		buf_fmt(buf, "<h%d style=\"line-height:1.25;margin:1.25em 0 0.5em\">",
			passage->level);
		put_runs(buf, passage->runs);
		buf_fmt(buf, "</h%d>\n", passage->level);
		break;
	case PASSAGE_PARAGRAPH:
		buf_add(buf, S("<p style=\"margin:0 0 1em\">"));
		put_runs(buf, passage->runs);
		buf_add(buf, S("</p>\n"));
		break;
	case PASSAGE_LIST:
		if (passage->ordered && passage->start != 1)
			buf_fmt(buf, "<ol start=\"%d\">\n", passage->start);
		else
			buf_fmt(buf, "<%s>\n", list);
		for (const struct passage *p = passage->inside; p != NULL; p = p->next)
			put_item(buf, p, passage->tight);
		buf_fmt(buf, "</%s>\n", list);
		break;
	case PASSAGE_TABLE:
		put_table(buf, passage);
		break;
	case PASSAGE_ITEM:
	case PASSAGE_ROW:
	case PASSAGE_CELL:
	case PASSAGE_RULE:
		buf_add(buf, S("<hr>\n"));
		break;
	}
}

/* Somebody who asked for large print gets it in email too. */
static int font_size(enum format format)
{
	switch (format) {
	case FORMAT_LARGE_PRINT_16:
		return 16;
	case FORMAT_LARGE_PRINT_18:
		return 18;
	case FORMAT_LARGE_PRINT_20:
		return 20;
	case FORMAT_LARGE_PRINT_24:
		return 24;
	case FORMAT_LARGE_PRINT_28:
		return 28;
	case FORMAT_STANDARD:
	case FORMAT_EASY_READ:
	case FORMAT_PLAIN_TEXT:
	case FORMAT_AUDIO:
	case FORMAT_BRAILLE:
	case FORMAT_BSL:
	case FORMAT_COUNT:
		break;
	}
	return 14;
}

#define POINTS_TO_PIXELS 4 / 3
#define COLUMN_EM 9 /* what a column wants, of the size of the text */

static size_t most_columns(const struct passage *passages)
{
	size_t most = 0;
	for (; passages != NULL; passages = passages->next) {
		size_t n = 0;
		if (passages->kind != PASSAGE_TABLE)
			continue;
		for (const struct passage *cell = passages->inside->inside; cell != NULL;
		     cell = cell->next)
			n++;
		most = n > most ? n : most;
	}
	return most;
}

/* Where a table's columns would be too narrow, its cells stand one below the other. */
static void put_style(struct buf *buf, const struct page *page)
{
	const size_t columns = most_columns(page->passages);
	buf_add(buf, S("<style>:root{color-scheme:light dark}"));
	if (columns > 0)
		buf_fmt(buf,
			"@media(max-width:%zupx){thead{display:none}table,tbody,tr,td{display:block}"
			"td{text-align:start!important;border:0!important;padding:0!important}"
			"tr{border-bottom:1px solid;padding:0.4em 0}"
			".head{display:inline!important}}",
			columns * COLUMN_EM * (size_t)font_size(page->format) * POINTS_TO_PIXELS);
	buf_add(buf, S("</style>\n"));
}

str html_write(struct arena *arena, const struct page *page)
{
	struct buf buf = buf_of(arena, 4 * WORDING_BYTES_MAX);
	const char *dir = language_is_right_to_left(page->language) ? "rtl" : "ltr";
	buf_add(&buf, S("<!DOCTYPE html>\n<html lang=\""));
	put(&buf, page->language);
	buf_fmt(&buf, "\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", dir);
	buf_add(&buf, S("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			"<meta name=\"color-scheme\" content=\"light dark\">\n"
			"<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
			"<title>"));
	put(&buf, page->title);
	buf_add(&buf, S("</title>\n"));
	put_style(&buf, page);
	buf_add(&buf,
		S("</head>\n"
		  "<body style=\"margin:0\">\n"
		  /* Some readers drop html and body: language and direction are said again. */
		  "<div role=\"article\" lang=\""));
	put(&buf, page->language);
	buf_fmt(&buf,
		"\" dir=\"%s\" style=\"max-width:38em;margin:0 auto;padding:1em;"
		"font-family:Arial,Helvetica,sans-serif;font-size:%dpt;line-height:1.5;"
		"overflow-wrap:break-word\">\n<h1 style=\"font-size:1.75em;line-height:1.25;"
		"margin:0.5em 0 0.75em\">",
		dir, font_size(page->format));
	put(&buf, page->title);
	buf_add(&buf, S("</h1>\n"));
	for (const struct passage *passage = page->passages; passage != NULL;
	     passage = passage->next)
		put_passage(&buf, passage);
	buf_add(&buf, S("</div>\n</body>\n</html>\n"));
	return buf_str(&buf);
}
