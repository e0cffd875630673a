#include "deliver/smtp.h"

#include "assert_str.h"

static const char *const names[OUTCOME_COUNT] = {
	[OUTCOME_ACCEPTED] = "accepted",
	[OUTCOME_LATER] = "later",
	[OUTCOME_NOT_BEGUN] = "not begun",
	[OUTCOME_NEVER_ADDRESS] = "never: address",
	[OUTCOME_NEVER_MESSAGE] = "never: message",
	[OUTCOME_CONFIGURATION] = "configuration",
	[OUTCOME_UNKNOWN] = "unknown",
};

struct row {
	enum smtp_stage stage;
	int code, class, subject, detail;
	enum outcome outcome;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct smtp_reply reply = { rows[i].code, rows[i].class, rows[i].subject,
						  rows[i].detail };
		enum outcome found = smtp_outcome(rows[i].stage, &reply);
		if (found != rows[i].outcome)
			print_error("stage %d, %d %d.%d.%d: %s, wanted %s\n", (int)rows[i].stage,
				    reply.code, reply.class, reply.subject, reply.detail,
				    names[found], names[rows[i].outcome]);
		assert_int_equal(found, rows[i].outcome);
	}
}
#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof((rows)[0]))

static void only_a_2xx_after_the_whole_message_is_acceptance(void **state)
{
	static const struct row rows[] = {
		{ SMTP_FINAL, 250, 2, 0, 0, OUTCOME_ACCEPTED },
		{ SMTP_FINAL, 250, 0, 0, 0, OUTCOME_ACCEPTED },
		{ SMTP_FINAL, 354, 0, 0, 0, OUTCOME_UNKNOWN },
		{ SMTP_FINAL, 0, 0, 0, 0, OUTCOME_UNKNOWN },
		{ SMTP_FINAL, 777, 0, 0, 0, OUTCOME_UNKNOWN },
		{ SMTP_DATA, 250, 2, 0, 0, OUTCOME_LATER },
		{ SMTP_MAIL, 0, 0, 0, 0, OUTCOME_LATER },
		{ SMTP_HELLO, 0, 0, 0, 0, OUTCOME_NOT_BEGUN },
		{ SMTP_HELLO, 100, 0, 0, 0, OUTCOME_NOT_BEGUN },
	};
	CHECK_ROWS(rows);
}

static void what_the_relay_says_of_itself_costs_no_try(void **state)
{
	static const struct row rows[] = {
		{ SMTP_HELLO, 421, 4, 3, 2, OUTCOME_NOT_BEGUN },
		{ SMTP_HELLO, 454, 4, 7, 0, OUTCOME_NOT_BEGUN },
		{ SMTP_MAIL, 421, 4, 3, 2, OUTCOME_NOT_BEGUN },
		{ SMTP_MAIL, 452, 4, 3, 1, OUTCOME_NOT_BEGUN },
		{ SMTP_MAIL, 454, 4, 7, 0, OUTCOME_NOT_BEGUN },
		{ SMTP_RCPT, 421, 0, 0, 0, OUTCOME_NOT_BEGUN },
		{ SMTP_DATA, 421, 0, 0, 0, OUTCOME_NOT_BEGUN },
	};
	CHECK_ROWS(rows);
}

static void a_4xx_is_for_later(void **state)
{
	static const struct row rows[] = {
		{ SMTP_MAIL, 451, 4, 7, 1, OUTCOME_LATER },
		{ SMTP_RCPT, 450, 4, 2, 1, OUTCOME_LATER },
		{ SMTP_RCPT, 452, 4, 2, 2, OUTCOME_LATER },
		{ SMTP_DATA, 451, 0, 0, 0, OUTCOME_LATER },
		{ SMTP_FINAL, 451, 4, 3, 0, OUTCOME_LATER },
		{ SMTP_FINAL, 421, 4, 3, 2, OUTCOME_LATER },
	};
	CHECK_ROWS(rows);
}

