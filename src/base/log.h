/*
 * One line for each decision, delivery and failure: a name and fields.
 *
 *	LOG(INFO, "decided", LOG_ID("event", event.id), LOG_NUM("messages", 2));
 *
 * Values are ids, codes and numbers only: never a name, an address, a phone number or a message's
 * text. Who decides about a failure logs it, once; base, model, words, decide and io do not log.
 * The text form is for eyes ("info decided event=e1 messages=2"), the JSON form for programs.
 */
#ifndef CANDOUR_BASE_LOG_H
#define CANDOUR_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };
enum log_format { LOG_TEXT, LOG_JSON };

struct log_field {
	const char *key;
	str text;
	int64_t number;
	bool is_number;
};

#define LOG_ID(key_, text_) ((struct log_field){ .key = (key_), .text = (text_) })
#define LOG_NUM(key_, number_)                                                                     \
	((struct log_field){ .key = (key_), .number = (int64_t)(number_), .is_number = true })
#define LOG(level, name, ...)                                                                      \
	log_line(LOG_##level, (name), (struct log_field[]){ __VA_ARGS__ },                         \
		 sizeof((struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))

/* Where lines go (standard error) is fixed; what is written is set once at start and on reload. Where
 * standard error is systemd's journal, text lines go to it with their fields: CANDOUR_LINE is the name,
 * CANDOUR_EVENT and so on the rest. */
void log_configure(enum log_level most, enum log_format format);
/* Writes one line with one write; control characters in a text are escaped, and one with spaces
 * stands in quotes; it is cut at 2 KiB. A warning or error that says just what the last one of its name said less than half a minute ago
 * is counted instead. From the loop's thread only. */
void log_line(enum log_level level, const char *name, const struct log_field *fields, size_t n);
/* Says how often lines were repeated, once their half minute is over ("repeated line=redis_down times=7"):
 * to be called every second or so. */
void log_tick(void);

/* How many lines of each name there were, those that were only counted and those of a level that is not
 * written included: for /metrics. At most LOG_NAMES_MAX names are told apart; the rest is counted as
 * "other". */
#define LOG_NAMES_MAX 96
struct log_count {
	const char *name;
	enum log_level level; /* of the last one */
	int64_t lines, repeated;
};
/* The i-th; false: there are no more. */
bool log_count(size_t i, struct log_count *out);
const char *log_level_name(enum log_level level);

#endif
