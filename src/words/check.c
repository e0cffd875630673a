#include "base/arena.h"
#include "model/family.h"
#include "words/inner.h"

#define SENTENCE_WORDS_MAX 25
#define READING_AGE_MAX 11

/* ---- findings and uses ------------------------------------------------------------------------ */

void mistake(struct findings *findings, bool warning, str file, int line, const char *code,
	     const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str message = str_vfmt(findings->arena, format, args);
	va_end(args);
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *old = &findings->list[i];
		if (old->line == line && str_eq(old->file, file) &&
		    str_eq(old->code, str_of(code)) && str_eq(old->message, message))
			return;
	}
	if (warning)
		findings_warning(findings, file, line, code, "%.*s", STR_ARG(message));
	else
		findings_error(findings, file, line, code, "%.*s", STR_ARG(message));
}

/* The sections around a tag, innermost first. */
struct around {
	const struct around *outer;
	const struct tag *section;
};

static bool is_guarded(const struct around *around, str name)
{
	for (; around != NULL; around = around->outer) {
		if (around->section->kind == TAG_SECTION && str_eq(around->section->text, name))
			return true;
	}
	return false;
}

/* Inside a section over one of the event's lists, the names of its items stand alone. */
static bool is_in_list(const struct around *around)
{
	for (; around != NULL; around = around->outer) {
		if (around->section->kind == TAG_SECTION &&
		    (str_starts(around->section->text, S("event.")) ||
		     str_eq(around->section->text, S("past.wrong"))))
			return true;
	}
	return false;
}

static void collect(struct arena *arena, const struct tag *tags, const struct around *around,
		    struct use **uses, size_t *n)
{
	for (const struct tag *tag = tags; tag != NULL; tag = tag->next) {
		bool section = tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED;
		const struct around inner = { .outer = around, .section = tag };
		bool item = is_in_list(around) &&
			    (str_eq(tag->text, S(".")) || !str_has_byte(tag->text, '.'));
		if ((section || tag->kind == TAG_VALUE) && !item) {
			struct use *use = GROW(arena, *uses, *n);
			*use = (struct use){
				.name = tag->text,
				.file = tag->file,
				.line = tag->line,
				.guarded = section || is_guarded(around, tag->text),
				.section = section,
			};
		}
		collect(arena, tag->inside, section ? &inner : around, uses, n);
	}
}

void uses_collect(struct arena *arena, const struct tag *tags, struct use **uses, size_t *n)
{
	collect(arena, tags, NULL, uses, n);
}

/* ---- values ----------------------------------------------------------------------------------- */

static void check_uses(const struct use *uses, size_t n, struct findings *findings)
{
	for (size_t i = 0; i < n; i++) {
		const struct use *use = &uses[i];
		if (use->section ? value_section_is(use->name) : value_rule_of(use->name) != NULL)
			continue;
		mistake(findings, false, use->file, use->line, "template_tag",
			"there is no value {{%.*s}}; docs/templates.md lists them",
			STR_ARG(use->name));
	}
}

/* What everybody may see who stands beside the telephone, or before the screen. */
static void check_short_form(struct arena *arena, const struct tag *tags, const char *code,
			     bool safe, struct findings *findings)
{
	struct use *uses = NULL;
	size_t n = 0;
	uses_collect(arena, tags, &uses, &n);
	check_uses(uses, n, findings);
	for (size_t i = 0; i < n; i++) {
		const struct value_rule *rule = value_rule_of(uses[i].name);
		bool fine = rule == NULL || rule->short_form;
		if (safe && rule != NULL)
			fine = str_eq(uses[i].name, S("owner.phone")) ||
			       str_eq(uses[i].name, S("case.id"));
		if (!fine)
			mistake(findings, false, uses[i].file, uses[i].line, code,
				"{{%.*s}} may reveal something: it cannot stand in an SMS or a "
				"title",
				STR_ARG(uses[i].name));
	}
}

static bool names_duty(const struct use *use, const char *root, str rule)
{
	str head, tail;
	return str_cut(use->name, '.', &head, &tail) && str_eq(head, str_of(root)) &&
	       str_eq(tail, rule);
}

