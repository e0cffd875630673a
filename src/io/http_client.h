/*
 * HTTP requests on the loop: several at once, over connections that are kept.
 *
 * Every request gets exactly one answer, in time, never from within send, even when the other side
 * dies. A request leaves once at most: what libcurl would repeat in silence, when a kept connection
 * dies under it, ends as in doubt. Redirects are answers and are not followed; certificates are
 * checked; names are looked up on threads of libcurl, which never hold up the loop. libcurl's multi
 * interface does not leave http_client.c.
 */
#ifndef CANDOUR_IO_HTTP_CLIENT_H
#define CANDOUR_IO_HTTP_CLIENT_H

#include "base/time.h"

struct uv_loop_s;
struct http_client;

struct http_settings {
	str ca_file;              /* whom to trust; empty: the system's */
	size_t at_once;           /* so many connections are kept */
	size_t answer_bytes_most; /* of an answer's body; more is no answer */
};

struct http_question {
	str method;         /* "GET", "POST" ... */
	str url;            /* http or https */
	const str *headers; /* "Name: value" each, without line ends */
	size_t n_headers;
	str body;    /* must stay until the answer */
	span within; /* from here to the whole answer */
};

enum http_end {
	HTTP_ANSWERED, /* a whole answer, of whatever status */
	HTTP_NOT_SENT, /* nothing left: it cannot have been acted upon */
	HTTP_SET_UP,   /* likewise, and it will not get better by itself: certificate, URL */
	HTTP_IN_DOUBT, /* it may have been read and acted upon */
};

struct http_reply {
	enum http_end end;
	int status; /* 0: none */
	str body;
	span retry_after; /* as the other side asked for, in seconds or as a date; 0: it did not */
	/* why there is no answer: connect, name, tls, certificate, timeout, broken_off, garbage,
	 * too_large, url, stopped */
	str why;
};

/* The answer is borrowed until the function returns. It may send again. */
typedef void http_heard_fn(void *arg, const struct http_reply *answer);

struct http_client *http_client_new(struct uv_loop_s *loop, const struct http_settings *settings);
void http_client_send(struct http_client *client, const struct http_question *request,
		      http_heard_fn *fn, void *arg);
/* What is under way is finished, or ended with "stopped" when the limit is over; then closed is
 * called, once, and the client is gone. Nothing may be sent any more. */
void http_client_close(struct http_client *client, span limit, void (*closed)(void *arg),
		       void *arg);

#endif
