#include "words/words.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "words/inner.h"

/* ---- reading the folder ----------------------------------------------------------------------- */

struct shelf {
	struct arena *arena;
	struct findings *findings;
	struct words *words;
	size_t room;
	str folder;   /* of a language */
	str language; /* its name */
};

static bool read_text(const struct shelf *shelf, str file, str *out)
{
	str text = STR_EMPTY;
	enum err err = file_read(shelf->arena, file, TEMPLATE_BYTES_MAX, &text);
	if (err != OK) {
		mistake(shelf->findings, false, file, 0, "template_file", "%s", err_text(err));
		return false;
	}
	int line = 1;
	for (size_t at = 0; utf8_is(text) && at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		line += c == '\n';
		if (c == '\r' || !utf8_is_control(c))
			continue;
		mistake(shelf->findings, false, file, line, "template_file",
			"a control character (U+%04X)", (unsigned)c);
		return false;
	}
	if (!utf8_is(text)) {
		mistake(shelf->findings, false, file, 0, "template_file", "this is not UTF-8");
		return false;
	}
	*out = text;
	return true;
}

static str join_path(struct arena *arena, str folder, str name)
{
	return str_fmt(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

/* The parts of one language, first to last by name. */
static struct part *read_parts(const struct shelf *shelf)
{
	str folder = join_path(shelf->arena, shelf->folder, S("parts")), *names = NULL;
	size_t n = 0;
	struct part *first = NULL, **end = &first;
	if (folder_list(shelf->arena, folder, &names, &n) != OK)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct part *part = TAKE(shelf->arena, struct part, 1);
		part->file = join_path(shelf->arena, folder, names[i]);
		if (!str_ends(names[i], S(".md"))) {
			mistake(shelf->findings, false, part->file, 0, "template_file",
				"a part is NAME.md");
			continue;
		}
		part->name = str_slice(names[i], 0, names[i].n - 3);
		if (!read_text(shelf, part->file, &part->text))
			continue;
		*end = part;
		end = &part->next;
	}
	return first;
}

static void collect_files(const struct tag *tags, str *texts, size_t *n, size_t most,
			  const struct part *parts)
{
	for (const struct tag *tag = tags; tag != NULL; tag = tag->next) {
		for (const struct part *part = parts; tag->kind == TAG_PART && part != NULL;
		     part = part->next) {
			if (*n < most && str_eq(part->name, tag->text))
				texts[(*n)++] = part->text;
		}
		collect_files(tag->inside, texts, n, most, parts);
	}
}

static str make_version(const struct shelf *shelf, const struct template *template, str text,
			const struct part *parts)
{
	str texts[64] = { text, S("\n"), template->sms.text };
	size_t n = 3;
	collect_files(template->body_tags, texts, &n, sizeof texts / sizeof texts[0], parts);
	struct hash hash = hash_of(texts, n);
	return str_slice(hash_hex(shelf->arena, &hash), 0, 12);
}

static void read_template(struct shelf *shelf, str name, bool has_sms, const struct part *parts)
{
	struct template template = { .info = { .name = name, .language = shelf->language } };
	struct arena *arena = shelf->arena;
	str text = STR_EMPTY;
	template.info.file = str_fmt(arena, "%.*s/%.*s.md", STR_ARG(shelf->folder), STR_ARG(name));
	if (!read_text(shelf, template.info.file, &text) ||
	    !head_read(arena, &template, text, shelf->findings))
		return;
	template.body_tags = mustache_parse(arena, &template.body, parts, shelf->findings);
	template.title_tags = mustache_parse(arena, &template.title, NULL, shelf->findings);
	template.sms.file = str_fmt(arena, "%.*s/%.*s.sms.txt", STR_ARG(shelf->folder),
				    STR_ARG(name));
	template.sms.line = 1;
	if (has_sms && read_text(shelf, template.sms.file, &template.sms.text)) {
		template.info.has_sms = true;
		template.sms_tags = mustache_parse(arena, &template.sms, parts, shelf->findings);
	}
	if (str_eq(shelf->language, S("en")))
		template.info.reviewed = true;
	if (!template.info.reviewed)
		mistake(shelf->findings, true, template.info.file, 1, "template_unread",
			"no speaker has checked this translation: until reviewed_by names one, the "
			"message goes in English");
	template.info.version = make_version(shelf, &template, text, parts);
	uses_collect(arena, template.body_tags, &template.uses, &template.n_uses);
	uses_collect(arena, template.title_tags, &template.uses, &template.n_uses);
	if (shelf->words->n == shelf->room) {
		shelf->room = 2 * shelf->room + 32;
		struct template *grown = TAKE(arena, struct template, shelf->room);
		if (shelf->words->n > 0)
			memcpy(grown, shelf->words->templates, shelf->words->n * sizeof *grown);
		shelf->words->templates = grown;
	}
	shelf->words->templates[shelf->words->n++] = template;
}

static bool has_name(const str *names, size_t n, str base, const char *ending)
{
	for (size_t i = 0; i < n; i++) {
		if (str_starts(names[i], base) &&
		    str_eq(str_slice(names[i], base.n, names[i].n), str_of(ending)))
			return true;
	}
	return false;
}

/* English is built in: it is what a language falls back to. */
static bool is_words_file(const struct shelf *shelf, str name)
{
	return str_eq(name, S("words.yaml")) && !str_eq(shelf->language, S("en"));
}

static void read_words(struct shelf *shelf, str name)
{
	const str file = join_path(shelf->arena, shelf->folder, name);
	struct words *words = shelf->words;
	str text = STR_EMPTY;
	if (read_text(shelf, file, &text))
		language_read(shelf->arena, shelf->language, file, text, shelf->findings,
			      GROW(shelf->arena, words->languages, words->n_languages));
}

static void read_language(struct shelf *shelf)
{
	str *names = NULL;
	size_t n = 0;
	enum err err = folder_list(shelf->arena, shelf->folder, &names, &n);
	if (err != OK) {
		mistake(shelf->findings, false, shelf->folder, 0, "template_file", "%s",
			err_text(err));
		return;
	}
	struct part *parts = read_parts(shelf);
	for (const struct part *part = parts; part != NULL; part = part->next)
		part_check(shelf->arena, part, shelf->findings);
	for (size_t i = 0; i < n; i++) {
		str name = names[i];
		bool sms = str_ends(name, S(".sms.txt"));
		str base = str_slice(name, 0, name.n - (sms ? 8 : name.n > 3 ? 3 : 0));
		bool body = !sms && str_ends(name, S(".md")) && id_is(base);
		if (body)
			read_template(shelf, base, has_name(names, n, base, ".sms.txt"), parts);
		else if (is_words_file(shelf, name))
			read_words(shelf, name);
		else if (!str_eq(name, S("parts")) && !(sms && has_name(names, n, base, ".md")))
			mistake(shelf->findings, false,
				join_path(shelf->arena, shelf->folder, name), 0, "template_file",
				"here are NAME.md, NAME.sms.txt beside it, parts/, and the words.yaml of a translation");
	}
}

/* A translation says what the English original says: the same blocks, dates and grade. */
static void check_translations(const struct words *words, struct findings *findings)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct template *template = &words->templates[i];
		const struct template *english = template_find(words, S("en"), template->info.name);
		if (english == NULL) {
			mistake(findings, false, template->info.file, 0, "template_translation",
				"there is no English original");
			continue;
		}
		bool same = english->info.grade == template->info.grade &&
			    english->adverse == template->adverse &&
			    english->info.n_promises == template->info.n_promises &&
			    (!english->info.has_sms || template->info.has_sms);
		for (enum block block = 0; block < BLOCK_COUNT; block++)
			same = same && english->info.blocks[block] == template->info.blocks[block];
		if (!same)
			mistake(findings, false, template->info.file, 0, "template_translation",
				"grade, adverse, blocks, promises and short form are those of the "
				"English original");
	}
}

