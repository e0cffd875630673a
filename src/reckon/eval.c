/* Questions as JSON lines: a table of operations, each one function. */
#include "reckon/inner.h"

#include "base/arena.h"

#define DEPTH_MAX 8
#define PRINT_ZONE S("Europe/London") /* letters are handed over, printed and posted there */

struct reckon_eval {
	struct zones zones;
	calendar_named_fn *named;
	void *arg;
};

/* One question. */
struct ask {
	struct reckon_eval *eval;
	struct arena *arena; /* emptied behind the line */
	const struct json *line;
	const struct calendar *calendar;
	struct calendar own; /* of the line itself */
	struct fault fault;
	struct json_writer w;
};

static bool say_fault(struct ask *ask, const char *code, const char *field, const char *wanted)
{
	fault_note(&ask->fault, ask->arena, code, "%s: %s", field, wanted);
	return false;
}

static bool say_no(struct ask *ask, enum reckon_no no)
{
	fault_note(&ask->fault, ask->arena, reckon_no_code(no), "%s", reckon_no_text(no));
	return false;
}

/* --- fields -------------------------------------------------------------------------------------- */

static const struct json *field_of(struct ask *ask, const char *field)
{
	const struct json *value = json_get(ask->line, field);
	if (value == NULL)
		say_fault(ask, "missing_field", field, "this is wanted");
	return value;
}

static bool text_field(struct ask *ask, const char *field, str *out)
{
	const struct json *value = field_of(ask, field);
	if (value == NULL)
		return false;
	if (value->type != JSON_TEXT)
		return say_fault(ask, "wrong_type", field, "a text is wanted");
	*out = value->text;
	return true;
}

static bool number_field(struct ask *ask, const char *field, int64_t *out)
{
	const struct json *value = field_of(ask, field);
	if (value == NULL)
		return false;
	if (value->type != JSON_INT)
		return say_fault(ask, "wrong_type", field, "a whole number is wanted");
	*out = value->integer;
	return true;
}

static bool instant_field(struct ask *ask, const char *field, instant *out)
{
	str text;
	if (!text_field(ask, field, &text))
		return false;
	return instant_parse(text, out) ||
	       say_fault(ask, "bad_time", field,
			 "an instant is wanted, such as 2026-01-05T09:00:00Z");
}

/* A date, or the local date of an instant. */
static bool date_field(struct ask *ask, const char *field, date *out)
{
	str text;
	instant at;
	if (!text_field(ask, field, &text))
		return false;
	if (date_parse(text, out))
		return true;
	if (!instant_parse(text, &at))
		return say_fault(ask, "bad_time", field,
				 "a date is wanted, such as 2026-01-05, or an instant");
	*out = zone_date(ask->calendar->zone, at);
	return true;
}

/* Not negative; in milliseconds. */
static bool seconds_field(struct ask *ask, const char *field, span *out)
{
	int64_t seconds;
	if (!number_field(ask, field, &seconds))
		return false;
	if (seconds < 0)
		return say_fault(ask, "negative", field, "a length of time is not negative");
	if (seconds > INT64_MAX / 1000)
		return say_no(ask, RECKON_TOO_FAR);
	*out = SPAN_S(seconds);
	return true;
}

static bool calendar_field(struct ask *ask)
{
	const struct json *value = field_of(ask, "calendar");
	if (value == NULL)
		return false;
	if (value->type == JSON_MAP) {
		ask->calendar = &ask->own;
		return calendar_from_json(ask->arena, &ask->eval->zones, value, &ask->own,
					  &ask->fault);
	}
	if (value->type != JSON_TEXT)
		return say_fault(ask, "wrong_type", "calendar", "a calendar or its name is wanted");
	if (ask->eval->named != NULL)
		ask->calendar = ask->eval->named(ask->eval->arg, value->text);
	return ask->calendar != NULL ||
	       say_fault(ask, "unknown_calendar", "calendar", "there is none of this name");
}

/* --- answers ------------------------------------------------------------------------------------- */

static bool answer_date(struct ask *ask, enum reckon_no no, date day)
{
	if (no != RECKON_FINE)
		return say_no(ask, no);
	json_put_text(&ask->w, date_print(ask->arena, day));
	return true;
}

static bool answer_instant(struct ask *ask, enum reckon_no no, instant at)
{
	if (no != RECKON_FINE)
		return say_no(ask, no);
	json_put_text(&ask->w, instant_print(ask->arena, at));
	return true;
}

static bool add_working_days(struct ask *ask)
{
	date from, day = DATE_NONE;
	int64_t n;
	if (!date_field(ask, "from", &from) || !number_field(ask, "days", &n))
		return false;
	return answer_date(ask, reckon_add_working_days(ask->calendar, from, n, &day), day);
}

