/* One person's own list: what is late, due today, due this week, and later; each thing stands in one of
 * them. */
#include "ctl/inner.h"

enum part { PART_LATE, PART_TODAY, PART_WEEK, PART_LATER, PART_COUNT };

static const struct {
	const char *key, *title;
} parts[PART_COUNT] = {
	[PART_LATE] = { "late", "Late" },
	[PART_TODAY] = { "today", "Due today" },
	[PART_WEEK] = { "week", "Due within a week" },
	[PART_LATER] = { "later", "Later" },
};

#define WEEK_DAYS 7

struct thing {
	date due;
	size_t place; /* where it was found: keeps the order of what is due on one day */
	str text;     /* a JSON object, or lines for people */
};

struct mine {
	const struct policy *policy;
	str person;
	date today;
	struct thing *things;
	size_t n_things;
};

/* By its day alone, so that nothing stands in two parts or in none. */
static enum part part_of(date due, date today)
{
	if (date_before(due, today))
		return PART_LATE;
	if (due.day == today.day)
		return PART_TODAY;
	return date_before(due, date_add(today, WEEK_DAYS)) ? PART_WEEK : PART_LATER;
}

/* Theirs by name, or by a role that they hold. */
static bool is_theirs(const struct mine *mine, str service, str holder)
{
	const struct person *person = policy_holder(mine->policy, service, holder);

	return str_eq(holder, mine->person) || (person != NULL && str_eq(person->id, mine->person));
}

static void keep(struct ctl *ctl, struct mine *mine, date due)
{
	*ADD(&ctl->arena, mine->things,
	     mine->n_things) = (struct thing){ .due = due,
					       .place = mine->n_things,
					       .text = str_copy(&ctl->arena, buf_str(&ctl->out)) };
	ctl->out.n = 0;
	ctl->w.comma = false;
}

static void head(struct ctl *ctl, const struct place *place)
{
	if (!ctl->json)
		buf_fmt(&ctl->out, "%.*s (family %.*s)\n", STR_ARG(place->file->id),
			STR_ARG(place->family->id));
}

static void take_duties(struct ctl *ctl, const struct place *place, struct mine *mine)
{
	const struct case_file *file = place->file;

	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];
		const str owner = str_eq(duty->owner, S("owner")) ? file->owner : duty->owner;

		if (!duty_is_running(duty->state) || !is_theirs(mine, file->service, owner))
			continue;
		head(ctl, place);
		if (ctl->json)
			item_duty(ctl, file, duty, place);
		else
			item_duty_text(ctl, file, duty, duty->rule, true);
		keep(ctl, mine, duty->due);
	}
}

static void take_actions(struct ctl *ctl, const struct place *place, struct mine *mine)
{
	const struct case_file *file = place->file;

	for (size_t i = 0; i < file->n_actions; i++) {
		const struct action *action = &file->actions[i];

		if (!duty_is_running(action->state) ||
		    !is_theirs(mine, action->service, action->person))
			continue;
		head(ctl, place);
		if (ctl->json)
			item_action(ctl, action, place);
		else
			item_action_text(ctl, action, true);
		keep(ctl, mine, action->due);
	}
}

static void take_tasks(struct ctl *ctl, const struct place *place, struct mine *mine)
{
	const struct case_file *file = place->file;

	for (size_t i = 0; i < file->n_tasks; i++) {
		const struct task *task = &file->tasks[i];

		if (task->done || !is_theirs(mine, file->service, task->owner))
			continue;
		head(ctl, place);
		if (ctl->json)
			item_task(ctl, task, place);
		else
			item_task_text(ctl, task, true);
		keep(ctl, mine, task->due);
	}
}

static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	struct mine *mine = arg;

	(void)arena;
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct place place = { .family = family, .file = &family->cases[i] };

		take_duties(ctl, &place, mine);
		take_actions(ctl, &place, mine);
		take_tasks(ctl, &place, mine);
	}
	return CTL_FINE;
}

static int compare_things(const void *a, const void *b)
{
	const struct thing *first = a, *second = b;

	if (first->due.day != second->due.day)
		return first->due.day < second->due.day ? -1 : 1;
	return first->place < second->place ? -1 : 1;
}

/* In the order of their days. */
static void answer_part(struct ctl *ctl, const struct mine *mine, enum part part)
{
	bool is_titled = false;

	if (ctl->json) {
		json_key(&ctl->w, parts[part].key);
		json_open_list(&ctl->w);
	}
	for (size_t i = 0; i < mine->n_things; i++) {
		if (part_of(mine->things[i].due, mine->today) != part)
			continue;
		if (ctl->json) {
			json_put_raw(&ctl->w, mine->things[i].text);
			continue;
		}
		if (!is_titled)
			out_title(ctl, parts[part].title);
		is_titled = true;
		buf_add(&ctl->out, mine->things[i].text);
	}
	if (ctl->json)
		json_close_list(&ctl->w);
}

static void answer(struct ctl *ctl, const struct mine *mine)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_text(&ctl->w, "person", mine->person);
		out_add_date(ctl, "on", mine->today);
	} else if (mine->n_things == 0) {
		buf_fmt(&ctl->out, "Nothing is with %.*s.\n", STR_ARG(mine->person));
	}
	for (enum part part = PART_LATE; part < PART_COUNT; part++)
		answer_part(ctl, mine, part);
	if (ctl->json) {
		json_close(&ctl->w);
		out_document_end(ctl);
	}
}

enum ctl_end list_run(struct ctl *ctl)
{
	struct mine mine = { .person = ctl->words[0] };
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &mine.policy);
	if (end != CTL_FINE)
		return end;
	mine.today = ctl_today(ctl);
	if (args_has(ctl, "on") && !date_parse(args_value(ctl, "on"), &mine.today)) {
		ctl_complain("--on is a date, such as 2026-11-02");
		return CTL_USAGE;
	}
	if (policy_person(mine.policy, mine.person) == NULL) {
		ctl_complain("%.*s is nobody of services.yaml", STR_ARG(mine.person));
		return CTL_NOT_FOUND;
	}
	end = ctl_families(ctl, take_family, &mine);
	if (end != CTL_FINE)
		return end;
	if (mine.n_things > 0)
		qsort(mine.things, mine.n_things, sizeof mine.things[0], compare_things);
	answer(ctl, &mine);
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}
