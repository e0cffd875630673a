/* How it stands, and waiting until nothing is left to do. */
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

/* All that is shown. */
struct page {
	struct status status;
	struct watched watched;
	instant now;
	struct buf look; /* what wants a person, a line each */
};

static const struct sending_pause *find_pause(const struct page *page, str what)
{
	for (size_t i = 0; i < page->watched.n_pauses; i++)
		if (str_eq(page->watched.pauses[i].what, what) &&
		    instant_before(page->now, page->watched.pauses[i].until))
			return &page->watched.pauses[i];
	return NULL;
}

/* The daemon that met it says so each minute: what is older, nobody stands for any more. */
#define PROVIDER_NEWS SPAN_MIN(5)

static bool is_failing(const struct page *page, const struct provider_state *provider)
{
	return provider->failures > 0 &&
	       instant_since(page->now, provider->at).ms <= PROVIDER_NEWS.ms;
}

static void add_pauses(struct ctl *ctl, const struct page *page)
{
	json_key(&ctl->w, "paused");
	json_open_list(&ctl->w);
	for (size_t i = 0; i < page->watched.n_pauses; i++) {
		const struct sending_pause *pause = &page->watched.pauses[i];

		json_open(&ctl->w);
		json_add_text(&ctl->w, "what", pause->what);
		out_add_instant(ctl, "since", pause->since);
		out_add_instant(ctl, "until", pause->until);
		json_add_text(&ctl->w, "reason", pause->reason);
		json_add_text(&ctl->w, "by", pause->by);
		json_close(&ctl->w);
	}
	json_close_list(&ctl->w);
}

static void add_providers(struct ctl *ctl, const struct page *page)
{
	json_key(&ctl->w, "providers");
	json_open_list(&ctl->w);
	for (size_t i = 0; i < page->watched.n_providers; i++) {
		const struct provider_state *provider = &page->watched.providers[i];
		const bool failing = is_failing(page, provider);

		json_open(&ctl->w);
		json_add_text(&ctl->w, "what", provider->what);
		json_add_int(&ctl->w, "failures", failing ? provider->failures : 0);
		out_add_instant(ctl, "since", failing ? provider->since : INSTANT_NEVER);
		json_add_bool(&ctl->w, "paused", find_pause(page, provider->what) != NULL);
		json_close(&ctl->w);
	}
	json_close_list(&ctl->w);
}

/* The auditor's pass of the night: the one under way, or the last. */
static void add_night(struct ctl *ctl, const struct night *night)
{
	json_key(&ctl->w, "night_audit");
	json_open(&ctl->w);
	json_add_text(&ctl->w, "day", night->day);
	json_add_bool(&ctl->w, "running", night->cursor.n > 0);
	out_add_instant(ctl, "began", night->began);
	out_add_instant(ctl, "ended", night->ended);
	json_add_int(&ctl->w, "families", night->families);
	json_add_int(&ctl->w, "entries", night->entries);
	json_add_int(&ctl->w, "found", night->found);
	json_add_int(&ctl->w, "broken", night->broken);
	json_close(&ctl->w);
}

/* Of all grades the one that has waited longest. */
static instant oldest_unsent(const struct page *page, enum channel_kind channel)
{
	instant oldest = INSTANT_NEVER;

	for (size_t i = 0; i < GRADE_COUNT; i++)
		oldest = instant_min(oldest, page->watched.unsent[channel][i].oldest);
	return oldest;
}

static void answer_outbox(struct ctl *ctl, const struct page *page)
{
	struct json_writer *w = &ctl->w;
	const struct status *status = &page->status;

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
	json_key(w, "unsent_since");
	json_open(w);
	for (size_t i = 0; i < N_CHANNELS; i++) {
		json_key_str(w, channel_kind_name(channels[i]));
		json_put_text(
			w, instant_is_never(oldest_unsent(page, channels[i]))
				   ? STR_EMPTY
				   : instant_print(&ctl->arena, oldest_unsent(page, channels[i])));
	}
	json_close(w);
}

