/* Checks an event's data against the fields of its kind. Each type of field has one function and one
 * sentence that says what would be right; no value of an event gets into either. */
#include "base/arena.h"
#include "base/utf8.h"
#include "model/event.h"
#include "model/phone.h"
#include "reckon/reckon.h"

#define TEXT_BYTES_MAX 4000
#define LINE_BYTES_MAX 200
#define LANGUAGE_BYTES_MAX 35
#define EMAIL_BYTES_MAX 254 /* RFC 5321 4.5.3.1.3 less the brackets */
#define LETTER_LINES_MIN 3
#define LETTER_LINES_MAX 7
#define LETTER_LINE_CHARS_MAX 100
#define LIST_ITEMS_MAX 64

/* A place in an event's data, and where to say what is wrong with it. Its path is spelt out only when
 * something is wrong. */
struct place {
	const struct place *parent; /* NULL: the data itself */
	str name;                   /* of a member; empty: an item of a list */
	size_t index;               /* of an item */
	bool required;
	bool nullable;
	struct arena *arena;
	struct refused *out;
};

/* "data.channels[1]" */
static void spell(struct buf *buf, const struct place *place)
{
	if (place->parent != NULL)
		spell(buf, place->parent);
	if (place->parent == NULL)
		buf_add(buf, place->name);
	else if (place->name.n > 0)
		buf_fmt(buf, ".%.*s", STR_ARG(place->name));
	else
		buf_fmt(buf, "[%zu]", place->index);
}

static bool refuse(const struct place *place, enum refusal code, const char *should)
{
	struct buf path = buf_of(place->arena, 1024);
	spell(&path, place);
	*place->out = (struct refused){
		.code = code,
		.field = buf_str(&path),
		.message = str_fmt(place->arena, "%.*s %s", STR_ARG(buf_str(&path)), should),
	};
	return false;
}

static struct place item_of(const struct place *parent, size_t i)
{
	return (struct place){ .parent = parent,
			       .index = i,
			       .required = true,
			       .arena = parent->arena,
			       .out = parent->out };
}

/* What may be null as a whole may be null in part: {"addresses": {"sms": null}}. */
static struct place member_of(const struct place *parent, str name, bool required)
{
	return (struct place){ .parent = parent,
			       .name = name,
			       .required = required,
			       .nullable = parent->nullable && !required,
			       .arena = parent->arena,
			       .out = parent->out };
}

static bool is_type(const struct place *place, const struct json *value, enum json_type type,
		    const char *should)
{
	return value->type == type || refuse(place, REFUSED_WRONG_TYPE, should);
}

static bool is_form(const struct place *place, bool good, const char *should)
{
	return good || refuse(place, REFUSED_BAD_DATA, should);
}

/* --- single values ------------------------------------------------------------------------------- */

static bool check_text(const struct place *place, const struct json *value)
{
	const char *should = "must be a text of at most 4000 bytes";
	if (!is_type(place, value, JSON_TEXT, should))
		return false;
	if (place->required && str_trim(value->text).n == 0)
		return refuse(place, REFUSED_BAD_DATA, "must not be blank");
	return is_form(place, value->text.n <= TEXT_BYTES_MAX, should);
}

static bool check_line(const struct place *place, const struct json *value)
{
	const char *should = "must be one line of text, not blank, of at most 200 bytes";
	if (!is_type(place, value, JSON_TEXT, should))
		return false;
	if (str_has_byte(value->text, '\n') || str_has_byte(value->text, '\t'))
		return refuse(place, REFUSED_CONTROL_CHARACTER,
			      "must be one line, with neither line ends nor tabs");
	return is_form(place, value->text.n <= LINE_BYTES_MAX && str_trim(value->text).n > 0,
		       should);
}

static bool check_id(const struct place *place, const struct json *value)
{
	const char *should = "must be an id: a letter or digit, then letters, digits, dots, "
			     "underscores and hyphens, 64 characters at most";
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, id_is(value->text), should);
}

static bool check_date(const struct place *place, const struct json *value)
{
	const char *should = "must be a day of the calendar, written YYYY-MM-DD";
	date day;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, date_parse(value->text, &day), should);
}

static bool check_bool(const struct place *place, const struct json *value)
{
	return is_type(place, value, JSON_BOOL, "must be true or false");
}

static bool check_number(const struct place *place, const struct json *value)
{
	return is_type(place, value, JSON_INT, "must be a whole number");
}

static bool check_score(const struct place *place, const struct json *value)
{
	return check_number(place, value) &&
	       is_form(place, value->integer >= SCORE_LEAST && value->integer <= SCORE_MOST,
		       "must be a number from 1 (no) to 5 (yes)");
}

