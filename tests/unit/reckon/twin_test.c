/*
 * Working time and working days against a twin that is slow and obvious: it marks, minute by minute,
 * when a calendar is open, and then counts minutes.
 *
 * CANDOUR_CASES says how many cases are tried (20,000 when it does not), CANDOUR_SEED with which the
 * dice begin. The twin shares nothing with the room but the zones, and of these only what a clock shows
 * at an instant, not the way back.
 */
#include "base/file.h"
#include "harness/dice.h"
#include "world.h"

#define WINDOW_DAYS 44
#define MARGIN_DAYS 4
#define MINUTES ((int64_t)WINDOW_DAYS * 1440)
#define QUERIES 200 /* of each calendar */

/* --- the twin ------------------------------------------------------------------------------------ */

struct interval {
	int from, to;
};

struct dated {
	int32_t day;
	struct interval list[3];
	int n;
};

/* A calendar as it is written down, and what it means in a window of time. */
struct twin {
	const struct zone *zone;
	struct interval week[7][3];
	int n_week[7];
	int32_t holidays[8];
	int n_holidays;
	int yearly_month, yearly_mday; /* 0: none */
	struct dated exceptions[4], breaks[4];
	int n_exceptions, n_breaks;
	int64_t pauses[4][2]; /* minutes since 1970 */
	int n_pauses;
	int64_t begin;          /* of the window: minutes since 1970 */
	int64_t local[MINUTES]; /* what the clock shows: minutes since 1970 as if in Greenwich */
	bool open[MINUTES];
	const struct calendar *calendar;
};

static bool twin_holiday(const struct twin *twin, int32_t day)
{
	struct civil civil = date_civil((date){ day });
	for (int i = 0; i < twin->n_holidays; i++) {
		if (twin->holidays[i] == day)
			return true;
	}
	return civil.month == twin->yearly_month && civil.mday == twin->yearly_mday;
}

static int twin_hours(const struct twin *twin, int32_t day, const struct interval **out)
{
	for (int i = 0; i < twin->n_exceptions; i++) {
		if (twin->exceptions[i].day == day) {
			*out = twin->exceptions[i].list;
			return twin->exceptions[i].n;
		}
	}
	*out = twin->week[date_weekday((date){ day })];
	return twin->n_week[date_weekday((date){ day })];
}

static bool twin_works(const struct twin *twin, int32_t day)
{
	const struct interval *hours;
	return !twin_holiday(twin, day) && twin_hours(twin, day, &hours) > 0;
}

/* Looks at the clock minute by minute until it shows a time, for the first time; where it jumps over
 * it, the time moves by the jump. As a minute of the window. */
static int64_t twin_minute(const struct twin *twin, int32_t day, int minute)
{
	int64_t wanted = (int64_t)day * 1440 + minute;
	int64_t at = wanted - 27 * 60 - twin->begin;
	for (at = at < 0 ? 0 : at; at < MINUTES; at++) {
		if (twin->local[at] == wanted)
			return at;
		if (at > 0 && twin->local[at] > wanted && twin->local[at - 1] < wanted)
			return at - 1 + (wanted - twin->local[at - 1]);
	}
	return MINUTES;
}

static void twin_mark(struct twin *twin, int32_t day, struct interval hours, bool open)
{
	int64_t from = twin_minute(twin, day, hours.from), to = twin_minute(twin, day, hours.to);
	int64_t start = twin_minute(twin, day, 0), end = twin_minute(twin, day, 1440);
	for (int64_t at = from > start ? from : start; at < to && at < end && at < MINUTES; at++)
		twin->open[at] = open;
}

