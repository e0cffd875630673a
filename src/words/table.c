#include "words/inner.h"

/* Tables as GitHub writes them. libcmark takes one for a paragraph, whose lines are looked at here. */

str table_line(str text, int line)
{
	str found = STR_EMPTY;
	for (int i = 0; i < line; i++) {
		found = STR_EMPTY;
		if (!str_line(&text, &found))
			break;
	}
	return found;
}

/* Without the bars at its ends. */
static str strip_bars(str row)
{
	row = str_trim(row);
	if (str_starts(row, S("|")))
		row = str_slice(row, 1, row.n);
	if (str_ends(row, S("|")))
		row = str_slice(row, 0, row.n - 1);
	return row;
}

size_t table_cells(str row)
{
	size_t n = 1;
	row = strip_bars(row);
	for (size_t i = 0; i < row.n; i++)
		n += row.p[i] == '|';
	return n;
}

/* ":--", "--", ":-:", "--:". */
static bool read_align(str cell, enum align *out)
{
	cell = str_trim(cell);
	const bool left = str_starts(cell, S(":"));
	const bool right = str_ends(cell, S(":"));
	size_t from = left ? 1 : 0, to = right && cell.n > from ? cell.n - 1 : cell.n;
	if (to <= from)
		return false;
	for (size_t i = from; i < to; i++) {
		if (cell.p[i] != '-')
			return false;
	}
	*out = !right ? ALIGN_START : left ? ALIGN_CENTRE : ALIGN_END;
	return true;
}

bool table_columns(str row, struct columns *out)
{
	struct columns columns = { .n = 0 };
	if (!str_has_byte(row, '|'))
		return false;
	for (str rest = strip_bars(row), cell;;) {
		enum align align;
		const bool more = str_cut(rest, '|', &cell, &rest);
		if (!read_align(more ? cell : rest, &align))
			return false;
		if (columns.n < TABLE_COLUMNS_MAX)
			columns.align[columns.n] = align;
		columns.n++;
		if (!more)
			break;
	}
	if (columns.n > TABLE_COLUMNS_MAX)
		columns.n = 0;
	*out = columns;
	return true;
}
