/*
 * What is private in a text: values by which somebody could be reached or found. Known by their form
 * (an email address, a number, a postcode), or by a mark: a keyed hash that says "this very value",
 * and gives it away to nobody who reads it.
 */
#ifndef CANDOUR_MODEL_SECRETS_H
#define CANDOUR_MODEL_SECRETS_H

#include "model/family.h"

enum secret_kind {
	SECRET_EMAIL,
	SECRET_PHONE,
	SECRET_POSTCODE,
	SECRET_STREET, /* a house number and what follows it */
	SECRET_NAME    /* of two words or more */
};

/* In one form however it was written. */
struct secret {
	enum secret_kind kind;
	str text;
	size_t n_words; /* of a name */
};

/* Begin with arena and text alone. */
struct secret_search {
	struct arena *arena;
	str text;
	size_t at;
	const uint8_t *key;
	str marks;
	bool names[8];
	bool forms_done;
};

/* The text without marks and capitals; keep_marks: without capitals. */
str secret_fold(struct arena *arena, str text, bool keep_marks);
/* The next email address, telephone number or postcode of the text. False: there is none. */
bool secret_next(struct secret_search *search, struct secret *out);

/* Marks that are being made. Begin with arena, key and what needs no mark. */
struct secret_marks {
	struct arena *arena;
	const uint8_t *key;
	str none;        /* marks that are left out */
	struct buf text; /* the marks, with spaces between */
};

/* Email, number, postcode and street of a contact. */
void secrets_of_contact(struct secret_marks *marks, const struct contact *contact);
void secrets_of_name(struct secret_marks *marks, str name);

/* The next value of the text that is marked. False: there is none. */
bool secrets_next(struct secret_search *search, const uint8_t key[HASH_BYTES], str marks,
		  struct secret *out);

#endif
