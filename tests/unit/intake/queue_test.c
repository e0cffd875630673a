#include "intake/intake.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <uv.h>

#include "base/arena.h"
#include "harness/redis_server.h"

#define ITEMS_MAX 512

/* A reader with its own link, and a second connection for what others do. */
struct reader {
	uv_loop_t loop;
	struct redis_server server;
	struct redis_link *link;
	struct redis_call *call;
	struct intake *intake;
	struct arena arena;
	bool up;
	int n; /* items, in order */
	struct item items[ITEMS_MAX];
	int batches;
	int troubles;
	bool is_theirs;
};

static void note_up(void *arg)
{
	struct reader *reader = arg;

	reader->up = true;
}

static void note_items(void *arg, const struct item *items, size_t n)
{
	struct reader *reader = arg;

	reader->batches++;
	for (size_t i = 0; i < n; i++) {
		struct item *kept = &reader->items[reader->n++];

		assert_true(reader->n < ITEMS_MAX);
		*kept = items[i];
		kept->id = str_copy(&reader->arena, items[i].id);
		kept->bytes = str_copy(&reader->arena, items[i].bytes);
	}
}

static bool is_ours(void *arg)
{
	const struct reader *reader = arg;

	return !reader->is_theirs;
}

static void note_trouble(void *arg, str why)
{
	struct reader *reader = arg;

	assert_true(why.n > 0);
	reader->troubles++;
}

static void note_over(uv_timer_t *timer)
{
	bool *over = timer->data;

	*over = true;
}

/* Turns the loop for so long. */
static void turn_for(struct reader *reader, unsigned ms)
{
	bool over = false;
	uv_timer_t timer;

	uv_timer_init(&reader->loop, &timer);
	timer.data = &over;
	uv_timer_start(&timer, note_over, ms, 0);
	while (!over)
		uv_run(&reader->loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&timer, NULL);
	uv_run(&reader->loop, UV_RUN_NOWAIT);
}

static void turn_until(struct reader *reader, int items)
{
	for (int i = 0; i < 500 && reader->n < items; i++)
		turn_for(reader, 20);
	assert_true(reader->n >= items);
}

static struct reply ask(struct reader *reader, const char *text)
{
	struct reply reply = { .type = REPLY_NIL };
	str args[16], rest = str_of(text);
	size_t n = 0;

	while (str_cut(rest, ' ', &args[n], &rest))
		n++;
	args[n++] = rest;
	assert_int_equal(redis_call(reader->call, &reader->arena,
				    (struct command){ .args = args, .n = n }, &reply),
			 OK);
	return reply;
}

static void open_intake(struct reader *reader, const char *consumer)
{
	const struct intake_events events = {
		.arg = reader, .is_ours = is_ours, .items = note_items, .trouble = note_trouble
	};

	reader->intake = intake_open(reader->link, S("{t}"), str_of(consumer), &events);
	intake_restart(reader->intake);
}

static int set_up(void **state)
{
	struct reader *reader = calloc(1, sizeof *reader);
	const struct redis_events events = { .arg = reader, .up = note_up };
	struct redis_settings settings;

	uv_loop_init(&reader->loop);
	redis_server_init(&reader->server);
	redis_server_start(&reader->server);
	settings = (struct redis_settings){ .socket = str_of(reader->server.socket) };
	assert_int_equal(redis_call_open(&settings, SPAN_S(5), &reader->call), OK);
	reader->link = redis_link_open(&reader->loop, &settings, &events);
	while (!reader->up)
		uv_run(&reader->loop, UV_RUN_ONCE);
	*state = reader;
	return 0;
}

static int tear_down(void **state)
{
	struct reader *reader = *state;

	redis_link_close(&reader->link, NULL, NULL);
	uv_run(&reader->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&reader->loop), 0);
	intake_free(&reader->intake);
	redis_call_free(&reader->call);
	redis_server_clear(&reader->server);
	arena_free(&reader->arena);
	free(reader);
	return 0;
}

static void make_groups(struct reader *reader)
{
	ask(reader, "XGROUP CREATE {t}:own candour 0 MKSTREAM");
	ask(reader, "XGROUP CREATE {t}:events candour 0 MKSTREAM");
}

static void check_item(const struct reader *reader, int i, const char *bytes)
{
	assert_true(i < reader->n);
	assert_true(str_eq(reader->items[i].bytes, str_of(bytes)));
}

