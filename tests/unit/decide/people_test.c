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

static void assess(const char *person, const char *decision, const char *has, const char *on)
{
	str data = str_fmt(&scene.arena,
			   "{'person':'%s','decision':'%s','has_capacity':%s,'assessed_on':'%s',"
			   "'by':'x'}",
			   person, decision, has, on);
	FAMILY("2026-11-03T10:00:00Z", "capacity.recorded", str_z(&scene.arena, data));
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

#define HELPER                                                                                     \
	"{'contact':'c-aunt','role':'other','name':'Ada','channels':['email'],"                    \
	"'addresses':{'email':'ada@home.example'}}"
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
		assess("p-child", cases[i].decision, cases[i].has, cases[i].on);
		alarm("2026-11-03T11:00:00Z");
		assert_str(told(), cases[i].told);
	}
}

/* By whatever name, and in whatever order it is recorded. */
static void the_latest_assessment_of_that_person_counts(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	assess("p-sister", "all", "false", "2026-11-03");
	alarm("2026-11-03T11:00:00Z");
	assert_str(told(), "c-child");
	assess("c-child", "assess", "false", "2026-11-02");
	alarm("2026-11-03T11:00:00Z");
	assert_str(told(), "c-mum");
	assess("p-child", "all", "true", "2026-11-01");
	alarm("2026-11-03T11:00:00Z");
	assert_str(told(), "c-mum");
}

/* A court that makes somebody a deputy knows of it. */
static void an_assessment_of_before_does_not_unmake_a_deputy(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	assess("p-child", "all", "true", "2026-11-01");
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", AUNT "{'contact':'c-child'}}");
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-aunt");
}

static void a_parent_who_acts_for_another_stays_a_parent(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", HELPER);
	FAMILY("2026-11-02T10:01:00Z", "contact.updated",
	       "{'contact':'c-mum','acts_for':{'contact':'c-aunt'}}");
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-mum");
}

static void consent_may_be_for_one_case_and_from_one_day(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	scene_play(&scene, "2026-11-02T10:00:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	/* The clock of whoever reports it goes before ours. */
	scene_hear(&scene, "2026-11-02T23:59:00Z", "2026-11-03T00:00:10Z", "consent.given",
		   "family/F1", "{'contact':'c-mum','for':'C2'}");
	scene_play(&scene, "2026-11-02T23:59:30Z", "alarmed", "case/C2", "{}");
	assert_str(told(), "c-child");
	scene_play(&scene, "2026-11-03T10:00:00Z", "alarmed", "case/C2", "{}");
	assert_str(told(), "c-mum c-child");
	alarm("2026-11-03T10:00:00Z");
	assert_str(told(), "c-child");
}

/* There is no pathway and no case yet by which it could be for another. */
static void what_was_agreed_holds_where_there_is_no_case_either(void **state)
{
	scene.family = NULL;
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", YOUNG);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", HELPER);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "consent.given", "{'contact':'c-aunt','for':'assess'}");
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_FAMILY,
							.template = S("reply-received"),
							.grade = GRADE_INFORMATION });
	FAMILY("2026-11-02T11:00:00Z", "reply.received",
	       "{'contact':'c-aunt','channel':'email','text':'When?'}");
	assert_str(told(), "authority c-child c-aunt");
	assess("p-child", "assess", "false", "2026-11-01");
	family_contact(scene.family, S("c-dad"))->not_of = TAKE(&scene.arena, str, 1);
	family_contact(scene.family, S("c-dad"))->not_of[0] = S("c-sister");
	family_contact(scene.family, S("c-dad"))->n_not_of = 1;
	FAMILY("2026-11-03T11:00:00Z", "reply.received",
	       "{'contact':'c-aunt','channel':'email','text':'When?'}");
	assert_str(told(), "authority c-aunt c-dad");
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

static void what_was_said_with_one_is_not_told_to_who_acts_for_another(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", AUNT "{'contact':'c-mum'}}");
	CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-dad'],'how':'call'}");
	assert_str(told(), "c-dad");
	CASE("2026-11-02T11:05:00Z", "contact.made", "{'with':['c-mum'],'how':'call'}");
	assert_str(told(), "c-aunt");
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

/* An older record may name somebody whom it does not hold; and of a child that has died nobody hears. */
static void who_cannot_be_found_is_a_task_and_never_silence(void **state)
{
	static const char *const named[] = { "gone", "c-child" };
	family_contact(scene.family, S("c-child"))->deceased = true;
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		str *contacts = TAKE(&scene.arena, str, 1);
		contacts[0] = str_of(named[i]);
		*GROW(&scene.arena, scene.family->intents, scene.family->n_intents) =
			(struct intent){ .id = str_of(named[i]),
					 .case_id = S("C1"),
					 .audience = AUDIENCE_CONTACTS,
					 .contacts = contacts,
					 .n_contacts = 1,
					 .template = S("contact-made"),
					 .grade = GRADE_INFORMATION,
					 .rule = S("standards/contact.made/1"),
					 .noted = INSTANT_NEVER };
		TICK("2026-11-02T11:00:00Z");
		assert_silence();
		assert_int_equal(count_tasks(), i + 1);
	}
}

