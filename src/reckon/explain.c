/* What was passed over in a count, in words. */
#include "reckon/inner.h"

/* More days than this are not listed one by one. */
#define SKIPPED_LISTED_MAX 12

void write_minute(struct buf *buf, minute_of_day minute)
{
	buf_fmt(buf, "%02d:%02d", minute / 60, minute % 60);
}

static bool is_same_month(date a, date b)
{
	struct civil first = date_civil(a), second = date_civil(b);
	return first.year == second.year && first.month == second.month;
}

/* What stands before the next of several things in a list: "a, b and c". */
static const char *comma(size_t i, size_t n)
{
	if (i == 0)
		return "";
	return i + 1 < n ? ", " : " and ";
}

/* "25 and 28 December and 1 January" */
static void name_skipped(struct buf *buf, const struct skipped_day *skipped, size_t n)
{
	size_t months = 1, month = 0;
	for (size_t i = 1; i < n; i++)
		months += is_same_month(skipped[i - 1].day, skipped[i].day) ? 0 : 1;
	for (size_t i = 0; i < n; month++) {
		size_t end = i + 1;
		while (end < n && is_same_month(skipped[i].day, skipped[end].day))
			end++;
		buf_fmt(buf, "%s", comma(month, months));
		for (size_t k = i; k < end; k++)
			buf_fmt(buf, "%s%d", comma(k - i, end - i),
				date_civil(skipped[k].day).mday);
		buf_fmt(buf, " %s", month_name(date_civil(skipped[i].day).month));
		i = end;
	}
}

void explain_skipped(struct buf *buf, const struct reckoning *reckoning)
{
	size_t n = reckoning->n_skipped;
	if (n > SKIPPED_LISTED_MAX) {
		buf_fmt(buf, ", skipping %zu days", n);
	} else if (n > 0) {
		buf_add(buf, S(", skipping "));
		name_skipped(buf, reckoning->skipped, n);
	}
}
