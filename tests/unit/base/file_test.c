#include "base/file.h"

#include "unit/base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct arena arena;
static char folder[] = "/tmp/candour-file-test-XXXXXX";

static int begin(void **state)
{
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
	return remove(path);
}

static int end(void **state)
{
	arena_free(&arena);
	return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static str in_folder(const char *name)
{
	return str_fmt(&arena, "%s/%s", folder, name);
}

static void what_was_written_is_read(void **state)
{
	str path = in_folder("text");
	str got = STR_EMPTY;
	assert_int_equal(file_write(path, S("one\0two"), 0640), OK);
	assert_int_equal(file_read(&arena, path, 100, &got), OK);
	assert_true(str_eq(got, S("one\0two")));
	assert_int_equal(file_write(path, S("shorter"), 0600), OK);
	assert_int_equal(file_read(&arena, path, 7, &got), OK);
	assert_text(got, "shorter");
	struct stat about;
	assert_int_equal(stat(str_z(&arena, path), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(file_write(path, STR_EMPTY, 0600), OK);
	assert_int_equal(file_read(&arena, path, 0, &got), OK);
	assert_int_equal(got.n, 0);
}

static void nothing_is_left_beside_what_was_written(void **state)
{
	assert_int_equal(folder_make(in_folder("tidy"), 0700), OK);
	assert_int_equal(file_write(in_folder("tidy/a"), S("x"), 0600), OK);
	assert_int_equal(file_write(in_folder("tidy/a"), S("y"), 0600), OK);
	/* A folder stands in the way, so the rename fails. */
	assert_int_equal(folder_make(in_folder("tidy/b"), 0700), OK);
	assert_int_equal(file_write(in_folder("tidy/b"), S("x"), 0600), ERR_IO);
	/* Only a and b, also among the names that begin with a full stop: so there is nothing to
	 * remove. */
	assert_int_equal(unlink(str_z(&arena, in_folder("tidy/a"))), 0);
	assert_int_equal(rmdir(str_z(&arena, in_folder("tidy/b"))), 0);
	assert_int_equal(rmdir(str_z(&arena, in_folder("tidy"))), 0);
}

static void a_reader_keeps_the_old_file_while_a_new_one_is_written(void **state)
{
	str path = in_folder("swap");
	assert_int_equal(file_write(path, S("old"), 0600), OK);
	int fd = open(str_z(&arena, path), O_RDONLY | O_CLOEXEC);
	assert_int_equal(file_write(path, S("new"), 0600), OK);
	str got = STR_EMPTY;
	assert_int_equal(file_read_fd(&arena, fd, 100, &got), OK);
	assert_text(got, "old");
	close(fd);
}

static void a_file_beyond_the_limit_is_too_large(void **state)
{
	struct buf buf = buf_of(&arena, 100000);
	while (buf.n < buf.max)
		buf_byte(&buf, (char)('a' + buf.n % 26));
	str path = in_folder("large");
	str got = STR_EMPTY;
	assert_int_equal(file_write(path, buf_str(&buf), 0600), OK);
	assert_int_equal(file_read(&arena, path, 99999, &got), ERR_TOO_LARGE);
	assert_int_equal(got.n, 0);
	assert_int_equal(file_read(&arena, path, 100000, &got), OK);
	assert_true(str_eq(got, buf_str(&buf)));
}

static void a_pipe_is_read_to_its_end_and_no_further_than_the_limit(void **state)
{
	for (size_t max = 29999; max <= 30001; max++) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		pid_t child = fork();
		if (child == 0) {
			close(ends[0]);
			for (int i = 0; i < 3000; i++)
				if (write(ends[1], "0123456789", 10) != 10)
					_exit(1);
			_exit(0);
		}
		close(ends[1]);
		str got = STR_EMPTY;
		enum err err = file_read_fd(&arena, ends[0], max, &got);
		close(ends[0]);
		waitpid(child, NULL, 0);
		assert_int_equal(err, max < 30000 ? ERR_TOO_LARGE : OK);
		assert_int_equal(got.n, max < 30000 ? 0 : 30000);
	}
}

static void the_kernels_files_that_say_no_size_are_read(void **state)
{
	str got = STR_EMPTY;
	assert_int_equal(file_read(&arena, S("/proc/self/status"), 100000, &got), OK);
	assert_true(str_starts(got, S("Name:")));
}

/* What a program gets for its output when it was started without one. */
static int write_without_output(void)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		char byte = 0;
		(void)close(STDIN_FILENO);
		(void)close(STDOUT_FILENO);
		file_hold_standard();
		if (open("/dev/null", O_WRONLY) <= STDERR_FILENO)
			_exit(2);
		if (write(STDOUT_FILENO, &byte, 1) >= 0 || read(STDIN_FILENO, &byte, 1) >= 0)
			_exit(3);
		_exit(write(STDERR_FILENO, &byte, 0) == 0 ? 0 : 4);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void nothing_else_takes_the_place_of_a_closed_output(void **state)
{
	assert_int_equal(write_without_output(), 0);
}

static void what_cannot_be_read_or_written_says_why(void **state)
{
	str got = STR_EMPTY;
	assert_int_equal(file_read(&arena, in_folder("missing"), 10, &got), ERR_NOT_FOUND);
	assert_int_equal(file_read(&arena, str_of(folder), 10, &got), ERR_IO);
	assert_int_equal(file_read(&arena, S("a\0b"), 10, &got), ERR_NOT_FOUND);
	assert_int_equal(file_read(&arena, STR_EMPTY, 10, &got), ERR_NOT_FOUND);
	assert_int_equal(file_read_fd(&arena, -1, 10, &got), ERR_IO);
	assert_int_equal(file_write(in_folder("no/such/place"), S("x"), 0600), ERR_NOT_FOUND);
	assert_int_equal(file_write(S("a\0b"), S("x"), 0600), ERR_NOT_FOUND);
	assert_int_equal(file_write(STR_EMPTY, S("x"), 0600), ERR_NOT_FOUND);
	assert_int_equal(folder_sync(str_of(folder)), OK);
	assert_int_equal(folder_sync(in_folder("missing")), ERR_NOT_FOUND);
	assert_int_equal(folder_sync(in_folder("text")), ERR_IO);
	str *names = NULL;
	size_t n = 0;
	assert_int_equal(folder_list(&arena, in_folder("missing"), &names, &n), ERR_NOT_FOUND);
	assert_int_equal(folder_list(&arena, in_folder("text"), &names, &n), ERR_IO);
	assert_null(names);
}

static void a_place_that_is_closed_is_no_permission(void **state)
{
	assert_int_equal(file_write(in_folder("closed"), S("x"), 0), OK);
	assert_int_equal(folder_make(in_folder("sealed"), 0500), OK);
	pid_t child = fork();
	if (child == 0) {
		/* To root nothing is closed, so be nobody. */
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		str got = STR_EMPTY;
		bool closed = file_read(&arena, in_folder("closed"), 10, &got) == ERR_PERMISSION;
		bool sealed = file_write(in_folder("sealed/a"), S("x"), 0600) == ERR_PERMISSION;
		_exit(closed && sealed ? 0 : 1);
	}
	int status = -1;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void folders_are_made_with_those_above_them(void **state)
{
	str deep = in_folder("x/y/z");
	assert_int_equal(folder_make(deep, 0700), OK);
	assert_int_equal(folder_make(deep, 0700), OK);
	assert_int_equal(folder_make(in_folder("x//y/z2/"), 0700), OK);
	str *names = NULL;
	size_t n = 0;
	assert_int_equal(folder_list(&arena, in_folder("x/y"), &names, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(file_write(in_folder("x/file"), S("x"), 0600), OK);
	assert_int_equal(folder_make(in_folder("x/file"), 0700), ERR_IO);
	assert_int_equal(folder_make(in_folder("x/file/y"), 0700), ERR_IO);
}

static void a_folder_is_listed_by_bytes_without_hidden_names(void **state)
{
	assert_int_equal(folder_make(in_folder("list"), 0700), OK);
	for (int i = 39; i >= 0; i--)
		assert_int_equal(
			file_write(in_folder(str_z(&arena, str_fmt(&arena, "list/n%02d", i))),
				   S("x"), 0600),
			OK);
	assert_int_equal(file_write(in_folder("list/.hidden"), S("x"), 0600), OK);
	assert_int_equal(file_write(in_folder("list/Z"), S("x"), 0600), OK);
	str *names = NULL;
	size_t n = 0;
	assert_int_equal(folder_list(&arena, in_folder("list"), &names, &n), OK);
	assert_int_equal(n, 41);
	assert_text(names[0], "Z");
	assert_text(names[1], "n00");
	assert_text(names[40], "n39");
}

static void a_name_without_a_folder_is_in_this_folder(void **state)
{
	char before[4096];
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(folder), 0);
	enum err err = file_write(S("here"), S("x"), 0600);
	assert_int_equal(chdir(before), 0);
	assert_int_equal(err, OK);
	str got = STR_EMPTY;
	assert_int_equal(file_read(&arena, in_folder("here"), 10, &got), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(nothing_is_left_beside_what_was_written),
		cmocka_unit_test(a_reader_keeps_the_old_file_while_a_new_one_is_written),
		cmocka_unit_test(a_file_beyond_the_limit_is_too_large),
		cmocka_unit_test(a_pipe_is_read_to_its_end_and_no_further_than_the_limit),
		cmocka_unit_test(the_kernels_files_that_say_no_size_are_read),
		cmocka_unit_test(nothing_else_takes_the_place_of_a_closed_output),
		cmocka_unit_test(what_cannot_be_read_or_written_says_why),
		cmocka_unit_test(a_place_that_is_closed_is_no_permission),
		cmocka_unit_test(folders_are_made_with_those_above_them),
		cmocka_unit_test(a_folder_is_listed_by_bytes_without_hidden_names),
		cmocka_unit_test(a_name_without_a_folder_is_in_this_folder),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
