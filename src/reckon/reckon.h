/*
 * Reckoning: exact arithmetic of days, working days and working time in any calendar, with its
 * explanation.
 *
 * How Candour counts: a day or a week is a civil day in the calendar's zone; the day of the trigger
 * is day 0, unless the duration says `beginning`, when it is day 1. Months go to the corresponding
 * date, or the month's last day. Nothing rolls over weekends and holidays unless the duration says
 * so. Working days are days with hours that are no holidays; working time is real time inside
 * half-open openings [open, close) of local time. A holiday beats dated hours, which beat the
 * week's; breaks and pauses are cut out of working time. A day that is due is in time until it ends;
 * late begins with the next day.
 *
 * Everything here is pure, lives in an arena, and ends: every search has a bound.
 */
#ifndef CANDOUR_RECKON_RECKON_H
#define CANDOUR_RECKON_RECKON_H

#include "base/err.h"
#include "base/json.h"
#include "base/time.h"
#include "base/zone.h"

/* --- calendars ----------------------------------------------------------------------------------- */

struct holiday {
	date day;
	str title;
};

/* Open from (included) to (not included), local time. */
struct opening {
	int16_t from, to; /* minutes of the day; 1440 is its end */
};

#define OPENINGS_MAX 16 /* a day */

/* The hours of a week; or always. */
struct week {
	bool always;
	struct opening open[WEEKDAY_COUNT][OPENINGS_MAX]; /* in order, apart */
	int n[WEEKDAY_COUNT];
};

/* Hours of one date: instead of the week's, or breaks in them. No opening at all: closed. */
struct dated_hours {
	date day;
	struct opening open[OPENINGS_MAX]; /* in order, apart */
	int n;
};

/* Time that does not count, whatever the hours: a hold, for instance. */
struct pause {
	instant from, to;
};

/* A school's term, both days included. */
struct term {
	date first, last;
};

/* Every list is sorted by its day or instant; no day comes twice, and no two entries overlap. */
struct calendar {
	str id;
	const struct zone *zone;
	struct week week;
	struct holiday *holidays;
	size_t n_holidays;
	date complete_until; /* no holiday behind this day is known yet */
	uint32_t yearly[12]; /* holidays of every year: bit 1 to 31 of each month */
	struct dated_hours *exceptions;
	size_t n_exceptions;
	struct dated_hours *breaks;
	size_t n_breaks;
	struct pause *pauses;
	size_t n_pauses;
	struct term *terms; /* of a school; none: there are no school days */
	size_t n_terms;
	struct holiday *closures; /* days in term on which the school is closed */
	size_t n_closures;
};

/* The local date. */
date calendar_date(const struct calendar *calendar, instant at);
/* The first instant of a day in the calendar's zone: the day before is late from then on. */
instant calendar_day_start(const struct calendar *calendar, date day);

/* Why there is no answer. */
#define RECKON_NO_LIST(X)                                                                          \
	X(RECKON_FINE, "fine", "fine")                                                             \
	X(RECKON_NEVER_OPEN, "never_open", "this calendar is never open")                          \
	X(RECKON_TOO_FAR, "too_far", "the answer lies outside the years 1600 to 9999")             \
	X(RECKON_NO_TERMS, "no_terms", "this calendar has no school terms to count in")

enum reckon_no {
#define X(name, code, text) name,
	RECKON_NO_LIST(X)
#undef X
		RECKON_NO_COUNT
};

const char *reckon_no_code(enum reckon_no no); /* "never_open" */
const char *reckon_no_text(enum reckon_no no); /* a sentence */

/* The calendar has hours: in its week, or on some date. */
bool reckon_is_ever_open(const struct calendar *calendar);
/* The day is a holiday, of its own or of every year; *out_title (may be NULL) says which. */
bool reckon_holiday(const struct calendar *calendar, date day, str *out_title);
/* The day has hours and is no holiday. */
bool reckon_is_working_day(const struct calendar *calendar, date day);
/* Inside the hours, no break, no pause. */
bool reckon_is_open(const struct calendar *calendar, instant at);

/* Working days forward, or back where n is negative; the day itself is not counted, worked or not.
 * 0 is the day itself. */
NODISCARD enum reckon_no reckon_add_working_days(const struct calendar *calendar, date from,
						 int64_t n, date *out);
