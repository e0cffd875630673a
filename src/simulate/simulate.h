/*
 * A world without Redis: the belt in memory, for rehearsal and for stories.
 *
 * Events go in with their times; the same parse and the same decide as in the daemon do the rest.
 * Clocks ring when their time has come. Every message is taken as handed over at its first
 * permitted instant: emails and SMS are accepted at once, letters are accepted and then dispatched
 * on the same day.
 */
#ifndef CANDOUR_SIMULATE_SIMULATE_H
#define CANDOUR_SIMULATE_SIMULATE_H

#include "decide/decide.h"
#include "intake/intake.h"

/* One line of the trace. */
struct traced {
	instant at;
	str kind; /* "message", "duty", "action", "alert", "task", "refused", "wait" */
	str case_id, id, to, channel, state, due, template;
	str about; /* of a message: the duty's or action's id; may be empty */
	str text;  /* for people */
	/* A daily list in which nothing is new: its reader has had one like it. */
	bool again;
};

typedef void traced_fn(void *arg, const struct traced *traced);

struct simulate;

/* The policy is borrowed. traced is called as things happen. */
struct simulate *simulate_new(const struct policy *policy, traced_fn *traced, void *arg);
/* Lets time pass until the event's time, then takes it. Events must come in the order of their
 * times; an earlier one is taken at the time it is now. */
void simulate_event(struct simulate *simulate, str bytes);
/* Lets time pass: clocks ring, messages leave, in order of time. Bounded: at most 1,000,000 steps. */
void simulate_until(struct simulate *simulate, instant until);
/* A message's next outcome may be set before it leaves: "failed", "later", "unknown", or "slow" (accepted
 * a quarter of an hour later) for a contact's channel. */
void simulate_outcome(struct simulate *simulate, str contact, enum channel_kind channel,
		      str outcome);
/* Who wants to see more than the trace: each line of evidence, and each message as it is handed over.
 * Both functions are called in the order in which it happens. */
struct simulate_watch {
	void (*entry)(void *arg, instant at, str family, const struct entry *entry);
	void (*handed_over)(void *arg, instant at, const struct message *message);
	void *arg;
};
void simulate_watch(struct simulate *simulate, const struct simulate_watch *watch);
/* News of the last message that left to a contact by a channel: "delivered", "returned", or "failed"
 * because the address is wrong. False: none has left. */
bool simulate_news(struct simulate *simulate, str contact, enum channel_kind channel, str outcome);
/* Another policy (borrowed) is in force from now on: what runs in each family is dated anew. */
void simulate_policy(struct simulate *simulate, const struct policy *policy);
/* The record as it stands, or NULL. */
const struct family *simulate_family(const struct simulate *simulate, str id);
void simulate_free(struct simulate **simulate);

#endif
