/* The family's own time limits. The law lets some run from the day on which a notice was sent (SI 2014/1530
 * reg. 33: two months), and others from the day on which it was served (reg. 13(1)(a), 22(2)(c): at least 15
 * days): by post these are days apart. What others hold the family to is each one's own, counted from their own
 * copy; what we must leave them is at least so long for each, so all have it until the last one's is over. */
#include "decide/inner.h"

/* --- whose day it is ----------------------------------------------------------------------------- */

static struct own_time *find_own(struct own_time *list, size_t n, str contact)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i].contact, contact))
			return &list[i];
	}
	return NULL;
}

/* What tells the family of it; a reminder only reminds. */
static bool is_told_by(enum audience audience, enum grade grade)
{
	return audience == AUDIENCE_FAMILY &&
	       (grade == GRADE_FORMAL || grade == GRADE_INFORMATION || grade == GRADE_URGENT);
}

/* Of two notices of one event the later one counts. */
static void plan_copies(struct turn *turn, const struct intent *intent,
			const struct duty_rule *rule, struct own_time **list, size_t *n)
{
	size_t n_people;
	const struct recipient *people = people_for(turn, intent, &n_people);
	for (size_t i = 0; i < n_people; i++) {
		struct route route = address_route(turn, intent, &people[i],
						   (struct channel_set){ 0 });
		date day = issue_planned_day(turn, intent, &people[i], route.channel, rule->served);
		struct own_time *own = find_own(*list, *n, people[i].id);
		if (own == NULL)
			*GROW(turn->arena, *list, *n) = (struct own_time){ .contact = people[i].id,
									   .from = day };
		else if (date_before(own->from, day))
			own->from = day;
	}
}

struct own_time *rights_plan(struct turn *turn, struct case_file *file,
			     const struct event_rule *event, const struct duty_rule *rule,
			     size_t *out_n)
{
	struct own_time *list = NULL;
	*out_n = 0;
	for (size_t i = 0; i < event->n_says; i++) {
		const struct saying *saying = &event->says[i];
		struct intent intent = { .case_id = file->id,
					 .audience = saying->audience,
					 .grade = saying->grade,
					 .adverse = saying->adverse,
					 .meets = duty_latest_id(file, saying->meets) };
		if (!is_told_by(saying->audience, saying->grade) || saying->after.n > 0)
			continue;
		const struct occasion occasion = { .file = file };
		struct turn later = *turn;
		later.now = speak_until(turn, &occasion, saying);
		plan_copies(&later, &intent, rule, &list, out_n);
	}
	for (size_t i = 0; i < *out_n; i++) {
		list[i].event = turn->event->id;
		if (date_before(list[i].from, turn->event->on))
			list[i].from = turn->event->on;
		list[i].due = duty_day_from(turn, file, rule, list[i].from);
	}
	return list;
}

date rights_first_day(const struct turn *turn, const struct own_time *own, size_t n)
{
	date day = turn->event->on;
	for (size_t i = 0; i < n; i++) {
		if (date_before(day, own[i].from))
			day = own[i].from;
	}
	return day;
}

void rights_run(struct turn *turn, struct case_file *file, struct duty *duty,
		const struct duty_rule *rule, const struct own_time *time)
{
	struct own_time *own = find_own(duty->own, duty->n_own, time->contact);
	if (own == NULL)
		own = GROW(turn->arena, duty->own, duty->n_own);
	*own = *time;
	duty_extend(turn, file, duty, rule, time->from);
}

/* --- what has become of the copies --------------------------------------------------------------- */

static bool is_served_by(const struct duty *duty, str event)
{
	if (str_eq(duty->started_by, event))
		return true;
	for (size_t i = 0; i < duty->n_own; i++) {
		if (str_eq(duty->own[i].event, event))
			return true;
	}
	return false;
}

/* The rule of a limit that runs from the notices of that event: the one that began it, or one with which they were
 * served again; else NULL. */
static const struct duty_rule *rule_from_notice(const struct turn *turn,
						const struct case_file *file,
						const struct duty *duty, str event)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	bool is_so = rule != NULL && rule->by_family && rule->day_field.n == 0 &&
		     duty_is_running(duty->state) && is_served_by(duty, event);
	return is_so ? rule : NULL;
}

static void run_from_copy(struct turn *turn, struct case_file *file, const struct copy *copy,
			  size_t at)
{
	struct duty *duty = &file->duties[at];
	const struct duty_rule *rule = rule_from_notice(turn, file, duty, copy->event);
	if (rule == NULL)
		return;
	date from = rule->served ? copy->served : copy->sent;
	const struct own_time *own = find_own(duty->own, duty->n_own, copy->contact);
	bool is_newest = own == NULL || own->event.n == 0 || str_eq(own->event, copy->event);
	if (own != NULL && (copy->has_left || !is_newest) && !date_before(own->from, from))
		return;
	const struct own_time time = { .contact = copy->contact,
				       .event = copy->event,
				       .from = from,
				       .due = duty_day_from(turn, file, rule, from) };
	if (date_is(time.due))
		rights_run(turn, file, duty, rule, &time);
}

void rights_of_copy(struct turn *turn, const struct intent *intent, const struct copy *copy)
{
	struct case_file *file = family_case(turn->family, copy->case_id);
	bool is_prompt = intent->grade == GRADE_FORMAL && copy->channel == CHANNEL_SMS;
	if (file == NULL || is_prompt || !is_told_by(intent->audience, intent->grade) ||
	    family_contact(turn->family, copy->contact) == NULL)
		return;
	for (size_t i = 0; i < file->n_duties; i++)
		run_from_copy(turn, file, copy, i);
}

date right_due(const struct turn *turn, const struct case_file *file, const struct duty *duty,
	       str contact)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	const struct own_time *own = find_own(duty->own, duty->n_own, contact);
	bool is_own = own != NULL && rule != NULL && !rule->served;
	return is_own ? own->due : duty->due;
}
