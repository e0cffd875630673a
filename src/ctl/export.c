/*
 * Past events, out of the evidence: for a rehearsal of what another policy would have made of them.
 *
 * The evidence has no name, address or day of birth, and what people wrote is left out here too: an id,
 * a day and a choice are what a policy decides by. Where a rehearsal needs a value that is not there,
 * one that belongs to nobody stands in: a name is the contact's id, an address one of those that are
 * kept for examples, a birthday the first day of its school year, so that rights pass on the same day.
 */
#include "base/file.h"
#include "base/zone.h"
#include "ctl/inner.h"

#define EXPORT_BYTES_MAX ((size_t)256 << 20)
#define LINE_BYTES_MAX ((size_t)64 << 10)
#define INSTANT_FIRST ((instant){ INT64_MIN })
#define LEFT_OUT S("left out")

/* One event, ready to be written. */
struct past {
	instant at;
	size_t index; /* as it was found: the order within an instant */
	str source, id, type, about, subject, data;
};

struct export
{
	const struct policy *policy;
	instant since;
	struct past *list;
	size_t n;
	size_t n_families;
	size_t bytes;       /* of all that is kept */
	int64_t n_left_out; /* events that cannot be made again */
};

/* A family's evidence while it is read. */
struct reading {
	struct export *export;
	const struct family *family;
	size_t first;   /* of the export's list */
	bool importing; /* what happened before Candour came has its own day */
};

/* --- values that stand in ------------------------------------------------------------------------ */

/* Rights pass in the school year in which somebody is 16: its first day says no more than that. */
static date school_year_of(date born)
{
	const struct civil civil = date_civil(born);
	date first = born;

	(void)date_of(civil.month >= 9 ? civil.year : civil.year - 1, 9, 1, &first);
	return first;
}

static void put_letter(struct json_writer *w, str id)
{
	json_key(w, "letter");
	json_open_list(w);
	json_put_text(w, id);
	json_put_text(w, S("1 Example Street"));
	json_put_text(w, S("S10 9ZZ"));
	json_close_list(w);
}

/* An address for each channel that is chosen, or that the record has. */
static void put_addresses(struct json_writer *w, const struct json *data, str id,
			  const bool has[CHANNEL_COUNT])
{
	const struct json *chosen = json_get(data, "channels");
	bool wanted[CHANNEL_COUNT];

	memcpy(wanted, has, sizeof wanted);
	for (size_t i = 0; chosen != NULL && chosen->type == JSON_LIST && i < chosen->list.n; i++) {
		enum channel_kind kind;

		if (channel_kind_parse(chosen->list.items[i].text, &kind))
			wanted[kind] = true;
	}
	json_key(w, "addresses");
	json_open(w);
	if (wanted[CHANNEL_EMAIL])
		json_add_text(w, "email", S("left.out@families.example"));
	if (wanted[CHANNEL_SMS])
		json_add_text(w, "sms", S("+447700900000"));
	if (wanted[CHANNEL_LETTER])
		put_letter(w, id);
	json_close(w);
}

static void put_agreed(struct arena *arena, struct json_writer *w, date on)
{
	json_key(w, "agreed");
	json_open(w);
	json_add_text(w, "on", date_print(arena, on));
	json_add_text(w, "with", LEFT_OUT);
	json_close(w);
}

/* What the evidence does not keep of a contact, as far as telling them goes by it. */
static void put_contact(const struct reading *reading, struct arena *arena, struct json_writer *w,
			const struct json *data, date on)
{
	const str id = json_text(data, "contact");
	const struct contact *contact = family_contact(reading->family, id);
	static const struct contact nobody = { 0 };

	if (contact == NULL)
		contact = &nobody;
	const bool has[CHANNEL_COUNT] = { [CHANNEL_EMAIL] = contact->email.n > 0,
					  [CHANNEL_SMS] = contact->sms.n > 0,
					  [CHANNEL_LETTER] = contact->n_letter > 0 };

	json_add_text(w, "name", id);
	put_addresses(w, data, id, has);
	if (date_is(contact->born))
		json_add_text(w, "born", date_print(arena, school_year_of(contact->born)));
	if (date_is(contact->agreed_on) && !date_before(on, contact->agreed_on))
		put_agreed(arena, w, contact->agreed_on);
}

static void put_party(const struct reading *reading, struct json_writer *w, const struct json *data)
{
	const str id = json_text(data, "party");
	const struct party *party = family_party(reading->family, id);
	static const struct party nobody = { 0 };

	if (party == NULL)
		party = &nobody;
	const bool has[CHANNEL_COUNT] = { [CHANNEL_EMAIL] = party->email.n > 0,
					  [CHANNEL_SMS] = party->sms.n > 0,
					  [CHANNEL_LETTER] = party->n_letter > 0 };

	json_add_text(w, "name", id);
	put_addresses(w, data, id, has);
}

