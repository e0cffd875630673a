#include "model/policy.h"

const struct pathway *policy_pathway(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_pathways; i++) {
		if (str_eq(policy->pathways[i].id, id))
			return &policy->pathways[i];
	}
	return NULL;
}

const struct service *policy_service(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_services; i++) {
		if (str_eq(policy->services[i].id, id))
			return &policy->services[i];
	}
	return NULL;
}

static const struct person *find_person(const struct service *service, str id)
{
	for (size_t i = 0; i < service->n_people; i++) {
		if (str_eq(service->people[i].id, id))
			return &service->people[i];
	}
	return NULL;
}

const struct person *policy_person(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_services; i++) {
		const struct person *person = find_person(&policy->services[i], id);
		if (person != NULL)
			return person;
	}
	return NULL;
}

const struct person *policy_holder(const struct policy *policy, str service, str role_or_person)
{
	const struct service *of = policy_service(policy, service);
	for (size_t i = 0; of != NULL && i < of->n_roles; i++) {
		if (str_eq(of->roles[i].role, role_or_person))
			return policy_person(policy, of->roles[i].person);
	}
	return policy_person(policy, role_or_person);
}

/* A deputy's deputy, and theirs: no farther. */
#define DEPUTIES_MAX 4

static const struct away *find_away(const struct policy *policy, str person, date on)
{
	for (size_t i = 0; i < policy->n_away; i++) {
		const struct away *away = &policy->away[i];
		if (str_eq(away->person, person) && !date_before(on, away->from) &&
		    !date_before(away->to, on))
			return away;
	}
	return NULL;
}

const struct person *policy_present(const struct policy *policy, str service, str role_or_person,
				    date on)
{
	const struct person *person = policy_holder(policy, service, role_or_person);
	for (int i = 0; person != NULL && i <= DEPUTIES_MAX; i++) {
		const struct away *away = find_away(policy, person->id, on);
		if (away == NULL)
			return person;
		const struct person *named = policy_person(policy, away->deputy);
		bool is_there = named != NULL && find_away(policy, named->id, on) == NULL;
		person = is_there || person->deputy.n == 0 ? named
							   : policy_person(policy, person->deputy);
	}
	return NULL;
}

const struct calendar *policy_calendar(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_calendars; i++) {
		if (str_eq(policy->calendars[i].id, id))
			return &policy->calendars[i];
	}
	return NULL;
}

static const struct event_rule *find_rule(const struct event_rule *rules, size_t n, str type)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rules[i].type, type))
			return &rules[i];
	}
	return NULL;
}

const struct event_rule *pathway_event(const struct pathway *pathway, str type)
{
	return find_rule(pathway->events, pathway->n_events, type);
}

/* DATE_NONE is earlier than everything, so an open valid_from needs no special case. */
static bool is_in_force(const struct duty_rule *rule, date on)
{
	return !date_before(on, rule->valid_from) &&
	       (!date_is(rule->valid_to) || !date_before(rule->valid_to, on));
}

static const struct duty_rule *find_in_force(const struct duty_rule *rules, size_t n, str id,
					     date trigger)
{
	const struct duty_rule *found = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct duty_rule *rule = &rules[i];
		if (!str_eq(rule->id, id) || !is_in_force(rule, trigger))
			continue;
		if (found == NULL || date_before(found->valid_from, rule->valid_from))
			found = rule;
	}
	return found;
}

const struct duty_rule *pathway_duty(const struct pathway *pathway, str id, date trigger)
{
	return find_in_force(pathway->duties, pathway->n_duties, id, trigger);
}

const struct duty_rule *policy_common(const struct policy *policy, str id, date trigger)
{
	return find_in_force(policy->common, policy->n_common, id, trigger);
}

const struct ladder *policy_ladder(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_ladders; i++) {
		if (str_eq(policy->ladders[i].id, id))
			return &policy->ladders[i];
	}
	return NULL;
}

const struct standard *policy_minimum(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_minimum; i++) {
		if (str_eq(policy->minimum[i].id, id))
			return &policy->minimum[i];
	}
	return NULL;
}

const struct event_rule *policy_standard(const struct policy *policy, str type)
{
	return find_rule(policy->standards, policy->n_standards, type);
}

bool policy_declares(const struct policy *policy, str type, const struct field **out_fields,
		     size_t *out_n)
{
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct event_rule *rule = pathway_event(&policy->pathways[i], type);
		if (rule != NULL) {
			*out_fields = rule->fields;
			*out_n = rule->n_fields;
			return true;
		}
	}
	return false;
}

static const str audience_names[AUDIENCE_COUNT] = {
	[AUDIENCE_FAMILY] = { "family", 6 },
	[AUDIENCE_OWNER] = { "owner", 5 },
	[AUDIENCE_MANAGER] = { "manager", 7 },
	[AUDIENCE_PARTIES] = { "parties", 7 },
	[AUDIENCE_ACTION_OWNER] = { "action_owner", 12 },
	[AUDIENCE_CONTACTS] = { "contacts", 8 },
	[AUDIENCE_BOTH] = { "both", 4 },
};

bool audience_parse(str name, enum audience *out)
{
	for (size_t i = 0; i < AUDIENCE_COUNT; i++) {
		if (str_eq(audience_names[i], name)) {
			*out = (enum audience)i;
			return true;
		}
	}
	return false;
}

str audience_name(enum audience audience)
{
	require((size_t)audience < (size_t)AUDIENCE_COUNT);
	return audience_names[audience];
}

bool audience_is_staff(enum audience audience)
{
	return audience == AUDIENCE_OWNER || audience == AUDIENCE_MANAGER ||
	       audience == AUDIENCE_ACTION_OWNER;
}

struct letter_dates policy_post(const struct policy *policy, instant handed_over,
				enum postage postage)
{
	return letter_arrival_from(policy->calendar, &policy->print_room, handed_over, postage);
}