/* --- of the rights both hear ---------------------------------------------------------------------- */

#define PASSING                                                                                    \
	"{'contact':'c-child','born':'2011-03-01','channels':['sms'],"                             \
	"'addresses':{'sms':'07700900002'}}"

/* The end of Friday 25 June 2027. */
static void pass_rights(void)
{
	add_standard("rights.passed", (struct saying){ .audience = AUDIENCE_BOTH,
						       .template = S("rights-passed"),
						       .grade = GRADE_INFORMATION });
	TICK("2027-06-26T10:00:00Z");
}

static void that_rights_pass_is_told_to_whom_it_concerns(void **state)
{
	static const struct {
		const char *acts_for, *barred, *told;
	} cases[] = {
		{ NULL, NULL, "c-mum c-child c-dad" },
		{ NULL, "c-dad", "c-mum c-child" },
		{ "c-mum", NULL, "c-child c-dad c-aunt" },
		{ "c-mum", "c-mum", "c-child c-dad" },
		{ "c-child", NULL, "c-mum c-dad" },
		{ "c-uncle", NULL, "c-mum c-child c-dad" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T10:00:00Z", "contact.updated", PASSING);
		FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
		FAMILY("2026-11-02T10:00:00Z", "contact.registered",
		       "{'contact':'c-uncle','role':'other','name':'Ali'}");
		FAMILY("2026-11-02T10:00:00Z", "contact.registered", HELPER);
		if (cases[i].acts_for != NULL)
			FAMILY("2026-11-02T10:00:00Z", "contact.updated",
			       str_z(&scene.arena,
				     str_fmt(&scene.arena,
					     "{'contact':'c-aunt','acts_for':{'contact':'%s'}}",
					     cases[i].acts_for)));
		if (cases[i].barred != NULL)
			FAMILY("2026-11-02T10:00:00Z", "court_order.added",
			       str_z(&scene.arena,
				     str_fmt(&scene.arena, "{'contact':'%s','effect':'no_contact'}",
					     cases[i].barred)));
		pass_rights();
		assert_str(told(), cases[i].told);
	}
}

/* The other child was adopted, and he is of before: of that child's rights he hears nothing. */
static void that_rights_pass_is_not_told_to_whom_the_child_is_nobodys_any_more(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", PASSING);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	struct contact *dad = family_contact(scene.family, S("c-dad"));
	dad->not_of = TAKE(&scene.arena, str, 1);
	dad->not_of[0] = S("c-child");
	dad->n_not_of = 1;
	pass_rights();
	assert_str(told(), "c-mum c-child");
}

static void that_rights_pass_is_told_in_an_open_case_or_not_at_all(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", PASSING);
	CASE("2026-11-02T11:00:00Z", "case.closed", "{'outcome':'moved away'}");
	pass_rights();
	assert_silence();
	assert_true(is_written("The rights are from now on those of c-child"));
}

static void of_who_was_removed_nobody_hears_that_rights_pass(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", PASSING);
	FAMILY("2026-11-02T10:00:00Z", "contact.removed", "{'contact':'c-child'}");
	pass_rights();
	assert_silence();
	assert_true(instant_is_never(scene.plan->told_until));
}

/* Before each young person had a mark of their own the family had one. */
static void an_older_record_says_once_that_rights_have_passed(void **state)
{
	static const struct {
		const char *at;
		bool is_news;
	} looks[] = {
		{ "2027-06-26T10:00:00Z", false }, /* it passed before the mark was set */
		{ "2027-06-25T10:00:00Z", true },  /* it passes after it was */
	};
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		end(NULL);
		start(NULL);
		FAMILY("2026-11-02T10:00:00Z", "contact.updated", PASSING);
		scene.family->rights_passed = true;
		TICK(looks[i].at);
		assert_false(scene.family->rights_passed);
		pass_rights();
		assert_int_equal(scene.plan->n_messages > 0, looks[i].is_news);
	}
}

/* --- staff ---------------------------------------------------------------------------------------- */

