/* The rules of duties: their clocks, and what is said when these come near or pass. */
#include "base/arena.h"
#include "setup/inner.h"

#include <assert.h>
#include <limits.h>

#define DUTIES_MAX 500
#define WARNINGS_MAX 8

/* The lists of what is said of a duty, and when. */
#define DUTY_SAYINGS(X)                                                                            \
	X(on_warned)                                                                               \
	X(on_due)                                                                                  \
	X(on_breached)                                                                             \
	X(on_lapsed)                                                                               \
	X(on_moved)                                                                                \
	X(on_foreseen)

/* A duty, with the keys that are only there to be checked. */
struct duty_draft {
	struct duty_rule rule;
	bool has_warnings, has_basis, has_source, has_verified, has_runs_from;
#define X(name) bool has_##name;
	DUTY_SAYINGS(X)
#undef X
};

/* Roughly, to compare counts: minutes. What is no count is longer than every count. */
static int duration_weight(struct duration duration)
{
	static const int weights[DURATION_UNIT_COUNT] = {
		[DURATION_DAYS] = 1440,         [DURATION_WEEKS] = 7 * 1440,
		[DURATION_MONTHS] = 30 * 1440,  [DURATION_WORKING_DAYS] = 2016,
		[DURATION_SCHOOL_DAYS] = 2736,  [DURATION_WORKING_HOURS] = 270,
		[DURATION_WORKING_MINUTES] = 4,
	};
	if (duration.kind != DURATION_COUNT)
		return INT_MAX;
	return duration.n * weights[duration.unit];
}

struct duration *warnings_read(struct reader *r, const struct yaml *node, size_t *out_n)
{
	size_t n = 0;
	*out_n = 0;
	if (!is_list(r, node, "durations"))
		return NULL;
	if (node->n > WARNINGS_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d warnings at most", WARNINGS_MAX);
		return NULL;
	}
	struct duration *list = TAKE(r->arena, struct duration, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		struct duration one = { 0 };
		read_duration(r, &node->items[i], &one);
		if (one.n == 0)
			continue;
		if (!duration_is_count(&one)) {
			FAULT(r, node->items[i].line, "bad_duration",
			      "a warning is so long before the date: a number and a unit");
			continue;
		}
		size_t at = n++;
		for (; at > 0 && duration_weight(list[at - 1]) < duration_weight(one); at--)
			list[at] = list[at - 1];
		list[at] = one;
	}
	*out_n = n;
	return list;
}

static void read_warnings(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	draft->has_warnings = true;
	draft->rule.warnings = warnings_read(r, node, &draft->rule.n_warnings);
}

#define X(name)                                                                                    \
	static void read_##name(struct reader *r, const struct yaml *node, void *out)              \
	{                                                                                          \
		struct duty_draft *draft = out;                                                    \
		struct sayings sayings = sayings_read(r, node);                                    \
		draft->has_##name = true;                                                          \
		draft->rule.name = sayings.list;                                                   \
		draft->rule.n_##name = sayings.n;                                                  \
	}
DUTY_SAYINGS(X)
#undef X

/* A duty whose number is a minimum standard's has its source from there. */
static void read_due(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	read_duration(r, node, &draft->rule.due);
	const struct standard *standard = r->minimum != NULL && node->type == YAML_TEXT
						  ? policy_minimum(r->minimum, node->text)
						  : NULL;
	if (standard != NULL)
		draft->rule.standard = standard->id;
}

static void read_day_field(struct reader *r, const struct yaml *node, struct duty_draft *draft,
			   bool before)
{
	if (draft->rule.day_field.n > 0)
		FAULT(r, r->line, "two_days",
		      "a duty is counted from a day or before it, not both");
	read_id(r, node, &draft->rule.day_field);
	draft->rule.before_day = before;
}

static void read_counted_from(struct reader *r, const struct yaml *node, void *out)
{
	read_day_field(r, node, out, false);
}

static void read_before(struct reader *r, const struct yaml *node, void *out)
{
	read_day_field(r, node, out, true);
}

/* The law says "sent" of some limits and "served" of others, and the post makes them days apart. */
static void read_runs_from(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	draft->has_runs_from = true;
	if (!is_text(r, node))
		return;
	draft->rule.served = str_eq(node->text, S("served"));
	if (!draft->rule.served && !str_eq(node->text, S("sent")))
		FAULT(r, node->line, "unknown_word",
		      "the family's time runs from the day on which a notice was sent or served");
}

