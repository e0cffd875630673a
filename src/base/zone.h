/*
 * Local time of a place, from the system's tz database, without touching the process's own zone.
 *
 * A zone is read once (TZif, RFC 8536) and then is a constant: the functions are pure. Behind the
 * last transition of the file its footer's rule goes on for ever.
 */
#ifndef CANDOUR_BASE_ZONE_H
#define CANDOUR_BASE_ZONE_H

#include "base/err.h"
#include "base/time.h"

struct zone;

/* The minute of a local day, 0 to 1440: 1440 is the day's end. */
typedef int minute_of_day;

struct local {
	date day;
	int second_of_day; /* 0 to 86399 */
	int utc_offset_s;
};

/* "Europe/London": read from /usr/share/zoneinfo into the arena. A name may not leave that folder. */
NODISCARD enum err zone_read(struct arena *arena, str name, const struct zone **out);
/* The same from the bytes of a TZif file. ERR_BAD_TEXT when they are damaged, or count leap seconds. */
NODISCARD enum err zone_parse(struct arena *arena, str name, str bytes, const struct zone **out);
str zone_name(const struct zone *zone);

/* A time with one offset all along: from `since` (included) until `until` (not). */
struct zone_stretch {
	instant since, until; /* the smallest instant there is; INSTANT_NEVER: for ever */
	int utc_offset_s;
};

struct local zone_local(const struct zone *zone, instant at);
date zone_date(const struct zone *zone, instant at);
/* The instant of a local time. A time that a clock change skips moves forward by the gap; one that
 * comes twice means its first occurrence. */
instant zone_instant(const struct zone *zone, date day, minute_of_day minute);
/* The same to the second of the day, 0 to 86400. */
instant zone_instant_second(const struct zone *zone, date day, int second);
/* The stretch that an instant lies in. It may end where the next one has the same offset. */
struct zone_stretch zone_stretch_at(const struct zone *zone, instant at);

#endif
