#include "deliver/http.h"

#include "base/json.h"
#include "harness/assert_str.h"
#include "setup/inner.h"

static struct arena arena;
static struct provider provider;
static struct http_question request;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static void make_provider(const char *bytes)
{
	struct findings findings = findings_of(&arena);
	provider = (struct provider){ .url = S("https://gateway.example"),
				      .token = S("user:se\r\nX-Evil: 1"),
				      .template_id = S("t") };
	assert_true(provider_read(&arena, S("p.yaml"), str_of(bytes), &provider, &findings));
}

#define HEAD "alphabet: unicode\nsend:\n  method: POST\n  url: \"{{url}}/a/{{message}}\"\n"
#define BODY                                                                                       \
	"  headers:\n    From: \"{{sender}}\"\n    Key: \"{{token}}\"\n"                           \
	"  body:\n    to: \"{{to}}\"\n    text: \"<{{text}}>\"\n"
#define ANSWERS "  answers:\n    - status: 2xx\n      means: accepted\n"

static void nothing_in_a_value_gets_out_of_its_place(void **state)
{
	const struct json *json;
	const struct request_values hostile = {
		.to = S("+447700900123"),
		.text = S("\"},\"to\":\"+1\" & text=x \\ é\n<&>%"),
		.sender = S("A\r\nX-Evil: 1"),
		.message = S("m0/../?a=b&c#d"),
	};
	make_provider(HEAD "  encode: json\n" BODY ANSWERS);
	request_make(&arena, &provider, &provider.send, &hostile, &request);
	assert_str(request.url, "https://gateway.example/a/m0%2F..%2F%3Fa%3Db%26c%23d");
	assert_int_equal(json_parse(&arena, request.body, 4, &json, NULL), JSON_FINE);
	assert_int_equal(json->map.n, 2);
	assert_str(json_text(json, "to"), "+447700900123");
	assert_str(json_text(json, "text"), "<\"},\"to\":\"+1\" & text=x \\ é\n<&>%>");
	for (size_t i = 0; i < request.n_headers; i++) {
		assert_false(str_has_byte(request.headers[i], '\n'));
		assert_false(str_has_byte(request.headers[i], '\r'));
	}
	assert_str(request.headers[0], "From: A  X-Evil: 1");

	make_provider(HEAD "  encode: form\n" BODY ANSWERS);
	request_make(&arena, &provider, &provider.send, &hostile, &request);
	assert_str(request.body,
		   "to=%2B447700900123&text=%3C%22%7D%2C%22to%22%3A%22%2B1%22%20%26%20"
		   "text%3Dx%20%5C%20%C3%A9%0A%3C%26%3E%25%3E");

	make_provider(HEAD "  encode: query\n" BODY ANSWERS);
	request_make(&arena, &provider, &provider.send, &hostile, &request);
	assert_int_equal(request.body.n, 0);
	assert_true(str_ends(request.url, S("%0A%3C%26%3E%25%3E")));
}

static enum provider_meaning meaning_of(int status, const char *body)
{
	const struct http_reply answer = { .end = HTTP_ANSWERED,
					   .status = status,
					   .body = str_of(body) };
	return answer_read(&arena, &provider.send, &answer).means;
}

static void answers_mean_what_the_first_rule_that_fits_says(void **state)
{
	make_provider(
		HEAD
		"  encode: json\n" BODY "  answers:\n"
		"    - status: 200\n      at: errors.0.code\n      is: [a, \"7\"]\n"
		"      means: number\n"
		"    - status: 200\n      holds: [queued, sent]\n      means: accepted\n"
		"    - status: 400-404\n      at: ok\n      is: \"false\"\n      means: later\n"
		"    - status: 5xx\n      means: message\n");
	assert_int_equal(meaning_of(200, "{\"errors\":[{\"code\":7}]}"), PROVIDER_NEVER_NUMBER);
	assert_int_equal(meaning_of(200, "{\"errors\":[{\"code\":\"a\"}],\"s\":\"sent\"}"),
			 PROVIDER_NEVER_NUMBER);
	assert_int_equal(meaning_of(200, "{\"errors\":[{\"code\":8}],\"s\":\"sent\"}"),
			 PROVIDER_ACCEPTED);
	assert_int_equal(meaning_of(200, "is queued, and no JSON"), PROVIDER_ACCEPTED);
	/* a success that nobody has described */
	assert_int_equal(meaning_of(200, "{\"errors\":[]}"), PROVIDER_UNKNOWN);
	assert_int_equal(meaning_of(200, "{\"errors\":{\"0\":{}}}"), PROVIDER_UNKNOWN);
	assert_int_equal(meaning_of(404, "{\"ok\":false}"), PROVIDER_LATER);
	assert_int_equal(meaning_of(404, "{\"ok\":true}"), PROVIDER_CONFIGURATION);
	assert_int_equal(meaning_of(500, ""), PROVIDER_NEVER_MESSAGE);
}

