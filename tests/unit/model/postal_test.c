#include "model/postal.h"

#include "unit/base/check.h"

static struct arena arena;

/* Lines between '|'. */
static enum postal_fault read_text(const char *text, struct postal *out)
{
	str lines[64], rest = str_of(text), head;
	size_t n = 0;
	while (str_cut(rest, '|', &head, &rest))
		lines[n++] = head;
	lines[n++] = rest;
	return postal_read(&arena, lines, n, out);
}

static void check(const char *text, const char *want, const char *postcode)
{
	struct postal address;
	struct buf buf = buf_of(&arena, 10000);
	enum postal_fault fault = read_text(text, &address);
	if (fault != POSTAL_FINE)
		fail_msg("%s: %s", text, postal_code(fault));
	for (size_t i = 0; i < address.n; i++)
		buf_fmt(&buf, "%s%.*s", i > 0 ? "|" : "", STR_ARG(address.lines[i]));
	assert_text(buf_str(&buf), want);
	assert_text(address.postcode, postcode);
	arena_clear(&arena);
}

static void check_refused(const char *text, const char *code)
{
	struct postal address = { .n = 99 };
	enum postal_fault fault = read_text(text, &address);
	if (strcmp(postal_code(fault), code) != 0)
		fail_msg("%s: %s, not %s", text, postal_code(fault), code);
	assert_int_equal(address.n, 99);
	arena_clear(&arena);
}

static void an_address_is_brought_into_order(void **state)
{
	check("Ann Lee|1 High Street|Sheffield|s12hh", "Ann Lee|1 High Street|Sheffield|S1 2HH",
	      "S1 2HH");
	check("  Ann   Lee , |1 High Street,,||  ,|Sheffield .|s 1 2 h h ",
	      "Ann Lee|1 High Street|Sheffield.|S1 2HH", "S1 2HH");
	check("Ann\tLee|1\u00a0High\u2003Street|S1\u30002HH", "Ann Lee|1 High Street|S1 2HH",
	      "S1 2HH");
	check("Ann\u200b L\u00adee|\u202e1 High\u2066 Street|\ufeffS1 2HH",
	      "Ann Lee|1 High Street|S1 2HH", "S1 2HH");
	check("Zoë Łuk|Åvägen 2|S1 2HH", "Zoë Łuk|Åvägen 2|S1 2HH", "S1 2HH");
	check("Zoe\u0308 Lu|A\u030avagen 2|S1 2HH", "Zoë Lu|Åvagen 2|S1 2HH", "S1 2HH");
}

static void our_own_country_is_left_out(void **state)
{
	check("A|1 B St|S1 2HH|England", "A|1 B St|S1 2HH", "S1 2HH");
	check("A|1 B St|S1 2HH|England|U.K.", "A|1 B St|S1 2HH", "S1 2HH");
	check("A|1 B St|CF10 1AA|Cymru", "A|1 B St|CF10 1AA", "CF10 1AA");
	check("A|1 B St|JE2 3AB|Jersey", "A|1 B St|JE2 3AB", "JE2 3AB");
	check("A|England House|Wales|S1 2HH", "A|England House|Wales|S1 2HH", "S1 2HH");
}

