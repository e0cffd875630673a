/*
 * What providers of text messages say later, by HTTP: POST or GET /receipts/PROVIDER.
 *
 * A receipt is answered when it is in Redis as an event of our own, so that none is lost between the two;
 * any daemon of the prefix takes it, whoever decides. Who is not known learns nothing. The answers:
 *
 *	204   it is written down, or was before, or says nothing yet
 *	400   it is no receipt as the provider's description says
 *	403   whoever sends it is not known
 *	404   no such provider, or no message of ours
 *	409   a message that never left the house
 *	503   not now: Redis does not answer, or too many come at once; the provider says it again
 */
#ifndef CANDOUR_DAEMON_RECEIPTS_H
#define CANDOUR_DAEMON_RECEIPTS_H

#include "io/http_server.h"
#include "io/redis_link.h"
#include "setup/setup.h"
#include "store/store.h"

/* Why one is not taken. */
enum receipt_refusal {
	REFUSAL_NOT_PROVED,
	REFUSAL_NOT_DESCRIBED,
	REFUSAL_UNKNOWN_MESSAGE,
	REFUSAL_NOT_LEFT,
	REFUSAL_REDIS,
	REFUSALS_COUNT
};

struct receipts {
	/* All borrowed; they stay while the server is open. */
	struct redis_link *link;
	const struct store *store;
	/* how many that are proved came in this second: what a stranger sends shuts nobody out */
	int64_t second;
	size_t n;
	/* Refusals of the same kind by provider, in the order of the configuration: when the log last said so,
	 * and how many came since. It says so once a minute, however many come. */
	struct {
		int64_t said_ms;
		int64_t n;
	} refused[PROVIDERS_MAX][REFUSALS_COUNT];
};

/* Answers a request, at once or when Redis has; out alone: there is nothing at this path. ready: Redis
 * can be asked. */
void receipts_answer(struct receipts *receipts, const struct config *config, bool ready,
		     const struct web_request *request, struct arena *arena,
		     struct web_answer *out);

#endif
