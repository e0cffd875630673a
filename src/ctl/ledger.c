#include "ctl/ledger.h"

#include "base/json.h"
#include "ctl/inner.h"

enum end { END_OPEN, END_KEPT, END_MOVED, END_BROKEN, END_FELL_AWAY };

/* One date of one duty or action. */
struct promised {
	str case_id, id;
	str service, standard;
	date due;
	enum end end;
	bool was_late;    /* it, or a date before it, has passed; said with each step since */
	size_t exemption; /* which of the account's it was excused by, from 1; 0: none */
};

/* A family's promises, while its evidence is read. */
struct account {
	struct arena *arena;
	struct promised *list;
	size_t n;
	struct exemption *exemptions; /* the texts are the evidence's */
	size_t n_exemptions;
};

/* --- one step of a duty or action ---------------------------------------------------------------- */

/* What an entry says of a step. */
struct step {
	str case_id, id, service, standard;
	str from, to;
	date due, on;
	bool is_late; /* its day, or a day before it, has passed undone */
};

static date date_in(const struct json *map, const char *key)
{
	date day = DATE_NONE;

	(void)date_parse(json_text(map, key), &day);
	return day;
}

static struct step read_step(const struct entry *entry, const struct json *detail)
{
	const bool is_duty = str_eq(entry->kind, S("duty"));

	return (struct step){
		.case_id = entry->case_id,
		.id = json_text(detail, is_duty ? "duty" : "action"),
		.service = json_text(detail, "service"),
		.standard = json_text(detail, "rule"),
		.from = json_text(detail, "from"),
		.to = json_text(detail, "to"),
		.due = date_in(detail, "due"),
		.on = date_in(detail, "on"),
		.is_late = date_is(date_in(detail, "breached_on")),
	};
}

/* The latest date of the same duty or action. */
static struct promised *latest(const struct account *account, const struct step *step)
{
	for (size_t i = account->n; i-- > 0;) {
		struct promised *promised = &account->list[i];

		if (str_eq(promised->id, step->id) && str_eq(promised->case_id, step->case_id))
			return promised;
	}
	return NULL;
}

static void begin(struct account *account, const struct step *step)
{
	*ADD(account->arena, account->list, account->n) = (struct promised){
		.case_id = step->case_id,
		.id = step->id,
		.service = step->service,
		.standard = step->standard,
		.due = step->due,
		.was_late = step->is_late,
	};
}

static void end_as(struct promised *promised, enum end end)
{
	if (promised->end == END_OPEN)
		promised->end = end;
}

/* It runs again: reopened, or with a new date. */
static void run_again(struct account *account, struct promised *promised, const struct step *step)
{
	if (promised->due.day != step->due.day) {
		end_as(promised, END_MOVED);
		begin(account, step);
	} else if (promised->end != END_BROKEN) {
		promised->end = END_OPEN;
	}
}

/* The day is over when the step is made, though nobody looked at its end; on the last day itself when the duty
 * had an hour, which the first lateness tells. */
static bool is_over(const struct promised *promised, const struct step *step)
{
	return date_before(promised->due, step->on) || (step->is_late && !promised->was_late);
}

/* The event that excuses stands right before this step in the evidence. */
static void excuse(struct account *account, struct promised *promised)
{
	promised->exemption = account->n_exemptions;
	end_as(promised, END_MOVED);
	if (promised->exemption == 0)
		return;
	struct exemption *exemption = &account->exemptions[promised->exemption - 1];

	exemption->service = promised->service;
	exemption->duty = promised->id;
}

/* An exemption that never was stays in the register, and counts no more. */
static void take_back(const struct account *account, struct promised *promised, date on)
{
	if (promised->exemption > 0)
		account->exemptions[promised->exemption - 1].withdrawn = on;
	promised->exemption = 0;
}

