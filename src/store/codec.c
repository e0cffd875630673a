/*
 * The stored form of a family: JSON with "v": 1, one table for writing and reading.
 *
 * What is empty, false, zero or an unknown date is left out, so that a record is as small as what it
 * says. A wrong type or a name that no set knows is damage, never a default: a default could tell
 * somebody what they must not hear.
 *
 * To change it: a new field gets a line in its table, and a meaning when it is missing; nothing else
 * is needed (the sizes at the end remind you of it). Where that cannot be, count VERSION up, keep the
 * old tables under a name with their number, and let codec_read choose by "v". Records are written
 * anew, in the newest version, by the next commit of their family.
 */
#include "base/arena.h"
#include "base/json.h"
#include "store/inner.h"

#define VERSION 1
#define DEPTH_MAX 12

/* --- writing ---------------------------------------------------------------------------------- */

static void write_shape(struct json_writer *w, const struct shape *shape, const void *from);

static const void *at(const void *from, size_t offset)
{
	return (const char *)from + offset;
}

static size_t count_of(const struct part *part, const void *from)
{
	return *(const size_t *)at(from, part->count_at);
}

static int name_value(const void *value)
{
	int number;

	memcpy(&number, value, sizeof number);
	return number;
}

static void write_set(struct json_writer *w, const struct part *part, const bool *has)
{
	bool any = false;

	for (size_t i = 0; i < part->max; i++)
		any = any || has[i];
	if (!any)
		return;
	json_key(w, part->key);
	json_open_list(w);
	for (size_t i = 0; i < part->max; i++)
		if (has[i])
			json_put_text(w, part->names->name((int)i));
	json_close_list(w);
}

static void write_names(struct json_writer *w, const struct part *part, const void *from)
{
	size_t n = count_of(part, from);

	require(n <= part->max);
	if (n == 0)
		return;
	json_key(w, part->key);
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_text(w,
			      part->names->name(name_value(at(from, part->at + i * sizeof(int)))));
	json_close_list(w);
}

static void write_texts(struct json_writer *w, const char *key, const str *texts, size_t n)
{
	if (n == 0)
		return;
	json_key(w, key);
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_text(w, texts[i]);
	json_close_list(w);
}

static void write_many(struct json_writer *w, const struct part *part, const void *from)
{
	const void *list = *(const void *const *)at(from, part->at);
	size_t n = count_of(part, from);

	if (n == 0)
		return;
	json_key(w, part->key);
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		write_shape(w, part->shape, at(list, i * part->shape->size));
	json_close_list(w);
}

static void write_one(struct json_writer *w, const struct part *part, const void *one)
{
	json_key(w, part->key);
	write_shape(w, part->shape, one);
}

static void write_week(struct json_writer *w, const char *key, const struct week *week)
{
	if (!week_is_ever_open(week))
		return;
	json_key(w, key);
	week_write(w, week);
}

static void write_plain(struct json_writer *w, const struct part *part, const void *value)
{
	const str *text = value;
	const date *day = value;

	switch (part->type) {
	case PART_TEXT:
		if (text->n > 0)
			json_add_text(w, part->key, *text);
		return;
	case PART_DATE:
		if (date_is(*day))
			json_add_text(w, part->key, date_print(w->buf->arena, *day));
		return;
	case PART_INSTANT:
		json_add_int(w, part->key, ((const instant *)value)->ms);
		return;
	case PART_MOMENT:
		if (!instant_is_never(*(const instant *)value))
			json_add_int(w, part->key, ((const instant *)value)->ms);
		return;
	case PART_NUMBER:
		json_add_int(w, part->key, *(const int64_t *)value);
		return;
	case PART_COUNT:
		if (*(const size_t *)value > 0)
			json_add_int(w, part->key, (int64_t) * (const size_t *)value);
		return;
	case PART_TRUTH:
		if (*(const bool *)value)
			json_add_bool(w, part->key, true);
		return;
	case PART_NAME:
		json_add_text(w, part->key, part->names->name(name_value(value)));
		return;
	case PART_HASH:
		json_add_text(w, part->key, hash_hex(w->buf->arena, value));
		return;
	case PART_DURATION:
		if (((const struct duration *)value)->n > 0)
			json_add_text(
				w, part->key,
				duration_print(w->buf->arena, *(const struct duration *)value));
		return;
	case PART_WEEK:
	case PART_SET:
	case PART_NAMES:
	case PART_LINES:
	case PART_TEXTS:
	case PART_ONE:
	case PART_SOME:
	case PART_MANY:
		break;
	}
	const bool is_plain = false;
	require(is_plain);
}

