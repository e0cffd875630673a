/*
 * cmocka and texts: a test includes this instead of <cmocka.h>.
 */
#ifndef TESTS_HARNESS_ASSERT_STR_H
#define TESTS_HARNESS_ASSERT_STR_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The str holds exactly these characters; both are shown when it does not. */
#define assert_str(actual, expected) assert_str_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_str_at(str actual, const char *expected, const char *file, int line)
{
	if (str_eq(actual, str_of(expected)))
		return;
	print_error("is:     \"%.*s\"\nwanted: \"%s\"\n", STR_ARG(actual), expected);
	_fail(file, line);
}

#endif
