/* One person's own list: what is late, due today, due this week, and later; each thing stands in one of
 * them. */
#include "ctl/inner.h"
#include "model/lists.h"

static const struct {
	const char *key, *title;
} parts[LIST_PART_COUNT] = {
	[LIST_LATE] = { "late", "Late" },
	[LIST_TODAY] = { "today", "Due today" },
	[LIST_WEEK] = { "week", "Due within a week" },
	[LIST_LATER] = { "later", "Later" },
};

struct mine {
	struct policy policy; /* with those who are away */
	str reader;           /* a person's id, or a service's: what nobody there has */
	date today;
	struct rows rows;
};

static void add(struct ctl *ctl, const struct place *place, const struct thing *thing,
		struct rows *rows)
{
	if (thing->duty != NULL)
		rows_add_duty(ctl, rows, place, thing->duty);
	else if (thing->action != NULL)
		rows_add_action(ctl, rows, place, thing->action);
	else if (thing->task != NULL)
		rows_add_task(ctl, rows, place, thing->task);
	else
		rows_add_finding(ctl, rows, place, thing->finding);
}

static void take_theirs(struct ctl *ctl, const struct place *place, const struct thing *things,
			size_t n, struct mine *mine)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list_reader(&mine->policy, &things[i], mine->today), mine->reader))
			add(ctl, place, &things[i], &mine->rows);
	}
}

static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct place place = { .family = family, .file = &family->cases[i] };
		size_t n;
		const struct thing *things = list_things(arena, place.file, &n);

		take_theirs(ctl, &place, things, n, arg);
	}
	return CTL_FINE;
}

static enum ctl_end take_desk(struct ctl *ctl, struct arena *arena, const struct family *desk,
			      void *arg)
{
	const struct place place = { .family = desk };
	size_t n;
	const struct thing *things = list_findings(arena, desk, &n);

	take_theirs(ctl, &place, things, n, arg);
	return CTL_FINE;
}

/* In the order of their days. */
static void answer_part(struct ctl *ctl, const struct mine *mine, enum list_part part)
{
	bool is_titled = false;

	if (ctl->json) {
		json_key(&ctl->w, parts[part].key);
		json_open_list(&ctl->w);
	}
	for (size_t i = 0; i < mine->rows.n; i++) {
		if (list_part_of(mine->rows.list[i].due, mine->today) != part)
			continue;
		if (ctl->json) {
			json_put_raw(&ctl->w, mine->rows.list[i].text);
			continue;
		}
		if (!is_titled)
			out_title(ctl, parts[part].title);
		is_titled = true;
		buf_add(&ctl->out, mine->rows.list[i].text);
	}
	if (ctl->json)
		json_close_list(&ctl->w);
}

static void answer(struct ctl *ctl, const struct mine *mine)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_text(&ctl->w, "person", mine->reader);
		out_add_date(ctl, "on", mine->today);
	} else if (mine->rows.n == 0) {
		buf_fmt(&ctl->out, "Nothing is with %.*s.\n", STR_ARG(mine->reader));
	}
	for (enum list_part part = LIST_LATE; part < LIST_PART_COUNT; part++)
		answer_part(ctl, mine, part);
	if (ctl->json) {
		json_close(&ctl->w);
		out_document_end(ctl);
	}
}

static enum ctl_end know_who_is_away(struct ctl *ctl, struct mine *mine)
{
	struct reply reply;
	struct news news = { 0 };
	enum ctl_end end = ctl_ask(ctl, &ctl->arena, store_away(&ctl->arena, &ctl->store), &reply);

	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_away_read(&ctl->arena, &reply, &news));
	mine->policy = news_policy(&mine->policy, &news);
	return end;
}

enum ctl_end list_run(struct ctl *ctl)
{
	struct mine mine = { .reader = ctl->words[0], .today = DATE_NONE };
	const struct policy *policy;

	if (!args_day(ctl, "on", &mine.today))
		return CTL_USAGE;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &policy);
	if (end != CTL_FINE)
		return end;
	mine.policy = *policy;
	if (!date_is(mine.today))
		mine.today = ctl_today(ctl);
	if (policy_person(policy, mine.reader) == NULL &&
	    policy_service(policy, mine.reader) == NULL) {
		ctl_complain("%.*s is nobody of services.yaml", STR_ARG(mine.reader));
		return CTL_NOT_FOUND;
	}
	end = know_who_is_away(ctl, &mine);
	if (end == CTL_FINE)
		end = ctl_families(ctl, take_family, &mine);
	if (end == CTL_FINE)
		end = ctl_desks(ctl, policy, take_desk, &mine);
	if (end != CTL_FINE)
		return end;
	rows_sort(&mine.rows);
	answer(ctl, &mine);
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}
