/* A minimum standard that no duty's clock watches over: told late, or nobody spoke to them first. */
#include "unit/decide/stage.h"

static const struct saying to_manager = { .audience = AUDIENCE_MANAGER,
					  .template = { "missed", 6 },
					  .grade = GRADE_ALERT };

/* The decision to assess is to be told by the next working day. */
static void hold_to_a_day(const char *moment)
{
	struct event_rule *event = own_event("agreed");
	struct saying *says = TAKE(&scene.arena, struct saying, event->n_says);
	struct standard *standard = TAKE(&scene.arena, struct standard, 1);
	memcpy(says, event->says, event->n_says * sizeof *says);
	*standard = (struct standard){ .id = S("MS3"),
				       .title = S("Tell it soon"),
				       .within = { .n = 1, .unit = DURATION_WORKING_DAYS } };
	scene.policy->minimum = standard;
	scene.policy->n_minimum = 1;
	says[0].within = S("MS3");
	event->says = says;
	if (moment != NULL)
		add_standard(moment, to_manager);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
}

static size_t count_alerts(void)
{
	size_t n = 0;
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		n += str_eq(scene.plan->messages[i].template, S("missed")) ? 1 : 0;
	return n;
}

static bool is_noted(const char *text)
{
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		if (str_eq(scene.plan->entries[i].text, str_of(text)))
			return true;
	}
	return false;
}

#define NOTED "The family is told later than MS3 wants it"

/* What the report counts. */
static bool is_missed(const char *detail)
{
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		if (str_eq(scene.plan->entries[i].detail, str_of(detail)))
			return true;
	}
	return false;
}

