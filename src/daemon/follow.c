#include "daemon/follow.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/log.h"
#include "daemon/prepare.h"

#define ASK_LIMIT SPAN_S(10)
/* Other daemons hand over too, and do not wake us. */
#define LOOK_EVERY SPAN_S(5)
/* Where nobody can be asked: what another transport left behind has its end some day. */
#define TIDY_EVERY SPAN_S(3600)
#define KINDS 2 /* of receipts */

/* A message that its provider is asked about. */
struct question {
	struct follow *follow;
	struct to_follow what;
};

/* Those that were asked about at once, until all that was heard of them is written down. */
struct follow {
	struct follow_env env;
	enum channel_kind channel;
	instant next;
	struct arena arena; /* of this round */
	struct rules *rules;
	struct deliver *deliver; /* while Redis is asked which; it may be closed meanwhile */
	struct question *questions;
	size_t left; /* answers that are awaited, of Redis and of the provider */
	struct {
		str kind;
		struct receipt list[FOLLOW_MAX];
		size_t n;
	} heard[KINDS]; /* by what they say: dispatched, failed */
};

/* --- writing down ------------------------------------------------------------------------------ */

static void end_round(struct follow *follow)
{
	for (size_t i = 0; i < KINDS; i++)
		follow->heard[i].n = 0;
	rules_drop(&follow->rules);
	arena_clear(&follow->arena);
	follow->env.changed(follow->env.arg);
}

/* What was not written down is heard again the next time. */
static void hear_written(void *arg, enum err err, const struct reply *reply)
{
	struct follow *follow = arg;

	if (err == OK && reply->type == REPLY_ERROR)
		LOG(ERROR, "not_followed", LOG_ID("channel", channel_kind_name(follow->channel)),
		    LOG_ID("why", reply->text));
	if (--follow->left == 0)
		end_round(follow);
}

static void write_down(struct follow *follow)
{
	/* One more, so that the round does not end in between. */
	follow->left++;
	for (size_t i = 0; i < KINDS; i++) {
		if (follow->heard[i].n == 0)
			continue;
		follow->left++;
		redis_link_send(follow->env.link,
				store_receipt(&follow->arena, follow->env.store, follow->channel,
					      follow->heard[i].kind, follow->heard[i].list,
					      follow->heard[i].n),
				ASK_LIMIT, hear_written, follow);
	}
	if (--follow->left == 0)
		end_round(follow);
}

/* --- asking ------------------------------------------------------------------------------------ */

/* It goes on the day for which it was taken; the provider only says that it has gone. */
static date posted_on(const struct follow *follow, const struct to_follow *what)
{
	const struct policy *policy = &follow->rules->policy;
	const date today = calendar_date(policy->calendar, instant_now());
	date printed;

	if (instant_is_never(what->handed_over_at))
		return today;
	printed = policy_post(policy, what->handed_over_at, policy->postage).printed;
	return date_before(today, printed) ? today : printed;
}

static void hear_followed(void *arg, enum followed said, str code)
{
	struct question *question = arg;
	struct follow *follow = question->follow;
	const bool failed = said == FOLLOWED_FAILED;
	const size_t kind = failed ? 1 : 0;

	if (said != FOLLOWED_NOTHING) {
		LOG(INFO, "followed", LOG_ID("message", question->what.message),
		    LOG_ID("what", follow->heard[kind].kind), LOG_ID("code", code));
		follow->heard[kind].list[follow->heard[kind].n++] = (struct receipt){
			.message = question->what.message,
			.on = failed ? DATE_NONE : posted_on(follow, &question->what),
			.at = instant_now(),
			.code = failed ? str_copy(&follow->arena, code) : STR_EMPTY,
		};
	}
	if (--follow->left == 0)
		write_down(follow);
}

static bool can_ask(const struct follow *follow)
{
	return follow->deliver != NULL && deliver_can_follow(follow->deliver, follow->channel);
}

static instant next_look(const struct follow *follow, instant now)
{
	return instant_add(now, can_ask(follow) ? LOOK_EVERY : TIDY_EVERY);
}

static void hear_which(void *arg, enum err err, const struct reply *reply)
{
	struct follow *follow = arg;
	struct deliver *deliver = follow->deliver;
	const instant now = instant_now();
	struct to_follow *list = NULL;
	instant next = INSTANT_NEVER;
	size_t n = 0;

	if (err == OK)
		(void)answer_is_read(store_follow_read(&follow->arena, reply, &list, &n, &next),
				     reply, "what is to be followed is damaged");
	follow->next = instant_min(next, next_look(follow, now));
	follow->questions = TAKE(&follow->arena, struct question, n);
	for (size_t i = 0; i < n && can_ask(follow); i++) {
		follow->questions[i] = (struct question){ follow, list[i] };
		follow->left++;
		deliver_follow(deliver, follow->channel, list[i].message, hear_followed,
			       &follow->questions[i]);
	}
	if (--follow->left == 0)
		end_round(follow);
}

instant follow_tick(struct follow *follow, struct deliver *deliver, struct rules *rules,
		    instant now)
{
	follow->deliver = deliver;
	if (deliver == NULL || follow->left > 0)
		return INSTANT_NEVER;
	/* When the wall clock is set back, what we planned by it would be far away. */
	follow->next = instant_min(follow->next, next_look(follow, now));
	if (instant_before(now, follow->next))
		return follow->next;
	follow->rules = rules_keep(rules);
	follow->left = 1;
	redis_link_send(follow->env.link,
			store_follow(&follow->arena, follow->env.store, follow->channel, now),
			ASK_LIMIT, hear_which, follow);
	return INSTANT_NEVER;
}

/* --- the door ---------------------------------------------------------------------------------- */

struct follow *follow_open(const struct follow_env *env, enum channel_kind channel)
{
	struct follow *follow = calloc(1, sizeof *follow);

	if (follow == NULL)
		fatal("no memory to follow letters");
	follow->env = *env;
	follow->channel = channel;
	follow->heard[0].kind = S("dispatched");
	follow->heard[1].kind = S("failed");
	return follow;
}

bool follow_is_idle(const struct follow *follow)
{
	return follow->left == 0;
}

void follow_close(struct follow **follow)
{
	struct follow *closing = *follow;

	*follow = NULL;
	require(follow_is_idle(closing));
	arena_free(&closing->arena);
	free(closing);
}
