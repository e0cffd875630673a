/*
 * The promise ledger: what became of each date that was promised.
 *
 * A promise is a date written down for a duty or an action. It has one of three ends: kept (done by
 * its day), moved with notice (a new date, or an excuse, before the day was over) or broken (the day
 * passed). A breach stays one, whatever follows; a new date after it is a new promise. What falls
 * away is no promise any more. The family's own time limits are not counted: they bind nobody but
 * the family.
 *
 * It is counted from the evidence alone, so that anybody can count it again.
 */
#ifndef CANDOUR_CTL_LEDGER_H
#define CANDOUR_CTL_LEDGER_H

#include "base/arena.h"
#include "store/store.h"

/* How many promises of one service under one standard came to which end. */
struct ledger_line {
	str service, standard; /* "send", "ehc-assessment/plan-final" */
	int64_t kept, moved, broken, open;
	int64_t excused;        /* of those moved: by an exemption */
	int64_t broken_excused; /* of those broken: excused since */
};

/* An exemption as it was recorded (duty.excused). */
struct exemption {
	str event; /* its id */
	str service, family, case_id, duty, ground, from, to, evidence, approved_by;
	date on;
	date withdrawn; /* when it was said that it never was; DATE_NONE: it stands */
};

/* A minimum standard that has no date of its own: how often the family was told late, or bad news left before
 * anybody had spoken to them. */
struct missed_line {
	str service, standard, title;
	int64_t times;
};

struct ledger {
	struct arena *arena; /* everything here lives in it */
	date from, to;       /* dates that were promised between these, both with it */
	struct ledger_line *lines;
	size_t n_lines;
	struct missed_line *missed;
	size_t n_missed;
	struct exemption *exemptions;
	size_t n_exemptions;
};

/* Counts what a family's evidence says, in its order. */
void ledger_add(struct ledger *ledger, str family, const struct evidence *list, size_t n);
/* Sorts lines and what was missed by service and standard, exemptions by day, case, duty and event. */
void ledger_sort(struct ledger *ledger);
/* Adds one line's numbers to another's. */
void ledger_sum(struct ledger_line *sum, const struct ledger_line *line);
/* Kept of all that came to their day, in tenths of a percent; -1: none has. With exemptions left out
 * where `without`, as the national figures are published both ways. */
int ledger_on_time(const struct ledger_line *line, bool without);

#endif
