/*
 * Reading the two streams.
 *
 *	make the groups -> claim what others left -> hand over what is pending -> read what is new
 *	       ^                                                                        |
 *	       +---- no group any more, or somebody else took something ----------------+
 *
 * Each step asks Redis one thing; its answer says what the next step is (`advance`). Pending entries
 * are handed over in windows, those that were delivered often one at a time: when one of them brings
 * the process down, its neighbours are not blamed for it.
 */
#include "base/arena.h"
#include "intake/intake.h"

#define GROUP S("candour")
#define ASK_LIMIT SPAN_S(10)
/* Shorter than the lease is longer than we believe in it: no read outlasts it, or it would take events
 * from under the next owner, who would decide later ones first. */
#define BLOCK_MS 1000
#define READ_LIMIT SPAN_MS(BLOCK_MS + 5000)
#define WINDOW 100
#define SUSPICIOUS_DELIVERIES 3 /* from then on an entry is handed over alone */
#define READ_WANT_MIN 64        /* below that, reading would go in too small pieces */
#define READS_BEFORE_CHECK 8    /* then somebody looks whether another consumer took something */
#define STREAMS 2
#define ID_BYTES_MAX 48

enum step {
	STEP_STOPPED, /* until a restart */
	STEP_MAKE,
	STEP_CLAIM,
	STEP_LIST,
	STEP_HAND_OVER,
	STEP_READ,
	STEP_CHECK,
	STEP_COUNT
};

struct pending {
	char id[ID_BYTES_MAX];
	size_t n;
	int64_t deliveries;
};

struct intake {
	struct redis_link *link;
	struct arena kept, scratch;
	str keys[STREAMS]; /* own, events */
	str consumer;
	struct intake_events events;
	enum step step;
	int stream;          /* the one that the step is about */
	struct pending from; /* how far claiming or listing has come */
	struct pending window[WINDOW];
	size_t window_n, window_at, window_to; /* [at, to) was asked for */
	size_t want;
	bool asking;
	bool restarting; /* begin anew when the answer under way is there */
	bool quiet;      /* go on only when nothing is under way */
	bool troubled;   /* go on when somebody calls intake_want */
	bool counts;     /* what is claimed counts as delivered */
	bool restarted;
	int reads;
};

static str id_of(const struct pending *pending)
{
	return (str){ pending->id, pending->n };
}

static void set_id(struct pending *pending, str id)
{
	pending->n = id.n < sizeof pending->id ? id.n : 0;
	memcpy(pending->id, id.p, pending->n);
}

static enum origin origin_of(int stream)
{
	return stream == 0 ? ORIGIN_OWN : ORIGIN_EVENTS;
}

/* --- steps ------------------------------------------------------------------------------------ */

static void enter(struct intake *intake, enum step step, int stream)
{
	intake->step = step;
	intake->stream = stream;
	intake->window_n = 0;
	intake->window_at = 0;
	intake->window_to = 0;
	set_id(&intake->from, step == STEP_LIST ? S("-") : S("0-0"));
}

/* The same step for the other stream, or the next step for the first. */
static void enter_next(struct intake *intake, enum step same, enum step next)
{
	if (intake->stream + 1 < STREAMS)
		enter(intake, same, intake->stream + 1);
	else
		enter(intake, next, 0);
}

/* --- questions -------------------------------------------------------------------------------- */

#define WORDS_MAX (WINDOW + 8)

struct words_of {
	str list[WORDS_MAX];
	size_t n;
};

static void add_word(struct words_of *words, str word)
{
	require(words->n < WORDS_MAX);
	words->list[words->n++] = word;
}

static struct words_of words_on(struct intake *intake, str first, str second)
{
	struct words_of words = { .n = 0 };

	add_word(&words, first);
	if (second.n != 0)
		add_word(&words, second);
	add_word(&words, intake->keys[intake->stream]);
	return words;
}

static struct words_of say_make(struct intake *intake)
{
	struct words_of words = words_on(intake, S("XGROUP"), S("CREATE"));

	add_word(&words, GROUP);
	add_word(&words, S("0"));
	add_word(&words, S("MKSTREAM"));
	return words;
}

