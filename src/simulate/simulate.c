#include "simulate/inner.h"

#define STEPS_MAX 1000000

void *room(struct arena *arena, void *array, size_t size, size_t n, size_t *cap)
{
	if (n < *cap)
		return array;
	*cap = n < 4 ? 8 : 2 * n;
	void *bigger = arena_take(arena, size, *cap);
	if (n > 0)
		memcpy(bigger, array, size * n);
	return bigger;
}

/* --- families ------------------------------------------------------------------------------------ */

static struct home *home_of(struct simulate *simulate, str id)
{
	struct home *home = names_find(&simulate->families, id);
	if (home != NULL)
		return home;
	home = TAKE(&simulate->keep, struct home, 1);
	*home = (struct home){ .id = str_copy(&simulate->keep, id),
			       .index = simulate->n_homes,
			       .look = INSTANT_NEVER };
	ROOM(&simulate->keep, simulate->homes, simulate->n_homes, simulate->cap_homes);
	simulate->homes[simulate->n_homes++] = home;
	names_put(&simulate->keep, &simulate->families, id, home);
	return home;
}

/* The record in hand becomes the stored one. Gives the arena of the one before: the plan still shares
 * texts with it. */
static struct arena store_family(struct home *home, struct family *family)
{
	struct arena before = home->arena, arena = ARENA_EMPTY;
	family->version++;
	home->family = family_keep(&arena, family);
	home->arena = arena;
	return before;
}

static void store_look(struct simulate *simulate, struct home *home, instant look)
{
	if (!instant_before(simulate->now, look))
		look = simulate->now;
	home->look = look;
	agenda_add(&simulate->keep, &simulate->agenda,
		   (struct due){ .at = look, .kind = DUE_LOOK, .index = home->index });
}

static void store_person(struct simulate *simulate, str person, struct home *home)
{
	struct person_homes *of = names_find(&simulate->persons, person);
	if (of == NULL) {
		of = TAKE(&simulate->keep, struct person_homes, 1);
		names_put(&simulate->keep, &simulate->persons, person, of);
	}
	for (size_t i = 0; i < of->n; i++) {
		if (of->homes[i] == home)
			return;
	}
	ROOM(&simulate->keep, of->homes, of->n, of->cap);
	of->homes[of->n++] = home;
}

/* --- identities ---------------------------------------------------------------------------------- */

/* Candour's own events have identities of their own, so that nobody else's can shadow them. */
static str identity_of(struct arena *arena, const struct event *event, bool own)
{
	return str_join(arena, own ? S("own:") : S(""), hash_hex(arena, &event->identity));
}

static void remember(struct simulate *simulate, struct arena *arena, const struct event *event,
		     bool own)
{
	struct hash *content = TAKE(&simulate->keep, struct hash, 1);
	*content = event->content;
	names_put(&simulate->keep, &simulate->seen, identity_of(arena, event, own), content);
}

/* --- an event's way ------------------------------------------------------------------------------ */

/* An event and all that belongs to its way. */
struct way {
	struct simulate *simulate;
	struct arena *arena;
	struct event event;
	bool own;
	instant until; /* it has waited, and would until then; else INSTANT_NEVER */
	str subject;   /* "case/C1" */
};

static void refuse(const struct way *way, const struct refused *refused)
{
	trace_refused(way->simulate, way->event.id, way->subject, refused);
}

static void wait(const struct way *way, str subject)
{
	if (instant_is_never(way->until))
		trace_wait(way->simulate, way->event.id, subject);
	waiting_add(way->simulate, subject, way->event.bytes, way->own, way->until);
}

/* What waited for something that the plan has made known goes on. */
static void release(const struct way *way, const struct plan *plan, bool is_new)
{
	struct arena *arena = way->arena;
	if (is_new)
		waiting_release(way->simulate, str_join(arena, S("family/"), plan->family->id));
	for (size_t i = 0; i < plan->n_opened; i++)
		waiting_release(way->simulate, str_join(arena, S("case/"), plan->opened_cases[i]));
	for (size_t i = 0; i < plan->n_persons; i++)
		waiting_release(way->simulate, str_join(arena, S("person/"), plan->persons[i]));
}

