/*
 * The family: the aggregate. A young person, the contacts around them, their cases with duties and
 * actions, what is still to be said, and what is on its way.
 *
 * One event changes one family; one commit writes it whole, with its version. Values live in the
 * arena that they were loaded or decided in; arrays grow by copying (family_grow). At most
 * FAMILY_BYTES_MAX when stored: cases that have been over for long are put away.
 */
#ifndef CANDOUR_MODEL_FAMILY_H
#define CANDOUR_MODEL_FAMILY_H

#include "model/policy.h"

#define FAMILY_BYTES_MAX ((size_t)256 << 10)
#define STANDS_MAX 24
/* Of a desk: both at their limits leave a third of the record for the digests that are on their way. */
#define DESK_ABSENCES_MAX 100
#define DESK_ITEMS_MAX 500
#define DESK_STORMS_MAX 20
#define DESK_RESTS_MAX 100
/* So many notes a desk takes up at once. */
#define DESK_NOTES_MAX 500

struct channel_set {
	bool has[CHANNEL_COUNT];
};

struct safe_contact {
	bool on;
	/* the only ones that may be used; fallback is a person, never the next channel */
	struct channel_set channels;
	bool has_hours;
	struct week hours;
	str sender; /* neutral; may be empty */
};

/* How somebody wants to be told in one case. */
struct case_choice {
	str case_id;
	enum channel_kind channels[CHANNEL_COUNT]; /* first choice first */
	size_t n_channels;
};

struct contact {
	str id;
	str person; /* may be empty */
	str name;   /* as they wish to be addressed */
	enum role role;
	date born; /* DATE_NONE when not known */
	bool parental_responsibility;
	str language; /* "en" */
	enum format format;
	enum channel_kind channels[CHANNEL_COUNT]; /* agreed, first choice first */
	size_t n_channels;
	struct case_choice *choices; /* where it is another one than in general */
	size_t n_choices;
	/* A talk counts as the message: what is not a notice is said by a person. */
	bool oral_first;
	str email, sms;
	str letter[ADDRESS_LINES_MAX];
	size_t n_letter;
	date confirmed_on; /* the postal address was last said to be right; DATE_NONE: never */
	date agreed_on;    /* DATE_NONE: no method agreed yet */
	str agreed_with;
	date asked_on; /* somebody was last asked to agree a method with them */
	bool has_hours;
	struct week hours;
	struct safe_contact safe;
	bool surveys;
	/* an address that a provider called wrong: not tried until changed */
	struct channel_set failed;
	/* what they told us not to use any more: not used until they choose it again */
	struct channel_set stopped;
	/* A young person whom the authority looks after (Children Act 1989 s.22): where they live
	 * may change. */
	bool looked_after;
	/* Of a young person: how often they and theirs were told beforehand that rights will pass;
	 * and that they have. */
	size_t rights_told;
	bool rights_passed;
	/* Court orders, each by itself: one that ends leaves the others in force. Until: DATE_NONE:
	 * until ended. */
	bool orders[ORDER_COUNT];
	date orders_until[ORDER_COUNT];
	/* consent of the young person to copy this contact; DATE_NONE: none, or no end */
	date copied_from, copied_until;
	str copied_for;
	/* Told in place of that contact (a deputy, an attorney, who represents a parent): from when, in
	 * which decisions ("all", a pathway or a case) and until when; empty: for nobody */
	str acts_for, acts_in;
	date acts_from, acts_until; /* DATE_NONE: no end */
	bool deceased;
	bool removed; /* kept for the record, told nothing */
	bool sealed;  /* ... for good: before an adoption */
	/* Children of this family of whose cases they hear nothing any more, since these were
	 * adopted: contacts' ids. */
	str *not_of;
	size_t n_not_of;
};

struct party {
	str id;
	enum party_role role;
	str name;
	str email, sms;
	str letter[ADDRESS_LINES_MAX];
	size_t n_letter;
	enum channel_kind channels[CHANNEL_COUNT];
	size_t n_channels;
};

/* Who can decide for the young person is asked for each decision (Mental Capacity Act 2005 s.2). */
struct capacity {
	str person, decision, by;
	bool has;
	date assessed_on;
};

