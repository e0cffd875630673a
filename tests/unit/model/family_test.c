#include "model/family.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;

static date day_of(const char *text)
{
	date day;
	assert_true(date_parse(str_of(text), &day));
	return day;
}

static void rights_pass_at_the_last_friday_in_june_of_the_school_year(void **state)
{
	static const struct {
		const char *born, *pass;
	} cases[] = {
		{ "2010-03-15", "2026-06-26" }, /* sixteen in the spring */
		{ "2010-08-31", "2026-06-26" }, /* sixteen on the school year's last day */
		{ "2010-09-01", "2027-06-25" }, /* sixteen on the next one's first day */
		{ "2009-12-31", "2026-06-26" },
		{ "2008-02-29", "2024-06-28" }, /* born on a leap day */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		date pass = rights_pass_on(day_of(cases[i].born));
		assert_str(date_print(&arena, pass), cases[i].pass);
	}
	assert_false(date_is(rights_pass_on(DATE_NONE)));
}

static void the_young_person_has_the_rights_from_the_day_after(void **state)
{
	struct contact contacts[] = {
		{ .id = S("mum"), .role = ROLE_PARENT, .born = day_of("1985-01-01") },
		{ .id = S("ada"), .role = ROLE_YOUNG_PERSON, .born = day_of("2010-03-15") },
	};
	const struct family family = { .contacts = contacts, .n_contacts = 2 };
	assert_null(family_young_rights_holder(&family, NULL, day_of("2026-06-26")));
	assert_ptr_equal(family_young_rights_holder(&family, NULL, day_of("2026-06-27")),
			 &contacts[1]);
	/* Of two children the case says which one it is about, or it is nobody's. */
	contacts[0] = (struct contact){ .id = S("ben"),
					.role = ROLE_YOUNG_PERSON,
					.born = day_of("2016-03-15") };
	struct case_file file = { .child = S("ada") };
	assert_null(family_young_rights_holder(&family, NULL, day_of("2026-06-27")));
	assert_ptr_equal(family_young_rights_holder(&family, &file, day_of("2026-06-27")),
			 &contacts[1]);
	file.child = S("ben");
	assert_null(family_young_rights_holder(&family, &file, day_of("2026-06-27")));
	contacts[0].role = ROLE_PARENT;
	contacts[1].removed = true;
	assert_null(family_young_rights_holder(&family, NULL, day_of("2026-06-27")));
	contacts[1].removed = false;
	contacts[1].born = DATE_NONE;
	assert_null(family_young_rights_holder(&family, NULL, day_of("2026-06-27")));
}

static struct family *whole_family(char *name)
{
	struct family *family = TAKE(&arena, struct family, 1);
	const str text = str_of(name);
	family->id = text;
	GROW(&arena, family->contacts, family->n_contacts)->id = text;
	GROW(&arena, family->parties, family->n_parties)->id = text;
	GROW(&arena, family->capacities, family->n_capacities)->person = text;
	struct case_file *file = GROW(&arena, family->cases, family->n_cases);
	file->id = text;
	GROW(&arena, file->duties, file->n_duties)->id = text;
	struct action *action = GROW(&arena, file->actions, file->n_actions);
	action->id = text;
	*GROW(&arena, action->agreed_with, action->n_agreed_with) = text;
	GROW(&arena, file->tasks, file->n_tasks)->id = text;
	GROW(&arena, file->holds, file->n_holds)->reason = text;
	GROW(&arena, file->dispatched, file->n_dispatched)->contact = text;
	struct intent *intent = GROW(&arena, family->intents, family->n_intents);
	intent->id = text;
	GROW(&arena, intent->enclosures, intent->n_enclosures)->kind = text;
	struct open_message *open = GROW(&arena, family->open, family->n_open);
	open->id = text;
	open->intent = TAKE(&arena, struct intent, 1);
	open->intent->id = text;
	return family;
}

