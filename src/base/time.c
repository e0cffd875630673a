#include "base/time.h"

#include "base/err.h"
#include "base/language.h"

#include <time.h>

#define DAY_MS ((int64_t)86400 * 1000)
#define YEAR_FIRST 1600
#define YEAR_LAST 9999

/* --- moments ---------------------------------------------------------------------------------- */

instant instant_now(void)
{
	struct timespec now;
	require(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return (instant){ (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 };
}

int64_t monotonic_ms(void)
{
	struct timespec now;
	require(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

instant instant_add(instant at, span length)
{
	if (instant_is_never(at))
		return at;
	int64_t sum;
	if (__builtin_add_overflow(at.ms, length.ms, &sum))
		sum = length.ms > 0 ? INT64_MAX : INT64_MIN;
	return (instant){ sum };
}

span instant_since(instant later, instant earlier)
{
	int64_t between;
	if (__builtin_sub_overflow(later.ms, earlier.ms, &between))
		between = later.ms > earlier.ms ? INT64_MAX : INT64_MIN;
	return (span){ between };
}

bool instant_before(instant a, instant b)
{
	return a.ms < b.ms;
}

instant instant_min(instant a, instant b)
{
	return a.ms < b.ms ? a : b;
}

bool instant_is_never(instant at)
{
	return at.ms == INT64_MAX;
}

/* --- days ------------------------------------------------------------------------------------- */

static int32_t clamp_day(int64_t day)
{
	if (day > INT32_MAX)
		return INT32_MAX;
	return day <= INT32_MIN ? INT32_MIN + 1 : (int32_t)day;
}

/* The Gregorian calendar repeats after 400 years of 146097 days. With the year beginning in March
 * the leap day is its last, and the months' lengths follow one formula (Hinnant,
 * "days_from_civil"). */
static int64_t day_of_civil(int64_t year, int month, int mday)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static int month_days(int64_t year, int month)
{
	if (month == 2)
		return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool date_is(date d)
{
	return d.day != DATE_NONE.day;
}

bool date_before(date a, date b)
{
	return a.day < b.day;
}

date date_add(date d, int32_t days)
{
	return date_is(d) ? (date){ clamp_day((int64_t)d.day + days) } : d;
}

date date_add_months(date d, int32_t months)
{
	if (!date_is(d))
		return d;
	struct civil civil = date_civil(d);
	int64_t month0 = (int64_t)civil.year * 12 + civil.month - 1 + months;
	int64_t year = (month0 >= 0 ? month0 : month0 - 11) / 12;
	int month = (int)(month0 - year * 12) + 1;
	int last = month_days(year, month);
	return (date){ clamp_day(
		day_of_civil(year, month, civil.mday < last ? civil.mday : last)) };
}

enum weekday date_weekday(date d)
{
	/* 1970-01-01 was a Thursday. */
	int64_t shifted = ((int64_t)d.day + THURSDAY) % 7;
	return (enum weekday)(shifted < 0 ? shifted + 7 : shifted);
}

struct civil date_civil(date d)
{
	int64_t day = (int64_t)d.day + 719468;
	int64_t era = (day >= 0 ? day : day - 146096) / 146097;
	int64_t day_of_era = day - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era -
			      (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_of_march = (int)((5 * day_of_year + 2) / 153);
	int month = month_of_march < 10 ? month_of_march + 3 : month_of_march - 9;
	return (struct civil){
		.year = (int32_t)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
		.month = month,
		.mday = (int)day_of_year - (153 * month_of_march + 2) / 5 + 1,
	};
}

bool date_of(int32_t year, int month, int mday, date *out)
{
	if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12)
		return false;
	if (mday < 1 || mday > month_days(year, month))
		return false;
	*out = (date){ (int32_t)day_of_civil(year, month, mday) };
	return true;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Exactly n digits from `at` on; -1 when they are not there. */
static int digits(str text, size_t at, size_t n)
{
	int sum = 0;
	if (at + n > text.n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return -1;
		sum = sum * 10 + (text.p[i] - '0');
	}
	return sum;
}

static bool byte_is(str text, size_t at, char byte)
{
	return at < text.n && text.p[at] == byte;
}

bool date_parse(str text, date *out)
{
	if (text.n != 10 || !byte_is(text, 4, '-') || !byte_is(text, 7, '-'))
		return false;
	return date_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2), out);
}

/* "Z", "z", "+01:00": in minutes. False when it is none of them. */
static bool parse_offset(str text, int *out_minutes)
{
	if (text.n == 1 && (text.p[0] == 'Z' || text.p[0] == 'z')) {
		*out_minutes = 0;
		return true;
	}
	if (text.n != 6 || (text.p[0] != '+' && text.p[0] != '-') || text.p[3] != ':')
		return false;
	int hours = digits(text, 1, 2);
	int minutes = digits(text, 4, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*out_minutes = (text.p[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

/* ".5" is 500: moves *at behind the fraction. -1 when there is a point without digits. */
static int parse_fraction(str text, size_t *at)
{
	int ms = 0;
	int weight = 100;
	size_t i = *at + 1;
	for (; digits(text, i, 1) >= 0; i++) {
		ms += digits(text, i, 1) * weight;
		weight /= 10;
	}
	if (i == *at + 1)
		return -1;
	*at = i;
	return ms;
}

bool instant_parse(str text, instant *out)
{
	date day;
	if (text.n < 20 || !date_parse(str_slice(text, 0, 10), &day))
		return false;
	if ((text.p[10] != 'T' && text.p[10] != 't') || text.p[13] != ':' || text.p[16] != ':')
		return false;
	int hour = digits(text, 11, 2);
	int minute = digits(text, 14, 2);
	int second = digits(text, 17, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;

	size_t at = 19;
	int ms = byte_is(text, at, '.') ? parse_fraction(text, &at) : 0;
	int offset;
	if (ms < 0 || !parse_offset(str_slice(text, at, text.n), &offset))
		return false;
	int64_t minutes = (int64_t)day.day * 1440 + (int64_t)hour * 60 + minute - offset;
	/* Leap seconds come at the end of a day of UTC only. */
	if (second == 60 && ((minutes % 1440) + 1440) % 1440 != 1439)
		return false;
	instant at_instant = { (minutes * 60 + second) * 1000 + ms };
	if (at_instant.ms < day_of_civil(YEAR_FIRST, 1, 1) * DAY_MS ||
	    at_instant.ms >= day_of_civil(YEAR_LAST + 1, 1, 1) * DAY_MS)
		return false;
	*out = at_instant;
	return true;
}

/* --- printing --------------------------------------------------------------------------------- */

static void put_digits(char *to, int n, int32_t number)
{
	for (int i = n; i-- > 0; number /= 10)
		to[i] = (char)('0' + number % 10);
}

#define CLOCK "T00:00:00.000Z"

/* The hours of a day and what is smaller: "T09:00:00Z", with milliseconds only where there are some. */
static size_t put_clock(char text[sizeof CLOCK], int ms)
{
	const int second = ms / 1000;
	memcpy(text, CLOCK, sizeof CLOCK);
	put_digits(text + 1, 2, second / 3600);
	put_digits(text + 4, 2, second / 60 % 60);
	put_digits(text + 7, 2, second % 60);
	put_digits(text + 10, 3, ms % 1000);
	if (ms % 1000 != 0)
		return sizeof CLOCK - 1;
	text[9] = 'Z';
	return 10;
}

str instant_print(struct arena *arena, instant at)
{
	if (instant_is_never(at))
		return S("never");
	int64_t day = at.ms / DAY_MS - (at.ms % DAY_MS < 0 ? 1 : 0);
	char clock[sizeof CLOCK];
	const size_t n = put_clock(clock, (int)(at.ms - day * DAY_MS));
	return str_join(arena, date_print(arena, (date){ clamp_day(day) }), (str){ clock, n });
}

str date_print(struct arena *arena, date d)
{
	if (!date_is(d))
		return STR_EMPTY;
	struct civil civil = date_civil(d);
	char text[] = "0000-00-00";
	if (civil.year < 0 || civil.year > YEAR_LAST)
		return str_fmt(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.mday);
	put_digits(text, 4, civil.year);
	put_digits(text + 5, 2, civil.month);
	put_digits(text + 8, 2, civil.mday);
	return str_copy(arena, (str){ text, sizeof(text) - 1 });
}

str date_words(struct arena *arena, date d)
{
	return language_date(arena, &language_english, d);
}