/* --- an event's data ----------------------------------------------------------------------------- */

static bool is_one_of(str text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(text, str_of(list[i])))
			return true;
	return false;
}

/* Lines that hold ids, because Candour's own may be long. Where anybody's may stand, another word may too:
 * it was written by somebody, and may be a name. */
static bool is_id_line(const struct reading *reading, str name, str text)
{
	static const char *const own[] = { "duty", "task", "event" };
	static const char *const others[] = { "for", "from", "decision" };

	if (is_one_of(name, own, sizeof own / sizeof own[0]))
		return true;
	if (is_one_of(name, others, sizeof others / sizeof others[0]))
		return id_is(text);
	return str_eq(name, S("by")) && policy_person(reading->export->policy, text) != NULL;
}

/* A reply that is an order by itself, and says nothing else. */
static bool is_order(str text)
{
	static const char *const orders[] = { "STOP", "UNSUBSCRIBE", "OPT OUT", "QUIT", "START" };

	return is_one_of(str_trim(text), orders, sizeof orders / sizeof orders[0]);
}

static void put_map_but(struct json_writer *w, const struct json *map, const char *hidden)
{
	json_open(w);
	for (size_t i = 0; map->type == JSON_MAP && i < map->map.n; i++) {
		json_key_str(w, map->map.members[i].key);
		if (str_eq(map->map.members[i].key, str_of(hidden)))
			json_put_text(w, LEFT_OUT);
		else
			json_put(w, &map->map.members[i].value);
	}
	json_close(w);
}

static void put_list_but(struct json_writer *w, const struct json *list, const char *hidden)
{
	json_open_list(w);
	for (size_t i = 0; i < list->list.n; i++)
		put_map_but(w, &list->list.items[i], hidden);
	json_close_list(w);
}

/* Whether a text was written by somebody; what a pathway calls its own fields says nothing of what is in them. */
static bool is_written(const struct reading *reading, enum kind kind, const struct field *field,
		       str text)
{
	if (field->type == FIELD_LINE)
		return kind == KIND_PATHWAY || !is_id_line(reading, field->name, text);
	return field->type == FIELD_TEXT && !is_order(text);
}

static void put_value(const struct reading *reading, struct json_writer *w, enum kind kind,
		      const struct field *field, const struct json *value)
{
	json_key_str(w, field->name);
	if (value->type == JSON_TEXT && is_written(reading, kind, field, value->text))
		json_put_text(w, LEFT_OUT);
	else if (value->type == JSON_LIST && field->type == FIELD_ACTIONS)
		put_list_but(w, value, "what");
	else if (value->type == JSON_LIST && field->type == FIELD_ENCLOSURES)
		put_list_but(w, value, "kind");
	else if (value->type == JSON_MAP && field->type == FIELD_ACTS_FOR &&
		 !id_is(json_text(value, "for")))
		put_map_but(w, value, "for");
	else
		json_put(w, value);
}

static const struct field *fields_of(const struct reading *reading, str type, str case_id,
				     size_t *out_n)
{
	const enum kind kind = kind_of(type);
	const struct case_file *file = family_case(reading->family, case_id);

	if (kind != KIND_PATHWAY)
		return kind_fields(kind, out_n);
	const struct pathway *pathway =
		file != NULL ? policy_pathway(reading->export->policy, file->pathway) : NULL;
	const struct event_rule *event = pathway != NULL ? pathway_event(pathway, type) : NULL;

	*out_n = event != NULL ? event->n_fields : 0;
	return event != NULL ? event->fields : NULL;
}

