/* A service's desk: who of its people is away, and what waits for the digest. It is a record of its own, told
 * by notes of families; what is over is taken back by them, so that a digest says what is true. */
#include "decide/inner.h"

#define LINES_MAX 60 /* of a digest: more would not be read */

/* --- who is away --------------------------------------------------------------------------------- */

static str print_absent(struct turn *turn)
{
	const struct family *desk = turn->family;
	struct buf buf = buf_of(turn->arena, FAMILY_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open_list(&w);
	for (size_t i = 0; i < desk->n_absences; i++) {
		const struct absence *absence = &desk->absences[i];
		json_open(&w);
		json_add_text(&w, "person", absence->person);
		json_add_text(&w, "deputy", absence->deputy);
		json_add_text(&w, "from", date_print(turn->arena, absence->from));
		json_add_text(&w, "to", date_print(turn->arena, absence->to));
		json_close(&w);
	}
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
		turn->plan->away = print_absent(turn);
	}
}

static void desk_withdrawn(struct turn *turn)
{
	forget_absences(turn, json_text(turn->event->data, "event"));
	entry_event(turn, STR_EMPTY, S("An event never happened"));
	turn->plan->away = print_absent(turn);
}

/* --- what waits for the digest ------------------------------------------------------------------- */

static void drop_items(struct family *desk, str case_id, str about)
{
	size_t kept = 0;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!str_eq(desk->items[i].case_id, case_id) ||
		    !str_eq(desk->items[i].about, about))
			desk->items[kept++] = desk->items[i];
	}
	desk->n_items = kept;
}

/* The case has another owner: what waits for the old one is for the new one, and news there. */
static void hand_items(struct family *desk, str case_id, str from, str to)
{
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *item = &desk->items[i];
		if (!str_eq(item->case_id, case_id) || !str_eq(item->holder, from))
			continue;
		item->holder = to;
		item->told = false;
	}
}

/* Said again of the same to the same, it is news. */
static void add_item(struct turn *turn, const struct desk_item *item)
{
	struct family *desk = turn->family;
	for (size_t i = 0; i < desk->n_items; i++) {
		struct desk_item *old = &desk->items[i];
		if (!str_eq(old->case_id, item->case_id) || !str_eq(old->about, item->about) ||
		    !str_eq(old->holder, item->holder))
			continue;
		*old = *item;
		return;
	}
	if (desk->n_items == DESK_ITEMS_MAX) {
		entry_add(turn, "note", item->about, STR_EMPTY,
			  S("Too much waits for the digest: it is not in it"), STR_EMPTY);
		fact_add(turn, S("digest.overflow"), item->case_id, S("{}"));
		return;
	}
	*GROW(turn->arena, desk->items, desk->n_items) = *item;
}

static void desk_noted(struct turn *turn)
{
	const struct json *data = turn->event->data;
	struct desk_item item = { .case_id = json_text(data, "case"),
				  .about = json_text(data, "about"),
				  .holder = json_text(data, "holder"),
				  .what = json_text(data, "what"),
				  .template = json_text(data, "template"),
				  .due = DATE_NONE,
				  .since = turn->today };
	date_parse(json_text(data, "due"), &item.due);
	if (json_get(data, "from") != NULL)
		hand_items(turn->family, item.case_id, json_text(data, "from"), item.holder);
	else if (json_bool(data, "over", false))
		drop_items(turn->family, item.case_id, item.about);
	else
		add_item(turn, &item);
}

/* --- the digest ---------------------------------------------------------------------------------- */

/* Theirs: the role's holder, or whoever stands in for them, is this person today. */
static str reader_of(const struct turn *turn, const struct desk_item *item)
{
	const struct person *person = policy_present(turn->policy, family_desk(turn->family),
						     item->holder, turn->today);
	return person != NULL ? person->id : STR_EMPTY;
}

/* By cause, those first of which the oldest is; within a cause the oldest first. */
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

static bool comes_before(struct desk_item *const *list, size_t n, const struct desk_item *a,
			 const struct desk_item *b)
{
	if (str_eq(a->what, b->what))
		return date_before(a->due, b->due);
	date first = oldest_of(list, n, a->what), second = oldest_of(list, n, b->what);
	if (first.day != second.day)
		return date_before(first, second);
	return str_cmp(a->what, b->what) < 0;
}

