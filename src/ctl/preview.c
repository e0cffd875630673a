/* What is written by people, looked at before it is sent: one template, and all of it for mistakes. */
#include <errno.h>
#include <stdio.h>

#include "base/file.h"
#include "ctl/inner.h"
#include "deliver/deliver.h"
#include "letter/letter.h"

/* --- preview ------------------------------------------------------------------------------------- */

/* What is shown, and for whom. */
struct preview {
	struct setup setup;
	enum channel_kind channel;
	struct message message;
	struct worded worded;
	struct sms_measure measure; /* of an SMS */
};

/* A mistake in any part stops it: a preview shows what would really be sent. */
static enum ctl_end read_setup(struct ctl *ctl, struct setup *out)
{
	struct findings findings = findings_of(&ctl->arena);

	if (setup_read(&ctl->arena, ctl->config_file, out, &findings))
		return CTL_FINE;
	const str text = setup_findings_text(&ctl->arena, &findings);

	fwrite(text.p, 1, text.n, stderr);
	return CTL_CONFIGURATION;
}

static enum ctl_end read_format(const struct ctl *ctl, enum channel_kind *out)
{
	*out = CHANNEL_EMAIL;
	if (!args_has(ctl, "format"))
		return CTL_FINE;
	if (channel_kind_parse(args_value(ctl, "format"), out) && *out != CHANNEL_TASK)
		return CTL_FINE;
	ctl_complain("--format is email, sms or letter");
	return CTL_USAGE;
}

static void address_to(struct message *message, const struct contact *contact)
{
	message->contact = contact->id;
	message->to_name = contact->name;
	message->language = contact->language;
	message->format = contact->format;
	message->safe = contact->safe.on;
	message->sender = contact->safe.sender;
	message->n_letter = contact->n_letter;
	for (size_t i = 0; i < contact->n_letter; i++)
		message->letter[i] = contact->letter[i];
}

/* Whose contact it is, where the family was not said. */
struct search {
	str contact;
	str *families; /* that have such a contact */
	size_t n;
};

static enum ctl_end search_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				  void *arg)
{
	struct search *search = arg;

	(void)arena;
	if (family_contact(family, search->contact) != NULL)
		*ADD(&ctl->arena, search->families, search->n) = str_copy(&ctl->arena, family->id);
	return CTL_FINE;
}

static enum ctl_end complain_of_several(struct ctl *ctl, const struct search *search)
{
	struct buf known = buf_of(&ctl->arena, OUT_BYTES_MAX);

	for (size_t i = 0; i < search->n; i++)
		buf_fmt(&known, "%s%.*s/%.*s", i > 0 ? ", " : "", STR_ARG(search->families[i]),
			STR_ARG(search->contact));
	ctl_complain("several families have a contact %.*s; say which: %.*s",
		     STR_ARG(search->contact), STR_ARG(buf_str(&known)));
	return CTL_USAGE;
}

/* "F1/mum", or "mum" where no other family has a contact of that id. */
static enum ctl_end find_family(struct ctl *ctl, str said, str *out_family, str *out_contact)
{
	struct search search = { .contact = said };

	if (str_cut(said, '/', out_family, out_contact))
		return CTL_FINE;
	const enum ctl_end end = ctl_families(ctl, search_family, &search);

	if (end != CTL_FINE)
		return end;
	if (search.n > 1)
		return complain_of_several(ctl, &search);
	if (search.n == 0) {
		ctl_complain("no family has a contact %.*s", STR_ARG(said));
		return CTL_NOT_FOUND;
	}
	*out_family = search.families[0];
	*out_contact = said;
	return CTL_FINE;
}

static enum ctl_end find_contact(struct ctl *ctl, struct message *message)
{
	struct family *family = NULL;
	str family_id = STR_EMPTY, contact_id = STR_EMPTY;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = find_family(ctl, args_value(ctl, "contact"), &family_id, &contact_id);
	if (end == CTL_FINE)
		end = ctl_family(ctl, &ctl->arena, family_id, &family);
	if (end != CTL_FINE)
		return end;
	const struct contact *contact = family_contact(family, contact_id);

	if (contact == NULL) {
		ctl_complain("family %.*s has no contact %.*s", STR_ARG(family_id),
			     STR_ARG(contact_id));
		return CTL_NOT_FOUND;
	}
	address_to(message, contact);
	return CTL_FINE;
}

static enum ctl_end fill_message(struct ctl *ctl, struct preview *preview)
{
	const str language = args_has(ctl, "language") ? args_value(ctl, "language") : S("en");
	const struct setup *setup = &preview->setup;
	str why = STR_EMPTY;

