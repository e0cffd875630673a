/*
 * The link on the loop: a stream of libuv's, our own writer, hiredis's parser.
 *
 *	waiting --time--> looking up --address--> connecting --stream--> greeting --PONG--> up
 *	   ^                  |                       |                     |               |
 *	   +------------------+-----------------------+---------------------+---------------+ any fault
 *
 * A connection is a `wire`. When a link loses it, the wire is cut off at once and goes its own way
 * through libuv's close callback, while the link already makes the next. So a late word of an old
 * connection finds nobody.
 *
 * Commands are collected and written once in each turn of the loop: that is the pipelining.
 */
#include "io/redis_link.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <uv.h>

#include "base/arena.h"
#include "base/hash.h"
#include "io/inner.h"

#define CONNECT_LIMIT_MS 5000 /* from the lookup of the name to the answer to the greeting */
#define PAUSE_MS_MIN 100
#define PAUSE_MS_MAX 5000
#define READ_BYTES ((size_t)64 << 10)
/* The largest that we ask for is a claim: a hundred messages with their words, 26 MB. */
#define REPLY_BYTES_MAX ((size_t)64 << 20)
#define WHY_BYTES_MAX 160

enum link_state {
	LINK_WAITING,
	LINK_LOOKING_UP,
	LINK_CONNECTING,
	LINK_GREETING,
	LINK_UP,
	LINK_CLOSED
};

/* A command whose answer has not come yet. */
struct asked {
	reply_fn *fn;
	void *arg;
	uint64_t until_ms; /* of the loop's clock */
};

/* First in, first out; a ring that grows. */
struct asked_queue {
	struct asked *list;
	size_t from, n, cap;
};

struct bytes {
	char *p;
	size_t n, cap;
};

struct wire {
	union {
		uv_handle_t handle;
		uv_stream_t stream;
		uv_tcp_t tcp;
		uv_pipe_t pipe;
	};
	struct redis_link *link; /* NULL: cut off */
	uv_connect_t connect;
	uv_write_t write;
	bool writing;
	struct bytes sending;
	redisReader *reader;
	size_t unread;      /* bytes since the last whole reply */
	struct arena arena; /* of the reply that is being read */
	char room[READ_BYTES];
};

struct lookup {
	uv_getaddrinfo_t request;
	struct redis_link *link; /* NULL: no longer of interest */
};

struct redis_link {
	uv_loop_t *loop;
	struct arena arena; /* of the settings */
	struct redis_settings settings;
	struct redis_events events;
	enum link_state state;
	struct wire *wire;     /* while connecting and after */
	struct lookup *lookup; /* while looking up */
	struct asked_queue asked;
	struct asked_queue refused; /* sent while the link was down */
	struct bytes filling;       /* commands that the next turn writes */
	uv_timer_t pause;           /* the pause before, then the limit of, a connection */
	uv_timer_t limit;           /* the earliest limit of a command */
	uint64_t limit_ms;          /* when `limit` is armed for; 0: it is not */
	bool warned;                /* something is late; what lies in the socket is read first */
	uv_idle_t turn;             /* active when there is something to write or to refuse */
	uint64_t pause_ms;
	unsigned attempts;       /* each takes the next address of a name that has several */
	char why[WHY_BYTES_MAX]; /* the last reason that was told */
	size_t why_n;
	int open_handles;
	void (*closed)(void *arg);
	void *closed_arg;
};

/* --- queues and bytes ------------------------------------------------------------------------- */

static void *grow(void *p, size_t size)
{
	void *more = realloc(p, size);

	if (more == NULL)
		fatal("no memory for the link to Redis");
	return more;
}

static void push(struct asked_queue *queue, struct asked asked)
{
	if (queue->n == queue->cap) {
		const size_t cap = queue->cap == 0 ? 64 : 2 * queue->cap;
		struct asked *list = grow(NULL, cap * sizeof *list);

		for (size_t i = 0; i < queue->n; i++)
			list[i] = queue->list[(queue->from + i) % queue->cap];
		free(queue->list);
		*queue = (struct asked_queue){ .list = list, .n = queue->n, .cap = cap };
	}
	queue->list[(queue->from + queue->n++) % queue->cap] = asked;
}

static struct asked pop(struct asked_queue *queue)
{
	const struct asked first = queue->list[queue->from];

