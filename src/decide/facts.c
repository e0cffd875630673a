/* The values that a template may use (docs/templates.md), as JSON: a date is {"date": "2026-12-14"}.
 * Nothing here speaks of any other contact of the family. */
#include "decide/inner.h"

void facts_add_date(struct turn *turn, struct json_writer *w, const char *key, date day)
{
	if (!date_is(day))
		return;
	json_key(w, key);
	json_open(w);
	json_add_text(w, "date", date_print(turn->arena, day));
	json_close(w);
}

/* A value that is empty is not there. */
static void add_text(struct json_writer *w, const char *key, str text)
{
	if (text.n > 0)
		json_add_text(w, key, text);
}

/* --- the event ----------------------------------------------------------------------------------- */

/* Ids, addresses and lists name people, and these are not for everyone. */
static bool may_be_told(enum field_type type)
{
	return type == FIELD_TEXT || type == FIELD_LINE || type == FIELD_DATE ||
	       type == FIELD_BOOL || type == FIELD_NUMBER || type == FIELD_SCORE ||
	       type == FIELD_OUTCOME;
}

/* What it is, and how much of it: "Draft plan, 24 pages"; separately: not with this message. */
static void put_enclosures(struct json_writer *w, const struct json *list)
{
	json_open_list(w);
	for (size_t i = 0; i < list->list.n; i++) {
		const struct json *item = &list->list.items[i];
		json_open(w);
		json_add_text(w, "kind", json_text(item, "kind"));
		json_add_int(w, "pages", json_int(item, "pages", 0));
		if (str_eq(json_text(item, "sent_by"), S("service")))
			json_add_bool(w, "separately", true);
		json_close(w);
	}
	json_close_list(w);
}

static void put_field(struct turn *turn, struct json_writer *w, const struct field *field)
{
	const struct json *value = json_get_str(turn->event->data, field->name);
	if (value != NULL && value->type == JSON_LIST && field->type == FIELD_ENCLOSURES) {
		json_key_str(w, field->name);
		put_enclosures(w, value);
		return;
	}
	if (value == NULL || !may_be_told(field->type) || str_eq(field->name, S("name")) ||
	    str_eq(field->name, S("on")))
		return;
	date day = DATE_NONE;
	if (field->type == FIELD_DATE && value->type == JSON_TEXT &&
	    date_parse(value->text, &day)) {
		facts_add_date(turn, w, str_z(turn->arena, field->name), day);
	} else if (field->type != FIELD_DATE && value->type != JSON_NULL_) {
		json_key_str(w, field->name);
		json_put(w, value);
	}
}

