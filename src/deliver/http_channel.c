/*
 * Messages by HTTP: each message in hand is a job, from hand-over to verdict.
 *
 *	take ─► [ask each provider, when it may have arrived] ─► choose ─► (wait for the rate) ─► send ─► judge
 *	                                                            ▲                                      │
 *	                                                            └── certainly not there: the next one ◄┘
 */
#include "deliver/http.h"

#include <stdlib.h>
#include <uv.h>

#include "base/hash.h"
#include "base/log.h"
#include "model/phone.h"

#define ANSWER_BYTES_MOST ((size_t)64 << 10)
/* A provider may need a little until it knows what it was just told. */
#define ASK_AFTER SPAN_MIN(1)
#define RETRY_LEAST SPAN_S(1)

struct http_channel;

/* A message in hand. */
struct http_job {
	struct http_job *next; /* of those that wait */
	struct http_channel *channel;
	const struct parcel *parcel;
	struct arena arena;
	struct request_values values;
	struct http_question request;
	unsigned left; /* providers that may still be tried: a bit each */
	size_t at;     /* the provider that has it now */
	bool asking;
	int64_t due_ms, sent_at_ms;
	/* of the last one that certainly did not take it */
	enum outcome outcome;
	str code;
	span retry_after;
};

/* What of a message fills a request. False, and a code, when it can never be sent. */
typedef bool fill_fn(struct http_job *job, enum outcome *outcome, const char **code);

struct http_channel {
	struct channel_env env;
	fill_fn *fill;
	struct arena arena; /* of the settings */
	const struct policy *const *policy;
	struct provider providers[PROVIDERS_MAX];
	struct http_client *clients[PROVIDERS_MAX];
	struct share shares[PROVIDERS_MAX];
	size_t n;
	bool can_ask;    /* all of them */
	bool may_repeat; /* http_may_repeat */
	struct turn *turn;
	uv_timer_t timer;         /* of those that wait */
	struct http_job *waiting; /* in the order of their times */
	/* The providers that may have them are full; who came first goes first. */
	struct http_job *parked, **parked_end;
	bool closing;
	size_t to_close;
	void (*closed)(void *arg);
	void *closed_arg;
};

static int64_t now_ms(void)
{
	return (int64_t)(uv_hrtime() / 1000000);
}

/* --- verdicts ------------------------------------------------------------------------------------- */

static void free_job(struct http_job *job)
{
	arena_free(&job->arena);
	free(job);
}

static void say(struct http_job *job, const struct verdict *verdict)
{
	struct http_channel *channel = job->channel;
	const struct parcel *parcel = job->parcel;
	channel->env.verdict(channel->env.arg, parcel, verdict);
	free_job(job);
}

static void say_outcome(struct http_job *job, enum outcome outcome, str code, span retry_after)
{
	const struct verdict verdict = { .outcome = outcome,
					 .code = code,
					 .retry_after = retry_after };
	say(job, &verdict);
}

/* No provider is left for it. Where one that was not tried is only paused, it waits for that one. */
static void give_up(struct http_job *job)
{
	struct http_channel *channel = job->channel;
	span pause = choice_pause_left(channel->shares, channel->n, now_ms());
	if (pause.ms < RETRY_LEAST.ms)
		pause = RETRY_LEAST;
	if (channel->closing)
		say_outcome(job, OUTCOME_NOT_BEGUN, S("stopping"), RETRY_LEAST);
	else if (job->code.n == 0)
		say_outcome(job, OUTCOME_NOT_BEGUN, S("paused"), pause);
	else if (job->outcome == OUTCOME_CONFIGURATION && job->left != 0)
		say_outcome(job, OUTCOME_NOT_BEGUN, job->code, pause);
	else
		say_outcome(job, job->outcome, job->code,
			    job->outcome == OUTCOME_NOT_BEGUN ? pause : job->retry_after);
}

/* --- health --------------------------------------------------------------------------------------- */

static void note(const struct http_job *job, enum share_event event,
		 const struct request_meaning *meaning, span asked)
{
	struct http_channel *channel = job->channel;
	struct share *share = &channel->shares[job->at];
	const struct provider *provider = &channel->providers[job->at];
	if (!choice_note(share, event, asked, now_ms()))
		return;
	if (event == SHARE_DID_WELL || event == SHARE_WAS_SLOW)
		LOG(INFO, "provider_back", LOG_ID("provider", provider->name));
	else
		LOG(WARNING, "provider_paused", LOG_ID("provider", provider->name),
		    LOG_ID("code", meaning->code));
}

