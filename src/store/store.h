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

/* Two events with this origin and id are the same piece of work: see intake.h */
enum store_origin { STORE_OWN, STORE_EVENTS, STORE_WAITING };

struct store {
	str prefix;
	str token; /* the owner's: "EPOCH.32 hex digits"; empty when we do not own the prefix */
};

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
enum err store_lease_read(struct arena *arena, const struct reply *reply, enum lease *out,
			  str *out_token);
struct command store_lease_release(struct arena *arena, const struct store *store);

/* The prefix's own key for message ids: made once, then the same for ever. */
struct command store_key(struct arena *arena, const struct store *store, str fresh_hex);
enum err store_key_read(const struct reply *reply, uint8_t out[HASH_BYTES]);

/* --- loading ---------------------------------------------------------------------------------- */

/* An event that waits for a subject. */
struct waiting {
	str bytes;
	instant until;
};

struct loaded {
	str family_id;         /* empty: the subject is not known */
	struct family *family; /* NULL: nobody has told us of it yet */
	/* the oldest events that wait for this subject and must be decided before it, at most 16 */
	struct waiting *waiting;
	size_t n_waiting;
	bool seen; /* the event's identity is known */
	bool same; /* ... with the same content */
};

/* What is known of an event's subject ("case/C1"), and of the event itself. */
struct command store_load(struct arena *arena, const struct store *store,
			  const struct event *event);
enum err store_load_read(struct arena *arena, const struct event *event, const struct reply *reply,
			 struct loaded *out);
/* The families of a person, for an event about a person. */
struct command store_person(struct arena *arena, const struct store *store, str person);

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

/* The one script. Adds the evidence's chain to plan->family (entries, head) and counts its version
 * up, so that the record in hand is the stored one when the answer is COMMIT_DONE. `bytes`: the
 * event's as it came. */
struct command store_commit(struct arena *arena, const struct store *store,
			    enum store_origin origin, str item_id, const struct event *event,
			    struct plan *plan, instant now);
/* The event waits for a subject ("case/C1") that is not known yet, until `until`. */
struct command store_wait(struct arena *arena, const struct store *store, enum store_origin origin,
			  str item_id, str bytes, str subject, instant until);
/* The item goes to the dead letters, whole, with code, field and sentence. */
struct command store_bury(struct arena *arena, const struct store *store, enum store_origin origin,
			  str item_id, str bytes, const struct refused *refused, instant now);
/* The item is turned into one event of Candour's own for each family (an event about a person). */
struct command store_spread(struct arena *arena, const struct store *store,
			    enum store_origin origin, str item_id, const str *events, size_t n);
enum err store_commit_read(const struct reply *reply, enum commit *out);

/* --- clocks ----------------------------------------------------------------------------------- */

/* Looks that are due become clock.due events on the own stream, at most 100; each look moves fifteen
 * minutes on, so that a lost tick comes again. The reply says how many, and when the next is due. */
struct command store_tick(struct arena *arena, const struct store *store, instant now);
enum err store_tick_read(const struct reply *reply, int64_t *out_n, instant *out_next);
/* Events that waited too long: subjects whose time is over at `now`, or that are known by now, at
 * most 16. Their events come back as the waiting of these subjects. */
struct command store_waited(struct arena *arena, const struct store *store, instant now);
/* The subjects ("case/C1"), copied into the arena. */
enum err store_waited_read(struct arena *arena, const struct reply *reply, str **out_subjects,
			   size_t *out_n);

/* --- the outbox ------------------------------------------------------------------------------- */

#define CLAIM_LEASE_MS 60000     /* from claim to hand-over: its end is a safe retry */
#define HANDOVER_LEASE_MS 900000 /* from the first byte to the outcome: its end means unknown */

struct claimed {
	struct message message;
	int64_t attempt; /* 1 for the first hand-over */
	/* an earlier attempt may have arrived: same Message-ID, key or file name */
	bool unknown_before;
	str body; /* the words as they were fixed, or empty at the first hand-over */
};

/* Moves what is due from waiting to ready, settles ended leases, and claims at most n, best first. */
struct command store_claim(struct arena *arena, const struct store *store,
			   enum channel_kind channel, str sender, size_t n, instant now);
/* out_next: when something waiting may next be tried (INSTANT_NEVER: nothing waits). */
enum err store_claim_read(struct arena *arena, const struct reply *reply, struct claimed **out,
			  size_t *out_n, instant *out_next);

/* The last check and the fixing of the words, just before the first byte: for each, whether it may
 * go. */