static str print_data(const struct reading *reading, struct arena *arena, const struct json *detail,
		      str case_id)
{
	const str type = json_text(detail, "type");
	const struct json *data = json_get(detail, "data");
	struct buf buf = buf_of(arena, LINE_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	size_t n = 0;
	const struct field *fields = fields_of(reading, type, case_id, &n);
	date on = DATE_NONE;

	date_parse(json_text(detail, "on"), &on);
	json_open(&w);
	json_add_text(&w, "on", json_text(detail, "on"));
	if (json_text(detail, "supersedes").n > 0)
		json_add_text(&w, "supersedes", json_text(detail, "supersedes"));
	for (size_t i = 0; i < n; i++) {
		const struct json *value = json_get_str(data, fields[i].name);

		if (value != NULL)
			put_value(reading, &w, kind_of(type), &fields[i], value);
	}
	if (kind_of(type) == KIND_CONTACT_REGISTERED)
		put_contact(reading, arena, &w, data, on);
	else if (kind_of(type) == KIND_PARTY_REGISTERED)
		put_party(reading, &w, data);
	json_close(&w);
	return buf.too_long ? STR_EMPTY : buf_str(&buf);
}

/* --- the evidence -------------------------------------------------------------------------------- */

/* Handing on all that is with somebody is one event with a line of evidence for each case. */
static bool is_again(const struct reading *reading, str source, str id)
{
	const struct export *export = reading->export;
	struct past *last = export->n > reading->first ? &export->list[export->n - 1] : NULL;

	if (last == NULL || !str_eq(last->id, id) || !str_eq(last->source, source))
		return false;
	last->about = S("family");
	last->subject = reading->family->id;
	return true;
}

static void name_subject(const struct reading *reading, const struct evidence *evidence,
			 struct past *past)
{
	const bool may_be_case = (kind_subjects(kind_of(past->type)) & SUBJECT_CASE) != 0 ||
				 kind_of(past->type) == KIND_PATHWAY;
	const str desk = family_desk(reading->family);
	const bool is_case = evidence->entry.case_id.n > 0 && may_be_case;

	past->about = is_case ? S("case") : desk.n > 0 ? S("service") : S("family");
	past->subject = is_case ? evidence->entry.case_id : desk.n > 0 ? desk : reading->family->id;
}

static instant time_of(const struct reading *reading, const struct evidence *evidence, date on)
{
	const struct calendar *calendar = reading->export->policy->calendar;

	if (!reading->importing || !date_is(on))
		return evidence->at;
	return instant_min(zone_instant(calendar->zone, on, 12 * 60), evidence->at);
}

static void take_event(struct ctl *ctl, struct reading *reading, struct arena *arena,
		       const struct evidence *evidence)
{
	struct export *export = reading->export;
	const struct json *detail = NULL;

	if (json_parse(arena, evidence->entry.detail, 16, &detail, NULL) != JSON_FINE) {
		export->n_left_out++;
		return;
	}
	const str type = json_text(detail, "type"), source = json_text(detail, "source");
	const enum kind kind = kind_of(type);
	date on = DATE_NONE;

	if (kind == KIND_IMPORT_BEGAN || kind == KIND_IMPORT_ENDED)
		reading->importing = kind == KIND_IMPORT_BEGAN;
	if (kind_is_reserved(kind) || is_again(reading, source, evidence->entry.id))
		return;
	const str data = print_data(reading, arena, detail, evidence->entry.case_id);

	if (data.n == 0) {
		export->n_left_out++;
		return;
	}
	date_parse(json_text(detail, "on"), &on);
	struct past past = { .at = time_of(reading, evidence, on),
			     .index = export->n,
			     .source = source,
			     .id = evidence->entry.id,
			     .type = type,
			     .data = data };

	name_subject(reading, evidence, &past);
	*ADD(&ctl->arena, export->list, export->n) = past;
}

static enum ctl_end refuse_so_much(void)
{
	ctl_complain("there is more than a file may hold: name a later day with --since");
	return CTL_REFUSED;
}

/* What was read of a family goes with it, but for this. */
static enum ctl_end keep(struct arena *arena, struct export *export, size_t first)
{
	for (size_t i = first; i < export->n; i++) {
		struct past *past = &export->list[i];

		past->source = str_copy(arena, past->source);
		past->id = str_copy(arena, past->id);
		past->type = str_copy(arena, past->type);
		past->subject = str_copy(arena, past->subject);
		past->data = str_copy(arena, past->data);
		export->bytes += past->data.n;
	}
	return export->bytes <= EXPORT_BYTES_MAX ? CTL_FINE : refuse_so_much();
}

/* A family to which nothing has happened since the day is left out whole. */
static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	struct export *export = arg;
	struct reading reading = { .export = export, .family = family, .first = export->n };
	struct evidence *list = NULL;
	size_t n = 0;
	enum ctl_end end = ctl_evidence(ctl, arena, family->id, &list, &n);

	for (size_t i = 0; end == CTL_FINE && i < n; i++)
		if (str_eq(list[i].entry.kind, S("event")))
			take_event(ctl, &reading, arena, &list[i]);
	if (export->n > reading.first &&
	    instant_before(export->list[export->n - 1].at, export->since))
		export->n = reading.first;
	if (end == CTL_FINE)
		end = keep(&ctl->arena, export, reading.first);
	export->n_families += export->n > reading.first && family_desk(family).n == 0 ? 1 : 0;
	return end;
}

/* Who was away is in the evidence of their service's desk, which is no family. Whatever the families, the
 * absences are part of it. */
