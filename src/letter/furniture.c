/* The first page's head, contact block and address. Names and addresses are in English, and run from left to
 * right; what is said of them is in the letter's language, where it has the words. */
#include <cairo-pdf.h>

#include "base/arena.h"
#include "base/file.h"
#include "letter/drawing.h"

#define LOGO_BYTES_MAX ((size_t)1 << 20)
#define LOGO_SIDE_MAX 4000 /* pixels */
#define NAME_SIZE 20
#define CONTACT_SIZE 12
#define CONTACT_SIZE_LEAST 9
#define CONTACT_SPACING 0.92
#define ADDRESS_SIZE 10.5
#define ADDRESS_SIZE_LEAST 8
#define ADDRESS_LEADING 1.08
/* From a first line's top to its baseline, and from a last baseline to the lowest ink, of the size. */
#define ABOVE 1.0
#define BELOW 0.25
#define STEP 0.25

static struct element *begin_english(struct drawing *drawing, const char *tag)
{
	struct element *element = tag_begin(drawing, tag, NULL);
	element->language = "en";
	return element;
}

/* ---- name or logo ---------------------------------------------------------------------------------- */

struct png {
	str bytes;
	size_t at;
};

static cairo_status_t read_png(void *arg, unsigned char *out, unsigned n)
{
	struct png *png = arg;
	if (n > png->bytes.n - png->at)
		return CAIRO_STATUS_READ_ERROR;
	for (unsigned i = 0; i < n; i++)
		out[i] = (unsigned char)png->bytes.p[png->at++];
	return CAIRO_STATUS_SUCCESS;
}

/* Its sides stand in its head: what would need too much memory is not unpacked. */
static bool is_small_png(str bytes)
{
	if (bytes.n < 24 || !str_starts(bytes, S("\x89PNG\r\n\x1A\n")))
		return false;
	const size_t width = frame_length(bytes.p + 16), height = frame_length(bytes.p + 20);
	return width >= 1 && width <= LOGO_SIDE_MAX && height >= 1 && height <= LOGO_SIDE_MAX;
}

static bool draw_logo(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	const struct area *area = &letter->sheet.head;
	struct png png = { .bytes = STR_EMPTY };
	if (file_read(letter->arena, letter->ask->logo, LOGO_BYTES_MAX, &png.bytes) != OK ||
	    !is_small_png(png.bytes))
		return letter_refuse(letter, LETTER_BAD_LOGO,
				     S("the logo is no PNG file of at most 1 MiB"));
	cairo_surface_t *logo = cairo_image_surface_create_from_png_stream(read_png, &png);
	const bool fine = cairo_surface_status(logo) == CAIRO_STATUS_SUCCESS;
	if (fine) {
		const double width = cairo_image_surface_get_width(logo);
		const double height = cairo_image_surface_get_height(logo);
		const double scale = MIN(area->w / width, area->h / height);
		begin_english(drawing, "Figure")->alt = letter->ask->from_name;
		cairo_save(drawing->cr);
		cairo_translate(drawing->cr, area->x, area->y);
		cairo_scale(drawing->cr, scale, scale);
		cairo_set_source_surface(drawing->cr, logo, 0, 0);
		/* Not cairo_paint: it takes what was drawn before for covered. */
		cairo_rectangle(drawing->cr, 0, 0, width, height);
		cairo_fill(drawing->cr);
		cairo_restore(drawing->cr);
		tag_end(drawing, "Figure");
	}
	cairo_surface_destroy(logo);
	return fine || letter_refuse(letter, LETTER_BAD_LOGO, S("the logo's PNG file is damaged"));
}

