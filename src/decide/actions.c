/* What a named person agreed to do for the family by a date. It runs through the same states as a
 * duty. */
#include "decide/inner.h"

/* --- agreeing ------------------------------------------------------------------------------------ */

/* The event takes the place of the one that agreed it, which was taken back just now. */
static bool is_corrected(const struct turn *turn, const struct action *action)
{
	return str_eq(action->started_by, turn->event->supersedes) &&
	       str_eq(action->ended_by, turn->event->id);
}

static bool check_action(struct turn *turn, const struct case_file *file, const struct json *action)
{
	const struct json *owner = json_get(action, "owner");
	str service = json_text(owner, "service");
	date due = DATE_NONE;
	date_parse(json_text(action, "due"), &due);
	const struct action *known = case_action(file, json_text(action, "action"));
	if (known != NULL && !is_corrected(turn, known))
		return refuse(turn, "data.action",
			      "data.action is known already: reschedule it, or take a new id");
	if (policy_service(turn->policy, service) == NULL)
		return refuse(turn, "data.owner.service", "data.owner.service names no service");
	if (policy_holder(turn->policy, service, json_text(owner, "person")) == NULL)
		return refuse(turn, "data.owner.person",
			      "data.owner.person names nobody, and no role that somebody holds");
	if (date_before(due, turn->event->on))
		return refuse(turn, "data.due", "data.due lies before the day it was agreed");
	return true;
}

/* Contacts all: that has been checked. */
static void read_agreed_with(struct turn *turn, const char *key, struct action *action)
{
	const struct json *ids;
	size_t n = json_list(turn->event->data, key, &ids);
	for (size_t i = 0; i < n; i++)
		*GROW(turn->arena, action->agreed_with, action->n_agreed_with) = ids[i].text;
}

static struct occasion occasion_of(struct turn *turn, struct case_file *file,
				   const struct action *action, const char *step)
{
	str identity = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16);
	return (struct occasion){
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/%.*s/%.*s/%s", STR_ARG(identity),
			      STR_ARG(file->id), STR_ARG(action->id), step),
		.rule = str_fmt(turn->arena, "standards/actions/%s", step),
		.about = action->id,
		.contacts = action->agreed_with,
		.n_contacts = action->n_agreed_with,
	};
}

static void say_action(struct turn *turn, struct case_file *file, const struct action *action,
		       const char *step, const struct saying *sayings, size_t n)
{
	struct occasion occasion = occasion_of(turn, file, action, step);
	size_t n_fields;
	const struct field *fields = kind_fields(turn->event->kind, &n_fields);
	occasion.facts = facts_of_event(turn, fields, n_fields);
	say(turn, &occasion, sayings, n);
}

static void agree(struct turn *turn, struct case_file *file, const struct json *data,
		  const char *with)
{
	const struct json *owner = json_get(data, "owner");
	struct action *action = case_action(file, json_text(data, "action"));
	if (action == NULL)
		action = GROW(turn->arena, file->actions, file->n_actions);
	*action = (struct action){ .id = json_text(data, "action"),
				   .what = json_text(data, "what"),
				   .service = json_text(owner, "service"),
				   .person = json_text(owner, "person"),
				   .agreed_on = turn->event->on,
				   .due = turn->event->on,
				   .state = DUTY_SCHEDULED,
				   .breached_on = DATE_NONE,
				   .ended_on = DATE_NONE,
				   .acknowledged_until = DATE_NONE,
				   .started_by = turn->event->id,
				   .chase = CHASE_NONE };
	date_parse(json_text(data, "due"), &action->due);
	read_agreed_with(turn, with, action);
	struct promise promise = promise_of_action(turn, file, action);
	str detail = promise_begun(turn, &promise,
				   str_fmt(turn->arena, "Action %.*s agreed: due %.*s",
					   STR_ARG(action->id),
					   STR_ARG(date_words(turn->arena, action->due))));
	fact_add(turn, S("action.agreed"), file->id, detail);
	say_action(turn, file, action, "agreed", turn->policy->actions.on_agreed,
		   turn->policy->actions.n_on_agreed);
}

static bool is_twice(const struct json *items, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (str_eq(json_text(&items[i], "action"), json_text(&items[n - 1], "action")))
			return true;
	}
	return false;
}

