/*
 * A policy with its words, as read at one moment: shared by everything that was begun under it.
 *
 * A reload makes new rules beside the old ones. What is under way goes on with those that it began
 * with, which live until the last of their users lets go.
 */
#ifndef CANDOUR_DAEMON_RULES_H
#define CANDOUR_DAEMON_RULES_H

#include "base/arena.h"
#include "setup/setup.h"

struct rules {
	struct arena arena;
	struct config config;
	struct policy policy;
	const struct words *words;
	size_t users;
};

/* Reads everything that the configuration names, for one user. NULL when there is an error; the
 * findings then say which. */
struct rules *rules_read(str config_file, struct findings *findings);
struct rules *rules_keep(struct rules *rules);
/* One user less; empties *rules. */
void rules_drop(struct rules **rules);

#endif
