#include "unit/deliver/desk.h"

#include "base/json.h"

static struct channel open_letter(void)
{
	struct channel channel;

	assert_true(file_letter_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				     &desk.findings));
	return channel;
}

static const struct json *manifest(void)
{
	const struct json *map = NULL;

	assert_int_equal(json_parse(&desk.arena, read_whole(desk_path("letters/m1/manifest.json")),
				    4, &map, NULL),
			 JSON_FINE);
	return map;
}

static void a_letter_is_a_folder_with_text_and_manifest(void **state)
{
	const struct channel channel = open_letter();
	const struct json *address;
	str *names;

	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_LETTER)), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("letters"), &names), 1);
	assert_str(names[0], "m1");
	const str text = read_whole(desk_path("letters/m1/letter.txt"));

	assert_true(holds(text, "Sheffield City Council\n1 Example Square\n"));
	assert_true(holds(text, "\nZoë Ångström\n14 Birch Lane\nS10 9ZZ\n"));
	assert_true(holds(text, "\nMonday 2 November 2026\nOur reference: C1\n"));
	assert_true(holds(text, "\nA draft\n\nDear Zoë\n"));
	const struct hash hash = hash_one(text);

	assert_str(json_text(manifest(), "message"), "m1");
	assert_str(json_text(manifest(), "postage"), "second");
	assert_str(json_text(manifest(), "profile"), "notify_c5");
	assert_int_equal(json_int(manifest(), "pages", 0), 1);
	assert_int_equal(json_list(manifest(), "address", &address), 3);
	assert_str(address[0].text, "Zoë Ångström");
	assert_true(str_eq(json_text(manifest(), "sha256"), hash_hex(&desk.arena, &hash)));
	close_channel(&channel);
}

static void a_second_try_finds_the_folder_and_leaves_it(void **state)
{
	const struct channel channel = open_letter();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_LETTER);
	str *names;

	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(file_write(desk_path("letters/m1/printed"), S("yes"), 0600), OK);
	parcel->attempt = 2;
	parcel->unknown_before = true;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("letters/m1"), &names), 3);
	assert_int_equal(list_folder(desk_path("letters"), &names), 1);
	close_channel(&channel);
}

static void what_a_crash_left_half_made_does_not_stop_the_letter(void **state)
{
	const struct channel channel = open_letter();
	const str half = str_fmt(&desk.arena, "%.*s/letters/.new-m1-%ld", STR_ARG(desk.folder),
				 (long)getpid());

	assert_int_equal(folder_make(half, 0700), OK);
	assert_int_equal(file_write(str_join(&desk.arena, half, S("/letter.txt")), S("ha"), 0600),
			 OK);
	assert_int_equal(hand_over(&channel, desk_parcel("m1", CHANNEL_LETTER)), OUTCOME_ACCEPTED);
	assert_true(holds(read_whole(desk_path("letters/m1/letter.txt")), "Dear Zoë"));
	assert_int_not_equal(access(str_z(&desk.arena, half), F_OK), 0);
	close_channel(&channel);
}

/* The day the print room has it: the next working day, or the one after, behind the cut-off. */
static str print_on(const char *at)
{
	const struct channel channel = open_letter();
	struct parcel *parcel = desk_parcel("m1", CHANNEL_LETTER);

	assert_true(instant_parse(str_of(at), &parcel->at));
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	const str day = json_text(manifest(), "print_on");

	desk.closed = 0;
	close_channel(&channel);
	return day;
}

static void a_letter_of_the_morning_is_printed_the_next_day(void **state)
{
	assert_str(print_on("2026-11-02T09:15:00Z"), "2026-11-03");
}

static void a_letter_behind_the_cut_off_is_printed_a_day_later(void **state)
{
	assert_str(print_on("2026-11-02T17:30:01Z"), "2026-11-04");
}

static void a_letter_at_the_cut_off_is_still_in_time_by_local_clocks(void **state)
{
	assert_str(print_on("2026-07-06T16:30:00Z"), "2026-07-07");
}

static void weekends_and_holidays_print_nothing(void **state)
{
	assert_str(print_on("2026-12-24T10:00:00Z"), "2026-12-28");
}

static void a_folder_that_cannot_be_made_is_a_finding(void **state)
{
	struct channel channel;

	assert_int_equal(file_write(desk_path("letters"), S("a file in the way"), 0600), OK);
	assert_false(file_letter_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				      &desk.findings));
	assert_str(desk.findings.list[0].code, "letter_dir");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_letter_is_a_folder_with_text_and_manifest),
		DESK_TEST(a_second_try_finds_the_folder_and_leaves_it),
		DESK_TEST(what_a_crash_left_half_made_does_not_stop_the_letter),
		DESK_TEST(a_letter_of_the_morning_is_printed_the_next_day),
		DESK_TEST(a_letter_behind_the_cut_off_is_printed_a_day_later),
		DESK_TEST(a_letter_at_the_cut_off_is_still_in_time_by_local_clocks),
		DESK_TEST(weekends_and_holidays_print_nothing),
		DESK_TEST(a_folder_that_cannot_be_made_is_a_finding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