static void check_all(const struct words *words, struct findings *findings, size_t errors)
{
	struct arena scratch = ARENA_EMPTY;
	for (size_t i = 0; i < words->n; i++) {
		template_check(&scratch, &words->templates[i], findings);
		arena_clear(&scratch);
	}
	check_translations(words, findings);
	/* What is not well formed is not tried: one mistake would be told many times. */
	for (size_t i = 0; findings->errors == errors && i < words->n; i++) {
		template_try(&scratch, &words->templates[i], findings);
		arena_clear(&scratch);
	}
	arena_free(&scratch);
}

const struct words *words_read(struct arena *arena, str folder, struct findings *findings)
{
	size_t errors = findings->errors;
	struct words *words = TAKE(arena, struct words, 1);
	struct shelf shelf = { .arena = arena, .findings = findings, .words = words };
	str *languages = NULL;
	size_t n = 0;
	enum err err = folder_list(arena, folder, &languages, &n);
	if (err != OK) {
		mistake(findings, false, folder, 0, "template_file", "%s", err_text(err));
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		shelf.folder = join_path(arena, folder, languages[i]);
		shelf.language = languages[i];
		read_language(&shelf);
	}
	check_all(words, findings, errors);
	if (template_find(words, S("en"), S("safe")) == NULL)
		mistake(findings, false, folder, 0, "template_file",
			"there is no en/safe.md: what is said where any other word may be unsafe");
	return findings->errors == errors ? words : NULL;
}

