#include "words/inner.h"

#include "base/arena.h"

#define SIGNPOST(body)                                                                             \
	{ .name = body ".name", .published = true }, { .name = body ".phone", .published = true }, \
		{ .name = body ".email", .published = true },                                      \
	{                                                                                          \
		.name = body ".url", .published = true                                             \
	}

/* The values there are, as docs/templates.md lists them. A name that ends with a dot stands for all
 * names below it. */
static const struct value_rule rules[] = {
	{ .name = "recipient.name", .short_form = true, .plain_id = true },
	{ .name = "recipient.young_person", .short_form = true },
	{ .name = "recipient.parent", .short_form = true },
	{ .name = "recipient.staff", .short_form = true },
	{ .name = "recipient.party", .short_form = true },
	{ .name = "recipient.owner", .short_form = true },
	{ .name = "recipient.prompt", .short_form = true },
	{ .name = "authority.name", .short_form = true, .published = true },
	{ .name = "authority.short_name", .short_form = true, .published = true },
	{ .name = "authority.phone", .short_form = true, .published = true },
	{ .name = "authority.email", .published = true },
	SIGNPOST("sendiass"),
	SIGNPOST("mediation"),
	SIGNPOST("disagreement"),
	SIGNPOST("complaints"),
	SIGNPOST("privacy"),
	SIGNPOST("schools"),
	{ .name = "case.id", .short_form = true, .plain_id = true },
	{ .name = "case.pathway" },
	{ .name = "case.stage" },
	{ .name = "owner.name", .short_form = true, .published = true },
	{ .name = "owner.job", .published = true },
	{ .name = "owner.phone", .short_form = true, .published = true },
	{ .name = "owner.email", .published = true },
	{ .name = "service.name", .published = true },
	{ .name = "service.phone", .short_form = true, .published = true },
	{ .name = "event." },
	{ .name = "past.on", .short_form = true, .plain_id = true },
	{ .name = "past.due", .short_form = true, .plain_id = true },
	{ .name = "past.missed", .plain_id = true },
	{ .name = "past.asked", .plain_id = true },
	{ .name = "past.owed", .plain_id = true },
	{ .name = "past.answered", .plain_id = true },
	{ .name = "past.said", .short_form = true, .plain_id = true },
	{ .name = "past.replaced", .short_form = true, .plain_id = true },
	{ .name = "past.wrong" },
	{ .name = "past.title", .short_form = true, .published = true },
	{ .name = "promise.", .short_form = true, .plain_id = true },
	{ .name = "right.", .short_form = true, .plain_id = true },
	{ .name = "method.wanted", .plain_id = true },
	{ .name = "method.form" },
	{ .name = "method.no_address" },
	{ .name = "method.failed" },
	{ .name = "next.what" },
	{ .name = "next.who" },
	{ .name = "next.yours", .short_form = true },
	{ .name = "next.by", .short_form = true, .plain_id = true },
	{ .name = "next.late", .short_form = true, .plain_id = true },
	{ .name = "duty.title" },
	{ .name = "duty.id", .plain_id = true },
	{ .name = "duty.explained" },
	{ .name = "duty.foretold" },
	{ .name = "duty.due", .short_form = true, .plain_id = true },
	{ .name = "duty.answers", .published = true },
	{ .name = "action.what" },
	{ .name = "action.owner" },
	{ .name = "action.service" },
	{ .name = "action.disputed" },
	{ .name = "action.answers", .published = true },
	{ .name = "task.what" },
	{ .name = "ladder.told" },
	{ .name = "ladder.family" },
	{ .name = "ladder.next", .published = true },
	{ .name = "ladder.next_on", .short_form = true, .plain_id = true },
	{ .name = "today", .short_form = true, .plain_id = true },
};

const struct value_rule *value_rule_of(str name)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		str rule = str_of(rules[i].name);
		bool below = str_ends(rule, S("."));
		if (below ? str_starts(name, rule) && name.n > rule.n : str_eq(name, rule))
			return &rules[i];
	}
	return NULL;
}

bool value_section_is(str name)
{
	if (value_rule_of(name) != NULL)
		return true;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		str rule = str_of(rules[i].name);
		if (str_starts(rule, name) && rule.n > name.n && rule.p[name.n] == '.')
			return true;
	}
	return false;
}

bool value_date(const struct json *value, date *out)
{
	if (value == NULL || value->type != JSON_MAP || value->map.n != 1)
		return false;
	return date_parse(json_text(value, "date"), out);
}

static struct json text_value(str text)
{
	return (struct json){ .type = JSON_TEXT, .text = text };
}

static struct json truth_value(bool truth)
{
	return (struct json){ .type = JSON_BOOL, .boolean = truth };
}

