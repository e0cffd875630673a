/* Cases: opened, closed; visits, holds, and the tasks that only a person can do. */
#include "decide/inner.h"

static struct case_file *find_first_open(const struct family *family)
{
	for (size_t i = 0; i < family->n_cases; i++) {
		if (!date_is(family->cases[i].closed_on))
			return &family->cases[i];
	}
	return NULL;
}

struct case_file *case_of_event(const struct turn *turn)
{
	const struct event *event = turn->event;
	if (event->about == SUBJECT_CASE)
		return family_case(turn->family, event->subject_id);
	return find_first_open(turn->family);
}

static void note(struct turn *turn, const struct case_file *file, str title)
{
	entry_event(turn, file->id, title);
}

/* --- opening and closing ------------------------------------------------------------------------- */

bool case_may_be_with(struct turn *turn, str service, str owner)
{
	if (policy_holder(turn->policy, service, owner) != NULL)
		return true;
	return refuse(turn, "data.owner",
		      "data.owner names nobody, and no role that somebody holds");
}

static bool check_opening(struct turn *turn)
{
	const struct policy *policy = turn->policy;
	const struct json *data = turn->event->data;
	str service = json_text(data, "service");
	if (policy_pathway(policy, json_text(data, "pathway")) == NULL)
		return refuse(turn, "data.pathway", "data.pathway names no pathway");
	if (policy_service(policy, service) == NULL)
		return refuse(turn, "data.service", "data.service names no service");
	return case_may_be_with(turn, service, json_text(data, "owner"));
}

void case_opened(struct turn *turn)
{
	struct family *family = turn->family;
	const struct event *event = turn->event;
	struct case_file *file = family_case(family, event->subject_id);
	if (!check_opening(turn))
		return;
	if (file != NULL && !str_eq(file->pathway, json_text(event->data, "pathway"))) {
		refuse(turn, "data.pathway", "the case is open already, under another pathway");
		return;
	}
	if (file != NULL) {
		note(turn, file, S("Case opened again: nothing has changed"));
		return;
	}
	if (!cases_make_room(turn)) {
		refuse(turn, "subject", "too many cases in this family");
		return;
	}
	file = GROW(turn->arena, family->cases, family->n_cases);
	*file = (struct case_file){ .id = event->subject_id,
				    .pathway = json_text(event->data, "pathway"),
				    .service = json_text(event->data, "service"),
				    .owner = json_text(event->data, "owner"),
				    .child = json_text(event->data, "child"),
				    .opened_on = event->on,
				    .closed_on = DATE_NONE,
				    .heard_on = DATE_NONE };
	struct plan *plan = turn->plan;
	*GROW(turn->arena, plan->opened_cases, plan->n_opened) = file->id;
	note(turn, file, S("Case opened"));
	fact_add(turn, S("case.opened"), file->id,
		 str_fmt(turn->arena, "{\"family\":\"%.*s\",\"pathway\":\"%.*s\"}",
			 STR_ARG(family->id), STR_ARG(file->pathway)));
	say_standard(turn, file, STR_EMPTY);
}

/* What the law or somebody's word still wants of us does not end with the file: the family's own
 * time limits and the actions agreed with them run on. */
void case_closed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	note(turn, file, S("Case closed"));
	file->closed_on = turn->event->on;
	file->closed_by = turn->event->id;
	file->outcome = json_text(turn->event->data, "outcome");
	fact_add(turn, S("case.closed"), file->id, S("{}"));
	for (size_t i = 0; i < file->n_duties; i++) {
		struct promise promise = promise_of_duty(turn, file, &file->duties[i]);
		if (!promise.by_family)
			promise_move(turn, &promise, HAPPENS_CANCELLED, turn->event->on);
	}
	say_standard(turn, file, STR_EMPTY);
}

