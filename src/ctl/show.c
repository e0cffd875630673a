/* A case or a family as it stands. */
#include "ctl/inner.h"
#include "decide/decide.h"

/* Everything that a case's answer is made of. */
struct view {
	const struct family *family;
	const struct case_file *file;
	struct evidence *evidence; /* the case's own */
	size_t n_evidence;
	struct message_record *messages;
	size_t n_messages;
	const struct policy *policy; /* for titles; NULL when there is a mistake in it */
};

static bool is_listed(const struct view *view, str message)
{
	for (size_t i = 0; i < view->n_messages; i++)
		if (str_eq(view->messages[i].message.id, message))
			return true;
	return false;
}

/* The evidence knows every message there ever was; the message's record says the rest. */
static enum ctl_end collect_messages(struct ctl *ctl, struct view *view)
{
	for (size_t i = 0; i < view->n_evidence; i++) {
		const struct entry *entry = &view->evidence[i].entry;
		struct message_record record;
		bool found = false;

		if (!str_eq(entry->kind, S("message")) || is_listed(view, entry->id))
			continue;
		const enum ctl_end end = ctl_message(ctl, &ctl->arena, entry->id, &found, &record);

		if (end != CTL_FINE)
			return end;
		if (found)
			*ADD(&ctl->arena, view->messages, view->n_messages) = record;
	}
	return CTL_FINE;
}

static enum ctl_end collect_evidence(struct ctl *ctl, struct view *view)
{
	struct evidence *all;
	size_t n;
	const enum ctl_end end = ctl_evidence(ctl, &ctl->arena, view->family->id, &all, &n);

	for (size_t i = 0; end == CTL_FINE && i < n; i++)
		if (str_eq(all[i].entry.case_id, view->file->id))
			*ADD(&ctl->arena, view->evidence, view->n_evidence) = all[i];
	return end;
}

static struct arrival arrival_of(struct ctl *ctl, const struct view *view,
				 const struct message_record *record)
{
	return item_arrival(ctl, view->evidence, view->n_evidence, record->message.id);
}

/* In words as the family is told it; as the record has it when the policy has a mistake. */
static struct next_step next_of(struct ctl *ctl, const struct view *view)
{
	const struct duty *duty = case_duty(view->file, view->file->next_by);

	if (view->policy != NULL)
		return decide_next_step(&ctl->arena, view->policy, view->family, view->file);
	return (struct next_step){ .what = view->file->next_what,
				   .who = view->file->next_who,
				   .by = duty != NULL ? duty->due : DATE_NONE };
}

/* --- a case, as JSON ----------------------------------------------------------------------------- */

static void answer_timeline(struct ctl *ctl, const struct view *view)
{
	json_key(&ctl->w, "timeline");
	json_open_list(&ctl->w);
	for (size_t i = 0; i < view->n_evidence; i++) {
		json_open(&ctl->w);
		out_add_instant(ctl, "at", view->evidence[i].at);
		json_add_text(&ctl->w, "kind", view->evidence[i].entry.kind);
		json_add_text(&ctl->w, "id", view->evidence[i].entry.id);
		json_add_text(&ctl->w, "text", view->evidence[i].entry.text);
		json_close(&ctl->w);
	}
	json_close_list(&ctl->w);
}

static void answer_lists(struct ctl *ctl, const struct view *view)
{
	const struct case_file *file = view->file;
	struct json_writer *w = &ctl->w;

	json_key(w, "duties");
	json_open_list(w);
	for (size_t i = 0; i < file->n_duties; i++)
		item_duty(ctl, file, &file->duties[i], NULL);
	json_close_list(w);
	json_key(w, "actions");
	json_open_list(w);
	for (size_t i = 0; i < file->n_actions; i++)
		item_action(ctl, &file->actions[i], NULL);
	json_close_list(w);
	json_key(w, "tasks");
	json_open_list(w);
	for (size_t i = 0; i < file->n_tasks; i++)
		item_task(ctl, &file->tasks[i], NULL);
	json_close_list(w);
	json_key(w, "messages");
	json_open_list(w);
	for (size_t i = 0; i < view->n_messages; i++) {
		const struct arrival arrival = arrival_of(ctl, view, &view->messages[i]);

		item_message(ctl, &view->messages[i], &arrival, false);
	}
	json_close_list(w);
}

static void answer_case(struct ctl *ctl, const struct view *view)
{
	const struct case_file *file = view->file;
	const struct next_step next = next_of(ctl, view);
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "case", file->id);
	json_add_text(w, "family", view->family->id);
	json_add_text(w, "pathway", file->pathway);
	json_add_text(w, "service", file->service);
	json_add_text(w, "owner", file->owner);
	json_add_text(w, "stage", file->stage);
	out_add_date(ctl, "opened_on", file->opened_on);
	out_add_date(ctl, "closed_on", file->closed_on);
	json_key(w, "next");
	json_open(w);
	json_add_text(w, "what", next.what);
	json_add_text(w, "who", next.who);
	out_add_date(ctl, "by", next.by);
	json_close(w);
	answer_lists(ctl, view);
	answer_timeline(ctl, view);
	json_close(w);
	out_document_end(ctl);
}

