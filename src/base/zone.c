#include "base/zone.h"

#include "base/arena.h"
#include "base/file.h"

#define FOLDER "/usr/share/zoneinfo/"
#define NAME_MAX_BYTES 64
#define FILE_MAX ((size_t)256 * 1024)
#define DAY_S 86400
#define YEAR_S 31556952 /* 365.2425 days */
/* No place is 26 hours from UTC (RFC 8536, 3.2). */
#define OFFSET_MAX_S 93600

/* --- what a zone is --------------------------------------------------------------------------- */

enum rule_form { RULE_JULIAN, RULE_DAY, RULE_MONTH };

/* When the clocks change in a year, as the footer of the file says it (POSIX TZ). */
struct rule {
	enum rule_form form;
	int day;    /* 1 to 365, never 29 February; 0 to 365; of RULE_MONTH 0 to 6, 0 is Sunday */
	int month;  /* of RULE_MONTH: 1 to 12 */
	int week;   /* of RULE_MONTH: 1 to 5, 5 is the last */
	int second; /* of the local day; may lie days before or after it */
};

struct footer {
	bool is_there;
	bool has_summer;
	int winter_offset_s;
	int summer_offset_s;
	struct rule summer_begins;
	struct rule summer_ends;
};

struct zone {
	str name;
	int64_t *changes; /* seconds since 1970, rising */
	int *offsets_s;   /* from the change of the same number on */
	size_t n;
	int first_offset_s; /* before the first change */
	struct footer footer;
};

/* From a change until the next, with one offset all along. */
struct stretch {
	int offset_s;
	int64_t since; /* INT64_MIN: from ever */
	int64_t until; /* INT64_MAX: for ever */
};

/* --- reading: the footer ---------------------------------------------------------------------- */

/* Text that is read from its beginning; `bad` stays set. */
struct reader {
	str rest;
	bool bad;
};

static char peek(const struct reader *reader)
{
	return reader->rest.n > 0 ? reader->rest.p[0] : '\0';
}

static bool skip(struct reader *reader, char byte)
{
	if (peek(reader) != byte || reader->rest.n == 0)
		return false;
	reader->rest = str_slice(reader->rest, 1, reader->rest.n);
	return true;
}

static int read_number(struct reader *reader, int least, int most)
{
	int sum = 0;
	bool any = false;
	while (peek(reader) >= '0' && peek(reader) <= '9' && sum <= most) {
		sum = sum * 10 + (peek(reader) - '0');
		any = true;
		skip(reader, peek(reader));
	}
	if (!any || sum < least || sum > most)
		reader->bad = true;
	return reader->bad ? least : sum;
}

