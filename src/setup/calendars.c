/* calendars/: a zone, a week, and holidays in the form in which GOV.UK publishes them. */
#include "base/arena.h"
#include "setup/inner.h"

#include <assert.h>

#define HOLIDAYS_MAX 2000
#define HOLIDAY_FILES_MAX 16

struct calendar_draft {
	struct calendar *calendar;
	const struct sources *sources;
	str division;
	str *files;
	int *file_lines;
	size_t n_files;
	struct holiday *closed;
	size_t n_closed;
	int complete_line;
};

static void read_zone(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	if (!is_text(r, node))
		return;
	if (zone_read(r->arena, node->text, &draft->calendar->zone) != OK)
		FAULT(r, r->line, "unknown_zone",
		      "this is no time zone of the system, such as Europe/London");
}

static void read_calendar_week(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	read_week(r, node, &draft->calendar->week);
}

/* The date that a member of a map is named after. */
static bool read_map_date(struct reader *r, const struct yaml_member *member, date *out)
{
	r->line = member->line;
	if (date_parse(member->key, out))
		return true;
	FAULT(r, member->line, "not_a_date",
	      "a day of the calendar is wanted here, such as 2026-12-29");
	return false;
}

static void read_complete(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	draft->complete_line = r->line;
	read_date(r, node, &draft->calendar->complete_until);
}

static void read_files(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	size_t n = node->type == YAML_LIST ? node->n : 1;
	if (node->type == YAML_MAP || n > HOLIDAY_FILES_MAX) {
		FAULT(r, r->line, "wrong_type", "a list of at most %d files is wanted here",
		      HOLIDAY_FILES_MAX);
		return;
	}
	draft->files = TAKE(r->arena, str, n + 1);
	draft->file_lines = TAKE(r->arena, int, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct yaml *item = node->type == YAML_LIST ? &node->items[i] : node;
		draft->file_lines[draft->n_files] = item->line;
		read_id(r, item, &draft->files[draft->n_files]);
		if (draft->files[draft->n_files].n > 0)
			draft->n_files++;
	}
}

/* A map of date to title, sorted by date; a date stands in a map once. */
static struct holiday *read_titles(struct reader *r, const struct yaml *node, size_t *out_n)
{
	int line = r->line;
	size_t n = 0;
	*out_n = 0;
	if (!is_map(r, node, "days with their titles"))
		return NULL;
	struct holiday *days = TAKE(r->arena, struct holiday, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		struct holiday day = { 0 };
		if (!read_map_date(r, &node->members[i], &day.day))
			continue;
		read_line(r, &node->members[i].value, &day.title);
		size_t at = n++;
		for (; at > 0 && date_before(day.day, days[at - 1].day); at--)
			days[at] = days[at - 1];
		days[at] = day;
	}
	r->line = line;
	*out_n = n;
	return days;
}

/* Days on which the council itself is closed. */
static void read_closed(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	draft->closed = read_titles(r, node, &draft->n_closed);
}

/* Days in term on which the school is closed. */
static void read_closures(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	draft->calendar->closures = read_titles(r, node, &draft->calendar->n_closures);
}

/* "12-25": closed every year. */
static void read_yearly(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	date day;
	if (!is_list(r, node, "days of the year"))
		return;
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml *item = &node->items[i];
		if (item->type != YAML_TEXT || !yearly_parse(item->text, &day)) {
			FAULT(r, item->line, "not_a_date",
			      "a month and a day are wanted here, such as 12-25");
			continue;
		}
		struct civil civil = date_civil(day);
		draft->calendar->yearly[civil.month - 1] |= (uint32_t)1 << civil.mday;
	}
}

static void read_hours(struct reader *r, const struct yaml *node, struct dated_hours *out)
{
	if (!is_list(r, node, "hours"))
		return;
	for (size_t i = 0; i < node->n; i++) {
		minute_of_day from, to;
		if (read_opening(r, &node->items[i], &from, &to) && !dated_open(out, from, to))
			FAULT(r, node->items[i].line, "bad_hours", BAD_HOURS, OPENINGS_MAX);
	}
}

