/* The values that a template may use. */
#include "unit/decide/stage.h"

static const struct json *facts_of(const char *contact, enum channel_kind channel)
{
	const struct message *message = scene_message(&scene, contact, channel);
	const struct json *facts;
	assert_non_null(message);
	assert_int_equal(json_parse(&scene.arena, message->facts, 16, &facts, NULL), JSON_FINE);
	return facts;
}

static void assert_date_of(const struct json *map, const char *key, const char *wanted)
{
	assert_str(json_text(json_get(map, key), "date"), wanted);
}

static void a_parent_learns_who_what_next_and_by_when(void **state)
{
	CASE("2026-11-05T10:00:00Z", "asked", "{'on':'2026-11-02'}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_str(json_text(json_get(facts, "recipient"), "name"), "Ada Bell");
	assert_true(json_bool(json_get(facts, "recipient"), "parent", false));
	assert_null(json_get(json_get(facts, "recipient"), "staff"));
	assert_str(json_text(json_get(facts, "case"), "id"), "C1");
	assert_str(json_text(json_get(facts, "case"), "pathway"), "Assessment");
	assert_str(json_text(json_get(facts, "case"), "stage"), "Deciding");
	assert_str(json_text(json_get(facts, "owner"), "name"), "Sam Okafor");
	assert_str(json_text(json_get(facts, "owner"), "job"), "caseworker");
	assert_str(json_text(json_get(facts, "service"), "name"), "Inclusion team");
	assert_date_of(json_get(facts, "event"), "on", "2026-11-02");
	assert_date_of(json_get(facts, "past"), "on", "2026-11-02");
	assert_date_of(json_get(facts, "promise"), "decision", "2026-12-14");
	assert_date_of(json_get(facts, "promise"), "plan", "2027-03-22");
	assert_str(json_text(json_get(facts, "next"), "what"), "Decide");
	assert_str(json_text(json_get(facts, "next"), "who"), "Sam Okafor");
	assert_date_of(json_get(facts, "next"), "by", "2026-12-14");
}

static void the_familys_own_limit_is_a_right_and_no_promise(void **state)
{
	CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'r'}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_date_of(json_get(facts, "right"), "appeal", "2027-01-03");
	assert_null(json_get(json_get(facts, "promise"), "appeal"));
	assert_str(json_text(json_get(facts, "next"), "who"), "you");
}

static void a_date_that_has_passed_is_no_promise(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_null(json_get(json_get(facts, "promise"), "decision"));
	assert_date_of(json_get(facts, "past"), "due", "2026-12-14");
	assert_str(json_text(json_get(facts, "duty"), "title"), "Decide");
	assert_str(json_text(json_get(facts, "duty"), "id"), "C1.decision");
	assert_date_of(json_get(facts, "duty"), "due", "2026-12-14");
	const struct json *staff = facts_of("rita", CHANNEL_EMAIL);
	assert_true(json_bool(json_get(staff, "recipient"), "staff", false));
}

/* "Decide" was due on the 14th; what comes of it in what is said next. */
static const struct json *next_of_a_late_step(void)
{
	CASE("2026-12-16T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	return json_get(facts_of("c-mum", CHANNEL_LETTER), "next");
}

static void a_next_step_that_is_late_says_so(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	const struct json *next = next_of_a_late_step();
	assert_date_of(next, "late", "2026-12-14");
	assert_null(json_get(next, "by"));
}

static void a_late_step_has_the_date_that_somebody_answers_for(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'C1.decision','by':'rita','until':'2026-12-18','note':'n'}");
	const struct json *next = next_of_a_late_step();
	assert_date_of(next, "late", "2026-12-14");
	assert_date_of(next, "by", "2026-12-18");
}

static void the_familys_own_step_is_never_called_late(void **state)
{
	CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'r'}");
	struct duty *appeal = case_duty(family_case(scene.family, S("C1")), S("C1.appeal"));
	assert_true(date_parse(S("2026-11-10"), &appeal->due));
	CASE("2026-11-12T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	assert_null(json_get(json_get(facts_of("c-mum", CHANNEL_LETTER), "next"), "late"));
}