static void read_basis(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	enum basis *place = &draft->rule.basis;
	draft->has_basis = true;
	if (!is_text(r, node))
		return;
	if (str_eq(node->text, S("statutory")))
		*place = BASIS_STATUTORY;
	else if (str_eq(node->text, S("local")))
		*place = BASIS_LOCAL;
	else
		FAULT(r, node->line, "unknown_word", "a rule's basis is statutory or local");
}

static void read_holder(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_HOLDER, out);
}

static void read_calendar_name(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_CALENDAR, out);
}

static void read_source(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	draft->has_source = true;
	read_line(r, node, &draft->rule.source);
}

static void read_verified(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	draft->has_verified = true;
	read_bool(r, node, &draft->rule.verified);
}

static void read_each(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	draft->rule.per_contact = node->type == YAML_TEXT && str_eq(node->text, S("contact"));
	if (!draft->rule.per_contact)
		read_bool(r, node, &draft->rule.each);
}

/* A statutory clock cannot be paused; one of our own only where it counts time that we work. */
static void read_pause(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	read_bool(r, node, &draft->rule.pausable);
	if (draft->rule.pausable && draft->rule.basis == BASIS_STATUTORY)
		FAULT(r, r->line, "statutory_paused",
		      "a statutory clock cannot be paused: an exception excuses the duty, and the "
		      "family is told");
}

static void read_ladder(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_LADDER, out);
}

static void read_foreseen_unless(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_UNLESS, out);
}

static const struct slot foreseen_slots[] = {
	{ "before", read_count_of_time, offsetof(struct duty_rule, foreseen_before), true },
	{ "unless", read_foreseen_unless, offsetof(struct duty_rule, foreseen_unless), true },
	{ "because", read_line, offsetof(struct duty_rule, foreseen_because), false },
};
static const struct map_shape foreseen_shape = SHAPE("a date that can be foreseen to be missed",
						     foreseen_slots);

static void read_foreseen(struct reader *r, const struct yaml *node, void *out)
{
	struct duty_draft *draft = out;
	read_map(r, node, &foreseen_shape, &draft->rule);
}

#define RULE(member) offsetof(struct duty_draft, rule.member)
static const struct slot duty_slots[] = {
	{ "title", read_line, RULE(title), true },
	{ "due", read_due, 0, true },
	{ "counted_from", read_counted_from, 0, false },
	{ "before", read_before, 0, false },
	{ "basis", read_basis, 0, false },
	{ "source", read_source, 0, false },
	{ "verified", read_verified, 0, false },
	{ "calendar", read_calendar_name, RULE(calendar), false },
	{ "owner", read_holder, RULE(owner), false },
	{ "by_family", read_bool, RULE(by_family), false },
	{ "runs_from", read_runs_from, 0, false },
	{ "each", read_each, 0, false },
	{ "pausable", read_pause, 0, false },
	{ "warnings", read_warnings, 0, false },
	{ "on_warned", read_on_warned, 0, false },
	{ "on_due", read_on_due, 0, false },
	{ "on_breached", read_on_breached, 0, false },
	{ "on_lapsed", read_on_lapsed, 0, false },
	{ "on_moved", read_on_moved, 0, false },
	{ "foreseen", read_foreseen, 0, false },
	{ "on_foreseen", read_on_foreseen, 0, false },
	{ "ladder", read_ladder, RULE(ladder), false },
	{ "valid_from", read_date, RULE(valid_from), false },
	{ "valid_to", read_date, RULE(valid_to), false },
};
static const struct map_shape duty_shape = SHAPE("a duty", duty_slots);

static const struct slot usual_slots[] = {
	{ "warnings", read_warnings, 0, true },
	{ "on_warned", read_on_warned, 0, true },
	{ "on_due", read_on_due, 0, false },
	{ "on_breached", read_on_breached, 0, true },
	{ "on_lapsed", read_on_lapsed, 0, false },
	{ "on_moved", read_on_moved, 0, false },
	{ "on_foreseen", read_on_foreseen, 0, false },
	{ "ladder", read_ladder, RULE(ladder), false },
};
static const struct map_shape usual_shape = SHAPE("what holds for every duty", usual_slots);

