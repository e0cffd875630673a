/*
 * Files that look like Cairo's and are not: they are read or refused, and what is read is written whole.
 */
#include <stdint.h>

#include "base/arena.h"
#include "letter/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	const str file = { (const char *)data, size };
	struct pdf pdf;
	str out;
	if (pdf_read(&arena, file, &pdf)) {
		for (size_t i = 0; i < pdf.n; i++)
			require(pdf.objects[i].body.n < size + 40 &&
				pdf.objects[i].stream.n < size);
		require(pdf_write(&arena, &pdf, (size_t)1 << 23, &out));
		require(str_starts(out, S("%PDF-1.5\n")) && str_ends(out, S("\n%%EOF\n")));
	}
	arena_clear(&arena);
	return 0;
}
