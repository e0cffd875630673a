/* What becomes of a promise, as the evidence tells it. */
#include "ctl/ledger.h"

#include "harness/assert_str.h"

static struct arena arena;

/* One step of the duty C1.decide: from and to are states, `on` the day. */
static struct evidence step(const char *from, const char *to, const char *on, const char *due)
{
	const bool begins = from[0] == '\0';

	return (struct evidence){
		.entry = { .kind = S("duty"),
			   .id = S("C1.decide"),
			   .case_id = S("C1"),
			   .detail = str_fmt(&arena,
					     "{\"duty\":\"C1.decide\",%s%s%s\"to\":\"%s\","
					     "\"on\":\"%s\",\"due\":\"%s\",\"rule\":\"ehc/decide\","
					     "\"service\":\"send\"}",
					     begins ? "" : "\"from\":\"", from, begins ? "" : "\",",
					     to, on, due) },
	};
}

/* The same, when its day, or one before it, has passed undone. */
static struct evidence late_step(const char *from, const char *to, const char *on, const char *due,
				 const char *breached_on)
{
	struct evidence late = step(from, to, on, due);
	const str detail = late.entry.detail;

	late.entry.detail = str_fmt(&arena, "%.*s,\"breached_on\":\"%s\"}",
				    STR_ARG(str_slice(detail, 0, detail.n - 1)), breached_on);
	return late;
}

static struct evidence excused(const char *on)
{
	return (struct evidence){
		.entry = { .kind = S("event"),
			   .id = S("e9"),
			   .case_id = S("C1"),
			   .detail = str_fmt(&arena,
					     "{\"type\":\"duty.excused\",\"on\":\"%s\",\"data\":"
					     "{\"duty\":\"C1.decide\",\"ground\":\"absence\","
					     "\"from\":\"2026-11-01\",\"to\":\"2026-12-01\","
					     "\"evidence\":\"E-1\",\"approved_by\":\"helen\"}}",
					     on) },
	};
}

static struct evidence excused_by(const char *event, const char *on)
{
	struct evidence of = excused(on);

	of.entry.id = str_of(event);
	return of;
}

static struct ledger counted(const struct evidence *list, size_t n)
{
	struct ledger ledger = { .arena = &arena, .from = DATE_NONE, .to = DATE_NONE };

	ledger_add(&ledger, S("F1"), list, n);
	ledger_sort(&ledger);
	return ledger;
}

#define COUNTED(...)                                                                               \
	counted((const struct evidence[]){ __VA_ARGS__ },                                          \
		sizeof((const struct evidence[]){ __VA_ARGS__ }) / sizeof(struct evidence))

static void assert_ends(struct ledger ledger, int kept, int moved, int broken, int open)
{
	assert_int_equal(ledger.n_lines, 1);
	assert_str(ledger.lines[0].service, "send");
	assert_str(ledger.lines[0].standard, "ehc/decide");
	assert_int_equal(ledger.lines[0].kept, kept);
	assert_int_equal(ledger.lines[0].moved, moved);
	assert_int_equal(ledger.lines[0].broken, broken);
	assert_int_equal(ledger.lines[0].open, open);
}

#define BEGINS step("", "scheduled", "2026-11-02", "2026-12-14")
#define BROKEN_AND_MOVED                                                                           \
	late_step("due", "breached", "2026-12-15", "2026-12-14", "2026-12-15"),                    \
		late_step("breached", "scheduled", "2026-12-15", "2026-12-20", "2026-12-15")

static void done_by_its_day_is_kept(void **state)
{
	assert_ends(COUNTED(BEGINS), 0, 0, 0, 1);
	assert_ends(COUNTED(BEGINS, step("scheduled", "met", "2026-12-14", "2026-12-14")), 1, 0, 0,
		    0);
}

