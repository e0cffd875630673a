#include "daemon/post.h"

#include <uv.h>

#include "base/log.h"
#include "daemon/follow.h"

#define ASK_LIMIT SPAN_S(10)
#define CLAIM_EVERY SPAN_S(5) /* other daemons decide too, and do not wake us */
#define RETRY SPAN_S(1)       /* after Redis gave no answer */
#define UNKNOWN_AGAIN SPAN_MIN(1)
#define CONFIGURATION_PAUSE SPAN_MIN(5)
#define HELD_PAUSE SPAN_MIN(10) /* a person has to bring what is missing */
#define SETTLE_MAX ((size_t)100)
/* Their words are made between two turns of the loop: more would hold up the events, and leave Redis idle. */
#define AT_ONCE ((size_t)32)
/* An answer to begin that comes later is not used: its lease could end while we hand over. */
#define BEGUN_LIMIT SPAN_MS(HANDOVER_LEASE_MS / 3)

struct batch;

/* A message that was claimed. The parcel comes first: a verdict names it by the parcel. */
struct posted {
	struct parcel parcel;
	struct batch *batch;
	struct posted *next; /* in its outlet's list */
	struct claimed *claimed;
	str body, version;
	bool unworded; /* it cannot be put into words: it fails as soon as it is begun */
	bool held;     /* it waits for what a person must bring */
	bool leaks;    /* ... for something private of another contact */
	struct settle settle;
};

/* What was claimed at once, in one arena, until the last of it is settled. */
struct batch {
	struct arena arena;
	struct outlet *outlet;
	struct rules *rules;
	struct posted *list;
	size_t n, left;
	instant begun_at; /* when Redis was first asked to begin it */
};

struct outlet {
	struct post *post;
	enum channel_kind channel;
	bool may_repeat;          /* deliver_may_repeat */
	bool can_follow;          /* deliver_can_follow */
	instant next;             /* when to claim again */
	instant claimed_at;       /* when we last did */
	instant paused_until;     /* no claims before */
	bool full;                /* the next verdict makes room */
	size_t stuck;             /* of the channel's threads, when that was last told */
	struct batch *next_batch; /* claimed, not yet handed over */
	bool asking;              /* a claim or begin is under way */
	size_t in_hand;           /* handed over, without a verdict */
	struct posted *done;      /* with a verdict, not yet settled */
	size_t n_done;
	struct posted *settling; /* under way */
	instant settle_at;       /* not before, after Redis gave no answer */
};

struct post {
	struct post_env env;
	struct rules *rules;
	struct rules *opened; /* the channels borrow from it */
	struct deliver *deliver;
	struct outlet outlets[CHANNEL_COUNT];
	struct follow *follow; /* letters, after they were accepted */
	uv_idle_t turn;        /* active while verdicts wait to be settled together */
	bool stopping, closed_deliver;
	int holders; /* deliver and the handle: both must be closed before the memory goes */
};

static const enum channel_kind channels[] = { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_LETTER };
#define CHANNELS_N (sizeof channels / sizeof *channels)

/* --- batches ---------------------------------------------------------------------------------- */

static struct batch *new_batch(struct outlet *outlet)
{
	struct batch *batch = calloc(1, sizeof *batch);

	if (batch == NULL)
		fatal("no memory for messages");
	batch->outlet = outlet;
	batch->rules = rules_keep(outlet->post->rules);
	return batch;
}

static void free_batch(struct batch *batch)
{
	rules_drop(&batch->rules);
	arena_free(&batch->arena);
	free(batch);
}

static void let_go(struct posted *posted)
{
	struct batch *batch = posted->batch;

	if (--batch->left == 0)
		free_batch(batch);
}

/* --- settling --------------------------------------------------------------------------------- */