static struct words_of say_claim(struct intake *intake)
{
	struct words_of words = words_on(intake, S("XAUTOCLAIM"), STR_EMPTY);

	add_word(&words, GROUP);
	add_word(&words, intake->consumer);
	add_word(&words, S("0"));
	add_word(&words, id_of(&intake->from));
	add_word(&words, S("COUNT"));
	add_word(&words, S("1000"));
	add_word(&words, S("JUSTID"));
	return words;
}

static struct words_of say_list(struct intake *intake)
{
	struct words_of words = words_on(intake, S("XPENDING"), STR_EMPTY);

	add_word(&words, GROUP);
	add_word(&words, id_of(&intake->from));
	add_word(&words, S("+"));
	add_word(&words, str_fmt(&intake->scratch, "%d", WINDOW));
	add_word(&words, intake->consumer);
	return words;
}

/* How far the window may be handed over in one piece. */
static size_t end_of_piece(const struct intake *intake)
{
	size_t to = intake->window_at;

	if (intake->window[to].deliveries > SUSPICIOUS_DELIVERIES)
		return to + 1;
	while (to < intake->window_n && to - intake->window_at < intake->want &&
	       intake->window[to].deliveries <= SUSPICIOUS_DELIVERIES)
		to++;
	return to;
}

/* XCLAIM counts a delivery; reading the range does not. */
static struct words_of say_hand_over(struct intake *intake)
{
	const size_t from = intake->window_at, to = end_of_piece(intake);
	struct words_of words = words_on(intake, intake->counts ? S("XCLAIM") : S("XRANGE"),
					 STR_EMPTY);

	intake->window_to = to;
	if (!intake->counts) {
		add_word(&words, id_of(&intake->window[from]));
		add_word(&words, id_of(&intake->window[to - 1]));
		return words;
	}
	add_word(&words, GROUP);
	add_word(&words, intake->consumer);
	add_word(&words, S("0"));
	for (size_t i = from; i < to; i++)
		add_word(&words, id_of(&intake->window[i]));
	return words;
}

static struct words_of say_read(struct intake *intake)
{
	const str list[] = { S("XREADGROUP"), S("GROUP"),
			     GROUP,           intake->consumer,
			     S("COUNT"),      str_fmt(&intake->scratch, "%zu", intake->want),
			     S("BLOCK"),      str_fmt(&intake->scratch, "%d", BLOCK_MS),
			     S("STREAMS"),    intake->keys[0],
			     intake->keys[1], S(">"),
			     S(">") };
	struct words_of words = { .n = 0 };

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		add_word(&words, list[i]);
	return words;
}

static struct words_of say_check(struct intake *intake)
{
	struct words_of words = words_on(intake, S("XPENDING"), STR_EMPTY);

	add_word(&words, GROUP);
	return words;
}

/* Whether what is wanted allows the step now. */
static bool may_ask(const struct intake *intake)
{
	const bool nothing_under_way = intake->want == INTAKE_BATCH_MAX;

	if (intake->asking || intake->troubled || intake->step == STEP_STOPPED ||
	    intake->want == 0 || (intake->quiet && !nothing_under_way) ||
	    !intake->events.is_ours(intake->events.arg))
		return false;
	if (intake->step == STEP_HAND_OVER &&
	    intake->window[intake->window_at].deliveries > SUSPICIOUS_DELIVERIES)
		return nothing_under_way;
	return intake->step != STEP_READ || intake->want >= READ_WANT_MIN;
}

static void hear(void *arg, enum err err, const struct reply *reply);

