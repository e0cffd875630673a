#include "unit/deliver/desk.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "deliver/spool.h"

static const struct spool_file files[] = {
	{ { "letter.pdf", 10 }, { "%PDF-1.7\n!", 10 } },
	{ { "manifest.json", 13 }, { "{}\n", 3 } },
};

static enum spooled put(str dir, const char *id)
{
	return spool_put(dir, str_fmt(&desk.arena, "%.*s/.candour", STR_ARG(dir)), str_of(id),
			 files, 2);
}

static enum err prepare(str dir)
{
	return spool_prepare(dir, str_fmt(&desk.arena, "%.*s/.candour", STR_ARG(dir)));
}

static str new_spool(const char *name)
{
	const str dir = desk_path(name);
	assert_int_equal(folder_make(dir, 0700), OK);
	assert_int_equal(prepare(dir), OK);
	return dir;
}

static str below(str dir, const char *name)
{
	return str_fmt(&desk.arena, "%.*s/%s", STR_ARG(dir), name);
}

static bool is_there(str path)
{
	return access(str_z(&desk.arena, path), F_OK) == 0;
}

/* As a print room does: away with it. Gives whether there was one, which is always whole. */
static bool collect(str dir, const char *id)
{
	const str place = below(dir, id);
	str *names;
	if (!is_there(place))
		return false;
	assert_int_equal(list_folder(place, &names), 2);
	assert_str(read_whole(below(place, "letter.pdf")), "%PDF-1.7\n!");
	assert_str(read_whole(below(place, "manifest.json")), "{}\n");
	const str command = str_fmt(&desk.arena, "rm -r '%.*s'", STR_ARG(place));
	assert_int_equal(system(str_z(&desk.arena, command)), 0);
	return true;
}

static void a_letter_is_put_there_once_and_whole(void **state)
{
	const str dir = new_spool("spool");
	assert_int_equal(put(dir, "m01"), SPOOLED);
	assert_int_equal(put(dir, "m01"), SPOOLED);
	assert_int_equal(put(dir, "m02"), SPOOLED);
	assert_true(collect(dir, "m01"));
	/* Collected: a second try knows it by the ledger. */
	assert_int_equal(put(dir, "m01"), SPOOLED);
	assert_false(collect(dir, "m01"));
	assert_true(collect(dir, "m02"));
}

/* --- killed between any two steps --------------------------------------------------------------- */

/* Puts the letter in a child, which is killed at its nth system call. False: it ended before. */
static bool put_and_die_at(str dir, const char *id, int nth)
{
	int status = 0, calls = 0;
	const pid_t child = fork();
	if (child == 0) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		_exit(put(dir, id) == SPOOLED ? 0 : 1);
	}
	assert_true(child > 0 && waitpid(child, &status, 0) == child);
	assert_int_equal(ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_EXITKILL), 0);
	/* A stop before and one behind each call. */
	while (!WIFEXITED(status) && calls < 2 * nth) {
		assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		calls++;
	}
	if (WIFEXITED(status)) {
		assert_int_equal(WEXITSTATUS(status), 0);
		return false;
	}
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	return true;
}

/* Whenever it was killed, and whether the print room came in between or not: one letter, and whole. */
static int die_everywhere(str dir, bool collected_between)
{
	int nth = 1;
	for (;; nth++) {
		const char *id = str_fmt(&desk.arena, "m%d-%d", collected_between, 1000 + nth).p;
		const bool died = put_and_die_at(dir, id, nth);
		int found = collected_between && collect(dir, id) ? 1 : 0;
		assert_int_equal(put(dir, id), SPOOLED);
		found += collect(dir, id) ? 1 : 0;
		assert_int_equal(put(dir, id), SPOOLED);
		found += collect(dir, id) ? 1 : 0;
		assert_int_equal(found, 1);
		if (!died)
			return nth;
	}
}

