#include "io/redis_link.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"
#include "harness/redis_server.h"

#define LOG_MAX 64

/* What came back, in order. */
struct seen {
	uv_loop_t loop;
	struct redis_server server;
	struct redis_link *link;
	struct arena arena;
	int up, down, closed;
	str why;
	int n; /* answers */
	enum err err[LOG_MAX];
	struct reply reply[LOG_MAX];
	bool sending;
	bool close_at_answer;
};

static void note_closed(void *arg)
{
	struct seen *seen = arg;

	seen->closed++;
}

static void note(void *arg, enum err err, const struct reply *reply)
{
	struct seen *seen = arg;

	assert_false(seen->sending);
	assert_true(seen->n < LOG_MAX);
	seen->err[seen->n] = err;
	if (reply != NULL) {
		seen->reply[seen->n] = *reply;
		seen->reply[seen->n].text = str_copy(&seen->arena, reply->text);
	}
	seen->n++;
	if (seen->close_at_answer && seen->link != NULL)
		redis_link_close(&seen->link, note_closed, seen);
}

static void note_up(void *arg)
{
	struct seen *seen = arg;

	seen->up++;
}

static void note_down(void *arg, str why)
{
	struct seen *seen = arg;

	seen->down++;
	seen->why = str_copy(&seen->arena, why);
}

static struct redis_settings by_socket(const struct seen *seen)
{
	return (struct redis_settings){ .socket = str_of(seen->server.socket),
					.password = str_of(seen->server.password) };
}

static void open_with(struct seen *seen, struct redis_settings settings)
{
	const struct redis_events events = { .arg = seen, .up = note_up, .down = note_down };

	seen->link = redis_link_open(&seen->loop, &settings, &events);
}

static void set_flag(uv_timer_t *timer)
{
	bool *over = timer->data;

	*over = true;
}

/* Turns the loop until the count is reached; a test that waits longer than a minute hangs, and fails. */
static void turn_until(struct seen *seen, const int *count, int wanted)
{
	bool over = false;
	uv_timer_t timer;

	uv_timer_init(&seen->loop, &timer);
	timer.data = &over;
	uv_timer_start(&timer, set_flag, 60000, 0);
	while (*count < wanted && !over)
		uv_run(&seen->loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&timer, NULL);
	uv_run(&seen->loop, UV_RUN_NOWAIT);
	assert_false(over);
}

/* The words of a command, cut at spaces. */
static void say(struct seen *seen, const char *text, int limit_ms)
{
	str args[16], rest = str_of(text);
	size_t n = 0;

	while (str_cut(rest, ' ', &args[n], &rest))
		n++;
	args[n++] = rest;
	seen->sending = true;
	redis_link_send(seen->link, (struct command){ .args = args, .n = n }, SPAN_MS(limit_ms),
			note, seen);
	seen->sending = false;
}

static int set_up(void **state)
{
	struct seen *seen = calloc(1, sizeof *seen);

	uv_loop_init(&seen->loop);
	redis_server_init(&seen->server);
	*state = seen;
	return 0;
}

static int tear_down(void **state)
{
	struct seen *seen = *state;

	if (seen->link != NULL)
		redis_link_close(&seen->link, note_closed, seen);
	uv_run(&seen->loop, UV_RUN_DEFAULT);
	assert_int_equal(seen->closed, 1);
	assert_int_equal(uv_loop_close(&seen->loop), 0);
	redis_server_clear(&seen->server);
	arena_free(&seen->arena);
	free(seen);
	return 0;
}

static void start_and_open(struct seen *seen)
{
	redis_server_start(&seen->server);
	open_with(seen, by_socket(seen));
	turn_until(seen, &seen->up, 1);
}

