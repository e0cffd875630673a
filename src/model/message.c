#include "model/message.h"

#include "base/arena.h"
#include "base/json.h"

/*
 * The stored form, version 1: one flat JSON map. Empty texts, false and "never" are left out.
 *
 * To change it: give the new key a meaning when it is missing, and nothing else is needed. Where
 * that cannot be, count VERSION up, keep read_1 as it is beside a new reader, and let message_read
 * choose between them.
 */
#define VERSION 1

/* What a message holds as plain text; the template's facts are JSON and stand apart. */
#define TEXTS(X)                                                                                   \
	X(id)                                                                                      \
	X(family)                                                                                  \
	X(case_id)                                                                                 \
	X(contact)                                                                                 \
	X(to_name)                                                                                 \
	X(email)                                                                                   \
	X(sms)                                                                                     \
	X(template)                                                                                \
	X(language)                                                                                \
	X(sender)                                                                                  \
	X(secrets)                                                                                 \
	X(rejected)                                                                                \
	X(event_id)                                                                                \
	X(event_type)                                                                              \
	X(traceparent)                                                                             \
	X(rule)                                                                                    \
	X(policy)                                                                                  \
	X(about)

/* Facts come from an event's data, which is bounded in depth, a few levels further down. */
#define DEPTH_MAX (CANDOUR_EVENT_DEPTH_MAX + 8)

static void add_text(struct json_writer *w, const char *key, str text)
{
	if (text.n > 0)
		json_add_text(w, key, text);
}

static void add_true(struct json_writer *w, const char *key, bool truth)
{
	if (truth)
		json_add_bool(w, key, true);
}

static void add_instant(struct json_writer *w, const char *key, instant at)
{
	if (!instant_is_never(at))
		json_add_int(w, key, at.ms);
}

static void add_letter(struct json_writer *w, const struct message *message)
{
	if (message->n_letter == 0)
		return;
	json_key(w, "letter");
	json_open_list(w);
	for (size_t i = 0; i < message->n_letter; i++)
		json_put_text(w, message->letter[i]);
	json_close_list(w);
	json_add_text(w, "postage", postage_name(message->postage));
}

static void add_enclosures(struct json_writer *w, const struct message *message)
{
	if (message->n_enclosures == 0)
		return;
	json_key(w, "enclosures");
	json_open_list(w);
	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];
		json_open(w);
		json_add_text(w, "id", enclosure->id);
		json_add_text(w, "kind", enclosure->kind);
		json_add_text(w, "sha256", enclosure->sha256);
		json_add_int(w, "pages", enclosure->pages);
		add_true(w, "by_service", enclosure->by_service);
		json_close(w);
	}
	json_close_list(w);
}

void message_write(struct buf *buf, const struct message *message)
{
	struct json_writer w = { .buf = buf };
	json_open(&w);
	json_add_int(&w, "v", VERSION);
#define X(name) add_text(&w, #name, message->name);
	TEXTS(X)
#undef X
	add_letter(&w, message);
	json_add_text(&w, "channel", channel_kind_name(message->channel));
	json_add_text(&w, "grade", grade_name(message->grade));
	json_add_text(&w, "format", format_name(message->format));
	json_add_text(&w, "why", why_name(message->why));
	add_true(&w, "prompt", message->prompt);
	add_true(&w, "shadow", message->shadow);
	add_true(&w, "safe", message->safe);
	add_instant(&w, "decided_at", message->decided_at);
	add_instant(&w, "not_before", message->not_before);
	add_instant(&w, "useless_after", message->useless_after);
	json_add_int(&w, "tell", message->tell);
	json_add_int(&w, "tries_max", message->tries_max);
	add_enclosures(&w, message);
	if (message->facts.n > 0) {
		json_key(&w, "facts");
		json_put_raw(&w, message->facts);
	}
	json_close(&w);
}

static instant get_instant(const struct json *map, const char *key)
{
	return (instant){ json_int(map, key, INSTANT_NEVER.ms) };
}

static bool read_letter(const struct json *map, struct message *out)
{
	const struct json *lines;
	size_t n = json_list(map, "letter", &lines);
	if (n > ADDRESS_LINES_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (lines[i].type != JSON_TEXT)
			return false;
		out->letter[i] = lines[i].text;
	}
	out->n_letter = n;
	out->postage = POSTAGE_SECOND;
	return json_get(map, "postage") == NULL ||
	       postage_parse(json_text(map, "postage"), &out->postage);
}

static bool read_enclosures(struct arena *arena, const struct json *map, struct message *out)
{
	const struct json *items;
	size_t n = json_list(map, "enclosures", &items);
	out->enclosures = TAKE(arena, struct enclosure, n);
	out->n_enclosures = n;
	for (size_t i = 0; i < n; i++) {
		struct enclosure *enclosure = &out->enclosures[i];
		*enclosure = (struct enclosure){
			.id = json_text(&items[i], "id"),
			.kind = json_text(&items[i], "kind"),
			.sha256 = json_text(&items[i], "sha256"),
			.pages = json_int(&items[i], "pages", 0),
			.by_service = json_bool(&items[i], "by_service", false),
		};
		/* It would be sent without, and nobody would know. */
		if (enclosure->id.n == 0 || enclosure->sha256.n == 0)
			return false;
	}
	return true;
}

static bool read_facts(struct arena *arena, const struct json *map, size_t max, str *out)
{
	const struct json *facts = json_get(map, "facts");
	if (facts == NULL)
		return true;
	if (facts->type != JSON_MAP)
		return false;
	/* What was read cannot become longer when it is written in the short form, but reals may. */
	struct buf buf = buf_of(arena, 4 * max + 64);
	struct json_writer w = { .buf = &buf };
	json_put(&w, facts);
	*out = buf_str(&buf);
	return !buf.too_long;
}

static bool read_1(struct arena *arena, const struct json *map, size_t size, struct message *out)
{
#define X(name) out->name = json_text(map, #name);
	TEXTS(X)
#undef X
	out->prompt = json_bool(map, "prompt", false);
	out->shadow = json_bool(map, "shadow", false);
	out->safe = json_bool(map, "safe", false);
	out->decided_at = get_instant(map, "decided_at");
	out->not_before = get_instant(map, "not_before");
	out->useless_after = get_instant(map, "useless_after");
	out->tell = json_int(map, "tell", 0);
	int64_t tries = json_int(map, "tries_max", 0);
	if (tries < 0 || tries > INT32_MAX)
		return false;
	out->tries_max = (int)tries;
	return out->id.n > 0 && out->family.n > 0 &&
	       channel_kind_parse(json_text(map, "channel"), &out->channel) &&
	       grade_parse(json_text(map, "grade"), &out->grade) &&
	       format_parse(json_text(map, "format"), &out->format) &&
	       why_parse(json_text(map, "why"), &out->why) && read_letter(map, out) &&
	       read_enclosures(arena, map, out) && read_facts(arena, map, size, &out->facts);
}

enum err message_read(struct arena *arena, str json, struct message *out)
{
	const struct json *map;
	if (json_parse(arena, json, DEPTH_MAX, &map, NULL) != JSON_FINE || map->type != JSON_MAP)
		return ERR_CORRUPT;
	if (json_int(map, "v", 0) != VERSION)
		return ERR_CORRUPT;
	struct message message = { 0 };
	if (!read_1(arena, map, json.n, &message))
		return ERR_CORRUPT;
	*out = message;
	return OK;
}
