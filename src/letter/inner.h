/*
 * What the files of this room share: the way of a request to a PDF.
 *
 *	frame --ask_read--> struct letter_ask and its parts
 *	parts --story_read--> struct item list: paragraphs, and where the structure opens and closes
 *	items --flow--> every line has a page and a place on it
 *	pages --draw--> Cairo's tagged PDF --finish--> with languages and actual texts: the answer
 *
 * Lengths are in points, from the top left corner of the page, unless their name ends in _mm.
 */
#ifndef CANDOUR_LETTER_INNER_H
#define CANDOUR_LETTER_INNER_H

#include <cairo.h>
#include <pango/pango.h>

#include "base/json.h"
#include "base/language.h"
#include "letter/letter.h"

/* A build for finding mistakes: its memory cannot be limited, and it looks for leaks. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Of a request's JSON: lists in lists of the words are far below. */
#define LETTER_DEPTH_MAX 64
#define MM (72.0 / 25.4)
#define PAGE_WIDTH (210 * MM)
#define PAGE_HEIGHT (297 * MM)

/* --- wire.c: the worker's side ------------------------------------------------------------------- */

size_t frame_length(const char head[LETTER_FRAME_HEAD]);
/* Reads a request. False, and *why names the field, when it is not as it should be; the id is there as
 * soon as it can be read. */
bool ask_read(struct arena *arena, str bytes, struct letter_ask *out, const struct json **out_parts,
	      str *why);
/* An answer's two frames. */
str said_write(struct arena *arena, const struct letter_said *said);

/* --- fonts.c: the pinned fonts and nothing else -------------------------------------------------- */

struct fonts;
struct shelf;

/* Reads the font files below a folder (Debian's is FONTS_FOLDER). NULL, and *why names the file, when one
 * is not there. */
#define FONTS_FOLDER "/usr/share/fonts"
struct fonts *fonts_open(struct arena *arena, str folder, str *why);
void fonts_close(struct fonts **fonts);
/* One line's worth of shaping: text in a language at a size; the layout is the caller's to unref. */
struct type {
	const char *language; /* BCP 47 */
	double size;
	bool strong;
	bool right_to_left;
};
/* Cairo 1.16 loses outlines when it makes a subset of a CFF font (the Chinese ones): such a font is drawn
 * with this face, which it writes down outline by outline. NULL for all others. */
cairo_font_face_t *fonts_own_face(struct fonts *fonts, PangoFont *font);
PangoLayout *fonts_layout(struct fonts *fonts, const struct type *type, str text);
/* What was set with them and may be again. */
struct shelf *fonts_shelf(struct fonts *fonts);

/* --- geometry.c: what is where on the page ------------------------------------------------------- */

struct area {
	double x, y, w, h;
};

/* A profile's first page. */
struct sheet {
	struct area
		window; /* of the address: in sight wherever the sheet slides to in its envelope */
	struct area head;    /* name or logo */
	struct area contact; /* who writes, when, about what */
	double body;         /* text begins here */
};

struct sheet sheet_of(enum letter_profile profile);

/* --- the letter being made ----------------------------------------------------------------------- */

/* A stretch of a paragraph's text, in bytes. */
struct stretch {
	struct stretch *next;
	size_t from, to;
	bool strong;
	str href; /* or empty */
};

/* Where lines stand in their column: start and end follow the direction of the text. */
enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

struct row;

struct paragraph {
	str text;
	struct stretch *stretches;
	struct type type;
	const char *tag; /* of the PDF's structure: "P", "H1", "LBody" */
	str label;       /* a list item's mark, before its first paragraph; or empty */
	int level;       /* of a heading: 1 to 6; else 0 */
	double indent;   /* from the side where its lines begin */
	double hang;     /* of it, what the label may take */
	double margin;   /* at the other side */
	double before;   /* space above, but not at the top of a page */
	bool keep;       /* on the page of the paragraph behind it */
	bool whole;      /* on one page, where one can hold it */
	enum align align;
	struct row *row; /* of the cell of a table: placed with its row; or NULL */
	bool boxed;      /* in the frame around next steps */

	/* from being shaped on */
	PangoLayout *layout, *label_layout;
	int n_lines;
	double leading, ascent; /* from line to line; from a line's top to its baseline */
	/* from the flow on: each line's page, from 0, and its baseline */
	int *pages;
	double *baselines;
};

/* A row of a table: its cells begin on one line, and are on one page. */
struct row {
	struct row *next;
	struct row *head;         /* of its table; of the head itself, the head */
	struct paragraph **cells; /* as many as the head has */
	size_t n;
	double ascent; /* of the highest cell, from the row's top to the first baseline */
	double height;
	/* from the flow on */
	int page;
	double top;
	double again; /* the top of the head where it is shown again above this row; or 0 */
};

/* A label is that of the paragraph it names, set beside its first line. A row stands before its own
 * tag and cells. */
enum item_kind {
	ITEM_OPEN,
	ITEM_CLOSE,
	ITEM_LABEL,
	ITEM_PARAGRAPH,
	ITEM_ROW,
	ITEM_RULE,
	ITEM_PAGE
};

