/*
 * Postal addresses of the United Kingdom, as a printer takes them.
 *
 * The rules are those by which GOV.UK Notify takes letters (its letter specification, and the page
 * "how to format a UK address"), so that what passes here is not refused there; the letters that a
 * postcode may hold are those of BS 7666.
 */
#ifndef CANDOUR_MODEL_POSTAL_H
#define CANDOUR_MODEL_POSTAL_H

#include <stdbool.h>

#include "base/str.h"

#define POSTAL_LINES_MIN 3
#define POSTAL_LINES_MAX 7
#define POSTAL_LINE_CHARS_MAX 100

/* name, code for programs, a sentence that says what would be right. The order is that in which they
 * are looked for. */
#define POSTAL_FAULTS(X)                                                                           \
	X(FINE, "fine", "this address can be used")                                                \
	X(CHARACTER, "invalid-char-in-address",                                                    \
	  "a line may not begin with any of @ ( ) = [ ] \" \\ / , < > ~ or hold a line end")       \
	X(EMPTY, "address-is-empty", "the address is empty")                                       \
	X(TOO_LONG, "address-line-too-long", "a line has at most 100 characters")                  \
	X(NOT_ENOUGH, "not-enough-address-lines",                                                  \
	  "an address has three lines at least: a name, a street, a postcode")                     \
	X(TOO_MANY, "too-many-address-lines", "an address has seven lines at most")                \
	X(BFPO_COUNTRY, "has-country-for-bfpo-address",                                            \
	  "no country stands behind a BFPO number: the forces' post finds it")                     \
	X(ABROAD, "cant-send-international-letters", "letters go to the United Kingdom only")      \
	X(POSTCODE, "not-a-real-uk-postcode", "the last line is a UK postcode, such as S1 2HH")    \
	X(NO_ABODE, "no-fixed-abode-address",                                                      \
	  "nobody can be reached at no fixed abode: agree on a place where they collect it")       \
	X(FIRST_LINES, "invalid-address-line-1-or-2",                                              \
	  "the first two lines each hold a letter from A to Z or a digit")

enum postal_fault {
#define X(name, code, text) POSTAL_##name,
	POSTAL_FAULTS(X)
#undef X
		POSTAL_FAULT_COUNT
};

struct postal {
	str lines[POSTAL_LINES_MAX]; /* the postcode is the last one, or BFPO with its number */
	size_t n;
	/* "S1 2HH"; of a BFPO address that names none: "BFPO 58", which finds it, too */
	str postcode;
};

/* Brings an address into order. Its lines are UTF-8, each a line; they are composed (NFC). What goes: invisible
 * characters, spaces at the ends of lines, doubled ones and those before a comma or a full stop, commas at the ends
 * of lines, empty lines, and at the end of it all names of countries that are ours. A BFPO number gets a line of its
 * own before the postcode, which stands last, where there is one, in its usual form. Out is untouched unless it is
 * fine. */
enum postal_fault postal_read(struct arena *arena, const str *lines, size_t n, struct postal *out);
const char *postal_code(enum postal_fault fault);
const char *postal_text(enum postal_fault fault);

/* The name of a country, in English or its own common form; case and punctuation do not matter. */
enum country { COUNTRY_NONE, COUNTRY_OURS, COUNTRY_ABROAD };
/* Ours: the United Kingdom, its nations, the Isle of Man and the Channel Islands, to which the post
 * goes as inland. */
enum country country_of(struct arena *arena, str name);

#endif
