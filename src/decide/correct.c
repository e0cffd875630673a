/* An event that never happened, or that another takes the place of: what ran from it is taken back,
 * what has not left is stopped, and whoever has heard of it is told. */
#include "decide/inner.h"

/* Who has heard of it: of messages that left long ago we know no more, and take it that all have. */
struct heard {
	bool found; /* something followed from the event */
	bool said;  /* ... messages among it that we still know of */
	str *contacts;
	size_t n_contacts;
	struct party_set parties;
	str names; /* ids of all of them: "dana, oakfield" */
};

/* Where harm may come of it, the Information Commissioner hears of it within 72 hours (UK GDPR art. 33). */
#define WRONG_FAMILY_DAYS 2

/* --- taking back --------------------------------------------------------------------------------- */

static void undo_promise(struct turn *turn, struct promise *promise, str event, bool is_started,
			 struct heard *heard)
{
	bool is_ended = str_eq(*promise->ended_by, event);
	enum happening back = *promise->state == DUTY_MET ? HAPPENS_REOPENED : HAPPENS_UNDONE;
	if (is_started || is_ended)
		heard->found = true;
	if (is_started && duty_is_running(*promise->state))
		promise_move(turn, promise, HAPPENS_CANCELLED, turn->event->on);
	else if (is_ended && !is_started)
		promise_move(turn, promise, back, turn->event->on);
}

/* The family stands again where it stood before. */
static void undo_stand(struct case_file *file, str event, struct heard *heard)
{
	size_t kept = 0;
	for (size_t i = 0; i < file->n_stands; i++) {
		if (!str_eq(file->stands[i].event, event))
			file->stands[kept++] = file->stands[i];
	}
	if (kept == file->n_stands)
		return;
	heard->found = true;
	file->n_stands = kept;
	struct stand last = kept > 0 ? file->stands[kept - 1] : (struct stand){ 0 };
	file->stage = last.stage;
	file->next_what = last.next_what;
	file->next_who = last.next_who;
	file->next_by = last.next_by;
}

static void undo_closing(struct turn *turn, struct case_file *file, str event, struct heard *heard)
{
	if (!date_is(file->closed_on) || !str_eq(file->closed_by, event))
		return;
	heard->found = true;
	file->closed_on = DATE_NONE;
	file->closed_by = STR_EMPTY;
	file->outcome = STR_EMPTY;
	fact_add(turn, S("case.reopened"), file->id, S("{}"));
}

static void undo_case(struct turn *turn, struct case_file *file, str event, struct heard *heard)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		struct promise promise = promise_of_duty(turn, file, duty);
		undo_promise(turn, &promise, event, str_eq(duty->started_by, event), heard);
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		struct action *action = &file->actions[i];
		struct promise promise = promise_of_action(turn, file, action);
		undo_promise(turn, &promise, event, str_eq(action->started_by, event), heard);
	}
	undo_stand(file, event, heard);
	undo_closing(turn, file, event, heard);
}

static void drop_intents(struct family *family, str event)
{
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (!str_eq(family->intents[i].event_id, event))
			family->intents[kept++] = family->intents[i];
	}
	family->n_intents = kept;
}

static bool is_of_event(const struct open_message *open, str event)
{
	return open->intent != NULL && str_eq(open->intent->event_id, event);
}

static void note_heard(struct turn *turn, const struct open_message *open, struct heard *heard)
{
	const struct party *party = family_party(turn->family, open->contact);
	heard->names = heard->names.n == 0 ? open->contact
					   : str_fmt(turn->arena, "%.*s, %.*s",
						     STR_ARG(heard->names), STR_ARG(open->contact));
	if (party != NULL)
		heard->parties.has[party->role] = true;
	else if (family_contact(turn->family, open->contact) != NULL)
		*GROW(turn->arena, heard->contacts, heard->n_contacts) = open->contact;
}

/* Before anything is taken back: that ends messages that have not left. */
static void find_heard(struct turn *turn, str event, struct heard *heard)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++)
		heard->said = heard->said || str_eq(family->intents[i].event_id, event);
	for (size_t i = 0; i < family->n_open; i++) {
		if (!is_of_event(&family->open[i], event))
			continue;
		heard->said = true;
		if (date_is(family->open[i].accepted_on))
			note_heard(turn, &family->open[i], heard);
	}
	heard->found = heard->said;
}

/* Those that have left first: a duty that they met is open again before others end. */
static void undo_messages(struct turn *turn, str event)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_open; i++) {
		struct open_message *open = &family->open[i];
		if (!is_of_event(open, event))
			continue;
		str met = open->meets;
		open->meets = STR_EMPTY;
		if (date_is(open->accepted_on))
			duty_reopen(turn, open->case_id, met);
	}
	for (size_t i = family->n_open; i > 0; i--) {
		if (i > family->n_open)
			continue;
		const struct open_message *open = &family->open[i - 1];
		if (is_of_event(open, event) && !date_is(open->accepted_on))
			message_close(turn, i - 1, MESSAGE_STOPPED,
				      "what it is about never happened");
	}
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_duties; k++)
			duty_weigh(turn, file->id, file->duties[k].id, turn->event->on);
	}
}

static struct heard undo(struct turn *turn, str event)
{
	struct heard heard = { 0 };
	find_heard(turn, event, &heard);
	for (size_t i = 0; i < turn->family->n_cases; i++)
		undo_case(turn, &turn->family->cases[i], event, &heard);
	drop_intents(turn->family, event);
	undo_messages(turn, event);
	if (heard.found && !heard.said) {
		const struct family *family = turn->family;
		for (size_t i = 0; i < family->n_contacts; i++)
			*GROW(turn->arena, heard.contacts,
			      heard.n_contacts) = family->contacts[i].id;
	}
	return heard;
}

