/*
 * The channel of text messages alone, for tests and benchmarks: hands messages to providers and says
 * what came of each. No Redis, no rules. With letter=FILE as its first word it is the one of letters.
 *
 *	sms KEY=VALUE ...
 *
 * provider=FILE begins a provider, described in that file; url token template_id sender ca_file weight
 * within_ms slow_ms at_once per_second of it follow. n=messages; text=TEXT; to=PATTERN, a % in which is a number;
 * unknown=1: each may have arrived before; follow=ID: only asks what became of that one; pause_ms between messages; close_after_ms: stop then;
 * limit_ms: within that.
 * Prints a line for each verdict, "NUMBER OUTCOME CODE ID MS", and at the end "total SECONDS".
 * quiet=1 prints only the number of each outcome.
 */
#include "deliver/http.h"
#include "letter/letter.h"
#include "setup/inner.h"

#include <uv.h>

#include "base/arena.h"
#include "base/file.h"

static const char *const names[OUTCOME_COUNT] = {
	[OUTCOME_ACCEPTED] = "accepted",
	[OUTCOME_LATER] = "later",
	[OUTCOME_NOT_BEGUN] = "not_begun",
	[OUTCOME_NEVER_ADDRESS] = "never_address",
	[OUTCOME_NEVER_MESSAGE] = "never_message",
	[OUTCOME_CONFIGURATION] = "configuration",
	[OUTCOME_UNKNOWN] = "unknown",
};

/* One message; the parcel comes first, by which a verdict names it. */
struct sent {
	struct parcel parcel;
	struct message message;
	uint64_t at;
};

struct run {
	uv_loop_t loop;
	uv_timer_t timer, stop;
	struct arena arena;
	struct findings findings;
	struct channel channel;
	struct deliver_settings settings;
	struct provider providers[PROVIDERS_MAX];
	struct policy policy;
	const struct policy *policy_in_use;
	const char *to, *text;
	struct sent *list;
	size_t n, given, answered, counts[OUTCOME_COUNT];
	int64_t pause_ms, close_after_ms, limit_ms;
	bool quiet, closing, unknown;
	str pages;       /* of letters; empty: text messages */
	const char *ask; /* a message that is asked about, and nothing else is done */
};

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
	run->channel.close(run->channel.self, SPAN_MS(run->limit_ms), note_closed, run);
}

static void on_stop(uv_timer_t *timer)
{
	end(timer->data);
}

static void on_timer(uv_timer_t *timer)
{
	struct run *run = timer->data;
	const struct parcel *parcels[512];
	size_t room = run->channel.room(run->channel.self), n = 0;
	if (run->pause_ms > 0 && room > 1)
		room = 1;
	while (n < room && n < 512 && run->given < run->n) {
		struct sent *sent = &run->list[run->given++];
		sent->at = uv_hrtime();
		parcels[n++] = &sent->parcel;
	}
	if (n > 0)
		run->channel.send(run->channel.self, parcels, n);
}

static void take_verdict(void *arg, const struct parcel *parcel, const struct verdict *verdict)
{
	struct run *run = arg;
	struct sent *sent = (struct sent *)(uintptr_t)parcel;
	run->counts[verdict->outcome]++;
	if (!run->quiet)
		printf("%zu %s %.*s %.*s %llu\n", (size_t)(sent - run->list),
		       names[verdict->outcome], STR_ARG(verdict->code),
		       STR_ARG(verdict->provider_id.n > 0 ? verdict->provider_id : S("-")),
		       (unsigned long long)((uv_hrtime() - sent->at) / 1000000));
	if (++run->answered == run->n)
		end(run);
	else if (run->pause_ms == 0 && !run->closing)
		uv_timer_start(&run->timer, on_timer, 0, 20);
}

static void take_followed(void *arg, enum followed what, str code)
{
	static const char *const words[] = {
		[FOLLOWED_NOTHING] = "nothing", [FOLLOWED_POSTED] = "posted", [FOLLOWED_FAILED] = "failed"
	};
	struct run *run = arg;
	printf("followed %s %.*s\n", words[what], STR_ARG(code));
	end(run);
}

static void make_messages(struct run *run)
{
	run->list = TAKE(&run->arena, struct sent, run->n);
	for (size_t i = 0; i < run->n; i++) {
		struct sent *sent = &run->list[i];
		str pattern = str_of(run->to), head = pattern, tail = STR_EMPTY;
		sent->message.id = str_fmt(&run->arena, "m%024zx", i);
		sent->message.sms = pattern;
		sent->message.postage = POSTAGE_SECOND;
		if (str_cut(pattern, '%', &head, &tail))
			sent->message.sms = str_fmt(&run->arena, "%.*s%zu%.*s", STR_ARG(head),
						    100 + i % 900, STR_ARG(tail));
		sent->parcel = (struct parcel){ .message = &sent->message,
						.attempt = run->unknown ? 2 : 1,
						.unknown_before = run->unknown,
						.sms = str_of(run->text),
						.pages = run->pages,
						.language = S("en") };
	}
}

