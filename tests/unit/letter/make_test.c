#include "letter/inner.h"

#include "base/arena.h"
#include "harness/assert_str.h"
#include "unit/base/check.h"

/* Letters as PDFs: what is refused and with which code, and that nothing of one letter is left in the
 * next. How pages look is measured in tests/whole/pages.py. */

static struct arena arena, shelf;
static struct fonts *fonts;

static int begin_all(void **state)
{
	str why = STR_EMPTY;
	fonts = fonts_open(&shelf, S(FONTS_FOLDER), &why);
	if (fonts == NULL)
		print_error("%.*s\n", STR_ARG(why));
	return fonts == NULL;
}

static int end_all(void **state)
{
	fonts_close(&fonts);
	arena_free(&shelf);
	return 0;
}

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static str passages(const char *text, int times)
{
	struct buf buf = buf_of(&arena, (size_t)1 << 20);
	buf_add(&buf, S("[{\"language\":\"en\",\"passages\":["));
	for (int i = 0; i < times; i++)
		buf_fmt(&buf,
			"%s{\"type\":\"paragraph\",\"spans\":[{\"text\":\"%s\"},"
			"{\"text\":\"our page\",\"href\":\"https://a.example/(x)'y\\\\\"}]}",
			i > 0 ? "," : "", text);
	buf_add(&buf, S("]}]"));
	return buf_str(&buf);
}

static struct letter_ask letter_of(str parts)
{
	static const str lines[] = { { "1 Example Square", 16 }, { "S99 9ZZ", 7 } };
	return (struct letter_ask){
		.id = S("m1"),
		.title = S("A title"),
		.day = { 20801 },
		.reference = S("C-1"),
		.from_name = S("Sheffield City Council"),
		.from_lines = lines,
		.n_from_lines = 2,
		.to_lines = lines,
		.n_to_lines = 2,
		.parts = parts,
	};
}

static struct letter_said answer(const struct letter_ask *ask)
{
	struct letter_said said;
	str frame;
	assert_true(letter_ask_write(&arena, ask, &frame));
	letter_answer(&arena, fonts, str_slice(frame, LETTER_FRAME_HEAD, frame.n), &said);
	assert_true(str_eq(said.id, ask->id));
	assert_true(said.refused == LETTER_NONE ? said.pdf.n > 0 : said.why.n > 0);
	return said;
}

static void the_same_request_gives_the_same_bytes(void **state)
{
	struct letter_ask ask = letter_of(passages("Dear Zoë, 我们 سلام, ", 5));
	const str first = answer(&ask).pdf;
	struct letter_ask other = letter_of(passages("السلام عليكم 2026 你好 নমস্কার", 9));
	other.points = 18;
	assert_int_equal(answer(&other).refused, LETTER_NONE);
	assert_true(str_starts(first, S("%PDF-1.5")));
	/* The second time what recurs is kept, from the third on it is found. */
	for (int i = 0; i < 3; i++) {
		assert_true(str_eq(first, answer(&ask).pdf));
		answer(&other);
	}
}

static bool is_kept(str text, double size)
{
	const struct type type = { .language = "en", .size = size };
	const struct setting setting = { .type = &type, .text = text };
	PangoLayout *layout = shelf_find(fonts_shelf(fonts), shelf_key(&arena, &setting));
	const bool kept = layout != NULL;
	g_clear_object(&layout);
	return kept;
}

/* Its reference stands at the foot of each page; its address stands in both letters of a family. */
static void what_is_one_familys_is_not_kept_in_the_worker(void **state)
{
	struct letter_ask ask = letter_of(passages("A line of text.", 60));
	const str own = S("2 Example Square");
	ask.reference = S("C-2");
	ask.to_lines = &own;
	ask.n_to_lines = 1;
	assert_in_range(answer(&ask).pages, 2, LETTER_PAGES_MAX);
	assert_false(is_kept(ask.reference, 12.5));
	ask.reference = S("C-3");
	answer(&ask);
	assert_false(is_kept(own, 10.5));
	/* What many letters say is, as the sizes here show. */
	assert_true(is_kept(S("Page 1 of 2"), 12.5) || is_kept(S("Page 1 of 3"), 12.5));
}

