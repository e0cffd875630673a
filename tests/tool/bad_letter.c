/*
 * A worker for letters that speaks as candour-letter does, and does what the message's id says: for tests
 * of the channel that has to live with it. Its pages are "%PDF-" and the request.
 *
 *	mdie     ends by a signal, every time
 *	monce    ends by a signal the first time; that it did is marked in the folder in which it was started
 *	menv     its pages are its environment
 *	mhang    never answers
 *	mnonsense, mlong, mother   answers with what is no frame, one that is too long, for another message
 *	mhalf    answers half, and ends
 *	mdrip    answers byte by byte, each when the one before was read
 *	mno-CODE refuses with that code
 *	mlast    answers, and is done
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/json.h"
#include "letter/inner.h"

static bool read_all(char *to, size_t n)
{
	while (n > 0) {
		const ssize_t got = read(STDIN_FILENO, to, n);
		if (got <= 0)
			return false;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

static void write_all(str bytes)
{
	while (bytes.n > 0) {
		const ssize_t n = write(STDOUT_FILENO, bytes.p, bytes.n);
		if (n <= 0)
			_exit(1);
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
}

/* Byte by byte, each when the one before was read. */
static void drip(str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		int unread = 1;
		write_all(str_slice(bytes, i, i + 1));
		while (ioctl(STDOUT_FILENO, TIOCOUTQ, &unread) == 0 && unread > 0)
			usleep(20);
	}
}

static bool is_first_time(struct arena *arena, str id)
{
	return open(str_z(arena, id), O_CREAT | O_EXCL | O_CLOEXEC, 0600) >= 0;
}

static enum letter_refusal refusal_of(str id)
{
	for (int i = LETTER_NONE + 1; i < LETTER_REFUSAL_COUNT; i++) {
		const char *code = letter_refusal_code((enum letter_refusal)i);
		if (str_starts(id, S("mno-")) && str_eq(str_slice(id, 4, id.n), str_of(code)))
			return (enum letter_refusal)i;
	}
	return LETTER_NONE;
}

static str print_environment(struct arena *arena)
{
	str all = S("%PDF-");
	for (char **at = environ; *at != NULL; at++)
		all = str_fmt(arena, "%.*s\n%s", STR_ARG(all), *at);
	return all;
}

static void answer(struct arena *arena, str id, str request)
{
	struct letter_said said = { .id = id,
				    .refused = refusal_of(id),
				    .why = S("as asked"),
				    .pages = 2,
				    .last = str_eq(id, S("mlast")) };
	if (said.refused == LETTER_NONE)
		said.pdf = str_eq(id, S("menv")) ? print_environment(arena)
						 : str_join(arena, S("%PDF-1.7\n"), request);
	if (str_eq(id, S("mother")))
		said.id = S("m1");
	str bytes = said_write(arena, &said);
	if (str_eq(id, S("mhalf")))
		bytes.n /= 2;
	if (str_eq(id, S("mdrip")))
		drip(bytes);
	else
		write_all(bytes);
	if (said.last || str_eq(id, S("mhalf")))
		_exit(0);
}

static void behave(struct arena *arena, str id, str request)
{
	if (str_eq(id, S("mdie")) || (str_eq(id, S("monce")) && is_first_time(arena, id)))
		raise(SIGKILL);
	while (str_eq(id, S("mhang")))
		pause();
	if (str_eq(id, S("mnonsense")))
		write_all(S("\0\0\0\5hello"));
	else if (str_eq(id, S("mlong")))
		write_all(S("\177\0\0\0"));
	else
		answer(arena, id, request);
}

int main(void)
{
	struct arena arena = ARENA_EMPTY;
	char head[LETTER_FRAME_HEAD];
	while (read_all(head, sizeof head)) {
		const size_t n = frame_length(head);
		char *request = TAKE(&arena, char, n + 1);
		const struct json *map = NULL;
		if (!read_all(request, n) || json_parse(&arena, (str){ request, n },
							LETTER_DEPTH_MAX, &map, NULL) != JSON_FINE)
			return 1;
		behave(&arena, json_text(map, "id"), (str){ request, n });
		arena_clear(&arena);
	}
	arena_free(&arena);
	return 0;
}
