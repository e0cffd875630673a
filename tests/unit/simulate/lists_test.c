#include "simulate/simulate.h"

#include "base/arena.h"
#include "harness/assert_str.h"
#include "harness/away.h"
#include "harness/dice.h"
#include "model/lists.h"
#include "setup/setup.h"
#include "unit/simulate/happen.h"

/*
 * What is due is in exactly one list of exactly one reader, in exactly one part of it (docs/manage.md, "Lists").
 *
 * Families are made up; duties, actions and tasks come and go, are late, answered for, excused, handed on and
 * disputed, while those who work there are away and back. At random moments and at each midnight the lists are
 * held against the record: what is open, and by which day, is reckoned here anew.
 *
 * CANDOUR_CASES says how many families.
 */

#define FAMILIES 120
#define STEPS 45

static struct arena keep, arena;
static struct policy policy; /* the shipped one, with digests */

static struct world {
	struct simulate *simulate;
	uint64_t seed;
	int n_events;
	instant at;
	size_t seen, late, today, of_deputies, of_services, in_digests, listed;
} world;

static const char *const people[] = { "sam-okafor", "priya-nair",  "helen-marsh",
				      "david-osei", "grace-ajayi", "tom-ellison" };
#define ANYBODY people[roll_dice(sizeof people / sizeof people[0])]

/* --- the judge: whose it is, from the record alone ------------------------------------------------ */

static date today(void)
{
	return zone_local(policy.calendar->zone, world.at).day;
}

static bool is_away(const char *service, str person)
{
	const struct family *desk = simulate_family(world.simulate,
						    str_fmt(&arena, DESK_PREFIX "%s", service));
	for (size_t i = 0; desk != NULL && i < desk->n_absences; i++) {
		const struct absence *absence = &desk->absences[i];
		if (str_eq(absence->person, person) && absence->from.day <= today().day &&
		    today().day <= absence->to.day)
			return true;
	}
	return false;
}

static bool is_anywhere_away(str person)
{
	return is_away("send", person) || is_away("therapies", person);
}

/* In so many lists of those that there are. */
static size_t count_readers(const struct policy *now, const struct thing *thing)
{
	size_t n = 0;
	str reader = list_reader(now, thing, today());
	for (size_t s = 0; s < policy.n_services; s++) {
		const struct service *service = &policy.services[s];
		n += str_eq(service->id, reader) ? 1 : 0;
		for (size_t i = 0; i < service->n_people; i++)
			n += str_eq(service->people[i].id, reader) ? 1 : 0;
	}
	return n;
}

static void check_reader(const struct thing *thing)
{
	const struct policy now = policy_with_away(&arena, &policy, world.simulate);
	str reader = list_reader(&now, thing, today());
	const struct person *holder = policy_holder(&policy, thing->service, thing->holder);
	assert_int_equal(count_readers(&now, thing), 1);
	assert_false(is_anywhere_away(reader));
	assert_non_null(holder);
	if (str_eq(reader, holder->id))
		return;
	/* Another one reads it only while its holder is away. */
	assert_true(is_anywhere_away(holder->id));
	if (str_eq(reader, thing->service))
		world.of_services++;
	else
		world.of_deputies++;
}

static bool is_late(enum duty_state state)
{
	return state == DUTY_BREACHED || state == DUTY_ACKNOWLEDGED;
}

/* What the clocks made of it says the same as its day. */
static void check_part(const struct thing *thing)
{
	int32_t days = thing->due.day - today().day;
	enum list_part part = list_part_of(thing->due, today());
	enum list_part wanted = days < 0    ? LIST_LATE
				: days == 0 ? LIST_TODAY
				: days < 7  ? LIST_WEEK
					    : LIST_LATER;
	bool has_hour = thing->duty != NULL && !instant_is_never(thing->duty->ends);
	assert_int_equal(part, wanted);
	world.late += part == LIST_LATE ? 1 : 0;
	world.today += part == LIST_TODAY ? 1 : 0;
	if (thing->task != NULL)
		return;
	enum duty_state state = thing->duty != NULL ? thing->duty->state : thing->action->state;
	if (part == LIST_LATE)
		assert_true(is_late(state));
	else if (part == LIST_TODAY)
		assert_true(state == DUTY_DUE || (has_hour && is_late(state)));
	else
		assert_true(state == DUTY_SCHEDULED || state == DUTY_WARNED);
}

