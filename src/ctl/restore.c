/* After a restore from a back-up: everything is held, until a person lets it go. */
#include "ctl/inner.h"

enum ctl_end restore_hold_run(struct ctl *ctl)
{
	struct reply reply;
	enum ctl_end end;
	str reason;

	if (!args_reason(ctl, &reason)) {
		ctl_complain("say why: --reason TEXT");
		return CTL_USAGE;
	}
	end = ctl_redis(ctl);
	if (end == CTL_FINE)
		end = ctl_ask(ctl, &ctl->arena,
			      store_hold(&ctl->arena, &ctl->store, reason, instant_now()), &reply);
	if (end == CTL_FINE && !ctl->json)
		buf_add(&ctl->out, S("all is held: candourctl restore release lets it go\n"));
	return end;
}

/* A hundred messages at a time, so that Redis answers others in between. */
static enum ctl_end let_go(struct ctl *ctl, instant until, int64_t *out_n)
{
	const bool again = args_has(ctl, "again");

	*out_n = 0;
	for (;;) {
		struct arena arena = ARENA_EMPTY;
		struct reply reply = { .type = REPLY_NIL };
		const enum ctl_end end = ctl_ask(
			ctl, &arena, store_let_go(&arena, &ctl->store, until, again, instant_now()),
			&reply);
		const bool nothing = reply.type == REPLY_NIL;
		const int64_t n = reply.type == REPLY_INTEGER ? reply.integer : 0;

		arena_free(&arena);
		if (end != CTL_FINE)
			return end;
		if (nothing && *out_n == 0) {
			ctl_complain("nothing is held");
			return CTL_NOT_FOUND;
		}
		*out_n += n;
		progress_show(ctl, *out_n, "messages");
		if (n == 0)
			break;
	}
	progress_end(ctl);
	return CTL_FINE;
}

enum ctl_end restore_release_run(struct ctl *ctl)
{
	instant until = instant_now();
	int64_t n;

	if (args_has(ctl, "until") && (!instant_parse(args_value(ctl, "until"), &until) ||
				       instant_before(instant_now(), until))) {
		ctl_complain("--until is an instant that has passed: 2026-11-26T14:30:00Z");
		return CTL_USAGE;
	}
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = let_go(ctl, until, &n);
	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_int(&ctl->w, "unknown", n);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else {
		buf_fmt(&ctl->out, "let go; %lld messages may have left before: each has a task\n",
			(long long)n);
	}
	return CTL_FINE;
}