/* Somebody has spoken with them: that they have written needs no other answer. */
static void tasks_answered(struct turn *turn, struct case_file *file)
{
	for (size_t i = 0; i < file->n_tasks; i++) {
		struct task *task = &file->tasks[i];
		if (task->done || !str_starts(task->id, S("t.reply.")) ||
		    !event_names(turn, "with", task->contact))
			continue;
		task->done = true;
		task->outcome = S("reached");
	}
}

/* --- visits and calls ---------------------------------------------------------------------------- */

void contact_made(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	if (!contacts_are_known(turn, "with"))
		return;
	note(turn, file, S("A worker saw or spoke to the family"));
	if (!actions_agree(turn, file))
		return;
	tasks_answered(turn, file);
	keep_heard(turn, file);
	say_standard(turn, file, STR_EMPTY);
}

/* --- holds: on our own targets, never on a statutory clock --------------------------------------- */

void hold_placed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	const struct json *data = turn->event->data;
	if (file->n_holds == HOLDS_MAX) {
		refuse(turn, "", "too many holds in this case");
		return;
	}
	date until = DATE_NONE;
	date_parse(json_text(data, "until"), &until);
	if (!case_may_be_with(turn, file->service, json_text(data, "owner")))
		return;
	if (date_before(until, turn->event->on)) {
		refuse(turn, "data.until", "data.until lies before the day on which it begins");
		return;
	}
	struct hold *hold = GROW(turn->arena, file->holds, file->n_holds);
	*hold = (struct hold){ .reason = json_text(data, "reason"),
			       .owner = json_text(data, "owner"),
			       .from = turn->event->on,
			       .until = until };
	note(turn, file,
	     str_fmt(turn->arena, "Hold placed until %.*s",
		     STR_ARG(date_words(turn->arena, hold->until))));
	duties_redate(turn, file, true);
	say_standard(turn, file, STR_EMPTY);
}

void hold_ended(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	str reason = json_text(turn->event->data, "reason");
	struct hold *hold = NULL;
	for (size_t i = 0; i < file->n_holds; i++) {
		if (!file->holds[i].ended && str_eq(file->holds[i].reason, reason))
			hold = &file->holds[i];
	}
	if (hold == NULL) {
		refuse(turn, "data.reason", "data.reason names no hold of this case");
		return;
	}
	hold->ended = true;
	/* The day on which it ends counts again. */
	hold->until = date_add(turn->event->on, -1);
	note(turn, file, S("Hold ended"));
	duties_redate(turn, file, true);
	say_standard(turn, file, STR_EMPTY);
}

/* --- tasks --------------------------------------------------------------------------------------- */

/* Done tasks are history, which evidence keeps: they make room. */
static void drop_done(struct case_file *file)
{
	size_t kept = 0;
	for (size_t i = 0; i < file->n_tasks; i++) {
		if (!file->tasks[i].done)
			file->tasks[kept++] = file->tasks[i];
	}
	file->n_tasks = kept;
}

date task_due_day(const struct turn *turn, date from)
{
	struct duration days = { .n = turn->policy->authority.task_working_days,
				 .unit = DURATION_WORKING_DAYS };
	return reckon_due(turn->arena, turn->policy->calendar, trigger_of_day(from), days).day;
}

static str task_detail(struct turn *turn, const struct task *task)
{
	struct buf buf = buf_of(turn->arena, 2048);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "task", task->id);
	json_add_text(&w, "contact", task->contact);
	json_add_text(&w, "message", task->message);
	json_add_text(&w, "how", task->how);
	json_add_text(&w, "due", date_print(turn->arena, task->due));
	json_close(&w);
	return buf_str(&buf);
}

void task_of_nobody(struct turn *turn, str id, str what)
{
	str service = family_desk(turn->family);
	struct buf buf = buf_of(turn->arena, 4096);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "what", what);
	json_add_text(&w, service.n > 0 ? "desk" : "family",
		      service.n > 0 ? service : turn->family->id);
	json_close(&w);
	const struct occasion occasion = {
		.id = str_fmt(turn->arena, "%.*s/unowned", STR_ARG(id)),
		.rule = S("services/unowned"),
		.facts = buf_str(&buf),
	};
	const struct saying saying = { .audience = AUDIENCE_MANAGER,
				       .template = S(UNOWNED_TEMPLATE),
				       .grade = GRADE_ALERT };
	say(turn, &occasion, &saying, 1);
}

