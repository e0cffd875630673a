#include "daemon/audit.h"

#include "daemon/prepare.h"

#define EVERY_MS 1000
#define ASK_LIMIT SPAN_S(10)
/* About so many families at a time: a few milliseconds of Redis' time. */
#define FAMILIES 20
/* A round of an empty prefix, or of a small one, is over at once. */
#define ROUND_MS 60000
#define DESKS_EVERY_MS 60000

bool audit_is_idle(const struct audit *audit)
{
	return !audit->asking;
}

int64_t audit_found_now(const struct audit *audit)
{
	const int64_t families = audit->n_found > audit->last_found ? audit->n_found
								    : audit->last_found;

	return families + audit->desks_found;
}

static void end_round(struct audit *audit)
{
	audit->last_families = audit->n_families;
	audit->last_found = audit->n_found;
	audit->last_end = instant_now();
	audit->n_families = audit->n_found = 0;
	audit->next_ms = monotonic_ms() + ROUND_MS;
}

static void note_page(struct audit *audit, const struct audited *audited)
{
	if (audited->cursor.n >= AUDIT_CURSOR_CHARS)
		return;
	audit->n_families += (int64_t)audited->n_records;
	audit->n_found += (int64_t)audited->n;
	memcpy(audit->cursor, audited->cursor.p, audited->cursor.n);
	audit->cursor[audited->cursor.n] = '\0';
	if (str_eq(audited->cursor, S("0")))
		end_round(audit);
}

static void hear(void *arg, enum err err, const struct reply *reply)
{
	struct audit *audit = arg;
	struct arena arena = ARENA_EMPTY;
	struct audited audited;

	audit->asking = false;
	if (err == OK)
		err = inspect_hear(&audit->inspector, &arena, reply, audit->with_records, &audited);
	if (err == OK && audit->at_desks)
		audit->desks_found = (int64_t)audited.n;
	else if (err == OK)
		note_page(audit, &audited);
	arena_free(&arena);
}

/* The page of families that follows on the desks is looked at more closely. */
static void ask(struct audit *audit, bool at_desks)
{
	struct arena arena = ARENA_EMPTY;
	const str cursor = audit->cursor[0] == '\0' ? S("0") : str_of(audit->cursor);

	audit->with_records = at_desks || audit->at_desks;
	audit->at_desks = at_desks;
	audit->asking = true;
	redis_link_send(audit->inspector.link,
			inspect_ask(&audit->inspector, &arena, at_desks ? S(AUDIT_DESKS) : cursor,
				    FAMILIES, audit->with_records),
			ASK_LIMIT, hear, audit);
	arena_free(&arena);
}

void audit_tick(struct audit *audit, bool prepared)
{
	const int64_t now_ms = monotonic_ms();

	if (!prepared || audit->asking || !owner_is_ours(audit->owner))
		return;
	if (now_ms >= audit->next_desks_ms) {
		audit->next_desks_ms = now_ms + DESKS_EVERY_MS;
		ask(audit, true);
	} else if (now_ms >= audit->next_ms) {
		audit->next_ms = now_ms + EVERY_MS;
		ask(audit, false);
	}
}
