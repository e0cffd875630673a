/* The promise ledger as a manager reads it. */
#include "ctl/inner.h"
#include "ctl/ledger.h"
#include "ctl/scores.h"

struct report {
	struct ledger ledger;
	struct scores scores;
	str service; /* empty: all */
};

static enum ctl_end take_family(struct ctl *ctl, struct arena *arena, const struct family *family,
				void *arg)
{
	struct report *report = arg;
	struct evidence *list;
	size_t n;
	const enum ctl_end end = ctl_evidence(ctl, arena, family->id, &list, &n);

	if (end == CTL_FINE)
		ledger_add(&report->ledger, family->id, list, n);
	if (end == CTL_FINE)
		scores_add(&report->scores, list, n);
	return end;
}

static bool is_wanted(const struct report *report, str service)
{
	return report->service.n == 0 || str_eq(service, report->service);
}

/* --- titles -------------------------------------------------------------------------------------- */

/* What families and managers call it; the id where the policy does not know it any more. */
static str title_of(const struct policy *policy, str standard)
{
	str pathway_id, duty_id;

	if (str_eq(standard, S("standards/actions")))
		return S("Agreed actions");
	if (policy == NULL || !str_cut(standard, '/', &pathway_id, &duty_id))
		return standard;
	const struct pathway *pathway = policy_pathway(policy, pathway_id);

	for (size_t i = 0; i < policy->n_common; i++)
		if (str_eq(policy->common[i].id, duty_id))
			return policy->common[i].title;

	for (size_t i = 0; pathway != NULL && i < pathway->n_duties; i++)
		if (str_eq(pathway->duties[i].id, duty_id))
			return pathway->duties[i].title;
	return standard;
}

static str service_title(const struct policy *policy, str id)
{
	const struct service *service = policy != NULL ? policy_service(policy, id) : NULL;

	return service != NULL ? service->name : id;
}

/* --- as JSON ------------------------------------------------------------------------------------- */

static void add_rate(struct ctl *ctl, const char *key, int rate)
{
	json_key(&ctl->w, key);
	if (rate < 0)
		json_put_null(&ctl->w);
	else
		json_put_raw(&ctl->w, str_fmt(&ctl->arena, "%d.%d", rate / 10, rate % 10));
}

static void add_numbers(struct ctl *ctl, const struct ledger_line *line)
{
	struct json_writer *w = &ctl->w;

	json_add_int(w, "kept", line->kept);
	json_add_int(w, "moved", line->moved);
	json_add_int(w, "broken", line->broken);
	json_add_int(w, "open", line->open);
	json_add_int(w, "excused", line->excused + line->broken_excused);
	add_rate(ctl, "on_time", ledger_on_time(line, false));
	add_rate(ctl, "on_time_without_exemptions", ledger_on_time(line, true));
}

/* How many lines from this one on are of the same service. */
static size_t service_lines(const struct ledger *ledger, size_t from, struct ledger_line *out_sum)
{
	size_t to = from;

	*out_sum = (struct ledger_line){ .service = ledger->lines[from].service };
	for (; to < ledger->n_lines && str_eq(ledger->lines[to].service, out_sum->service); to++)
		ledger_sum(out_sum, &ledger->lines[to]);
	return to - from;
}

static void add_service(struct ctl *ctl, const struct policy *policy,
			const struct ledger_line *lines, size_t n, const struct ledger_line *sum)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	json_add_text(w, "service", sum->service);
	json_add_text(w, "name", service_title(policy, sum->service));
	add_numbers(ctl, sum);
	json_key(w, "standards");
	json_open_list(w);
	for (size_t i = 0; i < n; i++) {
		json_open(w);
		json_add_text(w, "standard", lines[i].standard);
		json_add_text(w, "title", title_of(policy, lines[i].standard));
		add_numbers(ctl, &lines[i]);
		json_close(w);
	}
	json_close_list(w);
	json_close(w);
}

