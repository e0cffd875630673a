#include "daemon/health.h"

#include "base/json.h"
#include "base/log.h"
#include "base/version.h"

#define TEXT_BYTES_MAX ((size_t)256 << 10)

static bool is_live(const struct health *health)
{
	return !watch_is_stuck(health->watch);
}

/* Why it is not ready; empty: it is. */
static const char *unready(const struct health *health)
{
	if (!health->prepared || !watch_is_fresh(health->watch))
		return "Redis does not answer";
	if (health->watch->status.owner.n == 0)
		return "no candourd decides on this prefix";
	return "";
}

/* --- /health ----------------------------------------------------------------------------------- */

static void answer_health(const struct health *health, struct arena *arena, struct web_answer *out)
{
	struct buf buf = buf_of(arena, TEXT_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	const char *why = unready(health);

	json_open(&w);
	json_add_bool(&w, "live", is_live(health));
	json_add_bool(&w, "ready", why[0] == '\0');
	json_add_text(&w, "why", str_of(is_live(health) ? why : "looks are overdue"));
	json_add_text(&w, "role", owner_is_ours(health->owner) ? S("deciding") : S("standing by"));
	json_add_text(&w, "version", S(CANDOUR_VERSION));
	json_add_text(&w, "policy", health->version);
	json_close(&w);
	buf_byte(&buf, '\n');
	*out = (struct web_answer){ .status = why[0] == '\0' && is_live(health) ? 200 : 503,
				    .type = "application/json",
				    .body = buf_str(&buf) };
}

static void answer_yes(bool yes, const char *why, struct web_answer *out)
{
	*out = (struct web_answer){ .status = yes ? 200 : 503,
				    .body = yes ? S("fine\n") : str_of(why) };
}

/* --- /metrics ---------------------------------------------------------------------------------- */

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_fmt(out, "# HELP candour_%s %s\n# TYPE candour_%s %s\n", name, help, name, type);
}

static void one(struct buf *out, const char *name, const char *help, double value)
{
	head(out, name, "gauge", help);
	buf_fmt(out, "candour_%s %.15g\n", name, value);
}

static double seconds(span length)
{
	return length.ms > 0 ? (double)length.ms / 1000 : 0;
}

/* How long ago; 0 where there is nothing. */
static double age(instant now, instant then)
{
	return instant_is_never(then) ? 0 : seconds(instant_since(now, then));
}

static void add_process(struct buf *out, const struct health *health)
{
	head(out, "build_info", "gauge", "The version of program and policy.");
	buf_fmt(out, "candour_build_info{version=\"" CANDOUR_VERSION "\",policy=\"%.*s\"} 1\n",
		STR_ARG(health->version));
	one(out, "start_time_seconds", "When this process began, in seconds since 1970.",
	    (double)health->started.ms / 1000);
	one(out, "live", "1 while starting this process anew would not help.", is_live(health));
	one(out, "ready", "1 while Redis answers and a daemon decides on the prefix.",
	    unready(health)[0] == '\0');
	one(out, "redis_up", "1 while Redis answers this process.",
	    health->prepared && watch_is_fresh(health->watch));
	one(out, "owner", "1 when this process owns the intake: one of the daemons of a prefix.",
	    owner_is_ours(health->owner));
}

static void add_logged(struct buf *out)
{
	struct log_count count;

	head(out, "log_lines_total", "counter",
	     "Lines of each name, those that were only counted included.");
	for (size_t i = 0; log_count(i, &count); i++)
		buf_fmt(out, "candour_log_lines_total{line=\"%s\",level=\"%s\"} %lld\n", count.name,
			log_level_name(count.level), (long long)count.lines);
}

