/*
 * Several links: those on which everything is asked and answered, and one that only reads, since
 * reading waits. When the first comes up it is prepared (scripts, settings, the prefix's key), and then the
 * lease is asked for. Whoever has it, with all links up and nothing of before under way, starts the
 * belt with what is pending. Every fault ends in the same place: stop the belt, begin again.
 *
 * One timer: `tick` does all that is due and says how long there will be nothing.
 */
#include "daemon/daemon.h"

#include <signal.h>
#include <unistd.h>
#include <uv.h>

#include "base/file.h"
#include "base/log.h"
#include "daemon/belt.h"
#include "daemon/check.h"
#include "daemon/health.h"
#include "daemon/night.h"
#include "daemon/owner.h"
#include "daemon/post.h"
#include "daemon/prepare.h"
#include "daemon/providers.h"
#include "daemon/receipts.h"
#include "daemon/status.h"

#define ASK_LIMIT SPAN_S(10)
#define TICK_MAX_MS 1000
#define LOOK_EVERY SPAN_S(60) /* at most so far apart: the wall clock may be set */
#define SWEEP_EVERY SPAN_S(30)
#define SWEEP_MORE SPAN_S(5) /* long enough for what was found to end */
#define BEGIN_AGAIN SPAN_S(1)
#define REDIS_PATIENCE_MS 10000 /* then the service manager is told that we run, without Redis */

enum phase { PHASE_RUNNING, PHASE_STOPPING, PHASE_RELEASING, PHASE_CLOSING };

struct daemon {
	uv_loop_t loop;
	uv_timer_t ticking, patience, stopping;
	uv_timer_t turning; /* due when the belt has something to ask */
	uv_signal_t signals[3];
	struct arena arena;
	str config_file;
	struct rules *rules, *first; /* those in force; those that we began with */
	struct redis_settings redis;
	struct store store;
	str random;
	uint8_t key[HASH_BYTES];
	struct redis_link *links[BELT_LINKS]; /* the first is the one that speaks for all */
	struct redis_link *reading;
	struct preparation preparation;
	struct memory memory;
	bool prepared, ready;
	struct owner owner;
	struct watch watch;
	struct audit audit;
	struct night_pass night;
	struct intake *intake;
	struct belt *belt;
	struct post *post;
	struct providers providers;
	struct http_server *http;      /* NULL: nothing is served */
	struct http_server *receiving; /* of receipts; NULL: none are taken */
	struct receipts receipts;
	instant started;
	instant begin_at; /* the belt is not started before */
	instant next_look, next_sweep;
	bool looking, sweeping;
	instant began; /* ours, and everything there: the belt runs since then */
	bool hurry;    /* tick again at once */
	enum phase phase;
	enum exit_code code;
};

static void tick(uv_timer_t *timer);

static void hurry(void *arg)
{
	struct daemon *daemon = arg;

	daemon->hurry = true;
	if (daemon->phase != PHASE_CLOSING)
		uv_timer_start(&daemon->ticking, tick, 0, 0);
}

static bool is_up(const struct daemon *daemon)
{
	for (size_t i = 0; i < BELT_LINKS; i++)
		if (!redis_link_is_up(daemon->links[i]))
			return false;
	return redis_link_is_up(daemon->reading);
}

/* --- preparing a connection ------------------------------------------------------------------- */

static void stop(struct daemon *daemon, enum exit_code code);

static void ask(struct daemon *daemon, struct command command, reply_fn *fn)
{
	redis_link_send(daemon->links[0], command, ASK_LIMIT, fn, daemon);
}

static void note_prepared(void *arg, enum prepared how, const uint8_t *key)
{
	struct daemon *daemon = arg;

	daemon->prepared = how == PREPARED;
	if (how == PREPARED_BADLY)
		stop(daemon, EXIT_REDIS);
	if (how != PREPARED)
		return;
	memcpy(daemon->key, key, sizeof daemon->key);
	memcpy(daemon->rules->policy.key, key, sizeof daemon->key);
	if (!daemon->ready) {
		status_tell("READY=1");
		uv_timer_stop(&daemon->patience);
	}
	daemon->ready = true;
	hurry(daemon);
}

static void prepare(struct daemon *daemon)
{
	if (daemon->preparation.under_way || !redis_link_is_up(daemon->links[0]))
		return;
	daemon->prepared = false;
	prepare_begin(&daemon->preparation);
}

