/*
 * Loading what an event is about, and writing down what follows from it: one script each.
 */
#include "base/arena.h"
#include "base/json.h"
#include "store/inner.h"

/* The first 128 bits of a hash are enough to tell identities and contents apart. */
#define SHORT_BYTES 16

/* Beyond every instant that is written (about the year 2255), below the step between grades. */
#define USELESS_MAX INT64_C(9000000000000)
#define GRADE_STEP INT64_C(10000000000000)

static str print_short(struct arena *arena, const struct hash *hash)
{
	return hex_print(arena, hash->bytes, SHORT_BYTES);
}

static const char *name_subject(enum subject subject)
{
	switch (subject) {
#define X(name, text, bit)                                                                         \
	case SUBJECT_##name:                                                                       \
		return text;
		CANDOUR_SUBJECTS(X)
#undef X
	}
	return "";
}

/* --- loading ---------------------------------------------------------------------------------- */

struct command store_load(struct arena *arena, const struct store *store, const struct event *event,
			  bool own)
{
	struct args args = args_of_script(arena, store, SCRIPT_load);

	args_add(&args, str_of(name_subject(event->about)));
	args_add(&args, event->subject_id);
	args_add(&args,
		 event->kind == KIND_CASE_OPENED ? json_text(event->data, "family") : STR_EMPTY);
	args_add(&args, origin_name(own ? STORE_OWN : STORE_EVENTS));
	args_add(&args, print_short(arena, &event->identity));
	args_add(&args, print_short(arena, &event->content));
	args_add_int(&args, DESK_NOTES_MAX);
	return args_command(&args);
}

/* "UNTIL STREAM ID BYTES" */
static bool read_waiting(struct arena *arena, const struct reply *reply, struct waiting *out)
{
	str until, stream, id, rest, bytes;
	int64_t ms;

	if (reply->type != REPLY_TEXT || !str_cut(reply->text, ' ', &until, &rest) ||
	    !str_cut(rest, ' ', &stream, &rest) || !str_cut(rest, ' ', &id, &bytes) ||
	    !str_to_i64(until, &ms))
		return false;
	*out = (struct waiting){
		.bytes = str_copy(arena, bytes),
		.until = { ms },
		.own = str_eq(stream, origin_name(STORE_OWN)),
	};
	return true;
}

static enum err read_list(struct arena *arena, const struct reply *items, size_t n,
			  struct waiting **out)
{
	struct waiting *list = TAKE(arena, struct waiting, n);

	for (size_t i = 0; i < n; i++)
		if (!read_waiting(arena, &items[i], &list[i]))
			return ERR_CORRUPT;
	*out = list;
	return OK;
}

static bool read_storm(struct arena *arena, const struct json *json, struct news *out)
{
	struct storm storm = { .service = json_text(json, "service"),
			       .reader = json_text(json, "storm") };

	if (!instant_parse(json_text(json, "from"), &storm.from) ||
	    !instant_parse(json_text(json, "until"), &storm.until))
		return false;
	*GROW(arena, out->storms, out->n_storms) = storm;
	return true;
}

/* A list for each desk: {"person", "deputy", "from", "to"}, {"storm", "service", "from", "until"}. */
static enum err read_absent(struct arena *arena, str text, struct news *out)
{
	const struct json *list;

	if (json_parse(arena, str_copy(arena, text), 4, &list, NULL) != JSON_FINE ||
	    list->type != JSON_LIST)
		return ERR_CORRUPT;
	for (size_t i = 0; i < list->list.n; i++) {
		const struct json *one = &list->list.items[i];
		struct away away = { .person = json_text(one, "person"),
				     .deputy = json_text(one, "deputy") };

		if (json_get(one, "storm") != NULL) {
			if (!read_storm(arena, one, out))
				return ERR_CORRUPT;
			continue;
		}
		if (!date_parse(json_text(one, "from"), &away.from) ||
		    !date_parse(json_text(one, "to"), &away.to))
			return ERR_CORRUPT;
		*GROW(arena, out->away, out->n_away) = away;
	}
	return OK;
}

struct command store_away(struct arena *arena, const struct store *store)
{
	struct args args = args_of(arena, "HVALS");

	args_add_key(&args, store, "away", STR_EMPTY);
	return args_command(&args);
}

enum err store_away_read(struct arena *arena, const struct reply *reply, struct news *out)
{
	str *texts;
	size_t n;
	enum err err = reply_texts(arena, reply, &texts, &n);

	for (size_t i = 0; err == OK && i < n; i++)
		err = read_absent(arena, texts[i], out);
	return err;
}

/* What families have noted at a desk: nobody may have told of the desk itself yet. */
static enum err read_notes(struct arena *arena, const struct reply *reply, struct loaded *out)
{
	str *texts;
	size_t n;
	enum err err = reply_texts(arena, reply, &texts, &n);
	const struct json **notes;

