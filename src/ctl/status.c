/* How it stands, and waiting until nothing is left to do. */
#include <time.h>

#include "ctl/inner.h"

static const enum channel_kind channels[] = { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_LETTER };
#define N_CHANNELS (sizeof channels / sizeof channels[0])

static enum ctl_end ask_status(struct ctl *ctl, struct arena *arena, struct status *out)
{
	struct reply reply;
	const enum ctl_end end = ctl_ask(ctl, arena, store_status(arena, &ctl->store), &reply);

	return end == CTL_FINE ? ctl_heard(ctl, store_status_read(arena, &reply, out)) : end;
}

/* Waiting for their time, and for a free hand: nobody has taken them yet. */
static int64_t not_taken(const struct status *status, enum channel_kind channel)
{
	return status->outbox[channel].waiting + status->outbox[channel].ready;
}

/* --- status -------------------------------------------------------------------------------------- */

static void answer_status(struct ctl *ctl, const struct status *status)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "owner", status->owner);
	json_add_int(w, "epoch", status->epoch);
	json_add_text(w, "policy", status->policy);
	out_add_instant(ctl, "now", instant_now());
	json_key(w, "intake");
	json_open(w);
	json_add_int(w, "waiting", status->waiting);
	json_add_int(w, "pending", status->pending);
	json_close(w);
	json_add_int(w, "held", status->held);
	json_key(w, "outbox");
	json_open(w);
	for (size_t i = 0; i < N_CHANNELS; i++) {
		json_key_str(w, channel_kind_name(channels[i]));
		json_open(w);
		json_add_int(w, "waiting", not_taken(status, channels[i]));
		json_add_int(w, "in_flight", status->outbox[channels[i]].in_flight);
		json_add_int(w, "unknown", status->outbox[channels[i]].unknown);
		json_close(w);
	}
	json_close(w);
	json_add_int(w, "dead", status->dead);
	json_close(w);
	out_document_end(ctl);
}

static void write_status(struct ctl *ctl, const struct status *status)
{
	struct arena *arena = &ctl->arena;
	struct buf *out = &ctl->out;

	(void)ctl_policy_if_fine(ctl);
	buf_fmt(out, "now       %.*s\n", STR_ARG(out_time(ctl, arena, instant_now())));
	if (status->owner.n > 0)
		buf_fmt(out, "owner     %.*s (epoch %lld)\npolicy    %.*s\n",
			STR_ARG(status->owner), (long long)status->epoch, STR_ARG(status->policy));
	else
		buf_add(out, S("owner     none: no candourd decides on this prefix now\n"));
	buf_fmt(out, "intake    %lld waiting, %lld being decided, %lld subjects waited for\n",
		(long long)status->waiting, (long long)status->pending, (long long)status->held);
	for (size_t i = 0; i < N_CHANNELS; i++)
		buf_fmt(out, "%-8.*s  %lld waiting, %lld in flight, %lld unknown\n",
			STR_ARG(channel_kind_name(channels[i])),
			(long long)not_taken(status, channels[i]),
			(long long)status->outbox[channels[i]].in_flight,
			(long long)status->outbox[channels[i]].unknown);
	buf_fmt(out, "dead      %lld\n", (long long)status->dead);
}

enum ctl_end status_run(struct ctl *ctl)
{
	struct status status;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ask_status(ctl, &ctl->arena, &status);
	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		answer_status(ctl, &status);
	else
		write_status(ctl, &status);
	return CTL_FINE;
}

/* --- wait ---------------------------------------------------------------------------------------- */

#define TIMEOUT_S_STANDARD 30
#define TIMEOUT_S_MAX 86400
#define PAUSE_MS_FIRST 10
#define PAUSE_MS_MAX 250

