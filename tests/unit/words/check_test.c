#include "words/inner.h"

#include "unit/words/bench.h"

/* Reads a folder with the template that every folder needs, and these files. */
struct file {
	const char *name, *text;
};

static const struct words *read_files(const struct file *files, size_t n,
				      struct findings *out_findings)
{
	str folder = make_folder();
	put_safe(folder);
	for (size_t i = 0; i < n; i++)
		put_file(folder, files[i].name, files[i].text);
	*out_findings = findings_of(&arena);
	const struct words *words = words_read(&arena, folder, out_findings);
	remove_folder(folder);
	return words;
}

#define HEAD "---\ntitle: A title\ngrade: information\n"

struct row {
	const char *text, *code;
	int line;
};

/* Each is en/x.md, or en/x.sms.txt beside a good one; each has one mistake. */
static void check_rows(const struct row *rows, size_t n, bool sms)
{
	for (size_t i = 0; i < n; i++) {
		const struct file files[] = {
			{ "en/x.md", sms ? HEAD "---\nText\n" : rows[i].text },
			{ "en/x.sms.txt", rows[i].text },
		};
		struct findings findings;
		assert_null(read_files(files, sms ? 2 : 1, &findings));
		assert_finding(&findings, sms ? "/en/x.sms.txt" : "/en/x.md", rows[i].line,
			       rows[i].code);
	}
}

static void mistakes_in_a_template_are_found_with_file_and_line(void **state)
{
	static const struct row rows[] = {
		{ "Text without head", "template_head", 1 },
		{ "---\ntitle: T\ngrade: information\n", "template_head", 1 },
		{ "---\ngrade: information\n---\nText", "template_head", 1 },
		{ "---\ntitle: T\n---\nText", "template_head", 1 },
		{ "---\ntitle: T\ngrade: loud\n---\nText", "template_head", 3 },
		{ HEAD "colour: red\n---\nText", "template_head", 4 },
		{ HEAD "blocks: [reason]\n---\nText", "template_head", 4 },
		{ HEAD "blocks: next\n---\nText", "template_head", 4 },
		{ HEAD "promises: action\n---\nText", "template_head", 4 },
		{ HEAD "adverse: perhaps\n---\nText", "template_head", 4 },
		{ HEAD "sms_segments: 9\n---\nText", "template_head", 4 },
		{ HEAD "sample: x\n---\nText", "template_head", 4 },
		{ HEAD "---\nOne\n\n{{contact.name}}\n", "template_tag", 7 },
		{ HEAD "---\n{{owner}}\n", "template_tag", 5 },
		{ HEAD "---\n\n{{name", "template_tag", 6 },
		{ HEAD "---\n{{#owner.job}}\n", "template_section", 5 },
		{ HEAD "---\n{{> gone}}\n", "template_part", 5 },
		{ HEAD "---\n\n> a\n", "template_markdown", 6 },
		{ HEAD "---\n| a | b |\n| --- | --- |\n{{#event.x}}\n| {{.}} |\n{{/event.x}}\n",
		  "template_markdown", 8 },
		{ HEAD "---\n{{#owner.job}}\n<b>\n{{/owner.job}}\n", "template_markdown", 6 },
		{ HEAD "---\n# One\n", "template_heading", 5 },
		{ HEAD "---\n[a](http://b.example)\n", "template_link", 5 },
		{ HEAD "blocks: [next]\n---\nText", "template_block", 1 },
		{ "---\ntitle: T\ngrade: formal\n---\nText", "template_block", 1 },
		{ HEAD "promises: [plan-final]\n---\nText", "template_date", 1 },
		{ HEAD "---\nBy\n{{promise.plan-final}}", "template_date", 6 },
		{ HEAD "---\nPlease reply\nby 12 January.\n", "template_date", 6 },
		{ HEAD "---\n{{event.reason}}\n", "template_sample", 0 },
		{ HEAD "blocks: [next]\n---\n{{! block: next }}\n## Next\n", "template_sample", 0 },
		{ "---\ntitle: Your school place\ngrade: alert\n---\nText", "template_title", 2 },
		{ "---\ngrade: alert\ntitle: \"On {{event.on}}\"\n---\nText", "template_title", 3 },
	};
	check_rows(rows, sizeof rows / sizeof rows[0], false);
}