static const char *const settled_words[] = {
	[SETTLED_ACCEPTED] = "accepted",   [SETTLED_LATER] = "later",
	[SETTLED_NOT_BEGUN] = "not_begun", [SETTLED_FAILED] = "failed",
	[SETTLED_HELD] = "held",           [SETTLED_SHADOW] = "shadow",
	[SETTLED_UNKNOWN] = "unknown",
};

static void log_outcome(const struct posted *posted)
{
	const enum settled outcome = posted->settle.outcome;
	const struct log_field fields[] = {
		LOG_ID("message", posted->settle.message),
		LOG_ID("channel", channel_kind_name(posted->batch->outlet->channel)),
		LOG_ID("code", posted->settle.code),
		LOG_NUM("attempt", posted->settle.attempt),
	};

	const bool as_usual = outcome == SETTLED_ACCEPTED || outcome == SETTLED_SHADOW ||
			      (outcome == SETTLED_NOT_BEGUN && !posted->held);

	log_line(as_usual ? LOG_INFO : LOG_WARNING, posted->held ? "held" : settled_words[outcome],
		 fields, sizeof fields / sizeof *fields);
}

static void settle_done(struct outlet *outlet);

static void hear_settled(void *arg, enum err err, const struct reply *reply)
{
	struct outlet *outlet = arg;
	struct posted *list = outlet->settling;
	size_t late = 0;

	outlet->settling = NULL;
	if (err == OK)
		err = store_settle_read(reply, &late);
	if (err != OK && err != ERR_CLOSED) {
		if (reply != NULL)
			LOG(ERROR, "not_settled",
			    LOG_ID("channel", channel_kind_name(outlet->channel)),
			    LOG_ID("why", reply->text));
		outlet->settle_at = instant_add(instant_now(), RETRY);
	}
	while (list != NULL) {
		struct posted *posted = list;

		list = posted->next;
		if (err == OK || err == ERR_CLOSED) {
			let_go(posted);
			continue;
		}
		posted->next = outlet->done;
		outlet->done = posted;
		outlet->n_done++;
	}
	if (late > 0)
		LOG(WARNING, "late", LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_NUM("messages", late));
	if (err == OK)
		settle_done(outlet);
	outlet->post->env.changed(outlet->post->env.arg);
}

/* Writes down what came of as many as one command may hold. */
static void settle_done(struct outlet *outlet)
{
	struct arena arena = ARENA_EMPTY;
	struct settle *settles;
	size_t n = 0;

	if (outlet->done == NULL || outlet->settling != NULL)
		return;
	settles = TAKE(&arena, struct settle, SETTLE_MAX);
	while (outlet->done != NULL && n < SETTLE_MAX) {
		struct posted *posted = outlet->done;

		outlet->done = posted->next;
		outlet->n_done--;
		posted->next = outlet->settling;
		outlet->settling = posted;
		settles[n++] = posted->settle;
	}
	redis_link_send(outlet->post->env.link,
			store_settle(&arena, outlet->post->env.store, outlet->channel, settles, n,
				     instant_now()),
			ASK_LIMIT, hear_settled, outlet);
	arena_free(&arena);
}

static void settle_all(uv_idle_t *turn)
{
	struct post *post = turn->data;

	uv_idle_stop(turn);
	for (size_t i = 0; i < CHANNELS_N; i++)
		settle_done(&post->outlets[channels[i]]);
}

/* The outcome of a message is known; it is written down with the others of this turn. */
static void push_done(struct posted *posted)
{
	struct outlet *outlet = posted->batch->outlet;

	posted->settle.at = instant_now();
	log_outcome(posted);
	posted->next = outlet->done;
	outlet->done = posted;
	outlet->n_done++;
	uv_idle_start(&outlet->post->turn, settle_all);
}

/* --- verdicts --------------------------------------------------------------------------------- */

static instant again_in(span pause)
{
	return instant_add(instant_now(), pause);
}

