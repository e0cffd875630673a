#include "simulate/inner.h"

#define MESSAGE_BYTES_MAX ((size_t)1 << 20)
/* How long a provider that said "later" is left alone, and how long a slow one takes. */
#define AGAIN_AFTER SPAN_MIN(15)
#define SLOW SPAN_MIN(15)

/* --- keeping ------------------------------------------------------------------------------------- */

/* Written and read back: so a message that leaves has been through its stored form. */
static void keep_message(struct parcel *parcel, const struct message *message)
{
	arena_clear(&parcel->arena);
	struct buf buf = buf_of(&parcel->arena, MESSAGE_BYTES_MAX);
	message_write(&buf, message);
	require(!buf.too_long);
	enum err err = message_read(&parcel->arena, buf_str(&buf), &parcel->message);
	require(err == OK);
}

static void leave_at(struct simulate *simulate, struct parcel *parcel, instant at)
{
	parcel->leaves = instant_before(at, simulate->now) ? simulate->now : at;
	parcel->state = MESSAGE_WAITING;
	parcel->under_way = false;
	agenda_add(&simulate->keep, &simulate->agenda,
		   (struct due){ .at = parcel->leaves,
				 .kind = DUE_PARCEL,
				 .rank = (int)parcel->message.grade,
				 .index = parcel->index });
}

static struct parcel *new_parcel(struct simulate *simulate, str id)
{
	struct parcel *parcel = TAKE(&simulate->keep, struct parcel, 1);
	parcel->index = simulate->n_parcels;
	ROOM(&simulate->keep, simulate->parcels, simulate->n_parcels, simulate->cap_parcels);
	simulate->parcels[simulate->n_parcels++] = parcel;
	names_put(&simulate->keep, &simulate->parcels_by_id, id, parcel);
	return parcel;
}

static bool is_stopped(enum message_state state)
{
	return state == MESSAGE_EXPIRED || state == MESSAGE_STOPPED || state == MESSAGE_SUPPRESSED;
}

/* The same message again takes the place of one that is still here, or was closed before it left; one that has
 * left is not sent twice. */
static void keep_parcel(struct simulate *simulate, const struct message *message)
{
	struct parcel *parcel = names_find(&simulate->parcels_by_id, message->id);
	if (parcel != NULL && (parcel->under_way || (parcel->gone && !is_stopped(parcel->state))))
		return;
	if (parcel == NULL)
		parcel = new_parcel(simulate, message->id);
	parcel->gone = false;
	keep_message(parcel, message);
	leave_at(simulate, parcel, message->not_before);
}

static void end(struct parcel *parcel, enum message_state state)
{
	parcel->state = state;
	parcel->gone = true;
	parcel->leaves = INSTANT_NEVER;
	parcel->message = (struct message){ 0 };
	arena_free(&parcel->arena);
}

static void close_parcel(struct simulate *simulate, const struct closing *closing)
{
	struct parcel *parcel = names_find(&simulate->parcels_by_id, closing->message);
	if (parcel == NULL || parcel->gone || parcel->under_way || !is_stopped(closing->state))
		return;
	trace_message(simulate, &parcel->message, closing->state, closing->why);
	end(parcel, closing->state);
}

/* What only a person can do is in the record as a task, which is told from there. */
static bool has_task(const struct family *family, const struct message *message)
{
	const struct case_file *file = family_case(family, message->case_id);
	for (size_t i = 0; file != NULL && i < file->n_tasks; i++) {
		if (str_eq(file->tasks[i].message, message->id))
			return true;
	}
	return false;
}

void outbox_plan(struct simulate *simulate, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_closings; i++)
		close_parcel(simulate, &plan->closings[i]);
	for (size_t i = 0; i < plan->n_messages; i++) {
		const struct message *message = &plan->messages[i];
		if (message->channel != CHANNEL_TASK)
			keep_parcel(simulate, message);
		else if (!has_task(plan->family, message))
			trace_message(simulate, message, MESSAGE_TASK, STR_EMPTY);
	}
}

