#include "model/event.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

/* What a check of one field says: "fine", or "code at field". */
static str verdict(enum field_type type, bool required, bool nullable, const char *data)
{
	const struct json *map;
	assert_int_equal(json_parse(&arena, str_of(data), 16, &map, NULL), JSON_FINE);
	const struct field field = { S("f"), type, required, nullable };
	struct refused refused = { 0 };
	if (fields_check(&arena, &field, 1, map, &refused))
		return S("fine");
	assert_true(refused.message.n > refused.field.n);
	return str_fmt(&arena, "%.*s at %.*s", STR_ARG(refusal_name(refused.code)),
		       STR_ARG(refused.field));
}

struct value_case {
	const char *value, *verdict;
};

static void check_values(enum field_type type, const struct value_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *data = str_z(&arena, str_fmt(&arena, "{\"f\":%s}", cases[i].value));
		assert_str(verdict(type, true, false, data), cases[i].verdict);
	}
}
#define CHECK_VALUES(type, ...)                                                                    \
	do {                                                                                       \
		static const struct value_case cases_[] = { __VA_ARGS__ };                         \
		check_values((type), cases_, sizeof cases_ / sizeof cases_[0]);                    \
	} while (0)

#define FINE "fine"
#define BAD "bad_data at data.f"
#define TYPE "wrong_type at data.f"

static void what_is_missing_is_named(void **state)
{
	assert_str(verdict(FIELD_LINE, true, false, "{}"), "missing_field at data.f");
	assert_str(verdict(FIELD_LINE, false, false, "{}"), FINE);
	assert_str(verdict(FIELD_LINE, false, false, "{\"other\": 1}"), FINE);
}

static void null_takes_away_only_where_it_may(void **state)
{
	assert_str(verdict(FIELD_LINE, false, true, "{\"f\":null}"), FINE);
	assert_str(verdict(FIELD_LINE, false, false, "{\"f\":null}"), TYPE);
	assert_str(verdict(FIELD_ADDRESSES, false, true, "{\"f\":{\"sms\":null}}"), FINE);
	assert_str(verdict(FIELD_ADDRESSES, false, false, "{\"f\":{\"sms\":null}}"),
		   "wrong_type at data.f.sms");
}

static void texts_lines_and_ids(void **state)
{
	CHECK_VALUES(FIELD_TEXT, { "\"two\\nlines\"", FINE }, { "\" \\n\"", BAD }, { "7", TYPE });
	CHECK_VALUES(FIELD_LINE, { "\"Jo O'Neill\"", FINE }, { "\"\"", BAD }, { "\"  \"", BAD },
		     { "\"a\\nb\"", "control_character at data.f" },
		     { "\"a\\tb\"", "control_character at data.f" }, { "[]", TYPE });
	CHECK_VALUES(FIELD_ID, { "\"c-mum\"", FINE }, { "\"c mum\"", BAD }, { "1", TYPE });
	CHECK_VALUES(FIELD_IDS, { "[\"a\",\"b\"]", FINE }, { "[]", BAD },
		     { "[\"a\",\"\"]", "bad_data at data.f[1]" },
		     { "[1]", "wrong_type at data.f[0]" }, { "\"a\"", TYPE });
	assert_str(verdict(FIELD_TEXT, false, false, "{\"f\":\"\"}"), FINE);
}

static void a_text_has_a_length(void **state)
{
	struct buf buf = buf_of(&arena, 5000);
	for (int i = 0; i < 4001; i++)
		buf_byte(&buf, 'a');
	const struct json_member member = { S("f"), { .type = JSON_TEXT, .text = buf_str(&buf) } };
	struct json map = { .type = JSON_MAP, .map = { &member, 1 } };
	struct refused refused;
	const struct field text = { S("f"), FIELD_TEXT, true, false };
	assert_false(fields_check(&arena, &text, 1, &map, &refused));
	const struct json_member shorter = {
		S("f"), { .type = JSON_TEXT, .text = str_slice(member.value.text, 0, 4000) }
	};
	map.map.members = &shorter;
	assert_true(fields_check(&arena, &text, 1, &map, &refused));
	const struct field line = { S("f"), FIELD_LINE, true, false };
	assert_false(fields_check(&arena, &line, 1, &map, &refused));
}

