/*
 * Lists of what people have before them (docs/manage.md, "Lists").
 *
 * What is open in a family, a duty, an action or a task, is with one reader at each moment, and stands in one
 * part of their list by its day alone. So nothing stands in two lists, and nothing in none.
 */
#ifndef CANDOUR_MODEL_LISTS_H
#define CANDOUR_MODEL_LISTS_H

#include "model/family.h"
#include "model/policy.h"

enum list_part {
	LIST_LATE,  /* its day is over */
	LIST_TODAY, /* its day is today */
	LIST_WEEK,  /* within a week from today */
	LIST_LATER,
	LIST_PART_COUNT
};

enum list_part list_part_of(date due, date today);

/* Something that is open; of duty, action, task and finding the three others are NULL. */
struct thing {
	const struct duty *duty;
	const struct action *action;
	const struct task *task;
	const struct desk_item *finding;
	str id;
	str service, holder; /* whose it is: a person's id or a role of the service */
	date due;
};

/* All that is open in a case, in the arena. The family's own time limits are minded by the case's owner. */
struct thing *list_things(struct arena *arena, const struct case_file *file, size_t *out_n);
/* All that the auditor found at a desk itself and nobody has mended: of its manager. The rest of what a desk holds
 * is the families'. */
struct thing *list_findings(struct arena *arena, const struct family *desk, size_t *out_n);
/* The person who has it before them on that day: its holder, or who stands in while they are away; where nobody
 * is there the service itself, by its id, whose mailbox hears what nobody hears. */
str list_reader(const struct policy *policy, const struct thing *thing, date on);

#endif
