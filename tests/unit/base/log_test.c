#include "base/log.h"

#include "base/json.h"
#include "base/utf8.h"
#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static int saved;
static int ends[2];

/* From here on what is logged goes into a pipe; heard() gives it and ends that. */
static void listen_to_the_log(enum log_level most, enum log_format format)
{
	log_configure(most, format);
	assert_int_equal(pipe(ends), 0);
	saved = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
}

static str heard(void)
{
	dup2(saved, STDERR_FILENO);
	close(saved);
	char *bytes = TAKE(&arena, char, 20000);
	size_t n = 0;
	for (ssize_t got = 1; got > 0; n += (size_t)got)
		got = read(ends[0], bytes + n, 20000 - n);
	close(ends[0]);
	return (str){ bytes, n };
}

/* What a program reads that takes the line for JSON. */
static const struct json *parsed(str line)
{
	const struct json *json = NULL;
	if (!str_ends(line, S("}\n")) || json_parse(&arena, line, 1, &json, NULL) != JSON_FINE)
		fail_msg("no JSON: %.*s", STR_ARG(line));
	return json;
}

static void the_text_form_says_level_name_and_fields(void **state)
{
	listen_to_the_log(LOG_INFO, LOG_TEXT);
	LOG(INFO, "decided", LOG_ID("event", S("e1")), LOG_NUM("messages", 2));
	LOG(ERROR, "refused", LOG_ID("code", STR_EMPTY), LOG_NUM("least", INT64_MIN));
	assert_text(heard(), "info decided event=e1 messages=2\n"
			     "error refused code= least=-9223372036854775808\n");
}

static void the_json_form_says_the_same(void **state)
{
	listen_to_the_log(LOG_INFO, LOG_JSON);
	LOG(WARNING, "decided", LOG_ID("event", S("e1")), LOG_NUM("messages", -2));
	assert_text(
		heard(),
		"{\"level\":\"warning\",\"name\":\"decided\",\"event\":\"e1\",\"messages\":-2}\n");
}

static void what_is_not_wanted_is_not_written(void **state)
{
	listen_to_the_log(LOG_WARNING, LOG_TEXT);
	LOG(INFO, "a", LOG_NUM("n", 1));
	LOG(DEBUG, "b", LOG_NUM("n", 1));
	LOG(WARNING, "c", LOG_NUM("n", 1));
	LOG(ERROR, "d", LOG_NUM("n", 1));
	assert_text(heard(), "warning c n=1\nerror d n=1\n");
	listen_to_the_log(LOG_DEBUG, LOG_TEXT);
	LOG(DEBUG, "b", LOG_NUM("n", 1));
	assert_text(heard(), "debug b n=1\n");
}

static void no_id_can_forge_a_line_or_a_field(void **state)
{
	listen_to_the_log(LOG_INFO, LOG_TEXT);
	LOG(INFO, "a", LOG_ID("id", S("x\nerror b=1 \\\t\r\x1B[0m\x7F\xC2\x85\xE2\x80\xA8")));
	assert_text(heard(), "info a id=\"x\\u000aerror b=1 \\u005c\\u0009\\u000d\\u001b[0m"
			     "\\u007f\\u0085\\u2028\"\n");
	listen_to_the_log(LOG_INFO, LOG_TEXT);
	LOG(INFO, "a", LOG_ID("id", S("\" b=\"1")), LOG_ID("c", S("x=\"")), LOG_ID("d", S("y=1")));
	assert_text(heard(), "info a id=\"\\u0022 b=\\u00221\" c=\"x=\\u0022\" d=y=1\n");
}

