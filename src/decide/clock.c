/* Everything whose time has come. After an outage several steps are overdue at once; then only the
 * latest truth is said: nobody hears that a date comes near when it is over. */
#include "decide/inner.h"

/* --- duties and actions -------------------------------------------------------------------------- */

void say_of(struct turn *turn, struct case_file *file, const struct promise *promise,
	    struct step step, const struct saying *sayings, size_t n)
{
	str due = date_print(turn->arena, promise->due);
	struct occasion occasion = {
		.file = file,
		/* The date belongs to the name: what got a new date may come near, and late, again. */
		.id = str_fmt(turn->arena, "%.*s/%.*s/%s/%.*s", STR_ARG(file->id),
			      STR_ARG(promise->id), step.name, STR_ARG(due)),
		.rule = str_fmt(turn->arena, "%.*s/%s", STR_ARG(promise->rule), step.name),
		.about = promise->id,
		.contacts = promise->contacts,
		.n_contacts = promise->n_contacts,
		.facts = step.facts,
	};
	if (promise->contact.n > 0) {
		occasion.contacts = TAKE(turn->arena, str, 1);
		occasion.contacts[0] = promise->contact;
		occasion.n_contacts = 1;
	}
	say(turn, &occasion, sayings, n);
}

void say_step(struct turn *turn, struct case_file *file, const struct promise *promise,
	      const char *step, const struct saying *sayings, size_t n)
{
	say_of(turn, file, promise, (struct step){ step, STR_EMPTY }, sayings, n);
}

static void tell_late(struct turn *turn, struct case_file *file, struct promise *promise)
{
	promise->chase->hushed = false;
	promise->chase->said = true;
	say_step(turn, file, promise, "breached", promise->on_breached, promise->n_on_breached);
}

static void chase(struct turn *turn, struct case_file *file, struct promise *promise)
{
	if (promise->chase->rung > 0)
		ladder_resume(turn, file, promise);
	else
		ladder_start(turn, file, promise);
}

/* The family has just said so themselves, and is told that we heard it: that says it all. */
static bool is_disputed_now(const struct turn *turn, const struct promise *promise)
{
	const struct event *event = turn->event;
	return promise->is_action && event->kind == KIND_ACTION_DISPUTED &&
	       str_eq(json_text(event->data, "action"), promise->id);
}

static void become_late(struct turn *turn, struct case_file *file, struct promise *promise)
{
	if (promise->by_family) {
		/* The family's own time limit is over: that is theirs to know, and no breach of
		 * ours. */
		promise_move(turn, promise, HAPPENS_CANCELLED, promise->due);
		return;
	}
	/* What was met late and is open again may have had its alarm; a new date is a new promise. Older
	 * records know only that a rung was told, and so was the family before it. */
	bool is_said = promise->chase->said || promise->chase->rung > 0;
	promise_move(turn, promise, HAPPENS_LATE, turn->today);
	/* It is decided, and leaves now, after an outage for instance: the notice says it all, unless it
	 * has still not reached them tomorrow. */
	promise->chase->hushed = !is_said && duty_is_decided(turn, promise->id);
	if (promise->chase->hushed) {
		promise->chase->next = instant_add(turn->now, SPAN_DAYS(1));
		return;
	}
	if (!is_said && !is_disputed_now(turn, promise))
		tell_late(turn, file, promise);
	chase(turn, file, promise);
}

/* Where there is no ladder, those who were told of the breach are told again. */
static void tell_staff_again(struct turn *turn, struct case_file *file,
			     const struct promise *promise)
{
	str until = date_print(turn->arena, *promise->acknowledged_until);
	for (size_t i = 0; i < promise->n_on_breached; i++) {
		if (!audience_is_staff(promise->on_breached[i].audience))
			continue;
		str step = str_fmt(turn->arena, "lapsed-%.*s-%zu", STR_ARG(until), i);
		say_step(turn, file, promise, str_z(turn->arena, step), &promise->on_breached[i],
			 1);
	}
}

/* The family was told another date, and it is over too: they hear that first from us. */
static void break_word(struct turn *turn, struct case_file *file, struct promise *promise,
		       date until)
{
	str step = str_fmt(turn->arena, "lapsed-%.*s", STR_ARG(date_print(turn->arena, until)));
	str facts = str_fmt(turn->arena, "{\"was\":{\"date\":\"%.*s\"}}",
			    STR_ARG(date_print(turn->arena, until)));
	promise->chase->expected = DATE_NONE;
	say_of(turn, file, promise, (struct step){ str_z(turn->arena, step), facts },
	       promise->on_lapsed, promise->n_on_lapsed);
}

