#include "daemon/prepare.h"

#include "base/log.h"

#define ASK_LIMIT SPAN_S(10)

void log_trouble(str why)
{
	LOG(ERROR, "redis_trouble", LOG_ID("why", why));
}

bool answer_came(enum err err, const struct reply *reply)
{
	if (err == OK && reply->type == REPLY_ERROR)
		log_trouble(reply->text);
	return err == OK && reply->type != REPLY_ERROR;
}

bool answer_is_read(enum err err, const struct reply *reply, const char *damaged)
{
	if (err != OK && reply->type == REPLY_ERROR)
		log_trouble(reply->text);
	else if (err == ERR_CORRUPT)
		log_trouble(str_of(damaged));
	return err == OK;
}

void log_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->list[i];
		const struct log_field fields[] = { LOG_ID("file", finding->file),
						    LOG_NUM("line", finding->line),
						    LOG_ID("code", finding->code),
						    LOG_ID("message", finding->message) };

		log_line(finding->warning ? LOG_WARNING : LOG_ERROR, "finding", fields,
			 sizeof fields / sizeof *fields);
	}
}

static void ask(struct preparation *preparation, struct command command, reply_fn *fn)
{
	redis_link_send(preparation->link, command, ASK_LIMIT, fn, preparation);
}

static void end(struct preparation *preparation, enum prepared how)
{
	preparation->under_way = false;
	preparation->failed = false;
	preparation->was_prepared |= how == PREPARED;
	preparation->info = (struct reply){ .type = REPLY_NIL };
	arena_free(&preparation->arena);
	preparation->done(preparation->arg, how, how == PREPARED ? preparation->key : NULL);
}

static void hear_memory(void *arg, enum err err, const struct reply *reply)
{
	end(arg, answer_came(err, reply) ? PREPARED : NOT_PREPARED);
}

static void hear_key(void *arg, enum err err, const struct reply *reply)
{
	struct preparation *preparation = arg;
	const struct memory *memory = preparation->memory;

	if (!answer_came(err, reply) || store_key_read(reply, preparation->key) != OK)
		end(preparation, NOT_PREPARED);
	else if (!memory_is_kept(memory))
		end(preparation, PREPARED);
	else
		ask(preparation,
		    store_memory(&preparation->arena, preparation->store, memory->lineage,
				 memory->seen, instant_now()),
		    hear_memory);
}

static void hear_settings(void *arg, enum err err, const struct reply *reply)
{
	struct preparation *preparation = arg;
	struct arena *arena = &preparation->arena;
	struct findings findings = findings_of(arena);
	uint8_t fresh[HASH_BYTES];

	if (err != OK) {
		end(preparation, NOT_PREPARED);
		return;
	}
	store_settings_check(&preparation->info, reply, &findings);
	log_findings(&findings);
	if (findings.errors > 0 && !preparation->was_prepared) {
		end(preparation, PREPARED_BADLY);
		return;
	}
	random_bytes(fresh, sizeof fresh);
	ask(preparation,
	    store_key(arena, preparation->store, hex_print(arena, fresh, sizeof fresh)), hear_key);
}

static void hear_info(void *arg, enum err err, const struct reply *reply)
{
	struct preparation *preparation = arg;

	if (err == OK)
		preparation->info = (struct reply){
			.type = reply->type, .text = str_copy(&preparation->arena, reply->text)
		};
}

static void hear_script(void *arg, enum err err, const struct reply *reply)
{
	struct preparation *preparation = arg;
	struct command settings[2];

	if (!answer_came(err, reply))
		preparation->failed = true;
	if (--preparation->scripts > 0)
		return;
	if (preparation->failed) {
		end(preparation, NOT_PREPARED);
		return;
	}
	store_settings(&preparation->arena, settings);
	ask(preparation, settings[0], hear_info);
	ask(preparation, settings[1], hear_settings);
}

void prepare_begin(struct preparation *preparation)
{
	struct command *scripts;
	size_t n;

	if (preparation->under_way || !redis_link_is_up(preparation->link))
		return;
	preparation->under_way = true;
	store_scripts(&preparation->arena, &scripts, &n);
	preparation->scripts = n;
	for (size_t i = 0; i < n; i++)
		ask(preparation, scripts[i], hear_script);
}