/* It was needless, and is needed again. */
static void drop_needless(struct case_file *file, str id)
{
	const struct task *task = file != NULL ? case_task(file, id) : NULL;
	if (task == NULL || !str_eq(task->outcome, S("needless")))
		return;
	for (size_t i = (size_t)(task - file->tasks); i + 1 < file->n_tasks; i++)
		file->tasks[i] = file->tasks[i + 1];
	file->n_tasks--;
}

/* NOLINTNEXTLINE(readability-function-size): all that a task is */
void task_open_by(struct turn *turn, str case_id, str id, str contact, str message, const char *how,
		  str what)
{
	struct case_file *file = family_case(turn->family, case_id);
	drop_needless(file, id);
	if (file == NULL || case_task(file, id) != NULL) {
		entry_add(turn, "note", id, case_id, what, STR_EMPTY);
		if (file == NULL)
			task_of_nobody(turn, id, what);
		return;
	}
	if (file->n_tasks == TASKS_MAX)
		drop_done(file);
	if (file->n_tasks == TASKS_MAX) {
		entry_add(turn, "note", id, case_id,
			  str_fmt(turn->arena, "Too many tasks are open. Not written down: %.*s",
				  STR_ARG(what)),
			  STR_EMPTY);
		fact_add(turn, S("task.overflow"), case_id, S("{}"));
		return;
	}
	struct task *task = GROW(turn->arena, file->tasks, file->n_tasks);
	*task = (struct task){ .id = id,
			       .contact = contact,
			       .what = what,
			       .how = str_of(how),
			       .owner = file->owner,
			       .message = message,
			       .due = task_due_day(turn, turn->today),
			       .chase = CHASE_NONE };
	str detail = task_detail(turn, task);
	entry_add(turn, "task", id, case_id, what, detail);
	fact_add(turn, S("task.opened"), case_id, detail);
}

void task_open(struct turn *turn, str case_id, str id, str contact, str message, str what)
{
	task_open_by(turn, case_id, id, contact, message, "", what);
}

static str short_identity(struct turn *turn)
{
	return str_slice(hash_hex(turn->arena, &turn->event->identity), 0, 12);
}

void task_for_owner(struct turn *turn, str case_id, const char *about, str contact, str what)
{
	str id = str_fmt(turn->arena, "t.%s.%.*s%s%.*s", about, STR_ARG(short_identity(turn)),
			 contact.n > 0 ? "." : "", STR_ARG(contact));
	task_open(turn, case_id, id, contact, STR_EMPTY, what);
}

/* What they wrote is still not answered, and a silence not broken: whoever looks for such a task finds
 * it by its name. */
static const char *name_again(const struct task *task)
{
	if (str_starts(task->id, S("t.reply.")))
		return "reply";
	return str_starts(task->id, S("t.keep.")) ? "keep" : "again";
}

/* Nobody was reached: whoever owns the case tries again, under the same message. */
static void try_again(struct turn *turn, struct case_file *file, const struct task *task)
{
	struct task copy = *task;
	str id = str_fmt(turn->arena, "t.%s.%.*s", name_again(task), STR_ARG(short_identity(turn)));
	task_open_by(turn, file->id, id, copy.contact, copy.message, str_z(turn->arena, copy.how),
		     copy.what);
}

/* Spoken with them, whether or not they wanted to hear it: what they wrote is answered, and the case is
 * not silent. */
static void speak_with_family(struct turn *turn, struct case_file *file, const struct task *task)
{
	const struct event_rule *rule = policy_standard(turn->policy, kind_type(KIND_CONTACT_MADE));
	bool is_answer = str_starts(task->id, S("t.reply.")) || str_starts(task->id, S("t.keep."));
	if (!is_answer)
		return;
	keep_heard(turn, file);
	str contact = task->contact;
	if (rule != NULL)
		duties_follow(turn, file, rule, (struct with){ &contact, contact.n > 0 ? 1 : 0 });
}

