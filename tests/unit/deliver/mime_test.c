#include "deliver/smtp.h"

#include "assert_str.h"
#include "base/arena.h"

static struct arena arena;
static struct message message;
static struct parcel parcel;
static struct email_from from;
static struct email email;

static int set_up(void **state)
{
	message = (struct message){
		.id = S("m0123456789abcdef01234567"),
		.email = S("amira@families.example"),
		.to_name = S("Amira Khan"),
		.grade = GRADE_INFORMATION,
	};
	parcel = (struct parcel){
		.message = &message,
		.subject = S("A message about your case"),
		.text = S("Dear Amira,\n\nall is well.\n"),
		.html = S("<!DOCTYPE html>\n<html lang=\"en\"><p>all is well</p></html>\n"),
		.language = S("en"),
		.at = { 1795000000000 },
		.sha256 = S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
	};
	from = (struct email_from){ .name = S("Sheffield City Council"),
				    .address = S("candour@sheffield.example") };
	return 0;
}

static int clear_arena(void **state)
{
	arena_free(&arena);
	return 0;
}

static str make(void)
{
	assert_str(email_make(&arena, &parcel, &from, &email), "");
	return email.bytes;
}

static bool has(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

#define assert_has(text, part)                                                                     \
	do {                                                                                       \
		if (!has((text), (part)))                                                          \
			print_error("\"%s\" is not in:\n%.*s\n", (part), STR_ARG(text));           \
		assert_true(has((text), (part)));                                                  \
	} while (0)

static str head_of(str bytes)
{
	return str_slice(bytes, 0, str_find(bytes, S("\r\n\r\n")) + 2);
}

static void an_email_has_the_headers_that_readers_and_machines_want(void **state)
{
	str head = head_of(make());
	assert_has(head, "From: Sheffield City Council <candour@sheffield.example>\r\n");
	assert_has(head, "To: Amira Khan <amira@families.example>\r\n");
	assert_has(head, "Subject: A message about your case\r\n");
	assert_has(head, "Message-Id: <m0123456789abcdef01234567@sheffield.example>\r\n");
	assert_has(head, "Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n");
	assert_has(head, "Auto-Submitted: auto-generated\r\n");
	assert_has(head, "Content-Language: en\r\n");
	assert_has(head, "MIME-Version: 1.0\r\n");
	assert_has(head, "multipart/alternative; boundary=\"=_ba7816bf8f01cfea414140de\"\r\n");
	assert_false(has(head, "List-Unsubscribe"));
	assert_has(email.bytes, "Content-Type: text/plain; charset=utf-8\r\n");
	assert_has(email.bytes, "Content-Type: text/html; charset=utf-8\r\n");
}

static void the_envelope_names_the_message(void **state)
{
	make();
	assert_str(email.sender, "candour+m0123456789abcdef01234567@sheffield.example");
	assert_str(email.recipient, "amira@families.example");
}

static void every_try_has_the_same_bytes(void **state)
{
	str first = make();
	parcel.attempt = 3;
	parcel.unknown_before = true;
	assert_true(str_eq(first, make()));
}

/* Seven bits, lines of at most 998, CRLF at their ends and nowhere else. */
static void assert_is_on_the_wire(str bytes)
{
	size_t start = 0;
	assert_true(bytes.n >= 2 && str_ends(bytes, S("\r\n")));
	for (size_t i = 0; i < bytes.n; i++) {
		assert_in_range((unsigned char)bytes.p[i], 9, 0x7e);
		if (bytes.p[i] == '\r')
			assert_true(i + 1 < bytes.n && bytes.p[i + 1] == '\n');
		if (bytes.p[i] != '\n')
			continue;
		assert_true(i > 0 && bytes.p[i - 1] == '\r');
		assert_true(i - start <= 998);
		start = i + 1;
	}
}

static void line_ends_are_crlf_and_nothing_else(void **state)
{
	struct buf buf = buf_of(&arena, 10000);
	while (buf.n < 9000)
		buf_add(&buf, S("ž"));
	parcel.text = S("one\r\ntwo\rthree\n.\n.\r\nfour");
	parcel.html = buf_str(&buf);
	assert_is_on_the_wire(make());
	parcel.text = STR_EMPTY;
	parcel.html = S("\r");
	assert_is_on_the_wire(make());
}

static void names_and_subjects_keep_their_letters(void **state)
{
	from.name = S("Mestská rada, „Košice“");
	message.to_name = S("محترمہ خان");
	parcel.subject = S("إشعار بالقرار – case 42");
	str head = head_of(make());
	assert_is_on_the_wire(email.bytes);
	assert_has(head, "=?UTF-8?");
	assert_has(head, " <amira@families.example>\r\n");
}

static void nothing_can_make_a_second_header(void **state)
{
	message.to_name = S("Amira\r\nBcc: evil@x.example\n\nbody");
	message.sender = S("A\nX-One: 1");
	parcel.subject = S("S\r\nX-Two: 2\x1b");
	parcel.language = S("en\nX-Three: 3");
	str head = head_of(make());
	assert_is_on_the_wire(email.bytes);
	assert_false(has(head, "\nBcc:"));
	assert_false(has(head, "\nX-"));
	message.email = S("a@x.example>\r\nRCPT TO:<evil@x.example");
	assert_str(email_make(&arena, &parcel, &from, &email), "address_syntax");
}

static void only_what_is_optional_can_be_unsubscribed_from(void **state)
{
	from.unsubscribe = S("https://candour.sheffield.example/stop/");
	assert_false(has(make(), "List-Unsubscribe"));
	message.grade = GRADE_OPTIONAL;
	str head = head_of(make());
	assert_has(head, "\r\nList-Unsubscribe: "
			 "<https://candour.sheffield.example/stop/m0123456789abcdef01234567>,\r\n"
			 " <mailto:candour+unsubscribe@sheffield.example"
			 "?subject=m0123456789abcdef01234567>\r\n");
	assert_has(head, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	from.unsubscribe = STR_EMPTY;
	head = head_of(make());
	assert_has(head, "<mailto:candour+unsubscribe@sheffield.example?subject=m0123456789abcdef");
	assert_false(has(head, "List-Unsubscribe-Post"));
}

static void a_neutral_sender_replaces_the_authority(void **state)
{
	message.sender = S("Sam");
	str head = head_of(make());
	assert_has(head, "From: Sam <candour@sheffield.example>\r\n");
	assert_false(has(head, "Council"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_email_has_the_headers_that_readers_and_machines_want,
				       set_up),
		cmocka_unit_test_setup(the_envelope_names_the_message, set_up),
		cmocka_unit_test_setup(every_try_has_the_same_bytes, set_up),
		cmocka_unit_test_setup(line_ends_are_crlf_and_nothing_else, set_up),
		cmocka_unit_test_setup(names_and_subjects_keep_their_letters, set_up),
		cmocka_unit_test_setup(nothing_can_make_a_second_header, set_up),
		cmocka_unit_test_setup(only_what_is_optional_can_be_unsubscribed_from, set_up),
		cmocka_unit_test_setup(a_neutral_sender_replaces_the_authority, set_up),
	};
	return cmocka_run_group_tests(tests, NULL, clear_arena);
}
