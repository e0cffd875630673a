#include "daemon/watch.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
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

/* As a service manager has it: what it is told arrives here. */
static int listen_as_manager(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* A name that is in no folder begins with a NUL byte, for which "@" is written. */
	const int n = snprintf(address.sun_path + 1, sizeof address.sun_path - 1,
			       "candour-watch-test-%d", (int)getpid());
	char name[sizeof address.sun_path + 1];

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address,
			      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)n)),
			 0);
	snprintf(name, sizeof name, "@%s", address.sun_path + 1);
	setenv("NOTIFY_SOCKET", name, 1);
	setenv("WATCHDOG_USEC", "4000000", 1);
	return fd;
}

static bool was_fed(int fd)
{
	char text[256];
	bool fed = false;

	for (ssize_t n; (n = recv(fd, text, sizeof text, 0)) > 0;)
		fed = fed || (n == 10 && memcmp(text, "WATCHDOG=1", 10) == 0);
	return fed;
}

static void a_daemon_that_stops_is_fed_although_nobody_looks_any_more(void **state)
{
	const int64_t now_ms = (int64_t)(uv_hrtime() / 1000000);
	struct store store = { .token = S("1.ours") };
	const struct owner owner = { .store = &store, .ours_until_ms = now_ms + MINUTE_MS };
	struct watch watch = { .owner = &owner, .has_heard = true, .heard_ms = now_ms };
	const int fd = listen_as_manager();

	watch.status.next_look = instant_add(instant_now(), SPAN_MS(-60 * MINUTE_MS));
	watch.watched.oldest_event = INSTANT_NEVER;
	watch_tick(&watch, false);
	assert_true(was_fed(fd));
	watch.late_since_ms -= 6 * MINUTE_MS;
	watch.fed_ms = 0;
	watch_tick(&watch, false);
	assert_false(was_fed(fd));
	watch_tick_stopping(&watch);
	assert_true(was_fed(fd));
	assert_false(watch_is_stuck(&watch));
	close(fd);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_that_nobody_takes_are_stuck_after_five_minutes),
		cmocka_unit_test(
			looks_that_wait_for_older_events_are_not_stuck_before_that_has_an_end),
		cmocka_unit_test(a_daemon_that_stops_is_fed_although_nobody_looks_any_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