/* "BST" or "<+03>": only its presence matters. */
static void skip_name(struct reader *reader)
{
	bool quoted = skip(reader, '<');
	int n = 0;
	for (;; n++) {
		char byte = peek(reader);
		bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
		bool more = quoted && ((byte >= '0' && byte <= '9') || byte == '+' || byte == '-');
		if (!letter && !more)
			break;
		skip(reader, byte);
	}
	if (n < 3 || (quoted && !skip(reader, '>')))
		reader->bad = true;
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static int read_time(struct reader *reader, int hours_max)
{
	int sign = skip(reader, '-') ? -1 : 1;
	if (sign == 1)
		skip(reader, '+');
	int seconds = read_number(reader, 0, hours_max) * 3600;
	if (skip(reader, ':')) {
		seconds += read_number(reader, 0, 59) * 60;
		if (skip(reader, ':'))
			seconds += read_number(reader, 0, 59);
	}
	return sign * seconds;
}

static struct rule read_rule(struct reader *reader)
{
	struct rule rule = { .form = RULE_DAY, .second = 2 * 3600 };
	if (!skip(reader, ','))
		reader->bad = true;
	if (skip(reader, 'M')) {
		rule.form = RULE_MONTH;
		rule.month = read_number(reader, 1, 12);
		reader->bad = !skip(reader, '.') || reader->bad;
		rule.week = read_number(reader, 1, 5);
		reader->bad = !skip(reader, '.') || reader->bad;
		rule.day = read_number(reader, 0, 6);
	} else if (skip(reader, 'J')) {
		rule.form = RULE_JULIAN;
		rule.day = read_number(reader, 1, 365);
	} else {
		rule.day = read_number(reader, 0, 365);
	}
	if (skip(reader, '/'))
		rule.second = read_time(reader, 167);
	return rule;
}

/* "GMT0BST,M3.5.0/1,M10.5.0". POSIX counts offsets westwards, we eastwards. */
static bool read_footer(str text, struct footer *out)
{
	if (text.n == 0)
		return true;
	struct reader reader = { .rest = text };
	struct footer footer = { .is_there = true };
	skip_name(&reader);
	footer.winter_offset_s = -read_time(&reader, 24);
	if (reader.rest.n > 0 && !reader.bad) {
		footer.has_summer = true;
		skip_name(&reader);
		footer.summer_offset_s = footer.winter_offset_s + 3600;
		if (peek(&reader) != ',')
			footer.summer_offset_s = -read_time(&reader, 24);
		footer.summer_begins = read_rule(&reader);
		footer.summer_ends = read_rule(&reader);
	}
	if (reader.bad || reader.rest.n > 0)
		return false;
	*out = footer;
	return true;
}

/* --- reading: the file ------------------------------------------------------------------------ */

/* The numbers in a TZif header (RFC 8536, 3.1). */
struct header {
	size_t isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt;
};

#define HEADER_BYTES 44

static uint64_t big_endian(str bytes, size_t at, size_t n)
{
	uint64_t sum = 0;
	for (size_t i = at; i < at + n; i++)
		sum = sum << 8 | (uint8_t)bytes.p[i];
	return sum;
}

static bool read_header(str bytes, struct header *out)
{
	if (bytes.n < HEADER_BYTES || !str_starts(bytes, S("TZif")) || bytes.p[4] < '2')
		return false;
	size_t counts[6];
	for (size_t i = 0; i < 6; i++) {
		counts[i] = (size_t)big_endian(bytes, 20 + 4 * i, 4);
		if (counts[i] > FILE_MAX)
			return false;
	}
	*out = (struct header){ .isutcnt = counts[0],
				.isstdcnt = counts[1],
				.leapcnt = counts[2],
				.timecnt = counts[3],
				.typecnt = counts[4],
				.charcnt = counts[5] };
	return true;
}

/* How long a header and its data are, with times of so many bytes. */
static size_t part_length(const struct header *header, size_t time_bytes)
{
	return HEADER_BYTES + header->timecnt * (time_bytes + 1) + header->typecnt * 6 +
	       header->charcnt + header->leapcnt * (time_bytes + 4) + header->isstdcnt +
	       header->isutcnt;
}

/* The offset of a type of local time. */
static bool read_offset(str types, size_t type, int *out)
{
	if (type >= types.n / 6)
		return false;
	int32_t offset = (int32_t)(uint32_t)big_endian(types, type * 6, 4);
	if (offset <= -OFFSET_MAX_S || offset >= OFFSET_MAX_S)
		return false;
	*out = offset;
	return true;
}

/* The part with times of eight bytes; `bytes` begins with its header. */
static bool read_changes(struct arena *arena, str bytes, const struct header *header,
			 struct zone *zone)
{
	size_t n = header->timecnt;
	str times = str_slice(bytes, HEADER_BYTES, HEADER_BYTES + n * 8);
	str kinds = str_slice(bytes, HEADER_BYTES + n * 8, HEADER_BYTES + n * 9);
	str types = str_slice(bytes, HEADER_BYTES + n * 9,
			      HEADER_BYTES + n * 9 + header->typecnt * 6);
	if (!read_offset(types, 0, &zone->first_offset_s))
		return false;
	zone->n = n;
	zone->changes = TAKE(arena, int64_t, n);
	zone->offsets_s = TAKE(arena, int, n);
	for (size_t i = 0; i < n; i++) {
		zone->changes[i] = (int64_t)big_endian(times, i * 8, 8);
		if (i > 0 && zone->changes[i] <= zone->changes[i - 1])
			return false;
		if (!read_offset(types, (uint8_t)kinds.p[i], &zone->offsets_s[i]))
			return false;
	}
	return true;
}

/* Version 2 and later: a part for old readers, one for us, and the footer between two line ends. */
static bool read_zone(struct arena *arena, str bytes, struct zone *zone)
{
	struct header header;
	if (!read_header(bytes, &header) || part_length(&header, 4) > bytes.n)
		return false;
	bytes = str_slice(bytes, part_length(&header, 4), bytes.n);
	/* With leap seconds ("right/...") a day is not 86400 seconds: no place has such a clock. */
	if (!read_header(bytes, &header) || part_length(&header, 8) > bytes.n ||
	    header.leapcnt != 0)
		return false;
	if (!read_changes(arena, bytes, &header, zone))
		return false;
	str footer = str_slice(bytes, part_length(&header, 8), bytes.n);
	str behind;
	if (!str_starts(footer, S("\n")) ||
	    !str_cut(str_slice(footer, 1, footer.n), '\n', &footer, &behind))
		return false;
	return read_footer(footer, &zone->footer);
}

/* Letters, digits and "+-_/" only, so that no name leads out of the folder. */
static bool is_name(str name)
{
	if (name.n == 0 || name.n > NAME_MAX_BYTES || name.p[0] == '/' || name.p[name.n - 1] == '/')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char byte = name.p[i];
		bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
		bool digit = byte >= '0' && byte <= '9';
		if (!letter && !digit && byte != '+' && byte != '-' && byte != '_' && byte != '/')
			return false;
	}
	return true;
}

