/*
 * Any bytes as a request, and any text as the words of a letter: nothing crashes or hangs, what comes out is
 * a PDF of at most ten pages or a refusal, and no line leaves its column or its page.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "letter/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena, shelf;
static struct fonts *fonts;

static bool is_text(str text)
{
	if (!utf8_is(text))
		return false;
	for (size_t at = 0; at < text.n;) {
		if (utf8_is_control(utf8_next(text, &at)))
			return false;
	}
	return true;
}

static void check_answer(str request)
{
	struct letter_said said, again;
	size_t used = 0;
	letter_answer(&arena, fonts, request, &said);
	require(letter_said_take(&arena, said_write(&arena, &said), &again, &used) == LETTER_WHOLE);
	require(again.refused == said.refused && again.pages == said.pages);
	require(again.refused == LETTER_NONE || again.refused != LETTER_FAILED);
}

static void check_lines(const struct letter *letter, const struct paragraph *paragraph)
{
	for (int i = 0; i < paragraph->n_lines; i++) {
		PangoRectangle ink;
		PangoLayoutLine *line = pango_layout_get_line_readonly(paragraph->layout, i);
		pango_layout_line_get_extents(line, &ink, NULL);
		const double top = paragraph->pages[i] == 0 ? letter->sheet.body : letter->top;
		require(paragraph->pages[i] >= 0 && paragraph->pages[i] < letter->pages);
		require(paragraph->baselines[i] > top);
		require(paragraph->baselines[i] <= letter->bottom + paragraph->leading);
		/* A last space may hang out: it is not seen. */
		require((double)ink.width / PANGO_SCALE <=
			letter->width - paragraph->indent -
				(paragraph->row != NULL ? paragraph->margin : 0) + letter->size);
	}
}

/* A row is on one page, behind what is above it, with its head once more where it begins one. */
static void check_row(const struct letter *letter, const struct row *row, double *end)
{
	const double top = row->page == 0 ? letter->sheet.body : letter->top;
	const double from = row->again > 0 ? row->again : row->top;
	require(row->page >= 0 && row->page < letter->pages);
	require(from >= top && row->top + row->height <= letter->bottom);
	require(row->again <= 0 || row->again + row->head->height < row->top + 0.01);
	require(row->page * PAGE_HEIGHT + from > *end - 0.01);
	*end = row->page * PAGE_HEIGHT + row->top + row->height;
	for (size_t i = 0; i < row->n; i++) {
		for (int n = 0; n < row->cells[i]->n_lines; n++) {
			require(row->cells[i]->pages[n] == row->page);
			require(row->cells[i]->baselines[n] > row->top);
			require(row->cells[i]->baselines[n] <= row->top + row->height);
		}
	}
}

static void check_flow(str request)
{
	struct letter_ask ask;
	struct letter letter = { .arena = &arena, .fonts = fonts, .ask = &ask };
	const struct json *parts = NULL;
	str why;
	if (!ask_read(&arena, request, &ask, &parts, &why))
		return;
	letter_set_column(&letter);
	if (story_read(&letter, parts) && flow(&letter)) {
		double end = 0;
		for (const struct item *item = letter.items; item != NULL; item = item->next) {
			if (item->kind == ITEM_PARAGRAPH)
				check_lines(&letter, item->paragraph);
			if (item->kind == ITEM_ROW)
				check_row(&letter, item->row, &end);
		}
	}
	shape_free(&letter);
}

/* A table of as many columns as the line has bars: the line's cells in each of its rows, cell by cell one
 * further, so that each column gets all of them. */
static void put_table(struct json_writer *w, str line, bool boxed)
{
	static const char *const aligns[] = { "start", "centre", "end" };
	str cells[12];
	size_t n = 0;
	for (str rest = str_slice(line, 1, line.n); n < 12; n++) {
		cells[n] = rest;
		if (!str_cut(rest, '|', &cells[n], &rest)) {
			n++;
			break;
		}
	}
	json_open(w);
	json_add_text(w, "type", S("table"));
	if (boxed)
		json_add_text(w, "block", S("next"));
	json_key(w, "align");
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_text(w, str_of(aligns[(i + line.n) % 3]));
	json_close_list(w);
	json_key(w, "rows");
	json_open_list(w);
	for (size_t row = 0; row < 2 + line.n % 40; row++) {
		json_open_list(w);
		for (size_t i = 0; i < n; i++) {
			const str cell = cells[(i + row) % n];
			json_open(w);
			json_key(w, "spans");
			json_open_list(w);
			if (cell.n > 0) {
				json_open(w);
				json_add_text(w, "text", cell);
				if (str_starts(cell, S("@")))
					json_add_text(w, "href", S("https://a.example/x"));
				json_close(w);
			}
			json_close_list(w);
			json_close(w);
		}
		json_close_list(w);
	}
	json_close_list(w);
	json_close(w);
}

