#include "words/inner.h"

#include "unit/words/bench.h"

static struct sms_measure measure_of(str text)
{
	struct sms_measure measure;
	assert_true(sms_measure(&arena, text, &measure));
	return measure;
}

static str repeat(const char *unit, int n)
{
	struct buf buf = buf_of(&arena, 100000);
	for (int i = 0; i < n; i++)
		buf_add(&buf, str_of(unit));
	return buf_str(&buf);
}

static void segments_are_counted_as_networks_count_them(void **state)
{
	static const struct {
		const char *unit;
		int n;
		enum sms_encoding encoding;
		int units, segments;
	} rows[] = {
		{ "a", 1, SMS_GSM7, 1, 1 },
		{ "a", 160, SMS_GSM7, 160, 1 },
		{ "a", 161, SMS_GSM7, 161, 2 },
		{ "a", 306, SMS_GSM7, 306, 2 },
		{ "a", 307, SMS_GSM7, 307, 3 },
		{ "é", 160, SMS_GSM7, 160, 1 },
		{ "€", 80, SMS_GSM7, 160, 1 },
		/* 153 is odd: an escape pair that does not fit moves to the next segment. */
		{ "€", 81, SMS_GSM7, 162, 2 },
		{ "€", 152, SMS_GSM7, 304, 2 },
		{ "€", 153, SMS_GSM7, 306, 3 },
		{ "я", 70, SMS_UCS2, 70, 1 },
		{ "я", 71, SMS_UCS2, 71, 2 },
		{ "я", 134, SMS_UCS2, 134, 2 },
		{ "я", 135, SMS_UCS2, 135, 3 },
		{ "\U0001F600", 35, SMS_UCS2, 70, 1 },
		{ "\U0001F600", 66, SMS_UCS2, 132, 2 },
		/* 67 is odd: a surrogate pair is not split either. */
		{ "\U0001F600", 67, SMS_UCS2, 134, 3 },
		{ "ç", 1, SMS_UCS2, 1, 1 },
		{ "`", 1, SMS_UCS2, 1, 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sms_measure is = measure_of(repeat(rows[i].unit, rows[i].n));
		assert_int_equal(is.encoding, rows[i].encoding);
		assert_int_equal(is.units, rows[i].units);
		assert_int_equal(is.segments, rows[i].segments);
	}
}

static void the_whole_alphabet_fits(void **state)
{
	struct sms_measure is = measure_of(
		S("@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
		  "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"));
	assert_int_equal(is.encoding, SMS_GSM7);
	assert_int_equal(is.units, 126); /* 128 without CR and ESC */
	is = measure_of(S("^{}\\[~]|€"));
	assert_int_equal(is.encoding, SMS_GSM7);
	assert_int_equal(is.units, 18);
}

static void typography_is_made_plain_only_where_all_then_fits(void **state)
{
	static const struct {
		const char *text, *sent;
		enum sms_encoding encoding;
	} rows[] = {
		{ "‘a’ “b” c – d — e…", "'a' \"b\" c - d - e...", SMS_GSM7 },
		{ "‚a‛ „b‟ 1−2 x‑y", "'a' \"b\" 1-2 x-y", SMS_GSM7 },
		{ "a\u00A0b\u2009c\u202Fd\u3000e", "a b c d e", SMS_GSM7 },
		{ "a\u2e3ab\u301cc\ufe31d\uff0de", "a-b-c-d-e", SMS_GSM7 },
		{ "“ş” – ok", "“ş” – ok", SMS_UCS2 },
		{ "żółć…", "żółć…", SMS_UCS2 },
		{ "Łódź", "Łódź", SMS_UCS2 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sms_measure is = measure_of(str_of(rows[i].text));
		assert_str(is.text, rows[i].sent);
		assert_int_equal(is.encoding, rows[i].encoding);
	}
}

static void what_nobody_sees_is_taken_out(void **state)
{
	static const struct {
		const char *text, *sent;
	} rows[] = {
		{ "a\u00ADb\u200Bc\u2060d\uFEFFe", "abcde" },
		{ "a\x07"
		  "b\rc\xC2\x85"
		  "d\ne",
		  "abcd\ne" },
		/* An override goes with its end; an embedding stays with its own. */
		{ "a\u202Eb\u202Cc", "abc" },
		{ "a\u202Db", "ab" },
		{ "\u0627\u202Ba\u202Cb", "\u0627\u202Ba\u202Cb" },
		{ "\u0627\u202Ba\u202Eb\u202Cc\u202Cd", "\u0627\u202Babc\u202Cd" },
		/* Isolates are no overrides. */
		{ "\u0627\u2068x\u2069", "\u0627\u2068x\u2069" },
		/* A joiner stays between letters of scripts that join, and in emoji. */
		{ "می\u200Cخواهم", "می\u200Cخواهم" },
		{ "ক্\u200Dষ", "ক্\u200Dষ" },
		{ "র\u200D্যাব", "র\u200D্যাব" },
		{ "ہے\u200C، اردو", "ہے\u200C، اردو" },
		{ "LCD\u200Cها", "LCD\u200Cها" },
		{ "ه\u200D.", "ه\u200D." },
		{ "\u2764\uFE0F\u200D\U0001F525", "\u2764\uFE0F\u200D\U0001F525" },
		{ "\u0431\u200D\u0430", "\u0431\u0430" },
		{ "\u4E2D\u200C\u6587", "\u4E2D\u6587" },
		{ "\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469" },
		{ "Auf\u200Clage", "Auflage" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_str(measure_of(str_of(rows[i].text)).text, rows[i].sent);
}

static void text_is_composed(void **state)
{
	struct sms_measure is = measure_of(S("Zoe\u0301 A\u030Akesson \u2126"));
	assert_str(is.text, "Zo\u00E9 \u00C5kesson \u03A9");
	assert_int_equal(is.encoding, SMS_GSM7);
	assert_int_equal(is.units, 13);
	/* Also where something that is taken out stood between letter and accent. */
	assert_str(measure_of(S("e\u200B\u0301\u00AD")).text, "\u00E9");
	assert_int_equal(measure_of(S("e\u200B\u0301 \u2014")).encoding, SMS_GSM7);
	/* Never the other way: what only looks alike stays. */
	assert_str(measure_of(S("\uFB01 \u00B2 \u0132 \uFF21")).text,
		   "\uFB01 \u00B2 \u0132 \uFF21");
}

static void many_joiners_cost_no_more_than_others(void **state)
{
	str many = repeat("\u200D", 30000);
	struct sms_measure measure;
	assert_false(sms_measure(&arena, many, &measure));
	assert_true(sms_measure(&arena, str_join(&arena, many, S("a")), &measure));
	assert_str(measure.text, "a");
}

static void blank_text_is_refused(void **state)
{
	static const char *const rows[] = { "",       " ",      "\n \n",
					    "\u00A0", "\u200B", "\u00AD \uFEFF",
					    "\t",     "\u200D", "\u200E",
					    "\u2800", "\u3164" };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sms_measure measure;
		assert_false(sms_measure(&arena, str_of(rows[i]), &measure));
	}
}

/* The letter with an accent sends a text the long way round. */
static void plain_text_is_measured_as_any_other(void **state)
{
	for (int c = 1; c < 0x80; c++) {
		const str one = str_fmt(&arena, "Call us%cnow, or write%c", c, c);
		const struct sms_measure is = measure_of(one);
		const struct sms_measure other = measure_of(str_join(&arena, S("é"), one));

		assert_int_equal(is.encoding, other.encoding);
		assert_int_equal(is.units + 1, other.units);
		assert_str(other.text, str_z(&arena, str_join(&arena, S("é"), is.text)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(segments_are_counted_as_networks_count_them, begin),
		cmocka_unit_test_setup(the_whole_alphabet_fits, begin),
		cmocka_unit_test_setup(typography_is_made_plain_only_where_all_then_fits, begin),
		cmocka_unit_test_setup(what_nobody_sees_is_taken_out, begin),
		cmocka_unit_test_setup(text_is_composed, begin),
		cmocka_unit_test_setup(many_joiners_cost_no_more_than_others, begin),
		cmocka_unit_test_setup(blank_text_is_refused, begin),
		cmocka_unit_test_setup(plain_text_is_measured_as_any_other, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
