/* A pathway's events: duties begin, are met by notices, fall away; the family stands somewhere. */
#include "unit/decide/stage.h"

static void a_duty_begins_on_the_day_of_the_event_and_says_how_it_was_reckoned(void **state)
{
	scene_play(&scene, "2026-11-05T10:00:00Z", "asked", "case/C1", "{'on':'2026-11-02'}");
	const struct duty *duty = scene_duty(&scene, "C1.decision");
	assert_non_null(duty);
	assert_str(date_print(&scene.arena, duty->from), "2026-11-02");
	assert_str(date_print(&scene.arena, duty->due), "2026-12-14");
	assert_true(str_find(duty->explained, S("Monday 14 December 2026")) < duty->explained.n);
	assert_state("C1.plan", DUTY_SCHEDULED);
	assert_str(scene_messages(&scene), "letter c-mum asked agreed 2026-11-05T10:00:00Z\n"
					   "email p-school party-asked agreed "
					   "2026-11-05T10:00:00Z\n");
}

static void a_duty_that_runs_is_not_begun_twice(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_play(&scene, "2026-11-03T10:00:00Z", "asked", "case/C1", "{}");
	assert_int_equal(family_case(scene.family, S("C1"))->n_duties, 2);
	scene_play(&scene, "2026-11-04T10:00:00Z", "dropped", "case/C1", "{}");
	scene_play(&scene, "2026-11-05T10:00:00Z", "asked", "case/C1", "{}");
	assert_state("C1.decision", DUTY_CANCELLED);
	assert_state("C1.decision.2", DUTY_SCHEDULED);
}

static void a_duty_to_notify_is_met_when_everyone_has_the_notice(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "contact.registered", "family/F1",
		   "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
		   "'addresses':{'sms':'07700900001','letter':['2 Low Road','Sheffield','S2 2BB']},"
		   "'agreed':{'on':'2026-10-01','with':'sam'}}");
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_play(&scene, "2026-11-20T10:00:00Z", "agreed", "case/C1", "{}");
	assert_str(scene_messages(&scene),
		   "letter c-mum agreed legal_form 2026-11-20T10:00:00Z\n"
		   "letter c-dad agreed legal_form 2026-11-20T10:00:00Z\n"
		   "sms c-dad agreed prompt 2026-11-20T10:00:00Z\n"
		   "email p-school party-agreed agreed 2026-11-20T10:00:00Z\n");
	str mum = scene_message(&scene, "c-mum", CHANNEL_LETTER)->id;
	str dad = scene_message(&scene, "c-dad", CHANNEL_LETTER)->id;
	str prompt = scene_message(&scene, "c-dad", CHANNEL_SMS)->id;
	assert_true(scene_message(&scene, "c-dad", CHANNEL_SMS)->prompt);
	assert_int_equal(scene_duty(&scene, "C1.decision")->awaited, 2);
	scene_settle(&scene, "2026-11-20T11:00:00Z", "accepted", prompt);
	scene_settle(&scene, "2026-11-20T11:00:00Z", "accepted", mum);
	assert_state("C1.decision", DUTY_SCHEDULED);
	scene_settle(&scene, "2026-11-21T11:00:00Z", "accepted", dad);
	assert_state("C1.decision", DUTY_SCHEDULED);
	scene_tick(&scene, "2026-11-30T00:00:00Z"); /* in the letter box */
	assert_state("C1.decision", DUTY_MET);
	assert_str(date_print(&scene.arena, scene_duty(&scene, "C1.decision")->ended_on),
		   "2026-11-30");
}

