/*
 * The small closed sets of the trade, each written once: enum and wire name.
 *
 * Parsing takes the wire name exactly; printing gives it back.
 */
#ifndef CANDOUR_MODEL_SETS_H
#define CANDOUR_MODEL_SETS_H

#include <stdbool.h>

#include "base/str.h"

/* How a contact is reached. Task: a person must phone or visit. */
#define CHANNELS(X) X(EMAIL, "email") X(SMS, "sms") X(LETTER, "letter") X(TASK, "task")

/* Who somebody is to the young person. Those up to FOSTER_CARER count as a parent in education law
 * when they have parental responsibility or care (Education Act 1996 s.576). A social worker stands
 * for the authority: under a care order it has parental responsibility (Children Act 1989 s.33). */
#define ROLES(X)                                                                                   \
	X(PARENT, "parent")                                                                        \
	X(CARER, "carer")                                                                          \
	X(GUARDIAN, "guardian")                                                                    \
	X(FOSTER_CARER, "foster_carer")                                                            \
	X(YOUNG_PERSON, "young_person")                                                            \
	X(SOCIAL_WORKER, "social_worker")                                                          \
	X(ADVOCATE, "advocate")                                                                    \
	X(OTHER, "other")

#define PARTY_ROLES(X)                                                                             \
	X(SCHOOL, "school")                                                                        \
	X(HEALTH, "health")                                                                        \
	X(SOCIAL_CARE, "social_care")                                                              \
	X(ADVISER, "adviser")                                                                      \
	X(LEGAL, "legal")                                                                          \
	X(KEYWORKER, "keyworker")

#define FORMATS(X)                                                                                 \
	X(STANDARD, "standard")                                                                    \
	X(LARGE_PRINT_16, "large_print_16")                                                        \
	X(LARGE_PRINT_18, "large_print_18")                                                        \
	X(LARGE_PRINT_20, "large_print_20")                                                        \
	X(LARGE_PRINT_24, "large_print_24")                                                        \
	X(LARGE_PRINT_28, "large_print_28")                                                        \
	X(EASY_READ, "easy_read")                                                                  \
	X(PLAIN_TEXT, "plain_text")                                                                \
	X(AUDIO, "audio")                                                                          \
	X(BRAILLE, "braille")                                                                      \
	X(BSL, "bsl")

/* What a court order forbids. */
#define ORDERS(X)                                                                                  \
	X(NONE, "none")                                                                            \
	X(NO_CONTACT, "no_contact")                                                                \
	X(INFO_RESTRICTED, "info_restricted")                                                      \
	X(SCHOOL_INFO_ONLY, "school_info_only")

/* How formal a message is. FORMAL: a notice in the form that law or standard wants. ALERT: for
 * staff, from a ladder. OPTIONAL: may be opted out of. The order is the order in the ready queue:
 * URGENT first. */
#define GRADES(X)                                                                                  \
	X(URGENT, "urgent")                                                                        \
	X(FORMAL, "formal")                                                                        \
	X(ALERT, "alert")                                                                          \
	X(INFORMATION, "information")                                                              \
	X(REMINDER, "reminder")                                                                    \
	X(OPTIONAL, "optional")

/* The states of a message, from the decision to the last fact about it. */
#define MESSAGE_STATES(X)                                                                          \
	X(INTENDED, "intended")                                                                    \
	X(WAITING, "waiting")                                                                      \
	X(READY, "ready")                                                                          \
	X(CLAIMED, "claimed")                                                                      \
	X(HANDING_OVER, "handing_over")                                                            \
	X(UNKNOWN, "unknown")                                                                      \
	X(ACCEPTED, "accepted")                                                                    \
	X(DISPATCHED, "dispatched")                                                                \
	X(DELIVERED, "delivered")                                                                  \
	X(FAILED, "failed")                                                                        \
	X(RETURNED, "returned")                                                                    \
	X(EXPIRED, "expired")                                                                      \
	X(STOPPED, "stopped")                                                                      \
	X(SUPPRESSED, "suppressed")                                                                \
	X(TASK, "task")

/* The states of a duty and of an action: one machine for both (decide/machine.c). */
#define DUTY_STATES(X)                                                                             \
	X(SCHEDULED, "scheduled")                                                                  \
	X(WARNED, "warned")                                                                        \
	X(DUE, "due")                                                                              \
	X(BREACHED, "breached")                                                                    \
	X(ACKNOWLEDGED, "acknowledged")                                                            \
	X(MET, "met")                                                                              \
	X(EXCUSED, "excused")                                                                      \
	X(CANCELLED, "cancelled")

/* Which rule chose a message's channel, strongest first (the order is the precedence): wire name, a
 * clause for evidence and explain, a few words for a list. */