/* --- the links -------------------------------------------------------------------------------- */

static void note_up(void *arg)
{
	struct daemon *daemon = arg;

	log_line(LOG_INFO, "redis_up", NULL, 0);
	prepare(daemon);
}

static void note_down(void *arg, str why)
{
	struct daemon *daemon = arg;

	LOG(WARNING, "redis_down", LOG_ID("why", why));
	daemon->prepared = false;
	belt_stop(daemon->belt);
}

static void note_other_up(void *arg)
{
	hurry(arg);
}

static void note_other_down(void *arg, str why)
{
	struct daemon *daemon = arg;

	(void)why;
	belt_stop(daemon->belt);
}

/* --- what the belt and the intake say --------------------------------------------------------- */

static void take_turn(uv_timer_t *timer)
{
	struct daemon *daemon = timer->data;

	belt_turn(daemon->belt);
}

static void note_turn(void *arg)
{
	struct daemon *daemon = arg;

	if (daemon->phase != PHASE_CLOSING)
		uv_timer_start(&daemon->turning, take_turn, 0, 0);
}

static void give_items(void *arg, const struct item *items, size_t n)
{
	struct daemon *daemon = arg;

	belt_take(daemon->belt, items, n);
}

static void note_intake_trouble(void *arg, str why)
{
	(void)arg;
	log_trouble(why);
}

static void want_items(void *arg, size_t n)
{
	struct daemon *daemon = arg;

	intake_want(daemon->intake, n);
	if (n == 0)
		hurry(daemon);
}

static bool is_ours(void *arg)
{
	const struct daemon *daemon = arg;

	return owner_is_ours(&daemon->owner);
}

static void note_posted(void *arg, enum channel_kind channel, instant not_before)
{
	struct daemon *daemon = arg;

	post_wake(daemon->post, channel, not_before);
}

static void note_look(void *arg, instant at)
{
	struct daemon *daemon = arg;

	if (instant_before(at, daemon->next_look))
		hurry(daemon);
	daemon->next_look = instant_min(daemon->next_look, at);
}

static void note_fenced(void *arg)
{
	struct daemon *daemon = arg;

	owner_lose(&daemon->owner);
}

/* Whether Redis has lost our scripts (it was restarted behind a proxy, or somebody flushed them). */
static void note_broken(void *arg, str why)
{
	struct daemon *daemon = arg;

	if (why.n != 0)
		log_trouble(why);
	if (str_starts(why, S("NOSCRIPT")))
		prepare(daemon);
	daemon->begin_at = instant_add(instant_now(), BEGIN_AGAIN);
	hurry(daemon);
}

static void note_gained(void *arg)
{
	struct daemon *daemon = arg;
	str epoch = STR_EMPTY, rest;

	(void)str_cut(daemon->store.token, '.', &epoch, &rest);
	LOG(INFO, "owner", LOG_ID("epoch", epoch));
	daemon->next_look = instant_now();
	daemon->next_sweep = daemon->next_look;
	hurry(daemon);
}

static void note_lost(void *arg)
{
	struct daemon *daemon = arg;

	log_line(LOG_WARNING, "lost", NULL, 0);
	belt_stop(daemon->belt);
}

/* --- clocks ----------------------------------------------------------------------------------- */

static void hear_looked(void *arg, enum err err, const struct reply *reply)
{
	struct daemon *daemon = arg;
	const instant now = instant_now();
	instant next = instant_add(now, BEGIN_AGAIN);
	int64_t n = 0;

	daemon->looking = false;
	if (err == OK)
		(void)answer_is_read(store_tick_read(reply, &n, &next), reply,
				     "what is due is damaged");
	next = instant_min(next, instant_add(now, LOOK_EVERY));
	daemon->next_look = instant_min(daemon->next_look, next);
	hurry(daemon);
}

static void hear_swept(void *arg, enum err err, const struct reply *reply)
{
	struct daemon *daemon = arg;
	struct arena arena = ARENA_EMPTY;
	str *subjects = NULL;
	size_t n = 0;

	daemon->sweeping = false;
	if (err == OK)
		(void)answer_is_read(store_waited_read(&arena, reply, &subjects, &n), reply,
				     "what waits is damaged");
	for (size_t i = 0; i < n; i++)
		belt_look(daemon->belt, subjects[i]);
	/* There may be more of them than are told at once. */
	if (n == WAITING_MAX)
		daemon->next_sweep = instant_add(instant_now(), SWEEP_MORE);
	arena_free(&arena);
}

