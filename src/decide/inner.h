/*
 * What the files of this room share: one turn of deciding.
 *
 *   decide.c    the door: which function is for which kind; then the clocks; then what is said
 *   contacts.c  who the family is and how they may be told
 *   methods.c   how they are told: agreed, asked for again, changed, stopped
 *   people_clock.c  what of people comes with time
 *   parting.c   a death, an adoption
 *   closed.c    cases that are over leave the record
 *   cases.c     cases opened, closed; visits, holds, tasks
 *   reassign.c  work goes from one person to another
 *   pathway.c   what a pathway's events start, meet, cancel and say
 *   duty.c      one standard at work: begun, dated, dated anew, excused
 *   rights.c    the family's own time limits: from when they run, and for whom
 *   machine.c   the states of duties and actions, in one table
 *   ladder.c    who is told while something stays undone
 *   keep.c      an open case is never silent for long
 *   note.c      what desks are to know of a family's cases
 *   desk.c      who of a service is away, and its digest
 *   storm.c     many alerts at once
 *   correct.c   what never happened is undone, and who heard of it is told
 *   actions.c   what people agreed to do
 *   clock.c     everything whose time has come
 *   audit.c     whether anything's time has passed and nobody looked; what the auditor found
 *   intents.c   what is to be said, until it is addressed or needless
 *   missed.c    whether it was said in time, where no clock watches
 *   optional.c  what may be opted out of
 *   people.c    who may hear it
 *   route.c     by which channel, and why
 *   hours.c     and when
 *   post.c      how long a letter takes
 *   address.c   an intent becomes messages and tasks
 *   issue.c     one message
 *   enclosures.c  what goes with a notice
 *   outcome.c   what became of them
 *   import.c    running cases from before Candour
 *   facts.c     the values that a template may use
 *   next.c      what comes next, for people
 *   entry.c     the evidence
 *
 * A turn owns nothing: everything is in its arena. Handlers change turn->family, which is a copy,
 * and put what follows into turn->plan. One that refuses says so and returns; what it had changed by
 * then is thrown away with the plan.
 */
#ifndef CANDOUR_DECIDE_INNER_H
#define CANDOUR_DECIDE_INNER_H

#include "base/arena.h"
#include "decide/decide.h"

#define PLAN_MESSAGES_MAX 64
#define PLAN_ENTRIES_MAX 200
#define CONTACTS_MAX 32
#define PARTIES_MAX 32
#define CAPACITIES_MAX 64
#define CASES_MAX 64
#define FORMER_CASES_MAX 64 /* known by name */
#define DUTIES_MAX 64       /* a case */
#define ACTIONS_MAX 64      /* a case */
#define TASKS_MAX 64        /* a case */
#define HOLDS_MAX 64        /* a case */
#define DISPATCHED_MAX 256  /* a case */
/* Bounces and returned letters come within so many days. */
#define ACCEPTED_KEPT_DAYS 28
/* Nobody answers for a breach longer than this without saying so again. */
#define ACKNOWLEDGED_WORKING_DAYS_MAX 20

struct turn {
	struct arena *arena;
	const struct policy *policy;
	const struct event *event;
	instant now;
	date today; /* in the authority's calendar */
	struct family *family;
	struct plan *plan;
	size_t entries_left_out, facts_left_out;
	/* Of an import: what follows is written down, and nobody is told. */
	bool silent;
	/* The latest hour at which one of the family may hear what this plan says: no professional
	 * hears it earlier. */
	instant family_hears;
};

/* --- refusing --------------------------------------------------------------------------------- */

/* Always false, so that a check may end with it. The field is "data.due", the message a sentence
 * with ids only. */
static inline bool refuse(struct turn *turn, const char *field, const char *message)
{
	turn->plan->verdict = PLAN_REFUSE;
	turn->plan->refused = (struct refused){ .code = REFUSED_BAD_DATA,
						.field = str_of(field),
						.message = str_of(message) };
	return false;
}

/* Whether the event's list of ids under that key names it; of a key that the kind declares as such. */
static inline bool event_names(const struct turn *turn, const char *key, str id)
{
	const struct json *ids;
	size_t n = json_list(turn->event->data, key, &ids);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(ids[i].text, id))
			return true;
	}
	return false;
}

/* What a time limit is counted from: the day on which it happened, or the moment, where that is on
 * this day. */
static inline struct trigger turn_trigger(const struct turn *turn, const struct calendar *calendar)
{
	struct trigger from = trigger_of_instant(calendar, turn->event->time);
	bool is_moment = from.day.day == turn->event->on.day;
	return is_moment ? from : trigger_of_day(turn->event->on);
}

