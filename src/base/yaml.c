#include "base/yaml.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* One document being read. A mistake that leaves the rest readable is noted, and reading goes on,
 * so that all of them are found at once; `over` is set where it cannot go on. */
struct reading {
	struct arena *arena;
	str file;
	str bytes;
	struct findings *findings;
	yaml_parser_t parser;
	yaml_event_t event; /* the one that is read next */
	bool over;
};

/* --- the bytes -------------------------------------------------------------------------------- */

static void note(struct reading *reading, int line, const char *code, const char *message)
{
	findings_error(reading->findings, reading->file, line, code, "%s", message);
}

/* Line ends of any system are fine in a file, though not in a text. */
static bool check_bytes(struct reading *reading)
{
	if (reading->bytes.n > YAML_BYTES_MAX) {
		note(reading, 0, "yaml_too_large", "the file is larger than 1 MiB");
		return false;
	}
	int line = 1;
	str rest = reading->bytes;
	str text;
	for (; str_line(&rest, &text); line++) {
		if (!utf8_is(text)) {
			note(reading, line, "yaml_not_utf8", "this line is not UTF-8");
			return false;
		}
		for (size_t at = 0; at < text.n;) {
			if (!utf8_is_control(utf8_next(text, &at)))
				continue;
			note(reading, line, "yaml_control_character",
			     "this line holds a control character");
			return false;
		}
	}
	return true;
}

/* --- events ----------------------------------------------------------------------------------- */

static int line_of(const struct reading *reading)
{
	return (int)reading->event.start_mark.line + 1;
}

/* The next event of libyaml; its own messages are constants that quote nothing. */
static void step(struct reading *reading)
{
	yaml_event_delete(&reading->event);
	if (yaml_parser_parse(&reading->parser, &reading->event) != 0)
		return;
	reading->over = true;
	if (reading->parser.error == YAML_MEMORY_ERROR)
		fatal("out of memory");
	const char *problem = reading->parser.problem;
	findings_error(reading->findings, reading->file, (int)reading->parser.problem_mark.line + 1,
		       "yaml_syntax", "this is not YAML: %s",
		       problem != NULL ? problem : "unreadable");
}

/* What stands before a value and is not part of our subset. */
static void refuse_properties(struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	const unsigned char *anchor = NULL;
	const unsigned char *tag = NULL;
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (anchor != NULL)
		note(reading, line_of(reading), "yaml_anchor",
		     "anchors are not read here: write the value out where it is wanted");
	if (tag != NULL)
		note(reading, line_of(reading), "yaml_tag",
		     "tags are not read here: every value is text");
}

/* --- values ----------------------------------------------------------------------------------- */

static str take_text(struct reading *reading)
{
	const yaml_event_t *event = &reading->event;
	str text = { (const char *)event->data.scalar.value, event->data.scalar.length };
	for (size_t at = 0; at < text.n;) {
		if (!utf8_is_control(utf8_next(text, &at)))
			continue;
		note(reading, line_of(reading), "yaml_control_character",
		     "this text holds a control character");
		break;
	}
	return str_copy(reading->arena, text);
}

static int compare_keys(const void *a, const void *b)
{
	const struct yaml_member *const *left = a;
	const struct yaml_member *const *right = b;
	int order = str_cmp((*left)->key, (*right)->key);
	return order != 0 ? order
			  : ((*left)->line > (*right)->line) - ((*left)->line < (*right)->line);
}

static void refuse_duplicates(struct reading *reading, const struct yaml *map)
{
	const struct yaml_member **order = TAKE(reading->arena, const struct yaml_member *, map->n);
	for (size_t i = 0; i < map->n; i++)
		order[i] = &map->members[i];
	qsort(order, map->n, sizeof(*order), compare_keys);
	for (size_t i = 1; i < map->n; i++)
		if (str_eq(order[i]->key, order[i - 1]->key))
			findings_error(reading->findings, reading->file, order[i]->line,
				       "yaml_duplicate_key",
				       "the key \"%.*s\" stands here already, on line %d",
				       STR_ARG(order[i]->key), order[i - 1]->line);
}

/* Room for one more. A list's room is the power of two that its number has reached. */
static void *grow(struct arena *arena, void *things, size_t n, size_t size)
{
	if ((n & (n - 1)) != 0)
		return things;
	void *larger = arena_take(arena, size, n == 0 ? 1 : n * 2);
	if (n > 0)
		memcpy(larger, things, n * size);
	return larger;
}

