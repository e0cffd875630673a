/*
 * The outbox: a message from claim to outcome. Each step is one script for a whole batch.
 */
#include "base/arena.h"
#include "store/inner.h"

/* After a hand-over without an outcome, before it is tried again where that may be. */
#define UNKNOWN_PAUSE_MS 60000
/* What claim gives: when to ask again, the paused providers; then for each message its id, record, attempt,
 * tried, unknown before, body. */
#define CLAIM_HEAD 2
#define CLAIMED_PARTS 6
#define CODE_CHARS_MAX 64
/* Between two questions about what was accepted: a message's age within these. */
#define FOLLOW_PAUSE_LEAST SPAN_MIN(1)
#define FOLLOW_PAUSE_MOST SPAN_HOURS(1)
#define FOLLOW_AGE_MOST SPAN_HOURS(7 * 24) /* so long providers keep what they know */
#define PROVIDER_CHARS_MAX 200

static struct args args_of_batch(struct arena *arena, const struct store *store, enum script script,
				 enum channel_kind channel)
{
	struct args args = args_of_script(arena, store, script);

	args_add(&args, channel_kind_name(channel));
	return args;
}

/* --- claim ------------------------------------------------------------------------------------ */

struct command store_claim(struct arena *arena, const struct store *store,
			   enum channel_kind channel, struct sender sender, size_t n, instant now)
{
	struct args args = args_of_batch(arena, store, SCRIPT_claim, channel);

	args_add(&args, sender.name);
	args_add_int(&args, n > CLAIM_MAX ? CLAIM_MAX : (int64_t)n);
	args_add_int(&args, now.ms);
	args_add(&args, instant_print(arena, now));
	args_add_int(&args, CLAIM_LEASE_MS);
	args_add_int(&args, UNKNOWN_PAUSE_MS);
	args_add_int(&args, sender.may_repeat ? 1 : 0);
	return args_command(&args);
}

static enum err read_claimed(struct arena *arena, const struct reply *parts, struct claimed *out)
{
	if (parts[0].type != REPLY_TEXT || !reply_number(&parts[2], &out->attempt) ||
	    !reply_number(&parts[3], &out->tried))
		return ERR_CORRUPT;
	out->unknown_before = str_eq(parts[4].text, S("1"));
	out->body = reply_text(arena, &parts[5]);
	/* One that cannot be read must not hold up the others. */
	out->damaged = message_read(arena, parts[1].text, &out->message) != OK;
	out->message.id = reply_text(arena, &parts[0]);
	return OK;
}

enum err store_claim_read(struct arena *arena, const struct reply *reply, struct claim *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct claim claim = { .n = 0 };

	if (err != OK)
		return err;
	if (reply->n < CLAIM_HEAD || (reply->n - CLAIM_HEAD) % CLAIMED_PARTS != 0 ||
	    !reply_instant(&reply->items[0], &claim.next) ||
	    reply_texts(arena, &reply->items[1], &claim.paused, &claim.n_paused) != OK)
		return ERR_CORRUPT;
	claim.n = (reply->n - CLAIM_HEAD) / CLAIMED_PARTS;
	claim.list = TAKE(arena, struct claimed, claim.n);
	for (size_t i = 0; i < claim.n && err == OK; i++)
		err = read_claimed(arena, &reply->items[CLAIM_HEAD + i * CLAIMED_PARTS],
				   &claim.list[i]);
	if (err == OK)
		*out = claim;
	return err;
}

/* --- begin ------------------------------------------------------------------------------------ */

struct command store_begin(struct arena *arena, const struct store *store,
			   enum channel_kind channel, const struct begin *begins, size_t n,
			   instant now)
{
	struct args args = args_of_batch(arena, store, SCRIPT_begin, channel);

	require(n <= CLAIM_MAX);
	args_add_int(&args, now.ms);
	args_add(&args, instant_print(arena, now));
	args_add_int(&args, HANDOVER_LEASE_MS);
	args_add_int(&args, (int64_t)BODY_BYTES_MAX);
	for (size_t i = 0; i < n; i++) {
		args_add(&args, begins[i].message);
		args_add_int(&args, begins[i].attempt);
		args_add(&args, begins[i].body);
		args_add(&args, begins[i].sha256);
		args_add(&args, begins[i].template_version);
	}
	return args_command(&args);
}

enum err store_begin_read(const struct reply *reply, bool *out_may, size_t n)
{
	enum err err = reply_check(reply, REPLY_LIST);

