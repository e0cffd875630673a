/*
 * The store: what Redis is asked, and what its answers mean. It talks to nobody itself: it makes
 * commands and reads replies, so that daemon (on the loop) and candourctl (waiting) share every
 * word of it.
 *
 * All state is in Redis, under one prefix, written by scripts that check everything first and then
 * write everything, or refuse and have written nothing. docs/store.md lists the keys and stored
 * forms.
 */
#ifndef CANDOUR_STORE_STORE_H
#define CANDOUR_STORE_STORE_H

#include "io/redis_link.h"
#include "model/plan.h"

/* Where an item comes from, in the order of intake.h: an entry of a stream by its id, or the oldest
 * event that waits for a subject, by the subject ("case/C1"). */
enum store_origin { STORE_OWN, STORE_EVENTS, STORE_WAITING };

/* An item to be ended without a plan. The bytes of a stream's entry are only needed to let it wait:
 * else they are still there. */
struct store_item {
	enum store_origin origin;
	str id;
	str bytes;
};

struct store {
	str prefix;
	str token; /* the owner's: "EPOCH.32 hex digits"; empty when we do not own the prefix */
};

/*
 * Every reader below gives ERR_NOT_FOUND where Redis does not know a script (it was restarted or its
 * scripts were flushed: send store_scripts, then the command again: nothing was done), ERR_REFUSED
 * for every other error of Redis, and ERR_CORRUPT for an answer or a stored value that cannot be
 * understood. Outs are untouched then, and live in the arena else.
 */

/* The commands that make every script known to a server: send them first on each new connection. */
void store_scripts(struct arena *arena, struct command **out, size_t *out_n);

/* --- settings of Redis ------------------------------------------------------------------------ */

/* INFO and CONFIG GET; then what is wrong with them: findings with errors (too old, a replica,
 * eviction, no persistence) and warnings (everysec: what would be lost). */
void store_settings(struct arena *arena, struct command out[2]);
void store_settings_check(const struct reply *info, const struct reply *config,
			  struct findings *findings);

/* --- the owner's lease ------------------------------------------------------------------------ */

#define LEASE_MS 10000
#define LEASE_RENEW_MS 3000

enum lease { LEASE_OURS, LEASE_THEIRS };
/* Takes the lease when it is free or over, keeps it when it is ours; Redis' own clock decides.
 * `random`: 32 hex digits made once by this process; `policy`: the policy's version, for `status`.
 * LEASE_OURS gives the whole token. */
struct command store_lease(struct arena *arena, const struct store *store, str random, str policy);
NODISCARD enum err store_lease_read(struct arena *arena, const struct reply *reply, enum lease *out,
				    str *out_token);
struct command store_lease_release(struct arena *arena, const struct store *store);

/* The prefix's own key for message ids: made once, then the same for ever. */
struct command store_key(struct arena *arena, const struct store *store, str fresh_hex);
NODISCARD enum err store_key_read(const struct reply *reply, uint8_t out[HASH_BYTES]);

/* --- loading ---------------------------------------------------------------------------------- */

/* An event that waits for a subject. */
struct waiting {
	str bytes;
	instant until;
	bool own; /* it came on Candour's own stream */
	/* of the oldest, by store_waiting: how often it was given out without an end, with this one */
	int64_t times;
};

#define WAITING_MAX 16

/* What the desks say to every decision. */
struct news {
	struct away *away; /* who is away, in all services */
	size_t n_away;
	struct storm *storms; /* the storms of late, likewise */
	size_t n_storms;
};
/* The policy, with that. */
struct policy news_policy(const struct policy *policy, const struct news *news);

struct loaded {
	/* the family of the subject, or, of a case that is not known yet, the one that the event
	 * opens it for; empty: not known */
	str family_id;
	struct family *family; /* NULL: nobody has told us of it yet */
	/* the oldest events that wait for this subject and must be decided before it, at most
	 * WAITING_MAX */
	struct waiting *waiting;
	size_t n_waiting;
	struct news news;
	const struct json **notes; /* of a desk: what it has not taken up, at most DESK_NOTES_MAX */
	size_t n_notes;
	bool seen; /* the event's identity is known */
	bool same; /* ... with the same content */
};

/* What is known of an event's subject ("case/C1"), and of the event itself. own: it came on
 * Candour's own stream, whose events have an identity of their own: nobody else's can shadow it. */
