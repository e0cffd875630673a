#include "base/yaml.h"

#include "unit/base/check.h"

static struct arena arena;
static struct findings found;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static const struct yaml *parsed(str text)
{
	found = findings_of(&arena);
	const struct yaml *yaml = yaml_parse(&arena, S("f.yaml"), text, &found);
	if (yaml == NULL)
		fail_msg("line %d: %.*s", found.list[0].line, STR_ARG(found.list[0].message));
	assert_int_equal(found.n, 0);
	return yaml;
}

/* The only finding of a text must be this one. */
static void refuses(str text, const char *code, int line)
{
	found = findings_of(&arena);
	const struct yaml *yaml = yaml_parse(&arena, S("f.yaml"), text, &found);
	if (yaml != NULL || found.n != 1 || found.errors != 1)
		fail_msg("%zu findings, not one %s: %.*s", found.n, code, STR_ARG(text));
	assert_text(found.list[0].file, "f.yaml");
	assert_text(found.list[0].code, code);
	assert_int_equal(found.list[0].line, line);
	assert_true(found.list[0].message.n > 0);
}

static void maps_lists_and_texts_are_read_with_their_lines(void **state)
{
	const struct yaml *yaml = parsed(S("# a comment\n"
					   "name: Sheffield\n"
					   "list:\n"
					   "  - one\n"
					   "  - key: two\n"
					   "    other: [a, b]\n"
					   "empty:\n"
					   "flow: {x: 1, y: \"\"}\n"));
	assert_int_equal(yaml->type, YAML_MAP);
	assert_int_equal(yaml->n, 4);
	assert_text(yaml_get(yaml, "name")->text, "Sheffield");
	assert_int_equal(yaml_get(yaml, "name")->line, 2);
	const struct yaml *list = yaml_get(yaml, "list");
	assert_int_equal(list->type, YAML_LIST);
	assert_int_equal(list->n, 2);
	assert_text(list->items[0].text, "one");
	assert_int_equal(list->items[1].line, 5);
	assert_text(list->items[1].members[1].key, "other");
	assert_int_equal(list->items[1].members[1].line, 6);
	assert_text(list->items[1].members[1].value.items[1].text, "b");
	assert_int_equal(yaml_get(yaml, "empty")->type, YAML_TEXT);
	assert_text(yaml_get(yaml, "empty")->text, "");
	assert_int_equal(yaml_get(yaml, "empty")->line, 7);
	assert_text(yaml_get(yaml_get(yaml, "flow"), "y")->text, "");
	assert_null(yaml_get(yaml, "missing"));
	assert_null(yaml_get(NULL, "name"));
	assert_null(yaml_get(list, "name"));
}

static void every_scalar_stays_the_text_it_is(void **state)
{
	const struct yaml *yaml = parsed(
		S("[no, yes, null, ~, 1.10, 0o17, 2026-01-05, \"q: \\\"x\\\"\", "
		  "'it''s', 12:30, .5, true]\n"));
	static const char *const texts[] = { "no",   "yes",   "null",       "~",
					     "1.10", "0o17",  "2026-01-05", "q: \"x\"",
					     "it's", "12:30", ".5",         "true" };
	assert_int_equal(yaml->n, sizeof(texts) / sizeof(texts[0]));
	for (size_t i = 0; i < yaml->n; i++)
		assert_text(yaml->items[i].text, texts[i]);
}

static void block_texts_keep_their_lines(void **state)
{
	const struct yaml *yaml = parsed(
		S("a: |\n  one\n    two\n\n  three\nb: >-\n  folded\n  text\n"));
	assert_text(yaml_get(yaml, "a")->text, "one\n  two\n\nthree\n");
	assert_text(yaml_get(yaml, "b")->text, "folded text");
}

static void an_empty_document_is_an_empty_map(void **state)
{
	static const char *const empty[] = { "",      "\n\n",       "# only words\n",
					     "---\n", "---\n...\n", "{}" };
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		const struct yaml *yaml = parsed(str_of(empty[i]));
		assert_int_equal(yaml->type, YAML_MAP);
		assert_int_equal(yaml->n, 0);
	}
	assert_int_equal(parsed(STR_EMPTY)->n, 0);
	assert_int_equal(parsed(S("''"))->type, YAML_TEXT);
}

static void files_of_other_systems_are_read(void **state)
{
	const struct yaml *yaml = parsed(S("\xEF\xBB\xBF"
					   "a: ż\r\nb: |\r\n  x\r\n  y\r\n"));
	assert_text(yaml_get(yaml, "a")->text, "ż");
	assert_text(yaml_get(yaml, "b")->text, "x\ny\n");
	assert_int_equal(yaml_get(yaml, "b")->line, 2);
}

