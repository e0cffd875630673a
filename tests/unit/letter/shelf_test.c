#include "letter/inner.h"

#include "base/arena.h"
#include "unit/base/check.h"

/* Which layouts are found again, and that no setting is taken for another. */

static struct arena arena;
static struct fonts *fonts;
static struct shelf *shelf;

static int begin(void **state)
{
	str why;
	fonts = fonts_open(&arena, S(FONTS_FOLDER), &why);
	shelf = shelf_new();
	return fonts == NULL;
}

static int end(void **state)
{
	shelf_free(&shelf);
	fonts_close(&fonts);
	arena_free(&arena);
	return 0;
}

/* As a letter of its own sets it. */
static void keep(str key)
{
	shelf_begin(shelf);
	const struct type type = { .language = "en", .size = 12 };
	PangoLayout *layout = fonts_layout(fonts, &type, S("words"));
	shelf_keep(shelf, key, layout);
	g_object_unref(layout);
}

static bool is_there(str key)
{
	PangoLayout *layout = shelf_find(shelf, key);
	const bool there = layout != NULL;
	g_clear_object(&layout);
	return there;
}

static void what_comes_twice_is_kept(void **state)
{
	assert_false(is_there(S("a")));
	keep(S("a"));
	assert_false(is_there(S("a")));
	keep(S("b"));
	keep(S("a"));
	assert_true(is_there(S("a")));
	assert_false(is_there(S("b")));
	assert_false(is_there(S("ab")));
}

static void what_comes_twice_in_one_letter_is_not_kept(void **state)
{
	PangoLayout *layout = fonts_layout(fonts, &(struct type){ .language = "en", .size = 12 },
					   S("words"));
	shelf_begin(shelf);
	for (int i = 0; i < 3; i++)
		shelf_keep(shelf, S("a"), layout);
	assert_false(is_there(S("a")));
	shelf_begin(shelf);
	shelf_keep(shelf, S("a"), layout);
	assert_true(is_there(S("a")));
	g_object_unref(layout);
}

static void a_full_shelf_is_emptied_and_goes_on(void **state)
{
	const str words = { TAKE(&arena, char, 4000), 4000 };
	memset((char *)(uintptr_t)words.p, 'x', words.n);
	keep(words);
	keep(words);
	assert_false(is_there(words)); /* too long for it */
	str last = STR_EMPTY;
	for (int i = 0; i < 400; i++) {
		last = str_fmt(&arena, "%d %.*s", i, 1000, words.p);
		keep(last);
		keep(last);
		assert_true(is_there(last));
	}
	assert_false(is_there(str_fmt(&arena, "0 %.*s", 1000, words.p)));
	keep(STR_EMPTY);
	keep(STR_EMPTY);
	assert_false(is_there(STR_EMPTY));
}

static void all_that_a_layout_depends_on_is_in_its_key(void **state)
{
	const struct type types[] = {
		{ .language = "en", .size = 12 },
		{ .language = "ur", .size = 12 },
		{ .language = "en", .size = 12.5 },
		{ .language = "en", .size = 12, .strong = true },
		{ .language = "en", .size = 12, .right_to_left = true },
	};
	struct stretch one = { .from = 0, .to = 1 },
		       strong = { .from = 0, .to = 1, .strong = true };
	struct stretch link = { .from = 0, .to = 1, .href = S("x") };
	struct stretch other = { .from = 1, .to = 2 }, two = { .next = &other, .from = 0, .to = 1 };
	const struct setting settings[] = {
		{ .type = &types[0], .text = S("words") },
		{ .type = &types[1], .text = S("words") },
		{ .type = &types[2], .text = S("words") },
		{ .type = &types[3], .text = S("words") },
		{ .type = &types[4], .text = S("words") },
		{ .type = &types[0], .text = S("word") },
		{ .type = &types[0], .text = S("words"), .width = 100 },
		{ .type = &types[0], .text = S("words"), .spacing = 0.9 },
		{ .type = &types[0], .text = S("words"), .is_paragraph = true },
		{ .type = &types[0], .text = S("words"), .stretches = &one },
		{ .type = &types[0], .text = S("words"), .stretches = &other },
		{ .type = &types[0], .text = S("words"), .stretches = &strong },
		{ .type = &types[0], .text = S("words"), .stretches = &link },
		{ .type = &types[0], .text = S("words"), .stretches = &two },
	};
	const size_t n = sizeof settings / sizeof settings[0];
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++)
			assert_int_equal(str_eq(shelf_key(&arena, &settings[i]),
						shelf_key(&arena, &settings[k])),
					 i == k);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_comes_twice_is_kept, begin, end),
		cmocka_unit_test_setup_teardown(what_comes_twice_in_one_letter_is_not_kept, begin,
						end),
		cmocka_unit_test_setup_teardown(a_full_shelf_is_emptied_and_goes_on, begin, end),
		cmocka_unit_test_setup_teardown(all_that_a_layout_depends_on_is_in_its_key, begin,
						end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
