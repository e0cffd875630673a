#include "io/http_client.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <stdlib.h>
#include <uv.h>

#include "base/arena.h"
#include "base/err.h"

#define CONNECT_WITHIN_MS 10000L
#define HEADER_BYTES_MOST ((size_t)64 << 10)
/* A connection that was idle for longer may be closed from the other side at this very moment, and
 * then a request on it would be in doubt. Servers keep idle ones for five seconds and more. */
#define IDLE_S_MOST 3L
#define RETRY_AFTER_S_MOST 86400

/* One request, from send to its answer; then it is used again. */
struct call {
	struct call *next; /* free; or under way */
	struct http_client *client;
	CURL *curl;
	struct curl_slist *headers;
	struct arena arena;
	bool left; /* the request may have reached the other side, or a part of it */
	struct buf answer;
	size_t header_bytes;
	bool too_large;
	http_heard_fn *fn;
	void *arg;
};

/* A socket of libcurl's on the loop. */
struct watch {
	uv_poll_t poll;
	struct watch *next;
	struct http_client *client;
	curl_socket_t socket;
};

struct http_client {
	uv_loop_t *loop;
	CURLM *multi;
	uv_timer_t timer, end;
	struct arena arena;
	const char *ca_file;
	size_t answer_bytes_most;
	struct call *free, *under_way;
	size_t n_under_way;
	struct watch *watches;
	bool closing, stopping;
	size_t handles; /* timers and watches that are not closed yet */
	void (*closed)(void *arg);
	void *closed_arg;
};

#define SET(call, option, value)                                                                   \
	require(curl_easy_setopt((call)->curl, (option), (value)) == CURLE_OK)

/* --- what libcurl asks of a request --------------------------------------------------------------- */

/* It knows who we are: no process that we start may go on with it, or keep it open after us. */
static int keep_for_us(void *arg, curl_socket_t socket, curlsocktype purpose)
{
	(void)arg, (void)purpose;
	return fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

/* Just before the request leaves. libcurl comes here a second time when a kept connection died under it
 * before a byte of the answer, and would repeat it in silence. */
static int let_leave(void *arg, char *their_address, char *our_address, int their_port,
		     int our_port)
{
	struct call *call = arg;
	(void)their_address, (void)our_address, (void)their_port, (void)our_port;
	if (call->left)
		return CURL_PREREQFUNC_ABORT;
	call->left = true;
	return CURL_PREREQFUNC_OK;
}

static size_t take_answer(char *bytes, size_t size, size_t n, void *arg)
{
	struct call *call = arg;
	buf_add(&call->answer, (str){ bytes, size * n });
	call->too_large = call->answer.too_long;
	return call->too_large ? 0 : size * n;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *arg)
{
	struct call *call = arg;
	(void)bytes;
	call->header_bytes += size * n;
	call->too_large = call->header_bytes > HEADER_BYTES_MOST;
	return call->too_large ? 0 : size * n;
}

/* --- what came of it ------------------------------------------------------------------------------ */

static str name_failure(const struct call *call, CURLcode result)
{
	if (call->too_large)
		return S("too_large");
	switch ((int)result) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return S("name");
	case CURLE_COULDNT_CONNECT:
		return S("connect");
	case CURLE_SSL_CONNECT_ERROR:
		return S("tls");
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return S("certificate");
	case CURLE_URL_MALFORMAT:
		return S("url");
	case CURLE_OPERATION_TIMEDOUT:
		return S("timeout");
	case CURLE_UNSUPPORTED_PROTOCOL: /* an answer that is not HTTP */
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_BAD_CONTENT_ENCODING:
		return call->left ? S("garbage") : S("url");
	default:
		return S("broken_off");
	}
}

static enum http_end judge_failure(const struct call *call, CURLcode result)
{
	if (call->left)
		return HTTP_IN_DOUBT;
	bool set_up = result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_URL_MALFORMAT ||
		      result == CURLE_SSL_CACERT_BADFILE || result == CURLE_UNSUPPORTED_PROTOCOL;
	return set_up ? HTTP_SET_UP : HTTP_NOT_SENT;
}

static void fill_answer(const struct call *call, struct http_reply *out)
{
	long status = 0;
	curl_off_t after = 0;
	curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(call->curl, CURLINFO_RETRY_AFTER, &after);
	if (after > RETRY_AFTER_S_MOST)
		after = RETRY_AFTER_S_MOST;
	*out = (struct http_reply){ .end = HTTP_ANSWERED,
				    .status = (int)status,
				    .body = buf_str(&call->answer),
				    .retry_after = SPAN_S(after > 0 ? after : 0) };
}

static void take_out(struct http_client *client, const struct call *call)
{
	struct call **at = &client->under_way;
	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	client->n_under_way--;
	require(curl_multi_remove_handle(client->multi, call->curl) == CURLM_OK);
}

