#include "model/phone.h"

#include "base/arena.h"
#include "harness/assert_str.h"
#include "harness/dice.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

/* The number as it is dialled, or the code of what is wrong with it. */
static str read_number(const char *text)
{
	str number = STR_EMPTY;
	const enum phone_fault fault = phone_read(&arena, str_of(text), &number);
	return fault == PHONE_FINE ? number : str_of(phone_fault_code(fault));
}

static void a_mobile_is_read_however_it_is_written(void **state)
{
	static const char *const ways[] = {
		"07700900123",
		"07700 900123",
		"+447700900123",
		"+44 7700 900 123",
		"+44 (0)7700 900123",
		"+44(0)7700900123",
		"+44 07700 900123",
		"(+44) 7700 900123",
		"0044 7700 900123",
		"00 44 (0) 7700-900-123",
		"447700900123",
		"44 (0) 7700 900123",
		"7700900123",
		"7700 900 123",
		"(07700) 900123",
		"[07700] 900123",
		"07700.900.123",
		"07700-900-123",
		"07700\u2013900\u2013123",
		"07700/900123",
		"07700_900123",
		"07700\u00A0900\u2009123",
		" 07700 900123\t",
		"07700\n900123",
		"\u200B07700\u200D900123\uFEFF",
		"\u202A+44 7700 900123\u202C",
		"\u2066+44\u00AD7700 900123\u2069",
		"\uFF10\uFF17\uFF17\uFF10\uFF10\uFF19\uFF10\uFF10\uFF11\uFF12\uFF13",
		"\uFF0B44 7700 900123",
		"\uFF0807700\uFF09 900123",
		"\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663",
		"tel:+447700900123",
		"TEL:+44-7700-900123",
		"sms:07700900123",
		/* slips of the finger that can only mean one number */
		"0+447700900123",
		"0447700900123",
		"00044 7700 900123",
		"000007700900123",
		"+07700900123",
	};
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		assert_str(read_number(ways[i]), "+447700900123");
}

static void every_range_of_mobiles_can_be_texted(void **state)
{
	static const struct {
		const char *number, *e164;
	} rows[] = {
		{ "07100 000000", "+447100000000" }, /* the first of the plan's mobiles */
		{ "07599 999999", "+447599999999" },
		{ "07700 900000", "+447700900000" },
		{ "07700 900999", "+447700900999" },
		{ "07999 999999", "+447999999999" },
		{ "07624 123456", "+447624123456" }, /* Isle of Man */
		{ "07457 612345", "+447457612345" },
		{ "07524 012345", "+447524012345" },
		{ "07924 012345", "+447924012345" },
		{ "07797 712345", "+447797712345" }, /* Jersey */
		{ "07937 123456", "+447937123456" },
		{ "07700 312345", "+447700312345" },
		{ "07700 712345", "+447700712345" },
		{ "07700 812345", "+447700812345" },
		{ "07509 123456", "+447509123456" },
		{ "07829 123456", "+447829123456" },
		{ "07781 123456", "+447781123456" }, /* Guernsey */
		{ "07839 123456", "+447839123456" },
		{ "07911 123456", "+447911123456" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_str(read_number(rows[i].number), rows[i].e164);
}

static void each_refusal_has_its_own_code(void **state)
{
	static const struct {
		const char *number, *code;
	} rows[] = {
		{ "", "blank" },
		{ " \u00A0\u200B", "blank" },
		{ "+", "blank" },
		{ "n/a", "letters" },
		{ "0770O 900123", "letters" },
		{ "07700 900123 ext 4", "letters" },
		{ "07700 900123 (mum)", "letters" },
		{ "07700 900123#", "symbols" },
		{ "*31#07700900123", "symbols" },
		{ "07700 900123, 07700 900124", "symbols" },
		{ "07700+900123", "symbols" },
		{ "++447700900123", "symbols" },
		{ "0", "short" },
		{ "+44", "short" },
		{ "999", "short" },
		{ "60006", "short" },
		{ "116 123", "short" },
		{ "0114", "short" },
		{ "07700 90012", "short" },
		{ "+44 7700 90012", "short" },
		{ "0762", "short" },
		{ "07624 12345", "short" },
		{ "07700 9001234", "long" },
		{ "07700 900123 / 07700 900124", "long" },
		{ "0114 273 45678", "long" },
		{ "000000000000000000000000000000007700900123", "long" },
		{ "+421 905 123 456", "foreign" },
		{ "00353 87 123 4567", "foreign" },
		{ "+1 202 555 0123", "foreign" },
		{ "+7 700 900 123", "foreign" },
		{ "00 7700 900123", "foreign" },
		{ "353871234567", "foreign" },
		{ "0114 496 0123", "landline" },
		{ "+44 (0)20 7946 0123", "landline" },
		{ "01481 123456", "landline" }, /* Guernsey */
		{ "0333 123 4567", "non_geographic" },
		{ "056 1234 5678", "non_geographic" },
		{ "055 1234 5678", "non_geographic" },
		{ "0800 1111", "freephone" },
		{ "0808 157 0123", "freephone" },
		{ "0500 123456", "freephone" },
		{ "0845 464 7", "premium" },
		{ "0871 123 4567", "premium" },
		{ "0909 879 0123", "premium" },
		{ "070 1234 5678", "personal" },
		{ "+44 70 1234 5678", "personal" },
		{ "07600 123456", "pager" },
		{ "07625 123456", "pager" },
		{ "04123 456789", "unassigned" },
		{ "0612 345 6789", "unassigned" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_str(read_number(rows[i].number), rows[i].code);
}

static void what_was_read_reads_as_itself(void **state)
{
	static const char digits[] = "0123456789+44 ()-07 77";
	dice_seed(4);
	for (int i = 0; i < 50000; i++) {
		char text[32];
		size_t n = 0;
		for (size_t length = 1 + roll_dice(16); n < length; n++)
			text[n] = digits[roll_dice(sizeof digits - 1)];
		str once, twice;
		if (phone_read(&arena, (str){ text, n }, &once) != PHONE_FINE)
			continue;
		assert_int_equal(once.n, 13);
		assert_true(str_starts(once, S("+447")));
		assert_int_equal(phone_read(&arena, once, &twice), PHONE_FINE);
		assert_true(str_eq(once, twice));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_mobile_is_read_however_it_is_written, end),
		cmocka_unit_test_teardown(every_range_of_mobiles_can_be_texted, end),
		cmocka_unit_test_teardown(each_refusal_has_its_own_code, end),
		cmocka_unit_test_teardown(what_was_read_reads_as_itself, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
