/*
 * HTTP as a server: libmicrohttpd, whose epoll descriptor hangs in our loop.
 *
 * One function answers every request: at once, or, where it must ask somebody first, later.
 * Only loopback addresses and Unix sockets are served; whoever wants more puts a proxy before it, which
 * has TLS. The number of connections, their length in time and the size of what they send are limited.
 */
#ifndef CANDOUR_IO_HTTP_SERVER_H
#define CANDOUR_IO_HTTP_SERVER_H

#include "base/err.h"
#include "base/time.h"

struct uv_loop_s;
struct http_server;

#define HTTP_BODY_BYTES_MAX ((size_t)64 << 10)

struct web_request {
	str method; /* "GET" */
	str path;   /* decoded, without the question mark and what is behind it */
	str body;
	const void *connection; /* for web_header and web_argument */
	void *its;              /* for web_wait */
};

struct web_answer {
	int status;       /* 0 when the function returns: 404 */
	const char *type; /* "text/plain; charset=utf-8" where NULL */
	str body;         /* copied */
	struct {
		const char *name;
		str value;
	} headers[8];
	size_t n_headers;
};

/* Answers a request. Everything may live in the arena, which goes behind it. Of HEAD the body is left out
 * by the server. */
typedef void web_fn(void *arg, const struct web_request *request, struct arena *arena,
		    struct web_answer *out);

/* A header of the request, or a value behind the question mark; empty: there is none. Borrowed. */
str web_header(const struct web_request *request, const char *name);
str web_argument(const struct web_request *request, const char *name);

/* For an answer that must be waited for: the function calls this, leaves its `out` alone and returns; web_give
 * then answers, exactly once, from the loop. Who asked may have gone by then, and the server, too. */
struct web_wait;
struct web_wait *web_wait(const struct web_request *request);
/* Of the answer only status, body and headers count; all is copied. Frees the wait. */
void web_give(struct web_wait *wait, const struct web_answer *answer);

/* Listens at the place (see base/place.h); the loop is borrowed. NULL, and *why a sentence that lives in the arena, when that cannot
 * be. A socket's file that nobody listens on is replaced; the new one is for owner and group. */
struct http_server *http_server_open(struct uv_loop_s *loop, str place, web_fn *fn, void *arg,
				     struct arena *arena, str *why);
/* Ends all connections at once; *server is empty at once; frees when the loop has let go. NULL is fine. */
void http_server_close(struct http_server **server);

#endif
