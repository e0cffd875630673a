#include "base/arena.h"
#include "base/hash.h"
#include "store/inner.h"

/* script_NAME for each NAME.lua, made by the Makefile. */
#include "scripts.inc"

#define NAME_CHARS 40

struct script_text {
	str shebang, text;
};

/*
 * The first line makes Redis refuse a script as a whole, before its first effect, when it is out of
 * memory or the script asks for another slot: without it, half of a commit could be written.
 */
static const struct script_text texts[SCRIPT_COUNT] = {
#define X(name, flags)                                                                             \
	[SCRIPT_##name] = { { "#!lua" flags "\n", sizeof("#!lua" flags "\n") - 1 },                \
			    { script_##name, sizeof script_##name - 1 } },
	SCRIPTS(X)
#undef X
};

static str whole_text(struct arena *arena, enum script script)
{
	return str_join(arena, str_join(arena, texts[script].shebang, S(script_prelude)),
			texts[script].text);
}

/* Hashing a script takes longer than writing a command, so each thread does it once. */
static str find_name(enum script script)
{
	static _Thread_local char names[SCRIPT_COUNT][NAME_CHARS];

	if (names[script][0] == '\0') {
		struct arena arena = ARENA_EMPTY;
		str name = hash_redis(&arena, whole_text(&arena, script));

		require(name.n == NAME_CHARS);
		memcpy(names[script], name.p, NAME_CHARS);
		arena_free(&arena);
	}
	return (str){ names[script], NAME_CHARS };
}

struct args args_of(struct arena *arena, const char *name)
{
	struct args args = { .arena = arena };

	args_add(&args, str_of(name));
	return args;
}

struct args args_of_script(struct arena *arena, const struct store *store, enum script script)
{
	struct args args = args_of(arena, "EVALSHA");

	args_add(&args, find_name(script));
	args_add(&args, S("1"));
	args_add_key(&args, store, "", STR_EMPTY);
	return args;
}

void args_add(struct args *args, str word)
{
	if (args->n == args->cap) {
		size_t cap = args->cap > 0 ? 2 * args->cap : 32;
		str *list = TAKE(args->arena, str, cap);

		if (args->n > 0)
			memcpy(list, args->list, args->n * sizeof *list);
		args->list = list;
		args->cap = cap;
	}
	args->list[args->n++] = word;
}

void args_add_int(struct args *args, int64_t number)
{
	args_add(args, str_int(args->arena, number));
}

void args_add_instant(struct args *args, instant at)
{
	if (instant_is_never(at))
		args_add(args, STR_EMPTY);
	else
		args_add_int(args, at.ms);
}

void args_add_key(struct args *args, const struct store *store, const char *kind, str id)
{
	args_add(args,
		 str_fmt(args->arena, "%.*s:%s%.*s", STR_ARG(store->prefix), kind, STR_ARG(id)));
}

struct command args_command(const struct args *args)
{
	return (struct command){ .args = args->list, .n = args->n };
}

/* The words that all commands of the script begin with: EVALSHA, name, 1, prefix; for a commit token, now and
 * now as text. */
static size_t head_of(const struct command *command)
{
	return str_eq(command->args[1], find_name(SCRIPT_commit)) ? 7 : 4;
}

struct command store_join(struct arena *arena, const struct command *commands, size_t n)
{
	const size_t head = head_of(&commands[0]);
	size_t words = head;
	str *list;

	require(n > 0 && n <= STORE_JOINED_MAX);
	for (size_t i = 0; i < n; i++)
		words += commands[i].n - head;
	list = TAKE(arena, str, words);
	memcpy(list, commands[0].args, head * sizeof *list);
	words = head;
	for (size_t i = 0; i < n; i++) {
		require(str_eq(commands[i].args[1], commands[0].args[1]));
		memcpy(list + words, commands[i].args + head,
		       (commands[i].n - head) * sizeof *list);
		words += commands[i].n - head;
	}
	return (struct command){ .args = list, .n = words };
}

const struct reply *store_part(const struct reply *reply, size_t place, size_t n)
{
	if (n == 1 || reply->type != REPLY_LIST || reply->n != n)
		return reply;
	return &reply->items[place];
}

str origin_name(enum store_origin origin)
{
	switch (origin) {
	case STORE_OWN:
		return S("own");
	case STORE_EVENTS:
		return S("events");
	case STORE_WAITING:
		break;
	}
	return S("waiting");
}

void store_scripts(struct arena *arena, struct command **out, size_t *out_n)
{
	struct command *commands = TAKE(arena, struct command, SCRIPT_COUNT);

	for (size_t i = 0; i < SCRIPT_COUNT; i++) {
		struct args args = args_of(arena, "SCRIPT");

		args_add(&args, S("LOAD"));
		args_add(&args, whole_text(arena, (enum script)i));
		commands[i] = args_command(&args);
	}
	*out = commands;
	*out_n = SCRIPT_COUNT;
}
