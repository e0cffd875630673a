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

#define DAD                                                                                        \
	"{'contact':'c-dad','role':'parent','name':'Ben','channels':['letter'],"                   \
	"'addresses':{'letter':['2 Low Road','Leeds','LS1 1AA']}}"

/* To each of them by itself, on whichever day their letter was there. */
static void each_must_have_what_the_service_sends(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered", DAD);
	make_plan();
	str mum = message_to("c-mum", CHANNEL_LETTER), dad = message_to("c-dad", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", mum);
	CASE("2026-11-23T10:00:00Z", "enclosure.dispatched",
	     "{'enclosure':'advice-1','contact':'c-dad'}");
	SETTLE("2026-11-24T11:00:00Z", "accepted", dad);
	TICK("2026-12-04T00:00:00Z");
	assert_state("C1.plan", DUTY_SCHEDULED);
	/* Said twice is sent once. */
	for (int i = 0; i < 2; i++)
		CASE("2026-12-07T10:00:00Z", "enclosure.dispatched",
		     "{'enclosure':'advice-1','contact':'c-mum'}");
	assert_state("C1.plan", DUTY_MET);
	assert_int_equal(family_case(scene.family, S("C1"))->n_dispatched, 2);
}

static void a_school_can_have_been_sent_something_too(void **state)
{
	make_plan();
	CASE("2026-11-24T10:00:00Z", "enclosure.dispatched",
	     "{'enclosure':'advice-1','contact':'p-school'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_true(is_written("advice-1 to p-school"));
}

static void more_than_a_case_holds_is_refused(void **state)
{
	make_plan();
	struct case_file *file = family_case(scene.family, S("C1"));
	while (file->n_dispatched < 256)
		*GROW(&scene.arena, file->dispatched, file->n_dispatched) =
			(struct dispatch){ .enclosure = S("x"), .on = file->opened_on };
	const struct plan *plan = CASE("2026-11-24T10:00:00Z", "enclosure.dispatched",
				       "{'enclosure':'advice-1'}");
	assert_refused(plan, "");
	assert_true(holds(plan->refused.message, "too many enclosures in this case"));
}

/* A damaged record: the notice names a case that is not there, and holds up no duty. */
static void a_notice_of_no_case_waits_for_nothing(void **state)
{
	make_plan();
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	for (size_t i = 0; i < scene.family->n_open; i++)
		scene.family->open[i].case_id = S("gone");
	CASE("2026-11-30T10:00:00Z", "enclosure.dispatched", "{'enclosure':'other'}");
	assert_state("C1.plan", DUTY_MET);
}

/* It was sent before, and is only now reported: the duty was met when the last of it all was there. */
static void what_is_reported_late_counts_on_the_notices_day(void **state)
{
	make_plan();
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-11-30T00:00:00Z");
	CASE("2026-12-02T10:00:00Z", "enclosure.dispatched",
	     "{'enclosure':'advice-1','on':'2026-11-19'}");
	assert_state("C1.plan", DUTY_MET);
	assert_day(scene_duty(&scene, "C1.plan")->ended_on, "2026-11-30");
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
		TEST(each_must_have_what_the_service_sends),
		TEST(a_school_can_have_been_sent_something_too),
		TEST(more_than_a_case_holds_is_refused),
		TEST(a_notice_of_no_case_waits_for_nothing),
		TEST(what_is_reported_late_counts_on_the_notices_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