static void a_character_that_no_font_has_refuses_the_letter(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = { { "smile 🙂", "U+1F642" }, { "private \xEE\x80\x80", "U+E000" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct letter_ask ask = letter_of(passages(rows[i].text, 1));
		const struct letter_said said = answer(&ask);
		assert_int_equal(said.refused, LETTER_MISSING_GLYPH);
		assert_true(str_find(said.why, str_of(rows[i].why)) < said.why.n);
		assert_false(str_find(said.why, S("smile")) < said.why.n);
	}
	struct letter_ask ask = letter_of(passages("a", 1));
	ask.reference = S("🙂");
	assert_int_equal(answer(&ask).refused, LETTER_MISSING_GLYPH);
	const str lines[] = { S("A 🙂"), S("S1 1AA") };
	ask = letter_of(passages("a", 1));
	ask.to_lines = lines;
	assert_int_equal(answer(&ask).refused, LETTER_MISSING_GLYPH);
}

static void more_than_ten_pages_are_refused(void **state)
{
	struct letter_ask ask = letter_of(passages("A line of text.", 200));
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
	assert_in_range(answer(&ask).pages, 5, LETTER_PAGES_MAX);
	ask.points = 28;
	const struct letter_said said = answer(&ask);
	assert_int_equal(said.refused, LETTER_TOO_LONG);
	assert_int_equal(said.pdf.n, 0);
}

static void a_line_that_changes_more_often_than_is_drawn_is_refused(void **state)
{
	struct buf buf = buf_of(&arena, (size_t)1 << 20);
	buf_add(&buf, S("[{\"language\":\"en\",\"passages\":[{\"type\":\"paragraph\",\"spans\":["));
	for (int i = 0; i < 300; i++)
		buf_fmt(&buf,
			"%s{\"text\":\"\xE2\x80\x8D\",\"strong\":true},{\"text\":\"\xE2\x80\x8D\"}",
			i > 0 ? "," : "");
	buf_add(&buf, S("]}]}]"));
	const struct letter_ask ask = letter_of(buf_str(&buf));
	const struct letter_said said = answer(&ask);
	assert_int_equal(said.refused, LETTER_BAD_REQUEST);
	assert_true(str_find(said.why, S("too often")) < said.why.n);
}

static void a_reference_takes_two_lines_of_a_foot_and_no_more(void **state)
{
	struct letter_ask ask = letter_of(passages("a", 1));
	char wide[64 + 40];
	memset(wide, 'W', sizeof wide);
	ask.reference = (str){ wide, 64 };
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
	ask.reference = (str){ wide, sizeof wide };
	assert_int_equal(answer(&ask).refused, LETTER_BAD_REQUEST);
}

static void an_address_that_the_window_cannot_hold_is_refused(void **state)
{
	char wide[121] = { 0 };
	memset(wide, 'W', sizeof wide - 1);
	const str lines[] = { S("A"), str_of(wide), S("S1 1AA") };
	struct letter_ask ask = letter_of(passages("a", 1));
	ask.to_lines = lines;
	ask.n_to_lines = 3;
	assert_int_equal(answer(&ask).refused, LETTER_ADDRESS_SIZE);
}

static void a_logo_is_a_small_png_file(void **state)
{
	static const char *const none[] = { "/nowhere/logo.png", "/etc/passwd", "/dev/null",
					    "/tmp" };
	struct letter_ask ask = letter_of(passages("a", 1));
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		ask.logo = str_of(none[i]);
		assert_int_equal(answer(&ask).refused, LETTER_BAD_LOGO);
	}
}