/* What goes up while a duty or an action stays undone, and what the family was told of it. */
struct chase {
	size_t rung;    /* rungs that have been told; 0: none yet */
	str role;       /* whom the last one named: it keeps its place when the ladder is edited */
	str listed;     /* in whose daily list it stands: a holder; empty: in none yet */
	size_t repeats; /* how often the last rung of all was told again */
	instant next;   /* when the next one is told; INSTANT_NEVER: not */
	date expected;  /* the new date that the family was told; DATE_NONE: none */
	bool noted;     /* a desk's digest has it, or will */
	bool said;      /* that it is late has been said, to whoever the rule names */
	bool hushed;    /* late, and nobody was told: the notice that ends it is on its way */
	/* as it was when the climb began, which it goes on by, whatever becomes of the policy; NULL: it has
	 * not begun, or is older than this was kept */
	const struct ladder *ladder;
};

/* One contact's time, of a limit of the family's own: counted from their own copy of the notice. */
struct own_time {
	str contact;
	str event; /* whose notice it is; empty in older records: the one that began the limit */
	date from, due;
};

/* One standard at work in one case. */
struct duty {
	str id; /* unique in the family: "CASE.RULE" or "CASE.RULE.2" */
	str rule;
	date rule_from; /* the version of the rule: its valid_from */
	enum duty_state state;
	str started_by; /* the event's id */
	date from, due;
	instant since; /* of a rule with working hours: when it began; else INSTANT_NEVER */
	instant ends;  /* the first instant that is late, where that is no day's end; else NEVER */
	str explained;
	str owner;        /* as the rule says: "owner" is the case's; or a role, or "family" */
	size_t warned;    /* how many of the rule's warnings were given */
	date breached_on; /* DATE_NONE: never. A breach is a fact that nothing erases */
	date ended_on;    /* met, excused or cancelled */
	str ended_by;     /* the event's id */
	str excuse;       /* ground; may be empty */
	date acknowledged_until;
	str acknowledged_by;
	size_t awaited; /* notices that have yet to be accepted before it is met */
	bool told;      /* the family has had a message while it ran: its date may be known */
	struct chase chase;
	/* the contact whom the starting event names, where the duty is to them alone; may be empty */
	str contact;
	/* of the family's own time limit: from when it runs for each of them; `due` is the last of all */
	struct own_time *own;
	size_t n_own;
	str traceparent; /* of the event that began it; may be empty */
};

/* Something that a named person agreed to do for the family by a date. */
struct action {
	str id;
	str what; /* in the family's words */
	str service, person;
	date agreed_on, due;
	str *agreed_with;
	size_t n_agreed_with;
	enum duty_state state; /* the machine of duties; MET: completed */
	size_t warned;
	date breached_on, ended_on;
	str ended_by;
	bool disputed;
	date acknowledged_until;
	str acknowledged_by;
	str started_by; /* the event's id */
	struct chase chase;
};

/* What a person must do because no channel can: phone, visit, answer. */
struct task {
	str id;
	str contact;
	str what;    /* for the worker */
	str how;     /* "phone", "interpreter", "bsl" ...: what it takes; may be empty */
	str owner;   /* a person's id or a role */
	str message; /* the message that it stands for; may be empty */
	date due;
	bool done;
	bool chased; /* it was late, and owner and manager were told */
	struct chase chase;
	str outcome; /* reached, not_reached, refused */
};

struct hold {
	str reason, owner;
	date from, until;
	bool ended;
};

/* Something that goes with a notice. */
struct enclosure {
	str id;        /* the name of its file, which may end in ".pdf" besides */
	str kind;      /* what it is, in the family's words: "Draft plan" */
	str sha256;    /* of the file, in hex */
	int64_t pages; /* as the service says */
	/* the service sends it itself, and tells with enclosure.dispatched that it has */
	bool by_service;
};

/* What the service sent itself. */
struct dispatch {
	str enclosure;
	str contact; /* a contact's or party's id; empty: everybody who must have it */
	date on;
};

/* Where the family stood from an event on: what it was before comes back when the event is
 * withdrawn. */
struct stand {
	str event; /* its id */
	date on;   /* when it happened; DATE_NONE in older records */
	str stage;
	str next_what, next_who, next_by;
};

struct case_file {
	str id;
	str pathway;
	str service, owner;
	str child; /* the contact whom it is about; empty: the only young person there is */
	date opened_on;
	date closed_on; /* DATE_NONE: open */
	str closed_by;  /* the event's id */
	str outcome;
	str stage;
	str next_what, next_who, next_by; /* what happens next; next_by: a duty's id */
	struct stand *stands;             /* the latest last, at most STANDS_MAX */
	size_t n_stands;
	date heard_on; /* the family's last news of the case; DATE_NONE: none since it was opened */
	bool nothing_new; /* the machine has said so since then: next time a person writes */
	bool asked;       /* ... and has been asked to */
	bool was_away;    /* not stored: it had been put away, and is back for this event */
	struct duty *duties;
	size_t n_duties;
	struct action *actions;
	size_t n_actions;
	struct task *tasks;
	size_t n_tasks;
	struct hold *holds;
	size_t n_holds;
	struct dispatch *dispatched;
	size_t n_dispatched;
};

