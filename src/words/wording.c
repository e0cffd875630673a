#include "words/inner.h"

#include "base/arena.h"
#include "model/family.h"

/* ---- writing ---------------------------------------------------------------------------------- */

/* The values that are in reach: those of the innermost section first. */
struct scope {
	const struct scope *outer;
	const struct json *value;
};

struct writer {
	struct arena *arena;
	struct buf buf;
	struct wording *out;
	size_t room_used, room_marks;
	str why;
	bool failed;
};

static const struct json *look_up(const struct scope *scope, str name)
{
	if (str_eq(name, S(".")))
		return scope->value;
	str first = name, rest = STR_EMPTY;
	str_cut(name, '.', &first, &rest);
	const struct json *value = NULL;
	for (; scope != NULL && value == NULL; scope = scope->outer)
		value = json_get_str(scope->value, first);
	while (value != NULL && rest.n > 0) {
		str key = rest;
		if (!str_cut(rest, '.', &key, &rest))
			rest = STR_EMPTY;
		value = json_get_str(value, key);
	}
	return value;
}

/* Missing, null, false, an empty text and an empty list do not count. */
static bool counts(const struct json *value)
{
	if (value == NULL || value->type == JSON_NULL_)
		return false;
	if (value->type == JSON_BOOL)
		return value->boolean;
	if (value->type == JSON_TEXT)
		return str_trim(value->text).n > 0;
	if (value->type == JSON_LIST)
		return value->list.n > 0;
	return true;
}

static void fail(struct writer *writer, const struct tag *tag, const char *what)
{
	if (!writer->failed)
		writer->why = str_fmt(writer->arena, "%.*s:%d: {{%.*s}} %s", STR_ARG(tag->file),
				      tag->line, STR_ARG(tag->text), what);
	writer->failed = true;
}

static void put_value(struct writer *writer, const struct tag *tag, const struct json *value)
{
	str text = STR_EMPTY;
	date day;
	if (!counts(value) && (value == NULL || value->type != JSON_BOOL)) {
		fail(writer, tag, "has no value");
		return;
	}
	if (value->type == JSON_TEXT)
		text = value->text;
	else if (value->type == JSON_INT)
		text = str_fmt(writer->arena, "%lld", (long long)value->integer);
	else if (value_date(value, &day))
		text = date_words(writer->arena, day);
	struct wording *out = writer->out;
	if (text.n == 0) {
		fail(writer, tag, "is not a text, a number or a date: it is for a section");
		return;
	}
	if (out->n_used == VALUES_MAX) {
		fail(writer, tag, "is one value too many");
		return;
	}
	buf_fmt(&writer->buf, PLACEHOLDER_OPEN "%zu" PLACEHOLDER_CLOSE, out->n_used);
	if (out->n_used == writer->room_used) {
		writer->room_used = writer->room_used * 2 + 16;
		struct used *grown = TAKE(writer->arena, struct used, writer->room_used);
		if (out->n_used > 0)
			memcpy(grown, out->used, out->n_used * sizeof *grown);
		out->used = grown;
	}
	out->used[out->n_used++] = (struct used){ .text = text, .tag = tag };
}

static void put_mark(struct writer *writer, const struct tag *tag)
{
	struct mark *mark = GROW(writer->arena, writer->out->marks, writer->out->n_marks);
	*mark = (struct mark){ .block = tag->block, .at = writer->buf.n };
}

static void write_tags(struct writer *writer, const struct tag *tags, const struct scope *scope);

static void write_section(struct writer *writer, const struct tag *tag, const struct scope *scope)
{
	const struct json *value = look_up(scope, tag->text);
	bool list = value != NULL && value->type == JSON_LIST;
	if (tag->kind == TAG_INVERTED) {
		if (!counts(value))
			write_tags(writer, tag->inside, scope);
		return;
	}
	if (!counts(value))
		return;
	size_t n = list ? value->list.n : 1;
	for (size_t i = 0; i < n && !writer->failed; i++) {
		struct scope inner = { .outer = scope, .value = value };
		if (list)
			inner.value = &value->list.items[i];
		write_tags(writer, tag->inside, &inner);
	}
}