static instant tick_clocks(struct daemon *daemon, instant now)
{
	struct arena arena = ARENA_EMPTY;

	if (!daemon->looking && !instant_before(now, daemon->next_look)) {
		daemon->looking = true;
		daemon->next_look = INSTANT_NEVER;
		ask(daemon,
		    store_tick(&arena, &daemon->store, now, &daemon->rules->policy, daemon->began),
		    hear_looked);
	}
	if (!daemon->sweeping && !instant_before(now, daemon->next_sweep)) {
		daemon->sweeping = true;
		daemon->next_sweep = instant_add(now, SWEEP_EVERY);
		ask(daemon, store_waited(&arena, &daemon->store, now), hear_swept);
	}
	arena_free(&arena);
	return instant_min(daemon->looking ? INSTANT_NEVER : daemon->next_look, daemon->next_sweep);
}

/* --- stopping --------------------------------------------------------------------------------- */

static void note_closed(uv_handle_t *handle)
{
	(void)handle;
}

static void close_all(struct daemon *daemon)
{
	uv_handle_t *const handles[] = {
		(uv_handle_t *)&daemon->ticking,    (uv_handle_t *)&daemon->turning,
		(uv_handle_t *)&daemon->patience,   (uv_handle_t *)&daemon->stopping,
		(uv_handle_t *)&daemon->signals[0], (uv_handle_t *)&daemon->signals[1],
		(uv_handle_t *)&daemon->signals[2],
	};

	daemon->phase = PHASE_CLOSING;
	post_close(&daemon->post);
	http_server_close(&daemon->http);
	http_server_close(&daemon->receiving);
	for (size_t i = 0; i < BELT_LINKS; i++)
		redis_link_close(&daemon->links[i], NULL, NULL);
	for (size_t i = 0; i < sizeof handles / sizeof *handles; i++)
		uv_close(handles[i], note_closed);
}

static void hear_released(void *arg, enum err err, const struct reply *reply)
{
	(void)err;
	(void)reply;
	close_all(arg);
}

/* The lease is given up when nothing is under way any more, so that another can begin at once. */
static void try_to_end(struct daemon *daemon)
{
	struct arena arena = ARENA_EMPTY;

	if (daemon->phase != PHASE_STOPPING || belt_under_way(daemon->belt) > 0 ||
	    !post_is_idle(daemon->post) || daemon->looking || daemon->sweeping ||
	    daemon->owner.asking || !watch_is_idle(&daemon->watch) ||
	    !audit_is_idle(&daemon->audit) || !night_is_idle(&daemon->night) ||
	    daemon->preparation.under_way)
		return;
	daemon->phase = PHASE_RELEASING;
	ask(daemon, store_lease_release(&arena, &daemon->store), hear_released);
	arena_free(&arena);
}

/* What is left has a lease in Redis: at its end somebody else goes on. */
static void force_end(uv_timer_t *timer)
{
	(void)timer;
	log_line(LOG_ERROR, "stopped_by_force", NULL, 0);
	_exit(EXIT_FORCED);
}

static void stop(struct daemon *daemon, enum exit_code code)
{
	const span within = daemon->rules->config.stop_within;
	const int64_t for_post_ms = within.ms > 4000 ? within.ms - 2000 : within.ms / 2;

	if (daemon->phase != PHASE_RUNNING)
		return;
	daemon->phase = PHASE_STOPPING;
	daemon->code = code;
	log_line(LOG_INFO, "stopping", NULL, 0);
	status_tell("STOPPING=1\nSTATUS=Finishing what is in hand");
	uv_timer_start(&daemon->stopping, force_end, (uint64_t)within.ms, 0);
	belt_stop(daemon->belt);
	redis_link_close(&daemon->reading, NULL, NULL);
	post_stop(daemon->post, SPAN_MS(for_post_ms));
	hurry(daemon);
}

/* --- the tick --------------------------------------------------------------------------------- */

