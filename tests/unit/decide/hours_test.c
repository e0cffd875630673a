/* When a message may leave. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

struct row {
	const char *now;
	enum grade grade;
	enum channel_kind channel;
	bool adverse;
	const char *deadline; /* NULL: none */
	const char *wanted;
};

static instant instant_of(const char *text)
{
	instant at = INSTANT_NEVER;
	assert_true(text == NULL || instant_parse(str_of(text), &at));
	return at;
}

static str not_before(const struct row *row, const struct contact *contact)
{
	instant now = instant_of(row->now);
	struct turn turn = { .arena = &scene.arena, .policy = scene.policy, .now = now };
	struct intent intent = { .grade = row->grade, .adverse = row->adverse };
	struct recipient recipient = { .contact = contact };
	return instant_print(&scene.arena,
			     hours_not_before(&turn, &intent, &recipient, row->channel,
					      instant_of(row->deadline)));
}

static void assert_rows(const struct row *rows, size_t n, const struct contact *contact)
{
	for (size_t i = 0; i < n; i++) {
		str got = not_before(&rows[i], contact);
		if (!str_eq(got, str_of(rows[i].wanted)))
			print_error("row %zu\n", i);
		assert_str(got, rows[i].wanted);
	}
}
#define ROWS(rows, contact) assert_rows((rows), sizeof(rows) / sizeof((rows)[0]), (contact))

#define SMS_ CHANNEL_SMS
#define INFO GRADE_INFORMATION

static void families_are_told_by_day_unless_it_is_urgent(void **state)
{
	const struct contact contact = { 0 };
	static const struct row rows[] = {
		{ "2026-11-02T10:00:00Z", INFO, SMS_, false, NULL, "2026-11-02T10:00:00Z" },
		{ "2026-11-02T07:59:59Z", INFO, SMS_, false, NULL, "2026-11-02T08:00:00Z" },
		{ "2026-11-02T18:00:00Z", INFO, SMS_, false, NULL, "2026-11-03T08:00:00Z" },
		/* Friday evening; the eve of Christmas: 25th, a weekend, 28th */
		{ "2026-11-06T19:00:00Z", INFO, SMS_, false, NULL, "2026-11-09T08:00:00Z" },
		{ "2026-12-24T19:00:00Z", INFO, SMS_, false, NULL, "2026-12-29T08:00:00Z" },
		/* summer time */
		{ "2027-07-01T05:00:00Z", INFO, SMS_, false, NULL, "2027-07-01T07:00:00Z" },
		{ "2026-11-02T22:00:00Z", GRADE_URGENT, SMS_, false, NULL, "2026-11-02T22:00:00Z" },
		{ "2026-11-02T22:00:00Z", INFO, CHANNEL_LETTER, false, NULL,
		  "2026-11-02T22:00:00Z" },
		{ "2026-11-02T22:00:00Z", INFO, CHANNEL_TASK, true, NULL, "2026-11-02T22:00:00Z" },
	};
	ROWS(rows, &contact);
}

static void bad_news_comes_when_somebody_can_answer(void **state)
{
	const struct contact contact = { 0 };
	static const struct row rows[] = {
		{ "2026-11-06T14:59:00Z", INFO, SMS_, true, NULL, "2026-11-06T14:59:00Z" },
		{ "2026-11-06T15:00:00Z", INFO, SMS_, true, NULL, "2026-11-09T08:00:00Z" },
		{ "2026-11-05T16:00:00Z", INFO, SMS_, true, NULL, "2026-11-05T16:00:00Z" },
		/* the eve of a holiday, the whole day long; Maundy Thursday */
		{ "2026-12-24T09:00:00Z", INFO, SMS_, true, NULL, "2026-12-29T08:00:00Z" },
		{ "2027-03-25T09:00:00Z", INFO, SMS_, true, NULL, "2027-03-30T07:00:00Z" },
		/* letters too, and the weekend */
		{ "2026-11-06T15:00:00Z", GRADE_FORMAL, CHANNEL_LETTER, true, NULL,
		  "2026-11-09T00:00:00Z" },
		{ "2026-11-07T10:00:00Z", GRADE_FORMAL, CHANNEL_LETTER, true, NULL,
		  "2026-11-09T00:00:00Z" },
		/* but never past the statutory day */
		{ "2026-11-06T15:00:00Z", GRADE_FORMAL, CHANNEL_LETTER, true,
		  "2026-11-09T00:00:00Z", "2026-11-06T15:00:00Z" },
		{ "2026-11-06T15:00:00Z", GRADE_FORMAL, CHANNEL_EMAIL, true, "2026-11-10T00:00:00Z",
		  "2026-11-09T08:00:00Z" },
	};
	ROWS(rows, &contact);
}

static void a_statutory_notice_does_not_wait_past_its_day(void **state)
{
	const struct contact contact = { 0 };
	static const struct row rows[] = {
		{ "2026-11-02T19:00:00Z", GRADE_FORMAL, CHANNEL_EMAIL, false,
		  "2026-11-03T00:00:00Z", "2026-11-02T19:00:00Z" },
		{ "2026-11-02T19:00:00Z", GRADE_FORMAL, CHANNEL_EMAIL, false,
		  "2026-11-04T00:00:00Z", "2026-11-03T08:00:00Z" },
		/* the day is over already: one night makes nothing worse */
		{ "2026-11-03T02:00:00Z", GRADE_FORMAL, CHANNEL_EMAIL, false,
		  "2026-11-03T00:00:00Z", "2026-11-03T08:00:00Z" },
	};
	ROWS(rows, &contact);
}

