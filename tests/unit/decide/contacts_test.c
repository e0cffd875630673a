/* Who the family is, and how each may be told. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

static const struct contact *mum(void)
{
	return family_contact(scene.family, S("c-mum"));
}

static void a_contact_is_taken_down_whole(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-x','person':'p-x','role':'guardian','name':'Xi','language':'pl',"
	       "'format':'large_print_18','channels':['sms','letter'],"
	       "'addresses':{'sms':'07700900003','letter':['1','2','S1 1AA']},"
	       "'agreed':{'on':'2026-10-05','with':'sam'},'hours':{'sat':[['10:00','12:00']]},"
	       "'safe':{'channels':['sms'],'sender':'Ali'},'optional':{'surveys':false}}");
	const struct contact *contact = family_contact(scene.family, S("c-x"));
	assert_str(contact->name, "Xi");
	assert_str(contact->language, "pl");
	assert_int_equal(contact->format, FORMAT_LARGE_PRINT_18);
	assert_int_equal(contact->n_channels, 2);
	assert_int_equal(contact->channels[0], CHANNEL_SMS);
	assert_int_equal(contact->n_letter, 3);
	assert_day(contact->agreed_on, "2026-10-05");
	assert_true(contact->parental_responsibility);
	assert_true(contact->has_hours);
	assert_true(contact->safe.on && contact->safe.channels.has[CHANNEL_SMS]);
	assert_false(contact->safe.channels.has[CHANNEL_LETTER]);
	assert_false(contact->surveys);
	assert_int_equal(scene.plan->n_persons, 1);
	assert_str(scene.plan->persons[0], "p-x");
}

static void an_update_changes_what_it_names_and_null_takes_away(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'sms':'07700900009'}}");
	assert_str(mum()->sms, "+447700900009");
	assert_int_equal(mum()->n_letter, 3);
	assert_str(mum()->name, "Ada Bell");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':null,'channels':null,'agreed':null}");
	assert_int_equal(mum()->sms.n, 0);
	assert_int_equal(mum()->n_letter, 0);
	assert_int_equal(mum()->n_channels, 0);
	assert_false(date_is(mum()->agreed_on));
}

static void parental_responsibility_goes_with_the_role_until_it_is_said(void **state)
{
	const char *const no = "{'contact':'c-mum','parental_responsibility':false}";
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", no);
	assert_false(mum()->parental_responsibility);
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", "{'contact':'c-mum','role':'parent'}");
	assert_false(mum()->parental_responsibility); /* the role is the same */
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", "{'contact':'c-mum','role':'guardian'}");
	assert_true(mum()->parental_responsibility);
	FAMILY("2026-11-02T10:00:00Z", "contact.updated", no);
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','parental_responsibility':null}");
	assert_true(mum()->parental_responsibility);
}

static void a_postal_address_is_brought_into_order(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'letter':['Ada  Bell','1 Mill St,','s11aa','UK']}}");
	assert_int_equal(mum()->n_letter, 3);
	assert_str(mum()->letter[1], "1 Mill St");
	assert_str(mum()->letter[2], "S1 1AA");
	assert_false(mum()->failed.has[CHANNEL_LETTER]);
}

static void a_postal_address_that_is_none_is_not_used_and_asked_for(void **state)
{
	size_t before = count_tasks();
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['letter'],"
	       "'addresses':{'letter':['Ada Bell','1 Mill St','Sheffield']}}");
	assert_int_equal(count_tasks(), before + 1);
	assert_str(last_task()->what, "The postal address of c-mum cannot be used "
				      "(not-a-real-uk-postcode): ask for the right one");
	assert_str(mum()->letter[2], "Sheffield");
	CASE("2026-11-03T10:00:00Z", "asked", "{}");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_true(count_tasks() > before + 1);
	FAMILY("2026-11-04T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'letter':['Ada Bell','1 Mill St','S1 1AA']}}");
	assert_false(mum()->failed.has[CHANNEL_LETTER]);
}

/* What went to one of them could not be told from what went to the other. */
static void a_contact_and_a_party_have_ids_of_their_own(void **state)
{
	static const char contact[] = "{'contact':'p-school','role':'parent','name':'Ben'}";
	static const char party[] = "{'party':'c-mum','role':'health','name':'GP'}";
	FAMILY("2026-11-02T10:00:00Z", "contact.registered", contact);
	assert_refused(scene.plan, "data.contact");
	FAMILY("2026-11-02T10:00:00Z", "party.registered", party);
	assert_refused(scene.plan, "data.party");
	/* An older record may have both: each can still be changed. */
	GROW(&scene.arena, scene.family->parties, scene.family->n_parties)->id = S("c-mum");
	FAMILY("2026-11-02T10:00:00Z", "party.registered", party);
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-mum','role':'parent','name':'Ada'}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
}

