#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "letter/inner.h"

/* ---- names -------------------------------------------------------------------------------------- */

const char *letter_refusal_code(enum letter_refusal refusal)
{
	static const char *const codes[] = {
#define X(name, code, final) code,
		LETTER_REFUSALS(X)
#undef X
	};
	require(refusal < LETTER_REFUSAL_COUNT);
	return codes[refusal];
}

bool letter_refusal_is_final(enum letter_refusal refusal)
{
	static const bool finals[] = {
#define X(name, code, final) final,
		LETTER_REFUSALS(X)
#undef X
	};
	require(refusal < LETTER_REFUSAL_COUNT);
	return finals[refusal];
}

static bool refusal_parse(str code, enum letter_refusal *out)
{
	for (int i = LETTER_NONE + 1; i < LETTER_REFUSAL_COUNT; i++) {
		if (str_eq(code, str_of(letter_refusal_code((enum letter_refusal)i)))) {
			*out = (enum letter_refusal)i;
			return true;
		}
	}
	return false;
}

static const char *profile_name(enum letter_profile profile)
{
	return profile == LETTER_NOTIFY_C5 ? "notify_c5" : "local_dl";
}

bool letter_profile_parse(str name, enum letter_profile *out)
{
	const bool notify = str_eq(name, S("notify_c5"));
	if (!notify && !str_eq(name, S("local_dl")))
		return false;
	*out = notify ? LETTER_NOTIFY_C5 : LETTER_LOCAL_DL;
	return true;
}

/* ---- frames ------------------------------------------------------------------------------------- */

static void frame_head(char out[LETTER_FRAME_HEAD], size_t length)
{
	for (size_t i = 0; i < LETTER_FRAME_HEAD; i++)
		out[i] = (char)(unsigned char)(length >> (8 * (LETTER_FRAME_HEAD - 1 - i)));
}

size_t frame_length(const char head[LETTER_FRAME_HEAD])
{
	size_t length = 0;
	for (size_t i = 0; i < LETTER_FRAME_HEAD; i++)
		length = length << 8 | (unsigned char)head[i];
	return length;
}

/* ---- requests ----------------------------------------------------------------------------------- */

static void add_lines(struct json_writer *w, const char *key, const str *lines, size_t n)
{
	json_key(w, key);
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_text(w, lines[i]);
	json_close_list(w);
}

bool letter_ask_write(struct arena *arena, const struct letter_ask *ask, str *out)
{
	struct buf buf = buf_of(arena, LETTER_REQUEST_MAX + LETTER_FRAME_HEAD);
	struct json_writer w = { .buf = &buf };
	char head[LETTER_FRAME_HEAD] = { 0 };

	buf_add(&buf, (str){ head, sizeof head }); /* the length is not known yet */
	json_open(&w);
	json_add_int(&w, "version", LETTER_VERSION);
	json_add_text(&w, "id", ask->id);
	json_add_text(&w, "profile", str_of(profile_name(ask->profile)));
	json_add_int(&w, "points", ask->points);
	json_add_text(&w, "title", ask->title);
	json_add_text(&w, "day", date_print(arena, ask->day));
	json_add_text(&w, "reference", ask->reference);
	json_key(&w, "from");
	json_open(&w);
	json_add_text(&w, "name", ask->from_name);
	json_add_text(&w, "phone", ask->from_phone);
	json_add_text(&w, "email", ask->from_email);
	add_lines(&w, "lines", ask->from_lines, ask->n_from_lines);
	json_close(&w);
	json_add_text(&w, "logo", ask->logo);
	add_lines(&w, "to", ask->to_lines, ask->n_to_lines);
	json_key(&w, "parts");
	json_put_raw(&w, ask->parts.n > 0 ? ask->parts : S("[]"));
	json_close(&w);
	if (buf.too_long)
		return false;
	frame_head(buf.p, buf.n - LETTER_FRAME_HEAD);
	*out = buf_str(&buf);
	return true;
}

/* What is wrong with a request, said once, for the sender's developer. */
static bool wrong(str *why, const char *field)
{
	*why = str_of(field);
	return false;
}

/* A list of texts into the arena. */
static bool read_lines(struct arena *arena, const struct json *map, const char *key,
		       const str **out, size_t *n)
{
	const struct json *items = NULL;
	*n = json_list(map, key, &items);
	if (*n > LETTER_LINES_MAX)
		return false;
	str *lines = TAKE(arena, str, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		if (items[i].type != JSON_TEXT)
			return false;
		lines[i] = items[i].text;
	}
	*out = lines;
	return true;
}

static bool is_size(int64_t points)
{
	return points == 0 || points == 16 || points == 18 || points == 20 || points == 24 ||
	       points == 28;
}

/* One line each, whatever a value holds. */
static bool has_line_end(const struct letter_ask *ask)
{
	const str *lists[] = { ask->from_lines, ask->to_lines };
	const size_t counts[] = { ask->n_from_lines, ask->n_to_lines };
	const str texts[] = { ask->id,        ask->title,      ask->reference,
			      ask->from_name, ask->from_phone, ask->from_email };
	bool found = false;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		found = found || str_has_byte(texts[i], '\n');
	for (size_t l = 0; l < 2; l++)
		for (size_t i = 0; i < counts[l]; i++)
			found = found || str_has_byte(lists[l][i], '\n');
	return found;
}

