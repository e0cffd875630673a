/* One message: worded for nobody yet, but with its address, its hours, its secrets and its duty. */
#include "decide/inner.h"
#include "model/secrets.h"

str issue_id(struct turn *turn, const struct intent *intent, str recipient,
	     enum channel_kind channel)
{
	str text = str_fmt(turn->arena, "%.*s|%.*s|%.*s", STR_ARG(intent->id), STR_ARG(recipient),
			   STR_ARG(channel_kind_name(channel)));
	/* What came back is another message when it is said again the same way. */
	if (intent->round > 0)
		text = str_fmt(turn->arena, "%.*s|%zu", STR_ARG(text), intent->round);
	struct hash hash = hash_keyed(turn->policy->key, text);
	str hex = hash_hex(turn->arena, &hash);
	return str_fmt(turn->arena, "m%.*s", STR_ARG(str_slice(hex, 0, 24)));
}

static const struct duty *find_met(const struct turn *turn, const struct intent *intent,
				   const struct case_file **out_file)
{
	*out_file = family_case(turn->family, intent->case_id);
	return *out_file != NULL && intent->meets.n > 0 ? case_duty(*out_file, intent->meets)
							: NULL;
}

/* The duty that the notice meets, with its rule, where that is statutory and runs; else NULL. */
static const struct duty *find_statutory(const struct turn *turn, const struct intent *intent,
					 const struct duty_rule **out_rule)
{
	const struct case_file *file;
	const struct duty *duty = find_met(turn, intent, &file);
	*out_rule = duty != NULL ? duty_rule_of(turn, file, duty) : NULL;
	bool is_statutory = *out_rule != NULL && (*out_rule)->basis == BASIS_STATUTORY;
	return is_statutory && duty_is_running(duty->state) ? duty : NULL;
}

/* The day on which law or standard wants it there, or behind which a reminder is of no use; DATE_NONE: no such
 * day. */
static date find_wanted_day(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file;
	const struct duty *duty = find_met(turn, intent, &file);
	if (duty == NULL && file != NULL && intent->grade == GRADE_REMINDER)
		duty = case_duty(file, intent->about);
	return duty != NULL && duty_is_running(duty->state) ? duty->due : DATE_NONE;
}

date issue_due_day(const struct turn *turn, const struct intent *intent)
{
	const struct duty_rule *rule;
	const struct duty *duty = find_statutory(turn, intent, &rule);
	return duty != NULL ? duty->due : DATE_NONE;
}

instant issue_deadline(const struct turn *turn, const struct intent *intent)
{
	const struct duty_rule *rule;
	const struct duty *duty = find_statutory(turn, intent, &rule);
	if (duty == NULL)
		return INSTANT_NEVER;
	return calendar_day_start(turn_calendar(turn, rule->calendar), date_add(duty->due, 1));
}

/* The day of what a reminder or a warning is about: behind it, it is of no use. */
static instant find_end_of_use(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file = family_case(turn->family, intent->case_id);
	if ((intent->grade != GRADE_REMINDER && intent->grade != GRADE_ALERT) || file == NULL ||
	    intent->about.n == 0)
		return INSTANT_NEVER;
	const struct duty *duty = case_duty(file, intent->about);
	const struct action *action = case_action(file, intent->about);
	date due = DATE_NONE;
	if (duty != NULL)
		due = duty->due;
	else if (action != NULL)
		due = action->due;
	if (!date_is(due) || date_before(due, turn->today))
		return INSTANT_NEVER;
	return calendar_day_start(turn->policy->calendar, date_add(due, 1));
}

static bool is_planned(const struct turn *turn, const struct message *message)
{
	for (size_t i = 0; i < turn->plan->n_messages; i++) {
		const struct message *other = &turn->plan->messages[i];
		if (str_eq(other->id, message->id))
			return true;
		/* Who is owner and manager both hears of it once; of a case as a whole, of each event once. */
		if (message->grade == GRADE_ALERT && str_eq(other->contact, message->contact) &&
		    str_eq(other->template, message->template) &&
		    str_eq(other->case_id, message->case_id) &&
		    str_eq(other->about, message->about) &&
		    (message->about.n > 0 || str_eq(other->event_id, message->event_id)))
			return true;
	}
	return false;
}

/* What is said about a change goes where they were reached before. */
static void put_address(struct message *message, const struct recipient *recipient,
			const struct intent *former)
{
	const struct contact *contact = recipient->contact;
	const struct party *party = recipient->party;
	const str *lines = contact != NULL ? contact->letter : NULL;
	str email = recipient->email, sms = STR_EMPTY;
	size_t n = contact != NULL ? contact->n_letter : 0;
	if (contact != NULL) {
		email = contact->email;
		sms = contact->sms;
	} else if (party != NULL) {
		email = party->email;
		sms = party->sms;
		lines = party->letter;
		n = party->n_letter;
	}
	if (message->channel == CHANNEL_EMAIL)
		message->email = former->former_email.n > 0 ? former->former_email : email;
	if (message->channel == CHANNEL_SMS)
		message->sms = former->former_sms.n > 0 ? former->former_sms : sms;
	for (size_t i = 0; message->channel == CHANNEL_LETTER && i < n; i++)
		message->letter[message->n_letter++] = lines[i];
}

