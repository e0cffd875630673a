/*
 * The YAML subset of Candour's files: maps, lists and scalars, each with its line.
 *
 * No anchors, aliases, tags, merge keys or second document; a duplicate key is an error; at most 1
 * MiB and 16 levels deep. Every scalar is text: what it means is for the reader of the key to say,
 * so that "no", "1.10" and "2026-01-05" never turn into something else. An empty value is the empty
 * text. libyaml does the reading and does not leave yaml.c.
 */
#ifndef CANDOUR_BASE_YAML_H
#define CANDOUR_BASE_YAML_H

#include "base/err.h"

#define YAML_BYTES_MAX ((size_t)1 << 20)
#define YAML_DEPTH_MAX 16

enum yaml_type { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_member;

struct yaml {
	enum yaml_type type;
	int line;
	str text;
	struct yaml *items; /* of a list */
	struct yaml_member *members;
	size_t n; /* of items or members */
};

struct yaml_member {
	str key;
	int line;
	struct yaml value;
};

/* Parses one document. Mistakes go to findings under the file's name; NULL when there was one. An
 * empty document is an empty map. */
const struct yaml *yaml_parse(struct arena *arena, str file, str bytes, struct findings *findings);
/* The member's value, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
