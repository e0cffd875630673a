#include "io/http_server.h"

#include <errno.h>
#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"
#include "base/place.h"

#define CONNECTIONS_MAX 64
#define CONNECTION_S_MAX 30
#define MEMORY_BYTES_MAX ((size_t)32 << 10) /* of a connection: bounds its headers */

struct http_server {
	struct MHD_Daemon *daemon;
	uv_poll_t polling;
	uv_timer_t timer;
	int handles; /* that the loop still holds */
	struct coming *waiting;
	web_fn *fn;
	void *arg;
	char file[PLACE_PATH_MAX]; /* of a Unix socket; else empty */
};

/* A request while its body comes, and until it is answered. */
struct coming {
	struct arena arena;
	struct buf body;
	struct http_server *server;
	struct MHD_Connection *connection;
	struct web_wait *wait; /* its answer is waited for; NULL: it is not */
	struct web_answer late;
	struct coming *next, *before; /* of those that wait */
};

struct web_wait {
	struct coming *coming; /* NULL: nobody is there any more */
};

/* --- where to listen --------------------------------------------------------------------------- */

/* Whether a process that died left its socket there: nobody listens on it. Any other file is somebody's. */
static bool is_left_behind(const struct place *place)
{
	struct stat file;
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const bool refused = fd >= 0 && connect(fd, &place->address.any, place->size) != 0 &&
			     errno == ECONNREFUSED;

	if (fd >= 0)
		close(fd);
	return refused && lstat(place->address.un.sun_path, &file) == 0 && S_ISSOCK(file.st_mode);
}

static int listen_at(const struct place *place)
{
	const int family = place->address.any.sa_family, on = 1;
	const int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int error;

	if (fd < 0)
		return -1;
	if (family == AF_UNIX && is_left_behind(place))
		(void)unlink(place->address.un.sun_path);
	if (family != AF_UNIX)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, &place->address.any, place->size) == 0 &&
	    (family != AF_UNIX || chmod(place->address.un.sun_path, 0660) == 0) &&
	    listen(fd, CONNECTIONS_MAX) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* --- requests ---------------------------------------------------------------------------------- */

static str find_value(const struct web_request *request, enum MHD_ValueKind kind, const char *name)
{
	/* The library's own type, which nobody else need know. */
	struct MHD_Connection *connection = (struct MHD_Connection *)(uintptr_t)request->connection;

	return str_of(MHD_lookup_connection_value(connection, kind, name));
}

str web_header(const struct web_request *request, const char *name)
{
	return find_value(request, MHD_HEADER_KIND, name);
}

