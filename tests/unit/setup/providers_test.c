#include "setup/inner.h"

#include "base/arena.h"
#include "base/file.h"
#include "harness/assert_str.h"

static struct arena arena;
static struct findings findings;
static struct provider provider;

static int begin(void **state)
{
	arena_clear(&arena);
	findings = findings_of(&arena);
	provider = (struct provider){ .url = S("https://gateway.example"),
				      .token = S("user:secret"),
				      .template_id = S("t1") };
	return 0;
}

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

#define GOOD                                                                                       \
	"alphabet: unicode\n"                                                                      \
	"send:\n"                                                                                  \
	"  method: POST\n"                                                                         \
	"  url: \"{{url}}/messages/{{ message }}\"\n"                                              \
	"  encode: form\n"                                                                         \
	"  body:\n"                                                                                \
	"    to: \"{{to}}\"\n"                                                                     \
	"    text: \"{{text}}\"\n"                                                                 \
	"  answers:\n"                                                                             \
	"    - status: 2xx\n"                                                                      \
	"      id: id\n"                                                                           \
	"      means: accepted\n"

static bool read_it(const char *bytes)
{
	return provider_read(&arena, S("p.yaml"), str_of(bytes), &provider, &findings);
}

static void a_description_is_read_whole(void **state)
{
	assert_true(read_it(GOOD));
	assert_false(provider.gsm_only);
	assert_str(provider.send.method, "POST");
	assert_int_equal(provider.send.encode, PROVIDER_FORM);
	assert_int_equal(provider.send.url.n, 2);
	assert_int_equal(provider.send.url.values[0], PROVIDER_URL);
	assert_str(provider.send.url.words[1], "/messages/");
	assert_int_equal(provider.send.url.values[1], PROVIDER_MESSAGE);
	assert_int_equal(provider.send.n_body, 2);
	assert_int_equal(provider.send.answers[0].least, 200);
	assert_int_equal(provider.send.answers[0].most, 299);
	assert_false(provider.ask.there);
	assert_int_equal(provider.at_once, 16);
}

static void the_shipped_descriptions_have_no_mistake(void **state)
{
	static const char *const names[] = { "notify", "twilio", "generic", "kannel" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		begin(state);
		str bytes, file = str_fmt(&arena, "conf/sms/%s.yaml", names[i]);
		assert_int_equal(file_read(&arena, file, YAML_BYTES_MAX, &bytes), OK);
		if (!provider_read(&arena, file, bytes, &provider, &findings))
			fail_msg("%s: %.*s", names[i], STR_ARG(findings.list[0].message));
	}
}

struct mistake_case {
	const char *good, *bad, *code;
	int line;
};

static void every_mistake_is_found_with_its_line(void **state)
{
	static const struct mistake_case cases[] = {
		{ "alphabet: unicode", "alphabet: latin", "unknown_word", 1 },
		{ "alphabet: unicode\n", "", "missing_key", 1 },
		{ "  method: POST", "  method: POST\n  methods: POST", "unknown_key", 4 },
		{ "method: POST", "method: DELETE", "unknown_word", 3 },
		{ "{{ message }}", "{{mesage}}", "unknown_value", 4 },
		{ "{{ message }}", "{{message", "unclosed_value", 4 },
		{ "encode: form", "encode: xml", "unknown_word", 5 },
		{ "{{to}}", "{{tu}}", "unknown_value", 7 },
		{ "{{text}}", "hello", "missing_value", 0 },
		{ "status: 2xx", "status: 20", "bad_status", 10 },
		{ "status: 2xx", "status: 299-200", "bad_status", 10 },
		{ "means: accepted", "means: fine", "unknown_word", 12 },
		{ "      means: accepted\n", "", "missing_key", 10 },
		{ "id: id", "is: [a]", "missing_key", 10 },
		{ "method: POST", "method: GET", "get_with_body", 2 },
		{ "to: \"{{to}}\"", "to: {a: \"{{to}}\"}", "nested_body", 2 },
		{ "send:\n", "at_once: 0\nsend:\n", "not_a_number", 2 },
		{ "send:\n", "within: 1h\nsend:\n", "bad_time", 2 },
		{ "    text:", "    coding: \"{{encoding}}\"\n    text:", "missing_key", 0 },
		{ "send:\n",
		  "receipt:\n  proof: none\n  encode: json\n  message: id\n  answers: []\nsend:\n",
		  "unknown_word", 3 },
		{ "send:\n", "receipt:\n  proof: bearer\nsend:\n", "missing_key", 2 },
		{ "send:\n",
		  "receipt:\n  proof: bearer\n  encode: json\n  message: id\n  answers:\n"
		  "    - at: status\n      means: fine\nsend:\n",
		  "unknown_word", 8 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		begin(state);
		str good = S(GOOD), part = str_of(cases[i].good);
		const size_t at = str_find(good, part);
		assert_true(at < good.n);
		str bytes = str_join(&arena, str_slice(good, 0, at), str_of(cases[i].bad));
		bytes = str_join(&arena, bytes, str_slice(good, at + part.n, good.n));
		if (provider_read(&arena, S("p.yaml"), bytes, &provider, &findings))
			fail_msg("'%s' is not found", cases[i].bad);
		assert_str(findings.list[0].code, cases[i].code);
		assert_int_equal(findings.list[0].line, cases[i].line);
	}
}

static void what_candour_conf_lacks_is_named(void **state)
{
	provider.url = S("http://gateway.example");
	assert_false(read_it(GOOD));
	assert_str(findings.list[0].code, "not_https");
	begin(state);
	provider.url = S("http://localhost.gateway.example");
	assert_false(read_it(GOOD));
	assert_str(findings.list[0].code, "not_https");
	begin(state);
	provider.url = S("http://localhost:80@gateway.example/send");
	assert_false(read_it(GOOD));
	assert_str(findings.list[0].code, "not_https");
	begin(state);
	provider.url = STR_EMPTY;
	assert_false(read_it(GOOD));
	assert_str(findings.list[0].code, "missing_key");
	begin(state);
	provider.url = S("http://127.0.0.1:13013");
	assert_true(read_it(GOOD));
}

#define RECEIPT(proof)                                                                             \
	GOOD "receipt:\n  proof: " proof "\n  encode: json\n  message: id\n  answers:\n"           \
	     "    - at: status\n      is: done\n      means: delivered\n"

static void a_receipt_that_nothing_could_prove_is_a_mistake(void **state)
{
	/* As long as none are taken none need be proved. */
	assert_true(read_it(RECEIPT("bearer")));
	begin(state);
	provider.receipt_url = S("https://receipts.example");
	assert_false(read_it(RECEIPT("url")));
	assert_str(findings.list[0].code, "missing_key");
	begin(state);
	provider.receipt_url = S("https://receipts.example");
	provider.receipt_token = S("short");
	assert_false(read_it(RECEIPT("bearer")));
	assert_str(findings.list[0].code, "short_secret");
	begin(state);
	provider.receipt_url = S("https://receipts.example");
	assert_true(read_it(RECEIPT("twilio")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_description_is_read_whole, begin, end),
		cmocka_unit_test_setup_teardown(the_shipped_descriptions_have_no_mistake, begin,
						end),
		cmocka_unit_test_setup_teardown(every_mistake_is_found_with_its_line, begin, end),
		cmocka_unit_test_setup_teardown(what_candour_conf_lacks_is_named, begin, end),
		cmocka_unit_test_setup_teardown(a_receipt_that_nothing_could_prove_is_a_mistake,
						begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
