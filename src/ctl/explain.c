/* Why a message was sent as it was, and whether the evidence of it all is whole. */
#include "ctl/inner.h"

/* --- explain ------------------------------------------------------------------------------------- */

static void answer_decision(struct ctl *ctl, const struct message *message)
{
	struct json_writer *w = &ctl->w;

	json_key(w, "event");
	json_open(w);
	json_add_text(w, "id", message->event_id);
	json_add_text(w, "type", message->event_type);
	json_close(w);
	json_add_text(w, "rule", message->rule);
	json_add_text(w, "policy", message->policy);
	json_add_text(w, "about", message->about);
	json_add_text(w, "contact", message->contact);
	json_add_text(w, "channel", channel_kind_name(message->channel));
	json_add_text(w, "why", why_name(message->why));
	json_add_text(w, "why_text", why_text(message->why));
	json_add_text(w, "rejected", message->rejected);
	json_add_bool(w, "prompt", message->prompt);
	json_add_bool(w, "safe", message->safe);
}

static void answer_enclosures(struct ctl *ctl, const struct message *message)
{
	struct json_writer *w = &ctl->w;

	json_key(w, "enclosures");
	json_open_list(w);
	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];

		json_open(w);
		json_add_text(w, "id", enclosure->id);
		json_add_text(w, "kind", enclosure->kind);
		json_add_text(w, "sha256", enclosure->sha256);
		json_add_int(w, "pages", enclosure->pages);
		json_add_text(w, "sent_by", enclosure->by_service ? S("service") : S("candour"));
		json_close(w);
	}
	json_close_list(w);
}

static void answer_message(struct ctl *ctl, const struct message_record *record,
			   const struct arrival *arrival)
{
	const struct message *message = &record->message;
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "message", message->id);
	json_add_text(w, "family", message->family);
	json_add_text(w, "case", message->case_id);
	json_add_text(w, "state", message_state_name(record->state));
	answer_decision(ctl, message);
	json_key(w, "template");
	json_open(w);
	json_add_text(w, "name", message->template);
	json_add_text(w, "version", record->template_version);
	json_add_text(w, "language", message->language);
	json_add_text(w, "format", format_name(message->format));
	json_close(w);
	json_add_text(w, "grade", grade_name(message->grade));
	out_add_instant(ctl, "decided_at", message->decided_at);
	out_add_instant(ctl, "not_before", message->not_before);
	out_add_instant(ctl, "useless_after", message->useless_after);
	out_add_instant(ctl, "handed_over_at", record->handed_over_at);
	item_put_arrival(ctl, arrival);
	json_add_int(w, "tries", record->tried);
	json_add_text(w, "code", record->code);
	json_add_text(w, "provider_id", record->provider_id);
	answer_enclosures(ctl, message);
	json_add_text(w, "sha256", record->sha256);
	json_close(w);
	out_document_end(ctl);
}

/* What a held message waits for. */
static str words_of_held(str code)
{
	if (str_eq(code, S("enclosure_folder")))
		return S("no enclosure folder is configured");
	if (str_eq(code, S("enclosure_missing")))
		return S("what is enclosed is not in the enclosure folder");
	if (str_eq(code, S("enclosure_changed")))
		return S("a file in the enclosure folder is not the one that was reported");
	return STR_EMPTY;
}

static void write_enclosures(struct ctl *ctl, const struct message_record *record)
{
	const struct message *message = &record->message;
	str held = words_of_held(record->code);

	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];

		out_wrap(ctl, S("  Enclosed:     "),
			 str_fmt(&ctl->arena, "%.*s (%.*s, pages: %lld%s)", STR_ARG(enclosure->id),
				 STR_ARG(enclosure->kind), (long long)enclosure->pages,
				 enclosure->by_service ? ", sent by the service itself" : ""));
	}
	if (held.n > 0)
		out_wrap(ctl, S("  Held:         "), held);
}

