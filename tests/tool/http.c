/*
 * Libcurl's multi interface and nothing around it: what the channel of text messages is measured
 * against.
 *
 *	http URL N AT_ONCE
 *
 * Posts N bodies of the size of a text message's, AT_ONCE at a time, over connections that are kept.
 * Prints "total SECONDS".
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char body[] =
	"{\"to\":\"+447700900123\",\"from\":\"Sheffield\",\"text\":\"Sheffield: Alex Smith, "
	"we have agreed to do something by Friday 11 December 2026. Questions: Sam "
	"Okafor, 0114 496 0101\",\"reference\":\"m000000000000000000000000\"}";

static size_t drop(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes, (void)arg;
	return size * n;
}

static CURL *new_transfer(const char *url, struct curl_slist *headers)
{
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		exit(1);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	return curl;
}

/* Gives how many ended; each is begun anew as long as there are more. */
static long end_transfers(CURLM *multi, long *left)
{
	CURLMsg *message;
	int more;
	long ended = 0;
	while ((message = curl_multi_info_read(multi, &more)) != NULL) {
		CURL *curl = message->easy_handle;
		if (message->data.result != CURLE_OK)
			exit(1);
		ended++;
		curl_multi_remove_handle(multi, curl);
		if (*left > 0) {
			(*left)--;
			curl_multi_add_handle(multi, curl);
		} else {
			curl_easy_cleanup(curl);
		}
	}
	return ended;
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	long n = strtol(argv[2], NULL, 10), at_once = strtol(argv[3], NULL, 10);
	curl_global_init(CURL_GLOBAL_ALL);
	CURLM *multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, at_once);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	double began = now();
	long left = n;
	for (long i = 0; i < at_once && left > 0; i++, left--)
		curl_multi_add_handle(multi, new_transfer(argv[1], headers));
	for (long done = 0; done < n;) {
		int running;
		curl_multi_perform(multi, &running);
		done += end_transfers(multi, &left);
		if (done < n)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	}
	printf("total %.3f\n", now() - began);
	curl_slist_free_all(headers);
	curl_multi_cleanup(multi);
	return 0;
}
