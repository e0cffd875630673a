#include "base/language.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

#define TEXT(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

static const struct language persian = {
	.tag = TEXT("fa"),
	.right_to_left = true,
	.date = TEXT("{weekday} {day} {month} {year}"),
	.weekdays = { TEXT("دوشنبه") },
	.months = { [11] = TEXT("دسامبر") },
	.digits = TEXT("۰۱۲۳۴۵۶۷۸۹"),
	.words = { [LANGUAGE_PAGE] = TEXT("صفحه {page} از {pages}") },
};

static date monday(void)
{
	date day = DATE_NONE;
	assert_true(date_parse(S("2026-12-14"), &day));
	return day;
}

static void a_date_is_written_as_its_language_writes_it(void **state)
{
	static const struct language chinese = { .date = TEXT("{year}年{month}{day}日{weekday}"),
						 .weekdays = { TEXT("星期一") },
						 .months = { [11] = TEXT("12月") } };
	assert_text(language_date(&arena, &persian, monday()), "دوشنبه ۱۴ دسامبر ۲۰۲۶");
	assert_text(language_date(&arena, &chinese, monday()), "2026年12月14日星期一");
	assert_text(language_date(&arena, &language_english, monday()), "Monday 14 December 2026");
	assert_text(language_date(&arena, &persian, DATE_NONE), "");
}

static void a_page_has_its_number_in_the_languages_digits(void **state)
{
	assert_text(language_page(&arena, &persian, 1, 10), "صفحه ۱ از ۱۰");
	assert_text(language_page(&arena, &language_english, 2, 3), "Page 2 of 3");
	const struct language odd = { .words = { [LANGUAGE_PAGE] = TEXT("{x} {page}{") } };
	assert_text(language_page(&arena, &odd, 4, 5), "{x} 4{");
}

static void what_a_language_lacks_is_english(void **state)
{
	static const struct language none = { .tag = TEXT("cs") };
	assert_ptr_equal(language_for(&persian, LANGUAGE_PAGE), &persian);
	assert_ptr_equal(language_for(&persian, LANGUAGE_PHONE), &language_english);
	assert_ptr_equal(language_for_dates(&persian), &persian);
	assert_ptr_equal(language_for_dates(&none), &language_english);
}

static void a_number_is_set_apart_only_from_right_to_left(void **state)
{
	assert_text(language_set_apart(&arena, &language_english, S("0114 496")), "0114 496");
	assert_text(language_set_apart(&arena, &persian, S("0114 496")), "\u2066"
									 "0114 496\u2069");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_date_is_written_as_its_language_writes_it, end),
		cmocka_unit_test_teardown(a_page_has_its_number_in_the_languages_digits, end),
		cmocka_unit_test_teardown(what_a_language_lacks_is_english, end),
		cmocka_unit_test_teardown(a_number_is_set_apart_only_from_right_to_left, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
