/* By which channel somebody is told, and why. The strongest rule wins: safety, legal form, format,
 * what was agreed, the default. No usable channel is never silence: it is a task for a person. */
#include "decide/inner.h"

/* What is asked of a route, and what was found on the way. */
struct search {
	struct arena *arena;
	const struct policy *policy;
	const struct question *question;
	const struct contact *contact; /* NULL: a party */
	const struct party *party;
	/* what they chose, first choice first: for this case, or in general */
	const enum channel_kind *order;
	size_t n_order;
	struct channel_set tried;
	bool encloses; /* something goes with it */
	str rejected;
	enum unmet first; /* why the first choice was not taken */
	bool fell;        /* a channel that would have been chosen had been tried */
	bool unconfirmed; /* a letter would have been chosen, but nobody knows whether they live there */
};

static const enum channel_kind default_order[] = { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_LETTER };
#define N_DEFAULT (sizeof default_order / sizeof default_order[0])

static void reject(struct search *search, enum channel_kind channel, enum unmet unmet,
		   const char *why)
{
	if (search->n_order > 0 && search->order[0] == channel)
		search->first = unmet;
	str name = channel_kind_name(channel);
	search->rejected = str_fmt(search->arena, "%.*s%s%.*s: %s", STR_ARG(search->rejected),
				   search->rejected.n > 0 ? "; " : "", STR_ARG(name), why);
}

static bool has_address(const struct search *search, enum channel_kind channel)
{
	const struct contact *contact = search->contact;
	const struct party *party = search->party;
	if (channel == CHANNEL_EMAIL)
		return (contact != NULL ? contact->email : party->email).n > 0;
	if (channel == CHANNEL_LETTER)
		return (contact != NULL ? contact->n_letter : party->n_letter) > 0;
	if (channel == CHANNEL_TASK)
		return true;
	/* Nobody asks it of a party. */
	require(contact != NULL);
	return contact->sms.n > 0;
}

/* A looked-after child may have moved: those who live with them are written to only where somebody
 * has said of late that they live there. */
static bool is_stale(const struct search *search)
{
	const struct contact *contact = search->contact;
	const struct question *question = search->question;
	int days = search->policy->people.confirm_days;
	if (contact == NULL || days == 0 || !question->looked_after ||
	    (contact->role != ROLE_FOSTER_CARER && contact->role != ROLE_YOUNG_PERSON))
		return false;
	return !date_is(contact->confirmed_on) ||
	       date_before(date_add(contact->confirmed_on, days), question->today);
}

