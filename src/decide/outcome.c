/* What became of the messages. Good news that comes late still counts; a notice that comes back
 * opens again what it had met. */
#include "decide/inner.h"
#include "model/postal.h"

static const char *const nouns[CHANNEL_COUNT] = {
	[CHANNEL_EMAIL] = "email", [CHANNEL_SMS] = "SMS", [CHANNEL_LETTER] = "letter", [CHANNEL_TASK] = "task"
};

/* --- finding and noting -------------------------------------------------------------------------- */

static str message_id(const struct turn *turn)
{
	return json_text(turn->event->data, "message");
}

static str case_id_of(const struct turn *turn)
{
	const struct event *event = turn->event;
	return event->about == SUBJECT_CASE ? event->subject_id : STR_EMPTY;
}

/* When it will be there, as far as is known now. */
static void print_arrival(struct turn *turn, struct json_writer *w, const struct open_message *open)
{
	enum kind kind = turn->event->kind;
	struct letter_dates dates;
	if (open->channel != CHANNEL_LETTER)
		return;
	if (kind == KIND_MESSAGE_ACCEPTED)
		dates = policy_post(turn->policy, turn->event->time, open->postage);
	else if (kind == KIND_MESSAGE_DISPATCHED)
		dates = letter_printed(turn->policy->calendar, turn->event->on, open->postage);
	else
		return;
	json_add_text(w, "postage", postage_name(open->postage));
	json_add_text(w, "print_on", date_print(turn->arena, dates.printed));
	json_add_text(w, "expected_from", date_print(turn->arena, dates.earliest));
	json_add_text(w, "expected_to", date_print(turn->arena, dates.latest));
}

static str print_detail(struct turn *turn, const struct open_message *open)
{
	const struct json *data = turn->event->data;
	struct buf buf = buf_of(turn->arena, 8192);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message_id(turn));
	json_add_text(&w, "type", turn->event->type);
	json_add_text(&w, "on", date_print(turn->arena, turn->event->on));
	json_add_text(&w, "channel", json_text(data, "channel"));
	json_add_text(&w, "code", json_text(data, "code"));
	if (json_get(data, "attempt") != NULL)
		json_add_int(&w, "attempt", json_int(data, "attempt", 0));
	if (open != NULL)
		print_arrival(turn, &w, open);
	if (json_bool(data, "address", false))
		json_add_bool(&w, "address", true);
	json_close(&w);
	return buf.too_long ? STR_EMPTY : buf_str(&buf);
}

static str hold_task(struct turn *turn, str message)
{
	return str_fmt(turn->arena, "t.held.%.*s", STR_ARG(message));
}

void message_hold_ends(struct turn *turn, str case_id, str message)
{
	struct case_file *file = family_case(turn->family, case_id);
	struct task *task = file != NULL ? case_task(file, hold_task(turn, message)) : NULL;
	if (task == NULL || task->done)
		return;
	task->done = true;
	task->outcome = S("needless");
	entry_add(turn, "task", task->id, case_id, S("The message waits for nobody any more"),
		  STR_EMPTY);
}

/* Writes down the outcome; words follow "The letter to c-mum ". Not known: it was settled long ago,
 * and what comes now is a late fact. */
static struct open_message *note(struct turn *turn, const char *words)
{
	struct open_message *open = family_open(turn->family, message_id(turn));
	str detail = print_detail(turn, open);
	str text = open != NULL ? str_fmt(turn->arena, "The %s to %.*s %s", nouns[open->channel],
					  STR_ARG(open->contact), words)
				: str_fmt(turn->arena, "A message settled before %s", words);
	entry_add(turn, "outcome", message_id(turn), case_id_of(turn), text, detail);
	fact_add(turn, turn->event->type, case_id_of(turn), detail);
	if (turn->event->kind != KIND_MESSAGE_HELD) {
		message_hold_ends(turn, case_id_of(turn), message_id(turn));
		correction_follow(turn, message_id(turn));
	}
	return open;
}

static void move_state(struct turn *turn, enum message_state state)
{
	struct plan *plan = turn->plan;
	*GROW(turn->arena, plan->closings,
	      plan->n_closings) = (struct closing){ .message = message_id(turn), .state = state };
}

