/* Duties, actions and tasks of many families in the order of their days. */
#include "ctl/inner.h"

/* An item is written as if it were the whole answer, and kept aside until all are sorted. */
static void keep(struct ctl *ctl, struct rows *rows, date due)
{
	*ADD(&ctl->arena, rows->list, rows->n) = (struct row){
		.due = due, .place = rows->n, .text = str_copy(&ctl->arena, buf_str(&ctl->out))
	};
	ctl->out.n = 0;
	ctl->w.comma = false;
}

static void head(struct ctl *ctl, const struct place *place)
{
	if (ctl->json)
		return;
	if (place->file == NULL)
		buf_fmt(&ctl->out, "The desk of %.*s\n", STR_ARG(family_desk(place->family)));
	else
		buf_fmt(&ctl->out, "%.*s (family %.*s)\n", STR_ARG(place->file->id),
			STR_ARG(place->family->id));
}

void rows_add_duty(struct ctl *ctl, struct rows *rows, const struct place *place,
		   const struct duty *duty)
{
	head(ctl, place);
	if (ctl->json)
		item_duty(ctl, place->file, duty, place);
	else
		item_duty_text(ctl, place->file, duty, duty->rule, true);
	keep(ctl, rows, duty->due);
}

void rows_add_action(struct ctl *ctl, struct rows *rows, const struct place *place,
		     const struct action *action)
{
	head(ctl, place);
	if (ctl->json)
		item_action(ctl, action, place);
	else
		item_action_text(ctl, action, true);
	keep(ctl, rows, action->due);
}

void rows_add_task(struct ctl *ctl, struct rows *rows, const struct place *place,
		   const struct task *task)
{
	head(ctl, place);
	if (ctl->json)
		item_task(ctl, task, place);
	else
		item_task_text(ctl, task, true);
	keep(ctl, rows, task->due);
}

void rows_add_finding(struct ctl *ctl, struct rows *rows, const struct place *place,
		      const struct desk_item *finding)
{
	head(ctl, place);
	if (ctl->json)
		item_finding(ctl, finding, place);
	else
		item_finding_text(ctl, finding, true);
	keep(ctl, rows, finding->due);
}

static int compare(const void *a, const void *b)
{
	const struct row *first = a, *second = b;

	if (first->due.day != second->due.day)
		return first->due.day < second->due.day ? -1 : 1;
	return first->place < second->place ? -1 : 1;
}

void rows_sort(struct rows *rows)
{
	if (rows->n > 0)
		qsort(rows->list, rows->n, sizeof rows->list[0], compare);
}
