/* What of people comes with time: court orders and consents end, rights pass to the young person, an
 * agreed method is asked for again. */
#include "decide/inner.h"

/* --- limits -------------------------------------------------------------------------------------- */

static bool is_over(const struct turn *turn, date until)
{
	return date_is(until) && date_before(until, turn->today);
}

static void note(struct turn *turn, str id, const char *before, const char *after)
{
	entry_add(turn, "note", id, STR_EMPTY,
		  str_fmt(turn->arena, "%s%.*s%s", before, STR_ARG(id), after), STR_EMPTY);
}

static void end_limits(struct turn *turn, struct contact *contact)
{
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		if (!contact->orders[i] || !is_over(turn, contact->orders_until[i]))
			continue;
		contact->orders[i] = false;
		note(turn, contact->id, "A court order about ", " has come to its end");
		family_tell_anew(turn);
	}
	if (date_is(contact->copied_from) && is_over(turn, contact->copied_until)) {
		contact->copied_from = DATE_NONE;
		contact->copied_until = DATE_NONE;
		note(turn, contact->id, "The consent to copy ", " has come to its end");
		family_tell_anew(turn);
	}
	if (contact->acts_for.n > 0 && is_over(turn, contact->acts_until)) {
		contact->acts_for = STR_EMPTY;
		contact->acts_until = DATE_NONE;
		note(turn, contact->id, "The time in which ", " acts for another contact is over");
		family_tell_anew(turn);
	}
}

/* --- rights -------------------------------------------------------------------------------------- */

/* The case of the young person that is open, of several the first; NULL: none. */
static struct case_file *case_about(const struct turn *turn, const struct contact *child)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		if (!date_is(file->closed_on) && family_child(family, file) == child)
			return file;
	}
	return NULL;
}

static void say_rights(struct turn *turn, const struct contact *child, const char *moment,
		       size_t step)
{
	struct case_file *file = case_about(turn, child);
	const struct event_rule *rule = policy_standard(turn->policy, str_of(moment));
	if (file == NULL || rule == NULL)
		return;
	const struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/%.*s/%s/%zu", STR_ARG(file->id),
			      STR_ARG(child->id), moment, step),
		.rule = str_fmt(turn->arena, "standards/%s", moment),
		.quiet = true,
	};
	say(turn, &occasion, rule->says, rule->n_says);
}

static bool is_coming_of_age(const struct contact *contact)
{
	return contact->role == ROLE_YOUNG_PERSON && !contact->removed && !contact->deceased &&
	       date_is(contact->born) && !contact->rights_passed;
}

/* The day on which they are told the n-th time that rights will pass: DATE_NONE: not again. */
static date day_of_telling(const struct turn *turn, const struct contact *contact, size_t n)
{
	const struct people_rule *rule = &turn->policy->people;
	return n < rule->n_rights_before
		       ? reckon_before(turn->policy->calendar, rights_pass_on(contact->born),
				       rule->rights_before[n])
		       : DATE_NONE;
}

static void pass_rights(struct turn *turn, struct contact *contact)
{
	if (!is_coming_of_age(contact))
		return;
	if (date_before(rights_pass_on(contact->born), turn->today)) {
		contact->rights_passed = true;
		note(turn, contact->id, "The rights are from now on those of ", "");
		family_tell_anew(turn);
		say_rights(turn, contact, "rights.passed", 0);
		return;
	}
	/* Until there is a case there is nobody whom they could ask about it. */
	if (case_about(turn, contact) == NULL)
		return;
	size_t begun = contact->rights_told;
	date day = day_of_telling(turn, contact, begun);
	while (date_is(day) && !date_before(turn->today, day))
		day = day_of_telling(turn, contact, ++begun);
	/* Of several whose day has come, after an outage or for a new family, the latest is said. */
	if (begun > contact->rights_told)
		say_rights(turn, contact, "rights.upcoming", begun);
	contact->rights_told = begun;
}

static instant start_of(const struct turn *turn, date day)
{
	return date_is(day) ? calendar_day_start(turn->policy->calendar, day) : INSTANT_NEVER;
}

/* When they are told that rights will pass. */
static instant next_of_rights(const struct turn *turn, const struct contact *contact)
{
	if (!is_coming_of_age(contact))
		return INSTANT_NEVER;
	date day = day_of_telling(turn, contact, contact->rights_told);
	return case_about(turn, contact) != NULL ? start_of(turn, day) : INSTANT_NEVER;
}

/* --- who may be told ----------------------------------------------------------------------------- */

static instant told_until(const struct turn *turn, const struct contact *contact)
{
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		if (contact->orders[i] && date_is(contact->orders_until[i]))
			next = instant_min(next,
					   start_of(turn, date_add(contact->orders_until[i], 1)));
	}
	if (date_is(contact->copied_from) && date_is(contact->copied_until))
		next = instant_min(next, start_of(turn, date_add(contact->copied_until, 1)));
	if (contact->acts_for.n > 0 && date_is(contact->acts_until))
		next = instant_min(next, start_of(turn, date_add(contact->acts_until, 1)));
	return is_coming_of_age(contact)
		       ? instant_min(next,
				     start_of(turn, date_add(rights_pass_on(contact->born), 1)))
		       : next;
}

instant people_told_until(const struct turn *turn)
{
	const struct family *family = turn->family;
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < family->n_contacts; i++)
		next = instant_min(next, told_until(turn, &family->contacts[i]));
	return next;
}

/* --- all ----------------------------------------------------------------------------------------- */

/* Older records have one mark for the family. */
static void share_mark(struct turn *turn)
{
	struct family *family = turn->family;
	for (size_t i = 0; family->rights_passed && i < family->n_contacts; i++) {
		struct contact *contact = &family->contacts[i];
		if (is_coming_of_age(contact) &&
		    date_before(rights_pass_on(contact->born), turn->today))
			contact->rights_passed = true;
	}
	family->rights_passed = false;
}

void people_look(struct turn *turn)
{
	struct family *family = turn->family;
	share_mark(turn);
	for (size_t i = 0; i < family->n_contacts; i++) {
		end_limits(turn, &family->contacts[i]);
		pass_rights(turn, &family->contacts[i]);
		method_look(turn, &family->contacts[i]);
	}
}

static instant next_of_contact(const struct turn *turn, const struct contact *contact)
{
	instant next = instant_min(next_of_rights(turn, contact), told_until(turn, contact));
	return instant_min(next, start_of(turn, method_next(turn, contact)));
}

instant people_next_look(const struct turn *turn)
{
	const struct family *family = turn->family;
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < family->n_contacts; i++)
		next = instant_min(next, next_of_contact(turn, &family->contacts[i]));
	return next;
}
