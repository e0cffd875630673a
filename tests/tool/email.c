/*
 * The email channel alone, for tests and benchmarks: hands messages to a mail server and says what
 * came of each. No Redis, no rules.
 *
 *	email KEY=VALUE ...
 *
 * host port tls ca_file username password_file oauth threads session_messages reply_within_ms as in
 * candour.conf; transport=libesmtp|curl; n=messages; size=bytes of text; to=PATTERN with %d;
 * pause_ms between messages; close_after_ms: stop then; limit_ms: within that; lookup_ms: how long the
 * look-up of a name takes.
 * Prints a line for each verdict, "NUMBER OUTCOME CODE MS", "stuck N" whenever so many threads are, and
 * at the end "total SECONDS".
 * quiet=1 prints only the number of each outcome.
 */
#include "deliver/deliver.h"

#include <dlfcn.h>
#include <netdb.h>
#include <signal.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"

static const char *const names[OUTCOME_COUNT] = {
	[OUTCOME_ACCEPTED] = "accepted",
	[OUTCOME_LATER] = "later",
	[OUTCOME_NOT_BEGUN] = "not_begun",
	[OUTCOME_NEVER_ADDRESS] = "never_address",
	[OUTCOME_HELD] = "held",
	[OUTCOME_NEVER_MESSAGE] = "never_message",
	[OUTCOME_CONFIGURATION] = "configuration",
	[OUTCOME_UNKNOWN] = "unknown",
};

static int64_t lookup_ms;

typedef int lookup_fn(const char *node, const char *service, const struct addrinfo *hints,
		      struct addrinfo **out);

/* In place of the C library's: a look-up cannot be cut short, so a slow one is what holds a thread. */
__attribute__((visibility("default"))) int getaddrinfo(const char *node, const char *service,
						       const struct addrinfo *hints,
						       struct addrinfo **out)
{
	lookup_fn *really;
	*(void **)(void *)&really = dlsym(RTLD_NEXT, "getaddrinfo");
	if (lookup_ms > 0)
		usleep((useconds_t)lookup_ms * 1000);
	return really(node, service, hints, out);
}

/* One message; the parcel comes first, by which a verdict names it. */
struct sent {
	struct parcel parcel;
	struct message message;
	int64_t at_ms;
};

struct run {
	uv_loop_t loop;
	uv_timer_t timer, stop;
	struct arena arena;
	struct deliver *deliver;
	struct deliver_settings settings;
	struct policy policy;
	const char *to;
	struct sent *list;
	size_t n, given, answered, counts[OUTCOME_COUNT], stuck;
	int64_t pause_ms, close_after_ms, limit_ms, size;
	bool quiet, closing, again;
};

static int64_t now_ms(void)
{
	return (int64_t)(uv_hrtime() / 1000000);
}

static void note_closed(void *arg)
{
	struct run *run = arg;
	uv_close((uv_handle_t *)&run->timer, NULL);
	uv_close((uv_handle_t *)&run->stop, NULL);
}

static void end(struct run *run)
{
	if (run->closing)
		return;
	run->closing = true;
	uv_timer_stop(&run->timer);
	uv_timer_stop(&run->stop);
	deliver_close(&run->deliver, SPAN_MS(run->limit_ms), note_closed, run);
}

static void on_stop(uv_timer_t *timer)
{
	end(timer->data);
}

static void give(struct run *run, size_t most)
{
	const struct parcel *parcels[512];
	size_t n = 0;
	while (n < most && n < 512 && run->given < run->n) {
		struct sent *sent = &run->list[run->given++];
		sent->at_ms = now_ms();
		parcels[n++] = &sent->parcel;
	}
	if (n > 0)
		deliver_send(run->deliver, CHANNEL_EMAIL, parcels, n);
}

static void tell_stuck(struct run *run)
{
	struct channel_stats stats = deliver_stats(run->deliver, CHANNEL_EMAIL);
	if (stats.stuck != run->stuck)
		printf("stuck %zu\n", stats.stuck);
	run->stuck = stats.stuck;
}

static void on_timer(uv_timer_t *timer)
{
	struct run *run = timer->data;
	if (!run->quiet)
		tell_stuck(run);
	size_t room = deliver_room(run->deliver, CHANNEL_EMAIL);
	give(run, run->pause_ms > 0 && room > 1 ? 1 : room);
}

static void take_verdict(void *arg, const struct parcel *parcel, const struct verdict *verdict)
{
	struct run *run = arg;
	struct sent *sent = (struct sent *)(uintptr_t)parcel;
	run->counts[verdict->outcome]++;
	if (!run->quiet)
		printf("%zu %s %.*s %lld\n", (size_t)(sent - run->list), names[verdict->outcome],
		       STR_ARG(verdict->code), (long long)(now_ms() - sent->at_ms));
	if (++run->answered == run->n)
		end(run);
	else if (run->pause_ms == 0 && !run->closing)
		uv_timer_start(&run->timer, on_timer, 0, 20);
}

