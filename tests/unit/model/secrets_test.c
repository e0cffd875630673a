#include "model/secrets.h"

#include "base/arena.h"
#include "harness/assert_str.h"

static struct arena arena;
static const uint8_t key[HASH_BYTES] = { 7 };

static int clear(void **state)
{
	arena_free(&arena);
	return 0;
}

static struct contact anna(void)
{
	return (struct contact){
		.id = S("anna"),
		.name = S("Anna Reed"),
		.email = S("Anna.Reed@new.example"),
		.sms = S("+447700900202"),
		.letter = { S("Anna Reed"), S("Flat 3, 20 Mill Street"), S("Sheffield"),
			    S("S8 9ZZ") },
		.n_letter = 4,
	};
}

/* Whether the text holds anything that is marked. */
static bool tells(str marks, const char *text)
{
	struct secret_search search = { .arena = &arena, .text = str_of(text) };
	struct secret found;
	return secrets_next(&search, key, marks, &found);
}

static void a_marked_value_is_found_however_it_is_written(void **state)
{
	static const struct {
		const char *text;
		bool tells;
	} rows[] = {
		{ "Write to anna.reed@NEW.example today", true },
		{ "Call 07700 900202.", true },
		{ "Call (0)7700-900-202", true },
		{ "+44 7700 900 202", true },
		{ "She lives in s89zz", true },
		{ "at 20 Mill Street, we think", true },
		{ "at 20, mill  street", true },
		{ "flat 3 20 Mill Street", true },
		{ "20 Mill Lane", false },
		{ "120 Mill Street", false },
		{ "Mill Street has 20 houses", false },
		{ "S8 9ZY", false },
		{ "07700 900203", false },
		{ "reed@new.example", false },
		{ "Anna Reed lives in Sheffield", false }, /* the name is not marked yet */
		{ "on 20 November we met", false },
		{ "", false },
	};
	const struct contact contact = anna();
	struct secret_marks marks = { .arena = &arena, .key = key };
	secrets_of_contact(&marks, &contact);
	str list = buf_str(&marks.text);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (tells(list, rows[i].text) != rows[i].tells)
			print_error("%s\n", rows[i].text);
		assert_int_equal(tells(list, rows[i].text), rows[i].tells);
	}
}

static void a_name_is_found_as_a_whole(void **state)
{
	struct secret_marks marks = { .arena = &arena, .key = key };
	secrets_of_name(&marks, S("Anna-Marie O'Neill"));
	str list = buf_str(&marks.text);
	assert_true(tells(list, "We saw ANNA MARIE O NEILL there"));
	assert_true(tells(list, "Anna-Marie O'Neill"));
	assert_false(tells(list, "Anna O'Neill"));
	assert_false(tells(list, "Anna-Marie and O'Neill"));
	/* One word alone may be any word. */
	struct secret_marks one = { .arena = &arena, .key = key };
	secrets_of_name(&one, S("Hope"));
	assert_int_equal(one.text.n, 0);
}

static void what_two_share_is_no_secret(void **state)
{
	const struct contact contact = anna();
	struct secret_marks own = { .arena = &arena, .key = key };
	secrets_of_contact(&own, &contact);
	struct contact child = contact;
	child.sms = S("07700 900299");
	struct secret_marks marks = { .arena = &arena, .key = key, .none = buf_str(&own.text) };
	secrets_of_contact(&marks, &child);
	str list = buf_str(&marks.text);
	assert_false(tells(list, "at 20 Mill Street, S8 9ZZ"));
	assert_true(tells(list, "call 07700 900299"));
}

static void marks_give_nothing_away(void **state)
{
	static const char *const values[] = { "anna", "mill", "7700900202", "s89zz", "20" };
	const struct contact contact = anna();
	struct secret_marks marks = { .arena = &arena, .key = key };
	struct secret_marks other = { .arena = &arena, .key = (const uint8_t[HASH_BYTES]){ 8 } };
	secrets_of_contact(&marks, &contact);
	secrets_of_contact(&other, &contact);
	str list = buf_str(&marks.text);
	for (size_t i = 0; i + 1 < sizeof values / sizeof values[0]; i++)
		assert_true(str_find(list, str_of(values[i])) == list.n);
	/* Another prefix has another key: the same address has another mark. */
	assert_false(str_eq(list, buf_str(&other.text)));
	assert_false(tells(buf_str(&other.text), "S8 9ZZ"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_marked_value_is_found_however_it_is_written, clear),
		cmocka_unit_test_teardown(a_name_is_found_as_a_whole, clear),
		cmocka_unit_test_teardown(what_two_share_is_no_secret, clear),
		cmocka_unit_test_teardown(marks_give_nothing_away, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