static span pause_of(const struct posted *posted, const struct verdict *verdict)
{
	uint64_t seed;

	random_bytes((uint8_t *)&seed, sizeof seed);
	return deliver_pause(posted->claimed->tried, verdict->retry_after, seed);
}

/* Our own set-up is at fault: nobody's tries are used up while a person mends it. */
static void pause_outlet(struct outlet *outlet, str code)
{
	if (instant_before(outlet->paused_until, instant_now()))
		LOG(ERROR, "channel_paused", LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_ID("code", code));
	outlet->paused_until = again_in(CONFIGURATION_PAUSE);
}

/* An enclosure has to be brought by whoever has it; a spool is the operator's. */
static bool is_for_a_person(str code)
{
	return str_starts(code, S("enclosure_"));
}

static void judge(struct posted *posted, const struct verdict *verdict)
{
	struct settle *settle = &posted->settle;
	struct outlet *outlet = posted->batch->outlet;

	settle->again = INSTANT_NEVER;
	switch (verdict->outcome) {
	case OUTCOME_ACCEPTED:
		settle->outcome = SETTLED_ACCEPTED;
		break;
	case OUTCOME_LATER:
		settle->outcome = SETTLED_LATER;
		settle->again = again_in(pause_of(posted, verdict));
		break;
	case OUTCOME_NOT_BEGUN:
		settle->outcome = SETTLED_NOT_BEGUN;
		/* A channel that names the time knows when the other side is tried next. */
		settle->again = again_in(verdict->retry_after.ms > 0 ? verdict->retry_after
								     : pause_of(posted, verdict));
		break;
	case OUTCOME_HELD:
		settle->outcome = is_for_a_person(verdict->code) ? SETTLED_HELD : SETTLED_NOT_BEGUN;
		settle->again = again_in(verdict->retry_after.ms > 0 ? verdict->retry_after
								     : HELD_PAUSE);
		posted->held = true;
		break;
	case OUTCOME_NEVER_ADDRESS:
		settle->outcome = SETTLED_FAILED;
		settle->address = true;
		break;
	case OUTCOME_NEVER_MESSAGE:
		settle->outcome = SETTLED_FAILED;
		break;
	case OUTCOME_CONFIGURATION:
		pause_outlet(outlet, verdict->code);
		settle->outcome = SETTLED_NOT_BEGUN;
		settle->again = again_in(CONFIGURATION_PAUSE);
		break;
	case OUTCOME_UNKNOWN:
		settle->outcome = SETTLED_UNKNOWN;
		if (outlet->may_repeat)
			settle->again = again_in(UNKNOWN_AGAIN);
		break;
	case OUTCOME_COUNT:
		require(verdict->outcome != OUTCOME_COUNT);
	}
}

static void take_verdict(void *arg, const struct parcel *parcel, const struct verdict *verdict)
{
	/* The parcel is the first member of what we handed over. */
	struct posted *posted = (struct posted *)(uintptr_t)parcel;
	struct arena *arena = &posted->batch->arena;
	struct outlet *outlet = posted->batch->outlet;

	(void)arg;
	outlet->in_hand--;
	if (outlet->full) {
		outlet->full = false;
		post_wake(outlet->post, outlet->channel, instant_now());
	}
	judge(posted, verdict);
	posted->settle.code = str_copy(arena, verdict->code);
	posted->settle.provider_id = str_copy(arena, verdict->provider_id);
	push_done(posted);
}

/* --- handing over ----------------------------------------------------------------------------- */

static void fail_unworded(struct posted *posted)
{
	posted->settle.outcome = SETTLED_FAILED;
	posted->settle.again = INSTANT_NEVER;
	posted->settle.code = posted->leaks ? S("leak") : S("words");
	push_done(posted);
}

/* Its service only tries Candour: the words are fixed and kept, and nothing leaves. */
static void end_shadow(struct posted *posted)
{
	posted->settle.outcome = SETTLED_SHADOW;
	posted->settle.again = INSTANT_NEVER;
	posted->settle.code = S("shadow");
	push_done(posted);
}

