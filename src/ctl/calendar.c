/* Counting time: one time limit for people, or many questions a second for programs. */
#include "ctl/inner.h"

/* --- due ----------------------------------------------------------------------------------------- */

/* What was asked, understood. */
struct question {
	struct duration length;
	const struct calendar *calendar;
	struct trigger from;
};

static bool read_from(const struct calendar *calendar, str text, struct trigger *out)
{
	date day;
	instant at;

	if (date_parse(text, &day))
		*out = trigger_of_day(day);
	else if (instant_parse(text, &at))
		*out = trigger_of_instant(calendar, at);
	else
		return false;
	return true;
}

static bool read_year(const struct ctl *ctl, int *out)
{
	int64_t year;

	if (!args_has(ctl, "year"))
		return true;
	if (!str_to_i64(args_value(ctl, "year"), &year) || year < 1600 || year > 9999)
		return false;
	*out = (int)year;
	return true;
}

static enum ctl_end read_question(struct ctl *ctl, const struct policy *policy,
				  struct question *out)
{
	const str id = args_value(ctl, "calendar"), from = args_value(ctl, "from");
	str why = STR_EMPTY;

	if (!duration_parse(&ctl->arena, ctl->words[0], &out->length, &why)) {
		ctl_complain("'%.*s': %.*s", STR_ARG(ctl->words[0]), STR_ARG(why));
		return CTL_USAGE;
	}
	out->calendar = id.n > 0 ? policy_calendar(policy, id) : policy->calendar;
	if (out->calendar == NULL) {
		ctl_complain("the policy has no calendar %.*s", STR_ARG(id));
		return CTL_NOT_FOUND;
	}
	if (!args_has(ctl, "from")) {
		out->from = trigger_of_instant(out->calendar, instant_now());
	} else if (!read_from(out->calendar, from, &out->from)) {
		ctl_complain("--from is a date (2026-11-02) or an instant "
			     "(2026-11-02T09:15:00Z)");
		return CTL_USAGE;
	}
	if (!read_year(ctl, &out->from.year)) {
		ctl_complain("--year is a year, such as 2027");
		return CTL_USAGE;
	}
	return CTL_FINE;
}

/* What was counted, from when, and which change of the clocks mattered. */
static void add_count(struct ctl *ctl, const struct question *question,
		      const struct reckoning *reckoning)
{
	struct json_writer *w = &ctl->w;
	const struct trigger *from = &question->from;

	json_add_text(w, "counted", duration_print(&ctl->arena, question->length));
	json_add_text(w, "from",
		      instant_is_never(from->at) ? date_print(&ctl->arena, from->day)
						 : instant_print(&ctl->arena, from->at));
	json_key(w, "clock_change");
	if (!date_is(reckoning->clocks_on)) {
		json_put_null(w);
		return;
	}
	json_open(w);
	out_add_date(ctl, "date", reckoning->clocks_on);
	json_add_text(w, "change", reckoning->clocks_forward ? S("forward") : S("back"));
	json_close(w);
}

static void answer_json(struct ctl *ctl, const struct question *question,
			const struct reckoning *reckoning)
{
	struct json_writer *w = &ctl->w;
	const bool is_clock = date_is(reckoning->day);

	json_open(w);
	json_key(w, "due");
	if (!is_clock)
		json_put_null(w);
	else if (instant_is_never(reckoning->at))
		json_put_text(w, date_print(&ctl->arena, reckoning->day));
	else
		json_put_text(w, instant_print(&ctl->arena, reckoning->at));
	json_key(w, "ends");
	if (is_clock)
		json_put_text(w, instant_print(&ctl->arena, reckoning->ends));
	else
		json_put_null(w);
	json_key(w, "skipped");
	json_open_list(w);
	for (size_t i = 0; i < reckoning->n_skipped; i++) {
		json_open(w);
		out_add_date(ctl, "date", reckoning->skipped[i].day);
		json_add_text(w, "why", reckoning->skipped[i].why);
		json_close(w);
	}
	json_close_list(w);
	json_add_text(w, "explained", reckoning->explained);
	add_count(ctl, question, reckoning);
	json_add_bool(w, "past_horizon", reckoning->past_horizon);
	json_close(w);
	out_document_end(ctl);
}

/* "Late from 00:00 on Wednesday 6 January 2027." */
static void answer_text(struct ctl *ctl, const struct question *question,
			const struct reckoning *reckoning)
{
	const struct local ends = zone_local(question->calendar->zone, reckoning->ends);

	out_wrap(ctl, STR_EMPTY, reckoning->explained);
	for (size_t i = 0; i < reckoning->n_skipped; i++)
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "%.*s: %.*s",
				 STR_ARG(date_words(&ctl->arena, reckoning->skipped[i].day)),
				 STR_ARG(reckoning->skipped[i].why)));
	if (date_is(reckoning->day))
		out_wrap(ctl, STR_EMPTY,
			 str_fmt(&ctl->arena, "Late from %02d:%02d on %.*s.",
				 ends.second_of_day / 3600, ends.second_of_day / 60 % 60,
				 STR_ARG(date_words(&ctl->arena, ends.day))));
	if (reckoning->past_horizon)
		out_wrap(ctl, STR_EMPTY,
			 S("Mind: the calendar's holidays are not known that far ahead."));
}

enum ctl_end due_run(struct ctl *ctl)
{
	const struct policy *policy;
	struct question question;
	enum ctl_end end = ctl_policy(ctl, &policy);

	if (end == CTL_FINE)
		end = read_question(ctl, policy, &question);
	if (end != CTL_FINE)
		return end;
	const struct reckoning reckoning = reckon_due(&ctl->arena, question.calendar, question.from,
						      question.length);

	if (reckoning.no != RECKON_FINE) {
		ctl_complain("%s", reckon_no_text(reckoning.no));
		return CTL_REFUSED;
	}
	if (ctl->json)
		answer_json(ctl, &question, &reckoning);
	else
		answer_text(ctl, &question, &reckoning);
	return CTL_FINE;
}

/* --- calendar eval ------------------------------------------------------------------------------- */

/* A stream of questions. */
struct stream {
	struct ctl *ctl;
	struct reckon_eval *eval;
	const struct policy *policy; /* read when a calendar is named first */
	bool asked_for_policy;
	enum ctl_end policy_end;
	bool fine;
};

static const struct calendar *calendar_named(void *arg, str name)
{
	struct stream *stream = arg;

	if (!stream->asked_for_policy) {
		stream->asked_for_policy = true;
		stream->policy_end = ctl_policy(stream->ctl, &stream->policy);
	}
	return stream->policy_end == CTL_FINE ? policy_calendar(stream->policy, name) : NULL;
}

static enum ctl_end eval_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct stream *stream = arg;

	(void)number;
	if (!reckon_eval_line(stream->eval, arena, line, &ctl->out))
		stream->fine = false;
	buf_byte(&ctl->out, '\n');
	/* Whoever asks may wait for this answer before the next question. */
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

enum ctl_end calendar_eval_run(struct ctl *ctl)
{
	struct stream stream = { .ctl = ctl, .fine = true };
	const str file = ctl->n_words > 0 ? ctl->words[0] : STR_EMPTY;

	stream.eval = reckon_eval_new(&ctl->arena, calendar_named, &stream);
	enum ctl_end end = lines_read(ctl, file, eval_line, &stream);

	if (end == CTL_FINE)
		end = stream.policy_end;
	return end == CTL_FINE && !stream.fine ? CTL_REFUSED : end;
}
