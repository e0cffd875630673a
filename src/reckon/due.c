/* When something must have happened: durations counted from a trigger, with the words for it. */
#include "reckon/inner.h"

#include "base/arena.h"

/* What every part of a duration is reckoned with. */
struct frame {
	struct arena *arena;
	const struct calendar *calendar;
	struct trigger from;
	bool tribunal;
};

struct trigger trigger_of_day(date day)
{
	return (struct trigger){ .day = day, .at = INSTANT_NEVER };
}

struct trigger trigger_of_instant(const struct calendar *calendar, instant at)
{
	return (struct trigger){ .day = calendar_date(calendar, at), .at = at };
}

static struct reckoning no_date(enum reckon_no no)
{
	return (struct reckoning){ .no = no,
				   .day = DATE_NONE,
				   .at = INSTANT_NEVER,
				   .ends = INSTANT_NEVER,
				   .clocks_on = DATE_NONE };
}

/* The day that is over with the instant before this one. */
static struct reckoning on_day(const struct frame *frame, date day)
{
	if (!day_is_in_range(day))
		return no_date(RECKON_TOO_FAR);
	return (struct reckoning){
		.day = day,
		.at = INSTANT_NEVER,
		.ends = calendar_day_start(frame->calendar, date_add(day, 1)),
		.clocks_on = DATE_NONE,
	};
}

/* --- counts -------------------------------------------------------------------------------------- */

static enum day_kind kind_of(enum duration_unit unit)
{
	if (unit == DURATION_WORKING_DAYS)
		return WORKING_DAYS;
	return unit == DURATION_SCHOOL_DAYS ? SCHOOL_DAYS : CIVIL_DAYS;
}

/* The day behind which nothing is known: holidays, and for school days the terms. */
static date horizon(const struct calendar *calendar, enum day_kind kind)
{
	date known = calendar->complete_until;
	if (kind == SCHOOL_DAYS && calendar->n_terms > 0) {
		date terms = calendar->terms[calendar->n_terms - 1].last;
		if (date_before(terms, known))
			known = terms;
	}
	return known;
}

/* Whether what is not known yet may change a count between two days. */
static bool is_past_horizon(const struct calendar *calendar, enum day_kind kind, date a, date b)
{
	date known = horizon(calendar, kind);
	return kind != CIVIL_DAYS && (date_before(known, a) || date_before(known, b));
}

/* Counted backwards they were met in the other order. */
static void turn_round(struct skipped_day *skipped, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct skipped_day swap = skipped[i];
		skipped[i] = skipped[n - 1 - i];
		skipped[n - 1 - i] = swap;
	}
}

/* Days, weeks, working days and school days. */
static struct reckoning count_of_days(const struct frame *frame, const struct duration *length,
				      date from, int step)
{
	struct count count = { .arena = frame->arena,
			       .calendar = frame->calendar,
			       .kind = kind_of(length->unit),
			       .tribunal = frame->tribunal };
	int64_t n = (int64_t)length->n * (length->unit == DURATION_WEEKS ? 7 : 1);
	date day = length->beginning ? date_add(from, -step) : from;
	enum reckon_no no = count_days(&count, day, length->clear ? n + 1 : n, step, &day);
	if (no != RECKON_FINE)
		return no_date(no);
	struct reckoning reckoning = on_day(frame, day);
	if (step < 0)
		turn_round(count.skipped, count.n_skipped);
	reckoning.skipped = count.skipped;
	reckoning.n_skipped = count.n_skipped;
	reckoning.past_horizon = is_past_horizon(frame->calendar, count.kind, from, day);
	return reckoning;
}

/* Twelve months beginning with 29 February end with the next year's 28 February: where the month lacks
 * the corresponding date, its last day is the last of the period already. */
static struct reckoning count_of_months(const struct frame *frame, const struct duration *length,
					date from, int step)
{
	date day = date_add_months(from, step * length->n);
	bool lacks_date = date_civil(day).mday < date_civil(from).mday;
	if (length->beginning && !(lacks_date && step > 0))
		day = date_add(day, -step);
	return on_day(frame, length->clear ? date_add(day, step) : day);
}

