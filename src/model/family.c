#include "model/family.h"

#include "base/arena.h"

bool contact_is_barred(const struct contact *contact, date on)
{
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		date until = contact->orders_until[i];
		if (contact->orders[i] && (!date_is(until) || !date_before(until, on)))
			return true;
	}
	return false;
}

struct contact *family_contact(const struct family *family, str id)
{
	for (size_t i = 0; i < family->n_contacts; i++) {
		if (str_eq(family->contacts[i].id, id))
			return &family->contacts[i];
	}
	return NULL;
}

struct party *family_party(const struct family *family, str id)
{
	for (size_t i = 0; i < family->n_parties; i++) {
		if (str_eq(family->parties[i].id, id))
			return &family->parties[i];
	}
	return NULL;
}

struct case_file *family_case(const struct family *family, str id)
{
	for (size_t i = 0; i < family->n_cases; i++) {
		if (str_eq(family->cases[i].id, id))
			return &family->cases[i];
	}
	return NULL;
}

bool family_had_case(const struct family *family, str id)
{
	for (size_t i = 0; i < family->n_former_cases; i++) {
		if (str_eq(family->former_cases[i], id))
			return true;
	}
	return family_case(family, id) != NULL;
}

struct open_message *family_open(const struct family *family, str message)
{
	for (size_t i = 0; i < family->n_open; i++) {
		if (str_eq(family->open[i].id, message))
			return &family->open[i];
	}
	return NULL;
}

struct duty *case_duty(const struct case_file *file, str id)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		if (str_eq(file->duties[i].id, id))
			return &file->duties[i];
	}
	return NULL;
}

struct action *case_action(const struct case_file *file, str id)
{
	for (size_t i = 0; i < file->n_actions; i++) {
		if (str_eq(file->actions[i].id, id))
			return &file->actions[i];
	}
	return NULL;
}

struct task *case_task(const struct case_file *file, str id)
{
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (str_eq(file->tasks[i].id, id))
			return &file->tasks[i];
	}
	return NULL;
}

str family_desk(const struct family *family)
{
	str prefix = S(DESK_PREFIX);
	return str_starts(family->id, prefix) ? str_slice(family->id, prefix.n, family->id.n)
					      : STR_EMPTY;
}

bool duty_is_running(enum duty_state state)
{
	return state == DUTY_SCHEDULED || state == DUTY_WARNED || state == DUTY_DUE ||
	       state == DUTY_BREACHED || state == DUTY_ACKNOWLEDGED;
}

/* --- copies -------------------------------------------------------------------------------------- */

static void *copy_array(struct arena *arena, const void *array, size_t size, size_t n)
{
	if (n == 0)
		return NULL;
	void *copy = arena_take(arena, size, n);
	memcpy(copy, array, size * n);
	return copy;
}

#define COPY(arena, array, n) ((array) = copy_array((arena), (array), sizeof *(array), (n)))

void *grow_array(struct arena *arena, const void *array, size_t size, size_t n)
{
	void *copy = arena_take(arena, size, n + 1);
	if (n > 0)
		memcpy(copy, array, size * n);
	return copy;
}

static void copy_case(struct arena *arena, struct case_file *file)
{
	COPY(arena, file->duties, file->n_duties);
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		COPY(arena, duty->own, duty->n_own);
	}
	COPY(arena, file->actions, file->n_actions);
	for (size_t i = 0; i < file->n_actions; i++) {
		struct action *action = &file->actions[i];
		COPY(arena, action->agreed_with, action->n_agreed_with);
	}
	COPY(arena, file->tasks, file->n_tasks);
	COPY(arena, file->holds, file->n_holds);
	COPY(arena, file->dispatched, file->n_dispatched);
	COPY(arena, file->stands, file->n_stands);
}

static void copy_intent(struct arena *arena, struct intent *intent)
{
	COPY(arena, intent->contacts, intent->n_contacts);
	COPY(arena, intent->enclosures, intent->n_enclosures);
}

