/* What a pathway's events mean: duties begin, are met or fall away; the family stands somewhere new;
 * something is said. */
#include "decide/inner.h"

/* --- duties -------------------------------------------------------------------------------------- */

static void move_latest(struct turn *turn, struct case_file *file, str rule,
			enum happening happening)
{
	struct duty *duty = duty_find(file, rule);
	if (duty == NULL)
		return;
	struct promise promise = promise_of_duty(turn, file, duty);
	promise_move(turn, &promise, happening, turn->event->on);
}

static bool is_each(const struct turn *turn, const struct case_file *file, const struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	return rule != NULL && rule->each;
}

static bool is_per_contact(const struct turn *turn, const struct case_file *file,
			   const struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	return rule != NULL && rule->per_contact;
}

/* It has been done with those, and with nobody else; with all, where nobody is named. */
static bool is_with(const struct duty *duty, const struct with *with)
{
	for (size_t i = 0; i < with->n; i++) {
		if (str_eq(duty->contact, with->contacts[i]))
			return true;
	}
	return with->n == 0;
}

static void meet_theirs(struct turn *turn, struct case_file *file, str rule,
			const struct with *with)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		if (!is_with(duty, with) || !str_eq(duty->rule, rule))
			continue;
		struct promise promise = promise_of_duty(turn, file, duty);
		promise_move(turn, &promise, HAPPENS_MET, turn->event->on);
	}
}

static bool meets(const struct event_rule *rule, str duty)
{
	for (size_t i = 0; i < rule->n_meets; i++) {
		if (str_eq(rule->meets[i], duty))
			return true;
	}
	return false;
}

/* Of those that begin with every event: the one that the event names, or else that to the same contact which
 * is due first. One answer answers one question. */
static struct duty *find_answered(const struct turn *turn, struct case_file *file,
				  const struct event_rule *rule)
{
	str answers = json_text(turn->event->data, "answers");
	str contact = json_text(turn->event->data, "contact");
	struct duty *found = NULL;
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		bool is_named = answers.n > 0 ? str_eq(duty->started_by, answers)
					      : str_eq(duty->contact, contact);
		if (duty_is_running(duty->state) && is_named && is_each(turn, file, duty) &&
		    meets(rule, duty->rule) &&
		    (found == NULL || date_before(duty->due, found->due)))
			found = duty;
	}
	return found;
}

/* Whatever has become of the question since. */
static bool is_question(const struct turn *turn, const struct case_file *file,
			const struct event_rule *rule, str event)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];
		if (str_eq(duty->started_by, event) && meets(rule, duty->rule) &&
		    is_each(turn, file, duty))
			return true;
	}
	return false;
}

static bool has_field(const struct event_rule *rule, str name)
{
	for (size_t i = 0; i < rule->n_fields; i++) {
		if (str_eq(rule->fields[i].name, name))
			return true;
	}
	return false;
}

/* An answer to nothing would leave the question open, and nobody would know. */
static bool check_answers(struct turn *turn, const struct case_file *file,
			  const struct event_rule *rule)
{
	str answers = json_text(turn->event->data, "answers");
	if (answers.n == 0 || !has_field(rule, S("answers")) ||
	    is_question(turn, file, rule, answers))
		return true;
	return refuse(turn, "data.answers", "data.answers names no question of this case");
}

static void cancel_all(struct turn *turn, struct case_file *file, str rule)
{
	move_latest(turn, file, rule, HAPPENS_CANCELLED);
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		bool is_one_of_many = is_each(turn, file, duty) || is_per_contact(turn, file, duty);
		if (!str_eq(duty->rule, rule) || !is_one_of_many)
			continue;
		struct promise promise = promise_of_duty(turn, file, duty);
		promise_move(turn, &promise, HAPPENS_CANCELLED, turn->event->on);
	}
}

static void meet_all(struct turn *turn, struct case_file *file, const struct event_rule *rule,
		     const struct with *with)
{
	struct duty *answered = find_answered(turn, file, rule);
	for (size_t i = 0; i < rule->n_meets; i++) {
		const struct duty *latest = duty_find(file, rule->meets[i]);
		if (latest != NULL && is_per_contact(turn, file, latest))
			meet_theirs(turn, file, rule->meets[i], with);
		else if (latest != NULL && !is_each(turn, file, latest))
			move_latest(turn, file, rule->meets[i], HAPPENS_MET);
	}
	if (answered == NULL)
		return;
	struct promise promise = promise_of_duty(turn, file, answered);
	promise_move(turn, &promise, HAPPENS_MET, turn->event->on);
}

struct with with_named(struct turn *turn)
{
	struct with with = { 0 };
	with.contacts = contacts_named(turn, "with", &with.n);
	return with;
}

void duties_follow(struct turn *turn, struct case_file *file, const struct event_rule *rule,
		   struct with with)
{
	for (size_t i = 0; i < rule->n_cancels; i++)
		cancel_all(turn, file, rule->cancels[i]);
	meet_all(turn, file, rule, &with);
	for (size_t i = 0; i < rule->n_starts; i++)
		duty_start(turn, file, rule, rule->starts[i]);
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
		.what = rule->title,
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

/* The oldest stand is forgotten: nobody takes back what happened so long ago. */
static void keep_stand(struct turn *turn, struct case_file *file)
{
	if (file->n_stands == STANDS_MAX) {
		for (size_t i = 1; i < file->n_stands; i++)
			file->stands[i - 1] = file->stands[i];
		file->n_stands--;
	}
	*GROW(turn->arena, file->stands,
	      file->n_stands) = (struct stand){ .event = turn->event->id,
						.on = turn->event->on,
						.stage = file->stage,
						.next_what = file->next_what,
						.next_who = file->next_who,
						.next_by = file->next_by };
}

static void stand(struct turn *turn, struct case_file *file, const struct event_rule *rule)
{
	if (rule->stage.n > 0)
		file->stage = rule->stage;
	if (rule->next_what.n > 0) {
		file->next_what = rule->next_what;
		file->next_who = rule->next_who;
		file->next_by = duty_latest_id(file, rule->next_by);
	}
	if (rule->stage.n > 0 || rule->next_what.n > 0)
		keep_stand(turn, file);
	if (rule->closes && !date_is(file->closed_on)) {
		file->closed_on = turn->event->on;
		file->closed_by = turn->event->id;
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
	if (!check_answers(turn, file, rule))
		return;
	entry_event(turn, file->id, rule->title);
	if (turn->family->young_person_died)
		return;
	intents_needless(turn, file->id, event->type);
	for (size_t i = 0; i < rule->n_implies; i++)
		intents_needless(turn, file->id, rule->implies[i]);
	duties_follow(turn, file, rule, with_named(turn));
	stand(turn, file, rule);
	say_rule(turn, file, rule);
	if (rule->asks_method)
		method_ask_all(turn, file);
	if (rule->milestone)
		survey_follow(turn, file);
}
