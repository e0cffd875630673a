/* The shipped pathways against the law and the standards that they come from: each rule with its number, its
 * basis, its source and since when it holds, the last day to which it leads, and whom its notices go to. */
#include "base/arena.h"
#include "setup/setup.h"

#include "harness/assert_str.h"

static struct arena arena;
static const struct policy *policy;

static int read_shipped(void **state)
{
	struct findings findings = findings_of(&arena);
	policy = setup_policy(&arena, S("conf"), &findings);
	return policy != NULL ? 0 : -1;
}

static int forget(void **state)
{
	arena_free(&arena);
	return 0;
}

static date day_of(const char *text)
{
	date day;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

/* --- numbers and sources --------------------------------------------------------------------------- */

#define REGS "SI 2014/1530"
#define SHEFFIELD "Sheffield minimum standard"
#define LAW BASIS_STATUTORY
#define OWN BASIS_LOCAL

/* From whose day, and whose time it is. */
enum whose { OURS, SENT, SERVED, THEIRS };

static const struct row {
	const char *pathway, *duty, *length;
	enum basis basis;
	const char *source, *and; /* both stand in the rule's source */
	bool verified;
	const char *valid_from; /* or NULL: always */
	enum whose whose;
	const char *day_field; /* or NULL: the event's own day */
} rows[] = {
	/* A1 to A8: the assessment and the first plan */
	{ "ehc-assessment", "ehcna-decision", "6 weeks", LAW, REGS, "reg. 5(1)", true, "2014-09-01",
	  OURS, NULL },
	{ "ehc-assessment", "advice", "6 weeks", LAW, REGS, "reg. 8(1)", true, "2014-09-01", OURS,
	  NULL },
	{ "ehc-assessment", "ehcna-plan-decision", "16 weeks", LAW, REGS, "reg. 10(1)", true,
	  "2014-09-01", OURS, NULL },
	{ "ehc-assessment", "plan-draft", "14 weeks", OWN, SHEFFIELD, "proposed", false,
	  "2025-09-01", OURS, NULL },
	{ "ehc-assessment", "plan-draft-reply", "15 days beginning", LAW, REGS, "reg. 13(1)(a)",
	  true, "2014-09-01", SERVED, NULL },
	{ "ehc-assessment", "school-reply", "15 days", LAW, "SEND Code of Practice", "9.83", false,
	  "2014-09-01", OURS, NULL },
	{ "ehc-assessment", "plan-final", "20 weeks", LAW, REGS, "reg. 13(2)", true, "2014-09-01",
	  OURS, NULL },
	{ "ehc-assessment", "appeal", "2 months", LAW, "SI 2008/2699", "r. 20", false, "2014-09-01",
	  SENT, NULL },
	/* R1 to R8, R12, R13: the yearly review */
	{ "annual-review", "review", "12 months beginning", LAW, "Children and Families Act 2014",
	  "s. 44(1)", false, "2014-09-01", OURS, NULL },
	{ "annual-review", "review-under-5", "6 months beginning", LAW, "SEND Code of Practice",
	  "9.178", true, "2014-09-01", OURS, NULL },
	{ "annual-review", "review-notice", "15 days", LAW, REGS, "reg. 20(3)", true, "2014-09-01",
	  OURS, "meeting_on" },
	{ "annual-review", "review-papers", "15 days", LAW, REGS, "reg. 20(4)", true, "2014-09-01",
	  OURS, "meeting_on" },
	{ "annual-review", "review-meeting", "1 day beginning", OWN, SHEFFIELD, "proposed", false,
	  NULL, THEIRS, "meeting_on" },
	{ "annual-review", "review-summary", "5 working days", OWN, SHEFFIELD, "proposed", false,
	  NULL, OURS, NULL },
	{ "annual-review", "review-report", "2 weeks", LAW, REGS, "reg. 20(6) to (8)", true,
	  "2014-09-01", OURS, NULL },
	{ "annual-review", "review-report-sent", "2 weeks", LAW, REGS, "reg. 20(6) to (8)", true,
	  "2014-09-01", OURS, NULL },
	{ "annual-review", "review-decision", "4 weeks", LAW, REGS, "reg. 20(10)", true,
	  "2014-09-01", OURS, NULL },
	{ "annual-review", "plan-amended", "8 weeks", LAW, REGS, "reg. 22(3) and (4)", true,
	  "2014-09-01", OURS, NULL },
	{ "annual-review", "amend-reply", "15 days beginning", LAW, REGS, "reg. 22(2)(c)", true,
	  "2014-09-01", SERVED, NULL },
	{ "annual-review", "cease-reply", "15 days beginning", OWN, SHEFFIELD,
	  "reg. 31(1) sets no number", false, NULL, SERVED, NULL },
	{ "annual-review", "appeal", "2 months", LAW, "SI 2008/2699", "r. 20", false, "2014-09-01",
	  SENT, NULL },
	/* R7: the move to the next school or college */
	{ "phase-transfer", "transfer-plan", "before 15 February", LAW, REGS, "reg. 18(1)(a)", true,
	  "2014-09-01", OURS, NULL },
	{ "phase-transfer", "transfer-plan-post-16", "before 31 March", LAW, REGS, "reg. 18(1)(b)",
	  true, "2014-09-01", OURS, NULL },
	{ "phase-transfer", "transfer-plan-college", "5 months", LAW, REGS, "reg. 18(2)", true,
	  "2014-09-01", OURS, "moves_on" },
	{ "phase-transfer", "transfer-review-post-16", "12 weeks before before 31 March", OWN, REGS,
	  "reg. 18(1)(b)", false, NULL, OURS, NULL },
	{ "phase-transfer", "transfer-review", "12 weeks before before 15 February", OWN, REGS,
	  "Counted back", false, NULL, OURS, NULL },
	/* what is ours alone */
	{ "enquiries", "enquiry-reply", "5 working days", OWN, SHEFFIELD, "proposed", false, NULL,
	  OURS, NULL },
	{ "enquiries", "enquiry-reply-urgent", "1 working day", OWN, SHEFFIELD, "proposed", false,
	  NULL, OURS, NULL },
	{ "appointments", "appointment", "1 day beginning", OWN, SHEFFIELD, "proposed", false, NULL,
	  THEIRS, "when_on" },
	{ "appointments", "appointment-rebook", "10 days", OWN, SHEFFIELD, "proposed", false, NULL,
	  SERVED, NULL },
	{ "appointments", "appointment-time", "10 working days", OWN, SHEFFIELD, "proposed", false,
	  NULL, OURS, NULL },
	{ "therapy", "waiting-update", "12 weeks", OWN, SHEFFIELD, "proposed", false, NULL, OURS,
	  NULL },
	{ "therapy", "therapy-reply", "10 days", OWN, SHEFFIELD, "proposed", false, NULL, SERVED,
	  NULL },
};
#define ROWS_N (sizeof rows / sizeof rows[0])

static const struct duty_rule *rule_of(const char *pathway, const char *duty)
{
	const struct pathway *found = policy_pathway(policy, str_of(pathway));
	const struct duty_rule *rule =
		found != NULL ? pathway_duty(found, str_of(duty), day_of("2026-11-02")) : NULL;
	if (rule == NULL)
		fail_msg("%s has no duty %s", pathway, duty);
	return rule;
}

static void check_source(const struct row *row, const struct duty_rule *rule)
{
	if (str_find(rule->source, str_of(row->source)) == rule->source.n ||
	    str_find(rule->source, str_of(row->and)) == rule->source.n)
		fail_msg("%s: '%.*s' is not its source", row->duty, STR_ARG(rule->source));
	if (rule->verified != row->verified || rule->basis != row->basis)
		fail_msg("%s: of another basis, or verified by nobody", row->duty);
	date since = row->valid_from != NULL ? day_of(row->valid_from) : DATE_NONE;
	if (rule->valid_from.day != since.day || date_is(rule->valid_to))
		fail_msg("%s: holds for another time", row->duty);
}

static void each_rule_has_its_number_its_source_and_its_time(void **state)
{
	for (size_t i = 0; i < ROWS_N; i++) {
		const struct row *row = &rows[i];
		const struct duty_rule *rule = rule_of(row->pathway, row->duty);
		assert_str(duration_print(&arena, rule->due), row->length);
		check_source(row, rule);
		assert_str(rule->day_field, row->day_field != NULL ? row->day_field : "");
		assert_int_equal(rule->by_family, row->whose != OURS);
		assert_int_equal(rule->served, row->whose == SERVED);
		assert_str(rule->owner, rule->by_family ? "family" : "owner");
		/* A clock of the law is paused by nobody. */
		assert_false(rule->basis == BASIS_STATUTORY && rule->pausable);
		assert_non_null(policy_calendar(policy, rule->calendar));
	}
}

/* A rule that is taken along stands in the file that lends it. */
static void no_rule_is_without_a_row(void **state)
{
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct pathway *pathway = &policy->pathways[i];
		for (size_t k = 0; k < pathway->n_duties; k++) {
			size_t n = 0;
			for (size_t j = 0; j < ROWS_N; j++)
				n += str_eq(pathway->duties[k].id, str_of(rows[j].duty)) ? 1 : 0;
			if (n == 0)
				fail_msg("%.*s has no row", STR_ARG(pathway->duties[k].id));
		}
	}
}

