/* Questions in, answers out: a line of JSON for each line of JSON, in the same order. */
#include "ctl/inner.h"

struct answering {
	answer_fn *fn;
	bool fine; /* no answer was an error */
};

void answer_error(struct ctl *ctl, const char *code, const char *message)
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

static enum ctl_end answer_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
				void *arg)
{
	struct answering *answering = arg;
	const struct json *question = NULL;
	const enum json_fault fault = json_parse_unclean(arena, line, CANDOUR_EVENT_DEPTH_MAX,
							 &question);

	(void)number;
	if (fault == JSON_FINE && question->type == JSON_MAP) {
		answering->fine = answering->fn(ctl, arena, question) && answering->fine;
	} else {
		answer_error(ctl, fault == JSON_NOT_UTF8 ? "not_utf8" : "not_json",
			     "a line is one JSON object, in UTF-8");
		answering->fine = false;
	}
	out_document_end(ctl);
	/* Whoever asks may wait for this answer before the next question. */
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

enum ctl_end answers_run(struct ctl *ctl, answer_fn *fn)
{
	struct answering answering = { .fn = fn, .fine = true };
	const str file = ctl->n_words > 0 ? ctl->words[0] : STR_EMPTY;
	const enum ctl_end end = lines_read(ctl, file, answer_line, &answering);

	return end == CTL_FINE && !answering.fine ? CTL_REFUSED : end;
}

/* --- texts as SMS ----------------------------------------------------------------------------- */

static bool answer_sms(struct ctl *ctl, struct arena *arena, const struct json *question)
{
	struct json_writer *w = &ctl->w;
	const struct json *text = json_get(question, "text");
	struct sms_measure measure;

	if (text == NULL || text->type != JSON_TEXT)
		answer_error(ctl, text == NULL ? "missing_field" : "wrong_type",
			     "the object has a text named \"text\"");
	else if (!sms_measure(arena, text->text, &measure))
		answer_error(ctl, "blank", "the text is blank");
	else {
		json_open(w);
		json_add_text(w, "text", measure.text);
		json_add_text(w, "encoding", sms_encoding_name(measure.encoding));
		json_add_int(w, "units", measure.units);
		json_add_int(w, "segments", measure.segments);
		json_close(w);
		return true;
	}
	return false;
}

enum ctl_end sms_check_run(struct ctl *ctl)
{
	return answers_run(ctl, answer_sms);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static bool answer_phone(struct ctl *ctl, struct arena *arena, const struct json *question)
{
	const struct json *number = json_get(question, "number");
	enum phone_fault fault;
	str e164;

	if (number == NULL || number->type != JSON_TEXT) {
		answer_error(ctl, number == NULL ? "missing_field" : "wrong_type",
			     "the object has a text named \"number\": as a JSON number it would "
			     "lose its first 0");
		return false;
	}
	fault = phone_read(arena, number->text, &e164);
	if (fault != PHONE_FINE) {
		answer_error(ctl, phone_fault_code(fault), phone_fault_text(fault));
		return false;
	}
	json_open(&ctl->w);
	json_add_text(&ctl->w, "e164", e164);
	json_close(&ctl->w);
	return true;
}

enum ctl_end phone_check_run(struct ctl *ctl)
{
	return answers_run(ctl, answer_phone);
}
