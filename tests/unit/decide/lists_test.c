/* What is due today is in exactly one list: what is still to come, today's, or what is late. So at every hour of the
 * days around it, just before each midnight and on it, in zones where that is hardest. */
#include "decide/inner.h"
#include "stage.h"

enum list { LIST_SOON, LIST_TODAY, LIST_LATE };

/* A zone, and a day on which it changes its clocks, or is far away from Greenwich. */
static const struct {
	const char *zone, *day;
} days[] = {
	{ "Europe/London", "2027-03-28" },
	{ "Europe/London", "2027-10-31" },
	{ "Europe/London", "2027-01-13" },
	{ "America/Santiago", "2027-09-05" }, /* no midnight */
	{ "Asia/Kathmandu", "2027-01-13" },
	{ "Pacific/Auckland", "2027-04-04" },
	{ "America/New_York", "2027-11-07" },
	{ "Pacific/Kiritimati", "2027-01-13" },
	{ "Pacific/Pago_Pago", "2027-01-13" },
};

static void move_to(const char *zone)
{
	struct calendar *calendar = TAKE(&scene.arena, struct calendar, 1);
	*calendar = scene.policy->calendars[0];
	assert_int_equal(zone_read(&scene.arena, str_of(zone), &calendar->zone), OK);
	/* A desk has its hour on each of these days, and is read at every one. */
	scene.policy->authority.office.always = true;
	assert_true(week_open(&calendar->week, SATURDAY, 9 * 60, 17 * 60));
	assert_true(week_open(&calendar->week, SUNDAY, 9 * 60, 17 * 60));
	calendar->n_holidays = 0;
	scene.policy->calendar = calendar;
	scene.policy->calendars = calendar;
	struct service *services = TAKE(&scene.arena, struct service, scene.policy->n_services);
	memcpy(services, scene.policy->services, scene.policy->n_services * sizeof *services);
	services[0].has_digest = true;
	services[0].digest_at = 0;
	scene.policy->services = services;
}

static const char *print_at(instant at)
{
	return str_z(&scene.arena, instant_print(&scene.arena, at));
}

/* Everything that rings until then, each at its own time. */
static void ring_until(instant at)
{
	int rung = 0;
	while (!instant_before(at, scene.plan->next_look)) {
		assert_true(rung++ < 100);
		TICK(print_at(scene.plan->next_look));
	}
}

static enum list list_of_state(const struct action *action)
{
	bool is_late = action->state == DUTY_BREACHED;
	assert_int_equal(date_is(action->breached_on), is_late);
	if (is_late)
		return LIST_LATE;
	return action->state == DUTY_DUE ? LIST_TODAY : LIST_SOON;
}

static size_t count(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n ? 1 : 0;
}

static enum list list_of_digest(instant at)
{
	/* As it was when it heard of it, so that its digest is made now. */
	struct family *desk = scene.desk;
	const struct plan *family = scene.plan;
	scene.desk = family_copy(&scene.arena, desk);
	scene.desk->digest_on = DATE_NONE;
	scene.desk->items[0].told = false;
	scene.desk->n_open = 0;
	const struct plan *plan = scene_play(&scene, print_at(at), "clock.due", "service/send",
					     "{}");
	assert_int_equal(plan->n_messages, 1);
	str facts = plan->messages[0].facts;
	scene.desk = desk;
	scene.plan = family;
	size_t late = count(facts, "\"late\""), today = count(facts, "\"due_today\"");
	assert_int_equal(late + today + count(facts, "\"soon\""), 1);
	return late == 1 ? LIST_LATE : today == 1 ? LIST_TODAY : LIST_SOON;
}

/* In a letter it is a promise until its day is over, and then something that is past. */
static bool is_past_in_letters(instant at)
{
	struct turn turn = { .arena = &scene.arena,
			     .policy = scene.policy,
			     .event = scene_event(&scene, print_at(at), "clock.due", "family/F1",
						  "{}"),
			     .now = at,
			     .today = calendar_date(scene.policy->calendar, at),
			     .family = scene.family,
			     .plan = TAKE(&scene.arena, struct plan, 1) };
	const struct intent intent = { .case_id = S("C1"), .about = S("A1") };
	const struct recipient recipient = { .id = S("c-mum"), .name = S("Ada") };
	const struct json *facts;
	assert_int_equal(json_parse(&scene.arena, facts_for(&turn, &intent, &recipient, NULL), 16,
				    &facts, NULL),
			 JSON_FINE);
	bool promised = json_get(json_get(facts, "promise"), "action") != NULL;
	bool past = json_get(json_get(facts, "past"), "due") != NULL;
	assert_true(promised != past);
	return past;
}

static void check_at(instant at, date due)
{
	int32_t today = zone_date(scene.policy->calendar->zone, at).day;
	enum list wanted = today < due.day ? LIST_SOON : today == due.day ? LIST_TODAY : LIST_LATE;
	ring_until(at);
	assert_int_equal(list_of_state(&scene.family->cases[0].actions[0]), wanted);
	assert_int_equal(list_of_digest(at), wanted);
	assert_int_equal(is_past_in_letters(at), wanted == LIST_LATE);
}

static void follow(const char *zone, const char *day)
{
	date due;
	move_to(zone);
	scene_family(&scene);
	assert_true(date_parse(str_of(day), &due));
	instant begins = zone_instant(scene.policy->calendar->zone, due, 0);
	instant ends = zone_instant(scene.policy->calendar->zone, date_add(due, 1), 0);
	instant first = instant_add(begins, SPAN_DAYS(-2));
	str data = str_fmt(&scene.arena,
			   "{'action':'A1','what':'Call','due':'%s','agreed_with':['c-mum'],"
			   "'owner':{'service':'send','person':'sam'}}",
			   day);
	str note = str_fmt(&scene.arena,
			   "{'case':'C1','about':'A1','holder':'sam','what':'Call',"
			   "'template':'action-reminder','due':'%s'}",
			   day);
	scene_play(&scene, print_at(first), "desk.noted", "service/send",
		   str_z(&scene.arena, note));
	CASE(print_at(first), "action.agreed", str_z(&scene.arena, data));
	for (instant at = first; instant_before(at, instant_add(ends, SPAN_DAYS(1)));
	     at = instant_add(at, SPAN_HOURS(1))) {
		/* The two midnights come in their places. */
		instant seconds[] = { instant_add(begins, SPAN_MS(-1)), begins,
				      instant_add(ends, SPAN_MS(-1)), ends };
		for (size_t i = 0; i < 4; i++) {
			if (!instant_before(seconds[i], at) &&
			    instant_before(seconds[i], instant_add(at, SPAN_HOURS(1))))
				check_at(seconds[i], due);
		}
		if (instant_before(scene.now, at))
			check_at(at, due);
	}
}

static void what_is_due_today_is_in_exactly_one_list(void **state)
{
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		if (i > 0)
			scene_start(&scene);
		follow(days[i].zone, days[i].day);
		if (i + 1 < sizeof days / sizeof days[0])
			scene_end(&scene);
	}
}

static int start_empty(void **state)
{
	scene_start(&scene);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_due_today_is_in_exactly_one_list,
						start_empty, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
