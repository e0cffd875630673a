#include "setup/setup.h"

#include "copy.h"

static date day_of(const char *text)
{
	date day;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

/* The shipped policy, without an error. */
static const struct policy *read_shipped(struct arena *arena)
{
	struct findings findings = findings_of(arena);
	const struct policy *policy = setup_policy(arena, S("conf"), &findings);
	if (policy == NULL)
		fail_msg("%.*s", STR_ARG(setup_findings_text(arena, &findings)));
	return policy;
}

static const struct pathway *find_assessment(const struct policy *policy)
{
	const struct pathway *pathway = policy_pathway(policy, S("ehc-assessment"));
	assert_non_null(pathway);
	return pathway;
}

static void the_clocks_of_the_assessment_are_those_of_the_law(void **state)
{
	/* A request on Monday 2 November 2026, or a notice of that day. */
	static const struct {
		const char *duty, *length, *due;
		enum basis basis;
		bool by_family;
	} rows[] = {
		{ "ehcna-decision", "6 weeks", "2026-12-14", BASIS_STATUTORY, false },
		{ "ehcna-plan-decision", "16 weeks", "2027-02-22", BASIS_STATUTORY, false },
		{ "plan-draft", "14 weeks", "2027-02-08", BASIS_LOCAL, false },
		{ "plan-final", "20 weeks", "2027-03-22", BASIS_STATUTORY, false },
		{ "plan-draft-reply", "15 days beginning", "2026-11-16", BASIS_STATUTORY, true },
		{ "appeal", "2 months", "2027-01-02", BASIS_STATUTORY, true },
		{ "advice", "6 weeks", "2026-12-14", BASIS_STATUTORY, false },
		{ "school-reply", "15 days", "2026-11-17", BASIS_STATUTORY, false },
		/* taken along */
		{ "enquiry-reply", "5 working days", "2026-11-09", BASIS_LOCAL, false },
		{ "enquiry-reply-urgent", "1 working day", "2026-11-03", BASIS_LOCAL, false },
		{ "appointment", "1 day beginning", "2026-11-02", BASIS_LOCAL, true },
		{ "appointment-rebook", "10 days", "2026-11-12", BASIS_LOCAL, true },
		{ "appointment-time", "10 working days", "2026-11-16", BASIS_LOCAL, false },
	};
	struct arena arena = ARENA_EMPTY;
	const struct policy *policy = read_shipped(&arena);
	const struct pathway *pathway = find_assessment(policy);
	date on = day_of("2026-11-02");
	assert_int_equal(pathway->n_duties, sizeof(rows) / sizeof(rows[0]));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct duty_rule *rule = pathway_duty(pathway, str_of(rows[i].duty), on);
		assert_non_null(rule);
		const struct calendar *calendar = policy_calendar(policy, rule->calendar);
		assert_non_null(calendar);
		assert_str(duration_print(&arena, rule->due), rows[i].length);
		date due = reckon_due(&arena, calendar, trigger_of_day(on), rule->due).day;
		assert_str(date_print(&arena, due), rows[i].due);
		assert_int_equal(rule->basis, rows[i].basis);
		assert_int_equal(rule->by_family, rows[i].by_family);
		assert_str(rule->owner, rows[i].by_family ? "family" : "owner");
		assert_true(rule->source.n > 0);
	}
	arena_free(&arena);
}

static void the_usual_warnings_hold_for_a_duty_that_has_none_of_its_own(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct pathway *pathway = find_assessment(read_shipped(&arena));
	const struct duty_rule *duty = pathway_duty(pathway, S("plan-final"), day_of("2026-11-02"));
	assert_int_equal(duty->n_warnings, 2);
	assert_str(duration_print(&arena, duty->warnings[0]), "10 working days");
	assert_str(duration_print(&arena, duty->warnings[1]), "5 working days");
	assert_int_equal(duty->n_on_warned, 1);
	assert_int_equal(duty->on_warned[0].audience, AUDIENCE_OWNER);
	assert_int_equal(duty->n_on_breached, 1);
	assert_int_equal(duty->on_breached[0].audience, AUDIENCE_FAMILY);
	assert_str(duty->on_breached[0].template, "duty-late");
	assert_str(duty->ladder, "usual");
	/* The family's own time limit has nobody to warn. */
	duty = pathway_duty(pathway, S("appeal"), day_of("2026-11-02"));
	assert_int_equal(duty->n_warnings + duty->n_on_warned + duty->n_on_breached, 0);
	arena_free(&arena);
}

