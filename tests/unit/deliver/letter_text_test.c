#include "unit/deliver/desk.h"

static str text_of(const char *passages)
{
	const str tree = str_fmt(&desk.arena, "[{\"language\":\"en\",\"passages\":%s}]", passages);
	return letter_text(&desk.arena, tree);
}

static void parts_are_set_apart(void **state)
{
	const str text = letter_text(
		&desk.arena,
		S("[{\"language\":\"pl\",\"passages\":[{\"type\":\"paragraph\",\"spans\":["
		  "{\"text\":\"Dzień dobry\"}]}]},{\"language\":\"en\",\"passages\":["
		  "{\"type\":\"paragraph\",\"spans\":[{\"text\":\"Good day\"}]}]}]"));
	assert_str(text, "Dzień dobry\n\n* * *\nGood day\n");
}

static void headings_stand_alone(void **state)
{
	assert_str(text_of("[{\"type\":\"heading\",\"level\":1,\"spans\":[{\"text\":\"Zoë\"}]},"
			   "{\"type\":\"heading\",\"level\":2,\"spans\":[{\"text\":\"Next\"}]}]"),
		   "Zoë\n\n\nNext\n");
}

static void lists_hang_behind_their_marks(void **state)
{
	assert_str(text_of("[{\"type\":\"list\",\"ordered\":true,\"start\":9,\"items\":["
			   "[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"one\"}]}],"
			   "[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"two\"}]}]]},"
			   "{\"type\":\"list\",\"ordered\":false,\"items\":["
			   "[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"three\"}]}]]}]"),
		   "  9. one\n 10. two\n\n  - three\n");
}

static void each_cell_of_a_table_stands_behind_its_head(void **state)
{
	assert_str(text_of("[{\"type\":\"table\",\"align\":[\"start\",\"end\"],\"rows\":["
			   "[{\"spans\":[{\"text\":\"What\"}]},{\"spans\":[{\"text\":\"Who\"}]}],"
			   "[{\"spans\":[{\"text\":\"a\"}]},{\"spans\":[{\"text\":\"b\"}]}],"
			   "[{\"spans\":[{\"text\":\"c\"}]},{\"spans\":[]}]]}]"),
		   "What: a\nWho: b\n\nWhat: c\n");
}

static void a_link_shows_where_it_leads(void **state)
{
	assert_str(text_of("[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"See \"},"
			   "{\"text\":\"our page\",\"href\":\"https://a.example/\"}]}]"),
		   "See our page (https://a.example/)\n");
}

static void no_line_is_wider_than_the_page_but_for_a_single_word(void **state)
{
	const str text = text_of(
		"[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü "
		"ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü ä ö ü\"}]}]");
	str line, rest = text;
	int n = 0;

	while (str_line(&rest, &line)) {
		size_t columns = 0;

		for (size_t i = 0; i < line.n; i++)
			columns += ((unsigned char)line.p[i] & 0xC0) != 0x80;
		assert_true(columns <= 72);
		n++;
	}
	assert_int_equal(n, 2);
}

static void a_line_break_in_a_text_stays(void **state)
{
	assert_str(text_of("[{\"type\":\"paragraph\",\"spans\":[{\"text\":\"a\\nb\"}]}]"),
		   "a\nb\n");
}

static void what_is_no_tree_gives_no_text(void **state)
{
	assert_int_equal(letter_text(&desk.arena, STR_EMPTY).n, 0);
	assert_int_equal(letter_text(&desk.arena, S("{}")).n, 0);
	assert_int_equal(letter_text(&desk.arena, S("[")).n, 0);
	assert_int_equal(text_of("[]").n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(headings_stand_alone),
		DESK_TEST(lists_hang_behind_their_marks),
		DESK_TEST(each_cell_of_a_table_stands_behind_its_head),
		DESK_TEST(a_link_shows_where_it_leads),
		DESK_TEST(no_line_is_wider_than_the_page_but_for_a_single_word),
		DESK_TEST(a_line_break_in_a_text_stays),
		DESK_TEST(parts_are_set_apart),
		DESK_TEST(what_is_no_tree_gives_no_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
