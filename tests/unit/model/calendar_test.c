#include "model/calendar.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;
static struct calendar london;

static date day_of(const char *text)
{
	date day;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

static instant moment(const char *text)
{
	instant at;
	assert_true(instant_parse(str_of(text), &at));
	return at;
}

static struct duration length_of(const char *text)
{
	struct duration length;
	str why;
	assert_true(duration_parse(&arena, str_of(text), &length, &why));
	return length;
}

/* The office is open from 9 to 5 on weekdays, with the bank holidays at the end of 2026. */
static int open_the_office(void **state)
{
	static struct holiday holidays[5];
	static const char *const days[] = { "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26",
					    "2027-03-29" };
	london = (struct calendar){ .id = S("office"), .holidays = holidays };
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		holidays[london.n_holidays++].day = day_of(days[i]);
	for (size_t day = MONDAY; day <= FRIDAY; day++)
		assert_true(week_open(&london.week, (enum weekday)day, 9 * 60, 17 * 60));
	london.complete_until = day_of("2027-12-31");
	assert_int_equal(zone_read(&arena, S("Europe/London"), &london.zone), OK);
	return 0;
}

static void a_due_day_is_counted_and_explained(void **state)
{
	static const struct {
		const char *from, *length, *day, *explained;
	} cases[] = {
		{ "2026-12-03", "20 working days", "2027-01-05",
		  "20 working days from Thursday 3 December 2026, skipping 25 and 28 December and "
		  "1 January: Tuesday 5 January 2027" },
		{ "2026-11-02", "6 weeks", "2026-12-14",
		  "6 weeks from Monday 2 November 2026: Monday 14 December 2026" },
		/* Weeks and months do not skip a holiday, not even where they end on one. */
		{ "2026-11-13", "6 weeks", "2026-12-25",
		  "6 weeks from Friday 13 November 2026: Friday 25 December 2026" },
		{ "2026-11-02", "15 days beginning", "2026-11-16",
		  "15 days beginning with Monday 2 November 2026: Monday 16 November 2026" },
		{ "2026-08-31", "2 months", "2026-10-31",
		  "2 months from Monday 31 August 2026: Saturday 31 October 2026" },
		{ "2026-12-31", "2 months", "2027-02-28",
		  "2 months from Thursday 31 December 2026: Sunday 28 February 2027" },
		/* Ends the day before the anniversary. */
		{ "2026-03-02", "12 months beginning", "2027-03-01",
		  "12 months beginning with Monday 2 March 2026: Monday 1 March 2027" },
		{ "2026-12-24", "1 working day", "2026-12-29",
		  "1 working day from Thursday 24 December 2026, skipping 25 and 28 December: "
		  "Tuesday 29 December 2026" },
		/* Day 1 is the first worked day, the trigger's own if it is one. */
		{ "2026-11-02", "1 working day beginning", "2026-11-02",
		  "1 working day beginning with Monday 2 November 2026: Monday 2 November 2026" },
		{ "2026-11-01", "1 working day beginning", "2026-11-02",
		  "1 working day beginning with Sunday 1 November 2026: Monday 2 November 2026" },
		{ "2026-12-18", "70 working days", "2027-04-02",
		  "70 working days from Friday 18 December 2026, skipping 25 and 28 December, "
		  "1 January and 26 and 29 March: Friday 2 April 2027" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reckoning due = calendar_due(&arena, &london, day_of(cases[i].from),
						    length_of(cases[i].length));
		assert_str(date_print(&arena, due.day), cases[i].day);
		assert_str(due.explained, cases[i].explained);
		assert_false(due.past_horizon);
	}
}

static void counting_behind_the_known_holidays_is_noticed(void **state)
{
	date from = day_of("2027-12-20");
	assert_true(calendar_due(&arena, &london, from, length_of("20 working days")).past_horizon);
	/* Weeks need no holidays. */
	assert_false(calendar_due(&arena, &london, from, length_of("20 weeks")).past_horizon);
}

static void a_warning_is_counted_backwards_in_the_same_days(void **state)
{
	static const struct {
		const char *due, *length, *day;
	} cases[] = {
		{ "2026-12-14", "10 working days", "2026-11-30" },
		{ "2027-01-05", "5 working days", "2026-12-24" },
		{ "2026-12-14", "5 days", "2026-12-09" },
		{ "2026-12-14", "2 weeks", "2026-11-30" },
		{ "2027-03-31", "1 month", "2027-02-28" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		date day = calendar_before(&london, day_of(cases[i].due),
					   length_of(cases[i].length));
		assert_str(date_print(&arena, day), cases[i].day);
	}
}

static void a_working_day_is_no_weekend_and_no_holiday(void **state)
{
	assert_true(calendar_is_working_day(&london, day_of("2026-12-24")));
	assert_false(calendar_is_working_day(&london, day_of("2026-12-25")));
	assert_false(calendar_is_working_day(&london, day_of("2026-12-26")));
	assert_non_null(calendar_holiday(&london, day_of("2027-03-29")));
	assert_null(calendar_holiday(&london, day_of("2027-03-30")));
}

static void the_next_open_instant_waits_for_hours_weekends_and_holidays(void **state)
{
	static const struct {
		const char *at, *open;
	} cases[] = {
		{ "2026-11-02T10:00:00Z", "2026-11-02T10:00:00Z" }, /* open now */
		{ "2026-11-02T08:59:59Z", "2026-11-02T09:00:00Z" },
		{ "2026-11-02T17:00:00Z", "2026-11-03T09:00:00Z" }, /* closing time is closed */
		{ "2026-11-06T18:00:00Z", "2026-11-09T09:00:00Z" }, /* the weekend */
		{ "2026-12-24T18:00:00Z", "2026-12-29T09:00:00Z" }, /* Christmas */
		/* British Summer Time: nine in London is eight in UTC. */
		{ "2026-03-27T17:30:00Z", "2026-03-30T08:00:00Z" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		instant open = calendar_next_open(&london, &london.week, moment(cases[i].at));
		assert_str(instant_print(&arena, open), cases[i].open);
	}
}

static void a_week_that_is_never_open_never_comes(void **state)
{
	const struct week never = { 0 };
	const struct week always = { .always = true };
	instant at = moment("2026-12-25T03:00:00Z");
	assert_true(instant_is_never(calendar_next_open(&london, &never, at)));
	assert_int_equal(calendar_next_open(&london, &always, at).ms, at.ms);
}

static void an_opening_that_the_clocks_skip_is_none(void **state)
{
	struct week night = { 0 };
	assert_true(week_open(&night, SUNDAY, 60, 120));
	/* On 29 March 2026 the hour after one o'clock does not exist in London. */
	instant open = calendar_next_open(&london, &night, moment("2026-03-28T12:00:00Z"));
	assert_str(instant_print(&arena, open), "2026-04-05T00:00:00Z");
}

static void a_day_begins_at_local_midnight(void **state)
{
	instant start = calendar_day_start(&london, day_of("2026-07-01"));
	assert_str(instant_print(&arena, start), "2026-06-30T23:00:00Z");
	assert_str(date_print(&arena, calendar_date(&london, start)), "2026-07-01");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_due_day_is_counted_and_explained),
		cmocka_unit_test(counting_behind_the_known_holidays_is_noticed),
		cmocka_unit_test(a_warning_is_counted_backwards_in_the_same_days),
		cmocka_unit_test(a_working_day_is_no_weekend_and_no_holiday),
		cmocka_unit_test(the_next_open_instant_waits_for_hours_weekends_and_holidays),
		cmocka_unit_test(a_week_that_is_never_open_never_comes),
		cmocka_unit_test(an_opening_that_the_clocks_skip_is_none),
		cmocka_unit_test(a_day_begins_at_local_midnight),
	};
	int failed = cmocka_run_group_tests(tests, open_the_office, NULL);
	arena_free(&arena);
	return failed;
}
