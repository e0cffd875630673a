#include "unit/deliver/desk.h"

static struct channel open_email(void)
{
	struct channel channel;

	assert_true(file_email_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				    &desk.findings));
	return channel;
}

static void an_email_is_one_file_in_the_maildir(void **state)
{
	const struct channel channel = open_email();
	str *names;

	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_EMAIL)), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("mail/new"), &names), 1);
	assert_int_equal(list_folder(desk_path("mail/tmp"), &names), 0);
	assert_int_equal(list_folder(desk_path("mail/cur"), &names), 0);
	close_channel(&channel);
}

static void a_second_try_writes_the_same_bytes_to_the_same_file(void **state)
{
	const struct channel channel = open_email();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_EMAIL);
	str *names;

	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	list_folder(desk_path("mail/new"), &names);
	const str path = str_fmt(&desk.arena, "%.*s/mail/new/%.*s", STR_ARG(desk.folder),
				 STR_ARG(names[0]));
	const str first = read_whole(path);

	parcel->attempt = 2;
	parcel->unknown_before = true;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("mail/new"), &names), 1);
	assert_true(str_eq(read_whole(path), first));
	close_channel(&channel);
}

static void a_neutral_sender_hides_who_writes(void **state)
{
	const struct channel channel = open_email();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_EMAIL);
	struct message *message = desk_message("m1", CHANNEL_EMAIL);
	str *names;

	message->sender = S("Advice line");
	parcel->message = message;
	desk.policy.authority.neutral_email_from = S("notes@post.example");
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	list_folder(desk_path("mail/new"), &names);
	const str bytes = read_whole(str_fmt(&desk.arena, "%.*s/mail/new/%.*s",
					     STR_ARG(desk.folder), STR_ARG(names[0])));

	assert_true(holds(bytes, "From: Advice line <notes@post.example>\r\n"));
	assert_false(holds(bytes, "Sheffield City Council"));
	assert_false(holds(bytes, "sheffield.example"));
	close_channel(&channel);
}

static void a_maildir_that_went_away_is_for_the_operator(void **state)
{
	const struct channel channel = open_email();

	assert_int_equal(rmdir(str_z(&desk.arena, desk_path("mail/new"))), 0);
	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_EMAIL)),
			 OUTCOME_CONFIGURATION);
	assert_str(desk.said[0].code, "file_error");
	close_channel(&channel);
}

static void a_folder_that_cannot_be_made_is_a_finding(void **state)
{
	struct channel channel;

	assert_int_equal(file_write(desk_path("mail"), S("a file in the way"), 0600), OK);
	assert_false(file_email_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				     &desk.findings));
	assert_int_equal(desk.findings.errors, 1);
	assert_str(desk.findings.list[0].code, "email_dir");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(an_email_is_one_file_in_the_maildir),
		DESK_TEST(a_second_try_writes_the_same_bytes_to_the_same_file),
		DESK_TEST(a_neutral_sender_hides_who_writes),
		DESK_TEST(a_maildir_that_went_away_is_for_the_operator),
		DESK_TEST(a_folder_that_cannot_be_made_is_a_finding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
