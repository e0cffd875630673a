/* An event that never happened, or that another takes the place of: what ran from it is taken back,
 * what has not left is stopped, and whoever has heard of it is told. */
#include "decide/inner.h"

/* A message that somebody has had, or may have. */
struct had {
	str template;
	enum channel_kind channel;
	date on; /* the day on which it left */
	bool in_doubt;
};

/* Somebody who has heard of it: a contact or a party. */
struct listener {
	str id;
	struct had *had; /* nothing: of messages that left long ago we know no more */
	size_t n_had;
};

/* A message that may be with its channel just now. */
struct under_way {
	str message;
	struct listener listener;
};

/* Who has heard of it. */
struct heard {
	bool found;       /* something followed from the event */
	bool undone;      /* ... and not only words */
	bool by_standard; /* a standard said something: of a change that is kept nowhere else */
	date on;          /* the day on which it was to have happened; DATE_NONE: not known */
	struct listener *listeners;
	size_t n_listeners;
	str names; /* ids of all of them: "dana, oakfield"; empty: of nobody in particular */
	struct under_way *under_way;
	size_t n_under_way;
	str event;       /* its id */
	bool of_another; /* it is about another family */
	bool long_ago;   /* anybody of the family may have heard */
};

/* Where harm may come of it, the Information Commissioner hears of it within 72 hours (UK GDPR art. 33). */
#define WRONG_FAMILY_DAYS 2

static void note_day(struct heard *heard, date on)
{
	heard->found = true;
	if (date_is(on) && (!date_is(heard->on) || date_before(on, heard->on)))
		heard->on = on;
}

static void note_undone(struct heard *heard, date on)
{
	note_day(heard, on);
	heard->undone = true;
}

/* That listener among those who have heard. */
static struct listener *note_listener(struct turn *turn, struct heard *heard, str id)
{
	for (size_t i = 0; i < heard->n_listeners; i++) {
		if (str_eq(heard->listeners[i].id, id))
			return &heard->listeners[i];
	}
	struct listener *added = GROW(turn->arena, heard->listeners, heard->n_listeners);
	*added = (struct listener){ .id = id };
	return added;
}

/* --- taking back --------------------------------------------------------------------------------- */

/* Also where it has ended: else it would be open again once what ended it is taken back as well. What another event
 * takes the place of did happen, and what was done of it is done. */
static void end_promise(struct turn *turn, struct promise *promise)
{
	if (duty_is_running(*promise->state))
		promise_move(turn, promise, HAPPENS_CANCELLED, turn->event->on);
	else if (turn->event->kind == KIND_EVENT_WITHDRAWN)
		promise_move(turn, promise, HAPPENS_NEVER, turn->event->on);
}

static void undo_promise(struct turn *turn, struct promise *promise, str event, bool is_started,
			 struct heard *heard)
{
	bool is_ended = str_eq(*promise->ended_by, event);
	enum happening back = *promise->state == DUTY_MET ? HAPPENS_REOPENED : HAPPENS_UNDONE;
	if (is_started) {
		note_undone(heard, promise->from);
		end_promise(turn, promise);
	} else if (is_ended) {
		note_undone(heard, *promise->ended_on);
		promise_move(turn, promise, back, turn->event->on);
	}
}

