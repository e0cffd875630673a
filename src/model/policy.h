/*
 * The policy: everything that a city decides and a manager can read, as data.
 *
 * Read whole from YAML (setup/), checked whole, and constant from then on: a reload makes a new
 * policy beside the old one. Times, wording and recipients come from here, never from the code.
 */
#ifndef CANDOUR_MODEL_POLICY_H
#define CANDOUR_MODEL_POLICY_H

#include "model/event.h"
#include "reckon/reckon.h"

/* --- people and places ------------------------------------------------------------------------ */

struct person {
	str id;
	str name;
	str job; /* "SEND caseworker": shown to families */
	str email;
	str phone;
	str service; /* the id of the service whose list names them */
	str deputy;  /* a person's id: who stands in whenever they are away; may be empty */
	int deputy_line;
};

/* Somebody who is away, first and last day, and who stands in. */
struct away {
	str person, deputy;
	date from, to;
};

/* When alerts for one person come as one message: more than so many of them, none later than so many
 * minutes after another. alerts == 0: never. */
struct storm_rule {
	int alerts, minutes;
};

/* One that has come: what was noted for that reader (a person, or the service's mailbox by its id) in
 * that time is told by the desk. */
struct storm {
	str service, reader;
	instant from, until;
};

struct role_holder {
	str role;   /* "caseworker", "team_manager", "head_of_service", "director" */
	str person; /* a person's id */
};

struct service {
	str id;
	str name; /* as families know it */
	str phone;
	str email; /* the mailbox of last resort: never empty */
	struct role_holder *roles;
	size_t n_roles;
	struct person *people;
	size_t n_people;
	bool has_digest; /* what is not urgent goes out together, at an hour of the working day */
	minute_of_day digest_at;
	struct storm_rule storm;
	bool shadow; /* it only tries Candour: nothing of its cases is handed over */
};

/* A body that letters must name: {name, phone, email, url}. */
struct signpost {
	str name, phone, email, url;
};

#define ADDRESS_LINES_MAX 7

struct authority {
	str name;       /* "Sheffield City Council" */
	str short_name; /* at most 11 characters: the sender of an SMS */
	str address[ADDRESS_LINES_MAX];
	size_t n_address;
	str logo; /* the path of a PNG file, or empty: letters have it for a head */
	str phone, email;
	str email_from; /* the address that messages come from */
	/* who a message is from where the council's name may not be seen */
	str neutral_sender;
	str neutral_email_from; /* ... and from which address; empty: email_from */
	struct signpost sendiass, mediation, disagreement, complaints, privacy, schools;
	/* when families may be told, unless they agreed other hours: 08:00 to 18:00, Monday to
	 * Friday */
	struct week hours;
	struct week office;    /* when somebody is there to answer */
	int task_working_days; /* a task for a person is due so many working days after it arose */
	/* hand-overs of a message through one channel before the next channel */
	int tries_max;
};

/* --- the standards of a pathway --------------------------------------------------------------- */

/* Who is meant by a rule; resolved when it is addressed. */
enum audience {
	/* who holds the rights: each parent, or the young person (and whom they agreed to copy) */
	AUDIENCE_FAMILY,
	AUDIENCE_OWNER,   /* the case's owner */
	AUDIENCE_MANAGER, /* the owner's team manager */
	AUDIENCE_PARTIES, /* the parties of the roles the rule names */
	AUDIENCE_ACTION_OWNER,
	AUDIENCE_CONTACTS, /* the contacts that the event itself names */
	AUDIENCE_BOTH,     /* the young person and each parent, whoever holds the rights */
	AUDIENCE_COUNT
};

struct party_set {
	bool has[PARTY_ROLE_COUNT];
};

/* What is said when an event comes, or a duty or action reaches a state. */
struct saying {
	enum audience audience;
	struct party_set parties; /* of AUDIENCE_PARTIES */
	str role; /* of AUDIENCE_MANAGER, from a ladder: another role than team_manager; or empty */
	str template;
	enum grade grade;
	/* never said when nobody can answer: not on a Friday afternoon or the eve of a holiday */
	bool adverse;
	/* adverse news waits so long at most for somebody to have spoken to the family; n == 0: not */
	struct duration speak_first;
	/* the minimum standard within which of the event they are told; empty: none. It counts from the day on
	 * which the event happened, and shows what was reported too late */
	str within;
	bool digest;           /* to staff: in the desk's digest, where the service has one */
	bool reminder;         /* n days later, unless what it reminds of is done */
	struct duration after; /* not said before so long after the event; n == 0: at once */
	bool encloses;         /* what the event brings to be enclosed goes with it */
	/* a pathway event's type or a duty's rule that makes it needless; may be empty */
	str unless;
	/* the rule of the duty that this notice meets when all have it; may be empty */
	str meets;
	str *blocks; /* the content that it must have, by the names of words/words.h */
	size_t n_blocks;
	str file;
	int line;
};

