#include "base/time.h"

#include "unit/base/check.h"

#include <time.h>

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static date day(const char *text)
{
	date d = DATE_NONE;
	if (!date_parse(str_of(text), &d))
		fail_msg("\"%s\" is not read as a date", text);
	return d;
}

static void moments_are_read_and_printed(void **state)
{
	static const struct {
		const char *text, *printed;
		int64_t ms;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-23T15:04:05Z", "2026-11-23T15:04:05Z", 1795446245000 },
		{ "2026-11-23t15:04:05z", "2026-11-23T15:04:05Z", 1795446245000 },
		{ "2026-11-23T16:04:05+01:00", "2026-11-23T15:04:05Z", 1795446245000 },
		{ "2026-11-23T09:34:05-05:30", "2026-11-23T15:04:05Z", 1795446245000 },
		{ "2026-11-23T15:04:05-00:00", "2026-11-23T15:04:05Z", 1795446245000 },
		{ "2026-11-23T15:04:05.1Z", "2026-11-23T15:04:05.100Z", 1795446245100 },
		{ "2026-11-23T15:04:05.1239999999Z", "2026-11-23T15:04:05.123Z", 1795446245123 },
		{ "2026-11-23T15:04:05.007+00:00", "2026-11-23T15:04:05.007Z", 1795446245007 },
		{ "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z", -1 },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 1483228800000 },
		{ "2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.500Z", 1483228800500 },
		{ "1600-01-01T00:00:00Z", "1600-01-01T00:00:00Z", -11676096000000 },
		{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253402300799000 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		instant at = { 4711 };
		if (!instant_parse(str_of(rows[i].text), &at))
			fail_msg("\"%s\" is not read", rows[i].text);
		assert_int_equal(at.ms, rows[i].ms);
		assert_text(instant_print(&arena, at), rows[i].printed);
	}
	assert_text(instant_print(&arena, INSTANT_NEVER), "never");
}

static void what_is_no_moment_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"2026-11-23",
		"2026-11-23T15:04:05",
		"2026-11-23 15:04:05Z",
		"2026-11-23T15:04Z",
		"2026-11-23T24:00:00Z",
		"2026-11-23T15:60:00Z",
		"2026-11-23T15:04:61Z",
		"2026-11-23T15:04:60Z",
		"2026-11-23T23:59:60+01:00",
		"2026-02-29T00:00:00Z",
		"2026-11-23T15:04:05.Z",
		"2026-11-23T15:04:05,1Z",
		"2026-11-23T15:04:05+1:00",
		"2026-11-23T15:04:05+01",
		"2026-11-23T15:04:05+0100",
		"2026-11-23T15:04:05+24:00",
		"2026-11-23T15:04:05+01:60",
		"2026-11-23T15:04:05Z ",
		" 2026-11-23T15:04:05Z",
		"2026-11-23T15:04:05ZZ",
		"+026-11-23T15:04:05Z",
		"2026-11-23T-1:04:05Z",
		"1599-12-31T23:59:59Z",
		"1600-01-01T00:30:00+01:00",
		"9999-12-31T23:30:00-01:00",
		"0000-01-01T00:00:00Z",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		instant at = { 4711 };
		if (instant_parse(str_of(bad[i]), &at))
			fail_msg("\"%s\" is read as a moment", bad[i]);
		assert_int_equal(at.ms, 4711);
	}
}

static void sums_that_are_too_large_end_at_never(void **state)
{
	assert_int_equal(instant_add((instant){ 5 }, SPAN_S(2)).ms, 2005);
	assert_int_equal(instant_add((instant){ 0 }, SPAN_DAYS(2)).ms, 172800000);
	assert_true(instant_is_never(instant_add((instant){ 1 }, SPAN_MS(INT64_MAX))));
	assert_true(instant_is_never(instant_add(INSTANT_NEVER, SPAN_MS(-1))));
	assert_int_equal(instant_add((instant){ -2 }, SPAN_MS(INT64_MIN)).ms, INT64_MIN);
	assert_int_equal(instant_since((instant){ 7 }, (instant){ 10 }).ms, -3);
	assert_int_equal(instant_since(INSTANT_NEVER, (instant){ -1 }).ms, INT64_MAX);
	assert_int_equal(instant_since((instant){ INT64_MIN }, (instant){ 1 }).ms, INT64_MIN);
	assert_int_equal(instant_min(INSTANT_NEVER, (instant){ 3 }).ms, 3);
	assert_true(instant_before((instant){ 1 }, (instant){ 2 }));
	assert_false(instant_before((instant){ 2 }, (instant){ 2 }));
}

