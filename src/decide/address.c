/* An intent becomes messages: one for each person, each by itself, so that nothing of one is in
 * another's copy. */
#include "decide/inner.h"
#include "model/secrets.h"

/* --- one message --------------------------------------------------------------------------------- */

/* Opaque, and the same when the same is decided again. */
static str make_id(struct turn *turn, const struct intent *intent, str recipient,
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

/* The day on which law or standard wants it there; DATE_NONE: neither does. */
static date find_wanted_day(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file;
	const struct duty *duty = find_met(turn, intent, &file);
	return duty != NULL && duty_is_running(duty->state) ? duty->due : DATE_NONE;
}

/* The day on which the notice must be there; DATE_NONE: no law says. */
static date find_due_day(const struct turn *turn, const struct intent *intent)
{
	const struct duty_rule *rule;
	const struct duty *duty = find_statutory(turn, intent, &rule);
	return duty != NULL ? duty->due : DATE_NONE;
}

instant address_deadline(const struct turn *turn, const struct intent *intent)
{
	const struct duty_rule *rule;
	const struct duty *duty = find_statutory(turn, intent, &rule);
	if (duty == NULL)
		return INSTANT_NEVER;
	const struct calendar *calendar = policy_calendar(turn->policy, rule->calendar);
	if (calendar == NULL)
		calendar = turn->policy->calendar;
	return calendar_day_start(calendar, date_add(duty->due, 1));
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
		/* Who is owner and manager both hears of it once. */
		if (message->grade == GRADE_ALERT && str_eq(other->contact, message->contact) &&
		    str_eq(other->template, message->template) &&
		    str_eq(other->case_id, message->case_id) &&
		    str_eq(other->about, message->about))
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
		if (contact->safe.on || contact_is_barred(contact, turn->today))
			secrets_of_name(&marks, contact->name);
	}
	return buf_str(&marks.text);
}

static str find_sender(const struct turn *turn, const struct recipient *recipient,
		       const struct route *route)
{
	const struct contact *contact = recipient->contact;
	if (!route->safe || contact == NULL)
		return STR_EMPTY;
	return contact->safe.sender.n > 0 ? contact->safe.sender
					  : turn->policy->authority.neutral_sender;
}

/* A letter early enough to be there on its day. */
static instant find_time(const struct turn *turn, const struct intent *intent,
			 const struct recipient *recipient, enum channel_kind channel, bool prompt)
{
	instant deadline = prompt ? INSTANT_NEVER : address_deadline(turn, intent);
	date due = find_due_day(turn, intent);
	if (channel == CHANNEL_LETTER && date_is(due) && !post_is_too_late(turn, due))
		deadline = instant_add(post_last_hand_over(turn, due), SPAN_MS(1));
	return hours_not_before(turn, intent, recipient, channel, deadline);
}

date address_leaves_on(const struct turn *turn, const struct intent *intent,
		       const struct recipient *recipient, enum channel_kind channel)
{
	instant at = find_time(turn, intent, recipient, channel, false);
	if (channel == CHANNEL_LETTER)
		return policy_post(turn->policy, at, turn->policy->postage).printed;
	return calendar_date(turn->policy->calendar, at);
}

/* Everything but the hand-over: its service, or its pathway, is only tried. */
static bool is_shadow(const struct turn *turn, str case_id)
{
	const struct case_file *file = family_case(turn->family, case_id);
	if (file == NULL)
		return false;
	const struct service *service = policy_service(turn->policy, file->service);
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	return (service != NULL && service->shadow) || (pathway != NULL && pathway->shadow);
}

