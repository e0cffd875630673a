#include "daemon/belt.h"

#include "base/log.h"
#include "daemon/bundle.h"
#include "decide/decide.h"

#define ASK_LIMIT SPAN_S(10)
#define STALE_MAX 8

struct belt {
	struct belt_env env;
	struct yard yard;
	struct rules *rules;
	struct bundle loads, commits;
	size_t turn; /* of the links: each lane and each bundle takes the next */
	bool running;
};

/* --- the end of jobs and lanes ---------------------------------------------------------------- */

static void tell_want(struct belt *belt)
{
	const size_t busy = belt_under_way(belt);
	const size_t more = busy < INTAKE_BATCH_MAX ? INTAKE_BATCH_MAX - busy : 0;

	belt->env.want(belt->env.arg, belt->running ? more : 0);
}

static void run_lane(struct lane *lane);

/* The head of a lane has come to its end; or a job that is in no lane. */
static void finish(struct job *job)
{
	struct belt *belt = job->belt;
	struct lane *lane = job->lane;

	if (lane == NULL) {
		job_end(&belt->yard, job);
	} else {
		lane_pop(&belt->yard, lane);
		run_lane(lane);
	}
	tell_want(belt);
}

static void stop_for(struct belt *belt, str why)
{
	if (!belt->running)
		return;
	belt_stop(belt);
	belt->env.broken(belt->env.arg, why);
}

/* --- asking Redis ----------------------------------------------------------------------------- */

/* Another daemon owns the prefix: what is here is its business now. */
static void give_way(struct job *job)
{
	struct belt *belt = job->belt;

	belt_stop(belt);
	belt->env.fenced(belt->env.arg);
}

/* Of a family's or a client's fault, not of Redis' state: another item may fare better. */
static bool is_of_item(str error)
{
	return str_starts(error, S("CORRUPT")) || str_starts(error, S("WRONGTYPE")) ||
	       str_starts(error, S("ERR"));
}

static void ask(struct job *job, struct command command, reply_fn *fn)
{
	struct redis_link *link = job->lane != NULL ? job->lane->link : job->belt->env.links[0];

	job->asked = true;
	redis_link_send(link, command, ASK_LIMIT, fn, job);
}

static struct redis_link *next_link(struct belt *belt)
{
	return belt->env.links[belt->turn++ % BELT_LINKS];
}

/* Jobs come into their lanes in the order in which they were loaded: that needs one link. */
static void send_bundle(struct belt *belt, struct bundle *bundle)
{
	struct redis_link *link = bundle == &belt->loads ? belt->env.links[0] : next_link(belt);

	bundle_send(bundle, link, ASK_LIMIT);
}

/* Asks with the others of this turn. */
static void ask_together(struct job *job, struct bundle *bundle, struct command command)
{
	bundle_add(bundle, job, command);
	if (bundle_is_full(bundle))
		send_bundle(job->belt, bundle);
	else if (bundle->n == 1)
		job->belt->env.turn(job->belt->env.arg);
}

/* The beginning of every answer to a job. False: there is nothing more to do. */
static bool hear(struct job *job, enum err err, const struct reply *reply)
{
	job->asked = false;
	if (job->dropped) {
		job_end(&job->belt->yard, job);
		return false;
	}
	if (err != OK) {
		stop_for(job->belt, STR_EMPTY);
		/* belt_stop has ended the job, for it is not asked any more. */
		return false;
	}
	if (reply->type == REPLY_ERROR && !is_of_item(reply->text)) {
		stop_for(job->belt, reply->text);
		return false;
	}
	return true;
}

/* --- the dead letters ------------------------------------------------------------------------- */

static void reload(struct job *job);

