/* Texts as SMS: how they would be sent. */
#include "ctl/inner.h"

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
	const enum json_fault fault = json_parse_unclean(arena, line, CANDOUR_EVENT_DEPTH_MAX,
							 &map);

	if (fault != JSON_FINE)
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