static void dates_numbers_and_truths(void **state)
{
	CHECK_VALUES(FIELD_DATE, { "\"2026-11-02\"", FINE }, { "\"2026-02-30\"", BAD },
		     { "\"2 November\"", BAD }, { "20261102", TYPE });
	CHECK_VALUES(FIELD_BOOL, { "true", FINE }, { "\"yes\"", TYPE });
	CHECK_VALUES(FIELD_NUMBER, { "4", FINE }, { "4.5", TYPE }, { "\"4\"", TYPE });
	CHECK_VALUES(FIELD_SCORE, { "1", FINE }, { "5", FINE }, { "0", BAD }, { "6", BAD },
		     { "-1", BAD }, { "4.5", TYPE }, { "\"4\"", TYPE });
}

static void words_of_closed_sets(void **state)
{
	CHECK_VALUES(FIELD_ROLE, { "\"foster_carer\"", FINE }, { "\"mother\"", BAD });
	CHECK_VALUES(FIELD_PARTY_ROLE, { "\"school\"", FINE }, { "\"parent\"", BAD });
	CHECK_VALUES(FIELD_FORMAT, { "\"large_print_18\"", FINE }, { "\"large_print\"", BAD });
	CHECK_VALUES(FIELD_CHANNEL, { "\"letter\"", FINE }, { "\"fax\"", BAD });
	CHECK_VALUES(FIELD_ORDER, { "\"no_contact\"", FINE }, { "\"none\"", BAD });
	CHECK_VALUES(FIELD_OUTCOME, { "\"not_reached\"", FINE }, { "\"maybe\"", BAD });
	CHECK_VALUES(FIELD_LANGUAGE, { "\"en\"", FINE }, { "\"zh-Hant-HK\"", FINE },
		     { "\"e\"", BAD }, { "\"en-\"", BAD }, { "\"-en\"", BAD }, { "\"en_GB\"", BAD },
		     { "\"abcdefghi\"", BAD });
	CHECK_VALUES(FIELD_CHANNELS, { "[\"sms\",\"letter\"]", FINE }, { "[]", BAD },
		     { "[\"sms\",\"fax\"]", "bad_data at data.f[1]" },
		     { "[\"sms\",\"sms\"]", "bad_data at data.f[1]" }, { "\"sms\"", TYPE });
}

static void an_email_address_is_checked_in_form_only(void **state)
{
#define EMAIL(address, said) { "{\"email\":\"" address "\"}", said }
	CHECK_VALUES(FIELD_ADDRESSES, EMAIL("jo@home.example", FINE),
		     EMAIL("jo+send@home.example", FINE), EMAIL("jo", "bad_data at data.f.email"),
		     EMAIL("@home.example", "bad_data at data.f.email"),
		     EMAIL("jo@", "bad_data at data.f.email"),
		     EMAIL("jo@a@b", "bad_data at data.f.email"),
		     EMAIL("jo @home.example", "bad_data at data.f.email"),
		     EMAIL("jo@home.example\\nBcc: x", "bad_data at data.f.email"),
		     EMAIL("<jo@home.example>", "bad_data at data.f.email"));
#undef EMAIL
}

static void a_phone_number_is_checked_in_form_only(void **state)
{
#define PHONE(number, said) { "{\"sms\":\"" number "\"}", said }
	CHECK_VALUES(FIELD_ADDRESSES, PHONE("07700 900123", FINE),
		     PHONE("+44 (0)7700-900.123", FINE), PHONE("+447700900123", FINE),
		     PHONE("123456", "bad_data at data.f.sms"),
		     PHONE("1234567890123456", "bad_data at data.f.sms"),
		     PHONE("07700+900123", "bad_data at data.f.sms"),
		     PHONE("++447700900123", "bad_data at data.f.sms"),
		     PHONE("07700 900123 x", "bad_data at data.f.sms"));
#undef PHONE
}

static void a_postal_address_has_three_to_seven_lines(void **state)
{
	CHECK_VALUES(
		FIELD_ADDRESSES, { "{\"letter\":[\"1 High St\",\"Sheffield\",\"S1 2HH\"]}", FINE },
		{ "{\"letter\":[\"1 High St\",\"S1 2HH\"]}", "bad_data at data.f.letter" },
		{ "{\"letter\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\"]}",
		  "bad_data at data.f.letter" },
		{ "{\"letter\":[\"1 High St\",\" \",\"S1 2HH\"]}", "bad_data at data.f.letter[1]" },
		{ "{\"letter\":[\"1 High St\",\"a\\nb\",\"S1 2HH\"]}",
		  "control_character at data.f.letter[1]" },
		{ "{\"letter\":\"1 High St\"}", "wrong_type at data.f.letter" });
}