static void note_answered(const struct http_job *job, const struct request_meaning *meaning)
{
	bool slow = now_ms() - job->sent_at_ms > job->channel->providers[job->at].slow.ms;
	note(job, slow ? SHARE_WAS_SLOW : SHARE_DID_WELL, meaning, SPAN_MS(0));
}

/* --- asking --------------------------------------------------------------------------------------- */

static void choose(struct http_job *job);
static void unpark(struct http_channel *channel);
static void hear_asked(void *arg, const struct http_reply *answer);

static void ask(struct http_job *job)
{
	struct http_channel *channel = job->channel;
	const struct provider *provider = &channel->providers[job->at];
	struct http_question request;
	job->values.now = instant_now();
	/* A question takes a place as a message does: there may be many after a crash. */
	channel->shares[job->at].in_hand++;
	request_make(&job->arena, provider, &provider->ask, &job->values, &request);
	http_client_send(channel->clients[job->at], &request, hear_asked, job);
}

static void say_known(struct http_job *job, enum outcome outcome,
		      const struct request_meaning *meaning)
{
	const struct verdict verdict = { .outcome = outcome,
					 .code = meaning->code,
					 .provider_id = meaning->provider_id };
	say(job, &verdict);
}

/* It went to one of them at most, and a message that none of them has can be sent anew. */
static void hear_asked(void *arg, const struct http_reply *answer)
{
	struct http_job *job = arg;
	struct http_channel *channel = job->channel;
	const struct provider *provider = &channel->providers[job->at];
	const struct request_meaning meaning = answer_read(&job->arena, &provider->ask, answer);
	channel->shares[job->at].in_hand--;
	if (meaning.means == PROVIDER_ACCEPTED || meaning.means == PROVIDER_POSTED)
		say_known(job, OUTCOME_ACCEPTED, &meaning);
	else if (meaning.means == PROVIDER_NEVER_NUMBER)
		say_known(job, OUTCOME_NEVER_ADDRESS, &meaning);
	else if (meaning.means == PROVIDER_NEVER_MESSAGE)
		say_known(job, OUTCOME_NEVER_MESSAGE, &meaning);
	else if (meaning.means != PROVIDER_ABSENT || channel->closing)
		say_outcome(job, OUTCOME_UNKNOWN, meaning.code, ASK_AFTER);
	else if (++job->at < channel->n)
		ask(job);
	else
		choose(job);
	unpark(channel);
}

/* A place may have become free. */
static void unpark(struct http_channel *channel)
{
	struct http_job *list = channel->parked;
	channel->parked = NULL;
	channel->parked_end = &channel->parked;
	while (list != NULL) {
		struct http_job *job = list;
		list = job->next;
		choose(job);
	}
}

/* --- sending -------------------------------------------------------------------------------------- */

/* This one certainly does not have it: the next one may. */
static void go_on(struct http_job *job, enum outcome outcome, const struct request_meaning *meaning,
		  span retry_after)
{
	job->outcome = outcome;
	job->code = meaning->code;
	job->retry_after = retry_after;
	choose(job);
}

static void hear_sent(void *arg, const struct http_reply *answer)
{
	struct http_job *job = arg;
	struct http_channel *channel = job->channel;
	const struct provider *provider = &channel->providers[job->at];
	const struct request_meaning meaning = answer_read(&job->arena, &provider->send, answer);
	const bool stopped = str_eq(answer->why, S("stopped"));
	channel->shares[job->at].in_hand--;
	switch (meaning.means) {
	case PROVIDER_ACCEPTED:
		note_answered(job, &meaning);
		say_known(job, OUTCOME_ACCEPTED, &meaning);
		break;
	case PROVIDER_NEVER_NUMBER:
		note_answered(job, &meaning);
		say_known(job, OUTCOME_NEVER_ADDRESS, &meaning);
		break;
	case PROVIDER_NEVER_MESSAGE:
		note_answered(job, &meaning);
		say_known(job, OUTCOME_NEVER_MESSAGE, &meaning);
		break;
	case PROVIDER_LATER:
		if (!stopped)
			note(job, SHARE_FAILED, &meaning, answer->retry_after);
		go_on(job, answer->end == HTTP_ANSWERED ? OUTCOME_LATER : OUTCOME_NOT_BEGUN,
		      &meaning, answer->retry_after);
		break;
	case PROVIDER_CONFIGURATION:
		note(job, SHARE_MISCONFIGURED, &meaning, SPAN_MS(0));
		go_on(job, OUTCOME_CONFIGURATION, &meaning, SPAN_MS(0));
		break;
	case PROVIDER_UNKNOWN:
	case PROVIDER_ABSENT:
	case PROVIDER_POSTED:
		if (!stopped)
			note(job, SHARE_FAILED, &meaning, answer->retry_after);
		say_outcome(job, OUTCOME_UNKNOWN, meaning.code,
			    channel->may_repeat ? ASK_AFTER : SPAN_MS(0));
		break;
	}
	unpark(channel);
}