static void what_lay_there_before_the_group_is_read_own_first(void **state)
{
	struct reader *reader = *state;

	ask(reader, "XADD {t}:events * event e1");
	ask(reader, "XADD {t}:events * event e2");
	ask(reader, "XADD {t}:own * event o1");
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 3);
	check_item(reader, 0, "o1");
	check_item(reader, 1, "e1");
	check_item(reader, 2, "e2");
	assert_int_equal(reader->items[0].origin, ORIGIN_OWN);
	assert_int_equal(reader->items[1].origin, ORIGIN_EVENTS);
	assert_false(reader->items[0].poison);
}

static void what_comes_while_it_waits_is_read_at_once(void **state)
{
	struct reader *reader = *state;

	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 100);
	ask(reader, "XADD {t}:events * event e1");
	turn_for(reader, 100);
	assert_int_equal(reader->n, 1);
}

static void nothing_is_read_that_nobody_wants(void **state)
{
	struct reader *reader = *state;

	ask(reader, "XADD {t}:events * event e1");
	open_intake(reader, "me");
	turn_for(reader, 200);
	assert_int_equal(reader->n, 0);
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 1);
}

static void nothing_is_read_any_more_when_the_prefix_is_somebody_elses(void **state)
{
	struct reader *reader = *state;

	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 100);
	reader->is_theirs = true;
	/* the read that is under way ends by itself, within the lease's margin */
	turn_for(reader, 1500);
	ask(reader, "XADD {t}:events * event e1");
	turn_for(reader, 300);
	assert_int_equal(reader->n, 0);
	assert_int_equal(ask(reader, "XPENDING {t}:events candour").items[0].integer, 0);
	reader->is_theirs = false;
	intake_restart(reader->intake);
	turn_until(reader, 1);
}

static void an_entry_without_an_event_says_so(void **state)
{
	struct reader *reader = *state;

	ask(reader, "XADD {t}:events * other x");
	ask(reader, "XADD {t}:events * other x event e1");
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 2);
	assert_false(reader->items[0].has_event);
	assert_true(reader->items[1].has_event);
	check_item(reader, 1, "e1");
}

static void what_another_took_and_left_comes_first_and_in_order(void **state)
{
	struct reader *reader = *state;

	make_groups(reader);
	ask(reader, "XADD {t}:events * event e1");
	ask(reader, "XADD {t}:events * event e2");
	ask(reader, "XREADGROUP GROUP candour dead STREAMS {t}:events >");
	ask(reader, "XADD {t}:events * event e3");
	ask(reader, "XADD {t}:own * event o1");
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 4);
	check_item(reader, 0, "e1");
	check_item(reader, 1, "e2");
	check_item(reader, 2, "o1");
	check_item(reader, 3, "e3");
}

static int64_t deliveries_of_first(struct reader *reader)
{
	const struct reply reply = ask(reader, "XPENDING {t}:events candour - + 10");

	return reply.items[0].items[3].integer;
}

static void a_new_reader_counts_a_delivery_and_a_mended_link_does_not(void **state)
{
	struct reader *reader = *state;

	make_groups(reader);
	ask(reader, "XADD {t}:events * event e1");
	ask(reader, "XREADGROUP GROUP candour dead STREAMS {t}:events >");
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 1);
	assert_int_equal(deliveries_of_first(reader), 2);
	intake_restart(reader->intake);
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 2);
	check_item(reader, 1, "e1");
	assert_int_equal(deliveries_of_first(reader), 2);
}

static void claim_times(struct reader *reader, str id, int times)
{
	const char *text = str_z(&reader->arena,
				 str_fmt(&reader->arena,
					 "XCLAIM {t}:events candour dead 0 %.*s RETRYCOUNT %d",
					 STR_ARG(id), times));

	ask(reader, text);
}

static void what_brought_its_reader_down_too_often_is_poison(void **state)
{
	struct reader *reader = *state;
	str bad;

	make_groups(reader);
	ask(reader, "XADD {t}:events * event e1");
	bad = ask(reader, "XADD {t}:events * event bad").text;
	ask(reader, "XREADGROUP GROUP candour dead STREAMS {t}:events >");
	claim_times(reader, bad, POISON_DELIVERIES + 1);
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 1);
	check_item(reader, 0, "e1");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 2);
	check_item(reader, 1, "bad");
	assert_false(reader->items[0].poison);
	assert_true(reader->items[1].poison);
}