/* Civil days, then forward to a working day. */
NODISCARD enum reckon_no reckon_add_days_rolled(const struct calendar *calendar, date from,
						int64_t n, date *out);
/* Working days behind `from` up to and with `to`; before it, and negative, where `to` is earlier. */
int64_t reckon_working_days_between(const struct calendar *calendar, date from, date to);

/* Working time forward (length >= 0): may end exactly on a closing instant. Of 0: the next open
 * instant. */
NODISCARD enum reckon_no reckon_add_working_time(const struct calendar *calendar, instant from,
						 span length, instant *out);
/* The mirror image: may end exactly on an opening instant. Of 0: the last instant up to which it was
 * open. */
NODISCARD enum reckon_no reckon_subtract_working_time(const struct calendar *calendar, instant from,
						      span length, instant *out);
/* Working time between two instants; 0 when they are reversed. */
span reckon_elapsed(const struct calendar *calendar, instant from, instant to);
/* The first instant at or after `at` inside hours of somebody's own, closed on the calendar's holidays
 * (unless they are always). Hours that are never open give INSTANT_NEVER. */
instant reckon_next_open_in(const struct calendar *calendar, const struct week *hours, instant at);

/* --- durations ----------------------------------------------------------------------------------- */

enum duration_unit {
	DURATION_DAYS,
	DURATION_WEEKS,
	DURATION_MONTHS,
	DURATION_WORKING_DAYS,
	DURATION_SCHOOL_DAYS,
	DURATION_WORKING_HOURS,
	DURATION_WORKING_MINUTES,
	DURATION_UNIT_COUNT
};

enum duration_kind {
	DURATION_COUNT,      /* "10 working days" */
	DURATION_BACK,       /* "2 weeks before X": X is the part */
	DURATION_ON_DAY,     /* "15 February" */
	DURATION_BEFORE_DAY, /* "before 15 February" */
	DURATION_ON_WEEKDAY, /* "last Friday in June" */
	DURATION_LATER,      /* "later of A, B" */
	DURATION_EARLIER     /* "earlier of A, B" */
};

enum duration_edge { EDGE_NONE, EDGE_BEGINNING, EDGE_CLEAR };

#define DURATION_N_MAX 36600
#define DURATION_PARTS_MAX 8
#define DURATION_DEPTH_MAX 4
#define NTH_LAST 5

/* A length of time as people write it. n is not negative; 0 means: no such clock (n is 1 where
 * nothing is counted). */
struct duration {
	int n;
	enum duration_unit unit;
	bool beginning;   /* the trigger's day is day 1 */
	bool clear;       /* neither end counts */
	bool clear_first; /* written "14 clear days" */
	enum duration_kind kind;
	int month, mday;      /* of a day in the year */
	enum weekday weekday; /* of the nth in the month; NTH_LAST: the last */
	int nth;
	const struct duration *parts;
	size_t n_parts;
	/* Endings, which belong to the whole. */
	bool roll_forward; /* to the next working day */
	bool has_at;
	minute_of_day at; /* late from this minute of the due day on, not from the next day */
	bool tribunal;    /* the Tribunal's way of counting (SI 2008/2699, rule 12) */
};

/* A duration out of its words; on a mistake out is untouched and *why says what is wrong, and where. */
bool duration_parse(struct arena *arena, str text, struct duration *out, str *why);
/* The same words again. */
str duration_print(struct arena *arena, struct duration d);
/* A number and a unit, and nothing else but `beginning` and `clear`. */
bool duration_is_count(const struct duration *d);
/* True when school days are counted anywhere in it. */
bool duration_needs_terms(const struct duration *d);

/* --- due dates ----------------------------------------------------------------------------------- */

/* What a duration is counted from. */
struct trigger {
	date day;
	instant at; /* for working time; INSTANT_NEVER: the day's beginning */
	int year; /* of days like "15 February"; 0: the first that is not before the trigger's day */
};

struct trigger trigger_of_day(date day);
struct trigger trigger_of_instant(const struct calendar *calendar, instant at);

/* A day that was not counted though the week would have it, and why. */
struct skipped_day {
	date day;
	str why;
};

/* A date with the way it was found: "20 working days from Thursday 3 December 2026, skipping 25 and
 * 28 December and 1 January: Tuesday 5 January 2027". */
