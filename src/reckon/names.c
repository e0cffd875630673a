/* The names of months and weekdays, and what stands for "no". */
#include "reckon/inner.h"

static const char *const months[] = { "January",   "February", "March",    "April",
				      "May",       "June",     "July",     "August",
				      "September", "October",  "November", "December" };
static const char *const weekdays[WEEKDAY_COUNT] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
						     "Friday", "Saturday", "Sunday" };

bool month_parse(str text, int *out)
{
	for (int i = 0; i < 12; i++) {
		if (str_eq(text, str_of(months[i]))) {
			*out = i + 1;
			return true;
		}
	}
	return false;
}

const char *month_name(int month)
{
	require(month >= 1 && month <= 12);
	return months[month - 1];
}

const char *weekday_word(enum weekday day)
{
	require((size_t)day < (size_t)WEEKDAY_COUNT);
	return weekdays[day];
}

bool weekday_word_parse(str text, enum weekday *out)
{
	for (size_t i = 0; i < WEEKDAY_COUNT; i++) {
		if (str_eq(text, str_of(weekdays[i]))) {
			*out = (enum weekday)i;
			return true;
		}
	}
	return false;
}

static const struct {
	const char *code, *text;
} nos[] = {
#define X(name, code, text) [name] = { code, text },
	RECKON_NO_LIST(X)
#undef X
};

const char *reckon_no_code(enum reckon_no no)
{
	require((size_t)no < (size_t)RECKON_NO_COUNT);
	return nos[no].code;
}

const char *reckon_no_text(enum reckon_no no)
{
	require((size_t)no < (size_t)RECKON_NO_COUNT);
	return nos[no].text;
}