static void follow_task(struct turn *turn, struct case_file *file, const struct task *task,
			str message)
{
	bool is_reached = str_eq(task->outcome, S("reached"));
	if (str_starts(task->id, S("t.speak."))) {
		/* They have tried: that is what the notice waited for. */
		intents_release(turn, task->id);
		return;
	}
	/* The message is looked at again by itself. */
	if (str_starts(task->id, S("t.held.")))
		return;
	if (str_eq(task->outcome, S("not_reached"))) {
		try_again(turn, file, task);
		return;
	}
	speak_with_family(turn, file, task);
	if (message.n > 0)
		message_reached(turn, message, is_reached);
}

void task_completed(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	struct task *task = case_task(file, json_text(turn->event->data, "task"));
	if (task == NULL || task->done) {
		refuse(turn, "data.task", "data.task names no open task of this case");
		return;
	}
	task->done = true;
	task->outcome = json_text(turn->event->data, "outcome");
	str message = task->message;
	note(turn, file,
	     str_fmt(turn->arena, "Task %.*s done: %.*s", STR_ARG(task->id),
		     STR_ARG(task->outcome)));
	fact_add(turn, S("task.completed"), file->id,
		 str_fmt(turn->arena, "{\"task\":\"%.*s\",\"outcome\":\"%.*s\"}", STR_ARG(task->id),
			 STR_ARG(task->outcome)));
	follow_task(turn, file, task, message);
	say_standard(turn, file, STR_EMPTY);
}

/* --- answering for a breach ---------------------------------------------------------------------- */

bool promise_named(struct turn *turn, struct case_file *file, struct promise *out)
{
	const struct json *data = turn->event->data;
	struct duty *duty = duty_find(file, json_text(data, "duty"));
	struct action *action = case_action(file, json_text(data, "action"));
	if (json_get(data, "duty") == NULL && json_get(data, "action") == NULL)
		return refuse(turn, "data.duty", "data.duty or data.action must be there");
	if (json_get(data, "duty") != NULL && duty == NULL)
		return refuse(turn, "data.duty", "data.duty names no duty of this case");
	if (duty == NULL && action == NULL)
		return refuse(turn, "data.action", "data.action names no action of this case");
	*out = duty != NULL ? promise_of_duty(turn, file, duty)
			    : promise_of_action(turn, file, action);
	return true;
}

static bool find_breach(struct turn *turn, struct case_file *file, struct promise *out)
{
	if (!promise_named(turn, file, out))
		return false;
	if (promise_may(out, HAPPENS_ANSWERED))
		return true;
	return refuse(turn, out->is_action ? "data.action" : "data.duty", "it is not late");
}

void breach_acknowledged(struct turn *turn)
{
	struct case_file *file = case_of_event(turn);
	const struct json *data = turn->event->data;
	struct promise promise = { 0 };
	date until = turn->event->on;
	if (!find_breach(turn, file, &promise))
		return;
	date_parse(json_text(data, "until"), &until);
	if (date_before(until, turn->today)) {
		refuse(turn, "data.until", "data.until lies in the past");
		return;
	}
	date last = ladder_answer_until(turn, &promise);
	*promise.acknowledged_until = date_before(last, until) ? last : until;
	*promise.acknowledged_by = json_text(data, "by");
	note(turn, file,
	     str_fmt(turn->arena, "Somebody answers for %.*s until %.*s", STR_ARG(promise.id),
		     STR_ARG(date_words(turn->arena, *promise.acknowledged_until))));
	promise_move(turn, &promise, HAPPENS_ANSWERED, turn->event->on);
	/* The family hears now that it is late, and who answers for it: the notice does not say it all any more. */
	promise.chase->hushed = false;
	ladder_rest(&promise);
	say_standard(turn, file, promise.id);
}
