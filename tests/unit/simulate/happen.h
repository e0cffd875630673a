/* An event of a test happens to a simulated world. */
#ifndef TESTS_UNIT_SIMULATE_HAPPEN_H
#define TESTS_UNIT_SIMULATE_HAPPEN_H

#include "simulate/simulate.h"

/* NOLINTNEXTLINE(readability-function-size): all that an event is */
static inline void happen_in(struct simulate *simulate, struct arena *arena, str id, instant at,
			     const char *type, const char *subject, str data)
{
	const struct own_event event = { .source = S("test"),
					 .id = id,
					 .type = str_of(type),
					 .subject = str_of(subject),
					 .time = at,
					 .data = data };
	simulate_event(simulate, intake_own_event(arena, &event));
}

#endif
