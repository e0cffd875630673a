#include "daemon/owner.h"

#include "base/arena.h"
#include "base/log.h"

#define ACQUIRE_MS 1000
#define MARGIN_MS 2000
#define ASK_LIMIT SPAN_MS(LEASE_MS - MARGIN_MS)

bool owner_is_ours(const struct owner *owner)
{
	return owner->store->token.n != 0 && monotonic_ms() < owner->ours_until_ms;
}

void owner_lose(struct owner *owner)
{
	if (owner->store->token.n == 0)
		return;
	owner->store->token = STR_EMPTY;
	owner->ours_until_ms = 0;
	owner->lost(owner->arg);
}

static void stand_by(struct owner *owner)
{
	owner_lose(owner);
	if (!owner->standing_by)
		log_line(LOG_INFO, "standby", NULL, 0);
	owner->standing_by = true;
}

/* A token that is not the one before means that others may have owned it in between. */
static void own(struct owner *owner, str token)
{
	const bool same = str_eq(owner->store->token, token);

	require(token.n < sizeof owner->token);
	if (!same)
		owner_lose(owner);
	owner->ours_until_ms = owner->asked_ms + LEASE_MS - MARGIN_MS;
	owner->standing_by = false;
	if (same)
		return;
	memcpy(owner->token, token.p, token.n);
	owner->store->token = (str){ owner->token, token.n };
	owner->gained(owner->arg);
}

static void hear_lease(void *arg, enum err err, const struct reply *reply)
{
	struct owner *owner = arg;
	struct arena arena = ARENA_EMPTY;
	enum lease lease;
	str token;

	owner->asking = false;
	if (err == OK) {
		err = store_lease_read(&arena, reply, &lease, &token);
		if (err != OK)
			owner->trouble(owner->arg, reply->text);
		else if (lease == LEASE_THEIRS)
			stand_by(owner);
		else
			own(owner, token);
	}
	owner->next_ms = owner->asked_ms +
			 (owner->store->token.n != 0 && err == OK ? LEASE_RENEW_MS : ACQUIRE_MS);
	arena_free(&arena);
}

span owner_tick(struct owner *owner, str policy)
{
	const int64_t now_ms = monotonic_ms();
	struct arena arena = ARENA_EMPTY;

	if (owner->asking)
		return SPAN_MS(ACQUIRE_MS);
	if (now_ms < owner->next_ms)
		return SPAN_MS(owner->next_ms - now_ms);
	owner->asking = true;
	owner->asked_ms = now_ms;
	redis_link_send(owner->link, store_lease(&arena, owner->store, owner->random, policy),
			ASK_LIMIT, hear_lease, owner);
	arena_free(&arena);
	return SPAN_MS(ACQUIRE_MS);
}
