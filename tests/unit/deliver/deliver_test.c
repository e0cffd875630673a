#include "unit/deliver/desk.h"

static struct deliver *open_deliver(void)
{
	struct deliver *deliver = deliver_open(&desk.settings, &desk.env, &desk.policy,
					       &desk.findings);

	assert_non_null(deliver);
	return deliver;
}

static void send_one(struct deliver *deliver, enum channel_kind channel,
		     const struct parcel *parcel)
{
	desk.sending = true;
	deliver_send(deliver, channel, &parcel, 1);
	desk.sending = false;
}

static void each_channel_takes_its_parcel_and_gives_one_verdict(void **state)
{
	struct deliver *deliver = open_deliver();

	for (enum channel_kind channel = CHANNEL_EMAIL; channel <= CHANNEL_LETTER; channel++) {
		assert_true(deliver_room(deliver, channel) > 0);
		send_one(deliver, channel, desk_parcel("m1", channel));
	}
	assert_int_equal(desk.n_said, 0);
	wait_for_verdicts(3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(desk.said[i].outcome, OUTCOME_ACCEPTED);
	deliver_close(&deliver, SPAN_S(1), note_closed, &desk);
}

static void a_task_has_no_channel(void **state)
{
	struct deliver *deliver = open_deliver();

	assert_int_equal(deliver_room(deliver, CHANNEL_TASK), 0);
	deliver_close(&deliver, SPAN_S(1), note_closed, &desk);
}

static void closing_says_the_verdicts_that_are_left_then_that_it_is_closed(void **state)
{
	struct deliver *deliver = open_deliver();

	send_one(deliver, CHANNEL_EMAIL, desk_parcel("m1", CHANNEL_EMAIL));
	send_one(deliver, CHANNEL_SMS, desk_parcel("m2", CHANNEL_SMS));
	deliver_close(&deliver, SPAN_S(1), note_closed, &desk);
	assert_null(deliver);
	assert_int_equal(desk.closed, 0);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.n_said, 2);
	assert_int_equal(desk.closed, 1);
}

static void every_folder_that_is_wrong_is_named_and_nothing_stays_open(void **state)
{
	assert_int_equal(file_write(desk_path("mail"), S("in the way"), 0600), OK);
	assert_int_equal(file_write(desk_path("letters"), S("in the way"), 0600), OK);
	assert_null(deliver_open(&desk.settings, &desk.env, &desk.policy, &desk.findings));
	assert_int_equal(desk.findings.errors, 2);
}

static void a_reload_reaches_the_open_channels(void **state)
{
	struct deliver *deliver = open_deliver();
	struct policy later = desk.policy;
	str bytes;

	later.authority.short_name = S("Later");
	deliver_policy(deliver, &later);
	send_one(deliver, CHANNEL_SMS, desk_parcel("m1", CHANNEL_SMS));
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	bytes = read_whole(desk_path("sms.jsonl"));
	assert_true(holds(bytes, "\"sender\":\"Later\""));
	deliver_close(&deliver, SPAN_S(1), note_closed, &desk);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
}

static void fixed_words_come_back_as_they_were(void **state)
{
	const struct worded words = desk_words();
	const struct message *message = desk_message("m1", CHANNEL_EMAIL);
	struct parcel first;
	str body;

	deliver_fix(&desk.arena, message, &words, MONDAY_MORNING, &first, &body);
	const struct hash hash = hash_one(body);
	struct parcel parcel;

	assert_int_equal(deliver_parcel(&desk.arena, message, body, &parcel), OK);
	assert_ptr_equal(parcel.message, message);
	assert_true(str_eq(parcel.subject, words.subject));
	assert_true(str_eq(parcel.text, words.text));
	assert_true(str_eq(parcel.html, words.html));
	assert_true(str_eq(parcel.sms, words.sms));
	assert_true(str_eq(parcel.letter, words.letter));
	assert_true(str_eq(parcel.language, words.language));
	assert_int_equal(parcel.at.ms, MONDAY_MORNING.ms);
	assert_true(str_eq(parcel.sha256, hash_hex(&desk.arena, &hash)));
	assert_true(str_eq(first.sha256, parcel.sha256));
	assert_true(str_eq(first.html, parcel.html) && first.at.ms == parcel.at.ms);
}

static void a_body_that_is_none_is_called_corrupt(void **state)
{
	const struct message *message = desk_message("m1", CHANNEL_EMAIL);
	struct parcel parcel;

	assert_int_equal(deliver_parcel(&desk.arena, message, S(""), &parcel), ERR_CORRUPT);
	assert_int_equal(deliver_parcel(&desk.arena, message, S("{\"v\":2}"), &parcel),
			 ERR_CORRUPT);
	assert_int_equal(deliver_parcel(&desk.arena, message, S("[]"), &parcel), ERR_CORRUPT);
}

static void the_pause_doubles_from_a_minute_to_four_hours(void **state)
{
	static const int64_t minutes[] = { 1, 2, 4, 8, 16, 32, 64, 128, 240, 240 };

	for (int64_t i = 0; i < 10; i++)
		assert_int_equal(deliver_pause(i + 1, SPAN_S(0), 0).ms, minutes[i] * 60000);
	assert_int_equal(deliver_pause(INT64_MAX, SPAN_S(0), 0).ms, 240 * 60000);
}

static void chance_takes_at_most_a_quarter_of_the_pause(void **state)
{
	for (int64_t attempt = 1; attempt < 12; attempt++) {
		const int64_t whole = deliver_pause(attempt, SPAN_S(0), 0).ms;

		for (uint64_t seed = 1; seed < 1000; seed++) {
			const int64_t ms = deliver_pause(attempt, SPAN_S(0), seed * 7919).ms;

			assert_true(ms <= whole && ms > whole * 3 / 4);
		}
		assert_true(deliver_pause(attempt, SPAN_S(0), UINT64_MAX).ms > whole * 3 / 4);
	}
}

static void the_other_sides_wish_is_never_cut(void **state)
{
	assert_int_equal(deliver_pause(1, SPAN_HOURS(6), 12345).ms, SPAN_HOURS(6).ms);
	assert_int_equal(deliver_pause(1, SPAN_S(1), 0).ms, 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(each_channel_takes_its_parcel_and_gives_one_verdict),
		DESK_TEST(a_task_has_no_channel),
		DESK_TEST(closing_says_the_verdicts_that_are_left_then_that_it_is_closed),
		DESK_TEST(every_folder_that_is_wrong_is_named_and_nothing_stays_open),
		DESK_TEST(a_reload_reaches_the_open_channels),
		DESK_TEST(fixed_words_come_back_as_they_were),
		DESK_TEST(a_body_that_is_none_is_called_corrupt),
		DESK_TEST(the_pause_doubles_from_a_minute_to_four_hours),
		DESK_TEST(chance_takes_at_most_a_quarter_of_the_pause),
		DESK_TEST(the_other_sides_wish_is_never_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
