#include "words/inner.h"

#include "unit/words/bench.h"

/* Markdown with one value, {{event.x}} or {{owner.x}}, as a letter. */
static bool convert(const char *text, const char *value, str *out)
{
	struct findings findings = findings_of(&arena);
	const struct source source = { .file = S("t.md"), .text = str_of(text), .line = 1 };
	const struct tag *tags = mustache_parse(&arena, &source, NULL, &findings);
	struct json x = { .type = JSON_TEXT, .text = str_of(value) };
	struct json map = map_with(&arena, NULL, S("x"), x);
	map = map_with(&arena, &map, S("email"), x);
	struct json values = map_with(&arena, NULL, S("event"), map);
	values = map_with(&arena, &values, S("owner"), map);
	struct wording wording;
	assert_true(mustache_write(&arena, tags, &values, &wording, out));
	struct passage *passages = NULL;
	if (!passages_read(&arena, &wording, false, &passages, out))
		return false;
	const struct page page = { .title = S("T"), .language = S("en"), .passages = passages };
	*out = letter_write(&arena, &page);
	return true;
}

static void assert_letter(const char *text, const char *value, const char *wanted)
{
	str out = STR_EMPTY;
	bool fine = convert(text, value, &out);
	if (!fine)
		print_error("%.*s\n", STR_ARG(out));
	assert_true(fine);
	str head = S("[{\"language\":\"en\",\"passages\":[{\"type\":\"heading\",\"level\":1,"
		     "\"spans\":[{\"text\":\"T\"}]},");
	assert_true(str_starts(out, head) && str_ends(out, S("]}]")));
	assert_str(str_slice(out, head.n, out.n - 3), wanted);
}

#define P(spans) "{\"type\":\"paragraph\",\"spans\":[" spans "]}"
#define IN(block, text)                                                                            \
	"{\"block\":\"" block "\",\"type\":\"paragraph\",\"spans\":[{\"text\":\"" text "\"}]}"

static void a_letter_is_a_tree_of_passages(void **state)
{
	assert_letter(
		"## One\n\nTwo *three* **four**\nfive", "",
		"{\"type\":\"heading\",\"level\":2,\"spans\":[{\"text\":\"One\"}]}," P(
			"{\"text\":\"Two \"},{\"text\":\"three\",\"strong\":true},{\"text\":\" \"},"
			"{\"text\":\"four\",\"strong\":true},{\"text\":\" five\"}"));
	assert_letter(
		"3. a\n4. b\n   - c\n\n***", "",
		"{\"type\":\"list\",\"ordered\":true,\"start\":3,\"items\":[[" P("{\"text\":\"a\"}") "],[" P(
			"{\"text\":\"b\"}") ",{\"type\":\"list\",\"ordered\":false,\"items\":[[" P("{\"text\":\"c\"}") "]]}]]},{\"type\":\"rule\"}");
	assert_letter("See [our site](https://a.example/x?y=1&z).", "",
		      P("{\"text\":\"See \"},{\"text\":\"our site\",\"href\":"
			"\"https://a.example/x?y=1&z\"},{\"text\":\".\"}"));
}

static void a_block_goes_from_its_mark_to_the_next_heading_but_its_own(void **state)
{
	assert_letter(
		"a\n\n{{! block: next }}\n## B\n\nc\n\n{{event.x}}\n\n"
		"{{! block: reasons }}\nf\n\n## G\n\nh",
		"d\n\ne",
		P("{\"text\":\"a\"}") ",{\"block\":\"next\",\"type\":\"heading\",\"level\":2,"
				      "\"spans\":[{\"text\":\"B\"}]}," IN("next", "c") "," IN(
					      "next",
					      "d") "," IN("next",
							  "e") "," IN("reasons",
								      "f") ",{\"type\":"
									   "\"heading\","
									   "\"level\":2,"
									   "\"spans\":[{"
									   "\"text\":"
									   "\"G\"}]}," P(
										   "{\"text\":\"h\"}"));
}