static void what_is_reported_in_time_is_nobodys_news(void **state)
{
	hold_to_a_day("told.late");
	/* Of Friday, on Monday. */
	CASE("2026-11-09T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_false(is_noted(NOTED));
	assert_int_equal(count_alerts(), 0);
}

static void what_is_reported_late_is_told_and_the_manager_hears_so_once(void **state)
{
	hold_to_a_day("told.late");
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_true(is_noted(NOTED));
	assert_true(is_missed("{\"standard\":\"MS3\",\"title\":\"Tell it soon\","
			      "\"service\":\"send\",\"on\":\"2026-11-10\"}"));
	assert_int_equal(count_alerts(), 1);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* Several of one case are several: each has a name of its own. */
static void that_something_was_late_may_be_one_of_a_storm(void **state)
{
	hold_to_a_day("told.late");
	own_service()->storm = (struct storm_rule){ .alerts = 2, .minutes = 10 };
	str names = STR_EMPTY;
	for (int i = 0; i < 2; i++) {
		CASE("2026-11-10T10:00:00Z", "agreed",
		     i == 0 ? "{'on':'2026-11-06'}" : "{'on':'2026-11-05'}");
		assert_int_equal(count_alerts(), 0);
		assert_int_equal(scene.plan->n_notes, 1);
		str note = scene.plan->notes[0].data;
		assert_true(holds(note, "\"what\":\"Told later than we promise: Tell it soon\""));
		assert_true(holds(note, "\"at_once\":\"2026-11-10T10:00:00Z\",\"news\":true"));
		size_t at = str_find(note, S("news."));
		str name = str_slice(note, at, at + 21);
		assert_false(str_eq(name, names));
		names = name;
	}
	TICK("2026-11-10T10:11:00Z");
	assert_int_equal(count_alerts(), 2);
}

static void who_is_owner_and_manager_hears_of_a_case_as_a_whole_once(void **state)
{
	struct saying says[] = { to_manager, to_manager };
	hold_to_a_day("told.late");
	says[1].audience = AUDIENCE_OWNER;
	scene.policy->standards[scene.policy->n_standards - 1].says = says;
	scene.policy->standards[scene.policy->n_standards - 1].n_says = 2;
	CASE("2026-11-03T10:00:00Z", "case.reassigned", "{'owner':'rita','from':'sam'}");
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_int_equal(count_alerts(), 1);
}

/* Else each of these alerts would be late itself, and so there would be no end of them. */
static void an_alert_that_something_is_late_is_not_late_itself(void **state)
{
	hold_to_a_day("told.late");
	struct saying late = to_manager;
	late.within = S("MS3");
	scene.policy->standards[scene.policy->n_standards - 1].says = &late;
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_int_equal(count_alerts(), 1);
}

static void what_waited_for_us_was_reported_in_time(void **state)
{
	hold_to_a_day("told.late");
	scene_hear(&scene, "2026-11-12T10:00:00Z", "2026-11-09T10:00:00Z", "agreed", "case/C1",
		   "{'on':'2026-11-06'}");
	assert_false(is_noted(NOTED));
	assert_int_equal(count_alerts(), 0);
}

static void without_anybody_to_tell_it_stands_in_the_evidence(void **state)
{
	hold_to_a_day(NULL);
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_true(is_noted(NOTED));
	assert_int_equal(count_alerts(), 0);
}

static void a_standard_that_is_no_more_is_missed_by_nobody(void **state)
{
	hold_to_a_day("told.late");
	scene.policy->n_minimum = 0;
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_int_equal(count_alerts(), 0);
}

static void refuse_after(const char *moment)
{
	struct event_rule *event = own_event("refused");
	struct saying *says = TAKE(&scene.arena, struct saying, event->n_says);
	memcpy(says, event->says, event->n_says * sizeof *says);
	says[0].speak_first = (struct duration){ .n = 4, .unit = DURATION_WORKING_HOURS };
	event->says = says;
	if (moment != NULL)
		add_standard(moment, to_manager);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-10T10:00:00Z", "refused", "{'reasons':'r'}");
	assert_int_equal(count_alerts(), 0);
}

static void bad_news_that_nobody_spoke_of_first_is_the_managers_to_know(void **state)
{
	refuse_after("speak.missed");
	TICK("2026-11-10T14:00:00Z");
	assert_true(is_missed("{\"standard\":\"speak_first\","
			      "\"title\":\"Somebody speaks to them before bad news\","
			      "\"service\":\"send\",\"on\":\"2026-11-10\"}"));
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_int_equal(count_alerts(), 1);
}

static void that_nobody_spoke_of_it_first_waits_for_the_list_where_it_may(void **state)
{
	struct saying says = to_manager;
	refuse_after("speak.missed");
	says.digest = true;
	scene.policy->standards[scene.policy->n_standards - 1].says = &says;
	use_digest();
	TICK("2026-11-10T14:00:00Z");
	assert_int_equal(count_alerts(), 0);
	bool is_noted_so = false;
	for (size_t i = 0; i < scene.plan->n_notes; i++)
		is_noted_so = is_noted_so ||
			      holds(scene.plan->notes[i].data,
				    "\"what\":\"Nobody spoke to the family before bad news\"");
	assert_true(is_noted_so);
}

/* Decided together, late in the day: both waits end with the same hour of work. */
static void of_two_cases_the_manager_hears_of_each(void **state)
{
	refuse_after("speak.missed");
	scene_play(&scene, "2026-11-10T10:00:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	scene_play(&scene, "2026-11-10T10:00:00Z", "refused", "case/C2", "{'reasons':'r'}");
	TICK("2026-11-10T14:00:00Z");
	assert_int_equal(count_alerts(), 2);
}

/* More than waited: they hear of it in the same turn. */
static void all_whom_the_policy_names_hear_of_it(void **state)
{
	struct saying says[8];
	refuse_after("speak.missed");
	struct event_rule *rule = &scene.policy->standards[scene.policy->n_standards - 1];
	for (size_t i = 0; i < 8; i++) {
		says[i] = to_manager;
		says[i].template = str_fmt(&scene.arena, "missed-%zu", i);
	}
	rule->says = says;
	rule->n_says = 8;
	TICK("2026-11-10T14:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1 + 8 + 1); /* the notice, the alerts, its copy */
}

static void where_somebody_has_tried_nothing_was_missed(void **state)
{
	refuse_after("speak.missed");
	const struct task *task = last_task();
	CASE("2026-11-10T11:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%.*s','outcome':'not_reached','by':'sam'}",
			   STR_ARG(task->id))));
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_int_equal(count_alerts(), 0);
}

/* A number that no calendar holds: it cannot have been missed. */
static void a_standard_beyond_all_calendars_is_kept(void **state)
{
	hold_to_a_day("told.late");
	scene.policy->minimum[0].within = (struct duration){ .n = 120000, .unit = DURATION_MONTHS };
	CASE("2026-11-10T10:00:00Z", "agreed", "{'on':'2026-11-06'}");
	assert_false(is_noted(NOTED));
	assert_int_equal(count_alerts(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_reported_in_time_is_nobodys_news),
		TEST(what_is_reported_late_is_told_and_the_manager_hears_so_once),
		TEST(that_something_was_late_may_be_one_of_a_storm),
		TEST(who_is_owner_and_manager_hears_of_a_case_as_a_whole_once),
		TEST(an_alert_that_something_is_late_is_not_late_itself),
		TEST(what_waited_for_us_was_reported_in_time),
		TEST(without_anybody_to_tell_it_stands_in_the_evidence),
		TEST(a_standard_that_is_no_more_is_missed_by_nobody),
		TEST(bad_news_that_nobody_spoke_of_first_is_the_managers_to_know),
		TEST(that_nobody_spoke_of_it_first_waits_for_the_list_where_it_may),
		TEST(of_two_cases_the_manager_hears_of_each),
		TEST(all_whom_the_policy_names_hear_of_it),
		TEST(where_somebody_has_tried_nothing_was_missed),
		TEST(a_standard_beyond_all_calendars_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
