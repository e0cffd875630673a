/* Orders of a person to all daemons: pause a channel, hold everything, let go. */
#include <stdlib.h>

#include "ctl/inner.h"

#define PAUSE_DAYS_MAX 30
#define DRAIN_S_STANDARD 60
#define DRAIN_S_MAX 86400
#define DRAIN_EVERY_MS 200
#define REASON_BYTES_MAX 200

/* --- what was said ------------------------------------------------------------------------------- */

/* Who it is, for others to ask: behind sudo, the person and not root. */
static str find_user(void)
{
	static const char *const names[] = { "SUDO_USER", "USER", "LOGNAME" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const str user = str_of(getenv(names[i]));

		if (user.n > 0 && user.n <= 64)
			return user;
	}
	return S("somebody");
}

static bool read_length(str text, span *out)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 }, { 'd', 86400000 } };
	int64_t n;

	if (text.n < 2 || text.n > 8 || !str_to_i64(str_slice(text, 0, text.n - 1), &n) || n < 1)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (text.p[text.n - 1] == units[i].unit) {
			*out = SPAN_MS(n * units[i].ms);
			return true;
		}
	}
	return false;
}

/* "2h" from now, or an instant. */
static bool read_end(str text, instant now, instant *out)
{
	span length;

	if (!read_length(text, &length))
		return instant_parse(text, out);
	*out = instant_add(now, length);
	return true;
}

static enum ctl_end read_pause(struct ctl *ctl, struct channel_pause *out)
{
	enum channel_kind channel;
	instant now = instant_now(), until;
	const str reason = args_value(ctl, "reason");

	if (!channel_kind_parse(ctl->words[0], &channel) || channel == CHANNEL_TASK) {
		ctl_complain("'%.*s' is no channel: email, sms or letter", STR_ARG(ctl->words[0]));
		return CTL_USAGE;
	}
	if (reason.n == 0 || reason.n > REASON_BYTES_MAX || !args_has(ctl, "until")) {
		ctl_complain("say why and how long: --reason TEXT --until 2h");
		return CTL_USAGE;
	}
	if (!read_end(args_value(ctl, "until"), now, &until) || !instant_before(now, until) ||
	    instant_before(instant_add(now, SPAN_DAYS(PAUSE_DAYS_MAX)), until)) {
		ctl_complain("--until is 30m, 2h, 1d or an instant to come, within %d days",
			     PAUSE_DAYS_MAX);
		return CTL_USAGE;
	}
	*out = (struct channel_pause){ .what = ctl->words[0],
				       .since = now,
				       .until = until,
				       .reason = text_clean(&ctl->arena, reason),
				       .by = find_user() };
	return CTL_FINE;
}

/* --- pause, resume, drain ------------------------------------------------------------------------ */

static enum ctl_end do_pause(struct ctl *ctl, struct channel_pause *out)
{
	struct reply reply;
	enum ctl_end end = read_pause(ctl, out);

	if (end == CTL_FINE)
		end = ctl_redis(ctl);
	if (end == CTL_FINE)
		end = ctl_ask(ctl, &ctl->arena, store_pause(&ctl->arena, &ctl->store, out), &reply);
	return end;
}

static void say_paused(struct ctl *ctl, const struct channel_pause *pause, bool drained)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_text(&ctl->w, "paused", pause->what);
		out_add_instant(ctl, "until", pause->until);
		json_add_bool(&ctl->w, "drained", drained);
		json_close(&ctl->w);
		out_document_end(ctl);
		return;
	}
	(void)ctl_policy_if_fine(ctl);
	buf_fmt(&ctl->out, "%.*s is paused until %.*s%s\n", STR_ARG(pause->what),
		STR_ARG(out_time(ctl, &ctl->arena, pause->until)),
		drained ? ", and nothing of it is in hand" : "");
}

enum ctl_end pause_run(struct ctl *ctl)
{
	struct channel_pause pause;
	const enum ctl_end end = do_pause(ctl, &pause);

	if (end == CTL_FINE)
		say_paused(ctl, &pause, false);
	return end;
}

enum ctl_end resume_run(struct ctl *ctl)
{
	struct reply reply;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_ask(ctl, &ctl->arena,
			      store_resume(&ctl->arena, &ctl->store, ctl->words[0]), &reply);
	if (end != CTL_FINE)
		return end;
	if (reply.integer == 0) {
		ctl_complain("%.*s is not paused", STR_ARG(ctl->words[0]));
		return CTL_NOT_FOUND;
	}
	if (!ctl->json)
		buf_fmt(&ctl->out, "%.*s goes on\n", STR_ARG(ctl->words[0]));
	return CTL_FINE;
}