static void take_step(struct account *account, const struct step *step)
{
	struct promised *promised = latest(account, step);

	if (promised == NULL || step->from.n == 0) {
		begin(account, step);
		return;
	}
	if (is_over(promised, step))
		end_as(promised, END_BROKEN);
	promised->was_late = step->is_late;
	if (str_eq(step->from, S("excused")))
		take_back(account, promised, step->on);
	if (str_eq(step->to, S("met"))) {
		end_as(promised, END_KEPT);
	} else if (str_eq(step->to, S("breached"))) {
		end_as(promised, END_BROKEN);
	} else if (str_eq(step->to, S("excused"))) {
		excuse(account, promised);
	} else if (str_eq(step->to, S("cancelled"))) {
		end_as(promised, END_FELL_AWAY);
	} else if (str_eq(step->to, S("scheduled"))) {
		run_again(account, promised, step);
	}
}

/* --- exemptions ---------------------------------------------------------------------------------- */

static void take_exemption(struct account *account, str family, const struct entry *entry,
			   const struct json *detail)
{
	const struct json *data = json_get(detail, "data");

	*ADD(account->arena, account->exemptions, account->n_exemptions) = (struct exemption){
		.event = entry->id,
		.family = family,
		.case_id = entry->case_id,
		.duty = json_text(data, "duty"),
		.ground = json_text(data, "ground"),
		.from = json_text(data, "from"),
		.to = json_text(data, "to"),
		.evidence = json_text(data, "evidence"),
		.approved_by = json_text(data, "approved_by"),
		.on = date_in(detail, "on"),
		.withdrawn = DATE_NONE,
	};
}

/* --- counting ------------------------------------------------------------------------------------ */

static struct ledger_line *line_of(struct ledger *ledger, const struct promised *promised)
{
	for (size_t i = 0; i < ledger->n_lines; i++) {
		struct ledger_line *line = &ledger->lines[i];

		if (str_eq(line->service, promised->service) &&
		    str_eq(line->standard, promised->standard))
			return line;
	}
	struct ledger_line *line = ADD(ledger->arena, ledger->lines, ledger->n_lines);

	line->service = str_copy(ledger->arena, promised->service);
	line->standard = str_copy(ledger->arena, promised->standard);
	return line;
}

static bool is_in_period(const struct ledger *ledger, date day)
{
	return !date_before(day, ledger->from) &&
	       !(date_is(ledger->to) && date_before(ledger->to, day));
}

static void count(struct ledger *ledger, const struct promised *promised)
{
	if (!is_in_period(ledger, promised->due) || promised->end == END_FELL_AWAY)
		return;
	struct ledger_line *line = line_of(ledger, promised);

	line->kept += promised->end == END_KEPT;
	line->moved += promised->end == END_MOVED;
	line->broken += promised->end == END_BROKEN;
	line->open += promised->end == END_OPEN;
	line->excused += promised->end == END_MOVED && promised->exemption > 0;
	line->broken_excused += promised->end == END_BROKEN && promised->exemption > 0;
}

static struct exemption keep(struct arena *arena, const struct exemption *from)
{
	return (struct exemption){
		.event = str_copy(arena, from->event),
		.service = str_copy(arena, from->service),
		.family = str_copy(arena, from->family),
		.case_id = str_copy(arena, from->case_id),
		.duty = str_copy(arena, from->duty),
		.ground = str_copy(arena, from->ground),
		.from = str_copy(arena, from->from),
		.to = str_copy(arena, from->to),
		.evidence = str_copy(arena, from->evidence),
		.approved_by = str_copy(arena, from->approved_by),
		.on = from->on,
		.withdrawn = from->withdrawn,
	};
}

/* --- without a date ------------------------------------------------------------------------------ */

static struct missed_line *missed_line_of(struct ledger *ledger, str service, str standard)
{
	for (size_t i = 0; i < ledger->n_missed; i++) {
		struct missed_line *line = &ledger->missed[i];

		if (str_eq(line->service, service) && str_eq(line->standard, standard))
			return line;
	}
	struct missed_line *line = ADD(ledger->arena, ledger->missed, ledger->n_missed);

	line->service = str_copy(ledger->arena, service);
	line->standard = str_copy(ledger->arena, standard);
	return line;
}