static str sender_of(const struct http_channel *channel, const struct http_job *job)
{
	const struct provider *provider = &channel->providers[job->at];
	if (job->parcel->message->sender.n > 0)
		return job->parcel->message->sender;
	return provider->sender.n > 0 ? provider->sender : (*channel->policy)->authority.short_name;
}

static void send_job(struct http_job *job)
{
	struct http_channel *channel = job->channel;
	const struct provider *provider = &channel->providers[job->at];
	job->values.sender = sender_of(channel, job);
	job->values.now = instant_now();
	request_make(&job->arena, provider, &provider->send, &job->values, &job->request);
	job->sent_at_ms = now_ms();
	http_client_send(channel->clients[job->at], &job->request, hear_sent, job);
}

/* --- the rate ------------------------------------------------------------------------------------- */

static void on_timer(uv_timer_t *timer);

static void set_timer(struct http_channel *channel)
{
	if (channel->waiting == NULL)
		return;
	int64_t left = channel->waiting->due_ms - now_ms();
	uv_timer_start(&channel->timer, on_timer, left > 0 ? (uint64_t)left : 0, 0);
}

static void on_timer(uv_timer_t *timer)
{
	struct http_channel *channel = timer->data;
	while (channel->waiting != NULL && channel->waiting->due_ms <= now_ms()) {
		struct http_job *job = channel->waiting;
		channel->waiting = job->next;
		send_job(job);
	}
	set_timer(channel);
}

static void wait_for_rate(struct http_job *job)
{
	struct http_job **at = &job->channel->waiting;
	while (*at != NULL && (*at)->due_ms <= job->due_ms)
		at = &(*at)->next;
	job->next = *at;
	*at = job;
	set_timer(job->channel);
}

static void choose(struct http_job *job)
{
	struct http_channel *channel = job->channel;
	int64_t now = now_ms();
	int at = channel->closing ? -1 : choice_pick(channel->shares, channel->n, job->left, now);
	if (at < 0 && !channel->closing &&
	    choice_could(channel->shares, channel->n, job->left, now)) {
		job->next = NULL;
		*channel->parked_end = job;
		channel->parked_end = &job->next;
		return;
	}
	if (at < 0) {
		give_up(job);
		return;
	}
	job->at = (size_t)at;
	job->left &= ~(1U << at);
	channel->shares[at].in_hand++;
	job->due_ms = choice_take_slot(&channel->shares[at], now);
	if (job->due_ms > now)
		wait_for_rate(job);
	else
		send_job(job);
}

/* --- following ------------------------------------------------------------------------------------- */

/* A message that was accepted before, and that its provider is asked about. */
struct follow {
	struct http_channel *channel;
	struct arena arena;
	struct http_question request;
	followed_fn *fn;
	void *arg;
};

static enum followed followed_of(enum provider_meaning means)
{
	switch (means) {
	case PROVIDER_POSTED:
		return FOLLOWED_POSTED;
	case PROVIDER_NEVER_NUMBER:
	case PROVIDER_NEVER_MESSAGE:
		return FOLLOWED_FAILED;
	case PROVIDER_ACCEPTED:
	case PROVIDER_ABSENT: /* it does not keep them for ever */
	case PROVIDER_LATER:
	case PROVIDER_CONFIGURATION:
	case PROVIDER_UNKNOWN:
		break;
	}
	return FOLLOWED_NOTHING;
}

