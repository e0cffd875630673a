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
		scene_play(&scene, "2026-11-02T10:00:00Z", "drafted", subject, "{}");
	}
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	assert_int_equal(scene.plan->n_entries, 200);
	assert_str(scene.plan->entries[199].kind, "note");
	/* Nor more facts: of 180 duties that end, and 61 tasks. */
	assert_int_equal(scene.plan->n_facts, 200);
	assert_str(scene.plan->facts[199].type, "facts.overflow");
	assert_str(scene.plan->facts[199].subject, "family/F1");
	assert_str(scene.plan->facts[199].data, "{\"more\":42}");
	for (size_t i = 1; i < scene.family->n_cases; i++)
		assert_int_equal(scene.family->cases[i].duties[1].state, DUTY_CANCELLED);
}

/* --- in another language, at another address ------------------------------------------------------- */

static size_t count_interpreters(void)
{
	const struct case_file *file = family_case(scene.family, S("C1"));
	size_t n = 0;
	for (size_t i = 0; i < file->n_tasks; i++)
		n += !file->tasks[i].done && str_eq(file->tasks[i].how, S("interpreter")) ? 1 : 0;
	return n;
}

static void who_reads_another_language_has_it_explained(void **state)
{
	static const struct {
		const char *language, *template, *translated;
		enum grade grade;
		size_t interpreters;
	} rows[] = {
		{ "ur", "", "", GRADE_INFORMATION, 1 },
		{ "en", "", "", GRADE_INFORMATION, 0 },
		{ "en-GB", "", "", GRADE_INFORMATION, 0 },
		{ "", "", "", GRADE_INFORMATION, 0 }, /* an older record */
		{ "ur", "", "", GRADE_REMINDER, 0 },
		{ "ur", "", "", GRADE_OPTIONAL, 0 },
		{ "ur", "asked", "ur", GRADE_INFORMATION, 0 },
		{ "ur-PK", "asked", "ur", GRADE_INFORMATION, 0 },
		{ "ur", "asked", "pl", GRADE_INFORMATION, 1 },
		{ "ur", "other", "ur", GRADE_INFORMATION, 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		const struct translation one = { str_of(rows[i].template),
						 str_of(rows[i].translated) };
		struct saying *says = TAKE(&scene.arena, struct saying, 1);
		struct event_rule *asked = own_event("asked");
		*says = asked->says[0];
		says->grade = rows[i].grade;
		asked->says = says;
		asked->n_says = 1;
		scene.policy->translated = &one;
		scene.policy->n_translated = 1;
		struct contact *mum = family_contact(scene.family, S("c-mum"));
		mum->language = str_of(rows[i].language);
		mum->surveys = true;
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		assert_int_equal(scene.plan->n_messages, 1);
		assert_int_equal(count_interpreters(), rows[i].interpreters);
	}
}

/* One talk is for all that lies there: with each of them, and once more when there is something new. */
static void each_who_needs_it_is_explained_it_once(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T09:30:00Z", "contact.updated", "{'contact':'c-dad','language':'ur'}");
	FAMILY("2026-11-02T09:30:00Z", "contact.updated", "{'contact':'c-mum','language':'pl'}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T11:00:00Z", "alarmed", "{}");
	assert_int_equal(count_interpreters(), 2);
	struct case_file *file = family_case(scene.family, S("C1"));
	for (size_t i = 0; i < file->n_tasks; i++)
		file->tasks[i].done = true;
	CASE("2026-11-03T10:00:00Z", "alarmed", "{}");
	assert_int_equal(count_interpreters(), 2);
}

/* The authority hears that it is for somebody to explain. */
static void where_there_is_no_case_the_authority_is_asked_for_an_interpreter(void **state)
{
	scene.family = NULL;
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','language':'ur',"
	       "'channels':['email'],'addresses':{'email':'ben@home.example'}}");
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("reply-received"),
							.grade = GRADE_INFORMATION });
	FAMILY("2026-11-02T10:00:00Z", "reply.received",
	       "{'contact':'c-dad','channel':'email','text':'?'}");
	assert_int_equal(scene.family->n_intents, 1);
	TICK("2026-11-02T10:00:01Z");
	assert_said("email authority task-unowned role 2026-11-02T10:00:01Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "explained to c-dad in their language"));
}

