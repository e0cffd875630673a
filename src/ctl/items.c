#include "ctl/inner.h"

/* How many rungs of its ladder were climbed: warnings given, and the breach. */
static int64_t rung_of(size_t warned, date breached_on)
{
	return (int64_t)warned + (date_is(breached_on) ? 1 : 0);
}

static void add_place(struct ctl *ctl, const struct place *place)
{
	if (place == NULL)
		return;
	if (place->file == NULL) {
		json_add_text(&ctl->w, "at_desk", family_desk(place->family));
		return;
	}
	json_add_text(&ctl->w, "family", place->family->id);
	json_add_text(&ctl->w, "case", place->file->id);
}

/* Rules say "owner" for whoever owns the case at the time. */
static str owner_of(const struct case_file *file, str owner)
{
	return str_eq(owner, S("owner")) ? file->owner : owner;
}

void item_duty(struct ctl *ctl, const struct case_file *file, const struct duty *duty,
	       const struct place *place)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "duty", duty->id);
	add_place(ctl, place);
	json_add_text(w, "rule", duty->rule);
	json_add_text(w, "state", duty_state_name(duty->state));
	out_add_date(ctl, "from", duty->from);
	out_add_date(ctl, "due", duty->due);
	json_add_text(w, "explained", duty->explained);
	json_add_text(w, "owner", owner_of(file, duty->owner));
	json_add_int(w, "rung", rung_of(duty->warned, duty->breached_on));
	out_add_date(ctl, "breached_on", duty->breached_on);
	out_add_date(ctl, "ended_on", duty->ended_on);
	json_close(w);
}

void item_action(struct ctl *ctl, const struct action *action, const struct place *place)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "action", action->id);
	add_place(ctl, place);
	json_add_text(w, "what", action->what);
	json_add_text(w, "state", duty_state_name(action->state));
	json_key(w, "owner");
	json_open(w);
	json_add_text(w, "service", action->service);
	json_add_text(w, "person", action->person);
	json_close(w);
	out_add_date(ctl, "agreed_on", action->agreed_on);
	out_add_date(ctl, "due", action->due);
	out_add_list(ctl, "agreed_with", action->agreed_with, action->n_agreed_with);
	json_add_int(w, "rung", rung_of(action->warned, action->breached_on));
	json_add_bool(w, "disputed", action->disputed);
	out_add_date(ctl, "breached_on", action->breached_on);
	out_add_date(ctl, "ended_on", action->ended_on);
	json_close(w);
}

void item_task(struct ctl *ctl, const struct task *task, const struct place *place)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "task", task->id);
	add_place(ctl, place);
	json_add_text(w, "what", task->what);
	json_add_text(w, "how", task->how);
	json_add_text(w, "contact", task->contact);
	json_add_text(w, "owner", task->owner);
	json_add_text(w, "message", task->message);
	out_add_date(ctl, "due", task->due);
	json_add_bool(w, "done", task->done);
	json_add_text(w, "outcome", task->outcome);
	json_close(w);
}

void item_finding(struct ctl *ctl, const struct desk_item *finding, const struct place *place)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "finding", finding->about);
	add_place(ctl, place);
	json_add_text(w, "what", finding->what);
	json_add_text(w, "owner", finding->holder);
	out_add_date(ctl, "due", finding->due);
	json_close(w);
}

struct arrival item_arrival(struct ctl *ctl, const struct evidence *evidence, size_t n, str message)
{
	for (size_t i = n; i-- > 0;) {
		const struct entry *entry = &evidence[i].entry;
		const bool is_ours = str_eq(entry->kind, S("outcome")) &&
				     str_eq(entry->id, message);
		const struct json *detail = is_ours ? store_detail(&ctl->arena, entry) : NULL;

		if (detail == NULL || json_text(detail, "expected_to").n == 0)
			continue;
		return (struct arrival){ .print_on = json_text(detail, "print_on"),
					 .expected_from = json_text(detail, "expected_from"),
					 .expected_to = json_text(detail, "expected_to") };
	}
	return (struct arrival){ .expected_to = STR_EMPTY };
}

void item_put_arrival(struct ctl *ctl, const struct arrival *arrival)
{
	if (arrival == NULL || arrival->expected_to.n == 0)
		return;
	json_add_text(&ctl->w, "print_on", arrival->print_on);
	json_add_text(&ctl->w, "expected_from", arrival->expected_from);
	json_add_text(&ctl->w, "expected_to", arrival->expected_to);
}

void item_message(struct ctl *ctl, const struct message_record *record,
		  const struct arrival *arrival, bool with_place)
{
	const struct message *message = &record->message;
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "message", message->id);
	if (with_place) {
		json_add_text(w, "family", message->family);
		json_add_text(w, "case", message->case_id);
	}
	json_add_text(w, "template", message->template);
	json_add_text(w, "grade", grade_name(message->grade));
	json_add_text(w, "contact", message->contact);
	json_add_text(w, "channel", channel_kind_name(message->channel));
	json_add_text(w, "state", message_state_name(record->state));
	json_add_text(w, "why", why_name(message->why));
	out_add_instant(ctl, "decided_at", message->decided_at);
	out_add_instant(ctl, "handed_over_at", record->handed_over_at);
	item_put_arrival(ctl, arrival);
	json_add_text(w, "sha256", record->sha256);
	json_close(w);
}

