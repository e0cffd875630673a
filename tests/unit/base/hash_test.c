#include "base/hash.h"

#include "unit/base/check.h"

static struct arena arena;

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

static str hex_of(struct hash hash)
{
	return hash_hex(&arena, &hash);
}

/* The examples that come with FIPS 180-4. */
static void sha256_is_as_the_standard_has_it(void **state)
{
	assert_text(hex_of(hash_one(STR_EMPTY)),
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_text(hex_of(hash_one(S("abc"))),
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_text(hex_of(hash_one(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void parts_are_hashed_one_behind_the_other(void **state)
{
	const str parts[] = { S("a"), STR_EMPTY, S("bc") };
	assert_text(hex_of(hash_of(parts, 3)),
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_text(hex_of(hash_of(NULL, 0)),
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 4231, test cases 1 and 2: keys that are shorter than ours are filled with zeroes, as HMAC
 * does. */
static void a_keyed_hash_is_as_the_standard_has_it(void **state)
{
	uint8_t key[HASH_BYTES] = { 0 };
	memset(key, 0x0B, 20);
	assert_text(hex_of(hash_keyed(key, S("Hi There"))),
		    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	uint8_t other[HASH_BYTES] = { 'J', 'e', 'f', 'e' };
	assert_text(hex_of(hash_keyed(other, S("what do ya want for nothing?"))),
		    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	uint8_t none[HASH_BYTES] = { 0 };
	assert_text(hex_of(hash_keyed(none, STR_EMPTY)),
		    "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

/* RFC 2202, the second case. */
static void a_signature_of_the_older_kind_is_made(void **state)
{
	str mac = hash_sha1_keyed(&arena, S("Jefe"), S("what do ya want for nothing?"));
	assert_text(hex_print(&arena, (const uint8_t *)mac.p, mac.n),
		    "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

static void secrets_are_the_same_or_not(void **state)
{
	assert_true(is_same_secret(S("a secret"), S("a secret")));
	assert_false(is_same_secret(S("a secret"), S("a secreT")));
	assert_false(is_same_secret(S("a secret"), S("a secret ")));
	assert_false(is_same_secret(STR_EMPTY, S("a")));
}

static void a_script_is_named_as_redis_names_it(void **state)
{
	assert_text(hash_redis(&arena, S("return 1")), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
	assert_text(hash_redis(&arena, STR_EMPTY), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

static void digits_and_bytes_are_turned_into_each_other(void **state)
{
	uint8_t bytes[3] = { 1, 2, 3 };
	assert_true(hex_parse(S("00fFA9"), bytes, 3));
	assert_int_equal(bytes[0], 0);
	assert_int_equal(bytes[1], 0xFF);
	assert_int_equal(bytes[2], 0xA9);
	assert_text(hex_print(&arena, bytes, 3), "00ffa9");
	assert_text(hex_print(&arena, bytes, 0), "");
	static const char *const bad[] = { "",         "00ff",   "00ffa",  "00ffa9a",
					   "00ffa9aa", "00ffg9", "00ff 9", "00ff@9" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(hex_parse(str_of(bad[i]), bytes, 3));
	assert_text(hex_print(&arena, bytes, 3), "00ffa9");
}

static void random_bytes_fill_all_and_differ(void **state)
{
	uint8_t seen[64] = { 0 };
	uint8_t first[64];
	uint8_t next[64];
	random_bytes(first, sizeof(first));
	for (int i = 0; i < 100; i++) {
		random_bytes(next, sizeof(next));
		assert_memory_not_equal(first, next, sizeof(first));
		for (size_t b = 0; b < sizeof(next); b++)
			seen[b] |= next[b];
	}
	for (size_t b = 0; b < sizeof(seen); b++)
		assert_int_not_equal(seen[b], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_is_as_the_standard_has_it),
		cmocka_unit_test(parts_are_hashed_one_behind_the_other),
		cmocka_unit_test(a_keyed_hash_is_as_the_standard_has_it),
		cmocka_unit_test(a_signature_of_the_older_kind_is_made),
		cmocka_unit_test(secrets_are_the_same_or_not),
		cmocka_unit_test(a_script_is_named_as_redis_names_it),
		cmocka_unit_test(digits_and_bytes_are_turned_into_each_other),
		cmocka_unit_test(random_bytes_fill_all_and_differ),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
