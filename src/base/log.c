#include "base/log.h"

#include "base/time.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES 2048
#define REPEAT_MS 30000
/* Kept free for a line's end: quote, what says that it was cut, bracket, line end. */
#define TAIL_BYTES 24

static enum log_level level_most = LOG_INFO;
static enum log_format log_format = LOG_TEXT;
static bool to_journal;

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARNING] = "warning",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

/* The next character of a text as it may stand in a line, in quotes or not: itself, or an escape that JSON
 * knows, too. Of what is not UTF-8 each byte is escaped. Moves *at behind it. */
static str next_piece(str text, bool is_utf8, bool quoted, size_t *at, char space[6])
{
	static const char hex[] = "0123456789abcdef";
	size_t from = *at;
	uint32_t code = is_utf8 ? utf8_next(text, at) : (uint8_t)text.p[(*at)++];
	bool special = code == '\\' || (quoted && code == '"');
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
	/* A reader of lines must see where a value ends. */
	bool quoted = json || str_has_byte(field->text, ' ') || str_has_byte(field->text, '"');
	size_t before = line->n;
	buf_fmt(line, json ? ",\"%s\":" : " %s=", field->key);
	if (field->is_number)
		buf_fmt(line, "%" PRId64, field->number);
	else if (quoted)
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
		buf_add(line, next_piece(field->text, is_utf8, quoted, &at, space));
	}
	if (quoted)
		add_tail(line, S("\""));
}

static struct buf print_line(char bytes[LINE_BYTES], enum log_level level, const char *name,
			     const struct log_field *fields, size_t n)
{
	struct buf line = { .p = bytes, .cap = LINE_BYTES, .max = LINE_BYTES - TAIL_BYTES };
	bool json = log_format == LOG_JSON;
	buf_fmt(&line, json ? "{\"level\":\"%s\",\"name\":\"%s\"" : "%s %s", level_names[level],
		name);
	for (size_t i = 0; i < n && !line.too_long; i++)
		add_field(&line, &fields[i]);
	if (line.too_long)
		add_tail(&line, json ? S(",\"cut\":true") : S(" cut=1"));
	add_tail(&line, json ? S("}\n") : S("\n"));
	return line;
}

/* --- the journal ------------------------------------------------------------------------------ */

/* Whether standard error is the journal: systemd says which file that is (systemd.exec(5)). */
static bool find_journal(void)
{
	const char *said = getenv("JOURNAL_STREAM");
	struct stat file;
	str device, inode;
	int64_t device_n, inode_n;
	return said != NULL && str_cut(str_of(said), ':', &device, &inode) &&
	       str_to_i64(device, &device_n) && str_to_i64(inode, &inode_n) &&
	       fstat(STDERR_FILENO, &file) == 0 && (int64_t)file.st_dev == device_n &&
	       (int64_t)file.st_ino == inode_n;
}

void log_configure(enum log_level most, enum log_format format)
{
	level_most = most;
	log_format = format;
	to_journal = find_journal();
}

