/* What may be opted out of: how often, and to whom. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

static struct saying surveys[] = {
	{ .audience = AUDIENCE_FAMILY, .template = { "survey", 6 }, .grade = GRADE_OPTIONAL }
};
static struct event_rule moments[] = {
	{ .type = { "survey.due", 10 }, .says = surveys, .n_says = 1 },
	{ .type = { "contact.made", 12 }, .says = surveys, .n_says = 1 },
};

/* After "replied" comes a questionnaire, after a visit some news that may be opted out of. */
static void with_moments(int survey_days, int per_week)
{
	struct policy *policy = scene.policy;
	struct pathway *pathway = &policy->pathways[0];
	policy->people.survey_days = survey_days;
	policy->people.optional_per_week = per_week;
	policy->standards = moments;
	policy->n_standards = sizeof moments / sizeof moments[0];
	for (size_t i = 0; i < pathway->n_events; i++)
		pathway->events[i].milestone = str_eq(pathway->events[i].type, S("replied"));
}

#define VISIT "{'with':['c-mum'],'how':'phone'}"

static void one_questionnaire_in_ninety_days(void **state)
{
	with_moments(90, 0);
	CASE("2026-11-02T10:00:00Z", "replied", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	CASE("2027-01-30T10:00:00Z", "replied", "{}");
	assert_silence();
	CASE("2027-01-31T10:00:00Z", "replied", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void what_a_week_does_not_hold_waits_for_the_next(void **state)
{
	with_moments(0, 2);
	CASE("2026-11-02T10:00:00Z", "contact.made", VISIT);
	CASE("2026-11-03T10:00:00Z", "contact.made", VISIT);
	assert_int_equal(scene.plan->n_messages, 1);
	CASE("2026-11-04T10:00:00Z", "contact.made", VISIT);
	assert_silence();
	assert_int_equal(scene.family->n_intents, 1);
	TICK("2026-11-09T00:00:00Z");
	assert_int_equal(scene.plan->n_messages, 1);
	assert_int_equal(scene.family->n_intents, 0);
}

static void what_must_be_said_is_not_counted_and_does_not_wait(void **state)
{
	with_moments(0, 1);
	CASE("2026-11-02T10:00:00Z", "contact.made", VISIT);
	CASE("2026-11-02T10:00:00Z", "contact.made", VISIT);
	assert_silence();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

static void who_opted_out_gets_none_and_nothing_is_counted(void **state)
{
	with_moments(90, 1);
	FAMILY("2026-11-02T09:00:00Z", "contact.updated",
	       "{'contact':'c-mum','optional':{'surveys':false}}");
	CASE("2026-11-02T10:00:00Z", "replied", "{}");
	assert_silence();
	assert_false(date_is(scene.family->surveyed_on));
	assert_int_equal(scene.family->optional_n, 0);
}

static void an_answer_is_told_on_with_its_score_and_its_service(void **state)
{
	CASE("2026-11-02T10:00:00Z", "feedback.received",
	     "{'contact':'c-mum','channel':'sms','score':4}");
	assert_str(scene.plan->facts[0].type, "feedback.received");
	assert_true(str_find(scene.plan->facts[0].data, S("\"service\":\"send\"")) <
		    scene.plan->facts[0].data.n);
	assert_true(str_find(scene.plan->facts[0].data, S("\"score\":4")) <
		    scene.plan->facts[0].data.n);
	assert_int_equal(count_tasks(), 0);
	CASE("2026-11-02T11:00:00Z", "feedback.received",
	     "{'contact':'c-mum','channel':'sms','text':'It took long'}");
	assert_int_equal(count_tasks(), 1);
}

static void feedback_says_something_and_comes_from_somebody(void **state)
{
	assert_refused(CASE("2026-11-02T10:00:00Z", "feedback.received",
			    "{'contact':'c-mum','channel':'email'}"),
		       "data.score");
	assert_refused(CASE("2026-11-02T10:00:00Z", "feedback.received",
			    "{'contact':'c-no','channel':'email','score':5}"),
		       "data.contact");
}

static void feedback_of_no_case_is_told_on_all_the_same(void **state)
{
	scene.family->n_cases = 0;
	FAMILY("2026-11-02T10:00:00Z", "feedback.received",
	       "{'contact':'c-mum','channel':'email','score':4}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_str(scene.plan->facts[0].type, "feedback.received");
	assert_str(scene.plan->facts[0].subject, "family/F1");
	assert_false(holds(scene.plan->facts[0].data, "service"));
}

/* No rest between two, or nothing to ask. */
static void a_policy_may_ask_each_time_or_never(void **state)
{
	with_moments(0, 0);
	CASE("2026-11-02T10:00:00Z", "replied", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	CASE("2026-11-03T10:00:00Z", "replied", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	scene.policy->n_standards = 0;
	CASE("2026-11-04T10:00:00Z", "replied", "{}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_silence();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_questionnaire_in_ninety_days),
		TEST(what_a_week_does_not_hold_waits_for_the_next),
		TEST(what_must_be_said_is_not_counted_and_does_not_wait),
		TEST(who_opted_out_gets_none_and_nothing_is_counted),
		TEST(an_answer_is_told_on_with_its_score_and_its_service),
		TEST(feedback_says_something_and_comes_from_somebody),
		TEST(feedback_of_no_case_is_told_on_all_the_same),
		TEST(a_policy_may_ask_each_time_or_never),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
