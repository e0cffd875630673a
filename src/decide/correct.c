/* An event that never happened, or that another takes the place of: what ran from it is taken back,
 * what has not left is stopped, and whoever has heard of it is told. */
#include "decide/inner.h"

/* Somebody who has heard of it, and when; DATE_NONE: not known. */
struct listener {
	str contact;
	date said_on;
};

/* Who has heard of it: of messages that left long ago we know no more, and take it that all have. */
struct heard {
	bool found; /* something followed from the event */
	date on;    /* the day on which it was to have happened; DATE_NONE: not known */
	struct listener *listeners;
	size_t n_listeners;
	struct party_set parties;
	date parties_on; /* when the first of them heard */
	str names;       /* ids of all of them: "dana, oakfield" */
	bool of_another; /* it is about another family */
};

/* Where harm may come of it, the Information Commissioner hears of it within 72 hours (UK GDPR art. 33). */
#define WRONG_FAMILY_DAYS 2

static void note_day(struct heard *heard, date on)
{
	heard->found = true;
	if (date_is(on) && (!date_is(heard->on) || date_before(on, heard->on)))
		heard->on = on;
}

static void note_listener(struct turn *turn, struct heard *heard, str contact, date on)
{
	for (size_t i = 0; i < heard->n_listeners; i++) {
		struct listener *listener = &heard->listeners[i];
		if (!str_eq(listener->contact, contact))
			continue;
		if (date_is(on) &&
		    (!date_is(listener->said_on) || date_before(on, listener->said_on)))
			listener->said_on = on;
		return;
	}
	*GROW(turn->arena, heard->listeners,
	      heard->n_listeners) = (struct listener){ .contact = contact, .said_on = on };
}

/* --- taking back --------------------------------------------------------------------------------- */

static void undo_promise(struct turn *turn, struct promise *promise, str event, bool is_started,
			 struct heard *heard)
{
	bool is_ended = str_eq(*promise->ended_by, event);
	enum happening back = *promise->state == DUTY_MET ? HAPPENS_REOPENED : HAPPENS_UNDONE;
	if (is_started)
		note_day(heard, promise->from);
	else if (is_ended)
		note_day(heard, *promise->ended_on);
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
	note_day(heard, file->closed_on);
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
	return str_eq(open->intent->event_id, event);
}

/* By another message of the same event, on another channel. */
static bool is_named_before(const struct family *family, const struct open_message *open)
{
	for (const struct open_message *other = family->open; other < open; other++) {
		if (is_of_event(other, open->intent->event_id) && date_is(other->accepted_on) &&
		    str_eq(other->contact, open->contact))
			return true;
	}
	return false;
}

static void note_heard(struct turn *turn, const struct open_message *open, struct heard *heard)
{
	const struct party *party = family_party(turn->family, open->contact);
	/* Our own people may know of it. */
	if (party == NULL && family_contact(turn->family, open->contact) == NULL)
		return;
	if (!is_named_before(turn->family, open))
		heard->names = heard->names.n == 0
				       ? open->contact
				       : str_fmt(turn->arena, "%.*s, %.*s", STR_ARG(heard->names),
						 STR_ARG(open->contact));
	date on = open->accepted_on;
	if (party != NULL) {
		heard->parties.has[party->role] = true;
		if (!date_is(heard->parties_on) || date_before(on, heard->parties_on))
			heard->parties_on = on;
	} else {
		note_listener(turn, heard, open->contact, on);
	}
}

/* Before anything is taken back: that ends messages that have not left. */
static void find_heard(struct turn *turn, str event, struct heard *heard)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].event_id, event))
			note_day(heard, family->intents[i].on);
	}
	for (size_t i = 0; i < family->n_open; i++) {
		if (!is_of_event(&family->open[i], event))
			continue;
		note_day(heard, family->open[i].intent->on);
		if (date_is(family->open[i].accepted_on))
			note_heard(turn, &family->open[i], heard);
	}
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

/* Of what happened so long ago messages may have left that we know no more of. */
static bool is_long_ago(const struct turn *turn, const struct heard *heard)
{
	return !date_is(heard->on) ||
	       date_before(date_add(heard->on, ACCEPTED_KEPT_DAYS), turn->today);
}

static struct heard undo(struct turn *turn, str event)
{
	struct heard heard = { .on = DATE_NONE, .parties_on = DATE_NONE };
	const struct family *family = turn->family;
	find_heard(turn, event, &heard);
	for (size_t i = 0; i < family->n_cases; i++)
		undo_case(turn, &turn->family->cases[i], event, &heard);
	drop_intents(turn->family, event);
	undo_messages(turn, event);
	for (size_t i = 0; heard.found && is_long_ago(turn, &heard) && i < family->n_contacts; i++)
		note_listener(turn, &heard, family->contacts[i].id, DATE_NONE);
	return heard;
}

/* --- telling those who heard --------------------------------------------------------------------- */

/* What went wrong, in the words of whoever reports it: not where these, and the case, are another
 * family's. The event's own word on the day counts where we know none. */
