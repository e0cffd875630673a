/* The words of a letter in order, from their JSON: paragraphs, and the structure around them. */
#include "base/arena.h"
#include "base/utf8.h"
#include "letter/inner.h"

#define LISTS_DEEP_MAX 12
#define COLUMNS_MAX 12
#define ROWS_MAX 600                       /* more than ten pages hold */
#define TEXT_BYTES_MAX ((size_t)256 << 10) /* of a paragraph */
/* More characters than ten pages hold, however small they are: Pango need not try. */
#define TEXT_LENGTH_MAX 64000
#define FIRST_STRONG_ISOLATE 0x2068
#define LEFT_TO_RIGHT_ISOLATE 0x2066
#define POP_ISOLATE 0x2069

struct story {
	struct letter *letter;
	struct item **end;
	/* of the part that is being read */
	const char *language;
	bool right_to_left;
	bool legal; /* the passage before was of a legal block */
	int deep;
};

static bool malformed(struct story *story, const char *what)
{
	return letter_refuse(story->letter, LETTER_BAD_REQUEST, str_of(what));
}

/* ---- items ---------------------------------------------------------------------------------------- */

static struct item *add(struct story *story, enum item_kind kind)
{
	struct item *item = TAKE(story->letter->arena, struct item, 1);
	item->kind = kind;
	*story->end = item;
	story->end = &item->next;
	return item;
}

static struct item *open_tag(struct story *story, const char *tag, const char *language)
{
	struct item *item = add(story, ITEM_OPEN);
	item->tag = tag;
	item->language = language;
	return item;
}

static void close_tag(struct story *story, const char *tag)
{
	add(story, ITEM_CLOSE)->tag = tag;
}

/* ---- the text of a paragraph ---------------------------------------------------------------------- */

struct text {
	struct buf buf;
	struct stretch *first, **end;
};

static void add_stretch(struct story *story, struct text *text, size_t from, bool strong, str href)
{
	struct stretch *stretch = TAKE(story->letter->arena, struct stretch, 1);
	*stretch =
		(struct stretch){ .from = from, .to = text->buf.n, .strong = strong, .href = href };
	*text->end = stretch;
	text->end = &stretch->next;
}

/* On paper an address can only be read: it stands behind the words that lead there. */
static str printed_address(str href, str words)
{
	str address = href;
	if (str_starts(href, S("tel:")))
		return STR_EMPTY;
	if (str_starts(href, S("mailto:")))
		address = str_slice(href, 7, href.n);
	return str_find(words, address) < words.n ? STR_EMPTY : address;
}

/* A tab has no width that a line could be broken by. */
static void add_words(struct buf *buf, str words)
{
	for (size_t i = 0; i < words.n; i++)
		buf_byte(buf, (char)(words.p[i] == '\t' ? ' ' : words.p[i]));
}

static void add_span(struct story *story, struct text *text, const struct json *run,
		     bool all_strong)
{
	const str words = json_text(run, "text"), href = json_text(run, "href");
	const bool strong = all_strong || json_bool(run, "strong", false);
	const str address = href.n > 0 ? printed_address(href, words) : STR_EMPTY;
	const size_t from = text->buf.n;

	/* A link is one thing among words of the other direction. */
	if (href.n > 0 && story->right_to_left)
		utf8_put(&text->buf, FIRST_STRONG_ISOLATE);
	add_words(&text->buf, words);
	if (href.n > 0 && story->right_to_left)
		utf8_put(&text->buf, POP_ISOLATE);
	if (strong || href.n > 0)
		add_stretch(story, text, from, strong, href);
	if (address.n == 0)
		return;
	buf_add(&text->buf, S(" ("));
	const size_t begins = text->buf.n;
	if (story->right_to_left)
		utf8_put(&text->buf, LEFT_TO_RIGHT_ISOLATE);
	buf_add(&text->buf, address);
	if (story->right_to_left)
		utf8_put(&text->buf, POP_ISOLATE);
	add_stretch(story, text, begins, strong, href);
	buf_byte(&text->buf, ')');
}

static size_t length_of(str text)
{
	size_t length = 0;
	for (size_t at = 0; at < text.n; length++)
		(void)utf8_next(text, &at);
	return length;
}

static struct text *begin_text(const struct story *story)
{
	struct text *text = TAKE(story->letter->arena, struct text, 1);
	text->buf = buf_of(story->letter->arena, TEXT_BYTES_MAX);
	text->end = &text->first;
	return text;
}

