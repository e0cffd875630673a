#include "base/hash.h"

#include "base/arena.h"
#include "base/err.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <sys/random.h>

#define SHA1_BYTES 20

/* libcrypto fails here only when it is broken or out of memory. */
static void check(int answer)
{
	if (answer != 1)
		fatal("libcrypto does not hash");
}

/* libcrypto looks an algorithm up by its name each time that it is not given one that was fetched: that takes longer
 * than to hash a short text. */
static EVP_MD *sha256;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

static void fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (sha256 == NULL)
		fatal("libcrypto has no SHA-256");
}

static const EVP_MD *get_sha256(void)
{
	pthread_once(&fetched, fetch);
	return sha256;
}

struct hash hash_of(const str *parts, size_t n)
{
	struct hash hash;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (context == NULL)
		fatal("out of memory");
	check(EVP_DigestInit_ex(context, get_sha256(), NULL));
	for (size_t i = 0; i < n; i++)
		check(EVP_DigestUpdate(context, parts[i].p, parts[i].n));
	check(EVP_DigestFinal_ex(context, hash.bytes, NULL));
	EVP_MD_CTX_free(context);
	return hash;
}

struct hash hash_one(str text)
{
	return hash_of(&text, 1);
}

struct hash hash_keyed_by(str key, str text)
{
	struct hash hash;
	const unsigned char *bytes = text.n > 0 ? (const unsigned char *)text.p
						: (const unsigned char *)"";
	if (HMAC(get_sha256(), key.n > 0 ? key.p : "", (int)key.n, bytes, text.n, hash.bytes,
		 NULL) == NULL)
		fatal("libcrypto does not hash");
	return hash;
}

struct hash hash_keyed(const uint8_t key[HASH_BYTES], str text)
{
	return hash_keyed_by((str){ (const char *)key, HASH_BYTES }, text);
}

str hash_sha1_keyed(struct arena *arena, str key, str text)
{
	unsigned char *bytes = TAKE(arena, unsigned char, SHA1_BYTES);
	const unsigned char *from = text.n > 0 ? (const unsigned char *)text.p
					       : (const unsigned char *)"";
	if (HMAC(EVP_sha1(), key.n > 0 ? key.p : "", (int)key.n, from, text.n, bytes, NULL) == NULL)
		fatal("libcrypto does not hash");
	return (str){ (const char *)bytes, SHA1_BYTES };
}

bool is_same_secret(str a, str b)
{
	struct hash first = hash_one(a), second = hash_one(b);
	return CRYPTO_memcmp(first.bytes, second.bytes, HASH_BYTES) == 0;
}

str base64_print(struct arena *arena, str bytes, bool for_url)
{
	unsigned char *text = TAKE(arena, unsigned char, 4 * (bytes.n / 3 + 1) + 1);
	if (bytes.n == 0)
		return STR_EMPTY;
	size_t n = (size_t)EVP_EncodeBlock(text, (const unsigned char *)bytes.p, (int)bytes.n);
	for (size_t i = 0; for_url && i < n; i++) {
		if (text[i] == '+' || text[i] == '/')
			text[i] = text[i] == '+' ? '-' : '_';
	}
	while (for_url && text[n - 1] == '=')
		n--;
	return (str){ (const char *)text, n };
}

str hash_redis(struct arena *arena, str text)
{
	uint8_t bytes[SHA1_BYTES];
	check(EVP_Digest(text.p, text.n, bytes, NULL, EVP_sha1(), NULL));
	return hex_print(arena, bytes, sizeof(bytes));
}

str hash_hex(struct arena *arena, const struct hash *hash)
{
	return hex_print(arena, hash->bytes, HASH_BYTES);
}

/* The value of a digit; 16 when it is none. */
static unsigned digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (unsigned)(digit - '0');
	char letter = (char)(digit | 0x20);
	return letter >= 'a' && letter <= 'f' ? (unsigned)(letter - 'a') + 10 : 16;
}

bool hex_parse(str text, uint8_t *out, size_t n)
{
	if (text.n / 2 != n || text.n % 2 != 0)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (digit_value(text.p[i]) == 16)
			return false;
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(digit_value(text.p[2 * i]) << 4 |
				   digit_value(text.p[2 * i + 1]));
	return true;
}

str hex_print(struct arena *arena, const uint8_t *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = TAKE(arena, char, 2 * n);
	for (size_t i = 0; i < n; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return (str){ text, 2 * n };
}

void random_bytes(uint8_t *out, size_t n)
{
	while (n > 0) {
		ssize_t got = getrandom(out, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			fatal("the system gives no random bytes");
		out += got;
		n -= (size_t)got;
	}
}