/* --- the last day ------------------------------------------------------------------------------------ */

static date last_day(const struct duty_rule *rule, date from)
{
	const struct calendar *calendar = policy_calendar(policy, rule->calendar);
	if (rule->before_day)
		return reckon_before(calendar, from, rule->due);
	return reckon_due(&arena, calendar, trigger_of_day(from), rule->due).day;
}

/* `from`: the day of the event, or the one that it names. */
static const struct last {
	const char *pathway, *duty, *from, *due, *edge;
} lasts[] = {
	{ "ehc-assessment", "ehcna-decision", "2026-11-02", "2026-12-14", "" },
	{ "ehc-assessment", "ehcna-decision", "2026-11-14", "2026-12-26",
	  "a Saturday and Boxing Day" },
	{ "ehc-assessment", "ehcna-decision", "2026-11-13", "2026-12-25", "Christmas Day" },
	{ "ehc-assessment", "ehcna-decision", "2026-07-20", "2026-08-31",
	  "the summer holidays count" },
	{ "ehc-assessment", "ehcna-decision", "2027-02-17", "2027-03-31",
	  "a clock change is no day" },
	{ "ehc-assessment", "ehcna-decision", "2028-01-18", "2028-02-29", "a leap day" },
	{ "ehc-assessment", "advice", "2026-11-14", "2026-12-26", "a Saturday and Boxing Day" },
	{ "ehc-assessment", "ehcna-plan-decision", "2026-11-02", "2027-02-22", "" },
	{ "ehc-assessment", "ehcna-plan-decision", "2026-09-05", "2026-12-26", "Boxing Day" },
	{ "ehc-assessment", "plan-draft", "2026-11-02", "2027-02-08", "" },
	{ "ehc-assessment", "plan-final", "2026-11-02", "2027-03-22", "" },
	{ "ehc-assessment", "plan-final", "2026-11-06", "2027-03-26", "Good Friday" },
	{ "ehc-assessment", "plan-final", "2026-11-08", "2027-03-28",
	  "Easter Sunday, as clocks change" },
	{ "ehc-assessment", "plan-final", "2027-10-12", "2028-02-29", "a leap day" },
	{ "ehc-assessment", "plan-draft-reply", "2026-11-02", "2026-11-16",
	  "the day itself is the first" },
	{ "ehc-assessment", "plan-draft-reply", "2026-12-11", "2026-12-25", "Christmas Day" },
	{ "ehc-assessment", "plan-draft-reply", "2028-02-16", "2028-03-01", "over a leap day" },
	{ "ehc-assessment", "school-reply", "2026-11-02", "2026-11-17", "" },
	{ "ehc-assessment", "school-reply", "2026-12-11", "2026-12-26", "holidays count" },
	{ "ehc-assessment", "appeal", "2026-10-27", "2026-12-27",
	  "the same day of the month, a Sunday" },
	{ "ehc-assessment", "appeal", "2026-12-31", "2027-02-28", "no such day" },
	{ "ehc-assessment", "appeal", "2027-12-31", "2028-02-29", "no such day in a leap year" },
	{ "annual-review", "review", "2026-03-02", "2027-03-01", "the day before the same day" },
	{ "annual-review", "review", "2027-03-01", "2028-02-29", "ends with a leap day" },
	{ "annual-review", "review", "2026-04-01", "2027-03-31", "the end of a month" },
	{ "annual-review", "review-under-5", "2026-11-02", "2027-05-01", "" },
	{ "annual-review", "review-notice", "2027-03-15", "2027-02-28", "14 days are clear" },
	{ "annual-review", "review-notice", "2028-03-15", "2028-02-29", "over a leap day" },
	{ "annual-review", "review-papers", "2027-01-09", "2026-12-25", "Christmas Day" },
	{ "annual-review", "review-meeting", "2027-03-15", "2027-03-15", "" },
	{ "annual-review", "review-summary", "2026-12-24", "2027-01-05",
	  "four holidays and a weekend" },
	{ "annual-review", "review-report", "2026-12-12", "2026-12-26", "Boxing Day" },
	{ "annual-review", "review-report-sent", "2026-11-02", "2026-11-16", "" },
	{ "annual-review", "review-decision", "2026-11-27", "2026-12-25", "Christmas Day" },
	{ "annual-review", "review-decision", "2028-02-01", "2028-02-29", "a leap day" },
	{ "annual-review", "plan-amended", "2026-11-30", "2027-01-25", "" },
	{ "annual-review", "plan-amended", "2027-01-29", "2027-03-26", "Good Friday" },
	{ "annual-review", "amend-reply", "2026-12-11", "2026-12-25", "Christmas Day" },
	{ "annual-review", "cease-reply", "2026-11-02", "2026-11-16", "" },
	{ "annual-review", "appeal", "2026-12-29", "2027-02-28", "no such day" },
	{ "phase-transfer", "transfer-plan", "2026-09-01", "2027-02-14", "a Sunday" },
	{ "phase-transfer", "transfer-plan", "2027-02-14", "2027-02-14", "the last day itself" },
	{ "phase-transfer", "transfer-plan", "2027-02-15", "2028-02-14", "the year after" },
	{ "phase-transfer", "transfer-plan-post-16", "2026-09-01", "2027-03-30", "" },
	{ "phase-transfer", "transfer-plan-post-16", "2027-03-30", "2027-03-30",
	  "the last day itself" },
	{ "phase-transfer", "transfer-plan-post-16", "2027-03-31", "2028-03-30",
	  "31 March is too late" },
	{ "phase-transfer", "transfer-plan-college", "2027-09-01", "2027-04-01", "" },
	{ "phase-transfer", "transfer-plan-college", "2027-07-31", "2027-02-28", "no such day" },
	{ "phase-transfer", "transfer-plan-college", "2028-07-31", "2028-02-29",
	  "no such day in a leap year" },
	{ "phase-transfer", "transfer-review-post-16", "2026-09-01", "2027-01-05", "" },
	{ "phase-transfer", "transfer-review", "2026-09-01", "2026-11-22", "a Sunday" },
	{ "enquiries", "enquiry-reply", "2026-11-02", "2026-11-09", "" },
	{ "enquiries", "enquiry-reply", "2026-11-07", "2026-11-13", "asked on a Saturday" },
	{ "enquiries", "enquiry-reply", "2026-12-23", "2027-01-04", "over Christmas" },
	{ "enquiries", "enquiry-reply-urgent", "2026-11-07", "2026-11-09", "asked on a Saturday" },
	{ "enquiries", "enquiry-reply-urgent", "2027-03-25", "2027-03-30", "asked before Easter" },
	{ "appointments", "appointment", "2026-11-02", "2026-11-02", "" },
	{ "appointments", "appointment-rebook", "2026-12-16", "2026-12-26", "holidays count" },
	{ "appointments", "appointment-time", "2026-12-15", "2026-12-31",
	  "not 25 and 28 December" },
	{ "therapy", "waiting-update", "2026-10-09", "2027-01-01", "New Year's Day" },
	{ "therapy", "therapy-reply", "2026-11-02", "2026-11-12", "" },
};

