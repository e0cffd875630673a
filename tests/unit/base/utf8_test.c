#include "base/utf8.h"

#include "harness/assert_str.h"
#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static void every_character_is_read_back_as_it_was_put(void **state)
{
	struct buf buf = buf_of(&arena, 8 << 20);
	for (uint32_t c = 0; c <= 0x10FFFF; c++)
		if (c < 0xD800 || c > 0xDFFF)
			utf8_put(&buf, c);
	str text = buf_str(&buf);
	assert_true(utf8_is(text));
	size_t at = 0;
	for (uint32_t c = 0; c <= 0x10FFFF; c++)
		if ((c < 0xD800 || c > 0xDFFF) && utf8_next(text, &at) != c)
			fail_msg("U+%04X is read back as another", c);
	assert_int_equal(at, text.n);
}

static void what_is_not_utf8_is_refused_wherever_it_stands(void **state)
{
	static const char *const bad[] = {
		"\x80",
		"\xBF",
		"\xC0\x80",
		"\xC1\xBF",
		"\xC3",
		"\xC3(",
		"\xE0\x9F\xBF",
		"\xE2\x82",
		"\xE2(\xA1",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xF0\x8F\xBF\xBF",
		"\xF0\x9F\x98",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xFF",
		"\xF0\x9F\x98(",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		for (size_t before = 0; before < 20; before++)
			for (size_t behind = 0; behind < 20; behind += 19) {
				struct buf buf = buf_of(&arena, 100);
				for (size_t n = 0; n < before; n++)
					buf_byte(&buf, 'a');
				buf_add(&buf, str_of(bad[i]));
				for (size_t n = 0; n < behind; n++)
					buf_byte(&buf, 'z');
				assert_false(utf8_is(buf_str(&buf)));
			}
	assert_true(utf8_is(STR_EMPTY));
	assert_true(utf8_is(S("Zoë, Łucja, 你好, 😀 and a NUL \0")));
}

static void controls_and_noncharacters_are_told_from_text(void **state)
{
	static const uint32_t controls[] = { 0,      8,      0xB,    '\r',   0x1B,    0x1F,
					     0x7F,   0x80,   0x85,   0x9F,   0x2028,  0x2029,
					     0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF };
	static const uint32_t texts[] = { '\n',   '\t',   ' ',    '~',    0xA0,    0x2027, 0x202A,
					  0xFDCF, 0xFDF0, 0xFFFD, 0xFEFF, 0x1F600, 0x10000 };
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		assert_true(utf8_is_control(controls[i]));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(utf8_is_control(texts[i]));
}

static void a_clip_cuts_no_character(void **state)
{
	assert_str(utf8_clip(S("Zo\xC3\xAB"), 4), "Zo\xC3\xAB");
	assert_str(utf8_clip(S("Zo\xC3\xAB"), 3), "Zo");
	assert_str(utf8_clip(S("Zo\xC3\xAB"), 2), "Zo");
	assert_str(utf8_clip(S("\xF0\x9F\x98\x80"), 3), "");
	assert_str(utf8_clip(STR_EMPTY, 3), "");
}

static void put_a_surrogate(void)
{
	struct buf buf = buf_of(&arena, 10);
	utf8_put(&buf, 0xD800);
}

static void surrogates_cannot_be_put(void **state)
{
	assert_true(ends_the_process(put_a_surrogate));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_read_back_as_it_was_put),
		cmocka_unit_test(what_is_not_utf8_is_refused_wherever_it_stands),
		cmocka_unit_test(controls_and_noncharacters_are_told_from_text),
		cmocka_unit_test(a_clip_cuts_no_character),
		cmocka_unit_test(surrogates_cannot_be_put),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
