#include "words/inner.h"

#include "base/arena.h"

static void put_runs(struct json_writer *w, const struct run *runs)
{
	json_key(w, "spans");
	json_open_list(w);
	for (; runs != NULL; runs = runs->next) {
		json_open(w);
		json_add_text(w, "text", runs->line_end ? S("\n") : runs->text);
		if (runs->strong)
			json_add_bool(w, "strong", true);
		if (runs->href.n > 0)
			json_add_text(w, "href", runs->href);
		json_close(w);
	}
	json_close_list(w);
}

static void put_passage(struct json_writer *w, const struct passage *passage);

static void put_list(struct json_writer *w, const struct passage *list)
{
	json_add_text(w, "type", S("list"));
	json_add_bool(w, "ordered", list->ordered);
	if (list->ordered)
		json_add_int(w, "start", list->start);
	json_key(w, "items");
	json_open_list(w);
	for (const struct passage *item = list->inside; item != NULL; item = item->next) {
		json_open_list(w);
		for (const struct passage *p = item->inside; p != NULL; p = p->next)
			put_passage(w, p);
		json_close_list(w);
	}
	json_close_list(w);
}

static void put_row(struct json_writer *w, const struct passage *row)
{
	json_open_list(w);
	for (const struct passage *cell = row->inside; cell != NULL; cell = cell->next) {
		json_open(w);
		put_runs(w, cell->runs);
		json_close(w);
	}
	json_close_list(w);
}

static void put_table(struct json_writer *w, const struct passage *table)
{
	static const char *const names[] = {
		[ALIGN_START] = "start", [ALIGN_CENTRE] = "centre", [ALIGN_END] = "end"
	};
	json_add_text(w, "type", S("table"));
	json_key(w, "align");
	json_open_list(w);
	for (const struct passage *cell = table->inside->inside; cell != NULL; cell = cell->next)
		json_put_text(w, str_of(names[cell->align]));
	json_close_list(w);
	json_key(w, "rows");
	json_open_list(w);
	for (const struct passage *row = table->inside; row != NULL; row = row->next)
		put_row(w, row);
	json_close_list(w);
}

static void put_passage(struct json_writer *w, const struct passage *passage)
{
	json_open(w);
	if (passage->block.n > 0)
		json_add_text(w, "block", passage->block);
	switch (passage->kind) {
	case PASSAGE_HEADING:
		json_add_text(w, "type", S("heading"));
		json_add_int(w, "level", passage->level);
		put_runs(w, passage->runs);
		break;
	case PASSAGE_PARAGRAPH:
		json_add_text(w, "type", S("paragraph"));
		put_runs(w, passage->runs);
		break;
	case PASSAGE_LIST:
		put_list(w, passage);
		break;
	case PASSAGE_TABLE:
		put_table(w, passage);
		break;
	case PASSAGE_RULE:
	case PASSAGE_ITEM:
	case PASSAGE_ROW:
	case PASSAGE_CELL:
		json_add_text(w, "type", S("rule"));
		break;
	}
	json_close(w);
}

static void put_texts(struct json_writer *w, const char *key, const str *texts, size_t n)
{
	json_key(w, key);
	json_open_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_text(w, texts[i]);
	json_close_list(w);
}

/* What the letter says beside this text; what is missing it says in English. */
static void put_words(struct json_writer *w, const struct language *language)
{
	json_key(w, "words");
	json_open(w);
	for (enum language_word word = 0; word < LANGUAGE_WORD_COUNT; word++) {
		if (language->words[word].n > 0)
			json_add_text(w, language_word_key(word), language->words[word]);
	}
	if (language->digits.n > 0)
		json_add_text(w, "digits", language->digits);
	if (language->date.n > 0) {
		json_add_text(w, "date", language->date);
		put_texts(w, "weekdays", language->weekdays, WEEKDAY_COUNT);
		put_texts(w, "months", language->months, MONTHS);
	}
	json_close(w);
}

static void put_part(struct json_writer *w, const struct page *page)
{
	struct run title = { .text = page->title };
	const struct passage heading = { .kind = PASSAGE_HEADING, .level = 1, .runs = &title };
	json_open(w);
	json_add_text(w, "language", page->language);
	if (language_is_right_to_left(page->language))
		json_add_bool(w, "right_to_left", true);
	if (page->words != NULL)
		put_words(w, page->words);
	json_key(w, "passages");
	json_open_list(w);
	put_passage(w, &heading);
	for (const struct passage *passage = page->passages; passage != NULL;
	     passage = passage->next)
		put_passage(w, passage);
	json_close_list(w);
	json_close(w);
}

str letter_write(struct arena *arena, const struct page *page)
{
	struct buf buf = buf_of(arena, 4 * WORDING_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open_list(&w);
	for (; page != NULL; page = page->then)
		put_part(&w, page);
	json_close_list(&w);
	return buf_str(&buf);
}