static void advance(struct intake *intake)
{
	static struct words_of (*const say[STEP_COUNT])(struct intake *) = {
		[STEP_MAKE] = say_make, [STEP_CLAIM] = say_claim,
		[STEP_LIST] = say_list, [STEP_HAND_OVER] = say_hand_over,
		[STEP_READ] = say_read, [STEP_CHECK] = say_check,
	};
	struct words_of words;

	if (!may_ask(intake))
		return;
	intake->quiet = false;
	arena_clear(&intake->scratch);
	words = say[intake->step](intake);
	intake->asking = true;
	redis_link_send(intake->link, (struct command){ .args = words.list, .n = words.n },
			intake->step == STEP_READ ? READ_LIMIT : ASK_LIMIT, hear, intake);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void begin_anew(struct intake *intake)
{
	intake->restarting = false;
	intake->troubled = false;
	intake->reads = 0;
	enter(intake, STEP_MAKE, 0);
}

/* The entries of a stream as items; entry: [id, [field, value ...]]. */
static size_t items_of(enum origin origin, const struct reply *entries, struct item *out)
{
	size_t n = 0;

	for (size_t i = 0; i < entries->n; i++) {
		const struct reply *entry = &entries->items[i];
		struct item *item = &out[n];

		if (entry->n != 2 || entry->items[1].type != REPLY_LIST)
			continue;
		*item = (struct item){ .origin = origin, .id = entry->items[0].text };
		for (size_t f = 0; f + 1 < entry->items[1].n && !item->has_event; f += 2) {
			if (!str_eq(entry->items[1].items[f].text, S("event")))
				continue;
			item->has_event = true;
			item->bytes = entry->items[1].items[f + 1].text;
		}
		n++;
	}
	return n;
}

static void give(struct intake *intake, const struct item *items, size_t n)
{
	if (n > 0)
		intake->events.items(intake->events.arg, items, n);
}

static void hear_made(struct intake *intake, const struct reply *reply)
{
	(void)reply;
	enter_next(intake, STEP_MAKE, STEP_CLAIM);
}

/* [next cursor, ids, deleted ids] */
static void hear_claimed(struct intake *intake, const struct reply *reply)
{
	if (reply->n < 2 || str_eq(reply->items[0].text, S("0-0")))
		enter_next(intake, STEP_CLAIM, STEP_LIST);
	else
		set_id(&intake->from, reply->items[0].text);
}

/* [[id, consumer, idle, deliveries] ...] */
static void hear_listed(struct intake *intake, const struct reply *reply)
{
	intake->window_n = 0;
	intake->window_at = 0;
	for (size_t i = 0; i < reply->n && i < WINDOW; i++) {
		const struct reply *row = &reply->items[i];

		if (row->n < 4)
			continue;
		set_id(&intake->window[intake->window_n], row->items[0].text);
		intake->window[intake->window_n++].deliveries = row->items[3].integer;
	}
	if (intake->window_n == 0) {
		enter_next(intake, STEP_LIST, STEP_READ);
		if (intake->step == STEP_READ)
			intake->counts = false;
		return;
	}
	set_id(&intake->from,
	       str_join(&intake->scratch, S("("), id_of(&intake->window[intake->window_n - 1])));
	intake->step = STEP_HAND_OVER;
}

static void forget_answer(void *arg, enum err err, const struct reply *reply)
{
	(void)arg;
	(void)err;
	(void)reply;
}

static bool is_among(str id, const struct item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(items[i].id, id))
			return true;
	return false;
}

/* Entries that were deleted while they were pending will never come: they are acknowledged. */
static void drop_deleted(struct intake *intake, const struct item *items, size_t n)
{
	struct words_of words = words_on(intake, S("XACK"), STR_EMPTY);
	const size_t empty = words.n + 1;

	add_word(&words, GROUP);
	for (size_t i = intake->window_at; i < intake->window_to; i++)
		if (!is_among(id_of(&intake->window[i]), items, n))
			add_word(&words, id_of(&intake->window[i]));
	if (words.n > empty)
		redis_link_send(intake->link, (struct command){ .args = words.list, .n = words.n },
				ASK_LIMIT, forget_answer, NULL);
}

static void hear_handed_over(struct intake *intake, const struct reply *reply)
{
	struct item *items = TAKE(&intake->scratch, struct item, reply->n);
	const size_t n = items_of(origin_of(intake->stream), reply, items);

	for (size_t i = 0; i < n; i++)
		for (size_t w = intake->window_at; w < intake->window_to; w++)
			if (str_eq(items[i].id, id_of(&intake->window[w])))
				items[i].poison = intake->window[w].deliveries > POISON_DELIVERIES;
	drop_deleted(intake, items, n);
	intake->quiet = intake->window[intake->window_at].deliveries > SUSPICIOUS_DELIVERIES;
	intake->want -= n < intake->want ? n : intake->want;
	intake->window_at = intake->window_to;
	if (intake->window_at == intake->window_n)
		intake->step = STEP_LIST;
	give(intake, items, n);
}