static void check_promises(const struct template *template, struct findings *findings)
{
	const struct template_info *info = &template->info;
	for (size_t i = 0; i < info->n_promises; i++) {
		bool used = false;
		for (size_t k = 0; k < template->n_uses; k++)
			used = used || names_duty(&template->uses[k], "promise", info->promises[i]);
		if (!used)
			mistake(findings, false, info->file, 1, "template_date",
				"the head promises %.*s, and {{promise.%.*s}} is nowhere in the "
				"text",
				STR_ARG(info->promises[i]), STR_ARG(info->promises[i]));
	}
	for (size_t k = 0; k < template->n_uses; k++) {
		const struct use *use = &template->uses[k];
		bool declared = !str_starts(use->name, S("promise."));
		for (size_t i = 0; !declared && i < info->n_promises; i++)
			declared = names_duty(use, "promise", info->promises[i]);
		if (declared && !use->guarded && str_starts(use->name, S("promise.")))
			mistake(findings, true, use->file, use->line, "template_date",
				"{{%.*s}} outside a section of its own name: once that day has "
				"passed, this cannot be sent",
				STR_ARG(use->name));
		if (!declared)
			mistake(findings, false, use->file, use->line, "template_date",
				"{{%.*s}} is a date that the head of %.*s does not promise",
				STR_ARG(use->name), STR_ARG(info->file));
	}
}

/* ---- blocks ----------------------------------------------------------------------------------- */

static bool is_marked(const struct tag *tags, enum block block)
{
	for (const struct tag *tag = tags; tag != NULL; tag = tag->next) {
		if ((tag->kind == TAG_MARK && tag->block == block) || is_marked(tag->inside, block))
			return true;
	}
	return false;
}

static bool uses_value(const struct template *template, const char *name)
{
	for (size_t i = 0; i < template->n_uses; i++) {
		if (str_eq(template->uses[i].name, str_of(name)))
			return true;
	}
	return false;
}

static void want_blocks(const struct template *template, const enum block *blocks, size_t n,
			const char *because, struct findings *findings)
{
	for (size_t i = 0; i < n; i++) {
		if (!template->info.blocks[blocks[i]])
			mistake(findings, false, template->info.file, 1, "template_block",
				"%s must have the block %.*s", because,
				STR_ARG(block_name(blocks[i])));
	}
}

static void check_blocks(const struct template *template, struct findings *findings)
{
	static const enum block formal[] = { BLOCK_NAMED_CONTACT, BLOCK_NEXT, BLOCK_FORMATS };
	/* Special Educational Needs and Disability Regulations 2014, reg. 5(3), 10(3), 14(2) */
	static const enum block appeal[] = { BLOCK_APPEAL, BLOCK_LIMITS, BLOCK_MEDIATION,
					     BLOCK_DISAGREEMENT, BLOCK_ADVICE_SERVICE };
	static const enum block reasons[] = { BLOCK_REASONS };
	for (enum block block = 0; block < BLOCK_COUNT; block++) {
		if (template->info.blocks[block] && !is_marked(template->body_tags, block))
			mistake(findings, false, template->info.file, 1, "template_block",
				"the head names the block %.*s: mark it in the text with "
				"{{! block: %.*s }}",
				STR_ARG(block_name(block)), STR_ARG(block_name(block)));
	}
	if (template->info.grade != GRADE_FORMAL)
		return;
	want_blocks(template, formal, 3, "a formal notice", findings);
	if (!uses_value(template, "right.appeal"))
		return;
	want_blocks(template, appeal, 5, "a notice with a right to appeal", findings);
	if (template->adverse)
		want_blocks(template, reasons, 1, "an adverse notice with a right to appeal",
			    findings);
}

/* ---- words ------------------------------------------------------------------------------------ */

static int line_at(str text, size_t at)
{
	int line = 0;
	for (size_t i = 0; i < at; i++)
		line += text.p[i] == '\n';
	return line;
}

static void check_dates(const struct source *source, struct findings *findings)
{
	for (size_t from = 0; from < source->text.n;) {
		str rest = str_slice(source->text, from, source->text.n);
		size_t at = literal_date(rest);
		if (at == rest.n)
			return;
		mistake(findings, false, source->file,
			source->line + line_at(source->text, from + at), "template_date",
			"a date is spelt out here: every date is a value that a clock stands "
			"behind");
		from += at + 1;
	}
}

static void put_blank(struct buf *buf, str tag)
{
	for (size_t i = 0; i < tag.n; i++) {
		if (tag.p[i] == '\n')
			buf_byte(buf, '\n');
	}
}

static bool is_dated(str name)
{
	return str_starts(name, S("promise.")) || str_starts(name, S("right.")) ||
	       str_starts(name, S("past.")) || str_eq(name, S("next.by")) ||
	       str_eq(name, S("next.late")) || str_eq(name, S("duty.due")) ||
	       str_eq(name, S("today"));
}

/* The source with its lines as they are and no tags in it: a value is a word, a date four. */
static struct source outline_of(struct arena *arena, const struct source *source)
{
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	str text = source->text;
	for (size_t at = 0; at < text.n;) {
		str rest = str_slice(text, at, text.n);
		size_t open = str_find(rest, S("{{"));
		buf_add(&buf, str_slice(rest, 0, open));
		if (open == rest.n)
			break;
		size_t end = open + str_find(str_slice(rest, open, rest.n), S("}}"));
		end = end + 2 <= rest.n ? end + 2 : rest.n;
		str tag = str_slice(rest, open, end);
		str name = str_trim(str_slice(tag, 2, tag.n > 4 ? tag.n - 2 : 2));
		if (name.n > 0 && strchr("#^/!>", name.p[0]) == NULL)
			buf_add(&buf, is_dated(name) ? S(PLACEHOLDER_OPEN " x x x")
						     : S(PLACEHOLDER_OPEN));
		else
			put_blank(&buf, tag);
		at += end;
	}
	return (struct source){ .file = source->file, .text = buf_str(&buf), .line = source->line };
}