	require(queue->n > 0);
	queue->from = (queue->from + 1) % queue->cap;
	queue->n--;
	return first;
}

static void append(struct bytes *bytes, const char *p, size_t n)
{
	if (bytes->cap - bytes->n < n) {
		size_t cap = bytes->cap == 0 ? 4096 : bytes->cap;

		while (cap - bytes->n < n)
			cap *= 2;
		bytes->p = grow(bytes->p, cap);
		bytes->cap = cap;
	}
	if (n != 0)
		memcpy(bytes->p + bytes->n, p, n);
	bytes->n += n;
}

static void append_count(struct bytes *bytes, char mark, size_t count)
{
	char line[32];
	size_t at = sizeof line;

	line[--at] = '\n';
	line[--at] = '\r';
	do {
		line[--at] = (char)('0' + count % 10);
		count /= 10;
	} while (count > 0);
	line[--at] = mark;
	append(bytes, line + at, sizeof line - at);
}

static void append_command(struct bytes *bytes, struct command command)
{
	append_count(bytes, '*', command.n);
	for (size_t i = 0; i < command.n; i++) {
		append_count(bytes, '$', command.args[i].n);
		append(bytes, command.args[i].p, command.args[i].n);
		append(bytes, "\r\n", 2);
	}
}

/* --- the end of things ------------------------------------------------------------------------ */

static void answer(struct asked asked, enum err err, const struct reply *reply)
{
	asked.fn(asked.arg, err, reply);
}

static void answer_all(struct asked_queue *queue, enum err err)
{
	while (queue->n > 0)
		answer(pop(queue), err, NULL);
}

static void free_wire(uv_handle_t *handle)
{
	struct wire *wire = handle->data;

	redisReaderFree(wire->reader);
	arena_free(&wire->arena);
	free(wire->sending.p);
	free(wire);
}

static void cut_wire(struct redis_link *link)
{
	struct wire *wire = link->wire;

	if (wire == NULL)
		return;
	wire->link = NULL;
	link->wire = NULL;
	link->filling.n = 0;
	uv_close(&wire->handle, free_wire);
}

static void cut_lookup(struct redis_link *link)
{
	if (link->lookup == NULL)
		return;
	link->lookup->link = NULL;
	(void)uv_cancel((uv_req_t *)&link->lookup->request);
	link->lookup = NULL;
}

/* From half of the pause to all of it, so that many do not come back at once. */
static uint64_t jitter(uint64_t pause_ms)
{
	uint8_t byte;

	random_bytes(&byte, 1);
	return pause_ms / 2 + pause_ms / 2 * byte / UINT8_MAX;
}

static void start_attempt(uv_timer_t *timer);

/* The one place where a link goes down: tells why, then plans the next attempt. `first`: what the
 * oldest command is told. */
static void lose(struct redis_link *link, str why, enum err first)
{
	const bool was_up = link->state == LINK_UP;
	const str told = { link->why, link->why_n };
	const bool news = was_up || !str_eq(why, told);

	cut_lookup(link);
	cut_wire(link);
	link->state = LINK_WAITING;
	link->pause_ms = link->pause_ms == 0 ? PAUSE_MS_MIN : link->pause_ms * 2;
	if (link->pause_ms > PAUSE_MS_MAX)
		link->pause_ms = PAUSE_MS_MAX;
	uv_timer_stop(&link->limit);
	link->limit_ms = 0;
	link->warned = false;
	uv_timer_start(&link->pause, start_attempt, jitter(link->pause_ms), 0);
	link->why_n = why.n < sizeof link->why ? why.n : sizeof link->why;
	memmove(link->why, why.p, link->why_n);
	if (link->asked.n > 0 && first != ERR_DOWN)
		answer(pop(&link->asked), first, NULL);
	answer_all(&link->asked, ERR_DOWN);
	if (news && link->state != LINK_CLOSED && link->events.down != NULL)
		link->events.down(link->events.arg, (str){ link->why, link->why_n });
}

static void lose_by(struct redis_link *link, int status)
{
	lose(link, str_of(uv_strerror(status)), ERR_DOWN);
}

/* --- limits ----------------------------------------------------------------------------------- */

static void watch_limits(uv_timer_t *timer);

static void arm_limit(struct redis_link *link, uint64_t until_ms)
{
	const uint64_t now_ms = uv_now(link->loop);

	if (link->limit_ms != 0 && link->limit_ms <= until_ms)
		return;
	link->limit_ms = until_ms;
	uv_timer_start(&link->limit, watch_limits, until_ms > now_ms ? until_ms - now_ms : 0, 0);
}

