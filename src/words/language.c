#include "base/arena.h"
#include "base/utf8.h"
#include "words/inner.h"

/* words.yaml: how a language writes dates, and the words that stand on its letters. */

struct reader {
	str file;
	struct findings *findings;
};

static void wrong(const struct reader *reader, int line, const char *what)
{
	mistake(reader->findings, false, reader->file, line, "template_words", "%s", what);
}

static void read_names(const struct reader *reader, const struct yaml *value, str *out, size_t n,
		       const char *what)
{
	bool fine = value->type == YAML_LIST && value->n == n;
	for (size_t i = 0; fine && i < n; i++) {
		fine = value->items[i].type == YAML_TEXT && str_trim(value->items[i].text).n > 0;
		out[i] = str_trim(value->items[i].text);
	}
	if (!fine)
		wrong(reader, value->line, what);
}

static bool holds(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

/* Digits of a script are ten characters in a row. */
static bool is_ten(str digits)
{
	size_t n = 0;
	for (size_t at = 0; at < digits.n; n++)
		(void)utf8_next(digits, &at);
	return n == 0 || n == 10;
}

static bool read_word(const struct reader *reader, str key, const struct yaml *value,
		      struct language *out)
{
	for (enum language_word word = 0; word < LANGUAGE_WORD_COUNT; word++) {
		if (!str_eq(key, str_of(language_word_key(word))))
			continue;
		out->words[word] = str_trim(value->text);
		if (word == LANGUAGE_PAGE && value->text.n > 0 &&
		    !(holds(value->text, "{page}") && holds(value->text, "{pages}")))
			wrong(reader, value->line, "page says {page} and {pages}");
		return true;
	}
	return false;
}

static void read_key(const struct reader *reader, const struct yaml_member *member,
		     struct shared_words *out)
{
	struct language *language = &out->language;
	const struct yaml *value = &member->value;
	const str text = value->type == YAML_TEXT ? str_trim(value->text) : STR_EMPTY;
	if (str_eq(member->key, S("weekdays"))) {
		read_names(reader, value, language->weekdays, WEEKDAY_COUNT,
			   "weekdays are seven names, from Monday on");
	} else if (str_eq(member->key, S("months"))) {
		read_names(reader, value, language->months, MONTHS,
			   "months are twelve names, from January on");
	} else if (value->type != YAML_TEXT) {
		wrong(reader, value->line, "this is a text");
	} else if (str_eq(member->key, S("reviewed_by"))) {
		out->reviewed = text.n > 0;
	} else if (str_eq(member->key, S("digits"))) {
		language->digits = text;
		if (!is_ten(text))
			wrong(reader, value->line, "digits are ten characters, for 0 to 9");
	} else if (str_eq(member->key, S("date"))) {
		language->date = text;
		if (!holds(text, "{day}") || !holds(text, "{month}") || !holds(text, "{year}"))
			wrong(reader, value->line, "date says {day}, {month} and {year}");
	} else if (!read_word(reader, member->key, value, language)) {
		wrong(reader, member->line, "there is no such key; docs/templates.md lists them");
	}
}

void language_read(struct arena *arena, str tag, str file, str text, struct findings *findings,
		   struct shared_words *out)
{
	const struct reader reader = { .file = file, .findings = findings };
	const struct yaml *map = yaml_parse(arena, file, text, findings);
	*out = (struct shared_words){
		.language = { .tag = tag, .right_to_left = language_is_right_to_left(tag) }
	};
	if (map == NULL)
		return;
	if (map->type != YAML_MAP) {
		wrong(&reader, 1, "words.yaml is a map");
		return;
	}
	for (size_t i = 0; i < map->n; i++)
		read_key(&reader, &map->members[i], out);
	if (out->language.date.n > 0 &&
	    (out->language.months[0].n == 0 || out->language.weekdays[0].n == 0))
		wrong(&reader, 1, "a date needs weekdays and months");
	if (!out->reviewed)
		mistake(findings, true, file, 1, "template_unread",
			"no speaker has checked these words: until reviewed_by names one, nobody "
			"gets them, and letters have the English ones");
}

const struct language *words_language(const struct words *words, str tag, bool any)
{
	for (size_t i = 0; i < words->n_languages; i++) {
		const struct shared_words *shared = &words->languages[i];
		if (str_eq(shared->language.tag, tag) && (any || shared->reviewed))
			return &shared->language;
	}
	return NULL;
}
