/*
 * Durations as people write them, read and written.
 *
 *   whole:  length [roll forward] [at HH:MM] [under tribunal rules]
 *   length: N [clear] UNIT [beginning | clear] [before whole]
 *           | [before] D MONTH | first|second|third|fourth|last WEEKDAY in MONTH
 *           | later|earlier of whole, whole ...
 *
 * Endings at the end of a list belong to the list.
 */
#include "reckon/inner.h"

#include "base/arena.h"
#include "base/utf8.h"

static const struct {
	str one, many;
} units[DURATION_UNIT_COUNT] = {
	[DURATION_DAYS] = { { "day", 3 }, { "days", 4 } },
	[DURATION_WEEKS] = { { "week", 4 }, { "weeks", 5 } },
	[DURATION_MONTHS] = { { "month", 5 }, { "months", 6 } },
	[DURATION_WORKING_DAYS] = { { "working day", 11 }, { "working days", 12 } },
	[DURATION_SCHOOL_DAYS] = { { "school day", 10 }, { "school days", 11 } },
	[DURATION_WORKING_HOURS] = { { "working hour", 12 }, { "working hours", 13 } },
	[DURATION_WORKING_MINUTES] = { { "working minute", 14 }, { "working minutes", 15 } },
};

static const char *const nths[] = { "", "first", "second", "third", "fourth", "last" };
#define NTHS_N (sizeof(nths) / sizeof(nths[0]))

/* --- words --------------------------------------------------------------------------------------- */

/* Text that is read word by word. */
struct words {
	struct arena *arena;
	str text;
	size_t at;
	str *why;
};

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n';
}

/* The word at hand, empty at the end; a comma is a word. Does not move. */
static str peek(struct words *words)
{
	while (words->at < words->text.n && is_space(words->text.p[words->at]))
		words->at++;
	size_t end = words->at;
	while (end < words->text.n && !is_space(words->text.p[end]) && words->text.p[end] != ',')
		end++;
	if (end == words->at && end < words->text.n)
		end++;
	return str_slice(words->text, words->at, end);
}

static void pass(struct words *words)
{
	words->at += peek(words).n;
}

/* Passes these words when they come next, and nothing otherwise. */
static bool take(struct words *words, const char *wanted)
{
	struct words ahead = *words;
	str rest = str_of(wanted), word = STR_EMPTY;
	while (rest.n > 0) {
		if (!str_cut(rest, ' ', &word, &rest)) {
			word = rest;
			rest = STR_EMPTY;
		}
		if (!str_eq(peek(&ahead), word))
			return false;
		pass(&ahead);
	}
	words->at = ahead.at;
	return true;
}

/* Says what would be right at this place; false. */
static bool fail(struct words *words, const char *wanted)
{
	str word = utf8_clip(peek(words), 40);
	if (word.n == 0)
		*words->why = str_fmt(words->arena, "at the end: %s", wanted);
	else
		*words->why = str_fmt(words->arena, "at \"%.*s\", column %zu: %s", STR_ARG(word),
				      words->at + 1, wanted);
	return false;
}

/* --- reading ------------------------------------------------------------------------------------- */

#define WHAT_A_DURATION_IS                                                                         \
	"a duration is a number and a unit, such as \"6 weeks\" or \"10 working days\""

static bool read_number(struct words *words, int64_t most, const char *wanted, int *out)
{
	int64_t n;
	str word = peek(words);
	if (!str_to_i64(word, &n) || n > most || (word.n > 0 && word.p[0] == '-'))
		return fail(words, wanted);
	pass(words);
	*out = (int)n;
	return true;
}

static bool read_month(struct words *words, int *out)
{
	if (!month_parse(peek(words), out))
		return fail(words, "the name of a month is wanted, such as February");
	pass(words);
	return true;
}

/* "15 February": 29 February is a day, too. */
static bool read_day(struct words *words, struct duration *out)
{
	size_t at = words->at;
	date day;
	if (!read_number(words, 31, "a day and a month are wanted, such as \"15 February\"",
			 &out->mday) ||
	    !read_month(words, &out->month))
		return false;
	if (date_of(2000, out->month, out->mday, &day))
		return true;
	words->at = at;
	return fail(words, "this month has no such day");
}

