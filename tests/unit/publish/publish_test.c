#include "candour/publish.h"

#include "base/arena.h"
#include "harness/assert_str.h"
#include "intake/intake.h"

#define TIME "2026-11-02T09:15:00Z"

static struct arena arena;
static char buffer[CANDOUR_EVENT_BYTES_MAX + 16];

static void begin(struct candour_event *event)
{
	const struct candour_head head = { "e1", "send", "contact.registered", "family/F1", TIME };
	candour_begin(event, buffer, sizeof buffer, &head);
}

static void the_bytes_are_what_the_daemon_takes(void **state)
{
	struct candour_event event;
	begin(&event);
	candour_text(&event, "contact", "dana");
	candour_text(&event, "role", "parent");
	candour_text(&event, "name", "Dana \"D\" O\\Neill, \xc3\x85sa");
	candour_truth(&event, "parental_responsibility", 1);
	candour_open_list(&event, "channels");
	candour_text(&event, NULL, "letter");
	candour_text(&event, NULL, "sms");
	candour_close(&event);
	candour_open_map(&event, "addresses");
	candour_text(&event, "sms", "07700 900123");
	candour_close(&event);
	candour_number(&event, "extra", -42);
	candour_null(&event, "nothing");
	assert_int_equal(candour_end(&event), CANDOUR_FINE);
	assert_int_equal(event.buffer[event.length], '\0');

	struct calendar calendar = { .id = S("office") };
	assert_int_equal(zone_read(&arena, S("Europe/London"), &calendar.zone), OK);
	const struct policy policy = { .calendar = &calendar };
	struct event parsed;
	struct refused refused;
	assert_true(intake_parse(&arena, &policy, (str){ event.buffer, event.length }, false,
				 &parsed, &refused));
	assert_int_equal(parsed.kind, KIND_CONTACT_REGISTERED);
	assert_str(json_text(parsed.data, "name"), "Dana \"D\" O\\Neill, \xc3\x85sa");
	assert_int_equal(json_int(parsed.data, "extra", 0), -42);
}

static void numbers_are_written_to_their_ends(void **state)
{
	struct candour_event event;
	begin(&event);
	candour_open_list(&event, "n");
	candour_number(&event, NULL, 0);
	candour_number(&event, NULL, 9223372036854775807LL);
	candour_number(&event, NULL, -9223372036854775807LL - 1);
	candour_close(&event);
	assert_int_equal(candour_end(&event), CANDOUR_FINE);
	const char *list = "[0,9223372036854775807,-9223372036854775808]";
	assert_true(str_find((str){ event.buffer, event.length }, str_of(list)) < event.length);
}

static void the_envelope_is_checked(void **state)
{
	static const struct {
		struct candour_head head;
		enum candour_error error;
	} cases[] = {
		{ { "e1", "send", "case.opened", "case/C1", TIME }, CANDOUR_FINE },
		{ { "e1", "send", "case.opened", "case/C1", "2026-11-02T09:15:00.25+01:00" },
		  CANDOUR_FINE },
		{ { "", "send", "case.opened", "case/C1", TIME }, CANDOUR_BAD_ID },
		{ { NULL, "send", "case.opened", "case/C1", TIME }, CANDOUR_BAD_ID },
		{ { "a b", "send", "case.opened", "case/C1", TIME }, CANDOUR_BAD_ID },
		{ { "e1", "", "case.opened", "case/C1", TIME }, CANDOUR_BAD_SOURCE },
		{ { "e1", "two words", "case.opened", "case/C1", TIME }, CANDOUR_BAD_SOURCE },
		{ { "e1", "send", "", "case/C1", TIME }, CANDOUR_BAD_TYPE },
		{ { "e1", "send", "clock.due", "case/C1", TIME }, CANDOUR_BAD_TYPE },
		{ { "e1", "send", "message.failed", "case/C1", TIME }, CANDOUR_BAD_TYPE },
		{ { "e1", "send", "case.opened", "C1", TIME }, CANDOUR_BAD_SUBJECT },
		{ { "e1", "send", "case.opened", "case/", TIME }, CANDOUR_BAD_SUBJECT },
		{ { "e1", "send", "case.opened", "house/C1", TIME }, CANDOUR_BAD_SUBJECT },
		{ { "e1", "send", "case.opened", "case/C1", "2026-11-02" }, CANDOUR_BAD_TIME },
		{ { "e1", "send", "case.opened", "case/C1", "2026-11-02T09:15:00" },
		  CANDOUR_BAD_TIME },
		{ { "e1", "send", "case.opened", "case/C1", "2026-11-02T09:15:00Zz" },
		  CANDOUR_BAD_TIME },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct candour_event event;
		candour_begin(&event, buffer, sizeof buffer, &cases[i].head);
		if (cases[i].error != CANDOUR_FINE)
			candour_text(&event, "ignored", "after the first mistake");
		assert_int_equal(event.error, cases[i].error);
	}
}

static void an_id_has_at_most_64_characters(void **state)
{
	const char *long_id = "a2345678901234567890123456789012345678901234567890123456789012345";
	struct candour_event event;
	struct candour_head head = { long_id, "send", "t", "case/C1", TIME };
	candour_begin(&event, buffer, sizeof buffer, &head);
	assert_int_equal(event.error, CANDOUR_BAD_ID);
	head.id = long_id + 1;
	candour_begin(&event, buffer, sizeof buffer, &head);
	assert_int_equal(event.error, CANDOUR_FINE);
}

