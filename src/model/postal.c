#include "model/postal.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/unicode.h"
#include "base/utf8.h"

#define BFPO_DIGITS_MAX 4

static const struct {
	const char *code, *text;
} faults[POSTAL_FAULT_COUNT] = {
#define X(name, code_, text_) [POSTAL_##name] = { code_, text_ },
	POSTAL_FAULTS(X)
#undef X
};

const char *postal_code(enum postal_fault fault)
{
	require((size_t)fault < (size_t)POSTAL_FAULT_COUNT);
	return faults[fault].code;
}

const char *postal_text(enum postal_fault fault)
{
	require((size_t)fault < (size_t)POSTAL_FAULT_COUNT);
	return faults[fault].text;
}

/* --- characters -------------------------------------------------------------------------------- */

static bool is_space(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000;
}

/* What nobody sees, and what turns the direction of what follows: an address is Latin, left to right. */
static bool is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	       utf8_is_control(c);
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Composed, with single spaces, none at the ends and none before a comma or a full stop. */
static str clean_line(struct arena *arena, str line)
{
	line = unicode_nfc(arena, line);
	struct buf buf = buf_of(arena, line.n + 1);
	bool space = false;
	for (size_t at = 0; at < line.n;) {
		size_t start = at;
		uint32_t c = utf8_next(line, &at);
		if (is_space(c)) {
			space = true;
			continue;
		}
		if (is_invisible(c))
			continue;
		if (space && buf.n > 0 && c != ',' && c != '.')
			buf_byte(&buf, ' ');
		space = false;
		buf_add(&buf, str_slice(line, start, at));
	}
	str clean = buf_str(&buf);
	while (clean.n > 0 && (clean.p[clean.n - 1] == ',' || clean.p[clean.n - 1] == ' '))
		clean.n--;
	return clean;
}

static bool is_too_long(str line)
{
	size_t n = 0;
	for (size_t at = 0; at < line.n; n++)
		(void)utf8_next(line, &at);
	return n > POSTAL_LINE_CHARS_MAX;
}

/* --- postcodes --------------------------------------------------------------------------------- */

/* The areas that the Royal Mail delivers to, the forces (BF) and large receivers (BX) among them. */
static const char areas[] =
	" AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL "
	"DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW "
	"KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM "
	"S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN "
	"WR WS WV YO ZE ";

static bool is_area(struct arena *arena, str letters)
{
	str known = S(areas);
	str wanted = str_fmt(arena, " %.*s ", STR_ARG(letters));
	return letters.n > 0 && letters.n <= 2 && str_find(known, wanted) < known.n;
}

/* A district is one or two digits, or a digit and a letter: of those, which depends on how many
 * letters stand before it (BS 7666: A9A and AA9A). */
static bool is_district(str district, size_t letters)
{
	str last = letters == 1 ? S("ABCDEFGHJKPSTUW") : S("ABEHMNPRVWXY");
	if (district.n == 0 || district.n > 2 || !is_digit(district.p[0]))
		return false;
	return district.n == 1 || is_digit(district.p[1]) || str_has_byte(last, district.p[1]);
}

/* C, I, K, M, O and V look too much like other characters to be in the last two. */
static bool is_inward(str inward)
{
	str letters = S("ABDEFGHJLNPQRSTUWXYZ");
	return inward.n == 3 && is_digit(inward.p[0]) && str_has_byte(letters, inward.p[1]) &&
	       str_has_byte(letters, inward.p[2]);
}

/* "s12hh" as "S1 2HH"; empty: it is none. */
static str read_postcode(struct arena *arena, str line)
{
	char text[8];
	size_t n = 0, letters = 0;
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == ' ')
			continue;
		if (n == sizeof text)
			return STR_EMPTY;
		text[n++] = upper(line.p[i]);
	}
	str all = { text, n };
	if (n < 5 || n > 7)
		return STR_EMPTY;
	while (letters < n && is_letter(text[letters]))
		letters++;
	str district = str_slice(all, letters < n - 3 ? letters : n - 3, n - 3);
	str inward = str_slice(all, n - 3, n);
	if (!is_area(arena, str_slice(all, 0, letters)) || !is_district(district, letters) ||
	    !is_inward(inward))
		return STR_EMPTY;
	return str_fmt(arena, "%.*s %.*s", (int)(n - 3), text, STR_ARG(inward));
}

/* --- the forces' post -------------------------------------------------------------------------- */

static str skip_spaces(str text)
{
	while (text.n > 0 && text.p[0] == ' ')
		text = str_slice(text, 1, text.n);
	return text;
}

static bool skip_word(str *text, str word)
{
	if (text->n < word.n)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		if (upper(text->p[i]) != word.p[i])
			return false;
	}
	*text = skip_spaces(str_slice(*text, word.n, text->n));
	return true;
}