static void put_away(struct http_client *client, struct call *call)
{
	curl_slist_free_all(call->headers);
	call->headers = NULL;
	arena_clear(&call->arena);
	call->next = client->free;
	client->free = call;
}

static void finish(struct http_client *client, struct call *call, const struct http_reply *answer)
{
	take_out(client, call);
	call->fn(call->arg, answer);
	put_away(client, call);
}

static void hear(struct http_client *client, struct call *call, CURLcode result)
{
	struct http_reply answer = { .end = HTTP_ANSWERED };
	if (result == CURLE_OK) {
		fill_answer(call, &answer);
	} else {
		answer.end = judge_failure(call, result);
		answer.why = name_failure(call, result);
	}
	finish(client, call, &answer);
}

static void end_if_done(struct http_client *client);

/* After every action: what is not asked for here would wait for the next one. */
static void hear_all(struct http_client *client)
{
	CURLMsg *message;
	int left;
	while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
		char *call = NULL;
		CURLcode result = message->data.result;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
		hear(client, (struct call *)(void *)call, result);
	}
	end_if_done(client);
}

/* --- sockets and time on the loop ----------------------------------------------------------------- */

static void act(struct http_client *client, curl_socket_t socket, int events)
{
	int running;
	require(curl_multi_socket_action(client->multi, socket, events, &running) == CURLM_OK);
	hear_all(client);
}

static void on_socket(uv_poll_t *poll, int status, int events)
{
	struct watch *watch = poll->data;
	int what = status < 0 ? CURL_CSELECT_ERR : 0;
	what |= (events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0;
	what |= (events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
	act(watch->client, watch->socket, what);
}

static void on_timer(uv_timer_t *timer)
{
	act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static void let_go(struct http_client *client)
{
	if (--client->handles > 0)
		return;
	client->closed(client->closed_arg);
	arena_free(&client->arena);
	free(client);
}

static void on_timer_closed(uv_handle_t *handle)
{
	let_go(handle->data);
}

static void on_watch_closed(uv_handle_t *handle)
{
	struct watch *watch = handle->data;
	struct http_client *client = watch->client;
	free(watch);
	let_go(client);
}

static void unwatch(struct http_client *client, struct watch *watch)
{
	struct watch **at = &client->watches;
	while (*at != watch)
		at = &(*at)->next;
	*at = watch->next;
	uv_poll_stop(&watch->poll);
	uv_close((uv_handle_t *)&watch->poll, on_watch_closed);
}

static struct watch *start_watch(struct http_client *client, curl_socket_t socket)
{
	struct watch *watch = calloc(1, sizeof *watch);
	if (watch == NULL)
		fatal("no memory for a connection");
	watch->client = client;
	watch->socket = socket;
	watch->poll.data = watch;
	require(uv_poll_init_socket(client->loop, &watch->poll, socket) == 0);
	client->handles++;
	watch->next = client->watches;
	client->watches = watch;
	require(curl_multi_assign(client->multi, socket, watch) == CURLM_OK);
	return watch;
}

static int want_socket(CURL *curl, curl_socket_t socket, int what, void *arg, void *socket_arg)
{
	struct http_client *client = arg;
	struct watch *watch = socket_arg;
	(void)curl;
	if (what == CURL_POLL_REMOVE) {
		if (watch != NULL)
			unwatch(client, watch);
		return 0;
	}
	if (watch == NULL)
		watch = start_watch(client, socket);
	int events = what == CURL_POLL_IN ? UV_READABLE : UV_WRITABLE;
	if (what == CURL_POLL_INOUT)
		events = UV_READABLE | UV_WRITABLE;
	require(uv_poll_start(&watch->poll, events, on_socket) == 0);
	return 0;
}

static int want_timer(CURLM *multi, long ms, void *arg)
{
	struct http_client *client = arg;
	(void)multi;
	if (ms < 0)
		uv_timer_stop(&client->timer);
	else
		uv_timer_start(&client->timer, on_timer, (uint64_t)ms, 0);
	return 0;
}

/* --- the door ------------------------------------------------------------------------------------- */

static void start_library(void)
{
	require(curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK);
}

struct http_client *http_client_new(struct uv_loop_s *loop, const struct http_settings *settings)
{
	static uv_once_t once = UV_ONCE_INIT;
	uv_once(&once, start_library);
	struct http_client *client = calloc(1, sizeof *client);
	if (client == NULL)
		fatal("out of memory");
	client->loop = loop;
	client->multi = curl_multi_init();
	if (client->multi == NULL)
		fatal("out of memory");
	client->ca_file = str_z(&client->arena, settings->ca_file);
	client->answer_bytes_most = settings->answer_bytes_most;
	client->timer.data = client->end.data = client;
	require(uv_timer_init(loop, &client->timer) == 0);
	require(uv_timer_init(loop, &client->end) == 0);
	client->handles = 2;
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, want_socket);
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, want_timer);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, (long)settings->at_once);
	return client;
}