/* The family stands again where it stood before. */
static void undo_stand(struct case_file *file, str event, struct heard *heard)
{
	size_t kept = 0;
	for (size_t i = 0; i < file->n_stands; i++) {
		if (str_eq(file->stands[i].event, event))
			note_undone(heard, file->stands[i].on);
		else
			file->stands[kept++] = file->stands[i];
	}
	if (kept == file->n_stands)
		return;
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
	note_undone(heard, file->closed_on);
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

/* Our own people are none: they may know of it. */
static bool is_listener(const struct family *family, str id)
{
	return family_contact(family, id) != NULL || family_party(family, id) != NULL;
}

static void note_had(struct turn *turn, struct heard *heard, str id, struct had had)
{
	struct listener *known = note_listener(turn, heard, id);
	*GROW(turn->arena, known->had, known->n_had) = had;
}

static bool is_in_doubt(const struct family *family, str message)
{
	for (size_t i = 0; i < family->n_doubts; i++) {
		if (str_eq(family->doubts[i].message, message))
			return true;
	}
	return false;
}

/* Whether it is on its way only its channel knows: it may have been stopped in time. */
static void note_under_way(struct turn *turn, const struct open_message *open, struct heard *heard)
{
	struct under_way under_way = { .message = open->id, .listener = { .id = open->contact } };
	*GROW(turn->arena, under_way.listener.had,
	      under_way.listener.n_had) = (struct had){ .template = open->intent->template,
							.channel = open->channel,
							.on = turn->today,
							.in_doubt = true };
	*GROW(turn->arena, heard->under_way, heard->n_under_way) = under_way;
}

static void note_intent(const struct turn *turn, struct heard *heard, const struct intent *intent)
{
	note_day(heard, intent->on);
	heard->by_standard = heard->by_standard ||
			     policy_standard(turn->policy, intent->event_type) != NULL;
}

static void find_heard_by(struct turn *turn, const struct open_message *open, struct heard *heard)
{
	note_intent(turn, heard, open->intent);
	if (!is_listener(turn->family, open->contact))
		return;
	if (date_is(open->accepted_on))
		note_had(turn, heard, open->contact,
			 (struct had){ .template = open->intent->template,
				       .channel = open->channel,
				       .on = open->accepted_on });
	else if (open->channel != CHANNEL_TASK && !is_in_doubt(turn->family, open->id))
		note_under_way(turn, open, heard);
}

static void find_doubt(struct turn *turn, const struct doubt *doubt, struct heard *heard)
{
	note_day(heard, doubt->event_on);
	if (is_listener(turn->family, doubt->contact))
		note_had(turn, heard, doubt->contact,
			 (struct had){ .template = doubt->template,
				       .channel = doubt->channel,
				       .on = doubt->on,
				       .in_doubt = true });
}

/* Before anything is taken back: that ends messages that have not left. */
static void find_heard(struct turn *turn, struct heard *heard)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].event_id, heard->event))
			note_intent(turn, heard, &family->intents[i]);
	}
	for (size_t i = 0; i < family->n_open; i++) {
		if (is_of_event(&family->open[i], heard->event))
			find_heard_by(turn, &family->open[i], heard);
	}
	for (size_t i = 0; i < family->n_doubts; i++) {
		if (str_eq(family->doubts[i].event_id, heard->event))
			find_doubt(turn, &family->doubts[i], heard);
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
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		const struct open_message *open = &family->open[i];
		if (is_of_event(open, event) && !date_is(open->accepted_on))
			message_close(turn, i, MESSAGE_STOPPED, "what it is about never happened");
	}
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_duties; k++)
			duty_weigh(turn, file->id, file->duties[k].id, turn->event->on);
	}
}

/* Of what happened so long ago, or nobody knows when, messages may have left that we know no more of. */
static bool is_long_ago(const struct turn *turn, const struct heard *heard)
{
	return date_before(date_add(heard->on, ACCEPTED_KEPT_DAYS), turn->today);
}

/* Each who may be told now: what is for the others is for nobody in their place. */
static void note_family(struct turn *turn, const struct case_file *file, struct heard *heard)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		if (people_may_hear(turn, contact, file))
			note_listener(turn, heard, contact->id);
	}
}

static str name_listeners(struct turn *turn, const struct heard *heard)
{
	str names = STR_EMPTY;
	for (size_t i = 0; i < heard->n_listeners; i++) {
		str id = heard->listeners[i].id;
		names = i == 0 ? id
			       : str_fmt(turn->arena, "%.*s, %.*s", STR_ARG(names), STR_ARG(id));
	}
	return names;
}

static struct heard undo(struct turn *turn, const struct case_file *file, str event)
{
	struct heard heard = { .on = DATE_NONE, .event = event };
	const struct family *family = turn->family;
	find_heard(turn, &heard);
	heard.names = name_listeners(turn, &heard);
	for (size_t i = 0; i < family->n_cases; i++)
		undo_case(turn, &turn->family->cases[i], event, &heard);
	drop_intents(turn->family, event);
	undo_messages(turn, event);
	heard.long_ago = heard.found && is_long_ago(turn, &heard);
	if (heard.long_ago)
		note_family(turn, file, &heard);
	return heard;
}

/* --- telling those who heard --------------------------------------------------------------------- */

/* Which messages were wrong, each as its reader can find it: its title (words know it), day and way. */
static void add_said(struct turn *turn, struct json_writer *w, const struct listener *listener)
{
	json_key(w, "said");
	json_open_list(w);
	for (size_t i = 0; i < listener->n_had; i++) {
		const struct had *had = &listener->had[i];
		json_open(w);
		json_add_text(w, "template", had->template);
		json_add_bool(w, str_z(turn->arena, channel_kind_name(had->channel)), true);
		facts_add_date(turn, w, "on", had->on);
		if (had->in_doubt)
			json_add_bool(w, "in_doubt", true);
		json_close(w);
	}
	json_close_list(w);
}

static date find_said_on(const struct turn *turn, const struct listener *listener)
{
	date first = DATE_NONE;
	for (size_t i = 0; i < listener->n_had; i++) {
		if (!date_is(first) || date_before(listener->had[i].on, first))
			first = listener->had[i].on;
	}
	/* The event's own word on the day counts where we know none. */
	if (!date_is(first))
		date_parse(json_text(turn->event->data, "said_on"), &first);
	return first;
}

