#include "base/arena.h"
#include "intake/intake.h"

/* Ids that Candour makes itself are built of others' ids with colons between. */
#define OWN_ID_CHARS_MAX 200
/* An event about a person comes back once for each family, in an envelope that is a little longer. */
#define OWN_EVENT_BYTES_MAX (CANDOUR_EVENT_BYTES_MAX + 8192)
#define TRACEPARENT_CHARS_MAX 128

/* An event on its way in. */
struct parse {
	struct arena *arena;
	const struct policy *policy;
	const struct json *map;
	bool own;
	struct event event;
	struct refused *refused;
};

static bool refuse(struct parse *parse, enum refusal code, const char *field, const char *message)
{
	*parse->refused = (struct refused){
		.code = code,
		.field = str_of(field),
		.message = str_of(message),
	};
	return false;
}

/* --- from bytes to a map ------------------------------------------------------------------------- */

static enum refusal refusal_of(enum json_fault fault)
{
	static const enum refusal refusals[] = {
		[JSON_FINE] = REFUSED_NONE,
		[JSON_NOT_UTF8] = REFUSED_NOT_UTF8,
		[JSON_NOT_JSON] = REFUSED_NOT_JSON,
		[JSON_TOO_DEEP] = REFUSED_TOO_DEEP,
		[JSON_DUPLICATE_KEY] = REFUSED_DUPLICATE_KEY,
		[JSON_CONTROL_CHARACTER] = REFUSED_CONTROL_CHARACTER,
	};
	return refusals[fault];
}

static const char *fault_text(enum json_fault fault)
{
	static const char *const texts[] = {
		[JSON_FINE] = "fine",
		[JSON_NOT_UTF8] = "an event is written in UTF-8",
		[JSON_NOT_JSON] = "an event is one JSON object",
		[JSON_TOO_DEEP] = "lists and maps may stand at most 16 deep inside each other",
		[JSON_DUPLICATE_KEY] = "a key may stand only once in a map",
		[JSON_CONTROL_CHARACTER] =
			"no control characters but line end and tab belong in a text",
	};
	return texts[fault];
}

static bool read_map(struct parse *parse, str bytes)
{
	size_t max = parse->own ? OWN_EVENT_BYTES_MAX : CANDOUR_EVENT_BYTES_MAX;
	if (bytes.n > max)
		return refuse(parse, REFUSED_TOO_LARGE, "", "an event has at most 65536 bytes");
	str where = STR_EMPTY;
	enum json_fault fault = json_parse(parse->arena, bytes, CANDOUR_EVENT_DEPTH_MAX,
					   &parse->map, &where);
	if (fault != JSON_FINE) {
		refuse(parse, refusal_of(fault), "", fault_text(fault));
		if (where.n > 0)
			parse->refused->message = str_fmt(parse->arena, "%s (%.*s)",
							  fault_text(fault), STR_ARG(where));
		return false;
	}
	if (parse->map->type != JSON_MAP)
		return refuse(parse, REFUSED_WRONG_TYPE, "", "an event is a JSON object");
	parse->event.bytes = bytes;
	return true;
}

/* --- the envelope -------------------------------------------------------------------------------- */

/* A text of the envelope that must be there. */
static bool take_text(struct parse *parse, const char *name, str *out)
{
	const struct json *value = json_get(parse->map, name);
	if (value == NULL)
		return refuse(parse, REFUSED_MISSING_FIELD, name,
			      "every event has specversion, id, source, type, subject, time and "
			      "data");
	if (value->type != JSON_TEXT)
		return refuse(parse, REFUSED_WRONG_TYPE, name, "this must be a text");
	*out = value->text;
	return true;
}

static bool read_specversion(struct parse *parse)
{
	str version;
	if (!take_text(parse, "specversion", &version))
		return false;
	if (!str_eq(version, S("1.0")))
		return refuse(parse, REFUSED_BAD_SPECVERSION, "specversion",
			      "the specversion must be \"1.0\"");
	return true;
}

static bool own_id_is(str text)
{
	if (text.n == 0 || text.n > OWN_ID_CHARS_MAX)
		return false;
	/* Each part is an id or what an id may go on with: both are made of these characters. */
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c != ':' && c != '.' && c != '_' && c != '-' && !id_is((str){ &text.p[i], 1 }))
			return false;
	}
	return true;
}