struct family *family_copy(struct arena *arena, const struct family *family)
{
	struct family *copy = TAKE(arena, struct family, 1);
	*copy = *family;
	COPY(arena, copy->contacts, copy->n_contacts);
	for (size_t i = 0; i < copy->n_contacts; i++) {
		struct contact *contact = &copy->contacts[i];
		COPY(arena, contact->choices, contact->n_choices);
		COPY(arena, contact->not_of, contact->n_not_of);
	}
	COPY(arena, copy->parties, copy->n_parties);
	COPY(arena, copy->capacities, copy->n_capacities);
	COPY(arena, copy->cases, copy->n_cases);
	for (size_t i = 0; i < copy->n_cases; i++)
		copy_case(arena, &copy->cases[i]);
	COPY(arena, copy->absences, copy->n_absences);
	COPY(arena, copy->items, copy->n_items);
	COPY(arena, copy->storms, copy->n_storms);
	COPY(arena, copy->rest, copy->n_rest);
	COPY(arena, copy->intents, copy->n_intents);
	for (size_t i = 0; i < copy->n_intents; i++)
		copy_intent(arena, &copy->intents[i]);
	COPY(arena, copy->former_cases, copy->n_former_cases);
	COPY(arena, copy->doubts, copy->n_doubts);
	COPY(arena, copy->open, copy->n_open);
	for (size_t i = 0; i < copy->n_open; i++) {
		struct intent **intent = &copy->open[i].intent;
		if (*intent == NULL)
			continue;
		COPY(arena, *intent, 1);
		copy_intent(arena, *intent);
	}
	return copy;
}

/* --- copies that share nothing: each function makes every text of its thing the arena's own ------- */

static void own(struct arena *arena, str *text)
{
	*text = str_copy(arena, *text);
}

static void own_list(struct arena *arena, str *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		own(arena, &texts[i]);
}

static void own_contact(struct arena *arena, struct contact *contact)
{
	own(arena, &contact->id);
	own(arena, &contact->person);
	own(arena, &contact->name);
	own(arena, &contact->language);
	own(arena, &contact->email);
	own(arena, &contact->sms);
	own_list(arena, contact->letter, contact->n_letter);
	own(arena, &contact->agreed_with);
	own(arena, &contact->safe.sender);
	own(arena, &contact->copied_for);
	own(arena, &contact->acts_for);
	own(arena, &contact->acts_in);
	own_list(arena, contact->not_of, contact->n_not_of);
	for (size_t i = 0; i < contact->n_choices; i++)
		own(arena, &contact->choices[i].case_id);
}

static void own_party(struct arena *arena, struct party *party)
{
	own(arena, &party->id);
	own(arena, &party->name);
	own(arena, &party->email);
	own(arena, &party->sms);
	own_list(arena, party->letter, party->n_letter);
}

static void own_capacity(struct arena *arena, struct capacity *capacity)
{
	own(arena, &capacity->person);
	own(arena, &capacity->decision);
	own(arena, &capacity->by);
}

static void own_chase(struct arena *arena, struct chase *chase)
{
	own(arena, &chase->role);
	own(arena, &chase->listed);
	if (chase->ladder == NULL)
		return;
	struct ladder *ladder = copy_array(arena, chase->ladder, sizeof *ladder, 1);
	own(arena, &ladder->id);
	own(arena, &ladder->calendar);
	COPY(arena, ladder->rungs, ladder->n_rungs);
	for (size_t i = 0; i < ladder->n_rungs; i++) {
		own(arena, &ladder->rungs[i].tell);
		own(arena, &ladder->rungs[i].template);
		ladder->rungs[i].file = STR_EMPTY;
	}
	ladder->file = STR_EMPTY;
	chase->ladder = ladder;
}

static void own_duty(struct arena *arena, struct duty *duty)
{
	own(arena, &duty->id);
	own(arena, &duty->rule);
	own(arena, &duty->started_by);
	own(arena, &duty->explained);
	own(arena, &duty->owner);
	own(arena, &duty->ended_by);
	own(arena, &duty->excuse);
	own(arena, &duty->acknowledged_by);
	own_chase(arena, &duty->chase);
	own(arena, &duty->contact);
	own(arena, &duty->traceparent);
	for (size_t i = 0; i < duty->n_own; i++) {
		own(arena, &duty->own[i].contact);
		own(arena, &duty->own[i].event);
	}
}

