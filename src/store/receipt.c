#include "base/arena.h"
#include "store/inner.h"

struct command store_receipt(struct arena *arena, const struct store *store,
			     enum channel_kind channel, str kind, const struct receipt *receipts,
			     size_t n)
{
	struct args args = args_of_script(arena, store, SCRIPT_receipt);

	require(n <= RECEIPTS_MAX);
	args_add(&args, channel_kind_name(channel));
	args_add(&args, kind);
	for (size_t i = 0; i < n; i++) {
		args_add(&args, receipts[i].message);
		args_add(&args,
			 date_is(receipts[i].on) ? date_print(arena, receipts[i].on) : STR_EMPTY);
		args_add(&args, instant_print(arena, receipts[i].at));
		args_add(&args, receipts[i].code);
		args_add(&args, receipts[i].address ? S("1") : STR_EMPTY);
	}
	return args_command(&args);
}

enum err store_receipt_read(const struct reply *reply, enum receipted *out, size_t n)
{
	enum err err = reply_check(reply, REPLY_LIST);

	if (err != OK)
		return err;
	if (reply->n != n)
		return ERR_CORRUPT;
	for (size_t i = 0; i < n; i++) {
		const struct reply *item = &reply->items[i];

		if (item->type != REPLY_INTEGER || item->integer < 0 ||
		    item->integer >= RECEIPTED_COUNT)
			return ERR_CORRUPT;
		out[i] = (enum receipted)item->integer;
	}
	return OK;
}
