/* Plays every story of tests/story, one test each, from the repository's root. An argument plays
 * only the stories whose file's name holds it. */
#include "story.h"

#include "base/file.h"
#include "harness/assert_str.h"

#define FOLDER "tests/story"
#define STORY_BYTES_MAX ((size_t)1 << 20)

struct told {
	str file;
	str text;
};

static void is_told_as_it_was_written(void **state)
{
	const struct told *told = *state;
	struct arena arena = ARENA_EMPTY;
	str is, why;
	const char *accept = getenv("STORY_ACCEPT");
	bool played = story_play(&arena, told->file, told->text, &is, &why);
	bool same = played && str_eq(is, told->text);
	if (!played) {
		print_error("%.*s\n", STR_ARG(why));
	} else if (!same && accept != NULL && accept[0] == '1') {
		same = file_write(told->file, is, 0644) == OK;
		print_message("%.*s is written anew: read it\n", STR_ARG(told->file));
	} else if (!same) {
		print_error("%.*s (- expected, + what happened):\n", STR_ARG(told->file));
		diff_print(&arena, told->text, is);
	}
	arena_free(&arena);
	assert_true(same);
}

static size_t collect(struct arena *arena, str only, struct CMUnitTest *tests, size_t max)
{
	str *names;
	size_t n_names, n = 0;
	if (folder_list(arena, S(FOLDER), &names, &n_names) != OK)
		fatal("the stories are played from the repository's root");
	for (size_t i = 0; i < n_names && n < max; i++) {
		if (!str_ends(names[i], S(".story")) || str_find(names[i], only) == names[i].n)
			continue;
		struct told *told = TAKE(arena, struct told, 1);
		told->file = str_fmt(arena, FOLDER "/%.*s", STR_ARG(names[i]));
		if (file_read(arena, told->file, STORY_BYTES_MAX, &told->text) != OK)
			fatal("a story cannot be read");
		tests[n++] = (struct CMUnitTest){ .name = str_z(arena, story_name(told->text)),
						  .test_func = is_told_as_it_was_written,
						  .initial_state = told };
	}
	return n;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_EMPTY;
	static struct CMUnitTest tests[500];
	size_t n = collect(&arena, str_of(argc > 1 ? argv[1] : ""), tests,
			   sizeof tests / sizeof tests[0]);
	int failed = _cmocka_run_group_tests("stories", tests, n, NULL, NULL);
	arena_free(&arena);
	return failed;
}
