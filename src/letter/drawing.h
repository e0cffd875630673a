/* What the files that draw share. */
#ifndef CANDOUR_LETTER_DRAWING_H
#define CANDOUR_LETTER_DRAWING_H

#include <pango/pangocairo.h>

#include "letter/inner.h"

struct drawing {
	struct letter *letter;
	cairo_surface_t *surface;
	cairo_t *cr;
	int page;                    /* from 0 */
	const struct language *part; /* that the page is of */
	struct element **elements_end;
	int outline; /* the bookmark of the last heading of level 1, or the root */
};

/* Begins an element of the structure; what the PDF library cannot say of it can be set in the result. */
struct element *tag_begin(struct drawing *drawing, const char *tag, const char *attributes);
void tag_end(struct drawing *drawing, const char *tag);
/* The text behind glyphs that do not tell it; empty where they do. */
str text_actual(struct arena *arena, str text);

/* --- text.c -------------------------------------------------------------------------------------- */

/* A run, where it stands in its line. */
struct placed {
	PangoLayoutRun *run;
	double x;
};

#define RUNS_MAX 512

/* The runs of a line in the order in which they are read. */
size_t text_runs(PangoLayoutLine *line, struct placed out[RUNS_MAX]);
/* x: where the line begins at the left; y: its baseline. */
void text_show_run(struct drawing *drawing, const char *text, const struct placed *placed, double x,
		   double y);
void text_show_line(struct drawing *drawing, PangoLayoutLine *line, double x, double y);
/* A layout from its top left corner; its lines begin at the left. */
void text_show(struct drawing *drawing, PangoLayout *layout, double x, double y);

#endif
