/*
 * What the files of this room share: the way of a request to a PDF.
 */
#ifndef CANDOUR_LETTER_INNER_H
#define CANDOUR_LETTER_INNER_H

#include "base/json.h"
#include "letter/letter.h"

/* Of a request's JSON: lists in lists of the words are far below. */
#define LETTER_DEPTH_MAX 64

/* --- wire.c: the worker's side ------------------------------------------------------------------- */

void frame_head(char out[LETTER_FRAME_HEAD], size_t length);
size_t frame_length(const char head[LETTER_FRAME_HEAD]);
/* Reads a request. False, and *why names the field, when it is not as it should be; the id is there as
 * soon as it can be read. */
bool ask_read(struct arena *arena, str bytes, struct letter_ask *out, const struct json **out_parts,
	      str *why);
/* An answer's two frames. */
str said_write(struct arena *arena, const struct letter_said *said);

#endif
