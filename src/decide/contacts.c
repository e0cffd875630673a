/* Who the family is, and how each may be told. Every change here may make wrong what is on its way,
 * so each ends with family_tell_anew. */
#include "decide/inner.h"

#include "model/postal.h"
#include "reckon/reckon.h"

void family_tell_anew(struct turn *turn)
{
	turn->family->tell++;
}

struct contact *contact_named(struct turn *turn)
{
	struct contact *contact = family_contact(turn->family,
						 json_text(turn->event->data, "contact"));
	if (contact == NULL)
		refuse(turn, "data.contact", "data.contact names no contact of this family");
	return contact;
}

static void note(struct turn *turn, const char *before, str id, const char *after)
{
	entry_event(turn, STR_EMPTY, str_fmt(turn->arena, "%s%.*s%s", before, STR_ARG(id), after));
}

/* --- the fields of a contact --------------------------------------------------------------------- */

static void set_text(const struct json *data, const char *key, str *out)
{
	const struct json *value = json_get(data, key);
	if (value != NULL)
		*out = value->type == JSON_TEXT ? value->text : STR_EMPTY;
}

static void set_date(const struct json *data, const char *key, date *out)
{
	const struct json *value = json_get(data, key);
	if (value == NULL)
		return;
	*out = DATE_NONE;
	if (value->type == JSON_TEXT)
		date_parse(value->text, out);
}

static size_t read_channels(const struct json *list, enum channel_kind out[CHANNEL_COUNT])
{
	size_t n = 0;
	if (list == NULL || list->type != JSON_LIST)
		return 0;
	for (size_t i = 0; i < list->list.n && n < CHANNEL_COUNT; i++) {
		const struct json *item = &list->list.items[i];
		if (item->type == JSON_TEXT && channel_kind_parse(item->text, &out[n]))
			n++;
	}
	return n;
}

static size_t read_lines(const struct json *list, str out[ADDRESS_LINES_MAX])
{
	size_t n = 0;
	if (list == NULL || list->type != JSON_LIST)
		return 0;
	for (size_t i = 0; i < list->list.n && n < ADDRESS_LINES_MAX; i++) {
		if (list->list.items[i].type == JSON_TEXT)
			out[n++] = list->list.items[i].text;
	}
	return n;
}

/* An address in the form that a printer takes. One that cannot be used is kept as it came, so that a
 * person can see what is wrong with it, and one of the family's workers asks for the right one. */
static bool settle_letter(struct turn *turn, str whose, str lines[ADDRESS_LINES_MAX], size_t *n)
{
	struct postal address;
	if (*n == 0)
		return true;
	enum postal_fault fault = postal_read(turn->arena, lines, *n, &address);
	if (fault == POSTAL_FINE) {
		*n = address.n;
		for (size_t i = 0; i < *n; i++)
			lines[i] = address.lines[i];
		return true;
	}
	const struct case_file *file = case_of_event(turn);
	str what = str_fmt(turn->arena,
			   "The postal address of %.*s cannot be used (%s): ask for the right one",
			   STR_ARG(whose), postal_code(fault));
	entry_add(turn, "note", whose, STR_EMPTY, what, STR_EMPTY);
	if (file != NULL)
		task_for_owner(turn, file->id, "address", whose, what);
	return false;
}

/* Only what is named changes; a new address has not failed yet. */
static void set_addresses(struct turn *turn, const struct json *data, struct contact *contact)
{
	static const struct json nothing = { .type = JSON_NULL_ };
	const struct json *addresses = json_get(data, "addresses");
	if (addresses == NULL)
		return;
	bool all = addresses->type != JSON_MAP; /* null takes every address away */
	const struct json *email = all ? &nothing : json_get(addresses, "email");
	const struct json *sms = all ? &nothing : json_get(addresses, "sms");
	const struct json *letter = all ? &nothing : json_get(addresses, "letter");
	if (email != NULL) {
		contact->email = email->type == JSON_TEXT ? email->text : STR_EMPTY;
		contact->failed.has[CHANNEL_EMAIL] = false;
	}
	if (sms != NULL) {
		contact->sms = sms->type == JSON_TEXT ? sms->text : STR_EMPTY;
		contact->failed.has[CHANNEL_SMS] = false;
	}
	if (letter != NULL) {
		contact->n_letter = read_lines(letter, contact->letter);
		contact->failed.has[CHANNEL_LETTER] = !settle_letter(
			turn, contact->id, contact->letter, &contact->n_letter);
	}
}

static void set_safe(const struct json *safe, struct safe_contact *out)
{
	*out = (struct safe_contact){ 0 };
	if (safe == NULL || safe->type != JSON_MAP)
		return;
	enum channel_kind channels[CHANNEL_COUNT];
	size_t n = read_channels(json_get(safe, "channels"), channels);
	out->on = true;
	for (size_t i = 0; i < n; i++)
		out->channels.has[channels[i]] = true;
	out->has_hours = week_read(json_get(safe, "hours"), &out->hours);
	out->sender = json_text(safe, "sender");
}

