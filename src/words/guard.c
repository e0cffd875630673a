#include "base/arena.h"
#include "model/secrets.h"
#include "words/inner.h"

/* What may not be said: words that give a message away on a screen that others see, dates that no
 * clock stands behind, and addresses that are not the authority's to tell. */

/* ---- words that reveal ------------------------------------------------------------------------ */

struct revealing {
	const char *word;
	bool exact; /* as written only: "SEND" is one, "send" is not */
};

static const struct revealing revealing[] = {
	{ "SEN", true },           { "SEND", true },
	{ "IAS", true },           { "PIP", true },
	{ "adhd", false },         { "appeal", false },
	{ "assess", false },       { "assessed", false },
	{ "assessment", false },   { "assessments", false },
	{ "autism", false },       { "autistic", false },
	{ "camhs", false },        { "child protection", false },
	{ "college", false },      { "date of birth", false },
	{ "diagnosed", false },    { "diagnosis", false },
	{ "disability", false },   { "disabled", false },
	{ "education", false },    { "ehc", false },
	{ "ehcna", false },        { "ehcp", false },
	{ "health", false },       { "learning", false },
	{ "mediation", false },    { "need", false },
	{ "needs", false },        { "nursery", false },
	{ "plan", false },         { "plans", false },
	{ "pupil", false },        { "refusal", false },
	{ "refuse", false },       { "refused", false },
	{ "safeguarding", false }, { "school", false },
	{ "schools", false },      { "sendiass", false },
	{ "social care", false },  { "social worker", false },
	{ "special", false },      { "therapist", false },
	{ "therapy", false },      { "tribunal", false },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool stands_at(str text, size_t at, const struct revealing *entry)
{
	size_t n = strlen(entry->word);
	if (at + n > text.n || (at > 0 && is_word_byte(text.p[at - 1])) ||
	    (at + n < text.n && is_word_byte(text.p[at + n])))
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = text.p[at + i];
		if (entry->exact ? c != entry->word[i] : lower(c) != entry->word[i])
			return false;
	}
	return true;
}

str revealing_word(str text)
{
	for (size_t at = 0; at < text.n; at++) {
		for (size_t i = 0; i < sizeof revealing / sizeof revealing[0]; i++) {
			if (stands_at(text, at, &revealing[i]))
				return str_of(revealing[i].word);
		}
	}
	return STR_EMPTY;
}

/* ---- dates that are spelt out ----------------------------------------------------------------- */

static size_t count_digits(str text, size_t at)
{
	size_t n = 0;
	while (at + n < text.n && is_digit(text.p[at + n]))
		n++;
	return n;
}

/* The length of a month's name, whole or its first three letters, at a place; or 0. */
static size_t match_month(str text, size_t at)
{
	static const char *const months[] = { "january",   "february", "march",    "april",
					      "may",       "june",     "july",     "august",
					      "september", "october",  "november", "december" };
	size_t n = 0;
	while (at + n < text.n && is_letter(text.p[at + n]))
		n++;
	for (size_t m = 0; m < sizeof months / sizeof months[0]; m++) {
		bool same = n == 3 || n == strlen(months[m]) || (n == 4 && m == 8);
		for (size_t i = 0; same && i < n; i++)
			same = lower(text.p[at + i]) == months[m][i];
		if (same)
			return n;
	}
	return 0;
}

static size_t skip_spaces(str text, size_t at)
{
	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\n' || text.p[at] == '\t'))
		at++;
	return at;
}

/* "12 January", "12th Jan", "12/01", "2026-12": the digits stand at a place. */
static bool is_date_of_digits(str text, size_t at, size_t n)
{
	size_t end = at + n;
	if (n == 4 && end + 1 < text.n && text.p[end] == '-' && is_digit(text.p[end + 1]))
		return str_starts(str_slice(text, at, end), S("20"));
	if (n > 2)
		return false;
	if (end + 1 < text.n && text.p[end] == '/' && is_digit(text.p[end + 1]))
		return true;
	str ending = str_slice(text, end, end + 2 <= text.n ? end + 2 : end);
	if (str_eq(ending, S("st")) || str_eq(ending, S("nd")) || str_eq(ending, S("rd")) ||
	    str_eq(ending, S("th")))
		end += 2;
	size_t word = skip_spaces(text, end);
	if (str_starts(str_slice(text, word, text.n), S("of ")))
		word = skip_spaces(text, word + 3);
	return word > end && match_month(text, word) > 0;
}

/* "January 12", not "may 2 parents": the month has to be written as one. */
static bool is_date_of_month(str text, size_t at)
{
	size_t n = match_month(text, at);
	if (n == 0 || text.p[at] < 'A' || text.p[at] > 'Z')
		return false;
	size_t day = skip_spaces(text, at + n);
	size_t digits = count_digits(text, day);
	return day > at + n && (digits == 1 || digits == 2 || digits == 4);
}