/* What is the same for all requests. */
static struct call *new_call(struct http_client *client)
{
	struct call *call = calloc(1, sizeof *call);
	if (call == NULL || (call->curl = curl_easy_init()) == NULL)
		fatal("no memory for a request");
	call->client = client;
	SET(call, CURLOPT_PRIVATE, (char *)call);
	SET(call, CURLOPT_PROTOCOLS_STR, "http,https");
	SET(call, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(call, CURLOPT_PROXY, ""); /* whatever the environment says */
	SET(call, CURLOPT_NOSIGNAL, 1L);
	/* A name that nobody answers for is given up without waiting for its thread. */
	SET(call, CURLOPT_QUICK_EXIT, 1L);
	SET(call, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(call, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_WITHIN_MS);
	SET(call, CURLOPT_MAXAGE_CONN, IDLE_S_MOST);
	SET(call, CURLOPT_SOCKOPTFUNCTION, keep_for_us);
	SET(call, CURLOPT_PREREQFUNCTION, let_leave);
	SET(call, CURLOPT_PREREQDATA, call);
	SET(call, CURLOPT_WRITEFUNCTION, take_answer);
	SET(call, CURLOPT_WRITEDATA, call);
	SET(call, CURLOPT_HEADERFUNCTION, take_header);
	SET(call, CURLOPT_HEADERDATA, call);
	if (client->ca_file[0] != 0) {
		SET(call, CURLOPT_CAINFO, client->ca_file);
		SET(call, CURLOPT_CAPATH, NULL);
	}
	return call;
}

static void add_header(struct call *call, str header)
{
	struct curl_slist *list = curl_slist_append(call->headers, str_z(&call->arena, header));
	if (list == NULL)
		fatal("no memory for a request");
	call->headers = list;
}

static void set_headers(struct call *call, const struct http_question *request)
{
	for (size_t i = 0; i < request->n_headers; i++)
		add_header(call, request->headers[i]);
	/* Nobody is asked first whether the body may come. */
	add_header(call, S("Expect:"));
	SET(call, CURLOPT_HTTPHEADER, call->headers);
}

static void set_body(struct call *call, const struct http_question *request)
{
	if (request->body.n > 0) {
		SET(call, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.n);
		SET(call, CURLOPT_POSTFIELDS, request->body.p);
	} else {
		SET(call, CURLOPT_HTTPGET, 1L);
	}
	SET(call, CURLOPT_CUSTOMREQUEST, str_z(&call->arena, request->method));
}

void http_client_send(struct http_client *client, const struct http_question *request,
		      http_heard_fn *fn, void *arg)
{
	require(!client->closing);
	struct call *call = client->free;
	if (call != NULL)
		client->free = call->next;
	else
		call = new_call(client);
	call->fn = fn;
	call->arg = arg;
	call->answer = buf_of(&call->arena, client->answer_bytes_most);
	call->header_bytes = 0;
	call->too_large = false;
	call->left = false;
	SET(call, CURLOPT_URL, str_z(&call->arena, request->url));
	SET(call, CURLOPT_TIMEOUT_MS, (long)request->within.ms);
	set_headers(call, request);
	set_body(call, request);
	call->next = client->under_way;
	client->under_way = call;
	client->n_under_way++;
	require(curl_multi_add_handle(client->multi, call->curl) == CURLM_OK);
}

/* --- the end -------------------------------------------------------------------------------------- */

static void free_calls(struct http_client *client)
{
	while (client->free != NULL) {
		struct call *call = client->free;
		client->free = call->next;
		curl_easy_cleanup(call->curl);
		arena_free(&call->arena);
		free(call);
	}
}

static void close_handles(struct http_client *client)
{
	client->stopping = true;
	free_calls(client);
	curl_multi_cleanup(client->multi);
	while (client->watches != NULL)
		unwatch(client, client->watches);
	uv_close((uv_handle_t *)&client->timer, on_timer_closed);
	uv_close((uv_handle_t *)&client->end, on_timer_closed);
}

static void end_if_done(struct http_client *client)
{
	if (client->closing && !client->stopping && client->n_under_way == 0)
		close_handles(client);
}

static void on_end(uv_timer_t *end)
{
	struct http_client *client = end->data;
	while (client->under_way != NULL) {
		struct call *call = client->under_way;
		const struct http_reply answer = { .end = call->left ? HTTP_IN_DOUBT
								     : HTTP_NOT_SENT,
						   .why = S("stopped") };
		finish(client, call, &answer);
	}
	end_if_done(client);
}

void http_client_close(struct http_client *client, span limit, void (*closed)(void *arg), void *arg)
{
	client->closing = true;
	client->closed = closed;
	client->closed_arg = arg;
	uv_timer_start(&client->end, on_end, client->n_under_way > 0 ? (uint64_t)limit.ms : 0, 0);
}