	if (err != OK)
		return err;
	if (reply->n != n)
		return ERR_CORRUPT;
	for (size_t i = 0; i < n; i++)
		if (reply->items[i].type != REPLY_INTEGER)
			return ERR_CORRUPT;
	for (size_t i = 0; i < n; i++)
		out_may[i] = reply->items[i].integer == 1;
	return OK;
}

/* --- settle ----------------------------------------------------------------------------------- */

static const char *name_settled(enum settled settled)
{
	switch (settled) {
	case SETTLED_ACCEPTED:
		return "accepted";
	case SETTLED_LATER:
		return "later";
	case SETTLED_NOT_BEGUN:
		return "not_begun";
	case SETTLED_HELD:
		return "held";
	case SETTLED_FAILED:
		return "failed";
	case SETTLED_SHADOW:
		return "shadow";
	case SETTLED_UNKNOWN:
		break;
	}
	return "unknown";
}

/* Codes and ids come from the other side: what is not printable ASCII becomes '?', so that the event
 * made of them can be read again. */
static str clean(struct arena *arena, str text, size_t max)
{
	size_t n = text.n < max ? text.n : max;
	char *p = TAKE(arena, char, n);

	for (size_t i = 0; i < n; i++)
		p[i] = text.p[i] >= ' ' && text.p[i] <= '~' ? text.p[i] : '?';
	return (str){ p, n };
}

struct command store_settle(struct arena *arena, const struct store *store,
			    enum channel_kind channel, const struct settle *settles, size_t n,
			    instant now)
{
	struct args args = args_of_batch(arena, store, SCRIPT_settle, channel);

	require(n <= CLAIM_MAX);
	args_add_int(&args, now.ms);
	args_add_instant(&args, n > 0 && settles[0].follow ? instant_add(now, FOLLOW_PAUSE_LEAST)
							   : INSTANT_NEVER);
	for (size_t i = 0; i < n; i++) {
		args_add(&args, settles[i].message);
		args_add(&args, settles[i].family);
		args_add(&args, settles[i].case_id);
		args_add_int(&args, settles[i].attempt);
		args_add(&args, str_of(name_settled(settles[i].outcome)));
		args_add(&args, instant_print(arena, settles[i].at));
		args_add_instant(&args, settles[i].again);
		args_add(&args, settles[i].address ? S("1") : S("0"));
		args_add(&args, clean(arena, settles[i].code, CODE_CHARS_MAX));
		args_add(&args, clean(arena, settles[i].provider_id, PROVIDER_CHARS_MAX));
	}
	return args_command(&args);
}

enum err store_settle_read(const struct reply *reply, size_t *out_late)
{
	enum err err = reply_check(reply, REPLY_INTEGER);

	if (err != OK)
		return err;
	if (reply->integer < 0)
		return ERR_CORRUPT;
	*out_late = (size_t)reply->integer;
	return OK;
}

/* --- follow ------------------------------------------------------------------------------------ */

struct command store_follow(struct arena *arena, const struct store *store,
			    enum channel_kind channel, instant now)
{
	struct args args = args_of_batch(arena, store, SCRIPT_follow, channel);

	args_add_int(&args, FOLLOW_MAX);
	args_add_int(&args, now.ms);
	args_add_int(&args, FOLLOW_PAUSE_LEAST.ms);
	args_add_int(&args, FOLLOW_PAUSE_MOST.ms);
	args_add_int(&args, FOLLOW_AGE_MOST.ms);
	return args_command(&args);
}

enum err store_follow_read(struct arena *arena, const struct reply *reply, struct to_follow **out,
			   size_t *out_n, instant *out_next)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct to_follow *list;
	instant next;
	size_t n;

	if (err != OK)
		return err;
	if (reply->n % 2 == 0 || !reply_instant(&reply->items[0], &next))
		return ERR_CORRUPT;
	n = reply->n / 2;
	list = TAKE(arena, struct to_follow, n);
	for (size_t i = 0; i < n; i++) {
		const struct reply *parts = &reply->items[1 + 2 * i];

		if (parts[0].type != REPLY_TEXT || parts[1].type != REPLY_TEXT)
			return ERR_CORRUPT;
		list[i].message = reply_text(arena, &parts[0]);
		if (!instant_parse(parts[1].text, &list[i].handed_over_at))
			list[i].handed_over_at = INSTANT_NEVER;
	}
	*out = list;
	*out_n = n;
	*out_next = next;
	return OK;
}
