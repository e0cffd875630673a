/*
 * Pages, drawn in reading order, each element of the structure around what it holds. Only an element
 * without elements inside may hold text (Cairo 1.16), and only on one page: so a paragraph with a link,
 * or one that goes on to the next page, has its text in Spans.
 */
#include <cairo-pdf.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "letter/drawing.h"

#define OUTLINE_FROM_PAGES 3
#define PDF_DRAWN_MAX (2 * LETTER_PDF_MAX)

/* ---- elements --------------------------------------------------------------------------------------- */

struct element *tag_begin(struct drawing *drawing, const char *tag, const char *attributes)
{
	struct element *element = TAKE(drawing->letter->arena, struct element, 1);
	element->tag = tag;
	*drawing->elements_end = element;
	drawing->elements_end = &element->next;
	cairo_tag_begin(drawing->cr, tag, attributes);
	return element;
}

void tag_end(struct drawing *drawing, const char *tag)
{
	cairo_tag_end(drawing->cr, tag);
}

static bool is_invisible(uint32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
	       c == 0x200F;
}

/* Text for readers: without the characters that only set it apart. */
static str plain_text(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, text.n + 1);
	for (size_t at = 0; at < text.n;) {
		const size_t from = at;
		const uint32_t c = utf8_next(text, &at);
		if (c == '\n')
			buf_byte(&buf, ' ');
		else if (!is_invisible(c))
			buf_add(&buf, str_slice(text, from, at));
	}
	return buf_str(&buf);
}

/* True for text whose glyphs do not tell its characters in their order: scripts that join, stack or run
 * from right to left. Only there an actual text is worth its bytes. */
