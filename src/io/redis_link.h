/*
 * The link to Redis: on the loop for the daemon, waiting for the commands.
 *
 * Every command gets exactly one answer, in time, even when the link dies. The answer is our own
 * struct, so nobody else sees hiredis. The link does not know what a case is, and does not log.
 */
#ifndef CANDOUR_IO_REDIS_LINK_H
#define CANDOUR_IO_REDIS_LINK_H

#include "base/err.h"
#include "base/time.h"

struct uv_loop_s;
struct redis_link;

struct redis_settings {
	str socket; /* a Unix socket's path; empty: host and port */
	str host;
	int port;
	str username, password; /* empty: none */
};

enum reply_type { REPLY_NIL, REPLY_TEXT, REPLY_STATUS, REPLY_ERROR, REPLY_INTEGER, REPLY_LIST };

struct reply {
	enum reply_type type;
	str text; /* of text, status and error */
	int64_t integer;
	const struct reply *items;
	size_t n;
};

/* A command: its words, each of any bytes. */
struct command {
	const str *args;
	size_t n;
};

/* Called once for each command, never from within redis_link_send. err is OK (then reply is there,
 * perhaps an error of Redis: REPLY_ERROR), ERR_TIMEOUT, ERR_DOWN or ERR_CLOSED: then reply is NULL
 * and nobody knows whether the command was done. The reply lives until the function returns. */
typedef void reply_fn(void *arg, enum err err, const struct reply *reply);

/* up: after each connection, authentication done, before any other command is written; down: when it
 * was lost, and when it could not be made: then once for each new reason. Neither is called after
 * redis_link_close. */
struct redis_events {
	void *arg;
	void (*up)(void *arg);
	/* why: an error text of the system or Redis, no addresses */
	void (*down)(void *arg, str why);
};

/* A link that connects by itself, again and again with growing, jittered pauses (0.1 to 5 s), until
 * closed. The loop is borrowed, the settings are copied. A command that is late brings the link
 * down, so that order holds. */
struct redis_link *redis_link_open(struct uv_loop_s *loop, const struct redis_settings *settings,
				   const struct redis_events *events);
bool redis_link_is_up(const struct redis_link *link);
/* Copies the command into the link's buffer. When the link is down the answer is ERR_DOWN, soon.
 * `limit`: from now to the answer. */
void redis_link_send(struct redis_link *link, struct command command, span limit, reply_fn *fn,
		     void *arg);
/* Answers everything with ERR_CLOSED, closes, frees, empties *link; closed is called last of all. */
void redis_link_close(struct redis_link **link, void (*closed)(void *arg), void *arg);

/* The same for commands that may wait: one connection, one command at a time, no loop. */
struct redis_call;
NODISCARD enum err redis_call_open(const struct redis_settings *settings, span limit,
				   struct redis_call **out);
/* The reply lives in the arena. A lost connection is not repaired. */
NODISCARD enum err redis_call(struct redis_call *call, struct arena *arena, struct command command,
			      struct reply *out);
void redis_call_free(struct redis_call **call);

#endif
