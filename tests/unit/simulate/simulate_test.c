#include "simulate/simulate.h"

#include "base/arena.h"
#include "harness/assert_str.h"
#include "setup/setup.h"

/* What families live through is told in tests/story; here is what a story cannot say. */

static struct arena arena;
static const struct policy *policy;
static struct simulate *simulate;

struct seen {
	struct traced list[10000];
	size_t n;
};
static struct seen seen;

static void keep(void *arg, const struct traced *traced)
{
	struct seen *of = arg;
	assert_true(of->n < sizeof of->list / sizeof of->list[0]);
	of->list[of->n++] = (struct traced){
		.at = traced->at,
		.kind = str_copy(&arena, traced->kind),
		.case_id = str_copy(&arena, traced->case_id),
		.id = str_copy(&arena, traced->id),
		.to = str_copy(&arena, traced->to),
		.channel = str_copy(&arena, traced->channel),
		.state = str_copy(&arena, traced->state),
		.due = str_copy(&arena, traced->due),
		.template = str_copy(&arena, traced->template),
		.text = str_copy(&arena, traced->text),
		.again = traced->again,
	};
}

static int begin(void **state)
{
	if (policy == NULL) {
		struct findings findings = findings_of(&arena);
		policy = setup_policy(&arena, S("conf"), &findings);
	}
	assert_non_null(policy);
	seen.n = 0;
	simulate = simulate_new(policy, keep, &seen);
	return 0;
}

static int end(void **state)
{
	simulate_free(&simulate);
	assert_null(simulate);
	return 0;
}

static instant moment(const char *text)
{
	instant at;
	assert_true(instant_parse(str_of(text), &at));
	return at;
}

static void happen(const char *id, const char *type, const char *subject, const char *time,
		   const char *data)
{
	const struct own_event event = {
		.source = S("test"),
		.id = str_of(id),
		.type = str_of(type),
		.subject = str_of(subject),
		.time = moment(time),
		.data = str_of(data),
	};
	simulate_event(simulate, intake_own_event(&arena, &event));
}

static void open_case(const char *family, const char *file)
{
	happen(str_z(&arena, str_fmt(&arena, "p-%s", family)), "contact.registered",
	       str_z(&arena, str_fmt(&arena, "family/%s", family)), "2026-11-02T09:00:00Z",
	       "{\"contact\":\"dana\",\"person\":\"P1\",\"role\":\"parent\",\"name\":\"Dana\","
	       "\"parental_responsibility\":true,\"addresses\":{\"email\":\"d@home.example\"},"
	       "\"agreed\":{\"on\":\"2026-11-01\",\"with\":\"sam-okafor\"}}");
	happen(str_z(&arena, str_fmt(&arena, "o-%s", family)), "case.opened",
	       str_z(&arena, str_fmt(&arena, "case/%s", file)), "2026-11-02T09:00:00Z",
	       str_z(&arena, str_fmt(&arena,
				     "{\"family\":\"%s\",\"pathway\":\"ehc-assessment\","
				     "\"service\":\"send\",\"owner\":\"sam-okafor\"}",
				     family)));
}

static const struct traced *first(const char *kind)
{
	for (size_t i = 0; i < seen.n; i++) {
		if (str_eq(seen.list[i].kind, str_of(kind)))
			return &seen.list[i];
	}
	return NULL;
}

/* The list of that day to Sam; NULL: she had none. */
static const struct traced *list_of(const char *day)
{
	for (size_t i = 0; i < seen.n; i++) {
		const struct traced *traced = &seen.list[i];
		if (str_eq(traced->template, S("digest")) && str_eq(traced->to, S("sam-okafor")) &&
		    str_starts(instant_print(&arena, traced->at), str_of(day)))
			return traced;
	}
	return NULL;
}