static bool check_role(const struct place *place, const struct json *value)
{
	const char *should = "must be one of parent, carer, guardian, foster_carer, "
			     "young_person, social_worker, advocate, other";
	enum role role;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, role_parse(value->text, &role), should);
}

static bool check_party_role(const struct place *place, const struct json *value)
{
	const char *should =
		"must be one of school, health, social_care, adviser, legal, keyworker";
	enum party_role role;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, party_role_parse(value->text, &role), should);
}

static bool check_format(const struct place *place, const struct json *value)
{
	const char *should = "must be one of standard, large_print_16 (18, 20, 24, 28), "
			     "easy_read, plain_text, audio, braille, bsl";
	enum format format;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, format_parse(value->text, &format), should);
}

static bool check_channel(const struct place *place, const struct json *value)
{
	const char *should = "must be one of email, sms, letter, task";
	enum channel_kind channel;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, channel_kind_parse(value->text, &channel), should);
}

static bool check_order(const struct place *place, const struct json *value)
{
	const char *should = "must be one of no_contact, info_restricted, school_info_only";
	enum court_order order;
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, court_order_parse(value->text, &order) && order != ORDER_NONE,
		       should);
}

static bool check_outcome(const struct place *place, const struct json *value)
{
	const char *should = "must be one of reached, not_reached, refused";
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place,
		       str_eq(value->text, S("reached")) || str_eq(value->text, S("not_reached")) ||
			       str_eq(value->text, S("refused")),
		       should);
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* BCP 47 (RFC 5646) in form only: groups of 1 to 8 letters and digits with hyphens between. */
static bool is_language(str text)
{
	size_t group = 0;
	if (text.n < 2 || text.n > LANGUAGE_BYTES_MAX)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '-' && group > 0)
			group = 0;
		else if (!is_letter_or_digit(text.p[i]) || ++group > 8)
			return false;
	}
	return group > 0;
}

static bool check_language(const struct place *place, const struct json *value)
{
	const char *should = "must be a language tag such as en, cy or zh-Hant";
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, is_language(value->text), should);
}

/* --- addresses ----------------------------------------------------------------------------------- */

static bool is_email(str text)
{
	str local, domain;
	if (text.n > EMAIL_BYTES_MAX || !str_cut(text, '@', &local, &domain))
		return false;
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		if (c <= ' ' || utf8_is_control(c) || c == '<' || c == '>')
			return false;
	}
	return local.n > 0 && domain.n > 0 && !str_has_byte(domain, '@');
}

static bool check_email(const struct place *place, const struct json *value)
{
	const char *should = "must be an email address, with one @ and no spaces";
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, is_email(value->text), should);
}

static bool check_phone(const struct place *place, const struct json *value)
{
	str number;
	if (!is_type(place, value, JSON_TEXT, "must be the number of a mobile phone, as text"))
		return false;
	enum phone_fault fault = phone_read(place->arena, value->text, &number);
	str should = str_fmt(place->arena, "must be a number that can be texted (%s): %s",
			     phone_fault_code(fault), phone_fault_text(fault));
	return fault == PHONE_FINE || refuse(place, REFUSED_BAD_DATA, str_z(place->arena, should));
}

static size_t count_characters(str text)
{
	size_t n = 0;
	for (size_t at = 0; at < text.n; n++)
		(void)utf8_next(text, &at);
	return n;
}

static bool check_letter_line(const struct place *place, const struct json *value)
{
	const char *should = "must be a line of an address, 1 to 100 characters";
	if (!is_type(place, value, JSON_TEXT, should))
		return false;
	if (str_has_byte(value->text, '\n') || str_has_byte(value->text, '\t'))
		return refuse(place, REFUSED_CONTROL_CHARACTER,
			      "must be one line, with neither line ends nor tabs");
	return is_form(place,
		       str_trim(value->text).n > 0 &&
			       count_characters(value->text) <= LETTER_LINE_CHARS_MAX,
		       should);
}

typedef bool check_fn(const struct place *place, const struct json *value);

static bool check_each(const struct place *place, const struct json *list, check_fn *check)
{
	for (size_t i = 0; i < list->list.n; i++) {
		struct place item = item_of(place, i);
		if (!check(&item, &list->list.items[i]))
			return false;
	}
	return true;
}

static bool check_letter(const struct place *place, const struct json *value)
{
	const char *should = "must be a list of 3 to 7 lines, the last one the postcode";
	return is_type(place, value, JSON_LIST, should) &&
	       is_form(place,
		       value->list.n >= LETTER_LINES_MIN && value->list.n <= LETTER_LINES_MAX,
		       should) &&
	       check_each(place, value, check_letter_line);
}

