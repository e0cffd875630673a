/*
 * Working time: the open stretches of a calendar, one after the other, and what is counted in them.
 *
 * The openings of a day are local times; each is turned into instants, cut to the day, joined where a
 * clock change lets them overlap, and breaks are cut out. So days never overlap, whatever the clocks
 * do. Pauses are instants and are cut out last.
 */
#include "reckon/inner.h"

/* Every break can cut one opening in two. */
#define PIECES_MAX (2 * OPENINGS_MAX)

/* Open from (included) to (not included). */
struct piece {
	instant from, to;
};

struct pieces {
	struct piece list[PIECES_MAX];
	int n;
};

/* Goes through the open pieces in order, forward or back. */
struct walk {
	const struct calendar *calendar;
	struct zone_stretch stretch; /* the last one that was asked for */
	date day;
	date last; /* goes no further */
	int step;
	struct pieces pieces; /* what is left of this day */
	struct piece piece;   /* what is left of this piece; empty: take the next */
	int64_t closed, closed_max;
};

/* --- one day ------------------------------------------------------------------------------------- */

/* The instant of a local time. Where no clock change is near, which is nearly always, it is the offset
 * that is known already. */
static instant local_instant(struct walk *walk, date day, minute_of_day minute)
{
	instant midnight = { (int64_t)day.day * DAY_MS };
	if (walk->stretch.since.ms > midnight.ms - 2 * DAY_MS ||
	    walk->stretch.until.ms < midnight.ms + 3 * DAY_MS)
		walk->stretch = zone_stretch_at(walk->calendar->zone, midnight);
	if (walk->stretch.since.ms > midnight.ms - 2 * DAY_MS ||
	    walk->stretch.until.ms < midnight.ms + 3 * DAY_MS)
		return zone_instant(walk->calendar->zone, day, minute);
	return (instant){ midnight.ms + (int64_t)minute * 60000 -
			  (int64_t)walk->stretch.utc_offset_s * 1000 };
}

/* Adds a piece in its place, joined with those it touches. */
static void add_piece(struct pieces *pieces, struct piece piece)
{
	int kept = 0, at = 0;
	for (int i = 0; i < pieces->n; i++) {
		struct piece one = pieces->list[i];
		bool apart = one.to.ms < piece.from.ms || piece.to.ms < one.from.ms;
		if (apart) {
			pieces->list[kept++] = one;
			continue;
		}
		piece.from.ms = one.from.ms < piece.from.ms ? one.from.ms : piece.from.ms;
		piece.to.ms = one.to.ms > piece.to.ms ? one.to.ms : piece.to.ms;
	}
	while (at < kept && pieces->list[at].from.ms < piece.from.ms)
		at++;
	for (int i = kept; i > at; i--)
		pieces->list[i] = pieces->list[i - 1];
	pieces->list[at] = piece;
	pieces->n = kept + 1;
}

static void cut_out(struct pieces *pieces, struct piece cut)
{
	struct pieces left = { .n = 0 };
	for (int i = 0; i < pieces->n; i++) {
		struct piece one = pieces->list[i];
		struct piece before = { one.from, instant_min(one.to, cut.from) };
		struct piece behind = { one.from.ms > cut.to.ms ? one.from : cut.to, one.to };
		if (instant_before(before.from, before.to))
			left.list[left.n++] = before;
		if (instant_before(behind.from, behind.to))
			left.list[left.n++] = behind;
	}
	*pieces = left;
}

static bool to_piece(struct walk *walk, date day, struct opening opening, struct piece *out)
{
	instant start = local_instant(walk, day, 0);
	instant end = local_instant(walk, day, MINUTES_A_DAY);
	instant from = local_instant(walk, day, opening.from);
	instant to = local_instant(walk, day, opening.to);
	out->from = instant_before(from, start) ? start : from;
	out->to = instant_min(to, end);
	return instant_before(out->from, out->to);
}