static void hear_buried(void *arg, enum err err, const struct reply *reply)
{
	struct job *job = arg;
	enum commit commit;

	if (!hear(job, err, reply))
		return;
	if (store_commit_read(reply, &commit) != OK) {
		stop_for(job->belt, S("an item could not be moved to the dead letters"));
		return;
	}
	if (commit == COMMIT_FENCED) {
		give_way(job);
		return;
	}
	if (commit == COMMIT_STALE || commit == COMMIT_CONFLICT) {
		reload(job);
		return;
	}
	if (commit == COMMIT_DONE)
		job_log_refused(job);
	if (commit == COMMIT_DONE || commit == COMMIT_SEEN)
		lane_note_ended(job);
	finish(job);
}

static void bury_on(struct job *job, const struct store_basis *basis, const struct refused *refused)
{
	const struct store_item item = job_item(job);

	job->refused = *refused;
	ask(job,
	    store_bury(&job->arena, job->belt->env.store, &item, basis, &job->refused,
		       instant_now()),
	    hear_buried);
}

/* For what is in the item itself. */
static void bury(struct job *job, const struct refused *refused)
{
	bury_on(job, &(struct store_basis){ 0 }, refused);
}

/* For what the record says; Redis may have given it before the commit of an event that came earlier. */
static void bury_by_record(struct job *job, const struct refused *refused)
{
	const struct store_basis basis = job_basis(job);

	bury_on(job, &basis, refused);
}

static void bury_as(struct job *job, enum refusal code, const char *field, const char *message)
{
	const struct refused refused = { .code = code,
					 .field = str_of(field),
					 .message = str_of(message) };

	bury(job, &refused);
}

static void bury_conflict(struct job *job)
{
	bury_as(job, REFUSED_CONFLICT, "id",
		"an event with this source and id came before, with other content");
}

static void bury_poison(struct job *job)
{
	bury_as(job, REFUSED_POISON, "",
		"it brought its reader down again and again: nobody reads it any more");
}

static void bury_damaged(struct job *job)
{
	bury_as(job, REFUSED_POISON, "", "what is stored for this item is damaged");
}

/* --- waiting ---------------------------------------------------------------------------------- */

static void load(struct job *job);

static void reload(struct job *job)
{
	if (++job->stale > STALE_MAX) {
		bury_as(job, REFUSED_POISON, "", "its record changed each time it was decided");
		return;
	}
	if (job->lane != NULL) {
		lane_forget(&job->belt->yard, job->lane);
		job->holds = false;
	}
	load(job);
}

static void hear_waits(void *arg, enum err err, const struct reply *reply)
{
	struct job *job = arg;
	enum commit commit;

	if (!hear(job, err, reply))
		return;
	if (store_commit_read(reply, &commit) != OK) {
		bury_damaged(job);
		return;
	}
	if (commit == COMMIT_FENCED) {
		give_way(job);
		return;
	}
	if (commit == COMMIT_STALE) {
		reload(job);
		return;
	}
	if (commit == COMMIT_DONE)
		LOG(INFO, "waiting", LOG_ID("event", job->event.id), LOG_ID("for", job->wait_for));
	finish(job);
}

static void bury_unknown(struct job *job)
{
	if (str_starts(job->wait_for, S("case/")))
		bury_as(job, REFUSED_UNKNOWN_CASE, "subject",
			"no case.opened came for this case while the event waited");
	else
		bury_as(job, REFUSED_UNKNOWN_FAMILY, "subject",
			"nothing came that names this family or person while the event waited");
}

static void wait_for(struct job *job, str subject)
{
	const struct store_item item = job_item(job);
	const instant now = instant_now();

	job->wait_for = subject;
	if (job->origin != ORIGIN_WAITING)
		ask(job,
		    store_wait(&job->arena, job->belt->env.store, &item, subject,
			       instant_add(now, SPAN_HOURS(CANDOUR_WAIT_HOURS))),
		    hear_waits);
	else if (!instant_before(now, job->until))
		bury_unknown(job);
	else
		finish(job); /* it stays where it is, the first of its subject */
}

/* --- committing ------------------------------------------------------------------------------- */