static void set_agreed(const struct json *data, struct contact *contact)
{
	const struct json *agreed = json_get(data, "agreed");
	if (agreed == NULL)
		return;
	contact->agreed_on = DATE_NONE;
	contact->agreed_with = json_text(agreed, "with");
	date_parse(json_text(agreed, "on"), &contact->agreed_on);
}

/* Parents and guardians have parental responsibility unless it is said that they have not. */
static void set_role(const struct json *data, struct contact *contact)
{
	if (json_get(data, "role") != NULL) {
		role_parse(json_text(data, "role"), &contact->role);
		if (contact->role == ROLE_PARENT || contact->role == ROLE_GUARDIAN)
			contact->parental_responsibility = true;
	}
	contact->parental_responsibility = json_bool(data, "parental_responsibility",
						     contact->parental_responsibility);
}

static void set_format(const struct json *data, struct contact *contact)
{
	if (json_get(data, "language") != NULL)
		set_text(data, "language", &contact->language);
	if (contact->language.n == 0)
		contact->language = S("en");
	if (json_get(data, "format") != NULL &&
	    !format_parse(json_text(data, "format"), &contact->format))
		contact->format = FORMAT_STANDARD;
}

/* What the event names changes, null removes, the rest stays. */
static void set_contact(struct turn *turn, const struct json *data, struct contact *contact)
{
	set_text(data, "person", &contact->person);
	if (json_text(data, "name").n > 0)
		set_text(data, "name", &contact->name);
	set_role(data, contact);
	set_date(data, "born", &contact->born);
	set_format(data, contact);
	if (json_get(data, "channels") != NULL)
		contact->n_channels = read_channels(json_get(data, "channels"), contact->channels);
	set_addresses(turn, data, contact);
	set_agreed(data, contact);
	if (json_get(data, "hours") != NULL)
		contact->has_hours = week_read(json_get(data, "hours"), &contact->hours);
	if (json_get(data, "safe") != NULL)
		set_safe(json_get(data, "safe"), &contact->safe);
	if (json_get(data, "optional") != NULL)
		contact->surveys = json_bool(json_get(data, "optional"), "surveys", true);
}

/* --- contacts and parties ------------------------------------------------------------------------ */

static void add_person(struct turn *turn, const struct contact *contact)
{
	struct plan *plan = turn->plan;
	if (contact->person.n > 0)
		*GROW(turn->arena, plan->persons, plan->n_persons) = contact->person;
}

/* Registered anew: what others said of them (a court order, consent, safety, death) stays. */
static struct contact start_contact(const struct contact *before, str id)
{
	struct contact contact = {
		.id = id,
		.role = ROLE_OTHER,
		.born = DATE_NONE,
		.agreed_on = DATE_NONE,
		.copied_from = DATE_NONE,
		.copied_until = DATE_NONE,
		.surveys = true,
	};
	if (before == NULL)
		return contact;
	contact.safe = before->safe;
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		contact.orders[i] = before->orders[i];
		contact.orders_until[i] = before->orders_until[i];
	}
	contact.copied_from = before->copied_from;
	contact.copied_until = before->copied_until;
	contact.copied_for = before->copied_for;
	contact.deceased = before->deceased;
	return contact;
}

static void note_rights(struct turn *turn)
{
	struct family *family = turn->family;
	family->rights_passed = family_young_rights_holder(family, turn->today) != NULL;
}

void contact_registered(struct turn *turn)
{
	struct family *family = turn->family;
	const struct json *data = turn->event->data;
	str id = json_text(data, "contact");
	struct contact *contact = family_contact(family, id);
	if (contact == NULL && family->n_contacts == CONTACTS_MAX) {
		refuse(turn, "data.contact", "too many contacts in this family");
		return;
	}
	struct contact fresh = start_contact(contact, id);
	set_contact(turn, data, &fresh);
	if (contact == NULL)
		contact = GROW(turn->arena, family->contacts, family->n_contacts);
	*contact = fresh;
	add_person(turn, contact);
	note_rights(turn);
	note(turn, "Contact ", id, " registered");
	family_tell_anew(turn);
}

void contact_updated(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	set_contact(turn, turn->event->data, contact);
	add_person(turn, contact);
	note_rights(turn);
	note(turn, "Contact ", contact->id, " changed");
	family_tell_anew(turn);
}

void contact_removed(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	contact->removed = true;
	note(turn, "Contact ", contact->id, " removed");
	family_tell_anew(turn);
}

