/* Whether what belongs together is there: see audit.lua. */
#include "base/arena.h"
#include "store/inner.h"

/* The cursor and the number of families; then three for each finding. */
#define AUDIT_HEAD 2
#define AUDIT_PARTS 3

struct command store_audit(struct arena *arena, const struct store *store, str cursor,
			   int64_t families)
{
	struct args args = args_of_script(arena, store, SCRIPT_audit);

	args_add(&args, cursor);
	args_add_int(&args, families);
	return args_command(&args);
}

enum err store_audit_read(struct arena *arena, const struct reply *reply, struct audited *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct audited audited = { 0 };

	if (err != OK)
		return err;
	if (reply->n < AUDIT_HEAD || (reply->n - AUDIT_HEAD) % AUDIT_PARTS != 0 ||
	    reply->items[0].type != REPLY_TEXT ||
	    !reply_number(&reply->items[1], &audited.n_families))
		return ERR_CORRUPT;
	audited.cursor = reply_text(arena, &reply->items[0]);
	audited.n = (reply->n - AUDIT_HEAD) / AUDIT_PARTS;
	audited.found = TAKE(arena, struct audit_finding, audited.n);
	for (size_t i = 0; i < audited.n; i++) {
		const struct reply *parts = &reply->items[AUDIT_HEAD + i * AUDIT_PARTS];

		audited.found[i] = (struct audit_finding){
			.family = reply_text(arena, &parts[0]),
			.what = reply_text(arena, &parts[1]),
			.id = reply_text(arena, &parts[2]),
		};
	}
	*out = audited;
	return OK;
}
