/* The one table of states, in every combination. */
#include "decide/inner.h"
#include "harness/dice.h"
#include "unit/decide/stage.h"

static void the_table_has_these_steps_and_no_others(void **state)
{
	/* A row for each state; a column for each happening: warning, due, late, answered, lapsed,
	 * met, excused, cancelled, reopened, undone, moved, never. A letter is the state it leads to. */
	static const char *const table[DUTY_STATE_COUNT] = {
		[DUTY_SCHEDULED] = "wdb..mec..s.",    [DUTY_WARNED] = "wdb..mec..s.",
		[DUTY_DUE] = "..b..mec..s.",          [DUTY_BREACHED] = "...a.mec..s.",
		[DUTY_ACKNOWLEDGED] = "...abmec..s.", [DUTY_MET] = "........s..c",
		[DUTY_EXCUSED] = ".........s.c",      [DUTY_CANCELLED] = ".........s.c",
	};
	static const char letters[DUTY_STATE_COUNT] = {
		[DUTY_SCHEDULED] = 's', [DUTY_WARNED] = 'w',       [DUTY_DUE] = 'd',
		[DUTY_BREACHED] = 'b',  [DUTY_ACKNOWLEDGED] = 'a', [DUTY_MET] = 'm',
		[DUTY_EXCUSED] = 'e',   [DUTY_CANCELLED] = 'c',
	};
	struct event *event = scene_event(&scene, "2026-11-02T10:00:00Z", "asked", "case/C1", "{}");
	for (size_t from = 0; from < DUTY_STATE_COUNT; from++) {
		for (size_t what = 0; what < HAPPENING_COUNT; what++) {
			struct plan plan = { .family = scene.family };
			struct turn turn = { .arena = &scene.arena,
					     .policy = scene.policy,
					     .event = event,
					     .now = event->time,
					     .today = event->on,
					     .family = scene.family,
					     .plan = &plan };
			struct case_file *file = family_case(scene.family, S("C1"));
			struct duty duty = { .id = S("C1.x"),
					     .rule = S("x"),
					     .state = (enum duty_state)from,
					     .due = event->on,
					     .ends = INSTANT_NEVER,
					     .breached_on = DATE_NONE };
			struct promise promise = promise_of_duty(&turn, file, &duty);
			bool moved = promise_move(&turn, &promise, (enum happening)what, event->on);
			char wanted = table[from][what];
			assert_int_equal(moved, wanted != '.');
			assert_int_equal(letters[duty.state], moved ? wanted : letters[from]);
			assert_int_equal(plan.n_entries, moved ? 1 : 0);
		}
	}
}

/* --- events ------------------------------------------------------------------------------------- */

/* Brings the duty C1.decision, or the action A1, from its beginning into a state, by events alone. */
static void bring_to(enum duty_state state)
{
	static const char acknowledge[] =
		"{'duty':'decision','by':'rita','until':'2026-12-18','note':'n'}";
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['email'],'addresses':{'email':'ada@home.example'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}"); /* due on 14 December */
	switch (state) {
	case DUTY_WARNED:
		TICK("2026-11-30T00:00:00Z");
		break;
	case DUTY_DUE:
		TICK("2026-12-14T00:00:00Z");
		break;
	case DUTY_BREACHED:
		TICK("2026-12-15T00:00:00Z");
		break;
	case DUTY_ACKNOWLEDGED:
		TICK("2026-12-15T00:00:00Z");
		CASE("2026-12-15T09:00:00Z", "breach.acknowledged", acknowledge);
		break;
	case DUTY_MET:
		CASE("2026-11-03T10:00:00Z", "agreed", "{}");
		SETTLE("2026-11-03T10:01:00Z", "accepted", message_to("c-mum", CHANNEL_EMAIL));
		break;
	case DUTY_EXCUSED:
		CASE("2026-11-03T10:00:00Z", "duty.excused",
		     "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
		     "'evidence':'e','approved_by':'a'}");
		break;
	case DUTY_CANCELLED:
		CASE("2026-11-03T10:00:00Z", "dropped", "{}");
		break;
	case DUTY_SCHEDULED:
	case DUTY_STATE_COUNT:
	default:
		break;
	}
	assert_state("C1.decision", state);
}

static size_t count_entries(const char *kind, str id)
{
	size_t n = 0;
	for (size_t i = 0; i < scene.plan->n_entries; i++)
		n += str_eq(scene.plan->entries[i].kind, str_of(kind)) &&
				     str_eq(scene.plan->entries[i].id, id)
			     ? 1
			     : 0;
	return n;
}

