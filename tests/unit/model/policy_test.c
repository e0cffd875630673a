#include "model/policy.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static date day_of(const char *text)
{
	date day;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

static void the_rule_in_force_on_the_day_of_the_trigger_counts(void **state)
{
	struct duty_rule duties[] = {
		{ .id = S("plan"),
		  .valid_from = DATE_NONE,
		  .valid_to = day_of("2026-08-31"),
		  .title = S("old") },
		{ .id = S("plan"),
		  .valid_from = day_of("2026-09-01"),
		  .valid_to = DATE_NONE,
		  .title = S("new") },
		{ .id = S("appeal"),
		  .valid_from = day_of("2026-01-01"),
		  .valid_to = day_of("2026-12-31") },
	};
	const struct pathway pathway = { .duties = duties, .n_duties = 3 };
	assert_str(pathway_duty(&pathway, S("plan"), day_of("2026-08-31"))->title, "old");
	assert_str(pathway_duty(&pathway, S("plan"), day_of("2026-09-01"))->title, "new");
	assert_non_null(pathway_duty(&pathway, S("appeal"), day_of("2026-12-31")));
	assert_null(pathway_duty(&pathway, S("appeal"), day_of("2027-01-01")));
	assert_null(pathway_duty(&pathway, S("appeal"), day_of("2025-12-31")));
	assert_null(pathway_duty(&pathway, S("other"), day_of("2026-12-31")));
}

static void a_role_is_looked_up_in_its_service_and_a_person_anywhere(void **state)
{
	struct person people[] = { { .id = S("sam"), .name = S("Sam") } };
	struct person others[] = { { .id = S("kim"), .name = S("Kim") } };
	struct role_holder roles[] = { { S("caseworker"), S("sam") },
				       { S("director"), S("kim") },
				       { S("deputy"), S("gone") } };
	struct service services[] = {
		{ .id = S("send"), .roles = roles, .n_roles = 3, .people = people, .n_people = 1 },
		{ .id = S("health"), .people = others, .n_people = 1 },
	};
	const struct policy policy = { .services = services, .n_services = 2 };
	assert_str(policy_holder(&policy, S("send"), S("caseworker"))->id, "sam");
	assert_str(policy_holder(&policy, S("send"), S("director"))->id, "kim");
	assert_str(policy_holder(&policy, S("send"), S("kim"))->id, "kim");
	assert_null(policy_holder(&policy, S("send"), S("deputy")));
	assert_null(policy_holder(&policy, S("health"), S("caseworker")));
	assert_null(policy_holder(&policy, S("nowhere"), S("caseworker")));
}

/* Of those whom both of them name, whoever is there. */
static void who_stands_in_is_there_themselves(void **state)
{
	struct person people[] = {
		{ .id = S("sam") }, { .id = S("kim") }, { .id = S("lee") }, { .id = S("rita") }
	};
	struct service service = { .id = S("send"), .people = people, .n_people = 4 };
	struct away away[] = {
		{ S("sam"), S("kim"), day_of("2026-11-02"), day_of("2026-11-06") },
		{ S("kim"), S("lee"), day_of("2026-11-04"), day_of("2026-11-06") },
	};
	const struct policy policy = {
		.services = &service, .n_services = 1, .away = away, .n_away = 2
	};
	static const struct {
		const char *usual, *on, *reader;
	} rows[] = {
		{ "", "2026-11-01", "sam" },      { "", "2026-11-02", "kim" },
		{ "rita", "2026-11-02", "kim" },  { "", "2026-11-04", "lee" },
		{ "rita", "2026-11-04", "rita" }, { "rita", "2026-11-07", "sam" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		people[0].deputy = str_of(rows[i].usual);
		assert_str(policy_present(&policy, S("send"), S("sam"), day_of(rows[i].on))->id,
			   rows[i].reader);
	}
}

static void a_type_is_declared_when_some_pathway_has_it(void **state)
{
	struct field reasons[] = { { S("reasons"), FIELD_TEXT, true, false } };
	struct event_rule first[] = { { .type = S("plan.issued") } };
	struct event_rule second[] = {
		{ .type = S("plan.refused"), .fields = reasons, .n_fields = 1 },
	};
	struct pathway pathways[] = {
		{ .id = S("a"), .events = first, .n_events = 1 },
		{ .id = S("b"), .events = second, .n_events = 1 },
	};
	const struct policy policy = { .pathways = pathways, .n_pathways = 2 };
	const struct field *fields;
	size_t n;
	assert_true(policy_declares(&policy, S("plan.refused"), &fields, &n));
	assert_int_equal(n, 1);
	assert_str(fields[0].name, "reasons");
	assert_false(policy_declares(&policy, S("plan.eaten"), &fields, &n));
	assert_ptr_equal(policy_pathway(&policy, S("b")), &pathways[1]);
	assert_null(policy_pathway(&policy, S("c")));
}

static void audiences_have_names(void **state)
{
	for (size_t i = 0; i < AUDIENCE_COUNT; i++) {
		enum audience audience = AUDIENCE_COUNT;
		assert_true(audience_parse(audience_name((enum audience)i), &audience));
		assert_int_equal(audience, i);
	}
	enum audience audience = AUDIENCE_OWNER;
	assert_false(audience_parse(S("everybody"), &audience));
	assert_int_equal(audience, AUDIENCE_OWNER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_in_force_on_the_day_of_the_trigger_counts),
		cmocka_unit_test(a_role_is_looked_up_in_its_service_and_a_person_anywhere),
		cmocka_unit_test(who_stands_in_is_there_themselves),
		cmocka_unit_test(a_type_is_declared_when_some_pathway_has_it),
		cmocka_unit_test(audiences_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
