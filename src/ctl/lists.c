/* What is open in all families at once: the outbox, duties, actions, breaches. */
#include "ctl/inner.h"

struct listing {
	struct rows rows;
	bool duties, actions;
	bool (*wanted)(const struct ctl *ctl, enum duty_state state, date breached_on);
};

/* --- duties, actions, breaches ------------------------------------------------------------------- */

static bool is_open(const struct ctl *ctl, enum duty_state state, date breached_on)
{
	(void)breached_on;
	return args_has(ctl, "all") || duty_is_running(state);
}

static bool is_breached(const struct ctl *ctl, enum duty_state state, date breached_on)
{
	if (!date_is(breached_on))
		return false;
	return args_has(ctl, "all") || duty_is_running(state);
}

static void take_case(struct ctl *ctl, const struct place *place, struct listing *listing)
{
	const struct case_file *file = place->file;

	for (size_t i = 0; listing->duties && i < file->n_duties; i++) {
		const struct duty *duty = &file->duties[i];

		if (listing->wanted(ctl, duty->state, duty->breached_on))
			rows_add_duty(ctl, &listing->rows, place, duty);
	}
	for (size_t i = 0; listing->actions && i < file->n_actions; i++) {
		const struct action *action = &file->actions[i];

		if (listing->wanted(ctl, action->state, action->breached_on))
			rows_add_action(ctl, &listing->rows, place, action);
	}
}

static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	struct listing *listing = arg;

	(void)arena;
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct place place = { .family = family, .file = &family->cases[i] };

		take_case(ctl, &place, listing);
	}
	return CTL_FINE;
}

static enum ctl_end list_rows(struct ctl *ctl, struct listing *listing, const char *none)
{
	struct rows *rows = &listing->rows;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_families(ctl, take_family, listing);
	if (end != CTL_FINE)
		return end;
	rows_sort(rows);
	if (rows->n == 0 && !ctl->json)
		buf_fmt(&ctl->out, "%s\n", none);
	if (ctl->json)
		json_open_list(&ctl->w);
	for (size_t i = 0; i < rows->n; i++) {
		if (ctl->json)
			json_put_raw(&ctl->w, rows->list[i].text);
		else
			buf_add(&ctl->out, rows->list[i].text);
		if (!out_flush(ctl))
			return CTL_REFUSED;
	}
	if (ctl->json) {
		json_close_list(&ctl->w);
		out_document_end(ctl);
	}
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}

enum ctl_end duties_run(struct ctl *ctl)
{
	struct listing listing = { .duties = true, .wanted = is_open };

	return list_rows(ctl, &listing, "No duty is running.");
}

enum ctl_end actions_run(struct ctl *ctl)
{
	struct listing listing = { .actions = true, .wanted = is_open };

	return list_rows(ctl, &listing, "No action is open.");
}

enum ctl_end breaches_run(struct ctl *ctl)
{
	struct listing listing = { .duties = true, .actions = true, .wanted = is_breached };

	return list_rows(ctl, &listing, "Nothing is overdue.");
}

/* --- the outbox ---------------------------------------------------------------------------------- */

static enum ctl_end list_message(struct ctl *ctl, str id, size_t *n)
{
	struct arena arena = ARENA_EMPTY;
	struct message_record record;
	bool found = false;
	enum ctl_end end = ctl_message(ctl, &arena, id, &found, &record);

	/* It may have been forgotten since the list was read. */
	if (end == CTL_FINE && found) {
		if (ctl->json)
			item_message(ctl, &record, NULL, true);
		else
			item_message_text(ctl, &record, NULL, true);
		++*n;
		end = out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
	}
	arena_free(&arena);
	return end;
}

static enum ctl_end list_channel(struct ctl *ctl, enum channel_kind channel, size_t *n)
{
	struct reply reply;
	enum ctl_end end = ctl_ask(ctl, &ctl->arena,
				   store_outbox(&ctl->arena, &ctl->store, channel), &reply);

	if (end == CTL_FINE && reply.type != REPLY_LIST)
		end = ctl_heard(ctl, ERR_CORRUPT);
	for (size_t i = 0; end == CTL_FINE && i < reply.n; i++)
		end = list_message(ctl, reply.items[i].text, n);
	return end;
}

enum ctl_end outbox_run(struct ctl *ctl)
{
	static const enum channel_kind channels[] = { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_LETTER };
	enum ctl_end end = ctl_redis(ctl);
	size_t n = 0;

	if (end != CTL_FINE)
		return end;
	if (ctl->json)
		json_open_list(&ctl->w);
	else
		(void)ctl_policy_if_fine(ctl);
	for (size_t i = 0; i < sizeof channels / sizeof channels[0] && end == CTL_FINE; i++)
		end = list_channel(ctl, channels[i], &n);
	if (ctl->json) {
		json_close_list(&ctl->w);
		out_document_end(ctl);
	} else if (end == CTL_FINE && n == 0) {
		buf_add(&ctl->out, S("Nothing is on its way.\n"));
	}
	return end == CTL_FINE && ctl->n_damaged > 0 ? CTL_REDIS : end;
}

/* --- what shadow mode kept back ------------------------------------------------------------------ */

struct shadow {
	date on;
	size_t n;
};

/* Whether the entry says that a message would have left on the day. */
static bool is_shadowed(const struct shadow *shadow, struct arena *arena, const struct entry *entry)
{
	const bool is_outcome = str_eq(entry->kind, S("outcome"));
	const struct json *detail = is_outcome ? store_detail(arena, entry) : NULL;
	date on;

	return detail != NULL && str_eq(json_text(detail, "code"), S("shadow")) &&
	       date_parse(json_text(detail, "on"), &on) && on.day == shadow->on.day;
}

static enum ctl_end list_shadows(struct ctl *ctl, struct arena *arena, const struct family *family,
				 void *arg)
{
	struct shadow *shadow = arg;
	struct evidence *list;
	size_t n;
	enum ctl_end end = ctl_evidence(ctl, arena, family->id, &list, &n);

	for (size_t i = 0; end == CTL_FINE && i < n; i++)
		if (is_shadowed(shadow, arena, &list[i].entry))
			end = list_message(ctl, list[i].entry.id, &shadow->n);
	return end;
}

enum ctl_end shadow_run(struct ctl *ctl)
{
	struct shadow shadow = { .on = DATE_NONE };

	if (!args_day(ctl, "on", &shadow.on))
		return CTL_USAGE;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		(void)ctl_policy_if_fine(ctl);
	if (end != CTL_FINE)
		return end;
	if (!date_is(shadow.on))
		shadow.on = ctl_today(ctl);
	if (ctl->json)
		json_open_list(&ctl->w);
	end = ctl_families(ctl, list_shadows, &shadow);
	if (ctl->json) {
		json_close_list(&ctl->w);
		out_document_end(ctl);
	} else if (end == CTL_FINE && shadow.n == 0) {
		buf_add(&ctl->out, S("Nothing would have been sent.\n"));
	}
	return end == CTL_FINE && ctl->n_damaged > 0 ? CTL_REDIS : end;
}