static void twin_open(struct twin *twin)
{
	int32_t first = (int32_t)(twin->begin / 1440) + 2;
	for (int64_t at = 0; at < MINUTES; at++) {
		struct local local = zone_local(twin->zone,
						(instant){ (twin->begin + at) * 60000 });
		twin->local[at] = (int64_t)local.day.day * 1440 + local.second_of_day / 60;
		twin->open[at] = false;
	}
	for (int32_t day = first; day < first + WINDOW_DAYS - 4; day++) {
		const struct interval *hours;
		int n = twin_holiday(twin, day) ? 0 : twin_hours(twin, day, &hours);
		for (int i = 0; i < n; i++)
			twin_mark(twin, day, hours[i], true);
		for (int i = 0; i < twin->n_breaks; i++) {
			for (int k = 0; twin->breaks[i].day == day && k < twin->breaks[i].n; k++)
				twin_mark(twin, day, twin->breaks[i].list[k], false);
		}
	}
	for (int i = 0; i < twin->n_pauses; i++) {
		for (int64_t at = twin->pauses[i][0]; at < twin->pauses[i][1]; at++) {
			if (at >= twin->begin && at < twin->begin + MINUTES)
				twin->open[at - twin->begin] = false;
		}
	}
}

/* --- dice for calendars -------------------------------------------------------------------------- */

static int dice_hours(struct interval *list)
{
	static const int kinds[][8] = {
		{ 540, 1020 }, { 540, 720, 780, 1020 }, { 0, 1440 },
		{ 60, 120 },   { 90, 150, 150, 600 },   { 0, 30, 60, 100, 1380, 1440 },
	};
	int n = 0, at = 0;
	if (roll_dice(3) > 0) {
		const int *kind = kinds[roll_dice(6)];
		for (; kind[2 * n + 1] > 0; n++)
			list[n] = (struct interval){ kind[2 * n], kind[2 * n + 1] };
		return n;
	}
	for (int most = roll_between(0, 3); n < most; n++) {
		int from = roll_between(at, at + 400), to = from + roll_between(1, 400);
		if (to > 1440)
			break;
		list[n] = (struct interval){ from, to };
		at = to;
	}
	return n;
}

static int dice_dated(struct dated *list, int32_t first)
{
	int n = roll_between(0, 4);
	for (int i = 0; i < n; i++) {
		list[i].day = first + i * 9 + roll_between(0, 8);
		list[i].n = roll_dice(4) == 0 ? 0 : dice_hours(list[i].list);
	}
	return n;
}

static void write_hours(struct buf *buf, const struct interval *list, int n)
{
	buf_byte(buf, '[');
	for (int i = 0; i < n; i++)
		buf_fmt(buf, "%s[\"%02d:%02d\",\"%02d:%02d\"]", i > 0 ? "," : "", list[i].from / 60,
			list[i].from % 60, list[i].to / 60, list[i].to % 60);
	buf_byte(buf, ']');
}

static void write_dated(struct buf *buf, const char *key, const struct dated *list, int n)
{
	buf_fmt(buf, ",\"%s\":{", key);
	for (int i = 0; i < n; i++) {
		buf_fmt(buf, "%s\"%.*s\":", i > 0 ? "," : "",
			STR_ARG(date_print(&arena, (date){ list[i].day })));
		write_hours(buf, list[i].list, list[i].n);
	}
	buf_byte(buf, '}');
}

/* As `calendar eval` reads it. */
static str twin_write(const struct twin *twin)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	struct buf buf = buf_of(&arena, 1 << 14);
	buf_fmt(&buf, "{\"zone\":\"%.*s\",\"week\":{", STR_ARG(zone_name(twin->zone)));
	for (int i = 0; i < 7; i++) {
		buf_fmt(&buf, "%s\"%s\":", i > 0 ? "," : "", days[i]);
		write_hours(&buf, twin->week[i], twin->n_week[i]);
	}
	buf_add(&buf, S("},\"holidays\":["));
	for (int i = 0; i < twin->n_holidays; i++)
		buf_fmt(&buf, "%s\"%.*s\"", i > 0 ? "," : "",
			STR_ARG(date_print(&arena, (date){ twin->holidays[i] })));
	buf_byte(&buf, ']');
	if (twin->yearly_month > 0)
		buf_fmt(&buf, ",\"yearly\":[\"%02d-%02d\"]", twin->yearly_month, twin->yearly_mday);
	write_dated(&buf, "exceptions", twin->exceptions, twin->n_exceptions);
	write_dated(&buf, "breaks", twin->breaks, twin->n_breaks);
	buf_add(&buf, S(",\"pauses\":["));
	for (int i = 0; i < twin->n_pauses; i++)
		buf_fmt(&buf, "%s[\"%.*s\",\"%.*s\"]", i > 0 ? "," : "",
			STR_ARG(instant_print(&arena, (instant){ twin->pauses[i][0] * 60000 })),
			STR_ARG(instant_print(&arena, (instant){ twin->pauses[i][1] * 60000 })));
	buf_add(&buf, S("]}"));
	return buf_str(&buf);
}

