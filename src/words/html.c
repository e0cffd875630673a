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
	case PASSAGE_ITEM:
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
	buf_add(&buf,
		S("</title>\n<style>:root{color-scheme:light dark}</style>\n</head>\n"
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
