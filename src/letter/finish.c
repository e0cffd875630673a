/*
 * What Cairo 1.16 cannot say, said in the file that it wrote: the language of the document and of its parts,
 * the text behind glyphs that do not tell it, the words for a picture, and that readers show the title.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "letter/inner.h"
#include "letter/pdf.h"

/* ---- texts ------------------------------------------------------------------------------------------ */

static void add_byte(struct buf *buf, unsigned byte)
{
	/* A bare line end would be read as "\n", whichever it is. */
	if (byte == '(' || byte == ')' || byte == '\\')
		buf_byte(buf, '\\');
	if (byte == '\r')
		buf_add(buf, S("\\r"));
	else
		buf_byte(buf, (char)(unsigned char)byte);
}

static void add_unit(struct buf *buf, uint32_t unit)
{
	add_byte(buf, unit >> 8 & 0xFF);
	add_byte(buf, unit & 0xFF);
}

/* A text string (ISO 32000-1, 7.9.2.2): ASCII, or else UTF-16 behind its mark. */
static void add_text(struct buf *buf, const char *key, str text)
{
	const bool ascii = str_is_ascii(text);
	buf_fmt(buf, "   /%s (%s", key, ascii ? "" : "\xFE\xFF");
	for (size_t at = 0; at < text.n;) {
		const uint32_t c = utf8_next(text, &at);
		if (ascii) {
			add_byte(buf, c);
		} else if (c < 0x10000) {
			add_unit(buf, c);
		} else {
			add_unit(buf, 0xD800 + ((c - 0x10000) >> 10));
			add_unit(buf, 0xDC00 + ((c - 0x10000) & 0x3FF));
		}
	}
	buf_add(buf, S(")\n"));
}

/* ---- objects ---------------------------------------------------------------------------------------- */

#define TEXTS_MAX (2 * LETTER_PDF_MAX)

/* A dictionary that ends with ">>" gets more entries. */
static bool extend(struct arena *arena, struct pdf_object *object, const struct buf *entries)
{
	const str end = S(">>\n");
	if (object->is_stream || entries->too_long || !str_ends(object->body, end))
		return false;
	const str begin = str_slice(object->body, 0, object->body.n - end.n);
	object->body = str_join(arena, begin, str_join(arena, buf_str(entries), end));
	return true;
}

/* Its tag, when it is an element of the structure. */
static bool is_element(const struct pdf_object *object, str *tag)
{
	const str begin = S("<< /Type /StructElem\n   /S /");
	str rest;
	return str_starts(object->body, begin) &&
	       str_cut(str_slice(object->body, begin.n, object->body.n), '\n', tag, &rest);
}

static bool say(struct arena *arena, struct pdf_object *object, const struct element *element)
{
	struct buf entries = buf_of(arena, TEXTS_MAX);
	if (element->language != NULL)
		add_text(&entries, "Lang", str_of(element->language));
	if (element->actual.n > 0)
		add_text(&entries, "ActualText", element->actual);
	if (element->alt.n > 0)
		add_text(&entries, "Alt", element->alt);
	if (str_eq(str_of(element->tag), S("TH")))
		buf_add(&entries, S("   /A << /O /Table /Scope /Column >>\n"));
	return entries.n == 0 || extend(arena, object, &entries);
}

/* Cairo writes elements in the order in which they began. */
static bool say_all(struct arena *arena, struct pdf *pdf, const struct element *element)
{
	str tag;
	for (size_t i = 0; i < pdf->n; i++) {
		if (!is_element(&pdf->objects[i], &tag))
			continue;
		if (element == NULL || !str_eq(tag, str_of(element->tag)) ||
		    !say(arena, &pdf->objects[i], element))
			return false;
		element = element->next;
	}
	return element == NULL;
}

static bool set_document(const struct letter *letter, struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->n; i++) {
		if (pdf->objects[i].number != pdf->root)
			continue;
		struct buf buf = buf_of(letter->arena, TEXTS_MAX);
		add_text(&buf, "Lang", letter->language->tag);
		buf_add(&buf, S("   /ViewerPreferences << /DisplayDocTitle true >>\n"));
		return extend(letter->arena, &pdf->objects[i], &buf);
	}
	return false;
}

bool finish(struct letter *letter, str bytes, const struct element *elements, str *out)
{
	struct pdf pdf;
	if (!pdf_read(letter->arena, bytes, &pdf) || !say_all(letter->arena, &pdf, elements) ||
	    !set_document(letter, &pdf))
		return letter_refuse(letter, LETTER_FAILED,
				     S("the PDF's structure is not what was drawn"));
	if (!pdf_write(letter->arena, &pdf, LETTER_PDF_MAX, out))
		return letter_refuse(letter, LETTER_TOO_LARGE, S("the PDF is larger than 2 MiB"));
	return true;
}