static void own_action(struct arena *arena, struct action *action)
{
	own(arena, &action->id);
	own(arena, &action->what);
	own(arena, &action->service);
	own(arena, &action->person);
	own_list(arena, action->agreed_with, action->n_agreed_with);
	own(arena, &action->ended_by);
	own(arena, &action->acknowledged_by);
	own(arena, &action->started_by);
	own_chase(arena, &action->chase);
}

static void own_task(struct arena *arena, struct task *task)
{
	own(arena, &task->id);
	own(arena, &task->contact);
	own(arena, &task->what);
	own(arena, &task->how);
	own(arena, &task->owner);
	own(arena, &task->message);
	own(arena, &task->outcome);
	own_chase(arena, &task->chase);
}

static void own_stand(struct arena *arena, struct stand *stand)
{
	own(arena, &stand->event);
	own(arena, &stand->stage);
	own(arena, &stand->next_what);
	own(arena, &stand->next_who);
	own(arena, &stand->next_by);
}

static void own_case(struct arena *arena, struct case_file *file)
{
	own(arena, &file->id);
	own(arena, &file->pathway);
	own(arena, &file->service);
	own(arena, &file->owner);
	own(arena, &file->child);
	own(arena, &file->closed_by);
	own(arena, &file->outcome);
	for (size_t i = 0; i < file->n_stands; i++)
		own_stand(arena, &file->stands[i]);
	own(arena, &file->stage);
	own(arena, &file->next_what);
	own(arena, &file->next_who);
	own(arena, &file->next_by);
	for (size_t i = 0; i < file->n_duties; i++)
		own_duty(arena, &file->duties[i]);
	for (size_t i = 0; i < file->n_actions; i++)
		own_action(arena, &file->actions[i]);
	for (size_t i = 0; i < file->n_tasks; i++)
		own_task(arena, &file->tasks[i]);
	for (size_t i = 0; i < file->n_holds; i++) {
		own(arena, &file->holds[i].reason);
		own(arena, &file->holds[i].owner);
	}
	for (size_t i = 0; i < file->n_dispatched; i++) {
		own(arena, &file->dispatched[i].enclosure);
		own(arena, &file->dispatched[i].contact);
	}
}

static void own_enclosure(struct arena *arena, struct enclosure *enclosure)
{
	own(arena, &enclosure->id);
	own(arena, &enclosure->kind);
	own(arena, &enclosure->sha256);
}

static void own_intent(struct arena *arena, struct intent *intent)
{
	own(arena, &intent->id);
	own(arena, &intent->case_id);
	own_list(arena, intent->contacts, intent->n_contacts);
	own(arena, &intent->template);
	own(arena, &intent->rule);
	own(arena, &intent->unless);
	own(arena, &intent->about);
	own(arena, &intent->meets);
	own(arena, &intent->role);
	own(arena, &intent->task);
	own(arena, &intent->follows);
	own(arena, &intent->event_id);
	own(arena, &intent->event_type);
	own(arena, &intent->traceparent);
	own(arena, &intent->facts);
	for (size_t i = 0; i < intent->n_enclosures; i++)
		own_enclosure(arena, &intent->enclosures[i]);
	own(arena, &intent->former_email);
	own(arena, &intent->former_sms);
	own(arena, &intent->desk);
}

static void own_open(struct arena *arena, struct open_message *open)
{
	own(arena, &open->id);
	own(arena, &open->case_id);
	own(arena, &open->contact);
	own(arena, &open->unless);
	own(arena, &open->about);
	own(arena, &open->meets);
	if (open->intent != NULL)
		own_intent(arena, open->intent);
}

static void own_doubt(struct arena *arena, struct doubt *doubt)
{
	own(arena, &doubt->message);
	own(arena, &doubt->event_id);
	own(arena, &doubt->contact);
	own(arena, &doubt->template);
}

