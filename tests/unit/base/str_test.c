#include "base/str.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static void equal_means_the_same_bytes(void **state)
{
	assert_true(str_eq(S("abc"), S("abc")));
	assert_false(str_eq(S("abc"), S("abd")));
	assert_false(str_eq(S("abc"), S("ab")));
	assert_true(str_eq(STR_EMPTY, S("")));
	assert_true(str_eq(str_of(NULL), STR_EMPTY));
	assert_false(str_eq(S("a\0b"), S("a\0c")));
}

static void order_is_by_bytes_and_the_shorter_comes_first(void **state)
{
	assert_true(str_cmp(S("a"), S("b")) < 0);
	assert_true(str_cmp(S("ab"), S("a")) > 0);
	assert_true(str_cmp(STR_EMPTY, S("a")) < 0);
	assert_true(str_cmp(S("\xC3"), S("z")) > 0);
	assert_int_equal(str_cmp(S("same"), S("same")), 0);
}

static void beginnings_ends_bytes_and_parts_are_found(void **state)
{
	assert_true(str_starts(S("case/1"), S("case/")));
	assert_false(str_starts(S("cas"), S("case/")));
	assert_true(str_starts(STR_EMPTY, STR_EMPTY));
	assert_true(str_ends(S("a.yaml"), S(".yaml")));
	assert_false(str_ends(S("yaml"), S(".yaml")));
	assert_true(str_has_byte(S("a\0b"), '\0'));
	assert_false(str_has_byte(STR_EMPTY, '\0'));
	assert_true(str_is_ascii(STR_EMPTY));
	assert_true(str_is_ascii(S("a\x7F")));
	assert_false(str_is_ascii(S("a\x80")));
	assert_int_equal(str_find(S("banana"), S("nan")), 2);
	assert_int_equal(str_find(S("banana"), S("nab")), 6);
	assert_int_equal(str_find(S("ba"), S("banana")), 2);
	assert_int_equal(str_find(S("banana"), STR_EMPTY), 0);
}

static void trimming_takes_white_space_from_both_ends(void **state)
{
	assert_text(str_trim(S(" \t a b\r\n")), "a b");
	assert_text(str_trim(S(" \n ")), "");
	assert_text(str_trim(STR_EMPTY), "");
}

static void a_cut_is_made_at_the_first_place(void **state)
{
	str head = S("untouched");
	str tail = S("untouched");
	assert_true(str_cut(S("a=b=c"), '=', &head, &tail));
	assert_text(head, "a");
	assert_text(tail, "b=c");
	assert_false(str_cut(S("abc"), '=', &head, &tail));
	assert_text(head, "a");
	assert_true(str_cut(S("="), '=', &head, &tail));
	assert_text(head, "");
	assert_text(tail, "");
	str same = S("x:y");
	assert_true(str_cut(same, ':', &head, &same));
	assert_text(same, "y");
}

static void lines_come_without_their_ends(void **state)
{
	str rest = S("one\r\n\ntwo\nlast");
	str line;
	assert_true(str_line(&rest, &line));
	assert_text(line, "one");
	assert_true(str_line(&rest, &line));
	assert_text(line, "");
	assert_true(str_line(&rest, &line));
	assert_text(line, "two");
	assert_true(str_line(&rest, &line));
	assert_text(line, "last");
	assert_false(str_line(&rest, &line));
	assert_text(line, "last");
}

static void a_carriage_return_that_ends_no_line_is_kept(void **state)
{
	str rest = S("a\r");
	str line;
	assert_true(str_line(&rest, &line));
	assert_text(line, "a\r");
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
	static const struct {
		const char *text;
		bool is_number;
		int64_t number;
	} rows[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "007", true, 7 },
		{ "-12", true, -12 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "99999999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1.0", false, 0 },
		{ "0x10", false, 0 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t number = 4711;
		assert_int_equal(str_to_i64(str_of(rows[i].text), &number), rows[i].is_number);
		assert_int_equal(number, rows[i].is_number ? rows[i].number : 4711);
	}
}

