/* What became of the messages. */
#include "unit/decide/stage.h"

static void note_agreed(void)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-20T10:00:00Z", "agreed", "{}");
}

static void fail_with(const char *at, str message, bool address)
{
	str data = str_fmt(&scene.arena, "{'message':'%.*s','address':%s}", STR_ARG(message),
			   address ? "true" : "false");
	CASE(at, "message.failed", str_z(&scene.arena, data));
}

static void a_failed_channel_is_followed_by_the_next_and_then_by_a_person(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms','email'],"
	       "'addresses':{'sms':'07700900001','email':'ada@home.example','letter':null}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	fail_with("2026-11-02T10:01:00Z", message_to("c-mum", CHANNEL_SMS), false);
	assert_said("email c-mum asked fallback 2026-11-02T10:01:00Z\n");
	fail_with("2026-11-02T10:02:00Z", message_to("c-mum", CHANNEL_EMAIL), false);
	assert_said("task c-mum asked no_channel 2026-11-02T10:02:00Z\n");
	assert_int_equal(count_tasks(), 1);
	assert_str(last_task()->message, str_z(&scene.arena, scene.plan->messages[0].id));
}

static void a_wrong_address_is_not_used_until_it_is_changed(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms','letter'],"
	       "'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-02T10:00:00Z", "alarmed", "{}");
	int64_t tell = scene.family->tell;
	fail_with("2026-11-02T10:01:00Z", message_to("c-mum", CHANNEL_SMS), true);
	assert_true(scene.family->tell > tell);
	CASE("2026-11-02T11:00:00Z", "alarmed", "{}");
	assert_said("letter c-mum urgent agreed 2026-11-02T11:00:00Z\n");
	FAMILY("2026-11-02T11:30:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'sms':'07700900002'}}");
	CASE("2026-11-02T12:00:00Z", "alarmed", "{}");
	assert_said("sms c-mum urgent agreed 2026-11-02T12:00:00Z\n");
}

static void a_duty_still_waits_when_a_notice_goes_another_way(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],"
	       "'addresses':{'email':'ada@home.example'}}");
	note_agreed();
	assert_said("email c-mum agreed legal_form 2026-11-20T10:00:00Z\n"
		    "email p-school party-agreed agreed 2026-11-20T10:00:00Z\n");
	fail_with("2026-11-20T10:05:00Z", message_to("c-mum", CHANNEL_EMAIL), false);
	assert_said("letter c-mum agreed fallback 2026-11-20T10:05:00Z\n");
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 1);
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-11-30T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

static void a_notice_that_comes_back_opens_its_duty_again(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", letter);
	SETTLE("2026-11-20T18:00:00Z", "dispatched", letter);
	assert_str(scene_closings(&scene), "dispatched\n");
	TICK("2026-11-27T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	SETTLE("2026-12-01T10:00:00Z", "returned", letter);
	assert_str(scene_closings(&scene), "returned\n");
	assert_state("C1.decision", DUTY_WARNED); /* its day is near */
	assert_said("task c-mum agreed no_channel 2026-12-01T10:00:00Z\n");
	assert_true(count_tasks() >= 1);
	TICK("2026-12-15T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
}

static void a_prompt_that_fails_is_only_written_down(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	note_agreed();
	fail_with("2026-11-20T10:05:00Z", message_to("c-mum", CHANNEL_SMS), false);
	assert_silence();
	assert_int_equal(count_tasks(), 0);
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 1);
}

static void an_sms_that_may_have_left_is_not_sent_twice(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	SETTLE("2026-11-02T10:20:00Z", "unknown", message_to("c-mum", CHANNEL_SMS));
	assert_silence();
	assert_int_equal(count_tasks(), 1);
}

/* The email to the mother. */
static str ask_by_email(void)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],"
	       "'addresses':{'email':'ada@home.example'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	return message_to("c-mum", CHANNEL_EMAIL);
}

static void unknown_with(const char *at, str message, bool again)
{
	str data = str_fmt(&scene.arena, "{'message':'%.*s','again':%s}", STR_ARG(message),
			   again ? "true" : "false");
	CASE(at, "message.unknown", str_z(&scene.arena, data));
}