static struct message word_nothing_yet(struct turn *turn, const struct intent *intent,
				       const struct recipient *recipient, const struct route *route,
				       enum channel_kind channel)
{
	const struct contact *contact = recipient->contact;
	bool prompt = channel != route->channel;
	struct message message = {
		.id = make_id(turn, intent, recipient->id, channel),
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
		.shadow = is_shadow(turn, intent->case_id),
		.sender = find_sender(turn, recipient, route),
		.secrets = find_secrets(turn, recipient),
		.why = prompt ? WHY_PROMPT : route->why,
		.rejected = prompt ? STR_EMPTY : route->rejected,
		.event_id = intent->event_id,
		.event_type = intent->event_type,
		.traceparent = str_eq(intent->event_id, turn->event->id) ? turn->event->traceparent
									 : STR_EMPTY,
		.rule = intent->rule,
		.policy = turn->policy->version,
		.about = intent->about,
		.decided_at = turn->now,
		.useless_after = find_end_of_use(turn, intent),
		.tell = turn->family->tell,
		.tries_max = turn->policy->authority.tries_max,
	};
	message.not_before = find_time(turn, intent, recipient, channel, prompt);
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
	if (is_news && !intent->quiet)
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

/* What a person needs to tell somebody what no channel can. */
static const char *find_means(const struct contact *contact)
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

static void issue(struct turn *turn, const struct intent *intent, const struct recipient *recipient,
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
	message.facts = facts_for(turn, intent, recipient, message.prompt ? NULL : route);
	*GROW(turn->arena, plan->messages, plan->n_messages) = message;
	keep_open(turn, intent, recipient, &message, tried);
	enter_message(turn, &message);
	if (channel != CHANNEL_TASK)
		return;
	task_open(turn, intent->case_id, find_task(turn, &message), recipient->id, message.id,
		  what_to_tell(turn, &message));
	task_takes(turn, intent->case_id, find_task(turn, &message),
		   find_means(recipient->contact));
}

/* --- one recipient ------------------------------------------------------------------------------- */

static void help(struct turn *turn, const struct intent *intent, const struct recipient *recipient)
{
	str id = make_id(turn, intent, recipient->id, CHANNEL_TASK);
	task_open(turn, intent->case_id, str_fmt(turn->arena, "t.format.%.*s", STR_ARG(id)),
		  recipient->id, STR_EMPTY,
		  recipient->contact != NULL && recipient->contact->oral_first
			  ? str_fmt(turn->arena,
				    "Go through the notice %.*s with %.*s by word of mouth",
				    STR_ARG(intent->template), STR_ARG(recipient->id))
			  : str_fmt(turn->arena,
				    "Give %.*s the notice %.*s in the format they need",
				    STR_ARG(recipient->id), STR_ARG(intent->template)));
	task_takes(turn, intent->case_id, str_fmt(turn->arena, "t.format.%.*s", STR_ARG(id)),
		   find_means(recipient->contact));
}

/* Better late than never, the letter goes; and somebody sees to it that they know in time. */
static void hand_over_in_person(struct turn *turn, const struct intent *intent,
				const struct recipient *recipient)
{
	str id = str_fmt(turn->arena, "t.post.%.*s",
			 STR_ARG(make_id(turn, intent, recipient->id, CHANNEL_TASK)));
	str day = date_words(turn->arena, find_due_day(turn, intent));
	task_open(
		turn, intent->case_id, id, recipient->id, STR_EMPTY,
		str_fmt(turn->arena,
			"The post can no longer bring %.*s to %.*s by %.*s: hand it over, or tell "
			"them",
			STR_ARG(intent->template), STR_ARG(recipient->id), STR_ARG(day)));
	task_takes(turn, intent->case_id, id, find_means(recipient->contact));
}

static bool is_for_them(const struct task *task, str contact, const char *how)
{
	return !task->done && str_eq(task->contact, contact) && str_eq(task->how, str_of(how));
}

static bool is_asked(const struct turn *turn, str case_id, str contact, const char *how)
{
	const struct case_file *file = family_case(turn->family, case_id);
	for (size_t i = 0; file != NULL && i < file->n_tasks; i++) {
		if (is_for_them(&file->tasks[i], contact, how))
			return true;
	}
	return false;
}

static bool is_translated(const struct policy *policy, const struct intent *intent, str language)
{
	str main_language = language, rest;
	str_cut(language, '-', &main_language, &rest);
	for (size_t i = 0; i < policy->n_translated; i++) {
		const struct translation *one = &policy->translated[i];
		if (str_eq(one->template, intent->template) &&
		    (str_eq(one->language, language) || str_eq(one->language, main_language)))
			return true;
	}
	return false;
}

/* English is what the law wants; who reads another language has it explained, unless it goes out in
 * theirs as well. One talk is for all that lies there. */
static void interpret(struct turn *turn, const struct intent *intent,
		      const struct recipient *recipient, const struct route *route)
{
	const struct contact *contact = recipient->contact;
	if (contact == NULL || route->safe || route->helper || route->channel == CHANNEL_TASK ||
	    contact->language.n == 0 || str_eq(contact->language, S("en")) ||
	    str_starts(contact->language, S("en-")) || intent->grade == GRADE_REMINDER ||
	    intent->grade == GRADE_OPTIONAL ||
	    is_translated(turn->policy, intent, contact->language) ||
	    is_asked(turn, intent->case_id, contact->id, "interpreter"))
		return;
	str id = str_fmt(turn->arena, "t.language.%.*s",
			 STR_ARG(make_id(turn, intent, contact->id, CHANNEL_TASK)));
	task_open(turn, intent->case_id, id, contact->id, STR_EMPTY,
		  str_fmt(turn->arena, "Have %.*s explained to %.*s in their language (%.*s)",
			  STR_ARG(intent->template), STR_ARG(contact->id),
			  STR_ARG(contact->language)));
	task_takes(turn, intent->case_id, id, "interpreter");
}

static void ask_where_they_live(struct turn *turn, const struct intent *intent,
				const struct recipient *recipient)
{
	if (is_asked(turn, intent->case_id, recipient->id, "confirm"))
		return;
	str id = str_fmt(turn->arena, "t.confirm.%.*s",
			 STR_ARG(make_id(turn, intent, recipient->id, CHANNEL_TASK)));
	task_open(turn, intent->case_id, id, recipient->id, STR_EMPTY,
		  str_fmt(turn->arena, "Find out whether %.*s still lives at the address we have",
			  STR_ARG(recipient->id)));
	task_takes(turn, intent->case_id, id, "confirm");
}

struct route address_route(struct turn *turn, const struct intent *intent,
			   const struct recipient *recipient, struct channel_set tried)
{
	const struct family *family = turn->family;
	const struct contact *child = family_child(family, family_case(family, intent->case_id));
	const struct question question = { .intent = intent,
					   .recipient = recipient,
					   .tried = tried,
					   .looked_after = child != NULL && child->looked_after,
					   .today = turn->today,
					   .too_late_by_post = post_is_too_late(
						   turn, find_due_day(turn, intent)) };
	return route_choose(turn->arena, turn->policy, &question);
}

static bool is_former(const struct intent *intent)
{
	return intent->former_email.n > 0 || intent->former_sms.n > 0;
}

static bool may_be_former(const struct recipient *recipient, enum channel_kind channel)
{
	const struct contact *contact = recipient->contact;
	return contact != NULL && !contact->safe.on && !contact->stopped.has[channel];
}

/* Where they were reached before, and nowhere else: not where that might not be safe. */
static void address_former(struct turn *turn, const struct intent *intent,
			   const struct recipient *recipient, struct channel_set tried)
{
	struct route route = { .channel = intent->former_email.n > 0 ? CHANNEL_EMAIL : CHANNEL_SMS,
			       .why = WHY_FORMER };
	if (!may_be_former(recipient, route.channel) || tried.has[route.channel])
		return;
	issue(turn, intent, recipient, &route, route.channel, tried);
}

static void address_one(struct turn *turn, const struct intent *intent,
			const struct recipient *recipient, struct channel_set tried)
{
	if (is_former(intent)) {
		address_former(turn, intent, recipient, tried);
		return;
	}
	struct route route = address_route(turn, intent, recipient, tried);
	issue(turn, intent, recipient, &route, route.channel, tried);
	if (route.prompt)
		issue(turn, intent, recipient, &route, CHANNEL_SMS, tried);
	if (route.helper)
		help(turn, intent, recipient);
	if (route.late)
		hand_over_in_person(turn, intent, recipient);
	if (route.confirm)
		ask_where_they_live(turn, intent, recipient);
	interpret(turn, intent, recipient, &route);
}

/* --- one intent ---------------------------------------------------------------------------------- */

static void address_nobody(struct turn *turn, const struct intent *intent)
{
	bool is_family = intent->audience == AUDIENCE_FAMILY ||
			 intent->audience == AUDIENCE_CONTACTS || intent->audience == AUDIENCE_BOTH;
	if (!is_family || intent->grade == GRADE_OPTIONAL || people_are_alone(intent)) {
		entry_add(turn, "note", intent->event_id, intent->case_id,
			  str_fmt(turn->arena, "Nobody to tell: %.*s", STR_ARG(intent->template)),
			  STR_EMPTY);
		return;
	}
	str id = make_id(turn, intent, S("nobody"), CHANNEL_TASK);
	task_open(turn, intent->case_id, str_fmt(turn->arena, "t.%.*s", STR_ARG(id)), STR_EMPTY,
		  STR_EMPTY,
		  str_fmt(turn->arena,
			  "Nobody of the family may be told of %.*s: decide who is to hear it",
			  STR_ARG(intent->template)));
}

static bool is_needless(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file = family_case(turn->family, intent->case_id);
	const struct duty *duty = file != NULL && intent->unless.n > 0
					  ? duty_find(file, intent->unless)
					  : NULL;
	return duty != NULL && duty->state == DUTY_MET;
}

static bool has_had(const struct family *family, const struct intent *intent, str recipient)
{
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (open->intent != NULL && str_eq(open->intent->id, intent->id) &&
		    str_eq(open->contact, recipient))
			return true;
	}
	return false;
}