static void every_kind_of_answer_comes_in_its_own_type(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "SET a b", 1000);
	say(seen, "GET a", 1000);
	say(seen, "GET nothing", 1000);
	say(seen, "STRLEN a", 1000);
	say(seen, "RPUSH list x y z", 1000);
	say(seen, "LRANGE list 0 -1", 1000);
	say(seen, "HGET list f", 1000);
	turn_until(seen, &seen->n, 7);
	assert_int_equal(seen->reply[0].type, REPLY_STATUS);
	assert_int_equal(seen->reply[1].type, REPLY_TEXT);
	assert_true(str_eq(seen->reply[1].text, S("b")));
	assert_int_equal(seen->reply[2].type, REPLY_NIL);
	assert_int_equal(seen->reply[3].integer, 1);
	assert_int_equal(seen->reply[5].type, REPLY_LIST);
	assert_int_equal(seen->reply[5].n, 3);
	assert_int_equal(seen->reply[6].type, REPLY_ERROR);
	assert_true(str_starts(seen->reply[6].text, S("WRONGTYPE")));
}

static void check_nested(void *arg, enum err err, const struct reply *reply)
{
	struct seen *seen = arg;

	assert_int_equal(err, OK);
	assert_int_equal(reply->n, 3);
	assert_int_equal(reply->items[0].integer, 1);
	assert_int_equal(reply->items[1].n, 2);
	assert_true(str_eq(reply->items[1].items[1].text, S("in")));
	assert_int_equal(reply->items[2].type, REPLY_TEXT);
	seen->n++;
}

static void lists_in_lists_keep_their_places(void **state)
{
	struct seen *seen = *state;
	const str args[] = { S("EVAL"), S("return {1, {2, 'in'}, 'out'}"), S("0") };

	start_and_open(seen);
	redis_link_send(seen->link, (struct command){ .args = args, .n = 3 }, SPAN_S(1),
			check_nested, seen);
	turn_until(seen, &seen->n, 1);
}

static void any_byte_and_large_texts_come_back_as_they_went(void **state)
{
	struct seen *seen = *state;
	const size_t n = 300000;
	char *bytes = malloc(n);
	str args[] = { S("ECHO"), { bytes, n } };

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(i * 31);
	start_and_open(seen);
	for (int i = 0; i < 3; i++)
		redis_link_send(seen->link, (struct command){ .args = args, .n = 2 }, SPAN_S(5),
				note, seen);
	turn_until(seen, &seen->n, 3);
	for (int i = 0; i < 3; i++)
		assert_true(str_eq(seen->reply[i].text, args[1]));
	free(bytes);
}

static void an_answer_without_an_end_is_not_read_to_its_end(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "SETRANGE big 80000000 x", 5000);
	turn_until(seen, &seen->n, 1);
	say(seen, "GET big", 50000);
	turn_until(seen, &seen->n, 2);
	assert_int_equal(seen->err[1], ERR_DOWN);
	assert_int_equal(seen->down, 1);
	assert_true(str_eq(seen->why, S("an answer is larger than any that we ask for")));
	turn_until(seen, &seen->up, 2);
	say(seen, "STRLEN big", 5000);
	turn_until(seen, &seen->n, 3);
	assert_int_equal(seen->reply[2].integer, 80000001);
}

static void a_link_that_is_down_says_so_in_the_next_turn(void **state)
{
	struct seen *seen = *state;

	open_with(seen, by_socket(seen));
	say(seen, "PING", 60000);
	assert_int_equal(seen->n, 0);
	turn_until(seen, &seen->n, 1);
	assert_int_equal(seen->err[0], ERR_DOWN);
	assert_false(redis_link_is_up(seen->link));
}

static void a_server_that_comes_later_is_found(void **state)
{
	struct seen *seen = *state;

	open_with(seen, by_socket(seen));
	turn_until(seen, &seen->down, 1);
	assert_int_equal(seen->up, 0);
	redis_server_start(&seen->server);
	turn_until(seen, &seen->up, 1);
	say(seen, "PING", 1000);
	turn_until(seen, &seen->n, 1);
	assert_int_equal(seen->err[0], OK);
	assert_int_equal(seen->down, 1);
}

