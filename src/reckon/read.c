/* Calendars as JSON, the shape that `calendar eval` takes; mistakes name the place. */
#include "reckon/inner.h"

#include "base/arena.h"
#include "base/utf8.h"

#define ZONES_MAX 2000

void fault_note(struct fault *fault, struct arena *arena, const char *code, const char *format, ...)
{
	if (fault->code != NULL)
		return;
	va_list args;
	va_start(args, format);
	fault->code = code;
	fault->message = str_vfmt(arena, format, args);
	va_end(args);
}

const struct zone *zones_find(struct zones *zones, str name)
{
	const struct zone *zone = NULL;
	for (size_t i = 0; i < zones->n; i++) {
		if (str_eq(zone_name(zones->list[i]), name))
			return zones->list[i];
	}
	/* A name that is none must leave nothing behind: there may be millions of them. */
	struct arena trial = ARENA_EMPTY;
	bool is_zone = zones->n < ZONES_MAX && zone_read(&trial, name, &zone) == OK;
	arena_free(&trial);
	if (!is_zone || zone_read(zones->arena, name, &zone) != OK)
		return NULL;
	if (zones->n == zones->room) {
		size_t room = zones->room == 0 ? 8 : 2 * zones->room;
		const struct zone **list = TAKE(zones->arena, const struct zone *, room);
		for (size_t i = 0; i < zones->n; i++)
			list[i] = zones->list[i];
		zones->list = list;
		zones->room = room;
	}
	zones->list[zones->n++] = zone;
	return zone;
}

/* What is being read, for mistakes. */
struct reading {
	struct arena *arena;
	struct fault *fault;
	const char *key;
};

static bool wrong(struct reading *reading, const char *code, const char *wanted)
{
	fault_note(reading->fault, reading->arena, code, "calendar.%s: %s", reading->key, wanted);
	return false;
}

/* --- hours --------------------------------------------------------------------------------------- */

static bool read_minutes(struct reading *reading, const struct json *pair, minute_of_day *from,
			 minute_of_day *to)
{
	bool is_pair = pair->type == JSON_LIST && pair->list.n == 2 &&
		       pair->list.items[0].type == JSON_TEXT &&
		       pair->list.items[1].type == JSON_TEXT;
	if (!is_pair)
		return wrong(reading, "wrong_type",
			     "hours are pairs of times, such as [[\"09:00\",\"17:00\"]]");
	if (!minute_parse(pair->list.items[0].text, from) ||
	    !minute_parse(pair->list.items[1].text, to))
		return wrong(reading, "bad_hours", "a time is written 09:00, up to 24:00");
	if (*to <= *from)
		return wrong(reading, "bad_hours", "hours end behind their beginning");
	return true;
}

static bool read_hours(struct reading *reading, const struct json *list, struct dated_hours *out)
{
	out->n = 0;
	if (list->type != JSON_LIST)
		return wrong(reading, "wrong_type", "a list of pairs of times is wanted");
	for (size_t i = 0; i < list->list.n; i++) {
		minute_of_day from, to;
		if (!read_minutes(reading, &list->list.items[i], &from, &to))
			return false;
		if (!dated_open(out, from, to))
			return wrong(reading, "bad_hours",
				     "hours of a day overlap, or are more than 16");
	}
	return true;
}

static bool read_week(struct reading *reading, const struct json *json, struct week *out)
{
	if (json == NULL || json->type == JSON_NULL_)
		return true;
	if (json->type != JSON_MAP)
		return wrong(reading, "wrong_type", "a map of weekdays is wanted");
	for (size_t i = 0; i < json->map.n; i++) {
		const struct json_member *member = &json->map.members[i];
		struct dated_hours hours = { 0 };
		enum weekday day;
		if (str_eq(member->key, S("always")) && member->value.type == JSON_BOOL) {
			out->always = member->value.boolean;
			continue;
		}
		if (!weekday_parse(member->key, &day))
			return wrong(reading, "bad_data",
				     "the days are mon, tue, wed, thu, fri, sat and sun");
		if (!read_hours(reading, &member->value, &hours))
			return false;
		for (int k = 0; k < hours.n; k++)
			out->open[day][k] = hours.open[k];
		out->n[day] = hours.n;
	}
	return true;
}

/* --- dates --------------------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
	const date *first = a, *second = b; /* the first member of every entry */
	return (first->day > second->day) - (first->day < second->day);
}

static bool is_list_or_none(struct reading *reading, const struct json *json, size_t *out_n)
{
	*out_n = 0;
	if (json == NULL || json->type == JSON_NULL_)
		return true;
	if (json->type != JSON_LIST)
		return wrong(reading, "wrong_type", "a list is wanted");
	*out_n = json->list.n;
	return true;
}

