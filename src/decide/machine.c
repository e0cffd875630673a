/* The states of duties and actions.
 *
 *   scheduled -> warned -> due -> breached <-> acknowledged
 *
 * and from any of them to met, excused or cancelled. A breach is a fact: breached_on, once set, is
 * never taken back, whatever follows. */
#include "decide/inner.h"

/* An empty field is a step that there is not. */
#define TO(state) (DUTY_##state + 1)

#define ENDS                                                                                       \
	[HAPPENS_MET] = TO(MET), [HAPPENS_EXCUSED] = TO(EXCUSED),                                  \
	[HAPPENS_CANCELLED] = TO(CANCELLED), [HAPPENS_MOVED] = TO(SCHEDULED)

static const int steps[DUTY_STATE_COUNT][HAPPENING_COUNT] = {
	[DUTY_SCHEDULED] = {
		[HAPPENS_WARNING] = TO(WARNED),
		[HAPPENS_DUE] = TO(DUE),
		[HAPPENS_LATE] = TO(BREACHED),
		ENDS,
	},
	[DUTY_WARNED] = {
		[HAPPENS_WARNING] = TO(WARNED),
		[HAPPENS_DUE] = TO(DUE),
		[HAPPENS_LATE] = TO(BREACHED),
		ENDS,
	},
	[DUTY_DUE] = {
		[HAPPENS_LATE] = TO(BREACHED),
		ENDS,
	},
	[DUTY_BREACHED] = {
		[HAPPENS_ANSWERED] = TO(ACKNOWLEDGED),
		ENDS,
	},
	[DUTY_ACKNOWLEDGED] = {
		[HAPPENS_ANSWERED] = TO(ACKNOWLEDGED),
		[HAPPENS_LAPSED] = TO(BREACHED),
		ENDS,
	},
	[DUTY_MET] = { [HAPPENS_REOPENED] = TO(SCHEDULED), [HAPPENS_NEVER] = TO(CANCELLED) },
	/* Only where what ended it, or began it, never happened (correct.c). */
	[DUTY_EXCUSED] = { [HAPPENS_UNDONE] = TO(SCHEDULED), [HAPPENS_NEVER] = TO(CANCELLED) },
	[DUTY_CANCELLED] = { [HAPPENS_UNDONE] = TO(SCHEDULED), [HAPPENS_NEVER] = TO(CANCELLED) },
};

/* --- the two as one ------------------------------------------------------------------------------ */

/* A climb goes on by the ladder that it began with. */
static void take_ladder(struct promise *promise, const struct ladder *today)
{
	const struct ladder *begun = promise->chase->ladder;
	promise->ladder = begun != NULL ? begun : today;
	promise->ladder_today = today;
}

/* What the rule says today; whose it is, and when, the duty keeps itself. */
static void take_rule(const struct turn *turn, const struct duty_rule *rule,
		      struct promise *promise)
{
	promise->by_family = rule->by_family;
	promise->calendar = turn_calendar(turn, rule->calendar);
	take_ladder(promise, policy_ladder(turn->policy, rule->ladder));
	promise->warnings = rule->warnings;
	promise->n_warnings = rule->n_warnings;
	promise->on_warned = rule->on_warned;
	promise->n_on_warned = rule->n_on_warned;
	promise->on_due = rule->on_due;
	promise->n_on_due = rule->n_on_due;
	promise->on_breached = rule->on_breached;
	promise->n_on_breached = rule->n_on_breached;
	promise->on_lapsed = rule->on_lapsed;
	promise->n_on_lapsed = rule->n_on_lapsed;
	promise->on_foreseen = rule->on_foreseen;
	promise->n_on_foreseen = rule->n_on_foreseen;
}

struct promise promise_of_duty(const struct turn *turn, const struct case_file *file,
			       struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	struct promise promise = {
		.case_id = file->id,
		.service = file->service,
		.id = duty->id,
		.word = duty->rule,
		.from = duty->from,
		.due = duty->due,
		.ends = duty->ends,
		.chase = &duty->chase,
		.state = &duty->state,
		.warned = &duty->warned,
		.breached_on = &duty->breached_on,
		.ended_on = &duty->ended_on,
		.ended_by = &duty->ended_by,
		.acknowledged_until = &duty->acknowledged_until,
		.acknowledged_by = &duty->acknowledged_by,
		.awaited = duty->awaited,
		.contact = duty->contact,
		.calendar = turn->policy->calendar,
		.rule = str_fmt(turn->arena, "%.*s/%.*s", STR_ARG(file->pathway),
				STR_ARG(duty->rule)),
	};
	if (rule != NULL)
		take_rule(turn, rule, &promise);
	if (instant_is_never(promise.ends))
		promise.ends = calendar_day_start(promise.calendar, date_add(promise.due, 1));
	return promise;
}

