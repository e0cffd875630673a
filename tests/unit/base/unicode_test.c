#include "base/unicode.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static void texts_are_composed(void **state)
{
	assert_text(unicode_nfc(&arena, S("plain")), "plain");
	assert_text(unicode_nfc(&arena, S("e\u0301 A\u030A \u212B \u2126 \u1100\u1161")),
		    "é Å Å Ω 가");
	/* Marks are put into their order; what has no composed form stays as it is. */
	assert_text(unicode_nfc(&arena, S("a\u0301\u0323")), "\u1EA1\u0301");
	assert_text(unicode_nfc(&arena, S("\u0958 ffi \uFB03")), "\u0915\u093C ffi \uFB03");
	assert_int_equal(unicode_nfc(&arena, STR_EMPTY).n, 0);
}

static void properties_are_those_of_unicode(void **state)
{
	assert_true(unicode_is_dash('-') && unicode_is_dash(0x2014) && unicode_is_dash(0x2212));
	assert_false(unicode_is_dash('_') || unicode_is_dash(0x7E));
	assert_true(unicode_is_space(' ') && unicode_is_space(0xA0) && unicode_is_space(0x3000));
	assert_false(unicode_is_space('\t') || unicode_is_space('\n') || unicode_is_space(0x200B));
	assert_true(unicode_is_invisible(0x200B) && unicode_is_invisible(0x202A) &&
		    unicode_is_invisible('\t') && unicode_is_invisible(0x2800));
	assert_false(unicode_is_invisible('a') || unicode_is_invisible(0x301));
	assert_true(unicode_is_inherited(0x301) && unicode_is_inherited(0xFE0F));
	assert_true(unicode_wants_joiners(0x645) && unicode_wants_joiners(0x9CD) &&
		    unicode_wants_joiners(0x1F468) && unicode_wants_joiners(0x2764));
	assert_false(unicode_wants_joiners('a') || unicode_wants_joiners(0x410) ||
		     unicode_wants_joiners(0xA9) || unicode_wants_joiners(0x4E00));
	assert_int_equal(unicode_digit('7'), 7);
	assert_int_equal(unicode_digit(0xFF17), 7);
	assert_int_equal(unicode_digit(0x667), 7);
	assert_int_equal(unicode_digit(0xB2), -1); /* a square is no place of a number */
	assert_true(unicode_is_letter('O') && unicode_is_letter(0x9B0));
	assert_false(unicode_is_letter('0'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(texts_are_composed, end),
		cmocka_unit_test_teardown(properties_are_those_of_unicode, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
