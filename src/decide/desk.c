/* A service's desk: who of its people is away, and what waits for the digest. It is a record of its own, told
 * by notes of families; what is over is taken back by them, so that a digest says what is true. */
#include "decide/inner.h"

#define LINES_MAX 60       /* of a digest: more would not be read */
#define NEWS_KEPT_DAYS 7   /* once told */
#define NO_READER "nobody" /* whose list goes to the service's mailbox */
/* So many wait for the digest at most: what is to be said at once has the rest of the room. */
#define WAITING_MAX_ITEMS ((size_t)DESK_ITEMS_MAX / 5 * 4)

/* --- who is away --------------------------------------------------------------------------------- */

static void print_absence(struct turn *turn, struct json_writer *w, const struct absence *absence)
{
	json_open(w);
	json_add_text(w, "person", absence->person);
	json_add_text(w, "deputy", absence->deputy);
	json_add_text(w, "from", date_print(turn->arena, absence->from));
	json_add_text(w, "to", date_print(turn->arena, absence->to));
	json_close(w);
}

static void print_storm(struct turn *turn, struct json_writer *w, const struct desk_storm *storm)
{
	json_open(w);
	json_add_text(w, "storm", storm->reader);
	json_add_text(w, "service", family_desk(turn->family));
	json_add_text(w, "from", instant_print(turn->arena, storm->from));
	json_add_text(w, "until", instant_print(turn->arena, storm->until));
	json_close(w);
}

/* What every decision is to know of this desk. */
static str print_news(struct turn *turn)
{
	const struct family *desk = turn->family;
	struct buf buf = buf_of(turn->arena, FAMILY_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open_list(&w);
	for (size_t i = 0; i < desk->n_absences; i++)
		print_absence(turn, &w, &desk->absences[i]);
	for (size_t i = 0; i < desk->n_storms; i++)
		print_storm(turn, &w, &desk->storms[i]);
	json_close_list(&w);
	return buf_str(&buf);
}

static void forget_absences(struct turn *turn, str event)
{
	struct family *desk = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_absences; i++) {
		const struct absence *absence = &desk->absences[i];
		if (!date_before(absence->to, turn->today) && !str_eq(absence->event, event))
			desk->absences[kept++] = *absence;
	}
	desk->n_absences = kept;
}

static void worker_away(struct turn *turn)
{
	const struct event *event = turn->event;
	struct family *desk = turn->family;
	str person = json_text(event->data, "person"), deputy = json_text(event->data, "deputy");
	struct absence absence = { .person = person, .deputy = deputy, .event = event->id };
	date_parse(json_text(event->data, "from"), &absence.from);
	date_parse(json_text(event->data, "to"), &absence.to);
	forget_absences(turn, STR_EMPTY);
	if (policy_person(turn->policy, person) == NULL) {
		refuse(turn, "data.person", "data.person names nobody");
	} else if (policy_person(turn->policy, deputy) == NULL || str_eq(person, deputy)) {
		refuse(turn, "data.deputy", "data.deputy names nobody else");
	} else if (date_before(absence.to, absence.from)) {
		refuse(turn, "data.to", "data.to lies before data.from");
	} else if (desk->n_absences == DESK_ABSENCES_MAX) {
		refuse(turn, "", "too many people of this service are away");
	} else {
		*GROW(turn->arena, desk->absences, desk->n_absences) = absence;
		entry_event(turn, STR_EMPTY,
			    str_fmt(turn->arena, "%.*s is away, %.*s stands in", STR_ARG(person),
				    STR_ARG(deputy)));
	}
}

static void desk_withdrawn(struct turn *turn)
{
	forget_absences(turn, json_text(turn->event->data, "event"));
	entry_event(turn, STR_EMPTY, S("An event never happened"));
}

static bool has_digest(const struct service *service)
{
	return service != NULL && service->has_digest;
}

/* --- what waits for the digest ------------------------------------------------------------------- */

static bool is_at_once(const struct desk_item *item)
{
	return !instant_is_never(item->noted);
}