static void a_breach_stays_one_whatever_follows(void **state)
{
	assert_ends(COUNTED(BEGINS, step("due", "breached", "2026-12-15", "2026-12-14"),
			    step("breached", "acknowledged", "2026-12-16", "2026-12-14"),
			    step("acknowledged", "met", "2026-12-20", "2026-12-14")),
		    0, 0, 1, 0);
	/* Nobody looked in between. */
	assert_ends(COUNTED(BEGINS, step("scheduled", "met", "2026-12-15", "2026-12-14")), 0, 0, 1,
		    0);
	/* Reopened after it was late: still one breach. */
	assert_ends(COUNTED(BEGINS, step("due", "breached", "2026-12-15", "2026-12-14"),
			    step("breached", "met", "2026-12-20", "2026-12-14"),
			    step("met", "scheduled", "2026-12-22", "2026-12-14")),
		    0, 0, 1, 0);
}

/* Its day had an hour, and nobody looked in between: only the first lateness that a step tells of says so. */
static void what_was_done_behind_its_hour_is_broken(void **state)
{
	assert_ends(
		COUNTED(BEGINS, late_step("due", "met", "2026-12-14", "2026-12-14", "2026-12-14")),
		0, 0, 1, 0);
	/* The lateness of the date before it is not its own. */
	assert_ends(
		COUNTED(BEGINS, BROKEN_AND_MOVED,
			late_step("scheduled", "met", "2026-12-20", "2026-12-20", "2026-12-15")),
		1, 0, 1, 0);
}

/* Nobody looked at the end of the second date, and a duty says once that it was late. */
static void a_second_date_that_passed_unseen_is_broken(void **state)
{
	assert_ends(
		COUNTED(BEGINS, BROKEN_AND_MOVED,
			late_step("due", "scheduled", "2026-12-22", "2027-01-20", "2026-12-15")),
		0, 0, 2, 1);
	assert_ends(
		COUNTED(BEGINS, BROKEN_AND_MOVED,
			late_step("due", "cancelled", "2026-12-22", "2026-12-20", "2026-12-15")),
		0, 0, 2, 0);
}

static void a_new_date_is_a_new_promise(void **state)
{
	assert_ends(COUNTED(BEGINS, step("warned", "scheduled", "2026-12-10", "2027-01-15"),
			    step("scheduled", "met", "2027-01-10", "2027-01-15")),
		    1, 1, 0, 0);
	assert_ends(COUNTED(BEGINS, step("due", "breached", "2026-12-15", "2026-12-14"),
			    step("breached", "scheduled", "2026-12-16", "2027-01-15")),
		    0, 0, 1, 1);
}

static void what_is_undone_or_falls_away_is_not_kept(void **state)
{
	assert_ends(COUNTED(BEGINS, step("scheduled", "met", "2026-12-10", "2026-12-14"),
			    step("met", "scheduled", "2026-12-12", "2026-12-14")),
		    0, 0, 0, 1);
	struct ledger ledger = COUNTED(BEGINS,
				       step("scheduled", "cancelled", "2026-12-10", "2026-12-14"));

	assert_int_equal(ledger.n_lines, 0);
}

static void exemptions_count_both_ways(void **state)
{
	struct ledger ledger = COUNTED(BEGINS, excused("2026-12-01"),
				       step("scheduled", "excused", "2026-12-01", "2026-12-14"));

	assert_ends(ledger, 0, 1, 0, 0);
	assert_int_equal(ledger.lines[0].excused, 1);
	assert_int_equal(ledger_on_time(&ledger.lines[0], false), 0);
	assert_int_equal(ledger_on_time(&ledger.lines[0], true), -1);
	assert_int_equal(ledger.n_exemptions, 1);
	assert_str(ledger.exemptions[0].service, "send");
	assert_str(ledger.exemptions[0].ground, "absence");
	assert_str(ledger.exemptions[0].approved_by, "helen");

	ledger = COUNTED(BEGINS, step("due", "breached", "2026-12-15", "2026-12-14"),
			 excused("2026-12-16"),
			 step("breached", "excused", "2026-12-16", "2026-12-14"));
	assert_ends(ledger, 0, 0, 1, 0);
	assert_int_equal(ledger_on_time(&ledger.lines[0], false), 0);
	assert_int_equal(ledger_on_time(&ledger.lines[0], true), -1);
}