/* The calendar of that name, or the authority's own. */
static inline const struct calendar *turn_calendar(const struct turn *turn, str id)
{
	const struct calendar *calendar = policy_calendar(turn->policy, id);
	return calendar != NULL ? calendar : turn->policy->calendar;
}

/* In which the time of a case is counted: its pathway's. */
static inline const struct calendar *case_calendar(const struct turn *turn,
						   const struct case_file *file)
{
	const struct pathway *pathway = file != NULL ? policy_pathway(turn->policy, file->pathway)
						     : NULL;
	return turn_calendar(turn, pathway != NULL ? pathway->calendar : STR_EMPTY);
}

/* --- entry.c ---------------------------------------------------------------------------------- */

/* A line of evidence. `detail` is a JSON map or empty. */
void entry_add(struct turn *turn, const char *kind, str id, str case_id, str text, str detail);
/* The event itself, as it may be kept: ids, dates and codes, no contact value. */
void entry_event(struct turn *turn, str case_id, str title);
/* The same without the event's data: it is another family's, and evidence is never erased. */
void entry_event_bare(struct turn *turn, str case_id, str title);
/* What other systems hear: "duty.met" about a case or, where case_id is empty, the family or service. */
void fact_add(struct turn *turn, str type, str case_id, str data);

/* --- machine.c: duties and actions ------------------------------------------------------------ */

/* What can happen to a duty or an action. */
enum happening {
	HAPPENS_WARNING,  /* a warning's day has begun */
	HAPPENS_DUE,      /* its last day has begun */
	HAPPENS_LATE,     /* its last day is over */
	HAPPENS_ANSWERED, /* somebody answers for its being late */
	HAPPENS_LAPSED,   /* ... and has not ended it in time */
	HAPPENS_MET,
	HAPPENS_EXCUSED,
	HAPPENS_CANCELLED,
	HAPPENS_REOPENED, /* it was met, and turns out not to be */
	HAPPENS_UNDONE,   /* what excused or cancelled it never happened */
	HAPPENS_MOVED,    /* it has a new date */
	HAPPENS_NEVER,    /* it has ended, and what began it never happened */
	HAPPENING_COUNT
};

/* Nobody has been told anything. */
#define CHASE_NONE ((struct chase){ .next = INSTANT_NEVER, .expected = DATE_NONE })

/* A duty or an action, whichever it is: what the two have in common, by reference into the record.
 * Good until the record's arrays of duties or actions grow. */
struct promise {
	bool is_action;
	bool is_task;   /* then it has dates and a ladder, and no states */
	bool by_family; /* the family's own time limit */
	str case_id;
	str service; /* who is held to it */
	str id;
	str word; /* the duty's rule, or the action's id: what `unless` may name */
	date from, due;
	instant ends; /* the first instant that is late */
	enum duty_state *state;
	size_t *warned;
	date *breached_on, *ended_on;
	str *ended_by;
	date *acknowledged_until;
	str *acknowledged_by;
	struct chase *chase;
	/* by which it climbs, or would: the one it began with, else today's; NULL: none */
	const struct ladder *ladder;
	const struct ladder *ladder_today;
	str *contacts; /* with whom an action was agreed */
	size_t n_contacts;
	size_t awaited;
	str contact; /* whom alone the duty is to; may be empty: the family */
	const struct calendar *calendar;
	const struct duration *warnings;
	size_t n_warnings;
	const struct saying *on_warned, *on_due, *on_breached, *on_lapsed, *on_foreseen;
	size_t n_on_warned, n_on_due, n_on_breached, n_on_lapsed, n_on_foreseen;
	str rule; /* where it was written: "ehc-assessment/plan-final" */
};

struct promise promise_of_duty(const struct turn *turn, const struct case_file *file,
			       struct duty *duty);
struct promise promise_of_action(const struct turn *turn, const struct case_file *file,
				 struct action *action);
/* A task for a person: only to be chased. */
struct promise promise_of_task(const struct turn *turn, const struct case_file *file,
			       struct task *task);
/* Writes down that it begins, in these words; gives what a program needs to know of it. */
str promise_begun(struct turn *turn, const struct promise *promise, str text);
bool promise_may(const struct promise *promise, enum happening happening);
/* The one place where a state changes. False, and nothing has happened, where the table has no such
 * step. `on`: the day on which it happened. */
