#include "words/inner.h"

#include "base/arena.h"

struct reader {
	const struct reader *outer; /* the text that includes this part, or NULL */
	size_t *tags;               /* how many were read, parts and all */
	struct arena *arena;
	struct findings *findings;
	const struct part *parts;
	const struct part *part; /* that this text is, or NULL */
	str file;
	str text;
	size_t at;
	int line; /* of `at` */
	int depth;
};

/* One tag as it stands in the text. */
struct token {
	char sigil; /* 0 for a value */
	str name;
	size_t from, to; /* the whole tag */
	int line;
	bool alone; /* nothing else on its lines: they go with it */
	size_t line_from, line_to;
};

static void move_to(struct reader *reader, size_t to)
{
	for (; reader->at < to; reader->at++)
		reader->line += reader->text.p[reader->at] == '\n';
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

/* "owner.phone", or "." for the item of a list. */
static bool is_name(str name)
{
	if (str_eq(name, S(".")))
		return true;
	bool segment = false;
	for (size_t i = 0; i < name.n; i++) {
		bool dot = name.p[i] == '.';
		if (dot ? !segment : !is_name_byte(name.p[i]))
			return false;
		segment = !dot;
	}
	return segment;
}

static bool is_blank(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r')
			return false;
	}
	return true;
}

static void find_line(const struct reader *reader, struct token *token)
{
	size_t from = token->from;
	while (from > 0 && reader->text.p[from - 1] != '\n')
		from--;
	str behind = str_slice(reader->text, token->to, reader->text.n);
	size_t end = str_find(behind, S("\n"));
	token->alone = token->sigil != 0 && is_blank(str_slice(reader->text, from, token->from)) &&
		       is_blank(str_slice(behind, 0, end));
	token->line_from = from;
	token->line_to = token->to + end + (end < behind.n ? 1 : 0);
}

/* Reads the tag that opens at reader->at; false (with a finding, behind the opening) when it is
 * none. */
static bool read_token(struct reader *reader, struct token *out)
{
	str inner = str_slice(reader->text, reader->at + 2, reader->text.n);
	size_t close = str_find(inner, S("}}"));
	struct token token = { .from = reader->at, .line = reader->line };
	if (close == inner.n) {
		mistake(reader->findings, false, reader->file, token.line, "template_tag",
			"a tag is opened with {{ and never closed with }}");
		move_to(reader, reader->text.n);
		return false;
	}
	token.to = token.from + 2 + close + 2;
	str content = str_slice(inner, 0, close);
	bool odd = content.n > 0 && strchr("{&=", content.p[0]) != NULL;
	if (content.n > 0 && strchr("#^/!>", content.p[0]) != NULL) {
		token.sigil = content.p[0];
		content = str_slice(content, 1, content.n);
	}
	token.name = str_trim(content);
	bool fine = token.sigil == '!' || (!odd && is_name(token.name));
	if (!fine) {
		mistake(reader->findings, false, reader->file, token.line, "template_tag",
			odd ? "{{%.*s}}: write {{name}}; unescaped values and other delimiters do "
			      "not exist here"
			    : "{{%.*s}} is not a tag: a name has letters, digits, - and _, and dots "
			      "between",
			STR_ARG(token.name));
		move_to(reader, token.to);
		return false;
	}
	find_line(reader, &token);
	*out = token;
	return true;
}

static void add_tag(struct reader *reader, struct tag ***end, struct tag tag)
{
	if (++*reader->tags > TAGS_MAX) {
		mistake(reader->findings, false, reader->file, tag.line, "template_tag",
			"more than %d tags and texts, those of its parts included", TAGS_MAX);
		move_to(reader, reader->text.n);
		return;
	}
	struct tag *copy = TAKE(reader->arena, struct tag, 1);
	*copy = tag;
	copy->file = reader->file;
	**end = copy;
	*end = &copy->next;
}

static void add_text(struct reader *reader, struct tag ***end, size_t from, size_t to)
{
	if (to <= from)
		return;
	str text = str_slice(reader->text, from, to);
	int line = reader->line;
	for (size_t i = from; i < reader->at; i++)
		line -= reader->text.p[i] == '\n';
	size_t stray = str_find(text, S("}}"));
	if (stray < text.n) {
		int at = line;
		for (size_t i = 0; i < stray; i++)
			at += text.p[i] == '\n';
		mistake(reader->findings, false, reader->file, at, "template_tag",
			"}} closes no tag");
	}
	add_tag(reader, end, (struct tag){ .kind = TAG_TEXT, .text = text, .line = line });
}

static void add_mark(struct reader *reader, struct tag ***end, const struct token *token)
{
	if (!str_starts(token->name, S("block:")))
		return;
	struct tag tag = { .kind = TAG_MARK, .line = token->line };
	tag.text = str_trim(str_slice(token->name, 6, token->name.n));
	if (block_parse(tag.text, &tag.block))
		add_tag(reader, end, tag);
	else
		mistake(reader->findings, false, reader->file, token->line, "template_block",
			"there is no block called %.*s", STR_ARG(tag.text));
}

static const struct part *find_part(const struct reader *reader, str name)
{
	for (const struct part *part = reader->parts; part != NULL; part = part->next) {
		if (str_eq(part->name, name))
			return part;
	}
	return NULL;
}

/* The text with every line moved in, as the specification wants it for a part on a line of its
 * own. */