static void now_is_the_wall_clock(void **state)
{
	time_t before = time(NULL);
	int64_t now = instant_now().ms / 1000;
	assert_true(now >= before - 1 && now <= time(NULL) + 1);
}

static void every_day_of_the_calendar_follows_the_one_before(void **state)
{
	struct civil before = { .year = 1599, .month = 12, .mday = 31 };
	date first;
	assert_true(date_of(1600, 1, 1, &first));
	enum weekday weekday = SATURDAY;
	for (date d = first; d.day <= 2932896; d = date_add(d, 1)) {
		struct civil now = date_civil(d);
		bool next_day = now.mday == before.mday + 1 && now.month == before.month;
		bool next_month = now.mday == 1 && before.mday >= 28 &&
				  now.month == before.month % 12 + 1 &&
				  now.year == before.year + (now.month == 1);
		date again;
		if ((!next_day && !next_month) || date_weekday(d) != weekday ||
		    !date_of(now.year, now.month, now.mday, &again) || again.day != d.day)
			fail_msg("day %d is %d-%d-%d", d.day, now.year, now.month, now.mday);
		before = now;
		weekday = (enum weekday)((weekday + 1) % WEEKDAY_COUNT);
	}
	assert_int_equal(before.year, 9999);
	assert_int_equal(before.mday, 31);
}

static void days_that_are_not_in_the_calendar_are_refused(void **state)
{
	static const char *const bad[] = { "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01",
					   "2026-00-10", "2026-01-00", "2026-1-01",  "26-01-01",
					   "2026/01/01", "2026-01-1x", "",           "2026-01-011",
					   "1599-12-31", "-026-01-01" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		date d = { 4711 };
		if (date_parse(str_of(bad[i]), &d))
			fail_msg("\"%s\" is read as a date", bad[i]);
		assert_int_equal(d.day, 4711);
	}
	date_parse(S("2000-02-29"), &(date){ 0 });
	assert_text(date_print(&arena, day("2000-02-29")), "2000-02-29");
}

static void months_later_is_the_same_day_or_the_months_last(void **state)
{
	assert_text(date_print(&arena, date_add_months(day("2026-01-31"), 1)), "2026-02-28");
	assert_text(date_print(&arena, date_add_months(day("2028-01-31"), 1)), "2028-02-29");
	assert_text(date_print(&arena, date_add_months(day("2026-11-15"), 2)), "2027-01-15");
	assert_text(date_print(&arena, date_add_months(day("2026-03-31"), -1)), "2026-02-28");
	assert_text(date_print(&arena, date_add_months(day("2026-01-10"), -1)), "2025-12-10");
	assert_text(date_print(&arena, date_add_months(day("2024-02-29"), 12)), "2025-02-28");
	assert_text(date_print(&arena, date_add_months(day("2024-02-29"), -48)), "2020-02-29");
	assert_text(date_print(&arena, date_add_months(day("2026-05-05"), 0)), "2026-05-05");
}

static void no_date_stays_no_date(void **state)
{
	assert_false(date_is(DATE_NONE));
	assert_true(date_is(day("1970-01-01")));
	assert_false(date_is(date_add(DATE_NONE, 5)));
	assert_false(date_is(date_add_months(DATE_NONE, 5)));
	assert_true(date_before(DATE_NONE, day("1600-01-01")));
	assert_text(date_print(&arena, DATE_NONE), "");
	assert_text(date_words(&arena, DATE_NONE), "");
	assert_true(date_is(date_add(day("1970-01-01"), INT32_MIN)));
	assert_int_equal(date_add((date){ INT32_MAX }, 1).day, INT32_MAX);
}

static void dates_are_written_as_letters_want_them(void **state)
{
	assert_text(date_words(&arena, day("2027-01-12")), "Tuesday 12 January 2027");
	assert_text(date_words(&arena, day("2026-03-01")), "Sunday 1 March 2026");
	assert_text(date_words(&arena, day("2024-02-29")), "Thursday 29 February 2024");
	assert_text(date_words(&arena, day("1969-12-31")), "Wednesday 31 December 1969");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_read_and_printed),
		cmocka_unit_test(what_is_no_moment_is_refused),
		cmocka_unit_test(sums_that_are_too_large_end_at_never),
		cmocka_unit_test(now_is_the_wall_clock),
		cmocka_unit_test(every_day_of_the_calendar_follows_the_one_before),
		cmocka_unit_test(days_that_are_not_in_the_calendar_are_refused),
		cmocka_unit_test(months_later_is_the_same_day_or_the_months_last),
		cmocka_unit_test(no_date_stays_no_date),
		cmocka_unit_test(dates_are_written_as_letters_want_them),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
