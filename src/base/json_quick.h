/*
 * The quick half of json.c: reads what is plain, and leaves everything else to the other half.
 */
#ifndef CANDOUR_BASE_JSON_QUICK_H
#define CANDOUR_BASE_JSON_QUICK_H

#include "base/json.h"

/* The tree of a document of valid UTF-8, the same as jansson's. False, and out untouched, where it is not
 * JSON, or deeper than `depth`, or holds what is seldom: an escape by number, a number with a point, a
 * control character, a map of many members. */
bool json_quick(struct arena *arena, str bytes, int depth, struct json *out);

#endif
