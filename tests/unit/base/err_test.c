#include "base/err.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static void every_error_has_a_text(void **state)
{
	for (int i = 0; i < ERR_COUNT; i++)
		assert_true(strlen(err_text((enum err)i)) > 0);
	assert_string_equal(err_text(OK), "fine");
	assert_string_equal(err_text(ERR_CLOSED), "closed");
	assert_non_null(err_text(ERR_COUNT));
}

static void a_finding_keeps_its_own_words(void **state)
{
	char file[] = "conf/candour.conf";
	struct findings findings = findings_of(&arena);
	findings_error(&findings, str_of(file), 12, "unknown_key", "there is no key \"%s\"",
		       "colour");
	memset(file, '?', 4);
	findings_warning(&findings, STR_EMPTY, 0, "odd", "this is odd");
	assert_int_equal(findings.n, 2);
	assert_int_equal(findings.errors, 1);
	assert_text(findings.list[0].file, "conf/candour.conf");
	assert_int_equal(findings.list[0].line, 12);
	assert_text(findings.list[0].code, "unknown_key");
	assert_text(findings.list[0].message, "there is no key \"colour\"");
	assert_false(findings.list[0].warning);
	assert_true(findings.list[1].warning);
}

static void beyond_the_most_findings_are_only_counted(void **state)
{
	struct findings findings = findings_of(&arena);
	for (int i = 0; i < FINDINGS_MAX + 50; i++)
		findings_error(&findings, S("f"), i, "code", "number %d", i);
	assert_int_equal(findings.n, FINDINGS_MAX);
	assert_int_equal(findings.errors, FINDINGS_MAX + 50);
	assert_text(findings.list[FINDINGS_MAX - 1].message, "number 199");
}

static void break_a_promise(void)
{
	require(arena.total > ARENA_BYTES_MAX);
}

static void keep_a_promise(void)
{
	require(arena.total <= ARENA_BYTES_MAX);
}

static void a_broken_promise_ends_the_process(void **state)
{
	assert_true(ends_the_process(break_a_promise));
	assert_false(ends_the_process(keep_a_promise));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_a_text),
		cmocka_unit_test(a_finding_keeps_its_own_words),
		cmocka_unit_test(beyond_the_most_findings_are_only_counted),
		cmocka_unit_test(a_broken_promise_ends_the_process),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
