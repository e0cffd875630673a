#include "ctl/scores.h"

#include "base/json.h"
#include "ctl/inner.h"

/* A case, as its opening tells; a closed one may have left the record. */
struct opened {
	str id, service, pathway;
};

/* A family's cases, while its evidence is read. */
struct reading {
	struct arena *arena;
	struct opened *cases;
	size_t n_cases;
};

static void take_opening(struct reading *reading, const struct entry *entry,
			 const struct json *detail)
{
	const struct json *data = json_get(detail, "data");

	*ADD(reading->arena, reading->cases,
	     reading->n_cases) = (struct opened){ .id = entry->case_id,
						  .service = json_text(data, "service"),
						  .pathway = json_text(data, "pathway") };
}

/* By its first opening: another one changes nothing. */
static struct opened find_case(const struct reading *reading, str id)
{
	for (size_t i = 0; i < reading->n_cases; i++)
		if (str_eq(reading->cases[i].id, id))
			return reading->cases[i];
	return (struct opened){ 0 };
}

static struct score_line *line_of(struct scores *scores, str service, str pathway)
{
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

/* Older evidence may hold a number that nobody could have given. */
static bool is_answer(const struct json *score)
{
	return score != NULL && score->type == JSON_INT && score->integer >= SCORE_LEAST &&
	       score->integer <= SCORE_MOST;
}

static void take_answer(struct scores *scores, const struct reading *reading,
			const struct entry *entry, const struct json *detail)
{
	const struct json *score = json_get(json_get(detail, "data"), "score");
	const struct opened about = find_case(reading, entry->case_id);
	date on = DATE_NONE;

	(void)date_parse(json_text(detail, "on"), &on);
	if (!is_answer(score) || !is_in_period(scores, on))
		return;
	struct score_line *line = line_of(scores, about.service, about.pathway);

	line->n++;
	line->sum += score->integer;
	line->of[score->integer]++;
}

void scores_add(struct scores *scores, const struct evidence *list, size_t n)
{
	struct arena arena = ARENA_EMPTY;
	struct reading reading = { .arena = &arena };

	for (size_t i = 0; i < n; i++) {
		const struct entry *entry = &list[i].entry;
		const bool is_event = str_eq(entry->kind, S("event"));
		const struct json *detail = is_event ? store_detail(&arena, entry) : NULL;
		const str type = detail != NULL ? json_text(detail, "type") : STR_EMPTY;

		if (str_eq(type, S("case.opened")))
			take_opening(&reading, entry, detail);
		else if (str_eq(type, S("feedback.received")))
			take_answer(scores, &reading, entry, detail);
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