static void answer_status(struct ctl *ctl, const struct page *page)
{
	const struct status *status = &page->status;
	const struct watched *watched = &page->watched;
	struct json_writer *w = &ctl->w;
	str rest = buf_str(&page->look), line;

	json_open(w);
	json_add_text(w, "owner", status->owner);
	json_add_int(w, "epoch", status->epoch);
	json_add_text(w, "policy", status->policy);
	out_add_instant(ctl, "now", page->now);
	json_key(w, "intake");
	json_open(w);
	json_add_int(w, "waiting", status->waiting);
	json_add_int(w, "pending", status->pending);
	json_close(w);
	out_add_instant(ctl, "oldest_event", watched->oldest_event);
	json_add_int(w, "held", status->held);
	answer_outbox(ctl, page);
	json_add_int(w, "dead", status->dead);
	json_add_int(w, "breaches", watched->breached);
	json_add_int(w, "tasks", watched->tasks);
	out_add_instant(ctl, "next_look", status->next_look);
	out_add_instant(ctl, "nearest_duty", watched->nearest_duty);
	add_pauses(ctl, page);
	add_providers(ctl, page);
	add_night(ctl, &watched->night);
	json_add_text(w, "restored", watched->held_why);
	json_key(w, "look_at");
	json_open_list(w);
	while (str_line(&rest, &line))
		json_put_text(w, line);
	json_close_list(w);
	json_close(w);
	out_document_end(ctl);
}

/* "12 min": how long ago, roughly; "-" where there is nothing. */
static str print_age(struct arena *arena, instant now, instant then)
{
	const int64_t s = instant_is_never(then) ? 0 : instant_since(now, then).ms / 1000;

	if (instant_is_never(then))
		return S("-");
	if (s < 120)
		return str_fmt(arena, "%lld s", (long long)(s > 0 ? s : 0));
	if (s < 7200)
		return str_fmt(arena, "%lld min", (long long)(s / 60));
	if (s < 172800)
		return str_fmt(arena, "%lld h", (long long)(s / 3600));
	return str_fmt(arena, "%lld days", (long long)(s / 86400));
}

static void write_channel(struct ctl *ctl, const struct page *page, enum channel_kind channel)
{
	const struct status *status = &page->status;
	const str name = channel_kind_name(channel);
	const struct sending_pause *pause = find_pause(page, name);

	buf_fmt(&ctl->out, "%-8.*s %9lld %10lld %9lld   %-10.*s%s\n", STR_ARG(name),
		(long long)not_taken(status, channel), (long long)status->outbox[channel].in_flight,
		(long long)status->outbox[channel].unknown,
		STR_ARG(print_age(&ctl->arena, page->now, oldest_unsent(page, channel))),
		pause != NULL ? " PAUSED" : "");
}

/* Those that a person has paused, and those that fail. */
static void write_providers(struct ctl *ctl, const struct page *page)
{
	for (size_t i = 0; i < page->watched.n_providers; i++) {
		const struct provider_state *provider = &page->watched.providers[i];
		const bool paused = find_pause(page, provider->what) != NULL;

		if (!paused && !is_failing(page, provider))
			continue;
		buf_fmt(&ctl->out, "  %-30.*s", STR_ARG(provider->what));
		if (is_failing(page, provider))
			buf_fmt(&ctl->out, " failed %lld times in a row",
				(long long)provider->failures);
		buf_fmt(&ctl->out, "%s\n", paused ? " PAUSED" : "");
	}
}

static void write_night(struct ctl *ctl, const struct night *night)
{
	if (night->day.n == 0)
		buf_add(&ctl->out, S("audit    no pass of the night yet\n"));
	else
		out_wrap(ctl, S("audit    "),
			 str_fmt(&ctl->arena,
				 "night of %.*s%s: %lld families, %lld entries of evidence, %lld "
				 "findings",
				 STR_ARG(night->day), night->cursor.n > 0 ? " (under way)" : "",
				 (long long)night->families, (long long)night->entries,
				 (long long)night->found));
	buf_add(&ctl->out, S("\n"));
}