static void store_storms(struct simulate *simulate, const struct family *desk)
{
	for (size_t i = 0; i < desk->n_storms; i++) {
		const struct desk_storm *storm = &desk->storms[i];
		ROOM(&simulate->keep, simulate->storms, simulate->n_storms, simulate->cap_storms);
		simulate->storms[simulate->n_storms++] =
			(struct storm){ .service = family_desk(desk),
					.reader = storm->reader,
					.from = storm->from,
					.until = storm->until };
	}
}

/* Who is away is known to every decision, and which storms there are. */
static void store_away(struct simulate *simulate)
{
	simulate->n_away = 0;
	simulate->n_storms = 0;
	for (size_t i = 0; i < simulate->n_homes; i++) {
		const struct family *desk = simulate->homes[i]->family;
		for (size_t k = 0; desk != NULL && k < desk->n_absences; k++) {
			const struct absence *absence = &desk->absences[k];
			ROOM(&simulate->keep, simulate->away, simulate->n_away, simulate->cap_away);
			simulate->away[simulate->n_away++] =
				(struct away){ .person = absence->person,
					       .deputy = absence->deputy,
					       .from = absence->from,
					       .to = absence->to };
		}
		if (desk != NULL)
			store_storms(simulate, desk);
	}
}

static void go(const struct way *way);

/* All that a plan notes there from the i-th note on, as one event: a desk takes up together what was written
 * together. A note that was taken up has no service any more. */
static void tell_desk(const struct way *way, const struct plan *plan, size_t i)
{
	const str service = plan->notes[i].service;
	const struct own_event own = {
		.source = S("candour"),
		.id = str_fmt(way->arena, "%.*s.n%zu",
			      STR_ARG(str_slice(hash_hex(way->arena, &way->event.identity), 0, 32)),
			      i + 1),
		.type = kind_type(KIND_DESK_NOTED),
		.subject = str_join(way->arena, S("service/"), service),
		.time = way->simulate->now,
		.data = S("{}"),
	};
	struct way there = { .simulate = way->simulate,
			     .arena = way->arena,
			     .own = true,
			     .until = INSTANT_NEVER,
			     .subject = own.subject };
	struct refused refused;
	const struct json **notes = TAKE(way->arena, const struct json *, plan->n_notes);
	size_t n = 0;
	for (; i < plan->n_notes && n + 1 < DESK_NOTES_MAX; i++) {
		if (!str_eq(plan->notes[i].service, service))
			continue;
		require(json_parse(way->arena, plan->notes[i].data, 4, &notes[n++], NULL) ==
			JSON_FINE);
		plan->notes[i].service = STR_EMPTY;
	}
	require(intake_parse(way->arena, way->simulate->policy, intake_own_event(way->arena, &own),
			     true, &there.event, &refused));
	there.event.notes = notes;
	there.event.n_notes = n;
	go(&there);
}

static void tell_desks(const struct way *way, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_notes; i++) {
		if (plan->notes[i].service.n > 0)
			tell_desk(way, plan, i);
	}
}

static void keep_put_away(struct simulate *simulate, const struct plan *plan)
{
	const struct family shelf = { .cases = plan->put_away, .n_cases = plan->n_put_away };
	struct family *kept = family_keep(&simulate->keep, &shelf);
	for (size_t i = 0; i < kept->n_cases; i++)
		names_put(&simulate->keep, &simulate->put_away, kept->cases[i].id, &kept->cases[i]);
}