static void sort_items(struct desk_item **list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k > 0 && comes_before(list, n, list[k], list[k - 1]); k--) {
			struct desk_item *other = list[k];
			list[k] = list[k - 1];
			list[k - 1] = other;
		}
	}
}

static void put_item(struct turn *turn, struct json_writer *w, const struct desk_item *item,
		     bool is_first)
{
	bool is_late = date_before(item->due, turn->today);
	json_open(w);
	if (is_first)
		json_add_text(w, "cause", item->what);
	json_add_text(w, "case", item->case_id);
	json_add_text(w, "about", item->about);
	json_key(w, is_late ? "late" : item->due.day == turn->today.day ? "due_today" : "soon");
	json_open(w);
	json_add_text(w, "date", date_print(turn->arena, item->due));
	json_close(w);
	if (!item->told)
		json_add_bool(w, "new", true);
	json_close(w);
}

static str print_items(struct turn *turn, struct desk_item *const *list, size_t n)
{
	struct buf buf = buf_of(turn->arena, FAMILY_BYTES_MAX);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_key(&w, "items");
	json_open_list(&w);
	for (size_t i = 0; i < n && i < LINES_MAX; i++)
		put_item(turn, &w, list[i], i == 0 || !str_eq(list[i]->what, list[i - 1]->what));
	json_close_list(&w);
	if (n > LINES_MAX)
		json_add_text(&w, "more", str_fmt(turn->arena, "%zu", n - LINES_MAX));
	json_close(&w);
	return buf_str(&buf);
}

/* All that is theirs; none where nothing of it is new. */
static void tell_reader(struct turn *turn, str reader)
{
	struct family *desk = turn->family;
	struct desk_item **list = TAKE(turn->arena, struct desk_item *, desk->n_items);
	size_t n = 0;
	bool is_news = false;
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!str_eq(reader_of(turn, &desk->items[i]), reader))
			continue;
		list[n++] = &desk->items[i];
		is_news = is_news || !desk->items[i].told;
	}
	if (!is_news)
		return;
	sort_items(list, n);
	str today = date_print(turn->arena, turn->today);
	struct occasion occasion = {
		.id = str_fmt(turn->arena, "digest/%.*s/%.*s", STR_ARG(today), STR_ARG(reader)),
		.rule = S("services/digest"),
		.facts = print_items(turn, list, n),
	};
	struct saying saying = { .audience = AUDIENCE_MANAGER,
				 .role = reader.n > 0 ? reader : S("nobody"),
				 .template = S("digest"),
				 .grade = GRADE_ALERT };
	say(turn, &occasion, &saying, 1);
}

static instant digest_at(const struct turn *turn, const struct service *service, date day)
{
	const struct calendar *calendar = turn->policy->calendar;
	for (int i = 0; i < 30 && !reckon_is_working_day(calendar, day); i++)
		day = date_add(day, 1);
	return zone_instant(calendar->zone, day, service->digest_at);
}

/* The desk's next hour: of this day, unless its digest has been made. */
static instant next_digest(const struct turn *turn, const struct service *service)
{
	date day = turn->today;
	if (turn->family->digest_on.day == day.day)
		day = date_add(day, 1);
	return digest_at(turn, service, day);
}

static bool is_news_there(const struct family *desk)
{
	for (size_t i = 0; i < desk->n_items; i++) {
		if (!desk->items[i].told)
			return true;
	}
	return false;
}

static bool is_read_before(struct turn *turn, size_t at, str reader)
{
	for (size_t i = 0; i < at; i++) {
		if (str_eq(reader_of(turn, &turn->family->items[i]), reader))
			return true;
	}
	return false;
}

static void make_digest(struct turn *turn, const struct service *service)
{
	struct family *desk = turn->family;
	if (!is_news_there(desk) || instant_before(turn->now, next_digest(turn, service)))
		return;
	for (size_t i = 0; i < desk->n_items; i++) {
		str reader = reader_of(turn, &desk->items[i]);
		if (!is_read_before(turn, i, reader))
			tell_reader(turn, reader);
	}
	for (size_t i = 0; i < desk->n_items; i++)
		desk->items[i].told = true;
	desk->digest_on = turn->today;
}