bool promise_move(struct turn *turn, struct promise *promise, enum happening happening, date on);
/* By that day it was late, also when nobody looked in between: a breach is a fact, whatever comes then. */
void promise_note_late(struct turn *turn, struct promise *promise, date on);
/* How many warnings' days have begun. */
size_t promise_warnings_begun(const struct promise *promise, date today);
/* What is said of it at a step: "warned-2", "breached"; with facts (JSON) for the template. */
void say_step(struct turn *turn, struct case_file *file, const struct promise *promise,
	      const char *step, const struct saying *sayings, size_t n);
struct step {
	const char *name;
	str facts; /* JSON, or empty */
};
void say_of(struct turn *turn, struct case_file *file, const struct promise *promise,
	    struct step step, const struct saying *sayings, size_t n);
/* The duty or action that the event names; false: refused. */
bool promise_named(struct turn *turn, struct case_file *file, struct promise *out);

/* --- duty.c ----------------------------------------------------------------------------------- */

/* A duty begins with this event, unless it runs already. */
void duty_start(struct turn *turn, struct case_file *file, const struct event_rule *event,
		str rule_id);
/* The dates of what runs, reckoned anew; those who may have been told the old one are told. */
void duties_redate(struct turn *turn, struct case_file *file, bool only_pausable);
/* It runs from this event, which takes the place of the one that began it. */
void duty_restart(struct turn *turn, struct case_file *file, struct duty *duty);
void rules_changed(struct turn *turn);
void duty_excused(struct turn *turn);
void duty_at_risk(struct turn *turn);
/* The rule, in the version that the duty was started under; NULL when the policy has it no more. */
const struct duty_rule *duty_rule_of(const struct turn *turn, const struct case_file *file,
				     const struct duty *duty);
/* The last day under the rule, counted from a day; DATE_NONE: there is none. */
date duty_day_from(struct turn *turn, const struct case_file *file, const struct duty_rule *rule,
		   date from);
/* It runs from that day where it then ends later: by its own version of the rule, or by this one where the policy
 * has that no more. */
void duty_extend(struct turn *turn, struct case_file *file, struct duty *duty,
		 const struct duty_rule *rule, date from);
/* By id, or the latest under a rule; NULL when there is none. */
struct duty *duty_find(const struct case_file *file, str id_or_rule);
/* The id of the latest under a rule; empty: there is none, or no rule. */
str duty_latest_id(const struct case_file *file, str rule);
/* The duty that this notice is to meet still runs. */
bool duty_waits_for(const struct family *family, const struct open_message *open);
/* A duty whose notices have all been accepted is met; one that still waits counts for how many. */
void duty_weigh(struct turn *turn, str case_id, str duty_id, date on);
/* The notice that meets it is to leave now: what it is late with is on its way. */
bool duty_is_decided(const struct turn *turn, str duty_id);
/* Whether the family has been told, these weeks, that its date will be missed. */
bool duty_is_foretold(const struct turn *turn, const struct duty *duty);
/* A notice came back: what it met is not met. */
void duty_reopen(struct turn *turn, str case_id, str duty_id);

/* --- ladder.c --------------------------------------------------------------------------------- */

/* It has become late: the first rung is told, or will be. */
void ladder_start(struct turn *turn, struct case_file *file, struct promise *promise);
/* Whoever's time has come is told. */
void ladder_climb(struct turn *turn, struct case_file *file, struct promise *promise);
/* Whether anybody is told on this rung: somebody holds its role. */
bool ladder_is_held(const struct turn *turn, const struct promise *promise,
		    const struct rung *rung);
/* Somebody answers for it: nobody is told more. */
void ladder_rest(struct promise *promise);
/* ... and has not ended it in time: the rung on which it stood hears so, and its time begins anew. */
void ladder_resume(struct turn *turn, struct case_file *file, struct promise *promise);
/* The last day until which somebody may answer for it. */
date ladder_answer_until(struct turn *turn, const struct promise *promise);

/* --- pathway.c -------------------------------------------------------------------------------- */

void pathway_happened(struct turn *turn);
/* Those of the family with whom something was done; n == 0: nobody is named, and it was done for all. */
struct with {
	const str *contacts;
	size_t n;
};
/* Whom the event names, as `with` or as `contact`. */
struct with with_named(struct turn *turn);
/* The duties that begin, are met or fall away with an event. */
void duties_follow(struct turn *turn, struct case_file *file, const struct event_rule *rule,
		   struct with with);

/* --- rights.c: the family's own time limits ------------------------------------------------------ */

/* From when the limit will run for each of those whom the event's notices go to, and how long. */
struct own_time *rights_plan(struct turn *turn, struct case_file *file,
			     const struct event_rule *event, const struct duty_rule *rule,
			     size_t *out_n);