static void address_all(struct turn *turn, const struct intent *intent,
			const struct recipient *list, size_t n)
{
	struct channel_set none = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!has_had(turn->family, intent, list[i].id))
			address_one(turn, intent, &list[i], none);
	}
	if (n == 0)
		address_nobody(turn, intent);
}

/* False: this plan is full, and the intent waits for the next. */
static bool address(struct turn *turn, const struct intent *intent)
{
	size_t n;
	struct recipient *list = people_for(turn, intent, &n);
	size_t planned = turn->plan->n_messages;
	if (is_needless(turn, intent)) {
		entry_add(turn, "note", intent->event_id, intent->case_id,
			  str_fmt(turn->arena, "Needless now: %.*s", STR_ARG(intent->template)),
			  STR_EMPTY);
		return true;
	}
	/* A letter and its prompt are two. */
	if (planned > 0 && planned + 2 * n > PLAN_MESSAGES_MAX)
		return false;
	address_all(turn, intent, list, n);
	return true;
}

/* What was to be said in person first is written now: that task has had its time. */
static void end_wait(struct turn *turn, const struct intent *intent)
{
	const struct case_file *file = family_case(turn->family, intent->case_id);
	struct task *task = file != NULL && intent->task.n > 0 ? case_task(file, intent->task)
							       : NULL;
	if (task == NULL || task->done)
		return;
	task->done = true;
	task->outcome = S("not_reached");
	entry_add(turn, "task", task->id, file->id,
		  S("Nobody has spoken to the family in time: the notice leaves"), STR_EMPTY);
}

