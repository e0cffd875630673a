/* Long work says how far it is, to whoever sits at a terminal. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "ctl/inner.h"

#define SHOW_EVERY_MS 500

void pause_ms(int64_t ms)
{
	const struct timespec length = { .tv_sec = (time_t)(ms / 1000),
					 .tv_nsec = (long)(ms % 1000) * 1000000 };

	(void)nanosleep(&length, NULL);
}

void progress_show(struct ctl *ctl, int64_t n, const char *what)
{
	const int64_t now_ms = monotonic_ms();

	if (now_ms - ctl->shown_ms < SHOW_EVERY_MS || isatty(STDERR_FILENO) == 0)
		return;
	ctl->shown_ms = now_ms;
	fprintf(stderr, "\r%lld %s\033[K", (long long)n, what);
}

void progress_end(struct ctl *ctl)
{
	if (ctl->shown_ms != 0)
		fputs("\r\033[K", stderr);
	ctl->shown_ms = 0;
}