static void add_intake(struct buf *out, const struct watch *watch, instant now)
{
	const struct status *status = &watch->status;
	const struct watched *watched = &watch->watched;

	one(out, "lease_seconds",
	    "How long the owner's lease still runs; 0: nobody owns the intake.",
	    status->owner.n > 0 ? seconds(instant_since(watched->lease_until, watched->redis_now))
				: 0);
	one(out, "held", "1 while everything is held, after a restore or by a person's order.",
	    watched->held_at.n > 0);
	one(out, "epoch", "How often the intake has changed hands.", (double)status->epoch);
	one(out, "events_waiting", "Events that nobody has taken yet.", (double)status->waiting);
	one(out, "events_pending", "Events that are being decided.", (double)status->pending);
	one(out, "subjects_waited_for", "Cases and families that events wait for.",
	    (double)status->held);
	one(out, "oldest_event_age_seconds", "Age of the oldest event that is not decided yet.",
	    age(watched->redis_now, watched->oldest_event));
	one(out, "look_overdue_seconds", "How long the first look has been overdue.",
	    age(now, status->next_look));
	one(out, "dead_letters", "Events that were refused and not yet dealt with.",
	    (double)status->dead);
}

static void add_cases(struct buf *out, const struct watched *watched)
{
	one(out, "breaches", "Duties and actions whose day passed and that are not done.",
	    (double)watched->breached);
	one(out, "tasks_open", "Tasks that a person has yet to do.", (double)watched->tasks);
	if (!instant_is_never(watched->nearest_duty))
		one(out, "nearest_duty_timestamp_seconds",
		    "The day of the running duty that is due first.",
		    (double)watched->nearest_duty.ms / 1000);
}

static void add_audit(struct buf *out, const struct audit *audit)
{
	one(out, "audit_findings",
	    "What the auditor found not to belong together, in its last round or this one.",
	    (double)audit_found_now(audit));
	one(out, "audit_families", "Families that the auditor's last round looked at.",
	    (double)audit->last_families);
	if (!instant_is_never(audit->last_end))
		one(out, "audit_timestamp_seconds", "When the auditor's last round ended.",
		    (double)audit->last_end.ms / 1000);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* While a pass is under way it has found at least what it will be said to have found. */
static void add_night(struct buf *out, const struct night *night)
{
	const bool running = night->cursor.n > 0;

	one(out, "night_audit_running", "1 while the auditor's pass of the night is under way.",
	    running);
	one(out, "night_audit_findings",
	    "What the auditor's last pass of the night found not to belong together, or this one.",
	    (double)(running ? larger(night->found, night->last_found) : night->found));
	one(out, "night_audit_broken_chains", "Of those, chains of evidence that are not whole.",
	    (double)(running ? larger(night->broken, night->last_broken) : night->broken));
	one(out, "night_audit_families", "Families that this pass has looked at, or the last one.",
	    (double)night->families);
	one(out, "night_audit_entries", "Entries of evidence that it has followed.",
	    (double)night->entries);
	if (!instant_is_never(night->began))
		one(out, "night_audit_begin_timestamp_seconds", "When it began.",
		    (double)night->began.ms / 1000);
	if (!instant_is_never(night->ended))
		one(out, "night_audit_end_timestamp_seconds", "When the last whole one ended.",
		    (double)night->ended.ms / 1000);
}

static void add_messages(struct buf *out, const struct status *status)
{
	head(out, "messages", "gauge",
	     "Messages that are not settled: unknown ones may have arrived, and nobody knows.");
	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		const str channel = channel_kind_name((enum channel_kind)i);
		const struct {
			const char *state;
			int64_t n;
		} rows[] = {
			{ "waiting", status->outbox[i].waiting },
			{ "ready", status->outbox[i].ready },
			{ "in_flight", status->outbox[i].in_flight },
			{ "unknown", status->outbox[i].unknown },
		};

		for (size_t j = 0; i != CHANNEL_TASK && j < sizeof rows / sizeof *rows; j++)
			buf_fmt(out, "candour_messages{channel=\"%.*s\",state=\"%s\"} %lld\n",
				STR_ARG(channel), rows[j].state, (long long)rows[j].n);
	}
}

static void add_unsent(struct buf *out, const struct watched *watched, instant now)
{
	head(out, "oldest_unsent_age_seconds", "gauge",
	     "At least so long ago the oldest message that has not left could have left.");
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		for (size_t j = 0; i != CHANNEL_TASK && j < GRADE_COUNT; j++)
			buf_fmt(out,
				"candour_oldest_unsent_age_seconds{channel=\"%.*s\",grade=\"%.*s\"} "
				"%.15g\n",
				STR_ARG(channel_kind_name((enum channel_kind)i)),
				STR_ARG(grade_name((enum grade)j)),
				age(now, watched->unsent[i][j].oldest));
}

