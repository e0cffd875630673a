/* base/str.h forbids the process's own zone; here it is the judge, under a name that is not
 * forbidden. */
#include <time.h>
#define C_LIBRARY_LOCAL localtime

#include "base/zone.h"

#include "base/file.h"
#include "unit/base/check.h"

#include <stdlib.h>

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static const struct zone *zone(const char *name)
{
	const struct zone *read = NULL;
	if (zone_read(&arena, str_of(name), &read) != OK)
		fail_msg("%s is not read", name);
	return read;
}

static instant at(const char *text)
{
	instant moment = INSTANT_NEVER;
	if (!instant_parse(str_of(text), &moment))
		fail_msg("\"%s\" is no moment", text);
	return moment;
}

static date day(const char *text)
{
	date d = DATE_NONE;
	if (!date_parse(str_of(text), &d))
		fail_msg("\"%s\" is no date", text);
	return d;
}

/* "2026-03-29 02:00:00 +3600" */
static str local_words(const struct zone *place, const char *moment)
{
	struct local local = zone_local(place, at(moment));
	str words = date_print(&arena, local.day);
	int s = local.second_of_day;
	return str_fmt(&arena, "%.*s %02d:%02d:%02d %+d", STR_ARG(words), s / 3600, s / 60 % 60,
		       s % 60, local.utc_offset_s);
}

static void the_clocks_of_london_change_when_the_law_says(void **state)
{
	const struct zone *london = zone("Europe/London");
	assert_text(zone_name(london), "Europe/London");
	assert_text(local_words(london, "2026-03-29T00:59:59Z"), "2026-03-29 00:59:59 +0");
	assert_text(local_words(london, "2026-03-29T01:00:00Z"), "2026-03-29 02:00:00 +3600");
	assert_text(local_words(london, "2026-10-25T00:59:59Z"), "2026-10-25 01:59:59 +3600");
	assert_text(local_words(london, "2026-10-25T01:00:00Z"), "2026-10-25 01:00:00 +0");
	assert_text(local_words(london, "2026-06-30T23:30:00Z"), "2026-07-01 00:30:00 +3600");
	assert_int_equal(zone_date(london, at("2026-06-30T23:30:00Z")).day, day("2026-07-01").day);
	assert_text(local_words(london, "1970-06-01T12:00:00.999Z"), "1970-06-01 13:00:00 +3600");
	assert_text(local_words(london, "1969-12-31T23:59:59.5Z"), "1970-01-01 00:59:59 +3600");
	assert_text(local_words(london, "1800-01-01T12:00:00Z"), "1800-01-01 11:58:45 -75");
}

static void behind_the_files_last_change_the_rule_goes_on(void **state)
{
	const struct zone *london = zone("Europe/London");
	assert_text(local_words(london, "2100-03-28T00:59:59Z"), "2100-03-28 00:59:59 +0");
	assert_text(local_words(london, "2100-03-28T01:00:00Z"), "2100-03-28 02:00:00 +3600");
	assert_text(local_words(london, "2100-10-31T01:00:00Z"), "2100-10-31 01:00:00 +0");
	assert_text(local_words(london, "9999-07-01T12:00:00Z"), "9999-07-01 13:00:00 +3600");
	assert_text(local_words(zone("America/Sao_Paulo"), "2090-01-01T12:00:00Z"),
		    "2090-01-01 09:00:00 -10800");
}

