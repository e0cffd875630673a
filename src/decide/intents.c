/* What is to be said, from the rule that wants it until it is addressed or needless. */
#include "decide/inner.h"

/* --- making -------------------------------------------------------------------------------------- */

static instant later_of(instant a, instant b)
{
	return instant_before(a, b) ? b : a;
}

static instant moment_of(const struct reckoning *due, const struct calendar *calendar)
{
	return instant_is_never(due->at) ? calendar_day_start(calendar, due->day) : due->at;
}

/* So long after the event, but never in the past. */
static instant first_moment(const struct turn *turn, const struct occasion *occasion,
			    const struct saying *saying)
{
	if (saying->after.n == 0)
		return later_of(turn->now, occasion->not_before);
	const struct calendar *calendar = case_calendar(turn, occasion->file);
	struct reckoning after = reckon_due(turn->arena, calendar, turn_trigger(turn, calendar),
					    saying->after);
	if (!date_is(after.day))
		return turn->now;
	return later_of(moment_of(&after, calendar), turn->now);
}

/* The duty of that rule which a notice would meet, when it runs; or empty. */
static str running_duty(const struct case_file *file, str rule)
{
	const struct duty *duty = file != NULL && rule.n > 0 ? duty_find(file, rule) : NULL;
	return duty != NULL && duty_is_running(duty->state) ? duty->id : STR_EMPTY;
}

/* After the child's death nothing more is said but to those who work on the case. */
static bool may_be_said(const struct turn *turn, const struct saying *saying)
{
	return !turn->family->young_person_died || saying->audience == AUDIENCE_OWNER ||
	       saying->audience == AUDIENCE_MANAGER;
}

/* Until when what is said on an occasion waits for somebody to speak to the family, and their task. */
struct wait {
	str task;
	instant until;
};

/* A notice of the law does not wait until its last afternoon, nor until the post can no longer bring it
 * in time. */
static instant last_moment(struct turn *turn, const struct occasion *occasion,
			   const struct saying *saying)
{
	const struct calendar *calendar = turn->policy->calendar;
	struct intent intent = { .case_id = occasion->file->id,
				 .meets = running_duty(occasion->file, saying->meets) };
	instant deadline = issue_deadline(turn, &intent);
	if (instant_is_never(deadline))
		return deadline;
	date due = date_add(calendar_date(calendar, deadline), -1);
	if (post_is_too_late(turn, due))
		return turn->now;
	instant noon = zone_instant(calendar->zone, due, 12 * 60);
	return later_of(turn->now, instant_min(noon, post_last_hand_over(turn, due)));
}

static bool is_spoken_first(const struct occasion *occasion, const struct saying *saying)
{
	return saying->speak_first.n > 0 && saying->audience == AUDIENCE_FAMILY &&
	       occasion->file != NULL;
}

instant speak_until(struct turn *turn, const struct occasion *occasion, const struct saying *saying)
{
	const struct calendar *calendar = turn->policy->calendar;
	if (!is_spoken_first(occasion, saying))
		return turn->now;
	struct reckoning end = reckon_due(turn->arena, calendar,
					  trigger_of_instant(calendar, turn->now),
					  saying->speak_first);
	if (!date_is(end.day))
		return turn->now;
	return instant_min(moment_of(&end, calendar), last_moment(turn, occasion, saying));
}

/* Four hours are soon over: whoever is to speak hears of it now, and not in tomorrow's list. */
static void tell_to_speak(struct turn *turn, const struct occasion *news, str task)
{
	const struct event_rule *rule = policy_standard(turn->policy, S("speak.first"));
	struct occasion occasion = {
		.file = news->file,
		.id = str_fmt(turn->arena, "%.*s/%.*s", STR_ARG(news->file->id), STR_ARG(task)),
		.rule = S("standards/speak.first"),
		.about = task,
	};
	if (rule != NULL)
		say(turn, &occasion, rule->says, rule->n_says);
}

