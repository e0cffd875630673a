#include "io/http_client.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"

#define FDS_MOST 256

/* What was said of the only request. */
struct heard {
	int times, closed;
	enum http_end end;
	char why[32];
};

static void hear(void *arg, const struct http_reply *answer)
{
	struct heard *heard = arg;

	heard->times++;
	heard->end = answer->end;
	snprintf(heard->why, sizeof heard->why, "%.*s", STR_ARG(answer->why));
}

static void note_closed(void *arg)
{
	struct heard *heard = arg;

	heard->closed++;
}

/* The kernel takes connections there, and nobody answers. */
static int listen_silently(in_port_t *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
	*port = address.sin_port;
	return fd;
}

/* Our end of a connection to that port; -1: there is none yet. */
static int find_connection(in_port_t port)
{
	for (int fd = 3; fd < FDS_MOST; fd++) {
		struct sockaddr_in address = { 0 };
		socklen_t size = sizeof address;

		if (getpeername(fd, (struct sockaddr *)&address, &size) == 0 &&
		    address.sin_family == AF_INET && address.sin_port == port)
			return fd;
	}
	return -1;
}

static void a_connection_is_not_for_child_processes_and_ends_with_the_client(void **state)
{
	uv_loop_t loop;
	struct arena arena = ARENA_EMPTY;
	struct heard heard = { 0 };
	in_port_t port;
	const int listening = listen_silently(&port);
	const struct http_settings settings = { .at_once = 1, .answer_bytes_most = 1024 };
	int fd = -1;

	assert_int_equal(uv_loop_init(&loop), 0);
	struct http_client *client = http_client_new(&loop, &settings);
	const struct http_question request = {
		.method = S("GET"),
		.url = str_fmt(&arena, "http://127.0.0.1:%d/", ntohs(port)),
		.within = SPAN_S(600),
	};
	http_client_send(client, &request, hear, &heard);
	while ((fd = find_connection(port)) < 0)
		(void)uv_run(&loop, UV_RUN_ONCE);
	assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);

	http_client_close(client, SPAN_MS(1), note_closed, &heard);
	(void)uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(heard.times, 1);
	assert_int_not_equal(heard.end, HTTP_ANSWERED);
	assert_string_equal(heard.why, "stopped");
	assert_int_equal(heard.closed, 1);
	assert_int_equal(find_connection(port), -1);
	assert_int_equal(uv_loop_close(&loop), 0);
	close(listening);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connection_is_not_for_child_processes_and_ends_with_the_client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