/* The last of their first days; where there is nobody, the event's day. */
date rights_first_day(const struct turn *turn, const struct own_time *own, size_t n);
/* The limit runs so for one of them; for all it never becomes shorter. */
void rights_run(struct turn *turn, struct case_file *file, struct duty *duty,
		const struct duty_rule *rule, const struct own_time *time);
/* One contact's copy of what an event says. */
struct copy {
	str event, case_id, contact;
	enum channel_kind channel;
	date sent, served; /* by post: printed, and there at the latest */
	bool has_left;     /* it has left, so its words stand: time only becomes longer */
};
/* The limits that run from it. */
void rights_of_copy(struct turn *turn, const struct intent *intent, const struct copy *copy);
/* The last day that a contact is told. */
date right_due(const struct turn *turn, const struct case_file *file, const struct duty *duty,
	       str contact);

/* --- keep.c ----------------------------------------------------------------------------------- */

/* The family has had news of the case, or somebody has spoken with them. */
void keep_heard(struct turn *turn, struct case_file *file);
/* They were told something, but by no person's doing: who was asked to write to them still is. */
void keep_told(struct turn *turn, struct case_file *file);
/* The day by which somebody was asked to write to them; DATE_NONE: nobody is. */
date keep_asked(const struct case_file *file);
void keep_look(struct turn *turn, struct case_file *file);
instant keep_next(struct turn *turn, const struct case_file *file);

/* --- note.c: what a family's record tells desks --------------------------------------------------- */

struct occasion;
/* An alert that waits for the desk's digest is noted there; false: it is said by itself. */
bool desk_takes(struct turn *turn, const struct occasion *occasion, const struct saying *saying);
/* What was noted of it is not true any more. */
void desk_over(struct turn *turn, struct promise *promise);
/* An alert that is said at once is noted there, too, where its service looks out for storms: the
 * intent then waits for the desk's word. */
void desk_hears(struct turn *turn, const struct occasion *occasion, const struct saying *saying,
		struct intent *intent);
/* Work of the case has gone to another: `owner` had the case; `before`, what was open in it, with those who had it. */
struct thing;
void desk_handed(struct turn *turn, struct case_file *file, str owner, const struct thing *before,
		 size_t n);
/* At the end of each turn: what people have before them now, tasks that are done. */
void desk_follow(struct turn *turn);

/* --- desk.c ----------------------------------------------------------------------------------- */

/* Nothing that is said now would be read before the service's next digest. */
bool desk_is_read_first(const struct turn *turn, const struct service *service);
/* The person who is to read it today; empty: nobody is there. */
str desk_reader(const struct turn *turn, const struct desk_item *item);
/* What two rungs tell one person of one thing is one. */
bool desk_is_same(const struct desk_item *a, const struct desk_item *b);
/* Items as a template lists them: by cause, oldest first, with their number; `more`: so many besides. */
str desk_print(struct turn *turn, struct desk_item **list, size_t n, size_t more);
#define DIGEST_RULE "services/digest"
#define DIGEST_TEMPLATE "digest"
/* The hour of the digest after that day: one that was to leave on it, and has not, is of no use any more. */
instant desk_next_digest(const struct turn *turn, instant at);
/* ... and what was in it has not been read. */
void desk_unread(struct turn *turn, const struct intent *digest);
/* The auditor found something of the desk itself: whoever manages the service has it in the daily list until it is
 * mended. */
void desk_found(struct turn *turn, str what, str id, str words);
/* An event about a service; turn->family is its desk. */
void desk_handle(struct turn *turn);
instant desk_next_look(struct turn *turn);

/* --- storm.c: many alerts for one reader at once ---------------------------------------------- */

/* Until when an alert waits to be one of many. */
instant storm_waits(const struct turn *turn, const struct service *service);
/* The desk tells it, together with others. */
bool storm_has(struct turn *turn, const struct intent *intent);
/* At the desk: the item belongs to a storm that is known; where there is no room it is counted. */
bool storm_takes(struct turn *turn, struct desk_item *item, bool has_room);
/* It has another holder: where its family has not left it to a storm yet, it will ask whether they have one. */
void storm_handed(struct turn *turn, struct desk_item *item);
/* Whether with this item there are too many. */
void storm_weigh(struct turn *turn, const struct desk_item *item);
void storm_look(struct turn *turn);
instant storm_next(struct turn *turn);

/* --- correct.c -------------------------------------------------------------------------------- */