/* The open pieces of a day, pauses not looked at. */
static void take_day(struct walk *walk, date day)
{
	const struct opening *open, *breaks;
	struct piece piece;
	walk->pieces.n = 0;
	int n = day_openings(walk->calendar, day, &open);
	if (n == 0 || reckon_holiday(walk->calendar, day, NULL))
		return;
	for (int i = 0; i < n; i++) {
		if (to_piece(walk, day, open[i], &piece))
			add_piece(&walk->pieces, piece);
	}
	n = day_breaks(walk->calendar, day, &breaks);
	for (int i = 0; i < n; i++) {
		if (to_piece(walk, day, breaks[i], &piece))
			cut_out(&walk->pieces, piece);
	}
}

/* --- one after the other ------------------------------------------------------------------------- */

static struct walk walk_from(const struct calendar *calendar, instant at, int step)
{
	/* One day earlier is safe: where clocks go back over midnight a date comes twice. */
	return (struct walk){
		.calendar = calendar,
		.stretch = { .since = INSTANT_NEVER },
		.day = date_add(zone_date(calendar->zone, at), -2 * step),
		.last = { step > 0 ? DAY_LAST : DAY_FIRST },
		.step = step,
		.closed_max = closed_days_max(calendar),
	};
}

/* The next piece, pauses not looked at. */
static enum reckon_no next_piece(struct walk *walk, struct piece *out)
{
	while (walk->pieces.n == 0) {
		if ((walk->last.day - walk->day.day) * walk->step <= 0)
			return RECKON_TOO_FAR;
		walk->day = next_day_with_hours(walk->calendar, walk->day, walk->step);
		if (!date_is(walk->day))
			return RECKON_NEVER_OPEN;
		take_day(walk, walk->day);
		walk->closed = walk->pieces.n == 0 ? walk->closed + 1 : 0;
		if (walk->closed > walk->closed_max)
			return RECKON_NEVER_OPEN;
	}
	struct pieces *pieces = &walk->pieces;
	pieces->n--;
	if (walk->step < 0) {
		*out = pieces->list[pieces->n];
		return RECKON_FINE;
	}
	*out = pieces->list[0];
	for (int i = 0; i < pieces->n; i++)
		pieces->list[i] = pieces->list[i + 1];
	return RECKON_FINE;
}