static void write_part(struct json_writer *w, const struct part *part, const void *from)
{
	const void *value = at(from, part->at);

	switch (part->type) {
	case PART_WEEK:
		write_week(w, part->key, value);
		return;
	case PART_SET:
		write_set(w, part, value);
		return;
	case PART_NAMES:
		write_names(w, part, from);
		return;
	case PART_LINES:
		require(count_of(part, from) <= part->max);
		write_texts(w, part->key, value, count_of(part, from));
		return;
	case PART_TEXTS:
		write_texts(w, part->key, *(const str *const *)value, count_of(part, from));
		return;
	case PART_ONE:
		write_one(w, part, value);
		return;
	case PART_SOME:
		if (*(const void *const *)value != NULL)
			write_one(w, part, *(const void *const *)value);
		return;
	case PART_MANY:
		write_many(w, part, from);
		return;
	case PART_TEXT:
	case PART_DATE:
	case PART_INSTANT:
	case PART_MOMENT:
	case PART_NUMBER:
	case PART_COUNT:
	case PART_TRUTH:
	case PART_NAME:
	case PART_HASH:
	case PART_DURATION:
		write_plain(w, part, value);
		return;
	}
}

static void write_parts(struct json_writer *w, const struct shape *shape, const void *from)
{
	for (size_t i = 0; i < shape->n; i++)
		write_part(w, &shape->parts[i], from);
}

static void write_shape(struct json_writer *w, const struct shape *shape, const void *from)
{
	json_open(w);
	write_parts(w, shape, from);
	json_close(w);
}

void codec_write(struct buf *buf, const struct family *family)
{
	struct json_writer w = { .buf = buf };

	json_open(&w);
	json_add_int(&w, "v", VERSION);
	write_parts(&w, &shape_family, family);
	json_close(&w);
}

