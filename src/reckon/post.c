/*
 * When a letter is printed and when it arrives.
 *
 * Letters are taken until 17:30 and printed on the next working day; what comes later is printed on
 * the one after. The day after the print day is the first on which the post can deliver. Days of
 * the printer are Monday to Friday; first class letters are delivered on Saturdays, too.
 */
#include "reckon/inner.h"

#define CUT_OFF (17 * 60 + 30)
#define LAST_HAND_OVER_DAYS 60 /* no post takes longer, whatever the holidays */

static const struct {
	str name;
	int least, most; /* postal days behind the day after the print day */
	bool saturdays;
} classes[POSTAGE_COUNT] = {
	[POSTAGE_FIRST] = { { "first", 5 }, 0, 0, true },
	[POSTAGE_SECOND] = { { "second", 6 }, 3, 4, false },
	[POSTAGE_ECONOMY] = { { "economy", 7 }, 3, 6, false },
};

struct print_room print_room_usual(void)
{
	struct print_room room = { .cut_off = CUT_OFF };
	for (int day = MONDAY; day <= FRIDAY; day++)
		room.days[day] = true;
	return room;
}

str postage_name(enum postage postage)
{
	require((size_t)postage < (size_t)POSTAGE_COUNT);
	return classes[postage].name;
}

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

/* Goes n days, of those weekdays that are marked, holidays left out. */
static date add_postal_days(const struct calendar *calendar, date day, int n, const bool *days)
{
	/* Every listed holiday can take one day; those of every year are at most all but a few. */
	for (int64_t i = closed_days_max(calendar); n > 0 && i > 0; i--) {
		day = date_add(day, 1);
		if (days[date_weekday(day)] && !reckon_holiday(calendar, day, NULL)) {
			n--;
			i = closed_days_max(calendar);
		}
	}
	return day;
}

struct letter_dates letter_arrival_from(const struct calendar *calendar,
					const struct print_room *room, instant handed_over,
					enum postage postage)
{
	date day = zone_date(calendar->zone, handed_over);
	bool missed = instant_before(zone_instant(calendar->zone, day, room->cut_off), handed_over);
	return letter_printed(calendar, add_postal_days(calendar, day, missed ? 2 : 1, room->days),
			      postage);
}

struct letter_dates letter_printed(const struct calendar *calendar, date printed,
				   enum postage postage)
{
	require((size_t)postage < (size_t)POSTAGE_COUNT);
	struct print_room post = print_room_usual();
	post.days[SATURDAY] = classes[postage].saturdays;
	return (struct letter_dates){
		.printed = printed,
		.earliest = add_postal_days(calendar, printed, 1 + classes[postage].least,
					    post.days),
		.latest = add_postal_days(calendar, printed, 1 + classes[postage].most, post.days),
	};
}

struct letter_dates letter_arrival(const struct calendar *calendar, instant handed_over,
				   enum postage postage)
{
	struct print_room room = print_room_usual();
	return letter_arrival_from(calendar, &room, handed_over, postage);
}

instant letter_last_hand_over(const struct calendar *calendar, const struct print_room *room,
			      enum postage postage, date due)
{
	for (int32_t back = 1; back <= LAST_HAND_OVER_DAYS; back++) {
		instant at = zone_instant(calendar->zone, date_add(due, -back), room->cut_off);
		date latest = letter_arrival_from(calendar, room, at, postage).latest;
		if (!date_before(due, latest))
			return at;
	}
	return (instant){ INT64_MIN };
}
