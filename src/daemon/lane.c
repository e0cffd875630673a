#include "daemon/lane.h"

#define FREE_JOBS_MAX 256
#define ARENA_KEPT_MAX ((size_t)1 << 20)

static void *resize(void *list, size_t cap, size_t size)
{
	void *more = reallocarray(list, cap, size);

	if (more == NULL)
		fatal("no memory for the belt");
	return more;
}

static struct job *reuse_job(struct yard *yard)
{
	struct job *job = yard->free_jobs;
	struct arena arena;

	if (job == NULL) {
		job = calloc(1, sizeof *job);
		if (job == NULL)
			fatal("no memory for the belt");
		return job;
	}
	yard->free_jobs = job->next;
	yard->n_free--;
	arena = job->arena;
	*job = (struct job){ .arena = arena };
	return job;
}

struct job *job_new(struct yard *yard, struct belt *belt, struct rules *rules)
{
	struct job *job = reuse_job(yard);

	if (yard->n_jobs == yard->cap_jobs) {
		yard->cap_jobs = yard->cap_jobs == 0 ? 256 : 2 * yard->cap_jobs;
		yard->jobs = resize(yard->jobs, yard->cap_jobs, sizeof(struct job *));
	}
	job->belt = belt;
	job->rules = rules_keep(rules);
	job->place = yard->n_jobs;
	yard->jobs[yard->n_jobs++] = job;
	return job;
}

static void unlist_job(struct yard *yard, struct job *job)
{
	struct job *last = yard->jobs[--yard->n_jobs];

	yard->jobs[job->place] = last;
	last->place = job->place;
}

static void recycle(struct yard *yard, struct job *job)
{
	rules_drop(&job->rules);
	if (job->arena.total > ARENA_KEPT_MAX)
		arena_free(&job->arena);
	else
		arena_clear(&job->arena);
	if (yard->n_free >= FREE_JOBS_MAX) {
		arena_free(&job->arena);
		free(job);
		return;
	}
	job->next = yard->free_jobs;
	yard->free_jobs = job;
	yard->n_free++;
}

void job_end(struct yard *yard, struct job *job)
{
	require(!job->asked && job->lane == NULL);
	unlist_job(yard, job);
	recycle(yard, job);
}

static struct lane *find_lane(const struct yard *yard, str key)
{
	for (size_t i = 0; i < yard->n_lanes; i++)
		if (str_eq(yard->lanes[i]->key, key))
			return yard->lanes[i];
	return NULL;
}

struct lane *lane_get(struct yard *yard, struct belt *belt, str key)
{
	struct lane *lane = find_lane(yard, key);

	if (lane != NULL)
		return lane;
	lane = calloc(1, sizeof *lane);
	if (lane == NULL)
		fatal("no memory for the belt");
	if (yard->n_lanes == yard->cap_lanes) {
		yard->cap_lanes = yard->cap_lanes == 0 ? 128 : 2 * yard->cap_lanes;
		yard->lanes = resize(yard->lanes, yard->cap_lanes, sizeof(struct lane *));
	}
	lane->belt = belt;
	lane->key = str_copy(&lane->arena, key);
	lane->place = yard->n_lanes;
	yard->lanes[yard->n_lanes++] = lane;
	return lane;
}

void lane_push(struct lane *lane, struct job *job)
{
	job->lane = lane;
	job->next = NULL;
	if (lane->head == NULL)
		lane->head = job;
	else
		lane->tail->next = job;
	lane->tail = job;
}

void lane_push_front(struct lane *lane, struct job *job)
{
	job->lane = lane;
	job->next = lane->head;
	lane->head = job;
	if (lane->tail == NULL)
		lane->tail = job;
}

struct lane *lane_of_case(const struct yard *yard, str case_id)
{
	for (size_t i = 0; i < yard->n_jobs; i++) {
		const struct job *job = yard->jobs[i];

		if (job->lane != NULL && job->event.about == SUBJECT_CASE &&
		    !str_starts(job->lane->key, S("case/")) &&
		    str_eq(job->event.subject_id, case_id))
			return job->lane;
	}
	return NULL;
}