/* Of each correction: whom it goes to is found by it. */
#define CORRECTION_RULE "standards/event.withdrawn"
void event_withdrawn(struct turn *turn);
/* The event takes the place of another, which never happened. */
void event_supersedes(struct turn *turn);
/* What became of a message that may have been with its channel when its event was taken back: where it has left,
 * or may have, its reader is told. */
void correction_follow(struct turn *turn, str message);

/* --- reassign.c ------------------------------------------------------------------------------- */

/* Of a case, or of all (or some) cases of a family: what is with `from` there. */
void case_reassigned(struct turn *turn);

/* --- closed.c ---------------------------------------------------------------------------------- */

/* What has been over for long. */
void cases_put_away(struct turn *turn);
/* Room for one more case, whatever has been over for longest goes; false: there is none. */
bool cases_make_room(struct turn *turn);

/* --- cases.c ---------------------------------------------------------------------------------- */

void case_opened(struct turn *turn);
void case_closed(struct turn *turn);
void contact_made(struct turn *turn);
void hold_placed(struct turn *turn);
void hold_ended(struct turn *turn);
void task_completed(struct turn *turn);
void breach_acknowledged(struct turn *turn);
/* The case that the event is about, or the family's first open one, or NULL. */
struct case_file *case_of_event(const struct turn *turn);
/* Somebody, or a role that somebody of the service holds; else refused. */
bool case_may_be_with(struct turn *turn, str service, str owner);
/* Something that only a person can do; owner: the case's. No case: nobody owns it, and the last resort
 * is told. `message`: the one it stands for, or empty. */
void task_open(struct turn *turn, str case_id, str id, str contact, str message, str what);
/* how: what it takes besides somebody's time: "phone", "visit", "interpreter", "bsl" ... */
void task_open_by(struct turn *turn, str case_id, str id, str contact, str message, const char *how,
		  str what);
/* The same, named after the event. */
void task_for_owner(struct turn *turn, str case_id, const char *about, str contact, str what);
/* What has no case whose owner could do it: said to the last resort, which of a family without a case is the
 * authority's mailbox, and at a desk its service's manager; where that does not arrive, to the service's mailbox,
 * and at last to the authority's. Neither may be empty. */
void task_of_nobody(struct turn *turn, str id, str what);
#define UNOWNED_TEMPLATE "task-unowned"
/* Behind the manager: roles that no policy can name. */
#define ROLE_MAILBOX "/service"
#define ROLE_AUTHORITY "/authority"
/* By when a person does what arose on that day. */
date task_due_day(const struct turn *turn, date from);

/* --- import.c: running cases from before Candour ------------------------------------------------ */

void import_began(struct turn *turn);
void import_ended(struct turn *turn);
/* Between the two: no clock is looked at, since what ends it may be the next event. */
bool import_is_running(const struct turn *turn);
/* Whether the event's consequences are only written down. */
bool import_is_silent(const struct turn *turn);

/* --- actions.c -------------------------------------------------------------------------------- */

void action_agreed(struct turn *turn);
void action_completed(struct turn *turn);
void action_rescheduled(struct turn *turn);
void action_cancelled(struct turn *turn);
void action_disputed(struct turn *turn);
/* The actions of a list, checked whole before any is written down; false: refused. */
bool actions_agree(struct turn *turn, struct case_file *file);

/* --- contacts.c ------------------------------------------------------------------------------- */

void contact_registered(struct turn *turn);
void contact_updated(struct turn *turn);
void contact_removed(struct turn *turn);
void party_registered(struct turn *turn);
void consent_given(struct turn *turn);
void consent_withdrawn(struct turn *turn);
void capacity_recorded(struct turn *turn);
void court_order_added(struct turn *turn);
void court_order_ended(struct turn *turn);
void safe_contact_flagged(struct turn *turn);
/* Who may be told what, or how, has changed: what has not left is addressed again. */
void family_tell_anew(struct turn *turn);
/* The contact that the event names, not removed; NULL: refused. */
struct contact *contact_named(struct turn *turn);
/* Whether each id of this list of the data is a contact's; refused where not. */
bool contacts_are_known(struct turn *turn, const char *key);

/* --- parting.c -------------------------------------------------------------------------------- */

void person_deceased(struct turn *turn);
void person_adopted(struct turn *turn);

/* --- clock.c ---------------------------------------------------------------------------------- */

/* Does everything whose time has come by turn->now. */
void clock_look(struct turn *turn);
/* What left weeks ago, or may have left, is history: of a family and of a desk. */
void clock_forget(struct turn *turn);
/* When something's time comes next; INSTANT_NEVER: nothing waits. */
instant clock_next_look(struct turn *turn);
/* The same of one of them. */
instant promise_next(const struct promise *promise, instant now);
instant task_next(const struct turn *turn, const struct task *task);

