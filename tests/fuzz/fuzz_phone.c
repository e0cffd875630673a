/*
 * Numbers, any bytes that are UTF-8: what can be texted is a British mobile in E.164 and reads as
 * itself; what cannot has a code and a sentence.
 */
#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_EMPTY;
	const str text = { (const char *)data, size };
	str once, twice;

	if (size <= 4096 && utf8_is(text)) {
		const enum phone_fault fault = phone_read(&arena, text, &once);

		require(fault < PHONE_FAULT_COUNT && phone_fault_text(fault)[0] != 0);
		if (fault == PHONE_FINE) {
			require(once.n == 13 && str_starts(once, S("+447")));
			require(!str_starts(once, S("+4470")));
			require(!str_starts(once, S("+4476")) || str_starts(once, S("+447624")));
			require(phone_read(&arena, once, &twice) == PHONE_FINE);
			require(str_eq(once, twice));
		}
	}
	arena_free(&arena);
	return 0;
}
