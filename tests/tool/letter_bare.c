/*
 * The least that a letter costs: the same words in the same fonts, set by Pango and drawn by Cairo on as many
 * pages, and nothing of what makes it a letter: no structure, links, languages, window, colours, finishing.
 *
 *	letter_bare FILE N
 *
 * FILE has letters, which are made one after the other, and again from the first on; of each, a line with its
 * number of pages behind a form feed, then a paragraph a line: its size in points, a space, its text, in
 * which each byte 1 turns bold on or off. The lines are spread over the pages, wherever they would end.
 * Prints "letters CPU_SECONDS BYTES KIB": the bytes of all, and the most memory it had. One letter more is
 * made before the counted ones.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/file.h"

#define MARGIN 57.0
#define WIDTH 482.0
#define GAP 7.0
#define BOLD '\1'

static cairo_status_t keep(void *arg, const unsigned char *bytes, unsigned n)
{
	buf_add(arg, (str){ (const char *)bytes, n });
	return CAIRO_STATUS_SUCCESS;
}

static double cpu_seconds(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* A page has no pixels: lines as a letter has them, glyph beside glyph where they end. */
static PangoContext *context_of(PangoFontMap *map)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

static void make_bold(PangoAttrList *list, size_t from, size_t to)
{
	PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
	bold->start_index = (guint)from;
	bold->end_index = (guint)to;
	pango_attr_list_insert(list, bold);
}

static PangoLayout *layout_of(PangoContext *context, struct arena *arena, str line)
{
	str size = STR_EMPTY, words = STR_EMPTY;
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans");
	PangoAttrList *list = pango_attr_list_new();
	pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0"));
	struct buf text = buf_of(arena, line.n + 1);
	size_t bold_from = 0;
	bool bold = false;
	if (str_cut(line, ' ', &size, &words))
		pango_font_description_set_absolute_size(font, strtod(size.p, NULL) * PANGO_SCALE);
	for (size_t i = 0; i < words.n; i++) {
		if (words.p[i] != BOLD) {
			buf_byte(&text, words.p[i]);
			continue;
		}
		if (bold)
			make_bold(list, bold_from, text.n);
		bold_from = text.n;
		bold = !bold;
	}
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
	pango_layout_set_width(layout, (int)(WIDTH * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(layout, text.p, (int)text.n);
	return layout;
}

/* A letter of the file. */
struct words {
	str text;
	size_t lines, pages;
};

static void draw(PangoFontMap *map, struct arena *arena, const struct words *words, struct buf *pdf)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, pdf, 595.276, 841.89);
	cairo_t *cr = cairo_create(surface);
	PangoContext *context = context_of(map);
	str rest = words->text, line;
	double y = MARGIN;
	for (size_t i = 0, page = 0; i < words->lines && str_line(&rest, &line); i++) {
		PangoLayout *layout = layout_of(context, arena, line);
		int w, h;
		pango_layout_get_size(layout, &w, &h);
		if (i * words->pages / words->lines > page) {
			cairo_show_page(cr);
			y = MARGIN;
			page++;
		}
		cairo_move_to(cr, MARGIN, y);
		pango_cairo_show_layout(cr, layout);
		y += (double)h / PANGO_SCALE + GAP;
		g_object_unref(layout);
	}
	cairo_show_page(cr);
	g_object_unref(context);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
}

#define WORDS_MAX 1000

static size_t read_words(str text, struct words out[WORDS_MAX])
{
	size_t n = 0;
	str line;
	while (str_line(&text, &line)) {
		int64_t pages = 0;
		if (!str_starts(line, S("\f"))) {
			if (n > 0)
				out[n - 1].lines++;
			continue;
		}
		if (n == WORDS_MAX || !str_to_i64(str_slice(line, 1, line.n), &pages) || pages < 1)
			return 0;
		out[n++] = (struct words){ .text = text, .pages = (size_t)pages };
	}
	return n;
}

int main(int argc, char **argv)
{
	static struct words words[WORDS_MAX];
	struct arena arena = ARENA_EMPTY, own = ARENA_EMPTY;
	int64_t n = 0;
	str text;
	if (argc != 3 || !str_to_i64(str_of(argv[2]), &n) ||
	    file_read(&own, str_of(argv[1]), (size_t)16 << 20, &text) != OK)
		return 2;
	const size_t letters = read_words(text, words);
	if (letters == 0)
		return 2;
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	double began = 0;
	size_t bytes = 0;
	for (size_t i = 0; i <= (size_t)n; i++) {
		arena_clear(&arena);
		struct buf pdf = buf_of(&arena, (size_t)4 << 20);
		draw(map, &arena, &words[i % letters], &pdf);
		bytes += pdf.n;
		if (i == 0) {
			began = cpu_seconds();
			bytes = 0;
		}
	}
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	printf("%lld %.4f %zu %ld\n", (long long)n, cpu_seconds() - began, bytes, used.ru_maxrss);
	g_object_unref(map);
	arena_free(&arena);
	arena_free(&own);
	return 0;
}