struct reckoning {
	enum reckon_no no; /* not fine: there is no date */
	date day;          /* the last day that is in time; DATE_NONE: no such clock */
	instant at;        /* of working time: the last instant; else INSTANT_NEVER */
	instant ends;      /* the first instant that is late */
	str explained;
	bool past_horizon; /* holidays or terms that are not known yet may change it */
	/* Of working time: the day on which the clocks changed, where the wall clock therefore shows
	 * another difference; else DATE_NONE. */
	date clocks_on;
	bool clocks_forward;
	struct skipped_day *skipped;
	size_t n_skipped;
};

/* When it must have happened. */
struct reckoning reckon_due(struct arena *arena, const struct calendar *calendar,
			    struct trigger from, struct duration length);
/* The day that lies so long before a day, counted in the same kind of time; only for counts. */
date reckon_before(const struct calendar *calendar, date due, struct duration length);

/* The nth weekday of a month (NTH_LAST: the last), such as the last Friday in June. */
date date_nth_weekday(int32_t year, int month, enum weekday weekday, int nth);

/* --- the post ------------------------------------------------------------------------------------ */

enum postage { POSTAGE_FIRST, POSTAGE_SECOND, POSTAGE_ECONOMY, POSTAGE_COUNT };

bool postage_parse(str text, enum postage *out); /* "first", "second", "economy" */
str postage_name(enum postage postage);

/* When letters are printed: what is handed over up to the cut-off of a day leaves on the next day of
 * printing, what comes later on the one after. */
struct print_room {
	minute_of_day cut_off;
	bool days[WEEKDAY_COUNT]; /* on which it prints, where they are no holidays */
};

/* Until 17:30, Monday to Friday: as GOV.UK Notify prints. */
struct print_room print_room_usual(void);

/* When a letter is printed, and from when to when it may be in the letter box. */
struct letter_dates {
	date printed, earliest, latest;
};

/* Handed over at an instant, counted by the clock and the holidays of the calendar, which stands for
 * the printer's place; its hours do not matter, printers and post have their own days. */
struct letter_dates letter_arrival(const struct calendar *calendar, instant handed_over,
				   enum postage postage);
/* The same, printed elsewhere. */
struct letter_dates letter_arrival_from(const struct calendar *calendar,
					const struct print_room *room, instant handed_over,
					enum postage postage);
/* The same, printed and posted on that day. */
struct letter_dates letter_printed(const struct calendar *calendar, date printed,
				   enum postage postage);
/* The last instant at which a letter can be handed over that is to be there on the due day at the
 * latest: the cut-off of some day before. Before all instants where there is none. */
instant letter_last_hand_over(const struct calendar *calendar, const struct print_room *room,
			      enum postage postage, date due);

/* --- hours --------------------------------------------------------------------------------------- */

/* True when some hour of the week is open. */
bool week_is_ever_open(const struct week *week);
/* "09:00"; "24:00" is the day's end. */
bool minute_parse(str text, minute_of_day *out);
/* "12-25", a day of every year, 29 February among them: as a day of a leap year. */
bool yearly_parse(str text, date *out);
/* "mon" to "sun" */
bool weekday_parse(str text, enum weekday *out);
/* Adds an opening to a day, in order: from before to, apart from the others of the day, at most
 * OPENINGS_MAX. False, and the week untouched, when that cannot be. */
bool week_open(struct week *week, enum weekday day, minute_of_day from, minute_of_day to);
/* The same for a date. */
bool dated_open(struct dated_hours *hours, minute_of_day from, minute_of_day to);
/* {"always": true} or {"mon": [["09:00","17:00"]], ...}; false, and out untouched, for anything
 * else. */
bool week_read(const struct json *hours, struct week *out);
void week_write(struct json_writer *w, const struct week *week);

/* --- questions as JSON lines --------------------------------------------------------------------- */

/* What `calendar eval` answers: {"op": ...} in, {"result": ...} or {"error": ...} out. Zones are kept
 * from line to line. */
struct reckon_eval;

/* A calendar by its name, or NULL. */
typedef const struct calendar *calendar_named_fn(void *arg, str name);

#define EVAL_LINE_MAX ((size_t)1 << 20)

struct reckon_eval *reckon_eval_new(struct arena *arena, calendar_named_fn *named, void *arg);
/* One line in, one line out, without their ends; false when it is an error. The scratch arena is the
 * caller's to empty. */
bool reckon_eval_line(struct reckon_eval *eval, struct arena *scratch, str line, struct buf *out);

#endif