/* Begins with what is pending, when all that it takes is there. */
static void try_to_begin(struct daemon *daemon, instant now)
{
	if (belt_is_running(daemon->belt) || belt_under_way(daemon->belt) > 0 || !is_up(daemon) ||
	    instant_before(now, daemon->begin_at))
		return;
	daemon->began = now;
	daemon->next_look = now;
	intake_restart(daemon->intake);
	belt_start(daemon->belt);
}

static instant tick_owner(struct daemon *daemon, instant now)
{
	const span wait = owner_tick(&daemon->owner, daemon->rules->policy.version);
	instant next = instant_add(now, wait);

	if (!owner_is_ours(&daemon->owner)) {
		belt_stop(daemon->belt);
		return next;
	}
	try_to_begin(daemon, now);
	if (!belt_is_running(daemon->belt))
		daemon->began = now;
	return instant_min(next, tick_clocks(daemon, now));
}

/* When the wall clock is set back, what we planned by it would be far away. */
static void mind_the_clock(struct daemon *daemon, instant now)
{
	daemon->next_look = instant_min(daemon->next_look, instant_add(now, LOOK_EVERY));
	daemon->next_sweep = instant_min(daemon->next_sweep, instant_add(now, SWEEP_EVERY));
	daemon->begin_at = instant_min(daemon->begin_at, instant_add(now, BEGIN_AGAIN));
}

static void tick(uv_timer_t *timer)
{
	struct daemon *daemon = timer->data;
	const instant now = instant_now();
	instant next = instant_add(now, SPAN_MS(TICK_MAX_MS));
	int64_t wait_ms;

	daemon->hurry = false;
	mind_the_clock(daemon, now);
	log_tick();
	if (daemon->phase == PHASE_RUNNING)
		watch_tick(&daemon->watch, daemon->prepared);
	else
		watch_tick_stopping(&daemon->watch);
	if (daemon->phase == PHASE_RUNNING) {
		audit_tick(&daemon->audit, daemon->prepared);
		next = instant_min(next, night_tick(&daemon->night, daemon->prepared, now));
	}
	if (!daemon->prepared && daemon->phase == PHASE_RUNNING)
		prepare(daemon);
	if (daemon->prepared && daemon->phase == PHASE_RUNNING)
		next = instant_min(next, tick_owner(daemon, now));
	if (daemon->prepared && daemon->phase == PHASE_RUNNING)
		providers_tick(&daemon->providers, daemon->post);
	if (belt_is_running(daemon->belt) && belt_under_way(daemon->belt) == 0)
		intake_want(daemon->intake, INTAKE_BATCH_MAX);
	if (daemon->prepared && daemon->post != NULL)
		next = instant_min(next, post_tick(daemon->post, now));
	try_to_end(daemon);
	if (daemon->phase == PHASE_CLOSING)
		return;
	wait_ms = daemon->hurry ? 1 : instant_since(next, now).ms;
	/* Never 0 from here: libuv (1.44) runs a timer that is due at once again and again before it
	 * looks at anything else. */
	uv_timer_start(&daemon->ticking, tick, wait_ms > 1 ? (uint64_t)wait_ms : 1, 0);
}

/* --- signals ---------------------------------------------------------------------------------- */

static void reload(struct daemon *daemon)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct rules *rules;

	status_tell_reloading();
	rules = rules_read(daemon->config_file, &findings);
	if (rules != NULL)
		setup_changes(&daemon->first->config, &rules->config, daemon->config_file,
			      &findings);
	log_findings(&findings);
	if (rules == NULL) {
		LOG(ERROR, "reload", LOG_ID("result", S("refused")),
		    LOG_ID("policy", daemon->rules->policy.version));
	} else {
		memcpy(rules->policy.key, daemon->key, sizeof daemon->key);
		rules_drop(&daemon->rules);
		daemon->rules = rules;
		log_configure(rules->config.log.level, rules->config.log.format);
		belt_use(daemon->belt, rules);
		post_use(daemon->post, rules);
		/* What runs is dated anew: that begins with the next look. */
		daemon->next_look = instant_now();
		hurry(daemon);
		LOG(INFO, "reload", LOG_ID("result", S("done")),
		    LOG_ID("policy", rules->policy.version));
	}
	status_tell("READY=1");
	arena_free(&arena);
}