static void add_journal_field(struct buf *entry, const struct log_field *field)
{
	buf_add(entry, S("CANDOUR_"));
	for (const char *p = field->key; *p != 0; p++)
		buf_byte(entry, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
	buf_byte(entry, '=');
	if (field->is_number)
		buf_fmt(entry, "%" PRId64, field->number);
	bool is_utf8 = utf8_is(field->text);
	for (size_t at = 0; !field->is_number && at < field->text.n;) {
		char space[6];
		buf_add(entry, next_piece(field->text, is_utf8, false, &at, space));
	}
	buf_byte(entry, '\n');
}

/* As systemd's native protocol wants it: a datagram of NAME=VALUE lines. False: it did not take it. */
static bool write_journal(const struct buf *line, enum log_level level, const char *name,
			  const struct log_field *fields, size_t n)
{
	static const int priorities[] = { 3, 4, 6, 7 }; /* of syslog, by level */
	static int fd = -1;
	const struct sockaddr_un journal = { .sun_family = AF_UNIX,
					     .sun_path = "/run/systemd/journal/socket" };
	char bytes[3 * LINE_BYTES];
	struct buf entry = { .p = bytes, .cap = sizeof bytes, .max = sizeof bytes };
	if (fd < 0)
		fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	buf_fmt(&entry, "PRIORITY=%d\nSYSLOG_IDENTIFIER=candourd\nCANDOUR_LINE=%s\nMESSAGE=",
		priorities[level], name);
	buf_add(&entry, (str){ line->p, line->n });
	for (size_t i = 0; i < n; i++)
		add_journal_field(&entry, &fields[i]);
	return fd >= 0 && !entry.too_long &&
	       sendto(fd, entry.p, entry.n, MSG_NOSIGNAL, (const struct sockaddr *)&journal,
		      sizeof journal) == (ssize_t)entry.n;
}

/* --- counting --------------------------------------------------------------------------------- */

struct counted {
	struct log_count count;
	uint64_t last; /* a hash of the line that was written last */
	int64_t last_ms;
	int64_t times; /* it came again so often since */
};

static struct counted counted[LOG_NAMES_MAX];
static size_t n_counted;

static struct counted *find_counted(const char *name)
{
	size_t i = 0;
	while (i < n_counted && strcmp(counted[i].count.name, name) != 0)
		i++;
	if (i == LOG_NAMES_MAX)
		return &counted[LOG_NAMES_MAX - 1];
	if (i == n_counted)
		counted[n_counted++].count.name = i < LOG_NAMES_MAX - 1 ? name : "other";
	return &counted[i];
}

bool log_count(size_t i, struct log_count *out)
{
	if (i >= n_counted)
		return false;
	*out = counted[i].count;
	return true;
}

const char *log_level_name(enum log_level level)
{
	return level_names[level];
}

/* FNV-1a: two lines of one name that meet by chance within half a minute would only be counted as one. */
static uint64_t hash_line(const struct buf *line)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < line->n; i++)
		hash = (hash ^ (uint8_t)line->p[i]) * UINT64_C(1099511628211);
	return hash;
}

static void write_line(enum log_level level, const char *name, const struct log_field *fields,
		       size_t n, const struct buf *line)
{
	if (to_journal && log_format == LOG_TEXT && write_journal(line, level, name, fields, n))
		return;
	/* A line that cannot be written is lost: there is nowhere to say so. */
	ssize_t written = write(STDERR_FILENO, line->p, line->n);
	(void)written;
}

static void say_repeated(struct counted *it)
{
	const struct log_field fields[] = { LOG_ID("line", str_of(it->count.name)),
					    LOG_NUM("times", it->times) };
	char bytes[LINE_BYTES];
	if (it->times == 0)
		return;
	it->times = 0;
	struct buf line = print_line(bytes, it->count.level, "repeated", fields, 2);
	write_line(it->count.level, "repeated", fields, 2, &line);
}

void log_tick(void)
{
	const int64_t now_ms = monotonic_ms();
	for (size_t i = 0; i < n_counted; i++)
		if (counted[i].times > 0 && now_ms - counted[i].last_ms >= REPEAT_MS)
			say_repeated(&counted[i]);
}

/* Whether a line only says again what was said just now. */
static bool is_repeated(struct counted *it, const struct buf *line)
{
	const int64_t now_ms = monotonic_ms();
	const uint64_t hash = hash_line(line);
	if (it->last == hash && now_ms - it->last_ms < REPEAT_MS) {
		it->times++;
		it->count.repeated++;
		return true;
	}
	say_repeated(it);
	it->last = hash;
	it->last_ms = now_ms;
	return false;
}

void log_line(enum log_level level, const char *name, const struct log_field *fields, size_t n)
{
	struct counted *it = find_counted(name);
	char bytes[LINE_BYTES];
	it->count.lines++;
	it->count.level = level;
	if (level > level_most)
		return;
	struct buf line = print_line(bytes, level, name, fields, n);
	if (level <= LOG_WARNING && is_repeated(it, &line))
		return;
	write_line(level, name, fields, n, &line);
}