static bool read_weekday(struct words *words, int nth, struct duration *out)
{
	out->kind = DURATION_ON_WEEKDAY;
	out->n = 1;
	out->nth = nth;
	if (!weekday_word_parse(peek(words), &out->weekday))
		return fail(words, "the name of a weekday is wanted, such as Friday");
	pass(words);
	if (!take(words, "in"))
		return fail(words, "\"in\" and a month are wanted, as in \"last Friday in June\"");
	return read_month(words, &out->month);
}

static bool read_unit(struct words *words, enum duration_unit *out)
{
	for (size_t i = 0; i < DURATION_UNIT_COUNT; i++) {
		if (take(words, units[i].many.p) || take(words, units[i].one.p)) {
			*out = (enum duration_unit)i;
			return true;
		}
	}
	return fail(words, "the unit is wanted: days, weeks, months, working days, working hours, "
			   "working minutes or school days");
}

static bool read_whole(struct words *words, int depth, bool is_part, struct duration *out);

static bool read_count(struct words *words, int depth, struct duration *out)
{
	str word = peek(words);
	int64_t n;
	if (!str_to_i64(word, &n))
		return fail(words, WHAT_A_DURATION_IS);
	if (word.p[0] == '-')
		return fail(words, "a duration is not negative");
	if (n > DURATION_N_MAX)
		return fail(words, "a duration counts up to 36600");
	pass(words);
	out->n = (int)n;
	out->clear_first = take(words, "clear");
	if (!read_unit(words, &out->unit))
		return false;
	out->beginning = !out->clear_first && take(words, "beginning");
	out->clear = out->clear_first || (!out->beginning && take(words, "clear"));
	if (!take(words, "before"))
		return true;
	struct duration *part = TAKE(words->arena, struct duration, 1);
	out->kind = DURATION_BACK;
	out->parts = part;
	out->n_parts = 1;
	return read_whole(words, depth + 1, true, part);
}

static bool read_list(struct words *words, int depth, struct duration *out)
{
	struct duration *parts = TAKE(words->arena, struct duration, DURATION_PARTS_MAX);
	out->n = 1;
	out->parts = parts;
	do {
		if (out->n_parts == DURATION_PARTS_MAX)
			return fail(words, "a list has at most 8 parts");
		peek(words);
		size_t at = words->at;
		if (!read_whole(words, depth + 1, true, &parts[out->n_parts]))
			return false;
		if (parts[out->n_parts++].n == 0) {
			words->at = at;
			return fail(words,
				    "a length of nothing is no clock, and no part of a list");
		}
	} while (take(words, ","));
	return out->n_parts >= 2 || fail(words, "a comma and a second part are wanted");
}

static bool read_length(struct words *words, int depth, struct duration *out)
{
	struct words ahead = *words;
	int month;
	bool later = take(words, "later of");
	if (later || take(words, "earlier of")) {
		out->kind = later ? DURATION_LATER : DURATION_EARLIER;
		return read_list(words, depth, out);
	}
	for (size_t i = 1; i < NTHS_N; i++) {
		if (take(words, nths[i]))
			return read_weekday(words, (int)i, out);
	}
	if (take(words, "before")) {
		out->kind = DURATION_BEFORE_DAY;
		out->n = 1;
		return read_day(words, out);
	}
	pass(&ahead);
	if (month_parse(peek(&ahead), &month)) {
		out->kind = DURATION_ON_DAY;
		out->n = 1;
		return read_day(words, out);
	}
	return read_count(words, depth, out);
}

/* Working hours and minutes end at a time of their own. */
static bool has_time_of_its_own(const struct duration *d)
{
	bool own = (d->kind == DURATION_COUNT || d->kind == DURATION_BACK) &&
		   (d->unit == DURATION_WORKING_HOURS || d->unit == DURATION_WORKING_MINUTES);
	for (size_t i = 0; i < d->n_parts && !own && d->kind != DURATION_BACK; i++)
		own = has_time_of_its_own(&d->parts[i]);
	return own;
}

static bool read_endings(struct words *words, struct duration *out)
{
	bool has_time = has_time_of_its_own(out);
	out->roll_forward = take(words, "roll forward");
	if (has_time && (str_eq(peek(words), S("at")) || str_eq(peek(words), S("under"))))
		return fail(words, "working hours and minutes end at a time of their own");
	if (take(words, "at")) {
		out->has_at = true;
		if (!minute_parse(peek(words), &out->at))
			return fail(words, "a time of the day is wanted, such as 17:00");
		pass(words);
	}
	out->tribunal = take(words, "under tribunal rules");
	return true;
}