/* What went wrong, in the words of whoever reports it: not where these, and the case, are another
 * family's. What another event takes the place of did happen, in another way. */
static str correction_facts(struct turn *turn, const struct listener *listener,
			    const struct heard *heard)
{
	struct buf buf = buf_of(turn->arena, FACTS_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "withdrawn", heard->event);
	if (heard->of_another)
		json_add_text(&w, "meant", S("another family"));
	else if (turn->event->kind == KIND_EVENT_WITHDRAWN)
		json_add_text(&w, "reason", json_text(turn->event->data, "reason"));
	else
		json_add_bool(&w, "replaced", true);
	facts_add_date(turn, &w, "said_on", find_said_on(turn, listener));
	add_said(turn, &w, listener);
	json_close(&w);
	return buf_str(&buf);
}

static struct event_rule sayings_to(struct turn *turn, const struct listener *listener)
{
	const struct event_rule *rule = policy_standard(turn->policy,
							kind_type(KIND_EVENT_WITHDRAWN));
	const struct party *party = family_party(turn->family, listener->id);
	struct event_rule some = { 0 };
	some.says = TAKE(turn->arena, struct saying, rule != NULL ? rule->n_says : 0);
	for (size_t i = 0; rule != NULL && i < rule->n_says; i++) {
		const struct saying *saying = &rule->says[i];
		if (party != NULL ? saying->audience == AUDIENCE_PARTIES &&
					    saying->parties.has[party->role]
				  : saying->audience == AUDIENCE_CONTACTS)
			some.says[some.n_says++] = *saying;
	}
	return some;
}

/* `message`: it is said when that has left, and not at all where it does not; or empty: at once. */
static void correct_one(struct turn *turn, struct case_file *file, const struct listener *listener,
			str message, const struct heard *heard)
{
	str identity = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16);
	const struct event_rule some = sayings_to(turn, listener);
	str *contacts = TAKE(turn->arena, str, 1);
	contacts[0] = listener->id;
	const struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/correction/%.*s/%.*s", STR_ARG(identity),
			      STR_ARG(message.n > 0 ? message : S("heard")), STR_ARG(listener->id)),
		.rule = S(CORRECTION_RULE),
		.contacts = contacts,
		.n_contacts = 1,
		.facts = correction_facts(turn, listener, heard),
		.quiet = true,
		.follows = message,
		.not_before = message.n > 0 ? instant_add(turn->now, SPAN_DAYS(ACCEPTED_KEPT_DAYS))
					    : turn->now,
	};
	say(turn, &occasion, some.says, some.n_says);
}

/* Each hears which of their own messages was wrong. */
static void correct(struct turn *turn, struct case_file *file, const struct heard *heard)
{
	for (size_t i = 0; i < heard->n_listeners; i++)
		correct_one(turn, file, &heard->listeners[i], STR_EMPTY, heard);
	for (size_t i = 0; i < heard->n_under_way; i++)
		correct_one(turn, file, &heard->under_way[i].listener, heard->under_way[i].message,
			    heard);
}

/* --- another family's -------------------------------------------------------------------------------- */

/* It is about a case that is none of this family's. */
static bool is_of_another_family(const struct turn *turn)
{
	str meant = json_text(turn->event->data, "meant");
	return meant.n > 0 && !family_had_case(turn->family, meant);
}

/* Where none is open the last one's owner still answers for it. NULL: there never was one. */
static struct case_file *last_case(const struct turn *turn)
{
	struct family *family = turn->family;
	return family->n_cases > 0 ? &family->cases[family->n_cases - 1] : NULL;
}

/* How somebody is reached, whose the case is: what was there before is not known any more. */
static bool is_left_changed(const struct turn *turn, const struct heard *heard)
{
	return !heard->undone && (heard->by_standard || turn->event->about != SUBJECT_CASE);
}

