/*
 * What another policy would change: two rehearsals of the same events, side by side.
 */
#ifndef CANDOUR_CTL_DIFFERENCE_H
#define CANDOUR_CTL_DIFFERENCE_H

#include "ctl/inner.h"
#include "simulate/simulate.h"

/* One line of a rehearsal, kept. */
struct heard {
	instant at;
	str kind, case_id, id, to, channel, state, due, template, about, text;
	str key; /* what makes it the same line in both */
	bool only_here;
	bool is_new; /* of the second rehearsal */
};

struct hearing {
	struct arena *arena;
	const struct zone *zone; /* of the days */
	struct heard *list;
	size_t n;
};

/* A line for people: "C1: duty-late to mum by letter (agreed), about plan-final". */
str difference_line(struct arena *arena, str case_id, str text, str about);
/* A traced_fn: keeps the line; arg: the hearing. */
void hearing_take(void *arg, const struct traced *traced);
/* Answers with what is only in the one or the other, in order of time, and with the sums. The order
 * of both lists is lost. */
void difference_answer(struct ctl *ctl, struct hearing *before, struct hearing *after);

#endif