static str indent(struct arena *arena, str text, str by)
{
	if (by.n == 0)
		return text;
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	for (size_t from = 0; from < text.n;) {
		size_t end = str_find(str_slice(text, from, text.n), S("\n"));
		size_t to = from + end < text.n ? from + end + 1 : text.n;
		buf_add(&buf, by);
		buf_add(&buf, str_slice(text, from, to));
		from = to;
	}
	return buf_str(&buf);
}

static bool is_inside(const struct reader *reader, const struct part *part)
{
	for (; reader != NULL; reader = reader->outer) {
		if (reader->part == part)
			return true;
	}
	return false;
}

static struct tag *read_tags(struct reader *reader, const struct token *section);

static void add_part(struct reader *reader, struct tag ***end, const struct token *token)
{
	const struct part *part = find_part(reader, token->name);
	if (part == NULL) {
		mistake(reader->findings, false, reader->file, token->line, "template_part",
			"there is no parts/%.*s.md", STR_ARG(token->name));
		return;
	}
	if (is_inside(reader, part)) {
		mistake(reader->findings, false, reader->file, token->line, "template_part",
			"parts/%.*s.md includes itself", STR_ARG(token->name));
		return;
	}
	str by = token->alone ? str_slice(reader->text, token->line_from, token->from) : STR_EMPTY;
	str text = part->text;
	/* Within a line, a part is a few words: its file's last line end is not one of them. */
	if (!token->alone && str_ends(text, S("\n")))
		text = str_slice(text, 0, text.n - 1);
	struct reader inner = {
		.outer = reader,
		.tags = reader->tags,
		.part = part,
		.arena = reader->arena,
		.findings = reader->findings,
		.parts = reader->parts,
		.file = part->file,
		.text = indent(reader->arena, text, by),
		.line = 1,
		.depth = reader->depth + 1,
	};
	struct tag tag = { .kind = TAG_PART, .text = token->name, .line = token->line };
	if (inner.depth > TAGS_DEPTH_MAX)
		mistake(reader->findings, false, reader->file, token->line, "template_part",
			"parts are nested more than %d deep", TAGS_DEPTH_MAX);
	else
		tag.inside = read_tags(&inner, NULL);
	add_tag(reader, end, tag);
}

static void add_section(struct reader *reader, struct tag ***end, const struct token *token)
{
	struct tag tag = { .kind = token->sigil == '#' ? TAG_SECTION : TAG_INVERTED };
	tag.text = token->name;
	tag.line = token->line;
	if (reader->depth + 1 > TAGS_DEPTH_MAX) {
		mistake(reader->findings, false, reader->file, token->line, "template_section",
			"sections are nested more than %d deep", TAGS_DEPTH_MAX);
		move_to(reader, reader->text.n);
		return;
	}
	reader->depth++;
	tag.inside = read_tags(reader, token);
	reader->depth--;
	add_tag(reader, end, tag);
}

static bool closes(struct reader *reader, const struct token *token, const struct token *section)
{
	if (section == NULL) {
		mistake(reader->findings, false, reader->file, token->line, "template_section",
			"{{/%.*s}} closes a section that is not open", STR_ARG(token->name));
		return false;
	}
	if (!str_eq(token->name, section->name))
		mistake(reader->findings, false, reader->file, token->line, "template_section",
			"{{/%.*s}} closes {{%c%.*s}} of line %d: the names differ",
			STR_ARG(token->name), section->sigil, STR_ARG(section->name),
			section->line);
	return true;
}

/* Everything up to the end of a section, or of the text. Depth is limited by add_section and
 * add_part. */
static struct tag *read_tags(struct reader *reader, const struct token *section)
{
	struct tag *first = NULL, **end = &first;
	for (;;) {
		size_t from = reader->at;
		str rest = str_slice(reader->text, from, reader->text.n);
		move_to(reader, from + str_find(rest, S("{{")));
		if (reader->at == reader->text.n) {
			add_text(reader, &end, from, reader->at);
			break;
		}
		struct token token;
		size_t open = reader->at;
		if (!read_token(reader, &token)) {
			continue;
		}
		add_text(reader, &end, from, token.alone ? token.line_from : open);
		move_to(reader, token.alone ? token.line_to : token.to);
		if (token.sigil == '/') {
			if (closes(reader, &token, section))
				return first;
		} else if (token.sigil == '!') {
			add_mark(reader, &end, &token);
		} else if (token.sigil == '>') {
			add_part(reader, &end, &token);
		} else if (token.sigil != 0) {
			add_section(reader, &end, &token);
		} else {
			add_tag(reader, &end,
				(struct tag){ .kind = TAG_VALUE,
					      .text = token.name,
					      .line = token.line });
		}
	}
	if (section != NULL)
		mistake(reader->findings, false, reader->file, section->line, "template_section",
			"{{%c%.*s}} is never closed", section->sigil, STR_ARG(section->name));
	return first;
}

const struct tag *mustache_parse(struct arena *arena, const struct source *source,
				 const struct part *parts, struct findings *findings)
{
	size_t tags = 0;
	struct reader reader = {
		.tags = &tags,
		.arena = arena,
		.findings = findings,
		.parts = parts,
		.file = source->file,
		.text = source->text,
		.line = source->line,
	};
	return read_tags(&reader, NULL);
}