/* Something may be late. When this process was itself kept from running, the answer may lie in the
 * socket: so the first time it only waits for one more turn. */
static void watch_limits(uv_timer_t *timer)
{
	struct redis_link *link = timer->data;
	uint64_t earliest_ms = UINT64_MAX;

	for (size_t i = 0; i < link->asked.n; i++) {
		const struct asked *asked =
			&link->asked.list[(link->asked.from + i) % link->asked.cap];
		earliest_ms = asked->until_ms < earliest_ms ? asked->until_ms : earliest_ms;
	}
	link->limit_ms = 0;
	if (earliest_ms > uv_now(link->loop)) {
		link->warned = false;
		if (earliest_ms != UINT64_MAX)
			arm_limit(link, earliest_ms);
	} else if (!link->warned) {
		link->warned = true;
		link->limit_ms = uv_now(link->loop) + 1;
		uv_timer_start(&link->limit, watch_limits, 1, 0);
	} else {
		lose(link, S("no answer in time"), ERR_TIMEOUT);
	}
}

/* --- writing ---------------------------------------------------------------------------------- */

static void flush(struct redis_link *link);

static void end_write(uv_write_t *request, int status)
{
	struct wire *wire = request->data;

	wire->writing = false;
	wire->sending.n = 0;
	if (wire->link == NULL)
		return;
	if (status < 0)
		lose_by(wire->link, status);
	else
		flush(wire->link);
}

static void flush(struct redis_link *link)
{
	struct wire *wire = link->wire;
	struct bytes spare;
	uv_buf_t buf;
	int status;

	if (wire == NULL || wire->writing || link->filling.n == 0)
		return;
	spare = wire->sending;
	wire->sending = link->filling;
	link->filling = spare;
	buf = uv_buf_init(wire->sending.p, (unsigned)wire->sending.n);
	wire->write.data = wire;
	wire->writing = true;
	status = uv_write(&wire->write, &wire->stream, &buf, 1, end_write);
	if (status < 0) {
		wire->writing = false;
		lose_by(link, status);
	}
}

static void take_turn(uv_idle_t *idle)
{
	struct redis_link *link = idle->data;
	/* Only those that are here now: who sends again when told no waits for the next turn. */
	size_t n = link->refused.n;

	uv_idle_stop(idle);
	flush(link);
	while (n-- > 0 && link->refused.n > 0)
		answer(pop(&link->refused), ERR_DOWN, NULL);
	if (link->refused.n > 0 && link->state != LINK_CLOSED)
		uv_idle_start(idle, take_turn);
}

static void ask(struct redis_link *link, struct command command, struct asked asked)
{
	append_command(&link->filling, command);
	push(&link->asked, asked);
	arm_limit(link, asked.until_ms);
	uv_idle_start(&link->turn, take_turn);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void give_room(uv_handle_t *handle, size_t hint, uv_buf_t *out)
{
	struct wire *wire = handle->data;

	(void)hint;
	*out = uv_buf_init(wire->room, sizeof wire->room);
}

static void read_replies(struct wire *wire)
{
	void *reply = NULL;

	/* Every answer may bring the link down or close it: then the wire is cut off. */
	while (wire->link != NULL) {
		if (redisReaderGetReply(wire->reader, &reply) != REDIS_OK) {
			lose(wire->link, S("what came is not the protocol of Redis"), ERR_DOWN);
			return;
		}
		if (reply == NULL)
			return;
		if (wire->link->asked.n == 0) {
			lose(wire->link, S("an answer came that nobody asked for"), ERR_DOWN);
			return;
		}
		wire->unread = 0;
		answer(pop(&wire->link->asked), OK, reply);
		arena_clear(&wire->arena);
	}
}

static void take_bytes(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct wire *wire = stream->data;

	if (wire->link == NULL || n == 0)
		return;
	if (n < 0) {
		lose_by(wire->link, (int)n);
		return;
	}
	wire->unread += (size_t)n;
	if (wire->unread > REPLY_BYTES_MAX)
		lose(wire->link, S("an answer is larger than any that we ask for"), ERR_DOWN);
	else if (redisReaderFeed(wire->reader, buf->base, (size_t)n) != REDIS_OK)
		lose(wire->link, S("what came is not the protocol of Redis"), ERR_DOWN);
	else
		read_replies(wire);
}

/* --- connecting ------------------------------------------------------------------------------- */

/* Whoever answers the greeting with anything but these is there for us. */
static bool is_refusal(const struct reply *reply)
{
	const str kinds[] = { S("LOADING"), S("NOAUTH"), S("WRONGPASS"), S("MASTERDOWN"),
			      S("ERR max number of clients") };

	if (reply->type != REPLY_ERROR)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(reply->text, kinds[i]))
			return true;
	return false;
}