static void write_status(struct ctl *ctl, const struct page *page)
{
	const struct status *status = &page->status;
	const struct watched *watched = &page->watched;
	struct arena *arena = &ctl->arena;
	struct buf *out = &ctl->out;
	str rest = buf_str(&page->look), line;

	buf_fmt(out, "now      %.*s\n", STR_ARG(out_time(ctl, arena, page->now)));
	if (status->owner.n > 0)
		buf_fmt(out, "owner    %.*s (epoch %lld)\npolicy   %.*s\n", STR_ARG(status->owner),
			(long long)status->epoch, STR_ARG(status->policy));
	else
		buf_add(out, S("owner    none: no candourd decides on this prefix now\n"));
	buf_fmt(out,
		"intake   %lld waiting, %lld being decided, %lld subjects waited for; oldest %.*s\n",
		(long long)status->waiting, (long long)status->pending, (long long)status->held,
		STR_ARG(print_age(arena, watched->redis_now, watched->oldest_event)));
	buf_fmt(out, "late     %lld duties and actions; %lld tasks open; next duty %.*s\n",
		(long long)watched->breached, (long long)watched->tasks,
		STR_ARG(instant_is_never(watched->nearest_duty)
				? S("none")
				: str_slice(instant_print(arena, watched->nearest_duty), 0, 10)));
	buf_fmt(out, "refused  %lld dead letters\n", (long long)status->dead);
	write_night(ctl, &watched->night);
	buf_add(out, S("channel    waiting  in flight   unknown   unsent for\n"));
	for (size_t i = 0; i < N_CHANNELS; i++)
		write_channel(ctl, page, channels[i]);
	write_providers(ctl, page);
	if (rest.n > 0)
		out_title(ctl, "Look at:");
	while (str_line(&rest, &line))
		out_wrap(ctl, S("  - "), line);
}

/* --- what wants a person ------------------------------------------------------------------------- */

#define EVENT_OLD SPAN_MIN(5)
#define LOOK_OLD SPAN_MIN(10)
#define UNSENT_OLD SPAN_MIN(30)
#define NIGHT_OLD SPAN_DAYS(2)
#define FAILURES_MANY 3

static bool is_older(instant then, instant now, span than)
{
	return !instant_is_never(then) && instant_since(now, then).ms > than.ms;
}

static void look_at_pauses(struct ctl *ctl, struct page *page)
{
	for (size_t i = 0; i < page->watched.n_pauses; i++) {
		const struct sending_pause *pause = &page->watched.pauses[i];

		if (instant_before(page->now, pause->until))
			buf_fmt(&page->look,
				"%.*s is paused by %.*s until %.*s: %.*s (candourctl resume "
				"%.*s)\n",
				STR_ARG(pause->what), STR_ARG(pause->by),
				STR_ARG(out_time(ctl, &ctl->arena, pause->until)),
				STR_ARG(pause->reason), STR_ARG(pause->what));
	}
}

static void look_at_providers(struct ctl *ctl, struct page *page)
{
	for (size_t i = 0; i < page->watched.n_providers; i++) {
		const struct provider_state *provider = &page->watched.providers[i];

		if (is_failing(page, provider) && provider->failures >= FAILURES_MANY)
			buf_fmt(&page->look,
				"%.*s fails: %lld times in a row, since %.*s (the journal says "
				"why; candourd --check --connect)\n",
				STR_ARG(provider->what), (long long)provider->failures,
				STR_ARG(out_time(ctl, &ctl->arena, provider->since)));
	}
}

static void look_at_channels(struct ctl *ctl, struct page *page)
{
	for (size_t i = 0; i < N_CHANNELS; i++) {
		const str name = channel_kind_name(channels[i]);
		const bool paused = find_pause(page, name) != NULL;
		const instant oldest = oldest_unsent(page, channels[i]);
		const int64_t unknown = page->status.outbox[channels[i]].unknown;

		if (!paused && is_older(oldest, page->now, UNSENT_OLD))
			buf_fmt(&page->look,
				"%.*s: messages have not left for %.*s (candourctl outbox; the "
				"journal says why)\n",
				STR_ARG(name), STR_ARG(print_age(&ctl->arena, page->now, oldest)));
		if (unknown > 0)
			buf_fmt(&page->look,
				"%.*s: %lld messages may or may not have arrived; each has a "
				"task (candourctl outbox)\n",
				STR_ARG(name), (long long)unknown);
	}
}