/* Lines of the text as passages: each by its first byte. */
static str tree_of(str text, bool right_to_left, str language)
{
	struct buf buf = buf_of(&arena, LETTER_REQUEST_MAX);
	struct json_writer w = { .buf = &buf };
	str line;
	buf_fmt(&buf, "[{\"language\":\"%.*s\",\"right_to_left\":%s,\"passages\":[",
		STR_ARG(language), right_to_left ? "true" : "false");
	for (bool first = true; str_line(&text, &line); first = false) {
		const char kind = line.n > 0 ? line.p[0] : 'p';
		buf_add(&buf, first ? S("") : S(","));
		w.comma = false;
		if (kind == '|' || kind == '~') {
			put_table(&w, line, kind == '~');
			continue;
		}
		buf_add(&buf,
			str_of(kind == '#'
				       ? "{\"type\":\"heading\",\"level\":2,\"spans\":[{\"text\":"
			       : kind == '-'
				       ? "{\"type\":\"list\",\"ordered\":true,\"start\":9,\"items\":[[{"
					 "\"type\":\"paragraph\",\"spans\":[{\"text\":"
			       : kind == '!'
				       ? "{\"block\":\"next\",\"type\":\"paragraph\",\"spans\":[{"
					 "\"strong\":true,\"text\":"
			       : kind == '@'
				       ? "{\"block\":\"appeal\",\"type\":\"paragraph\",\"spans\":[{"
					 "\"href\":\"https://a.example/x\",\"text\":"
				       : "{\"type\":\"paragraph\",\"spans\":[{\"text\":"));
		json_put_text(&w, line);
		buf_add(&buf, kind == '-' ? S("}]}]]}") : S("}]}"));
	}
	buf_add(&buf, S("]}]"));
	return buf_str(&buf);
}

static void try_as_words(const uint8_t *data, size_t size)
{
	static const int points[] = { 0, 16, 18, 20, 24, 28 };
	static const struct {
		str language;
		bool right_to_left;
	} ways[] = { { { "en", 2 }, false }, { { "ar", 2 }, true },       { { "ur", 2 }, true },
		     { { "bn", 2 }, false }, { { "zh-Hant", 7 }, false }, { { "pa", 2 }, false },
		     { { "ti", 2 }, false }, { { "x", 1 }, true } };
	const str text = { (const char *)data + 2, size - 2 };
	const str lines[] = { S("A B"), S("S1 1AA") };
	const size_t way = data[1] % 8;
	str frame;
	if (!is_text(text))
		return;
	const struct letter_ask ask = {
		.id = S("m1"),
		.profile = (data[0] & 1) != 0 ? LETTER_NOTIFY_C5 : LETTER_LOCAL_DL,
		.points = points[(data[0] >> 1) % 6],
		.title = S("T"),
		.day = { 20801 },
		.from_name = S("Sheffield City Council"),
		.to_lines = lines,
		.n_to_lines = 2,
		.parts = tree_of(text, ways[way].right_to_left, ways[way].language),
	};
	if (!letter_ask_write(&arena, &ask, &frame))
		return;
	const str request = str_slice(frame, LETTER_FRAME_HEAD, frame.n);
	check_flow(request);
	check_answer(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str why;
	if (fonts == NULL)
		fonts = fonts_open(&shelf, S(FONTS_FOLDER), &why);
	require(fonts != NULL);
	if (size > 2 && data[0] == '{')
		check_answer((str){ (const char *)data, size });
	else if (size > 2)
		try_as_words(data, size);
	arena_clear(&arena);
	return 0;
}