/* Says why not. */
static bool is_usable(struct search *search, enum channel_kind channel)
{
	const struct contact *contact = search->contact;
	if (!has_address(search, channel)) {
		reject(search, channel, UNMET_ADDRESS, "no address");
		return false;
	}
	if (channel == CHANNEL_SMS && search->encloses) {
		reject(search, channel, UNMET_FORM, "nothing can be enclosed");
		return false;
	}
	if (search->tried.has[channel]) {
		reject(search, channel, UNMET_FAILED, "it failed");
		search->fell = true;
		return false;
	}
	if (contact != NULL && contact->failed.has[channel]) {
		reject(search, channel, UNMET_FAILED, "the address was wrong");
		return false;
	}
	if (contact != NULL && contact->stopped.has[channel]) {
		reject(search, channel, UNMET_NOT, "they asked us not to use it");
		return false;
	}
	if (channel == CHANNEL_LETTER && is_stale(search)) {
		reject(search, channel, UNMET_ADDRESS, "the address has not been confirmed");
		search->unconfirmed = true;
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
	struct route route = { .channel = channel,
			       .why = search->fell ? WHY_FALLBACK : why,
			       .rejected = search->rejected,
			       .confirm = search->unconfirmed };
	if (search->n_order > 0 && search->order[0] != channel && channel != CHANNEL_TASK) {
		route.unmet = search->first;
		route.wanted = search->order[0];
	}
	return route;
}

static struct route give_to_person(const struct search *search, enum why why)
{
	return (struct route){ .channel = CHANNEL_TASK,
			       .why = why,
			       .rejected = search->rejected,
			       .confirm = search->unconfirmed };
}

static enum carriage carriage_of(const struct search *search, enum channel_kind channel)
{
	return search->policy->people.carriage[search->question->intent->grade][channel];
}

/* --- safety -------------------------------------------------------------------------------------- */

/* A neutral SMS or email says "please call": only a letter can hold a notice. */
static bool is_safe_for(struct search *search, enum channel_kind channel)
{
	if (!search->contact->safe.channels.has[channel]) {
		reject(search, channel, UNMET_NOT, "not safe for this person");
		return false;
	}
	if (carriage_of(search, channel) != CARRIES) {
		reject(search, channel, UNMET_NOT, "a formal notice has a set form");
		return false;
	}
	if (search->encloses && channel != CHANNEL_LETTER) {
		reject(search, channel, UNMET_NOT, "what is enclosed would give it away");
		return false;
	}
	return is_usable(search, channel);
}

static bool may_prompt(const struct search *search)
{
	const struct contact *contact = search->contact;
	return carriage_of(search, CHANNEL_SMS) == CARRIES_PROMPT && contact->sms.n > 0 &&
	       !contact->failed.has[CHANNEL_SMS] && !contact->stopped.has[CHANNEL_SMS];
}

static struct route choose_safe(struct search *search)
{
	const struct contact *contact = search->contact;
	struct route route = give_to_person(search, WHY_SAFETY);
	bool never = contact->safe.has_hours && !week_is_ever_open(&contact->safe.hours);
	bool found = false;
	route.safe = true;
	/* Once a safe way has failed a person looks: never the next channel. */
	if (is_tried(search->tried) || never || needs_person(contact->format))
		return route;
	for (size_t i = 0; i < search->n_order && !found; i++) {
		route.channel = search->order[i];
		found = route.channel != CHANNEL_TASK && is_safe_for(search, route.channel);
	}
	for (size_t i = 0; i < N_DEFAULT && !found; i++) {
		route.channel = default_order[i];
		found = is_safe_for(search, route.channel);
	}
	if (!found)
		route.channel = CHANNEL_TASK;
	route.rejected = search->rejected;
	route.confirm = search->unconfirmed;
	route.prompt = found && contact->safe.channels.has[CHANNEL_SMS] && may_prompt(search);
	return route;
}

/* --- the form of a notice ------------------------------------------------------------------------ */

static bool is_first(const struct search *search, enum channel_kind channel)
{
	return search->n_order > 0 && search->order[0] == channel;
}

/* A grade that not every channel may carry. */
static bool has_form(const struct search *search)
{
	for (size_t i = 0; i < CHANNEL_TASK; i++) {
		if (carriage_of(search, (enum channel_kind)i) != CARRIES)
			return true;
	}
	return false;
}

/* The first choice, where it may carry the grade. */
static bool may_carry_first(struct search *search)
{
	if (search->n_order == 0 || search->order[0] == CHANNEL_TASK)
		return false;
	enum channel_kind first = search->order[0];
	enum carriage carriage = carriage_of(search, first);
	if (carriage == CARRIES_AGREED && !date_is(search->contact->agreed_on)) {
		reject(search, first, UNMET_FORM, "not agreed on record for formal notices");
		return false;
	}
	if (carriage == CARRIES_PROMPT || carriage == CARRIES_NOT) {
		reject(search, first, UNMET_FORM, "a formal notice has a set form");
		return false;
	}
	return is_usable(search, first);
}

/* What must be known sooner than a letter could be there goes by email to those who agreed to that on
 * record, be it their first choice or not. */
static bool may_email_instead(struct search *search)
{
	if (!search->question->too_late_by_post || is_first(search, CHANNEL_EMAIL))
		return false;
	bool agreed = false;
	for (size_t i = 0; i < search->n_order; i++)
		agreed = agreed || search->order[i] == CHANNEL_EMAIL;
	enum carriage carriage = carriage_of(search, CHANNEL_EMAIL);
	agreed = agreed && date_is(search->contact->agreed_on);
	if (!(carriage == CARRIES || (carriage == CARRIES_AGREED && agreed)) ||
	    !is_usable(search, CHANNEL_EMAIL))
		return false;
	reject(search, CHANNEL_LETTER, UNMET_NOT, "the post would be too late");
	return true;
}

/* A notice is a letter. By another channel only where the table lets it, as a first choice. */
static struct route choose_formal(struct search *search)
{
	const struct contact *contact = search->contact;
	bool person = needs_person(contact->format);
	bool is_instead = !person && may_email_instead(search);
	if (is_instead || (!person && may_carry_first(search))) {
		enum channel_kind channel = is_instead ? CHANNEL_EMAIL : search->order[0];
		struct route route = make(search, channel, WHY_LEGAL_FORM);
		route.helper = contact->oral_first;
		return route;
	}
	if (person && is_first(search, CHANNEL_SMS))
		reject(search, CHANNEL_SMS, UNMET_FORM, "a formal notice has a set form");
	bool is_letter_known = is_first(search, CHANNEL_LETTER) && !person;
	if (is_letter_known || !is_usable(search, CHANNEL_LETTER))
		return give_to_person(search, person ? WHY_FORMAT : WHY_NO_CHANNEL);
	struct route route = make(search, CHANNEL_LETTER, WHY_LEGAL_FORM);
	route.helper = person || contact->oral_first;
	route.prompt = !person && may_prompt(search) &&
		       (is_first(search, CHANNEL_SMS) || is_first(search, CHANNEL_EMAIL));
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

/* What was chosen for this case is above what was chosen in general. */
static enum why put_order(struct search *search)
{
	const struct contact *contact = search->contact;
	search->order = contact->channels;
	search->n_order = contact->n_channels;
	for (size_t i = 0; i < contact->n_choices; i++) {
		const struct case_choice *choice = &contact->choices[i];
		if (!str_eq(choice->case_id, search->question->intent->case_id))
			continue;
		search->order = choice->channels;
		search->n_order = choice->n_channels;
		return WHY_CASE_CHOICE;
	}
	return contact->n_channels > 0 ? WHY_AGREED : WHY_DEFAULT;
}

/* All ways they chose are closed to them by their own word: what must be said goes another way. */
static bool is_stopped_short(const struct search *search)
{
	for (size_t i = 0; i < search->n_order; i++) {
		if (search->contact->stopped.has[search->order[i]])
			return true;
	}
	return false;
}

static struct route choose_for_contact(struct search *search)
{
	const struct contact *contact = search->contact;
	enum grade grade = search->question->intent->grade;
	enum why why = put_order(search);
	if (contact->safe.on)
		return choose_safe(search);
	if (has_form(search))
		return choose_formal(search);
	if (needs_person(contact->format))
		return give_to_person(search, WHY_FORMAT);
	if (contact->oral_first && grade != GRADE_URGENT && grade != GRADE_OPTIONAL)
		return give_to_person(search, WHY_FORMAT);
	if (search->n_order == 0)
		return choose_in_order(search, default_order, N_DEFAULT, WHY_DEFAULT);
	struct route route = choose_in_order(search, search->order, search->n_order, why);
	if (route.channel == CHANNEL_TASK && route.why == WHY_NO_CHANNEL &&
	    is_stopped_short(search))
		return choose_in_order(search, default_order, N_DEFAULT, WHY_DEFAULT);
	return route;
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

struct route route_choose(struct arena *arena, const struct policy *policy,
			  const struct question *question)
{
	const struct recipient *recipient = question->recipient;
	struct search search = { .arena = arena,
				 .policy = policy,
				 .question = question,
				 .contact = recipient->contact,
				 .party = recipient->party,
				 .tried = question->tried,
				 .encloses = enclosures_by_candour(question->intent) };
	if (search.contact != NULL) {
		struct route route = choose_for_contact(&search);
		route.late = route.channel == CHANNEL_LETTER && question->too_late_by_post;
		return route;
	}
	if (search.party != NULL)
		return choose_for_party(&search);
	return (struct route){ .channel = CHANNEL_EMAIL, .why = WHY_ROLE };
}
