/* One intent, a message for each. */
#include "unit/decide/stage.h"

#define DAD                                                                                        \
	"{'contact':'c-dad','role':'parent','name':'Benedikt','channels':['sms'],"                 \
	"'format':'large_print_18','addresses':{'sms':'07700900001',"                              \
	"'letter':['2 Low Road','Leeds','LS1 1AA']},'agreed':{'on':'2026-10-01','with':'sam'}}"

static void nothing_of_one_parent_is_in_the_others_copy(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered", DAD);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "contact.made",
	     "{'with':['c-dad','c-mum'],'how':'visit','summary':'We met.'}");
	const struct message *mum = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_non_null(mum);
	assert_true(holds(mum->facts, "We met."));
	assert_false(holds(mum->facts, "c-dad"));
	assert_false(holds(mum->facts, "Benedikt"));
	assert_false(holds(mum->facts, "7700900001"));
	assert_int_equal(mum->sms.n, 0);
	assert_int_equal(mum->email.n, 0);
}

static void a_message_carries_what_is_needed_to_word_and_send_it(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered", DAD);
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	const struct message *dad = scene_message(&scene, "c-dad", CHANNEL_LETTER);
	assert_int_equal(dad->n_letter, 3);
	assert_str(dad->letter[1], "Leeds");
	assert_int_equal(dad->format, FORMAT_LARGE_PRINT_18);
	assert_str(dad->to_name, "Benedikt");
	assert_str(dad->language, "en");
	assert_str(dad->rule, "assess/agreed/1");
	assert_str(dad->policy, "0123456789abcdef");
	assert_int_equal(dad->tries_max, 5);
	assert_true(instant_is_never(dad->useless_after));
	assert_str(dad->family, "F1");
	assert_str(dad->case_id, "C1");
}

static void a_safe_contact_has_neutral_words_and_a_neutral_sender(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T09:40:00Z", "safe_contact.flagged",
	       "{'contact':'c-dad','channels':['sms'],'sender':'Ali'}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const struct message *dad = scene_message(&scene, "c-dad", CHANNEL_SMS);
	assert_true(dad->safe);
	assert_str(dad->sender, "Ali");
	assert_false(scene_message(&scene, "c-mum", CHANNEL_LETTER)->safe);
}

static void a_format_that_people_make_is_a_task_beside_the_notice(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated", "{'contact':'c-mum','format':'braille'}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_int_equal(count_tasks(), 1);
	assert_int_equal(last_task()->message.n, 0);
	CASE("2026-11-02T11:00:00Z", "asked", "{}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_TASK));
}

static void more_than_a_plan_holds_waits_for_the_next(void **state)
{
	for (int i = 2; i < 32; i++) {
		str data = str_fmt(
			&scene.arena,
			"{'contact':'c%d','role':'carer','name':'N','channels':['sms'],"
			"'addresses':{'sms':'07700900%03d','letter':['1','2','S1 1AA']}}",
			i, i);
		FAMILY("2026-11-02T09:30:00Z", "contact.registered", str_z(&scene.arena, data));
	}
	CASE("2026-11-02T09:40:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	/* 31 parents and carers, 30 of them with a prompt; the school does not fit. */
	assert_int_equal(scene.plan->n_messages, 61 + 1);
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-03'}");
	TICK("2026-12-15T00:00:00Z");
	/* The late duty and four alerts; the late action does not fit. */
	assert_int_equal(scene.plan->n_messages, 31 + 4);
	assert_true(scene.family->n_intents > 0);
	assert_false(instant_before(scene.now, scene.plan->next_look));
	TICK("2026-12-15T00:01:00Z");
	assert_int_equal(scene.family->n_intents, 0);
	assert_true(instant_before(scene.now, scene.plan->next_look));
}

static void no_plan_has_more_than_200_lines_of_evidence(void **state)
{
	for (int i = 0; i < 60; i++) {
		const char *subject = str_z(&scene.arena, str_fmt(&scene.arena, "case/X%d", i));
		scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", subject,
			   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
		scene_play(&scene, "2026-11-02T10:00:00Z", "asked", subject, "{}");
	}
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	assert_int_equal(scene.plan->n_entries, 200);
	assert_str(scene.plan->entries[199].kind, "note");
	for (size_t i = 1; i < scene.family->n_cases; i++)
		assert_int_equal(scene.family->cases[i].duties[1].state, DUTY_CANCELLED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_of_one_parent_is_in_the_others_copy),
		TEST(a_message_carries_what_is_needed_to_word_and_send_it),
		TEST(a_safe_contact_has_neutral_words_and_a_neutral_sender),
		TEST(a_format_that_people_make_is_a_task_beside_the_notice),
		TEST(more_than_a_plan_holds_waits_for_the_next),
		TEST(no_plan_has_more_than_200_lines_of_evidence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
