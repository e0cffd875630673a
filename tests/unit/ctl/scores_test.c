/* What families answered, as the evidence tells it. */
#include "ctl/scores.h"

#include "harness/assert_str.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static struct evidence answered(const char *case_id, const char *on, const char *data)
{
	return (struct evidence){
		.entry = { .kind = S("event"),
			   .id = S("e1"),
			   .case_id = str_of(case_id),
			   .detail = str_fmt(&arena,
					     "{\"type\":\"feedback.received\",\"on\":\"%s\","
					     "\"data\":%s}",
					     on, data) },
	};
}

static struct evidence opened(const char *case_id, const char *service, const char *pathway)
{
	return (struct evidence){
		.entry = { .kind = S("event"),
			   .id = S("e0"),
			   .case_id = str_of(case_id),
			   .detail = str_fmt(&arena,
					     "{\"type\":\"case.opened\",\"on\":\"2026-09-01\","
					     "\"data\":{\"service\":\"%s\",\"pathway\":\"%s\"}}",
					     service, pathway) },
	};
}

static void answers_are_counted_by_the_service_they_speak_of(void **state)
{
	const struct evidence list[] = {
		opened("C1", "send", "ehc"),
		opened("C2", "camhs", "waiting"),
		opened("C1", "camhs", "ehc"), /* again: it stays where it was */
		answered("C1", "2026-11-02", "{\"score\":5}"),
		answered("C1", "2026-11-30", "{\"score\":2,\"text\":\"x\"}"),
		answered("C1", "2026-11-30", "{\"text\":\"words alone\"}"),
		answered("C2", "2026-11-03", "{\"score\":4}"),
		answered("C2", "2026-11-03", "{\"score\":40}"), /* no answer to what is asked */
		answered("C2", "2026-11-03", "{\"score\":0}"),
		answered("", "2026-11-03", "{\"score\":1}"),
		answered("C1", "2026-10-31", "{\"score\":1}"),
		answered("C1", "2026-12-01", "{\"score\":1}"),
	};
	struct scores scores = { .arena = &arena };

	assert_true(date_of(2026, 11, 1, &scores.from));
	assert_true(date_of(2026, 11, 30, &scores.to));
	scores_add(&scores, list, sizeof list / sizeof list[0]);
	scores_sort(&scores);
	assert_int_equal(scores.n, 3);
	assert_str(scores.lines[0].service, ""); /* of no case that is known */
	assert_str(scores.lines[1].service, "camhs");
	assert_int_equal(scores_mean(&scores.lines[1]), 40);
	assert_int_equal(scores.lines[1].n, 1);
	assert_str(scores.lines[2].service, "send");
	assert_str(scores.lines[2].pathway, "ehc");
	assert_int_equal(scores.lines[2].n, 2);
	assert_int_equal(scores_mean(&scores.lines[2]), 35);
	assert_int_equal(scores.lines[2].of[2], 1);
	assert_int_equal(scores.lines[2].of[5], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(answers_are_counted_by_the_service_they_speak_of, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
