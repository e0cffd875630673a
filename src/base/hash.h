/*
 * SHA-256 and random bytes, from libcrypto, which does not leave hash.c.
 */
#ifndef CANDOUR_BASE_HASH_H
#define CANDOUR_BASE_HASH_H

#include "base/str.h"

#define HASH_BYTES 32

struct hash {
	uint8_t bytes[HASH_BYTES];
};

/* FIPS 180-4 SHA-256 of the parts, one behind the other. */
struct hash hash_of(const str *parts, size_t n);
struct hash hash_one(str text);
/* HMAC-SHA-256 (RFC 2104). */
struct hash hash_keyed(const uint8_t key[HASH_BYTES], str text);
/* The same with a key of any length. */
struct hash hash_keyed_by(str key, str text);
/* RFC 4648: with "+/" and padding, or, for URLs, with "-_" and none. */
str base64_print(struct arena *arena, str bytes, bool for_url);
/* HMAC-SHA-1 (RFC 2104), the 20 bytes: for those who sign so and not otherwise. */
str hash_sha1_keyed(struct arena *arena, str key, str text);
/* Whether two secrets are the same: takes as long for a wrong one, whatever is wrong with it. */
bool is_same_secret(str a, str b);
/* SHA-1 (FIPS 180-4) in 40 hex digits, as Redis hashes: the name by which it knows a script, and what its
 * scripts make of a text. Nothing that somebody could gain by forging. */
str hash_redis(struct arena *arena, str text);
str hash_hex(struct arena *arena, const struct hash *hash); /* 64 lower-case digits */
/* Lower-case or upper-case digits, two for a byte; false, and out untouched, when it is not n bytes
 * long. */
bool hex_parse(str text, uint8_t *out, size_t n);
str hex_print(struct arena *arena, const uint8_t *bytes, size_t n);
/* From the system's random source; the process ends when that fails. */
void random_bytes(uint8_t *out, size_t n);

#endif