static bool needs_actual(str text)
{
	for (size_t at = 0; at < text.n;) {
		const uint32_t c = utf8_next(text, &at);
		if ((c >= 0x0590 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
		    (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC))
			return true;
	}
	return false;
}

str text_actual(struct arena *arena, str text)
{
	return needs_actual(text) ? plain_text(arena, text) : STR_EMPTY;
}

/* ---- pages ------------------------------------------------------------------------------------------ */

static void draw_frames(struct drawing *drawing)
{
	const struct letter *letter = drawing->letter;
	for (const struct frame *frame = letter->frames; frame != NULL; frame = frame->next) {
		if (frame->page != drawing->page)
			continue;
		cairo_set_line_width(drawing->cr, 1.25);
		cairo_rectangle(drawing->cr, letter->left, frame->top, letter->width,
				frame->bottom - frame->top);
		cairo_stroke(drawing->cr);
	}
}

/* Lines at the foot, at the side where those of the page's language begin or end. */
static bool draw_foot_text(struct drawing *drawing, PangoLayout *layout, bool at_end)
{
	const struct letter *letter = drawing->letter;
	const bool right = at_end != drawing->part->right_to_left;
	double y = PAGE_HEIGHT - 13 * MM;
	for (int i = 0; i < pango_layout_get_line_count(layout); i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
		PangoRectangle logical;
		pango_layout_line_get_extents(line, NULL, &logical);
		const double free = letter->width - (double)logical.width / PANGO_SCALE;
		text_show_line(drawing, line, letter->left + (right ? free : 0), y);
		y += (double)logical.height / PANGO_SCALE;
	}
	return shape_check(drawing->letter, layout);
}

/* Beside the page's number; a long one takes a second line. From no shelf: it is one family's. */
static bool draw_foot_reference(struct drawing *drawing, double width)
{
	struct letter *letter = drawing->letter;
	const struct type type = { .language = "en", .size = letter->size };
	PangoLayout *layout = fonts_layout(letter->fonts, &type, letter->ask->reference);
	pango_layout_set_wrap(layout, PANGO_WRAP_CHAR);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	const bool fine = pango_layout_get_line_count(layout) <= 2
				  ? draw_foot_text(drawing, layout, false)
				  : letter_refuse(
					    letter, LETTER_BAD_REQUEST,
					    S("reference is longer than two lines of a foot"));
	g_object_unref(layout);
	return fine;
}

/* The foot: page numbers as large as the text, and what the letter is about, should its sheets part. */
static bool draw_foot(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	const struct language *language = language_for(drawing->part, LANGUAGE_PAGE);
	const struct type type = { .language = str_z(letter->arena, language->tag),
				   .size = letter->size,
				   .right_to_left = language->right_to_left };
	PangoLayout *number = shape_text(
		letter, &type,
		language_page(letter->arena, language, drawing->page + 1, letter->pages), 0, 0);
	int w, h;
	pango_layout_get_size(number, &w, &h);
	bool fine = draw_foot_text(drawing, number, true);
	g_object_unref(number);
	if (letter->ask->reference.n > 0 && !letter_is_large(letter))
		fine = draw_foot_reference(drawing, letter->width - (double)w / PANGO_SCALE -
							    2 * letter->size) &&
		       fine;
	return fine;
}

static void begin_page(struct drawing *drawing)
{
	cairo_set_source_rgb(drawing->cr, 0, 0, 0);
	draw_frames(drawing);
}

static bool end_page(struct drawing *drawing)
{
	const bool fine = draw_foot(drawing);
	cairo_show_page(drawing->cr);
	drawing->page++;
	return fine;
}

static bool turn_to(struct drawing *drawing, int page)
{
	bool fine = true;
	while (drawing->page < page) {
		fine = end_page(drawing) && fine;
		begin_page(drawing);
	}
	return fine;
}

/* ---- lines ------------------------------------------------------------------------------------------ */

static double line_x(const struct letter *letter, const struct paragraph *paragraph,
		     PangoLayoutLine *line)
{
	PangoRectangle logical;
	if (!paragraph->type.right_to_left && paragraph->align == ALIGN_START)
		return letter->left + paragraph->indent;
	pango_layout_line_get_extents(line, NULL, &logical);
	const double width = (double)logical.width / PANGO_SCALE;
	const double free = letter->width - paragraph->indent - paragraph->margin - width;
	const double from = paragraph->indent + (paragraph->align == ALIGN_START    ? 0
						 : paragraph->align == ALIGN_CENTRE ? free / 2
										    : free);
	return paragraph->type.right_to_left ? letter->left + letter->width - from - width
					     : letter->left + from;
}

static str href_at(const struct paragraph *paragraph, size_t at)
{
	for (const struct stretch *s = paragraph->stretches; s != NULL; s = s->next) {
		if (s->href.n > 0 && at >= s->from && at < s->to)
			return s->href;
	}
	return STR_EMPTY;
}

/* Cairo 1.16 puts an address into the PDF as it is: what would end it there is written as %XX. */
static const char *link_attributes(struct arena *arena, str href)
{
	struct buf buf = buf_of(arena, 3 * href.n + 16);
	buf_add(&buf, S("uri='"));
	for (size_t i = 0; i < href.n; i++) {
		const unsigned char c = (unsigned char)href.p[i];
		if (c <= ' ' || c >= 0x7F || c == '(' || c == ')' || c == '\\' || c == '\'')
			buf_fmt(&buf, "%%%02X", (unsigned)c);
		else
			buf_byte(&buf, (char)c);
	}
	buf_byte(&buf, '\'');
	return str_z(arena, buf_str(&buf));
}

/* ---- paragraphs ------------------------------------------------------------------------------------- */

/* A part of a paragraph that is on one page and in one link, or in none. */
struct piece {
	const char *tag; /* NULL: none is open */
	struct element *element;
	str href;
	size_t from, to; /* of the text */
};

static void end_piece(struct drawing *drawing, const struct paragraph *paragraph,
		      struct piece *piece)
{
	if (piece->tag == NULL)
		return;
	struct arena *arena = drawing->letter->arena;
	piece->element->actual = text_actual(arena,
					     str_slice(paragraph->text, piece->from, piece->to));
	tag_end(drawing, piece->tag);
	cairo_set_source_rgb(drawing->cr, 0, 0, 0);
	piece->tag = NULL;
}

static void begin_piece(struct drawing *drawing, struct piece *piece, str href, size_t from)
{
	struct arena *arena = drawing->letter->arena;
	*piece = (struct piece){
		.tag = href.n > 0 ? "Link" : "Span", .href = href, .from = from, .to = from
	};
	piece->element = tag_begin(drawing, piece->tag,
				   href.n > 0 ? link_attributes(arena, href) : NULL);
	if (href.n > 0)
		cairo_set_source_rgb(drawing->cr, 0.04, 0.12, 0.42);
}

static void draw_line(struct drawing *drawing, const struct paragraph *paragraph, int i)
{
	PangoLayoutLine *line = pango_layout_get_line_readonly(paragraph->layout, i);
	text_show_line(drawing, line, line_x(drawing->letter, paragraph, line),
		       paragraph->baselines[i]);
}

static void draw_whole(struct drawing *drawing, const struct paragraph *paragraph)
{
	struct element *element = tag_begin(drawing, paragraph->tag, NULL);
	element->actual = text_actual(drawing->letter->arena, paragraph->text);
	for (int i = 0; i < paragraph->n_lines; i++)
		draw_line(drawing, paragraph, i);
	tag_end(drawing, paragraph->tag);
}

static bool draw_line_in_pieces(struct drawing *drawing, const struct paragraph *paragraph, int i,
				struct piece *piece)
{
	PangoLayoutLine *line = pango_layout_get_line_readonly(paragraph->layout, i);
	struct placed runs[RUNS_MAX];
	const size_t n = text_runs(line, runs);
	const double x = line_x(drawing->letter, paragraph, line);
	bool fine = true;
	if (paragraph->pages[i] > drawing->page) {
		end_piece(drawing, paragraph, piece);
		fine = turn_to(drawing, paragraph->pages[i]);
	}
	for (size_t r = 0; r < n; r++) {
		const PangoItem *item = runs[r].run->item;
		const str href = href_at(paragraph, (size_t)item->offset);
		if (piece->tag == NULL || !str_eq(piece->href, href)) {
			end_piece(drawing, paragraph, piece);
			begin_piece(drawing, piece, href, (size_t)item->offset);
		}
		piece->to = (size_t)item->offset + (size_t)item->length;
		text_show_run(drawing, paragraph->text.p, &runs[r], x, paragraph->baselines[i]);
	}
	return fine;
}

static bool draw_in_pieces(struct drawing *drawing, const struct paragraph *paragraph)
{
	struct piece piece = { .tag = NULL };
	bool fine = true;
	tag_begin(drawing, paragraph->tag, NULL);
	for (int i = 0; fine && i < paragraph->n_lines; i++)
		fine = draw_line_in_pieces(drawing, paragraph, i, &piece);
	end_piece(drawing, paragraph, &piece);
	tag_end(drawing, paragraph->tag);
	return fine;
}

static void add_bookmark(struct drawing *drawing, const struct paragraph *paragraph)
{
	struct letter *letter = drawing->letter;
	if (paragraph->level < 1 || paragraph->level > 2 || letter->pages < OUTLINE_FROM_PAGES)
		return;
	const bool under = paragraph->level > 1;
	const str where = str_fmt(letter->arena, "page=%d pos=[%.2f %.2f]", paragraph->pages[0] + 1,
				  letter->left, paragraph->baselines[0] - paragraph->ascent);
	const int id = cairo_pdf_surface_add_outline(
		drawing->surface, under ? drawing->outline : CAIRO_PDF_OUTLINE_ROOT,
		str_z(letter->arena, plain_text(letter->arena, paragraph->text)),
		str_z(letter->arena, where), under ? 0 : CAIRO_PDF_OUTLINE_FLAG_OPEN);
	if (!under)
		drawing->outline = id;
}

static bool draw_paragraph(struct drawing *drawing, const struct paragraph *paragraph)
{
	const bool fine = turn_to(drawing, paragraph->pages[0]);
	bool whole = paragraph->pages[paragraph->n_lines - 1] == drawing->page;
	for (const struct stretch *s = paragraph->stretches; s != NULL; s = s->next)
		whole = whole && s->href.n == 0;
	add_bookmark(drawing, paragraph);
	if (!whole)
		return draw_in_pieces(drawing, paragraph) && fine;
	draw_whole(drawing, paragraph);
	return fine;
}

static bool draw_label(struct drawing *drawing, const struct paragraph *paragraph)
{
	const struct letter *letter = drawing->letter;
	const bool fine = turn_to(drawing, paragraph->pages[0]);
	const double from = paragraph->indent - paragraph->hang;
	PangoLayoutLine *line = pango_layout_get_line_readonly(paragraph->label_layout, 0);
	PangoRectangle logical;
	pango_layout_line_get_extents(line, NULL, &logical);
	const double x = paragraph->type.right_to_left ? letter->left + letter->width - from -
								 (double)logical.width / PANGO_SCALE
						       : letter->left + from;
	tag_begin(drawing, "Lbl", NULL);
	text_show_line(drawing, line, x, paragraph->baselines[0]);
	tag_end(drawing, "Lbl");
	return fine;
}

/* ---- tables ----------------------------------------------------------------------------------------- */

#define HEAD_LINE 1.25
#define ROW_LINE 0.5

/* Below a row that begins at `top`. */
static void draw_row_line(struct drawing *drawing, const struct row *row, double top)
{
	const struct letter *letter = drawing->letter;
	const double indent = row->cells[0]->indent;
	const struct paragraph *edge = row->cells[row->n - 1];
	const double length = letter->width - indent - edge->margin;
	const bool right = edge->type.right_to_left;
	cairo_set_line_width(drawing->cr, row == row->head ? HEAD_LINE : ROW_LINE);
	cairo_move_to(drawing->cr, letter->left + (right ? edge->margin : indent),
		      top + row->height);
	cairo_rel_line_to(drawing->cr, length, 0);
	cairo_stroke(drawing->cr);
}

/* Lines, and at the top of a page the head again: the structure has its words once. */
static bool draw_row(struct drawing *drawing, const struct row *row)
{
	const struct row *head = row->head;
	const bool fine = turn_to(drawing, row->page);
	draw_row_line(drawing, row, row->top);
	if (row->again <= 0)
		return fine;
	draw_row_line(drawing, head, row->again);
	for (size_t i = 0; i < head->n; i++) {
		const struct paragraph *cell = head->cells[i];
		for (int n = 0; n < cell->n_lines; n++) {
			PangoLayoutLine *line = pango_layout_get_line_readonly(cell->layout, n);
			text_show_line(drawing, line, line_x(drawing->letter, cell, line),
				       cell->baselines[n] - head->top + row->again);
		}
	}
	return fine;
}

/* ---- all of it -------------------------------------------------------------------------------------- */

static void draw_rule(struct drawing *drawing, const struct item *item)
{
	const struct letter *letter = drawing->letter;
	if (item->page < 0)
		return;
	turn_to(drawing, item->page);
	cairo_set_line_width(drawing->cr, 0.75);
	cairo_move_to(drawing->cr, letter->left, item->y);
	cairo_rel_line_to(drawing->cr, letter->width, 0);
	cairo_stroke(drawing->cr);
}

static bool draw_item(struct drawing *drawing, const struct item *item)
{
	switch (item->kind) {
	case ITEM_OPEN:
		tag_begin(drawing, item->tag, NULL)->language = item->language;
		if (item->part != NULL)
			drawing->part = item->part;
		return true;
	case ITEM_CLOSE:
		tag_end(drawing, item->tag);
		return true;
	case ITEM_LABEL:
		return draw_label(drawing, item->paragraph);
	case ITEM_PARAGRAPH:
		return draw_paragraph(drawing, item->paragraph);
	case ITEM_ROW:
		return draw_row(drawing, item->row);
	case ITEM_RULE:
		draw_rule(drawing, item);
		return true;
	case ITEM_PAGE:
		return turn_to(drawing, drawing->page + 1);
	}
	return true;
}

static cairo_status_t write_pdf(void *arg, const unsigned char *bytes, unsigned n)
{
	struct buf *pdf = arg;
	buf_add(pdf, (str){ (const char *)bytes, n });
	return pdf->too_long ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct drawing *drawing)
{
	struct arena *arena = drawing->letter->arena;
	const struct letter_ask *ask = drawing->letter->ask;
	cairo_surface_t *surface = drawing->surface;
	const char *day = str_z(
		arena, str_fmt(arena, "%.*sT00:00:00Z", STR_ARG(date_print(arena, ask->day))));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
				       str_z(arena, plain_text(arena, ask->title)));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
				       str_z(arena, ask->from_name));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Candour");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, day);
}

