/* All that is with one person goes to another, or to several by a list; each family hears of it once. What
 * was handed on is with the other: the same command again goes on where it was broken off. */
#include "base/hash.h"
#include "ctl/inner.h"
#include "intake/intake.h"

#define TIMEOUT_S_STANDARD 600
#define TIMEOUT_S_MAX 3000

/* A line of the list: a case, and who has it from now on. */
struct wish {
	str case_id, to;
	int64_t line;
	bool found;
};

/* What one family hands on to one person. */
struct parcel {
	str family, to;
	str *cases; /* of a list; none: all */
	size_t n_cases;
};

struct reassign {
	const struct policy *policy;
	str from, to, reason;
	bool by_list;
	struct wish *wishes;
	size_t n_wishes;
	struct parcel *parcels;
	size_t n_parcels;
	size_t n_families, n_cases, n_duties, n_actions, n_tasks;
	size_t n_faults;
};

/* --- the list ------------------------------------------------------------------------------------- */

static struct wish *find_wish(const struct reassign *reassign, str case_id)
{
	for (size_t i = 0; i < reassign->n_wishes; i++)
		if (str_eq(reassign->wishes[i].case_id, case_id))
			return &reassign->wishes[i];
	return NULL;
}

static void fault(struct reassign *reassign, int64_t line, str id, const char *why)
{
	ctl_complain("line %lld: %.*s %s", (long long)line, STR_ARG(id), why);
	reassign->n_faults++;
}

/* "C1", or "C1 priya-nair" */
static enum ctl_end read_wish(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct reassign *reassign = arg;
	str case_id = line, to = STR_EMPTY;

	(void)arena;
	if (line.n == 0)
		return CTL_FINE;
	(void)!str_cut(line, ' ', &case_id, &to);
	to = str_trim(to);
	if (to.n == 0)
		to = reassign->to;
	if (!id_is(case_id))
		fault(reassign, number, S("this"), "is no case's id");
	else if (find_wish(reassign, case_id) != NULL)
		fault(reassign, number, case_id, "stands in the list twice");
	else if (to.n == 0)
		fault(reassign, number, case_id,
		      "goes to nobody: name them behind it, or with --to");
	else if (policy_person(reassign->policy, to) == NULL)
		fault(reassign, number, to, "is nobody of services.yaml");
	else if (str_eq(to, reassign->from))
		fault(reassign, number, case_id, "is to go to whom it is with");
	else
		*ADD(&ctl->arena, reassign->wishes,
		     reassign->n_wishes) = (struct wish){ .case_id = str_copy(&ctl->arena, case_id),
							  .to = str_copy(&ctl->arena, to),
							  .line = number };
	return CTL_FINE;
}

/* --- what there is -------------------------------------------------------------------------------- */

/* How much of the case is with them; the case itself counts, too. */
static size_t count_theirs(struct reassign *reassign, const struct case_file *file)
{
	size_t cases = 0, duties = 0, actions = 0, tasks = 0;

	if (!date_is(file->closed_on) && str_eq(file->owner, reassign->from))
		cases = 1;
	for (size_t i = 0; i < file->n_duties; i++)
		duties += duty_is_running(file->duties[i].state) &&
			  str_eq(file->duties[i].owner, reassign->from);
	for (size_t i = 0; i < file->n_actions; i++)
		actions += duty_is_running(file->actions[i].state) &&
			   str_eq(file->actions[i].person, reassign->from);
	for (size_t i = 0; i < file->n_tasks; i++)
		tasks += !file->tasks[i].done && str_eq(file->tasks[i].owner, reassign->from);
	reassign->n_cases += cases;
	reassign->n_duties += duties;
	reassign->n_actions += actions;
	reassign->n_tasks += tasks;
	return cases + duties + actions + tasks;
}

static struct parcel *parcel_to(struct ctl *ctl, struct reassign *reassign, str family, str to)
{
	for (size_t i = reassign->n_parcels; i-- > 0;) {
		struct parcel *parcel = &reassign->parcels[i];

		if (!str_eq(parcel->family, family))
			break;
		if (str_eq(parcel->to, to))
			return parcel;
	}
	struct parcel *parcel = ADD(&ctl->arena, reassign->parcels, reassign->n_parcels);

