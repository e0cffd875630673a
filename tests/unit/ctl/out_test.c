#include "ctl/inner.h"

#include "harness/assert_str.h"

static struct arena arena;

static str wrapped(const char *head, str text)
{
	struct buf out = buf_of(&arena, 65536);

	text_wrap(&out, str_of(head), text);
	return buf_str(&out);
}

static void a_paragraph_hangs_behind_its_head(void **state)
{
	const str text = wrapped("  due  ",
				 S("one two three four five six seven eight nine ten eleven twelve "
				   "thirteen fourteen fifteen"));

	assert_str(text, "  due  one two three four five six seven eight nine ten eleven twelve "
			 "thirteen\n       fourteen fifteen\n");
}

static void columns_are_letters_not_bytes(void **state)
{
	struct buf word = buf_of(&arena, 1024);

	for (int i = 0; i < 39; i++)
		buf_add(&word, S("é"));
	const str pair = str_fmt(&arena, "%.*s %.*sé", STR_ARG(buf_str(&word)),
				 STR_ARG(buf_str(&word)));

	assert_int_equal(wrapped("", pair).n, pair.n + 1);
}

static void a_word_that_is_too_wide_is_not_broken(void **state)
{
	const str id = str_fmt(&arena, "%0100d", 7);
	const str text = wrapped("  ", str_fmt(&arena, "see %.*s now", STR_ARG(id)));

	assert_true(str_find(text, id) < text.n);
}

static void what_events_say_cannot_steer_the_terminal(void **state)
{
	assert_str(wrapped("", S("a\033[2Jb\rc")), "a?[2Jb?c\n");
	assert_str(text_clean(&arena, S("a\xff\033"
					"b\n")),
		   "a??b\n");
	assert_str(text_clean(&arena, S("Zoë\n")), "Zoë\n");
}

static void a_text_is_cleaned_whole_however_long_it_is(void **state)
{
	const size_t n = OUT_BYTES_MAX + 1;
	char *long_one = TAKE(&arena, char, n);

	memset(long_one, 'x', n);
	assert_int_equal(text_clean(&arena, (str){ long_one, n }).n, n);
}

static void an_empty_paragraph_is_its_head(void **state)
{
	assert_str(wrapped("  x", STR_EMPTY), "  x\n");
}

static void times_are_local_where_the_zone_is_known(void **state)
{
	struct ctl ctl = { 0 };
	instant at;

	assert_true(instant_parse(S("2026-07-06T08:05:59Z"), &at));
	assert_str(out_time(&ctl, &arena, at), "2026-07-06 08:05Z");
	assert_int_equal(zone_read(&arena, S("Europe/London"), &ctl.zone), OK);
	assert_str(out_time(&ctl, &arena, at), "2026-07-06 09:05");
	assert_str(out_time(&ctl, &arena, INSTANT_NEVER), "");
}

static void a_list_grows_and_keeps_what_it_holds(void **state)
{
	int *list = NULL;
	size_t n = 0;

	for (int i = 0; i < 1000; i++)
		*ADD(&arena, list, n) = i;
	assert_int_equal(n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
}

static int clear_arena(void **state)
{
	arena_clear(&arena);
	return 0;
}

#define OUT_TEST(name) cmocka_unit_test_setup(name, clear_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OUT_TEST(a_paragraph_hangs_behind_its_head),
		OUT_TEST(columns_are_letters_not_bytes),
		OUT_TEST(a_word_that_is_too_wide_is_not_broken),
		OUT_TEST(what_events_say_cannot_steer_the_terminal),
		OUT_TEST(a_text_is_cleaned_whole_however_long_it_is),
		OUT_TEST(an_empty_paragraph_is_its_head),
		OUT_TEST(times_are_local_where_the_zone_is_known),
		OUT_TEST(a_list_grows_and_keeps_what_it_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