/* What is to be said, later; not yet addressed. */
struct intent {
	str id; /* of the event, the case and its place in the rule: unique in the family */
	str case_id;
	enum audience audience;
	struct party_set parties; /* of AUDIENCE_PARTIES */
	str *contacts;            /* of AUDIENCE_CONTACTS: ids */
	size_t n_contacts;
	str template;
	enum grade grade;
	bool adverse;
	str rule; /* where it was written: "ehc-assessment/ehcna.requested/1" */
	instant not_before;
	str unless; /* an event's type or a duty's rule that makes it needless */
	str about;  /* a duty's or action's id; may be empty */
	str meets;  /* a duty's id; may be empty */
	str role;   /* of AUDIENCE_MANAGER: another role than the team manager's; may be empty */
	str task;   /* a task that it waits for, but not beyond not_before; may be empty */
	/* a message that may be on its way: said once that has left, needless where it has not by not_before; may
	 * be empty */
	str follows;
	bool quiet; /* no news: a machine's acknowledgement, which feeds no clock */
	str event_id, event_type;
	str traceparent; /* of that event; may be empty */
	str facts;       /* JSON: the event's own data for the template */
	struct enclosure *enclosures;
	size_t n_enclosures;
	/* Said where the contact was reached before, and nowhere else; of which one is not empty. */
	str former_email, former_sms;
	size_t round; /* how often it failed or came back, and was said again */
	/* An alert that a desk knows of, and may tell together with others: since when; else NEVER */
	instant noted;
	str desk;
	date on; /* the day on which its event happened; DATE_NONE in older records */
};

/* A message that is on its way: known here so that it can be stopped. One that was accepted stays
 * for some weeks, because it may yet come back. */
struct open_message {
	str id;
	str case_id;
	str contact;
	enum channel_kind channel;
	struct channel_set tried; /* channels that failed before this one */
	str unless, about, meets;
	struct intent *intent; /* what it says, to be addressed again: never NULL */
	date accepted_on;      /* DATE_NONE: not yet */
	/* of a letter: by which class it goes, and when it is there at the latest; DATE_NONE: not known */
	enum postage postage;
	date arrives_on;
};

/* A message that may have left, and nobody knows: whatever becomes of it afterwards, somebody may have it. */
struct doubt {
	str message, event_id;
	str contact; /* or a party */
	str template;
	enum channel_kind channel;
	int64_t attempt;
	bool for_good; /* it is not tried again: only its provider may still say (older records do not know) */
	date event_on; /* of the event */
	date on;       /* when it may have left, for the first time */
};

/* Somebody of a service who is away, first and last day. */
struct absence {
	str person, deputy;
	date from, to;
	str event; /* the id of the event that said so */
};

/* Something that waits for a desk's digest, until it is over. */
struct desk_item {
	str case_id, about; /* a duty's, an action's or a task's id; of news: a name of their own */
	str holder;         /* a person's id or a role of the service: whom it is for */
	str what;           /* in the words of the rule */
	str template;       /* what would have been said by itself */
	date due;
	date since; /* the day on which it came to the desk; of news that were told: on which they were */
	bool told;  /* it has been in a digest */
	bool own;   /* the holder is to do it, and does not only hear of it */
	bool task;  /* only a person can do it: it is theirs before its day, too */
	bool news;  /* of a case as a whole: told once, and nobody's to do; due: when it happened */
	bool known; /* the family has been told that it will be missed */
	instant noted; /* it is to be said at once, and was noted then; INSTANT_NEVER: it waits */
	bool urgent;   /* ... at any hour */
	bool in_storm; /* ... together with others */
};

/* What a desk had no room for since its last digest: so many of one holder's. */
struct desk_rest {
	str holder;
	size_t n;
	bool told; /* its reader knows that there are more */
};

/* Many alerts for one reader at once: whoever notes one in this time leaves it to the desk. */
struct desk_storm {
	str reader; /* a person's id, or the service's: its mailbox */
	instant from, until;
	size_t more; /* so many besides those that the desk had room for */
	bool urgent; /* one of these is to be said at any hour */
};

