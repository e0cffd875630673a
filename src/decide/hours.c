/* When a message may leave: in the hours in which the family wants to hear, and bad news never when
 * nobody is there to answer. */
#include "decide/inner.h"

#define LAST_MINUTE_BEFORE_REST (15 * 60)
#define DAYS_AHEAD_MAX 40

/* Until which minute of a day bad news may be told: 0 is not at all. On the eve of a holiday not at
 * all; before the weekly rest (a Friday) until three in the afternoon. */
static minute_of_day tell_until(const struct calendar *calendar, date day)
{
	date next = date_add(day, 1);
	if (!reckon_is_working_day(calendar, day) || reckon_holiday(calendar, next, NULL))
		return 0;
	return reckon_is_working_day(calendar, next) ? 24 * 60 : LAST_MINUTE_BEFORE_REST;
}

/* The first instant at or after `at` at which bad news may be told: in office hours' days. */
static instant next_kind_moment(const struct turn *turn, instant at)
{
	const struct calendar *calendar = turn->policy->calendar;
	date day = calendar_date(calendar, at);
	for (int i = 0; i < DAYS_AHEAD_MAX; i++, day = date_add(day, 1)) {
		minute_of_day until = tell_until(calendar, day);
		instant start = calendar_day_start(calendar, day);
		instant first = instant_before(start, at) ? at : start;
		if (until > 0 && instant_before(first, zone_instant(calendar->zone, day, until)))
			return first;
	}
	return at;
}

/* Whose hours count; NULL: at any hour. */
static const struct week *hours_of(const struct turn *turn, enum grade grade,
				   const struct recipient *recipient, enum channel_kind channel)
{
	const struct authority *authority = &turn->policy->authority;
	const struct contact *contact = recipient->contact;
	const struct week *own = contact != NULL && contact->has_hours ? &contact->hours : NULL;
	/* Letters lie in a letter box: they leave at once. */
	if (channel == CHANNEL_LETTER || channel == CHANNEL_TASK)
		return NULL;
	if (contact != NULL && contact->safe.on && contact->safe.has_hours)
		return &contact->safe.hours;
	if (grade == GRADE_URGENT)
		return NULL;
	if (contact == NULL)
		return &authority->office;
	return own != NULL && week_is_ever_open(own) ? own : &authority->hours;
}

static instant next_open(const struct turn *turn, const struct week *hours, instant at)
{
	if (hours == NULL)
		return at;
	instant open = reckon_next_open_in(turn->policy->calendar, hours, at);
	return instant_is_never(open) ? at : open;
}

/* Inside the hours and at a kind moment both; where the two never meet the hours win. */
static instant next_kind_hour(const struct turn *turn, const struct week *hours, instant at)
{
	instant found = at;
	for (int i = 0; i < DAYS_AHEAD_MAX; i++) {
		instant kind = next_kind_moment(turn, found);
		found = next_open(turn, hours, kind);
		if (found.ms == kind.ms)
			return found;
	}
	return next_open(turn, hours, at);
}

instant hours_not_before(const struct turn *turn, const struct intent *intent,
			 const struct recipient *recipient, enum channel_kind channel,
			 instant deadline)
{
	instant now = turn->now;
	const struct week *hours = hours_of(turn, intent->grade, recipient, channel);
	const struct contact *contact = recipient->contact;
	bool safe_hours = contact != NULL && contact->safe.on && contact->safe.has_hours;
	instant open = next_open(turn, hours, now);
	if (channel == CHANNEL_TASK || (intent->grade == GRADE_URGENT && !safe_hours))
		return channel == CHANNEL_TASK ? now : open;
	if (intent->adverse && intent->audience != AUDIENCE_OWNER &&
	    intent->audience != AUDIENCE_MANAGER) {
		instant kind = next_kind_hour(turn, hours, now);
		if (instant_before(kind, deadline))
			return kind;
	}
	/* A statutory notice does not wait past the end of its day; where the day is over already
	 * one night more makes nothing worse. Safety is above the law's date. */
	if (!safe_hours && instant_before(now, deadline) && !instant_before(open, deadline))
		return now;
	return open;
}