/* The first pause that ends behind an instant. */
static size_t pause_behind(const struct calendar *calendar, instant at)
{
	size_t low = 0, high = calendar->n_pauses;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (calendar->pauses[middle].to.ms <= at.ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Takes from the beginning of *rest what is before the next pause; false when nothing is. */
static bool take_first(const struct calendar *calendar, struct piece *rest, struct piece *out)
{
	size_t i = pause_behind(calendar, rest->from);
	for (; i < calendar->n_pauses && calendar->pauses[i].from.ms <= rest->from.ms; i++)
		rest->from = calendar->pauses[i].to;
	*out = *rest;
	if (i < calendar->n_pauses)
		out->to = instant_min(out->to, calendar->pauses[i].from);
	rest->from = out->to;
	return instant_before(out->from, out->to);
}

/* The mirror image: what is behind the last pause. */
static bool take_last(const struct calendar *calendar, struct piece *rest, struct piece *out)
{
	/* Pauses before i end before the piece does, or begin in front of its end. */
	size_t i = pause_behind(calendar, rest->to);
	if (i < calendar->n_pauses && calendar->pauses[i].from.ms < rest->to.ms)
		rest->to = calendar->pauses[i].from;
	while (i > 0 && calendar->pauses[i - 1].to.ms >= rest->to.ms) {
		i--;
		rest->to = instant_min(rest->to, calendar->pauses[i].from);
	}
	*out = *rest;
	if (i > 0 && calendar->pauses[i - 1].to.ms > out->from.ms)
		out->from = calendar->pauses[i - 1].to;
	rest->to = out->from;
	return instant_before(out->from, out->to);
}

/* The next open piece, breaks and pauses cut out. */
static enum reckon_no walk_next(struct walk *walk, struct piece *out)
{
	for (;;) {
		while (instant_before(walk->piece.from, walk->piece.to)) {
			bool open = walk->step > 0 ? take_first(walk->calendar, &walk->piece, out)
						   : take_last(walk->calendar, &walk->piece, out);
			if (open)
				return RECKON_FINE;
		}
		enum reckon_no no = next_piece(walk, &walk->piece);
		if (no != RECKON_FINE)
			return no;
	}
}

/* --- questions ----------------------------------------------------------------------------------- */

bool reckon_is_open(const struct calendar *calendar, instant at)
{
	struct walk walk = walk_from(calendar, at, 1);
	struct piece piece;
	walk.last = date_add(zone_date(calendar->zone, at), 1);
	while (walk_next(&walk, &piece) == RECKON_FINE) {
		if (!instant_before(at, piece.from) && instant_before(at, piece.to))
			return true;
	}
	return false;
}

static enum reckon_no set_instant(instant at, instant *out)
{
	if (!instant_is_in_range(at))
		return RECKON_TOO_FAR;
	*out = at;
	return RECKON_FINE;
}

/* Working time passes no faster than time: what is longer than all that is left needs no search. */
static bool is_within_time(instant from, span length, int step)
{
	instant last = { step > 0 ? (DAY_LAST + 2) * DAY_MS : (DAY_FIRST - 2) * DAY_MS };
	return step > 0 ? length.ms <= instant_since(last, from).ms
			: length.ms <= instant_since(from, last).ms;
}

enum reckon_no reckon_add_working_time(const struct calendar *calendar, instant from, span length,
				       instant *out)
{
	struct walk walk = walk_from(calendar, from, 1);
	struct piece piece;
	int64_t left = length.ms;
	require(left >= 0);
	if (!is_within_time(from, length, 1))
		return RECKON_TOO_FAR;
	for (;;) {
		enum reckon_no no = walk_next(&walk, &piece);
		if (no != RECKON_FINE)
			return no;
		if (!instant_before(from, piece.to))
			continue;
		if (instant_before(piece.from, from))
			piece.from = from;
		int64_t here = instant_since(piece.to, piece.from).ms;
		if (left <= here) {
			return set_instant(instant_add(piece.from, SPAN_MS(left)), out);
		}
		left -= here;
	}
}

enum reckon_no reckon_subtract_working_time(const struct calendar *calendar, instant from,
					    span length, instant *out)
{
	struct walk walk = walk_from(calendar, from, -1);
	struct piece piece;
	int64_t left = length.ms;
	require(left >= 0);
	if (!is_within_time(from, length, -1))
		return RECKON_TOO_FAR;
	for (;;) {
		enum reckon_no no = walk_next(&walk, &piece);
		if (no != RECKON_FINE)
			return no;
		if (!instant_before(piece.from, from))
			continue;
		piece.to = instant_min(piece.to, from);
		int64_t here = instant_since(piece.to, piece.from).ms;
		if (left <= here) {
			return set_instant(instant_add(piece.to, SPAN_MS(-left)), out);
		}
		left -= here;
	}
}

span reckon_elapsed(const struct calendar *calendar, instant from, instant to)
{
	struct walk walk = walk_from(calendar, from, 1);
	struct piece piece;
	int64_t sum = 0;
	if (!instant_before(from, to))
		return SPAN_MS(0);
	walk.last = date_add(zone_date(calendar->zone, to), 1);
	while (walk_next(&walk, &piece) == RECKON_FINE) {
		if (instant_before(piece.from, from))
			piece.from = from;
		piece.to = instant_min(piece.to, to);
		if (instant_before(piece.from, piece.to))
			sum += instant_since(piece.to, piece.from).ms;
	}
	return SPAN_MS(sum);
}

instant reckon_next_open_in(const struct calendar *calendar, const struct week *hours, instant at)
{
	if (hours->always || instant_is_never(at))
		return at;
	/* The calendar's dated hours are those of its own office, not of whoever these hours are. */
	struct calendar own = *calendar;
	own.week = *hours;
	own.n_exceptions = 0;
	own.n_breaks = 0;
	own.n_pauses = 0;
	instant open;
	return reckon_add_working_time(&own, at, SPAN_MS(0), &open) == RECKON_FINE ? open
										   : INSTANT_NEVER;
}