/* Working hours and minutes. `beginning` counts the trigger's day whole, `clear` none of it. */
static struct reckoning count_of_time(const struct frame *frame, const struct duration *length,
				      struct trigger from, int step)
{
	const struct calendar *calendar = frame->calendar;
	span time = length->unit == DURATION_WORKING_HOURS ? SPAN_HOURS(length->n)
							   : SPAN_MIN(length->n);
	instant at = from.at, done;
	bool whole = length->beginning || instant_is_never(at);
	/* The end of the day that time passes through first, or the other one. */
	if (whole || length->clear)
		at = calendar_day_start(calendar,
					date_add(from.day, length->clear == (step > 0) ? 1 : 0));
	enum reckon_no no = step > 0 ? reckon_add_working_time(calendar, at, time, &done)
				     : reckon_subtract_working_time(calendar, at, time, &done);
	if (no != RECKON_FINE)
		return no_date(no);
	date day = zone_date(calendar->zone, done);
	return (struct reckoning){
		.day = day,
		.at = done,
		.ends = done,
		.clocks_on = DATE_NONE,
		.past_horizon = is_past_horizon(calendar, WORKING_DAYS, from.day, day),
	};
}

static struct reckoning count_from(const struct frame *frame, const struct duration *length,
				   struct trigger from, int step)
{
	switch (length->unit) {
	case DURATION_MONTHS:
		return count_of_months(frame, length, from.day, step);
	case DURATION_WORKING_HOURS:
	case DURATION_WORKING_MINUTES:
		return count_of_time(frame, length, from, step);
	case DURATION_DAYS:
	case DURATION_WEEKS:
	case DURATION_WORKING_DAYS:
	case DURATION_SCHOOL_DAYS:
	case DURATION_UNIT_COUNT:
		break;
	}
	return count_of_days(frame, length, from.day, step);
}

date reckon_before(const struct calendar *calendar, date due, struct duration length)
{
	struct frame frame = { .calendar = calendar };
	require(length.kind == DURATION_COUNT);
	struct trigger from = trigger_of_day(due);
	/* The due day's end is what working time is counted back from. */
	from.at = calendar_day_start(calendar, date_add(due, 1));
	struct reckoning before = count_from(&frame, &length, from, -1);
	return before.no == RECKON_FINE ? before.day : due;
}

/* --- explaining ---------------------------------------------------------------------------------- */

/* "Tuesday 5 January 2027", with ", 10:15" where there is a time. */
static void write_when(struct buf *buf, const struct frame *frame,
		       const struct reckoning *reckoning)
{
	buf_add(buf, date_words(frame->arena, reckoning->day));
	if (instant_is_never(reckoning->at))
		return;
	buf_add(buf, S(", "));
	write_minute(buf, zone_local(frame->calendar->zone, reckoning->at).second_of_day / 60);
}

/* A working time over a change of the clocks, for which the wall clock shows another difference. */
static void note_clock_change(const struct calendar *calendar, instant from,
			      struct reckoning *found)
{
	if (!instant_before(from, found->at))
		return;
	struct zone_stretch stretch = zone_stretch_at(calendar->zone, found->at);
	int32_t before = zone_local(calendar->zone, from).utc_offset_s;
	if (before == stretch.utc_offset_s)
		return;
	found->clocks_on = zone_date(calendar->zone, stretch.since);
	found->clocks_forward = stretch.utc_offset_s > before;
}

static void write_from(struct buf *buf, const struct frame *frame, const struct duration *length,
		       const struct reckoning *reckoning)
{
	const struct trigger *from = &frame->from;
	bool timed = !instant_is_never(from->at) && !instant_is_never(reckoning->at);
	buf_add(buf, length->beginning ? S(" with ") : S(" from "));
	buf_add(buf, date_words(frame->arena, from->day));
	if (!timed)
		return;
	buf_add(buf, S(", "));
	write_minute(buf, zone_local(frame->calendar->zone, from->at).second_of_day / 60);
	if (date_is(reckoning->clocks_on))
		buf_fmt(buf, ", the clocks going %s on %.*s",
			reckoning->clocks_forward ? "forward" : "back",
			STR_ARG(date_words(frame->arena, reckoning->clocks_on)));
}

static str explain_count(const struct frame *frame, const struct duration *length,
			 const struct reckoning *reckoning)
{
	struct buf buf = buf_of(frame->arena, 8192);
	write_length(&buf, length);
	write_from(&buf, frame, length, reckoning);
	explain_skipped(&buf, reckoning);
	buf_add(&buf, S(": "));
	write_when(&buf, frame, reckoning);
	return buf_str(&buf);
}

