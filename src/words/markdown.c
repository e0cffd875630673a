#include "words/inner.h"

#include <cmark.h>

#include "base/arena.h"
#include "base/utf8.h"

#define NESTED_MAX 12

/* ---- what a template may hold ----------------------------------------------------------------- */

static const char *refused_name(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_BLOCK_QUOTE)
		return "a block quote (>)";
	if (type == CMARK_NODE_CODE_BLOCK)
		return "a code block (four spaces or a tab at the beginning of a line, or ```)";
	if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
		return "HTML";
	if (type == CMARK_NODE_CODE)
		return "code (`)";
	if (type == CMARK_NODE_IMAGE)
		return "an image";
	return NULL;
}

static bool has_scheme(str href)
{
	return str_starts(href, S("https://")) || str_starts(href, S("mailto:")) ||
	       str_starts(href, S("tel:"));
}

/* The bytes that RFC 3986 allows in an address. */
static bool is_address(str href)
{
	for (size_t i = 0; i < href.n; i++) {
		unsigned char c = (unsigned char)href.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (c < '0' || c > '9') &&
		    (c == 0 || strchr("-._~:/?#[]@!$&'()*+,;=%", c) == NULL))
			return false;
	}
	return true;
}

/* A paragraph in the lines of a text that is a table: the second one tells. */
static bool is_table(str text, cmark_node *node, struct columns *out)
{
	return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH &&
	       table_columns(table_line(text, cmark_node_get_start_line(node) + 1), out);
}

/* A template on its way through the check. */
struct check {
	const struct source *outline;
	struct findings *findings;
	int level;         /* of the last heading */
	cmark_node *table; /* or rows of it, where a section begins or ends */
	size_t columns;    /* of it */
};

static void refuse_table(const struct check *check, int line, const char *why)
{
	mistake(check->findings, false, check->outline->file, check->outline->line + line - 1,
		"template_markdown", "%s", why);
}

static void check_head(const struct check *check, cmark_node *node, size_t columns)
{
	const int line = cmark_node_get_start_line(node);
	const str head = table_line(check->outline->text, line);
	str rest = head, cell;
	if (columns == 0)
		refuse_table(check, line, "a table of more than 12 columns");
	else if (table_cells(head) != columns)
		refuse_table(check, line, "a table's head has as many cells as the row below it");
	if (cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT)
		refuse_table(check, line, "a table in a list");
	rest = str_trim(rest);
	if (str_starts(rest, S("|")))
		rest = str_slice(rest, 1, rest.n);
	while (str_cut(rest, '|', &cell, &rest)) {
		if (str_trim(cell).n == 0)
			refuse_table(check, line, "a table's column without a head");
	}
}

/* Sections stand between the rows of a table, and lie on lines of their own, which are empty here. */
static void check_table(struct check *check, cmark_node *node)
{
	const str text = check->outline->text;
	const int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
	const bool bar = str_starts(str_trim(table_line(text, first)), S("|"));
	const bool goes_on = bar && check->table != NULL &&
			     cmark_node_previous(node) == check->table;
	struct columns columns = { .n = 0 };
	const bool begins = is_table(text, node, &columns);
	if (begins) {
		check_head(check, node, columns.n);
		check->columns = columns.n;
	}
	check->table = begins || goes_on ? node : NULL;
	for (int line = begins ? first + 2 : first; line <= last; line++) {
		const str row = table_line(text, line);
		if (check->table != NULL && check->columns > 0 &&
		    table_cells(row) != check->columns)
			refuse_table(check, line,
				     "a row of a table has as many cells as its head, and an empty "
				     "line behind the last");
		if (check->table == NULL &&
		    (str_starts(str_trim(row), S("|")) || table_columns(row, &columns)))
			refuse_table(
				check, line,
				"a table begins behind an empty line with its head, and a row of "
				"| --- | below it");
	}
}

