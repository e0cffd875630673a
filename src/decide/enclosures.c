/* What goes with a notice. What Candour sends is in the notice itself; what the service sends is there when the service
 * says so (enclosure.dispatched), and only then is the duty to notify met. */
#include "decide/inner.h"

/* --- what an event brings ------------------------------------------------------------------------ */

static struct enclosure read_enclosure(const struct json *json)
{
	return (struct enclosure){ .id = json_text(json, "id"),
				   .kind = json_text(json, "kind"),
				   .sha256 = json_text(json, "sha256"),
				   .pages = json_int(json, "pages", 0),
				   .by_service = str_eq(json_text(json, "sent_by"), S("service")) };
}

struct enclosure *enclosures_of_event(struct turn *turn, const struct field *fields, size_t n,
				      size_t *out_n)
{
	struct enclosure *list = NULL;
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct json *value = json_get_str(turn->event->data, fields[i].name);
		if (fields[i].type != FIELD_ENCLOSURES || value == NULL)
			continue;
		for (size_t k = 0; k < value->list.n; k++)
			*GROW(turn->arena, list, *out_n) = read_enclosure(&value->list.items[k]);
	}
	return list;
}

bool enclosures_by_candour(const struct intent *intent)
{
	for (size_t i = 0; i < intent->n_enclosures; i++) {
		if (!intent->enclosures[i].by_service)
			return true;
	}
	return false;
}

/* --- what the service sends itself --------------------------------------------------------------- */

static bool is_dispatched(const struct case_file *file, str enclosure, str contact)
{
	for (size_t i = 0; i < file->n_dispatched; i++) {
		const struct dispatch *dispatch = &file->dispatched[i];
		if (str_eq(dispatch->enclosure, enclosure) &&
		    (dispatch->contact.n == 0 || str_eq(dispatch->contact, contact)))
			return true;
	}
	return false;
}

bool enclosures_awaited(const struct family *family, const struct open_message *open)
{
	const struct case_file *file = family_case(family, open->case_id);
	if (file == NULL)
		return false;
	for (size_t i = 0; i < open->intent->n_enclosures; i++) {
		const struct enclosure *enclosure = &open->intent->enclosures[i];
		if (enclosure->by_service && !is_dispatched(file, enclosure->id, open->contact))
			return true;
	}
	return false;
}

static void note_dispatch(struct turn *turn, struct case_file *file, str enclosure, str contact)
{
	bool is_all = contact.n == 0;
	entry_event(turn, file->id,
		    str_fmt(turn->arena, "The service has sent the enclosure %.*s to %.*s",
			    STR_ARG(enclosure),
			    STR_ARG(is_all ? S("everybody who must have it") : contact)));
	fact_add(turn, S("enclosure.dispatched"), file->id,
		 str_fmt(turn->arena, "{\"enclosure\":\"%.*s\",\"contact\":\"%.*s\"}",
			 STR_ARG(enclosure), STR_ARG(contact)));
	if (is_dispatched(file, enclosure, contact))
		return;
	*GROW(turn->arena, file->dispatched, file->n_dispatched) = (struct dispatch){
		.enclosure = enclosure, .contact = contact, .on = turn->event->on
	};
}

void enclosure_dispatched(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	str enclosure = json_text(turn->event->data, "enclosure");
	str contact = json_text(turn->event->data, "contact");
	if (contact.n > 0 && family_contact(turn->family, contact) == NULL &&
	    family_party(turn->family, contact) == NULL) {
		refuse(turn, "data.contact",
		       "data.contact names neither a contact nor a party of this family");
		return;
	}
	if (file->n_dispatched == DISPATCHED_MAX) {
		refuse(turn, "", "too many enclosures in this case");
		return;
	}
	note_dispatch(turn, file, enclosure, contact);
	for (size_t i = 0; i < file->n_duties; i++)
		duty_weigh(turn, file->id, file->duties[i].id, turn->event->on);
	say_standard(turn, file, STR_EMPTY);
}