struct event_rule {
	str type;
	str title; /* for timelines: "Assessment requested" */
	struct field *fields;
	size_t n_fields;
	str *starts; /* rules of the duties that begin */
	size_t n_starts;
	str *meets; /* rules of the duties that are met by this event itself */
	size_t n_meets;
	str *cancels; /* rules of the duties that fall away */
	size_t n_cancels;
	/* types of events that must have come before it, also where nobody reported them: what only waited
	 * for one of them is needless */
	str *implies;
	size_t n_implies;
	struct saying *says;
	size_t n_says;
	/* where the family now stands: "Deciding whether to assess"; may be empty */
	str stage;
	str next_what;    /* what happens next, for people; may be empty */
	str next_who;     /* "owner", "family", or words */
	str next_by;      /* a duty's rule whose date it is; may be empty */
	bool closes;      /* the case ends here, once its notices are settled */
	bool milestone;   /* a questionnaire may follow */
	bool asks_method; /* the agreed method is asked for once more (a phase transfer) */
	str file;
	int line;
};

enum basis { BASIS_STATUTORY, BASIS_LOCAL };

/* A minimum standard: a number that we hold ourselves to, with a name that rules use for it. */
struct standard {
	str id;    /* "MS2" */
	str title; /* "A full answer to a question" */
	struct duration within;
	str source;
	bool verified; /* somebody checked the source */
	str file;
	int line;
};

struct duty_rule {
	str id;
	str title; /* "Decide whether to assess" */
	enum basis basis;
	str source;    /* "Special Educational Needs and Disability Regulations 2014, reg. 5(1)" */
	bool verified; /* somebody checked the source */
	struct duration due;
	str standard; /* the minimum standard whose number `due` is; may be empty */
	/* The date field of the starting event from which it is counted; empty: its day. */
	str day_field;
	bool before_day; /* counted backwards from there: notice of a meeting */
	str calendar;
	str owner;      /* "owner", a role, or "family": its own time limit */
	bool by_family; /* the family's own time limit: reminded, never breached by the authority */
	/* Of those: it runs from the day on which their copy of the notice is there, not from that on which it
	 * leaves. */
	bool served;
	struct duration *warnings; /* before the due day, longest first */
	size_t n_warnings;
	struct saying *on_warned, *on_due, *on_breached;
	size_t n_on_warned, n_on_due, n_on_breached;
	/* somebody answered for the breach until a day, and it was not done by then */
	struct saying *on_lapsed;
	size_t n_on_lapsed;
	/* so long before the date it can no longer be kept, unless an event has come or a duty been
	 * met; n == 0: nobody can tell */
	struct duration foreseen_before;
	str foreseen_unless;
	str foreseen_because;    /* what the family reads as the reason; may be empty */
	struct saying *on_moved; /* another calendar or rule, or a hold, has given it a new date */
	size_t n_on_moved;
	struct saying *on_foreseen; /* that, or a person says so: the family hears before the date */
	size_t n_on_foreseen;
	str ladder;       /* who is told, and when, while it is late; may be empty */
	bool per_contact; /* one for each contact who begins it, and an end for theirs alone */
	bool each;        /* every event begins one, also while another runs */
	bool pausable;    /* holds are cut out of its time; never of a statutory clock */
	date valid_from, valid_to; /* DATE_NONE: open */
	str file;
	int line;
};

/* One step up: who is told when nobody has ended what is late. */
struct rung {
	str tell;              /* "owner" of the duty or action, or a role of the owner's service */
	struct duration after; /* so long after the rung before it; n == 0: together with it */
	str template;
	enum grade grade; /* urgent or alert */
	bool digest;      /* in the desk's digest, where the service has one */
	str file;
	int line;
};

/* Who is told, and when, while a duty or an action stays undone. Its rungs are told once each; behind
 * the last one that one is told again, less and less often, and never not at all. */
struct ladder {
	str id;
	str calendar;                /* in which the time between rungs is counted; may be empty */
	struct duration acknowledge; /* nobody answers for it longer without saying so again */
	struct rung *rungs;
	size_t n_rungs;
	struct duration repeat;  /* the last rung, again */
	struct duration slowest; /* each time twice as long, until it is this */
	str file;
	int line;
};

/* An open case is never silent longer than this. */
struct keep_in_touch {
	struct duration every;     /* n == 0: the rule does not say so */
	struct duration when_late; /* while one of our dates is overdue; n == 0: as ever */
	struct duration ahead;     /* so long before it a person is asked to write */
	/* said by the machine when there is nothing new: once, then a person must write */
	struct saying *says;
	size_t n_says;
	str file;
	int line;
};

struct pathway {
	str id;
	str title;   /* "Education, Health and Care needs assessment" */
	str service; /* the service that usually owns it */
	str calendar;
	struct event_rule *events;
	size_t n_events;
	struct duty_rule *duties; /* several of one id: versions, by valid_from */
	size_t n_duties;
	struct keep_in_touch keep; /* instead of the standards' */
	str *with;                 /* pathways whose events and duties count here, too */
	size_t n_with;
	int with_line;
	bool shadow; /* tried only: nothing of such cases is handed over */
	str file;
};