static bool set_number(struct run *run, str key, int64_t number)
{
	struct provider *provider =
		&run->providers[run->settings.sms.n_providers > 0 ? run->settings.sms.n_providers - 1
								  : 0];
	if (str_eq(key, S("weight")))
		provider->weight = (int)number;
	else if (str_eq(key, S("within_ms")))
		provider->within = SPAN_MS(number);
	else if (str_eq(key, S("slow_ms")))
		provider->slow = SPAN_MS(number);
	else if (str_eq(key, S("at_once")))
		provider->at_once = (int)number;
	else if (str_eq(key, S("per_second")))
		provider->per_second = (int)number;
	else if (str_eq(key, S("n")))
		run->n = (size_t)number;
	else if (str_eq(key, S("pause_ms")))
		run->pause_ms = number;
	else if (str_eq(key, S("close_after_ms")))
		run->close_after_ms = number;
	else if (str_eq(key, S("limit_ms")))
		run->limit_ms = number;
	else if (str_eq(key, S("quiet")))
		run->quiet = number != 0;
	else if (str_eq(key, S("unknown")))
		run->unknown = number != 0;
	else
		return false;
	return true;
}

/* The file is read when all is said. */
static void begin_provider(struct run *run, str file)
{
	struct provider *provider = &run->providers[run->settings.sms.n_providers++];
	str bytes;
	struct provider said = { .url = S("http://127.0.0.1"), .token = S("user:secret") };
	said.template_id = S("template");
	said.is_post = run->pages.n > 0;
	if (file_read(&run->arena, file, YAML_BYTES_MAX, &bytes) != OK)
		fatal("no such file");
	if (!provider_read(&run->arena, file, bytes, &said, &run->findings))
		fatal("the description has mistakes");
	*provider = said;
	provider->name = str_fmt(&run->arena, "p%zu", run->settings.sms.n_providers);
	provider->weight = 1;
}

static bool set_text(struct run *run, str key, str value)
{
	struct provider *provider =
		&run->providers[run->settings.sms.n_providers > 0 ? run->settings.sms.n_providers - 1
								  : 0];
	if (str_eq(key, S("letter"))) {
		if (file_read(&run->arena, value, LETTER_PDF_MAX, &run->pages) != OK)
			fatal("no such file");
	} else if (str_eq(key, S("follow")))
		run->ask = value.p;
	else if (str_eq(key, S("provider")))
		begin_provider(run, value);
	else if (str_eq(key, S("url")))
		provider->url = value;
	else if (str_eq(key, S("token")))
		provider->token = value;
	else if (str_eq(key, S("template_id")))
		provider->template_id = value;
	else if (str_eq(key, S("sender")))
		provider->sender = value;
	else if (str_eq(key, S("ca_file")))
		provider->ca_file = value;
	else if (str_eq(key, S("text")))
		run->text = value.p;
	else if (str_eq(key, S("to")))
		run->to = value.p;
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
		if (!set_text(run, key, value) &&
		    (!str_to_i64(value, &number) || !set_number(run, key, number)))
			return false;
	}
	return true;
}

static int run_it(struct run *run)
{
	const struct channel_env env = { .loop = &run->loop, .verdict = take_verdict, .arg = run };
	require(uv_loop_init(&run->loop) == 0);
	require(uv_timer_init(&run->loop, &run->timer) == 0);
	require(uv_timer_init(&run->loop, &run->stop) == 0);
	run->timer.data = run->stop.data = run;
	run->policy_in_use = &run->policy;
	run->settings.letter.provider = run->providers;
	if (!(run->pages.n > 0 ? letter_http_open : sms_open)(
		    &run->settings, &env, &run->policy_in_use, &run->channel, &run->findings))
		fatal("the channel does not open");
	uint64_t began = uv_hrtime();
	if (run->ask != NULL)
		run->channel.follow(run->channel.self, str_of(run->ask), take_followed, run);
	else
		uv_timer_start(&run->timer, on_timer, 0,
			       run->pause_ms > 0 ? (uint64_t)run->pause_ms : 20);
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
	struct run run = { .policy.authority.short_name = S("Sheffield"),
			   .to = "+447700900%",
			   .text = "Please read the letter that we sent you.",
			   .n = 1,
			   .limit_ms = 5000 };
	run.findings = findings_of(&run.arena);
	run.settings.sms.providers = run.providers;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!read_options(&run, argc, argv) || run.settings.sms.n_providers == 0) {
		fputs("usage: sms provider=FILE KEY=VALUE ...\n", stderr);
		return 2;
	}
	make_messages(&run);
	int code = run_it(&run);
	arena_free(&run.arena);
	return code;
}
