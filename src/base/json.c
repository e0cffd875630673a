#include "base/json.h"

#include "base/arena.h"
#include "base/json_quick.h"
#include "base/utf8.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

/* --- a look over the bytes before they are parsed --------------------------------------------- */

/*
 * jansson does not limit the depth as we want it, nor mind control characters behind an escape; and
 * once a text is decoded its place is lost. So the bytes are looked over before, just well enough
 * to know where texts begin and end. What this takes for a text in a document that is not JSON does
 * not matter: jansson refuses that document afterwards.
 */
struct look {
	str bytes;
	size_t at;
	int depth;
	int depth_max;
	bool controls; /* are let be behind an escape */
};

/* The number of the four digits at `at`; UINT32_MAX when they are not there. */
static uint32_t hex4(str bytes, size_t at)
{
	uint32_t sum = 0;
	if (at + 4 > bytes.n)
		return UINT32_MAX;
	for (size_t i = at; i < at + 4; i++) {
		char digit = bytes.p[i];
		char letter = (char)(digit | 0x20);
		if (digit >= '0' && digit <= '9')
			sum = sum << 4 | (uint32_t)(digit - '0');
		else if (letter >= 'a' && letter <= 'f')
			sum = sum << 4 | (uint32_t)(letter - 'a' + 10);
		else
			return UINT32_MAX;
	}
	return sum;
}

/* The code point of the escape at `at` (a backslash), and how many bytes the escape has. What is no
 * escape, and a surrogate without its other half, is left to jansson. */
