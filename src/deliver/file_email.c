/*
 * Email as a Maildir (https://cr.yp.to/proto/maildir.html): what would have gone to the relay. A message has one file
 * name for all its tries, so a second try writes the same file again instead of a second one.
 */
#include "deliver/smtp.h"

#include "base/file.h"

#define ROOM 64

struct file_email {
	str dir, from, unsubscribe, enclosures;
};

static enum err write_file(struct arena *arena, const struct file_email *email,
			   const struct parcel *parcel, str bytes)
{
	str path = str_fmt(arena, "%.*s/new/%lld.%.*s.candour", STR_ARG(email->dir),
			   (long long)(parcel->at.ms / 1000), STR_ARG(parcel->message->id));
	str unfinished = str_fmt(arena, "%.*s/tmp", STR_ARG(email->dir));
	return file_write_via(unfinished, path, bytes, 0640);
}

static void send_one(const struct file_channel *channel, const struct parcel *parcel)
{
	const struct file_email *email = channel->own;
	struct arena arena = ARENA_EMPTY;
	const struct authority *authority = &(*channel->policy)->authority;
	struct email_from from = { .name = authority->name,
				   .unsubscribe = email->unsubscribe,
				   .enclosures = email->enclosures };
	struct email out;
	/* Demo and staging refuse what the real thing would. */
	str address = email_from_address(authority, parcel->message, email->from);
	if (smtp_address(&arena, address, &from.address).n > 0) {
		turn_say(channel->turn, parcel, OUTCOME_CONFIGURATION, S("from"));
	} else {
		enum outcome outcome;
		str fault = email_make(&arena, parcel, &from, &out, &outcome);
		if (fault.n > 0) {
			turn_say(channel->turn, parcel, outcome, fault);
		} else {
			file_channel_say(channel, parcel,
					 write_file(&arena, email, parcel, out.bytes));
		}
	}
	arena_free(&arena);
}

static void write_all(const struct file_channel *channel, const struct parcel *const *parcels,
		      size_t n)
{
	for (size_t i = 0; i < n; i++)
		send_one(channel, parcels[i]);
}

/* A Maildir is three folders; readers want all of them. */
static bool make_maildir(str dir, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	const str parts[] = { S("tmp"), S("new"), S("cur") };
	bool made = true;
	for (size_t i = 0; i < 3 && made; i++) {
		str path = str_fmt(&arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(parts[i]));
		made = file_channel_folder(path, CHANNEL_EMAIL, findings);
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
	struct file_channel *channel = file_channel_new(env, policy, ROOM, write_all, out);
	struct file_email *email = TAKE(&channel->settings, struct file_email, 1);
	email->dir = str_copy(&channel->settings, settings->email.dir);
	email->from = str_copy(&channel->settings, settings->from);
	email->unsubscribe = str_copy(&channel->settings, settings->email.unsubscribe);
	email->enclosures = str_copy(&channel->settings, settings->enclosures);
	channel->own = email;
	return true;
}
