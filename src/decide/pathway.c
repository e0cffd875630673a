/* What a pathway's events mean: duties begin, are met or fall away; the family stands somewhere new;
 * something is said. */
#include "decide/inner.h"

/* --- duties -------------------------------------------------------------------------------------- */

static bool is_same_version(const struct duty_rule *rule, const struct duty *duty)
{
	return str_eq(rule->id, duty->rule) && rule->valid_from.day == duty->rule_from.day;
}

const struct duty_rule *duty_rule_of(const struct turn *turn, const struct case_file *file,
				     const struct duty *duty)
{
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	for (size_t i = 0; pathway != NULL && i < pathway->n_duties; i++) {
		if (is_same_version(&pathway->duties[i], duty))
			return &pathway->duties[i];
	}
	return pathway != NULL ? pathway_duty(pathway, duty->rule, duty->from) : NULL;
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

static str latest_id(const struct case_file *file, str rule)
{
	const struct duty *duty = rule.n > 0 ? duty_find(file, rule) : NULL;
	return duty != NULL ? duty->id : STR_EMPTY;
}

/* The last day on which one of the family gets the notice out of our hands. */
static date last_leaving(struct turn *turn, const struct intent *intent)
{
	size_t n;
	const struct recipient *list = people_for(turn, intent, &n);
	date last = turn->today;
	for (size_t i = 0; i < n; i++) {
		struct route route = address_route(turn, intent, &list[i],
						   (struct channel_set){ 0 });
		instant at = hours_not_before(turn, intent, &list[i], route.channel,
					      address_deadline(turn, intent));
		date leaves = calendar_date(turn->policy->calendar, at);
		if (date_before(last, leaves))
			last = leaves;
	}
	return last;
}

/* The family's own time begins when the notice is sent or served, not when somebody decided (SI
 * 2014/1530 reg. 13(1)(a), 33). Nobody's time is shorter than another's: the last one counts. */
static date first_day_of_family(struct turn *turn, const struct case_file *file,
				const struct event_rule *event)
{
	date day = turn->event->on;
	for (size_t i = 0; i < event->n_says; i++) {
		const struct saying *saying = &event->says[i];
		struct intent intent = { .case_id = file->id,
					 .audience = saying->audience,
					 .grade = saying->grade,
					 .adverse = saying->adverse,
					 .meets = latest_id(file, saying->meets) };
		if (saying->audience != AUDIENCE_FAMILY || saying->grade != GRADE_FORMAL)
			continue;
		date leaves = last_leaving(turn, &intent);
		if (date_before(day, leaves))
			day = leaves;
	}
	return day;
}

/* Counted from a day that the event names, or back from there; the field is one that it must have. The
 * duty begins with the event all the same. */
static struct reckoning reckon_from_field(struct turn *turn, const struct duty_rule *rule,
					  const struct calendar *calendar, struct trigger *from)
{
	const struct json *field = json_get_str(turn->event->data, rule->day_field);
	date day = turn->event->on;
	if (field != NULL && field->type == JSON_TEXT)
		date_parse(field->text, &day);
	*from = trigger_of_day(turn->event->on);
	if (!rule->before_day)
		return reckon_due(turn->arena, calendar, trigger_of_day(day), rule->due);
	date due = reckon_before(calendar, day, rule->due);
	return (struct reckoning){
		.day = due,
		.explained = str_fmt(turn->arena, "%.*s before %.*s: %.*s",
				     STR_ARG(duration_print(turn->arena, rule->due)),
				     STR_ARG(date_words(turn->arena, day)),
				     STR_ARG(date_words(turn->arena, due))),
	};
}

/* The rule in force on the day of the event governs the duty, whatever follows it. */
static void start_duty(struct turn *turn, struct case_file *file, const struct pathway *pathway,
		       const struct event_rule *event, str rule_id)
{
	const struct duty_rule *rule = pathway_duty(pathway, rule_id, turn->event->on);
	const struct duty *last = duty_find(file, rule_id);
	if (rule == NULL || rule->due.n == 0 || (last != NULL && duty_is_running(last->state)))
		return;
	const struct calendar *calendar = policy_calendar(turn->policy, rule->calendar);
	if (calendar == NULL)
		calendar = turn->policy->calendar;
	struct trigger from = turn_trigger(turn, calendar);
	if (rule->by_family && rule->day_field.n == 0)
		from = trigger_of_day(first_day_of_family(turn, file, event));
	struct reckoning due = rule->day_field.n > 0
				       ? reckon_from_field(turn, rule, calendar, &from)
				       : reckon_due(turn->arena, calendar, from, rule->due);
	if (!date_is(due.day)) {
		note_no_date(turn, file, rule, &due);
		return;
	}
	size_t before = count_under(file, rule_id);
	str id = before == 0
			 ? str_fmt(turn->arena, "%.*s.%.*s", STR_ARG(file->id), STR_ARG(rule_id))
			 : str_fmt(turn->arena, "%.*s.%.*s.%zu", STR_ARG(file->id),
				   STR_ARG(rule_id), before + 1);
	struct duty *duty = GROW(turn->arena, file->duties, file->n_duties);
	*duty = (struct duty){ .id = id,
			       .rule = rule->id,
			       .rule_from = rule->valid_from,
			       .state = DUTY_SCHEDULED,
			       .started_by = turn->event->id,
			       .from = from.day,
			       .due = due.day,
			       .explained = due.explained,
			       .owner = rule->owner,
			       .breached_on = DATE_NONE,
			       .ended_on = DATE_NONE,
			       .acknowledged_until = DATE_NONE };
	note_start(turn, file, duty, due.past_horizon);
}

static void move_latest(struct turn *turn, struct case_file *file, str rule,
			enum happening happening, date on)
{
	struct duty *duty = duty_find(file, rule);
	if (duty == NULL)
		return;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, happening, on);
}

