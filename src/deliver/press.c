#include "deliver/press.h"
#include "deliver/deliver.h"

#include <signal.h>
#include <stdlib.h>
#include <uv.h>

#include "base/arena.h"
#include "letter/letter.h"

#define DEATHS_MAX 2 /* of workers over one letter; then it is tried another time */
#define WORKERS_MAX 16
#define READ_AT_ONCE ((size_t)64 << 10)
#define LINGER_MS 5000 /* has a worker that should end by itself */
#define ANSWER_MAX (LETTER_HEADER_MAX + LETTER_PDF_MAX + (size_t)2 * LETTER_FRAME_HEAD)

/* A letter to be made. */
struct job {
	struct job *next;
	struct arena arena; /* holds the frame */
	str id, frame;      /* an empty frame: too large for any worker */
	int deaths;
	pressed_fn *done;
	void *arg;
};

/* A process, and our ends of its pipes. It is freed when its handles are closed. */
struct worker {
	struct press *press;
	uv_process_t process;
	uv_pipe_t to, from;
	uv_timer_t timer;
	uv_write_t write;
	struct job *job; /* that it is busy with */
	struct buf said;
	struct arena arena; /* of what it says to this job */
	int handles;        /* that are not closed */
	bool retired;       /* it gets no more jobs, and ends */
	char heard[READ_AT_ONCE];
};

struct press {
	uv_loop_t *loop;
	struct arena arena; /* of the settings */
	const char *program;
	char **environment; /* of the workers */
	enum letter_profile profile;
	int most;
	uint64_t wait_ms;
	uv_idle_t turn; /* active while jobs wait and somebody may take them */
	struct job *first, *last;
	struct worker *workers[WORKERS_MAX];
	int n_workers;
	int processes; /* workers that are not freed, retired ones with them */
	bool turned;   /* the turn's handle is closed */
	void (*closed)(void *arg);
	void *closed_arg;
};

/* --- jobs --------------------------------------------------------------------------------------- */

static void say(struct job *job, const struct pressed *pressed)
{
	job->done(job->arg, pressed);
	arena_free(&job->arena);
	free(job);
}

static void say_no(struct job *job, enum outcome outcome, str code)
{
	say(job, &(struct pressed){ .outcome = outcome, .code = code });
}

static void put_first(struct press *press, struct job *job)
{
	job->next = press->first;
	press->first = job;
	if (press->last == NULL)
		press->last = job;
}

static struct job *take_first(struct press *press)
{
	struct job *job = press->first;
	press->first = job->next;
	if (press->first == NULL)
		press->last = NULL;
	return job;
}

static void dispatch(struct press *press);

static void on_turn(uv_idle_t *turn)
{
	dispatch(turn->data);
}

/* Not at once: who asked or died is still at work. */
static void dispatch_soon(struct press *press)
{
	if (press->closed == NULL)
		uv_idle_start(&press->turn, on_turn);
}

/* --- workers ------------------------------------------------------------------------------------ */

static void end_if_closed(struct press *press)
{
	if (press->processes > 0 || !press->turned)
		return;
	press->closed(press->closed_arg);
	arena_free(&press->arena);
	free(press);
}

static void on_handle_closed(uv_handle_t *handle)
{
	struct worker *worker = handle->data;
	struct press *press = worker->press;
	if (--worker->handles > 0)
		return;
	arena_free(&worker->arena);
	free(worker);
	press->processes--;
	end_if_closed(press);
}

static void close_handle(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, on_handle_closed);
}

/* It is gone: nobody has to wait for it any more. */
static void on_exit_seen(uv_process_t *process, int64_t status, int signal_number)
{
	struct worker *worker = process->data;
	(void)status, (void)signal_number;
	close_handle((uv_handle_t *)process);
	/* What it said last may still lie in the pipe. */
	if (worker->retired)
		close_handle((uv_handle_t *)&worker->timer);
}

static void on_linger(uv_timer_t *timer)
{
	struct worker *worker = timer->data;
	uv_process_kill(&worker->process, SIGKILL);
}

/* It gets no more jobs. Its input ends, upon which it ends by itself; or else it is made to. */
static void retire(struct worker *worker, bool kill)
{
	struct press *press = worker->press;
	if (worker->retired)
		return;
	worker->retired = true;
	for (int i = 0; i < press->n_workers; i++) {
		if (press->workers[i] == worker)
			press->workers[i--] = press->workers[--press->n_workers];
	}
	close_handle((uv_handle_t *)&worker->to);
	close_handle((uv_handle_t *)&worker->from);
	if (uv_is_closing((uv_handle_t *)&worker->process)) {
		close_handle((uv_handle_t *)&worker->timer);
		return;
	}
	if (kill)
		uv_process_kill(&worker->process, SIGKILL);
	uv_timer_start(&worker->timer, on_linger, LINGER_MS, LINGER_MS);
}