static void a_notice_that_comes_late_leaves_the_breach_in_the_record(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_tick(&scene, "2026-12-15T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	scene_play(&scene, "2026-12-16T10:00:00Z", "agreed", "case/C1", "{}");
	str mum = scene_message(&scene, "c-mum", CHANNEL_LETTER)->id;
	scene_settle(&scene, "2026-12-16T11:00:00Z", "accepted", mum);
	scene_tick(&scene, "2026-12-18T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	assert_str(date_print(&scene.arena, scene_duty(&scene, "C1.decision")->breached_on),
		   "2026-12-15");
}

static void a_notice_accepted_after_its_day_was_late_though_no_clock_rang(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_play(&scene, "2026-12-14T10:00:00Z", "agreed", "case/C1", "{}");
	str mum = scene_message(&scene, "c-mum", CHANNEL_LETTER)->id;
	scene_settle(&scene, "2026-12-15T11:00:00Z", "accepted", mum);
	scene_tick(&scene, "2026-12-17T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
	assert_true(date_is(scene_duty(&scene, "C1.decision")->breached_on));
}

static void a_refusal_ends_what_it_makes_needless_and_begins_the_appeal(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_play(&scene, "2026-11-03T10:00:00Z", "refused", "case/C1", "{'reasons':'None.'}");
	assert_state("C1.plan", DUTY_CANCELLED);
	assert_state("C1.appeal", DUTY_SCHEDULED);
	assert_str(date_print(&scene.arena, scene_duty(&scene, "C1.appeal")->due), "2027-01-04");
	const struct message *mum = scene_message(&scene, "c-mum", CHANNEL_LETTER);
	assert_true(str_find(mum->facts, S("\"reasons\":\"None.\"")) < mum->facts.n);
	assert_true(str_find(mum->facts, S("\"right\":{\"appeal\":{\"date\":\"2027-01-04\"}}")) <
		    mum->facts.n);
}

static void the_familys_time_begins_when_the_notice_may_leave(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	/* Friday at four: bad news waits for Monday the 9th, and is printed on Tuesday. */
	CASE("2026-11-06T16:00:00Z", "refused", "{'on':'2026-11-05','reasons':'None.'}");
	assert_day(scene_duty(&scene, "C1.appeal")->due, "2027-01-10");
	assert_day(scene_duty(&scene, "C1.appeal")->from, "2026-11-10");
	/* Reported three days later. */
	CASE("2026-11-13T10:00:00Z", "drafted", "{'on':'2026-11-10'}");
	assert_day(scene_duty(&scene, "C1.reply")->due, "2026-11-30");
}

static void the_familys_time_begins_when_the_last_of_them_may_have_the_notice(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','parental_responsibility':true,"
	       "'channels':['email'],'addresses':{'email':'ben@families.example'},"
	       "'agreed':{'on':'2026-10-01','with':'sam'}}");
	/* Friday evening: the email leaves on Monday the 9th, the letter is printed on Tuesday. */
	CASE("2026-11-06T20:00:00Z", "drafted", "{}");
	assert_str(scene_messages(&scene), "letter c-mum draft legal_form 2026-11-06T20:00:00Z\n"
					   "email c-dad draft legal_form 2026-11-09T08:00:00Z\n");
	assert_day(scene_duty(&scene, "C1.reply")->from, "2026-11-10");
}

static void an_event_may_meet_a_duty_by_itself(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "drafted", "case/C1", "{}");
	assert_state("C1.reply", DUTY_SCHEDULED);
	scene_play(&scene, "2026-11-04T10:00:00Z", "replied", "case/C1", "{}");
	assert_state("C1.reply", DUTY_MET);
}

static void the_family_stands_where_the_last_event_says(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	const struct case_file *file = family_case(scene.family, S("C1"));
	assert_str(file->stage, "Deciding");
	struct next_step next = decide_next_step(&scene.arena, scene.policy, scene.family, file);
	assert_str(next.what, "Decide");
	assert_str(next.who, "Sam Okafor");
	assert_str(date_print(&scene.arena, next.by), "2026-12-14");
}

static void the_last_event_closes_the_case(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "made", "case/C1", "{}");
	assert_true(date_is(family_case(scene.family, S("C1"))->closed_on));
}

static void an_event_of_another_pathway_is_refused(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'other','service':'send','owner':'sam'}");
	const struct plan *plan = scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C2",
					     "{}");
	assert_int_equal(plan->verdict, PLAN_REFUSE);
	assert_int_equal(plan->refused.code, REFUSED_UNKNOWN_TYPE);
}

