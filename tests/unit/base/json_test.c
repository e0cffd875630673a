#include "base/json.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static const struct json *parsed(str bytes)
{
	const struct json *json = NULL;
	str where = STR_EMPTY;
	enum json_fault fault = json_parse(&arena, bytes, 16, &json, &where);
	if (fault != JSON_FINE)
		fail_msg("fault %d at %.*s in: %.*s", (int)fault, STR_ARG(where), STR_ARG(bytes));
	return json;
}

static str written(const struct json *json)
{
	struct buf *buf = TAKE(&arena, struct buf, 1);
	*buf = buf_of(&arena, 1 << 20);
	struct json_writer writer = { .buf = buf };
	json_put(&writer, json);
	return buf_str(buf);
}

static str canonical(str bytes)
{
	struct buf *buf = TAKE(&arena, struct buf, 1);
	*buf = buf_of(&arena, 1 << 20);
	json_canonical(buf, parsed(bytes));
	return buf_str(buf);
}

static void a_document_is_written_as_it_was_read_in_its_order(void **state)
{
	str text = S("{\"z\":[1,-2,true,false,null,{}],\"a\":{\"c\":\"x\\\"\\\\\\n\\t/\",\"b\":[]},"
		     "\"\":9223372036854775807,\"n\":-9223372036854775808,\"ż\":\"😀\",\"r\":0.5}");
	assert_text(written(parsed(text)), text.p);
}

static void any_type_may_stand_at_the_top(void **state)
{
	assert_int_equal(parsed(S("null"))->type, JSON_NULL_);
	assert_true(parsed(S(" true "))->boolean);
	assert_int_equal(parsed(S("-0"))->integer, 0);
	assert_text(parsed(S("\"a\""))->text, "a");
	assert_int_equal(parsed(S("1.5"))->type, JSON_REAL_);
	assert_int_equal(parsed(S("[]"))->list.n, 0);
	assert_int_equal(parsed(S("{}"))->map.n, 0);
}

static void members_are_found_by_type_or_give_the_default(void **state)
{
	const struct json *map = parsed(
		S("{\"t\":\"x\",\"i\":7,\"b\":true,\"l\":[1,2],\"o\":null}"));
	assert_text(json_text(map, "t"), "x");
	assert_text(json_text(map, "i"), "");
	assert_int_equal(json_int(map, "i", -1), 7);
	assert_int_equal(json_int(map, "t", -1), -1);
	assert_int_equal(json_int(map, "missing", -1), -1);
	assert_true(json_bool(map, "b", false));
	assert_true(json_bool(map, "o", true));
	const struct json *items = map;
	assert_int_equal(json_list(map, "l", &items), 2);
	assert_int_equal(items[1].integer, 2);
	assert_int_equal(json_list(map, "t", &items), 0);
	assert_null(items);
	assert_null(json_get(map, "missing"));
	assert_null(json_get(NULL, "t"));
	assert_null(json_get(json_get(map, "t"), "t"));
	assert_non_null(json_get_str(map, S("o")));
}

