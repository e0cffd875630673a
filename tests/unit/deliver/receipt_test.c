#include "deliver/http.h"

#include "base/file.h"
#include "base/hash.h"
#include "harness/assert_str.h"
#include "setup/inner.h"

static struct arena arena;
static struct provider provider;
static struct receipt_call call;
static const char *arguments[8]; /* name, value, ... */

#define ID "m0123456789abcdef01234567"
#define TOKEN "a long secret of ours"

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static str argument(const void *arg, const char *name)
{
	for (size_t i = 0; arguments[i] != NULL; i += 2) {
		if (strcmp(arguments[i], name) == 0)
			return str_of(arguments[i + 1]);
	}
	return STR_EMPTY;
}

/* A shipped description, with what candour.conf says. */
static void use(const char *name)
{
	struct findings findings = findings_of(&arena);
	str bytes, file = str_fmt(&arena, "conf/sms/%s.yaml", name);
	provider = (struct provider){
		.url = S("https://gateway.example"),
		.token = S("AC1:the-auth-token"),
		.template_id = S("t"),
		.receipt_token = S(TOKEN),
		.receipt_url = str_fmt(&arena, "https://receipts.example/receipts/%s", name),
	};
	assert_int_equal(file_read(&arena, file, YAML_BYTES_MAX, &bytes), OK);
	assert_true(provider_read(&arena, file, bytes, &provider, &findings));
	memset(arguments, 0, sizeof arguments);
	call = (struct receipt_call){ .method = S("POST"), .argument = argument };
}

static enum receipt_read read_it(enum receipt_meaning *means)
{
	str message = STR_EMPTY;
	enum receipt_read read = deliver_receipt(&arena, &provider, &call, &message, means);
	if (read == RECEIPT_READ)
		assert_str(message, ID);
	return read;
}

static void assert_means(enum receipt_meaning wanted)
{
	enum receipt_meaning means;
	assert_int_equal(read_it(&means), RECEIPT_READ);
	assert_int_equal(means, wanted);
}

static void assert_read(enum receipt_read wanted)
{
	enum receipt_meaning means;
	assert_int_equal(read_it(&means), wanted);
}

static void notify_says_it_as_json_with_a_bearer_token(void **state)
{
	static const struct {
		const char *status;
		enum receipt_meaning means;
	} rows[] = { { "delivered", RECEIPT_DELIVERED },
		     { "permanent-failure", RECEIPT_NUMBER },
		     { "temporary-failure", RECEIPT_FAILED },
		     { "technical-failure", RECEIPT_FAILED },
		     { "sending", RECEIPT_NOTHING } };
	use("notify");
	call.authorization = S("Bearer " TOKEN);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		call.body = str_fmt(&arena,
				    "{\"id\":\"x\",\"reference\":\"" ID
				    "\",\"to\":\"07700900345\",\"status\":\"%s\"}",
				    rows[i].status);
		assert_means(rows[i].means);
	}
	call.authorization = S("Bearer another secret of ours");
	assert_read(RECEIPT_NOT_PROVED);
	call.authorization = STR_EMPTY;
	assert_read(RECEIPT_NOT_PROVED);
}

static void what_is_no_receipt_is_refused_once_it_is_known_who_sends_it(void **state)
{
	static const char *const bodies[] = {
		"",
		"[]",
		"{",
		"{\"status\":\"delivered\"}",
		"{\"reference\":\"07700900345\",\"status\":\"delivered\"}",
		"{\"reference\":\"" ID "0\",\"status\":\"delivered\"}",
		"{\"reference\":[\"" ID "\"],\"status\":\"delivered\"}",
	};
	use("notify");
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		call.body = str_of(bodies[i]);
		call.authorization = S("Bearer " TOKEN);
		assert_read(RECEIPT_NO_RECEIPT);
		call.authorization = S("Bearer x");
		assert_read(RECEIPT_NOT_PROVED);
	}
	call.authorization = S("Bearer " TOKEN);
	call.body = S("{\"reference\":\"" ID "\",\"status\":\"delivered\"}");
	call.method = S("GET");
	assert_read(RECEIPT_NO_RECEIPT);
}

/* Where the value stands behind that name in the URL. */
static str part_of(str url, const char *name)
{
	str at = str_slice(url, str_find(url, str_of(name)) + strlen(name), url.n);
	return str_slice(at, 0, str_find(at, S("&")));
}

static void a_gateway_proves_by_the_url_that_it_had_the_message_from_us(void **state)
{
	use("kannel");
	str url = receipt_url(&arena, &provider, S(ID));
	assert_str(part_of(url, "message="), ID);
	call.method = S("GET");
	arguments[0] = "message";
	arguments[1] = ID;
	arguments[2] = "proof";
	arguments[3] = str_z(&arena, part_of(url, "proof="));
	arguments[4] = "status";
	arguments[5] = "1";
	assert_means(RECEIPT_DELIVERED);
	arguments[5] = "16";
	assert_means(RECEIPT_FAILED);
	arguments[5] = "8";
	assert_means(RECEIPT_NOTHING);
	/* It speaks of no other message. */
	arguments[1] = "m1123456789abcdef01234567";
	assert_read(RECEIPT_NOT_PROVED);
	arguments[1] = ID;
	arguments[3] = "";
	assert_read(RECEIPT_NOT_PROVED);
}

static void twilio_signs_url_and_form(void **state)
{
	use("twilio");
	str url = receipt_url(&arena, &provider, S(ID));
	arguments[0] = "message";
	arguments[1] = ID;
	call.body = S("MessageStatus=undelivered&ErrorCode=30005&To=%2B447700900345&A=1+2");
	str text = str_fmt(&arena, "%.*sA1 2ErrorCode30005MessageStatusundeliveredTo+447700900345",
			   STR_ARG(url));
	str mac = hash_sha1_keyed(&arena, S("the-auth-token"), text);
	call.signature = base64_print(&arena, mac, false);
	assert_means(RECEIPT_NUMBER);
	call.body = S("MessageStatus=delivered&ErrorCode=30005&To=%2B447700900345&A=1+2");
	assert_read(RECEIPT_NOT_PROVED);
	call.body = S("MessageStatus");
	assert_read(RECEIPT_NOT_PROVED);
	provider.token = STR_EMPTY;
	assert_read(RECEIPT_NOT_PROVED);
}

static void a_provider_is_asked_for_receipts_only_where_they_are_taken(void **state)
{
	const struct request_values values = { .to = S("+447700900123"),
					       .text = S("hello"),
					       .message = S(ID) };
	struct http_question request;
	use("kannel");
	request_make(&arena, &provider, &provider.send, &values, &request);
	assert_true(str_find(request.url, S("&dlr-url=https%3A%2F%2Freceipts.example%2Freceipts"
					    "%2Fkannel%3Fmessage%3D" ID "%26proof%3D")) <
		    request.url.n);
	assert_true(str_ends(request.url, S("%26status%3D%25d")));
	provider.receipt_url = STR_EMPTY;
	request_make(&arena, &provider, &provider.send, &values, &request);
	assert_true(str_ends(request.url, S("dlr-mask=19")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(notify_says_it_as_json_with_a_bearer_token, end),
		cmocka_unit_test_teardown(
			what_is_no_receipt_is_refused_once_it_is_known_who_sends_it, end),
		cmocka_unit_test_teardown(
			a_gateway_proves_by_the_url_that_it_had_the_message_from_us, end),
		cmocka_unit_test_teardown(twilio_signs_url_and_form, end),
		cmocka_unit_test_teardown(
			a_provider_is_asked_for_receipts_only_where_they_are_taken, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
