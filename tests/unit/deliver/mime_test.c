#include "deliver/smtp.h"

#include "assert_str.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"

#include <stdlib.h>

static struct arena arena;
static struct message message;
static struct parcel parcel;
static struct email_from from;
static struct email email;
static enum outcome fault;
static char folder[] = "/tmp/candour-mime-XXXXXX";

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
				    .address = S("candour@sheffield.example"),
				    .enclosures = str_of(folder) };
	return 0;
}

static str make(void)
{
	assert_str(email_make(&arena, &parcel, &from, &email, &fault), "");
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

static void the_trace_of_an_event_goes_with_it_and_nothing_that_is_none(void **state)
{
	const char *const bad[] = {
		"", "00-1-2-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\n",
		"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nBcc: x@y"
	};

	message.traceparent = S("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
	assert_has(head_of(make()),
		   "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		message.traceparent = str_of(bad[i]);
		assert_false(has(head_of(make()), "raceparent"));
		assert_false(has(head_of(make()), "Bcc"));
	}
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
	assert_str(email_make(&arena, &parcel, &from, &email, &fault), "address_syntax");
	assert_int_equal(fault, OUTCOME_NEVER_ADDRESS);
}

/* --- what goes with it --------------------------------------------------------------------------- */

static struct enclosure enclosures[4];

static void put_file(const char *name, str bytes)
{
	str path = str_fmt(&arena, "%s/%s", folder, name);
	assert_int_equal(file_write(path, bytes, 0640), OK);
}

static void enclose(const char *id, const char *kind, str bytes)
{
	struct hash hash = hash_one(bytes);
	enclosures[message.n_enclosures++] = (struct enclosure){ .id = str_of(id),
								 .kind = str_of(kind),
								 .sha256 = hash_hex(&arena, &hash),
								 .pages = 1 };
	message.enclosures = enclosures;
}

static void what_is_enclosed_is_attached_under_its_own_name(void **state)
{
	str plan = S("%PDF-1.7\nthe plan\n"), note = S("a note\n");
	put_file("plan-1.pdf", plan);
	put_file("note-1", note);
	enclose("plan-1", "Draft plan", plan);
	enclose("note-1", "Návrh č. 1", note);
	enclose("advice-1", "Advice", S(""));
	enclosures[2].by_service = true;
	str bytes = make();
	assert_is_on_the_wire(bytes);
	assert_has(bytes, "multipart/mixed; boundary=\"=_mba7816bf8f01cfea414140de\"\r\n");
	assert_has(bytes, "multipart/alternative; boundary=\"=_ba7816bf8f01cfea414140de\"\r\n");
	assert_has(bytes, "Content-Type: application/pdf; name=\"Draft plan.pdf\"\r\n");
	assert_has(bytes, "Content-Disposition: attachment; filename=\"Draft plan.pdf\"\r\n");
	/* RFC 2231 */
	assert_has(bytes, "filename*=");
	assert_has(bytes, "\r\nJVBERi0xLjcKdGhlIHBsYW4K\r\n");
	assert_has(bytes, "\r\nYSBub3RlCg==\r\n");
	assert_false(has(bytes, "Advice"));
	assert_true(str_eq(bytes, make()));
}

static void assert_held(const char *code)
{
	assert_str(email_make(&arena, &parcel, &from, &email, &fault), code);
	assert_int_equal(fault, OUTCOME_HELD);
}

static void an_email_never_leaves_without_what_is_enclosed(void **state)
{
	enclose("plan-2", "Plan", S("the plan"));
	assert_held("enclosure_missing");
	put_file("plan-2", S("another"));
	assert_held("enclosure_changed");
	put_file("plan-2", S("the plan"));
	make();
	from.enclosures = STR_EMPTY;
	assert_held("enclosure_folder");
}

static void what_no_relay_takes_goes_another_way(void **state)
{
	size_t n = EMAIL_ENCLOSED_MAX / 2 + 1;
	str half = { TAKE(&arena, char, n), n };
	put_file("half", half);
	enclose("half", "One half", half);
	make();
	enclose("half", "The other", half);
	assert_str(email_make(&arena, &parcel, &from, &email, &fault), "enclosure_too_large");
	assert_int_equal(fault, OUTCOME_NEVER_MESSAGE);
}

static int make_folder(void **state)
{
	return mkdtemp(folder) == NULL ? 1 : 0;
}

static int remove_folder(void **state)
{
	str command = str_fmt(&arena, "rm -rf '%s'", folder);
	int status = system(str_z(&arena, command));
	arena_free(&arena);
	return status;
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
		cmocka_unit_test_setup(the_trace_of_an_event_goes_with_it_and_nothing_that_is_none,
				       set_up),
		cmocka_unit_test_setup(the_envelope_names_the_message, set_up),
		cmocka_unit_test_setup(every_try_has_the_same_bytes, set_up),
		cmocka_unit_test_setup(line_ends_are_crlf_and_nothing_else, set_up),
		cmocka_unit_test_setup(names_and_subjects_keep_their_letters, set_up),
		cmocka_unit_test_setup(nothing_can_make_a_second_header, set_up),
		cmocka_unit_test_setup(only_what_is_optional_can_be_unsubscribed_from, set_up),
		cmocka_unit_test_setup(a_neutral_sender_replaces_the_authority, set_up),
		cmocka_unit_test_setup(what_is_enclosed_is_attached_under_its_own_name, set_up),
		cmocka_unit_test_setup(an_email_never_leaves_without_what_is_enclosed, set_up),
		cmocka_unit_test_setup(what_no_relay_takes_goes_another_way, set_up),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
