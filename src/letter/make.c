/* One letter, from its request's bytes to its answer. */
#include "base/arena.h"
#include "letter/inner.h"

#define STANDARD_SIZE 12.5
#define SIDE_MM 20.0
#define LARGE_SIDE_MM 16.0
#define TOP_MM 18.0
#define FOOT_MM 13.0

bool letter_refuse(struct letter *letter, enum letter_refusal refused, str why)
{
	if (letter->refused == LETTER_NONE) {
		letter->refused = refused;
		letter->why = why;
	}
	return false;
}

bool letter_is_large(const struct letter *letter)
{
	return letter->ask->points > 0;
}

void letter_set_column(struct letter *letter)
{
	const bool large = letter_is_large(letter);
	const double side = (large ? LARGE_SIDE_MM : SIDE_MM) * MM;
	letter->size = large ? letter->ask->points : STANDARD_SIZE;
	letter->left = side;
	letter->width = PAGE_WIDTH - 2 * side;
	letter->top = TOP_MM * MM;
	letter->bottom = PAGE_HEIGHT - FOOT_MM * MM - 1.7 * letter->size;
	letter->sheet = sheet_of(letter->ask->profile);
}

static bool make(struct letter *letter, const struct json *parts, str *out)
{
	struct element *elements = NULL;
	struct buf pdf;
	shelf_begin(fonts_shelf(letter->fonts));
	letter_set_column(letter);
	return story_read(letter, parts) && flow(letter) && draw(letter, &pdf, &elements) &&
	       finish(letter, buf_str(&pdf), elements, out);
}

void letter_answer(struct arena *arena, struct fonts *fonts, str request, struct letter_said *out)
{
	struct letter_ask ask;
	struct letter letter = { .arena = arena, .fonts = fonts, .ask = &ask };
	const struct json *parts = NULL;
	str why = STR_EMPTY, pdf = STR_EMPTY;
	if (!ask_read(arena, request, &ask, &parts, &why))
		letter_refuse(&letter, LETTER_BAD_REQUEST, why);
	else if (!make(&letter, parts, &pdf))
		require(letter.refused != LETTER_NONE);
	shape_free(&letter);
	*out = (struct letter_said){
		.id = ask.id,
		.refused = letter.refused,
		.why = letter.why,
	};
	if (letter.refused == LETTER_NONE) {
		out->pages = letter.pages;
		out->pdf = pdf;
	}
}