static enum ctl_end count_in_hand(struct ctl *ctl, str channel, int64_t *out)
{
	struct arena arena = ARENA_EMPTY;
	struct reply reply;
	struct status status;
	enum channel_kind kind = CHANNEL_EMAIL;
	enum ctl_end end = ctl_ask(ctl, &arena, store_status(&arena, &ctl->store), &reply);

	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_status_read(&arena, &reply, &status));
	if (end == CTL_FINE) {
		require(channel_kind_parse(channel, &kind));
		*out = status.outbox[kind].in_flight;
	}
	arena_free(&arena);
	return end;
}

static enum ctl_end wait_for_hands(struct ctl *ctl, str channel, int64_t limit_s)
{
	const int64_t end_ms = monotonic_ms() + limit_s * 1000;
	int64_t n = 0;

	for (;;) {
		const enum ctl_end end = count_in_hand(ctl, channel, &n);

		if (end != CTL_FINE || n == 0)
			return end;
		if (monotonic_ms() >= end_ms)
			break;
		progress_show(ctl, n, "messages in hand");
		pause_ms(DRAIN_EVERY_MS);
	}
	progress_end(ctl);
	ctl_complain("%lld messages are still in hand; the pause stays", (long long)n);
	return CTL_REFUSED;
}

enum ctl_end drain_run(struct ctl *ctl)
{
	const str said = args_value(ctl, "timeout");
	struct channel_pause pause;
	int64_t limit_s = DRAIN_S_STANDARD;

	if (args_has(ctl, "timeout") &&
	    (!str_to_i64(said, &limit_s) || limit_s < 0 || limit_s > DRAIN_S_MAX)) {
		ctl_complain("--timeout is a number of seconds, 0 to %d", DRAIN_S_MAX);
		return CTL_USAGE;
	}
	enum ctl_end end = do_pause(ctl, &pause);

	if (end == CTL_FINE)
		end = wait_for_hands(ctl, pause.what, limit_s);
	if (end == CTL_FINE)
		say_paused(ctl, &pause, true);
	return end;
}

/* --- restore ------------------------------------------------------------------------------------- */

enum ctl_end restore_hold_run(struct ctl *ctl)
{
	const str reason = args_value(ctl, "reason");
	struct reply reply;
	enum ctl_end end;

	if (reason.n == 0 || reason.n > REASON_BYTES_MAX) {
		ctl_complain("say why: --reason TEXT");
		return CTL_USAGE;
	}
	end = ctl_redis(ctl);
	if (end == CTL_FINE)
		end = ctl_ask(ctl, &ctl->arena,
			      store_hold(&ctl->arena, &ctl->store, text_clean(&ctl->arena, reason),
					 instant_now()),
			      &reply);
	if (end == CTL_FINE && !ctl->json)
		buf_add(&ctl->out, S("all is held: candourctl restore release lets it go\n"));
	return end;
}

/* A hundred messages at a time, so that Redis answers others in between. */
static enum ctl_end let_go(struct ctl *ctl, instant until, int64_t *out_n)
{
	const bool again = args_has(ctl, "again");

	*out_n = 0;
	for (;;) {
		struct arena arena = ARENA_EMPTY;
		struct reply reply = { .type = REPLY_NIL };
		const enum ctl_end end = ctl_ask(
			ctl, &arena, store_let_go(&arena, &ctl->store, until, again, instant_now()),
			&reply);
		const bool nothing = reply.type == REPLY_NIL;
		const int64_t n = reply.type == REPLY_INTEGER ? reply.integer : 0;

		arena_free(&arena);
		if (end != CTL_FINE)
			return end;
		if (nothing && *out_n == 0) {
			ctl_complain("nothing is held");
			return CTL_NOT_FOUND;
		}
		*out_n += n;
		progress_show(ctl, *out_n, "messages");
		if (n == 0)
			break;
	}
	progress_end(ctl);
	return CTL_FINE;
}

enum ctl_end restore_release_run(struct ctl *ctl)
{
	instant until = instant_now();
	int64_t n;

	if (args_has(ctl, "until") && (!instant_parse(args_value(ctl, "until"), &until) ||
				       instant_before(instant_now(), until))) {
		ctl_complain("--until is an instant that has passed: 2026-11-26T14:30:00Z");
		return CTL_USAGE;
	}
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = let_go(ctl, until, &n);
	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_int(&ctl->w, "unknown", n);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else {
		buf_fmt(&ctl->out, "let go; %lld messages may have left before: each has a task\n",
			(long long)n);
	}
	return CTL_FINE;
}
