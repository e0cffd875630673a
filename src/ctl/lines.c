#include <errno.h>
#include <stdio.h>

#include "ctl/inner.h"

static FILE *open_input(struct ctl *ctl, str file)
{
	if (file.n == 0 || str_eq(file, S("-")))
		return stdin;
	FILE *input = fopen(str_z(&ctl->arena, file), "re");

	if (input == NULL)
		ctl_complain("%.*s cannot be read: %s", STR_ARG(file), strerror(errno));
	return input;
}

enum ctl_end lines_read(struct ctl *ctl, str file, line_fn *fn, void *arg)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;
	FILE *input = open_input(ctl, file);
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (input == NULL)
		return CTL_NOT_FOUND;
	for (int64_t number = 1; end == CTL_FINE && (n = getline(&line, &cap, input)) >= 0;
	     number++) {
		const str text = str_trim((str){ line, (size_t)n });

		if (text.n > 0)
			end = fn(ctl, &arena, number, text, arg);
		arena_clear(&arena);
	}
	if (ferror(input) != 0) {
		ctl_complain("reading stopped: %s", strerror(errno));
		end = CTL_NOT_FOUND;
	}
	if (input != stdin)
		fclose(input);
	free(line);
	arena_free(&arena);
	return end;
}