static void hand_over(struct batch *batch, const bool *may)
{
	struct outlet *outlet = batch->outlet;
	const struct parcel **parcels = TAKE(&batch->arena, const struct parcel *, batch->n);
	struct posted **refused = TAKE(&batch->arena, struct posted *, batch->n);
	size_t n = 0, n_refused = 0;

	outlet->next_batch = NULL;
	for (size_t i = 0; i < batch->n; i++) {
		struct posted *posted = &batch->list[i];

		if (!may[i])
			refused[n_refused++] = posted;
		else if (posted->unworded)
			fail_unworded(posted);
		else if (posted->claimed->message.shadow)
			end_shadow(posted);
		else
			parcels[n++] = &posted->parcel;
	}
	for (size_t i = 0; i < n; i++)
		LOG(INFO, "handed_over", LOG_ID("message", parcels[i]->message->id),
		    LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_NUM("attempt", parcels[i]->attempt));
	outlet->in_hand += n;
	if (n > 0)
		deliver_send(outlet->post->deliver, outlet->channel, parcels, n);
	/* Last of all, since the batch goes with its last message. */
	for (size_t i = 0; i < n_refused; i++)
		let_go(refused[i]);
}

/* Begun, but not to be handed over: nothing has left. */
static void give_back(struct batch *batch, const bool *may, str code)
{
	struct outlet *outlet = batch->outlet;

	outlet->next_batch = NULL;
	/* One more, so that the batch is there to the end. */
	batch->left++;
	for (size_t i = 0; i < batch->n; i++) {
		struct posted *posted = &batch->list[i];

		posted->settle.outcome = SETTLED_NOT_BEGUN;
		posted->settle.again = instant_now();
		posted->settle.code = code;
		if (may[i])
			push_done(posted);
		else
			let_go(posted);
	}
	if (--batch->left == 0)
		free_batch(batch);
}

static void forget_batch(struct outlet *outlet)
{
	free_batch(outlet->next_batch);
	outlet->next_batch = NULL;
}

/* This process slept, or Redis did. */
static bool is_too_late(const struct batch *batch)
{
	return instant_before(instant_add(batch->begun_at, BEGUN_LIMIT), instant_now());
}

static void hear_begun(void *arg, enum err err, const struct reply *reply)
{
	struct outlet *outlet = arg;
	struct batch *batch = outlet->next_batch;
	bool *may = TAKE(&batch->arena, bool, batch->n);

	outlet->asking = false;
	if (err == OK)
		err = store_begin_read(reply, may, batch->n);
	if (err == OK && outlet->post->deliver == NULL) {
		give_back(batch, may, S("stopping"));
	} else if (err == OK && is_too_late(batch)) {
		give_back(batch, may, S("late"));
	} else if (err == OK) {
		hand_over(batch, may);
	} else if (err == ERR_TIMEOUT || err == ERR_DOWN) {
		/* It may have been done: asked again, the answer is the same. */
		outlet->next = again_in(RETRY);
	} else {
		if (reply != NULL)
			LOG(ERROR, "not_begun",
			    LOG_ID("channel", channel_kind_name(outlet->channel)),
			    LOG_ID("why", reply->text));
		forget_batch(outlet);
		outlet->next = again_in(CLAIM_EVERY);
	}
	outlet->post->env.changed(outlet->post->env.arg);
}

static void begin(struct outlet *outlet)
{
	struct batch *batch = outlet->next_batch;
	struct arena arena = ARENA_EMPTY;
	struct begin *begins = TAKE(&arena, struct begin, batch->n);

	for (size_t i = 0; i < batch->n; i++) {
		const struct posted *posted = &batch->list[i];

		begins[i] = (struct begin){ .message = posted->settle.message,
					    .attempt = posted->settle.attempt,
					    .body = posted->body,
					    .sha256 = posted->parcel.sha256,
					    .template_version = posted->version };
	}
	if (batch->begun_at.ms == 0)
		batch->begun_at = instant_now();
	outlet->asking = true;
	redis_link_send(outlet->post->env.link,
			store_begin(&arena, outlet->post->env.store, outlet->channel, begins,
				    batch->n, instant_now()),
			ASK_LIMIT, hear_begun, outlet);
	arena_free(&arena);
}

