/* What was refused: shown, and put back, set aside or dropped by a person. */
#include "base/utf8.h"
#include "ctl/inner.h"
#include "decide/decide.h"
#include "intake/intake.h"

typedef enum ctl_end letter_fn(struct ctl *ctl, const struct dead_letter *letter, void *arg);

static enum ctl_end each_letter(struct ctl *ctl, letter_fn *fn, void *arg)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;
	str after = STR_EMPTY;
	size_t n = 1;

	while (n > 0 && end == CTL_FINE) {
		struct reply reply;
		struct dead_letter *page;

		arena_clear(&arena);
		end = ctl_ask(ctl, &arena, store_dead(&arena, &ctl->store, after), &reply);
		if (end == CTL_FINE)
			end = ctl_heard(ctl, store_dead_read(&arena, &reply, &page, &n));
		for (size_t i = 0; end == CTL_FINE && i < n; i++)
			end = fn(ctl, &page[i], arg);
		if (end == CTL_FINE && n > 0)
			after = str_copy(&ctl->arena, page[n - 1].stream_id);
	}
	arena_free(&arena);
	return end;
}

/* --- list and show ------------------------------------------------------------------------------- */

static void answer_letter(struct ctl *ctl, const struct dead_letter *letter, bool whole)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "id", letter->stream_id);
	out_add_instant(ctl, "at", letter->at);
	json_add_text(w, "origin", letter->origin);
	out_add_refused(ctl, &letter->refused);
	json_add_bool(w, "parked", letter->parked);
	if (whole) {
		json_add_bool(w, "has_event", letter->has_event);
		json_add_text(w, letter->has_event ? "event" : "entry",
			      utf8_is(letter->bytes) ? letter->bytes
						     : text_clean(&ctl->arena, letter->bytes));
	}
	json_close(w);
}

static void write_letter(struct ctl *ctl, const struct dead_letter *letter)
{
	struct arena arena = ARENA_EMPTY;

	buf_fmt(&ctl->out, "%.*s  %.*s%s\n", STR_ARG(letter->stream_id),
		STR_ARG(out_time(ctl, &arena, letter->at)), letter->parked ? "  parked" : "");
	out_refused(ctl, S("  "), &letter->refused);
	arena_free(&arena);
}

static enum ctl_end list_letter(struct ctl *ctl, const struct dead_letter *letter, void *arg)
{
	size_t *n = arg;

	++*n;
	if (ctl->json)
		answer_letter(ctl, letter, false);
	else
		write_letter(ctl, letter);
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

enum ctl_end dead_list_run(struct ctl *ctl)
{
	enum ctl_end end = ctl_redis(ctl);
	size_t n = 0;

	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		json_open_list(&ctl->w);
	else
		(void)ctl_policy_if_fine(ctl);
	end = each_letter(ctl, list_letter, &n);
	if (ctl->json) {
		json_close_list(&ctl->w);
		out_document_end(ctl);
	} else if (end == CTL_FINE && n == 0) {
		buf_add(&ctl->out, S("Nothing was refused.\n"));
	}
	return end;
}

static enum ctl_end complain_of_letter(str id)
{
	ctl_complain("there is no dead letter %.*s: candourctl dead list shows their ids",
		     STR_ARG(id));
	return CTL_NOT_FOUND;
}

/* Looking for one. */
struct search {
	str id;
	bool found;
};

static enum ctl_end show_letter(struct ctl *ctl, const struct dead_letter *letter, void *arg)
{
	struct search *search = arg;

	if (!str_eq(letter->stream_id, search->id))
		return CTL_FINE;
	search->found = true;
	/* However much it is: what was refused may be that for its size. An escape is six bytes for one. */
	ctl->out = buf_of(&ctl->arena, OUT_BYTES_MAX + 6 * letter->bytes.n);
	if (ctl->json) {
		answer_letter(ctl, letter, true);
		out_document_end(ctl);
		return CTL_FINE;
	}
	write_letter(ctl, letter);
	buf_fmt(&ctl->out, "  came on %.*s%s\n%.*s\n", STR_ARG(letter->origin),
		letter->has_event ? "" : ", without an event; its fields:",
		STR_ARG(text_clean(&ctl->arena, letter->bytes)));
	return CTL_FINE;
}

enum ctl_end dead_show_run(struct ctl *ctl)
{
	struct search search = { .id = ctl->words[0] };
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE && !ctl->json)
		(void)ctl_policy_if_fine(ctl);
	if (end == CTL_FINE)
		end = each_letter(ctl, show_letter, &search);
	return end == CTL_FINE && !search.found ? complain_of_letter(search.id) : end;
}