/* As large as it may be; a long name takes two lines and, if it must, smaller letters. */
static PangoLayout *fit_name(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	const struct area *area = &letter->sheet.head;
	const double width = letter_is_large(letter) ? letter->width : area->w;
	double size = MAX(NAME_SIZE, letter->size);
	for (;;) {
		const struct type type = { .language = "en", .size = size, .strong = true };
		PangoLayout *layout = shape_text(letter, &type, letter->ask->from_name, width, 0);
		int w, h;
		pango_layout_get_size(layout, &w, &h);
		if (h <= area->h * PANGO_SCALE)
			return layout;
		g_object_unref(layout);
		size -= STEP;
		if (size < CONTACT_SIZE_LEAST)
			return NULL;
	}
}

static bool draw_name(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	PangoLayout *layout = fit_name(drawing);
	if (layout == NULL)
		return letter_refuse(letter, LETTER_BAD_REQUEST,
				     S("from.name is longer than a head"));
	const bool fine = shape_check(letter, layout);
	begin_english(drawing, "P");
	text_show(drawing, layout, letter->left, letter->sheet.head.y);
	tag_end(drawing, "P");
	g_object_unref(layout);
	return fine;
}

/* ---- contact block ---------------------------------------------------------------------------------- */

/* Lines that belong together. */
struct group {
	str text;
	const struct language *language;
	bool strong;
	PangoLayout *layout;
};

#define GROUPS_MAX 5

/* "Our reference:", and the value behind what stands between. */
static struct group labelled(const struct letter *letter, enum language_word word,
			     const char *between, str value)
{
	struct arena *arena = letter->arena;
	const struct language *language = language_for(letter->language, word);
	return (struct group){ .text = str_fmt(arena, "%.*s:%s%.*s", STR_ARG(language->words[word]),
					       between,
					       STR_ARG(language_set_apart(arena, language, value))),
			       .language = language };
}

/* A date in another language than its label would be: then both are in English. */
static struct group dated(const struct letter *letter)
{
	const struct language *language = language_for(letter->language, LANGUAGE_DATE);
	if (language_for_dates(language) != language)
		language = &language_english;
	return (struct group){
		.text = str_fmt(letter->arena, "%.*s:\n%.*s",
				STR_ARG(language->words[LANGUAGE_DATE]),
				STR_ARG(language_date(letter->arena, language, letter->ask->day))),
		.language = language
	};
}

static struct group ways_of(const struct letter *letter)
{
	const struct letter_ask *ask = letter->ask;
	struct group ways = { .text = ask->from_email, .language = &language_english };
	if (ask->from_phone.n == 0)
		return ways;
	ways = labelled(letter, LANGUAGE_PHONE, " ", ask->from_phone);
	if (ask->from_email.n > 0)
		ways.text = str_fmt(
			letter->arena, "%.*s\n%.*s", STR_ARG(ways.text),
			STR_ARG(language_set_apart(letter->arena, ways.language, ask->from_email)));
	return ways;
}

static size_t contact_groups(const struct letter *letter, struct group out[GROUPS_MAX])
{
	const struct letter_ask *ask = letter->ask;
	struct buf lines = buf_of(letter->arena, 4096);
	size_t n = 0;
	for (size_t i = 0; i < ask->n_from_lines; i++)
		buf_fmt(&lines, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(ask->from_lines[i]));
	if (ask->logo.n > 0) /* else the name is the head */
		out[n++] = (struct group){ .text = ask->from_name,
					   .language = &language_english,
					   .strong = true };
	if (lines.n > 0)
		out[n++] = (struct group){ .text = buf_str(&lines), .language = &language_english };
	if (ask->from_phone.n + ask->from_email.n > 0)
		out[n++] = ways_of(letter);
	out[n++] = dated(letter);
	if (ask->reference.n > 0)
		out[n++] = labelled(letter, LANGUAGE_REFERENCE, "\n", ask->reference);
	return n;
}