/* --- leaving ------------------------------------------------------------------------------------- */

/* What is said of an outcome besides the message and its channel. */
struct outcome {
	const char *type; /* "accepted" */
	const char *code;
	bool wrong_address;
	bool again;
};

/* The day on which it happened: a letter is dispatched when it is printed. */
static date day_of(const struct simulate *simulate, const struct message *message,
		   struct outcome outcome)
{
	if (str_eq(str_of(outcome.type), S("dispatched")))
		return policy_post(simulate->policy, simulate->now, message->postage).printed;
	return calendar_date(simulate->policy->calendar, simulate->now);
}

static void report(struct simulate *simulate, const struct message *message, int attempt,
		   struct outcome outcome)
{
	struct arena arena = ARENA_EMPTY;
	struct buf buf = buf_of(&arena, 4096);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message->id);
	json_add_text(&w, "channel", channel_kind_name(message->channel));
	json_add_int(&w, "attempt", attempt);
	json_add_text(&w, "on", date_print(&arena, day_of(simulate, message, outcome)));
	json_add_text(&w, "code", str_of(outcome.code));
	if (outcome.wrong_address)
		json_add_bool(&w, "address", true);
	if (outcome.again)
		json_add_bool(&w, "again", true);
	json_close(&w);
	bool has_case = message->case_id.n > 0;
	const struct own_event event = {
		.source = S("candour"),
		.id = str_fmt(&arena, "%.*s.%d.%s", STR_ARG(message->id), attempt, outcome.type),
		.type = str_fmt(&arena, "message.%s", outcome.type),
		.subject = has_case ? str_join(&arena, S("case/"), message->case_id)
				    : subject_of_record(&arena, message->family),
		.time = simulate->now,
		.data = buf_str(&buf),
	};
	simulate_take(simulate, intake_own_event(&arena, &event), true, INSTANT_NEVER);
	arena_free(&arena);
}

static str wanted_outcome(struct simulate *simulate, const struct message *message)
{
	for (size_t i = 0; i < simulate->n_outcomes; i++) {
		struct wanted_outcome *wanted = &simulate->outcomes[i];
		if (wanted->used || wanted->channel != message->channel ||
		    !str_eq(wanted->contact, message->contact))
			continue;
		wanted->used = true;
		return wanted->outcome;
	}
	return S("accepted");
}

/* The parcel ends before its outcome is reported, because the report may make another message; so
 * what the report needs is copied first. */
static void settle(struct simulate *simulate, struct parcel *parcel, enum message_state state,
		   const struct outcome *outcomes, size_t n)
{
	struct arena arena = ARENA_EMPTY;
	const struct message message = {
		.id = str_copy(&arena, parcel->message.id),
		.family = str_copy(&arena, parcel->message.family),
		.case_id = str_copy(&arena, parcel->message.case_id),
		.channel = parcel->message.channel,
		.postage = parcel->message.postage,
	};
	int attempt = parcel->tries;
	if (state == MESSAGE_ACCEPTED || state == MESSAGE_DISPATCHED)
		parcel->left = (struct message){
			.id = str_copy(&simulate->keep, message.id),
			.family = str_copy(&simulate->keep, message.family),
			.case_id = str_copy(&simulate->keep, message.case_id),
			.contact = str_copy(&simulate->keep, parcel->message.contact),
			.channel = message.channel,
		};
	trace_message(simulate, &parcel->message, state, STR_EMPTY);
	end(parcel, state);
	for (size_t i = 0; i < n; i++)
		report(simulate, &message, attempt, outcomes[i]);
	arena_free(&arena);
}

static void accept(struct simulate *simulate, struct parcel *parcel)
{
	static const struct outcome outcomes[] = {
		{ .type = "accepted", .code = "accepted" },
		{ .type = "dispatched", .code = "dispatched" },
	};
	bool letter = parcel->message.channel == CHANNEL_LETTER;
	settle(simulate, parcel, letter ? MESSAGE_DISPATCHED : MESSAGE_ACCEPTED, outcomes,
	       letter ? 2 : 1);
}