static void a_saying_for_several_reaches_each(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct pathway *pathway = find_assessment(read_shipped(&arena));
	const struct event_rule *event = pathway_event(pathway, S("plan.final_issued"));
	assert_int_equal(event->n_says, 2);
	assert_int_equal(event->says[0].audience, AUDIENCE_FAMILY);
	assert_int_equal(event->says[0].grade, GRADE_FORMAL);
	assert_str(event->says[0].meets, "plan-final");
	assert_int_equal(event->says[1].audience, AUDIENCE_PARTIES);
	assert_true(event->says[1].parties.has[PARTY_SCHOOL]);
	assert_true(event->says[1].parties.has[PARTY_HEALTH]);
	assert_false(event->says[1].parties.has[PARTY_SOCIAL_CARE]);
	arena_free(&arena);
}

static void the_draft_plan_reminds_on_its_eighth_and_thirteenth_day(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct policy *policy = read_shipped(&arena);
	const struct duty_rule *rule = pathway_duty(find_assessment(policy), S("plan-draft-reply"),
						    day_of("2026-11-02"));
	static const char *const days[] = { "2026-11-09", "2026-11-14" };
	struct reckoning due = reckon_due(&arena, policy->calendar,
					  trigger_of_day(day_of("2026-11-02")), rule->due);
	assert_true(rule->by_family && rule->served);
	assert_int_equal(rule->n_warnings, 2);
	for (size_t i = 0; i < 2; i++)
		assert_str(date_print(&arena,
				      reckon_before(policy->calendar, due.day, rule->warnings[i])),
			   days[i]);
	assert_int_equal(rule->n_on_warned, 1);
	assert_int_equal(rule->on_warned->grade, GRADE_REMINDER);
	arena_free(&arena);
}

static void a_refusal_gives_its_reasons_and_starts_the_time_for_an_appeal(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct pathway *pathway = find_assessment(read_shipped(&arena));
	const struct event_rule *event = pathway_event(pathway, S("ehcna.refused"));
	assert_int_equal(event->n_fields, 1);
	assert_str(event->fields[0].name, "reasons");
	assert_int_equal(event->fields[0].type, FIELD_TEXT);
	assert_true(event->fields[0].required);
	assert_int_equal(event->n_starts, 1);
	assert_str(event->starts[0], "appeal");
	assert_int_equal(event->n_cancels, 4);
	assert_true(event->says[0].adverse);
	assert_str(event->next_by, "appeal");
	arena_free(&arena);
}

static void the_bank_holidays_are_known_until_the_end_of_2027(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct calendar *calendar = read_shipped(&arena)->calendar;
	assert_int_equal(calendar->n_holidays, 24);
	str title;
	assert_true(reckon_holiday(calendar, day_of("2025-04-18"), NULL));
	assert_true(reckon_holiday(calendar, day_of("2026-12-28"), &title));
	assert_str(title, "Boxing Day");
	assert_true(reckon_holiday(calendar, day_of("2027-12-27"), NULL));
	/* A Saturday, not itself listed. */
	assert_false(reckon_holiday(calendar, day_of("2027-12-25"), NULL));
	assert_str(date_print(&arena, calendar->complete_until), "2027-12-31");
	assert_str(zone_name(calendar->zone), "Europe/London");
	arena_free(&arena);
}

static void the_people_are_found_by_role_and_id(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct policy *policy = read_shipped(&arena);
	assert_str(policy_holder(policy, S("send"), S("caseworker"))->id, "sam-okafor");
	assert_str(policy_holder(policy, S("send"), S("team_manager"))->job, "SEND team manager");
	assert_str(policy_person(policy, S("tom-ellison"))->service, "therapies");
	assert_true(week_is_ever_open(&policy->authority.hours));
	assert_int_equal(policy->authority.n_address, 4);
	assert_true(policy->authority.mediation.phone.n > 0);
	arena_free(&arena);
}