struct promise promise_of_action(const struct turn *turn, const struct case_file *file,
				 struct action *action)
{
	const struct action_rule *rule = &turn->policy->actions;
	const struct calendar *calendar = turn_calendar(turn, rule->calendar);
	struct promise promise = {
		.is_action = true,
		.case_id = file->id,
		.service = action->service,
		.id = action->id,
		.word = action->id,
		.from = action->agreed_on,
		.due = action->due,
		.state = &action->state,
		.warned = &action->warned,
		.breached_on = &action->breached_on,
		.ended_on = &action->ended_on,
		.ended_by = &action->ended_by,
		.acknowledged_until = &action->acknowledged_until,
		.acknowledged_by = &action->acknowledged_by,
		.ends = calendar_day_start(calendar, date_add(action->due, 1)),
		.chase = &action->chase,
		.contacts = action->agreed_with,
		.n_contacts = action->n_agreed_with,
		.calendar = calendar,
		.warnings = rule->warnings,
		.n_warnings = rule->n_warnings,
		.on_warned = rule->on_warned,
		.n_on_warned = rule->n_on_warned,
		.on_due = rule->on_due,
		.n_on_due = rule->n_on_due,
		.on_breached = rule->on_breached,
		.n_on_breached = rule->n_on_breached,
		.on_lapsed = rule->on_lapsed,
		.n_on_lapsed = rule->n_on_lapsed,
		.on_foreseen = rule->on_foreseen,
		.n_on_foreseen = rule->n_on_foreseen,
		.rule = S("standards/actions"),
	};
	take_ladder(&promise, policy_ladder(turn->policy, rule->ladder));
	return promise;
}

struct promise promise_of_task(const struct turn *turn, const struct case_file *file,
			       struct task *task)
{
	struct promise promise = {
		.is_task = true,
		.case_id = file->id,
		.service = file->service,
		.id = task->id,
		.word = task->id,
		.due = task->due,
		.chase = &task->chase,
		.calendar = turn->policy->calendar,
		.rule = S("standards/task.overdue"),
	};
	take_ladder(&promise, policy_ladder(turn->policy, turn->policy->task_ladder));
	return promise;
}

/* A warning whose day is not after the first day would warn of what has just been said. */
static bool is_warning_begun(const struct promise *promise, size_t i, date today)
{
	date day = reckon_before(promise->calendar, promise->due, promise->warnings[i]);
	return !date_before(today, day) || !date_before(promise->from, day);
}

size_t promise_warnings_begun(const struct promise *promise, date today)
{
	size_t n = 0;
	while (n < promise->n_warnings && is_warning_begun(promise, n, today))
		n++;
	return n;
}

/* --- the one step -------------------------------------------------------------------------------- */

static const char *const words[HAPPENING_COUNT] = {
	[HAPPENS_WARNING] = "comes near",
	[HAPPENS_DUE] = "is due today",
	[HAPPENS_LATE] = "is late",
	[HAPPENS_ANSWERED] = "is late, and somebody answers for it",
	[HAPPENS_LAPSED] = "is late, and nobody answers for it any more",
	[HAPPENS_MET] = "is done",
	[HAPPENS_EXCUSED] = "is excused",
	[HAPPENS_CANCELLED] = "has fallen away",
	[HAPPENS_REOPENED] = "is open again",
	[HAPPENS_UNDONE] = "is open again: what ended it never happened",
	[HAPPENS_MOVED] = "has a new date",
	[HAPPENS_NEVER] = "is none: what began it never happened",
};

static str print_step(struct turn *turn, const struct promise *promise, enum happening happening)
{
	bool was_late = happening == HAPPENS_MET && date_is(*promise->breached_on);
	return str_fmt(turn->arena, "%s %.*s %s%s (due %.*s)",
		       promise->is_action ? "Action" : "Duty", STR_ARG(promise->id),
		       words[happening], was_late ? ", late" : "",
		       STR_ARG(date_words(turn->arena, promise->due)));
}

/* What the promise ledger is counted from (candourctl report). `before`: empty where it begins. */
static str print_detail(struct turn *turn, const struct promise *promise, str before, date on)
{
	struct buf buf = buf_of(turn->arena, 2048);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, promise->is_action ? "action" : "duty", promise->id);
	if (before.n > 0)
		json_add_text(&w, "from", before);
	json_add_text(&w, "to", duty_state_name(*promise->state));
	json_add_text(&w, "on", date_print(turn->arena, on));
	json_add_text(&w, "began", date_print(turn->arena, promise->from));
	json_add_text(&w, "due", date_print(turn->arena, promise->due));
	if (date_is(*promise->breached_on))
		json_add_text(&w, "breached_on", date_print(turn->arena, *promise->breached_on));
	json_add_text(&w, "rule", promise->rule);
	json_add_text(&w, "service", promise->service);
	if (promise->by_family)
		json_add_bool(&w, "by_family", true);
	json_add_text(&w, "policy", turn->policy->version);
	json_close(&w);
	return buf_str(&buf);
}

