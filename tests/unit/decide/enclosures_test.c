/* What goes with a notice, and what the service sends itself. */
#include "unit/decide/stage.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PLAN "{'id':'plan-1','kind':'The plan','sha256':'" SHA "','pages':24,'sent_by':'candour'}"
#define ADVICE "{'id':'advice-1','kind':'Advice','sha256':'" SHA "','pages':9,'sent_by':'service'}"

static void make_plan(void)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-20T10:00:00Z", "made", "{'enclosures':[" PLAN "," ADVICE "]}");
}

static void a_notice_carries_what_its_event_brings(void **state)
{
	make_plan();
	const struct message *letter = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_int_equal(letter->n_enclosures, 2);
	assert_str(letter->enclosures[0].id, "plan-1");
	assert_str(letter->enclosures[0].kind, "The plan");
	assert_str(letter->enclosures[0].sha256, SHA);
	assert_int_equal(letter->enclosures[0].pages, 24);
	assert_false(letter->enclosures[0].by_service);
	assert_true(letter->enclosures[1].by_service);
}

static void the_prompt_beside_a_letter_carries_nothing(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms','letter'],"
	       "'addresses':{'sms':'07700900001'}}");
	make_plan();
	assert_int_equal(scene_message(&scene, "c-mum", CHANNEL_SMS)->n_enclosures, 0);
	assert_int_equal(scene_message(&scene, "c-mum", CHANNEL_LETTER)->n_enclosures, 2);
}

static void who_goes_in_person_brings_it_along(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'letter':null}}");
	make_plan();
	str what = last_task()->what;
	assert_true(str_find(what, S("give them plan-1, advice-1")) < what.n);
}

static void a_duty_waits_for_what_the_service_sends_itself(void **state)
{
	make_plan();
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	assert_int_equal(scene_duty(&scene, "C1.plan")->awaited, 1);
	TICK("2026-11-30T00:00:00Z"); /* in the letter box */
	assert_state("C1.plan", DUTY_SCHEDULED);
	/* Nothing of ours is on its way: the owner is warned as ever. */
	assert_int_equal(scene_duty(&scene, "C1.plan")->awaited, 0);
	CASE("2026-12-01T10:00:00Z", "enclosure.dispatched", "{'enclosure':'other'}");
	assert_state("C1.plan", DUTY_SCHEDULED);
	CASE("2026-12-02T10:00:00Z", "enclosure.dispatched",
	     "{'enclosure':'advice-1','contact':'c-mum'}");
	assert_state("C1.plan", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.plan")->ended_on, "2026-12-02");
}

static void what_was_sent_before_the_notice_counts_on_the_notices_day(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-19T10:00:00Z", "enclosure.dispatched", "{'enclosure':'advice-1'}");
	CASE("2026-11-20T10:00:00Z", "made", "{'enclosures':[" ADVICE "]}");
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-11-30T00:00:00Z");
	assert_state("C1.plan", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.plan")->ended_on, "2026-11-30");
}

static void a_notice_is_not_forgotten_while_its_duty_waits_for_the_rest(void **state)
{
	make_plan();
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	scene_tick(&scene, "2027-01-20T08:00:00Z");
	CASE("2027-01-20T10:00:00Z", "enclosure.dispatched", "{'enclosure':'advice-1'}");
	assert_state("C1.plan", DUTY_MET);
}

static void only_somebody_of_the_family_can_have_been_sent_something(void **state)
{
	make_plan();
	assert_refused(CASE("2026-11-24T10:00:00Z", "enclosure.dispatched",
			    "{'enclosure':'advice-1','contact':'nobody'}"),
		       "data.contact");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_notice_carries_what_its_event_brings),
		TEST(the_prompt_beside_a_letter_carries_nothing),
		TEST(who_goes_in_person_brings_it_along),
		TEST(a_duty_waits_for_what_the_service_sends_itself),
		TEST(what_was_sent_before_the_notice_counts_on_the_notices_day),
		TEST(a_notice_is_not_forgotten_while_its_duty_waits_for_the_rest),
		TEST(only_somebody_of_the_family_can_have_been_sent_something),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