static size_t count_open(const struct case_file *file)
{
	size_t n = 0;
	for (size_t i = 0; i < file->n_duties; i++)
		n += file->duties[i].state < DUTY_MET ? 1 : 0;
	for (size_t i = 0; i < file->n_actions; i++)
		n += file->actions[i].state < DUTY_MET ? 1 : 0;
	for (size_t i = 0; i < file->n_tasks; i++)
		n += file->tasks[i].done ? 0 : 1;
	return n;
}

static void check_case(const struct case_file *file)
{
	size_t n;
	const struct thing *things = list_things(&arena, file, &n);
	assert_int_equal(n, count_open(file));
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(things[i].id, things[k].id));
		check_reader(&things[i]);
		check_part(&things[i]);
		world.seen++;
	}
}

static void check(void)
{
	const struct family *family = simulate_family(world.simulate, S("F"));
	for (size_t i = 0; i < family->n_cases; i++)
		check_case(&family->cases[i]);
}

/* --- digests ---------------------------------------------------------------------------------------- */

static const struct thing *find_thing(str case_id, str about)
{
	const struct family *family = simulate_family(world.simulate, S("F"));
	const struct case_file *file = family_case(family, case_id);
	size_t n = 0;
	const struct thing *things = file != NULL ? list_things(&arena, file, &n) : NULL;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(things[i].id, about))
			return &things[i];
	}
	return NULL;
}

static bool is_again(const struct json *items, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		if (str_eq(json_text(&items[i], "about"), json_text(&items[k], "about")) &&
		    str_eq(json_text(&items[i], "case"), json_text(&items[k], "case")))
			return true;
	}
	return false;
}

/* Nothing stands in it twice, or is over; and each in one part, by its day. */
static void check_digest(const struct json *items, size_t n)
{
	int32_t day = today().day;
	for (size_t i = 0; i < n; i++) {
		assert_false(is_again(items, i));
		const struct thing *thing = find_thing(json_text(&items[i], "case"),
						       json_text(&items[i], "about"));
		assert_non_null(thing);
		const char *part = thing->due.day < day    ? "late"
				   : thing->due.day == day ? "due_today"
							   : "soon";
		assert_str(json_text(json_get(&items[i], part), "date"),
			   str_z(&arena, date_print(&arena, thing->due)));
		world.in_digests++;
	}
}

static bool is_in(const struct json *items, size_t n, str case_id, str about)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(json_text(&items[i], "case"), case_id) &&
		    str_eq(json_text(&items[i], "about"), about))
			return true;
	}
	return false;
}

/* All that its reader has before them of that service by now, as candourctl list has it. */
static void check_whole(const struct message *message, const struct json *items, size_t n_items)
{
	const struct family *family = simulate_family(world.simulate, S("F"));
	const struct policy now = policy_with_away(&arena, &policy, world.simulate);
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		size_t n;
		const struct thing *things = list_things(&arena, file, &n);
		for (size_t k = 0; k < n; k++) {
			const struct thing *thing = &things[k];
			bool is_now = thing->task != NULL || thing->due.day <= today().day;
			if (!is_now || !str_ends(message->family, thing->service) ||
			    !str_eq(list_reader(&now, thing, today()), message->contact))
				continue;
			assert_true(is_in(items, n_items, file->id, thing->id));
			world.listed++;
		}
	}
}

static void see_message(void *arg, instant at, const struct message *message)
{
	const struct json *facts, *items;
	instant before = world.at;
	(void)arg;
	if (!str_eq(message->template, S("digest")))
		return;
	assert_int_equal(json_parse(&arena, message->facts, 16, &facts, NULL), JSON_FINE);
	size_t n = json_list(json_get(facts, "event"), "items", &items);
	world.at = at;
	check_digest(items, n);
	check_whole(message, items, n);
	world.at = before;
}

/* --- what happens ----------------------------------------------------------------------------------- */

static void happen(const char *type, const char *subject, str data)
{
	happen_in(world.simulate, &arena, str_fmt(&arena, "e%d", world.n_events++), world.at, type,
		  subject, data);
}

static str print_day(int days)
{
	return date_print(&arena, date_add(today(), days));
}

static const char *any_case(void)
{
	return roll_percent(70) ? "case/C0" : "case/C1";
}

static const struct thing *any_thing(const char *subject)
{
	const struct family *family = simulate_family(world.simulate, S("F"));
	const struct case_file *file = family_case(family, str_of(subject + strlen("case/")));
	size_t n = 0;
	const struct thing *things = list_things(&arena, file, &n);
	return n > 0 ? &things[roll_dice(n)] : NULL;
}

