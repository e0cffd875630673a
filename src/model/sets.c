#include "model/sets.h"

#include "base/err.h"
#include "candour/event.h"

/* Every set is a table of wire names in the order of its enum; the sets are short, so a look-up is a
 * walk. */
static bool find_name(const str *names, size_t n, str text, size_t *out)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(names[i], text)) {
			*out = i;
			return true;
		}
	}
	return false;
}

#define WORDS_DEFINE(tag, count)                                                                   \
	str tag##_name(enum tag value)                                                             \
	{                                                                                          \
		require((size_t)value < (size_t)(count));                                          \
		return tag##_names[value];                                                         \
	}                                                                                          \
	bool tag##_parse(str text, enum tag *out)                                                  \
	{                                                                                          \
		size_t at;                                                                         \
		if (!find_name(tag##_names, (size_t)(count), text, &at))                           \
			return false;                                                              \
		*out = (enum tag)at;                                                               \
		return true;                                                                       \
	}

#define X(name, wire) { (wire), sizeof(wire) - 1 },
static const str channel_kind_names[] = { CHANNELS(X) };
static const str role_names[] = { ROLES(X) };
static const str party_role_names[] = { PARTY_ROLES(X) };
static const str format_names[] = { FORMATS(X) };
static const str court_order_names[] = { ORDERS(X) };
static const str grade_names[] = { GRADES(X) };
static const str message_state_names[] = { MESSAGE_STATES(X) };
static const str duty_state_names[] = { DUTY_STATES(X) };
static const str refusal_names[] = { REFUSALS(X) };
#undef X
#define X(name, wire, text, brief) { (wire), sizeof(wire) - 1 },
static const str why_names[] = { WHYS(X) };
#undef X
#define X(name, wire, text, brief) { (text), sizeof(text) - 1 },
static const str why_texts[] = { WHYS(X) };
#undef X
#define X(name, wire, text, brief) { (brief), sizeof(brief) - 1 },
static const str why_briefs[] = { WHYS(X) };
#undef X

WORDS_DEFINE(channel_kind, CHANNEL_COUNT)
WORDS_DEFINE(role, ROLE_COUNT)
WORDS_DEFINE(party_role, PARTY_ROLE_COUNT)
WORDS_DEFINE(format, FORMAT_COUNT)
WORDS_DEFINE(court_order, ORDER_COUNT)
WORDS_DEFINE(grade, GRADE_COUNT)
WORDS_DEFINE(message_state, MESSAGE_STATE_COUNT)
WORDS_DEFINE(duty_state, DUTY_STATE_COUNT)
WORDS_DEFINE(why, WHY_COUNT)
WORDS_DEFINE(refusal, REFUSAL_COUNT)

str why_text(enum why why)
{
	require((size_t)why < (size_t)WHY_COUNT);
	return why_texts[why];
}

str why_brief(enum why why)
{
	require((size_t)why < (size_t)WHY_COUNT);
	return why_briefs[why];
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool id_is(str text)
{
	if (text.n == 0 || text.n > CANDOUR_ID_CHARS_MAX || !is_letter_or_digit(text.p[0]))
		return false;
	for (size_t i = 1; i < text.n; i++) {
		char c = text.p[i];
		if (!is_letter_or_digit(c) && c != '.' && c != '_' && c != '-')
			return false;
	}
	return true;
}
