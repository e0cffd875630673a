/*
 * Time in three types that cannot be mixed up: an instant, a span, and a civil date.
 *
 * `now` is always a value handed in: only the daemon's loop and the commands read the clock.
 * Deadlines are civil dates; what day it is depends on the place (see zone.h).
 */
#ifndef CANDOUR_BASE_TIME_H
#define CANDOUR_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A point in time: milliseconds since 1970-01-01T00:00:00Z. */
typedef struct instant {
	int64_t ms;
} instant;

/* A length of time in milliseconds. */
typedef struct span {
	int64_t ms;
} span;

/* A day of the calendar: days since 1970-01-01 (negative before), in no particular place. */
typedef struct date {
	int32_t day;
} date;

struct civil {
	int32_t year; /* 1600 to 9999 */
	int month;    /* 1 to 12 */
	int mday;     /* 1 to 31 */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, WEEKDAY_COUNT };

/* Later than everything: "no such moment". It is what an addition that is too large gives. */
#define INSTANT_NEVER ((instant){ INT64_MAX })
/* No date known. Earlier than everything. */
#define DATE_NONE ((date){ INT32_MIN })

#define SPAN_MS(n) ((span){ (int64_t)(n) })
#define SPAN_S(n) ((span){ 1000 * (int64_t)(n) })
#define SPAN_MIN(n) SPAN_S(60 * (int64_t)(n))
#define SPAN_HOURS(n) SPAN_MIN(60 * (int64_t)(n))
#define SPAN_DAYS(n) SPAN_HOURS(24 * (int64_t)(n))

/* The only two functions here that read a clock: the wall clock, and the one that nobody sets, in milliseconds. */
instant instant_now(void);
int64_t monotonic_ms(void);
instant instant_add(instant at, span length); /* saturates; INSTANT_NEVER stays */
span instant_since(instant later, instant earlier);
bool instant_before(instant a, instant b);
instant instant_min(instant a, instant b);
bool instant_is_never(instant at);

/* RFC 3339 with an offset ("Z", "+01:00"; "T" or "t"; fractions of a second are cut to milliseconds;
 * a leap second counts as the second after). False, and out untouched, for anything else. */
bool instant_parse(str text, instant *out);
/* "2026-11-23T15:04:05Z", with ".123" only when there are milliseconds. INSTANT_NEVER gives
 * "never". */
str instant_print(struct arena *arena, instant at);

bool date_is(date d); /* false for DATE_NONE */
bool date_before(date a, date b);
date date_add(date d, int32_t days);
/* The same day of the month, months later or earlier; the month's last day where there is no such
 * day. */
date date_add_months(date d, int32_t months);
enum weekday date_weekday(date d);
struct civil date_civil(date d);
/* False, and out untouched, for a day that is not in the calendar. */
bool date_of(int32_t year, int month, int mday, date *out);
/* "YYYY-MM-DD" and nothing else. */
bool date_parse(str text, date *out);
str date_print(struct arena *arena, date d); /* "2027-01-12"; DATE_NONE gives "" */
str date_words(struct arena *arena, date d); /* "Tuesday 12 January 2027", as letters want it */

#endif