/* A table of a head and so many rows, all with the same cells. */
static struct letter_ask table_of(const char *cells, const char *align, int rows)
{
	struct buf buf = buf_of(&arena, (size_t)1 << 20);
	buf_fmt(&buf,
		"[{\"language\":\"ur\",\"right_to_left\":true,\"passages\":[{\"type\":\"table\","
		"\"align\":[%s],\"rows\":[[%s]",
		align, cells);
	for (int i = 0; i < rows; i++)
		buf_fmt(&buf, ",[%s]", cells);
	buf_add(&buf, S("]}]}]"));
	return letter_of(buf_str(&buf));
}

#define CELL(text) "{\"spans\":[{\"text\":\"" text "\"}]}"
#define ALIGN "\"start\",\"centre\",\"end\""

/* The structure's tags in a request's items, one after the other. */
static str structure_of(const struct letter_ask *ask)
{
	struct letter_ask read;
	struct letter letter = { .arena = &arena, .fonts = fonts, .ask = &read };
	const struct json *parts = NULL;
	struct buf tags = buf_of(&arena, 10000);
	str frame, why;
	assert_true(letter_ask_write(&arena, ask, &frame));
	assert_true(ask_read(&arena, str_slice(frame, LETTER_FRAME_HEAD, frame.n), &read, &parts,
			     &why));
	letter_set_column(&letter);
	assert_true(story_read(&letter, parts));
	for (const struct item *item = letter.items; item != NULL; item = item->next) {
		if (item->kind == ITEM_OPEN)
			buf_fmt(&tags, "%s ", item->tag);
		if (item->kind == ITEM_PARAGRAPH)
			buf_fmt(&tags, "%s ", item->paragraph->tag);
	}
	shape_free(&letter);
	return buf_str(&tags);
}

static void a_table_has_columns_where_its_words_fit_and_else_is_a_list(void **state)
{
	static const char long_cell[] =
		CELL("one") "," CELL("Llanfairpwllgwyngyllgogerychwyrn") ","
									 "{\"spans\":[]}";
	struct letter_ask ask = table_of(CELL("a") ",{\"spans\":[]}," CELL("c | d"), ALIGN, 1);
	assert_str(structure_of(&ask), "Sect Table TR TH TH TH TR TD TD TD ");
	ask.points = 28;
	assert_str(structure_of(&ask), "Sect P P Sect Table TR TH TH TH TR TD TD TD Sect P P ");
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
	ask = table_of(long_cell, ALIGN, 2);
	assert_str(structure_of(&ask), "Sect Table TR TH TH TH TR TD TD TD TR TD TD TD ");
	ask.points = 24;
	assert_str(structure_of(&ask), "Sect P P Sect L LI LBody LI LBody Sect P P ");
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
	ask = table_of(CELL("alone"), "\"start\"", 1);
	assert_str(structure_of(&ask), "Sect Table TR TH TR TD ");
}

static void a_row_that_no_page_can_hold_makes_a_list(void **state)
{
	struct buf cell = buf_of(&arena, (size_t)1 << 16);
	buf_add(&cell, S("{\"spans\":[{\"text\":\""));
	for (int i = 0; i < 700; i++)
		buf_add(&cell, S("many words "));
	buf_add(&cell, S("\"}]}," CELL("b")));
	struct letter_ask ask = table_of(str_z(&arena, buf_str(&cell)), "\"start\",\"end\"", 1);
	assert_str(structure_of(&ask), "Sect L LI LBody ");
	assert_in_range(answer(&ask).pages, 3, LETTER_PAGES_MAX);
}

static void a_table_beyond_ten_pages_is_refused(void **state)
{
	struct letter_ask ask = table_of(CELL("a") "," CELL("b") "," CELL("c"), ALIGN, 200);
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
	ask.points = 18;
	struct letter_said said = answer(&ask);
	assert_int_equal(said.refused, LETTER_TOO_LONG);
	assert_str(said.why, "more than 10 pages");
	ask = table_of(CELL("a"), "\"start\"", 600);
	said = answer(&ask);
	assert_int_equal(said.refused, LETTER_TOO_LONG);
	assert_str(said.why, "a table has more rows than ten pages hold");
}