static void an_exception_excuses_one_duty_and_the_family_is_told(void **state)
{
	static const char excuse[] =
		"{'duty':'decision','ground':'c','from':'2026-12-01','to':'2027-01-01',"
		"'evidence':'x','approved_by':'rita'}";
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene_play(&scene, "2026-11-03T10:00:00Z", "duty.excused", "case/C1", excuse);
	assert_state("C1.decision", DUTY_EXCUSED);
	assert_state("C1.plan", DUTY_SCHEDULED);
	assert_str(scene_messages(&scene),
		   "letter c-mum duty-excused agreed 2026-11-03T10:00:00Z\n");
	const struct plan *plan = scene_play(&scene, "2026-11-04T10:00:00Z", "duty.excused",
					     "case/C1", excuse);
	assert_int_equal(plan->verdict, PLAN_REFUSE);
	assert_str(plan->refused.field, "data.duty");
}

static void a_date_behind_the_last_known_holiday_is_marked(void **state)
{
	scene.policy->pathways[0].duties[0].due =
		(struct duration){ .n = 300, .unit = DURATION_WORKING_DAYS };
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	scene.policy->pathways[0].duties[0].due = (struct duration){ .n = 6,
								     .unit = DURATION_WEEKS };
	bool marked = false;
	for (size_t i = 0; i < scene.plan->n_facts; i++)
		marked |= str_eq(scene.plan->facts[i].type, S("calendar.horizon"));
	assert_true(marked);
}

static void a_case_has_so_many_duties_at_most(void **state)
{
	for (int i = 0; i < 32; i++) {
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
		CASE("2026-11-02T10:00:00Z", "dropped", "{}");
	}
	assert_refused(CASE("2026-11-02T10:00:00Z", "asked", "{}"), "");
	/* What begins nothing may still happen. */
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
}

static void where_the_family_stood_long_ago_is_forgotten(void **state)
{
	for (int i = 0; i < STANDS_MAX + 3; i++) {
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'r'}");
	}
	const struct case_file *file = family_case(scene.family, S("C1"));
	assert_int_equal(file->n_stands, STANDS_MAX);
	assert_str(file->next_who, "family");
}

static void a_case_that_is_closed_keeps_the_day_on_which_it_was(void **state)
{
	CASE("2026-11-02T10:00:00Z", "case.closed", "{'outcome':'moved'}");
	CASE("2026-11-05T10:00:00Z", "made", "{}");
	assert_day(family_case(scene.family, S("C1"))->closed_on, "2026-11-02");
	assert_str(family_case(scene.family, S("C1"))->outcome, "moved");
}

/* Each draft is a question of its own, and a reply may say which one it answers. */
static void ask_for_each(void)
{
	static struct field fields[] = { { .name = { "answers", 7 }, .type = FIELD_ID } };
	struct duty_rule *rule = own_rule(0);
	while (!str_eq(rule->id, S("reply")))
		rule++;
	rule->each = true;
	struct pathway *pathway = &scene.policy->pathways[0];
	struct event_rule *events = TAKE(&scene.arena, struct event_rule, pathway->n_events);
	for (size_t i = 0; i < pathway->n_events; i++) {
		events[i] = pathway->events[i];
		if (!str_eq(events[i].type, S("replied")))
			continue;
		events[i].fields = fields;
		events[i].n_fields = 1;
	}
	pathway->events = events;
}

static void answer(const char *at, const char *which)
{
	CASE(at, "replied", str_z(&scene.arena, str_fmt(&scene.arena, "{'answers':'%s'}", which)));
}

static void an_answer_to_no_question_is_refused(void **state)
{
	ask_for_each();
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	str asked = scene_duty(&scene, "C1.reply")->started_by;
	answer("2026-11-03T10:00:00Z", "another");
	assert_refused(scene.plan, "data.answers");
	assert_state("C1.reply", DUTY_SCHEDULED);
	answer("2026-11-03T10:01:00Z", str_z(&scene.arena, asked));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_state("C1.reply", DUTY_MET);
	/* Said once more it is still an answer to that one. */
	answer("2026-11-03T10:02:00Z", str_z(&scene.arena, asked));
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
}

