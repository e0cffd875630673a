/* What we hold ourselves to, and no clock of a duty's watches over: that the family is told soon after
 * something happened, and that somebody speaks to them before bad news. Where that was not so, the evidence
 * says it, and those who answer for the service hear it. */
#include "decide/inner.h"

static void say_missed(struct turn *turn, struct case_file *file, const char *moment, str what,
		       str facts)
{
	const struct event_rule *rule = policy_standard(turn->policy, str_of(moment));
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(
			turn->arena, "%.*s/%.*s/%s",
			STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16)),
			STR_ARG(file->id), moment),
		.rule = str_fmt(turn->arena, "standards/%s", moment),
		.what = what,
		.facts = facts,
	};
	if (rule != NULL)
		say(turn, &occasion, rule->says, rule->n_says);
}

static str print_standard(const struct turn *turn, const struct standard *standard)
{
	struct buf buf = buf_of(turn->arena, 2048);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "standard", standard->id);
	json_add_text(&w, "title", standard->title);
	json_add_text(&w, "within", duration_print(turn->arena, standard->within));
	json_close(&w);
	return buf_str(&buf);
}

/* For the report: it has no date that could be promised. */
static str print_missed(const struct turn *turn, const struct case_file *file, str standard,
			str title)
{
	struct buf buf = buf_of(turn->arena, 2048);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "standard", standard);
	json_add_text(&w, "title", title);
	json_add_text(&w, "service", file->service);
	json_add_text(&w, "on", date_print(turn->arena, turn->today));
	json_close(&w);
	return buf_str(&buf);
}

/* Reported so long after the day on which it happened that they can only hear it too late. */
static const struct standard *missed_by(const struct turn *turn, const struct case_file *file,
					const struct saying *saying)
{
	const struct standard *standard = saying->within.n > 0
						  ? policy_minimum(turn->policy, saying->within)
						  : NULL;
	if (standard == NULL)
		return NULL;
	date last = reckon_due(turn->arena, case_calendar(turn, file),
			       trigger_of_day(turn->event->on), standard->within)
			    .day;
	/* After an outage of ours it was reported in time all the same. */
	date reported = calendar_date(turn->policy->calendar, turn->event->time);
	return date_is(last) && date_before(last, reported) ? standard : NULL;
}

void missed_look(struct turn *turn, const struct occasion *occasion, const struct saying *sayings,
		 size_t n)
{
	const struct standard *missed = NULL;
	struct case_file *file = occasion->file;
	/* That it is late is not late itself. */
	bool is_told_late = str_eq(occasion->rule, S("standards/told.late"));
	for (size_t i = 0; i < n && missed == NULL && file != NULL; i++)
		missed = missed_by(turn, file, &sayings[i]);
	if (missed == NULL || is_told_late)
		return;
	entry_add(turn, "note", turn->event->id, file->id,
		  str_fmt(turn->arena, "The family is told later than %.*s wants it",
			  STR_ARG(missed->id)),
		  print_missed(turn, file, missed->id, missed->title));
	say_missed(turn, file, "told.late",
		   str_fmt(turn->arena, "Told later than we promise: %.*s", STR_ARG(missed->title)),
		   print_standard(turn, missed));
}

void missed_speak(struct turn *turn, struct case_file *file, const struct task *task)
{
	entry_add(turn, "task", task->id, file->id,
		  S("Nobody has spoken to the family in time: the notice leaves"),
		  print_missed(turn, file, S("speak_first"),
			       S("Somebody speaks to them before bad news")));
	say_missed(turn, file, "speak.missed", S("Nobody spoke to the family before bad news"),
		   STR_EMPTY);
}