struct command store_load(struct arena *arena, const struct store *store, const struct event *event,
			  bool own);
NODISCARD enum err store_load_read(struct arena *arena, const struct event *event,
				   const struct reply *reply, struct loaded *out);
struct command store_away(struct arena *arena, const struct store *store);
NODISCARD enum err store_away_read(struct arena *arena, const struct reply *reply,
				   struct news *out);
/* The families of a person, for an event about a person. */
struct command store_person(struct arena *arena, const struct store *store, str person);
NODISCARD enum err store_person_read(struct arena *arena, const struct reply *reply, str **out_ids,
				     size_t *out_n);
/* The oldest events that wait for a subject, at most WAITING_MAX, to be decided: after a commit made
 * it known. */
struct command store_waiting(struct arena *arena, const struct store *store, str subject);
NODISCARD enum err store_waiting_read(struct arena *arena, const struct reply *reply,
				      struct waiting **out, size_t *out_n);

/* --- committing ------------------------------------------------------------------------------- */

enum commit {
	COMMIT_DONE,
	/* the same event was committed before: acknowledged, nothing else changed */
	COMMIT_SEEN,
	COMMIT_CONFLICT, /* the identity is known with other content: nothing written; refuse it */
	COMMIT_GONE,     /* the event is no longer pending: somebody else finished it */
	COMMIT_STALE,    /* the family's version moved on: load and decide again */
	COMMIT_FENCED    /* another daemon owns the prefix now: stop */
};

/* One event and what follows from it. Of STORE_WAITING the item's id is the subject and the event
 * must be the oldest that waits for it. */
struct store_work {
	enum store_origin origin;
	str item_id;
	const struct event *event; /* with its bytes as they came */
	instant now;
};

/* The one script. Adds the evidence's chain to plan->family (entries, head) and counts its version
 * up, so that the record in hand is the stored one when the answer is COMMIT_DONE. A plan without a
 * family writes only the event's identity and the facts. ERR_TOO_LARGE, and nothing changed: the
 * record would be larger than FAMILY_BYTES_MAX. */
NODISCARD enum err store_commit(struct arena *arena, const struct store *store,
				const struct store_work *work, struct plan *plan,
				struct command *out);
/* The item is turned into events of Candour's own, one for each family of a person: at least one. */
struct command store_spread(struct arena *arena, const struct store *store,
			    const struct store_work *work, const str *events, size_t n);
/* The event of a stream waits for a subject ("case/C1") that is not known yet, until `until`.
 * COMMIT_STALE: it has become known meanwhile. */
struct command store_wait(struct arena *arena, const struct store *store,
			  const struct store_item *item, str subject, instant until);
/* What a refusal was decided on: nothing but the bytes, where all of it is empty. */
struct store_basis {
	const struct event *event;
	str family; /* empty: on no record */
	int64_t version;
};
/* The item goes to the dead letters, whole, with code, field and sentence. COMMIT_STALE: the record is
 * another by now, and so may be the decision. COMMIT_SEEN, COMMIT_CONFLICT: of an event, as for a commit. */
struct command store_bury(struct arena *arena, const struct store *store,
			  const struct store_item *item, const struct store_basis *basis,
			  const struct refused *refused, instant now);
/* Of all four. */
NODISCARD enum err store_commit_read(const struct reply *reply, enum commit *out);

/* --- many at once ----------------------------------------------------------------------------- */

/* Commands of store_load, or commands of store_commit, as one: each is done or refused alone, in one step of
 * Redis. One that is about the family, case or event of another before it is COMMIT_STALE. The words are
 * borrowed. */
#define STORE_JOINED_MAX ((size_t)32)
struct command store_join(struct arena *arena, const struct command *commands, size_t n);
/* The answer to one of the n that were joined. */
const struct reply *store_part(const struct reply *reply, size_t place, size_t n);

/* --- clocks ----------------------------------------------------------------------------------- */

/* Looks that are due become clock.due events on the own stream, at most 100; each look moves fifteen
 * minutes on, so that a lost tick comes again. Where the policy's version is another than the last one that was
 * swept, families get rules.changed, a hundred at a time, and its services' desks clock.due. When an owner
 * begins, events that waited go before both, so that what they end is not called late, and messages leave
 * (store_claim) when they and the looks are decided: for a quarter of an hour after it `began` at the most. The
 * reply says how many, and when the next is due. */
