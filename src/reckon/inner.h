/*
 * What the files of this room share: how days are judged and counted.
 */
#ifndef CANDOUR_RECKON_INNER_H
#define CANDOUR_RECKON_INNER_H

#include "reckon/reckon.h"

/* The years in which there are dates: 1600-01-01 to 9999-12-31. */
#define YEAR_FIRST 1600
#define YEAR_LAST 9999
#define DAY_FIRST (-135140)
#define DAY_LAST 2932896

#define MINUTES_A_DAY 1440
/* An act in the Tribunal is done in time until five (rule 12). */
#define TRIBUNAL_CLOSES (17 * 60)
/* More days than there are. */
#define DAYS_MAX ((int64_t)4000000)
#define DAY_MS ((int64_t)86400 * 1000)

/* No calendar leaves more weekdays without hours than this one after another but by dates that it
 * lists: 29 February falls on each weekday once in 40 years at most. */
#define CLOSED_DAYS_MAX ((int64_t)41 * 366)

/* True for a day, or an instant in UTC, of the years that there are. */
bool day_is_in_range(date day);
bool instant_is_in_range(instant at);
/* How many days in a row may be closed before the calendar counts as never open. */
int64_t closed_days_max(const struct calendar *calendar);
/* The next day in a direction (1 or -1) that may have hours. That is the very next one, unless the
 * week has none at all: then the next with hours of its own, or DATE_NONE. */
date next_day_with_hours(const struct calendar *calendar, date day, int step);
/* The hours on paper of a day that is no holiday: dated, or the week's; their number. */
int day_openings(const struct calendar *calendar, date day, const struct opening **out);
/* Worked on paper, holiday or not; by the week alone. */
bool day_has_hours(const struct calendar *calendar, date day);
bool week_would_work(const struct calendar *calendar, date day);
/* The school does not work on this day, though the week would have it; *why says why. Behind the last
 * term that is known every day is taken for one of term. */
bool school_rests(const struct calendar *calendar, date day, str *why);
/* The breaks of a day. */
int day_breaks(const struct calendar *calendar, date day, const struct opening **out);

/* --- counting.c: days of a kind, one after the other --------------------------------------------- */

enum day_kind { CIVIL_DAYS, WORKING_DAYS, SCHOOL_DAYS };

struct count {
	struct arena *arena; /* NULL: what is skipped is not kept */
	const struct calendar *calendar;
	enum day_kind kind;
	bool tribunal; /* August, and 25 December to 1 January, are not counted either */
	struct skipped_day *skipped;
	size_t n_skipped, room;
};

/* Goes n days of the kind from a day, forward (step 1) or back (-1). */
NODISCARD enum reckon_no count_days(struct count *count, date from, int64_t n, int step, date *out);
/* Any day in August, and 25 December to 1 January. */
bool tribunal_rests(date day);
/* The first working day from a day on. */
NODISCARD enum reckon_no roll_forward(const struct calendar *calendar, date day, date *out);

/* --- duration.c: the words of a duration without its endings ------------------------------------- */

void write_length(struct buf *buf, const struct duration *d);

/* --- explain.c ----------------------------------------------------------------------------------- */

/* ", skipping 25 and 28 December", or nothing. */
void explain_skipped(struct buf *buf, const struct reckoning *reckoning);
/* "09:30" */
void write_minute(struct buf *buf, minute_of_day minute);

/* --- names.c ------------------------------------------------------------------------------------- */

bool month_parse(str text, int *out); /* "February" */
const char *month_name(int month);
const char *weekday_word(enum weekday day); /* "Friday" */
bool weekday_word_parse(str text, enum weekday *out);

/* --- read.c: calendars as JSON ------------------------------------------------------------------- */

struct fault {
	const char *code; /* NULL: none yet */
	str message;
};

/* Zones that have been read, by name. */
struct zones {
	struct arena *arena;
	const struct zone **list;
	size_t n, room;
};

/* The zone, or NULL when the system has none of that name. */
const struct zone *zones_find(struct zones *zones, str name);
/* A calendar out of its JSON; false, and the fault says why, when it is none. */
bool calendar_from_json(struct arena *arena, struct zones *zones, const struct json *json,
			struct calendar *out, struct fault *fault);
/* The holidays alone. */
bool holidays_from_json(struct arena *arena, const struct json *list, struct calendar *out,
			struct fault *fault);
/* Notes a fault, the first only. */
void fault_note(struct fault *fault, struct arena *arena, const char *code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
