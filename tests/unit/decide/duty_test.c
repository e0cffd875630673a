/* One standard at work: under which version of its rule, from which day, and what dates it anew. */
#include "unit/decide/stage.h"

#define WORKING(days) ((struct duration){ .n = (days), .unit = DURATION_WORKING_DAYS })
#define RULE_DECISION 0

static struct saying to_family[] = { { .audience = AUDIENCE_FAMILY,
				       .template = { "duty-moved", 10 },
				       .grade = GRADE_INFORMATION } };

static void assert_due(const char *duty, const char *wanted)
{
	const struct duty *found = scene_duty(&scene, duty);
	assert_non_null(found);
	assert_day(found->due, wanted);
}

static void sweep(const char *at)
{
	FAMILY(at, "rules.changed", "{}");
}

/* --- versions -------------------------------------------------------------------------------------- */

/* From a day on the decision has five working days; before it six weeks. */
static void change_rule_on(const char *day)
{
	struct duty_rule *rule = own_rule(RULE_DECISION), *versions;
	date change = DATE_NONE;
	date_parse(str_of(day), &change);
	versions = TAKE(&scene.arena, struct duty_rule, 3);
	versions[0] = versions[1] = *rule;
	versions[2] = *(rule + 1);
	versions[0].valid_to = date_add(change, -1);
	versions[1].valid_from = change;
	versions[1].due = WORKING(5);
	scene.policy->pathways[0].duties = versions;
	scene.policy->pathways[0].n_duties = 3;
}

static void a_duty_keeps_the_version_of_its_rule(void **state)
{
	change_rule_on("2026-12-01");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_due("C1.decision", "2026-12-14");
	sweep("2026-12-02T10:00:00Z");
	assert_due("C1.decision", "2026-12-14");
	CASE("2026-12-02T11:00:00Z", "dropped", "{}");
	CASE("2026-12-02T12:00:00Z", "asked", "{}");
	assert_due("C1.decision.2", "2026-12-09");
	sweep("2026-12-03T10:00:00Z");
	assert_due("C1.decision.2", "2026-12-09");
}

static void the_version_is_that_of_the_day_on_which_it_happened(void **state)
{
	change_rule_on("2026-12-01");
	/* Reported after the change, and of the day before it. */
	CASE("2026-12-03T10:00:00Z", "asked", "{'on':'2026-11-30'}");
	assert_due("C1.decision", "2027-01-11");
}

static void a_duty_that_any_case_may_have_keeps_its_version_too(void **state)
{
	struct duty_rule *common = TAKE(&scene.arena, struct duty_rule, 2);
	static str starts[] = { { "answer", 6 } };
	static struct event_rule replies[] = {
		{ .type = { "reply.received", 14 }, .starts = starts, .n_starts = 1 }
	};
	date change = DATE_NONE;
	date_parse(S("2026-11-10"), &change);
	common[0] = (struct duty_rule){ .id = S("answer"),
					.title = S("Answer"),
					.owner = S("owner"),
					.due = WORKING(5),
					.valid_from = { INT32_MIN },
					.valid_to = date_add(change, -1) };
	common[1] = common[0];
	common[1].valid_from = change;
	common[1].valid_to = DATE_NONE;
	common[1].due = WORKING(10);
	scene.policy->common = common;
	scene.policy->n_common = 2;
	scene.policy->standards = replies;
	scene.policy->n_standards = 1;
	CASE("2026-11-11T10:00:00Z", "reply.received",
	     "{'contact':'c-mum','channel':'email','text':'When?'}");
	assert_due("C1.answer", "2026-11-25");
	sweep("2026-11-12T10:00:00Z");
	assert_due("C1.answer", "2026-11-25");
}

