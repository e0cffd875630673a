/* What only shows when everything is read: names that lead nowhere, duties that nothing can meet. */
#include "base/arena.h"
#include "setup/inner.h"

struct check {
	const struct policy *policy;
	struct findings *findings;
	struct arena *arena;
};

/* Words that would have been right. The list is used again for every mention. */
struct known {
	struct arena *arena;
	str *list;
	size_t n, room;
};

static void know(struct known *known, str word)
{
	if (known->n == known->room) {
		str *wider = TAKE(known->arena, str, 2 * known->room + 16);
		for (size_t i = 0; i < known->n; i++)
			wider[i] = known->list[i];
		known->list = wider;
		known->room = 2 * known->room + 16;
	}
	known->list[known->n++] = word;
}

/* The pathway of a mention; where it stands in none, every pathway will do. */
static bool is_meant(const struct pathway *pathway, const struct mention *mention)
{
	return mention->pathway.n == 0 || str_eq(pathway->id, mention->pathway);
}

static void know_duties(const struct check *check, const struct mention *mention,
			struct known *known)
{
	for (size_t i = 0; i < check->policy->n_pathways; i++) {
		const struct pathway *pathway = &check->policy->pathways[i];
		for (size_t j = 0; is_meant(pathway, mention) && j < pathway->n_duties; j++)
			know(known, pathway->duties[j].id);
	}
	for (size_t i = 0; i < check->policy->n_common; i++)
		know(known, check->policy->common[i].id);
}

static void know_events(const struct check *check, const struct mention *mention,
			struct known *known)
{
	for (size_t i = 0; i < check->policy->n_pathways; i++) {
		const struct pathway *pathway = &check->policy->pathways[i];
		for (size_t j = 0; is_meant(pathway, mention) && j < pathway->n_events; j++)
			know(known, pathway->events[j].type);
	}
	for (size_t i = KIND_PATHWAY + 1; i < KIND_COUNT; i++) {
		if (!kind_is_reserved((enum kind)i))
			know(known, kind_type((enum kind)i));
	}
}

static void know_holders(const struct check *check, const struct mention *mention,
			 struct known *known)
{
	const struct pathway *pathway = policy_pathway(check->policy, mention->pathway);
	know(known, S("owner"));
	for (size_t i = 0; i < check->policy->n_services; i++) {
		const struct service *service = &check->policy->services[i];
		if (pathway != NULL && !str_eq(service->id, pathway->service))
			continue;
		for (size_t j = 0; j < service->n_roles; j++)
			know(known, service->roles[j].role);
		for (size_t j = 0; j < service->n_people; j++)
			know(known, service->people[j].id);
	}
}

static void know_rungs(const struct check *check, struct known *known)
{
	know(known, S("owner"));
	for (size_t i = 0; i < check->policy->n_services; i++) {
		const struct service *service = &check->policy->services[i];
		for (size_t j = 0; j < service->n_roles; j++)
			know(known, service->roles[j].role);
	}
}

static void know_all(const struct check *check, const struct mention *mention, struct known *known)
{
	known->n = 0;
	switch (mention->kind) {
	case MENTION_UNLESS:
		know_events(check, mention, known);
		know_duties(check, mention, known);
		break;
	case MENTION_DUTY:
		know_duties(check, mention, known);
		break;
	case MENTION_HOLDER:
		know_holders(check, mention, known);
		break;
	case MENTION_CALENDAR:
		for (size_t i = 0; i < check->policy->n_calendars; i++)
			know(known, check->policy->calendars[i].id);
		break;
	case MENTION_SERVICE:
		for (size_t i = 0; i < check->policy->n_services; i++)
			know(known, check->policy->services[i].id);
		break;
	case MENTION_RUNG:
		know_rungs(check, known);
		break;
	case MENTION_LADDER:
		for (size_t i = 0; i < check->policy->n_ladders; i++)
			know(known, check->policy->ladders[i].id);
		break;
	case MENTION_PATHWAY:
		for (size_t i = 0; i < check->policy->n_pathways; i++)
			know(known, check->policy->pathways[i].id);
		break;
	}
}

