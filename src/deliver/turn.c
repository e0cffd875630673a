#include "deliver/inner.h"

#include <stdlib.h>
#include <uv.h>

struct ready {
	const struct parcel *parcel;
	enum outcome outcome;
	str code;
};

/* The list grows while verdicts of an earlier turn are being said: it is taken away first, then said. */
struct turn {
	struct channel_env env;
	uv_idle_t idle;
	struct ready *list;
	size_t n, cap;
	void (*closed)(void *arg);
	void *closed_arg;
};

static void say_all(struct turn *turn)
{
	struct ready *list = turn->list;
	size_t n = turn->n;
	turn->list = NULL;
	turn->n = turn->cap = 0;
	for (size_t i = 0; i < n; i++) {
		const struct verdict verdict = { .outcome = list[i].outcome, .code = list[i].code };
		turn->env.verdict(turn->env.arg, list[i].parcel, &verdict);
	}
	free(list);
}

static void on_idle(uv_idle_t *idle)
{
	struct turn *turn = idle->data;
	uv_idle_stop(idle);
	say_all(turn);
}

static void on_closed(uv_handle_t *handle)
{
	struct turn *turn = handle->data;
	turn->closed(turn->closed_arg);
	free(turn);
}

struct turn *turn_new(const struct channel_env *env)
{
	struct turn *turn = calloc(1, sizeof(*turn));
	if (turn == NULL)
		fatal("out of memory");
	turn->env = *env;
	turn->idle.data = turn;
	require(uv_idle_init(env->loop, &turn->idle) == 0);
	return turn;
}

void turn_say(struct turn *turn, const struct parcel *parcel, enum outcome outcome, str code)
{
	if (turn->n == turn->cap) {
		turn->cap = turn->cap > 0 ? 2 * turn->cap : 16;
		turn->list = realloc(turn->list, turn->cap * sizeof(*turn->list));
		if (turn->list == NULL)
			fatal("out of memory");
	}
	turn->list[turn->n++] =
		(struct ready){ .parcel = parcel, .outcome = outcome, .code = code };
	uv_idle_start(&turn->idle, on_idle);
}

void turn_close(struct turn *turn, void (*closed)(void *arg), void *arg)
{
	say_all(turn);
	turn->closed = closed;
	turn->closed_arg = arg;
	uv_close((uv_handle_t *)&turn->idle, on_closed);
}

enum outcome outcome_of_file(enum err err)
{
	if (err == OK)
		return OUTCOME_ACCEPTED;
	/* A folder that is not there or not ours is for the operator to mend; a full disk passes. */
	if (err == ERR_NOT_FOUND || err == ERR_PERMISSION)
		return OUTCOME_CONFIGURATION;
	return OUTCOME_LATER;
}