static void write_decision(struct ctl *ctl, const struct message *message)
{
	struct arena *arena = &ctl->arena;

	out_wrap(ctl, S("  Event:        "),
		 str_fmt(arena, "%.*s (%.*s)", STR_ARG(message->event_type),
			 STR_ARG(message->event_id)));
	out_wrap(ctl, S("  Rule:         "),
		 str_fmt(arena, "%.*s, policy %.*s", STR_ARG(message->rule),
			 STR_ARG(message->policy)));
	if (message->about.n > 0)
		out_wrap(ctl, S("  About:        "), message->about);
	out_wrap(ctl, S("  Channel:      "),
		 str_fmt(arena, "%.*s: %.*s", STR_ARG(channel_kind_name(message->channel)),
			 STR_ARG(why_text(message->why))));
	if (message->rejected.n > 0)
		out_wrap(ctl, S("  Not by:       "), message->rejected);
}

static void write_message(struct ctl *ctl, const struct message_record *record,
			  const struct arrival *arrival)
{
	const struct message *message = &record->message;
	struct arena *arena = &ctl->arena;
	const bool handed = !instant_is_never(record->handed_over_at);

	out_wrap(ctl, STR_EMPTY,
		 str_fmt(arena, "Message %.*s to %.*s of family %.*s: %.*s", STR_ARG(message->id),
			 STR_ARG(message->contact), STR_ARG(message->family),
			 STR_ARG(message_state_name(record->state))));
	write_decision(ctl, message);
	out_wrap(ctl, S("  Wording:      "),
		 str_fmt(arena, "%.*s%s%.*s, %.*s, %.*s (%.*s)", STR_ARG(message->template),
			 record->template_version.n > 0 ? " version " : "",
			 STR_ARG(record->template_version), STR_ARG(message->language),
			 STR_ARG(format_name(message->format)),
			 STR_ARG(grade_name(message->grade))));
	write_enclosures(ctl, record);
	out_wrap(ctl, S("  Decided:      "), out_time(ctl, arena, message->decided_at));
	out_wrap(ctl, S("  Not before:   "), out_time(ctl, arena, message->not_before));
	if (handed)
		out_wrap(ctl, S("  Handed over:  "),
			 str_fmt(arena, "%.*s, try %lld, answer %.*s",
				 STR_ARG(out_time(ctl, arena, record->handed_over_at)),
				 (long long)record->tried, STR_ARG(record->code)));
	if (arrival->expected_to.n > 0)
		out_wrap(ctl, S("  There:        "),
			 str_fmt(arena, "between %.*s and %.*s, printed %.*s",
				 STR_ARG(arrival->expected_from), STR_ARG(arrival->expected_to),
				 STR_ARG(arrival->print_on)));
}

enum ctl_end explain_run(struct ctl *ctl)
{
	struct message_record record;
	struct evidence *evidence = NULL;
	size_t n = 0;
	bool found = false;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_message(ctl, &ctl->arena, ctl->words[0], &found, &record);
	if (end == CTL_FINE && ctl->n_damaged > 0)
		end = CTL_REDIS;
	if (end != CTL_FINE)
		return end;
	if (!found) {
		ctl_complain("there is no message %.*s", STR_ARG(ctl->words[0]));
		return CTL_NOT_FOUND;
	}
	if (record.message.channel == CHANNEL_LETTER)
		end = ctl_evidence(ctl, &ctl->arena, record.message.family, &evidence, &n);
	if (end != CTL_FINE)
		return end;
	const struct arrival arrival = item_arrival(ctl, evidence, n, record.message.id);

	if (ctl->json) {
		answer_message(ctl, &record, &arrival);
		return CTL_FINE;
	}
	(void)ctl_policy_if_fine(ctl);
	write_message(ctl, &record, &arrival);
	return CTL_FINE;
}

/* --- evidence verify ----------------------------------------------------------------------------- */

struct broken {
	str family;
	int64_t entry;
	str why;
};

struct audit {
	int64_t chains, entries;
	struct broken *broken;
	size_t n_broken;
};

static void note_broken(struct ctl *ctl, struct audit *audit, str family, int64_t entry, str why)
{
	*ADD(&ctl->arena, audit->broken,
	     audit->n_broken) = (struct broken){ .family = str_copy(&ctl->arena, family),
						 .entry = entry,
						 .why = str_copy(&ctl->arena, why) };
}

