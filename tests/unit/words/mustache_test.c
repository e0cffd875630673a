#include "words/inner.h"

#include "unit/words/bench.h"

/* Writes a template with values and one part; the values are put in as plain text. */
static bool fill(const char *template, const char *values, const char *part, str *out)
{
	struct part parts = { .name = S("part"), .file = S("parts/part.md"), .text = str_of(part) };
	const struct source source = { .file = S("t.md"), .text = str_of(template), .line = 1 };
	struct findings findings = findings_of(&arena);
	const struct tag *tags = mustache_parse(&arena, &source, &parts, &findings);
	if (findings.n > 0) {
		*out = findings.list[0].message;
		return false;
	}
	const struct json *map = NULL;
	assert_int_equal(json_parse(&arena, str_of(values), 8, &map, NULL), JSON_FINE);
	struct wording wording;
	if (!mustache_write(&arena, tags, map, &wording, out))
		return false;
	*out = wording_fill(&arena, &wording);
	return true;
}

struct row {
	const char *template, *values, *part, *wanted;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		str out = STR_EMPTY;
		bool fine = fill(rows[i].template, rows[i].values,
				 rows[i].part != NULL ? rows[i].part : "", &out);
		if (!fine)
			print_error("row %zu: %.*s\n", i, STR_ARG(out));
		assert_true(fine);
		assert_str(out, rows[i].wanted);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void values_stand_where_their_tags_are(void **state)
{
	static const struct row rows[] = {
		{ "Hello from {Mustache}!\n", "{}", NULL, "Hello from {Mustache}!\n" },
		{ "Hello, {{subject}}!", "{\"subject\":\"world\"}", NULL, "Hello, world!" },
		{ "{{n}} miles", "{\"n\":85}", NULL, "85 miles" },
		{ "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"deep\"}}}", NULL, "deep" },
		{ "| {{ s }} |", "{\"s\":\"---\"}", NULL, "| --- |" },
		{ "  {{s}}\n", "{\"s\":\"---\"}", NULL, "  ---\n" },
		{ "{{due.d}}", "{\"due\":{\"d\":{\"date\":\"2026-12-14\"}}}", NULL,
		  "Monday 14 December 2026" },
		{ "{{s}}", "{\"s\":\"{{t}} & <b> **x**\"}", NULL, "{{t}} & <b> **x**" },
	};
	CHECK(rows);
}

static void sections_follow_the_truth_of_their_value(void **state)
{
	static const struct row rows[] = {
		{ "{{#b}}yes{{/b}}", "{\"b\":true}", NULL, "yes" },
		{ "{{#b}}yes{{/b}}", "{\"b\":false}", NULL, "" },
		{ "{{#b}}yes{{/b}}", "{}", NULL, "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":null}", NULL, "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":\" \"}", NULL, "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":[]}", NULL, "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":{\"date\":\"2026-12-14\"}}", NULL, "yes" },
		{ "{{^b}}no{{/b}}", "{\"b\":false}", NULL, "no" },
		{ "{{^b}}no{{/b}}", "{}", NULL, "no" },
		{ "{{^b}}no{{/b}}", "{\"b\":[]}", NULL, "no" },
		{ "{{^b}}no{{/b}}", "{\"b\":\"x\"}", NULL, "" },
		{ "{{#s}}{{s}}{{/s}}", "{\"s\":\"own\"}", NULL, "own" },
		{ "{{#c}}Hi {{name}}{{/c}}", "{\"c\":{\"name\":\"Joe\"}}", NULL, "Hi Joe" },
		{ "{{#l}}{{n}}{{/l}}", "{\"l\":[{\"n\":1},{\"n\":2},{\"n\":3}]}", NULL, "123" },
		{ "{{#l}}({{.}}){{/l}}", "{\"l\":[\"a\",\"b\"]}", NULL, "(a)(b)" },
		{ "{{#a}}{{#b}}{{c}}{{/b}}{{/a}}", "{\"a\":{},\"b\":{},\"c\":\"outer\"}", NULL,
		  "outer" },
		{ "{{#a}}{{x}}{{/a}}", "{\"a\":{\"x\":\"inner\"},\"x\":\"outer\"}", NULL, "inner" },
		{ "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "{\"b\":true}", NULL, "| A B C D E |" },
	};
	CHECK(rows);
}

