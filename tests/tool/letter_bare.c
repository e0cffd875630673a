/*
 * The least that a letter costs: the same words set by Pango and drawn by Cairo, page after page, and nothing
 * of what makes it a letter: no structure, no languages, no window, no finishing.
 *
 *	letter_bare FILE N [OUT.pdf]
 *
 * FILE has a paragraph a line; one that begins with '#' is a heading. Prints "letters CPU_SECONDS BYTES PAGES
 * KIB", the last the most memory it had. All letters but the first are counted.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/file.h"

#define MARGIN 57.0
#define WIDTH 482.0
#define BOTTOM 780.0

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

static PangoLayout *layout_of(PangoContext *context, str line)
{
	const bool heading = line.n > 0 && line.p[0] == '#';
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string(
		heading ? "Noto Sans Bold 15" : "Noto Sans 12.5");
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(WIDTH * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(layout, heading ? line.p + 1 : line.p, (int)line.n - heading);
	return layout;
}

static int draw(PangoFontMap *map, str text, struct buf *pdf)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, pdf, 595.276, 841.89);
	cairo_t *cr = cairo_create(surface);
	PangoContext *context = pango_font_map_create_context(map);
	double y = MARGIN;
	int pages = 1;
	str line;
	while (str_line(&text, &line)) {
		PangoLayout *layout = layout_of(context, line);
		int w, h;
		pango_layout_get_pixel_size(layout, &w, &h);
		if (y + h > BOTTOM) {
			cairo_show_page(cr);
			y = MARGIN;
			pages++;
		}
		cairo_move_to(cr, MARGIN, y);
		pango_cairo_show_layout(cr, layout);
		y += h + 7;
		g_object_unref(layout);
	}
	cairo_show_page(cr);
	g_object_unref(context);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	return pages;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_EMPTY, own = ARENA_EMPTY;
	int64_t n = 0;
	int pages = 0;
	str text;
	if (argc < 3 || !str_to_i64(str_of(argv[2]), &n) ||
	    file_read(&own, str_of(argv[1]), (size_t)1 << 20, &text) != OK)
		return 2;
	PangoFontMap *map = pango_cairo_font_map_new();
	pango_cairo_font_map_set_resolution((PangoCairoFontMap *)map, 72);
	double began = 0;
	struct buf pdf = { 0 };
	for (int64_t i = 0; i <= n; i++) {
		if (i == 1)
			began = cpu_seconds();
		arena_clear(&arena);
		pdf = buf_of(&arena, (size_t)4 << 20);
		pages = draw(map, text, &pdf);
	}
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	printf("%lld %.4f %zu %d %ld\n", (long long)n, cpu_seconds() - began, pdf.n, pages,
	       used.ru_maxrss);
	if (argc > 3 && file_write(str_of(argv[3]), buf_str(&pdf), 0644) != OK)
		return 1;
	g_object_unref(map);
	arena_free(&arena);
	arena_free(&own);
	return 0;
}