static void check_revealing(struct arena *arena, const struct source *source, const char *code,
			    const char *what, struct findings *findings)
{
	/* The names of values are not said. */
	struct source outline = outline_of(arena, source);
	str rest = outline.text, line;
	for (int n = source->line; str_line(&rest, &line); n++) {
		str word = revealing_word(line);
		if (word.n > 0)
			mistake(findings, false, source->file, n, code,
				"\"%.*s\" %s: it may be read by anybody", STR_ARG(word), what);
	}
}

/* A sentence on its way. */
struct sentence {
	int words;
	int line;
};

static void end_sentence(struct sentence *sentence, str file, struct findings *findings)
{
	if (sentence->words > SENTENCE_WORDS_MAX)
		mistake(findings, true, file, sentence->line, "template_sentence",
			"a sentence of about %d words begins here; more than %d are hard to read",
			sentence->words, SENTENCE_WORDS_MAX);
	sentence->words = 0;
}

static void count_words(struct sentence *sentence, str line, int number, str file,
			struct findings *findings)
{
	while ((line = str_trim(line)).n > 0) {
		size_t end = str_find(line, S(" "));
		str word = str_slice(line, 0, end);
		line = str_slice(line, end, line.n);
		if (str_eq(word, S("|"))) { /* a cell of a table ends */
			end_sentence(sentence, file, findings);
			continue;
		}
		if (sentence->words == 0)
			sentence->line = number;
		sentence->words++;
		char last = word.p[word.n - 1];
		if (last == '.' || last == '!' || last == '?' || last == ':')
			end_sentence(sentence, file, findings);
	}
}

static bool begins_item(str line)
{
	return str_starts(line, S("|")) || str_starts(line, S("- ")) || str_starts(line, S("* ")) ||
	       str_starts(line, S("#")) ||
	       (line.n > 2 && line.p[0] >= '0' && line.p[0] <= '9' && str_find(line, S(". ")) < 4);
}

/* Legal blocks are not counted: there the law's own words may be needed. */
static bool is_legal(enum block block)
{
	return block != BLOCK_NAMED_CONTACT && block != BLOCK_NEXT && block != BLOCK_FORMATS;
}

static bool reads_mark(str line, enum block *out)
{
	size_t at = str_find(line, S("{{! block:"));
	if (at == line.n)
		return false;
	str rest = str_slice(line, at + 10, line.n);
	return block_parse(str_trim(str_slice(rest, 0, str_find(rest, S("}}")))), out);
}

static void check_sentences(const struct source *source, str outline, struct findings *findings)
{
	str with_tags = source->text, line, tagged;
	struct sentence sentence = { .words = 0 };
	bool legal = false;
	for (int n = source->line; str_line(&outline, &line); n++) {
		enum block block;
		tagged = STR_EMPTY;
		str_line(&with_tags, &tagged);
		if (reads_mark(tagged, &block))
			legal = is_legal(block);
		line = str_trim(line);
		if (line.n == 0 || begins_item(line))
			end_sentence(&sentence, source->file, findings);
		if (!legal)
			count_words(&sentence, line, n, source->file, findings);
	}
	end_sentence(&sentence, source->file, findings);
}

/* An SMS has no columns, and no Markdown: the bars would be sent. */
static void check_no_table(const struct source *sms, struct findings *findings)
{
	str rest = sms->text, line;
	struct columns columns;
	for (int n = sms->line; str_line(&rest, &line); n++) {
		if (str_starts(str_trim(line), S("|")) || table_columns(line, &columns))
			mistake(findings, false, sms->file, n, "template_sms",
				"a table in an SMS: say it in a sentence");
	}
}

/* ---- one file --------------------------------------------------------------------------------- */

static void check_text(struct arena *arena, const struct source *source, bool english,
		       struct findings *findings)
{
	struct source outline = outline_of(arena, source);
	markdown_check(&outline, findings);
	check_dates(source, findings);
	if (english)
		check_sentences(source, outline.text, findings);
}

void part_check(struct arena *arena, const struct part *part, struct findings *findings)
{
	const struct source source = { .file = part->file, .text = part->text, .line = 1 };
	check_text(arena, &source, true, findings);
}

