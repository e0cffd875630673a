/*
 * What Cairo 1.16 cannot say, said with libqpdf: the language of the document and of its parts, the text
 * behind glyphs that do not tell it, the words for a picture, and that readers show the title.
 */
#include <qpdf/qpdf-c.h>

#include "base/arena.h"
#include "letter/inner.h"

#define STRUCTURE_DEPTH_MAX 64

struct finish {
	struct letter *letter;
	qpdf_data q;
	const struct element *next; /* that is expected in the structure */
	bool unlike;                /* the structure is not what was drawn */
};

static void set_text(struct finish *finish, qpdf_oh dictionary, const char *key, str text)
{
	const qpdf_oh value = qpdf_oh_new_unicode_string(finish->q,
							 str_z(finish->letter->arena, text));
	qpdf_oh_replace_key(finish->q, dictionary, key, value);
}

/* Each handle costs as much as a line of text: as few as can be. */
static void say(struct finish *finish, qpdf_oh node, qpdf_oh tag)
{
	const struct element *element = finish->next;
	if (element == NULL || qpdf_oh_get_type_code(finish->q, tag) != ot_name ||
	    !str_eq(str_of(qpdf_oh_get_name(finish->q, tag) + 1), str_of(element->tag))) {
		finish->unlike = true;
		return;
	}
	if (element->language != NULL)
		set_text(finish, node, "/Lang", str_of(element->language));
	if (element->actual.n > 0)
		set_text(finish, node, "/ActualText", element->actual);
	if (element->alt.n > 0)
		set_text(finish, node, "/Alt", element->alt);
	finish->next = element->next;
}

/* The structure in reading order: elements are dictionaries that have /S; what else there is are contents. */
static void walk(struct finish *finish, qpdf_oh node, int depth)
{
	qpdf_data q = finish->q;
	const enum qpdf_object_type_e type = qpdf_oh_get_type_code(q, node);
	if (depth > STRUCTURE_DEPTH_MAX) {
		finish->unlike = true;
		return;
	}
	if (type == ot_array) {
		const int n = qpdf_oh_get_array_n_items(q, node);
		for (int i = 0; i < n && !finish->unlike; i++)
			walk(finish, qpdf_oh_get_array_item(q, node, i), depth + 1);
	}
	if (type != ot_dictionary)
		return;
	const qpdf_oh tag = qpdf_oh_get_key(q, node, "/S");
	if (qpdf_oh_get_type_code(q, tag) == ot_null)
		return;
	say(finish, node, tag);
	walk(finish, qpdf_oh_get_key(q, node, "/K"), depth + 1);
}

static void set_document(struct finish *finish, qpdf_oh root)
{
	qpdf_data q = finish->q;
	const struct item *item = finish->letter->items;
	/* Large print begins with a part in English: the letter's own language is that of its words. */
	for (bool first = letter_is_large(finish->letter); item != NULL; item = item->next) {
		if (item->kind != ITEM_OPEN || item->language == NULL)
			continue;
		if (!first)
			break;
		first = false;
	}
	set_text(finish, root, "/Lang", str_of(item != NULL ? item->language : "en"));
	qpdf_oh_replace_key(q, root, "/ViewerPreferences",
			    qpdf_oh_parse(q, "<< /DisplayDocTitle true >>"));
}

static bool write_out(struct finish *finish, str *out)
{
	qpdf_data q = finish->q;
	if (qpdf_init_write_memory(q) != QPDF_SUCCESS)
		return false;
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_stream_data_mode(q, qpdf_s_preserve);
	qpdf_set_object_stream_mode(q, qpdf_o_generate);
	if (qpdf_write(q) != QPDF_SUCCESS)
		return false;
	const str bytes = { (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q) };
	*out = str_copy(finish->letter->arena, bytes);
	return true;
}

static bool mend(struct finish *finish, str pdf, str *out)
{
	qpdf_data q = finish->q;
	if (qpdf_read_memory(q, "letter", pdf.p, pdf.n, NULL) != QPDF_SUCCESS)
		return false;
	const qpdf_oh root = qpdf_get_root(q);
	walk(finish, qpdf_oh_get_key(q, qpdf_oh_get_key(q, root, "/StructTreeRoot"), "/K"), 0);
	if (finish->unlike || finish->next != NULL)
		return false;
	set_document(finish, root);
	return write_out(finish, out);
}

bool finish(struct letter *letter, str pdf, const struct element *elements, str *out)
{
	struct finish finish = { .letter = letter, .q = qpdf_init(), .next = elements };
	qpdf_set_suppress_warnings(finish.q, QPDF_TRUE);
	qpdf_silence_errors(finish.q);
	bool fine = mend(&finish, pdf, out) && !qpdf_has_error(finish.q);
	qpdf_cleanup(&finish.q);
	if (!fine)
		return letter_refuse(letter, LETTER_FAILED,
				     S("the PDF's structure is not what was drawn"));
	if (out->n > LETTER_PDF_MAX)
		return letter_refuse(letter, LETTER_TOO_LARGE, S("the PDF is larger than 2 MiB"));
	return true;
}