static void add_spans(struct story *story, struct text *text, const struct json *passage,
		      bool strong)
{
	const struct json *spans = NULL;
	const size_t n = json_list(passage, "spans", &spans);
	for (size_t i = 0; i < n; i++)
		add_span(story, text, &spans[i], strong);
}

static bool end_text(struct story *story, const struct text *text, struct paragraph *out)
{
	out->text = buf_str(&text->buf);
	if (text->buf.too_long || length_of(out->text) > TEXT_LENGTH_MAX)
		return letter_refuse(story->letter, LETTER_TOO_LONG,
				     S("a paragraph is longer than ten pages"));
	out->stretches = text->first;
	return true;
}

static bool read_spans(struct story *story, const struct json *passage, struct paragraph *out)
{
	struct text *text = begin_text(story);
	add_spans(story, text, passage, false);
	return end_text(story, text, out);
}

/* ---- passages ------------------------------------------------------------------------------------- */

static struct paragraph *new_paragraph(const struct story *story, const char *tag)
{
	const struct letter *letter = story->letter;
	struct paragraph *paragraph = TAKE(letter->arena, struct paragraph, 1);
	*paragraph = (struct paragraph){
		.tag = tag,
		.type = { .language = story->language,
			  .size = letter->size,
			  .right_to_left = story->right_to_left },
		.before = 0.55 * letter->size,
	};
	return paragraph;
}

static bool add_paragraph(struct story *story, const struct json *passage,
			  struct paragraph *paragraph)
{
	if (!read_spans(story, passage, paragraph))
		return false;
	add(story, ITEM_PARAGRAPH)->paragraph = paragraph;
	return true;
}

static double pad_of(const struct story *story, bool boxed)
{
	return boxed ? 0.8 * story->letter->size : 0;
}

static void indent(const struct story *story, struct paragraph *paragraph, double by, bool boxed)
{
	const double pad = pad_of(story, boxed);
	paragraph->boxed = boxed;
	/* However deep a list is, there is room for words. */
	paragraph->indent = MIN(by + pad, story->letter->width / 2);
	paragraph->margin = pad;
}

static bool add_heading(struct story *story, const struct json *heading, bool boxed)
{
	static const char *const tags[] = { "H1", "H2", "H3", "H4", "H5", "H6" };
	/* Large print is large already, and its pages are few words long. */
	static const double sizes[2][6] = { { 1.6, 1.2, 1, 1, 1, 1 }, { 1.2, 1.08, 1, 1, 1, 1 } };
	const bool large = letter_is_large(story->letter);
	const int64_t level = json_int(heading, "level", 0);
	if (level < 1 || level > 6)
		return malformed(story, "a heading's level is 1 to 6");
	struct paragraph *paragraph = new_paragraph(story, tags[level - 1]);
	paragraph->level = (int)level;
	paragraph->type.strong = true;
	paragraph->type.size *= sizes[large][level - 1];
	paragraph->before = (level == 1 ? 0.4 : 0.95) * paragraph->type.size;
	paragraph->keep = true;
	indent(story, paragraph, 0, boxed);
	return add_paragraph(story, heading, paragraph);
}

static bool add_passage(struct story *story, const struct json *passage, double by, bool boxed);

/* An item: its label, then its passages, the first one beside the label. */
static bool add_item(struct story *story, const struct json *item, str label, double by,
		     double hang, bool boxed)
{
	const struct json *passages = item->list.items;
	const size_t n = item->type == JSON_LIST ? item->list.n : 0;
	if (n == 0 || !str_eq(json_text(&passages[0], "type"), S("paragraph")))
		return malformed(story, "a list's item begins with a paragraph");
	struct paragraph *first = new_paragraph(story, n == 1 ? "LBody" : "P");
	indent(story, first, by + hang, boxed);
	first->label = label;
	first->hang = hang;
	first->before *= 0.6;
	open_tag(story, "LI", NULL);
	add(story, ITEM_LABEL)->paragraph = first;
	if (n > 1)
		open_tag(story, "LBody", NULL);
	bool fine = add_paragraph(story, &passages[0], first);
	for (size_t i = 1; fine && i < n; i++)
		fine = add_passage(story, &passages[i], by + hang, boxed);
	if (n > 1)
		close_tag(story, "LBody");
	close_tag(story, "LI");
	return fine;
}

