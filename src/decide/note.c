/* What a family's record tells the desks of services: what their people have before them, the alerts that wait for a
 * digest or may be one of a storm, and what of it is over. A desk hears of it by notes, written with the record. */
#include "base/utf8.h"
#include "decide/inner.h"
#include "model/lists.h"

#define WORDS_MAX 100 /* bytes of words that others wrote: a line of a list */

static void note_desk(struct turn *turn, str service, str data)
{
	*GROW(turn->arena, turn->plan->notes,
	      turn->plan->n_notes) = (struct note){ .service = service, .data = data };
}

/* --- what it is about ---------------------------------------------------------------------------- */

/* The desk of a service; NULL: of what is only tried nothing comes into a list that is sent. */
static const struct service *find_desk(const struct turn *turn, const struct case_file *file,
				       str id)
{
	const struct service *service = policy_service(turn->policy, id);
	bool leaks = service != NULL && !service->shadow && issue_is_shadow(turn, file);
	return leaks ? NULL : service;
}

/* A duty, an action or a task, as its desk is to know it; or news: of a case as a whole. */
struct matter {
	const struct service *service; /* whose desk */
	str case_id, about, holder, what;
	date due;
	struct chase *chase; /* NULL: of news, which nobody has to do */
	bool is_theirs;      /* the holder has it before them: it is in their own list */
	bool is_task;
	bool is_foretold;  /* the family has been told that it will be missed */
	bool is_statutory; /* ... and late */
};

static struct matter matter_of_duty(struct turn *turn, struct case_file *file, struct duty *duty)
{
	const struct duty_rule *rule = duty_rule_of(turn, file, duty);
	return (struct matter){ .what = rule != NULL ? rule->title : duty->rule,
				.due = duty->due,
				.chase = &duty->chase,
				.is_foretold = duty_is_foretold(turn, duty),
				.is_statutory = rule != NULL && rule->basis == BASIS_STATUTORY &&
						duty->state == DUTY_BREACHED };
}

static struct matter matter_of_action(struct action *action)
{
	return (struct matter){ .what = S("Agreed with a family"),
				.due = action->due,
				.chase = &action->chase };
}

static struct matter matter_of_task(struct task *task)
{
	return (struct matter){ .what = utf8_clip(task->what, WORDS_MAX),
				.due = task->due,
				.chase = &task->chase,
				.is_task = true };
}

static bool is_later(const struct turn *turn, const struct occasion *occasion,
		     const struct saying *saying)
{
	return saying->after.n > 0 || instant_before(turn->now, occasion->not_before);
}

/* A standard's rule is named after its moment or event. */
static str words_of(const struct occasion *occasion)
{
	str head, words = occasion->rule;
	while (str_cut(words, '/', &head, &words))
		continue;
	return utf8_clip(occasion->what.n > 0 ? occasion->what : words, WORDS_MAX);
}

/* Each occasion is news of its own. What is not said yet may turn out needless: it is none. */
static bool find_news(struct turn *turn, const struct occasion *occasion,
		      const struct saying *saying, struct matter *out)
{
	if (occasion->file == NULL || is_later(turn, occasion, saying))
		return false;
	const struct hash name = hash_one(occasion->id);
	*out = (struct matter){ .about = str_fmt(
					turn->arena, "news.%.*s",
					STR_ARG(str_slice(hash_hex(turn->arena, &name), 0, 16))),
				.what = words_of(occasion),
				.due = turn->event->on };
	return true;
}

static bool find_matter(struct turn *turn, const struct occasion *occasion,
			const struct saying *saying, struct matter *out)
{
	struct case_file *file = occasion->file;
	struct duty *duty = file != NULL ? case_duty(file, occasion->about) : NULL;
	struct action *action = file != NULL ? case_action(file, occasion->about) : NULL;
	struct task *task = file != NULL ? case_task(file, occasion->about) : NULL;
	bool is_owners = saying->audience == AUDIENCE_OWNER;
	if (duty != NULL)
		*out = matter_of_duty(turn, file, duty);
	else if (action != NULL)
		*out = matter_of_action(action);
	else if (task != NULL)
		*out = matter_of_task(task);
	else if (!find_news(turn, occasion, saying, out))
		return false;
	out->case_id = file->id;
	if (out->chase != NULL)
		out->about = occasion->about;
	out->service = find_desk(turn, file,
				 action != NULL && !is_owners ? action->service : file->service);
	out->holder = people_holder(file, saying->audience, saying->role, occasion->about);
	out->is_theirs = action != NULL ? saying->audience == AUDIENCE_ACTION_OWNER
					: is_owners && out->chase != NULL;
	return out->service != NULL;
}

