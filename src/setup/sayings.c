/* What is said: lists of sayings, and the rules of events. */
#include "base/arena.h"
#include "setup/inner.h"

#include <assert.h>

#define SAYINGS_MAX 64
#define EVENTS_MAX 500
#define FIELDS_MAX 64
#define TOLD_MAX 16

/* --- one saying ------------------------------------------------------------------------------- */

/* Everybody whom one saying is for: each audience becomes a saying of its own. */
struct told {
	bool audiences[AUDIENCE_COUNT];
	struct party_set parties;
};

struct saying_draft {
	struct saying saying;
	struct told told;
	bool says_encloses;
};

static str list_audiences(struct arena *arena)
{
	struct buf buf = buf_of(arena, 256);
	for (size_t i = 0; i < AUDIENCE_COUNT; i++)
		buf_fmt(&buf, "%.*s, ", STR_ARG(audience_name((enum audience)i)));
	for (size_t i = 0; i < PARTY_ROLE_COUNT; i++)
		buf_fmt(&buf, "%s%.*s",
			i == 0                     ? ""
			: i + 1 < PARTY_ROLE_COUNT ? ", "
						   : " and ",
			STR_ARG(party_role_name((enum party_role)i)));
	return buf_str(&buf);
}

static void read_one_told(struct reader *r, const struct yaml *node, struct told *told)
{
	enum audience audience;
	enum party_role role;
	if (!is_text(r, node))
		return;
	if (audience_parse(node->text, &audience)) {
		told->audiences[audience] = true;
		for (size_t i = 0; audience == AUDIENCE_PARTIES && i < PARTY_ROLE_COUNT; i++)
			told->parties.has[i] = true;
	} else if (party_role_parse(node->text, &role)) {
		told->audiences[AUDIENCE_PARTIES] = true;
		told->parties.has[role] = true;
	} else {
		str all = list_audiences(r->arena);
		FAULT(r, node->line, "unknown_audience",
		      "'%.*s' is nobody who can be told; known are %.*s",
		      STR_ARG(shorten(node->text)), STR_ARG(all));
	}
}

static void read_told(struct reader *r, const struct yaml *node, void *out)
{
	if (node->type == YAML_TEXT)
		read_one_told(r, node, out);
	else if (is_list(r, node, "people to tell") && (node->n == 0 || node->n > TOLD_MAX))
		FAULT(r, r->line, node->n == 0 ? "empty" : "too_many",
		      "somebody must be told, and at most %d are named here", TOLD_MAX);
	else
		for (size_t i = 0; node->type == YAML_LIST && i < node->n; i++)
			read_one_told(r, &node->items[i], out);
}

static void read_grade(struct reader *r, const struct yaml *node, void *out)
{
	if (is_text(r, node) && !grade_parse(node->text, out))
		FAULT(r, node->line, "unknown_grade",
		      "a grade is urgent, formal, alert, information, reminder or optional");
}

static void read_within(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	if (r->minimum != NULL && policy_minimum(r->minimum, node->text) != NULL)
		*place = node->text;
	else
		FAULT(r, node->line, "unknown_standard",
		      "'%.*s' is no minimum standard of standards.yaml",
		      STR_ARG(shorten(node->text)));
}

static void read_unless(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_UNLESS, out);
}

static void read_meets_one(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_DUTY, out);
}

static void read_encloses(struct reader *r, const struct yaml *node, void *out)
{
	struct saying_draft *draft = out;
	draft->says_encloses = true;
	read_bool(r, node, &draft->saying.encloses);
}

static void read_blocks(struct reader *r, const struct yaml *node, void *out)
{
	struct saying_draft *draft = out;
	draft->saying.blocks = read_ids(r, node, &draft->saying.n_blocks);
}

#define SAYING(member) offsetof(struct saying_draft, saying.member)
static const struct slot saying_slots[] = {
	{ "tell", read_told, offsetof(struct saying_draft, told), true },
	{ "template", read_id, SAYING(template), true },
	{ "grade", read_grade, SAYING(grade), true },
	{ "adverse", read_bool, SAYING(adverse), false },
	{ "speak_first", read_count_of_time, SAYING(speak_first), false },
	{ "within", read_within, SAYING(within), false },
	{ "digest", read_bool, SAYING(digest), false },
	{ "after", read_duration, SAYING(after), false },
	{ "unless", read_unless, SAYING(unless), false },
	{ "meets", read_meets_one, SAYING(meets), false },
	{ "blocks", read_blocks, 0, false },
	{ "encloses", read_encloses, 0, false },
};
static const struct map_shape saying_shape = SHAPE("what is said", saying_slots);

