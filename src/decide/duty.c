/* One standard at work in one case: it begins under the rule of that day, and its date can be reckoned
 * anew from what it was reckoned from: the rule, the calendar, and the day on which it began. */
#include "decide/inner.h"

/* A hold longer than this is cut off here: it comes to its end before that, or is none. */
#define HOLD_DAYS_MAX 730

/* --- rules --------------------------------------------------------------------------------------- */

static bool is_same_version(const struct duty_rule *rule, const struct duty *duty)
{
	return str_eq(rule->id, duty->rule) && rule->valid_from.day == duty->rule_from.day;
}

/* Of the pathway, or one that any case may have. */
static const struct duty_rule *rule_in_force(const struct turn *turn, const struct case_file *file,
					     str id, date on)
{
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	const struct duty_rule *rule = pathway != NULL ? pathway_duty(pathway, id, on) : NULL;
	return rule != NULL ? rule : policy_common(turn->policy, id, on);
}

const struct duty_rule *duty_rule_of(const struct turn *turn, const struct case_file *file,
				     const struct duty *duty)
{
	const struct policy *policy = turn->policy;
	const struct pathway *pathway = policy_pathway(policy, file->pathway);
	for (size_t i = 0; pathway != NULL && i < pathway->n_duties; i++) {
		if (is_same_version(&pathway->duties[i], duty))
			return &pathway->duties[i];
	}
	for (size_t i = 0; i < policy->n_common; i++) {
		if (is_same_version(&policy->common[i], duty))
			return &policy->common[i];
	}
	return rule_in_force(turn, file, duty->rule, duty->from);
}

struct duty *duty_find(const struct case_file *file, str id_or_rule)
{
	struct duty *found = case_duty(file, id_or_rule);
	for (size_t i = file->n_duties; found == NULL && i > 0; i--) {
		if (str_eq(file->duties[i - 1].rule, id_or_rule))
			found = &file->duties[i - 1];
	}
	return found;
}

str duty_latest_id(const struct case_file *file, str rule)
{
	const struct duty *duty = rule.n > 0 ? duty_find(file, rule) : NULL;
	return duty != NULL ? duty->id : STR_EMPTY;
}

/* --- time that does not count -------------------------------------------------------------------- */

static bool is_held_on(const struct case_file *file, date day)
{
	for (size_t i = 0; i < file->n_holds; i++) {
		const struct hold *hold = &file->holds[i];
		if (!date_before(day, hold->from) && !date_before(hold->until, day))
			return true;
	}
	return false;
}

static size_t count_held(const struct case_file *file, date *out_first)
{
	date first = DATE_NONE, last = DATE_NONE;
	for (size_t i = 0; i < file->n_holds; i++) {
		const struct hold *hold = &file->holds[i];
		if (!date_is(first) || date_before(hold->from, first))
			first = hold->from;
		if (date_before(last, hold->until))
			last = hold->until;
	}
	*out_first = first;
	if (!date_is(first) || date_before(last, first))
		return 0;
	size_t n = (size_t)(last.day - first.day) + 1;
	return n < HOLD_DAYS_MAX ? n : HOLD_DAYS_MAX;
}

static void add_cut(struct calendar *calendar, const struct calendar *from, date day, size_t *at)
{
	while (*at < from->n_holidays && date_before(from->holidays[*at].day, day))
		calendar->holidays[calendar->n_holidays++] = from->holidays[(*at)++];
	if (*at < from->n_holidays && from->holidays[*at].day.day == day.day)
		return;
	calendar->holidays[calendar->n_holidays++] = (struct holiday){ day, S("on hold") };
}

/* The calendar with the case's holds cut out of it, from its history: nothing is added up anywhere. A
 * hold on a day that nobody works moves nothing. */
static const struct calendar *cut_holds(struct turn *turn, const struct case_file *file,
					const struct calendar *from)
{
	date first;
	size_t n = count_held(file, &first), at = 0;
	if (n == 0)
		return from;
	struct calendar *cut = TAKE(turn->arena, struct calendar, 1);
	*cut = *from;
	cut->holidays = TAKE(turn->arena, struct holiday, from->n_holidays + n);
	cut->n_holidays = 0;
	for (size_t i = 0; i < n; i++) {
		date day = date_add(first, (int32_t)i);
		if (is_held_on(file, day))
			add_cut(cut, from, day, &at);
	}
	while (at < from->n_holidays)
		cut->holidays[cut->n_holidays++] = from->holidays[at++];
	return cut;
}