static void a_list_too_long_to_be_read_is_news_only_where_something_is_new(void **state)
{
	for (int i = 0; i < 70; i++) {
		const char *family = str_z(&arena, str_fmt(&arena, "F%d", i));
		const char *file = str_z(&arena, str_fmt(&arena, "C%d", i));
		const char *subject = str_z(&arena, str_fmt(&arena, "case/%s", file));
		open_case(family, file);
		happen(str_z(&arena, str_fmt(&arena, "e%d", i)), "ehcna.requested", subject,
		       "2026-11-02T09:15:00Z", "{}");
	}
	simulate_until(simulate, moment("2026-12-16T18:00:00Z"));
	const struct traced *first_day = list_of("2026-12-15"), *next_day = list_of("2026-12-16");
	assert_non_null(first_day);
	assert_false(first_day->again);
	assert_true(str_ends(first_day->text, S("and 10 more")));
	assert_non_null(next_day);
	assert_true(next_day->again);
	assert_int_equal(str_find(next_day->text, S(" more")), next_day->text.n);
}

static void a_trace_says_everything_that_a_program_needs(void **state)
{
	open_case("F1", "C1");
	happen("e1", "ehcna.requested", "case/C1", "2026-11-02T09:15:00Z", "{}");
	simulate_until(simulate, moment("2026-11-02T09:15:00Z"));
	const struct traced *duty = first("duty");
	assert_non_null(duty);
	assert_str(duty->case_id, "C1");
	assert_str(duty->state, "scheduled");
	assert_str(duty->due, "2026-12-14");
	const struct traced *message = first("message");
	assert_non_null(message);
	assert_str(instant_print(&arena, message->at), "2026-11-02T09:15:00Z");
	assert_str(message->case_id, "C1");
	assert_str(message->to, "dana");
	assert_str(message->channel, "email");
	assert_str(message->state, "accepted");
	assert_str(message->template, "ehcna-requested");
	assert_int_equal(message->id.n, 25);
}

static void what_is_no_event_is_refused_and_hurts_nobody(void **state)
{
	simulate_event(simulate, S("{"));
	simulate_event(simulate, S(""));
	open_case("F1", "C1");
	assert_int_equal(seen.n, 2);
	assert_str(seen.list[0].kind, "refused");
	assert_str(seen.list[0].state, "not_json");
	assert_non_null(simulate_family(simulate, S("F1")));
	assert_null(simulate_family(simulate, S("F2")));
}

static void an_event_of_the_past_is_taken_now(void **state)
{
	open_case("F1", "C1");
	simulate_until(simulate, moment("2026-11-05T12:00:00Z"));
	happen("e1", "ehcna.requested", "case/C1", "2026-11-02T09:15:00Z", "{}");
	const struct traced *duty = first("duty");
	assert_non_null(duty);
	assert_str(instant_print(&arena, duty->at), "2026-11-05T12:00:00Z");
	/* The day it happened still counts. */
	assert_str(duty->due, "2026-12-14");
}

static bool has_died(const char *family)
{
	const struct family *record = simulate_family(simulate, str_of(family));
	assert_non_null(record);
	return family_contact(record, S("dana"))->deceased;
}

static void what_happens_to_a_person_happens_in_each_of_their_families(void **state)
{
	happen("d0", "person.deceased", "person/P1", "2026-11-02T08:00:00Z", "{\"person\":\"P1\"}");
	assert_non_null(first("wait"));
	open_case("F1", "C1");
	assert_true(has_died("F1"));
	open_case("F2", "C2");
	assert_false(has_died("F2"));
	happen("d1", "person.deceased", "person/P1", "2026-11-03T08:00:00Z", "{\"person\":\"P1\"}");
	assert_true(has_died("F2"));
	assert_null(first("refused"));
}

static void what_a_service_says_of_itself_changes_no_family(void **state)
{
	open_case("F1", "C1");
	int64_t version = simulate_family(simulate, S("F1"))->version;
	happen("w1", "worker.away", "service/send", "2026-11-03T08:00:00Z",
	       "{\"person\":\"sam-okafor\",\"from\":\"2026-11-04\",\"to\":\"2026-11-06\","
	       "\"deputy\":\"priya-nair\"}");
	assert_int_equal(simulate_family(simulate, S("F1"))->version, version);
	assert_null(first("refused"));
}

