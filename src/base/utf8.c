#include "base/utf8.h"

#include "base/err.h"

#include <string.h>

/* How many bytes the character at p has, of the n there; 0 when they are not UTF-8. The second
 * byte's narrower ranges keep out overlong forms, surrogates and what is above U+10FFFF. */
static size_t character_length(const uint8_t *p, size_t n)
{
	uint8_t least = 0x80;
	uint8_t most = 0xBF;
	size_t length;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xC2 && p[0] <= 0xDF) {
		length = 2;
	} else if ((p[0] & 0xF0) == 0xE0) {
		length = 3;
		least = p[0] == 0xE0 ? 0xA0 : 0x80;
		most = p[0] == 0xED ? 0x9F : 0xBF;
	} else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
		length = 4;
		least = p[0] == 0xF0 ? 0x90 : 0x80;
		most = p[0] == 0xF4 ? 0x8F : 0xBF;
	} else {
		return 0;
	}
	if (length > n || p[1] < least || p[1] > most)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

size_t utf8_good(str s)
{
	const uint8_t *p = (const uint8_t *)s.p;
	size_t i = 0;
	while (i < s.n) {
		/* Most text is ASCII: eight bytes at a time as long as it is. */
		uint64_t eight;
		if (s.n - i >= sizeof(eight)) {
			memcpy(&eight, p + i, sizeof(eight));
			if ((eight & 0x8080808080808080U) == 0) {
				i += sizeof(eight);
				continue;
			}
		}
		size_t length = character_length(p + i, s.n - i);
		if (length == 0)
			return i;
		i += length;
	}
	return i;
}

bool utf8_is(str s)
{
	return utf8_good(s) == s.n;
}

uint32_t utf8_next(str s, size_t *at)
{
	require(*at < s.n);
	const uint8_t *p = (const uint8_t *)s.p + *at;
	size_t length = character_length(p, s.n - *at);
	require(length > 0);
	*at += length;
	if (length == 1)
		return p[0];
	uint32_t code_point = p[0] & (0x7FU >> length);
	for (size_t i = 1; i < length; i++)
		code_point = code_point << 6 | (p[i] & 0x3FU);
	return code_point;
}

str utf8_clip(str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most > 0 && ((unsigned char)s.p[most] & 0xC0U) == 0x80U)
		most--;
	return str_slice(s, 0, most);
}

void utf8_put(struct buf *buf, uint32_t code_point)
{
	require(code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF));
	char bytes[4];
	size_t n = 0;
	if (code_point < 0x80) {
		bytes[n++] = (char)code_point;
	} else if (code_point < 0x800) {
		bytes[n++] = (char)(0xC0 | code_point >> 6);
		bytes[n++] = (char)(0x80 | (code_point & 0x3F));
	} else if (code_point < 0x10000) {
		bytes[n++] = (char)(0xE0 | code_point >> 12);
		bytes[n++] = (char)(0x80 | (code_point >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (code_point & 0x3F));
	} else {
		bytes[n++] = (char)(0xF0 | code_point >> 18);
		bytes[n++] = (char)(0x80 | (code_point >> 12 & 0x3F));
		bytes[n++] = (char)(0x80 | (code_point >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (code_point & 0x3F));
	}
	buf_add(buf, (str){ bytes, n });
}

bool utf8_is_control(uint32_t code_point)
{
	if (code_point < 0x20)
		return code_point != '\n' && code_point != '\t';
	if (code_point >= 0x7F && code_point < 0xA0)
		return true;
	if (code_point == 0x2028 || code_point == 0x2029)
		return true;
	return (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}
