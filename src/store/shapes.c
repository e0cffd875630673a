/*
 * The tables of the stored form: one line for each field of a family's record. codec.c says how the
 * form is changed.
 */
#include "store/inner.h"

#include <assert.h>

#define NAMES(tag)                                                                                 \
	static str name_##tag(int value)                                                           \
	{                                                                                          \
		return tag##_name((enum tag)value);                                                \
	}                                                                                          \
	static bool parse_##tag(str name, int *out)                                                \
	{                                                                                          \
		enum tag value;                                                                    \
		if (!tag##_parse(name, &value))                                                    \
			return false;                                                              \
		*out = (int)value;                                                                 \
		return true;                                                                       \
	}                                                                                          \
	static const struct names names_##tag = { name_##tag, parse_##tag };                       \
	static_assert(sizeof(enum tag) == sizeof(int), "sets are kept as int")

NAMES(channel_kind);
NAMES(role);
NAMES(party_role);
NAMES(format);
NAMES(court_order);
NAMES(grade);
NAMES(duty_state);
NAMES(audience);
NAMES(postage);

#define AT(field) .at = offsetof(STRUCT, field)
#define TEXT(k, field)                                                                             \
	{                                                                                          \
		.key = k, .type = PART_TEXT, AT(field)                                             \
	}
#define DATE(k, field)                                                                             \
	{                                                                                          \
		.key = k, .type = PART_DATE, AT(field)                                             \
	}
#define MOMENT(k, field)                                                                           \
	{                                                                                          \
		.key = k, .type = PART_MOMENT, AT(field)                                           \
	}
#define NUMBER(k, field)                                                                           \
	{                                                                                          \
		.key = k, .type = PART_NUMBER, AT(field)                                           \
	}
#define COUNT(k, field)                                                                            \
	{                                                                                          \
		.key = k, .type = PART_COUNT, AT(field)                                            \
	}
#define TRUTH(k, field)                                                                            \
	{                                                                                          \
		.key = k, .type = PART_TRUTH, AT(field)                                            \
	}
#define DURATION(k, field)                                                                         \
	{                                                                                          \
		.key = k, .type = PART_DURATION, AT(field)                                         \
	}
#define WEEK(k, field)                                                                             \
	{                                                                                          \
		.key = k, .type = PART_WEEK, AT(field)                                             \
	}
#define NAME(k, field, tag)                                                                        \
	{                                                                                          \
		.key = k, .type = PART_NAME, AT(field), .names = &names_##tag                      \
	}
/* One that older records do not have: then the first of its set. */
#define NAME_ADDED(k, field, tag)                                                                  \
	{                                                                                          \
		.key = k, .type = PART_NAME, AT(field), .max = 1, .names = &names_##tag            \
	}
#define SET(k, field, tag, n)                                                                      \
	{                                                                                          \
		.key = k, .type = PART_SET, AT(field), .max = (n), .names = &names_##tag           \
	}
#define CHANNELS_IN_ORDER(k)                                                                       \
	{                                                                                          \
		.key = k, .type = PART_NAMES, AT(channels), .max = CHANNEL_COUNT,                  \
		.count_at = offsetof(STRUCT, n_channels), .names = &names_channel_kind             \
	}
#define LETTER(k)                                                                                  \
	{                                                                                          \
		.key = k, .type = PART_LINES, AT(letter), .max = ADDRESS_LINES_MAX,                \
		.count_at = offsetof(STRUCT, n_letter)                                             \
	}
#define TEXTS(k, field)                                                                            \
	{                                                                                          \
		.key = k, .type = PART_TEXTS, AT(field), .count_at = offsetof(STRUCT, n_##field)   \
	}
#define ONE(k, field, of)                                                                          \
	{                                                                                          \
		.key = k, .type = PART_ONE, AT(field), .shape = &shape_##of                        \
	}
#define SOME(k, field, of)                                                                         \
	{                                                                                          \
		.key = k, .type = PART_SOME, AT(field), .shape = &shape_##of                       \
	}
/* One that may not be there. */
#define MAYBE(k, field, of)                                                                        \
	{                                                                                          \
		.key = k, .type = PART_SOME, AT(field), .max = 1, .shape = &shape_##of             \
	}
#define MANY(k, field, of)                                                                         \
	{                                                                                          \
		.key = k, .type = PART_MANY, AT(field), .count_at = offsetof(STRUCT, n_##field),   \
		.shape = &shape_##of                                                               \
	}
#define SHAPE(of, tag)                                                                             \
	static const struct shape shape_##of = { parts_##of,                                       \
						 sizeof parts_##of / sizeof *parts_##of,           \
						 sizeof(struct tag) }

#define STRUCT struct safe_contact
static const struct part parts_safe[] = {
	TRUTH("on", on),
	SET("channels", channels.has, channel_kind, CHANNEL_COUNT),
	TRUTH("has_hours", has_hours),
	WEEK("hours", hours),
	TEXT("sender", sender),
};
SHAPE(safe, safe_contact);
#undef STRUCT

#define STRUCT struct case_choice
static const struct part parts_choice[] = {
	TEXT("case", case_id),
	CHANNELS_IN_ORDER("channels"),
};
SHAPE(choice, case_choice);
#undef STRUCT

#define STRUCT struct contact
static const struct part parts_contact[] = {
	TEXT("id", id),
	TEXT("person", person),
	TEXT("name", name),
	NAME("role", role, role),
	DATE("born", born),
	TRUTH("parental_responsibility", parental_responsibility),
	TEXT("language", language),
	NAME("format", format, format),
	CHANNELS_IN_ORDER("channels"),
	TEXT("email", email),
	TEXT("sms", sms),
	LETTER("letter"),
	MANY("choices", choices, choice),
	TRUTH("oral_first", oral_first),
	DATE("confirmed_on", confirmed_on),
	DATE("asked_on", asked_on),
	DATE("agreed_on", agreed_on),
	TEXT("agreed_with", agreed_with),
	TRUTH("has_hours", has_hours),
	WEEK("hours", hours),
	ONE("safe", safe, safe),
	TRUTH("surveys", surveys),
	SET("failed", failed.has, channel_kind, CHANNEL_COUNT),
	SET("stopped", stopped.has, channel_kind, CHANNEL_COUNT),
	TRUTH("looked_after", looked_after),
	COUNT("rights_told", rights_told),
	TRUTH("rights_passed", rights_passed),
	SET("orders", orders, court_order, ORDER_COUNT),
	DATE("no_contact_until", orders_until[ORDER_NO_CONTACT]),
	DATE("info_restricted_until", orders_until[ORDER_INFO_RESTRICTED]),
	DATE("school_info_only_until", orders_until[ORDER_SCHOOL_INFO_ONLY]),
	DATE("copied_from", copied_from),
	DATE("copied_until", copied_until),
	TEXT("copied_for", copied_for),
	TEXT("acts_for", acts_for),
	TEXT("acts_in", acts_in),
	DATE("acts_from", acts_from),
	DATE("acts_until", acts_until),
	TRUTH("deceased", deceased),
	TRUTH("removed", removed),
	TRUTH("sealed", sealed),
	TEXTS("not_of", not_of),
};
SHAPE(contact, contact);
#undef STRUCT

#define STRUCT struct party
static const struct part parts_party[] = {
	TEXT("id", id),
	NAME("role", role, party_role),
	TEXT("name", name),
	TEXT("email", email),
	TEXT("sms", sms),
	LETTER("letter"),
	CHANNELS_IN_ORDER("channels"),
};
SHAPE(party, party);
#undef STRUCT

#define STRUCT struct capacity
static const struct part parts_capacity[] = {
	TEXT("person", person), TEXT("decision", decision),       TEXT("by", by),
	TRUTH("has", has),      DATE("assessed_on", assessed_on),
};
SHAPE(capacity, capacity);
#undef STRUCT

/* Of a ladder its rungs and times; where it was written is the policy's. */
#define STRUCT struct rung
static const struct part parts_rung[] = {
	TEXT("tell", tell),          DURATION("after", after), TEXT("template", template),
	NAME("grade", grade, grade), TRUTH("digest", digest),
};
SHAPE(rung, rung);
#undef STRUCT

#define STRUCT struct ladder
static const struct part parts_ladder[] = {
	TEXT("id", id),
	TEXT("calendar", calendar),
	DURATION("acknowledge", acknowledge),
	MANY("rungs", rungs, rung),
	DURATION("repeat", repeat),
	DURATION("slowest", slowest),
};
SHAPE(ladder, ladder);
#undef STRUCT

#define STRUCT struct chase
static const struct part parts_chase[] = {
	COUNT("rung", rung),        TEXT("role", role),
	COUNT("repeats", repeats),  MOMENT("next", next),
	DATE("expected", expected), TRUTH("noted", noted),
	TRUTH("said", said),        TRUTH("hushed", hushed),
	TEXT("listed", listed),     MAYBE("ladder", ladder, ladder),
};
SHAPE(chase, chase);
#undef STRUCT

#define STRUCT struct own_time
static const struct part parts_own[] = {
	TEXT("contact", contact),
	TEXT("event", event),
	DATE("from", from),
	DATE("due", due),
};
SHAPE(own, own_time);
#undef STRUCT

#define STRUCT struct duty
static const struct part parts_duty[] = {
	TEXT("id", id),
	TEXT("rule", rule),
	DATE("rule_from", rule_from),
	NAME("state", state, duty_state),
	TEXT("started_by", started_by),
	DATE("from", from),
	DATE("due", due),
	MOMENT("since", since),
	MOMENT("ends", ends),
	TEXT("explained", explained),
	TEXT("owner", owner),
	COUNT("warned", warned),
	DATE("breached_on", breached_on),
	DATE("ended_on", ended_on),
	TEXT("ended_by", ended_by),
	TEXT("excuse", excuse),
	DATE("acknowledged_until", acknowledged_until),
	TEXT("acknowledged_by", acknowledged_by),
	COUNT("awaited", awaited),
	TRUTH("told", told),
	ONE("chase", chase, chase),
	TEXT("contact", contact),
	MANY("own", own, own),
	TEXT("traceparent", traceparent),
};
SHAPE(duty, duty);
#undef STRUCT

#define STRUCT struct action
static const struct part parts_action[] = {
	TEXT("id", id),
	TEXT("what", what),
	TEXT("service", service),
	TEXT("person", person),
	DATE("agreed_on", agreed_on),
	DATE("due", due),
	TEXTS("agreed_with", agreed_with),
	NAME("state", state, duty_state),
	COUNT("warned", warned),
	DATE("breached_on", breached_on),
	DATE("ended_on", ended_on),
	TEXT("ended_by", ended_by),
	TRUTH("disputed", disputed),
	DATE("acknowledged_until", acknowledged_until),
	TEXT("acknowledged_by", acknowledged_by),
	TEXT("started_by", started_by),
	ONE("chase", chase, chase),
};
SHAPE(action, action);
#undef STRUCT

#define STRUCT struct task
static const struct part parts_task[] = {
	TEXT("id", id),       TEXT("contact", contact),   TEXT("what", what),
	TEXT("owner", owner), TEXT("message", message),   DATE("due", due),
	TRUTH("done", done),  TRUTH("chased", chased),    TEXT("outcome", outcome),
	TEXT("how", how),     ONE("chase", chase, chase),
};
SHAPE(task, task);
#undef STRUCT

#define STRUCT struct hold
static const struct part parts_hold[] = {
	TEXT("reason", reason), TEXT("owner", owner),  DATE("from", from),
	DATE("until", until),   TRUTH("ended", ended),
};
SHAPE(hold, hold);
#undef STRUCT

#define STRUCT struct dispatch
static const struct part parts_dispatch[] = {
	TEXT("enclosure", enclosure),
	TEXT("contact", contact),
	DATE("on", on),
};
SHAPE(dispatch, dispatch);
#undef STRUCT

#define STRUCT struct enclosure
static const struct part parts_enclosure[] = {
	TEXT("id", id),
	TEXT("kind", kind),
	TEXT("sha256", sha256),
	NUMBER("pages", pages),
	TRUTH("by_service", by_service),
};
SHAPE(enclosure, enclosure);
#undef STRUCT

#define STRUCT struct stand
static const struct part parts_stand[] = {
	TEXT("event", event),       TEXT("stage", stage),     TEXT("next_what", next_what),
	TEXT("next_who", next_who), TEXT("next_by", next_by), DATE("on", on),
};
SHAPE(stand, stand);
#undef STRUCT

#define STRUCT struct case_file
static const struct part parts_case[] = {
	TEXT("id", id),
	TEXT("pathway", pathway),
	TEXT("service", service),
	TEXT("owner", owner),
	TEXT("child", child),
	DATE("opened_on", opened_on),
	DATE("closed_on", closed_on),
	TEXT("closed_by", closed_by),
	TEXT("outcome", outcome),
	TEXT("stage", stage),
	TEXT("next_what", next_what),
	TEXT("next_who", next_who),
	TEXT("next_by", next_by),
	MANY("stands", stands, stand),
	DATE("heard_on", heard_on),
	TRUTH("nothing_new", nothing_new),
	TRUTH("asked", asked),
	MANY("duties", duties, duty),
	MANY("actions", actions, action),
	MANY("tasks", tasks, task),
	MANY("holds", holds, hold),
	MANY("dispatched", dispatched, dispatch),
};
const struct shape shape_case = { parts_case, sizeof parts_case / sizeof *parts_case,
				  sizeof(struct case_file) };
#undef STRUCT

#define STRUCT struct intent
static const struct part parts_intent[] = {
	TEXT("id", id),
	TEXT("case", case_id),
	NAME("audience", audience, audience),
	SET("parties", parties.has, party_role, PARTY_ROLE_COUNT),
	TEXTS("contacts", contacts),
	TEXT("rule", rule),
	TEXT("template", template),
	NAME("grade", grade, grade),
	TRUTH("adverse", adverse),
	{ .key = "not_before", .type = PART_INSTANT, AT(not_before) },
	TEXT("unless", unless),
	TEXT("about", about),
	TEXT("meets", meets),
	TEXT("role", role),
	TEXT("task", task),
	TEXT("follows", follows),
	TRUTH("quiet", quiet),
	TEXT("event", event_id),
	TEXT("event_type", event_type),
	TEXT("traceparent", traceparent),
	TEXT("facts", facts),
	MANY("enclosures", enclosures, enclosure),
	TEXT("former_email", former_email),
	TEXT("former_sms", former_sms),
	COUNT("round", round),
	MOMENT("noted", noted),
	TEXT("desk", desk),
	DATE("on", on),
};
SHAPE(intent, intent);
#undef STRUCT

#define STRUCT struct open_message
static const struct part parts_open[] = {
	TEXT("id", id),
	TEXT("case", case_id),
	TEXT("contact", contact),
	NAME("channel", channel, channel_kind),
	SET("tried", tried.has, channel_kind, CHANNEL_COUNT),
	TEXT("unless", unless),
	TEXT("about", about),
	TEXT("meets", meets),
	SOME("intent", intent, intent),
	DATE("accepted_on", accepted_on),
	NAME_ADDED("postage", postage, postage),
	DATE("arrives_on", arrives_on),
};
SHAPE(open, open_message);
#undef STRUCT

#define STRUCT struct doubt
static const struct part parts_doubt[] = {
	TEXT("message", message),
	TEXT("event", event_id),
	TEXT("contact", contact),
	TEXT("template", template),
	NAME("channel", channel, channel_kind),
	NUMBER("attempt", attempt),
	TRUTH("for_good", for_good),
	DATE("event_on", event_on),
	DATE("on", on),
};
SHAPE(doubt, doubt);
#undef STRUCT

#define STRUCT struct absence
static const struct part parts_absence[] = {
	TEXT("person", person), TEXT("deputy", deputy), DATE("from", from),
	DATE("to", to),         TEXT("event", event),
};
SHAPE(absence, absence);
#undef STRUCT

#define STRUCT struct desk_item
static const struct part parts_item[] = {
	TEXT("case", case_id),   TEXT("about", about),       TEXT("holder", holder),
	TEXT("what", what),      TEXT("template", template), DATE("due", due),
	DATE("since", since),    TRUTH("told", told),        MOMENT("noted", noted),
	TRUTH("urgent", urgent), TRUTH("known", known),      TRUTH("in_storm", in_storm),
	TRUTH("own", own),       TRUTH("task", task),        TRUTH("news", news),
};
SHAPE(item, desk_item);
#undef STRUCT

#define STRUCT struct desk_storm
static const struct part parts_storm[] = {
	TEXT("reader", reader), MOMENT("from", from),    MOMENT("until", until),
	COUNT("more", more),    TRUTH("urgent", urgent),
};
SHAPE(storm, desk_storm);
#undef STRUCT

#define STRUCT struct desk_rest
static const struct part parts_rest[] = {
	TEXT("holder", holder),
	COUNT("n", n),
	TRUTH("told", told),
};
SHAPE(rest, desk_rest);
#undef STRUCT

#define STRUCT struct family
static const struct part parts_family[] = {
	TEXT("id", id),
	NUMBER("version", version),
	NUMBER("tell", tell),
	MANY("contacts", contacts, contact),
	MANY("parties", parties, party),
	MANY("capacities", capacities, capacity),
	MANY("cases", cases, case),
	TEXTS("former_cases", former_cases),
	MANY("intents", intents, intent),
	MANY("open", open, open),
	MANY("doubts", doubts, doubt),
	MANY("absences", absences, absence),
	MANY("items", items, item),
	MANY("storms", storms, storm),
	MANY("rest", rest, rest),
	DATE("digest_on", digest_on),
	TRUTH("young_person_died", young_person_died),
	TRUTH("rights_passed", rights_passed),
	DATE("surveyed_on", surveyed_on),
	DATE("optional_from", optional_from),
	COUNT("optional_n", optional_n),
	MOMENT("importing", importing),
	MOMENT("list_from", list_from),
	DATE("quiet_before", quiet_before),
	NUMBER("entries", entries),
	{ .key = "head", .type = PART_HASH, AT(head) },
};
const struct shape shape_family = { parts_family, sizeof parts_family / sizeof *parts_family,
				    sizeof(struct family) };
#undef STRUCT

/* A field that has no line is lost at the next start. Whoever changes a size here has added one. */
static_assert(sizeof(struct safe_contact) == 504, "a new field? give it a line, then its size");
static_assert(sizeof(struct case_choice) == 40, "a new field? give it a line, then its size");
static_assert(sizeof(struct contact) == 1440, "a new field? give it a line, then its size");
static_assert(sizeof(struct party) == 216, "a new field? give it a line, then its size");
static_assert(sizeof(struct capacity) == 56, "a new field? give it a line, then its size");
static_assert(sizeof(struct chase) == 72, "a new field? give it a line, then its size");
static_assert(sizeof(struct stand) == 88, "a new field? give it a line, then its size");
static_assert(sizeof(struct own_time) == 40, "a new field? give it a line, then its size");
static_assert(sizeof(struct duty) == 320, "a new field? give it a line, then its size");
static_assert(sizeof(struct action) == 240, "a new field? give it a line, then its size");
static_assert(sizeof(struct task) == 192, "a new field? give it a line, then its size");
static_assert(sizeof(struct hold) == 48, "a new field? give it a line, then its size");
static_assert(sizeof(struct dispatch) == 40, "a new field? give it a line, then its size");
static_assert(sizeof(struct enclosure) == 64, "a new field? give it a line, then its size");
static_assert(sizeof(struct case_file) == 288, "a new field? give it a line, then its size");
static_assert(sizeof(struct intent) == 368, "a new field? give it a line, then its size");
static_assert(sizeof(struct open_message) == 128, "a new field? give it a line, then its size");
static_assert(sizeof(struct doubt) == 96, "a new field? give it a line, then its size");
static_assert(sizeof(struct absence) == 56, "a new field? give it a line, then its size");
static_assert(sizeof(struct desk_storm) == 48, "a new field? give it a line, then its size");
static_assert(sizeof(struct desk_rest) == 32, "a new field? give it a line, then its size");
static_assert(sizeof(struct desk_item) == 112, "a new field? give it a line, then its size");
static_assert(sizeof(struct family) == 312, "a new field? give it a line, then its size");
