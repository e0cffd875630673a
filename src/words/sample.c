#include "base/arena.h"
#include "words/inner.h"

/* Samples: what a template is tried with before anybody is written to. All names, numbers and
 * addresses are invented: 01632 and 0114 496 are kept for drama, .example for examples. */

static const char base_facts[] =
	"{\"recipient\":{\"parent\":true},"
	"\"case\":{\"pathway\":\"Sample pathway\",\"stage\":\"Sample stage\"},"
	"\"owner\":{\"name\":\"Sam Okafor\",\"job\":\"caseworker\",\"phone\":\"0114 496 0101\","
	"\"email\":\"sam.okafor@council.example\"},"
	"\"service\":{\"name\":\"Sample service\",\"phone\":\"0114 496 0100\"},"
	"\"next\":{\"what\":\"Read what you sent us\",\"who\":\"Sam Okafor\","
	"\"by\":{\"date\":\"2026-12-14\"}}}";

static struct json json_of(struct arena *arena, const struct yaml *value);

/* A date where it looks like one, a truth value for yes and no, else a text. */
static struct json scalar_of(struct arena *arena, str text)
{
	date day;
	if (date_parse(text, &day))
		return map_with(arena, NULL, S("date"),
				(struct json){ .type = JSON_TEXT, .text = text });
	bool yes = str_eq(text, S("yes")) || str_eq(text, S("true"));
	if (yes || str_eq(text, S("no")) || str_eq(text, S("false")))
		return (struct json){ .type = JSON_BOOL, .boolean = yes };
	return (struct json){ .type = JSON_TEXT, .text = text };
}

static struct json list_of(struct arena *arena, const struct yaml *list)
{
	struct json *items = TAKE(arena, struct json, list->n);
	for (size_t i = 0; i < list->n; i++)
		items[i] = json_of(arena, &list->items[i]);
	return (struct json){ .type = JSON_LIST, .list = { .items = items, .n = list->n } };
}

/* As deep as YAML itself may be. */
static struct json json_of(struct arena *arena, const struct yaml *value)
{
	if (value->type == YAML_TEXT)
		return scalar_of(arena, value->text);
	if (value->type == YAML_LIST)
		return list_of(arena, value);
	struct json map = { .type = JSON_MAP };
	for (size_t i = 0; i < value->n; i++)
		map = map_with(arena, &map, value->members[i].key,
			       json_of(arena, &value->members[i].value));
	return map;
}

/* The sample's own values replace the common ones one by one; who the recipient is, as a whole. */
static struct json merge(struct arena *arena, const struct json *base, str key, struct json value)
{
	const struct json *old = json_get_str(base, key);
	if (old == NULL || value.type != JSON_MAP || str_eq(key, S("recipient")))
		return map_with(arena, base, key, value);
	struct json merged = *old;
	for (size_t i = 0; i < value.map.n; i++)
		merged = map_with(arena, &merged, value.map.members[i].key,
				  value.map.members[i].value);
	return map_with(arena, base, key, merged);
}

str sample_facts(struct arena *arena, const struct yaml *sample)
{
	const struct json *base = NULL;
	require(json_parse(arena, str_of(base_facts), 8, &base, NULL) == JSON_FINE);
	struct json facts = *base;
	for (size_t i = 0; sample != NULL && i < sample->n; i++)
		facts = merge(arena, &facts, sample->members[i].key,
			      json_of(arena, &sample->members[i].value));
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_put(&w, &facts);
	return buf_str(&buf);
}

/* A Wednesday in September: no date is longer in words. */
static struct json lengthen(struct arena *arena, const struct json *value)
{
	date day;
	if (value->type != JSON_MAP)
		return *value;
	if (value_date(value, &day))
		return map_with(arena, NULL, S("date"),
				(struct json){ .type = JSON_TEXT, .text = S("2026-09-30") });
	struct json map = { .type = JSON_MAP };
	for (size_t i = 0; i < value->map.n; i++)
		map = map_with(arena, &map, value->map.members[i].key,
			       lengthen(arena, &value->map.members[i].value));
	return map;
}

str sample_longest(struct arena *arena, str facts)
{
	const struct json *map = NULL;
	require(json_parse(arena, facts, 16, &map, NULL) == JSON_FINE);
	struct json longest = lengthen(arena, map);
	const struct json *owner = json_get(&longest, "owner");
	struct json name = { .type = JSON_TEXT, .text = S(SAMPLE_LONG_NAME) };
	if (owner != NULL)
		longest = map_with(arena, &longest, S("owner"),
				   map_with(arena, owner, S("name"), name));
	struct buf buf = buf_of(arena, WORDING_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_put(&w, &longest);
	return buf_str(&buf);
}

#define SIGNPOST(title, n, host)                                                                   \
	{                                                                                          \
		.name = S(title), .phone = S("0114 496 02" n),                                     \
		.email = S("help@" host ".example"), .url = S("https://www." host ".example/")     \
	}

const struct policy *sample_policy(struct arena *arena)
{
	struct policy *policy = TAKE(arena, struct policy, 1);
	policy->authority = (struct authority){
		.name = S("Sample City Council"),
		.short_name = S("Sample"),
		.address = { S("1 Sample Square"), S("Sampleton"), S("S1 1ZZ") },
		.n_address = 3,
		.phone = S("0114 496 0000"),
		.email = S("hello@council.example"),
		.email_from = S("noreply@council.example"),
		.sendiass = SIGNPOST("Sample Advice Service", "01", "advice"),
		.mediation = SIGNPOST("Sample Mediation", "02", "mediation"),
		.disagreement = SIGNPOST("Sample Disagreement Service", "03", "agree"),
		.complaints = SIGNPOST("Sample Complaints Team", "04", "complaints"),
		.privacy = SIGNPOST("Sample Data Protection Officer", "05", "privacy"),
		.schools = SIGNPOST("Sample List of Schools", "06", "schools"),
		.task_working_days = 2,
	};
	return policy;
}

/* The parts of an address by channel. */
static void address(struct message *message)
{
	switch (message->channel) {
	case CHANNEL_EMAIL:
		message->email = S("recipient@family.example");
		break;
	case CHANNEL_SMS:
		message->sms = S("+447700900123");
		break;
	case CHANNEL_LETTER:
		message->letter[0] = message->to_name;
		message->letter[1] = S("99 Sample Road");
		message->letter[2] = S("Sampleton");
		message->letter[3] = S("S99 9ZZ");
		message->n_letter = 4;
		break;
	case CHANNEL_TASK:
	case CHANNEL_COUNT:
		break;
	}
}

/* The door takes more parameters than is our habit: a preview names them all. */
/* NOLINTNEXTLINE(readability-function-size) */
bool words_sample(struct arena *arena, const struct words *words, const struct policy *policy,
		  str name, str language, enum channel_kind channel, struct message *out, str *why)
{
	(void)policy;
	const struct template *template = template_find(words, language, name);
	if (template == NULL) {
		*why = str_fmt(arena, "there is no template %.*s in %.*s", STR_ARG(name),
			       STR_ARG(language));
		return false;
	}
	struct message message = {
		.id = S("m000000000000000000000000"),
		.family = S("sample"),
		.case_id = S("sample-1"),
		.contact = S("sample"),
		.to_name = S("Alex Smith"),
		.channel = channel,
		.template = template->info.name,
		.grade = template->info.grade,
		.language = template->info.language,
		.facts = sample_facts(arena, template->sample),
	};
	address(&message);
	*out = message;
	return true;
}
