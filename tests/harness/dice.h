/*
 * Chance that comes out the same each time: what a seed finds, it finds again.
 */
#ifndef TESTS_HARNESS_DICE_H
#define TESTS_HARNESS_DICE_H

#include "base/str.h"

static uint64_t dice_state;

/* Any seed will do; seeds beside each other roll nothing alike. */
static inline void dice_seed(uint64_t seed)
{
	dice_state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

static inline uint64_t roll_dice(uint64_t sides)
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 7;
	dice_state ^= dice_state << 17;
	return (dice_state >> 11) % sides;
}

static inline int roll_between(int least, int most)
{
	return least + (int)roll_dice((uint64_t)(most - least) + 1);
}

static inline bool roll_percent(unsigned percent)
{
	return roll_dice(100) < percent;
}

/* How many cases are tried, as the environment says: CANDOUR_CASES. */
static inline uint64_t number_of(const char *variable, uint64_t otherwise)
{
	int64_t n;
	const char *text = getenv(variable);
	return text != NULL && str_to_i64(str_of(text), &n) && n > 0 ? (uint64_t)n : otherwise;
}

#endif
