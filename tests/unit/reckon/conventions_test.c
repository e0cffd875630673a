/* How Candour counts, sentence by sentence. */
#include "world.h"

static void a_week_or_day_is_a_civil_day_in_the_calendars_zone(void **state)
{
	/* Half past eleven at night in UTC is the next day in London's summer. */
	assert_str(due_day(office(), "2026-06-30T23:30:00Z", "1 day"), "2026-07-02");
	assert_str(due_day(office(), "2026-06-30T23:30:00Z", "1 week"), "2026-07-08");
	assert_str(due_day(office(), "2026-12-30T23:30:00Z", "1 day"), "2026-12-31");
	/* Over a change of the clocks it is still the same number of days. */
	assert_str(due_day(office(), "2026-03-28T23:30:00Z", "1 day"), "2026-03-29");
	assert_str(due_day(office(), "2026-03-29T23:30:00Z", "1 day"), "2026-03-31");
}

static void the_triggers_day_is_day_0(void **state)
{
	assert_str(due_day(office(), "2026-11-02", "1 day"), "2026-11-03");
	assert_str(due_day(office(), "2026-11-02", "6 weeks"), "2026-12-14");
}

static void beginning_makes_the_triggers_day_day_1(void **state)
{
	assert_str(due_day(office(), "2026-11-02", "1 day beginning"), "2026-11-02");
	assert_str(due_day(office(), "2026-11-02", "15 days beginning"), "2026-11-16");
	assert_str(due_day(office(), "2026-11-02", "6 weeks beginning"), "2026-12-13");
	assert_str(due_day(office(), "2026-11-02", "1 working day beginning"), "2026-11-02");
	assert_str(due_day(office(), "2026-11-01", "1 working day beginning"), "2026-11-02");
	assert_str(due_day(office(), "2026-03-02", "12 months beginning"), "2027-03-01");
	/* Where the month lacks the date, its last day is the period's last already. */
	assert_str(due_day(office(), "2028-02-29", "12 months beginning"), "2029-02-28");
	assert_str(due_day(office(), "2027-01-31", "1 month beginning"), "2027-02-28");
	assert_str(due_day(office(), "2027-03-01", "1 month beginning before 31 March"),
		   "2027-03-01");
}

static void clear_counts_neither_end(void **state)
{
	assert_str(due_day(office(), "2026-11-02", "14 clear days"), "2026-11-17");
	assert_str(due_day(office(), "2026-11-02", "2 working days clear"), "2026-11-05");
	assert_str(due_day(office(), "2026-11-02", "1 week clear"), "2026-11-10");
	assert_str(due_day(office(), "2026-11-02", "1 month clear"), "2026-12-03");
}

static void months_go_to_the_corresponding_date_or_the_months_last_day(void **state)
{
	assert_str(due_day(office(), "2026-10-27", "2 months"), "2026-12-27");
	assert_str(due_day(office(), "2026-12-31", "2 months"), "2027-02-28");
	assert_str(due_day(office(), "2027-12-31", "2 months"), "2028-02-29");
	assert_str(due_day(office(), "2028-02-29", "12 months"), "2029-02-28");
	assert_str(due_day(office(), "2027-02-28", "1 month"), "2027-03-28");
}

static void nothing_rolls_over_weekends_or_holidays_unless_the_rule_says_roll_forward(void **state)
{
	assert_str(due_day(office(), "2026-11-13", "6 weeks"), "2026-12-25");
	assert_str(due_day(office(), "2026-11-13", "6 weeks roll forward"), "2026-12-29");
	assert_str(due_day(office(), "2026-11-14", "1 week"), "2026-11-21");
	assert_str(due_day(office(), "2026-11-14", "1 week roll forward"), "2026-11-23");
	assert_str(due_day(office(), "2026-11-16", "1 week roll forward"), "2026-11-23");
}

