#include "base/arena.h"

#include "base/err.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define ARENA_GUARDED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define ARENA_GUARDED 1
#endif

/* Under AddressSanitizer what is not taken is poisoned, and a gap is left behind each thing, so
 * that a read past the end or after arena_clear() is seen as it would be with malloc. */
#ifdef ARENA_GUARDED
#include <sanitizer/asan_interface.h>
#define GAP 16
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

#define ALIGN ((size_t)16)
#define BLOCK_FIRST ((size_t)16 * 1024)
#define BLOCK_MOST                                                                                 \
	((size_t)1024 * 1024) /* of blocks that are made ahead; one large thing may need more */

struct arena_block {
	struct arena_block *older;
	size_t cap, used;
	_Alignas(16) char bytes[];
};

static struct arena_block *add_block(struct arena *arena, size_t least)
{
	size_t cap = arena->block != NULL ? arena->block->cap * 2 : BLOCK_FIRST;
	if (cap > BLOCK_MOST)
		cap = BLOCK_MOST;
	if (cap < least)
		cap = least;
	if (cap > ARENA_BYTES_MAX - arena->total)
		fatal("an arena would grow beyond its limit");

	struct arena_block *block = malloc(sizeof(*block) + cap);
	if (block == NULL)
		fatal("out of memory");
	*block = (struct arena_block){ .older = arena->block, .cap = cap };
	ASAN_POISON_MEMORY_REGION(block->bytes, cap);
	arena->block = block;
	arena->total += cap;
	return block;
}

void *arena_take(struct arena *arena, size_t size, size_t n)
{
	size_t bytes;
	if (__builtin_mul_overflow(size, n, &bytes) || bytes > ARENA_BYTES_MAX)
		fatal("an arena was asked for more than its limit");
	size_t room = ((bytes > 0 ? bytes : 1) + GAP + ALIGN - 1) & ~(ALIGN - 1);

	struct arena_block *block = arena->block;
	if (block == NULL || room > block->cap - block->used)
		block = add_block(arena, room);
	char *taken = block->bytes + block->used;
	block->used += room;
	ASAN_UNPOISON_MEMORY_REGION(taken, bytes);
	memset(taken, 0, bytes);
	return taken;
}

static void free_blocks(struct arena *arena, struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *older = block->older;
		arena->total -= block->cap;
		ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->cap);
		free(block);
		block = older;
	}
}

void arena_clear(struct arena *arena)
{
	struct arena_block *block = arena->block;
	if (block == NULL)
		return;
	/* The newest is kept, unless it was made for one large thing, which is given back. */
	if (block->cap > BLOCK_MOST) {
		arena_free(arena);
		return;
	}
	free_blocks(arena, block->older);
	block->older = NULL;
	block->used = 0;
	ASAN_POISON_MEMORY_REGION(block->bytes, block->cap);
}

void arena_free(struct arena *arena)
{
	free_blocks(arena, arena->block);
	*arena = ARENA_EMPTY;
}
