#include "daemon/status.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void status_tell(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t n = path != NULL ? strlen(path) : 0;
	socklen_t size;
	int fd;

	if (n == 0 || n >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(address.sun_path, path, n);
	/* "@" stands for a name that is in no folder. */
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address,
		     size);
	close(fd);
}

void status_tell_reloading(void)
{
	struct timespec at;
	char text[80];

	if (clock_gettime(CLOCK_MONOTONIC, &at) != 0)
		return;
	snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
		 (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000);
	status_tell(text);
}

int64_t status_watchdog_ms(void)
{
	const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
	int64_t n, whose;

	if (usec == NULL || !str_to_i64(str_of(usec), &n) || n <= 0)
		return 0;
	/* It is meant for another process of ours. */
	if (pid != NULL && (!str_to_i64(str_of(pid), &whose) || whose != getpid()))
		return 0;
	return n / 1000;
}
