/* standards.yaml, `people`: how each grade travels on each channel, and when people are asked and
 * told about how they are told. */
#include "setup/inner.h"

#define DAYS_MAX 3660
#define PER_WEEK_MAX 100

/* --- how a grade travels ---------------------------------------------------------------------- */

static const struct {
	const char *word;
	enum carriage carriage;
} carriages[] = {
	{ "yes", CARRIES },
	{ "no", CARRIES_NOT },
	{ "agreed", CARRIES_AGREED },
	{ "prompt", CARRIES_PROMPT },
};

static void read_carriage(struct reader *r, const struct yaml *node, void *out)
{
	enum carriage *place = out;
	if (!is_text(r, node))
		return;
	for (size_t i = 0; i < sizeof carriages / sizeof carriages[0]; i++) {
		if (str_eq(node->text, str_of(carriages[i].word))) {
			*place = carriages[i].carriage;
			return;
		}
	}
	FAULT(r, node->line, "unknown_carriage",
	      "a channel carries a grade: yes, no, agreed (only where agreed on record) or prompt "
	      "(says only that it comes another way)");
}

#define CARRIAGE(channel) (CHANNEL_##channel * sizeof(enum carriage))
static const struct slot carriage_slots[] = {
	{ "email", read_carriage, CARRIAGE(EMAIL), false },
	{ "sms", read_carriage, CARRIAGE(SMS), false },
	{ "letter", read_carriage, CARRIAGE(LETTER), false },
};
static const struct map_shape carriage_shape = SHAPE("the channels of a grade", carriage_slots);

static void read_grade_channels(struct reader *r, const struct yaml *node, void *out)
{
	read_map(r, node, &carriage_shape, out);
}

#define GRADE_ROW(grade) (GRADE_##grade * sizeof(enum carriage[CHANNEL_COUNT]))
static const struct slot grade_slots[] = {
	{ "urgent", read_grade_channels, GRADE_ROW(URGENT), false },
	{ "formal", read_grade_channels, GRADE_ROW(FORMAL), false },
	{ "information", read_grade_channels, GRADE_ROW(INFORMATION), false },
	{ "reminder", read_grade_channels, GRADE_ROW(REMINDER), false },
	{ "optional", read_grade_channels, GRADE_ROW(OPTIONAL), false },
};
static const struct map_shape grade_shape = SHAPE("how each grade travels", grade_slots);

static void read_grades(struct reader *r, const struct yaml *node, void *out)
{
	struct people_rule *rule = out;
	read_map(r, node, &grade_shape, rule->carriage);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void read_number(struct reader *r, const struct yaml *node, int max, int *out)
{
	int64_t n;
	if (!is_text(r, node))
		return;
	if (str_to_i64(node->text, &n) && n >= 0 && n <= max)
		*out = (int)n;
	else
		FAULT(r, r->line, "out_of_limits", "a whole number from 0 to %d is wanted here",
		      max);
}

static void read_days(struct reader *r, const struct yaml *node, void *out)
{
	read_number(r, node, DAYS_MAX, out);
}

static void read_per_week(struct reader *r, const struct yaml *node, void *out)
{
	read_number(r, node, PER_WEEK_MAX, out);
}

static void read_rights_before(struct reader *r, const struct yaml *node, void *out)
{
	struct people_rule *rule = out;
	rule->rights_before = warnings_read(r, node, &rule->n_rights_before);
}

/* --- all -------------------------------------------------------------------------------------- */

#define PEOPLE(member) offsetof(struct people_rule, member)
static const struct slot people_slots[] = {
	{ "grades", read_grades, 0, false },
	{ "agree_within", read_duration, PEOPLE(agree_within), false },
	{ "agree_again", read_duration, PEOPLE(agree_again), false },
	{ "rights_before", read_rights_before, 0, false },
	{ "confirm_days", read_days, PEOPLE(confirm_days), false },
	{ "survey_days", read_days, PEOPLE(survey_days), false },
	{ "optional_per_week", read_per_week, PEOPLE(optional_per_week), false },
};
static const struct map_shape people_shape = SHAPE("how people are told", people_slots);

void telling_read(struct reader *r, const struct yaml *node, struct people_rule *out)
{
	read_map(r, node, &people_shape, out);
	if (out->carriage[GRADE_FORMAL][CHANNEL_LETTER] != CARRIES)
		FAULT(r, r->line, "formal_letter",
		      "a formal notice can always be a letter: that is its form where no other is "
		      "agreed");
}

/* What holds where a policy says nothing: a notice is a letter, or an email where that was agreed. */
void telling_usual(struct people_rule *out)
{
	out->carriage[GRADE_FORMAL][CHANNEL_EMAIL] = CARRIES_AGREED;
	out->carriage[GRADE_FORMAL][CHANNEL_SMS] = CARRIES_PROMPT;
	out->confirm_days = 14;
}
