/*
 * When a letter is printed and when it arrives.
 *
 * Letters are taken until 17:30 and printed on the next working day; what comes later is printed on
 * the one after. The day after the print day is the first on which the post can deliver. Days of
 * the printer are Monday to Friday; first class letters are delivered on Saturdays, too.
 */
#include "reckon/inner.h"

#define CUT_OFF (17 * 60 + 30)

static const struct {
	str name;
	int least, most; /* postal days behind the day after the print day */
	bool saturdays;
} classes[POSTAGE_COUNT] = {
	[POSTAGE_FIRST] = { { "first", 5 }, 0, 0, true },
	[POSTAGE_SECOND] = { { "second", 6 }, 3, 4, false },
	[POSTAGE_ECONOMY] = { { "economy", 7 }, 3, 6, false },
};

bool postage_parse(str text, enum postage *out)
{
	for (size_t i = 0; i < POSTAGE_COUNT; i++) {
		if (str_eq(text, classes[i].name)) {
			*out = (enum postage)i;
			return true;
		}
	}
	return false;
}

/* Goes n days on which there is post. */
static date add_postal_days(const struct calendar *calendar, date day, int n, bool saturdays)
{
	const enum weekday last = saturdays ? SATURDAY : FRIDAY;
	/* Every listed holiday can take one day; those of every year are at most all but a few. */
	for (int64_t i = closed_days_max(calendar); n > 0 && i > 0; i--) {
		day = date_add(day, 1);
		if (date_weekday(day) <= last && !reckon_holiday(calendar, day, NULL)) {
			n--;
			i = closed_days_max(calendar);
		}
	}
	return day;
}

struct letter_dates letter_arrival(const struct calendar *calendar, instant handed_over,
				   enum postage postage)
{
	require((size_t)postage < (size_t)POSTAGE_COUNT);
	date day = zone_date(calendar->zone, handed_over);
	bool missed = instant_before(zone_instant(calendar->zone, day, CUT_OFF), handed_over);
	bool saturdays = classes[postage].saturdays;
	date printed = add_postal_days(calendar, day, missed ? 2 : 1, false);
	return (struct letter_dates){
		.printed = printed,
		.earliest = add_postal_days(calendar, printed, 1 + classes[postage].least,
					    saturdays),
		.latest = add_postal_days(calendar, printed, 1 + classes[postage].most, saturdays),
	};
}
