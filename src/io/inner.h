/*
 * What the two links share: the words of a connection, and a reader that builds our replies.
 *
 * Of hiredis only the parser of the protocol and the waiting connection are used. Its asynchronous
 * half (0.14) resolves names while everything waits, knows no time limit, loses a refused connection
 * and may not be freed in half of its own callbacks; libuv's streams do all that better.
 */
#ifndef CANDOUR_IO_INNER_H
#define CANDOUR_IO_INNER_H

#include <hiredis/hiredis.h>

#include "io/redis_link.h"

/* Functions for hiredis's reader: they build `struct reply` in the arena that is the reader's
 * privdata. What redisReaderGetReply gives is a `const struct reply *` then. */
extern redisReplyObjectFunctions reply_functions;

/* The command that authenticates: n is 0 where the settings name no password. args: room for 3. */
struct command auth_command(const struct redis_settings *settings, str args[3]);

#endif
