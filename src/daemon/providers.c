#include "daemon/providers.h"

#include "daemon/prepare.h"

#define ASK_LIMIT SPAN_S(10)
#define AGAIN_MS 60000

static void hear_told(void *arg, enum err err, const struct reply *reply)
{
	struct providers *providers = arg;

	providers->asking = false;
	if (answer_came(err, reply) && reply->type == REPLY_INTEGER)
		return;
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		for (size_t j = 0; j < PROVIDERS_MAX; j++)
			providers->told[i][j].said = false;
}

/* Puts those of a channel whose news are to be told behind the others in the list. */
static void collect(struct arena *arena, struct providers *providers, const struct post *post,
		    enum channel_kind channel, struct provider_state *list, size_t *n)
{
	const int64_t now_ms = monotonic_ms();
	struct provider_stats stats[PROVIDERS_MAX];
	const size_t n_stats = post_providers(post, channel, stats);

	for (size_t i = 0; i < n_stats; i++) {
		const bool again = stats[i].failures > 0 &&
				   now_ms - providers->told[channel][i].said_ms >= AGAIN_MS;

		if (providers->told[channel][i].said && !again &&
		    providers->told[channel][i].failures == stats[i].failures)
			continue;
		if (providers->told[channel][i].failures == 0)
			providers->told[channel][i].since = instant_now();
		providers->told[channel][i].said = true;
		providers->told[channel][i].said_ms = now_ms;
		providers->told[channel][i].failures = stats[i].failures;
		list[(*n)++] = (struct provider_state){
			.what = str_fmt(arena, "%.*s/%.*s", STR_ARG(channel_kind_name(channel)),
					STR_ARG(stats[i].name)),
			.failures = stats[i].failures,
			.since = providers->told[channel][i].since,
			.at = instant_now(),
		};
	}
}

void providers_tick(struct providers *providers, const struct post *post)
{
	struct provider_state list[CHANNEL_COUNT * PROVIDERS_MAX];
	struct arena arena = ARENA_EMPTY;
	size_t n = 0;

	if (providers->asking)
		return;
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		collect(&arena, providers, post, (enum channel_kind)i, list, &n);
	if (n > 0) {
		providers->asking = true;
		redis_link_send(providers->link, store_providers(&arena, providers->store, list, n),
				ASK_LIMIT, hear_told, providers);
	}
	arena_free(&arena);
}
