#include "model/phone.h"

#include <strings.h>

#include "base/arena.h"
#include "base/unicode.h"
#include "base/utf8.h"

/* More than any number has, with the zeros that people put in front of it. */
#define DIGITS_MAX 24
#define MOBILE_DIGITS 10 /* without the first 0 */
/* What is shorter is no number in any range; what is longer is none of ours. */
#define NATIONAL_LEAST 7
#define NATIONAL_MOST 10

/* The digits in their order, in ASCII. */
struct digits {
	char p[DIGITS_MAX];
	size_t n;
	bool plus; /* in front of them */
};

static str rest_of(const struct digits *digits, size_t from)
{
	return (str){ digits->p + from, digits->n - from };
}

/* --- reading what was written -------------------------------------------------------------------- */

static bool is_plus(uint32_t c)
{
	return c == '+' || c == 0xFF0B || c == 0xFE62;
}

/* What people put between digits, and what comes along when a number is copied. */
static bool is_separator(uint32_t c)
{
	static const uint32_t others[] = { '.',    '(',    ')',    '[',    ']',    '/',
					   '_',    0xB7,   0x2022, 0x2024, 0x2044, 0x30FB,
					   0xFF08, 0xFF09, 0xFF0E, 0xFF0F };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		if (c == others[i])
			return true;
	}
	return unicode_is_dash(c) || unicode_is_invisible(c);
}

static bool only_zeros(const struct digits *digits)
{
	for (size_t i = 0; i < digits->n; i++) {
		if (digits->p[i] != '0')
			return false;
	}
	return true;
}

/* "tel:" and "sms:", as in a link. */
static str skip_scheme(str text)
{
	text = str_trim(text);
	bool scheme = text.n > 4 &&
		      (strncasecmp(text.p, "tel:", 4) == 0 || strncasecmp(text.p, "sms:", 4) == 0);
	return str_slice(text, scheme ? 4 : 0, text.n);
}

static enum phone_fault read_digits(str text, struct digits *out)
{
	enum phone_fault fault = PHONE_FINE;
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		int digit = unicode_digit(c);
		if (digit >= 0 && out->n < DIGITS_MAX)
			out->p[out->n++] = (char)('0' + digit);
		else if (digit >= 0)
			fault = fault == PHONE_FINE ? PHONE_LONG : fault;
		else if (unicode_is_letter(c))
			return PHONE_LETTERS;
		else if (is_plus(c) && !out->plus && only_zeros(out))
			out->plus = true;
		else if (!is_separator(c))
			fault = PHONE_SYMBOLS;
	}
	return fault == PHONE_FINE && out->n == 0 ? PHONE_BLANK : fault;
}

/* --- from how it was written to the national number ----------------------------------------------- */

static str skip_zeros(str digits)
{
	while (digits.n > 0 && digits.p[0] == '0')
		digits = str_slice(digits, 1, digits.n);
	return digits;
}

/* Behind the country's code the 0 in front of a number is left out, or written in brackets. */
static str behind_country(str digits)
{
	return str_slice(digits, digits.n > 2 && digits.p[2] == '0' ? 3 : 2, digits.n);
}

/* A number that says its country: "44 7700 900123". */
static enum phone_fault read_international(str digits, str *out)
{
	if (!str_starts(digits, S("44")))
		return digits.n > 0 ? PHONE_FOREIGN : PHONE_SHORT;
	*out = behind_country(digits);
	return PHONE_FINE;
}

/* Neither a + nor a 0 in front. */
static enum phone_fault read_bare(str digits, str *out)
{
	if (str_starts(digits, S("44")) && digits.n > MOBILE_DIGITS) {
		*out = behind_country(digits);
		return PHONE_FINE;
	}
	if (digits.n < MOBILE_DIGITS - 1 || str_starts(digits, S("44")))
		return PHONE_SHORT;
	*out = digits;
	return digits.n > MOBILE_DIGITS ? PHONE_FOREIGN : PHONE_FINE;
}