static void a_local_time_is_one_moment(void **state)
{
	static const struct {
		const char *place, *day;
		int minute;
		const char *moment;
	} rows[] = {
		{ "Europe/London", "2026-11-23", 9 * 60, "2026-11-23T09:00:00Z" },
		{ "Europe/London", "2026-07-01", 9 * 60, "2026-07-01T08:00:00Z" },
		{ "Europe/London", "2026-07-01", 0, "2026-06-30T23:00:00Z" },
		{ "Europe/London", "2026-07-01", 1440, "2026-07-01T23:00:00Z" },
		/* 01:00 to 02:00 is skipped: forward by that hour. */
		{ "Europe/London", "2026-03-29", 59, "2026-03-29T00:59:00Z" },
		{ "Europe/London", "2026-03-29", 60, "2026-03-29T01:00:00Z" },
		{ "Europe/London", "2026-03-29", 90, "2026-03-29T01:30:00Z" },
		{ "Europe/London", "2026-03-29", 120, "2026-03-29T01:00:00Z" },
		{ "Europe/London", "2026-03-29", 1440, "2026-03-29T23:00:00Z" },
		/* 01:00 to 02:00 comes twice: the first. */
		{ "Europe/London", "2026-10-25", 60, "2026-10-25T00:00:00Z" },
		{ "Europe/London", "2026-10-25", 119, "2026-10-25T00:59:00Z" },
		{ "Europe/London", "2026-10-25", 120, "2026-10-25T02:00:00Z" },
		{ "Europe/London", "2026-10-25", 1440, "2026-10-26T00:00:00Z" },
		{ "Europe/London", "2100-03-28", 90, "2100-03-28T01:30:00Z" },
		{ "Europe/London", "2100-10-31", 90, "2100-10-31T00:30:00Z" },
		/* Midnight itself is skipped. */
		{ "America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z" },
		{ "America/Sao_Paulo", "2018-11-04", 30, "2018-11-04T03:30:00Z" },
		/* Half an hour only. */
		{ "Australia/Lord_Howe", "2026-10-04", 125, "2026-10-03T15:35:00Z" },
		/* A whole day is skipped. */
		{ "Pacific/Apia", "2011-12-30", 600, "2011-12-30T20:00:00Z" },
		{ "UTC", "2026-02-28", 1440, "2026-03-01T00:00:00Z" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		instant moment = zone_instant(zone(rows[i].place), day(rows[i].day),
					      rows[i].minute);
		assert_text(instant_print(&arena, moment), rows[i].moment);
	}
}

static void a_local_time_may_be_said_to_the_second(void **state)
{
	instant gap = zone_instant_second(zone("Europe/London"), day("2026-03-29"), 5401);
	assert_text(instant_print(&arena, gap), "2026-03-29T01:30:01Z");
	instant end = zone_instant_second(zone("Europe/London"), day("2026-03-29"), 86400);
	assert_text(instant_print(&arena, end), "2026-03-29T23:00:00Z");
}

static void an_offset_holds_from_one_change_to_the_next(void **state)
{
	instant at;
	assert_true(instant_parse(S("2100-07-01T12:00:00Z"), &at));
	struct zone_stretch summer = zone_stretch_at(zone("Europe/London"), at);
	assert_int_equal(summer.utc_offset_s, 3600);
	assert_text(instant_print(&arena, summer.since), "2100-03-28T01:00:00Z");
	assert_text(instant_print(&arena, summer.until), "2100-10-31T01:00:00Z");
	assert_true(instant_is_never(zone_stretch_at(zone("UTC"), at).until));
}

/* What the C library says, asked in a child because it has one zone for the whole process. */
static void compare_with_the_c_library(const struct zone *place, const char *name, int64_t from)
{
	pid_t child = fork();
	if (child == 0) {
		setenv("TZ", name, 1);
		for (int64_t s = from; s < INT64_C(4102444800); s += 29 * 3600 + 1713) {
			const time_t second = (time_t)s;
			struct local got = zone_local(place, (instant){ s * 1000 });
			struct tm *want = C_LIBRARY_LOCAL(&second);
			struct civil civil = date_civil(got.day);
			int of_day = want->tm_hour * 3600 + want->tm_min * 60 + want->tm_sec;
			if (got.utc_offset_s != want->tm_gmtoff || got.second_of_day != of_day ||
			    civil.year != want->tm_year + 1900 || civil.month != want->tm_mon + 1 ||
			    civil.mday != want->tm_mday)
				_exit(1);
		}
		_exit(0);
	}
	int status = -1;
	waitpid(child, &status, 0);
	if (status != 0)
		fail_msg("%s is not as the C library has it", name);
}

static void each_day_of_two_centuries_is_as_the_c_library_has_it(void **state)
{
	static const char *const places[] = {
		"Europe/London",
		"Europe/Dublin",
		"America/New_York",
		"America/Sao_Paulo",
		"Australia/Adelaide",
		"Africa/Casablanca",
		"Asia/Kathmandu",
		"Pacific/Chatham",
		"America/Nuuk",
		"Asia/Gaza",
		"Antarctica/Troll",
		"Europe/Moscow",
		"UTC",
		"Australia/Lord_Howe",
		"America/Santiago",
		"Etc/GMT-14",
	};
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		compare_with_the_c_library(zone(places[i]), places[i], -2000000000);
}

/* A file without changes: its footer alone says the time. */
static enum err parse_footer(str footer, const struct zone **out)
{
	static const char part[] =
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" /* and fifteen bytes that are not used */
		"\0\0\0\0\0\0\0\0\0\0\0\0"            /* no indicators, no leap seconds */
		"\0\0\0\0\0\0\0\1\0\0\0\4"            /* no changes, one type, its name */
		"\0\0\0\0\0\0UTC";
	struct buf file = buf_of(&arena, 1000);
	for (int i = 0; i < 2; i++)
		buf_add(&file, (str){ part, sizeof(part) });
	buf_fmt(&file, "\n%.*s\n", STR_ARG(footer));
	return zone_parse(&arena, S("Made/Up"), buf_str(&file), out);
}

static void every_form_of_a_rule_is_as_the_c_library_has_it(void **state)
{
	static const char *const footers[] = {
		"GMT0BST,M3.5.0/1,M10.5.0",
		"EST5EDT,M3.2.0,M11.1.0",
		"<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
		"AAA-3BBB,J60/3:30,J300/12:15:30",
		"AAA3BBB,59,299/0",
		"AAA-10:30BBB-11,M10.1.0,M4.1.0",
		"AAA0BBB-2,M3.1.1/26,M11.4.4/-20",
		"IST-5:30",
	};
	for (size_t i = 0; i < sizeof(footers) / sizeof(footers[0]); i++) {
		const struct zone *made = NULL;
		assert_int_equal(parse_footer(str_of(footers[i]), &made), OK);
		/* Its own rules begin in 1970. */
		compare_with_the_c_library(made, footers[i], 0);
	}
}

static void a_rule_may_reach_days_beyond_its_day_and_year(void **state)
{
	const struct zone *made = NULL;
	/* The Sunday of the last week of March, and 167 hours. */
	assert_int_equal(parse_footer(S("AAA0BBB,M3.5.0/167,M10.5.0/-167"), &made), OK);
	assert_text(local_words(made, "2026-04-04T22:59:59Z"), "2026-04-04 22:59:59 +0");
	assert_text(local_words(made, "2026-04-04T23:00:00Z"), "2026-04-05 00:00:00 +3600");
	assert_text(local_words(made, "2026-10-17T23:59:59Z"), "2026-10-18 00:59:59 +3600");
	assert_text(local_words(made, "2026-10-18T00:00:00Z"), "2026-10-18 00:00:00 +0");
	/* Summer that begins in the year before its own, and one that ends in the year after. */
	assert_int_equal(parse_footer(S("AAA0BBB,0/-48,J100/0"), &made), OK);
	assert_text(local_words(made, "2026-12-29T23:59:59Z"), "2026-12-29 23:59:59 +0");
	assert_text(local_words(made, "2026-12-30T00:00:00Z"), "2026-12-30 01:00:00 +3600");
	assert_int_equal(parse_footer(S("AAA0BBB,J300/0,J365/72"), &made), OK);
	assert_text(local_words(made, "2027-01-02T22:59:59Z"), "2027-01-02 23:59:59 +3600");
	assert_text(local_words(made, "2027-01-02T23:00:00Z"), "2027-01-02 23:00:00 +0");
	/* Summer for ever (RFC 8536, 3.3.1). */
	assert_int_equal(parse_footer(S("EST5EDT,0/0,J365/25"), &made), OK);
	assert_text(local_words(made, "2026-12-31T12:00:00Z"), "2026-12-31 08:00:00 -14400");
	assert_text(local_words(made, "2027-01-01T04:59:59Z"), "2027-01-01 00:59:59 -14400");
	assert_text(local_words(made, "2028-02-29T12:00:00Z"), "2028-02-29 08:00:00 -14400");
}

static void a_footer_that_is_no_rule_is_refused(void **state)
{
	static const char *const bad[] = {
		"GMT",
		"GM0",
		"GMT0BST",
		"GMT0BST,M3.5.0",
		"GMT25",
		"GMT0BST,M13.5.0,M10.5.0",
		"GMT0BST,M3.6.0,M10.5.0",
		"GMT0BST,M3.0.0,M10.5.0",
		"GMT0BST,M3.5.7,M10.5.0",
		"GMT0BST,J0,J300",
		"GMT0BST,J366,J300",
		"GMT0BST,366,300",
		"GMT0BST,1/168,300",
		"GMT0BST,M3.5.0,M10.5.0,",
		"<+030",
		"GMT0:60",
		"GMT99999999999999999999",
	};
	const struct zone *untouched = NULL;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (parse_footer(str_of(bad[i]), &untouched) != ERR_BAD_TEXT)
			fail_msg("\"%s\" is read", bad[i]);
	assert_null(untouched);
}

static void a_file_that_counts_leap_seconds_is_refused(void **state)
{
	static const char old[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
				  "\0\0\0\0\0\0UTC";
	static const char leap[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				   "\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\4"
				   "\0\0\0\0\0\0UTC\0"
				   "\0\0\0\0\4\xB2\x58\0\0\0\0\1"
				   "\nUTC0\n";
	str bytes = str_join(&arena, (str){ old, sizeof(old) }, (str){ leap, sizeof(leap) - 1 });
	const struct zone *untouched = NULL;
	assert_int_equal(zone_parse(&arena, S("x"), bytes, &untouched), ERR_BAD_TEXT);
	assert_null(untouched);
}

static void a_damaged_file_harms_nobody(void **state)
{
	str whole;
	assert_int_equal(file_read(&arena, S("/usr/share/zoneinfo/Europe/London"), 100000, &whole),
			 OK);
	struct arena brief = ARENA_EMPTY;
	const struct zone *place = NULL;
	for (size_t n = 0; n < whole.n; n++) {
		assert_int_equal(zone_parse(&brief, S("x"), str_slice(whole, 0, n), &place),
				 ERR_BAD_TEXT);
		arena_clear(&brief);
	}
	size_t still_read = 0;
	for (size_t i = 0; i < whole.n; i++) {
		char *bytes = TAKE(&brief, char, whole.n);
		memcpy(bytes, whole.p, whole.n);
		bytes[i] = (char)~bytes[i];
		if (zone_parse(&brief, S("x"), (str){ bytes, whole.n }, &place) == OK) {
			still_read++;
			zone_local(place, at("2026-07-01T12:00:00Z"));
			zone_instant(place, day("2026-07-01"), 720);
		}
		arena_clear(&brief);
	}
	assert_in_range(still_read, 1, whole.n - 1);
	arena_free(&brief);
}

static void a_name_leads_nowhere_but_into_the_database(void **state)
{
	static const char *const bad[] = {
		"",
		"/etc/passwd",
		"../../../etc/passwd",
		"Europe/../UTC",
		"Europe/./London",
		"Europe/ London",
		"Europe/London/",
		"Europe/London\n",
		"tzdata.zi",
		"No/Such_Place",
	};
	const struct zone *untouched = NULL;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(zone_read(&arena, str_of(bad[i]), &untouched), ERR_NOT_FOUND);
	assert_int_equal(zone_read(&arena, S("UTC\0"), &untouched), ERR_NOT_FOUND);
	assert_int_not_equal(zone_read(&arena, S("Europe"), &untouched), OK);
	assert_null(untouched);
}

static void moments_without_a_day_of_their_own_are_borne(void **state)
{
	const struct zone *london = zone("Europe/London");
	assert_true(date_before(day("9999-12-31"), zone_date(london, INSTANT_NEVER)));
	assert_true(date_before(zone_date(london, (instant){ INT64_MIN }), day("1600-01-01")));
	assert_true(date_is(zone_date(london, (instant){ INT64_MIN })));
	assert_true(instant_before(at("9999-12-31T23:59:59Z"),
				   zone_instant(london, (date){ INT32_MAX }, 1440)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_local_time_may_be_said_to_the_second),
		cmocka_unit_test(an_offset_holds_from_one_change_to_the_next),
		cmocka_unit_test(the_clocks_of_london_change_when_the_law_says),
		cmocka_unit_test(behind_the_files_last_change_the_rule_goes_on),
		cmocka_unit_test(a_local_time_is_one_moment),
		cmocka_unit_test(each_day_of_two_centuries_is_as_the_c_library_has_it),
		cmocka_unit_test(every_form_of_a_rule_is_as_the_c_library_has_it),
		cmocka_unit_test(a_rule_may_reach_days_beyond_its_day_and_year),
		cmocka_unit_test(a_footer_that_is_no_rule_is_refused),
		cmocka_unit_test(a_file_that_counts_leap_seconds_is_refused),
		cmocka_unit_test(a_damaged_file_harms_nobody),
		cmocka_unit_test(a_name_leads_nowhere_but_into_the_database),
		cmocka_unit_test(moments_without_a_day_of_their_own_are_borne),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
