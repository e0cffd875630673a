/* Who is told. */
#include "unit/decide/stage.h"

#define DAD                                                                                        \
	"{'contact':'c-dad','person':'p-dad','role':'parent','name':'Ben','channels':['email'],"   \
	"'addresses':{'email':'ben@home.example'}}"
#define YOUNG                                                                                      \
	"{'contact':'c-child','person':'p-child','role':'young_person','name':'Jo',"               \
	"'born':'2009-01-10','channels':['sms'],'addresses':{'sms':'07700900002'}}"

/* Everybody whom the last plan tells, once each. */
static str told(void)
{
	struct buf buf = buf_of(&scene.arena, 4096);
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		buf_fmt(&buf, "%s%.*s", i > 0 ? " " : "", STR_ARG(scene.plan->messages[i].contact));
	return buf_str(&buf);
}

static void alarm(const char *at)
{
	CASE(at, "alarmed", "{}");
}

static void each_parent_is_told_and_the_child_is_not(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-mum c-dad");
}

static void roles_decide_who_counts_as_a_parent(void **state)
{
	static const struct {
		const char *role, *more;
		bool told;
	} cases[] = {
		{ "parent", "", true },
		{ "parent", ",'parental_responsibility':false", false },
		{ "guardian", "", true },
		{ "carer", "", true },
		{ "foster_carer", "", true },
		{ "advocate", "", false },
		{ "other", "", false },
		{ "young_person", "", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str data = str_fmt(&scene.arena,
				   "{'contact':'c-x','role':'%s','name':'X','channels':['email'],"
				   "'addresses':{'email':'x@y.example'}%s}",
				   cases[i].role, cases[i].more);
		FAMILY("2026-11-02T10:00:00Z", "contact.registered", str_z(&scene.arena, data));
		alarm("2026-11-02T11:00:00Z");
		assert_str(told(), cases[i].told ? "c-mum c-x" : "c-mum");
	}
}

static void assert_told_until(const char *wanted)
{
	assert_str(instant_print(&scene.arena, scene.plan->told_until), wanted);
}

static void it_is_known_when_time_alone_changes_who_is_told(void **state)
{
	const char *rights = "2033-06-24T23:00:00Z"; /* the child's last Friday in June is over */
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	assert_told_until(rights);
	FAMILY("2026-11-02T10:01:00Z", "court_order.added",
	       "{'contact':'c-dad','effect':'no_contact','until':'2026-11-10'}");
	assert_told_until("2026-11-11T00:00:00Z");
	FAMILY("2026-11-02T10:02:00Z", "consent.given",
	       "{'contact':'c-mum','for':'all','until':'2026-11-05'}");
	assert_told_until("2026-11-06T00:00:00Z");
	/* As long as nobody has looked the day stays the one that has come. */
	TICK("2026-11-06T00:00:01Z");
	assert_told_until("2026-11-11T00:00:00Z");
	TICK("2026-11-11T00:00:01Z");
	assert_told_until(rights);
}

static void every_court_order_bars_while_it_is_in_force(void **state)
{
	static const char *const effects[] = { "no_contact", "info_restricted",
					       "school_info_only" };
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	for (size_t i = 0; i < 3; i++) {
		str data = str_fmt(&scene.arena,
				   "{'contact':'c-dad','effect':'%s','until':'2026-11-10'}",
				   effects[i]);
		FAMILY("2026-11-02T10:00:00Z", "court_order.added", str_z(&scene.arena, data));
		alarm("2026-11-10T23:00:00Z");
		assert_str(told(), "c-mum");
		alarm("2026-11-11T00:00:00Z");
		assert_str(told(), "c-mum c-dad");
	}
}

static void who_is_removed_or_dead_hears_nothing(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "contact.removed", "{'contact':'c-dad'}");
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-mum");
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "person.deceased", "{'person':'p-dad'}");
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-mum");
}

static void a_young_person_with_the_rights_is_told_alone(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-child");
}

