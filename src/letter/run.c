/* One letter by a worker of its own, waited for. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "letter/inner.h"

#define PROGRAM "candour-letter"
#define PATH_BYTES_MAX 4096
#define READ_AT_ONCE ((size_t)64 << 10)

/* ---- where it is -------------------------------------------------------------------------------- */

/* The folder of the program that runs, with its last slash. */
static str own_folder(struct arena *arena)
{
	char *path = TAKE(arena, char, PATH_BYTES_MAX);
	const ssize_t n = readlink("/proc/self/exe", path, PATH_BYTES_MAX);
	size_t end = n > 0 ? (size_t)n : 0;
	while (end > 0 && path[end - 1] != '/')
		end--;
	return (str){ path, end };
}

str letter_worker_find(struct arena *arena)
{
	static const char *const places[] = { PROGRAM, "../libexec/candour/" PROGRAM };
	const str folder = own_folder(arena);
	for (size_t i = 0; folder.n > 0 && i < sizeof places / sizeof places[0]; i++) {
		const str path = str_join(arena, folder, str_of(places[i]));
		if (access(str_z(arena, path), X_OK) == 0)
			return path;
	}
	return STR_EMPTY;
}

char **letter_worker_environment(struct arena *arena)
{
	static const char *const kept[] = { "JOURNAL_STREAM", "ASAN_OPTIONS", "LSAN_OPTIONS",
					    "UBSAN_OPTIONS", "TSAN_OPTIONS" };
	const size_t n = sizeof kept / sizeof kept[0];
	char **environment = TAKE(arena, char *, n + 1);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const char *value = getenv(kept[i]);
		if (value == NULL)
			continue;
		const str line = str_fmt(arena, "%s=%s", kept[i], value);
		environment[at++] = (char *)(uintptr_t)str_z(arena, line);
	}
	environment[at] = NULL;
	return environment;
}

/* ---- asking ------------------------------------------------------------------------------------- */

/* A worker, and our ends of its pipes; -1: closed. */
struct worker {
	pid_t pid;
	int ask, said;
};

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static enum err spawn(struct arena *arena, str program, int in, int out, pid_t *pid)
{
	char name[] = PROGRAM;
	char *args[] = { name, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	const int failed = posix_spawn(pid, str_z(arena, program), &actions, NULL, args,
				       letter_worker_environment(arena));
	posix_spawn_file_actions_destroy(&actions);
	if (failed == ENOENT)
		return ERR_NOT_FOUND;
	return failed == 0 ? OK : ERR_IO;
}

static enum err start(struct arena *arena, str program, struct worker *out)
{
	int ask[2], said[2];
	if (pipe2(ask, O_CLOEXEC) != 0)
		return ERR_IO;
	if (pipe2(said, O_CLOEXEC) != 0) {
		close_one(&ask[0]);
		close_one(&ask[1]);
		return ERR_IO;
	}
	*out = (struct worker){ .ask = ask[1], .said = said[0] };
	const enum err err = spawn(arena, program, ask[0], said[1], &out->pid);
	close_one(&ask[0]);
	close_one(&said[1]);
	if (err != OK) {
		close_one(&out->ask);
		close_one(&out->said);
		return err;
	}
	fcntl(out->ask, F_SETFL, O_NONBLOCK);
	return OK;
}

static void end(struct worker *worker)
{
	close_one(&worker->ask);
	close_one(&worker->said);
	kill(worker->pid, SIGKILL);
	while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* What is left of the request; the pipe is closed when it is all written, or nobody reads it. */
static void write_some(struct worker *worker, str *left)
{
	const ssize_t n = write(worker->ask, left->p, left->n);
	if (n > 0)
		*left = str_slice(*left, (size_t)n, left->n);
	if (left->n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_one(&worker->ask);
}

static bool read_some(struct worker *worker, struct buf *buf)
{
	char *bytes = TAKE(buf->arena, char, READ_AT_ONCE);
	const ssize_t n = read(worker->said, bytes, READ_AT_ONCE);
	if (n < 0)
		return errno == EINTR;
	buf_add(buf, (str){ bytes, (size_t)n });
	return n > 0 && !buf->too_long;
}

static enum err converse(struct arena *arena, struct worker *worker, str frame,
			 struct letter_said *out)
{
	struct buf buf = buf_of(arena, LETTER_HEADER_MAX + LETTER_PDF_MAX + 2 * LETTER_FRAME_HEAD);
	const instant until = instant_add(instant_now(), SPAN_S(LETTER_WAIT_S));
	for (;;) {
		struct pollfd polled[] = { { worker->said, POLLIN, 0 },
					   { worker->ask, POLLOUT, 0 } };
		const int64_t left = instant_since(until, instant_now()).ms;
		if (left <= 0 || left > SPAN_S(LETTER_WAIT_S).ms)
			return ERR_TIMEOUT;
		if (poll(polled, 2, (int)left) < 0 && errno != EINTR)
			return ERR_IO;
		if (polled[1].revents != 0)
			write_some(worker, &frame);
		if (polled[0].revents == 0)
			continue;
		const bool more = read_some(worker, &buf);
		size_t used = 0;
		const enum letter_take took = letter_said_take(arena, buf_str(&buf), out, &used);
		if (took == LETTER_WHOLE)
			return OK;
		if (took == LETTER_GARBAGE || !more)
			return ERR_DOWN;
	}
}

enum err letter_make(struct arena *arena, str worker, const struct letter_ask *ask,
		     struct letter_said *out)
{
	struct worker started;
	str frame;
	if (!letter_ask_write(arena, ask, &frame))
		return ERR_TOO_LARGE;
	enum err err = start(arena, worker, &started);
	if (err != OK)
		return err;
	/* Nobody may read what we write any more: that is an error to see, not a signal to die of. */
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	err = converse(arena, &started, frame, out);
	end(&started);
	signal(SIGPIPE, before);
	return err;
}