/* A chain, and the family's record as it was before the chain was read. The record names an entry and
 * its hash; the daemon may have added further ones since, up to the one that the record names now. */
struct chain {
	const struct family *family;
	int64_t entries_now;
	const struct evidence *list;
	size_t n;
};

/* Follows the chain to its first break. */
static void follow(struct ctl *ctl, struct arena *arena, const struct chain *chain,
		   struct audit *audit)
{
	const struct family *family = chain->family;
	const size_t n = chain->n;
	struct hash hash = { 0 };
	str why = STR_EMPTY;

	for (size_t i = 0; i < n; i++) {
		const int64_t before = (int64_t)i;

		if (before == chain->entries_now) {
			note_broken(ctl, audit, family->id, before + 1,
				    S("the family's record does not know it: it was put in"));
			return;
		}
		if (!store_evidence_follows(arena, &chain->list[i], before, &hash, &hash, &why)) {
			note_broken(ctl, audit, family->id, before + 1, why);
			return;
		}
		audit->entries++;
		if (before + 1 == family->entries &&
		    memcmp(&hash, &family->head, sizeof hash) != 0) {
			note_broken(ctl, audit, family->id, before + 1,
				    S("it is not the one that the family's record names"));
			return;
		}
	}
	if ((int64_t)n < family->entries)
		note_broken(ctl, audit, family->id, (int64_t)n + 1,
			    str_fmt(arena, "the record counts %lld entries: the last ones are gone",
				    (long long)family->entries));
}

static enum ctl_end verify_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				  void *arg)
{
	struct audit *audit = arg;
	struct chain chain = { .family = family };
	struct evidence *list;
	struct family *now = NULL;
	enum ctl_end end = ctl_evidence(ctl, arena, family->id, &list, &chain.n);

	if (end == CTL_FINE)
		end = ctl_family(ctl, arena, family->id, &now);
	if (end != CTL_FINE)
		return end;
	chain.list = list;
	chain.entries_now = now->entries;
	audit->chains++;
	follow(ctl, arena, &chain, audit);
	return CTL_FINE;
}

static void answer_audit(struct ctl *ctl, const struct audit *audit)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_int(w, "chains", audit->chains);
	json_add_int(w, "entries", audit->entries);
	json_key(w, "broken");
	json_open_list(w);
	for (size_t i = 0; i < audit->n_broken; i++) {
		json_open(w);
		json_add_text(w, "family", audit->broken[i].family);
		json_add_int(w, "entry", audit->broken[i].entry);
		json_add_text(w, "why", audit->broken[i].why);
		json_close(w);
	}
	json_close_list(w);
	json_close(w);
	out_document_end(ctl);
}

static void write_audit(struct ctl *ctl, const struct audit *audit)
{
	buf_fmt(&ctl->out, "%lld chains, %lld entries, %zu broken\n", (long long)audit->chains,
		(long long)audit->entries, audit->n_broken);
	for (size_t i = 0; i < audit->n_broken; i++)
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "family %.*s, entry %lld: %.*s",
				 STR_ARG(audit->broken[i].family),
				 (long long)audit->broken[i].entry, STR_ARG(audit->broken[i].why)));
}

enum ctl_end evidence_verify_run(struct ctl *ctl)
{
	struct audit audit = { 0 };
	struct family *family = NULL;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE && ctl->n_words == 0) {
		end = ctl_families(ctl, verify_family, &audit);
	} else if (end == CTL_FINE) {
		end = ctl_family(ctl, &ctl->arena, ctl->words[0], &family);
		if (end == CTL_FINE)
			end = verify_family(ctl, &ctl->arena, family, &audit);
	}
	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		answer_audit(ctl, &audit);
	else
		write_audit(ctl, &audit);
	if (ctl->n_damaged > 0)
		return CTL_REDIS;
	return audit.n_broken > 0 ? CTL_REFUSED : CTL_FINE;
}