static bool add_days_rolled(struct ask *ask)
{
	date from, day = DATE_NONE;
	int64_t n;
	if (!date_field(ask, "from", &from) || !number_field(ask, "days", &n))
		return false;
	if (n < 0)
		return say_fault(ask, "negative", "days", "a length of time is not negative");
	return answer_date(ask, reckon_add_days_rolled(ask->calendar, from, n, &day), day);
}

static bool add_working_time(struct ask *ask)
{
	instant from, at = INSTANT_NEVER;
	span length;
	if (!instant_field(ask, "from", &from) || !seconds_field(ask, "seconds", &length))
		return false;
	return answer_instant(ask, reckon_add_working_time(ask->calendar, from, length, &at), at);
}

static bool subtract_working_time(struct ask *ask)
{
	instant from, at = INSTANT_NEVER;
	span length;
	if (!instant_field(ask, "from", &from) || !seconds_field(ask, "seconds", &length))
		return false;
	return answer_instant(ask, reckon_subtract_working_time(ask->calendar, from, length, &at),
			      at);
}

static bool next_open(struct ask *ask)
{
	instant from, at = INSTANT_NEVER;
	if (!instant_field(ask, "from", &from))
		return false;
	return answer_instant(ask, reckon_add_working_time(ask->calendar, from, SPAN_MS(0), &at),
			      at);
}

static bool previous_open(struct ask *ask)
{
	instant from, at = INSTANT_NEVER;
	if (!instant_field(ask, "from", &from))
		return false;
	return answer_instant(
		ask, reckon_subtract_working_time(ask->calendar, from, SPAN_MS(0), &at), at);
}

static bool elapsed(struct ask *ask)
{
	instant from, to;
	if (!instant_field(ask, "from", &from) || !instant_field(ask, "to", &to))
		return false;
	int64_t ms = reckon_elapsed(ask->calendar, from, to).ms;
	if (ms % 1000 == 0)
		json_put_int(&ask->w, ms / 1000);
	else
		json_put_raw(&ask->w, str_fmt(ask->arena, "%lld.%03d", (long long)(ms / 1000),
					      (int)(ms % 1000)));
	return true;
}

static bool working_days_between(struct ask *ask)
{
	date from, to;
	if (!date_field(ask, "from", &from) || !date_field(ask, "to", &to))
		return false;
	json_put_int(&ask->w, reckon_working_days_between(ask->calendar, from, to));
	return true;
}

static bool is_open(struct ask *ask)
{
	instant at;
	if (!instant_field(ask, "at", &at))
		return false;
	json_put_bool(&ask->w, reckon_is_open(ask->calendar, at));
	return true;
}

static bool is_working_day(struct ask *ask)
{
	date day;
	if (!date_field(ask, "date", &day))
		return false;
	json_put_bool(&ask->w, reckon_is_working_day(ask->calendar, day));
	return true;
}

/* "2026-03-29T01:30", with or without seconds; a space may stand for the T. */
static bool local_field(struct ask *ask, date *out_day, int *out_second)
{
	str text, day, rest;
	minute_of_day minute;
	int64_t second = 0;
	if (!text_field(ask, "local", &text))
		return false;
	bool fine = str_cut(text, text.n > 10 && text.p[10] == ' ' ? ' ' : 'T', &day, &rest) &&
		    rest.n >= 5 && date_parse(day, out_day) &&
		    minute_parse(str_slice(rest, 0, 5), &minute);
	if (fine && rest.n > 5)
		fine = rest.n == 8 && rest.p[5] == ':' && rest.p[6] >= '0' && rest.p[6] <= '5' &&
		       str_to_i64(str_slice(rest, 6, 8), &second);
	if (!fine || (int64_t)minute * 60 + second > 86400)
		return say_fault(ask, "bad_time", "local",
				 "a local time is wanted, such as 2026-03-29T01:30:00");
	*out_second = minute * 60 + (int)second;
	return true;
}

static bool to_instant(struct ask *ask)
{
	str name;
	date day;
	int second = 0;
	if (!text_field(ask, "zone", &name) || !local_field(ask, &day, &second))
		return false;
	const struct zone *zone = zones_find(&ask->eval->zones, name);
	if (zone == NULL)
		return say_fault(ask, "unknown_zone", "zone", "this is no time zone of the system");
	instant at = zone_instant_second(zone, day, second);
	return answer_instant(ask, instant_is_in_range(at) ? RECKON_FINE : RECKON_TOO_FAR, at);
}