static void working_days_count_worked_dates_whether_or_not_the_triggers_date_is_worked(void **state)
{
	assert_str(due_day(office(), "2026-11-06", "1 working day"), "2026-11-09"); /* Friday */
	assert_str(due_day(office(), "2026-11-07", "1 working day"), "2026-11-09"); /* Saturday */
	assert_str(due_day(office(), "2026-11-08", "1 working day"), "2026-11-09"); /* Sunday */
	assert_str(due_day(office(), "2026-12-24", "1 working day"), "2026-12-29");
	assert_str(due_day(office(), "2026-12-25", "1 working day"), "2026-12-29");
}

static void working_time_is_real_seconds_inside_half_open_hours_of_local_time(void **state)
{
	const struct calendar *calendar = office();
	assert_true(reckon_is_open(calendar, moment("2026-11-02T09:00:00Z")));
	assert_true(reckon_is_open(calendar, moment("2026-11-02T16:59:59.999Z")));
	assert_false(reckon_is_open(calendar, moment("2026-11-02T17:00:00Z")));
	assert_false(reckon_is_open(calendar, moment("2026-11-02T08:59:59.999Z")));
	/* In summer nine in London is eight in UTC. */
	assert_true(reckon_is_open(calendar, moment("2026-07-01T08:00:00Z")));
	assert_str(later(calendar, "2026-07-01T08:00:00Z", SPAN_S(1)), "2026-07-01T08:00:01Z");
	assert_str(later(calendar, "2026-11-06T16:30:00Z", SPAN_HOURS(1)), "2026-11-09T09:30:00Z");
	assert_int_equal(open_seconds(calendar, "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z"),
			 5 * 8 * 3600);
}

static void a_day_open_round_the_clock_has_23_or_25_hours_when_clocks_change(void **state)
{
	const struct calendar *calendar = london_with(ROUND_THE_CLOCK);
	assert_int_equal(open_seconds(calendar, "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"),
			 23 * 3600);
	const struct calendar *sundays = london_with("\"week\":{\"sun\":[[\"00:00\",\"24:00\"]]}");
	assert_int_equal(open_seconds(sundays, "2026-03-28T00:00:00Z", "2026-04-01T00:00:00Z"),
			 23 * 3600);
	assert_int_equal(open_seconds(sundays, "2026-10-24T00:00:00Z", "2026-10-28T00:00:00Z"),
			 25 * 3600);
	assert_int_equal(open_seconds(sundays, "2026-06-06T00:00:00Z", "2026-06-10T00:00:00Z"),
			 24 * 3600);
}

static void a_local_time_skipped_by_a_clock_change_moves_forward_by_the_gap(void **state)
{
	/* On 29 March 2026 there is no 01:30 in London: it is 02:30, which is 01:30 in UTC. */
	const struct calendar *night = london_with("\"week\":{\"sun\":[[\"01:30\",\"04:00\"]]}");
	assert_str(later(night, "2026-03-28T12:00:00Z", SPAN_S(0)), "2026-03-29T01:30:00Z");
	assert_int_equal(open_seconds(night, "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z"), 5400);
	/* Hours that are skipped whole are none that day. */
	const struct calendar *skipped = london_with("\"week\":{\"sun\":[[\"01:00\",\"02:00\"]]}");
	assert_str(later(skipped, "2026-03-28T12:00:00Z", SPAN_S(0)), "2026-04-05T00:00:00Z");
}

static void a_repeated_local_time_means_its_first_occurrence(void **state)
{
	/* On 25 October 2026 the hour from one to two comes twice in London, first in summer time. */
	const struct calendar *night = london_with("\"week\":{\"sun\":[[\"01:30\",\"04:00\"]]}");
	assert_str(later(night, "2026-10-24T12:00:00Z", SPAN_S(0)), "2026-10-25T00:30:00Z");
	assert_int_equal(open_seconds(night, "2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z"),
			 7 * 1800);
	const struct calendar *early = london_with("\"week\":{\"sun\":[[\"00:00\",\"01:30\"]]}");
	assert_int_equal(open_seconds(early, "2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z"), 5400);
}