/* Which letters, and what became of them. */
struct work {
	enum dead_step step;
	const struct policy *policy; /* of a dry run */
	bool all, dry;
	str *done;
	size_t n_done;
	size_t n_refused; /* their JSON stands in out */
	bool *found;      /* one for each id that was said */
};

/* What would become of a letter. */
struct trial {
	bool taken;
	struct refused refused; /* when it would not be taken */
};

/* --- replay, dry: decide as the daemon would, and write nothing ---------------------------------- */

static bool refuse(struct refused *out, enum refusal code, const char *field, const char *message)
{
	*out = (struct refused){ .code = code, .field = str_of(field), .message = str_of(message) };
	return false;
}

/* What came before, or what the plan says. True: it would be taken. */
static bool is_taken(struct arena *arena, const struct policy *policy, const struct event *event,
		     const struct loaded *loaded, struct refused *out)
{
	if (loaded->seen && loaded->same)
		return true;
	if (loaded->seen)
		return refuse(out, REFUSED_CONFLICT, "id",
			      "an event with this source and id came before, with other content");
	const struct policy with_news = news_policy(policy, &loaded->news);
	const struct plan *plan = decide(arena, &with_news, loaded->family, event, instant_now());

	if (plan->verdict == PLAN_COMMIT)
		return true;
	if (plan->verdict == PLAN_WAIT)
		return refuse(out,
			      str_starts(plan->wait_for, S("case/")) ? REFUSED_UNKNOWN_CASE
								     : REFUSED_UNKNOWN_FAMILY,
			      "subject", "it is still not known: the event would wait for it");
	*out = plan->refused;
	return false;
}

static enum ctl_end decide_dry(struct ctl *ctl, struct arena *arena, const struct work *work,
			       const struct event *event, bool own, struct trial *out)
{
	struct reply reply;
	struct loaded loaded;
	enum ctl_end end = ctl_ask(ctl, arena, store_load(arena, &ctl->store, event, own), &reply);

	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_load_read(arena, event, &reply, &loaded));
	if (end == CTL_FINE)
		out->taken = is_taken(arena, work->policy, event, &loaded, &out->refused);
	return end;
}

static enum ctl_end try_letter(struct ctl *ctl, struct arena *arena, const struct work *work,
			       const struct dead_letter *letter, struct trial *out)
{
	const bool own = str_eq(letter->origin, S("own"));
	struct event event;

	if (!letter->has_event) {
		out->taken = refuse(&out->refused, REFUSED_NO_EVENT_FIELD, "event",
				    "it holds no event to replay");
		return CTL_FINE;
	}
	out->taken = intake_parse(arena, work->policy, letter->bytes, own, &event, &out->refused);
	/* An event about a person is decided for each of their families, when it comes again. */
	if (!out->taken || event.about == SUBJECT_PERSON)
		return CTL_FINE;
	return decide_dry(ctl, arena, work, &event, own, out);
}

/* --- replay, park, drop -------------------------------------------------------------------------- */

static void note_refused(struct ctl *ctl, struct work *work, str id, const struct refused *refused)
{
	work->n_refused++;
	if (!ctl->json) {
		out_refused(ctl, str_fmt(&ctl->arena, "%.*s: ", STR_ARG(id)), refused);
		return;
	}
	json_open(&ctl->w);
	json_add_text(&ctl->w, "id", id);
	out_add_refused(ctl, refused);
	json_close(&ctl->w);
}

static enum ctl_end do_letter(struct ctl *ctl, struct work *work, str id)
{
	struct reply reply;
	struct refused refused;
	const enum ctl_end end = ctl_ask(
		ctl, &ctl->arena, store_dead_do(&ctl->arena, &ctl->store, work->step, id), &reply);

	if (end != CTL_FINE)
		return end;
	if (reply.integer == 0)
		return complain_of_letter(id);
	if (reply.integer == 1) {
		*ADD(&ctl->arena, work->done, work->n_done) = id;
		return CTL_FINE;
	}
	refuse(&refused, REFUSED_NO_EVENT_FIELD, "event", "it holds no event to replay");
	note_refused(ctl, work, id, &refused);
	return CTL_FINE;
}

