/* Addresses as letters carry them. */
#include "ctl/inner.h"
#include "model/postal.h"

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

static void answer_address(struct ctl *ctl, const struct postal *address)
{
	json_open(&ctl->w);
	out_add_list(ctl, "lines", address->lines, address->n);
	json_add_text(&ctl->w, "postcode", address->postcode);
	json_close(&ctl->w);
}

/* NULL, and an error is answered, where one is no text. */
static str *texts_of(struct ctl *ctl, struct arena *arena, const struct json *list)
{
	str *texts = TAKE(arena, str, list->list.n + 1);

	for (size_t i = 0; i < list->list.n; i++) {
		if (list->list.items[i].type != JSON_TEXT) {
			answer_error(ctl, "wrong_type", "each of the lines is a text");
			return NULL;
		}
		texts[i] = list->list.items[i].text;
	}
	return texts;
}

/* False when the line has no usable address. */
static bool answer_lines(struct ctl *ctl, struct arena *arena, str line)
{
	const struct json *map = NULL, *list;
	struct postal address;
	str *texts;
	enum postal_fault fault;

	if (json_parse_unclean(arena, line, CANDOUR_EVENT_DEPTH_MAX, &map) != JSON_FINE) {
		answer_error(ctl, "not_json", "a line is one JSON object: {\"lines\": [...]}");
		return false;
	}
	list = json_get(map, "lines");
	if (list == NULL || list->type != JSON_LIST) {
		answer_error(ctl, list == NULL ? "missing_field" : "wrong_type",
			     "the object has a list of texts named \"lines\"");
		return false;
	}
	texts = texts_of(ctl, arena, list);
	if (texts == NULL)
		return false;
	fault = postal_read(arena, texts, list->list.n, &address);
	if (fault == POSTAL_FINE)
		answer_address(ctl, &address);
	else
		answer_error(ctl, postal_code(fault), postal_text(fault));
	return fault == POSTAL_FINE;
}

static enum ctl_end check_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			       void *arg)
{
	bool *fine = arg;

	(void)number;
	if (!answer_lines(ctl, arena, line))
		*fine = false;
	out_document_end(ctl);
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

enum ctl_end address_check_run(struct ctl *ctl)
{
	bool fine = true;
	const str file = ctl->n_words > 0 ? ctl->words[0] : STR_EMPTY;
	const enum ctl_end end = lines_read(ctl, file, check_line, &fine);

	return end == CTL_FINE && !fine ? CTL_REFUSED : end;
}
