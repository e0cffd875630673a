/* A death, an adoption: from this moment on somebody is not told any more. */
#include "decide/inner.h"

/* --- death --------------------------------------------------------------------------------------- */

static void stop_all(struct turn *turn, const struct contact *only)
{
	struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		const struct open_message *open = &family->open[i];
		if (!date_is(open->accepted_on) &&
		    (only == NULL || str_eq(open->contact, only->id)))
			message_close(turn, i, MESSAGE_STOPPED, "a person has died");
	}
}

/* Nothing of a case is said any more, and what comes back is said to nobody again. */
static void drop_case(struct turn *turn, str case_id)
{
	struct family *family = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_intents; i++) {
		if (!str_eq(family->intents[i].case_id, case_id))
			family->intents[kept++] = family->intents[i];
	}
	family->n_intents = kept;
	for (size_t i = 0; i < family->n_open; i++) {
		if (str_eq(family->open[i].case_id, case_id))
			family->open[i].meets = STR_EMPTY;
	}
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		const struct open_message *open = &family->open[i];
		if (str_eq(open->case_id, case_id) && !date_is(open->accepted_on))
			message_close(turn, i, MESSAGE_STOPPED, "a person has died");
	}
}

static void cancel_all(struct turn *turn, struct case_file *file)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		struct promise promise = promise_of_duty(turn, file, &file->duties[i]);
		promise_move(turn, &promise, HAPPENS_CANCELLED, turn->event->on);
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		struct promise promise = promise_of_action(turn, file, &file->actions[i]);
		promise_move(turn, &promise, HAPPENS_CANCELLED, turn->event->on);
	}
}

/* Of several children in one family only what is about this one ends. */
static void end_child(struct turn *turn, const struct contact *child)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		if (family_child(family, file) != child)
			continue;
		drop_case(turn, file->id);
		cancel_all(turn, file);
	}
}

static bool has_other_child(const struct family *family, const struct contact *child)
{
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		if (contact != child && contact->role == ROLE_YOUNG_PERSON && !contact->removed &&
		    !contact->deceased)
			return true;
	}
	return false;
}

static void end_everything(struct turn *turn)
{
	struct family *family = turn->family;
	family->young_person_died = true;
	family->n_intents = 0;
	/* What is stopped now meets no duty, and no duty's end is a reason for it. */
	for (size_t i = 0; i < family->n_open; i++)
		family->open[i].meets = STR_EMPTY;
	stop_all(turn, NULL);
	/* What comes back now is said to nobody again. */
	family->n_open = 0;
	for (size_t i = 0; i < family->n_cases; i++)
		cancel_all(turn, &family->cases[i]);
}

static void ask_owner(struct turn *turn, const struct case_file *file, const char *about,
		      str person, str what)
{
	if (!date_is(file->closed_on))
		task_for_owner(turn, file->id, about, person, what);
}

static void ask_owners(struct turn *turn, const char *about, str person, str what)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++)
		ask_owner(turn, &family->cases[i], about, person, what);
}

static void mourn(struct turn *turn, const struct contact *child, str person)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		bool other = child != NULL && !family->young_person_died &&
			     family_child(family, file) != child;
		ask_owner(
			turn, file, "deceased", person,
			other ? S("A brother or sister has died. Look at what the family is to be "
				  "told, and when")
			      : S("The young person has died. Nothing more is sent. Decide who "
				  "speaks with the family"));
	}
}

static struct contact *find_person(const struct family *family, str person)
{
	for (size_t i = 0; i < family->n_contacts; i++) {
		if (str_eq(family->contacts[i].person, person))
			return &family->contacts[i];
	}
	return family_contact(family, person);
}

/* Most children of whom a family tells us are no contacts themselves. Who is not known here is taken
 * for the child: a message too few is put right by a person, a message after a child's death is not. */
static bool is_young_person(const struct contact *contact)
{
	return contact == NULL || contact->role == ROLE_YOUNG_PERSON;
}

void person_deceased(struct turn *turn)
{
	str person = json_text(turn->event->data, "person");
	struct contact *contact = find_person(turn->family, person);
	str id = contact != NULL ? contact->id : person;
	entry_event(turn, STR_EMPTY, str_fmt(turn->arena, "Death of %.*s", STR_ARG(id)));
	if (contact != NULL)
		contact->deceased = true;
	family_tell_anew(turn);
	if (is_young_person(contact)) {
		if (contact != NULL && has_other_child(turn->family, contact))
			end_child(turn, contact);
		else
			end_everything(turn);
		mourn(turn, contact, id);
		return;
	}
	stop_all(turn, contact);
	ask_owners(turn, "deceased", id,
		   S("A contact of the family has died. Nothing more is sent to them. Look at what "
		     "the others are to be told"));
}

/* --- adoption ------------------------------------------------------------------------------------ */

/* Kept by name alone, so that the past can be read; reached never again. */
static void seal(struct contact *contact)
{
	contact->removed = true;
	contact->sealed = true;
	contact->name = S("sealed");
	contact->email = STR_EMPTY;
	contact->sms = STR_EMPTY;
	contact->n_letter = 0;
	contact->n_channels = 0;
	contact->n_choices = 0;
}

/* Parents of brothers and sisters stay theirs. */
static void part(struct turn *turn, struct contact *contact, const struct contact *child)
{
	for (size_t i = 0; i < contact->n_not_of; i++) {
		if (str_eq(contact->not_of[i], child->id))
			return;
	}
	*GROW(turn->arena, contact->not_of, contact->n_not_of) = child->id;
}

/* After an adoption the child's parents are others (Adoption and Children Act 2002 s.46). At once
 * nobody of before is told anything, and how they could be reached is gone; what the law wants said
 * is said to the new parents, once a person has made them known. */
void person_adopted(struct turn *turn)
{
	struct family *family = turn->family;
	str person = json_text(turn->event->data, "person");
	const struct contact *child = find_person(family, person);
	str id = child != NULL ? child->id : person;
	entry_event(turn, STR_EMPTY, str_fmt(turn->arena, "Adoption of %.*s", STR_ARG(id)));
	bool is_alone = child == NULL || !has_other_child(family, child);
	for (size_t i = 0; i < family->n_contacts; i++) {
		struct contact *contact = &family->contacts[i];
		if (contact->role == ROLE_YOUNG_PERSON || event_names(turn, "parents", contact->id))
			continue;
		if (is_alone)
			seal(contact);
		else
			part(turn, contact, child);
	}
	family_tell_anew(turn);
	ask_owners(
		turn, "adopted", id,
		is_alone
			? S("The child has been adopted. Nobody of before is told any more: "
			    "register the new parents, and the child's new name and address")
			: S("One child of the family has been adopted. Nobody of before is told "
			    "of them any more. Register the child and the new parents as a family "
			    "of their own, and open their cases there: in this one the new parents "
			    "would be told of the brothers and sisters"));
}
