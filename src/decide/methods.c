/* How people are told: agreed at the first involvement and asked for again, confirmed when it
 * changes, given up where they say so. */
#include "decide/inner.h"

static struct case_file *find_open_case(const struct turn *turn, const struct contact *contact)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		if (!date_is(family->cases[i].closed_on) &&
		    people_may_hear(turn, contact, &family->cases[i]))
			return &family->cases[i];
	}
	return NULL;
}

/* What the standards say at a moment, to one contact. */
static struct occasion occasion_for(struct turn *turn, struct case_file *file,
				    const struct contact *contact, const char *moment)
{
	str *contacts = TAKE(turn->arena, str, 1);
	contacts[0] = contact->id;
	return (struct occasion){
		.file = file,
		.id = str_fmt(
			turn->arena, "%.*s/%.*s/%s/%.*s", STR_ARG(file->id), STR_ARG(contact->id),
			moment,
			STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16))),
		.rule = str_fmt(turn->arena, "standards/%s", moment),
		.contacts = contacts,
		.n_contacts = 1,
		.quiet = true,
	};
}

static void say_moment(struct turn *turn, const struct occasion *occasion, const char *moment)
{
	const struct event_rule *rule = policy_standard(turn->policy, str_of(moment));
	if (rule != NULL)
		say(turn, occasion, rule->says, rule->n_says);
}

/* --- asking -------------------------------------------------------------------------------------- */

static date add_duration(const struct turn *turn, date from, struct duration duration)
{
	return duration.n > 0 ? reckon_due(turn->arena, turn->policy->calendar,
					   trigger_of_day(from), duration)
					.day
			      : DATE_NONE;
}

static bool is_being_asked(const struct family *family, const struct contact *contact)
{
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_tasks; k++) {
			const struct task *task = &file->tasks[k];
			if (!task->done && str_eq(task->contact, contact->id) &&
			    str_eq(task->how, S("agree")))
				return true;
		}
	}
	return false;
}

/* One talk is enough: somebody is asked to have it, by a date. False: somebody has been. */
static bool ask(struct turn *turn, struct case_file *file, struct contact *contact)
{
	str id = str_fmt(turn->arena, "t.method.%.*s.%.*s", STR_ARG(contact->id),
			 STR_ARG(date_print(turn->arena, turn->today)));
	contact->asked_on = turn->today;
	if (is_being_asked(turn->family, contact))
		return false;
	task_open_by(turn, file->id, id, contact->id, STR_EMPTY, "agree",
		     str_fmt(turn->arena,
			     "Agree with %.*s how they want to be told: channel, language, format, "
			     "hours, and what is safe",
			     STR_ARG(contact->id)));
	struct task *task = case_task(file, id);
	date due = add_duration(turn, turn->today, turn->policy->people.agree_within);
	if (task != NULL && date_is(due))
		task->due = due;
	return true;
}

/* The day on which they are asked next; DATE_NONE: not by themselves. */
date method_next(const struct turn *turn, const struct contact *contact)
{
	const struct people_rule *rule = &turn->policy->people;
	if (rule->agree_within.n == 0 || find_open_case(turn, contact) == NULL)
		return DATE_NONE;
	date last = contact->agreed_on;
	if (date_is(contact->asked_on) && (!date_is(last) || date_before(last, contact->asked_on)))
		last = contact->asked_on;
	return date_is(last) ? add_duration(turn, last, rule->agree_again) : turn->today;
}

void method_look(struct turn *turn, struct contact *contact)
{
	date next = method_next(turn, contact);
	if (!date_is(next) || date_before(turn->today, next))
		return;
	struct case_file *file = find_open_case(turn, contact);
	require(file != NULL);
	bool again = date_is(contact->agreed_on) || date_is(contact->asked_on);
	if (!ask(turn, file, contact) || !again)
		return;
	struct occasion occasion = occasion_for(turn, file, contact, "method.due");
	say_moment(turn, &occasion, "method.due");
}

void method_ask_all(struct turn *turn, struct case_file *file)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_contacts; i++) {
		struct contact *contact = &family->contacts[i];
		if (!people_may_hear(turn, contact, file) || !ask(turn, file, contact))
			continue;
		struct occasion occasion = occasion_for(turn, file, contact, "method.due");
		say_moment(turn, &occasion, "method.due");
	}
}

/* A task that is answered by what somebody told us. */
static void answer_tasks(struct turn *turn, const struct contact *contact, const char *how)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_tasks; k++) {
			struct task *task = &file->tasks[k];
			if (task->done || !str_eq(task->contact, contact->id) ||
			    !str_eq(task->how, str_of(how)))
				continue;
			task->done = true;
			task->outcome = S("reached");
			entry_add(turn, "task", task->id, file->id,
				  str_fmt(turn->arena, "Task %.*s is answered", STR_ARG(task->id)),
				  STR_EMPTY);
		}
	}
}

/* --- a change ------------------------------------------------------------------------------------ */

static bool is_same_letter(const struct contact *a, const struct contact *b)
{
	bool same = a->n_letter == b->n_letter;
	for (size_t i = 0; same && i < a->n_letter; i++)
		same = str_eq(a->letter[i], b->letter[i]);
	return same;
}

static bool is_same_order(const struct contact *a, const struct contact *b)
{
	bool same = a->n_channels == b->n_channels;
	for (size_t i = 0; same && i < a->n_channels; i++)
		same = a->channels[i] == b->channels[i];
	return same;
}

