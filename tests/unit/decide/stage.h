/*
 * What decide's tests stand on: a scene with its family, made anew for each.
 */
#ifndef TESTS_UNIT_DECIDE_STAGE_H
#define TESTS_UNIT_DECIDE_STAGE_H

#include "harness/assert_str.h"
#include "harness/scene.h"

static struct scene scene;

static inline int start(void **state)
{
	scene_start(&scene);
	scene_family(&scene);
	return 0;
}

static inline int end(void **state)
{
	scene_end(&scene);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, end)

/* An event of the case C1 or the family F1. */
#define CASE(at, type, data) scene_play(&scene, (at), (type), "case/C1", (data))
#define FAMILY(at, type, data) scene_play(&scene, (at), (type), "family/F1", (data))
#define TICK(at) scene_tick(&scene, (at))
#define SETTLE(at, outcome, message) scene_settle(&scene, (at), (outcome), (message))

/* An event of the service's desk: any, what a family notes there, and that its time has come. */
#define DESK(at, type, data) scene_play(&scene, (at), (type), "service/send", (data))
#define NOTE(at, data) DESK((at), "desk.noted", (data))
#define LOOK(at) DESK((at), "clock.due", "{}")

static inline void assert_state(const char *duty, enum duty_state wanted)
{
	const struct duty *found = scene_duty(&scene, duty);
	assert_non_null(found);
	assert_str(duty_state_name(found->state), str_z(&scene.arena, duty_state_name(wanted)));
}

static inline void assert_day(date day, const char *wanted)
{
	assert_str(date_print(&scene.arena, day), wanted);
}

#define assert_said(wanted) assert_str(scene_messages(&scene), (wanted))
#define assert_silence() assert_int_equal(scene.plan->n_messages, 0)

static inline bool holds(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

/* Whether a line of the last plan's evidence says so. */
static inline bool is_written(const char *part)
{
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		if (holds(scene.plan->entries[i].text, part))
			return true;
	}
	return false;
}

static inline void assert_next_look(const char *wanted)
{
	assert_str(instant_print(&scene.arena, scene.plan->next_look), wanted);
}

static inline void assert_refused(const struct plan *plan, const char *field)
{
	assert_int_equal(plan->verdict, PLAN_REFUSE);
	assert_int_equal(plan->refused.code, REFUSED_BAD_DATA);
	assert_str(plan->refused.field, field);
	assert_true(plan->refused.message.n > 0);
}

static inline str message_to(const char *contact, enum channel_kind channel)
{
	const struct message *message = scene_message(&scene, contact, channel);
	assert_non_null(message);
	return message->id;
}

/* The n-th duty's rule of the pathway, in a copy of its own: what is changed there is changed for this test alone. */
static inline struct duty_rule *own_rule(size_t n)
{
	struct pathway *pathways = TAKE(&scene.arena, struct pathway, scene.policy->n_pathways);
	memcpy(pathways, scene.policy->pathways, scene.policy->n_pathways * sizeof *pathways);
	struct duty_rule *rules = TAKE(&scene.arena, struct duty_rule, pathways[0].n_duties);
	memcpy(rules, pathways[0].duties, pathways[0].n_duties * sizeof *rules);
	pathways[0].duties = rules;
	scene.policy->pathways = pathways;
	return &rules[n];
}

/* An event's rule of the pathway, in a copy of this test's own. */
static inline struct event_rule *own_event(const char *type)
{
	(void)own_rule(0);
	struct pathway *pathway = &scene.policy->pathways[0];
	struct event_rule *events = TAKE(&scene.arena, struct event_rule, pathway->n_events);
	memcpy(events, pathway->events, pathway->n_events * sizeof *events);
	pathway->events = events;
	for (size_t i = 0; i < pathway->n_events; i++) {
		if (str_eq(events[i].type, str_of(type)))
			return &events[i];
	}
	fail_msg("there is no such event");
	return NULL;
}

/* The first service, in a copy of this test's own. */
static inline struct service *own_service(void)
{
	struct service *services = TAKE(&scene.arena, struct service, scene.policy->n_services);
	memcpy(services, scene.policy->services, scene.policy->n_services * sizeof *services);
	scene.policy->services = services;
	return services;
}

/* The standards say that besides, in a copy of this test's own. */
static inline void add_standard(const char *type, struct saying saying)
{
	struct policy *policy = scene.policy;
	struct event_rule *rules = TAKE(&scene.arena, struct event_rule, policy->n_standards + 1);
	struct saying *says = TAKE(&scene.arena, struct saying, 1);
	*says = saying;
	memcpy(rules, policy->standards, policy->n_standards * sizeof *rules);
	rules[policy->n_standards++] =
		(struct event_rule){ .type = str_of(type), .says = says, .n_says = 1 };
	policy->standards = rules;
}

/* It has a digest, at nine. */
static inline void use_digest(void)
{
	struct service *service = own_service();
	service->has_digest = true;
	service->digest_at = 9 * 60;
}

static inline int start_with_digest(void **state)
{
	start(state);
	use_digest();
	return 0;
}

#define DESK_TEST(f) cmocka_unit_test_setup_teardown(f, start_with_digest, end)

static inline size_t count_tasks(void)
{
	const struct case_file *file = family_case(scene.family, S("C1"));
	size_t n = 0;
	for (size_t i = 0; i < file->n_tasks; i++)
		n += file->tasks[i].done ? 0 : 1;
	return n;
}

/* The latest task that is open. */
static inline const struct task *last_task(void)
{
	const struct case_file *file = family_case(scene.family, S("C1"));
	for (size_t i = file->n_tasks; i > 0; i--) {
		if (!file->tasks[i - 1].done)
			return &file->tasks[i - 1];
	}
	fail_msg("no task is open");
	return NULL;
}

#endif
