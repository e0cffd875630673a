#include "base/arena.h"
#include "base/file.h"
#include "ctl/ctl.h"

int main(int argc, char **argv)
{
	file_hold_standard();
	struct arena arena = ARENA_EMPTY;
	size_t n = argc > 1 ? (size_t)argc - 1 : 0;
	str *words = TAKE(&arena, str, n + 1);

	for (size_t i = 0; i < n; i++)
		words[i] = str_of(argv[i + 1]);
	const enum ctl_end end = ctl_run(words, n);

	arena_free(&arena);
	return (int)end;
}
