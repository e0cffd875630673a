/* A PDF file of Cairo's in its parts. */
#ifndef CANDOUR_LETTER_PDF_H
#define CANDOUR_LETTER_PDF_H

#include "base/err.h"
#include "base/str.h"

struct pdf_object {
	size_t number;
	size_t at; /* in the file that was read */
	str body;  /* its text; of a stream, its dictionary */
	bool is_stream;
	str stream;    /* its bytes, as they stand in the file */
	bool left_out; /* when it is written */
};

struct pdf {
	struct pdf_object *objects; /* in their order in the file */
	size_t n;
	size_t size;       /* one more than the highest number */
	size_t root, info; /* numbers */
};

/* False when it is not as Cairo 1.16 writes PDFs. The texts are borrowed from `bytes`. */
NODISCARD bool pdf_read(struct arena *arena, str bytes, struct pdf *out);
/* False when it would be longer than `most` bytes, which are fewer than 16 MiB. */
NODISCARD bool pdf_write(struct arena *arena, const struct pdf *pdf, size_t most, str *out);

#endif
