/* Who is told while something stays undone: rung by rung, each once, and behind the last less and less
 * often, but never not at all. A climb goes on by the ladder that it began with, its roles and its times,
 * however the policy is edited; who holds a role, and in which words they are told, is looked up when its rung
 * is told. */
#include "decide/inner.h"

/* Twice as long so often at most: behind that `slowest` has long been reached. */
#define DOUBLINGS_MAX 10

/* --- when ---------------------------------------------------------------------------------------- */

/* So long after `from`; never, where no date can be found (a calendar that ends). */
static instant reckon_after(struct turn *turn, const struct calendar *calendar, instant from,
			    struct duration length)
{
	if (length.n == 0)
		return from;
	struct reckoning due = reckon_due(turn->arena, calendar, trigger_of_instant(calendar, from),
					  length);
	if (!date_is(due.day))
		return INSTANT_NEVER;
	return instant_is_never(due.at) ? calendar_day_start(calendar, due.day) : due.at;
}

/* Behind the last rung: twice as long each time, until it is `slowest`. */
static instant reckon_repeat(struct turn *turn, const struct ladder *ladder, size_t repeats)
{
	const struct calendar *calendar = turn_calendar(turn, ladder->calendar);
	struct duration length = ladder->repeat;
	for (size_t i = 0; i < repeats && i < DOUBLINGS_MAX && length.n < DURATION_N_MAX / 2; i++)
		length.n *= 2;
	instant slowest = reckon_after(turn, calendar, turn->now, ladder->slowest);
	return instant_min(reckon_after(turn, calendar, turn->now, length), slowest);
}

/* --- where --------------------------------------------------------------------------------------- */

/* How many rungs lie behind us. A climb that kept no ladder goes by today's: whoever was told last keeps
 * their place there, though rungs have come and gone. */
static size_t find_place(const struct ladder *ladder, const struct chase *chase)
{
	size_t place = chase->rung;
	if (place > ladder->n_rungs)
		place = ladder->n_rungs;
	if (place > 0 && str_eq(ladder->rungs[place - 1].tell, chase->role))
		return place;
	for (size_t i = 0; place > 0 && i < ladder->n_rungs; i++) {
		if (str_eq(ladder->rungs[i].tell, chase->role))
			return i + 1;
	}
	return place;
}

static bool is_owner(const struct rung *rung)
{
	return str_eq(rung->tell, S("owner"));
}

/* The owner is somebody always: the service's mailbox, at the worst. */
bool ladder_is_held(const struct turn *turn, const struct promise *promise, const struct rung *rung)
{
	const struct service *service = policy_service(turn->policy, promise->service);
	for (size_t i = 0; service != NULL && i < service->n_roles; i++) {
		if (str_eq(service->roles[i].role, rung->tell))
			return true;
	}
	return is_owner(rung);
}

static void note_nobody(struct turn *turn, const struct case_file *file,
			const struct promise *promise, const struct rung *rung)
{
	entry_add(turn, "note", promise->id, file->id,
		  str_fmt(turn->arena, "Nobody is %.*s in %.*s: the next one is told",
			  STR_ARG(rung->tell), STR_ARG(promise->service)),
		  STR_EMPTY);
	const char *noun = promise->is_action ? "action" : promise->is_task ? "task" : "duty";
	fact_add(turn, S("rung.nobody"), file->id,
		 str_fmt(turn->arena, "{\"%s\":\"%.*s\",\"role\":\"%.*s\"}", noun,
			 STR_ARG(promise->id), STR_ARG(rung->tell)));
}

/* --- telling ------------------------------------------------------------------------------------- */

/* As today's ladder tells this role, else whoever stands in this place: a template that the climb began with
 * may be gone. */
static const struct rung *find_words(const struct promise *promise, const struct rung *rung)
{
	const struct ladder *today = promise->ladder_today;
	if (today == NULL || promise->ladder == today)
		return rung;
	for (size_t i = 0; i < today->n_rungs; i++) {
		if (str_eq(today->rungs[i].tell, rung->tell))
			return &today->rungs[i];
	}
	size_t place = (size_t)(rung - promise->ladder->rungs);
	return &today->rungs[place < today->n_rungs ? place : today->n_rungs - 1];
}

/* What is said behind the last rung, again and again, needs no email of its own. */
static void tell_rung(struct turn *turn, struct case_file *file, const struct promise *promise,
		      const struct rung *rung, const char *step, bool again)
{
	const struct rung *words = find_words(promise, rung);
	struct saying saying = {
		.audience = AUDIENCE_MANAGER,
		.role = rung->tell,
		.template = words->template,
		.grade = words->grade,
		.digest = words->digest || (again && words->grade == GRADE_ALERT),
	};
	if (is_owner(rung)) {
		saying.audience = promise->is_action ? AUDIENCE_ACTION_OWNER : AUDIENCE_OWNER;
		saying.role = STR_EMPTY;
	}
	entry_add(turn, "rung", promise->id, file->id,
		  str_fmt(turn->arena, "%.*s is told that %.*s is undone", STR_ARG(rung->tell),
			  STR_ARG(promise->id)),
		  STR_EMPTY);
	say_step(turn, file, promise, step, &saying, 1);
}