static void forget(struct family *family, str id)
{
	size_t kept = 0;
	for (size_t i = 0; i < family->n_open; i++) {
		if (!str_eq(family->open[i].id, id))
			family->open[kept++] = family->open[i];
	}
	family->n_open = kept;
}

/* --- in doubt ------------------------------------------------------------------------------------ */

/* The first time counts: from then on somebody may have read it. */
static void doubt_begins(struct turn *turn, const struct open_message *open)
{
	struct family *family = turn->family;
	bool for_good = !json_bool(turn->event->data, "again", false);
	for (size_t i = 0; i < family->n_doubts; i++) {
		struct doubt *doubt = &family->doubts[i];
		if (!str_eq(doubt->message, open->id))
			continue;
		doubt->for_good = for_good;
		return;
	}
	*GROW(turn->arena, family->doubts, family->n_doubts) =
		(struct doubt){ .message = open->id,
				.event_id = open->intent->event_id,
				.contact = open->contact,
				.template = open->intent->template,
				.channel = open->channel,
				.attempt = json_int(turn->event->data, "attempt", 0),
				.for_good = for_good,
				.event_on = open->intent->on,
				.on = turn->event->on };
}

/* `attempt`: of it alone it is known; ANY_ATTEMPT: whichever it was. */
#define ANY_ATTEMPT (-1)
static void doubt_ends(struct family *family, str message, int64_t attempt)
{
	size_t kept = 0;
	for (size_t i = 0; i < family->n_doubts; i++) {
		const struct doubt *doubt = &family->doubts[i];
		if (!str_eq(doubt->message, message) ||
		    (attempt != ANY_ATTEMPT && attempt != doubt->attempt))
			family->doubts[kept++] = *doubt;
	}
	family->n_doubts = kept;
}

/* Whoever was to ask whether it arrived has a task, and that stays. */
static void stop_waiting(struct turn *turn, const struct open_message *open)
{
	entry_add(
		turn, "note", open->id, open->case_id,
		str_fmt(turn->arena,
			"Nobody knows whether the %s to %.*s arrived: weeks later it is waited for no more",
			nouns[open->channel], STR_ARG(open->contact)),
		STR_EMPTY);
	forget(turn->family, open->id);
}

void doubts_forget(struct turn *turn)
{
	struct family *family = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_doubts; i++) {
		const struct doubt *doubt = &family->doubts[i];
		const struct open_message *open = doubt->for_good
							  ? family_open(family, doubt->message)
							  : NULL;
		bool is_recent = !date_before(date_add(doubt->on, ACCEPTED_KEPT_DAYS), turn->today);
		if (is_recent || (open != NULL && duty_waits_for(family, open)))
			family->doubts[kept++] = *doubt;
		else if (open != NULL)
			stop_waiting(turn, open);
	}
	family->n_doubts = kept;
}

/* --- good news ----------------------------------------------------------------------------------- */

/* What was reckoned before may turn out later: the print room posts it on another day, somebody is reached
 * later. */
static void note_copy(struct turn *turn, const struct open_message *open)
{
	date sent = turn->event->on;
	if (open->channel == CHANNEL_LETTER && turn->event->kind != KIND_MESSAGE_DISPATCHED)
		sent = policy_post(turn->policy, turn->event->time, open->postage).printed;
	const struct copy copy = { .event = open->intent->event_id,
				   .case_id = open->case_id,
				   .contact = open->contact,
				   .channel = open->channel,
				   .sent = sent,
				   .served = post_there_on(open),
				   .has_left = true };
	rights_of_copy(turn, open->intent, &copy);
}

static bool is_last_resort(const struct intent *intent)
{
	return intent->case_id.n == 0 && str_eq(intent->template, S(UNOWNED_TEMPLATE));
}

/* A notice, and what the last resort hears, may have to be said again when it comes back; of anything else only its
 * names are kept. */
