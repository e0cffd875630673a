#include "letter/pdf.h"

#include "base/arena.h"
#include "unit/base/check.h"

/* Cairo's files, taken apart and put together. Whether others can read what comes out is asked of qpdf
 * and poppler in tests/whole/pages.py. */

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

#define HEAD "%PDF-1.5\n%\xB5\xED\xAE\xFB\n"

static const char *const objects[] = {
	("3 0 obj\n<< /Length 4 0 R\n   /Filter /FlateDecode\n>>\nstream\nendobj\n>> endstream\n"
	 "\nendstream\nendobj\n"),
	"4 0 obj\n   20\nendobj\n",
	"2 0 obj\n<< /Type /Page %1\n   /Parent 1 0 R\n   /Contents 3 0 R\n>>\nendobj\n",
	"1 0 obj\n<< /Type /Pages\n   /Kids [ 2 0 R ]\n   /Count 1\n>>\nendobj\n",
	"5 0 obj\n<< /Producer (2 0 obj\nendobj\n)\n>>\nendobj\n",
	"6 0 obj\n<< /Type /Catalog\n   /Pages 1 0 R\n>>\nendobj\n",
};

/* A file of these objects as Cairo writes it, with the first `from` in it made `to`. */
static str file_of(const char *from, const char *to)
{
	const size_t n = sizeof objects / sizeof objects[0];
	size_t places[8] = { 0 };
	struct buf buf = buf_of(&arena, 4096);
	buf_add(&buf, S(HEAD));
	for (size_t i = 0; i < n; i++) {
		places[objects[i][0] - '0'] = buf.n;
		buf_add(&buf, str_of(objects[i]));
	}
	const size_t table = buf.n;
	buf_fmt(&buf, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
	for (size_t i = 1; i <= n; i++)
		buf_fmt(&buf, "%010zu 00000 n \n", places[i]);
	buf_fmt(&buf, "trailer\n<< /Size %zu\n   /Root 6 0 R\n   /Info 5 0 R\n>>\n", n + 1);
	buf_fmt(&buf, "startxref\n%zu\n%%%%EOF\n", table);
	const str all = buf_str(&buf);
	const size_t at = str_find(all, str_of(from));
	assert_true(at < all.n);
	return str_join(&arena, str_join(&arena, str_slice(all, 0, at), str_of(to)),
			str_slice(all, at + strlen(from), all.n));
}

static void objects_end_where_the_table_says(void **state)
{
	struct pdf pdf;
	assert_true(pdf_read(&arena, file_of("", ""), &pdf));
	assert_int_equal(pdf.n, 6);
	assert_int_equal(pdf.size, 7);
	assert_int_equal(pdf.root, 6);
	assert_int_equal(pdf.info, 5);
	assert_int_equal(pdf.objects[0].number, 3);
	assert_true(pdf.objects[0].is_stream);
	assert_true(str_eq(pdf.objects[0].stream, S("endobj\n>> endstream\n")));
	assert_true(str_eq(pdf.objects[0].body, S("<< /Length 20\n   /Filter /FlateDecode\n>>")));
	assert_true(pdf.objects[1].left_out);
	assert_true(str_eq(pdf.objects[4].body, S("<< /Producer (2 0 obj\nendobj\n)\n>>\n")));
}

static void streams_stay_as_they_are(void **state)
{
	struct pdf pdf;
	str out;
	assert_true(pdf_read(&arena, file_of("", ""), &pdf));
	assert_true(pdf_write(&arena, &pdf, 4096, &out));
	assert_true(str_starts(out, S(HEAD "3 0 obj\n<< /Length 20\n   /Filter /FlateDecode\n>>\n"
					   "stream\nendobj\n>> endstream\n\nendstream\nendobj\n"
					   "7 0 obj\n<< /Type /ObjStm /N 4 ")));
	assert_true(str_find(out, S("/Root 6 0 R /Info 5 0 R")) < out.n);
	assert_false(pdf_write(&arena, &pdf, out.n - 1, &out));
}

static void what_cairo_does_not_write_is_refused(void **state)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{ "%PDF-1.5", "%PDF-1.7" },
		{ "%\xB5", "% \xB5" },
		{ "3 0 obj\n", "8 0 obj\n" },
		{ "3 0 obj\n", "3 1 obj\n" },
		{ "4 0 R", "9 0 R" },
		{ "4 0 R", "0 0 R" },
		{ "4 0 R", "2 0 R" },
		{ "/Length 4 0 R", "/Filter 4 0 R" },
		{ "   20\nendobj", "   21\nendobj" },
		{ "   20\nendobj", "   20\nendorb" },
		{ "   20\nendobj", "   20 \nendobj" },
		{ "/Root 6", "/Root 4" },
		{ "/Info 5", "/Info 4" },
		{ "\nstream", "\nbrooks" },
		{ "xref\n0 7", "xref\n0 6" },
		{ "xref\n0 7", "xref\n0 9" },
		{ "xref\n0 7", "xref\n1 7" },
		{ "65535 f", "65535 n" },
		{ "00000 n \n", "00001 n \n" },
		{ "00000 n \n", "00000 f \n" },
		{ "/Size 7", "/Size 8" },
		{ "/Root 6", "/Root 7" },
		{ "/Info 5", "/Prev 5" },
		{ "startxref\n", "startxref\n9" },
		{ "%%EOF\n", "%%EOF\n%%EOF\n" },
	};
	struct pdf pdf;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		if (pdf_read(&arena, file_of(changes[i].from, changes[i].to), &pdf))
			fail_msg("'%s' for '%s' was read", changes[i].to, changes[i].from);
	}
	const str all = file_of("", "");
	for (size_t n = 0; n < all.n; n++)
		assert_false(pdf_read(&arena, str_slice(all, 0, n), &pdf));
}

/* Of the bytes of a file, one after the other: no harm is done, whatever one is. */
static void a_wrong_byte_does_no_harm(void **state)
{
	static const char bytes[] = { 0, '0', '9', ' ', '\n', 'x', '\xFF' };
	const str all = file_of("", "");
	for (size_t at = 0; at < all.n; at++) {
		for (size_t i = 0; i < sizeof bytes; i++) {
			const str with = { &bytes[i], 1 };
			struct pdf pdf;
			str out;
			const str file = str_join(&arena,
						  str_join(&arena, str_slice(all, 0, at), with),
						  str_slice(all, at + 1, all.n));
			if (pdf_read(&arena, file, &pdf))
				assert_true(pdf_write(&arena, &pdf, 4096, &out));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(objects_end_where_the_table_says, end),
		cmocka_unit_test_teardown(streams_stay_as_they_are, end),
		cmocka_unit_test_teardown(what_cairo_does_not_write_is_refused, end),
		cmocka_unit_test_teardown(a_wrong_byte_does_no_harm, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