static const struct calendar *calendar_of(struct turn *turn, const struct case_file *file,
					  const struct duty_rule *rule)
{
	const struct calendar *calendar = turn_calendar(turn, rule->calendar);
	return rule->pausable ? cut_holds(turn, file, calendar) : calendar;
}

/* --- beginning ----------------------------------------------------------------------------------- */

static size_t count_under(const struct case_file *file, str rule)
{
	size_t n = 0;
	for (size_t i = 0; i < file->n_duties; i++)
		n += str_eq(file->duties[i].rule, rule) ? 1 : 0;
	return n;
}

static void note_start(struct turn *turn, const struct case_file *file, struct duty *duty,
		       bool past_horizon)
{
	struct promise promise = promise_of_duty(turn, file, duty);
	str detail = promise_begun(turn, &promise,
				   str_fmt(turn->arena, "Duty %.*s begins: %.*s", STR_ARG(duty->id),
					   STR_ARG(duty->explained)));
	fact_add(turn, S("duty.scheduled"), file->id, detail);
	if (!past_horizon)
		return;
	entry_add(turn, "note", duty->id, file->id,
		  S("The date lies behind the last holiday that the calendar knows: it may move"),
		  STR_EMPTY);
	fact_add(turn, S("calendar.horizon"), file->id, detail);
}

/* Only where the date would lie behind the year 9999: a person has to say what is right. */
static void note_no_date(struct turn *turn, struct case_file *file, const struct duty_rule *rule,
			 const struct reckoning *due)
{
	task_for_owner(turn, file->id, "no-date", STR_EMPTY,
		       str_fmt(turn->arena, "There is no date for %.*s: %s", STR_ARG(rule->id),
			       reckon_no_text(due->no)));
}

/* What a service reports is refused then; what a family says is not. */
static void note_no_room(struct turn *turn, const struct case_file *file,
			 const struct duty_rule *rule)
{
	task_for_owner(
		turn, file->id, "no-room", STR_EMPTY,
		str_fmt(turn->arena,
			"This case has no room for another date: keep that of %.*s yourself, "
			"and report what comes in a new case",
			STR_ARG(rule->id)));
}

static str next_id(struct turn *turn, const struct case_file *file, str rule_id)
{
	size_t before = count_under(file, rule_id);
	if (before == 0)
		return str_fmt(turn->arena, "%.*s.%.*s", STR_ARG(file->id), STR_ARG(rule_id));
	return str_fmt(turn->arena, "%.*s.%.*s.%zu", STR_ARG(file->id), STR_ARG(rule_id),
		       before + 1);
}

/* A limit that ends with its day needs no instant. */
static void take_date(struct duty *duty, const struct calendar *calendar,
		      const struct reckoning *due)
{
	instant day_end = calendar_day_start(calendar, date_add(due->day, 1));
	duty->due = due->day;
	duty->ends = due->ends.ms == day_end.ms ? INSTANT_NEVER : due->ends;
	duty->explained = due->explained;
}

/* The reason, as a person would have given it. */
static str foreseen_facts(struct turn *turn, const struct duty_rule *rule)
{
	struct buf buf = buf_of(turn->arena, 4096);
	struct json_writer w = { .buf = &buf };
	if (rule->foreseen_because.n == 0)
		return STR_EMPTY;
	json_open(&w);
	json_add_text(&w, "reason", rule->foreseen_because);
	json_close(&w);
	return buf_str(&buf);
}

/* It can be foreseen that the date will be missed when what must have come by then has not. */
static void foresee(struct turn *turn, struct case_file *file, struct duty *duty,
		    const struct duty_rule *rule)
{
	struct promise promise = promise_of_duty(turn, file, duty);
	if (rule->foreseen_before.n == 0)
		return;
	date day = reckon_before(promise.calendar, duty->due, rule->foreseen_before);
	str due = date_print(turn->arena, duty->due);
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/%.*s/foreseen/%.*s", STR_ARG(file->id),
			      STR_ARG(duty->id), STR_ARG(due)),
		.rule = str_fmt(turn->arena, "%.*s/foreseen", STR_ARG(promise.rule)),
		.about = duty->id,
		.not_before = calendar_day_start(promise.calendar, day),
		.unless = rule->foreseen_unless,
		.facts = foreseen_facts(turn, rule),
	};
	say(turn, &occasion, rule->on_foreseen, rule->n_on_foreseen);
}