static void a_hundred_years_of_nothing_pass_at_once(void **state)
{
	open_case("F1", "C1");
	/* While a case is open somebody asks each year how they want to be told. */
	happen("e1", "case.closed", "case/C1", "2026-11-03T09:15:00Z", "{\"outcome\":\"done\"}");
	simulate_until(simulate, moment("2126-11-02T09:15:00Z"));
	assert_int_equal(seen.n, 0);
}

static void a_thousand_families_live_side_by_side(void **state)
{
	for (int i = 0; i < 1000; i++) {
		const char *family = str_z(&arena, str_fmt(&arena, "F%d", i));
		const char *file = str_z(&arena, str_fmt(&arena, "C%d", i));
		open_case(family, file);
		happen(str_z(&arena, str_fmt(&arena, "e%d", i)), "ehcna.requested",
		       str_z(&arena, str_fmt(&arena, "case/%s", file)), "2026-11-02T09:15:00Z",
		       "{}");
	}
	seen.n = 0;
	simulate_until(simulate, moment("2026-11-02T09:15:00Z"));
	/* The last family's only: those of the others left before its first event. */
	assert_int_equal(seen.n, 1);
	assert_str(seen.list[0].case_id, "C999");
}

/* Twenty a year; by the end one of the first turns out never to have been closed. */
static void two_hundred_cases_in_ten_years_fit_into_one_family(void **state)
{
	open_case("F1", "C1");
	for (int i = 0; i < 200; i++) {
		date day = date_add((date){ 20760 }, i * 18); /* from 3 November 2026 on */
		str on = date_print(&arena, day), file = str_fmt(&arena, "case/N%d", i);
		str at = str_fmt(&arena, "%.*sT10:00:00Z", STR_ARG(on));
		str later = str_fmt(&arena, "%.*sT11:00:00Z",
				    STR_ARG(date_print(&arena, date_add(day, 9))));
		happen(str_z(&arena, str_fmt(&arena, "open-%d", i)), "case.opened",
		       str_z(&arena, file), str_z(&arena, at),
		       "{\"family\":\"F1\",\"pathway\":\"ehc-assessment\",\"service\":\"send\","
		       "\"owner\":\"sam-okafor\"}");
		happen(str_z(&arena, str_fmt(&arena, "close-%d", i)), "case.closed",
		       str_z(&arena, file), str_z(&arena, later), "{\"outcome\":\"done\"}");
	}
	const struct family *family = simulate_family(simulate, S("F1"));
	assert_true(family->n_cases < 20);
	happen("undo", "event.withdrawn", "case/N3", "2036-10-01T10:00:00Z",
	       "{\"event\":\"close-3\",\"reason\":\"It goes on.\"}");
	family = simulate_family(simulate, S("F1"));
	assert_non_null(family_case(family, S("N3")));
	assert_false(date_is(family_case(family, S("N3"))->closed_on));
	for (size_t i = 0; i < seen.n; i++)
		assert_false(str_eq(seen.list[i].kind, S("refused")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(a_trace_says_everything_that_a_program_needs),
		TEST(a_list_too_long_to_be_read_is_news_only_where_something_is_new),
		TEST(what_is_no_event_is_refused_and_hurts_nobody),
		TEST(an_event_of_the_past_is_taken_now),
		TEST(what_happens_to_a_person_happens_in_each_of_their_families),
		TEST(what_a_service_says_of_itself_changes_no_family),
		TEST(a_hundred_years_of_nothing_pass_at_once),
		TEST(a_thousand_families_live_side_by_side),
		TEST(two_hundred_cases_in_ten_years_fit_into_one_family),
#undef TEST
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