static bool event_id_is(const struct parse *parse, str text)
{
	return id_is(text) || (parse->own && own_id_is(text));
}

static bool read_id(struct parse *parse)
{
	str id;
	if (!take_text(parse, "id", &id))
		return false;
	if (!event_id_is(parse, id))
		return refuse(parse, REFUSED_BAD_ID, "id",
			      "an id is a letter or digit, then letters, digits, dots, underscores "
			      "and hyphens, 64 characters at most");
	parse->event.id = id;
	return true;
}

static bool read_source(struct parse *parse)
{
	str source;
	if (!take_text(parse, "source", &source))
		return false;
	bool good = source.n > 0 && source.n <= CANDOUR_SOURCE_CHARS_MAX;
	for (size_t i = 0; good && i < source.n; i++)
		good = source.p[i] > ' ' && source.p[i] <= '~';
	if (!good)
		return refuse(parse, REFUSED_BAD_ID, "source",
			      "a source is 1 to 256 printable ASCII characters without spaces");
	parse->event.source = source;
	return true;
}

static bool is_reserved(str type)
{
	enum kind kind = kind_of(type);
	return str_starts(type, S("clock.")) || str_starts(type, S("message.")) ||
	       (kind != KIND_PATHWAY && kind_is_reserved(kind));
}

static bool read_type(struct parse *parse)
{
	const struct field *fields;
	size_t n;
	str type;
	if (!take_text(parse, "type", &type))
		return false;
	if (!parse->own && is_reserved(type))
		return refuse(parse, REFUSED_RESERVED_TYPE, "type",
			      "events of this type are Candour's own; nobody else may publish "
			      "them");
	parse->event.type = type;
	parse->event.kind = kind_of(type);
	if (parse->event.kind == KIND_PATHWAY && !policy_declares(parse->policy, type, &fields, &n))
		return refuse(parse, REFUSED_UNKNOWN_TYPE, "type",
			      "Candour does not know this type, and no pathway declares it");
	return true;
}

static bool subject_parse(str text, enum subject *out)
{
#define X(name, wire, bit)                                                                         \
	if (str_eq(text, S(wire))) {                                                               \
		*out = SUBJECT_##name;                                                             \
		return true;                                                                       \
	}
	CANDOUR_SUBJECTS(X)
#undef X
	return false;
}

static bool read_subject(struct parse *parse)
{
	str subject, about, id;
	if (!take_text(parse, "subject", &subject))
		return false;
	if (!str_cut(subject, '/', &about, &id) || !subject_parse(about, &parse->event.about) ||
	    !id_is(id))
		return refuse(parse, REFUSED_BAD_SUBJECT, "subject",
			      "a subject is case/ID, family/ID, person/ID or service/ID");
	if ((kind_subjects(parse->event.kind) & parse->event.about) == 0)
		return refuse(parse, REFUSED_BAD_SUBJECT, "subject",
			      "an event of this type cannot be about such a subject");
	parse->event.subject_id = id;
	return true;
}

static bool read_time(struct parse *parse)
{
	str time;
	if (!take_text(parse, "time", &time))
		return false;
	if (!instant_parse(time, &parse->event.time))
		return refuse(parse, REFUSED_BAD_TIME, "time",
			      "a time is written as in RFC 3339, such as "
			      "2026-11-02T09:15:00+00:00");
	return true;
}

/* Extension attributes are nobody's business here; one of them is carried on. */
static void read_extensions(struct parse *parse)
{
	str traceparent = json_text(parse->map, "traceparent");
	if (traceparent.n <= TRACEPARENT_CHARS_MAX)
		parse->event.traceparent = traceparent;
}

static bool read_envelope(struct parse *parse)
{
	if (!read_specversion(parse) || !read_id(parse) || !read_source(parse) ||
	    !read_type(parse) || !read_subject(parse) || !read_time(parse))
		return false;
	read_extensions(parse);
	const struct json *content = json_get(parse->map, "datacontenttype");
	if (content != NULL && content->type != JSON_TEXT)
		return refuse(parse, REFUSED_WRONG_TYPE, "datacontenttype", "this must be a text");
	if (content != NULL && !str_eq(content->text, S("application/json")))
		return refuse(parse, REFUSED_BAD_DATA, "datacontenttype",
			      "the data of an event is application/json");
	return true;
}

/* --- the data ------------------------------------------------------------------------------------ */

#define ON_AHEAD_DAYS_MAX 366

