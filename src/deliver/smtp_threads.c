/*
 * Email on threads of its own: the one place in the program with a mutex.
 *
 *	loop      send ──► queue ──► threads: make the bytes, run sessions
 *	loop      verdict ◄── done ◄──────┘   (uv_async)
 *
 * What is in the queue has not begun, and goes back at no cost when the relay fails or we stop. A
 * relay that fails is left alone for a second, then two, four ... up to a minute; then one message
 * tries it, and when that one is answered all others follow.
 *
 * A session that has nothing to do waits a second for more before it says goodbye: what comes then is
 * spared a new connection, TLS and AUTH.
 *
 * A thread cannot be cancelled, but its connection can be cut: it then comes back with whatever is
 * known. Only the look-up of a name cannot be cut; a thread that is stuck in one when we stop is
 * left behind. It can never connect any more, so its message has certainly not begun.
 */
#include "deliver/smtp.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "base/file.h"
#include "base/hash.h"

#define THREADS_MAX 64
#define QUEUE_MAX 400
/* A message's hand-over has a lease: waiting and sending together must be well within it. */
#define QUEUE_WAIT_MAX SPAN_MIN(4)
#define SESSIONS_MAX 3 /* that may break before a message's turn, until it is given back */
#define PAUSE_FIRST SPAN_S(1)
#define PAUSE_MOST SPAN_MIN(1)
#define HELD_AGAIN SPAN_MIN(1) /* what was claimed before the pause was known */
#define WATCH_EVERY_MS 250
#define LINGER_MS 1000        /* of a session, for another message */
#define GOODBYE_MAX SPAN_S(2) /* for the answer to QUIT: nothing depends on it */
#define STUCK_AFTER SPAN_S(1) /* a thread whose connection was cut so long ago */
/* What is left of the time to stop for a thread to come back after its connection was cut. */
#define CUT_BEFORE_END SPAN_MS(500)

struct pool;

enum phase {
	PHASE_IDLE,
	PHASE_BUSY,    /* with a message */
	PHASE_WAITING, /* in a session, for a message */
	PHASE_LEAVING, /* a session is ending */
};

/* A thread. All but the session and the wire is under the pool's lock. */
struct line {
	struct pool *pool;
	pthread_t thread;
	struct smtp_wire wire;
	struct smtp_session session;
	enum phase phase;
	int64_t since_ms;  /* that it is in this phase */
	int64_t cut_at_ms; /* its time was over, and its connection was cut; 0: it was not */
	bool gone;
};

struct pool {
	struct channel_env env;
	const struct policy *const *policy;
	const struct smtp_transport *transport;
	void *shared; /* the transport's */
	struct smtp_settings settings;
	struct email_from from; /* without the name; without the address, it is the policy's */
	struct arena arena;     /* the settings' texts */
	uv_async_t wake;
	uv_timer_t watch;
	size_t in_hand, room; /* of the loop alone */
	bool held;            /* likewise: a person has paused the relay */
	void (*closed)(void *arg);
	void *closed_arg;
	int64_t cut_at_ms, end_at_ms; /* when closing */
	size_t handles;

	pthread_mutex_t lock; /* of all below */
	pthread_cond_t more;
	struct smtp_job *queue, *queue_last, *done, *done_last;
	struct line lines[THREADS_MAX];
	bool stopping, left_behind;
	int failures;   /* of the relay, one after the other */
	int64_t failed; /* of the relay, in all */
	int64_t pause_until_ms;
};