void codec_write_case(struct buf *buf, const struct case_file *file)
{
	struct json_writer w = { .buf = buf };

	json_open(&w);
	json_add_int(&w, "v", VERSION);
	write_parts(&w, &shape_case, file);
	json_close(&w);
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_shape(struct arena *arena, const struct shape *shape, const struct json *json,
		       void *to);

static void *in(void *to, size_t offset)
{
	return (char *)to + offset;
}

static void set_count(const struct part *part, void *to, size_t n)
{
	*(size_t *)in(to, part->count_at) = n;
}

static bool read_name(const struct part *part, const struct json *json, void *to)
{
	int value;

	if (json->type != JSON_TEXT || !part->names->parse(json->text, &value))
		return false;
	memcpy(to, &value, sizeof value);
	return true;
}

static bool read_set(const struct part *part, const struct json *list, bool *has)
{
	for (size_t i = 0; i < list->list.n; i++) {
		int value;

		if (!read_name(part, &list->list.items[i], &value) || value < 0 ||
		    (size_t)value >= part->max)
			return false;
		has[value] = true;
	}
	return true;
}

static bool read_names(const struct part *part, const struct json *list, void *to)
{
	if (list->list.n > part->max)
		return false;
	for (size_t i = 0; i < list->list.n; i++)
		if (!read_name(part, &list->list.items[i], in(to, part->at + i * sizeof(int))))
			return false;
	set_count(part, to, list->list.n);
	return true;
}

static bool read_texts(const struct json *list, str *texts)
{
	for (size_t i = 0; i < list->list.n; i++) {
		if (list->list.items[i].type != JSON_TEXT)
			return false;
		texts[i] = list->list.items[i].text;
	}
	return true;
}

static bool read_many(struct arena *arena, const struct part *part, const struct json *list,
		      void *to)
{
	void *many = arena_take(arena, part->shape->size, list->list.n);

	for (size_t i = 0; i < list->list.n; i++)
		if (!read_shape(arena, part->shape, &list->list.items[i],
				in(many, i * part->shape->size)))
			return false;
	*(void **)in(to, part->at) = many;
	set_count(part, to, list->list.n);
	return true;
}

static bool read_list(struct arena *arena, const struct part *part, const struct json *json,
		      void *to)
{
	str *texts;

	if (json->type != JSON_LIST)
		return false;
	if (part->type == PART_SET)
		return read_set(part, json, in(to, part->at));
	if (part->type == PART_NAMES)
		return read_names(part, json, to);
	if (part->type == PART_MANY)
		return read_many(arena, part, json, to);
	if (part->type == PART_LINES && json->list.n > part->max)
		return false;
	texts = in(to, part->at);
	if (part->type == PART_TEXTS) {
		texts = TAKE(arena, str, json->list.n);
		*(str **)in(to, part->at) = texts;
	}
	set_count(part, to, json->list.n);
	return read_texts(json, texts);
}

static bool read_whole(const struct json *json, int64_t *out)
{
	if (json->type != JSON_INT)
		return false;
	*out = json->integer;
	return true;
}

static bool read_count(const struct json *json, size_t *out)
{
	if (json->type != JSON_INT || json->integer < 0)
		return false;
	*out = (size_t)json->integer;
	return true;
}

static bool read_duration(struct arena *arena, const struct json *json, struct duration *out)
{
	str why;

	return json->type == JSON_TEXT && duration_parse(arena, json->text, out, &why) &&
	       duration_is_count(out);
}

static bool read_some(struct arena *arena, const struct part *part, const struct json *json,
		      void *to)
{
	void *one = arena_take(arena, part->shape->size, 1);

	*(void **)to = one;
	return read_shape(arena, part->shape, json, one);
}

static bool read_part(struct arena *arena, const struct part *part, const struct json *json,
		      void *to)
{
	void *value = in(to, part->at);

	switch (part->type) {
	case PART_TEXT:
		*(str *)value = json->type == JSON_TEXT ? json->text : STR_EMPTY;
		return json->type == JSON_TEXT;
	case PART_DATE:
		return json->type == JSON_TEXT && date_parse(json->text, value);
	case PART_INSTANT:
	case PART_MOMENT:
		return read_whole(json, &((instant *)value)->ms);
	case PART_NUMBER:
		return read_whole(json, value);
	case PART_COUNT:
		return read_count(json, value);
	case PART_TRUTH:
		*(bool *)value = json->type == JSON_BOOL && json->boolean;
		return json->type == JSON_BOOL;
	case PART_NAME:
		return read_name(part, json, value);
	case PART_HASH:
		return json->type == JSON_TEXT &&
		       hex_parse(json->text, ((struct hash *)value)->bytes, HASH_BYTES);
	case PART_DURATION:
		return read_duration(arena, json, value);
	case PART_WEEK:
		return week_read(json, value);
	case PART_ONE:
		return read_shape(arena, part->shape, json, value);
	case PART_SOME:
		return read_some(arena, part, json, value);
	case PART_SET:
	case PART_NAMES:
	case PART_LINES:
	case PART_TEXTS:
	case PART_MANY:
		break;
	}
	return read_list(arena, part, json, to);
}

/* What a missing part means: zero, but for a date, a moment, a struct that may hold some, and for what
 * was always written: an open message has its intent, a climb may have kept no ladder. */
static bool leave_out(const struct part *part, void *to)
{
	if (part->type == PART_DATE)
		*(date *)in(to, part->at) = DATE_NONE;
	if (part->type == PART_MOMENT)
		*(instant *)in(to, part->at) = INSTANT_NEVER;
	if (part->type == PART_ONE) {
		for (size_t i = 0; i < part->shape->n; i++) {
			if (!leave_out(&part->shape->parts[i], in(to, part->at)))
				return false;
		}
	}
	return (part->type != PART_NAME || part->max == 1) && part->type != PART_INSTANT &&
	       part->type != PART_NUMBER && part->type != PART_HASH &&
	       (part->type != PART_SOME || part->max == 1);
}

/* Into zeroed memory. */
static bool read_shape(struct arena *arena, const struct shape *shape, const struct json *json,
		       void *to)
{
	if (json->type != JSON_MAP)
		return false;
	for (size_t i = 0; i < shape->n; i++) {
		const struct part *part = &shape->parts[i];
		const struct json *value = json_get(json, part->key);

		if (value == NULL ? !leave_out(part, to) : !read_part(arena, part, value, to))
			return false;
	}
	return true;
}

enum err codec_read(struct arena *arena, str json, struct family **out)
{
	struct family *family = TAKE(arena, struct family, 1);
	const struct json *root;

	if (json_parse(arena, json, DEPTH_MAX, &root, NULL) != JSON_FINE ||
	    json_int(root, "v", 0) != VERSION || !read_shape(arena, &shape_family, root, family) ||
	    family->version < 1 || family->entries < 0)
		return ERR_CORRUPT;
	*out = family;
	return OK;
}

enum err codec_bring_back(struct arena *arena, str json, struct family *family)
{
	struct case_file *file = TAKE(arena, struct case_file, 1);
	const struct json *root;

	if (json_parse(arena, json, DEPTH_MAX, &root, NULL) != JSON_FINE ||
	    json_int(root, "v", 0) != VERSION || !read_shape(arena, &shape_case, root, file))
		return ERR_CORRUPT;
	if (family_case(family, file->id) != NULL)
		return OK;
	file->was_away = true;
	*GROW(arena, family->cases, family->n_cases) = *file;
	return OK;
}
