/*
 * Tables: how wide their columns are, and whether a page can hold them. Where it cannot, for long words or
 * for large print, story.c says the same in a list: no word is broken for a column.
 */
#include "base/arena.h"
#include "letter/inner.h"

#define GAP 1.2  /* between columns, of the size of the text */
#define PAD 0.28 /* above and below the words of a row */
#define COMFORTABLE                                                                                \
	8 /* a column that is narrower than its words would like is no narrower than this */

/* What a column's words want. */
struct column {
	double least, natural;
	double width;
};

static struct column *measure(struct letter *letter, const struct row *head)
{
	struct column *columns = TAKE(letter->arena, struct column, head->n);
	for (const struct row *row = head; row != NULL; row = row->next) {
		for (size_t i = 0; i < head->n; i++) {
			double natural, least;
			shape_measure(letter, row->cells[i], &natural, &least);
			columns[i].natural = MAX(columns[i].natural, natural);
			columns[i].least = MAX(columns[i].least, least);
		}
	}
	for (size_t i = 0; i < head->n; i++) {
		struct column *column = &columns[i];
		/* One unit of Pango's, for what is rounded. */
		column->natural += 1.0 / PANGO_SCALE;
		column->least = MAX(column->least,
				    MIN(column->natural, COMFORTABLE * letter->size));
	}
	return columns;
}

static double sum_at(struct column *columns, size_t n, double level)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		columns[i].width = MIN(columns[i].natural, MAX(columns[i].least, level));
		sum += columns[i].width;
	}
	return sum;
}

/* No column is wider than it would like, and those that would like more are equally wide: so a date stays
 * on its line beside a column of sentences. False when not even the longest words have room. */
static bool share(struct column *columns, size_t n, double width)
{
	double low = 0, high = width;
	if (sum_at(columns, n, 0) > width)
		return false;
	if (sum_at(columns, n, high) <= width)
		return true;
	/* Each step halves what is left: far below what an eye sees. */
	for (int step = 0; step < 20; step++) {
		const double level = (low + high) / 2;
		if (sum_at(columns, n, level) > width)
			high = level;
		else
			low = level;
	}
	sum_at(columns, n, low);
	return true;
}

static bool shape_row(struct letter *letter, struct row *row, const struct column *columns,
		      double indent)
{
	const double pad = PAD * letter->size;
	double below = 0;
	for (size_t i = 0; i < row->n; i++) {
		struct paragraph *cell = row->cells[i];
		cell->indent = indent;
		cell->margin = letter->width - indent - columns[i].width;
		indent += columns[i].width + GAP * letter->size;
		if (!shape_paragraph(letter, cell))
			return false;
		row->ascent = MAX(row->ascent, pad + cell->ascent);
		below = MAX(below, cell->n_lines * cell->leading - cell->ascent);
	}
	row->height = row->ascent + below + pad;
	return true;
}

static void forget(struct row *head)
{
	for (struct row *row = head; row != NULL; row = row->next) {
		for (size_t i = 0; i < row->n; i++)
			g_clear_object(&row->cells[i]->layout);
	}
}

bool table_shape(struct letter *letter, struct row *head, double indent, bool *out_fits)
{
	struct column *columns = measure(letter, head);
	const double gaps = ((double)head->n - 1) * GAP * letter->size;
	/* The first page is the shortest, and a frame takes some of it. */
	const double page = letter->bottom - letter->sheet.body - 3 * letter->size;
	bool fine = true;
	*out_fits = share(columns, head->n, letter->width - 2 * indent - gaps);
	for (struct row *row = head; fine && *out_fits && row != NULL; row = row->next) {
		fine = shape_row(letter, row, columns, indent);
		*out_fits = fine && head->height + row->height <= page;
	}
	if (!*out_fits)
		forget(head);
	return fine;
}