static void tell_messages(const struct belt *belt, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_messages; i++)
		if (plan->messages[i].channel != CHANNEL_TASK)
			belt->env.posted(belt->env.arg, plan->messages[i].channel,
					 plan->messages[i].not_before);
	if (!instant_is_never(plan->next_look))
		belt->env.look(belt->env.arg, plan->next_look);
}

static void take_commit(struct job *job)
{
	const struct plan *plan = job->plan;

	job_log_decided(job);
	lane_note_known(job);
	lane_note_ended(job);
	if (plan->family != NULL) {
		job->lane->family = plan->family;
		job->lane->known = true;
		job->lane->used = true;
		job->holds = true;
	}
	tell_messages(job->belt, plan);
	finish(job);
}

static void hear_commit(void *arg, enum err err, const struct reply *reply)
{
	struct job *job = arg;
	enum commit commit;

	/* What was committed while the belt stopped is told all the same: it will leave. */
	if (job->dropped && err == OK && store_commit_read(reply, &commit) == OK &&
	    commit == COMMIT_DONE && job->plan != NULL) {
		job_log_decided(job);
		tell_messages(job->belt, job->plan);
	}
	if (!hear(job, err, reply))
		return;
	if (store_commit_read(reply, &commit) != OK) {
		bury_damaged(job);
		return;
	}
	switch (commit) {
	case COMMIT_DONE:
		take_commit(job);
		break;
	case COMMIT_SEEN:
		lane_note_ended(job);
		finish(job);
		break;
	case COMMIT_GONE:
		finish(job);
		break;
	case COMMIT_CONFLICT:
		bury_conflict(job);
		break;
	case COMMIT_STALE:
		reload(job);
		break;
	case COMMIT_FENCED:
		give_way(job);
		break;
	}
}

static void commit(struct job *job)
{
	const struct store_work work = job_work(job);
	struct command command;

	if (store_commit(&job->arena, job->belt->env.store, &work, job->plan, &command) != OK) {
		const struct refused too_large = {
			REFUSED_BAD_DATA, S("subject"),
			S("the family's record would be too large: close or move what is done")
		};
		bury_by_record(job, &too_large);
		return;
	}
	ask_together(job, &job->belt->commits, command);
}

/* --- events about a person -------------------------------------------------------------------- */

static void hear_families(void *arg, enum err err, const struct reply *reply)
{
	struct job *job = arg;
	const struct store_work work = job_work(job);
	str *families, *events;
	size_t n;

	if (!hear(job, err, reply))
		return;
	if (store_person_read(&job->arena, reply, &families, &n) != OK) {
		bury_damaged(job);
		return;
	}
	if (n == 0) {
		wait_for(job, job_subject(job));
		return;
	}
	events = TAKE(&job->arena, str, n);
	for (size_t i = 0; i < n; i++)
		events[i] = job_event_for(job, families[i]);
	/* What is spread is decided later: there is nothing to tell. */
	job->plan = TAKE(&job->arena, struct plan, 1);
	job->plan->next_look = INSTANT_NEVER;
	ask(job, store_spread(&job->arena, job->belt->env.store, &work, events, n), hear_commit);
}

/* --- deciding --------------------------------------------------------------------------------- */

static void decide_on(struct job *job)
{
	const struct policy policy = job_policy(job);

	job->plan = decide(&job->arena, &policy, job_family(job), &job->event, instant_now());
	switch (job->plan->verdict) {
	case PLAN_COMMIT:
		commit(job);
		break;
	case PLAN_REFUSE:
		bury_by_record(job, &job->plan->refused);
		break;
	case PLAN_WAIT:
		wait_for(job, job->plan->wait_for);
		break;
	}
}

/* The same event came before: an empty plan lets the commit acknowledge it. */
static void commit_again(struct job *job)
{
	job->plan = TAKE(&job->arena, struct plan, 1);
	job->plan->next_look = INSTANT_NEVER;
	commit(job);
}