static const struct {
	const char *code, *text;
} blames[] = {
	[MENTION_DUTY] = { "unknown_duty", "is no duty of this pathway" },
	[MENTION_UNLESS] = { "unknown_unless", "is no event that can come and no duty" },
	[MENTION_HOLDER] = { "unknown_owner",
			     "is not owner, and no role or person of the pathway's service" },
	[MENTION_CALENDAR] = { "unknown_calendar", "is no calendar below calendars/" },
	[MENTION_PATHWAY] = { "unknown_pathway", "is no pathway below pathways/" },
	[MENTION_SERVICE] = { "unknown_service", "is no service of services.yaml" },
	[MENTION_RUNG] = { "unknown_role", "is not owner, and no role that any service has" },
	[MENTION_LADDER] = { "unknown_ladder", "is no ladder of standards.yaml" },
};

static void check_mention(const struct check *check, const struct mention *mention,
			  struct known *known)
{
	bool of_service = mention->kind == MENTION_SERVICE || mention->kind == MENTION_HOLDER ||
			  mention->kind == MENTION_RUNG;
	/* Where services.yaml could not be read at all, that has been said. */
	if (of_service && check->policy->n_services == 0 && check->findings->errors > 0)
		return;
	know_all(check, mention, known);
	for (size_t i = 0; i < known->n; i++) {
		if (str_eq(known->list[i], mention->word))
			return;
	}
	str ask = ask_nearest(check->findings, mention->word, known->list, known->n);
	findings_error(check->findings, mention->file, mention->line, blames[mention->kind].code,
		       "'%.*s' %s%.*s", STR_ARG(mention->word), blames[mention->kind].text,
		       STR_ARG(ask));
}

/* --- duties ----------------------------------------------------------------------------------- */

static bool has_word(const str *list, size_t n, str word)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i], word))
			return true;
	}
	return false;
}

static bool says_meet(const struct saying *says, size_t n, str duty)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(says[i].meets, duty))
			return true;
	}
	return false;
}

static bool has_needed_date(const struct event_rule *event, str field)
{
	for (size_t i = 0; i < event->n_fields; i++) {
		if (str_eq(event->fields[i].name, field))
			return event->fields[i].type == FIELD_DATE && event->fields[i].required;
	}
	return false;
}

/* The day that a duty is counted from must be there whenever the duty starts. */
static void check_day_field(const struct check *check, const struct pathway *pathway,
			    const struct duty_rule *duty)
{
	for (size_t i = 0; duty->day_field.n > 0 && i < pathway->n_events; i++) {
		const struct event_rule *event = &pathway->events[i];
		if (!has_word(event->starts, event->n_starts, duty->id) ||
		    has_needed_date(event, duty->day_field))
			continue;
		findings_error(check->findings, duty->file, duty->line, "no_day_field",
			       "'%.*s' starts this duty and has no field '%.*s' that is a date and "
			       "required",
			       STR_ARG(event->type), STR_ARG(duty->day_field));
	}
}

struct fate {
	bool starts, meets;
};

static void find_fate(const struct event_rule *events, size_t n, str duty, struct fate *fate)
{
	for (size_t i = 0; i < n; i++) {
		const struct event_rule *event = &events[i];
		fate->starts = fate->starts || has_word(event->starts, event->n_starts, duty);
		fate->meets = fate->meets || has_word(event->meets, event->n_meets, duty) ||
			      says_meet(event->says, event->n_says, duty);
	}
}

static void blame_fate(const struct check *check, const struct duty_rule *duty, struct fate fate)
{
	if (!fate.meets)
		findings_error(check->findings, duty->file, duty->line, "duty_never_met",
			       "nothing can meet the duty '%.*s': no event and no notice names it "
			       "under 'meets'",
			       STR_ARG(duty->id));
	if (!fate.starts)
		findings_warning(check->findings, duty->file, duty->line, "duty_never_starts",
				 "no event starts the duty '%.*s'", STR_ARG(duty->id));
}

static void check_duty(const struct check *check, const struct pathway *pathway,
		       const struct duty_rule *duty)
{
	struct fate fate = { .meets = duty->by_family };
	find_fate(pathway->events, pathway->n_events, duty->id, &fate);
	find_fate(check->policy->standards, check->policy->n_standards, duty->id, &fate);
	blame_fate(check, duty, fate);
}