/* --- the door ------------------------------------------------------------------------------------ */

static void note_desk(struct turn *turn, str service, str data)
{
	*GROW(turn->arena, turn->plan->notes,
	      turn->plan->n_notes) = (struct note){ .service = service, .data = data };
}

bool desk_takes(struct turn *turn, const struct occasion *occasion, const struct saying *saying)
{
	struct case_file *file = occasion->file;
	struct duty *duty = file != NULL ? case_duty(file, occasion->about) : NULL;
	struct action *action = file != NULL ? case_action(file, occasion->about) : NULL;
	str id = file != NULL ? file->service : STR_EMPTY;
	if (action != NULL && saying->audience != AUDIENCE_OWNER)
		id = action->service;
	const struct service *service = policy_service(turn->policy, id);
	if (!saying->digest || service == NULL || !service->has_digest ||
	    (duty == NULL && action == NULL))
		return false;
	const struct duty_rule *rule = duty != NULL ? duty_rule_of(turn, file, duty) : NULL;
	str what = action != NULL ? S("Agreed with a family")
				  : (rule != NULL ? rule->title : duty->rule);
	struct buf buf = buf_of(turn->arena, 4096);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "case", file->id);
	json_add_text(&w, "about", occasion->about);
	json_add_text(&w, "holder", people_holder(file, saying, duty, action));
	json_add_text(&w, "what", what);
	json_add_text(&w, "template", saying->template);
	json_add_text(&w, "due", date_print(turn->arena, duty != NULL ? duty->due : action->due));
	json_close(&w);
	if (buf.too_long)
		return false;
	if (duty != NULL)
		duty->chase.noted = true;
	else
		action->chase.noted = true;
	note_desk(turn, id, buf_str(&buf));
	return true;
}

void desk_over(struct turn *turn, struct promise *promise)
{
	const struct case_file *file = family_case(turn->family, promise->case_id);
	if (!promise->chase->noted || file == NULL)
		return;
	promise->chase->noted = false;
	str data = str_fmt(turn->arena, "{\"case\":\"%.*s\",\"about\":\"%.*s\",\"over\":true}",
			   STR_ARG(promise->case_id), STR_ARG(promise->id));
	note_desk(turn, promise->service, data);
	if (!str_eq(promise->service, file->service))
		note_desk(turn, file->service, data);
}

static bool is_noted(const struct case_file *file)
{
	for (size_t i = 0; i < file->n_duties; i++) {
		if (file->duties[i].chase.noted)
			return true;
	}
	return false;
}

void desk_handed(struct turn *turn, const struct case_file *file, str from)
{
	if (!is_noted(file))
		return;
	note_desk(turn, file->service,
		  str_fmt(turn->arena,
			  "{\"case\":\"%.*s\",\"about\":\"owner\",\"from\":\"%.*s\","
			  "\"holder\":\"%.*s\"}",
			  STR_ARG(file->id), STR_ARG(from), STR_ARG(file->owner)));
}

void desk_handle(struct turn *turn)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	enum kind kind = turn->event->kind;
	if (kind == KIND_WORKER_AWAY)
		worker_away(turn);
	else if (kind == KIND_EVENT_WITHDRAWN)
		desk_withdrawn(turn);
	else if (kind == KIND_DESK_NOTED)
		desk_noted(turn);
	if (service != NULL && service->has_digest && turn->plan->verdict == PLAN_COMMIT)
		make_digest(turn, service);
}

instant desk_next_look(struct turn *turn)
{
	const struct service *service = policy_service(turn->policy, family_desk(turn->family));
	instant next = INSTANT_NEVER;
	if (service != NULL && service->has_digest && is_news_there(turn->family))
		next = next_digest(turn, service);
	for (size_t i = 0; i < turn->family->n_intents; i++)
		next = instant_min(next, turn->family->intents[i].not_before);
	return next;
}