static void a_party_is_not_written_to_where_the_post_cannot_go(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "party.registered",
	       "{'party':'gp','role':'health','name':'GP','channels':['letter'],"
	       "'addresses':{'letter':['GP','1 Rue A','France']}}");
	assert_int_equal(family_party(scene.family, S("gp"))->n_letter, 0);
	FAMILY("2026-11-02T10:00:00Z", "party.registered",
	       "{'party':'gp','role':'health','name':'GP','channels':['letter'],"
	       "'addresses':{'letter':['GP','1 Rue A','s1 1aa']}}");
	assert_str(family_party(scene.family, S("gp"))->letter[2], "S1 1AA");
}

static void every_change_of_who_or_how_makes_messages_stale(void **state)
{
	static const char *const changes[][2] = {
		{ "contact.updated", "{'contact':'c-mum','format':'braille'}" },
		{ "consent.given", "{'contact':'c-mum','for':'all'}" },
		{ "consent.withdrawn", "{'contact':'c-mum','for':'all'}" },
		{ "capacity.recorded", "{'person':'p','decision':'all','has_capacity':false,"
				       "'assessed_on':'2026-11-01','by':'x'}" },
		{ "court_order.added", "{'contact':'c-mum','effect':'no_contact'}" },
		{ "court_order.ended", "{'contact':'c-mum','effect':'no_contact'}" },
		{ "safe_contact.flagged", "{'contact':'c-mum','channels':['sms']}" },
		{ "contact.removed", "{'contact':'c-mum'}" },
		{ "person.deceased", "{'person':'p-mum'}" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		int64_t tell = scene.family->tell;
		FAMILY("2026-11-02T10:00:00Z", changes[i][0], changes[i][1]);
		assert_int_equal(scene.family->tell, tell + 1);
	}
}

static void registering_anew_forgets_no_order_and_no_safety(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	FAMILY("2026-11-02T10:00:00Z", "safe_contact.flagged",
	       "{'contact':'c-mum','channels':['sms']}");
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-mum','role':'parent','name':'Ada'}");
	assert_true(mum()->orders[ORDER_NO_CONTACT]);
	assert_true(mum()->safe.on);
}

static void a_court_order_that_ends_leaves_another_in_force(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'school_info_only','until':'2026-11-10'}");
	TICK("2026-11-11T00:00:00Z");
	assert_false(mum()->orders[ORDER_SCHOOL_INFO_ONLY]);
	CASE("2026-11-11T10:00:00Z", "asked", "{}");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	FAMILY("2026-11-12T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'info_restricted'}");
	FAMILY("2026-11-12T10:00:00Z", "court_order.ended",
	       "{'contact':'c-mum','effect':'info_restricted'}");
	assert_true(contact_is_barred(mum(), scene.family->cases[0].opened_on));
	FAMILY("2026-11-12T10:00:00Z", "court_order.ended",
	       "{'contact':'c-mum','effect':'no_contact'}");
	assert_false(contact_is_barred(mum(), scene.family->cases[0].opened_on));
}

