#include "setup/setup.h"

#include "copy.h"

/* A copy whose configuration takes the shipped templates. */
static struct copy copy_with_templates(struct arena *arena)
{
	struct copy copy = copy_make(arena);
	char here[4096];
	assert_non_null(getcwd(here, sizeof here));
	str to = str_fmt(arena, "templates: %s/templates", here);
	(void)copy_change(&copy, CONFIG, "templates: ../templates", str_z(arena, to));
	return copy;
}

static void the_shipped_configuration_is_ready_to_run(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct setup setup;
	if (!setup_read(&arena, S("conf/candour.conf"), &setup, &findings))
		fail_msg("%.*s", STR_ARG(setup_findings_text(&arena, &findings)));
	assert_non_null(setup.policy);
	assert_non_null(setup.words);
	assert_str(setup.config.policy, "conf");
	assert_str(setup.config.templates, "conf/../templates");
	arena_free(&arena);
}

static void the_authority_is_the_sender_where_the_configuration_says_none(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct setup setup;
	struct copy copy = copy_with_templates(&arena);
	assert_true(setup_read(&arena, copy_path(&copy, CONFIG), &setup, &findings));
	assert_true(str_eq(setup.config.email.from, setup.policy->authority.email_from));
	assert_str(setup.config.sms[0].sender, "Sheffield");
	(void)copy_change(&copy, CONFIG, "# sender:", "sender: SENDteam");
	assert_true(setup_read(&arena, copy_path(&copy, CONFIG), &setup, &findings));
	copy_remove(&copy);
	assert_str(setup.config.sms[0].sender, "SENDteam");
	arena_free(&arena);
}

static void a_template_that_is_named_and_missing_is_found_where_it_is_named(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct setup setup;
	struct copy copy = copy_with_templates(&arena);
	(void)copy_change(&copy, STANDARDS, "      template: duty-warning",
			  "      template: duty-wanting");
	assert_false(setup_read(&arena, copy_path(&copy, CONFIG), &setup, &findings));
	copy_remove(&copy);
	bool found = false;
	for (size_t i = 0; i < findings.n; i++)
		found = found || (str_ends(findings.list[i].file, S("/standards.yaml")) &&
				  str_eq(findings.list[i].code, S("policy_template")));
	assert_true(found);
	arena_free(&arena);
}

static void mistakes_of_configuration_and_policy_are_listed_together(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct setup setup;
	struct copy copy = copy_with_templates(&arena);
	(void)copy_change(&copy, CONFIG, "# level: info", "level: loud");
	(void)copy_change(&copy, PATHWAY, "due: 6 weeks", "due: soon");
	assert_false(setup_read(&arena, copy_path(&copy, CONFIG), &setup, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 2);
	assert_true(str_ends(findings.list[0].file, S("/candour.conf")));
	assert_true(
		str_ends(copy_finding(&findings, "bad_duration")->file, S("/ehc-assessment.yaml")));
	arena_free(&arena);
}

static void findings_are_printed_as_compilers_do(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	findings_error(&findings, S("a.yaml"), 12, "bad_duration", "this is none");
	findings_warning(&findings, S("b.yaml"), 0, "unknown_file", "this file is not read");
	assert_str(setup_findings_text(&arena, &findings),
		   "a.yaml:12: error: this is none (bad_duration)\n"
		   "b.yaml: warning: this file is not read (unknown_file)\n");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_configuration_is_ready_to_run),
		cmocka_unit_test(the_authority_is_the_sender_where_the_configuration_says_none),
		cmocka_unit_test(a_template_that_is_named_and_missing_is_found_where_it_is_named),
		cmocka_unit_test(mistakes_of_configuration_and_policy_are_listed_together),
		cmocka_unit_test(findings_are_printed_as_compilers_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
