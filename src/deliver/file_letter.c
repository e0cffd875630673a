/*
 * Letters as folders: DIR/<message>/ with letter.txt and manifest.json, made whole under another name, synced, and put
 * in place by one rename. A second try finds the folder there and has nothing to do.
 *
 * The letter is plain text here; its name does not claim to be a PDF.
 */
#include "deliver/inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

#define ROOM 16
#define LINES_A_PAGE 46

struct file_letter {
	struct arena settings; /* holds what follows */
	str dir, postage, profile;
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

static int pages_of(str text)
{
	int lines = 0;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	return 1 + lines / LINES_A_PAGE;
}

static str whole_text(struct arena *arena, const struct file_letter *letter,
		      const struct parcel *parcel)
{
	const struct policy *policy = *letter->policy;
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

static str manifest(struct arena *arena, const struct file_letter *letter,
		    const struct parcel *parcel, str text)
{
	const struct message *message = parcel->message;
	struct hash hash = hash_one(text);
	struct buf buf = buf_of(arena, (size_t)16 << 10);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message->id);
	json_add_text(&w, "postage", letter->postage);
	json_add_text(&w, "profile", letter->profile);
	json_add_text(&w, "format", format_name(message->format));
	json_add_int(&w, "pages", pages_of(text));
	json_add_text(&w, "print_on",
		      date_print(arena, letter_arrival((*letter->policy)->calendar, parcel->at,
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

static enum err fill(struct arena *arena, const struct file_letter *letter,
		     const struct parcel *parcel, str folder)
{
	str text = whole_text(arena, letter, parcel);
	enum err err = folder_make(folder, 0750);
	if (err == OK)
		err = file_write(str_fmt(arena, "%.*s/letter.txt", STR_ARG(folder)), text, 0640);
	if (err == OK)
		err = file_write(str_fmt(arena, "%.*s/manifest.json", STR_ARG(folder)),
				 manifest(arena, letter, parcel, text), 0640);
	return err;
}

static void sweep(struct arena *arena, str folder)
{
	const char *const names[] = { "letter.txt", "manifest.json" };
	for (size_t i = 0; i < 2; i++)
		unlink(str_z(arena, str_fmt(arena, "%.*s/%s", STR_ARG(folder), names[i])));
	rmdir(str_z(arena, folder));
}

static enum err write_one(struct arena *arena, const struct file_letter *letter,
			  const struct parcel *parcel)
{
	str id = parcel->message->id;
	str place = str_fmt(arena, "%.*s/%.*s", STR_ARG(letter->dir), STR_ARG(id));
	str beside = str_fmt(arena, "%.*s/.new-%.*s-%ld", STR_ARG(letter->dir), STR_ARG(id),
			     (long)getpid());
	struct stat about;
	if (stat(str_z(arena, place), &about) == 0)
		return OK; /* an earlier try of the same message */
	enum err err = fill(arena, letter, parcel, beside);
	if (err == OK && rename(str_z(arena, beside), str_z(arena, place)) != 0)
		err = errno == EEXIST || errno == ENOTEMPTY ? OK : ERR_IO;
	if (err == OK)
		err = folder_sync(letter->dir);
	sweep(arena, beside);
	return err;
}

static void send(void *self, const struct parcel *const *parcels, size_t n)
{
	struct file_letter *letter = self;
	struct arena arena = ARENA_EMPTY;
	for (size_t i = 0; i < n; i++) {
		enum err err = write_one(&arena, letter, parcels[i]);
		turn_say(letter->turn, parcels[i], outcome_of_file(err),
			 err == OK ? S("written") : S("file_error"));
		arena_clear(&arena);
	}
	arena_free(&arena);
}

static void on_turn_closed(void *arg)
{
	struct file_letter *letter = arg;
	letter->closed(letter->closed_arg);
	arena_free(&letter->settings);
	free(letter);
}

static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	(void)limit; /* nothing here takes time */
	struct file_letter *letter = self;
	letter->closed = closed;
	letter->closed_arg = arg;
	turn_close(letter->turn, on_turn_closed, letter);
}

bool file_letter_open(const struct deliver_settings *settings, const struct channel_env *env,
		      const struct policy *const *policy, struct channel *out,
		      struct findings *findings)
{
	enum err err = folder_make(settings->letter.dir, 0750);
	if (err != OK) {
		findings_error(findings, settings->letter.dir, 0, "letter_dir",
			       "letter.dir cannot be made: %s", err_text(err));
		return false;
	}
	struct file_letter *letter = calloc(1, sizeof(*letter));
	if (letter == NULL)
		fatal("out of memory");
	letter->dir = str_copy(&letter->settings, settings->letter.dir);
	letter->postage = str_copy(&letter->settings, settings->letter_postage);
	letter->profile = str_copy(&letter->settings, settings->letter_profile);
	letter->policy = policy;
	letter->turn = turn_new(env);
	*out = (struct channel){
		.name = "file", .self = letter, .room = room, .send = send, .close = close_channel
	};
	return true;
}