/* Whose lists say what is not true any more. */
struct readers {
	str *list;
	size_t n;
};

/* Theirs: the role's holder, or whoever stands in for them, is this person today. */
static str reader_of(const struct turn *turn, str holder, date day)
{
	const struct person *person = policy_present(turn->policy, family_desk(turn->family),
						     holder, day);
	return person != NULL ? person->id : STR_EMPTY;
}

static void add_reader(struct turn *turn, struct readers *readers, str holder)
{
	str reader = reader_of(turn, holder, turn->today);
	for (size_t i = 0; i < readers->n; i++) {
		if (str_eq(readers->list[i], reader))
			return;
	}
	*GROW(turn->arena, readers->list, readers->n) = reader;
}

static void drop_items(struct turn *turn, str case_id, str about, struct readers *changed)
{
	struct family *desk = turn->family;
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		const struct desk_item *item = &desk->items[i];
		bool is_over = str_eq(item->case_id, case_id) && str_eq(item->about, about);
		if (!is_over)
			desk->items[kept++] = *item;
		else if (!is_at_once(item))
			add_reader(turn, changed, item->holder);
	}
	desk->n_items = kept;
}

static struct desk_item *find_item(struct family *desk, const struct desk_item *like)
{
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		if (str_eq(item->case_id, like->case_id) && str_eq(item->about, like->about) &&
		    str_eq(item->holder, like->holder) && is_at_once(item) == is_at_once(like))
			return item;
	}
	return NULL;
}

static size_t count_waiting(const struct family *desk)
{
	size_t n = 0;
	for (size_t i = 0; i < desk->n_items; i++)
		n += is_at_once(&desk->items[i]) ? 0 : 1;
	return n;
}

/* Of more holders than a service can have, those of the first count for all. */
static struct desk_rest *find_rest(struct turn *turn, str holder)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_rest; i++) {
		if (str_eq(desk->rest[i].holder, holder))
			return &desk->rest[i];
	}
	if (desk->n_rest == DESK_RESTS_MAX)
		return &desk->rest[0];
	struct desk_rest *rest = GROW(turn->arena, desk->rest, desk->n_rest);
	rest->holder = holder;
	return rest;
}

/* What there is no room for is in the next list as a number. */
static void count_rest(struct turn *turn, const struct desk_item *item)
{
	struct desk_rest *rest = find_rest(turn, item->holder);
	rest->n = rest->told ? 1 : rest->n + 1;
	rest->told = false;
	fact_add(turn, S("digest.overflow"), item->case_id, S("{}"));
}

static bool is_untold_there(const struct family *desk)
{
	for (size_t i = 0; i < desk->n_rest; i++) {
		if (!desk->rest[i].told)
			return true;
	}
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!is_at_once(&desk->items[i]) && !desk->items[i].told)
			return true;
	}
	return false;
}

/* Somebody may have to be told: what is their own may come to its day. */
static bool is_list_there(const struct family *desk)
{
	bool is_there = is_untold_there(desk);
	for (size_t i = 0; i < desk->n_items; i++)
		is_there = is_there || (!is_at_once(&desk->items[i]) && desk->items[i].own);
	return is_there;
}

/* What stands in their list already, and comes to its day, is no news. */
static void list_again(struct desk_item *old, const struct desk_item *item)
{
	bool is_news = item->template.n > 0;
	bool told = old->told && !is_news;
	bool own = old->own || item->own;
	if (is_news)
		*old = *item;
	old->due = item->due;
	old->known = old->known || item->known;
	old->told = told;
	old->own = own;
}

/* Of what has been read, news go first, which no list says again; then that which its reader only heard of; of what
 * is theirs, and in `candourctl list` as well, the latest. */
static bool goes_before(const struct desk_item *a, const struct desk_item *b)
{
	if (a->news != b->news)
		return a->news;
	return a->own != b->own ? b->own : !date_before(a->due, b->due);
}