static void take_signal(uv_signal_t *handle, int number)
{
	struct daemon *daemon = handle->data;

	if (number == SIGHUP && daemon->phase == PHASE_RUNNING)
		reload(daemon);
	else if (number != SIGHUP && daemon->phase == PHASE_RUNNING)
		stop(daemon, EXIT_FINE);
	else if (number != SIGHUP)
		force_end(NULL);
}

static void lose_patience(uv_timer_t *timer)
{
	(void)timer;
	/* A Redis that is down is no reason to be started again and again. */
	status_tell("READY=1");
}

/* --- starting --------------------------------------------------------------------------------- */

static void init_handles(struct daemon *daemon)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

	require(uv_timer_init(&daemon->loop, &daemon->ticking) == 0);
	require(uv_timer_init(&daemon->loop, &daemon->turning) == 0);
	require(uv_timer_init(&daemon->loop, &daemon->patience) == 0);
	require(uv_timer_init(&daemon->loop, &daemon->stopping) == 0);
	daemon->ticking.data = daemon;
	daemon->turning.data = daemon;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		require(uv_signal_init(&daemon->loop, &daemon->signals[i]) == 0);
		daemon->signals[i].data = daemon;
		require(uv_signal_start(&daemon->signals[i], take_signal, numbers[i]) == 0);
	}
	uv_timer_start(&daemon->patience, lose_patience, REDIS_PATIENCE_MS, 0);
	uv_timer_start(&daemon->ticking, tick, 0, 0);
}

static void open_rooms(struct daemon *daemon)
{
	const struct redis_events events = { .arg = daemon, .up = note_up, .down = note_down };
	const struct redis_events others = { .arg = daemon,
					     .up = note_other_up,
					     .down = note_other_down };
	const struct intake_events items = { .arg = daemon,
					     .is_ours = is_ours,
					     .items = give_items,
					     .trouble = note_intake_trouble };

	struct belt_env env = { .arg = daemon,
				.store = &daemon->store,
				.want = want_items,
				.turn = note_turn,
				.is_ours = is_ours,
				.posted = note_posted,
				.look = note_look,
				.fenced = note_fenced,
				.broken = note_broken };

	for (size_t i = 0; i < BELT_LINKS; i++) {
		daemon->links[i] = redis_link_open(&daemon->loop, &daemon->redis,
						   i == 0 ? &events : &others);
		env.links[i] = daemon->links[i];
	}
	daemon->reading = redis_link_open(&daemon->loop, &daemon->redis, &others);
	daemon->intake = intake_open(daemon->reading, daemon->store.prefix, daemon->random, &items);
	daemon->owner = (struct owner){ .link = daemon->links[0],
					.store = &daemon->store,
					.random = daemon->random,
					.arg = daemon,
					.gained = note_gained,
					.lost = note_lost,
					.trouble = note_broken };
	daemon->watch = (struct watch){ .link = daemon->links[0],
					.store = &daemon->store,
					.owner = &daemon->owner,
					.memory = &daemon->memory };
	const struct inspector inspector = { .link = daemon->links[0],
					     .store = &daemon->store,
					     .rules = &daemon->rules };
	daemon->audit = (struct audit){ .inspector = inspector,
					.owner = &daemon->owner,
					.last_end = INSTANT_NEVER };
	daemon->night = (struct night_pass){ .inspector = inspector, .owner = &daemon->owner };
	daemon->providers = (struct providers){ .link = daemon->links[0], .store = &daemon->store };
	daemon->preparation = (struct preparation){ .link = daemon->links[0],
						    .store = &daemon->store,
						    .memory = &daemon->memory,
						    .arg = daemon,
						    .done = note_prepared };
	daemon->belt = belt_new(&env);
	belt_use(daemon->belt, daemon->rules);
}

static bool open_post(struct daemon *daemon, struct findings *findings)
{
	const struct post_env env = { .loop = &daemon->loop,
				      .link = daemon->links[1],
				      .store = &daemon->store,
				      .sender = daemon->random,
				      .changed = hurry,
				      .arg = daemon };

	daemon->post = post_open(&env, daemon->rules, findings);
	return daemon->post != NULL;
}

static void answer(void *arg, const struct web_request *request, struct arena *arena,
		   struct web_answer *out)
{
	const struct daemon *daemon = arg;
	const struct health health = { .watch = &daemon->watch,
				       .owner = &daemon->owner,
				       .post = daemon->post,
				       .audit = &daemon->audit,
				       .version = daemon->rules->policy.version,
				       .started = daemon->started,
				       .prepared = daemon->prepared };

