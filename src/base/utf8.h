/*
 * UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef CANDOUR_BASE_UTF8_H
#define CANDOUR_BASE_UTF8_H

#include "base/str.h"

bool utf8_is(str s);
/* How many bytes at its beginning are. */
size_t utf8_good(str s);
/* The code point at *at, which moves behind it. s must be UTF-8 and *at < s.n. */
uint32_t utf8_next(str s, size_t *at);
/* The beginning of s with at most so many bytes that cuts no code point. */
str utf8_clip(str s, size_t most);
void utf8_put(struct buf *buf, uint32_t code_point);
/* True for what no text of ours may hold: C0 but \n and \t, DEL, C1, U+2028, U+2029,
 * noncharacters. */
bool utf8_is_control(uint32_t code_point);

#endif