static void a_day_that_the_clocks_leave_out_has_no_hours(void **state)
{
	/* Samoa went from Thursday 29 to Saturday 31 December 2011. */
	const struct calendar *fridays = calendar_of(
		S("{\"zone\":\"Pacific/Apia\",\"week\":{\"fri\":[[\"09:00\",\"17:00\"]]}}"));
	assert_int_equal(open_seconds(fridays, "2011-12-28T00:00:00Z", "2012-01-03T00:00:00Z"), 0);
	assert_str(later(fridays, "2011-12-28T00:00:00Z", SPAN_S(0)), "2012-01-05T19:00:00Z");
}

static void a_midnight_that_comes_twice_begins_its_day_once(void **state)
{
	/* One minute after midnight of 7 November 2010 clocks in St John's went back an hour, into the
	 * day before. */
	const struct calendar *sundays = calendar_of(
		S("{\"zone\":\"America/St_Johns\",\"week\":{\"sun\":[[\"00:00\",\"01:00\"]]}}"));
	assert_int_equal(open_seconds(sundays, "2010-11-05T00:00:00Z", "2010-11-09T00:00:00Z"),
			 2 * 3600);
	assert_true(reckon_is_open(sundays, moment("2010-11-07T03:00:00Z")));
	assert_str(earlier(sundays, "2010-11-07T03:00:00Z", SPAN_MIN(10)), "2010-11-07T02:50:00Z");
	assert_str(later(sundays, "2010-11-07T03:00:00Z", SPAN_MIN(90)), "2010-11-07T04:30:00Z");
}

static void a_deadline_may_land_exactly_on_a_closing_instant(void **state)
{
	assert_str(later(office(), "2026-11-02T09:00:00Z", SPAN_HOURS(8)), "2026-11-02T17:00:00Z");
	assert_str(later(office(), "2026-11-02T16:00:00Z", SPAN_HOURS(1)), "2026-11-02T17:00:00Z");
}

static void counted_backwards_it_may_land_exactly_on_an_opening_instant(void **state)
{
	assert_str(earlier(office(), "2026-11-02T17:00:00Z", SPAN_HOURS(8)),
		   "2026-11-02T09:00:00Z");
	assert_str(earlier(office(), "2026-11-03T10:00:00Z", SPAN_HOURS(1)),
		   "2026-11-03T09:00:00Z");
}

static void of_no_time_at_all_it_is_the_next_or_previous_open_instant(void **state)
{
	assert_str(later(office(), "2026-11-02T10:00:00Z", SPAN_S(0)), "2026-11-02T10:00:00Z");
	assert_str(later(office(), "2026-11-02T17:00:00Z", SPAN_S(0)), "2026-11-03T09:00:00Z");
	assert_str(later(office(), "2026-11-06T20:00:00Z", SPAN_S(0)), "2026-11-09T09:00:00Z");
	assert_str(earlier(office(), "2026-11-02T10:00:00Z", SPAN_S(0)), "2026-11-02T10:00:00Z");
	assert_str(earlier(office(), "2026-11-02T20:00:00Z", SPAN_S(0)), "2026-11-02T17:00:00Z");
	assert_str(earlier(office(), "2026-11-09T09:00:00Z", SPAN_S(0)), "2026-11-06T17:00:00Z");
}

static void a_holiday_beats_dated_hours_which_beat_weekly_hours(void **state)
{
	const struct calendar *calendar = london_with(
		NINE_TO_FIVE ",\"holidays\":[\"2026-12-25\"],\"yearly\":[\"12-28\"],"
			     "\"exceptions\":{\"2026-12-24\":[[\"09:00\",\"12:00\"]],"
			     "\"2026-12-25\":[[\"09:00\",\"12:00\"]],"
			     "\"2026-12-26\":[[\"10:00\",\"11:00\"]],"
			     "\"2026-12-28\":[[\"10:00\",\"11:00\"]],\"2026-12-29\":[]}");
	assert_str(later(calendar, "2026-12-24T11:00:00Z", SPAN_HOURS(1)), "2026-12-24T12:00:00Z");
	assert_str(later(calendar, "2026-12-24T11:00:00Z", SPAN_MIN(90)), "2026-12-26T10:30:00Z");
	assert_str(later(calendar, "2026-12-26T10:00:00Z", SPAN_HOURS(2)), "2026-12-30T10:00:00Z");
	assert_true(reckon_is_working_day(calendar, day_of("2026-12-24")));
	assert_false(reckon_is_working_day(calendar, day_of("2026-12-25")));
	assert_true(reckon_is_working_day(calendar, day_of("2026-12-26")));
	assert_false(reckon_is_working_day(calendar, day_of("2026-12-28")));
	assert_false(reckon_is_working_day(calendar, day_of("2026-12-29")));
	/* A holiday of every year comes every year. */
	assert_false(reckon_is_working_day(calendar, day_of("2027-12-28")));
}

