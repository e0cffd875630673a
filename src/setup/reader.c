/* Reading YAML by tables: maps, and the values that stand in them. */
#include "setup/inner.h"

#include "base/arena.h"
#include "base/utf8.h"

/* A longer word in a message would hide the message. */
#define QUOTED_MAX 48
/* A list of names. */
#define NAMES_MAX 64
/* The keys of the widest map. */
#define SLOTS_MAX 32

bool is_text(struct reader *r, const struct yaml *node)
{
	if (node->type == YAML_TEXT)
		return true;
	FAULT(r, node->line, "wrong_type", "a single value is wanted here, not a %s",
	      node->type == YAML_LIST ? "list" : "map");
	return false;
}

bool is_list(struct reader *r, const struct yaml *node, const char *what)
{
	if (node->type == YAML_LIST)
		return true;
	FAULT(r, r->line, "wrong_type", "a list of %s is wanted here", what);
	return false;
}

bool is_map(struct reader *r, const struct yaml *node, const char *what)
{
	if (node->type == YAML_MAP)
		return true;
	FAULT(r, r->line, "wrong_type", "%s is wanted here, as keys with values", what);
	return false;
}

/* --- words that are nearly right -------------------------------------------------------------- */

str shorten(str text)
{
	return utf8_clip(text, QUOTED_MAX);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be put in, taken out or changed: the classical count, a row at a time. */
static size_t count_edits(str a, str b)
{
	size_t row[QUOTED_MAX + 1];
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t changed = corner + (a.p[i - 1] == b.p[j - 1] ? 0 : 1);
			corner = row[j];
			row[j] = least(changed, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[b.n];
}

/* The known word nearest to a mistaken one, or the empty str when none is near. */
static str nearest_word(str mistaken, const str *known, size_t n)
{
	str nearest = STR_EMPTY;
	if (mistaken.n > QUOTED_MAX)
		return nearest;
	size_t edits = mistaken.n / 3 + 2;
	for (size_t i = 0; i < n; i++) {
		if (known[i].n == 0 || known[i].n > QUOTED_MAX)
			continue;
		size_t count = count_edits(mistaken, known[i]);
		if (count < edits && count < known[i].n) {
			edits = count;
			nearest = known[i];
		}
	}
	return nearest;
}

str ask_nearest(const struct findings *findings, str mistaken, const str *known, size_t n)
{
	/* Nobody reads the suggestions behind the last mistake that is kept. */
	if (mistaken.n == 0 || findings->n >= FINDINGS_MAX)
		return STR_EMPTY;
	str nearest = nearest_word(mistaken, known, n);
	if (nearest.n == 0)
		return STR_EMPTY;
	return str_fmt(findings->arena, "; did you mean '%.*s'?", STR_ARG(nearest));
}

/* --- maps ------------------------------------------------------------------------------------- */

static void blame_key(struct reader *r, const struct yaml_member *member,
		      const struct map_shape *shape)
{
	str known[SLOTS_MAX];
	require(shape->n <= SLOTS_MAX);
	for (size_t i = 0; i < shape->n; i++)
		known[i] = str_of(shape->slots[i].key);
	str ask = ask_nearest(r->findings, member->key, known, shape->n);
	FAULT(r, member->line, "unknown_key", "'%.*s' is no key of %s%.*s",
	      STR_ARG(shorten(member->key)), shape->what, STR_ARG(ask));
}

static const struct slot *find_slot(const struct map_shape *shape, str key)
{
	for (size_t i = 0; i < shape->n; i++) {
		if (str_eq(str_of(shape->slots[i].key), key))
			return &shape->slots[i];
	}
	return NULL;
}

static void demand_slots(struct reader *r, const struct yaml *node, const struct map_shape *shape)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct slot *slot = &shape->slots[i];
		if (slot->needed && yaml_get(node, slot->key) == NULL)
			FAULT(r, r->line, "missing_key", "%s needs the key '%s'", shape->what,
			      slot->key);
	}
}

void read_map(struct reader *r, const struct yaml *node, const struct map_shape *shape, void *out)
{
	if (!is_map(r, node, shape->what))
		return;
	demand_slots(r, node, shape);
	int line = r->line;
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		const struct slot *slot = find_slot(shape, member->key);
		r->line = member->line;
		if (slot == NULL)
			blame_key(r, member, shape);
		else
			slot->read(r, &member->value, (char *)out + slot->at);
	}
	r->line = line;
}

bool read_document(struct reader *r, str bytes, const struct map_shape *shape, void *out)
{
	const struct yaml *top = yaml_parse(r->arena, r->file, bytes, r->findings);
	if (top == NULL)
		return false;
	r->line = 1;
	read_map(r, top, shape, out);
	return true;
}

/* --- values ----------------------------------------------------------------------------------- */