static bool is_for_family(const struct told *told)
{
	return told->audiences[AUDIENCE_FAMILY] || told->audiences[AUDIENCE_PARTIES] ||
	       told->audiences[AUDIENCE_CONTACTS] || told->audiences[AUDIENCE_BOTH];
}

static void check_saying(struct reader *r, const struct saying_draft *draft)
{
	const struct saying *saying = &draft->saying;
	if (saying->unless.n > 0 && saying->after.n == 0)
		FAULT(r, r->line, "unless_at_once",
		      "'unless' needs 'after': what is said at once cannot become needless");
	if (saying->speak_first.n > 0 &&
	    (!saying->adverse || !draft->told.audiences[AUDIENCE_FAMILY]))
		FAULT(r, r->line, "speak_first_of_what",
		      "'speak_first' is for adverse news to the family");
	if (saying->digest && (is_for_family(&draft->told) || saying->grade != GRADE_ALERT))
		FAULT(r, r->line, "digest_for_whom",
		      "only an alert to staff can wait for the digest");
	if (saying->meets.n > 0 && !is_for_family(&draft->told))
		FAULT(r, r->line, "meets_nobody",
		      "a duty is met by a notice to the family or to parties, not to staff");
	if (saying->meets.n > 0 && saying->grade != GRADE_FORMAL)
		FAULT(r, r->line, "meets_informal", "only a formal notice can meet a duty");
}

static void add_sayings(struct reader *r, const struct yaml *node, struct sayings *sayings)
{
	struct saying_draft draft = {
		.saying = { .file = r->file, .line = node->line, .grade = GRADE_INFORMATION },
	};
	r->line = node->line;
	read_map(r, node, &saying_shape, &draft);
	check_saying(r, &draft);
	/* Nobody may have to remember that a notice comes with what it is about. */
	if (!draft.says_encloses)
		draft.saying.encloses = draft.saying.grade == GRADE_FORMAL;
	draft.saying.reminder = draft.saying.grade == GRADE_REMINDER && draft.saying.after.n > 0;
	for (size_t i = 0; i < AUDIENCE_COUNT; i++) {
		if (!draft.told.audiences[i])
			continue;
		struct saying *saying = &sayings->list[sayings->n++];
		*saying = draft.saying;
		saying->audience = (enum audience)i;
		if (i == AUDIENCE_PARTIES)
			saying->parties = draft.told.parties;
	}
}

struct sayings sayings_read(struct reader *r, const struct yaml *node)
{
	struct sayings sayings = { 0 };
	int line = r->line;
	if (!is_list(r, node, "what is said"))
		return sayings;
	if (node->n > SAYINGS_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d sayings here at most", SAYINGS_MAX);
		return sayings;
	}
	sayings.list = TAKE(r->arena, struct saying, node->n * AUDIENCE_COUNT + 1);
	for (size_t i = 0; i < node->n; i++)
		add_sayings(r, &node->items[i], &sayings);
	r->line = line;
	return sayings;
}

/* --- fields of an event ----------------------------------------------------------------------- */

static void read_field_type(struct reader *r, const struct yaml *node, void *out)
{
	if (is_text(r, node) && !field_type_parse(node->text, out))
		FAULT(r, node->line, "unknown_field_type",
		      "'%.*s' is no type of a field; most are text, line, date, bool, number, id, "
		      "ids or enclosures",
		      STR_ARG(shorten(node->text)));
}

static const struct slot field_slots[] = {
	{ "type", read_field_type, offsetof(struct field, type), true },
	{ "required", read_bool, offsetof(struct field, required), true },
};
static const struct map_shape field_shape = SHAPE("a field", field_slots);

static bool is_field_name(str name)
{
	bool good = name.n > 0 && name.n <= 64 && name.p[0] >= 'a' && name.p[0] <= 'z';
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
	}
	return good;
}

