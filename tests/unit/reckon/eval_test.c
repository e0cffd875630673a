/* Questions as JSON lines: every operation, and every refusal. */
#include "world.h"

static const struct calendar *named(void *arg, str name)
{
	return str_eq(name, S("office")) ? arg : NULL;
}

static str answer(const char *line)
{
	static struct arena kept;
	static struct reckon_eval *eval;
	if (eval == NULL) {
		struct calendar *calendar = TAKE(&kept, struct calendar, 1);
		*calendar = *office();
		eval = reckon_eval_new(&kept, named, calendar);
	}
	struct buf out = buf_of(&arena, 4096);
	bool fine = reckon_eval_line(eval, &arena, str_of(line), &out);
	assert_int_equal(fine, str_starts(buf_str(&out), S("{\"result\":")));
	return buf_str(&out);
}

#define WEEK "\"calendar\":{\"zone\":\"Europe/London\"," NINE_TO_FIVE "}"
#define ASK(op, rest) "{\"op\":\"" op "\"," rest "}"

static void every_operation_answers(void **state)
{
	static const struct {
		const char *line, *answer;
	} cases[] = {
		{ ASK("add_working_time",
		      "\"calendar\":{\"zone\":\"Europe/London\"," NINE_TO_FIVE
		      ",\"holidays\":[\"2026-12-25\"],\"yearly\":[\"12-25\"],"
		      "\"exceptions\":{\"2026-12-24\":[[\"09:00\",\"12:00\"]]},"
		      "\"breaks\":{\"2026-01-05\":[[\"12:00\",\"13:00\"]]},"
		      "\"pauses\":[[\"2026-01-05T09:30:00Z\",\"2026-01-05T09:45:00Z\"]]},"
		      "\"from\":\"2026-01-05T09:00:00Z\",\"seconds\":3600"),
		  "{\"result\":\"2026-01-05T10:15:00Z\"}" },
		{ ASK("add_working_time",
		      WEEK ",\"from\":\"2026-07-01T09:30:00+01:00\",\"seconds\":1800"),
		  "{\"result\":\"2026-07-01T09:00:00Z\"}" },
		{ ASK("subtract_working_time",
		      WEEK ",\"from\":\"2026-01-05T10:00:00Z\",\"seconds\":7200"),
		  "{\"result\":\"2026-01-02T16:00:00Z\"}" },
		{ ASK("subtract_working_time",
		      WEEK ",\"from\":\"2026-01-05T20:00:00Z\",\"seconds\":0"),
		  "{\"result\":\"2026-01-05T17:00:00Z\"}" },
		{ ASK("add_working_days", WEEK ",\"from\":\"2026-01-02\",\"days\":1"),
		  "{\"result\":\"2026-01-05\"}" },
		{ ASK("add_working_days", WEEK ",\"from\":\"2026-01-05\",\"days\":-1"),
		  "{\"result\":\"2026-01-02\"}" },
		{ ASK("add_working_days", WEEK ",\"from\":\"2026-01-03\",\"days\":0"),
		  "{\"result\":\"2026-01-03\"}" },
		{ ASK("add_working_days", WEEK ",\"from\":\"2026-06-30T23:30:00Z\",\"days\":1"),
		  "{\"result\":\"2026-07-02\"}" },
		{ ASK("add_working_days",
		      "\"calendar\":\"office\",\"from\":\"2026-12-24\",\"days\":1"),
		  "{\"result\":\"2026-12-29\"}" },
		{ ASK("add_days_rolled", WEEK ",\"from\":\"2026-01-01\",\"days\":2"),
		  "{\"result\":\"2026-01-05\"}" },
		{ ASK("add_days_rolled", WEEK ",\"from\":\"2026-01-03\",\"days\":0"),
		  "{\"result\":\"2026-01-05\"}" },
		{ ASK("elapsed",
		      WEEK ",\"from\":\"2026-01-05T09:00:00Z\",\"to\":\"2026-01-06T10:00:00Z\""),
		  "{\"result\":32400}" },
		{ ASK("elapsed",
		      WEEK ",\"from\":\"2026-01-06T09:00:00Z\",\"to\":\"2026-01-05T10:00:00Z\""),
		  "{\"result\":0}" },
		{ ASK("elapsed", WEEK
		      ",\"from\":\"2026-01-05T09:00:00Z\",\"to\":\"2026-01-05T09:00:01.250Z\""),
		  "{\"result\":1.250}" },
		{ ASK("working_days_between",
		      WEEK ",\"from\":\"2026-01-02\",\"to\":\"2026-01-09\""),
		  "{\"result\":5}" },
		{ ASK("working_days_between",
		      WEEK ",\"from\":\"2026-01-09\",\"to\":\"2026-01-02\""),
		  "{\"result\":-5}" },
		{ ASK("next_open", WEEK ",\"from\":\"2026-01-02T17:00:00Z\""),
		  "{\"result\":\"2026-01-05T09:00:00Z\"}" },
		{ ASK("previous_open", WEEK ",\"from\":\"2026-01-05T08:00:00Z\""),
		  "{\"result\":\"2026-01-02T17:00:00Z\"}" },
		{ ASK("is_open", WEEK ",\"at\":\"2026-01-05T09:00:00Z\""), "{\"result\":true}" },
		{ ASK("is_open", WEEK ",\"at\":\"2026-01-05T17:00:00Z\""), "{\"result\":false}" },
		{ ASK("is_working_day", WEEK ",\"date\":\"2026-01-05\""), "{\"result\":true}" },
		{ ASK("is_working_day", WEEK ",\"date\":\"2026-01-04\""), "{\"result\":false}" },
		{ ASK("to_instant", "\"zone\":\"Europe/London\",\"local\":\"2026-03-29T01:30:00\""),
		  "{\"result\":\"2026-03-29T01:30:00Z\"}" },
		{ ASK("to_instant", "\"zone\":\"Europe/London\",\"local\":\"2026-10-25T01:30\""),
		  "{\"result\":\"2026-10-25T00:30:00Z\"}" },
		{ ASK("to_instant", "\"zone\":\"Europe/London\",\"local\":\"2026-10-25 24:00\""),
		  "{\"result\":\"2026-10-26T00:00:00Z\"}" },
		{ ASK("to_instant", "\"zone\":\"Asia/Kolkata\",\"local\":\"2126-10-25T05:30:59\""),
		  "{\"result\":\"2126-10-25T00:00:59Z\"}" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(answer(cases[i].line), cases[i].answer);
}

/* Of 2026 and 2027 in England and Wales: 25 and 28 December and 1 January are holidays. */
static void a_letter_is_printed_and_arrives_as_its_postage_says(void **state)
{
	static const struct {
		const char *handed_over, *postage, *answer;
	} cases[] = {
		/* Monday: printed on Tuesday, first class there on Wednesday. */
		{ "2026-11-02T10:00:00Z", "first",
		  "[\"2026-11-03\",\"2026-11-04\",\"2026-11-04\"]" },
		{ "2026-11-02T10:00:00Z", "second",
		  "[\"2026-11-03\",\"2026-11-09\",\"2026-11-10\"]" },
		{ "2026-11-02T10:00:00Z", "economy",
		  "[\"2026-11-03\",\"2026-11-09\",\"2026-11-12\"]" },
		/* Until 17:30 in London, in summer as in winter. */
		{ "2026-11-02T17:30:00Z", "first",
		  "[\"2026-11-03\",\"2026-11-04\",\"2026-11-04\"]" },
		{ "2026-11-02T17:30:01Z", "first",
		  "[\"2026-11-04\",\"2026-11-05\",\"2026-11-05\"]" },
		{ "2026-07-06T16:30:00Z", "first",
		  "[\"2026-07-07\",\"2026-07-08\",\"2026-07-08\"]" },
		{ "2026-07-06T16:30:01Z", "first",
		  "[\"2026-07-08\",\"2026-07-09\",\"2026-07-09\"]" },
		/* First class comes on Saturdays, second class does not. */
		{ "2026-11-05T10:00:00Z", "first",
		  "[\"2026-11-06\",\"2026-11-07\",\"2026-11-07\"]" },
		{ "2026-11-05T10:00:00Z", "second",
		  "[\"2026-11-06\",\"2026-11-12\",\"2026-11-13\"]" },
		/* Christmas. */
		{ "2026-12-23T10:00:00Z", "first",
		  "[\"2026-12-24\",\"2026-12-26\",\"2026-12-26\"]" },
		{ "2026-12-23T10:00:00Z", "second",
		  "[\"2026-12-24\",\"2027-01-04\",\"2027-01-05\"]" },
		{ "2026-12-24T18:00:00Z", "economy",
		  "[\"2026-12-30\",\"2027-01-06\",\"2027-01-11\"]" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str line = str_fmt(&arena,
				   "{\"op\":\"letter_arrival\",\"handed_over\":\"%s\","
				   "\"postage\":\"%s\",\"holidays\":[\"2026-12-25\","
				   "\"2026-12-28\",\"2027-01-01\"]}",
				   cases[i].handed_over, cases[i].postage);
		str want = str_fmt(&arena, "{\"result\":%s}", cases[i].answer);
		assert_str(answer(str_z(&arena, line)), str_z(&arena, want));
	}
}

static void what_cannot_be_answered_says_why(void **state)
{
	static const struct {
		const char *line, *code, *message;
	} cases[] = {
		{ "nonsense", "not_json", "this line cannot be read" },
		{ "[]", "wrong_type", "a line is an object" },
		{ "{}", "missing_field", "op: this is wanted" },
		{ "{\"op\":1}", "wrong_type", "op: a text is wanted" },
		{ "{\"op\":\"a\",\"op\":\"b\"}", "duplicate_key", "" },
		{ ASK("guess", WEEK), "unknown_op", "op: there is no such operation" },
		{ ASK("is_open", "\"at\":\"2026-01-05T09:00:00Z\""), "missing_field", "calendar" },
		{ ASK("is_open", "\"calendar\":\"shop\""), "unknown_calendar", "calendar" },
		{ ASK("is_open", "\"calendar\":[]"), "wrong_type", "calendar" },
		{ ASK("is_open", "\"calendar\":{}"), "missing_field", "calendar.zone" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"Europe/Leeds\"}"), "unknown_zone",
		  "calendar.zone" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"../../etc/passwd\"}"), "unknown_zone",
		  "calendar.zone" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":{}}"), "never_open",
		  "this calendar is never open" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":"
				 "{\"mon\":[[\"17:00\",\"09:00\"]]}}"),
		  "bad_hours", "calendar.week: hours end behind their beginning" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":"
				 "{\"mon\":[[\"09:00\",\"09:00\"]]}}"),
		  "bad_hours", "calendar.week: hours end behind" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":"
				 "{\"mon\":[[\"09:00\",\"25:00\"]]}}"),
		  "bad_hours", "calendar.week: a time is written" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":"
				 "{\"mon\":[[\"09:00\",\"12:00\"],[\"11:00\",\"13:00\"]]}}"),
		  "bad_hours", "calendar.week: hours of a day overlap" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"week\":{\"monday\":[]}}"),
		  "bad_data", "calendar.week: the days are" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"holidays\":[\"25.12.2026\"]}"),
		  "bad_time", "calendar.holidays: a date is wanted" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"yearly\":[\"02-30\"]}"),
		  "bad_time", "calendar.yearly: a month and a day" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"pauses\":[[\"2026-01-05T09:"
				 "00:00Z\",\"2026-01-04T09:00:00Z\"]]}"),
		  "bad_data", "calendar.pauses: a pause ends behind its beginning" },
		{ ASK("is_open", WEEK ",\"at\":\"2026-01-05\""), "bad_time", "at: an instant" },
		{ ASK("is_working_day", WEEK ",\"date\":\"2026-02-30\""), "bad_time", "date:" },
		{ ASK("add_working_time", WEEK ",\"from\":\"2026-01-05T09:00:00Z\",\"seconds\":-1"),
		  "negative", "seconds:" },
		{ ASK("add_working_time",
		      WEEK ",\"from\":\"2026-01-05T09:00:00Z\",\"seconds\":\"1\""),
		  "wrong_type", "seconds: a whole number" },
		{ ASK("add_working_time",
		      WEEK ",\"from\":\"2026-01-05T09:00:00Z\",\"seconds\":9223372036854775807"),
		  "too_far", "" },
		{ ASK("subtract_working_time",
		      WEEK ",\"from\":\"2026-01-05T09:00:00Z\",\"seconds\":99999999999"),
		  "too_far", "" },
		{ ASK("add_working_days",
		      WEEK ",\"from\":\"2026-01-05\",\"days\":-9223372036854775808"),
		  "too_far", "" },
		{ ASK("add_days_rolled", WEEK ",\"from\":\"2026-01-05\",\"days\":-1"), "negative",
		  "days:" },
		/* Open on one day that is long past. */
		{ ASK("next_open", "\"calendar\":{\"zone\":\"UTC\",\"exceptions\":"
				   "{\"2020-01-01\":[[\"09:00\",\"10:00\"]]}},"
				   "\"from\":\"2026-01-05T09:00:00Z\""),
		  "never_open", "" },
		{ ASK("is_open", "\"calendar\":{\"zone\":\"UTC\",\"holidais\":[]}"), "unknown_key",
		  "calendar: 'holidais' is no key of a calendar" },
		{ ASK("to_instant", "\"zone\":\"America/New_York\",\"local\":\"9999-12-31T20:00\""),
		  "too_far", "" },
		{ ASK("letter_arrival",
		      "\"handed_over\":\"9999-12-30T09:00:00Z\",\"postage\":\"economy\""),
		  "too_far", "" },
		{ ASK("to_instant", "\"zone\":\"UTC\",\"local\":\"2026-01-05T24:01\""), "bad_time",
		  "local:" },
		{ ASK("to_instant", "\"zone\":\"UTC\",\"local\":\"2026-01-05T24:00:01\""),
		  "bad_time", "local:" },
		{ ASK("letter_arrival",
		      "\"handed_over\":\"2026-01-05T09:00:00Z\",\"postage\":\"third\""),
		  "bad_data", "postage:" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str head = str_fmt(&arena, "{\"error\":{\"code\":\"%s\",\"message\":\"%s",
				   cases[i].code, cases[i].message);
		str got = answer(cases[i].line);
		if (!str_starts(got, head))
			fail_msg("%s\ngives %.*s", cases[i].line, STR_ARG(got));
	}
}