static void hear_followed(void *arg, const struct http_reply *answer)
{
	struct follow *follow = arg;
	struct http_channel *channel = follow->channel;
	const struct request_meaning meaning = answer_read(&follow->arena,
							   &channel->providers[0].ask, answer);
	/* An error says nothing of the message. */
	const bool heard = answer->end == HTTP_ANSWERED && answer->status < 300;
	channel->shares[0].in_hand--;
	follow->fn(follow->arg, heard ? followed_of(meaning.means) : FOLLOWED_NOTHING,
		   meaning.code);
	arena_free(&follow->arena);
	free(follow);
	unpark(channel);
}

static void follow(void *self, str message, followed_fn *fn, void *arg)
{
	struct http_channel *channel = self;
	const struct provider *provider = &channel->providers[0];
	const struct request_values values = { .message = message, .now = instant_now() };
	struct follow *follow = calloc(1, sizeof *follow);
	if (follow == NULL)
		fatal("no memory to ask about a message");
	follow->channel = channel;
	follow->fn = fn;
	follow->arg = arg;
	channel->shares[0].in_hand++;
	request_make(&follow->arena, provider, &provider->ask, &values, &follow->request);
	http_client_send(channel->clients[0], &follow->request, hear_followed, follow);
}

/* --- taking --------------------------------------------------------------------------------------- */

static unsigned who_can_carry(const struct http_channel *channel, bool unicode)
{
	unsigned can = 0;
	for (size_t i = 0; i < channel->n; i++) {
		if (!unicode || !channel->providers[i].gsm_only)
			can |= 1U << i;
	}
	return can;
}

static bool fill_text(struct http_job *job, enum outcome *outcome, const char **code)
{
	const struct parcel *parcel = job->parcel;
	struct sms_measure measure;
	enum phone_fault fault = phone_read(&job->arena, parcel->message->sms, &job->values.to);
	if (fault != PHONE_FINE) {
		*outcome = OUTCOME_NEVER_ADDRESS;
		*code = phone_fault_code(fault);
		return false;
	}
	*outcome = OUTCOME_NEVER_MESSAGE;
	*code = "blank";
	if (!sms_measure(&job->arena, parcel->sms, &measure))
		return false;
	job->values.text = measure.text;
	job->values.unicode = measure.encoding == SMS_UCS2;
	job->left = who_can_carry(job->channel, job->values.unicode);
	*code = "alphabet";
	return job->left != 0;
}

static bool fill_letter(struct http_job *job, enum outcome *outcome, const char **code)
{
	const struct parcel *parcel = job->parcel;
	(void)outcome, (void)code;
	job->values.content = base64_print(&job->arena, parcel->pages, false);
	job->values.postage = postage_name(parcel->message->postage);
	job->left = who_can_carry(job->channel, false);
	return true;
}

static bool is_one_held(const struct http_channel *channel)
{
	for (size_t i = 0; i < channel->n; i++)
		if (channel->shares[i].held)
			return true;
	return false;
}

static void take(struct http_channel *channel, const struct parcel *parcel)
{
	struct http_job *job = calloc(1, sizeof *job);
	enum outcome outcome;
	const char *code;
	if (job == NULL)
		fatal("no memory for a message");
	job->channel = channel;
	job->parcel = parcel;
	job->values.message = parcel->message->id;
	job->values.traceparent = parcel->message->traceparent;
	if (!channel->fill(job, &outcome, &code)) {
		turn_say(channel->turn, parcel, outcome, str_of(code));
		free_job(job);
	} else if (parcel->unknown_before && is_one_held(channel)) {
		/* It may have it, and is left alone: no other may have it before that is known. */
		turn_say(channel->turn, parcel, OUTCOME_NOT_BEGUN, S("paused"));
		free_job(job);
	} else if (parcel->unknown_before && channel->can_ask) {
		ask(job);
	} else if (!parcel->unknown_before || channel->may_repeat) {
		choose(job);
	} else {
		turn_say(channel->turn, parcel, OUTCOME_UNKNOWN, S("cannot_ask"));
		free_job(job);
	}
}

/* --- the channel ---------------------------------------------------------------------------------- */

static size_t room(void *self)
{
	const struct http_channel *channel = self;
	return channel->closing ? 0 : choice_room(channel->shares, channel->n, now_ms());
}

static void send_parcels(void *self, const struct parcel *const *parcels, size_t n)
{
	for (size_t i = 0; i < n; i++)
		take(self, parcels[i]);
}