static void a_wrong_address_is_told_from_a_wrong_message(void **state)
{
	static const struct row rows[] = {
		{ SMTP_RCPT, 550, 5, 1, 1, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 550, 0, 0, 0, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 553, 0, 0, 0, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 551, 5, 1, 6, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 550, 5, 2, 1, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 550, 5, 4, 4, OUTCOME_NEVER_ADDRESS },
		{ SMTP_FINAL, 550, 5, 1, 1, OUTCOME_NEVER_ADDRESS },
		{ SMTP_RCPT, 550, 5, 7, 1, OUTCOME_NEVER_MESSAGE },
		{ SMTP_RCPT, 554, 5, 7, 1, OUTCOME_NEVER_MESSAGE },
		{ SMTP_RCPT, 501, 5, 5, 4, OUTCOME_NEVER_MESSAGE },
		{ SMTP_DATA, 554, 5, 5, 1, OUTCOME_NEVER_MESSAGE },
		{ SMTP_FINAL, 550, 0, 0, 0, OUTCOME_NEVER_MESSAGE },
		{ SMTP_FINAL, 554, 5, 6, 0, OUTCOME_NEVER_MESSAGE },
		{ SMTP_FINAL, 552, 5, 3, 4, OUTCOME_NEVER_MESSAGE },
		{ SMTP_FINAL, 552, 0, 0, 0, OUTCOME_NEVER_MESSAGE },
		{ SMTP_MAIL, 552, 5, 3, 4, OUTCOME_NEVER_MESSAGE },
		{ SMTP_MAIL, 552, 5, 2, 3, OUTCOME_NEVER_MESSAGE },
	};
	CHECK_ROWS(rows);
}

static void a_full_mailbox_is_emptied_some_day(void **state)
{
	static const struct row rows[] = {
		{ SMTP_RCPT, 552, 5, 2, 2, OUTCOME_LATER },
		{ SMTP_RCPT, 552, 0, 0, 0, OUTCOME_LATER },
		{ SMTP_FINAL, 552, 5, 2, 2, OUTCOME_LATER },
	};
	CHECK_ROWS(rows);
}

static void what_the_relay_says_of_us_stops_the_channel(void **state)
{
	static const struct row rows[] = {
		{ SMTP_HELLO, 554, 0, 0, 0, OUTCOME_CONFIGURATION },
		{ SMTP_HELLO, 535, 5, 7, 8, OUTCOME_CONFIGURATION },
		{ SMTP_MAIL, 530, 5, 7, 0, OUTCOME_CONFIGURATION },
		{ SMTP_MAIL, 550, 5, 1, 8, OUTCOME_CONFIGURATION },
		{ SMTP_MAIL, 553, 0, 0, 0, OUTCOME_CONFIGURATION },
		{ SMTP_RCPT, 530, 5, 7, 0, OUTCOME_CONFIGURATION },
		{ SMTP_FINAL, 538, 5, 7, 11, OUTCOME_CONFIGURATION },
	};
	CHECK_ROWS(rows);
}

static void the_code_is_short_whatever_the_relay_says(void **state)
{
	char text[SMTP_CODE_SIZE];
	smtp_code(&(struct smtp_reply){ 550, 5, 1, 1 }, text);
	assert_string_equal(text, "550/5.1.1");
	smtp_code(&(struct smtp_reply){ .code = 421 }, text);
	assert_string_equal(text, "421");
	smtp_code(&(struct smtp_reply){ 2147483647, 2147483647, -2147483647, 999999 }, text);
	assert_true(strlen(text) < SMTP_CODE_SIZE - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_2xx_after_the_whole_message_is_acceptance),
		cmocka_unit_test(what_the_relay_says_of_itself_costs_no_try),
		cmocka_unit_test(a_4xx_is_for_later),
		cmocka_unit_test(a_wrong_address_is_told_from_a_wrong_message),
		cmocka_unit_test(a_full_mailbox_is_emptied_some_day),
		cmocka_unit_test(what_the_relay_says_of_us_stops_the_channel),
		cmocka_unit_test(the_code_is_short_whatever_the_relay_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
