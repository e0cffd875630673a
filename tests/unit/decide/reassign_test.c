/* Work goes from one person to another, and each family hears of it once. */
#include "stage.h"

#define HAND(at, data) scene_play(&scene, at, "case.reassigned", "family/F1", data)

static const struct case_file *file_of(const char *id)
{
	return family_case(scene.family, str_of(id));
}

static void begin(void)
{
	CASE("2026-11-02T09:00:00Z", "case.reassigned", "{'owner':'sam','from':'caseworker'}");
	scene_play(&scene, "2026-11-02T09:05:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	scene_play(&scene, "2026-11-02T09:05:00Z", "case.opened", "case/C3",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'rita'}");
	CASE("2026-11-02T09:10:00Z", "action.agreed",
	     "{'action':'call','what':'Call','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-11-20','agreed_with':['c-mum']}");
	CASE("2026-11-02T09:15:00Z", "event.withdrawn", "{'event':'e99','reason':'r'}");
}

static void all_that_is_with_somebody_goes_and_they_hear_once(void **state)
{
	begin();
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam'}");
	assert_said("letter c-mum case-reassigned agreed 2026-11-03T10:00:00Z\n");
	assert_str(file_of("C1")->owner, "rita");
	assert_str(file_of("C2")->owner, "rita");
	assert_str(file_of("C1")->actions[0].person, "rita");
	assert_str(last_task()->owner, "rita");
	HAND("2026-11-03T10:05:00Z", "{'owner':'rita','from':'sam'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_silence();
}

static void of_a_list_only_its_cases_go(void **state)
{
	begin();
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam','cases':['C2']}");
	assert_str(file_of("C1")->owner, "sam");
	assert_str(file_of("C2")->owner, "rita");
	assert_str(file_of("C1")->actions[0].person, "sam");
}

static void what_another_has_stays(void **state)
{
	begin();
	HAND("2026-11-03T10:00:00Z", "{'owner':'sam','from':'lee'}");
	assert_str(file_of("C3")->owner, "rita");
	assert_silence();
}

static void nobody_is_given_work_who_is_not_there(void **state)
{
	begin();
	assert_refused(HAND("2026-11-03T10:00:00Z", "{'owner':'no','from':'sam'}"), "data.owner");
	assert_str(file_of("C1")->owner, "sam");
}

static void the_evidence_has_a_line_for_each_case(void **state)
{
	size_t n = 0;
	begin();
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam'}");
	for (size_t i = 0; i < scene.plan->n_entries; i++)
		n += str_eq(scene.plan->entries[i].text, S("Case handed to rita")) ? 1 : 0;
	assert_int_equal(n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_that_is_with_somebody_goes_and_they_hear_once),
		TEST(of_a_list_only_its_cases_go),
		TEST(what_another_has_stays),
		TEST(nobody_is_given_work_who_is_not_there),
		TEST(the_evidence_has_a_line_for_each_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