static void a_value_never_becomes_markup(void **state)
{
	static const char *const hostile[] = {
		"# heading",
		"- item",
		"**bold**",
		"[x](javascript:alert(1))",
		"<script>alert(1)</script>",
		"1. one",
		"***",
		"&amp; &lt;",
		"`code`",
		"![i](https://a.example)",
		"{{event.x}} {{> part}}",
		"a\\",
	};
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		struct buf wanted = buf_of(&arena, 1000);
		struct json_writer w = { .buf = &wanted };
		json_put_text(&w, str_of(hostile[i]));
		str whole = str_fmt(&arena, P("{\"text\":%.*s}"), STR_ARG(buf_str(&wanted)));
		assert_letter("{{event.x}}", hostile[i], str_z(&arena, whole));
	}
	assert_letter("**{{event.x}}**", "a ** b", P("{\"text\":\"a ** b\",\"strong\":true}"));
}

static void lines_of_a_value_stay_lines(void **state)
{
	assert_letter("Why: {{event.x}} End.", "one\ntwo\n\nthree\n",
		      P("{\"text\":\"Why: one\"},{\"text\":\"\\n\"},{\"text\":\"two\"}") "," P(
			      "{\"text\":\"three End.\"}"));
	assert_letter("## {{event.x}}", "one\n\ntwo",
		      "{\"type\":\"heading\",\"level\":2,\"spans\":[{\"text\":\"one  two\"}]}");
}

static void a_value_cannot_turn_the_text_around_it(void **state)
{
	assert_letter("{{event.x}} gone", "a\u202Eb\u2066c", P("{\"text\":\"abc gone\"}"));
	assert_letter("Dear {{event.x}},", "سارة", P("{\"text\":\"Dear \u2068سارة\u2069,\"}"));
}

static void a_link_goes_only_where_it_may(void **state)
{
	static const char *const texts[] = {
		"[x](javascript:alert)", "[x](http://a.example)",     "[x](//a.example)",
		"[x]({{event.x}})",      "[x](https://{{event.x}}/)", "[x](mailto:{{owner.email}})",
	};
	static const char *const values[] = {
		"", "", "", "https://a.example", "evil.example", "a@b.example\" onclick=\"x"
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		str why = STR_EMPTY;
		assert_false(convert(texts[i], values[i], &why));
		assert_has(why, "link");
	}
	assert_letter("[{{owner.email}}](mailto:{{owner.email}})", "a@b.example",
		      P("{\"text\":\"a@b.example\",\"href\":\"mailto:a@b.example\"}"));
}

#define CELL(text) "{\"spans\":[{\"text\":\"" text "\"}]}"
#define TABLE(align, rows) "{\"type\":\"table\",\"align\":[" align "],\"rows\":[" rows "]}"
#define START "\"start\""

static void rows_between_bars_are_a_table(void **state)
{
	assert_letter("| A | B | C |\n| --- | :-: | --: |\n| 1 |  | **3** |", "",
		      TABLE(START ",\"centre\",\"end\"",
			    "[" CELL("A") "," CELL("B") "," CELL("C") "],[" CELL(
				    "1") ",{\"spans\":[]},"
					 "{\"spans\":[{\"text\":\"3\",\"strong\":true}]}]"));
	/* Without the bars at the ends, and with one column. */
	assert_letter("A | B\n--- | ---\n1 | 2", "",
		      TABLE(START "," START,
			    "[" CELL("A") "," CELL("B") "],[" CELL("1") "," CELL("2") "]"));
	assert_letter("a\n\n| A |\n| - |\n| 1 |\n\nb", "",
		      P("{\"text\":\"a\"}") "," TABLE(
			      START, "[" CELL("A") "],[" CELL("1") "]") "," P("{\"text\":\"b\"}"));
	/* A list that is empty leaves only the head. */
	assert_letter("a\n\n| A |\n| --- |\n{{#event.none}}\n| {{.}} |\n{{/event.none}}\n\nb", "",
		      P("{\"text\":\"a\"}") "," P("{\"text\":\"b\"}"));
}

static void a_value_in_a_cell_stays_in_it(void **state)
{
	assert_letter("| A | B |\n| --- | --- |\n| x {{event.x}} | 2 |", "1 | 2\n| --- |\n\n**3**",
		      TABLE(START "," START,
			    "[" CELL("A") "," CELL("B") "],[{\"spans\":[{\"text\":\"x 1 | 2\"},"
							"{\"text\":\"\\n\"},{\"text\":\"| --- |\"},"
							"{\"text\":\"\\n\"},"
							"{\"text\":\"**3**\"}]}," CELL("2") "]"));
	assert_letter("| A |\n| --- |\n| [us](https://a.example) {{event.x}} |", "call",
		      TABLE(START, "[" CELL("A") "],[{\"spans\":[{\"text\":\"us\",\"href\":"
						 "\"https://a.example\"},{\"text\":\" call\"}]}]"));
}

