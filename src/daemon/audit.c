#include "daemon/audit.h"

#include "base/log.h"
#include "daemon/prepare.h"

#define EVERY_MS 1000
#define ASK_LIMIT SPAN_S(10)
/* About so many families at a time: a few milliseconds of Redis' time. */
#define FAMILIES 20
/* A round of an empty prefix, or of a small one, is over at once. */
#define ROUND_MS 60000
/* So many lines of one answer: the number has them all. */
#define LINES_MAX 20

bool audit_is_idle(const struct audit *audit)
{
	return !audit->asking;
}

static void tell_found(const struct audited *audited)
{
	for (size_t i = 0; i < audited->n && i < LINES_MAX; i++) {
		const struct audit_finding *one = &audited->found[i];

		LOG(ERROR, "audit_found", LOG_ID("what", one->what), LOG_ID("family", one->family),
		    LOG_ID("id", one->id));
	}
}

static void end_round(struct audit *audit)
{
	audit->last_families = audit->n_families;
	audit->found = audit->n_found;
	audit->last_end = instant_now();
	audit->n_families = audit->n_found = 0;
	audit->next_ms = monotonic_ms() + ROUND_MS;
}

static void hear(void *arg, enum err err, const struct reply *reply)
{
	struct audit *audit = arg;
	struct arena arena = ARENA_EMPTY;
	struct audited audited;

	audit->asking = false;
	if (err == OK && reply->type == REPLY_ERROR)
		log_trouble(reply->text);
	if (err == OK)
		err = store_audit_read(&arena, reply, &audited);
	if (err == OK && audited.cursor.n < AUDIT_CURSOR_CHARS) {
		tell_found(&audited);
		audit->n_families += audited.n_families;
		audit->n_found += (int64_t)audited.n;
		if (audit->found < audit->n_found)
			audit->found = audit->n_found;
		memcpy(audit->cursor, audited.cursor.p, audited.cursor.n);
		audit->cursor[audited.cursor.n] = '\0';
		if (str_eq(audited.cursor, S("0")))
			end_round(audit);
	}
	arena_free(&arena);
}

void audit_tick(struct audit *audit, bool prepared)
{
	struct arena arena = ARENA_EMPTY;
	const int64_t now_ms = monotonic_ms();

	if (!prepared || audit->asking || now_ms < audit->next_ms || !owner_is_ours(audit->owner))
		return;
	audit->asking = true;
	audit->next_ms = now_ms + EVERY_MS;
	redis_link_send(audit->link,
			store_audit(&arena, audit->store,
				    audit->cursor[0] == '\0' ? S("0") : str_of(audit->cursor),
				    FAMILIES),
			ASK_LIMIT, hear, audit);
	arena_free(&arena);
}