/* A duty that any case may have begins and ends with events of all kinds. */
static void check_common_duty(const struct check *check, const struct duty_rule *duty)
{
	const struct policy *policy = check->policy;
	struct fate fate = { .meets = duty->by_family };
	find_fate(policy->standards, policy->n_standards, duty->id, &fate);
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct pathway *pathway = &policy->pathways[i];
		find_fate(pathway->events, pathway->n_events, duty->id, &fate);
		if (pathway_duty(pathway, duty->id, duty->valid_from) != NULL)
			findings_error(check->findings, duty->file, duty->line, "named_twice",
				       "'%.*s' is a duty of the pathway '%.*s' too",
				       STR_ARG(duty->id), STR_ARG(pathway->id));
	}
	blame_fate(check, duty, fate);
}

/* School days need a calendar that has terms. */
static void check_terms(const struct check *check, const struct duty_rule *duty,
			const struct duration *length)
{
	const struct calendar *calendar = policy_calendar(check->policy, duty->calendar);
	if (!duration_needs_terms(length) || calendar == NULL || calendar->n_terms > 0)
		return;
	str text = duration_print(check->arena, *length);
	findings_error(check->findings, duty->file, duty->line, "no_terms",
		       "the calendar '%.*s' has no terms to count '%.*s' in", STR_ARG(calendar->id),
		       STR_ARG(text));
}

/* --- who can be told where -------------------------------------------------------------------- */

/* The contacts whom an event names, and the owner of an action, exist only where there is one. */
static void check_audiences(const struct check *check, const struct saying *says, size_t n,
			    enum audience except)
{
	for (size_t i = 0; i < n; i++) {
		enum audience audience = says[i].audience;
		/* An action has an owner, and contacts with whom it was agreed. */
		bool is_here = audience == except ||
			       (audience == AUDIENCE_CONTACTS && except == AUDIENCE_ACTION_OWNER);
		if ((audience != AUDIENCE_CONTACTS && audience != AUDIENCE_ACTION_OWNER) || is_here)
			continue;
		findings_error(check->findings, says[i].file, says[i].line, "audience_not_here",
			       "'%.*s' cannot be told here: there is none",
			       STR_ARG(audience_name(audience)));
	}
}

static bool names_contact(const struct event_rule *event)
{
	const struct field *fields = event->fields;
	size_t n = event->n_fields;
	enum kind kind = kind_of(event->type);
	if (kind != KIND_PATHWAY)
		fields = kind_fields(kind, &n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(fields[i].name, S("contact")) && fields[i].required)
			return true;
	}
	return false;
}

/* A duty knows a contact when each event that starts it must name one. */
static bool knows_contact(const struct event_rule *events, size_t n, str duty)
{
	for (size_t i = 0; i < n; i++) {
		if (has_word(events[i].starts, events[i].n_starts, duty) &&
		    !names_contact(&events[i]))
			return false;
	}
	return true;
}

/* Of one that any case may have. */
static bool common_knows_contact(const struct policy *policy, str duty)
{
	bool knows = knows_contact(policy->standards, policy->n_standards, duty);
	for (size_t i = 0; i < policy->n_pathways; i++)
		knows = knows && knows_contact(policy->pathways[i].events,
					       policy->pathways[i].n_events, duty);
	return knows;
}

static bool has_errors(const struct findings *findings, str file)
{
	for (size_t i = 0; i < findings->n; i++) {
		if (!findings->list[i].warning && str_eq(findings->list[i].file, file))
			return true;
	}
	return false;
}

/* except: whom else it may tell, because there is one. */
static void check_rule(const struct check *check, const struct duty_rule *duty,
		       enum audience except)
{
	check_terms(check, duty, &duty->due);
	for (size_t k = 0; k < duty->n_warnings; k++)
		check_terms(check, duty, &duty->warnings[k]);
	check_audiences(check, duty->on_warned, duty->n_on_warned, except);
	check_audiences(check, duty->on_due, duty->n_on_due, except);
	check_audiences(check, duty->on_breached, duty->n_on_breached, except);
	check_audiences(check, duty->on_lapsed, duty->n_on_lapsed, except);
	check_audiences(check, duty->on_foreseen, duty->n_on_foreseen, except);
	check_audiences(check, duty->on_moved, duty->n_on_moved, except);
}

/* What every case may have. */
static void check_common(const struct check *check)
{
	const struct policy *policy = check->policy;
	for (size_t i = 0; i < policy->n_common; i++) {
		const struct duty_rule *duty = &policy->common[i];
		if (!has_errors(check->findings, duty->file) &&
		    (i == 0 || !str_eq(policy->common[i - 1].id, duty->id)))
			check_common_duty(check, duty);
		check_rule(check, duty,
			   common_knows_contact(policy, duty->id) ? AUDIENCE_CONTACTS
								  : AUDIENCE_COUNT);
	}
	check_audiences(check, policy->keep.says, policy->keep.n_says, AUDIENCE_COUNT);
}