struct begin {
	str message;
	int64_t attempt;
	str body;   /* fixed now, or what claim gave */
	str sha256; /* of the body, hex */
	str template_version;
};
struct command store_begin(struct arena *arena, const struct store *store,
			   enum channel_kind channel, const struct begin *begins, size_t n,
			   instant now);
/* may[i]: hand it over; else it was stopped, expired, goes back to be addressed again, or is
 * somebody else's by now. */
enum err store_begin_read(const struct reply *reply, bool *out_may, size_t n);

enum settled {
	SETTLED_ACCEPTED,
	SETTLED_LATER,     /* again at `again`; counted, and failed when the tries are used up */
	SETTLED_NOT_BEGUN, /* again at `again`; not counted */
	SETTLED_FAILED,    /* this channel, for good */
	/* nobody knows; again at `again` when it is set, else it stays unknown */
	SETTLED_UNKNOWN
};
struct settle {
	str message;
	int64_t attempt;
	enum settled outcome;
	instant again;   /* INSTANT_NEVER: not */
	str code;        /* of the outcome, for evidence: "250", "no_such_address" */
	str provider_id; /* may be empty */
	bool address;    /* of SETTLED_FAILED: the address is wrong for good (data.address) */
};
/* Each settles by its attempt; the outcome becomes an event on the own stream in the same script. */
struct command store_settle(struct arena *arena, const struct store *store,
			    enum channel_kind channel, const struct settle *settles, size_t n,
			    instant now);
enum err store_settle_read(const struct reply *reply, size_t *out_late);

/* --- reading, for candourctl ------------------------------------------------------------------ */

/* GET: family's id */
struct command store_case_family(struct arena *arena, const struct store *store, str case_id);
struct command store_family(struct arena *arena, const struct store *store, str family_id);
/* NULL: not there */
enum err store_family_read(struct arena *arena, const struct reply *reply, struct family **out);
/* A page of family ids: SCAN; cursor "0" begins and ends. */
struct command store_families(struct arena *arena, const struct store *store, str cursor);
enum err store_families_read(struct arena *arena, const struct store *store,
			     const struct reply *reply, str *out_cursor, str **out_ids,
			     size_t *out_n);

struct message_record {
	struct message message;
	enum message_state state;
	int64_t attempt;
	str body, sha256, template_version, code, provider_id;
	instant handed_over_at; /* INSTANT_NEVER: not yet */
	instant next_try;       /* INSTANT_NEVER: none */
};
struct command store_message(struct arena *arena, const struct store *store, str message_id);
enum err store_message_read(struct arena *arena, const struct reply *reply,
			    struct message_record *out);

struct evidence {
	int64_t n; /* 1 is the first */
	instant at;
	struct entry entry;
	str stream_id;
	str prev, salt, hash, body; /* hex; body: the JSON that was hashed */
};
/* A family's evidence from an entry on, at most 500. */
struct command store_evidence(struct arena *arena, const struct store *store, str family_id,
			      str after_stream_id);
enum err store_evidence_read(struct arena *arena, const struct reply *reply, struct evidence **out,
			     size_t *out_n);
/* True when the entry follows from the one before; *why says what is broken. */
bool store_evidence_follows(struct arena *arena, const struct evidence *entry, int64_t n_before,
			    const struct hash *before, struct hash *out, str *why);

struct dead_letter {
	str stream_id;
	str bytes, origin;
	struct refused refused;
	instant at;
	bool parked;
};
struct command store_dead(struct arena *arena, const struct store *store, str after_stream_id);
enum err store_dead_read(struct arena *arena, const struct reply *reply, struct dead_letter **out,
			 size_t *out_n);
enum dead_step { DEAD_REPLAY, DEAD_PARK, DEAD_DROP };
/* Replay puts the event back on PREFIX:events and takes the letter out, in one. Integer reply: 1
 * done, 0 not there. */
struct command store_dead_do(struct arena *arena, const struct store *store, enum dead_step step,
			     str stream_id);

/* Everything `status`, `outbox` and `wait --idle` want to know, in one script. */
struct status {
	str owner, policy;
	int64_t epoch;
	int64_t waiting, pending; /* intake */
	struct {
		int64_t waiting, ready, in_flight, unknown;
	} outbox[CHANNEL_COUNT];
	int64_t dead;
	instant next_look;
	instant next_try; /* the earliest waiting message */
};
struct command store_status(struct arena *arena, const struct store *store);
enum err store_status_read(struct arena *arena, const struct reply *reply, struct status *out);
/* The ids of the messages of a channel that are not settled. */
struct command store_outbox(struct arena *arena, const struct store *store,
			    enum channel_kind channel);

/* XADD to PREFIX:events. */
struct command store_publish(struct arena *arena, const struct store *store, str bytes);

#endif