static int64_t now_ms(void)
{
	struct timespec now;
	require(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static span message_limit(const struct smtp_settings *settings)
{
	int64_t ms = settings->reply_within.ms * SMTP_MESSAGE_FACTOR;
	return ms < SMTP_MESSAGE_MAX.ms ? SPAN_MS(ms) : SMTP_MESSAGE_MAX;
}

/* --- lists, under the lock --------------------------------------------------------------------- */

static void push_last(struct smtp_job **first, struct smtp_job **last, struct smtp_job *job)
{
	job->next = NULL;
	if (*first == NULL)
		*first = job;
	else
		(*last)->next = job;
	*last = job;
}

static struct smtp_job *pop_first(struct smtp_job **first)
{
	struct smtp_job *job = *first;
	if (job != NULL)
		*first = job->next;
	return job;
}

static void finish(struct pool *pool, struct smtp_job *job, enum outcome outcome, const char *code,
		   span retry_after)
{
	job->outcome = outcome;
	snprintf(job->code, sizeof job->code, "%s", code);
	job->retry_after = retry_after;
	push_last(&pool->done, &pool->done_last, job);
	/* Nobody listens any more once a thread was left behind. */
	if (!pool->left_behind)
		(void)uv_async_send(&pool->wake);
}

static void give_back_queue(struct pool *pool, enum outcome outcome, const char *code,
			    span retry_after)
{
	struct smtp_job *job;
	while ((job = pop_first(&pool->queue)) != NULL)
		finish(pool, job, outcome, code, retry_after);
}

/* --- the relay's health, under the lock -------------------------------------------------------- */

static span pause_left(const struct pool *pool)
{
	int64_t left = pool->pause_until_ms - now_ms();
	return left > 0 && pool->failures > 0 ? SPAN_MS(left) : SPAN_MS(0);
}

/* Several threads meet the same failure; it counts once. */
static void note_failure(struct pool *pool)
{
	uint32_t seed;
	if (pause_left(pool).ms > 0)
		return;
	int64_t ms = PAUSE_FIRST.ms;
	for (int i = 0; i < pool->failures && ms < PAUSE_MOST.ms; i++)
		ms *= 2;
	if (ms > PAUSE_MOST.ms)
		ms = PAUSE_MOST.ms;
	/* Several daemons shall not knock in step. */
	random_bytes((uint8_t *)&seed, sizeof seed);
	ms -= (int64_t)seed % (ms / 4);
	pool->failures++;
	pool->failed++;
	pool->pause_until_ms = now_ms() + ms;
}

/* --- on a thread: what a session asks ---------------------------------------------------------- */

/* The bytes are made here, so that this work is spread, too. False: they cannot be. */
static bool make_email(struct pool *pool, struct smtp_job *job)
{
	struct email_from from = pool->from;
	from.name = job->from_name;
	from.address = job->from_address;
	enum outcome outcome = OUTCOME_COUNT;
	str fault = job->email.bytes.n > 0
			    ? STR_EMPTY
			    : email_make(&job->arena, job->parcel, &from, &job->email, &outcome);
	if (fault.n == 0)
		return true;
	pthread_mutex_lock(&pool->lock);
	finish(pool, job, outcome, str_z(&job->arena, fault), SPAN_MS(0));
	pthread_mutex_unlock(&pool->lock);
	return false;
}

static void enter(struct line *line, enum phase phase)
{
	line->phase = phase;
	line->since_ms = now_ms();
}

/* Under the lock. NULL: there is none. */
static struct smtp_job *take_job(struct line *line)
{
	struct pool *pool = line->pool;
	struct smtp_job *job;
	while ((job = pop_first(&pool->queue)) != NULL) {
		if (now_ms() - job->since_ms < QUEUE_WAIT_MAX.ms)
			break;
		finish(pool, job, OUTCOME_NOT_BEGUN, "queue", PAUSE_FIRST);
	}
	if (job != NULL)
		enter(line, PHASE_BUSY);
	return job;
}

/* Under the lock. The next message of a session, if there is one soon. After the time of one was over
 * the connection is no more. */
static struct smtp_job *await_job(struct line *line)
{
	struct pool *pool = line->pool;
	const int64_t until_ms = now_ms() + LINGER_MS;
	const struct timespec until = { .tv_sec = until_ms / 1000,
					.tv_nsec = until_ms % 1000 * 1000000 };
	struct smtp_job *job = NULL;
	enter(line, PHASE_WAITING);
	while (!pool->stopping && line->cut_at_ms == 0 && (job = take_job(line)) == NULL &&
	       now_ms() < until_ms)
		(void)pthread_cond_clockwait(&pool->more, &pool->lock, CLOCK_MONOTONIC, &until);
	if (job == NULL)
		enter(line, PHASE_LEAVING);
	return job;
}

static bool take(struct line *line, struct smtp_job *job)
{
	struct smtp_session *session = &line->session;
	if (!make_email(line->pool, job))
		return false;
	job->read_out = false;
	job->begun_reading = false;
	job->sessions++;
	session->given++;
	session->bytes += job->email.bytes.n;
	pthread_mutex_lock(&line->pool->lock);
	session->job = job;
	pthread_mutex_unlock(&line->pool->lock);
	return true;
}

bool session_next(struct smtp_session *session)
{
	struct line *line = session->line;
	struct pool *pool = line->pool;
	require(session->job == NULL);
	while (session->given < pool->settings.session_messages) {
		pthread_mutex_lock(&pool->lock);
		struct smtp_job *job = await_job(line);
		pthread_mutex_unlock(&pool->lock);
		if (job == NULL)
			return false;
		if (take(line, job))
			return true;
	}
	return false;
}

void session_trouble(struct smtp_session *session, enum outcome outcome, const char *code)
{
	if (session->trouble_code[0] != 0)
		return;
	session->trouble = outcome;
	snprintf(session->trouble_code, sizeof session->trouble_code, "%s", code);
}

void session_done(struct smtp_session *session, enum outcome outcome, const char *code)
{
	struct line *line = session->line;
	struct pool *pool = line->pool;
	if (outcome == OUTCOME_NOT_BEGUN || outcome == OUTCOME_CONFIGURATION) {
		session_trouble(session, outcome, code);
		return;
	}
	pthread_mutex_lock(&pool->lock);
	if (!session->broken) {
		session->answered++;
		pool->failures = 0;
	}
	if (!pool->left_behind || line->phase == PHASE_BUSY)
		finish(pool, session->job, outcome, code, SPAN_MS(0));
	enter(line, PHASE_LEAVING);
	session->job = NULL;
	pthread_mutex_unlock(&pool->lock);
}

/* --- on a thread: sessions --------------------------------------------------------------------- */

/* Under the lock: what the session could not begin. */
static void put_back(struct line *line)
{
	struct pool *pool = line->pool;
	struct smtp_session *session = &line->session;
	struct smtp_job *job = session->job;
	const char *code = line->cut_at_ms > 0 ? "too_slow" : session->trouble_code;
	session->job = NULL;
	if (pool->stopping) {
		finish(pool, job, OUTCOME_NOT_BEGUN, "stopping", PAUSE_FIRST);
	} else if (session->trouble == OUTCOME_CONFIGURATION) {
		finish(pool, job, OUTCOME_CONFIGURATION, code, SPAN_MS(0));
		give_back_queue(pool, OUTCOME_CONFIGURATION, code, SPAN_MS(0));
	} else if (session->answered > 0 && job->sessions < SESSIONS_MAX) {
		/* Some relays hang up after so many messages: the next session is for it. */
		job->next = pool->queue;
		if (pool->queue == NULL)
			pool->queue_last = job;
		pool->queue = job;
	} else {
		note_failure(pool);
		finish(pool, job, OUTCOME_NOT_BEGUN, code, pause_left(pool));
		give_back_queue(pool, OUTCOME_NOT_BEGUN, code, pause_left(pool));
	}
}

bool smtp_password(str file, char out[SMTP_PASSWORD_SIZE], struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	str text = STR_EMPTY;
	out[0] = 0;
	if (file.n == 0)
		return true;
	bool fine = file_read(&arena, file, SMTP_PASSWORD_SIZE - 1, &text) == OK;
	text = str_trim(text);
	fine = fine && text.n > 0 && !str_has_byte(text, 0);
	if (fine)
		snprintf(out, SMTP_PASSWORD_SIZE, "%.*s", STR_ARG(text));
	else if (findings != NULL)
		findings_error(findings, file, 0, "password_file",
			       "the password for the mail server cannot be read from this file");
	arena_free(&arena);
	return fine;
}

static void run_transport(struct line *line)
{
	const struct pool *pool = line->pool;
	struct smtp_session *session = &line->session;
	if (!smtp_password(str_of(pool->settings.password_file), session->password, NULL)) {
		session_trouble(session, OUTCOME_CONFIGURATION, "password_file");
		return;
	}
	wire_enter(&line->wire);
	pool->transport->run(session);
	wire_leave(&line->wire);
	explicit_bzero(session->password, sizeof session->password);
}

static void run_session(struct line *line, struct smtp_job *job)
{
	struct pool *pool = line->pool;
	line->session = (struct smtp_session){ .settings = &pool->settings,
					       .transport = pool->shared,
					       .wire = &line->wire,
					       .line = line,
					       .trouble = OUTCOME_NOT_BEGUN };
	if (take(line, job) || session_next(&line->session))
		run_transport(line);
	pthread_mutex_lock(&pool->lock);
	if (line->session.job != NULL && (!pool->left_behind || line->phase == PHASE_BUSY)) {
		put_back(line);
	} else if (line->session.broken && line->session.answered == 0) {
		/* Better one message in doubt than all of them. */
		note_failure(pool);
		give_back_queue(pool, OUTCOME_NOT_BEGUN, "relay_paused", pause_left(pool));
	}
	enter(line, PHASE_IDLE);
	line->cut_at_ms = 0;
	pthread_mutex_unlock(&pool->lock);
}

static void *work(void *arg)
{
	struct line *line = arg;
	struct pool *pool = line->pool;
	struct smtp_job *job;
	pthread_mutex_lock(&pool->lock);
	while (!pool->stopping) {
		job = take_job(line);
		if (job == NULL) {
			pthread_cond_wait(&pool->more, &pool->lock);
			continue;
		}
		wire_mend(&line->wire);
		pthread_mutex_unlock(&pool->lock);
		run_session(line, job);
		pthread_mutex_lock(&pool->lock);
	}
	line->gone = true;
	if (!pool->left_behind)
		(void)uv_async_send(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

/* --- on the loop: verdicts --------------------------------------------------------------------- */

static void say_all(struct pool *pool)
{
	struct smtp_job *list, *job;
	pthread_mutex_lock(&pool->lock);
	list = pool->done;
	pool->done = NULL;
	pthread_mutex_unlock(&pool->lock);
	while ((job = pop_first(&list)) != NULL) {
		const struct verdict verdict = { .outcome = job->outcome,
						 .code = str_of(job->code),
						 .retry_after = job->retry_after };
		pool->in_hand--;
		pool->env.verdict(pool->env.arg, job->parcel, &verdict);
		arena_free(&job->arena);
		free(job);
	}
}

static void free_pool(struct pool *pool)
{
	for (int i = 0; i < pool->settings.threads; i++)
		wire_clear(&pool->lines[i].wire);
	pool->transport->close(pool->shared);
	pthread_mutex_destroy(&pool->lock);
	pthread_cond_destroy(&pool->more);
	arena_free(&pool->arena);
	free(pool);
}

static void on_handle_closed(uv_handle_t *handle)
{
	struct pool *pool = handle->data;
	if (--pool->handles > 0)
		return;
	bool left_behind = pool->left_behind;
	pool->closed(pool->closed_arg);
	/* Who was left behind still has it. */
	if (!left_behind)
		free_pool(pool);
}

static bool all_gone(struct pool *pool)
{
	bool gone = true;
	pthread_mutex_lock(&pool->lock);
	for (int i = 0; i < pool->settings.threads; i++)
		gone = gone && pool->lines[i].gone;
	pthread_mutex_unlock(&pool->lock);
	return gone;
}

static void close_handles(struct pool *pool)
{
	uv_timer_stop(&pool->watch);
	pool->handles = 2;
	uv_close((uv_handle_t *)&pool->wake, on_handle_closed);
	uv_close((uv_handle_t *)&pool->watch, on_handle_closed);
}

static void end_if_gone(struct pool *pool)
{
	if (pool->closed == NULL || pool->handles > 0 || !all_gone(pool))
		return;
	for (int i = 0; i < pool->settings.threads; i++)
		pthread_join(pool->lines[i].thread, NULL);
	say_all(pool);
	close_handles(pool);
}

static void on_wake(uv_async_t *wake)
{
	struct pool *pool = wake->data;
	say_all(pool);
	end_if_gone(pool);
}

/* --- on the loop: the watch -------------------------------------------------------------------- */

/* Under the lock: a thread that does not come back. Its message's verdict is said in a job's place;
 * the job itself stays with the thread. */
static void abandon(struct pool *pool, struct line *line)
{
	struct smtp_job *job;
	pthread_detach(line->thread);
	if (line->phase != PHASE_BUSY || line->session.job == NULL)
		return;
	enter(line, PHASE_IDLE); /* what it says later is not heard */
	job = calloc(1, sizeof(*job));
	if (job == NULL)
		fatal("no memory for an email");
	job->parcel = line->session.job->parcel;
	if (wire_was_connected(&line->wire))
		finish(pool, job, OUTCOME_UNKNOWN, "stuck", SPAN_MS(0));
	else
		finish(pool, job, OUTCOME_NOT_BEGUN, "stuck", PAUSE_FIRST);
}

static void leave_behind(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->left_behind = true;
	for (int i = 0; i < pool->settings.threads; i++) {
		struct line *line = &pool->lines[i];
		if (line->gone)
			pthread_join(line->thread, NULL);
		else
			abandon(pool, line);
	}
	pthread_mutex_unlock(&pool->lock);
	say_all(pool);
	close_handles(pool);
}

/* Under the lock. */
static void cut_if_over(struct line *line, int64_t now, bool cut_all)
{
	const struct pool *pool = line->pool;
	const span limit = line->phase == PHASE_BUSY ? message_limit(&pool->settings) : GOODBYE_MAX;
	if ((line->phase != PHASE_BUSY && line->phase != PHASE_LEAVING) || line->cut_at_ms > 0 ||
	    (!cut_all && now - line->since_ms < limit.ms))
		return;
	line->cut_at_ms = now;
	wire_cut(&line->wire);
}

static void on_watch(uv_timer_t *watch)
{
	struct pool *pool = watch->data;
	const int64_t now = now_ms();
	const bool cut_all = pool->closed != NULL && now >= pool->cut_at_ms;
	bool quiet = pool->in_hand == 0 && pool->closed == NULL;
	pthread_mutex_lock(&pool->lock);
	for (int i = 0; i < pool->settings.threads; i++) {
		cut_if_over(&pool->lines[i], now, cut_all);
		quiet = quiet && pool->lines[i].phase == PHASE_IDLE;
	}
	pthread_mutex_unlock(&pool->lock);
	if (quiet)
		uv_timer_stop(watch);
	if (pool->closed != NULL && pool->handles == 0 && now >= pool->end_at_ms)
		leave_behind(pool);
}

/* --- the channel ------------------------------------------------------------------------------- */

/* Under the lock: threads that came not back although their connection is cut. */
static size_t count_stuck(const struct pool *pool)
{
	const int64_t now = now_ms();
	size_t n = 0;
	for (int i = 0; i < pool->settings.threads; i++) {
		int64_t cut_at_ms = pool->lines[i].cut_at_ms;
		n += cut_at_ms > 0 && now - cut_at_ms >= STUCK_AFTER.ms ? 1 : 0;
	}
	return n;
}

static void count(void *self, struct channel_stats *out)
{
	struct pool *pool = self;
	const size_t threads = (size_t)pool->settings.threads;
	*out = (struct channel_stats){ .in_hand = pool->in_hand, .threads = threads };
	pthread_mutex_lock(&pool->lock);
	for (size_t i = 0; i < threads; i++) {
		out->busy += pool->lines[i].phase == PHASE_BUSY ? 1 : 0;
		out->sessions += pool->lines[i].phase != PHASE_IDLE ? 1 : 0;
	}
	out->stuck = count_stuck(pool);
	pthread_mutex_unlock(&pool->lock);
}

static size_t count_providers(void *self, struct provider_stats *out)
{
	struct pool *pool = self;
	pthread_mutex_lock(&pool->lock);
	*out = (struct provider_stats){ .name = str_of(pool->settings.host),
					.failed = pool->failed,
					.failures = pool->failures,
					.held = pool->held };
	pthread_mutex_unlock(&pool->lock);
	return 1;
}

static void hold(void *self, const str *names, size_t n)
{
	struct pool *pool = self;
	pool->held = false;
	for (size_t i = 0; i < n; i++)
		pool->held |= str_eq(names[i], str_of(pool->settings.host));
}

/* Half of it must be free before there is room again, so that many are claimed at once. */
static size_t room(void *self)
{
	struct pool *pool = self;
	size_t most = pool->room;
	pthread_mutex_lock(&pool->lock);
	/* A stuck thread is as good as none. */
	if (pool->stopping || count_stuck(pool) >= (size_t)pool->settings.threads ||
	    pause_left(pool).ms > 0 || pool->held)
		most = 0;
	else if (pool->failures > 0)
		most = 1;
	pthread_mutex_unlock(&pool->lock);
	return 2 * pool->in_hand > most ? 0 : most - pool->in_hand;
}

static struct smtp_job *new_job(struct pool *pool, const struct parcel *parcel)
{
	const struct authority *authority = &(*pool->policy)->authority;
	struct smtp_job *job = calloc(1, sizeof(*job));
	if (job == NULL)
		fatal("no memory for an email");
	job->parcel = parcel;
	job->since_ms = now_ms();
	job->from_name = str_copy(&job->arena, authority->name);
	str address = email_from_address(authority, parcel->message, pool->from.address);
	(void)smtp_address(&job->arena, str_copy(&job->arena, address), &job->from_address);
	return job;
}

/* Under the lock. */
static void queue_job(struct pool *pool, struct smtp_job *job)
{
	span pause = pause_left(pool);
	if (job->from_address.n == 0)
		finish(pool, job, OUTCOME_CONFIGURATION, "from", SPAN_MS(0));
	else if (pause.ms > 0)
		finish(pool, job, OUTCOME_NOT_BEGUN, "relay_paused", pause);
	else if (pool->held)
		finish(pool, job, OUTCOME_NOT_BEGUN, "paused", HELD_AGAIN);
	else
		push_last(&pool->queue, &pool->queue_last, job);
}

static void send_parcels(void *self, const struct parcel *const *parcels, size_t n)
{
	struct pool *pool = self;
	struct smtp_job *jobs = NULL, *last = NULL, *job;
	if (!uv_is_active((uv_handle_t *)&pool->watch))
		uv_timer_start(&pool->watch, on_watch, WATCH_EVERY_MS, WATCH_EVERY_MS);
	pool->in_hand += n;
	for (size_t i = 0; i < n; i++)
		push_last(&jobs, &last, new_job(pool, parcels[i]));
	/* All at once, or the first session would be over before it knew of a second message. */
	pthread_mutex_lock(&pool->lock);
	while ((job = pop_first(&jobs)) != NULL)
		queue_job(pool, job);
	if (n == 1)
		pthread_cond_signal(&pool->more);
	else
		pthread_cond_broadcast(&pool->more);
	pthread_mutex_unlock(&pool->lock);
}

static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	struct pool *pool = self;
	const span cut = limit.ms > 2 * CUT_BEFORE_END.ms ? SPAN_MS(limit.ms - CUT_BEFORE_END.ms)
							  : SPAN_MS(limit.ms / 2);
	pool->closed = closed;
	pool->closed_arg = arg;
	pool->cut_at_ms = now_ms() + cut.ms;
	pool->end_at_ms = now_ms() + limit.ms;
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	give_back_queue(pool, OUTCOME_NOT_BEGUN, "stopping", PAUSE_FIRST);
	pthread_cond_broadcast(&pool->more);
	pthread_mutex_unlock(&pool->lock);
	uv_timer_start(&pool->watch, on_watch, WATCH_EVERY_MS / 5, WATCH_EVERY_MS / 5);
	(void)uv_async_send(&pool->wake);
}

/* --- opening ----------------------------------------------------------------------------------- */

static const char *hello_of(struct arena *arena, str from)
{
	char name[256] = "";
	str ascii, user, domain;
	if (gethostname(name, sizeof name - 1) == 0 && smtp_host(arena, str_of(name), &ascii) &&
	    str_has_byte(ascii, '.'))
		return str_z(arena, str_copy(arena, ascii));
	/* A bare name says nothing to a relay: RFC 5321 wants a domain. */
	return str_cut(from, '@', &user, &domain) ? str_z(arena, domain) : "localhost";
}

static enum smtp_tls tls_of(str word)
{
	if (str_eq(word, S("off")))
		return SMTP_TLS_OFF;
	return str_eq(word, S("optional")) ? SMTP_TLS_OPTIONAL : SMTP_TLS_REQUIRED;
}

static bool read_settings(struct pool *pool, const struct deliver_settings *settings,
			  struct findings *findings)
{
	const struct email_settings *email = &settings->email;
	struct arena *arena = &pool->arena;
	str host, from = settings->from;
	char password[SMTP_PASSWORD_SIZE];
	if (!smtp_host(arena, email->host, &host)) {
		findings_error(findings, S("email.host"), 0, "email_host",
			       "email.host is not the name of a host");
		return false;
	}
	if (!smtp_password(email->password_file, password, findings))
		return false;
	explicit_bzero(password, sizeof password);
	if (from.n == 0)
		from = (*pool->policy)->authority.email_from;
	if (smtp_address(arena, from, &from).n > 0) {
		findings_error(findings, S("email.from"), 0, "email_from",
			       "email.from (or authority.yaml's email_from) cannot be a sender");
		return false;
	}
	pool->from.unsubscribe = str_copy(arena, email->unsubscribe);
	pool->from.enclosures = str_copy(arena, settings->enclosures);
	if (settings->from.n > 0)
		pool->from.address = str_copy(arena, from);
	pool->settings = (struct smtp_settings){
		.host = str_z(arena, host),
		.port = email->port,
		.tls = tls_of(email->tls),
		.ca_file = str_z(arena, email->ca_file),
		.username = str_z(arena, email->username),
		.password_file = str_z(arena, email->password_file),
		.oauth = email->oauth,
		.hello = hello_of(arena, from),
		.threads = email->threads < THREADS_MAX ? email->threads : THREADS_MAX,
		.session_messages = email->session_messages,
		.reply_within = email->reply_within,
	};
	return true;
}

/* A signal is the loop's business. */
static void start_threads(struct pool *pool)
{
	sigset_t all, before;
	sigfillset(&all);
	require(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
	for (int i = 0; i < pool->settings.threads; i++) {
		struct line *line = &pool->lines[i];
		line->pool = pool;
		wire_init(&line->wire, SPAN_MS(pool->settings.reply_within.ms / 2));
		if (pthread_create(&line->thread, NULL, work, line) != 0)
			fatal("no thread for email");
	}
	require(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
}

static void start(struct pool *pool)
{
	const size_t room_for = (size_t)pool->settings.threads *
				(size_t)pool->settings.session_messages;
	pool->room = room_for < QUEUE_MAX ? room_for : QUEUE_MAX;
	if (pool->room < 2)
		pool->room = 2;
	require(pthread_mutex_init(&pool->lock, NULL) == 0);
	require(pthread_cond_init(&pool->more, NULL) == 0);
	require(uv_async_init(pool->env.loop, &pool->wake, on_wake) == 0);
	require(uv_timer_init(pool->env.loop, &pool->watch) == 0);
	pool->wake.data = pool;
	pool->watch.data = pool;
	start_threads(pool);
}

bool smtp_open(const struct deliver_settings *settings, const struct channel_env *env,
	       const struct policy *const *policy, struct channel *out, struct findings *findings)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	if (pool == NULL)
		fatal("out of memory");
	pool->env = *env;
	pool->policy = policy;
	pool->transport = str_eq(settings->email.transport, S("curl")) ? &smtp_curl : &smtp_esmtp;
	if (read_settings(pool, settings, findings))
		pool->shared = pool->transport->open(&pool->settings, findings);
	if (pool->shared == NULL) {
		arena_free(&pool->arena);
		free(pool);
		return false;
	}
	start(pool);
	*out = (struct channel){ .name = pool->transport->name,
				 .self = pool,
				 .room = room,
				 .send = send_parcels,
				 .close = close_channel,
				 .count = count,
				 .providers = count_providers,
				 .hold = hold };
	return true;
}