/* A lane's head, whose turn it is. */
static void consider(struct job *job)
{
	struct lane *lane = job->lane;

	if (job->event.about == SUBJECT_PERSON) {
		ask(job, store_person(&job->arena, job->belt->env.store, job->event.subject_id),
		    hear_families);
		return;
	}
	if (lane->known ? job_is_out_of_step(job) : !job->has_loaded || lane->used) {
		load(job);
		return;
	}
	if (!lane->known) {
		lane->family = job->loaded.family;
		lane->known = true;
		lane->used = true;
		job->holds = true;
	}
	if (job->has_loaded && job->loaded.seen && !job->loaded.same) {
		bury_conflict(job);
	} else if (job->has_loaded && job->loaded.seen) {
		commit_again(job);
	} else if (job_has_elders(job)) {
		job->loaded.n_waiting = 0;
		lane_add_look(lane, job_subject(job));
		run_lane(lane);
	} else {
		decide_on(job);
	}
}

/* --- lanes ------------------------------------------------------------------------------------ */

static struct lane *get_lane(struct belt *belt, str key)
{
	struct lane *lane = lane_get(&belt->yard, belt, key);

	if (lane->link == NULL)
		lane->link = next_link(belt);
	return lane;
}

static void join_lane(struct job *job)
{
	struct belt *belt = job->belt;
	struct lane *lane = NULL;

	if (job->has_loaded && job->loaded.family_id.n != 0)
		lane = get_lane(belt, job_family_key(job));
	else if (job->event.about == SUBJECT_CASE)
		lane = lane_of_case(&belt->yard, job->event.subject_id);
	if (lane == NULL)
		lane = get_lane(belt, job_subject(job));
	lane_push(lane, job);
	if (lane->head == job && !lane->asked)
		run_lane(lane);
}

/* The head of a lane was loaded again, and it is another family's. Of a case that nobody knew it has
 * become known whose it is: the whole lane goes over. Else two families were told to open it. */
static void leave_lane(struct job *job)
{
	struct lane *lane = job->lane;

	if (str_starts(lane->key, S("case/"))) {
		lane_move(lane, get_lane(job->belt, job_family_key(job)));
		run_lane(lane);
	} else {
		bury_as(job, REFUSED_BAD_DATA, "data.family",
			"the case is open already, in another family");
	}
}

static void hear_loaded(void *arg, enum err err, const struct reply *reply)
{
	struct job *job = arg;

	if (!hear(job, err, reply))
		return;
	job->loaded = (struct loaded){ .family = NULL };
	if (store_load_read(&job->arena, &job->event, reply, &job->loaded) != OK) {
		bury_damaged(job);
		return;
	}
	job->has_loaded = true;
	job->event.notes = job->loaded.notes;
	job->event.n_notes = job->loaded.n_notes;
	if (job->lane == NULL) {
		join_lane(job);
		return;
	}
	if (job->loaded.family_id.n != 0 && !str_eq(job->lane->key, job_family_key(job))) {
		leave_lane(job);
		return;
	}
	/* Loaded as the head of its lane: this is the record as it is now. */
	job->lane->family = job->loaded.family;
	job->lane->known = true;
	job->holds = true;
	consider(job);
}

static void load(struct job *job)
{
	ask_together(job, &job->belt->loads,
		     store_load(&job->arena, job->belt->env.store, &job->event, job->own));
}

/* --- waiting events that may go on ------------------------------------------------------------ */

static bool parse(struct job *job)
{
	return intake_parse(&job->arena, &job->rules->policy, job->bytes, job->own, &job->event,
			    &job->refused);
}

static struct job *new_waiting(struct belt *belt, str subject, const struct waiting *waiting)
{
	struct job *job = job_new(&belt->yard, belt, belt->rules);

	job->origin = ORIGIN_WAITING;
	job->id = str_copy(&job->arena, subject);
	job->bytes = str_copy(&job->arena, waiting->bytes);
	job->own = waiting->own;
	job->until = waiting->until;
	job->poison = waiting->times > POISON_DELIVERIES;
	job->began = instant_now();
	return job;
}

