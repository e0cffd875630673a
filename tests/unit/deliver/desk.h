/*
 * What the tests of deliver stand on: a folder of their own, a loop, a policy, and a note of every
 * verdict that was said.
 */
#ifndef TESTS_UNIT_DELIVER_DESK_H
#define TESTS_UNIT_DELIVER_DESK_H

#include "base/arena.h"
#include "base/file.h"
#include "deliver/inner.h"
#include "harness/assert_str.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#define VERDICTS_MAX 64

struct desk {
	struct arena arena;
	uv_loop_t loop;
	str folder;
	struct policy policy;
	struct calendar calendar;
	const struct policy *policy_in_use;
	struct findings findings;
	struct deliver_settings settings;
	struct channel_env env;
	struct {
		const struct parcel *parcel;
		enum outcome outcome;
		str code;
	} said[VERDICTS_MAX];
	size_t n_said;
	size_t closed;
	bool sending; /* while it is true no verdict may be said */
};

static struct desk desk;

/* 2026-11-02 09:15 UTC, a Monday */
#define MONDAY_MORNING ((instant){ INT64_C(1793610900000) })

static inline void note_verdict(void *arg, const struct parcel *parcel,
				const struct verdict *verdict)
{
	assert_ptr_equal(arg, &desk);
	assert_false(desk.sending);
	assert_true(desk.n_said < VERDICTS_MAX);
	desk.said[desk.n_said].parcel = parcel;
	desk.said[desk.n_said].outcome = verdict->outcome;
	desk.said[desk.n_said++].code = str_copy(&desk.arena, verdict->code);
}

static inline void note_closed(void *arg)
{
	assert_ptr_equal(arg, &desk);
	desk.closed++;
}

static inline str desk_path(const char *name)
{
	return str_fmt(&desk.arena, "%.*s/%s", STR_ARG(desk.folder), name);
}

/* A program that was built with this one. */
static inline str beside(const char *name)
{
	char path[4096];
	const ssize_t n = readlink("/proc/self/exe", path, sizeof path);
	assert_true(n > 0);
	str folder = { path, (size_t)n };
	while (folder.p[folder.n - 1] != '/')
		folder.n--;
	return str_join(&desk.arena, folder, str_of(name));
}

static inline int open_desk(void **state)
{
	char place[] = "/tmp/candour-deliver-XXXXXX";

	assert_non_null(mkdtemp(place));
	desk = (struct desk){ .arena = ARENA_EMPTY };
	desk.folder = str_copy(&desk.arena, str_of(place));
	desk.findings = findings_of(&desk.arena);
	/* A worker that dies shall not take us with it, nor does it take the daemon. */
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(uv_loop_init(&desk.loop), 0);
	assert_int_equal(zone_read(&desk.arena, S("Europe/London"), &desk.calendar.zone), OK);
	for (enum weekday day = MONDAY; day <= FRIDAY; day++)
		assert_true(week_open(&desk.calendar.week, day, 9 * 60, 17 * 60));
	desk.calendar.holidays = TAKE(&desk.arena, struct holiday, 1);
	desk.calendar.holidays[0].title = S("Christmas Day");
	assert_true(date_of(2026, 12, 25, &desk.calendar.holidays[0].day));
	desk.calendar.n_holidays = 1;
	desk.policy.calendar = &desk.calendar;
	desk.policy.postage = POSTAGE_SECOND;
	desk.policy.print_room = print_room_usual();
	desk.policy.authority = (struct authority){
		.name = S("Sheffield City Council"),
		.short_name = S("Sheffield"),
		.email_from = S("noreply@sheffield.example"),
		.address = { S("1 Example Square"), S("SHEFFIELD"), S("S99 9ZZ") },
		.n_address = 3,
	};
	desk.policy_in_use = &desk.policy;
	desk.settings = (struct deliver_settings){
		.email.dir = desk_path("mail"),
		.sms.dir = desk.folder,
		.letter = { .transport = S("file"),
			    .dir = desk_path("letters"),
			    .press = { .worker = beside("../../tool/bad_letter"),
				       .workers = 2,
				       .wait = SPAN_S(60),
				       .profile = S("notify_c5") } },
	};
	desk.env =
		(struct channel_env){ .loop = &desk.loop, .verdict = note_verdict, .arg = &desk };
	return 0;
}