static void commit(const struct way *way, const struct family *decided_on, struct plan *plan)
{
	struct simulate *simulate = way->simulate;
	remember(simulate, way->arena, &way->event, way->own);
	if (plan->family == NULL)
		return;
	struct home *home = home_of(simulate, plan->family->id);
	bool is_new = home->family == NULL;
	trace_changes(simulate, way->arena, decided_on, plan->family);
	keep_put_away(simulate, plan);
	struct arena before = store_family(home, plan->family);
	for (size_t i = 0; i < plan->n_opened; i++)
		names_put(&simulate->keep, &simulate->cases, plan->opened_cases[i], home);
	for (size_t i = 0; i < plan->n_persons; i++)
		store_person(simulate, plan->persons[i], home);
	for (size_t i = 0; simulate->watch.entry != NULL && i < plan->n_entries; i++)
		simulate->watch.entry(simulate->watch.arg, simulate->now, plan->family->id,
				      &plan->entries[i]);
	outbox_plan(simulate, plan);
	store_look(simulate, home, plan->next_look);
	if (family_desk(plan->family).n > 0)
		store_away(simulate);
	tell_desks(way, plan);
	release(way, plan, is_new);
	arena_free(&before);
}

/* The record, with the case in it, where that has been put away. */
static const struct family *bring_back(const struct way *way, const struct family *family)
{
	const struct case_file *file = names_find(&way->simulate->put_away, way->event.subject_id);
	if (way->event.about != SUBJECT_CASE || file == NULL ||
	    family_case(family, way->event.subject_id) != NULL)
		return family;
	struct family *whole = family_copy(way->arena, family);
	struct case_file *back = GROW(way->arena, whole->cases, whole->n_cases);
	*back = *file;
	back->was_away = true;
	return whole;
}

/* The family that the event is about: that of its case, or the one for which a case is opened; NULL
 * where nobody has told us of it, or where the case is not (any more) one of the family's. */
static const struct family *family_of(const struct way *way)
{
	const struct event *event = &way->event;
	const struct home *home = NULL;
	if (event->about == SUBJECT_FAMILY)
		home = names_find(&way->simulate->families, event->subject_id);
	else if (event->about == SUBJECT_SERVICE)
		home = names_find(&way->simulate->families,
				  str_join(way->arena, S(DESK_PREFIX), event->subject_id));
	else if (event->about == SUBJECT_CASE)
		home = names_find(&way->simulate->cases, event->subject_id);
	if (home == NULL && event->kind == KIND_CASE_OPENED)
		home = names_find(&way->simulate->families, json_text(event->data, "family"));
	if (home == NULL)
		return NULL;
	const struct family *family = bring_back(way, home->family);
	bool is_gone = event->about == SUBJECT_CASE && event->kind != KIND_CASE_OPENED &&
		       family_case(family, event->subject_id) == NULL;
	return is_gone ? NULL : family;
}

/* An event about a person becomes one of Candour's own for each of the person's families. */
static void spread(const struct way *way)
{
	struct simulate *simulate = way->simulate;
	const struct event *event = &way->event;
	const struct person_homes *of = names_find(&simulate->persons, event->subject_id);
	if (of == NULL) {
		wait(way, way->subject);
		return;
	}
	remember(simulate, way->arena, event, way->own);
	/* Written anew it may be longer, but never eight times as long. */
	struct buf data = buf_of(way->arena, 8 * event->bytes.n);
	json_canonical(&data, event->data);
	for (size_t i = 0; i < of->n; i++) {
		str family = of->homes[i]->id;
		const struct own_event own = {
			.source = event->source,
			.id = str_fmt(way->arena, "%.*s.%.*s", STR_ARG(event->id), STR_ARG(family)),
			.type = event->type,
			.subject = str_join(way->arena, S("family/"), family),
			.time = event->time,
			.data = buf_str(&data),
		};
		simulate_take(simulate, intake_own_event(way->arena, &own), true, INSTANT_NEVER);
	}
}