const struct template *template_find(const struct words *words, str language, str name)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct template_info *info = &words->templates[i].info;
		if (str_eq(info->name, name) && str_eq(info->language, language))
			return &words->templates[i];
	}
	return NULL;
}

const struct template_info *words_find(const struct words *words, str name)
{
	const struct template *template = template_find(words, S("en"), name);
	return template != NULL ? &template->info : NULL;
}

const struct translation *words_translated(struct arena *arena, const struct words *words,
					   size_t *out_n)
{
	struct translation *list = TAKE(arena, struct translation, words->n + 1);
	*out_n = 0;
	for (size_t i = 0; i < words->n; i++) {
		const struct template_info *info = &words->templates[i].info;
		if (info->reviewed && !str_eq(info->language, S("en")))
			list[(*out_n)++] = (struct translation){ .template = info->name,
								 .language = info->language };
	}
	return list;
}

/* ---- wording a message ------------------------------------------------------------------------ */

/* One message on its way into words. */
struct task_of_words {
	struct arena *arena;
	const struct policy *policy;
	const struct message *message;
	const struct template *template, *original; /* as in struct purpose */
	const struct language *language;            /* as in struct purpose */
	const struct json *values;
	const struct json *english; /* the same with dates in English */
	struct worded out;
	str why;
};

/* The reviewed text (or any) in the contact's language, or in its main one ("pt" for "pt-BR"); else
 * English. */
static const struct template *choose(const struct words *words, str name, str language, bool any,
				     bool *out_translated)
{
	str main_language = language, rest;
	str_cut(language, '-', &main_language, &rest);
	const str tries[] = { language, main_language };
	*out_translated = true;
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		const struct template *found = template_find(words, tries[i], name);
		if (found != NULL && (any || found->info.reviewed))
			return found;
	}
	*out_translated = language.n == 0;
	return template_find(words, S("en"), name);
}

/* The legal text is English, and goes with a notice in another language. */
static const struct template *accompanying(const struct words *words,
					   const struct template *template)
{
	const struct template_info *info = &template->info;
	if (info->grade != GRADE_FORMAL || str_eq(info->language, S("en")))
		return NULL;
	return template_find(words, S("en"), info->name);
}

static bool write_guarded(struct task_of_words *task, const struct tag *tags, struct wording *out)
{
	return mustache_write(task->arena, tags, task->values, out, &task->why) &&
	       guard_values(task->arena, task->policy, task->message, task->values, out,
			    &task->why);
}

/* One line: a value's line ends become spaces, so that a header stays one header. */
static str make_one_line(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, text.n + 1);
	bool space = false;
	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
		if (blank && !space)
			buf_byte(&buf, ' ');
		else if (!blank)
			buf_byte(&buf, c);
		space = blank;
	}
	return buf_str(&buf);
}

static bool word_title(struct task_of_words *task)
{
	struct wording wording;
	if (!write_guarded(task, task->template->title_tags, &wording))
		return false;
	str title = wording_fill(task->arena, &wording);
	task->out.subject = make_one_line(task->arena, title);
	return true;
}

