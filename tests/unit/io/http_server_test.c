#include "io/http_server.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"

/* A server on a socket in a folder of its own, and a client that waits, in a thread. */
struct seen {
	uv_loop_t loop;
	struct arena arena;
	struct http_server *server;
	char folder[40], place[80];
	str send;
	char answer[8192];
	size_t n;
	atomic_bool done;
	struct web_wait *wait;
	uv_timer_t timer;
	bool never;    /* what is asked for later is not answered */
	bool hangs_up; /* the client goes as soon as it has asked for something later */
	atomic_bool asked;
};

static void answer_later(uv_timer_t *timer);

static void answer(void *arg, const struct web_request *request, struct arena *arena,
		   struct web_answer *out)
{
	struct seen *seen = arg;

	if (str_eq(request->path, S("/nothing")))
		return;
	if (str_eq(request->path, S("/later"))) {
		seen->wait = web_wait(request);
		seen->asked = true;
		seen->timer.data = seen;
		if (!seen->never && uv_timer_init(&seen->loop, &seen->timer) == 0)
			uv_timer_start(&seen->timer, answer_later, 5, 0);
		return;
	}
	out->status = 200;
	out->body = str_fmt(arena, "%.*s %.*s body=%zu token=%.*s page=%.*s",
			    STR_ARG(request->method), STR_ARG(request->path), request->body.n,
			    STR_ARG(web_header(request, "X-Token")),
			    STR_ARG(web_argument(request, "page")));
}

static int open_server(void **state)
{
	struct seen *seen = calloc(1, sizeof *seen);
	str why;

	assert_non_null(seen);
	snprintf(seen->folder, sizeof seen->folder, "/tmp/candour-http-XXXXXX");
	assert_non_null(mkdtemp(seen->folder));
	snprintf(seen->place, sizeof seen->place, "unix:%s/http.sock", seen->folder);
	assert_int_equal(uv_loop_init(&seen->loop), 0);
	seen->server = http_server_open(&seen->loop, str_of(seen->place), answer, seen,
					&seen->arena, &why);
	assert_non_null(seen->server);
	*state = seen;
	return 0;
}

static int close_server(void **state)
{
	struct seen *seen = *state;

	http_server_close(&seen->server);
	assert_null(seen->server);
	uv_run(&seen->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&seen->loop), 0);
	assert_int_equal(access(seen->place + 5, F_OK), -1);
	rmdir(seen->folder);
	arena_free(&seen->arena);
	free(seen);
	return 0;
}

static void *be_client(void *arg)
{
	struct seen *seen = arg;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ssize_t n;

	snprintf(address.sun_path, sizeof address.sun_path, "%s", seen->place + 5);
	if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) {
		for (size_t at = 0; at < seen->send.n; at += (size_t)n) {
			n = send(fd, seen->send.p + at, seen->send.n - at, MSG_NOSIGNAL);
			if (n <= 0)
				break;
		}
		while (!seen->hangs_up && seen->n < sizeof seen->answer - 1 &&
		       (n = recv(fd, seen->answer + seen->n, sizeof seen->answer - 1 - seen->n,
				 0)) > 0)
			seen->n += (size_t)n;
	}
	while (seen->hangs_up && !seen->asked)
		usleep(200);
	close(fd);
	seen->done = true;
	return NULL;
}

/* Sends these bytes, and gives all that came until the connection was closed; close: by the server, as soon as
 * it has been asked for something that it waits for. */
static const char *talk_and(struct seen *seen, str send, bool close)
{
	pthread_t client;

	memset(seen->answer, 0, sizeof seen->answer);
	seen->n = 0;
	seen->send = send;
	seen->done = false;
	assert_int_equal(pthread_create(&client, NULL, be_client, seen), 0);
	while (!seen->done) {
		if (uv_run(&seen->loop, UV_RUN_NOWAIT) != 0)
			usleep(200);
		if (close && seen->wait != NULL && seen->server != NULL)
			http_server_close(&seen->server);
	}
	pthread_join(client, NULL);
	return seen->answer;
}

static const char *talk(struct seen *seen, str send)
{
	return talk_and(seen, send, false);
}

static void a_request_is_answered_with_its_parts(void **state)
{
	const char *text = talk(*state, S("GET /a%20b?page=7 HTTP/1.1\r\nHost: x\r\nX-Token: t\r\n"
					  "Connection: close\r\n\r\n"));

	assert_non_null(strstr(text, "HTTP/1.1 200 "));
	assert_non_null(strstr(text, "nosniff"));
	assert_non_null(strstr(text, "GET /a b body=0 token=t page=7"));
}

static void answer_later(uv_timer_t *timer)
{
	struct seen *seen = timer->data;
	const struct web_answer late = { .status = 202,
					 .body = S("at last"),
					 .headers = { { "Retry-After", S("7") } },
					 .n_headers = 1 };

	web_give(seen->wait, &late);
	seen->wait = NULL;
	uv_close((uv_handle_t *)timer, NULL);
}

static void an_answer_may_be_waited_for(void **state)
{
	struct seen *seen = *state;
	const char *text = talk(seen, S("POST /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
					"Content-Length: 2\r\n\r\nhi"));

	assert_non_null(strstr(text, "HTTP/1.1 202 "));
	assert_non_null(strstr(text, "Retry-After: 7"));
	assert_non_null(strstr(text, "at last"));
}

