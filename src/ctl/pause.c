/* A person's order to all daemons: pause a channel, or one of its providers. */
#include <stdlib.h>

#include "ctl/inner.h"

#define PAUSE_DAYS_MAX 30
#define DRAIN_S_STANDARD 60
#define DRAIN_S_MAX 86400
#define DRAIN_EVERY_MS 200

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

/* "sms", or one of its providers: "sms/notify". */
static bool read_channel(str what, enum channel_kind *out)
{
	str channel = what, provider;

	(void)str_cut(what, '/', &channel, &provider);
	if (channel_kind_parse(channel, out) && *out != CHANNEL_TASK)
		return true;
	ctl_complain("'%.*s' is no channel: email, sms or letter, or a provider of one such as "
		     "sms/notify",
		     STR_ARG(what));
	return false;
}

static enum ctl_end read_pause(struct ctl *ctl, enum channel_kind *out_channel,
			       struct sending_pause *out)
{
	instant now = instant_now(), until;
	str reason;

	if (!read_channel(ctl->words[0], out_channel))
		return CTL_USAGE;
	if (!args_reason(ctl, &reason) || !args_has(ctl, "until")) {
		ctl_complain("say why and how long: --reason TEXT --until 2h");
		return CTL_USAGE;
	}
	if (!read_end(args_value(ctl, "until"), now, &until) || !instant_before(now, until) ||
	    instant_before(instant_add(now, SPAN_DAYS(PAUSE_DAYS_MAX)), until)) {
		ctl_complain("--until is 30m, 2h, 1d or an instant to come, within %d days",
			     PAUSE_DAYS_MAX);
		return CTL_USAGE;
	}
	*out = (struct sending_pause){ .what = ctl->words[0],
				       .since = now,
				       .until = until,
				       .reason = reason,
				       .by = find_user() };
	return CTL_FINE;
}

/* A provider has the name that a daemon gave it; what no daemon knows would never be obeyed. */
static enum ctl_end find_provider(struct ctl *ctl, str what)
{
	struct buf known = buf_of(&ctl->arena, 4096);
	struct watched watched = { .n_providers = 0 };
	struct reply reply;
	enum ctl_end end = ctl_ask(ctl, &ctl->arena,
				   store_watch(&ctl->arena, &ctl->store, instant_now()), &reply);

	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_watch_read(&ctl->arena, &reply, &watched));
	for (size_t i = 0; i < watched.n_providers; i++) {
		if (str_eq(watched.providers[i].what, what))
			return end;
		buf_fmt(&known, "%s%.*s", i > 0 ? ", " : "", STR_ARG(watched.providers[i].what));
	}
	if (end == CTL_FINE) {
		ctl_complain("no candourd has such a provider as '%.*s'; there is %.*s",
			     STR_ARG(what), STR_ARG(known.n > 0 ? buf_str(&known) : S("none")));
		end = CTL_NOT_FOUND;
	}
	return end;
}

/* --- pause, resume, drain ------------------------------------------------------------------------ */

static enum ctl_end do_pause(struct ctl *ctl, struct sending_pause *out, enum channel_kind *channel)
{
	struct reply reply;
	enum ctl_end end = read_pause(ctl, channel, out);

	if (end == CTL_FINE)
		end = ctl_redis(ctl);
	if (end == CTL_FINE && str_has_byte(out->what, '/'))
		end = find_provider(ctl, out->what);
	if (end == CTL_FINE)
		end = ctl_ask(ctl, &ctl->arena, store_pause(&ctl->arena, &ctl->store, out), &reply);
	return end;
}

static void say_paused(struct ctl *ctl, const struct sending_pause *pause, bool drained)
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
	struct sending_pause pause;
	enum channel_kind channel;
	const enum ctl_end end = do_pause(ctl, &pause, &channel);

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

/* A message that was in hand when the order was given. */
struct in_hand {
	str id;
	int64_t attempt;
};

/* Whether that very attempt is still in hand. Whatever is claimed later obeys the order. */
static enum ctl_end look_at_hand(struct ctl *ctl, struct in_hand *hand, bool *out_still)
{
	struct arena arena = ARENA_EMPTY;
	struct message_record record;
	bool found = false;
	const enum ctl_end end = ctl_message(ctl, &arena, hand->id, &found, &record);

	*out_still = end == CTL_FINE && found &&
		     (record.state == MESSAGE_CLAIMED || record.state == MESSAGE_HANDING_OVER) &&
		     (hand->attempt == 0 || hand->attempt == record.attempt);
	if (*out_still)
		hand->attempt = record.attempt;
	arena_free(&arena);
	return end;
}

/* Leaves in the list what is still in hand. */
static enum ctl_end look_at_hands(struct ctl *ctl, struct in_hand *list, size_t *n)
{
	size_t left = 0;

	for (size_t i = 0; i < *n; i++) {
		bool still;
		const enum ctl_end end = look_at_hand(ctl, &list[i], &still);

		if (end != CTL_FINE)
			return end;
		if (still)
			list[left++] = list[i];
	}
	*n = left;
	return CTL_FINE;
}

static enum ctl_end wait_for_hands(struct ctl *ctl, enum channel_kind channel, int64_t limit_s)
{
	const int64_t end_ms = monotonic_ms() + limit_s * 1000;
	struct in_hand *list;
	struct reply reply;
	size_t n;
	enum ctl_end end = ctl_ask(ctl, &ctl->arena,
				   store_outbox(&ctl->arena, &ctl->store, channel), &reply);

	if (end == CTL_FINE && reply.type != REPLY_LIST)
		end = ctl_heard(ctl, ERR_CORRUPT);
	if (end != CTL_FINE)
		return end;
	n = reply.n;
	list = TAKE(&ctl->arena, struct in_hand, n);
	for (size_t i = 0; i < n; i++)
		list[i].id = reply.items[i].text;
	for (;;) {
		end = look_at_hands(ctl, list, &n);
		if (end != CTL_FINE || n == 0 || monotonic_ms() >= end_ms)
			break;
		progress_show(ctl, (int64_t)n, "messages in hand");
		pause_ms(DRAIN_EVERY_MS);
	}
	progress_end(ctl);
	if (end == CTL_FINE && n > 0) {
		ctl_complain("%zu messages are still in hand; the pause stays", n);
		end = CTL_REFUSED;
	}
	/* Nobody can say of a damaged one whether it is in hand. */
	return end == CTL_FINE && ctl->n_damaged > 0 ? CTL_REDIS : end;
}

enum ctl_end drain_run(struct ctl *ctl)
{
	struct sending_pause pause;
	enum channel_kind channel = CHANNEL_EMAIL;
	int64_t limit_s = DRAIN_S_STANDARD;

	if (!args_timeout(ctl, 0, DRAIN_S_MAX, &limit_s))
		return CTL_USAGE;
	enum ctl_end end = do_pause(ctl, &pause, &channel);

	if (end == CTL_FINE)
		end = wait_for_hands(ctl, channel, limit_s);
	if (end == CTL_FINE)
		say_paused(ctl, &pause, true);
	return end;
}