/* The next rung that somebody holds; the last one is told whoever holds it. */
static size_t find_next(struct turn *turn, const struct case_file *file,
			const struct promise *promise, size_t place)
{
	const struct ladder *ladder = promise->ladder;
	while (place + 1 < ladder->n_rungs && !ladder_is_held(turn, promise, &ladder->rungs[place]))
		note_nobody(turn, file, promise, &ladder->rungs[place++]);
	if (!ladder_is_held(turn, promise, &ladder->rungs[place]))
		note_nobody(turn, file, promise, &ladder->rungs[place]);
	return place;
}

static void set_next(struct turn *turn, const struct promise *promise)
{
	const struct ladder *ladder = promise->ladder;
	struct chase *chase = promise->chase;
	chase->ladder = ladder;
	if (chase->rung >= ladder->n_rungs)
		chase->next = reckon_repeat(turn, ladder, chase->repeats);
	else
		chase->next = reckon_after(turn, turn_calendar(turn, ladder->calendar), turn->now,
					   ladder->rungs[chase->rung].after);
}

static void step_once(struct turn *turn, struct case_file *file, const struct promise *promise)
{
	const struct ladder *ladder = promise->ladder;
	struct chase *chase = promise->chase;
	size_t place = find_place(ladder, chase);
	bool again = place == ladder->n_rungs;
	str step;
	if (again) {
		chase->repeats++;
		step = str_fmt(turn->arena, "rung-%zu-again-%zu", place, chase->repeats);
		place--;
	} else {
		place = find_next(turn, file, promise, place);
		step = str_fmt(turn->arena, "rung-%zu", place + 1);
	}
	tell_rung(turn, file, promise, &ladder->rungs[place], str_z(turn->arena, step), again);
	chase->rung = place + 1;
	chase->role = ladder->rungs[place].tell;
	set_next(turn, promise);
}

/* Rungs that have no time between them are told together. */
static void step_up(struct turn *turn, struct case_file *file, const struct promise *promise)
{
	const struct ladder *ladder = promise->ladder;
	const struct chase *chase = promise->chase;
	do {
		step_once(turn, file, promise);
	} while (chase->rung < ladder->n_rungs && ladder->rungs[chase->rung].after.n == 0);
}

/* --- the door ------------------------------------------------------------------------------------ */

void ladder_start(struct turn *turn, struct case_file *file, struct promise *promise)
{
	if (promise->ladder == NULL)
		return;
	promise->chase->rung = 0;
	promise->chase->repeats = 0;
	set_next(turn, promise);
	if (!instant_before(turn->now, promise->chase->next))
		step_up(turn, file, promise);
}

/* After an outage one rung is told, and the one above it has its time from now: a ladder is no way to
 * be told everything at once. */
void ladder_climb(struct turn *turn, struct case_file *file, struct promise *promise)
{
	struct chase *chase = promise->chase;
	if (promise->ladder == NULL)
		return;
	/* It had no ladder when it became late: now it has one. */
	if (instant_is_never(chase->next) && chase->rung == 0)
		ladder_start(turn, file, promise);
	else if (instant_is_never(chase->next))
		set_next(turn, promise);
	else if (!instant_before(turn->now, chase->next))
		step_up(turn, file, promise);
}

void ladder_rest(struct promise *promise)
{
	promise->chase->next = INSTANT_NEVER;
}

void ladder_resume(struct turn *turn, struct case_file *file, struct promise *promise)
{
	const struct ladder *ladder = promise->ladder;
	struct chase *chase = promise->chase;
	if (ladder == NULL)
		return;
	size_t place = find_place(ladder, chase);
	if (place == 0) {
		ladder_start(turn, file, promise);
		return;
	}
	str today = date_print(turn->arena, turn->today);
	str step = str_fmt(turn->arena, "rung-%zu-anew-%.*s", place, STR_ARG(today));
	tell_rung(turn, file, promise, &ladder->rungs[place - 1], str_z(turn->arena, step), false);
	chase->rung = place;
	chase->role = ladder->rungs[place - 1].tell;
	set_next(turn, promise);
}

date ladder_answer_until(struct turn *turn, const struct promise *promise)
{
	struct duration longest = { .n = ACKNOWLEDGED_WORKING_DAYS_MAX,
				    .unit = DURATION_WORKING_DAYS };
	if (promise->ladder != NULL)
		longest = promise->ladder->acknowledge;
	return reckon_due(turn->arena, promise->calendar, trigger_of_day(turn->today), longest).day;
}