void read_line(struct reader *r, const struct yaml *node, void *out)
{
	if (!is_text(r, node))
		return;
	str text = str_trim(node->text);
	str *place = out;
	if (text.n == 0)
		FAULT(r, r->line, "empty", "this may not be empty");
	else if (str_has_byte(text, '\n') || text.n > 200)
		FAULT(r, node->line, "not_a_line", "one line of at most 200 bytes is wanted here");
	else
		*place = text;
}

void read_id(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	if (id_is(node->text))
		*place = node->text;
	else
		FAULT(r, node->line, "not_an_id",
		      "an id is wanted here: letters, digits, '.', '_' and '-', at most 64, "
		      "the first a letter or digit");
}

void read_bool(struct reader *r, const struct yaml *node, void *out)
{
	bool *place = out;
	if (!is_text(r, node))
		return;
	if (str_eq(node->text, S("yes")) || str_eq(node->text, S("true")))
		*place = true;
	else if (str_eq(node->text, S("no")) || str_eq(node->text, S("false")))
		*place = false;
	else
		FAULT(r, node->line, "not_yes_or_no", "yes or no is wanted here");
}

void read_date(struct reader *r, const struct yaml *node, void *out)
{
	if (is_text(r, node) && !date_parse(node->text, out))
		FAULT(r, node->line, "not_a_date",
		      "a day of the calendar is wanted here, such as 2026-09-01");
}

bool is_email(str text)
{
	str name, domain;
	if (!str_cut(text, '@', &name, &domain) || name.n == 0 || text.n > 254)
		return false;
	size_t dot = str_find(domain, S("."));
	if (dot == 0 || dot + 1 >= domain.n || str_has_byte(domain, '@'))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] <= ' ' || text.p[i] == 0x7f || strchr("<>(),;:\\\"[]", text.p[i]))
			return false;
	}
	return true;
}

void read_email(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	if (is_email(node->text))
		*place = node->text;
	else
		FAULT(r, r->line, node->text.n == 0 ? "empty" : "not_an_email",
		      "an email address is wanted here, such as send@council.example");
}

void read_phone(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	size_t digits = 0;
	if (!is_text(r, node))
		return;
	for (size_t i = 0; i < node->text.n; i++) {
		char c = node->text.p[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (c != ' ' && !(c == '+' && i == 0))
			digits = 99;
	}
	if (digits >= 3 && digits <= 15)
		*place = node->text;
	else
		FAULT(r, r->line, node->text.n == 0 ? "empty" : "not_a_phone",
		      "a phone number is wanted here: digits and spaces, such as 0114 496 0000");
}

void read_url(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	bool plain = str_starts(node->text, S("https://")) && node->text.n > S("https://").n &&
		     node->text.n <= 200;
	for (size_t i = 0; i < node->text.n; i++) {
		if (node->text.p[i] <= ' ' || node->text.p[i] == 0x7f ||
		    strchr("<>\"\\`{}|^", node->text.p[i]))
			plain = false;
	}
	if (plain)
		*place = node->text;
	else
		FAULT(r, r->line, "not_a_url",
		      "an address of the web is wanted here that begins with https://");
}

void read_duration(struct reader *r, const struct yaml *node, void *out)
{
	struct duration duration;
	struct duration *place = out;
	str why;
	if (!is_text(r, node))
		return;
	const struct standard *standard = r->minimum != NULL
						  ? policy_minimum(r->minimum, node->text)
						  : NULL;
	if (standard != NULL)
		*place = standard->within;
	else if (!duration_parse(r->arena, node->text, &duration, &why))
		FAULT(r, node->line, "bad_duration", "%.*s", STR_ARG(why));
	else if (duration.n == 0)
		FAULT(r, node->line, "bad_duration",
		      "a duration of nothing is no clock: leave the key out");
	else
		*place = duration;
}

void read_count_of_time(struct reader *r, const struct yaml *node, void *out)
{
	struct duration duration = { 0 };
	struct duration *place = out;
	read_duration(r, node, &duration);
	if (duration.n == 0)
		return;
	if (duration_is_count(&duration))
		*place = duration;
	else
		FAULT(r, node->line, "bad_duration",
		      "a number and a unit are wanted here, such as 5 working days");
}

void read_minute(struct reader *r, const struct yaml *node, void *out)
{
	if (is_text(r, node) && !minute_parse(node->text, out))
		FAULT(r, node->line, "bad_hours",
		      "a time of the day is wanted here, such as "
		      "\"09:00\"");
}

/* --- the hours of a week ---------------------------------------------------------------------- */

bool read_opening(struct reader *r, const struct yaml *pair, minute_of_day *out_from,
		  minute_of_day *out_to)
{
	bool fine = pair->type == YAML_LIST && pair->n == 2 && pair->items[0].type == YAML_TEXT &&
		    pair->items[1].type == YAML_TEXT &&
		    minute_parse(pair->items[0].text, out_from) &&
		    minute_parse(pair->items[1].text, out_to);
	if (!fine)
		FAULT(r, pair->line, "bad_hours",
		      "hours are pairs of times, such as [[\"09:00\", \"12:30\"], "
		      "[\"13:30\", \"17:00\"]]");
	return fine;
}

static void open_week(struct reader *r, const struct yaml *pair, struct week *week,
		      enum weekday day)
{
	minute_of_day from, to;
	if (read_opening(r, pair, &from, &to) && !week_open(week, day, from, to))
		FAULT(r, pair->line, "bad_hours", BAD_HOURS, OPENINGS_MAX);
}

static void read_day(struct reader *r, const struct yaml_member *member, struct week *week)
{
	enum weekday day;
	r->line = member->line;
	if (str_eq(member->key, S("always"))) {
		read_bool(r, &member->value, &week->always);
	} else if (!weekday_parse(member->key, &day)) {
		FAULT(r, member->line, "unknown_key",
		      "the days of a week are mon, tue, wed, thu, fri, sat and sun, or always");
	} else if (is_list(r, &member->value, "hours")) {
		for (size_t i = 0; i < member->value.n; i++)
			open_week(r, &member->value.items[i], week, day);
	}
}

void read_week(struct reader *r, const struct yaml *node, void *out)
{
	struct week week = { 0 };
	struct week *place = out;
	int line = r->line;
	size_t errors = r->findings->errors;
	if (!is_map(r, node, "the hours of a week"))
		return;
	for (size_t i = 0; i < node->n; i++)
		read_day(r, &node->members[i], &week);
	r->line = line;
	if (r->findings->errors != errors)
		return;
	if (week_is_ever_open(&week))
		*place = week;
	else
		FAULT(r, line, "never_open", "no hour of this week is open");
}

/* --- lists of names --------------------------------------------------------------------------- */

static bool has_word(const str *list, size_t n, str word)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i], word))
			return true;
	}
	return false;
}