/* What every event may have, whatever its kind. */
static bool is_common_field(str name)
{
	return str_eq(name, S("on")) || str_eq(name, S("by")) || str_eq(name, S("supersedes"));
}

static void read_fields(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	int line = r->line;
	if (!is_map(r, node, "the fields, by name"))
		return;
	if (node->n > FIELDS_MAX) {
		FAULT(r, r->line, "too_many", "an event has at most %d fields", FIELDS_MAX);
		return;
	}
	rule->fields = TAKE(r->arena, struct field, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct field *field = &rule->fields[rule->n_fields];
		r->line = member->line;
		if (!is_field_name(member->key) || is_common_field(member->key)) {
			FAULT(r, member->line, "bad_field",
			      "a field's name is small letters, digits and '_', and not on, by or "
			      "supersedes, which every event has");
			continue;
		}
		field->name = member->key;
		rule->n_fields++;
		read_map(r, &member->value, &field_shape, field);
	}
	r->line = line;
}

/* --- rules of events -------------------------------------------------------------------------- */

static void read_starts(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	rule->starts = read_mentions(r, node, MENTION_DUTY, &rule->n_starts);
}

static void read_meets(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	rule->meets = read_mentions(r, node, MENTION_DUTY, &rule->n_meets);
}

static void read_cancels(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	rule->cancels = read_mentions(r, node, MENTION_DUTY, &rule->n_cancels);
}

static void read_implies(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	rule->implies = read_mentions(r, node, MENTION_UNLESS, &rule->n_implies);
}

static void read_says(struct reader *r, const struct yaml *node, void *out)
{
	struct event_rule *rule = out;
	struct sayings sayings = sayings_read(r, node);
	rule->says = sayings.list;
	rule->n_says = sayings.n;
}

static void read_next_by(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_DUTY, out);
}

static const struct slot next_slots[] = {
	{ "what", read_line, offsetof(struct event_rule, next_what), true },
	{ "who", read_line, offsetof(struct event_rule, next_who), true },
	{ "by", read_next_by, offsetof(struct event_rule, next_by), false },
};
static const struct map_shape next_shape = SHAPE("what happens next", next_slots);

static void read_next(struct reader *r, const struct yaml *node, void *out)
{
	read_map(r, node, &next_shape, out);
}

static const struct slot pathway_event_slots[] = {
	{ "title", read_line, offsetof(struct event_rule, title), true },
	{ "stage", read_line, offsetof(struct event_rule, stage), false },
	{ "next", read_next, 0, false },
	{ "fields", read_fields, 0, false },
	{ "starts", read_starts, 0, false },
	{ "meets", read_meets, 0, false },
	{ "cancels", read_cancels, 0, false },
	{ "implies", read_implies, 0, false },
	{ "says", read_says, 0, false },
	{ "closes", read_bool, offsetof(struct event_rule, closes), false },
	{ "milestone", read_bool, offsetof(struct event_rule, milestone), false },
	{ "asks_method", read_bool, offsetof(struct event_rule, asks_method), false },
};
static const struct map_shape pathway_event_shape = SHAPE("an event", pathway_event_slots);

/* What follows from the engine's own events is known to it; the standards say what is said, and which
 * duties that every case may have begin and end. */
static const struct slot engine_event_slots[] = {
	{ "starts", read_starts, 0, false },
	{ "meets", read_meets, 0, false },
	{ "cancels", read_cancels, 0, false },
	{ "says", read_says, 0, false },
};
static const struct map_shape engine_event_shape = SHAPE("an event that the engine knows",
							 engine_event_slots);

static bool is_event_type(str text)
{
	char before = '.';
	bool dots = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool letter = c >= 'a' && c <= 'z';
		bool inner = letter || (c >= '0' && c <= '9') || c == '_';
		if (before == '.' ? !letter : !inner && c != '.')
			return false;
		dots = dots || c == '.';
		before = c;
	}
	return dots && before != '.' && text.n <= 64;
}

