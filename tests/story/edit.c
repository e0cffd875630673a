/* A policy that is edited while a story is on: a copy of its folder in which one text becomes
 * another. */
#include "story.h"

#include "base/file.h"
#include "harness/assert_str.h"

#include <stdlib.h>
#include <unistd.h>

#define FILE_BYTES_MAX ((size_t)1 << 20)

static const char *const folders[] = { "", "calendars/", "packs/", "pathways/" };
#define FOLDERS_N (sizeof folders / sizeof *folders)

static void copy_file(struct arena *arena, str from, str to)
{
	str bytes;
	if (file_read(arena, from, FILE_BYTES_MAX, &bytes) == OK &&
	    file_write(to, bytes, 0600) != OK)
		fatal("a policy cannot be copied");
}

str edit_copy(struct arena *arena, str policy)
{
	char place[] = "/tmp/candour-story-XXXXXX";
	if (mkdtemp(place) == NULL)
		fatal("no folder can be made in /tmp");
	for (size_t i = 0; i < FOLDERS_N; i++) {
		str from = str_fmt(arena, "%.*s/%s", STR_ARG(policy), folders[i]);
		str to = str_fmt(arena, "%s/%s", place, folders[i]);
		str *names;
		size_t n;
		if (folder_list(arena, from, &names, &n) != OK)
			continue;
		if (folder_make(to, 0700) != OK)
			fatal("a policy cannot be copied");
		for (size_t k = 0; k < n; k++)
			copy_file(arena, str_join(arena, from, names[k]),
				  str_join(arena, to, names[k]));
	}
	return str_copy(arena, str_of(place));
}

bool edit_file(struct arena *arena, str folder, str file, str from, str to)
{
	str path = str_fmt(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(file)), bytes;
	if (file_read(arena, path, FILE_BYTES_MAX, &bytes) != OK)
		return false;
	size_t at = str_find(bytes, from);
	if (at == bytes.n || from.n == 0)
		return false;
	str edited = str_fmt(arena, "%.*s%.*s%.*s", (int)at, bytes.p, STR_ARG(to),
			     (int)(bytes.n - at - from.n), bytes.p + at + from.n);
	return file_write(path, edited, 0600) == OK;
}

void edit_remove(struct arena *arena, str folder)
{
	for (size_t i = FOLDERS_N; i-- > 0;) {
		str path = str_fmt(arena, "%.*s/%s", STR_ARG(folder), folders[i]);
		str *names;
		size_t n;
		if (folder_list(arena, path, &names, &n) != OK)
			continue;
		for (size_t k = 0; k < n; k++)
			(void)unlink(str_z(arena, str_join(arena, path, names[k])));
		(void)rmdir(str_z(arena, path));
	}
}