/* A map of date to hours, sorted by date. */
static struct dated_hours *read_dated(struct reader *r, const struct yaml *node, size_t *out_n)
{
	int line = r->line;
	size_t n = 0;
	*out_n = 0;
	if (!is_map(r, node, "days with their hours"))
		return NULL;
	struct dated_hours *list = TAKE(r->arena, struct dated_hours, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		struct dated_hours hours = { 0 };
		if (!read_map_date(r, &node->members[i], &hours.day))
			continue;
		read_hours(r, &node->members[i].value, &hours);
		size_t at = n++;
		for (; at > 0 && date_before(hours.day, list[at - 1].day); at--)
			list[at] = list[at - 1];
		list[at] = hours;
	}
	r->line = line;
	*out_n = n;
	return list;
}

static void read_exceptions(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	draft->calendar->exceptions = read_dated(r, node, &draft->calendar->n_exceptions);
}

static void read_breaks(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	draft->calendar->breaks = read_dated(r, node, &draft->calendar->n_breaks);
}

static bool read_term(struct reader *r, const struct yaml *pair, struct term *out)
{
	bool fine = pair->type == YAML_LIST && pair->n == 2 && pair->items[0].type == YAML_TEXT &&
		    pair->items[1].type == YAML_TEXT &&
		    date_parse(pair->items[0].text, &out->first) &&
		    date_parse(pair->items[1].text, &out->last);
	if (!fine)
		FAULT(r, pair->line, "bad_term",
		      "a term is its first and its last day, such as [2026-09-01, 2026-10-23]");
	return fine;
}

/* Terms stand one behind the other, apart. */
static void read_terms(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar *calendar = ((struct calendar_draft *)out)->calendar;
	if (!is_list(r, node, "terms"))
		return;
	calendar->terms = TAKE(r->arena, struct term, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		struct term term;
		size_t n = calendar->n_terms;
		if (!read_term(r, &node->items[i], &term))
			continue;
		if (date_before(term.last, term.first) ||
		    (n > 0 && !date_before(calendar->terms[n - 1].last, term.first)))
			FAULT(r, node->items[i].line, "bad_term",
			      "a term ends behind its beginning, and before the next begins");
		else
			calendar->terms[calendar->n_terms++] = term;
	}
}

static const struct slot calendar_slots[] = {
	{ "zone", read_zone, 0, true },
	{ "week", read_calendar_week, 0, true },
	{ "bank_holidays", read_files, 0, true },
	{ "division", read_line, offsetof(struct calendar_draft, division), true },
	{ "complete_until", read_complete, 0, true },
	{ "closed", read_closed, 0, false },
	{ "yearly", read_yearly, 0, false },
	{ "exceptions", read_exceptions, 0, false },
	{ "breaks", read_breaks, 0, false },
	{ "terms", read_terms, 0, false },
	{ "closures", read_closures, 0, false },
};
static const struct map_shape calendar_shape = SHAPE("a calendar", calendar_slots);

/* --- holidays --------------------------------------------------------------------------------- */

/* Puts a day in its place; a day that is there already stays as it was. */
static void add_holiday(struct reader *r, struct calendar *calendar, struct holiday holiday)
{
	size_t at = calendar->n_holidays;
	if (at == HOLIDAYS_MAX) {
		FAULT(r, r->line, "too_many", "a calendar has at most %d holidays", HOLIDAYS_MAX);
		return;
	}
	while (at > 0 && date_before(holiday.day, calendar->holidays[at - 1].day))
		at--;
	if (at > 0 && calendar->holidays[at - 1].day.day == holiday.day.day)
		return;
	for (size_t i = calendar->n_holidays; i > at; i--)
		calendar->holidays[i] = calendar->holidays[i - 1];
	calendar->holidays[at] = holiday;
	calendar->n_holidays++;
}

static const str *text_of(const struct yaml *map, const char *key)
{
	const struct yaml *node = map->type == YAML_MAP ? yaml_get(map, key) : NULL;
	return node != NULL && node->type == YAML_TEXT ? &node->text : NULL;
}