void party_registered(struct turn *turn)
{
	struct family *family = turn->family;
	const struct json *data = turn->event->data;
	str id = json_text(data, "party");
	struct party *party = family_party(family, id);
	if (party == NULL && family->n_parties == PARTIES_MAX) {
		refuse(turn, "data.party", "too many parties in this family");
		return;
	}
	if (party == NULL)
		party = GROW(turn->arena, family->parties, family->n_parties);
	const struct json *addresses = json_get(data, "addresses");
	*party = (struct party){ .id = id,
				 .name = json_text(data, "name"),
				 .email = json_text(addresses, "email"),
				 .sms = json_text(addresses, "sms") };
	party_role_parse(json_text(data, "role"), &party->role);
	party->n_letter = read_lines(json_get(addresses, "letter"), party->letter);
	if (!settle_letter(turn, id, party->letter, &party->n_letter))
		party->n_letter = 0;
	party->n_channels = read_channels(json_get(data, "channels"), party->channels);
	note(turn, "Party ", id, " registered");
	family_tell_anew(turn);
}

/* --- who may be told ----------------------------------------------------------------------------- */

void consent_given(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	contact->copied_from = turn->event->on;
	contact->copied_until = DATE_NONE;
	set_date(turn->event->data, "until", &contact->copied_until);
	contact->copied_for = json_text(turn->event->data, "for");
	note(turn, "Consent to copy ", contact->id, "");
	family_tell_anew(turn);
}

void consent_withdrawn(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	contact->copied_from = DATE_NONE;
	contact->copied_until = DATE_NONE;
	contact->copied_for = STR_EMPTY;
	note(turn, "Consent to copy ", contact->id, " withdrawn");
	family_tell_anew(turn);
}

static struct capacity *find_capacity(struct family *family, str person, str decision)
{
	for (size_t i = 0; i < family->n_capacities; i++) {
		if (str_eq(family->capacities[i].person, person) &&
		    str_eq(family->capacities[i].decision, decision))
			return &family->capacities[i];
	}
	return NULL;
}

void capacity_recorded(struct turn *turn)
{
	struct family *family = turn->family;
	const struct json *data = turn->event->data;
	struct capacity fresh = { .person = json_text(data, "person"),
				  .decision = json_text(data, "decision"),
				  .by = json_text(data, "by"),
				  .has = json_bool(data, "has_capacity", true),
				  .assessed_on = turn->event->on };
	date_parse(json_text(data, "assessed_on"), &fresh.assessed_on);
	struct capacity *capacity = find_capacity(family, fresh.person, fresh.decision);
	if (capacity == NULL && family->n_capacities == CAPACITIES_MAX) {
		refuse(turn, "data.decision", "too many records of capacity in this family");
		return;
	}
	if (capacity == NULL)
		*GROW(turn->arena, family->capacities, family->n_capacities) = fresh;
	else if (!date_before(fresh.assessed_on, capacity->assessed_on))
		*capacity = fresh;
	note(turn, "Capacity of ", fresh.person, " recorded");
	family_tell_anew(turn);
}

void court_order_added(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	enum court_order effect = ORDER_NO_CONTACT;
	court_order_parse(json_text(turn->event->data, "effect"), &effect);
	contact->orders[effect] = true;
	contact->orders_until[effect] = DATE_NONE;
	set_date(turn->event->data, "until", &contact->orders_until[effect]);
	note(turn, "Court order about ", contact->id, "");
	family_tell_anew(turn);
}

void court_order_ended(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	enum court_order effect = ORDER_NONE;
	if (contact == NULL)
		return;
	court_order_parse(json_text(turn->event->data, "effect"), &effect);
	if (effect == ORDER_NONE || !contact->orders[effect]) {
		refuse(turn, "data.effect", "data.effect names an order that is not in force");
		return;
	}
	contact->orders[effect] = false;
	note(turn, "Court order about ", contact->id, " ended");
	family_tell_anew(turn);
}

void safe_contact_flagged(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	set_safe(turn->event->data, &contact->safe);
	note(turn, "Safe contact set for ", contact->id, "");
	family_tell_anew(turn);
}

/* --- death --------------------------------------------------------------------------------------- */

static void stop_all(struct turn *turn, const struct contact *only)
{
	struct family *family = turn->family;
	for (size_t i = family->n_open; i > 0; i--) {
		/* Stopping one may end a duty, and so close more behind our back. */
		if (i > family->n_open)
			continue;
		const struct open_message *open = &family->open[i - 1];
		if (!date_is(open->accepted_on) &&
		    (only == NULL || str_eq(open->contact, only->id)))
			message_close(turn, i - 1, MESSAGE_STOPPED, "a person has died");
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

static void ask_owners(struct turn *turn, str person, str what)
{
	const struct family *family = turn->family;
	for (size_t i = 0; i < family->n_cases; i++) {
		if (!date_is(family->cases[i].closed_on))
			task_for_owner(turn, family->cases[i].id, "deceased", person, what);
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
	note(turn, "Death of ", id, "");
	if (contact != NULL)
		contact->deceased = true;
	family_tell_anew(turn);
	if (is_young_person(contact)) {
		end_everything(turn);
		ask_owners(turn, id,
			   S("The young person has died. Nothing more is sent. Decide who speaks "
			     "with the family"));
		return;
	}
	stop_all(turn, contact);
	ask_owners(turn, id,
		   S("A contact of the family has died. Nothing more is sent to them. Look at what "
		     "the others are to be told"));
}
