/*
 * Numbers of phones that can be texted: mobiles of the United Kingdom, Jersey, Guernsey and the Isle
 * of Man, however they are written, and the numbers that are kept for drama and tests.
 *
 * The ranges are those of Ofcom's National Telephone Numbering Plan; docs/decisions/0021 says why no
 * library knows them for us.
 */
#ifndef CANDOUR_MODEL_PHONE_H
#define CANDOUR_MODEL_PHONE_H

#include "base/str.h"

/* name, code, sentence */
#define PHONE_FAULTS(X)                                                                            \
	X(FINE, "fine", "it can be texted")                                                        \
	X(BLANK, "blank", "there is no number")                                                    \
	X(LETTERS, "letters", "a number holds no letters: leave notes and extensions out")         \
	X(SYMBOLS, "symbols",                                                                      \
	  "a number holds digits, spaces, brackets, dots and dashes, and a + at its beginning")    \
	X(SHORT, "short",                                                                          \
	  "it has too few digits: a UK mobile number has 11, such as 07700 900123")                \
	X(LONG, "long", "it has too many digits for one number")                                   \
	X(FOREIGN, "foreign", "it is a number of another country, where no texts are sent")        \
	X(LANDLINE, "landline", "it is a landline, which cannot be texted")                        \
	X(NON_GEOGRAPHIC, "non_geographic", "numbers with 03, 055 and 056 cannot be texted")       \
	X(FREEPHONE, "freephone", "it is a freephone number, which cannot be texted")              \
	X(PREMIUM, "premium", "it is a number at a special rate, which cannot be texted")          \
	X(PERSONAL, "personal", "numbers with 070 look like mobiles, but are forwarded at a cost") \
	X(PAGER, "pager", "it is a pager's number")                                                \
	X(UNASSIGNED, "unassigned", "no number begins with these digits")

enum phone_fault {
#define X(name, code, text) PHONE_##name,
	PHONE_FAULTS(X)
#undef X
		PHONE_FAULT_COUNT
};

/* PHONE_FINE, and the number as "+447700900123" in the arena; else out is untouched. */
enum phone_fault phone_read(struct arena *arena, str text, str *out);
const char *phone_fault_code(enum phone_fault fault);
/* A sentence without its full stop. */
const char *phone_fault_text(enum phone_fault fault);

#endif
