#include "base/arena.h"
#include "letter/drawing.h"

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

/* None of them would be left out: only text that is made for it changes so often within a line. */
static bool has_runs_for(PangoLayout *layout)
{
	for (GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next) {
		if (g_slist_length(((PangoLayoutLine *)l->data)->runs) > RUNS_MAX)
			return false;
	}
	return true;
}

bool shape_check(struct letter *letter, PangoLayout *layout)
{
	if (!has_runs_for(layout))
		return letter_refuse(letter, LETTER_BAD_REQUEST,
				     S("a line changes its script or its weight too often"));
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

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What is kept on one line: no longer than any telephone number, nor than the line itself. */
#define KEPT_MAX 18
#define WIDEST 0.66 /* of digits and of what addresses begin with, of the size */

static void keep(PangoAttrList *list, size_t from, size_t to)
{
	const struct stretch kept = { .from = from, .to = to };
	insert(list, pango_attr_allow_breaks_new(FALSE), &kept);
}

/* A telephone number: digits with single spaces between them. */
static void keep_figures(PangoAttrList *list, str text, size_t most)
{
	for (size_t from = 0; from < text.n;) {
		size_t to = from;
		while (to < text.n && (is_digit(text.p[to]) ||
				       (to > from && text.p[to] == ' ' && to + 1 < text.n &&
					is_digit(text.p[to + 1]) && is_digit(text.p[to - 1]))))
			to++;
		if (to > from && to - from <= most)
			keep(list, from, to);
		from = to + 1;
	}
}

/* An address is broken behind its first words, not within "https://". */
static void keep_beginning(PangoAttrList *list, str text, const struct stretch *stretch,
			   size_t most)
{
	const size_t from = stretch->from +
			    str_find(str_slice(text, stretch->from, stretch->to), S("https://"));
	if (from < stretch->to && most > 0)
		keep(list, from, MIN(from + most, stretch->to));
}

/* most: characters that are kept on one line; 0: none are. */
static void set_attributes(PangoLayout *layout, const struct paragraph *paragraph,
			   PangoAttrList *plain, size_t most)
{
	PangoAttrList *list = pango_attr_list_copy(plain);
	keep_figures(list, paragraph->text, most);
	for (const struct stretch *s = paragraph->stretches; s != NULL; s = s->next) {
		if (s->strong)
			insert(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), s);
		/* The colour is set when it is drawn; here it makes a link a run of its own. */
		if (s->href.n > 0)
			insert(list, pango_attr_foreground_new(0, 0, 0), s);
		if (s->href.n > 0)
			keep_beginning(list, paragraph->text, s, most);
	}
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

static bool is_too_wide(PangoLayout *layout, const struct paragraph *paragraph, double width)
{
	for (GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next) {
		PangoRectangle ink;
		pango_layout_line_get_extents(l->data, &ink, NULL);
		if ((double)ink.width / PANGO_SCALE > width + paragraph->type.size / 4)
			return true;
	}
	return false;
}

/* What is kept together may hang on a word that is longer than a line, and stand out with it: then it is
 * broken like the rest. */
static void break_lines(PangoLayout *layout, const struct paragraph *paragraph, double width)
{
	const size_t most = MIN(KEPT_MAX, (size_t)(width / (WIDEST * paragraph->type.size)));
	PangoAttrList *plain = pango_attr_list_ref(pango_layout_get_attributes(layout));
	set_attributes(layout, paragraph, plain, most);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	if (is_too_wide(layout, paragraph, width))
		set_attributes(layout, paragraph, plain, 0);
	pango_attr_list_unref(plain);
}

/* Set anew, or found on the shelf. */
static PangoLayout *layout_of(struct letter *letter, const struct setting *setting,
			      const struct paragraph *paragraph)
{
	struct shelf *shelf = fonts_shelf(letter->fonts);
	const str key = shelf_key(letter->arena, setting);
	PangoLayout *layout = shelf_find(shelf, key);
	if (layout != NULL)
		return layout;
	layout = fonts_layout(letter->fonts, setting->type, setting->text);
	if (paragraph != NULL)
		break_lines(layout, paragraph, setting->width);
	else if (setting->width > 0)
		pango_layout_set_width(layout, (int)(setting->width * PANGO_SCALE));
	if (setting->spacing > 0)
		pango_layout_set_line_spacing(layout, (float)setting->spacing);
	shelf_keep(shelf, key, layout);
	return layout;
}

PangoLayout *shape_text(struct letter *letter, const struct type *type, str text, double width,
			double spacing)
{
	const struct setting setting = {
		.type = type, .text = text, .width = width, .spacing = spacing
	};
	return layout_of(letter, &setting, NULL);
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
	const struct setting setting = {
		.type = &paragraph->type,
		.text = paragraph->text,
		.width = letter->width - paragraph->indent - paragraph->margin,
		.is_paragraph = true,
		.stretches = paragraph->stretches,
	};
	paragraph->layout = layout_of(letter, &setting, paragraph);
	if (!shape_check(letter, paragraph->layout))
		return false;
	if (paragraph->label.n > 0) {
		struct type label = paragraph->type;
		label.language = "en";
		paragraph->label_layout = shape_text(letter, &label, paragraph->label, 0, 0);
		if (!shape_check(letter, paragraph->label_layout))
			return false;
	}
	measure(paragraph);
	paragraph->pages = TAKE(letter->arena, int, (size_t)paragraph->n_lines);
	paragraph->baselines = TAKE(letter->arena, double, (size_t)paragraph->n_lines);
	return true;
}

static double widest(PangoLayout *layout)
{
	PangoRectangle logical;
	pango_layout_get_extents(layout, NULL, &logical);
	return (double)logical.width / PANGO_SCALE;
}

void shape_measure(struct letter *letter, const struct paragraph *paragraph, double *out_natural,
		   double *out_least)
{
	PangoLayout *layout = fonts_layout(letter->fonts, &paragraph->type, paragraph->text);
	PangoAttrList *plain = pango_attr_list_ref(pango_layout_get_attributes(layout));
	set_attributes(layout, paragraph, plain, KEPT_MAX);
	pango_attr_list_unref(plain);
	*out_natural = widest(layout);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
	pango_layout_set_width(layout, 0);
	*out_least = widest(layout);
	g_object_unref(layout);
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
