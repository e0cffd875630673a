/*
 * What the auditor's two walks (audit.h, night.h) share: a page of records is looked at, and what is found is one
 * log line each, and once a day one event of Candour's own, by which a person gets a task and a clock that was lost
 * is set again.
 */
#ifndef CANDOUR_DAEMON_INSPECT_H
#define CANDOUR_DAEMON_INSPECT_H

#include "base/arena.h"
#include "daemon/rules.h"
#include "io/redis_link.h"
#include "store/store.h"

struct inspector {
	struct redis_link *link;
	const struct store *store;
	struct rules *const *rules; /* those in force */
};

/* The command for a page. */
struct command inspect_ask(const struct inspector *inspector, struct arena *arena, str cursor,
			   int64_t about, bool records);
/* Reads the answer, adds what decide finds in the records, and tells all of it. */
NODISCARD enum err inspect_hear(const struct inspector *inspector, struct arena *arena,
				const struct reply *reply, bool records, struct audited *out);
/* One finding more. */
void inspect_tell(const struct inspector *inspector, const struct audit_finding *found);

#endif
