/* authority.yaml and services.yaml: who we are, and who works here. */
#include "base/arena.h"
#include "base/file.h"
#include "setup/inner.h"

#include <assert.h>

#define LOGO_BYTES_MAX ((size_t)1 << 20)
#define PEOPLE_MAX 500
#define ROLES_MAX 64
#define SERVICES_MAX 64

/* --- the authority ---------------------------------------------------------------------------- */

static const struct slot signpost_slots[] = {
	{ "name", read_line, offsetof(struct signpost, name), true },
	{ "phone", read_phone, offsetof(struct signpost, phone), false },
	{ "email", read_email, offsetof(struct signpost, email), false },
	{ "url", read_url, offsetof(struct signpost, url), false },
};
static const struct map_shape signpost_shape = SHAPE("a body that letters name", signpost_slots);

static void read_signpost(struct reader *r, const struct yaml *node, void *out)
{
	struct signpost *signpost = out;
	size_t errors = r->findings->errors;
	read_map(r, node, &signpost_shape, signpost);
	if (r->findings->errors == errors && signpost->phone.n == 0 && signpost->email.n == 0 &&
	    signpost->url.n == 0)
		FAULT(r, r->line, "missing_key",
		      "a family must be able to reach this body: a phone, an email or a url");
}

/* SEND Regulations 2014 reg. 32: a notice gives the mediation adviser's contact details. */
static void read_mediation(struct reader *r, const struct yaml *node, void *out)
{
	struct signpost *mediation = out;
	size_t errors = r->findings->errors;
	read_signpost(r, node, mediation);
	if (r->findings->errors == errors && mediation->phone.n == 0)
		FAULT(r, r->line, "missing_key", "the mediation adviser needs the key 'phone'");
}

static void read_address(struct reader *r, const struct yaml *node, void *out)
{
	struct authority *authority = out;
	if (!is_list(r, node, "lines"))
		return;
	if (node->n < 3 || node->n > ADDRESS_LINES_MAX) {
		FAULT(r, r->line, "bad_address", "an address has 3 to %d lines", ADDRESS_LINES_MAX);
		return;
	}
	for (size_t i = 0; i < node->n; i++)
		read_line(r, &node->items[i], &authority->address[i]);
	authority->n_address = node->n;
}

/* A file beside authority.yaml. */
static void read_logo(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	str bytes = STR_EMPTY;
	size_t folder = r->file.n;
	if (!is_text(r, node) || node->text.n == 0)
		return;
	while (folder > 0 && r->file.p[folder - 1] != '/')
		folder--;
	str name = node->text.p[0] == '/'
			   ? node->text
			   : str_join(r->arena, str_slice(r->file, 0, folder), node->text);
	char *whole = realpath(str_z(r->arena, name), NULL);
	name = str_copy(r->arena, str_of(whole));
	free(whole);
	if (name.n == 0 || file_read(r->arena, name, LOGO_BYTES_MAX, &bytes) != OK ||
	    !str_starts(bytes, S("\x89PNG\r\n")))
		FAULT(r, node->line, "bad_logo",
		      "the logo is a PNG file of at most 1 MiB, named from this file's folder");
	else
		*place = name;
}

static void read_sender(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	str fault = sender_fault(node->text);
	if (fault.n > 0)
		FAULT(r, r->line, "bad_sender", "%.*s", STR_ARG(fault));
	else
		*place = node->text;
}

static void read_count(struct reader *r, const struct yaml *node, void *out)
{
	int64_t n;
	int *place = out;
	if (!is_text(r, node))
		return;
	if (str_to_i64(node->text, &n) && n >= 1 && n <= 20)
		*place = (int)n;
	else
		FAULT(r, r->line, "out_of_limits", "a whole number from 1 to 20 is wanted here");
}

struct authority_draft {
	struct authority authority;
	str calendar;
};

static void read_calendar_name(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_CALENDAR, out);
}

