#include "daemon/inspect.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "daemon/prepare.h"
#include "decide/decide.h"
#include "intake/intake.h"

#define ASK_LIMIT SPAN_S(10)
/* So many are told of one page: their number has them all. */
#define TOLD_MAX 20

struct command inspect_ask(const struct inspector *inspector, struct arena *arena, str cursor,
			   int64_t about, bool records)
{
	const struct policy *policy = &(*inspector->rules)->policy;
	const bool desks = str_eq(cursor, S(AUDIT_DESKS));

	return store_audit(arena, inspector->store,
			   &(struct audit_page){ .cursor = cursor,
						 .about = about,
						 .records = records,
						 .policy = policy->version,
						 .now = instant_now(),
						 .services = policy->services,
						 .n_services = desks ? policy->n_services : 0 });
}

/* --- telling ------------------------------------------------------------------------------------- */

/* What was lost is found, and told, again. */
static void hear_published(void *arg, enum err err, const struct reply *reply)
{
	(void)arg;
	(void)answer_came(err, reply);
}

/* What cannot be read cannot be decided about: that is the operator's alone. */
static bool is_readable(str what)
{
	return !str_starts(what, S("record_"));
}

/* The same of one day is the same event. */
static str print_event(struct arena *arena, const struct audit_finding *found, date today)
{
	const str parts[] = { found->family, S(" "), found->what, S(" "), found->id };
	const struct hash hash = hash_of(parts, sizeof parts / sizeof *parts);
	const bool desk = str_starts(found->family, S(DESK_PREFIX));
	const str name = str_slice(found->family, desk ? sizeof DESK_PREFIX - 1 : 0,
				   found->family.n);
	struct buf data = buf_of(arena, 1024);
	struct json_writer w = { .buf = &data };

	json_open(&w);
	json_add_text(&w, "what", found->what);
	json_add_text(&w, "id", found->id);
	json_close(&w);
	return intake_own_event(
		arena,
		&(struct own_event){
			.source = S("candour"),
			.id = str_fmt(arena, "audit.%.*s.%.*s", STR_ARG(date_print(arena, today)),
				      STR_ARG(str_slice(hash_hex(arena, &hash), 0, 24))),
			.type = kind_type(KIND_AUDIT_FOUND),
			.subject = str_join(arena, desk ? S("service/") : S("family/"), name),
			.time = { today.day * SPAN_DAYS(1).ms },
			.data = data.too_long ? S("{}") : buf_str(&data),
		});
}

void inspect_tell(const struct inspector *inspector, const struct audit_finding *found)
{
	const struct policy *policy = &(*inspector->rules)->policy;
	struct arena arena = ARENA_EMPTY;

	LOG(ERROR, "audit_found", LOG_ID("what", found->what), LOG_ID("family", found->family),
	    LOG_ID("id", found->id), LOG_ID("why", found->why));
	if (is_readable(found->what)) {
		const date today = calendar_date(policy->calendar, instant_now());

		redis_link_send(inspector->link,
				store_publish_own(&arena, inspector->store,
						  print_event(&arena, found, today)),
				ASK_LIMIT, hear_published, NULL);
	}
	arena_free(&arena);
}

/* --- looking ------------------------------------------------------------------------------------- */

enum err inspect_hear(const struct inspector *inspector, struct arena *arena,
		      const struct reply *reply, bool records, struct audited *out)
{
	enum err err = store_audit_read(arena, reply, records, out);

	if (!answer_is_read(err, reply, "what the auditor was given is damaged"))
		return err;
	if (records)
		audited_look(arena, out, &(*inspector->rules)->policy, instant_now(),
			     decide_overlooked);
	for (size_t i = 0; i < out->n && i < TOLD_MAX; i++)
		inspect_tell(inspector, &out->found[i]);
	return OK;
}
