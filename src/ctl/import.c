/* Running cases from before Candour: nothing old is said, duties run and are shown. */
#include "base/hash.h"
#include "ctl/inner.h"
#include "intake/intake.h"

#define TIMEOUT_S_STANDARD 600
/* Less than the hour after which a family's clocks go on by themselves, and what is decided then is said. */
#define TIMEOUT_S_MAX 3000

struct import {
	const struct policy *policy;
	str run; /* names this import, for the ids of its own events */
	date quiet_before;
	str *families; /* whom the events are about; some may stand there twice until sorted */
	size_t n_families;
	int64_t n_events, n_refused, n_published;
};

/* --- checking ------------------------------------------------------------------------------------ */

static void note_family(struct ctl *ctl, struct import *import, const struct event *event)
{
	str id = STR_EMPTY;

	if (event->about == SUBJECT_FAMILY)
		id = event->subject_id;
	else if (event->kind == KIND_CASE_OPENED)
		id = json_text(event->data, "family");
	if (id.n > 0)
		*ADD(&ctl->arena, import->families, import->n_families) = str_copy(&ctl->arena, id);
}

static enum ctl_end check_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			       void *arg)
{
	struct import *import = arg;
	struct event event;
	struct refused refused;

	if (line.n == 0)
		return CTL_FINE;
	if (ctl_check_event(ctl, arena, import->policy, line, &event, &refused)) {
		import->n_events++;
		note_family(ctl, import, &event);
		return CTL_FINE;
	}
	import->n_refused++;
	if (ctl->json) {
		json_open(&ctl->w);
		json_add_int(&ctl->w, "line", number);
		out_add_refused(ctl, &refused);
		json_close(&ctl->w);
	} else {
		out_refused(ctl, str_fmt(arena, "line %lld: ", (long long)number), &refused);
	}
	return out_flush(ctl) ? CTL_FINE : CTL_REFUSED;
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static void sort_families(struct import *import)
{
	size_t n = 0;

	if (import->n_families > 0)
		qsort(import->families, import->n_families, sizeof *import->families, compare_ids);
	for (size_t i = 0; i < import->n_families; i++)
		if (n == 0 || !str_eq(import->families[n - 1], import->families[i]))
			import->families[n++] = import->families[i];
	import->n_families = n;
}

/* --- publishing ---------------------------------------------------------------------------------- */

static enum ctl_end tell_family(struct ctl *ctl, struct arena *arena, const struct import *import,
				size_t i, enum kind kind)
{
	const bool begins = kind == KIND_IMPORT_BEGAN;
	const struct own_event event = {
		.source = S("candourctl"),
		.id = str_fmt(arena, "import-%.*s-%zu-%s", STR_ARG(import->run), i,
			      begins ? "began" : "ended"),
		.type = kind_type(kind),
		.subject = str_join(arena, S("family/"), import->families[i]),
		.time = instant_now(),
		.data = begins ? str_fmt(arena, "{\"quiet_before\":\"%.*s\"}",
					 STR_ARG(date_print(arena, import->quiet_before)))
			       : S("{}"),
	};
	struct reply reply;

	return ctl_ask(ctl, arena,
		       store_publish_own(arena, &ctl->store, intake_own_event(arena, &event)),
		       &reply);
}

static enum ctl_end tell_families(struct ctl *ctl, const struct import *import, enum kind kind)
{
	struct arena arena = ARENA_EMPTY;
	enum ctl_end end = CTL_FINE;

	for (size_t i = 0; i < import->n_families && end == CTL_FINE; i++) {
		end = tell_family(ctl, &arena, import, i, kind);
		arena_clear(&arena);
	}
	arena_free(&arena);
	return end;
}

static enum ctl_end publish_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
				 void *arg)
{
	struct import *import = arg;
	struct reply reply;

	(void)number;
	if (line.n == 0)
		return CTL_FINE;
	const enum ctl_end end = ctl_ask(ctl, arena, store_publish(arena, &ctl->store, line),
					 &reply);

	import->n_published += end == CTL_FINE;
	return end;
}

/* --- the command --------------------------------------------------------------------------------- */