/* --- words ------------------------------------------------------------------------------------ */

static bool put_into_words(struct posted *posted, instant now, str *why)
{
	struct batch *batch = posted->batch;
	const struct policy *policy = &batch->rules->policy;
	const struct message *message = &posted->claimed->message;
	struct worded worded = { .subject = STR_EMPTY };

	/* A letter leaves when it is printed, and that day is on it. */
	const date leaves = message->channel == CHANNEL_LETTER
				    ? policy_post(policy, now, message->postage).printed
				    : calendar_date(policy->calendar, now);
	if (!words_render(&batch->arena, batch->rules->words, policy, message, leaves, &worded,
			  why)) {
		posted->leaks = worded.leaks;
		return false;
	}
	deliver_fix(&batch->arena, message, &worded, now, &posted->parcel, &posted->body);
	posted->version = worded.version;
	return true;
}

/* Fixes the words, or takes those that were fixed at an earlier attempt. */
static void prepare(struct posted *posted, struct claimed *claimed, instant now)
{
	str why = S("the words that were fixed cannot be read");

	posted->claimed = claimed;
	posted->body = claimed->body;
	posted->settle = (struct settle){ .message = claimed->message.id,
					  .family = claimed->message.family,
					  .case_id = claimed->message.case_id,
					  .attempt = claimed->attempt,
					  .again = INSTANT_NEVER,
					  .follow = posted->batch->outlet->can_follow };
	if (posted->body.n == 0)
		posted->unworded = !put_into_words(posted, now, &why);
	else
		posted->unworded = deliver_parcel(&posted->batch->arena, &claimed->message,
						  posted->body, &posted->parcel) != OK;
	if (!posted->unworded) {
		posted->parcel.attempt = claimed->attempt;
		posted->parcel.leaves = now;
		posted->parcel.unknown_before = claimed->unknown_before;
	} else {
		LOG(ERROR, "not_worded", LOG_ID("message", claimed->message.id),
		    LOG_ID("template", claimed->message.template), LOG_ID("why", why));
	}
}

/* --- claiming --------------------------------------------------------------------------------- */

/* Puts what was claimed into words. One that cannot be read is left to its lease: after ten of them it
 * has failed. */
static void prepare_batch(struct batch *batch, const struct claim *claim, instant now)
{
	struct claimed *claimed = claim->list;
	size_t n = 0;

	batch->list = TAKE(&batch->arena, struct posted, claim->n);
	for (size_t i = 0; i < claim->n; i++) {
		if (claimed[i].damaged) {
			LOG(ERROR, "damaged", LOG_ID("message", claimed[i].message.id));
			continue;
		}
		batch->list[n].batch = batch;
		prepare(&batch->list[n++], &claimed[i], now);
	}
	batch->n = n;
	batch->left = n;
}

static void hear_claimed(void *arg, enum err err, const struct reply *reply)
{
	struct outlet *outlet = arg;
	struct batch *batch = outlet->next_batch;
	const instant now = instant_now();
	struct claim claim = { .next = INSTANT_NEVER };

	outlet->asking = false;
	if (err == OK)
		err = store_claim_read(&batch->arena, reply, &claim);
	if (err != OK && reply != NULL)
		LOG(ERROR, "not_claimed", LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_ID("why", reply->text));
	outlet->next = instant_min(instant_add(now, CLAIM_EVERY),
				   instant_min(claim.next, outlet->next));
	if (err != OK)
		outlet->next = again_in(CLAIM_EVERY);
	else
		prepare_batch(batch, &claim, now);
	/* What was claimed at the same moment as this was said obeys it. */
	if (err == OK && outlet->post->deliver != NULL)
		deliver_hold(outlet->post->deliver, outlet->channel, claim.paused, claim.n_paused);
	/* What comes when we are stopping is begun and given back: else its lease would hold it. */
	if (err == OK && batch->n > 0) {
		begin(outlet);
		return;
	}
	forget_batch(outlet);
	outlet->post->env.changed(outlet->post->env.arg);
}

