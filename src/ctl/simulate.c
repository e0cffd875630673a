/* A rehearsal: events in, and what they would bring about out. */
#include "simulate/simulate.h"
#include "base/zone.h"
#include "ctl/difference.h"
#include "ctl/inner.h"

struct rehearsal {
	struct ctl *ctl;
	struct simulate *simulate;
	instant until;
	date day; /* the heading that was written last */
	bool refused;
	struct hearing *hearing; /* only kept, to be compared; NULL: told as it happens */
};

/* --- what happened ------------------------------------------------------------------------------- */

static void answer_traced(struct ctl *ctl, const struct traced *traced)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	out_add_instant(ctl, "at", traced->at);
	json_add_text(w, "kind", traced->kind);
	json_add_text(w, "case", traced->case_id);
	json_add_text(w, "id", traced->id);
	json_add_text(w, "to", traced->to);
	json_add_text(w, "channel", traced->channel);
	json_add_text(w, "state", traced->state);
	json_add_text(w, "due", traced->due);
	json_add_text(w, "template", traced->template);
	json_add_text(w, "about", traced->about);
	json_add_text(w, "text", traced->text);
	json_close(w);
	out_document_end(ctl);
}

static void write_traced(struct rehearsal *rehearsal, const struct traced *traced)
{
	struct arena arena = ARENA_EMPTY;
	struct ctl *ctl = rehearsal->ctl;
	const date day = zone_date(ctl->zone, traced->at);
	const str time = out_time(ctl, &arena, traced->at);

	if (day.day != rehearsal->day.day)
		buf_fmt(&ctl->out, "%s%.*s\n", date_is(rehearsal->day) ? "\n" : "",
			STR_ARG(date_words(&arena, day)));
	rehearsal->day = day;
	out_wrap(ctl,
		 str_fmt(&arena, "  %.*s  %-7.*s  ", STR_ARG(str_slice(time, 11, time.n)),
			 STR_ARG(traced->kind)),
		 difference_line(&arena, traced->case_id, traced->text, traced->about));
	arena_free(&arena);
}

static void hear_traced(void *arg, const struct traced *traced)
{
	struct rehearsal *rehearsal = arg;
	struct ctl *ctl = rehearsal->ctl;

	if (str_eq(traced->kind, S("refused")))
		rehearsal->refused = true;
	if (rehearsal->hearing != NULL) {
		hearing_take(rehearsal->hearing, traced);
		return;
	}
	if (ctl->json)
		answer_traced(ctl, traced);
	else
		write_traced(rehearsal, traced);
	(void)out_flush(ctl);
}

/* --- what was asked ------------------------------------------------------------------------------ */

/* An event behind the end is not taken: the time it is would go on to it. */
static bool is_behind(const struct rehearsal *rehearsal, struct arena *arena, str line)
{
	const struct json *map = NULL;
	instant at;

	return json_parse(arena, line, CANDOUR_EVENT_DEPTH_MAX, &map, NULL) == JSON_FINE &&
	       instant_parse(json_text(map, "time"), &at) && instant_before(rehearsal->until, at);
}

static enum ctl_end take_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct rehearsal *rehearsal = arg;

	(void)ctl;
	(void)number;
	if (line.n > 0 && !is_behind(rehearsal, arena, line))
		simulate_event(rehearsal->simulate, line);
	return CTL_FINE;
}

/* A date is meant with the whole of its day. */
static bool read_until(const struct policy *policy, str text, instant *out)
{
	date day;

	if (instant_parse(text, out))
		return true;
	if (!date_parse(text, &day))
		return false;
	*out = instant_add(calendar_day_start(policy->calendar, date_add(day, 1)), SPAN_MS(-1));
	return true;
}

