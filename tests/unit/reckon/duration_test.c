#include "reckon/reckon.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static struct duration parsed(const char *text)
{
	struct duration duration = { .n = 42 };
	str why = STR_EMPTY;
	if (!duration_parse(&arena, str_of(text), &duration, &why))
		fail_msg("\"%s\": %.*s", text, STR_ARG(why));
	return duration;
}

static void a_duration_is_a_number_and_a_unit(void **state)
{
	static const struct {
		const char *text;
		int n;
		enum duration_unit unit;
		bool beginning, clear;
	} cases[] = {
		{ "6 weeks", 6, DURATION_WEEKS, false, false },
		{ "1 week", 1, DURATION_WEEKS, false, false },
		{ "15 days beginning", 15, DURATION_DAYS, true, false },
		{ "14 days clear", 14, DURATION_DAYS, false, true },
		{ "14 clear days", 14, DURATION_DAYS, false, true },
		{ "2 months", 2, DURATION_MONTHS, false, false },
		{ "10 working days", 10, DURATION_WORKING_DAYS, false, false },
		{ "1 working day beginning", 1, DURATION_WORKING_DAYS, true, false },
		{ "4 working hours", 4, DURATION_WORKING_HOURS, false, false },
		{ "90 working minutes", 90, DURATION_WORKING_MINUTES, false, false },
		{ "5 school days", 5, DURATION_SCHOOL_DAYS, false, false },
		{ " 0 days ", 0, DURATION_DAYS, false, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct duration duration = parsed(cases[i].text);
		assert_int_equal(duration.kind, DURATION_COUNT);
		assert_int_equal(duration.n, cases[i].n);
		assert_int_equal(duration.unit, cases[i].unit);
		assert_int_equal(duration.beginning, cases[i].beginning);
		assert_int_equal(duration.clear, cases[i].clear);
		assert_true(duration_is_count(&duration));
	}
}

static void a_duration_prints_in_the_words_it_was_written_in(void **state)
{
	static const char *const texts[] = {
		"6 weeks",
		"1 day",
		"15 days beginning",
		"1 working day beginning",
		"14 clear days",
		"14 days clear",
		"1 working hour",
		"90 working minutes",
		"6 school days clear",
		"before 15 February",
		"before 29 February",
		"15 February",
		"last Friday in June",
		"first Monday in September",
		"later of 2 months, 1 month",
		"earlier of 12 months beginning, before 31 March, last Friday in June",
		"later of 2 months roll forward, earlier of 5 days, 1 week",
		"12 weeks before 15 February",
		"2 weeks before last Friday in June",
		"1 working day before later of 3 days, before 31 March",
		"5 months before before 1 September",
		"20 working days at 17:00",
		"2 months roll forward at 17:00 under tribunal rules",
		"later of 2 months, 1 month under tribunal rules",
		"1 week at 24:00",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_str(duration_print(&arena, parsed(texts[i])), texts[i]);
}

static void what_is_no_duration_says_what_is_wanted_and_where(void **state)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ "", "at the end: a duration is a number and a unit" },
		{ "6", "at the end: the unit is wanted" },
		{ "weeks", "at \"weeks\", column 1: a duration is a number and a unit" },
		{ "six weeks", "at \"six\", column 1: a duration is a number" },
		{ "-1 days", "at \"-1\", column 1: a duration is not negative" },
		{ "6 fortnights", "at \"fortnights\", column 3: the unit is wanted" },
		{ "99999 days", "at \"99999\", column 1: a duration counts up to 36600" },
		{ "99999999999999999999 days",
		  "at \"99999999999999999999\", column 1: a duration" },
		{ "6 weeks sharp", "at \"sharp\", column 9: nothing more is wanted here" },
		{ "6 weeks beginning clear", "at \"clear\", column 19: nothing more" },
		{ "1.5 days", "at \"1.5\", column 1: a duration is a number" },
		{ "6weeks", "at \"6weeks\", column 1: a duration is a number" },
		{ "before Easter", "at \"Easter\", column 8: a day and a month are wanted" },
		{ "before 31 June", "at \"31\", column 8: this month has no such day" },
		{ "before 0 June", "at \"0\", column 8: this month has no such day" },
		{ "before 15 february", "at \"february\", column 11: the name of a month" },
		{ "last friday in June", "at \"friday\", column 6: the name of a weekday" },
		{ "last Friday of June", "at \"of\", column 13: \"in\" and a month" },
		{ "last Friday in", "at the end: the name of a month is wanted" },
		{ "later of 2 months", "at the end: a comma and a second part are wanted" },
		{ "later of 2 months,", "at the end: a duration is a number" },
		{ "2 weeks before", "at the end: a duration is a number" },
		{ "2 weeks at 9", "at \"9\", column 12: a time of the day is wanted" },
		{ "2 weeks at 24:01", "at \"24:01\", column 12: a time of the day is wanted" },
		{ "2 weeks at 17:00 roll forward", "at \"roll\", column 18: nothing more" },
		{ "1 day before 1 day before 1 day before 1 day before 1 day",
		  "at \"1\", column 53: a duration is at most 4 deep" },
		{ "4 working hours at 17:00",
		  "at \"at\", column 17: working hours and minutes end at a time of their own" },
		{ "later of 4 working hours, 2 days under tribunal rules",
		  "at \"under\", column 34: working hours and minutes end" },
		{ "earlier of 2 days, 0 days",
		  "at \"0\", column 20: a length of nothing is no clock" },
		{ "6 \xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
		  "x\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4",
		  "at \"\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
		  "\xC3\xA4x\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\"" },
		{ "later of 1 day, 2 days, 3 days, 4 days, 5 days, 6 days, 7 days, 8 days, 9 days",
		  "at \"9\", column 73: a list has at most 8 parts" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct duration duration = { .n = 42 };
		str why = STR_EMPTY;
		assert_false(duration_parse(&arena, str_of(bad[i].text), &duration, &why));
		assert_int_equal(duration.n, 42);
		if (!str_starts(why, str_of(bad[i].why)))
			fail_msg("\"%s\" says: %.*s", bad[i].text, STR_ARG(why));
	}
}

static void endings_behind_a_list_belong_to_the_list(void **state)
{
	struct duration list = parsed("later of 2 months roll forward, 1 month at 17:00");
	assert_int_equal(list.n_parts, 2);
	assert_true(list.parts[0].roll_forward);
	assert_false(list.parts[1].has_at);
	assert_true(list.has_at);
	assert_int_equal(list.at, 17 * 60);
}

static void a_duration_says_whether_it_needs_a_schools_terms(void **state)
{
	static const struct {
		const char *text;
		bool terms;
	} cases[] = {
		{ "6 weeks", false },
		{ "before 15 February", false },
		{ "6 weeks roll forward", false },
		{ "2 months under tribunal rules", false },
		{ "10 working days", false },
		{ "later of 1 week, 3 working hours", false },
		{ "earlier of 1 week, 3 school days before 31 March", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct duration duration = parsed(cases[i].text);
		assert_int_equal(duration_needs_terms(&duration), cases[i].terms);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_duration_is_a_number_and_a_unit),
		cmocka_unit_test(a_duration_prints_in_the_words_it_was_written_in),
		cmocka_unit_test(what_is_no_duration_says_what_is_wanted_and_where),
		cmocka_unit_test(endings_behind_a_list_belong_to_the_list),
		cmocka_unit_test(a_duration_says_whether_it_needs_a_schools_terms),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
