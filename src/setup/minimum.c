/* The minimum standards: numbers with names, by which duties and sayings count; the packs, which are
 * what other councils have published; and pathways that lend their rules to others. */
#include "base/arena.h"
#include "setup/inner.h"

#include <assert.h>

#define MINIMUM_MAX 64

/* --- numbers with names ------------------------------------------------------------------------- */

static const struct slot standard_slots[] = {
	{ "title", read_line, offsetof(struct standard, title), true },
	{ "within", read_duration, offsetof(struct standard, within), true },
	{ "source", read_line, offsetof(struct standard, source), true },
	{ "verified", read_bool, offsetof(struct standard, verified), true },
};
static const struct map_shape standard_shape = SHAPE("a minimum standard", standard_slots);

static void read_minimum(struct reader *r, const struct yaml *node, void *out)
{
	struct minimum *minimum = out;
	if (!is_map(r, node, "the minimum standards, by id"))
		return;
	if (node->n > MINIMUM_MAX) {
		FAULT(r, r->line, "too_many", "there may be %d minimum standards at most",
		      MINIMUM_MAX);
		return;
	}
	minimum->list = TAKE(r->arena, struct standard, node->n + 1);
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct standard *standard = &minimum->list[minimum->n++];
		r->line = member->line;
		*standard = (struct standard){ .id = member->key,
					       .file = r->file,
					       .line = member->line };
		if (!id_is(member->key))
			FAULT(r, member->line, "not_an_id",
			      "a standard's id is letters, digits, '.', '_' and '-', at most 64");
		read_map(r, &member->value, &standard_shape, standard);
		if (!standard->verified)
			DOUBT(r, member->line, "not_verified",
			      "nobody has checked this standard against its source yet");
	}
}

/* --- packs --------------------------------------------------------------------------------------- */

static const struct slot pack_slots[] = {
	{ "title", read_line, offsetof(struct pack, title), true },
	{ "minimum", read_minimum, offsetof(struct pack, minimum), true },
};
static const struct map_shape pack_shape = SHAPE("a pack", pack_slots);

void pack_read(struct reader *r, const struct source *source, struct pack *out)
{
	*out = (struct pack){ .id = source_id(source->name) };
	(void)read_document(r, source->bytes, &pack_shape, out);
}

/* --- the numbers in force ------------------------------------------------------------------------ */

static bool is_listed(const struct minimum *minimum, str id)
{
	for (size_t i = 0; i < minimum->n; i++) {
		if (str_eq(minimum->list[i].id, id))
			return true;
	}
	return false;
}

/* A number that no rule of ours could use would be believed to hold. */
static void check_pack(const struct pack *pack, const struct minimum *own,
		       struct findings *findings)
{
	str *known = TAKE(findings->arena, str, own->n + 1);
	for (size_t i = 0; i < own->n; i++)
		known[i] = own->list[i].id;
	for (size_t i = 0; i < pack->minimum.n; i++) {
		const struct standard *standard = &pack->minimum.list[i];
		if (is_listed(own, standard->id))
			continue;
		str ask = ask_nearest(findings, standard->id, known, own->n);
		findings_error(findings, standard->file, standard->line, "unknown_standard",
			       "'%.*s' is no minimum standard of standards.yaml%.*s",
			       STR_ARG(standard->id), STR_ARG(ask));
	}
}

static const struct pack *find_pack(struct reader *r, const struct draft *draft,
				    const struct yaml *node)
{
	str *known = TAKE(r->arena, str, draft->n_packs + 1);
	if (!is_text(r, node))
		return NULL;
	for (size_t i = 0; i < draft->n_packs; i++) {
		if (str_eq(draft->packs[i].id, node->text))
			return &draft->packs[i];
		known[i] = draft->packs[i].id;
	}
	str ask = ask_nearest(r->findings, node->text, known, draft->n_packs);
	FAULT(r, node->line, "unknown_pack", "'%.*s' is no pack below packs/%.*s",
	      STR_ARG(shorten(node->text)), STR_ARG(ask));
	return NULL;
}

