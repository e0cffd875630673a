/*
 * Deliver: messages in, exactly one outcome for each out.
 *
 * It opens the channels that the configuration names, fixes the words of a message just before its
 * first hand-over, and says what an outcome means for the next try. It knows neither the store nor
 * the rules.
 */
#ifndef CANDOUR_DELIVER_DELIVER_H
#define CANDOUR_DELIVER_DELIVER_H

#include "deliver/channel.h"
#include "deliver/press.h"
#include "letter/letter.h"
#include "model/provider.h"
#include "words/words.h"

struct sms_settings {
	str dir;    /* the folder of sms.jsonl, where there is no provider */
	str sender; /* of the file transport; empty: the authority's short name */
	const struct provider *providers; /* they stay as long as deliver is open */
	size_t n_providers;
};

struct letter_settings {
	/* "spool": into a folder that is there; "notify": to the provider; else into a folder that
	 * is made */
	str transport;
	str dir;
	const struct provider *provider; /* it stays as long as deliver is open */
	struct press_settings press;
};

/* All but dir and unsubscribe is of the real transports. */
struct email_settings {
	str transport; /* "libesmtp", "curl"; else into files */
	str dir;       /* of the file transport: a Maildir */
	str host;
	int port;
	str tls;      /* "required", "optional", "off" */
	str ca_file;  /* empty: the system's */
	str username; /* empty: we do not say who we are */
	/* holds the password and nothing else; read anew for each session, since tokens last an hour */
	str password_file;
	bool oauth; /* the password is a bearer token */
	int threads, session_messages;
	span reply_within;
	/* Where one click unsubscribes from what is optional: an https address that a message's id
	 * is added to; empty: nowhere. */
	str unsubscribe;
};

struct deliver_settings {
	struct email_settings email;
	struct sms_settings sms;
	struct letter_settings letter;
	str from;       /* email */
	str enclosures; /* the folder of what goes with messages; empty: there is none */
};

struct deliver;

/* Opens every channel. Mistakes (a folder that cannot be made) are findings; NULL then. Loop, words
 * and policy are borrowed; deliver_policy replaces the latter two after a reload. */
struct deliver *deliver_open(const struct deliver_settings *settings, const struct channel_env *env,
			     const struct policy *policy, struct findings *findings);
/* Whether the other sides can be used: the mail server's greeting, TLS and log-in, the gateways, the print
 * room's folder, the letter program and its fonts. Waits, at most five seconds for each; sends no message. What
 * is wrong is a finding that says what to do. */
void deliver_probe(const struct deliver_settings *settings, struct findings *findings);
void deliver_policy(struct deliver *deliver, const struct policy *policy);
/* Whether a hand-over without an outcome may be tried again: an email under its own Message-ID, a letter into
 * a folder under its own name; what goes to providers only where they can be asked what became of the first,
 * or where there is one alone and it takes the same once. */
bool deliver_may_repeat(const struct deliver *deliver, enum channel_kind channel);
/* Whether somebody can be asked what became of a channel's messages after they were accepted. */
bool deliver_can_follow(const struct deliver *deliver, enum channel_kind channel);
/* Asks so; fn is called once, never from within, and before deliver is closed. */
void deliver_follow(struct deliver *deliver, enum channel_kind channel, str message,
		    followed_fn *fn, void *arg);
/* How many messages of a channel may be claimed now. */
size_t deliver_room(const struct deliver *deliver, enum channel_kind channel);
/* How the channel stands now; all zero where it has nothing to say. */
struct channel_stats deliver_stats(const struct deliver *deliver, enum channel_kind channel);
/* How the channel's providers do: at most PROVIDERS_MAX into out; gives how many. */
size_t deliver_providers(const struct deliver *deliver, enum channel_kind channel,
			 struct provider_stats *out);
/* From now on these providers of the channel get nothing, and all others may: a person's order. */
void deliver_hold(struct deliver *deliver, enum channel_kind channel, const str *names, size_t n);
void deliver_send(struct deliver *deliver, enum channel_kind channel,
		  const struct parcel *const *parcels, size_t n);
/* Closes every channel within the limit; closed is called once, at the end; *deliver is empty at
 * once. */
void deliver_close(struct deliver **deliver, span limit, void (*closed)(void *arg), void *arg);

/* Fixes the words: gives the parcel, which borrows them, and its body: the same as one text for the
 * store (JSON). deliver_parcel makes the parcel of that again: a later attempt sends the very same. */
void deliver_fix(struct arena *arena, const struct message *message, const struct worded *worded,
		 instant at, struct parcel *out, str *out_body);
NODISCARD enum err deliver_parcel(struct arena *arena, const struct message *message, str body,
				  struct parcel *out);

/* What candour-letter is asked for a message whose words are in the parcel, leaving on that day. Borrows. */
struct letter_ask letter_ask_of(const struct policy *policy, const struct parcel *parcel,
				enum letter_profile profile, date day);
/* The letter's tree (struct worded) as plain text, in lines of at most 72 characters. */
str letter_text(struct arena *arena, str tree);

/* A provider's receipt as it came by HTTP. */
struct receipt_call {
	str method, body;
	str authorization, signature; /* headers; may be empty */
	/* A value behind the question mark; empty: there is none. */
	str (*argument)(const void *arg, const char *name);
	const void *arg;
};
enum receipt_read {
	RECEIPT_READ,
	RECEIPT_NOT_PROVED, /* whoever sent it is not known */
	RECEIPT_NO_RECEIPT, /* it is not what the description says */
};
/* Whose message it is, and what became of it. The id has the form of ours; nothing else of the receipt
 * leaves. Everything lives in the arena. */
enum receipt_read deliver_receipt(struct arena *arena, const struct provider *provider,
				  const struct receipt_call *call, str *out_message,
				  enum receipt_meaning *out_means);

/* The pause before the next try: 1 min, 2, 4 ... at most 4 h, of which a random part (seed) of up
 * to a quarter is taken away; never less than what the other side asked for. */
span deliver_pause(int64_t attempt, span asked, uint64_t seed);

#endif
