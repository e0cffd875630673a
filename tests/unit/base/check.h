/*
 * What the tests of base share: cmocka with what it wants before it, and texts compared as texts.
 */
#ifndef CANDOUR_TESTS_UNIT_BASE_CHECK_H
#define CANDOUR_TESTS_UNIT_BASE_CHECK_H

#include "base/arena.h"
#include "base/str.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Shows both texts when they differ. */
#define assert_text(got, want) check_text((got), (want), __FILE__, __LINE__)

static inline void check_text(str got, const char *want, const char *file, int line)
{
	static struct arena arena; /* a failed test does not come back to free it */
	if (!str_eq(got, str_of(want)))
		_assert_string_equal(str_fmt(&arena, "%.*s", STR_ARG(got)).p, want, file, line);
}

/* True when the function ends its process as our own bugs do. */
static inline bool ends_the_process(void (*function)(void))
{
	pid_t child = fork();
	if (child == 0) {
		close(STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		function();
		_exit(0);
	}
	int status = 0;
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#endif