static void look_around(struct ctl *ctl, struct page *page)
{
	const struct status *status = &page->status;
	const struct watched *watched = &page->watched;
	struct buf *look = &page->look;

	*look = buf_of(&ctl->arena, (size_t)64 << 10);
	if (watched->held_at.n > 0)
		buf_fmt(look, "all is held since %.*s: %.*s (candourctl help restore release)\n",
			STR_ARG(watched->held_at), STR_ARG(watched->held_why));
	else if (status->owner.n == 0)
		buf_add(look,
			S("nobody decides: is candourd running? (systemctl status candourd)\n"));
	if (is_older(watched->oldest_event, watched->redis_now, EVENT_OLD))
		buf_fmt(look, "an event has not been decided for %.*s (the journal says why)\n",
			STR_ARG(print_age(&ctl->arena, watched->redis_now, watched->oldest_event)));
	if (is_older(status->next_look, page->now, LOOK_OLD))
		buf_fmt(look, "a family should have been looked at %.*s ago\n",
			STR_ARG(print_age(&ctl->arena, page->now, status->next_look)));
	look_at_pauses(ctl, page);
	look_at_providers(ctl, page);
	look_at_channels(ctl, page);
	if (watched->night.found > 0)
		buf_fmt(look,
			"the night's audit found %lld things that do not belong together "
			"(candourctl audit, candourctl evidence verify; the journal's lines "
			"audit_found)\n",
			(long long)watched->night.found);
	if (is_older(watched->night.ended, page->now, NIGHT_OLD))
		buf_fmt(look, "no audit of the night has ended for %.*s\n",
			STR_ARG(print_age(&ctl->arena, page->now, watched->night.ended)));
	if (status->dead > 0)
		buf_fmt(look, "%lld events were refused (candourctl dead list)\n",
			(long long)status->dead);
	if (watched->breached > 0)
		buf_fmt(look, "%lld duties or actions are late (candourctl breaches)\n",
			(long long)watched->breached);
}

static enum ctl_end ask_page(struct ctl *ctl, struct page *page)
{
	struct arena *arena = &ctl->arena;
	struct reply reply;
	enum ctl_end end = ctl_redis(ctl);

	page->now = instant_now();
	if (end == CTL_FINE)
		end = ask_status(ctl, arena, &page->status);
	if (end == CTL_FINE)
		end = ctl_ask(ctl, arena, store_watch(arena, &ctl->store, page->now), &reply);
	return end == CTL_FINE ? ctl_heard(ctl, store_watch_read(arena, &reply, &page->watched))
			       : end;
}

enum ctl_end status_run(struct ctl *ctl)
{
	struct page page;
	const enum ctl_end end = ask_page(ctl, &page);

	if (end != CTL_FINE)
		return end;
	if (!ctl->json)
		(void)ctl_policy_if_fine(ctl);
	look_around(ctl, &page);
	if (ctl->json)
		answer_status(ctl, &page);
	else
		write_status(ctl, &page);
	return args_has(ctl, "check") && page.look.n > 0 ? CTL_REFUSED : CTL_FINE;
}

/* --- wait ---------------------------------------------------------------------------------------- */

#define TIMEOUT_S_STANDARD 30
#define TIMEOUT_S_MAX 86400
#define PAUSE_MS_FIRST 10
#define PAUSE_MS_MAX 250

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
	int64_t timeout_s = TIMEOUT_S_STANDARD;
	str busy = STR_EMPTY;

	if (!args_timeout(ctl, 0, TIMEOUT_S_MAX, &timeout_s))
		return CTL_USAGE;
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