/* --- lists --------------------------------------------------------------------------------------- */

static bool check_list(const struct place *place, const struct json *value, check_fn *check,
		       const char *should)
{
	return is_type(place, value, JSON_LIST, should) &&
	       is_form(place, value->list.n > 0, "must not be an empty list") &&
	       is_form(place, value->list.n <= LIST_ITEMS_MAX, "must have at most 64 items") &&
	       check_each(place, value, check);
}

static bool check_ids(const struct place *place, const struct json *value)
{
	return check_list(place, value, check_id, "must be a list of ids");
}

static bool check_channels(const struct place *place, const struct json *value)
{
	if (!check_list(place, value, check_channel, "must be a list of channels, best first"))
		return false;
	bool seen[CHANNEL_COUNT] = { false };
	for (size_t i = 0; i < value->list.n; i++) {
		enum channel_kind channel = CHANNEL_EMAIL;
		require(channel_kind_parse(value->list.items[i].text, &channel));
		struct place item = item_of(place, i);
		if (seen[channel])
			return refuse(&item, REFUSED_BAD_DATA,
				      "names a channel that is in the list already");
		seen[channel] = true;
	}
	return true;
}

/* --- maps ---------------------------------------------------------------------------------------- */

/* A member of a map, checked by a function of its own. */
struct member {
	str name;
	bool required;
	check_fn *check;
};

#define TEXT_OF(literal)                                                                           \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}
#define CHECK_MEMBERS(place, value, table, should)                                                 \
	check_members((place), (value), (table), sizeof(table) / sizeof((table)[0]), (should))

static bool check_members(const struct place *place, const struct json *value,
			  const struct member *members, size_t n, const char *should)
{
	if (!is_type(place, value, JSON_MAP, should))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct json *member = json_get_str(value, members[i].name);
		struct place at = member_of(place, members[i].name, members[i].required);
		if (member == NULL && members[i].required)
			return refuse(&at, REFUSED_MISSING_FIELD, "is missing");
		if (member == NULL || (member->type == JSON_NULL_ && at.nullable))
			continue;
		if (!members[i].check(&at, member))
			return false;
	}
	return true;
}

static bool check_addresses(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("email"), false, check_email },
		{ TEXT_OF("sms"), false, check_phone },
		{ TEXT_OF("letter"), false, check_letter },
	};
	return CHECK_MEMBERS(place, value, members, "must be a map of email, sms and letter");
}

static bool check_agreed(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("on"), true, check_date },
		{ TEXT_OF("with"), true, check_line },
	};
	return CHECK_MEMBERS(place, value, members,
			     "must say on which day and with whom the method was agreed");
}

static bool check_hours(const struct place *place, const struct json *value)
{
	const char *should = "must be {\"always\": true} or the hours of a week, such as "
			     "{\"mon\": [[\"09:00\", \"17:00\"]]}";
	struct week week;
	if (!is_type(place, value, JSON_MAP, should) ||
	    !is_form(place, week_read(value, &week), should))
		return false;
	return is_form(place, week_is_ever_open(&week), "must leave some hour open");
}

static bool check_safe(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("channels"), true, check_channels },
		{ TEXT_OF("hours"), false, check_hours },
		{ TEXT_OF("sender"), false, check_line },
	};
	return CHECK_MEMBERS(place, value, members,
			     "must be a map of channels and, where agreed, hours and sender");
}

static bool check_optional(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("surveys"), false, check_bool },
	};
	return CHECK_MEMBERS(place, value, members, "must be a map such as {\"surveys\": true}");
}

static bool check_acts_for(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("contact"), true, check_id },
		{ TEXT_OF("for"), false, check_line },
		{ TEXT_OF("until"), false, check_date },
	};
	return CHECK_MEMBERS(
		place, value, members,
		"must say for which contact and, where it is limited, for what and until "
		"when");
}

static bool check_owner(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("service"), true, check_id },
		{ TEXT_OF("person"), true, check_id },
	};
	return CHECK_MEMBERS(place, value, members, "must be a map of service and person");
}

static bool check_action(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("action"), true, check_id },
		{ TEXT_OF("what"), true, check_line },
		{ TEXT_OF("owner"), true, check_owner },
		{ TEXT_OF("due"), true, check_date },
	};
	return CHECK_MEMBERS(place, value, members, "must be a map of action, what, owner and due");
}

static bool check_actions(const struct place *place, const struct json *value)
{
	const char *should = "must be a list of actions";
	/* A talk may end without one. */
	return is_type(place, value, JSON_LIST, should) &&
	       is_form(place, value->list.n <= LIST_ITEMS_MAX, "must have at most 64 items") &&
	       check_each(place, value, check_action);
}