/* A thread that never comes back is told when it is noticed, and when it has come back. */
static void tell_stuck(struct outlet *outlet)
{
	const struct channel_stats stats = deliver_stats(outlet->post->deliver, outlet->channel);

	if (stats.stuck == outlet->stuck)
		return;
	if (stats.stuck > outlet->stuck)
		LOG(WARNING, "stuck", LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_NUM("stuck", stats.stuck), LOG_NUM("threads", stats.threads));
	else
		LOG(INFO, "not_stuck", LOG_ID("channel", channel_kind_name(outlet->channel)),
		    LOG_NUM("stuck", stats.stuck), LOG_NUM("threads", stats.threads));
	outlet->stuck = stats.stuck;
}

static void claim(struct outlet *outlet, instant now)
{
	struct post *post = outlet->post;
	const size_t room = deliver_room(post->deliver, outlet->channel);
	struct batch *batch;

	tell_stuck(outlet);
	/* Full: the next verdict will wake us. Asked for none, Redis still says what is paused. */
	outlet->full = room == 0;
	if (outlet->full && instant_before(now, instant_add(outlet->claimed_at, CLAIM_EVERY))) {
		outlet->next = instant_add(outlet->claimed_at, CLAIM_EVERY);
		return;
	}
	outlet->claimed_at = now;
	batch = new_batch(outlet);
	outlet->next_batch = batch;
	outlet->next = INSTANT_NEVER;
	outlet->asking = true;
	redis_link_send(post->env.link,
			store_claim(&batch->arena, post->env.store, outlet->channel,
				    (struct sender){ post->env.sender, outlet->may_repeat },
				    room < AT_ONCE ? room : AT_ONCE, now),
			ASK_LIMIT, hear_claimed, outlet);
}

/* When the wall clock is set back, what we planned by it would be far away. */
static void mind_the_clock(struct outlet *outlet, instant now)
{
	outlet->next = instant_min(outlet->next, instant_add(now, CLAIM_EVERY));
	outlet->claimed_at = instant_min(outlet->claimed_at, now);
	outlet->settle_at = instant_min(outlet->settle_at, instant_add(now, RETRY));
	outlet->paused_until = instant_min(outlet->paused_until,
					   instant_add(now, CONFIGURATION_PAUSE));
}

static instant tick_outlet(struct outlet *outlet, instant now)
{
	instant next;

	mind_the_clock(outlet, now);
	next = outlet->next;
	if (instant_before(next, outlet->paused_until))
		next = outlet->paused_until;
	if (outlet->settling == NULL && !instant_before(now, outlet->settle_at))
		settle_done(outlet);
	if (!outlet->asking && !instant_before(now, next)) {
		if (outlet->next_batch != NULL)
			begin(outlet);
		else if (!outlet->post->stopping)
			claim(outlet, now);
		next = outlet->next;
	}
	/* Whoever is asked for something wakes us with the answer. */
	if (outlet->asking || (outlet->post->stopping && outlet->next_batch == NULL))
		next = INSTANT_NEVER;
	if (outlet->done != NULL && outlet->settling == NULL)
		next = instant_min(next, outlet->settle_at);
	return next;
}

/* --- the door --------------------------------------------------------------------------------- */