static void each_rule_leads_to_its_last_day(void **state)
{
	for (size_t i = 0; i < sizeof lasts / sizeof lasts[0]; i++) {
		const struct last *last = &lasts[i];
		const struct duty_rule *rule = rule_of(last->pathway, last->duty);
		str day = date_print(&arena, last_day(rule, day_of(last->from)));
		if (!str_eq(day, str_of(last->due)))
			fail_msg("%s from %s: %.*s, not %s (%s)", last->duty, last->from,
				 STR_ARG(day), last->due, last->edge);
	}
	for (size_t i = 0; i < ROWS_N; i++) {
		size_t n = 0;
		for (size_t k = 0; k < sizeof lasts / sizeof lasts[0]; k++)
			n += str_eq(str_of(rows[i].duty), str_of(lasts[k].duty)) ? 1 : 0;
		if (n == 0)
			fail_msg("%s has no day", rows[i].duty);
	}
}

/* --- whom the notices of the law go to, and what they must have ---------------------------------------- */

#define REFUSAL "reasons appeal limits mediation disagreement advice_service"
#define FINAL "appeal limits mediation no_mediation disagreement advice_service health_and_care"

static const struct notice {
	const char *rule, *pathway, *event, *template, *meets;
	const char *blocks;  /* which it must have */
	const char *parties; /* who else is told of the event */
	bool is_decision;    /* about the plan: told at once, whatever day the law allows */
	bool adverse;        /* somebody speaks to them first, and not on a Friday afternoon */
} notices[] = {
	{ "A1", "ehc-assessment", "ehcna.requested", "ehcna-requested", "", "",
	  "school health social_care", false, false },
	{ "A2", "ehc-assessment", "ehcna.decision_to_assess", "ehcna-agreed", "ehcna-decision",
	  "advice_service", "school health social_care", true, false },
	{ "A2", "ehc-assessment", "ehcna.refused", "ehcna-refused", "ehcna-decision", REFUSAL,
	  "school health social_care", true, true },
	{ "A3", "ehc-assessment", "advice.requested", "advice-asked", "", "", "adviser", false,
	  false },
	{ "A4", "ehc-assessment", "ehcp.not_needed", "plan-not-needed", "ehcna-plan-decision",
	  REFUSAL, "school health", true, true },
	{ "A5", "ehc-assessment", "plan.draft_issued", "plan-draft", "plan-draft",
	  "representations schools advice", "", false, false },
	{ "A7", "ehc-assessment", "school.consulted", "school-consulted", "", "", "school", false,
	  false },
	{ "A8", "ehc-assessment", "plan.final_issued", "plan-final", "plan-final", FINAL,
	  "school health", true, false },
	{ "R2", "annual-review", "annual_review.meeting_scheduled", "review-meeting",
	  "review-notice", "", "school health social_care", false, false },
	{ "R3", "annual-review", "annual_review.papers_circulated", "review-papers",
	  "review-papers", "", "school health social_care", false, false },
	{ "R4", "annual-review", "annual_review.report_circulated", "review-report",
	  "review-report-sent", "", "school health social_care", false, false },
	{ "R5", "annual-review", "annual_review.decision_maintain", "review-maintain",
	  "review-decision", REFUSAL, "school", true, true },
	{ "R5", "annual-review", "annual_review.decision_amend", "review-amend", "review-decision",
	  "evidence representations schools", "school", true, false },
	{ "R5", "annual-review", "plan.ceased", "plan-ceased", "review-decision", REFUSAL,
	  "school health", true, true },
	{ "R6", "annual-review", "plan.amended_final", "plan-amended", "plan-amended", FINAL,
	  "school health", true, false },
	{ "R6", "annual-review", "plan.not_amended", "plan-not-amended", "plan-amended", REFUSAL,
	  "school health", true, true },
	{ "R7", "phase-transfer", "phase_transfer.plan_named", "transfer-named", "plan-amended",
	  FINAL, "school health", true, false },
	{ "R12", "annual-review", "plan.cease_considered", "plan-cease-considered", "",
	  "reasons representations advice_service", "school", false, true },
	{ "R13", "annual-review", "plan.ceased", "plan-ceased", "review-decision", REFUSAL,
	  "school health", true, true },
};

