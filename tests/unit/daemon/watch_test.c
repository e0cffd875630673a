#include "daemon/watch.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <uv.h>

#define MINUTE_MS ((int64_t)60000)

/* Looks of an hour ago are still there, as Redis said just now; and so they were for these minutes of ours. */
static bool is_stuck_after(int64_t minutes, instant oldest_event)
{
	const int64_t now_ms = (int64_t)(uv_hrtime() / 1000000);
	struct store store = { .token = S("1.ours") };
	const struct owner owner = { .store = &store, .ours_until_ms = now_ms + MINUTE_MS };
	struct watch watch = { .owner = &owner, .has_heard = true, .heard_ms = now_ms };

	watch.status.next_look = instant_add(instant_now(), SPAN_MS(-60 * MINUTE_MS));
	watch.watched.oldest_event = oldest_event;
	watch_tick(&watch, false);
	assert_int_not_equal(watch.late_since_ms, 0);
	watch.late_since_ms -= minutes * MINUTE_MS;
	return watch_is_stuck(&watch);
}

static void looks_that_nobody_takes_are_stuck_after_five_minutes(void **state)
{
	assert_false(is_stuck_after(4, INSTANT_NEVER));
	assert_true(is_stuck_after(6, INSTANT_NEVER));
	assert_true(is_stuck_after(6, instant_now()));
}

static void looks_that_wait_for_older_events_are_not_stuck_before_that_has_an_end(void **state)
{
	const instant before = instant_add(instant_now(), SPAN_MS(-120 * MINUTE_MS));

	assert_false(is_stuck_after(19, before));
	assert_true(is_stuck_after(21, before));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_that_nobody_takes_are_stuck_after_five_minutes),
		cmocka_unit_test(
			looks_that_wait_for_older_events_are_not_stuck_before_that_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