static bool add_list(struct story *story, const struct json *list, double by, bool boxed)
{
	const struct json *items = NULL;
	const size_t n = json_list(list, "items", &items);
	const bool ordered = json_bool(list, "ordered", false);
	const int64_t start = json_int(list, "start", 1);
	const double size = story->letter->size;
	if (start < 0 || start > 999999)
		return malformed(story, "a list's start is 0 to 999999");
	int digits = 1;
	for (int64_t last = start + (int64_t)n - 1; last >= 10; last /= 10)
		digits++;
	const double hang = ordered ? (0.95 + 0.6 * digits) * size : 1.1 * size;
	if (story->deep == LISTS_DEEP_MAX)
		return malformed(story, "lists are nested too deep");
	story->deep++;
	open_tag(story, "L", NULL);
	bool fine = true;
	for (size_t i = 0; fine && i < n; i++) {
		const str label = ordered ? str_fmt(story->letter->arena, "%lld.",
						    (long long)start + (long long)i)
					  : S("•");
		fine = add_item(story, &items[i], label, by, hang, boxed);
	}
	close_tag(story, "L");
	story->deep--;
	return fine;
}

/* ---- tables --------------------------------------------------------------------------------------- */

/* A table as it was asked for. */
struct table {
	const struct json *rows; /* the first is its head */
	size_t n_rows, n_columns;
	enum align align[COLUMNS_MAX];
	bool boxed;
};

static bool read_align(const struct json *align, enum align *out)
{
	static const char *const names[] = {
		[ALIGN_START] = "start", [ALIGN_CENTRE] = "centre", [ALIGN_END] = "end"
	};
	for (size_t i = 0; align->type == JSON_TEXT && i < sizeof names / sizeof names[0]; i++) {
		if (!str_eq(align->text, str_of(names[i])))
			continue;
		*out = (enum align)i;
		return true;
	}
	return false;
}

static bool read_table(struct story *story, const struct json *passage, struct table *out)
{
	const struct json *aligns = NULL;
	out->n_columns = json_list(passage, "align", &aligns);
	out->n_rows = json_list(passage, "rows", &out->rows);
	if (out->n_columns == 0 || out->n_columns > COLUMNS_MAX || out->n_rows < 2)
		return malformed(story, "a table has 1 to 12 columns, a head and rows");
	if (out->n_rows > ROWS_MAX)
		return letter_refuse(story->letter, LETTER_TOO_LONG,
				     S("a table has more rows than ten pages hold"));
	for (size_t i = 0; i < out->n_columns; i++) {
		if (!read_align(&aligns[i], &out->align[i]))
			return malformed(story, "a column's align is start, centre or end");
	}
	for (size_t i = 0; i < out->n_rows; i++) {
		if (out->rows[i].type != JSON_LIST || out->rows[i].list.n != out->n_columns)
			return malformed(story, "a row has as many cells as there are columns");
	}
	return true;
}

static struct row *read_row(struct story *story, const struct table *table, size_t at)
{
	struct arena *arena = story->letter->arena;
	struct row *row = TAKE(arena, struct row, 1);
	row->n = table->n_columns;
	row->cells = TAKE(arena, struct paragraph *, row->n);
	for (size_t i = 0; i < row->n; i++) {
		struct paragraph *cell = new_paragraph(story, at == 0 ? "TH" : "TD");
		cell->type.strong = at == 0;
		cell->align = table->align[i];
		cell->boxed = table->boxed;
		cell->row = row;
		if (!read_spans(story, &table->rows[at].list.items[i], cell))
			return NULL;
		row->cells[i] = cell;
	}
	return row;
}

static struct row *read_rows(struct story *story, const struct table *table)
{
	struct row *head = NULL, **end = &head;
	for (size_t i = 0; i < table->n_rows; i++) {
		struct row *row = read_row(story, table, i);
		if (row == NULL)
			return NULL;
		*end = row;
		end = &row->next;
		row->head = head;
	}
	return head;
}

static void add_columns(struct story *story, struct row *head)
{
	open_tag(story, "Table", NULL);
	for (struct row *row = head; row != NULL; row = row->next) {
		add(story, ITEM_ROW)->row = row;
		open_tag(story, "TR", NULL);
		for (size_t i = 0; i < row->n; i++)
			add(story, ITEM_PARAGRAPH)->paragraph = row->cells[i];
		close_tag(story, "TR");
	}
	close_tag(story, "Table");
}