/* Those who heard what is not their business: a person talks to them, and to the data protection officer. */
static void mind_the_other_family(struct turn *turn, struct case_file *of_event,
				  const struct heard *heard)
{
	const char *more = is_left_changed(turn, heard) ? "; and report what is right here" : "";
	struct case_file *file = of_event != NULL ? of_event : last_case(turn);
	str case_id = file != NULL ? file->id : STR_EMPTY;
	str who = heard->names.n > 0 ? heard->names : S("the whole family");
	str hash = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 12);
	str id = str_fmt(turn->arena, "t.wrong_family.%.*s", STR_ARG(hash));
	const struct event_rule *rule = policy_standard(turn->policy, S("told.wrong_family"));
	task_open(turn, case_id, id, STR_EMPTY, STR_EMPTY,
		  str_fmt(turn->arena,
			  "What is about another family was told to %.*s: tell the data protection "
			  "officer today, and ask each of them to delete it or send it back%s",
			  STR_ARG(who), more));
	struct task *task = file != NULL ? case_task(file, id) : NULL;
	if (task != NULL && date_before(date_add(turn->today, WRONG_FAMILY_DAYS), task->due))
		task->due = date_add(turn->today, WRONG_FAMILY_DAYS);
	fact_add(turn, S("family.told_wrongly"), case_id,
		 str_fmt(turn->arena, "{\"event\":\"%.*s\"}", STR_ARG(heard->event)));
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/wrong_family", STR_ARG(hash)),
		.rule = S("standards/told.wrong_family"),
		.about = id,
	};
	if (rule != NULL && file != NULL)
		say(turn, &occasion, rule->says, rule->n_says);
}

/* --- what was under way ------------------------------------------------------------------------------ */

static void put_right(struct turn *turn, str case_id)
{
	task_for_owner(turn, case_id, "withdrawn", STR_EMPTY,
		       S("An event was withdrawn: look at what was said and put it right"));
}

static void report_anew(struct turn *turn, str case_id)
{
	task_for_owner(turn, case_id, "withdrawn", STR_EMPTY,
		       S("An event was withdrawn, and what it changed stays: report what is right, "
			 "and look at what was said"));
}

/* Somebody has it to do already. */
static bool is_put_right(const struct case_file *file)
{
	for (size_t i = 0; file != NULL && i < file->n_tasks; i++) {
		if (!file->tasks[i].done && str_starts(file->tasks[i].id, S("t.withdrawn.")))
			return true;
	}
	return false;
}

/* Nobody could stop it: its reader has to be told, and perhaps more than that. */
static void mind_what_left(struct turn *turn, const struct intent *correction)
{
	const struct json *facts = facts_read(turn, correction->facts);
	const struct heard heard = {
		.event = json_text(facts, "withdrawn"),
		.names = correction->n_contacts > 0 ? correction->contacts[0] : S("a professional"),
		.undone = true, /* or told of then */
	};
	struct case_file *file = family_case(turn->family, correction->case_id);
	if (json_get(facts, "meant") != NULL)
		mind_the_other_family(turn, file, &heard);
	else if (str_eq(correction->event_type, kind_type(KIND_EVENT_WITHDRAWN)) &&
		 !is_put_right(file))
		put_right(turn, correction->case_id);
}

/* What waits for that message, out of the list: saying it may add others. */
static struct intent *take_followers(struct turn *turn, str message, size_t *out_n)
{
	struct family *family = turn->family;
	struct intent *list = NULL;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].follows, message))
			*GROW(turn->arena, list, *out_n) = family->intents[i];
		else
			family->intents[kept++] = family->intents[i];
	}
	family->n_intents = kept;
	return list;
}

void correction_follow(struct turn *turn, str message)
{
	enum kind kind = turn->event->kind;
	bool may_have_left = kind == KIND_MESSAGE_ACCEPTED || kind == KIND_MESSAGE_DISPATCHED ||
			     kind == KIND_MESSAGE_DELIVERED || kind == KIND_MESSAGE_UNKNOWN;
	/* It may speak of an earlier closing, and the message was issued again since: where that never leaves, what
	 * waits for it comes to nothing by itself. */
	if (kind == KIND_MESSAGE_EXPIRED &&
	    str_eq(json_text(turn->event->data, "code"), S("stopped")))
		return;
	size_t n = 0;
	struct intent *list = take_followers(turn, message, &n);
	for (size_t i = 0; may_have_left && i < n; i++) {
		list[i].follows = STR_EMPTY;
		list[i].not_before = turn->now;
		*GROW(turn->arena, turn->family->intents, turn->family->n_intents) = list[i];
		mind_what_left(turn, &list[i]);
	}
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
	struct heard heard = undo(turn, file, event);
	bool is_heard = heard.n_listeners > 0 || heard.long_ago;
	heard.of_another = another_family;
	fact_add(turn, S("event.withdrawn"), case_id,
		 str_fmt(turn->arena, "{\"event\":\"%.*s\"}", STR_ARG(event)));
	if (another_family && is_heard)
		mind_the_other_family(turn, file, &heard);
	else if (is_left_changed(turn, &heard))
		report_anew(turn, case_id);
	else if (is_heard || !heard.found)
		put_right(turn, case_id);
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
	struct heard heard = undo(turn, file, event);
	if (heard.found)
		entry_add(turn, "note", turn->event->id, file->id,
			  str_fmt(turn->arena, "It takes the place of %.*s", STR_ARG(event)),
			  STR_EMPTY);
	correct(turn, file, &heard);
}
