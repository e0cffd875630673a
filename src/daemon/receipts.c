#include "daemon/receipts.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/log.h"
#include "deliver/deliver.h"

#define ASK_LIMIT SPAN_S(10)
/* More than any gateway reports; beyond, each waits until the next second. */
#define A_SECOND_MAX 2000
#define REFUSED_EVERY_MS 60000
#define PATH "/receipts/"

/* One that Redis is asked about. */
struct asking {
	struct receipts *receipts;
	struct web_wait *wait;
	struct arena arena;
	size_t place; /* of the provider, in the configuration */
	str provider, message, kind;
};

static const struct web_answer fine = { .status = 204 };
static const struct web_answer not_now = { .status = 503,
					   .body = { "not now: say it again\n", 22 },
					   .headers = { { "Retry-After", { "60", 2 } } },
					   .n_headers = 1 };

/* Ids only: what else a receipt says stays where it came from. */
static void note(const char *line, str provider, str message, const char *result)
{
	LOG(INFO, line, LOG_ID("provider", provider), LOG_ID("message", message),
	    LOG_ID("result", str_of(result)));
}

static const char *const whys[] = {
	[REFUSAL_NOT_PROVED] = "not_proved",
	[REFUSAL_NOT_DESCRIBED] = "not_described",
	[REFUSAL_UNKNOWN_MESSAGE] = "unknown_message",
	[REFUSAL_NOT_LEFT] = "not_left",
	[REFUSAL_REDIS] = "redis",
};

/* The first is said at once; those that come within the minute are counted in the next line. */
static void note_refused(struct receipts *receipts, size_t place, str provider,
			 enum receipt_refusal why)
{
	const int64_t now_ms = monotonic_ms();
	const int64_t said_ms = receipts->refused[place][why].said_ms;

	receipts->refused[place][why].n++;
	if (said_ms != 0 && now_ms - said_ms < REFUSED_EVERY_MS)
		return;
	LOG(WARNING, "receipt_refused", LOG_ID("provider", provider),
	    LOG_ID("why", str_of(whys[why])), LOG_NUM("times", receipts->refused[place][why].n));
	receipts->refused[place][why].said_ms = now_ms;
	receipts->refused[place][why].n = 0;
}

static struct web_answer refusal(int status)
{
	return (struct web_answer){ .status = status, .body = S("this is not taken\n") };
}

/* --- asking Redis ------------------------------------------------------------------------------- */

static struct web_answer answer_of(const struct asking *asking, enum receipted came)
{
	switch (came) {
	case RECEIPT_SAID:
		note("receipt", asking->provider, asking->message,
		     str_eq(asking->kind, S("delivered")) ? "delivered" : "failed");
		break;
	case RECEIPT_SAID_BEFORE:
		break;
	case RECEIPT_UNKNOWN:
	case RECEIPT_OTHER_CHANNEL:
		note_refused(asking->receipts, asking->place, asking->provider,
			     REFUSAL_UNKNOWN_MESSAGE);
		return refusal(404);
	case RECEIPT_NOT_LEFT:
		note_refused(asking->receipts, asking->place, asking->provider, REFUSAL_NOT_LEFT);
		return refusal(409);
	case RECEIPTED_COUNT:
		break;
	}
	return fine;
}

static void hear(void *arg, enum err err, const struct reply *reply)
{
	struct asking *asking = arg;
	enum receipted came;
	struct web_answer answer = not_now;

	if (err == OK && store_receipt_read(reply, &came, 1) == OK)
		answer = answer_of(asking, came);
	else
		note_refused(asking->receipts, asking->place, asking->provider, REFUSAL_REDIS);
	web_give(asking->wait, &answer);
	arena_free(&asking->arena);
	free(asking);
}

static void write_down(struct receipts *receipts, const struct web_request *request, size_t place,
		       str provider, str message, enum receipt_meaning means)
{
	struct asking *asking = calloc(1, sizeof *asking);
	const bool number = means == RECEIPT_NUMBER;
	const struct receipt receipt = { .message = message,
					 .on = DATE_NONE,
					 .at = instant_now(),
					 .code = number ? S("number") : S("receipt"),
					 .address = number };

	if (asking == NULL)
		fatal("no memory for a receipt");
	asking->receipts = receipts;
	asking->place = place;
	asking->wait = web_wait(request);
	asking->provider = str_copy(&asking->arena, provider);
	asking->message = str_copy(&asking->arena, message);
	asking->kind = means == RECEIPT_DELIVERED ? S("delivered") : S("failed");
	redis_link_send(receipts->link,
			store_receipt(&asking->arena, receipts->store, CHANNEL_SMS, asking->kind,
				      &receipt, 1),
			ASK_LIMIT, hear, asking);
}

/* --- one receipt -------------------------------------------------------------------------------- */

static bool is_too_many(struct receipts *receipts)
{
	const int64_t second = instant_now().ms / 1000;

	if (second != receipts->second) {
		receipts->second = second;
		receipts->n = 0;
	}
	return ++receipts->n > A_SECOND_MAX;
}

/* Its place; n_providers: there is none that sends receipts. */
static size_t find_provider(const struct config *config, str name)
{
	size_t i = 0;

	while (i < config->n_providers &&
	       !(str_eq(config->providers[i].name, name) && config->providers[i].receipt.there))
		i++;
	return i;
}

static str argument(const void *arg, const char *name)
{
	return web_argument(arg, name);
}

static void take(struct receipts *receipts, const struct config *config, size_t place,
		 const struct web_request *request, struct arena *arena, struct web_answer *out)
{
	const struct provider *provider = &config->providers[place];
	const struct receipt_call call = { .method = request->method,
					   .body = request->body,
					   .authorization = web_header(request, "Authorization"),
					   .signature = web_header(request, "X-Twilio-Signature"),
					   .argument = argument,
					   .arg = request };
	enum receipt_meaning means;
	str message;

	switch (deliver_receipt(arena, provider, &call, &message, &means)) {
	case RECEIPT_NOT_PROVED:
		note_refused(receipts, place, provider->name, REFUSAL_NOT_PROVED);
		*out = refusal(403);
		break;
	case RECEIPT_NO_RECEIPT:
		note_refused(receipts, place, provider->name, REFUSAL_NOT_DESCRIBED);
		*out = refusal(400);
		break;
	case RECEIPT_READ:
		if (is_too_many(receipts))
			*out = not_now;
		else if (means == RECEIPT_NOTHING)
			*out = fine;
		else
			write_down(receipts, request, place, provider->name, message, means);
		break;
	}
}

void receipts_answer(struct receipts *receipts, const struct config *config, bool ready,
		     const struct web_request *request, struct arena *arena, struct web_answer *out)
{
	size_t place;

	if (!str_starts(request->path, S(PATH)))
		return;
	place = find_provider(config, str_slice(request->path, sizeof PATH - 1, request->path.n));
	if (place == config->n_providers)
		return;
	if (ready)
		take(receipts, config, place, request, arena, out);
	else
		*out = not_now;
}