struct lane *lane_find_held(const struct yard *yard, str case_id)
{
	for (size_t i = 0; i < yard->n_lanes; i++) {
		struct lane *lane = yard->lanes[i];
		const struct job *job = lane->head;

		if (job != NULL && !job->asked && !lane->asked &&
		    job->event.about == SUBJECT_CASE && str_eq(job->event.subject_id, case_id))
			return lane;
	}
	return NULL;
}

static bool has_waited_for(const struct job *job, const struct lane *lane)
{
	return job->origin == ORIGIN_WAITING && str_eq(job->id, lane->key);
}

void lane_move(struct lane *from, struct lane *to)
{
	struct job *first = from->head, *last = from->tail;
	struct job **place = &to->head;

	while (*place != NULL && ((*place)->asked || has_waited_for(*place, from)))
		place = &(*place)->next;

	for (struct job *job = first; job != NULL; job = job->next) {
		job->lane = to;
		/* The others were loaded when nobody knew whose they are. */
		job->has_loaded = job == first;
	}
	last->next = *place;
	if (*place == NULL)
		to->tail = last;
	*place = first;
	from->head = NULL;
	from->tail = NULL;
}

void lane_pop(struct yard *yard, struct lane *lane)
{
	struct job *job = lane->head;

	lane->head = job->next;
	if (lane->head == NULL)
		lane->tail = NULL;
	job->lane = NULL;
	if (!job->holds) {
		job_end(yard, job);
		return;
	}
	unlist_job(yard, job);
	job->next = lane->kept;
	lane->kept = job;
	if (++lane->n_kept > LANE_KEPT_MAX)
		lane_forget(yard, lane);
}

void lane_forget(struct yard *yard, struct lane *lane)
{
	while (lane->kept != NULL) {
		struct job *job = lane->kept;

		lane->kept = job->next;
		recycle(yard, job);
	}
	lane->n_kept = 0;
	lane->family = NULL;
	lane->known = false;
}

void lane_add_look(struct lane *lane, str subject)
{
	str *place = GROW(&lane->arena, lane->looks, lane->n_looks);

	*place = str_copy(&lane->arena, subject);
}

void lane_note_ended(struct job *job)
{
	if (job->look_again && job->lane != NULL)
		lane_add_look(job->lane, job->id);
}

void lane_note_known(struct job *job)
{
	const struct plan *plan = job->plan;
	struct lane *lane = job->lane;

	for (size_t i = 0; i < plan->n_opened; i++)
		lane_add_look(lane, str_join(&job->arena, S("case/"), plan->opened_cases[i]));
	for (size_t i = 0; i < plan->n_persons; i++)
		lane_add_look(lane, str_join(&job->arena, S("person/"), plan->persons[i]));
	if (plan->family != NULL && plan->family->version == 1)
		lane_add_look(lane, str_join(&job->arena, S("family/"), plan->family->id));
}

bool lane_is_held(const struct yard *yard, struct job *job)
{
	const struct lane *lane;

	if (job->event.about != SUBJECT_CASE || job->origin == ORIGIN_WAITING)
		return false;
	lane = find_lane(yard, job_subject(job));
	return lane != NULL && lane != job->lane;
}

void lane_end(struct yard *yard, struct lane *lane)
{
	struct lane *last = yard->lanes[--yard->n_lanes];

	require(lane->head == NULL && !lane->asked);
	yard->lanes[lane->place] = last;
	last->place = lane->place;
	lane_forget(yard, lane);
	arena_free(&lane->arena);
	free(lane);
}

void yard_clear(struct yard *yard)
{
	require(yard->n_jobs == 0 && yard->n_lanes == 0);
	while (yard->free_jobs != NULL) {
		struct job *job = yard->free_jobs;

		yard->free_jobs = job->next;
		arena_free(&job->arena);
		free(job);
	}
	free(yard->jobs);
	free(yard->lanes);
	*yard = (struct yard){ .n_jobs = 0 };
}