static str explain_fixed(const struct frame *frame, const struct duration *length,
			 const struct reckoning *reckoning)
{
	struct buf buf = buf_of(frame->arena, 8192);
	write_length(&buf, length);
	buf_add(&buf, S(": "));
	write_when(&buf, frame, reckoning);
	return buf_str(&buf);
}

/* "later of 2 months from ...: Saturday 2 January 2027; 1 month from ...: ...; so Saturday ..." */
static str explain_list(const struct frame *frame, const struct duration *list,
			const struct reckoning *parts, const struct reckoning *chosen)
{
	struct buf buf = buf_of(frame->arena, (size_t)1 << 16);
	buf_add(&buf, list->kind == DURATION_LATER ? S("later of ") : S("earlier of "));
	for (size_t i = 0; i < list->n_parts; i++) {
		buf_add(&buf, parts[i].explained);
		buf_add(&buf, S("; "));
	}
	buf_add(&buf, S("so "));
	write_when(&buf, frame, chosen);
	return buf_str(&buf);
}

static str explain_back(const struct frame *frame, const struct duration *length,
			const struct reckoning *base, const struct reckoning *found)
{
	struct duration own = *length;
	own.kind = DURATION_COUNT;
	struct buf buf = buf_of(frame->arena, (size_t)1 << 16);
	buf_add(&buf, base->explained);
	buf_add(&buf, S("; "));
	write_length(&buf, &own);
	buf_add(&buf, S(" before that"));
	explain_skipped(&buf, found);
	buf_add(&buf, S(": "));
	write_when(&buf, frame, found);
	return buf_str(&buf);
}

/* --- days in the year ---------------------------------------------------------------------------- */

/* The day itself in a year, or the month's last day where the year has no such day (29 February): that
 * one is before it, too. */
static date day_in_year(const struct duration *length, int32_t year)
{
	if (length->kind == DURATION_ON_WEEKDAY)
		return date_nth_weekday(year, length->month, length->weekday, length->nth);
	date day = DATE_NONE;
	int mday = length->mday;
	while (!date_of(year, length->month, mday, &day))
		mday--;
	bool lacks_date = mday < length->mday;
	return length->kind == DURATION_BEFORE_DAY && !lacks_date ? date_add(day, -1) : day;
}

static struct reckoning find_fixed(const struct frame *frame, const struct duration *length)
{
	const struct trigger *from = &frame->from;
	int32_t year = from->year != 0 ? from->year : date_civil(from->day).year;
	if (year < YEAR_FIRST || year >= YEAR_LAST)
		return no_date(RECKON_TOO_FAR);
	date day = day_in_year(length, year);
	/* "before 1 January" ends in the year before. */
	if (from->year == 0 && date_before(day, from->day))
		day = day_in_year(length, year + 1);
	struct reckoning reckoning = on_day(frame, day);
	reckoning.explained = explain_fixed(frame, length, &reckoning);
	return reckoning;
}

/* --- the whole ----------------------------------------------------------------------------------- */

static struct reckoning find(const struct frame *frame, const struct duration *length);

static struct reckoning find_best(const struct frame *frame, const struct duration *list)
{
	struct reckoning *parts = TAKE(frame->arena, struct reckoning, list->n_parts);
	size_t best = 0;
	bool past_horizon = false;
	for (size_t i = 0; i < list->n_parts; i++) {
		parts[i] = find(frame, &list->parts[i]);
		if (parts[i].no != RECKON_FINE || !date_is(parts[i].day))
			return parts[i];
		past_horizon = past_horizon || parts[i].past_horizon;
		bool later = instant_before(parts[best].ends, parts[i].ends);
		bool earlier = instant_before(parts[i].ends, parts[best].ends);
		if (list->kind == DURATION_LATER ? later : earlier)
			best = i;
	}
	struct reckoning chosen = parts[best];
	chosen.past_horizon = past_horizon;
	chosen.explained = explain_list(frame, list, parts, &chosen);
	return chosen;
}

static struct reckoning find_back(const struct frame *frame, const struct duration *length)
{
	struct reckoning base = find(frame, &length->parts[0]);
	if (base.no != RECKON_FINE || !date_is(base.day))
		return base;
	struct trigger from = { .day = base.day, .at = base.ends };
	struct reckoning found = count_from(frame, length, from, -1);
	if (found.no != RECKON_FINE)
		return found;
	found.past_horizon = found.past_horizon || base.past_horizon;
	found.explained = explain_back(frame, length, &base, &found);
	return found;
}