struct command store_tick(struct arena *arena, const struct store *store, instant now,
			  const struct policy *policy, instant began);
NODISCARD enum err store_tick_read(const struct reply *reply, int64_t *out_n, instant *out_next);
/* Events that waited too long: subjects whose time is over at `now`, or that are known by now, at
 * most 16. Their events come back as the waiting of these subjects. */
struct command store_waited(struct arena *arena, const struct store *store, instant now);
/* The subjects ("case/C1"), copied into the arena. */
NODISCARD enum err store_waited_read(struct arena *arena, const struct reply *reply,
				     str **out_subjects, size_t *out_n);

/* --- the outbox ------------------------------------------------------------------------------- */

#define CLAIM_LEASE_MS 60000     /* from claim to hand-over: its end is a safe retry */
#define HANDOVER_LEASE_MS 900000 /* from the first byte to the outcome: its end means unknown */

struct claimed {
	struct message message;
	/* names this claim for begin and settle: grows with each, never the same twice */
	int64_t attempt;
	int64_t tried; /* hand-overs that count, this one included: 1 for the first */
	/* an earlier attempt may have arrived: same Message-ID, key or file name */
	bool unknown_before;
	bool damaged; /* of the message, only its id could be read */
	str body;     /* the words as they were fixed, or empty at the first hand-over */
};

/* Moves what is due from waiting to ready, settles ended leases, and claims at most n (at most
 * CLAIM_MAX), best first. n may be 0. What was claimed ten times and never begun has failed: it
 * brought its senders down, or none of them could read it. */
#define CLAIM_MAX 100
struct sender {
	str name; /* goes with each claim */
	/* A hand-over without an outcome may be tried again; else a person has to look. */
	bool may_repeat;
};
struct command store_claim(struct arena *arena, const struct store *store,
			   enum channel_kind channel, struct sender sender, size_t n, instant now);
struct claim {
	struct claimed *list;
	size_t n;
	/* When to claim again at the latest: the next waiting message's instant or the end of a lease;
	 * `now` where there may be more at once; INSTANT_NEVER: nothing is there. */
	instant next;
	str *paused; /* the channel's providers that a person has paused: they get none of these */
	size_t n_paused;
};
NODISCARD enum err store_claim_read(struct arena *arena, const struct reply *reply,
				    struct claim *out);

#define BODY_BYTES_MAX ((size_t)256 << 10)

/* The last check and the fixing of the words, just before the first byte: for each, whether it may
 * go. */
struct begin {
	str message;
	int64_t attempt;
	str body;   /* fixed now, or what claim gave; over BODY_BYTES_MAX it fails */
	str sha256; /* of the body, hex */
	str template_version;
};
struct command store_begin(struct arena *arena, const struct store *store,
			   enum channel_kind channel, const struct begin *begins, size_t n,
			   instant now);
/* may[i]: hand it over; else it was stopped, expired, goes back to be addressed again, or is
 * somebody else's by now. */
NODISCARD enum err store_begin_read(const struct reply *reply, bool *out_may, size_t n);

enum settled {
	SETTLED_ACCEPTED,
	SETTLED_LATER,     /* again at `again`; counted, and failed when the tries are used up */
	SETTLED_NOT_BEGUN, /* again at `again`; not counted */
	SETTLED_HELD,      /* likewise; a person must bring something, and that is an event, once */
	SETTLED_FAILED,    /* this channel, for good */
	/* everything but handed over: `suppressed`, and for its duties as good as accepted */
	SETTLED_SHADOW,
	/* nobody knows; again at `again` when it is set, else it stays unknown */
	SETTLED_UNKNOWN
};
struct settle {
	str message;
	str family, case_id; /* whose it is, should what is stored of it be damaged */
	int64_t attempt;
	enum settled outcome;
	instant at;      /* when it was known; kept, so that told twice it is told the same */
	instant again;   /* INSTANT_NEVER: not */
	str code;        /* of the outcome, for evidence: "250", "no_such_address" */
	str provider_id; /* may be empty */
	bool address;    /* of SETTLED_FAILED: the address is wrong for good (data.address) */
	/* The provider can be asked later what became of what it accepted (store_follow): of all of a
	 * batch, or of none. */
	bool follow;
};
/* Each settles by its attempt; the outcome becomes an event on the own stream in the same script.
 * What comes late (the lease was over) still counts where it says more than is known. */
