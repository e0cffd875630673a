/*
 * What Unicode says of a text: its composed form, and the properties of a character that matter when
 * a text leaves as SMS or a number is read. libunistring knows it and does not leave unicode.c.
 */
#ifndef CANDOUR_BASE_UNICODE_H
#define CANDOUR_BASE_UNICODE_H

#include "base/str.h"

/* Normalization form C. The text must be UTF-8; what is ASCII is given back as it is. */
str unicode_nfc(struct arena *arena, str text);
/* Of the category of dashes, or the minus sign. */
bool unicode_is_dash(uint32_t c);
/* Of the category of spaces: no tab and no line end. */
bool unicode_is_space(uint32_t c);
/* Leaves no mark on a phone or on paper: spaces, line ends, controls and what is only there for the
 * layout. */
bool unicode_is_invisible(uint32_t c);
/* A mark that takes on the script of what it stands on. */
bool unicode_is_inherited(uint32_t c);
/* A joiner or non-joiner beside it changes what is read: letters of scripts that join or stack, and
 * emoji. */
bool unicode_wants_joiners(uint32_t c);
/* Of a decimal digit of any script its value, else -1. */
int unicode_digit(uint32_t c);
bool unicode_is_letter(uint32_t c);

#endif