static void the_version_changes_with_any_file_and_with_nothing_else(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	const struct policy *before = setup_policy(&arena, copy.folder, &findings);
	(void)copy_change(&copy, CONFIG, "# Candour", "# candour");
	const struct policy *same = setup_policy(&arena, copy.folder, &findings);
	(void)copy_change(&copy, HOLIDAYS, "Summer", "August");
	const struct policy *after = setup_policy(&arena, copy.folder, &findings);
	copy_remove(&copy);
	assert_int_equal(before->version.n, 16);
	assert_true(str_eq(before->version, read_shipped(&arena)->version));
	assert_true(str_eq(before->version, same->version));
	assert_false(str_eq(before->version, after->version));
	arena_free(&arena);
}

/* Two versions of the draft's clock; the second begins on the given day. */
static void write_versions(const struct copy *copy, const char *from)
{
	str text = str_fmt(
		copy->arena,
		"  plan-draft:\n"
		"    - {title: Old, due: 14 weeks, basis: local, source: S, verified: yes,\n"
		"       valid_to: 2026-08-31}\n"
		"    - {title: New, due: 12 weeks, basis: local, source: S, verified: yes,\n"
		"       valid_from: %s}\n"
		"  plan-final:\n",
		from);
	str file = copy_read(copy, PATHWAY);
	size_t a = str_find(file, S("  plan-draft:\n")), b = str_find(file, S("  plan-final:\n"));
	str old = str_slice(file, a, b + S("  plan-final:\n").n);
	(void)copy_change(copy, PATHWAY, str_z(copy->arena, old), str_z(copy->arena, text));
}

static void the_version_of_a_rule_is_that_of_the_triggers_day(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	write_versions(&copy, "2026-09-01");
	const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
	copy_remove(&copy);
	assert_non_null(policy);
	const struct pathway *pathway = find_assessment(policy);
	assert_str(pathway_duty(pathway, S("plan-draft"), day_of("2026-08-31"))->title, "Old");
	assert_str(pathway_duty(pathway, S("plan-draft"), day_of("2026-09-01"))->title, "New");
	arena_free(&arena);
}

static void versions_of_a_rule_may_not_overlap(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	write_versions(&copy, "2026-08-31");
	int line = copy_line(&copy, PATHWAY, "    - {title: New");
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 1);
	assert_int_equal(copy_finding(&findings, "versions_overlap")->line, line);
	arena_free(&arena);
}

static void a_gap_between_versions_is_doubted(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	write_versions(&copy, "2026-10-01");
	assert_non_null(setup_policy(&arena, copy.folder, &findings));
	copy_remove(&copy);
	assert_true(copy_finding(&findings, "versions_gap")->warning);
	arena_free(&arena);
}

static void a_calendar_may_have_hours_of_dates_and_a_schools_terms(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	(void)copy_change(&copy, CALENDAR, "complete_until: 2027-12-31",
			  "complete_until: 2027-12-31\n"
			  "yearly: [12-24]\n"
			  "exceptions:\n"
			  "  2026-11-07: [[\"10:00\", \"12:00\"]]\n"
			  "  2026-11-03: []\n"
			  "breaks:\n  2026-11-07: [[\"10:00\", \"11:00\"]]\n"
			  "terms: [[2026-09-01, 2026-10-23], [2026-11-02, 2026-12-18]]\n"
			  "closures:\n  2026-11-02: INSET day\n");
	const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
	copy_remove(&copy);
	assert_non_null(policy);
	const struct calendar *calendar = policy->calendar;
	assert_false(reckon_is_working_day(calendar, day_of("2026-12-24")));
	assert_false(reckon_is_working_day(calendar, day_of("2026-11-03")));
	assert_true(reckon_is_working_day(calendar, day_of("2026-11-07")));
	instant start = calendar_day_start(calendar, day_of("2026-11-07"));
	assert_int_equal(reckon_elapsed(calendar, start, instant_add(start, SPAN_DAYS(1))).ms,
			 SPAN_HOURS(1).ms);
	struct duration day = { .n = 1, .unit = DURATION_SCHOOL_DAYS };
	struct reckoning found = reckon_due(&arena, calendar, trigger_of_day(day_of("2026-10-23")),
					    day);
	assert_str(date_print(&arena, found.day), "2026-11-04");
	arena_free(&arena);
}

