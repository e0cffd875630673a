/* A rehearsal: events in, and what they would bring about out. */
#include "simulate/simulate.h"
#include "base/zone.h"
#include "ctl/difference.h"
#include "ctl/inner.h"

struct rehearsal {
	struct ctl *ctl;
	struct simulate *simulate;
	instant until, last; /* last: the time of the line before */
	int64_t n_back,
		first_back; /* lines whose time lies before one above, and the first of them */
	bool warns;         /* of those */
	date day;           /* the heading that was written last */
	bool refused;
	struct hearing *hearing; /* only kept, to be compared; NULL: told as it happens */
	const struct policy *policy;
	const struct words *words; /* --words: each message is shown; else NULL */
	struct arena saying;       /* of what was handed over last: */
	str said_id, said;
};

/* --- what a message says ------------------------------------------------------------------------- */

/* As it is handed over; its line is told right behind. */
static void hear_handed_over(void *arg, instant at, const struct message *message)
{
	struct rehearsal *rehearsal = arg;
	struct arena *arena = &rehearsal->saying;
	struct worded worded;
	str why = STR_EMPTY;

	arena_clear(arena);
	rehearsal->said_id = str_copy(arena, message->id);
	if (words_render(arena, rehearsal->words, rehearsal->policy, message,
			 calendar_date(rehearsal->policy->calendar, at), &worded, &why))
		rehearsal->said = worded_text(arena, message->channel, &worded);
	else
		rehearsal->said = str_fmt(arena, "(It cannot be worded: %.*s)\n", STR_ARG(why));
}

/* What the line's message says; empty where it says nothing, or it was not asked for. */
static str said_in(const struct rehearsal *rehearsal, const struct traced *traced)
{
	const bool is_its = rehearsal->said.n > 0 && str_eq(rehearsal->said_id, traced->id);

	return is_its ? rehearsal->said : STR_EMPTY;
}

/* Below its line. */
static void write_said(struct ctl *ctl, str said)
{
	str line, blank = STR_EMPTY;

	while (str_line(&said, &line)) {
		if (line.n == 0) {
			blank = S("    |\n");
			continue;
		}
		buf_add(&ctl->out, blank);
		buf_fmt(&ctl->out, "    | %.*s\n", STR_ARG(line));
		blank = STR_EMPTY;
	}
}

/* --- what happened ------------------------------------------------------------------------------- */

static void answer_traced(struct rehearsal *rehearsal, const struct traced *traced)
{
	struct ctl *ctl = rehearsal->ctl;
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
	if (traced->again)
		json_add_bool(w, "again", true);
	if (rehearsal->words != NULL)
		json_add_text(w, "words", said_in(rehearsal, traced));
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
	if (said_in(rehearsal, traced).n > 0)
		write_said(ctl, said_in(rehearsal, traced));
	arena_free(&arena);
}

static void hear_traced(void *arg, const struct traced *traced)
{
	struct rehearsal *rehearsal = arg;
	struct ctl *ctl = rehearsal->ctl;

	if (str_eq(traced->kind, S("refused")))
		rehearsal->refused = true;
	/* For people the same list is not said every day, and two policies do not differ in it. */
	if (traced->again && (rehearsal->hearing != NULL || !ctl->json))
		return;
	if (rehearsal->hearing != NULL) {
		hearing_take(rehearsal->hearing, traced);
		return;
	}
	if (ctl->json)
		answer_traced(rehearsal, traced);
	else
		write_traced(rehearsal, traced);
	(void)out_flush(ctl);
}

/* --- what was asked ------------------------------------------------------------------------------ */

/* INSTANT_NEVER: it has none. */
static instant time_in(struct arena *arena, str line)
{
	const struct json *map = NULL;
	instant at;

	if (json_parse(arena, line, CANDOUR_EVENT_DEPTH_MAX, &map, NULL) == JSON_FINE &&
	    instant_parse(json_text(map, "time"), &at))
		return at;
	return INSTANT_NEVER;
}

static void note_order(struct rehearsal *rehearsal, int64_t number, instant at)
{
	if (instant_is_never(at))
		return;
	if (instant_before(at, rehearsal->last) && rehearsal->n_back++ == 0)
		rehearsal->first_back = number;
	if (instant_before(rehearsal->last, at))
		rehearsal->last = at;
}

static enum ctl_end take_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct rehearsal *rehearsal = arg;

	(void)ctl;
	if (line.n == 0)
		return CTL_FINE;
	const instant at = time_in(arena, line);

	/* One behind the end is not taken: the time it is would go on to it. */
	if (!instant_is_never(at) && instant_before(rehearsal->until, at))
		return CTL_FINE;
	note_order(rehearsal, number, at);
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
	if (rehearsal->n_back > 0 && rehearsal->warns)
		ctl_complain(
			"%lld events are out of order, the first in line %lld: each is taken at the "
			"time of the one before it",
			(long long)rehearsal->n_back, (long long)rehearsal->first_back);
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
	rehearsal->policy = policy;
	rehearsal->simulate = simulate_new(policy, hear_traced, rehearsal);
	if (rehearsal->words != NULL)
		simulate_watch(rehearsal->simulate,
			       &(struct simulate_watch){ .handed_over = hear_handed_over,
							 .arg = rehearsal });
	const enum ctl_end end = rehearse(rehearsal);

	simulate_free(&rehearsal->simulate);
	arena_free(&rehearsal->saying);
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
	rehearsal = (struct rehearsal){
		.ctl = ctl, .day = DATE_NONE, .hearing = &after, .warns = true
	};
	end = run(&rehearsal, policy);
	if (end == CTL_FINE || end == CTL_REFUSED)
		difference_answer(ctl, &before, &after);
	return end;
}

static enum ctl_end read_words(struct ctl *ctl, const struct words **out)
{
	struct findings findings = findings_of(&ctl->arena);
	const enum ctl_end end = ctl_config(ctl);

	if (end != CTL_FINE)
		return end;
	*out = words_read(&ctl->arena, ctl->config.templates, &findings);
	if (*out != NULL)
		return CTL_FINE;
	ctl_complain("the templates have mistakes: candourctl lint");
	return CTL_CONFIGURATION;
}

enum ctl_end simulate_run(struct ctl *ctl)
{
	struct rehearsal rehearsal = { .ctl = ctl, .day = DATE_NONE, .warns = true };
	const struct policy *policy;

	if (!args_has(ctl, "events") || !args_has(ctl, "until")) {
		ctl_complain("it wants --events FILE and --until TIME: candourctl help simulate");
		return CTL_USAGE;
	}
	if (args_has(ctl, "against") && str_eq(args_value(ctl, "events"), S("-"))) {
		ctl_complain("--against reads the events twice, so they must be in a file");
		return CTL_USAGE;
	}
	if (args_has(ctl, "against") && args_has(ctl, "words")) {
		ctl_complain("--against tells what another policy changes, and not what is said");
		return CTL_USAGE;
	}
	enum ctl_end end = ctl_policy(ctl, &policy);

	if (end == CTL_FINE && args_has(ctl, "words"))
		end = read_words(ctl, &rehearsal.words);
	if (end != CTL_FINE)
		return end;
	return args_has(ctl, "against") ? compare(ctl, policy, args_value(ctl, "against"))
					: run(&rehearsal, policy);
}