static bool note_matter(struct turn *turn, const struct matter *matter, const struct saying *saying,
			bool at_once)
{
	struct buf buf = buf_of(turn->arena, 4096);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "case", matter->case_id);
	json_add_text(&w, "about", matter->about);
	json_add_text(&w, "holder", matter->holder);
	json_add_text(&w, "what", matter->what);
	if (saying != NULL)
		json_add_text(&w, "template", saying->template);
	json_add_text(&w, "due", date_print(turn->arena, matter->due));
	if (at_once)
		json_add_text(&w, "at_once", instant_print(turn->arena, turn->now));
	if (saying != NULL && saying->grade == GRADE_URGENT)
		json_add_bool(&w, "urgent", true);
	if (matter->is_theirs && !at_once)
		json_add_bool(&w, "own", true);
	if (matter->is_task)
		json_add_bool(&w, "task", true);
	if (matter->is_foretold)
		json_add_bool(&w, "known", true);
	if (matter->chase == NULL)
		json_add_bool(&w, "news", true);
	json_close(&w);
	if (buf.too_long)
		return false;
	if (matter->chase != NULL)
		matter->chase->noted = true;
	if (matter->is_theirs && !at_once)
		matter->chase->listed = matter->holder;
	note_desk(turn, matter->service->id, buf_str(&buf));
	return true;
}

/* --- alerts -------------------------------------------------------------------------------------- */

/* A statutory step never waits for a digest: it is in it where nothing would be read before that. */
bool desk_takes(struct turn *turn, const struct occasion *occasion, const struct saying *saying)
{
	struct matter matter;
	return saying->digest && find_matter(turn, occasion, saying, &matter) &&
	       matter.service->has_digest &&
	       (!matter.is_statutory || desk_is_read_first(turn, matter.service)) &&
	       note_matter(turn, &matter, saying, false);
}

void desk_hears(struct turn *turn, const struct occasion *occasion, const struct saying *saying,
		struct intent *intent)
{
	struct matter matter;
	intent->noted = INSTANT_NEVER;
	if (!audience_is_staff(saying->audience) || is_later(turn, occasion, saying) ||
	    !find_matter(turn, occasion, saying, &matter) || matter.service->storm.alerts == 0 ||
	    !note_matter(turn, &matter, saying, true))
		return;
	intent->noted = turn->now;
	intent->desk = matter.service->id;
	if (saying->grade != GRADE_URGENT || storm_has(turn, intent)) {
		intent->not_before = storm_waits(turn, matter.service);
		return;
	}
	/* It is counted, and said by itself: also by a later plan, where this one is full. */
	intent->noted = INSTANT_NEVER;
	intent->desk = STR_EMPTY;
}

/* --- what people have before them ---------------------------------------------------------------- */

static struct matter matter_of_thing(struct turn *turn, struct case_file *file,
				     const struct thing *thing)
{
	struct matter matter = thing->duty != NULL
				       ? matter_of_duty(turn, file, case_duty(file, thing->id))
			       : thing->action != NULL
				       ? matter_of_action(case_action(file, thing->id))
				       : matter_of_task(case_task(file, thing->id));
	matter.case_id = file->id;
	matter.about = thing->id;
	matter.holder = thing->holder;
	matter.service = find_desk(turn, file, thing->service);
	matter.is_theirs = true;
	return matter;
}

/* A task is theirs from the first day, anything else from its own day, unless an alert has brought it before. */
static void list_thing(struct turn *turn, const struct matter *matter)
{
	bool is_listed = matter->chase->listed.n > 0;
	bool is_now = matter->is_task || list_part_of(matter->due, turn->today) <= LIST_TODAY;
	if (matter->service != NULL && matter->service->has_digest && !is_listed && is_now)
		(void)note_matter(turn, matter, NULL, false);
}