static void check_pathway(const struct check *check, const struct pathway *pathway)
{
	/* What would start or meet a duty may be what is mistyped: that has been said then. */
	bool whole = !has_errors(check->findings, pathway->file);
	for (size_t i = 0; i < pathway->n_events; i++)
		check_audiences(check, pathway->events[i].says, pathway->events[i].n_says,
				AUDIENCE_CONTACTS);
	for (size_t i = 0; i < pathway->n_duties; i++) {
		const struct duty_rule *duty = &pathway->duties[i];
		/* What another pathway lends has been checked there. */
		if (!str_eq(duty->file, pathway->file))
			continue;
		/* Versions of one duty stand behind each other: speak of it once. */
		if (whole && (i == 0 || !str_eq(pathway->duties[i - 1].id, duty->id)))
			check_duty(check, pathway, duty);
		check_day_field(check, pathway, duty);
		check_rule(check, duty,
			   knows_contact(pathway->events, pathway->n_events, duty->id)
				   ? AUDIENCE_CONTACTS
				   : AUDIENCE_COUNT);
	}
	check_audiences(check, pathway->keep.says, pathway->keep.n_says, AUDIENCE_COUNT);
}

static void check_actions(const struct check *check, const struct action_rule *actions)
{
	const enum audience owner = AUDIENCE_ACTION_OWNER;
	check_audiences(check, actions->on_lapsed, actions->n_on_lapsed, owner);
	check_audiences(check, actions->on_foreseen, actions->n_on_foreseen, owner);
	check_audiences(check, actions->on_disputed, actions->n_on_disputed, owner);
	check_audiences(check, actions->on_agreed, actions->n_on_agreed, owner);
	check_audiences(check, actions->on_warned, actions->n_on_warned, owner);
	check_audiences(check, actions->on_due, actions->n_on_due, owner);
	check_audiences(check, actions->on_breached, actions->n_on_breached, owner);
	check_audiences(check, actions->on_completed, actions->n_on_completed, owner);
	check_audiences(check, actions->on_rescheduled, actions->n_on_rescheduled, owner);
	check_audiences(check, actions->on_cancelled, actions->n_on_cancelled, owner);
}

/* --- events of several pathways --------------------------------------------------------------- */

static bool have_same_fields(const struct event_rule *a, const struct event_rule *b)
{
	if (a->n_fields != b->n_fields)
		return false;
	for (size_t i = 0; i < a->n_fields; i++) {
		if (!str_eq(a->fields[i].name, b->fields[i].name) ||
		    a->fields[i].type != b->fields[i].type ||
		    a->fields[i].required != b->fields[i].required)
			return false;
	}
	return true;
}

/* An event is checked before its case is known, so it has the same fields in every pathway. */
static void check_shared_events(const struct check *check, size_t at)
{
	const struct pathway *pathway = &check->policy->pathways[at];
	for (size_t i = 0; i < at; i++) {
		const struct pathway *other = &check->policy->pathways[i];
		for (size_t j = 0; j < pathway->n_events; j++) {
			const struct event_rule *mine = &pathway->events[j];
			const struct event_rule *first = pathway_event(other, mine->type);
			/* What another pathway lends is compared where it stands. */
			if (first != NULL && str_eq(mine->file, pathway->file) &&
			    str_eq(first->file, other->file) && !have_same_fields(mine, first))
				findings_error(check->findings, mine->file, mine->line,
					       "fields_differ",
					       "'%.*s' has other fields in the pathway '%.*s'",
					       STR_ARG(mine->type), STR_ARG(other->id));
		}
	}
}

void policy_check(const struct draft *draft, struct findings *findings)
{
	const struct check check = {
		.policy = draft->policy,
		.findings = findings,
		.arena = findings->arena,
	};
	struct known known = { .arena = check.arena };
	for (size_t i = 0; i < draft->mentions.n; i++)
		check_mention(&check, &draft->mentions.list[i], &known);
	for (size_t i = 0; i < draft->policy->n_pathways; i++) {
		check_pathway(&check, &draft->policy->pathways[i]);
		check_shared_events(&check, i);
	}
	check_common(&check);
	check_actions(&check, &draft->policy->actions);
}