/* Takes what is due out of the list: addressing may drop others of it. */
static struct intent *take_due(struct turn *turn, bool for_parties, size_t *out_n)
{
	struct family *family = turn->family;
	struct intent *due = TAKE(turn->arena, struct intent, family->n_intents + 1);
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		const struct intent *intent = &family->intents[i];
		bool is_for_parties = intent->audience == AUDIENCE_PARTIES;
		if (is_for_parties != for_parties ||
		    instant_before(turn->now, intent->not_before)) {
			family->intents[kept++] = *intent;
			continue;
		}
		due[(*out_n)++] = *intent;
		end_wait(turn, intent);
	}
	family->n_intents = kept;
	return due;
}

static void address_round(struct turn *turn, bool for_parties)
{
	struct family *family = turn->family;
	size_t n = 0;
	struct intent *due = take_due(turn, for_parties, &n);
	for (size_t i = 0; i < n; i++) {
		if (!optional_may(turn, &due[i]))
			continue;
		if (!address(turn, &due[i]))
			*GROW(turn->arena, family->intents, family->n_intents) = due[i];
	}
	for (size_t i = 0; i < n; i++)
		duty_weigh(turn, due[i].case_id, due[i].meets, turn->event->on);
}

void address_due(struct turn *turn)
{
	address_round(turn, false);
	address_round(turn, true);
}

