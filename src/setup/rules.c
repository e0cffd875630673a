/* pathways/ and standards.yaml: the tops of the files that hold rules. */
#include "setup/inner.h"

#include <assert.h>

/* --- a pathway -------------------------------------------------------------------------------- */

struct pathway_draft {
	struct pathway *pathway;
	const struct duty_rule *usual;
	str title, service, calendar;
	bool shadow;
};

static void read_service_name(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_SERVICE, out);
}

static void read_calendar_name(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_CALENDAR, out);
}

static void read_duties(struct reader *r, const struct yaml *node, void *out)
{
	struct pathway_draft *draft = out;
	struct pathway *pathway = draft->pathway;
	pathway->duties = duty_rules_read(r, node, draft->usual, &pathway->n_duties);
}

static void read_events(struct reader *r, const struct yaml *node, void *out)
{
	struct pathway_draft *draft = out;
	struct pathway *pathway = draft->pathway;
	pathway->events = event_rules_read(r, node, false, &pathway->n_events);
}

static void read_pathway_keep(struct reader *r, const struct yaml *node, void *out)
{
	const struct pathway_draft *draft = out;
	keep_read(r, node, &draft->pathway->keep);
}

static void read_with(struct reader *r, const struct yaml *node, void *out)
{
	struct pathway_draft *draft = out;
	struct pathway *pathway = draft->pathway;
	pathway->with_line = r->line;
	pathway->with = read_mentions(r, node, MENTION_PATHWAY, &pathway->n_with);
}

static const struct slot pathway_slots[] = {
	{ "title", read_line, offsetof(struct pathway_draft, title), true },
	{ "service", read_service_name, offsetof(struct pathway_draft, service), true },
	{ "calendar", read_calendar_name, offsetof(struct pathway_draft, calendar), true },
	{ "with", read_with, 0, false },
	{ "duties", read_duties, 0, true },
	{ "events", read_events, 0, true },
	{ "keep_in_touch", read_pathway_keep, 0, false },
	{ "shadow", read_bool, offsetof(struct pathway_draft, shadow), false },
};
static const struct map_shape pathway_shape = SHAPE("a pathway", pathway_slots);

void pathway_read(struct reader *r, const struct source *source, const struct duty_rule *usual,
		  struct pathway *out)
{
	struct pathway_draft draft = { .pathway = out, .usual = usual };
	*out = (struct pathway){ .id = source_id(source->name), .file = source->file };
	r->pathway = out->id;
	(void)read_document(r, source->bytes, &pathway_shape, &draft);
	out->title = draft.title;
	out->service = draft.service;
	out->calendar = draft.calendar;
	out->shadow = draft.shadow;
	for (size_t i = 0; i < out->n_duties; i++) {
		if (out->duties[i].calendar.n == 0)
			out->duties[i].calendar = out->calendar;
	}
}

/* --- the standards ---------------------------------------------------------------------------- */

static void read_action_calendar(struct reader *r, const struct yaml *node, void *out)
{
	struct action_rule *rule = out;
	read_mention(r, node, MENTION_CALENDAR, &rule->calendar);
}

static void read_action_warnings(struct reader *r, const struct yaml *node, void *out)
{
	struct action_rule *rule = out;
	rule->warnings = warnings_read(r, node, &rule->n_warnings);
}

static void read_action_ladder(struct reader *r, const struct yaml *node, void *out)
{
	struct action_rule *rule = out;
	read_mention(r, node, MENTION_LADDER, &rule->ladder);
}

/* One reader for each list of sayings that an action has. */
#define ACTION_SAYINGS(X)                                                                          \
	X(on_agreed)                                                                               \
	X(on_warned)                                                                               \
	X(on_due)                                                                                  \
	X(on_breached)                                                                             \
	X(on_lapsed)                                                                               \
	X(on_foreseen)                                                                             \
	X(on_disputed)                                                                             \
	X(on_completed)                                                                            \
	X(on_rescheduled)                                                                          \
	X(on_cancelled)

#define X(name)                                                                                    \
	static void read_##name(struct reader *r, const struct yaml *node, void *out)              \
	{                                                                                          \
		struct action_rule *rule = out;                                                    \
		struct sayings sayings = sayings_read(r, node);                                    \
		rule->name = sayings.list;                                                         \
		rule->n_##name = sayings.n;                                                        \
	}
ACTION_SAYINGS(X)
#undef X

#define X(name) { #name, read_##name, 0, false },
static const struct slot action_slots[] = { { "calendar", read_action_calendar, 0, true },
					    { "warnings", read_action_warnings, 0, false },
					    { "ladder", read_action_ladder, 0, false },
					    ACTION_SAYINGS(X) };
#undef X
static const struct map_shape action_shape = SHAPE("the rules of actions", action_slots);

static void read_usual(struct reader *r, const struct yaml *node, void *out)
{
	struct draft *draft = out;
	usual_read(r, node, &draft->usual);
}

static void read_actions(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	read_map(r, node, &action_shape, &draft->policy->actions);
}

static void read_standards(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	struct policy *policy = draft->policy;
	policy->standards = event_rules_read(r, node, true, &policy->n_standards);
}

static void read_task_ladder(struct reader *r, const struct yaml *node, void *out)
{
	read_mention(r, node, MENTION_LADDER, out);
}

static const struct slot task_slots[] = { { "ladder", read_task_ladder, 0, true } };
static const struct map_shape task_shape = SHAPE("the rules of tasks", task_slots);

static void read_tasks(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	read_map(r, node, &task_shape, &draft->policy->task_ladder);
}

static void read_ladders(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	struct policy *policy = draft->policy;
	policy->ladders = ladders_read(r, node, &policy->n_ladders);
}

static void read_keep(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	keep_read(r, node, &draft->policy->keep);
}

static void read_common(struct reader *r, const struct yaml *node, void *out)
{
	struct draft *draft = out;
	draft->common = node;
	(void)r;
}

/* minimum.c has read it already, before everything that counts by it. */
static void read_elsewhere(struct reader *r, const struct yaml *node, void *out)
{
	(void)r;
	(void)node;
	(void)out;
}

static void read_telling(struct reader *r, const struct yaml *node, void *out)
{
	const struct draft *draft = out;
	telling_read(r, node, &draft->policy->people);
}

static const struct slot standards_slots[] = {
	{ "minimum", read_elsewhere, 0, false }, { "pack", read_elsewhere, 0, false },
	{ "duties", read_usual, 0, true },       { "actions", read_actions, 0, true },
	{ "people", read_telling, 0, false },    { "common", read_common, 0, false },
	{ "ladders", read_ladders, 0, false },   { "keep_in_touch", read_keep, 0, false },
	{ "events", read_standards, 0, false },  { "tasks", read_tasks, 0, false },
};
static const struct map_shape standards_shape = SHAPE("standards.yaml", standards_slots);

void standards_read(struct reader *r, str bytes, struct draft *draft)
{
	struct policy *policy = draft->policy;
	telling_usual(&policy->people);
	const struct yaml *top = yaml_parse(r->arena, r->file, bytes, r->findings);
	if (top == NULL)
		return;
	minimum_read(r, top, draft);
	r->line = 1;
	read_map(r, top, &standards_shape, draft);
	/* What they do not say themselves is the usual, wherever that stands in the file. */
	if (draft->common != NULL)
		policy->common = duty_rules_read(r, draft->common, &draft->usual,
						 &policy->n_common);
}
