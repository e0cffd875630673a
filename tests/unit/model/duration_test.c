#include "model/calendar.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static void a_duration_is_a_number_and_a_unit(void **state)
{
	static const struct {
		const char *text;
		struct duration duration;
	} cases[] = {
		{ "6 weeks", { 6, DURATION_WEEKS, false } },
		{ "1 week", { 1, DURATION_WEEKS, false } },
		{ "15 days beginning", { 15, DURATION_DAYS, true } },
		{ "2 months", { 2, DURATION_MONTHS, false } },
		{ "10 working days", { 10, DURATION_WORKING_DAYS, false } },
		{ "1 working day beginning", { 1, DURATION_WORKING_DAYS, true } },
		{ " 0 days ", { 0, DURATION_DAYS, false } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct duration duration;
		str why;
		assert_true(duration_parse(&arena, str_of(cases[i].text), &duration, &why));
		assert_int_equal(duration.n, cases[i].duration.n);
		assert_int_equal(duration.unit, cases[i].duration.unit);
		assert_int_equal(duration.beginning, cases[i].duration.beginning);
	}
}

static void what_is_no_duration_says_why(void **state)
{
	static const char *const bad[] = { "",           "6",
					   "weeks",      "six weeks",
					   "-1 days",    "6 fortnights",
					   "99999 days", "6 weeks sharp",
					   "1.5 days",   "6weeks" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct duration duration = { .n = 42 };
		str why = STR_EMPTY;
		assert_false(duration_parse(&arena, str_of(bad[i]), &duration, &why));
		assert_int_equal(duration.n, 42);
		assert_true(why.n > 0);
	}
}

static void a_duration_prints_as_people_write_it(void **state)
{
	static const char *const texts[] = { "6 weeks", "1 day", "15 days beginning",
					     "1 working day beginning" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct duration duration;
		str why;
		assert_true(duration_parse(&arena, str_of(texts[i]), &duration, &why));
		assert_str(duration_print(&arena, duration), texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_duration_is_a_number_and_a_unit),
		cmocka_unit_test(what_is_no_duration_says_why),
		cmocka_unit_test(a_duration_prints_as_people_write_it),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
