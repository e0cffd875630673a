/* Who the family is, and how each may be told. Every change here may make wrong what is on its way,
 * so each ends with family_tell_anew. */
#include "decide/inner.h"

#include "model/phone.h"
#include "model/postal.h"
#include "reckon/reckon.h"

void family_tell_anew(struct turn *turn)
{
	turn->family->tell++;
}

struct contact *contact_named(struct turn *turn)
{
	str id = json_text(turn->event->data, "contact");
	struct contact *contact = family_contact(turn->family, id);
	/* What is told of a person holds in each of their families, under whatever name. */
	for (size_t i = 0; contact == NULL && i < turn->family->n_contacts; i++) {
		if (str_eq(turn->family->contacts[i].person, id))
			contact = &turn->family->contacts[i];
	}
	if (contact != NULL && contact->sealed)
		contact = NULL;
	if (contact == NULL)
		refuse(turn, "data.contact", "data.contact names no contact of this family");
	return contact;
}

bool contacts_are_known(struct turn *turn, const char *key)
{
	const struct json *ids;
	size_t n = json_list(turn->event->data, key, &ids);
	for (size_t i = 0; i < n; i++) {
		const struct contact *contact = family_contact(turn->family, ids[i].text);
		if (contact != NULL && !contact->sealed)
			continue;
		str field = str_fmt(turn->arena, "data.%s", key);
		str message = str_fmt(turn->arena,
				      "%.*s names somebody who is no contact of this family",
				      STR_ARG(field));
		return refuse(turn, str_z(turn->arena, field), str_z(turn->arena, message));
	}
	return true;
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

/* Each once, as intake has seen. */
static size_t read_channels(const struct json *data, const char *key,
			    enum channel_kind out[CHANNEL_COUNT])
{
	const struct json *items;
	size_t n = json_list(data, key, &items);
	require(n <= CHANNEL_COUNT);
	for (size_t i = 0; i < n; i++)
		channel_kind_parse(items[i].text, &out[i]);
	return n;
}

static size_t read_lines(const struct json *addresses, str out[ADDRESS_LINES_MAX])
{
	const struct json *items;
	size_t n = json_list(addresses, "letter", &items);
	require(n <= ADDRESS_LINES_MAX);
	for (size_t i = 0; i < n; i++)
		out[i] = items[i].text;
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

/* What a person was to say because a channel had failed may go that way again, as a message of its
 * own. What is on its way by another channel goes on. */
static void try_again(struct turn *turn, const struct contact *contact, enum channel_kind channel)
{
	struct family *family = turn->family;
	for (size_t i = 0; i < family->n_open; i++) {
		struct open_message *open = &family->open[i];
		if (open->channel != CHANNEL_TASK || !open->tried.has[channel] ||
		    !str_eq(open->contact, contact->id))
			continue;
		open->tried.has[channel] = false;
		open->intent->round++;
	}
}

static void renew(struct turn *turn, struct contact *contact, enum channel_kind channel)
{
	contact->failed.has[channel] = false;
	contact->stopped.has[channel] = false;
	try_again(turn, contact, channel);
}

/* As "+447700900123", however it was written. */
static str phone_of(struct turn *turn, const struct json *number)
{
	str e164 = STR_EMPTY;
	if (number != NULL && number->type == JSON_TEXT)
		(void)phone_read(turn->arena, number->text, &e164);
	return e164;
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
		renew(turn, contact, CHANNEL_EMAIL);
	}
	if (sms != NULL) {
		contact->sms = phone_of(turn, sms);
		renew(turn, contact, CHANNEL_SMS);
	}
	if (letter != NULL) {
		contact->n_letter = read_lines(addresses, contact->letter);
		renew(turn, contact, CHANNEL_LETTER);
		contact->confirmed_on = turn->event->on;
		contact->failed.has[CHANNEL_LETTER] = !settle_letter(
			turn, contact->id, contact->letter, &contact->n_letter);
	}
}

static void set_safe(const struct json *safe, struct safe_contact *out)
{
	*out = (struct safe_contact){ 0 };
	if (safe->type != JSON_MAP)
		return;
	enum channel_kind channels[CHANNEL_COUNT];
	size_t n = read_channels(safe, "channels", channels);
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
	const struct json *said = json_get(data, "parental_responsibility");
	enum role before = contact->role;
	role_parse(json_text(data, "role"), &contact->role);
	bool usual = contact->role == ROLE_PARENT || contact->role == ROLE_GUARDIAN;
	if (said != NULL)
		contact->parental_responsibility = said->type == JSON_BOOL ? said->boolean : usual;
	else if (contact->role != before)
		contact->parental_responsibility |= usual;
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

/* How they want to be told in one case; null: as in the others. */
static void set_choice(struct turn *turn, str case_id, const struct json *data,
		       struct contact *contact)
{
	struct case_choice choice = { .case_id = case_id };
	size_t kept = 0;
	choice.n_channels = read_channels(data, "channels", choice.channels);
	for (size_t i = 0; i < contact->n_choices; i++) {
		if (!str_eq(contact->choices[i].case_id, case_id))
			contact->choices[kept++] = contact->choices[i];
	}
	contact->n_choices = kept;
	if (choice.n_channels == 0)
		return;
	/* More than there can be cases: the oldest is of one that is long over, or never was. */
	if (contact->n_choices == CASES_MAX) {
		for (size_t i = 1; i < contact->n_choices; i++)
			contact->choices[i - 1] = contact->choices[i];
		contact->n_choices--;
	}
	*GROW(turn->arena, contact->choices, contact->n_choices) = choice;
}

/* Whoever chooses a channel wants it again. */
static void set_channels(struct turn *turn, const struct json *data, struct contact *contact)
{
	str case_id = json_text(data, "case");
	if (json_get(data, "channels") == NULL)
		return;
	if (case_id.n > 0) {
		set_choice(turn, case_id, data, contact);
		return;
	}
	contact->n_channels = read_channels(data, "channels", contact->channels);
	for (size_t i = 0; i < contact->n_channels; i++)
		contact->stopped.has[contact->channels[i]] = false;
}

/* A postal address that came back is used again once somebody says that it is right. */
static void set_confirmed(struct turn *turn, const struct json *data, struct contact *contact)
{
	if (json_get(data, "confirmed") == NULL)
		return;
	set_date(data, "confirmed", &contact->confirmed_on);
	if (!date_is(contact->confirmed_on))
		return;
	contact->failed.has[CHANNEL_LETTER] = false;
	try_again(turn, contact, CHANNEL_LETTER);
}

/* Null: for nobody any more. */
static void set_acts_for(const struct turn *turn, const struct json *data, struct contact *contact)
{
	const struct json *acts = json_get(data, "acts_for");
	if (acts == NULL)
		return;
	contact->acts_for = json_text(acts, "contact");
	contact->acts_in = json_text(acts, "for");
	contact->acts_from = contact->acts_for.n > 0 ? turn->event->on : DATE_NONE;
	contact->acts_until = DATE_NONE;
	date_parse(json_text(acts, "until"), &contact->acts_until);
}

/* Nobody acts for themselves, or for somebody who is not known. False: refused. */
static bool check_acts_for(struct turn *turn, str contact)
{
	const struct json *acts = json_get(turn->event->data, "acts_for");
	str whom = json_text(acts, "contact");
	const struct contact *other = family_contact(turn->family, whom);
	if (whom.n == 0 || (other != NULL && !other->sealed && !str_eq(whom, contact)))
		return true;
	return refuse(turn, "data.acts_for.contact",
		      "data.acts_for.contact names no other contact of this family");
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
	set_channels(turn, data, contact);
	set_addresses(turn, data, contact);
	set_confirmed(turn, data, contact);
	contact->oral_first = json_bool(
		data, "oral_first", contact->oral_first && json_get(data, "oral_first") == NULL);
	contact->looked_after = json_bool(data, "looked_after",
					  contact->looked_after &&
						  json_get(data, "looked_after") == NULL);
	set_agreed(data, contact);
	set_acts_for(turn, data, contact);
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
		.confirmed_on = DATE_NONE,
		.asked_on = DATE_NONE,
		.copied_from = DATE_NONE,
		.copied_until = DATE_NONE,
		.acts_from = DATE_NONE,
		.acts_until = DATE_NONE,
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
	contact.acts_for = before->acts_for;
	contact.acts_in = before->acts_in;
	contact.acts_from = before->acts_from;
	contact.acts_until = before->acts_until;
	contact.deceased = before->deceased;
	/* What we found out ourselves, and what they said of it, is not undone by saying it again. */
	contact.failed = before->failed;
	contact.stopped = before->stopped;
	contact.surveys = before->surveys;
	contact.asked_on = before->asked_on;
	contact.rights_told = before->rights_told;
	return contact;
}

/* Of rights that had passed before we were told of them nothing is new. */
static void note_rights(const struct turn *turn, struct contact *contact)
{
	date day = rights_pass_on(contact->born);
	contact->rights_passed = contact->role == ROLE_YOUNG_PERSON && date_is(day) &&
				 date_before(day, turn->today);
}

static void settle_method(struct turn *turn, const struct contact *before,
			  const struct contact *contact)
{
	const struct json *data = turn->event->data;
	const struct json *addresses = json_get(data, "addresses");
	if (json_get(data, "agreed") != NULL)
		method_agreed(turn, contact);
	if (json_get(data, "confirmed") != NULL || json_get(addresses, "letter") != NULL)
		method_confirmed(turn, contact);
	if (before != NULL)
		method_confirm(turn, before, contact);
}

void contact_registered(struct turn *turn)
{
	struct family *family = turn->family;
	const struct json *data = turn->event->data;
	str id = json_text(data, "contact");
	struct contact *contact = family_contact(family, id);
	if (contact != NULL && contact->sealed) {
		refuse(turn, "data.contact",
		       "data.contact was sealed by an adoption: somebody new has a new id");
		return;
	}
	if (contact == NULL && family_party(family, id) != NULL) {
		refuse(turn, "data.contact",
		       "data.contact names a party of this family: a contact has its own id");
		return;
	}
	if (contact == NULL && family->n_contacts == CONTACTS_MAX) {
		refuse(turn, "data.contact", "too many contacts in this family");
		return;
	}
	if (!check_acts_for(turn, id))
		return;
	struct contact fresh = start_contact(contact, id);
	set_contact(turn, data, &fresh);
	struct contact before = contact != NULL ? *contact : (struct contact){ 0 };
	bool known = contact != NULL && !contact->removed;
	if (contact == NULL)
		contact = GROW(turn->arena, family->contacts, family->n_contacts);
	*contact = fresh;
	add_person(turn, contact);
	note_rights(turn, contact);
	note(turn, "Contact ", id, " registered");
	family_tell_anew(turn);
	settle_method(turn, known ? &before : NULL, contact);
}

void contact_updated(struct turn *turn)
{
	struct contact *contact = contact_named(turn);
	if (contact == NULL || !check_acts_for(turn, contact->id))
		return;
	struct contact before = *contact;
	set_contact(turn, turn->event->data, contact);
	add_person(turn, contact);
	if (json_get(turn->event->data, "born") != NULL ||
	    json_get(turn->event->data, "role") != NULL)
		note_rights(turn, contact);
	note(turn, "Contact ", contact->id, " changed");
	family_tell_anew(turn);
	settle_method(turn, &before, contact);
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
	if (party == NULL && family_contact(family, id) != NULL) {
		refuse(turn, "data.party",
		       "data.party names a contact of this family: a party has its own id");
		return;
	}
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
				 .sms = phone_of(turn, json_get(addresses, "sms")) };
	party_role_parse(json_text(data, "role"), &party->role);
	party->n_letter = read_lines(addresses, party->letter);
	if (!settle_letter(turn, id, party->letter, &party->n_letter))
		party->n_letter = 0;
	party->n_channels = read_channels(data, "channels", party->channels);
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
	if (!contact->orders[effect]) {
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