static void numbers_are_written_as_they_are_read(void **state)
{
	static const char *const rows[] = {
		"0", "7", "-7", "1000", "9223372036854775807", "-9223372036854775808"
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t number;
		assert_true(str_to_i64(str_of(rows[i]), &number));
		assert_text(str_int(&arena, number), rows[i]);
	}
	for (int width = 250; width < 262; width++)
		assert_int_equal(str_fmt(&arena, "%*d", width, 1).p[width - 1], '1');
}

static void copies_outlive_what_they_were_made_of(void **state)
{
	char bytes[] = "first";
	str copy = str_copy(&arena, str_of(bytes));
	const char *z = str_z(&arena, str_slice(str_of(bytes), 0, 3));
	memset(bytes, '?', 5);
	assert_text(copy, "first");
	assert_string_equal(z, "fir");
	assert_text(str_join(&arena, S("ab"), S("cd")), "abcd");
	assert_text(str_join(&arena, STR_EMPTY, STR_EMPTY), "");
	assert_text(str_fmt(&arena, "%s-%d", "x", 7), "x-7");
}

static void make_z_of_a_nul(void)
{
	str_z(&arena, S("a\0b"));
}

static void slice_past_the_end(void)
{
	str_slice(S("abc"), 2, 4);
}

static void misuse_ends_the_process(void **state)
{
	assert_true(ends_the_process(make_z_of_a_nul));
	assert_true(ends_the_process(slice_past_the_end));
}

static void a_buffer_grows_up_to_its_maximum(void **state)
{
	struct buf buf = buf_of(&arena, 10000);
	for (int i = 0; i < 1000; i++) {
		buf_add(&buf, S("12345678"));
		buf_byte(&buf, '9');
		buf_fmt(&buf, "%d", 0);
	}
	assert_false(buf.too_long);
	assert_int_equal(buf_str(&buf).n, 10000);
	assert_text(str_slice(buf_str(&buf), 9980, 10000), "12345678901234567890");
	buf_add(&buf, STR_EMPTY);
	assert_false(buf.too_long);
	buf_byte(&buf, 'x');
	assert_true(buf.too_long);
	assert_int_equal(buf_str(&buf).n, 10000);
}

static void what_does_not_fit_is_left_out_with_all_that_follows(void **state)
{
	struct buf buf = buf_of(&arena, 6);
	buf_add(&buf, S("abc"));
	buf_add(&buf, S("defg"));
	buf_add(&buf, S("h"));
	buf_fmt(&buf, "%s", "i");
	assert_true(buf.too_long);
	assert_text(buf_str(&buf), "abc");
}

static void a_long_format_fits_when_the_buffer_has_room(void **state)
{
	struct buf buf = buf_of(&arena, 1000);
	buf_fmt(&buf, "%0500d", 1);
	assert_int_equal(buf_str(&buf).n, 500);
	buf_fmt(&buf, "%0501d", 1);
	assert_true(buf.too_long);
	assert_int_equal(buf_str(&buf).n, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_means_the_same_bytes),
		cmocka_unit_test(order_is_by_bytes_and_the_shorter_comes_first),
		cmocka_unit_test(beginnings_ends_bytes_and_parts_are_found),
		cmocka_unit_test(trimming_takes_white_space_from_both_ends),
		cmocka_unit_test(a_cut_is_made_at_the_first_place),
		cmocka_unit_test(lines_come_without_their_ends),
		cmocka_unit_test(a_carriage_return_that_ends_no_line_is_kept),
		cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
		cmocka_unit_test(numbers_are_written_as_they_are_read),
		cmocka_unit_test(copies_outlive_what_they_were_made_of),
		cmocka_unit_test(misuse_ends_the_process),
		cmocka_unit_test(a_buffer_grows_up_to_its_maximum),
		cmocka_unit_test(what_does_not_fit_is_left_out_with_all_that_follows),
		cmocka_unit_test(a_long_format_fits_when_the_buffer_has_room),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
