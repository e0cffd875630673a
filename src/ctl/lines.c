#include <errno.h>
#include <stdio.h>

#include "ctl/inner.h"

/* Far above an event's size: a file without line ends shall not fill the memory. */
#define LINE_BYTES_MAX ((size_t)16 << 20)

static FILE *open_input(struct ctl *ctl, str file)
{
	if (file.n == 0 || str_eq(file, S("-")))
		return stdin;
	FILE *input = fopen(str_z(&ctl->arena, file), "re");

	if (input == NULL)
		ctl_complain("%.*s cannot be read: %s", STR_ARG(file), strerror(errno));
	return input;
}

/* Reads up to the end of a line into the arena; what is behind the most is dropped, and what is left is
 * then too large for whoever reads it. False at the end of the input. */
static bool read_line(struct arena *arena, FILE *input, str *out)
{
	struct buf buf = buf_of(arena, LINE_BYTES_MAX);
	int byte = getc_unlocked(input);

	if (byte == EOF)
		return false;
	for (; byte != EOF && byte != '\n'; byte = getc_unlocked(input))
		buf_byte(&buf, (char)byte);
	*out = buf_str(&buf);
	return true;
}

enum ctl_end lines_read(struct ctl *ctl, str file, line_fn *fn, void *arg)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;
	FILE *input = open_input(ctl, file);
	str line;

	if (input == NULL)
		return CTL_NOT_FOUND;
	for (int64_t number = 1; end == CTL_FINE && read_line(&arena, input, &line); number++) {
		end = fn(ctl, &arena, number, str_trim(line), arg);
		arena_clear(&arena);
	}
	if (ferror(input) != 0) {
		ctl_complain("%.*s cannot be read to its end: %s",
			     STR_ARG(input == stdin ? S("standard input") : file), strerror(errno));
		end = CTL_NOT_FOUND;
	}
	fclose(input);
	arena_free(&arena);
	return end;
}