static void a_cell_is_looked_at_like_all_words(void **state)
{
	struct letter_ask ask = table_of(CELL("a") "," CELL("b") "," CELL("🙂"), ALIGN, 3);
	assert_int_equal(answer(&ask).refused, LETTER_MISSING_GLYPH);
	ask = table_of(
		CELL(") Tj ET \\\\ ( %PDF") "," CELL("<< /S /JavaScript >>") "," CELL("\\u0009"),
		ALIGN, 3);
	assert_int_equal(answer(&ask).refused, LETTER_NONE);
}

#define NO_TABLE(members) "[{\"language\":\"en\",\"passages\":[{\"type\":\"table\"," members "}]}]"

static void words_that_are_no_tree_are_refused(void **state)
{
	static const char *const trees[] = {
		"[1]",
		"[{\"language\":\"en\",\"passages\":[]}]",
		"[{\"language\":\"en\",\"passages\":[{\"type\":\"image\"}]}]",
		"[{\"passages\":[{\"type\":\"rule\"}]}]",
		"[{\"language\":\"en\",\"passages\":[{\"type\":\"heading\",\"level\":7}]}]",
		"[{\"language\":\"en\",\"passages\":[{\"type\":\"list\",\"items\":[[]]}]}]",
		NO_TABLE("\"align\":[\"start\"],\"rows\":[[{}]]"),
		NO_TABLE("\"align\":[],\"rows\":[[],[]]"),
		NO_TABLE("\"align\":[\"start\"],\"rows\":[[{}],[{},{}]]"),
		NO_TABLE("\"align\":[\"start\"],\"rows\":[[{}],3]"),
		NO_TABLE("\"align\":[\"left\"],\"rows\":[[{}],[{}]]"),
		NO_TABLE("\"align\":[7],\"rows\":[[{}],[{}]]"),
		NO_TABLE("\"rows\":3"),
		"[{\"language\":\"en\",\"passages\":[{\"type\":\"list\",\"start\":-1,\"items\":[]}]}]",
	};
	for (size_t i = 0; i < sizeof trees / sizeof trees[0]; i++) {
		const struct letter_ask ask = letter_of(str_of(trees[i]));
		assert_int_equal(answer(&ask).refused, LETTER_BAD_REQUEST);
	}
}

static void a_font_that_is_not_there_is_named(void **state)
{
	str why = STR_EMPTY;
	assert_null(fonts_open(&arena, S("/nowhere"), &why));
	assert_true(str_find(why, S("/nowhere/truetype/noto/NotoSans-Regular.ttf")) < why.n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_same_request_gives_the_same_bytes, end),
		cmocka_unit_test_teardown(what_is_one_familys_is_not_kept_in_the_worker, end),
		cmocka_unit_test_teardown(a_character_that_no_font_has_refuses_the_letter, end),
		cmocka_unit_test_teardown(more_than_ten_pages_are_refused, end),
		cmocka_unit_test_teardown(a_line_that_changes_more_often_than_is_drawn_is_refused,
					  end),
		cmocka_unit_test_teardown(a_reference_takes_two_lines_of_a_foot_and_no_more, end),
		cmocka_unit_test_teardown(an_address_that_the_window_cannot_hold_is_refused, end),
		cmocka_unit_test_teardown(a_logo_is_a_small_png_file, end),
		cmocka_unit_test_teardown(
			a_table_has_columns_where_its_words_fit_and_else_is_a_list, end),
		cmocka_unit_test_teardown(a_row_that_no_page_can_hold_makes_a_list, end),
		cmocka_unit_test_teardown(a_table_beyond_ten_pages_is_refused, end),
		cmocka_unit_test_teardown(a_cell_is_looked_at_like_all_words, end),
		cmocka_unit_test_teardown(words_that_are_no_tree_are_refused, end),
		cmocka_unit_test_teardown(a_font_that_is_not_there_is_named, end),
	};
	return cmocka_run_group_tests(tests, begin_all, end_all);
}
