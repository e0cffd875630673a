/* Counting, for people and for other programs: time limits, and texts as SMS. */
#include "ctl/inner.h"

/* --- due ----------------------------------------------------------------------------------------- */

/* What was asked, understood. */
struct question {
	struct duration length;
	const struct calendar *calendar;
	date from;
};

static bool read_from(const struct calendar *calendar, str text, date *out)
{
	instant at;

	if (date_parse(text, out))
		return true;
	if (!instant_parse(text, &at))
		return false;
	*out = calendar_date(calendar, at);
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
	if (!args_has(ctl, "from"))
		out->from = calendar_date(out->calendar, instant_now());
	else if (!read_from(out->calendar, from, &out->from)) {
		ctl_complain("--from is a date (2026-11-02) or an instant "
			     "(2026-11-02T09:15:00Z)");
		return CTL_USAGE;
	}
	return CTL_FINE;
}

/* The first day that is counted, or might be. */
static date first_day(const struct question *question)
{
	return question->length.beginning ? question->from : date_add(question->from, 1);
}

static str skip_reason(const struct calendar *calendar, date day)
{
	static const char *const names[WEEKDAY_COUNT] = {
		[MONDAY] = "Monday",     [TUESDAY] = "Tuesday", [WEDNESDAY] = "Wednesday",
		[THURSDAY] = "Thursday", [FRIDAY] = "Friday",   [SATURDAY] = "Saturday",
		[SUNDAY] = "Sunday",
	};
	const struct holiday *holiday = calendar_holiday(calendar, day);

	return holiday != NULL ? holiday->title : str_of(names[date_weekday(day)]);
}

static void answer_skipped(struct ctl *ctl, const struct question *question, date due)
{
	struct json_writer *w = &ctl->w;

	json_key(w, "skipped");
	json_open_list(w);
	for (date day = first_day(question);
	     question->length.unit == DURATION_WORKING_DAYS && date_before(day, due);
	     day = date_add(day, 1)) {
		if (calendar_is_working_day(question->calendar, day))
			continue;
		json_open(w);
		out_add_date(ctl, "date", day);
		json_add_text(w, "why", skip_reason(question->calendar, day));
		json_close(w);
	}
	json_close_list(w);
}

static void answer_due(struct ctl *ctl, const struct question *question,
		       const struct reckoning *reckoning)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	out_add_date(ctl, "due", reckoning->day);
	out_add_instant(ctl, "ends",
			calendar_day_start(question->calendar, date_add(reckoning->day, 1)));
	answer_skipped(ctl, question, reckoning->day);
	json_add_text(w, "explained", reckoning->explained);
	json_add_bool(w, "past_horizon", reckoning->past_horizon);
	json_close(w);
	out_document_end(ctl);
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
	const struct reckoning reckoning = calendar_due(&ctl->arena, question.calendar,
							question.from, question.length);

	if (ctl->json) {
		answer_due(ctl, &question, &reckoning);
		return CTL_FINE;
	}
	out_wrap(ctl, STR_EMPTY, reckoning.explained);
	if (reckoning.past_horizon)
		out_wrap(ctl, STR_EMPTY,
			 S("Mind: the calendar's holidays are not known that far ahead."));
	return CTL_FINE;
}

/* --- sms check ----------------------------------------------------------------------------------- */

static void answer_error(struct ctl *ctl, const char *code, const char *message)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_key(w, "error");
	json_open(w);
	json_add_text(w, "code", str_of(code));
	json_add_text(w, "message", str_of(message));
	json_close(w);
	json_close(w);
}

static void answer_measure(struct ctl *ctl, const struct sms_measure *measure)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "text", measure->text);
	json_add_text(w, "encoding", measure->encoding == SMS_GSM7 ? S("GSM-7") : S("UCS-2"));
	json_add_int(w, "units", measure->units);
	json_add_int(w, "segments", measure->segments);
	json_close(w);
}

/* False when the line has no measure. */
static bool answer_text(struct ctl *ctl, struct arena *arena, str line)
{
	const struct json *map = NULL, *text;
	struct sms_measure measure;
	const enum json_fault fault = json_parse(arena, line, 2, &map, NULL);

	if (fault == JSON_CONTROL_CHARACTER)
		answer_error(ctl, "control_character",
			     "the text holds a control character that no text may hold");
	else if (fault != JSON_FINE)
		answer_error(ctl, "not_json", "a line is one JSON object: {\"text\": \"...\"}");
	else if ((text = json_get(map, "text")) == NULL || text->type != JSON_TEXT)
		answer_error(ctl, "missing_field", "the object has a text named \"text\"");
	else if (!sms_measure(arena, text->text, &measure))
		answer_error(ctl, "blank", "the text is blank");
	else {
		answer_measure(ctl, &measure);
		return true;
	}
	return false;
}

static enum ctl_end check_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			       void *arg)
{
	bool *fine = arg;

	(void)number;
	if (!answer_text(ctl, arena, line))
		*fine = false;
	out_document_end(ctl);
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

enum ctl_end sms_check_run(struct ctl *ctl)
{
	bool fine = true;
	const str file = ctl->n_words > 0 ? ctl->words[0] : STR_EMPTY;
	const enum ctl_end end = lines_read(ctl, file, check_line, &fine);

	return end == CTL_FINE && !fine ? CTL_REFUSED : end;
}