static void what_no_rule_describes_is_judged_by_its_status(void **state)
{
	static const struct {
		int status;
		enum provider_meaning means;
	} rows[] = {
		{ 202, PROVIDER_UNKNOWN },       { 302, PROVIDER_CONFIGURATION },
		{ 400, PROVIDER_NEVER_MESSAGE }, { 401, PROVIDER_CONFIGURATION },
		{ 408, PROVIDER_LATER },         { 422, PROVIDER_NEVER_MESSAGE },
		{ 429, PROVIDER_LATER },         { 500, PROVIDER_UNKNOWN },
		{ 501, PROVIDER_CONFIGURATION }, { 502, PROVIDER_UNKNOWN },
		{ 503, PROVIDER_LATER },         { 504, PROVIDER_UNKNOWN },
	};
	make_provider(HEAD "  encode: json\n" BODY
			   "  answers:\n    - status: 201\n      means: accepted\n");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(meaning_of(rows[i].status, "{}"), rows[i].means);
}

static void what_is_no_answer_is_in_doubt_only_once_it_has_left(void **state)
{
	static const struct {
		enum http_end end;
		enum provider_meaning means;
	} rows[] = { { HTTP_NOT_SENT, PROVIDER_LATER },
		     { HTTP_SET_UP, PROVIDER_CONFIGURATION },
		     { HTTP_IN_DOUBT, PROVIDER_UNKNOWN } };
	make_provider(HEAD "  encode: json\n" BODY ANSWERS);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct http_reply answer = { .end = rows[i].end, .why = S("why") };
		const struct request_meaning meaning = answer_read(&arena, &provider.send, &answer);
		assert_int_equal(meaning.means, rows[i].means);
		assert_str(meaning.code, "why");
	}
}

/* A sentence may name whom it was for, and what is kept here is logged. */
static void a_providers_code_is_kept_only_where_it_is_one(void **state)
{
	struct http_reply answer = { .end = HTTP_ANSWERED, .status = 400 };
	make_provider(HEAD "  encode: json\n" BODY "  answers:\n    - status: 400\n"
			   "      code: error\n      means: number\n");
	answer.body = S("{\"error\":\"InvalidNumber\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "InvalidNumber");
	answer.body = S("{\"error\":\"21211\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "21211");
	/* Digits, too: of whoever it was for. */
	answer.body = S("{\"error\":\"447700900123\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "400");
	answer.body = S("{\"error\":\"no-07700900123\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "400");
	answer.body = S("{\"error\":\"07700-900123\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "400");
	answer.body = S("{\"error\":\"+447700900123 is no number\"}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "400");
	answer.body = S("{}");
	assert_str(answer_read(&arena, &provider.send, &answer).code, "400");
}

static void an_id_that_is_too_long_to_be_one_is_left_out(void **state)
{
	make_provider(HEAD "  encode: json\n" BODY
			   "  answers:\n    - status: 200\n      means: accepted\n      id: id\n");
	for (int n = 128; n <= 129; n++) {
		const struct http_reply answer = {
			.end = HTTP_ANSWERED,
			.status = 200,
			.body = str_fmt(&arena, "{\"id\":\"%0*d\"}", n, 7),
		};
		const struct request_meaning meaning = answer_read(&arena, &provider.send, &answer);
		assert_int_equal(meaning.means, PROVIDER_ACCEPTED);
		assert_int_equal(meaning.provider_id.n, n == 128 ? 128 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_in_a_value_gets_out_of_its_place, end),
		cmocka_unit_test_teardown(answers_mean_what_the_first_rule_that_fits_says, end),
		cmocka_unit_test_teardown(what_no_rule_describes_is_judged_by_its_status, end),
		cmocka_unit_test_teardown(a_providers_code_is_kept_only_where_it_is_one, end),
		cmocka_unit_test_teardown(an_id_that_is_too_long_to_be_one_is_left_out, end),
		cmocka_unit_test_teardown(what_is_no_answer_is_in_doubt_only_once_it_has_left, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
