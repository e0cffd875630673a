/* The worker: limits on itself, then a request, an answer, a request, an answer. */
#include <errno.h>
#include <glib.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "letter/inner.h"

/* ---- limits ----------------------------------------------------------------------------------------- */

static void limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(what, &now) != 0)
		return;
	now.rlim_cur = MIN(most, now.rlim_max);
	setrlimit(what, &now);
}

static void limit_all(const struct worker_limits *limits)
{
	if (!SANITIZED) /* whose shadow memory needs an address space without limits */
		limit(RLIMIT_AS, (rlim_t)limits->memory_mib << 20);
	limit(RLIMIT_CORE, 0); /* nobody's words are left in one */
	if (!SANITIZED)        /* which looks into us for leaks */
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* From now on; the system ends us when it is over (SIGXCPU). */
static void limit_cpu(int seconds)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	limit(RLIMIT_CPU, (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds));
}

/* ---- frames ----------------------------------------------------------------------------------------- */

/* Reads so many bytes; fewer at the end of the input. False when reading fails. */
static bool read_all(char *out, size_t n, size_t *got)
{
	*got = 0;
	while (*got < n) {
		const ssize_t r = read(STDIN_FILENO, out + *got, n - *got);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return false;
		if (r == 0)
			break;
		*got += (size_t)r;
	}
	return true;
}

static bool write_all(str bytes)
{
	while (bytes.n > 0) {
		const ssize_t n = write(STDOUT_FILENO, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return true;
}

enum input { INPUT_REQUEST, INPUT_END, INPUT_BROKEN };

static enum input read_request(struct arena *arena, str *out)
{
	char head[LETTER_FRAME_HEAD];
	size_t got;
	if (!read_all(head, sizeof head, &got) || (got > 0 && got < sizeof head))
		return INPUT_BROKEN;
	if (got == 0)
		return INPUT_END;
	const size_t length = frame_length(head);
	if (length > LETTER_REQUEST_MAX)
		return INPUT_BROKEN;
	char *bytes = TAKE(arena, char, length + 1);
	if (!read_all(bytes, length, &got) || got < length)
		return INPUT_BROKEN;
	*out = (str){ bytes, length };
	return INPUT_REQUEST;
}

/* ---- one after the other ---------------------------------------------------------------------------- */

/* What libraries say may hold a letter's text: only that they said something is logged. */
static void on_library_log(const char *domain, GLogLevelFlags level, const char *message, void *arg)
{
	(void)message;
	(void)arg;
	LOG(WARNING, "letter_library", LOG_ID("library", str_of(domain)), LOG_NUM("level", level));
}

static void answer(struct arena *arena, struct fonts *fonts, str request, str no_fonts,
		   struct letter_said *said)
{
	struct letter_ask ask;
	const struct json *parts;
	str why;
	if (fonts != NULL) {
		letter_answer(arena, fonts, request, said);
	} else {
		ask_read(arena, request, &ask, &parts, &why);
		*said = (struct letter_said){ .id = ask.id,
					      .refused = LETTER_NO_FONTS,
					      .why = no_fonts };
	}
	/* What has no id is nobody's letter: whoever asked hears why. */
	if (said->refused != LETTER_NONE && said->id.n > 0)
		LOG(WARNING, "letter_refused", LOG_ID("message", said->id),
		    LOG_ID("code", str_of(letter_refusal_code(said->refused))));
}

int worker_run(const struct worker_limits *limits)
{
	struct arena own = ARENA_EMPTY, arena = ARENA_EMPTY;
	str no_fonts = STR_EMPTY;
	mallopt(M_ARENA_MAX, 1); /* libraries' threads need none of their own */
	limit_all(limits);
	g_log_set_default_handler(on_library_log, NULL);
	struct fonts *fonts = fonts_open(&own, limits->fonts, &no_fonts);
	enum input input = INPUT_END;
	int left = limits->requests;
	while (left > 0) {
		struct letter_said said;
		str request;
		input = read_request(&arena, &request);
		if (input != INPUT_REQUEST)
			break;
		limit_cpu(limits->cpu_s);
		answer(&arena, fonts, request, no_fonts, &said);
		said.last = --left == 0;
		if (!write_all(said_write(&arena, &said)))
			break;
		arena_clear(&arena);
		input = INPUT_END;
	}
	if (input == INPUT_BROKEN)
		LOG(ERROR, "letter_frame", LOG_NUM("answered", limits->requests - left));
	fonts_close(&fonts);
	arena_free(&arena);
	arena_free(&own);
	return input == INPUT_END ? 0 : 1;
}
