/*
 * One pass over the bytes, one copy of them in the arena: texts lie in that copy, with their escapes
 * undone in place. What it does not know for certain it leaves, so no fault is named here, and there
 * is one judge of what is JSON: jansson.
 */
#include "base/json_quick.h"

#include "base/arena.h"
#include "base/utf8.h"

#define MEMBERS_MAX 64 /* of a map: each key is compared with those before */
#define DIGITS_MAX 18  /* what has no more is an int64_t */
#define PILE_FIRST 64
#define DEPTH_MOST 64 /* each level is a call of a function */

struct reader {
	struct arena *arena;
	char *p; /* the copy */
	size_t n, at;
	int depth; /* so many more lists and maps may be opened */
	/* What has been read of the lists and maps that are still open, the inner ones on top. */
	struct json_member *pile;
	size_t pile_n, pile_cap;
	struct json_member first[PILE_FIRST];
};

static bool read_value(struct reader *reader, struct json *out);

static char *skip_white(struct reader *reader)
{
	while (reader->at < reader->n) {
		char byte = reader->p[reader->at];
		if (byte != ' ' && byte != '\n' && byte != '\t' && byte != '\r')
			return reader->p + reader->at;
		reader->at++;
	}
	return NULL;
}

/* Goes behind the byte, when it comes next. */
static bool take(struct reader *reader, char byte)
{
	const char *next = skip_white(reader);
	if (next == NULL || *next != byte)
		return false;
	reader->at++;
	return true;
}

/* --- texts ------------------------------------------------------------------------------------ */

/* Stands for itself in a text, without a closer look. */
static bool is_plain(uint8_t byte)
{
	return byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x7F;
}

/* The character behind a backslash; 0 where it is seldom. */
static char unescaped(char byte)
{
	switch (byte) {
	case '"':
	case '\\':
	case '/':
		return byte;
	case 'n':
		return '\n';
	case 't':
		return '\t';
	default:
		return '\0';
	}
}

/* Moves a character beyond ASCII to `to`. False where it is a control character. */
static bool move_character(struct reader *reader, size_t *to)
{
	size_t behind = reader->at;
	if (utf8_is_control(utf8_next((str){ reader->p, reader->n }, &behind)))
		return false;
	while (reader->at < behind)
		reader->p[(*to)++] = reader->p[reader->at++];
	return true;
}

/* From behind the first quote to behind the last. */
static bool read_text(struct reader *reader, str *out)
{
	char *p = reader->p;
	const size_t from = reader->at;
	while (reader->at < reader->n && is_plain((uint8_t)p[reader->at]))
		reader->at++;
	size_t to = reader->at;
	while (reader->at < reader->n) {
		char byte = p[reader->at];
		if (byte == '"') {
			*out = (str){ p + from, to - from };
			reader->at++;
			return true;
		}
		if (byte == '\\') {
			if (reader->at + 1 == reader->n)
				return false;
			byte = unescaped(p[reader->at + 1]);
			if (byte == '\0')
				return false;
			p[to++] = byte;
			reader->at += 2;
		} else if (is_plain((uint8_t)byte)) {
			p[to++] = byte;
			reader->at++;
		} else if ((uint8_t)byte < 0x80 || !move_character(reader, &to)) {
			return false;
		}
	}
	return false;
}

/* --- numbers and words ------------------------------------------------------------------------ */

static bool is_digit(const struct reader *reader, size_t at)
{
	return at < reader->n && reader->p[at] >= '0' && reader->p[at] <= '9';
}

static bool read_number(struct reader *reader, struct json *out)
{
	const bool negative = reader->p[reader->at] == '-';
	const size_t from = reader->at + negative;
	size_t at = from;
	int64_t sum = 0;
	while (is_digit(reader, at) && at - from < DIGITS_MAX)
		sum = sum * 10 + (reader->p[at++] - '0');
	if (at == from || (reader->p[from] == '0' && at > from + 1) || is_digit(reader, at))
		return false;
	if (at < reader->n && (reader->p[at] == '.' || (reader->p[at] | 0x20) == 'e'))
		return false;
	reader->at = at;
	*out = (struct json){ .type = JSON_INT, .integer = negative ? -sum : sum };
	return true;
}

static bool read_word(struct reader *reader, str word, struct json is, struct json *out)
{
	if (!str_starts((str){ reader->p + reader->at, reader->n - reader->at }, word))
		return false;
	reader->at += word.n;
	*out = is;
	return true;
}

/* --- lists and maps --------------------------------------------------------------------------- */