/* --- once more ----------------------------------------------------------------------------------- */

static const struct recipient *find_recipient(struct turn *turn, const struct intent *intent,
					      str id)
{
	size_t n;
	const struct recipient *list = people_for(turn, intent, &n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i].id, id))
			return &list[i];
	}
	return NULL;
}

bool address_again(struct turn *turn, const struct intent *intent, str recipient,
		   struct channel_set tried)
{
	const struct recipient *found = find_recipient(turn, intent, recipient);
	if (found == NULL)
		return false;
	address_one(turn, intent, found, tried);
	return true;
}

/* They come with the others that are due: those who have had it are left out there. */
void address_others(struct turn *turn, const struct intent *intent)
{
	struct family *family = turn->family;
	struct intent *again = GROW(turn->arena, family->intents, family->n_intents);
	*again = *intent;
	again->not_before = turn->now;
}

static void close_stale(struct turn *turn, str id, const char *why)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_open; i++) {
		if (str_eq(family->open[i].id, id)) {
			message_close(turn, i, MESSAGE_SUPPRESSED, why);
			return;
		}
	}
}

/* The new comes before the old goes: a duty that waits for notices must not find none. */
void address_stale(struct turn *turn, size_t at)
{
	struct open_message open = turn->family->open[at];
	const struct intent *intent = open.intent;
	const struct recipient *recipient = find_recipient(turn, intent, open.contact);
	if (recipient == NULL) {
		address_others(turn, intent);
		close_stale(turn, open.id, "this person may not be told any more");
		return;
	}
	if (is_former(intent)) {
		address_former(turn, intent, recipient, open.tried);
		if (!may_be_former(recipient, open.channel))
			close_stale(turn, open.id,
				    "where they were reached before may not be used");
		return;
	}
	struct route route = address_route(turn, intent, recipient, open.tried);
	bool is_prompt = intent->grade == GRADE_FORMAL && open.channel == CHANNEL_SMS &&
			 route.channel != CHANNEL_SMS;
	if (is_prompt && route.prompt) {
		issue(turn, intent, recipient, &route, CHANNEL_SMS, open.tried);
	} else if (is_prompt) {
		close_stale(turn, open.id, "no prompt goes with the notice any more");
	} else if (route.channel == open.channel) {
		issue(turn, intent, recipient, &route, route.channel, open.tried);
	} else {
		address_one(turn, intent, recipient, open.tried);
		close_stale(turn, open.id, "the way in which this person may be told has changed");
	}
}

/* Nobody may hear it from a person any more, or a channel can say it again. */
static bool is_task_over(struct turn *turn, const struct open_message *open)
{
	if (open->channel != CHANNEL_TASK || date_is(open->accepted_on))
		return false;
	const struct recipient *recipient = find_recipient(turn, open->intent, open->contact);
	if (recipient == NULL)
		return true;
	return address_route(turn, open->intent, recipient, open->tried).channel != CHANNEL_TASK;
}

/* Messages find out when they leave whether they still may; a task never leaves. */
void address_tasks(struct turn *turn)
{
	const struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0;) {
		if (is_task_over(turn, &family->open[i]))
			address_stale(turn, i);
		/* One that ends may end others. */
		if (i > family->n_open)
			i = family->n_open;
	}
}