static void decide_it(const struct way *way)
{
	struct policy policy = *way->simulate->policy;
	policy.away = way->simulate->away;
	policy.n_away = way->simulate->n_away;
	policy.storms = way->simulate->storms;
	policy.n_storms = way->simulate->n_storms;
	const struct family *family = family_of(way);
	struct plan *plan = decide(way->arena, &policy, family, &way->event, way->simulate->now);
	switch (plan->verdict) {
	case PLAN_COMMIT:
		commit(way, family, plan);
		return;
	case PLAN_REFUSE:
		refuse(way, &plan->refused);
		return;
	case PLAN_WAIT:
		wait(way, plan->wait_for);
		return;
	}
}

static void go(const struct way *way)
{
	const struct hash *seen = names_find(&way->simulate->seen,
					     identity_of(way->arena, &way->event, way->own));
	if (seen != NULL && memcmp(seen, &way->event.content, sizeof *seen) == 0)
		return; /* the same again does nothing */
	if (seen != NULL)
		refuse(way, &(struct refused){
				    .code = REFUSED_CONFLICT,
				    .field = S("id"),
				    .message = S("an event with this source and id came before, "
						 "with other content") });
	else if (way->event.about == SUBJECT_PERSON)
		spread(way);
	else
		decide_it(way);
}

