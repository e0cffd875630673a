/*
 * A message: one communication to one recipient through one channel. It carries everything that is
 * needed to word and send it, as it was when it was addressed.
 */
#ifndef CANDOUR_MODEL_MESSAGE_H
#define CANDOUR_MODEL_MESSAGE_H

#include "model/family.h"

struct message {
	str id; /* 'm' and 24 hex digits: a keyed hash of intent, recipient and channel */
	str family;
	str case_id; /* may be empty */
	str contact; /* a contact's, a party's or a person's id */
	str to_name;
	enum channel_kind channel;
	str email, sms; /* of its channel; the others empty */
	str letter[ADDRESS_LINES_MAX];
	size_t n_letter;
	enum postage postage; /* of a letter */
	str template;
	enum grade grade;
	str language;
	enum format format;
	bool prompt; /* the SMS that goes with a letter */
	bool safe;   /* neutral wording */
	bool shadow; /* everything but handed over: the service only tries Candour */
	str sender;  /* neutral sender; empty: the authority's */
	/* What of the family's other contacts may not stand in it: the marks of guard_mark, with
	 * spaces between. */
	str secrets;
	enum why why; /* the rule that chose the channel */
	str rejected; /* what else was considered and why not, in words; may be empty */
	str event_id, event_type;
	str traceparent; /* of the event that it comes of; may be empty */
	/* the pathway's or standard's rule that wanted it said: "ehc-assessment/ehcna.requested/1" */
	str rule;
	str policy; /* the policy's version */
	str about;  /* a duty's or action's id; may be empty */
	instant decided_at;
	instant not_before;    /* the first instant at which it may leave */
	instant useless_after; /* INSTANT_NEVER: none */
	int64_t tell;          /* the family's when it was addressed */
	int tries_max;
	str facts; /* JSON map for the template: see docs/templates.md */
	/* What goes with it. An SMS has none; those that the service sends itself are named in the
	 * words, and that is all. */
	struct enclosure *enclosures;
	size_t n_enclosures;
};

/* JSON in and out, for the store and for explain. The stored form has a version; message_read knows
 * all older ones. ERR_CORRUPT when the text is none. */
void message_write(struct buf *buf, const struct message *message);
NODISCARD enum err message_read(struct arena *arena, str json, struct message *out);

#endif
