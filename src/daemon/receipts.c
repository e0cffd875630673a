#include "daemon/receipts.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/log.h"
#include "deliver/deliver.h"

#define ASK_LIMIT SPAN_S(10)
/* More than any gateway reports; beyond, each waits until the next second. */
#define A_SECOND_MAX 2000
#define PATH "/receipts/"

/* One that Redis is asked about. */
struct asking {
	struct web_wait *wait;
	struct arena arena;
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

static void refuse(struct web_answer *out, str provider, int status, const char *why)
{
	LOG(WARNING, "receipt_refused", LOG_ID("provider", provider), LOG_ID("why", str_of(why)));
	out->status = status;
	out->body = S("this is not taken\n");
}

/* --- asking Redis ------------------------------------------------------------------------------- */

static struct web_answer answer_of(const struct asking *asking, enum receipted came)
{
	struct web_answer answer = fine;

	switch (came) {
	case RECEIPT_SAID:
		note("receipt", asking->provider, asking->message,
		     str_eq(asking->kind, S("delivered")) ? "delivered" : "failed");
		break;
	case RECEIPT_SAID_BEFORE:
		break;
	case RECEIPT_UNKNOWN:
	case RECEIPT_OTHER_CHANNEL:
		refuse(&answer, asking->provider, 404, "unknown_message");
		break;
	case RECEIPT_NOT_LEFT:
		refuse(&answer, asking->provider, 409, "not_left");
		break;
	case RECEIPTED_COUNT:
		break;
	}
	return answer;
}

static void hear(void *arg, enum err err, const struct reply *reply)
{
	struct asking *asking = arg;
	enum receipted came;
	struct web_answer answer = not_now;

	if (err == OK && store_receipt_read(reply, &came, 1) == OK)
		answer = answer_of(asking, came);
	else
		LOG(WARNING, "receipt_refused", LOG_ID("provider", asking->provider),
		    LOG_ID("why", S("redis")));
	web_give(asking->wait, &answer);
	arena_free(&asking->arena);
	free(asking);
}

static void write_down(struct receipts *receipts, const struct web_request *request, str provider,
		       str message, enum receipt_meaning means)
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

static const struct provider *find_provider(const struct config *config, str name)
{
	for (size_t i = 0; i < config->n_providers; i++)
		if (str_eq(config->providers[i].name, name) && config->providers[i].receipt.there)
			return &config->providers[i];
	return NULL;
}

static str argument(const void *arg, const char *name)
{
	return web_argument(arg, name);
}

static void take(struct receipts *receipts, const struct provider *provider,
		 const struct web_request *request, struct arena *arena, struct web_answer *out)
{
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
		refuse(out, provider->name, 403, "not_proved");
		break;
	case RECEIPT_NO_RECEIPT:
		refuse(out, provider->name, 400, "not_described");
		break;
	case RECEIPT_READ:
		if (means == RECEIPT_NOTHING)
			*out = fine;
		else
			write_down(receipts, request, provider->name, message, means);
		break;
	}
}

void receipts_answer(struct receipts *receipts, const struct config *config, bool ready,
		     const struct web_request *request, struct arena *arena, struct web_answer *out)
{
	const struct provider *provider;

	if (!str_starts(request->path, S(PATH)))
		return;
	provider = find_provider(config,
				 str_slice(request->path, sizeof PATH - 1, request->path.n));
	if (provider == NULL)
		return;
	if (!ready || is_too_many(receipts))
		*out = not_now;
	else
		take(receipts, provider, request, arena, out);
}
