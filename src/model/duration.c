/* Durations as people write them: "6 weeks", "15 days beginning", "10 working days". */
#include "model/calendar.h"

/* Far behind every standard there is; keeps the counting of days short. */
#define DURATION_MAX 3660

static const struct {
	str one, many;
	enum duration_unit unit;
} units[] = {
	{ { "day", 3 }, { "days", 4 }, DURATION_DAYS },
	{ { "week", 4 }, { "weeks", 5 }, DURATION_WEEKS },
	{ { "month", 5 }, { "months", 6 }, DURATION_MONTHS },
	{ { "working day", 11 }, { "working days", 12 }, DURATION_WORKING_DAYS },
};
#define UNIT_COUNT (sizeof(units) / sizeof(units[0]))

static bool find_unit(str text, enum duration_unit *out)
{
	for (size_t i = 0; i < UNIT_COUNT; i++) {
		if (str_eq(text, units[i].one) || str_eq(text, units[i].many)) {
			*out = units[i].unit;
			return true;
		}
	}
	return false;
}

bool duration_parse(struct arena *arena, str text, struct duration *out, str *why)
{
	str number, words;
	int64_t n;
	text = str_trim(text);
	if (!str_cut(text, ' ', &number, &words) || !str_to_i64(number, &n)) {
		*why = S("a duration is a number and a unit, such as \"6 weeks\" or "
			 "\"10 working days\"");
		return false;
	}
	if (n < 0 || n > DURATION_MAX) {
		*why = str_fmt(arena, "a duration counts from 0 to %d", DURATION_MAX);
		return false;
	}
	struct duration duration = { .n = (int)n };
	words = str_trim(words);
	if (str_ends(words, S(" beginning"))) {
		duration.beginning = true;
		words = str_trim(str_slice(words, 0, words.n - S(" beginning").n));
	}
	if (!find_unit(words, &duration.unit)) {
		*why = S("the unit of a duration is days, weeks, months or working days, with "
			 "\"beginning\" behind it where the first day counts");
		return false;
	}
	*out = duration;
	return true;
}

str duration_print(struct arena *arena, struct duration d)
{
	require((size_t)d.unit < UNIT_COUNT);
	str unit = d.n == 1 ? units[d.unit].one : units[d.unit].many;
	return str_fmt(arena, "%d %.*s%s", d.n, STR_ARG(unit), d.beginning ? " beginning" : "");
}
