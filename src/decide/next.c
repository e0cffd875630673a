/* The next step of a case, for people. */
#include "decide/inner.h"

static const struct duty *find_earliest(const struct case_file *file)
{
	const struct duty *found = NULL;
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];
		if (duty_is_running(duty->state) &&
		    (found == NULL || date_before(duty->due, found->due)))
			found = duty;
	}
	return found;
}

static str name_owner(const struct turn *turn, const struct case_file *file)
{
	const struct person *person = case_owner(turn, file);
	const struct service *service = policy_service(turn->policy, file->service);
	if (person != NULL)
		return person->name;
	return service != NULL ? service->name : turn->policy->authority.name;
}

struct next_step decide_next_step(struct arena *arena, const struct policy *policy,
				  const struct family *family, const struct case_file *file)
{
	struct turn turn = { .arena = arena, .policy = policy };
	const struct duty *by = file->next_by.n > 0 ? case_duty(file, file->next_by) : NULL;
	(void)family;
	if (file->next_what.n > 0) {
		str who = file->next_who;
		if (str_eq(who, S("owner")))
			who = name_owner(&turn, file);
		else if (str_eq(who, S("family")))
			who = S("the family");
		bool runs = by != NULL && duty_is_running(by->state);
		return (struct next_step){ .what = file->next_what,
					   .who = who,
					   .by = runs ? by->due : DATE_NONE,
					   .duty = runs ? by->id : STR_EMPTY,
					   .by_family = str_eq(file->next_who, S("family")) };
	}
	const struct duty *duty = find_earliest(file);
	if (duty == NULL)
		return (struct next_step){ .by = DATE_NONE };
	const struct duty_rule *rule = duty_rule_of(&turn, file, duty);
	bool by_family = rule != NULL && rule->by_family;
	return (struct next_step){ .what = rule != NULL ? rule->title : duty->rule,
				   .who = by_family ? S("the family") : name_owner(&turn, file),
				   .by = duty->due,
				   .duty = duty->id,
				   .by_family = by_family };
}