static void a_table_that_is_none_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text;
		int line;
		bool rendered; /* it shows in the words as well */
	} rows[] = {
		{ "a\n\n| a | b |\n| 1 | 2 |", 12, false },
		{ "a\n| a | b |\n| --- | --- |\n| 1 | 2 |", 11, false },
		{ "| a | b |\n| --- |\n| 1 | 2 |", 10, true },
		{ "| a | b |\n| --- | --- |\n| 1 |", 12, true },
		{ "| a | b |\n| --- | --- |\n| 1 | 2 \\| 3 |", 12, true },
		{ "| a | b |\n| --- | --- |\n| 1 | 2 |\ntext", 13, true },
		{ "| a |  |\n| --- | --- |\n| 1 | 2 |", 10, false },
		{ "- b\n\n  | a |\n  | --- |\n  | 1 |", 12, true },
		{ "|1|2|3|4|5|6|7|8|9|a|b|c|d|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|\n"
		  "|1|2|3|4|5|6|7|8|9|a|b|c|d|",
		  10, true },
		{ "| a |\n| --- |\n\ntext\n\n| 1 |", 15, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct source outline = { .file = S("t.md"),
						.text = str_of(rows[i].text),
						.line = 10 };
		struct findings findings = findings_of(&arena);
		str why = STR_EMPTY;
		markdown_check(&outline, &findings);
		assert_finding(&findings, "t.md", rows[i].line, "template_markdown");
		if (rows[i].rendered)
			assert_false(convert(rows[i].text, "", &why));
	}
	/* A section around rows leaves empty lines where its tags are. */
	const struct source outline = {
		.file = S("t.md"),
		.text = S("| a | b |\n| --- | --- |\n\n| 1 | 2 |\n\n| 3 | 4 |"),
		.line = 10
	};
	struct findings findings = findings_of(&arena);
	markdown_check(&outline, &findings);
	assert_int_equal(findings.n, 0);
}

static void markdown_that_cannot_be_shown_everywhere_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *code;
		int line;
	} rows[] = {
		{ "a\n\n> quote", "template_markdown", 12 },
		{ "a\n\n    code", "template_markdown", 12 },
		{ "```\ncode\n```", "template_markdown", 10 },
		{ "a `b`", "template_markdown", 10 },
		{ "a\n<b>x</b>", "template_markdown", 11 },
		{ "<div>\nx\n</div>", "template_markdown", 10 },
		{ "a ![x](https://a.example)", "template_markdown", 10 },
		{ "# Title", "template_heading", 10 },
		{ "## A\n\n#### B", "template_heading", 12 },
		{ "a\n\n[x](ftp://a.example)", "template_link", 12 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct source outline = { .file = S("t.md"),
						.text = str_of(rows[i].text),
						.line = 10 };
		struct findings findings = findings_of(&arena);
		markdown_check(&outline, &findings);
		assert_finding(&findings, "t.md", rows[i].line, rows[i].code);
		str why = STR_EMPTY;
		if (str_eq(str_of(rows[i].code), S("template_markdown")))
			assert_false(convert(rows[i].text, "", &why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_letter_is_a_tree_of_passages, begin),
		cmocka_unit_test_setup(a_block_goes_from_its_mark_to_the_next_heading_but_its_own,
				       begin),
		cmocka_unit_test_setup(a_value_never_becomes_markup, begin),
		cmocka_unit_test_setup(lines_of_a_value_stay_lines, begin),
		cmocka_unit_test_setup(a_value_cannot_turn_the_text_around_it, begin),
		cmocka_unit_test_setup(a_link_goes_only_where_it_may, begin),
		cmocka_unit_test_setup(rows_between_bars_are_a_table, begin),
		cmocka_unit_test_setup(a_value_in_a_cell_stays_in_it, begin),
		cmocka_unit_test_setup(a_table_that_is_none_is_refused_with_its_line, begin),
		cmocka_unit_test_setup(
			markdown_that_cannot_be_shown_everywhere_is_refused_with_its_line, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
