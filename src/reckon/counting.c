/* Counting days of one kind, one after the other, with a note of what was passed over. */
#include "reckon/inner.h"

#include "base/arena.h"

/* More are counted, but not kept one by one. */
#define SKIPPED_MAX 1000

bool tribunal_rests(date day)
{
	struct civil civil = date_civil(day);
	return civil.month == 8 || (civil.month == 12 && civil.mday >= 25) ||
	       (civil.month == 1 && civil.mday == 1);
}

static void skip(struct count *count, date day, str why)
{
	if (count->arena == NULL || count->n_skipped == SKIPPED_MAX)
		return;
	if (count->n_skipped == count->room) {
		size_t room = count->room == 0 ? 16 : 2 * count->room;
		struct skipped_day *list = TAKE(count->arena, struct skipped_day, room);
		for (size_t i = 0; i < count->n_skipped; i++)
			list[i] = count->skipped[i];
		count->skipped = list;
		count->room = room;
	}
	count->skipped[count->n_skipped++] = (struct skipped_day){ day, why };
}

/* The day counts. One that the week would have but that is taken out is noted. */
static bool counts(struct count *count, date day)
{
	const struct calendar *calendar = count->calendar;
	str why = STR_EMPTY;
	if (count->kind != CIVIL_DAYS && !day_has_hours(calendar, day)) {
		if (week_would_work(calendar, day))
			skip(count, day, S("closed on this day"));
		return false;
	}
	bool rests = count->tribunal && tribunal_rests(day);
	bool takes_out = (count->kind != CIVIL_DAYS && reckon_holiday(calendar, day, &why)) ||
			 (count->kind == SCHOOL_DAYS && school_rests(calendar, day, &why));
	if (!takes_out && rests)
		why = date_civil(day).month == 8 ? S("August does not count in the Tribunal")
						 : S("25 December to 1 January do not count in "
						     "the Tribunal");
	if (takes_out || rests)
		skip(count, day, why);
	return !takes_out && !rests;
}

enum reckon_no count_days(struct count *count, date from, int64_t n, int step, date *out)
{
	if (count->kind == SCHOOL_DAYS && count->calendar->n_terms == 0)
		return RECKON_NO_TERMS;
	/* No day counts more than once. */
	if (n > (step > 0 ? (int64_t)DAY_LAST - from.day : from.day - (int64_t)DAY_FIRST))
		return RECKON_TOO_FAR;
	date day = from;
	if (count->kind == CIVIL_DAYS && !count->tribunal) {
		day = date_add(from, (int32_t)n * step);
		n = 0;
	}
	int64_t closed = 0, most = closed_days_max(count->calendar);
	while (n > 0) {
		day = count->kind == CIVIL_DAYS ? date_add(day, step)
						: next_day_with_hours(count->calendar, day, step);
		if (!date_is(day))
			return RECKON_NEVER_OPEN;
		bool counted = counts(count, day);
		n -= counted ? 1 : 0;
		closed = counted ? 0 : closed + 1;
		if (!day_is_in_range(day))
			return RECKON_TOO_FAR;
		if (closed > most)
			return RECKON_NEVER_OPEN;
	}
	if (!day_is_in_range(day))
		return RECKON_TOO_FAR;
	*out = day;
	return RECKON_FINE;
}

enum reckon_no roll_forward(const struct calendar *calendar, date day, date *out)
{
	struct count count = { .calendar = calendar, .kind = WORKING_DAYS };
	return count_days(&count, date_add(day, -1), 1, 1, out);
}

enum reckon_no reckon_add_working_days(const struct calendar *calendar, date from, int64_t n,
				       date *out)
{
	struct count count = { .calendar = calendar, .kind = WORKING_DAYS };
	int64_t many = n < 0 ? -(n + 1) : n; /* INT64_MIN has no counterpart */
	if (many > DAYS_MAX)
		return RECKON_TOO_FAR;
	return count_days(&count, from, n < 0 ? -n : n, n < 0 ? -1 : 1, out);
}

enum reckon_no reckon_add_days_rolled(const struct calendar *calendar, date from, int64_t n,
				      date *out)
{
	if (n < -DAYS_MAX || n > DAYS_MAX)
		return RECKON_TOO_FAR;
	date day = date_add(from, (int32_t)n);
	if (!day_is_in_range(day))
		return RECKON_TOO_FAR;
	return roll_forward(calendar, day, out);
}

int64_t reckon_working_days_between(const struct calendar *calendar, date from, date to)
{
	int64_t n = 0;
	for (date day = date_add(from, 1); !date_before(to, day); day = date_add(day, 1))
		n += reckon_is_working_day(calendar, day) ? 1 : 0;
	for (date day = to; date_before(day, from); day = date_add(day, 1))
		n -= reckon_is_working_day(calendar, day) ? 1 : 0;
	return n;
}