static void a_duty_whose_rule_names_a_role_is_that_roles(void **state)
{
	static const struct {
		const char *owner, *told;
	} cases[] = {
		{ "owner", "sam" },         { "", "sam" },
		{ "team_manager", "rita" }, { "family", "sam" }, /* somebody minds it for them */
		{ "nobody", "send" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		end(NULL);
		start(NULL);
		own_rule(0)->owner = str_of(cases[i].owner);
		CASE("2026-11-02T10:00:00Z", "asked", "{}");
		TICK("2026-11-30T00:00:00Z");
		assert_str(told(), cases[i].told);
	}
}

/* A rule of a duty that speaks to whoever agreed to an action: there is none, and the owner has it. */
static void what_is_nobodys_action_is_the_owners(void **state)
{
	static struct saying late[] = { { .audience = AUDIENCE_ACTION_OWNER,
					  .template = { "duty-breached", 13 },
					  .grade = GRADE_ALERT,
					  .digest = true } };
	struct duty_rule *rule = own_rule(0);
	rule->on_breached = late;
	rule->n_on_breached = 1;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-12-15T00:00:00Z");
	assert_str(told(), "sam");
}

static void who_has_no_email_is_reached_by_the_services_mailbox(void **state)
{
	struct service *service = own_service();
	struct person *people = TAKE(&scene.arena, struct person, service->n_people);
	memcpy(people, service->people, service->n_people * sizeof *people);
	people[0].email = STR_EMPTY;
	service->people = people;
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	TICK("2026-11-30T00:00:00Z");
	assert_str(told(), "send");
}

/* It is somebody's of another service; a rule may tell the case's owner of it besides. */
static void an_action_of_another_service_is_told_to_the_cases_owner_in_theirs(void **state)
{
	static struct saying late[] = { { .audience = AUDIENCE_OWNER,
					  .template = { "action-late-owner", 17 },
					  .grade = GRADE_ALERT },
					{ .audience = AUDIENCE_ACTION_OWNER,
					  .template = { "action-late-owner", 17 },
					  .grade = GRADE_ALERT } };
	scene.policy->actions.on_breached = late;
	scene.policy->actions.n_on_breached = 2;
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'therapy','person':'lee'},"
	     "'due':'2026-11-03'}");
	TICK("2026-11-04T00:00:00Z");
	assert_str(told(), "sam lee");
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

static void what_is_the_owners_is_the_authoritys_where_there_is_no_case(void **state)
{
	scene.family = NULL;
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	add_standard("reply.received", (struct saying){ .audience = AUDIENCE_OWNER,
							.template = S("reply"),
							.grade = GRADE_ALERT });
	FAMILY("2026-11-02T11:00:00Z", "reply.received",
	       "{'contact':'c-dad','channel':'email','text':'When?'}");
	assert_str(told(), "authority authority");
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

/* A child whom the case does not name, of several: what one of them is kept from, they are kept from. */
static void where_it_is_not_known_which_child_it_is_nobody_of_before_hears(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", DAD);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-sister','role':'young_person','name':'Al','born':'2018-01-01'}");
	struct contact *dad = family_contact(scene.family, S("c-dad"));
	dad->not_of = TAKE(&scene.arena, str, 2);
	dad->not_of[0] = S("c-other");
	dad->n_not_of = 1;
	alarm("2026-11-02T11:00:00Z");
	assert_str(told(), "c-mum");
	family_case(scene.family, S("C1"))->child = S("c-child");
	alarm("2026-11-02T12:00:00Z");
	assert_str(told(), "c-mum c-dad");
	dad = family_contact(scene.family, S("c-dad"));
	*GROW(&scene.arena, dad->not_of, dad->n_not_of) = S("c-child");
	alarm("2026-11-02T13:00:00Z");
	assert_str(told(), "c-mum");
}

/* Whom a worker spoke with are contacts: a rule that tells a school tells it all the same. */
static void who_is_named_keeps_no_party_from_hearing(void **state)
{
	scene.policy->n_standards = 0;
	add_standard("contact.made", (struct saying){ .audience = AUDIENCE_PARTIES,
						      .parties = { { [PARTY_SCHOOL] = true } },
						      .template = S("visited"),
						      .grade = GRADE_INFORMATION });
	CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-mum'],'how':'visit'}");
	assert_str(told(), "p-school");
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
		TEST(what_is_the_owners_is_the_authoritys_where_there_is_no_case),
		TEST(what_was_said_with_one_is_not_told_to_who_acts_for_another),
		TEST(a_role_that_nobody_holds_is_the_services_mailbox),
		TEST(the_latest_assessment_of_that_person_counts),
		TEST(an_assessment_of_before_does_not_unmake_a_deputy),
		TEST(a_parent_who_acts_for_another_stays_a_parent),
		TEST(consent_may_be_for_one_case_and_from_one_day),
		TEST(what_was_agreed_holds_where_there_is_no_case_either),
		TEST(who_cannot_be_found_is_a_task_and_never_silence),
		TEST(that_rights_pass_is_told_to_whom_it_concerns),
		TEST(that_rights_pass_is_not_told_to_whom_the_child_is_nobodys_any_more),
		TEST(that_rights_pass_is_told_in_an_open_case_or_not_at_all),
		TEST(of_who_was_removed_nobody_hears_that_rights_pass),
		TEST(an_older_record_says_once_that_rights_have_passed),
		TEST(a_duty_whose_rule_names_a_role_is_that_roles),
		TEST(what_is_nobodys_action_is_the_owners),
		TEST(who_has_no_email_is_reached_by_the_services_mailbox),
		TEST(an_action_of_another_service_is_told_to_the_cases_owner_in_theirs),
		TEST(where_it_is_not_known_which_child_it_is_nobody_of_before_hears),
		TEST(who_is_named_keeps_no_party_from_hearing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
