/* The door. An event finds its function in a table; whatever it was, the clocks are looked at after
 * it, and what is to be said by now is addressed. */
#include "decide/inner.h"

/* An event that is older than this has waited. */
#define WAITED SPAN_MIN(5)

typedef void handle_fn(struct turn *turn);

static void clock_due(struct turn *turn)
{
	/* Looking is what follows every event. */
	(void)turn;
}

static handle_fn *const handlers[KIND_COUNT] = {
	[KIND_PATHWAY] = pathway_happened,
	[KIND_CONTACT_REGISTERED] = contact_registered,
	[KIND_CONTACT_UPDATED] = contact_updated,
	[KIND_CONTACT_REMOVED] = contact_removed,
	[KIND_PARTY_REGISTERED] = party_registered,
	[KIND_CONSENT_GIVEN] = consent_given,
	[KIND_CONSENT_WITHDRAWN] = consent_withdrawn,
	[KIND_CAPACITY_RECORDED] = capacity_recorded,
	[KIND_COURT_ORDER_ADDED] = court_order_added,
	[KIND_COURT_ORDER_ENDED] = court_order_ended,
	[KIND_SAFE_CONTACT_FLAGGED] = safe_contact_flagged,
	[KIND_PERSON_DECEASED] = person_deceased,
	[KIND_PERSON_ADOPTED] = person_adopted,
	[KIND_CASE_OPENED] = case_opened,
	[KIND_CASE_REASSIGNED] = case_reassigned,
	[KIND_CASE_CLOSED] = case_closed,
	[KIND_CONTACT_MADE] = contact_made,
	[KIND_ACTION_AGREED] = action_agreed,
	[KIND_ACTION_COMPLETED] = action_completed,
	[KIND_ACTION_RESCHEDULED] = action_rescheduled,
	[KIND_ACTION_CANCELLED] = action_cancelled,
	[KIND_ACTION_DISPUTED] = action_disputed,
	[KIND_DUTY_EXCUSED] = duty_excused,
	[KIND_BREACH_ACKNOWLEDGED] = breach_acknowledged,
	[KIND_HOLD_PLACED] = hold_placed,
	[KIND_HOLD_ENDED] = hold_ended,
	[KIND_TASK_COMPLETED] = task_completed,
	[KIND_ENCLOSURE_DISPATCHED] = enclosure_dispatched,
	[KIND_REPLY_RECEIVED] = reply_received,
	[KIND_FEEDBACK_RECEIVED] = feedback_received,
	[KIND_EVENT_WITHDRAWN] = event_withdrawn,
	[KIND_DUTY_AT_RISK] = duty_at_risk,
	[KIND_RULES_CHANGED] = rules_changed,
	[KIND_AUDIT_FOUND] = audit_found,
	[KIND_MESSAGE_DISPATCHED] = message_dispatched,
	[KIND_MESSAGE_DELIVERED] = message_delivered,
	[KIND_MESSAGE_FAILED] = message_failed,
	[KIND_MESSAGE_RETURNED] = message_returned,
	[KIND_MESSAGE_ACCEPTED] = message_accepted,
	[KIND_MESSAGE_UNKNOWN] = message_unknown,
	[KIND_MESSAGE_HELD] = message_held,
	[KIND_MESSAGE_EXPIRED] = message_expired,
	[KIND_MESSAGE_STALE] = message_stale,
	[KIND_CLOCK_DUE] = clock_due,
	[KIND_IMPORT_BEGAN] = import_began,
	[KIND_IMPORT_ENDED] = import_ended,
};

/* --- whose record -------------------------------------------------------------------------------- */

static str wait_for(struct turn *turn, const char *what, str id)
{
	return str_fmt(turn->arena, "%s/%.*s", what, STR_ARG(id));
}

/* What the event has to wait for, or empty. */
static str find_wait(struct turn *turn, const struct family *family)
{
	const struct event *event = turn->event;
	if (event->kind == KIND_CASE_OPENED) {
		str id = json_text(event->data, "family");
		bool is_there = family != NULL && str_eq(family->id, id);
		return is_there ? STR_EMPTY : wait_for(turn, "family", id);
	}
	if (event->about == SUBJECT_CASE)
		return family != NULL && family_case(family, event->subject_id) != NULL
			       ? STR_EMPTY
			       : wait_for(turn, "case", event->subject_id);
	if (family != NULL || event->kind == KIND_CONTACT_REGISTERED ||
	    event->kind == KIND_PARTY_REGISTERED || event->kind == KIND_IMPORT_BEGAN)
		return STR_EMPTY;
	return event->about == SUBJECT_PERSON ? wait_for(turn, "person", event->subject_id)
					      : wait_for(turn, "family", event->subject_id);
}

/* A case belongs to one family for good. */
static bool is_moved_case(const struct event *event, const struct family *family)
{
	return event->kind == KIND_CASE_OPENED && family != NULL &&
	       !str_eq(family->id, json_text(event->data, "family")) &&
	       family_case(family, event->subject_id) != NULL;
}

