/* Who is told how: the people around a young person, and the rule that holds for each. */
#include "ctl/inner.h"

/* One person, and how they stand today. */
struct standing {
	const struct contact *contact;
	const char *silence; /* why they are told nothing; NULL: they are told */
	str rule;            /* the one that chooses their channel; empty: none does */
	str channels[CHANNEL_COUNT];
	size_t n_channels;
};

static const char *find_silence(const struct contact *contact, date today)
{
	if (contact->removed)
		return "removed: told nothing";
	if (contact->deceased)
		return "has died: told nothing";
	if (contact_is_barred(contact, today))
		return "a court order is in force: told nothing";
	return NULL;
}

static struct standing standing_of(const struct contact *contact, date today)
{
	struct standing standing = { .contact = contact, .silence = find_silence(contact, today) };
	enum why why = contact->n_channels > 0 ? WHY_AGREED : WHY_DEFAULT;

	for (size_t i = 0; i < CHANNEL_COUNT && contact->safe.on; i++)
		if (contact->safe.channels.has[i])
			standing.channels[standing.n_channels++] = channel_kind_name(
				(enum channel_kind)i);
	for (size_t i = 0; i < contact->n_channels && !contact->safe.on; i++)
		standing.channels[standing.n_channels++] = channel_kind_name(contact->channels[i]);
	if (contact->safe.on)
		why = WHY_SAFETY;
	if (standing.silence == NULL)
		standing.rule = why_name(why);
	return standing;
}

/* --- JSON ---------------------------------------------------------------------------------------- */

static void answer_addresses(struct ctl *ctl, str email, str sms, const str *letter,
			     size_t n_letter)
{
	struct json_writer *w = &ctl->w;

	json_key(w, "addresses");
	json_open(w);
	if (email.n > 0)
		json_add_text(w, "email", email);
	if (sms.n > 0)
		json_add_text(w, "sms", sms);
	if (n_letter > 0)
		out_add_list(ctl, "letter", letter, n_letter);
	json_close(w);
}

static void answer_agreed(struct ctl *ctl, const struct standing *standing)
{
	const struct contact *contact = standing->contact;
	struct json_writer *w = &ctl->w;
	str failed[CHANNEL_COUNT];
	size_t n_failed = 0;

	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		if (contact->failed.has[i])
			failed[n_failed++] = channel_kind_name((enum channel_kind)i);
	out_add_list(ctl, "channels", standing->channels, standing->n_channels);
	json_key(w, "agreed");
	json_open(w);
	out_add_date(ctl, "on", contact->agreed_on);
	json_add_text(w, "with", contact->agreed_with);
	json_close(w);
	json_add_text(w, "rule", standing->rule);
	json_add_bool(w, "told", standing->silence == NULL);
	out_add_list(ctl, "failed", failed, n_failed);
}

static void answer_contact(struct ctl *ctl, const struct standing *standing)
{
	const struct contact *contact = standing->contact;
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "contact", contact->id);
	json_add_text(w, "person", contact->person);
	json_add_text(w, "role", role_name(contact->role));
	json_add_bool(w, "parental_responsibility", contact->parental_responsibility);
	json_add_text(w, "language", contact->language);
	json_add_text(w, "format", format_name(contact->format));
	answer_agreed(ctl, standing);
	json_add_bool(w, "safe", contact->safe.on);
	json_key(w, "court_orders");
	json_open_list(w);
	for (size_t i = 0; i < ORDER_COUNT; i++)
		if (contact->orders[i])
			json_put_text(w, court_order_name((enum court_order)i));
	json_close_list(w);
	out_add_date(ctl, "copied_until", contact->copied_until);
	json_add_text(w, "acts_for", contact->acts_for);
	out_add_date(ctl, "acts_until", contact->acts_until);
	json_add_bool(w, "deceased", contact->deceased);
	json_add_bool(w, "removed", contact->removed);
	if (args_has(ctl, "addresses")) {
		json_add_text(w, "name", contact->name);
		answer_addresses(ctl, contact->email, contact->sms, contact->letter,
				 contact->n_letter);
	}
	json_close(w);
}

static void answer_party(struct ctl *ctl, const struct party *party)
{
	struct json_writer *w = &ctl->w;
	str channels[CHANNEL_COUNT];

	for (size_t i = 0; i < party->n_channels; i++)
		channels[i] = channel_kind_name(party->channels[i]);
	json_open(w);
	json_add_text(w, "party", party->id);
	json_add_text(w, "role", party_role_name(party->role));
	out_add_list(ctl, "channels", channels, party->n_channels);
	if (args_has(ctl, "addresses")) {
		json_add_text(w, "name", party->name);
		answer_addresses(ctl, party->email, party->sms, party->letter, party->n_letter);
	}
	json_close(w);
}