static size_t add_id(struct reader *r, const struct yaml *node, str *list, size_t n)
{
	str id = STR_EMPTY;
	read_id(r, node, &id);
	if (id.n == 0)
		return n;
	if (has_word(list, n, id)) {
		FAULT(r, node->line, "named_twice", "'%.*s' is in this list already", STR_ARG(id));
		return n;
	}
	list[n] = id;
	return n + 1;
}

str *read_ids(struct reader *r, const struct yaml *node, size_t *out_n)
{
	size_t n = 0;
	if (node->type == YAML_MAP || (node->type == YAML_LIST && node->n > NAMES_MAX)) {
		FAULT(r, r->line, "wrong_type", "a list of at most %d names is wanted here",
		      NAMES_MAX);
		return NULL;
	}
	str *list = TAKE(r->arena, str, node->type == YAML_LIST ? node->n + 1 : 1);
	if (node->type == YAML_TEXT)
		n = add_id(r, node, list, n);
	else
		for (size_t i = 0; i < node->n; i++)
			n = add_id(r, &node->items[i], list, n);
	*out_n = n;
	return list;
}

static void note_mention(struct reader *r, enum mention_kind kind, str word, int line)
{
	struct mentions *all = r->mentions;
	if (all == NULL || word.n == 0)
		return;
	if (all->n == all->room) {
		struct mention *wider = TAKE(r->arena, struct mention, 2 * all->room + 64);
		for (size_t i = 0; i < all->n; i++)
			wider[i] = all->list[i];
		all->list = wider;
		all->room = 2 * all->room + 64;
	}
	all->list[all->n++] = (struct mention){
		.kind = kind,
		.word = word,
		.pathway = r->pathway,
		.file = r->file,
		.line = line,
	};
}

void read_mention(struct reader *r, const struct yaml *node, enum mention_kind kind, str *out)
{
	str word = STR_EMPTY;
	read_id(r, node, &word);
	note_mention(r, kind, word, node->line);
	if (word.n > 0)
		*out = word;
}

str *read_mentions(struct reader *r, const struct yaml *node, enum mention_kind kind, size_t *out_n)
{
	size_t n = 0;
	str *list = read_ids(r, node, &n);
	*out_n = n;
	for (size_t i = 0; i < n; i++) {
		int line = node->type == YAML_LIST && i < node->n ? node->items[i].line
								  : node->line;
		note_mention(r, kind, list[i], line);
	}
	return list;
}

/* --- senders of text messages ----------------------------------------------------------------- */

str sender_fault(str text)
{
	bool letter = false;
	if (text.n < 3 || text.n > 11)
		return S("a sender of text messages has 3 to 11 characters");
	if (str_starts(text, S("00")))
		return S("a sender of text messages may not begin with 00");
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		letter = letter || is_letter;
		if (!is_letter && !(c >= '0' && c <= '9') && strchr(" &.-_", c) == NULL)
			return S("a sender of text messages is made of letters, digits, spaces "
				 "and & . - _");
	}
	return letter ? STR_EMPTY : S("a sender of text messages holds a letter");
}
