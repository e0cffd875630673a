/*
 * Publishes an event from C: publish SOCKET PASSWORD-FILE CASE
 *
 *	cc publish.c $(pkg-config --cflags --libs candour hiredis) -o publish
 *
 * libcandour makes the bytes and knows no Redis; any client takes them there.
 */
#include <candour/publish.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The event's bytes; 0, and why on standard error, when it cannot be one. */
static size_t make_event(char *buffer, size_t size, const char *case_id)
{
	char id[80], subject[80], now[CANDOUR_TIME_SIZE];
	struct candour_event event;
	enum candour_error error;

	snprintf(id, sizeof id, "call-%s-2026-11-02", case_id);
	snprintf(subject, sizeof subject, "case/%s", case_id);
	candour_time((long long)time(NULL), now);
	const struct candour_head head = { .id = id,
					   .source = "example/c",
					   .type = "contact.made",
					   .subject = subject,
					   .time = now };
	candour_begin(&event, buffer, size, &head);
	candour_open_list(&event, "with");
	candour_text(&event, NULL, "mum");
	candour_close(&event);
	candour_text(&event, "how", "phone");
	error = candour_end(&event);
	if (error == CANDOUR_FINE)
		return event.length;
	fprintf(stderr, "publish: %s\n", candour_error_text(error));
	return 0;
}

static int publish(redisContext *redis, const char *password, const char *bytes, size_t n)
{
	redisReply *reply = redisCommand(redis, "AUTH candour-publisher %s", password);
	int fine = reply != NULL && reply->type != REDIS_REPLY_ERROR;

	freeReplyObject(reply);
	if (!fine)
		return 0;
	reply = redisCommand(redis, "XADD {candour}:events * event %b", bytes, n);
	fine = reply != NULL && reply->type == REDIS_REPLY_STRING;
	if (reply != NULL)
		printf("%s\n", reply->str);
	if (reply != NULL)
		freeReplyObject(reply);
	return fine;
}

int main(int argc, char **argv)
{
	char bytes[CANDOUR_EVENT_BYTES_MAX], password[200] = "";
	FILE *file = argc == 4 ? fopen(argv[2], "r") : NULL;
	size_t n;
	int fine;

	if (file == NULL || fgets(password, sizeof password, file) == NULL) {
		fputs("publish SOCKET PASSWORD-FILE CASE\n", stderr);
		return 2;
	}
	fclose(file);
	password[strcspn(password, "\n")] = '\0';
	n = make_event(bytes, sizeof bytes, argv[3]);
	if (n == 0)
		return 1;
	redisContext *redis = redisConnectUnix(argv[1]);

	fine = redis != NULL && redis->err == 0 && publish(redis, password, bytes, n);
	if (redis != NULL)
		redisFree(redis);
	return fine ? 0 : 1;
}