	*parcel = (struct parcel){ .family = str_copy(&ctl->arena, family), .to = to };
	return parcel;
}

static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	struct reassign *reassign = arg;
	const size_t before = reassign->n_parcels;

	(void)arena;
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		struct wish *wish = find_wish(reassign, file->id);

		if (wish != NULL)
			wish->found = true;
		if ((reassign->by_list && wish == NULL) || count_theirs(reassign, file) == 0)
			continue;
		struct parcel *parcel = parcel_to(ctl, reassign, family->id,
						  wish != NULL ? wish->to : reassign->to);

		if (wish != NULL)
			*ADD(&ctl->arena, parcel->cases, parcel->n_cases) = wish->case_id;
	}
	reassign->n_families += reassign->n_parcels > before;
	progress_show(ctl, (int64_t)reassign->n_families, "families");
	return CTL_FINE;
}

static enum ctl_end look(struct ctl *ctl, struct reassign *reassign)
{
	reassign->n_parcels = reassign->n_families = 0;
	reassign->n_cases = reassign->n_duties = reassign->n_actions = reassign->n_tasks = 0;
	const enum ctl_end end = ctl_families(ctl, take_family, reassign);

	progress_end(ctl);
	for (size_t i = 0; end == CTL_FINE && i < reassign->n_wishes; i++)
		if (!reassign->wishes[i].found)
			fault(reassign, reassign->wishes[i].line, reassign->wishes[i].case_id,
			      "is no case that Candour knows");
	return end;
}

/* --- handing on ----------------------------------------------------------------------------------- */

static str print_data(const struct reassign *reassign, const struct parcel *parcel,
		      struct arena *arena)
{
	struct buf buf = buf_of(arena, CANDOUR_EVENT_BYTES_MAX);
	struct json_writer w = { .buf = &buf };

	json_open(&w);
	json_add_text(&w, "owner", parcel->to);
	json_add_text(&w, "from", reassign->from);
	if (reassign->reason.n > 0)
		json_add_text(&w, "reason", reassign->reason);
	if (parcel->n_cases > 0) {
		json_key(&w, "cases");
		json_open_list(&w);
		for (size_t i = 0; i < parcel->n_cases; i++)
			json_put_text(&w, parcel->cases[i]);
		json_close_list(&w);
	}
	json_close(&w);
	return buf_str(&buf);
}

static enum ctl_end hand_on(struct ctl *ctl, const struct reassign *reassign)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;
	uint8_t random[8];

	random_bytes(random, sizeof random);
	str run = hex_print(&ctl->arena, random, sizeof random);

	for (size_t i = 0; i < reassign->n_parcels && end == CTL_FINE; i++) {
		const struct parcel *parcel = &reassign->parcels[i];
		const struct own_event event = {
			.source = S("candourctl"),
			.id = str_fmt(&arena, "reassign-%.*s-%zu", STR_ARG(run), i + 1),
			.type = kind_type(KIND_CASE_REASSIGNED),
			.subject = str_join(&arena, S("family/"), parcel->family),
			.time = instant_now(),
			.data = print_data(reassign, parcel, &arena),
		};
		const str bytes = intake_own_event(&arena, &event);
		struct event checked;
		struct refused refused;
		struct reply reply;

		/* The reason is the same for all, so the first is refused before any is published. */
		if (!ctl_check_event(ctl, &arena, reassign->policy, bytes, &checked, &refused)) {
			out_refused(ctl, STR_EMPTY, &refused);
			end = CTL_REFUSED;
			break;
		}
		end = ctl_ask(ctl, &arena, store_publish(&arena, &ctl->store, bytes), &reply);
		progress_show(ctl, (int64_t)i + 1, "families");
		arena_clear(&arena);
	}
	progress_end(ctl);
	arena_free(&arena);
	return end;
}

/* --- the answer ----------------------------------------------------------------------------------- */

