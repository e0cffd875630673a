#include "base/arena.h"
#include "words/inner.h"

/* The head of a template: the YAML between its "---" lines. */

#define X(name, wire) [BLOCK_##name] = wire,
static const char *const block_names[BLOCK_COUNT] = { BLOCKS(X) };
#undef X

str block_name(enum block block)
{
	return str_of(block_names[block]);
}

bool block_parse(str name, enum block *out)
{
	for (enum block block = 0; block < BLOCK_COUNT; block++) {
		if (str_eq(name, block_name(block))) {
			*out = block;
			return true;
		}
	}
	return false;
}

/* A head on its way into a template. */
struct head {
	struct arena *arena;
	struct template *out;
	struct findings *findings;
};

static void refuse(const struct head *head, int line, const char *what)
{
	mistake(head->findings, false, head->out->info.file, line, "template_head", "%s", what);
}

static str text_of(const struct head *head, const struct yaml *value, const char *what)
{
	if (value->type == YAML_TEXT)
		return value->text;
	refuse(head, value->line, what);
	return STR_EMPTY;
}

static bool truth_of(const struct head *head, const struct yaml *value, const char *what)
{
	str text = text_of(head, value, what);
	bool yes = str_eq(text, S("yes")) || str_eq(text, S("true"));
	if (!yes && !str_eq(text, S("no")) && !str_eq(text, S("false")))
		refuse(head, value->line, what);
	return yes;
}

static void read_title(const struct head *head, const struct yaml *value)
{
	str title = str_trim(text_of(head, value, "title is one line of text"));
	if (title.n == 0 || title.n > SUBJECT_BYTES_MAX || str_has_byte(title, '\n'))
		refuse(head, value->line, "title is one line of at most 200 letters");
	head->out->info.title = title;
	head->out->title = (struct source){ .text = title, .line = value->line };
}

static void read_grade(const struct head *head, const struct yaml *value)
{
	static const char what[] =
		"grade is one of: urgent, formal, alert, information, reminder, optional";
	if (!grade_parse(text_of(head, value, what), &head->out->info.grade))
		refuse(head, value->line, what);
}

static void read_blocks(const struct head *head, const struct yaml *value)
{
	if (value->type != YAML_LIST)
		refuse(head, value->line, "blocks is a list: [named_contact, next, formats]");
	for (size_t i = 0; value->type == YAML_LIST && i < value->n; i++) {
		enum block block;
		if (value->items[i].type == YAML_TEXT && block_parse(value->items[i].text, &block))
			head->out->info.blocks[block] = true;
		else
			refuse(head, value->items[i].line,
			       "there is no such block; docs/templates.md lists them");
	}
}

static void read_promises(const struct head *head, const struct yaml *value)
{
	if (value->type != YAML_LIST) {
		refuse(head, value->line, "promises is a list of duties' rules, or [action]");
		return;
	}
	str *promises = TAKE(head->arena, str, value->n);
	size_t n = 0;
	for (size_t i = 0; i < value->n; i++) {
		if (value->items[i].type == YAML_TEXT && id_is(value->items[i].text))
			promises[n++] = value->items[i].text;
		else
			refuse(head, value->items[i].line, "a promise is the id of a duty's rule");
	}
	head->out->info.promises = promises;
	head->out->info.n_promises = n;
}

static void read_segments(const struct head *head, const struct yaml *value)
{
	int64_t n = 0;
	str text = text_of(head, value, "sms_segments is a number");
	if (!str_to_i64(text, &n) || n < 1 || n > SMS_SEGMENTS_MAX)
		refuse(head, value->line, "sms_segments is a number from 1 to 6");
	else
		head->out->sms_segments = (int)n;
}

static void read_sample(const struct head *head, const struct yaml *value)
{
	if (value->type == YAML_MAP)
		head->out->sample = value;
	else
		refuse(head, value->line, "sample is a map of values: event: {on: 2026-11-02}");
}

static void read_member(const struct head *head, const struct yaml_member *member)
{
	str key = member->key;
	const struct yaml *value = &member->value;
	if (str_eq(key, S("title")))
		read_title(head, value);
	else if (str_eq(key, S("grade")))
		read_grade(head, value);
	else if (str_eq(key, S("blocks")))
		read_blocks(head, value);
	else if (str_eq(key, S("promises")))
		read_promises(head, value);
	else if (str_eq(key, S("adverse")))
		head->out->adverse = truth_of(head, value, "adverse is yes or no");
	else if (str_eq(key, S("reviewed_by")))
		head->out->info.reviewed =
			str_trim(text_of(head, value, "reviewed_by is a name")).n > 0;
	else if (str_eq(key, S("sms_segments")))
		read_segments(head, value);
	else if (str_eq(key, S("sample")))
		read_sample(head, value);
	else
		mistake(head->findings, false, head->out->info.file, member->line, "template_head",
			"there is no key %.*s: title, grade, blocks, promises, adverse, "
			"reviewed_by, sms_segments and sample are known",
			STR_ARG(key));
}

static int count_lines(str text)
{
	int n = 0;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* Cuts the head out: `text` begins with "---\n", and another such line ends it. */
static bool cut_head(str text, str *out_head, str *out_body)
{
	str rest = text, line;
	if (!str_line(&rest, &line) || !str_eq(str_trim(line), S("---")))
		return false;
	size_t from = text.n - rest.n;
	for (;;) {
		size_t end = text.n - rest.n;
		if (!str_line(&rest, &line))
			return false;
		if (!str_eq(str_trim(line), S("---")))
			continue;
		*out_head = str_slice(text, from, end);
		*out_body = rest;
		return true;
	}
}

bool head_read(struct arena *arena, struct template *out, str text, struct findings *findings)
{
	struct head head = { .arena = arena, .out = out, .findings = findings };
	str yaml, body;
	out->sms_segments = 2;
	if (!cut_head(text, &yaml, &body)) {
		refuse(&head, 1, "a template begins with a head between two lines of ---");
		return false;
	}
	/* An empty line in place of the first "---", so that YAML counts lines as the file does. */
	const struct yaml *map = yaml_parse(arena, out->info.file, str_join(arena, S("\n"), yaml),
					    findings);
	if (map == NULL)
		return false;
	for (size_t i = 0; map->type == YAML_MAP && i < map->n; i++)
		read_member(&head, &map->members[i]);
	if (map->type != YAML_MAP || yaml_get(map, "title") == NULL ||
	    yaml_get(map, "grade") == NULL)
		refuse(&head, 1, "a head has at least a title and a grade");
	out->title.file = out->info.file;
	out->body = (struct source){
		.file = out->info.file,
		.text = body,
		.line = 1 + count_lines(str_slice(text, 0, text.n - body.n)),
	};
	return true;
}