bool actions_agree(struct turn *turn, struct case_file *file)
{
	const struct json *items;
	size_t n = json_list(turn->event->data, "actions", &items);
	if (file->n_actions + n > ACTIONS_MAX)
		return refuse(turn, "data.actions", "too many actions in this case");
	for (size_t i = 0; i < n; i++) {
		if (is_twice(items, i + 1))
			return refuse(turn, "data.actions", "data.actions names an action twice");
		if (!check_action(turn, file, &items[i]))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		agree(turn, file, &items[i], "with");
	return true;
}

void action_agreed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	const struct json *data = turn->event->data;
	if (file->n_actions == ACTIONS_MAX) {
		refuse(turn, "data.action", "too many actions in this case");
		return;
	}
	if (!check_action(turn, file, data) || !contacts_are_known(turn, "agreed_with"))
		return;
	entry_event(turn, file->id, S("Action agreed"));
	agree(turn, file, data, "agreed_with");
}

/* --- what becomes of it -------------------------------------------------------------------------- */

static struct action *find_action(struct turn *turn, struct case_file *file)
{
	struct action *action = case_action(file, json_text(turn->event->data, "action"));
	if (action == NULL)
		refuse(turn, "data.action", "data.action names no action of this case");
	return action;
}

static bool has_ended(struct turn *turn)
{
	return refuse(turn, "data.action", "data.action names an action that has ended");
}

void action_completed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct action *action = find_action(turn, file);
	if (action == NULL)
		return;
	struct promise promise = promise_of_action(turn, file, action);
	if (*promise.state != DUTY_MET && !promise_may(&promise, HAPPENS_MET)) {
		has_ended(turn);
		return;
	}
	entry_event(turn, file->id, S("Action completed"));
	if (promise_move(turn, &promise, HAPPENS_MET, turn->event->on))
		say_action(turn, file, action, "completed", turn->policy->actions.on_completed,
			   turn->policy->actions.n_on_completed);
}

void action_rescheduled(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct action *action = find_action(turn, file);
	date due = turn->event->on;
	if (action == NULL)
		return;
	struct promise before = promise_of_action(turn, file, action);
	date_parse(json_text(turn->event->data, "due"), &due);
	if (!promise_may(&before, HAPPENS_MOVED)) {
		has_ended(turn);
		return;
	}
	if (date_before(due, turn->event->on)) {
		refuse(turn, "data.due", "data.due lies before the day it was agreed");
		return;
	}
	entry_event(turn, file->id, S("Action has a new date"));
	promise_note_late(turn, &before, turn->event->on);
	action->due = due;
	action->warned = 0;
	action->agreed_on = turn->event->on;
	struct promise promise = promise_of_action(turn, file, action);
	promise_move(turn, &promise, HAPPENS_MOVED, turn->event->on);
	say_action(turn, file, action, "rescheduled", turn->policy->actions.on_rescheduled,
		   turn->policy->actions.n_on_rescheduled);
}

void action_cancelled(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct action *action = find_action(turn, file);
	if (action == NULL)
		return;
	struct promise promise = promise_of_action(turn, file, action);
	if (!promise_may(&promise, HAPPENS_CANCELLED)) {
		has_ended(turn);
		return;
	}
	entry_event(turn, file->id, S("Action cancelled"));
	promise_move(turn, &promise, HAPPENS_CANCELLED, turn->event->on);
	say_action(turn, file, action, "cancelled", turn->policy->actions.on_cancelled,
		   turn->policy->actions.n_on_cancelled);
}

/* The family says that it is not done. They are believed until a person has looked. */
void action_disputed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct action *action = find_action(turn, file);
	if (action == NULL)
		return;
	entry_event(turn, file->id, S("The family says that an action is not done"));
	action->disputed = true;
	struct promise promise = promise_of_action(turn, file, action);
	promise_move(turn, &promise, HAPPENS_REOPENED, turn->event->on);
	say_action(turn, file, action, "disputed", turn->policy->actions.on_disputed,
		   turn->policy->actions.n_on_disputed);
	task_for_owner(turn, file->id, "disputed", STR_EMPTY,
		       str_fmt(turn->arena,
			       "The family says that action %.*s is not done: find out what "
			       "happened, and tell them",
			       STR_ARG(action->id)));
}