/* "mum/email=failed" */
static bool read_outcome(struct simulate *simulate, str text)
{
	str contact, rest, name, outcome;
	enum channel_kind channel;

	if (!str_cut(text, '/', &contact, &rest) || !str_cut(rest, '=', &name, &outcome) ||
	    !channel_kind_parse(name, &channel))
		return false;
	if (!str_eq(outcome, S("failed")) && !str_eq(outcome, S("later")) &&
	    !str_eq(outcome, S("unknown")))
		return false;
	simulate_outcome(simulate, contact, channel, outcome);
	return true;
}

static bool read_outcomes(const struct ctl *ctl, struct simulate *simulate)
{
	for (size_t i = 0; i < ctl->n_said; i++) {
		if (!str_eq(ctl->said[i].name, S("outcome")) ||
		    read_outcome(simulate, ctl->said[i].value))
			continue;
		ctl_complain("--outcome is CONTACT/CHANNEL=HOW, such as mum/email=failed; HOW is "
			     "failed, later or unknown");
		return false;
	}
	return true;
}

static enum ctl_end rehearse(struct rehearsal *rehearsal)
{
	struct ctl *ctl = rehearsal->ctl;

	if (!read_outcomes(ctl, rehearsal->simulate))
		return CTL_USAGE;
	const enum ctl_end end = lines_read(ctl, args_value(ctl, "events"), take_line, rehearsal);

	if (end != CTL_FINE)
		return end;
	simulate_until(rehearsal->simulate, rehearsal->until);
	return rehearsal->refused ? CTL_REFUSED : CTL_FINE;
}

/* Everything goes through one policy. */
static enum ctl_end run(struct rehearsal *rehearsal, const struct policy *policy)
{
	if (!read_until(policy, args_value(rehearsal->ctl, "until"), &rehearsal->until)) {
		ctl_complain("--until is a date (2027-04-01) or an instant "
			     "(2027-04-01T09:00:00Z)");
		return CTL_USAGE;
	}
	rehearsal->simulate = simulate_new(policy, hear_traced, rehearsal);
	const enum ctl_end end = rehearse(rehearsal);

	simulate_free(&rehearsal->simulate);
	return end;
}

/* Through one policy, then through the other. */
static enum ctl_end compare(struct ctl *ctl, const struct policy *policy, str against)
{
	struct findings findings = findings_of(&ctl->arena);
	const struct policy *old = setup_policy(&ctl->arena, against, &findings);

	if (old == NULL) {
		ctl_complain("the policy of --against has mistakes: candourctl lint --policy %.*s",
			     STR_ARG(against));
		return CTL_CONFIGURATION;
	}
	struct hearing before = { .arena = &ctl->arena, .zone = ctl->zone }, after = before;
	struct rehearsal rehearsal = { .ctl = ctl, .day = DATE_NONE, .hearing = &before };
	enum ctl_end end = run(&rehearsal, old);

	if (end != CTL_FINE && end != CTL_REFUSED)
		return end;
	rehearsal = (struct rehearsal){ .ctl = ctl, .day = DATE_NONE, .hearing = &after };
	end = run(&rehearsal, policy);
	if (end == CTL_FINE || end == CTL_REFUSED)
		difference_answer(ctl, &before, &after);
	return end;
}

enum ctl_end simulate_run(struct ctl *ctl)
{
	struct rehearsal rehearsal = { .ctl = ctl, .day = DATE_NONE };
	const struct policy *policy;

	if (!args_has(ctl, "events") || !args_has(ctl, "until")) {
		ctl_complain("it wants --events FILE and --until TIME: candourctl help simulate");
		return CTL_USAGE;
	}
	if (args_has(ctl, "against") && str_eq(args_value(ctl, "events"), S("-"))) {
		ctl_complain("--against reads the events twice, so they must be in a file");
		return CTL_USAGE;
	}
	const enum ctl_end end = ctl_policy(ctl, &policy);

	if (end != CTL_FINE)
		return end;
	return args_has(ctl, "against") ? compare(ctl, policy, args_value(ctl, "against"))
					: run(&rehearsal, policy);
}
