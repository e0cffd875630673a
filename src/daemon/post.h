/*
 * The post: the outbox's pump. Claims what is due, fixes its words, hands it to deliver, and writes
 * down what came of it.
 *
 *	claim -> word -> begin (the last check) -> hand over -> verdict -> settle
 *
 * Every daemon of a prefix does this, whoever owns the intake. A claim that is forgotten is ready
 * again after its lease; from `begin` on the outcome is written down, whatever happens to the link:
 * it is asked again until Redis has answered.
 */
#ifndef CANDOUR_DAEMON_POST_H
#define CANDOUR_DAEMON_POST_H

#include "daemon/rules.h"
#include "deliver/deliver.h"
#include "store/store.h"

struct uv_loop_s;
struct post;

struct post_env {
	struct uv_loop_s *loop;
	struct redis_link *link;
	const struct store *store;
	str sender; /* who we are: goes with each claim */
	/* post_tick should be called soon: something has changed. */
	void (*changed)(void *arg);
	void *arg;
};

/* What deliver is opened with, by the configuration; it borrows from that and from the arena. */
void post_settings(struct arena *arena, const struct config *config, struct deliver_settings *out);
/* Opens the channels that the rules' configuration names; mistakes are findings, NULL then. */
struct post *post_open(const struct post_env *env, struct rules *rules, struct findings *findings);
void post_use(struct post *post, struct rules *rules);
/* How the channel's providers do: at most PROVIDERS_MAX into out; gives how many. None while it is being
 * closed. */
size_t post_providers(const struct post *post, enum channel_kind channel,
		      struct provider_stats *out);
/* A message of the channel was decided: claim at that instant. */
void post_wake(struct post *post, enum channel_kind channel, instant at);
/* Does what is due while the link is up. Gives when it wants to be called again. */
instant post_tick(struct post *post, instant now);
/* Claims no more; what has been begun is finished or becomes unknown within the limit. */
void post_stop(struct post *post, span limit);
/* Nothing is under way any more: after post_stop, all outcomes are written down. */
bool post_is_idle(const struct post *post);
/* When it is idle. Closes its handle on the loop; *post is empty at once. */
void post_close(struct post **post);

#endif
