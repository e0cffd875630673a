#include "model/event.h"

#include "harness/assert_str.h"

static void every_kind_is_known_by_its_type(void **state)
{
	for (size_t i = KIND_PATHWAY + 1; i < KIND_COUNT; i++)
		assert_int_equal(kind_of(kind_type((enum kind)i)), i);
	assert_int_equal(kind_of(S("plan.draft_issued")), KIND_PATHWAY);
	assert_int_equal(kind_of(S("")), KIND_PATHWAY);
}

static void only_candour_says_what_became_of_a_message(void **state)
{
	assert_true(kind_is_reserved(KIND_MESSAGE_ACCEPTED));
	assert_true(kind_is_reserved(KIND_CLOCK_DUE));
	assert_false(kind_is_reserved(KIND_CASE_OPENED));
	assert_false(kind_is_reserved(KIND_PATHWAY));
}

static void a_kind_says_what_it_may_be_about(void **state)
{
	assert_int_equal(kind_subjects(KIND_PATHWAY), SUBJECT_CASE);
	assert_int_equal(kind_subjects(KIND_PERSON_DECEASED), SUBJECT_FAMILY + SUBJECT_PERSON);
	assert_int_equal(kind_subjects(KIND_WORKER_AWAY), SUBJECT_SERVICE);
}

static bool requires(enum kind kind, const char *name)
{
	size_t n;
	const struct field *fields = kind_fields(kind, &n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(fields[i].name, str_of(name)))
			return fields[i].required;
	}
	return false;
}

static void an_update_needs_only_to_say_whose_and_may_take_away_what_nobody_must_have(void **state)
{
	size_t n;
	const struct field *fields = kind_fields(KIND_CONTACT_UPDATED, &n);
	for (size_t i = 0; i < n; i++) {
		bool whose = str_eq(fields[i].name, S("contact"));
		assert_int_equal(fields[i].required, whose);
		/* A contact without a name or a role is none. */
		bool must = whose || str_eq(fields[i].name, S("name")) ||
			    str_eq(fields[i].name, S("role"));
		assert_int_equal(fields[i].nullable, !must);
	}
	assert_true(requires(KIND_CONTACT_REGISTERED, "role"));
	assert_true(requires(KIND_CONTACT_REGISTERED, "name"));
	assert_false(requires(KIND_CONTACT_REGISTERED, "addresses"));
}

static void a_case_is_opened_for_a_family_under_a_pathway_with_an_owner(void **state)
{
	assert_true(requires(KIND_CASE_OPENED, "family"));
	assert_true(requires(KIND_CASE_OPENED, "pathway"));
	assert_true(requires(KIND_CASE_OPENED, "service"));
	assert_true(requires(KIND_CASE_OPENED, "owner"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_known_by_its_type),
		cmocka_unit_test(only_candour_says_what_became_of_a_message),
		cmocka_unit_test(a_kind_says_what_it_may_be_about),
		cmocka_unit_test(
			an_update_needs_only_to_say_whose_and_may_take_away_what_nobody_must_have),
		cmocka_unit_test(a_case_is_opened_for_a_family_under_a_pathway_with_an_owner),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