/* The other members of an event are GOV.UK's and may grow. */
static void take_event(struct reader *r, const struct yaml *event, struct calendar *calendar)
{
	const str *title = text_of(event, "title"), *day = text_of(event, "date");
	struct holiday holiday = { 0 };
	r->line = event->line;
	if (title == NULL || title->n == 0 || title->n > 200 || day == NULL)
		FAULT(r, event->line, "bad_holiday", "a holiday needs a title and a date");
	else if (!date_parse(*day, &holiday.day))
		FAULT(r, event->line, "not_a_date", "the date of a holiday is written 2026-12-25");
	else {
		holiday.title = *title;
		add_holiday(r, calendar, holiday);
	}
}

/* A JSON file is YAML too, and then every part has its line. */
static void read_holiday_file(struct reader *r, const struct source *source, str division,
			      struct calendar *calendar)
{
	const struct yaml *top = yaml_parse(r->arena, source->file, source->bytes, r->findings);
	if (top == NULL)
		return;
	const struct yaml *part = NULL;
	for (size_t i = 0; top->type == YAML_MAP && i < top->n; i++) {
		if (str_eq(top->members[i].key, division))
			part = &top->members[i].value;
	}
	const struct yaml *events = part != NULL && part->type == YAML_MAP
					    ? yaml_get(part, "events")
					    : NULL;
	struct reader of = *r;
	of.file = source->file;
	if (events == NULL || events->type != YAML_LIST || events->n == 0) {
		FAULT(&of, top->line, "no_holidays",
		      "there are no holidays of '%.*s' here, in the form of "
		      "https://www.gov.uk/bank-holidays.json",
		      STR_ARG(division));
		return;
	}
	for (size_t i = 0; i < events->n; i++)
		take_event(&of, &events->items[i], calendar);
}

/* Every year from the first holiday to complete_until must have one: else a file is missing. */
static void check_years(struct reader *r, const struct calendar_draft *draft)
{
	const struct calendar *calendar = draft->calendar;
	if (calendar->n_holidays == 0 || !date_is(calendar->complete_until))
		return;
	int32_t year = date_civil(calendar->holidays[0].day).year;
	int32_t last = date_civil(calendar->complete_until).year;
	size_t at = 0;
	for (; year <= last; year++) {
		size_t before = at;
		while (at < calendar->n_holidays &&
		       date_civil(calendar->holidays[at].day).year == year)
			at++;
		if (at == before) {
			FAULT(r, draft->complete_line, "holidays_missing",
			      "no holiday of %d is listed, so the calendar is not complete until "
			      "then",
			      (int)year);
			return;
		}
	}
}

void calendar_read(struct reader *r, const struct source *source, const struct sources *sources,
		   struct calendar *out)
{
	struct calendar_draft draft = { .calendar = out, .sources = sources };
	out->id = source_id(source->name);
	out->complete_until = DATE_NONE;
	if (!read_document(r, source->bytes, &calendar_shape, &draft))
		return;
	out->holidays = TAKE(r->arena, struct holiday, HOLIDAYS_MAX);
	for (size_t i = 0; i < draft.n_files; i++) {
		str name = str_join(r->arena, S("calendars/"), draft.files[i]);
		const struct source *file = source_find(sources, name);
		if (file == NULL)
			FAULT(r, draft.file_lines[i], "unreadable_file",
			      "there is no such file beside this one");
		else
			read_holiday_file(r, file, draft.division, out);
	}
	check_years(r, &draft);
	if (date_is(r->today) && date_is(out->complete_until) &&
	    date_before(out->complete_until, r->today))
		DOUBT(r, draft.complete_line, "holidays_old",
		      "the holidays behind this day are not known, and it is past: add the newer "
		      "file");
	for (size_t i = 0; i < draft.n_closed; i++)
		add_holiday(r, out, draft.closed[i]);
	/* A week without hours was said already. */
	if (week_is_ever_open(&out->week) && !reckon_is_ever_open(out))
		FAULT(r, 0, "never_open", "holidays close every day of this calendar");
}