/* --- audit.c ---------------------------------------------------------------------------------- */

/* The auditor found something of this record. */
void audit_found(struct turn *turn);

/* --- intents.c -------------------------------------------------------------------------------- */

/* On what occasion something is said. */
struct occasion {
	struct case_file *file; /* NULL: none */
	str id;                 /* unique in the family for this occasion */
	str rule;               /* "ehc-assessment/ehcna.requested" */
	str about;              /* a duty's, an action's or a task's id, or empty */
	str what;               /* where it is about none: in words; empty: those of its rule */
	str right;              /* of a reminder: the duty of the family that it is about */
	str *contacts;          /* whom the event names */
	size_t n_contacts;
	str facts;                    /* JSON: the event's own data for the template, or empty */
	struct enclosure *enclosures; /* what the event brings */
	size_t n_enclosures;
	str former_email, former_sms; /* said there and nowhere else */
	bool quiet;                   /* no news: it feeds no clock */
	instant not_before;           /* not said earlier; { 0 }: at once */
	str follows;                  /* said only once that message has left; may be empty */
	str unless;                   /* where the sayings have none of their own */
};

/* The contacts that the event names: a list under a key, or one as `contact`. */
str *contacts_named(struct turn *turn, const char *key, size_t *out_n);
void say(struct turn *turn, const struct occasion *occasion, const struct saying *sayings,
	 size_t n);
/* Until when a saying waits for somebody to speak to the family first; now: it does not. */
instant speak_until(struct turn *turn, const struct occasion *occasion,
		    const struct saying *saying);
/* What the standards say to an event of the engine's own: about: a duty's or action's id, or
 * empty. */
void say_standard(struct turn *turn, struct case_file *file, str about);
/* What waits for an event's type or a duty's rule not to happen, in this case, is needless. */
void intents_needless(struct turn *turn, str case_id, str unless);
/* A person has said that the date will be missed: that it could be foreseen is needless. */
void intents_foreseen(struct turn *turn, const struct promise *promise);
/* A task is done: what waited for it need not wait. */
void intents_release(struct turn *turn, str task);
/* Nobody speaks to the family before a notice that does not come. */
void intents_end_waits(struct turn *turn);
/* A duty or action has ended or moved: what was to be said about it is no longer true. */
void intents_outdated(struct turn *turn, const struct promise *promise);
/* A message that has not left is not to leave. */
void message_close(struct turn *turn, size_t i, enum message_state state, const char *why);
/* Where to go on below the i-th, whoever closes messages from the last to the first: one that ends may end a
 * duty, and so others. */
static inline size_t open_below(const struct family *family, size_t i)
{
	return i < family->n_open ? i : family->n_open;
}

/* --- missed.c: a minimum standard that no duty's clock watches over was not kept ------------------- */

/* Of what is said on an event: it was reported too late for the `within` of one of the sayings. */
void missed_look(struct turn *turn, const struct occasion *occasion, const struct saying *sayings,
		 size_t n);
/* A notice leaves with bad news, and nobody has tried to speak to the family. */
void missed_speak(struct turn *turn, struct case_file *file, const struct task *task);

/* --- people.c --------------------------------------------------------------------------------- */

/* Somebody who is to hear something: one of contact, party and neither (staff). */
struct recipient {
	str id, name;
	const struct contact *contact;
	const struct party *party;
	str email;    /* of staff */
	bool mailbox; /* a service's, not a person's */
	bool copied;  /* hears only because the young person agreed */
};

/* Whom an intent is for, each once. */
struct recipient *people_for(struct turn *turn, const struct intent *intent, size_t *out_n);
/* How somebody is told is said to them alone: where they may hear nothing, to nobody. */
bool people_are_alone(const struct intent *intent);
/* Whether somebody is told of the case today. */
bool people_may_hear(const struct turn *turn, const struct contact *contact,
		     const struct case_file *file);
/* The named contact of the case; NULL: nobody holds the role. */
const struct person *case_owner(const struct turn *turn, const struct case_file *file);
/* Whom something that is said to staff is for: a role of the service, or a person. */
str people_holder(const struct case_file *file, enum audience audience, str role, str about);

/* --- optional.c ------------------------------------------------------------------------------- */

/* Whether what may be opted out of may be said now; one that may not is dropped, or waits for the
 * next week, with a note. Anything else may. */
bool optional_may(struct turn *turn, const struct intent *intent);
/* A milestone was reached: a questionnaire may follow. */
void survey_follow(struct turn *turn, struct case_file *file);
void feedback_received(struct turn *turn);

