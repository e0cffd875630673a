#include "store/inner.h"

struct command store_tick(struct arena *arena, const struct store *store, instant now,
			  const struct policy *policy, instant began)
{
	struct args args = args_of_script(arena, store, SCRIPT_tick);

	args_add(&args, store->token);
	args_add_int(&args, now.ms);
	args_add(&args, instant_print(arena, now));
	args_add(&args, policy->version);
	args_add_int(&args, began.ms);
	for (size_t i = 0; i < policy->n_services; i++)
		args_add(&args, policy->services[i].id);
	return args_command(&args);
}

enum err store_tick_read(const struct reply *reply, int64_t *out_n, instant *out_next)
{
	enum err err;
	int64_t n;
	instant next;

	if (reply->type == REPLY_NIL)
		return ERR_FENCED;
	err = reply_check(reply, REPLY_LIST);
	if (err != OK)
		return err;
	if (reply->n != 2 || !reply_number(&reply->items[0], &n) ||
	    !reply_instant(&reply->items[1], &next))
		return ERR_CORRUPT;
	*out_n = n;
	*out_next = next;
	return OK;
}

struct command store_waited(struct arena *arena, const struct store *store, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_waited);

	args_add_int(&args, now.ms);
	return args_command(&args);
}

enum err store_waited_read(struct arena *arena, const struct reply *reply, str **out_subjects,
			   size_t *out_n)
{
	return reply_texts(arena, reply, out_subjects, out_n);
}
