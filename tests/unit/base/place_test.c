#include "base/place.h"

#include "harness/assert_str.h"

static void only_places_of_this_machine_are_taken(void **state)
{
	static const char *const bad[] = { "0.0.0.0:80",
					   "192.0.2.1:80",
					   "[::]:80",
					   "localhost:80",
					   "127.0.0.1",
					   "127.0.0.1:0",
					   "127.0.0.1:65536",
					   "127.0.0.1.2:80",
					   "unix:relative",
					   "unix:/",
					   "",
					   "127.0.0.1:8 0" };
	static const struct {
		const char *text;
		int family;
	} good[] = { { "127.0.0.1:9180", AF_INET },
		     { "[::1]:80", AF_INET6 },
		     { "unix:/run/x", AF_UNIX } };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct place place = { .size = 77 };

		if (place_read(str_of(bad[i]), &place))
			fail_msg("%s is taken", bad[i]);
		assert_int_equal(place.size, 77);
	}
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct place place;

		assert_true(place_read(str_of(good[i].text), &place));
		assert_int_equal(place.address.any.sa_family, good[i].family);
	}
}

static void a_path_that_is_too_long_for_a_socket_is_none(void **state)
{
	char text[200] = "unix:/";
	struct place place;

	memset(text + 6, 'x', sizeof text - 7);
	assert_false(place_read(str_of(text), &place));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_places_of_this_machine_are_taken),
		cmocka_unit_test(a_path_that_is_too_long_for_a_socket_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