/* The waiting events of the lane's first look, to the head of the lane. */
static void hear_waiting(void *arg, enum err err, const struct reply *reply)
{
	struct lane *lane = arg;
	struct belt *belt = lane->belt;
	struct arena arena = ARENA_EMPTY;
	struct waiting *list;
	str subject;
	size_t n;

	lane->asked = false;
	if (lane->dropped) {
		lane_end(&belt->yard, lane);
		return;
	}
	if (err != OK) {
		stop_for(belt, STR_EMPTY);
		return;
	}
	if (store_waiting_read(&arena, reply, &list, &n) != OK) {
		arena_free(&arena);
		stop_for(belt, reply->type == REPLY_ERROR ? reply->text
							  : S("waiting events are damaged"));
		return;
	}
	subject = lane->looks[0];
	lane->n_looks--;
	memmove(lane->looks, lane->looks + 1, lane->n_looks * sizeof *lane->looks);
	for (size_t i = n; i-- > 0;) {
		struct job *job = new_waiting(belt, subject, &list[i]);

		job->look_again = i + 1 == n && n == WAITING_MAX;
		lane_push_front(lane, job);
	}
	arena_free(&arena);
	run_lane(lane);
	tell_want(belt);
}

static void look(struct lane *lane)
{
	struct arena arena = ARENA_EMPTY;

	lane->asked = true;
	redis_link_send(lane->link, store_waiting(&arena, lane->belt->env.store, lane->looks[0]),
			ASK_LIMIT, hear_waiting, lane);
	arena_free(&arena);
}

/* What was held by a lane of a case goes on when that ends. */
static void end_lane(struct lane *lane)
{
	struct belt *belt = lane->belt;
	struct arena arena = ARENA_EMPTY;
	struct lane *held;
	str kind, id = STR_EMPTY;

	if (str_starts(lane->key, S("case/")))
		(void)str_cut(str_copy(&arena, lane->key), '/', &kind, &id);
	lane_end(&belt->yard, lane);
	while (id.n > 0 && belt->running && (held = lane_find_held(&belt->yard, id)) != NULL)
		run_lane(held);
	arena_free(&arena);
}

/* Starts what comes next in a lane that is not busy; ends the lane when there is nothing. */
static void run_lane(struct lane *lane)
{
	struct belt *belt = lane->belt;
	struct job *job = lane->head;

	if (!belt->running || lane->asked || (job != NULL && job->asked))
		return;
	if (lane->n_looks > 0) {
		look(lane);
	} else if (job == NULL) {
		end_lane(lane);
	} else if (!belt->env.is_ours(belt->env.arg)) {
		stop_for(belt, STR_EMPTY);
	} else if (job->poison) {
		bury_poison(job);
	} else if (job->origin == ORIGIN_WAITING && job->event.id.n == 0 && !parse(job)) {
		bury(job, &job->refused);
	} else if (!lane_is_held(&belt->yard, job)) {
		consider(job);
	}
}

/* --- the door --------------------------------------------------------------------------------- */

struct belt *belt_new(const struct belt_env *env)
{
	struct belt *belt = calloc(1, sizeof *belt);

	if (belt == NULL)
		fatal("no memory for the belt");
	belt->env = *env;
	belt->loads.hear = hear_loaded;
	belt->commits.hear = hear_commit;
	return belt;
}

void belt_use(struct belt *belt, struct rules *rules)
{
	rules_drop(&belt->rules);
	belt->rules = rules_keep(rules);
}

void belt_start(struct belt *belt)
{
	require(belt_under_way(belt) == 0);
	belt->running = true;
	tell_want(belt);
}

bool belt_is_running(const struct belt *belt)
{
	return belt->running;
}

