#include "deliver/http.h"

#include "harness/assert_str.h"

#define T0 INT64_C(1000000)
#define BOTH 3U

static struct share shares[2];

static int begin(void **state)
{
	const struct provider one = { .weight = 3, .at_once = 100 };
	const struct provider two = { .weight = 1, .at_once = 100 };
	choice_init(&shares[0], &one);
	choice_init(&shares[1], &two);
	return 0;
}

static int count_first(int n, int64_t now_ms)
{
	int first = 0;
	for (int i = 0; i < n; i++)
		first += choice_pick(shares, 2, BOTH, now_ms) == 0;
	return first;
}

static bool note(int at, enum share_event event, int64_t now_ms)
{
	return choice_note(&shares[at], event, SPAN_MS(0), now_ms);
}

static void each_gets_its_share_over_any_stretch(void **state)
{
	assert_int_equal(count_first(4, T0), 3);
	assert_int_equal(count_first(4, T0), 3);
	assert_int_equal(count_first(400, T0), 300);
}

static void only_who_is_allowed_and_has_a_place_is_picked(void **state)
{
	assert_int_equal(choice_pick(shares, 2, 2U, T0), 1);
	assert_int_equal(choice_pick(shares, 2, 0U, T0), -1);
	shares[0].in_hand = 100;
	assert_int_equal(count_first(10, T0), 0);
	shares[1].in_hand = 100;
	assert_int_equal(choice_pick(shares, 2, BOTH, T0), -1);
	assert_true(choice_could(shares, 2, BOTH, T0));
}

static void errors_and_slowness_shift_and_time_drifts_back(void **state)
{
	note(0, SHARE_FAILED, T0);
	note(0, SHARE_DID_WELL, T0);
	const int after_error = count_first(400, T0);
	assert_in_range(after_error, 260, 290);
	for (int i = 0; i < 5; i++)
		note(0, SHARE_WAS_SLOW, T0);
	assert_in_range(count_first(400, T0), 100, after_error - 50);
	/* a minute later half of it is forgotten, after two all */
	assert_in_range(count_first(400, T0 + 60000), after_error - 20, 299);
	assert_int_equal(count_first(400, T0 + 120000), 300);
}

static void several_errors_pause_and_then_one_message_tries(void **state)
{
	assert_false(note(0, SHARE_FAILED, T0));
	assert_false(note(0, SHARE_FAILED, T0));
	assert_true(note(0, SHARE_FAILED, T0));
	/* what was under way fails too: it is one failure */
	for (int i = 0; i < 20; i++)
		assert_false(note(0, SHARE_FAILED, T0 + 1));
	assert_int_equal(count_first(10, T0 + 1), 0);
	assert_in_range(choice_pause_left(shares, 1, T0).ms, 750, 1000);
	assert_int_equal(choice_pause_left(shares, 2, T0).ms, 0);
	const int64_t later = T0 + 1000;
	int at = choice_pick(shares, 1, 1U, later);
	assert_int_equal(at, 0);
	shares[0].in_hand++;
	assert_int_equal(choice_pick(shares, 1, 1U, later), -1);
	/* it fails: twice the time */
	shares[0].in_hand--;
	note(0, SHARE_FAILED, later);
	assert_in_range(choice_pause_left(shares, 1, later).ms, 1500, 2000);
	/* it is back */
	assert_true(note(0, SHARE_DID_WELL, later + 2000));
	assert_false(note(0, SHARE_DID_WELL, later + 2000));
	assert_int_equal(choice_pick(shares, 1, 1U, later + 2000), 0);
}

static void what_was_under_way_when_it_went_down_does_not_bring_it_back(void **state)
{
	for (int i = 0; i < 3; i++)
		note(0, SHARE_FAILED, T0);
	assert_false(note(0, SHARE_DID_WELL, T0 + 1));
	assert_false(note(0, SHARE_WAS_SLOW, T0 + 1));
	/* one message tries it, and its answer is what is told */
	assert_int_equal(choice_pick(shares, 1, 1U, T0 + 1000), 0);
	shares[0].in_hand++;
	assert_int_equal(choice_pick(shares, 1, 1U, T0 + 1000), -1);
	assert_true(note(0, SHARE_DID_WELL, T0 + 1000));
	assert_false(note(0, SHARE_DID_WELL, T0 + 1001));
}