size_t literal_date(str text)
{
	for (size_t at = 0; at < text.n; at++) {
		if (at > 0 && is_word_byte(text.p[at - 1]))
			continue;
		size_t n = count_digits(text, at);
		if (n > 0 ? is_date_of_digits(text, at, n) : is_date_of_month(text, at))
			return at;
	}
	return text.n;
}

/* ---- addresses, numbers, postcodes ------------------------------------------------------------ */

static bool holds(struct arena *arena, str text, const struct secret *value)
{
	struct secret_search search = { .arena = arena, .text = text };
	struct secret found;
	while (secret_next(&search, &found)) {
		if (found.kind == value->kind && str_eq(found.text, value->text))
			return true;
	}
	return false;
}

static bool signpost_holds(struct arena *arena, const struct signpost *signpost,
			   const struct secret *value)
{
	return holds(arena, signpost->phone, value) || holds(arena, signpost->email, value) ||
	       holds(arena, signpost->name, value);
}

/* What the authority publishes: its own, its services' and those of the bodies it names. */
static bool is_published(struct arena *arena, const struct policy *policy,
			 const struct json *values, const struct secret *value)
{
	const struct authority *own = &policy->authority;
	if (holds(arena, own->phone, value) || holds(arena, own->email, value) ||
	    holds(arena, own->email_from, value) || signpost_holds(arena, &own->sendiass, value) ||
	    signpost_holds(arena, &own->mediation, value) ||
	    signpost_holds(arena, &own->disagreement, value) ||
	    signpost_holds(arena, &own->complaints, value) ||
	    signpost_holds(arena, &own->privacy, value) ||
	    signpost_holds(arena, &own->schools, value))
		return true;
	for (size_t i = 0; i < own->n_address; i++) {
		if (holds(arena, own->address[i], value))
			return true;
	}
	for (size_t i = 0; i < policy->n_services; i++) {
		if (holds(arena, policy->services[i].phone, value) ||
		    holds(arena, policy->services[i].email, value))
			return true;
	}
	const struct json *owner = json_get(values, "owner");
	return holds(arena, json_text(owner, "phone"), value) ||
	       holds(arena, json_text(owner, "email"), value) ||
	       holds(arena, json_text(json_get(values, "service"), "phone"), value);
}

/* A line of the recipient's own address, such as "12 Mill Road". */
static bool holds_own_line(struct arena *arena, const struct message *message, str text)
{
	str folded = secret_fold(arena, text, false);
	for (size_t i = 0; i < message->n_letter; i++) {
		str line = secret_fold(arena, message->letter[i], false);
		bool number = false;
		for (size_t k = 0; k < line.n; k++)
			number = number || is_digit(line.p[k]);
		if (number && line.n >= 5 && str_find(folded, line) < folded.n)
			return true;
	}
	return false;
}

bool guard_values(struct arena *arena, const struct policy *policy, const struct message *message,
		  const struct json *values, const struct wording *wording, str *why)
{
	static const char *const kinds[] = {
		[SECRET_EMAIL] = "an email address",
		[SECRET_PHONE] = "a telephone number",
		[SECRET_POSTCODE] = "a postcode",
	};
	for (size_t i = 0; i < wording->n_used; i++) {
		const struct used *used = &wording->used[i];
		const struct value_rule *rule = value_rule_of(used->tag->text);
		if (rule != NULL && (rule->published || rule->plain_id))
			continue;
		const char *what = holds_own_line(arena, message, used->text)
					   ? "the recipient's own address"
					   : NULL;
		struct secret_search search = { .arena = arena, .text = used->text };
		struct secret found;
		while (what == NULL && secret_next(&search, &found)) {
			if (!is_published(arena, policy, values, &found))
				what = kinds[found.kind];
		}
		if (what != NULL) {
			*why = str_fmt(arena,
				       "%.*s:%d: {{%.*s}} holds %s that the authority has not "
				       "published",
				       STR_ARG(used->tag->file), used->tag->line,
				       STR_ARG(used->tag->text), what);
			return false;
		}
	}
	return true;
}

bool guard_copy(struct arena *arena, const struct policy *policy, const struct message *message,
		const struct json *values, str text)
{
	struct secret_search search = { .arena = arena, .text = text };
	struct secret found;
	if (message->secrets.n == 0)
		return true;
	while (secrets_next(&search, policy->key, message->secrets, &found)) {
		if (found.kind == SECRET_STREET || found.kind == SECRET_NAME ||
		    !is_published(arena, policy, values, &found))
			return false;
	}
	return true;
}
