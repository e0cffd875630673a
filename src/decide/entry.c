/* The evidence: one line for each thing that happened or was decided. No line holds a name, an
 * address or a number: the timeline is read by many. */
#include "decide/inner.h"

/* A whole event's data and the words around it. */
#define DETAIL_BYTES_MAX ((size_t)80 << 10)

void entry_add(struct turn *turn, const char *kind, str id, str case_id, str text, str detail)
{
	struct plan *plan = turn->plan;
	if (plan->n_entries == PLAN_ENTRIES_MAX) {
		/* A death may end thousands of duties at once. The record holds them all; the last
		 * line says how many have none of their own. */
		turn->entries_left_out++;
		plan->entries[plan->n_entries - 1] = (struct entry){
			.kind = S("note"),
			.id = turn->event->id,
			.text = str_fmt(turn->arena, "And %zu more changes of the same kind",
					turn->entries_left_out + 1),
		};
		return;
	}
	*GROW(turn->arena, plan->entries, plan->n_entries) = (struct entry){
		.kind = str_of(kind), .id = id, .case_id = case_id, .text = text, .detail = detail
	};
}

/* Contact values live in the record, where they can be changed and forgotten; evidence cannot. */
static bool may_be_kept(str key)
{
	static const str values[] = {
		{ "addresses", 9 }, { "name", 4 },   { "born", 4 },   { "safe", 4 },
		{ "agreed", 6 },    { "sender", 6 }, { "detail", 6 }, { "hours", 5 },
	};
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (str_eq(key, values[i]))
			return false;
	}
	return true;
}

static void put_kept(struct json_writer *w, const struct json *data)
{
	json_open(w);
	for (size_t i = 0; data != NULL && i < data->map.n; i++) {
		const struct json_member *member = &data->map.members[i];
		if (!may_be_kept(member->key))
			continue;
		json_key_str(w, member->key);
		json_put(w, &member->value);
	}
	json_close(w);
}

static void add_event(struct turn *turn, str case_id, str title, const struct json *data)
{
	const struct event *event = turn->event;
	struct buf buf = buf_of(turn->arena, DETAIL_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "source", event->source);
	json_add_text(&w, "type", event->type);
	json_add_text(&w, "on", date_print(turn->arena, event->on));
	if (event->by.n > 0)
		json_add_text(&w, "by", event->by);
	if (event->supersedes.n > 0)
		json_add_text(&w, "supersedes", event->supersedes);
	json_key(&w, "data");
	put_kept(&w, data);
	json_close(&w);
	entry_add(turn, "event", event->id, case_id, title,
		  buf.too_long ? STR_EMPTY : buf_str(&buf));
}

void entry_event(struct turn *turn, str case_id, str title)
{
	add_event(turn, case_id, title, turn->event->data);
}

void entry_event_bare(struct turn *turn, str case_id, str title)
{
	add_event(turn, case_id, title, NULL);
}

void fact_add(struct turn *turn, str type, str case_id, str data)
{
	struct plan *plan = turn->plan;
	require(plan->family != NULL);
	if (plan->n_facts == PLAN_ENTRIES_MAX) {
		turn->facts_left_out++;
		type = S("facts.overflow");
		case_id = STR_EMPTY;
		data = str_fmt(turn->arena, "{\"more\":%zu}", turn->facts_left_out + 1);
		plan->n_facts--;
	}
	str subject, service = family_desk(plan->family);
	if (case_id.n > 0)
		subject = str_fmt(turn->arena, "case/%.*s", STR_ARG(case_id));
	else if (service.n > 0)
		subject = str_fmt(turn->arena, "service/%.*s", STR_ARG(service));
	else
		subject = str_fmt(turn->arena, "family/%.*s", STR_ARG(plan->family->id));
	*GROW(turn->arena, plan->facts,
	      plan->n_facts) = (struct fact){ .type = type, .subject = subject, .data = data };
}