static void unknown_contacts_are_refused(void **state)
{
	static const char *const kinds[][2] = {
		{ "contact.updated", "{'contact':'c-no'}" },
		{ "contact.removed", "{'contact':'c-no'}" },
		{ "consent.given", "{'contact':'c-no','for':'all'}" },
		{ "consent.withdrawn", "{'contact':'c-no','for':'all'}" },
		{ "court_order.added", "{'contact':'c-no','effect':'no_contact'}" },
		{ "court_order.ended", "{'contact':'c-no','effect':'no_contact'}" },
		{ "safe_contact.flagged", "{'contact':'c-no','channels':['sms']}" },
		{ "reply.received", "{'contact':'c-no','channel':'sms','text':'t'}" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		assert_refused(FAMILY("2026-11-02T10:00:00Z", kinds[i][0], kinds[i][1]),
			       "data.contact");
	assert_refused(FAMILY("2026-11-02T10:00:00Z", "court_order.ended",
			      "{'contact':'c-mum','effect':'no_contact'}"),
		       "data.effect");
}

static void a_family_has_at_most_32_contacts(void **state)
{
	for (int i = 2; i < 32; i++) {
		str data = str_fmt(&scene.arena, "{'contact':'c%d','role':'other','name':'N'}", i);
		FAMILY("2026-11-02T10:00:00Z", "contact.registered", str_z(&scene.arena, data));
	}
	assert_int_equal(scene.family->n_contacts, 32);
	assert_refused(FAMILY("2026-11-02T10:00:00Z", "contact.registered",
			      "{'contact':'c99','role':'other','name':'N'}"),
		       "data.contact");
}

static void the_childs_death_ends_everything_but_a_persons_task(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "drafted", "{}");
	CASE("2026-11-02T10:00:00Z", "action.agreed",
	     "{'action':'A1','what':'w','owner':{'service':'send','person':'sam'},"
	     "'due':'2026-12-01'}");
	assert_true(scene.family->n_intents > 0);
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	assert_silence();
	assert_str(scene_closings(&scene), "stopped\nstopped\nstopped\nstopped\n");
	assert_int_equal(scene.family->n_intents, 0);
	assert_int_equal(scene.family->n_open, 0);
	assert_state("C1.plan", DUTY_CANCELLED);
	assert_int_equal(scene_action(&scene, "A1")->state, DUTY_CANCELLED);
	assert_int_equal(count_tasks(), 1);
	CASE("2026-11-04T10:00:00Z", "made", "{}");
	assert_silence();
	TICK("2027-12-01T10:00:00Z");
	for (size_t i = 0; i < scene.plan->n_messages; i++)
		assert_null(family_contact(scene.family, scene.plan->messages[i].contact));
}

static void the_death_of_somebody_unknown_is_taken_for_the_childs(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-unknown'}");
	assert_silence();
	assert_int_equal(scene.family->n_open, 0);
	assert_state("C1.plan", DUTY_CANCELLED);
	assert_int_equal(count_tasks(), 1);
}

static void a_notice_that_comes_back_after_a_death_is_a_fact_and_no_more(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str letter = message_to("c-mum", CHANNEL_LETTER);
	SETTLE("2026-11-02T11:00:00Z", "accepted", letter);
	TICK("2026-11-10T00:00:00Z"); /* in the letter box */
	FAMILY("2026-11-11T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	SETTLE("2026-11-12T10:00:00Z", "returned", letter);
	assert_silence();
	assert_state("C1.decision", DUTY_MET);
	assert_int_equal(count_tasks(), 1);
}

static void one_parents_death_stops_what_is_theirs(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','person':'p-dad','role':'parent','name':'Ben',"
	       "'channels':['letter'],'addresses':{'letter':['1','2','S1 1AA']}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-02T10:00:00Z", "agreed", "{}");
	str mums = message_to("c-mum", CHANNEL_LETTER);
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-dad'}");
	assert_str(scene_closings(&scene), "stopped\nstopped\n");
	assert_int_equal(count_tasks(), 1);
	/* The duty waits for the other parent alone. */
	SETTLE("2026-11-03T11:00:00Z", "accepted", mums);
	TICK("2026-11-11T00:00:00Z");
	assert_state("C1.decision", DUTY_MET);
}

static void choices_for_cases_do_not_pile_up(void **state)
{
	for (size_t i = 0; i < CASES_MAX + 3; i++) {
		str data = str_fmt(&scene.arena,
				   "{'contact':'c-mum','case':'X%zu','channels':['sms']}", i);
		FAMILY("2026-11-02T10:00:00Z", "contact.updated", str_z(&scene.arena, data));
	}
	assert_int_equal(mum()->n_choices, CASES_MAX);
	assert_str(mum()->choices[0].case_id, "X3");
	assert_str(mum()->choices[CASES_MAX - 1].case_id, "X66");
}

static void null_brings_back_what_is_usual(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','language':'cy','format':'braille','oral_first':true,"
	       "'looked_after':true,'confirmed':'2026-10-30',"
	       "'safe':{'channels':['letter'],'hours':{'mon':[['10:00','12:00']]}}}");
	assert_str(mum()->language, "cy");
	assert_true(mum()->oral_first && mum()->looked_after && mum()->safe.has_hours);
	/* What is not named stays. */
	FAMILY("2026-11-02T10:05:00Z", "contact.updated", "{'contact':'c-mum','name':'Ada'}");
	assert_true(mum()->oral_first && mum()->looked_after && mum()->safe.on);
	assert_int_equal(mum()->format, FORMAT_BRAILLE);
	FAMILY("2026-11-02T10:10:00Z", "contact.updated",
	       "{'contact':'c-mum','language':null,'format':null,'oral_first':null,"
	       "'looked_after':null,'confirmed':null,'safe':null,'person':null,'born':null}");
	assert_str(mum()->language, "en");
	assert_int_equal(mum()->format, FORMAT_STANDARD);
	assert_false(mum()->oral_first || mum()->looked_after || mum()->safe.on);
	assert_false(date_is(mum()->confirmed_on) || date_is(mum()->born));
	assert_int_equal(mum()->person.n, 0);
}

