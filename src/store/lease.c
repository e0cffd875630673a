#include "base/hash.h"
#include "store/inner.h"

struct command store_lease(struct arena *arena, const struct store *store, str random, str policy)
{
	struct args args = args_of_script(arena, store, SCRIPT_lease);

	args_add(&args, random);
	args_add(&args, policy);
	args_add_int(&args, LEASE_MS);
	return args_command(&args);
}

enum err store_lease_read(struct arena *arena, const struct reply *reply, enum lease *out,
			  str *out_token)
{
	enum err err;

	if (reply->type == REPLY_NIL) {
		*out = LEASE_THEIRS;
		return OK;
	}
	err = reply_check(reply, REPLY_TEXT);
	if (err != OK)
		return err;
	*out = LEASE_OURS;
	*out_token = reply_text(arena, reply);
	return OK;
}

struct command store_lease_release(struct arena *arena, const struct store *store)
{
	struct args args = args_of_script(arena, store, SCRIPT_release);

	args_add(&args, store->token);
	return args_command(&args);
}

struct command store_key(struct arena *arena, const struct store *store, str fresh_hex)
{
	struct args args = args_of_script(arena, store, SCRIPT_key);

	args_add(&args, fresh_hex);
	return args_command(&args);
}

enum err store_key_read(const struct reply *reply, uint8_t out[HASH_BYTES])
{
	enum err err = reply_check(reply, REPLY_TEXT);

	if (err != OK)
		return err;
	return hex_parse(reply->text, out, HASH_BYTES) ? OK : ERR_CORRUPT;
}