/* A row where there is no room for columns: "Head: cell" on a line each; an empty cell has none. */
static bool add_row_as_item(struct story *story, const struct table *table, const struct json *row)
{
	const double hang = 1.1 * story->letter->size;
	struct paragraph *paragraph = new_paragraph(story, "LBody");
	struct text *text = begin_text(story);
	indent(story, paragraph, hang, table->boxed);
	paragraph->label = S("•");
	paragraph->hang = hang;
	paragraph->whole = true;
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct json *spans = NULL;
		if (json_list(&row->list.items[i], "spans", &spans) == 0)
			continue;
		if (text->buf.n > 0)
			buf_byte(&text->buf, '\n');
		const size_t from = text->buf.n;
		add_spans(story, text, &table->rows[0].list.items[i], true);
		buf_add(&text->buf, S(": "));
		add_stretch(story, text, from, true, STR_EMPTY);
		add_spans(story, text, &row->list.items[i], false);
	}
	if (text->buf.n == 0)
		return true;
	open_tag(story, "LI", NULL);
	add(story, ITEM_LABEL)->paragraph = paragraph;
	const bool fine = end_text(story, text, paragraph);
	add(story, ITEM_PARAGRAPH)->paragraph = paragraph;
	close_tag(story, "LI");
	return fine;
}

static bool add_table(struct story *story, const struct json *passage, double by, bool boxed)
{
	struct table table = { .boxed = boxed };
	bool fits = false;
	if (by > 0)
		return malformed(story, "a table in a list");
	if (!read_table(story, passage, &table))
		return false;
	struct row *head = read_rows(story, &table);
	if (head == NULL || !table_shape(story->letter, head, pad_of(story, boxed), &fits))
		return false;
	if (fits) {
		add_columns(story, head);
		return true;
	}
	bool fine = true;
	open_tag(story, "L", NULL);
	for (size_t i = 1; fine && i < table.n_rows; i++)
		fine = add_row_as_item(story, &table, &table.rows[i]);
	close_tag(story, "L");
	return fine;
}

static bool add_passage(struct story *story, const struct json *passage, double by, bool boxed)
{
	const str type = json_text(passage, "type");
	if (str_eq(type, S("heading")))
		return add_heading(story, passage, boxed);
	if (str_eq(type, S("list")))
		return add_list(story, passage, by, boxed);
	if (str_eq(type, S("table")))
		return add_table(story, passage, by, boxed);
	if (str_eq(type, S("rule"))) {
		add(story, ITEM_RULE);
		return true;
	}
	if (!str_eq(type, S("paragraph")))
		return malformed(story, "a passage's type is not known");
	struct paragraph *paragraph = new_paragraph(story, "P");
	indent(story, paragraph, by, boxed);
	return add_paragraph(story, passage, paragraph);
}

/* ---- parts ----------------------------------------------------------------------------------------- */

/* What the law wants said: it stands apart, below what is said to this family. */
static bool is_legal(str block)
{
	static const char *const names[] = { "appeal",       "limits",       "mediation",
					     "no_mediation", "disagreement", "advice_service" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (str_eq(block, str_of(names[i])))
			return true;
	}
	return false;
}

static bool add_top_passage(struct story *story, const struct json *passage)
{
	const str block = json_text(passage, "block");
	const bool legal = is_legal(block);
	const bool boxed = str_eq(block, S("next"));
	if (legal && !story->legal && str_eq(json_text(passage, "type"), S("heading")))
		add(story, ITEM_RULE);
	story->legal = legal;
	return add_passage(story, passage, 0, boxed);
}

static void read_texts(const struct json *words, const char *key, str *out, size_t n)
{
	const struct json *texts = NULL;
	if (json_list(words, key, &texts) != n)
		return;
	for (size_t i = 0; i < n; i++)
		out[i] = texts[i].type == JSON_TEXT ? texts[i].text : STR_EMPTY;
}

static const struct language *read_language(struct story *story, const struct json *part)
{
	const struct json *words = json_get(part, "words");
	struct language *language = TAKE(story->letter->arena, struct language, 1);
	if (str_eq(json_text(part, "language"), language_english.tag))
		return &language_english;
	language->tag = json_text(part, "language");
	language->right_to_left = json_bool(part, "right_to_left", false);
	language->digits = json_text(words, "digits");
	language->date = json_text(words, "date");
	read_texts(words, "weekdays", language->weekdays, WEEKDAY_COUNT);
	read_texts(words, "months", language->months, MONTHS);
	for (enum language_word word = 0; word < LANGUAGE_WORD_COUNT; word++)
		language->words[word] = json_text(words, language_word_key(word));
	return language;
}

