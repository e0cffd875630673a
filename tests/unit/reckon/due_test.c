/* The words for how a date was found. */
#include "world.h"

static void a_date_is_explained(void **state)
{
	static const struct {
		const char *from, *length, *explained;
	} cases[] = {
		{ "2026-12-03", "20 working days",
		  "20 working days from Thursday 3 December 2026, skipping 25 and 28 December and "
		  "1 January: Tuesday 5 January 2027" },
		{ "2026-11-02", "6 weeks",
		  "6 weeks from Monday 2 November 2026: Monday 14 December 2026" },
		{ "2026-11-02", "15 days beginning",
		  "15 days beginning with Monday 2 November 2026: Monday 16 November 2026" },
		{ "2026-12-18", "70 working days",
		  "70 working days from Friday 18 December 2026, skipping 25 and 28 December, "
		  "1 January and 26 and 29 March: Friday 2 April 2027" },
		{ "2026-11-13", "6 weeks roll forward",
		  "6 weeks from Friday 13 November 2026: Friday 25 December 2026; rolled forward to "
		  "Tuesday 29 December 2026" },
		{ "2026-11-02", "14 clear days at 12:00",
		  "14 clear days from Monday 2 November 2026: Tuesday 17 November 2026, at 12:00" },
		{ "2026-11-02T16:00:00Z", "2 working hours",
		  "2 working hours from Monday 2 November 2026, 16:00: Tuesday 3 November 2026, "
		  "10:00" },
		{ "2026-03-27T16:30:00Z", "1 working hour",
		  "1 working hour from Friday 27 March 2026, 16:30, the clocks going forward on "
		  "Sunday 29 March 2026: Monday 30 March 2026, 09:30" },
		{ "2026-10-23T15:30:00Z", "90 working minutes",
		  "90 working minutes from Friday 23 October 2026, 16:30, the clocks going back on "
		  "Sunday 25 October 2026: Monday 26 October 2026, 10:00" },
		{ "2026-09-10", "before 15 February",
		  "before 15 February: Sunday 14 February 2027" },
		{ "2026-09-10", "2 weeks before last Friday in June",
		  "last Friday in June: Friday 25 June 2027; 2 weeks before that: Friday 11 June "
		  "2027" },
		{ "2026-09-10", "3 working days before 29 December",
		  "29 December: Tuesday 29 December 2026; 3 working days before that, skipping 25 and "
		  "28 December: Tuesday 22 December 2026" },
		{ "2026-11-02", "later of 2 months, 1 month under tribunal rules",
		  "later of 2 months from Monday 2 November 2026: Saturday 2 January 2027; 1 month "
		  "from Monday 2 November 2026: Wednesday 2 December 2026; so Saturday 2 January 2027; "
		  "the Tribunal's rules move it to Monday 4 January 2027, at 17:00" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(due(office(), cases[i].from, cases[i].length).explained,
			   cases[i].explained);
}

static void what_was_passed_over_is_listed_with_its_reason(void **state)
{
	const struct calendar *calendar = london_with(
		NINE_TO_FIVE ",\"holidays\":[{\"date\":\"2026-12-25\",\"title\":\"Christmas Day\"},"
			     "\"2026-12-28\",\"2026-12-26\"],\"exceptions\":{\"2026-12-29\":[]}");
	struct reckoning found = due(calendar, "2026-12-24", "2 working days");
	assert_str(date_print(&arena, found.day), "2026-12-31");
	/* 26 December is a Saturday: nobody would have worked. */
	assert_int_equal(found.n_skipped, 3);
	assert_str(date_print(&arena, found.skipped[0].day), "2026-12-25");
	assert_str(found.skipped[0].why, "Christmas Day");
	assert_str(found.skipped[1].why, "holiday");
	assert_str(date_print(&arena, found.skipped[2].day), "2026-12-29");
	assert_str(found.skipped[2].why, "closed on this day");
}

static void the_earlier_and_the_later_are_compared_by_when_they_are_late(void **state)
{
	assert_str(due_day(office(), "2026-11-02", "earlier of 5 days, 5 working days"),
		   "2026-11-07");
	assert_str(due_day(office(), "2026-11-02", "later of 5 days, 5 working days"),
		   "2026-11-09");
	struct reckoning found = due(office(), "2026-11-02", "earlier of 1 day at 12:00, 1 day");
	assert_str(instant_print(&arena, found.ends), "2026-11-03T12:00:00Z");
}

static void working_time_counts_a_triggers_day_whole_or_not_at_all(void **state)
{
	static const struct {
		const char *from, *length, *at;
	} cases[] = {
		{ "2026-11-02T12:00:00Z", "2 working hours", "2026-11-02T14:00:00Z" },
		{ "2026-11-02T12:00:00Z", "2 working hours beginning", "2026-11-02T11:00:00Z" },
		{ "2026-11-02T12:00:00Z", "2 working hours clear", "2026-11-03T11:00:00Z" },
		/* A day alone counts whole. */
		{ "2026-11-02", "2 working hours", "2026-11-02T11:00:00Z" },
		{ "2026-11-02", "8 working hours before 4 November", "2026-11-04T09:00:00Z" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(instant_print(&arena, due(office(), cases[i].from, cases[i].length).at),
			   cases[i].at);
}

static void before_a_day_that_the_year_lacks_is_the_months_last_day(void **state)
{
	assert_str(due_day(office(), "2027-01-10", "before 29 February"), "2027-02-28");
	assert_str(due_day(office(), "2028-01-10", "before 29 February"), "2028-02-28");
	assert_str(due_day(office(), "2027-01-10", "29 February"), "2027-02-28");
}

static void a_change_of_the_clocks_is_named_where_it_matters(void **state)
{
	struct reckoning spring = due(office(), "2026-03-27T16:30:00Z", "1 working hour");
	assert_str(date_print(&arena, spring.clocks_on), "2026-03-29");
	assert_true(spring.clocks_forward);
	struct reckoning autumn = due(office(), "2026-10-23T15:30:00Z", "1 working hour");
	assert_str(date_print(&arena, autumn.clocks_on), "2026-10-25");
	assert_false(autumn.clocks_forward);
	/* Over both changes the wall clock shows the same again; days are not hours. */
	assert_false(
		date_is(due(office(), "2026-03-27T16:30:00Z", "1500 working hours").clocks_on));
	assert_false(date_is(due(office(), "2026-03-27T16:30:00Z", "1 working day").clocks_on));
}

/* The bank holidays are known until the end of 2027. */
static void what_is_not_known_yet_may_change_a_date(void **state)
{
	static const struct {
		const char *from, *length;
		bool past_horizon;
	} cases[] = {
		{ "2027-12-13", "5 working days", false },
		{ "2027-12-20", "20 working days", true },
		{ "2028-05-22", "1 week", false },
		{ "2028-05-22", "1 week roll forward", true },
		{ "2027-05-22", "1 week roll forward", false },
		{ "2028-05-22", "1 month under tribunal rules", true },
		/* Counted back from behind the horizon to before it. */
		{ "2027-12-20", "10 working days before 5 January", true },
		{ "2027-12-20", "1 week before 5 January", false },
		{ "2027-12-20", "40 working hours before 5 January", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(due(office(), cases[i].from, cases[i].length).past_horizon,
				 cases[i].past_horizon);
}

static void what_lies_behind_the_last_year_is_refused(void **state)
{
	assert_int_equal(due(office(), "9990-01-01", "200 months").no, RECKON_TOO_FAR);
	assert_int_equal(due(office(), "9999-12-01", "40 working days").no, RECKON_TOO_FAR);
	assert_int_equal(due(office(), "9999-12-31T20:00:00Z", "1 working hour").no,
			 RECKON_TOO_FAR);
	assert_int_equal(due(office(), "9999-12-01", "before 5 January").no, RECKON_TOO_FAR);
}

static void the_hours_of_a_family_do_not_follow_those_of_the_office(void **state)
{
	const struct calendar *calendar = london_with(NINE_TO_FIVE
						      ",\"holidays\":[\"2026-11-03\"],"
						      "\"exceptions\":{\"2026-11-02\":[]}");
	struct week evenings = { 0 };
	const struct week always = { .always = true };
	for (size_t day = MONDAY; day <= SUNDAY; day++)
		assert_true(week_open(&evenings, (enum weekday)day, 18 * 60, 20 * 60));
	assert_str(instant_print(&arena, reckon_next_open_in(calendar, &evenings,
							     moment("2026-11-02T12:00:00Z"))),
		   "2026-11-02T18:00:00Z");
	assert_str(instant_print(&arena, reckon_next_open_in(calendar, &evenings,
							     moment("2026-11-02T20:00:00Z"))),
		   "2026-11-04T18:00:00Z");
	assert_str(instant_print(&arena, reckon_next_open_in(calendar, &always,
							     moment("2026-11-03T03:00:00Z"))),
		   "2026-11-03T03:00:00Z");
	const struct week never = { 0 };
	assert_true(instant_is_never(
		reckon_next_open_in(calendar, &never, moment("2026-11-02T12:00:00Z"))));
}

static void a_day_begins_at_local_midnight(void **state)
{
	instant start = calendar_day_start(office(), day_of("2026-07-01"));
	assert_str(instant_print(&arena, start), "2026-06-30T23:00:00Z");
	assert_str(date_print(&arena, calendar_date(office(), start)), "2026-07-01");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_is_explained),
		cmocka_unit_test(what_was_passed_over_is_listed_with_its_reason),
		cmocka_unit_test(the_earlier_and_the_later_are_compared_by_when_they_are_late),
		cmocka_unit_test(working_time_counts_a_triggers_day_whole_or_not_at_all),
		cmocka_unit_test(before_a_day_that_the_year_lacks_is_the_months_last_day),
		cmocka_unit_test(what_is_not_known_yet_may_change_a_date),
		cmocka_unit_test(a_change_of_the_clocks_is_named_where_it_matters),
		cmocka_unit_test(what_lies_behind_the_last_year_is_refused),
		cmocka_unit_test(a_day_begins_at_local_midnight),
		cmocka_unit_test(the_hours_of_a_family_do_not_follow_those_of_the_office),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
