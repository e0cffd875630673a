/* Events in: each is checked as the daemon would check it, and then put on the queue. */
#include "base/hash.h"
#include "ctl/inner.h"
#include "intake/intake.h"

/* What became of the lines. */
struct delivery {
	const struct policy *policy;
	bool publish;
	bool one;     /* from options */
	instant at;   /* its time */
	str *refused; /* JSON objects, or lines for people */
	size_t n_published, n_refused;
};

bool ctl_check_event(const struct ctl *ctl, struct arena *arena, const struct policy *policy,
		     str bytes, struct event *out, struct refused *refused)
{
	if (!intake_parse(arena, policy, bytes, false, out, refused))
		return false;
	const instant latest = instant_add(
		instant_now(), ctl->has_config ? ctl->config.clock_skew_max : SPAN_MIN(5));

	if (!instant_before(latest, out->time))
		return true;
	*refused = (struct refused){ .code = REFUSED_BAD_TIME,
				     .field = S("time"),
				     .message = S("it lies in the future: the clock of the "
						  "publisher is wrong") };
	return false;
}

/* The refused are listed behind the published, so their part is made aside. */
static void note_refused(struct ctl *ctl, struct delivery *delivery, int64_t line,
			 const struct refused *refused)
{
	const struct buf out = ctl->out;
	const struct json_writer w = ctl->w;

	ctl->out = buf_of(&ctl->arena, (size_t)64 << 10);
	ctl->w = (struct json_writer){ .buf = &ctl->out };
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_int(&ctl->w, "line", line);
		out_add_refused(ctl, refused);
		json_close(&ctl->w);
	} else {
		out_refused(ctl, str_fmt(&ctl->arena, "line %lld: ", (long long)line), refused);
	}
	*ADD(&ctl->arena, delivery->refused, delivery->n_refused) = buf_str(&ctl->out);
	ctl->out = out;
	ctl->w = w;
}

static enum ctl_end put_on_queue(struct ctl *ctl, struct arena *arena, const struct event *event)
{
	struct reply reply;
	const enum ctl_end end = ctl_ask(ctl, arena,
					 store_publish(arena, &ctl->store, event->bytes), &reply);

	if (end != CTL_FINE)
		return end;
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_text(&ctl->w, "id", event->id);
		json_add_text(&ctl->w, "stream_id", reply.text);
		json_close(&ctl->w);
	}
	return CTL_FINE;
}

static enum ctl_end take_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct delivery *delivery = arg;
	struct event event;
	struct refused refused;
	enum ctl_end end = CTL_FINE;

	if (line.n == 0)
		return CTL_FINE;
	if (!ctl_check_event(ctl, arena, delivery->policy, line, &event, &refused)) {
		note_refused(ctl, delivery, number, &refused);
		return CTL_FINE;
	}
	if (delivery->publish)
		end = put_on_queue(ctl, arena, &event);
	if (end == CTL_FINE)
		delivery->n_published++;
	if (ctl->json && !out_flush(ctl))
		end = CTL_REFUSED;
	return end;
}

static void answer_begin(struct ctl *ctl)
{
	if (!ctl->json)
		return;
	json_open(&ctl->w);
	json_key(&ctl->w, "published");
	json_open_list(&ctl->w);
}

static void answer_end(struct ctl *ctl, const struct delivery *delivery)
{
	if (ctl->json) {
		json_close_list(&ctl->w);
		json_key(&ctl->w, "refused");
		json_open_list(&ctl->w);
	}
	for (size_t i = 0; i < delivery->n_refused; i++) {
		if (ctl->json)
			json_put_raw(&ctl->w, delivery->refused[i]);
		else
			buf_add(&ctl->out, delivery->refused[i]);
	}
	if (ctl->json) {
		json_close_list(&ctl->w);
		json_close(&ctl->w);
		out_document_end(ctl);
		return;
	}
	buf_fmt(&ctl->out, "%zu %s, %zu refused\n", delivery->n_published,
		delivery->publish ? "published" : "fine", delivery->n_refused);
}