static void write_tags(struct writer *writer, const struct tag *tags, const struct scope *scope)
{
	for (const struct tag *tag = tags; tag != NULL && !writer->failed; tag = tag->next) {
		switch (tag->kind) {
		case TAG_TEXT:
			buf_add(&writer->buf, tag->text);
			break;
		case TAG_VALUE:
			put_value(writer, tag, look_up(scope, tag->text));
			break;
		case TAG_SECTION:
		case TAG_INVERTED:
			write_section(writer, tag, scope);
			break;
		case TAG_PART:
			write_tags(writer, tag->inside, scope);
			break;
		case TAG_MARK:
			put_mark(writer, tag);
			break;
		}
		if (writer->buf.too_long && !writer->failed) {
			writer->why = str_fmt(writer->arena, "%.*s:%d: the text grows too long",
					      STR_ARG(tag->file), tag->line);
			writer->failed = true;
		}
	}
}

bool mustache_write(struct arena *arena, const struct tag *tags, const struct json *values,
		    struct wording *out, str *why)
{
	struct wording wording = { .text = STR_EMPTY };
	struct writer writer = {
		.arena = arena,
		.buf = buf_of(arena, WORDING_BYTES_MAX),
		.out = &wording,
	};
	const struct scope scope = { .value = values };
	write_tags(&writer, tags, &scope);
	if (writer.failed) {
		*why = writer.why;
		return false;
	}
	wording.text = buf_str(&writer.buf);
	*out = wording;
	return true;
}

/* ---- wordings --------------------------------------------------------------------------------- */

const struct used *wording_used(const struct wording *wording, str text, size_t *at)
{
	str rest = str_slice(text, *at, text.n);
	if (!str_starts(rest, S(PLACEHOLDER_OPEN)))
		return NULL;
	size_t end = str_find(rest, S(PLACEHOLDER_CLOSE));
	int64_t number = -1;
	if (end == rest.n || !str_to_i64(str_slice(rest, 3, end), &number) || number < 0 ||
	    (uint64_t)number >= wording->n_used)
		return NULL;
	*at += end + 3;
	return &wording->used[number];
}

str wording_fill(struct arena *arena, const struct wording *wording)
{
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	str text = wording->text;
	for (size_t at = 0; at < text.n;) {
		const struct used *used = wording_used(wording, text, &at);
		if (used != NULL) {
			buf_add(&buf, used->text);
			continue;
		}
		str rest = str_slice(text, at + 1, text.n);
		size_t length = 1 + str_find(rest, S(PLACEHOLDER_OPEN));
		buf_add(&buf, str_slice(text, at, at + length));
		at += length;
	}
	return buf_str(&buf);
}

/* Words behind a mark: the first heading is the block's own, the next one is another's. */
static bool has_words(str text)
{
	str line;
	bool heading = false;
	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (line.p[0] != '#')
			return true;
		if (heading)
			return false;
		heading = true;
	}
	return false;
}

bool wording_has_blocks(const struct wording *wording, const bool wanted[BLOCK_COUNT],
			enum block *out_block)
{
	bool has[BLOCK_COUNT] = { false };
	for (size_t i = 0; i < wording->n_marks; i++) {
		const struct mark *mark = &wording->marks[i];
		size_t to = i + 1 < wording->n_marks ? mark[1].at : wording->text.n;
		if (has_words(str_slice(wording->text, mark->at, to)))
			has[mark->block] = true;
	}
	for (enum block block = 0; block < BLOCK_COUNT; block++) {
		if (wanted[block] && !has[block]) {
			*out_block = block;
			return false;
		}
	}
	return true;
}
