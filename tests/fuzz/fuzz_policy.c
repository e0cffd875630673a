/*
 * The readers of configuration and policy against any bytes.
 *
 * The first byte says which file the others stand for; the rest of the policy is the shipped one.
 * Promised: no crash; a policy or at least one error; and a policy that is taken can be relied upon.
 */
#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "setup/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const names[] = {
	"authority.yaml",
	"calendars/bank-holidays.json",
	"calendars/england-and-wales.yaml",
	"packs/wokingham.yaml",
	"pathways/appointments.yaml",
	"pathways/ehc-assessment.yaml",
	"pathways/enquiries.yaml",
	"services.yaml",
	"standards.yaml",
};
#define NAMES_N (sizeof(names) / sizeof(names[0]))

static struct source shipped[NAMES_N];

static void read_shipped(void)
{
	static struct arena arena;
	for (size_t i = 0; i < NAMES_N; i++) {
		shipped[i].name = str_of(names[i]);
		shipped[i].file = str_fmt(&arena, "conf/%s", names[i]);
		require(file_read(&arena, shipped[i].file, YAML_BYTES_MAX, &shipped[i].bytes) ==
			OK);
	}
}

static void check_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *one = &findings->list[i];
		require(one->file.n > 0 && one->line >= 0 && one->code.n > 0);
		require(one->message.n > 0 && utf8_is(one->message));
	}
}

static void check_sayings(const struct saying *says, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		require(says[i].template.n > 0 && says[i].audience < AUDIENCE_COUNT);
		require(says[i].grade < GRADE_COUNT && says[i].after.n >= 0);
	}
}

static void check_duties(struct arena *arena, const struct policy *policy,
			 const struct pathway *pathway)
{
	date on;
	require(date_of(2026, 11, 2, &on));
	for (size_t i = 0; i < pathway->n_duties; i++) {
		const struct duty_rule *duty = &pathway->duties[i];
		const struct calendar *calendar = policy_calendar(policy, duty->calendar);
		require(calendar != NULL && duty->due.n > 0 && duty->owner.n > 0);
		date due = reckon_due(arena, calendar, trigger_of_day(on), duty->due).day;
		for (size_t j = 0; j < duty->n_warnings; j++)
			(void)reckon_before(calendar, due, duty->warnings[j]);
		check_sayings(duty->on_warned, duty->n_on_warned);
		check_sayings(duty->on_breached, duty->n_on_breached);
	}
}

static void check_policy(struct arena *arena, const struct policy *policy)
{
	require(policy->calendar != NULL && policy->version.n == 16);
	require(week_is_ever_open(&policy->authority.hours));
	require(policy->authority.mediation.phone.n > 0 && policy->authority.n_address >= 3);
	for (size_t i = 0; i < policy->n_services; i++)
		require(policy->services[i].email.n > 0);
	for (size_t i = 0; i < policy->n_calendars; i++) {
		const struct calendar *calendar = &policy->calendars[i];
		require(week_is_ever_open(&calendar->week));
		for (size_t j = 1; j < calendar->n_holidays; j++)
			require(date_before(calendar->holidays[j - 1].day,
					    calendar->holidays[j].day));
	}
	require(policy->n_pathways > 0);
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct pathway *pathway = &policy->pathways[i];
		require(policy_service(policy, pathway->service) != NULL);
		check_duties(arena, policy, pathway);
		for (size_t j = 0; j < pathway->n_events; j++)
			check_sayings(pathway->events[j].says, pathway->events[j].n_says);
	}
}

static void try_config(struct arena *arena, str text, struct findings *findings)
{
	struct config config = { 0 };
	bool fine = config_read(arena, S("conf/candour.conf"), text, &config, findings);
	require(fine == (findings->errors == 0));
	if (fine)
		require(config.redis.prefix.n > 0 && config.email.dir.n > 0 &&
			config.stop_within.ms >= 1000);
}

static void try_policy(struct arena *arena, size_t which, str text, struct findings *findings)
{
	struct source list[NAMES_N];
	struct sources sources = { .list = list, .n = NAMES_N };
	date today;
	require(date_of(2026, 11, 23, &today));
	for (size_t i = 0; i < NAMES_N; i++)
		list[i] = shipped[i];
	list[which].bytes = text;
	const struct policy *policy = policy_read(arena, S("conf"), &sources, today, findings);
	require((policy != NULL) == (findings->errors == 0));
	if (policy != NULL)
		check_policy(arena, policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena arena;
	if (shipped[0].bytes.n == 0)
		read_shipped();
	if (n == 0)
		return 0;
	struct findings findings = findings_of(&arena);
	str text = { (const char *)bytes + 1, n - 1 };
	size_t which = bytes[0] % (NAMES_N + 1);
	if (which == NAMES_N)
		try_config(&arena, text, &findings);
	else
		try_policy(&arena, which, text, &findings);
	check_findings(&findings);
	arena_clear(&arena);
	return 0;
}