static struct deliver *open_deliver(struct post *post, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	struct deliver_settings settings;
	const struct channel_env env = { .loop = post->env.loop,
					 .verdict = take_verdict,
					 .arg = post };
	struct deliver *deliver;

	post_settings(&arena, &post->rules->config, &settings);
	deliver = deliver_open(&settings, &env, &post->rules->policy, findings);
	arena_free(&arena);
	return deliver;
}

struct post *post_open(const struct post_env *env, struct rules *rules, struct findings *findings)
{
	struct post *post = calloc(1, sizeof *post);

	if (post == NULL)
		fatal("no memory for the post");
	post->env = *env;
	post->rules = rules_keep(rules);
	post->deliver = open_deliver(post, findings);
	post->opened = rules_keep(rules);
	if (post->deliver == NULL) {
		rules_drop(&post->opened);
		rules_drop(&post->rules);
		free(post);
		return NULL;
	}
	for (size_t i = 0; i < CHANNELS_N; i++) {
		struct outlet *outlet = &post->outlets[channels[i]];

		outlet->post = post;
		outlet->channel = channels[i];
		outlet->may_repeat = deliver_may_repeat(post->deliver, channels[i]);
		outlet->can_follow = deliver_can_follow(post->deliver, channels[i]);
	}
	post->follow = follow_open(
		&(struct follow_env){ env->link, env->store, env->changed, env->arg },
		CHANNEL_LETTER);
	require(uv_idle_init(env->loop, &post->turn) == 0);
	post->turn.data = post;
	post->holders = 2;
	return post;
}

void post_use(struct post *post, struct rules *rules)
{
	rules_drop(&post->rules);
	post->rules = rules_keep(rules);
	if (post->deliver != NULL)
		deliver_policy(post->deliver, &rules->policy);
}

size_t post_providers(const struct post *post, enum channel_kind channel,
		      struct provider_stats *out)
{
	if (post == NULL || post->deliver == NULL)
		return 0;
	return deliver_providers(post->deliver, channel, out);
}

void post_wake(struct post *post, enum channel_kind channel, instant at)
{
	struct outlet *outlet = &post->outlets[channel];

	outlet->next = instant_min(outlet->next, at);
	post->env.changed(post->env.arg);
}

instant post_tick(struct post *post, instant now)
{
	instant next = INSTANT_NEVER;

	if (!redis_link_is_up(post->env.link))
		return instant_add(now, RETRY);
	for (size_t i = 0; i < CHANNELS_N; i++)
		next = instant_min(next, tick_outlet(&post->outlets[channels[i]], now));
	return instant_min(next, follow_tick(post->follow, post->deliver, post->rules, now));
}

static void let_post_go(struct post *post)
{
	if (--post->holders == 0)
		free(post);
}

static void note_deliver_closed(void *arg)
{
	struct post *post = arg;

	post->closed_deliver = true;
	post->env.changed(post->env.arg);
	let_post_go(post);
}

void post_stop(struct post *post, span limit)
{
	if (post->stopping)
		return;
	post->stopping = true;
	(void)follow_tick(post->follow, NULL, post->rules, instant_now());
	deliver_close(&post->deliver, limit, note_deliver_closed, post);
}

bool post_is_idle(const struct post *post)
{
	for (size_t i = 0; i < CHANNELS_N; i++) {
		const struct outlet *outlet = &post->outlets[channels[i]];

		if (outlet->asking || outlet->next_batch != NULL || outlet->in_hand > 0 ||
		    outlet->done != NULL || outlet->settling != NULL)
			return false;
	}
	return post->closed_deliver && follow_is_idle(post->follow);
}

static void note_turn_closed(uv_handle_t *handle)
{
	let_post_go(handle->data);
}

void post_close(struct post **post)
{
	struct post *closing = *post;

	*post = NULL;
	require(post_is_idle(closing));
	follow_close(&closing->follow);
	rules_drop(&closing->opened);
	rules_drop(&closing->rules);
	uv_close((uv_handle_t *)&closing->turn, note_turn_closed);
}