/* The key that the next event is, which is left standing; false when it can be none. */
static bool read_key(struct reading *reading, str *out)
{
	const yaml_event_t *event = &reading->event;
	if (event->type != YAML_SCALAR_EVENT) {
		note(reading, line_of(reading), "yaml_key",
		     "a key must be a text, not a list or a map");
		return false;
	}
	refuse_properties(reading);
	str key = take_text(reading);
	if (str_eq(key, S("<<")) && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		note(reading, line_of(reading), "yaml_merge_key",
		     "merge keys are not read here: write the members out");
	*out = key;
	return true;
}

/* The value that begins with the next event, and all that is in it; moves behind it. */
static struct yaml read_value(struct reading *reading, int depth)
{
	struct yaml value = { .line = line_of(reading) };
	yaml_event_type_t type = reading->event.type;
	refuse_properties(reading);
	if (type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT) {
		if (type == YAML_SCALAR_EVENT)
			value.text = take_text(reading);
		else
			note(reading, value.line, "yaml_anchor",
			     "aliases are not read here: write the value out");
		step(reading);
		return value;
	}
	if (depth == YAML_DEPTH_MAX) {
		note(reading, value.line, "yaml_too_deep",
		     "lists and maps are at most 16 deep here");
		reading->over = true;
		return value;
	}

	yaml_event_type_t end = YAML_SEQUENCE_END_EVENT;
	value.type = YAML_LIST;
	if (type == YAML_MAPPING_START_EVENT) {
		end = YAML_MAPPING_END_EVENT;
		value.type = YAML_MAP;
	}
	step(reading);
	while (!reading->over && reading->event.type != end) {
		if (value.type == YAML_LIST) {
			struct yaml item = read_value(reading, depth + 1);
			value.items = grow(reading->arena, value.items, value.n, sizeof(item));
			value.items[value.n++] = item;
			continue;
		}
		struct yaml_member member = { .line = line_of(reading) };
		if (read_key(reading, &member.key))
			step(reading);
		else
			read_value(reading, depth + 1);
		if (reading->over)
			break;
		member.value = read_value(reading, depth + 1);
		value.members = grow(reading->arena, value.members, value.n, sizeof(member));
		value.members[value.n++] = member;
	}
	if (!reading->over) {
		if (value.type == YAML_MAP)
			refuse_duplicates(reading, &value);
		step(reading);
	}
	return value;
}

/* --- the document ----------------------------------------------------------------------------- */

static bool is_nothing(const yaml_event_t *event)
{
	return event->type == YAML_SCALAR_EVENT && event->data.scalar.length == 0 &&
	       event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static struct yaml read_document(struct reading *reading)
{
	struct yaml root = { .type = YAML_MAP, .line = 1 };
	step(reading); /* the stream begins */
	if (!reading->over)
		step(reading);
	if (reading->over || reading->event.type == YAML_STREAM_END_EVENT)
		return root;

	if (reading->event.data.document_start.tag_directives.start !=
	    reading->event.data.document_start.tag_directives.end)
		note(reading, line_of(reading), "yaml_tag",
		     "tags are not read here: every value is text");
	step(reading);
	if (reading->over)
		return root;
	if (!is_nothing(&reading->event))
		root = read_value(reading, 0);
	else
		step(reading);
	if (!reading->over)
		step(reading); /* the document ends */
	if (!reading->over && reading->event.type != YAML_STREAM_END_EVENT)
		note(reading, line_of(reading), "yaml_second_document",
		     "a file holds one document: a second one begins here");
	return root;
}

const struct yaml *yaml_parse(struct arena *arena, str file, str bytes, struct findings *findings)
{
	size_t errors = findings->errors;
	/* libyaml counts a byte-order mark as a column, and then the first line as indented. */
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		bytes = str_slice(bytes, 3, bytes.n);
	struct reading reading = {
		.arena = arena,
		.file = file,
		.bytes = bytes,
		.findings = findings,
	};
	if (!check_bytes(&reading))
		return NULL;
	if (yaml_parser_initialize(&reading.parser) == 0)
		fatal("out of memory");
	yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
	/* libyaml minds a null pointer even where there is nothing to read. */
	const unsigned char *input = (const unsigned char *)(bytes.n > 0 ? bytes.p : "");
	yaml_parser_set_input_string(&reading.parser, input, bytes.n);
	struct yaml *root = TAKE(arena, struct yaml, 1);
	*root = read_document(&reading);
	yaml_event_delete(&reading.event);
	yaml_parser_delete(&reading.parser);
	return findings->errors == errors ? root : NULL;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	str wanted = str_of(key);
	if (map == NULL || map->type != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->members[i].key, wanted))
			return &map->members[i].value;
	return NULL;
}
