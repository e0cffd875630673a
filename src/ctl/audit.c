/* One whole round of what the daemon's auditor does without end. */
#include "ctl/inner.h"

#define FAMILIES 100

static void answer_finding(struct ctl *ctl, const struct audit_finding *one)
{
	if (!ctl->json) {
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "family %.*s: %.*s (%.*s)", STR_ARG(one->family),
				 STR_ARG(one->what), STR_ARG(one->id)));
		return;
	}
	json_open(&ctl->w);
	json_add_text(&ctl->w, "family", one->family);
	json_add_text(&ctl->w, "what", one->what);
	json_add_text(&ctl->w, "id", one->id);
	json_close(&ctl->w);
}

static enum ctl_end go_round(struct ctl *ctl, int64_t *families, int64_t *found)
{
	struct arena *arena = &ctl->arena;
	str cursor = S("0");

	do {
		struct reply reply;
		struct audited audited;
		enum ctl_end end = ctl_ask(
			ctl, arena, store_audit(arena, &ctl->store, cursor, FAMILIES), &reply);

		if (end == CTL_FINE)
			end = ctl_heard(ctl, store_audit_read(arena, &reply, &audited));
		if (end != CTL_FINE)
			return end;
		for (size_t i = 0; i < audited.n; i++)
			answer_finding(ctl, &audited.found[i]);
		*families += audited.n_families;
		*found += (int64_t)audited.n;
		cursor = audited.cursor;
		progress_show(ctl, *families, "families");
	} while (!str_eq(cursor, S("0")));
	progress_end(ctl);
	return CTL_FINE;
}

enum ctl_end audit_run(struct ctl *ctl)
{
	int64_t families = 0, found = 0;
	enum ctl_end end = ctl_redis(ctl);

	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_open(&ctl->w);
		json_key(&ctl->w, "found");
		json_open_list(&ctl->w);
	}
	end = go_round(ctl, &families, &found);
	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_close_list(&ctl->w);
		json_add_int(&ctl->w, "families", families);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else {
		buf_fmt(&ctl->out, "%lld families, %lld findings\n", (long long)families,
			(long long)found);
	}
	return found > 0 ? CTL_REFUSED : CTL_FINE;
}