str facts_of_event(struct turn *turn, const struct field *fields, size_t n)
{
	struct buf buf = buf_of(turn->arena, FACTS_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	facts_add_date(turn, &w, "on", turn->event->on);
	for (size_t i = 0; i < n; i++)
		put_field(turn, &w, &fields[i]);
	json_close(&w);
	return buf_str(&buf);
}

/* --- the record ---------------------------------------------------------------------------------- */

static bool is_for_owner(const struct intent *intent)
{
	return intent->audience == AUDIENCE_OWNER || intent->audience == AUDIENCE_ACTION_OWNER;
}

static void put_recipient(struct json_writer *w, const struct intent *intent,
			  const struct recipient *recipient, bool prompt)
{
	const struct contact *contact = recipient->contact;
	json_key(w, "recipient");
	json_open(w);
	add_text(w, "name", recipient->name);
	if (contact != NULL && contact->role == ROLE_YOUNG_PERSON)
		json_add_bool(w, "young_person", true);
	else if (contact != NULL)
		json_add_bool(w, "parent", true);
	else if (recipient->party != NULL)
		json_add_bool(w, "party", true);
	else
		json_add_bool(w, "staff", true);
	if (is_for_owner(intent))
		json_add_bool(w, "owner", true);
	if (prompt)
		json_add_bool(w, "prompt", true);
	json_close(w);
}

static void put_case(struct turn *turn, struct json_writer *w, const struct case_file *file)
{
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	json_key(w, "case");
	json_open(w);
	json_add_text(w, "id", file->id);
	json_add_text(w, "pathway", pathway != NULL ? pathway->title : file->pathway);
	add_text(w, "stage", file->stage);
	json_close(w);
}

/* Nobody holds the role: the service answers for itself. */
static void put_owner(struct turn *turn, struct json_writer *w, const struct case_file *file)
{
	const struct person *person = case_owner(turn, file);
	const struct service *service = policy_service(turn->policy, file->service);
	const struct authority *authority = &turn->policy->authority;
	str name = service != NULL ? service->name : authority->name;
	str phone = service != NULL ? service->phone : authority->phone;
	str email = service != NULL ? service->email : authority->email;
	bool has_phone = person != NULL && person->phone.n > 0;
	bool has_email = person != NULL && person->email.n > 0;
	json_key(w, "owner");
	json_open(w);
	add_text(w, "name", person != NULL ? person->name : name);
	add_text(w, "job", person != NULL && person->job.n > 0 ? person->job : S("team"));
	add_text(w, "phone", has_phone ? person->phone : phone);
	add_text(w, "email", has_email ? person->email : email);
	json_close(w);
	json_key(w, "service");
	json_open(w);
	add_text(w, "name", name);
	add_text(w, "phone", phone);
	json_close(w);
}

/* What one of the family asked has a date of its own, which is no other's business. */
static bool is_anothers(const struct duty *duty, str whose)
{
	return duty->contact.n > 0 && whose.n > 0 && !str_eq(duty->contact, whose);
}

/* Of those that are theirs. */
static bool is_latest(const struct case_file *file, const struct duty *duty, str whose)
{
	for (const struct duty *later = duty + 1; later < file->duties + file->n_duties; later++) {
		if (str_eq(later->rule, duty->rule) && duty_is_running(later->state) &&
		    !is_anothers(later, whose))
			return false;
	}
	return true;
}

/* The date that somebody has named for what is late, or will be: the day until which they answer for it,
 * or on which they expect it. */
static date find_new_date(const struct turn *turn, const struct case_file *file, str about)
{
	const struct duty *duty = about.n > 0 ? case_duty(file, about) : NULL;
	const struct action *action = about.n > 0 ? case_action(file, about) : NULL;
	date day = DATE_NONE;
	if (duty != NULL)
		day = duty->state == DUTY_ACKNOWLEDGED ? duty->acknowledged_until
						       : duty->chase.expected;
	else if (action != NULL)
		day = action->state == DUTY_ACKNOWLEDGED ? action->acknowledged_until
							 : action->chase.expected;
	return date_before(day, turn->today) ? DATE_NONE : day;
}

/* A date that has passed is no promise. `whose`: the contact who is told. */
static void put_running(struct turn *turn, struct json_writer *w, const struct case_file *file,
			bool of_family, str whose)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		bool by_family = promise_of_duty(turn, file, duty).by_family;
		date due = by_family ? right_due(turn, file, duty, whose) : duty->due;
		if (by_family == of_family && duty_is_running(duty->state) &&
		    !date_before(due, turn->today) && !is_anothers(duty, whose) &&
		    is_latest(file, duty, whose))
			facts_add_date(turn, w, str_z(turn->arena, duty->rule), due);
	}
}

static void put_promises(struct turn *turn, struct json_writer *w, const struct case_file *file,
			 const struct action *action, str about, str whose)
{
	json_key(w, "promise");
	json_open(w);
	put_running(turn, w, file, false, whose);
	facts_add_date(turn, w, "new", find_new_date(turn, file, about));
	if (action != NULL && duty_is_running(action->state) &&
	    !date_before(action->due, turn->today))
		facts_add_date(turn, w, "action", action->due);
	json_close(w);
}

/* Those who hear of the rights themselves hear on which day they pass. */
static void put_rights(struct turn *turn, struct json_writer *w, const struct case_file *file,
		       const struct intent *intent, const struct recipient *recipient)
{
	const struct contact *child = family_child(turn->family, file);
	json_key(w, "right");
	json_open(w);
	put_running(turn, w, file, true, recipient->id);
	if (intent->audience == AUDIENCE_BOTH && child != NULL)
		facts_add_date(turn, w, "passing", rights_pass_on(child->born));
	json_close(w);
}

