#include "model/message.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static struct message a_message(void)
{
	return (struct message){
		.id = S("m0123456789abcdef01234567"),
		.family = S("F1"),
		.case_id = S("C1"),
		.contact = S("c-mum"),
		.to_name = S("Ms \"Jo\" O'Neill\tÅ"),
		.channel = CHANNEL_LETTER,
		.letter = { S("1 High Street"), S("Sheffield"), S("S1 2HH") },
		.n_letter = 3,
		.template = S("plan-draft"),
		.grade = GRADE_FORMAL,
		.language = S("en"),
		.format = FORMAT_LARGE_PRINT_18,
		.safe = true,
		.why = WHY_LEGAL_FORM,
		.rejected = S("sms: a formal notice has a set form"),
		.event_id = S("e1"),
		.event_type = S("plan.draft_issued"),
		.rule = S("ehc-assessment/plan.draft_issued/0"),
		.policy = S("0123456789abcdef"),
		.decided_at = { 1793610900000 },
		.not_before = { 1793610900001 },
		.useless_after = INSTANT_NEVER,
		.tell = 3,
		.tries_max = 5,
		.facts = S("{\"past\":{\"on\":{\"date\":\"2026-11-02\"}},\"n\":[1,true,null]}"),
	};
}

static str written(const struct message *message)
{
	struct buf buf = buf_of(&arena, 65536);
	message_write(&buf, message);
	assert_false(buf.too_long);
	return buf_str(&buf);
}

static void what_goes_with_a_message_is_kept_with_it(void **state)
{
	struct enclosure list[] = {
		{ .id = S("plan-1"), .kind = S("Draft plan"), .sha256 = S("ab"), .pages = 24 },
		{ .id = S("advice"),
		  .kind = S("Advice"),
		  .sha256 = S("cd"),
		  .pages = 9,
		  .by_service = true },
	};
	struct message message = a_message(), read;
	message.enclosures = list;
	message.n_enclosures = 2;
	assert_int_equal(message_read(&arena, written(&message), &read), OK);
	assert_int_equal(read.n_enclosures, 2);
	assert_str(read.enclosures[0].kind, "Draft plan");
	assert_int_equal(read.enclosures[0].pages, 24);
	assert_false(read.enclosures[0].by_service);
	assert_str(read.enclosures[1].sha256, "cd");
	assert_true(read.enclosures[1].by_service);
	/* One without a name would be left out, and nobody would know. */
	list[1].sha256 = STR_EMPTY;
	assert_int_equal(message_read(&arena, written(&message), &read), ERR_CORRUPT);
}

static void a_message_is_read_back_as_it_was_written(void **state)
{
	const struct message message = a_message();
	struct message read;
	assert_int_equal(message_read(&arena, written(&message), &read), OK);
	assert_str(read.to_name, "Ms \"Jo\" O'Neill\tÅ");
	assert_str(read.facts, "{\"past\":{\"on\":{\"date\":\"2026-11-02\"}},\"n\":[1,true,null]}");
	assert_int_equal(read.channel, CHANNEL_LETTER);
	assert_int_equal(read.n_letter, 3);
	assert_str(read.letter[2], "S1 2HH");
	assert_int_equal(read.grade, GRADE_FORMAL);
	assert_int_equal(read.format, FORMAT_LARGE_PRINT_18);
	assert_int_equal(read.why, WHY_LEGAL_FORM);
	assert_true(read.safe);
	assert_false(read.prompt);
	assert_int_equal(read.not_before.ms, 1793610900001);
	assert_true(instant_is_never(read.useless_after));
	assert_int_equal(read.tell, 3);
	assert_int_equal(read.tries_max, 5);
	/* Everything else: what is written again is the same. */
	const str again = written(&read);
	assert_true(str_eq(again, written(&message)));
}

static void what_is_no_message_is_corrupt(void **state)
{
	static const char *const bad[] = {
		"",
		"{",
		"[]",
		"{}",
		"{\"v\":2}",
		"{\"v\":1}",
		"{\"v\":1,\"id\":\"m1\",\"family\":\"F1\",\"channel\":\"fax\",\"grade\":\"formal\","
		"\"format\":\"standard\",\"why\":\"agreed\"}",
		"{\"v\":1,\"id\":\"m1\",\"family\":\"F1\",\"channel\":\"sms\",\"grade\":\"formal\","
		"\"format\":\"standard\",\"why\":\"agreed\",\"facts\":[]}",
		"{\"v\":1,\"id\":\"m1\",\"family\":\"F1\",\"channel\":\"sms\",\"grade\":\"formal\","
		"\"format\":\"standard\",\"why\":\"agreed\",\"letter\":[1]}",
		"{\"v\":1,\"id\":\"m1\",\"family\":\"F1\",\"channel\":\"sms\",\"grade\":\"formal\","
		"\"format\":\"standard\",\"why\":\"agreed\",\"tries_max\":-1}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct message message = { .tell = 42 };
		assert_int_equal(message_read(&arena, str_of(bad[i]), &message), ERR_CORRUPT);
		assert_int_equal(message.tell, 42);
	}
}

static void a_cut_record_never_reads_as_a_message(void **state)
{
	const struct message message = a_message();
	const str whole = written(&message);
	for (size_t n = 0; n < whole.n; n++) {
		struct message read;
		assert_int_equal(message_read(&arena, str_slice(whole, 0, n), &read), ERR_CORRUPT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_read_back_as_it_was_written),
		cmocka_unit_test(what_goes_with_a_message_is_kept_with_it),
		cmocka_unit_test(what_is_no_message_is_corrupt),
		cmocka_unit_test(a_cut_record_never_reads_as_a_message),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
