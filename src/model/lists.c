#include "model/lists.h"

#define WEEK_DAYS 7

enum list_part list_part_of(date due, date today)
{
	if (date_before(due, today))
		return LIST_LATE;
	if (due.day == today.day)
		return LIST_TODAY;
	return date_before(due, date_add(today, WEEK_DAYS)) ? LIST_WEEK : LIST_LATER;
}

static str holder_of(const struct case_file *file, const struct duty *duty)
{
	bool is_owners = duty->owner.n == 0 || str_eq(duty->owner, S("owner")) ||
			 str_eq(duty->owner, S("family"));
	return is_owners ? file->owner : duty->owner;
}

struct thing *list_things(struct arena *arena, const struct case_file *file, size_t *out_n)
{
	struct thing *things = NULL;
	*out_n = 0;
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];
		if (duty_is_running(duty->state))
			*GROW(arena, things,
			      *out_n) = (struct thing){ .duty = duty,
							.id = duty->id,
							.service = file->service,
							.holder = holder_of(file, duty),
							.due = duty->due };
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		const struct action *action = &file->actions[i];
		if (duty_is_running(action->state))
			*GROW(arena, things, *out_n) = (struct thing){ .action = action,
								       .id = action->id,
								       .service = action->service,
								       .holder = action->person,
								       .due = action->due };
	}
	for (size_t i = 0; i < file->n_tasks; i++) {
		const struct task *task = &file->tasks[i];
		if (!task->done)
			*GROW(arena, things, *out_n) = (struct thing){ .task = task,
								       .id = task->id,
								       .service = file->service,
								       .holder = task->owner,
								       .due = task->due };
	}
	return things;
}

struct thing *list_findings(struct arena *arena, const struct family *desk, size_t *out_n)
{
	struct thing *things = NULL;
	*out_n = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		const struct desk_item *item = &desk->items[i];
		if (item->case_id.n == 0)
			*GROW(arena, things, *out_n) = (struct thing){ .finding = item,
								       .id = item->about,
								       .service = family_desk(desk),
								       .holder = item->holder,
								       .due = item->due };
	}
	return things;
}

str list_reader(const struct policy *policy, const struct thing *thing, date on)
{
	const struct person *person = policy_present(policy, thing->service, thing->holder, on);
	return person != NULL ? person->id : thing->service;
}
