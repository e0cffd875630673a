#include "simulate/inner.h"

static void tell(struct simulate *simulate, struct traced traced)
{
	traced.at = simulate->now;
	simulate->traced(simulate->arg, &traced);
}

/* --- duties and actions: one line for each change ------------------------------------------------ */

/* "ehcna-decision breached, was due Monday 14 December 2026" */
static str state_text(struct arena *arena, str name, enum duty_state state, date due, date until,
		      const char *met)
{
	str day = date_words(arena, due);
	switch (state) {
	case DUTY_SCHEDULED:
	case DUTY_WARNED:
		return str_fmt(arena, "%.*s %.*s, due %.*s", STR_ARG(name),
			       STR_ARG(duty_state_name(state)), STR_ARG(day));
	case DUTY_DUE:
		return str_fmt(arena, "%.*s due today", STR_ARG(name));
	case DUTY_BREACHED:
		return str_fmt(arena, "%.*s breached, was due %.*s", STR_ARG(name), STR_ARG(day));
	case DUTY_ACKNOWLEDGED:
		return str_fmt(arena, "%.*s acknowledged until %.*s", STR_ARG(name),
			       STR_ARG(date_words(arena, until)));
	case DUTY_MET:
		return str_fmt(arena, "%.*s %s", STR_ARG(name), met);
	case DUTY_EXCUSED:
	case DUTY_CANCELLED:
	case DUTY_STATE_COUNT:
		break;
	}
	return str_fmt(arena, "%.*s %.*s", STR_ARG(name), STR_ARG(duty_state_name(state)));
}

static bool is_same_day(date a, date b)
{
	return a.day == b.day;
}

static void trace_duty(struct simulate *simulate, struct arena *arena, str case_id,
		       const struct duty *before, const struct duty *after)
{
	if (before != NULL && before->state == after->state && is_same_day(before->due, after->due))
		return;
	tell(simulate, (struct traced){
			       .kind = S("duty"),
			       .case_id = case_id,
			       .id = after->id,
			       .to = after->owner,
			       .state = duty_state_name(after->state),
			       .due = date_print(arena, after->due),
			       .text = state_text(arena, after->rule, after->state, after->due,
						  after->acknowledged_until, "met"),
		       });
}

static void trace_action(struct simulate *simulate, struct arena *arena, str case_id,
			 const struct action *before, const struct action *after)
{
	if (before != NULL && before->state == after->state &&
	    before->disputed == after->disputed && is_same_day(before->due, after->due))
		return;
	str text = state_text(arena, after->id, after->state, after->due, after->acknowledged_until,
			      "completed");
	if (after->disputed && (before == NULL || !before->disputed))
		text = str_join(arena, text, S(" (the family says that it was not done)"));
	tell(simulate, (struct traced){
			       .kind = S("action"),
			       .case_id = case_id,
			       .id = after->id,
			       .to = after->person,
			       .state = duty_state_name(after->state),
			       .due = date_print(arena, after->due),
			       .text = text,
		       });
}

static void trace_task(struct simulate *simulate, struct arena *arena, str case_id,
		       const struct task *before, const struct task *after)
{
	if (before != NULL && before->done == after->done)
		return;
	str text = after->done
			   ? str_fmt(arena, "%.*s ended: %.*s", STR_ARG(after->id),
				     STR_ARG(after->outcome))
			   : str_fmt(arena, "%.*s for %.*s by %.*s: %.*s", STR_ARG(after->id),
				     STR_ARG(after->owner), STR_ARG(date_words(arena, after->due)),
				     STR_ARG(after->what));

	tell(simulate, (struct traced){
			       .kind = S("task"),
			       .case_id = case_id,
			       .id = after->id,
			       .to = after->owner,
			       .channel = channel_kind_name(CHANNEL_TASK),
			       .state = after->done ? S("done") : S("open"),
			       .due = date_print(arena, after->due),
			       .text = text,
		       });
}

static void trace_case(struct simulate *simulate, struct arena *arena,
		       const struct case_file *before, const struct case_file *after)
{
	static const struct case_file none = { 0 };
	if (before == NULL)
		before = &none;
	for (size_t i = 0; i < after->n_duties; i++)
		trace_duty(simulate, arena, after->id, case_duty(before, after->duties[i].id),
			   &after->duties[i]);
	for (size_t i = 0; i < after->n_actions; i++)
		trace_action(simulate, arena, after->id, case_action(before, after->actions[i].id),
			     &after->actions[i]);
	for (size_t i = 0; i < after->n_tasks; i++)
		trace_task(simulate, arena, after->id, case_task(before, after->tasks[i].id),
			   &after->tasks[i]);
}

void trace_changes(struct simulate *simulate, struct arena *arena, const struct family *before,
		   const struct family *after)
{
	for (size_t i = 0; i < after->n_cases; i++) {
		const struct case_file *file = &after->cases[i];
		trace_case(simulate, arena, before == NULL ? NULL : family_case(before, file->id),
			   file);
	}
}

/* --- messages ------------------------------------------------------------------------------------ */

