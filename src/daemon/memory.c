#include "daemon/memory.h"

#include "base/file.h"
#include "base/log.h"

#define FILE_BYTES_MAX ((size_t)256)
#define WRITE_EVERY_MS 10000

bool memory_is_kept(const struct memory *memory)
{
	return memory->file.n > 0;
}

/* "1 LINEAGE MILLISECONDS": another first word belongs to a later version. */
static void read_file(struct memory *memory)
{
	str bytes, version, lineage, seen;
	int64_t ms;

	if (file_read(&memory->arena, memory->file, FILE_BYTES_MAX, &bytes) != OK ||
	    !str_cut(str_trim(bytes), ' ', &version, &seen) || !str_eq(version, S("1")) ||
	    !str_cut(seen, ' ', &lineage, &seen) || !str_to_i64(seen, &ms))
		return;
	memory->lineage = lineage;
	memory->seen = (instant){ ms };
}

void memory_open(struct memory *memory, str prefix)
{
	const str folder = str_of(getenv("STATE_DIRECTORY"));

	if (folder.n == 0)
		return;
	/* A prefix is an id in braces. */
	memory->file = str_fmt(&memory->arena, "%.*s/seen.%.*s", STR_ARG(folder),
			       STR_ARG(str_slice(prefix, 1, prefix.n - 1)));
	memory->written_ms = monotonic_ms() - WRITE_EVERY_MS;
	read_file(memory);
}

void memory_note(struct memory *memory, str lineage, instant seen)
{
	struct arena arena = ARENA_EMPTY;
	enum err err;

	if (!memory_is_kept(memory) || lineage.n == 0)
		return;
	/* At once which data this is, so that a short run is one that saw it; then its first lease. */
	if (str_eq(lineage, memory->lineage) && (memory->seen.ms > 0 || seen.ms <= 0) &&
	    monotonic_ms() - memory->written_ms < WRITE_EVERY_MS)
		return;
	if (!str_eq(lineage, memory->lineage))
		memory->lineage = str_copy(&memory->arena, lineage);
	memory->seen = seen;
	memory->written_ms = monotonic_ms();
	err = file_write(memory->file,
			 str_fmt(&arena, "1 %.*s %lld\n", STR_ARG(lineage), (long long)seen.ms),
			 0640);
	if (err != OK)
		LOG(WARNING, "memory", LOG_ID("file", memory->file),
		    LOG_ID("why", str_of(err_text(err))));
	arena_free(&arena);
}

void memory_clear(struct memory *memory)
{
	arena_free(&memory->arena);
}