static void put_enclosures(struct json_writer *w, const struct message *message)
{
	json_key(w, "enclosures");
	json_open_list(w);
	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];
		json_open(w);
		json_add_text(w, "id", enclosure->id);
		json_add_text(w, "sha256", enclosure->sha256);
		json_add_text(w, "sent_by", enclosure->by_service ? S("service") : S("candour"));
		json_close(w);
	}
	json_close_list(w);
}

static void enter_message(struct turn *turn, const struct message *message)
{
	static const char *const nouns[CHANNEL_COUNT] = { [CHANNEL_EMAIL] = "Email",
							  [CHANNEL_SMS] = "SMS",
							  [CHANNEL_LETTER] = "Letter",
							  [CHANNEL_TASK] = "Task" };
	str grade = grade_name(message->grade);
	struct buf buf = buf_of(turn->arena, 32768);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message->id);
	json_add_text(&w, "contact", message->contact);
	json_add_text(&w, "channel", channel_kind_name(message->channel));
	json_add_text(&w, "template", message->template);
	json_add_text(&w, "grade", grade);
	json_add_text(&w, "why", why_name(message->why));
	json_add_text(&w, "rejected", message->rejected);
	json_add_text(&w, "rule", message->rule);
	json_add_text(&w, "event", message->event_id);
	json_add_text(&w, "policy", message->policy);
	json_add_text(&w, "not_before", instant_print(turn->arena, message->not_before));
	if (message->channel == CHANNEL_LETTER)
		json_add_text(&w, "postage", postage_name(message->postage));
	if (message->n_enclosures > 0)
		put_enclosures(&w, message);
	json_close(&w);
	entry_add(turn, "message", message->id, message->case_id,
		  str_fmt(turn->arena, "%s to %.*s decided: %.*s (%.*s; %.*s)",
			  nouns[message->channel], STR_ARG(message->contact),
			  STR_ARG(message->template), STR_ARG(grade),
			  STR_ARG(why_text(message->why))),
		  buf_str(&buf));
}

/* A duty to notify waits for those who have the rights, not for prompts and courtesy copies. */
static void keep_open(struct turn *turn, const struct intent *intent,
		      const struct recipient *recipient, const struct message *message,
		      struct channel_set tried)
{
	struct family *family = turn->family;
	struct open_message *open = family_open(family, message->id);
	struct intent *copy = TAKE(turn->arena, struct intent, 1);
	*copy = *intent;
	/* The lists of a desk are long, and not said again: the message has them. */
	if (family_desk(family).n > 0 && !str_eq(intent->template, S(UNOWNED_TEMPLATE)))
		copy->facts = STR_EMPTY;
	if (open == NULL)
		open = GROW(turn->arena, family->open, family->n_open);
	*open = (struct open_message){ .id = message->id,
				       .case_id = intent->case_id,
				       .contact = message->contact,
				       .channel = message->channel,
				       .tried = tried,
				       .unless = intent->unless,
				       .about = intent->about,
				       .meets = message->prompt || recipient->copied
							? STR_EMPTY
							: intent->meets,
				       .intent = copy,
				       .accepted_on = DATE_NONE,
				       .postage = message->postage,
				       .arrives_on = DATE_NONE };
}

/* What no copy of somebody may hold: how each other contact can be reached, and, where it must not be
 * known that they are there, who they are. What the two share is no secret. */
static str find_secrets(struct turn *turn, const struct recipient *recipient)
{
	const struct family *family = turn->family;
	struct secret_marks own = { .arena = turn->arena, .key = turn->policy->key };
	struct secret_marks marks = own;
	if (recipient->contact == NULL && recipient->party == NULL)
		return STR_EMPTY;
	if (recipient->contact != NULL) {
		secrets_of_contact(&own, recipient->contact);
		secrets_of_name(&own, recipient->contact->name);
	}
	marks.none = buf_str(&own.text);
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		if (contact == recipient->contact)
			continue;
		secrets_of_contact(&marks, contact);
		if (contact->safe.on || contact_is_barred(contact, turn->today) ||
		    contact->n_not_of > 0)
			secrets_of_name(&marks, contact->name);
	}
	return buf_str(&marks.text);
}

