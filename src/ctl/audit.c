/* One whole round of what the daemon's auditor does without end. */
#include "ctl/inner.h"
#include "decide/decide.h"

#define FAMILIES 100

static void answer_finding(struct ctl *ctl, const struct audit_finding *one)
{
	if (!ctl->json) {
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "%.*s: %.*s (%.*s)", STR_ARG(one->family),
				 STR_ARG(one->what), STR_ARG(one->id)));
		return;
	}
	json_open(&ctl->w);
	json_add_text(&ctl->w, "family", one->family);
	json_add_text(&ctl->w, "what", one->what);
	json_add_text(&ctl->w, "id", one->id);
	json_close(&ctl->w);
}

struct round {
	const struct policy *policy; /* NULL: it has mistakes */
	int64_t families, desks, found;
	bool busy;
};

static enum ctl_end look_at_page(struct ctl *ctl, struct arena *arena, struct round *round,
				 str *cursor)
{
	const struct policy *policy = round->policy;
	const bool desks = str_eq(*cursor, S(AUDIT_DESKS));
	const struct audit_page page = { .cursor = *cursor,
					 .about = FAMILIES,
					 .records = policy != NULL,
					 .policy = policy != NULL ? policy->version : STR_EMPTY,
					 .now = instant_now(),
					 .services = policy != NULL ? policy->services : NULL,
					 .n_services = desks && policy != NULL ? policy->n_services
									       : 0 };
	struct audited audited;
	struct reply reply;
	enum ctl_end end = ctl_ask(ctl, arena, store_audit(arena, &ctl->store, &page), &reply);

	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_audit_read(arena, &reply, page.records, &audited));
	if (end != CTL_FINE)
		return end;
	round->busy |= audited.busy && page.records;
	if (page.records)
		audited_look(arena, &audited, policy, instant_now(), decide_overlooked);
	for (size_t i = 0; i < audited.n; i++)
		answer_finding(ctl, &audited.found[i]);
	*(desks ? &round->desks : &round->families) += (int64_t)audited.n_records;
	round->found += (int64_t)audited.n;
	*cursor = str_copy(&ctl->arena, audited.cursor);
	return CTL_FINE;
}

static enum ctl_end go_round(struct ctl *ctl, struct round *round)
{
	struct arena arena = ARENA_EMPTY;
	str cursor = S(AUDIT_DESKS);
	enum ctl_end end = look_at_page(ctl, &arena, round, &cursor);

	do {
		arena_clear(&arena);
		if (end == CTL_FINE)
			end = look_at_page(ctl, &arena, round, &cursor);
		progress_show(ctl, round->families, "families");
	} while (end == CTL_FINE && !str_eq(cursor, S("0")));
	progress_end(ctl);
	arena_free(&arena);
	return end;
}

enum ctl_end audit_run(struct ctl *ctl)
{
	struct round round = { 0 };
	enum ctl_end end = ctl_redis(ctl);

	if (end != CTL_FINE)
		return end;
	round.policy = ctl_policy_if_fine(ctl);
	if (round.policy == NULL)
		ctl_complain("the policy has mistakes: desks, and what is overdue, are left out");
	if (ctl->json) {
		json_open(&ctl->w);
		json_key(&ctl->w, "found");
		json_open_list(&ctl->w);
	}
	end = go_round(ctl, &round);
	if (end != CTL_FINE)
		return end;
	if (round.busy)
		ctl_complain(
			"events have waited for long, or not all is dated under this policy yet: what is "
			"overdue is left out");
	if (ctl->json) {
		json_close_list(&ctl->w);
		json_add_int(&ctl->w, "families", round.families);
		json_add_int(&ctl->w, "desks", round.desks);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else {
		buf_fmt(&ctl->out, "%lld families, %lld desks, %lld findings\n",
			(long long)round.families, (long long)round.desks, (long long)round.found);
	}
	return round.found > 0 ? CTL_REFUSED : CTL_FINE;
}
