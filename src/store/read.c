/*
 * What candourctl shows: records, messages, dead letters, and the status of it all.
 */
#include "base/arena.h"
#include "store/inner.h"

/* --- families and messages -------------------------------------------------------------------- */

struct command store_case_family(struct arena *arena, const struct store *store, str case_id)
{
	struct args args = args_of(arena, "GET");

	args_add_key(&args, store, "case:", case_id);
	return args_command(&args);
}

struct command store_family(struct arena *arena, const struct store *store, str family_id)
{
	struct args args = args_of_script(arena, store, SCRIPT_family);

	args_add(&args, family_id);
	return args_command(&args);
}

enum err store_family_read(struct arena *arena, const struct reply *reply, struct family **out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct family *family = NULL;

	if (err != OK)
		return err;
	if (reply->n != 2 || reply->items[1].type != REPLY_LIST)
		return ERR_CORRUPT;
	if (reply->items[0].type == REPLY_TEXT)
		err = codec_read(arena, reply->items[0].text, &family);
	for (size_t i = 0; err == OK && family != NULL && i < reply->items[1].n; i++) {
		err = reply_check(&reply->items[1].items[i], REPLY_TEXT);
		if (err == OK)
			err = codec_bring_back(arena, reply->items[1].items[i].text, family);
	}
	if (err == OK)
		*out = family;
	return err;
}

struct command store_families(struct arena *arena, const struct store *store, str cursor)
{
	struct args args = args_of(arena, "SSCAN");

	args_add_key(&args, store, "families", STR_EMPTY);
	args_add(&args, cursor);
	args_add(&args, S("COUNT"));
	args_add(&args, S("500"));
	return args_command(&args);
}

enum err store_families_read(struct arena *arena, const struct reply *reply, str *out_cursor,
			     str **out_ids, size_t *out_n)
{
	enum err err = reply_check(reply, REPLY_LIST);

	if (err != OK)
		return err;
	if (reply->n != 2 || reply->items[0].type != REPLY_TEXT)
		return ERR_CORRUPT;
	err = reply_texts(arena, &reply->items[1], out_ids, out_n);
	if (err == OK)
		*out_cursor = reply_text(arena, &reply->items[0]);
	return err;
}

struct command store_message(struct arena *arena, const struct store *store, str message_id)
{
	struct args args = args_of(arena, "HGETALL");

	args_add_key(&args, store, "msg:", message_id);
	return args_command(&args);
}

static bool read_number(const struct reply *fields, str name, int64_t *out)
{
	const struct reply *value = reply_field(fields, name);

	return value != NULL && reply_number(value, out);
}

enum err store_message_read(struct arena *arena, const struct reply *reply, bool *out_found,
			    struct message_record *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct message_record record = { .handed_over_at = INSTANT_NEVER,
					 .next_try = INSTANT_NEVER };
	int64_t next;

	if (err != OK)
		return err;
	/* What a person closed by hand has no more than its state (docs/operate.md). */
	if (reply_field(reply, S("record")) == NULL) {
		*out_found = false;
		return OK;
	}
	if (!message_state_parse(reply_text(arena, reply_field(reply, S("state"))),
				 &record.state) ||
	    !read_number(reply, S("attempt"), &record.attempt) ||
	    !read_number(reply, S("tried"), &record.tried))
		return ERR_CORRUPT;
	record.unknown_before = str_eq(reply_text(arena, reply_field(reply, S("unknown"))), S("1"));
	record.body = reply_text(arena, reply_field(reply, S("body")));
	record.sha256 = reply_text(arena, reply_field(reply, S("sha256")));
	record.template_version = reply_text(arena, reply_field(reply, S("tv")));
	record.code = reply_text(arena, reply_field(reply, S("code")));
	record.provider_id = reply_text(arena, reply_field(reply, S("pid")));
	(void)instant_parse(reply_text(arena, reply_field(reply, S("at"))), &record.handed_over_at);
	if (record.state == MESSAGE_WAITING && read_number(reply, S("next"), &next))
		record.next_try = (instant){ next };
	err = message_read(arena, reply_text(arena, reply_field(reply, S("record"))),
			   &record.message);
	if (err == OK) {
		*out = record;
		*out_found = true;
	}
	return err;
}

/* --- dead letters ----------------------------------------------------------------------------- */

struct command store_dead(struct arena *arena, const struct store *store, str after_stream_id)
{
	struct args args = args_of_script(arena, store, SCRIPT_dead);

	args_add(&args, after_stream_id);
	args_add(&args, S("100"));
	return args_command(&args);
}

