/*
 * How a language writes dates, and the few words that stand on a letter beside its text: as
 * templates/LANGUAGE/words.yaml gives them. What a language lacks is said in English.
 */
#ifndef CANDOUR_BASE_LANGUAGE_H
#define CANDOUR_BASE_LANGUAGE_H

#include "base/time.h"

/* Name, key in words.yaml, and in English. */
#define LANGUAGE_WORDS(X)                                                                          \
	X(DATE, "date_label", "Date")                                                              \
	X(REFERENCE, "reference_label", "Our reference")                                           \
	X(PHONE, "phone_label", "Phone")                                                           \
	X(EMAIL, "email_label", "Email")                                                           \
	X(PAGE, "page", "Page {page} of {pages}")

#define X(name, key, english) LANGUAGE_##name,
enum language_word { LANGUAGE_WORDS(X) LANGUAGE_WORD_COUNT };
#undef X

#define MONTHS 12

struct language {
	str tag; /* BCP 47 */
	bool right_to_left;
	str date; /* "{weekday} {day} {month} {year}"; empty: dates are in English */
	str weekdays[WEEKDAY_COUNT], months[MONTHS];
	str digits; /* ten characters, for 0 to 9; empty: those */
	str words[LANGUAGE_WORD_COUNT];
};

extern const struct language language_english;

const char *language_word_key(enum language_word word);
/* The language itself when it has this word, or dates; else English. */
const struct language *language_for(const struct language *language, enum language_word word);
const struct language *language_for_dates(const struct language *language);

/* A number, name or address among words that may run from right to left: set apart, from left to right. */
str language_set_apart(struct arena *arena, const struct language *language, str text);
/* A day as the language writes it; of a language that has dates. DATE_NONE gives "". */
str language_date(struct arena *arena, const struct language *language, date d);
/* "Page 1 of 2"; of a language that has the word. */
str language_page(struct arena *arena, const struct language *language, int page, int pages);

#endif
