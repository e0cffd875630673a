#include "harness/redis_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void stop(const char *what)
{
	fprintf(stderr, "redis_server: %s: %s\n", what, strerror(errno));
	abort();
}

static int free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof address;
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, n) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &n) != 0)
		stop("no port");
	close(fd);
	return ntohs(address.sin_port);
}

static bool answers(const struct redis_server *server)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char byte;
	bool ok;

	snprintf(address.sun_path, sizeof address.sun_path, "%s", server->socket);
	ok = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
	     write(fd, "PING\r\n", 6) == 6 && read(fd, &byte, 1) == 1;
	close(fd);
	return ok;
}

static void run(const struct redis_server *server, pid_t parent)
{
	char port[16];
	const int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	snprintf(port, sizeof port, "%d", server->port);
	dup2(null, 0);
	dup2(null, 1);
	execlp("redis-server", "redis-server", "--port", port, "--bind", "127.0.0.1",
	       "--unixsocket", server->socket, "--dir", server->folder, "--save", "",
	       "--appendonly", "yes", "--appendfsync", "always", "--requirepass",
	       server->password != NULL ? server->password : "", (char *)NULL);
	_exit(127);
}

void redis_server_init(struct redis_server *server)
{
	*server = (struct redis_server){ .port = free_port() };
	snprintf(server->folder, sizeof server->folder, "/tmp/candour-test-XXXXXX");
	if (mkdtemp(server->folder) == NULL)
		stop(server->folder);
	snprintf(server->socket, sizeof server->socket, "%s/redis.sock", server->folder);
}

void redis_server_start(struct redis_server *server)
{
	const struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };
	const pid_t parent = getpid();
	const pid_t pid = fork();

	if (pid < 0)
		stop("fork");
	if (pid == 0)
		run(server, parent);
	server->pid = pid;
	for (int i = 0; i < 4000; i++) {
		if (answers(server))
			return;
		if (waitpid(pid, NULL, WNOHANG) == pid)
			stop("redis-server does not run");
		nanosleep(&pause, NULL);
	}
	stop("redis-server does not answer");
}

void redis_server_kill(struct redis_server *server)
{
	if (server->pid <= 0)
		return;
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	server->pid = 0;
}

void redis_server_freeze(const struct redis_server *server)
{
	int status;

	kill(server->pid, SIGSTOP);
	waitpid(server->pid, &status, WUNTRACED);
}

void redis_server_thaw(const struct redis_server *server)
{
	kill(server->pid, SIGCONT);
}

void redis_server_clear(struct redis_server *server)
{
	char rm[] = "rm", all[] = "-rf";
	char *const args[] = { rm, all, server->folder, NULL };
	pid_t pid;

	redis_server_kill(server);
	if (posix_spawnp(&pid, "rm", NULL, NULL, args, (char *[]){ NULL }) == 0)
		waitpid(pid, NULL, 0);
}
