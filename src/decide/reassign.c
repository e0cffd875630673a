/* Work goes from one person to another: one case, or all that somebody has in a family, who then hears of
 * it once, however many cases there are. */
#include "decide/inner.h"
#include "model/lists.h"

/* What is handed on, and how many things changed hands. */
struct handing {
	str from, to;
	bool whole; /* their actions and tasks, too */
	size_t n;
};

static bool is_meant(const struct turn *turn, const struct case_file *file)
{
	return json_get(turn->event->data, "cases") == NULL || event_names(turn, "cases", file->id);
}

static void hand(struct handing *handing, str *holder)
{
	if (!str_eq(*holder, handing->from))
		return;
	*holder = handing->to;
	handing->n++;
}

static void hand_actions(struct turn *turn, struct case_file *file, struct handing *handing)
{
	for (size_t i = 0; i < file->n_actions; i++) {
		struct action *action = &file->actions[i];
		size_t before = handing->n;
		if (!duty_is_running(action->state))
			continue;
		hand(handing, &action->person);
		if (handing->n > before)
			entry_add(turn, "action", action->id, file->id,
				  str_fmt(turn->arena, "Action %.*s handed to %.*s",
					  STR_ARG(action->id), STR_ARG(handing->to)),
				  STR_EMPTY);
	}
}

/* The tasks of a case go with it; duties that name the person, too. */
static void hand_case(struct turn *turn, struct case_file *file, struct handing *handing)
{
	size_t before = handing->n, n_things;
	str owner = file->owner;
	const struct thing *things = list_things(turn->arena, file, &n_things);
	/* Of all that is somebody's, closed cases stay; a case that is named is handed on all the same. */
	bool stays = handing->whole && date_is(file->closed_on);
	bool is_owner = !stays && str_eq(file->owner, handing->from);
	if (is_owner)
		hand(handing, &file->owner);
	for (size_t i = 0; i < file->n_duties; i++) {
		if (duty_is_running(file->duties[i].state))
			hand(handing, &file->duties[i].owner);
	}
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (!file->tasks[i].done)
			hand(handing, &file->tasks[i].owner);
	}
	if (handing->whole)
		hand_actions(turn, file, handing);
	if (handing->n == before)
		return;
	desk_handed(turn, file, owner, things, n_things);
	entry_event(turn, file->id,
		    str_fmt(turn->arena, is_owner ? "Case handed to %.*s" : "Work handed to %.*s",
			    STR_ARG(handing->to)));
	fact_add(turn, S("case.reassigned"), file->id,
		 str_fmt(turn->arena, "{\"owner\":\"%.*s\"}", STR_ARG(file->owner)));
}

/* Whoever hears of none of the cases before it hears of this one. */
static void tell_of_case(struct turn *turn, struct case_file *file, struct case_file **told,
			 size_t n_told)
{
	const struct event_rule *rule = policy_standard(turn->policy, turn->event->type);
	const struct family *family = turn->family;
	size_t n_fields, n = 0;
	const struct field *fields = kind_fields(turn->event->kind, &n_fields);
	str *contacts = TAKE(turn->arena, str, family->n_contacts + 1);
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct contact *contact = &family->contacts[i];
		bool may = people_may_hear(turn, contact, file);
		for (size_t k = 0; k < n_told; k++)
			may = may && !people_may_hear(turn, contact, told[k]);
		if (may)
			contacts[n++] = contact->id;
	}
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(
			turn->arena, "%.*s/%.*s",
			STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16)),
			STR_ARG(file->id)),
		.rule = S("standards/case.reassigned"),
		.contacts = contacts,
		.n_contacts = n,
		.facts = facts_of_event(turn, fields, n_fields),
	};
	for (size_t i = 0; n > 0 && rule != NULL && i < rule->n_says; i++) {
		struct saying saying = rule->says[i];
		if (saying.audience != AUDIENCE_FAMILY)
			continue;
		saying.audience = AUDIENCE_CONTACTS;
		say(turn, &occasion, &saying, 1);
	}
}

static bool are_cases_known(struct turn *turn)
{
	const struct json *ids;
	size_t n = json_list(turn->event->data, "cases", &ids);
	for (size_t i = 0; i < n; i++) {
		if (!family_had_case(turn->family, ids[i].text))
			return refuse(turn, "data.cases",
				      "data.cases names no case of this family");
	}
	return true;
}

static void reassign_all(struct turn *turn)
{
	struct family *family = turn->family;
	const struct json *data = turn->event->data;
	struct handing handing = { .from = json_text(data, "from"),
				   .to = json_text(data, "owner"),
				   .whole = true };
	struct case_file **told = TAKE(turn->arena, struct case_file *, family->n_cases + 1);
	size_t n_told = 0;
	if (!are_cases_known(turn))
		return;
	for (size_t i = 0; i < family->n_cases; i++) {
		if (is_meant(turn, &family->cases[i]) &&
		    !case_may_be_with(turn, family->cases[i].service, handing.to))
			return;
	}
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		str before = file->owner;
		if (!is_meant(turn, file))
			continue;
		hand_case(turn, file, &handing);
		if (str_eq(before, file->owner))
			continue;
		if (n_told == 0)
			say_standard(turn, file, STR_EMPTY);
		else
			tell_of_case(turn, file, told, n_told);
		told[n_told++] = file;
	}
	if (handing.n == 0)
		entry_event(turn, STR_EMPTY,
			    str_fmt(turn->arena, "Nothing here is with %.*s any more",
				    STR_ARG(handing.from)));
}

void case_reassigned(struct turn *turn)
{
	const struct json *data = turn->event->data;
	if (turn->event->about == SUBJECT_FAMILY) {
		reassign_all(turn);
		return;
	}
	struct case_file *file = case_of_event(turn);
	struct handing handing = { .from = file->owner, .to = json_text(data, "owner") };
	if (!case_may_be_with(turn, file->service, handing.to))
		return;
	hand_case(turn, file, &handing);
	say_standard(turn, file, STR_EMPTY);
}
