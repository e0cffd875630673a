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
			letter->width - paragraph->indent + letter->size);
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
		for (const struct item *item = letter.items; item != NULL; item = item->next) {
			if (item->kind == ITEM_PARAGRAPH)
				check_lines(&letter, item->paragraph);
		}
	}
	shape_free(&letter);
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
		buf_fmt(&buf, "%s%s", first ? "" : ",",
			kind == '#' ? "{\"type\":\"heading\",\"level\":2,\"spans\":[{\"text\":"
			: kind == '-'
				? "{\"type\":\"list\",\"ordered\":true,\"start\":9,\"items\":[[{\"type\":"
				  "\"paragraph\",\"spans\":[{\"text\":"
			: kind == '!'
				? "{\"block\":\"next\",\"type\":\"paragraph\",\"spans\":[{\"strong\":true,"
				  "\"text\":"
			: kind == '@'
				? "{\"block\":\"appeal\",\"type\":\"paragraph\",\"spans\":[{\"href\":"
				  "\"https://a.example/x\",\"text\":"
				: "{\"type\":\"paragraph\",\"spans\":[{\"text\":");
		w.comma = false;
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