static struct family *open_record(struct turn *turn, const struct family *family)
{
	if (family != NULL)
		return family_copy(turn->arena, family);
	struct family *fresh = TAKE(turn->arena, struct family, 1);
	fresh->id = turn->event->subject_id;
	fresh->digest_on = DATE_NONE;
	fresh->list_from = INSTANT_NEVER;
	fresh->surveyed_on = DATE_NONE;
	fresh->importing = INSTANT_NEVER;
	fresh->quiet_before = DATE_NONE;
	fresh->optional_from = DATE_NONE;
	return fresh;
}

static bool is_outcome(enum kind kind)
{
	return kind >= KIND_MESSAGE_DISPATCHED && kind <= KIND_MESSAGE_STALE;
}

/* --- a service's desk ---------------------------------------------------------------------------- */

/* What it says of itself is told on. */
static void pass_on(struct turn *turn)
{
	const struct event *event = turn->event;
	struct plan *plan = turn->plan;
	struct buf buf = buf_of(turn->arena, 4096);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "event", event->id);
	json_add_text(&w, "person", json_text(event->data, "person"));
	json_close(&w);
	plan->verdict = PLAN_COMMIT;
	*GROW(turn->arena, plan->facts, plan->n_facts) = (struct fact){
		.type = event->type,
		.subject = str_fmt(turn->arena, "service/%.*s", STR_ARG(event->subject_id)),
		.data = buf_str(&buf),
	};
}

static void at_desk(struct turn *turn, const struct family *desk)
{
	const struct event *event = turn->event;
	struct plan *plan = turn->plan;
	plan->verdict = PLAN_COMMIT;
	if (event->kind == KIND_WORKER_AWAY || event->kind == KIND_EVENT_WITHDRAWN)
		pass_on(turn);
	/* A clock or an outcome of a desk that is gone, or a service that nobody knows. */
	if (policy_service(turn->policy, event->subject_id) == NULL && desk == NULL)
		return;
	turn->family = open_record(turn, desk);
	if (desk == NULL)
		turn->family->id = str_fmt(turn->arena, DESK_PREFIX "%.*s",
					   STR_ARG(event->subject_id));
	plan->family = turn->family;
	if (is_outcome(event->kind) || event->kind == KIND_AUDIT_FOUND)
		handlers[event->kind](turn);
	desk_handle(turn);
	if (plan->verdict != PLAN_COMMIT)
		return;
	clock_forget(turn);
	address_due(turn);
	plan->next_look = desk_next_look(turn);
}

/* --- the door ------------------------------------------------------------------------------------ */

/* After an outage more events wait behind this one, and they may end what would be called late: then the look
 * that the plan asks for comes after them. That a message has left, or needs not, says nothing about the
 * time at all. */
static bool has_time_come(const struct turn *turn)
{
	const struct event *event = turn->event;
	if (event->kind == KIND_MESSAGE_ACCEPTED || event->kind == KIND_MESSAGE_EXPIRED)
		return false;
	return instant_before(turn->now, instant_add(event->time, WAITED));
}

static void handle(struct turn *turn, const struct family *family)
{
	struct plan *plan = turn->plan;
	turn->family = open_record(turn, family);
	plan->family = turn->family;
	plan->verdict = PLAN_COMMIT;
	turn->silent = import_is_silent(turn);
	if (turn->event->supersedes.n > 0)
		event_supersedes(turn);
	handlers[turn->event->kind](turn);
	if (plan->verdict != PLAN_COMMIT)
		return;
	if (import_is_running(turn)) {
		plan->next_look = turn->family->importing;
		return;
	}
	if (has_time_come(turn))
		clock_look(turn);
	if (family != NULL && turn->family->tell != family->tell)
		address_tasks(turn);
	address_due(turn);
	intents_end_waits(turn);
	desk_follow(turn);
	cases_put_away(turn);
	plan->next_look = clock_next_look(turn);
	plan->told_until = people_told_until(turn);
}

struct plan *decide(struct arena *arena, const struct policy *policy, const struct family *family,
		    const struct event *event, instant now)
{
	struct turn turn = { .arena = arena,
			     .policy = policy,
			     .event = event,
			     .now = now,
			     .today = calendar_date(policy->calendar, now),
			     .plan = TAKE(arena, struct plan, 1),
			     .family_hears = now };
	turn.plan->next_look = INSTANT_NEVER;
	if (event->about == SUBJECT_SERVICE) {
		at_desk(&turn, family);
	} else if (event->kind == KIND_CLOCK_DUE && family == NULL) {
		turn.plan->verdict = PLAN_COMMIT; /* a clock of what is gone */
	} else if (is_moved_case(event, family)) {
		refuse(&turn, "data.family", "the case is open already, in another family");
	} else {
		turn.plan->wait_for = find_wait(&turn, family);
		if (turn.plan->wait_for.n > 0)
			turn.plan->verdict = PLAN_WAIT;
		else
			handle(&turn, family);
	}
	if (turn.plan->verdict != PLAN_COMMIT)
		turn.plan->family = NULL;
	return turn.plan;
}