static struct reckoning find_length(const struct frame *frame, const struct duration *length)
{
	if (length->n == 0) {
		struct reckoning none = no_date(RECKON_FINE);
		struct buf buf = buf_of(frame->arena, 256);
		write_length(&buf, length);
		buf_add(&buf, S(": no such clock"));
		none.explained = buf_str(&buf);
		return none;
	}
	switch (length->kind) {
	case DURATION_COUNT:
		break;
	case DURATION_BACK:
		return find_back(frame, length);
	case DURATION_ON_DAY:
	case DURATION_BEFORE_DAY:
	case DURATION_ON_WEEKDAY:
		return find_fixed(frame, length);
	case DURATION_LATER:
	case DURATION_EARLIER:
		return find_best(frame, length);
	}
	struct reckoning found = count_from(frame, length, frame->from, 1);
	if (found.no == RECKON_FINE && !instant_is_never(found.at) &&
	    !instant_is_never(frame->from.at))
		note_clock_change(frame->calendar, frame->from.at, &found);
	if (found.no == RECKON_FINE)
		found.explained = explain_count(frame, length, &found);
	return found;
}

/* Moves the date behind what it may not lie on, and says so. */
static void move_to(const struct frame *frame, struct reckoning *found, date day, const char *why)
{
	if (day.day == found->day.day)
		return;
	struct reckoning moved = on_day(frame, day);
	moved.explained = str_fmt(frame->arena, "%.*s; %s %.*s", STR_ARG(found->explained), why,
				  STR_ARG(date_words(frame->arena, day)));
	moved.skipped = found->skipped;
	moved.n_skipped = found->n_skipped;
	moved.past_horizon = found->past_horizon;
	*found = moved;
}

/* Rule 12: a time for starting proceedings, which is one in months, that ends in August or from 25
 * December to 1 January goes on to the first working day behind; any other that ends on no working
 * day goes on to the next. */
static enum reckon_no apply_tribunal(const struct frame *frame, const struct duration *length,
				     struct reckoning *found)
{
	bool days = (length->kind == DURATION_COUNT || length->kind == DURATION_BACK) &&
		    length->unit != DURATION_MONTHS;
	date day = found->day;
	while (!days && tribunal_rests(day))
		day = date_add(day, 1);
	enum reckon_no no = roll_forward(frame->calendar, day, &day);
	if (no == RECKON_FINE)
		move_to(frame, found, day, "the Tribunal's rules move it to");
	return no;
}

static void end_at(const struct frame *frame, struct reckoning *found, minute_of_day minute)
{
	struct buf buf = buf_of(frame->arena, (size_t)1 << 16);
	found->ends = zone_instant(frame->calendar->zone, found->day, minute);
	found->at = INSTANT_NEVER;
	buf_add(&buf, found->explained);
	buf_add(&buf, S(", at "));
	write_minute(&buf, minute);
	found->explained = buf_str(&buf);
}

static struct reckoning find(const struct frame *frame, const struct duration *length)
{
	struct frame own = *frame;
	enum reckon_no no = RECKON_FINE;
	own.tribunal = frame->tribunal || length->tribunal;
	struct reckoning found = find_length(&own, length);
	if (found.no != RECKON_FINE || !date_is(found.day))
		return found;
	date day = found.day;
	if (length->roll_forward) {
		no = roll_forward(own.calendar, day, &day);
		if (no == RECKON_FINE)
			move_to(&own, &found, day, "rolled forward to");
	}
	if (length->tribunal && no == RECKON_FINE)
		no = apply_tribunal(&own, length, &found);
	if (no != RECKON_FINE)
		return no_date(no);
	if (length->roll_forward || length->tribunal)
		found.past_horizon |= is_past_horizon(own.calendar, WORKING_DAYS, found.day,
						      found.day);
	if (length->has_at || length->tribunal)
		end_at(&own, &found, length->has_at ? length->at : TRIBUNAL_CLOSES);
	return found;
}

struct reckoning reckon_due(struct arena *arena, const struct calendar *calendar,
			    struct trigger from, struct duration length)
{
	struct frame frame = { .arena = arena, .calendar = calendar, .from = from };
	struct reckoning found = find(&frame, &length);
	if (found.no != RECKON_FINE)
		found.explained = str_of(reckon_no_text(found.no));
	return found;
}