static void own_absence(struct arena *arena, struct absence *absence)
{
	own(arena, &absence->person);
	own(arena, &absence->deputy);
	own(arena, &absence->event);
}

static void own_item(struct arena *arena, struct desk_item *item)
{
	own(arena, &item->case_id);
	own(arena, &item->about);
	own(arena, &item->holder);
	own(arena, &item->what);
	own(arena, &item->template);
}

struct family *family_keep(struct arena *arena, const struct family *family)
{
	struct family *copy = family_copy(arena, family);
	own(arena, &copy->id);
	for (size_t i = 0; i < copy->n_contacts; i++)
		own_contact(arena, &copy->contacts[i]);
	for (size_t i = 0; i < copy->n_parties; i++)
		own_party(arena, &copy->parties[i]);
	for (size_t i = 0; i < copy->n_capacities; i++)
		own_capacity(arena, &copy->capacities[i]);
	for (size_t i = 0; i < copy->n_cases; i++) {
		own_case(arena, &copy->cases[i]);
		copy->cases[i].was_away = false;
	}
	for (size_t i = 0; i < copy->n_former_cases; i++)
		own(arena, &copy->former_cases[i]);
	for (size_t i = 0; i < copy->n_absences; i++)
		own_absence(arena, &copy->absences[i]);
	for (size_t i = 0; i < copy->n_items; i++)
		own_item(arena, &copy->items[i]);
	for (size_t i = 0; i < copy->n_storms; i++)
		own(arena, &copy->storms[i].reader);
	for (size_t i = 0; i < copy->n_rest; i++)
		own(arena, &copy->rest[i].holder);
	for (size_t i = 0; i < copy->n_intents; i++)
		own_intent(arena, &copy->intents[i]);
	for (size_t i = 0; i < copy->n_open; i++)
		own_open(arena, &copy->open[i]);
	for (size_t i = 0; i < copy->n_doubts; i++)
		own_doubt(arena, &copy->doubts[i]);
	return copy;
}

/* --- when rights pass ---------------------------------------------------------------------------- */

date rights_pass_on(date born)
{
	if (!date_is(born))
		return DATE_NONE;
	struct civil sixteen = date_civil(date_add_months(born, 16 * 12));
	return date_nth_weekday(sixteen.month >= 9 ? sixteen.year + 1 : sixteen.year, 6, FRIDAY,
				NTH_LAST);
}

const struct contact *family_child(const struct family *family, const struct case_file *file)
{
	const struct contact *only = NULL;
	if (file != NULL && file->child.n > 0)
		return family_contact(family, file->child);
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		if (contact->role != ROLE_YOUNG_PERSON || contact->removed || contact->deceased)
			continue;
		if (only != NULL)
			return NULL;
		only = contact;
	}
	return only;
}

const struct contact *family_young_rights_holder(const struct family *family,
						 const struct case_file *file, date on)
{
	const struct contact *child = family_child(family, file);
	bool passed = child != NULL && child->role == ROLE_YOUNG_PERSON && !child->removed &&
		      !child->deceased && date_is(child->born) &&
		      date_before(rights_pass_on(child->born), on);
	return passed ? child : NULL;
}

static void tally_date(struct tally *tally, enum duty_state state, date due, date breached_on)
{
	if (!duty_is_running(state))
		return;
	if (date_is(breached_on))
		tally->breached++;
	else if (!date_is(tally->nearest_duty) || date_before(due, tally->nearest_duty))
		tally->nearest_duty = due;
}

struct tally family_tally(const struct family *family)
{
	struct tally tally = { .nearest_duty = DATE_NONE };

	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];

		for (size_t j = 0; j < file->n_duties; j++)
			tally_date(&tally, file->duties[j].state, file->duties[j].due,
				   file->duties[j].breached_on);
		for (size_t j = 0; j < file->n_actions; j++)
			tally_date(&tally, file->actions[j].state, file->actions[j].due,
				   file->actions[j].breached_on);
		for (size_t j = 0; j < file->n_tasks; j++)
			tally.tasks += !file->tasks[j].done;
	}
	return tally;
}