/* --- telling those who heard --------------------------------------------------------------------- */

static bool narrow(struct saying *saying, const struct heard *heard)
{
	bool any = false;
	if (saying->audience == AUDIENCE_CONTACTS)
		return heard->n_contacts > 0;
	if (saying->audience != AUDIENCE_PARTIES)
		return true;
	for (size_t i = 0; i < PARTY_ROLE_COUNT; i++) {
		saying->parties.has[i] = saying->parties.has[i] && heard->parties.has[i];
		any = any || saying->parties.has[i];
	}
	return any;
}

static void correct(struct turn *turn, struct case_file *file, const struct heard *heard, str facts)
{
	const struct event_rule *rule = policy_standard(turn->policy,
							kind_type(KIND_EVENT_WITHDRAWN));
	str identity = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16);
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/correction", STR_ARG(identity)),
		.rule = S("standards/event.withdrawn"),
		.contacts = heard->contacts,
		.n_contacts = heard->n_contacts,
		.facts = facts,
		.quiet = true,
	};
	struct saying *sayings = TAKE(turn->arena, struct saying, rule != NULL ? rule->n_says : 0);
	size_t n = 0;
	for (size_t i = 0; rule != NULL && i < rule->n_says; i++) {
		sayings[n] = rule->says[i];
		if (narrow(&sayings[n], heard))
			n++;
	}
	say(turn, &occasion, sayings, n);
}

/* --- another family's -------------------------------------------------------------------------------- */

/* It is about a case that is none of this family's. */
static bool is_of_another_family(const struct turn *turn)
{
	str meant = json_text(turn->event->data, "meant");
	return meant.n > 0 && family_case(turn->family, meant) == NULL;
}

/* Those who heard what is not their business: a person talks to them, and to the data protection officer. */
static void mind_the_other_family(struct turn *turn, struct case_file *file,
				  const struct heard *heard)
{
	str case_id = file != NULL ? file->id : STR_EMPTY;
	str who = heard->names.n > 0 ? heard->names : S("the whole family");
	str hash = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 12);
	str id = str_fmt(turn->arena, "t.wrong_family.%.*s", STR_ARG(hash));
	const struct event_rule *rule = policy_standard(turn->policy, S("told.wrong_family"));
	task_open(turn, case_id, id, STR_EMPTY, STR_EMPTY,
		  str_fmt(turn->arena,
			  "What is about another family was told to %.*s: tell the data protection "
			  "officer today, and ask each of them to delete it or send it back",
			  STR_ARG(who)));
	struct task *task = file != NULL ? case_task(file, id) : NULL;
	if (task != NULL && date_before(date_add(turn->today, WRONG_FAMILY_DAYS), task->due))
		task->due = date_add(turn->today, WRONG_FAMILY_DAYS);
	fact_add(turn, S("family.told_wrongly"), case_id,
		 str_fmt(turn->arena, "{\"event\":\"%.*s\"}",
			 STR_ARG(json_text(turn->event->data, "event"))));
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/wrong_family", STR_ARG(hash)),
		.rule = S("standards/told.wrong_family"),
		.about = id,
	};
	if (rule != NULL && file != NULL)
		say(turn, &occasion, rule->says, rule->n_says);
}

/* What went wrong, in the words of whoever reports it: not where these, and the case, are another family's. */
static str correction_facts(struct turn *turn, bool another_family)
{
	size_t n_fields;
	const struct field *fields = kind_fields(turn->event->kind, &n_fields);
	return another_family ? S("{\"meant\":\"another family\"}")
			      : facts_of_event(turn, fields, n_fields);
}

static bool is_heard(const struct heard *heard)
{
	return heard->n_contacts > 0 || heard->names.n > 0;
}

/* --- the door ------------------------------------------------------------------------------------ */

void event_withdrawn(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	str case_id = file != NULL ? file->id : STR_EMPTY;
	str event = json_text(turn->event->data, "event");
	bool another_family = is_of_another_family(turn);
	entry_event(turn, case_id,
		    str_fmt(turn->arena, "Event %.*s never happened", STR_ARG(event)));
	struct heard heard = undo(turn, event);
	fact_add(turn, S("event.withdrawn"), case_id,
		 str_fmt(turn->arena, "{\"event\":\"%.*s\"}", STR_ARG(event)));
	if (another_family && is_heard(&heard))
		mind_the_other_family(turn, file, &heard);
	else if (heard.n_contacts > 0 || !heard.found)
		task_for_owner(turn, case_id, "withdrawn", STR_EMPTY,
			       S("An event was withdrawn: look at what was said and put it right"));
	correct(turn, file, &heard, correction_facts(turn, another_family));
}

/* A duty that the new event begins anew keeps its history, and runs from the new day. */
static void take_over(struct turn *turn, struct case_file *file, str event)
{
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	const struct event_rule *rule = pathway != NULL ? pathway_event(pathway, turn->event->type)
							: NULL;
	for (size_t i = 0; rule != NULL && i < rule->n_starts; i++) {
		struct duty *duty = duty_find(file, rule->starts[i]);
		if (duty != NULL && str_eq(duty->started_by, event))
			duty_restart(turn, file, duty);
	}
}

void event_supersedes(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	str event = turn->event->supersedes;
	if (file == NULL || turn->event->about != SUBJECT_CASE || str_eq(event, turn->event->id))
		return;
	take_over(turn, file, event);
	struct heard heard = undo(turn, event);
	if (heard.found)
		entry_add(turn, "note", turn->event->id, file->id,
			  str_fmt(turn->arena, "It takes the place of %.*s", STR_ARG(event)),
			  STR_EMPTY);
	if (heard.n_contacts > 0)
		correct(turn, file, &heard, STR_EMPTY);
}