static bool read_whole(struct words *words, int depth, bool is_part, struct duration *out)
{
	if (depth > DURATION_DEPTH_MAX)
		return fail(words, "a duration is at most 4 deep");
	if (!read_length(words, depth, out))
		return false;
	struct words ahead = *words;
	struct duration ended = *out;
	if (!read_endings(&ahead, &ended)) {
		words->at = ahead.at;
		return false;
	}
	/* The endings of the last part are those of the whole. */
	if (!is_part || str_eq(peek(&ahead), S(","))) {
		*out = ended;
		words->at = ahead.at;
	}
	return true;
}

bool duration_parse(struct arena *arena, str text, struct duration *out, str *why)
{
	struct words words = { .arena = arena, .text = text, .why = why };
	struct duration duration = { 0 };
	if (!read_whole(&words, 1, false, &duration))
		return false;
	if (peek(&words).n > 0) {
		fail(&words, "nothing more is wanted here but, in this order, \"roll forward\", "
			     "\"at HH:MM\", \"under tribunal rules\"");
		return false;
	}
	*out = duration;
	return true;
}

/* --- writing ------------------------------------------------------------------------------------- */

static void write_whole(struct buf *buf, const struct duration *d);

static void write_count(struct buf *buf, const struct duration *d)
{
	require((size_t)d->unit < (size_t)DURATION_UNIT_COUNT);
	buf_fmt(buf, "%d ", d->n);
	if (d->clear && d->clear_first)
		buf_add(buf, S("clear "));
	buf_add(buf, d->n == 1 ? units[d->unit].one : units[d->unit].many);
	if (d->beginning)
		buf_add(buf, S(" beginning"));
	if (d->clear && !d->clear_first)
		buf_add(buf, S(" clear"));
}

static void write_list(struct buf *buf, const struct duration *d, const char *head)
{
	buf_add(buf, str_of(head));
	for (size_t i = 0; i < d->n_parts; i++) {
		buf_add(buf, i > 0 ? S(", ") : STR_EMPTY);
		write_whole(buf, &d->parts[i]);
	}
}

void write_length(struct buf *buf, const struct duration *d)
{
	switch (d->kind) {
	case DURATION_COUNT:
		write_count(buf, d);
		break;
	case DURATION_BACK:
		write_count(buf, d);
		buf_add(buf, S(" before "));
		write_whole(buf, &d->parts[0]);
		break;
	case DURATION_BEFORE_DAY:
		buf_fmt(buf, "before %d %s", d->mday, month_name(d->month));
		break;
	case DURATION_ON_DAY:
		buf_fmt(buf, "%d %s", d->mday, month_name(d->month));
		break;
	case DURATION_ON_WEEKDAY:
		require(d->nth >= 1 && (size_t)d->nth < NTHS_N);
		buf_fmt(buf, "%s %s in %s", nths[d->nth], weekday_word(d->weekday),
			month_name(d->month));
		break;
	case DURATION_LATER:
		write_list(buf, d, "later of ");
		break;
	case DURATION_EARLIER:
		write_list(buf, d, "earlier of ");
		break;
	}
}

static void write_whole(struct buf *buf, const struct duration *d)
{
	write_length(buf, d);
	if (d->roll_forward)
		buf_add(buf, S(" roll forward"));
	if (d->has_at)
		buf_fmt(buf, " at %02d:%02d", d->at / 60, d->at % 60);
	if (d->tribunal)
		buf_add(buf, S(" under tribunal rules"));
}

str duration_print(struct arena *arena, struct duration d)
{
	/* 8 parts, 4 deep */
	struct buf buf = buf_of(arena, (size_t)1 << 20);
	write_whole(&buf, &d);
	return buf_str(&buf);
}

/* --- what it is made of -------------------------------------------------------------------------- */

bool duration_is_count(const struct duration *d)
{
	return d->kind == DURATION_COUNT && !d->roll_forward && !d->has_at && !d->tribunal;
}

bool duration_needs_terms(const struct duration *d)
{
	bool own = (d->kind == DURATION_COUNT || d->kind == DURATION_BACK) &&
		   d->unit == DURATION_SCHOOL_DAYS;
	for (size_t i = 0; i < d->n_parts && !own; i++)
		own = duration_needs_terms(&d->parts[i]);
	return own;
}