static const char *const zone_names[] = {
	"Europe/London",      "UTC",          "America/New_York",  "Australia/Lord_Howe",
	"America/St_Johns",   "Asia/Kolkata", "America/Sao_Paulo", "Africa/Cairo",
	"Pacific/Apia",       "Asia/Beirut",  "America/Havana",    "Antarctica/Troll",
	"Pacific/Kwajalein",  "Asia/Gaza",    "Africa/Casablanca", "America/Scoresbysund",
	"Pacific/Kiritimati", "Asia/Tehran",  "Europe/Dublin",     "America/Asuncion",
};
#define ZONES_N (sizeof zone_names / sizeof zone_names[0])

/* A window of time, in half of all cases around a change of the clocks. */
static int64_t dice_window(const struct zone *zone)
{
	date day = { roll_between(1830, 47500) }; /* 1975 to 2100 */
	instant at = { (int64_t)day.day * DAY_MS };
	instant change = zone_stretch_at(zone, at).until;
	if (roll_dice(2) == 0 && instant_before(change, (instant){ (int64_t)48000 * DAY_MS }))
		day.day = (int32_t)(change.ms / DAY_MS) - roll_between(5, WINDOW_DAYS - 10);
	return (int64_t)day.day * 1440;
}

static void dice_twin(struct twin *twin)
{
	static const struct zone *zones[ZONES_N];
	static struct arena zone_arena;
	size_t which = roll_dice(ZONES_N);
	if (zones[which] == NULL)
		assert_int_equal(zone_read(&zone_arena, str_of(zone_names[which]), &zones[which]),
				 OK);
	*twin = (struct twin){ .zone = zones[which] };
	twin->begin = dice_window(twin->zone);
	int32_t first = (int32_t)(twin->begin / 1440);
	bool any = false;
	for (int i = 0; i < 7; i++) {
		twin->n_week[i] = roll_dice(4) == 0 ? 0 : dice_hours(twin->week[i]);
		any = any || twin->n_week[i] > 0;
	}
	if (!any) {
		twin->n_week[0] = 1;
		twin->week[0][0] = (struct interval){ 540, 1020 };
	}
	twin->n_holidays = roll_between(0, 8);
	for (int i = 0; i < twin->n_holidays; i++)
		twin->holidays[i] = first + roll_between(0, WINDOW_DAYS);
	if (roll_dice(3) == 0) {
		struct civil civil = date_civil((date){ first + roll_between(0, WINDOW_DAYS) });
		twin->yearly_month = civil.month;
		twin->yearly_mday = civil.mday;
	}
	twin->n_exceptions = dice_dated(twin->exceptions, first);
	twin->n_breaks = dice_dated(twin->breaks, first);
	twin->n_pauses = roll_between(0, 4);
	for (int i = 0; i < twin->n_pauses; i++) {
		int64_t from = twin->begin + roll_between(0, (int)MINUTES);
		twin->pauses[i][0] = from;
		twin->pauses[i][1] = from + roll_between(0, roll_dice(2) == 0 ? 300 : 9000);
	}
	twin_open(twin);
	twin->calendar = calendar_of(twin_write(twin));
}

/* --- asking both --------------------------------------------------------------------------------- */

/* Milliseconds in the window, where the twin knows what is open. */
static instant dice_instant(const struct twin *twin)
{
	int64_t minute = roll_between(MARGIN_DAYS * 1440, (int)MINUTES - MARGIN_DAYS * 1440);
	int64_t ms = roll_dice(3) == 0 ? roll_between(0, 59999) : 0;
	return (instant){ (twin->begin + minute) * 60000 + ms };
}

