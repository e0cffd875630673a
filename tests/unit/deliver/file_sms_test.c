#include "unit/deliver/desk.h"

static struct channel open_sms(void)
{
	struct channel channel;

	assert_true(file_sms_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				  &desk.findings));
	return channel;
}

static str lines(void)
{
	return read_whole(desk_path("sms.jsonl"));
}

static size_t count_lines(void)
{
	const str text = lines();
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static void a_text_is_one_line_with_all_that_a_gateway_wants(void **state)
{
	const struct channel channel = open_sms();

	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_SMS)), OUTCOME_ACCEPTED);
	assert_str(lines(), "{\"message\":\"m1\",\"to\":\"+447700900123\",\"sender\":\"Sheffield\","
			    "\"text\":\"Zoë, please read it by Monday.\",\"encoding\":\"UCS-2\","
			    "\"segments\":1}\n");
	close_channel(&channel);
}

static void a_batch_is_written_whole_and_each_gets_its_verdict(void **state)
{
	const struct channel channel = open_sms();
	const struct parcel *batch[] = { desk_parcel("m1", CHANNEL_SMS),
					 desk_parcel("m2", CHANNEL_SMS),
					 desk_parcel("m3", CHANNEL_SMS) };

	assert_true(channel.room(channel.self) >= 3);
	desk.sending = true;
	channel.send(channel.self, batch, 3);
	desk.sending = false;
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.n_said, 3);
	assert_int_equal(count_lines(), 3);
	close_channel(&channel);
}

static void a_second_try_adds_no_line(void **state)
{
	const struct channel channel = open_sms();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_SMS);

	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	parcel->attempt = 2;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	parcel->attempt = 1;
	parcel->unknown_before = true;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(count_lines(), 1);
	close_channel(&channel);
}

static void a_second_try_adds_the_line_that_is_missing(void **state)
{
	const struct channel channel = open_sms();
	struct parcel *parcel = desk_parcel("m2", CHANNEL_SMS);

	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_SMS)), OUTCOME_ACCEPTED);
	parcel->attempt = 2;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(count_lines(), 2);
	close_channel(&channel);
}

static void a_line_that_a_crash_cut_short_spoils_only_itself(void **state)
{
	const struct channel channel = open_sms();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_SMS);
	str rest;

	assert_int_equal(
		file_write(desk_path("sms.jsonl"), S("{\"message\":\"m1\",\"to\":\"+4477"), 0600),
		OK);
	parcel->attempt = 2;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	rest = lines();
	str line;

	assert_true(str_line(&rest, &line));
	assert_str(line, "{\"message\":\"m1\",\"to\":\"+4477");
	assert_true(str_line(&rest, &line));
	assert_true(str_starts(line, S("{\"message\":\"m1\",\"to\":\"+447700900123\"")));
	assert_int_equal(rest.n, 0);
	close_channel(&channel);
}

static void the_configured_sender_comes_before_the_authority_and_behind_the_neutral(void **state)
{
	desk.settings.sms.sender = S("SEND team");
	const struct channel channel = open_sms();
	struct message *message = desk_message("m2", CHANNEL_SMS);
	struct parcel *parcel = desk_parcel("m2", CHANNEL_SMS);

	message->sender = S("Advice");
	parcel->message = message;
	hand_over(&channel, desk_parcel("m1", CHANNEL_SMS));
	hand_over(&channel, parcel);
	assert_true(holds(lines(), "\"sender\":\"SEND team\""));
	assert_true(holds(lines(), "\"sender\":\"Advice\""));
	close_channel(&channel);
}

static void a_file_that_cannot_be_written_is_no_success(void **state)
{
	const struct channel channel = open_sms();

	assert_int_equal(folder_make(desk_path("sms.jsonl"), 0700), OK);
	assert_int_not_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_SMS)), OUTCOME_ACCEPTED);
	close_channel(&channel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_text_is_one_line_with_all_that_a_gateway_wants),
		DESK_TEST(a_batch_is_written_whole_and_each_gets_its_verdict),
		DESK_TEST(a_second_try_adds_no_line),
		DESK_TEST(a_second_try_adds_the_line_that_is_missing),
		DESK_TEST(a_line_that_a_crash_cut_short_spoils_only_itself),
		DESK_TEST(the_configured_sender_comes_before_the_authority_and_behind_the_neutral),
		DESK_TEST(a_file_that_cannot_be_written_is_no_success),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
