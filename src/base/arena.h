/*
 * Memory that lives as long as one piece of work.
 *
 * An event is parsed, decided and encoded out of one arena, which is emptied when the event is
 * done: there is no free on the way, so no early return can leak. Only what outlives an event
 * (links, messages in flight) is on the heap.
 *
 * Memory is bounded at the door and fatal behind it: sizes of input are checked before an arena is
 * filled, so running out of memory (or over the arena's own limit) is a bug or an exhausted
 * machine, and the process ends. The event it was busy with is still in the queue.
 */
#ifndef CANDOUR_BASE_ARENA_H
#define CANDOUR_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest block; older ones hang behind it */
	size_t total;              /* bytes held from the system */
};

/* No arena may hold more than this; the process ends with a message when one would. */
#define ARENA_BYTES_MAX ((size_t)1 << 30)

/* An arena is ready when it is all zero. */
#define ARENA_EMPTY ((struct arena){ 0 })

/* Memory for n things of a size, zeroed and aligned for any type. Never NULL. Lives until clear or
 * free. */
void *arena_take(struct arena *arena, size_t size, size_t n);

/* Everything taken is gone; the arena keeps one block for its next use. */
void arena_clear(struct arena *arena);

/* Everything taken is gone, and the memory goes back to the system. The arena may be used again. */
void arena_free(struct arena *arena);

/* n zeroed things of a type. */
#define TAKE(arena, type, n) ((type *)arena_take((arena), sizeof(type), (n)))

#endif