static void make_messages(struct run *run)
{
	struct buf text = buf_of(&run->arena, (size_t)run->size + 100);
	while (text.n < (size_t)run->size)
		buf_add(&text,
			S("A line of the text, which is neither long nor short, as most are.\n"));
	run->list = TAKE(&run->arena, struct sent, run->n);
	for (size_t i = 0; i < run->n; i++) {
		struct sent *sent = &run->list[i];
		str pattern = str_of(run->to), head = pattern, tail = STR_EMPTY;
		sent->message.id = str_fmt(&run->arena, "m%024zx", i);
		sent->message.to_name = S("Amira Khan");
		sent->message.grade = GRADE_INFORMATION;
		sent->message.email = pattern;
		if (str_cut(pattern, '%', &head, &tail))
			sent->message.email = str_fmt(&run->arena, "%.*s%zu%.*s", STR_ARG(head), i,
						      STR_ARG(tail));
		sent->parcel = (struct parcel){
			.message = &sent->message,
			.attempt = 1,
			.subject = S("A message about your case"),
			.text = buf_str(&text),
			.html = S("<!DOCTYPE html>\n<html lang=\"en\"><p>Hello</p></html>\n"),
			.language = S("en"),
			.at = { 1795000000000 },
			.sha256 = S(
				"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"),
		};
	}
}

static bool set_number(struct run *run, str key, int64_t number)
{
	struct email_settings *email = &run->settings.email;
	if (str_eq(key, S("port")))
		email->port = (int)number;
	else if (str_eq(key, S("threads")))
		email->threads = (int)number;
	else if (str_eq(key, S("session_messages")))
		email->session_messages = (int)number;
	else if (str_eq(key, S("reply_within_ms")))
		email->reply_within = SPAN_MS(number);
	else if (str_eq(key, S("oauth")))
		email->oauth = number != 0;
	else if (str_eq(key, S("n")))
		run->n = (size_t)number;
	else if (str_eq(key, S("size")))
		run->size = number;
	else if (str_eq(key, S("pause_ms")))
		run->pause_ms = number;
	else if (str_eq(key, S("close_after_ms")))
		run->close_after_ms = number;
	else if (str_eq(key, S("limit_ms")))
		run->limit_ms = number;
	else if (str_eq(key, S("lookup_ms")))
		lookup_ms = number;
	else if (str_eq(key, S("quiet")))
		run->quiet = number != 0;
	else
		return false;
	return true;
}

static bool set_text(struct run *run, str key, const char *value)
{
	struct email_settings *email = &run->settings.email;
	if (str_eq(key, S("host")))
		email->host = str_of(value);
	else if (str_eq(key, S("transport")))
		email->transport = str_of(value);
	else if (str_eq(key, S("tls")))
		email->tls = str_of(value);
	else if (str_eq(key, S("ca_file")))
		email->ca_file = str_of(value);
	else if (str_eq(key, S("username")))
		email->username = str_of(value);
	else if (str_eq(key, S("password_file")))
		email->password_file = str_of(value);
	else if (str_eq(key, S("dir")))
		run->settings.sms.dir = run->settings.letter.dir = str_of(value);
	else if (str_eq(key, S("to")))
		run->to = value;
	else
		return false;
	return true;
}

static bool read_options(struct run *run, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		str key, value;
		int64_t number;
		if (!str_cut(str_of(argv[i]), '=', &key, &value))
			return false;
		if (!set_text(run, key, value.p) &&
		    (!str_to_i64(value, &number) || !set_number(run, key, number)))
			return false;
	}
	return true;
}

static int run_it(struct run *run)
{
	struct findings findings = findings_of(&run->arena);
	const struct channel_env env = { .loop = &run->loop, .verdict = take_verdict, .arg = run };
	require(uv_loop_init(&run->loop) == 0);
	require(uv_timer_init(&run->loop, &run->timer) == 0);
	require(uv_timer_init(&run->loop, &run->stop) == 0);
	run->timer.data = run->stop.data = run;
	run->deliver = deliver_open(&run->settings, &env, &run->policy, &findings);
	if (run->deliver == NULL) {
		for (size_t i = 0; i < findings.n; i++)
			fprintf(stderr, "%.*s\n", STR_ARG(findings.list[i].message));
		return 3;
	}
	uint64_t began = uv_hrtime();
	uint64_t every = run->pause_ms > 0 ? (uint64_t)run->pause_ms : 20;
	uv_timer_start(&run->timer, on_timer, 0, every);
	if (run->close_after_ms > 0)
		uv_timer_start(&run->stop, on_stop, (uint64_t)run->close_after_ms, 0);
	uv_run(&run->loop, UV_RUN_DEFAULT);
	uint64_t took = uv_hrtime() - began;
	require(uv_loop_close(&run->loop) == 0);
	for (int i = 0; i < OUTCOME_COUNT && run->quiet; i++)
		printf("%s %zu\n", names[i], run->counts[i]);
	printf("total %.3f\n", (double)took / 1e9);
	return 0;
}

int main(int argc, char **argv)
{
	struct run run = {
		.settings = { .email = { .transport = S("libesmtp"),
					 .host = S("localhost"),
					 .port = 587,
					 .tls = S("off"),
					 .threads = 1,
					 .session_messages = 50,
					 .reply_within = { 1000 } },
			      .sms = { .dir = S("/tmp") },
			      .letter = { .dir = S("/tmp"),
					  .press = { .workers = 1, .profile = S("notify_c5") } },
			      .from = S("candour@sheffield.example") },
		.policy = { .authority = { .name = S("Sheffield City Council"),
					   .email_from = S("candour@sheffield.example") } },
		.to = "p%@families.example",
		.n = 1,
		.size = 3000,
		.limit_ms = 5000,
	};
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!read_options(&run, argc, argv)) {
		fputs("usage: email KEY=VALUE ...\n", stderr);
		return 2;
	}
	make_messages(&run);
	int code = run_it(&run);
	arena_free(&run.arena);
	return code;
}
