/* The difference that a policy makes. A line is the same in both rehearsals when it says the same, about
 * the same, to the same person, by the same channel, on the same day: ids of messages are made from the
 * rule's place in its file, and the minute may be another. */
#include "ctl/difference.h"

#include <stdlib.h>

/* --- keeping ------------------------------------------------------------------------------------- */

static str print_key(const struct hearing *hearing, const struct traced *traced)
{
	bool is_dated = str_eq(traced->kind, S("duty")) || str_eq(traced->kind, S("action"));
	str day = date_print(hearing->arena, zone_date(hearing->zone, traced->at));
	/* What a desk says is about no case alone: its line names what is new in it. */
	str about = traced->case_id.n > 0 ? traced->about : traced->text;
	return str_fmt(hearing->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
		       STR_ARG(day), STR_ARG(traced->kind), STR_ARG(traced->case_id),
		       STR_ARG(is_dated ? traced->id : STR_EMPTY), STR_ARG(traced->to),
		       STR_ARG(traced->channel), STR_ARG(traced->state), STR_ARG(traced->due),
		       STR_ARG(traced->template), STR_ARG(about));
}

void hearing_take(void *arg, const struct traced *traced)
{
	struct hearing *hearing = arg;
	struct arena *arena = hearing->arena;
	*ADD(arena, hearing->list, hearing->n) = (struct heard){
		.at = traced->at,
		.kind = str_copy(arena, traced->kind),
		.case_id = str_copy(arena, traced->case_id),
		.id = str_copy(arena, traced->id),
		.to = str_copy(arena, traced->to),
		.channel = str_copy(arena, traced->channel),
		.state = str_copy(arena, traced->state),
		.due = str_copy(arena, traced->due),
		.template = str_copy(arena, traced->template),
		.about = str_copy(arena, traced->about),
		.text = str_copy(arena, traced->text),
		.key = print_key(hearing, traced),
		.only_here = true,
	};
}

str difference_line(struct arena *arena, str case_id, str text, str about)
{
	/* The case's name stands in front already. */
	if (str_starts(about, case_id) && about.n > case_id.n + 1)
		about = str_slice(about, case_id.n + 1, about.n);
	return str_fmt(arena, "%.*s%s%.*s%s%.*s", STR_ARG(case_id), case_id.n > 0 ? ": " : "",
		       STR_ARG(text), about.n > 0 ? ", about " : "", STR_ARG(about));
}

/* --- comparing ----------------------------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
	const struct heard *first = a, *second = b;
	int by_key = str_cmp(first->key, second->key);
	if (by_key != 0 || first->at.ms == second->at.ms)
		return by_key;
	return first->at.ms < second->at.ms ? -1 : 1;
}

static int compare_times(const void *a, const void *b)
{
	const struct heard *first = a, *second = b;
	if (first->at.ms != second->at.ms)
		return first->at.ms < second->at.ms ? -1 : 1;
	if (first->is_new != second->is_new)
		return first->is_new ? 1 : -1;
	return str_cmp(first->key, second->key);
}

static void sort(struct hearing *hearing)
{
	if (hearing->n > 0)
		qsort(hearing->list, hearing->n, sizeof *hearing->list, compare_keys);
}

/* What stands in both is in neither's difference. */
static void match(struct hearing *before, struct hearing *after)
{
	size_t i = 0, k = 0;
	sort(before);
	sort(after);
	while (i < before->n && k < after->n) {
		int order = str_cmp(before->list[i].key, after->list[k].key);
		if (order == 0) {
			before->list[i].only_here = false;
			after->list[k].only_here = false;
		}
		i += order <= 0 ? 1 : 0;
		k += order >= 0 ? 1 : 0;
	}
}

static struct heard *collect(struct arena *arena, const struct hearing *before,
			     const struct hearing *after, size_t *out_n)
{
	struct heard *list = TAKE(arena, struct heard, before->n + after->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < before->n; i++) {
		if (before->list[i].only_here)
			list[n++] = before->list[i];
	}
	for (size_t i = 0; i < after->n; i++) {
		if (!after->list[i].only_here)
			continue;
		list[n] = after->list[i];
		list[n++].is_new = true;
	}
	if (n > 0)
		qsort(list, n, sizeof *list, compare_times);
	*out_n = n;
	return list;
}

/* --- sums ---------------------------------------------------------------------------------------- */