static void a_choice_for_one_case_leaves_that_for_another(void **state)
{
	scene_play(&scene, "2026-11-02T09:30:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','case':'C1','channels':['email']}");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','case':'C2','channels':['sms','email']}");
	assert_int_equal(mum()->n_choices, 2);
	FAMILY("2026-11-02T10:05:00Z", "contact.updated",
	       "{'contact':'c-mum','case':'C1','channels':null}");
	assert_int_equal(mum()->n_choices, 1);
	assert_str(mum()->choices[0].case_id, "C2");
	assert_int_equal(mum()->choices[0].channels[0], CHANNEL_SMS);
}

static void a_postal_address_that_is_none_is_noted_where_there_is_no_case(void **state)
{
	scene.family->n_cases = 0;
	FAMILY("2026-11-02T10:00:00Z", "contact.registered",
	       "{'contact':'c-x','role':'parent','name':'X','addresses':{'letter':['Nowhere','At "
	       "all','ZZ']}}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	assert_str(scene.plan->entries[0].kind, "note");
	assert_true(family_contact(scene.family, S("c-x"))->failed.has[CHANNEL_LETTER]);
}

static void who_was_sealed_by_an_adoption_is_no_contact_any_more(void **state)
{
	static const char *const events[][3] = {
		{ "contact.updated", "{'contact':'c-mum','name':'Ada'}", "data.contact" },
		{ "contact.registered", "{'contact':'c-mum','role':'parent','name':'Ada'}",
		  "data.contact" },
		{ "contact.updated",
		  "{'contact':'c-child','acts_for':{'contact':'c-mum','for':'all'}}",
		  "data.acts_for.contact" },
	};
	FAMILY("2026-11-02T10:00:00Z", "person.adopted", "{'person':'p-child'}");
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		assert_refused(FAMILY("2026-11-02T11:00:00Z", events[i][0], events[i][1]),
			       events[i][2]);
	assert_refused(
		CASE("2026-11-02T11:00:00Z", "contact.made", "{'with':['c-mum'],'how':'visit'}"),
		"data.with");
}

static void parties_and_records_of_capacity_are_bounded(void **state)
{
	for (int i = 0; i < 64; i++) {
		str party = str_fmt(&scene.arena, "{'party':'p%d','role':'health','name':'H'}", i);
		str capacity = str_fmt(&scene.arena,
				       "{'person':'p-child','decision':'d%d','has_capacity':true,"
				       "'assessed_on':'2026-11-01','by':'dr'}",
				       i);
		/* The school is one already. */
		if (i < 31)
			FAMILY("2026-11-02T10:00:00Z", "party.registered",
			       str_z(&scene.arena, party));
		FAMILY("2026-11-02T10:00:00Z", "capacity.recorded", str_z(&scene.arena, capacity));
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
	}
	assert_refused(FAMILY("2026-11-02T10:00:00Z", "party.registered",
			      "{'party':'p99','role':'health','name':'H'}"),
		       "data.party");
	assert_refused(FAMILY("2026-11-02T10:00:00Z", "capacity.recorded",
			      "{'person':'p-child','decision':'d99','has_capacity':true,"
			      "'assessed_on':'2026-11-01','by':'dr'}"),
		       "data.decision");
	/* Whom we know may change all the same. */
	FAMILY("2026-11-02T10:00:00Z", "party.registered",
	       "{'party':'p-school','role':'school','name':'New Hill School'}");
	assert_str(family_party(scene.family, S("p-school"))->name, "New Hill School");
}

static void an_older_assessment_takes_no_later_ones_place(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "capacity.recorded",
	       "{'person':'p-child','decision':'all','has_capacity':false,"
	       "'assessed_on':'2026-10-20','by':'dr'}");
	FAMILY("2026-11-02T10:05:00Z", "capacity.recorded",
	       "{'person':'p-child','decision':'all','has_capacity':true,"
	       "'assessed_on':'2026-09-20','by':'dr'}");
	assert_int_equal(scene.family->n_capacities, 1);
	assert_false(scene.family->capacities[0].has);
	FAMILY("2026-11-02T10:10:00Z", "capacity.recorded",
	       "{'person':'p-mum','decision':'all','has_capacity':true,"
	       "'assessed_on':'2026-09-20','by':'dr'}");
	assert_int_equal(scene.family->n_capacities, 2);
}