/* Nobody should read bad news before somebody has tried to speak to them; and no copy of it, the
 * school's included, goes before theirs. */
static struct wait wait_to_speak(struct turn *turn, const struct occasion *occasion,
				 const struct saying *sayings, size_t n)
{
	struct wait wait = { .until = turn->now };
	for (size_t i = 0; i < n; i++)
		wait.until = later_of(wait.until, speak_until(turn, occasion, &sayings[i]));
	if (occasion->file == NULL || !instant_before(turn->now, wait.until))
		return wait;
	str id = str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 12);
	struct local until = zone_local(turn->policy->calendar->zone, wait.until);
	wait.task = str_fmt(turn->arena, "t.speak.%.*s", STR_ARG(id));
	task_open(turn, occasion->file->id, wait.task, STR_EMPTY, STR_EMPTY,
		  str_fmt(turn->arena,
			  "Speak to the family before they read it: a notice leaves when you say "
			  "that you have tried, or on %.*s at %02d:%02d",
			  STR_ARG(date_words(turn->arena, until.day)), until.second_of_day / 3600,
			  until.second_of_day / 60 % 60));
	tell_to_speak(turn, occasion, wait.task);
	return wait;
}

/* What the clock says of a duty comes of the event that began it. */
static str trace_of(const struct turn *turn, const struct occasion *occasion)
{
	const struct duty *duty = occasion->file != NULL && occasion->about.n > 0
					  ? case_duty(occasion->file, occasion->about)
					  : NULL;
	return turn->event->traceparent.n > 0 || duty == NULL ? turn->event->traceparent
							      : duty->traceparent;
}

static void say_one(struct turn *turn, const struct occasion *occasion, const struct saying *saying,
		    size_t i, struct wait wait)
{
	bool waits = wait.task.n > 0 && !audience_is_staff(saying->audience) &&
		     saying->after.n == 0;
	struct family *family = turn->family;
	bool about_right = occasion->about.n == 0 && saying->reminder;
	struct intent intent = {
		.id = str_fmt(turn->arena, "%.*s/%zu", STR_ARG(occasion->id), i + 1),
		.case_id = occasion->file != NULL ? occasion->file->id : STR_EMPTY,
		.audience = saying->audience,
		.parties = saying->parties,
		.contacts = occasion->contacts,
		.n_contacts = occasion->n_contacts,
		.template = saying->template,
		.grade = saying->grade,
		.adverse = saying->adverse,
		.rule = str_fmt(turn->arena, "%.*s/%zu", STR_ARG(occasion->rule), i + 1),
		.not_before = waits ? wait.until : first_moment(turn, occasion, saying),
		.task = waits ? wait.task : STR_EMPTY,
		.follows = occasion->follows,
		.unless = saying->unless.n > 0 ? saying->unless : occasion->unless,
		.about = about_right ? occasion->right : occasion->about,
		.meets = running_duty(occasion->file, saying->meets),
		.role = saying->role,
		.quiet = occasion->quiet,
		.event_id = turn->event->id,
		.on = turn->event->on,
		.event_type = turn->event->type,
		.traceparent = trace_of(turn, occasion),
		.facts = occasion->facts,
		.enclosures = saying->encloses ? occasion->enclosures : NULL,
		.n_enclosures = saying->encloses ? occasion->n_enclosures : 0,
		.former_email = occasion->former_email,
		.former_sms = occasion->former_sms,
	};
	desk_hears(turn, occasion, saying, &intent);
	*GROW(turn->arena, family->intents, family->n_intents) = intent;
}

