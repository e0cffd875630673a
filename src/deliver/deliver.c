#include "deliver/http.h"
#include "deliver/smtp.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"

#define PAUSE_FIRST SPAN_MIN(1)
#define PAUSE_MOST SPAN_HOURS(4)

struct deliver {
	const struct policy
		*policy; /* the channels look here for it, so that a reload reaches them */
	struct channel channels[CHANNEL_COUNT];
	bool open[CHANNEL_COUNT]; /* a task has no channel */
	struct press *press;
	bool repeats[CHANNEL_COUNT];
	size_t closing;
	void (*closed)(void *arg);
	void *closed_arg;
};

static bool transport_open(const struct deliver_settings *settings, const struct channel_env *env,
			   const struct policy *const *policy, struct channel *out,
			   struct findings *findings)
{
	str transport = settings->email.transport;
	if (str_eq(transport, S("libesmtp")) || str_eq(transport, S("curl")))
		return smtp_open(settings, env, policy, out, findings);
	return file_email_open(settings, env, policy, out, findings);
}

static bool email_open(const struct deliver_settings *settings, const struct channel_env *env,
		       const struct policy *const *policy, struct channel *out,
		       struct findings *findings)
{
	return notices_open(transport_open, settings, env, policy, out, findings);
}

static bool texts_open(const struct deliver_settings *settings, const struct channel_env *env,
		       const struct policy *const *policy, struct channel *out,
		       struct findings *findings)
{
	if (settings->sms.n_providers > 0)
		return sms_open(settings, env, policy, out, findings);
	return file_sms_open(settings, env, policy, out, findings);
}

static bool letters_open(const struct deliver_settings *settings, const struct channel_env *env,
			 const struct policy *const *policy, struct channel *out,
			 struct findings *findings)
{
	if (settings->letter.provider != NULL)
		return paged_letters_open(letter_http_open, settings, env, policy, out, findings);
	return letter_open(settings, env, policy, out, findings);
}

static open_fn *const openers[CHANNEL_COUNT] = {
	[CHANNEL_EMAIL] = email_open,
	[CHANNEL_SMS] = texts_open,
	[CHANNEL_LETTER] = letters_open,
};

struct deliver *deliver_open(const struct deliver_settings *settings, const struct channel_env *env,
			     const struct policy *policy, struct findings *findings)
{
	struct deliver *deliver = calloc(1, sizeof(*deliver));
	if (deliver == NULL)
		fatal("out of memory");
	deliver->policy = policy;
	deliver->repeats[CHANNEL_EMAIL] = true;
	deliver->repeats[CHANNEL_SMS] = http_may_repeat(settings->sms.providers,
							settings->sms.n_providers);
	deliver->repeats[CHANNEL_LETTER] = settings->letter.provider == NULL ||
					   http_may_repeat(settings->letter.provider, 1);
	deliver->press = press_new(env->loop, &settings->letter.press);
	const struct channel_env with_press = {
		.loop = env->loop, .press = deliver->press, .verdict = env->verdict, .arg = env->arg
	};
	bool all = true;
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (openers[i] == NULL)
			continue;
		deliver->open[i] = openers[i](settings, &with_press, &deliver->policy,
					      &deliver->channels[i], findings);
		all = all && deliver->open[i];
	}
	if (all)
		return deliver;
	deliver_close(&deliver, SPAN_S(0), NULL, NULL);
	return NULL;
}

void deliver_policy(struct deliver *deliver, const struct policy *policy)
{
	deliver->policy = policy;
}

bool deliver_may_repeat(const struct deliver *deliver, enum channel_kind channel)
{
	return deliver->repeats[channel];
}

bool deliver_can_follow(const struct deliver *deliver, enum channel_kind channel)
{
	return deliver->open[channel] && deliver->channels[channel].follow != NULL;
}

void deliver_follow(struct deliver *deliver, enum channel_kind channel, str message,
		    followed_fn *fn, void *arg)
{
	deliver->channels[channel].follow(deliver->channels[channel].self, message, fn, arg);
}

size_t deliver_room(const struct deliver *deliver, enum channel_kind channel)
{
	const struct channel *to = &deliver->channels[channel];
	return deliver->open[channel] ? to->room(to->self) : 0;
}

