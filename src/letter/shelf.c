/*
 * Layouts that recur: legal blocks, headings, who writes, the marks of lists. The letters of an authority
 * share most of their words, and shaping words is half of what a letter takes.
 *
 * A layout is kept when a second letter sets the same, so of what only one letter says there is no more than
 * a hash, however often it says it. Each has one place, by its hash; from a full shelf the first are taken.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "letter/inner.h"

#define PLACES 2048
#define KEY_BYTES_MAX ((size_t)2 << 10)
#define KEYS_BYTES_MAX ((size_t)128 << 10) /* a layout takes some forty times its words */

struct place {
	uint64_t asked; /* hash of what was last set and not kept */
	size_t letter;  /* that set it */
	PangoLayout *layout;
	char *key;
	size_t n;
};

struct shelf {
	size_t bytes;  /* of all keys */
	size_t letter; /* the number of the one that is being made */
	struct place places[PLACES];
};

struct shelf *shelf_new(void)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));
	if (shelf == NULL)
		fatal("out of memory");
	return shelf;
}

void shelf_begin(struct shelf *shelf)
{
	shelf->letter++;
}

static void clear(struct shelf *shelf, struct place *place)
{
	shelf->bytes -= place->n;
	g_clear_object(&place->layout);
	free(place->key);
	place->key = NULL;
	place->n = 0;
}

void shelf_free(struct shelf **shelf)
{
	if (*shelf == NULL)
		return;
	for (size_t i = 0; i < PLACES; i++)
		clear(*shelf, &(*shelf)->places[i]);
	free(*shelf);
	*shelf = NULL;
}

/* FNV-1a. */
static uint64_t hash(str key)
{
	uint64_t hash = 0xCBF29CE484222325U;
	for (size_t i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * 0x100000001B3U;
	return hash;
}

PangoLayout *shelf_find(struct shelf *shelf, str key)
{
	const struct place *place = &shelf->places[hash(key) % PLACES];
	if (place->layout == NULL || !str_eq(key, (str){ place->key, place->n }))
		return NULL;
	return g_object_ref(place->layout);
}

void shelf_keep(struct shelf *shelf, str key, PangoLayout *layout)
{
	const uint64_t asked = hash(key);
	struct place *place = &shelf->places[asked % PLACES];
	const bool before = place->asked == asked && place->letter != shelf->letter;
	place->asked = asked;
	place->letter = shelf->letter;
	if (!before || key.n == 0 || key.n > KEY_BYTES_MAX)
		return;
	for (size_t i = 0; shelf->bytes + key.n > KEYS_BYTES_MAX && i < PLACES; i++)
		clear(shelf, &shelf->places[i]);
	clear(shelf, place);
	place->key = malloc(key.n);
	if (place->key == NULL)
		fatal("out of memory");
	memcpy(place->key, key.p, key.n);
	place->n = key.n;
	place->layout = g_object_ref(layout);
	shelf->bytes += key.n;
}

/* ---- keys ------------------------------------------------------------------------------------------- */

static void add_bytes(struct buf *buf, const void *bytes, size_t n)
{
	buf_add(buf, (str){ bytes, n });
}

str shelf_key(struct arena *arena, const struct setting *setting)
{
	const struct type *type = setting->type;
	const double lengths[] = { type->size, setting->width, setting->spacing };
	const str language = str_of(type->language);
	struct buf buf = buf_of(arena, setting->text.n + KEY_BYTES_MAX * 2);
	size_t stretches = 0;
	add_bytes(&buf, lengths, sizeof lengths);
	buf_byte(&buf, type->strong);
	buf_byte(&buf, type->right_to_left);
	buf_byte(&buf, setting->is_paragraph);
	for (const struct stretch *s = setting->stretches; s != NULL; s = s->next, stretches++) {
		const size_t ends[] = { s->from, s->to };
		add_bytes(&buf, ends, sizeof ends);
		buf_byte(&buf, s->strong);
		buf_byte(&buf, s->href.n > 0);
	}
	add_bytes(&buf, &stretches, sizeof stretches);
	buf_add(&buf, setting->text);
	buf_byte(&buf, '\0'); /* which no text holds */
	buf_add(&buf, language);
	return buf.too_long ? STR_EMPTY : buf_str(&buf);
}