	if (err != OK || n == 0)
		return err;
	notes = TAKE(arena, const struct json *, n);
	for (size_t i = 0; i < n; i++)
		if (json_parse(arena, texts[i], 4, &notes[i], NULL) != JSON_FINE)
			return ERR_CORRUPT;
	out->notes = notes;
	out->n_notes = n;
	return OK;
}

struct policy news_policy(const struct policy *policy, const struct news *news)
{
	struct policy with_news = *policy;

	with_news.away = news->away;
	with_news.n_away = news->n_away;
	with_news.storms = news->storms;
	with_news.n_storms = news->n_storms;
	return with_news;
}

enum err store_load_read(struct arena *arena, const struct event *event, const struct reply *reply,
			 struct loaded *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct loaded loaded = { 0 };
	int64_t seen;

	if (err != OK)
		return err;
	if (reply->n != 7 || !reply_number(&reply->items[2], &seen))
		return ERR_CORRUPT;
	loaded.family_id = reply_text(arena, &reply->items[0]);
	loaded.seen = seen != 0;
	loaded.same = seen == 1;
	if (event->about == SUBJECT_FAMILY && !str_eq(loaded.family_id, event->subject_id))
		return ERR_CORRUPT;
	if (reply->items[1].type == REPLY_TEXT) {
		err = codec_read(arena, reply->items[1].text, &loaded.family);
		if (err == OK && !str_eq(loaded.family->id, loaded.family_id))
			err = ERR_CORRUPT;
	}
	if (err == OK)
		err = reply_check(&reply->items[3], REPLY_LIST);
	if (err == OK)
		err = read_list(arena, reply->items[3].items, reply->items[3].n, &loaded.waiting);
	loaded.n_waiting = reply->items[3].n;
	if (err == OK)
		err = store_away_read(arena, &reply->items[4], &loaded.news);
	if (err == OK)
		err = read_notes(arena, &reply->items[5], &loaded);
	if (err == OK && reply->items[6].type == REPLY_TEXT && loaded.family != NULL)
		err = codec_bring_back(arena, reply->items[6].text, loaded.family);
	if (err == OK)
		*out = loaded;
	return err;
}

struct command store_waiting(struct arena *arena, const struct store *store, str subject)
{
	struct args args = args_of_script(arena, store, SCRIPT_look);

	args_add(&args, subject);
	args_add_int(&args, WAITING_MAX);
	return args_command(&args);
}

enum err store_waiting_read(struct arena *arena, const struct reply *reply, struct waiting **out,
			    size_t *out_n)
{
	enum err err = reply_check(reply, REPLY_LIST);
	int64_t times;

	if (err != OK)
		return err;
	if (reply->n == 0 || !reply_number(&reply->items[0], &times))
		return ERR_CORRUPT;
	err = read_list(arena, reply->items + 1, reply->n - 1, out);
	if (err != OK)
		return err;
	*out_n = reply->n - 1;
	if (*out_n > 0)
		(*out)[0].times = times;
	return OK;
}

struct command store_person(struct arena *arena, const struct store *store, str person)
{
	struct args args = args_of(arena, "SMEMBERS");

	args_add_key(&args, store, "person:", person);
	return args_command(&args);
}

enum err store_person_read(struct arena *arena, const struct reply *reply, str **out_ids,
			   size_t *out_n)
{
	return reply_texts(arena, reply, out_ids, out_n);
}

/* --- committing ------------------------------------------------------------------------------- */

static void add_item(struct args *args, const struct store_item *item)
{
	args_add(args, origin_name(item->origin));
	args_add(args, item->id);
	args_add(args, item->bytes);
}

static void add_work(struct args *args, const struct store_work *work)
{
	const struct event *event = work->event;
	const struct store_item item = {
		.origin = work->origin,
		.id = work->item_id,
		/* an entry of a stream is known by its id */
		.bytes = work->origin == STORE_WAITING ? event->bytes : STR_EMPTY,
	};

	add_item(args, &item);
	args_add(args, print_short(args->arena, &event->identity));
	args_add(args, print_short(args->arena, &event->content));
}

/* The ready queue's order: by grade, then by the latest useful instant. */
static int64_t order_of(const struct message *message)
{
	int64_t useless = message->useless_after.ms;

	if (useless > USELESS_MAX)
		useless = USELESS_MAX;
	return (int64_t)message->grade * GRADE_STEP + useless;
}