/* What happens: an event, or what a clock or a provider says. */
struct happening_event {
	const char *name, *type, *data;
	const char *field; /* which is named when it is refused */
	/* where it leads from each state, in the order of enum duty_state; '!': refused */
	const char *leads;
};

static const struct happening_event happening_events[] = {
	/*                                              scheduled warned due breached acknowledged
	 *                                              met excused cancelled */
	{ "an exception", "duty.excused",
	  "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20','evidence':'e',"
	  "'approved_by':'a'}",
	  "data.duty", "eeeee!!!" },
	{ "somebody answers", "breach.acknowledged",
	  "{'duty':'decision','by':'rita','until':'2026-12-21','note':'n'}", "data.duty",
	  "!!!aa!!!" },
	{ "it is at risk", "duty.at_risk",
	  "{'duty':'decision','reason':'r','expected':'2026-12-20'}", "data.duty", "swdba!!!" },
	{ "another event cancels it", "dropped", "{}", NULL, "cccccmec" },
	{ "its case is closed", "case.closed", "{'outcome':'moved'}", NULL, "cccccmec" },
	{ "it begins again", "asked", "{}", NULL, "swdbamec" },
	{ "a hold that does not stop it", "hold.placed",
	  "{'reason':'r','owner':'sam','until':'2026-12-31'}", NULL, "swdbamec" },
	{ "what it was begun by never happened", "event.withdrawn", "{'event':'e6','reason':'r'}",
	  NULL, "cccccccc" },
};

static void every_event_in_every_state_is_a_step_or_is_refused_by_its_field(void **state)
{
	static const char letters[] = "swdbamec";
	for (size_t i = 0; i < sizeof happening_events / sizeof happening_events[0]; i++) {
		const struct happening_event *one = &happening_events[i];
		for (size_t from = 0; from < DUTY_STATE_COUNT; from++) {
			end(state);
			start(state);
			bring_to((enum duty_state)from);
			const struct duty before = *scene_duty(&scene, "C1.decision");
			const struct family *record = scene.family;
			instant at = instant_add(scene.now, SPAN_MIN(1));
			CASE(str_z(&scene.arena, instant_print(&scene.arena, at)), one->type,
			     one->data);
			char wanted = one->leads[from];
			if (wanted == '!') {
				assert_refused(scene.plan, one->field);
				assert_ptr_equal(scene.family, record);
				continue;
			}
			const struct duty *after = scene_duty(&scene, "C1.decision");
			if (letters[after->state] != wanted)
				fail_msg("%s, while it is %c: %c, not %c", one->name, letters[from],
					 letters[after->state], wanted);
			/* It stands in the evidence, and so does the step, where there is one. */
			str event = str_fmt(&scene.arena, "e%d", scene.n_events);
			assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
			assert_true(count_entries("event", event) == 1);
			assert_int_equal(count_entries("duty", before.id) > 0,
					 after->state != before.state ||
						 strcmp(one->name, "somebody answers") == 0 ||
						 strcmp(one->type, "event.withdrawn") == 0);
			assert_int_equal(after->breached_on.day, before.breached_on.day);
		}
	}
}

/* --- a breach is a fact ------------------------------------------------------------------------- */

struct memory {
	date decision, action; /* breached on */
};

/* One of what may happen to the duty and to the action, at random. */
static void happen_anyhow(const char *at, instant when)
{
	date day = calendar_date(scene.policy->calendar, when);
	const char *soon = str_z(&scene.arena,
				 date_print(&scene.arena, date_add(day, roll_between(-3, 12))));
	static const char *const plain[][2] = {
		{ "asked", "{}" },
		{ "agreed", "{}" },
		{ "refused", "{'reasons':'r'}" },
		{ "dropped", "{}" },
		{ "case.closed", "{'outcome':'moved'}" },
		{ "action.completed", "{'action':'A1'}" },
		{ "action.cancelled", "{'action':'A1','reason':'r'}" },
		{ "action.disputed", "{'action':'A1'}" },
		{ "contact.made", "{'with':['c-mum'],'how':'phone'}" },
		{ "duty.excused",
		  "{'duty':'decision','ground':'g','from':'2026-11-03','to':'2026-11-20',"
		  "'evidence':'e','approved_by':'a'}" },
	};
	const size_t n_plain = sizeof plain / sizeof plain[0];
	size_t n = roll_dice(n_plain + 6);
	const char *type = "breach.acknowledged";
	str data;
	if (n < n_plain) {
		CASE(at, plain[n][0], plain[n][1]);
		return;
	}
	switch (n - n_plain) {
	case 0:
		data = str_fmt(&scene.arena, "{'duty':'decision','by':'r','until':'%s','note':'n'}",
			       soon);
		break;
	case 1:
		data = str_fmt(&scene.arena, "{'action':'A1','by':'r','until':'%s','note':'n'}",
			       soon);
		break;
	case 2:
		type = "action.rescheduled";
		data = str_fmt(&scene.arena, "{'action':'A1','due':'%s'}", soon);
		break;
	case 3:
		type = "event.withdrawn";
		data = str_fmt(&scene.arena, "{'event':'e%d','reason':'r'}",
			       roll_between(1, scene.n_events));
		break;
	case 4:
		type = "duty.at_risk";
		data = str_fmt(&scene.arena, "{'action':'A1','reason':'r','expected':'%s'}", soon);
		break;
	default:
		type = "asked";
		data = str_fmt(&scene.arena, "{'supersedes':'e%d'}",
			       roll_between(1, scene.n_events));
	}
	CASE(at, type, str_z(&scene.arena, data));
}