static void faults_are_told_apart_and_have_a_place(void **state)
{
	const struct {
		str text;
		enum json_fault fault;
		const char *where;
	} rows[] = {
		{ S("{\"a\":\"\xFF\"}"), JSON_NOT_UTF8, "line 1, column 7" },
		{ S("{\"é\":\n\"a\xED\xA0\x80\"}"), JSON_NOT_UTF8, "line 2, column 3" },
		{ S(""), JSON_NOT_JSON, NULL },
		{ S("{"), JSON_NOT_JSON, NULL },
		{ S("{\"a\":1,}"), JSON_NOT_JSON, NULL },
		{ S("{\"a\":1} x"), JSON_NOT_JSON, NULL },
		{ S("{'a':1}"), JSON_NOT_JSON, NULL },
		{ S("{\n  \"a\": 1\n  \"b\": 2\n}"), JSON_NOT_JSON, "line 3, column 5" },
		{ S("[01]"), JSON_NOT_JSON, NULL },
		{ S("[NaN]"), JSON_NOT_JSON, NULL },
		{ S("[1e999]"), JSON_NOT_JSON, NULL },
		{ S("[9223372036854775808]"), JSON_NOT_JSON, NULL },
		{ S("[\"a\nb\"]"), JSON_NOT_JSON, NULL },
		{ S("[\"\\ud800\"]"), JSON_NOT_JSON, NULL },
		{ S("[\"\\u12\"]"), JSON_NOT_JSON, NULL },
		{ S("[\"\\x\"]"), JSON_NOT_JSON, NULL },
		{ S("[\"\\"), JSON_NOT_JSON, NULL },
		{ S("\xEF\xBB\xBF{}"), JSON_NOT_JSON, NULL },
		{ S("{\"a\":1,\"b\":{\"a\":1,\"a\":2}}"), JSON_DUPLICATE_KEY, NULL },
		{ S("{\"a\":1,\"\\u0061\":2}"), JSON_DUPLICATE_KEY, NULL },
		{ S("[[[[[1]]]]]"), JSON_TOO_DEEP, "line 1, column 5" },
		{ S("[[[[{\"a\":1}]]]]"), JSON_TOO_DEEP, "line 1, column 5" },
		{ S("[[[[[[[[[["), JSON_TOO_DEEP, NULL },
		{ S("{\n\"ż\":\"x\x01\"}"), JSON_CONTROL_CHARACTER, "line 2, column 7" },
		{ S("[1,\x01 2]"), JSON_CONTROL_CHARACTER, "line 1, column 4" },
		{ S("[\"\0\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"ab\\u0000\"]"), JSON_CONTROL_CHARACTER, "line 1, column 5" },
		{ S("{\"\\u0000\":1}"), JSON_CONTROL_CHARACTER, NULL },
		{ S("{\"k\\b\":1}"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\r\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\f\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\x7F\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\xC2\x85\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\u0085\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\xE2\x80\xA8\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\u2029\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\ufdd0\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\xEF\xBF\xBF\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\\uD83F\\uDFFE\"]"), JSON_CONTROL_CHARACTER, NULL },
		{ S("[\"\xF0\x9F\xBF\xBE\"]"), JSON_CONTROL_CHARACTER, NULL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct json *untouched = NULL;
		str where = STR_EMPTY;
		enum json_fault fault = json_parse(&arena, rows[i].text, 4, &untouched, &where);
		if (fault != rows[i].fault)
			fail_msg("fault %d, not %d: %.*s", (int)fault, (int)rows[i].fault,
				 STR_ARG(rows[i].text));
		assert_null(untouched);
		assert_true(str_starts(where, S("line ")));
		if (rows[i].where != NULL)
			assert_text(where, rows[i].where);
		assert_int_equal(json_parse(&arena, rows[i].text, 4, &untouched, NULL), fault);
	}
}

static void a_whole_number_is_one_however_it_is_written(void **state)
{
	const str rows[] = { S("4"), S("4.0"), S("4e0"), S("40E-1"), S("0.4e+1") };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(parsed(rows[i])->type, JSON_INT);
		assert_int_equal(parsed(rows[i])->integer, 4);
	}
	assert_int_equal(parsed(S("-0.0"))->type, JSON_INT);
	assert_int_equal(parsed(S("4.5"))->type, JSON_REAL_);
	assert_int_equal(parsed(S("1e300"))->type, JSON_REAL_);
}

static void text_that_only_looks_like_a_fault_is_fine(void **state)
{
	assert_text(parsed(S("\"[[[[[[[[[[[[[[[[[[[[[[[[[\""))->text, "[[[[[[[[[[[[[[[[[[[[[[[[[");
	assert_text(parsed(S("\"\\\\u0000\""))->text, "\\u0000");
	assert_text(parsed(S("\"\\\\\\\"{\""))->text, "\\\"{");
	assert_text(
		parsed(S("\"a\\n\\tb\\/\\ud83d\\ude00\xE2\x80\x99\xC2\xA3\xEF\xBC\x81\""))->text,
		"a\n\tb/😀’£！");
	assert_int_equal(parsed(S("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"))->list.n, 1);
	assert_int_equal(parsed(S("\r\n\t [1 ,\r\n2]\n"))->list.n, 2);
}

static void ten_thousand_brackets_end_neither_the_stack_nor_the_process(void **state)
{
	struct buf buf = buf_of(&arena, 20000);
	for (int i = 0; i < 10000; i++)
		buf_byte(&buf, '[');
	for (int i = 0; i < 10000; i++)
		buf_byte(&buf, ']');
	const struct json *json;
	assert_int_equal(json_parse(&arena, buf_str(&buf), 100000, &json, NULL), JSON_TOO_DEEP);
	assert_int_equal(json_parse(&arena, buf_str(&buf), 16, &json, NULL), JSON_TOO_DEEP);
}

