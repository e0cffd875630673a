/*
 * A private redis-server for a test: its own folder, a Unix socket, a port of its own, nothing kept
 * behind. It dies with the test program.
 */
#ifndef CANDOUR_HARNESS_REDIS_SERVER_H
#define CANDOUR_HARNESS_REDIS_SERVER_H

#include <stdbool.h>

struct redis_server {
	char folder[64];
	char socket[96];
	int port;             /* 0: the socket only */
	const char *password; /* NULL: none */
	int pid;              /* 0: not running */
};

/* Makes the folder and chooses a port; nothing runs yet. */
void redis_server_init(struct redis_server *server);
/* Starts it; returns when it answers. */
void redis_server_start(struct redis_server *server);
void redis_server_kill(struct redis_server *server); /* SIGKILL, and waits */
void redis_server_freeze(const struct redis_server *server);
void redis_server_thaw(const struct redis_server *server);
/* Kills it and removes the folder. */
void redis_server_clear(struct redis_server *server);

#endif
