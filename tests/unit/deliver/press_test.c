#include "unit/deliver/desk.h"

#include <malloc.h>

#include "deliver/press.h"

static struct press *press;
static int n_done;
static bool asking;

/* What was said of one letter. */
struct heard {
	int times;
	enum outcome outcome;
	str code, pdf;
	int pages;
};

static void hear(void *arg, const struct pressed *pressed)
{
	struct heard *heard = arg;
	assert_false(asking);
	n_done++;
	*heard = (struct heard){ .times = heard->times + 1,
				 .outcome = pressed->outcome,
				 .code = str_copy(&desk.arena, pressed->code),
				 .pdf = str_copy(&desk.arena, pressed->pdf),
				 .pages = pressed->pages };
}

static void open_press(int workers)
{
	struct press_settings settings = desk.settings.letter.press;
	settings.workers = workers;
	/* Workers leave their marks there. */
	assert_int_equal(chdir(str_z(&desk.arena, desk.folder)), 0);
	press = press_new(&desk.loop, &settings);
	n_done = 0;
}

static void close_press(void)
{
	press_close(press, note_closed, &desk);
	uv_run(&desk.loop, UV_RUN_DEFAULT);
	assert_int_equal(desk.closed, 1);
}

static struct heard *ask(const char *id)
{
	struct heard *heard = TAKE(&desk.arena, struct heard, 1);
	date day;
	assert_true(date_of(2026, 11, 3, &day));
	asking = true;
	press_letter(press, &desk.policy, desk_parcel(id, CHANNEL_LETTER), day, hear, heard);
	asking = false;
	return heard;
}

static void wait_for(int n)
{
	while (n_done < n)
		uv_run(&desk.loop, UV_RUN_ONCE);
}

static void a_letter_comes_back_as_pages(void **state)
{
	open_press(2);
	const struct heard *heard = ask("m1");
	wait_for(1);
	assert_int_equal(heard->outcome, OUTCOME_ACCEPTED);
	assert_int_equal(heard->pages, 2);
	assert_true(str_starts(heard->pdf, S("%PDF-")));
	assert_true(holds(heard->pdf, "\"day\":\"2026-11-03\""));
	assert_true(holds(heard->pdf, "\"to\":[\"Zoë Ångström\",\"14 Birch Lane\",\"S10 9ZZ\"]"));
	assert_true(holds(heard->pdf, "\"title\":\"A draft for you to read\""));
	close_press();
}

static void a_worker_is_told_nothing_of_what_we_were_started_with(void **state)
{
	setenv("CREDENTIALS_DIRECTORY", "/run/credentials/candourd.service", 1);
	setenv("NOTIFY_SOCKET", "/run/systemd/notify", 1);
	setenv("ASAN_OPTIONS", "exitcode=23", 1);
	open_press(1);
	const struct heard *heard = ask("menv");
	wait_for(1);
	const str told = str_copy(&desk.arena, heard->pdf);
	close_press();
	assert_true(holds(told, "\nASAN_OPTIONS=exitcode=23"));
	assert_false(holds(told, "CREDENTIALS_DIRECTORY"));
	assert_false(holds(told, "NOTIFY_SOCKET"));
	assert_false(holds(told, "\nPATH="));
}

static void many_letters_are_made_by_few_workers(void **state)
{
	struct heard *heard[30];
	open_press(3);
	for (int i = 0; i < 30; i++)
		heard[i] = ask("m1");
	wait_for(30);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(heard[i]->times, 1);
		assert_int_equal(heard[i]->outcome, OUTCOME_ACCEPTED);
	}
	close_press();
}

static size_t memory_in_use(void)
{
	const struct mallinfo2 info = mallinfo2();
	return info.uordblks + info.hblkhd;
}

static void note_memory(void *arg, const struct pressed *pressed)
{
	assert_int_equal(pressed->outcome, OUTCOME_ACCEPTED);
	*(size_t *)arg = memory_in_use();
	n_done++;
}

static void what_comes_in_many_pieces_takes_no_more_memory(void **state)
{
	size_t before, then = 0;
	date day;
	open_press(1);
	assert_true(date_of(2026, 11, 3, &day));
	before = memory_in_use();
	press_letter(press, &desk.policy, desk_parcel("mdrip", CHANNEL_LETTER), day, note_memory,
		     &then);
	wait_for(1);
	close_press();
	assert_true(then < before + ((size_t)8 << 20));
}

