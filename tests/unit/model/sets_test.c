#include "model/sets.h"

#include "harness/assert_str.h"

static void every_name_parses_back_to_its_value(void **state)
{
#define CHECK(tag, count)                                                                          \
	for (size_t i = 0; i < (size_t)(count); i++) {                                             \
		enum tag value = (enum tag)((i + 1) % (size_t)(count));                            \
		assert_true(tag##_parse(tag##_name((enum tag)i), &value));                         \
		assert_int_equal(value, i);                                                        \
	}
	CHECK(channel_kind, CHANNEL_COUNT)
	CHECK(role, ROLE_COUNT)
	CHECK(party_role, PARTY_ROLE_COUNT)
	CHECK(format, FORMAT_COUNT)
	CHECK(court_order, ORDER_COUNT)
	CHECK(grade, GRADE_COUNT)
	CHECK(message_state, MESSAGE_STATE_COUNT)
	CHECK(duty_state, DUTY_STATE_COUNT)
	CHECK(why, WHY_COUNT)
	CHECK(refusal, REFUSAL_COUNT)
#undef CHECK
}

static void an_unknown_name_leaves_the_value_alone(void **state)
{
	enum channel_kind channel = CHANNEL_LETTER;
	assert_false(channel_kind_parse(S("fax"), &channel));
	assert_false(channel_kind_parse(S("Email"), &channel));
	assert_false(channel_kind_parse(S(""), &channel));
	assert_int_equal(channel, CHANNEL_LETTER);
}

static void every_why_has_a_sentence(void **state)
{
	for (size_t i = 0; i < WHY_COUNT; i++)
		assert_true(why_text((enum why)i).n > 10);
	assert_str(why_text(WHY_AGREED), "the method agreed with this person");
}

static void an_id_is_short_and_plain(void **state)
{
	static const char *const good[] = { "a", "9", "C1", "c-mum", "a.b_c-d", "A--" };
	static const char *const bad[] = { "", "-a", ".a", "_a", "a b", "a/b", "a:b", "\xc3\xa9" };
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(id_is(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(id_is(str_of(bad[i])));
	const str sixty_five = S("a2345678901234567890123456789012345678901234567890"
				 "123456789012345");
	assert_int_equal(sixty_five.n, 65);
	assert_false(id_is(sixty_five));
	assert_true(id_is(str_slice(sixty_five, 0, 64)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_parses_back_to_its_value),
		cmocka_unit_test(an_unknown_name_leaves_the_value_alone),
		cmocka_unit_test(every_why_has_a_sentence),
		cmocka_unit_test(an_id_is_short_and_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
