#include "words/inner.h"

#include "unit/words/bench.h"

static const struct words *words;

static const struct {
	const char *name, *text;
} templates[] = {
	{ "en/plain.md", "---\ntitle: T\ngrade: information\n---\nText\n" },
	{ "en/bad-news.md", "---\ntitle: T\ngrade: information\nadverse: yes\n---\nText\n" },
	{ "en/notice.md",
	  "---\ntitle: T\ngrade: formal\nblocks: [named_contact, next, formats]\n---\n"
	  "{{! block: named_contact }}a\n\n{{! block: next }}b\n\n"
	  "{{! block: formats }}c\n" },
	{ "en/sorry.md",
	  "---\ntitle: T\ngrade: formal\nblocks: [named_contact, next, formats]\n---\n"
	  "{{! block: named_contact }}a\n\n"
	  "{{#past.missed}}\nSorry, {{past.missed}}\n{{/past.missed}}\n\n"
	  "{{! block: next }}b\n\n{{! block: formats }}c\n" },
	{ "en/dated.md", "---\ntitle: T\ngrade: information\npromises: [ours]\n"
			 "sample:\n  promise: {ours: 2026-12-14}\n---\n"
			 "{{#promise.ours}}{{promise.ours}}{{/promise.ours}}\n" },
	{ "en/right.md", "---\ntitle: T\ngrade: information\n"
			 "sample:\n  right: {theirs: 2026-12-14}\n---\n{{right.theirs}}\n" },
	{ "en/doing.md",
	  "---\ntitle: T\ngrade: information\npromises: [action]\nsample:\n"
	  "  promise: {action: 2026-12-14}\n  action: {what: x}\n---\n"
	  "{{#promise.action}}{{promise.action}}{{/promise.action}} {{action.what}}\n" },
	{ "en/late.md", "---\ntitle: T\ngrade: information\nsample:\n  past: {due: 2026-12-14}\n"
			"---\n{{past.due}}\n" },
	{ "en/why.md", "---\ntitle: T\ngrade: information\nsample:\n  event: {why: x, on: "
		       "2026-12-14}\n---\n{{event.why}} {{event.on}}\n" },
	{ "en/if.md", "---\ntitle: T\ngrade: information\n---\n"
		      "{{#event.why}}{{event.why}}{{/event.why}} Text\n" },
};

static int read_templates(void **state)
{
	str folder = make_folder();
	put_safe(folder);
	for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++)
		put_file(folder, templates[i].name, templates[i].text);
	struct findings findings = findings_of(&arena);
	words = words_read(&arena, folder, &findings);
	remove_folder(folder);
	return words == NULL;
}

/* How a policy is found whose one event says this; the event starts `ours` and `theirs`, and has
 * one field, why. */
static size_t count_mistakes(const char *template, enum grade grade, bool required)
{
	struct duty_rule duties[] = { { .id = S("ours") },
				      { .id = S("theirs"), .by_family = true } };
	struct saying saying = {
		.template = str_of(template), .grade = grade, .file = S("p.yaml"), .line = 7
	};
	struct field why = { .name = S("why"), .type = FIELD_LINE, .required = required };
	struct event_rule event = {
		.type = S("x.happened"), .says = &saying, .n_says = 1, .fields = &why, .n_fields = 1
	};
	struct pathway pathway = {
		.id = S("p"), .events = &event, .n_events = 1, .duties = duties, .n_duties = 2
	};
	const struct policy policy = { .pathways = &pathway, .n_pathways = 1 };
	struct findings findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	if (findings.n > 0)
		assert_finding(&findings, "p.yaml", 7, "policy_template");
	return findings.errors;
}

/* The same of a policy that has nothing but an event which says this. */
static size_t mistakes_of(struct saying *saying)
{
	struct event_rule event = { .type = S("x.happened"), .says = saying, .n_says = 1 };
	struct pathway pathway = { .id = S("p"), .events = &event, .n_events = 1 };
	const struct policy policy = { .pathways = &pathway, .n_pathways = 1 };
	struct findings findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	return findings.errors;
}

/* A notice that meets a duty may come late, and then it says sorry itself. */
static void a_notice_that_ends_a_duty_has_a_word_of_apology(void **state)
{
	static const char *const names[] = { "notice", "sorry" };
	for (size_t i = 0; i < 2; i++) {
		struct saying saying = { .template = str_of(names[i]),
					 .grade = GRADE_FORMAL,
					 .meets = S("ours"),
					 .file = S("p.yaml"),
					 .line = 7 };
		assert_int_equal(mistakes_of(&saying), i == 0 ? 1 : 0);
	}
}

