/* The whole of libcandour. It stands alone: nothing of the daemon's comes with it. */
#include "candour/publish.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SECONDS_A_DAY 86400
/* The last second of the year 9999. */
#define SECONDS_MAX 253402300799LL

const char *candour_error_text(enum candour_error error)
{
	switch (error) {
	case CANDOUR_FINE:
		return "fine";
	case CANDOUR_NO_ROOM:
		return "the event does not fit into the buffer, or is larger than 65536 bytes";
	case CANDOUR_BAD_ID:
		return "an id is a letter or digit, then letters, digits, dots, underscores and "
		       "hyphens, 64 characters at most";
	case CANDOUR_BAD_SOURCE:
		return "a source is 1 to 256 printable ASCII characters without spaces";
	case CANDOUR_BAD_TYPE:
		return "the type is empty, too long, or reserved for Candour itself";
	case CANDOUR_BAD_SUBJECT:
		return "a subject is case/ID, family/ID, person/ID or service/ID";
	case CANDOUR_BAD_TIME:
		return "a time is written as 2026-11-02T09:15:00Z or 2026-11-02T09:15:00+00:00";
	case CANDOUR_BAD_TEXT:
		return "texts are UTF-8 without control characters but line end and tab";
	case CANDOUR_BAD_NESTING:
		return "maps have keys, lists have none, each is closed, and at most 16 stand "
		       "inside each other";
	}
	return "unknown";
}

/* --- bytes --------------------------------------------------------------------------------------- */

static void set_error(struct candour_event *event, enum candour_error error)
{
	if (event->error == CANDOUR_FINE)
		event->error = error;
}

/* One byte is kept for the NUL. */
static void add(struct candour_event *event, const char *bytes, size_t n)
{
	if (event->error != CANDOUR_FINE)
		return;
	if (n >= event->size - event->length || n > CANDOUR_EVENT_BYTES_MAX - event->length) {
		set_error(event, CANDOUR_NO_ROOM);
		return;
	}
	memcpy(event->buffer + event->length, bytes, n);
	event->length += n;
}

static void add_byte(struct candour_event *event, char byte)
{
	add(event, &byte, 1);
}

/* --- text ---------------------------------------------------------------------------------------- */

