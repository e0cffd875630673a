/* Many alerts for one reader at once: a provider that was out, a calendar that changed, a service's many
 * breaches of one day. An alert that is to be said at once is noted at the desk, and waits as long as its
 * service's rule looks back; an urgent one only while there is a storm. Where more than so many come, the desk
 * says so to everybody, and they go as one message of the desk's; else each is said by itself. */
#include "decide/inner.h"

/* A note has this long to reach the desk, and the desk's word to come back. */
#define ON_THE_WAY SPAN_MIN(1)
/* One message, however long it lasts: but after so long at the latest. */
#define LONGEST SPAN_HOURS(1)
/* Somebody may still come late with an alert of that time. */
#define KNOWN_FOR SPAN_DAYS(1)

/* --- in a family's record ------------------------------------------------------------------------ */

instant storm_waits(const struct turn *turn, const struct service *service)
{
	span length = { SPAN_MIN(service->storm.minutes).ms + ON_THE_WAY.ms };
	return instant_add(turn->now, length);
}

bool storm_has(struct turn *turn, const struct intent *intent)
{
	size_t n;
	if (instant_is_never(intent->noted))
		return false;
	const struct recipient *readers = people_for(turn, intent, &n);
	for (size_t i = 0; n > 0 && i < turn->policy->n_storms; i++) {
		const struct storm *storm = &turn->policy->storms[i];
		if (str_eq(storm->service, intent->desk) && str_eq(storm->reader, readers->id) &&
		    !instant_before(intent->noted, storm->from) &&
		    !instant_before(storm->until, intent->noted))
			return true;
	}
	return false;
}

/* --- at the desk: seeing one come ---------------------------------------------------------------- */

/* The person, or the service's mailbox where nobody is there. */
static str reader_of(const struct turn *turn, const struct desk_item *item)
{
	str person = desk_reader(turn, item);
	return person.n > 0 ? person : family_desk(turn->family);
}

static bool is_lone(const struct desk_item *item)
{
	return !instant_is_never(item->noted) && !item->in_storm;
}

static struct desk_storm *find_storm(struct turn *turn, str reader, instant at)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_storms; i++) {
		struct desk_storm *storm = &desk->storms[i];
		if (str_eq(storm->reader, reader) && !instant_before(at, storm->from) &&
		    !instant_before(storm->until, at))
			return storm;
	}
	return NULL;
}

static bool is_counted(struct turn *turn, size_t at, str reader, instant since)
{
	const struct desk_item *item = &turn->family->items[at];
	if (!is_lone(item) || instant_before(item->noted, since) ||
	    !str_eq(reader_of(turn, item), reader))
		return false;
	for (size_t i = 0; i < at; i++) {
		const struct desk_item *other = &turn->family->items[i];
		if (is_lone(other) && !instant_before(other->noted, since) &&
		    desk_is_same(other, item) && str_eq(reader_of(turn, other), reader))
			return false;
	}
	return true;
}

static void tell_reader(struct turn *turn, str reader);

/* Room for one more: the oldest that counts nothing goes; else the oldest, which is told now. */
static void make_room(struct turn *turn)
{
	struct family *desk = turn->family;
	size_t at = 0;
	while (at < desk->n_storms && desk->storms[at].more > 0)
		at++;
	if (at == desk->n_storms) {
		at = 0;
		tell_reader(turn, desk->storms[0].reader);
	}
	for (size_t i = at; i + 1 < desk->n_storms; i++)
		desk->storms[i] = desk->storms[i + 1];
	desk->n_storms--;
}

static struct desk_storm *begin_storm(struct turn *turn, str reader, instant since, instant until)
{
	struct family *desk = turn->family;
	struct desk_storm storm = { .reader = reader, .from = turn->now, .until = until };
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		/* What is urgent has been said already. */
		if (!is_lone(item) || item->urgent || instant_before(item->noted, since) ||
		    !str_eq(reader_of(turn, item), reader))
			continue;
		item->in_storm = true;
		storm.from = instant_min(storm.from, item->noted);
	}
	if (desk->n_storms == DESK_STORMS_MAX)
		make_room(turn);
	struct desk_storm *begun = GROW(turn->arena, desk->storms, desk->n_storms);
	*begun = storm;
	entry_add(turn, "note", reader, STR_EMPTY,
		  str_fmt(turn->arena, "Many alerts for %.*s at once: they come as one",
			  STR_ARG(reader)),
		  STR_EMPTY);
	fact_add(turn, S("storm.began"), STR_EMPTY,
		 str_fmt(turn->arena, "{\"reader\":\"%.*s\"}", STR_ARG(reader)));
	return begun;
}

bool storm_takes(struct turn *turn, struct desk_item *item, bool has_room)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	if (service == NULL)
		return false;
	str reader = reader_of(turn, item);
	span back = SPAN_MIN(service->storm.minutes);
	instant until = instant_add(item->noted, back);
	struct desk_storm *storm = find_storm(turn, reader, item->noted);
	/* Notes of one moment come in any order: this one may be older than the first that was here. */
	if (storm == NULL)
		storm = find_storm(turn, reader, until);
	/* Each that is not kept would be missed when they are counted: this is a storm by now. */
	if (storm == NULL && !has_room && service->storm.alerts > 0)
		storm = begin_storm(turn, reader, instant_add(item->noted, (span){ -back.ms }),
				    until);
	if (storm == NULL)
		return false;
	storm->from = instant_min(storm->from, item->noted);
	until = instant_min(until, instant_add(storm->from, LONGEST));
	if (instant_before(storm->until, until))
		storm->until = until;
	item->in_storm = true;
	if (!has_room) {
		storm->more++;
		storm->urgent = storm->urgent || item->urgent;
	}
	return true;
}

