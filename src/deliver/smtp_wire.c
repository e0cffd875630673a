/*
 * The connection under a session.
 *
 * libesmtp has no hook for its socket and calls connect() bare: without a time limit, and without
 * TCP_NODELAY, which costs 44 ms a message (its buffer holds 2 kB, so that most messages leave in
 * several writes, and Nagle's algorithm holds the second one until the relay's delayed
 * acknowledgement). So the program has a connect() of its own, which the dynamic linker prefers to
 * the C library's. Where no wire was entered on the thread, it is the C library's.
 *
 * A duplicate of the descriptor is kept, so that another thread can shut the connection down without
 * ever meeting a descriptor that was closed and is somebody else's by now.
 */
#include "deliver/smtp.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* How often a thread that waits for its connection looks whether it was cut. */
#define LOOK_EVERY_MS 100

static _Thread_local struct smtp_wire *entered;

typedef int connect_fn(int fd, const struct sockaddr *address, socklen_t n);

static int connect_really(int fd, const struct sockaddr *address, socklen_t n)
{
	static connect_fn *really;
	connect_fn *found = __atomic_load_n(&really, __ATOMIC_ACQUIRE);
	if (found == NULL) {
		*(void **)(void *)&found = dlsym(RTLD_NEXT, "connect");
		require(found != NULL);
		__atomic_store_n(&really, found, __ATOMIC_RELEASE);
	}
	return found(fd, address, n);
}

static bool is_cut(struct smtp_wire *wire)
{
	pthread_mutex_lock(&wire->lock);
	bool cut = wire->cut;
	pthread_mutex_unlock(&wire->lock);
	return cut;
}

/* Until the connection is there; an errno otherwise. */
static int wait_connected(struct smtp_wire *wire, int fd)
{
	struct pollfd poller = { .fd = fd, .events = POLLOUT };
	for (int64_t left = wire->limit.ms; left > 0; left -= LOOK_EVERY_MS) {
		if (is_cut(wire))
			return ECONNABORTED;
		int n = poll(&poller, 1, left < LOOK_EVERY_MS ? (int)left : LOOK_EVERY_MS);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n <= 0)
			continue;
		int error = 0;
		socklen_t size = sizeof error;
		return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
	}
	return ETIMEDOUT;
}

/* The connection is ours to cut from now on, unless it was cut before it came about. */
static int keep(struct smtp_wire *wire, int fd)
{
	int error = 0, copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0)
		return errno;
	pthread_mutex_lock(&wire->lock);
	if (wire->cut)
		error = ECONNABORTED;
	else if (wire->fd >= 0)
		close(wire->fd); /* of an address that led nowhere */
	if (error == 0)
		wire->fd = copy;
	pthread_mutex_unlock(&wire->lock);
	if (error != 0)
		close(copy);
	return error;
}

static int connect_wire(struct smtp_wire *wire, int fd, const struct sockaddr *address, socklen_t n)
{
	const int one = 1;
	int flags = fcntl(fd, F_GETFL), error = 0;
	if (flags < 0)
		return errno;
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
	if (fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
		return errno;
	if (is_cut(wire))
		error = ECONNABORTED;
	else if (connect_really(fd, address, n) != 0)
		error = errno == EINPROGRESS || errno == EINTR ? wait_connected(wire, fd) : errno;
	(void)fcntl(fd, F_SETFL, flags);
	return error != 0 ? error : keep(wire, fd);
}

/* The C library's declaration has a union of all kinds of addresses there, for C alone, and names
 * that are not for us. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
__attribute__((visibility("default"))) int connect(int fd, __CONST_SOCKADDR_ARG address,
						   socklen_t n)
{
	const struct sockaddr *place = address.__sockaddr__;
	if (entered == NULL || (place->sa_family != AF_INET && place->sa_family != AF_INET6))
		return connect_really(fd, place, n);
	int error = connect_wire(entered, fd, place, n);
	errno = error;
	return error == 0 ? 0 : -1;
}

void wire_init(struct smtp_wire *wire, span limit)
{
	*wire = (struct smtp_wire){ .limit = limit, .fd = -1 };
	require(pthread_mutex_init(&wire->lock, NULL) == 0);
}

static void drop(struct smtp_wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
}

void wire_clear(struct smtp_wire *wire)
{
	drop(wire);
	pthread_mutex_destroy(&wire->lock);
}

void wire_enter(struct smtp_wire *wire)
{
	entered = wire;
}

void wire_leave(struct smtp_wire *wire)
{
	entered = NULL;
	pthread_mutex_lock(&wire->lock);
	drop(wire);
	pthread_mutex_unlock(&wire->lock);
}

void wire_cut(struct smtp_wire *wire)
{
	pthread_mutex_lock(&wire->lock);
	wire->cut = true;
	if (wire->fd >= 0)
		(void)shutdown(wire->fd, SHUT_RDWR);
	pthread_mutex_unlock(&wire->lock);
}

void wire_mend(struct smtp_wire *wire)
{
	pthread_mutex_lock(&wire->lock);
	wire->cut = false;
	pthread_mutex_unlock(&wire->lock);
}

bool wire_was_connected(struct smtp_wire *wire)
{
	pthread_mutex_lock(&wire->lock);
	bool connected = wire->fd >= 0;
	pthread_mutex_unlock(&wire->lock);
	return connected;
}