static void a_break_or_pause_is_cut_out(void **state)
{
	const struct calendar *calendar = london_with(
		NINE_TO_FIVE ",\"breaks\":{\"2026-01-05\":[[\"12:00\",\"13:00\"]]},"
			     "\"pauses\":[[\"2026-01-05T09:40:00Z\",\"2026-01-05T09:45:00Z\"],"
			     "[\"2026-01-05T09:30:00Z\",\"2026-01-05T09:42:00Z\"],"
			     "[\"2026-01-06T20:00:00Z\",\"2026-01-07T08:00:00Z\"]]");
	assert_str(later(calendar, "2026-01-05T09:00:00Z", SPAN_HOURS(1)), "2026-01-05T10:15:00Z");
	assert_str(later(calendar, "2026-01-05T09:00:00Z", SPAN_HOURS(4)), "2026-01-05T14:15:00Z");
	assert_str(earlier(calendar, "2026-01-05T10:15:00Z", SPAN_HOURS(1)),
		   "2026-01-05T09:00:00Z");
	assert_false(reckon_is_open(calendar, moment("2026-01-05T12:00:00Z")));
	assert_true(reckon_is_open(calendar, moment("2026-01-05T13:00:00Z")));
	/* A hold outside working time moves nothing. */
	assert_int_equal(open_seconds(calendar, "2026-01-06T00:00:00Z", "2026-01-08T00:00:00Z"),
			 2 * 8 * 3600);
}

static void a_zero_duration_means_no_such_clock(void **state)
{
	struct reckoning none = due(office(), "2026-11-02", "0 working days");
	assert_int_equal(none.no, RECKON_FINE);
	assert_false(date_is(none.day));
	assert_true(instant_is_never(none.ends));
	assert_str(none.explained, "0 working days: no such clock");
}

static void a_negative_duration_is_refused(void **state)
{
	struct duration duration;
	str why;
	assert_false(duration_parse(&arena, S("-3 working days"), &duration, &why));
	assert_str(why, "at \"-3\", column 1: a duration is not negative");
}

static void a_calendar_that_is_never_open_is_refused(void **state)
{
	static const char *const never[] = {
		"{\"zone\":\"Europe/London\",\"week\":{}}",
		"{\"zone\":\"Europe/London\",\"week\":{\"mon\":[]},\"exceptions\":{\"2026-12-24\":[]}}",
		("{\"zone\":\"Europe/London\",\"holidays\":[\"2026-12-24\"],"
		 "\"exceptions\":{\"2026-12-24\":[[\"09:00\",\"12:00\"]]}}"),
	};
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
		struct zones zones = { .arena = &arena };
		const struct json *json = NULL;
		struct calendar calendar;
		struct fault fault = { 0 };
		assert_int_equal(json_parse(&arena, str_of(never[i]), 8, &json, NULL), JSON_FINE);
		assert_false(calendar_from_json(&arena, &zones, json, &calendar, &fault));
		assert_string_equal(fault.code, "never_open");
	}
}

