#include "unit/deliver/desk.h"

static struct deliver *open_deliver(void)
{
	struct deliver *deliver = deliver_open(&desk.settings, &desk.env, &desk.policy,
					       &desk.findings);

	assert_non_null(deliver);
	return deliver;
}

static void close_deliver(struct deliver *deliver)
{
	deliver_close(&deliver, SPAN_S(1), note_closed, &desk);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.closed, 1);
}

/* An email that has a letter. */
static struct parcel *notice(const char *id)
{
	struct parcel *parcel = desk_parcel(id, CHANNEL_EMAIL);

	parcel->letter = desk_words().letter;
	return parcel;
}

/* Workers stay, so that the loop has no end of its own. */
static void send_all(struct deliver *deliver, const struct parcel *const *parcels, size_t n)
{
	const size_t before = desk.n_said;

	desk.sending = true;
	deliver_send(deliver, CHANNEL_EMAIL, parcels, n);
	desk.sending = false;
	while (desk.n_said < before + n)
		uv_run(&desk.loop, UV_RUN_ONCE);
}

static str mail(const char *id)
{
	str *names;
	const str folder = desk_path("mail/new");
	const size_t n = list_folder(folder, &names);

	for (size_t i = 0; i < n; i++)
		if (holds(names[i], id))
			return read_whole(str_fmt(&desk.arena, "%.*s/%.*s", STR_ARG(folder),
						  STR_ARG(names[i])));
	fail_msg("no mail %s", id);
	return STR_EMPTY;
}

static void a_notice_carries_the_pages_of_its_letter(void **state)
{
	struct deliver *deliver = open_deliver();
	const struct parcel *parcels[] = { notice("m1"), desk_parcel("m2", CHANNEL_EMAIL) };

	send_all(deliver, parcels, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(desk.said[i].outcome, OUTCOME_ACCEPTED);
		/* Those without a letter do not wait for it. */
		assert_ptr_equal(desk.said[i].parcel, parcels[1 - i]);
	}
	assert_true(holds(mail("m1"), "Content-Type: application/pdf; "
				      "name=\"A draft for you to read.pdf\"\r\n"));
	assert_true(holds(mail("m1"), "\r\nJVBERi")); /* %PDF- */
	assert_false(holds(mail("m2"), "application/pdf"));
	close_deliver(deliver);
}

static void a_notice_whose_pages_cannot_be_made_does_not_leave(void **state)
{
	struct deliver *deliver = open_deliver();
	const struct parcel *parcel = notice("mno-missing_glyph");
	str *names;

	send_all(deliver, &parcel, 1);
	assert_ptr_equal(desk.said[0].parcel, parcel);
	assert_int_not_equal(desk.said[0].outcome, OUTCOME_ACCEPTED);
	assert_int_equal(list_folder(desk_path("mail/new"), &names), 0);
	close_deliver(deliver);
}

static void neither_notice_nor_enclosure_travels_where_others_can_read_it(void **state)
{
	static const char *const modes[] = { "optional", "off" };

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		desk.settings.email = (struct email_settings){
			.transport = S("libesmtp"),
			.host = S("relay.example"),
			.port = 25,
			.tls = str_of(modes[i]),
			.threads = 1,
			.session_messages = 1,
			.reply_within = SPAN_S(1),
		};
		struct deliver *deliver = open_deliver();
		struct enclosure plan = { .id = S("plan"), .sha256 = S("ab") };
		struct message *carrier = desk_message("m2", CHANNEL_EMAIL);
		struct parcel *carries = desk_parcel("m2", CHANNEL_EMAIL);
		const struct parcel *parcels[] = { notice("m1"), carries };

		carrier->enclosures = &plan;
		carrier->n_enclosures = 1;
		carries->message = carrier;
		desk.n_said = desk.closed = 0;
		send_all(deliver, parcels, 2);
		for (size_t k = 0; k < 2; k++) {
			assert_int_equal(desk.said[k].outcome, OUTCOME_NEVER_MESSAGE);
			assert_str(desk.said[k].code, "needs_tls");
		}
		close_deliver(deliver);
	}
}

static void closing_gives_back_what_the_press_has(void **state)
{
	struct deliver *deliver = open_deliver();
	const struct parcel *parcel = notice("mhang");

	deliver_send(deliver, CHANNEL_EMAIL, &parcel, 1);
	uv_run(&desk.loop, UV_RUN_NOWAIT);
	close_deliver(deliver);
	assert_int_equal(desk.n_said, 1);
	assert_ptr_equal(desk.said[0].parcel, parcel);
	assert_int_equal(desk.said[0].outcome, OUTCOME_NOT_BEGUN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_notice_carries_the_pages_of_its_letter),
		DESK_TEST(a_notice_whose_pages_cannot_be_made_does_not_leave),
		DESK_TEST(neither_notice_nor_enclosure_travels_where_others_can_read_it),
		DESK_TEST(closing_gives_back_what_the_press_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
