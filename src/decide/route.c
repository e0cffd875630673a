/* By which channel somebody is told, and why. The strongest rule wins: safety, legal form, format,
 * what was agreed, the default. No usable channel is never silence: it is a task for a person. */
#include "decide/inner.h"

/* What is asked of a route, and what was found on the way. */
struct search {
	struct arena *arena;
	const struct contact *contact; /* NULL: a party */
	const struct party *party;
	struct channel_set tried;
	bool encloses; /* something goes with it */
	str rejected;
	bool fell; /* a channel that would have been chosen had been tried */
};

static const enum channel_kind default_order[] = { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_LETTER };
#define N_DEFAULT (sizeof default_order / sizeof default_order[0])

static void reject(struct search *search, enum channel_kind channel, const char *why)
{
	str name = channel_kind_name(channel);
	search->rejected = str_fmt(search->arena, "%.*s%s%.*s: %s", STR_ARG(search->rejected),
				   search->rejected.n > 0 ? "; " : "", STR_ARG(name), why);
}

static bool has_address(const struct search *search, enum channel_kind channel)
{
	const struct contact *contact = search->contact;
	const struct party *party = search->party;
	switch (channel) {
	case CHANNEL_EMAIL:
		return (contact != NULL ? contact->email : party->email).n > 0;
	case CHANNEL_SMS:
		return (contact != NULL ? contact->sms : party->sms).n > 0;
	case CHANNEL_LETTER:
		return (contact != NULL ? contact->n_letter : party->n_letter) > 0;
	case CHANNEL_TASK:
		return true;
	case CHANNEL_COUNT:
	default:
		return false;
	}
}

/* Says why not. */
static bool is_usable(struct search *search, enum channel_kind channel)
{
	const struct contact *contact = search->contact;
	if (!has_address(search, channel)) {
		reject(search, channel, "no address");
		return false;
	}
	if (channel == CHANNEL_SMS && search->encloses) {
		reject(search, channel, "nothing can be enclosed");
		return false;
	}
	if (search->tried.has[channel]) {
		reject(search, channel, "it failed");
		search->fell = true;
		return false;
	}
	if (contact != NULL && contact->failed.has[channel]) {
		reject(search, channel, "the address was wrong");
		return false;
	}
	return true;
}

static bool is_tried(struct channel_set tried)
{
	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		if (tried.has[i])
			return true;
	}
	return false;
}

/* Voice, braille, sign and easy read are made by people. */
static bool needs_person(enum format format)
{
	return format == FORMAT_AUDIO || format == FORMAT_BRAILLE || format == FORMAT_BSL ||
	       format == FORMAT_EASY_READ;
}

static struct route make(const struct search *search, enum channel_kind channel, enum why why)
{
	if (search->fell && why != WHY_SAFETY)
		why = WHY_FALLBACK;
	return (struct route){ .channel = channel, .why = why, .rejected = search->rejected };
}

static struct route give_to_person(const struct search *search, enum why why)
{
	return (struct route){ .channel = CHANNEL_TASK, .why = why, .rejected = search->rejected };
}

/* --- safety -------------------------------------------------------------------------------------- */

/* A neutral SMS or email says "please call": only a letter can hold a notice. */
static bool is_safe_for(struct search *search, enum grade grade, enum channel_kind channel)
{
	if (!search->contact->safe.channels.has[channel]) {
		reject(search, channel, "not safe for this person");
		return false;
	}
	if (grade == GRADE_FORMAL && channel != CHANNEL_LETTER) {
		reject(search, channel, "a formal notice has a set form");
		return false;
	}
	if (search->encloses && channel != CHANNEL_LETTER) {
		reject(search, channel, "what is enclosed would give it away");
		return false;
	}
	return is_usable(search, channel);
}

