/*
 * Whatever bytes come in by the front door:
 *
 *   - a refusal has a code and a sentence, and leaves the event alone
 *   - what is taken has an id, a kind that fits its subject, and data
 *   - the same event written in another order and spelling is the same event
 *
 * The first byte says whether it came on Candour's own stream.
 */
#include "base/arena.h"
#include "intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A city with one pathway that has a field of every type. */
static const struct policy *make_policy(void)
{
	static struct arena arena;
	static struct calendar calendar;
	static struct field fields[FIELD_TYPE_COUNT];
	static struct event_rule rule;
	static struct pathway pathway;
	static struct policy policy;
	if (policy.n_pathways > 0)
		return &policy;
	for (size_t i = 0; i < FIELD_TYPE_COUNT; i++)
		fields[i] = (struct field){ .name = str_fmt(&arena, "f%zu", i),
					    .type = (enum field_type)i,
					    .nullable = i % 2 == 0 };
	require(zone_read(&arena, S("Europe/London"), &calendar.zone) == OK);
	rule = (struct event_rule){ .type = S("any"),
				    .fields = fields,
				    .n_fields = FIELD_TYPE_COUNT };
	pathway = (struct pathway){ .id = S("p"), .events = &rule, .n_events = 1 };
	policy = (struct policy){ .pathways = &pathway, .n_pathways = 1, .calendar = &calendar };
	return &policy;
}

static void check_taken(struct arena *arena, bool own, const struct event *event)
{
	require(event->id.n > 0 && event->source.n > 0 && event->subject_id.n > 0);
	require((kind_subjects(event->kind) & event->about) != 0);
	require(event->data->type == JSON_MAP && date_is(event->on));

	const struct json *map = NULL;
	require(json_parse(arena, event->bytes, CANDOUR_EVENT_DEPTH_MAX, &map, NULL) == JSON_FINE);
	struct buf other = buf_of(arena, 16 * event->bytes.n + 16);
	json_canonical(&other, map);
	/* Escapes may make it longer than may come in. */
	if (other.n > CANDOUR_EVENT_BYTES_MAX)
		return;
	struct event again;
	struct refused refused;
	require(intake_parse(arena, make_policy(), buf_str(&other), own, &again, &refused));
	require(memcmp(&again.identity, &event->identity, sizeof again.identity) == 0);
	require(memcmp(&again.content, &event->content, sizeof again.content) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct arena arena = ARENA_EMPTY;
	struct event event = { .kind = KIND_COUNT };
	struct refused refused = { .code = REFUSED_NONE };
	bool own = data[0] == '!';
	const str bytes = { (const char *)data + 1, size - 1 };
	if (intake_parse(&arena, make_policy(), bytes, own, &event, &refused))
		check_taken(&arena, own, &event);
	else
		require(event.kind == KIND_COUNT && refused.code != REFUSED_NONE &&
			refused.message.n > 0);
	arena_free(&arena);
	return 0;
}