/* Whoever told the family before Candour met the duty then. */
static void note_unsaid(struct turn *turn, const struct occasion *occasion,
			const struct saying *saying)
{
	struct duty *duty = saying->meets.n > 0 && occasion->file != NULL
				    ? duty_find(occasion->file, saying->meets)
				    : NULL;
	entry_add(turn, "note", turn->event->id,
		  occasion->file != NULL ? occasion->file->id : STR_EMPTY,
		  str_fmt(turn->arena, "Of before Candour, not said: %.*s",
			  STR_ARG(saying->template)),
		  STR_EMPTY);
	if (duty == NULL)
		return;
	struct promise promise = promise_of_duty(turn, occasion->file, duty);
	promise_move(turn, &promise, HAPPENS_MET, turn->event->on);
}

void say(struct turn *turn, const struct occasion *occasion, const struct saying *sayings, size_t n)
{
	if (turn->silent) {
		for (size_t i = 0; i < n; i++)
			note_unsaid(turn, occasion, &sayings[i]);
		return;
	}
	missed_look(turn, occasion, sayings, n);
	struct wait wait = wait_to_speak(turn, occasion, sayings, n);
	for (size_t i = 0; i < n; i++) {
		if (may_be_said(turn, &sayings[i]) && !desk_takes(turn, occasion, &sayings[i]))
			say_one(turn, occasion, &sayings[i], i, wait);
		/* A notice that waits is on its way: nobody is warned that it is not. */
		if (wait.task.n > 0) {
			require(occasion->file != NULL);
			duty_weigh(turn, occasion->file->id,
				   running_duty(occasion->file, sayings[i].meets), turn->event->on);
		}
	}
}

str *contacts_named(struct turn *turn, const char *key, size_t *out_n)
{
	const struct json *items;
	size_t n = json_list(turn->event->data, key, &items);
	str *ids = TAKE(turn->arena, str, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (items[i].type == JSON_TEXT)
			ids[(*out_n)++] = items[i].text;
	}
	str one = json_text(turn->event->data, "contact");
	if (n == 0 && one.n > 0)
		ids[(*out_n)++] = one;
	return ids;
}

void say_standard(struct turn *turn, struct case_file *file, str about)
{
	const struct event *event = turn->event;
	const struct event_rule *rule = policy_standard(turn->policy, event->type);
	if (rule != NULL && file != NULL && !turn->family->young_person_died)
		duties_follow(turn, file, rule, with_named(turn));
	if (rule == NULL || rule->n_says == 0)
		return;
	size_t n_fields;
	const struct field *fields = kind_fields(event->kind, &n_fields);
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/%.*s",
			      STR_ARG(str_slice(hash_hex(turn->arena, &event->identity), 0, 16)),
			      STR_ARG(file != NULL ? file->id : STR_EMPTY)),
		.rule = str_fmt(turn->arena, "standards/%.*s", STR_ARG(event->type)),
		.about = about,
		.facts = facts_of_event(turn, fields, n_fields),
		/* A machine's acknowledgement is no news. */
		.quiet = event->kind == KIND_REPLY_RECEIVED ||
			 event->kind == KIND_FEEDBACK_RECEIVED,
	};
	occasion.contacts = contacts_named(turn, "with", &occasion.n_contacts);
	say(turn, &occasion, rule->says, rule->n_says);
}

/* --- dropping ------------------------------------------------------------------------------------ */

/* A task that stands for the message has nothing to stand for any more. */
static void end_task(struct family *family, str case_id, str message)
{
	struct case_file *file = family_case(family, case_id);
	for (size_t i = 0; file != NULL && i < file->n_tasks; i++) {
		struct task *task = &file->tasks[i];
		if (!task->done && str_eq(task->message, message)) {
			task->done = true;
			task->outcome = S("needless");
		}
	}
}