	if (words_find(setup->words, ctl->words[0]) == NULL ||
	    !words_sample(&ctl->arena, setup->words, setup->policy, ctl->words[0], language,
			  preview->channel, &preview->message, &why)) {
		ctl_complain("there is no template %.*s in %.*s", STR_ARG(ctl->words[0]),
			     STR_ARG(language));
		return CTL_NOT_FOUND;
	}
	return args_has(ctl, "contact") ? find_contact(ctl, &preview->message) : CTL_FINE;
}

static enum ctl_end word_message(struct ctl *ctl, struct preview *preview)
{
	const struct setup *setup = &preview->setup;
	const date today = calendar_date(setup->policy->calendar, instant_now());
	str why = STR_EMPTY;

	if (words_preview(&ctl->arena, setup->words, setup->policy, &preview->message, today,
			  &preview->worded, &why)) {
		if (preview->channel == CHANNEL_SMS)
			require(sms_measure(&ctl->arena, preview->worded.sms, &preview->measure));
		return CTL_FINE;
	}
	ctl_complain("it cannot be worded: %.*s", STR_ARG(why));
	return CTL_REFUSED;
}

/* What a provider charges for: each segment, and so one letter outside the short alphabet more than
 * doubles the price. */
static str cost_class(const struct sms_measure *measure)
{
	static const char *const classes[] = { "single", "double", "triple" };

	return measure->segments <= 3 ? str_of(classes[measure->segments - 1]) : S("long");
}

/* How it goes out: below the text, or on its own where that goes into a file. */
static str sms_about(struct ctl *ctl, const struct preview *preview)
{
	const struct sms_measure *measure = &preview->measure;
	const str cost = cost_class(measure);

	return str_fmt(&ctl->arena,
		       "Encoding: %.*s\nUnits: %d\nSegments: %d\nCost class: %.*s (%s)\n",
		       STR_ARG(sms_encoding_name(measure->encoding)), measure->units,
		       measure->segments, STR_ARG(cost),
		       measure->segments == 1 ? "charged as one message"
					      : "each segment is charged as a message");
}

str worded_text(struct arena *arena, enum channel_kind channel, const struct worded *worded)
{
	switch (channel) {
	case CHANNEL_SMS:
		return str_join(arena, worded->sms, S("\n"));
	case CHANNEL_LETTER:
		return letter_text(arena, worded->letter);
	case CHANNEL_EMAIL:
	case CHANNEL_TASK:
	case CHANNEL_COUNT:
		break;
	}
	return str_fmt(arena, "Subject: %.*s\n\n%.*s\n", STR_ARG(worded->subject),
		       STR_ARG(worded->text));
}

static void answer_preview(struct ctl *ctl, const struct preview *preview)
{
	const struct worded *worded = &preview->worded;
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "template", ctl->words[0]);
	json_add_text(w, "version", worded->version);
	json_add_text(w, "language", worded->language);
	json_add_text(w, "format", channel_kind_name(preview->channel));
	json_add_text(w, "subject", worded->subject);
	json_add_text(w, "text", worded->text);
	json_add_text(w, "html", worded->html);
	json_add_text(w, "sms", worded->sms);
	if (preview->channel == CHANNEL_SMS) {
		json_add_text(w, "encoding", sms_encoding_name(preview->measure.encoding));
		json_add_int(w, "units", preview->measure.units);
		json_add_int(w, "segments", preview->measure.segments);
		json_add_text(w, "cost", cost_class(&preview->measure));
	}
	json_key(w, "letter");
	if (worded->letter.n > 0)
		json_put_raw(w, worded->letter);
	else
		json_put_null(w);
	json_close(w);
	out_document_end(ctl);
}

static enum ctl_end write_out(struct ctl *ctl, const struct preview *preview)
{
	const str file = args_value(ctl, "out");
	const bool html = str_ends(file, S(".html")) || str_ends(file, S(".htm"));

	if (html && preview->channel != CHANNEL_EMAIL) {
		ctl_complain("only an email has HTML: name the file .txt");
		return CTL_USAGE;
	}
	const bool sms = preview->channel == CHANNEL_SMS && !ctl->json;
	const str text = html ? preview->worded.html
			      : worded_text(&ctl->arena, preview->channel, &preview->worded);
	enum err err = OK;

	if (file.n > 0)
		err = file_write(file, text, 0600);
	else
		buf_add(&ctl->out, text);
	if (sms)
		buf_fmt(&ctl->out, "%s%.*s", file.n > 0 ? "" : "\n",
			STR_ARG(sms_about(ctl, preview)));
	if (err == OK)
		return CTL_FINE;
	ctl_complain("%.*s cannot be written: %s", STR_ARG(file), err_text(err));
	return CTL_REFUSED;
}

/* --- a letter's pages ---------------------------------------------------------------------------- */