static void check_node(struct check *check, cmark_node *node)
{
	const struct source *outline = check->outline;
	struct findings *findings = check->findings;
	cmark_node_type type = cmark_node_get_type(node);
	int line = outline->line + cmark_node_get_start_line(node) - 1;
	const char *name = refused_name(node);
	if (name != NULL)
		mistake(findings, false, outline->file, line, "template_markdown",
			"%s: only headings, paragraphs, lists, tables, emphasis, links and rules "
			"can be written in every form",
			name);
	if (type == CMARK_NODE_PARAGRAPH)
		check_table(check, node);
	if (type == CMARK_NODE_HEADING) {
		int now = cmark_node_get_heading_level(node);
		if (now == 1 || now > check->level + 1)
			mistake(findings, false, outline->file, line, "template_heading",
				"a heading of level %d here: the title is level 1, so start with "
				"## and leave none out",
				now);
		check->level = now > 1 ? now : check->level;
	}
	if (type == CMARK_NODE_LINK) {
		str href = str_of(cmark_node_get_url(node));
		if (!str_starts(href, S(PLACEHOLDER_OPEN)) && !has_scheme(href))
			mistake(findings, false, outline->file, line, "template_link",
				"a link goes to https://, mailto: or tel:");
	}
}

void markdown_check(const struct source *outline, struct findings *findings)
{
	cmark_node *document = cmark_parse_document(outline->text.n > 0 ? outline->text.p : "",
						    outline->text.n, CMARK_OPT_DEFAULT);
	cmark_iter *walk = cmark_iter_new(document);
	cmark_event_type step;
	struct check check = { .outline = outline, .findings = findings, .level = 1 };
	while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		if (step == CMARK_EVENT_ENTER)
			check_node(&check, cmark_iter_get_node(walk));
	}
	cmark_iter_free(walk);
	cmark_node_free(document);
}

/* ---- from libcmark's tree to ours, values put in ---------------------------------------------- */

struct conversion {
	struct arena *arena;
	const struct wording *wording;
	bool right_to_left;
	str why;
	bool failed;
};

/* A line of text on its way into runs. */
struct line {
	struct run *first, *last;
	str href;
	int strong;
	bool one;            /* a heading: stays on one line */
	struct cells *cells; /* a table: bars end its cells, line ends its rows; or NULL */
};

static void refuse(struct conversion *c, const char *what)
{
	if (!c->failed)
		c->why = str_of(what);
	c->failed = true;
}

static void add_run(struct conversion *c, struct line *line, str text)
{
	struct run *last = line->last;
	if (text.n == 0)
		return;
	if (last != NULL && !last->line_end && last->strong == (line->strong > 0) &&
	    str_eq(last->href, line->href)) {
		last->text = str_join(c->arena, last->text, text);
		return;
	}
	struct run *run = TAKE(c->arena, struct run, 1);
	*run = (struct run){ .text = text, .href = line->href, .strong = line->strong > 0 };
	if (last == NULL)
		line->first = run;
	else
		last->next = run;
	line->last = run;
}

static void add_line_end(struct conversion *c, struct line *line)
{
	if (line->one || line->href.n > 0) {
		add_run(c, line, S(" "));
		return;
	}
	/* A cell has no paragraphs. */
	if (line->cells != NULL && (line->last == NULL || line->last->line_end))
		return;
	struct run *run = TAKE(c->arena, struct run, 1);
	run->line_end = true;
	if (line->last == NULL)
		line->first = run;
	else
		line->last->next = run;
	line->last = run;
}