/* Counted from a day that the event names, or back from there; the field is one that it must have. The
 * duty begins with the event all the same. */
static struct reckoning reckon_from_field(struct turn *turn, const struct duty_rule *rule,
					  const struct calendar *calendar)
{
	const struct json *field = json_get_str(turn->event->data, rule->day_field);
	date day = turn->event->on;
	if (field != NULL && field->type == JSON_TEXT)
		date_parse(field->text, &day);
	if (!rule->before_day)
		return reckon_due(turn->arena, calendar, trigger_of_day(day), rule->due);
	date due = reckon_before(calendar, day, rule->due);
	return (struct reckoning){
		.day = due,
		.at = INSTANT_NEVER,
		.ends = calendar_day_start(calendar, date_add(due, 1)),
		.explained = str_fmt(turn->arena, "%.*s before %.*s: %.*s",
				     STR_ARG(duration_print(turn->arena, rule->due)),
				     STR_ARG(date_words(turn->arena, day)),
				     STR_ARG(date_words(turn->arena, due))),
	};
}

/* NULL: it could not, and a person has it to do. */
static struct duty *begin(struct turn *turn, struct case_file *file, const struct duty_rule *rule,
			  struct trigger from)
{
	const struct calendar *calendar = calendar_of(turn, file, rule);
	struct reckoning due = rule->day_field.n > 0
				       ? reckon_from_field(turn, rule, calendar)
				       : reckon_due(turn->arena, calendar, from, rule->due);
	if (!date_is(due.day)) {
		note_no_date(turn, file, rule, &due);
		return NULL;
	}
	if (file->n_duties == DUTIES_MAX) {
		note_no_room(turn, file, rule);
		return NULL;
	}
	str id = next_id(turn, file, rule->id);
	struct duty *duty = GROW(turn->arena, file->duties, file->n_duties);
	*duty = (struct duty){ .id = id,
			       .rule = rule->id,
			       .rule_from = rule->valid_from,
			       .state = DUTY_SCHEDULED,
			       .started_by = turn->event->id,
			       .contact = json_text(turn->event->data, "contact"),
			       .from = from.day,
			       .since = instant_is_never(due.at) ? INSTANT_NEVER : from.at,
			       .owner = rule->owner,
			       .breached_on = DATE_NONE,
			       .ended_on = DATE_NONE,
			       .acknowledged_until = DATE_NONE,
			       .chase = CHASE_NONE,
			       .traceparent = turn->event->traceparent };
	take_date(duty, calendar, &due);
	note_start(turn, file, duty, due.past_horizon);
	foresee(turn, file, duty, rule);
	return duty;
}

date duty_day_from(struct turn *turn, const struct case_file *file, const struct duty_rule *rule,
		   date from)
{
	const struct calendar *calendar = calendar_of(turn, file, rule);
	return reckon_due(turn->arena, calendar, trigger_of_day(from), rule->due).day;
}

void duty_extend(struct turn *turn, struct case_file *file, struct duty *duty,
		 const struct duty_rule *rule, date from)
{
	const struct duty_rule *own = duty_rule_of(turn, file, duty);
	rule = own != NULL ? own : rule;
	const struct calendar *calendar = calendar_of(turn, file, rule);
	struct reckoning due = reckon_due(turn->arena, calendar, trigger_of_day(from), rule->due);
	if (!date_before(duty->due, due.day))
		return;
	duty->from = from;
	duty->warned = 0;
	take_date(duty, calendar, &due);
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, HAPPENS_MOVED, turn->event->on);
}

/* The latest of a rule; of one that runs for each contact, the latest of theirs. */
static struct duty *find_last(const struct turn *turn, const struct case_file *file,
			      const struct duty_rule *rule, str rule_id)
{
	str contact = json_text(turn->event->data, "contact");
	if (rule == NULL || !rule->per_contact)
		return duty_find(file, rule_id);
	for (size_t i = file->n_duties; i > 0; i--) {
		struct duty *duty = &file->duties[i - 1];
		if (str_eq(duty->rule, rule_id) && str_eq(duty->contact, contact))
			return duty;
	}
	return NULL;
}