static void accept(struct turn *turn, struct open_message *open)
{
	str id = open->id, case_id = open->case_id, meets = open->meets;
	if (!date_is(open->accepted_on))
		open->accepted_on = turn->event->on;
	doubt_ends(turn->family, id, ANY_ATTEMPT);
	post_accepted(turn, open);
	note_copy(turn, open);
	/* A time that became longer may have ended other messages. */
	open = family_open(turn->family, id);
	bool is_told_again = open->intent->grade == GRADE_FORMAL || meets.n > 0 ||
			     is_last_resort(open->intent);
	if (!is_told_again)
		*open->intent = (struct intent){ .id = open->intent->id,
						 .event_id = open->intent->event_id,
						 .event_type = open->intent->event_type,
						 .template = open->intent->template,
						 .audience = open->intent->audience,
						 .grade = open->intent->grade,
						 .role = open->intent->role,
						 .former_email = open->intent->former_email,
						 .former_sms = open->intent->former_sms,
						 .on = open->intent->on,
						 .noted = INSTANT_NEVER };
	duty_weigh(turn, case_id, meets, turn->event->on);
}

void message_accepted(struct turn *turn)
{
	bool shadow = str_eq(json_text(turn->event->data, "code"), S("shadow"));
	struct open_message *open = note(turn,
					 shadow ? "would have been sent (shadow)" : "was accepted");
	if (open != NULL)
		accept(turn, open);
}

void message_reached(struct turn *turn, str message, bool heard)
{
	struct plan *plan = turn->plan;
	struct open_message *open = family_open(turn->family, message);
	if (open == NULL)
		return;
	if (!heard) {
		message_close(turn, (size_t)(open - turn->family->open), MESSAGE_STOPPED,
			      "they did not want to hear it");
		return;
	}
	*GROW(turn->arena, plan->closings,
	      plan->n_closings) = (struct closing){ .message = message, .state = MESSAGE_ACCEPTED };
	accept(turn, open);
}

/* What was posted was accepted, whether or not its sender heard so. */
void message_dispatched(struct turn *turn)
{
	struct open_message *open = note(turn, "was dispatched");
	move_state(turn, MESSAGE_DISPATCHED);
	if (open == NULL)
		return;
	post_dispatched(turn, open, turn->event->on);
	/* It left later than we took it to. */
	if (open->meets.n > 0 && date_is(open->accepted_on) && !post_is_there(open, turn->today))
		duty_reopen(turn, open->case_id, open->meets);
	accept(turn, open);
}

void message_delivered(struct turn *turn)
{
	note(turn, "was delivered");
	move_state(turn, MESSAGE_DELIVERED);
}

/* --- bad news ------------------------------------------------------------------------------------ */

static bool is_prompt(const struct open_message *open)
{
	return open->intent->grade == GRADE_FORMAL && open->channel == CHANNEL_SMS;
}

static bool is_former(const struct open_message *open)
{
	return open->intent->former_email.n > 0 || open->intent->former_sms.n > 0;
}

/* A letter's whole address, in UTF-8. */
#define PLACE_BYTES_MAX ((size_t)POSTAL_LINES_MAX * (POSTAL_LINE_CHARS_MAX * 4 + 1))

static str place_of(const struct turn *turn, const struct contact *contact,
		    enum channel_kind channel)
{
	struct buf buf = buf_of(turn->arena, PLACE_BYTES_MAX);
	if (channel == CHANNEL_EMAIL)
		return contact->email;
	if (channel == CHANNEL_SMS)
		return contact->sms;
	for (size_t i = 0; i < contact->n_letter; i++)
		buf_fmt(&buf, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(contact->letter[i]));
	return buf_str(&buf);
}

/* Where it went, and nowhere else. */
static str former_of(const struct open_message *open)
{
	return open->channel == CHANNEL_EMAIL ? open->intent->former_email
					      : open->intent->former_sms;
}

/* The address is not used until it is changed, or said to be right; what waits for it goes another
 * way. */
static void mark_address(struct turn *turn, const struct open_message *open)
{
	struct contact *contact = family_contact(turn->family, open->contact);
	if (contact == NULL || open->channel == CHANNEL_TASK)
		return;
	/* Where they were reached before is mostly not where they are reached now. */
	if (is_former(open) && !str_eq(place_of(turn, contact, open->channel), former_of(open)))
		return;
	contact->failed.has[open->channel] = true;
	family_tell_anew(turn);
}

/* What was accepted once is known by its names alone. */
static bool is_whole(const struct intent *intent)
{
	return intent->rule.n > 0;
}

