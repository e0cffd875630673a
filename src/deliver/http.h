/*
 * Text messages and letters by HTTP: what the files of this part share.
 *
 *	http_channel.c   the channel: messages in hand, from hand-over to verdict
 *	choice.c    which provider is next: shares, health, pauses, rates; pure
 *	request.c   a message as a provider's request, and what its answer means
 *	receipt.c   what a provider says later of a message, by itself
 *
 * A message goes to one provider after the other only while it is certain that none has it. Where
 * that is not certain it is unknown: the next attempt asks by our id where all providers can be
 * asked, and else a person has to look.
 */
#ifndef CANDOUR_DELIVER_HTTP_H
#define CANDOUR_DELIVER_HTTP_H

#include "deliver/inner.h"
#include "io/http_client.h"
#include "model/provider.h"

#include "base/arena.h"

/* --- choice.c --------------------------------------------------------------------------------- */

/* How a provider has done. All times are milliseconds of a clock that only goes forward. */
struct share {
	int weight;
	int health;     /* 1000: well; its share is weight x health */
	int64_t credit; /* who has most is next */
	int failures;   /* one after the other */
	int64_t failed; /* in all */
	bool held;      /* paused by a person */
	bool down;      /* a pause was told, and not yet that it is back */
	int64_t paused_until_ms;
	int64_t healed_at_ms; /* when health last drifted */
	int per_second;       /* 0: no limit */
	int64_t next_slot_ms; /* of the rate */
	size_t in_hand, at_once;
};

enum share_event {
	SHARE_DID_WELL,
	SHARE_WAS_SLOW,
	SHARE_FAILED,        /* no answer, or an error of its own */
	SHARE_MISCONFIGURED, /* only a person can mend it */
};

void choice_init(struct share *share, const struct provider *provider);
/* The next provider among those whose bit is set in `allowed`, that are not paused and have a place
 * free; -1: none. Whoever comes back from a pause gets one message first. */
int choice_pick(struct share *shares, size_t n, unsigned allowed, int64_t now_ms);
/* True when the event ended or began a pause. asked: how long the provider wants to be left alone. */
bool choice_note(struct share *share, enum share_event event, span asked, int64_t now_ms);
/* One of them is not paused, though it may be full. */
bool choice_could(const struct share *shares, size_t n, unsigned allowed, int64_t now_ms);
/* How many more messages they may have now, all together. */
size_t choice_room(const struct share *shares, size_t n, int64_t now_ms);
/* When the next message may leave, at its rate: takes that place. */
int64_t choice_take_slot(struct share *share, int64_t now_ms);
/* Until one of them may be tried again; 0: now. When a person lets one go on is not known here: a minute
 * where all are paused so. */
span choice_pause_left(const struct share *shares, size_t n, int64_t now_ms);

/* --- request.c -------------------------------------------------------------------------------- */

/* What fills a request. */
struct request_values {
	str to, text, sender, message;
	str content, postage; /* of a letter: its PDF in base64, and the class */
	str traceparent; /* of the event, so that a provider's log can be laid beside ours; may be empty */
	bool unicode;
	instant now; /* for signed tokens */
};

/* Made in the arena, with everything in it. */
void request_make(struct arena *arena, const struct provider *provider,
		  const struct provider_request *request, const struct request_values *values,
		  struct http_question *out);

struct request_meaning {
	enum provider_meaning means;
	str code;        /* "201", "connect"; in the arena */
	str provider_id; /* may be empty */
};
/* By the description; what it does not name, by what HTTP says of the status. */
struct request_meaning answer_read(struct arena *arena, const struct provider_request *request,
				   const struct http_reply *answer);

/* "errors.0.error"; NULL: nothing stands there. */
const struct json *answer_path(const struct json *value, str path);
/* Texts, numbers and yes or no as text; empty: it is none of them. */
str answer_scalar(struct arena *arena, const struct json *value);
/* An empty list holds everything. */
bool answer_is_one_of(str text, const str *list, size_t n);

/* --- receipt.c ------------------------------------------------------------------------------------ */

/* Where the provider may tell us what became of the message: with its id, and a proof where that is how
 * the provider shows that it had it from us. */
str receipt_url(struct arena *arena, const struct provider *provider, str message);

/* --- http_channel.c -------------------------------------------------------------------------------- */

/* What is unknown can become known: by asking every provider, or by sending the same again to the only
 * one, which takes it once. */
bool http_may_repeat(const struct provider *providers, size_t n);
/* Parcels must have their pages. A letter is followed where its provider can be asked. */
bool letter_http_open(const struct deliver_settings *settings, const struct channel_env *env,
		      const struct policy *const *policy, struct channel *out,
		      struct findings *findings);
bool sms_open(const struct deliver_settings *settings, const struct channel_env *env,
	      const struct policy *const *policy, struct channel *out, struct findings *findings);

#endif
