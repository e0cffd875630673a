/*
 * The chain of a family's evidence.
 *
 * Each entry has a body, which is JSON, and a salt of 16 random bytes. What is chained is not the
 * body but its salted digest, so that a body can be forgotten, with its salt, and the chain still
 * holds; without the salt, nobody can find a short body by trying.
 *
 *	digest = SHA-256(salt, body)
 *	hash   = SHA-256("candour evidence 1\n", hash before, number in decimal, "\n", digest)
 *
 * Salt, hashes and digest go in as bytes. The hash before the first is all zero. The last hash and
 * the count are in the family's record, so a cut tail shows.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/inner.h"

#define SALT_BYTES 16
#define DEPTH_MAX (CANDOUR_EVENT_DEPTH_MAX + 8)
#define BODY_MAX (4 * (size_t)CANDOUR_EVENT_BYTES_MAX)

static struct hash chain(struct arena *arena, const struct hash *before, int64_t n,
			 const uint8_t salt[SALT_BYTES], str body)
{
	const str salted[] = { { (const char *)salt, SALT_BYTES }, body };
	const struct hash digest = hash_of(salted, 2);
	const str parts[] = {
		S("candour evidence 1\n"),
		{ (const char *)before->bytes, HASH_BYTES },
		str_fmt(arena, "%lld\n", (long long)n),
		{ (const char *)digest.bytes, HASH_BYTES },
	};

	return hash_of(parts, sizeof parts / sizeof *parts);
}

static str write_body(struct arena *arena, const struct entry *entry, instant now)
{
	struct buf buf = buf_of(arena, BODY_MAX);
	struct json_writer w = { .buf = &buf };

	json_open(&w);
	json_add_text(&w, "at", instant_print(arena, now));
	json_add_text(&w, "kind", entry->kind);
	json_add_text(&w, "id", entry->id);
	json_add_text(&w, "case", entry->case_id);
	json_add_text(&w, "text", entry->text);
	if (entry->detail.n > 0) {
		json_key(&w, "detail");
		json_put_raw(&w, entry->detail);
	}
	json_close(&w);
	require(!buf.too_long);
	return buf_str(&buf);
}

struct evidence_link evidence_add(struct arena *arena, struct family *family,
				  const struct entry *entry, instant now)
{
	const struct hash before = family->head;
	uint8_t salt[SALT_BYTES];
	str body = write_body(arena, entry, now);

	random_bytes(salt, sizeof salt);
	family->entries++;
	family->head = chain(arena, &before, family->entries, salt, body);
	return (struct evidence_link){
		.n = str_int(arena, family->entries),
		.prev = hash_hex(arena, &before),
		.salt = hex_print(arena, salt, sizeof salt),
		.hash = hash_hex(arena, &family->head),
		.body = body,
	};
}

struct command store_evidence(struct arena *arena, const struct store *store, str family_id,
			      str after_stream_id)
{
	struct args args = args_of(arena, "XRANGE");

	args_add_key(&args, store, "evidence:", family_id);
	args_add(&args, after_stream_id.n > 0 ? str_join(arena, S("("), after_stream_id) : S("-"));
	args_add(&args, S("+"));
	args_add(&args, S("COUNT"));
	args_add_int(&args, EVIDENCE_PAGE);
	return args_command(&args);
}

static str read_detail(struct arena *arena, const struct json *body)
{
	const struct json *detail = json_get(body, "detail");
	struct buf buf = buf_of(arena, BODY_MAX);
	struct json_writer w = { .buf = &buf };

	if (detail == NULL)
		return STR_EMPTY;
	json_put(&w, detail);
	return buf_str(&buf);
}

/* The body is read as far as it can be: whether it is what was written, only the chain can say. */
static void read_body(struct arena *arena, struct evidence *out)
{
	const struct json *body = NULL;

	if (json_parse(arena, out->body, DEPTH_MAX, &body, NULL) != JSON_FINE)
		return;
	out->entry = (struct entry){
		.kind = json_text(body, "kind"),
		.id = json_text(body, "id"),
		.case_id = json_text(body, "case"),
		.text = json_text(body, "text"),
		.detail = read_detail(arena, body),
	};
	(void)instant_parse(json_text(body, "at"), &out->at);
}

/* What somebody put in by hand is no entry, but it is there: its place is 0, which follows on nothing. */
static bool read_entry(struct arena *arena, const struct reply *item, struct evidence *out)
{
	const struct reply *fields, *n;

	if (item->type != REPLY_LIST || item->n != 2)
		return false;
	fields = &item->items[1];
	n = reply_field(fields, S("n"));
	if (n == NULL || !reply_number(n, &out->n))
		out->n = 0;
	out->stream_id = reply_text(arena, &item->items[0]);
	out->prev = reply_text(arena, reply_field(fields, S("prev")));
	out->salt = reply_text(arena, reply_field(fields, S("salt")));
	out->hash = reply_text(arena, reply_field(fields, S("hash")));
	out->body = reply_text(arena, reply_field(fields, S("body")));
	out->at = INSTANT_NEVER;
	read_body(arena, out);
	return true;
}

enum err store_evidence_read(struct arena *arena, const struct reply *reply, struct evidence **out,
			     size_t *out_n)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct evidence *list;

	if (err != OK)
		return err;
	list = TAKE(arena, struct evidence, reply->n);
	for (size_t i = 0; i < reply->n; i++)
		if (!read_entry(arena, &reply->items[i], &list[i]))
			return ERR_CORRUPT;
	*out = list;
	*out_n = reply->n;
	return OK;
}

const struct json *store_detail(struct arena *arena, const struct entry *entry)
{
	const struct json *detail = NULL;

	return entry->detail.n > 0 &&
			       json_parse(arena, entry->detail, DEPTH_MAX, &detail, NULL) ==
				       JSON_FINE &&
			       detail->type == JSON_MAP
		       ? detail
		       : NULL;
}

bool store_evidence_follows(struct arena *arena, const struct evidence *entry, int64_t n_before,
			    const struct hash *before, struct hash *out, str *why)
{
	struct hash prev, stated, reckoned;
	uint8_t salt[SALT_BYTES];

	if (entry->n != n_before + 1) {
		*why = str_fmt(arena, "entry %lld stands where entry %lld should be",
			       (long long)entry->n, (long long)n_before + 1);
		return false;
	}
	if (!hex_parse(entry->prev, prev.bytes, HASH_BYTES) ||
	    memcmp(prev.bytes, before->bytes, HASH_BYTES) != 0) {
		*why = S("it does not name the entry before it");
		return false;
	}
	if (!hex_parse(entry->salt, salt, SALT_BYTES) ||
	    !hex_parse(entry->hash, stated.bytes, HASH_BYTES)) {
		*why = S("its salt or hash is not one");
		return false;
	}
	reckoned = chain(arena, before, entry->n, salt, entry->body);
	if (memcmp(reckoned.bytes, stated.bytes, HASH_BYTES) != 0) {
		*why = S("its body is not what was written");
		return false;
	}
	*out = reckoned;
	return true;
}

bool store_prove(struct arena *arena, const struct evidence *list, size_t n, struct proven *proven,
		 str *why)
{
	for (size_t i = 0; i < n; i++) {
		if (!store_evidence_follows(arena, &list[i], proven->n, &proven->hash,
					    &proven->hash, why))
			return false;
		proven->n++;
		proven->stream_id = list[i].stream_id;
	}
	return true;
}