/* --- methods.c: how people are told, agreed, asked for again, changed, stopped ------------------ */

/* What an event changed for a contact is confirmed to them; before: NULL: they are new. */
void method_confirm(struct turn *turn, const struct contact *before, const struct contact *after);
/* Nobody need be asked any more to agree a method with them. */
void method_agreed(struct turn *turn, const struct contact *contact);
/* Asks for a method of everybody who is told of the case, whenever it was agreed. */
void method_ask_all(struct turn *turn, struct case_file *file);
void reply_received(struct turn *turn);
/* Their postal address was said to be right. */
void method_confirmed(struct turn *turn, const struct contact *contact);
/* Asks, when the day has come; the day on which that is, DATE_NONE: never. */
void method_look(struct turn *turn, struct contact *contact);
date method_next(const struct turn *turn, const struct contact *contact);

/* --- people_clock.c: what of people comes with time --------------------------------------------- */

void people_look(struct turn *turn);
instant people_next_look(const struct turn *turn);
/* When time alone changes who may be told: an order or a consent ends, rights pass. In the past where that
 * has not been looked at yet. INSTANT_NEVER: not. */
instant people_told_until(const struct turn *turn);

/* --- route.c ---------------------------------------------------------------------------------- */

/* Why somebody's first choice was not taken, as far as they are told. */
enum unmet {
	UNMET_NOT,
	UNMET_FORM,    /* a notice has a set form */
	UNMET_ADDRESS, /* we have no address for it */
	UNMET_FAILED   /* it did not arrive */
};

/* How somebody is told something. */
struct route {
	enum channel_kind channel;
	enum why why;
	str rejected; /* what else was considered, in words */
	bool prompt;  /* an SMS goes with the letter */
	bool helper;  /* a person must help besides: the format needs one */
	bool safe;    /* neutral wording */
	bool confirm; /* somebody must find out whether they still live there */
	bool late;    /* of a letter: it cannot be there in time, so somebody must hand it over */
	/* not as they chose: why, and what they chose */
	enum unmet unmet;
	enum channel_kind wanted;
};

struct question {
	const struct intent *intent;
	const struct recipient *recipient;
	struct channel_set tried; /* and failed */
	bool looked_after;        /* the child is */
	bool too_late_by_post;    /* what it says must be known before a letter could be there */
	date today;
};

struct route route_choose(struct arena *arena, const struct policy *policy,
			  const struct question *question);

/* --- hours.c ---------------------------------------------------------------------------------- */

/* The first instant at which a message may leave. deadline: the end of the statutory day that it
 * must not miss, or INSTANT_NEVER. */
instant hours_not_before(const struct turn *turn, const struct intent *intent,
			 const struct recipient *recipient, enum channel_kind channel,
			 instant deadline);

/* --- post.c ----------------------------------------------------------------------------------- */

/* The class for a letter handed over at that instant: a faster one where only that is there on the due
 * day (DATE_NONE: any day will do). */
enum postage post_class(const struct turn *turn, enum grade grade, date due, instant at);
/* Handed over now, no letter is there on the due day, and that day is not over. */
bool post_is_too_late(const struct turn *turn, date due);
/* Until when a letter may be planned to leave and still be there on the due day: an hour before the print
 * room's last cut-off. INSTANT_NEVER: as long as it likes. */
instant post_last_hand_over(const struct turn *turn, date due);
/* A letter was handed over just now: when it will be there. Of other channels nothing is known. */
void post_accepted(const struct turn *turn, struct open_message *open);
/* The print room says on which day it posted it. */
void post_dispatched(const struct turn *turn, struct open_message *open, date printed);
/* It has left and is there: at once, or by post on its expected latest day. */
bool post_is_there(const struct open_message *open, date today);
date post_there_on(const struct open_message *open);
/* Letters that are there by today meet what they were to meet: those that came in time before it is seen
 * which days are over, the others after, because a breach is a fact. */
void post_look(struct turn *turn, bool in_time);
/* Notices that still wait here, and that the post can soon, or by now, no longer bring in time: those whom
 * it concerns hear of it while something can be done. */
void post_look_waiting(struct turn *turn);
instant post_next_look(const struct turn *turn);

/* --- address.c -------------------------------------------------------------------------------- */

/* How the recipient would be told now. */
struct route address_route(struct turn *turn, const struct intent *intent,
			   const struct recipient *recipient, struct channel_set tried);
/* Addresses what may be said by now: families before professionals. */
void address_due(struct turn *turn);
/* Addresses an intent once more, for one recipient whose other channels have failed. False when
 * they may not be told any more. */