/* --- notices that meet a duty -------------------------------------------------------------------- */

static size_t count_awaited(const struct family *family, str duty_id)
{
	size_t n = 0;
	for (size_t i = 0; i < family->n_intents; i++)
		n += str_eq(family->intents[i].meets, duty_id) ? 1 : 0;
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		n += str_eq(open->meets, duty_id) && !date_is(open->accepted_on) ? 1 : 0;
	}
	return n;
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

static bool is_some_accepted(const struct family *family, str duty_id)
{
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (str_eq(open->meets, duty_id) && date_is(open->accepted_on))
			return true;
	}
	return false;
}

/* A duty to notify is met when everyone who must have the notice has it, with all that goes with it, not when
 * somebody decided (SI 2014/1530 reg. 5, 10, 13: "notify", "send"). */
void duty_weigh(struct turn *turn, str case_id, str duty_id, date on)
{
	struct case_file *file = family_case(turn->family, case_id);
	struct duty *duty = file != NULL && duty_id.n > 0 ? case_duty(file, duty_id) : NULL;
	if (duty == NULL)
		return;
	duty->awaited = count_awaited(turn->family, duty_id);
	if (duty->awaited > 0 || !is_some_accepted(turn->family, duty_id) ||
	    is_enclosure_awaited(turn->family, duty_id))
		return;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, HAPPENS_MET, on);
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

/* --- the event ----------------------------------------------------------------------------------- */

static void say_rule(struct turn *turn, struct case_file *file, const struct event_rule *rule)
{
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(
			turn->arena, "%.*s/%.*s",
			STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16)),
			STR_ARG(file->id)),
		.rule = str_fmt(turn->arena, "%.*s/%.*s", STR_ARG(file->pathway),
				STR_ARG(rule->type)),
		.facts = facts_of_event(turn, rule->fields, rule->n_fields),
	};
	occasion.contacts = contacts_named(turn, "with", &occasion.n_contacts);
	occasion.enclosures = enclosures_of_event(turn, rule->fields, rule->n_fields,
						  &occasion.n_enclosures);
	for (size_t i = 0; i < rule->n_starts; i++) {
		struct duty *duty = duty_find(file, rule->starts[i]);
		if (duty != NULL && promise_of_duty(turn, file, duty).by_family &&
		    occasion.right.n == 0)
			occasion.right = duty->id;
	}
	say(turn, &occasion, rule->says, rule->n_says);
}

static void stand(struct turn *turn, struct case_file *file, const struct event_rule *rule)
{
	if (rule->stage.n > 0)
		file->stage = rule->stage;
	if (rule->next_what.n > 0) {
		file->next_what = rule->next_what;
		file->next_who = rule->next_who;
		file->next_by = latest_id(file, rule->next_by);
	}
	if (rule->closes && !date_is(file->closed_on)) {
		file->closed_on = turn->event->on;
		file->outcome = rule->type;
	}
}

void pathway_happened(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	const struct event *event = turn->event;
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	const struct event_rule *rule = pathway != NULL ? pathway_event(pathway, event->type)
							: NULL;
	if (rule == NULL) {
		turn->plan->verdict = PLAN_REFUSE;
		turn->plan->refused = (struct refused){
			.code = REFUSED_UNKNOWN_TYPE,
			.field = S("type"),
			.message = S("this case's pathway does not declare the event"),
		};
		return;
	}
	if (file->n_duties + rule->n_starts > DUTIES_MAX) {
		refuse(turn, "", "too many duties in this case");
		return;
	}
	entry_event(turn, file->id, rule->title);
	if (turn->family->young_person_died)
		return;
	intents_needless(turn, file->id, event->type);
	for (size_t i = 0; i < rule->n_cancels; i++)
		move_latest(turn, file, rule->cancels[i], HAPPENS_CANCELLED, event->on);
	for (size_t i = 0; i < rule->n_meets; i++)
		move_latest(turn, file, rule->meets[i], HAPPENS_MET, event->on);
	for (size_t i = 0; i < rule->n_starts; i++)
		start_duty(turn, file, pathway, rule, rule->starts[i]);
	stand(turn, file, rule);
	say_rule(turn, file, rule);
	if (rule->asks_method)
		method_ask_all(turn, file);
	if (rule->milestone)
		survey_follow(turn, file);
}

/* --- an exception -------------------------------------------------------------------------------- */

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
	if (!promise_may(&promise, HAPPENS_EXCUSED)) {
		refuse(turn, "data.duty", "data.duty names a duty that has ended");
		return;
	}
	entry_event(turn, file->id,
		    str_fmt(turn->arena, "Exception for duty %.*s", STR_ARG(duty->id)));
	duty->excuse = json_text(turn->event->data, "ground");
	str id = duty->id;
	promise_move(turn, &promise, HAPPENS_EXCUSED, turn->event->on);
	say_standard(turn, file, id);
}
