/*
 * A calendar: a zone, the hours of a week, and holidays; and the durations that rules are written
 * in.
 *
 * How Candour counts: a day or a week is a civil day in the calendar's zone; the day of the trigger
 * is day 0, unless the duration says `beginning`, when it is day 1. Months go to the corresponding
 * date, or the month's last day. Only working days skip weekends and holidays; nothing rolls over
 * them. A day that is due is in time until it ends; late begins with the next day.
 */
#ifndef CANDOUR_MODEL_CALENDAR_H
#define CANDOUR_MODEL_CALENDAR_H

#include "base/err.h"
#include "base/json.h"
#include "base/time.h"
#include "base/zone.h"

struct holiday {
	date day;
	str title;
};

/* Open from (included) to (not included), local time. */
struct opening {
	minute_of_day from, to;
};

#define OPENINGS_MAX 4 /* a day */

/* The hours of a week; or always. */
struct week {
	bool always;
	struct opening open[WEEKDAY_COUNT][OPENINGS_MAX];
	int n[WEEKDAY_COUNT];
};

struct calendar {
	str id;
	const struct zone *zone;
	struct week week;
	struct holiday *holidays; /* sorted by day, each day once */
	size_t n_holidays;
	date complete_until; /* no holiday behind this day is known yet */
};

enum duration_unit { DURATION_DAYS, DURATION_WEEKS, DURATION_MONTHS, DURATION_WORKING_DAYS };

/* "6 weeks", "15 days beginning", "10 working days". n is not negative; 0 means: no such clock. */
struct duration {
	int n;
	enum duration_unit unit;
	bool beginning;
};

/* A duration with its words; on a mistake out is untouched and *why says what is wrong. */
bool duration_parse(struct arena *arena, str text, struct duration *out, str *why);
str duration_print(struct arena *arena, struct duration d);

/* A date with the way it was found: "20 working days from Thursday 3 December 2026, skipping 25 and
 * 28 December and 1 January: Tuesday 5 January 2027". */
struct reckoning {
	date day;
	str explained;
	bool past_horizon; /* working days were counted behind the calendar's complete_until */
};

/* The last day that is in time, counted forward from the trigger's day. */
struct reckoning calendar_due(struct arena *arena, const struct calendar *calendar, date from,
			      struct duration length);
/* The day that lies so long before a day, counted in the same kind of days. */
date calendar_before(const struct calendar *calendar, date due, struct duration length);

bool calendar_is_working_day(const struct calendar *calendar, date day);
const struct holiday *calendar_holiday(const struct calendar *calendar, date day); /* or NULL */
date calendar_date(const struct calendar *calendar, instant at);
/* The first instant of a day in the calendar's zone: the day before is late from then on. */
instant calendar_day_start(const struct calendar *calendar, date day);
/* The first instant at or after `at` inside the week's hours, holidays of the calendar closed
 * (unless the week is always). A week that is never open gives INSTANT_NEVER. */
instant calendar_next_open(const struct calendar *calendar, const struct week *week, instant at);
/* True when some hour of the week is open. */
bool week_is_ever_open(const struct week *week);

/* "09:00"; "24:00" is the day's end. */
bool minute_parse(str text, minute_of_day *out);
/* "mon" to "sun" */
bool weekday_parse(str text, enum weekday *out);
str weekday_name(enum weekday day);
/* Adds an opening to a day, in order: from before to, apart from the others of the day, at most
 * OPENINGS_MAX. False, and the week untouched, when that cannot be. */
bool week_open(struct week *week, enum weekday day, minute_of_day from, minute_of_day to);
/* {"always": true} or {"mon": [["09:00","17:00"]], ...}; false, and out untouched, for anything
 * else. */
bool week_read(const struct json *hours, struct week *out);
void week_write(struct json_writer *w, const struct week *week);

#endif
