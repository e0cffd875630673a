/* What the files that draw share. */
#ifndef CANDOUR_LETTER_DRAWING_H
#define CANDOUR_LETTER_DRAWING_H

#include <pango/pangocairo.h>

#include "letter/inner.h"

struct drawing {
	struct letter *letter;
	cairo_surface_t *surface;
	cairo_t *cr;
	int page; /* from 0 */
	struct element **elements_end;
	int outline; /* the bookmark of the last heading of level 1, or the root */
};

/* Begins an element of the structure; what the PDF library cannot say of it can be set in the result. */
struct element *tag_begin(struct drawing *drawing, const char *tag, const char *attributes);
void tag_end(struct drawing *drawing, const char *tag);
/* Text for readers: without the characters that only set it apart. */
str plain_text(struct arena *arena, str text);

#endif