static void a_postcode_is_one_that_the_post_could_have(void **state)
{
	static const char *const good[] = { "S1 2HH",  "S10 9ZZ",  "M1 1AE",  "B33 8TH",
					    "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB",
					    "BT1 5GS", "GY1 1AA",  "IM1 1AA", "BX1 1LT",
					    "N1C 4AG", "SE1P 5LX", "ZE1 0AA", "BF1 2AU" };
	static const char *const bad[] = {
		"S1",
		"S1 2H",
		"S1 2HHH",
		"SS11 22HH",
		"XX1 1AA",
		"QQ1 1AA",
		"Q1 1AA",
		"S1 2CH",
		"S1 2HI",
		"S1 2HK",
		"S1 2MH",
		"S1 2HO",
		"S1 2VH",
		"S1I 2HH",
		"SW1D 1AA",
		"S 2HH",
		"1S 2HH",
		"S123 2HH",
		"S1-2HH",
		"S1 2HH 5",
		"GIR 0AA",
		"ABC1 2HH",
		"S1 HHH",
		("\xef\xbc\xb3"
		 "1 2HH"),
	};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		const char *text = str_fmt(&arena, "A|1 B St|%s", good[i]).p;
		check(text, str_fmt(&arena, "A|1 B St|%s", good[i]).p, good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		check_refused(str_fmt(&arena, "A|1 B St|%s", bad[i]).p, "not-a-real-uk-postcode");
}

static void the_forces_post_needs_a_number_and_no_country(void **state)
{
	check("Cpl A Lee|1 Unit|BFPO 58", "Cpl A Lee|1 Unit|BFPO 58", "BFPO 58");
	check("Cpl A Lee|bfpo c/o 058|1 Unit|bf12au", "Cpl A Lee|1 Unit|BFPO 58|BF1 2AU",
	      "BF1 2AU");
	check("Cpl A Lee|1 Unit|BFPO|BFPO58|UK", "Cpl A Lee|1 Unit|BFPO 58", "BFPO 58");
	check_refused("Cpl A Lee|1 Unit|BFPO 58|Germany", "has-country-for-bfpo-address");
	check_refused("Cpl A Lee|1 Unit|BFPO", "not-a-real-uk-postcode");
	check_refused("Cpl A Lee|1 Unit|BFPO 0", "not-a-real-uk-postcode");
	check_refused("Cpl A Lee|1 Unit|BFPO 99999999999", "not-a-real-uk-postcode");
}

static void what_cannot_be_delivered_is_refused_with_its_code(void **state)
{
	check_refused("", "address-is-empty");
	check_refused(" |,|\u200b", "address-is-empty");
	check_refused("A|S1 2HH", "not-enough-address-lines");
	check_refused("A|S1 2HH|England|UK", "not-enough-address-lines");
	check_refused("1a|2|3|4|5|6|7|S1 2HH", "too-many-address-lines");
	check("1a|2|3|4|5|6|S1 2HH", "1a|2|3|4|5|6|S1 2HH", "S1 2HH");
	check_refused("A|Rue B 1|75001 Paris|France", "cant-send-international-letters");
	check_refused("A|Main St|The United States of America", "cant-send-international-letters");
	check_refused("A|1 B St|Sheffield", "not-a-real-uk-postcode");
	check_refused("A|1 B St|Sheffield S1 2HH", "not-a-real-uk-postcode");
	check_refused("A|nfa|S1 2HH", "no-fixed-abode-address");
	check_refused("A|N.F.A.|S1 2HH", "no-fixed-abode-address");
	check_refused("A|of No  Fixed ABODE|S1 2HH", "no-fixed-abode-address");
	check_refused("A|no fixed address|S1 2HH", "no-fixed-abode-address");
	check_refused("...|1 B St|S1 2HH", "invalid-address-line-1-or-2");
	check_refused("A|-|S1 2HH", "invalid-address-line-1-or-2");
	check_refused("A\nB|1 B St|S1 2HH", "invalid-char-in-address");
}

static void a_line_begins_with_what_a_printer_can_sort(void **state)
{
	const char *marks = "@()=[]\"\\/,<>~";
	for (const char *p = marks; *p != 0; p++)
		check_refused(str_fmt(&arena, "A|%c1 B St|S1 2HH", *p).p,
			      "invalid-char-in-address");
	check("A (B)|1/2 B St|S1 2HH", "A (B)|1/2 B St|S1 2HH", "S1 2HH");
}

static void a_line_has_an_end(void **state)
{
	struct buf buf = buf_of(&arena, 1000);
	buf_add(&buf, S("A|"));
	for (int i = 0; i < 101; i++)
		buf_add(&buf, S("ö"));
	buf_add(&buf, S("1|S1 2HH"));
	check_refused(str_z(&arena, buf_str(&buf)), "address-line-too-long");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_brought_into_order),
		cmocka_unit_test(our_own_country_is_left_out),
		cmocka_unit_test(a_postcode_is_one_that_the_post_could_have),
		cmocka_unit_test(the_forces_post_needs_a_number_and_no_country),
		cmocka_unit_test(what_cannot_be_delivered_is_refused_with_its_code),
		cmocka_unit_test(a_line_begins_with_what_a_printer_can_sort),
		cmocka_unit_test(a_line_has_an_end),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