static void an_sms_is_checked_for_what_it_says_and_how_long_it_is(void **state)
{
	static const struct row rows[] = {
		{ "Your EHC plan is here", "template_sms", 1 },
		{ "One\nThe SEND team", "template_sms", 2 },
		{ "We did it: {{action.what}}", "template_sms", 1 },
		{ "Reply by 3/12", "template_date", 1 },
		{ "We agreed:\n| What | Who |\n| --- | --- |\n| a | b |", "template_sms", 2 },
		{ "What | Who\n--- | ---\na | b", "template_sms", 2 },
		{ "{{nobody.phone}}", "template_tag", 1 },
		/* two segments for Alex Smith, three for somebody with a long name */
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa {{recipient.name}}",
		  "template_sms", 0 },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  "template_sms", 0 },
	};
	check_rows(rows, sizeof rows / sizeof rows[0], true);
}

static void a_notice_with_a_right_to_appeal_has_what_the_law_wants(void **state)
{
	const struct file file = { "en/x.md",
				   "---\ntitle: T\ngrade: formal\nadverse: yes\n"
				   "blocks: [named_contact, next, formats]\n---\n"
				   "{{! block: named_contact }}\na\n{{! block: next }}\nb\n"
				   "{{! block: formats }}\nc {{right.appeal}}\n" };
	struct findings findings;
	assert_null(read_files(&file, 1, &findings));
	assert_int_equal(findings.errors, 6);
	assert_finding(&findings, "/x.md", 1, "template_block");
}

