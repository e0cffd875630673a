/*
 * Things by their names. Apart from inner.h, because the C library's <search.h> has a struct entry
 * of its own.
 */
#ifndef CANDOUR_SIMULATE_NAMES_H
#define CANDOUR_SIMULATE_NAMES_H

#include "base/arena.h"
#include "base/str.h"

struct names {
	void *root;
};

/* Remembers a thing under a name, in place of another. */
void names_put(struct arena *keep, struct names *names, str name, void *thing);
void *names_find(const struct names *names, str name); /* or NULL */
void names_clear(struct names *names);

#endif