static void hear_auth(void *arg, enum err err, const struct reply *reply)
{
	struct redis_link *link = arg;

	if (err == OK && reply->type == REPLY_ERROR && link->state == LINK_GREETING)
		lose(link, reply->text, ERR_DOWN);
}

static void hear_greeting(void *arg, enum err err, const struct reply *reply)
{
	struct redis_link *link = arg;

	if (err != OK || link->state != LINK_GREETING)
		return;
	if (is_refusal(reply)) {
		lose(link, reply->text, ERR_DOWN);
		return;
	}
	uv_timer_stop(&link->pause);
	link->state = LINK_UP;
	link->pause_ms = 0;
	link->why_n = 0;
	if (link->events.up != NULL)
		link->events.up(link->events.arg);
}

static void greet(uv_connect_t *request, int status)
{
	struct wire *wire = request->data;
	struct redis_link *link = wire->link;
	const str ping[] = { S("PING") };
	str args[3];
	struct command auth;
	struct asked asked;

	if (link == NULL)
		return;
	if (status == 0)
		status = uv_read_start(&wire->stream, give_room, take_bytes);
	if (status < 0) {
		lose_by(link, status);
		return;
	}
	link->state = LINK_GREETING;
	asked = (struct asked){ .fn = hear_auth,
				.arg = link,
				.until_ms = uv_now(link->loop) + CONNECT_LIMIT_MS };
	auth = auth_command(&link->settings, args);
	if (auth.n != 0)
		ask(link, auth, asked);
	asked.fn = hear_greeting;
	ask(link, (struct command){ .args = ping, .n = 1 }, asked);
}

static struct wire *new_wire(struct redis_link *link)
{
	struct wire *wire = calloc(1, sizeof *wire);

	if (wire == NULL)
		fatal("no memory for a connection to Redis");
	wire->link = link;
	wire->connect.data = wire;
	wire->reader = redisReaderCreateWithFunctions(&reply_functions);
	if (wire->reader == NULL)
		fatal("no memory for a connection to Redis");
	wire->reader->privdata = &wire->arena;
	wire->reader->maxbuf = READ_BYTES * 4;
	link->wire = wire;
	link->state = LINK_CONNECTING;
	return wire;
}

static void connect_unix(struct redis_link *link)
{
	struct wire *wire;

	/* libuv would cut the path short in silence. */
	if (link->settings.socket.n >= sizeof((struct sockaddr_un *)NULL)->sun_path) {
		lose_by(link, UV_ENAMETOOLONG);
		return;
	}
	wire = new_wire(link);
	require(uv_pipe_init(link->loop, &wire->pipe, 0) == 0);
	wire->handle.data = wire;
	uv_pipe_connect(&wire->connect, &wire->pipe, link->settings.socket.p, greet);
}

static void connect_tcp(struct redis_link *link, const struct sockaddr *address)
{
	struct wire *wire = new_wire(link);
	int status;

	require(uv_tcp_init(link->loop, &wire->tcp) == 0);
	wire->handle.data = wire;
	(void)uv_tcp_nodelay(&wire->tcp, 1);
	(void)uv_tcp_keepalive(&wire->tcp, 1, 60);
	status = uv_tcp_connect(&wire->connect, &wire->tcp, address, greet);
	if (status < 0)
		lose_by(link, status);
}

static const struct addrinfo *choose_address(const struct addrinfo *info, unsigned attempt)
{
	const struct addrinfo *at = info;

	while (attempt-- > 0)
		at = at->ai_next != NULL ? at->ai_next : info;
	return at;
}

