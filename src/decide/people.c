/* Who is told. The rights are the parents' until the end of the last Friday in June of the school
 * year in which the young person turns 16, and then the young person's own (Education Act 1996 s.8;
 * Children and Families Act 2014 s.83), unless they cannot take the decision at hand (Mental
 * Capacity Act 2005 s.2). Then their representative is told, a deputy or an attorney; where they
 * have none, the parents, or who represents a parent (SI 2014/1530 reg. 64). */
#include "decide/inner.h"

/* --- contacts ------------------------------------------------------------------------------------ */

static bool is_in_reach(const struct contact *contact, date on)
{
	return !contact->removed && !contact->deceased && !contact_is_barred(contact, on);
}

/* Who has parental responsibility, or the care, counts as a parent (Education Act 1996 s.576). */
static bool is_parent(const struct contact *contact)
{
	switch (contact->role) {
	case ROLE_PARENT:
	case ROLE_GUARDIAN:
	case ROLE_SOCIAL_WORKER:
		return contact->parental_responsibility;
	case ROLE_CARER:
	case ROLE_FOSTER_CARER:
		return true;
	case ROLE_YOUNG_PERSON:
	case ROLE_ADVOCATE:
	case ROLE_OTHER:
	case ROLE_COUNT:
	default:
		return false;
	}
}

/* What is meant for another pathway or another case is not meant for this one; other words mean
 * everything. */
static bool is_about(const struct turn *turn, str what, const struct case_file *file)
{
	if (file == NULL)
		return true;
	if (policy_pathway(turn->policy, what) != NULL)
		return str_eq(what, file->pathway);
	return family_case(turn->family, what) == NULL || str_eq(what, file->id);
}

static bool is_within(const struct turn *turn, date from, date until)
{
	return date_is(from) && !date_before(turn->today, from) &&
	       (!date_is(until) || !date_before(until, turn->today));
}

static bool is_copied(const struct turn *turn, const struct contact *contact,
		      const struct case_file *file)
{
	return is_within(turn, contact->copied_from, contact->copied_until) &&
	       is_about(turn, contact->copied_for, file);
}

static bool is_decision(str decision, const struct case_file *file)
{
	return str_eq(decision, S("all")) || file == NULL || str_eq(decision, file->pathway);
}

/* The latest assessment that speaks of this kind of decision counts; NULL: there is none. */
static const struct capacity *find_capacity(const struct turn *turn, const struct contact *contact,
					    const struct case_file *file)
{
	const struct capacity *last = NULL;
	for (size_t i = 0; i < turn->family->n_capacities; i++) {
		const struct capacity *one = &turn->family->capacities[i];
		if (!is_decision(one->decision, file) ||
		    (!str_eq(one->person, contact->person) && !str_eq(one->person, contact->id)))
			continue;
		if (last == NULL || date_before(last->assessed_on, one->assessed_on))
			last = one;
	}
	return last;
}

/* --- who acts for another ------------------------------------------------------------------------ */

/* Whom they act for in this case; NULL: for nobody. Who was found able to decide since then decides. */
static const struct contact *find_principal(const struct turn *turn, const struct contact *contact,
					    const struct case_file *file)
{
	const struct contact *other = contact->acts_for.n > 0
					      ? family_contact(turn->family, contact->acts_for)
					      : NULL;
	if (other == NULL || !is_within(turn, contact->acts_from, contact->acts_until) ||
	    !is_about(turn, contact->acts_in, file))
		return NULL;
	const struct capacity *capacity = find_capacity(turn, other, file);
	bool can_decide = capacity != NULL && capacity->has &&
			  !date_before(capacity->assessed_on, contact->acts_from);
	return can_decide ? NULL : other;
}

/* Whether somebody who can be told acts for them in this case. */
static bool is_represented(const struct turn *turn, const struct contact *contact,
			   const struct case_file *file)
{
	for (size_t i = 0; i < turn->family->n_contacts; i++) {
		const struct contact *other = &turn->family->contacts[i];
		if (is_in_reach(other, turn->today) && find_principal(turn, other, file) == contact)
			return true;
	}
	return false;
}

/* --- whose it is to hear ------------------------------------------------------------------------- */

/* The young person, or who acts for them, where the rights are theirs; NULL: they are the parents'. */
static const struct contact *find_holder(const struct turn *turn, const struct case_file *file)
{
	const struct contact *holder = family_young_rights_holder(turn->family, file, turn->today);
	if (holder == NULL || is_represented(turn, holder, file))
		return holder;
	const struct capacity *capacity = find_capacity(turn, holder, file);
	return capacity == NULL || capacity->has ? holder : NULL;
}

