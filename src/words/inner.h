/*
 * What the files of this room share: the way of a text from a template to a worded message.
 *
 *   file --head_read--> struct template, its tags read once (mustache_parse)
 *   message --values_of--> a JSON tree --mustache_write--> struct wording: text with placeholders
 *   wording --passages_read--> struct passage tree --html_write, plain_write, letter_write--> output
 *
 * A placeholder is U+FDD0, a number in decimal digits, U+FDD1; the number is the place of its value
 * in the wording.
 */
#ifndef CANDOUR_WORDS_INNER_H
#define CANDOUR_WORDS_INNER_H

#include "base/json.h"
#include "base/language.h"
#include "base/yaml.h"
#include "words/words.h"

/* Limits. Templates are written by people and are far below them. */
#define TEMPLATE_BYTES_MAX ((size_t)64 << 10)
#define WORDING_BYTES_MAX ((size_t)256 << 10)
#define TAGS_DEPTH_MAX 16
#define TAGS_MAX 5000
#define VALUES_MAX 2000
#define SMS_SEGMENTS_MAX 6
#define SUBJECT_BYTES_MAX 200

#define PLACEHOLDER_OPEN "\xEF\xB7\x90"
#define PLACEHOLDER_CLOSE "\xEF\xB7\x91"

/* --- Mustache (mustache.c, wording.c) ---------------------------------------------------------- */

enum tag_kind {
	TAG_TEXT,
	TAG_VALUE,
	TAG_SECTION,
	TAG_INVERTED,
	TAG_PART,
	TAG_MARK, /* {{! block: next }} */
};

struct tag {
	struct tag *next;
	struct tag *inside; /* of a section or part */
	enum tag_kind kind;
	enum block block; /* of a mark */
	str text;         /* a text, or the name */
	str file;
	int line;
};

/* A text that tags may include: parts/NAME.md. */
struct part {
	struct part *next;
	str name, file, text;
};

struct source {
	str file;
	str text;
	int line; /* of the text's first line in its file */
};

/* Reads the tags once; mistakes are findings (template_tag, template_section, template_part), and
 * what could be read is given all the same. */
const struct tag *mustache_parse(struct arena *arena, const struct source *source,
				 const struct part *parts, struct findings *findings);

/* A value that was put in: its number is its place. */
struct used {
	str text;
	const struct tag *tag;
};

/* Where in the text a block begins. */
struct mark {
	enum block block;
	size_t at;
};

/* A text with placeholders. */
struct wording {
	str text;
	struct used *used;
	size_t n_used;
	struct mark *marks;
	size_t n_marks;
};

/* Writes the tags with the values of a JSON map. False when a value is missing, is not one that can
 * be printed, or the text grows beyond its limits: *why names tag, file and line. */
bool mustache_write(struct arena *arena, const struct tag *tags, const struct json *values,
		    struct wording *out, str *why);
/* The wording with its values in their places, for a text without markup. */
str wording_fill(struct arena *arena, const struct wording *wording);
/* The placeholder at *at, which moves behind it, or NULL when none begins there. */
const struct used *wording_used(const struct wording *wording, str text, size_t *at);
/* True when every block's mark is followed by words: its heading does not count. Else *out_block is
 * the one that is not. Only blocks that `wanted` has are looked at. */
bool wording_has_blocks(const struct wording *wording, const bool wanted[BLOCK_COUNT],
			enum block *out_block);

/* --- values (values.c) ------------------------------------------------------------------------ */

struct value_rule {
	const char *name; /* "owner.phone", or "event." for all below */
	bool short_form;  /* may stand in an SMS and in a title: it reveals nothing */
	/* the authority's own: may stand in a link's address, is not searched for private values */
	bool published;
	bool plain_id; /* an id or a date that we made: is not searched for private values */
};

/* The rule of a value's name, or NULL when there is no such value. */
const struct value_rule *value_rule_of(str name);
/* True for a name that a section may have: a value's, or a map's of values. */
bool value_section_is(str name);
/* The date of a typed date, {"date": "2026-12-14"}. */
bool value_date(const struct json *value, date *out);
/* All values of a message as a map; NULL, and *why, when its facts cannot be read. */
const struct json *values_of(struct arena *arena, const struct policy *policy,
			     const struct message *message, date today, str *why);
/* A copy of a map with one more member, or with another value for it. */
struct json map_with(struct arena *arena, const struct json *map, str key, struct json value);
/* The values with every date as a language writes it. */
const struct json *values_dated(struct arena *arena, const struct json *values,
				const struct language *language);

/* --- Markdown (markdown.c) -------------------------------------------------------------------- */

/* A run of text within a passage. */
struct run {
	struct run *next;
	str text;
	str href;      /* a link's address; may be empty */
	bool strong;   /* emphasis too: clear print has no italics */
	bool line_end; /* no text: the line ends here */
};

enum passage_kind {
	PASSAGE_HEADING,
	PASSAGE_PARAGRAPH,
	PASSAGE_LIST,
	PASSAGE_ITEM,
	PASSAGE_RULE,
	PASSAGE_TABLE,
	PASSAGE_ROW,
	PASSAGE_CELL,
};

/* Where a column's words stand: start and end follow the direction of the text. */
enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

/* A block of a text: what all outputs are made from. */
struct passage {
	struct passage *next;
	enum passage_kind kind;
	int level;    /* of a heading: 1 is the title */
	bool ordered; /* of a list */
	bool tight;   /* of a list: its items are no paragraphs */
	int start;
	str block;        /* the name of the block that it belongs to; or empty */
	enum align align; /* of a cell */
	struct run *runs; /* of a heading, paragraph or cell */
	struct passage
		*inside; /* a list's items, an item's passages, a table's rows (the first is its
				 * head), a row's cells (as many as the head has) */
};