/* What its reader has read in a list already, and needs there least; or NULL. */
static const struct desk_item *find_read(const struct family *desk)
{
	const struct desk_item *least = NULL;
	for (size_t i = 0; i < desk->n_items; i++) {
		const struct desk_item *item = &desk->items[i];
		bool is_read = !is_at_once(item) && item->told && item->case_id.n > 0;
		if (is_read && (least == NULL || goes_before(item, least)))
			least = item;
	}
	return least;
}

/* Where there is no room: what is open stands there as well, an alert nowhere else. */
static void add_beyond(struct turn *turn, const struct desk_item *item)
{
	struct family *desk = turn->family;
	bool is_news = item->template.n > 0;
	const struct desk_item *read = is_news ? find_read(desk) : NULL;
	if (read == NULL) {
		count_rest(turn, item);
		return;
	}
	if (!read->news)
		count_rest(turn, read);
	size_t at = (size_t)(read - desk->items);
	memmove(&desk->items[at], &desk->items[at + 1],
		(desk->n_items - at - 1) * sizeof desk->items[0]);
	desk->items[desk->n_items - 1] = *item;
}

/* Said again of the same to the same, it is news. */
static void add_waiting(struct turn *turn, const struct desk_item *item)
{
	struct family *desk = turn->family;
	struct desk_item *old = find_item(desk, item);
	if (!is_list_there(desk))
		desk->list_from = turn->now;
	if (old != NULL)
		list_again(old, item);
	else if (desk->n_items == DESK_ITEMS_MAX || count_waiting(desk) == WAITING_MAX_ITEMS)
		add_beyond(turn, item);
	else
		*GROW(turn->arena, desk->items, desk->n_items) = *item;
}

/* What there is no room for is one of a storm: that counts it, and no family may wait for nothing. */
static void add_at_once(struct turn *turn, struct desk_item *item)
{
	struct family *desk = turn->family;
	struct desk_item *old = find_item(desk, item);
	bool has_room = old != NULL || desk->n_items < DESK_ITEMS_MAX;
	bool is_taken = storm_takes(turn, item, has_room);
	if (!has_room)
		return;
	if (old == NULL)
		old = GROW(turn->arena, desk->items, desk->n_items);
	*old = *item;
	if (!is_taken)
		storm_weigh(turn, old);
}

/* It is with another: what waits for the old one is for the new one, and news there. */
static void hand_items(struct turn *turn, const struct desk_item *now, str from,
		       struct readers *changed)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		if (!desk_is_same(item, now) || !str_eq(item->holder, from))
			continue;
		if (!is_at_once(item))
			add_reader(turn, changed, from);
		item->holder = now->holder;
		item->told = false;
		if (is_at_once(item))
			storm_handed(turn, item);
	}
}

static void take_note(struct turn *turn, const struct json *data, struct readers *changed)
{
	struct desk_item item = { .case_id = json_text(data, "case"),
				  .about = json_text(data, "about"),
				  .holder = json_text(data, "holder"),
				  .what = json_text(data, "what"),
				  .template = json_text(data, "template"),
				  .due = DATE_NONE,
				  .since = turn->today,
				  .noted = INSTANT_NEVER,
				  .own = json_bool(data, "own", false),
				  .task = json_bool(data, "task", false),
				  .news = json_bool(data, "news", false),
				  .known = json_bool(data, "known", false),
				  .urgent = json_bool(data, "urgent", false) };
	date_parse(json_text(data, "due"), &item.due);
	if (json_get(data, "from") != NULL) {
		hand_items(turn, &item, json_text(data, "from"), changed);
	} else if (json_bool(data, "over", false)) {
		drop_items(turn, item.case_id, item.about, changed);
	} else if (instant_parse(json_text(data, "at_once"), &item.noted)) {
		add_at_once(turn, &item);
	} else {
		add_waiting(turn, &item);
	}
}

/* All that families noted since, in their order. Simulated, and from an older version, a note is an event. */
static void take_notes(struct turn *turn, struct readers *changed)
{
	const struct event *event = turn->event;
	if (event->kind == KIND_DESK_NOTED && json_get(event->data, "case") != NULL)
		take_note(turn, event->data, changed);
	for (size_t i = 0; i < event->n_notes; i++)
		take_note(turn, event->notes[i], changed);
	turn->plan->n_taken = event->n_notes;
}

