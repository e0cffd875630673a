#include "model/calendar.h"

#include "base/arena.h"

/* More days than this are not listed one by one in an explanation. */
#define SKIPPED_LISTED_MAX 12

const struct holiday *calendar_holiday(const struct calendar *calendar, date day)
{
	size_t low = 0, high = calendar->n_holidays;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (date_before(calendar->holidays[middle].day, day))
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < calendar->n_holidays && calendar->holidays[low].day.day == day.day;
	return found ? &calendar->holidays[low] : NULL;
}

static bool is_weekday_worked(const struct calendar *calendar, date day)
{
	return calendar->week.always || calendar->week.n[date_weekday(day)] > 0;
}

bool calendar_is_working_day(const struct calendar *calendar, date day)
{
	return is_weekday_worked(calendar, day) && calendar_holiday(calendar, day) == NULL;
}

date calendar_date(const struct calendar *calendar, instant at)
{
	return zone_date(calendar->zone, at);
}

instant calendar_day_start(const struct calendar *calendar, date day)
{
	return zone_instant(calendar->zone, day, 0);
}

/* --- when somebody is there ---------------------------------------------------------------------- */

/* The first open instant of a day at or after `at`, or INSTANT_NEVER. A clock change may swallow an
 * opening whole; then it is none. */
static instant open_on(const struct calendar *calendar, const struct week *week, date day,
		       instant at)
{
	enum weekday weekday = date_weekday(day);
	for (int i = 0; i < week->n[weekday]; i++) {
		struct opening open = week->open[weekday][i];
		instant from = zone_instant(calendar->zone, day, open.from);
		instant to = zone_instant(calendar->zone, day, open.to);
		instant first = instant_before(from, at) ? at : from;
		if (instant_before(first, to))
			return first;
	}
	return INSTANT_NEVER;
}

instant calendar_next_open(const struct calendar *calendar, const struct week *week, instant at)
{
	if (week->always || instant_is_never(at))
		return at;
	date day = calendar_date(calendar, at);
	/* Today and one week are enough, and a holiday can close one day each; the second week is
	 * for an opening that a clock change swallowed. */
	size_t days = 15 + calendar->n_holidays;
	for (size_t i = 0; i < days; i++, day = date_add(day, 1)) {
		if (calendar_holiday(calendar, day) != NULL)
			continue;
		instant open = open_on(calendar, week, day, at);
		if (!instant_is_never(open))
			return open;
	}
	return INSTANT_NEVER;
}

/* --- counting ------------------------------------------------------------------------------------ */

/* Working days that holidays took out of a count, in order. */
struct skipped {
	struct arena *arena;
	date days[SKIPPED_LISTED_MAX];
	size_t n;
};

static void skip(struct skipped *skipped, date day)
{
	if (skipped->n < SKIPPED_LISTED_MAX)
		skipped->days[skipped->n] = day;
	skipped->n++;
}

/* Goes n worked days forward (step 1) or back (step -1); `from` itself counts only when it is asked
 * to. */
static date count_working(const struct calendar *calendar, date from, struct duration length,
			  int step, struct skipped *skipped)
{
	/* A calendar that is never open is refused when the policy is read. */
	require(week_is_ever_open(&calendar->week));
	date day = length.beginning && length.n > 0 ? date_add(from, -step) : from;
	for (int left = length.n; left > 0;) {
		day = date_add(day, step);
		if (!is_weekday_worked(calendar, day))
			continue;
		if (calendar_holiday(calendar, day) != NULL)
			skip(skipped, day);
		else
			left--;
	}
	return day;
}

static date count(const struct calendar *calendar, date from, struct duration length, int step,
		  struct skipped *skipped)
{
	if (length.unit == DURATION_WORKING_DAYS)
		return count_working(calendar, from, length, step, skipped);
	date day;
	if (length.unit == DURATION_MONTHS)
		day = date_add_months(from, step * length.n);
	else
		day = date_add(from, step * length.n * (length.unit == DURATION_WEEKS ? 7 : 1));
	return length.beginning && length.n > 0 ? date_add(day, -step) : day;
}

static str month_name(struct arena *arena, date day)
{
	/* "Tuesday 12 January 2027" */
	str weekday, mday, month, year, rest;
	bool cut = str_cut(date_words(arena, day), ' ', &weekday, &rest) &&
		   str_cut(rest, ' ', &mday, &rest) && str_cut(rest, ' ', &month, &year);
	require(cut);
	return month;
}

static bool is_same_month(date a, date b)
{
	struct civil first = date_civil(a), second = date_civil(b);
	return first.year == second.year && first.month == second.month;
}

/* What stands before the next of several things in a list: "a, b and c". */
static const char *comma(size_t i, size_t n)
{
	if (i == 0)
		return "";
	return i + 1 < n ? ", " : " and ";
}

/* "25 and 28 December and 1 January" */
static void name_skipped(struct buf *buf, const struct skipped *skipped)
{
	size_t months = 1, month = 0;
	for (size_t i = 1; i < skipped->n; i++)
		months += is_same_month(skipped->days[i - 1], skipped->days[i]) ? 0 : 1;
	for (size_t i = 0; i < skipped->n; month++) {
		size_t end = i + 1;
		while (end < skipped->n && is_same_month(skipped->days[i], skipped->days[end]))
			end++;
		buf_fmt(buf, "%s", comma(month, months));
		for (size_t k = i; k < end; k++)
			buf_fmt(buf, "%s%d", comma(k - i, end - i),
				date_civil(skipped->days[k]).mday);
		buf_fmt(buf, " %.*s", STR_ARG(month_name(skipped->arena, skipped->days[i])));
		i = end;
	}
}

static str explain(struct arena *arena, date from, struct duration length, date day,
		   const struct skipped *skipped)
{
	struct buf buf = buf_of(arena, 1024);
	buf_add(&buf, duration_print(arena, length));
	buf_add(&buf, length.beginning ? S(" with ") : S(" from "));
	buf_add(&buf, date_words(arena, from));
	if (skipped->n > SKIPPED_LISTED_MAX) {
		buf_fmt(&buf, ", skipping %zu holidays", skipped->n);
	} else if (skipped->n > 0) {
		buf_add(&buf, S(", skipping "));
		name_skipped(&buf, skipped);
	}
	buf_add(&buf, S(": "));
	buf_add(&buf, date_words(arena, day));
	return buf_str(&buf);
}

struct reckoning calendar_due(struct arena *arena, const struct calendar *calendar, date from,
			      struct duration length)
{
	struct skipped skipped = { .arena = arena };
	date day = count(calendar, from, length, 1, &skipped);
	return (struct reckoning){
		.day = day,
		.explained = explain(arena, from, length, day, &skipped),
		.past_horizon = length.unit == DURATION_WORKING_DAYS &&
				date_before(calendar->complete_until, day),
	};
}

date calendar_before(const struct calendar *calendar, date due, struct duration length)
{
	struct skipped skipped = { 0 };
	return count(calendar, due, length, -1, &skipped);
}
