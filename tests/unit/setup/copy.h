/*
 * A copy of the shipped conf/ in a folder of its own, for tests that change something in it.
 */
#ifndef TESTS_UNIT_SETUP_COPY_H
#define TESTS_UNIT_SETUP_COPY_H

#include "base/arena.h"
#include "base/file.h"
#include "harness/assert_str.h"

#include <unistd.h>

#define PATHWAY "pathways/ehc-assessment.yaml"
#define PACK "packs/wokingham.yaml"
#define CALENDAR "calendars/england-and-wales.yaml"
#define HOLIDAYS "calendars/bank-holidays.json"
#define AUTHORITY "authority.yaml"
#define SERVICES "services.yaml"
#define STANDARDS "standards.yaml"
#define CONFIG "candour.conf"

struct copy {
	struct arena *arena;
	str folder;
};

static const char *const copied_files[] = {
	AUTHORITY,
	SERVICES,
	STANDARDS,
	PATHWAY,
	"pathways/annual-review.yaml",
	"pathways/appointments.yaml",
	"pathways/enquiries.yaml",
	"pathways/phase-transfer.yaml",
	"pathways/therapy.yaml",
	PACK,
	"packs/cheshire-east.yaml",
	"packs/devon.yaml",
	"packs/hertfordshire.yaml",
	CALENDAR,
	HOLIDAYS,
	CONFIG,
};
#define COPIED_N (sizeof(copied_files) / sizeof(copied_files[0]))

static inline str copy_path(const struct copy *copy, const char *file)
{
	return str_fmt(copy->arena, "%.*s/%s", STR_ARG(copy->folder), file);
}

static inline void copy_write(const struct copy *copy, const char *file, str bytes)
{
	assert_int_equal(file_write(copy_path(copy, file), bytes, 0600), OK);
}

static inline str copy_read(const struct copy *copy, const char *file)
{
	str bytes;
	assert_int_equal(file_read(copy->arena, copy_path(copy, file), 1 << 20, &bytes), OK);
	return bytes;
}

static inline struct copy copy_make(struct arena *arena)
{
	char place[] = "/tmp/candour-copy-XXXXXX";
	assert_non_null(mkdtemp(place));
	struct copy copy = { .arena = arena, .folder = str_copy(arena, str_of(place)) };
	assert_int_equal(folder_make(copy_path(&copy, "pathways"), 0700), OK);
	assert_int_equal(folder_make(copy_path(&copy, "calendars"), 0700), OK);
	assert_int_equal(folder_make(copy_path(&copy, "packs"), 0700), OK);
	for (size_t i = 0; i < COPIED_N; i++) {
		str bytes;
		str from = str_fmt(arena, "conf/%s", copied_files[i]);
		assert_int_equal(file_read(arena, from, 1 << 20, &bytes), OK);
		copy_write(&copy, copied_files[i], bytes);
	}
	return copy;
}

/* Changes the first place of a file that holds `from`; gives the file's new text. */
static inline str copy_change(const struct copy *copy, const char *file, const char *from,
			      const char *to)
{
	str bytes = copy_read(copy, file);
	size_t at = str_find(bytes, str_of(from));
	if (at == bytes.n)
		fail_msg("conf/%s does not hold \"%s\"", file, from);
	size_t behind = at + strlen(from);
	bytes = str_fmt(copy->arena, "%.*s%s%.*s", (int)at, bytes.p, to, (int)(bytes.n - behind),
			bytes.p + behind);
	copy_write(copy, file, bytes);
	return bytes;
}

/* The line of a file in which a text begins. */
static inline int copy_line(const struct copy *copy, const char *file, const char *text)
{
	str bytes = copy_read(copy, file);
	size_t at = str_find(bytes, str_of(text));
	int line = 1;
	assert_true(at < bytes.n);
	for (size_t i = 0; i < at; i++)
		line += bytes.p[i] == '\n' ? 1 : 0;
	return line;
}

static inline void copy_unlink(const struct copy *copy, const char *file)
{
	unlink(str_z(copy->arena, copy_path(copy, file)));
}

static inline void copy_remove(const struct copy *copy)
{
	for (size_t i = 0; i < COPIED_N; i++)
		copy_unlink(copy, copied_files[i]);
	rmdir(str_z(copy->arena, copy_path(copy, "pathways")));
	rmdir(str_z(copy->arena, copy_path(copy, "calendars")));
	rmdir(str_z(copy->arena, copy_path(copy, "packs")));
	rmdir(str_z(copy->arena, copy->folder));
}

/* The first finding of a code; the test fails where there is none. */
static inline const struct finding *copy_finding(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings->n; i++) {
		if (str_eq(findings->list[i].code, str_of(code)))
			return &findings->list[i];
	}
	fail_msg("there is no finding %s", code);
	return NULL;
}

#endif