static void add_messages(struct args *args, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_messages; i++) {
		const struct message *message = &plan->messages[i];
		struct buf buf = buf_of(args->arena, FAMILY_BYTES_MAX);

		message_write(&buf, message);
		require(!buf.too_long);
		args_add(args, S("message"));
		args_add(args, message->id);
		args_add(args, channel_kind_name(message->channel));
		args_add_int(args, message->not_before.ms);
		args_add(args, message->family);
		args_add(args, message->case_id);
		args_add_int(args, message->tell);
		args_add_int(args, message->tries_max);
		args_add_int(args, order_of(message));
		args_add_instant(args, message->useless_after);
		args_add(args, buf_str(&buf));
	}
}

static void add_closings(struct args *args, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_closings; i++) {
		args_add(args, S("closing"));
		args_add(args, plan->closings[i].message);
		args_add(args, message_state_name(plan->closings[i].state));
		args_add(args, plan->closings[i].why);
	}
}

static void add_link(struct args *args, const struct evidence_link *link)
{
	args_add(args, S("evidence"));
	args_add(args, link->n);
	args_add(args, link->prev);
	args_add(args, link->salt);
	args_add(args, link->hash);
	args_add(args, link->body);
}

/* A CloudEvent whose id follows from the event's own identity: telling it twice shows. */
static str write_fact(struct arena *arena, const struct store_work *work, const struct fact *fact,
		      size_t place)
{
	struct buf buf = buf_of(arena, FAMILY_BYTES_MAX);
	struct json_writer w = { .buf = &buf };

	json_open(&w);
	json_add_text(&w, "specversion", S("1.0"));
	json_add_text(&w, "id",
		      str_fmt(arena, "%.*s.%zu",
			      STR_ARG(print_short(arena, &work->event->identity)), place + 1));
	json_add_text(&w, "source", S("candour"));
	json_add_text(&w, "type", fact->type);
	json_add_text(&w, "subject", fact->subject);
	json_add_text(&w, "time", instant_print(arena, work->now));
	json_add_text(&w, "datacontenttype", S("application/json"));
	if (work->event->traceparent.n > 0)
		json_add_text(&w, "traceparent", work->event->traceparent);
	json_key(&w, "data");
	json_put_raw(&w, fact->data.n > 0 ? fact->data : S("{}"));
	json_close(&w);
	require(!buf.too_long);
	return buf_str(&buf);
}

static void add_facts(struct args *args, const struct store_work *work, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_facts; i++) {
		args_add(args, S("fact"));
		args_add(args, write_fact(args->arena, work, &plan->facts[i], i));
	}
}

static void add_texts(struct args *args, str mark, const str *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		args_add(args, mark);
		args_add(args, texts[i]);
	}
}

/* Each with the id of the event that tells its desk of it, where nothing else waits there. */
static void add_notes(struct args *args, const struct store_work *work, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_notes; i++) {
		args_add(args, S("note"));
		args_add(args,
			 str_fmt(args->arena, "%.*s.n%zu",
				 STR_ARG(print_short(args->arena, &work->event->identity)), i + 1));
		args_add(args, plan->notes[i].service);
		args_add(args, plan->notes[i].data);
	}
}

static void add_tally(struct args *args, const struct family *family)
{
	const struct tally tally = family_tally(family);

	args_add_int(args, tally.breached);
	args_add_int(args, tally.tasks);
	args_add_instant(args, date_is(tally.nearest_duty)
				       ? (instant){ tally.nearest_duty.day * SPAN_DAYS(1).ms }
				       : INSTANT_NEVER);
}

/* ERR_TOO_LARGE, and the family is as it was. */
static enum err add_family(struct args *args, const struct store_work *work,
			   const struct plan *plan)
{
	struct family *family = plan->family;
	const struct family before = *family;
	struct evidence_link *links = TAKE(args->arena, struct evidence_link, plan->n_entries);
	struct buf buf = buf_of(args->arena, FAMILY_BYTES_MAX);

	for (size_t i = 0; i < plan->n_entries; i++)
		links[i] = evidence_add(args->arena, family, &plan->entries[i], work->now);
	family->version++;
	codec_write(&buf, family);
	if (buf.too_long) {
		*family = before;
		return ERR_TOO_LARGE;
	}
	args_add(args, family->id);
	args_add_int(args, before.version);
	args_add(args, buf_str(&buf));
	args_add_int(args, family->version);
	args_add_int(args, family->tell);
	args_add_instant(args, plan->told_until.ms != 0 ? plan->told_until : INSTANT_NEVER);
	args_add_instant(args, plan->next_look);
	add_tally(args, family);
	for (size_t i = 0; i < plan->n_entries; i++)
		add_link(args, &links[i]);
	return OK;
}

/* A clock's event is made when somebody looks; its id ends with the look itself. */
static instant happened_at(const struct event *event)
{
	size_t at = event->id.n;
	int64_t look;

	while (at > 0 && event->id.p[at - 1] != '.')
		at--;
	if (event->kind == KIND_CLOCK_DUE &&
	    str_to_i64(str_slice(event->id, at, event->id.n), &look))
		return (instant){ look };
	return event->time;
}