static str print_parties(const struct event_rule *event)
{
	struct buf buf = buf_of(&arena, 256);
	for (size_t i = 0; i < event->n_says; i++) {
		const struct saying *saying = &event->says[i];
		for (int k = 0; k < PARTY_ROLE_COUNT && saying->audience == AUDIENCE_PARTIES; k++) {
			if (saying->parties.has[k] && saying->after.n == 0)
				buf_fmt(&buf, "%s%.*s", buf_str(&buf).n > 0 ? " " : "",
					STR_ARG(party_role_name((enum party_role)k)));
		}
	}
	return buf_str(&buf);
}

static str print_blocks(const struct saying *saying)
{
	struct buf buf = buf_of(&arena, 256);
	for (size_t i = 0; i < saying->n_blocks; i++)
		buf_fmt(&buf, "%s%.*s", i > 0 ? " " : "", STR_ARG(saying->blocks[i]));
	return buf_str(&buf);
}

static void each_notice_of_the_law_goes_to_all_and_has_all(void **state)
{
	for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++) {
		const struct notice *notice = &notices[i];
		const struct event_rule *event = pathway_event(
			policy_pathway(policy, str_of(notice->pathway)), str_of(notice->event));
		assert_non_null(event);
		const struct saying *saying = &event->says[0];
		assert_int_equal(saying->audience, AUDIENCE_FAMILY);
		assert_str(saying->template, notice->template);
		assert_str(saying->meets, notice->meets);
		assert_str(print_blocks(saying), notice->blocks);
		if (!str_eq(print_parties(event), str_of(notice->parties)))
			fail_msg("%s, %s: told are %.*s, not %s", notice->rule, notice->event,
				 STR_ARG(print_parties(event)), notice->parties);
		assert_str(saying->within, notice->is_decision ? "MS3" : "");
		assert_int_equal(saying->adverse, notice->adverse);
		assert_int_equal(saying->speak_first.n > 0, notice->adverse);
		/* What meets a duty of the law or refuses something is a formal notice. */
		assert_int_equal(saying->grade, notice->meets[0] != '\0' || notice->adverse
							? GRADE_FORMAL
							: GRADE_INFORMATION);
	}
}

/* A step that the family reads of has the date of its duty, wherever that runs. */
static void each_next_step_is_that_of_a_duty(void **state)
{
	size_t n = 0;
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct pathway *pathway = &policy->pathways[i];
		for (size_t k = 0; k < pathway->n_events; k++) {
			const struct event_rule *rule = &pathway->events[k];
			if (rule->next_what.n == 0)
				continue;
			if (rule->next_by.n == 0)
				print_error("%.*s: no duty\n", STR_ARG(rule->type));
			assert_true(rule->next_by.n > 0);
			n++;
		}
	}
	assert_true(n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_has_its_number_its_source_and_its_time),
		cmocka_unit_test(no_rule_is_without_a_row),
		cmocka_unit_test(each_rule_leads_to_its_last_day),
		cmocka_unit_test(each_notice_of_the_law_goes_to_all_and_has_all),
		cmocka_unit_test(each_next_step_is_that_of_a_duty),
	};
	return cmocka_run_group_tests(tests, read_shipped, forget);
}
