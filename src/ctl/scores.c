#include "ctl/scores.h"

#include "base/json.h"
#include "ctl/inner.h"

static struct score_line *line_of(struct scores *scores, const struct case_file *file)
{
	const str service = file != NULL ? file->service : STR_EMPTY;
	const str pathway = file != NULL ? file->pathway : STR_EMPTY;

	for (size_t i = 0; i < scores->n; i++)
		if (str_eq(scores->lines[i].service, service) &&
		    str_eq(scores->lines[i].pathway, pathway))
			return &scores->lines[i];
	struct score_line *line = ADD(scores->arena, scores->lines, scores->n);

	line->service = str_copy(scores->arena, service);
	line->pathway = str_copy(scores->arena, pathway);
	return line;
}

static bool is_in_period(const struct scores *scores, date day)
{
	return date_is(day) && !(date_is(scores->from) && date_before(day, scores->from)) &&
	       !(date_is(scores->to) && date_before(scores->to, day));
}

static void take(struct scores *scores, const struct family *family, const struct entry *entry,
		 const struct json *detail)
{
	const struct json *score = json_get(json_get(detail, "data"), "score");
	date on = DATE_NONE;

	(void)date_parse(json_text(detail, "on"), &on);
	if (score == NULL || score->type != JSON_INT || !is_in_period(scores, on))
		return;
	struct score_line *line = line_of(scores, family_case(family, entry->case_id));

	line->n++;
	line->sum += score->integer;
	if (score->integer >= 0 && score->integer <= SCORE_MOST)
		line->of[score->integer]++;
}

void scores_add(struct scores *scores, const struct family *family, const struct evidence *list,
		size_t n)
{
	struct arena arena = ARENA_EMPTY;

	for (size_t i = 0; i < n; i++) {
		const struct entry *entry = &list[i].entry;
		const bool is_event = str_eq(entry->kind, S("event"));
		const struct json *detail = is_event ? store_detail(&arena, entry) : NULL;

		if (detail != NULL && str_eq(json_text(detail, "type"), S("feedback.received")))
			take(scores, family, entry, detail);
	}
	arena_free(&arena);
}

static int compare(const void *a, const void *b)
{
	const struct score_line *first = a, *second = b;
	const int order = str_cmp(first->service, second->service);

	return order != 0 ? order : str_cmp(first->pathway, second->pathway);
}

void scores_sort(struct scores *scores)
{
	if (scores->n > 0)
		qsort(scores->lines, scores->n, sizeof *scores->lines, compare);
}

int scores_mean(const struct score_line *line)
{
	return line->n == 0 ? 0 : (int)((line->sum * 10 + line->n / 2) / line->n);
}
