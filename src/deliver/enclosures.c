/*
 * What goes with a message: files of the enclosure folder, read anew for every try and checked against the digest that
 * the service reported. What is not there, or is another by now, holds the message until a person has mended it: it
 * never leaves without.
 */
#include "deliver/inner.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"

static enum err read_file(struct arena *arena, str folder, str id, size_t max, str *out)
{
	str path = str_fmt(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(id));
	enum err err = file_read(arena, path, max, out);
	if (err == ERR_NOT_FOUND)
		err = file_read(arena, str_fmt(arena, "%.*s.pdf", STR_ARG(path)), max, out);
	return err;
}

static bool has_digest(str bytes, str sha256)
{
	struct hash hash = hash_one(bytes);
	uint8_t wanted[HASH_BYTES];
	return hex_parse(sha256, wanted, sizeof wanted) &&
	       memcmp(hash.bytes, wanted, sizeof wanted) == 0;
}

str enclosed_name(struct arena *arena, str kind, bool is_pdf)
{
	struct buf buf = buf_of(arena, kind.n + 4);
	for (size_t i = 0; i < kind.n; i++) {
		bool bad = kind.p[i] == '/' || kind.p[i] == '\\' || kind.p[i] == '"';
		buf_byte(&buf, bad ? '-' : kind.p[i]);
	}
	if (is_pdf && !str_ends(kind, S(".pdf")))
		buf_add(&buf, S(".pdf"));
	return buf_str(&buf);
}

static str read_one(struct arena *arena, str folder, const struct enclosure *enclosure, size_t max,
		    struct enclosed *out)
{
	enum err err = read_file(arena, folder, enclosure->id, max, &out->bytes);
	if (err == ERR_TOO_LARGE)
		return S("enclosure_too_large");
	if (err != OK)
		return S("enclosure_missing");
	if (!has_digest(out->bytes, enclosure->sha256))
		return S("enclosure_changed");
	out->is_pdf = str_starts(out->bytes, S("%PDF-"));
	out->name = enclosed_name(arena, enclosure->kind, out->is_pdf);
	return STR_EMPTY;
}

str enclosures_read(struct arena *arena, str folder, const struct message *message, size_t most,
		    struct enclosed **out, size_t *out_n)
{
	struct enclosed *list = TAKE(arena, struct enclosed, message->n_enclosures);
	size_t n = 0;
	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];
		if (enclosure->by_service)
			continue;
		if (folder.n == 0)
			return S("enclosure_folder");
		str fault = read_one(arena, folder, enclosure, most, &list[n]);
		if (fault.n > 0)
			return fault;
		most -= list[n++].bytes.n;
	}
	*out = list;
	*out_n = n;
	return STR_EMPTY;
}

enum outcome outcome_of_enclosure(str fault)
{
	/* Another channel may carry it. */
	return str_eq(fault, S("enclosure_too_large")) ? OUTCOME_NEVER_MESSAGE : OUTCOME_HELD;
}
