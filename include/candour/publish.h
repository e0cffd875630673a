/*
 * libcandour: the bytes of an event, made in a buffer of your own.
 *
 *	char buffer[CANDOUR_EVENT_BYTES_MAX];
 *	char now[CANDOUR_TIME_SIZE];
 *	struct candour_head head = { "e-20391", "sheffield/send", "case.opened", "case/C-leo", now };
 *	struct candour_event event;
 *
 *	candour_time(time(NULL), now);
 *	candour_begin(&event, buffer, sizeof buffer, &head);
 *	candour_text(&event, "family", "F-leo");
 *	candour_text(&event, "pathway", "ehc-assessment");
 *	candour_text(&event, "service", "send");
 *	candour_text(&event, "owner", "sam-okafor");
 *	if (candour_end(&event) == CANDOUR_FINE)
 *		... XADD PREFIX:events * event <event.length bytes of event.buffer>
 *
 * Nothing here allocates, connects or keeps anything. The first mistake stays until candour_end,
 * which tells it, so calls need not be checked one by one. What the fields of each kind must be,
 * the daemon checks: see docs/events.md and `candourctl check`. Give the same id again when
 * you publish the same event again: then nothing happens twice.
 */
#ifndef CANDOUR_PUBLISH_H
#define CANDOUR_PUBLISH_H

#include <stddef.h>

#include "candour/event.h"

#ifdef __cplusplus
extern "C" {
#endif

enum candour_error {
	CANDOUR_FINE,
	CANDOUR_NO_ROOM,    /* the buffer is too small, or the event larger than the limit */
	CANDOUR_BAD_ID,     /* see CANDOUR_ID_CHARS_MAX */
	CANDOUR_BAD_SOURCE, /* see CANDOUR_SOURCE_CHARS_MAX */
	CANDOUR_BAD_TYPE,   /* empty, or reserved for Candour itself */
	CANDOUR_BAD_SUBJECT,
	CANDOUR_BAD_TIME,
	CANDOUR_BAD_TEXT,   /* not UTF-8, or with control characters other than line end and tab */
	CANDOUR_BAD_NESTING /* a key where none belongs or none where one does, a map or list that
			     * is not closed, or too many inside each other */
};

/* A sentence for people, never NULL. */
const char *candour_error_text(enum candour_error error);

/* An event in the making. Read buffer and length after candour_end; the rest is the library's. */
struct candour_event {
	char *buffer;
	size_t length;
	size_t size;
	enum candour_error error;
	int depth;
	int comma;
	char closers[CANDOUR_EVENT_DEPTH_MAX];
};

/* What every event says of itself. */
struct candour_head {
	const char *id;
	const char *source;
	const char *type;
	const char *subject; /* "case/ID", "family/ID", "person/ID" or "service/ID" */
	const char *time;    /* RFC 3339 with an offset */
};

/* The buffer is borrowed until you are done with the bytes; a NUL is put behind them. What follows
 * until candour_end is the event's data. */
void candour_begin(struct candour_event *event, char *buffer, size_t size,
		   const struct candour_head *head);
enum candour_error candour_end(struct candour_event *event);

/* The members of a map; inside a list the key is NULL. Text is UTF-8. */
void candour_text(struct candour_event *event, const char *key, const char *text);
void candour_number(struct candour_event *event, const char *key, long long number);
void candour_truth(struct candour_event *event, const char *key, int truth);
void candour_null(struct candour_event *event, const char *key);
void candour_open_map(struct candour_event *event, const char *key);
void candour_open_list(struct candour_event *event, const char *key);
/* Ends the map or list that was opened last. */
void candour_close(struct candour_event *event);

/* Seconds since 1970 in UTC as "2026-11-02T09:15:00Z": for years 1970 to 9999. */
#define CANDOUR_TIME_SIZE 21
void candour_time(long long seconds, char out[CANDOUR_TIME_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