void minimum_read(struct reader *r, const struct yaml *top, struct draft *draft)
{
	struct policy *policy = draft->policy;
	struct minimum own = { 0 };
	const struct yaml *minimum = top->type == YAML_MAP ? yaml_get(top, "minimum") : NULL;
	const struct yaml *name = top->type == YAML_MAP ? yaml_get(top, "pack") : NULL;
	if (minimum != NULL)
		read_minimum(r, minimum, &own);
	for (size_t i = 0; i < draft->n_packs; i++)
		check_pack(&draft->packs[i], &own, r->findings);
	const struct pack *pack = name != NULL ? find_pack(r, draft, name) : NULL;
	size_t n_pack = pack != NULL ? pack->minimum.n : 0;
	policy->pack = pack != NULL ? pack->id : STR_EMPTY;
	policy->minimum = TAKE(r->arena, struct standard, n_pack + own.n + 1);
	for (size_t i = 0; i < n_pack; i++)
		policy->minimum[policy->n_minimum++] = pack->minimum.list[i];
	for (size_t i = 0; i < own.n; i++) {
		if (n_pack == 0 || !is_listed(&pack->minimum, own.list[i].id))
			policy->minimum[policy->n_minimum++] = own.list[i];
	}
}

/* --- pathways that lend their rules --------------------------------------------------------------- */

static bool has_event(const struct pathway *pathway, str type)
{
	return pathway_event(pathway, type) != NULL;
}

static bool has_duty(const struct pathway *pathway, size_t n, str id)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(pathway->duties[i].id, id))
			return true;
	}
	return false;
}

static void share_events(struct arena *arena, struct pathway *to, const struct pathway *from,
			 struct findings *findings)
{
	struct event_rule *list = TAKE(arena, struct event_rule, to->n_events + from->n_events + 1);
	size_t n = 0;
	for (; n < to->n_events; n++)
		list[n] = to->events[n];
	for (size_t i = 0; i < from->n_events; i++) {
		const struct event_rule *event = &from->events[i];
		if (has_event(to, event->type))
			findings_error(findings, to->file, to->with_line, "declared_twice",
				       "'%.*s' stands here and in the pathway '%.*s' that is taken "
				       "along",
				       STR_ARG(event->type), STR_ARG(from->id));
		else
			list[n++] = *event;
	}
	to->events = list;
	to->n_events = n;
}

static void share_duties(struct arena *arena, struct pathway *to, const struct pathway *from,
			 struct findings *findings)
{
	size_t own = to->n_duties;
	struct duty_rule *list = TAKE(arena, struct duty_rule, own + from->n_duties + 1);
	size_t n = 0;
	for (; n < own; n++)
		list[n] = to->duties[n];
	for (size_t i = 0; i < from->n_duties; i++) {
		const struct duty_rule *duty = &from->duties[i];
		if (has_duty(to, own, duty->id))
			findings_error(findings, to->file, to->with_line, "declared_twice",
				       "the duty '%.*s' stands here and in the pathway '%.*s' that "
				       "is taken along",
				       STR_ARG(duty->id), STR_ARG(from->id));
		else
			list[n++] = *duty;
	}
	to->duties = list;
	to->n_duties = n;
}

/* One step deep: what a pathway has taken along itself it does not lend on. */
void pathways_share(struct arena *arena, struct policy *policy, struct findings *findings)
{
	struct pathway *before = TAKE(arena, struct pathway, policy->n_pathways + 1);
	for (size_t i = 0; i < policy->n_pathways; i++)
		before[i] = policy->pathways[i];
	for (size_t i = 0; i < policy->n_pathways; i++) {
		struct pathway *to = &policy->pathways[i];
		for (size_t k = 0; k < to->n_with; k++) {
			for (size_t j = 0; j < policy->n_pathways; j++) {
				if (i == j || !str_eq(before[j].id, to->with[k]))
					continue;
				share_events(arena, to, &before[j], findings);
				share_duties(arena, to, &before[j], findings);
			}
		}
	}
}