static bool twin_is_open(const struct twin *twin, int64_t ms)
{
	return twin->open[ms / 60000 - twin->begin];
}

/* The end of the minute that an instant lies in; the beginning of the one that ends with it or holds
 * it. */
static int64_t minute_end(int64_t ms)
{
	return (ms / 60000 + 1) * 60000;
}

static int64_t minute_begin(int64_t ms)
{
	return (ms - 1) / 60000 * 60000;
}

static int64_t twin_elapsed(const struct twin *twin, int64_t from, int64_t to)
{
	int64_t sum = 0;
	while (from < to) {
		int64_t next = minute_end(from) < to ? minute_end(from) : to;
		sum += twin_is_open(twin, from) ? next - from : 0;
		from = next;
	}
	return sum;
}

/* -1 where the window ends first. */
static int64_t twin_add(const struct twin *twin, int64_t from, int64_t left)
{
	int64_t last = (twin->begin + MINUTES - 3 * 1440) * 60000;
	for (int64_t at = from; at < last; at = minute_end(at)) {
		if (!twin_is_open(twin, at))
			continue;
		int64_t here = minute_end(at) - at;
		if (left <= here)
			return at + left;
		left -= here;
	}
	return -1;
}

static int64_t twin_subtract(const struct twin *twin, int64_t from, int64_t left)
{
	int64_t first = (twin->begin + 3 * 1440) * 60000;
	for (int64_t at = from; at > first; at = minute_begin(at)) {
		if (!twin_is_open(twin, at - 1))
			continue;
		int64_t here = at - minute_begin(at);
		if (left <= here)
			return at - left;
		left -= here;
	}
	return -1;
}

#define SAME(twin, what, got, want)                                                                \
	do {                                                                                       \
		int64_t got_ = (got), want_ = (want);                                              \
		if (got_ != want_)                                                                 \
			fail_msg("%s: %lld, the twin says %lld, of %.*s", what, (long long)got_,   \
				 (long long)want_, STR_ARG(twin_write(twin)));                     \
	} while (0)

static void ask_time(const struct twin *twin)
{
	const struct calendar *calendar = twin->calendar;
	instant a = dice_instant(twin), b = dice_instant(twin), found = { 0 };
	SAME(twin, "is open", reckon_is_open(calendar, a), twin_is_open(twin, a.ms));
	int64_t open = twin_elapsed(twin, a.ms, b.ms);
	SAME(twin, "elapsed", reckon_elapsed(calendar, a, b).ms, open);
	int64_t length = roll_dice(6) == 0 ? 0 : roll_between(1, 30 * 3600 * 1000);
	/* Exactly to the end of what is open is what goes wrong most. */
	if (roll_dice(3) == 0 && open > 0)
		length = open;
	int64_t want = twin_add(twin, a.ms, length);
	if (want >= 0) {
		assert_int_equal(reckon_add_working_time(calendar, a, SPAN_MS(length), &found),
				 RECKON_FINE);
		SAME(twin, "add", found.ms, want);
		SAME(twin, "elapsed of added", reckon_elapsed(calendar, a, found).ms, length);
	}
	want = twin_subtract(twin, b.ms, length);
	if (want >= 0) {
		assert_int_equal(reckon_subtract_working_time(calendar, b, SPAN_MS(length), &found),
				 RECKON_FINE);
		SAME(twin, "subtract", found.ms, want);
		SAME(twin, "elapsed of subtracted", reckon_elapsed(calendar, found, b).ms, length);
	}
}