void duty_start(struct turn *turn, struct case_file *file, const struct event_rule *event,
		str rule_id)
{
	const struct duty_rule *rule = rule_in_force(turn, file, rule_id, turn->event->on);
	struct duty *last = find_last(turn, file, rule, rule_id);
	bool runs = last != NULL && duty_is_running(last->state);
	if (rule == NULL || rule->due.n == 0 || (runs && !rule->by_family && !rule->each))
		return;
	/* What this event takes over from the one whose place it takes has begun already; but it is a notice
	 * of its own, with which the family is served again. */
	if (last != NULL && str_eq(last->started_by, turn->event->id) && !rule->by_family)
		return;
	struct trigger from = turn_trigger(turn, calendar_of(turn, file, rule));
	struct own_time *own = NULL;
	size_t n_own = 0;
	if (rule->day_field.n > 0) {
		from = trigger_of_day(turn->event->on);
	} else if (rule->by_family) {
		own = rights_plan(turn, file, event, rule, &n_own);
		from = trigger_of_day(rights_first_day(turn, own, n_own));
	}
	struct duty *duty = runs && !rule->each ? last : begin(turn, file, rule, from);
	for (size_t i = 0; duty != NULL && i < n_own; i++)
		rights_run(turn, file, duty, rule, &own[i]);
}

/* --- the date anew ------------------------------------------------------------------------------- */

static str moved_facts(struct turn *turn, date was)
{
	return str_fmt(turn->arena, "{\"was\":{\"date\":\"%.*s\"}}",
		       STR_ARG(date_print(turn->arena, was)));
}

/* A breach is a fact, which no other calendar takes back: nor one that the clock has yet to find. */
static bool may_be_dated(const struct turn *turn, const struct case_file *file, struct duty *duty)
{
	if (duty->state == DUTY_BREACHED || duty->state == DUTY_ACKNOWLEDGED)
		return false;
	return duty_is_running(duty->state) &&
	       instant_before(turn->event->time, promise_of_duty(turn, file, duty).ends);
}

static void redate(struct turn *turn, struct case_file *file, struct duty *duty, bool is_said)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	/* The day that an event named is not known any more. */
	if (rule == NULL || rule->due.n == 0 || rule->day_field.n > 0 ||
	    !may_be_dated(turn, file, duty))
		return;
	const struct calendar *calendar = calendar_of(turn, file, rule);
	struct trigger from = trigger_of_day(duty->from);
	from.at = duty->since;
	struct reckoning due = reckon_due(turn->arena, calendar, from, rule->due);
	struct duty before = *duty;
	if (!date_is(due.day))
		return;
	take_date(duty, calendar, &due);
	if (before.due.day == duty->due.day && before.ends.ms == duty->ends.ms)
		return;
	duty->warned = 0;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, HAPPENS_MOVED, turn->event->on);
	foresee(turn, file, duty, rule);
	if (before.told && is_said)
		say_of(turn, file, &promise,
		       (struct step){ "moved", moved_facts(turn, before.due) }, rule->on_moved,
		       rule->n_on_moved);
}

void duties_redate(struct turn *turn, struct case_file *file, bool only_pausable)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty_rule *rule = duty_rule_of(turn, file, &file->duties[i]);
		if (!only_pausable || (rule != NULL && rule->pausable))
			redate(turn, file, &file->duties[i], true);
	}
}

void duty_restart(struct turn *turn, struct case_file *file, struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	duty->started_by = turn->event->id;
	if (rule == NULL || rule->by_family)
		return;
	struct trigger from = turn_trigger(turn, calendar_of(turn, file, rule));
	duty->from = from.day;
	if (!instant_is_never(duty->since))
		duty->since = from.at;
	/* The new event tells them itself. */
	redate(turn, file, duty, false);
}

void rules_changed(struct turn *turn)
{
	for (size_t i = 0; i < turn->family->n_cases; i++)
		duties_redate(turn, &turn->family->cases[i], false);
}