static bool read_heads(struct arena *arena, const struct json *map, struct letter_ask *out,
		       str *why)
{
	const struct json *from = json_get(map, "from");
	if (json_int(map, "version", 0) != LETTER_VERSION)
		return wrong(why, "version is not known");
	if (!letter_profile_parse(json_text(map, "profile"), &out->profile))
		return wrong(why, "profile is not known");
	const int64_t points = json_int(map, "points", -1);
	if (!is_size(points))
		return wrong(why, "points is 0, 16, 18, 20, 24 or 28");
	out->points = (int)points;
	if (!date_parse(json_text(map, "day"), &out->day))
		return wrong(why, "day is no date");
	out->title = json_text(map, "title");
	out->reference = json_text(map, "reference");
	out->logo = json_text(map, "logo");
	out->from_name = json_text(from, "name");
	out->from_phone = json_text(from, "phone");
	out->from_email = json_text(from, "email");
	if (out->title.n == 0 || out->from_name.n == 0)
		return wrong(why, "title and from.name are needed");
	if (!read_lines(arena, from, "lines", &out->from_lines, &out->n_from_lines) ||
	    !read_lines(arena, map, "to", &out->to_lines, &out->n_to_lines) || out->n_to_lines == 0)
		return wrong(why, "to and from.lines are lists of at most 7 texts, to not empty");
	if (has_line_end(out))
		return wrong(why, "a text that is one line holds a line end");
	return true;
}

bool ask_read(struct arena *arena, str bytes, struct letter_ask *out, const struct json **out_parts,
	      str *why)
{
	const struct json *map = NULL;
	*out = (struct letter_ask){ 0 };
	if (json_parse(arena, bytes, LETTER_DEPTH_MAX, &map, NULL) != JSON_FINE ||
	    map->type != JSON_MAP)
		return wrong(why, "it is no JSON map in clean UTF-8");
	out->id = json_text(map, "id");
	if (out->id.n > LETTER_ID_MAX) {
		out->id = STR_EMPTY; /* an answer's first frame would be full of it */
		return wrong(why, "id has at most 64 bytes");
	}
	*out_parts = json_get(map, "parts");
	if (*out_parts == NULL || (*out_parts)->type != JSON_LIST || (*out_parts)->list.n == 0)
		return wrong(why, "parts is a list that is not empty");
	return read_heads(arena, map, out, why);
}

/* ---- answers ------------------------------------------------------------------------------------ */

str said_write(struct arena *arena, const struct letter_said *said)
{
	struct buf buf = buf_of(arena, LETTER_HEADER_MAX + LETTER_PDF_MAX + 2 * LETTER_FRAME_HEAD);
	struct json_writer w = { .buf = &buf };
	char head[LETTER_FRAME_HEAD] = { 0 };

	buf_add(&buf, (str){ head, sizeof head });
	json_open(&w);
	json_add_text(&w, "id", said->id);
	json_add_bool(&w, "last", said->last);
	if (said->refused == LETTER_NONE) {
		json_add_int(&w, "pages", said->pages);
	} else {
		json_key(&w, "error");
		json_open(&w);
		json_add_text(&w, "code", str_of(letter_refusal_code(said->refused)));
		json_add_text(&w, "message", said->why);
		json_close(&w);
	}
	json_close(&w);
	frame_head(buf.p, buf.n - LETTER_FRAME_HEAD);
	frame_head(head, said->pdf.n);
	buf_add(&buf, (str){ head, sizeof head });
	buf_add(&buf, said->pdf);
	require(!buf.too_long);
	return buf_str(&buf);
}

/* The frame at *at, which moves behind it. */
static enum letter_take take_frame(str bytes, size_t *at, size_t max, str *out)
{
	if (bytes.n - *at < LETTER_FRAME_HEAD)
		return LETTER_MORE;
	const size_t length = frame_length(bytes.p + *at);
	if (length > max)
		return LETTER_GARBAGE;
	if (bytes.n - *at - LETTER_FRAME_HEAD < length)
		return LETTER_MORE;
	*out = str_slice(bytes, *at + LETTER_FRAME_HEAD, *at + LETTER_FRAME_HEAD + length);
	*at += LETTER_FRAME_HEAD + length;
	return LETTER_WHOLE;
}

static enum letter_take read_header(struct arena *arena, str header, struct letter_said *out)
{
	const struct json *map = NULL;
	if (json_parse(arena, header, 4, &map, NULL) != JSON_FINE || map->type != JSON_MAP)
		return LETTER_GARBAGE;
	const struct json *error = json_get(map, "error");
	const int64_t pages = json_int(map, "pages", 0);
	*out = (struct letter_said){
		.id = json_text(map, "id"),
		.last = json_bool(map, "last", false),
		.why = json_text(error, "message"),
	};
	if (error != NULL)
		return refusal_parse(json_text(error, "code"), &out->refused) ? LETTER_WHOLE
									      : LETTER_GARBAGE;
	out->pages = pages >= 1 && pages <= LETTER_PAGES_MAX ? (int)pages : 0;
	return out->pages > 0 ? LETTER_WHOLE : LETTER_GARBAGE;
}

enum letter_take letter_said_take(struct arena *arena, str bytes, struct letter_said *out,
				  size_t *used)
{
	size_t at = 0;
	str header, pdf = STR_EMPTY;
	enum letter_take took = take_frame(bytes, &at, LETTER_HEADER_MAX, &header);
	if (took == LETTER_WHOLE)
		took = read_header(arena, header, out);
	if (took == LETTER_WHOLE)
		took = take_frame(bytes, &at, LETTER_PDF_MAX, &pdf);
	if (took != LETTER_WHOLE)
		return took;
	const bool is_pdf = str_starts(pdf, S("%PDF-"));
	if (out->refused == LETTER_NONE ? !is_pdf : pdf.n > 0)
		return LETTER_GARBAGE;
	out->pdf = pdf;
	*used = at;
	return LETTER_WHOLE;
}