static const struct {
	const char *name;  /* in JSON */
	const char *title; /* in text */
} sums[] = {
	{ "messages", "Messages" },
	{ "alerts", "Alerts to staff" },
	{ "breaches", "Breaches" },
};
#define SUMS_N (sizeof sums / sizeof sums[0])

/* Which sum a line counts for; SUMS_N: none. */
static size_t sum_of(const struct heard *heard)
{
	bool left = str_eq(heard->state, S("accepted")) || str_eq(heard->state, S("dispatched"));
	if (str_eq(heard->kind, S("message")) && left)
		return 0;
	if (str_eq(heard->kind, S("alert")) && left)
		return 1;
	return str_eq(heard->state, S("breached")) ? 2 : SUMS_N;
}

struct sum {
	int64_t before, after, gone, added;
};

static void add_up(const struct hearing *hearing, bool is_new, struct sum *out)
{
	for (size_t i = 0; i < hearing->n; i++) {
		const struct heard *heard = &hearing->list[i];
		size_t at = sum_of(heard);
		if (at == SUMS_N)
			continue;
		*(is_new ? &out[at].after : &out[at].before) += 1;
		*(is_new ? &out[at].added : &out[at].gone) += heard->only_here ? 1 : 0;
	}
}

/* --- answering ----------------------------------------------------------------------------------- */

static void answer_line(struct ctl *ctl, const struct heard *heard)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "change", heard->is_new ? S("added") : S("gone"));
	out_add_instant(ctl, "at", heard->at);
	json_add_text(w, "kind", heard->kind);
	json_add_text(w, "case", heard->case_id);
	json_add_text(w, "id", heard->id);
	json_add_text(w, "to", heard->to);
	json_add_text(w, "channel", heard->channel);
	json_add_text(w, "state", heard->state);
	json_add_text(w, "due", heard->due);
	json_add_text(w, "template", heard->template);
	json_add_text(w, "about", heard->about);
	json_add_text(w, "text", heard->text);
	json_close(w);
	out_document_end(ctl);
}

static void answer_sums(struct ctl *ctl, const struct sum *sum)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "change", S("sum"));
	for (size_t i = 0; i < SUMS_N; i++) {
		json_key(w, sums[i].name);
		json_open(w);
		json_add_int(w, "before", sum[i].before);
		json_add_int(w, "after", sum[i].after);
		json_add_int(w, "gone", sum[i].gone);
		json_add_int(w, "added", sum[i].added);
		json_close(w);
	}
	json_close(w);
	out_document_end(ctl);
}

static void write_line(struct ctl *ctl, const struct heard *heard, date *day)
{
	struct arena arena = ARENA_EMPTY;
	const date on = zone_date(ctl->zone, heard->at);
	const str time = out_time(ctl, &arena, heard->at);

	if (on.day != day->day)
		buf_fmt(&ctl->out, "%s%.*s\n", date_is(*day) ? "\n" : "",
			STR_ARG(date_words(&arena, on)));
	*day = on;
	out_wrap(ctl,
		 str_fmt(&arena, "%s %.*s  %-7.*s  ", heard->is_new ? "+" : "-",
			 STR_ARG(str_slice(time, 11, time.n)), STR_ARG(heard->kind)),
		 difference_line(&arena, heard->case_id, heard->text, heard->about));
	arena_free(&arena);
}

static void write_sums(struct ctl *ctl, const struct sum *sum, size_t n_lines)
{
	if (n_lines > 0)
		buf_byte(&ctl->out, '\n');
	for (size_t i = 0; i < SUMS_N; i++)
		buf_fmt(&ctl->out, "%s: %lld before, %lld after; %lld gone, %lld added.\n",
			sums[i].title, (long long)sum[i].before, (long long)sum[i].after,
			(long long)sum[i].gone, (long long)sum[i].added);
}

void difference_answer(struct ctl *ctl, struct hearing *before, struct hearing *after)
{
	struct sum sum[SUMS_N] = { 0 };
	date day = DATE_NONE;
	size_t n;

	match(before, after);
	add_up(before, false, sum);
	add_up(after, true, sum);
	const struct heard *list = collect(&ctl->arena, before, after, &n);

	for (size_t i = 0; i < n; i++) {
		if (ctl->json)
			answer_line(ctl, &list[i]);
		else
			write_line(ctl, &list[i], &day);
		(void)out_flush(ctl);
	}
	if (ctl->json)
		answer_sums(ctl, sum);
	else
		write_sums(ctl, sum, n);
}