static void a_duty_whose_pathway_is_gone_keeps_its_date_and_is_late_behind_it(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	scene.policy->n_pathways = 0;
	sweep("2026-11-03T10:00:00Z");
	assert_due("C1.decision", "2026-12-14");
	CASE("2026-11-04T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-20'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_due("C1.decision", "2026-12-14");
	TICK("2026-12-15T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
}

static void a_length_of_nothing_is_no_such_clock(void **state)
{
	own_rule(RULE_DECISION)->due.n = 0;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_null(scene_duty(&scene, "C1.decision"));
	assert_non_null(scene_duty(&scene, "C1.plan"));
}

static void what_is_no_clock_any_more_leaves_what_runs_alone(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	own_rule(RULE_DECISION)->due.n = 0;
	sweep("2026-11-03T10:00:00Z");
	assert_due("C1.decision", "2026-12-14");
}

static void where_there_is_no_date_a_person_says_what_is_right(void **state)
{
	own_rule(RULE_DECISION)->due = (struct duration){ .n = DURATION_N_MAX,
							  .unit = DURATION_MONTHS };
	CASE("8000-01-03T10:00:00Z", "asked", "{}");
	assert_null(scene_duty(&scene, "C1.decision"));
	assert_true(is_written("There is no date for decision"));
}

static void a_rule_that_gives_no_date_leaves_the_one_there_is(void **state)
{
	CASE("8000-01-03T10:00:00Z", "asked", "{}");
	own_rule(RULE_DECISION)->due = (struct duration){ .n = DURATION_N_MAX,
							  .unit = DURATION_MONTHS };
	sweep("8000-01-04T10:00:00Z");
	assert_due("C1.decision", "8000-02-14");
}

/* --- from a day that the event names ----------------------------------------------------------------- */

static void count_from(const char *field, struct duration due, bool before)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	rule->day_field = str_of(field);
	rule->due = due;
	rule->before_day = before;
}

static void a_duty_may_count_from_a_day_that_the_event_names_or_back_from_it(void **state)
{
	count_from("meeting", WORKING(5), false);
	CASE("2026-11-02T10:00:00Z", "asked", "{'meeting':'2026-11-16'}");
	assert_due("C1.decision", "2026-11-23");
	/* Another calendar cannot date it anew: the day is not known any more. */
	sweep("2026-11-03T10:00:00Z");
	assert_due("C1.decision", "2026-11-23");
	CASE("2026-11-03T11:00:00Z", "dropped", "{}");
	count_from("meeting", WORKING(5), true);
	CASE("2026-11-03T12:00:00Z", "asked", "{'meeting':'2026-11-30'}");
	assert_due("C1.decision.2", "2026-11-23");
	assert_str(scene_duty(&scene, "C1.decision.2")->explained,
		   "5 working days before Monday 30 November 2026: Monday 23 November 2026");
}

static void a_day_that_is_not_named_is_the_events(void **state)
{
	count_from("meeting", WORKING(5), false);
	CASE("2026-11-02T10:00:00Z", "asked", "{'meeting':7}");
	assert_due("C1.decision", "2026-11-09");
	CASE("2026-11-03T11:00:00Z", "dropped", "{}");
	CASE("2026-11-03T12:00:00Z", "asked", "{}");
	assert_due("C1.decision.2", "2026-11-10");
}

/* --- holds --------------------------------------------------------------------------------------------- */

static void let_it_pause(int days)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	rule->basis = BASIS_LOCAL;
	rule->pausable = true;
	rule->due = WORKING(days);
	rule->on_moved = to_family;
	rule->n_on_moved = 1;
}

static void holds_are_cut_out_of_the_time_each_day_once(void **state)
{
	let_it_pause(10);
	CASE("2026-12-14T10:00:00Z", "asked", "{}");
	assert_due("C1.decision", "2026-12-30"); /* Christmas Day, and Boxing Day's Monday */
	CASE("2026-12-15T10:00:00Z", "hold.placed",
	     "{'reason':'one','owner':'sam','until':'2026-12-16'}");
	assert_due("C1.decision", "2027-01-04");
	/* Overlapping, and over a holiday: no day counts twice. */
	CASE("2026-12-16T10:00:00Z", "hold.placed",
	     "{'reason':'two','owner':'sam','until':'2026-12-17'}");
	assert_due("C1.decision", "2027-01-05");
	CASE("2026-12-24T10:00:00Z", "hold.placed",
	     "{'reason':'three','owner':'sam','until':'2026-12-28'}");
	assert_due("C1.decision", "2027-01-06");
	/* That one was ended on the day on which it began: it held nothing up. */
	CASE("2026-12-24T11:00:00Z", "hold.ended", "{'reason':'three'}");
	assert_due("C1.decision", "2027-01-05");
}