static void a_refused_port_is_told_once_and_tried_again(void **state)
{
	struct seen *seen = *state;

	open_with(seen,
		  (struct redis_settings){ .host = S("127.0.0.1"), .port = seen->server.port });
	turn_until(seen, &seen->down, 1);
	assert_true(str_eq(seen->why, S("connection refused")));
	redis_server_start(&seen->server);
	turn_until(seen, &seen->up, 1);
	assert_int_equal(seen->down, 1);
}

static void a_host_is_found_by_its_name(void **state)
{
	struct seen *seen = *state;

	redis_server_start(&seen->server);
	open_with(seen,
		  (struct redis_settings){ .host = S("localhost"), .port = seen->server.port });
	turn_until(seen, &seen->up, 1);
}

static void a_killed_server_answers_what_was_under_way_and_is_found_again(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "BLPOP nothing 0", 60000);
	say(seen, "PING", 60000);
	uv_run(&seen->loop, UV_RUN_NOWAIT);
	redis_server_kill(&seen->server);
	turn_until(seen, &seen->down, 1);
	assert_int_equal(seen->n, 2);
	assert_int_equal(seen->err[0], ERR_DOWN);
	assert_int_equal(seen->err[1], ERR_DOWN);
	redis_server_start(&seen->server);
	turn_until(seen, &seen->up, 2);
	say(seen, "PING", 1000);
	turn_until(seen, &seen->n, 3);
	assert_int_equal(seen->err[2], OK);
}

static void a_frozen_server_is_too_late_for_one_and_down_for_the_rest(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	redis_server_freeze(&seen->server);
	say(seen, "SET a 1", 60000);
	say(seen, "SET b 1", 200);
	say(seen, "SET c 1", 60000);
	turn_until(seen, &seen->n, 3);
	assert_int_equal(seen->err[0], ERR_TIMEOUT);
	assert_int_equal(seen->err[1], ERR_DOWN);
	assert_int_equal(seen->err[2], ERR_DOWN);
	assert_true(str_eq(seen->why, S("no answer in time")));
	redis_server_thaw(&seen->server);
	turn_until(seen, &seen->up, 2);
}

static void a_slow_command_within_its_limit_is_waited_for(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "BLPOP nothing 0.3", 5000);
	say(seen, "PING", 5000);
	turn_until(seen, &seen->n, 2);
	assert_int_equal(seen->reply[0].type, REPLY_NIL);
	assert_int_equal(seen->err[1], OK);
	assert_int_equal(seen->down, 0);
}

static void an_answer_that_came_while_we_slept_is_not_late(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "PING", 100);
	uv_run(&seen->loop, UV_RUN_NOWAIT);
	usleep(400 * 1000);
	turn_until(seen, &seen->n, 1);
	assert_int_equal(seen->err[0], OK);
	assert_int_equal(seen->down, 0);
}

static void a_password_is_given_before_anything_else(void **state)
{
	struct seen *seen = *state;

	seen->server.password = "open sesame";
	start_and_open(seen);
	say(seen, "SET a b", 1000);
	turn_until(seen, &seen->n, 1);
	assert_int_equal(seen->reply[0].type, REPLY_STATUS);
}

static void a_wrong_password_is_told_and_nothing_is_sent(void **state)
{
	struct seen *seen = *state;
	struct redis_settings settings;

	seen->server.password = "open sesame";
	redis_server_start(&seen->server);
	settings = by_socket(seen);
	settings.password = S("open barley");
	open_with(seen, settings);
	turn_until(seen, &seen->down, 1);
	assert_true(str_starts(seen->why, S("WRONGPASS")));
	assert_int_equal(seen->up, 0);
}

