#include "deliver/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

#define LOCK_TRIES 200
#define LOCK_PAUSE_NS 10000000

/* The places of one letter. */
struct places {
	struct arena arena;
	const char *dir, *making, *ledger, *lock;
	const char *made;  /* WORK/making/<message> */
	const char *shard; /* WORK/ledger/<xx> */
	const char *entry; /* WORK/ledger/<xx>/<message> */
	const char *place; /* DIR/<message> */
};

static const char *below(struct places *places, const char *folder, str name)
{
	return str_z(&places->arena, str_fmt(&places->arena, "%s/%.*s", folder, STR_ARG(name)));
}

static void find_places(struct places *out, str dir, str work, str id)
{
	const char *below_work = str_z(&out->arena, work);

	require(id.n >= 2 && !str_has_byte(id, '/') && id.p[0] != '.');
	out->dir = str_z(&out->arena, dir);
	out->making = below(out, below_work, S("making"));
	out->ledger = below(out, below_work, S("ledger"));
	out->lock = below(out, below_work, S("lock"));
	out->made = below(out, out->making, id);
	out->shard = below(out, out->ledger, str_slice(id, id.n - 2, id.n));
	out->entry = below(out, out->shard, id);
	out->place = below(out, out->dir, id);
}

/* After a system call failed. */
static enum spooled why_not(void)
{
	switch (errno) {
	case ENOSPC:
	case EDQUOT:
	case ENFILE:
	case EMFILE:
		return SPOOL_FULL;
	case ENOENT:
	case ENOTDIR:
	case EACCES:
	case EPERM:
	case EROFS:
		return SPOOL_AWAY;
	default:
		return SPOOL_BROKEN;
	}
}

static bool is_there(const char *path)
{
	struct stat about;
	return lstat(path, &about) == 0;
}

static bool sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool fine = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return fine;
}

/* --- the lock ----------------------------------------------------------------------------------- */

/* A descriptor that holds it, or -1 and why. A process that dies lets it go; one that is frozen does not,
 * and shall not freeze others. */
static int take_lock(const struct places *places, enum spooled *why)
{
	const struct timespec pause = { .tv_nsec = LOCK_PAUSE_NS };
	int fd = open(places->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0) {
		*why = why_not();
		return -1;
	}
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		nanosleep(&pause, NULL);
	}
	*why = errno == EWOULDBLOCK || errno == EINTR ? SPOOL_BUSY : why_not();
	close(fd);
	return -1;
}

/* --- making ------------------------------------------------------------------------------------- */

/* A folder without folders in it, or nothing. */
static void wipe(struct places *places, const char *folder)
{
	str *names;
	size_t n = 0;
	if (folder_list(&places->arena, str_of(folder), &names, &n) != OK)
		return;
	for (size_t i = 0; i < n; i++)
		unlink(below(places, folder, names[i]));
	rmdir(folder);
}

static bool write_file(const char *path, str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool fine = fd >= 0;
	while (fine && bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n >= 0)
			bytes = str_slice(bytes, (size_t)n, bytes.n);
		fine = n >= 0 || errno == EINTR;
	}
	fine = fine && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0 && close(fd) != 0 && fine) {
		fine = false;
		why = errno;
	}
	errno = why;
	return fine;
}

static bool make_whole(struct places *places, const struct spool_file *files, size_t n)
{
	if (mkdir(places->made, 0750) != 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!write_file(below(places, places->made, files[i].name), files[i].bytes))
			return false;
	}
	return sync_folder(places->made) && sync_folder(places->making);
}

/* --- the ledger, and the place ------------------------------------------------------------------ */

static bool enter(const struct places *places)
{
	if (mkdir(places->shard, 0750) == 0) {
		if (!sync_folder(places->ledger))
			return false;
	} else if (errno != EEXIST) {
		return false;
	}
	int fd = open(places->entry, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return false;
	close(fd);
	return sync_folder(places->shard);
}

/* The name is in the ledger: what is still to be done. */
static enum spooled put_in_place(struct places *places)
{
	if (!is_there(places->made))
		return SPOOLED; /* and perhaps collected */
	if (rename(places->made, places->place) != 0) {
		if (errno != EEXIST && errno != ENOTEMPTY)
			return why_not();
		wipe(places, places->made);
	}
	return sync_folder(places->dir) && sync_folder(places->making) ? SPOOLED : SPOOL_DOUBT;
}

static enum spooled put(struct places *places, const struct spool_file *files, size_t n)
{
	enum spooled end;
	if (is_there(places->entry))
		return put_in_place(places);
	wipe(places, places->made);
	if (make_whole(places, files, n) && enter(places))
		return put_in_place(places);
	end = why_not();
	/* What is not in the ledger is made anew; what is, stays for the next try. */
	if (!is_there(places->entry))
		wipe(places, places->made);
	return end;
}

enum spooled spool_put(str dir, str work, str id, const struct spool_file *files, size_t n)
{
	struct places places = { .arena = ARENA_EMPTY };
	enum spooled end = SPOOL_BROKEN;
	find_places(&places, dir, work, id);
	int lock = take_lock(&places, &end);
	if (lock >= 0) {
		end = put(&places, files, n);
		close(lock);
	}
	arena_free(&places.arena);
	return end;
}

enum err spool_prepare(str dir, str work)
{
	struct arena arena = ARENA_EMPTY;
	struct stat about;
	enum err err = OK;
	if (stat(str_z(&arena, dir), &about) != 0 || !S_ISDIR(about.st_mode))
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = folder_make(str_fmt(&arena, "%.*s/making", STR_ARG(work)), 0750);
	if (err == OK)
		err = folder_make(str_fmt(&arena, "%.*s/ledger", STR_ARG(work)), 0750);
	if (err == OK)
		err = folder_sync(work);
	arena_free(&arena);
	return err;
}
