#include "base/log.h"
#include "daemon/lane.h"

str job_subject(struct job *job)
{
	static const struct {
		enum subject bit;
		const char *name;
	} names[] = {
#define X(name, text, bit) { SUBJECT_##name, text },
		CANDOUR_SUBJECTS(X)
#undef X
	};
	const char *kind = "";

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].bit == job->event.about)
			kind = names[i].name;
	return str_fmt(&job->arena, "%s/%.*s", kind, STR_ARG(job->event.subject_id));
}

static enum store_origin origin_of(const struct job *job)
{
	static const enum store_origin origins[] = {
		[ORIGIN_OWN] = STORE_OWN,
		[ORIGIN_EVENTS] = STORE_EVENTS,
		[ORIGIN_WAITING] = STORE_WAITING,
	};

	return origins[job->origin];
}

struct store_item job_item(const struct job *job)
{
	return (struct store_item){
		.origin = origin_of(job),
		.id = job->id,
		.bytes = job->bytes,
	};
}

struct store_work job_work(const struct job *job)
{
	return (struct store_work){ .origin = origin_of(job),
				    .item_id = job->id,
				    .event = &job->event,
				    .now = instant_now() };
}

str job_event_for(struct job *job, str family)
{
	struct arena *arena = &job->arena;
	/* Written anew it may be longer, but never eight times as long. */
	struct buf data = buf_of(arena, 8 * job->event.bytes.n);
	struct json_writer writer = { .buf = &data };

	json_put(&writer, job->event.data);
	return intake_own_event(
		arena,
		&(struct own_event){
			.source = job->event.source,
			.id = str_fmt(arena, "%.*s.%.*s", STR_ARG(job->event.id), STR_ARG(family)),
			.type = job->event.type,
			.subject = str_join(arena, S("family/"), family),
			.time = job->event.time,
			.data = buf_str(&data),
			.traceparent = job->event.traceparent,
		});
}

struct policy job_policy(const struct job *job)
{
	return news_policy(&job->rules->policy, &job->loaded.news);
}

struct store_basis job_basis(const struct job *job)
{
	const struct lane *lane = job->lane;
	str kind, id;

	if (lane->family != NULL)
		return (struct store_basis){ &job->event, lane->family->id, lane->family->version };
	if (str_cut(lane->key, '/', &kind, &id) && str_eq(kind, S("family")))
		return (struct store_basis){ .event = &job->event, .family = id };
	return (struct store_basis){ .event = &job->event };
}

static bool has_case(const struct family *family, str id)
{
	return family != NULL && family_case(family, id) != NULL;
}

/* The family for decide: none where the event's case is not (yet) one of it. */
struct family *job_family(const struct job *job)
{
	struct family *family = job->lane->family;

	if (job->event.about == SUBJECT_CASE && job->event.kind != KIND_CASE_OPENED &&
	    !has_case(family, job->event.subject_id))
		return NULL;
	return family;
}

static bool knows_subject(const struct job *job)
{
	const struct family *family = job->lane->family;

	if (job->event.about == SUBJECT_CASE)
		return has_case(family, job->event.subject_id);
	return family != NULL && job->event.about == SUBJECT_FAMILY;
}

/* Events that have waited for the subject longer than this one has. */
bool job_has_elders(const struct job *job)
{
	return job->origin != ORIGIN_WAITING && job->has_loaded && job->loaded.n_waiting > 0 &&
	       knows_subject(job);
}

str job_family_key(struct job *job)
{
	return str_join(&job->arena, S("family/"), job->loaded.family_id);
}

bool job_is_out_of_step(const struct job *job)
{
	const struct family *family = job->lane->family, *loaded = job->loaded.family;

	if (job->event.about == SUBJECT_CASE)
		return has_case(loaded, job->event.subject_id) &&
		       !has_case(family, job->event.subject_id);
	return job->event.about == SUBJECT_SERVICE &&
	       (family != NULL ? family->version : 0) != (loaded != NULL ? loaded->version : 0);
}

bool job_is_too_early(const struct job *job)
{
	const instant latest = instant_add(job->began, job->rules->config.clock_skew_max);

	return !job->own && instant_before(latest, job->event.time);
}

void job_log_decided(const struct job *job)
{
	LOG(INFO, "decided", LOG_ID("event", job->event.id), LOG_ID("type", job->event.type),
	    LOG_ID("subject", job->event.subject_id), LOG_NUM("messages", job->plan->n_messages),
	    LOG_NUM("ms", instant_since(instant_now(), job->began).ms));
}

void job_log_refused(const struct job *job)
{
	LOG(WARNING, "refused", LOG_ID("event", job->event.id), LOG_ID("item", job->id),
	    LOG_ID("code", refusal_name(job->refused.code)), LOG_ID("field", job->refused.field));
}
