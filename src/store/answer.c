#include "base/arena.h"
#include "store/inner.h"

enum err reply_check(const struct reply *reply, enum reply_type type)
{
	if (reply->type == REPLY_ERROR)
		return str_starts(reply->text, S("NOSCRIPT")) ? ERR_NOT_FOUND : ERR_REFUSED;
	return reply->type == type ? OK : ERR_CORRUPT;
}

bool reply_number(const struct reply *reply, int64_t *out)
{
	if (reply->type == REPLY_INTEGER) {
		*out = reply->integer;
		return true;
	}
	return reply->type == REPLY_TEXT && str_to_i64(reply->text, out);
}

bool reply_instant(const struct reply *reply, instant *out)
{
	int64_t ms;

	if (reply->type == REPLY_NIL || (reply->type == REPLY_TEXT && reply->text.n == 0)) {
		*out = INSTANT_NEVER;
		return true;
	}
	if (!reply_number(reply, &ms))
		return false;
	*out = (instant){ ms };
	return true;
}

str reply_text(struct arena *arena, const struct reply *reply)
{
	if (reply == NULL || reply->type != REPLY_TEXT)
		return STR_EMPTY;
	return str_copy(arena, reply->text);
}

enum err reply_texts(struct arena *arena, const struct reply *reply, str **out, size_t *out_n)
{
	enum err err = reply_check(reply, REPLY_LIST);
	str *list;

	if (err != OK)
		return err;
	list = TAKE(arena, str, reply->n);
	for (size_t i = 0; i < reply->n; i++) {
		if (reply->items[i].type != REPLY_TEXT)
			return ERR_CORRUPT;
		list[i] = str_copy(arena, reply->items[i].text);
	}
	*out = list;
	*out_n = reply->n;
	return OK;
}

const struct reply *reply_field(const struct reply *reply, str name)
{
	if (reply->type != REPLY_LIST)
		return NULL;
	for (size_t i = 0; i + 1 < reply->n; i += 2)
		if (str_eq(reply->items[i].text, name))
			return &reply->items[i + 1];
	return NULL;
}