static enum ctl_end take_desks(struct ctl *ctl, struct export *export)
{
	const struct policy *policy = export->policy;
	const instant since = export->since;
	enum ctl_end end = CTL_FINE;

	export->since = INSTANT_FIRST;
	for (size_t i = 0; i < policy->n_services && end == CTL_FINE; i++) {
		struct arena arena = ARENA_EMPTY;
		const struct family desk = { .id = str_join(&arena, S(DESK_PREFIX),
							    policy->services[i].id) };

		end = take_family(ctl, &arena, &desk, export);
		arena_free(&arena);
	}
	export->since = since;
	return end;
}

/* --- the file ------------------------------------------------------------------------------------ */

static int compare_past(const void *a, const void *b)
{
	const struct past *one = a, *other = b;

	if (one->at.ms != other->at.ms)
		return one->at.ms < other->at.ms ? -1 : 1;
	return one->index < other->index ? -1 : one->index > other->index;
}

static void write_line(struct arena *arena, struct buf *out, const struct past *past)
{
	struct json_writer w = { .buf = out };

	json_open(&w);
	json_add_text(&w, "specversion", S("1.0"));
	json_add_text(&w, "id", past->id);
	json_add_text(&w, "source", past->source);
	json_add_text(&w, "type", past->type);
	json_add_text(&w, "subject",
		      str_fmt(arena, "%.*s/%.*s", STR_ARG(past->about), STR_ARG(past->subject)));
	json_add_text(&w, "time", instant_print(arena, past->at));
	json_key(&w, "data");
	json_put_raw(&w, past->data);
	json_close(&w);
	buf_byte(out, '\n');
}

/* What a rehearsal would refuse, because the policy has changed for instance, is no part of it. */
static bool is_fine(struct ctl *ctl, struct arena *arena, const struct export *export, str line)
{
	struct event event;
	struct refused refused;

	return ctl_check_event(ctl, arena, export->policy, str_trim(line), &event, &refused);
}

static enum ctl_end write_file(struct ctl *ctl, struct export *export, str file, size_t *out_n)
{
	struct arena arena = ARENA_EMPTY;
	struct buf out = buf_of(&ctl->arena, EXPORT_BYTES_MAX);

	if (export->n > 0)
		qsort(export->list, export->n, sizeof export->list[0], compare_past);
	for (size_t i = 0; i < export->n && !out.too_long; i++) {
		struct buf line = buf_of(&arena, LINE_BYTES_MAX);

		write_line(&arena, &line, &export->list[i]);
		if (!line.too_long && is_fine(ctl, &arena, export, buf_str(&line))) {
			buf_add(&out, buf_str(&line));
			(*out_n)++;
		} else {
			export->n_left_out++;
		}
		arena_clear(&arena);
	}
	arena_free(&arena);
	if (out.too_long)
		return refuse_so_much();
	const enum err err = file_write(file, buf_str(&out), 0600);

	if (err != OK)
		ctl_complain("%.*s cannot be written: %s", STR_ARG(file), err_text(err));
	return err == OK ? CTL_FINE : CTL_REFUSED;
}

static void answer_export(struct ctl *ctl, const struct export *export, size_t n)
{
	struct json_writer *w = &ctl->w;

	if (ctl->json) {
		json_open(w);
		json_add_int(w, "events", (int64_t)n);
		json_add_int(w, "families", (int64_t) export->n_families);
		json_add_int(w, "left_out", export->n_left_out);
		json_close(w);
		out_document_end(ctl);
		return;
	}
	out_wrap(
		ctl, STR_EMPTY,
		str_fmt(&ctl->arena,
			"%zu events of %zu families; %lld events could not be made again. The file "
			"has no name, address or text, but it says what happened in which case, and "
			"when: delete it when you have done.",
			n, export->n_families, (long long)export->n_left_out));
}

enum ctl_end export_events_run(struct ctl *ctl)
{
	struct export export = { .since = INSTANT_FIRST };
	date since = DATE_NONE;
	size_t n = 0;

	if (!args_day(ctl, "since", &since))
		return CTL_USAGE;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &export.policy);
	if (end != CTL_FINE)
		return end;
	if (date_is(since))
		export.since = calendar_day_start(export.policy->calendar, since);
	end = ctl_families(ctl, take_family, &export);
	if (end == CTL_FINE && export.n_families > 0)
		end = take_desks(ctl, &export);
	if (end == CTL_FINE)
		end = write_file(ctl, &export, ctl->words[0], &n);
	if (end == CTL_FINE)
		answer_export(ctl, &export, n);
	return end == CTL_FINE && ctl->n_damaged > 0 ? CTL_REDIS : end;
}
