/*
 * A scene for the rules: a small council with one pathway, and a family that events happen to.
 *
 *   asked    begins the decision (6 weeks) and the plan (20 weeks); tells family and school
 *   agreed   a formal notice that meets the decision; tells the school
 *   refused  the same, adverse, with reasons; the plan falls away, an appeal (2 months) begins
 *   drafted  a formal notice; the family's reply (15 days) begins, with a reminder after 7 days
 *   replied  meets the reply
 *   made     a formal notice that meets the plan, with its enclosures; the case ends
 *
 * JSON is written with ' for ". Nothing here reads a clock or a file but the time zone.
 */
#ifndef TESTS_HARNESS_SCENE_H
#define TESTS_HARNESS_SCENE_H

#include "base/arena.h"
#include "decide/decide.h"

struct scene {
	struct arena arena;
	struct policy *policy;
	struct family *desk;     /* of the service that an event was about */
	struct family *family;   /* NULL: nobody has told us of it yet */
	const struct plan *plan; /* of the last event */
	instant now;
	int n_events;
};

/* A policy as described above, in the arena. */
struct policy *scene_policy(struct arena *arena);
/* "..." with ' turned into ". */
str scene_json(struct arena *arena, const char *text);
/* An event as intake makes it of these; ends the test when intake refuses it. */
struct event *scene_event(struct scene *scene, const char *at, const char *type,
			  const char *subject, const char *data);

void scene_start(struct scene *scene);
void scene_end(struct scene *scene);
/* An event happens; what it leads to is committed. at: "2026-11-02T09:15:00Z". */
const struct plan *scene_take(struct scene *scene, const struct event *event);
const struct plan *scene_play(struct scene *scene, const char *at, const char *type,
			      const char *subject, const char *data);
/* The same, heard of later: at `now`. */
const struct plan *scene_hear(struct scene *scene, const char *now, const char *at,
			      const char *type, const char *subject, const char *data);
/* The clock rings. */
const struct plan *scene_tick(struct scene *scene, const char *at);
/* The n-th message of the last plan comes to an end: "accepted", "failed" ... */
const struct plan *scene_settle(struct scene *scene, const char *at, const char *outcome,
				str message);

/* A parent c-mum by letter, a child c-child born 2017-05-01, a school p-school by email, and case C1
 * with owner sam. All on 2 November 2026, a Monday. */
void scene_family(struct scene *scene);

/* The last plan's messages, a line each: "letter c-mum agreed legal_form 2026-11-02T10:00:00Z". */
str scene_messages(struct scene *scene);
/* Its closings: "suppressed letter ..." gives "suppressed c-mum". */
str scene_closings(struct scene *scene);
/* The first message of the last plan to somebody by a channel; NULL: none. */
const struct message *scene_message(const struct scene *scene, const char *contact,
				    enum channel_kind channel);
const struct duty *scene_duty(const struct scene *scene, const char *id);
const struct action *scene_action(const struct scene *scene, const char *id);

#endif