/* The first step of a job that is in no lane yet. */
static void set_out(struct job *job, const struct item *item)
{
	if (item->poison)
		bury_poison(job);
	else if (!item->has_event)
		bury_as(job, REFUSED_NO_EVENT_FIELD, "",
			"an entry of the stream holds the event's JSON in a field named \"event\"");
	else if (!parse(job))
		bury(job, &job->refused);
	else if (job_is_too_early(job))
		bury_as(job, REFUSED_BAD_TIME, "time",
			"it lies in the future: the clock of the publisher is wrong");
	else if (job->event.about == SUBJECT_PERSON)
		join_lane(job);
	else
		load(job);
}

void belt_take(struct belt *belt, const struct item *items, size_t n)
{
	for (size_t i = 0; i < n && belt->running; i++) {
		struct job *job = job_new(&belt->yard, belt, belt->rules);

		job->origin = items[i].origin;
		job->own = items[i].origin == ORIGIN_OWN;
		job->id = str_copy(&job->arena, items[i].id);
		job->bytes = str_copy(&job->arena, items[i].bytes);
		job->began = instant_now();
		set_out(job, &items[i]);
	}
	tell_want(belt);
}

/* What the sweep found: a job without a lane, each waiting event of which finds its own. */
static void hear_swept(void *arg, enum err err, const struct reply *reply)
{
	struct job *sweep = arg;
	struct belt *belt = sweep->belt;
	struct waiting *list;
	size_t n;

	if (!hear(sweep, err, reply))
		return;
	if (store_waiting_read(&sweep->arena, reply, &list, &n) != OK)
		n = 0;
	for (size_t i = 0; i < n && belt->running; i++) {
		struct job *job = new_waiting(belt, sweep->id, &list[i]);

		if (job->poison)
			bury_poison(job);
		else if (!parse(job))
			bury(job, &job->refused);
		else if (job->event.about == SUBJECT_PERSON)
			join_lane(job);
		else
			load(job);
	}
	/* A lane may have found that the prefix is no longer ours: then all jobs have been ended. */
	if (belt->running)
		job_end(&belt->yard, sweep);
	tell_want(belt);
}

void belt_turn(struct belt *belt)
{
	if (belt->loads.n > 0)
		send_bundle(belt, &belt->loads);
	if (belt->commits.n > 0)
		send_bundle(belt, &belt->commits);
}

void belt_look(struct belt *belt, str subject)
{
	struct job *sweep;

	if (!belt->running)
		return;
	sweep = job_new(&belt->yard, belt, belt->rules);
	sweep->id = str_copy(&sweep->arena, subject);
	ask(sweep, store_waiting(&sweep->arena, belt->env.store, sweep->id), hear_swept);
}

static void drop_job(struct belt *belt, struct job *job)
{
	job->lane = NULL;
	job->dropped = true;
	if (!job->asked)
		job_end(&belt->yard, job);
}

static void drop_lane(struct belt *belt, struct lane *lane)
{
	lane->head = NULL;
	lane->tail = NULL;
	lane->dropped = true;
	if (!lane->asked)
		lane_end(&belt->yard, lane);
}

void belt_stop(struct belt *belt)
{
	if (!belt->running)
		return;
	belt->running = false;
	bundle_drop(&belt->loads);
	bundle_drop(&belt->commits);
	/* Backwards, since ending one moves the last into its place. */
	for (size_t i = belt->yard.n_jobs; i-- > 0;)
		drop_job(belt, belt->yard.jobs[i]);
	for (size_t i = belt->yard.n_lanes; i-- > 0;)
		drop_lane(belt, belt->yard.lanes[i]);
	tell_want(belt);
}

size_t belt_under_way(const struct belt *belt)
{
	size_t n = belt->yard.n_jobs;

	for (size_t i = 0; i < belt->yard.n_lanes; i++)
		n += belt->yard.lanes[i]->asked;
	return n;
}

void belt_free(struct belt **belt)
{
	if (*belt == NULL)
		return;
	yard_clear(&(*belt)->yard);
	rules_drop(&(*belt)->rules);
	free(*belt);
	*belt = NULL;
}