static str find_sender(const struct turn *turn, const struct recipient *recipient,
		       const struct route *route)
{
	const struct contact *contact = recipient->contact;
	if (!route->safe)
		return STR_EMPTY;
	require(contact != NULL);
	return contact->safe.sender.n > 0 ? contact->safe.sender
					  : turn->policy->authority.neutral_sender;
}

/* A letter early enough to be there on its day. */
static instant find_time(const struct turn *turn, const struct intent *intent,
			 const struct recipient *recipient, enum channel_kind channel, bool prompt)
{
	instant deadline = prompt ? INSTANT_NEVER : issue_deadline(turn, intent);
	date due = issue_due_day(turn, intent);
	if (channel == CHANNEL_LETTER && date_is(due) && !post_is_too_late(turn, due))
		deadline = instant_add(post_last_hand_over(turn, due), SPAN_MS(1));
	return hours_not_before(turn, intent, recipient, channel, deadline);
}

bool issue_may_leave(const struct turn *turn, const struct intent *intent,
		     const struct recipient *recipient, enum channel_kind channel)
{
	return !instant_before(turn->now, find_time(turn, intent, recipient, channel, false));
}

/* Whoever tells them in person has as long as every task has. */
static date copy_day(const struct turn *turn, enum channel_kind channel, enum postage postage,
		     instant at, bool served)
{
	date day = calendar_date(turn->policy->calendar, at);
	if (channel == CHANNEL_TASK)
		return served ? task_due_day(turn, day) : day;
	if (channel != CHANNEL_LETTER)
		return day;
	struct letter_dates dates = policy_post(turn->policy, at, postage);
	return served ? dates.latest : dates.printed;
}

date issue_planned_day(const struct turn *turn, const struct intent *intent,
		       const struct recipient *recipient, enum channel_kind channel, bool served)
{
	instant at = find_time(turn, intent, recipient, channel, false);
	enum postage postage = post_class(turn, intent->grade, find_wanted_day(turn, intent), at);
	return copy_day(turn, channel, postage, at, served);
}

/* The family's time runs from this copy, and its words say until when. */
static void run_rights(struct turn *turn, const struct intent *intent,
		       const struct message *message)
{
	if (intent->audience != AUDIENCE_FAMILY)
		return;
	const struct copy copy = {
		.event = intent->event_id,
		.case_id = intent->case_id,
		.contact = message->contact,
		.channel = message->channel,
		.sent = copy_day(turn, message->channel, message->postage, message->not_before,
				 false),
		.served = copy_day(turn, message->channel, message->postage, message->not_before,
				   true),
	};
	rights_of_copy(turn, intent, &copy);
}

bool issue_is_shadow(const struct turn *turn, const struct case_file *file)
{
	const struct service *service = policy_service(
		turn->policy, file != NULL ? file->service : family_desk(turn->family));
	const struct pathway *pathway = file != NULL ? policy_pathway(turn->policy, file->pathway)
						     : NULL;
	return (service != NULL && service->shadow) || (pathway != NULL && pathway->shadow);
}

static struct message word_nothing_yet(struct turn *turn, const struct intent *intent,
				       const struct recipient *recipient, const struct route *route,
				       enum channel_kind channel)
{
	const struct contact *contact = recipient->contact;
	bool prompt = channel != route->channel;
	struct message message = {
		.id = issue_id(turn, intent, recipient->id, channel),
		.family = turn->family->id,
		.case_id = intent->case_id,
		.contact = recipient->id,
		.to_name = recipient->name,
		.channel = channel,
		.template = intent->template,
		.grade = intent->grade,
		.language = contact != NULL ? contact->language : S("en"),
		.format = contact != NULL ? contact->format : FORMAT_STANDARD,
		.prompt = prompt,
		.safe = route->safe,
		.shadow = issue_is_shadow(turn, family_case(turn->family, intent->case_id)),
		.sender = find_sender(turn, recipient, route),
		.secrets = find_secrets(turn, recipient),
		.why = prompt ? WHY_PROMPT : route->why,
		.rejected = prompt ? STR_EMPTY : route->rejected,
		.event_id = intent->event_id,
		.event_type = intent->event_type,
		.traceparent = intent->traceparent,
		.rule = intent->rule,
		.policy = turn->policy->version,
		.about = intent->about,
		.decided_at = turn->now,
		.useless_after = find_end_of_use(turn, intent),
		.tell = turn->family->tell,
		.tries_max = turn->policy->authority.tries_max,
	};
	message.not_before = find_time(turn, intent, recipient, channel, prompt);
	if (str_starts(intent->rule, S(DIGEST_RULE)))
		message.useless_after = desk_next_digest(turn, message.not_before);
	if (channel == CHANNEL_LETTER)
		message.postage = post_class(turn, message.grade, find_wanted_day(turn, intent),
					     message.not_before);
	if (channel != CHANNEL_SMS) {
		message.enclosures = intent->enclosures;
		message.n_enclosures = intent->n_enclosures;
	}
	put_address(&message, recipient, intent);
	return message;
}

