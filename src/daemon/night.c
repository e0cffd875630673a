#include "daemon/night.h"

#include "base/log.h"
#include "daemon/prepare.h"

/* One question at a time, each less than a millisecond of Redis' time, evenly: messages wait behind each. */
#define EVERY_MS 50
/* After a failure, and while it is not time. */
#define REST_MS 1000
#define ASK_LIMIT SPAN_S(10)
#define RECORDS 10

bool night_is_idle(const struct night_pass *pass)
{
	return !pass->asking;
}

void night_clear(struct night_pass *pass)
{
	arena_free(&pass->arena);
}

/* What is in hand is begun anew from what is written down. */
static void let_go(struct night_pass *pass)
{
	pass->known = pass->has_page = false;
	arena_clear(&pass->arena);
}

static void ask(struct night_pass *pass, struct command command, reply_fn *fn)
{
	pass->asking = true;
	redis_link_send(pass->inspector.link, command, ASK_LIMIT, fn, pass);
}

static void rest(struct night_pass *pass)
{
	pass->next_ms = monotonic_ms() + REST_MS;
}

/* The answer is there. False: it is none, and what is in hand is begun anew after a rest. */
static bool is_answered(struct night_pass *pass, enum err err, const struct reply *reply)
{
	pass->asking = false;
	if (answer_came(err, reply))
		return true;
	let_go(pass);
	rest(pass);
	return false;
}

/* --- how far it has come ------------------------------------------------------------------------- */

static void hear_passed(void *arg, enum err err, const struct reply *reply)
{
	struct night_pass *pass = arg;
	bool lost = false;

	if (!is_answered(pass, err, reply))
		return;
	err = store_passed_read(&pass->arena, reply, &pass->night, &lost);
	if (!answer_is_read(err, reply, "how far the auditor's night has come is damaged")) {
		let_go(pass);
		rest(pass);
		return;
	}
	pass->known = true;
	/* What is proven stays so: the second time goes fast. */
	if (lost && pass->night.cursor.n > 0) {
		pass->night.cursor = S(AUDIT_DESKS);
		pass->night.families = pass->night.entries = 0;
		pass->night.found = pass->night.broken = 0;
	}
}

static void hear_written(void *arg, enum err err, const struct reply *reply)
{
	struct night_pass *pass = arg;

	/* All of it is in Redis now, where the next page begins. */
	if (is_answered(pass, err, reply))
		let_go(pass);
}

static void write_down(struct night_pass *pass)
{
	struct arena arena = ARENA_EMPTY;

	ask(pass,
	    store_night(&arena, pass->inspector.store, &pass->night, pass->page.records,
			pass->has_page ? pass->page.n_records : 0),
	    hear_written);
	arena_free(&arena);
}

/* --- chains -------------------------------------------------------------------------------------- */

static void note_broken(struct night_pass *pass, const struct audited_record *record, str why)
{
	pass->night.found++;
	pass->night.broken++;
	inspect_tell(&pass->inspector,
		     &(struct audit_finding){ .family = record->id,
					      .what = S("evidence_broken"),
					      .id = str_int(&pass->arena, record->proven.n + 1),
					      .why = why });
}

static void hear_entries(void *arg, enum err err, const struct reply *reply)
{
	struct night_pass *pass = arg;
	struct audited_record *record = &pass->page.records[pass->at];
	struct evidence *list = NULL;
	struct arena arena = ARENA_EMPTY;
	size_t n = 0;
	str why = STR_EMPTY;

	if (!is_answered(pass, err, reply))
		return;
	const int64_t before = record->proven.n;
	bool fine = store_evidence_read(&arena, reply, &list, &n) == OK;

	if (!fine)
		why = S("it cannot be read");
	else
		fine = store_prove(&arena, list, n, &record->proven, &why);
	record->proven.stream_id = str_copy(&pass->arena, record->proven.stream_id);
	pass->night.entries += record->proven.n - before;
	if (!fine)
		note_broken(pass, record, why);
	if (!fine || n < EVIDENCE_PAGE)
		pass->at++;
	arena_free(&arena);
}

static void follow_chain(struct night_pass *pass)
{
	const struct audited_record *record = &pass->page.records[pass->at];
	struct arena arena = ARENA_EMPTY;

	ask(pass,
	    store_evidence(&arena, pass->inspector.store, record->id, record->proven.stream_id),
	    hear_entries);
	arena_free(&arena);
}