static void be_away(void)
{
	const char *person = ANYBODY, *deputy = ANYBODY;
	bool send = strcmp(person, "grace-ajayi") != 0 && strcmp(person, "tom-ellison") != 0;
	str from = print_day(roll_between(0, 2)), to = print_day(roll_between(2, 12));
	happen("worker.away", send ? "service/send" : "service/therapies",
	       str_fmt(&arena,
		       "{\"person\":\"%s\",\"deputy\":\"%s\",\"from\":\"%.*s\",\"to\":\"%.*s\"}",
		       person, deputy, STR_ARG(from), STR_ARG(to)));
}

static void agree(const char *subject)
{
	bool send = roll_percent(60);
	happen("action.agreed", subject,
	       str_fmt(&arena,
		       "{\"action\":\"A%d\",\"what\":\"Call\",\"due\":\"%.*s\","
		       "\"agreed_with\":[\"mum\"],\"owner\":{\"service\":\"%s\","
		       "\"person\":\"%s\"}}",
		       world.n_events, STR_ARG(print_day(roll_between(0, 15))),
		       send ? "send" : "therapies", send ? people[roll_dice(4)] : "grace-ajayi"));
}

static void do_something(const char *subject)
{
	static const char *const plain[][2] = {
		{ "ehcna.requested", "{}" },
		{ "ehcna.decision_to_assess", "{}" },
		{ "contact.made", "{\"with\":[\"mum\"],\"how\":\"phone\"}" },
		{ "reply.received",
		  "{\"contact\":\"mum\",\"channel\":\"email\",\"text\":\"When?\"}" },
		{ "case.reassigned", "{\"owner\":\"priya-nair\",\"from\":\"sam-okafor\"}" },
		{ "case.reassigned", "{\"owner\":\"caseworker\",\"from\":\"priya-nair\"}" },
	};
	size_t n = roll_dice(sizeof plain / sizeof plain[0]);
	happen(plain[n][0], subject, str_of(plain[n][1]));
}

/* To something that is open: it is done, moved, answered for, excused, disputed. */
static void do_to(const char *subject, const struct thing *thing)
{
	const char *noun = thing->duty != NULL ? "duty" : "action";
	const char *type = "breach.acknowledged";
	str day = print_day(roll_between(0, 10));
	str data = str_fmt(&arena,
			   "{\"%s\":\"%.*s\",\"by\":\"helen-marsh\",\"until\":\"%.*s\","
			   "\"note\":\"n\"}",
			   noun, STR_ARG(thing->id), STR_ARG(day));
	if (thing->task != NULL) {
		static const char *const outcomes[] = { "reached", "not_reached", "refused" };
		type = "task.completed";
		data = str_fmt(&arena,
			       "{\"task\":\"%.*s\",\"outcome\":\"%s\",\"by\":\"sam-okafor\"}",
			       STR_ARG(thing->id), outcomes[roll_dice(3)]);
	} else if (thing->action != NULL && roll_percent(60)) {
		static const char *const types[] = { "action.completed", "action.rescheduled",
						     "action.cancelled" };
		type = types[roll_dice(3)];
		data = str_fmt(&arena, "{\"action\":\"%.*s\",\"due\":\"%.*s\"}", STR_ARG(thing->id),
			       STR_ARG(day));
	} else if (thing->duty != NULL && roll_percent(30)) {
		type = "duty.excused";
		data = str_fmt(&arena,
			       "{\"duty\":\"%.*s\",\"ground\":\"g\",\"from\":\"%.*s\","
			       "\"to\":\"%.*s\",\"evidence\":\"e\",\"approved_by\":\"a\"}",
			       STR_ARG(thing->id), STR_ARG(print_day(-1)), STR_ARG(day));
	}
	happen(type, subject, data);
}

static void dispute_any(void)
{
	const struct family *family = simulate_family(world.simulate, S("F"));
	/* It may have been put away. */
	const struct case_file *file = family_case(family, S("C0"));
	if (file == NULL || file->n_actions == 0)
		return;
	str action = file->actions[roll_dice(file->n_actions)].id;
	happen("action.disputed", "case/C0",
	       str_fmt(&arena, "{\"action\":\"%.*s\"}", STR_ARG(action)));
}

static void happen_anyhow(void)
{
	const char *subject = any_case();
	uint64_t what = roll_dice(100);
	const struct thing *thing = any_thing(subject);
	if (what < 15)
		be_away();
	else if (what < 30)
		agree(subject);
	else if (what < 50)
		do_something(subject);
	else if (what < 55)
		dispute_any();
	else if (what < 60)
		happen("case.reassigned", "family/F",
		       str_fmt(&arena, "{\"owner\":\"%s\",\"from\":\"%s\"}", people[roll_dice(3)],
			       people[roll_dice(3)]));
	else if (what < 64)
		happen("event.withdrawn", subject,
		       str_fmt(&arena, "{\"event\":\"e%d\",\"reason\":\"r\"}",
			       roll_between(3, world.n_events)));
	else if (thing != NULL)
		do_to(subject, thing);
}

