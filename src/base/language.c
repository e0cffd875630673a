#include "base/language.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"

#define TEXT(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

#define X(name, key, english) [LANGUAGE_##name] = TEXT(english),
const struct language language_english = {
	.tag = TEXT("en"),
	.date = TEXT("{weekday} {day} {month} {year}"),
	.weekdays = { TEXT("Monday"), TEXT("Tuesday"), TEXT("Wednesday"), TEXT("Thursday"),
		      TEXT("Friday"), TEXT("Saturday"), TEXT("Sunday") },
	.months = { TEXT("January"), TEXT("February"), TEXT("March"), TEXT("April"), TEXT("May"),
		    TEXT("June"), TEXT("July"), TEXT("August"), TEXT("September"), TEXT("October"),
		    TEXT("November"), TEXT("December") },
	.words = { LANGUAGE_WORDS(X) },
};
#undef X

const char *language_word_key(enum language_word word)
{
#define X(name, key, english) [LANGUAGE_##name] = key,
	static const char *const keys[] = { LANGUAGE_WORDS(X) };
#undef X
	require(word < LANGUAGE_WORD_COUNT);
	return keys[word];
}

const struct language *language_for(const struct language *language, enum language_word word)
{
	return language->words[word].n > 0 ? language : &language_english;
}

const struct language *language_for_dates(const struct language *language)
{
	return language->date.n > 0 ? language : &language_english;
}

str language_set_apart(struct arena *arena, const struct language *language, str text)
{
	if (!language->right_to_left)
		return text;
	return str_fmt(arena, "\xE2\x81\xA6%.*s\xE2\x81\xA9", STR_ARG(text));
}

/* The character at a place of the digits. */
static str digit_of(str digits, int digit)
{
	size_t at = 0;
	for (int i = 0; i < digit && at < digits.n; i++)
		(void)utf8_next(digits, &at);
	const size_t from = at;
	if (at < digits.n)
		(void)utf8_next(digits, &at);
	return str_slice(digits, from, at);
}

static str number(struct arena *arena, const struct language *language, int n)
{
	const str plain = str_fmt(arena, "%d", n);
	struct buf buf = buf_of(arena, 200);
	if (language->digits.n == 0)
		return plain;
	for (size_t i = 0; i < plain.n; i++)
		buf_add(&buf, digit_of(language->digits, plain.p[i] - '0'));
	return buf_str(&buf);
}

struct filling {
	const char *name;
	str text;
};

/* A form with its names in braces filled in. */
static str fill(struct arena *arena, str form, const struct filling *fillings, size_t n)
{
	struct buf buf = buf_of(arena, 2000);
	while (form.n > 0) {
		const size_t open = str_find(form, S("{"));
		buf_add(&buf, str_slice(form, 0, open));
		form = str_slice(form, open, form.n);
		size_t i = 0;
		while (i < n && !str_starts(form, str_of(fillings[i].name)))
			i++;
		if (form.n > 0)
			buf_add(&buf, i < n ? fillings[i].text : S("{"));
		const size_t used = form.n == 0 ? 0 : i < n ? strlen(fillings[i].name) : 1;
		form = str_slice(form, used, form.n);
	}
	return buf_str(&buf);
}

str language_date(struct arena *arena, const struct language *language, date d)
{
	if (!date_is(d))
		return STR_EMPTY;
	const struct civil civil = date_civil(d);
	const struct filling fillings[] = {
		{ "{weekday}", language->weekdays[date_weekday(d)] },
		{ "{day}", number(arena, language, civil.mday) },
		{ "{month}", language->months[civil.month - 1] },
		{ "{year}", number(arena, language, civil.year) },
	};
	require(language->date.n > 0);
	return fill(arena, language->date, fillings, sizeof fillings / sizeof fillings[0]);
}

str language_page(struct arena *arena, const struct language *language, int page, int pages)
{
	const struct filling fillings[] = { { "{page}", number(arena, language, page) },
					    { "{pages}", number(arena, language, pages) } };
	return fill(arena, language->words[LANGUAGE_PAGE], fillings,
		    sizeof fillings / sizeof fillings[0]);
}