bool address_again(struct turn *turn, const struct intent *intent, str recipient,
		   struct channel_set tried);
/* Addresses an intent, with what is due, to those who have not had it. */
void address_others(struct turn *turn, const struct intent *intent);
/* The message has grown stale: the same again with what is known now, or another, or none. */
void address_stale(struct turn *turn, size_t at);
/* A letter still waits here, and the post can no longer bring it in time: it goes in another way where one
 * was agreed, else a person hands it over. */
void address_too_late(struct turn *turn, size_t at);
/* An email does not get through, and it is time for a letter if one is to be there in time: where that is the
 * next way, it is taken. */
void address_by_post(struct turn *turn, size_t at);
/* What a person was to say to somebody who may not hear it any more is not to be said. */
void address_tasks(struct turn *turn);

/* --- issue.c: one message ----------------------------------------------------------------------- */

/* Opaque, and the same when the same is decided again. */
str issue_id(struct turn *turn, const struct intent *intent, str recipient,
	     enum channel_kind channel);
/* The day on which the notice must be there; DATE_NONE: no law says. */
date issue_due_day(const struct turn *turn, const struct intent *intent);
/* The end of the statutory day that the notice must not miss, or INSTANT_NEVER. */
instant issue_deadline(const struct turn *turn, const struct intent *intent);
/* Everything but the hand-over: the service or the pathway is only tried; file: NULL: at a desk, its service. */
bool issue_is_shadow(const struct turn *turn, const struct case_file *file);
/* It could leave now, in that way: it waits for no hour. */
bool issue_may_leave(const struct turn *turn, const struct intent *intent,
		     const struct recipient *recipient, enum channel_kind channel);
/* The day on which it would leave, which of a letter is that on which it is printed; or, `served`, on which it
 * would be there: by post at the latest. */
date issue_planned_day(const struct turn *turn, const struct intent *intent,
		       const struct recipient *recipient, enum channel_kind channel, bool served);
/* What a person needs to tell somebody what no channel can. */
const char *issue_means(const struct contact *contact);
/* Into the plan, unless it is there already, has left, or would be of no use; a task with its task. */
void issue(struct turn *turn, const struct intent *intent, const struct recipient *recipient,
	   const struct route *route, enum channel_kind channel, struct channel_set tried);

/* --- enclosures.c ----------------------------------------------------------------------------- */

/* All that the event's fields of that type hold. */
struct enclosure *enclosures_of_event(struct turn *turn, const struct field *fields, size_t n,
				      size_t *out_n);
/* Some go with the message itself. */
bool enclosures_by_candour(const struct intent *intent);
/* The duty that the message is to meet waits for what the service sends this recipient itself. */
bool enclosures_awaited(const struct family *family, const struct open_message *open);
void enclosure_dispatched(struct turn *turn);

/* --- outcome.c -------------------------------------------------------------------------------- */

void message_accepted(struct turn *turn);
void message_dispatched(struct turn *turn);
void message_delivered(struct turn *turn);
void message_failed(struct turn *turn);
void message_returned(struct turn *turn);
void message_unknown(struct turn *turn);
/* It waits for what a person must bring: a task, until it leaves or is not needed. */
void message_held(struct turn *turn);
void message_hold_ends(struct turn *turn, str case_id, str message);
void message_expired(struct turn *turn);
void message_stale(struct turn *turn);
/* What may have left weeks ago is history; and a message of which nobody found out is waited for no more,
 * unless a duty of ours still is. */
void doubts_forget(struct turn *turn);
/* A person told them what no channel could: as good as accepted; or they did not want to hear it. */
void message_reached(struct turn *turn, str message, bool heard);

/* --- facts.c ---------------------------------------------------------------------------------- */

/* More than an event and a record can hold. */
#define FACTS_BYTES_MAX ((size_t)1 << 20)
/* A day as a template has it, {"date": "2026-12-14"}; DATE_NONE: nothing. */
void facts_add_date(struct turn *turn, struct json_writer *w, const char *key, date day);
/* What was decided with, as a tree; NULL: nothing. */
const struct json *facts_read(struct turn *turn, str facts);
/* The event's own data as a template may use it: the fields of the kind or rule, dates typed. */
str facts_of_event(struct turn *turn, const struct field *fields, size_t n);
/* Everything a template may use, for one recipient. */
/* `route`: NULL for the prompt that goes with a letter. */
str facts_for(struct turn *turn, const struct intent *intent, const struct recipient *recipient,
	      const struct route *route);

#endif