static void a_suspicious_entry_is_handed_over_alone(void **state)
{
	struct reader *reader = *state;
	str bad;

	make_groups(reader);
	ask(reader, "XADD {t}:events * event e1");
	bad = ask(reader, "XADD {t}:events * event bad").text;
	ask(reader, "XADD {t}:events * event e3");
	ask(reader, "XREADGROUP GROUP candour dead STREAMS {t}:events >");
	claim_times(reader, bad, 5);
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 200);
	assert_int_equal(reader->n, 1);
	intake_want(reader->intake, INTAKE_BATCH_MAX - 1);
	turn_for(reader, 100);
	assert_int_equal(reader->n, 1);
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 200);
	assert_int_equal(reader->n, 2);
	check_item(reader, 1, "bad");
	assert_false(reader->items[1].poison);
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 200);
	assert_int_equal(reader->n, 3);
}

static void entries_deleted_under_us_are_acknowledged_away(void **state)
{
	struct reader *reader = *state;
	str id;

	make_groups(reader);
	id = ask(reader, "XADD {t}:events * event e1").text;
	ask(reader, "XREADGROUP GROUP candour dead STREAMS {t}:events >");
	ask(reader,
	    str_z(&reader->arena, str_fmt(&reader->arena, "XDEL {t}:events %.*s", STR_ARG(id))));
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 200);
	assert_int_equal(reader->n, 0);
	assert_int_equal(ask(reader, "XPENDING {t}:events candour").items[0].integer, 0);
}

static void streams_that_are_removed_are_made_again(void **state)
{
	struct reader *reader = *state;

	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 100);
	ask(reader, "DEL {t}:events {t}:own");
	turn_for(reader, 100);
	ask(reader, "XADD {t}:events * event e1");
	turn_until(reader, 1);
	assert_int_equal(reader->troubles, 0);
}

static void what_a_former_owner_took_late_is_found(void **state)
{
	struct reader *reader = *state;

	open_intake(reader, "me");
	turn_for(reader, 100);
	make_groups(reader);
	/* taken by somebody who did not know yet that we own the prefix */
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 100);
	ask(reader, "XADD {t}:events 1-1 event e0");
	turn_until(reader, 1);
	intake_want(reader->intake, 1);
	turn_for(reader, 2500);
	ask(reader, "XADD {t}:events 2-1 event late");
	ask(reader, "XREADGROUP GROUP candour former STREAMS {t}:events >");
	for (int i = 0; i < 12; i++) {
		ask(reader, "XADD {t}:events * event e");
		intake_want(reader->intake, INTAKE_BATCH_MAX);
		turn_for(reader, 30);
	}
	for (int i = 0; i < reader->n; i++)
		if (str_eq(reader->items[i].bytes, S("late")))
			return;
	fail_msg("the late entry was not handed over");
}

static void trouble_is_told_and_reading_goes_on_later(void **state)
{
	struct reader *reader = *state;

	ask(reader, "SET {t}:own 1");
	open_intake(reader, "me");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_for(reader, 100);
	assert_int_equal(reader->troubles, 1);
	ask(reader, "DEL {t}:own");
	ask(reader, "XADD {t}:events * event e1");
	intake_want(reader->intake, INTAKE_BATCH_MAX);
	turn_until(reader, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_lay_there_before_the_group_is_read_own_first),
		TEST(what_comes_while_it_waits_is_read_at_once),
		TEST(nothing_is_read_that_nobody_wants),
		TEST(nothing_is_read_any_more_when_the_prefix_is_somebody_elses),
		TEST(an_entry_without_an_event_says_so),
		TEST(what_another_took_and_left_comes_first_and_in_order),
		TEST(a_new_reader_counts_a_delivery_and_a_mended_link_does_not),
		TEST(what_brought_its_reader_down_too_often_is_poison),
		TEST(a_suspicious_entry_is_handed_over_alone),
		TEST(entries_deleted_under_us_are_acknowledged_away),
		TEST(streams_that_are_removed_are_made_again),
		TEST(what_a_former_owner_took_late_is_found),
		TEST(trouble_is_told_and_reading_goes_on_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