static void killed_at_any_system_call_it_is_neither_lost_nor_doubled(void **state)
{
	str *names;
	const str dir = new_spool("spool");
	assert_true(die_everywhere(dir, false) > 20);
	assert_true(die_everywhere(dir, true) > 20);
	assert_int_equal(list_folder(dir, &names), 0);
	assert_int_equal(list_folder(below(dir, ".candour/making"), &names), 0);
}

/* --- disks that will not ------------------------------------------------------------------------ */

static void a_folder_that_went_away_is_not_made_again(void **state)
{
	const str dir = new_spool("spool");
	const str command = str_fmt(&desk.arena, "rm -r '%.*s'", STR_ARG(dir));
	assert_int_equal(system(str_z(&desk.arena, command)), 0);
	assert_int_equal(put(dir, "m01"), SPOOL_AWAY);
	assert_false(is_there(dir));
	assert_int_equal(prepare(dir), ERR_NOT_FOUND);
}

static void another_process_that_holds_the_lock_is_not_waited_for_long(void **state)
{
	const str dir = new_spool("spool");
	const int fd = open(str_z(&desk.arena, below(dir, ".candour/lock")),
			    O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(put(dir, "m01"), SPOOL_BUSY);
	close(fd);
	assert_int_equal(put(dir, "m01"), SPOOLED);
}

/* A disk of so many blocks, or of so many files; false: this machine does not let us mount. */
static bool mount_small(str dir, const char *limits)
{
	return mount("tmpfs", str_z(&desk.arena, dir), "tmpfs", 0, limits) == 0;
}

/* Fills it to every degree, with the letters themselves. */
static void fill(str dir)
{
	char id[16];
	int n = 0;
	enum spooled end;
	do {
		snprintf(id, sizeof id, "mf%04d", n++);
		end = put(dir, id);
	} while (end == SPOOLED && n < 1000);
	assert_int_equal(end, SPOOL_FULL);
	n--;
	/* Nothing is half there, and with space it goes on where it was. */
	for (int i = 0; i < n; i++) {
		snprintf(id, sizeof id, "mf%04d", i);
		assert_true(collect(dir, id));
	}
	snprintf(id, sizeof id, "mf%04d", n);
	assert_false(collect(dir, id));
	assert_int_equal(put(dir, id), SPOOLED);
	assert_true(collect(dir, id));
}

static void a_full_disk_holds_no_half_letter(void **state)
{
	static const char *const limits[] = { "size=64k", "nr_inodes=40", "nr_inodes=41",
					      "nr_inodes=42", "nr_inodes=43" };
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		const str dir = desk_path(str_fmt(&desk.arena, "disk%zu", i).p);
		assert_int_equal(folder_make(dir, 0700), OK);
		if (!mount_small(dir, limits[i]))
			skip();
		assert_int_equal(prepare(dir), OK);
		fill(dir);
		umount2(str_z(&desk.arena, dir), MNT_DETACH);
	}
}

static void a_disk_that_became_read_only_is_for_the_operator(void **state)
{
	const str dir = desk_path("disk");
	assert_int_equal(folder_make(dir, 0700), OK);
	if (!mount_small(dir, "size=1m"))
		skip();
	assert_int_equal(prepare(dir), OK);
	assert_int_equal(put(dir, "m01"), SPOOLED);
	assert_int_equal(mount("", str_z(&desk.arena, dir), "", MS_REMOUNT | MS_RDONLY, NULL), 0);
	assert_int_equal(put(dir, "m02"), SPOOL_AWAY);
	assert_int_equal(mount("", str_z(&desk.arena, dir), "", MS_REMOUNT, NULL), 0);
	assert_int_equal(put(dir, "m02"), SPOOLED);
	umount2(str_z(&desk.arena, dir), MNT_DETACH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_letter_is_put_there_once_and_whole),
		DESK_TEST(killed_at_any_system_call_it_is_neither_lost_nor_doubled),
		DESK_TEST(a_folder_that_went_away_is_not_made_again),
		DESK_TEST(another_process_that_holds_the_lock_is_not_waited_for_long),
		DESK_TEST(a_full_disk_holds_no_half_letter),
		DESK_TEST(a_disk_that_became_read_only_is_for_the_operator),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