	health_answer(&health, request, arena, out);
}

static void answer_receipt(void *arg, const struct web_request *request, struct arena *arena,
			   struct web_answer *out)
{
	struct daemon *daemon = arg;

	receipts_answer(&daemon->receipts, &daemon->first->config, daemon->prepared, request, arena,
			out);
}

/* False where something is to be served and cannot be. */
static bool serve(struct daemon *daemon, const char *key, str place, web_fn *fn,
		  struct http_server **out, struct findings *findings)
{
	str why;

	if (place.n == 0)
		return true;
	*out = http_server_open(&daemon->loop, place, fn, daemon, &daemon->arena, &why);
	if (*out == NULL)
		findings_error(findings, daemon->config_file, 0, "http_listen",
			       "nothing can be served at '%s', %.*s: %.*s", key, STR_ARG(place),
			       STR_ARG(why));
	return *out != NULL;
}

static bool open_http(struct daemon *daemon, struct findings *findings)
{
	const struct config *config = &daemon->rules->config;

	daemon->receipts = (struct receipts){ .link = daemon->links[0], .store = &daemon->store };
	return serve(daemon, "http.listen", config->http.listen, answer, &daemon->http, findings) &&
	       serve(daemon, "receipts.listen", config->receipts.listen, answer_receipt,
		     &daemon->receiving, findings);
}

static void clear(struct daemon *daemon)
{
	intake_free(&daemon->intake);
	belt_free(&daemon->belt);
	watch_clear(&daemon->watch);
	night_clear(&daemon->night);
	memory_clear(&daemon->memory);
	rules_drop(&daemon->rules);
	rules_drop(&daemon->first);
	arena_free(&daemon->preparation.arena);
	arena_free(&daemon->arena);
}

/* It does not start: what was opened is closed, and nothing is left behind. */
static enum exit_code refuse(struct daemon *daemon, const struct findings *findings)
{
	log_findings(findings);
	daemon->phase = PHASE_CLOSING;
	http_server_close(&daemon->http);
	http_server_close(&daemon->receiving);
	for (size_t i = 0; i < BELT_LINKS; i++)
		if (daemon->links[i] != NULL)
			redis_link_close(&daemon->links[i], NULL, NULL);
	if (daemon->reading != NULL)
		redis_link_close(&daemon->reading, NULL, NULL);
	if (daemon->post != NULL)
		post_stop(daemon->post, SPAN_S(0));
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	if (daemon->post != NULL)
		post_close(&daemon->post);
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	require(uv_loop_close(&daemon->loop) == 0);
	clear(daemon);
	free(daemon);
	return EXIT_CONFIG;
}

enum exit_code daemon_run(str config_file, struct rules *rules)
{
	struct daemon *daemon = calloc(1, sizeof *daemon);
	struct findings findings;
	uint8_t random[16];
	enum exit_code code;

	if (daemon == NULL)
		fatal("no memory for the daemon");
	findings = findings_of(&daemon->arena);
	daemon->config_file = config_file;
	daemon->rules = rules;
	daemon->first = rules_keep(rules);
	daemon->started = instant_now();
	random_bytes(random, sizeof random);
	daemon->random = hex_print(&daemon->arena, random, sizeof random);
	daemon->store.prefix = str_copy(&daemon->arena, rules->config.redis.prefix);
	require(uv_loop_init(&daemon->loop) == 0);
	if (!check_read_redis(&daemon->arena, &rules->config, &daemon->redis, &findings))
		return refuse(daemon, &findings);
	memory_open(&daemon->memory, daemon->store.prefix);
	open_rooms(daemon);
	if (!open_post(daemon, &findings) || !open_http(daemon, &findings))
		return refuse(daemon, &findings);
	init_handles(daemon);
	LOG(INFO, "started", LOG_ID("policy", rules->policy.version),
	    LOG_ID("prefix", daemon->store.prefix));
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	require(uv_loop_close(&daemon->loop) == 0);
	code = daemon->code;
	clear(daemon);
	free(daemon);
	log_line(LOG_INFO, "stopped", NULL, 0);
	return code;
}