static void maps_are_checked_inside(void **state)
{
	CHECK_VALUES(FIELD_AGREED, { "{\"on\":\"2026-11-02\",\"with\":\"sam\"}", FINE },
		     { "{\"on\":\"2026-11-02\"}", "missing_field at data.f.with" },
		     { "{\"on\":\"soon\",\"with\":\"sam\"}", "bad_data at data.f.on" });
	CHECK_VALUES(FIELD_HOURS, { "{\"always\":true}", FINE },
		     { "{\"mon\":[[\"09:00\",\"17:00\"]]}", FINE }, { "{}", BAD },
		     { "{\"mon\":[]}", BAD }, { "{\"mon\":[[\"17:00\",\"09:00\"]]}", BAD });
	CHECK_VALUES(FIELD_SAFE, { "{\"channels\":[\"sms\"],\"sender\":\"Library\"}", FINE },
		     { "{\"hours\":{\"always\":true}}", "missing_field at data.f.channels" },
		     { "{\"channels\":[\"sms\"],\"hours\":{}}", "bad_data at data.f.hours" });
	CHECK_VALUES(FIELD_OPTIONAL, { "{\"surveys\":false}", FINE },
		     { "{\"surveys\":\"no\"}", "wrong_type at data.f.surveys" });
	CHECK_VALUES(FIELD_OWNER, { "{\"service\":\"send\",\"person\":\"sam-okafor\"}", FINE },
		     { "{\"service\":\"send\"}", "missing_field at data.f.person" });
}

static void lists_of_maps_name_the_item_and_the_member(void **state)
{
#define ACTION(owner)                                                                              \
	"{\"action\":\"a1\",\"what\":\"Call\",\"owner\":" owner ",\"due\":\"2026-11-09\"}"
#define OWNER "{\"service\":\"send\",\"person\":\"sam\"}"
	CHECK_VALUES(FIELD_ACTIONS, { "[]", FINE }, { "[" ACTION(OWNER) "]", FINE },
		     { "[" ACTION(OWNER) "," ACTION("{\"service\":\"send\"}") "]",
		       "missing_field at data.f[1].owner.person" });
	CHECK_VALUES(FIELD_ENCLOSURES, { "[]", BAD },
		     { "[{\"id\":\"p1\",\"kind\":\"plan\",\"sha256\":\"00\",\"pages\":3,"
		       "\"sent_by\":\"candour\"}]",
		       "bad_data at data.f[0].sha256" });
#undef ACTION
#undef OWNER
}

static void a_refusal_never_repeats_the_value(void **state)
{
	const struct json *map;
	assert_int_equal(
		json_parse(&arena, S("{\"f\":{\"email\":\"secret secret\"}}"), 16, &map, NULL),
		JSON_FINE);
	const struct field field = { S("f"), FIELD_ADDRESSES, true, false };
	struct refused refused = { 0 };
	assert_false(fields_check(&arena, &field, 1, map, &refused));
	assert_str(refused.message,
		   "data.f.email must be an email address, with one @ and no spaces");
}

static void pathways_name_field_types_in_plain_words(void **state)
{
	enum field_type type = FIELD_TYPE_COUNT;
	assert_true(field_type_parse(S("date"), &type));
	assert_int_equal(type, FIELD_DATE);
	assert_true(field_type_parse(S("text"), &type));
	assert_int_equal(type, FIELD_TEXT);
	assert_false(field_type_parse(S("datum"), &type));
	assert_int_equal(type, FIELD_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(null_takes_away_only_where_it_may),
		cmocka_unit_test(texts_lines_and_ids),
		cmocka_unit_test(a_text_has_a_length),
		cmocka_unit_test(dates_numbers_and_truths),
		cmocka_unit_test(words_of_closed_sets),
		cmocka_unit_test(an_email_address_is_checked_in_form_only),
		cmocka_unit_test(a_phone_number_is_checked_in_form_only),
		cmocka_unit_test(a_postal_address_has_three_to_seven_lines),
		cmocka_unit_test(maps_are_checked_inside),
		cmocka_unit_test(lists_of_maps_name_the_item_and_the_member),
		cmocka_unit_test(a_refusal_never_repeats_the_value),
		cmocka_unit_test(pathways_name_field_types_in_plain_words),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