static void list_case(struct turn *turn, struct case_file *file)
{
	size_t n;
	const struct thing *things = list_things(turn->arena, file, &n);
	for (size_t i = 0; i < n; i++) {
		const struct matter matter = matter_of_thing(turn, file, &things[i]);
		list_thing(turn, &matter);
	}
}

/* Whatever a desk has of it for one is another's now: in their list, and where it may be one of a storm. */
static void note_handed(struct turn *turn, const struct matter *matter, str from)
{
	if (matter->service == NULL || !matter->chase->noted)
		return;
	note_desk(turn, matter->service->id,
		  str_fmt(turn->arena,
			  "{\"case\":\"%.*s\",\"about\":\"%.*s\",\"from\":\"%.*s\","
			  "\"holder\":\"%.*s\"}",
			  STR_ARG(matter->case_id), STR_ARG(matter->about), STR_ARG(from),
			  STR_ARG(matter->holder)));
}

static void hand_on(struct turn *turn, const struct matter *matter, str from)
{
	struct chase *chase = matter->chase;
	if (chase->listed.n > 0)
		chase->listed = matter->holder;
	note_handed(turn, matter, from);
}

/* The case's owner hears of an action that is somebody else's to do. */
static void hand_heard(struct turn *turn, struct case_file *file, struct matter matter, str from)
{
	matter.service = find_desk(turn, file, file->service);
	matter.holder = file->owner;
	note_handed(turn, &matter, from);
}

/* One line of one list: to be done by whoever had the case, and so theirs still. */
static bool has_both(const struct case_file *file, str owner, const struct thing *before)
{
	return str_eq(owner, before->holder) && str_eq(before->service, file->service);
}

void desk_handed(struct turn *turn, struct case_file *file, str owner, const struct thing *before,
		 size_t n)
{
	size_t n_now;
	const struct thing *now = list_things(turn->arena, file, &n_now);
	require(n_now == n);
	for (size_t i = 0; i < n; i++) {
		const struct matter matter = matter_of_thing(turn, file, &now[i]);
		if (!str_eq(before[i].holder, matter.holder))
			hand_on(turn, &matter, before[i].holder);
		if (now[i].action != NULL && !str_eq(owner, file->owner) &&
		    !has_both(file, owner, &before[i]))
			hand_heard(turn, file, matter, owner);
	}
}

/* --- what is over -------------------------------------------------------------------------------- */

static void note_over(struct turn *turn, str service, str case_id, str about)
{
	note_desk(turn, service,
		  str_fmt(turn->arena, "{\"case\":\"%.*s\",\"about\":\"%.*s\",\"over\":true}",
			  STR_ARG(case_id), STR_ARG(about)));
}

void desk_over(struct turn *turn, struct promise *promise)
{
	const struct case_file *file = family_case(turn->family, promise->case_id);
	require(file != NULL);
	if (!promise->chase->noted)
		return;
	promise->chase->noted = false;
	promise->chase->listed = STR_EMPTY;
	note_over(turn, promise->service, promise->case_id, promise->id);
	if (!str_eq(promise->service, file->service))
		note_over(turn, file->service, promise->case_id, promise->id);
}

/* A task has no machine of its own: what a desk noted of it is over when it is done. */
static void end_tasks(struct turn *turn, struct case_file *file)
{
	for (size_t i = 0; i < file->n_tasks; i++) {
		struct task *task = &file->tasks[i];
		if (task->done)
			task->chase.ladder = NULL;
		if (!task->chase.noted || !task->done)
			continue;
		task->chase.noted = false;
		task->chase.listed = STR_EMPTY;
		note_over(turn, file->service, file->id, task->id);
	}
}

void desk_follow(struct turn *turn)
{
	for (size_t i = 0; i < turn->family->n_cases; i++) {
		end_tasks(turn, &turn->family->cases[i]);
		list_case(turn, &turn->family->cases[i]);
	}
}