static void a_server_that_takes_the_call_and_says_nothing_is_left(void **state)
{
	struct seen *seen = *state;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons((uint16_t)seen->server.port),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(fd, 4), 0);
	open_with(seen,
		  (struct redis_settings){ .host = S("127.0.0.1"), .port = seen->server.port });
	turn_until(seen, &seen->down, 1);
	assert_int_equal(seen->up, 0);
	close(fd);
}

static void closing_answers_everything_and_leaves_nothing_on_the_loop(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	say(seen, "BLPOP nothing 0", 60000);
	say(seen, "PING", 60000);
	redis_link_close(&seen->link, note_closed, seen);
	assert_null(seen->link);
	assert_int_equal(seen->n, 2);
	assert_int_equal(seen->err[0], ERR_CLOSED);
	assert_int_equal(seen->err[1], ERR_CLOSED);
	uv_run(&seen->loop, UV_RUN_DEFAULT);
	assert_int_equal(seen->closed, 1);
	assert_int_equal(seen->down, 0);
}

static void a_link_may_be_closed_by_an_answer(void **state)
{
	struct seen *seen = *state;

	start_and_open(seen);
	seen->close_at_answer = true;
	say(seen, "PING", 1000);
	say(seen, "PING", 1000);
	turn_until(seen, &seen->n, 2);
	assert_int_equal(seen->err[0], OK);
	assert_int_equal(seen->err[1], ERR_CLOSED);
}

/* Every socket that this process has is closed when it becomes another program. */
static void check_sockets_end_with_us(void)
{
	struct stat file;
	int n = 0;

	for (int fd = 3; fd < 256; fd++) {
		if (fstat(fd, &file) != 0 || !S_ISSOCK(file.st_mode))
			continue;
		assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
		n++;
	}
	assert_true(n > 0);
}

static void a_call_waits_for_its_answer(void **state)
{
	struct seen *seen = *state;
	const struct redis_settings settings = by_socket(seen);
	const str args[] = { S("BLPOP"), S("nothing"), S("0") };
	struct redis_call *call = NULL;
	struct reply reply;

	seen->closed = 1;
	assert_int_equal(redis_call_open(&settings, SPAN_S(1), &call), ERR_DOWN);
	assert_null(call);
	redis_server_start(&seen->server);
	assert_int_equal(redis_call_open(&settings, SPAN_MS(300), &call), OK);
	check_sockets_end_with_us();
	assert_int_equal(redis_call(call, &seen->arena,
				    (struct command){ (str[]){ S("ECHO"), S("hello") }, 2 },
				    &reply),
			 OK);
	assert_true(str_eq(reply.text, S("hello")));
	assert_int_equal(redis_call(call, &seen->arena, (struct command){ args, 3 }, &reply),
			 ERR_TIMEOUT);
	redis_call_free(&call);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kind_of_answer_comes_in_its_own_type),
		TEST(lists_in_lists_keep_their_places),
		TEST(any_byte_and_large_texts_come_back_as_they_went),
		TEST(an_answer_without_an_end_is_not_read_to_its_end),
		TEST(a_link_that_is_down_says_so_in_the_next_turn),
		TEST(a_server_that_comes_later_is_found),
		TEST(a_refused_port_is_told_once_and_tried_again),
		TEST(a_host_is_found_by_its_name),
		TEST(a_killed_server_answers_what_was_under_way_and_is_found_again),
		TEST(a_frozen_server_is_too_late_for_one_and_down_for_the_rest),
		TEST(a_slow_command_within_its_limit_is_waited_for),
		TEST(an_answer_that_came_while_we_slept_is_not_late),
		TEST(a_password_is_given_before_anything_else),
		TEST(a_wrong_password_is_told_and_nothing_is_sent),
		TEST(a_server_that_takes_the_call_and_says_nothing_is_left),
		TEST(closing_answers_everything_and_leaves_nothing_on_the_loop),
		TEST(a_link_may_be_closed_by_an_answer),
		TEST(a_call_waits_for_its_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