static bool read_options(const struct ctl *ctl, struct import *import, int64_t *timeout_s)
{
	*timeout_s = TIMEOUT_S_STANDARD;
	if (str_eq(ctl->words[0], S("-")))
		ctl_complain("it reads the events twice, so they must be in a file");
	else if (!date_parse(args_value(ctl, "quiet-before"), &import->quiet_before))
		ctl_complain("--quiet-before DAY is wanted: from when on Candour speaks, such as "
			     "2026-11-02");
	else
		return args_timeout(ctl, 1, TIMEOUT_S_MAX, timeout_s);
	return false;
}

static enum ctl_end check_all(struct ctl *ctl, struct import *import)
{
	if (ctl->json) {
		json_open(&ctl->w);
		json_key(&ctl->w, "refused");
		json_open_list(&ctl->w);
	}
	const enum ctl_end end = lines_read(ctl, ctl->words[0], check_line, import);

	if (ctl->json)
		json_close_list(&ctl->w);
	if (end != CTL_FINE || import->n_refused == 0)
		return end;
	ctl_complain("%lld lines would be refused: nothing was imported",
		     (long long)import->n_refused);
	return CTL_REFUSED;
}

static void prepare(struct ctl *ctl, struct import *import)
{
	uint8_t random[8];

	if (date_before(date_add(ctl_today(ctl), 1), import->quiet_before))
		ctl_complain(
			"--quiet-before lies ahead: what is imported is kept quiet, and what comes "
			"behind it is said at once");
	random_bytes(random, sizeof random);
	import->run = hex_print(&ctl->arena, random, sizeof random);
	sort_families(import);
}

static enum ctl_end publish_all(struct ctl *ctl, struct import *import)
{
	const enum ctl_end end = lines_read(ctl, ctl->words[0], publish_line, import);

	if (end != CTL_FINE || import->n_published == import->n_events)
		return end;
	ctl_complain("%.*s is another file now: %lld events were checked, and %lld published",
		     STR_ARG(ctl->words[0]), (long long)import->n_events,
		     (long long)import->n_published);
	return CTL_REFUSED;
}

/* All of the events before the clocks go on: the next one may end what looks late. */
static enum ctl_end carry_over(struct ctl *ctl, struct import *import, int64_t timeout_s)
{
	str busy = STR_EMPTY;

	prepare(ctl, import);
	enum ctl_end end = tell_families(ctl, import, KIND_IMPORT_BEGAN);

	if (end == CTL_FINE)
		end = publish_all(ctl, import);
	if (end == CTL_FINE)
		end = ctl_wait_decided(ctl, timeout_s, &busy);
	if (end == CTL_FINE && busy.n > 0) {
		ctl_complain("still busy after %lld s: %.*s; the clocks of these families go on "
			     "within the hour",
			     (long long)timeout_s, STR_ARG(busy));
		return CTL_REFUSED;
	}
	return end == CTL_FINE ? tell_families(ctl, import, KIND_IMPORT_ENDED) : end;
}

/* events: so many have been published */
static void answer_import(struct ctl *ctl, const struct import *import, bool is_done)
{
	if (ctl->json) {
		json_add_int(&ctl->w, "events", import->n_published);
		json_add_int(&ctl->w, "families", is_done ? (int64_t)import->n_families : 0);
		json_close(&ctl->w);
		out_document_end(ctl);
	} else if (is_done) {
		buf_fmt(&ctl->out,
			"%lld events of %zu families imported; see candourctl duties, breaches and "
			"dead list\n",
			(long long)import->n_published, import->n_families);
	}
}

enum ctl_end import_run(struct ctl *ctl)
{
	struct import import = { 0 };
	int64_t timeout_s;

	if (!read_options(ctl, &import, &timeout_s))
		return CTL_USAGE;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_policy(ctl, &import.policy);
	if (end != CTL_FINE)
		return end;
	end = check_all(ctl, &import);
	if (end == CTL_FINE)
		end = carry_over(ctl, &import, timeout_s);
	answer_import(ctl, &import, end == CTL_FINE);
	return end;
}