static void put_next(struct turn *turn, struct json_writer *w, const struct case_file *file,
		     const struct recipient *recipient)
{
	struct next_step next = decide_next_step(turn->arena, turn->policy, turn->family, file);
	bool is_theirs = str_eq(file->next_who, S("family")) && recipient->contact != NULL;
	/* What was to come before it was closed does not come. */
	if (next.what.n == 0 || date_is(file->closed_on))
		return;
	const struct duty *by = file->next_by.n > 0 ? case_duty(file, file->next_by) : NULL;
	if (by != NULL && date_is(next.by))
		next.by = right_due(turn, file, by, recipient->id);
	json_key(w, "next");
	json_open(w);
	json_add_text(w, "what", next.what);
	add_text(w, "who", is_theirs && file->next_what.n > 0 ? S("you") : next.who);
	if (next.by_family && recipient->contact != NULL)
		json_add_bool(w, "yours", true);
	bool is_past = date_is(next.by) && date_before(next.by, turn->today);
	facts_add_date(turn, w, "by", is_past ? find_new_date(turn, file, next.duty) : next.by);
	if (is_past && !next.by_family)
		facts_add_date(turn, w, "late", next.by);
	json_close(w);
}

/* --- what it is about ---------------------------------------------------------------------------- */

/* Who said that they answer for it; empty where services.yaml does not know them. */
static str print_person(const struct turn *turn, str id)
{
	const struct person *person = policy_person(turn->policy, id);
	return person != NULL ? person->name : STR_EMPTY;
}

static void put_duty(struct turn *turn, struct json_writer *w, const struct case_file *file,
		     const struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	json_key(w, "duty");
	json_open(w);
	add_text(w, "title", rule != NULL ? rule->title : duty->rule);
	json_add_text(w, "id", duty->id);
	facts_add_date(turn, w, "due", duty->due);
	add_text(w, "explained", duty->explained);
	if (duty_is_foretold(turn, duty))
		json_add_bool(w, "foretold", true);
	if (duty->state == DUTY_ACKNOWLEDGED)
		add_text(w, "answers", print_person(turn, duty->acknowledged_by));
	json_close(w);
}

static void put_action(struct turn *turn, struct json_writer *w, const struct action *action)
{
	const struct service *service = policy_service(turn->policy, action->service);
	const struct person *person = policy_holder(turn->policy, action->service, action->person);
	str service_name = service != NULL ? service->name : turn->policy->authority.name;
	json_key(w, "action");
	json_open(w);
	add_text(w, "what", action->what);
	add_text(w, "owner", person != NULL ? person->name : service_name);
	add_text(w, "service", service_name);
	if (action->disputed)
		json_add_bool(w, "disputed", true);
	if (action->state == DUTY_ACKNOWLEDGED)
		add_text(w, "answers", print_person(turn, action->acknowledged_by));
	json_close(w);
}

/* "team manager" */
static str print_role(const struct turn *turn, str role)
{
	struct buf buf = buf_of(turn->arena, role.n);
	for (size_t i = 0; i < role.n; i++)
		buf_byte(&buf, role.p[i] == '_' ? ' ' : role.p[i]);
	return buf_str(&buf);
}

/* Whose name stands for a role today; the role itself, where nobody holds it. */
static str print_holder(const struct turn *turn, const struct promise *promise, str role)
{
	const struct person *person = policy_present(turn->policy, promise->service, role,
						     turn->today);
	return person != NULL ? person->name : print_role(turn, role);
}

/* "the owner and the team manager": who heard of it before this reader. Of a role that nobody holds nobody
 * did. */
static str print_told(struct turn *turn, const struct promise *promise, size_t n)
{
	const struct ladder *ladder = promise->ladder;
	struct buf buf = buf_of(turn->arena, 4096);
	size_t *told = TAKE(turn->arena, size_t, n + 1), n_told = 0;
	for (size_t i = 0; i < n; i++) {
		if (ladder_is_held(turn, promise, &ladder->rungs[i]))
			told[n_told++] = i;
	}
	for (size_t i = 0; i < n_told; i++) {
		buf_add(&buf, i == 0 ? S("the ") : i + 1 < n_told ? S(", the ") : S(" and the "));
		buf_add(&buf, print_role(turn, ladder->rungs[told[i]].tell));
	}
	return buf_str(&buf);
}

static size_t place_of(const struct ladder *ladder, str role)
{
	size_t i = 0;
	while (i < ladder->n_rungs && !str_eq(ladder->rungs[i].tell, role))
		i++;
	return i < ladder->n_rungs ? i : 0;
}

static bool is_told_to_family(const struct promise *promise)
{
	bool told = false;
	for (size_t i = 0; i < promise->n_on_breached; i++)
		told = told || promise->on_breached[i].audience == AUDIENCE_FAMILY ||
		       promise->on_breached[i].audience == AUDIENCE_CONTACTS;
	return told;
}