static void ask_days(const struct twin *twin)
{
	const struct calendar *calendar = twin->calendar;
	date from = { (int32_t)(twin->begin / 1440) + roll_between(0, WINDOW_DAYS) }, found;
	int n = roll_between(-60, 60), left = n < 0 ? -n : n, step = n < 0 ? -1 : 1;
	int32_t day = from.day;
	while (left > 0) {
		day += step;
		left -= twin_works(twin, day) ? 1 : 0;
	}
	SAME(twin, "works", reckon_is_working_day(calendar, from), twin_works(twin, from.day));
	assert_int_equal(reckon_add_working_days(calendar, from, n, &found), RECKON_FINE);
	SAME(twin, "add days", found.day, day);
	SAME(twin, "days between", reckon_working_days_between(calendar, from, found), n);
	int32_t rolled = from.day + (n < 0 ? -n : n);
	assert_int_equal(reckon_add_days_rolled(calendar, from, n < 0 ? -n : n, &found),
			 RECKON_FINE);
	while (!twin_works(twin, rolled))
		rolled++;
	SAME(twin, "rolled", found.day, rolled);
}

static void working_time_and_days_agree_with_the_slow_twin(void **state)
{
	static struct twin twin;
	uint64_t cases = number_of("CANDOUR_CASES", 20000);
	for (uint64_t i = 0; i < cases; i++) {
		if (i % QUERIES == 0) {
			arena_clear(&arena);
			dice_twin(&twin);
		}
		ask_time(&twin);
		ask_days(&twin);
	}
}

/* --- what must hold of any calendar -------------------------------------------------------------- */

static void later_beginnings_never_end_earlier(void **state)
{
	static struct twin twin;
	uint64_t cases = number_of("CANDOUR_CASES", 20000) / 10;
	for (uint64_t i = 0; i < cases; i++) {
		if (i % QUERIES == 0) {
			arena_clear(&arena);
			dice_twin(&twin);
		}
		instant a = dice_instant(&twin), b = dice_instant(&twin), end_a, end_b;
		span length = SPAN_MS(roll_between(0, 400 * 3600 * 1000));
		bool swap = instant_before(b, a);
		instant first = swap ? b : a, second = swap ? a : b;
		assert_int_equal(reckon_add_working_time(twin.calendar, first, length, &end_a), 0);
		assert_int_equal(reckon_add_working_time(twin.calendar, second, length, &end_b), 0);
		assert_false(instant_before(end_b, end_a));
		assert_int_equal(reckon_add_working_time(twin.calendar, first,
							 SPAN_MS(length.ms + 1), &end_b),
				 0);
		assert_true(instant_before(end_a, end_b));
	}
}

static void elapsed_time_adds_up_over_any_cut(void **state)
{
	static struct twin twin;
	uint64_t cases = number_of("CANDOUR_CASES", 20000) / 10;
	for (uint64_t i = 0; i < cases; i++) {
		if (i % QUERIES == 0) {
			arena_clear(&arena);
			dice_twin(&twin);
		}
		instant at[3] = { dice_instant(&twin), dice_instant(&twin), dice_instant(&twin) };
		for (int k = 0; k < 3; k++) {
			int next = (k + 1) % 3;
			if (instant_before(at[next], at[k]) && next > k) {
				instant swap = at[k];
				at[k] = at[next];
				at[next] = swap;
				k = -1;
			}
		}
		int64_t whole = reckon_elapsed(twin.calendar, at[0], at[2]).ms;
		int64_t parts = reckon_elapsed(twin.calendar, at[0], at[1]).ms +
				reckon_elapsed(twin.calendar, at[1], at[2]).ms;
		assert_int_equal(whole, parts);
		assert_int_equal(reckon_elapsed(twin.calendar, at[2], at[0]).ms, 0);
	}
}

static void what_is_added_is_taken_back_by_subtracting(void **state)
{
	static struct twin twin;
	uint64_t cases = number_of("CANDOUR_CASES", 20000) / 10;
	for (uint64_t i = 0; i < cases; i++) {
		if (i % QUERIES == 0) {
			arena_clear(&arena);
			dice_twin(&twin);
		}
		span length = SPAN_MS(roll_between(1, 200 * 3600 * 1000));
		instant from = dice_instant(&twin), there, back, again;
		assert_int_equal(reckon_add_working_time(twin.calendar, from, length, &there), 0);
		assert_int_equal(reckon_subtract_working_time(twin.calendar, there, length, &back),
				 0);
		/* Back is where it was open first, at `from` or behind. */
		assert_int_equal(reckon_elapsed(twin.calendar, from, back).ms, 0);
		assert_false(instant_before(back, from));
		assert_int_equal(reckon_add_working_time(twin.calendar, back, length, &again), 0);
		assert_int_equal(again.ms, there.ms);
	}
}