static void what_is_outside_the_subset_is_refused_by_name(void **state)
{
	refuses(S("a: 1\nb: &x 2\n"), "yaml_anchor", 2);
	refuses(S("a: &x [1]\n"), "yaml_anchor", 1);
	refuses(S("a:\n  - &x {k: v}\n"), "yaml_anchor", 2);
	refuses(S("&x a: 1\n"), "yaml_anchor", 1);
	refuses(S("a: !!str 2\n"), "yaml_tag", 1);
	refuses(S("a: 1\n# ż\nb: ! 2\n"), "yaml_tag", 3);
	refuses(S("a: ! 'x'\n"), "yaml_tag", 1);
	refuses(S("a: ! [b]\n"), "yaml_tag", 1);
	refuses(S("! a: b\n"), "yaml_tag", 1);
	refuses(S("a: !local {k: v}\n"), "yaml_tag", 1);
	refuses(S("a: !!seq\n- 1\n"), "yaml_tag", 1);
	refuses(S("%TAG !e! tag:example.org,2026:\n---\na: 1\n"), "yaml_tag", 1);
	refuses(S("a: 1\n<<: {b: 2}\n"), "yaml_merge_key", 2);
	refuses(S("a: 1\n---\nb: 2\n"), "yaml_second_document", 2);
	refuses(S("a: 1\nb: 2\n\na: 3\n"), "yaml_duplicate_key", 4);
	refuses(S("a:\n  k: 1\n  \"k\": 2\n"), "yaml_duplicate_key", 3);
	refuses(S("? [a, b]\n: 1\n"), "yaml_key", 1);
	refuses(S("a: 1\n? {x: y}\n: 1\n"), "yaml_key", 2);
}

static void an_anchor_and_its_alias_are_both_found(void **state)
{
	found = findings_of(&arena);
	assert_null(yaml_parse(&arena, S("f"), S("a: &x 1\nb: *x\nc: !t 1\nc: 2\n"), &found));
	assert_int_equal(found.n, 4);
	assert_text(found.list[0].code, "yaml_anchor");
	assert_text(found.list[1].code, "yaml_anchor");
	assert_int_equal(found.list[1].line, 2);
	assert_text(found.list[2].code, "yaml_tag");
	assert_text(found.list[3].code, "yaml_duplicate_key");
	assert_non_null(strstr(str_z(&arena, found.list[3].message), "on line 3"));
}

static void what_is_no_yaml_is_refused_with_its_line(void **state)
{
	refuses(S("a: [1, 2\nb: 3\n"), "yaml_syntax", 2);
	refuses(S("a: 1\n\tb: 2\n"), "yaml_syntax", 2);
	refuses(S("a: 'x\n"), "yaml_syntax", 2);
	refuses(S("a: 1\n b: 2\n"), "yaml_syntax", 2);
	refuses(S("a: *unknown\n"), "yaml_anchor", 1);
	refuses(S("a: ok\nb: \xFF\n"), "yaml_not_utf8", 2);
	refuses(S("a: ok\nb: \x01\n"), "yaml_control_character", 2);
	refuses(S("a: \"x\\u0007\"\n"), "yaml_control_character", 1);
	refuses(S("a: 1\n\"k\\0\": 1\n"), "yaml_control_character", 2);
	refuses(S("a: \xC2\x85 1\n"), "yaml_control_character", 1);
	refuses(S("a\0: 1\n"), "yaml_control_character", 1);
	refuses(S("a: 1\rb: 2\n"), "yaml_control_character", 1);
}

static void depth_and_size_have_a_limit(void **state)
{
	parsed(S("[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]"));
	refuses(S("a: 1\nb:\n  [[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]"), "yaml_too_deep", 3);
	struct buf buf = buf_of(&arena, YAML_BYTES_MAX + 1);
	buf_add(&buf, S("a: "));
	while (buf.n < YAML_BYTES_MAX)
		buf_byte(&buf, 'x');
	assert_int_equal(yaml_get(parsed(buf_str(&buf)), "a")->text.n, YAML_BYTES_MAX - 3);
	buf_byte(&buf, 'x');
	refuses(buf_str(&buf), "yaml_too_large", 0);
}

static void many_brackets_and_many_keys_are_read_in_good_time(void **state)
{
	struct buf brackets = buf_of(&arena, YAML_BYTES_MAX);
	while (!brackets.too_long)
		buf_byte(&brackets, '[');
	refuses(buf_str(&brackets), "yaml_too_deep", 1);
	struct buf keys = buf_of(&arena, YAML_BYTES_MAX);
	for (int i = 0; i < 60000; i++)
		buf_fmt(&keys, "key%d: %d\n", i, i);
	const struct yaml *yaml = parsed(buf_str(&keys));
	assert_int_equal(yaml->n, 60000);
	assert_text(yaml->members[59999].value.text, "59999");
}

static void warnings_and_earlier_errors_do_not_refuse_a_file(void **state)
{
	found = findings_of(&arena);
	findings_error(&found, S("other.yaml"), 1, "code", "wrong");
	assert_non_null(yaml_parse(&arena, S("f.yaml"), S("a: 1\n"), &found));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_lists_and_texts_are_read_with_their_lines),
		cmocka_unit_test(every_scalar_stays_the_text_it_is),
		cmocka_unit_test(block_texts_keep_their_lines),
		cmocka_unit_test(an_empty_document_is_an_empty_map),
		cmocka_unit_test(files_of_other_systems_are_read),
		cmocka_unit_test(what_is_outside_the_subset_is_refused_by_name),
		cmocka_unit_test(an_anchor_and_its_alias_are_both_found),
		cmocka_unit_test(what_is_no_yaml_is_refused_with_its_line),
		cmocka_unit_test(depth_and_size_have_a_limit),
		cmocka_unit_test(many_brackets_and_many_keys_are_read_in_good_time),
		cmocka_unit_test(warnings_and_earlier_errors_do_not_refuse_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