/* Their height at a size; the layouts are there then. */
static double contact_height(struct drawing *drawing, struct group *groups, size_t n, double size)
{
	struct letter *letter = drawing->letter;
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		const struct language *language = groups[i].language;
		const struct type type = { .language = str_z(letter->arena, language->tag),
					   .size = size,
					   .strong = groups[i].strong,
					   .right_to_left = language->right_to_left };
		int w, h;
		groups[i].layout = shape_text(letter, &type, groups[i].text,
					      letter->sheet.contact.w, CONTACT_SPACING);
		pango_layout_get_size(groups[i].layout, &w, &h);
		sum += (double)h / PANGO_SCALE + (i > 0 ? size / 2 : 0);
	}
	return sum;
}

static void forget(struct group *groups, size_t n)
{
	for (size_t i = 0; i < n; i++)
		g_clear_object(&groups[i].layout);
}

static bool draw_contact(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	const struct area *area = &letter->sheet.contact;
	struct group groups[GROUPS_MAX] = { { .text = STR_EMPTY } };
	const size_t n = contact_groups(letter, groups);
	double size = CONTACT_SIZE;
	while (contact_height(drawing, groups, n, size) > area->h) {
		forget(groups, n);
		size -= STEP;
		if (size < CONTACT_SIZE_LEAST)
			return letter_refuse(letter, LETTER_BAD_REQUEST,
					     S("from has more text than the contact block"));
	}
	double y = area->y;
	bool fine = true;
	for (size_t i = 0; i < n; i++) {
		int w, h;
		fine = shape_check(letter, groups[i].layout) && fine;
		struct element *element = tag_begin(drawing, "P", NULL);
		element->language = str_z(letter->arena, groups[i].language->tag);
		element->actual = text_actual(letter->arena, groups[i].text);
		text_show(drawing, groups[i].layout, area->x, y);
		tag_end(drawing, "P");
		pango_layout_get_size(groups[i].layout, &w, &h);
		y += (double)h / PANGO_SCALE + size / 2;
	}
	forget(groups, n);
	return fine;
}

/* ---- address ---------------------------------------------------------------------------------------- */

static void forget_address(PangoLayout **lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		g_clear_object(&lines[i]);
}

/* Its lines at a size, from no shelf: they are one family's. False when the window is too small for them. */
static bool set_address(const struct letter *letter, double size, PangoLayout **lines)
{
	const struct area *window = &letter->sheet.window;
	const struct type type = { .language = "en", .size = size };
	const size_t n = letter->ask->n_to_lines;
	if ((((double)n - 1) * ADDRESS_LEADING + ABOVE + BELOW) * size > window->h)
		return false;
	for (size_t i = 0; i < n; i++) {
		int w, h;
		lines[i] = fonts_layout(letter->fonts, &type, letter->ask->to_lines[i]);
		pango_layout_get_size(lines[i], &w, &h);
		if (w > window->w * PANGO_SCALE)
			return false;
	}
	return true;
}

static bool draw_address(struct drawing *drawing)
{
	struct letter *letter = drawing->letter;
	const struct area *window = &letter->sheet.window;
	const size_t n = letter->ask->n_to_lines;
	PangoLayout *lines[LETTER_LINES_MAX] = { NULL };
	double size = ADDRESS_SIZE;
	while (!set_address(letter, size, lines)) {
		forget_address(lines, n);
		size -= STEP;
		if (size < ADDRESS_SIZE_LEAST)
			return letter_refuse(letter, LETTER_ADDRESS_SIZE,
					     S("the address is larger than the window"));
	}
	bool fine = true;
	begin_english(drawing, "P");
	for (size_t i = 0; i < n; i++) {
		fine = shape_check(letter, lines[i]) && fine;
		text_show_line(drawing, pango_layout_get_line_readonly(lines[i], 0), window->x,
			       window->y + (ABOVE + (double)i * ADDRESS_LEADING) * size);
	}
	tag_end(drawing, "P");
	forget_address(lines, n);
	return fine;
}

bool furniture_draw(struct drawing *drawing)
{
	const bool head = drawing->letter->ask->logo.n > 0 ? draw_logo(drawing)
							   : draw_name(drawing);
	return head && (letter_is_large(drawing->letter) || draw_contact(drawing)) &&
	       draw_address(drawing);
}