/* The number without the 0 of the trunk: "7700900123". */
static enum phone_fault read_national(const struct digits *digits, str *out)
{
	const str all = rest_of(digits, 0), significant = skip_zeros(all);
	const size_t zeros = all.n - significant.n;
	/* "0+44 7700", and "+07700", which is meant for 07700: no country's code begins with 0. */
	const bool home = str_starts(significant, S("7")) && significant.n == MOBILE_DIGITS;
	if (digits->plus && !(zeros > 0 && home))
		return read_international(significant, out);
	if (zeros == 0)
		return read_bare(significant, out);
	if (zeros == 2)
		return read_international(significant, out);
	/* One zero, or three and more, are a slip of the finger. */
	if (str_starts(significant, S("44")) && significant.n > MOBILE_DIGITS)
		return read_international(significant, out);
	*out = significant;
	return PHONE_FINE;
}

/* --- ranges --------------------------------------------------------------------------------------- */

static enum phone_fault check_length(str number, size_t least, size_t most)
{
	if (number.n < least)
		return PHONE_SHORT;
	return number.n > most ? PHONE_LONG : PHONE_FINE;
}

/* 071 to 075 and 077 to 079 are mobiles; of 076, which are pagers, only 07624 are: the Isle of Man's.
 * Jersey (07700 3, 07797, 07937 ...) and Guernsey (07781, 07839, 07911 1 ...) lie among the others. */
static enum phone_fault judge_mobile(str number)
{
	if (str_starts(number, S("70")))
		return PHONE_PERSONAL;
	if (str_starts(number, S("76")) && number.n >= 4 && !str_starts(number, S("7624")))
		return PHONE_PAGER;
	return check_length(number, MOBILE_DIGITS, MOBILE_DIGITS);
}

static enum phone_fault range_of(str number)
{
	static const struct {
		const char *begins;
		enum phone_fault fault;
	} ranges[] = {
		{ "1", PHONE_LANDLINE },        { "2", PHONE_LANDLINE },
		{ "3", PHONE_NON_GEOGRAPHIC },  { "500", PHONE_FREEPHONE },
		{ "55", PHONE_NON_GEOGRAPHIC }, { "56", PHONE_NON_GEOGRAPHIC },
		{ "80", PHONE_FREEPHONE },      { "84", PHONE_PREMIUM },
		{ "87", PHONE_PREMIUM },        { "9", PHONE_PREMIUM },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		if (str_starts(number, str_of(ranges[i].begins)))
			return ranges[i].fault;
	}
	return PHONE_UNASSIGNED;
}

/* Of a number without its first 0. */
static enum phone_fault judge(str number)
{
	if (str_starts(number, S("7")))
		return judge_mobile(number);
	enum phone_fault fault = check_length(number, NATIONAL_LEAST, NATIONAL_MOST);
	return fault == PHONE_FINE ? range_of(number) : fault;
}

enum phone_fault phone_read(struct arena *arena, str text, str *out)
{
	struct digits digits = { .n = 0 };
	str number = STR_EMPTY;
	enum phone_fault fault = read_digits(skip_scheme(text), &digits);
	if (fault == PHONE_FINE)
		fault = read_national(&digits, &number);
	if (fault == PHONE_FINE)
		fault = judge(number);
	if (fault == PHONE_FINE)
		*out = str_join(arena, S("+44"), number);
	return fault;
}

const char *phone_fault_code(enum phone_fault fault)
{
	static const char *const codes[] = {
#define X(name, code, text) code,
		PHONE_FAULTS(X)
#undef X
	};
	return codes[fault];
}

const char *phone_fault_text(enum phone_fault fault)
{
	static const char *const texts[] = {
#define X(name, code, text) text,
		PHONE_FAULTS(X)
#undef X
	};
	return texts[fault];
}
