/* Who has what before them at a moment of a story, as `candourctl list` would say of each person. */
#include "story.h"

#include "harness/away.h"
#include "model/lists.h"

static const char *const parts[LIST_PART_COUNT] = {
	[LIST_LATE] = "late", [LIST_TODAY] = "today", [LIST_WEEK] = "week", [LIST_LATER] = "later"
};

struct look {
	struct arena *arena;
	struct policy policy;
	const struct simulate *simulate;
	str families;
	date today;
	struct buf *out;
};

static void show_case(const struct look *look, const struct case_file *file, str reader,
		      enum list_part part)
{
	size_t n;
	const struct thing *things = list_things(look->arena, file, &n);
	for (size_t i = 0; i < n; i++) {
		bool is_theirs = str_eq(list_reader(&look->policy, &things[i], look->today),
					reader);
		if (is_theirs && list_part_of(things[i].due, look->today) == part)
			buf_fmt(look->out, "  %-12.*s  %-5s  %.*s  %.*s\n", STR_ARG(reader),
				parts[part], STR_ARG(file->id), STR_ARG(things[i].id));
	}
}

static void show_reader(const struct look *look, str reader)
{
	for (enum list_part part = LIST_LATE; part < LIST_PART_COUNT; part++) {
		str rest = look->families, id = STR_EMPTY;
		while (rest.n > 0) {
			if (!str_cut(rest, ' ', &id, &rest)) {
				id = rest;
				rest = STR_EMPTY;
			}
			const struct family *family = simulate_family(look->simulate, id);
			for (size_t i = 0; family != NULL && i < family->n_cases; i++)
				show_case(look, &family->cases[i], reader, part);
		}
	}
}

void lists_show(struct arena *arena, const struct policy *policy, const struct simulate *simulate,
		str families, date today, struct buf *out)
{
	const struct look look = { .arena = arena,
				   .policy = policy_with_away(arena, policy, simulate),
				   .simulate = simulate,
				   .families = families,
				   .today = today,
				   .out = out };
	size_t before = out->n;
	for (size_t s = 0; s < policy->n_services; s++) {
		const struct service *service = &policy->services[s];
		for (size_t i = 0; i < service->n_people; i++)
			show_reader(&look, service->people[i].id);
		show_reader(&look, service->id);
	}
	if (out->n == before)
		buf_add(out, S("  nothing\n"));
}