static void no_id_of_a_contact_is_a_value(void **state)
{
	CASE("2026-11-02T10:00:00Z", "contact.made",
	     "{'with':['c-mum'],'how':'visit','summary':'We met.'}");
	const struct json *event = json_get(facts_of("c-mum", CHANNEL_LETTER), "event");
	assert_str(json_text(event, "summary"), "We met.");
	assert_null(json_get(event, "with"));
}

static void who_owns_a_task_learns_what_it_is(void **state)
{
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'sms','text':'when?'}");
	TICK("2026-11-05T00:00:00Z");
	const struct json *facts = facts_of("sam", CHANNEL_EMAIL);
	assert_true(json_text(json_get(facts, "task"), "what").n > 0);
}

static void a_service_answers_where_nobody_holds_the_role(void **state)
{
	family_case(scene.family, S("C1"))->owner = S("nobody");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const struct json *facts = facts_of("c-mum", CHANNEL_LETTER);
	assert_str(json_text(json_get(facts, "owner"), "name"), "Inclusion team");
	assert_str(json_text(json_get(facts, "owner"), "phone"), "0114 496 0000");
}

/* What comes after its day says sorry, to the family and to nobody else. */
static void a_notice_that_comes_too_late_says_what_day_was_missed(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	CASE("2026-12-16T10:00:00Z", "agreed", "{}");
	assert_date_of(json_get(facts_of("c-mum", CHANNEL_LETTER), "past"), "missed", "2026-12-14");
	assert_null(json_get(json_get(facts_of("p-school", CHANNEL_EMAIL), "past"), "missed"));
}

static void a_notice_in_time_has_missed_nothing(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-03T10:00:00Z", "agreed", "{}");
	assert_null(json_get(json_get(facts_of("c-mum", CHANNEL_LETTER), "past"), "missed"));
}

/* Whoever it climbs to reads what has become of it below them. */
static void a_manager_learns_that_somebody_answered_for_it_and_the_day_has_passed(void **state)
{
	static struct saying lapsed[] = { { .audience = AUDIENCE_FAMILY,
					    .template = { "date-lapsed", 11 },
					    .grade = GRADE_INFORMATION } };
	struct duty_rule *rule = own_rule(0);
	rule->on_lapsed = lapsed;
	rule->n_on_lapsed = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_null(json_get(json_get(facts_of("rita", CHANNEL_EMAIL), "past"), "answered"));
	CASE("2026-12-15T10:00:00Z", "breach.acknowledged",
	     "{'duty':'decision','by':'rita','until':'2026-12-18','note':'n'}");
	TICK("2026-12-19T00:00:00Z");
	const struct json *told = facts_of("c-mum", CHANNEL_LETTER);
	assert_date_of(json_get(told, "event"), "was", "2026-12-18");
	assert_date_of(json_get(facts_of("rita", CHANNEL_EMAIL), "past"), "answered", "2026-12-18");
}

static void a_manager_learns_that_the_family_says_no(void **state)
{
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-05','agreed_with':['c-mum']}");
	CASE("2026-11-04T10:00:00Z", "action.completed", "{'action':'A1'}");
	CASE("2026-11-04T11:00:00Z", "action.disputed", "{'action':'A1','reason':'r'}");
	TICK("2026-11-06T00:00:00Z");
	const struct json *facts = facts_of("sam", CHANNEL_EMAIL);
	assert_true(json_bool(json_get(facts, "action"), "disputed", false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_parent_learns_who_what_next_and_by_when),
		TEST(the_familys_own_limit_is_a_right_and_no_promise),
		TEST(a_date_that_has_passed_is_no_promise),
		TEST(a_next_step_that_is_late_says_so),
		TEST(a_late_step_has_the_date_that_somebody_answers_for),
		TEST(the_familys_own_step_is_never_called_late),
		TEST(no_id_of_a_contact_is_a_value),
		TEST(who_owns_a_task_learns_what_it_is),
		TEST(a_service_answers_where_nobody_holds_the_role),
		TEST(a_notice_that_comes_too_late_says_what_day_was_missed),
		TEST(a_manager_learns_that_somebody_answered_for_it_and_the_day_has_passed),
		TEST(a_manager_learns_that_the_family_says_no),
		TEST(a_notice_in_time_has_missed_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