/* --- notices that meet a duty -------------------------------------------------------------------- */

static size_t count_awaited(const struct family *family, str duty_id, date today)
{
	size_t n = 0;
	for (size_t i = 0; i < family->n_intents; i++)
		n += str_eq(family->intents[i].meets, duty_id) ? 1 : 0;
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		n += str_eq(open->meets, duty_id) && !post_is_there(open, today) ? 1 : 0;
	}
	return n;
}

/* It was to leave within this last day. */
static bool is_to_leave(const struct turn *turn, const struct intent *intent)
{
	instant at = intent->not_before;
	return !instant_before(turn->now, at) &&
	       instant_before(turn->now, instant_add(at, SPAN_DAYS(1)));
}

/* A notice that meets it has been addressed, and has not left yet. */
static bool is_leaving(const struct turn *turn, const struct open_message *open)
{
	return open->channel != CHANNEL_TASK && !date_is(open->accepted_on) &&
	       is_to_leave(turn, open->intent);
}

bool duty_is_decided(const struct turn *turn, str duty_id)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].meets, duty_id) &&
		    is_to_leave(turn, &family->intents[i]))
			return true;
	}
	for (size_t i = 0; i < family->n_open; i++) {
		if (str_eq(family->open[i].meets, duty_id) && is_leaving(turn, &family->open[i]))
			return true;
	}
	return false;
}

/* That this very date will be missed, whoever saw it. Of what has left only a name is kept, which says so. */
static bool is_foretelling(const struct turn *turn, const struct intent *intent,
			   const struct duty *duty)
{
	str due = str_fmt(turn->arena, "/%.*s/", STR_ARG(date_print(turn->arena, duty->due)));
	bool is_seen = str_find(intent->id, S("/foreseen/")) < intent->id.n ||
		       str_find(intent->id, S("/at-risk-")) < intent->id.n;
	bool is_family = intent->audience == AUDIENCE_FAMILY ||
			 intent->audience == AUDIENCE_CONTACTS;
	str about = str_fmt(turn->arena, "/%.*s/", STR_ARG(duty->id));
	return is_seen && is_family && str_find(intent->id, about) < intent->id.n &&
	       str_find(intent->id, due) < intent->id.n;
}

bool duty_is_foretold(const struct turn *turn, const struct duty *duty)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_intents; i++) {
		const struct intent *intent = &family->intents[i];
		if (is_foretelling(turn, intent, duty) &&
		    !instant_before(turn->now, intent->not_before))
			return true;
	}
	for (size_t i = 0; i < family->n_open; i++) {
		if (is_foretelling(turn, family->open[i].intent, duty))
			return true;
	}
	return false;
}

bool duty_waits_for(const struct family *family, const struct open_message *open)
{
	const struct case_file *file = family_case(family, open->case_id);
	const struct duty *duty = file != NULL ? case_duty(file, open->meets) : NULL;
	return duty != NULL && duty_is_running(duty->state);
}

static bool is_enclosure_awaited(const struct family *family, str duty_id)
{
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (str_eq(open->meets, duty_id) && enclosures_awaited(family, open))
			return true;
	}
	return false;
}

/* On which day the last of them was there; DATE_NONE: none is. */
static date last_there(const struct family *family, str duty_id, date today)
{
	date last = DATE_NONE;
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (str_eq(open->meets, duty_id) && post_is_there(open, today) &&
		    date_before(last, post_there_on(open)))
			last = post_there_on(open);
	}
	return last;
}

/* A duty to notify is met when everyone who must have the notice has it, with all that goes with it, not
 * when somebody decided (SI 2014/1530 reg. 5, 10, 13: "notify", "send"). */
void duty_weigh(struct turn *turn, str case_id, str duty_id, date on)
{
	struct case_file *file = family_case(turn->family, case_id);
	struct duty *duty = file != NULL && duty_id.n > 0 ? case_duty(file, duty_id) : NULL;
	if (duty == NULL)
		return;
	duty->awaited = count_awaited(turn->family, duty_id, turn->today);
	date there = last_there(turn->family, duty_id, turn->today);
	if (duty->awaited > 0 || !date_is(there) || is_enclosure_awaited(turn->family, duty_id))
		return;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, HAPPENS_MET, date_before(on, there) ? there : on);
}

