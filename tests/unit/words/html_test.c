#include "words/inner.h"

#include "unit/words/bench.h"

static struct run text_of(const char *text)
{
	return (struct run){ .text = str_of(text) };
}

static void everything_is_escaped(void **state)
{
	struct run run = text_of("<b> & \"x\" 'y'");
	run.href = S("https://a.example/?a=1&b='2'");
	const struct passage paragraph = { .kind = PASSAGE_PARAGRAPH, .runs = &run };
	const struct page page = { .title = S("</title><script>"),
				   .language = S("en"),
				   .passages = &paragraph };
	str html = html_write(&arena, &page);
	assert_has(html, "<title>&lt;/title&gt;&lt;script&gt;</title>");
	assert_has(html, "<a href=\"https://a.example/?a=1&amp;b=&#39;2&#39;\">"
			 "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</a>");
	assert_false(has(html, "<script>"));
}

static void the_document_says_its_language_and_direction(void **state)
{
	struct page page = { .title = S("T"), .language = S("ur") };
	str html = html_write(&arena, &page);
	assert_true(str_starts(html, S("<!DOCTYPE html>\n<html lang=\"ur\" dir=\"rtl\">")));
	page.language = S("sk");
	assert_has(html_write(&arena, &page), "<html lang=\"sk\" dir=\"ltr\">");
	assert_has(html_write(&arena, &page), "color-scheme");
}

static void headings_and_lists_are_real_ones(void **state)
{
	struct run a = text_of("A"), b = text_of("B"), c = text_of("C");
	b.strong = true;
	struct passage inner = { .kind = PASSAGE_PARAGRAPH, .runs = &b };
	struct passage item = { .kind = PASSAGE_ITEM, .inside = &inner };
	struct passage rule = { .kind = PASSAGE_RULE };
	struct passage list = { .next = &rule,
				.kind = PASSAGE_LIST,
				.ordered = true,
				.tight = true,
				.start = 3,
				.inside = &item };
	struct passage heading = { .next = &list, .kind = PASSAGE_HEADING, .level = 2, .runs = &a };
	const struct page page = { .title = S("T"), .language = S("en"), .passages = &heading };
	str html = html_write(&arena, &page);
	assert_has(html, ">T</h1>");
	assert_has(html, ">A</h2>");
	assert_has(html,
		   "<ol start=\"3\">\n<li style=\"margin:0 0 0.5em\"><strong>B</strong></li>");
	assert_has(html, "<hr>");
	inner.runs = &c;
	list.tight = false;
	assert_has(html_write(&arena, &page), "<p style=\"margin:0 0 1em\">C</p>\n</li>");
}

static void large_print_is_large_in_email_too(void **state)
{
	struct page page = { .title = S("T"),
			     .language = S("en"),
			     .format = FORMAT_LARGE_PRINT_24 };
	assert_has(html_write(&arena, &page), "font-size:24pt");
	page.format = FORMAT_STANDARD;
	assert_has(html_write(&arena, &page), "font-size:14pt");
}

static void a_table_is_a_real_one_and_tells_its_columns_on_a_narrow_screen(void **state)
{
	const struct wording wording = {
		.text = S("| What | By |\n| --- | --: |\n| <b\\> & [us](tel:0114) | 5 |\n| x |  |")
	};
	struct passage *passages = NULL;
	str why = STR_EMPTY;
	assert_true(passages_read(&arena, &wording, false, &passages, &why));
	struct page page = { .title = S("T"), .language = S("en"), .passages = passages };
	str html = html_write(&arena, &page);
	assert_has(html, "<th scope=\"col\" role=\"columnheader\"");
	assert_has(html, "text-align:end\">By</th></tr>\n</thead>\n<tbody role=\"rowgroup\">");
	assert_has(html, "<strong class=\"head\" style=\"display:none\">What: </strong>"
			 "&lt;b&gt; &amp; <a href=\"tel:0114\">us</a></td>");
	assert_has(html, "text-align:end\"></td></tr>\n</tbody>\n</table>");
	/* Two columns want 2 x 9 em of 14 points. */
	assert_has(html, "@media(max-width:336px){");
	page.format = FORMAT_LARGE_PRINT_28;
	assert_has(html_write(&arena, &page), "@media(max-width:672px){");
	page.passages = NULL;
	assert_false(has(html_write(&arena, &page), "@media"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(everything_is_escaped, begin),
		cmocka_unit_test_setup(the_document_says_its_language_and_direction, begin),
		cmocka_unit_test_setup(headings_and_lists_are_real_ones, begin),
		cmocka_unit_test_setup(large_print_is_large_in_email_too, begin),
		cmocka_unit_test_setup(
			a_table_is_a_real_one_and_tells_its_columns_on_a_narrow_screen, begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