void storm_handed(struct turn *turn, struct desk_item *item)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	span back = SPAN_MIN(service != NULL ? service->storm.minutes : 0);
	instant asks_at = instant_add(instant_add(item->noted, back), ON_THE_WAY);
	bool has_left_it = item->in_storm && !instant_before(turn->now, asks_at);
	if (has_left_it)
		return;
	item->in_storm = false;
	(void)storm_takes(turn, item, true);
}

void storm_weigh(struct turn *turn, const struct desk_item *item)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	if (service == NULL || service->storm.alerts == 0)
		return;
	str reader = reader_of(turn, item);
	span back = SPAN_MIN(service->storm.minutes);
	instant since = instant_add(item->noted, (span){ -back.ms });
	int n = 0;
	for (size_t i = 0; i < turn->family->n_items; i++)
		n += is_counted(turn, i, reader, since) ? 1 : 0;
	if (n > service->storm.alerts)
		begin_storm(turn, reader, since, instant_add(item->noted, back));
}

/* --- at the desk: telling it --------------------------------------------------------------------- */

/* When its reader may be told of it: when no more come, and they are at work, unless it is urgent. */
static instant time_of(struct turn *turn, str reader, instant until, bool is_urgent)
{
	const struct intent intent = { .grade = is_urgent ? GRADE_URGENT : GRADE_ALERT };
	const struct recipient recipient = { .id = reader };
	struct turn then = *turn;
	if (instant_before(then.now, until))
		then.now = until;
	return hours_not_before(&then, &intent, &recipient, CHANNEL_EMAIL, INSTANT_NEVER);
}

static instant time_of_item(struct turn *turn, const struct desk_item *item)
{
	str reader = reader_of(turn, item);
	const struct desk_storm *storm = find_storm(turn, reader, item->noted);
	/* Whose it was is away since: nobody else waits for more. */
	return time_of(turn, reader, storm != NULL ? storm->until : turn->now, item->urgent);
}

static void tell_reader(struct turn *turn, str reader)
{
	struct family *desk = turn->family;
	struct desk_item **list = TAKE(turn->arena, struct desk_item *, desk->n_items);
	size_t n = 0, more = 0;
	bool is_urgent = false;
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		bool is_told = false;
		if (!item->in_storm || !str_eq(reader_of(turn, item), reader))
			continue;
		is_urgent = is_urgent || item->urgent;
		for (size_t k = 0; k < n; k++)
			is_told = is_told || desk_is_same(list[k], item);
		if (!is_told)
			list[n++] = item;
	}
	for (size_t i = 0; i < desk->n_storms; i++) {
		struct desk_storm *storm = &desk->storms[i];
		if (!str_eq(storm->reader, reader))
			continue;
		more += storm->more;
		is_urgent = is_urgent || storm->urgent;
		storm->more = 0;
		storm->urgent = false;
	}
	str at = instant_print(turn->arena, turn->now);
	struct occasion occasion = {
		.id = str_fmt(turn->arena, "storm/%.*s/%.*s", STR_ARG(at), STR_ARG(reader)),
		.rule = S("services/storm"),
		.facts = desk_print(turn, list, n, more),
	};
	struct saying saying = { .audience = AUDIENCE_MANAGER,
				 .role = reader,
				 .template = S("storm"),
				 .grade = is_urgent ? GRADE_URGENT : GRADE_ALERT };
	say(turn, &occasion, &saying, 1);
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!desk->items[i].in_storm || !str_eq(reader_of(turn, &desk->items[i]), reader))
			desk->items[kept++] = desk->items[i];
	}
	desk->n_items = kept;
}

/* The first whose time has come; or empty. */
static str find_due(struct turn *turn)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_items; i++) {
		const struct desk_item *item = &desk->items[i];
		if (item->in_storm && !instant_before(turn->now, time_of_item(turn, item)))
			return reader_of(turn, item);
	}
	for (size_t i = 0; i < desk->n_storms; i++) {
		const struct desk_storm *storm = &desk->storms[i];
		if (storm->more > 0 &&
		    !instant_before(turn->now,
				    time_of(turn, storm->reader, storm->until, storm->urgent)))
			return storm->reader;
	}
	return STR_EMPTY;
}

/* What was no storm has been said by itself. */
static void forget(struct turn *turn)
{
	struct family *desk = turn->family;
	instant before = instant_add(turn->now, (span){ -LONGEST.ms });
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!is_lone(&desk->items[i]) || !instant_before(desk->items[i].noted, before))
			desk->items[kept++] = desk->items[i];
	}
	desk->n_items = kept;
	kept = 0;
	for (size_t i = 0; i < desk->n_storms; i++) {
		struct desk_storm *storm = &desk->storms[i];
		if (storm->more > 0 ||
		    instant_before(turn->now, instant_add(storm->until, KNOWN_FOR)))
			desk->storms[kept++] = *storm;
	}
	desk->n_storms = kept;
}

void storm_look(struct turn *turn)
{
	for (str reader = find_due(turn); reader.n > 0; reader = find_due(turn))
		tell_reader(turn, reader);
	forget(turn);
}

instant storm_next(struct turn *turn)
{
	const struct family *desk = turn->family;
	instant next = INSTANT_NEVER;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (desk->items[i].in_storm)
			next = instant_min(next, time_of_item(turn, &desk->items[i]));
	}
	for (size_t i = 0; i < desk->n_storms; i++) {
		const struct desk_storm *storm = &desk->storms[i];
		if (storm->more > 0)
			next = instant_min(
				next, time_of(turn, storm->reader, storm->until, storm->urgent));
	}
	return next;
}
