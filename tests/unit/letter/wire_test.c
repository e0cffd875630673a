#include "letter/inner.h"

#include "base/arena.h"
#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

#define TEXT(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static const str from[] = { TEXT("1 Example Square"), TEXT("S99 9ZZ") };
static const str to[] = { TEXT("Dana \"D\" Novak"), TEXT("2 Road"), TEXT("S1 1AA") };

static struct letter_ask sample(void)
{
	return (struct letter_ask){
		.id = S("m1"),
		.profile = LETTER_LOCAL_DL,
		.points = 24,
		.title = S("Our decision"),
		.day = { 20801 }, /* 2026-12-14 */
		.reference = S("C-1"),
		.from_name = S("Sheffield City Council"),
		.from_lines = from,
		.n_from_lines = 2,
		.to_lines = to,
		.n_to_lines = 3,
		.parts = S("[{\"language\":\"en\",\"passages\":[]}]"),
	};
}

static str frame_of(const struct letter_ask *ask)
{
	str frame = STR_EMPTY;
	assert_true(letter_ask_write(&arena, ask, &frame));
	return frame;
}

static void what_is_asked_is_what_is_read(void **state)
{
	const struct letter_ask ask = sample();
	const str frame = frame_of(&ask);
	struct letter_ask read;
	const struct json *parts;
	str why;
	assert_int_equal(frame_length(frame.p), frame.n - LETTER_FRAME_HEAD);
	assert_true(ask_read(&arena, str_slice(frame, LETTER_FRAME_HEAD, frame.n), &read, &parts,
			     &why));
	assert_true(str_eq(read.id, ask.id));
	assert_int_equal(read.profile, LETTER_LOCAL_DL);
	assert_int_equal(read.points, 24);
	assert_int_equal(read.day.day, ask.day.day);
	assert_int_equal(read.n_to_lines, 3);
	assert_true(str_eq(read.to_lines[0], to[0]));
	assert_true(str_eq(read.from_lines[1], from[1]));
	assert_int_equal(parts->list.n, 1);
}

static void a_request_that_is_wrong_names_its_field(void **state)
{
	static const struct {
		const char *json, *why;
	} cases[] = {
		{ "nonsense", "JSON" },
		{ "[]", "JSON" },
		{ "{\"version\":1}", "parts" },
		{ "{\"id\":\"0123456789012345678901234567890123456789012345678901234567890123x\"}",
		  "id" },
		{ "{\"parts\":[1]}", "version" },
		{ "{\"version\":1,\"parts\":[1]}", "profile" },
		{ "{\"version\":1,\"parts\":[1],\"profile\":\"local_dl\",\"points\":17}",
		  "points" },
		{ "{\"version\":1,\"parts\":[1],\"profile\":\"local_dl\",\"points\":0}", "day" },
		{ "{\"version\":1,\"parts\":[1],\"profile\":\"local_dl\",\"points\":0,"
		  "\"day\":\"2026-12-14\"}",
		  "title" },
		{ "{\"version\":1,\"parts\":[1],\"profile\":\"local_dl\",\"points\":0,"
		  "\"day\":\"2026-12-14\",\"title\":\"t\",\"from\":{\"name\":\"n\"},\"to\":[]}",
		  "to" },
		{ "{\"version\":1,\"parts\":[1],\"profile\":\"local_dl\",\"points\":0,"
		  "\"day\":\"2026-12-14\",\"title\":\"t\",\"from\":{\"name\":\"n\"},\"to\":[\"a\\nb\"]}",
		  "line end" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct letter_ask read;
		const struct json *parts;
		str why = STR_EMPTY;
		assert_false(ask_read(&arena, str_of(cases[i].json), &read, &parts, &why));
		assert_true(str_find(why, str_of(cases[i].why)) < why.n);
	}
}

static void a_request_that_is_too_long_is_not_written(void **state)
{
	struct letter_ask ask = sample();
	struct buf buf = buf_of(&arena, LETTER_REQUEST_MAX + 10);
	str frame;
	buf_add(&buf, S("[\""));
	while (buf.n < LETTER_REQUEST_MAX)
		buf_byte(&buf, 'a');
	buf_add(&buf, S("\"]"));
	ask.parts = buf_str(&buf);
	assert_false(letter_ask_write(&arena, &ask, &frame));
}

static const struct letter_said fine = {
	.id = TEXT("m1"), .pages = 3, .last = true, .pdf = TEXT("%PDF-1.5 ...")
};

static void an_answer_is_whole_only_with_its_last_byte(void **state)
{
	const str bytes = str_join(&arena, said_write(&arena, &fine), S("next"));
	struct letter_said said;
	size_t used = 0;
	for (size_t n = 0; n < bytes.n - 4; n++)
		assert_int_equal(letter_said_take(&arena, str_slice(bytes, 0, n), &said, &used),
				 LETTER_MORE);
	assert_int_equal(letter_said_take(&arena, bytes, &said, &used), LETTER_WHOLE);
	assert_int_equal(used, bytes.n - 4);
	assert_int_equal(said.refused, LETTER_NONE);
	assert_int_equal(said.pages, 3);
	assert_true(said.last);
	assert_true(str_eq(said.pdf, fine.pdf));
}

static void every_refusal_comes_through_with_its_code(void **state)
{
	for (int i = LETTER_NONE + 1; i < LETTER_REFUSAL_COUNT; i++) {
		const struct letter_said no = { .id = S("m1"),
						.refused = (enum letter_refusal)i,
						.why = S("U+1F642 is in no font") };
		struct letter_said said;
		size_t used = 0;
		assert_int_equal(letter_said_take(&arena, said_write(&arena, &no), &said, &used),
				 LETTER_WHOLE);
		assert_int_equal(said.refused, i);
		assert_true(str_eq(said.why, no.why));
	}
	assert_true(letter_refusal_is_final(LETTER_MISSING_GLYPH));
	assert_false(letter_refusal_is_final(LETTER_NO_FONTS));
}

static void garbage_is_known_as_early_as_it_can_be(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {
		{ "HTTP", 4 },                                          /* no such length */
		{ "\0\0\0\2[]", 6 },                                    /* not a map */
		{ "\0\0\0\2{}", 6 },                                    /* no pages */
		{ "\0\0\0\x0D{\"pages\":300}", 17 },                    /* too many */
		{ "\0\0\0\x1A{\"error\":{\"code\":\"strange\"}}", 30 }, /* no such code */
		{ "\0\0\0\x0B{\"pages\":1}\xFF\0\0\0", 19 },            /* a PDF too long */
		{ "\0\0\0\x0B{\"pages\":1}\0\0\0\5%PS-1", 24 },         /* no PDF */
		{ "\0\0\0\x0B{\"pages\":1}\0\0\0\0", 19 },              /* none at all */
	};
	struct letter_said said;
	size_t used = 0;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(
			letter_said_take(&arena, (str){ cases[i].bytes, cases[i].n }, &said, &used),
			LETTER_GARBAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_asked_is_what_is_read, end),
		cmocka_unit_test_teardown(a_request_that_is_wrong_names_its_field, end),
		cmocka_unit_test_teardown(a_request_that_is_too_long_is_not_written, end),
		cmocka_unit_test_teardown(an_answer_is_whole_only_with_its_last_byte, end),
		cmocka_unit_test_teardown(every_refusal_comes_through_with_its_code, end),
		cmocka_unit_test_teardown(garbage_is_known_as_early_as_it_can_be, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