static void the_writer_puts_the_commas(void **state)
{
	struct buf buf = buf_of(&arena, 1000);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "a", S("1"));
	json_key(&w, "list");
	json_open_list(&w);
	json_open_list(&w);
	json_close_list(&w);
	json_open(&w);
	json_close(&w);
	json_put_int(&w, INT64_MIN);
	json_put_int(&w, 0);
	json_put_bool(&w, false);
	json_put_null(&w);
	json_put_raw(&w, S("[1]"));
	json_put_text(&w, STR_EMPTY);
	json_close_list(&w);
	json_add_int(&w, "i", 12);
	json_add_bool(&w, "b", true);
	json_key_str(&w, S("q\""));
	json_put_null(&w);
	json_close(&w);
	assert_text(buf_str(&buf), "{\"a\":\"1\",\"list\":[[],{},-9223372036854775808,0,false,null,"
				   "[1],\"\"],\"i\":12,\"b\":true,\"q\\\"\":null}");
}

static void texts_get_the_shortest_escapes_and_come_back(void **state)
{
	struct buf buf = buf_of(&arena, 1000);
	struct json_writer w = { .buf = &buf };
	json_put_text(&w, S("\"\\/\b\f\n\r\t\x01\x1F\x7F<é"));
	assert_text(buf_str(&buf), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F<é\"");
}

static void what_needs_an_escape_gets_it_wherever_it_stands(void **state)
{
	for (size_t n = 1; n < 40; n++) {
		for (size_t at = 0; at < n; at++) {
			struct buf text = buf_of(&arena, 100), wanted = buf_of(&arena, 100);
			for (size_t i = 0; i < n; i++) {
				buf_add(&text, i != at ? S("\xC3") : S("\""));
				buf_add(&wanted, i != at ? S("\xC3") : S("\\\""));
			}
			struct buf buf = buf_of(&arena, 1000);
			struct json_writer w = { .buf = &buf };
			json_put_text(&w, buf_str(&text));
			str inner = buf_str(&buf);
			assert_true(str_eq(str_slice(inner, 1, inner.n - 1), buf_str(&wanted)));
		}
		arena_clear(&arena);
	}
}

static void a_list_of_documents_starts_each_without_a_comma(void **state)
{
	struct buf buf = buf_of(&arena, 1000);
	struct json_writer first = { .buf = &buf };
	json_put_int(&first, 1);
	buf_byte(&buf, '\n');
	struct json_writer second = { .buf = &buf };
	json_put_int(&second, 2);
	assert_text(buf_str(&buf), "1\n2");
}

static void what_is_cleaned_later_may_hold_control_characters(void **state)
{
	const struct json *json = NULL;
	str escaped = S("[\"a\\u0000b\\u0007\\ud83d\\ude00\\u0085\"]"), raw = S("[\"a\x01\"]");
	assert_int_equal(json_parse(&arena, escaped, 4, &json, NULL), JSON_CONTROL_CHARACTER);
	assert_int_equal(json_parse_unclean(&arena, escaped, 4, &json), JSON_FINE);
	assert_memory_equal(json->list.items[0].text.p, "a\0b\a\xF0\x9F\x98\x80\xC2\x85", 10);
	assert_int_equal(json_parse_unclean(&arena, raw, 4, &json), JSON_NOT_JSON);
	assert_int_equal(json_parse_unclean(&arena, S("[[[[[1]]]]]"), 4, &json), JSON_TOO_DEEP);
}

static void documents_that_mean_the_same_are_the_same_canonically(void **state)
{
	assert_text(
		canonical(S(
			" { \"b\" : [ 1 , 2.50, {\"y\":1,\"x\":2} ] , \"a\" : \"\\u00e9\\/\" } ")),
		"{\"a\":\"é/\",\"b\":[1,2.5,{\"x\":2,\"y\":1}]}");
	assert_text(canonical(S("[1.0,100e-2,-0.0,0,1e2]")), "[1,1,0,0,100]");
	assert_text(canonical(S("[0.1]")), "[0.10000000000000001]");
	assert_text(canonical(S("[1e17,-1e17,100000000000000000,1e22,10e21]")),
		    "[100000000000000000,-100000000000000000,100000000000000000,"
		    "1e+22,1e+22]");
	assert_text(canonical(S("{\"\\ud83d\\ude00\":1,\"\\uff01\":2,\"aa\":3,\"a\":4,\"B\":5}")),
		    "{\"B\":5,\"a\":4,\"aa\":3,\"！\":2,\"😀\":1}");
	assert_false(str_eq(canonical(S("[1,2]")), canonical(S("[2,1]"))));
}