static bool check_sha256(const struct place *place, const struct json *value)
{
	const char *should = "must be a SHA-256 in 64 hex digits";
	uint8_t bytes[HASH_BYTES];
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place, hex_parse(value->text, bytes, sizeof bytes), should);
}

static bool check_pages(const struct place *place, const struct json *value)
{
	return check_number(place, value) &&
	       is_form(place, value->integer > 0 && value->integer <= 10000,
		       "must be a number of pages, 1 at least");
}

static bool check_sent_by(const struct place *place, const struct json *value)
{
	const char *should = "must be candour or service";
	return is_type(place, value, JSON_TEXT, should) &&
	       is_form(place,
		       str_eq(value->text, S("candour")) || str_eq(value->text, S("service")),
		       should);
}

static bool check_enclosure(const struct place *place, const struct json *value)
{
	static const struct member members[] = {
		{ TEXT_OF("id"), true, check_id },
		{ TEXT_OF("kind"), true, check_line },
		{ TEXT_OF("sha256"), true, check_sha256 },
		{ TEXT_OF("pages"), true, check_pages },
		{ TEXT_OF("sent_by"), true, check_sent_by },
	};
	return CHECK_MEMBERS(place, value, members,
			     "must be a map of id, kind, sha256, pages and sent_by");
}

static bool check_enclosures(const struct place *place, const struct json *value)
{
	return check_list(place, value, check_enclosure, "must be a list of enclosures");
}

/* --- the door ------------------------------------------------------------------------------------ */

static const struct {
	str name; /* as pathways write it */
	check_fn *check;
} types[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = { TEXT_OF("text"), check_text },
	[FIELD_LINE] = { TEXT_OF("line"), check_line },
	[FIELD_ID] = { TEXT_OF("id"), check_id },
	[FIELD_IDS] = { TEXT_OF("ids"), check_ids },
	[FIELD_DATE] = { TEXT_OF("date"), check_date },
	[FIELD_BOOL] = { TEXT_OF("bool"), check_bool },
	[FIELD_NUMBER] = { TEXT_OF("number"), check_number },
	[FIELD_SCORE] = { TEXT_OF("score"), check_score },
	[FIELD_ROLE] = { TEXT_OF("role"), check_role },
	[FIELD_PARTY_ROLE] = { TEXT_OF("party_role"), check_party_role },
	[FIELD_LANGUAGE] = { TEXT_OF("language"), check_language },
	[FIELD_FORMAT] = { TEXT_OF("format"), check_format },
	[FIELD_CHANNEL] = { TEXT_OF("channel"), check_channel },
	[FIELD_CHANNELS] = { TEXT_OF("channels"), check_channels },
	[FIELD_ADDRESSES] = { TEXT_OF("addresses"), check_addresses },
	[FIELD_AGREED] = { TEXT_OF("agreed"), check_agreed },
	[FIELD_HOURS] = { TEXT_OF("hours"), check_hours },
	[FIELD_SAFE] = { TEXT_OF("safe"), check_safe },
	[FIELD_OPTIONAL] = { TEXT_OF("optional"), check_optional },
	[FIELD_ACTS_FOR] = { TEXT_OF("acts_for"), check_acts_for },
	[FIELD_ORDER] = { TEXT_OF("order"), check_order },
	[FIELD_OWNER] = { TEXT_OF("owner"), check_owner },
	[FIELD_OUTCOME] = { TEXT_OF("outcome"), check_outcome },
	[FIELD_ACTIONS] = { TEXT_OF("actions"), check_actions },
	[FIELD_ENCLOSURES] = { TEXT_OF("enclosures"), check_enclosures },
};

bool field_type_parse(str name, enum field_type *out)
{
	for (size_t i = 0; i < FIELD_TYPE_COUNT; i++) {
		if (str_eq(types[i].name, name)) {
			*out = (enum field_type)i;
			return true;
		}
	}
	return false;
}

bool fields_check(struct arena *arena, const struct field *fields, size_t n,
		  const struct json *data, struct refused *out)
{
	const struct place top = { .name = S("data"), .arena = arena, .out = out };
	for (size_t i = 0; i < n; i++) {
		const struct field *field = &fields[i];
		const struct json *value = json_get_str(data, field->name);
		struct place place = member_of(&top, field->name, field->required);
		place.nullable = field->nullable;
		require((size_t)field->type < (size_t)FIELD_TYPE_COUNT);
		if (value == NULL && field->required)
			return refuse(&place, REFUSED_MISSING_FIELD, "is missing");
		if (value == NULL || (value->type == JSON_NULL_ && field->nullable))
			continue;
		if (!types[field->type].check(&place, value))
			return false;
	}
	return true;
}
