/* What a day is in a calendar: a holiday, a working day, its hours on paper. */
#include "reckon/inner.h"

bool day_is_in_range(date day)
{
	return day.day >= DAY_FIRST && day.day <= DAY_LAST;
}

bool instant_is_in_range(instant at)
{
	return at.ms >= DAY_FIRST * DAY_MS && at.ms < (DAY_LAST + 1) * DAY_MS;
}

date calendar_date(const struct calendar *calendar, instant at)
{
	return zone_date(calendar->zone, at);
}

instant calendar_day_start(const struct calendar *calendar, date day)
{
	return zone_instant(calendar->zone, day, 0);
}

/* Where a day stands, or would stand, in a sorted list: `day` is the first member of every entry. */
static size_t place_of(const void *list, size_t n, size_t size, date day)
{
	const char *bytes = list;
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const date *at = (const void *)(bytes + middle * size);
		if (date_before(*at, day))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct holiday *find_holiday(const struct holiday *list, size_t n, date day)
{
	size_t at = place_of(list, n, sizeof(*list), day);
	return at < n && list[at].day.day == day.day ? &list[at] : NULL;
}

static const struct dated_hours *find_hours(const struct dated_hours *list, size_t n, date day)
{
	size_t at = place_of(list, n, sizeof(*list), day);
	return at < n && list[at].day.day == day.day ? &list[at] : NULL;
}

static bool has_yearly(const struct calendar *calendar)
{
	uint32_t any = 0;
	for (size_t i = 0; i < 12; i++)
		any |= calendar->yearly[i];
	return any != 0;
}

static bool is_yearly(const struct calendar *calendar, date day)
{
	if (!has_yearly(calendar))
		return false;
	struct civil civil = date_civil(day);
	return (calendar->yearly[civil.month - 1] >> civil.mday & 1U) != 0;
}

bool reckon_holiday(const struct calendar *calendar, date day, str *out_title)
{
	const struct holiday *holiday = find_holiday(calendar->holidays, calendar->n_holidays, day);
	if (holiday == NULL && !is_yearly(calendar, day))
		return false;
	if (out_title != NULL)
		*out_title = holiday != NULL && holiday->title.n > 0 ? holiday->title
								     : S("holiday");
	return true;
}

bool school_rests(const struct calendar *calendar, date day, str *why)
{
	const struct holiday *closure = find_holiday(calendar->closures, calendar->n_closures, day);
	if (closure != NULL) {
		*why = closure->title.n > 0 ? closure->title : S("school closed");
		return true;
	}
	size_t n = calendar->n_terms;
	bool in_term = n > 0 && date_before(calendar->terms[n - 1].last, day);
	for (size_t i = 0; i < n && !in_term; i++)
		in_term = !date_before(day, calendar->terms[i].first) &&
			  !date_before(calendar->terms[i].last, day);
	*why = S("school holiday");
	return !in_term;
}

int day_openings(const struct calendar *calendar, date day, const struct opening **out)
{
	static const struct opening whole_day = { 0, MINUTES_A_DAY };
	const struct dated_hours *dated = find_hours(calendar->exceptions, calendar->n_exceptions,
						     day);
	if (dated != NULL) {
		*out = dated->open;
		return dated->n;
	}
	if (calendar->week.always) {
		*out = &whole_day;
		return 1;
	}
	enum weekday weekday = date_weekday(day);
	*out = calendar->week.open[weekday];
	return calendar->week.n[weekday];
}

int day_breaks(const struct calendar *calendar, date day, const struct opening **out)
{
	const struct dated_hours *breaks = find_hours(calendar->breaks, calendar->n_breaks, day);
	*out = breaks != NULL ? breaks->open : NULL;
	return breaks != NULL ? breaks->n : 0;
}

bool week_would_work(const struct calendar *calendar, date day)
{
	return calendar->week.always || calendar->week.n[date_weekday(day)] > 0;
}

bool day_has_hours(const struct calendar *calendar, date day)
{
	const struct opening *open;
	return day_openings(calendar, day, &open) > 0;
}

bool reckon_is_working_day(const struct calendar *calendar, date day)
{
	return day_has_hours(calendar, day) && !reckon_holiday(calendar, day, NULL);
}

bool reckon_is_ever_open(const struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->n_exceptions; i++) {
		if (reckon_is_working_day(calendar, calendar->exceptions[i].day))
			return true;
	}
	if (!week_is_ever_open(&calendar->week))
		return false;
	/* Holidays of every year could still close every day that the week opens. */
	if (!has_yearly(calendar))
		return true;
	date day = { 0 };
	for (int i = 0; i < CLOSED_DAYS_MAX; i++, day = date_add(day, 1)) {
		if (week_would_work(calendar, day) && !is_yearly(calendar, day))
			return true;
	}
	return false;
}

int64_t closed_days_max(const struct calendar *calendar)
{
	return CLOSED_DAYS_MAX +
	       (int64_t)(calendar->n_holidays + calendar->n_exceptions + calendar->n_breaks);
}

date next_day_with_hours(const struct calendar *calendar, date day, int step)
{
	const struct dated_hours *list = calendar->exceptions;
	size_t n = calendar->n_exceptions;
	if (week_is_ever_open(&calendar->week))
		return date_add(day, step);
	size_t at = place_of(list, n, sizeof(*list), step > 0 ? date_add(day, 1) : day);
	if (step > 0)
		return at < n ? list[at].day : DATE_NONE;
	return at > 0 ? list[at - 1].day : DATE_NONE;
}

date date_nth_weekday(int32_t year, int month, enum weekday weekday, int nth)
{
	date first = DATE_NONE;
	bool is_date = date_of(year, month, 1, &first);
	require(is_date && nth >= 1 && nth <= NTH_LAST);
	int ahead = ((int)weekday - (int)date_weekday(first) + 7) % 7;
	date day = date_add(first, ahead + (nth - 1) * 7);
	/* The fifth is the last: the month may have only four. */
	return date_civil(day).month == month ? day : date_add(day, -7);
}