/* A document of pieces that were drawn; most of them are not JSON, and those that nearly are matter. */
static str drawn(uint32_t *seed)
{
	static const char *const pieces[] = {
		"{",       "}",        "[",
		"]",       ",",        ":",
		"\"a\":",  "\"b\":",   "{\"a\":1,",
		"null",    "true",     "false",
		"0",       "-",        "-7",
		"01",      "123",      "999999999999999999",
		"\"",      "\"\"",     " ",
		"\n",      "\\n",      "\\\"",
		"\\u00e9", "é",        "\xE2\x80\xA8",
		"x",       "\x7F",     "\t",
		"\\/",     "1.5",      "\"a\\nb\"",
		"[1,2]",   "\"ab c\"", "9223372036854775807",
		"e5",      "\"a\":2,", "{}",
		"[]",      "\x80",     "\\",
	};
	struct buf buf = buf_of(&arena, 1000);
	const uint32_t n = 1 + (*seed >> 7) % 9;
	for (uint32_t i = 0; i < n; i++) {
		*seed = *seed * 1664525U + 1013904223U;
		buf_add(&buf, str_of(pieces[(*seed >> 12) % (sizeof(pieces) / sizeof(*pieces))]));
	}
	*seed = *seed * 1664525U + 1013904223U;
	return buf_str(&buf);
}

/* A number with a point is not read by the quick half: with one beside it, jansson reads the document. */
static bool jansson_reads(str text, str *out)
{
	const struct json *json = NULL;
	str beside = str_fmt(&arena, "[%.*s\n,1.5]", STR_ARG(text));
	if (json_parse(&arena, beside, 5, &json, NULL) != JSON_FINE || json->list.n != 2)
		return false;
	*out = written(&json->list.items[0]);
	return true;
}

static void the_quick_half_reads_what_jansson_reads_or_leaves_it(void **state)
{
	uint32_t seed = 7;
	int n_read = 0;
	for (int i = 0; i < 60000; i++) {
		const struct json *json = NULL;
		str text = drawn(&seed), judged = STR_EMPTY;
		bool fine = json_parse(&arena, text, 4, &json, NULL) == JSON_FINE;
		if (jansson_reads(text, &judged) != fine)
			fail_msg("only one of two reads: %.*s", STR_ARG(text));
		if (fine)
			assert_true(str_eq(written(json), judged));
		n_read += fine;
		arena_clear(&arena);
	}
	assert_in_range(n_read, 1000, 59000);
}

static void a_map_of_many_members_keeps_its_order_and_refuses_a_key_twice(void **state)
{
	for (int n = 60; n < 70; n++) {
		struct buf buf = buf_of(&arena, 10000);
		const struct json *json;
		buf_byte(&buf, '{');
		for (int i = 0; i < n; i++)
			buf_fmt(&buf, "%s\"k%d\":%d", i > 0 ? "," : "", i, i);
		str open = str_copy(&arena, buf_str(&buf));
		const struct json *map = parsed(str_join(&arena, open, S("}")));
		assert_int_equal(map->map.n, n);
		assert_int_equal(map->map.members[n - 1].value.integer, n - 1);
		assert_int_equal(
			json_parse(&arena, str_join(&arena, open, S(",\"k7\":1}")), 4, &json, NULL),
			JSON_DUPLICATE_KEY);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_quick_half_reads_what_jansson_reads_or_leaves_it),
		cmocka_unit_test(a_map_of_many_members_keeps_its_order_and_refuses_a_key_twice),
		cmocka_unit_test(a_document_is_written_as_it_was_read_in_its_order),
		cmocka_unit_test(any_type_may_stand_at_the_top),
		cmocka_unit_test(members_are_found_by_type_or_give_the_default),
		cmocka_unit_test(faults_are_told_apart_and_have_a_place),
		cmocka_unit_test(a_whole_number_is_one_however_it_is_written),
		cmocka_unit_test(text_that_only_looks_like_a_fault_is_fine),
		cmocka_unit_test(ten_thousand_brackets_end_neither_the_stack_nor_the_process),
		cmocka_unit_test(the_writer_puts_the_commas),
		cmocka_unit_test(texts_get_the_shortest_escapes_and_come_back),
		cmocka_unit_test(what_needs_an_escape_gets_it_wherever_it_stands),
		cmocka_unit_test(a_list_of_documents_starts_each_without_a_comma),
		cmocka_unit_test(what_is_cleaned_later_may_hold_control_characters),
		cmocka_unit_test(documents_that_mean_the_same_are_the_same_canonically),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