static void an_order_that_is_not_in_force_does_not_end(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "court_order.added",
	       "{'contact':'c-mum','effect':'no_contact'}");
	assert_refused(FAMILY("2026-11-02T10:05:00Z", "court_order.ended",
			      "{'contact':'c-mum','effect':'school_info_only'}"),
		       "data.effect");
	assert_true(mum()->orders[ORDER_NO_CONTACT]);
}

static void a_new_parent_is_not_sealed_by_the_adoption(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-new','role':'parent','name':'Noor','channels':['letter'],"
	       "'addresses':{'letter':['2 Mill Road','Sheffield','S2 2BB']}}");
	FAMILY("2026-11-02T10:00:00Z", "person.adopted",
	       "{'person':'p-child','parents':['c-new']}");
	assert_true(mum()->sealed);
	assert_false(family_contact(scene.family, S("c-new"))->sealed);
	CASE("2026-11-02T11:00:00Z", "asked", "{}");
	assert_null(scene_message(&scene, "c-mum", CHANNEL_LETTER));
	assert_non_null(scene_message(&scene, "c-new", CHANNEL_LETTER));
}

static void a_child_whom_nobody_registered_may_be_adopted(void **state)
{
	FAMILY("2026-11-02T10:00:00Z", "person.adopted", "{'person':'p-stranger'}");
	assert_true(mum()->sealed);
	assert_int_equal(mum()->n_letter, 0);
	assert_true(holds(last_task()->what, "The child has been adopted"));
}

static void of_brothers_and_sisters_the_adoption_of_one_is_told_twice_and_counts_once(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-sis','person':'p-sis','role':'young_person','name':'Mia',"
	       "'born':'2018-05-01'}");
	FAMILY("2026-11-02T10:00:00Z", "person.adopted", "{'person':'p-child'}");
	FAMILY("2026-11-02T10:05:00Z", "person.adopted", "{'person':'p-child'}");
	assert_int_equal(mum()->n_not_of, 1);
	FAMILY("2026-11-02T10:10:00Z", "person.adopted", "{'person':'p-sis'}");
	assert_int_equal(mum()->n_not_of, 2);
	assert_false(mum()->sealed);
}

static void a_death_in_a_closed_case_is_nobodys_task_there(void **state)
{
	CASE("2026-11-02T09:30:00Z", "case.closed", "{'outcome':'moved'}");
	FAMILY("2026-11-02T10:00:00Z", "person.deceased", "{'person':'p-mum'}");
	assert_int_equal(count_tasks(), 0);
	assert_true(mum()->deceased);
}

static void the_death_of_one_child_leaves_what_is_about_the_other(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-sis','person':'p-sis','role':'young_person','name':'Mia',"
	       "'born':'2018-05-01'}");
	scene_play(&scene, "2026-11-02T09:40:00Z", "case.opened", "case/C2",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam',"
		   "'child':'c-sis'}");
	scene_play(&scene, "2026-11-02T09:45:00Z", "case.opened", "case/C3",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'sam',"
		   "'child':'c-child'}");
	scene_play(&scene, "2026-11-02T10:00:00Z", "drafted", "case/C2", "{}");
	scene_play(&scene, "2026-11-02T10:00:00Z", "drafted", "case/C3", "{}");
	size_t before = scene.family->n_intents;
	FAMILY("2026-11-02T10:05:00Z", "person.deceased", "{'person':'p-child'}");
	/* Hers goes on: the reminder of her reply, too. */
	assert_int_equal(case_duty(family_case(scene.family, S("C2")), S("C2.reply"))->state,
			 DUTY_SCHEDULED);
	assert_int_equal(case_duty(family_case(scene.family, S("C3")), S("C3.reply"))->state,
			 DUTY_CANCELLED);
	assert_int_equal(scene.family->n_intents, before - 1);
}