/* --- what the auditor found at the desk itself ----------------------------------------------------- */

void desk_found(struct turn *turn, str what, str id, str words)
{
	struct family *desk = turn->family;
	const struct service *service = policy_service(turn->policy, family_desk(desk));
	str name = str_fmt(turn->arena, "%.*s/%.*s", STR_ARG(what), STR_ARG(id));
	const struct desk_item item = { .about = name,
					.holder = S("team_manager"),
					.what = words,
					.template = S(UNOWNED_TEMPLATE),
					.due = task_due_day(turn, turn->today),
					.since = turn->today,
					.noted = INSTANT_NEVER,
					.own = true,
					.task = true };
	struct desk_item *old = find_item(desk, &item);
	if (old != NULL)
		old->since = turn->today;
	else if (has_digest(service))
		add_waiting(turn, &item);
	else /* Without a list it is said on each day on which it is found. */
		task_of_nobody(turn, str_fmt(turn->arena, "t.%.*s", STR_ARG(turn->event->id)),
			       words);
}

/* The auditor looks at desks each minute, and says once a day what it still finds: the rest is mended.
 * News that were read are kept as long as it may turn out that their list did not arrive. */
static void forget(struct turn *turn)
{
	struct family *desk = turn->family;
	const date before = date_add(turn->today, -NEWS_KEPT_DAYS);
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		const struct desk_item *item = &desk->items[i];
		bool is_mended = item->case_id.n == 0 && date_before(item->since, turn->today);
		bool is_old = item->news && item->told && date_before(item->since, before);
		if (!is_mended && !is_old)
			desk->items[kept++] = *item;
		if (is_mended)
			entry_add(turn, "note", item->about, STR_EMPTY,
				  S("The auditor does not find it any more"), STR_EMPTY);
	}
	desk->n_items = kept;
}

/* --- the digest ---------------------------------------------------------------------------------- */

str desk_reader(const struct turn *turn, const struct desk_item *item)
{
	return reader_of(turn, item->holder, turn->today);
}

/* One of a list, and the day of the oldest of its cause. */
struct line {
	struct desk_item *item;
	date first;
};

static date oldest_of(struct desk_item *const *list, size_t n, str what)
{
	date oldest = DATE_NONE;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i]->what, what) &&
		    (!date_is(oldest) || date_before(list[i]->due, oldest)))
			oldest = list[i]->due;
	}
	return oldest;
}

/* By cause, those first of which the oldest is; within a cause the oldest first. */
static bool comes_before(const struct line *a, const struct line *b)
{
	const struct desk_item *one = a->item, *other = b->item;
	if (a->first.day != b->first.day)
		return date_before(a->first, b->first);
	int order = str_cmp(one->what, other->what);
	return order != 0 ? order < 0 : date_before(one->due, other->due);
}

static void sort_items(struct turn *turn, struct desk_item **list, size_t n)
{
	struct line *lines = TAKE(turn->arena, struct line, n);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct line){ list[i], oldest_of(list, n, list[i]->what) };
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k > 0 && comes_before(&lines[k], &lines[k - 1]); k--) {
			struct line other = lines[k];
			lines[k] = lines[k - 1];
			lines[k - 1] = other;
		}
	}
	for (size_t i = 0; i < n; i++)
		list[i] = lines[i].item;
}

static size_t count_of_cause(struct desk_item *const *list, size_t n, str what)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += str_eq(list[i]->what, what) ? 1 : 0;
	return count;
}