static enum channel_kind first_of(const struct contact *contact)
{
	return contact->n_channels > 0 ? contact->channels[0] : CHANNEL_TASK;
}

/* Where they were reached before: not where that failed, and never at a postal address that may be
 * somebody else's by now. */
static void say_where_before(struct turn *turn, const struct occasion *occasion,
			     const struct contact *before, const struct contact *after)
{
	struct occasion there = *occasion;
	bool email_gone = !str_eq(before->email, after->email);
	bool sms_gone = !str_eq(before->sms, after->sms);
	bool other = !is_same_order(before, after) && first_of(before) != first_of(after);
	there.id = str_fmt(turn->arena, "%.*s/email", STR_ARG(occasion->id));
	if ((email_gone || (other && first_of(before) == CHANNEL_EMAIL)) &&
	    !before->failed.has[CHANNEL_EMAIL] && !before->stopped.has[CHANNEL_EMAIL])
		there.former_email = before->email;
	if (there.former_email.n > 0)
		say_moment(turn, &there, "method.changed");
	there.id = str_fmt(turn->arena, "%.*s/sms", STR_ARG(occasion->id));
	there.former_email = STR_EMPTY;
	if ((sms_gone || (other && first_of(before) == CHANNEL_SMS)) &&
	    !before->failed.has[CHANNEL_SMS] && !before->stopped.has[CHANNEL_SMS])
		there.former_sms = before->sms;
	if (there.former_sms.n > 0)
		say_moment(turn, &there, "method.changed");
}

void method_confirm(struct turn *turn, const struct contact *before, const struct contact *after)
{
	struct case_file *file = find_open_case(turn, after);
	if (file == NULL ||
	    (str_eq(before->email, after->email) && str_eq(before->sms, after->sms) &&
	     is_same_letter(before, after) && is_same_order(before, after)))
		return;
	/* A letter that says that something has changed may be opened by whom they fled from. */
	if (before->safe.on || after->safe.on) {
		task_for_owner(turn, file->id, "changed", after->id,
			       str_fmt(turn->arena,
				       "How to reach %.*s has changed: make sure in person, and "
				       "safely, that it was they who said so",
				       STR_ARG(after->id)));
		return;
	}
	struct occasion occasion = occasion_for(turn, file, after, "method.changed");
	say_moment(turn, &occasion, "method.changed");
	say_where_before(turn, &occasion, before, after);
}

void method_agreed(struct turn *turn, const struct contact *contact)
{
	answer_tasks(turn, contact, "agree");
}

void method_confirmed(struct turn *turn, const struct contact *contact)
{
	answer_tasks(turn, contact, "confirm");
}

/* --- STOP ---------------------------------------------------------------------------------------- */

/* The words that mean it, alone in a reply; case and marks do not matter. */
static bool says(struct turn *turn, const char *const *words, size_t n)
{
	str text = json_text(turn->event->data, "text");
	struct buf buf = buf_of(turn->arena, 32);
	for (size_t i = 0; i < text.n && !buf.too_long; i++) {
		char c = text.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c >= 'a' && c <= 'z')
			buf_byte(&buf, c);
		else if (c != ' ' && c != '.' && c != '!' && c != '\n' && c != '\t' && c != '"')
			return false;
	}
	for (size_t i = 0; !buf.too_long && i < n; i++) {
		if (str_eq(buf_str(&buf), str_of(words[i])))
			return true;
	}
	return false;
}

static const char *const stops[] = { "stop", "stopall", "stopit", "unsubscribe", "optout", "quit" };
static const char *const starts[] = { "start", "unstop" };
#define SAYS(turn, words) says((turn), (words), sizeof(words) / sizeof((words)[0]))

/* Nothing optional any more, and what must be said goes another way; confirmed once, that way. */
static void stop(struct turn *turn, struct contact *contact, enum channel_kind channel)
{
	struct case_file *file = find_open_case(turn, contact);
	if (contact->stopped.has[channel])
		return;
	contact->stopped.has[channel] = true;
	contact->surveys = false;
	family_tell_anew(turn);
	if (file == NULL || contact->safe.on)
		return;
	struct occasion occasion = occasion_for(turn, file, contact, "method.stopped");
	say_moment(turn, &occasion, "method.stopped");
}

void reply_received(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	const struct case_file *file = case_of_event(turn);
	str case_id = file != NULL ? file->id : STR_EMPTY;
	enum channel_kind channel = CHANNEL_TASK;
	if (contact == NULL)
		return;
	channel_kind_parse(json_text(turn->event->data, "channel"), &channel);
	bool by_channel = channel == CHANNEL_SMS || channel == CHANNEL_EMAIL;
	if (by_channel && SAYS(turn, stops)) {
		entry_event(turn, case_id,
			    str_fmt(turn->arena, "Contact %.*s wants no more by %.*s",
				    STR_ARG(contact->id), STR_ARG(channel_kind_name(channel))));
		stop(turn, contact, channel);
		return;
	}
	entry_event(turn, case_id, S("Event reply.received noted"));
	if (by_channel && SAYS(turn, starts) && contact->stopped.has[channel]) {
		contact->stopped.has[channel] = false;
		family_tell_anew(turn);
		return;
	}
	task_for_owner(turn, case_id, "reply", contact->id,
		       S("The family has written: read it and answer"));
	say_standard(turn, case_of_event(turn), STR_EMPTY);
}
