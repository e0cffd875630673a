#include "unit/deliver/desk.h"

#include "base/json.h"

/* The channel with its press, as deliver opens them. */
static struct channel_env with_press;

static struct channel open_letters(void)
{
	struct channel channel;

	with_press = desk.env;
	with_press.press = press_new(&desk.loop, &desk.settings.letter.press);
	assert_true(letter_open(&desk.settings, &with_press, &desk.policy_in_use, &channel,
				&desk.findings));
	return channel;
}

static void close_letters(const struct channel *channel)
{
	press_close(with_press.press, note_closed, &desk);
	channel->close(channel->self, SPAN_S(1), note_closed, &desk);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.closed, 2);
}

static struct parcel *letter(const char *id)
{
	return desk_parcel(id, CHANNEL_LETTER);
}

static const struct json *manifest(const char *id)
{
	const struct json *map = NULL;
	const str path = desk_path(str_fmt(&desk.arena, "letters/%s/manifest.json", id).p);

	assert_int_equal(json_parse(&desk.arena, read_whole(path), 4, &map, NULL), JSON_FINE);
	return map;
}

static void a_letter_is_a_folder_with_pages_and_manifest(void **state)
{
	const struct channel channel = open_letters();
	const struct json *address;
	str *names;

	assert_int_equal(hand_over(&channel, letter("m1")), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("letters"), &names), 1);
	const str pdf = read_whole(desk_path("letters/m1/letter.pdf"));
	const struct hash hash = hash_one(pdf);

	assert_true(str_starts(pdf, S("%PDF-")));
	/* Dated on the day on which it leaves. */
	assert_true(holds(pdf, "\"day\":\"2026-11-03\""));
	assert_str(json_text(manifest("m1"), "message"), "m1");
	assert_str(json_text(manifest("m1"), "postage"), "second");
	assert_str(json_text(manifest("m1"), "profile"), "notify_c5");
	assert_str(json_text(manifest("m1"), "print_on"), "2026-11-03");
	assert_str(json_text(manifest("m1"), "expected_from"), "2026-11-09");
	assert_str(json_text(manifest("m1"), "expected_to"), "2026-11-10");
	assert_int_equal(json_int(manifest("m1"), "pages", 0), 2);
	assert_int_equal(json_list(manifest("m1"), "address", &address), 3);
	assert_str(address[0].text, "Zoë Ångström");
	assert_true(str_eq(json_text(manifest("m1"), "sha256"), hash_hex(&desk.arena, &hash)));
	close_letters(&channel);
}

static void bring(const struct parcel *parcel, const char *id, const char *bytes)
{
	struct message *message = (struct message *)(uintptr_t)parcel->message;
	const struct hash hash = hash_one(str_of(bytes));

	if (message->enclosures == NULL)
		message->enclosures = TAKE(&desk.arena, struct enclosure, 4);
	message->enclosures[message->n_enclosures++] =
		(struct enclosure){ .id = str_of(id),
				    .kind = S("Draft plan"),
				    .sha256 = hash_hex(&desk.arena, &hash),
				    .pages = 7 };
}

static void what_goes_with_a_letter_lies_in_its_folder(void **state)
{
	desk.settings.enclosures = desk_path("enclosures");
	assert_int_equal(folder_make(desk.settings.enclosures, 0700), OK);
	assert_int_equal(file_write(desk_path("enclosures/e2.pdf"), S("%PDF-1.4 plan"), 0600), OK);
	assert_int_equal(file_write(desk_path("enclosures/e3"), S("a text"), 0600), OK);
	const struct channel channel = open_letters();
	struct parcel *parcel = letter("m1"), *other = letter("m2"), *text = letter("m3");
	const struct json *enclosures;

	bring(parcel, "e1", "%PDF-1.4 by the service");
	parcel->message->enclosures[0].by_service = true;
	bring(parcel, "e2", "%PDF-1.4 plan");
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_str(read_whole(desk_path("letters/m1/enclosure-1.pdf")), "%PDF-1.4 plan");
	assert_int_equal(json_list(manifest("m1"), "enclosures", &enclosures), 1);
	assert_str(json_text(&enclosures[0], "file"), "enclosure-1.pdf");
	assert_str(json_text(&enclosures[0], "id"), "e2");
	assert_int_equal(json_int(&enclosures[0], "pages", 0), 7);
	/* Never without it, and never with something else. */
	bring(other, "e2", "%PDF-1.4 another plan");
	assert_int_equal(hand_over(&channel, other), OUTCOME_HELD);
	assert_str(desk.said[1].code, "enclosure_changed");
	bring(text, "e3", "a text");
	assert_int_equal(hand_over(&channel, text), OUTCOME_HELD);
	assert_str(desk.said[2].code, "enclosure_no_pdf");
	assert_int_not_equal(access(str_z(&desk.arena, desk_path("letters/m2")), F_OK), 0);
	close_letters(&channel);
}

