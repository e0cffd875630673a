#include "deliver/inner.h"

#include <stdlib.h>

#include "base/file.h"

static size_t room(void *self)
{
	const struct file_channel *channel = self;
	return channel->room;
}

static void send(void *self, const struct parcel *const *parcels, size_t n)
{
	const struct file_channel *channel = self;
	channel->write(channel, parcels, n);
}

static void on_turn_closed(void *arg)
{
	struct file_channel *channel = arg;
	channel->closed(channel->closed_arg);
	arena_free(&channel->settings);
	free(channel);
}

static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	(void)limit; /* nothing here takes time */
	struct file_channel *channel = self;
	channel->closed = closed;
	channel->closed_arg = arg;
	turn_close(channel->turn, on_turn_closed, channel);
}

bool file_channel_folder(str path, enum channel_kind kind, struct findings *findings)
{
	static const char *const codes[CHANNEL_COUNT] = {
		[CHANNEL_EMAIL] = "email_dir", [CHANNEL_SMS] = "sms_dir", [CHANNEL_LETTER] = "letter_dir"
	};
	enum err err = folder_make(path, 0750);
	if (err != OK)
		findings_error(findings, path, 0, codes[kind], "%.*s.dir cannot be made: %s",
			       STR_ARG(channel_kind_name(kind)), err_text(err));
	return err == OK;
}

struct file_channel *file_channel_new(const struct channel_env *env,
				      const struct policy *const *policy, size_t at_once,
				      file_write_fn *write, struct channel *out)
{
	struct file_channel *channel = calloc(1, sizeof(*channel));
	if (channel == NULL)
		fatal("out of memory");
	channel->policy = policy;
	channel->room = at_once;
	channel->write = write;
	channel->turn = turn_new(env);
	*out = (struct channel){
		.name = "file", .self = channel, .room = room, .send = send, .close = close_channel
	};
	return channel;
}

void file_channel_say(const struct file_channel *channel, const struct parcel *parcel, enum err err)
{
	turn_say(channel->turn, parcel, outcome_of_file(err),
		 err == OK ? S("written") : S("file_error"));
}