static void answer(struct ctl *ctl, const struct reassign *reassign, bool is_done)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_bool(&ctl->w, "done", is_done);
		json_add_int(&ctl->w, "families", (int64_t)reassign->n_families);
		json_add_int(&ctl->w, "cases", (int64_t)reassign->n_cases);
		json_add_int(&ctl->w, "duties", (int64_t)reassign->n_duties);
		json_add_int(&ctl->w, "actions", (int64_t)reassign->n_actions);
		json_add_int(&ctl->w, "tasks", (int64_t)reassign->n_tasks);
		json_close(&ctl->w);
		out_document_end(ctl);
		return;
	}
	buf_fmt(&ctl->out,
		"%s of %zu families: %zu cases, %zu duties of their own, %zu actions, %zu tasks\n",
		is_done ? "Handed on" : "Would be handed on", reassign->n_families,
		reassign->n_cases, reassign->n_duties, reassign->n_actions, reassign->n_tasks);
}

static bool read_options(const struct ctl *ctl, struct reassign *reassign, int64_t *timeout_s)
{
	*timeout_s = TIMEOUT_S_STANDARD;
	reassign->from = args_value(ctl, "from");
	reassign->to = args_value(ctl, "to");
	reassign->reason = args_value(ctl, "reason");
	reassign->by_list = ctl->n_words > 0;
	if (!id_is(reassign->from))
		ctl_complain("--from PERSON is wanted: whose work it is, such as sam-okafor");
	else if (reassign->to.n == 0 && !reassign->by_list)
		ctl_complain("--to PERSON is wanted, or a list of cases with who has each");
	else if (str_eq(reassign->from, reassign->to))
		ctl_complain("--from and --to are the same person");
	else
		return args_timeout(ctl, 1, TIMEOUT_S_MAX, timeout_s);
	return false;
}

/* A person, or a role that somebody holds. */
static bool is_known(const struct reassign *reassign)
{
	const struct policy *policy = reassign->policy;
	bool is_known = false;

	for (size_t i = 0; i < policy->n_services; i++)
		is_known |= policy_holder(policy, policy->services[i].id, reassign->from) != NULL;
	return is_known;
}

static enum ctl_end prepare(struct ctl *ctl, struct reassign *reassign)
{
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &reassign->policy);
	if (end != CTL_FINE)
		return end;
	if (reassign->to.n > 0 && policy_person(reassign->policy, reassign->to) == NULL) {
		ctl_complain("--to: %.*s is nobody of services.yaml", STR_ARG(reassign->to));
		return CTL_REFUSED;
	}
	if (reassign->by_list)
		end = lines_read(ctl, ctl->words[0], read_wish, reassign);
	if (end == CTL_FINE)
		end = look(ctl, reassign);
	/* Who has left is not there any more, but their work is. */
	if (end == CTL_FINE && reassign->n_parcels == 0 && !is_known(reassign)) {
		ctl_complain("--from: %.*s is nobody of services.yaml, and has no work",
			     STR_ARG(reassign->from));
		return CTL_REFUSED;
	}
	if (end == CTL_FINE && reassign->n_faults > 0) {
		ctl_complain("nothing was handed on");
		return CTL_REFUSED;
	}
	return end;
}

static enum ctl_end carry_out(struct ctl *ctl, struct reassign *reassign, int64_t timeout_s)
{
	str busy = STR_EMPTY;
	enum ctl_end end = hand_on(ctl, reassign);

	if (end == CTL_FINE)
		end = ctl_wait_decided(ctl, timeout_s, &busy);
	if (end == CTL_FINE && busy.n > 0) {
		ctl_complain(
			"still busy after %lld s: %.*s; what was published is handed on in its "
			"time",
			(long long)timeout_s, STR_ARG(busy));
		return CTL_REFUSED;
	}
	return end;
}

enum ctl_end reassign_run(struct ctl *ctl)
{
	struct reassign reassign = { 0 };
	int64_t timeout_s;

	if (!read_options(ctl, &reassign, &timeout_s))
		return CTL_USAGE;
	enum ctl_end end = prepare(ctl, &reassign);

	if (end != CTL_FINE)
		return end;
	if (args_has(ctl, "dry-run") || reassign.n_parcels == 0) {
		answer(ctl, &reassign, reassign.n_parcels == 0);
		return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
	}
	struct reassign left = reassign;

	end = carry_out(ctl, &reassign, timeout_s);
	if (end == CTL_FINE)
		end = look(ctl, &left);
	if (end != CTL_FINE)
		return end;
	if (left.n_parcels > 0) {
		ctl_complain("%zu families were not handed on: see candourctl dead list",
			     left.n_families);
		return CTL_REFUSED;
	}
	answer(ctl, &reassign, true);
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}
