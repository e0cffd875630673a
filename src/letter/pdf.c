/*
 * PDF files as Cairo 1.16 writes them: taken apart into their objects, and put together again.
 *
 * This is no reader of PDFs: what is not exactly as Cairo writes it is refused. An object is where the
 * table at the end says, and goes on to where the next one begins, so no text inside can pass for an end.
 * Written anew, streams stay as they are, and all other objects are packed together (ISO 32000-1, 7.5.7 and
 * 7.5.8): the structure of a letter is some hundred small ones.
 */
#include <stdlib.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "letter/pdf.h"

#define HEADER "%PDF-1.5\n%\xB5\xED\xAE\xFB\n"
#define ENTRY_BYTES 20 /* of the table */
#define OBJECT_BYTES_MIN 10
#define ID_BYTES 16
#define PACKED_MAX 0xFFFF /* objects: two bytes of the table say which one is meant */

/* ---- reading ---------------------------------------------------------------------------------------- */

/* Each takes what must stand at the beginning of *rest, and moves it behind that. */

static bool take(str *rest, str word)
{
	if (!str_starts(*rest, word))
		return false;
	*rest = str_slice(*rest, word.n, rest->n);
	return true;
}

static bool take_number(str *rest, size_t most, size_t *out)
{
	size_t n = 0, number = 0;
	for (; n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9'; n++) {
		number = number * 10 + (size_t)(rest->p[n] - '0');
		if (number > most)
			return false;
	}
	*out = number;
	*rest = str_slice(*rest, n, rest->n);
	return n > 0;
}

/* Where the table is. */
static bool find_table(str bytes, size_t *out)
{
	const str word = S("startxref\n");
	str tail = str_slice(bytes, bytes.n > 40 ? bytes.n - 40 : 0, bytes.n);
	tail = str_slice(tail, str_find(tail, word), tail.n);
	return take(&tail, word) && take_number(&tail, bytes.n, out) &&
	       str_eq(tail, S("\n%%EOF\n"));
}

static bool read_table(struct arena *arena, str rest, size_t end, struct pdf *pdf)
{
	if (!take(&rest, S("xref\n0 ")) || !take_number(&rest, rest.n / ENTRY_BYTES, &pdf->size) ||
	    pdf->size < 2 || !take(&rest, S("\n0000000000 65535 f \n")))
		return false;
	pdf->n = pdf->size - 1;
	pdf->objects = TAKE(arena, struct pdf_object, pdf->n);
	for (size_t i = 0; i < pdf->n; i++) {
		struct pdf_object *object = &pdf->objects[i];
		object->number = i + 1;
		if (!take_number(&rest, end - OBJECT_BYTES_MIN, &object->at) ||
		    !take(&rest, S(" 00000 n \n")))
			return false;
	}
	size_t size = 0;
	return take(&rest, S("trailer\n<< /Size ")) && take_number(&rest, pdf->size, &size) &&
	       size == pdf->size && take(&rest, S("\n   /Root ")) &&
	       take_number(&rest, pdf->n, &pdf->root) && take(&rest, S(" 0 R\n   /Info ")) &&
	       take_number(&rest, pdf->n, &pdf->info) && take(&rest, S(" 0 R\n>>\nstartxref\n"));
}

static int by_place(const void *a, const void *b)
{
	const struct pdf_object *left = a, *right = b;
	return left->at < right->at ? -1 : left->at > right->at;
}

/* The text between "obj" and "endobj". */
static bool read_object(str bytes, struct pdf_object *object, size_t end)
{
	str text = str_slice(bytes, object->at, end);
	size_t number = 0;
	if (!take_number(&text, object->number, &number) || number != object->number ||
	    !take(&text, S(" 0 obj\n")) || !str_ends(text, S("endobj\n")))
		return false;
	object->body = str_slice(text, 0, text.n - S("endobj\n").n);
	return true;
}