static void put_item(struct turn *turn, struct json_writer *w, const struct desk_item *item,
		     size_t of_cause)
{
	bool is_late = date_before(item->due, turn->today);
	json_open(w);
	if (of_cause > 0) {
		json_add_text(w, "cause", item->what);
		json_add_int(w, "of_cause", (int64_t)of_cause);
	}
	if (item->case_id.n > 0)
		json_add_text(w, "case", item->case_id);
	else
		json_add_text(w, "at_desk", family_desk(turn->family));
	if (!item->news)
		json_add_text(w, "about", item->about);
	bool is_today = item->due.day == turn->today.day;
	const char *part = is_late ? "late" : is_today ? "due_today" : "soon";
	facts_add_date(turn, w, item->news ? "happened" : part, item->due);
	if (item->known && !is_late)
		json_add_bool(w, "known", true);
	if (!item->told)
		json_add_bool(w, "new", true);
	json_close(w);
}

str desk_print(struct turn *turn, struct desk_item **list, size_t n, size_t more)
{
	struct buf buf = buf_of(turn->arena, FAMILY_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	size_t more_new = more;
	sort_items(turn, list, n);
	json_open(&w);
	json_add_int(&w, "count", (int64_t)(n + more));
	json_key(&w, "items");
	json_open_list(&w);
	for (size_t i = 0; i < n && i < LINES_MAX; i++) {
		bool is_first = i == 0 || !str_eq(list[i]->what, list[i - 1]->what);
		put_item(turn, &w, list[i], is_first ? count_of_cause(list, n, list[i]->what) : 0);
	}
	json_close_list(&w);
	for (size_t i = LINES_MAX; i < n; i++) {
		more++;
		more_new += list[i]->told ? 0 : 1;
	}
	if (more > 0)
		json_add_text(&w, "more", str_fmt(turn->arena, "%zu", more));
	if (more_new > 0)
		json_add_int(&w, "more_new", (int64_t)more_new);
	json_close(&w);
	return buf_str(&buf);
}

/* A list of theirs that has not left. */
static bool is_list_of(const struct open_message *open, str role)
{
	return str_starts(open->intent->rule, S(DIGEST_RULE)) && str_eq(open->intent->role, role) &&
	       !date_is(open->accepted_on);
}

/* A newer list says all that an older one did: while email is out they do not pile up. */
static void end_older(struct turn *turn, str role, const char *why)
{
	for (size_t i = turn->family->n_open; i-- > 0;) {
		if (is_list_of(&turn->family->open[i], role))
			message_close(turn, i, MESSAGE_EXPIRED, why);
	}
}

/* The list was for whoever read that holder's on its day. */
static bool was_in(const struct turn *turn, const struct intent *digest, str holder)
{
	str reader = reader_of(turn, holder, date_is(digest->on) ? digest->on : turn->today);
	return str_eq(reader.n > 0 ? reader : S(NO_READER), digest->role);
}

/* Of news, only those of that very list: the others were read in another. */
static bool was_told_in(const struct turn *turn, const struct intent *digest,
			const struct desk_item *item)
{
	return !is_at_once(item) && was_in(turn, digest, item->holder) &&
	       (!item->news || item->since.day == digest->on.day);
}

static void tell_item(const struct turn *turn, struct desk_item *item)
{
	if (item->news && !item->told)
		item->since = turn->today;
	item->told = true;
}

/* The news of a list that has not left are in the one that takes its place. */
static void untell_news(struct turn *turn, str role)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_open; i++) {
		const struct open_message *open = &desk->open[i];
		for (size_t k = 0; k < desk->n_items && is_list_of(open, role); k++) {
			struct desk_item *item = &desk->items[k];
			if (item->news && was_told_in(turn, open->intent, item))
				item->told = false;
		}
	}
}

bool desk_is_same(const struct desk_item *a, const struct desk_item *b)
{
	return str_eq(a->case_id, b->case_id) && str_eq(a->about, b->about);
}

/* Whoever stands in for the manager of what is their own has it before them once. */
static void list_once(struct desk_item **list, size_t *n, struct desk_item *item)
{
	for (size_t i = 0; i < *n; i++) {
		if (desk_is_same(list[i], item))
			return;
	}
	list[(*n)++] = item;
}

/* It is theirs to do, and stands in their list each day until it is over: from its own day, a task from the first. */
static bool is_for_today(const struct turn *turn, const struct desk_item *item)
{
	return item->own && (item->task || !date_before(turn->today, item->due));
}