/* Whoever is told at work reads who was told before, and who will be if it stays undone, and when. */
static void put_ladder(struct turn *turn, struct json_writer *w, const struct promise *promise,
		       const struct intent *intent, const struct recipient *recipient)
{
	const struct ladder *ladder = promise->ladder;
	const struct chase *chase = promise->chase;
	if (ladder == NULL || recipient->contact != NULL || recipient->party != NULL)
		return;
	json_key(w, "ladder");
	json_open(w);
	add_text(w, "told", print_told(turn, promise, place_of(ladder, intent->role)));
	if (is_told_to_family(promise))
		json_add_bool(w, "family", true);
	if (!instant_is_never(chase->next) && instant_before(turn->now, chase->next)) {
		str holder = chase->rung < ladder->n_rungs
				     ? print_holder(turn, promise, ladder->rungs[chase->rung].tell)
				     : STR_EMPTY;
		facts_add_date(turn, w, "next_on",
			       calendar_date(turn->policy->calendar, chase->next));
		add_text(w, "next", str_eq(holder, recipient->name) ? STR_EMPTY : holder);
	}
	json_close(w);
}

static bool is_agreed_with(const struct action *action, str contact)
{
	bool named = action->n_agreed_with == 0;
	for (size_t i = 0; i < action->n_agreed_with; i++)
		named = named || str_eq(action->agreed_with[i], contact);
	return named;
}

/* What we agreed with them to do, and have not done: of several what was due first. Where the case as a
 * whole is spoken of, that cannot be passed over. */
static struct action *find_owed(const struct intent *intent, const struct case_file *file,
				const struct recipient *recipient)
{
	struct action *owed = NULL;
	if (intent->about.n > 0 || recipient->contact == NULL)
		return NULL;
	for (size_t i = 0; i < file->n_actions; i++) {
		struct action *action = &file->actions[i];
		bool is_late = action->state == DUTY_BREACHED || action->state == DUTY_ACKNOWLEDGED;
		if (is_late && is_agreed_with(action, recipient->id) &&
		    (owed == NULL || date_before(action->due, owed->due)))
			owed = action;
	}
	return owed;
}

static void put_task(struct json_writer *w, const struct task *task)
{
	json_key(w, "task");
	json_open(w);
	add_text(w, "what", task->what);
	json_close(w);
}

const struct json *facts_read(struct turn *turn, str facts)
{
	const struct json *tree = NULL;
	bool is_there = facts.n > 0 && json_parse(turn->arena, facts, 16, &tree, NULL) == JSON_FINE;
	return is_there ? tree : NULL;
}

static date date_in(struct turn *turn, str facts, const char *key)
{
	date day = DATE_NONE;
	date_parse(json_text(json_get(facts_read(turn, facts), key), "date"), &day);
	return day;
}

/* What it says ends the duty: by a notice, or with the event itself. */
static bool is_ended_by(const struct duty *duty, const struct intent *intent)
{
	bool is_met = duty->state == DUTY_MET && str_eq(duty->ended_by, intent->event_id);
	return str_eq(duty->id, intent->meets) || is_met;
}

/* The day by which the family should have had it. A date that was moved when it had passed is no excuse. */
static date day_missed(const struct turn *turn, const struct duty *duty)
{
	if (!date_is(duty->breached_on))
		return date_before(duty->due, turn->today) && duty_is_running(duty->state)
			       ? duty->due
			       : DATE_NONE;
	return date_before(duty->breached_on, duty->due) ? date_add(duty->breached_on, -1)
							 : duty->due;
}

/* The first of them: what comes too late says sorry. */
static date find_missed(struct turn *turn, const struct intent *intent,
			const struct case_file *file)
{
	date missed = DATE_NONE;
	for (size_t i = 0; i < file->n_duties; i++) {
		struct duty *duty = &file->duties[i];
		date day = is_ended_by(duty, intent) ? day_missed(turn, duty) : DATE_NONE;
		if (date_is(day) && (!date_is(missed) || date_before(day, missed)) &&
		    !promise_of_duty(turn, file, duty).by_family)
			missed = day;
	}
	return missed;
}

