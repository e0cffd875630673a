#include "base/unicode.h"

#include <unictype.h>
#include <uninorm.h>

#include "base/arena.h"
#include "base/err.h"

str unicode_nfc(struct arena *arena, str text)
{
	size_t n = 0;
	if (str_is_ascii(text))
		return text;
	uint8_t *bytes = u8_normalize(UNINORM_NFC, (const uint8_t *)text.p, text.n, NULL, &n);
	if (bytes == NULL)
		fatal("no memory for a text");
	str composed = str_copy(arena, (str){ (const char *)bytes, n });
	free(bytes);
	return composed;
}

/* ASCII is most of all text: the tables are not asked for it. */
bool unicode_is_dash(uint32_t c)
{
	if (c < 0x80)
		return c == '-';
	return c == 0x2212 || uc_is_general_category(c, UC_DASH_PUNCTUATION);
}

bool unicode_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ';
	return uc_is_general_category(c, UC_SPACE_SEPARATOR);
}

bool unicode_is_invisible(uint32_t c)
{
	if (c < 0x80)
		return c <= ' ' || c == 0x7F;
	/* The Braille pattern without dots is a space to the eye. */
	return c == 0x2800 || uc_is_property_white_space(c) ||
	       uc_is_property_default_ignorable_code_point(c) ||
	       uc_is_general_category(c, UC_FORMAT) || uc_is_general_category(c, UC_CONTROL);
}

static const char *script_of(uint32_t c)
{
	const uc_script_t *script = uc_script(c);
	return script != NULL ? script->name : "";
}

bool unicode_is_inherited(uint32_t c)
{
	return strcmp(script_of(c), "Inherited") == 0;
}

/* Letters that join with their neighbours, and those that stack when a virama stands between. */
static const char *const joining_scripts[] = {
	"Arabic",       "Syriac",     "Mandaic",  "Nko",          "Mongolian",       "Phags_Pa",
	"Adlam",        "Devanagari", "Bengali",  "Gurmukhi",     "Gujarati",        "Oriya",
	"Tamil",        "Telugu",     "Kannada",  "Malayalam",    "Sinhala",         "Khmer",
	"Myanmar",      "Tibetan",    "Balinese", "Javanese",     "Sundanese",       "Chakma",
	"Tai_Tham",     "Limbu",      "Newa",     "Meetei_Mayek", "Hanifi_Rohingya", "Tirhuta",
	"Syloti_Nagri",
};

bool unicode_wants_joiners(uint32_t c)
{
	const char *script = script_of(c);
	for (size_t i = 0; i < sizeof joining_scripts / sizeof joining_scripts[0]; i++) {
		if (strcmp(joining_scripts[i], script) == 0)
			return true;
	}
	/* (c) and (r) are pictures too, but nothing is joined to them. */
	return c >= 0x2000 && uc_is_property_extended_pictographic(c);
}

int unicode_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9' ? (int)c - '0' : -1;
	return uc_decimal_value(c);
}

bool unicode_is_letter(uint32_t c)
{
	return uc_is_general_category(c, UC_LETTER);
}
