/*
 * A notice by email carries its letter: the pages that would otherwise have come by post. And a letter that goes to a
 * provider needs its pages before it goes.
 *
 *	send ──► press ──► made ──► the transport
 *	  └─────── all other emails ──────▲
 *
 * This stands before whatever transport is configured. Such an email, and any that something is enclosed with, goes
 * only over a line that nobody listens on: with TLS, or within this machine; where there is none it goes another way.
 */
#include "deliver/inner.h"

#include <stdlib.h>

#include "deliver/press.h"

struct notices {
	struct channel_env env; /* whom we tell */
	struct channel transport;
	const struct policy *const *policy;
	struct turn *turn;
	bool is_private; /* the line */
	bool is_post;    /* letters; else emails */
	size_t in_press;
	bool transport_closed;
	void (*closed)(void *arg);
	void *closed_arg;
};

/* An email or a letter on its way. The transport's verdict names it by its parcel, which comes first. */
struct notice {
	struct parcel parcel;
	const struct parcel *original;
	struct notices *notices;
	struct arena arena; /* of the pages */
};

static void drop(struct notice *notice)
{
	arena_free(&notice->arena);
	free(notice);
}

static void take_verdict(void *arg, const struct parcel *parcel, const struct verdict *verdict)
{
	const struct notices *notices = arg;
	struct notice *notice = (struct notice *)(uintptr_t)parcel;
	if (parcel->pages.n == 0) {
		notices->env.verdict(notices->env.arg, parcel, verdict);
		return;
	}
	notices->env.verdict(notices->env.arg, notice->original, verdict);
	drop(notice);
}

/* --- the press ---------------------------------------------------------------------------------- */

static void on_turn_closed(void *arg)
{
	struct notices *notices = arg;
	notices->closed(notices->closed_arg);
	free(notices);
}

static void end_if_done(struct notices *notices)
{
	if (notices->transport_closed && notices->in_press == 0)
		turn_close(notices->turn, on_turn_closed, notices);
}

static void on_pressed(void *arg, const struct pressed *pressed)
{
	struct notice *notice = arg;
	struct notices *notices = notice->notices;
	const struct parcel *parcel = &notice->parcel;
	notices->in_press--;
	if (pressed->outcome == OUTCOME_ACCEPTED) {
		notice->parcel.pages = str_copy(&notice->arena, pressed->pdf);
		notices->transport.send(notices->transport.self, &parcel, 1);
		return;
	}
	turn_say(notices->turn, notice->original, pressed->outcome, pressed->code);
	drop(notice);
	end_if_done(notices);
}

static void have_pages_made(struct notices *notices, const struct parcel *parcel)
{
	const struct policy *policy = *notices->policy;
	struct notice *notice = calloc(1, sizeof(*notice));
	if (notice == NULL)
		fatal("no memory for a notice");
	notice->parcel = *parcel;
	notice->original = parcel;
	notice->notices = notices;
	notices->in_press++;
	/* A letter that waited here is posted later than it was worded. */
	const date day =
		notices->is_post
			? policy_post(policy, parcel->leaves, parcel->message->postage).printed
			: calendar_date(policy->calendar, parcel->at);
	press_letter(notices->env.press, policy, parcel, day, on_pressed, notice);
}

/* --- the channel -------------------------------------------------------------------------------- */

static size_t room(void *self)
{
	const struct notices *notices = self;
	size_t room_of = notices->transport.room(notices->transport.self);
	return room_of > notices->in_press ? room_of - notices->in_press : 0;
}

static bool encloses(const struct parcel *parcel)
{
	bool some = false;
	for (size_t i = 0; i < parcel->message->n_enclosures; i++)
		some = some || !parcel->message->enclosures[i].by_service;
	return some;
}

static bool is_confidential(const struct parcel *parcel)
{
	return encloses(parcel) || parcel->letter.n > 0;
}

