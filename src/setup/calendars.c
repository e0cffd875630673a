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

/* Days on which the council itself is closed: a map of date to title. */
static void read_closed(struct reader *r, const struct yaml *node, void *out)
{
	struct calendar_draft *draft = out;
	int line = r->line;
	if (!is_map(r, node, "days with their titles"))
		return;
	draft->closed = TAKE(r->arena, struct holiday, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct holiday *day = &draft->closed[draft->n_closed];
		r->line = member->line;
		if (!date_parse(member->key, &day->day)) {
			FAULT(r, member->line, "not_a_date",
			      "a day of the calendar is wanted here, such as 2026-12-29");
			continue;
		}
		read_line(r, &member->value, &day->title);
		draft->n_closed++;
	}
	r->line = line;
}

static const struct slot calendar_slots[] = {
	{ "zone", read_zone, 0, true },
	{ "week", read_calendar_week, 0, true },
	{ "bank_holidays", read_files, 0, true },
	{ "division", read_line, offsetof(struct calendar_draft, division), true },
	{ "complete_until", read_complete, 0, true },
	{ "closed", read_closed, 0, false },
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
}
