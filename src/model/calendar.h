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

#include "reckon/reckon.h"

/* A date with the way it was found: "20 working days from Thursday 3 December 2026, skipping 25 and
 * 28 December and 1 January: Tuesday 5 January 2027". */

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

#endif
