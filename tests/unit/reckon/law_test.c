/*
 * Time limits out of the law and out of published calendars, each with its source.
 *
 * Regs: Special Educational Needs and Disability Regulations 2014 (SI 2014/1530). CFA: Children and
 * Families Act 2014. Rule 12: Tribunal Procedure (First-tier Tribunal) (Health, Education and Social
 * Care Chamber) Rules 2008 (SI 2008/2699).
 */
#include "world.h"

static void time_limits_of_the_law(void **state)
{
	static const struct {
		const char *source, *from, *length, *day;
	} cases[] = {
		{ "Regs 5(1): decide whether to assess", "2026-11-02", "6 weeks", "2026-12-14" },
		{ "Regs 10(1): tell that there will be no plan", "2026-11-02", "16 weeks",
		  "2027-02-22" },
		{ "Regs 13(2): final plan", "2026-11-02", "20 weeks", "2027-03-22" },
		{ "Regs 13(1)(a): the family's answer to the draft", "2026-11-02",
		  "15 days beginning", "2026-11-16" },
		{ "Regs 15(2): transfer of the plan", "2026-12-14", "15 working days beginning",
		  "2027-01-06" },
		{ "Regs 15(2), aware on a Sunday", "2026-12-13", "15 working days beginning",
		  "2027-01-06" },
		{ "Regs 15(4): the new authority tells the family", "2026-12-14", "6 weeks",
		  "2027-01-25" },
		{ "Regs 18(1): secondary to post-16", "2026-09-10", "before 31 March",
		  "2027-03-30" },
		{ "Regs 18(1): other phase transfers", "2026-09-10", "before 15 February",
		  "2027-02-14" },
		{ "Regs 18(1): the last day itself", "2027-02-14", "before 15 February",
		  "2027-02-14" },
		{ "Regs 18(1): one day later it is next year's", "2027-02-15", "before 15 February",
		  "2028-02-14" },
		{ "Regs 18(1) and 22(3): twelve weeks back", "2026-09-10",
		  "12 weeks before before 15 February", "2026-11-22" },
		{ "Regs 18(2): at least five months before the move", "2026-09-10",
		  "5 months before 1 September", "2027-04-01" },
		{ "Regs 20(3): two weeks' notice of a meeting", "2026-11-02",
		  "14 clear days before 15 March", "2027-02-28" },
		{ "Regs 20(10): decision behind the meeting", "2026-11-02", "4 weeks",
		  "2026-11-30" },
		{ "Regs 22(3): final amended plan", "2026-11-30", "8 weeks", "2027-01-25" },
		{ "Regs 25(1): whether to re-assess", "2026-11-02", "15 days", "2026-11-17" },
		{ "Regs 27(2): final plan behind a re-assessment", "2026-11-02", "14 weeks",
		  "2027-02-08" },
		{ "Regs 33: the family asks for mediation", "2026-10-27", "2 months",
		  "2026-12-27" },
		{ "Regs 33, no such date", "2026-12-31", "2 months", "2027-02-28" },
		{ "Regs 34: mediation certificate", "2026-12-24", "3 working days", "2026-12-31" },
		{ "Regs 36: mediation arranged", "2026-12-24", "30 days", "2027-01-23" },
		{ "Regs 44(2)(c): draft by order of the Tribunal", "2026-11-02", "5 weeks",
		  "2026-12-07" },
		{ "CFA 44(1): review", "2026-03-02", "12 months beginning", "2027-03-01" },
		{ "Complaint Handling Code: acknowledge", "2026-03-27", "5 working days",
		  "2026-04-07" },
		{ "Working Together: child and family assessment", "2026-11-02", "45 working days",
		  "2027-01-07" },
		{ "Compulsory school age: the last Friday in June", "2026-09-10",
		  "last Friday in June", "2027-06-25" },
		{ "The last Friday in June, on the day", "2026-06-26", "last Friday in June",
		  "2026-06-26" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str day = due_day(office(), cases[i].from, cases[i].length);
		if (!str_eq(day, str_of(cases[i].day)))
			fail_msg("%s: %.*s, not %s", cases[i].source, STR_ARG(day), cases[i].day);
	}
}

static void the_tribunals_rule_12(void **state)
{
	static const struct {
		const char *source, *from, *length, *ends;
	} cases[] = {
		{ "(1) by five", "2026-11-09", "2 months under tribunal rules",
		  "2027-01-11T17:00:00Z" },
		{ "(1) by five, in summer", "2027-05-07", "1 month under tribunal rules",
		  "2027-06-07T16:00:00Z" },
		{ "(2) a Saturday goes on to Monday", "2026-11-02", "2 months under tribunal rules",
		  "2027-01-04T17:00:00Z" },
		{ "(2) a bank holiday goes on", "2027-04-03", "1 month under tribunal rules",
		  "2027-05-04T16:00:00Z" },
		{ "(3)(a) starting, at Christmas", "2026-10-27", "2 months under tribunal rules",
		  "2027-01-04T17:00:00Z" },
		{ "(3)(a) starting, on 1 January", "2026-11-01", "2 months under tribunal rules",
		  "2027-01-04T17:00:00Z" },
		{ "(3)(a) starting, in August", "2027-06-15", "2 months under tribunal rules",
		  "2027-09-01T16:00:00Z" },
		{ "(3)(a) the later of both", "2027-05-15",
		  "later of 2 months, 1 month under tribunal rules", "2027-07-15T16:00:00Z" },
		{ "(3)(b) other acts: those days do not count", "2026-12-07",
		  "30 working days under tribunal rules", "2027-01-26T17:00:00Z" },
		{ "(3)(b) in August", "2027-07-26", "10 days under tribunal rules",
		  "2027-09-06T16:00:00Z" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reckoning found = due(office(), cases[i].from, cases[i].length);
		str ends = instant_print(&arena, found.ends);
		if (!str_eq(ends, str_of(cases[i].ends)))
			fail_msg("%s: %.*s, not %s: %.*s", cases[i].source, STR_ARG(ends),
				 cases[i].ends, STR_ARG(found.explained));
	}
}

/* GOV.UK's bank holidays: each year from 2025 to 2027 has 261 weekdays, 8 of them holidays. */
static void a_year_of_england_and_wales_has_253_working_days(void **state)
{
	static const char *const years[] = { "2024-12-31", "2025-12-31", "2026-12-31",
					     "2027-12-31" };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(reckon_working_days_between(office(), day_of(years[i]),
							     day_of(years[i + 1])),
				 253);
}

/* Sheffield's dates for 2025/26 (sheffield.gov.uk, and The Star of 1 September 2025): 190 days and
 * 5 for training, of which each school chooses its own. */
#define SHEFFIELD                                                                                  \
	"\"terms\":[[\"2025-09-01\",\"2025-10-24\"],[\"2025-11-03\",\"2025-12-19\"],"              \
	"[\"2026-01-05\",\"2026-02-13\"],[\"2026-02-23\",\"2026-03-27\"],"                         \
	"[\"2026-04-13\",\"2026-05-22\"],[\"2026-06-01\",\"2026-07-20\"]],"                        \
	"\"closures\":[{\"date\":\"2025-09-01\",\"title\":\"INSET day\"},\"2025-11-03\","          \
	"\"2026-01-05\",\"2026-04-13\",\"2026-07-20\"]"

static const struct calendar *school(void)
{
	return london_with(NINE_TO_FIVE "," BANK_HOLIDAYS "," SHEFFIELD);
}

static void a_school_year_has_190_school_days(void **state)
{
	struct duration all = { .n = 190, .unit = DURATION_SCHOOL_DAYS };
	struct reckoning last = reckon_due(&arena, school(), trigger_of_day(day_of("2025-08-31")),
					   all);
	/* 20 July is a day of training. */
	assert_str(date_print(&arena, last.day), "2026-07-17");
	assert_false(last.past_horizon);
}

/* Exclusion law counts in school days. */
static void school_days_leave_out_holidays_of_school_and_closures(void **state)
{
	static const struct {
		const char *from, *length, *day;
	} cases[] = {
		{ "2025-10-23", "5 school days", "2025-11-07" },
		{ "2025-09-01", "1 school day beginning", "2025-09-02" },
		{ "2026-05-01", "1 school day", "2026-05-05" }, /* early May bank holiday */
		{ "2025-12-19", "6 school days", "2026-01-13" },
		{ "2026-01-13", "6 school days before 13 January", "2025-12-19" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(due_day(school(), cases[i].from, cases[i].length), cases[i].day);
}

static void behind_the_last_known_term_every_working_day_counts_and_it_is_noticed(void **state)
{
	struct reckoning found = due(school(), "2026-07-17", "3 school days");
	assert_str(date_print(&arena, found.day), "2026-07-23");
	assert_true(found.past_horizon);
	assert_int_equal(due(office(), "2026-07-17", "3 school days").no, RECKON_NO_TERMS);
}

static void a_rule_may_name_its_year(void **state)
{
	struct trigger from = trigger_of_day(day_of("2026-01-10"));
	from.year = 2027;
	struct reckoning found = reckon_due(&arena, office(), from,
					    length_of("before 15 February"));
	assert_str(date_print(&arena, found.day), "2027-02-14");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_limits_of_the_law),
		cmocka_unit_test(the_tribunals_rule_12),
		cmocka_unit_test(a_year_of_england_and_wales_has_253_working_days),
		cmocka_unit_test(a_school_year_has_190_school_days),
		cmocka_unit_test(school_days_leave_out_holidays_of_school_and_closures),
		cmocka_unit_test(
			behind_the_last_known_term_every_working_day_counts_and_it_is_noticed),
		cmocka_unit_test(a_rule_may_name_its_year),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