/* Up to then, and at each midnight on the way the lists are looked at. */
static void pass_until(instant at)
{
	for (date day = date_add(today(), 1);; day = date_add(day, 1)) {
		instant midnight = zone_instant(policy.calendar->zone, day, 0);
		if (!instant_before(midnight, at))
			break;
		world.at = midnight;
		simulate_until(world.simulate, midnight);
		check();
	}
	world.at = at;
	simulate_until(world.simulate, at);
	check();
}

static void ignore(void *arg, const struct traced *traced)
{
	(void)arg;
	(void)traced;
}

static void live(uint64_t seed)
{
	const struct simulate_watch watch = { .handed_over = see_message };
	dice_seed(seed);
	world.seed = seed;
	world.n_events = 0;
	world.at = (instant){ 1767600000000 + (int64_t)roll_dice(365) * 86400000 };
	world.simulate = simulate_new(&policy, ignore, NULL);
	simulate_watch(world.simulate, &watch);
	happen("contact.registered", "family/F",
	       S("{\"contact\":\"mum\",\"role\":\"parent\",\"name\":\"Ada Bell\","
		 "\"channels\":[\"email\"],\"addresses\":{\"email\":\"ada@home.example\"},"
		 "\"agreed\":{\"on\":\"2025-12-01\",\"with\":\"sam\"}}"));
	happen("case.opened", "case/C0",
	       S("{\"family\":\"F\",\"pathway\":\"ehc-assessment\",\"service\":\"send\","
		 "\"owner\":\"caseworker\"}"));
	happen("case.opened", "case/C1",
	       S("{\"family\":\"F\",\"pathway\":\"therapy\",\"service\":\"therapies\","
		 "\"owner\":\"grace-ajayi\"}"));
	assert_non_null(family_case(simulate_family(world.simulate, S("F")), S("C1")));
	for (int i = 0; i < STEPS; i++) {
		pass_until(instant_add(
			world.at, SPAN_MIN((int64_t)roll_dice(roll_percent(60) ? 900 : 9000))));
		happen_anyhow();
		check();
	}
	simulate_free(&world.simulate);
	arena_clear(&arena);
}

static void what_is_due_is_in_exactly_one_list_of_one_reader(void **state)
{
	uint64_t n = number_of("CANDOUR_CASES", FAMILIES);
	for (uint64_t seed = 0; seed < n; seed++)
		live(seed);
	print_message(
		"%zu things seen: %zu late, %zu due today, %zu read by deputies, %zu by nobody, "
		"%zu in digests, %zu of their own readers\n",
		world.seen, world.late, world.today, world.of_deputies, world.of_services,
		world.in_digests, world.listed);
	/* Who sees nothing finds nothing. */
	assert_true(world.late > n && world.today > n && world.of_deputies > n &&
		    world.of_services > 0 && world.in_digests > n && world.listed > n);
}

static void give_digests(const struct policy *shipped)
{
	policy = *shipped;
	policy.services = TAKE(&keep, struct service, policy.n_services);
	memcpy(policy.services, shipped->services, policy.n_services * sizeof *policy.services);
	for (size_t i = 0; i < policy.n_services; i++) {
		policy.services[i].has_digest = true;
		policy.services[i].digest_at = 9 * 60;
	}
	policy.ladders = TAKE(&keep, struct ladder, policy.n_ladders);
	memcpy(policy.ladders, shipped->ladders, policy.n_ladders * sizeof *policy.ladders);
	for (size_t i = 0; i < policy.n_ladders; i++) {
		struct ladder *ladder = &policy.ladders[i];
		struct rung *rungs = TAKE(&keep, struct rung, ladder->n_rungs);
		memcpy(rungs, ladder->rungs, ladder->n_rungs * sizeof *rungs);
		for (size_t k = 0; k < ladder->n_rungs; k++)
			rungs[k].digest = true;
		ladder->rungs = rungs;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_due_is_in_exactly_one_list_of_one_reader),
	};
	struct findings findings = findings_of(&keep);
	const struct policy *shipped = setup_policy(&keep, S("conf"), &findings);
	if (shipped == NULL)
		fatal("the policy has mistakes");
	give_digests(shipped);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	arena_free(&keep);
	return failed;
}