static void a_copy_can_be_changed_alone(void **state)
{
	char name[] = "x";
	struct family *family = whole_family(name);
	struct family *copy = family_copy(&arena, family);
	copy->contacts[0].removed = true;
	copy->parties[0].role = PARTY_HEALTH;
	copy->capacities[0].has = true;
	copy->cases[0].duties[0].warned = 1;
	copy->cases[0].actions[0].agreed_with[0] = S("y");
	copy->cases[0].tasks[0].done = true;
	copy->cases[0].holds[0].ended = true;
	copy->cases[0].dispatched[0].on = (date){ 1 };
	copy->intents[0].adverse = true;
	copy->intents[0].enclosures[0].pages = 1;
	copy->open[0].channel = CHANNEL_LETTER;
	copy->open[0].intent->adverse = true;
	assert_false(family->contacts[0].removed);
	assert_int_equal(family->parties[0].role, PARTY_SCHOOL);
	assert_false(family->capacities[0].has);
	assert_int_equal(family->cases[0].duties[0].warned, 0);
	assert_str(family->cases[0].actions[0].agreed_with[0], "x");
	assert_false(family->cases[0].tasks[0].done);
	assert_false(family->cases[0].holds[0].ended);
	assert_int_equal(family->cases[0].dispatched[0].on.day, 0);
	assert_false(family->intents[0].adverse);
	assert_int_equal(family->intents[0].enclosures[0].pages, 0);
	assert_int_equal(family->open[0].channel, CHANNEL_EMAIL);
	assert_false(family->open[0].intent->adverse);
}

static void what_is_kept_outlives_the_texts_it_came_from(void **state)
{
	char name[] = "x";
	struct family *kept = family_keep(&arena, whole_family(name));
	name[0] = 'y';
	assert_str(kept->id, "x");
	assert_str(kept->contacts[0].id, "x");
	assert_str(kept->parties[0].id, "x");
	assert_str(kept->capacities[0].person, "x");
	assert_str(kept->cases[0].id, "x");
	assert_false(kept->cases[0].was_away);
	assert_str(kept->cases[0].duties[0].id, "x");
	assert_str(kept->cases[0].actions[0].id, "x");
	assert_str(kept->cases[0].actions[0].agreed_with[0], "x");
	assert_str(kept->cases[0].tasks[0].id, "x");
	assert_str(kept->cases[0].holds[0].reason, "x");
	assert_str(kept->cases[0].dispatched[0].contact, "x");
	assert_str(kept->intents[0].id, "x");
	assert_str(kept->intents[0].enclosures[0].kind, "x");
	assert_str(kept->open[0].id, "x");
	assert_str(kept->open[0].intent->id, "x");
}

static void things_are_found_by_their_id_and_nothing_else_is(void **state)
{
	char name[] = "x";
	const struct family *family = whole_family(name);
	const struct case_file *file = family_case(family, S("x"));
	assert_ptr_equal(file, &family->cases[0]);
	assert_non_null(family_contact(family, S("x")));
	assert_non_null(family_party(family, S("x")));
	assert_non_null(family_open(family, S("x")));
	assert_non_null(case_duty(file, S("x")));
	assert_non_null(case_action(file, S("x")));
	assert_non_null(case_task(file, S("x")));
	assert_null(family_case(family, S("y")));
	assert_null(family_contact(family, S("y")));
	assert_null(family_party(family, S("y")));
	assert_null(family_open(family, S("y")));
	assert_null(case_duty(file, S("y")));
	assert_null(case_action(file, S("y")));
	assert_null(case_task(file, S("y")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rights_pass_at_the_last_friday_in_june_of_the_school_year),
		cmocka_unit_test(the_young_person_has_the_rights_from_the_day_after),
		cmocka_unit_test(a_copy_can_be_changed_alone),
		cmocka_unit_test(what_is_kept_outlives_the_texts_it_came_from),
		cmocka_unit_test(things_are_found_by_their_id_and_nothing_else_is),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