/* Open on two dates, 100 years apart. */
static void dated_hours_alone_are_found_however_far(void **state)
{
#define TWO_DATES                                                                                  \
	"\"calendar\":{\"zone\":\"UTC\",\"exceptions\":{\"2000-01-01\":[[\"09:00\",\"10:00\"]],"   \
	"\"2100-01-01\":[[\"09:00\",\"10:00\"]]}}"
	static const struct {
		const char *line, *answer;
	} cases[] = {
		{ ASK("next_open", TWO_DATES ",\"from\":\"2000-01-01T10:00:00Z\""),
		  "{\"result\":\"2100-01-01T09:00:00Z\"}" },
		{ ASK("previous_open", TWO_DATES ",\"from\":\"2100-01-01T09:00:00Z\""),
		  "{\"result\":\"2000-01-01T10:00:00Z\"}" },
		{ ASK("elapsed", TWO_DATES
		      ",\"from\":\"1999-01-01T00:00:00Z\",\"to\":\"2101-01-01T00:00:00Z\""),
		  "{\"result\":7200}" },
		{ ASK("add_working_days", TWO_DATES ",\"from\":\"2000-01-01\",\"days\":1"),
		  "{\"result\":\"2100-01-01\"}" },
		{ ASK("add_working_days", TWO_DATES ",\"from\":\"2100-01-01\",\"days\":-1"),
		  "{\"result\":\"2000-01-01\"}" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_str(answer(cases[i].line), cases[i].answer);
	assert_true(str_starts(
		answer(ASK("add_working_days", TWO_DATES ",\"from\":\"2100-01-01\",\"days\":1")),
		S("{\"error\":{\"code\":\"never_open\"")));
}

static void a_calendar_that_hardly_opens_is_searched_to_its_end(void **state)
{
	/* Mondays, but on 29 February only: every 28 years. */
	struct buf line = buf_of(&arena, 1 << 14);
	buf_add(&line, S("{\"op\":\"next_open\",\"from\":\"2026-01-05T09:00:00Z\",\"calendar\":"
			 "{\"zone\":\"UTC\",\"week\":{\"mon\":[[\"09:00\",\"10:00\"]]},"
			 "\"yearly\":[\"12-31\""));
	date day = day_of("2027-01-01");
	for (; date_civil(day).year == 2027; day = date_add(day, 1)) {
		str text = date_print(&arena, day);
		buf_fmt(&line, ",\"%.*s\"", STR_ARG(str_slice(text, 5, text.n)));
	}
	buf_add(&line, S("]}}"));
	assert_str(answer(str_z(&arena, buf_str(&line))), "{\"result\":\"2044-02-29T09:00:00Z\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_operation_answers),
		cmocka_unit_test(a_letter_is_printed_and_arrives_as_its_postage_says),
		cmocka_unit_test(what_cannot_be_answered_says_why),
		cmocka_unit_test(dated_hours_alone_are_found_however_far),
		cmocka_unit_test(a_calendar_that_hardly_opens_is_searched_to_its_end),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
