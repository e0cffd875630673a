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

static void a_list_that_names_a_case_of_nobody_is_refused_whole(void **state)
{
	begin();
	assert_refused(
		HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam','cases':['C1','C9']}"),
		"data.cases");
	assert_str(file_of("C1")->owner, "sam");
	/* One that was put away since was theirs, and has nothing that could be handed on. */
	str former = S("C9");
	scene.family->former_cases = &former;
	scene.family->n_former_cases = 1;
	HAND("2026-11-03T10:05:00Z", "{'owner':'rita','from':'sam','cases':['C1','C9']}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_str(file_of("C1")->owner, "rita");
}

/* Of two events the first was decided when the command was broken off: both again. */
static void what_was_broken_off_half_way_is_said_again_and_goes_on(void **state)
{
	begin();
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam','cases':['C1']}");
	assert_said("letter c-mum case-reassigned agreed 2026-11-03T10:00:00Z\n");
	HAND("2026-11-03T10:05:00Z", "{'owner':'rita','from':'sam','cases':['C1']}");
	assert_silence();
	HAND("2026-11-03T10:05:00Z", "{'owner':'rita','from':'sam','cases':['C2']}");
	assert_str(file_of("C1")->owner, "rita");
	assert_str(file_of("C2")->owner, "rita");
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

/* Who did what is done stays as it was. */
static void what_is_over_stays_with_whom_it_was(void **state)
{
	begin();
	(void)own_rule(0);
	scene.policy->pathways[0].duties[0].owner = S("sam");
	scene.policy->pathways[0].duties[1].owner = S("sam");
	CASE("2026-11-02T09:20:00Z", "asked", "{}");
	CASE("2026-11-02T09:30:00Z", "action.completed", "{'action':'call'}");
	struct case_file *file = family_case(scene.family, S("C1"));
	for (size_t i = 0; i < file->n_tasks; i++)
		file->tasks[i].done = true;
	case_duty(file, S("C1.decision"))->state = DUTY_MET;
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam'}");
	file = family_case(scene.family, S("C1"));
	assert_str(file->owner, "rita");
	assert_str(file->actions[0].person, "sam");
	assert_str(file->tasks[0].owner, "sam");
	assert_str(case_duty(file, S("C1.decision"))->owner, "sam");
	assert_str(case_duty(file, S("C1.plan"))->owner, "rita");
}

static void a_closed_case_stays_unless_it_is_named(void **state)
{
	begin();
	scene_play(&scene, "2026-11-02T10:00:00Z", "case.closed", "case/C2",
		   "{'outcome':'moved away'}");
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam'}");
	assert_str(file_of("C1")->owner, "rita");
	assert_str(file_of("C2")->owner, "sam");
	scene_play(&scene, "2026-11-03T10:00:00Z", "case.reassigned", "case/C2",
		   "{'owner':'rita','from':'sam'}");
	assert_str(file_of("C2")->owner, "rita");
}

/* The mother hears once, of the first; her sister hears of the second alone, and so of that one. */
static void who_hears_of_another_case_alone_hears_of_that_one(void **state)
{
	begin();
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-aunt','role':'other','name':'Eve','channels':['email'],"
	       "'addresses':{'email':'eve@home.example'}}");
	FAMILY("2026-11-02T10:00:00Z", "consent.given", "{'contact':'c-aunt','for':'C2'}");
	struct saying *says = TAKE(&scene.arena, struct saying, 2);
	says[0] = scene.policy->standards[0].says[0];
	says[1] = (struct saying){ .audience = AUDIENCE_OWNER,
				   .template = S("case-yours"),
				   .grade = GRADE_ALERT };
	scene.policy->n_standards = 0;
	add_standard("case.reassigned", says[0]);
	scene.policy->standards[0].says = says;
	scene.policy->standards[0].n_says = 2;
	HAND("2026-11-03T10:00:00Z", "{'owner':'rita','from':'sam'}");
	assert_said("letter c-mum case-reassigned agreed 2026-11-03T10:00:00Z\n"
		    "email rita case-yours role 2026-11-03T10:00:00Z\n"
		    "email c-aunt case-reassigned agreed 2026-11-03T10:00:00Z\n");
	/* A policy that says nothing of it is a policy that says nothing of it. */
	scene.policy->n_standards = 0;
	HAND("2026-11-03T11:00:00Z", "{'owner':'sam','from':'rita'}");
	assert_silence();
	assert_str(file_of("C2")->owner, "sam");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_that_is_with_somebody_goes_and_they_hear_once),
		TEST(of_a_list_only_its_cases_go),
		TEST(what_another_has_stays),
		TEST(nobody_is_given_work_who_is_not_there),
		TEST(a_list_that_names_a_case_of_nobody_is_refused_whole),
		TEST(what_was_broken_off_half_way_is_said_again_and_goes_on),
		TEST(the_evidence_has_a_line_for_each_case),
		TEST(what_is_over_stays_with_whom_it_was),
		TEST(a_closed_case_stays_unless_it_is_named),
		TEST(who_hears_of_another_case_alone_hears_of_that_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