struct command store_settle(struct arena *arena, const struct store *store,
			    enum channel_kind channel, const struct settle *settles, size_t n,
			    instant now);
/* out_late: outcomes of attempts that were over already. */
NODISCARD enum err store_settle_read(const struct reply *reply, size_t *out_late);

/* Accepted messages about which their provider is to be asked now, at most FOLLOW_MAX; each comes again
 * after a pause, from a minute to an hour as it grows older, for seven days or until its end is known. */
#define FOLLOW_MAX 16
struct to_follow {
	str message;
	instant handed_over_at; /* INSTANT_NEVER: not known */
};
struct command store_follow(struct arena *arena, const struct store *store,
			    enum channel_kind channel, instant now);
/* out_next: when one is to be asked about next; INSTANT_NEVER: none is there. */
NODISCARD enum err store_follow_read(struct arena *arena, const struct reply *reply,
				     struct to_follow **out, size_t *out_n, instant *out_next);

/* What somebody outside says became of a message. */
struct receipt {
	str message;
	date on;      /* a letter's: the day it happened on */
	instant at;   /* of the others: when it was heard */
	str code;     /* of a failure; may be empty */
	bool address; /* it failed because the address is wrong */
};
enum receipted {
	RECEIPT_SAID, /* it became an event on the own stream */
	RECEIPT_SAID_BEFORE,
	RECEIPT_UNKNOWN,       /* there is no such message */
	RECEIPT_OTHER_CHANNEL, /* it did not go that way */
	RECEIPT_NOT_LEFT,      /* it never left the house */
	RECEIPTED_COUNT
};
#define RECEIPTS_MAX ((size_t)100)
/* kind: of a letter "dispatched" or "returned", of any "delivered" or "failed". The same again does
 * nothing. A provider that speaks of a message has it: one that is being handed over, or of which nobody knew
 * whether it had left, is accepted in the same step. */
struct command store_receipt(struct arena *arena, const struct store *store,
			     enum channel_kind channel, str kind, const struct receipt *receipts,
			     size_t n);
NODISCARD enum err store_receipt_read(const struct reply *reply, enum receipted *out, size_t n);

/* --- reading, for candourctl ------------------------------------------------------------------ */

/* GET: family's id, or nil */
struct command store_case_family(struct arena *arena, const struct store *store, str case_id);
/* With the cases that were put away. */
struct command store_family(struct arena *arena, const struct store *store, str family_id);
/* NULL: not there */
NODISCARD enum err store_family_read(struct arena *arena, const struct reply *reply,
				     struct family **out);
/* A page of family ids; cursor "0" begins and ends. An id may come twice. */
struct command store_families(struct arena *arena, const struct store *store, str cursor);
NODISCARD enum err store_families_read(struct arena *arena, const struct reply *reply,
				       str *out_cursor, str **out_ids, size_t *out_n);

struct message_record {
	struct message message;
	enum message_state state;
	int64_t attempt; /* the last claim; 0: none yet */
	int64_t tried;   /* hand-overs that count */
	bool unknown_before;
	str body, sha256, template_version, code, provider_id;
	instant handed_over_at; /* the last hand-over; INSTANT_NEVER: not yet */
	instant next_try;       /* of a waiting one; INSTANT_NEVER: none */
};
struct command store_message(struct arena *arena, const struct store *store, str message_id);
/* *out_found false: there is no such message. */
NODISCARD enum err store_message_read(struct arena *arena, const struct reply *reply,
				      bool *out_found, struct message_record *out);

struct evidence {
	int64_t n; /* 1 is the first */
	instant at;
	struct entry entry;
	str stream_id;
	str prev, salt, hash, body; /* hex; body: the JSON that was hashed */
};
/* A family's evidence from an entry on, at most EVIDENCE_PAGE. */
#define EVIDENCE_PAGE 500
struct command store_evidence(struct arena *arena, const struct store *store, str family_id,
			      str after_stream_id);
NODISCARD enum err store_evidence_read(struct arena *arena, const struct reply *reply,
				       struct evidence **out, size_t *out_n);
