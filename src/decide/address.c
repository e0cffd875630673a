/* An intent becomes messages: one for each person, each by itself, so that nothing of one is in
 * another's copy. */
#include "decide/inner.h"

/* --- one message --------------------------------------------------------------------------------- */

/* Opaque, and the same when the same is decided again. */
static str make_id(struct turn *turn, const struct intent *intent, str recipient,
		   enum channel_kind channel)
{
	str text = str_fmt(turn->arena, "%.*s|%.*s|%.*s", STR_ARG(intent->id), STR_ARG(recipient),
			   STR_ARG(channel_kind_name(channel)));
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

instant address_deadline(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file;
	const struct duty *duty = find_met(turn, intent, &file);
	const struct duty_rule *rule = duty != NULL ? duty_rule_of(turn, file, duty) : NULL;
	if (rule == NULL || rule->basis != BASIS_STATUTORY || !duty_is_running(duty->state))
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

static void put_address(struct message *message, const struct recipient *recipient)
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
		message->email = email;
	if (message->channel == CHANNEL_SMS)
		message->sms = sms;
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
				       .accepted_on = DATE_NONE };
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
		.sender = route->safe && contact != NULL ? contact->safe.sender : STR_EMPTY,
		.why = prompt ? WHY_PROMPT : route->why,
		.rejected = prompt ? STR_EMPTY : route->rejected,
		.event_id = intent->event_id,
		.event_type = intent->event_type,
		.rule = intent->rule,
		.policy = turn->policy->version,
		.about = intent->about,
		.decided_at = turn->now,
		.useless_after = find_end_of_use(turn, intent),
		.tell = turn->family->tell,
		.tries_max = turn->policy->authority.tries_max,
	};
	message.not_before = hours_not_before(turn, intent, recipient, channel,
					      prompt ? INSTANT_NEVER
						     : address_deadline(turn, intent));
	if (channel != CHANNEL_SMS) {
		message.enclosures = intent->enclosures;
		message.n_enclosures = intent->n_enclosures;
	}
	put_address(&message, recipient);
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
	message.facts = facts_for(turn, intent, recipient, message.prompt);
	*GROW(turn->arena, plan->messages, plan->n_messages) = message;
	keep_open(turn, intent, recipient, &message, tried);
	enter_message(turn, &message);
	if (channel == CHANNEL_TASK)
		task_open(turn, intent->case_id, find_task(turn, &message), recipient->id,
			  message.id, what_to_tell(turn, &message));
}

/* --- one recipient ------------------------------------------------------------------------------- */

static void help(struct turn *turn, const struct intent *intent, const struct recipient *recipient)
{
	str id = make_id(turn, intent, recipient->id, CHANNEL_TASK);
	task_open(turn, intent->case_id, str_fmt(turn->arena, "t.format.%.*s", STR_ARG(id)),
		  recipient->id, STR_EMPTY,
		  str_fmt(turn->arena, "Give %.*s the notice %.*s in the format they need",
			  STR_ARG(recipient->id), STR_ARG(intent->template)));
}

static void address_one(struct turn *turn, const struct intent *intent,
			const struct recipient *recipient, struct channel_set tried)
{
	struct route route = route_choose(turn->arena, intent, recipient, tried);
	issue(turn, intent, recipient, &route, route.channel, tried);
	if (route.prompt)
		issue(turn, intent, recipient, &route, CHANNEL_SMS, tried);
	if (route.helper)
		help(turn, intent, recipient);
}

/* --- one intent ---------------------------------------------------------------------------------- */

static void address_nobody(struct turn *turn, const struct intent *intent)
{
	bool is_family = intent->audience == AUDIENCE_FAMILY ||
			 intent->audience == AUDIENCE_CONTACTS;
	if (!is_family || intent->grade == GRADE_OPTIONAL) {
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

/* Takes what is due out of the list: addressing may drop others of it. */
static struct intent *take_due(struct turn *turn, bool for_parties, size_t *out_n)
{
	struct family *family = turn->family;
	struct intent *due = TAKE(turn->arena, struct intent, family->n_intents + 1);
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		const struct intent *intent = &family->intents[i];
		bool is_for_parties = intent->audience == AUDIENCE_PARTIES;
		if (is_for_parties == for_parties && !instant_before(turn->now, intent->not_before))
			due[(*out_n)++] = *intent;
		else
			family->intents[kept++] = *intent;
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
	struct route route = route_choose(turn->arena, intent, recipient, open.tried);
	bool is_prompt = intent->grade == GRADE_FORMAL && open.channel == CHANNEL_SMS;
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

/* Messages find out when they leave whether they still may; a task never leaves. */
void address_tasks(struct turn *turn)
{
	const struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0;) {
		const struct open_message *open = &family->open[i];
		if (open->channel == CHANNEL_TASK && !date_is(open->accepted_on) &&
		    find_recipient(turn, open->intent, open->contact) == NULL)
			address_stale(turn, i);
		/* One that ends may end others. */
		if (i > family->n_open)
			i = family->n_open;
	}
}