static void parents_are_copied_with_the_young_persons_consent(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	FAMILY("2026-11-02T10:00:00Z", "consent.given",
	       "{'contact':'c-mum','for':'copies of letters','until':'2026-11-20'}");
	alarm("2026-11-20T11:00:00Z");
	assert_str(told(), "c-mum c-child");
	alarm("2026-11-21T11:00:00Z");
	assert_str(told(), "c-child");
	FAMILY("2026-11-22T10:00:00Z", "consent.given", "{'contact':'c-mum','for':'other'}");
	alarm("2026-11-22T11:00:00Z");
	assert_str(told(), "c-child"); /* for another pathway */
	FAMILY("2026-11-22T10:00:00Z", "consent.given", "{'contact':'c-mum','for':'assess'}");
	alarm("2026-11-22T11:00:00Z");
	assert_str(told(), "c-mum c-child");
	FAMILY("2026-11-22T10:00:00Z", "consent.withdrawn", "{'contact':'c-mum','for':'assess'}");
	alarm("2026-11-22T12:00:00Z");
	assert_str(told(), "c-child");
}

#define AUNT                                                                                       \
	"{'contact':'c-aunt','role':'other','name':'Ada','channels':['email'],"                    \
	"'addresses':{'email':'ada@home.example'},'acts_for':"

static void who_represents_somebody_is_told_in_their_place(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       AUNT "{'contact':'c-mum','until':'2026-11-10'}}");
	alarm("2026-11-10T11:00:00Z");
	assert_str(told(), "c-dad c-aunt");
	alarm("2026-11-11T11:00:00Z");
	assert_str(told(), "c-mum c-dad");
	/* For another matter, and for this one. */
	FAMILY("2026-11-12T10:00:00Z", "contact.updated",
	       "{'contact':'c-aunt','acts_for':{'contact':'c-mum','for':'other'}}");
	alarm("2026-11-12T11:00:00Z");
	assert_str(told(), "c-mum c-dad");
	FAMILY("2026-11-13T10:00:00Z", "contact.updated",
	       "{'contact':'c-aunt','acts_for':{'contact':'c-mum','for':'assess'}}");
	alarm("2026-11-13T11:00:00Z");
	assert_str(told(), "c-dad c-aunt");
	/* Nobody hears through another what they may not hear. */
	FAMILY("2026-11-14T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	alarm("2026-11-14T11:00:00Z");
	assert_str(told(), "c-dad");
	FAMILY("2026-11-15T10:00:00Z", "court_order.ended",
	       "{'contact':'c-mum','effect':'no_contact'}");
	FAMILY("2026-11-15T10:00:00Z", "contact.updated", "{'contact':'c-aunt','acts_for':null}");
	alarm("2026-11-15T11:00:00Z");
	assert_str(told(), "c-mum c-dad");
}

static void a_young_person_who_is_represented_does_not_have_the_parents_told(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	FAMILY("2026-11-02T10:00:00Z", "capacity.recorded",
	       "{'person':'p-child','decision':'all','has_capacity':false,"
	       "'assessed_on':'2026-11-01','by':'x'}");
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", AUNT "{'contact':'c-child'}}");
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-aunt");
	/* Who was found able to decide since then decides. */
	FAMILY("2026-11-03T10:00:00Z", "capacity.recorded",
	       "{'person':'p-child','decision':'all','has_capacity':true,"
	       "'assessed_on':'2026-11-03','by':'x'}");
	alarm("2026-11-03T11:00:00Z");
	assert_str(told(), "c-child");
}

static void nobody_acts_for_themselves_or_for_a_stranger(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", AUNT "{'contact':'c-aunt'}}");
	assert_refused(scene.plan, "data.acts_for.contact");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','acts_for':{'contact':'nobody'}}");
	assert_refused(scene.plan, "data.acts_for.contact");
}