static size_t count_providers(void *self, struct provider_stats *out)
{
	const struct http_channel *channel = self;
	for (size_t i = 0; i < channel->n; i++)
		out[i] = (struct provider_stats){ .name = channel->providers[i].name,
						  .failed = channel->shares[i].failed,
						  .failures = channel->shares[i].failures,
						  .held = channel->shares[i].held };
	return channel->n;
}

static void hold(void *self, const str *names, size_t n)
{
	struct http_channel *channel = self;
	for (size_t i = 0; i < channel->n; i++) {
		channel->shares[i].held = false;
		for (size_t j = 0; j < n; j++)
			channel->shares[i].held |= str_eq(channel->providers[i].name, names[j]);
	}
}

static void note_closed(void *arg)
{
	struct http_channel *channel = arg;
	if (--channel->to_close > 0)
		return;
	channel->closed(channel->closed_arg);
	arena_free(&channel->arena);
	free(channel);
}

static void on_timer_closed(uv_handle_t *handle)
{
	note_closed(handle->data);
}

static void give_back(struct http_channel *channel, struct http_job *list)
{
	while (list != NULL) {
		struct http_job *job = list;
		list = job->next;
		turn_say(channel->turn, job->parcel, OUTCOME_NOT_BEGUN, S("stopping"));
		free_job(job);
	}
}

static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	struct http_channel *channel = self;
	channel->closing = true;
	channel->closed = closed;
	channel->closed_arg = arg;
	channel->to_close = 2 + channel->n;
	give_back(channel, channel->waiting);
	give_back(channel, channel->parked);
	channel->waiting = channel->parked = NULL;
	channel->parked_end = &channel->parked;
	/* What comes of it must still be written down. */
	int64_t ms = limit.ms > 1000 ? limit.ms - 500 : limit.ms / 2;
	for (size_t i = 0; i < channel->n; i++)
		http_client_close(channel->clients[i], SPAN_MS(ms), note_closed, channel);
	turn_close(channel->turn, note_closed, channel);
	uv_close((uv_handle_t *)&channel->timer, on_timer_closed);
}

static bool can_ask_all(const struct provider *providers, size_t n)
{
	bool can = n > 0;
	for (size_t i = 0; i < n; i++)
		can = can && providers[i].ask.there;
	return can;
}

bool http_may_repeat(const struct provider *providers, size_t n)
{
	return can_ask_all(providers, n) || (n == 1 && providers[0].repeats);
}

static struct http_channel *open_channel(const struct channel_env *env,
					 const struct policy *const *policy,
					 const struct provider *providers, size_t n, fill_fn *fill,
					 struct channel *out)
{
	struct http_channel *channel = calloc(1, sizeof *channel);
	if (channel == NULL)
		fatal("out of memory");
	channel->env = *env;
	channel->fill = fill;
	channel->policy = policy;
	channel->parked_end = &channel->parked;
	channel->n = n;
	channel->can_ask = can_ask_all(providers, n);
	channel->may_repeat = http_may_repeat(providers, n);
	require(n > 0 && n <= PROVIDERS_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct http_settings http = { .ca_file = providers[i].ca_file,
						    .at_once = (size_t)providers[i].at_once,
						    .answer_bytes_most = ANSWER_BYTES_MOST };
		channel->providers[i] = providers[i];
		choice_init(&channel->shares[i], &providers[i]);
		channel->clients[i] = http_client_new(env->loop, &http);
	}
	channel->turn = turn_new(env);
	channel->timer.data = channel;
	require(uv_timer_init(env->loop, &channel->timer) == 0);
	*out = (struct channel){ .name = "http",
				 .self = channel,
				 .room = room,
				 .send = send_parcels,
				 .close = close_channel,
				 .providers = count_providers,
				 .hold = hold };
	return channel;
}

bool sms_open(const struct deliver_settings *settings, const struct channel_env *env,
	      const struct policy *const *policy, struct channel *out, struct findings *findings)
{
	(void)findings;
	open_channel(env, policy, settings->sms.providers, settings->sms.n_providers, fill_text,
		     out);
	return true;
}

bool letter_http_open(const struct deliver_settings *settings, const struct channel_env *env,
		      const struct policy *const *policy, struct channel *out,
		      struct findings *findings)
{
	(void)findings;
	open_channel(env, policy, settings->letter.provider, 1, fill_letter, out);
	if (settings->letter.provider->ask.there)
		out->follow = follow;
	return true;
}