/* A stream: its length is an object of its own, which is needed no more. */
static bool read_stream(struct arena *arena, struct pdf *pdf, struct pdf_object **by_number,
			struct pdf_object *object)
{
	const str end = S("\nendstream\n"), begin = S("\nstream\n");
	str rest = object->body;
	size_t number = 0, length = 0;
	if (!str_ends(rest, end))
		return true;
	if (!take(&rest, S("<< /Length ")) || !take_number(&rest, pdf->n, &number) || number < 1 ||
	    !take(&rest, S(" 0 R\n")))
		return false;
	const size_t at = str_find(rest, begin);
	if (at + begin.n + end.n > rest.n)
		return false;
	object->is_stream = true;
	object->stream = str_slice(rest, at + begin.n, rest.n - end.n);
	object->body = str_fmt(arena, "<< /Length %zu\n%.*s", object->stream.n,
			       STR_ARG(str_slice(rest, 0, at)));
	str said = by_number[number]->body;
	by_number[number]->left_out = true;
	return number != pdf->root && number != pdf->info && take(&said, S("   ")) &&
	       take_number(&said, rest.n, &length) && str_eq(said, S("\n")) &&
	       length == object->stream.n;
}

bool pdf_read(struct arena *arena, str bytes, struct pdf *out)
{
	size_t table = 0;
	*out = (struct pdf){ 0 };
	if (!str_starts(bytes, S(HEADER)) || !find_table(bytes, &table) ||
	    table < OBJECT_BYTES_MIN ||
	    !read_table(arena, str_slice(bytes, table, bytes.n), table, out))
		return false;
	struct pdf_object **by_number = TAKE(arena, struct pdf_object *, out->size);
	qsort(out->objects, out->n, sizeof(*out->objects), by_place);
	if (out->objects[0].at != S(HEADER).n)
		return false;
	for (size_t i = 0; i < out->n; i++) {
		struct pdf_object *object = &out->objects[i];
		if (!read_object(bytes, object, i + 1 < out->n ? object[1].at : table))
			return false;
		by_number[object->number] = object;
	}
	for (size_t i = 0; i < out->n; i++) {
		if (!read_stream(arena, out, by_number, &out->objects[i]))
			return false;
	}
	return true;
}

/* ---- writing ---------------------------------------------------------------------------------------- */

/* One for all letters: making it costs as much as packing one. */
static str packed(struct arena *arena, str bytes)
{
	static z_stream z;
	static bool ready;
	if (ready)
		deflateReset(&z);
	else if (deflateInit(&z, Z_DEFAULT_COMPRESSION) != Z_OK)
		fatal("out of memory");
	ready = true;
	const size_t most = deflateBound(&z, bytes.n);
	char *out = TAKE(arena, char, most);
	z.next_in = (Bytef *)(uintptr_t)bytes.p;
	z.avail_in = (uInt)bytes.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)most;
	require(deflate(&z, Z_FINISH) == Z_STREAM_END);
	return (str){ out, most - z.avail_out };
}

/* Where each object is, a row for each number: 0 nothing, 1 at a byte of the file, 2 in a pack at a place. */
struct place {
	unsigned char bytes[6];
};

static void set_place(struct place *place, unsigned kind, size_t where, size_t index)
{
	*place = (struct place){ { (unsigned char)kind, (unsigned char)(where >> 16),
				   (unsigned char)(where >> 8), (unsigned char)where,
				   (unsigned char)(index >> 8), (unsigned char)index } };
}

static void add_streams(struct buf *out, const struct pdf *pdf, struct place *places)
{
	for (size_t i = 0; i < pdf->n; i++) {
		const struct pdf_object *object = &pdf->objects[i];
		if (!object->is_stream)
			continue;
		set_place(&places[object->number], 1, out->n, 0);
		buf_fmt(out, "%zu 0 obj\n", object->number);
		buf_add(out, object->body);
		buf_add(out, S("\nstream\n"));
		buf_add(out, object->stream);
		buf_add(out, S("\nendstream\nendobj\n"));
	}
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n';
}

static bool is_delimiter(char c)
{
	return c == '<' || c == '>' || c == '[' || c == ']' || c == '/';
}

/* Without the spaces that no reader needs, where there are no texts or comments. */
static str brief(struct arena *arena, str body)
{
	char *out = TAKE(arena, char, body.n + 1);
	size_t n = 0;
	bool space = false;
	for (size_t i = 0; i < body.n; i++) {
		const char c = body.p[i];
		if (c == '(' || c == '%')
			return body;
		if (is_space(c)) {
			space = n > 0 && !is_delimiter(out[n - 1]);
			continue;
		}
		if (space && !is_delimiter(c))
			out[n++] = ' ';
		out[n++] = c;
		space = false;
	}
	out[n++] = '\n';
	return (str){ out, n };
}