/* Embeddings, overrides and isolates: in a value they could turn round the text behind it. */
static bool turns_text(uint32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool runs_right_to_left(uint32_t c)
{
	return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
	       (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
	       (c >= 0x1E800 && c <= 0x1EFFF);
}

/* A line of a value: without characters that turn text round, set apart where its own direction is
 * not, or may not be, that of the text around it (U+2068 and U+2069). */
static str tame(const struct conversion *c, str text)
{
	struct buf buf = buf_of(c->arena, WORDING_BYTES_MAX);
	bool other = c->right_to_left;
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t code_point = utf8_next(text, &at);
		other = other || runs_right_to_left(code_point);
		if (code_point == '\t')
			buf_byte(&buf, ' ');
		else if (!turns_text(code_point))
			buf_add(&buf, str_slice(text, from, at));
	}
	if (!other || buf.n == 0)
		return buf_str(&buf);
	return str_fmt(c->arena, "\xE2\x81\xA8%.*s\xE2\x81\xA9", STR_ARG(buf_str(&buf)));
}

static void add_value(struct conversion *c, struct line *line, str value)
{
	str one;
	bool first = true;
	value = str_trim(value);
	while (str_line(&value, &one)) {
		if (!first)
			add_line_end(c, line);
		add_run(c, line, tame(c, str_trim(one)));
		first = false;
	}
}

/* ---- tables ----------------------------------------------------------------------------------- */

/* A table on its way: the rows that are done, and the one that is not. */
struct cells {
	const struct columns *columns;
	struct passage *rows, **rows_end;
	struct passage *row, **row_end; /* the cells so far */
	size_t n;
	int at;      /* the row: 0 is the head, 1 the one below it, which is not shown */
	bool opened; /* the row began with a bar */
	bool ended;  /* nothing but spaces since the last bar */
};

static struct passage **add_passage(struct conversion *c, struct passage **end,
				    struct passage passage)
{
	struct passage *copy = TAKE(c->arena, struct passage, 1);
	*copy = passage;
	*end = copy;
	return &copy->next;
}

/* Without the spaces around them. */
static struct run *trim_runs(struct run *runs)
{
	struct run *last = NULL;
	while (runs != NULL && !runs->line_end && str_starts(runs->text, S(" "))) {
		runs->text = str_slice(runs->text, 1, runs->text.n);
		runs = runs->text.n == 0 ? runs->next : runs;
	}
	for (struct run *run = runs; run != NULL; run = run->next) {
		if (run->line_end || str_trim(run->text).n > 0)
			last = run;
	}
	if (last == NULL)
		return NULL;
	last->next = NULL;
	while (str_ends(last->text, S(" ")))
		last->text = str_slice(last->text, 0, last->text.n - 1);
	return runs;
}

static void end_cell(struct conversion *c, struct line *line)
{
	struct cells *cells = line->cells;
	struct passage cell = { .kind = PASSAGE_CELL, .runs = trim_runs(line->first) };
	line->first = line->last = NULL;
	cells->ended = true;
	if (cells->n == 0 && !cells->opened && cell.runs == NULL) {
		cells->opened = true;
		return;
	}
	if (cells->n < cells->columns->n)
		cell.align = cells->columns->align[cells->n];
	cells->row_end = add_passage(c, cells->row_end, cell);
	cells->n++;
}

static void end_row(struct conversion *c, struct line *line)
{
	struct cells *cells = line->cells;
	if (!cells->ended)
		end_cell(c, line);
	if (cells->at != 1) {
		if (cells->n != cells->columns->n)
			refuse(c, "a row of a table has more or fewer cells than its head");
		cells->rows_end = add_passage(
			c, cells->rows_end,
			(struct passage){ .kind = PASSAGE_ROW, .inside = cells->row });
	}
	cells->at++;
	cells->n = 0;
	cells->opened = false;
	cells->row = NULL;
	cells->row_end = &cells->row;
}

static void add_to_cells(struct conversion *c, struct line *line, str text)
{
	for (;;) {
		const size_t bar = str_find(text, S("|"));
		const str words = str_slice(text, 0, bar);
		add_run(c, line, str_copy(c->arena, words));
		line->cells->ended = line->cells->ended && str_trim(words).n == 0;
		if (bar == text.n)
			return;
		end_cell(c, line);
		text = str_slice(text, bar + 1, text.n);
	}
}

/* ---- text ------------------------------------------------------------------------------------- */

static void add_text(struct conversion *c, struct line *line, str text)
{
	for (size_t at = 0; at < text.n;) {
		const struct used *used = wording_used(c->wording, text, &at);
		if (used != NULL) {
			add_value(c, line, used->text);
			if (line->cells != NULL)
				line->cells->ended = false;
			continue;
		}
		size_t length = 1 + str_find(str_slice(text, at + 1, text.n), S(PLACEHOLDER_OPEN));
		const str words = str_slice(text, at, at + length);
		if (line->cells != NULL)
			add_to_cells(c, line, words);
		else
			add_run(c, line, str_copy(c->arena, words));
		at += length;
	}
}

/* A link's address: only the authority's own values may be part of it. */
static str make_href(struct conversion *c, str url)
{
	struct buf buf = buf_of(c->arena, 2000);
	bool phone = str_starts(url, S("tel:"));
	for (size_t at = 0; at < url.n;) {
		const struct used *used = wording_used(c->wording, url, &at);
		if (used == NULL) {
			buf_byte(&buf, url.p[at++]);
			continue;
		}
		const struct value_rule *rule = value_rule_of(used->tag->text);
		if (rule == NULL || !rule->published)
			refuse(c, "a link's address holds a value that is not the authority's own");
		for (size_t i = 0; i < used->text.n; i++) {
			if (!phone || strchr(" ()-", used->text.p[i]) == NULL)
				buf_byte(&buf, used->text.p[i]);
		}
	}
	str href = str_trim(buf_str(&buf));
	if (buf.too_long || !has_scheme(href) || !is_address(href))
		refuse(c, "a link does not go to https://, mailto: or tel:");
	return href;
}

static void add_inlines(struct conversion *c, struct line *line, cmark_node *parent, int depth);

static void add_inline(struct conversion *c, struct line *line, cmark_node *node, int depth)
{
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_TEXT) {
		add_text(c, line, str_of(cmark_node_get_literal(node)));
	} else if (line->cells != NULL &&
		   (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)) {
		end_row(c, line);
	} else if (type == CMARK_NODE_SOFTBREAK) {
		add_run(c, line, S(" "));
	} else if (type == CMARK_NODE_LINEBREAK) {
		add_line_end(c, line);
	} else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG) {
		line->strong++;
		add_inlines(c, line, node, depth + 1);
		line->strong--;
	} else if (type == CMARK_NODE_LINK) {
		line->href = make_href(c, str_of(cmark_node_get_url(node)));
		add_inlines(c, line, node, depth + 1);
		line->href = STR_EMPTY;
	} else {
		refuse(c, "Markdown that is not supported");
	}
}