static void a_due_day_is_in_time_until_it_ends_and_late_begins_with_the_next_day(void **state)
{
	struct reckoning winter = due(office(), "2026-11-02", "6 weeks");
	assert_str(instant_print(&arena, winter.ends), "2026-12-15T00:00:00Z");
	struct reckoning summer = due(office(), "2026-06-01", "6 weeks");
	assert_str(instant_print(&arena, summer.ends), "2026-07-13T23:00:00Z");
	struct reckoning five = due(office(), "2026-06-01", "6 weeks at 17:00");
	assert_str(date_print(&arena, five.day), "2026-07-13");
	assert_str(instant_print(&arena, five.ends), "2026-07-13T16:00:00Z");
	struct reckoning hours = due(office(), "2026-06-01T15:00:00Z", "2 working hours");
	assert_str(instant_print(&arena, hours.at), "2026-06-02T09:00:00Z");
	assert_str(instant_print(&arena, hours.ends), "2026-06-02T09:00:00Z");
}

static void warnings_before_a_deadline_are_counted_backwards_in_the_same_kind_of_time(void **state)
{
	static const struct {
		const char *due, *length, *day;
	} cases[] = {
		{ "2026-12-14", "10 working days", "2026-11-30" },
		{ "2027-01-05", "5 working days", "2026-12-24" },
		{ "2026-12-14", "5 days", "2026-12-09" },
		{ "2026-12-14", "2 weeks", "2026-11-30" },
		{ "2027-03-31", "1 month", "2027-02-28" },
		{ "2026-11-09", "8 working hours", "2026-11-09" },
		{ "2026-11-09", "9 working hours", "2026-11-06" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(date_print(&arena, reckon_before(office(), day_of(cases[i].due),
							    length_of(cases[i].length))),
			   cases[i].day);
}

static void a_deadline_past_the_last_known_holiday_is_noticed(void **state)
{
	assert_true(due(office(), "2027-12-20", "20 working days").past_horizon);
	assert_false(due(office(), "2027-12-01", "5 working days").past_horizon);
	/* Weeks need no holidays, unless they roll. */
	assert_false(due(office(), "2027-12-20", "20 weeks").past_horizon);
	assert_true(due(office(), "2027-12-19", "20 weeks roll forward").past_horizon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_week_or_day_is_a_civil_day_in_the_calendars_zone),
		cmocka_unit_test(the_triggers_day_is_day_0),
		cmocka_unit_test(beginning_makes_the_triggers_day_day_1),
		cmocka_unit_test(clear_counts_neither_end),
		cmocka_unit_test(months_go_to_the_corresponding_date_or_the_months_last_day),
		cmocka_unit_test(
			nothing_rolls_over_weekends_or_holidays_unless_the_rule_says_roll_forward),
		cmocka_unit_test(
			working_days_count_worked_dates_whether_or_not_the_triggers_date_is_worked),
		cmocka_unit_test(working_time_is_real_seconds_inside_half_open_hours_of_local_time),
		cmocka_unit_test(a_day_open_round_the_clock_has_23_or_25_hours_when_clocks_change),
		cmocka_unit_test(a_local_time_skipped_by_a_clock_change_moves_forward_by_the_gap),
		cmocka_unit_test(a_repeated_local_time_means_its_first_occurrence),
		cmocka_unit_test(a_day_that_the_clocks_leave_out_has_no_hours),
		cmocka_unit_test(a_midnight_that_comes_twice_begins_its_day_once),
		cmocka_unit_test(a_deadline_may_land_exactly_on_a_closing_instant),
		cmocka_unit_test(counted_backwards_it_may_land_exactly_on_an_opening_instant),
		cmocka_unit_test(of_no_time_at_all_it_is_the_next_or_previous_open_instant),
		cmocka_unit_test(a_holiday_beats_dated_hours_which_beat_weekly_hours),
		cmocka_unit_test(a_break_or_pause_is_cut_out),
		cmocka_unit_test(a_zero_duration_means_no_such_clock),
		cmocka_unit_test(a_negative_duration_is_refused),
		cmocka_unit_test(a_calendar_that_is_never_open_is_refused),
		cmocka_unit_test(
			a_due_day_is_in_time_until_it_ends_and_late_begins_with_the_next_day),
		cmocka_unit_test(
			warnings_before_a_deadline_are_counted_backwards_in_the_same_kind_of_time),
		cmocka_unit_test(a_deadline_past_the_last_known_holiday_is_noticed),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