/* The second kind of record: a service's desk has the id "desk:SERVICE" (no family's id has a colon), and
 * nothing of what a family has but version, intents, messages on their way and evidence. */
#define DESK_PREFIX "desk:"

struct family {
	str id;
	int64_t version; /* 0: not stored yet */
	/* grows when who-may-be-told-how changes: a message with an older number is addressed
	 * again */
	int64_t tell;
	struct contact *contacts;
	size_t n_contacts;
	struct party *parties;
	size_t n_parties;
	struct capacity *capacities;
	size_t n_capacities;
	struct case_file *cases;
	size_t n_cases;
	str *former_cases; /* ids of those that were put away, the latest last */
	size_t n_former_cases;
	struct intent *intents;
	size_t n_intents;
	struct open_message *open;
	size_t n_open;
	struct doubt *doubts; /* of the last weeks */
	size_t n_doubts;
	struct absence *absences; /* of a desk */
	size_t n_absences;
	struct desk_item *items; /* of a desk, oldest first */
	size_t n_items;
	struct desk_storm *storms; /* of a desk */
	size_t n_storms;
	struct desk_rest *rest; /* of a desk */
	size_t n_rest;
	date digest_on; /* of a desk: the day of its last digest; DATE_NONE: none */
	/* Of a desk: since when something waits for its list; INSTANT_NEVER: not known */
	instant list_from;
	bool young_person_died;
	bool rights_passed; /* as older records have it: noticed for whoever had them by then */
	date surveyed_on;   /* the last questionnaire; DATE_NONE: none yet */
	/* Running cases are being imported: until then clocks stand still, and what happened before the
	 * day is written down but not said; INSTANT_NEVER: no import */
	instant importing;
	date quiet_before;
	date optional_from; /* the week in which optional messages are counted, and how many */
	size_t optional_n;
	/* Evidence: how many entries, and the hash of the last. */
	int64_t entries;
	struct hash head;
};

/* Whether a court order is in force on that day: every kind forbids letters about the case. */
bool contact_is_barred(const struct contact *contact, date on);

/* The service whose desk it is; empty: a family's record. */
str family_desk(const struct family *family);

/* All give NULL where there is no such thing. */
struct contact *family_contact(const struct family *family, str id);
struct party *family_party(const struct family *family, str id);
struct case_file *family_case(const struct family *family, str id);
struct open_message *family_open(const struct family *family, str message);
/* The case is, or was, one of the family's: of those that were put away the latest are known. */
bool family_had_case(const struct family *family, str id);
struct duty *case_duty(const struct case_file *file, str id);
struct action *case_action(const struct case_file *file, str id);
struct task *case_task(const struct case_file *file, str id);
bool duty_is_running(enum duty_state state); /* scheduled, warned, due, breached or acknowledged */

/* What stands in a family's open cases, for whoever watches. */
struct tally {
	int64_t breached;  /* running duties and actions whose day passed */
	int64_t tasks;     /* open ones */
	date nearest_duty; /* the day of the running duty or action that is due first; DATE_NONE */
};
struct tally family_tally(const struct family *family);

/* A deep enough copy: every array is the copy's own; texts are shared. */
struct family *family_copy(struct arena *arena, const struct family *family);
/* A copy that shares nothing: for a record that outlives the arena, and the event, it was decided in. */
struct family *family_keep(struct arena *arena, const struct family *family);

/* Room for one more at the end of an array: gives it, zeroed, and counts it. The array moves:
 * pointers into it are no longer good. */
#define GROW(arena, array, n)                                                                      \
	((array) = grow_array((arena), (array), sizeof *(array), (n)), &(array)[(n)++])
void *grow_array(struct arena *arena, const void *array, size_t size, size_t n);

/* The last Friday in June of the school year (1 September to 31 August) in which the young person
 * turns 16: rights pass at its end (Education Act 1996 s.8; Children and Families Act 2014 s.83).
 * DATE_NONE when the birthday is not known. */
date rights_pass_on(date born);
/* The contact of the young person whom a case is about, or of the only one there is (file: NULL);
 * NULL when none is known, or when there are several and the case does not say. */
const struct contact *family_child(const struct family *family, const struct case_file *file);
/* That contact when, on that day, the rights are theirs; else NULL. */
const struct contact *family_young_rights_holder(const struct family *family,
						 const struct case_file *file, date on);

#endif