/* Of those who have the rights, or have them in another's name. */
static bool has_rights(const struct turn *turn, const struct contact *contact,
		       const struct contact *holder, const struct case_file *file)
{
	const struct contact *principal = find_principal(turn, contact, file);
	if (principal == NULL && is_represented(turn, contact, file))
		return false;
	/* Who may hear nothing is told nothing through another. */
	if (principal != NULL && !is_in_reach(principal, turn->today))
		principal = NULL;
	if (principal == NULL)
		principal = contact;
	return holder != NULL ? principal == holder : is_parent(principal) || is_parent(contact);
}

/* The child was adopted, and they are of before. Where a case does not say whose it is, it may be that
 * child's. */
static bool is_apart(const struct turn *turn, const struct contact *contact,
		     const struct case_file *file)
{
	if (contact->n_not_of == 0 || file == NULL)
		return false;
	const struct contact *child = family_child(turn->family, file);
	for (size_t i = 0; child != NULL && i < contact->n_not_of; i++) {
		if (str_eq(contact->not_of[i], child->id))
			return true;
	}
	return child == NULL;
}

static bool may_hear(const struct turn *turn, const struct contact *contact,
		     const struct contact *holder, const struct case_file *file)
{
	if (!is_in_reach(contact, turn->today) || is_apart(turn, contact, file))
		return false;
	if (has_rights(turn, contact, holder, file))
		return true;
	/* Who helps a parent hears what the parent agreed to. */
	bool helps = contact->role == ROLE_ADVOCATE || contact->role == ROLE_OTHER;
	return (holder != NULL || helps) && is_copied(turn, contact, file);
}

bool people_may_hear(const struct turn *turn, const struct contact *contact,
		     const struct case_file *file)
{
	return may_hear(turn, contact, find_holder(turn, file), file);
}

static void add(struct turn *turn, struct recipient **list, size_t *n, struct recipient recipient)
{
	*GROW(turn->arena, *list, *n) = recipient;
}

static bool is_named(const struct intent *intent, str id)
{
	for (size_t i = 0; i < intent->n_contacts; i++) {
		if (str_eq(intent->contacts[i], id))
			return true;
	}
	return false;
}

bool people_are_alone(const struct intent *intent)
{
	return str_starts(intent->rule, S("standards/method."));
}

/* Who acts for somebody hears what is meant for them, but not how they themselves are told. */
static bool is_meant(const struct intent *intent, const struct contact *contact,
		     const struct contact *principal)
{
	return is_named(intent, contact->id) ||
	       (principal != NULL && !people_are_alone(intent) && is_named(intent, principal->id));
}

static struct recipient *find_family(struct turn *turn, const struct intent *intent,
				     bool only_named, size_t *out_n)
{
	struct family *family = turn->family;
	const struct case_file *file = family_case(family, intent->case_id);
	const struct contact *holder = find_holder(turn, file);
	struct recipient *list = NULL;
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		const struct contact *principal = find_principal(turn, contact, file);
		if (!may_hear(turn, contact, holder, file) ||
		    (only_named && !is_meant(intent, contact, principal)))
			continue;
		if (intent->grade == GRADE_OPTIONAL && !contact->surveys)
			continue;
		add(turn, &list, out_n,
		    (struct recipient){ .id = contact->id,
					.name = contact->name,
					.contact = contact,
					.copied = !has_rights(turn, contact, holder, file) });
	}
	return list;
}

/* The young person whom the case is about and each parent, whoever holds the rights: of the rights
 * themselves both hear. */
static struct recipient *find_both(struct turn *turn, const struct intent *intent, size_t *out_n)
{
	struct family *family = turn->family;
	const struct case_file *file = family_case(family, intent->case_id);
	const struct contact *child = family_child(family, file);
	struct recipient *list = NULL;
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		const struct contact *principal = find_principal(turn, contact, file);
		bool for_parent = principal != NULL && is_in_reach(principal, turn->today) &&
				  is_parent(principal);
		/* Where somebody acts for the young person nothing changes for the two of them. */
		if (principal == NULL && is_represented(turn, contact, file))
			continue;
		if (is_in_reach(contact, turn->today) && !is_apart(turn, contact, file) &&
		    (contact == child || is_parent(contact) || for_parent))
			add(turn, &list, out_n,
			    (struct recipient){
				    .id = contact->id, .name = contact->name, .contact = contact });
	}
	return list;
}

static bool is_child_named(const struct turn *turn, const struct intent *intent)
{
	for (size_t i = 0; i < intent->n_contacts; i++) {
		const struct contact *contact = family_contact(turn->family, intent->contacts[i]);
		if (contact != NULL && contact->role == ROLE_YOUNG_PERSON && !contact->deceased)
			return true;
	}
	return false;
}

/* Whoever had a message that was wrong hears which one it was, and nobody else. */
static bool is_correction(const struct intent *intent)
{
	return str_starts(intent->rule, S(CORRECTION_RULE));
}

