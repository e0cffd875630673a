/*
 * JSON: a read-only tree that lives in an arena, and a writer.
 *
 * jansson judges what is JSON and does not leave json.c; what is plain, as nearly everything is, is read without
 * it (json_quick.c), to the same tree. Objects keep the order of their members.
 */
#ifndef CANDOUR_BASE_JSON_H
#define CANDOUR_BASE_JSON_H

#include "base/err.h"
#include "base/str.h"

enum json_type { JSON_NULL_, JSON_BOOL, JSON_INT, JSON_REAL_, JSON_TEXT, JSON_LIST, JSON_MAP };

struct json_member;

struct json {
	enum json_type type;
	union {
		bool boolean;
		int64_t integer;
		double real;
		str text;
		struct {
			const struct json *items;
			size_t n;
		} list;
		struct {
			const struct json_member *members;
			size_t n;
		} map;
	};
};

struct json_member {
	str key;
	struct json value;
};

enum json_fault {
	JSON_FINE,
	JSON_NOT_UTF8,
	JSON_NOT_JSON,
	JSON_TOO_DEEP,
	JSON_DUPLICATE_KEY,
	/* C0 but \n and \t, DEL, C1, U+2028/9, U+FDD0 to U+FDEF, U+FFFE/F: in a key or a text */
	JSON_CONTROL_CHARACTER,
};

/* Parses a whole document (any type at the top) at most `depth` lists and maps deep, into the
 * arena. On a fault out is untouched and, where `where` is not NULL, it says the place ("line 1,
 * column 17"). A whole number is JSON_INT however it is written: 4, 4.0, 4e0. */
NODISCARD enum json_fault json_parse(struct arena *arena, str bytes, int depth,
				     const struct json **out, str *where);
/* The same, where control characters are taken out later: behind an escape they are let be. */
NODISCARD enum json_fault json_parse_unclean(struct arena *arena, str bytes, int depth,
					     const struct json **out);

/* A member, or NULL where the map is NULL, is no map, or has no such key. */
const struct json *json_get(const struct json *map, const char *key);
const struct json *json_get_str(const struct json *map, str key);
/* The member's value, or the default where it is missing or of another type. */
str json_text(const struct json *map, const char *key); /* default: empty */
int64_t json_int(const struct json *map, const char *key, int64_t otherwise);
bool json_bool(const struct json *map, const char *key, bool otherwise);
/* The member's items, or n == 0. */
size_t json_list(const struct json *map, const char *key, const struct json **out_items);

/* Writes JSON text. Commas are put by the writer; keys only inside maps. */
struct json_writer {
	struct buf *buf;
	bool comma;
};

void json_open(struct json_writer *w);  /* { */
void json_close(struct json_writer *w); /* } */
void json_open_list(struct json_writer *w);
void json_close_list(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_key_str(struct json_writer *w, str key);
void json_put_text(struct json_writer *w, str text);
void json_put_int(struct json_writer *w, int64_t number);
void json_put_bool(struct json_writer *w, bool truth);
void json_put_null(struct json_writer *w);
void json_put(struct json_writer *w, const struct json *value); /* a whole tree */
void json_put_raw(struct json_writer *w, str json);             /* text that is JSON already */
/* Key and value in one. */
void json_add_text(struct json_writer *w, const char *key, str text);
void json_add_int(struct json_writer *w, const char *key, int64_t number);
void json_add_bool(struct json_writer *w, const char *key, bool truth);

/* The tree as canonical JSON: members sorted by the bytes of their keys, no spaces, shortest
 * escapes; integers as such, reals with 17 digits. Two documents that mean the same give the same
 * bytes. */
void json_canonical(struct buf *buf, const struct json *value);

#endif