/* --- one event from options ---------------------------------------------------------------------- */

/* False, and refused says why, when the data is no JSON. */
static bool make_event(struct ctl *ctl, instant at, str *out, struct refused *refused)
{
	struct arena *arena = &ctl->arena;
	const str data = args_has(ctl, "data") ? args_value(ctl, "data") : S("{}");
	const struct json *map = NULL;
	str where = STR_EMPTY, id = args_value(ctl, "id");
	uint8_t random[8];

	/* Whatever else is wrong with it, the intake says as of every event. */
	if (json_parse(arena, data, CANDOUR_EVENT_DEPTH_MAX, &map, &where) == JSON_NOT_JSON) {
		*refused = (struct refused){
			.code = REFUSED_NOT_JSON,
			.field = S("data"),
			.message = str_fmt(arena, "--data must be a JSON object: see %.*s",
					   STR_ARG(where)),
		};
		return false;
	}
	random_bytes(random, sizeof random);
	if (id.n == 0)
		id = str_join(arena, S("ctl-"), hex_print(arena, random, sizeof random));
	*out = intake_own_event(arena, &(struct own_event){
					       .source = S("candourctl"),
					       .id = id,
					       .type = args_value(ctl, "type"),
					       .subject = args_value(ctl, "subject"),
					       .time = at,
					       .data = data,
				       });
	return true;
}

/* Whether one event is made from options, and of which time. */
static bool read_options(const struct ctl *ctl, struct delivery *delivery)
{
	static const char *const names[] = { "type", "subject", "data", "id", "time" };

	delivery->at = instant_now();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		delivery->one = delivery->one || args_has(ctl, names[i]);
	if (!delivery->one)
		return true;
	if (!args_has(ctl, "type") || !args_has(ctl, "subject"))
		ctl_complain("an event needs --type and --subject: candourctl help publish");
	else if (ctl->n_words > 0)
		ctl_complain("events come from a file, or one from options: not from both");
	else if (args_has(ctl, "time") && !instant_parse(args_value(ctl, "time"), &delivery->at))
		ctl_complain("--time is an instant with its offset: 2026-11-02T09:15:00Z");
	else
		return true;
	return false;
}

static enum ctl_end publish_one(struct ctl *ctl, struct delivery *delivery)
{
	struct refused refused;
	str bytes;

	if (make_event(ctl, delivery->at, &bytes, &refused))
		return take_line(ctl, &ctl->arena, 1, bytes, delivery);
	note_refused(ctl, delivery, 1, &refused);
	return CTL_FINE;
}

static enum ctl_end publish_all(struct ctl *ctl, struct delivery *delivery)
{
	const str file = ctl->n_words > 0 ? ctl->words[0] : STR_EMPTY;

	return lines_read(ctl, file, take_line, delivery);
}

static enum ctl_end deliver_events(struct ctl *ctl, struct delivery *delivery)
{
	answer_begin(ctl);
	const enum ctl_end end = delivery->one ? publish_one(ctl, delivery)
					       : publish_all(ctl, delivery);

	answer_end(ctl, delivery);
	return end == CTL_FINE && delivery->n_refused > 0 ? CTL_REFUSED : end;
}

enum ctl_end publish_run(struct ctl *ctl)
{
	struct delivery delivery = { .publish = true };

	if (!read_options(ctl, &delivery))
		return CTL_USAGE;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &delivery.policy);
	return end == CTL_FINE ? deliver_events(ctl, &delivery) : end;
}

enum ctl_end check_run(struct ctl *ctl)
{
	struct delivery delivery = { .publish = false };
	const enum ctl_end end = ctl_policy(ctl, &delivery.policy);

	return end == CTL_FINE ? deliver_events(ctl, &delivery) : end;
}
