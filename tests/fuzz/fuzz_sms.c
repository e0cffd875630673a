/*
 * Texts as SMS, any bytes that are UTF-8: what is sent is UTF-8, is measured the same again, fits its
 * segments as counted by hand, and is never longer than what was given, but for dots and composition.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "words/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* UTF-16 code units: what is no GSM-7. */
static int count_utf16(str text)
{
	int n = 0;
	for (size_t at = 0; at < text.n;)
		n += utf8_next(text, &at) > 0xFFFF ? 2 : 1;
	return n;
}

static void check_measure(const struct sms_measure *measure)
{
	const bool gsm = measure->encoding == SMS_GSM7;
	const int single = gsm ? 160 : 70, part = gsm ? 153 : 67;
	require(utf8_is(measure->text) && measure->units > 0);
	require(gsm || measure->units == count_utf16(measure->text));
	require((measure->segments == 1) == (measure->units <= single));
	if (measure->segments > 1) {
		/* Each segment but the last lacks at most one unit. */
		require(measure->units <= measure->segments * part);
		require(measure->units > (measure->segments - 1) * (part - 1));
	}
	for (size_t at = 0; at < measure->text.n;) {
		const uint32_t c = utf8_next(measure->text, &at);
		require(c == '\n' || (c >= 0x20 && c != 0x7F));
		require(c != 0x202E && c != 0x202D && c != 0xAD && c != 0x200B && c != 0xFEFF);
		require(!gsm || (c != 0x2014 && c != 0x2019 && c != 0xA0));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_EMPTY;
	const str text = { (const char *)data, size };
	struct sms_measure once, twice;

	if (size <= 65536 && utf8_is(text) && sms_measure(&arena, text, &once)) {
		check_measure(&once);
		require(sms_measure(&arena, once.text, &twice));
		require(str_eq(once.text, twice.text) && once.units == twice.units &&
			once.segments == twice.segments && once.encoding == twice.encoding);
	}
	arena_free(&arena);
	return 0;
}