static void an_event_may_say_what_it_can_fill(void **state)
{
	static const struct {
		const char *template;
		enum grade grade;
		bool required;
		size_t mistakes;
	} rows[] = {
		{ "plain", GRADE_INFORMATION, false, 0 },
		{ "gone", GRADE_INFORMATION, false, 1 },
		{ "plain", GRADE_FORMAL, false, 1 },
		{ "notice", GRADE_FORMAL, false, 0 },
		{ "notice", GRADE_INFORMATION, false, 1 },
		{ "bad-news", GRADE_INFORMATION, false, 1 },
		{ "dated", GRADE_INFORMATION, false, 0 },
		{ "right", GRADE_INFORMATION, false, 0 },
		{ "doing", GRADE_INFORMATION, false, 2 },
		{ "late", GRADE_INFORMATION, false, 1 },
		{ "why", GRADE_INFORMATION, true, 0 },
		{ "why", GRADE_INFORMATION, false, 1 },
		{ "if", GRADE_INFORMATION, false, 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t n = count_mistakes(rows[i].template, rows[i].grade, rows[i].required);
		if (n != rows[i].mistakes)
			print_error("%s: %zu\n", rows[i].template, n);
		assert_int_equal(n, rows[i].mistakes);
	}
}

static void a_date_needs_its_duty_where_it_is_said(void **state)
{
	struct duty_rule duty = { .id = S("ours") };
	struct saying saying = {
		.template = S("dated"), .grade = GRADE_INFORMATION, .file = S("p.yaml"), .line = 3
	};
	str ours = S("ours");
	struct event_rule event = { .type = S("x.happened"), .says = &saying, .n_says = 1 };
	struct pathway pathway = { .events = &event, .n_events = 1 };
	const struct policy policy = { .pathways = &pathway, .n_pathways = 1 };
	struct findings findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	assert_int_equal(findings.errors, 1); /* no such duty */
	pathway.duties = &duty;
	pathway.n_duties = 1;
	event.cancels = &ours;
	event.n_cancels = 1;
	findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	assert_int_equal(findings.errors, 1); /* the event ends it */
	duty.by_family = true;
	event.n_cancels = 0;
	findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	assert_int_equal(findings.errors, 1); /* it is the family's, no promise */
}

static void duties_and_actions_may_say_more(void **state)
{
	struct saying late = { .template = S("late"), .file = S("p.yaml"), .line = 3 };
	late.grade = GRADE_INFORMATION;
	struct saying doing = late;
	doing.template = S("doing");
	struct duty_rule duty = { .id = S("ours"), .on_breached = &late, .n_on_breached = 1 };
	struct pathway pathway = { .duties = &duty, .n_duties = 1 };
	const struct policy policy = {
		.pathways = &pathway,
		.n_pathways = 1,
		.actions = { .on_agreed = &doing,
			     .n_on_agreed = 1,
			     .on_breached = &late,
			     .n_on_breached = 1 },
	};
	struct findings findings = findings_of(&arena);
	words_check_policy(words, &policy, &findings);
	assert_int_equal(findings.errors, 0);
	duty.on_breached = &doing;
	words_check_policy(words, &policy, &findings);
	assert_int_equal(findings.errors, 2);
}

static void a_notice_has_the_blocks_that_its_rule_wants(void **state)
{
	static const struct {
		const char *block;
		size_t mistakes;
	} rows[] = { { "next", 0 }, { "appeal", 1 }, { "applause", 1 } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		str block = str_of(rows[i].block);
		struct saying saying = { .template = S("notice"),
					 .grade = GRADE_FORMAL,
					 .blocks = &block,
					 .n_blocks = 1,
					 .file = S("p.yaml"),
					 .line = 7 };
		assert_int_equal(mistakes_of(&saying), rows[i].mistakes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_may_say_what_it_can_fill),
		cmocka_unit_test(a_notice_that_ends_a_duty_has_a_word_of_apology),
		cmocka_unit_test(a_notice_has_the_blocks_that_its_rule_wants),
		cmocka_unit_test(a_date_needs_its_duty_where_it_is_said),
		cmocka_unit_test(duties_and_actions_may_say_more),
	};
	int failed = cmocka_run_group_tests(tests, read_templates, NULL);
	arena_free(&arena);
	return failed;
}