/* What a program needs to see of an entry: a map; NULL where it has none. */
const struct json *store_detail(struct arena *arena, const struct entry *entry);
/* True, and out the hash to go on with, when the entry follows from the one before (of the first: 0
 * and all zero); else *why says what is broken. */
bool store_evidence_follows(struct arena *arena, const struct evidence *entry, int64_t n_before,
			    const struct hash *before, struct hash *out, str *why);

struct dead_letter {
	str stream_id;
	/* the event's; of an entry that had none, all its fields as a JSON list */
	str bytes;
	bool has_event;
	str origin; /* "events" or "own" */
	struct refused refused;
	instant at;
	bool parked;
};
struct command store_dead(struct arena *arena, const struct store *store, str after_stream_id);
NODISCARD enum err store_dead_read(struct arena *arena, const struct reply *reply,
				   struct dead_letter **out, size_t *out_n);
enum dead_step { DEAD_REPLAY, DEAD_PARK, DEAD_DROP };
/* Replay puts the event back on the stream it came on and takes the letter out, in one. Integer
 * reply: 1 done, 0 not there, -1 it holds no event to replay. */
struct command store_dead_do(struct arena *arena, const struct store *store, enum dead_step step,
			     str stream_id);

/* --- auditing ----------------------------------------------------------------------------------- */

/* What the auditor finds: "no_look", "message_in_no_set" ... of a family or desk, and which of its things. */
struct audit_finding {
	str family, what, id;
	str why; /* of a broken chain; else empty */
};
/* Up to where a chain of evidence is proven to be whole. */
struct proven {
	int64_t n; /* entries; 0: none yet */
	struct hash hash;
	str stream_id; /* of the last of them */
	instant whole; /* it was last begun at the first entry then */
};
struct audited_record {
	str id;
	instant look; /* in the index; INSTANT_NEVER: it has none */
	struct proven proven;
	struct family *family; /* NULL: it cannot be read */
};
struct audited {
	str cursor; /* to go on with; "0": that was all */
	/* What was looked at; but for the ids only there where it was asked for. */
	struct audited_record *records;
	size_t n_records;
	struct audit_finding *found;
	size_t n;
	bool busy; /* looks may be late: events have waited for long, or not all is dated under the policy */
	struct news news;
};
#define AUDIT_DESKS "desks"
/* Whether what belongs together is there. */
struct audit_page {
	/* of the families: "0" begins; or AUDIT_DESKS: the desks of these services */
	str cursor;
	int64_t about; /* so many families */
	bool records;  /* they are to come with the answer */
	str policy;    /* the version that they are held against */
	instant now;
	const struct service *services;
	size_t n_services;
};
struct command store_audit(struct arena *arena, const struct store *store,
			   const struct audit_page *page);
/* records: whether they were asked for. */
NODISCARD enum err store_audit_read(struct arena *arena, const struct reply *reply, bool records,
				    struct audited *out);
/* Adds what is overlooked in the records, as decide says; not while looks may be late. */
void audited_look(struct arena *arena, struct audited *audited, const struct policy *policy,
		  instant now, overlooked_fn *find);

/* Follows a chain from where it is proven on, as far as these entries (the next ones) go; false: *why says what
 * is broken behind that. */
bool store_prove(struct arena *arena, const struct evidence *list, size_t n, struct proven *proven,
		 str *why);

/* How far the pass of the night has come. */
struct night {
	str day;    /* on which it began, "2026-11-27"; empty: there has been none */
	str cursor; /* where it goes on; empty: it has ended */
	instant began, ended;
	int64_t families, entries, found, broken; /* broken: of those found, chains of evidence */
	int64_t last_found, last_broken;          /* of the pass before */
};
/* Writes it down, with what is proven of the chains of `records`. The reply is an integer: 0: the prefix is
 * somebody else's. */
struct command store_night(struct arena *arena, const struct store *store,
			   const struct night *night, const struct audited_record *records,
			   size_t n);
struct command store_passed(struct arena *arena, const struct store *store);
/* out_lost: Redis was started anew since, and the cursor is no good. */
NODISCARD enum err store_passed_read(struct arena *arena, const struct reply *reply,
				     struct night *out, bool *out_lost);

/* --- how it stands ------------------------------------------------------------------------------- */

