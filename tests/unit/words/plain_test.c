#include "words/inner.h"

#include "unit/words/bench.h"

/* Markdown without values as plain text, without the title. */
static str plain(const char *markdown)
{
	const struct wording wording = { .text = str_of(markdown) };
	struct passage *passages = NULL;
	str why = STR_EMPTY;
	assert_true(passages_read(&arena, &wording, false, &passages, &why));
	const struct page page = { .title = S("T"), .language = S("en"), .passages = passages };
	str text = plain_write(&arena, &page);
	assert_true(str_starts(text, S("T\n\n")));
	return str_slice(text, 3, text.n);
}

static void headings_stand_alone_and_paragraphs_apart(void **state)
{
	assert_str(plain("## Größe\n\nOne\ntwo\n\n### Third\n\nEnd"),
		   "\nGröße\n\nOne two\n\n\nThird\n\nEnd\n");
}

static void lines_break_before_column_72_and_only_at_spaces(void **state)
{
	str text = plain(
		"aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaa "
		"bbbb\n\nhttps://a.example/"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_str(text,
		   "aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaa\n"
		   "bbbb\n\nhttps://a.example/"
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		   "\n");
	text = plain(
		"aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaa on 0114 496 0000.");
	assert_str(text, "aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaaaa aaaaaaaa on\n"
			 "0114 496 0000.\n");
}

static void lists_keep_their_marks_and_hang(void **state)
{
	assert_str(plain("- one\n- two, which is long enough to be broken over two lines of this "
			 "other text\n\n9. a\n10. b\n    - c"),
		   "- one\n- two, which is long enough to be broken over two lines of this other\n"
		   "  text\n\n9. a\n10. b\n    - c\n");
}

static void a_link_says_its_address_once(void **state)
{
	assert_str(plain("See [the list](https://a.example/x)."),
		   "See the list: https://a.example/x.\n");
	assert_str(plain("[https://a.example/](https://a.example/)"), "https://a.example/\n");
	assert_str(plain("[me@a.example](mailto:me@a.example)"), "me@a.example\n");
	assert_str(plain("[write to us](mailto:me@a.example)"), "write to us: me@a.example\n");
	assert_str(plain("[0114 496 0000](tel:01144960000)"), "0114 496 0000\n");
	assert_str(plain("[us](tel:01144960000)"), "us: 01144960000\n");
}

static void each_cell_of_a_table_is_a_line_with_its_column(void **state)
{
	assert_str(
		plain("a\n\n| What | By when |\n| --- | --: |\n| one | [us](tel:0114) |\n| two |  |\n"
		      "| three, which is long enough to be broken over two lines of this text | 3 |\n\nb"),
		"a\n\nWhat: one\nBy when: us: 0114\n\nWhat: two\n\n"
		"What: three, which is long enough to be broken over two lines of this\n"
		"  text\nBy when: 3\n\nb\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(headings_stand_alone_and_paragraphs_apart, begin),
		cmocka_unit_test_setup(lines_break_before_column_72_and_only_at_spaces, begin),
		cmocka_unit_test_setup(lists_keep_their_marks_and_hang, begin),
		cmocka_unit_test_setup(a_link_says_its_address_once, begin),
		cmocka_unit_test_setup(each_cell_of_a_table_is_a_line_with_its_column, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