struct channel_stats deliver_stats(const struct deliver *deliver, enum channel_kind channel)
{
	const struct channel *of = &deliver->channels[channel];
	struct channel_stats stats = { 0 };
	if (deliver->open[channel] && of->count != NULL)
		of->count(of->self, &stats);
	return stats;
}

size_t deliver_providers(const struct deliver *deliver, enum channel_kind channel,
			 struct provider_stats *out)
{
	const struct channel *of = &deliver->channels[channel];
	if (!deliver->open[channel] || of->providers == NULL)
		return 0;
	return of->providers(of->self, out);
}

void deliver_hold(struct deliver *deliver, enum channel_kind channel, const str *names, size_t n)
{
	const struct channel *of = &deliver->channels[channel];
	if (deliver->open[channel] && of->hold != NULL)
		of->hold(of->self, names, n);
}

void deliver_send(struct deliver *deliver, enum channel_kind channel,
		  const struct parcel *const *parcels, size_t n)
{
	require(deliver->open[channel]);
	deliver->channels[channel].send(deliver->channels[channel].self, parcels, n);
}

static void on_closed(void *arg)
{
	struct deliver *deliver = arg;
	if (--deliver->closing > 0)
		return;
	if (deliver->closed != NULL)
		deliver->closed(deliver->closed_arg);
	free(deliver);
}

void deliver_close(struct deliver **deliver_at, span limit, void (*closed)(void *arg), void *arg)
{
	struct deliver *deliver = *deliver_at;
	*deliver_at = NULL;
	deliver->closed = closed;
	deliver->closed_arg = arg;
	/* The press, and ourselves, so that the last channel is not the last while others are asked. */
	deliver->closing = 2;
	press_close(deliver->press, on_closed, deliver);
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (!deliver->open[i])
			continue;
		deliver->closing++;
		deliver->channels[i].close(deliver->channels[i].self, limit, on_closed, deliver);
	}
	on_closed(deliver);
}

static str write_body(struct arena *arena, const struct worded *worded, instant at)
{
	struct buf buf = buf_of(arena, (size_t)1 << 20);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_int(&w, "v", 1);
	json_add_int(&w, "at", at.ms);
	json_add_text(&w, "language", worded->language);
	json_add_text(&w, "version", worded->version);
	json_add_text(&w, "subject", worded->subject);
	json_add_text(&w, "text", worded->text);
	json_add_text(&w, "html", worded->html);
	json_add_text(&w, "sms", worded->sms);
	json_add_text(&w, "letter", worded->letter);
	json_close(&w);
	return buf_str(&buf);
}

static str digest(struct arena *arena, str body)
{
	struct hash hash = hash_one(body);
	return hash_hex(arena, &hash);
}

void deliver_fix(struct arena *arena, const struct message *message, const struct worded *worded,
		 instant at, struct parcel *out, str *out_body)
{
	*out_body = write_body(arena, worded, at);
	*out = (struct parcel){
		.message = message,
		.attempt = 1,
		.subject = worded->subject,
		.text = worded->text,
		.html = worded->html,
		.sms = worded->sms,
		.letter = worded->letter,
		.language = worded->language,
		.at = at,
		.leaves = at,
		.sha256 = digest(arena, *out_body),
	};
}

enum err deliver_parcel(struct arena *arena, const struct message *message, str body,
			struct parcel *out)
{
	const struct json *map;
	if (json_parse(arena, body, 4, &map, NULL) != JSON_FINE || json_int(map, "v", 0) != 1)
		return ERR_CORRUPT;
	*out = (struct parcel){
		.message = message,
		.attempt = 1,
		.subject = json_text(map, "subject"),
		.text = json_text(map, "text"),
		.html = json_text(map, "html"),
		.sms = json_text(map, "sms"),
		.letter = json_text(map, "letter"),
		.language = json_text(map, "language"),
		.at = { json_int(map, "at", 0) },
		.leaves = { json_int(map, "at", 0) },
		.sha256 = digest(arena, body),
	};
	return OK;
}

span deliver_pause(int64_t attempt, span asked, uint64_t seed)
{
	int64_t ms = PAUSE_FIRST.ms;
	for (int64_t i = 1; i < attempt && ms < PAUSE_MOST.ms; i++)
		ms *= 2;
	if (ms > PAUSE_MOST.ms)
		ms = PAUSE_MOST.ms;
	ms -= (int64_t)(seed % (uint64_t)(ms / 4));
	return ms > asked.ms ? SPAN_MS(ms) : asked;
}