static void who_cannot_decide_has_the_parents_decide(void **state)
{
	static const struct {
		const char *decision, *has, *on, *told;
	} cases[] = {
		{ "money", "false", "2026-11-01", "c-child" },
		{ "assess", "false", "2026-11-01", "c-mum" },
		{ "assess", "true", "2026-11-02", "c-child" },
		{ "all", "false", "2026-11-03", "c-mum" },
	};
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str data = str_fmt(&scene.arena,
				   "{'person':'p-child','decision':'%s','has_capacity':%s,"
				   "'assessed_on':'%s','by':'x'}",
				   cases[i].decision, cases[i].has, cases[i].on);
		FAMILY("2026-11-03T10:00:00Z", "capacity.recorded", str_z(&scene.arena, data));
		alarm("2026-11-03T11:00:00Z");
		assert_str(told(), cases[i].told);
	}
}

static void rights_pass_at_the_end_of_a_friday(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-child','born':'2011-03-01','channels':['sms'],"
	       "'addresses':{'sms':'07700900002'}}");
	alarm("2027-06-25T22:59:00Z");
	assert_str(told(), "c-mum");
	alarm("2027-06-25T23:00:00Z");
	assert_str(told(), "c-child");
}

static void nobody_left_is_a_task_and_never_silence(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	alarm("2026-11-02T11:00:00Z");
	assert_silence();
	assert_int_equal(count_tasks(), 1);
	assert_str(last_task()->owner, "caseworker");
}

static void a_visit_to_the_child_is_told_to_the_parents(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-child'],'how':'visit'}");
	assert_str(told(), "c-mum c-dad");
	CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-dad'],'how':'call'}");
	assert_str(told(), "c-dad");
}

static void a_talk_with_a_parent_who_may_hear_nothing_is_told_to_no_other(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-dad','effect':'info_restricted'}");
	CASE("2026-11-02T11:00:00Z", "contact.made",
	     "{'with':['c-dad'],'how':'call','summary':'He has moved.'}");
	assert_silence();
	assert_int_equal(count_tasks(), 1);
}

static void optional_messages_may_be_opted_out_of(void **state)
{
	CASE("2026-11-02T11:00:00Z", "surveyed", "{}");
	assert_str(told(), "c-mum");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','optional':{'surveys':false}}");
	CASE("2026-11-02T12:00:00Z", "surveyed", "{}");
	assert_silence();
	assert_int_equal(count_tasks(), 0);
}

static void a_role_that_nobody_holds_is_the_services_mailbox(void **state)
{
	scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'therapy','owner':'lee'}");
	scene_play(&scene, "2026-11-02T10:00:00Z", "asked", "case/C2", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_str(told(), "c-mum lee therapy");
	assert_str(scene_message(&scene, "therapy", CHANNEL_EMAIL)->email,
		   "therapy@council.example");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_parent_is_told_and_the_child_is_not),
		TEST(roles_decide_who_counts_as_a_parent),
		TEST(it_is_known_when_time_alone_changes_who_is_told),
		TEST(every_court_order_bars_while_it_is_in_force),
		TEST(who_is_removed_or_dead_hears_nothing),
		TEST(a_young_person_with_the_rights_is_told_alone),
		TEST(parents_are_copied_with_the_young_persons_consent),
		TEST(who_represents_somebody_is_told_in_their_place),
		TEST(a_young_person_who_is_represented_does_not_have_the_parents_told),
		TEST(nobody_acts_for_themselves_or_for_a_stranger),
		TEST(who_cannot_decide_has_the_parents_decide),
		TEST(rights_pass_at_the_end_of_a_friday),
		TEST(nobody_left_is_a_task_and_never_silence),
		TEST(a_visit_to_the_child_is_told_to_the_parents),
		TEST(a_talk_with_a_parent_who_may_hear_nothing_is_told_to_no_other),
		TEST(optional_messages_may_be_opted_out_of),
		TEST(a_role_that_nobody_holds_is_the_services_mailbox),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