/* It comes after the day by which they should have had it: its words say sorry. */
static bool is_late(struct arena *arena, const struct message *message)
{
	const struct json *facts;
	return json_parse(arena, message->facts, CANDOUR_EVENT_DEPTH_MAX, &facts, NULL) ==
		       JSON_FINE &&
	       json_get(json_get(facts, "past"), "missed") != NULL && !message->prompt;
}

/* "C-leo.plan-draft late": a thing of a case is named after it already, or is not. */
static str item_text(struct arena *arena, const struct json *item)
{
	static const char *const parts[] = { "late", "due_today", "soon" };
	str case_id = json_text(item, "case"), about = json_text(item, "about");
	const char *part = "";
	if (about.n == 0)
		return str_fmt(arena, "%.*s news", STR_ARG(case_id));
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (json_get(item, parts[i]) != NULL)
			part = parts[i];
	}
	if (str_starts(about, case_id))
		return str_fmt(arena, "%.*s %s", STR_ARG(about), part);
	return str_fmt(arena, "%.*s %.*s %s", STR_ARG(case_id), STR_ARG(about), part);
}

struct listed {
	str news; /* what is new of a desk's list; empty: nothing, or it is no list */
	bool is_list;
};

static struct listed find_news(struct arena *arena, const struct message *message)
{
	struct listed listed = { 0 };
	const struct json *facts, *items, *event;
	if (json_parse(arena, message->facts, CANDOUR_EVENT_DEPTH_MAX, &facts, NULL) != JSON_FINE)
		return listed;
	event = json_get(facts, "event");
	listed.is_list = message->grade <= GRADE_ALERT && event != NULL &&
			 json_get(event, "items") != NULL;
	size_t n = listed.is_list ? json_list(event, "items", &items) : 0;
	for (size_t i = 0; i < n; i++) {
		if (!json_bool(&items[i], "new", false))
			continue;
		listed.news = str_fmt(arena, "%.*s%s%.*s", STR_ARG(listed.news),
				      listed.news.n > 0 ? ", " : "",
				      STR_ARG(item_text(arena, &items[i])));
	}
	/* Of what it only counts. */
	int64_t more = listed.is_list ? json_int(event, "more_new", 0) : 0;
	if (more > 0)
		listed.news = str_fmt(arena, "%.*s%sand %lld more", STR_ARG(listed.news),
				      listed.news.n > 0 ? ", " : "", (long long)more);
	return listed;
}

void trace_message(struct simulate *simulate, const struct message *message,
		   enum message_state state, str more)
{
	struct arena arena = ARENA_EMPTY;
	str text = str_fmt(&arena, "%.*s to %.*s by %.*s (%.*s)", STR_ARG(message->template),
			   STR_ARG(message->contact), STR_ARG(channel_kind_name(message->channel)),
			   STR_ARG(why_name(message->why)));
	const struct listed listed = find_news(&arena, message);
	bool went_well = state == MESSAGE_ACCEPTED || state == MESSAGE_DISPATCHED;
	if (!went_well)
		text = str_fmt(&arena, "%.*s: %.*s", STR_ARG(text),
			       STR_ARG(message_state_name(state)));
	if (is_late(&arena, message))
		text = str_fmt(&arena, "%.*s, late", STR_ARG(text));
	if (listed.news.n > 0)
		text = str_fmt(&arena, "%.*s: %.*s", STR_ARG(text), STR_ARG(listed.news));
	if (more.n > 0)
		text = str_fmt(&arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(more));
	tell(simulate, (struct traced){
			       .kind = message->grade == GRADE_ALERT ? S("alert") : S("message"),
			       .case_id = message->case_id,
			       .id = message->id,
			       .to = message->contact,
			       .channel = channel_kind_name(message->channel),
			       .state = message_state_name(state),
			       .template = message->template,
			       .about = message->about,
			       .text = text,
			       .again = listed.is_list && listed.news.n == 0,
		       });
	arena_free(&arena);
}

/* --- events that did not get through ------------------------------------------------------------- */

static str case_in(str subject)
{
	str about, id;
	bool is_case = str_cut(subject, '/', &about, &id) && str_eq(about, S("case"));
	return is_case ? id : STR_EMPTY;
}

void trace_refused(struct simulate *simulate, str event, str subject, const struct refused *refused)
{
	struct arena arena = ARENA_EMPTY;
	str code = refusal_name(refused->code);
	str name = event.n > 0 ? event : S("an event");
	tell(simulate, (struct traced){
			       .kind = S("refused"),
			       .case_id = case_in(subject),
			       .id = event,
			       .state = code,
			       .text = str_fmt(&arena, "%.*s: %.*s, %.*s", STR_ARG(name),
					       STR_ARG(code), STR_ARG(refused->message)),
		       });
	arena_free(&arena);
}

void trace_wait(struct simulate *simulate, str event, str subject)
{
	struct arena arena = ARENA_EMPTY;
	tell(simulate, (struct traced){
			       .kind = S("wait"),
			       .case_id = case_in(subject),
			       .id = event,
			       .state = S("waiting"),
			       .text = str_fmt(&arena, "%.*s waits for %.*s", STR_ARG(event),
					       STR_ARG(subject)),
		       });
	arena_free(&arena);
}