enum err zone_parse(struct arena *arena, str name, str bytes, const struct zone **out)
{
	struct zone *zone = TAKE(arena, struct zone, 1);
	zone->name = str_copy(arena, name);
	if (!read_zone(arena, bytes, zone))
		return ERR_BAD_TEXT;
	*out = zone;
	return OK;
}

enum err zone_read(struct arena *arena, str name, const struct zone **out)
{
	if (!is_name(name))
		return ERR_NOT_FOUND;
	str bytes;
	enum err err = file_read(arena, str_join(arena, S(FOLDER), name), FILE_MAX, &bytes);
	return err == OK ? zone_parse(arena, name, bytes, out) : err;
}

str zone_name(const struct zone *zone)
{
	return zone->name;
}

/* --- asking ----------------------------------------------------------------------------------- */

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* The day of a rule in a year from 1600 to 9999. */
static date day_in(const struct rule *rule, int year)
{
	date first = DATE_NONE;
	int month = rule->form == RULE_MONTH ? rule->month : 1;
	require(date_of(year, month, 1, &first));
	if (rule->form == RULE_DAY)
		return date_add(first, rule->day);
	if (rule->form == RULE_JULIAN) {
		bool leap = date_civil(date_add(first, 59)).month == 2;
		return date_add(first, rule->day - 1 + (leap && rule->day > 59 ? 1 : 0));
	}
	/* A rule counts weekdays from Sunday, we from Monday. */
	int weekday = (rule->day + 6) % 7;
	int ahead = (weekday - (int)date_weekday(first) + 7) % 7;
	date day = date_add(first, ahead + (rule->week - 1) * 7);
	/* The fifth is the last: the month may have only four. */
	return date_civil(day).month == month ? day : date_add(day, -7);
}

/* The second since 1970 at which a rule strikes in any year: every 400 years are alike. */
static int64_t rule_second(const struct rule *rule, int64_t year, int offset_before_s)
{
	int64_t cycles = floor_divide(year - 2000, 400);
	int64_t day = day_in(rule, (int)(year - cycles * 400)).day + cycles * 146097;
	return day * DAY_S + rule->second - offset_before_s;
}

/* Where `at` lies among the changes of its year and those of the years before and after: a change
 * may be up to a week from its year. */
