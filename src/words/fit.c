#include "base/arena.h"
#include "words/inner.h"

/* Whether policy and templates fit: every template that is named is there, and gets what it needs
 * where it is used. */

/* One saying, and where in the policy it stands. */
struct place {
	const struct words *words;
	const struct policy *policy;
	struct findings *findings;
	const struct pathway *pathway;  /* NULL: for every pathway */
	const struct event_rule *event; /* NULL: of a duty or an action */
	bool duty, action;
	const struct saying *saying;
	const struct template *template;
};

static void refuse(const struct place *place, str what)
{
	mistake(place->findings, false, place->saying->file, place->saying->line, "policy_template",
		"template %.*s: %.*s", STR_ARG(place->saying->template), STR_ARG(what));
}

static const struct duty_rule *find_duty(const struct place *place, str rule)
{
	const struct pathway *pathway = place->pathway;
	for (size_t i = 0; pathway != NULL && i < pathway->n_duties; i++) {
		if (str_eq(pathway->duties[i].id, rule))
			return &pathway->duties[i];
	}
	for (size_t i = 0; i < place->policy->n_common; i++) {
		if (str_eq(place->policy->common[i].id, rule))
			return &place->policy->common[i];
	}
	return NULL;
}

static bool lists(const str *rules, size_t n, str rule)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rules[i], rule))
			return true;
	}
	return false;
}

/* A date needs a duty that runs when it is said. */
static void check_date(const struct place *place, str rule, bool right)
{
	struct arena *arena = place->findings->arena;
	if (!right && str_eq(rule, S("action"))) {
		if (!place->action)
			refuse(place, S("{{promise.action}} is only known when an action is told"));
		return;
	}
	if (!right && str_eq(rule, S("new"))) {
		if (!place->action && !place->duty)
			refuse(place, S("{{promise.new}} is only known of a duty or an action"));
		return;
	}
	const struct duty_rule *duty = find_duty(place, rule);
	const char *kind = right ? "right" : "promise";
	if (duty == NULL) {
		refuse(place,
		       str_fmt(arena, "{{%s.%.*s}} needs a duty %.*s, and there is none here", kind,
			       STR_ARG(rule), STR_ARG(rule)));
		return;
	}
	if (duty->by_family != right)
		refuse(place, str_fmt(arena,
				      "{{%s.%.*s}}: a promise is a date of the authority's, a "
				      "right is a time limit of the family's",
				      kind, STR_ARG(rule)));
	const struct event_rule *event = place->event;
	if (event != NULL && !lists(event->starts, event->n_starts, rule) &&
	    (lists(event->cancels, event->n_cancels, rule) ||
	     lists(event->meets, event->n_meets, rule)))
		refuse(place, str_fmt(arena, "{{%s.%.*s}}: this event ends that duty", kind,
				      STR_ARG(rule)));
}

static const struct field *find_field(const struct place *place, str name, bool *out_any)
{
	const struct field *fields = place->event->fields;
	size_t n = place->event->n_fields;
	enum kind kind = kind_of(place->event->type);
	if (kind != KIND_PATHWAY)
		fields = kind_fields(kind, &n);
	*out_any = str_eq(name, S("on"));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(fields[i].name, name))
			return &fields[i];
	}
	return NULL;
}

static void check_event_value(const struct place *place, const struct use *use)
{
	str name = str_slice(use->name, S("event.").n, use->name.n), rest;
	str_cut(name, '.', &name, &rest);
	bool always = false;
	if (place->event == NULL)
		return;
	const struct field *field = find_field(place, name, &always);
	bool known = always || field != NULL || str_eq(name, S("by"));
	struct arena *arena = place->findings->arena;
	if (!known)
		refuse(place, str_fmt(arena, "{{%.*s}}: the event %.*s has no such field",
				      STR_ARG(use->name), STR_ARG(place->event->type)));
	else if (!always && !use->guarded && (field == NULL || !field->required))
		refuse(place, str_fmt(arena,
				      "{{%.*s}} may be missing from the event %.*s: put it into "
				      "a section of its own name, or make the field required",
				      STR_ARG(use->name), STR_ARG(place->event->type)));
}

static void check_use(const struct place *place, const struct use *use)
{
	if (str_starts(use->name, S("event.")))
		check_event_value(place, use);
	if (use->guarded)
		return;
	if (str_starts(use->name, S("right.")))
		check_date(place, str_slice(use->name, 6, use->name.n), true);
	bool about_duty = str_starts(use->name, S("duty."));
	bool about_action = str_starts(use->name, S("action."));
	bool missed = str_eq(use->name, S("past.due"));
	if ((about_duty && !place->duty) || (about_action && !place->action) ||
	    (missed && !place->duty && !place->action))
		refuse(place, str_fmt(place->findings->arena, "{{%.*s}} is not known here",
				      STR_ARG(use->name)));
}

/* What the law or the standard wants in this notice, wherever else the template is used. */
static void check_blocks(const struct place *place)
{
	struct arena *arena = place->findings->arena;
	for (size_t i = 0; i < place->saying->n_blocks; i++) {
		str name = place->saying->blocks[i];
		enum block block;
		if (!block_parse(name, &block))
			refuse(place, str_fmt(arena,
					      "there is no block %.*s; docs/templates.md "
					      "lists them",
					      STR_ARG(name)));
		else if (!place->template->info.blocks[block])
			refuse(place, str_fmt(arena,
					      "the rule wants the block %.*s, and it has "
					      "none",
					      STR_ARG(name)));
	}
}