/* Behind a desk's manager its service's mailbox, and behind that, and of a family, the authority's; then nobody. */
static str who_is_behind(const struct turn *turn, const struct open_message *open)
{
	str service = family_desk(turn->family);
	bool is_authority = service.n == 0 || str_eq(open->intent->role, S(ROLE_AUTHORITY));
	if (is_authority)
		return STR_EMPTY;
	return str_eq(open->contact, service) ? S(ROLE_AUTHORITY) : S(ROLE_MAILBOX);
}

static void ask_behind(struct turn *turn, const struct open_message *open)
{
	struct intent again = *open->intent;
	again.role = who_is_behind(turn, open);
	if (again.role.n > 0 && is_whole(&again))
		address_others(turn, &again);
	else
		entry_add(turn, "note", open->id, STR_EMPTY,
			  S("Nobody is left who could be told of it"), STR_EMPTY);
}

static bool is_asked(const struct case_file *file, str what)
{
	for (size_t i = 0; file != NULL && i < file->n_tasks; i++) {
		if (!file->tasks[i].done && str_eq(file->tasks[i].what, what))
			return true;
	}
	return false;
}

/* Once while it is not done: its own ladder may come to the same wrong address. */
static void ask_for_staff(struct turn *turn, const struct open_message *open)
{
	str what = str_fmt(turn->arena, "%.*s could not be told of %.*s: tell them",
			   STR_ARG(open->contact), STR_ARG(open->intent->template));
	if (!is_asked(family_case(turn->family, open->case_id), what))
		task_for_owner(turn, open->case_id, "staff", STR_EMPTY, what);
}

static void say_otherwise(struct turn *turn, const struct open_message *open)
{
	struct channel_set tried = open->tried;
	tried.has[open->channel] = true;
	bool has_words = is_whole(open->intent);
	/* A change is confirmed where they were reached before, or there not at all. */
	if (is_former(open))
		return;
	if (is_last_resort(open->intent)) {
		ask_behind(turn, open);
		return;
	}
	if (audience_is_staff(open->intent->audience)) {
		ask_for_staff(turn, open);
		return;
	}
	if (!has_words) {
		task_for_owner(turn, open->case_id, "failed", open->contact,
			       str_fmt(turn->arena,
				       "A message to %.*s did not arrive: ask how to reach them",
				       STR_ARG(open->contact)));
		return;
	}
	struct intent again = *open->intent;
	if (date_is(open->accepted_on))
		again.round++;
	if (!address_again(turn, &again, open->contact, tried))
		address_others(turn, &again);
}

static void come_back(struct turn *turn, struct open_message *found, bool wrong_address)
{
	struct open_message open = *found;
	bool was_accepted = date_is(open.accepted_on);
	if (wrong_address)
		mark_address(turn, &open);
	doubt_ends(turn->family, open.id, json_int(turn->event->data, "attempt", 0));
	forget(turn->family, open.id);
	if (is_prompt(&open))
		return;
	if (str_eq(open.intent->template, S(DIGEST_TEMPLATE)))
		desk_unread(turn, open.intent);
	if (was_accepted && open.meets.n > 0) {
		duty_reopen(turn, open.case_id, open.meets);
		task_for_owner(turn, open.case_id, "returned", open.contact,
			       str_fmt(turn->arena,
				       "A notice to %.*s came back: ask where they can be reached",
				       STR_ARG(open.contact)));
	}
	say_otherwise(turn, &open);
	duty_weigh(turn, open.case_id, open.meets, turn->event->on);
}

/* What it would have told is not told by another way either: a person looks at what was written. */
static void stop_leak(struct turn *turn, const struct open_message *found)
{
	struct open_message open = *found;
	forget(turn->family, open.id);
	fact_add(turn, S("message.leak"), open.case_id,
		 str_fmt(turn->arena, "{\"message\":\"%.*s\"}", STR_ARG(open.id)));
	task_for_owner(turn, open.case_id, "leak", open.contact,
		       str_fmt(turn->arena,
			       "A message to %.*s would have told something private of another "
			       "contact, and was stopped: look at what was reported, and tell them "
			       "without it",
			       STR_ARG(open.contact)));
	duty_weigh(turn, open.case_id, open.meets, turn->event->on);
}