static void the_family_hears_of_a_new_date_where_it_had_the_old_one(void **state)
{
	let_it_pause(20);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_true(scene_duty(&scene, "C1.decision")->told);
	CASE("2026-11-04T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-04'}");
	assert_said("letter c-mum duty-moved agreed 2026-11-04T10:00:00Z\n");
	assert_true(holds(scene.plan->messages[0].facts, "\"was\":{\"date\":\"2026-11-30\"}"));
	/* On a day that nobody works: nothing moves, and nothing is said. */
	CASE("2026-11-07T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-07'}");
	assert_silence();
	assert_due("C1.decision", "2026-12-01");
}

static void a_clock_of_the_law_is_not_held(void **state)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	rule->due = WORKING(20);
	rule->basis = BASIS_STATUTORY;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_due("C1.decision", "2026-11-30");
	CASE("2026-11-04T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-13'}");
	assert_due("C1.decision", "2026-11-30");
	sweep("2026-11-05T10:00:00Z");
	assert_due("C1.decision", "2026-11-30");
	CASE("2026-11-06T10:00:00Z", "dropped", "{}");
	CASE("2026-11-06T11:00:00Z", "asked", "{}");
	assert_due("C1.decision.2", "2026-12-04");
}

static void nobody_hears_of_a_new_date_who_never_had_the_old_one(void **state)
{
	let_it_pause(20);
	own_event("asked")->n_says = 0;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-04T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2026-11-04'}");
	assert_due("C1.decision", "2026-12-01");
	assert_silence();
}

static void a_hold_that_waited_moves_no_breach(void **state)
{
	let_it_pause(20);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-01T09:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	/* It was placed in time, and heard of too late. */
	scene_hear(&scene, "2026-12-01T10:00:00Z", "2026-11-30T10:00:00Z", "hold.placed", "case/C1",
		   "{'reason':'r','owner':'sam','until':'2026-12-04'}");
	assert_state("C1.decision", DUTY_BREACHED);
	assert_due("C1.decision", "2026-11-30");
}

static void a_hold_has_no_end_behind_two_years(void **state)
{
	let_it_pause(10);
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-04T10:00:00Z", "hold.placed",
	     "{'reason':'r','owner':'sam','until':'2036-11-04'}");
	/* The calendar knows no holiday behind 2027; two years are 730 days. */
	assert_due("C1.decision", "2028-11-15");
}

/* --- what takes another's place ------------------------------------------------------------------------ */

static void supersede(const char *at, const char *type, const char *event, const char *on)
{
	CASE(at, type,
	     str_z(&scene.arena,
		   str_fmt(&scene.arena, "{'supersedes':'%s','on':'%s'}", event, on)));
}

static const char *last_event(void)
{
	return str_z(&scene.arena, str_fmt(&scene.arena, "e%d", scene.n_events));
}

static void a_wrong_day_is_put_right_and_the_duty_runs_from_the_right_one(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const char *wrong = last_event();
	supersede("2026-11-03T10:00:00Z", "asked", wrong, "2026-10-30");
	assert_due("C1.decision", "2026-12-11");
	assert_null(scene_duty(&scene, "C1.decision.2"));
	assert_str(scene_duty(&scene, "C1.decision")->started_by, last_event());
}

static void a_limit_of_hours_runs_from_the_right_moment(void **state)
{
	own_rule(RULE_DECISION)->due = (struct duration){ .n = 4, .unit = DURATION_WORKING_HOURS };
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const char *wrong = last_event();
	assert_str(instant_print(&scene.arena, scene_duty(&scene, "C1.decision")->ends),
		   "2026-11-02T14:00:00Z");
	supersede("2026-11-02T11:00:00Z", "asked", wrong, "2026-11-02");
	assert_str(instant_print(&scene.arena, scene_duty(&scene, "C1.decision")->ends),
		   "2026-11-02T15:00:00Z");
}

