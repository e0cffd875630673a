/* What may be opted out of: questionnaires after milestones, and how much of it a week holds. None of
 * it ever delays what must be said. */
#include "decide/inner.h"

#define SURVEY_RULE "standards/survey.due"

static void note(struct turn *turn, const struct intent *intent, const char *why)
{
	entry_add(turn, "note", intent->event_id, intent->case_id,
		  str_fmt(turn->arena, "Not said: %.*s (%s)", STR_ARG(intent->template), why),
		  STR_EMPTY);
}

/* --- so many a week ------------------------------------------------------------------------------ */

static void wait_until(struct turn *turn, const struct intent *intent, date day)
{
	struct family *family = turn->family;
	struct intent *later = GROW(turn->arena, family->intents, family->n_intents);
	*later = *intent;
	later->not_before = calendar_day_start(turn->policy->calendar, day);
	entry_add(turn, "note", intent->event_id, intent->case_id,
		  str_fmt(turn->arena,
			  "%.*s waits until %.*s: the family has heard enough this week",
			  STR_ARG(intent->template), STR_ARG(date_words(turn->arena, day))),
		  STR_EMPTY);
}

static bool count_week(struct turn *turn, const struct intent *intent)
{
	struct family *family = turn->family;
	int max = turn->policy->people.optional_per_week;
	if (!date_is(family->optional_from) ||
	    !date_before(turn->today, date_add(family->optional_from, 7))) {
		family->optional_from = turn->today;
		family->optional_n = 0;
	}
	if (max > 0 && family->optional_n >= (size_t)max) {
		wait_until(turn, intent, date_add(family->optional_from, 7));
		return false;
	}
	family->optional_n++;
	return true;
}

/* --- questionnaires ------------------------------------------------------------------------------ */

static bool may_survey(struct turn *turn, const struct intent *intent)
{
	struct family *family = turn->family;
	int days = turn->policy->people.survey_days;
	if (days > 0 && date_is(family->surveyed_on) &&
	    date_before(turn->today, date_add(family->surveyed_on, days))) {
		note(turn, intent, "the family had a questionnaire not long ago");
		return false;
	}
	return true;
}

bool optional_may(struct turn *turn, const struct intent *intent)
{
	bool survey = str_starts(intent->rule, S(SURVEY_RULE));
	size_t n;
	if (intent->grade != GRADE_OPTIONAL)
		return true;
	/* Nobody wants it: it is neither counted nor does it wait. */
	(void)people_for(turn, intent, &n);
	if (n == 0) {
		note(turn, intent, "nobody wants it");
		return false;
	}
	if ((survey && !may_survey(turn, intent)) || !count_week(turn, intent))
		return false;
	if (survey)
		turn->family->surveyed_on = turn->today;
	return true;
}

void survey_follow(struct turn *turn, struct case_file *file)
{
	const struct event_rule *rule = policy_standard(turn->policy, S("survey.due"));
	if (rule == NULL)
		return;
	const struct occasion occasion = {
		.file = file,
		.id = str_fmt(
			turn->arena, "%.*s/survey/%.*s", STR_ARG(file->id),
			STR_ARG(str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 16))),
		.rule = S(SURVEY_RULE),
		.quiet = true,
	};
	say(turn, &occasion, rule->says, rule->n_says);
}

/* --- answers ------------------------------------------------------------------------------------- */

/* For the report: the score, and whose service it speaks of. */
static void tell_score(struct turn *turn, const struct case_file *file)
{
	const struct json *data = turn->event->data;
	struct buf buf = buf_of(turn->arena, 1024);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	if (file != NULL) {
		json_add_text(&w, "service", file->service);
		json_add_text(&w, "pathway", file->pathway);
	}
	if (json_get(data, "score") != NULL)
		json_add_int(&w, "score", json_int(data, "score", 0));
	json_add_bool(&w, "text", json_get(data, "text") != NULL);
	json_add_text(&w, "on", date_print(turn->arena, turn->event->on));
	json_close(&w);
	fact_add(turn, turn->event->type, file != NULL ? file->id : STR_EMPTY, buf_str(&buf));
}

void feedback_received(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	const struct json *data = turn->event->data;
	str case_id = file != NULL ? file->id : STR_EMPTY;
	struct contact *contact = contact_named(turn);
	if (contact == NULL)
		return;
	if (json_get(data, "text") == NULL && json_get(data, "score") == NULL) {
		refuse(turn, "data.score", "feedback is a text, a score, or both");
		return;
	}
	entry_event(turn, case_id, S("Event feedback.received noted"));
	tell_score(turn, file);
	if (json_get(data, "text") != NULL)
		task_for_owner(turn, case_id, "feedback", contact->id,
			       S("The family has said in words how it goes: read it"));
	say_standard(turn, file, STR_EMPTY);
}
