/* The evidence: everything that happened, and nothing that tells who where lives. */
#include "unit/decide/stage.h"

static void assert_absent(const char *secret)
{
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		const struct entry *entry = &scene.plan->entries[i];
		if (str_find(entry->text, str_of(secret)) < entry->text.n ||
		    str_find(entry->detail, str_of(secret)) < entry->detail.n)
			fail_msg("\"%s\" stands in: %.*s %.*s", secret, STR_ARG(entry->text),
				 STR_ARG(entry->detail));
	}
	for (size_t i = 0; i < scene.plan->n_facts; i++) {
		str data = scene.plan->facts[i].data;
		assert_true(str_find(data, str_of(secret)) == data.n);
	}
}

static void no_line_holds_a_contact_value(void **state)
{
	static const char *const secrets[] = { "Benedikt", "Low Road",   "7700900001",
					       "ben@home", "2009-01-10", "Ali" };
	static const char *const events[][3] = {
		{ "contact.registered", "family/F1",
		  "{'contact':'c-dad','person':'p-dad','role':'parent','name':'Benedikt',"
		  "'born':'2009-01-10','channels':['sms'],'addresses':{'sms':'07700900001',"
		  "'email':'ben@home.example','letter':['2 Low Road','Leeds','LS1 1AA']},"
		  "'safe':{'channels':['sms','letter'],'sender':'Ali'}}" },
		{ "contact.updated", "family/F1", "{'contact':'c-dad','name':'Benedikt'}" },
		{ "safe_contact.flagged", "family/F1",
		  "{'contact':'c-dad','channels':['sms','letter'],'sender':'Ali'}" },
		{ "asked", "case/C1", "{}" },
		{ "agreed", "case/C1", "{}" },
		{ "person.deceased", "family/F1", "{'person':'p-dad'}" },
	};
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
		scene_play(&scene, "2026-11-02T10:00:00Z", events[i][0], events[i][1],
			   events[i][2]);
		assert_int_equal(scene.plan->verdict, PLAN_COMMIT);
		for (size_t k = 0; k < sizeof secrets / sizeof secrets[0]; k++)
			assert_absent(secrets[k]);
	}
}

static void the_timeline_reads_like_a_diary(void **state)
{
	CASE("2026-11-02T10:00:00Z", "asked", "{}");
	CASE("2026-11-03T10:00:00Z", "agreed", "{}");
	assert_str(scene.plan->entries[0].kind, "event");
	assert_str(scene.plan->entries[0].text, "Agreed");
	assert_str(scene.plan->entries[1].text, "Letter to c-mum decided: agreed (formal; a formal "
						"notice has a set form)");
	TICK("2026-12-15T00:00:00Z");
	assert_str(scene.plan->entries[0].text,
		   "Duty C1.decision is late (due Monday 14 December 2026)");
}

static void details_are_json(void **state)
{
	CASE("2026-11-02T10:00:00Z", "refused", "{'reasons':'quote \\\" and \\\\ line\\n'}");
	for (size_t i = 0; i < scene.plan->n_entries; i++) {
		const struct json *tree;
		str detail = scene.plan->entries[i].detail;
		if (detail.n > 0)
			assert_int_equal(json_parse(&scene.arena, detail, 16, &tree, NULL),
					 JSON_FINE);
	}
	const struct json *tree;
	assert_int_equal(json_parse(&scene.arena, scene.plan->entries[0].detail, 16, &tree, NULL),
			 JSON_FINE);
	assert_str(json_text(json_get(tree, "data"), "reasons"), "quote \" and \\ line\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_line_holds_a_contact_value),
		TEST(the_timeline_reads_like_a_diary),
		TEST(details_are_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