/* --- every place -------------------------------------------------------------------------------- */

#define PLACES "/usr/share/zoneinfo/zone1970.tab"

/* Every day of the week around a change of the clocks. */
static void check_week(struct twin *twin, instant change)
{
	int32_t middle = zone_date(twin->zone, change).day;
	twin->begin = (int64_t)(middle - 9) * 1440;
	twin_open(twin);
	for (int32_t day = middle - 3; day <= middle + 3; day++) {
		int64_t from = (twin->begin + twin_minute(twin, day, 0)) * 60000;
		int64_t to = (twin->begin + twin_minute(twin, day, 1440)) * 60000;
		SAME(twin, "open that day",
		     reckon_elapsed(twin->calendar, (instant){ from }, (instant){ to }).ms,
		     twin_elapsed(twin, from, to));
	}
}

static void check_place(struct twin *twin)
{
	instant at = moment("2016-01-01T00:00:00Z"), end = moment("2036-01-01T00:00:00Z");
	for (;;) {
		at = zone_stretch_at(twin->zone, at).until;
		if (!instant_before(at, end))
			return;
		check_week(twin, at);
	}
}

/* Open round the clock, by day, at night, and over the hours at which clocks change. */
static void open_twin_everywhere(struct twin *twin, str name)
{
	static const struct interval hours[4][3] = {
		{ { 0, 1440 } },
		{ { 540, 720 }, { 780, 1020 } },
		{ { 0, 30 }, { 60, 120 }, { 1380, 1440 } },
		{ { 15, 90 }, { 90, 150 }, { 170, 200 } },
	};
	static const int counts[4] = { 1, 2, 3, 3 };
	*twin = (struct twin){ 0 };
	assert_int_equal(zone_read(&arena, name, &twin->zone), OK);
	for (int day = 0; day < 7; day++) {
		int which = (int)roll_dice(4);
		twin->n_week[day] = counts[which];
		for (int i = 0; i < counts[which]; i++)
			twin->week[day][i] = hours[which][i];
	}
	twin->calendar = calendar_of(twin_write(twin));
}

/* All places where many cases are asked for; else every twentieth. */
static void a_day_is_open_as_long_as_its_hours_say_wherever_clocks_change(void **state)
{
	static struct twin twin;
	static struct arena lines;
	uint64_t each = number_of("CANDOUR_CASES", 20000) < 1000000 ? 20 : 1;
	uint64_t n = 0;
	str rest, line, code, tail, name, comment;
	assert_int_equal(file_read(&lines, S(PLACES), (size_t)1 << 20, &rest), OK);
	while (str_line(&rest, &line)) {
		if (line.n == 0 || line.p[0] == '#' || n++ % each != 0)
			continue;
		assert_true(str_cut(line, '\t', &code, &tail) && str_cut(tail, '\t', &code, &name));
		if (str_cut(name, '\t', &tail, &comment))
			name = tail;
		arena_clear(&arena);
		open_twin_everywhere(&twin, name);
		check_place(&twin);
	}
	assert_true(n > 200);
	arena_free(&lines);
}

static int start_dice(void **state)
{
	dice_seed(number_of("CANDOUR_SEED", 20261123));
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_time_and_days_agree_with_the_slow_twin),
		cmocka_unit_test(later_beginnings_never_end_earlier),
		cmocka_unit_test(elapsed_time_adds_up_over_any_cut),
		cmocka_unit_test(what_is_added_is_taken_back_by_subtracting),
		cmocka_unit_test(a_day_is_open_as_long_as_its_hours_say_wherever_clocks_change),
	};
	int failed = cmocka_run_group_tests(tests, start_dice, NULL);
	arena_free(&arena);
	return failed;
}