static void a_worker_that_is_done_is_replaced_at_no_cost(void **state)
{
	open_press(1);
	const struct heard *first = ask("mlast"), *second = ask("mlast"), *third = ask("m1");
	wait_for(3);
	assert_int_equal(first->outcome, OUTCOME_ACCEPTED);
	assert_int_equal(second->outcome, OUTCOME_ACCEPTED);
	assert_int_equal(third->outcome, OUTCOME_ACCEPTED);
	close_press();
}

static void a_letter_whose_worker_dies_is_given_to_another(void **state)
{
	open_press(1);
	const struct heard *once = ask("monce"), *after = ask("m1");
	wait_for(2);
	assert_int_equal(once->outcome, OUTCOME_ACCEPTED);
	assert_int_equal(after->outcome, OUTCOME_ACCEPTED);
	close_press();
}

static void what_brings_workers_down_costs_the_others_nothing(void **state)
{
	static const struct {
		const char *id, *code;
	} rows[] = {
		{ "mdie", "worker_died" },          { "mhalf", "worker_died" },
		{ "mnonsense", "worker_nonsense" }, { "mlong", "worker_nonsense" },
		{ "mother", "worker_nonsense" },
	};
	open_press(2);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct heard *bad = ask(rows[i].id), *good = ask("m1");
		wait_for(2 * (int)i + 2);
		assert_int_equal(bad->times, 1);
		assert_int_equal(bad->outcome, OUTCOME_LATER);
		assert_str(bad->code, rows[i].code);
		assert_int_equal(good->outcome, OUTCOME_ACCEPTED);
	}
	close_press();
}

static void a_worker_that_hangs_is_ended(void **state)
{
	desk.settings.letter.press.wait = SPAN_MS(300);
	open_press(1);
	const struct heard *hung = ask("mhang");
	wait_for(1);
	assert_int_equal(hung->outcome, OUTCOME_LATER);
	assert_str(hung->code, "worker_hung");
	close_press();
}

static void a_refusal_says_whether_it_is_for_good(void **state)
{
	static const struct {
		const char *id;
		enum outcome outcome;
	} rows[] = {
		{ "mno-missing_glyph", OUTCOME_NEVER_MESSAGE },
		{ "mno-too_long", OUTCOME_NEVER_MESSAGE },
		{ "mno-address_size", OUTCOME_NEVER_ADDRESS },
		{ "mno-no_fonts", OUTCOME_CONFIGURATION },
		{ "mno-failed", OUTCOME_LATER },
	};
	open_press(2);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct heard *heard = ask(rows[i].id);
		wait_for((int)i + 1);
		assert_int_equal(heard->outcome, rows[i].outcome);
		assert_str(heard->code, rows[i].id + 4);
	}
	close_press();
}

static void without_the_program_nothing_is_lost(void **state)
{
	desk.settings.letter.press.worker = desk_path("nothing");
	open_press(2);
	const struct heard *one = ask("m1"), *two = ask("m2");
	wait_for(2);
	assert_int_equal(one->outcome, OUTCOME_CONFIGURATION);
	assert_str(two->code, "no_worker");
	close_press();
}

static void what_is_under_way_when_it_closes_has_not_begun(void **state)
{
	open_press(1);
	const struct heard *hung = ask("mhang"), *queued = ask("m1");
	uv_run(&desk.loop, UV_RUN_NOWAIT);
	uv_run(&desk.loop, UV_RUN_NOWAIT);
	close_press();
	assert_int_equal(hung->outcome, OUTCOME_NOT_BEGUN);
	assert_int_equal(queued->outcome, OUTCOME_NOT_BEGUN);
	assert_str(queued->code, "stopping");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_letter_comes_back_as_pages),
		DESK_TEST(a_worker_is_told_nothing_of_what_we_were_started_with),
		DESK_TEST(many_letters_are_made_by_few_workers),
		DESK_TEST(what_comes_in_many_pieces_takes_no_more_memory),
		DESK_TEST(a_worker_that_is_done_is_replaced_at_no_cost),
		DESK_TEST(a_letter_whose_worker_dies_is_given_to_another),
		DESK_TEST(what_brings_workers_down_costs_the_others_nothing),
		DESK_TEST(a_worker_that_hangs_is_ended),
		DESK_TEST(a_refusal_says_whether_it_is_for_good),
		DESK_TEST(without_the_program_nothing_is_lost),
		DESK_TEST(what_is_under_way_when_it_closes_has_not_begun),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