static void json_stays_json_whatever_an_id_holds(void **state)
{
	str nasty[] = { S("\"},{\"a\":\"\\"), S("\n\t\r \x01\0z"), S("Zoë 😀"), S("\xFF\xC3("),
			S("\xF0\x9F\xBF\xBE") };
	for (size_t i = 0; i < sizeof(nasty) / sizeof(nasty[0]); i++) {
		listen_to_the_log(LOG_INFO, LOG_JSON);
		LOG(INFO, "a", LOG_ID("id", nasty[i]));
		str line = heard();
		assert_int_equal(str_find(line, S("\n")), line.n - 1);
		assert_true(utf8_is(line));
		if (i == 0 || i == 2)
			assert_text(json_text(parsed(line), "id"), str_z(&arena, nasty[i]));
		if (i == 3)
			assert_text(json_text(parsed(line), "id"), "ÿÃ(");
		if (i == 4)
			assert_non_null(strstr(str_z(&arena, line), "\\ufffd"));
	}
}

static void a_long_line_is_cut_at_two_kibibytes_and_says_so(void **state)
{
	char *bytes = TAKE(&arena, char, 5000);
	for (size_t n = 1700; n < 2300; n++) {
		for (size_t i = 0; i < n; i++)
			bytes[i] = i % 7 == 0 ? '"' : 'x';
		listen_to_the_log(LOG_INFO, LOG_JSON);
		LOG(INFO, "a", LOG_NUM("first", 1), LOG_ID("id", ((str){ bytes, n })),
		    LOG_NUM("behind", 12345));
		str line = heard();
		assert_true(line.n <= 2048);
		const struct json *json = parsed(line);
		assert_int_equal(json_int(json, "first", 0), 1);
		bool whole = json_text(json, "id").n == n && json_int(json, "behind", 0) == 12345;
		assert_int_equal(json_bool(json, "cut", false), !whole);
	}
	listen_to_the_log(LOG_INFO, LOG_TEXT);
	LOG(INFO, "a", LOG_ID("id", ((str){ bytes, 5000 })), LOG_NUM("behind", 1));
	str line = heard();
	assert_true(line.n <= 2048 && line.n > 1900);
	assert_true(str_ends(line, S(" cut=1\n")));
}

static void many_fields_are_cut_between_fields(void **state)
{
	struct log_field fields[500];
	for (size_t i = 0; i < 500; i++)
		fields[i] = LOG_NUM("n", INT64_MAX);
	listen_to_the_log(LOG_INFO, LOG_TEXT);
	log_line(LOG_INFO, "a", fields, 500);
	str line = heard();
	assert_true(line.n <= 2048);
	assert_true(str_ends(line, S(" n=9223372036854775807 cut=1\n")));
}

/* Only warnings and errors: an event that is decided is news each time. */
static void a_fault_that_goes_on_is_counted_and_not_said_again(void **state)
{
	struct log_count count = { 0 };
	int64_t before = 0, repeated = 0;

	listen_to_the_log(LOG_INFO, LOG_TEXT);
	for (int i = 0; i < 5; i++)
		LOG(WARNING, "gone", LOG_ID("why", S("x")));
	for (int i = 0; i < 2; i++)
		LOG(INFO, "come", LOG_ID("why", S("x")));
	LOG(WARNING, "gone", LOG_ID("why", S("y")));
	log_tick();
	assert_text(heard(), "warning gone why=x\n"
			     "info come why=x\n"
			     "info come why=x\n"
			     "warning repeated line=gone times=4\n"
			     "warning gone why=y\n");
	for (size_t i = 0; log_count(i, &count); i++) {
		if (strcmp(count.name, "gone") != 0)
			continue;
		before = count.lines;
		repeated = count.repeated;
	}
	assert_int_equal(before, 6);
	assert_int_equal(repeated, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_form_says_level_name_and_fields),
		cmocka_unit_test(the_json_form_says_the_same),
		cmocka_unit_test(a_fault_that_goes_on_is_counted_and_not_said_again),
		cmocka_unit_test(what_is_not_wanted_is_not_written),
		cmocka_unit_test(no_id_can_forge_a_line_or_a_field),
		cmocka_unit_test(json_stays_json_whatever_an_id_holds),
		cmocka_unit_test(a_long_line_is_cut_at_two_kibibytes_and_says_so),
		cmocka_unit_test(many_fields_are_cut_between_fields),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
