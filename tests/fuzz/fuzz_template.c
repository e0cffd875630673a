/*
 * Any text as a template, as a value and as an SMS: nothing crashes, a value never becomes markup,
 * and what was measured once measures the same again.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "words/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;

/* What the door lets in. */
static bool is_text(str text)
{
	if (!utf8_is(text))
		return false;
	for (size_t at = 0; at < text.n;) {
		if (utf8_is_control(utf8_next(text, &at)))
			return false;
	}
	return true;
}

static void try_as_template(str text)
{
	struct findings findings = findings_of(&arena);
	struct template template = { .info = { .name = S("x"), .language = S("en") } };
	template.info.file = S("en/x.md");
	if (!head_read(&arena, &template, text, &findings))
		return;
	struct part part = { .name = S("p"), .file = S("parts/p.md") };
	part.text = template.body.text;
	template.sms = (struct source){ .file = S("en/x.sms.txt"), .text = part.text, .line = 1 };
	template.info.has_sms = true;
	template.body_tags = mustache_parse(&arena, &template.body, &part, &findings);
	template.title_tags = mustache_parse(&arena, &template.title, NULL, &findings);
	template.sms_tags = mustache_parse(&arena, &template.sms, NULL, &findings);
	uses_collect(&arena, template.body_tags, &template.uses, &template.n_uses);
	template_check(&arena, &template, &findings);
	template_try(&arena, &template, &findings);
}

static size_t count_opened(str html)
{
	size_t n = 0;
	for (size_t i = 0; i < html.n; i++)
		n += html.p[i] == '<';
	return n;
}

static size_t count_tags_around(str value)
{
	struct tag tag = { .kind = TAG_VALUE, .text = S("event.x"), .file = S("t.md") };
	struct used used = { .text = value, .tag = &tag };
	const struct wording wording = {
		.text = S("## Dear\n\n- **" PLACEHOLDER_OPEN "0" PLACEHOLDER_CLOSE "** x\n"),
		.used = &used,
		.n_used = 1,
	};
	struct passage *passages = NULL;
	str why = STR_EMPTY;
	require(passages_read(&arena, &wording, false, &passages, &why));
	const struct page page = { .title = value, .language = S("en"), .passages = passages };
	plain_write(&arena, &page);
	letter_write(&arena, &page);
	return count_opened(html_write(&arena, &page));
}

static void try_as_value(str text)
{
	/* One line, with a letter at each end so that there is something to show. */
	struct buf buf = buf_of(&arena, text.n + 2);
	buf_byte(&buf, 'a');
	for (size_t i = 0; i < text.n; i++)
		buf_byte(&buf, text.p[i] == '\n' ? ' ' : text.p[i]);
	buf_byte(&buf, 'b');
	require(count_tags_around(buf_str(&buf)) == count_tags_around(S("ab")));
	revealing_word(text);
	literal_date(text);
}

static void try_as_sms(str text)
{
	struct sms_measure once, again;
	if (!sms_measure(&arena, text, &once))
		return;
	require(sms_measure(&arena, once.text, &again));
	require(str_eq(once.text, again.text) && once.units == again.units &&
		once.segments == again.segments && once.encoding == again.encoding);
	int part = once.encoding == SMS_GSM7 ? 153 : 67;
	require(once.segments == 1 || once.segments * part >= once.units);
	require(once.segments == 1 || (once.segments - 1) * (part - 1) < once.units);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = { (const char *)data, size };
	if (size > 8192 || !is_text(text))
		return 0;
	try_as_template(text);
	try_as_value(text);
	try_as_sms(text);
	arena_clear(&arena);
	return 0;
}