static void add_inlines(struct conversion *c, struct line *line, cmark_node *parent, int depth)
{
	if (depth > NESTED_MAX)
		refuse(c, "Markdown that is nested too deep");
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL && !c->failed;
	     node = cmark_node_next(node))
		add_inline(c, line, node, depth);
}

/* A value may hold blank lines: what is between them are paragraphs of their own. */
static struct passage **add_paragraphs(struct conversion *c, struct passage **end, struct run *runs)
{
	while (runs != NULL) {
		struct run *first = runs, *last = NULL;
		while (runs != NULL &&
		       !(runs->line_end && runs->next != NULL && runs->next->line_end)) {
			last = runs;
			runs = runs->next;
		}
		while (runs != NULL && runs->line_end)
			runs = runs->next;
		if (last == NULL)
			continue;
		last->next = NULL;
		end = add_passage(c, end,
				  (struct passage){ .kind = PASSAGE_PARAGRAPH, .runs = first });
	}
	return end;
}

/* A table without rows says nothing: a section over an empty list leaves its head alone. */
static struct passage **add_table(struct conversion *c, struct passage **end, cmark_node *node,
				  const struct columns *columns)
{
	struct cells cells = { .columns = columns };
	struct line line = { .cells = &cells };
	cells.rows_end = &cells.rows;
	cells.row_end = &cells.row;
	add_inlines(c, &line, node, 0);
	end_row(c, &line);
	if (c->failed || cells.rows->next == NULL)
		return end;
	return add_passage(c, end, (struct passage){ .kind = PASSAGE_TABLE, .inside = cells.rows });
}

static struct passage *convert(struct conversion *c, cmark_node *parent, int depth);