void usual_read(struct reader *r, const struct yaml *node, struct duty_rule *out)
{
	struct duty_draft draft = { 0 };
	read_map(r, node, &usual_shape, &draft);
	*out = draft.rule;
}

/* Whether a warning comes after the clock has started; of a day that the event names nobody knows. */
static bool is_in_time(const struct duty_rule *rule, struct duration warning)
{
	return rule->day_field.n > 0 || duration_weight(warning) < duration_weight(rule->due);
}

/* What the duty does not say itself is as standards.yaml says; but a warning that would come before
 * the clock has started is left out. */
static void fill_usual(struct reader *r, struct duty_draft *draft, const struct duty_rule *usual)
{
	struct duty_rule *rule = &draft->rule;
	if (!draft->has_warnings) {
		rule->warnings = TAKE(r->arena, struct duration, usual->n_warnings + 1);
		for (size_t i = 0; i < usual->n_warnings; i++) {
			if (is_in_time(rule, usual->warnings[i]))
				rule->warnings[rule->n_warnings++] = usual->warnings[i];
		}
	}
#define X(name)                                                                                    \
	if (!draft->has_##name) {                                                                  \
		rule->name = usual->name;                                                          \
		rule->n_##name = usual->n_##name;                                                  \
	}
	DUTY_SAYINGS(X)
#undef X
	if (rule->ladder.n == 0)
		rule->ladder = usual->ladder;
}

static bool is_worked_time(const struct duration *d)
{
	return duration_is_count(d) &&
	       (d->unit == DURATION_WORKING_DAYS || d->unit == DURATION_WORKING_HOURS ||
		d->unit == DURATION_WORKING_MINUTES);
}

/* Where the number comes from stands in the duty, or with the minimum standard that it is. */
static void fill_standard(struct reader *r, struct duty_draft *draft)
{
	struct duty_rule *rule = &draft->rule;
	const struct standard *standard = rule->standard.n > 0
						  ? policy_minimum(r->minimum, rule->standard)
						  : NULL;
	const struct {
		const char *key;
		bool has;
	} needed[] = { { "basis", draft->has_basis },
		       { "source", draft->has_source },
		       { "verified", draft->has_verified } };
	for (size_t i = 0; standard == NULL && i < sizeof needed / sizeof needed[0]; i++) {
		if (!needed[i].has)
			FAULT(r, r->line, "missing_key", "a duty needs the key '%s'",
			      needed[i].key);
	}
	if (standard == NULL)
		return;
	if (!draft->has_basis)
		rule->basis = BASIS_LOCAL;
	if (!draft->has_source)
		rule->source = standard->source;
	if (!draft->has_verified)
		rule->verified = standard->verified;
}

static void check_duty(struct reader *r, const struct duty_draft *draft)
{
	const struct duty_rule *rule = &draft->rule;
	if (rule->due.n > 0 && rule->n_warnings > 0 && !is_in_time(rule, rule->warnings[0]))
		FAULT(r, r->line, "warning_too_long",
		      "a warning would come before the clock has started");
	if (rule->pausable && !is_worked_time(&rule->due))
		FAULT(r, r->line, "pause_of_days",
		      "a clock that can be paused counts working days, hours or minutes");
	if (rule->foreseen_before.n > 0 && rule->n_on_foreseen == 0)
		FAULT(r, r->line, "foreseen_silent",
		      "it can be foreseen here that the date is missed, and 'on_foreseen' tells "
		      "nobody");
	if (rule->by_family && (rule->n_on_breached > 0 || rule->n_on_lapsed > 0 ||
				rule->n_on_foreseen > 0 || rule->ladder.n > 0))
		FAULT(r, r->line, "by_family_breached",
		      "the family's own time limit is never breached by us: leave on_breached, "
		      "on_lapsed, on_foreseen and ladder out");
	if (rule->each && rule->by_family)
		FAULT(r, r->line, "each_by_family",
		      "the family has one time for what they are told again: leave 'each' out");
	if (draft->has_runs_from && (!rule->by_family || rule->day_field.n > 0))
		FAULT(r, r->line, "runs_from_notice",
		      "only the family's own time limit runs from a notice, and only where it is "
		      "counted from no other day");
	if (rule->before_day && !duration_is_count(&rule->due))
		FAULT(r, r->line, "bad_duration",
		      "before a day is so long before it: a number and a unit");
	if (date_is(rule->valid_to) && date_is(rule->valid_from) &&
	    date_before(rule->valid_to, rule->valid_from))
		FAULT(r, r->line, "valid_to_before_from", "this rule ends before it begins");
	/* Of a minimum standard it is said once, where the standard stands. */
	if (!rule->verified && (rule->standard.n == 0 || draft->has_verified))
		DOUBT(r, r->line, "not_verified",
		      "nobody has checked this duty against its source yet");
}