/* "2026-12-25", or {"date": ..., "title": ...} as in gov.uk's file; twice is once. */
static bool read_days(struct reading *reading, const struct json *json, struct holiday **out,
		      size_t *out_n)
{
	size_t n, kept = 0;
	if (!is_list_or_none(reading, json, &n) || n == 0)
		return reading->fault->code == NULL;
	struct holiday *list = TAKE(reading->arena, struct holiday, n);
	for (size_t i = 0; i < n; i++) {
		const struct json *item = &json->list.items[i];
		bool is_map = item->type == JSON_MAP;
		if (!is_map && item->type != JSON_TEXT)
			return wrong(reading, "wrong_type", "a date is wanted, such as 2026-12-25");
		str day = is_map ? json_text(item, "date") : item->text;
		if (!date_parse(day, &list[i].day))
			return wrong(reading, "bad_time", "a date is wanted, such as 2026-12-25");
		list[i].title = is_map ? json_text(item, "title") : STR_EMPTY;
	}
	qsort(list, n, sizeof(*list), by_day);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || list[kept - 1].day.day != list[i].day.day)
			list[kept++] = list[i];
	}
	*out = list;
	*out_n = kept;
	return true;
}

/* "12-25" */
static bool read_yearly(struct reading *reading, const struct json *json, uint32_t *months)
{
	size_t n;
	if (!is_list_or_none(reading, json, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct json *item = &json->list.items[i];
		date day;
		if (item->type != JSON_TEXT)
			return wrong(reading, "wrong_type", "a month and a day are wanted: 12-25");
		if (!yearly_parse(item->text, &day))
			return wrong(reading, "bad_time", "a month and a day are wanted: 12-25");
		struct civil civil = date_civil(day);
		months[civil.month - 1] |= (uint32_t)1 << civil.mday;
	}
	return true;
}

/* {"2026-12-24": [["09:00","12:00"]]} */
static bool read_dated(struct reading *reading, const struct json *json, struct dated_hours **out,
		       size_t *out_n)
{
	if (json == NULL || json->type == JSON_NULL_)
		return true;
	if (json->type != JSON_MAP)
		return wrong(reading, "wrong_type", "a map of dates is wanted");
	size_t n = json->map.n;
	struct dated_hours *list = TAKE(reading->arena, struct dated_hours, n);
	for (size_t i = 0; i < n; i++) {
		const struct json_member *member = &json->map.members[i];
		if (!date_parse(member->key, &list[i].day))
			return wrong(reading, "bad_time", "a date is wanted, such as 2026-12-24");
		if (!read_hours(reading, &member->value, &list[i]))
			return false;
	}
	qsort(list, n, sizeof(*list), by_day);
	*out = list;
	*out_n = n;
	return true;
}

/* --- stretches of time --------------------------------------------------------------------------- */

static int by_beginning(const void *a, const void *b)
{
	const struct pause *first = a, *second = b;
	return (first->from.ms > second->from.ms) - (first->from.ms < second->from.ms);
}

/* Pauses that overlap or touch are one; one of no length is none. */
static bool read_pauses(struct reading *reading, const struct json *json, struct pause **out,
			size_t *out_n)
{
	size_t n, kept = 0;
	if (!is_list_or_none(reading, json, &n) || n == 0)
		return reading->fault->code == NULL;
	struct pause *list = TAKE(reading->arena, struct pause, n);
	for (size_t i = 0; i < n; i++) {
		const struct json *item = &json->list.items[i];
		const struct json *ends = item->type == JSON_LIST ? item->list.items : NULL;
		if (ends == NULL || item->list.n != 2 || ends[0].type != JSON_TEXT ||
		    ends[1].type != JSON_TEXT)
			return wrong(reading, "wrong_type", "a pause is a pair of instants");
		if (!instant_parse(ends[0].text, &list[i].from) ||
		    !instant_parse(ends[1].text, &list[i].to))
			return wrong(reading, "bad_time",
				     "an instant is wanted, such as 2026-01-05T09:30:00Z");
		if (instant_before(list[i].to, list[i].from))
			return wrong(reading, "bad_data", "a pause ends behind its beginning");
	}
	qsort(list, n, sizeof(*list), by_beginning);
	for (size_t i = 0; i < n; i++) {
		struct pause one = list[i];
		if (one.from.ms == one.to.ms)
			continue;
		if (kept == 0 || list[kept - 1].to.ms < one.from.ms)
			list[kept++] = one;
		else if (instant_before(list[kept - 1].to, one.to))
			list[kept - 1].to = one.to;
	}
	*out = list;
	*out_n = kept;
	return true;
}

static bool read_terms(struct reading *reading, const struct json *json, struct term **out,
		       size_t *out_n)
{
	size_t n;
	if (!is_list_or_none(reading, json, &n) || n == 0)
		return reading->fault->code == NULL;
	struct term *list = TAKE(reading->arena, struct term, n);
	for (size_t i = 0; i < n; i++) {
		const struct json *item = &json->list.items[i];
		const struct json *ends = item->type == JSON_LIST ? item->list.items : NULL;
		if (ends == NULL || item->list.n != 2 || ends[0].type != JSON_TEXT ||
		    ends[1].type != JSON_TEXT)
			return wrong(reading, "wrong_type", "a term is a pair of dates");
		if (!date_parse(ends[0].text, &list[i].first) ||
		    !date_parse(ends[1].text, &list[i].last))
			return wrong(reading, "bad_time", "a date is wanted, such as 2026-09-01");
	}
	qsort(list, n, sizeof(*list), by_day);
	for (size_t i = 0; i < n; i++) {
		if (date_before(list[i].last, list[i].first) ||
		    (i > 0 && !date_before(list[i - 1].last, list[i].first)))
			return wrong(reading, "bad_data",
				     "terms end behind their beginning, apart");
	}
	*out = list;
	*out_n = n;
	return true;
}

bool holidays_from_json(struct arena *arena, const struct json *list, struct calendar *out,
			struct fault *fault)
{
	struct reading r = { .arena = arena, .fault = fault, .key = "holidays" };
	return read_days(&r, list, &out->holidays, &out->n_holidays);
}

/* --- the calendar -------------------------------------------------------------------------------- */

static bool read_zone(struct reading *reading, struct zones *zones, const struct json *json,
		      const struct zone **out)
{
	if (json == NULL)
		return wrong(reading, "missing_field", "a time zone is wanted");
	if (json->type != JSON_TEXT)
		return wrong(reading, "wrong_type", "the name of a time zone is wanted");
	*out = zones_find(zones, json->text);
	return *out != NULL || wrong(reading, "unknown_zone",
				     "this is no time zone of the system, such as Europe/London");
}

static bool read_complete(struct reading *reading, const struct json *json, date *out)
{
	*out = (date){ DAY_LAST };
	if (json == NULL || json->type == JSON_NULL_)
		return true;
	if (json->type == JSON_TEXT && date_parse(json->text, out))
		return true;
	return wrong(reading, "bad_time", "a date is wanted, such as 2027-12-31");
}

/* A key that is misspelt would be a holiday that nobody keeps. */
static bool knows_keys(struct reading *reading, const struct json *json)
{
	static const char *const keys[] = { "zone",       "week",          "holidays", "yearly",
					    "exceptions", "breaks",        "pauses",   "terms",
					    "closures",   "complete_until" };
	for (size_t i = 0; i < json->map.n; i++) {
		str key = json->map.members[i].key;
		size_t k = 0;
		while (k < sizeof keys / sizeof keys[0] && !str_eq(key, str_of(keys[k])))
			k++;
		if (k == sizeof keys / sizeof keys[0]) {
			fault_note(reading->fault, reading->arena, "unknown_key",
				   "calendar: '%.*s' is no key of a calendar",
				   STR_ARG(utf8_clip(key, 40)));
			return false;
		}
	}
	return true;
}

bool calendar_from_json(struct arena *arena, struct zones *zones, const struct json *json,
			struct calendar *out, struct fault *fault)
{
	struct reading r = { .arena = arena, .fault = fault };
	*out = (struct calendar){ 0 };
#define PART(key_) (r.key = #key_, json_get(json, #key_))
	bool fine = knows_keys(&r, json) && read_zone(&r, zones, PART(zone), &out->zone) &&
		    read_week(&r, PART(week), &out->week) &&
		    read_days(&r, PART(holidays), &out->holidays, &out->n_holidays) &&
		    read_yearly(&r, PART(yearly), out->yearly) &&
		    read_dated(&r, PART(exceptions), &out->exceptions, &out->n_exceptions) &&
		    read_dated(&r, PART(breaks), &out->breaks, &out->n_breaks) &&
		    read_pauses(&r, PART(pauses), &out->pauses, &out->n_pauses) &&
		    read_terms(&r, PART(terms), &out->terms, &out->n_terms) &&
		    read_days(&r, PART(closures), &out->closures, &out->n_closures) &&
		    read_complete(&r, PART(complete_until), &out->complete_until);
#undef PART
	if (!fine || reckon_is_ever_open(out))
		return fine;
	fault_note(fault, arena, reckon_no_code(RECKON_NEVER_OPEN), "%s",
		   reckon_no_text(RECKON_NEVER_OPEN));
	return false;
}
