/* How hard a text is to read: the automated readability index, which needs no list of syllables. Its
 * grade plus five is about the age at which a text of this kind is read with ease. Such a number helps
 * to find what should be read again; it does not say that a text is good. */
#include "words/inner.h"

/* Fewer words say nothing. */
#define WORDS_LEAST 30

struct reading {
	int64_t letters, words, sentences;
	bool in_sentence;
};

static void end_sentence(struct reading *reading)
{
	reading->sentences += reading->in_sentence ? 1 : 0;
	reading->in_sentence = false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "plan." ends a sentence; "3." in front of a step has no letter of a word before it. */
static void count_word(struct reading *reading, str word)
{
	int64_t letters = 0;
	for (size_t i = 0; i < word.n; i++)
		letters += is_letter(word.p[i]) ? 1 : 0;
	if (letters == 0)
		return;
	reading->letters += letters;
	reading->words++;
	reading->in_sentence = true;
	char last = word.p[word.n - 1];
	if (last == '.' || last == '?' || last == '!' || last == ':')
		end_sentence(reading);
}

/* Addresses and numbers to call are looked at, not read. */
static bool is_read(str line)
{
	return !str_has_byte(line, '@') && str_find(line, S("://")) == line.n &&
	       str_find(line, S("Phone:")) == line.n;
}

static bool begins_item(str line)
{
	return str_starts(line, S("- ")) ||
	       (line.n > 2 && line.p[0] >= '0' && line.p[0] <= '9' && str_find(line, S(". ")) < 4);
}

static void count_line(struct reading *reading, str line)
{
	line = str_trim(line);
	if (line.n == 0 || begins_item(line))
		end_sentence(reading);
	if (begins_item(line))
		line = str_slice(line, str_find(line, S(" ")), line.n);
	while (is_read(line) && (line = str_trim(line)).n > 0) {
		size_t end = str_find(line, S(" "));
		count_word(reading, str_slice(line, 0, end));
		line = str_slice(line, end, line.n);
	}
}

int reading_age(str text)
{
	struct reading reading = { 0 };
	str line, rest = text;
	while (str_line(&rest, &line))
		count_line(&reading, line);
	end_sentence(&reading);
	if (reading.words < WORDS_LEAST)
		return 0;
	int64_t grade = 471 * reading.letters / reading.words +
			50 * reading.words / reading.sentences - 2143;
	return (int)((grade + 500) / 100);
}