void duty_reopen(struct turn *turn, str case_id, str duty_id)
{
	struct case_file *file = family_case(turn->family, case_id);
	struct duty *duty = file != NULL && duty_id.n > 0 ? case_duty(file, duty_id) : NULL;
	if (duty == NULL)
		return;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, HAPPENS_REOPENED, turn->event->on);
}

/* --- a date that will be missed ------------------------------------------------------------------- */

static bool check_risk(struct turn *turn, const struct promise *promise)
{
	date expected = DATE_NONE;
	if (!duty_is_running(*promise->state) || promise->by_family)
		return refuse(turn, promise->is_action ? "data.action" : "data.duty",
			      "it has ended, or is no duty of ours");
	if (date_parse(json_text(turn->event->data, "expected"), &expected) &&
	    date_before(expected, turn->today))
		return refuse(turn, "data.expected", "data.expected lies in the past");
	promise->chase->expected = expected;
	return true;
}

/* To the family: those at work have said it themselves. */
static void say_at_risk(struct turn *turn, struct case_file *file, const struct promise *promise)
{
	size_t n_fields, n = 0;
	const struct field *fields = kind_fields(turn->event->kind, &n_fields);
	str step = str_fmt(turn->arena, "at-risk-%.*s", STR_ARG(turn->event->id));
	struct saying *sayings = TAKE(turn->arena, struct saying, promise->n_on_foreseen + 1);
	for (size_t i = 0; i < promise->n_on_foreseen; i++) {
		if (promise->on_foreseen[i].audience != AUDIENCE_OWNER)
			sayings[n++] = promise->on_foreseen[i];
	}
	say_of(turn, file, promise,
	       (struct step){ str_z(turn->arena, step), facts_of_event(turn, fields, n_fields) },
	       sayings, n);
}

/* Somebody says that the date will be missed: the family hears it before the date. What could be
 * foreseen by itself is needless then. */
void duty_at_risk(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct promise promise = { 0 };
	if (!promise_named(turn, file, &promise) || !check_risk(turn, &promise))
		return;
	entry_event(turn, file->id,
		    str_fmt(turn->arena, "The date of %.*s will be missed", STR_ARG(promise.id)));
	intents_foreseen(turn, &promise);
	say_at_risk(turn, file, &promise);
	say_standard(turn, file, promise.id);
}

/* --- an exception -------------------------------------------------------------------------------- */

/* No clock is left: so somebody is asked, by the end of that time, to give the family a new date. */
static void ask_for_date(struct turn *turn, struct case_file *file, date to)
{
	str id = str_fmt(turn->arena, "t.excused.%.*s",
			 STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 12)));
	task_open(turn, file->id, id, STR_EMPTY, STR_EMPTY,
		  S("The family has no date for a step that was excused: see that it is done, and "
		    "tell them by when"));
	struct task *task = case_task(file, id);
	if (task != NULL && date_before(task->due, to))
		task->due = to;
}

/* An exception takes one duty away, with a ground; it stops no clock (SI 2014/1530 reg. 5(4),
 * 10(4), 13(3)). */
void duty_excused(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct duty *duty = duty_find(file, json_text(turn->event->data, "duty"));
	if (duty == NULL) {
		refuse(turn, "data.duty", "data.duty names no duty of this case");
		return;
	}
	struct promise promise = promise_of_duty(turn, file, duty);
	if (promise.by_family || !promise_may(&promise, HAPPENS_EXCUSED)) {
		refuse(turn, "data.duty",
		       "data.duty names a duty that has ended, or is none of ours");
		return;
	}
	date from = DATE_NONE, to = DATE_NONE;
	date_parse(json_text(turn->event->data, "from"), &from);
	date_parse(json_text(turn->event->data, "to"), &to);
	if (date_before(to, from)) {
		refuse(turn, "data.to", "data.to lies before data.from");
		return;
	}
	entry_event(turn, file->id,
		    str_fmt(turn->arena, "Exception for duty %.*s", STR_ARG(duty->id)));
	duty->excuse = json_text(turn->event->data, "ground");
	str id = duty->id;
	promise_move(turn, &promise, HAPPENS_EXCUSED, turn->event->on);
	say_standard(turn, file, id);
	ask_for_date(turn, file, to);
}
