#include "reckon/reckon.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static const struct json *parsed(const char *text)
{
	const struct json *value;
	assert_int_equal(json_parse(&arena, str_of(text), 8, &value, NULL), JSON_FINE);
	return value;
}

static str written(const struct week *week)
{
	struct buf buf = buf_of(&arena, 4096);
	struct json_writer w = { .buf = &buf };
	week_write(&w, week);
	return buf_str(&buf);
}

static void hours_are_read_in_order_and_written_back(void **state)
{
	struct week week;
	assert_true(week_read(parsed("{\"mon\": [[\"13:00\",\"17:30\"], [\"09:00\",\"12:00\"]],"
				     " \"sun\": [[\"00:00\",\"24:00\"]]}"),
			      &week));
	assert_str(written(&week), "{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"17:30\"]],"
				   "\"sun\":[[\"00:00\",\"24:00\"]]}");
	assert_true(week_read(parsed("{\"always\": true}"), &week));
	assert_str(written(&week), "{\"always\":true}");
}

static void hours_that_cannot_be_are_refused(void **state)
{
	static const char *const bad[] = {
		"[]",
		"{\"monday\": [[\"09:00\",\"17:00\"]]}",
		"{\"mon\": [\"09:00\",\"17:00\"]}",
		"{\"mon\": [[\"09:00\"]]}",
		"{\"mon\": [[\"9:00\",\"17:00\"]]}",
		"{\"mon\": [[\"09:00\",\"24:01\"]]}",
		"{\"mon\": [[\"09:60\",\"17:00\"]]}",
		"{\"mon\": [[\"17:00\",\"09:00\"]]}",
		"{\"mon\": [[\"09:00\",\"09:00\"]]}",
		"{\"mon\": [[\"09:00\",\"12:00\"], [\"11:59\",\"13:00\"]]}",
		"{\"mon\": [[\"09:00\",\"12:00\"], [\"08:00\",\"09:01\"]]}",
		"{\"always\": \"yes\"}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct week week = { .always = true };
		assert_false(week_read(parsed(bad[i]), &week));
		assert_true(week.always);
	}
}

static void a_day_has_at_most_sixteen_openings(void **state)
{
	struct week week = { 0 };
	for (int i = 0; i < OPENINGS_MAX; i++)
		assert_true(week_open(&week, MONDAY, 60 * i, 60 * i + 30));
	assert_false(week_open(&week, MONDAY, 1000, 1050));
	assert_true(week_open(&week, TUESDAY, 1000, 1050));
}

static void a_week_without_hours_is_never_open(void **state)
{
	struct week week = { 0 };
	assert_false(week_is_ever_open(&week));
	assert_true(week_open(&week, SUNDAY, 0, 1));
	assert_true(week_is_ever_open(&week));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_read_in_order_and_written_back),
		cmocka_unit_test(hours_that_cannot_be_are_refused),
		cmocka_unit_test(a_day_has_at_most_sixteen_openings),
		cmocka_unit_test(a_week_without_hours_is_never_open),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