static struct stretch footer_stretch(const struct footer *footer, int64_t at)
{
	struct stretch stretch = { .offset_s = footer->winter_offset_s,
				   .since = INT64_MIN,
				   .until = INT64_MAX };
	if (!footer->has_summer)
		return stretch;
	/* At the turn of a year this may be the one beside it: of three years that does no harm. */
	int64_t year = 1970 + floor_divide(at, YEAR_S);
	for (int64_t y = year - 1; y <= year + 1; y++) {
		int64_t begins = rule_second(&footer->summer_begins, y, footer->winter_offset_s);
		int64_t ends = rule_second(&footer->summer_ends, y, footer->summer_offset_s);
		/* Of two at one moment the later counts: a summer ends, and the next begins. */
		if (ends <= at && ends >= stretch.since) {
			stretch.since = ends;
			stretch.offset_s = footer->winter_offset_s;
		}
		if (begins <= at && begins >= stretch.since) {
			stretch.since = begins;
			stretch.offset_s = footer->summer_offset_s;
		}
		if (ends > at && ends < stretch.until)
			stretch.until = ends;
		if (begins > at && begins < stretch.until)
			stretch.until = begins;
	}
	return stretch;
}

/* The stretch that a second since 1970 lies in. */
static struct stretch stretch_at(const struct zone *zone, int64_t at)
{
	size_t low = 0; /* how many changes are not after `at` */
	size_t high = zone->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->changes[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	int64_t since = low == 0 ? INT64_MIN : zone->changes[low - 1];
	if (low == zone->n && zone->footer.is_there) {
		struct stretch stretch = footer_stretch(&zone->footer, at);
		if (stretch.since < since)
			stretch.since = since;
		return stretch;
	}
	return (struct stretch){
		.offset_s = low == 0 ? zone->first_offset_s : zone->offsets_s[low - 1],
		.since = since,
		.until = low < zone->n ? zone->changes[low] : INT64_MAX,
	};
}

struct local zone_local(const struct zone *zone, instant at)
{
	/* A moment whose day has no number is moved to the last that has one. */
	const int64_t most = ((int64_t)INT32_MAX - 2) * DAY_S;
	int64_t second = floor_divide(at.ms, 1000);
	if (second > most)
		second = most;
	if (second < -most)
		second = -most;
	int offset_s = stretch_at(zone, second).offset_s;
	int64_t day = floor_divide(second + offset_s, DAY_S);
	return (struct local){
		.day = { (int32_t)day },
		.second_of_day = (int)(second + offset_s - day * DAY_S),
		.utc_offset_s = offset_s,
	};
}

date zone_date(const struct zone *zone, instant at)
{
	return zone_local(zone, at).day;
}

/* In milliseconds, where these can say it. */
static instant instant_of(int64_t second)
{
	int64_t ms;
	if (__builtin_mul_overflow(second, (int64_t)1000, &ms))
		ms = second > 0 ? INT64_MAX : INT64_MIN;
	return (instant){ ms };
}

struct zone_stretch zone_stretch_at(const struct zone *zone, instant at)
{
	struct stretch stretch = stretch_at(zone, floor_divide(at.ms, 1000));
	return (struct zone_stretch){
		.since = instant_of(stretch.since),
		.until = instant_of(stretch.until),
		.utc_offset_s = stretch.offset_s,
	};
}

instant zone_instant(const struct zone *zone, date day, minute_of_day minute)
{
	return zone_instant_second(zone, day, minute * 60);
}

instant zone_instant_second(const struct zone *zone, date day, int second)
{
	require(date_is(day) && second >= 0 && second <= DAY_S);
	/* As if the place were in Greenwich; the true second is less than OFFSET_MAX_S from it.
	 * From the stretch before that on, the first in which the local time lies is the answer. */
	int64_t local = (int64_t)day.day * DAY_S + second;
	struct stretch stretch = stretch_at(zone, local - OFFSET_MAX_S);
	while (local - stretch.offset_s >= stretch.until) {
		struct stretch next = stretch_at(zone, stretch.until);
		if (local - next.offset_s < stretch.until)
			break; /* skipped: counted on from the clock before the change */
		stretch = next;
	}
	return (instant){ (local - stretch.offset_s) * 1000 };
}