#define AUTHORITY(member) offsetof(struct authority_draft, authority.member)
static const struct slot authority_slots[] = {
	{ "name", read_line, AUTHORITY(name), true },
	{ "short_name", read_sender, AUTHORITY(short_name), true },
	{ "address", read_address, offsetof(struct authority_draft, authority), true },
	{ "logo", read_logo, AUTHORITY(logo), false },
	{ "phone", read_phone, AUTHORITY(phone), true },
	{ "email", read_email, AUTHORITY(email), true },
	{ "email_from", read_email, AUTHORITY(email_from), true },
	{ "neutral_sender", read_sender, AUTHORITY(neutral_sender), false },
	{ "neutral_email_from", read_email, AUTHORITY(neutral_email_from), false },
	{ "sendiass", read_signpost, AUTHORITY(sendiass), true },
	{ "mediation", read_mediation, AUTHORITY(mediation), true },
	{ "disagreement", read_signpost, AUTHORITY(disagreement), true },
	{ "complaints", read_signpost, AUTHORITY(complaints), true },
	{ "privacy", read_signpost, AUTHORITY(privacy), true },
	{ "schools", read_signpost, AUTHORITY(schools), true },
	{ "calendar", read_calendar_name, offsetof(struct authority_draft, calendar), true },
	{ "hours", read_week, AUTHORITY(hours), true },
	{ "office", read_week, AUTHORITY(office), true },
	{ "task_working_days", read_count, AUTHORITY(task_working_days), true },
	{ "tries_max", read_count, AUTHORITY(tries_max), true },
};
static const struct map_shape authority_shape = SHAPE("the authority", authority_slots);

void authority_read(struct reader *r, str bytes, struct draft *draft)
{
	/* A word that says nothing of the council or its work. */
	struct authority_draft read = { .authority.neutral_sender = S("Message") };
	(void)read_document(r, bytes, &authority_shape, &read);
	draft->policy->authority = read.authority;
	draft->calendar = read.calendar;
}

/* --- the services ----------------------------------------------------------------------------- */

static void read_deputy(struct reader *r, const struct yaml *node, void *out)
{
	struct person *person = out;
	read_id(r, node, &person->deputy);
	person->deputy_line = node->line;
}

static const struct slot person_slots[] = {
	{ "name", read_line, offsetof(struct person, name), true },
	{ "job", read_line, offsetof(struct person, job), true },
	{ "email", read_email, offsetof(struct person, email), true },
	{ "phone", read_phone, offsetof(struct person, phone), true },
	{ "deputy", read_deputy, 0, false },
};
static const struct map_shape person_shape = SHAPE("a person", person_slots);

static bool is_id_key(struct reader *r, const struct yaml_member *member)
{
	if (id_is(member->key))
		return true;
	FAULT(r, member->line, "not_an_id",
	      "this key is an id: letters, digits, '.', '_' and '-', at most 64");
	return false;
}

/* A map of ids whose values are maps, at most so many. */
static bool is_id_map(struct reader *r, const struct yaml *node, const char *what, size_t most)
{
	if (!is_map(r, node, what))
		return false;
	if (node->n <= most)
		return true;
	FAULT(r, r->line, "too_many", "there may be %zu here at most", most);
	return false;
}

static void read_people(struct reader *r, const struct yaml *node, void *out)
{
	struct service *service = out;
	int line = r->line;
	if (!is_id_map(r, node, "the people, by id", PEOPLE_MAX))
		return;
	service->people = TAKE(r->arena, struct person, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct person *person = &service->people[service->n_people];
		r->line = member->line;
		if (!is_id_key(r, member))
			continue;
		person->id = member->key;
		service->n_people++;
		read_map(r, &member->value, &person_shape, person);
	}
	r->line = line;
}

static void read_roles(struct reader *r, const struct yaml *node, void *out)
{
	struct service *service = out;
	int line = r->line;
	if (!is_id_map(r, node, "roles, each with the id of a person", ROLES_MAX))
		return;
	service->roles = TAKE(r->arena, struct role_holder, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct role_holder *holder = &service->roles[service->n_roles];
		r->line = member->line;
		if (!is_id_key(r, member))
			continue;
		read_id(r, &member->value, &holder->person);
		if (holder->person.n == 0)
			continue;
		holder->role = member->key;
		service->n_roles++;
	}
	r->line = line;
}

static void read_digest(struct reader *r, const struct yaml *node, void *out)
{
	struct service *service = out;
	service->has_digest = true;
	read_minute(r, node, &service->digest_at);
}

#define STORM_MINUTES_MAX 60

static void read_storm_minutes(struct reader *r, const struct yaml *node, void *out)
{
	int64_t n;
	int *place = out;
	if (!is_text(r, node))
		return;
	if (str_to_i64(node->text, &n) && n >= 1 && n <= STORM_MINUTES_MAX)
		*place = (int)n;
	else
		FAULT(r, r->line, "out_of_limits", "a whole number from 1 to %d is wanted here",
		      STORM_MINUTES_MAX);
}