struct json map_with(struct arena *arena, const struct json *map, str key, struct json value)
{
	size_t n = map != NULL && map->type == JSON_MAP ? map->map.n : 0;
	struct json_member *members = TAKE(arena, struct json_member, n + 1);
	size_t at = n;
	for (size_t i = 0; i < n; i++) {
		members[i] = map->map.members[i];
		if (str_eq(members[i].key, key))
			at = i;
	}
	members[at] = (struct json_member){ .key = key, .value = value };
	return (struct json){
		.type = JSON_MAP,
		.map = { .members = members, .n = at == n ? n + 1 : n },
	};
}

static struct json dated(struct arena *arena, const struct json *value,
			 const struct language *language)
{
	struct json copy = *value;
	date day;
	if (value_date(value, &day))
		return text_value(language_date(arena, language, day));
	if (value->type == JSON_LIST) {
		struct json *items = TAKE(arena, struct json, value->list.n + 1);
		for (size_t i = 0; i < value->list.n; i++)
			items[i] = dated(arena, &value->list.items[i], language);
		copy.list.items = items;
	}
	if (value->type == JSON_MAP) {
		struct json_member *members = TAKE(arena, struct json_member, value->map.n + 1);
		for (size_t i = 0; i < value->map.n; i++) {
			const struct json_member *member = &value->map.members[i];
			members[i].key = member->key;
			members[i].value = dated(arena, &member->value, language);
		}
		copy.map.members = members;
	}
	return copy;
}

/* As deep as the facts may be. */
const struct json *values_dated(struct arena *arena, const struct json *values,
				const struct language *language)
{
	struct json *out = TAKE(arena, struct json, 1);
	*out = dated(arena, values, language);
	return out;
}

static struct json date_value(struct arena *arena, date day)
{
	return map_with(arena, NULL, S("date"), text_value(date_print(arena, day)));
}

static struct json authority_value(struct arena *arena, const struct authority *authority)
{
	struct json map = map_with(arena, NULL, S("name"), text_value(authority->name));
	map = map_with(arena, &map, S("short_name"), text_value(authority->short_name));
	map = map_with(arena, &map, S("phone"), text_value(authority->phone));
	return map_with(arena, &map, S("email"), text_value(authority->email));
}

static struct json signpost_value(struct arena *arena, const struct signpost *signpost)
{
	struct json map = map_with(arena, NULL, S("name"), text_value(signpost->name));
	map = map_with(arena, &map, S("phone"), text_value(signpost->phone));
	map = map_with(arena, &map, S("email"), text_value(signpost->email));
	return map_with(arena, &map, S("url"), text_value(signpost->url));
}

/* Who somebody is to the case is a fact of the message; name and prompt are the message's own. */
static struct json recipient_value(struct arena *arena, const struct json *facts,
				   const struct message *message)
{
	static const char *const flags[] = { "young_person", "parent", "staff", "party" };
	const struct json *given = json_get(facts, "recipient");
	struct json map = map_with(arena, given, S("name"), text_value(message->to_name));
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		bool truth = json_bool(given, flags[i], false);
		map = map_with(arena, &map, str_of(flags[i]), truth_value(truth));
	}
	return map_with(arena, &map, S("prompt"), truth_value(message->prompt));
}

const struct json *values_of(struct arena *arena, const struct policy *policy,
			     const struct message *message, date today, str *why)
{
	const struct json *facts = NULL;
	str where = STR_EMPTY;
	str text = message->facts.n > 0 ? message->facts : S("{}");
	if (json_parse(arena, text, 16, &facts, &where) != JSON_FINE || facts->type != JSON_MAP) {
		*why = str_fmt(arena, "the facts of the message cannot be read (%.*s)",
			       STR_ARG(where));
		return NULL;
	}
	const struct authority *authority = &policy->authority;
	const struct {
		const char *name;
		const struct signpost *signpost;
	} bodies[] = {
		{ "sendiass", &authority->sendiass },
		{ "mediation", &authority->mediation },
		{ "disagreement", &authority->disagreement },
		{ "complaints", &authority->complaints },
		{ "privacy", &authority->privacy },
		{ "schools", &authority->schools },
	};
	struct json *map = TAKE(arena, struct json, 1);
	struct json own_case = map_with(arena, json_get(facts, "case"), S("id"),
					text_value(message->case_id));
	*map = map_with(arena, facts, S("authority"), authority_value(arena, authority));
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		*map = map_with(arena, map, str_of(bodies[i].name),
				signpost_value(arena, bodies[i].signpost));
	*map = map_with(arena, map, S("recipient"), recipient_value(arena, facts, message));
	*map = map_with(arena, map, S("case"), own_case);
	*map = map_with(arena, map, S("today"), date_value(arena, today));
	return map;
}