static bool word_sms(struct task_of_words *task)
{
	const struct template *template = task->template;
	struct wording wording;
	struct sms_measure measure;
	if (!template->info.has_sms) {
		task->why = str_fmt(task->arena, "template %.*s has no short form",
				    STR_ARG(template->info.name));
		return false;
	}
	if (!write_guarded(task, template->sms_tags, &wording))
		return false;
	str text = str_trim(wording_fill(task->arena, &wording));
	if (!sms_measure(task->arena, text, &measure) || measure.segments > SMS_SEGMENTS_MAX) {
		task->why = str_fmt(task->arena,
				    "the SMS of template %.*s is empty or longer than "
				    "%d segments",
				    STR_ARG(template->info.name), SMS_SEGMENTS_MAX);
		return false;
	}
	task->out.sms = measure.text;
	return true;
}

/* Body and page: a notice without what it must contain is not written. */
static bool word_page(struct task_of_words *task, struct page *out)
{
	const struct template *template = task->template;
	struct wording wording;
	struct passage *passages = NULL;
	enum block missing;
	if (!write_guarded(task, template->body_tags, &wording))
		return false;
	if (!wording_has_blocks(&wording, template->info.blocks, &missing)) {
		task->why = str_fmt(task->arena, "template %.*s: the block %.*s is empty",
				    STR_ARG(template->info.name), STR_ARG(block_name(missing)));
		return false;
	}
	str why = STR_EMPTY;
	if (!passages_read(task->arena, &wording,
			   language_is_right_to_left(template->info.language), &passages, &why)) {
		task->why = str_fmt(task->arena, "template %.*s: %.*s",
				    STR_ARG(template->info.name), STR_ARG(why));
		return false;
	}
	*out = (struct page){
		.title = task->out.subject,
		.language = template->info.language,
		.format = task->message->format,
		.words = task->language,
		.passages = passages,
	};
	return true;
}

/* Whatever the channel, of a page its plain text is looked at: its tree says the same. */
static bool is_for_them_alone(struct task_of_words *task, str text)
{
	const str texts[] = { task->out.subject, text };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (guard_copy(task->arena, task->policy, task->message, task->values, texts[i]))
			continue;
		task->out.leaks = true;
		task->why = str_fmt(task->arena,
				    "template %.*s: the text would hold something private of "
				    "another contact of the family",
				    STR_ARG(task->template->info.name));
		return false;
	}
	return true;
}

static bool word_letter(struct task_of_words *task, struct page *page)
{
	struct task_of_words english = *task;
	struct page *original = TAKE(task->arena, struct page, 1);
	english.template = task->original;
	english.language = NULL;
	english.values = task->english;
	if (english.template != NULL) {
		if (!word_title(&english) || !word_page(&english, original) ||
		    !is_for_them_alone(&english, plain_write(task->arena, original))) {
			task->out.leaks = english.out.leaks;
			task->why = english.why;
			return false;
		}
		page->then = original;
	}
	task->out.letter = letter_write(task->arena, page);
	return true;
}

static bool word_channel(struct task_of_words *task)
{
	struct page page;
	if (task->message->channel == CHANNEL_SMS)
		return word_sms(task) && is_for_them_alone(task, task->out.sms);
	if (!word_title(task) || !word_page(task, &page))
		return false;
	const str text = plain_write(task->arena, &page);
	if (!is_for_them_alone(task, text))
		return false;
	if (task->message->channel == CHANNEL_LETTER)
		return word_letter(task, &page);
	task->out.text = text;
	if (task->message->channel != CHANNEL_EMAIL)
		return true;
	task->out.html = html_write(task->arena, &page);
	/* A notice has a set form: by email its letter comes with it. */
	return task->message->grade != GRADE_FORMAL || task->message->safe ||
	       word_letter(task, &page);
}

/* What is the same in every message to this reader about this case. */
static const struct json *values_lasting(struct arena *arena, const struct json *values)
{
	static const char *const lasting[] = { "recipient", "authority", "case" };
	struct json *map = TAKE(arena, struct json, 1);
	*map = (struct json){ .type = JSON_MAP };
	for (size_t i = 0; i < sizeof lasting / sizeof lasting[0]; i++) {
		const struct json *value = json_get(values, lasting[i]);
		if (value != NULL)
			*map = map_with(arena, map, str_of(lasting[i]), *value);
	}
	return map;
}

/* The title under which its reader knows a message, in their language; empty: there is none any more, or it said
 * more than `values` have: what that was nobody knows here. */