static bool read_letter(struct arena *arena, const struct reply *item, struct dead_letter *out)
{
	const struct reply *fields, *event;
	int64_t at;

	if (item->type != REPLY_LIST || item->n != 3 || item->items[2].type != REPLY_INTEGER)
		return false;
	fields = &item->items[1];
	event = reply_field(fields, S("event"));
	if (!read_number(fields, S("at"), &at) ||
	    !refusal_parse(reply_text(arena, reply_field(fields, S("code"))), &out->refused.code))
		return false;
	out->stream_id = reply_text(arena, &item->items[0]);
	out->has_event = event != NULL;
	out->bytes = reply_text(arena, event != NULL ? event : reply_field(fields, S("entry")));
	out->origin = reply_text(arena, reply_field(fields, S("origin")));
	out->refused.field = reply_text(arena, reply_field(fields, S("field")));
	out->refused.message = reply_text(arena, reply_field(fields, S("message")));
	out->at = (instant){ at };
	out->parked = item->items[2].integer == 1;
	return true;
}

enum err store_dead_read(struct arena *arena, const struct reply *reply, struct dead_letter **out,
			 size_t *out_n)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct dead_letter *list;

	if (err != OK)
		return err;
	list = TAKE(arena, struct dead_letter, reply->n);
	for (size_t i = 0; i < reply->n; i++)
		if (!read_letter(arena, &reply->items[i], &list[i]))
			return ERR_CORRUPT;
	*out = list;
	*out_n = reply->n;
	return OK;
}

struct command store_dead_do(struct arena *arena, const struct store *store, enum dead_step step,
			     str stream_id)
{
	struct args args = args_of_script(arena, store, SCRIPT_dead_do);

	switch (step) {
	case DEAD_REPLAY:
		args_add(&args, S("replay"));
		break;
	case DEAD_PARK:
		args_add(&args, S("park"));
		break;
	case DEAD_DROP:
		args_add(&args, S("drop"));
		break;
	}
	args_add(&args, stream_id);
	return args_command(&args);
}

/* --- status ----------------------------------------------------------------------------------- */

/* What status.lua gives: so many values, then so many for each channel. */
#define STATUS_PARTS 8
#define CHANNEL_PARTS 6

struct command store_status(struct arena *arena, const struct store *store)
{
	struct args args = args_of_script(arena, store, SCRIPT_status);

	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		args_add(&args, channel_kind_name((enum channel_kind)i));
	return args_command(&args);
}

static bool read_channel(const struct reply *parts, struct status *out, size_t channel)
{
	int64_t counts[CHANNEL_PARTS - 1];
	instant next;

	for (size_t i = 0; i < CHANNEL_PARTS - 1; i++)
		if (!reply_number(&parts[i], &counts[i]))
			return false;
	if (!reply_instant(&parts[CHANNEL_PARTS - 1], &next))
		return false;
	out->outbox[channel].waiting = counts[0];
	out->outbox[channel].ready = counts[1];
	out->outbox[channel].in_flight = counts[2] + counts[3];
	out->outbox[channel].unknown = counts[4];
	out->next_try = instant_min(out->next_try, next);
	return true;
}

enum err store_status_read(struct arena *arena, const struct reply *reply, struct status *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct status status = { .next_try = INSTANT_NEVER };
	const struct reply *parts = reply->items;

	if (err != OK)
		return err;
	if (reply->n != STATUS_PARTS + CHANNEL_COUNT * CHANNEL_PARTS ||
	    !reply_number(&parts[1], &status.epoch) || !reply_number(&parts[3], &status.waiting) ||
	    !reply_number(&parts[4], &status.pending) || !reply_number(&parts[5], &status.held) ||
	    !reply_number(&parts[6], &status.dead) || !reply_instant(&parts[7], &status.next_look))
		return ERR_CORRUPT;
	status.owner = reply_text(arena, &parts[0]);
	status.policy = reply_text(arena, &parts[2]);
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		if (!read_channel(&parts[STATUS_PARTS + i * CHANNEL_PARTS], &status, i))
			return ERR_CORRUPT;
	*out = status;
	return OK;
}

struct command store_outbox(struct arena *arena, const struct store *store,
			    enum channel_kind channel)
{
	struct args args = args_of_script(arena, store, SCRIPT_outbox);

	args_add(&args, channel_kind_name(channel));
	args_add(&args, S("1000"));
	return args_command(&args);
}

static struct command publish_on(struct arena *arena, const struct store *store, const char *stream,
				 str bytes)
{
	struct args args = args_of(arena, "XADD");

	args_add_key(&args, store, stream, STR_EMPTY);
	args_add(&args, S("*"));
	args_add(&args, S("event"));
	args_add(&args, bytes);
	return args_command(&args);
}

struct command store_publish(struct arena *arena, const struct store *store, str bytes)
{
	return publish_on(arena, store, "events", bytes);
}

struct command store_publish_own(struct arena *arena, const struct store *store, str bytes)
{
	return publish_on(arena, store, "own", bytes);
}
