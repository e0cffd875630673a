/* An intent becomes messages: one for each person, each by itself, so that nothing of one is in
 * another's copy. */
#include "decide/inner.h"

/* --- one recipient ------------------------------------------------------------------------------- */

static void help(struct turn *turn, const struct intent *intent, const struct recipient *recipient)
{
	str id = issue_id(turn, intent, recipient->id, CHANNEL_TASK);
	task_open_by(turn, intent->case_id, str_fmt(turn->arena, "t.format.%.*s", STR_ARG(id)),
		     recipient->id, STR_EMPTY, issue_means(recipient->contact),
		     recipient->contact->oral_first
			     ? str_fmt(turn->arena,
				       "Go through the notice %.*s with %.*s by word of mouth",
				       STR_ARG(intent->template), STR_ARG(recipient->id))
			     : str_fmt(turn->arena,
				       "Give %.*s the notice %.*s in the format they need",
				       STR_ARG(recipient->id), STR_ARG(intent->template)));
}

static str in_person_id(struct turn *turn, const struct intent *intent,
			const struct recipient *recipient)
{
	return str_fmt(turn->arena, "t.post.%.*s",
		       STR_ARG(issue_id(turn, intent, recipient->id, CHANNEL_TASK)));
}

/* Better late than never, the letter goes; and somebody sees to it that they know in time. */
static void hand_over_in_person(struct turn *turn, const struct intent *intent,
				const struct recipient *recipient)
{
	str id = in_person_id(turn, intent, recipient);
	str day = date_words(turn->arena, issue_due_day(turn, intent));
	task_open_by(
		turn, intent->case_id, id, recipient->id, STR_EMPTY,
		issue_means(recipient->contact),
		str_fmt(turn->arena,
			"The post can no longer bring %.*s to %.*s by %.*s: hand it over, or tell "
			"them",
			STR_ARG(intent->template), STR_ARG(recipient->id), STR_ARG(day)));
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
			 STR_ARG(issue_id(turn, intent, contact->id, CHANNEL_TASK)));
	task_open_by(turn, intent->case_id, id, contact->id, STR_EMPTY, "interpreter",
		     str_fmt(turn->arena, "Have %.*s explained to %.*s in their language (%.*s)",
			     STR_ARG(intent->template), STR_ARG(contact->id),
			     STR_ARG(contact->language)));
}

static void ask_where_they_live(struct turn *turn, const struct intent *intent,
				const struct recipient *recipient)
{
	if (is_asked(turn, intent->case_id, recipient->id, "confirm"))
		return;
	str id = str_fmt(turn->arena, "t.confirm.%.*s",
			 STR_ARG(issue_id(turn, intent, recipient->id, CHANNEL_TASK)));
	task_open_by(turn, intent->case_id, id, recipient->id, STR_EMPTY, "confirm",
		     str_fmt(turn->arena,
			     "Find out whether %.*s still lives at the address we have",
			     STR_ARG(recipient->id)));
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
						   turn, issue_due_day(turn, intent)) };
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
			   const struct recipient *recipient)
{
	struct route route = { .channel = intent->former_email.n > 0 ? CHANNEL_EMAIL : CHANNEL_SMS,
			       .why = WHY_FORMER };
	if (!may_be_former(recipient, route.channel))
		return;
	issue(turn, intent, recipient, &route, route.channel, (struct channel_set){ 0 });
}

static void address_one(struct turn *turn, const struct intent *intent,
			const struct recipient *recipient, struct channel_set tried)
{
	if (is_former(intent)) {
		address_former(turn, intent, recipient);
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
	if (!is_family || people_are_alone(intent)) {
		entry_add(turn, "note", intent->event_id, intent->case_id,
			  str_fmt(turn->arena, "Nobody to tell: %.*s", STR_ARG(intent->template)),
			  STR_EMPTY);
		return;
	}
	str id = issue_id(turn, intent, S("nobody"), CHANNEL_TASK);
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
	const struct task *task = file != NULL && intent->about.n > 0
					  ? case_task(file, intent->about)
					  : NULL;
	return (duty != NULL && duty->state == DUTY_MET) || (task != NULL && task->done) ||
	       intent->follows.n > 0;
}

static bool has_had(const struct family *family, const struct intent *intent, str recipient)
{
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (str_eq(open->intent->id, intent->id) && str_eq(open->contact, recipient))
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
	if (storm_has(turn, intent)) {
		entry_add(turn, "note", intent->event_id, intent->case_id,
			  str_fmt(turn->arena, "Told by the desk, together with others: %.*s",
				  STR_ARG(intent->template)),
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
	struct case_file *file = family_case(turn->family, intent->case_id);
	struct task *task = file != NULL && intent->task.n > 0 ? case_task(file, intent->task)
							       : NULL;
	if (task == NULL || task->done)
		return;
	task->done = true;
	task->outcome = S("not_reached");
	missed_speak(turn, file, task);
}

/* Takes what is due out of the list: addressing may drop others of it. A wait that ends may add some. */
static struct intent *take_due(struct turn *turn, bool for_parties, size_t *out_n)
{
	struct family *family = turn->family;
	struct intent *due = NULL;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		const struct intent *intent = &family->intents[i];
		bool is_for_parties = intent->audience == AUDIENCE_PARTIES;
		if (is_for_parties != for_parties ||
		    instant_before(turn->now, intent->not_before)) {
			family->intents[kept++] = *intent;
			continue;
		}
		*GROW(turn->arena, due, *out_n) = *intent;
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
		address_former(turn, intent, recipient);
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

void address_too_late(struct turn *turn, size_t at)
{
	struct open_message open = turn->family->open[at];
	const struct intent *intent = open.intent;
	const struct recipient *recipient = find_recipient(turn, intent, open.contact);
	/* Who may not be told any more: that is found out when it leaves. */
	if (recipient == NULL)
		return;
	struct route route = address_route(turn, intent, recipient, open.tried);
	const struct case_file *file = family_case(turn->family, intent->case_id);
	if (route.channel != CHANNEL_LETTER) {
		address_one(turn, intent, recipient, open.tried);
		close_stale(turn, open.id, "the post can no longer bring it in time");
	} else if (case_task(file, in_person_id(turn, intent, recipient)) == NULL) {
		hand_over_in_person(turn, intent, recipient);
	}
}

void address_by_post(struct turn *turn, size_t at)
{
	struct open_message open = turn->family->open[at];
	const struct intent *intent = open.intent;
	const struct recipient *recipient = find_recipient(turn, intent, open.contact);
	struct channel_set tried = open.tried;
	tried.has[open.channel] = true;
	/* One that only waits for its hour is not in trouble. */
	if (recipient == NULL || !issue_may_leave(turn, intent, recipient, open.channel) ||
	    address_route(turn, intent, recipient, tried).channel != CHANNEL_LETTER)
		return;
	address_one(turn, intent, recipient, tried);
	close_stale(turn, open.id,
		    "it has not got through, and the post takes longer to be there in time");
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
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		if (is_task_over(turn, &family->open[i]))
			address_stale(turn, i);
	}
}