static str subject_of(struct arena *arena, const struct event *event)
{
	str about = STR_EMPTY;
#define X(name, wire, bit)                                                                         \
	if (event->about == SUBJECT_##name)                                                        \
		about = S(wire "/");
	CANDOUR_SUBJECTS(X)
#undef X
	return str_join(arena, about, event->subject_id);
}

void simulate_take(struct simulate *simulate, str bytes, bool own, instant until)
{
	struct arena arena = ARENA_EMPTY;
	struct way way = { .simulate = simulate, .arena = &arena, .own = own, .until = until };
	struct refused refused;
	if (intake_parse(&arena, simulate->policy, bytes, own, &way.event, &refused)) {
		way.subject = subject_of(&arena, &way.event);
		go(&way);
	} else {
		trace_refused(simulate, STR_EMPTY, STR_EMPTY, &refused);
	}
	arena_free(&arena);
}

/* --- time ---------------------------------------------------------------------------------------- */

/* A desk is known by its service. */
str subject_of_record(struct arena *arena, str id)
{
	str prefix = S(DESK_PREFIX);
	if (str_starts(id, prefix))
		return str_join(arena, S("service/"), str_slice(id, prefix.n, id.n));
	return str_join(arena, S("family/"), id);
}

static void look_at(struct simulate *simulate, struct home *home)
{
	struct arena arena = ARENA_EMPTY;
	const struct own_event event = {
		.source = S("candour"),
		.id = str_fmt(&arena, "%.*s.%lld.%lld", STR_ARG(home->id),
			      (long long)home->family->version, (long long)home->look.ms),
		.type = kind_type(KIND_CLOCK_DUE),
		.subject = subject_of_record(&arena, home->id),
		.time = simulate->now,
		.data = S("{}"),
	};
	simulate_take(simulate, intake_own_event(&arena, &event), true, INSTANT_NEVER);
	arena_free(&arena);
}

/* What was put down may have been overtaken: a message addressed again, a look that moved. */
static void ring(struct simulate *simulate, const struct due *due)
{
	struct parcel *parcel;
	struct home *home;
	switch (due->kind) {
	case DUE_PARCEL:
		parcel = simulate->parcels[due->index];
		if (!parcel->gone && parcel->leaves.ms == due->at.ms)
			outbox_leave(simulate, parcel);
		return;
	case DUE_LOOK:
		home = simulate->homes[due->index];
		if (home->look.ms == due->at.ms)
			look_at(simulate, home);
		return;
	case DUE_WAITED:
		waiting_over(simulate, simulate->queues[due->index]);
		return;
	}
}

static void tell_stopped(struct simulate *simulate)
{
	const struct refused refused = {
		.code = REFUSED_POISON,
		.message = S("more than 1000000 things came due before the time asked for; the "
			     "simulation ends here"),
	};
	trace_refused(simulate, STR_EMPTY, STR_EMPTY, &refused);
}

void simulate_until(struct simulate *simulate, instant until)
{
	struct due due;
	int steps = 0;
	while (steps < STEPS_MAX && agenda_take(&simulate->agenda, until, &due)) {
		if (instant_before(simulate->now, due.at))
			simulate->now = due.at;
		ring(simulate, &due);
		steps++;
	}
	if (steps == STEPS_MAX)
		tell_stopped(simulate);
	if (instant_before(simulate->now, until))
		simulate->now = until;
}

/* --- the door ------------------------------------------------------------------------------------ */

struct simulate *simulate_new(const struct policy *policy, traced_fn *traced, void *arg)
{
	struct simulate *simulate = calloc(1, sizeof *simulate);
	if (simulate == NULL)
		fatal("out of memory");
	*simulate = (struct simulate){ .policy = policy, .traced = traced, .arg = arg };
	return simulate;
}

void simulate_event(struct simulate *simulate, str bytes)
{
	struct arena arena = ARENA_EMPTY;
	struct event event;
	struct refused refused;
	if (intake_parse(&arena, simulate->policy, bytes, false, &event, &refused))
		simulate_until(simulate, event.time);
	arena_free(&arena);
	simulate_take(simulate, bytes, false, INSTANT_NEVER);
}

void simulate_outcome(struct simulate *simulate, str contact, enum channel_kind channel,
		      str outcome)
{
	struct arena *keep = &simulate->keep;
	ROOM(keep, simulate->outcomes, simulate->n_outcomes, simulate->cap_outcomes);
	simulate->outcomes[simulate->n_outcomes++] =
		(struct wanted_outcome){ .contact = str_copy(keep, contact),
					 .channel = channel,
					 .outcome = str_copy(keep, outcome) };
}

void simulate_policy(struct simulate *simulate, const struct policy *policy)
{
	simulate->policy = policy;
	for (size_t i = 0; i < simulate->n_homes; i++) {
		str family = simulate->homes[i]->id;
		struct arena arena = ARENA_EMPTY;
		if (family_desk(simulate->homes[i]->family).n > 0)
			continue;
		const struct own_event event = {
			.source = S("candour"),
			.id = str_fmt(&arena, "rules.%.*s.%lld.%.*s", STR_ARG(policy->version),
				      (long long)simulate->now.ms, STR_ARG(family)),
			.type = kind_type(KIND_RULES_CHANGED),
			.subject = str_join(&arena, S("family/"), family),
			.time = simulate->now,
			.data = S("{}"),
		};
		simulate_take(simulate, intake_own_event(&arena, &event), true, INSTANT_NEVER);
		arena_free(&arena);
	}
}

void simulate_watch(struct simulate *simulate, const struct simulate_watch *watch)
{
	simulate->watch = *watch;
}

const struct family *simulate_family(const struct simulate *simulate, str id)
{
	const struct home *home = names_find(&simulate->families, id);
	return home == NULL ? NULL : home->family;
}

void simulate_free(struct simulate **simulate)
{
	struct simulate *gone = *simulate;
	*simulate = NULL;
	if (gone == NULL)
		return;
	for (size_t i = 0; i < gone->n_homes; i++)
		arena_free(&gone->homes[i]->arena);
	for (size_t i = 0; i < gone->n_parcels; i++)
		arena_free(&gone->parcels[i]->arena);
	names_clear(&gone->families);
	names_clear(&gone->cases);
	names_clear(&gone->persons);
	names_clear(&gone->parcels_by_id);
	names_clear(&gone->queues_by_subject);
	names_clear(&gone->seen);
	names_clear(&gone->put_away);
	arena_free(&gone->keep);
	free(gone);
}