static void the_familys_own_time_never_becomes_shorter(void **state)
{
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	const char *first = last_event();
	assert_due("C1.reply", "2026-11-17");
	/* Served again: from the later day. */
	CASE("2026-11-04T10:00:00Z", "drafted", "{}");
	assert_due("C1.reply", "2026-11-19");
	supersede("2026-11-05T10:00:00Z", "drafted", first, "2026-11-01");
	assert_due("C1.reply", "2026-11-20");
	/* Once more, and by email, which leaves a day sooner: theirs stays. */
	FAMILY("2026-11-05T10:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@h.example'}}");
	CASE("2026-11-05T11:00:00Z", "drafted", "{}");
	assert_due("C1.reply", "2026-11-20");
}

static void what_a_rule_does_not_begin_any_more_runs_on(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	const char *wrong = last_event();
	own_rule(RULE_DECISION)->id = S("other");
	supersede("2026-11-03T10:00:00Z", "asked", wrong, "2026-10-30");
	assert_state("C1.decision", DUTY_SCHEDULED);
	assert_due("C1.decision", "2026-12-14");
}

/* --- risk, and exceptions ------------------------------------------------------------------------------- */

static void a_risk_names_a_duty_of_ours_that_runs_and_a_day_to_come(void **state)
{
	static const char *const cases[][2] = {
		{ "{'reason':'r'}", "data.duty" },
		{ "{'duty':'none','reason':'r'}", "data.duty" },
		{ "{'action':'none','reason':'r'}", "data.action" },
		{ "{'duty':'reply','reason':'r'}", "data.duty" },
		{ "{'action':'A1','reason':'r'}", "data.action" },
		{ "{'duty':'decision','reason':'r','expected':'2026-11-03'}", "data.expected" },
	};
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20'}");
	CASE("2026-11-02T11:00:00Z", "action.completed", "{'action':'A1'}");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_refused(CASE("2026-11-04T10:00:00Z", "duty.at_risk", cases[i][0]),
			       cases[i][1]);
}

static void a_risk_without_a_new_day_is_told_all_the_same(void **state)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	rule->on_foreseen = to_family;
	rule->n_on_foreseen = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-04T10:00:00Z", "duty.at_risk", "{'duty':'decision','reason':'r'}");
	assert_said("letter c-mum duty-moved agreed 2026-11-04T10:00:00Z\n");
	assert_false(date_is(scene_duty(&scene, "C1.decision")->chase.expected));
}

static struct saying to_family_and_owner[] = { { .audience = AUDIENCE_FAMILY,
						 .template = { "date-at-risk", 12 },
						 .grade = GRADE_INFORMATION },
					       { .audience = AUDIENCE_OWNER,
						 .template = { "date-at-risk-owner", 18 },
						 .grade = GRADE_ALERT } };

static void assert_note_of_what_is_known(bool known)
{
	assert_int_equal(scene.plan->n_notes, 1);
	assert_true(holds(scene.plan->notes[0].data, "\"known\":true") == known);
}

static void whoever_is_warned_learns_that_the_family_knows(void **state)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	use_digest();
	rule->on_foreseen = to_family_and_owner;
	rule->n_on_foreseen = 2;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	/* Whoever reports it is at work: the family hears it, and nobody else. */
	CASE("2026-11-20T10:00:00Z", "duty.at_risk", "{'duty':'decision','reason':'r'}");
	assert_said("letter c-mum date-at-risk agreed 2026-11-20T10:00:00Z\n");
	SETTLE("2026-11-20T18:00:00Z", "accepted", message_to("c-mum", CHANNEL_LETTER));
	TICK("2026-11-30T00:00:00Z");
	assert_true(holds(scene_message(&scene, "sam", CHANNEL_EMAIL)->facts, "\"foretold\":true"));
	TICK("2026-12-14T00:00:00Z");
	assert_note_of_what_is_known(true);
}

static void what_is_seen_by_itself_is_told_to_the_owner_too(void **state)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	use_digest();
	rule->on_foreseen = to_family_and_owner;
	rule->n_on_foreseen = 2;
	rule->foreseen_before = (struct duration){ .n = 7, .unit = DURATION_DAYS };
	rule->foreseen_unless = S("drafted");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-30T00:00:00Z");
	assert_false(holds(scene_message(&scene, "sam", CHANNEL_EMAIL)->facts, "foretold"));
	TICK("2026-12-07T00:00:00Z");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_str(scene_message(&scene, "sam", CHANNEL_EMAIL)->template, "date-at-risk-owner");
	TICK("2026-12-14T00:00:00Z");
	assert_note_of_what_is_known(true);
}