static void own_hours_replace_the_councils(void **state)
{
	struct contact contact = { .has_hours = true };
	week_open(&contact.hours, SATURDAY, 600, 660);
	static const struct row rows[] = {
		{ "2026-11-02T10:00:00Z", INFO, SMS_, false, NULL, "2026-11-07T10:00:00Z" },
		/* Saturday is never a good day for bad news: the family's hours win */
		{ "2026-11-02T10:00:00Z", INFO, SMS_, true, NULL, "2026-11-07T10:00:00Z" },
	};
	ROWS(rows, &contact);
	struct contact always = { .has_hours = true, .hours = { .always = true } };
	static const struct row night[] = {
		{ "2026-11-02T03:00:00Z", INFO, SMS_, false, NULL, "2026-11-02T03:00:00Z" },
	};
	ROWS(night, &always);
}

static void safe_hours_are_never_broken(void **state)
{
	struct contact contact = { .safe = { .on = true, .has_hours = true } };
	week_open(&contact.safe.hours, TUESDAY, 600, 660);
	static const struct row rows[] = {
		{ "2026-11-02T10:00:00Z", GRADE_URGENT, SMS_, false, NULL, "2026-11-03T10:00:00Z" },
		{ "2026-11-02T10:00:00Z", GRADE_FORMAL, CHANNEL_EMAIL, false,
		  "2026-11-03T00:00:00Z", "2026-11-03T10:00:00Z" },
	};
	ROWS(rows, &contact);
}

static void the_school_does_not_hear_before_the_family(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	/* Friday, ten past three, bad news: all copies wait for Monday. */
	CASE("2026-11-06T15:10:00Z", "refused", "{'reasons':'r'}");
	assert_said("letter c-mum refused legal_form 2026-11-09T00:00:00Z\n"
		    "email p-school party-refused agreed 2026-11-09T09:00:00Z\n");
}

static void each_parent_hears_in_their_own_hours_and_the_school_after_both(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700900001'},'hours':{'wed':[['10:00','11:00']]}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	assert_said("letter c-mum asked agreed 2026-11-02T10:00:00Z\n"
		    "sms c-dad asked agreed 2026-11-04T10:00:00Z\n"
		    "email p-school party-asked agreed 2026-11-04T10:00:00Z\n");
}

/* A weekend's rest is for those whom it is bad news to: our own people hear it while they work. */
static void bad_news_waits_for_whoever_it_is_bad_for(void **state)
{
	static const struct {
		enum audience audience;
		const char *wanted;
	} rows[] = {
		{ AUDIENCE_PARTIES, "2026-11-09T09:00:00Z" },
		{ AUDIENCE_OWNER, "2026-11-06T16:00:00Z" },
		{ AUDIENCE_MANAGER, "2026-11-06T16:00:00Z" },
	};
	instant now = instant_of("2026-11-06T16:00:00Z");
	struct turn turn = { .arena = &scene.arena, .policy = scene.policy, .now = now };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct intent intent = { .grade = INFO,
					 .adverse = true,
					 .audience = rows[i].audience };
		struct recipient recipient = { .id = S("x") };
		instant at = hours_not_before(&turn, &intent, &recipient, CHANNEL_EMAIL,
					      INSTANT_NEVER);
		assert_str(instant_print(&scene.arena, at), rows[i].wanted);
	}
}

/* Hours that an older record holds open at no time are none. */
static void hours_of_no_time_are_the_authoritys(void **state)
{
	const struct contact contact = { .has_hours = true };
	static const struct row rows[] = {
		{ "2026-11-02T07:00:00Z", INFO, SMS_, false, NULL, "2026-11-02T08:00:00Z" },
	};
	ROWS(rows, &contact);
}

/* Closed for seven weeks: bad news waits for an hour at which somebody answers, and no longer. */
static void where_no_day_is_kind_for_weeks_the_hours_win(void **state)
{
	const struct contact contact = { 0 };
	struct calendar *calendar = &scene.policy->calendars[0];
	calendar->holidays = TAKE(&scene.arena, struct holiday, 48);
	date day = DATE_NONE;
	date_parse(S("2026-12-01"), &day);
	for (calendar->n_holidays = 0; calendar->n_holidays < 48; day = date_add(day, 1))
		calendar->holidays[calendar->n_holidays++] =
			(struct holiday){ .day = day, .title = S("closed") };
	static const struct row rows[] = {
		{ "2026-12-01T10:00:00Z", INFO, CHANNEL_LETTER, true, NULL,
		  "2026-12-01T10:00:00Z" },
		{ "2026-12-01T10:00:00Z", INFO, SMS_, true, NULL, "2027-01-18T08:00:00Z" },
	};
	ROWS(rows, &contact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(families_are_told_by_day_unless_it_is_urgent),
		TEST(bad_news_comes_when_somebody_can_answer),
		TEST(a_statutory_notice_does_not_wait_past_its_day),
		TEST(own_hours_replace_the_councils),
		TEST(safe_hours_are_never_broken),
		TEST(the_school_does_not_hear_before_the_family),
		TEST(each_parent_hears_in_their_own_hours_and_the_school_after_both),
		TEST(bad_news_waits_for_whoever_it_is_bad_for),
		TEST(hours_of_no_time_are_the_authoritys),
		TEST(where_no_day_is_kind_for_weeks_the_hours_win),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