static void add_exemption(struct ctl *ctl, const struct exemption *exemption)
{
	struct json_writer *w = &ctl->w;

	json_open(w);
	out_add_date(ctl, "on", exemption->on);
	json_add_text(w, "service", exemption->service);
	json_add_text(w, "family", exemption->family);
	json_add_text(w, "case", exemption->case_id);
	json_add_text(w, "duty", exemption->duty);
	json_add_text(w, "ground", exemption->ground);
	json_add_text(w, "from", exemption->from);
	json_add_text(w, "to", exemption->to);
	json_add_text(w, "evidence", exemption->evidence);
	json_add_text(w, "approved_by", exemption->approved_by);
	out_add_date(ctl, "withdrawn", exemption->withdrawn);
	json_close(w);
}

/* The mean, and how many gave which number. */
static void add_score(struct ctl *ctl, const struct score_line *line)
{
	struct json_writer *w = &ctl->w;
	const int mean = scores_mean(line);

	json_open(w);
	json_add_text(w, "service", line->service);
	json_add_text(w, "pathway", line->pathway);
	json_add_int(w, "answers", line->n);
	json_key(w, "mean");
	json_put_raw(w, str_fmt(&ctl->arena, "%d.%d", mean / 10, mean % 10));
	json_key(w, "scores");
	json_open(w);
	for (int64_t i = 1; i <= SCORE_MOST; i++)
		json_add_int(w, str_z(&ctl->arena, str_fmt(&ctl->arena, "%lld", (long long)i)),
			     line->of[i]);
	json_close(w);
	json_close(w);
}

static void add_missed(struct ctl *ctl, const struct report *report)
{
	struct json_writer *w = &ctl->w;

	json_key(w, "missed");
	json_open_list(w);
	for (size_t i = 0; i < report->ledger.n_missed; i++) {
		const struct missed_line *line = &report->ledger.missed[i];

		if (!is_wanted(report, line->service))
			continue;
		json_open(w);
		json_add_text(w, "service", line->service);
		json_add_text(w, "standard", line->standard);
		json_add_text(w, "title", line->title);
		json_add_int(w, "times", line->times);
		json_close(w);
	}
	json_close_list(w);
}

static void answer_report(struct ctl *ctl, const struct report *report, const struct policy *policy)
{
	const struct ledger *ledger = &report->ledger;
	struct json_writer *w = &ctl->w;
	struct ledger_line sum;

	json_open(w);
	out_add_date(ctl, "from", ledger->from);
	out_add_date(ctl, "to", ledger->to);
	json_key(w, "services");
	json_open_list(w);
	for (size_t i = 0, n; i < ledger->n_lines; i += n) {
		n = service_lines(ledger, i, &sum);
		if (is_wanted(report, sum.service))
			add_service(ctl, policy, &ledger->lines[i], n, &sum);
	}
	json_close_list(w);
	add_missed(ctl, report);
	json_key(w, "exemptions");
	json_open_list(w);
	for (size_t i = 0; i < ledger->n_exemptions; i++)
		if (is_wanted(report, ledger->exemptions[i].service))
			add_exemption(ctl, &ledger->exemptions[i]);
	json_close_list(w);
	json_key(w, "questionnaires");
	json_open_list(w);
	for (size_t i = 0; i < report->scores.n; i++)
		if (is_wanted(report, report->scores.lines[i].service))
			add_score(ctl, &report->scores.lines[i]);
	json_close_list(w);
	json_close(w);
	out_document_end(ctl);
}

/* --- as text ------------------------------------------------------------------------------------- */

#define TITLE_COLUMNS 42

static str print_rate(struct arena *arena, int rate)
{
	return rate < 0 ? S("-") : str_fmt(arena, "%d.%d %%", rate / 10, rate % 10);
}