static bool is_paused(const struct watched *watched, str channel, instant now)
{
	for (size_t i = 0; i < watched->n_pauses; i++)
		if (str_eq(watched->pauses[i].what, channel) &&
		    instant_before(now, watched->pauses[i].until))
			return true;
	return false;
}

static void add_pauses(struct buf *out, const struct watched *watched, instant now)
{
	head(out, "channel_paused", "gauge", "1 while a person has paused the channel.");
	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		const str channel = channel_kind_name((enum channel_kind)i);

		if (i != CHANNEL_TASK)
			buf_fmt(out, "candour_channel_paused{channel=\"%.*s\"} %d\n",
				STR_ARG(channel), is_paused(watched, channel, now));
	}
}

/* --- providers: as this process has met them --------------------------------------------------- */

typedef int64_t provider_value(const struct provider_stats *stats);

static int64_t failures_of(const struct provider_stats *stats)
{
	return stats->failures;
}

static int64_t failed_of(const struct provider_stats *stats)
{
	return stats->failed;
}

static int64_t held_of(const struct provider_stats *stats)
{
	return stats->held;
}

static void add_provider_value(struct buf *out, const struct health *health, const char *name,
			       const char *type, const char *help, provider_value *value)
{
	struct provider_stats stats[PROVIDERS_MAX];

	head(out, name, type, help);
	for (size_t i = 0; i < CHANNEL_COUNT; i++) {
		const size_t n = post_providers(health->post, (enum channel_kind)i, stats);

		for (size_t j = 0; j < n; j++)
			buf_fmt(out, "candour_%s{channel=\"%.*s\",provider=\"%.*s\"} %lld\n", name,
				STR_ARG(channel_kind_name((enum channel_kind)i)),
				STR_ARG(stats[j].name), (long long)value(&stats[j]));
	}
}

static void add_providers(struct buf *out, const struct health *health)
{
	add_provider_value(out, health, "provider_failures", "gauge",
			   "How often in a row the provider has failed; 0: all is well.",
			   failures_of);
	add_provider_value(out, health, "provider_failures_total", "counter",
			   "How often the provider has failed since this process began.",
			   failed_of);
	add_provider_value(out, health, "provider_paused", "gauge",
			   "1 while a person has paused the provider.", held_of);
}

static void answer_metrics(const struct health *health, struct arena *arena, struct web_answer *out)
{
	struct buf buf = buf_of(arena, TEXT_BYTES_MAX);
	const struct watch *watch = health->watch;
	const instant now = instant_now();

	add_process(&buf, health);
	add_providers(&buf, health);
	add_logged(&buf);
	/* What is not known any more is left out: a gap is seen, an old value is believed. */
	if (watch_is_fresh(watch)) {
		add_intake(&buf, watch, now);
		add_cases(&buf, &watch->watched);
		/* Only the owner audits. */
		if (owner_is_ours(health->owner))
			add_audit(&buf, health->audit);
		add_night(&buf, &watch->watched.night);
		add_messages(&buf, &watch->status);
		add_unsent(&buf, &watch->watched, now);
		add_pauses(&buf, &watch->watched, now);
	}
	*out = (struct web_answer){ .status = buf.too_long ? 500 : 200,
				    .type = "text/plain; version=0.0.4; charset=utf-8",
				    .body = buf_str(&buf) };
}

void health_answer(const struct health *health, const struct web_request *request,
		   struct arena *arena, struct web_answer *out)
{
	if (!str_eq(request->method, S("GET")) && !str_eq(request->method, S("HEAD")))
		return;
	if (str_eq(request->path, S("/health")))
		answer_health(health, arena, out);
	else if (str_eq(request->path, S("/health/live")))
		answer_yes(is_live(health), "looks are overdue\n", out);
	else if (str_eq(request->path, S("/health/ready")))
		answer_yes(unready(health)[0] == '\0', unready(health), out);
	else if (str_eq(request->path, S("/metrics")))
		answer_metrics(health, arena, out);
}