static void a_new_day_that_passes_too_is_said_at_once(void **state)
{
	struct duty_rule *rule = own_rule(RULE_DECISION);
	rule->on_lapsed = to_family;
	rule->n_on_lapsed = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-12-10T10:00:00Z", "duty.at_risk",
	     "{'duty':'decision','reason':'r','expected':'2026-12-18'}");
	TICK("2026-12-15T00:00:00Z");
	assert_next_look("2026-12-19T00:00:00Z");
	TICK("2026-12-19T00:00:00Z");
	assert_said("letter c-mum duty-moved agreed 2026-12-19T00:00:00Z\n");
	TICK("2026-12-20T00:00:00Z");
	assert_silence();
}

static void an_exception_names_a_duty_and_a_time_that_runs_forwards(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_refused(CASE("2026-11-03T10:00:00Z", "duty.excused",
			    "{'duty':'none','ground':'g','from':'2026-11-03','to':'2026-11-20',"
			    "'evidence':'e','approved_by':'a'}"),
		       "data.duty");
	assert_refused(CASE("2026-11-03T10:00:00Z", "duty.excused",
			    "{'duty':'decision','ground':'g','from':'2026-11-20',"
			    "'to':'2026-11-03','evidence':'e','approved_by':'a'}"),
		       "data.to");
	assert_state("C1.decision", DUTY_SCHEDULED);
}

/* We have no excuse from what is a right of the family, not a duty of ours. */
static void a_time_of_the_family_s_own_is_not_excused(void **state)
{
	own_rule(RULE_DECISION)->by_family = true;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_refused(CASE("2026-11-03T10:00:00Z", "duty.excused",
			    "{'duty':'decision','ground':'g','from':'2026-11-03',"
			    "'to':'2026-11-20','evidence':'e','approved_by':'a'}"),
		       "data.duty");
	assert_state("C1.decision", DUTY_SCHEDULED);
}

/* No clock is left of it: so the family's new date is somebody's task, and that climbs. */
static void who_is_excused_owes_the_family_a_date(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-03T10:00:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
	     "'evidence':'e','approved_by':'a'}");
	assert_true(str_starts(last_task()->id, S("t.excused.")));
	assert_day(last_task()->due, "2026-11-20");
	TICK("2026-11-21T00:00:00Z");
	assert_true(last_task()->chased);
}

static void a_time_that_is_over_when_it_is_reported_leaves_the_usual_days(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-25T10:00:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
	     "'evidence':'e','approved_by':'a'}");
	assert_day(last_task()->due, "2026-11-27");
}

/* Whichever was placed first, and however long; one that ends before it begins holds nothing. */
static void holds_count_in_any_order(void **state)
{
	static const struct {
		const char *from[2], *until[2];
		const char *due;
	} rows[] = {
		{ { "2026-11-09", "2026-11-23" }, { "2026-11-13", "2026-11-27" }, "2026-12-28" },
		{ { "2026-11-23", "2026-11-09" }, { "2026-11-27", "2026-11-13" }, "2026-12-28" },
		{ { "2026-11-09", "2026-11-10" }, { "2026-11-20", "2026-11-12" }, "2026-12-28" },
		{ { "2026-11-20", "2026-11-20" }, { "2026-11-09", "2026-11-09" }, "2026-12-14" },
	};
	date due[4];
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		end(NULL);
		start(NULL);
		struct duty_rule *rule = own_rule(RULE_DECISION);
		rule->pausable = true;
		rule->basis = BASIS_LOCAL;
		rule->due = WORKING(30);
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		struct case_file *file = family_case(scene.family, S("C1"));
		for (size_t k = 0; k < 2; k++) {
			struct hold *hold = GROW(&scene.arena, file->holds, file->n_holds);
			*hold = (struct hold){ .owner = S("sam") };
			date_parse(str_of(rows[i].from[k]), &hold->from);
			date_parse(str_of(rows[i].until[k]), &hold->until);
		}
		sweep("2026-11-04T10:00:00Z");
		due[i] = scene_duty(&scene, "C1.decision")->due;
	}
	/* Ten days, in both orders and as one; and none. */
	assert_int_equal(due[0].day, due[1].day);
	assert_int_equal(due[0].day, due[2].day);
	assert_true(date_before(due[3], due[0]));
}

