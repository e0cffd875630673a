/*
 * Where things stand on the first page; all measures in docs/letters.md, with their sources.
 *
 * notify_c5: GOV.UK Notify letter specification 2.4. The address is read from its block, taken out and
 * printed anew; x 15 to 125 and y 30 to 95 is otherwise the printer's.
 *
 * local_dl: A4 folded in three (99 mm high) in a DL envelope (220 x 110) with a window of 90 x 35, 20 from
 * the left and 18 from the bottom. The sheet slides by 10 to the side and 11 up and down: x 20 to 100 and
 * y 57 to 81 is in the window wherever it lies, x 10 to 110 and y 46 to 92 may be.
 */
#include "letter/inner.h"

static struct area area_mm(double x, double y, double w, double h)
{
	return (struct area){ x * MM, y * MM, w * MM, h * MM };
}

struct sheet sheet_of(enum letter_profile profile)
{
	struct sheet sheet = {
		.head = area_mm(20, 9, 100, 19),
		.contact = area_mm(129, 9, 63, 84),
		.body = 98 * MM,
	};
	if (profile == LETTER_NOTIFY_C5)
		sheet.window = area_mm(25.6, 40.5, 93.4, 24.8);
	else
		sheet.window = area_mm(21, 58, 78, 22);
	return sheet;
}