/* --- a case, for people -------------------------------------------------------------------------- */

static str duty_title(const struct view *view, const struct duty *duty)
{
	const struct pathway *pathway = view->policy == NULL
						? NULL
						: policy_pathway(view->policy, view->file->pathway);
	const struct duty_rule *rule = pathway == NULL
					       ? NULL
					       : pathway_duty(pathway, duty->rule, duty->from);

	return rule != NULL ? rule->title : duty->rule;
}

static void write_head(struct ctl *ctl, const struct view *view)
{
	const struct case_file *file = view->file;
	struct arena *arena = &ctl->arena;
	const struct next_step next = next_of(ctl, view);

	out_wrap(ctl, STR_EMPTY,
		 str_fmt(arena,
			 "Case %.*s of family %.*s: %.*s, owner %.*s (%.*s), opened %.*s%s%.*s",
			 STR_ARG(file->id), STR_ARG(view->family->id), STR_ARG(file->pathway),
			 STR_ARG(file->owner), STR_ARG(file->service),
			 STR_ARG(date_words(arena, file->opened_on)),
			 date_is(file->closed_on) ? ", closed " : "",
			 STR_ARG(date_is(file->closed_on) ? date_words(arena, file->closed_on)
							  : STR_EMPTY)));
	if (file->stage.n > 0)
		out_wrap(ctl, S("  Now:   "), file->stage);
	if (next.what.n > 0)
		out_wrap(ctl, S("  Next:  "),
			 str_fmt(arena, "%.*s%s%.*s%s%.*s", STR_ARG(next.what),
				 next.who.n > 0 ? ", " : "", STR_ARG(next.who),
				 date_is(next.by) ? ", by " : "",
				 STR_ARG(date_is(next.by) ? date_words(arena, next.by)
							  : STR_EMPTY)));
}

static void write_promises(struct ctl *ctl, const struct view *view)
{
	const struct case_file *file = view->file;
	const bool ids = args_has(ctl, "all");

	if (file->n_duties > 0)
		out_title(ctl, "Duties");
	for (size_t i = 0; i < file->n_duties; i++)
		item_duty_text(ctl, file, &file->duties[i], duty_title(view, &file->duties[i]),
			       ids);
	if (file->n_actions > 0)
		out_title(ctl, "Actions");
	for (size_t i = 0; i < file->n_actions; i++)
		item_action_text(ctl, &file->actions[i], ids);
	if (file->n_tasks > 0)
		out_title(ctl, "Tasks");
	for (size_t i = 0; i < file->n_tasks; i++)
		item_task_text(ctl, &file->tasks[i], ids);
}

/* That a message was decided and taken is in the list of messages already. */
static bool is_news(struct ctl *ctl, const struct entry *entry)
{
	const struct json *detail = store_detail(&ctl->arena, entry);

	if (detail == NULL)
		return true;
	if (str_eq(entry->kind, S("message")))
		return json_text(detail, "template").n == 0;
	return !str_eq(json_text(detail, "type"), S("message.accepted"));
}

static void write_timeline(struct ctl *ctl, const struct view *view)
{
	struct arena *arena = &ctl->arena;
	str last = STR_EMPTY;

	out_title(ctl, "What happened");
	for (size_t i = 0; i < view->n_evidence; i++) {
		const struct evidence *one = &view->evidence[i];
		const str at = out_time(ctl, arena, one->at);

		if (!args_has(ctl, "all") && !is_news(ctl, &one->entry))
			continue;
		/* What happened at once stands under one time. */
		out_wrap(ctl,
			 str_fmt(arena, "  %-16.*s  ", STR_ARG(str_eq(at, last) ? STR_EMPTY : at)),
			 one->entry.text);
		last = at;
	}
}

static void write_history(struct ctl *ctl, const struct view *view)
{
	if (view->n_messages > 0)
		out_title(ctl, "Messages");
	for (size_t i = 0; i < view->n_messages; i++) {
		const struct arrival arrival = arrival_of(ctl, view, &view->messages[i]);

		item_message_text(ctl, &view->messages[i], &arrival, args_has(ctl, "all"));
	}
	write_timeline(ctl, view);
}

enum ctl_end case_show_run(struct ctl *ctl)
{
	struct family *family = NULL;
	struct case_file *file = NULL;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_case(ctl, ctl->words[0], &family, &file);
	struct view view = { .family = family, .file = file };

	if (end == CTL_FINE)
		end = collect_evidence(ctl, &view);
	if (end == CTL_FINE)
		end = collect_messages(ctl, &view);
	if (end != CTL_FINE)
		return end;
	view.policy = ctl_policy_if_fine(ctl);
	if (ctl->json) {
		answer_case(ctl, &view);
	} else {
		write_head(ctl, &view);
		write_promises(ctl, &view);
		write_history(ctl, &view);
	}
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}
