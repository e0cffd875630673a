/* The longest common subsequence of two lists of lines, printed as a person expects a difference. */
#include "story.h"

#define LINES_MAX 4000
/* Lines that are the same on both sides, shown around a difference. */
#define AROUND 2

struct lines {
	str line[LINES_MAX];
	size_t n;
};

static const struct lines *split(struct arena *arena, str text)
{
	struct lines *lines = TAKE(arena, struct lines, 1);
	str line;
	while (lines->n < LINES_MAX && str_line(&text, &line))
		lines->line[lines->n++] = line;
	return lines;
}

/* common[a][b]: how many lines the rests of both from there have in common. */
static const uint16_t *count_common(struct arena *arena, const struct lines *a,
				    const struct lines *b)
{
	size_t width = b->n + 1;
	uint16_t *common = TAKE(arena, uint16_t, (a->n + 1) * width);
	for (size_t i = a->n; i-- > 0;) {
		for (size_t k = b->n; k-- > 0;) {
			uint16_t *here = &common[i * width + k];
			uint16_t down = common[(i + 1) * width + k];
			uint16_t right = common[i * width + k + 1];
			if (str_eq(a->line[i], b->line[k]))
				*here = (uint16_t)(common[(i + 1) * width + k + 1] + 1);
			else
				*here = down > right ? down : right;
		}
	}
	return common;
}

struct printed {
	char mark;
	str line;
};

static size_t walk(const struct lines *a, const struct lines *b, const uint16_t *common,
		   struct printed *out)
{
	size_t i = 0, k = 0, n = 0, width = b->n + 1;
	while (i < a->n || k < b->n) {
		if (i < a->n && k < b->n && str_eq(a->line[i], b->line[k])) {
			out[n++] = (struct printed){ ' ', a->line[i++] };
			k++;
		} else if (k == b->n ||
			   (i < a->n && common[(i + 1) * width + k] >= common[i * width + k + 1])) {
			out[n++] = (struct printed){ '-', a->line[i++] };
		} else {
			out[n++] = (struct printed){ '+', b->line[k++] };
		}
	}
	return n;
}

static bool is_near_difference(const struct printed *lines, size_t n, size_t at)
{
	size_t from = at < AROUND ? 0 : at - AROUND;
	for (size_t i = from; i < n && i <= at + AROUND; i++) {
		if (lines[i].mark != ' ')
			return true;
	}
	return false;
}

void diff_print(struct arena *arena, str wanted, str is)
{
	const struct lines *a = split(arena, wanted), *b = split(arena, is);
	struct printed *out = TAKE(arena, struct printed, a->n + b->n + 1);
	size_t n = walk(a, b, count_common(arena, a, b), out);
	for (size_t i = 0; i < n; i++) {
		if (is_near_difference(out, n, i))
			fprintf(stderr, "%c %.*s\n", out[i].mark, STR_ARG(out[i].line));
	}
}