str web_argument(const struct web_request *request, const char *name)
{
	return find_value(request, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result give(struct MHD_Connection *connection, struct arena *arena,
			    const struct web_answer *answer)
{
	/* The library takes a pointer without const, and copies. */
	struct MHD_Response *response = MHD_create_response_from_buffer(
		answer->body.n, (void *)(uintptr_t)answer->body.p, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(response, "Content-Type",
				      answer->type != NULL ? answer->type
							   : "text/plain; charset=utf-8");
	(void)MHD_add_response_header(response, "Cache-Control", "no-store");
	(void)MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	for (size_t i = 0; i < answer->n_headers; i++)
		(void)MHD_add_response_header(response, answer->headers[i].name,
					      str_z(arena, answer->headers[i].value));
	result = MHD_queue_response(connection, (unsigned)answer->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result answer_it(struct http_server *server, struct MHD_Connection *connection,
				 const char *method, const char *path, struct coming *coming)
{
	struct web_answer answer = { 0 };
	const struct web_request request = { .method = str_of(method),
					     .path = str_of(path),
					     .body = buf_str(&coming->body),
					     .connection = connection,
					     .its = coming };

	if (coming->late.status != 0)
		return give(connection, &coming->arena, &coming->late);
	server->fn(server->arg, &request, &coming->arena, &answer);
	if (coming->wait != NULL)
		return MHD_YES;
	if (answer.status == 0)
		answer = (struct web_answer){ .status = MHD_HTTP_NOT_FOUND,
					      .body = S("there is nothing here\n") };
	return give(connection, &coming->arena, &answer);
}

/* --- answers that are waited for ---------------------------------------------------------------- */

struct web_wait *web_wait(const struct web_request *request)
{
	struct coming *coming = request->its;
	struct web_wait *wait = calloc(1, sizeof *wait);

	if (wait == NULL)
		fatal("no memory for a request");
	wait->coming = coming;
	coming->wait = wait;
	coming->next = coming->server->waiting;
	if (coming->next != NULL)
		coming->next->before = coming;
	coming->server->waiting = coming;
	MHD_suspend_connection(coming->connection);
	return wait;
}

/* It is over, or nobody waits for it any more: the library may go on with it. */
static void let_go(struct coming *coming)
{
	require(coming->wait != NULL);
	coming->wait->coming = NULL;
	coming->wait = NULL;
	if (coming->before != NULL)
		coming->before->next = coming->next;
	else
		coming->server->waiting = coming->next;
	if (coming->next != NULL)
		coming->next->before = coming->before;
	MHD_resume_connection(coming->connection);
}

static void run(struct http_server *server);

void web_give(struct web_wait *wait, const struct web_answer *answer)
{
	struct coming *coming = wait->coming;

	if (coming != NULL) {
		coming->late = *answer;
		coming->late.body = str_copy(&coming->arena, answer->body);
		for (size_t i = 0; i < answer->n_headers; i++)
			coming->late.headers[i].value = str_copy(&coming->arena,
								 answer->headers[i].value);
		let_go(coming);
		run(coming->server);
	}
	free(wait);
}

/* Whether the client itself says that its body is too large: then it hears why, before it sends it. */
static bool says_too_much(struct MHD_Connection *connection)
{
	const struct web_request request = { .connection = connection };
	const str length = web_header(&request, MHD_HTTP_HEADER_CONTENT_LENGTH);
	int64_t n;

	return length.n > 0 &&
	       (!str_to_i64(length, &n) || n < 0 || (uint64_t)n > HTTP_BODY_BYTES_MAX);
}

static enum MHD_Result refuse(struct MHD_Connection *connection)
{
	struct arena arena = ARENA_EMPTY;
	const struct web_answer answer = { .status = MHD_HTTP_CONTENT_TOO_LARGE,
					   .body = S("this is too large\n") };
	const enum MHD_Result result = give(connection, &arena, &answer);

	arena_free(&arena);
	return result;
}

/* Called once when the headers are there, again for each part of the body, and once more at its end. One
 * that does not say its length and is too long is hung up on. */
/* NOLINTNEXTLINE(readability-function-size): the library's own form of callback */
static enum MHD_Result take(void *arg, struct MHD_Connection *connection, const char *path,
			    const char *method, const char *version, const char *data, size_t *n,
			    void **its)
{
	struct coming *coming = *its;

	(void)version;
	if (coming == NULL && says_too_much(connection))
		return refuse(connection);
	if (coming == NULL) {
		coming = calloc(1, sizeof *coming);
		if (coming == NULL)
			fatal("no memory for a request");
		coming->body = buf_of(&coming->arena, HTTP_BODY_BYTES_MAX);
		coming->server = arg;
		coming->connection = connection;
		*its = coming;
		return MHD_YES;
	}
	if (*n > 0) {
		buf_add(&coming->body, (str){ data, *n });
		*n = 0;
		return coming->body.too_long ? MHD_NO : MHD_YES;
	}
	return answer_it(arg, connection, method, path, coming);
}

static void note_done(void *arg, struct MHD_Connection *connection, void **its,
		      enum MHD_RequestTerminationCode how)
{
	struct coming *coming = *its;

	(void)arg;
	(void)connection;
	(void)how;
	*its = NULL;
	if (coming == NULL)
		return;
	/* While it is suspended the library does not look at it, not even whether its client is gone. */
	require(coming->wait == NULL);
	arena_free(&coming->arena);
	free(coming);
}

static void say_nothing(void *arg, const char *format, va_list args)
{
	(void)arg;
	(void)format;
	(void)args;
}

/* --- the loop ---------------------------------------------------------------------------------- */

static void note_time(uv_timer_t *timer);

static void run(struct http_server *server)
{
	MHD_UNSIGNED_LONG_LONG wait_ms;

	(void)MHD_run(server->daemon);
	uv_timer_stop(&server->timer);
	/* Never 0: see the daemon's tick. */
	if (MHD_get_timeout(server->daemon, &wait_ms) == MHD_YES)
		uv_timer_start(&server->timer, note_time, wait_ms > 0 ? wait_ms : 1, 0);
}

static void note_time(uv_timer_t *timer)
{
	run(timer->data);
}

static void note_readable(uv_poll_t *polling, int status, int events)
{
	(void)status;
	(void)events;
	run(polling->data);
}

static void hang_into(struct http_server *server, struct uv_loop_s *loop)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon,
							       MHD_DAEMON_INFO_EPOLL_FD);

	require(info != NULL);
	require(uv_poll_init(loop, &server->polling, info->epoll_fd) == 0);
	require(uv_timer_init(loop, &server->timer) == 0);
	server->polling.data = server;
	server->timer.data = server;
	server->handles = 2;
	require(uv_poll_start(&server->polling, UV_READABLE, note_readable) == 0);
}

struct http_server *http_server_open(struct uv_loop_s *loop, str place, web_fn *fn, void *arg,
				     struct arena *arena, str *why)
{
	struct http_server *server;
	struct place at;
	int fd;

	if (!place_read(place, &at)) {
		*why = S(PLACE_WANTED);
		return NULL;
	}
	fd = listen_at(&at);
	if (fd < 0) {
		*why = str_copy(arena, str_of(strerror(errno)));
		return NULL;
	}
	server = calloc(1, sizeof *server);
	if (server == NULL)
		fatal("no memory for the HTTP server");
	server->fn = fn;
	server->arg = arg;
	if (at.address.any.sa_family == AF_UNIX)
		memcpy(server->file, at.address.un.sun_path, sizeof server->file);
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, take,
		server, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_S_MAX,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_BYTES_MAX, MHD_OPTION_NOTIFY_COMPLETED,
		note_done, NULL, MHD_OPTION_END);
	if (server->daemon == NULL) {
		*why = S("the HTTP server cannot be started");
		close(fd);
		free(server);
		return NULL;
	}
	hang_into(server, loop);
	return server;
}

static void note_closed(uv_handle_t *handle)
{
	struct http_server *server = handle->data;

	if (--server->handles == 0)
		free(server);
}

void http_server_close(struct http_server **server)
{
	struct http_server *closing = *server;

	*server = NULL;
	if (closing == NULL)
		return;
	/* The loop lets go of the descriptor before the library closes it. */
	uv_close((uv_handle_t *)&closing->polling, note_closed);
	uv_close((uv_handle_t *)&closing->timer, note_closed);
	while (closing->waiting != NULL)
		let_go(closing->waiting);
	MHD_stop_daemon(closing->daemon);
	if (closing->file[0] != '\0')
		(void)unlink(closing->file);
}