/* Equal footing: no professional hears before the family may, and then in office hours. */
static void wait_for_family(struct turn *turn, const struct intent *intent,
			    const struct recipient *recipient, struct message *message)
{
	instant *family = &turn->family_hears;
	if (message->channel == CHANNEL_TASK || message->prompt)
		return;
	if (recipient->contact != NULL && instant_before(*family, message->not_before))
		*family = message->not_before;
	if (recipient->party != NULL && instant_before(message->not_before, *family)) {
		struct turn later = *turn;
		later.now = *family;
		message->not_before = hours_not_before(&later, intent, recipient, message->channel,
						       INSTANT_NEVER);
	}
}

/* That a date is late, will be missed or has moved, and no person has said so. */
static bool is_by_itself(const struct intent *intent)
{
	return str_eq(intent->event_type, kind_type(KIND_CLOCK_DUE)) ||
	       str_eq(intent->event_type, kind_type(KIND_RULES_CHANGED)) ||
	       str_find(intent->rule, S("/foreseen/")) < intent->rule.n;
}

/* What a message to the family changes: it is news of the case, and its dates may be in it. */
static void note_told(struct turn *turn, const struct intent *intent,
		      const struct recipient *recipient, const struct message *message)
{
	struct case_file *file = family_case(turn->family, intent->case_id);
	bool is_news = intent->grade == GRADE_URGENT || intent->grade == GRADE_FORMAL ||
		       intent->grade == GRADE_INFORMATION;
	if (file == NULL || recipient->contact == NULL || message->channel == CHANNEL_TASK)
		return;
	for (size_t i = 0; i < file->n_duties; i++)
		file->duties[i].told = file->duties[i].told ||
				       duty_is_running(file->duties[i].state);
	if (!is_news || intent->quiet)
		return;
	if (is_by_itself(intent))
		keep_told(turn, file);
	else
		keep_heard(turn, file);
}

static bool is_accepted(const struct family *family, str id)
{
	const struct open_message *open = family_open(family, id);
	return open != NULL && date_is(open->accepted_on);
}

static str find_task(struct turn *turn, const struct message *message)
{
	return str_fmt(turn->arena, "t.%.*s", STR_ARG(message->id));
}

/* The person brings along what would have been enclosed. */
static str what_to_tell(struct turn *turn, const struct message *message)
{
	struct buf buf = buf_of(turn->arena, 32768);
	buf_fmt(&buf, "Tell %.*s in person: %.*s (%.*s)", STR_ARG(message->contact),
		STR_ARG(message->template), STR_ARG(why_text(message->why)));
	for (size_t i = 0; i < message->n_enclosures; i++)
		buf_fmt(&buf, "%s %.*s", i == 0 ? "; give them" : ",",
			STR_ARG(message->enclosures[i].id));
	return buf_str(&buf);
}

const char *issue_means(const struct contact *contact)
{
	static const char *const by_format[FORMAT_COUNT] = { [FORMAT_BSL] = "bsl",
							     [FORMAT_BRAILLE] = "braille",
							     [FORMAT_AUDIO] = "audio",
							     [FORMAT_EASY_READ] = "easy_read" };
	if (contact == NULL)
		return "phone";
	if (by_format[contact->format] != NULL)
		return by_format[contact->format];
	if (!str_eq(contact->language, S("en")))
		return "interpreter";
	return contact->sms.n > 0 ? "phone" : "visit";
}

void issue(struct turn *turn, const struct intent *intent, const struct recipient *recipient,
	   const struct route *route, enum channel_kind channel, struct channel_set tried)
{
	struct plan *plan = turn->plan;
	struct message message = word_nothing_yet(turn, intent, recipient, route, channel);
	if (is_planned(turn, &message) || is_accepted(turn->family, message.id))
		return;
	if (!instant_before(message.not_before, message.useless_after)) {
		entry_add(turn, "note", message.id, message.case_id,
			  str_fmt(turn->arena, "Not said to %.*s: %.*s would come too late",
				  STR_ARG(message.contact), STR_ARG(message.template)),
			  STR_EMPTY);
		return;
	}
	wait_for_family(turn, intent, recipient, &message);
	note_told(turn, intent, recipient, &message);
	run_rights(turn, intent, &message);
	message.facts = facts_for(turn, intent, recipient, message.prompt ? NULL : route);
	*GROW(turn->arena, plan->messages, plan->n_messages) = message;
	keep_open(turn, intent, recipient, &message, tried);
	enter_message(turn, &message);
	if (channel != CHANNEL_TASK)
		return;
	task_open_by(turn, intent->case_id, find_task(turn, &message), recipient->id, message.id,
		     issue_means(recipient->contact), what_to_tell(turn, &message));
}