static void read_duty(struct reader *r, const struct yaml *node, const struct duty_rule *usual,
		      struct duty_rule *out)
{
	struct duty_draft draft = { .rule = *out };
	/* The key before others that are judged by it. */
	const struct yaml *basis = node->type == YAML_MAP ? yaml_get(node, "basis") : NULL;
	if (basis != NULL && basis->type == YAML_TEXT && str_eq(basis->text, S("local")))
		draft.rule.basis = BASIS_LOCAL;
	size_t errors = r->findings->errors;
	read_map(r, node, &duty_shape, &draft);
	if (node->type == YAML_MAP)
		fill_standard(r, &draft);
	if (!draft.rule.by_family)
		fill_usual(r, &draft, usual);
	else if (str_eq(draft.rule.owner, S("owner")))
		draft.rule.owner = S("family");
	if (r->findings->errors == errors)
		check_duty(r, &draft);
	*out = draft.rule;
}

/* Versions of a rule may not hold on the same day: which one governs a case would be chance. */
static void check_versions(struct reader *r, const struct duty_rule *versions, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct duty_rule *one = &versions[i - 1], *next = &versions[i];
		r->line = next->line;
		if (!date_is(one->valid_to) || !date_is(next->valid_from) ||
		    !date_before(one->valid_to, next->valid_from))
			FAULT(r, next->line, "versions_overlap",
			      "this version of '%.*s' must begin after the one above it ends: "
			      "valid_to there, valid_from here",
			      STR_ARG(next->id));
		else if (date_add(one->valid_to, 1).day != next->valid_from.day)
			DOUBT(r, next->line, "versions_gap",
			      "between the versions of '%.*s' there are days on which none holds",
			      STR_ARG(next->id));
	}
}

static size_t count_duties(const struct yaml *node)
{
	size_t n = 0;
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml *value = &node->members[i].value;
		n += value->type == YAML_LIST ? value->n : 1;
	}
	return n;
}

static size_t add_versions(struct reader *r, const struct yaml_member *member,
			   const struct duty_rule *usual, struct duty_rule *rules)
{
	const struct yaml *value = &member->value;
	size_t n = value->type == YAML_LIST ? value->n : 1;
	if (n == 0)
		FAULT(r, member->line, "empty", "the duty '%.*s' has no version",
		      STR_ARG(member->key));
	for (size_t i = 0; i < n; i++) {
		const struct yaml *node = value->type == YAML_LIST ? &value->items[i] : value;
		int line = value->type == YAML_LIST ? node->line : member->line;
		r->line = line;
		rules[i] = (struct duty_rule){
			.id = member->key,
			.owner = S("owner"),
			.valid_from = DATE_NONE,
			.valid_to = DATE_NONE,
			.file = r->file,
			.line = line,
		};
		read_duty(r, node, usual, &rules[i]);
	}
	check_versions(r, rules, n);
	return n;
}

struct duty_rule *duty_rules_read(struct reader *r, const struct yaml *node,
				  const struct duty_rule *usual, size_t *out_n)
{
	size_t n = 0;
	*out_n = 0;
	if (!is_map(r, node, "the duties, by id"))
		return NULL;
	size_t most = count_duties(node);
	if (most > DUTIES_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d duties here at most", DUTIES_MAX);
		return NULL;
	}
	struct duty_rule *rules = TAKE(r->arena, struct duty_rule, most + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		if (!id_is(member->key))
			FAULT(r, member->line, "not_an_id",
			      "a duty's id is letters, digits, '.', '_' and '-', at most 64");
		else
			n += add_versions(r, member, usual, &rules[n]);
	}
	*out_n = n;
	return rules;
}