static void days_on_which_the_council_is_closed_are_no_working_days(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	(void)copy_change(&copy, CALENDAR, "complete_until: 2027-12-31",
			  "complete_until: 2027-12-31\nclosed:\n  2026-12-29: Christmas closure\n");
	const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
	copy_remove(&copy);
	assert_non_null(policy);
	assert_false(reckon_is_working_day(policy->calendar, day_of("2026-12-29")));
	assert_true(reckon_is_working_day(policy->calendar, day_of("2026-12-30")));
	assert_true(reckon_is_working_day(read_shipped(&arena)->calendar, day_of("2026-12-29")));
	arena_free(&arena);
}

static void holidays_of_several_files_are_put_together(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	/* A day that both files have, and the escapes of JSON. */
	copy_write(
		&copy, "calendars/newer.json",
		S("{\"england-and-wales\":{\"division\":\"england-and-wales\",\"events\":["
		  "{\"title\":\"Boxing Day\",\"date\":\"2027-12-28\",\"notes\":\"\"},"
		  "{\"title\":\"New Year\\u2019s Day\",\"date\":\"2028-01-03\",\"extra\":[1]}]}}"));
	(void)copy_change(&copy, CALENDAR, "[bank-holidays.json]",
			  "[newer.json, bank-holidays.json]");
	const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
	copy_unlink(&copy, "calendars/newer.json");
	copy_remove(&copy);
	assert_non_null(policy);
	assert_int_equal(policy->calendar->n_holidays, 25);
	str title;
	assert_true(reckon_holiday(policy->calendar, day_of("2028-01-03"), &title));
	assert_str(title, "New Year’s Day");
	for (size_t i = 1; i < policy->calendar->n_holidays; i++)
		assert_true(date_before(policy->calendar->holidays[i - 1].day,
					policy->calendar->holidays[i].day));
	arena_free(&arena);
}

static void the_same_event_has_the_same_fields_in_every_pathway(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	copy_write(&copy, "pathways/other.yaml",
		   S("title: Other\nservice: send\ncalendar: england-and-wales\nduties: {}\n"
		     "events:\n  ehcna.requested: {title: Same}\n"
		     "  ehcna.refused:\n    title: Other\n    fields: {}\n"));
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_unlink(&copy, "pathways/other.yaml");
	copy_remove(&copy);
	assert_int_equal(findings.errors, 1);
	struct finding found = findings.list[findings.n - 1];
	assert_str(found.code, "fields_differ");
	assert_int_equal(found.line, 7);
	assert_true(str_ends(found.file, S("/pathways/other.yaml")));
	arena_free(&arena);
}

static void missing_files_are_all_named(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	copy_unlink(&copy, SERVICES);
	copy_unlink(&copy, STANDARDS);
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 2);
	assert_true(str_ends(findings.list[0].file, S("/services.yaml")));
	assert_true(str_ends(findings.list[1].file, S("/standards.yaml")));
	arena_free(&arena);
}

static void a_folder_that_is_no_policy_is_refused(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	assert_null(setup_policy(&arena, S("/no/such/policy"), &findings));
	assert_int_equal(findings.errors, 1);
	assert_str(findings.list[0].file, "/no/such/policy");
	assert_null(setup_policy(&arena, S("conf/authority.yaml"), &findings));
	assert_int_equal(findings.errors, 2);
	assert_str(findings.list[1].file, "conf/authority.yaml");
	arena_free(&arena);
}