static void write_line(struct ctl *ctl, str title, const struct ledger_line *line)
{
	if (title.n > TITLE_COLUMNS - 1) {
		out_wrap(ctl, S("  "), title);
		title = STR_EMPTY;
	}
	buf_fmt(&ctl->out, "  %-*.*s%5lld%7lld%8lld%6lld%9.*s\n", TITLE_COLUMNS, STR_ARG(title),
		(long long)line->kept, (long long)line->moved, (long long)line->broken,
		(long long)line->open,
		STR_ARG(print_rate(&ctl->arena, ledger_on_time(line, false))));
}

static void write_service(struct ctl *ctl, const struct policy *policy,
			  const struct ledger_line *lines, size_t n, const struct ledger_line *sum)
{
	const int with = ledger_on_time(sum, false), without = ledger_on_time(sum, true);

	buf_fmt(&ctl->out, "\n%.*s\n", STR_ARG(service_title(policy, sum->service)));
	buf_fmt(&ctl->out, "  %-*s%5s%7s%8s%6s%9s\n", TITLE_COLUMNS, "", "kept", "moved", "broken",
		"open", "on time");
	for (size_t i = 0; i < n; i++)
		write_line(ctl, title_of(policy, lines[i].standard), &lines[i]);
	write_line(ctl, S("All"), sum);
	if (with != without)
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "Without exemptions: %.*s on time.",
				 STR_ARG(print_rate(&ctl->arena, without))));
}

static void write_exemption(struct ctl *ctl, const struct exemption *exemption)
{
	const str head = str_fmt(&ctl->arena, "  %.*s  ",
				 STR_ARG(date_print(&ctl->arena, exemption->on)));
	struct buf text = buf_of(&ctl->arena, (size_t)64 << 10);

	buf_fmt(&text, "%.*s: %.*s, %.*s to %.*s", STR_ARG(exemption->duty),
		STR_ARG(exemption->ground), STR_ARG(exemption->from), STR_ARG(exemption->to));
	if (exemption->approved_by.n > 0)
		buf_fmt(&text, ", approved by %.*s", STR_ARG(exemption->approved_by));
	if (exemption->evidence.n > 0)
		buf_fmt(&text, " (evidence: %.*s)", STR_ARG(exemption->evidence));
	if (date_is(exemption->withdrawn))
		buf_fmt(&text, "; withdrawn on %.*s",
			STR_ARG(date_print(&ctl->arena, exemption->withdrawn)));
	out_wrap(ctl, head, buf_str(&text));
}

static void write_missed(struct ctl *ctl, const struct report *report, const struct policy *policy)
{
	bool any = false;

	out_title(ctl, "Missed, without a date of its own");
	for (size_t i = 0; i < report->ledger.n_missed; i++) {
		const struct missed_line *line = &report->ledger.missed[i];

		if (!is_wanted(report, line->service))
			continue;
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena, "%.*s, %.*s (%.*s): %lld %s",
				 STR_ARG(service_title(policy, line->service)),
				 STR_ARG(line->title), STR_ARG(line->standard),
				 (long long)line->times, line->times == 1 ? "time" : "times"));
		any = true;
	}
	if (!any)
		buf_add(&ctl->out, S("  None.\n"));
}

static str print_period(struct arena *arena, const struct ledger *ledger)
{
	const bool from = date_is(ledger->from), to = date_is(ledger->to);

	return str_fmt(arena, "Promises%s%s%.*s%s%.*s", from || to ? " whose date lay" : "",
		       from ? " from " : "", STR_ARG(date_print(arena, ledger->from)),
		       to ? " up to " : "", STR_ARG(date_print(arena, ledger->to)));
}

static void write_scores(struct ctl *ctl, const struct report *report, const struct policy *policy)
{
	bool any = false;

	out_title(ctl, "Questionnaires");
	for (size_t i = 0; i < report->scores.n; i++) {
		const struct score_line *line = &report->scores.lines[i];
		const int mean = scores_mean(line);

		if (!is_wanted(report, line->service))
			continue;
		out_wrap(ctl, S("  "),
			 str_fmt(&ctl->arena,
				 "%.*s, %.*s: %d.%d of %d on average, %lld %s; 1 to 5: "
				 "%lld, %lld, %lld, %lld, %lld",
				 STR_ARG(service_title(policy, line->service)),
				 STR_ARG(line->pathway), mean / 10, mean % 10, SCORE_MOST,
				 (long long)line->n, line->n == 1 ? "answer" : "answers",
				 (long long)line->of[1], (long long)line->of[2],
				 (long long)line->of[3], (long long)line->of[4],
				 (long long)line->of[5]));
		any = true;
	}
	if (!any)
		buf_add(&ctl->out, S("  None.\n"));
}