static bool uses(const struct template *template, str name)
{
	for (size_t i = 0; i < template->n_uses; i++) {
		if (str_eq(template->uses[i].name, name))
			return true;
	}
	return false;
}

/* A notice that ends a duty of ours may come too late, and then says sorry itself. */
static void check_sorry(const struct place *place)
{
	const struct saying *saying = place->saying;
	if (saying->audience == AUDIENCE_FAMILY && saying->meets.n > 0 &&
	    !uses(place->template, S("past.missed")))
		refuse(place, S("it ends a duty and may come late: it needs a word of apology, "
				"{{> late}}"));
}

static void check_saying(struct place place)
{
	const struct saying *saying = place.saying;
	place.template = template_find(place.words, S("en"), saying->template);
	if (place.template == NULL) {
		refuse(&place, S("there is no such template"));
		return;
	}
	const struct template *template = place.template;
	if ((template->info.grade == GRADE_FORMAL) != (saying->grade == GRADE_FORMAL))
		refuse(&place, S("the template or the rule is formal, and the other is not"));
	if (template->adverse && !saying->adverse)
		refuse(&place, S("it is adverse news: the rule must say adverse: yes, so that it "
				 "does not come when nobody can answer"));
	check_blocks(&place);
	check_sorry(&place);
	for (size_t i = 0; i < template->info.n_promises; i++)
		check_date(&place, template->info.promises[i], false);
	for (size_t i = 0; i < template->n_uses; i++)
		check_use(&place, &template->uses[i]);
}

static void check_sayings(struct place place, const struct saying *sayings, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		place.saying = &sayings[i];
		check_saying(place);
	}
}

static void check_event(struct place place, const struct event_rule *event)
{
	place.event = event;
	/* An engine's own event may be about a duty or an action: "duty.excused". */
	place.duty = str_starts(event->type, S("duty.")) || str_starts(event->type, S("breach."));
	place.action = str_starts(event->type, S("action.")) ||
		       str_starts(event->type, S("breach."));
	check_sayings(place, event->says, event->n_says);
}

static void check_duty(struct place place, const struct duty_rule *duty)
{
	place.duty = true;
	check_sayings(place, duty->on_warned, duty->n_on_warned);
	check_sayings(place, duty->on_due, duty->n_on_due);
	check_sayings(place, duty->on_breached, duty->n_on_breached);
	check_sayings(place, duty->on_lapsed, duty->n_on_lapsed);
	check_sayings(place, duty->on_foreseen, duty->n_on_foreseen);
	check_sayings(place, duty->on_moved, duty->n_on_moved);
}

/* A rung speaks of duties or of actions, whichever uses the ladder: sections in the template tell
 * them apart. */
static void check_ladder(struct place place, const struct ladder *ladder)
{
	place.duty = place.action = true;
	for (size_t i = 0; i < ladder->n_rungs; i++) {
		const struct rung *rung = &ladder->rungs[i];
		const struct saying saying = { .template = rung->template,
					       .grade = rung->grade,
					       .file = rung->file,
					       .line = rung->line };
		check_sayings(place, &saying, 1);
	}
}

/* What a service's desk sends out; where it has no digest any more, what waited for one comes in a last one. */
static void check_desks(struct place place)
{
	static const char *const templates[] = { "digest", "storm", "task-unowned" };
	for (size_t i = 0; place.policy->n_services > 0 && i < 3; i++) {
		const struct saying saying = { .template = str_of(templates[i]),
					       .grade = GRADE_ALERT,
					       .file = S("services.yaml") };
		check_sayings(place, &saying, 1);
	}
}

void words_check_policy(const struct words *words, const struct policy *policy,
			struct findings *findings)
{
	struct place place = { .words = words, .policy = policy, .findings = findings };
	const struct action_rule *actions = &policy->actions;
	for (size_t i = 0; i < policy->n_standards; i++)
		check_event(place, &policy->standards[i]);
	for (size_t i = 0; i < policy->n_pathways; i++) {
		place.pathway = &policy->pathways[i];
		for (size_t k = 0; k < place.pathway->n_events; k++)
			check_event(place, &place.pathway->events[k]);
		for (size_t k = 0; k < place.pathway->n_duties; k++)
			check_duty(place, &place.pathway->duties[k]);
		check_sayings(place, place.pathway->keep.says, place.pathway->keep.n_says);
	}
	place.pathway = NULL;
	check_desks(place);
	for (size_t i = 0; i < policy->n_common; i++)
		check_duty(place, &policy->common[i]);
	for (size_t i = 0; i < policy->n_ladders; i++)
		check_ladder(place, &policy->ladders[i]);
	check_sayings(place, policy->keep.says, policy->keep.n_says);
	place.action = true;
	check_sayings(place, actions->on_agreed, actions->n_on_agreed);
	check_sayings(place, actions->on_warned, actions->n_on_warned);
	check_sayings(place, actions->on_due, actions->n_on_due);
	check_sayings(place, actions->on_breached, actions->n_on_breached);
	check_sayings(place, actions->on_completed, actions->n_on_completed);
	check_sayings(place, actions->on_rescheduled, actions->n_on_rescheduled);
	check_sayings(place, actions->on_cancelled, actions->n_on_cancelled);
	check_sayings(place, actions->on_lapsed, actions->n_on_lapsed);
	check_sayings(place, actions->on_foreseen, actions->n_on_foreseen);
	check_sayings(place, actions->on_disputed, actions->n_on_disputed);
}
