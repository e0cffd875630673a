/* An open case is never silent for longer than its interval. The machine may say once that there is
 * nothing new; the next time a person must write. */
#include "decide/inner.h"

static const struct keep_in_touch *keep_rule(const struct turn *turn, const struct case_file *file)
{
	const struct pathway *pathway = policy_pathway(turn->policy, file->pathway);
	bool is_own = pathway != NULL && pathway->keep.every.n > 0;
	return is_own ? &pathway->keep : &turn->policy->keep;
}

static bool is_late(const struct case_file *file)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		enum duty_state state = file->duties[i].state;
		if (state == DUTY_BREACHED || state == DUTY_ACKNOWLEDGED)
			return true;
	}
	for (size_t i = 0; i < file->n_actions; i++) {
		enum duty_state state = file->actions[i].state;
		if (state == DUTY_BREACHED || state == DUTY_ACKNOWLEDGED)
			return true;
	}
	return false;
}

static bool starts(const struct event_rule *rule, str duty)
{
	for (size_t i = 0; rule != NULL && i < rule->n_starts; i++) {
		if (str_eq(rule->starts[i], duty))
			return true;
	}
	return false;
}

/* A family that waits for an answer gets the answer, and no word that there is nothing new. */
static bool is_unanswered(const struct turn *turn, const struct case_file *file)
{
	const struct event_rule *rule = policy_standard(turn->policy,
							kind_type(KIND_REPLY_RECEIVED));
	for (size_t i = 0; i < file->n_tasks; i++) {
		const struct task *task = &file->tasks[i];
		if (!task->done && str_starts(task->id, S("t.reply.")))
			return true;
	}
	for (size_t i = 0; i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];
		if (duty_is_running(duty->state) && starts(rule, duty->rule))
			return true;
	}
	return false;
}

/* The last day of silence, and the one on which a person is asked to write. */
struct silence {
	date ask, last;
};

static bool measure(struct turn *turn, const struct case_file *file, struct silence *out)
{
	const struct keep_in_touch *keep = keep_rule(turn, file);
	const struct calendar *calendar = case_calendar(turn, file);
	struct duration length = keep->every;
	if (length.n == 0 || date_is(file->closed_on) || turn->family->young_person_died)
		return false;
	if (keep->when_late.n > 0 && is_late(file))
		length = keep->when_late;
	date from = date_is(file->heard_on) ? file->heard_on : file->opened_on;
	out->last = reckon_due(turn->arena, calendar, trigger_of_day(from), length).day;
	out->ask = out->last;
	if (keep->ahead.n > 0)
		out->ask = reckon_before(calendar, out->last, keep->ahead);
	return date_is(out->last);
}

static bool is_asked(const struct task *task)
{
	return !task->done && str_starts(task->id, S("t.keep."));
}

date keep_asked(const struct case_file *file)
{
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (is_asked(&file->tasks[i]))
			return file->tasks[i].due;
	}
	return DATE_NONE;
}

void keep_told(struct turn *turn, struct case_file *file)
{
	file->heard_on = turn->today;
	file->nothing_new = false;
	file->asked = date_is(keep_asked(file));
}

void keep_heard(struct turn *turn, struct case_file *file)
{
	for (size_t i = 0; i < file->n_tasks; i++) {
		struct task *task = &file->tasks[i];
		if (!is_asked(task))
			continue;
		task->done = true;
		task->outcome = S("needless");
	}
	keep_told(turn, file);
}

static void say_nothing_new(struct turn *turn, struct case_file *file)
{
	const struct keep_in_touch *keep = keep_rule(turn, file);
	str today = date_print(turn->arena, turn->today);
	struct occasion occasion = {
		.file = file,
		.id = str_fmt(turn->arena, "%.*s/keep-in-touch/%.*s", STR_ARG(file->id),
			      STR_ARG(today)),
		.rule = S("standards/keep_in_touch"),
		.quiet = true,
	};
	say(turn, &occasion, keep->says, keep->n_says);
	file->heard_on = turn->today;
	file->nothing_new = true;
}

static void ask_to_write(struct turn *turn, struct case_file *file, date last)
{
	str today = date_print(turn->arena, turn->today);
	str id = str_fmt(turn->arena, "t.keep.%.*s.%.*s", STR_ARG(file->id), STR_ARG(today));
	file->asked = true;
	task_open(turn, file->id, id, STR_EMPTY, STR_EMPTY,
		  S("The family has heard nothing new: write to them or call, and report it"));
	struct task *task = case_task(file, id);
	/* By the last working day before the silence is too long, where that is still to come. */
	while (date_before(turn->today, last) &&
	       !reckon_is_working_day(turn->policy->calendar, last))
		last = date_add(last, -1);
	if (task != NULL && !date_before(last, turn->today))
		task->due = last;
}

/* What this very look has to say to the family is news enough. */
static bool is_told_now(const struct turn *turn, const struct case_file *file)
{
	for (size_t i = 0; i < turn->family->n_intents; i++) {
		const struct intent *intent = &turn->family->intents[i];
		bool is_family = intent->audience == AUDIENCE_FAMILY ||
				 intent->audience == AUDIENCE_CONTACTS;
		bool is_news = intent->grade == GRADE_URGENT || intent->grade == GRADE_FORMAL ||
			       intent->grade == GRADE_INFORMATION;
		if (is_family && is_news && str_eq(intent->case_id, file->id) && !intent->quiet &&
		    !instant_before(turn->now, intent->not_before))
			return true;
	}
	return false;
}

/* The family waits for an answer, or a person has been asked: others watch over that. */
static bool is_seen_to(const struct turn *turn, const struct case_file *file)
{
	return file->nothing_new ? file->asked : is_unanswered(turn, file);
}

void keep_look(struct turn *turn, struct case_file *file)
{
	struct silence silence;
	if (!measure(turn, file, &silence) || is_seen_to(turn, file) || is_told_now(turn, file))
		return;
	if (file->nothing_new && !date_before(turn->today, silence.ask))
		ask_to_write(turn, file, silence.last);
	else if (!file->nothing_new && !date_before(turn->today, silence.last))
		say_nothing_new(turn, file);
}

instant keep_next(struct turn *turn, const struct case_file *file)
{
	struct silence silence;
	if (!measure(turn, file, &silence) || is_seen_to(turn, file))
		return INSTANT_NEVER;
	return calendar_day_start(turn->policy->calendar,
				  file->nothing_new ? silence.ask : silence.last);
}