/* The length of the character that begins here, by RFC 3629; 0: it is none. */
static size_t measure(const unsigned char *p)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 0 },
		      { 0xe0, 0xc0, 0x80 },
		      { 0xf0, 0xe0, 0x800 },
		      { 0xf8, 0xf0, 0x10000 } };
	for (size_t more = 0; more < 4; more++) {
		if ((p[0] & forms[more].mask) != forms[more].lead)
			continue;
		uint32_t c = p[0] & (unsigned char)~forms[more].mask;
		for (size_t i = 1; i <= more; i++) {
			if ((p[i] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | (p[i] & 0x3fU);
		}
		bool surrogate = c >= 0xd800 && c <= 0xdfff;
		bool nothing = (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
		bool control = (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
		bool bad = c < forms[more].least || c > 0x10ffff || surrogate || nothing || control;
		return bad ? 0 : more + 1;
	}
	return 0;
}

static void add_quoted(struct candour_event *event, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	add_byte(event, '"');
	while (*p != '\0' && event->error == CANDOUR_FINE) {
		size_t n = measure(p);
		if (*p == '"' || *p == '\\')
			add_byte(event, '\\');
		if (*p == '\n')
			add(event, "\\n", 2);
		else if (*p == '\t')
			add(event, "\\t", 2);
		else if (n == 0 || *p < ' ')
			set_error(event, CANDOUR_BAD_TEXT);
		else
			add(event, (const char *)p, n);
		p += n;
	}
	add_byte(event, '"');
}

/* --- the shape ----------------------------------------------------------------------------------- */

/* A comma where one is due, and the key where it belongs. */
static void add_key(struct candour_event *event, const char *key)
{
	bool in_map = event->depth > 0 && event->closers[event->depth - 1] == '}';
	if (event->depth == 0 || in_map != (key != NULL)) {
		set_error(event, CANDOUR_BAD_NESTING);
		return;
	}
	if (event->comma)
		add_byte(event, ',');
	event->comma = 1;
	if (key == NULL)
		return;
	add_quoted(event, key);
	add_byte(event, ':');
}

static void open_one(struct candour_event *event, char opener, char closer)
{
	if (event->depth == CANDOUR_EVENT_DEPTH_MAX) {
		set_error(event, CANDOUR_BAD_NESTING);
		return;
	}
	add_byte(event, opener);
	event->closers[event->depth++] = closer;
	event->comma = 0;
}

static void close_one(struct candour_event *event)
{
	event->depth--;
	add_byte(event, event->closers[event->depth]);
	event->comma = 1;
}

/* --- the envelope -------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c);
}

static bool is_id(const char *text)
{
	if (text == NULL || !is_letter_or_digit(text[0]))
		return false;
	for (size_t i = 0; text[i] != '\0'; i++) {
		bool mark = text[i] == '.' || text[i] == '_' || text[i] == '-';
		if (i == CANDOUR_ID_CHARS_MAX || (!mark && !is_letter_or_digit(text[i])))
			return false;
	}
	return true;
}

static bool is_source(const char *text)
{
	size_t n = 0;
	while (text != NULL && text[n] > ' ' && text[n] <= '~' && n <= CANDOUR_SOURCE_CHARS_MAX)
		n++;
	return n > 0 && n <= CANDOUR_SOURCE_CHARS_MAX && text[n] == '\0';
}

static bool is_before(const char *start, const char *text)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool is_type(const char *text)
{
	return is_source(text) && !is_before("clock.", text) && !is_before("message.", text);
}

static bool is_subject(const char *text)
{
#define X(name, wire, bit) wire "/",
	static const char *const starts[] = { CANDOUR_SUBJECTS(X) };
#undef X
	for (size_t i = 0; text != NULL && i < sizeof starts / sizeof starts[0]; i++) {
		if (is_before(starts[i], text))
			return is_id(text + strlen(starts[i]));
	}
	return false;
}

static const char *match(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; pattern++, text++) {
		if (*pattern == '0' ? !is_digit(*text) : *text != *pattern)
			return NULL;
	}
	return text;
}

/* In form only; the daemon knows the calendar. */
static bool is_time(const char *text)
{
	const char *rest = text == NULL ? NULL : match(text, "0000-00-00T00:00:00");
	if (rest == NULL)
		return false;
	if (*rest == '.') {
		rest++;
		if (!is_digit(*rest))
			return false;
		while (is_digit(*rest))
			rest++;
	}
	if (*rest == 'Z')
		return rest[1] == '\0';
	if (*rest != '+' && *rest != '-')
		return false;
	rest = match(rest + 1, "00:00");
	return rest != NULL && *rest == '\0';
}

static enum candour_error check(const struct candour_head *head)
{
	if (!is_id(head->id))
		return CANDOUR_BAD_ID;
	if (!is_source(head->source))
		return CANDOUR_BAD_SOURCE;
	if (!is_type(head->type))
		return CANDOUR_BAD_TYPE;
	if (!is_subject(head->subject))
		return CANDOUR_BAD_SUBJECT;
	return is_time(head->time) ? CANDOUR_FINE : CANDOUR_BAD_TIME;
}

/* --- the door ------------------------------------------------------------------------------------ */

void candour_begin(struct candour_event *event, char *buffer, size_t size,
		   const struct candour_head *head)
{
	*event = (struct candour_event){ .buffer = buffer, .size = size };
	event->error = size == 0 ? CANDOUR_NO_ROOM : check(head);
	if (event->error != CANDOUR_FINE)
		return;
	open_one(event, '{', '}');
	candour_text(event, "specversion", "1.0");
	candour_text(event, "id", head->id);
	candour_text(event, "source", head->source);
	candour_text(event, "type", head->type);
	candour_text(event, "subject", head->subject);
	candour_text(event, "time", head->time);
	candour_open_map(event, "data");
}

enum candour_error candour_end(struct candour_event *event)
{
	if (event->depth != 2)
		set_error(event, CANDOUR_BAD_NESTING);
	if (event->error == CANDOUR_FINE) {
		close_one(event);
		close_one(event);
	}
	if (event->error != CANDOUR_FINE)
		event->length = 0;
	if (event->size > 0)
		event->buffer[event->length] = '\0';
	return event->error;
}

void candour_text(struct candour_event *event, const char *key, const char *text)
{
	add_key(event, key);
	if (text == NULL)
		set_error(event, CANDOUR_BAD_TEXT);
	else
		add_quoted(event, text);
}

void candour_number(struct candour_event *event, const char *key, long long number)
{
	char digits[24];
	size_t at = sizeof digits;
	/* The least number has no positive twin, so the digits are taken from below zero. */
	for (long long left = number > 0 ? -number : number; left != 0 || at == sizeof digits;
	     left /= 10)
		digits[--at] = (char)('0' - left % 10);
	if (number < 0)
		digits[--at] = '-';
	add_key(event, key);
	add(event, digits + at, sizeof digits - at);
}

void candour_truth(struct candour_event *event, const char *key, int truth)
{
	add_key(event, key);
	if (truth)
		add(event, "true", 4);
	else
		add(event, "false", 5);
}

void candour_null(struct candour_event *event, const char *key)
{
	add_key(event, key);
	add(event, "null", 4);
}

void candour_open_map(struct candour_event *event, const char *key)
{
	add_key(event, key);
	open_one(event, '{', '}');
}

void candour_open_list(struct candour_event *event, const char *key)
{
	add_key(event, key);
	open_one(event, '[', ']');
}

void candour_close(struct candour_event *event)
{
	if (event->depth <= 2)
		set_error(event, CANDOUR_BAD_NESTING);
	else
		close_one(event);
}

static void put_digits(char *out, size_t n, long long number)
{
	while (n > 0) {
		out[--n] = (char)('0' + number % 10);
		number /= 10;
	}
}

/* Days into year, month and day as in Howard Hinnant's "chrono-compatible low-level date
 * algorithms": years begin in March, so that the leap day is their last. */
void candour_time(long long seconds, char out[CANDOUR_TIME_SIZE])
{
	if (seconds < 0)
		seconds = 0;
	if (seconds > SECONDS_MAX)
		seconds = SECONDS_MAX;
	long long day = seconds / SECONDS_A_DAY + 719468, second = seconds % SECONDS_A_DAY;
	long long era = day / 146097, in_era = day % 146097;
	long long year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	long long day_of_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	long long month_from_march = (5 * day_of_year + 2) / 153;
	long long month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	memcpy(out, "0000-00-00T00:00:00Z", CANDOUR_TIME_SIZE);
	put_digits(out, 4, era * 400 + year_of_era + (month <= 2 ? 1 : 0));
	put_digits(out + 5, 2, month);
	put_digits(out + 8, 2, day_of_year - (153 * month_from_march + 2) / 5 + 1);
	put_digits(out + 11, 2, second / 3600);
	put_digits(out + 14, 2, second / 60 % 60);
	put_digits(out + 17, 2, second % 60);
}