/* Without its name an answer is to the question that is due first, to the same contact. */
static void an_answer_is_to_what_is_due_first(void **state)
{
	static const char *const due[][2] = { { "2026-11-20", "2026-11-18" },
					      { "2026-11-18", "2026-11-20" } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		ask_for_each();
		CASE("2026-11-02T10:00:00Z", "drafted", "{}");
		CASE("2026-11-03T10:00:00Z", "drafted", "{}");
		struct case_file *file = family_case(scene.family, S("C1"));
		date_parse(str_of(due[i][0]), &case_duty(file, S("C1.reply"))->due);
		date_parse(str_of(due[i][1]), &case_duty(file, S("C1.reply.2"))->due);
		CASE("2026-11-04T10:00:00Z", "replied", "{}");
		assert_state(i == 0 ? "C1.reply.2" : "C1.reply", DUTY_MET);
		assert_state(i == 0 ? "C1.reply" : "C1.reply.2", DUTY_SCHEDULED);
	}
}

/* The event that is named asked for something, but for nothing that this could answer. */
static void only_a_question_can_be_answered(void **state)
{
	ask_for_each();
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str asked = scene_duty(&scene, "C1.decision")->started_by;
	answer("2026-11-03T10:00:00Z", str_z(&scene.arena, asked));
	assert_refused(scene.plan, "data.answers");
	/* Nor what is no question of its own any more, since the policy was edited. */
	CASE("2026-11-03T11:00:00Z", "drafted", "{}");
	asked = scene_duty(&scene, "C1.reply")->started_by;
	own_rule(2)->each = false;
	answer("2026-11-03T12:00:00Z", str_z(&scene.arena, asked));
	assert_refused(scene.plan, "data.answers");
}

/* A pathway may call something else so: then it is that pathway's own. */
static void what_another_event_calls_answers_names_no_question(void **state)
{
	static struct field fields[] = { { .name = { "note", 4 }, .type = FIELD_LINE } };
	struct event_rule *replied = own_event("replied");
	replied->fields = fields;
	replied->n_fields = 1;
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	struct event *event = scene_event(&scene, "2026-11-03T10:00:00Z", "replied", "case/C1",
					  "{'note':'n'}");
	str data = S("{\"note\":\"n\",\"answers\":\"x\"}");
	assert_int_equal(json_parse(&scene.arena, data, 16, &event->data, NULL), JSON_FINE);
	scene_take(&scene, event);
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_state("C1.reply", DUTY_MET);
}

/* Of those that begin with every event all fall away; of the others the latest. */
static void what_falls_away_falls_away_whole(void **state)
{
	static str reply[] = { { "reply", 5 } };
	for (size_t i = 0; i < 2; i++) {
		end(NULL);
		start(NULL);
		ask_for_each();
		struct event_rule *dropped = own_event("dropped");
		dropped->cancels = reply;
		dropped->n_cancels = 1;
		CASE("2026-11-02T10:00:00Z", "drafted", "{}");
		CASE("2026-11-03T10:00:00Z", "drafted", "{}");
		own_rule(2)->each = i == 0;
		CASE("2026-11-04T10:00:00Z", "dropped", "{}");
		assert_state("C1.reply.2", DUTY_CANCELLED);
		assert_state("C1.reply", i == 0 ? DUTY_CANCELLED : DUTY_SCHEDULED);
	}
}

/* What a family writes is never refused: where no duty fits any more a person keeps its date. */
static void what_a_full_case_cannot_hold_is_kept_by_a_person(void **state)
{
	static str answer[] = { { "decision", 8 } };
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	struct case_file *file = family_case(scene.family, S("C1"));
	const struct duty one = file->duties[0];
	while (file->n_duties < 64) {
		struct duty *duty = GROW(&scene.arena, file->duties, file->n_duties);
		*duty = one;
		duty->id = str_fmt(&scene.arena, "C1.old.%zu", file->n_duties);
		duty->rule = S("old");
		duty->state = DUTY_MET;
	}
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("thanks"),
							.grade = GRADE_INFORMATION });
	struct event_rule *reply = &scene.policy->standards[scene.policy->n_standards - 1];
	reply->starts = answer;
	reply->n_starts = 1;
	CASE("2026-11-03T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_int_equal(family_case(scene.family, S("C1"))->n_duties, 64);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_true(is_written("This case has no room for another date: keep that of decision"));
}