static void an_exemption_that_never_was_stays_in_the_register_and_counts_no_more(void **state)
{
	struct ledger ledger = COUNTED(BEGINS, excused("2026-12-01"),
				       step("scheduled", "excused", "2026-12-01", "2026-12-14"),
				       step("excused", "scheduled", "2026-12-03", "2026-12-14"));

	assert_ends(ledger, 0, 0, 0, 1);
	assert_int_equal(ledger.n_exemptions, 1);
	assert_str(date_print(&arena, ledger.exemptions[0].withdrawn), "2026-12-03");

	ledger = COUNTED(BEGINS, excused("2026-12-01"),
			 step("scheduled", "excused", "2026-12-01", "2026-12-14"),
			 step("excused", "scheduled", "2026-12-03", "2026-12-14"),
			 step("due", "breached", "2026-12-15", "2026-12-14"));
	assert_ends(ledger, 0, 0, 1, 0);
	assert_int_equal(ledger.lines[0].broken_excused, 0);
	assert_int_equal(ledger_on_time(&ledger.lines[0], true), 0);

	/* Another one in its place stands. */
	ledger = COUNTED(BEGINS, excused("2026-12-01"),
			 step("scheduled", "excused", "2026-12-01", "2026-12-14"),
			 step("excused", "scheduled", "2026-12-03", "2026-12-14"),
			 excused("2026-12-04"),
			 step("scheduled", "excused", "2026-12-04", "2026-12-14"));
	assert_ends(ledger, 0, 1, 0, 0);
	assert_int_equal(ledger.lines[0].excused, 1);
	assert_true(date_is(ledger.exemptions[0].withdrawn));
	assert_false(date_is(ledger.exemptions[1].withdrawn));
}

/* Somebody had been given that date. An exemption from it is none. */
static void what_had_come_of_what_never_began_stays(void **state)
{
	assert_ends(COUNTED(BEGINS, step("due", "met", "2026-12-10", "2026-12-14"),
			    step("met", "cancelled", "2026-12-20", "2026-12-14")),
		    1, 0, 0, 0);
	struct ledger ledger = COUNTED(BEGINS, excused("2026-12-01"),
				       step("scheduled", "excused", "2026-12-01", "2026-12-14"),
				       step("excused", "cancelled", "2026-12-20", "2026-12-14"));

	assert_ends(ledger, 0, 1, 0, 0);
	assert_int_equal(ledger.lines[0].excused, 0);
	assert_int_equal(ledger_on_time(&ledger.lines[0], false), -1);
	assert_str(date_print(&arena, ledger.exemptions[0].withdrawn), "2026-12-20");
}

static struct evidence missed(const char *kind, const char *standard, const char *service,
			      const char *on)
{
	return (struct evidence){
		.entry = { .kind = str_of(kind),
			   .id = S("e1"),
			   .case_id = S("C1"),
			   .detail = str_fmt(&arena,
					     "{\"standard\":\"%s\",\"title\":\"Of %s\","
					     "\"service\":\"%s\",\"on\":\"%s\"}",
					     standard, standard, service, on) },
	};
}