/* "  2026-12-14  scheduled     " before the rest of the line. */
static str head_of(struct ctl *ctl, date day, str state)
{
	return str_fmt(&ctl->arena, "  %-10.*s  %-12.*s  ", STR_ARG(date_print(&ctl->arena, day)),
		       STR_ARG(state));
}

/* When it was late, and when that was made good: a met duty may have been broken. */
static str breach_text(struct ctl *ctl, enum duty_state state, date breached_on)
{
	if (!date_is(breached_on) || state == DUTY_BREACHED)
		return STR_EMPTY;
	return str_fmt(&ctl->arena, "; was late from %.*s",
		       STR_ARG(date_print(&ctl->arena, breached_on)));
}

/* " (C1.plan-final)" */
static str id_text(struct ctl *ctl, str id, bool ids)
{
	return ids ? str_fmt(&ctl->arena, " (%.*s)", STR_ARG(id)) : STR_EMPTY;
}

void item_duty_text(struct ctl *ctl, const struct case_file *file, const struct duty *duty,
		    str title, bool ids)
{
	const str owner = str_eq(duty->owner, S("family")) ? S("the family")
							   : owner_of(file, duty->owner);

	out_wrap(ctl, head_of(ctl, duty->due, duty_state_name(duty->state)),
		 str_fmt(&ctl->arena, "%.*s; %.*s%.*s%.*s", STR_ARG(title), STR_ARG(owner),
			 STR_ARG(breach_text(ctl, duty->state, duty->breached_on)),
			 STR_ARG(id_text(ctl, duty->id, ids))));
	if (duty->explained.n > 0 && duty_is_running(duty->state))
		out_wrap(ctl, str_fmt(&ctl->arena, "%28s", ""), duty->explained);
}

void item_action_text(struct ctl *ctl, const struct action *action, bool ids)
{
	const char *disputed = action->disputed ? "; the family says that it was not done" : "";

	out_wrap(ctl, head_of(ctl, action->due, duty_state_name(action->state)),
		 str_fmt(&ctl->arena, "%.*s; %.*s of %.*s%.*s%s%.*s", STR_ARG(action->what),
			 STR_ARG(action->person), STR_ARG(action->service),
			 STR_ARG(breach_text(ctl, action->state, action->breached_on)), disputed,
			 STR_ARG(id_text(ctl, action->id, ids))));
}

void item_task_text(struct ctl *ctl, const struct task *task, bool ids)
{
	const bool told = task->done && task->outcome.n > 0;

	out_wrap(ctl, head_of(ctl, task->due, task->done ? S("done") : S("open")),
		 str_fmt(&ctl->arena, "%.*s; %.*s%s%.*s%.*s", STR_ARG(task->what),
			 STR_ARG(task->owner), told ? ": " : "",
			 STR_ARG(told ? task->outcome : STR_EMPTY),
			 STR_ARG(id_text(ctl, task->id, ids))));
}

void item_finding_text(struct ctl *ctl, const struct desk_item *finding, bool ids)
{
	out_wrap(ctl, head_of(ctl, finding->due, S("open")),
		 str_fmt(&ctl->arena, "%.*s; %.*s%.*s", STR_ARG(finding->what),
			 STR_ARG(finding->holder), STR_ARG(id_text(ctl, finding->about, ids))));
}

/* ", there by 2026-12-14" */
static str there_by(struct ctl *ctl, const struct arrival *arrival)
{
	if (arrival == NULL || arrival->expected_to.n == 0)
		return STR_EMPTY;
	return str_join(&ctl->arena, S(", there by "), arrival->expected_to);
}

void item_message_text(struct ctl *ctl, const struct message_record *record,
		       const struct arrival *arrival, bool ids)
{
	const struct message *message = &record->message;
	const instant at = instant_is_never(record->handed_over_at) ? message->not_before
								    : record->handed_over_at;

	out_wrap(ctl,
		 str_fmt(&ctl->arena, "  %.*s  %-12.*s  ", STR_ARG(out_time(ctl, &ctl->arena, at)),
			 STR_ARG(message_state_name(record->state))),
		 str_fmt(&ctl->arena, "%.*s to %.*s by %.*s (%.*s)%.*s%.*s",
			 STR_ARG(message->template), STR_ARG(message->contact),
			 STR_ARG(channel_kind_name(message->channel)),
			 STR_ARG(why_brief(message->why)), STR_ARG(there_by(ctl, arrival)),
			 STR_ARG(id_text(ctl, message->id, ids))));
}