/* An event may begin two limits of theirs: a reminder is about the first that it names. */
static void a_reminder_is_about_the_first_right_of_its_event(void **state)
{
	static str both[] = { { "reply", 5 }, { "appeal", 6 } };
	struct event_rule *drafted = own_event("drafted");
	drafted->starts = both;
	drafted->n_starts = 2;
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	assert_int_equal(scene.family->n_intents, 1);
	assert_str(scene.family->intents[0].about, "C1.reply");
}

/* Each of them is owed an answer of their own: what was done with one is done with that one. */
static void what_is_owed_to_each_is_met_for_each_and_falls_away_for_all(void **state)
{
	static struct field with[] = { { .name = { "with", 4 }, .type = FIELD_IDS } };
	static str reply[] = { { "reply", 5 } };
	struct event_rule *replied = own_event("replied");
	replied->fields = with;
	replied->n_fields = 1;
	struct event_rule *dropped = own_event("dropped");
	dropped->cancels = reply;
	dropped->n_cancels = 1;
	own_rule(2)->per_contact = true;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	struct case_file *file = family_case(scene.family, S("C1"));
	struct duty *dad = GROW(&scene.arena, file->duties, file->n_duties);
	*dad = *case_duty(file, S("C1.reply"));
	dad->id = S("C1.reply.2");
	dad->contact = S("c-dad");
	case_duty(file, S("C1.reply"))->contact = S("c-mum");
	case_duty(file, S("C1.decision"))->contact = S("c-mum");
	CASE("2026-11-03T10:00:00Z", "replied", "{'with':['c-mum']}");
	assert_state("C1.reply", DUTY_MET);
	assert_state("C1.reply.2", DUTY_SCHEDULED);
	assert_state("C1.decision", DUTY_SCHEDULED);
	CASE("2026-11-04T10:00:00Z", "drafted", "{}");
	CASE("2026-11-05T10:00:00Z", "dropped", "{}");
	assert_state("C1.reply", DUTY_MET);
	assert_state("C1.reply.2", DUTY_CANCELLED);
}

/* The pathway was taken out of the policy while its cases run: their events are refused, and say why. */
static void a_case_whose_pathway_is_gone_refuses_its_events(void **state)
{
	struct event *event = scene_event(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	scene.policy->n_pathways = 0;
	const struct plan *plan = scene_take(&scene, event);
	assert_int_equal(plan->verdict, PLAN_REFUSE);
	assert_int_equal(plan->refused.code, REFUSED_UNKNOWN_TYPE);
	assert_str(plan->refused.field, "type");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_duty_begins_on_the_day_of_the_event_and_says_how_it_was_reckoned),
		TEST(a_duty_that_runs_is_not_begun_twice),
		TEST(a_duty_to_notify_is_met_when_everyone_has_the_notice),
		TEST(a_notice_that_comes_late_leaves_the_breach_in_the_record),
		TEST(a_notice_accepted_after_its_day_was_late_though_no_clock_rang),
		TEST(a_refusal_ends_what_it_makes_needless_and_begins_the_appeal),
		TEST(the_familys_time_begins_when_the_notice_may_leave),
		TEST(the_familys_time_begins_when_the_last_of_them_may_have_the_notice),
		TEST(an_event_may_meet_a_duty_by_itself),
		TEST(the_family_stands_where_the_last_event_says),
		TEST(the_last_event_closes_the_case),
		TEST(an_event_of_another_pathway_is_refused),
		TEST(an_exception_excuses_one_duty_and_the_family_is_told),
		TEST(a_date_behind_the_last_known_holiday_is_marked),
		TEST(a_case_has_so_many_duties_at_most),
		TEST(where_the_family_stood_long_ago_is_forgotten),
		TEST(a_case_that_is_closed_keeps_the_day_on_which_it_was),
		TEST(an_answer_to_no_question_is_refused),
		TEST(an_answer_is_to_what_is_due_first),
		TEST(only_a_question_can_be_answered),
		TEST(what_another_event_calls_answers_names_no_question),
		TEST(what_falls_away_falls_away_whole),
		TEST(what_a_full_case_cannot_hold_is_kept_by_a_person),
		TEST(a_reminder_is_about_the_first_right_of_its_event),
		TEST(what_is_owed_to_each_is_met_for_each_and_falls_away_for_all),
		TEST(a_case_whose_pathway_is_gone_refuses_its_events),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