static const struct slot storm_slots[] = {
	{ "alerts", read_count, offsetof(struct storm_rule, alerts), true },
	{ "minutes", read_storm_minutes, offsetof(struct storm_rule, minutes), true },
};
static const struct map_shape storm_shape = SHAPE("a storm", storm_slots);

static void read_storm(struct reader *r, const struct yaml *node, void *out)
{
	read_map(r, node, &storm_shape, out);
}

static const struct slot service_slots[] = {
	{ "name", read_line, offsetof(struct service, name), true },
	{ "phone", read_phone, offsetof(struct service, phone), true },
	/* The mailbox of last resort: an alert that finds nobody comes here. */
	{ "email", read_email, offsetof(struct service, email), true },
	{ "people", read_people, 0, true },
	{ "roles", read_roles, 0, true },
	{ "digest", read_digest, 0, false },
	{ "storm", read_storm, offsetof(struct service, storm), false },
	{ "shadow", read_bool, offsetof(struct service, shadow), false },
};
static const struct map_shape service_shape = SHAPE("a service", service_slots);

static bool names_person(const struct service *service, str id)
{
	for (size_t i = 0; i < service->n_people; i++) {
		if (str_eq(service->people[i].id, id))
			return true;
	}
	return false;
}

static str ask_person(struct reader *r, const struct service *service, str mistaken)
{
	str *ids = TAKE(r->arena, str, service->n_people + 1);
	for (size_t i = 0; i < service->n_people; i++)
		ids[i] = service->people[i].id;
	return ask_nearest(r->findings, mistaken, ids, service->n_people);
}

/* A deputy is somebody else of the same service. */
static void check_deputies(struct reader *r, const struct service *service)
{
	for (size_t i = 0; i < service->n_people; i++) {
		const struct person *person = &service->people[i];
		if (person->deputy.n == 0 ||
		    (names_person(service, person->deputy) && !str_eq(person->deputy, person->id)))
			continue;
		str ask = ask_person(r, service, person->deputy);
		FAULT(r, person->deputy_line, "unknown_deputy",
		      "'%.*s' cannot be the deputy of '%.*s': nobody else of this service is "
		      "called so%.*s",
		      STR_ARG(person->deputy), STR_ARG(person->id), STR_ARG(ask));
	}
}

/* Roles are held by people of the same service. */
static void check_roles(struct reader *r, const struct yaml *node, const struct service *service)
{
	const struct yaml *roles = node->type == YAML_MAP ? yaml_get(node, "roles") : NULL;
	bool manager = false;
	for (size_t i = 0; roles != NULL && roles->type == YAML_MAP && i < roles->n; i++) {
		const struct yaml_member *member = &roles->members[i];
		manager = manager || str_eq(member->key, S("team_manager"));
		if (member->value.type != YAML_TEXT || !id_is(member->value.text) ||
		    names_person(service, member->value.text))
			continue;
		str ask = ask_person(r, service, member->value.text);
		FAULT(r, member->line, "unknown_person", "'%.*s' is nobody of this service%.*s",
		      STR_ARG(member->value.text), STR_ARG(ask));
	}
	check_deputies(r, service);
	if (!manager)
		DOUBT(r, r->line, "no_manager",
		      "nobody is team_manager here: alerts go to the service's mailbox");
}

static void finish_service(struct reader *r, const struct draft *draft, struct service *service)
{
	for (size_t i = 0; i < service->n_people; i++) {
		struct person *person = &service->people[i];
		const struct person *other = policy_person(draft->policy, person->id);
		person->service = service->id;
		if (other != NULL)
			FAULT(r, r->line, "named_twice",
			      "'%.*s' is listed in the service '%.*s' too: a person is in one",
			      STR_ARG(person->id), STR_ARG(other->service));
	}
}

static void read_services(struct reader *r, const struct yaml *node, void *out)
{
	struct draft *draft = out;
	if (!is_id_map(r, node, "the services, by id", SERVICES_MAX))
		return;
	draft->policy->services = TAKE(r->arena, struct service, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct service *service = &draft->policy->services[draft->policy->n_services];
		r->line = member->line;
		if (!is_id_key(r, member))
			continue;
		service->id = member->key;
		read_map(r, &member->value, &service_shape, service);
		check_roles(r, &member->value, service);
		finish_service(r, draft, service);
		draft->policy->n_services++;
	}
}

static const struct slot services_slots[] = { { "services", read_services, 0, true } };
static const struct map_shape services_shape = SHAPE("services.yaml", services_slots);

void services_read(struct reader *r, str bytes, struct draft *draft)
{
	(void)read_document(r, bytes, &services_shape, draft);
}