static bool is_pathway_type(struct reader *r, const struct yaml_member *member)
{
	if (!is_event_type(member->key))
		FAULT(r, member->line, "bad_event_type",
		      "an event's type is words with dots between, such as plan.draft_issued");
	else if (str_starts(member->key, S("clock.")) || str_starts(member->key, S("message.")))
		FAULT(r, member->line, "kind_never_comes",
		      "events of clock. and message. are Candour's own: no service can report "
		      "them");
	else if (kind_of(member->key) != KIND_PATHWAY)
		FAULT(r, member->line, "kind_never_comes",
		      "the engine knows '%.*s' itself, so no pathway gets it: see standards.yaml",
		      STR_ARG(member->key));
	else
		return true;
	return false;
}

/* These are no events of anybody's, but what is said then is a standard too. */
static const char *const moments[] = {
	"task.overdue",      /* a task for a person passes its date */
	"speak.first",       /* bad news waits until somebody has spoken to the family */
	"told.late",         /* the family is told later than a minimum standard wants it */
	"speak.missed",      /* bad news leaves, and nobody has tried to speak to them first */
	"told.wrong_family", /* what is about one family was told to another */
	"method.due",        /* it is time to ask again how somebody wants to be told */
	"method.changed",    /* how somebody is told has changed */
	"method.stopped",    /* somebody told us not to use a channel any more */
	"rights.upcoming",   /* rights will pass to the young person */
	"rights.passed",     /* ... and have */
	"survey.due",        /* a milestone was reached */
};
#define N_MOMENTS (sizeof moments / sizeof moments[0])

static bool is_engine_type(struct reader *r, const struct yaml_member *member)
{
	str known[KIND_COUNT + N_MOMENTS];
	enum kind kind = kind_of(member->key);
	known[0] = STR_EMPTY;
	for (size_t i = KIND_PATHWAY + 1; i < KIND_COUNT; i++)
		known[i] = kind_type((enum kind)i);
	for (size_t i = 0; i < N_MOMENTS; i++) {
		known[KIND_COUNT + i] = str_of(moments[i]);
		if (str_eq(member->key, known[KIND_COUNT + i]))
			return true;
	}
	if (kind == KIND_PATHWAY) {
		str ask = ask_nearest(r->findings, member->key, known, KIND_COUNT + N_MOMENTS);
		FAULT(r, member->line, "kind_never_comes",
		      "'%.*s' is no event that the engine knows%.*s", STR_ARG(shorten(member->key)),
		      STR_ARG(ask));
		return false;
	}
	if ((kind_subjects(kind) & (SUBJECT_CASE | SUBJECT_FAMILY)) != 0)
		return true;
	FAULT(r, member->line, "kind_never_comes",
	      "'%.*s' is about no family, so nothing can be said of it", STR_ARG(member->key));
	return false;
}

/* What a message may say of a moment besides what it may say of any event. */
static void give_fields(struct arena *arena, struct event_rule *rule)
{
	static const char *const names[] = { "standard", "title", "within" };
	if (!str_eq(rule->type, S("told.late")))
		return;
	rule->n_fields = sizeof names / sizeof names[0];
	rule->fields = TAKE(arena, struct field, rule->n_fields);
	for (size_t i = 0; i < rule->n_fields; i++)
		rule->fields[i] = (struct field){ .name = str_of(names[i]),
						  .type = FIELD_LINE,
						  .required = true };
}

struct event_rule *event_rules_read(struct reader *r, const struct yaml *node, bool of_engine,
				    size_t *out_n)
{
	size_t n = 0;
	*out_n = 0;
	if (!is_map(r, node, "the events, by type"))
		return NULL;
	if (node->n > EVENTS_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d events here at most", EVENTS_MAX);
		return NULL;
	}
	struct event_rule *rules = TAKE(r->arena, struct event_rule, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		r->line = member->line;
		if (of_engine ? !is_engine_type(r, member) : !is_pathway_type(r, member))
			continue;
		rules[n] = (struct event_rule){
			.type = member->key,
			.title = of_engine ? member->key : STR_EMPTY,
			.file = r->file,
			.line = member->line,
		};
		if (of_engine)
			give_fields(r->arena, &rules[n]);
		read_map(r, &member->value, of_engine ? &engine_event_shape : &pathway_event_shape,
			 &rules[n++]);
	}
	*out_n = n;
	return rules;
}