static void a_tag_alone_on_its_line_takes_the_line_with_it(void **state)
{
	static const struct row rows[] = {
		{ "| This Is\n{{#b}}\n|\n{{/b}}\n| A Line\n", "{\"b\":true}", NULL,
		  "| This Is\n|\n| A Line\n" },
		{ "| This Is\n  {{#b}}\n|\n  {{/b}}  \n| A Line\n", "{\"b\":true}", NULL,
		  "| This Is\n|\n| A Line\n" },
		{ "|\r\n{{#b}}\r\n{{/b}}\r\n|", "{\"b\":true}", NULL, "|\r\n|" },
		{ "  {{#b}}\n#{{/b}}\n/", "{\"b\":true}", NULL, "#\n/" },
		{ "#{{#b}}\n/\n  {{/b}}", "{\"b\":true}", NULL, "#\n/\n" },
		{ " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", "{\"b\":true}", NULL, " YES\n GOOD\n" },
		{ "Begin.\n{{! Comment }}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "Begin.\n{{!\nTwo lines\n}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "  12 {{! 34 }}\n", "{}", NULL, "  12 \n" },
		{ "{{! block: next }}\nWords\n", "{}", NULL, "Words\n" },
	};
	CHECK(rows);
}

static void parts_are_written_in_place(void **state)
{
	static const struct row rows[] = {
		{ "\"{{>part}}\"", "{}", "from part", "\"from part\"" },
		{ "\"{{>part}}\"", "{\"text\":\"content\"}", "*{{text}}*", "\"*content*\"" },
		{ "| {{>part}} |", "{}", "\t|\t", "| \t|\t |" },
		{ "  {{d}}  {{> part}}\n", "{\"d\":\"|\"}", ">\n>", "  |  >\n>\n" },
		{ "|\r\n{{>part}}\r\n|", "{}", ">", "|\r\n>|" },
		{ "  {{>part}}\n>", "{}", ">\n>", "  >\n  >>" },
		{ ">\n  {{>part}}", "{}", ">\n>", ">\n  >\n  >" },
		{ "\\\n {{>part}}\n/\n", "{\"c\":\"<\\n->\"}", "|\n{{c}}\n|\n",
		  "\\\n |\n <\n->\n |\n/\n" },
		/* Within a line, the part's last line end is left out. */
		{ "a {{> part}}, b", "{}", "few words\n", "a few words, b" },
	};
	CHECK(rows);
}

static void what_is_not_well_formed_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text, *code;
		int line;
	} rows[] = {
		{ "a\n{{b", "template_tag", 2 },
		{ "a\n\n{{{b}}}", "template_tag", 3 },
		{ "{{&b}}", "template_tag", 1 },
		{ "{{=<% %>=}}", "template_tag", 1 },
		{ "{{a b}}", "template_tag", 1 },
		{ "{{a..b}}", "template_tag", 1 },
		{ "{{}}", "template_tag", 1 },
		{ "x\n a }} b", "template_tag", 2 },
		{ "a\n{{#b}}\nc", "template_section", 2 },
		{ "a\n{{#b}}\nc\n{{/d}}", "template_section", 4 },
		{ "\n{{/b}}", "template_section", 2 },
		{ "{{> none}}", "template_part", 1 },
		{ "{{> part}}", "template_part", 3 },
		{ "\n{{! block: nothing }}", "template_block", 2 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct part part = { .name = S("part"),
				     .file = S("part.md"),
				     .text = S("one\ntwo\n{{> part}}\n") };
		const struct source source = { .file = S("t.md"),
					       .text = str_of(rows[i].text),
					       .line = 1 };
		struct findings findings = findings_of(&arena);
		mustache_parse(&arena, &source, &part, &findings);
		assert_finding(&findings, ".md", rows[i].line, rows[i].code);
	}
}

static void a_missing_value_is_named_with_its_file_and_line(void **state)
{
	str out = STR_EMPTY;
	assert_false(fill("one\n{{owner.phone}}", "{\"owner\":{}}", "", &out));
	assert_str(out, "t.md:2: {{owner.phone}} has no value");
	assert_false(fill("{{b}}", "{\"b\":true}", "", &out));
	assert_has(out, "is for a section");
	assert_false(fill("{{b}}", "{\"b\":\"\"}", "", &out));
	assert_has(out, "has no value");
	assert_true(fill("{{#b}}{{b}}{{/b}}.", "{}", "", &out));
	assert_str(out, ".");
}

static void what_never_ends_is_refused(void **state)
{
	struct buf text = buf_of(&arena, 100000);
	for (int i = 0; i < 1000; i++)
		buf_add(&text, S("{{#a}}"));
	str out = STR_EMPTY;
	assert_false(fill(str_z(&arena, buf_str(&text)), "{\"a\":true}", "", &out));
	/* Ten lists of ten, each in each. */
	assert_false(fill("{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}a long enough text{{/l}}{{/l}}{{/l}}"
			  "{{/l}}{{/l}}{{/l}}",
			  "{\"l\":[1,2,3,4,5,6,7,8,9,10]}", "", &out));
	assert_has(out, "too long");
}

static void a_block_needs_words_besides_its_heading(void **state)
{
	static const struct {
		const char *text;
		bool has;
	} rows[] = {
		{ "{{! block: next }}\n## Next\n\nWe write to you.\n", true },
		{ "{{! block: next }}\nWe write to you.\n", true },
		{ "{{! block: next }}\n## Next\n\n{{! block: formats }}\nWords\n", false },
		{ "{{! block: next }}\n## Next\n\n## Other\n\nWords\n", false },
		{ "{{! block: next }}\n## Next\n{{#a}}\nWords\n{{/a}}\n", false },
		{ "{{#a}}{{! block: next }}{{/a}}Words", false },
	};
	const bool wanted[BLOCK_COUNT] = { [BLOCK_NEXT] = true };
	const struct json none = { .type = JSON_MAP };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct source source = { .text = str_of(rows[i].text), .line = 1 };
		struct findings findings = findings_of(&arena);
		const struct tag *tags = mustache_parse(&arena, &source, NULL, &findings);
		struct wording wording;
		str why = STR_EMPTY;
		enum block missing = BLOCK_COUNT;
		assert_true(mustache_write(&arena, tags, &none, &wording, &why));
		assert_int_equal(wording_has_blocks(&wording, wanted, &missing), rows[i].has);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(values_stand_where_their_tags_are, begin),
		cmocka_unit_test_setup(sections_follow_the_truth_of_their_value, begin),
		cmocka_unit_test_setup(a_tag_alone_on_its_line_takes_the_line_with_it, begin),
		cmocka_unit_test_setup(parts_are_written_in_place, begin),
		cmocka_unit_test_setup(what_is_not_well_formed_is_told_with_its_line, begin),
		cmocka_unit_test_setup(a_missing_value_is_named_with_its_file_and_line, begin),
		cmocka_unit_test_setup(what_never_ends_is_refused, begin),
		cmocka_unit_test_setup(a_block_needs_words_besides_its_heading, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