static void mistakes_in_the_words_of_a_language_are_found(void **state)
{
	static const struct {
		const char *text;
		int line;
	} rows[] = {
		{ "reviewed_by: A\npage: Page", 2 },
		{ "weekdays: [a, b]", 1 },
		{ "months: [a]", 1 },
		{ "months: x", 1 },
		{ "date: \"{day} {month}\"", 1 },
		{ "date: \"{day} {month} {year}\"", 1 },
		{ "digits: 123", 1 },
		{ "phone_label: [a]", 1 },
		{ "colour: red", 1 },
		{ "- a", 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct file file = { "sk/words.yaml", rows[i].text };
		struct findings findings;
		assert_null(read_files(&file, 1, &findings));
		assert_finding(&findings, "/sk/words.yaml", rows[i].line, "template_words");
	}
	const struct file unread[] = { { "sk/words.yaml", "phone_label: T" },
				       { "sk/x.md", HEAD "---\nText" } };
	struct findings warnings;
	(void)read_files(unread, 2, &warnings);
	assert_finding(&warnings, "/sk/words.yaml", 1, "template_unread");
	assert_finding(&warnings, "/sk/x.md", 1, "template_unread");
	const struct file english = { "en/words.yaml", "page: x" };
	struct findings findings;
	assert_null(read_files(&english, 1, &findings));
	assert_finding(&findings, "/en/words.yaml", 0, "template_file");
}

static void files_that_have_no_place_are_told(void **state)
{
	static const struct file files[] = {
		{ "en/x.txt", "a" },
		{ "en/y.sms.txt", "a" },
		{ "en/parts/z.txt", "a" },
		{ "sk/w.md", HEAD "---\nText\n" },
		{ "en/v.md", HEAD "---\n\xff\n" },
		{ "en/u.md", HEAD "---\n\xEF\xB7\x90\n" },
	};
	struct findings findings;
	assert_null(read_files(files, 6, &findings));
	assert_finding(&findings, "/en/x.txt", 0, "template_file");
	assert_finding(&findings, "/en/y.sms.txt", 0, "template_file");
	assert_finding(&findings, "/en/parts/z.txt", 0, "template_file");
	assert_finding(&findings, "/sk/w.md", 0, "template_translation");
	assert_finding(&findings, "/en/v.md", 0, "template_file");
	assert_finding(&findings, "/en/u.md", 5, "template_file");
}

static void a_mistake_in_a_part_is_told_once(void **state)
{
	static const struct file files[] = {
		{ "en/parts/p.md", "a\n{{nobody.name}} on 3 May\n" },
		{ "en/a.md", HEAD "---\n{{> p}}\n" },
		{ "en/b.md", HEAD "---\n{{> p}}\n" },
	};
	struct findings findings;
	assert_null(read_files(files, 3, &findings));
	assert_int_equal(findings.errors, 2);
	assert_finding(&findings, "/parts/p.md", 2, "template_tag");
	assert_finding(&findings, "/parts/p.md", 2, "template_date");
}

static void a_long_sentence_is_a_warning_but_not_in_a_legal_block(void **state)
{
	static const char words[] =
		"one two three four five six seven eight nine ten one two three "
		"four five six seven eight nine ten one two three four five six.\n";
	const struct file file = {
		"en/x.md",
		str_z(&arena,
		      str_fmt(&arena,
			      HEAD "blocks: [next, limits]\n---\n{{! block: next }}\nShort. "
				   "Short.\n\n%s\n{{! block: limits }}\n%s",
			      words, words))
	};
	struct findings findings;
	assert_non_null(read_files(&file, 1, &findings));
	assert_int_equal(findings.n, 1);
	assert_true(findings.list[0].warning);
	assert_finding(&findings, "/x.md", 9, "template_sentence");
}

static void a_text_that_is_hard_to_read_is_a_warning(void **state)
{
	static const struct {
		const char *words;
		bool hard;
	} rows[] = {
		{ "We have your letter. We will call you soon. You do not need to do a thing. "
		  "If you want to talk, ring us. We are here each day. We can meet you at home, "
		  "too.\n",
		  false },
		{ "Notwithstanding administrative particularities, multidisciplinary "
		  "consultations necessitate comprehensive documentation of supplementary "
		  "educational provision. Practitioners subsequently communicate "
		  "recommendations concerning developmental considerations. Implementation "
		  "responsibilities accordingly transfer to commissioning organisations "
		  "following determinations concerning proportionality requirements.\n",
		  true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		str text = str_fmt(&arena, HEAD "---\n%s", rows[i].words);
		const struct file file = { "en/x.md", str_z(&arena, text) };
		struct findings findings;
		assert_non_null(read_files(&file, 1, &findings));
		assert_int_equal(findings.n, rows[i].hard ? 1 : 0);
		if (rows[i].hard)
			assert_finding(&findings, "/x.md", 1, "template_reading");
	}
}

static void a_good_folder_is_read_whole(void **state)
{
	static const struct file files[] = {
		{ "en/x.md",
		  "---\ntitle: Hello\ngrade: formal\nblocks: [named_contact, next, formats]\n"
		  "promises: [plan-final]\nsample:\n  promise: {plan-final: 2026-12-14}\n---\n"
		  "{{! block: named_contact }}\n{{owner.name}}\n{{! block: next }}\n"
		  "{{#promise.plan-final}}By {{promise.plan-final}}{{/promise.plan-final}}\n"
		  "{{! block: formats }}\n{{> p}}\n" },
		{ "en/x.sms.txt", "Hello {{recipient.name}}\n" },
		{ "en/parts/p.md", "Large print\n" },
	};
	struct findings findings;
	const struct words *words = read_files(files, 3, &findings);
	assert_non_null(words);
	assert_int_equal(findings.n, 0);
	const struct template_info *info = words_find(words, S("x"));
	assert_non_null(info);
	assert_str(info->title, "Hello");
	assert_int_equal(info->grade, GRADE_FORMAL);
	assert_true(info->has_sms && info->reviewed && info->blocks[BLOCK_NEXT]);
	assert_int_equal(info->n_promises, 1);
	assert_int_equal(info->version.n, 12);
	assert_null(words_find(words, S("y")));
}

static void the_version_follows_every_file_that_a_template_is_made_of(void **state)
{
	static const char *const parts[] = { "one\n", "two\n" };
	str versions[2];
	for (size_t i = 0; i < 2; i++) {
		const struct file files[] = { { "en/x.md", HEAD "---\n{{> p}}\n" },
					      { "en/parts/p.md", parts[i] } };
		struct findings findings;
		const struct words *words = read_files(files, 2, &findings);
		assert_non_null(words);
		versions[i] = words_find(words, S("x"))->version;
	}
	assert_false(str_eq(versions[0], versions[1]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(mistakes_in_a_template_are_found_with_file_and_line, begin),
		cmocka_unit_test_setup(an_sms_is_checked_for_what_it_says_and_how_long_it_is,
				       begin),
		cmocka_unit_test_setup(a_notice_with_a_right_to_appeal_has_what_the_law_wants,
				       begin),
		cmocka_unit_test_setup(mistakes_in_the_words_of_a_language_are_found, begin),
		cmocka_unit_test_setup(files_that_have_no_place_are_told, begin),
		cmocka_unit_test_setup(a_mistake_in_a_part_is_told_once, begin),
		cmocka_unit_test_setup(a_long_sentence_is_a_warning_but_not_in_a_legal_block,
				       begin),
		cmocka_unit_test_setup(a_text_that_is_hard_to_read_is_a_warning, begin),
		cmocka_unit_test_setup(a_good_folder_is_read_whole, begin),
		cmocka_unit_test_setup(the_version_follows_every_file_that_a_template_is_made_of,
				       begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