/* "duty.met", "action.late" */
static str name_fact(struct turn *turn, const struct promise *promise)
{
	if (promise->is_action && *promise->state == DUTY_MET)
		return S("action.completed");
	if (promise->is_action && *promise->state == DUTY_BREACHED)
		return S("action.late");
	return str_fmt(turn->arena, "%s.%.*s", promise->is_action ? "action" : "duty",
		       STR_ARG(duty_state_name(*promise->state)));
}

static bool is_end(enum happening happening)
{
	return happening == HAPPENS_MET || happening == HAPPENS_EXCUSED ||
	       happening == HAPPENS_CANCELLED || happening == HAPPENS_NEVER;
}

str promise_begun(struct turn *turn, const struct promise *promise, str text)
{
	str detail = print_detail(turn, promise, STR_EMPTY, turn->event->on);
	entry_add(turn, promise->is_action ? "action" : "duty", promise->id, promise->case_id, text,
		  detail);
	return detail;
}

bool promise_may(const struct promise *promise, enum happening happening)
{
	return steps[*promise->state][happening] != 0;
}

/* The first day on which it is late. */
static date find_late_day(const struct promise *promise)
{
	return calendar_date(promise->calendar, promise->ends);
}

/* Done too late, though the day may be the last one: it had an hour. */
static bool is_done_late(const struct turn *turn, const struct promise *promise, date on)
{
	const struct event *event = turn->event;
	bool is_now = on.day == event->on.day &&
		      on.day == calendar_date(promise->calendar, event->time).day;
	if (on.day == promise->due.day && is_now)
		return !instant_before(event->time, promise->ends);
	return date_before(promise->due, on);
}

/* What was not done by the end of its day was late, also when nobody looked in between. */
static bool is_breach(const struct turn *turn, const struct promise *promise,
		      enum happening happening, date on)
{
	if (promise->by_family || date_is(*promise->breached_on))
		return false;
	return happening == HAPPENS_LATE ||
	       (happening == HAPPENS_MET && is_done_late(turn, promise, on));
}

/* A new date is a new promise, and nobody has been told anything yet; what is open again goes on from
 * the rung on which it stood. */
static void rearm(struct turn *turn, struct promise *promise, enum happening happening)
{
	if (is_end(happening) || happening == HAPPENS_MOVED)
		desk_over(turn, promise);
	if (happening == HAPPENS_MOVED)
		*promise->chase = CHASE_NONE;
	if (!duty_is_running(*promise->state)) {
		promise->chase->next = INSTANT_NEVER;
		/* The climb is over; one that begins anew goes by what holds then. */
		promise->chase->ladder = NULL;
	}
}

void promise_note_late(struct turn *turn, struct promise *promise, date on)
{
	if (!promise->by_family && !date_is(*promise->breached_on) &&
	    is_done_late(turn, promise, on))
		promise_move(turn, promise, HAPPENS_LATE, on);
}

bool promise_move(struct turn *turn, struct promise *promise, enum happening happening, date on)
{
	if (!promise_may(promise, happening))
		return false;
	if (happening == HAPPENS_EXCUSED || happening == HAPPENS_CANCELLED)
		promise_note_late(turn, promise, on);
	enum duty_state before = *promise->state;
	if (is_breach(turn, promise, happening, on))
		*promise->breached_on = find_late_day(promise);
	*promise->state = (enum duty_state)(steps[before][happening] - 1);
	*promise->ended_on = is_end(happening) ? on : DATE_NONE;
	/* What never began is open again by nothing that is taken back. */
	bool may_open = is_end(happening) && happening != HAPPENS_NEVER;
	*promise->ended_by = may_open ? turn->event->id : STR_EMPTY;
	rearm(turn, promise, happening);
	str detail = print_detail(turn, promise, duty_state_name(before), on);
	entry_add(turn, promise->is_action ? "action" : "duty", promise->id, promise->case_id,
		  print_step(turn, promise, happening), detail);
	fact_add(turn, name_fact(turn, promise), promise->case_id, detail);
	if (is_end(happening) || happening == HAPPENS_MOVED)
		intents_outdated(turn, promise);
	return true;
}