static void fail(struct simulate *simulate, struct parcel *parcel, bool wrong_address)
{
	const struct outcome outcome = { .type = "failed",
					 .code = wrong_address ? "no_such_address" : "refused",
					 .wrong_address = wrong_address };
	settle(simulate, parcel, MESSAGE_FAILED, &outcome, 1);
}

/* Nobody knows whether it arrived. An email goes again, under the same name; a text message or a
 * letter is left to a person. */
static void lose_sight(struct simulate *simulate, struct parcel *parcel)
{
	struct outcome outcome = { .type = "unknown", .code = "no_answer" };
	if (parcel->message.channel != CHANNEL_EMAIL) {
		settle(simulate, parcel, MESSAGE_UNKNOWN, &outcome, 1);
		return;
	}
	outcome.again = true;
	leave_at(simulate, parcel, instant_add(simulate->now, AGAIN_AFTER));
	report(simulate, &parcel->message, parcel->tries, outcome);
}

/* It is accepted in the end; meanwhile nobody can stop it. */
static void take_long(struct simulate *simulate, struct parcel *parcel)
{
	leave_at(simulate, parcel, instant_add(simulate->now, SLOW));
	parcel->under_way = true;
}

static void hand_over(struct simulate *simulate, struct parcel *parcel)
{
	str outcome = wanted_outcome(simulate, &parcel->message);
	parcel->tries++;
	if (simulate->watch.handed_over != NULL)
		simulate->watch.handed_over(simulate->watch.arg, simulate->now, &parcel->message);
	bool is_last = parcel->tries >= parcel->message.tries_max;
	bool is_later = str_eq(outcome, S("later"));
	if (str_eq(outcome, S("failed")) || (is_later && is_last))
		fail(simulate, parcel, false);
	else if (str_eq(outcome, S("no_such_address")))
		fail(simulate, parcel, true);
	else if (str_eq(outcome, S("unknown")))
		lose_sight(simulate, parcel);
	else if (is_later)
		leave_at(simulate, parcel, instant_add(simulate->now, AGAIN_AFTER));
	else if (str_eq(outcome, S("slow")))
		take_long(simulate, parcel);
	else
		accept(simulate, parcel);
}

/* Who is told how has changed since: the message is addressed again, or stopped. Its number is the
 * next one's, so that each report has a name of its own. */
static void ask_again(struct simulate *simulate, struct parcel *parcel)
{
	parcel->state = MESSAGE_INTENDED;
	parcel->leaves = INSTANT_NEVER;
	parcel->tries++;
	report(simulate, &parcel->message, parcel->tries,
	       (struct outcome){ .type = "stale", .code = "stale" });
}

void outbox_leave(struct simulate *simulate, struct parcel *parcel)
{
	const struct message *message = &parcel->message;
	const struct family *family = simulate_family(simulate, message->family);
	require(family != NULL);
	if (parcel->under_way) {
		accept(simulate, parcel);
	} else if (message->tell != family->tell) {
		ask_again(simulate, parcel);
	} else if (!instant_before(simulate->now, message->useless_after)) {
		const struct outcome expired = { .type = "expired", .code = "useless" };
		settle(simulate, parcel, MESSAGE_EXPIRED, &expired, 1);
	} else {
		hand_over(simulate, parcel);
	}
}

bool simulate_news(struct simulate *simulate, str contact, enum channel_kind channel, str outcome)
{
	for (size_t i = simulate->n_parcels; i > 0; i--) {
		const struct parcel *parcel = simulate->parcels[i - 1];
		if (parcel->left.id.n == 0 || parcel->left.channel != channel ||
		    !str_eq(parcel->left.contact, contact))
			continue;
		struct arena arena = ARENA_EMPTY;
		const struct outcome news = { .type = str_z(&arena, outcome),
					      .code = "news",
					      .wrong_address = str_eq(outcome, S("failed")) };
		report(simulate, &parcel->left, parcel->tries, news);
		arena_free(&arena);
		return true;
	}
	return false;
}