static void who_is_known_acts_for_themselves_anyway(void **state)
{
	assert_refused(FAMILY("2026-11-02T10:00:00Z", "contact.updated",
			      "{'contact':'c-mum','acts_for':{'contact':'c-mum'}}"),
		       "data.acts_for.contact");
	FAMILY("2026-11-02T10:00:00Z", "contact.updated",
	       "{'contact':'c-mum','acts_for':{'contact':'c-child'}}");
	assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
}

/* Both could not be reached; only hers is mended. */
static void an_address_that_is_mended_is_tried_for_its_own_person(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.updated",
	       "{'contact':'c-mum','channels':['sms'],'addresses':{'sms':'07700900001',"
	       "'letter':null}}");
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-dad','role':'parent','name':'Ben','channels':['sms'],"
	       "'addresses':{'sms':'07700900002'}}");
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	str mum = message_to("c-mum", CHANNEL_SMS), dad = message_to("c-dad", CHANNEL_SMS);
	SETTLE("2026-11-02T10:01:00Z", "failed", mum);
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_TASK));
	SETTLE("2026-11-02T10:01:00Z", "failed", dad);
	assert_non_null(scene_message(&scene, "c-dad", CHANNEL_TASK));
	FAMILY("2026-11-02T10:05:00Z", "contact.updated",
	       "{'contact':'c-mum','addresses':{'sms':'07700900009'}}");
	assert_non_null(scene_message(&scene, "c-mum", CHANNEL_SMS));
	assert_null(scene_message(&scene, "c-dad", CHANNEL_SMS));
}

static void of_two_children_who_died_the_second_ends_everything(void **state)
{
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-sister','person':'p-sister','role':'young_person','name':'Al'}");
	FAMILY("2026-11-03T10:00:00Z", "person.deceased", "{'person':'p-sister'}");
	assert_false(scene.family->young_person_died);
	FAMILY("2026-11-04T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	assert_true(scene.family->young_person_died);
	end(NULL);
	start(NULL);
	/* One who is not of this family any more is not the one who is left. */
	FAMILY("2026-11-02T09:30:00Z", "contact.registered",
	       "{'contact':'c-sister','person':'p-sister','role':'young_person','name':'Al'}");
	FAMILY("2026-11-03T10:00:00Z", "contact.removed", "{'contact':'c-sister'}");
	FAMILY("2026-11-04T10:00:00Z", "person.deceased", "{'person':'p-child'}");
	assert_true(scene.family->young_person_died);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_contact_is_taken_down_whole),
		TEST(an_update_changes_what_it_names_and_null_takes_away),
		TEST(parental_responsibility_goes_with_the_role_until_it_is_said),
		TEST(a_postal_address_is_brought_into_order),
		TEST(a_postal_address_that_is_none_is_not_used_and_asked_for),
		TEST(a_contact_and_a_party_have_ids_of_their_own),
		TEST(a_party_is_not_written_to_where_the_post_cannot_go),
		TEST(every_change_of_who_or_how_makes_messages_stale),
		TEST(registering_anew_forgets_no_order_and_no_safety),
		TEST(a_court_order_that_ends_leaves_another_in_force),
		TEST(unknown_contacts_are_refused),
		TEST(a_family_has_at_most_32_contacts),
		TEST(the_childs_death_ends_everything_but_a_persons_task),
		TEST(the_death_of_somebody_unknown_is_taken_for_the_childs),
		TEST(a_notice_that_comes_back_after_a_death_is_a_fact_and_no_more),
		TEST(one_parents_death_stops_what_is_theirs),
		TEST(choices_for_cases_do_not_pile_up),
		TEST(null_brings_back_what_is_usual),
		TEST(a_choice_for_one_case_leaves_that_for_another),
		TEST(a_postal_address_that_is_none_is_noted_where_there_is_no_case),
		TEST(who_was_sealed_by_an_adoption_is_no_contact_any_more),
		TEST(parties_and_records_of_capacity_are_bounded),
		TEST(an_older_assessment_takes_no_later_ones_place),
		TEST(an_order_that_is_not_in_force_does_not_end),
		TEST(a_new_parent_is_not_sealed_by_the_adoption),
		TEST(a_child_whom_nobody_registered_may_be_adopted),
		TEST(of_brothers_and_sisters_the_adoption_of_one_is_told_twice_and_counts_once),
		TEST(a_death_in_a_closed_case_is_nobodys_task_there),
		TEST(the_death_of_one_child_leaves_what_is_about_the_other),
		TEST(who_is_known_acts_for_themselves_anyway),
		TEST(an_address_that_is_mended_is_tried_for_its_own_person),
		TEST(of_two_children_who_died_the_second_ends_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