/* "BFPO 58", "bfpo c/o 58"; without a number, -1. False: it is no such line. */
static bool read_bfpo(str line, int *out_number)
{
	int number = 0;
	if (!skip_word(&line, S("BFPO")))
		return false;
	(void)skip_word(&line, S("C/O"));
	if (line.n > BFPO_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < line.n; i++) {
		if (!is_digit(line.p[i]))
			return false;
		number = 10 * number + (line.p[i] - '0');
	}
	*out_number = line.n > 0 ? number : -1;
	return number > 0 || line.n == 0;
}

/* Takes the lines that only say BFPO out, when one of them has a number. */
static int take_bfpo(str *lines, size_t *n)
{
	int found = -1, number;
	size_t kept = 0;
	for (size_t i = 0; i < *n && found < 0; i++) {
		if (read_bfpo(lines[i], &number))
			found = number;
	}
	for (size_t i = 0; i < *n; i++) {
		if (found < 0 || !read_bfpo(lines[i], &number))
			lines[kept++] = lines[i];
	}
	*n = kept;
	return found;
}

/* --- the whole --------------------------------------------------------------------------------- */

/* Only the letters, in small ones. */
static str fold(struct arena *arena, str line)
{
	struct buf buf = buf_of(arena, line.n + 1);
	for (size_t i = 0; i < line.n; i++) {
		char c = upper(line.p[i]);
		if (is_letter(c))
			buf_byte(&buf, (char)(c - 'A' + 'a'));
	}
	return buf_str(&buf);
}

static bool is_no_abode(struct arena *arena, str line)
{
	str text = fold(arena, line);
	return str_eq(text, S("nfa")) || str_find(text, S("nofixedabode")) < text.n ||
	       str_find(text, S("nofixedaddress")) < text.n;
}

static bool has_letter_or_digit(str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (is_letter(line.p[i]) || is_digit(line.p[i]))
			return true;
	}
	return false;
}

static enum postal_fault check_lines(struct arena *arena, const struct postal *address)
{
	for (size_t i = 0; i < address->n; i++) {
		if (str_has_byte(S("@()=[]\"\\/,<>~"), address->lines[i].p[0]))
			return POSTAL_CHARACTER;
		if (is_too_long(address->lines[i]))
			return POSTAL_TOO_LONG;
	}
	for (size_t i = 0; i < address->n; i++) {
		if (is_no_abode(arena, address->lines[i]))
			return POSTAL_NO_ABODE;
	}
	bool good = has_letter_or_digit(address->lines[0]) &&
		    has_letter_or_digit(address->lines[1]);
	return good ? POSTAL_FINE : POSTAL_FIRST_LINES;
}

/* Without the lines that are nothing. */
static enum postal_fault clean_lines(struct arena *arena, const str *lines, size_t n, str *out,
				     size_t *out_n)
{
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (str_has_byte(lines[i], '\n'))
			return POSTAL_CHARACTER;
		str line = clean_line(arena, lines[i]);
		if (line.n > 0)
			out[(*out_n)++] = line;
	}
	return *out_n > 0 ? POSTAL_FINE : POSTAL_EMPTY;
}

static enum country drop_our_country(struct arena *arena, const str *lines, size_t *n)
{
	enum country country = COUNTRY_NONE;
	while (*n > 1 && (country = country_of(arena, lines[*n - 1])) == COUNTRY_OURS)
		(*n)--;
	return country;
}

/* How many lines it will have, counted as they would be printed. */
static enum postal_fault check_count(size_t n)
{
	if (n < POSTAL_LINES_MIN)
		return POSTAL_NOT_ENOUGH;
	return n > POSTAL_LINES_MAX ? POSTAL_TOO_MANY : POSTAL_FINE;
}

enum postal_fault postal_read(struct arena *arena, const str *lines, size_t n, struct postal *out)
{
	struct postal address = { .n = 0 };
	str *rest = TAKE(arena, str, n + 1);
	size_t left;
	enum postal_fault fault = clean_lines(arena, lines, n, rest, &left);
	if (fault != POSTAL_FINE)
		return fault;
	int bfpo = take_bfpo(rest, &left);
	enum country country = drop_our_country(arena, rest, &left);
	fault = check_count(left + (bfpo >= 0 ? 1 : 0));
	if (fault != POSTAL_FINE)
		return fault;
	if (country == COUNTRY_ABROAD)
		return bfpo >= 0 ? POSTAL_BFPO_COUNTRY : POSTAL_ABROAD;
	address.postcode = read_postcode(arena, rest[left - 1]);
	if (address.postcode.n == 0 && bfpo < 0)
		return POSTAL_POSTCODE;
	for (size_t i = 0; i < left - (address.postcode.n > 0 ? 1 : 0); i++)
		address.lines[address.n++] = rest[i];
	if (bfpo >= 0)
		address.lines[address.n++] = str_fmt(arena, "BFPO %d", bfpo);
	if (address.postcode.n > 0)
		address.lines[address.n++] = address.postcode;
	else
		address.postcode = address.lines[address.n - 1];
	fault = check_lines(arena, &address);
	if (fault == POSTAL_FINE)
		*out = address;
	return fault;
}
