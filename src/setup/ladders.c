/* standards.yaml: who is told, and when, while something stays undone; and how long a case may be
 * silent. */
#include "base/arena.h"
#include "setup/inner.h"

#include <assert.h>

#define LADDERS_MAX 50
#define RUNGS_MAX 12

/* --- ladders ---------------------------------------------------------------------------------- */

static void read_rung_grade(struct reader *r, const struct yaml *node, void *out)
{
	enum grade *place = out;
	enum grade grade = GRADE_COUNT;
	if (is_text(r, node) && grade_parse(node->text, &grade) &&
	    (grade == GRADE_ALERT || grade == GRADE_URGENT))
		*place = grade;
	else if (node->type == YAML_TEXT)
		FAULT(r, node->line, "unknown_grade", "a rung's grade is alert or urgent");
}

static void read_rung_holder(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_RUNG, out);
}

static const struct slot rung_slots[] = {
	{ "tell", read_rung_holder, offsetof(struct rung, tell), true },
	{ "template", read_id, offsetof(struct rung, template), true },
	{ "after", read_count_of_time, offsetof(struct rung, after), false },
	{ "grade", read_rung_grade, offsetof(struct rung, grade), false },
	{ "digest", read_bool, offsetof(struct rung, digest), false },
};
static const struct map_shape rung_shape = SHAPE("a rung", rung_slots);

static void read_rungs(struct reader *r, const struct yaml *node, void *out)
{
	struct ladder *ladder = out;
	int line = r->line;
	if (!is_list(r, node, "the rungs, the lowest first"))
		return;
	if (node->n == 0 || node->n > RUNGS_MAX) {
		FAULT(r, r->line, node->n == 0 ? "empty" : "too_many", "a ladder has 1 to %d rungs",
		      RUNGS_MAX);
		return;
	}
	ladder->rungs = TAKE(r->arena, struct rung, node->n);
	for (size_t i = 0; i < node->n; i++) {
		struct rung *rung = &ladder->rungs[ladder->n_rungs++];
		*rung = (struct rung){ .grade = GRADE_ALERT,
				       .file = r->file,
				       .line = node->items[i].line };
		r->line = rung->line;
		read_map(r, &node->items[i], &rung_shape, rung);
		if (rung->digest && rung->grade != GRADE_ALERT)
			FAULT(r, r->line, "digest_for_whom",
			      "only an alert to staff can wait for the digest");
	}
	r->line = line;
}

static void read_ladder_calendar(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_CALENDAR, out);
}

static const struct slot ladder_slots[] = {
	{ "rungs", read_rungs, 0, true },
	{ "repeat", read_count_of_time, offsetof(struct ladder, repeat), true },
	{ "slowest", read_count_of_time, offsetof(struct ladder, slowest), false },
	{ "acknowledge", read_count_of_time, offsetof(struct ladder, acknowledge), true },
	{ "calendar", read_ladder_calendar, offsetof(struct ladder, calendar), false },
};
static const struct map_shape ladder_shape = SHAPE("a ladder", ladder_slots);

struct ladder *ladders_read(struct reader *r, const struct yaml *node, size_t *out_n)
{
	size_t n = 0;
	int line = r->line;
	*out_n = 0;
	if (!is_map(r, node, "the ladders, by name"))
		return NULL;
	if (node->n > LADDERS_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d ladders at most", LADDERS_MAX);
		return NULL;
	}
	struct ladder *ladders = TAKE(r->arena, struct ladder, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		r->line = member->line;
		if (!id_is(member->key)) {
			FAULT(r, member->line, "not_an_id",
			      "a ladder's name is letters, digits, '.', '_' and '-', at most 64");
			continue;
		}
		struct ladder *ladder = &ladders[n++];
		*ladder =
			(struct ladder){ .id = member->key, .file = r->file, .line = member->line };
		read_map(r, &member->value, &ladder_shape, ladder);
		if (ladder->slowest.n == 0)
			ladder->slowest = ladder->repeat;
	}
	r->line = line;
	*out_n = n;
	return ladders;
}

/* --- keeping in touch ------------------------------------------------------------------------- */

static void read_keep_says(struct reader *r, const struct yaml *node, void *out)
{
	struct keep_in_touch *keep = out;
	struct sayings sayings = sayings_read(r, node);
	keep->says = sayings.list;
	keep->n_says = sayings.n;
}

static const struct slot keep_slots[] = {
	{ "every", read_count_of_time, offsetof(struct keep_in_touch, every), true },
	{ "when_late", read_count_of_time, offsetof(struct keep_in_touch, when_late), false },
	{ "ahead", read_count_of_time, offsetof(struct keep_in_touch, ahead), false },
	{ "says", read_keep_says, 0, true },
};
static const struct map_shape keep_shape = SHAPE("keeping in touch", keep_slots);

void keep_read(struct reader *r, const struct yaml *node, void *out)
{
	struct keep_in_touch *keep = out;
	*keep = (struct keep_in_touch){ .file = r->file, .line = r->line };
	read_map(r, node, &keep_shape, keep);
	for (size_t i = 0; i < keep->n_says; i++) {
		const struct saying *saying = &keep->says[i];
		if (saying->grade == GRADE_FORMAL || saying->meets.n > 0 || saying->adverse)
			FAULT(r, saying->line, "keep_informal",
			      "what is said only to keep in touch is no notice and no bad news");
	}
}