/* Everything `status`, `outbox` and `wait --idle` want to know, in one script. */
struct status {
	str owner; /* the token; empty: nobody owns the prefix now */
	str policy;
	int64_t epoch;
	/* intake: not yet taken; taken and not yet finished, or let go on by what it waited for */
	int64_t waiting, pending;
	int64_t held; /* subjects that events wait for */
	struct {
		int64_t waiting, ready, in_flight, unknown;
	} outbox[CHANNEL_COUNT];
	int64_t dead;
	instant next_look;
	instant next_try; /* the earliest waiting message */
};
struct command store_status(struct arena *arena, const struct store *store);
NODISCARD enum err store_status_read(struct arena *arena, const struct reply *reply,
				     struct status *out);
/* A person's order, with an end, which every daemon obeys: of a channel nothing is claimed until then; a
 * provider gets nothing that is claimed from now on. */
struct sending_pause {
	str what; /* "sms", or of its providers one: "sms/notify" */
	instant since, until;
	str reason, by;
};

/* How a provider does, as the daemon says that met it last. */
struct provider_state {
	str what;         /* "sms/notify" */
	int64_t failures; /* one after the other; 0: all is well */
	instant since;    /* when the first of them was */
	instant at;       /* when this was said; while there are failures, each minute anew */
};

/* What status does not count: ages, and what is overdue. Ages are "at least so old": of many messages
 * some are looked at. */
struct watched {
	instant redis_now;    /* Redis' own clock, by which the next two go */
	instant lease_until;  /* when the last owner's lease ends, or would have ended */
	instant oldest_event; /* not decided yet; INSTANT_NEVER: there is none */
	int64_t breached;     /* duties and actions whose day passed and that are not done */
	int64_t tasks;        /* open ones */
	instant nearest_duty; /* the day of the running duty that is due first: its beginning, UTC */
	str lineage;          /* names this data since it began; empty: it has no name yet */
	str held_at;          /* since when all is held; empty: it is not */
	str held_why;
	struct sending_pause *pauses; /* also those whose end has come a moment ago */
	size_t n_pauses;
	struct provider_state *providers;
	size_t n_providers;
	struct night night; /* the auditor's */
	struct {
		int64_t ready;
		instant oldest; /* could have left since then; INSTANT_NEVER: none is kept */
	} unsent[CHANNEL_COUNT][GRADE_COUNT];
};
struct command store_watch(struct arena *arena, const struct store *store, instant now);
NODISCARD enum err store_watch_read(struct arena *arena, const struct reply *reply,
				    struct watched *out);
/* The reply to both: an integer; of resume 0 when it was not paused. */
struct command store_pause(struct arena *arena, const struct store *store,
			   const struct sending_pause *pause);
struct command store_resume(struct arena *arena, const struct store *store, str what);
/* The reply: an integer. */
struct command store_providers(struct arena *arena, const struct store *store,
			       const struct provider_state *states, size_t n);

/* Writes something that is gone after a second: whether that is allowed. */
struct command store_probe(struct arena *arena, const struct store *store);

/* --- after a restore from a back-up ----------------------------------------------------------- */

/* Compares what is there with what this machine saw last: the lineage and lease_until of `watched` (empty
 * and 0: nothing). Holds everything when it must have been restored. The reply is a text. */
struct command store_memory(struct arena *arena, const struct store *store, str lineage,
			    instant seen, instant now);
/* Holds everything: nobody decides, nothing is claimed, nothing leaves. */
struct command store_hold(struct arena *arena, const struct store *store, str why, instant now);
/* Ends it, a hundred messages a call. What the Redis that was lost may have said until `until` becomes
 * unknown, now and when it is decided later, unless `again`. Integer reply: how many, call again until it
 * is 0; nil: nothing was held. */
struct command store_let_go(struct arena *arena, const struct store *store, instant until,
			    bool again, instant now);

/* The ids of the messages of a channel that are not settled, the most urgent state first: at most
 * 1,000 of each state. A list of texts. */
struct command store_outbox(struct arena *arena, const struct store *store,
			    enum channel_kind channel);

/* XADD to PREFIX:events: the entry's id. */
struct command store_publish(struct arena *arena, const struct store *store, str bytes);
/* The same on Candour's own stream, where services have no right. */
struct command store_publish_own(struct arena *arena, const struct store *store, str bytes);

#endif
