/* A binary heap: the first is at [0], and each is before the two that hang from it. */
#include "simulate/inner.h"

static bool is_before(const struct due *a, const struct due *b)
{
	if (a->at.ms != b->at.ms)
		return a->at.ms < b->at.ms;
	if (a->kind != b->kind)
		return a->kind < b->kind;
	if (a->rank != b->rank)
		return a->rank < b->rank;
	return a->order < b->order;
}

static void swap(struct due *a, struct due *b)
{
	struct due other = *a;
	*a = *b;
	*b = other;
}

void agenda_add(struct arena *keep, struct agenda *agenda, struct due due)
{
	if (instant_is_never(due.at))
		return;
	ROOM(keep, agenda->heap, agenda->n, agenda->cap);
	due.order = agenda->added++;
	size_t at = agenda->n++;
	agenda->heap[at] = due;
	while (at > 0 && is_before(&agenda->heap[at], &agenda->heap[(at - 1) / 2])) {
		swap(&agenda->heap[at], &agenda->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static void sink(struct agenda *agenda)
{
	struct due *heap = agenda->heap;
	for (size_t at = 0;;) {
		size_t first = at;
		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < agenda->n; child++) {
			if (is_before(&heap[child], &heap[first]))
				first = child;
		}
		if (first == at)
			return;
		swap(&heap[at], &heap[first]);
		at = first;
	}
}

bool agenda_take(struct agenda *agenda, instant until, struct due *out)
{
	if (agenda->n == 0 || instant_before(until, agenda->heap[0].at))
		return false;
	*out = agenda->heap[0];
	agenda->heap[0] = agenda->heap[--agenda->n];
	sink(agenda);
	return true;
}
