/*
 * Durations and questions about calendars, of any bytes.
 *
 * The first byte says which. Promised: no crash, an end in good time; a duration that is read is
 * printed so that it reads the same; its due date is a date, and late begins behind it; an answer is
 * JSON with a result or an error.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "reckon/reckon.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char office[] = "{\"op\":\"is_open\",\"at\":\"2026-01-05T09:00:00Z\",\"calendar\":";

/* Nine to five in London, with a holiday and a school's term. */
static const struct calendar *london(void)
{
	static struct arena arena;
	static struct calendar calendar;
	static struct holiday holidays[1];
	static struct term terms[1];
	if (calendar.zone != NULL)
		return &calendar;
	require(zone_read(&arena, S("Europe/London"), &calendar.zone) == OK);
	for (size_t day = MONDAY; day <= FRIDAY; day++)
		require(week_open(&calendar.week, (enum weekday)day, 9 * 60, 17 * 60));
	require(date_of(2026, 12, 25, &holidays[0].day));
	require(date_of(2026, 9, 1, &terms[0].first) && date_of(2026, 12, 18, &terms[0].last));
	calendar.holidays = holidays;
	calendar.n_holidays = 1;
	calendar.terms = terms;
	calendar.n_terms = 1;
	calendar.complete_until = terms[0].last;
	return &calendar;
}

static void check_due(struct arena *arena, struct duration length)
{
	date day;
	require(date_of(2026, 11, 2, &day));
	struct reckoning due = reckon_due(arena, london(), trigger_of_day(day), length);
	require(due.explained.n > 0);
	if (due.no != RECKON_FINE || !date_is(due.day))
		return;
	require(date_is(due.day) && !instant_is_never(due.ends));
	/* Nobody is late before the last day has begun. */
	require(!instant_before(due.ends, zone_instant(london()->zone, due.day, 0)));
	if (duration_is_count(&length))
		require(!date_before(due.day, day));
}

static void try_duration(struct arena *arena, str text)
{
	struct duration first, again;
	str why = STR_EMPTY;
	if (!duration_parse(arena, text, &first, &why)) {
		require(why.n > 0);
		return;
	}
	str printed = duration_print(arena, first);
	require(duration_parse(arena, printed, &again, &why));
	require(str_eq(duration_print(arena, again), printed));
	check_due(arena, first);
}

static void try_line(struct arena *arena, str line)
{
	static struct arena kept;
	static struct reckon_eval *eval;
	const struct json *answer = NULL;
	if (eval == NULL)
		eval = reckon_eval_new(&kept, NULL, NULL);
	struct buf out = buf_of(arena, (size_t)8 << 20);
	bool fine = reckon_eval_line(eval, arena, line, &out);
	require(!out.too_long);
	require(json_parse(arena, buf_str(&out), 8, &answer, NULL) == JSON_FINE);
	require((json_get(answer, "result") != NULL) == fine);
	require((json_get(answer, "error") != NULL) == !fine);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena arena;
	if (n == 0)
		return 0;
	str text = { (const char *)bytes + 1, n - 1 };
	if (bytes[0] == 'd')
		try_duration(&arena, text);
	else if (bytes[0] == 'c')
		try_line(&arena, str_fmt(&arena, "%s%.*s}", office, STR_ARG(text)));
	else
		try_line(&arena, text);
	arena_clear(&arena);
	return 0;
}
