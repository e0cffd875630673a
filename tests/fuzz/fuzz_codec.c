/*
 * Stored families, damaged in every way: reading never does harm, and what can be read is written so
 * that it reads the same.
 */
#include "base/arena.h"
#include "store/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str print_family(struct arena *arena, const struct family *family)
{
	/* escapes can make a text six times as long */
	struct buf buf = buf_of(arena, 8 * FAMILY_BYTES_MAX);

	codec_write(&buf, family);
	require(!buf.too_long);
	return buf_str(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_EMPTY;
	struct family *family, *again;

	if (size <= FAMILY_BYTES_MAX &&
	    codec_read(&arena, (str){ (const char *)data, size }, &family) == OK) {
		str first = print_family(&arena, family);

		require(codec_read(&arena, first, &again) == OK);
		require(str_eq(print_family(&arena, again), first));
	}
	arena_free(&arena);
	return 0;
}
