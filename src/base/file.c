#include "base/file.h"

#include "base/arena.h"
#include "base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err err_of(int number)
{
	switch (number) {
	case ENOENT:
		return ERR_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_PERMISSION;
	default:
		return ERR_IO;
	}
}

/* Paths come from people too, who may write a NUL: no file has such a name. */
static bool is_path(str path)
{
	return path.n > 0 && !str_has_byte(path, '\0');
}

/* --- standard input, output and error ---------------------------------------------------------- */

void file_hold_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		/* The wrong way round: nobody takes it for a success. */
		const int way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", way) != fd)
			fatal("no /dev/null");
	}
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Reads once into the end of the buffer, which has room. Gives how much, 0 at the end, or -1. */
static ssize_t read_some(int fd, char *to, size_t room)
{
	ssize_t n;
	do
		n = read(fd, to, room);
	while (n < 0 && errno == EINTR);
	return n;
}

enum err file_read_fd(struct arena *arena, int fd, size_t max, str *out)
{
	struct stat about;
	if (fstat(fd, &about) != 0)
		return err_of(errno);
	/* One byte more than there should be shows the end, or that it is too large. */
	size_t cap = S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 4096;
	cap = (cap < max ? cap : max) + 1;
	char *bytes = TAKE(arena, char, cap);
	size_t n = 0;
	for (;;) {
		ssize_t got = read_some(fd, bytes + n, cap - n);
		if (got < 0)
			return err_of(errno);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > max)
			return ERR_TOO_LARGE;
		if (n == cap) {
			cap = (cap < max / 2 ? cap * 2 : max) + 1;
			char *larger = TAKE(arena, char, cap);
			memcpy(larger, bytes, n);
			bytes = larger;
		}
	}
	*out = (str){ bytes, n };
	return OK;
}

enum err file_read(struct arena *arena, str path, size_t max, str *out)
{
	if (!is_path(path))
		return ERR_NOT_FOUND;
	int fd = open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_of(errno);
	enum err err = file_read_fd(arena, fd, max, out);
	close(fd);
	return err;
}

/* --- writing ---------------------------------------------------------------------------------- */

static enum err write_all(int fd, str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_of(errno);
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return fsync(fd) == 0 ? OK : err_of(errno);
}

enum err folder_sync(str path)
{
	if (!is_path(path))
		return ERR_NOT_FOUND;
	struct arena arena = ARENA_EMPTY;
	int fd = open(str_z(&arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err = fd >= 0 && fsync(fd) == 0 ? OK : err_of(errno);
	if (fd >= 0)
		close(fd);
	arena_free(&arena);
	return err;
}

/* "." for "name", "/" for "/name", "a/b" for "a/b/name". */
static str folder_of(str path)
{
	size_t n = path.n;
	while (n > 0 && path.p[n - 1] != '/')
		n--;
	if (n == 0)
		return S(".");
	return str_slice(path, 0, n > 1 ? n - 1 : 1);
}

static enum err write_new(const char *name, str bytes, unsigned mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
	if (fd < 0)
		return err_of(errno);
	enum err err = write_all(fd, bytes);
	if (close(fd) != 0 && err == OK)
		err = err_of(errno);
	return err;
}

enum err file_write_via(str folder, str path, str bytes, unsigned mode)
{
	if (!is_path(path) || !is_path(folder))
		return ERR_NOT_FOUND;
	struct arena arena = ARENA_EMPTY;
	uint8_t number[8];
	random_bytes(number, sizeof(number));
	str digits = hex_print(&arena, number, sizeof(number));
	const char *unfinished = str_z(
		&arena, str_fmt(&arena, "%.*s/.new-%.*s", STR_ARG(folder), STR_ARG(digits)));

	enum err err = write_new(unfinished, bytes, mode);
	if (err == OK && rename(unfinished, str_z(&arena, path)) != 0)
		err = err_of(errno);
	if (err == OK)
		err = folder_sync(folder_of(path));
	else
		unlink(unfinished);
	arena_free(&arena);
	return err;
}

enum err file_write(str path, str bytes, unsigned mode)
{
	return file_write_via(folder_of(path), path, bytes, mode);
}

/* --- folders ---------------------------------------------------------------------------------- */

static enum err make_one(const char *name, unsigned mode)
{
	struct stat about;
	if (mkdir(name, (mode_t)mode) == 0)
		return OK;
	int why = errno;
	if (stat(name, &about) == 0 && S_ISDIR(about.st_mode))
		return OK;
	return err_of(why);
}

enum err folder_make(str path, unsigned mode)
{
	if (!is_path(path))
		return ERR_NOT_FOUND;
	struct arena arena = ARENA_EMPTY;
	enum err err = OK;
	for (size_t i = 1; i <= path.n && err == OK; i++)
		if (i == path.n || path.p[i] == '/')
			err = make_one(str_z(&arena, str_slice(path, 0, i)), mode);
	arena_free(&arena);
	return err;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

enum err folder_list(struct arena *arena, str path, str **out_names, size_t *out_n)
{
	if (!is_path(path))
		return ERR_NOT_FOUND;
	DIR *folder = opendir(str_z(arena, path));
	if (folder == NULL)
		return err_of(errno);
	size_t n = 0;
	size_t cap = 16;
	str *names = TAKE(arena, str, cap);
	int why;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(folder);
		why = errno;
		if (entry == NULL)
			break;
		if (entry->d_name[0] == '.')
			continue;
		if (n == cap) {
			str *more = TAKE(arena, str, cap * 2);
			memcpy(more, names, n * sizeof(*names));
			names = more;
			cap *= 2;
		}
		names[n++] = str_copy(arena, str_of(entry->d_name));
	}
	closedir(folder);
	if (why != 0)
		return err_of(why);
	qsort(names, n, sizeof(*names), compare_names);
	*out_names = names;
	*out_n = n;
	return OK;
}