/* Reads a wording as Markdown and puts the values in. False, and *why, for what cannot be: a link
 * to somewhere it may not go, Markdown that is not supported. */
bool passages_read(struct arena *arena, const struct wording *wording, bool right_to_left,
		   struct passage **out, str *why);
/* Finds Markdown that is not supported and headings out of order, with lines, before any value is
 * known. */
void markdown_check(const struct source *outline, struct findings *findings);

/* --- tables: the rows of "| one | two |" (table.c) --------------------------------------------- */

/* More than these are no table that anybody can read. */
#define TABLE_COLUMNS_MAX 12

struct columns {
	enum align align[TABLE_COLUMNS_MAX];
	size_t n; /* 0: more than there may be */
};

/* A line of a text; the first one is 1. Empty behind the last. */
str table_line(str text, int line);
/* How many cells a row has. A bar always ends one: nothing takes its meaning away. */
size_t table_cells(str row);
/* True for the row below the head, "| --- | :-: | --: |", which makes a table of a paragraph. */
bool table_columns(str row, struct columns *out);

/* --- outputs ---------------------------------------------------------------------------------- */

bool language_is_right_to_left(str language);

struct page {
	str title;
	str language;
	enum format format;
	const struct language *words;   /* of the language, for a letter; NULL: English */
	const struct passage *passages; /* without the title */
	/* in a letter, the English text that goes with a translation; or NULL */
	const struct page *then;
};

str html_write(struct arena *arena, const struct page *page);
str plain_write(struct arena *arena, const struct page *page);
str letter_write(struct arena *arena, const struct page *page);

/* --- templates -------------------------------------------------------------------------------- */

/* A place where a template uses a value. */
struct use {
	str name;
	str file;
	int line;
	bool guarded; /* inside a section of its own name: may be missing */
	bool section;
};

struct template
{
	struct template_info info;
	bool adverse;
	int sms_segments;
	struct source body, sms, title;
	const struct tag *body_tags, *sms_tags, *title_tags;
	const struct yaml *sample; /* or NULL */
	struct use *uses;          /* of body and title */
	size_t n_uses;
};

/* What all messages in a language share: templates/LANGUAGE/words.yaml (language.c). */
struct shared_words {
	struct language language;
	bool reviewed; /* reviewed_by names a speaker */
};

struct words {
	struct template *templates; /* sorted by language and name */
	size_t n;
	struct shared_words *languages;
	size_t n_languages;
	struct part *parts; /* of all languages; only the files tell them apart */
};

/* Reads a words.yaml; each mistake is a finding (template_words). */
void language_read(struct arena *arena, str tag, str file, str text, struct findings *findings,
		   struct shared_words *out);
/* A language's words, reviewed or any; NULL where there are none. */
const struct language *words_language(const struct words *words, str tag, bool any);
/* The template, or NULL. */
const struct template *template_find(const struct words *words, str language, str name);
/* Reads the head of a template's text; body and title are left for their tags to be read. False
 * when there is no head at all. */
bool head_read(struct arena *arena, struct template *out, str text, struct findings *findings);
str block_name(enum block block);
bool block_parse(str name, enum block *out);

/* Every use of a value in tags, added to a list. */
void uses_collect(struct arena *arena, const struct tag *tags, struct use **uses, size_t *n);
/* A finding, unless the very same was found already: a part is used by many templates. */
void mistake(struct findings *findings, bool warning, str file, int line, const char *code,
	     const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The checks that need one template, or one part, and nothing else. */
void template_check(struct arena *arena, const struct template *template,
		    struct findings *findings);
void part_check(struct arena *arena, const struct part *part, struct findings *findings);
/* Renders the sample of a template in every form. */
void template_try(struct arena *arena, const struct template *template, struct findings *findings);
/* What a template is rendered for. */
struct purpose {
	const struct words *words; /* all there are; NULL: only this template is tried */
	const struct policy *policy;
	const struct message *message;
	date today;
	/* English, where a notice is a translation and its letter has both; or NULL */
	const struct template *original;
	const struct language *language; /* the template's; NULL: its dates are in English */
};

/* words_render with this very template, reviewed or not. */
bool template_render(struct arena *arena, const struct template *template,
		     const struct purpose *purpose, struct worded *out, str *why);
/* The facts of a template's sample over those that every sample has, as JSON. */
str sample_facts(struct arena *arena, const struct yaml *sample);
/* The same facts with long names, and with the date that takes most letters. */
str sample_longest(struct arena *arena, str facts);
#define SAMPLE_LONG_NAME "Bartholomew Featherstonehaugh-Wilkinson"
/* A policy with an authority that does not exist, for samples. */
const struct policy *sample_policy(struct arena *arena);

/* --- what may not be said --------------------------------------------------------------------- */

/* A word that tells a stranger what a message is about, or the empty str. */
str revealing_word(str text);
/* The first place that looks like a date in words or figures, or text.n. */
size_t literal_date(str text);
/* False, and *why, when a value holds somebody's address, number or postcode that the authority has
 * not published, or the recipient's own. */
bool guard_values(struct arena *arena, const struct policy *policy, const struct message *message,
		  const struct json *values, const struct wording *wording, str *why);
/* False when a copy, as its recipient would read it, holds something private of another contact of
 * the family (message.secrets) that the authority has not published. */
bool guard_copy(struct arena *arena, const struct policy *policy, const struct message *message,
		const struct json *values, str text);

/* reading.c: the age, in years, at which an English text is read with ease, about; 0: too short. */
int reading_age(str text);

#endif
