/* Text onto the page: lines and their runs, in the order in which they are read. */
#include "letter/drawing.h"

#include "base/arena.h"

/* The runs of a line from left to right, put into the order of the text. */
size_t text_runs(PangoLayoutLine *line, struct placed out[RUNS_MAX])
{
	size_t n = 0;
	int x = 0;
	for (GSList *l = line->runs; l != NULL && n < RUNS_MAX; l = l->next) {
		PangoLayoutRun *run = l->data;
		size_t at = n++;
		/* Most are in their place at once. */
		for (; at > 0 && out[at - 1].run->item->offset > run->item->offset; at--)
			out[at] = out[at - 1];
		out[at] = (struct placed){ run, (double)x / PANGO_SCALE };
		x += pango_glyph_string_get_width(run->glyphs);
	}
	return n;
}

/* A run as Cairo wants it: where each glyph is, and which bytes of the text each cluster stands for. */
struct glyphs {
	cairo_glyph_t *glyphs;
	int n;
	cairo_text_cluster_t *clusters;
	int n_clusters;
	bool backward;
};

static void place_glyphs(struct glyphs *out, const PangoGlyphString *string, double x, double y)
{
	for (int i = 0; i < string->num_glyphs; i++) {
		const PangoGlyphInfo *info = &string->glyphs[i];
		if (info->glyph != PANGO_GLYPH_EMPTY)
			out->glyphs[out->n++] = (cairo_glyph_t){
				info->glyph,
				x + (double)info->geometry.x_offset / PANGO_SCALE,
				y + (double)info->geometry.y_offset / PANGO_SCALE,
			};
		x += (double)info->geometry.width / PANGO_SCALE;
	}
}

/* Clusters in the order of the text; the glyphs of a run from right to left are in the other one. */
static void find_clusters(struct glyphs *out, const PangoGlyphString *string, int length,
			  bool backward)
{
	const int n = string->num_glyphs;
	int before = -1;
	for (int k = 0; k < n; k++) {
		const int i = backward ? n - 1 - k : k;
		const int at = string->log_clusters[i];
		if (at != before) {
			if (out->n_clusters > 0)
				out->clusters[out->n_clusters - 1].num_bytes = at - before;
			out->clusters[out->n_clusters++] = (cairo_text_cluster_t){ length - at, 0 };
			before = at;
		}
		if (string->glyphs[i].glyph != PANGO_GLYPH_EMPTY)
			out->clusters[out->n_clusters - 1].num_glyphs++;
	}
}

static struct glyphs glyphs_of(struct arena *arena, const PangoLayoutRun *run, double x, double y)
{
	const size_t most = (size_t)run->glyphs->num_glyphs;
	struct glyphs out = { .glyphs = TAKE(arena, cairo_glyph_t, most + 1),
			      .clusters = TAKE(arena, cairo_text_cluster_t, most + 1),
			      .backward = run->item->analysis.level % 2 != 0 };
	place_glyphs(&out, run->glyphs, x, y);
	find_clusters(&out, run->glyphs, run->item->length, out.backward);
	return out;
}

static void show_with(struct drawing *drawing, const char *text, const PangoLayoutRun *run,
		      cairo_font_face_t *face, double x, double y)
{
	struct glyphs out = glyphs_of(drawing->letter->arena, run, x, y);
	cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font(
		(PangoCairoFont *)run->item->analysis.font);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_matrix_t matrix;
	cairo_scaled_font_get_font_matrix(scaled, &matrix);
	cairo_scaled_font_get_font_options(scaled, options);
	cairo_save(drawing->cr);
	cairo_set_font_face(drawing->cr, face);
	cairo_set_font_matrix(drawing->cr, &matrix);
	cairo_set_font_options(drawing->cr, options);
	cairo_show_text_glyphs(drawing->cr, text + run->item->offset, run->item->length, out.glyphs,
			       out.n, out.clusters, out.n_clusters,
			       out.backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
	cairo_restore(drawing->cr);
	cairo_font_options_destroy(options);
}

void text_show_run(struct drawing *drawing, const char *text, const struct placed *placed, double x,
		   double y)
{
	PangoLayoutRun *run = placed->run;
	cairo_font_face_t *face = fonts_own_face(drawing->letter->fonts, run->item->analysis.font);
	if (face != NULL) {
		show_with(drawing, text, run, face, x + placed->x, y);
		return;
	}
	cairo_move_to(drawing->cr, x + placed->x, y);
	pango_cairo_show_glyph_item(drawing->cr, text, run);
}

void text_show_line(struct drawing *drawing, PangoLayoutLine *line, double x, double y)
{
	struct placed runs[RUNS_MAX];
	const size_t n = text_runs(line, runs);
	for (size_t i = 0; i < n; i++)
		text_show_run(drawing, pango_layout_get_text(line->layout), &runs[i], x, y);
}

void text_show(struct drawing *drawing, PangoLayout *layout, double x, double y)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	do {
		const double baseline = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE;
		text_show_line(drawing, pango_layout_iter_get_line_readonly(iter), x, y + baseline);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}