/* [[key, entries] ...], or nil when there was nothing in time */
static void hear_read(struct intake *intake, const struct reply *reply)
{
	if (++intake->reads >= READS_BEFORE_CHECK) {
		intake->reads = 0;
		enter(intake, STEP_CHECK, 0);
	}
	for (size_t i = 0; i < reply->n; i++) {
		const struct reply *stream = &reply->items[i];
		const bool own = str_eq(stream->items[0].text, intake->keys[0]);
		struct item *items = TAKE(&intake->scratch, struct item, stream->items[1].n);
		const size_t n = items_of(own ? ORIGIN_OWN : ORIGIN_EVENTS, &stream->items[1],
					  items);

		intake->want -= n < intake->want ? n : intake->want;
		give(intake, items, n);
	}
}

/* [how many, first, last, [[consumer, how many] ...]]: a daemon that no longer owns the prefix may
 * have taken something just before it knew. */
static void hear_checked(struct intake *intake, const struct reply *reply)
{
	const struct reply *consumers = reply->n == 4 ? &reply->items[3] : NULL;

	for (size_t i = 0; consumers != NULL && i < consumers->n; i++) {
		if (str_eq(consumers->items[i].items[0].text, intake->consumer))
			continue;
		begin_anew(intake);
		intake->quiet = true;
		return;
	}
	enter_next(intake, STEP_CHECK, STEP_READ);
}

/* Redis said no. */
static void hear_error(struct intake *intake, str text)
{
	if (intake->step == STEP_MAKE && str_starts(text, S("BUSYGROUP"))) {
		hear_made(intake, NULL);
	} else if (str_starts(text, S("NOGROUP")) || str_starts(text, S("UNBLOCKED"))) {
		begin_anew(intake);
		intake->quiet = true;
	} else {
		intake->troubled = true;
		intake->events.trouble(intake->events.arg, text);
	}
}

static void hear(void *arg, enum err err, const struct reply *reply)
{
	static void (*const heard[STEP_COUNT])(struct intake *, const struct reply *) = {
		[STEP_MAKE] = hear_made,   [STEP_CLAIM] = hear_claimed,
		[STEP_LIST] = hear_listed, [STEP_HAND_OVER] = hear_handed_over,
		[STEP_READ] = hear_read,   [STEP_CHECK] = hear_checked,
	};
	struct intake *intake = arg;

	/* Until the end this counts as asking: who gets items may call us, and waits. */
	if (err != OK)
		intake->step = STEP_STOPPED;
	else if (!intake->restarting && reply->type == REPLY_ERROR)
		hear_error(intake, reply->text);
	else if (!intake->restarting)
		heard[intake->step](intake, reply);
	intake->asking = false;
	if (intake->restarting)
		begin_anew(intake);
	advance(intake);
}

/* --- the door --------------------------------------------------------------------------------- */

struct intake *intake_open(struct redis_link *link, str prefix, str consumer,
			   const struct intake_events *events)
{
	struct intake *intake = calloc(1, sizeof *intake);

	if (intake == NULL)
		fatal("no memory for the intake");
	intake->link = link;
	intake->keys[0] = str_join(&intake->kept, prefix, S(":own"));
	intake->keys[1] = str_join(&intake->kept, prefix, S(":events"));
	intake->consumer = str_copy(&intake->kept, consumer);
	intake->events = *events;
	intake->step = STEP_STOPPED;
	return intake;
}

void intake_restart(struct intake *intake)
{
	intake->counts = !intake->restarted;
	intake->restarted = true;
	if (intake->asking)
		intake->restarting = true;
	else
		begin_anew(intake);
	advance(intake);
}

void intake_want(struct intake *intake, size_t n)
{
	intake->want = n < INTAKE_BATCH_MAX ? n : INTAKE_BATCH_MAX;
	intake->troubled = false;
	advance(intake);
}

void intake_free(struct intake **intake)
{
	if (*intake == NULL)
		return;
	arena_free(&(*intake)->kept);
	arena_free(&(*intake)->scratch);
	free(*intake);
	*intake = NULL;
}
