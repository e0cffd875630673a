#include "base/arena.h"

#include "unit/base/check.h"

static void what_is_taken_is_zero_aligned_and_apart(void **state)
{
	struct arena arena = ARENA_EMPTY;
	char *before = NULL;
	for (size_t n = 0; n < 300; n++) {
		char *taken = TAKE(&arena, char, n);
		assert_non_null(taken);
		assert_ptr_not_equal(taken, before);
		assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(taken[i], 0);
		memset(taken, 'x', n);
		before = taken;
	}
	arena_free(&arena);
}

static void what_is_taken_after_a_clear_is_zero_again(void **state)
{
	struct arena arena = ARENA_EMPTY;
	memset(TAKE(&arena, char, 5000), 'x', 5000);
	arena_clear(&arena);
	const char *taken = TAKE(&arena, char, 5000);
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(taken[i], 0);
	arena_free(&arena);
}

static void things_stay_put_while_others_are_taken(void **state)
{
	struct arena arena = ARENA_EMPTY;
	int *first = TAKE(&arena, int, 1);
	*first = 42;
	for (int i = 0; i < 10000; i++)
		*TAKE(&arena, int, 3) = -1;
	assert_int_equal(*first, 42);
	arena_free(&arena);
}

static void the_same_work_again_takes_no_more_from_the_system(void **state)
{
	struct arena arena = ARENA_EMPTY;
	size_t held[20];
	for (size_t turn = 0; turn < 20; turn++) {
		for (int i = 0; i < 100; i++)
			TAKE(&arena, char, 1000);
		held[turn] = arena.total;
		arena_clear(&arena);
	}
	assert_int_equal(held[19], held[10]);
	arena_free(&arena);
}

static void one_large_thing_is_given_back_when_cleared(void **state)
{
	struct arena arena = ARENA_EMPTY;
	TAKE(&arena, char, (size_t)64 << 20);
	assert_true(arena.total >= (size_t)64 << 20);
	arena_clear(&arena);
	assert_true(arena.total <= (size_t)1 << 20);
	arena_free(&arena);
	assert_int_equal(arena.total, 0);
}

static void a_freed_arena_may_be_used_again(void **state)
{
	struct arena arena = ARENA_EMPTY;
	TAKE(&arena, int, 10);
	arena_free(&arena);
	assert_non_null(TAKE(&arena, int, 10));
	arena_free(&arena);
	arena_free(&arena);
	arena_clear(&arena);
}

static void take_too_much(void)
{
	struct arena arena = ARENA_EMPTY;
	arena_take(&arena, 1, ARENA_BYTES_MAX + 1);
}

static void take_too_much_in_pieces(void)
{
	struct arena arena = ARENA_EMPTY;
	for (int i = 0; i < 3; i++)
		arena_take(&arena, 1, ARENA_BYTES_MAX / 2);
}

static void take_a_product_beyond_size_t(void)
{
	struct arena arena = ARENA_EMPTY;
	arena_take(&arena, SIZE_MAX / 2, 3);
}

static void beyond_its_limit_the_process_ends(void **state)
{
	assert_true(ends_the_process(take_too_much));
	assert_true(ends_the_process(take_too_much_in_pieces));
	assert_true(ends_the_process(take_a_product_beyond_size_t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_is_zero_aligned_and_apart),
		cmocka_unit_test(what_is_taken_after_a_clear_is_zero_again),
		cmocka_unit_test(things_stay_put_while_others_are_taken),
		cmocka_unit_test(the_same_work_again_takes_no_more_from_the_system),
		cmocka_unit_test(one_large_thing_is_given_back_when_cleared),
		cmocka_unit_test(a_freed_arena_may_be_used_again),
		cmocka_unit_test(beyond_its_limit_the_process_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