static void what_had_to_wait_is_dated_by_the_day_on_which_it_leaves(void **state)
{
	const struct channel channel = open_letters();
	struct parcel *parcel = letter("m1");

	parcel->attempt = 3;
	parcel->leaves = instant_add(parcel->at, SPAN_DAYS(2));
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_true(
		holds(read_whole(desk_path("letters/m1/letter.pdf")), "\"day\":\"2026-11-05\""));
	assert_str(json_text(manifest("m1"), "print_on"), "2026-11-05");
	close_letters(&channel);
}

static void a_second_try_makes_no_second_letter(void **state)
{
	const struct channel channel = open_letters();
	struct parcel *parcel = letter("m1");
	const str command = str_fmt(&desk.arena, "rm -r '%.*s/letters/m1'", STR_ARG(desk.folder));
	str *names;

	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(system(str_z(&desk.arena, command)), 0);
	parcel->attempt = 2;
	parcel->unknown_before = true;
	assert_int_equal(hand_over(&channel, parcel), OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("letters"), &names), 0);
	close_letters(&channel);
}

static void several_at_once_have_a_verdict_each(void **state)
{
	const struct channel channel = open_letters();
	const struct parcel *parcels[] = { letter("m1"), letter("mdie"), letter("m2"),
					   letter("mno-missing_glyph"), letter("m3") };
	str *names;

	channel.send(channel.self, parcels, 5);
	assert_int_equal(channel.room(channel.self), 16 - 5);
	wait_for_verdicts(5);
	for (size_t i = 0; i < 5; i++) {
		const str id = desk.said[i].parcel->message->id;
		enum outcome wanted = OUTCOME_ACCEPTED;
		if (str_eq(id, S("mdie")))
			wanted = OUTCOME_LATER;
		if (str_eq(id, S("mno-missing_glyph")))
			wanted = OUTCOME_NEVER_MESSAGE;
		assert_int_equal(desk.said[i].outcome, wanted);
	}
	assert_int_equal(list_folder(desk_path("letters"), &names), 3);
	assert_int_equal(channel.room(channel.self), 16);
	close_letters(&channel);
}

static void what_is_under_way_is_finished_or_not_begun_when_it_closes(void **state)
{
	const struct channel channel = open_letters();
	const struct parcel *parcels[] = { letter("m1"), letter("mhang"), letter("m2") };
	str *names;

	channel.send(channel.self, parcels, 3);
	close_letters(&channel);
	assert_int_equal(desk.n_said, 3);
	size_t accepted = 0;
	for (size_t i = 0; i < 3; i++) {
		if (desk.said[i].outcome == OUTCOME_ACCEPTED)
			accepted++;
		else
			assert_int_equal(desk.said[i].outcome, OUTCOME_NOT_BEGUN);
	}
	assert_int_equal(list_folder(desk_path("letters"), &names), accepted);
}

static void the_folder_of_a_print_room_is_not_made_by_us(void **state)
{
	struct channel channel;

	desk.settings.letter.transport = S("spool");
	assert_false(letter_open(&desk.settings, &desk.env, &desk.policy_in_use, &channel,
				 &desk.findings));
	assert_str(desk.findings.list[0].code, "letter_dir");
	assert_int_equal(folder_make(desk_path("letters"), 0700), OK);
	const struct channel there = open_letters();
	assert_int_equal(hand_over(&there, letter("m1")), OUTCOME_ACCEPTED);
	close_letters(&there);
}

static void a_folder_that_goes_away_pauses_the_channel(void **state)
{
	const struct channel channel = open_letters();
	const str command = str_fmt(&desk.arena, "rm -r '%.*s/letters'", STR_ARG(desk.folder));

	assert_int_equal(system(str_z(&desk.arena, command)), 0);
	assert_int_equal(hand_over(&channel, letter("m1")), OUTCOME_CONFIGURATION);
	assert_str(desk.said[0].code, "spool_away");
	close_letters(&channel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_letter_is_a_folder_with_pages_and_manifest),
		DESK_TEST(what_goes_with_a_letter_lies_in_its_folder),
		DESK_TEST(what_had_to_wait_is_dated_by_the_day_on_which_it_leaves),
		DESK_TEST(a_second_try_makes_no_second_letter),
		DESK_TEST(several_at_once_have_a_verdict_each),
		DESK_TEST(what_is_under_way_is_finished_or_not_begun_when_it_closes),
		DESK_TEST(the_folder_of_a_print_room_is_not_made_by_us),
		DESK_TEST(a_folder_that_goes_away_pauses_the_channel),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
