#include "deliver/smtp.h"

#include "assert_str.h"
#include "base/arena.h"

static struct arena arena;

static int clear_arena(void **state)
{
	arena_free(&arena);
	return 0;
}

static str wire_of(str address)
{
	str out = S("untouched");
	str fault = smtp_address(&arena, address, &out);
	if (fault.n == 0)
		return out;
	assert_str(out, "untouched");
	return fault;
}

static void ordinary_addresses_stay_as_they_are(void **state)
{
	static const char *const fine[] = {
		"a@b.example",
		"Amira.Khan+school@mail.families.example",
		"o'neill_7@a-b.example",
		"!#$%&'*+-/=?^_`{|}~@x.example",
	};
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
		assert_str(wire_of(str_of(fine[i])), fine[i]);
}

static void a_domain_in_letters_of_its_own_becomes_ascii(void **state)
{
	assert_str(wire_of(S("jan@kožušník.example")), "jan@xn--kounk-2sa42fug.example");
	assert_str(wire_of(S("jan@faß.example")), "jan@xn--fa-hia.example");
	assert_str(wire_of(S("a@مثال.إختبار")), "a@xn--mgbh0fb.xn--kgbechtv");
}

static void nothing_in_an_address_can_make_a_second_command(void **state)
{
	assert_str(wire_of(S("a@x.example>\r\nRCPT TO:<evil@x.example")), "address_syntax");
	assert_str(wire_of(S("a\r\n@x.example")), "address_syntax");
	assert_str(wire_of(S("a@x.example\n")), "address_syntax");
	assert_str(wire_of(S("a\0b@x.example")), "address_syntax");
	assert_str(wire_of(S("a b@x.example")), "address_syntax");
	assert_str(wire_of(S("<a@x.example>")), "address_syntax");
	assert_str(wire_of(S("a@x.example> SIZE=1")), "address_syntax");
	assert_str(wire_of(S("a@x.exa>mple")), "address_domain");
	/* A line end in Unicode's clothes. */
	assert_str(wire_of(S("a@x\xe2\x80\xa8.example")), "address_domain");
	assert_str(wire_of(S("a@x\xff.example")), "address_domain");
}

static void what_is_no_address_is_refused(void **state)
{
	assert_str(wire_of(STR_EMPTY), "address_syntax");
	assert_str(wire_of(S("amira")), "address_syntax");
	assert_str(wire_of(S("@x.example")), "address_syntax");
	assert_str(wire_of(S(".a@x.example")), "address_syntax");
	assert_str(wire_of(S("a..b@x.example")), "address_syntax");
	assert_str(wire_of(S("\"a b\"@x.example")), "address_syntax");
	assert_str(wire_of(S("a@")), "address_domain");
	assert_str(wire_of(S("a@localhost")), "address_domain");
	assert_str(wire_of(S("a@b@x.example")), "address_domain");
	assert_str(wire_of(S("a@x.example.")), "address_domain");
	assert_str(wire_of(S("a@x..example")), "address_domain");
	assert_str(wire_of(S("a@-x.example")), "address_domain");
	assert_str(wire_of(S("a@[127.0.0.1]")), "address_domain");
	assert_str(wire_of(S("jožo@x.example")), "address_not_ascii");
}

static str repeat(char c, size_t n)
{
	struct buf buf = buf_of(&arena, n);
	while (n-- > 0)
		buf_byte(&buf, c);
	return buf_str(&buf);
}

static void lengths_are_those_of_the_standard(void **state)
{
	str name = repeat('a', 64), label = repeat('b', 63);
	str longest = str_fmt(&arena, "%.*s@%.*s.%.*s.%.*s", STR_ARG(name), STR_ARG(label),
			      STR_ARG(label), STR_ARG(str_slice(label, 0, 61)));
	assert_int_equal(longest.n, 254);
	assert_true(str_eq(wire_of(longest), longest));
	assert_str(wire_of(str_join(&arena, longest, S("b"))), "address_length");
	assert_str(wire_of(str_join(&arena, S("a"), longest)), "address_length");
	assert_str(wire_of(str_fmt(&arena, "a@b%.*s.example", STR_ARG(label))), "address_domain");
	assert_str(wire_of(str_join(&arena, repeat('a', 100000), S("@x.example"))),
		   "address_length");
}

static void the_sender_names_the_message(void **state)
{
	assert_str(smtp_sender(&arena, S("candour@sheffield.example"), S("m0123")),
		   "candour+m0123@sheffield.example");
	str from = str_join(&arena, repeat('c', 60), S("@sheffield.example"));
	assert_true(str_eq(smtp_sender(&arena, from, S("m0123")), from));
}

static void a_host_may_be_a_plain_name_or_a_number(void **state)
{
	str host;
	assert_true(smtp_host(&arena, S("localhost"), &host));
	assert_str(host, "localhost");
	assert_true(smtp_host(&arena, S("127.0.0.1"), &host));
	assert_true(smtp_host(&arena, S("pošta.example"), &host));
	assert_str(host, "xn--pota-h6a.example");
	assert_false(smtp_host(&arena, S("a b"), &host));
	assert_false(smtp_host(&arena, S("relay:25"), &host));
	assert_false(smtp_host(&arena, STR_EMPTY, &host));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_addresses_stay_as_they_are),
		cmocka_unit_test(a_domain_in_letters_of_its_own_becomes_ascii),
		cmocka_unit_test(nothing_in_an_address_can_make_a_second_command),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(lengths_are_those_of_the_standard),
		cmocka_unit_test(the_sender_names_the_message),
		cmocka_unit_test(a_host_may_be_a_plain_name_or_a_number),
	};
	return cmocka_run_group_tests(tests, NULL, clear_arena);
}
