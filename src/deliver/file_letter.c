/*
 * Letters as folders: DIR/<message>/ with letter.txt and manifest.json, made whole under another name, synced, and put
 * in place by one rename. A second try finds the folder there and has nothing to do.
 *
 * The letter is plain text here; its name does not claim to be a PDF.
 */
#include "deliver/inner.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

#define ROOM 16
#define LINES_A_PAGE 46

struct file_letter {
	str dir, profile;
};

static int pages_of(str text)
{
	int lines = 0;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	return 1 + lines / LINES_A_PAGE;
}

static str whole_text(struct arena *arena, const struct policy *policy, const struct parcel *parcel)
{
	const struct message *message = parcel->message;
	struct buf out = buf_of(arena, (size_t)512 << 10);
	buf_fmt(&out, "%.*s\n", STR_ARG(policy->authority.name));
	for (size_t i = 0; i < policy->authority.n_address; i++)
		buf_fmt(&out, "%.*s\n", STR_ARG(policy->authority.address[i]));
	buf_add(&out, S("\n"));
	for (size_t i = 0; i < message->n_letter; i++)
		buf_fmt(&out, "%.*s\n", STR_ARG(message->letter[i]));
	date today = calendar_date(policy->calendar, parcel->at);
	buf_fmt(&out, "\n%.*s\n", STR_ARG(date_words(arena, today)));
	if (message->case_id.n > 0)
		buf_fmt(&out, "Our reference: %.*s\n", STR_ARG(message->case_id));
	buf_byte(&out, '\n');
	buf_add(&out, letter_text(arena, parcel->letter));
	return buf_str(&out);
}

static str manifest(struct arena *arena, const struct file_channel *channel,
		    const struct parcel *parcel, str text)
{
	const struct file_letter *letter = channel->own;
	const struct message *message = parcel->message;
	struct hash hash = hash_one(text);
	struct buf buf = buf_of(arena, (size_t)16 << 10);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message->id);
	json_add_text(&w, "postage", postage_name(message->postage));
	json_add_text(&w, "profile", letter->profile);
	json_add_text(&w, "format", format_name(message->format));
	json_add_int(&w, "pages", pages_of(text));
	json_add_text(&w, "print_on",
		      date_print(arena, letter_arrival((*channel->policy)->calendar, parcel->at,
						       POSTAGE_SECOND)
						.printed));
	json_key(&w, "address");
	json_open_list(&w);
	for (size_t i = 0; i < message->n_letter; i++)
		json_put_text(&w, message->letter[i]);
	json_close_list(&w);
	json_add_text(&w, "sha256", hash_hex(arena, &hash));
	json_close(&w);
	buf_byte(&buf, '\n');
	return buf_str(&buf);
}

static enum err fill(struct arena *arena, const struct file_channel *channel,
		     const struct parcel *parcel, str folder)
{
	str text = whole_text(arena, *channel->policy, parcel);
	enum err err = folder_make(folder, 0750);
	if (err == OK)
		err = file_write(str_fmt(arena, "%.*s/letter.txt", STR_ARG(folder)), text, 0640);
	if (err == OK)
		err = file_write(str_fmt(arena, "%.*s/manifest.json", STR_ARG(folder)),
				 manifest(arena, channel, parcel, text), 0640);
	return err;
}

static void sweep(struct arena *arena, str folder)
{
	const char *const names[] = { "letter.txt", "manifest.json" };
	for (size_t i = 0; i < 2; i++)
		unlink(str_z(arena, str_fmt(arena, "%.*s/%s", STR_ARG(folder), names[i])));
	rmdir(str_z(arena, folder));
}

static enum err write_one(struct arena *arena, const struct file_channel *channel,
			  const struct parcel *parcel)
{
	const struct file_letter *letter = channel->own;
	str id = parcel->message->id;
	str place = str_fmt(arena, "%.*s/%.*s", STR_ARG(letter->dir), STR_ARG(id));
	str beside = str_fmt(arena, "%.*s/.new-%.*s-%ld", STR_ARG(letter->dir), STR_ARG(id),
			     (long)getpid());
	struct stat about;
	if (stat(str_z(arena, place), &about) == 0)
		return OK; /* an earlier try of the same message */
	enum err err = fill(arena, channel, parcel, beside);
	if (err == OK && rename(str_z(arena, beside), str_z(arena, place)) != 0)
		err = errno == EEXIST || errno == ENOTEMPTY ? OK : ERR_IO;
	if (err == OK)
		err = folder_sync(letter->dir);
	sweep(arena, beside);
	return err;
}

static void write_all(const struct file_channel *channel, const struct parcel *const *parcels,
		      size_t n)
{
	struct arena arena = ARENA_EMPTY;
	for (size_t i = 0; i < n; i++) {
		file_channel_say(channel, parcels[i], write_one(&arena, channel, parcels[i]));
		arena_clear(&arena);
	}
	arena_free(&arena);
}

bool file_letter_open(const struct deliver_settings *settings, const struct channel_env *env,
		      const struct policy *const *policy, struct channel *out,
		      struct findings *findings)
{
	if (!file_channel_folder(settings->letter.dir, CHANNEL_LETTER, findings))
		return false;
	struct file_channel *channel = file_channel_new(env, policy, ROOM, write_all, out);
	struct file_letter *letter = TAKE(&channel->settings, struct file_letter, 1);
	letter->dir = str_copy(&channel->settings, settings->letter.dir);
	letter->profile = str_copy(&channel->settings, settings->letter.press.profile);
	channel->own = letter;
	return true;
}