static void what_a_provider_asks_for_is_kept(void **state)
{
	assert_true(choice_note(&shares[0], SHARE_FAILED, SPAN_S(30), T0));
	assert_int_equal(choice_pause_left(shares, 1, T0).ms, 30000);
	assert_int_equal(count_first(10, T0 + 29999), 0);
	assert_true(count_first(10, T0 + 30000) > 0);
	/* whose pause was told is told to be back, however few its failures were */
	assert_true(note(0, SHARE_DID_WELL, T0 + 30000));
	assert_true(note(1, SHARE_MISCONFIGURED, T0));
	assert_true(choice_pause_left(&shares[1], 1, T0).ms > 200000);
}

static void there_is_room_for_what_keeps_the_shares(void **state)
{
	/* 3:1 of 100 places each: at 133 the first is full */
	assert_int_equal(choice_room(shares, 2, T0), 133);
	shares[0].in_hand = 60;
	shares[1].in_hand = 20;
	assert_int_equal(choice_room(shares, 2, T0), 0);
	shares[0].in_hand = 40;
	assert_int_equal(choice_room(shares, 2, T0), 73);
	for (int i = 0; i < 3; i++)
		note(0, SHARE_FAILED, T0);
	shares[0].in_hand = shares[1].in_hand = 0;
	assert_int_equal(choice_room(shares, 2, T0), 100);
	/* one more, that tries it */
	assert_int_equal(choice_room(shares, 2, T0 + 1000), 101);
	for (int i = 0; i < 3; i++)
		note(1, SHARE_FAILED, T0);
	assert_int_equal(choice_room(shares, 2, T0), 0);
	assert_int_equal(choice_room(shares, 2, T0 + 1000), 2);
}

static void a_rate_gives_each_message_its_moment(void **state)
{
	shares[0].per_second = 50;
	for (int i = 0; i < 100; i++)
		assert_int_equal(choice_take_slot(&shares[0], T0), T0 + 20 * i);
	/* what was not used is not saved up */
	assert_int_equal(choice_take_slot(&shares[0], T0 + 60000), T0 + 60000);
	assert_int_equal(choice_take_slot(&shares[0], T0 + 60000), T0 + 60020);
	assert_int_equal(choice_take_slot(&shares[1], T0), T0);
	assert_int_equal(choice_take_slot(&shares[1], T0), T0);
}

static void whom_a_person_has_paused_is_left_alone_until_told_otherwise(void **state)
{
	shares[0].held = true;
	assert_int_equal(count_first(40, T0), 0);
	assert_int_equal(choice_pick(shares, 2, 1U, T0), -1);
	assert_false(choice_could(shares, 2, 1U, T0));
	note(0, SHARE_DID_WELL, T0);
	assert_int_equal(choice_pick(shares, 2, 1U, T0), -1);
	/* as if it were not there: of the others it is known when they are tried again */
	assert_int_equal(choice_pause_left(shares, 2, T0).ms, 0);
	shares[1].held = true;
	assert_int_equal(choice_room(shares, 2, T0), 0);
	assert_int_equal(choice_pause_left(shares, 2, T0).ms, 60000);
	shares[0].held = shares[1].held = false;
	assert_int_equal(choice_pick(shares, 2, 1U, T0), 0);
	assert_true(choice_room(shares, 2, T0) > 0);
}

static void failures_are_counted_in_a_row_and_in_all(void **state)
{
	note(0, SHARE_FAILED, T0);
	note(0, SHARE_FAILED, T0);
	note(0, SHARE_DID_WELL, T0);
	note(0, SHARE_MISCONFIGURED, T0);
	assert_int_equal(shares[0].failed, 3);
	assert_int_equal(shares[1].failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_gets_its_share_over_any_stretch, begin),
		cmocka_unit_test_setup(only_who_is_allowed_and_has_a_place_is_picked, begin),
		cmocka_unit_test_setup(errors_and_slowness_shift_and_time_drifts_back, begin),
		cmocka_unit_test_setup(several_errors_pause_and_then_one_message_tries, begin),
		cmocka_unit_test_setup(what_was_under_way_when_it_went_down_does_not_bring_it_back,
				       begin),
		cmocka_unit_test_setup(what_a_provider_asks_for_is_kept, begin),
		cmocka_unit_test_setup(there_is_room_for_what_keeps_the_shares, begin),
		cmocka_unit_test_setup(a_rate_gives_each_message_its_moment, begin),
		cmocka_unit_test_setup(whom_a_person_has_paused_is_left_alone_until_told_otherwise,
				       begin),
		cmocka_unit_test_setup(failures_are_counted_in_a_row_and_in_all, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
