#include "daemon/bundle.h"

#include "base/arena.h"

/* A bundle on its way. */
struct sent {
	reply_fn *hear;
	size_t n;
	struct job *jobs[STORE_JOINED_MAX];
};

void bundle_add(struct bundle *bundle, struct job *job, struct command command)
{
	require(!bundle_is_full(bundle));
	for (size_t i = 0; i < command.n; i++)
		bundle->bytes += command.args[i].n;
	job->asked = true;
	bundle->jobs[bundle->n] = job;
	bundle->commands[bundle->n++] = command;
}

bool bundle_is_full(const struct bundle *bundle)
{
	return bundle->n == STORE_JOINED_MAX || bundle->bytes >= BUNDLE_BYTES_MAX;
}

static void empty(struct bundle *bundle)
{
	bundle->n = 0;
	bundle->bytes = 0;
}

/* A job that the belt has dropped meanwhile is there until it has heard, too. */
static void hear_sent(void *arg, enum err err, const struct reply *reply)
{
	struct sent *sent = arg;

	for (size_t i = 0; i < sent->n; i++)
		sent->hear(sent->jobs[i], err, err == OK ? store_part(reply, i, sent->n) : NULL);
	free(sent);
}

void bundle_send(struct bundle *bundle, struct redis_link *link, span limit)
{
	struct arena arena = ARENA_EMPTY;
	struct sent *sent = calloc(1, sizeof *sent);

	if (sent == NULL)
		fatal("no memory for the belt");
	sent->hear = bundle->hear;
	sent->n = bundle->n;
	memcpy(sent->jobs, bundle->jobs, bundle->n * sizeof *sent->jobs);
	redis_link_send(link, store_join(&arena, bundle->commands, bundle->n), limit, hear_sent,
			sent);
	arena_free(&arena);
	empty(bundle);
}

void bundle_drop(struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->n; i++)
		bundle->jobs[i]->asked = false;
	empty(bundle);
}
