/* Cases that have been over for long leave the family's record, whole; each comes back with the next event about
 * it, and stays while something of it is open. */
#include "decide/inner.h"

/* A term: by then whoever asks about it has asked, and what was posted has come back. */
#define KEPT_DAYS 92

static bool is_spoken_of(const struct family *family, str case_id)
{
	for (size_t i = 0; i < family->n_intents; i++) {
		if (str_eq(family->intents[i].case_id, case_id))
			return true;
	}
	for (size_t i = 0; i < family->n_open; i++) {
		if (str_eq(family->open[i].case_id, case_id))
			return true;
	}
	return false;
}

/* Nothing of it waits for a day, a person or a word. */
static bool is_over(const struct turn *turn, const struct case_file *file)
{
	if (!date_is(file->closed_on) || is_spoken_of(turn->family, file->id))
		return false;
	for (size_t i = 0; i < file->n_duties; i++) {
		if (duty_is_running(file->duties[i].state))
			return false;
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		if (duty_is_running(file->actions[i].state))
			return false;
	}
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (!file->tasks[i].done)
			return false;
	}
	for (size_t i = 0; i < file->n_holds; i++) {
		if (!file->holds[i].ended && !date_before(file->holds[i].until, turn->today))
			return false;
	}
	return true;
}

/* By its name it is still the family's. */
static void remember(struct turn *turn, str id)
{
	struct family *family = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < family->n_former_cases; i++) {
		if (!str_eq(family->former_cases[i], id))
			family->former_cases[kept++] = family->former_cases[i];
	}
	if (kept == FORMER_CASES_MAX)
		memmove(&family->former_cases[0], &family->former_cases[1],
			--kept * sizeof family->former_cases[0]);
	family->n_former_cases = kept;
	*GROW(turn->arena, family->former_cases, family->n_former_cases) = id;
}

static void put_away(struct turn *turn, size_t at)
{
	struct family *family = turn->family;
	struct plan *plan = turn->plan;
	const struct case_file file = family->cases[at];
	for (size_t i = at; i + 1 < family->n_cases; i++)
		family->cases[i] = family->cases[i + 1];
	family->n_cases--;
	*GROW(turn->arena, plan->put_away, plan->n_put_away) = file;
	remember(turn, file.id);
	if (!file.was_away)
		entry_add(turn, "note", file.id, file.id,
			  S("The closed case is put away: the next event about it brings it back"),
			  STR_EMPTY);
}

void cases_put_away(struct turn *turn)
{
	for (size_t i = turn->family->n_cases; i-- > 0;) {
		const struct case_file *file = &turn->family->cases[i];
		if (is_over(turn, file) &&
		    date_before(date_add(file->closed_on, KEPT_DAYS), turn->today))
			put_away(turn, i);
	}
}

bool cases_make_room(struct turn *turn)
{
	const struct family *family = turn->family;
	size_t oldest = family->n_cases;
	if (family->n_cases < CASES_MAX)
		return true;
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		if (is_over(turn, file) &&
		    (oldest == family->n_cases ||
		     date_before(file->closed_on, family->cases[oldest].closed_on)))
			oldest = i;
	}
	if (oldest == family->n_cases)
		return false;
	put_away(turn, oldest);
	return true;
}