/* Of a correction: which messages were wrong. */
static void put_wrong(struct turn *turn, struct json_writer *w, const struct intent *intent)
{
	const struct json *facts = facts_read(turn, intent->facts), *said = json_get(facts, "said");
	facts_add_date(turn, w, "said", date_in(turn, intent->facts, "said_on"));
	if (json_bool(facts, "replaced", false))
		json_add_bool(w, "replaced", true);
	if (said == NULL || said->type != JSON_LIST)
		return;
	json_key(w, "wrong");
	json_put(w, said);
}

/* Days behind us. */
struct days {
	date due, missed, answered, owed;
};

static void put_past(struct turn *turn, struct json_writer *w, const struct intent *intent,
		     const struct case_file *file, struct days days)
{
	date asked = keep_asked(file);
	json_key(w, "past");
	json_open(w);
	if (date_before(asked, turn->today))
		facts_add_date(turn, w, "asked", asked);
	facts_add_date(turn, w, "on", date_in(turn, intent->facts, "on"));
	facts_add_date(turn, w, "missed", days.missed);
	facts_add_date(turn, w, "owed", days.owed);
	put_wrong(turn, w, intent);
	if (date_is(days.due) && date_before(days.due, turn->today))
		facts_add_date(turn, w, "due", days.due);
	if (date_is(days.answered) && date_before(days.answered, turn->today))
		facts_add_date(turn, w, "answered", days.answered);
	json_close(w);
}

static void put_file(struct turn *turn, struct json_writer *w, const struct intent *intent,
		     const struct case_file *file, const struct recipient *recipient)
{
	bool is_about = intent->about.n > 0;
	struct duty *duty = is_about ? case_duty(file, intent->about) : NULL;
	struct action *action = is_about ? case_action(file, intent->about) : NULL;
	struct task *task = is_about ? case_task(file, intent->about) : NULL;
	struct promise promise = { 0 };
	put_case(turn, w, file);
	put_owner(turn, w, file);
	put_promises(turn, w, file, action, intent->about,
		     recipient->contact != NULL ? recipient->id : STR_EMPTY);
	put_rights(turn, w, file, intent, recipient);
	put_next(turn, w, file, recipient);
	struct action *owed = find_owed(intent, file, recipient);
	struct days days = { .due = DATE_NONE,
			     .missed = DATE_NONE,
			     .answered = DATE_NONE,
			     .owed = owed != NULL ? owed->due : DATE_NONE };
	if (duty != NULL) {
		days.due = duty->due;
		days.answered = duty->acknowledged_until;
		put_duty(turn, w, file, duty);
		promise = promise_of_duty(turn, file, duty);
	} else if (action != NULL) {
		days.due = action->due;
		days.answered = action->acknowledged_until;
		put_action(turn, w, action);
		promise = promise_of_action(turn, file, action);
	} else if (task != NULL) {
		put_task(w, task);
		days.due = task->due;
		promise = promise_of_task(turn, file, task);
	} else if (owed != NULL) {
		put_action(turn, w, owed);
	}
	put_ladder(turn, w, &promise, intent, recipient);
	if (recipient->contact != NULL)
		days.missed = find_missed(turn, intent, file);
	put_past(turn, w, intent, file, days);
}

/* Whoever is told otherwise than they chose hears why. */
static void put_method(struct json_writer *w, const struct route *route)
{
	static const char *const reasons[] = {
		[UNMET_FORM] = "form", [UNMET_ADDRESS] = "no_address", [UNMET_FAILED] = "failed"
	};
	static const char *const wanted[CHANNEL_COUNT] = { [CHANNEL_EMAIL] = "email",
							   [CHANNEL_SMS] = "text message",
							   [CHANNEL_LETTER] = "letter",
							   [CHANNEL_TASK] = "phone" };
	if (route == NULL || route->safe || route->unmet == UNMET_NOT)
		return;
	json_key(w, "method");
	json_open(w);
	json_add_text(w, "wanted", str_of(wanted[route->wanted]));
	json_add_bool(w, reasons[route->unmet], true);
	json_close(w);
}

str facts_for(struct turn *turn, const struct intent *intent, const struct recipient *recipient,
	      const struct route *route)
{
	const struct case_file *file = family_case(turn->family, intent->case_id);
	struct buf buf = buf_of(turn->arena, FACTS_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	put_recipient(&w, intent, recipient, route == NULL);
	put_method(&w, route);
	if (intent->facts.n > 0) {
		json_key(&w, "event");
		json_put_raw(&w, intent->facts);
	}
	if (file != NULL)
		put_file(turn, &w, intent, file, recipient);
	json_close(&w);
	return buf_str(&buf);
}