/* It is decided, but leaves in ten weeks: the family hears that the date is over. */
static void what_leaves_long_after_the_day_hushes_nothing(void **state)
{
	struct event_rule *agreed = own_event("agreed");
	struct saying *says = TAKE(&scene.arena, struct saying, 1);
	*says = agreed->says[0];
	says->after = (struct duration){ .n = 10, .unit = DURATION_WEEKS };
	agreed->says = says;
	agreed->n_says = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-20T10:00:00Z", "agreed", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_state("C1.decision", DUTY_BREACHED);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
}

/* No room for another task: it is written down, and the duty is excused all the same. */
static void an_exception_in_a_case_full_of_tasks_is_one(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	struct case_file *file = family_case(scene.family, S("C1"));
	while (file->n_tasks < 64)
		*GROW(&scene.arena, file->tasks, file->n_tasks) =
			(struct task){ .id = S("t.old"),
				       .due = date_add(file->opened_on, 99),
				       .chase = { .next = INSTANT_NEVER, .expected = DATE_NONE } };
	CASE("2026-12-03T10:00:00Z", "duty.excused",
	     "{'duty':'decision','ground':'g','from':'2026-12-01','to':'2026-12-20',"
	     "'evidence':'e','approved_by':'a'}");
	assert_state("C1.decision", DUTY_EXCUSED);
	assert_true(is_written("Not written down: The family has no date"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_time_of_the_family_s_own_is_not_excused),
		TEST(who_is_excused_owes_the_family_a_date),
		TEST(a_time_that_is_over_when_it_is_reported_leaves_the_usual_days),
		TEST(a_duty_keeps_the_version_of_its_rule),
		TEST(the_version_is_that_of_the_day_on_which_it_happened),
		TEST(a_duty_that_any_case_may_have_keeps_its_version_too),
		TEST(a_duty_whose_pathway_is_gone_keeps_its_date_and_is_late_behind_it),
		TEST(a_length_of_nothing_is_no_such_clock),
		TEST(what_is_no_clock_any_more_leaves_what_runs_alone),
		TEST(where_there_is_no_date_a_person_says_what_is_right),
		TEST(a_rule_that_gives_no_date_leaves_the_one_there_is),
		TEST(a_duty_may_count_from_a_day_that_the_event_names_or_back_from_it),
		TEST(a_day_that_is_not_named_is_the_events),
		TEST(holds_are_cut_out_of_the_time_each_day_once),
		TEST(the_family_hears_of_a_new_date_where_it_had_the_old_one),
		TEST(a_clock_of_the_law_is_not_held),
		TEST(nobody_hears_of_a_new_date_who_never_had_the_old_one),
		TEST(a_hold_that_waited_moves_no_breach),
		TEST(a_hold_has_no_end_behind_two_years),
		TEST(a_wrong_day_is_put_right_and_the_duty_runs_from_the_right_one),
		TEST(a_limit_of_hours_runs_from_the_right_moment),
		TEST(the_familys_own_time_never_becomes_shorter),
		TEST(what_a_rule_does_not_begin_any_more_runs_on),
		TEST(a_risk_names_a_duty_of_ours_that_runs_and_a_day_to_come),
		TEST(a_risk_without_a_new_day_is_told_all_the_same),
		TEST(whoever_is_warned_learns_that_the_family_knows),
		TEST(what_is_seen_by_itself_is_told_to_the_owner_too),
		TEST(a_new_day_that_passes_too_is_said_at_once),
		TEST(an_exception_names_a_duty_and_a_time_that_runs_forwards),
		TEST(holds_count_in_any_order),
		TEST(what_leaves_long_after_the_day_hushes_nothing),
		TEST(an_exception_in_a_case_full_of_tasks_is_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