static void answer_family(struct ctl *ctl, const struct family *family, date today)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "family", family->id);
	json_key(w, "contacts");
	json_open_list(w);
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct standing standing = standing_of(&family->contacts[i], today);

		answer_contact(ctl, &standing);
	}
	json_close_list(w);
	json_key(w, "parties");
	json_open_list(w);
	for (size_t i = 0; i < family->n_parties; i++)
		answer_party(ctl, &family->parties[i]);
	json_close_list(w);
	json_key(w, "cases");
	json_open_list(w);
	for (size_t i = 0; i < family->n_cases; i++)
		json_put_text(w, family->cases[i].id);
	json_close_list(w);
	json_close(w);
	out_document_end(ctl);
}

/* --- for people ---------------------------------------------------------------------------------- */

static void write_addresses(struct ctl *ctl, str name, str email, str sms, const str *letter,
			    size_t n_letter)
{
	if (!args_has(ctl, "addresses"))
		return;
	out_wrap(ctl, S("    "), name);
	if (email.n > 0)
		out_wrap(ctl, S("    email   "), email);
	if (sms.n > 0)
		out_wrap(ctl, S("    sms     "), sms);
	if (n_letter > 0)
		out_wrap(ctl, S("    letter  "), out_list(&ctl->arena, letter, n_letter));
}

static str agreement_text(struct ctl *ctl, const struct contact *contact)
{
	if (!date_is(contact->agreed_on))
		return S("no method agreed on record");
	return str_fmt(&ctl->arena, "agreed %.*s%s%.*s",
		       STR_ARG(date_words(&ctl->arena, contact->agreed_on)),
		       contact->agreed_with.n > 0 ? " with " : "", STR_ARG(contact->agreed_with));
}

static void write_contact(struct ctl *ctl, const struct standing *standing)
{
	const struct contact *contact = standing->contact;
	struct arena *arena = &ctl->arena;
	const bool any = standing->n_channels > 0;

	out_wrap(ctl, S("  "),
		 str_fmt(arena, "%.*s: %.*s%s, %.*s, %.*s", STR_ARG(contact->id),
			 STR_ARG(role_name(contact->role)),
			 contact->parental_responsibility ? " with parental responsibility" : "",
			 STR_ARG(contact->language), STR_ARG(format_name(contact->format))));
	if (standing->silence != NULL)
		out_wrap(ctl, S("    "), str_of(standing->silence));
	else
		out_wrap(ctl, S("    "),
			 str_fmt(arena, "%s%.*s (%.*s); %.*s", any ? "by " : "by what there is",
				 STR_ARG(out_list(arena, standing->channels, standing->n_channels)),
				 STR_ARG(standing->rule), STR_ARG(agreement_text(ctl, contact))));
	write_addresses(ctl, contact->name, contact->email, contact->sms, contact->letter,
			contact->n_letter);
}

static void write_party(struct ctl *ctl, const struct party *party)
{
	out_wrap(ctl, S("  "),
		 str_fmt(&ctl->arena, "%.*s: %.*s", STR_ARG(party->id),
			 STR_ARG(party_role_name(party->role))));
	write_addresses(ctl, party->name, party->email, party->sms, party->letter, party->n_letter);
}

static void write_family(struct ctl *ctl, const struct family *family, date today)
{
	buf_fmt(&ctl->out, "Family %.*s\n", STR_ARG(family->id));
	if (family->n_contacts > 0)
		out_title(ctl, "Contacts");
	for (size_t i = 0; i < family->n_contacts; i++) {
		const struct standing standing = standing_of(&family->contacts[i], today);

		write_contact(ctl, &standing);
	}
	if (family->n_parties > 0)
		out_title(ctl, "Parties");
	for (size_t i = 0; i < family->n_parties; i++)
		write_party(ctl, &family->parties[i]);
	if (family->n_cases > 0)
		out_title(ctl, "Cases");
	for (size_t i = 0; i < family->n_cases; i++)
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "%.*s: %.*s%s", STR_ARG(family->cases[i].id),
				 STR_ARG(family->cases[i].pathway),
				 date_is(family->cases[i].closed_on) ? ", closed" : ""));
}

enum ctl_end family_show_run(struct ctl *ctl)
{
	struct family *family = NULL;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_family(ctl, &ctl->arena, ctl->words[0], &family);
	if (end != CTL_FINE)
		return end;
	(void)ctl_policy_if_fine(ctl);
	if (ctl->json)
		answer_family(ctl, family, ctl_today(ctl));
	else
		write_family(ctl, family, ctl_today(ctl));
	return CTL_FINE;
}