static void add_put_away(struct args *args, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_put_away; i++) {
		struct buf buf = buf_of(args->arena, FAMILY_BYTES_MAX);

		codec_write_case(&buf, &plan->put_away[i]);
		require(!buf.too_long); /* it was in a record until now */
		args_add(args, S("put_away"));
		args_add(args, plan->put_away[i].id);
		args_add(args, buf_str(&buf));
	}
}

static void add_brought_back(struct args *args, const struct family *family)
{
	for (size_t i = 0; family != NULL && i < family->n_cases; i++)
		if (family->cases[i].was_away)
			add_texts(args, S("back"), &family->cases[i].id, 1);
}

enum err store_commit(struct arena *arena, const struct store *store, const struct store_work *work,
		      struct plan *plan, struct command *out)
{
	struct args args = args_of_script(arena, store, SCRIPT_commit);

	args_add(&args, store->token);
	args_add_int(&args, work->now.ms);
	args_add(&args, instant_print(arena, work->now));
	add_work(&args, work);
	args_add_int(&args, happened_at(work->event).ms);
	if (plan->family == NULL) {
		require(plan->n_messages == 0);
		args_add(&args, STR_EMPTY);
	} else if (add_family(&args, work, plan) != OK) {
		return ERR_TOO_LARGE;
	}
	add_messages(&args, plan);
	add_closings(&args, plan);
	add_facts(&args, work, plan);
	add_texts(&args, S("case"), plan->opened_cases, plan->n_opened);
	add_texts(&args, S("person"), plan->persons, plan->n_persons);
	add_notes(&args, work, plan);
	add_texts(&args, S("away"), &plan->away, plan->away.n > 0 ? 1 : 0);
	if (plan->n_taken > 0) {
		args_add(&args, S("taken"));
		args_add_int(&args, (int64_t)plan->n_taken);
	}
	add_put_away(&args, plan);
	add_brought_back(&args, plan->family);
	args_add(&args, S("."));
	*out = args_command(&args);
	return OK;
}

struct command store_spread(struct arena *arena, const struct store *store,
			    const struct store_work *work, const str *events, size_t n)
{
	struct args args = args_of_script(arena, store, SCRIPT_spread);

	/* spread over nobody, it would be gone */
	require(n > 0);
	args_add(&args, store->token);
	add_work(&args, work);
	for (size_t i = 0; i < n; i++)
		args_add(&args, events[i]);
	return args_command(&args);
}

struct command store_wait(struct arena *arena, const struct store *store,
			  const struct store_item *item, str subject, instant until)
{
	struct args args = args_of_script(arena, store, SCRIPT_wait);

	require(item->origin != STORE_WAITING);
	args_add(&args, store->token);
	add_item(&args, item);
	args_add(&args, subject);
	args_add_int(&args, until.ms);
	return args_command(&args);
}

struct command store_bury(struct arena *arena, const struct store *store,
			  const struct store_item *item, const struct store_basis *basis,
			  const struct refused *refused, instant now)
{
	struct args args = args_of_script(arena, store, SCRIPT_bury);
	struct store_item known = *item;

	if (known.origin != STORE_WAITING)
		known.bytes = STR_EMPTY;
	args_add(&args, store->token);
	add_item(&args, &known);
	args_add(&args,
		 basis->event != NULL ? print_short(arena, &basis->event->identity) : STR_EMPTY);
	args_add(&args,
		 basis->event != NULL ? print_short(arena, &basis->event->content) : STR_EMPTY);
	args_add(&args, basis->family);
	args_add_int(&args, basis->version);
	args_add(&args, refusal_name(refused->code));
	args_add(&args, refused->field);
	args_add(&args, refused->message);
	args_add_int(&args, now.ms);
	return args_command(&args);
}

enum err store_commit_read(const struct reply *reply, enum commit *out)
{
	static const struct {
		str word;
		enum commit commit;
	} answers[] = {
		{ { "DONE", 4 }, COMMIT_DONE },         { { "SEEN", 4 }, COMMIT_SEEN },
		{ { "CONFLICT", 8 }, COMMIT_CONFLICT }, { { "GONE", 4 }, COMMIT_GONE },
		{ { "STALE", 5 }, COMMIT_STALE },       { { "FENCED", 6 }, COMMIT_FENCED },
	};
	enum err err = reply_check(reply, REPLY_TEXT);

	if (err != OK)
		return err;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		if (str_eq(reply->text, answers[i].word)) {
			*out = answers[i].commit;
			return OK;
		}
	}
	return ERR_CORRUPT;
}
