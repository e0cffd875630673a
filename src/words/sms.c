#include "base/arena.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "words/inner.h"

/* GSM 03.38 (3GPP TS 23.038): what is not ASCII in the basic set, sorted. */
static const uint16_t basic_set[] = {
	0x00A1, 0x00A3, 0x00A4, 0x00A5, 0x00A7, 0x00BF, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
	0x00C9, 0x00D1, 0x00D6, 0x00D8, 0x00DC, 0x00DF, 0x00E0, 0x00E4, 0x00E5, 0x00E6,
	0x00E8, 0x00E9, 0x00EC, 0x00F1, 0x00F2, 0x00F6, 0x00F8, 0x00F9, 0x00FC, 0x0393,
	0x0394, 0x0398, 0x039B, 0x039E, 0x03A0, 0x03A3, 0x03A6, 0x03A8, 0x03A9,
};

#define GSM_SINGLE 160
#define GSM_PART 153 /* a header takes the room of seven */
#define UCS2_SINGLE 70
#define UCS2_PART 67
#define MARKS_MAX 32 /* on one letter; no language has so many */

/* Septets that a character takes: 2 behind an escape, 0 where it is not in the alphabet. */
static int count_septets(uint32_t c)
{
	if (c == '\n' || c == '\r')
		return 1;
	if (c < 0x80) {
		if (c < 0x20 || c == '`' || c == 0x7F)
			return 0;
		/* most are letters */
		if (c < '[' || (c > '^' && c < '{'))
			return 1;
		return strchr("^{}\\[~]|", (int)c) != NULL ? 2 : 1;
	}
	if (c == 0x20AC)
		return 2;
	for (size_t i = 0; i < sizeof basic_set / sizeof basic_set[0]; i++) {
		if (basic_set[i] == c)
			return 1;
	}
	return 0;
}

/* What typography makes of a character; NULL: itself. */
static const char *make_plain(uint32_t c)
{
	if (unicode_is_dash(c))
		return "-";
	if (c >= 0x2018 && c <= 0x201B)
		return "'";
	if (c >= 0x201C && c <= 0x201F)
		return "\"";
	if (c == 0x2026)
		return "...";
	return c != ' ' && unicode_is_space(c) ? " " : NULL;
}

static bool is_joiner(uint32_t c)
{
	return c == 0x200C || c == 0x200D;
}

/* The overrides that are open: a U+202C that ends one goes with it, one that ends an embedding
 * stays. */
struct direction {
	uint64_t override; /* a bit each, the innermost lowest */
	int depth;
};

static bool is_removed(uint32_t c, struct direction *direction)
{
	if (c == 0x202D || c == 0x202E || c == 0x202A || c == 0x202B) {
		bool override = c >= 0x202D;
		direction->override = direction->override << 1 | override;
		direction->depth++;
		return override;
	}
	if (c == 0x202C && direction->depth > 0) {
		bool override = (direction->override & 1) != 0;
		direction->override >>= 1;
		direction->depth--;
		return override;
	}
	bool control = (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F);
	return control || c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

/* The first character from `at` on that has a script of its own; 0: none. */
static uint32_t find_neighbour(str text, size_t at)
{
	for (int i = 0; at < text.n && i < MARKS_MAX; i++) {
		uint32_t c = utf8_next(text, &at);
		if (!unicode_is_inherited(c))
			return c;
	}
	return 0;
}

/* The text without what is never sent. */
static str remove_unsent(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, text.n + 1);
	struct direction direction = { .depth = 0 };
	uint32_t before = 0;
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);
		if (is_removed(c, &direction))
			continue;
		if (is_joiner(c) && !unicode_wants_joiners(before) &&
		    !unicode_wants_joiners(find_neighbour(text, at)))
			continue;
		buf_add(&buf, str_slice(text, from, at));
		if (c < 0x80 || !unicode_is_inherited(c))
			before = c;
	}
	return buf_str(&buf);
}

static bool fits_gsm(str text)
{
	for (size_t at = 0; at < text.n;) {
		if (count_septets(utf8_next(text, &at)) == 0)
			return false;
	}
	return true;
}

static str make_all_plain(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, 3 * text.n + 1);
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		const char *plain = make_plain(utf8_next(text, &at));
		buf_add(&buf, plain != NULL ? str_of(plain) : str_slice(text, from, at));
	}
	return buf_str(&buf);
}

static bool is_blank(str text)
{
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		if (!unicode_is_invisible(c))
			return false;
	}
	return true;
}

/* Most texts are letters that need no second look: of these each byte is a character, in its plainest form. */
static bool is_simple(str text)
{
	bool blank = true;
	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];
		if ((c < ' ' && c != '\n') || c > '~' || c == '`')
			return false;
		blank = blank && (c == ' ' || c == '\n');
	}
	return !blank;
}

/* Packs whole characters: one that does not fit begins the next segment. */
static void pack(str text, struct sms_measure *out)
{
	bool gsm = out->encoding == SMS_GSM7;
	int part = gsm ? GSM_PART : UCS2_PART, full = part, segments = 0, units = 0;
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		int width = gsm ? count_septets(c) : 1 + (c > 0xFFFF);
		if (full + width > part) {
			segments++;
			full = 0;
		}
		full += width;
		units += width;
	}
	out->units = units;
	out->segments = units <= (gsm ? GSM_SINGLE : UCS2_SINGLE) ? 1 : segments;
}

str sms_encoding_name(enum sms_encoding encoding)
{
	return encoding == SMS_GSM7 ? S("GSM-7") : S("UCS-2");
}

bool sms_measure(struct arena *arena, str text, struct sms_measure *out)
{
	if (is_simple(text)) {
		*out = (struct sms_measure){ .text = str_copy(arena, text), .encoding = SMS_GSM7 };
		pack(text, out);
		return true;
	}
	/* What was taken out may have stood between a letter and its accent. */
	str clean = unicode_nfc(arena, remove_unsent(arena, text));
	if (is_blank(clean))
		return false;
	str plain = make_all_plain(arena, clean);
	bool gsm = fits_gsm(plain);
	struct sms_measure measure = {
		.text = gsm ? plain : clean,
		.encoding = gsm ? SMS_GSM7 : SMS_UCS2,
	};
	pack(measure.text, &measure);
	*out = measure;
	return true;
}
