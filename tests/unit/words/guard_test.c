#include "words/inner.h"

#include "unit/words/bench.h"

static void words_that_tell_a_stranger_are_found(void **state)
{
	static const struct {
		const char *text, *word;
	} rows[] = {
		{ "Your EHC plan", "ehc" },
		{ "the SEND team", "SEND" },
		{ "We will send you a letter", "" },
		{ "Special help", "special" },
		{ "the School.", "school" },
		{ "social care", "social care" },
		{ "a social call about care", "" },
		{ "Autism", "autism" },
		{ "planet, planned, needle", "" },
		{ "We refused", "refused" },
		{ "Please call us. Questions: Sam, 0114 496 0000", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_str(revealing_word(str_of(rows[i].text)), rows[i].word);
}

static void dates_that_are_spelt_out_are_found(void **state)
{
	static const struct {
		const char *text;
		bool date;
	} rows[] = {
		{ "by 12 January", true },
		{ "by 12 January 2027", true },
		{ "on the 1st of May", true },
		{ "on 3 Sept", true },
		{ "in January 2027", true },
		{ "January 12", true },
		{ "on 2026-12-14", true },
		{ "on 12/01/2027", true },
		{ "by 12/1", true },
		{ "Regulations 2014, reg. 5(1)", false },
		{ "within 15 days", false },
		{ "you may ask 2 people", false },
		{ "1 in 5 may not",
		  true }, /* "5 may" is one too many; better so than the other way */
		{ "call 0114 496 0000", false },
		{ "24 hours a day", false },
		{ "2 marchers", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		str text = str_of(rows[i].text);
		bool found = literal_date(text) < text.n;
		if (found != rows[i].date)
			print_error("%s\n", rows[i].text);
		assert_int_equal(found, rows[i].date);
	}
}

/* One value of an event in a message to a parent who lives at 12 Mill Road. */
static bool passes(const char *value)
{
	struct tag tag = { .kind = TAG_VALUE, .text = S("event.summary"), .file = S("t.md") };
	struct used used = { .text = str_of(value), .tag = &tag };
	const struct wording wording = { .used = &used, .n_used = 1 };
	const struct message message = {
		.letter = { S("12 Mill Road"), S("Sheffield"), S("S11 8AB") },
		.n_letter = 3,
		.email = S("parent@family.example"),
	};
	const struct json *values = NULL;
	assert_int_equal(json_parse(&arena,
				    S("{\"owner\":{\"phone\":\"0114 496 0777\",\"email\":"
				      "\"sam@council.example\"}}"),
				    4, &values, NULL),
			 JSON_FINE);
	str why = STR_EMPTY;
	bool fine = guard_values(&arena, sample_policy(&arena), &message, values, &wording, &why);
	/* What is told holds no value, only where it stands. */
	assert_true(fine || !has(why, value));
	return fine;
}

static void what_could_find_somebody_is_stopped(void **state)
{
	static const char *const stopped[] = {
		"call her on 07700 900123",
		"call +44 7700 900123",
		"(0114) 272 6444",
		"write to mum.smith@family.example, please",
		"parent@family.example",
		"they live in S10 2TN now",
		"s102tn",
		"at EC1A 1BB",
		"we came to 12 Mill Road",
		"12, MILL ROAD",
	};
	for (size_t i = 0; i < sizeof stopped / sizeof stopped[0]; i++) {
		if (passes(stopped[i]))
			print_error("%s\n", stopped[i]);
		assert_false(passes(stopped[i]));
	}
}

static void what_the_authority_publishes_may_stand(void **state)
{
	static const char *const fine[] = {
		"call the named contact on 0114 496 0777",
		"call +44 114 496 0777",
		"or (0114) 4960777",
		"write to SAM@council.example",
		"ring the adviser: 0114 496 0202",
		"our office is in S1 1ZZ",
		"2 reports, 15 days, section 36(1), 3.30 pm",
		"reference 2026-0041-000123",
		"an email @ work",
		"Year 7 to Year 11",
	};
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
		if (!passes(fine[i]))
			print_error("%s\n", fine[i]);
		assert_true(passes(fine[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(words_that_tell_a_stranger_are_found, begin),
		cmocka_unit_test_setup(dates_that_are_spelt_out_are_found, begin),
		cmocka_unit_test_setup(what_could_find_somebody_is_stopped, begin),
		cmocka_unit_test_setup(what_the_authority_publishes_may_stand, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