/* The clock that nobody sets: how long is waited does not depend on what time it is. */
static int64_t monotonic_ms(void)
{
	struct timespec at;

	require(clock_gettime(CLOCK_MONOTONIC, &at) == 0);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void pause_ms(int64_t ms)
{
	const struct timespec length = { .tv_sec = (time_t)(ms / 1000),
					 .tv_nsec = (long)(ms % 1000) * 1000000 };

	(void)nanosleep(&length, NULL);
}

static void add_busy(struct buf *busy, int64_t n, const char *what)
{
	if (n > 0)
		buf_fmt(busy, "%s%lld %s", busy->n > 0 ? ", " : "", (long long)n, what);
}

static bool is_due(instant at, instant now)
{
	return !instant_before(now, at);
}

/* What is left to do now; empty: nothing. */
typedef str busy_fn(struct arena *arena, const struct status *status, instant now);

static void add_undecided(struct buf *busy, const struct status *status)
{
	add_busy(busy, status->waiting, "events not taken yet");
	add_busy(busy, status->pending, "events being decided");
}

static void add_nobody(struct buf *busy, const struct status *status)
{
	if (busy->n > 0 && status->owner.n == 0)
		buf_add(busy, S("; no candourd decides on this prefix"));
}

static str find_undecided(struct arena *arena, const struct status *status, instant now)
{
	struct buf busy = buf_of(arena, 1024);

	(void)now;
	add_undecided(&busy, status);
	add_nobody(&busy, status);
	return buf_str(&busy);
}

static str find_busy(struct arena *arena, const struct status *status, instant now)
{
	struct buf busy = buf_of(arena, 1024);
	int64_t ready = 0, in_flight = 0;

	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		ready += status->outbox[i].ready;
		in_flight += status->outbox[i].in_flight;
	}
	add_undecided(&busy, status);
	add_busy(&busy, ready, "messages ready");
	add_busy(&busy, in_flight, "messages being sent");
	add_busy(&busy, is_due(status->next_try, now), "message or more due");
	add_busy(&busy, is_due(status->next_look, now), "clock or more due");
	add_nobody(&busy, status);
	return buf_str(&busy);
}

static enum ctl_end wait_until(struct ctl *ctl, int64_t end_ms, busy_fn *find, str *out_busy)
{
	struct arena arena = ARENA_EMPTY;
	int64_t pause = PAUSE_MS_FIRST;
	enum ctl_end end;

	for (;;) {
		struct status status;

		arena_clear(&arena);
		end = ask_status(ctl, &arena, &status);
		if (end != CTL_FINE)
			break;
		*out_busy = str_copy(&ctl->arena, find(&arena, &status, instant_now()));
		const int64_t left = end_ms - monotonic_ms();

		if (out_busy->n == 0 || left <= 0)
			break;
		pause_ms(left < pause ? left : pause);
		pause = pause * 3 / 2 < PAUSE_MS_MAX ? pause * 3 / 2 : PAUSE_MS_MAX;
	}
	arena_free(&arena);
	return end;
}

enum ctl_end ctl_wait_decided(struct ctl *ctl, int64_t timeout_s, str *out_busy)
{
	return wait_until(ctl, monotonic_ms() + timeout_s * 1000, find_undecided, out_busy);
}

enum ctl_end wait_run(struct ctl *ctl)
{
	const str said = args_value(ctl, "timeout");
	int64_t timeout_s = TIMEOUT_S_STANDARD;
	str busy = STR_EMPTY;

	if (args_has(ctl, "timeout") &&
	    (!str_to_i64(said, &timeout_s) || timeout_s < 0 || timeout_s > TIMEOUT_S_MAX)) {
		ctl_complain("--timeout is a number of seconds, 0 to %d", TIMEOUT_S_MAX);
		return CTL_USAGE;
	}
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = wait_until(ctl, monotonic_ms() + timeout_s * 1000, find_busy, &busy);
	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_bool(&ctl->w, "idle", busy.n == 0);
		json_add_text(&ctl->w, "busy", busy);
		json_close(&ctl->w);
		out_document_end(ctl);
	}
	if (busy.n == 0)
		return CTL_FINE;
	ctl_complain("still busy after %lld s: %.*s", (long long)timeout_s, STR_ARG(busy));
	return CTL_REFUSED;
}