static str title_of(struct arena *arena, const struct purpose *purpose, const struct json *wrong,
		    const struct json *values)
{
	struct wording wording;
	str why = STR_EMPTY;
	bool translated;
	const struct template *template = choose(purpose->words, json_text(wrong, "template"),
						 purpose->message->language, false, &translated);
	if (template == NULL ||
	    !mustache_write(arena, template->title_tags, values, &wording, &why))
		return json_text(wrong, "title");
	return make_one_line(arena, wording_fill(arena, &wording));
}

/* A correction names the messages that were wrong as their reader can find them. */
static const struct json *values_titled(struct arena *arena, const struct purpose *purpose,
					const struct json *values)
{
	const struct json *past = json_get(values, "past"), *wrong = json_get(past, "wrong");
	if (purpose->words == NULL || wrong == NULL || wrong->type != JSON_LIST)
		return values;
	const struct json *lasting = values_lasting(arena, values);
	struct json list = *wrong, title = { .type = JSON_TEXT };
	struct json *items = TAKE(arena, struct json, wrong->list.n + 1);
	list.list.items = items;
	for (size_t i = 0; i < wrong->list.n; i++) {
		title.text = title_of(arena, purpose, &wrong->list.items[i], lasting);
		items[i] = map_with(arena, &wrong->list.items[i], S("title"), title);
	}
	struct json map = map_with(arena, past, S("wrong"), list);
	/* An SMS has room for one. */
	if (wrong->list.n == 1)
		map = map_with(arena, &map, S("title"), title);
	struct json *titled = TAKE(arena, struct json, 1);
	*titled = map_with(arena, values, S("past"), map);
	return titled;
}

bool template_render(struct arena *arena, const struct template *template,
		     const struct purpose *purpose, struct worded *out, str *why)
{
	struct task_of_words task = {
		.arena = arena,
		.policy = purpose->policy,
		.message = purpose->message,
		.template = template,
		.original = purpose->original,
		.language = purpose->language,
	};
	task.english = values_of(arena, purpose->policy, purpose->message, purpose->today,
				 &task.why);
	if (task.english != NULL)
		task.english = values_titled(arena, purpose, task.english);
	task.values = task.english;
	if (task.values != NULL && task.language != NULL && task.language->date.n > 0)
		task.values = values_dated(arena, task.english, task.language);
	if (task.values == NULL || !word_channel(&task)) {
		*why = task.why;
		out->leaks = task.out.leaks;
		return false;
	}
	task.out.language = template->info.language;
	task.out.version = template->info.version;
	*out = task.out;
	return true;
}

/* `any`: in a translation that no speaker has checked too. */
static bool render(struct arena *arena, const struct words *words, struct purpose purpose, bool any,
		   struct worded *out, str *why)
{
	const struct message *message = purpose.message;
	bool on_a_screen = message->channel == CHANNEL_SMS || message->channel == CHANNEL_EMAIL;
	str name = message->safe && on_a_screen ? S("safe") : message->template;
	bool translated = true;
	const struct template *template = choose(words, name, message->language, any, &translated);
	if (template == NULL) {
		*why = str_fmt(arena, "there is no template %.*s", STR_ARG(name));
		return false;
	}
	purpose.original = accompanying(words, template);
	purpose.language = words_language(words, template->info.language, any);
	if (!template_render(arena, template, &purpose, out, why))
		return false;
	out->translated = translated;
	return true;
}

/* The doors take one parameter more than is our habit: each is somebody else's. */
/* NOLINTNEXTLINE(readability-function-size) */
bool words_render(struct arena *arena, const struct words *words, const struct policy *policy,
		  const struct message *message, date today, struct worded *out, str *why)
{
	const struct purpose purpose = {
		.words = words, .policy = policy, .message = message, .today = today
	};
	return render(arena, words, purpose, false, out, why);
}

/* NOLINTNEXTLINE(readability-function-size) */
bool words_preview(struct arena *arena, const struct words *words, const struct policy *policy,
		   const struct message *message, date today, struct worded *out, str *why)
{
	const struct purpose purpose = {
		.words = words, .policy = policy, .message = message, .today = today
	};
	return render(arena, words, purpose, true, out, why);
}