/* Those whom the event names. Of a child whom a worker saw the family hears as a whole; but what was
 * said with a parent who may hear nothing is for no other parent's eyes. */
static struct recipient *find_contacts(struct turn *turn, const struct intent *intent,
				       size_t *out_n)
{
	struct recipient *named = find_family(turn, intent, true, out_n);
	if (*out_n > 0 || people_are_alone(intent) || is_correction(intent) ||
	    (intent->n_contacts > 0 && !is_child_named(turn, intent)))
		return named;
	return find_family(turn, intent, false, out_n);
}

static struct recipient *find_parties(struct turn *turn, const struct intent *intent, size_t *out_n)
{
	struct family *family = turn->family;
	struct recipient *list = NULL;
	for (size_t i = 0; i < family->n_parties; i++) {
		const struct party *party = &family->parties[i];
		bool is_meant = intent->n_contacts == 0 || !is_correction(intent) ||
				is_named(intent, party->id);
		if (intent->parties.has[party->role] && is_meant)
			add(turn, &list, out_n,
			    (struct recipient){
				    .id = party->id, .name = party->name, .party = party });
	}
	return list;
}

/* --- staff --------------------------------------------------------------------------------------- */

const struct person *case_owner(const struct turn *turn, const struct case_file *file)
{
	return policy_holder(turn->policy, file->service, file->owner);
}

/* Of a task whoever has it; of a duty its own owner, where its rule names a role; else the case's, who minds the
 * family's own time limits, too. */
static str find_owner(const struct case_file *file, str about)
{
	bool is_about = file != NULL && about.n > 0;
	const struct duty *duty = is_about ? case_duty(file, about) : NULL;
	const struct task *task = is_about && duty == NULL ? case_task(file, about) : NULL;
	bool is_own = duty != NULL && duty->owner.n > 0 && !str_eq(duty->owner, S("owner")) &&
		      !str_eq(duty->owner, S("family"));
	if (is_own)
		return duty->owner;
	if (task != NULL)
		return task->owner;
	return file != NULL ? file->owner : STR_EMPTY;
}

/* A role that nobody holds is no reason for silence: the service's mailbox is never empty. */
static struct recipient mailbox_of(const struct turn *turn, str service_id)
{
	const struct service *service = policy_service(turn->policy, service_id);
	const struct authority *authority = &turn->policy->authority;
	if (service == NULL)
		return (struct recipient){ .id = S("authority"),
					   .name = authority->name,
					   .email = authority->email,
					   .mailbox = true };
	return (struct recipient){
		.id = service->id, .name = service->name, .email = service->email, .mailbox = true
	};
}

static struct recipient staff_of(const struct turn *turn, str service, str role_or_person)
{
	const struct person *person = policy_present(turn->policy, service, role_or_person,
						     turn->today);
	if (person == NULL || person->email.n == 0)
		return mailbox_of(turn, service);
	return (struct recipient){ .id = person->id, .name = person->name, .email = person->email };
}

str people_holder(const struct case_file *file, enum audience audience, str role, str about)
{
	const struct action *action = file != NULL ? case_action(file, about) : NULL;
	if (audience == AUDIENCE_MANAGER)
		return role.n > 0 ? role : S("team_manager");
	if (audience == AUDIENCE_ACTION_OWNER && action != NULL)
		return action->person;
	return find_owner(file, about);
}

static struct recipient find_staff(const struct turn *turn, const struct intent *intent)
{
	const struct case_file *file = family_case(turn->family, intent->case_id);
	const struct action *action = file != NULL ? case_action(file, intent->about) : NULL;
	str service = file != NULL ? file->service : family_desk(turn->family);
	if (action != NULL && intent->audience != AUDIENCE_OWNER)
		service = action->service;
	if (str_eq(intent->role, S(ROLE_AUTHORITY)))
		return mailbox_of(turn, STR_EMPTY);
	return staff_of(turn, service,
			people_holder(file, intent->audience, intent->role, intent->about));
}

/* --- all ----------------------------------------------------------------------------------------- */

struct recipient *people_for(struct turn *turn, const struct intent *intent, size_t *out_n)
{
	*out_n = 0;
	struct recipient *one = NULL;
	switch (intent->audience) {
	case AUDIENCE_FAMILY:
		return find_family(turn, intent, false, out_n);
	case AUDIENCE_CONTACTS:
		return find_contacts(turn, intent, out_n);
	case AUDIENCE_BOTH:
		return find_both(turn, intent, out_n);
	case AUDIENCE_PARTIES:
		return find_parties(turn, intent, out_n);
	case AUDIENCE_OWNER:
	case AUDIENCE_MANAGER:
	case AUDIENCE_ACTION_OWNER:
	case AUDIENCE_COUNT:
	default:
		add(turn, &one, out_n, find_staff(turn, intent));
		return one;
	}
}