static struct route choose_safe(struct search *search, enum grade grade)
{
	const struct contact *contact = search->contact;
	struct route route = give_to_person(search, WHY_SAFETY);
	bool never = contact->safe.has_hours && !week_is_ever_open(&contact->safe.hours);
	bool found = false;
	route.safe = true;
	/* Once a safe way has failed a person looks: never the next channel. */
	if (is_tried(search->tried) || never || needs_person(contact->format))
		return route;
	for (size_t i = 0; i < contact->n_channels && !found; i++) {
		route.channel = contact->channels[i];
		found = route.channel != CHANNEL_TASK && is_safe_for(search, grade, route.channel);
	}
	for (size_t i = 0; i < N_DEFAULT && !found; i++) {
		route.channel = default_order[i];
		found = is_safe_for(search, grade, route.channel);
	}
	if (!found)
		route.channel = CHANNEL_TASK;
	route.rejected = search->rejected;
	route.prompt = found && grade == GRADE_FORMAL && contact->safe.channels.has[CHANNEL_SMS] &&
		       contact->sms.n > 0 && !contact->failed.has[CHANNEL_SMS];
	return route;
}

/* --- the form of a notice ------------------------------------------------------------------------ */

static bool is_first(const struct contact *contact, enum channel_kind channel)
{
	return contact->n_channels > 0 && contact->channels[0] == channel;
}

/* A notice is a letter. By email only for those who agreed to it, on record, as their first choice. */
static struct route choose_formal(struct search *search)
{
	const struct contact *contact = search->contact;
	bool email_agreed = is_first(contact, CHANNEL_EMAIL) && date_is(contact->agreed_on);
	bool person = needs_person(contact->format);
	struct route route;
	if (!person && email_agreed && is_usable(search, CHANNEL_EMAIL))
		return make(search, CHANNEL_EMAIL, WHY_LEGAL_FORM);
	if (!person && is_first(contact, CHANNEL_EMAIL) && !date_is(contact->agreed_on))
		reject(search, CHANNEL_EMAIL, "not agreed on record for formal notices");
	if (is_first(contact, CHANNEL_SMS))
		reject(search, CHANNEL_SMS, "a formal notice has a set form");
	if (!is_usable(search, CHANNEL_LETTER)) {
		route = give_to_person(search, person ? WHY_FORMAT : WHY_NO_CHANNEL);
		return route;
	}
	route = make(search, CHANNEL_LETTER, WHY_LEGAL_FORM);
	route.helper = person;
	route.prompt = !person &&
		       (is_first(contact, CHANNEL_SMS) || is_first(contact, CHANNEL_EMAIL)) &&
		       contact->sms.n > 0 && !contact->failed.has[CHANNEL_SMS];
	return route;
}

/* --- what was agreed, and the default ------------------------------------------------------------ */

static struct route choose_in_order(struct search *search, const enum channel_kind *order, size_t n,
				    enum why why)
{
	for (size_t i = 0; i < n; i++) {
		if (is_usable(search, order[i]))
			return make(search, order[i], why);
	}
	return give_to_person(search, WHY_NO_CHANNEL);
}

static struct route choose_for_contact(struct search *search, enum grade grade)
{
	const struct contact *contact = search->contact;
	if (contact->safe.on)
		return choose_safe(search, grade);
	if (grade == GRADE_FORMAL)
		return choose_formal(search);
	if (needs_person(contact->format))
		return give_to_person(search, WHY_FORMAT);
	if (contact->n_channels > 0)
		return choose_in_order(search, contact->channels, contact->n_channels, WHY_AGREED);
	return choose_in_order(search, default_order, N_DEFAULT, WHY_DEFAULT);
}

/* Professionals have no form of their own: email or letter. */
static struct route choose_for_party(struct search *search)
{
	static const enum channel_kind by_default[] = { CHANNEL_EMAIL, CHANNEL_LETTER };
	const struct party *party = search->party;
	enum channel_kind order[CHANNEL_COUNT];
	size_t n = 0;
	for (size_t i = 0; i < party->n_channels; i++) {
		if (party->channels[i] != CHANNEL_SMS)
			order[n++] = party->channels[i];
	}
	if (n > 0)
		return choose_in_order(search, order, n, WHY_AGREED);
	return choose_in_order(search, by_default, 2, WHY_DEFAULT);
}

struct route route_choose(struct arena *arena, const struct intent *intent,
			  const struct recipient *recipient, struct channel_set tried)
{
	struct search search = { .arena = arena,
				 .contact = recipient->contact,
				 .party = recipient->party,
				 .tried = tried,
				 .encloses = enclosures_by_candour(intent) };
	if (search.contact != NULL)
		return choose_for_contact(&search, intent->grade);
	if (search.party != NULL)
		return choose_for_party(&search);
	return (struct route){ .channel = CHANNEL_EMAIL, .why = WHY_ROLE };
}
