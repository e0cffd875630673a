/*
 * What the tests of reckon share: dates, instants, durations and calendars out of their texts.
 */
#ifndef TESTS_UNIT_RECKON_WORLD_H
#define TESTS_UNIT_RECKON_WORLD_H

#include "reckon/inner.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static inline date day_of(const char *text)
{
	date day = DATE_NONE;
	if (!date_parse(str_of(text), &day))
		fail_msg("%s is no date", text);
	return day;
}

static inline instant moment(const char *text)
{
	instant at = INSTANT_NEVER;
	if (!instant_parse(str_of(text), &at))
		fail_msg("%s is no instant", text);
	return at;
}

static inline struct duration length_of(const char *text)
{
	struct duration length = { 0 };
	str why = STR_EMPTY;
	if (!duration_parse(&arena, str_of(text), &length, &why))
		fail_msg("\"%s\": %.*s", text, STR_ARG(why));
	return length;
}

/* A calendar as `calendar eval` takes it. */
static inline const struct calendar *calendar_of(str text)
{
	static struct arena kept; /* zones outlive a cleared arena */
	static struct zones zones;
	const struct json *json = NULL;
	struct fault fault = { 0 };
	struct calendar *calendar = TAKE(&arena, struct calendar, 1);
	zones.arena = &kept;
	assert_int_equal(json_parse(&arena, text, 8, &json, NULL), JSON_FINE);
	if (!calendar_from_json(&arena, &zones, json, calendar, &fault))
		fail_msg("%.*s", STR_ARG(fault.message));
	return calendar;
}

#define NINE_TO_FIVE                                                                               \
	"\"week\":{\"mon\":[[\"09:00\",\"17:00\"]],\"tue\":[[\"09:00\",\"17:00\"]],"               \
	"\"wed\":[[\"09:00\",\"17:00\"]],\"thu\":[[\"09:00\",\"17:00\"]],"                         \
	"\"fri\":[[\"09:00\",\"17:00\"]]}"
#define ROUND_THE_CLOCK "\"week\":{\"always\":true}"

/* The bank holidays of England and Wales as GOV.UK publishes them
 * (https://www.gov.uk/bank-holidays.json, read in August 2026). */
#define BANK_HOLIDAYS                                                                                \
	"\"holidays\":[\"2025-01-01\",\"2025-04-18\",\"2025-04-21\",\"2025-05-05\",\"2025-05-26\","  \
	"\"2025-08-25\",\"2025-12-25\",\"2025-12-26\",\"2026-01-01\",\"2026-04-03\",\"2026-04-06\"," \
	"\"2026-05-04\",\"2026-05-25\",\"2026-08-31\",\"2026-12-25\",\"2026-12-28\",\"2027-01-01\"," \
	"\"2027-03-26\",\"2027-03-29\",\"2027-05-03\",\"2027-05-31\",\"2027-08-30\",\"2027-12-27\"," \
	"\"2027-12-28\"],\"complete_until\":\"2027-12-31\""

static inline const struct calendar *london_with(const char *more)
{
	return calendar_of(str_fmt(&arena, "{\"zone\":\"Europe/London\",%s}", more));
}

/* Monday to Friday, nine to five, with the bank holidays. */
static inline const struct calendar *office(void)
{
	return london_with(NINE_TO_FIVE "," BANK_HOLIDAYS);
}

static inline struct reckoning due(const struct calendar *calendar, const char *from,
				   const char *length)
{
	struct trigger trigger = strlen(from) == 10 ? trigger_of_day(day_of(from))
						    : trigger_of_instant(calendar, moment(from));
	return reckon_due(&arena, calendar, trigger, length_of(length));
}

static inline str due_day(const struct calendar *calendar, const char *from, const char *length)
{
	struct reckoning reckoning = due(calendar, from, length);
	assert_int_equal(reckoning.no, RECKON_FINE);
	return date_print(&arena, reckoning.day);
}

static inline str later(const struct calendar *calendar, const char *from, span length)
{
	instant at = INSTANT_NEVER;
	assert_int_equal(reckon_add_working_time(calendar, moment(from), length, &at), RECKON_FINE);
	return instant_print(&arena, at);
}

static inline str earlier(const struct calendar *calendar, const char *from, span length)
{
	instant at = INSTANT_NEVER;
	assert_int_equal(reckon_subtract_working_time(calendar, moment(from), length, &at),
			 RECKON_FINE);
	return instant_print(&arena, at);
}

static inline int64_t open_seconds(const struct calendar *calendar, const char *from,
				   const char *to)
{
	return reckon_elapsed(calendar, moment(from), moment(to)).ms / 1000;
}

#endif
