/*
 * Email as a Maildir (https://cr.yp.to/proto/maildir.html): what would have gone to the relay. A message has one file
 * name for all its tries, so a second try writes the same file again instead of a second one.
 */
#include "deliver/smtp.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

#define ROOM 64

struct file_email {
	struct arena settings; /* holds the texts */
	str dir, from, unsubscribe;
	const struct policy *const *policy;
	struct turn *turn;
	void (*closed)(void *arg);
	void *closed_arg;
};

static size_t room(void *self)
{
	(void)self;
	return ROOM;
}

static enum err write_file(struct arena *arena, const struct file_email *email,
			   const struct parcel *parcel, str bytes)
{
	str path = str_fmt(arena, "%.*s/new/%lld.%.*s.candour", STR_ARG(email->dir),
			   (long long)(parcel->at.ms / 1000), STR_ARG(parcel->message->id));
	str unfinished = str_fmt(arena, "%.*s/tmp", STR_ARG(email->dir));
	return file_write_via(unfinished, path, bytes, 0640);
}

static void send_one(const struct file_email *email, const struct parcel *parcel)
{
	struct arena arena = ARENA_EMPTY;
	const struct authority *authority = &(*email->policy)->authority;
	struct email_from from = { .name = authority->name, .unsubscribe = email->unsubscribe };
	struct email out;
	/* Demo and staging refuse what the real thing would. */
	str address = email->from.n > 0 ? email->from : authority->email_from;
	if (smtp_address(&arena, address, &from.address).n > 0) {
		turn_say(email->turn, parcel, OUTCOME_CONFIGURATION, S("from"));
	} else {
		str fault = email_make(&arena, parcel, &from, &out);
		if (fault.n > 0) {
			turn_say(email->turn, parcel, OUTCOME_NEVER_ADDRESS, fault);
		} else {
			enum err err = write_file(&arena, email, parcel, out.bytes);
			turn_say(email->turn, parcel, outcome_of_file(err),
				 err == OK ? S("written") : S("file_error"));
		}
	}
	arena_free(&arena);
}

static void send(void *self, const struct parcel *const *parcels, size_t n)
{
	const struct file_email *email = self;
	for (size_t i = 0; i < n; i++)
		send_one(email, parcels[i]);
}

static void on_turn_closed(void *arg)
{
	struct file_email *email = arg;
	email->closed(email->closed_arg);
	arena_free(&email->settings);
	free(email);
}

static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	(void)limit; /* nothing here takes time */
	struct file_email *email = self;
	email->closed = closed;
	email->closed_arg = arg;
	turn_close(email->turn, on_turn_closed, email);
}

/* A Maildir is three folders; readers want all of them. */
static bool make_maildir(str dir, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	const str parts[] = { S("tmp"), S("new"), S("cur") };
	bool made = true;
	for (size_t i = 0; i < 3 && made; i++) {
		str path = str_fmt(&arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(parts[i]));
		enum err err = folder_make(path, 0750);
		made = err == OK;
		if (!made)
			findings_error(findings, dir, 0, "email_dir",
				       "email.dir cannot be made: %s", err_text(err));
	}
	arena_free(&arena);
	return made;
}

bool file_email_open(const struct deliver_settings *settings, const struct channel_env *env,
		     const struct policy *const *policy, struct channel *out,
		     struct findings *findings)
{
	if (!make_maildir(settings->email.dir, findings))
		return false;
	struct file_email *email = calloc(1, sizeof(*email));
	if (email == NULL)
		fatal("out of memory");
	email->dir = str_copy(&email->settings, settings->email.dir);
	email->from = str_copy(&email->settings, settings->from);
	email->unsubscribe = str_copy(&email->settings, settings->email.unsubscribe);
	email->policy = policy;
	email->turn = turn_new(env);
	*out = (struct channel){
		.name = "file", .self = email, .room = room, .send = send, .close = close_channel
	};
	return true;
}