static void texts_that_no_event_may_hold_are_refused(void **state)
{
	static const char *const bad[] = {
		"\xff", "\xc3",     "\xc0\xaf",     "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x07",
		"\x7f", "\xc2\x85", "\xe2\x80\xa8", "\xef\xb7\x90", "\xef\xbf\xbf",     NULL,
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct candour_event event;
		begin(&event);
		candour_text(&event, "name", bad[i]);
		assert_int_equal(candour_end(&event), CANDOUR_BAD_TEXT);
		assert_int_equal(event.length, 0);
	}
	struct candour_event event;
	begin(&event);
	candour_text(&event, "text", "two\nlines\tand \xf0\x9f\x90\x9d");
	assert_int_equal(candour_end(&event), CANDOUR_FINE);
}

static void what_is_opened_must_be_closed(void **state)
{
	struct candour_event event;
	begin(&event);
	candour_open_list(&event, "channels");
	assert_int_equal(candour_end(&event), CANDOUR_BAD_NESTING);
	begin(&event);
	candour_close(&event);
	assert_int_equal(candour_end(&event), CANDOUR_BAD_NESTING);
	begin(&event);
	candour_text(&event, NULL, "a member without a key");
	assert_int_equal(candour_end(&event), CANDOUR_BAD_NESTING);
	begin(&event);
	candour_open_list(&event, "l");
	candour_text(&event, "key", "in a list");
	assert_int_equal(candour_end(&event), CANDOUR_BAD_NESTING);
}

static void sixteen_may_stand_inside_each_other(void **state)
{
	for (int deep = 14; deep <= 15; deep++) {
		struct candour_event event;
		begin(&event);
		candour_open_list(&event, "l");
		for (int i = 1; i < deep; i++)
			candour_open_list(&event, NULL);
		for (int i = 0; i < deep; i++)
			candour_close(&event);
		assert_int_equal(candour_end(&event),
				 deep == 14 ? CANDOUR_FINE : CANDOUR_BAD_NESTING);
	}
}

static void no_byte_is_written_behind_the_buffer(void **state)
{
	char whole[512];
	struct candour_event event;
	const struct candour_head head = { "e1", "send", "case.closed", "case/C1", TIME };
	candour_begin(&event, whole, sizeof whole, &head);
	candour_text(&event, "outcome", "moved away");
	assert_int_equal(candour_end(&event), CANDOUR_FINE);
	size_t length = event.length;
	for (size_t size = 0; size <= length + 1; size++) {
		char small[512];
		memset(small, '#', sizeof small);
		candour_begin(&event, small, size, &head);
		candour_text(&event, "outcome", "moved away");
		enum candour_error error = candour_end(&event);
		assert_int_equal(error, size == length + 1 ? CANDOUR_FINE : CANDOUR_NO_ROOM);
		for (size_t i = size; i < sizeof small; i++)
			assert_int_equal(small[i], '#');
	}
}

static void an_event_is_at_most_as_large_as_the_daemon_takes(void **state)
{
	struct candour_event event;
	begin(&event);
	candour_open_list(&event, "l");
	for (int i = 0; i < 20000; i++)
		candour_number(&event, NULL, 100);
	candour_close(&event);
	assert_int_equal(candour_end(&event), CANDOUR_NO_ROOM);
}

static void seconds_become_a_time(void **state)
{
	static const struct {
		long long seconds;
		const char *time;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },          { 951782400, "2000-02-29T00:00:00Z" },
		{ 951868799, "2000-02-29T23:59:59Z" },  { 1793610900, "2026-11-02T09:15:00Z" },
		{ 4107542399, "2100-02-28T23:59:59Z" }, { 4107542400, "2100-03-01T00:00:00Z" },
		{ -5, "1970-01-01T00:00:00Z" },         { 253402300800LL, "9999-12-31T23:59:59Z" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char out[CANDOUR_TIME_SIZE];
		candour_time(cases[i].seconds, out);
		assert_string_equal(out, cases[i].time);
	}
}

static void every_mistake_has_a_sentence(void **state)
{
	for (int error = CANDOUR_FINE; error <= CANDOUR_BAD_NESTING; error++)
		assert_string_not_equal(candour_error_text((enum candour_error)error), "unknown");
}

static int clear(void **state)
{
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bytes_are_what_the_daemon_takes),
		cmocka_unit_test(numbers_are_written_to_their_ends),
		cmocka_unit_test(the_envelope_is_checked),
		cmocka_unit_test(an_id_has_at_most_64_characters),
		cmocka_unit_test(texts_that_no_event_may_hold_are_refused),
		cmocka_unit_test(what_is_opened_must_be_closed),
		cmocka_unit_test(sixteen_may_stand_inside_each_other),
		cmocka_unit_test(no_byte_is_written_behind_the_buffer),
		cmocka_unit_test(an_event_is_at_most_as_large_as_the_daemon_takes),
		cmocka_unit_test(seconds_become_a_time),
		cmocka_unit_test(every_mistake_has_a_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, clear);
}