static void take_address(uv_getaddrinfo_t *request, int status, struct addrinfo *info)
{
	struct lookup *lookup = request->data;
	struct redis_link *link = lookup->link;

	if (link != NULL) {
		link->lookup = NULL;
		if (status < 0)
			lose_by(link, status);
		else
			connect_tcp(link, choose_address(info, link->attempts++ % 16)->ai_addr);
	}
	uv_freeaddrinfo(info);
	free(lookup);
}

static void look_up(struct redis_link *link)
{
	static const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	struct lookup *lookup = calloc(1, sizeof *lookup);
	char port[16];
	int status;

	if (lookup == NULL)
		fatal("no memory to look up a name");
	snprintf(port, sizeof port, "%d", link->settings.port);
	lookup->link = link;
	lookup->request.data = lookup;
	link->lookup = lookup;
	link->state = LINK_LOOKING_UP;
	status = uv_getaddrinfo(link->loop, &lookup->request, take_address, link->settings.host.p,
				port, &hints);
	if (status < 0) {
		link->lookup = NULL;
		free(lookup);
		lose_by(link, status);
	}
}

static void give_up_attempt(uv_timer_t *timer)
{
	lose(timer->data, S("no connection in time"), ERR_DOWN);
}

static void start_attempt(uv_timer_t *timer)
{
	struct redis_link *link = timer->data;

	uv_timer_start(&link->pause, give_up_attempt, CONNECT_LIMIT_MS, 0);
	if (link->settings.socket.n != 0)
		connect_unix(link);
	else
		look_up(link);
}

/* --- the door --------------------------------------------------------------------------------- */

/* A copy with a NUL behind, for libuv. */
static str keep(struct arena *arena, str text)
{
	return (str){ str_z(arena, text), text.n };
}

struct redis_link *redis_link_open(struct uv_loop_s *loop, const struct redis_settings *settings,
				   const struct redis_events *events)
{
	struct redis_link *link = calloc(1, sizeof *link);

	if (link == NULL)
		fatal("no memory for the link to Redis");
	link->loop = loop;
	link->events = *events;
	link->settings = (struct redis_settings){
		.socket = keep(&link->arena, settings->socket),
		.host = keep(&link->arena, settings->host),
		.port = settings->port,
		.username = keep(&link->arena, settings->username),
		.password = keep(&link->arena, settings->password),
	};
	require(uv_timer_init(loop, &link->pause) == 0);
	require(uv_timer_init(loop, &link->limit) == 0);
	require(uv_idle_init(loop, &link->turn) == 0);
	link->pause.data = link;
	link->limit.data = link;
	link->turn.data = link;
	link->open_handles = 3;
	uv_timer_start(&link->pause, start_attempt, 0, 0);
	return link;
}

bool redis_link_is_up(const struct redis_link *link)
{
	return link->state == LINK_UP;
}

void redis_link_send(struct redis_link *link, struct command command, span limit, reply_fn *fn,
		     void *arg)
{
	const uint64_t limit_ms = limit.ms > 0 ? (uint64_t)limit.ms : 0;
	const struct asked asked = { .fn = fn,
				     .arg = arg,
				     .until_ms = uv_now(link->loop) + limit_ms };

	require(command.n > 0);
	if (link->state == LINK_UP) {
		ask(link, command, asked);
		return;
	}
	push(&link->refused, asked);
	if (link->state != LINK_CLOSED)
		uv_idle_start(&link->turn, take_turn);
}

static void end_handle(uv_handle_t *handle)
{
	struct redis_link *link = handle->data;
	void (*closed)(void *arg) = link->closed;
	void *arg = link->closed_arg;

	if (--link->open_handles > 0)
		return;
	answer_all(&link->refused, ERR_CLOSED);
	free(link->asked.list);
	free(link->refused.list);
	free(link->filling.p);
	arena_free(&link->arena);
	free(link);
	if (closed != NULL)
		closed(arg);
}

void redis_link_close(struct redis_link **link, void (*closed)(void *arg), void *arg)
{
	struct redis_link *closing = *link;

	*link = NULL;
	closing->closed = closed;
	closing->closed_arg = arg;
	closing->state = LINK_CLOSED;
	cut_lookup(closing);
	cut_wire(closing);
	uv_close((uv_handle_t *)&closing->pause, end_handle);
	uv_close((uv_handle_t *)&closing->limit, end_handle);
	uv_close((uv_handle_t *)&closing->turn, end_handle);
	answer_all(&closing->asked, ERR_CLOSED);
	answer_all(&closing->refused, ERR_CLOSED);
}