static enum ctl_end rehearse(struct ctl *ctl, struct work *work, const struct dead_letter *letter)
{
	struct arena arena = ARENA_EMPTY;
	struct trial trial = { 0 };
	const str id = str_copy(&ctl->arena, letter->stream_id);
	const enum ctl_end end = try_letter(ctl, &arena, work, letter, &trial);

	if (end == CTL_FINE && trial.taken)
		*ADD(&ctl->arena, work->done, work->n_done) = id;
	else if (end == CTL_FINE)
		note_refused(ctl, work, id, &trial.refused);
	arena_free(&arena);
	return end;
}

static bool is_meant(struct ctl *ctl, struct work *work, const struct dead_letter *letter)
{
	bool meant = work->all && !letter->parked;

	for (size_t i = 0; i < ctl->n_words; i++) {
		if (!str_eq(ctl->words[i], letter->stream_id))
			continue;
		work->found[i] = true;
		meant = true;
	}
	return meant;
}

/* Only what was there at the beginning: what is refused again comes back as a new letter behind. */
struct chosen {
	struct work *work;
	str *ids;
	size_t n;
};

static enum ctl_end choose_letter(struct ctl *ctl, const struct dead_letter *letter, void *arg)
{
	struct chosen *chosen = arg;

	if (!is_meant(ctl, chosen->work, letter))
		return CTL_FINE;
	if (chosen->work->dry)
		return rehearse(ctl, chosen->work, letter);
	*ADD(&ctl->arena, chosen->ids, chosen->n) = str_copy(&ctl->arena, letter->stream_id);
	return CTL_FINE;
}

static enum ctl_end work_through(struct ctl *ctl, struct work *work)
{
	struct chosen chosen = { .work = work };
	enum ctl_end end;

	work->found = TAKE(&ctl->arena, bool, ctl->n_words + 1);
	end = each_letter(ctl, choose_letter, &chosen);
	for (size_t i = 0; i < chosen.n && end == CTL_FINE; i++)
		end = do_letter(ctl, work, chosen.ids[i]);
	for (size_t i = 0; i < ctl->n_words && end == CTL_FINE; i++)
		if (!work->found[i])
			end = complain_of_letter(ctl->words[i]);
	return end;
}

/* key: what the done ones are called in JSON; verb: the same in text. */
static enum ctl_end run_work(struct ctl *ctl, struct work *work, const char *key, const char *verb)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_key(&ctl->w, "refused");
		json_open_list(&ctl->w);
	}
	const enum ctl_end end = work_through(ctl, work);

	if (ctl->json) {
		json_close_list(&ctl->w);
		out_add_list(ctl, key, work->done, work->n_done);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else if (end == CTL_FINE) {
		buf_fmt(&ctl->out, "%zu %s\n", work->n_done, verb);
	}
	return end == CTL_FINE && work->n_refused > 0 ? CTL_REFUSED : end;
}

enum ctl_end dead_replay_run(struct ctl *ctl)
{
	struct work work = { .step = DEAD_REPLAY,
			     .all = args_has(ctl, "all"),
			     .dry = args_has(ctl, "dry-run") };
	enum ctl_end end;

	if (work.all == (ctl->n_words > 0)) {
		ctl_complain("say which: the ids of dead list, or --all");
		return CTL_USAGE;
	}
	end = ctl_redis(ctl);
	if (end == CTL_FINE && work.dry)
		end = ctl_policy(ctl, &work.policy);
	if (end != CTL_FINE)
		return end;
	return run_work(ctl, &work, "replayed",
			work.dry ? "would be taken now" : "put back on the queue");
}

enum ctl_end dead_park_run(struct ctl *ctl)
{
	struct work work = { .step = DEAD_PARK };
	const enum ctl_end end = ctl_redis(ctl);

	return end == CTL_FINE ? run_work(ctl, &work, "parked", "parked") : end;
}

enum ctl_end dead_drop_run(struct ctl *ctl)
{
	struct work work = { .step = DEAD_DROP };
	const enum ctl_end end = ctl_redis(ctl);

	return end == CTL_FINE ? run_work(ctl, &work, "dropped", "dropped") : end;
}