static void a_policy_without_a_pathway_is_refused(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	for (size_t i = 0; i < COPIED_N; i++) {
		if (str_starts(str_of(copied_files[i]), S("pathways/")))
			copy_unlink(&copy, copied_files[i]);
	}
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 1);
	assert_true(copy_finding(&findings, "missing_file") != NULL);
	arena_free(&arena);
}

static void a_file_that_would_not_be_read_is_spoken_of(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	copy_write(&copy, "pathways/review.yml", S(""));
	copy_write(&copy, "pathways/notes.txt", S(""));
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_unlink(&copy, "pathways/review.yml");
	copy_unlink(&copy, "pathways/notes.txt");
	copy_remove(&copy);
	assert_int_equal(findings.errors, 1);
	assert_int_equal(findings.n, 2);
	assert_true(copy_finding(&findings, "unknown_file")[0].warning);
	assert_true(str_ends(copy_finding(&findings, "unknown_file")[0].file,
			     S("/pathways/notes.txt")));
	assert_true(str_ends(findings.list[1].file, S("/pathways/review.yml")));
	arena_free(&arena);
}

static void a_pack_takes_the_place_of_our_own_numbers(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	(void)copy_change(&copy, STANDARDS, "# pack: wokingham", "pack: cheshire-east");
	const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
	copy_remove(&copy);
	assert_non_null(policy);
	assert_str(policy->pack, "cheshire-east");
	const struct duty_rule *rule = pathway_duty(policy_pathway(policy, S("enquiries")),
						    S("enquiry-reply"), day_of("2026-11-02"));
	assert_str(duration_print(&arena, rule->due), "3 working days");
	assert_true(rule->verified);
	assert_int_equal(rule->basis, BASIS_LOCAL);
	assert_true(str_find(rule->source, S("Cheshire East")) < rule->source.n);
	/* What the pack does not say stays ours. */
	assert_str(duration_print(&arena, policy_minimum(policy, S("MS9"))->within), "12 weeks");
	arena_free(&arena);
}

/* What each council has published, and nothing else of the pack. */
static const struct published {
	const char *pack, *standard, *within, *source;
} published[] = {
	{ "cheshire-east", "MS2", "3 working days", "Cheshire East Council" },
	{ "cheshire-east", "MS3", "1 working day", "Cheshire East Council" },
	{ "cheshire-east", "MS4-late", "14 days", "Cheshire East Council" },
	{ "wokingham", "MS2", "5 working days", "Wokingham Borough Council, 11 September 2025" },
	{ "wokingham", "MS2-manager", "5 working days",
	  "Wokingham Borough Council, 11 September 2025" },
	{ "wokingham", "MS2-head", "5 working days",
	  "Wokingham Borough Council, 11 September 2025" },
	{ "devon", "MS2", "5 working days", "Devon County Council, 27 February 2026" },
	{ "hertfordshire", "MS2", "10 working days", "Hertfordshire County Council" },
};

static size_t check_published(struct arena *arena, const struct policy *policy)
{
	size_t n = 0;
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		if (!str_eq(policy->pack, str_of(published[i].pack)))
			continue;
		const struct standard *standard = policy_minimum(policy,
								 str_of(published[i].standard));
		assert_str(duration_print(arena, standard->within), published[i].within);
		assert_true(standard->verified);
		assert_true(str_ends(standard->source, str_of(published[i].source)));
		n++;
	}
	return n;
}

static void every_pack_holds_what_its_council_has_published(void **state)
{
	static const char *const packs[] = { "cheshire-east", "wokingham", "devon",
					     "hertfordshire" };
	for (size_t i = 0; i < sizeof packs / sizeof packs[0]; i++) {
		struct arena arena = ARENA_EMPTY;
		struct findings findings = findings_of(&arena);
		struct copy copy = copy_make(&arena);
		str line = str_fmt(&arena, "pack: %s", packs[i]);
		(void)copy_change(&copy, STANDARDS, "# pack: wokingham", str_z(&arena, line));
		const struct policy *policy = setup_policy(&arena, copy.folder, &findings);
		copy_remove(&copy);
		assert_non_null(policy);
		size_t n = check_published(&arena, policy), others = 0;
		for (size_t k = 0; k < policy->n_minimum; k++)
			others += str_find(policy->minimum[k].source, S("Sheffield")) <
						  policy->minimum[k].source.n
					  ? 1
					  : 0;
		assert_int_equal(n + others, policy->n_minimum);
		arena_free(&arena);
	}
}

