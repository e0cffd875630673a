/*
 * The table of the configuration: one row for each key of candour.conf.
 */
#ifndef CANDOUR_SETUP_OPTIONS_H
#define CANDOUR_SETUP_OPTIONS_H

#include <assert.h>

#include "setup/setup.h"

enum option_type {
	OPTION_LINE,       /* one line of text */
	OPTION_FILE,       /* a file or folder; taken relative to the configuration's folder */
	OPTION_FILE_THERE, /* likewise, and it must be readable now */
	/* likewise, a secret: where the service manager gives a credential of the file's name, that is
	 * read instead (see config.c) */
	OPTION_SECRET,
	OPTION_NUMBER,
	OPTION_SPAN,   /* "30s", "15 minutes", "2h", "1 day" */
	OPTION_WORD,   /* one of `words`, as str */
	OPTION_INDEX,  /* one of `words`, as its number */
	OPTION_PREFIX, /* "{candour}" */
	OPTION_EMAIL,
	OPTION_SENDER, /* of text messages */
	OPTION_PLACE   /* where to listen: base/place.h */
};

/* Where the value of an option goes that has no effect yet. */
#define NOWHERE SIZE_MAX

struct option {
	const char *key;      /* "redis.socket" */
	const char *standard; /* the default as text; NULL: empty */
	const char *words;    /* "text|json" */
	const char *unit;     /* what a number counts: "messages"; NULL: it is only a number */
	const char *only;     /* why nothing but the default works in this build; NULL: all works */
	const char *sentence;
	int64_t least, most; /* of a number; of a span in milliseconds */
	size_t at;           /* in struct config, or NOWHERE */
	enum option_type type;
	bool reload; /* a reload takes a new value */
};

extern const struct option options[];
extern const size_t options_n;

/* For people: "number of sessions, 1 to 64". */
str option_type_text(struct arena *arena, const struct option *option);

#endif