/* What was handed over; some of it comes back. */
static void tell_outcome(const char *at)
{
	static const char *const outcomes[] = { "accepted", "accepted", "failed", "returned" };
	if (scene.family->n_open == 0)
		return;
	SETTLE(at, outcomes[roll_dice(4)], scene.family->open[roll_dice(scene.family->n_open)].id);
}

/* A bank holiday comes or goes, or the rule has another length. */
static void change_rules(const char *at)
{
	scene.policy->pathways[0].duties[0].due.n = roll_between(4, 8);
	FAMILY(at, "rules.changed", "{}");
}

static bool is_over(date due, instant now)
{
	return date_before(due, calendar_date(scene.policy->calendar, now));
}

static void remember(date *known, date breached_on, str log)
{
	if (date_is(*known) && known->day != breached_on.day)
		fail_msg("a breach was taken back:\n%.*s", STR_ARG(log));
	*known = breached_on;
}

static void live(uint64_t seed)
{
	struct memory memory = { DATE_NONE, DATE_NONE };
	struct buf log = buf_of(&scene.arena, 1 << 20);
	instant at = { 1793610000000 }; /* Monday 2 November 2026 */
	dice_seed(seed);
	CASE("2026-11-02T09:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20','agreed_with':['c-mum']}");
	CASE("2026-11-02T09:00:00Z", "asked", "{}");
	for (int i = 0; i < 40; i++) {
		at = instant_add(at, SPAN_HOURS((int64_t)roll_dice(roll_percent(70) ? 60 : 600)));
		const char *text = str_z(&scene.arena, instant_print(&scene.arena, at));
		const struct action before = *scene_action(&scene, "A1");
		const struct duty duty_before = *scene_duty(&scene, "C1.decision");
		uint64_t what = roll_dice(100);
		if (what < 60)
			happen_anyhow(text, at);
		else if (what < 80)
			tell_outcome(text);
		else if (what < 85)
			change_rules(text);
		else
			TICK(text);
		buf_fmt(&log, "%s %.*s\n", text,
			STR_ARG(scene.plan->n_entries > 0 ? scene.plan->entries[0].text
							  : STR_EMPTY));
		bool is_taken = scene.plan->verdict == PLAN_COMMIT;
		/* That a message has left says nothing about the time: the clock rings for itself. */
		if (is_taken && !instant_before(at, scene.plan->next_look))
			TICK(text);
		const struct duty *decision = scene_duty(&scene, "C1.decision");
		const struct action *action = scene_action(&scene, "A1");
		remember(&memory.decision, decision->breached_on, buf_str(&log));
		remember(&memory.action, action->breached_on, buf_str(&log));
		/* What was still to be done when its day was over was late, whatever came then. */
		if (is_taken && duty_is_running(before.state) && is_over(before.due, at) &&
		    !date_is(action->breached_on))
			fail_msg("a late action was none:\n%.*s", STR_ARG(buf_str(&log)));
		bool in_time = decision->state == DUTY_MET &&
			       !date_before(duty_before.due, decision->ended_on);
		if (is_taken && duty_is_running(duty_before.state) &&
		    is_over(duty_before.due, at) && !in_time && !date_is(decision->breached_on))
			fail_msg("a late duty was none:\n%.*s", STR_ARG(buf_str(&log)));
	}
	scene.policy->pathways[0].duties[0].due.n = 6;
}

static void no_sequence_of_events_takes_a_breach_back(void **state)
{
	uint64_t n = number_of("CANDOUR_CASES", 400);
	for (uint64_t seed = 0; seed < n; seed++) {
		if (seed > 0)
			start(state);
		live(seed);
		if (seed + 1 < n)
			end(state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_table_has_these_steps_and_no_others),
		TEST(every_event_in_every_state_is_a_step_or_is_refused_by_its_field),
		TEST(no_sequence_of_events_takes_a_breach_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