static void an_email_that_may_have_left_is_a_persons_when_there_are_no_more_tries(void **state)
{
	str email = ask_by_email();
	unknown_with("2026-11-02T10:20:00Z", email, true);
	assert_silence();
	assert_int_equal(count_tasks(), 0);
	unknown_with("2026-11-02T10:40:00Z", email, false);
	assert_silence();
	assert_int_equal(count_tasks(), 1);
}

static void hold_with(const char *at, str message, const char *code)
{
	str data = str_fmt(&scene.arena, "{'message':'%.*s','code':'%s'}", STR_ARG(message), code);
	CASE(at, "message.held", str_z(&scene.arena, data));
}

static str hold_an_email(const char *code)
{
	str email = ask_by_email();
	hold_with("2026-11-02T10:20:00Z", email, code);
	assert_silence();
	assert_int_equal(count_tasks(), 1);
	assert_true(date_is(last_task()->due) && last_task()->owner.n > 0);
	return email;
}

static void what_waits_for_its_enclosure_is_a_persons_until_it_leaves(void **state)
{
	str email = hold_an_email("enclosure_changed");
	assert_str(last_task()->what, "The email to c-mum waits for its enclosure: the file is "
				      "another than was reported");
	SETTLE("2026-11-02T11:30:00Z", "accepted", email);
	assert_int_equal(count_tasks(), 0);
}

/* Addressed again meanwhile, it waited for nobody; then it waits as before. */
static void what_waits_again_is_a_persons_again(void **state)
{
	str email = hold_an_email("enclosure_missing");
	SETTLE("2026-11-02T10:30:00Z", "stale", email);
	assert_int_equal(count_tasks(), 0);
	CASE("2026-11-02T10:35:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-11-02','to':'2026-11-20',"
	     "'evidence':'e','approved_by':'a'}");
	str other = last_task()->id;
	hold_with("2026-11-02T10:40:00Z", email, "enclosure_missing");
	assert_int_equal(count_tasks(), 2);
	assert_false(case_task(&scene.family->cases[0], other)->done);
}

static void who_brought_an_enclosure_has_not_reached_the_family(void **state)
{
	hold_an_email("enclosure_missing");
	size_t open = scene.family->n_open;
	str done = str_fmt(&scene.arena, "{'task':'%.*s','outcome':'reached','by':'w-1'}",
			   STR_ARG(last_task()->id));
	CASE("2026-11-02T10:30:00Z", "task.completed", str_z(&scene.arena, done));
	assert_int_equal(count_tasks(), 0);
	assert_int_equal(scene.family->n_open, open);
}

static void late_facts_about_settled_messages_are_kept(void **state)
{
	const struct plan *plan = SETTLE("2026-11-02T10:20:00Z", "delivered", S("m123"));
	assert_int_equal(plan->verdict, PLAN_COMMIT);
	assert_str(plan->entries[0].kind, "outcome");
	assert_str(plan->facts[0].type, "message.delivered");
}

static void an_email_to_staff_that_fails_is_somebodys_task(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-30T00:00:00Z");
	fail_with("2026-11-30T09:05:00Z", message_to("sam", CHANNEL_EMAIL), false);
	assert_int_equal(count_tasks(), 1);
}

/* Of all that staff were to be told by the last plan nothing arrives. */
static void fail_all_of_staff(const char *at)
{
	const struct plan *plan = scene.plan;
	for (size_t i = 0; i < plan->n_messages; i++) {
		if (plan->messages[i].channel == CHANNEL_EMAIL)
			fail_with(at, plan->messages[i].id, true);
	}
}

/* The task's own alerts come to the same wrong addresses: each would open another, and that another. */
static void what_staff_cannot_be_told_does_not_grow(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	for (int i = 1; i <= 90; i++) {
		date day = date_add((date){ 20759 }, i); /* from 3 November 2026 on */
		str at = str_join(&scene.arena, date_print(&scene.arena, day), S("T09:30:00Z"));
		TICK(str_z(&scene.arena, at));
		fail_all_of_staff(str_z(&scene.arena, at));
	}
	assert_true(count_tasks() > 0 && count_tasks() <= 8);
}