/* What the standards say about actions and contacts, whatever the pathway. */
struct action_rule {
	str calendar;
	struct duration *warnings;
	size_t n_warnings;
	struct saying *on_agreed, *on_warned, *on_due, *on_breached, *on_lapsed, *on_completed,
		*on_rescheduled, *on_cancelled, *on_disputed, *on_foreseen;
	size_t n_on_agreed, n_on_warned, n_on_due, n_on_breached, n_on_lapsed, n_on_completed,
		n_on_rescheduled, n_on_cancelled, n_on_disputed, n_on_foreseen;
	str ladder;
};

/* A template that a speaker has reviewed in another language than English. */
struct translation {
	str template, language;
};

/* Whether a channel may carry a grade. */
enum carriage {
	CARRIES,        /* yes */
	CARRIES_NOT,    /* no */
	CARRIES_AGREED, /* only where it was agreed on record, as the first choice */
	CARRIES_PROMPT, /* no, but a prompt goes that the message comes another way */
};

/* What the standards say about people and how they are told, whatever the pathway. */
struct people_rule {
	enum carriage carriage[GRADE_COUNT][CHANNEL_COUNT];
	struct duration agree_within; /* a method, from the first involvement */
	struct duration agree_again; /* asked once more so long after it was agreed; n == 0: never */
	struct duration *rights_before; /* told that rights will pass, longest first */
	size_t n_rights_before;
	int confirm_days;      /* a looked-after child's address is good for so long; 0: for ever */
	int survey_days;       /* one questionnaire for a family in so many days; 0: no limit */
	int optional_per_week; /* messages that may be opted out of, for a family; 0: no limit */
};

/* What is said at the engine's own events ("case.reassigned", "contact.made", "duty.excused" ...),
 * whatever the pathway. */
struct policy {
	str version; /* SHA-256 of all files, first 16 digits */
	struct authority authority;
	struct service *services;
	size_t n_services;
	struct calendar *calendars;
	size_t n_calendars;
	struct pathway *pathways;
	size_t n_pathways;
	struct standard *minimum; /* what rules may count by: the pack's, then our own */
	size_t n_minimum;
	str pack; /* whose published numbers take the place of ours; may be empty */
	struct event_rule *standards; /* engine kinds by type, and "task.overdue" */
	size_t n_standards;
	struct action_rule actions;
	str task_ladder; /* who is told while a late task stays undone, behind task.overdue; or empty */
	struct duty_rule *common; /* duties that a case may have whatever its pathway */
	size_t n_common;
	struct ladder *ladders;
	size_t n_ladders;
	struct keep_in_touch keep;
	struct people_rule people;
	/* the templates that go out in other languages: known when the templates are read */
	const struct translation *translated;
	size_t n_translated;
	const struct calendar *calendar; /* the authority's own: "today" is there */
	/* how letters go unless their date wants more, and when they are printed: from the
	 * configuration, or the usual */
	enum postage postage;
	struct print_room print_room;
	/* who is away; set for each decision, not from files */
	const struct away *away;
	size_t n_away;
	/* the storms of late, likewise */
	const struct storm *storms;
	size_t n_storms;
	/* makes message ids opaque; set at start, not from files */
	uint8_t key[HASH_BYTES];
};

/* All of these give NULL where there is no such thing. */
const struct pathway *policy_pathway(const struct policy *policy, str id);
const struct service *policy_service(const struct policy *policy, str id);
const struct person *policy_person(const struct policy *policy, str id);
/* The person who holds a role in a service; a person's id is taken as such. */
const struct person *policy_holder(const struct policy *policy, str service, str role_or_person);
/* The same, or whoever stands in for them on that day; NULL: nobody does. */
const struct person *policy_present(const struct policy *policy, str service, str role_or_person,
				    date on);
const struct calendar *policy_calendar(const struct policy *policy, str id);
const struct event_rule *pathway_event(const struct pathway *pathway, str type);
/* The version of a rule that is in force on the day of the trigger. */
const struct duty_rule *pathway_duty(const struct pathway *pathway, str id, date trigger);
/* The same among the duties that any case may have. */
const struct duty_rule *policy_common(const struct policy *policy, str id, date trigger);
const struct ladder *policy_ladder(const struct policy *policy, str id);
/* The number in force: the pack's before our own. */
const struct standard *policy_minimum(const struct policy *policy, str id);
const struct event_rule *policy_standard(const struct policy *policy, str type);
/* True when some pathway declares the type; its fields go out (of the first that does). */
bool policy_declares(const struct policy *policy, str type, const struct field **out_fields,
		     size_t *out_n);

/* When a letter that is handed over then is printed and arrives. */
struct letter_dates policy_post(const struct policy *policy, instant handed_over,
				enum postage postage);

/* "family", "owner", "manager", "parties", ... */
bool audience_parse(str name, enum audience *out);
str audience_name(enum audience audience);
/* Somebody who works on the case. */
bool audience_is_staff(enum audience audience);

#endif