/* News are told once. */
static bool is_for_list(const struct turn *turn, const struct desk_item *item, str reader)
{
	return !is_at_once(item) && !(item->news && item->told) &&
	       str_eq(desk_reader(turn, item), reader);
}

/* All that is theirs; none where nothing of it is to be done now, or new. */
static void tell_reader(struct turn *turn, str reader)
{
	struct family *desk = turn->family;
	str role = reader.n > 0 ? reader : S(NO_READER);
	untell_news(turn, role);
	struct desk_item **list = TAKE(turn->arena, struct desk_item *, desk->n_items);
	size_t n = 0, more = 0;
	bool is_wanted = false;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!is_for_list(turn, &desk->items[i], reader))
			continue;
		list_once(list, &n, &desk->items[i]);
		is_wanted = is_wanted || !desk->items[i].told ||
			    is_for_today(turn, &desk->items[i]);
	}
	for (size_t i = 0; i < desk->n_rest; i++) {
		const struct desk_rest *rest = &desk->rest[i];
		if (!rest->told && str_eq(reader_of(turn, rest->holder, turn->today), reader))
			more += rest->n;
	}
	if (!is_wanted && more == 0)
		return;
	str at = instant_print(turn->arena, turn->now);
	struct occasion occasion = {
		.id = str_fmt(turn->arena, "digest/%.*s/%.*s", STR_ARG(at), STR_ARG(reader)),
		.rule = S(DIGEST_RULE),
		.facts = desk_print(turn, list, n, more),
	};
	struct saying saying = { .audience = AUDIENCE_MANAGER,
				 .role = role,
				 .template = S(DIGEST_TEMPLATE),
				 .grade = GRADE_ALERT };
	end_older(turn, role, "a newer list says it all");
	say(turn, &occasion, &saying, 1);
}

static instant digest_at(const struct turn *turn, const struct service *service, date day)
{
	const struct calendar *calendar = turn->policy->calendar;
	for (int i = 0; i < 30 && !reckon_is_working_day(calendar, day); i++)
		day = date_add(day, 1);
	return zone_instant(calendar->zone, day, service->digest_at);
}

/* When a list that is made then is read: while they are at work. */
static instant when_read(const struct turn *turn, instant at)
{
	const struct policy *policy = turn->policy;
	instant open = reckon_next_open_in(policy->calendar, &policy->authority.office, at);
	return instant_is_never(open) ? at : open;
}

/* Nothing was there to be said at that hour. */
static bool began_after(const struct family *desk, instant hour)
{
	return !instant_is_never(desk->list_from) && instant_before(hour, desk->list_from);
}

/* The desk's next hour: of this day, unless its digest has been made, or nobody would read it today any more. Late,
 * it is made only of what waited for it. It is made when it is read: by then what it says is true. */
static instant next_digest(const struct turn *turn, const struct service *service)
{
	date day = turn->today;
	if (turn->family->digest_on.day == day.day ||
	    began_after(turn->family, digest_at(turn, service, day)))
		day = date_add(day, 1);
	instant hour = digest_at(turn, service, day);
	instant read = when_read(turn, instant_before(hour, turn->now) ? turn->now : hour);
	date reads_on = calendar_date(turn->policy->calendar, read);
	return date_before(turn->today, reads_on)
		       ? when_read(turn, digest_at(turn, service, reads_on))
		       : read;
}

bool desk_is_read_first(const struct turn *turn, const struct service *service)
{
	instant hour = digest_at(turn, service, turn->today);
	return instant_before(turn->now, hour) && !instant_before(when_read(turn, turn->now), hour);
}

instant desk_next_digest(const struct turn *turn, instant at)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	date day = calendar_date(turn->policy->calendar, at);
	return service != NULL ? digest_at(turn, service, date_add(day, 1)) : INSTANT_NEVER;
}

