#include "io/inner.h"

#include "base/arena.h"

/* Where a list's items go while it is read; the reply itself shows them as constants. */
struct node {
	struct reply reply;
	struct reply *items;
};

static void *place(const redisReadTask *task, const struct node *made)
{
	struct node *node = TAKE(task->privdata, struct node, 1);

	*node = *made;
	if (task->parent != NULL) {
		struct node *list = task->parent->obj;
		list->items[task->idx] = made->reply;
	}
	return node;
}

static void *place_string(const redisReadTask *task, char *bytes, size_t n)
{
	static const enum reply_type types[] = {
		[REDIS_REPLY_STRING] = REPLY_TEXT,
		[REDIS_REPLY_STATUS] = REPLY_STATUS,
		[REDIS_REPLY_ERROR] = REPLY_ERROR,
	};
	const struct node made = { .reply = {
					   .type = types[task->type],
					   .text = str_copy(task->privdata, (str){ bytes, n }),
				   } };

	return place(task, &made);
}

static void *place_list(const redisReadTask *task, int n)
{
	struct node made = { .reply = { .type = REPLY_LIST, .n = (size_t)n } };

	made.items = TAKE(task->privdata, struct reply, made.reply.n);
	made.reply.items = made.items;
	return place(task, &made);
}

static void *place_integer(const redisReadTask *task, long long number)
{
	const struct node made = { .reply = { .type = REPLY_INTEGER, .integer = number } };

	return place(task, &made);
}

static void *place_nil(const redisReadTask *task)
{
	const struct node made = { .reply = { .type = REPLY_NIL } };

	return place(task, &made);
}

/* Nothing is freed: it is all in the arena. hiredis takes NULL for that. */
redisReplyObjectFunctions reply_functions = {
	.createString = place_string,
	.createArray = place_list,
	.createInteger = place_integer,
	.createNil = place_nil,
};

struct command auth_command(const struct redis_settings *settings, str args[3])
{
	size_t n = 0;

	if (settings->password.n == 0)
		return (struct command){ .args = args };
	args[n++] = S("AUTH");
	if (settings->username.n != 0)
		args[n++] = settings->username;
	args[n++] = settings->password;
	return (struct command){ .args = args, .n = n };
}