/* All that is no stream, as the object `number`. */
static void add_pack(struct arena *arena, struct buf *out, const struct pdf *pdf, size_t number,
		     struct place *places)
{
	struct buf heads = buf_of(arena, out->max), bodies = buf_of(arena, out->max);
	size_t n = 0;
	for (size_t i = 0; i < pdf->n; i++) {
		const struct pdf_object *object = &pdf->objects[i];
		if (object->is_stream || object->left_out)
			continue;
		set_place(&places[object->number], 2, number, n++);
		buf_fmt(&heads, "%zu %zu ", object->number, bodies.n);
		buf_add(&bodies, brief(arena, object->body));
	}
	const str bytes = packed(arena, str_join(arena, buf_str(&heads), buf_str(&bodies)));
	set_place(&places[number], 1, out->n, 0);
	buf_fmt(out, "%zu 0 obj\n<< /Type /ObjStm /N %zu /First %zu /Length %zu", number, n,
		heads.n, bytes.n);
	buf_add(out, S(" /Filter /FlateDecode >>\nstream\n"));
	buf_add(out, bytes);
	buf_add(out, S("\nendstream\nendobj\n"));
	out->too_long = out->too_long || heads.too_long || bodies.too_long || n > PACKED_MAX;
}

/* Differs with what the file holds: a packed stream ends with the sum of its bytes. */
static str make_id(struct arena *arena, const struct pdf *pdf, str rest)
{
	str *parts = TAKE(arena, str, pdf->n + 1);
	size_t n = 0;
	parts[n++] = rest;
	for (size_t i = 0; i < pdf->n; i++) {
		const str stream = pdf->objects[i].stream;
		parts[n++] = str_slice(stream, stream.n - (stream.n < 4 ? stream.n : 4), stream.n);
	}
	const struct hash hash = hash_of(parts, n);
	return hex_print(arena, hash.bytes, ID_BYTES);
}

/* The table, as the object `number`; each row as what it has more than the one above it, which is much the
 * same in all of them and packs well. pack: where what is packed begins. */
static void add_table(struct arena *arena, struct buf *out, const struct pdf *pdf, size_t number,
		      size_t pack, struct place *places)
{
	const size_t width = sizeof places->bytes;
	unsigned char *bytes = TAKE(arena, unsigned char, (number + 1) * (width + 1));
	const struct place none = { { 0 } };
	const struct place *above = &none;
	const size_t at = out->n;
	set_place(&places[number], 1, at, 0);
	for (size_t i = 0; i <= number; above = &places[i++]) {
		unsigned char *line = bytes + i * (width + 1);
		line[0] = 2;
		for (size_t k = 0; k < width; k++)
			line[1 + k] = (unsigned char)(places[i].bytes[k] - above->bytes[k]);
	}
	const str table = packed(arena, (str){ (const char *)bytes, (number + 1) * (width + 1) });
	const str id = make_id(arena, pdf, str_slice(buf_str(out), pack, at));
	buf_fmt(out, "%zu 0 obj\n<< /Type /XRef /Size %zu /W [ 1 3 2 ] /Root %zu 0 R /Info %zu 0 R",
		number, number + 1, pdf->root, pdf->info);
	buf_fmt(out, " /ID [ <%.*s> <%.*s> ]", STR_ARG(id), STR_ARG(id));
	buf_fmt(out, " /DecodeParms << /Predictor 12 /Columns %zu >>", width);
	buf_fmt(out, " /Length %zu /Filter /FlateDecode >>\nstream\n", table.n);
	buf_add(out, table);
	buf_fmt(out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", at);
}

bool pdf_write(struct arena *arena, const struct pdf *pdf, size_t most, str *out)
{
	struct buf buf = buf_of(arena, most);
	struct place *places = TAKE(arena, struct place, pdf->size + 2);
	buf_add(&buf, S(HEADER));
	add_streams(&buf, pdf, places);
	const size_t pack = buf.n;
	add_pack(arena, &buf, pdf, pdf->size, places);
	add_table(arena, &buf, pdf, pdf->size + 1, pack, places);
	*out = buf_str(&buf);
	return !buf.too_long;
}
