#include "world.h"

static struct family *store_entries(const struct entry *entries, size_t n)
{
	struct family *family = store_first_family();
	struct plan plan = { .family = family, .next_look = INSTANT_NEVER };
	struct entry *copy = TAKE(&world.arena, struct entry, n);
	const struct event event = family_event("e2");

	memcpy(copy, entries, n * sizeof *copy);
	plan.entries = copy;
	plan.n_entries = n;
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
	return family;
}

static struct evidence *load_evidence(str after, size_t *out_n)
{
	const struct reply reply = ask(store_evidence(&world.arena, &world.store, S("F1"), after));
	struct evidence *list = NULL;

	assert_int_equal(store_evidence_read(&world.arena, &reply, &list, out_n), OK);
	return list;
}

static const struct entry two[] = {
	{ .kind = { "event", 5 },
	  .id = { "e2", 2 },
	  .case_id = { "C1", 2 },
	  .text = { "Assessment requested", 20 },
	  .detail = { "{\"on\":\"2026-11-02\",\"n\":3}", 25 } },
	{ .kind = { "duty", 4 }, .id = { "C1.x", 4 }, .text = { "\"quoted\" \xc3\xa9", 11 } },
};

static void entries_come_back_as_they_were_written_and_follow_from_each_other(void **state)
{
	const struct family *family = store_entries(two, 2);
	struct hash head = { 0 };
	str why = STR_EMPTY;
	size_t n;
	struct evidence *list = load_evidence(STR_EMPTY, &n);

	assert_int_equal(n, 2);
	assert_str(list[0].entry.kind, "event");
	assert_str(list[0].entry.id, "e2");
	assert_str(list[0].entry.case_id, "C1");
	assert_str(list[0].entry.text, "Assessment requested");
	assert_str(list[0].entry.detail, "{\"on\":\"2026-11-02\",\"n\":3}");
	assert_int_equal(list[0].at.ms, NOW_MS);
	assert_str(list[1].entry.text, "\"quoted\" \xc3\xa9");
	for (size_t i = 0; i < n; i++)
		assert_true(store_evidence_follows(&world.arena, &list[i], (int64_t)i, &head, &head,
						   &why));
	assert_memory_equal(&head, &family->head, sizeof head);
	assert_int_equal(family->entries, 2);
	list = load_evidence(list[0].stream_id, &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].n, 2);
}

static bool follows(const struct evidence *entry, int64_t n_before, const struct hash *before)
{
	struct hash out;
	str why = STR_EMPTY;
	const bool ok = store_evidence_follows(&world.arena, entry, n_before, before, &out, &why);

	assert_true(ok || why.n > 0);
	return ok;
}

static void a_changed_body_a_missing_entry_and_a_false_chain_show(void **state)
{
	const struct hash zero = { 0 };
	struct hash other = { { 1 } };
	size_t n;

	store_entries(two, 2);
	struct evidence *list = load_evidence(STR_EMPTY, &n);
	struct evidence changed = list[0];

	assert_true(follows(&list[0], 0, &zero));
	assert_false(follows(&list[1], 0, &zero));
	assert_false(follows(&list[0], 0, &other));
	changed.body = str_join(&world.arena, list[0].body, S(" "));
	assert_false(follows(&changed, 0, &zero));
	changed = list[0];
	changed.salt = list[1].salt;
	assert_false(follows(&changed, 0, &zero));
	changed = list[0];
	changed.hash = S("zz");
	assert_false(follows(&changed, 0, &zero));
}

static void equal_entries_have_different_hashes(void **state)
{
	const struct entry same[] = { two[1], two[1] };
	size_t n;

	store_entries(same, 2);
	struct evidence *list = load_evidence(STR_EMPTY, &n);
	assert_false(str_eq(list[0].salt, list[1].salt));
	assert_true(str_eq(list[0].body, list[1].body));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(entries_come_back_as_they_were_written_and_follow_from_each_other),
		STORE_TEST(a_changed_body_a_missing_entry_and_a_false_chain_show),
		STORE_TEST(equal_entries_have_different_hashes),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
