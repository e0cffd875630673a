/* The hours of a week: made day by day, read from JSON and written as JSON. */
#include "reckon/inner.h"

static const str weekday_names[WEEKDAY_COUNT] = {
	[MONDAY] = { "mon", 3 },   [TUESDAY] = { "tue", 3 }, [WEDNESDAY] = { "wed", 3 },
	[THURSDAY] = { "thu", 3 }, [FRIDAY] = { "fri", 3 },  [SATURDAY] = { "sat", 3 },
	[SUNDAY] = { "sun", 3 },
};

bool weekday_parse(str text, enum weekday *out)
{
	for (size_t i = 0; i < WEEKDAY_COUNT; i++) {
		if (str_eq(text, weekday_names[i])) {
			*out = (enum weekday)i;
			return true;
		}
	}
	return false;
}

static str weekday_name(enum weekday day)
{
	require((size_t)day < (size_t)WEEKDAY_COUNT);
	return weekday_names[day];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool minute_parse(str text, minute_of_day *out)
{
	if (text.n != 5 || text.p[2] != ':' || !is_digit(text.p[0]) || !is_digit(text.p[1]) ||
	    !is_digit(text.p[3]) || !is_digit(text.p[4]))
		return false;
	int hour = (text.p[0] - '0') * 10 + (text.p[1] - '0');
	int minute = (text.p[3] - '0') * 10 + (text.p[4] - '0');
	if (minute > 59 || hour * 60 + minute > MINUTES_A_DAY)
		return false;
	*out = hour * 60 + minute;
	return true;
}

bool yearly_parse(str text, date *out)
{
	str month, day;
	int64_t m, d;
	if (text.n != 5 || !str_cut(text, '-', &month, &day) || month.n != 2 ||
	    !str_to_i64(month, &m) || !str_to_i64(day, &d) || m < 0 || d < 0)
		return false;
	return date_of(2000, (int)m, (int)d, out);
}

/* Puts an opening in its place among the n of a day. */
static bool add_opening(struct opening *open, int n, minute_of_day from, minute_of_day to)
{
	if (n == OPENINGS_MAX || from < 0 || from >= to || to > MINUTES_A_DAY)
		return false;
	int at = 0;
	while (at < n && open[at].from < from)
		at++;
	if ((at > 0 && open[at - 1].to > from) || (at < n && to > open[at].from))
		return false;
	for (int i = n; i > at; i--)
		open[i] = open[i - 1];
	open[at] = (struct opening){ .from = (int16_t)from, .to = (int16_t)to };
	return true;
}

bool week_open(struct week *week, enum weekday day, minute_of_day from, minute_of_day to)
{
	bool added = add_opening(week->open[day], week->n[day], from, to);
	week->n[day] += added ? 1 : 0;
	return added;
}

bool dated_open(struct dated_hours *hours, minute_of_day from, minute_of_day to)
{
	bool added = add_opening(hours->open, hours->n, from, to);
	hours->n += added ? 1 : 0;
	return added;
}

bool week_is_ever_open(const struct week *week)
{
	for (size_t day = 0; day < WEEKDAY_COUNT; day++) {
		if (week->n[day] > 0)
			return true;
	}
	return week->always;
}

static bool read_opening(const struct json *pair, struct week *week, enum weekday day)
{
	minute_of_day from, to;
	if (pair->type != JSON_LIST || pair->list.n != 2)
		return false;
	const struct json *ends = pair->list.items;
	return ends[0].type == JSON_TEXT && ends[1].type == JSON_TEXT &&
	       minute_parse(ends[0].text, &from) && minute_parse(ends[1].text, &to) &&
	       week_open(week, day, from, to);
}

static bool read_day(const struct json *openings, struct week *week, enum weekday day)
{
	if (openings->type != JSON_LIST)
		return false;
	for (size_t i = 0; i < openings->list.n; i++) {
		if (!read_opening(&openings->list.items[i], week, day))
			return false;
	}
	return true;
}

bool week_read(const struct json *hours, struct week *out)
{
	struct week week = { 0 };
	if (hours == NULL || hours->type != JSON_MAP)
		return false;
	for (size_t i = 0; i < hours->map.n; i++) {
		const struct json_member *member = &hours->map.members[i];
		enum weekday day;
		if (str_eq(member->key, S("always")) && member->value.type == JSON_BOOL)
			week.always = member->value.boolean;
		else if (!weekday_parse(member->key, &day) || !read_day(&member->value, &week, day))
			return false;
	}
	*out = week;
	return true;
}

static void put_minute(struct json_writer *w, minute_of_day minute)
{
	char text[5] = { (char)('0' + minute / 600), (char)('0' + minute / 60 % 10), ':',
			 (char)('0' + minute % 60 / 10), (char)('0' + minute % 10) };
	json_put_text(w, (str){ text, sizeof text });
}

static void write_day(struct json_writer *w, const struct week *week, enum weekday day)
{
	json_key_str(w, weekday_name(day));
	json_open_list(w);
	for (int i = 0; i < week->n[day]; i++) {
		json_open_list(w);
		put_minute(w, week->open[day][i].from);
		put_minute(w, week->open[day][i].to);
		json_close_list(w);
	}
	json_close_list(w);
}

void week_write(struct json_writer *w, const struct week *week)
{
	json_open(w);
	if (week->always)
		json_add_bool(w, "always", true);
	for (size_t day = 0; day < WEEKDAY_COUNT; day++) {
		if (week->n[day] > 0)
			write_day(w, week, (enum weekday)day);
	}
	json_close(w);
}
