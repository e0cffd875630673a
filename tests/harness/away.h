/*
 * A policy as every decision of a rehearsal has it: with those who are away by now.
 */
#ifndef TESTS_HARNESS_AWAY_H
#define TESTS_HARNESS_AWAY_H

#include "simulate/simulate.h"

static inline struct policy policy_with_away(struct arena *arena, const struct policy *policy,
					     const struct simulate *simulate)
{
	struct policy some = *policy;
	struct away *list = NULL;
	size_t n = 0;
	for (size_t s = 0; s < policy->n_services; s++) {
		const struct family *desk = simulate_family(
			simulate, str_join(arena, S(DESK_PREFIX), policy->services[s].id));
		for (size_t i = 0; desk != NULL && i < desk->n_absences; i++) {
			const struct absence *absence = &desk->absences[i];
			*GROW(arena, list, n) = (struct away){ absence->person, absence->deputy,
							       absence->from, absence->to };
		}
	}
	some.away = list;
	some.n_away = n;
	return some;
}

#endif
