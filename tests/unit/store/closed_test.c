/* Closed cases beside the family's record, and back. */
#include "world.h"

static struct family *family_with(struct case_file *file)
{
	struct family *family = make_family("F1");

	family->cases = file;
	family->n_cases = 1;
	return family;
}

static struct loaded load_case(void)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "late");
	const struct reply reply = ask(store_load(&world.arena, &world.store, &event, false));
	struct loaded loaded = { 0 };

	assert_int_equal(store_load_read(&world.arena, &event, &reply, &loaded), OK);
	assert_non_null(loaded.family);
	return loaded;
}

static void put_away(void)
{
	struct case_file file = { .id = S("C1"),
				  .pathway = S("ehc"),
				  .opened_on = { 20000 },
				  .closed_on = { 20100 },
				  .heard_on = DATE_NONE };
	str cases[] = { S("C1") };
	struct plan open = { .family = family_with(&file),
			     .next_look = INSTANT_NEVER,
			     .opened_cases = cases,
			     .n_opened = 1 };
	const struct event first = family_event("first"), second = family_event("second");

	assert_int_equal(commit_event(&first, &open), COMMIT_DONE);
	open.family->n_cases = 0;
	struct plan plan = { .family = open.family,
			     .next_look = INSTANT_NEVER,
			     .put_away = &file,
			     .n_put_away = 1 };
	assert_int_equal(commit_event(&second, &plan), COMMIT_DONE);
}

static void a_case_that_was_put_away_is_loaded_with_an_event_about_it(void **state)
{
	put_away();
	assert_false(has_text(redis_text("HGET {t}:family:F1 record"), "C1"));
	const struct loaded loaded = load_case();
	assert_int_equal(loaded.family->n_cases, 1);
	assert_str(loaded.family->cases[0].pathway, "ehc");
	assert_true(loaded.family->cases[0].was_away);
}

static void what_is_in_the_record_again_is_not_kept_twice(void **state)
{
	put_away();
	struct plan plan = { .family = load_case().family, .next_look = INSTANT_NEVER };
	const struct event event = family_event("third");

	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	assert_int_equal(redis_count("EXISTS {t}:closed:F1"), 0);
	assert_true(has_text(redis_text("HGET {t}:family:F1 record"), "C1"));
	assert_false(load_case().family->cases[0].was_away);
}

static void a_family_is_shown_with_all_its_cases(void **state)
{
	put_away();
	const struct reply reply = ask(store_family(&world.arena, &world.store, S("F1")));
	struct family *family = NULL;

	assert_int_equal(store_family_read(&world.arena, &reply, &family), OK);
	assert_int_equal(family->n_cases, 1);
	assert_str(family->cases[0].id, "C1");
}

static void a_damaged_case_is_said_to_be_damaged(void **state)
{
	const struct event event = make_event(KIND_CASE_CLOSED, SUBJECT_CASE, "C1", "late");
	struct loaded loaded = { 0 };

	put_away();
	redis("HSET {t}:closed:F1 C1 {}");
	const struct reply reply = ask(store_load(&world.arena, &world.store, &event, false));
	assert_int_equal(store_load_read(&world.arena, &event, &reply, &loaded), ERR_CORRUPT);
}

/* An event about it comes to the family that it is known to be of. */
static void a_case_put_away_that_is_another_familys_is_found(void **state)
{
	const struct audit_page page = { .cursor = S("0"), .about = 100 };
	struct audited audited = { 0 };

	put_away();
	struct reply reply = ask(store_audit(&world.arena, &world.store, &page));
	assert_int_equal(store_audit_read(&world.arena, &reply, false, &audited), OK);
	assert_int_equal(audited.n, 0);
	redis("SET {t}:case:C1 F2");
	reply = ask(store_audit(&world.arena, &world.store, &page));
	assert_int_equal(store_audit_read(&world.arena, &reply, false, &audited), OK);
	assert_int_equal(audited.n, 1);
	assert_str(audited.found[0].what, "case_elsewhere");
	assert_str(audited.found[0].id, "C1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_case_that_was_put_away_is_loaded_with_an_event_about_it),
		STORE_TEST(what_is_in_the_record_again_is_not_kept_twice),
		STORE_TEST(a_family_is_shown_with_all_its_cases),
		STORE_TEST(a_damaged_case_is_said_to_be_damaged),
		STORE_TEST(a_case_put_away_that_is_another_familys_is_found),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
