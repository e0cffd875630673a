/*
 * What families answered to questionnaires: counted from the evidence, by service and pathway.
 */
#ifndef CANDOUR_CTL_SCORES_H
#define CANDOUR_CTL_SCORES_H

#include "base/arena.h"
#include "model/event.h"
#include "store/store.h"

struct score_line {
	str service, pathway; /* both empty: of no case that is known */
	int64_t n, sum;
	int64_t of[SCORE_MOST + 1]; /* how many gave this number */
};

struct scores {
	struct arena *arena; /* everything here lives in it */
	date from, to;       /* answers of these days, both with it; DATE_NONE: no limit */
	struct score_line *lines;
	size_t n;
};

/* Counts what a family's evidence says, from its first entry on: the openings say what its cases are. */
void scores_add(struct scores *scores, const struct evidence *list, size_t n);
/* Sorts by service and pathway. */
void scores_sort(struct scores *scores);
/* The mean in tenths. */
int scores_mean(const struct score_line *line);

#endif