static uint32_t escaped(str bytes, size_t at, size_t *out_n)
{
	char kind = at + 1 < bytes.n ? bytes.p[at + 1] : '\0';
	*out_n = 2;
	if (kind != 'u')
		return kind == 'b' || kind == 'f' || kind == 'r' ? '\r' : '\n';
	uint32_t high = hex4(bytes, at + 2);
	if (high == UINT32_MAX)
		return '\n';
	*out_n = 6;
	if (high < 0xD800 || high > 0xDBFF)
		return high;
	bool again = at + 8 <= bytes.n && bytes.p[at + 6] == '\\' && bytes.p[at + 7] == 'u';
	uint32_t low = again ? hex4(bytes, at + 8) : UINT32_MAX;
	if (low < 0xDC00 || low > 0xDFFF)
		return high;
	*out_n = 12;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static bool is_white(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* True for the first byte of what may be a control character or a noncharacter: C1 begin with C2,
 * U+2028 and 2029 with E2, U+FDD0 to FDEF and U+FFFE with EF, those of higher planes with F0 to
 * F4. */
static bool is_suspect(uint8_t byte)
{
	return byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte >= 0xEF;
}

/* From behind the first quote to behind the last. */
static enum json_fault look_at_text(struct look *look)
{
	while (look->at < look->bytes.n) {
		uint8_t byte = (uint8_t)look->bytes.p[look->at];
		size_t n = 1;
		if (byte == '"') {
			look->at++;
			return JSON_FINE;
		}
		if (byte == '\\') {
			if (utf8_is_control(escaped(look->bytes, look->at, &n)) && !look->controls)
				return JSON_CONTROL_CHARACTER;
		} else if (is_suspect(byte) && !is_white(byte)) {
			size_t behind = look->at;
			if (utf8_is_control(utf8_next(look->bytes, &behind)) && !look->controls)
				return JSON_CONTROL_CHARACTER;
			n = behind - look->at;
		}
		look->at += n;
	}
	return JSON_FINE;
}

static enum json_fault look_over(struct look *look)
{
	while (look->at < look->bytes.n) {
		uint8_t byte = (uint8_t)look->bytes.p[look->at];
		if (byte < 0x20 && !is_white(byte))
			return JSON_CONTROL_CHARACTER;
		if (byte == '[' || byte == '{') {
			if (look->depth++ == look->depth_max)
				return JSON_TOO_DEEP;
		} else if (byte == ']' || byte == '}') {
			look->depth--;
		}
		look->at++;
		if (byte == '"') {
			enum json_fault fault = look_at_text(look);
			if (fault != JSON_FINE)
				return fault;
		}
	}
	return JSON_FINE;
}

/* Lines and columns begin at 1; a column is a character. */
static str place_of(struct arena *arena, str bytes, size_t at)
{
	size_t line = 1;
	size_t column = 1;
	for (size_t i = 0; i < at; i++) {
		if (bytes.p[i] == '\n') {
			line++;
			column = 1;
		} else if (((uint8_t)bytes.p[i] & 0xC0) != 0x80) {
			column++;
		}
	}
	return str_fmt(arena, "line %zu, column %zu", line, column);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Below it a whole number is an int64_t, too. */
#define WHOLE_MAX 9e18

/* A whole number is the same however it was written: 4.0 is 4, 1e17 is 100000000000000000, and there is
 * one zero. */
static struct json number_of(double real)
{
	if (real > -WHOLE_MAX && real < WHOLE_MAX &&
	    fpclassify(real - (double)(int64_t)real) == FP_ZERO)
		return (struct json){ .type = JSON_INT, .integer = (int64_t)real };
	return (struct json){ .type = JSON_REAL_, .real = real };
}

/* Deep recursion cannot come here: the depth was looked at before. */
static struct json convert(struct arena *arena, json_t *from)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT: {
		struct json_member *members = TAKE(arena, struct json_member,
						   json_object_size(from));
		size_t n = 0;
		for (void *at = json_object_iter(from); at != NULL;
		     at = json_object_iter_next(from, at))
			members[n++] = (struct json_member){
				.key = str_copy(arena, str_of(json_object_iter_key(at))),
				.value = convert(arena, json_object_iter_value(at)),
			};
		return (struct json){ .type = JSON_MAP, .map = { .members = members, .n = n } };
	}
	case JSON_ARRAY: {
		size_t n = json_array_size(from);
		struct json *items = TAKE(arena, struct json, n);
		for (size_t i = 0; i < n; i++)
			items[i] = convert(arena, json_array_get(from, i));
		return (struct json){ .type = JSON_LIST, .list = { .items = items, .n = n } };
	}
	case JSON_STRING: {
		str text = { json_string_value(from), json_string_length(from) };
		return (struct json){ .type = JSON_TEXT, .text = str_copy(arena, text) };
	}
	case JSON_INTEGER:
		return (struct json){ .type = JSON_INT, .integer = json_integer_value(from) };
	case JSON_REAL:
		return number_of(json_real_value(from));
	case JSON_TRUE:
	case JSON_FALSE:
		return (struct json){ .type = JSON_BOOL, .boolean = json_is_true(from) };
	case JSON_NULL:
		break;
	}
	return (struct json){ .type = JSON_NULL_ };
}

static enum json_fault fault_of(const json_error_t *error)
{
	enum json_error_code code = json_error_code(error);
	if (code == json_error_out_of_memory)
		fatal("out of memory");
	if (code == json_error_stack_overflow)
		return JSON_TOO_DEEP;
	if (code == json_error_duplicate_key)
		return JSON_DUPLICATE_KEY;
	return JSON_NOT_JSON;
}

static enum json_fault parse(struct arena *arena, str bytes, struct look look,
			     const struct json **out, str *where)
{
	str no_place;
	if (where == NULL)
		where = &no_place;
	const size_t good = utf8_good(bytes);
	if (good < bytes.n) {
		*where = place_of(arena, bytes, good);
		return JSON_NOT_UTF8;
	}
	struct json *json = TAKE(arena, struct json, 1);
	if (json_quick(arena, bytes, look.depth_max, json)) {
		*out = json;
		return JSON_FINE;
	}
	enum json_fault fault = look_over(&look);
	if (fault != JSON_FINE) {
		*where = place_of(arena, bytes, look.at);
		return fault;
	}

	json_error_t error;
	json_t *root = json_loadb(bytes.p != NULL ? bytes.p : "", bytes.n,
				  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL,
				  &error);
	if (root == NULL) {
		*where = str_fmt(arena, "line %d, column %d", error.line, error.column);
		return fault_of(&error);
	}
	*json = convert(arena, root);
	json_decref(root);
	*out = json;
	return JSON_FINE;
}

enum json_fault json_parse(struct arena *arena, str bytes, int depth, const struct json **out,
			   str *where)
{
	const struct look look = { .bytes = bytes, .depth_max = depth };
	return parse(arena, bytes, look, out, where);
}

enum json_fault json_parse_unclean(struct arena *arena, str bytes, int depth,
				   const struct json **out)
{
	const struct look look = { .bytes = bytes, .depth_max = depth, .controls = true };
	return parse(arena, bytes, look, out, NULL);
}

const struct json *json_get_str(const struct json *map, str key)
{
	if (map == NULL || map->type != JSON_MAP)
		return NULL;
	for (size_t i = 0; i < map->map.n; i++)
		if (str_eq(map->map.members[i].key, key))
			return &map->map.members[i].value;
	return NULL;
}

const struct json *json_get(const struct json *map, const char *key)
{
	return json_get_str(map, str_of(key));
}

str json_text(const struct json *map, const char *key)
{
	const struct json *value = json_get(map, key);
	return value != NULL && value->type == JSON_TEXT ? value->text : STR_EMPTY;
}

int64_t json_int(const struct json *map, const char *key, int64_t otherwise)
{
	const struct json *value = json_get(map, key);
	return value != NULL && value->type == JSON_INT ? value->integer : otherwise;
}

bool json_bool(const struct json *map, const char *key, bool otherwise)
{
	const struct json *value = json_get(map, key);
	return value != NULL && value->type == JSON_BOOL ? value->boolean : otherwise;
}

size_t json_list(const struct json *map, const char *key, const struct json **out_items)
{
	const struct json *value = json_get(map, key);
	bool is_list = value != NULL && value->type == JSON_LIST;
	*out_items = is_list ? value->list.items : NULL;
	return is_list ? value->list.n : 0;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* The shortest escape of a byte, or the empty text where it stands for itself. */
static str escape_of(uint8_t byte, char space[6])
{
	switch (byte) {
	case '"':
		return S("\\\"");
	case '\\':
		return S("\\\\");
	case '\b':
		return S("\\b");
	case '\f':
		return S("\\f");
	case '\n':
		return S("\\n");
	case '\r':
		return S("\\r");
	case '\t':
		return S("\\t");
	default:
		break;
	}
	if (byte >= 0x20)
		return STR_EMPTY;
	static const char hex[] = "0123456789abcdef";
	const char unicode[6] = { '\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15] };
	for (size_t i = 0; i < sizeof(unicode); i++)
		space[i] = unicode[i];
	return (str){ space, sizeof(unicode) };
}

/* True for each byte of the eight that is below 0x20, a quote or a backslash: in its highest bit. A byte
 * behind such a one may be marked by mistake, so what is marked is looked at. */
static uint64_t find_special(uint64_t eight)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	const uint64_t quote = eight ^ (ones * '"'), slash = eight ^ (ones * '\\');
	return (((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) |
		((slash - ones) & ~slash)) &
	       high;
}

static void add_quoted(struct buf *buf, str text)
{
	size_t run = 0; /* where the bytes begin that stand for themselves */
	buf_byte(buf, '"');
	for (size_t i = 0; i < text.n; i++) {
		uint64_t eight;
		while (text.n - i > sizeof(eight)) {
			memcpy(&eight, text.p + i, sizeof(eight));
			if (find_special(eight) != 0)
				break;
			i += sizeof(eight);
		}
		uint8_t byte = (uint8_t)text.p[i];
		if (byte >= 0x20 && byte != '"' && byte != '\\')
			continue;
		char space[6];
		buf_add(buf, str_slice(text, run, i));
		buf_add(buf, escape_of(byte, space));
		run = i + 1;
	}
	buf_add(buf, str_slice(text, run, text.n));
	buf_byte(buf, '"');
}

static void add_int(struct buf *buf, int64_t number)
{
	buf_add(buf, str_int(buf->arena, number));
}

static void add_comma(struct json_writer *w)
{
	if (w->comma)
		buf_byte(w->buf, ',');
	w->comma = true;
}

static void open_with(struct json_writer *w, char bracket)
{
	add_comma(w);
	buf_byte(w->buf, bracket);
	w->comma = false;
}

static void close_with(struct json_writer *w, char bracket)
{
	buf_byte(w->buf, bracket);
	w->comma = true;
}

void json_open(struct json_writer *w)
{
	open_with(w, '{');
}

void json_close(struct json_writer *w)
{
	close_with(w, '}');
}

void json_open_list(struct json_writer *w)
{
	open_with(w, '[');
}

void json_close_list(struct json_writer *w)
{
	close_with(w, ']');
}

void json_key(struct json_writer *w, const char *key)
{
	json_key_str(w, str_of(key));
}

void json_key_str(struct json_writer *w, str key)
{
	add_comma(w);
	add_quoted(w->buf, key);
	buf_byte(w->buf, ':');
	w->comma = false;
}

void json_put_text(struct json_writer *w, str text)
{
	add_comma(w);
	add_quoted(w->buf, text);
}

void json_put_int(struct json_writer *w, int64_t number)
{
	add_comma(w);
	add_int(w->buf, number);
}

void json_put_bool(struct json_writer *w, bool truth)
{
	add_comma(w);
	buf_add(w->buf, truth ? S("true") : S("false"));
}

void json_put_null(struct json_writer *w)
{
	add_comma(w);
	buf_add(w->buf, S("null"));
}

void json_put_raw(struct json_writer *w, str json)
{
	add_comma(w);
	buf_add(w->buf, json);
}

void json_put(struct json_writer *w, const struct json *value)
{
	switch (value->type) {
	case JSON_NULL_:
		json_put_null(w);
		break;
	case JSON_BOOL:
		json_put_bool(w, value->boolean);
		break;
	case JSON_INT:
		json_put_int(w, value->integer);
		break;
	case JSON_REAL_:
		add_comma(w);
		buf_fmt(w->buf, "%.17g", value->real); /* give every double back */
		break;
	case JSON_TEXT:
		json_put_text(w, value->text);
		break;
	case JSON_LIST:
		json_open_list(w);
		for (size_t i = 0; i < value->list.n; i++)
			json_put(w, &value->list.items[i]);
		json_close_list(w);
		break;
	case JSON_MAP:
		json_open(w);
		for (size_t i = 0; i < value->map.n; i++) {
			json_key_str(w, value->map.members[i].key);
			json_put(w, &value->map.members[i].value);
		}
		json_close(w);
		break;
	}
}

void json_add_text(struct json_writer *w, const char *key, str text)
{
	json_key(w, key);
	json_put_text(w, text);
}

void json_add_int(struct json_writer *w, const char *key, int64_t number)
{
	json_key(w, key);
	json_put_int(w, number);
}

void json_add_bool(struct json_writer *w, const char *key, bool truth)
{
	json_key(w, key);
	json_put_bool(w, truth);
}

/* --- the canonical form ----------------------------------------------------------------------- */

static int compare_members(const void *a, const void *b)
{
	const struct json_member *const *left = a;
	const struct json_member *const *right = b;
	return str_cmp((*left)->key, (*right)->key);
}

/* The tree again with its members in order; texts are borrowed. */
static struct json sort(struct arena *arena, const struct json *value)
{
	struct json sorted = *value;
	if (value->type == JSON_LIST) {
		struct json *items = TAKE(arena, struct json, value->list.n);
		for (size_t i = 0; i < value->list.n; i++)
			items[i] = sort(arena, &value->list.items[i]);
		sorted.list.items = items;
	} else if (value->type == JSON_MAP) {
		size_t n = value->map.n;
		const struct json_member **order = TAKE(arena, const struct json_member *, n);
		for (size_t i = 0; i < n; i++)
			order[i] = &value->map.members[i];
		qsort(order, n, sizeof(*order), compare_members);
		struct json_member *members = TAKE(arena, struct json_member, n);
		for (size_t i = 0; i < n; i++)
			members[i] = (struct json_member){ order[i]->key,
							   sort(arena, &order[i]->value) };
		sorted.map.members = members;
	}
	return sorted;
}

void json_canonical(struct buf *buf, const struct json *value)
{
	struct json sorted = sort(buf->arena, value);
	struct json_writer writer = { .buf = buf };
	json_put(&writer, &sorted);
}