/* Somebody said they would answer for it until a day, and the day is over: whoever stood on the rung
 * hears it again. */
static void lapse(struct turn *turn, struct case_file *file, struct promise *promise)
{
	promise_move(turn, promise, HAPPENS_LAPSED, turn->today);
	break_word(turn, file, promise, *promise->acknowledged_until);
	if (promise->ladder != NULL)
		ladder_resume(turn, file, promise);
	else
		tell_staff_again(turn, file, promise);
}

static void stay_late(struct turn *turn, struct case_file *file, struct promise *promise)
{
	date expected = promise->chase->expected;
	if (date_is(expected) && date_before(expected, turn->today))
		break_word(turn, file, promise, expected);
	if (!promise->chase->hushed) {
		ladder_climb(turn, file, promise);
	} else if (!instant_before(turn->now, promise->chase->next)) {
		ladder_rest(promise);
		tell_late(turn, file, promise);
		chase(turn, file, promise);
	}
}

static void come_near(struct turn *turn, struct case_file *file, struct promise *promise,
		      date today)
{
	/* A warning whose day lay before the first day is none. */
	size_t at_start = promise_warnings_begun(promise, promise->from);
	size_t begun = promise_warnings_begun(promise, today);
	bool is_news = begun > at_start && begun > *promise->warned;
	if (begun > *promise->warned)
		*promise->warned = begun;
	/* What was open again has had its warnings: it only takes its place. */
	if (is_news || (begun > at_start && *promise->state == DUTY_SCHEDULED))
		promise_move(turn, promise, HAPPENS_WARNING, today);
	/* While the notice is on its way there is nothing left to do for the owner. */
	if (is_news && promise->awaited == 0)
		say_step(turn, file, promise,
			 str_z(turn->arena, str_fmt(turn->arena, "warned-%zu", begun)),
			 promise->on_warned, promise->n_on_warned);
}

static void look_at_promise(struct turn *turn, struct case_file *file, struct promise *promise)
{
	if (!duty_is_running(*promise->state))
		return;
	date today = calendar_date(promise->calendar, turn->now);
	if (*promise->state == DUTY_BREACHED) {
		stay_late(turn, file, promise);
	} else if (*promise->state == DUTY_ACKNOWLEDGED) {
		if (date_before(*promise->acknowledged_until, today))
			lapse(turn, file, promise);
	} else if (!instant_before(turn->now, promise->ends)) {
		become_late(turn, file, promise);
	} else if (promise->due.day == today.day) {
		*promise->warned = promise->n_warnings;
		if (promise_move(turn, promise, HAPPENS_DUE, today) && promise->awaited == 0)
			say_step(turn, file, promise, "due", promise->on_due, promise->n_on_due);
	} else {
		come_near(turn, file, promise, today);
	}
}

instant promise_next(const struct promise *promise, instant now)
{
	const struct calendar *calendar = promise->calendar;
	const struct chase *chase = promise->chase;
	if (!duty_is_running(*promise->state))
		return INSTANT_NEVER;
	if (*promise->state == DUTY_BREACHED)
		return date_is(chase->expected)
			       ? instant_min(
					 chase->next,
					 calendar_day_start(calendar, date_add(chase->expected, 1)))
			       : chase->next;
	if (*promise->state == DUTY_ACKNOWLEDGED)
		return calendar_day_start(calendar, date_add(*promise->acknowledged_until, 1));
	if (*promise->state == DUTY_DUE)
		return promise->ends;
	date today = calendar_date(calendar, now);
	date next = promise->due;
	size_t begun = promise_warnings_begun(promise, today);
	if (begun < promise->n_warnings)
		next = reckon_before(calendar, promise->due, promise->warnings[begun]);
	return calendar_day_start(calendar, next);
}

/* --- tasks and holds ----------------------------------------------------------------------------- */

static void tell_task_late(struct turn *turn, struct case_file *file, const struct task *task)
{
	entry_add(turn, "task", task->id, file->id,
		  str_fmt(turn->arena, "Task %.*s is late", STR_ARG(task->id)), STR_EMPTY);
	fact_add(turn, S("task.late"), file->id,
		 str_fmt(turn->arena, "{\"task\":\"%.*s\"}", STR_ARG(task->id)));
	const struct event_rule *rule = policy_standard(turn->policy, S("task.overdue"));
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/%.*s/overdue", STR_ARG(file->id),
			      STR_ARG(task->id)),
		.rule = S("standards/task.overdue"),
		.about = task->id,
	};
	if (rule != NULL)
		say(turn, &occasion, rule->says, rule->n_says);
}