/* What older evidence says without its service and its day is not counted. */
static void take_missed(struct ledger *ledger, const struct json *detail)
{
	const date on = date_in(detail, "on");

	if (json_get(detail, "standard") == NULL || !date_is(on) || !is_in_period(ledger, on))
		return;
	struct missed_line *line = missed_line_of(ledger, json_text(detail, "service"),
						  json_text(detail, "standard"));

	line->title = str_copy(ledger->arena, json_text(detail, "title"));
	line->times++;
}

/* --- the whole ----------------------------------------------------------------------------------- */

static void take_entry(struct ledger *ledger, struct account *account, str family,
		       const struct entry *entry)
{
	const bool is_promise = str_eq(entry->kind, S("duty")) || str_eq(entry->kind, S("action"));
	const bool is_event = str_eq(entry->kind, S("event"));
	const bool may_be_missed = str_eq(entry->kind, S("note")) || str_eq(entry->kind, S("task"));
	const bool is_ours = is_promise || is_event || may_be_missed;
	const struct json *detail = is_ours ? store_detail(account->arena, entry) : NULL;

	if (detail == NULL)
		return;
	if (may_be_missed) {
		take_missed(ledger, detail);
	} else if (is_event) {
		if (str_eq(json_text(detail, "type"), S("duty.excused")))
			take_exemption(account, family, entry, detail);
	} else if (!json_bool(detail, "by_family", false)) {
		const struct step step = read_step(entry, detail);

		take_step(account, &step);
	}
}

void ledger_add(struct ledger *ledger, str family, const struct evidence *list, size_t n)
{
	struct arena arena = ARENA_EMPTY;
	struct account account = { .arena = &arena };

	for (size_t i = 0; i < n; i++)
		take_entry(ledger, &account, family, &list[i].entry);
	for (size_t i = 0; i < account.n; i++)
		count(ledger, &account.list[i]);
	for (size_t i = 0; i < account.n_exemptions; i++)
		if (is_in_period(ledger, account.exemptions[i].on))
			*ADD(ledger->arena, ledger->exemptions,
			     ledger->n_exemptions) = keep(ledger->arena, &account.exemptions[i]);
	arena_free(&arena);
}

static int compare_lines(const void *a, const void *b)
{
	const struct ledger_line *first = a, *second = b;
	const int order = str_cmp(first->service, second->service);

	return order != 0 ? order : str_cmp(first->standard, second->standard);
}

static int compare_missed(const void *a, const void *b)
{
	const struct missed_line *first = a, *second = b;
	const int order = str_cmp(first->service, second->service);

	return order != 0 ? order : str_cmp(first->standard, second->standard);
}

static int compare_exemptions(const void *a, const void *b)
{
	const struct exemption *first = a, *second = b;

	if (first->on.day != second->on.day)
		return first->on.day < second->on.day ? -1 : 1;
	int order = str_cmp(first->case_id, second->case_id);
	if (order == 0)
		order = str_cmp(first->duty, second->duty);
	return order != 0 ? order : str_cmp(first->event, second->event);
}

void ledger_sort(struct ledger *ledger)
{
	if (ledger->n_lines > 0)
		qsort(ledger->lines, ledger->n_lines, sizeof *ledger->lines, compare_lines);
	if (ledger->n_missed > 0)
		qsort(ledger->missed, ledger->n_missed, sizeof *ledger->missed, compare_missed);
	if (ledger->n_exemptions > 0)
		qsort(ledger->exemptions, ledger->n_exemptions, sizeof *ledger->exemptions,
		      compare_exemptions);
}

void ledger_sum(struct ledger_line *sum, const struct ledger_line *line)
{
	sum->kept += line->kept;
	sum->moved += line->moved;
	sum->broken += line->broken;
	sum->open += line->open;
	sum->excused += line->excused;
	sum->broken_excused += line->broken_excused;
}

int ledger_on_time(const struct ledger_line *line, bool without)
{
	const int64_t late = without ? line->broken - line->broken_excused
				     : line->broken + line->excused;
	const int64_t all = line->kept + late;

	return all == 0 ? -1 : (int)((line->kept * 1000 + all / 2) / all);
}