/* `on`, `by` and `supersedes`, which every kind may have. */
static bool read_common(struct parse *parse)
{
	static const struct field common[] = {
		{ { "on", 2 }, FIELD_DATE, false, false },
		{ { "by", 2 }, FIELD_LINE, false, false },
		{ { "supersedes", 10 }, FIELD_LINE, false, false },
	};
	struct event *event = &parse->event;
	if (!fields_check(parse->arena, common, sizeof common / sizeof common[0], event->data,
			  parse->refused))
		return false;
	event->by = json_text(event->data, "by");
	event->supersedes = json_text(event->data, "supersedes");
	if (event->supersedes.n > 0 && !event_id_is(parse, event->supersedes))
		return refuse(parse, REFUSED_BAD_DATA, "data.supersedes",
			      "data.supersedes must be the id of an event");
	date day = calendar_date(parse->policy->calendar, event->time);
	if (!date_parse(json_text(event->data, "on"), &event->on))
		event->on = day;
	/* A mistyped year would move every date that counts from it. */
	if (date_before(date_add(day, ON_AHEAD_DAYS_MAX), event->on))
		return refuse(parse, REFUSED_BAD_DATA, "data.on",
			      "data.on is the day on which it happened: it may not lie more than "
			      "a year after the event's time");
	return true;
}

static bool read_data(struct parse *parse)
{
	struct event *event = &parse->event;
	event->data = json_get(parse->map, "data");
	if (event->data == NULL)
		return refuse(parse, REFUSED_MISSING_FIELD, "data",
			      "every event has data, if only {}");
	if (event->data->type != JSON_MAP)
		return refuse(parse, REFUSED_WRONG_TYPE, "data", "data must be a JSON object");
	if (!read_common(parse))
		return false;
	size_t n = 0;
	const struct field *fields = kind_fields(event->kind, &n);
	if (event->kind == KIND_PATHWAY)
		require(policy_declares(parse->policy, event->type, &fields, &n));
	return fields_check(parse->arena, fields, n, event->data, parse->refused);
}

/* Two events of one name must say the same. The time counts as a moment, however it was written. */
static void name_event(struct parse *parse)
{
	struct event *event = &parse->event;
	const str identity[] = { event->source, S("\n"), event->id };
	event->identity = hash_of(identity, sizeof identity / sizeof identity[0]);

	/* Escapes and numbers may grow, but never eightfold. */
	struct buf buf = buf_of(parse->arena, 8 * event->bytes.n + 1024);
	struct json_writer w = { .buf = &buf };
	buf_add(&buf, S("{\"data\":"));
	json_canonical(&buf, event->data);
	w.comma = true;
	json_add_text(&w, "subject", json_text(parse->map, "subject"));
	json_add_text(&w, "time", instant_print(parse->arena, event->time));
	json_add_text(&w, "type", event->type);
	json_close(&w);
	require(!buf.too_long);
	event->content = hash_one(buf_str(&buf));
}

/* --- the door ------------------------------------------------------------------------------------ */

bool intake_parse(struct arena *arena, const struct policy *policy, str bytes, bool own,
		  struct event *out, struct refused *refused)
{
	struct parse parse = { .arena = arena, .policy = policy, .own = own, .refused = refused };
	if (!read_map(&parse, bytes) || !read_envelope(&parse) || !read_data(&parse))
		return false;
	name_event(&parse);
	*out = parse.event;
	return true;
}

str intake_own_event(struct arena *arena, const struct own_event *event)
{
	size_t texts = event->source.n + event->id.n + event->type.n + event->subject.n +
		       event->traceparent.n;
	/* An escape is six bytes for one, so this is always enough. */
	struct buf buf = buf_of(arena, event->data.n + 8 * texts + 1024);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "specversion", S("1.0"));
	json_add_text(&w, "id", event->id);
	json_add_text(&w, "source", event->source);
	json_add_text(&w, "type", event->type);
	json_add_text(&w, "subject", event->subject);
	json_add_text(&w, "time", instant_print(arena, event->time));
	json_add_text(&w, "datacontenttype", S("application/json"));
	if (event->traceparent.n > 0)
		json_add_text(&w, "traceparent", event->traceparent);
	json_key(&w, "data");
	json_put_raw(&w, event->data);
	json_close(&w);
	require(!buf.too_long);
	return buf_str(&buf);
}
