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

/* Where lines go (standard error) is fixed; what is written is set once at start and on reload. */
void log_configure(enum log_level most, enum log_format format);
/* Writes one line with one write; control characters and spaces in a text are escaped; it is cut at
 * 2 KiB. */
void log_line(enum log_level level, const char *name, const struct log_field *fields, size_t n);

#endif