/* What a worker was busy with when it failed goes to another one, but not for ever. */
static void fail(struct worker *worker, str code)
{
	struct press *press = worker->press;
	struct job *job = worker->job;
	worker->job = NULL;
	retire(worker, true);
	if (job != NULL && ++job->deaths < DEATHS_MAX)
		put_first(press, job);
	else if (job != NULL)
		say_no(job, OUTCOME_LATER, code);
	dispatch_soon(press);
}

static void on_hung(uv_timer_t *timer)
{
	fail(timer->data, S("worker_hung"));
}

/* What a refusal means for the message. */
static enum outcome outcome_of(enum letter_refusal refused)
{
	if (refused == LETTER_NONE)
		return OUTCOME_ACCEPTED;
	if (refused == LETTER_ADDRESS_SIZE)
		return OUTCOME_NEVER_ADDRESS;
	if (refused == LETTER_NO_FONTS || refused == LETTER_BAD_LOGO)
		return OUTCOME_CONFIGURATION;
	return letter_refusal_is_final(refused) ? OUTCOME_NEVER_MESSAGE : OUTCOME_LATER;
}

static void answer(struct worker *worker, const struct letter_said *said)
{
	struct press *press = worker->press;
	struct job *job = worker->job;
	worker->job = NULL;
	uv_timer_stop(&worker->timer);
	say(job, &(struct pressed){ .outcome = outcome_of(said->refused),
				    .code = said->refused == LETTER_NONE
						    ? S("pages")
						    : str_of(letter_refusal_code(said->refused)),
				    .pdf = said->pdf,
				    .pages = said->pages });
	arena_clear(&worker->arena);
	worker->said = buf_of(&worker->arena, ANSWER_MAX);
	/* One without fonts stays without: another may find them, or the memory for them. */
	if (said->last || said->refused == LETTER_NO_FONTS)
		retire(worker, false);
	dispatch_soon(press);
}

static void make_room(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
	struct worker *worker = handle->data;
	(void)suggested;
	*out = uv_buf_init(worker->heard, sizeof worker->heard);
}

static void on_said(uv_stream_t *stream, ssize_t n, const uv_buf_t *bytes)
{
	struct worker *worker = stream->data;
	struct letter_said said;
	size_t used = 0;
	if (n == 0 || worker->retired)
		return;
	if (n < 0) {
		fail(worker, S("worker_died"));
		return;
	}
	buf_add(&worker->said, (str){ bytes->base, (size_t)n });
	const str all = buf_str(&worker->said);
	const enum letter_take took = letter_said_take(&worker->arena, all, &said, &used);
	if (took == LETTER_MORE && worker->job != NULL && !worker->said.too_long)
		return;
	/* An answer to what it has not read is none: we would free what is still being written. */
	if (took == LETTER_WHOLE && worker->job != NULL && used == all.n &&
	    str_eq(said.id, worker->job->id) &&
	    uv_stream_get_write_queue_size((uv_stream_t *)&worker->to) == 0)
		answer(worker, &said);
	else
		fail(worker, S("worker_nonsense"));
}

/* When it does not take what we write it is about to die, and the end of its output says so. */
static void on_written(uv_write_t *write, int status)
{
	(void)write, (void)status;
}

static void give(struct worker *worker, struct job *job)
{
	uv_buf_t frame = uv_buf_init((char *)(uintptr_t)job->frame.p, (unsigned)job->frame.n);
	worker->job = job;
	uv_timer_start(&worker->timer, on_hung, worker->press->wait_ms, 0);
	if (uv_write(&worker->write, (uv_stream_t *)&worker->to, &frame, 1, on_written) != 0)
		fail(worker, S("worker_died"));
}

static int spawn(struct worker *worker)
{
	struct press *press = worker->press;
	char *args[] = { (char *)(uintptr_t)press->program, NULL };
	uv_stdio_container_t stdio[] = {
		{ .flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
		  .data.stream = (uv_stream_t *)&worker->to },
		{ .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
		  .data.stream = (uv_stream_t *)&worker->from },
		{ .flags = UV_INHERIT_FD, .data.fd = 2 },
	};
	const uv_process_options_t options = {
		.exit_cb = on_exit_seen,
		.file = press->program,
		.args = args,
		.env = press->environment,
		.stdio_count = 3,
		.stdio = stdio,
	};
	return uv_spawn(press->loop, &worker->process, &options);
}

