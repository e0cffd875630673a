/*
 * What a channel is: a name and a few functions. Email, SMS and letter each stand behind this door.
 *
 * A channel takes parcels and gives exactly one verdict for each. It does not retry, does not log,
 * knows neither Redis nor the family, and never calls back from within send.
 */
#ifndef CANDOUR_DELIVER_CHANNEL_H
#define CANDOUR_DELIVER_CHANNEL_H

#include "base/err.h"
#include "base/time.h"
#include "model/message.h"
#include "model/provider.h"

struct uv_loop_s;

/*
 * One message to one recipient, in words that are fixed. Borrowed from send until its verdict.
 *
 * What goes with it stands in message->enclosures; enclosures_read (inner.h) gives the files, or the
 * code for a verdict of OUTCOME_HELD. A channel that cannot take one with it must not send the
 * message either.
 */
struct parcel {
	const struct message *message;
	int64_t attempt;
	bool unknown_before; /* may have arrived already: use the same Message-ID, key, file name */
	str subject, text, html; /* of an email */
	str sms;
	str letter; /* the letter's tree: JSON; of a notice by email, too */
	str pages;  /* of a notice by email: the letter's PDF, which goes with it */
	str language;
	instant at;     /* when its words were fixed: the Date of every attempt */
	instant leaves; /* this attempt: what did not leave before is dated by it */
	str sha256;     /* of the fixed words, hex */
};

enum outcome {
	OUTCOME_ACCEPTED, /* the other side has taken responsibility */
	OUTCOME_LATER,    /* not now: a passing fault */
	/* nothing was sent, through no fault of the message: no try is counted */
	OUTCOME_NOT_BEGUN,
	OUTCOME_NEVER_ADDRESS, /* this address is wrong for good */
	OUTCOME_NEVER_MESSAGE, /* this message is refused for good */
	/* something that goes with it is missing, for a person to mend: no try is counted */
	OUTCOME_HELD,
	/* our own set-up is at fault: the channel stops until it is mended */
	OUTCOME_CONFIGURATION,
	OUTCOME_UNKNOWN, /* it may have arrived or not */
	OUTCOME_COUNT
};

struct verdict {
	enum outcome outcome;
	span retry_after; /* what the other side asked for; 0: nothing */
	/* a short code for evidence and logs: "250", "421", "no_space"; no address, no text */
	str code;
	str provider_id; /* the other side's own id; may be empty */
};

/* Exactly once for each parcel, on the loop, in any order; the verdict is borrowed until the
 * function returns. */
typedef void verdict_fn(void *arg, const struct parcel *parcel, const struct verdict *verdict);

/* How a channel stands, for people who look after it. */
struct channel_stats {
	size_t in_hand;  /* handed over, without a verdict */
	size_t threads;  /* 0: it has none */
	size_t busy;     /* of them: with a message */
	size_t sessions; /* of them: in a session with the other side */
	size_t stuck;    /* of them: they do not come back although their connection was cut */
};

/* How one of the other sides does, as far as this process has met it. */
struct provider_stats {
	str name;       /* "notify", a relay's host; borrowed from the channel */
	int64_t failed; /* times, since the channel was opened */
	int failures;   /* one after the other; 0: all is well */
	bool held;      /* a person has paused it */
};

/* What a provider says of a message that it accepted before. */
enum followed {
	FOLLOWED_NOTHING, /* nothing new, or no answer */
	FOLLOWED_POSTED,  /* a letter is printed and in the post */
	FOLLOWED_FAILED   /* it will not arrive after all */
};
/* code: the provider's own word for it; borrowed until the function returns. */
typedef void followed_fn(void *arg, enum followed what, str code);

struct channel {
	const char *name; /* "file", "libesmtp" ... */
	void *self;
	/* How many parcels it will take now. */
	size_t (*room)(void *self);
	/* Takes n parcels (at most room). */
	void (*send)(void *self, const struct parcel *const *parcels, size_t n);
	/* Takes nothing more; what has begun is finished or becomes unknown within `limit`; then
	 * closed is called, once, and self is gone. */
	void (*close)(void *self, span limit, void (*closed)(void *arg), void *arg);
	/* May be NULL: then there is nothing to say. */
	void (*count)(void *self, struct channel_stats *out);
	/* Asks what became of a message that was accepted; fn is called once, never from within, and
	 * before closed. May be NULL: nobody can be asked. */
	void (*follow)(void *self, str message, followed_fn *fn, void *arg);
	/* Fills in at most PROVIDERS_MAX, and gives how many there are. May be NULL: there is no other side. */
	size_t (*providers)(void *self, struct provider_stats *out);
	/* From now on only these of its providers are left alone by a person's order: they get no
	 * more messages, and are asked about those that they accepted. May be NULL: it has no several. */
	void (*hold)(void *self, const str *names, size_t n);
};

struct press;

/* What every channel gets when it is opened. */
struct channel_env {
	struct uv_loop_s *loop;
	struct press *press; /* makes pages, for whoever wants some (press.h); open longer than any */
	verdict_fn *verdict;
	void *arg;
};

#endif