/* --- pages --------------------------------------------------------------------------------------- */

static void begin_chains_anew(struct night_pass *pass)
{
	const span every = (*pass->inspector.rules)->config.audit.whole_every;

	for (size_t i = 0; i < pass->page.n_records; i++) {
		struct proven *proven = &pass->page.records[i].proven;

		if (proven->n == 0 ||
		    instant_before(instant_add(proven->whole, every), instant_now()))
			*proven = (struct proven){ .whole = instant_now() };
	}
}

static void hear_page(void *arg, enum err err, const struct reply *reply)
{
	struct night_pass *pass = arg;

	if (!is_answered(pass, err, reply))
		return;
	if (inspect_hear(&pass->inspector, &pass->arena, reply, true, &pass->page) != OK) {
		let_go(pass);
		rest(pass);
		return;
	}
	pass->has_page = true;
	pass->at = 0;
	pass->night.found += (int64_t)pass->page.n;
	begin_chains_anew(pass);
}

static void end_page(struct night_pass *pass)
{
	struct night *night = &pass->night;
	const bool at_desks = str_eq(night->cursor, S(AUDIT_DESKS));
	const bool ends = !at_desks && str_eq(pass->page.cursor, S("0"));

	night->families += at_desks ? 0 : (int64_t)pass->page.n_records;
	night->cursor = ends ? STR_EMPTY : pass->page.cursor;
	if (ends) {
		night->ended = instant_now();
		LOG(INFO, "night_audit_ended", LOG_ID("day", night->day),
		    LOG_NUM("families", night->families), LOG_NUM("entries", night->entries),
		    LOG_NUM("found", night->found), LOG_NUM("broken", night->broken));
	}
	write_down(pass);
}

/* --- when ---------------------------------------------------------------------------------------- */

static bool is_time(struct night_pass *pass, str *out_day)
{
	const struct rules *rules = *pass->inspector.rules;
	const struct calendar *calendar = rules->policy.calendar;
	const instant now = instant_now();
	const date today = calendar_date(calendar, now);
	minute_of_day minute;
	date last;

	require(minute_parse(rules->config.audit.at, &minute));
	if (instant_before(now, zone_instant(calendar->zone, today, minute)) ||
	    (date_parse(pass->night.day, &last) && !date_before(last, today)))
		return false;
	*out_day = date_print(&pass->arena, today);
	return true;
}

static void begin(struct night_pass *pass, str day)
{
	const struct night last = pass->night;

	pass->night = (struct night){ .day = day,
				      .cursor = S(AUDIT_DESKS),
				      .began = instant_now(),
				      .ended = last.ended,
				      .last_found = last.found,
				      .last_broken = last.broken };
	LOG(INFO, "night_audit_began", LOG_ID("day", day));
	write_down(pass);
}

/* At most one question. */
static void go_on(struct night_pass *pass)
{
	struct arena arena = ARENA_EMPTY;
	str day;

	if (!pass->known)
		ask(pass, store_passed(&arena, pass->inspector.store), hear_passed);
	else if (pass->night.cursor.n == 0 && is_time(pass, &day))
		begin(pass, day);
	else if (pass->night.cursor.n == 0)
		rest(pass);
	else if (!pass->has_page)
		ask(pass, inspect_ask(&pass->inspector, &arena, pass->night.cursor, RECORDS, true),
		    hear_page);
	else if (pass->at < pass->page.n_records)
		follow_chain(pass);
	else
		end_page(pass);
	arena_free(&arena);
}

instant night_tick(struct night_pass *pass, bool prepared, instant now)
{
	const int64_t now_ms = monotonic_ms();
	const bool is_ours = owner_is_ours(pass->owner);

	if (!is_ours && !pass->asking)
		let_go(pass);
	if (!prepared || !is_ours)
		return INSTANT_NEVER;
	if (!pass->asking && now_ms >= pass->next_ms) {
		pass->next_ms = now_ms + EVERY_MS;
		go_on(pass);
	}
	return instant_add(now, SPAN_MS(pass->asking ? EVERY_MS : pass->next_ms - now_ms));
}
