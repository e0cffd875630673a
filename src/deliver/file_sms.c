/*
 * SMS as JSON lines in DIR/sms.jsonl: what would have gone to the gateway. A batch is appended with one write and
 * synced once. A message that was tried before is looked for first, so that no line is written twice, even where
 * a full disk cut a batch in half.
 */
#include "deliver/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"

#define ROOM 64
#define LINE_BYTES_MAX 8192

struct file_sms {
	const char *path;
	str sender; /* empty: the authority's */
};

static str sender_of(const struct file_channel *channel, const struct message *message)
{
	const struct file_sms *sms = channel->own;
	if (message->sender.n > 0)
		return message->sender;
	return sms->sender.n > 0 ? sms->sender : (*channel->policy)->authority.short_name;
}

static void put_line(struct arena *arena, struct buf *buf, const struct file_channel *channel,
		     const struct parcel *parcel)
{
	struct sms_measure measure;
	require(sms_measure(arena, parcel->sms, &measure));
	struct json_writer w = { .buf = buf };
	json_open(&w);
	json_add_text(&w, "message", parcel->message->id);
	json_add_text(&w, "to", parcel->message->sms);
	json_add_text(&w, "sender", sender_of(channel, parcel->message));
	json_add_text(&w, "text", measure.text);
	json_add_text(&w, "encoding", sms_encoding_name(measure.encoding));
	json_add_int(&w, "segments", measure.segments);
	json_close(&w);
	buf_byte(buf, '\n');
}

static bool is_written(const struct file_sms *sms, str message)
{
	struct arena arena = ARENA_EMPTY;
	str mark = str_fmt(&arena, "{\"message\":\"%.*s\"", STR_ARG(message));
	FILE *file = fopen(sms->path, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n = 0;
	bool found = false;
	while (file != NULL && !found && (n = getline(&line, &cap, file)) > 0)
		found = str_starts((str){ line, (size_t)n }, mark) && line[n - 1] == '\n';
	free(line);
	if (file != NULL)
		fclose(file);
	arena_free(&arena);
	return found;
}

/* A line that a crash cut short is ended first, so that it spoils only itself. */
static bool ends_cut_short(int fd)
{
	struct stat about;
	char last = '\n';
	if (fstat(fd, &about) != 0 || about.st_size == 0)
		return false;
	return pread(fd, &last, 1, about.st_size - 1) == 1 && last != '\n';
}

static enum err append(const struct file_sms *sms, str lines)
{
	int fd = open(sms->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	bool fine = !ends_cut_short(fd) || write(fd, "\n", 1) == 1;
	fine = fine && write(fd, lines.p, lines.n) == (ssize_t)lines.n;
	fine = fine && fdatasync(fd) == 0;
	close(fd);
	return fine ? OK : ERR_IO;
}

static void write_all(const struct file_channel *channel, const struct parcel *const *parcels,
		      size_t n)
{
	const struct file_sms *sms = channel->own;
	struct arena arena = ARENA_EMPTY;
	struct buf lines = buf_of(&arena, n * LINE_BYTES_MAX);
	for (size_t i = 0; i < n; i++) {
		bool again = parcels[i]->attempt > 1 || parcels[i]->unknown_before;
		if (!again || !is_written(sms, parcels[i]->message->id))
			put_line(&arena, &lines, channel, parcels[i]);
	}
	require(!lines.too_long);
	enum err err = lines.n > 0 ? append(sms, buf_str(&lines)) : OK;
	for (size_t i = 0; i < n; i++)
		file_channel_say(channel, parcels[i], err);
	arena_free(&arena);
}

bool file_sms_open(const struct deliver_settings *settings, const struct channel_env *env,
		   const struct policy *const *policy, struct channel *out,
		   struct findings *findings)
{
	if (!file_channel_folder(settings->sms.dir, CHANNEL_SMS, findings))
		return false;
	struct file_channel *channel = file_channel_new(env, policy, ROOM, write_all, out);
	struct arena *arena = &channel->settings;
	struct file_sms *sms = TAKE(arena, struct file_sms, 1);
	sms->path = str_z(arena, str_fmt(arena, "%.*s/sms.jsonl", STR_ARG(settings->sms.dir)));
	sms->sender = str_copy(arena, settings->sms.sender);
	channel->own = sms;
	return true;
}