static bool arrival(struct ask *ask)
{
	instant at;
	str name;
	enum postage postage;
	struct calendar *post = &ask->own;
	if (!instant_field(ask, "handed_over", &at) || !text_field(ask, "postage", &name))
		return false;
	if (!postage_parse(name, &postage))
		return say_fault(ask, "bad_data", "postage", "first, second or economy is wanted");
	if (!holidays_from_json(ask->arena, json_get(ask->line, "holidays"), post, &ask->fault))
		return false;
	post->zone = zones_find(&ask->eval->zones, PRINT_ZONE);
	if (post->zone == NULL)
		return say_fault(ask, "unknown_zone", "zone", "the system has no Europe/London");
	struct letter_dates dates = letter_arrival(post, at, postage);
	if (!day_is_in_range(dates.latest))
		return say_no(ask, RECKON_TOO_FAR);
	json_open_list(&ask->w);
	json_put_text(&ask->w, date_print(ask->arena, dates.printed));
	json_put_text(&ask->w, date_print(ask->arena, dates.earliest));
	json_put_text(&ask->w, date_print(ask->arena, dates.latest));
	json_close_list(&ask->w);
	return true;
}

/* --- the table ----------------------------------------------------------------------------------- */

static const struct op {
	str name;
	bool (*answer)(struct ask *ask);
	bool needs_calendar;
} ops[] = {
	{ { "add_working_days", 16 }, add_working_days, true },
	{ { "add_days_rolled", 15 }, add_days_rolled, true },
	{ { "add_working_time", 16 }, add_working_time, true },
	{ { "subtract_working_time", 21 }, subtract_working_time, true },
	{ { "elapsed", 7 }, elapsed, true },
	{ { "working_days_between", 20 }, working_days_between, true },
	{ { "next_open", 9 }, next_open, true },
	{ { "previous_open", 13 }, previous_open, true },
	{ { "is_open", 7 }, is_open, true },
	{ { "is_working_day", 14 }, is_working_day, true },
	{ { "to_instant", 10 }, to_instant, false },
	{ { "letter_arrival", 14 }, arrival, false },
};

static const struct op *find_op(str name)
{
	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
		if (str_eq(ops[i].name, name))
			return &ops[i];
	}
	return NULL;
}

static bool read_line(struct ask *ask, str line)
{
	static const char *const codes[] = {
		[JSON_NOT_UTF8] = "not_utf8",
		[JSON_NOT_JSON] = "not_json",
		[JSON_TOO_DEEP] = "too_deep",
		[JSON_DUPLICATE_KEY] = "duplicate_key",
		[JSON_CONTROL_CHARACTER] = "control_character",
	};
	struct fault *fault = &ask->fault;
	str where = STR_EMPTY;
	if (line.n > EVAL_LINE_MAX) {
		fault_note(fault, ask->arena, "too_large", "a line is at most 1 MiB");
		return false;
	}
	enum json_fault no = json_parse(ask->arena, line, DEPTH_MAX, &ask->line, &where);
	if (no != JSON_FINE) {
		fault_note(fault, ask->arena, codes[no], "this line cannot be read: %.*s",
			   STR_ARG(where));
		return false;
	}
	if (ask->line->type != JSON_MAP)
		fault_note(fault, ask->arena, "wrong_type", "a line is an object");
	return ask->line->type == JSON_MAP;
}

static bool answer_line(struct ask *ask, str line)
{
	str name;
	if (!read_line(ask, line) || !text_field(ask, "op", &name))
		return false;
	const struct op *op = find_op(name);
	if (op == NULL)
		return say_fault(ask, "unknown_op", "op", "there is no such operation");
	return (!op->needs_calendar || calendar_field(ask)) && op->answer(ask);
}

struct reckon_eval *reckon_eval_new(struct arena *arena, calendar_named_fn *named, void *arg)
{
	struct reckon_eval *eval = TAKE(arena, struct reckon_eval, 1);
	*eval = (struct reckon_eval){ .zones = { .arena = arena }, .named = named, .arg = arg };
	return eval;
}

bool reckon_eval_line(struct reckon_eval *eval, struct arena *scratch, str line, struct buf *out)
{
	struct buf result = buf_of(scratch, 256);
	struct ask ask = { .eval = eval, .arena = scratch, .w = { .buf = &result } };
	struct json_writer w = { .buf = out };
	bool fine = answer_line(&ask, line);
	json_open(&w);
	if (fine) {
		json_key(&w, "result");
		json_put_raw(&w, buf_str(&result));
	} else {
		json_key(&w, "error");
		json_open(&w);
		json_add_text(&w, "code", str_of(ask.fault.code));
		json_add_text(&w, "message", ask.fault.message);
		json_close(&w);
	}
	json_close(&w);
	return fine;
}
