/* The auditor: whether the clock of a record is where it should be (what its own rules say is held against the
 * index of next looks), and what is done about that which it found. */
#include "decide/inner.h"

/* Longer than a look that was lost takes to come again. */
#define PATIENCE SPAN_HOURS(1)

static bool is_due(instant at, const struct turn *turn)
{
	return !instant_before(turn->now, at);
}

/* --- what it is ---------------------------------------------------------------------------------- */

static bool find_promise(const struct turn *turn, const struct promise *promise,
			 struct overlooked *out)
{
	if (!is_due(promise_next(promise, turn->now), turn))
		return false;
	bool is_rung = *promise->state == DUTY_BREACHED && is_due(promise->chase->next, turn);
	*out = (struct overlooked){ is_rung ? "rung_untold" : "date_overlooked", promise->id };
	return true;
}

static bool find_task(const struct turn *turn, const struct task *task, struct overlooked *out)
{
	if (!is_due(task_next(turn, task), turn))
		return false;
	*out = (struct overlooked){ task->chased ? "rung_untold" : "date_overlooked", task->id };
	return true;
}

static bool find_in_case(const struct turn *turn, const struct case_file *file,
			 struct overlooked *out)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct promise promise = promise_of_duty(turn, file, &file->duties[i]);
		if (find_promise(turn, &promise, out))
			return true;
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		const struct promise promise = promise_of_action(turn, file, &file->actions[i]);
		if (find_promise(turn, &promise, out))
			return true;
	}
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (find_task(turn, &file->tasks[i], out))
			return true;
	}
	return false;
}

static bool find_intent(const struct turn *turn, struct overlooked *out)
{
	for (size_t i = 0; i < turn->family->n_intents; i++) {
		const struct intent *intent = &turn->family->intents[i];
		if (!is_due(intent->not_before, turn))
			continue;
		str id = intent->about.n > 0 ? intent->about : intent->case_id;
		*out = (struct overlooked){ "not_said", id.n > 0 ? id : turn->family->id };
		return true;
	}
	return false;
}

/* Something of this record is due; which, as far as it has a name. */
static struct overlooked name_it(const struct turn *turn)
{
	const struct family *family = turn->family;
	struct overlooked found = { "look_too_late", family->id };
	if (find_intent(turn, &found))
		return found;
	for (size_t i = 0; i < family->n_items; i++) {
		const struct desk_item *item = &family->items[i];
		if (item->in_storm || !item->told)
			return (struct overlooked){ item->in_storm ? "storm_untold"
								   : "digest_untold",
						    item->about };
	}
	for (size_t i = 0; i < family->n_cases; i++) {
		if (find_in_case(turn, &family->cases[i], &found))
			return found;
	}
	return found;
}

/* --- whether there is anything ------------------------------------------------------------------- */

static instant next_of(struct turn *turn)
{
	if (family_desk(turn->family).n > 0)
		return desk_next_look(turn);
	return import_is_running(turn) ? turn->family->importing : clock_next_look(turn);
}

bool decide_overlooked(struct arena *arena, const struct policy *policy,
		       const struct family *record, instant look, instant now,
		       struct overlooked *out)
{
	const instant then = instant_add(now, (span){ -PATIENCE.ms });
	const struct event event = { .kind = KIND_CLOCK_DUE,
				     .time = then,
				     .on = calendar_date(policy->calendar, then) };
	struct turn turn = { .arena = arena,
			     .policy = policy,
			     .event = &event,
			     .now = then,
			     .today = event.on,
			     .family = family_copy(arena, record),
			     .plan = TAKE(arena, struct plan, 1),
			     .family_hears = then };
	const instant next = next_of(&turn);
	if (instant_is_never(look) && !instant_is_never(next)) {
		*out = (struct overlooked){ "no_look", record->id };
		return true;
	}
	/* A look that is late itself is on its way, and others watch over that. */
	if (instant_before(then, next) || !instant_before(now, look))
		return false;
	*out = name_it(&turn);
	return true;
}

/* --- what is done about it ----------------------------------------------------------------------- */

/* For whoever works with the family; the first that the name begins with. */
struct words {
	const char *what, *words;
};
static const struct words family_words[] = {
	{ "evidence_",
	  "What was written down about this family is not whole: tell whoever runs Candour, and keep "
	  "your own notes of what was said" },
	{ "message_",
	  "A message to this family is not where it should be, and may never leave: tell whoever runs "
	  "Candour, and see to it that the family knows what it says" },
	{ "case_",
	  "This case is not known to be this family's: tell whoever runs Candour before you report "
	  "anything of it" },
	{ "",
	  "Candour did not look at this family when it should have: see whether anything that was "
	  "to be done or said is late" },
};

/* Likewise, for whoever manages a service, in the length of a line of a list; none, where only the clock was lost:
 * its list is made by the look that follows, and says all. */
static const struct words desk_words[] = {
	{ "evidence_", "What was written down about this service is not whole: tell whoever runs "
		       "Candour" },
	{ "message_", "A message of this service may never leave: tell whoever runs Candour" },
	{ "", "" },
};

static str find_words(const struct words *words, str what)
{
	while (!str_starts(what, str_of(words->what)))
		words++;
	return str_of(words->words);
}

static bool has_thing(const struct turn *turn, const struct case_file *file, str id)
{
	const struct open_message *open = family_open(turn->family, id);
	return str_eq(file->id, id) || case_duty(file, id) != NULL ||
	       case_action(file, id) != NULL || case_task(file, id) != NULL ||
	       (open != NULL && str_eq(open->case_id, file->id));
}

/* The case that it is about; where it is about none, the last one's owner looks after it; where none is left, the
 * last resort. */
static str case_of_thing(const struct turn *turn, str id)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		if (has_thing(turn, &family->cases[i], id))
			return family->cases[i].id;
	}
	return family->n_cases > 0 ? family->cases[family->n_cases - 1].id : STR_EMPTY;
}

/* What was lost of its clock comes back by the look that follows on every event. */
void audit_found(struct turn *turn)
{
	const struct json *data = turn->event->data;
	str what = json_text(data, "what"), id = json_text(data, "id");
	str case_id = case_of_thing(turn, id);
	entry_event(
		turn, case_id,
		str_fmt(turn->arena, "The auditor found %.*s (%.*s)", STR_ARG(what), STR_ARG(id)));
	fact_add(turn, turn->event->type, case_id,
		 str_fmt(turn->arena, "{\"what\":\"%.*s\",\"id\":\"%.*s\"}", STR_ARG(what),
			 STR_ARG(id)));
	str words = find_words(family_desk(turn->family).n > 0 ? desk_words : family_words, what);
	if (family_desk(turn->family).n > 0 && words.n > 0)
		desk_found(turn, what, id, words);
	else if (words.n > 0)
		task_for_owner(turn, case_id, "audit", STR_EMPTY, words);
}