/* That is seen when the answer is there, and then nothing of it is left. */
static void whoever_hangs_up_while_an_answer_is_waited_for_is_let_go(void **state)
{
	struct seen *seen = *state;

	seen->never = seen->hangs_up = true;
	talk(seen, S("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
	assert_non_null(seen->wait);
	uv_run(&seen->loop, UV_RUN_NOWAIT);
	web_give(seen->wait, &(struct web_answer){ .status = 202 });
	seen->hangs_up = false;
	assert_non_null(
		strstr(talk(seen, S("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")),
		       "HTTP/1.1 200 "));
}

static void a_server_that_closes_leaves_nobody_waiting(void **state)
{
	struct seen *seen = *state;
	struct web_wait *wait;
	const struct web_answer late = { .status = 202 };
	str why;

	seen->never = true;
	talk_and(seen, S("GET /later HTTP/1.1\r\nHost: x\r\n\r\n"), true);
	wait = seen->wait;
	assert_non_null(wait);
	/* Too late: there is nobody to give it to. */
	web_give(wait, &late);
	seen->server = http_server_open(&seen->loop, str_of(seen->place), answer, seen,
					&seen->arena, &why);
	assert_non_null(seen->server);
}

static void what_is_not_there_is_404(void **state)
{
	assert_non_null(strstr(talk(*state, S("GET /nothing HTTP/1.1\r\nHost: x\r\n"
					      "Connection: close\r\n\r\n")),
			       "HTTP/1.1 404 "));
}

static void a_body_comes_whole_and_one_that_is_too_large_is_refused(void **state)
{
	struct seen *seen = *state;
	struct buf buf = buf_of(&seen->arena, 1 << 20);

	buf_add(&buf, S("POST /in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
			"Content-Length: 65536\r\n\r\n"));
	for (size_t i = 0; i < HTTP_BODY_BYTES_MAX; i++)
		buf_byte(&buf, 'x');
	assert_non_null(strstr(talk(seen, buf_str(&buf)), "POST /in body=65536"));
	assert_non_null(strstr(talk(seen, S("POST /in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
					    "Content-Length: 65537\r\n\r\n")),
			       "HTTP/1.1 413 "));

	struct buf endless = buf_of(&seen->arena, 1 << 20);

	buf_add(&endless, S("POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
	for (size_t i = 0; i < 80; i++) {
		buf_add(&endless, S("400\r\n"));
		for (size_t j = 0; j < 1024; j++)
			buf_byte(&endless, 'x');
		buf_add(&endless, S("\r\n"));
	}
	assert_null(strstr(talk(seen, buf_str(&endless)), "200 OK"));
}

static void nonsense_is_answered_and_the_next_is_served(void **state)
{
	(void)talk(*state, S("\x01\x02\x03 nonsense\r\n\r\n"));
	assert_non_null(strstr(talk(*state, S("GET /x HTTP/1.1\r\nHost: x\r\n"
					      "Connection: close\r\n\r\n")),
			       "HTTP/1.1 200 "));
}

static void a_socket_that_was_left_behind_is_replaced_and_one_in_use_is_not(void **state)
{
	struct seen *seen = *state;
	struct http_server *second;
	str why = STR_EMPTY;

	second = http_server_open(&seen->loop, str_of(seen->place), answer, seen, &seen->arena,
				  &why);
	/* The server does not turn its loop meanwhile, yet the kernel takes the connection. */
	assert_null(second);
	assert_true(why.n > 0);
}

static void a_file_that_is_no_socket_stays(void **state)
{
	struct seen *seen = *state;
	const char *name = str_z(&seen->arena, str_fmt(&seen->arena, "%s/mine", seen->folder));
	const int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	str why = STR_EMPTY;

	assert_true(fd >= 0);
	close(fd);
	struct http_server *server = http_server_open(&seen->loop,
						      str_fmt(&seen->arena, "unix:%s", name),
						      answer, seen, &seen->arena, &why);
	http_server_close(&server);
	assert_true(why.n > 0);
	assert_int_equal(unlink(name), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_request_is_answered_with_its_parts, open_server,
						close_server),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_404, open_server,
						close_server),
		cmocka_unit_test_setup_teardown(
			a_body_comes_whole_and_one_that_is_too_large_is_refused, open_server,
			close_server),
		cmocka_unit_test_setup_teardown(nonsense_is_answered_and_the_next_is_served,
						open_server, close_server),
		cmocka_unit_test_setup_teardown(
			a_socket_that_was_left_behind_is_replaced_and_one_in_use_is_not,
			open_server, close_server),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_socket_stays, open_server,
						close_server),
		cmocka_unit_test_setup_teardown(an_answer_may_be_waited_for, open_server,
						close_server),
		cmocka_unit_test_setup_teardown(
			whoever_hangs_up_while_an_answer_is_waited_for_is_let_go, open_server,
			close_server),
		cmocka_unit_test_setup_teardown(a_server_that_closes_leaves_nobody_waiting,
						open_server, close_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