static void all_minimum_standards_have_a_number(void **state)
{
	static const char *const ids[] = { "MS1",        "MS2",      "MS2-manager", "MS2-head",
					   "MS2-urgent", "MS4-late", "MS3",         "MS4",
					   "MS5",        "MS6",      "MS7",         "MS8-manager",
					   "MS8-head",   "MS9",      "MS10",        "MS11",
					   "MS12" };
	struct arena arena = ARENA_EMPTY;
	const struct policy *policy = read_shipped(&arena);
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		assert_non_null(policy_minimum(policy, str_of(ids[i])));
	arena_free(&arena);
}

static void a_pack_with_a_standard_that_we_do_not_have_is_refused(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct copy copy = copy_make(&arena);
	(void)copy_change(&copy, PACK, "  MS2:", "  MS20:");
	(void)copy_change(&copy, STANDARDS, "# pack: wokingham", "pack: wokinham");
	assert_null(setup_policy(&arena, copy.folder, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 2);
	assert_int_equal(copy_finding(&findings, "unknown_standard")->line, 6);
	assert_non_null(copy_finding(&findings, "unknown_pack"));
	arena_free(&arena);
}

static void a_pathway_takes_along_what_another_lends(void **state)
{
	struct arena arena = ARENA_EMPTY;
	const struct policy *policy = read_shipped(&arena);
	const struct pathway *transfer = policy_pathway(policy, S("phase-transfer"));
	assert_non_null(pathway_event(transfer, S("annual_review.held")));
	assert_non_null(pathway_event(transfer, S("enquiry.received")));
	assert_non_null(pathway_duty(transfer, S("review-decision"), day_of("2026-11-02")));
	/* Not the other way. */
	assert_null(pathway_event(policy_pathway(policy, S("annual-review")),
				  S("phase_transfer.plan_named")));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clocks_of_the_assessment_are_those_of_the_law),
		cmocka_unit_test(the_usual_warnings_hold_for_a_duty_that_has_none_of_its_own),
		cmocka_unit_test(a_saying_for_several_reaches_each),
		cmocka_unit_test(the_draft_plan_reminds_on_its_eighth_and_thirteenth_day),
		cmocka_unit_test(a_refusal_gives_its_reasons_and_starts_the_time_for_an_appeal),
		cmocka_unit_test(the_bank_holidays_are_known_until_the_end_of_2027),
		cmocka_unit_test(the_people_are_found_by_role_and_id),
		cmocka_unit_test(the_version_changes_with_any_file_and_with_nothing_else),
		cmocka_unit_test(the_version_of_a_rule_is_that_of_the_triggers_day),
		cmocka_unit_test(versions_of_a_rule_may_not_overlap),
		cmocka_unit_test(a_gap_between_versions_is_doubted),
		cmocka_unit_test(a_calendar_may_have_hours_of_dates_and_a_schools_terms),
		cmocka_unit_test(days_on_which_the_council_is_closed_are_no_working_days),
		cmocka_unit_test(holidays_of_several_files_are_put_together),
		cmocka_unit_test(the_same_event_has_the_same_fields_in_every_pathway),
		cmocka_unit_test(missing_files_are_all_named),
		cmocka_unit_test(a_folder_that_is_no_policy_is_refused),
		cmocka_unit_test(a_policy_without_a_pathway_is_refused),
		cmocka_unit_test(a_pack_takes_the_place_of_our_own_numbers),
		cmocka_unit_test(every_pack_holds_what_its_council_has_published),
		cmocka_unit_test(all_minimum_standards_have_a_number),
		cmocka_unit_test(a_pack_with_a_standard_that_we_do_not_have_is_refused),
		cmocka_unit_test(a_pathway_takes_along_what_another_lends),
		cmocka_unit_test(a_file_that_would_not_be_read_is_spoken_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