static bool wants_pages(const struct ctl *ctl, const struct preview *preview)
{
	return preview->channel == CHANNEL_LETTER && args_has(ctl, "out") &&
	       !str_ends(args_value(ctl, "out"), S(".txt"));
}

static enum ctl_end make_pages(struct ctl *ctl, const struct preview *preview,
			       struct letter_said *out)
{
	const struct config *config = &preview->setup.config;
	const struct policy *policy = preview->setup.policy;
	const struct parcel parcel = { .message = &preview->message,
				       .subject = preview->worded.subject,
				       .letter = preview->worded.letter };
	const date today = calendar_date(policy->calendar, instant_now());
	enum letter_profile profile = LETTER_NOTIFY_C5;

	letter_profile_parse(config->letter.profile, &profile);
	const struct letter_ask ask = letter_ask_of(policy, &parcel, profile, today);
	const str worker = config->letter.worker.n > 0 ? config->letter.worker
						       : letter_worker_find(&ctl->arena);
	const enum err err = letter_make(&ctl->arena, worker, &ask, out);

	if (err != OK)
		ctl_complain("candour-letter made no letter: %s", err_text(err));
	else if (out->refused != LETTER_NONE)
		ctl_complain("there is no such letter: %s: %.*s", letter_refusal_code(out->refused),
			     STR_ARG(out->why));
	return err == OK && out->refused == LETTER_NONE ? CTL_FINE : CTL_REFUSED;
}

static enum ctl_end write_pages(struct ctl *ctl, const struct preview *preview)
{
	struct letter_said said = { .pages = 0 };
	const enum ctl_end end = make_pages(ctl, preview, &said);

	if (end != CTL_FINE)
		return end;
	const enum err err = file_write(args_value(ctl, "out"), said.pdf, 0600);

	if (err == OK)
		return CTL_FINE;
	ctl_complain("%.*s cannot be written: %s", STR_ARG(args_value(ctl, "out")), err_text(err));
	return CTL_REFUSED;
}

enum ctl_end preview_run(struct ctl *ctl)
{
	struct preview preview = { 0 };
	enum ctl_end end = read_format(ctl, &preview.channel);

	if (end == CTL_FINE && args_has(ctl, "contact") && args_has(ctl, "sample")) {
		ctl_complain("it is for a contact or for the sample's person, not for both");
		end = CTL_USAGE;
	}
	if (end == CTL_FINE)
		end = read_setup(ctl, &preview.setup);
	if (end == CTL_FINE)
		end = fill_message(ctl, &preview);
	if (end == CTL_FINE)
		end = word_message(ctl, &preview);
	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		answer_preview(ctl, &preview);
	if (ctl->json && !args_has(ctl, "out"))
		return CTL_FINE;
	return wants_pages(ctl, &preview) ? write_pages(ctl, &preview) : write_out(ctl, &preview);
}

/* --- lint ---------------------------------------------------------------------------------------- */

static void answer_findings(struct ctl *ctl, const struct findings *findings)
{
	struct json_writer *w = &ctl->w;

	json_open_list(w);
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *one = &findings->list[i];

		json_open(w);
		json_add_text(w, "file", one->file);
		json_add_int(w, "line", one->line);
		json_add_text(w, "code", one->code);
		json_add_text(w, "message", one->message);
		json_add_text(w, "level", one->warning ? S("warning") : S("error"));
		json_close(w);
	}
	json_close_list(w);
	out_document_end(ctl);
}

/* The parts that options name, and what they do not name from the configuration. */
static enum ctl_end read_parts(struct ctl *ctl, struct findings *findings)
{
	struct arena *arena = &ctl->arena;
	str policy_folder = args_value(ctl, "policy");
	str templates = args_value(ctl, "templates");

	if (policy_folder.n == 0 || templates.n == 0) {
		const enum ctl_end end = ctl_config(ctl);

		if (end != CTL_FINE)
			return end;
		if (policy_folder.n == 0)
			policy_folder = ctl->config.policy;
		if (templates.n == 0)
			templates = ctl->config.templates;
	}
	const struct policy *policy = setup_policy(arena, policy_folder, findings);
	const struct words *words = words_read(arena, templates, findings);

	if (policy != NULL && words != NULL)
		words_check_policy(words, policy, findings);
	return CTL_FINE;
}

enum ctl_end lint_run(struct ctl *ctl)
{
	struct findings findings = findings_of(&ctl->arena);
	const enum ctl_end end = read_parts(ctl, &findings);

	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		answer_findings(ctl, &findings);
	else
		buf_add(&ctl->out, setup_findings_text(&ctl->arena, &findings));
	if (!ctl->json && findings.n == 0)
		buf_add(&ctl->out, S("No mistakes.\n"));
	return findings.errors > 0 ? CTL_REFUSED : CTL_FINE;
}