static bool add_part(struct story *story, const struct json *part)
{
	const struct json *passages = NULL;
	const size_t n = json_list(part, "passages", &passages);
	const str language = json_text(part, "language");
	if (language.n == 0 || language.n > 35 || n == 0)
		return malformed(story, "a part has a language and passages");
	story->language = str_z(story->letter->arena, language);
	story->right_to_left = json_bool(part, "right_to_left", false);
	story->legal = false;
	open_tag(story, "Sect", story->language)->part = read_language(story, part);
	bool fine = true;
	for (size_t i = 0; fine && i < n; i++)
		fine = add_top_passage(story, &passages[i]);
	close_tag(story, "Sect");
	return fine;
}

/* ---- what large print has no room for beside the window ------------------------------------------- */

static void add_line(struct story *story, str text, bool strong, bool close)
{
	struct paragraph *paragraph = new_paragraph(story, "P");
	paragraph->text = text;
	paragraph->type.strong = strong;
	paragraph->keep = close;
	if (close)
		paragraph->before *= 0.4;
	add(story, ITEM_PARAGRAPH)->paragraph = paragraph;
}

static void begin_in(struct story *story, const struct language *language)
{
	story->language = str_z(story->letter->arena, language->tag);
	story->right_to_left = language->right_to_left;
	open_tag(story, "Sect", story->language);
}

static void go_on_in(struct story *story, const struct language *language)
{
	if (str_eq(str_of(story->language), language->tag))
		return;
	close_tag(story, "Sect");
	begin_in(story, language);
}

/* "Our reference: C-1". */
static str labelled(const struct story *story, const struct language *language,
		    enum language_word word, str value)
{
	struct arena *arena = story->letter->arena;
	return str_fmt(arena, "%.*s: %.*s", STR_ARG(language->words[word]),
		       STR_ARG(language_set_apart(arena, language, value)));
}

static void add_large_head(struct story *story)
{
	struct arena *arena = story->letter->arena;
	const struct letter_ask *ask = story->letter->ask;
	const struct language *dates = language_for_dates(story->letter->language);
	const struct language *own = language_for(story->letter->language, LANGUAGE_REFERENCE);
	begin_in(story, dates);
	add_line(story, language_date(arena, dates, ask->day), false, true);
	if (ask->reference.n > 0) {
		go_on_in(story, own);
		add_line(story, labelled(story, own, LANGUAGE_REFERENCE, ask->reference), false,
			 true);
	}
	close_tag(story, "Sect");
}

static void add_way(struct story *story, const struct language *last, enum language_word word,
		    str value)
{
	const struct language *language = language_for(last, word);
	if (value.n == 0)
		return;
	go_on_in(story, language);
	add_line(story, labelled(story, language, word, value), false, true);
}

/* In the language of the text above it. */
static void add_large_end(struct story *story, const struct language *last)
{
	struct arena *arena = story->letter->arena;
	const struct letter_ask *ask = story->letter->ask;
	struct buf lines = buf_of(arena, 4096);
	begin_in(story, &language_english);
	add(story, ITEM_RULE);
	add_line(story, ask->from_name, true, true);
	for (size_t i = 0; i < ask->n_from_lines; i++)
		buf_fmt(&lines, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(ask->from_lines[i]));
	if (lines.n > 0)
		add_line(story, buf_str(&lines), false, true);
	add_way(story, last, LANGUAGE_PHONE, ask->from_phone);
	add_way(story, last, LANGUAGE_EMAIL, ask->from_email);
	close_tag(story, "Sect");
}

bool story_read(struct letter *letter, const struct json *parts)
{
	struct story story = { .letter = letter, .end = &letter->items };
	const bool large = letter_is_large(letter);
	letter->language = read_language(&story, &parts->list.items[0]);
	if (large)
		add_large_head(&story);
	for (size_t i = 0; i < parts->list.n; i++) {
		if (i > 0)
			add(&story, ITEM_PAGE);
		if (!add_part(&story, &parts->list.items[i]))
			return false;
	}
	if (large)
		add_large_end(&story, read_language(&story, &parts->list.items[parts->list.n - 1]));
	return true;
}