static void push(struct reader *reader, str key, const struct json *value)
{
	if (reader->pile_n == reader->pile_cap) {
		struct json_member *more = reader->pile != reader->first ? reader->pile : NULL;
		more = reallocarray(more, 2 * reader->pile_cap, sizeof(*more));
		if (more == NULL)
			fatal("out of memory");
		if (reader->pile == reader->first)
			memcpy(more, reader->first, sizeof(reader->first));
		reader->pile = more;
		reader->pile_cap *= 2;
	}
	reader->pile[reader->pile_n++] = (struct json_member){ key, *value };
}

static bool read_items(struct reader *reader, struct json *out)
{
	const size_t from = reader->pile_n;
	bool more = !take(reader, ']');
	while (more) {
		struct json item;
		if (!read_value(reader, &item))
			return false;
		push(reader, STR_EMPTY, &item);
		more = take(reader, ',');
		if (!more && !take(reader, ']'))
			return false;
	}
	const size_t n = reader->pile_n - from;
	struct json *items = TAKE(reader->arena, struct json, n);
	for (size_t i = 0; i < n; i++)
		items[i] = reader->pile[from + i].value;
	reader->pile_n = from;
	*out = (struct json){ .type = JSON_LIST, .list = { .items = items, .n = n } };
	return true;
}

/* True where a key came before in the map that began at `from`. `seen` has a bit for each that did. */
static bool is_again(const struct reader *reader, size_t from, str key, uint64_t *seen)
{
	const size_t ends = key.n > 0 ? (uint8_t)key.p[0] * 7U + (uint8_t)key.p[key.n - 1] : 0;
	const uint64_t bit = UINT64_C(1) << ((ends + key.n * 5) % 64);
	const bool maybe = (*seen & bit) != 0;
	*seen |= bit;
	for (size_t i = from; maybe && i < reader->pile_n; i++)
		if (str_eq(reader->pile[i].key, key))
			return true;
	return false;
}

static bool read_member(struct reader *reader, size_t from, uint64_t *seen)
{
	str key;
	struct json value;
	if (!take(reader, '"') || !read_text(reader, &key) || !take(reader, ':') ||
	    is_again(reader, from, key, seen) || !read_value(reader, &value))
		return false;
	push(reader, key, &value);
	return reader->pile_n - from <= MEMBERS_MAX;
}

static bool read_members(struct reader *reader, struct json *out)
{
	const size_t from = reader->pile_n;
	uint64_t seen = 0;
	bool more = !take(reader, '}');
	while (more) {
		if (!read_member(reader, from, &seen))
			return false;
		more = take(reader, ',');
		if (!more && !take(reader, '}'))
			return false;
	}
	const size_t n = reader->pile_n - from;
	struct json_member *members = TAKE(reader->arena, struct json_member, n);
	if (n > 0)
		memcpy(members, reader->pile + from, n * sizeof(*members));
	reader->pile_n = from;
	*out = (struct json){ .type = JSON_MAP, .map = { .members = members, .n = n } };
	return true;
}

static bool read_inner(struct reader *reader, char bracket, struct json *out)
{
	if (reader->depth == 0)
		return false;
	reader->depth--;
	reader->at++;
	const bool fine = bracket == '[' ? read_items(reader, out) : read_members(reader, out);
	reader->depth++;
	return fine;
}

static bool read_value(struct reader *reader, struct json *out)
{
	const struct json yes = { .type = JSON_BOOL, .boolean = true };
	const struct json no = { .type = JSON_BOOL, .boolean = false };
	const char *next = skip_white(reader);
	if (next == NULL)
		return false;
	switch (*next) {
	case '"':
		reader->at++;
		*out = (struct json){ .type = JSON_TEXT };
		return read_text(reader, &out->text);
	case '{':
	case '[':
		return read_inner(reader, *next, out);
	case 't':
		return read_word(reader, S("true"), yes, out);
	case 'f':
		return read_word(reader, S("false"), no, out);
	case 'n':
		return read_word(reader, S("null"), (struct json){ .type = JSON_NULL_ }, out);
	default:
		return read_number(reader, out);
	}
}

bool json_quick(struct arena *arena, str bytes, int depth, struct json *out)
{
	struct reader reader;
	reader.arena = arena;
	reader.p = TAKE(arena, char, bytes.n);
	reader.n = bytes.n;
	reader.at = 0;
	reader.depth = depth < DEPTH_MOST ? depth : DEPTH_MOST;
	reader.pile = reader.first;
	reader.pile_n = 0;
	reader.pile_cap = PILE_FIRST;
	if (bytes.n > 0)
		memcpy(reader.p, bytes.p, bytes.n);
	struct json json = { .type = JSON_NULL_ };
	const bool fine = read_value(&reader, &json) && skip_white(&reader) == NULL;
	if (reader.pile != reader.first)
		free(reader.pile);
	if (fine)
		*out = json;
	return fine;
}