/* Of a message that was settled long ago only the provider's word is left: the address is wrong all the
 * same, where it is still the one that the message went to. */
static void mark_late(struct turn *turn)
{
	const struct json *data = turn->event->data;
	struct contact *contact = family_contact(turn->family, json_text(data, "contact"));
	enum channel_kind channel = CHANNEL_TASK;
	if (json_get(data, "place") != NULL && turn->event->kind == KIND_MESSAGE_FAILED)
		move_state(turn, MESSAGE_FAILED);
	if (contact == NULL || !channel_kind_parse(json_text(data, "channel"), &channel) ||
	    channel == CHANNEL_TASK || contact->failed.has[channel])
		return;
	str key = hex_print(turn->arena, turn->policy->key, HASH_BYTES);
	str mark = hash_redis(turn->arena,
			      str_join(turn->arena, key, place_of(turn, contact, channel)));
	if (!str_eq(mark, json_text(data, "place")))
		return;
	contact->failed.has[channel] = true;
	family_tell_anew(turn);
	task_for_owner(turn, case_id_of(turn), "failed", contact->id,
		       str_fmt(turn->arena,
			       "An old message to %.*s came back: ask how to reach them",
			       STR_ARG(contact->id)));
}

void message_failed(struct turn *turn)
{
	struct open_message *open = note(turn, "failed");
	if (open == NULL) {
		mark_late(turn);
		return;
	}
	if (str_eq(json_text(turn->event->data, "code"), S("leak"))) {
		stop_leak(turn, open);
		return;
	}
	if (date_is(open->accepted_on))
		move_state(turn, MESSAGE_FAILED);
	come_back(turn, open, json_bool(turn->event->data, "address", false));
}

void message_returned(struct turn *turn)
{
	struct open_message *open = note(turn, "came back");
	move_state(turn, MESSAGE_RETURNED);
	if (open != NULL)
		come_back(turn, open, true);
	else
		mark_late(turn);
}

/* An email or a letter is tried again under the same name, as long as there are tries; a second SMS
 * would be a second SMS. */
void message_unknown(struct turn *turn)
{
	struct open_message *open = note(turn, "may or may not have left");
	if (open != NULL && !date_is(open->accepted_on))
		doubt_begins(turn, open);
	if (open == NULL || json_bool(turn->event->data, "again", false) ||
	    is_last_resort(open->intent))
		return;
	task_for_owner(turn, open->case_id, "unknown", open->contact,
		       str_fmt(turn->arena, "Ask %.*s whether our %s arrived",
			       STR_ARG(open->contact), nouns[open->channel]));
}

/* Said once of a message: its task climbs by itself. */
void message_held(struct turn *turn)
{
	const struct open_message *open = note(turn, "waits for what goes with it");
	bool changed = str_eq(json_text(turn->event->data, "code"), S("enclosure_changed"));
	if (open == NULL)
		return;
	task_open(turn, open->case_id, hold_task(turn, open->id), open->contact, STR_EMPTY,
		  str_fmt(turn->arena, "The %s to %.*s waits for its enclosure: the file %s",
			  nouns[open->channel], STR_ARG(open->contact),
			  changed ? "is another than was reported" : "is not there"));
}

void message_expired(struct turn *turn)
{
	const struct open_message *open = note(turn, "did not leave in time to be of use");
	/* What was closed while it was under way was forgotten then: where it is known it was issued again since. */
	if (open == NULL || str_eq(json_text(turn->event->data, "code"), S("stopped")))
		return;
	str case_id = open->case_id, meets = open->meets;
	if (str_eq(open->intent->template, S(DIGEST_TEMPLATE)))
		desk_unread(turn, open->intent);
	forget(turn->family, open->id);
	duty_weigh(turn, case_id, meets, turn->event->on);
}

/* --- stale --------------------------------------------------------------------------------------- */

void message_stale(struct turn *turn)
{
	const struct family *family = turn->family;
	const struct open_message *open = note(turn, "is addressed again");
	if (open != NULL && is_whole(open->intent) && !date_is(open->accepted_on))
		address_stale(turn, (size_t)(open - family->open));
}
