/* The post takes days, and may take a letter back. So a notice with a date needs to know by which class it
 * arrives in time, and whether it can at all; and a duty that a letter is to meet is met on the day on which
 * the letter is in the letter box at the latest (SI 2014/1530: "notify"), not when it left: what arrives by
 * post is not deemed to be there (Khan v D'Aubigny [2025] EWCA Civ 11). */
#include "decide/inner.h"

#define SAFETY SPAN_HOURS(1)   /* between what is planned and the last cut-off */
#define FALLBACK SPAN_HOURS(2) /* has a letter that takes an email's place */
#define PATIENCE SPAN_MIN(30)  /* so long an email may take to get through */

/* --- before it leaves ---------------------------------------------------------------------------- */

static bool is_in_time(const struct turn *turn, enum postage postage, instant at, date due)
{
	return !date_before(due, policy_post(turn->policy, at, postage).latest);
}

enum postage post_class(const struct turn *turn, enum grade grade, date due, instant at)
{
	enum postage usual = turn->policy->postage;
	bool enough = grade != GRADE_URGENT && (!date_is(due) || is_in_time(turn, usual, at, due));
	return enough ? usual : POSTAGE_FIRST;
}

bool post_is_too_late(const struct turn *turn, date due)
{
	return date_is(due) && !date_before(due, turn->today) &&
	       !is_in_time(turn, turn->policy->postage, turn->now, due) &&
	       !is_in_time(turn, POSTAGE_FIRST, turn->now, due);
}

instant post_last_hand_over(const struct turn *turn, date due)
{
	const struct policy *policy = turn->policy;
	if (!date_is(due))
		return INSTANT_NEVER;
	return instant_add(
		letter_last_hand_over(policy->calendar, &policy->print_room, POSTAGE_FIRST, due),
		SPAN_MS(-SAFETY.ms));
}

/* --- while it waits ------------------------------------------------------------------------------ */

/* When something has to be done about a notice that has not left by then: of an email in time for a letter
 * in its place, but not before it could get through; of a letter when the last cut-off has passed.
 * INSTANT_NEVER: nothing has. */
static instant last_call(const struct turn *turn, const struct open_message *open)
{
	const struct case_file *file = family_case(turn->family, open->case_id);
	const struct duty *duty = file != NULL && open->meets.n > 0 ? case_duty(file, open->meets)
								    : NULL;
	if (duty == NULL || !duty_is_running(duty->state) || date_is(open->accepted_on))
		return INSTANT_NEVER;
	instant last = post_last_hand_over(turn, issue_due_day(turn, open->intent));
	if (instant_is_never(last))
		return INSTANT_NEVER;
	if (open->channel == CHANNEL_EMAIL) {
		instant call = instant_add(last, SPAN_MS(-FALLBACK.ms));
		instant patient = instant_add(open->intent->not_before, PATIENCE);
		return instant_before(call, patient) ? patient : call;
	}
	return open->channel == CHANNEL_LETTER ? instant_add(last, SPAN_MS(SAFETY.ms + 1))
					       : INSTANT_NEVER;
}

void post_look_waiting(struct turn *turn)
{
	const struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		const struct open_message *open = &family->open[i];
		if (instant_before(turn->now, last_call(turn, open)))
			continue;
		date due = issue_due_day(turn, open->intent);
		bool is_too_late = post_is_too_late(turn, due);
		if (open->channel == CHANNEL_LETTER && is_too_late)
			address_too_late(turn, i);
		else if (open->channel == CHANNEL_EMAIL && !is_too_late &&
			 !date_before(due, turn->today))
			address_by_post(turn, i);
	}
}

/* --- on its way ---------------------------------------------------------------------------------- */

void post_accepted(const struct turn *turn, struct open_message *open)
{
	if (open->channel == CHANNEL_LETTER && !date_is(open->arrives_on))
		open->arrives_on =
			policy_post(turn->policy, turn->event->time, open->postage).latest;
}

void post_dispatched(const struct turn *turn, struct open_message *open, date printed)
{
	if (open->channel == CHANNEL_LETTER)
		open->arrives_on =
			letter_printed(turn->policy->calendar, printed, open->postage).latest;
}

bool post_is_there(const struct open_message *open, date today)
{
	return date_is(open->accepted_on) &&
	       (!date_is(open->arrives_on) || !date_before(today, open->arrives_on));
}

date post_there_on(const struct open_message *open)
{
	return date_is(open->arrives_on) ? open->arrives_on : open->accepted_on;
}

/* --- in the letter box --------------------------------------------------------------------------- */

/* The duty that waits for a letter; else NULL. */
static const struct duty *find_waiting(const struct turn *turn, const struct open_message *open)
{
	const struct case_file *file = family_case(turn->family, open->case_id);
	const struct duty *duty = file != NULL && open->meets.n > 0 ? case_duty(file, open->meets)
								    : NULL;
	bool waits = duty != NULL && duty_is_running(duty->state) && date_is(open->arrives_on);
	return waits ? duty : NULL;
}

void post_look(struct turn *turn, bool in_time)
{
	const struct family *family = turn->family;
	for (size_t i = family->n_open; i-- > 0; i = open_below(family, i)) {
		const struct open_message *open = &family->open[i];
		const struct duty *duty = find_waiting(turn, open);
		if (duty != NULL && post_is_there(open, turn->today) &&
		    date_before(duty->due, open->arrives_on) != in_time)
			duty_weigh(turn, open->case_id, open->meets, open->arrives_on);
	}
}

instant post_next_look(const struct turn *turn)
{
	const struct family *family = turn->family;
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < family->n_open; i++) {
		const struct open_message *open = &family->open[i];
		if (find_waiting(turn, open) != NULL && !post_is_there(open, turn->today))
			next = instant_min(
				next, calendar_day_start(turn->policy->calendar, open->arrives_on));
		instant call = last_call(turn, open);
		if (instant_before(turn->now, call))
			next = instant_min(next, call);
	}
	return next;
}