static str correction_facts(struct turn *turn, date said_on, bool another_family)
{
	const struct json *data = turn->event->data;
	struct buf buf = buf_of(turn->arena, 8192);
	struct json_writer w = { .buf = &buf };
	if (!date_is(said_on))
		date_parse(json_text(data, "said_on"), &said_on);
	json_open(&w);
	if (another_family)
		json_add_text(&w, "meant", S("another family"));
	else if (turn->event->kind == KIND_EVENT_WITHDRAWN)
		json_add_text(&w, "reason", json_text(data, "reason"));
	if (date_is(said_on)) {
		json_key(&w, "said_on");
		json_open(&w);
		json_add_text(&w, "date", date_print(turn->arena, said_on));
		json_close(&w);
	}
	json_close(&w);
	return buf.too_long ? STR_EMPTY : buf_str(&buf);
}

static struct event_rule sayings_to(struct turn *turn, bool to_contacts, const struct heard *heard)
{
	const struct event_rule *rule = policy_standard(turn->policy,
							kind_type(KIND_EVENT_WITHDRAWN));
	struct event_rule some = { 0 };
	some.says = TAKE(turn->arena, struct saying, rule != NULL ? rule->n_says : 0);
	for (size_t i = 0; rule != NULL && i < rule->n_says; i++) {
		struct saying saying = rule->says[i];
		bool any = saying.audience != AUDIENCE_PARTIES;
		for (size_t k = 0; k < PARTY_ROLE_COUNT; k++) {
			saying.parties.has[k] = saying.parties.has[k] && heard->parties.has[k];
			any = any || saying.parties.has[k];
		}
		if (any && (saying.audience == AUDIENCE_CONTACTS) == to_contacts)
			some.says[some.n_says++] = saying;
	}
	return some;
}

static void correct_some(struct turn *turn, struct case_file *file, str *contacts, size_t n,
			 date said_on, const struct heard *heard)
{
	str identity = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16);
	str day = date_is(said_on) ? date_print(turn->arena, said_on) : S("once");
	const struct event_rule some = sayings_to(turn, n > 0, heard);
	const struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/correction/%.*s/%s", STR_ARG(identity),
			      STR_ARG(day), n > 0 ? "family" : "others"),
		.rule = S("standards/event.withdrawn"),
		.contacts = contacts,
		.n_contacts = n,
		.facts = correction_facts(turn, said_on, heard->of_another),
		.quiet = true,
	};
	say(turn, &occasion, some.says, some.n_says);
}

/* Those who heard on one day are told together; each message says which one was wrong. */
static void correct(struct turn *turn, struct case_file *file, const struct heard *heard)
{
	for (size_t i = 0; i < heard->n_listeners; i++) {
		date day = heard->listeners[i].said_on;
		str *contacts = TAKE(turn->arena, str, heard->n_listeners);
		size_t n = 0;
		bool is_done = false;
		for (size_t k = 0; k < heard->n_listeners; k++) {
			if (heard->listeners[k].said_on.day != day.day)
				continue;
			is_done = is_done || k < i;
			contacts[n++] = heard->listeners[k].contact;
		}
		if (!is_done)
			correct_some(turn, file, contacts, n, day, heard);
	}
	correct_some(turn, file, NULL, 0, heard->parties_on, heard);
}

/* --- another family's -------------------------------------------------------------------------------- */

/* It is about a case that is none of this family's. */
static bool is_of_another_family(const struct turn *turn)
{
	str meant = json_text(turn->event->data, "meant");
	return meant.n > 0 && family_case(turn->family, meant) == NULL;
}

/* Where none is open the last one's owner still answers for it. NULL: there never was one. */
static struct case_file *last_case(const struct turn *turn)
{
	struct family *family = turn->family;
	return family->n_cases > 0 ? &family->cases[family->n_cases - 1] : NULL;
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

static bool is_heard(const struct heard *heard)
{
	return heard->n_listeners > 0 || heard->names.n > 0;
}

/* --- the door ------------------------------------------------------------------------------------ */

void event_withdrawn(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	str case_id = file != NULL ? file->id : STR_EMPTY;
	str event = json_text(turn->event->data, "event");
	str title = str_fmt(turn->arena, "Event %.*s never happened", STR_ARG(event));
	bool another_family = is_of_another_family(turn);
	if (another_family)
		entry_event_bare(turn, case_id, title);
	else
		entry_event(turn, case_id, title);
	struct heard heard = undo(turn, event);
	heard.of_another = another_family;
	fact_add(turn, S("event.withdrawn"), case_id,
		 str_fmt(turn->arena, "{\"event\":\"%.*s\"}", STR_ARG(event)));
	if (another_family && is_heard(&heard))
		mind_the_other_family(turn, file != NULL ? file : last_case(turn), &heard);
	else if (heard.n_listeners > 0 || !heard.found)
		task_for_owner(turn, case_id, "withdrawn", STR_EMPTY,
			       S("An event was withdrawn: look at what was said and put it right"));
	correct(turn, file, &heard);
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
	if (heard.n_listeners > 0)
		correct(turn, file, &heard);
}