/* NULL, and *why says which of libuv's errors, when it cannot be started. */
static struct worker *start(struct press *press, int *why)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	if (worker == NULL)
		fatal("no memory for a letter");
	worker->press = press;
	worker->handles = 4;
	worker->said = buf_of(&worker->arena, ANSWER_MAX);
	worker->process.data = worker->to.data = worker->from.data = worker->timer.data = worker;
	require(uv_pipe_init(press->loop, &worker->to, 0) == 0);
	require(uv_pipe_init(press->loop, &worker->from, 0) == 0);
	require(uv_timer_init(press->loop, &worker->timer) == 0);
	press->processes++;
	*why = spawn(worker);
	if (*why == 0) {
		press->workers[press->n_workers++] = worker;
		require(uv_read_start((uv_stream_t *)&worker->from, make_room, on_said) == 0);
		return worker;
	}
	close_handle((uv_handle_t *)&worker->process);
	close_handle((uv_handle_t *)&worker->to);
	close_handle((uv_handle_t *)&worker->from);
	close_handle((uv_handle_t *)&worker->timer);
	return NULL;
}

static struct worker *find_idle(struct press *press)
{
	for (int i = 0; i < press->n_workers; i++) {
		if (press->workers[i]->job == NULL)
			return press->workers[i];
	}
	return NULL;
}

/* --- who makes what ----------------------------------------------------------------------------- */

static void dispatch(struct press *press)
{
	int why = 0;
	while (press->first != NULL && why == 0) {
		struct worker *worker = find_idle(press);
		if (press->first->frame.n == 0) {
			say_no(take_first(press), OUTCOME_NEVER_MESSAGE, S("too_large"));
			continue;
		}
		if (worker == NULL && press->n_workers == press->most)
			break;
		if (worker == NULL)
			worker = start(press, &why);
		if (worker != NULL)
			give(worker, take_first(press));
	}
	uv_idle_stop(&press->turn);
	if (why == 0)
		return;
	/* A program that is not there is for the operator; a machine that is full passes. */
	const bool missing = why == UV_ENOENT || why == UV_EACCES;
	while (press->first != NULL)
		say_no(take_first(press), missing ? OUTCOME_CONFIGURATION : OUTCOME_NOT_BEGUN,
		       missing ? S("no_worker") : S("no_process"));
}

void press_letter(struct press *press, const struct policy *policy, const struct parcel *parcel,
		  date day, pressed_fn *done, void *arg)
{
	struct job *job = calloc(1, sizeof(*job));
	if (job == NULL)
		fatal("no memory for a letter");
	require(press->closed == NULL);
	const struct letter_ask ask = letter_ask_of(policy, parcel, press->profile, day);
	job->id = parcel->message->id;
	job->done = done;
	job->arg = arg;
	if (!letter_ask_write(&job->arena, &ask, &job->frame))
		job->frame = STR_EMPTY;
	if (press->last != NULL)
		press->last->next = job;
	else
		press->first = job;
	press->last = job;
	dispatch_soon(press);
}

struct press *press_new(struct uv_loop_s *loop, const struct press_settings *settings)
{
	struct press *press = calloc(1, sizeof(*press));
	if (press == NULL)
		fatal("no memory for letters");
	require(settings->workers >= 1 && settings->workers <= WORKERS_MAX);
	press->loop = loop;
	press->program = str_z(&press->arena, settings->worker);
	press->environment = letter_worker_environment(&press->arena);
	press->most = settings->workers;
	press->wait_ms = (uint64_t)settings->wait.ms;
	require(letter_profile_parse(settings->profile, &press->profile));
	press->turn.data = press;
	require(uv_idle_init(loop, &press->turn) == 0);
	return press;
}

static void on_turn_closed(uv_handle_t *handle)
{
	struct press *press = handle->data;
	press->turned = true;
	end_if_closed(press);
}

void press_close(struct press *press, void (*closed)(void *arg), void *arg)
{
	press->closed = closed;
	press->closed_arg = arg;
	while (press->first != NULL)
		say_no(take_first(press), OUTCOME_NOT_BEGUN, S("stopping"));
	while (press->n_workers > 0) {
		struct worker *worker = press->workers[0];
		struct job *job = worker->job;
		worker->job = NULL;
		retire(worker, true);
		if (job != NULL)
			say_no(job, OUTCOME_NOT_BEGUN, S("stopping"));
	}
	uv_close((uv_handle_t *)&press->turn, on_turn_closed);
}
