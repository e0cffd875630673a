#include "base/arena.h"
#include "letter/inner.h"

/* Of a line's natural height: fonts that cover many scripts keep room for the tallest. */
#define LEADING 0.94

/* The first character that the fonts lack; it is there. */
static PangoGlyph missing_of(PangoLayout *layout)
{
	for (GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next) {
		const PangoLayoutLine *line = l->data;
		for (GSList *r = line->runs; r != NULL; r = r->next) {
			const PangoGlyphString *glyphs = ((PangoLayoutRun *)r->data)->glyphs;
			for (int i = 0; i < glyphs->num_glyphs; i++) {
				const PangoGlyph glyph = glyphs->glyphs[i].glyph;
				if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
					return glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
			}
		}
	}
	return 0;
}

bool shape_check(struct letter *letter, PangoLayout *layout)
{
	if (pango_layout_get_unknown_glyphs_count(layout) == 0)
		return true;
	return letter_refuse(letter, LETTER_MISSING_GLYPH,
			     str_fmt(letter->arena, "no font has the character U+%04X",
				     (unsigned)missing_of(layout)));
}

static void insert(PangoAttrList *list, PangoAttribute *attribute, const struct stretch *stretch)
{
	attribute->start_index = (guint)stretch->from;
	attribute->end_index = (guint)stretch->to;
	pango_attr_list_insert(list, attribute);
}

static void set_attributes(PangoLayout *layout, const struct paragraph *paragraph)
{
	PangoAttrList *list = pango_attr_list_copy(pango_layout_get_attributes(layout));
	for (const struct stretch *s = paragraph->stretches; s != NULL; s = s->next) {
		if (s->strong)
			insert(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), s);
		/* The colour is set when it is drawn; here it makes a link a run of its own. */
		if (s->href.n > 0)
			insert(list, pango_attr_foreground_new(0, 0, 0), s);
	}
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

/* All lines of a paragraph are equally far apart. */
static void measure(struct paragraph *paragraph)
{
	int above = 0, height = 0;
	for (GSList *l = pango_layout_get_lines_readonly(paragraph->layout); l != NULL;
	     l = l->next) {
		PangoRectangle logical;
		pango_layout_line_get_extents(l->data, NULL, &logical);
		above = MAX(above, -logical.y);
		height = MAX(height, logical.height);
	}
	const double natural = (double)height / PANGO_SCALE;
	paragraph->leading = natural * LEADING;
	paragraph->ascent = (double)above / PANGO_SCALE - natural * (1 - LEADING) / 2;
	paragraph->n_lines = pango_layout_get_line_count(paragraph->layout);
}

bool shape_paragraph(struct letter *letter, struct paragraph *paragraph)
{
	if (paragraph->layout != NULL)
		return true;
	PangoLayout *layout = fonts_layout(letter->fonts, &paragraph->type, paragraph->text);
	paragraph->layout = layout;
	set_attributes(layout, paragraph);
	const double width = letter->width - paragraph->indent - paragraph->margin;
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	if (!shape_check(letter, layout))
		return false;
	if (paragraph->label.n > 0) {
		paragraph->label_layout = fonts_layout(letter->fonts, &paragraph->type,
						       paragraph->label);
		if (!shape_check(letter, paragraph->label_layout))
			return false;
	}
	measure(paragraph);
	paragraph->pages = TAKE(letter->arena, int, (size_t)paragraph->n_lines);
	paragraph->baselines = TAKE(letter->arena, double, (size_t)paragraph->n_lines);
	return true;
}

void shape_free(struct letter *letter)
{
	for (struct item *item = letter->items; item != NULL; item = item->next) {
		if (item->kind != ITEM_PARAGRAPH)
			continue;
		g_clear_object(&item->paragraph->layout);
		g_clear_object(&item->paragraph->label_layout);
	}
}
