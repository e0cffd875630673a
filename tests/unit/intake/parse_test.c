#include "intake/intake.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;
static struct policy policy;

/* A city with one pathway that knows one event. */
static int make_policy(void **state)
{
	static struct calendar calendar;
	static struct field fields[1];
	static struct event_rule rules[1];
	static struct pathway pathways[1];
	assert_int_equal(zone_read(&arena, S("Europe/London"), &calendar.zone), OK);
	fields[0] = (struct field){ S("reasons"), FIELD_TEXT, true, false };
	rules[0] =
		(struct event_rule){ .type = S("plan.refused"), .fields = fields, .n_fields = 1 };
	pathways[0] = (struct pathway){ .id = S("p"), .events = rules, .n_events = 1 };
	policy = (struct policy){ .pathways = pathways, .n_pathways = 1, .calendar = &calendar };
	return 0;
}

#define ENVELOPE(id, source, type, subject, time, data)                                            \
	"{\"specversion\":\"1.0\",\"id\":" id ",\"source\":" source ",\"type\":" type              \
	",\"subject\":" subject ",\"time\":" time ",\"data\":" data "}"
#define WITH_ID(id)                                                                                \
	ENVELOPE(id, "\"send\"", "\"plan.refused\"", "\"case/C1\"", "\"2026-11-02T09:15:00Z\"",    \
		 "{\"reasons\":\"r\"}")
#define WITH_SOURCE(source)                                                                        \
	ENVELOPE("\"e1\"", source, "\"plan.refused\"", "\"case/C1\"", "\"2026-11-02T09:15:00Z\"",  \
		 "{\"reasons\":\"r\"}")
#define WITH_TYPE(type, data)                                                                      \
	ENVELOPE("\"e1\"", "\"send\"", type, "\"case/C1\"", "\"2026-11-02T09:15:00Z\"", data)
#define WITH_SUBJECT(type, subject)                                                                \
	ENVELOPE("\"e1\"", "\"send\"", type, subject, "\"2026-11-02T09:15:00Z\"",                  \
		 "{\"reasons\":\"r\"}")
#define WITH_TIME(time)                                                                            \
	ENVELOPE("\"e1\"", "\"send\"", "\"plan.refused\"", "\"case/C1\"", time,                    \
		 "{\"reasons\":\"r\"}")
#define WITH_DATA(data)                                                                            \
	ENVELOPE("\"e1\"", "\"send\"", "\"plan.refused\"", "\"case/C1\"",                          \
		 "\"2026-11-02T09:15:00Z\"", data)
#define GOOD WITH_ID("\"e1\"")

/* "fine", or "code at field". */
static str verdict(str bytes, bool own)
{
	struct event event = { .id = S("untouched") };
	struct refused refused = { 0 };
	if (intake_parse(&arena, &policy, bytes, own, &event, &refused))
		return S("fine");
	assert_str(event.id, "untouched");
	assert_true(refused.message.n > 0);
	return str_fmt(&arena, "%.*s at %.*s", STR_ARG(refusal_name(refused.code)),
		       STR_ARG(refused.field));
}

static struct event parsed(const char *text)
{
	struct event event = { 0 };
	struct refused refused = { 0 };
	assert_true(intake_parse(&arena, &policy, str_of(text), false, &event, &refused));
	return event;
}

static void an_event_is_read_and_typed(void **state)
{
	const struct event event = parsed(
		"{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"send\",\"type\":\"plan.refused\","
		"\"subject\":\"case/C1\",\"time\":\"2026-07-01T00:30:00+01:00\","
		"\"datacontenttype\":\"application/json\",\"traceparent\":\"00-ab-cd-01\","
		"\"anything\":{\"else\":1},"
		"\"data\":{\"reasons\":\"r\",\"by\":\"sam\",\"supersedes\":\"e0\",\"more\":[]}}");
	assert_int_equal(event.kind, KIND_PATHWAY);
	assert_str(event.type, "plan.refused");
	assert_str(event.id, "e1");
	assert_str(event.source, "send");
	assert_int_equal(event.about, SUBJECT_CASE);
	assert_str(event.subject_id, "C1");
	assert_str(instant_print(&arena, event.time), "2026-06-30T23:30:00Z");
	/* The day in London, not in UTC. */
	assert_str(date_print(&arena, event.on), "2026-07-01");
	assert_str(event.by, "sam");
	assert_str(event.supersedes, "e0");
	assert_str(event.traceparent, "00-ab-cd-01");
}