static bool draw_all(struct drawing *drawing)
{
	begin_page(drawing);
	tag_begin(drawing, "Document", NULL);
	bool fine = furniture_draw(drawing);
	for (const struct item *item = drawing->letter->items; fine && item != NULL;
	     item = item->next)
		fine = draw_item(drawing, item);
	tag_end(drawing, "Document");
	return end_page(drawing) && fine;
}

bool draw(struct letter *letter, struct buf *pdf, struct element **out_elements)
{
	*pdf = buf_of(letter->arena, PDF_DRAWN_MAX);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_pdf, pdf, PAGE_WIDTH,
								       PAGE_HEIGHT);
	struct drawing drawing = {
		.letter = letter,
		.part = letter->language,
		.surface = surface,
		.cr = cairo_create(surface),
		.elements_end = out_elements,
		.outline = CAIRO_PDF_OUTLINE_ROOT,
	};
	set_metadata(&drawing);
	bool fine = draw_all(&drawing);
	cairo_destroy(drawing.cr);
	cairo_surface_finish(surface);
	const cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (fine && pdf->too_long)
		fine = letter_refuse(letter, LETTER_TOO_LARGE, S("the PDF is larger than 2 MiB"));
	if (fine && status != CAIRO_STATUS_SUCCESS)
		fine = letter_refuse(letter, LETTER_FAILED, str_of(cairo_status_to_string(status)));
	return fine;
}
