/*
 * Letter: what candour-letter is asked, and what it answers.
 *
 * candour-letter is a process of its own, so that fonts and hostile text stay out of the daemon. It
 * reads requests from its standard input and writes answers to its standard output, one at a time and in
 * order, until its input ends:
 *
 *	request   frame: a JSON map (letter_ask_write)
 *	answer    frame: a JSON map (letter_said_take), then a frame: the PDF, empty where there is none
 *
 * A frame is its length in four bytes, the highest first, and so many bytes. Every request that is read
 * whole gets one answer. The worker ends by itself, with exit code 0, at the end of its input and after
 * LETTER_REQUESTS_MAX requests: that answer says `last`. It ends without an answer, with another code or
 * by a signal, at a frame that is too long or cut off, out of memory, or after LETTER_CPU_S seconds of
 * processor time for one letter: the request may then be given to a new worker, and after the second
 * such end it will not get better. Nobody should wait longer than LETTER_WAIT_S for an answer. Its
 * standard error carries single lines with codes and ids, as logs do.
 *
 * The same request gives the same bytes, whatever was asked before.
 */
#ifndef CANDOUR_LETTER_LETTER_H
#define CANDOUR_LETTER_LETTER_H

#include "base/err.h"
#include "base/time.h"

#define LETTER_VERSION 1                     /* of the request */
#define LETTER_REQUEST_MAX ((size_t)2 << 20) /* bytes of a request's frame */
#define LETTER_HEADER_MAX ((size_t)64 << 10) /* of an answer's first frame */
#define LETTER_PDF_MAX ((size_t)2 << 20)     /* of its second: what GOV.UK Notify takes */
#define LETTER_FRAME_HEAD ((size_t)4)
#define LETTER_PAGES_MAX 10 /* GOV.UK Notify letter specification 2.4: five sheets on both sides */
#define LETTER_REQUESTS_MAX 300
#define LETTER_CPU_S 10
#define LETTER_WAIT_S 30
#define LETTER_MEMORY_MIB 512 /* of address space */
#define LETTER_LINES_MAX 7    /* of an address */
#define LETTER_ID_MAX 64      /* bytes */

/* Where the window of the envelope is: see docs/letters.md. */
enum letter_profile { LETTER_NOTIFY_C5, LETTER_LOCAL_DL };

struct letter_ask {
	str id; /* the message's: comes back in the answer, and stands in log lines */
	enum letter_profile profile;
	int points;    /* large print: 16, 18, 20, 24 or 28; 0 is the standard, 12.5 */
	str title;     /* of the document, which a reader shows: reveals nothing */
	date day;      /* on which it leaves: printed on it */
	str reference; /* may be empty; two lines of a foot hold 64 characters of any width */
	/* who writes */
	str from_name, from_phone, from_email; /* phone and email may be empty */
	const str *from_lines;                 /* the authority's address */
	size_t n_from_lines;
	str logo; /* an absolute path of a PNG file, or empty */
	/* name and address, as they stand in the window: 1 to LETTER_LINES_MAX */
	const str *to_lines;
	size_t n_to_lines;
	/* The words: the tree that worded.letter is (docs/templates.md), as JSON. Of several parts each has
	 * its language; the first one's is the document's. */
	str parts;
};

/* Why there is no letter: name, code, and whether the same request can never become one. The others may
 * be tried again: what is wrong is on this machine. */
#define LETTER_REFUSALS(X)                                                                         \
	X(NONE, "", false)                                                                         \
	X(BAD_REQUEST, "bad_request", true)     /* not as letter_ask_write makes it */             \
	X(TOO_LONG, "too_long", true)           /* more than LETTER_PAGES_MAX pages */             \
	X(TOO_LARGE, "too_large", true)         /* more than LETTER_PDF_MAX bytes */               \
	X(MISSING_GLYPH, "missing_glyph", true) /* a character that no pinned font has */          \
	X(ADDRESS_SIZE, "address_size", true)   /* too wide or too high for the window */          \
	X(BAD_LOGO, "bad_logo", false)          /* no PNG file there that can be read */           \
	X(NO_FONTS, "no_fonts", false)          /* a pinned font file is not installed */          \
	X(FAILED, "failed", false)              /* a library said no; standard error says which */

enum letter_refusal {
#define X(name, code, final) LETTER_##name,
	LETTER_REFUSALS(X)
#undef X
		LETTER_REFUSAL_COUNT
};

/* One answer. Either refused is LETTER_NONE, with pages and pdf; or it says why, with a sentence. */
struct letter_said {
	str id;
	enum letter_refusal refused;
	str why; /* a sentence for people, without anything from the letter but a character's number */
	int pages;
	bool last; /* the worker ends now, and this is no fault */
	str pdf;
};

const char *letter_refusal_code(enum letter_refusal refusal);
bool letter_refusal_is_final(enum letter_refusal refusal);
/* "notify_c5", "local_dl". */
bool letter_profile_parse(str name, enum letter_profile *out);

/* The request with its frame's head. False when it would be longer than LETTER_REQUEST_MAX. */
NODISCARD bool letter_ask_write(struct arena *arena, const struct letter_ask *ask, str *out);

enum letter_take { LETTER_MORE, LETTER_WHOLE, LETTER_GARBAGE };

/* Reads one answer from the beginning of what the worker has written so far. LETTER_WHOLE: *out is
 * filled (its texts in the arena, its pdf borrowed from `bytes`) and *used says how many bytes it took.
 * LETTER_MORE: it is not all there yet. LETTER_GARBAGE: this is no answer, and the worker must be ended;
 * said as early as the bytes allow, so a buffer never has to hold more than
 * LETTER_HEADER_MAX + LETTER_PDF_MAX + 2 * LETTER_FRAME_HEAD bytes. */
NODISCARD enum letter_take letter_said_take(struct arena *arena, str bytes, struct letter_said *out,
					    size_t *used);

/* Where candour-letter is: beside the program that runs, or in ../libexec/candour from there. Empty when
 * it is in neither place. */
str letter_worker_find(struct arena *arena);
/* The environment that it is started with, for execve: nothing of ours, where secrets and the service
 * manager's socket may be named, but how to log and what sanitizers are told. */
char **letter_worker_environment(struct arena *arena);

/* Has one letter made by a worker of its own and waits for it: for commands, not for a loop.
 * ERR_NOT_FOUND: there is no such program; ERR_TOO_LARGE: the request is; ERR_TIMEOUT, ERR_DOWN: it
 * gave no answer in time, or ended without one. OK: *out is its answer. */
NODISCARD enum err letter_make(struct arena *arena, str worker, const struct letter_ask *ask,
			       struct letter_said *out);

#endif
