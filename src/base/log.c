#include "base/log.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 2048
/* Kept free for a line's end: quote, what says that it was cut, bracket, line end. */
#define TAIL_BYTES 24

static enum log_level level_most = LOG_INFO;
static enum log_format log_format = LOG_TEXT;

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARNING] = "warning",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

void log_configure(enum log_level most, enum log_format format)
{
	level_most = most;
	log_format = format;
}

/* The next character of a text as it may stand in a line: itself, or an escape that JSON knows,
 * too. Of what is not UTF-8 each byte is escaped. Moves *at behind it. */
static str next_piece(str text, bool is_utf8, size_t *at, char space[6])
{
	static const char hex[] = "0123456789abcdef";
	size_t from = *at;
	uint32_t code = is_utf8 ? utf8_next(text, at) : (uint8_t)text.p[(*at)++];
	bool special = code == '\\' || (log_format == LOG_JSON ? code == '"' : code == ' ');
	bool foreign = code >= 0x80 && !is_utf8;
	bool line_end = code == '\n' || code == '\t';
	if (!special && !foreign && !line_end && !utf8_is_control(code))
		return str_slice(text, from, *at);
	if (code > 0xFFFF)
		code = 0xFFFD; /* a noncharacter; its number is of no use to anybody */
	const char escape[6] = {
		'\\',          'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15],
		hex[code & 15]
	};
	memcpy(space, escape, sizeof(escape));
	return (str){ space, sizeof(escape) };
}

/* Into the room that the line's maximum keeps free for its end. */
static void add_tail(struct buf *line, str tail)
{
	memcpy(line->p + line->n, tail.p, tail.n);
	line->n += tail.n;
}

/* What does not fit is cut: a number goes whole, a text from where it is too long. */
static void add_field(struct buf *line, const struct log_field *field)
{
	bool json = log_format == LOG_JSON;
	size_t before = line->n;
	buf_fmt(line, json ? ",\"%s\":" : " %s=", field->key);
	if (field->is_number)
		buf_fmt(line, "%" PRId64, field->number);
	else if (json)
		buf_byte(line, '"');
	if (line->too_long) {
		line->n = before;
		return;
	}
	if (field->is_number)
		return;
	bool is_utf8 = utf8_is(field->text);
	for (size_t at = 0; at < field->text.n && !line->too_long;) {
		char space[6];
		buf_add(line, next_piece(field->text, is_utf8, &at, space));
	}
	if (json)
		add_tail(line, S("\""));
}

void log_line(enum log_level level, const char *name, const struct log_field *fields, size_t n)
{
	if (level > level_most)
		return;
	char bytes[LINE_BYTES];
	struct buf line = { .p = bytes, .cap = sizeof(bytes), .max = sizeof(bytes) - TAIL_BYTES };
	bool json = log_format == LOG_JSON;
	buf_fmt(&line, json ? "{\"level\":\"%s\",\"name\":\"%s\"" : "%s %s", level_names[level],
		name);
	for (size_t i = 0; i < n && !line.too_long; i++)
		add_field(&line, &fields[i]);
	if (line.too_long)
		add_tail(&line, json ? S(",\"cut\":true") : S(" cut=1"));
	add_tail(&line, json ? S("}\n") : S("\n"));
	/* A line that cannot be written is lost: there is nowhere to say so. */
	ssize_t written = write(STDERR_FILENO, line.p, line.n);
	(void)written;
}