void template_check(struct arena *arena, const struct template *template, struct findings *findings)
{
	bool safe = str_eq(template->info.name, S("safe"));
	check_text(arena, &template->body, str_eq(template->info.language, S("en")), findings);
	check_uses(template->uses, template->n_uses, findings);
	check_promises(template, findings);
	check_blocks(template, findings);
	check_short_form(arena, template->title_tags, "template_title", safe, findings);
	check_dates(&template->title, findings);
	check_revealing(arena, &template->title, "template_title", "in the title", findings);
	if (safe)
		check_short_form(arena, template->body_tags, "template_tag", true, findings);
	if (!template->info.has_sms)
		return;
	check_short_form(arena, template->sms_tags, "template_sms", safe, findings);
	check_no_table(&template->sms, findings);
	check_dates(&template->sms, findings);
	check_revealing(arena, &template->sms, "template_sms", "in an SMS", findings);
}

/* ---- the sample ------------------------------------------------------------------------------- */

static void try_sms(struct arena *arena, const struct template *template,
		    const struct worded *words, struct findings *findings)
{
	struct sms_measure measure;
	if (!sms_measure(arena, words->sms, &measure))
		return;
	if (measure.segments > template->sms_segments)
		mistake(findings, false, template->sms.file, 0, "template_sms",
			"with long names it takes %d segments (%d %s), and %d are allowed: shorten it, or "
			"raise sms_segments in the head",
			measure.segments, measure.units,
			measure.encoding == SMS_GSM7 ? "septets" : "UTF-16 units",
			template->sms_segments);
	str word = revealing_word(measure.text);
	if (word.n > 0)
		mistake(findings, false, template->sms.file, 0, "template_sms",
			"\"%.*s\" in an SMS: it may be read by anybody", STR_ARG(word));
}

static void try_reading(const struct template *template, str text, struct findings *findings)
{
	int age = reading_age(text);
	if (age > READING_AGE_MAX)
		mistake(findings, true, template->info.file, 1, "template_reading",
			"this reads like a text for an age of about %d; parents and young people "
			"need one for %d or less: shorter words and sentences",
			age, READING_AGE_MAX);
}

static void try_message(struct arena *arena, const struct template *template,
			const struct message *message, struct findings *findings)
{
	date today = DATE_NONE;
	struct worded words;
	str why = STR_EMPTY;
	require(date_of(2026, 11, 2, &today));
	const struct purpose purpose = {
		.policy = sample_policy(arena),
		.message = message,
		.today = today,
	};
	if (!template_render(arena, template, &purpose, &words, &why)) {
		mistake(findings, false,
			message->channel == CHANNEL_SMS ? template->sms.file : template->info.file,
			0, "template_sample", "the sample cannot be rendered: %.*s", STR_ARG(why));
		return;
	}
	if (message->channel == CHANNEL_SMS)
		try_sms(arena, template, &words, findings);
	if (message->channel == CHANNEL_EMAIL && str_eq(template->info.language, S("en")))
		try_reading(template, words.text, findings);
}

/* Families are tried as parents and as young people: their sections differ. */
static str with_recipient(struct arena *arena, str facts, const char *who)
{
	const struct json *map = NULL;
	require(json_parse(arena, facts, 16, &map, NULL) == JSON_FINE);
	struct json truth = { .type = JSON_BOOL, .boolean = true };
	struct json changed = map_with(arena, map, S("recipient"),
				       map_with(arena, NULL, str_of(who), truth));
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_put(&w, &changed);
	return buf_str(&buf);
}

static void try_forms(struct arena *arena, const struct template *template, str facts,
		      struct findings *findings)
{
	for (enum channel_kind channel = 0; channel < CHANNEL_COUNT; channel++) {
		struct message message = {
			.id = S("m000000000000000000000000"),
			.case_id = S("sample-1"),
			.to_name = S("Alex Smith"),
			.channel = channel,
			.template = template->info.name,
			.grade = template->info.grade,
			.facts = facts,
		};
		/* Its ceiling holds for long names and dates too. */
		if (channel == CHANNEL_SMS) {
			message.to_name = S(SAMPLE_LONG_NAME);
			message.facts = sample_longest(arena, facts);
		}
		if (channel == CHANNEL_SMS && !template->info.has_sms)
			continue;
		try_message(arena, template, &message, findings);
		message.prompt = true;
		if (channel == CHANNEL_SMS)
			try_message(arena, template, &message, findings);
	}
}

void template_try(struct arena *arena, const struct template *template, struct findings *findings)
{
	const struct json *map = NULL;
	str facts = sample_facts(arena, template->sample);
	require(json_parse(arena, facts, 16, &map, NULL) == JSON_FINE);
	const struct json *recipient = json_get(map, "recipient");
	try_forms(arena, template, facts, findings);
	if (json_bool(recipient, "parent", false))
		try_forms(arena, template, with_recipient(arena, facts, "young_person"), findings);
}
