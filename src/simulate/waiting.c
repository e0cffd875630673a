#include "simulate/inner.h"

static struct queue *queue_of(struct simulate *simulate, str subject)
{
	struct queue *queue = names_find(&simulate->queues_by_subject, subject);
	if (queue != NULL)
		return queue;
	queue = TAKE(&simulate->keep, struct queue, 1);
	queue->subject = str_copy(&simulate->keep, subject);
	queue->index = simulate->n_queues;
	ROOM(&simulate->keep, simulate->queues, simulate->n_queues, simulate->cap_queues);
	simulate->queues[simulate->n_queues++] = queue;
	names_put(&simulate->keep, &simulate->queues_by_subject, subject, queue);
	return queue;
}

void waiting_add(struct simulate *simulate, str subject, str bytes, bool own, instant until)
{
	struct queue *queue = queue_of(simulate, subject);
	if (instant_is_never(until))
		until = instant_add(simulate->now, SPAN_HOURS(CANDOUR_WAIT_HOURS));
	ROOM(&simulate->keep, queue->events, queue->n, queue->cap);
	queue->events[queue->n++] = (struct waiting_event){
		.bytes = str_copy(&simulate->keep, bytes), .own = own, .until = until
	};
	agenda_add(&simulate->keep, &simulate->agenda,
		   (struct due){ .at = until, .kind = DUE_WAITED, .index = queue->index });
}

void waiting_release(struct simulate *simulate, str subject)
{
	struct queue *queue = names_find(&simulate->queues_by_subject, subject);
	if (queue == NULL)
		return;
	/* What is released may come to wait again, even for the same subject. */
	struct queue released = *queue;
	*queue = (struct queue){ .subject = released.subject, .index = released.index };
	for (size_t i = 0; i < released.n; i++) {
		const struct waiting_event *event = &released.events[i];
		simulate_take(simulate, event->bytes, event->own, event->until);
	}
}

static void refuse_waiting(struct simulate *simulate, const struct queue *queue,
			   const struct waiting_event *waiting)
{
	bool is_case = str_starts(queue->subject, S("case/"));
	const struct refused refused = {
		.code = is_case ? REFUSED_UNKNOWN_CASE : REFUSED_UNKNOWN_FAMILY,
		.field = S("subject"),
		.message = S("nobody has told us of this subject within 72 hours"),
	};
	struct arena arena = ARENA_EMPTY;
	struct refused fault;
	struct event event = { 0 };
	bool parsed = intake_parse(&arena, simulate->policy, waiting->bytes, waiting->own, &event,
				   &fault);
	trace_refused(simulate, parsed ? event.id : STR_EMPTY, queue->subject, &refused);
	arena_free(&arena);
}

void waiting_over(struct simulate *simulate, struct queue *queue)
{
	while (queue->n > 0 && !instant_before(simulate->now, queue->events[0].until)) {
		refuse_waiting(simulate, queue, &queue->events[0]);
		queue->events++;
		queue->n--;
		queue->cap--;
	}
}