static void mark_told(struct turn *turn, const struct intent *digest, bool told)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		if (told && !is_at_once(item) && was_in(turn, digest, item->holder))
			tell_item(turn, item);
		else if (!told && was_told_in(turn, digest, item))
			item->told = false;
	}
	for (size_t i = 0; i < desk->n_rest; i++) {
		if (was_in(turn, digest, desk->rest[i].holder))
			desk->rest[i].told = told;
	}
}

void desk_unread(struct turn *turn, const struct intent *digest)
{
	mark_told(turn, digest, false);
}

/* A list that has not left, and holds what is over or another's by now, leaves as it is true; where nothing of it
 * is left, or nobody is at work any more, it does not. */
static void say_anew(struct turn *turn, str reader)
{
	const struct family *desk = turn->family;
	const struct intent *list = NULL;
	str role = reader.n > 0 ? reader : S(NO_READER);
	for (size_t i = 0; i < desk->n_open; i++) {
		if (is_list_of(&desk->open[i], role))
			list = desk->open[i].intent;
	}
	if (list == NULL)
		return;
	mark_told(turn, list, false);
	end_older(turn, role, "what it says is not true any more");
	/* Nobody reads it now: it would be of yesterday. The next list says it. */
	if (instant_before(turn->now, when_read(turn, turn->now)))
		return;
	tell_reader(turn, reader);
	mark_told(turn, list, true);
}

/* Each once, in the order of what waits for them. */
static struct readers find_readers(struct turn *turn)
{
	const struct family *desk = turn->family;
	struct readers readers = { 0 };
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!is_at_once(&desk->items[i]))
			add_reader(turn, &readers, desk->items[i].holder);
	}
	for (size_t i = 0; i < desk->n_rest; i++)
		add_reader(turn, &readers, desk->rest[i].holder);
	return readers;
}

/* More families' notes are on their way, and may say that what is here is over. */
static bool are_notes_left(const struct turn *turn)
{
	return turn->event->n_notes == DESK_NOTES_MAX;
}

/* When the list of what waits is made; INSTANT_NEVER: nothing waits. Where the policy has no list any more, what
 * waited for one comes in a last one. */
static instant next_list(const struct turn *turn, const struct service *service)
{
	const struct family *desk = turn->family;
	if (has_digest(service))
		return is_list_there(desk) ? next_digest(turn, service) : INSTANT_NEVER;
	return is_untold_there(desk) ? when_read(turn, turn->now) : INSTANT_NEVER;
}

static void make_digest(struct turn *turn, const struct service *service)
{
	struct family *desk = turn->family;
	if (instant_before(turn->now, next_list(turn, service)))
		return;
	forget(turn);
	const struct readers readers = find_readers(turn);
	for (size_t i = 0; i < readers.n; i++)
		tell_reader(turn, readers.list[i]);
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!is_at_once(&desk->items[i]))
			tell_item(turn, &desk->items[i]);
	}
	for (size_t i = 0; i < desk->n_rest; i++)
		desk->rest[i].told = true;
	desk->digest_on = turn->today;
}

/* --- the door ------------------------------------------------------------------------------------ */

void desk_handle(struct turn *turn)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	enum kind kind = turn->event->kind;
	struct readers changed = { 0 };
	str before = print_news(turn);
	take_notes(turn, &changed);
	if (kind == KIND_WORKER_AWAY)
		worker_away(turn);
	else if (kind == KIND_EVENT_WITHDRAWN)
		desk_withdrawn(turn);
	if (turn->plan->verdict != PLAN_COMMIT)
		return;
	for (size_t i = 0; i < changed.n; i++)
		say_anew(turn, changed.list[i]);
	if (!are_notes_left(turn)) {
		make_digest(turn, service);
		storm_look(turn);
	}
	str news = print_news(turn);
	if (!str_eq(news, before))
		turn->plan->away = news;
}

instant desk_next_look(struct turn *turn)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	instant next = storm_next(turn);
	next = instant_min(next, next_list(turn, service));
	for (size_t i = 0; i < turn->family->n_intents; i++)
		next = instant_min(next, turn->family->intents[i].not_before);
	return next;
}
