/*
 * Text messages by HTTP: what the files of this part share.
 *
 *	sms_channel.c   the channel: messages in hand, from hand-over to verdict
 *	sms_choice.c    which provider is next: shares, health, pauses, rates; pure
 *	sms_request.c   a message as a provider's request, and what its answer means
 *
 * A message goes to one provider after the other only while it is certain that none has it. Where
 * that is not certain it is unknown: the next attempt asks by our id where all providers can be
 * asked, and else a person has to look.
 */
#ifndef CANDOUR_DELIVER_SMS_H
#define CANDOUR_DELIVER_SMS_H

#include "deliver/inner.h"
#include "io/http_client.h"
#include "model/provider.h"

#include "base/arena.h"

/* --- sms_choice.c --------------------------------------------------------------------------------- */

/* How a provider has done. All times are milliseconds of a clock that only goes forward. */
struct sms_share {
	int weight;
	int health;     /* 1000: well; its share is weight x health */
	int64_t credit; /* who has most is next */
	int failures;   /* one after the other */
	int64_t paused_until_ms;
	int64_t healed_at_ms; /* when health last drifted */
	int per_second;       /* 0: no limit */
	int64_t next_slot_ms; /* of the rate */
	size_t in_hand, at_once;
};

enum sms_event {
	SMS_DID_WELL,
	SMS_WAS_SLOW,
	SMS_FAILED,        /* no answer, or an error of its own */
	SMS_MISCONFIGURED, /* only a person can mend it */
};

void choice_init(struct sms_share *share, const struct provider *provider);
/* The next provider among those whose bit is set in `allowed`, that are not paused and have a place
 * free; -1: none. Whoever comes back from a pause gets one message first. */
int choice_pick(struct sms_share *shares, size_t n, unsigned allowed, int64_t now_ms);
/* True when the event ended or began a pause. asked: how long the provider wants to be left alone. */
bool choice_note(struct sms_share *share, enum sms_event event, span asked, int64_t now_ms);
/* One of them is not paused, though it may be full. */
bool choice_could(const struct sms_share *shares, size_t n, unsigned allowed, int64_t now_ms);
/* How many more messages they may have now, all together. */
size_t choice_room(const struct sms_share *shares, size_t n, int64_t now_ms);
/* When the next message may leave, at its rate: takes that place. */
int64_t choice_take_slot(struct sms_share *share, int64_t now_ms);
/* Until one of them may be tried again; 0: now. */
span choice_pause_left(const struct sms_share *shares, size_t n, int64_t now_ms);

/* --- sms_request.c -------------------------------------------------------------------------------- */

/* What fills a request. */
struct sms_values {
	str to, text, sender, message;
	str traceparent; /* of the event, so that a provider's log can be laid beside ours; may be empty */
	bool unicode;
	instant now; /* for signed tokens */
};

/* Made in the arena, with everything in it. */
void sms_request_make(struct arena *arena, const struct provider *provider,
		      const struct provider_request *request, const struct sms_values *values,
		      struct http_question *out);

struct sms_meaning {
	enum provider_meaning means;
	str code;        /* "201", "connect"; in the arena */
	str provider_id; /* may be empty */
};
/* By the description; what it does not name, by what HTTP says of the status. */
struct sms_meaning sms_answer_read(struct arena *arena, const struct provider_request *request,
				   const struct http_reply *answer);

/* --- sms_channel.c -------------------------------------------------------------------------------- */

/* What is unknown can become known: by asking every provider, or by sending the same again to the only
 * one, which takes it once. */
bool sms_may_repeat(const struct sms_settings *settings);
bool sms_open(const struct deliver_settings *settings, const struct channel_env *env,
	      const struct policy *const *policy, struct channel *out, struct findings *findings);

#endif