static void write_report(struct ctl *ctl, const struct report *report, const struct policy *policy)
{
	const struct ledger *ledger = &report->ledger;
	struct ledger_line sum;
	bool any = false;

	out_wrap(ctl, STR_EMPTY, print_period(&ctl->arena, ledger));
	for (size_t i = 0, n; i < ledger->n_lines; i += n) {
		n = service_lines(ledger, i, &sum);
		if (is_wanted(report, sum.service)) {
			write_service(ctl, policy, &ledger->lines[i], n, &sum);
			any = true;
		}
	}
	if (!any)
		buf_add(&ctl->out, S("None.\n"));
	write_missed(ctl, report, policy);
	out_title(ctl, "Exemptions");
	any = false;
	for (size_t i = 0; i < ledger->n_exemptions; i++) {
		if (!is_wanted(report, ledger->exemptions[i].service))
			continue;
		write_exemption(ctl, &ledger->exemptions[i]);
		any = true;
	}
	if (!any)
		buf_add(&ctl->out, S("  None.\n"));
	write_scores(ctl, report, policy);
}

/* --- the command --------------------------------------------------------------------------------- */

static bool read_period(const struct ctl *ctl, struct ledger *out)
{
	out->from = out->to = DATE_NONE;
	if (!args_day(ctl, "from", &out->from) || !args_day(ctl, "to", &out->to))
		return false;
	if (!date_is(out->from) || !date_is(out->to) || !date_before(out->to, out->from))
		return true;
	ctl_complain("--to lies before --from");
	return false;
}

/* A service that the policy has, or had when something was written down that is to be told. */
static bool is_service(const struct report *report, const struct policy *policy)
{
	const struct ledger *ledger = &report->ledger;
	bool is_named = report->service.n == 0 || policy == NULL ||
			policy_service(policy, report->service) != NULL;

	for (size_t i = 0; i < ledger->n_lines; i++)
		is_named |= str_eq(ledger->lines[i].service, report->service);
	for (size_t i = 0; i < ledger->n_missed; i++)
		is_named |= str_eq(ledger->missed[i].service, report->service);
	for (size_t i = 0; i < ledger->n_exemptions; i++)
		is_named |= str_eq(ledger->exemptions[i].service, report->service);
	for (size_t i = 0; i < report->scores.n; i++)
		is_named |= str_eq(report->scores.lines[i].service, report->service);
	if (!is_named)
		ctl_complain("--service: %.*s is no service of services.yaml",
			     STR_ARG(report->service));
	return is_named;
}

enum ctl_end report_run(struct ctl *ctl)
{
	struct report report = { .ledger.arena = &ctl->arena,
				 .scores.arena = &ctl->arena,
				 .service = args_value(ctl, "service") };

	if (!read_period(ctl, &report.ledger))
		return CTL_USAGE;
	report.scores.from = report.ledger.from;
	report.scores.to = report.ledger.to;
	enum ctl_end end = ctl_redis(ctl);

	if (end == CTL_FINE)
		end = ctl_families(ctl, take_family, &report);
	if (end != CTL_FINE)
		return end;
	const struct policy *policy = ctl_policy_if_fine(ctl);

	if (!is_service(&report, policy))
		return CTL_NOT_FOUND;
	scores_sort(&report.scores);
	ledger_sort(&report.ledger);
	if (ctl->json)
		answer_report(ctl, &report, policy);
	else
		write_report(ctl, &report, policy);
	return ctl->n_damaged > 0 ? CTL_REDIS : CTL_FINE;
}