/* What only a person can do is never forgotten: a family that waits for an answer, for instance, hears
 * nothing else meanwhile. */
static void chase_task(struct turn *turn, struct case_file *file, struct task *task)
{
	if (task->done || !date_before(task->due, turn->today))
		return;
	struct promise promise = promise_of_task(turn, file, task);
	if (task->chased) {
		ladder_climb(turn, file, &promise);
		return;
	}
	task->chased = true;
	str id = task->id;
	tell_task_late(turn, file, task);
	/* To say it may have opened another one, and moved them all. */
	promise = promise_of_task(turn, file, case_task(file, id));
	ladder_start(turn, file, &promise);
}

static instant day_after(const struct turn *turn, date day)
{
	return date_is(day) ? calendar_day_start(turn->policy->calendar, date_add(day, 1))
			    : INSTANT_NEVER;
}

instant task_next(const struct turn *turn, const struct task *task)
{
	if (task->done)
		return INSTANT_NEVER;
	return task->chased ? task->chase.next : day_after(turn, task->due);
}

static void end_hold(struct turn *turn, struct case_file *file, struct hold *hold)
{
	if (hold->ended || !date_before(hold->until, turn->today))
		return;
	hold->ended = true;
	entry_add(turn, "note", turn->event->id, file->id, S("A hold has come to its end"),
		  STR_EMPTY);
	task_for_owner(turn, file->id, "hold", STR_EMPTY,
		       S("A hold has come to its end: say what happens now"));
}

/* --- the family ---------------------------------------------------------------------------------- */

/* Its duty waits for what the service sends itself. */
static bool is_half_sent(const struct family *family, const struct open_message *open)
{
	return duty_waits_for(family, open) && enclosures_awaited(family, open);
}

/* Bounces come within weeks; after that a message is history, and evidence has it. */
static void forget_accepted(struct turn *turn)
{
	struct family *family = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_open; i++) {
		date on = family->open[i].accepted_on;
		if (!date_is(on) || !date_before(date_add(on, ACCEPTED_KEPT_DAYS), turn->today) ||
		    is_half_sent(family, &family->open[i]))
			family->open[kept++] = family->open[i];
	}
	family->n_open = kept;
}

void clock_forget(struct turn *turn)
{
	forget_accepted(turn);
	doubts_forget(turn);
}

static void look_at_case(struct turn *turn, size_t at)
{
	/* The array of cases stays put here; those of tasks may grow while we look. */
	struct case_file *file = &turn->family->cases[at];
	for (size_t i = 0; i < file->n_holds; i++)
		end_hold(turn, file, &file->holds[i]);
	for (size_t i = 0; i < file->n_tasks; i++)
		chase_task(turn, file, &file->tasks[i]);
	for (size_t i = 0; i < file->n_duties; i++) {
		struct promise promise = promise_of_duty(turn, file, &file->duties[i]);
		look_at_promise(turn, file, &promise);
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		struct promise promise = promise_of_action(turn, file, &file->actions[i]);
		look_at_promise(turn, file, &promise);
	}
	keep_look(turn, file);
}

void clock_look(struct turn *turn)
{
	struct family *family = turn->family;
	people_look(turn);
	post_look_waiting(turn);
	post_look(turn, true);
	for (size_t i = 0; i < family->n_cases; i++)
		look_at_case(turn, i);
	post_look(turn, false);
	clock_forget(turn);
}

/* --- when next ----------------------------------------------------------------------------------- */

static instant next_of_case(struct turn *turn, const struct case_file *file)
{
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < file->n_holds; i++) {
		if (!file->holds[i].ended)
			next = instant_min(next, day_after(turn, file->holds[i].until));
	}
	next = instant_min(next, keep_next(turn, file));
	for (size_t i = 0; i < file->n_tasks; i++)
		next = instant_min(next, task_next(turn, &file->tasks[i]));
	for (size_t i = 0; i < file->n_duties; i++) {
		struct promise promise = promise_of_duty(turn, file, &file->duties[i]);
		next = instant_min(next, promise_next(&promise, turn->now));
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		struct promise promise = promise_of_action(turn, file, &file->actions[i]);
		next = instant_min(next, promise_next(&promise, turn->now));
	}
	return next;
}

instant clock_next_look(struct turn *turn)
{
	const struct family *family = turn->family;
	instant next = instant_min(people_next_look(turn), post_next_look(turn));
	for (size_t i = 0; i < family->n_cases; i++)
		next = instant_min(next, next_of_case(turn, &family->cases[i]));
	for (size_t i = 0; i < family->n_intents; i++)
		next = instant_min(next, family->intents[i].not_before);
	return next;
}