/* --- stale --------------------------------------------------------------------------------------- */

static void a_changed_number_reaches_what_has_not_left(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str sms = message_to("c-mum", CHANNEL_SMS);
	FAMILY("2026-11-02T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'sms':'07700900002'}}");
	SETTLE("2026-11-02T10:02:00Z", "stale", sms);
	assert_true(str_eq(message_to("c-mum", CHANNEL_SMS), sms));
	assert_str(scene.plan->messages[0].sms, "+447700900002");
	assert_int_equal(scene.plan->messages[0].tell, scene.family->tell);
	assert_int_equal(scene.plan->n_closings, 0);
}

static void another_channel_is_another_message(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	FAMILY("2026-11-20T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],"
	       "'addresses':{'email':'ada@home.example'}}");
	SETTLE("2026-11-20T10:02:00Z", "stale", letter);
	assert_said("email c-mum agreed legal_form 2026-11-20T10:02:00Z\n");
	assert_str(scene_closings(&scene), "suppressed\n");
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 1);
}

static void who_may_not_be_told_any_more_is_not_told(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	FAMILY("2026-11-20T10:01:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	SETTLE("2026-11-20T10:02:00Z", "stale", letter);
	assert_silence();
	assert_str(scene_closings(&scene), "suppressed\n");
	assert_int_equal(count_tasks(), 1);
	assert_state("C1.decision", DUTY_SCHEDULED); /* nobody has the notice */
}

static void when_rights_pass_the_young_person_is_told_instead(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	FAMILY("2026-11-20T10:01:00Z", "contact.updated",
	       "{'contact':'c-child','born':'2009-01-10','channels':['letter'],"
	       "'addresses':{'letter':['1','2','S1 1AA']}}");
	SETTLE("2026-11-20T10:02:00Z", "stale", letter);
	assert_said("letter c-child agreed legal_form 2026-11-20T10:02:00Z\n");
	assert_str(scene_closings(&scene), "suppressed\n");
	SETTLE("2026-11-20T11:00:00Z", "accepted", message_to("c-child", CHANNEL_LETTER));
	TICK("2026-11-30T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

static void a_prompt_goes_when_its_letter_needs_none(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	note_agreed();
	str prompt = message_to("c-mum", CHANNEL_SMS);
	FAMILY("2026-11-20T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['letter']}");
	SETTLE("2026-11-20T10:02:00Z", "stale", prompt);
	assert_silence();
	assert_str(scene_closings(&scene), "suppressed\n");
}

static void an_old_message_that_bounces_is_somebodys_task(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email','letter'],"
	       "'addresses':{'email':'ada@home.example'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str email = message_to("c-mum", CHANNEL_EMAIL);
	SETTLE("2026-11-02T10:05:00Z", "accepted", email);
	fail_with("2026-11-04T10:00:00Z", email, true);
	assert_str(scene_closings(&scene), "failed\n");
	assert_silence();
	assert_int_equal(count_tasks(), 1);
	assert_str(last_task()->contact, "c-mum");
}

static void what_expired_is_forgotten(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T10:05:00Z", "expired", letter);
	assert_null(family_open(scene.family, letter));
	assert_silence();
}

static void a_failed_message_to_somebody_barred_goes_to_nobody_else_by_mistake(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['email','letter'],"
	       "'addresses':{'email':'b@home.example','letter':['1','2','S1 1AA']}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str email = message_to("c-dad", CHANNEL_EMAIL);
	FAMILY("2026-11-02T10:01:00Z", "court_order.added",
	       "{'contact':'c-dad','effect':'no_contact'}");
	fail_with("2026-11-02T10:02:00Z", email, false);
	assert_silence(); /* the mother has hers */
}

static void a_task_to_tell_somebody_barred_is_taken_back(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['task'],'addresses':null}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_int_equal(count_tasks(), 1);
	str told = last_task()->id;
	FAMILY("2026-11-02T10:01:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	assert_str(scene_closings(&scene), "suppressed\n");
	assert_true(case_task(family_case(scene.family, S("C1")), told)->done);
	/* Now nobody is left, and that is a task too. */
	assert_int_equal(count_tasks(), 1);
	assert_int_equal(last_task()->contact.n, 0);
}

static void what_would_give_somebody_away_goes_no_other_way(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms','letter'],'addresses':{'sms':'07700900001'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str sms = message_to("c-mum", CHANNEL_SMS);
	str data = str_fmt(&scene.arena, "{'message':'%.*s','code':'leak'}", STR_ARG(sms));
	CASE("2026-11-02T10:01:00Z", "message.failed", str_z(&scene.arena, data));
	assert_silence();
	assert_null(family_open(scene.family, sms));
	assert_int_equal(count_tasks(), 1);
	assert_str(last_task()->contact, "c-mum");
	/* The number is as good as before. */
	assert_false(family_contact(scene.family, S("c-mum"))->failed.has[CHANNEL_SMS]);
}

static void a_notice_said_again_the_same_way_is_another_message(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", letter);
	SETTLE("2026-12-01T10:00:00Z", "returned", letter);
	FAMILY("2026-12-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','confirmed':'2026-12-02'}");
	str again = message_to("c-mum", CHANNEL_LETTER);
	assert_false(str_eq(again, letter));
	SETTLE("2026-12-02T11:00:00Z", "accepted", again);
	SETTLE("2026-12-02T18:00:00Z", "dispatched", again);
	TICK("2026-12-12T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

/* A message of which the record has forgotten everything went to that address, and came back. */
static void come_back_late(const char *at, const char *letter)
{
	str key = hex_print(&scene.arena, scene.policy->key, HASH_BYTES);
	str mark = hash_redis(&scene.arena, str_join(&scene.arena, key, str_of(letter)));
	str data = str_fmt(
		&scene.arena,
		"{'message':'m-old','channel':'letter','contact':'c-mum','place':'%.*s'}",
		STR_ARG(mark));
	CASE(at, "message.returned", str_z(&scene.arena, data));
}

static void an_address_is_wrong_however_late_that_is_known(void **state)
{
	/* It has changed since. */
	come_back_late("2027-01-11T10:00:00Z", "9 Old Road\nSheffield\nS9 9ZZ");
	assert_false(scene.family->contacts[0].failed.has[CHANNEL_LETTER]);
	assert_int_equal(count_tasks(), 0);
	come_back_late("2027-01-11T10:00:00Z", "1 Hill Road\nSheffield\nS1 1AA");
	assert_true(scene.family->contacts[0].failed.has[CHANNEL_LETTER]);
	assert_int_equal(count_tasks(), 1);
	/* One task is enough. */
	come_back_late("2027-01-12T10:00:00Z", "1 Hill Road\nSheffield\nS1 1AA");
	assert_int_equal(count_tasks(), 1);
}

static void tell_the_school_by(const char *at, const char *channel)
{
	FAMILY(at, "party.registered",
	       str_z(&scene.arena,
		     str_fmt(&scene.arena,
			     "{'party':'p-school','role':'school','name':'Hill School',"
			     "'channels':['%s'],'addresses':{'email':'office@hill.example',"
			     "'letter':['2 Hill Road','Sheffield','S1 1AA']}}",
			     channel)));
}

/* The email was being handed over when it was to be a letter instead, which stopped it; before that is heard it is to
 * be an email again. */
static void what_was_stopped_and_issued_again_is_not_forgotten(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str email = message_to("p-school", CHANNEL_EMAIL);
	tell_the_school_by("2026-11-02T10:01:00Z", "letter");
	SETTLE("2026-11-02T10:01:30Z", "stale", email);
	str letter = message_to("p-school", CHANNEL_LETTER);
	tell_the_school_by("2026-11-02T10:02:00Z", "email");
	SETTLE("2026-11-02T10:02:30Z", "stale", letter);
	assert_str(message_to("p-school", CHANNEL_EMAIL), str_z(&scene.arena, email));
	CASE("2026-11-02T10:03:00Z", "message.expired",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','code':'stopped'}", STR_ARG(email))));
	assert_non_null(family_open(scene.family, email));
}

static void what_is_said_of_a_message_that_nobody_knows_is_a_fact_and_no_more(void **state)
{
	static const char *const outcomes[] = { "accepted", "dispatched", "failed", "returned",
						"unknown",  "expired",    "stale" };
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		const struct plan *plan = SETTLE("2026-11-02T10:00:00Z", outcomes[i], S("mgone"));
		assert_int_equal(plan->verdict, PLAN_COMMIT);
		assert_silence();
		assert_int_equal(count_tasks(), 0);
		assert_true(is_written("A message settled before"));
	}
}

static void what_has_left_is_not_addressed_again(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str mum = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T10:01:00Z", "accepted", mum);
	SETTLE("2026-11-02T10:02:00Z", "stale", mum);
	assert_silence();
	assert_int_equal(scene.plan->n_closings, 0);
}

static void a_party_has_no_address_that_is_marked_as_wrong(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str school = message_to("p-school", CHANNEL_EMAIL);
	int64_t tell = scene.family->tell;
	fail_with("2026-11-02T10:01:00Z", school, true);
	assert_int_equal(scene.family->tell, tell);
	assert_true(count_tasks() > 0);
}

/* It says that a letter comes: it goes again where that is still so, and in the notice's place never. */
static void a_prompt_follows_what_becomes_of_its_notice(void **state)
{
	static const struct {
		enum carriage carriage; /* of a notice, by text message */
		const char *said, *closed;
	} rows[] = {
		{ CARRIES_PROMPT, "sms c-mum agreed prompt 2026-11-20T10:02:00Z\n", "" },
		{ CARRIES_NOT, "", "suppressed\n" },
		{ CARRIES, "sms c-mum agreed legal_form 2026-11-20T10:02:00Z\n", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T09:30:00Z", "contact.updated",
		       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
		note_agreed();
		str prompt = message_to("c-mum", CHANNEL_SMS);
		scene.policy->people.carriage[GRADE_FORMAL][CHANNEL_SMS] = rows[i].carriage;
		SETTLE("2026-11-20T10:02:00Z", "stale", prompt);
		assert_said(rows[i].said);
		assert_str(scene_closings(&scene), rows[i].closed);
	}
}

/* Somebody brought what it waited for, and then it was not needed. */
static void what_was_brought_is_brought(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T10:05:00Z", "held", letter);
	const char *task = str_z(&scene.arena, last_task()->id);
	CASE("2026-11-20T10:10:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%s','outcome':'reached','by':'sam'}", task)));
	SETTLE("2026-11-20T10:15:00Z", "accepted", letter);
	const struct task *done = case_task(family_case(scene.family, S("C1")), str_of(task));
	assert_str(done->outcome, "reached");
	assert_false(is_written("waits for nobody any more"));
}

/* What informs may meet a duty, too: it is said again when it comes back. */
static void what_met_a_duty_is_said_again_whatever_its_form(void **state)
{
	struct event_rule *agreed = own_event("agreed");
	struct saying *says = TAKE(&scene.arena, struct saying, 1);
	*says = agreed->says[0];
	says->grade = GRADE_INFORMATION;
	agreed->says = says;
	agreed->n_says = 1;
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email','letter'],"
	       "'addresses':{'email':'ada@home.example'}}");
	note_agreed();
	str email = message_to("c-mum", CHANNEL_EMAIL);
	SETTLE("2026-11-20T11:00:00Z", "accepted", email);
	assert_state("C1.decision", DUTY_MET);
	fail_with("2026-11-20T12:00:00Z", email, true);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_state("C1.decision", DUTY_SCHEDULED);
}

/* Of an older record: the message that it stood for is not there any more. */
static void a_task_may_outlive_its_message(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'letter':null}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const char *task = str_z(&scene.arena, last_task()->id);
	scene.family->n_open = 0;
	CASE("2026-11-02T11:00:00Z", "task.completed",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'task':'%s','outcome':'reached','by':'sam'}", task)));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_true(case_task(family_case(scene.family, S("C1")), str_of(task))->done);
}

/* What a provider says of a message that the record has forgotten, in each form that it has. */
static void of_a_forgotten_message_only_a_wrong_address_is_news(void **state)
{
	static const struct {
		const char *type, *data;
		const char *fact; /* or none */
	} rows[] = {
		{ "message.failed", "{'message':'m','channel':'letter','contact':'c-mum'}", NULL },
		{ "message.failed",
		  "{'message':'m','channel':'letter','contact':'c-mum','place':'x'}",
		  "message.failed" },
		{ "message.returned",
		  "{'message':'m','channel':'letter','contact':'c-mum','place':'x'}",
		  "message.returned" },
		{ "message.failed",
		  "{'message':'m','channel':'letter','contact':'gone','place':'x'}",
		  "message.failed" },
		{ "message.failed", "{'message':'m','contact':'c-mum','place':'x'}",
		  "message.failed" },
		{ "message.failed",
		  "{'message':'m','channel':'task','contact':'c-mum','place':'x'}",
		  "message.failed" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CASE("2027-01-11T10:00:00Z", rows[i].type, rows[i].data);
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
		assert_int_equal(count_tasks(), 0);
		bool is_told = false;
		for (size_t k = 0; k < scene.plan->n_facts; k++)
			is_told = is_told ||
				  (rows[i].fact != NULL &&
				   str_eq(scene.plan->facts[k].type, str_of(rows[i].fact)));
		assert_int_equal(is_told, rows[i].fact != NULL);
	}
}

/* It arrived; that it may not have is of before. */
static void a_doubt_about_what_arrived_is_none(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T11:00:00Z", "accepted", letter);
	CASE("2026-11-20T11:05:00Z", "message.unknown",
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'message':'%.*s','again':true}", STR_ARG(letter))));
	assert_int_equal(scene.family->n_doubts, 0);
	SETTLE("2026-11-20T11:10:00Z", "stale", letter);
	assert_silence();
	assert_non_null(family_open(scene.family, letter));
}

static void lose_sight(const char *at, str message, bool again)
{
	CASE(at, "message.unknown",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s','again':%s}",
					 STR_ARG(message), again ? "true" : "false")));
}

/* A person asks, and the task stays until they have; nothing else waits for it. */
static void what_nobody_found_out_about_is_waited_for_no_more(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	lose_sight("2026-11-02T10:01:00Z", letter, true);
	lose_sight("2026-11-02T10:30:00Z", letter, false);
	assert_int_equal(count_tasks(), 1);
	TICK("2026-11-30T10:00:00Z");
	assert_non_null(family_open(scene.family, letter));
	TICK("2026-12-01T10:00:00Z");
	assert_null(family_open(scene.family, letter));
	assert_true(is_written("Nobody knows whether the letter to c-mum arrived"));
	assert_str(last_task()->what, "Ask c-mum whether our letter arrived");
	/* What its provider says yet is written down. */
	SETTLE("2026-12-02T10:00:00Z", "accepted", letter);
	assert_true(is_written("A message settled before was accepted"));
}

static void what_is_tried_again_is_still_on_its_way_weeks_later(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	lose_sight("2026-11-02T10:01:00Z", letter, true);
	TICK("2026-12-01T10:00:00Z");
	assert_int_equal(scene.family->n_doubts, 0);
	assert_non_null(family_open(scene.family, letter));
}

/* Else the copies that arrived would meet it alone. */
static void a_notice_whose_duty_runs_is_waited_for_all_the_same(void **state)
{
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	lose_sight("2026-11-20T10:05:00Z", letter, false);
	TICK("2027-01-11T10:00:00Z");
	assert_non_null(family_open(scene.family, letter));
	CASE("2027-01-12T10:00:00Z", "message.accepted",
	     str_z(&scene.arena, str_fmt(&scene.arena, "{'message':'%.*s'}", STR_ARG(letter))));
	TICK("2027-01-25T10:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

/* It only says that a letter comes, and the letter has left. */
static void a_prompt_that_fails_when_its_letter_has_left_is_no_loss(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001'}}");
	note_agreed();
	str prompt = message_to("c-mum", CHANNEL_SMS), letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T10:05:00Z", "accepted", letter);
	fail_with("2026-11-20T10:06:00Z", prompt, true);
	assert_silence();
	assert_int_equal(count_tasks(), 0);
	assert_non_null(family_open(scene.family, letter));
}

/* From text messages to email and back: the letter goes once more, and the prompt that they have had does not. */
static void a_prompt_that_they_have_had_is_not_sent_again(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],"
	       "'addresses':{'sms':'07700900001','email':'ada@home.example'}}");
	note_agreed();
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-20T10:01:00Z", "accepted", message_to("c-mum", CHANNEL_SMS));
	FAMILY("2026-11-20T10:02:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email']}");
	SETTLE("2026-11-20T10:03:00Z", "stale", letter);
	str email = message_to("c-mum", CHANNEL_EMAIL);
	FAMILY("2026-11-20T10:04:00Z", "contact.updated", "{'contact':'c-mum','channels':['sms']}");
	SETTLE("2026-11-20T10:05:00Z", "stale", email);
	assert_said("letter c-mum agreed legal_form 2026-11-20T10:05:00Z\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_failed_channel_is_followed_by_the_next_and_then_by_a_person),
		TEST(a_wrong_address_is_not_used_until_it_is_changed),
		TEST(a_duty_still_waits_when_a_notice_goes_another_way),
		TEST(a_notice_that_comes_back_opens_its_duty_again),
		TEST(a_prompt_that_fails_is_only_written_down),
		TEST(an_sms_that_may_have_left_is_not_sent_twice),
		TEST(an_email_that_may_have_left_is_a_persons_when_there_are_no_more_tries),
		TEST(what_waits_for_its_enclosure_is_a_persons_until_it_leaves),
		TEST(what_waits_again_is_a_persons_again),
		TEST(who_brought_an_enclosure_has_not_reached_the_family),
		TEST(late_facts_about_settled_messages_are_kept),
		TEST(an_email_to_staff_that_fails_is_somebodys_task),
		TEST(what_staff_cannot_be_told_does_not_grow),
		TEST(a_changed_number_reaches_what_has_not_left),
		TEST(another_channel_is_another_message),
		TEST(who_may_not_be_told_any_more_is_not_told),
		TEST(when_rights_pass_the_young_person_is_told_instead),
		TEST(a_prompt_goes_when_its_letter_needs_none),
		TEST(an_old_message_that_bounces_is_somebodys_task),
		TEST(an_address_is_wrong_however_late_that_is_known),
		TEST(what_expired_is_forgotten),
		TEST(a_failed_message_to_somebody_barred_goes_to_nobody_else_by_mistake),
		TEST(a_task_to_tell_somebody_barred_is_taken_back),
		TEST(what_would_give_somebody_away_goes_no_other_way),
		TEST(a_notice_said_again_the_same_way_is_another_message),
		TEST(what_was_stopped_and_issued_again_is_not_forgotten),
		TEST(what_is_said_of_a_message_that_nobody_knows_is_a_fact_and_no_more),
		TEST(what_has_left_is_not_addressed_again),
		TEST(a_party_has_no_address_that_is_marked_as_wrong),
		TEST(a_prompt_follows_what_becomes_of_its_notice),
		TEST(what_was_brought_is_brought),
		TEST(what_met_a_duty_is_said_again_whatever_its_form),
		TEST(a_task_may_outlive_its_message),
		TEST(of_a_forgotten_message_only_a_wrong_address_is_news),
		TEST(a_doubt_about_what_arrived_is_none),
		TEST(what_nobody_found_out_about_is_waited_for_no_more),
		TEST(what_is_tried_again_is_still_on_its_way_weeks_later),
		TEST(a_notice_whose_duty_runs_is_waited_for_all_the_same),
		TEST(a_prompt_that_fails_when_its_letter_has_left_is_no_loss),
		TEST(a_prompt_that_they_have_had_is_not_sent_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