static void what_has_no_date_is_counted_as_missed_alone(void **state)
{
	const struct evidence list[] = {
		missed("note", "MS3", "send", "2026-11-01"),
		missed("task", "speak_first", "send", "2026-11-30"),
		missed("note", "MS1", "send", "2026-11-10"),
		missed("note", "MS1", "send", "2026-11-10"),
		missed("note", "MS1", "camhs", "2026-11-10"),
		missed("note", "MS1", "send", "2026-12-01"),
		missed("note", "MS1", "send", "2026-10-31"),
		missed("note", "MS1", "send", ""), /* of an older version */
	};
	struct ledger ledger = { .arena = &arena };

	assert_true(date_of(2026, 11, 1, &ledger.from));
	assert_true(date_of(2026, 11, 30, &ledger.to));
	ledger_add(&ledger, S("F1"), list, sizeof list / sizeof list[0]);
	ledger_sort(&ledger);
	assert_int_equal(ledger.n_lines, 0);
	assert_int_equal(ledger.n_missed, 4);
	assert_str(ledger.missed[0].service, "camhs");
	assert_str(ledger.missed[1].standard, "MS1");
	assert_str(ledger.missed[1].title, "Of MS1");
	assert_int_equal(ledger.missed[1].times, 2);
	assert_int_equal(ledger.missed[2].times, 1);
	assert_str(ledger.missed[3].standard, "speak_first");
}

/* However the families' evidence was read. */
static void exemptions_of_one_day_have_an_order(void **state)
{
	const struct ledger ledger = COUNTED(
		excused_by("e7", "2026-11-10"), excused_by("e3", "2026-11-10"),
		excused_by("e5", "2026-11-10"), excused_by("e9", "2026-11-09"));

	assert_int_equal(ledger.n_exemptions, 4);
	assert_str(ledger.exemptions[0].event, "e9");
	assert_str(ledger.exemptions[1].event, "e3");
	assert_str(ledger.exemptions[2].event, "e5");
	assert_str(ledger.exemptions[3].event, "e7");
}

static void rates_are_rounded_to_a_tenth(void **state)
{
	const struct ledger_line line = { .kept = 2, .moved = 5, .broken = 1 };
	const struct ledger_line none = { .moved = 5, .open = 3 };

	assert_int_equal(ledger_on_time(&line, false), 667);
	assert_int_equal(ledger_on_time(&none, false), -1);
}

static void only_dates_of_the_period_are_counted(void **state)
{
	struct ledger ledger = { .arena = &arena };
	const struct evidence list[] = { BEGINS };

	assert_true(date_parse(S("2026-12-15"), &ledger.from));
	ledger.to = DATE_NONE;
	ledger_add(&ledger, S("F1"), list, 1);
	assert_int_equal(ledger.n_lines, 0);
	assert_true(date_parse(S("2026-12-14"), &ledger.from));
	ledger.to = ledger.from;
	ledger_add(&ledger, S("F1"), list, 1);
	assert_int_equal(ledger.n_lines, 1);
}

static void the_familys_own_time_is_nobodys_promise(void **state)
{
	struct evidence own = BEGINS;

	own.entry.detail = S("{\"duty\":\"C1.appeal\",\"to\":\"scheduled\",\"due\":\"2026-12-14\","
			     "\"by_family\":true}");
	assert_int_equal(COUNTED(own).n_lines, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(done_by_its_day_is_kept),
		cmocka_unit_test(a_breach_stays_one_whatever_follows),
		cmocka_unit_test(what_was_done_behind_its_hour_is_broken),
		cmocka_unit_test(a_second_date_that_passed_unseen_is_broken),
		cmocka_unit_test(a_new_date_is_a_new_promise),
		cmocka_unit_test(what_is_undone_or_falls_away_is_not_kept),
		cmocka_unit_test(exemptions_count_both_ways),
		cmocka_unit_test(
			an_exemption_that_never_was_stays_in_the_register_and_counts_no_more),
		cmocka_unit_test(what_had_come_of_what_never_began_stays),
		cmocka_unit_test(what_has_no_date_is_counted_as_missed_alone),
		cmocka_unit_test(exemptions_of_one_day_have_an_order),
		cmocka_unit_test(rates_are_rounded_to_a_tenth),
		cmocka_unit_test(only_dates_of_the_period_are_counted),
		cmocka_unit_test(the_familys_own_time_is_nobodys_promise),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
