/* Addresses as letters carry them. */
#include "ctl/inner.h"
#include "model/postal.h"

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

/* False when it is no usable address. */
static bool answer_lines(struct ctl *ctl, struct arena *arena, const struct json *question)
{
	const struct json *list = json_get(question, "lines");
	struct postal address;
	str *texts;
	enum postal_fault fault;

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

enum ctl_end address_check_run(struct ctl *ctl)
{
	return answers_run(ctl, answer_lines);
}