static struct passage **add_block(struct conversion *c, struct passage **end, cmark_node *node,
				  int depth)
{
	cmark_node_type type = cmark_node_get_type(node);
	struct line line = { .one = type == CMARK_NODE_HEADING };
	struct columns columns;
	if (is_table(c->wording->text, node, &columns)) {
		if (depth > 0 || columns.n == 0)
			refuse(c, "a table in a list, or of too many columns");
		return add_table(c, end, node, &columns);
	}
	if (type == CMARK_NODE_PARAGRAPH) {
		add_inlines(c, &line, node, 0);
		return add_paragraphs(c, end, line.first);
	}
	struct passage passage = { .kind = PASSAGE_RULE };
	if (type == CMARK_NODE_HEADING) {
		add_inlines(c, &line, node, 0);
		passage.kind = PASSAGE_HEADING;
		passage.level = cmark_node_get_heading_level(node);
		passage.runs = line.first;
	} else if (type == CMARK_NODE_LIST) {
		passage.kind = PASSAGE_LIST;
		passage.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
		passage.tight = cmark_node_get_list_tight(node) != 0;
		passage.start = passage.ordered ? cmark_node_get_list_start(node) : 0;
		passage.inside = convert(c, node, depth + 1);
	} else if (type == CMARK_NODE_ITEM) {
		passage.kind = PASSAGE_ITEM;
		passage.inside = convert(c, node, depth + 1);
	} else if (type != CMARK_NODE_THEMATIC_BREAK) {
		refuse(c, "Markdown that is not supported");
	}
	return add_passage(c, end, passage);
}

/* Depth is limited here: libcmark itself takes any. */
static struct passage *convert(struct conversion *c, cmark_node *parent, int depth)
{
	struct passage *first = NULL, **end = &first;
	if (depth > NESTED_MAX)
		refuse(c, "Markdown that is nested too deep");
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL && !c->failed;
	     node = cmark_node_next(node))
		end = add_block(c, end, node, depth);
	return first;
}

/* Which block a passage belongs to: from a block's mark to the next mark, or to the next heading but its
 * own, as docs/templates.md says. */
struct blocks {
	const struct wording *wording;
	size_t at; /* where the line begins that was looked at last */
	int line;
	size_t n_marks; /* that lie before it */
	bool begun;     /* something of the block was there already */
	str name;
};

static str block_of(struct blocks *blocks, cmark_node *node)
{
	const struct wording *wording = blocks->wording;
	const str text = wording->text;
	for (; blocks->line < cmark_node_get_start_line(node) && blocks->at < text.n;
	     blocks->line++)
		blocks->at += 1 + str_find(str_slice(text, blocks->at, text.n), S("\n"));
	while (blocks->n_marks < wording->n_marks &&
	       wording->marks[blocks->n_marks].at <= blocks->at) {
		blocks->name = block_name(wording->marks[blocks->n_marks++].block);
		blocks->begun = false;
	}
	if (blocks->begun && cmark_node_get_type(node) == CMARK_NODE_HEADING)
		blocks->name = STR_EMPTY;
	blocks->begun = true;
	return blocks->name;
}

static struct passage *convert_all(struct conversion *c, cmark_node *document)
{
	struct passage *first = NULL, **end = &first;
	struct blocks blocks = { .wording = c->wording, .line = 1 };
	for (cmark_node *node = cmark_node_first_child(document); node != NULL && !c->failed;
	     node = cmark_node_next(node)) {
		const str block = block_of(&blocks, node);
		struct passage **from = end;
		end = add_block(c, end, node, 0);
		for (struct passage *passage = *from; passage != NULL; passage = passage->next)
			passage->block = block;
	}
	return first;
}

bool passages_read(struct arena *arena, const struct wording *wording, bool right_to_left,
		   struct passage **out, str *why)
{
	struct conversion c = {
		.arena = arena,
		.wording = wording,
		.right_to_left = right_to_left,
	};
	str text = wording->text;
	cmark_node *document = cmark_parse_document(text.n > 0 ? text.p : "", text.n,
						    CMARK_OPT_DEFAULT);
	struct passage *passages = convert_all(&c, document);
	cmark_node_free(document);
	if (c.failed)
		*why = c.why;
	else
		*out = passages;
	return !c.failed;
}