#define WHYS(X)                                                                                    \
	X(SAFETY, "safety", "the channels that are safe for this person", "safe for them")         \
	X(LEGAL_FORM, "legal_form", "a formal notice has a set form", "a formal notice")           \
	X(FORMAT, "format", "the format or language this person needs", "the format they need")    \
	X(CASE_CHOICE, "case_choice", "the method agreed for this case", "agreed for this case")   \
	X(AGREED, "agreed", "the method agreed with this person", "as agreed")                     \
	X(DEFAULT, "default", "the service's default: no method is agreed yet",                    \
	  "no method agreed yet")                                                                  \
	X(FALLBACK, "fallback", "the channel before it failed", "another way failed")              \
	X(PROMPT, "prompt", "a prompt that a letter is on its way", "says that a letter comes")    \
	X(FORMER, "former", "how they were reached before: a change is confirmed there",           \
	  "how they were reached before")                                                          \
	X(NO_CHANNEL, "no_channel", "no channel is left that may be used", "no channel is left")   \
	X(ROLE, "role", "the person who holds this role", "it is their job")

/* The codes with which an event is refused. */
#define REFUSALS(X)                                                                                \
	X(NONE, "none")                                                                            \
	X(NO_EVENT_FIELD, "no_event_field")                                                        \
	X(NOT_UTF8, "not_utf8")                                                                    \
	X(TOO_LARGE, "too_large")                                                                  \
	X(NOT_JSON, "not_json")                                                                    \
	X(TOO_DEEP, "too_deep")                                                                    \
	X(DUPLICATE_KEY, "duplicate_key")                                                          \
	X(CONTROL_CHARACTER, "control_character")                                                  \
	X(MISSING_FIELD, "missing_field")                                                          \
	X(WRONG_TYPE, "wrong_type")                                                                \
	X(BAD_SPECVERSION, "bad_specversion")                                                      \
	X(BAD_ID, "bad_id")                                                                        \
	X(BAD_TIME, "bad_time")                                                                    \
	X(BAD_SUBJECT, "bad_subject")                                                              \
	X(UNKNOWN_TYPE, "unknown_type")                                                            \
	X(RESERVED_TYPE, "reserved_type")                                                          \
	X(BAD_DATA, "bad_data")                                                                    \
	X(UNKNOWN_CASE, "unknown_case")                                                            \
	X(UNKNOWN_FAMILY, "unknown_family")                                                        \
	X(CONFLICT, "conflict")                                                                    \
	X(POISON, "poison")

/* Declares `enum x { PREFIX_NAME... }`, `str x_name(enum x)`, and `bool x_parse(str, enum x *out)`:
 * parse leaves out untouched when the name is not in the set. */
#define WORDS_DECLARE(tag)                                                                         \
	str tag##_name(enum tag value);                                                            \
	bool tag##_parse(str text, enum tag *out)

#define X(name, wire) CHANNEL_##name,
enum channel_kind { CHANNELS(X) CHANNEL_COUNT };
#undef X
#define X(name, wire) ROLE_##name,
enum role { ROLES(X) ROLE_COUNT };
#undef X
#define X(name, wire) PARTY_##name,
enum party_role { PARTY_ROLES(X) PARTY_ROLE_COUNT };
#undef X
#define X(name, wire) FORMAT_##name,
enum format { FORMATS(X) FORMAT_COUNT };
#undef X
#define X(name, wire) ORDER_##name,
enum court_order { ORDERS(X) ORDER_COUNT };
#undef X
#define X(name, wire) GRADE_##name,
enum grade { GRADES(X) GRADE_COUNT };
#undef X
#define X(name, wire) MESSAGE_##name,
enum message_state { MESSAGE_STATES(X) MESSAGE_STATE_COUNT };
#undef X
#define X(name, wire) DUTY_##name,
enum duty_state { DUTY_STATES(X) DUTY_STATE_COUNT };
#undef X
#define X(name, wire, text, brief) WHY_##name,
enum why { WHYS(X) WHY_COUNT };
#undef X
#define X(name, wire) REFUSED_##name,
enum refusal { REFUSALS(X) REFUSAL_COUNT };
#undef X

WORDS_DECLARE(channel_kind);
WORDS_DECLARE(role);
WORDS_DECLARE(party_role);
WORDS_DECLARE(format);
WORDS_DECLARE(court_order);
WORDS_DECLARE(grade);
WORDS_DECLARE(message_state);
WORDS_DECLARE(duty_state);
WORDS_DECLARE(why);
WORDS_DECLARE(refusal);

/* For people: a clause, and a few words. */
str why_text(enum why why);
str why_brief(enum why why);

/* [A-Za-z0-9][A-Za-z0-9._-]{0,63} */
bool id_is(str text);

#endif