void message_close(struct turn *turn, size_t i, enum message_state state, const char *why)
{
	struct family *family = turn->family;
	struct plan *plan = turn->plan;
	require(i < family->n_open);
	struct open_message open = family->open[i];
	for (size_t k = i; k + 1 < family->n_open; k++)
		family->open[k] = family->open[k + 1];
	family->n_open--;
	*GROW(turn->arena, plan->closings, plan->n_closings) =
		(struct closing){ .message = open.id, .state = state, .why = str_of(why) };
	if (open.channel == CHANNEL_TASK)
		end_task(family, open.case_id, open.id);
	message_hold_ends(turn, open.case_id, open.id);
	str name = message_state_name(state);
	entry_add(turn, "message", open.id, open.case_id,
		  str_fmt(turn->arena, "The message to %.*s does not leave (%.*s): %s",
			  STR_ARG(open.contact), STR_ARG(name), why),
		  str_fmt(turn->arena, "{\"message\":\"%.*s\",\"to\":\"%.*s\"}", STR_ARG(open.id),
			  STR_ARG(name)));
	if (open.meets.n > 0)
		duty_weigh(turn, open.case_id, open.meets, turn->event->on);
}

/* What is said at the moment of an end belongs to the event itself and is made after this. */
static void drop_intents(struct turn *turn, str case_id, str unless, str about)
{
	struct family *family = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		struct intent *intent = &family->intents[i];
		bool is_hit = str_eq(intent->case_id, case_id) &&
			      (str_eq(intent->unless, unless) ||
			       (about.n > 0 && str_eq(intent->about, about)));
		if (!is_hit) {
			family->intents[kept++] = *intent;
			continue;
		}
		entry_add(turn, "note", turn->event->id, case_id,
			  str_fmt(turn->arena, "Needless now: %.*s", STR_ARG(intent->template)),
			  STR_EMPTY);
	}
	family->n_intents = kept;
}

/* A notice is never needless: only what informs, reminds or alerts. */
static bool is_needless(const struct open_message *open, str case_id, str unless, str about)
{
	if (date_is(open->accepted_on) || !str_eq(open->case_id, case_id))
		return false;
	if (str_eq(open->unless, unless))
		return true;
	return about.n > 0 && str_eq(open->about, about) && open->intent->grade != GRADE_FORMAL &&
	       open->intent->grade != GRADE_URGENT;
}

static void close_needless(struct turn *turn, str case_id, str unless, str about, const char *why)
{
	struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		if (is_needless(&family->open[i], case_id, unless, about))
			message_close(turn, i, MESSAGE_EXPIRED, why);
	}
}

void intents_needless(struct turn *turn, str case_id, str unless)
{
	drop_intents(turn, case_id, unless, STR_EMPTY);
	close_needless(turn, case_id, unless, STR_EMPTY, "what it is about has happened");
}

void intents_foreseen(struct turn *turn, const struct promise *promise)
{
	struct family *family = turn->family;
	str rule = str_fmt(turn->arena, "%.*s/foreseen/", STR_ARG(promise->rule));
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		const struct intent *intent = &family->intents[i];
		if (!str_eq(intent->about, promise->id) || !str_starts(intent->rule, rule))
			family->intents[kept++] = *intent;
	}
	family->n_intents = kept;
}

void intents_release(struct turn *turn, str task)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++) {
		struct intent *intent = &family->intents[i];
		if (str_eq(intent->task, task))
			intent->not_before = turn->now;
	}
}

static bool is_waited_for(const struct family *family, str task)
{
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].task, task))
			return true;
	}
	return false;
}

static void end_wait(struct turn *turn, const struct case_file *file, struct task *task)
{
	if (task->done || !str_starts(task->id, S("t.speak.")) ||
	    is_waited_for(turn->family, task->id))
		return;
	task->done = true;
	task->outcome = S("needless");
	entry_add(turn, "task", task->id, file->id,
		  S("Nobody need speak to the family first: the notice does not leave"), STR_EMPTY);
}

void intents_end_waits(struct turn *turn)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_tasks; k++)
			end_wait(turn, file, &file->tasks[k]);
	}
}

void intents_outdated(struct turn *turn, const struct promise *promise)
{
	drop_intents(turn, promise->case_id, promise->word, promise->id);
	close_needless(turn, promise->case_id, promise->word, promise->id,
		       "what it is about has ended, or has a new date");
}