struct item {
	struct item *next;
	enum item_kind kind;
	const char *tag;             /* of what opens or closes */
	const char *language;        /* of what opens; or NULL */
	const struct language *part; /* of a part that opens: the words at the foot of its pages */
	struct paragraph *paragraph;
	struct row *row;
	/* of a rule */
	int page;
	double y;
};

/* A frame around next steps, on one page. */
struct frame {
	struct frame *next;
	int page;
	double top, bottom;
};

struct letter {
	struct arena *arena;
	struct fonts *fonts;
	const struct letter_ask *ask;
	enum letter_refusal refused; /* the first reason why it cannot be made */
	str why;
	double size;                     /* of the text */
	double left, width, top, bottom; /* of the text's column; top of all pages but the first */
	struct sheet sheet;
	const struct language *language; /* of the first part, and so of the whole */
	struct item *items;
	struct frame *frames;
	int pages;
};

/* Keeps the first refusal; always false. */
bool letter_refuse(struct letter *letter, enum letter_refusal refused, str why);
/* Large print is a layout of its own. */
bool letter_is_large(const struct letter *letter);

/* make.c: its sheet, its column and the size of its text. */
void letter_set_column(struct letter *letter);

/* --- shelf.c: layouts that recur ------------------------------------------------------------------ */

/* How a text is set: all that its layout depends on. */
struct setting {
	const struct type *type;
	str text;
	double width;      /* of its lines; 0: it is not broken */
	double spacing;    /* of its lines' natural height; 0: as the font wants */
	bool is_paragraph; /* broken as paragraphs are, with these */
	const struct stretch *stretches;
};

struct shelf *shelf_new(void);
void shelf_free(struct shelf **shelf);
/* Another letter is made from here on. */
void shelf_begin(struct shelf *shelf);
/* The same bytes for the same layout and no other. */
str shelf_key(struct arena *arena, const struct setting *setting);
/* The layout of a key, which nobody changes any more: the caller's to unref; NULL when none is kept. */
PangoLayout *shelf_find(struct shelf *shelf, str key);
/* Keeps a layout, if this key came in a letter before. */
void shelf_keep(struct shelf *shelf, str key, PangoLayout *layout);

/* --- story.c: the words in order ------------------------------------------------------------------ */

/* Reads the parts; and in large print the lines that the contact block has no room for. */
bool story_read(struct letter *letter, const struct json *parts);

/* --- shape.c -------------------------------------------------------------------------------------- */

/* A text that is no paragraph; width and spacing as in struct setting. The caller's to unref, not to change. */
PangoLayout *shape_text(struct letter *letter, const struct type *type, str text, double width,
			double spacing);
/* Refuses a character that no font has, and a line of more runs than are drawn. */
bool shape_check(struct letter *letter, PangoLayout *layout);
/* Lines, as wide as they may be, and their measures; does nothing the second time. */
bool shape_paragraph(struct letter *letter, struct paragraph *paragraph);
/* How wide a paragraph would be in one line for each of its own, and how wide its longest word is. */
void shape_measure(struct letter *letter, const struct paragraph *paragraph, double *out_natural,
		   double *out_least);
void shape_free(struct letter *letter);

/* --- table.c -------------------------------------------------------------------------------------- */

/* Shapes the cells of a table into columns as wide as their words want, from `indent` on, with as much
 * left free at the other side. *out_fits is false, and the cells are as they were, where the page is too
 * narrow for its words or too short for a row. False when a cell was refused. */
bool table_shape(struct letter *letter, struct row *head, double indent, bool *out_fits);

/* --- flow.c ---------------------------------------------------------------------------------------- */

/* Gives each line its place. */
bool flow(struct letter *letter);

/* --- draw.c ---------------------------------------------------------------------------------------- */

/* What Cairo cannot say of an element of the structure: in the order in which they begin. */
struct element {
	struct element *next;
	const char *tag;
	const char *language; /* or NULL */
	str actual;           /* text; or empty */
	str alt;              /* of a picture; or empty */
};

/* The parts of the first page that every letter has: name or logo, contact block, address. */
struct drawing;
bool furniture_draw(struct drawing *drawing);

/* Draws all pages. */
bool draw(struct letter *letter, struct buf *pdf, struct element **out_elements);

/* --- finish.c -------------------------------------------------------------------------------------- */

/* The PDF with languages, actual texts and how a reader shows it. */
bool finish(struct letter *letter, str pdf, const struct element *elements, str *out);

/* --- make.c, worker.c ------------------------------------------------------------------------------ */

/* One request's bytes, answered; texts and PDF live in the arena. */
void letter_answer(struct arena *arena, struct fonts *fonts, str request, struct letter_said *out);

struct worker_limits {
	int requests;
	int cpu_s;
	int memory_mib;
	str fonts;
};

/* Answers requests until there are no more; the program's exit code. */
int worker_run(const struct worker_limits *limits);

#endif