static inline int close_desk(void **state)
{
	const str command = str_fmt(&desk.arena, "rm -rf '%.*s'", STR_ARG(desk.folder));

	uv_run(&desk.loop, UV_RUN_DEFAULT);
	/* Nothing of ours is left on the loop. */
	assert_int_equal(uv_loop_close(&desk.loop), 0);
	assert_int_equal(system(str_z(&desk.arena, command)), 0);
	arena_free(&desk.arena);
	return 0;
}

/* --- parcels ------------------------------------------------------------------------------------- */

static inline struct message *desk_message(const char *id, enum channel_kind channel)
{
	struct message *message = TAKE(&desk.arena, struct message, 1);

	*message = (struct message){
		.id = str_of(id),
		.family = S("F1"),
		.case_id = S("C1"),
		.contact = S("mum"),
		.to_name = S("Zoë Ångström"),
		.channel = channel,
		.template = S("plan-draft"),
		.language = S("en"),
	};
	if (channel == CHANNEL_EMAIL)
		message->email = S("zoe@families.example");
	if (channel == CHANNEL_SMS)
		message->sms = S("+447700900123");
	if (channel == CHANNEL_LETTER) {
		message->letter[0] = S("Zoë Ångström");
		message->letter[1] = S("14 Birch Lane");
		message->letter[2] = S("S10 9ZZ");
		message->n_letter = 3;
		message->postage = POSTAGE_SECOND;
	}
	return message;
}

static inline struct worded desk_words(void)
{
	return (struct worded){
		.subject = S("A draft for you to read"),
		.text = S("Dear Zoë\n\nPlease read it – by Monday.\n"),
		.html = S("<!DOCTYPE html><html lang=\"en\"><p>Dear Zoë</p></html>"),
		.sms = S("Zoë, please read it by Monday."),
		.letter = S(
			"[{\"language\":\"en\",\"passages\":[{\"type\":\"heading\",\"level\":1,\"spans\":[{\"text\":\"A draft\"}]},"
			"{\"type\":\"paragraph\",\"spans\":[{\"text\":\"Dear Zoë\"}]}]}]"),
		.language = S("en"),
		.version = S("0123456789ab"),
	};
}

static inline struct parcel *desk_parcel(const char *id, enum channel_kind channel)
{
	struct parcel *parcel = TAKE(&desk.arena, struct parcel, 1);
	struct worded words = desk_words();
	str body;

	/* Only a notice by email has a letter. */
	if (channel == CHANNEL_EMAIL)
		words.letter = STR_EMPTY;
	deliver_fix(&desk.arena, desk_message(id, channel), &words, MONDAY_MORNING, parcel, &body);
	return parcel;
}

/* Until so many were said. Workers of letters stay, so the loop has no end of its own. */
static inline void wait_for_verdicts(size_t n)
{
	while (desk.n_said < n)
		uv_run(&desk.loop, UV_RUN_ONCE);
	assert_int_equal(desk.n_said, n);
}

/* Hands over one parcel and waits for its verdict. */
static inline enum outcome hand_over(const struct channel *channel, const struct parcel *parcel)
{
	const size_t before = desk.n_said;

	desk.sending = true;
	channel->send(channel->self, &parcel, 1);
	desk.sending = false;
	wait_for_verdicts(before + 1);
	assert_ptr_equal(desk.said[before].parcel, parcel);
	return desk.said[before].outcome;
}

static inline void close_channel(const struct channel *channel)
{
	channel->close(channel->self, SPAN_S(1), note_closed, &desk);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.closed, 1);
}

static inline str read_whole(str path)
{
	str bytes = STR_EMPTY;

	assert_int_equal(file_read(&desk.arena, path, 1 << 20, &bytes), OK);
	return bytes;
}

static inline size_t list_folder(str path, str **out_names)
{
	size_t n = 0;

	assert_int_equal(folder_list(&desk.arena, path, out_names, &n), OK);
	return n;
}

static inline bool holds(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

#endif
