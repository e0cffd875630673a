/* Commands that wait for their answer: for candourctl and for tests. */
#include "io/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/time.h>

#include "base/arena.h"

struct redis_call {
	redisContext *context;
};

static struct timeval timeval_of(span limit)
{
	return (struct timeval){ .tv_sec = (time_t)(limit.ms / 1000),
				 .tv_usec = (suseconds_t)(limit.ms % 1000 * 1000) };
}

static enum err err_of(const redisContext *context)
{
	if (context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == ETIMEDOUT))
		return ERR_TIMEOUT;
	if (context->err == REDIS_ERR_PROTOCOL)
		return ERR_BAD_TEXT;
	return ERR_DOWN;
}

static redisContext *connect_to(const struct redis_settings *settings, span limit)
{
	struct arena arena = ARENA_EMPTY;
	const struct timeval wait = timeval_of(limit);
	redisContext *context;

	if (settings->socket.n != 0)
		context = redisConnectUnixWithTimeout(str_z(&arena, settings->socket), wait);
	else
		context = redisConnectWithTimeout(str_z(&arena, settings->host), settings->port,
						  wait);
	if (context == NULL)
		fatal("no memory for a connection to Redis");
	/* candourctl starts programs of its own: none of them is to reach Redis as we do. */
	if (context->err == 0)
		(void)fcntl(context->fd, F_SETFD, FD_CLOEXEC);
	if (context->err == 0 && redisSetTimeout(context, wait) != REDIS_OK && context->err == 0)
		context->err = REDIS_ERR_OTHER;
	arena_free(&arena);
	return context;
}

NODISCARD static enum err authenticate(struct redis_call *call,
				       const struct redis_settings *settings)
{
	struct arena arena = ARENA_EMPTY;
	struct reply reply = { .type = REPLY_NIL };
	str args[3];
	const struct command auth = auth_command(settings, args);
	enum err err = OK;

	if (auth.n != 0)
		err = redis_call(call, &arena, auth, &reply);
	if (err == OK && reply.type == REPLY_ERROR)
		err = ERR_PERMISSION;
	arena_free(&arena);
	return err;
}

enum err redis_call_open(const struct redis_settings *settings, span limit, struct redis_call **out)
{
	struct redis_call *call = calloc(1, sizeof *call);
	enum err err;

	if (call == NULL)
		fatal("no memory for a connection to Redis");
	call->context = connect_to(settings, limit);
	err = call->context->err == 0 ? OK : err_of(call->context);
	if (err == OK) {
		call->context->reader->fn = &reply_functions;
		err = authenticate(call, settings);
	}
	if (err != OK)
		redis_call_free(&call);
	else
		*out = call;
	return err;
}

enum err redis_call(struct redis_call *call, struct arena *arena, struct command command,
		    struct reply *out)
{
	const char **args = TAKE(arena, const char *, command.n);
	size_t *lengths = TAKE(arena, size_t, command.n);
	const struct reply *reply;

	for (size_t i = 0; i < command.n; i++) {
		args[i] = command.args[i].n != 0 ? command.args[i].p : "";
		lengths[i] = command.args[i].n;
	}
	if (call->context->err != 0)
		return ERR_DOWN;
	call->context->reader->privdata = arena;
	errno = 0;
	reply = redisCommandArgv(call->context, (int)command.n, args, lengths);
	if (reply == NULL)
		return err_of(call->context);
	*out = *reply;
	return OK;
}

void redis_call_free(struct redis_call **call)
{
	if (*call == NULL)
		return;
	if ((*call)->context != NULL)
		redisFree((*call)->context);
	free(*call);
	*call = NULL;
}