static void send(void *self, const struct parcel *const *parcels, size_t n)
{
	struct notices *notices = self;
	struct arena arena = ARENA_EMPTY;
	const struct parcel **others = TAKE(&arena, const struct parcel *, n);
	size_t n_others = 0;
	for (size_t i = 0; i < n; i++) {
		if (!notices->is_private && is_confidential(parcels[i]))
			turn_say(notices->turn, parcels[i], OUTCOME_NEVER_MESSAGE, S("needs_tls"));
		/* A provider prints one document: what belongs with it would stay behind. */
		else if (notices->is_post && encloses(parcels[i]))
			turn_say(notices->turn, parcels[i], OUTCOME_NEVER_MESSAGE, S("encloses"));
		else if (parcels[i]->letter.n > 0)
			have_pages_made(notices, parcels[i]);
		else
			others[n_others++] = parcels[i];
	}
	if (n_others > 0)
		notices->transport.send(notices->transport.self, others, n_others);
	arena_free(&arena);
}

static void on_transport_closed(void *arg)
{
	struct notices *notices = arg;
	notices->transport_closed = true;
	end_if_done(notices);
}

/* The press was closed before: what it had is said already. */
static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	struct notices *notices = self;
	notices->closed = closed;
	notices->closed_arg = arg;
	notices->transport.close(notices->transport.self, limit, on_transport_closed, notices);
}

static void count(void *self, struct channel_stats *out)
{
	const struct notices *notices = self;
	if (notices->transport.count != NULL)
		notices->transport.count(notices->transport.self, out);
	out->in_hand += notices->in_press;
}

static size_t count_providers(void *self, struct provider_stats *out)
{
	const struct notices *notices = self;
	if (notices->transport.providers == NULL)
		return 0;
	return notices->transport.providers(notices->transport.self, out);
}

static void hold(void *self, const str *names, size_t n)
{
	const struct notices *notices = self;
	if (notices->transport.hold != NULL)
		notices->transport.hold(notices->transport.self, names, n);
}

static bool is_line_private(const struct email_settings *email)
{
	bool real = str_eq(email->transport, S("libesmtp")) || str_eq(email->transport, S("curl"));
	return !real || str_eq(email->tls, S("required")) || str_eq(email->host, S("localhost")) ||
	       str_eq(email->host, S("::1")) || str_starts(email->host, S("127."));
}

static void follow(void *self, str message, followed_fn *fn, void *arg)
{
	const struct notices *notices = self;
	notices->transport.follow(notices->transport.self, message, fn, arg);
}

static bool open_before(const struct notices *as, open_fn *open_transport,
			const struct deliver_settings *settings, struct channel *out,
			struct findings *findings)
{
	struct notices *notices = calloc(1, sizeof(*notices));
	if (notices == NULL)
		fatal("out of memory");
	*notices = *as;
	struct channel_env own = as->env;
	own.verdict = take_verdict;
	own.arg = notices;
	if (!open_transport(settings, &own, as->policy, &notices->transport, findings)) {
		free(notices);
		return false;
	}
	notices->turn = turn_new(&as->env);
	*out = (struct channel){ .name = notices->transport.name,
				 .self = notices,
				 .room = room,
				 .send = send,
				 .close = close_channel,
				 .count = count,
				 .providers = count_providers,
				 .hold = hold,
				 .follow = notices->transport.follow != NULL ? follow : NULL };
	return true;
}

bool notices_open(open_fn *open_transport, const struct deliver_settings *settings,
		  const struct channel_env *env, const struct policy *const *policy,
		  struct channel *out, struct findings *findings)
{
	const struct notices as = { .env = *env,
				    .policy = policy,
				    .is_private = is_line_private(&settings->email) };
	return open_before(&as, open_transport, settings, out, findings);
}

bool paged_letters_open(open_fn *open_transport, const struct deliver_settings *settings,
			const struct channel_env *env, const struct policy *const *policy,
			struct channel *out, struct findings *findings)
{
	const struct notices as = {
		.env = *env, .policy = policy, .is_private = true, .is_post = true
	};
	return open_before(&as, open_transport, settings, out, findings);
}