static void the_day_it_happened_may_be_another_than_the_day_it_was_said(void **state)
{
	const struct event event = parsed(WITH_DATA("{\"reasons\":\"r\",\"on\":\"2026-10-30\"}"));
	assert_str(date_print(&arena, event.on), "2026-10-30");
}

static void every_mistake_has_its_code_and_its_field(void **state)
{
	static const struct {
		const char *bytes, *verdict;
	} cases[] = {
		{ GOOD, "fine" },
		{ "{\"a\":\"\xff\"}", "not_utf8 at " },
		{ "", "not_json at " },
		{ "{\"id\":", "not_json at " },
		{ "{} {}", "not_json at " },
		{ "{\"id\":1,\"id\":1}", "duplicate_key at " },
		{ "{\"id\":\"\\u0007\"}", "control_character at " },
		{ "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "too_deep at " },
		{ "[]", "wrong_type at " },
		{ "{}", "missing_field at specversion" },
		{ "{\"specversion\":1.0}", "wrong_type at specversion" },
		{ "{\"specversion\":\"0.3\"}", "bad_specversion at specversion" },
		{ "{\"specversion\":\"1.0\"}", "missing_field at id" },
		{ WITH_ID("7"), "wrong_type at id" },
		{ WITH_ID("\"\""), "bad_id at id" },
		{ WITH_ID("\"a:b\""), "bad_id at id" },
		{ WITH_SOURCE("7"), "wrong_type at source" },
		{ WITH_SOURCE("\"\""), "bad_id at source" },
		{ WITH_SOURCE("\"two words\""), "bad_id at source" },
		{ WITH_TYPE("7", "{}"), "wrong_type at type" },
		{ WITH_TYPE("\"plan.eaten\"", "{}"), "unknown_type at type" },
		{ WITH_TYPE("\"\"", "{}"), "unknown_type at type" },
		{ WITH_TYPE("\"clock.due\"", "{}"), "reserved_type at type" },
		{ WITH_TYPE("\"clock.anything\"", "{}"), "reserved_type at type" },
		{ WITH_TYPE("\"message.delivered\"", "{}"), "reserved_type at type" },
		{ WITH_SUBJECT("\"plan.refused\"", "7"), "wrong_type at subject" },
		{ WITH_SUBJECT("\"plan.refused\"", "\"C1\""), "bad_subject at subject" },
		{ WITH_SUBJECT("\"plan.refused\"", "\"house/C1\""), "bad_subject at subject" },
		{ WITH_SUBJECT("\"plan.refused\"", "\"case/\""), "bad_subject at subject" },
		{ WITH_SUBJECT("\"plan.refused\"", "\"case/a/b\""), "bad_subject at subject" },
		{ WITH_SUBJECT("\"plan.refused\"", "\"family/F1\""), "bad_subject at subject" },
		{ WITH_SUBJECT("\"contact.removed\"", "\"case/C1\""), "bad_subject at subject" },
		{ WITH_TIME("7"), "wrong_type at time" },
		{ WITH_TIME("\"2026-11-02\""), "bad_time at time" },
		{ WITH_TIME("\"2026-11-02T09:15:00\""), "bad_time at time" },
		{ WITH_DATA("[]"), "wrong_type at data" },
		{ WITH_DATA("{\"on\":5}"), "wrong_type at data.on" },
		{ WITH_DATA("{\"on\":\"2026-02-30\"}"), "bad_data at data.on" },
		{ WITH_DATA("{\"on\":\"2062-11-02\"}"), "bad_data at data.on" },
		{ WITH_DATA("{\"by\":\"\"}"), "bad_data at data.by" },
		{ WITH_DATA("{\"supersedes\":\"a b\"}"), "bad_data at data.supersedes" },
		{ WITH_DATA("{}"), "missing_field at data.reasons" },
		{ WITH_DATA("{\"reasons\":7}"), "wrong_type at data.reasons" },
		{ WITH_TYPE("\"case.opened\"", "{\"pathway\":\"p\"}"),
		  "missing_field at data.family" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(verdict(str_of(cases[i].bytes), false), cases[i].verdict);
}

static void the_content_type_is_json_or_not_said(void **state)
{
#define WITH_CONTENT(type)                                                                         \
	S("{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"s\",\"type\":\"plan.refused\","     \
	  "\"subject\":\"case/C1\",\"time\":\"2026-11-02T09:15:00Z\",\"datacontenttype\":" type    \
	  ",\"data\":{\"reasons\":\"r\"}}")
	assert_str(verdict(WITH_CONTENT("\"application/json\""), false), "fine");
	assert_str(verdict(WITH_CONTENT("\"text/xml\""), false), "bad_data at datacontenttype");
	assert_str(verdict(WITH_CONTENT("1"), false), "wrong_type at datacontenttype");
#undef WITH_CONTENT
}

static void an_event_without_data_says_so(void **state)
{
	assert_str(verdict(S("{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"s\","
			     "\"type\":\"plan.refused\",\"subject\":\"case/C1\","
			     "\"time\":\"2026-11-02T09:15:00Z\"}"),
			   false),
		   "missing_field at data");
}

static void size_is_asked_first(void **state)
{
	struct buf buf = buf_of(&arena, 1 << 17);
	buf_add(&buf, S(GOOD));
	while (buf.n < CANDOUR_EVENT_BYTES_MAX)
		buf_byte(&buf, ' ');
	assert_str(verdict(buf_str(&buf), false), "fine");
	buf_byte(&buf, '\xff');
	assert_str(verdict(buf_str(&buf), false), "too_large at ");
}

static void candours_own_stream_may_say_what_is_reserved(void **state)
{
	const struct own_event event = {
		.source = S("candour"),
		.id = S("F1:12:1793610900000"),
		.type = S("clock.due"),
		.subject = S("family/F1"),
		.time = { 1793610900000 },
		.data = S("{}"),
	};
	const str own = intake_own_event(&arena, &event);
	assert_str(verdict(own, true), "fine");
	assert_str(verdict(own, false), "bad_id at id");
	assert_str(own, "{\"specversion\":\"1.0\",\"id\":\"F1:12:1793610900000\","
			"\"source\":\"candour\",\"type\":\"clock.due\",\"subject\":\"family/F1\","
			"\"time\":\"2026-11-02T09:15:00Z\","
			"\"datacontenttype\":\"application/json\",\"data\":{}}");
	assert_str(verdict(S(WITH_TYPE("\"message.eaten\"", "{}")), true), "unknown_type at type");
}

static bool is_same_name(const struct event *a, const struct event *b)
{
	return memcmp(&a->identity, &b->identity, sizeof a->identity) == 0;
}

static bool is_same_content(const struct event *a, const struct event *b)
{
	return memcmp(&a->content, &b->content, sizeof a->content) == 0;
}

static void the_same_event_is_the_same_however_it_is_written(void **state)
{
	const struct event event = parsed(ENVELOPE("\"e1\"", "\"send\"", "\"plan.refused\"",
						   "\"case/C1\"", "\"2026-11-02T09:15:00Z\"",
						   "{\"reasons\":\"r\",\"by\":\"sam\"}"));
	const struct event other = parsed(
		"{ \"data\": {\"by\":\"s\\u0061m\", \"reasons\":\"r\"}, \"extension\": true,"
		" \"time\":\"2026-11-02T10:15:00+01:00\", \"subject\":\"case/C1\","
		" \"type\":\"plan.refused\", \"source\":\"send\", \"id\":\"e1\","
		" \"specversion\":\"1.0\"}");
	assert_true(is_same_name(&event, &other));
	assert_true(is_same_content(&event, &other));
}

static void other_content_or_another_name_is_noticed(void **state)
{
	const struct event event = parsed(GOOD);
	const struct event changed = parsed(WITH_DATA("{\"reasons\":\"other\"}"));
	const struct event later = parsed(WITH_TIME("\"2026-11-02T09:15:01Z\""));
	const struct event renamed = parsed(WITH_ID("\"e2\""));
	const struct event elsewhere = parsed(WITH_SOURCE("\"health\""));
	assert_true(is_same_name(&event, &changed));
	assert_false(is_same_content(&event, &changed));
	assert_true(is_same_name(&event, &later));
	assert_false(is_same_content(&event, &later));
	assert_false(is_same_name(&event, &renamed));
	assert_true(is_same_content(&event, &renamed));
	assert_false(is_same_name(&event, &elsewhere));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_read_and_typed),
		cmocka_unit_test(the_day_it_happened_may_be_another_than_the_day_it_was_said),
		cmocka_unit_test(every_mistake_has_its_code_and_its_field),
		cmocka_unit_test(the_content_type_is_json_or_not_said),
		cmocka_unit_test(an_event_without_data_says_so),
		cmocka_unit_test(size_is_asked_first),
		cmocka_unit_test(candours_own_stream_may_say_what_is_reserved),
		cmocka_unit_test(the_same_event_is_the_same_however_it_is_written),
		cmocka_unit_test(other_content_or_another_name_is_noticed),
	};
	int failed = cmocka_run_group_tests(tests, make_policy, NULL);
	arena_free(&arena);
	return failed;
}
