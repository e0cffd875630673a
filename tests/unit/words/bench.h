/*
 * What the tests of this room share: a folder of templates that a test writes, and a message to
 * word.
 */
#ifndef TESTS_UNIT_WORDS_BENCH_H
#define TESTS_UNIT_WORDS_BENCH_H

#include "base/arena.h"
#include "base/file.h"
#include "harness/assert_str.h"
#include "words/inner.h"

#include <stdlib.h>
#include <unistd.h>

static struct arena arena;

/* Every test begins with nothing. */
static inline int begin(void **state)
{
	arena_clear(&arena);
	return 0;
}

static inline bool has(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

/* The text holds a part; the text is shown when it does not. */
static inline void assert_has_at(str text, const char *part, const char *file, int line)
{
	if (has(text, part))
		return;
	print_error("\"%.*s\"\ndoes not hold: \"%s\"\n", STR_ARG(text), part);
	_fail(file, line);
}
#define assert_has(text, part) assert_has_at((text), (part), __FILE__, __LINE__)

/* A new folder under /tmp; remove_folder takes it away. */
static inline str make_folder(void)
{
	char name[] = "/tmp/words-test-XXXXXX";
	assert_non_null(mkdtemp(name));
	return str_copy(&arena, str_of(name));
}

static inline void remove_folder(str folder)
{
	str *names = NULL;
	size_t n = 0;
	if (folder_list(&arena, folder, &names, &n) == OK) {
		for (size_t i = 0; i < n; i++)
			remove_folder(
				str_fmt(&arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[i])));
		rmdir(str_z(&arena, folder));
	} else {
		unlink(str_z(&arena, folder));
	}
}

static inline void put_file(str folder, const char *name, const char *text)
{
	str path = str_fmt(&arena, "%.*s/%s", STR_ARG(folder), name);
	size_t cut = path.n;
	while (path.p[cut - 1] != '/')
		cut--;
	assert_int_equal(folder_make(str_slice(path, 0, cut - 1), 0755), OK);
	assert_int_equal(file_write(path, str_of(text), 0644), OK);
}

/* The template that every folder needs. */
static inline void put_safe(str folder)
{
	put_file(folder, "en/safe.md",
		 "---\ntitle: Please call\ngrade: information\n---\n"
		 "Please call {{owner.phone}} when it is safe.\n");
	put_file(folder, "en/safe.sms.txt",
		 "Please call {{owner.phone}} when it is safe. Ref {{case.id}}\n");
}

static inline date day_of(const char *text)
{
	date day = DATE_NONE;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

/* A finding with this code in a file whose name ends so, on that line (-1: any); all are shown when
 * there is none. */
static inline void assert_finding_at(const struct findings *findings, const char *ending, int line,
				     const char *code, const char *at_file, int at_line)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *f = &findings->list[i];
		if (str_ends(f->file, str_of(ending)) && (line < 0 || f->line == line) &&
		    str_eq(f->code, str_of(code)))
			return;
	}
	print_error("wanted: %s:%d: %s\n", ending, line, code);
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *f = &findings->list[i];
		print_error("found:  %.*s:%d: %.*s: %.*s\n", STR_ARG(f->file), f->line,
			    STR_ARG(f->code), STR_ARG(f->message));
	}
	_fail(at_file, at_line);
}
#define assert_finding(findings, ending, line, code)                                               \
	assert_finding_at((findings), (ending), (line), (code), __FILE__, __LINE__)

#endif