static void where_they_live_is_asked_once(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-carer','role':'foster_carer','name':'Kim','channels':['letter'],"
	       "'addresses':{'letter':['2 Low Road','Leeds','LS1 1AA']}}");
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-child','looked_after':true}");
	family_contact(scene.family, S("c-carer"))->confirmed_on = DATE_NONE;
	size_t before = count_tasks();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_int_equal(count_tasks(), before + 2); /* to tell them, and to ask */
	CASE("2026-11-02T11:00:00Z", "alarmed", "{}");
	assert_int_equal(count_tasks(), before + 3); /* to tell them */
}

/* --- nobody, and nothing any more ------------------------------------------------------------------ */

static void of_the_rights_somebody_hears_or_a_person_decides_who(void **state)
{
	scene.policy->n_standards = 0;
	add_standard("contact.made", (struct saying){ .audience = AUDIENCE_BOTH,
						      .template = S("rights"),
						      .grade = GRADE_INFORMATION });
	FAMILY("2026-11-02T09:30:00Z", "contact.removed", "{'contact':'c-mum'}");
	FAMILY("2026-11-02T09:30:00Z", "contact.removed", "{'contact':'c-child'}");
	CASE("2026-11-02T10:00:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
	assert_silence();
	assert_int_equal(count_tasks(), 1);
	assert_true(holds(last_task()->what, "Nobody of the family may be told of rights"));
}

static void a_reminder_of_a_duty_that_is_met_is_needless(void **state)
{
	static const bool met[] = { false, true };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		struct event_rule *drafted = own_event("drafted");
		struct saying *says = TAKE(&scene.arena, struct saying, 2);
		says[0] = drafted->says[0];
		says[1] = drafted->says[1];
		says[1].unless = S("decision");
		drafted->says = says;
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		if (met[i]) {
			CASE("2026-11-02T10:00:00Z", "agreed", "{}");
			SETTLE("2026-11-02T10:00:00Z", "accepted",
			       message_to("c-mum", CHANNEL_LETTER));
			TICK("2026-11-12T10:00:00Z");
			assert_state("C1.decision", DUTY_MET);
		}
		CASE("2026-11-12T10:00:00Z", "drafted", "{}");
		TICK("2026-11-19T10:00:00Z");
		assert_int_equal(scene.plan->n_messages, met[i] ? 0 : 1);
		assert_int_equal(is_written("Needless now: draft-reminder"), met[i]);
	}
}

/* It waited to be one of many, and somebody was quicker. */
static void that_a_task_is_late_is_not_said_when_it_is_done(void **state)
{
	own_service()->storm = (struct storm_rule){ .alerts = 2, .minutes = 10 };
	CASE("2026-11-02T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	str data = str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'sam'}",
			   STR_ARG(last_task()->id));
	TICK("2026-11-06T10:00:00Z");
	assert_silence();
	assert_int_equal(scene.family->n_intents, 2);
	CASE("2026-11-06T10:05:00Z", "task.completed", str_z(&scene.arena, data));
	TICK("2026-11-06T10:11:00Z");
	assert_silence();
	assert_true(is_written("Needless now: task-overdue"));
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
		TEST(who_reads_another_language_has_it_explained),
		TEST(each_who_needs_it_is_explained_it_once),
		TEST(where_there_is_no_case_the_authority_is_asked_for_an_interpreter),
		TEST(where_they_live_is_asked_once),
		TEST(of_the_rights_somebody_hears_or_a_person_decides_who),
		TEST(a_reminder_of_a_duty_that_is_met_is_needless),
		TEST(that_a_task_is_late_is_not_said_when_it_is_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
