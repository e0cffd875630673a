/*
 * Email over SMTP: what the files of this part share.
 *
 *	smtp_threads.c   the channel: a bounded queue, a few threads, verdicts back to the loop
 *	smtp_esmtp.c     a session by libesmtp; smtp_curl.c: the same by libcurl
 *	smtp_wire.c      the connection under a session: our own connect(), and how it is cut
 *	smtp_tls.c       whom we trust
 *	smtp_reply.c     what a relay's reply means
 *	smtp_address.c   what may stand in a command
 *
 * Both libraries block, so each session has a thread of its own. A session is given one message
 * after the other, for as long as there are any: at every moment at most one is under way in it,
 * so that at most one is in doubt when it breaks.
 */
#ifndef CANDOUR_DELIVER_SMTP_H
#define CANDOUR_DELIVER_SMTP_H

#include "deliver/inner.h"

/* --- smtp_address.c --------------------------------------------------------------------------- */

/* The address as it may stand in a command: its domain in ASCII (IDNA 2008). Gives the empty str,
 * or a code that says why it cannot: then out is untouched. */
str smtp_address(struct arena *arena, str address, str *out);
/* The envelope's sender, by which a later bounce finds its message: "name+id@domain". Where that
 * would be too long, the address alone. `from` is as smtp_address gave it. */
str smtp_sender(struct arena *arena, str from, str id);
/* A host's name in ASCII, as for an address's domain; a plain name and an IPv4 address too. */
bool smtp_host(struct arena *arena, str host, str *out);

/* --- smtp_reply.c ----------------------------------------------------------------------------- */

/* What was asked when the reply came. */
enum smtp_stage {
	SMTP_HELLO, /* all that comes before a message: greeting, EHLO, STARTTLS, AUTH */
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA,  /* may the message come? */
	SMTP_FINAL, /* the whole message was sent */
};

/* RFC 5321 and RFC 3463: "550 5.1.1". No code: 0; no enhanced code: class 0. */
struct smtp_reply {
	int code;
	int class, subject, detail;
};

enum outcome smtp_outcome(enum smtp_stage stage, const struct smtp_reply *reply);
#define SMTP_CODE_SIZE 24
/* "550 5.1.1" or "550", ending in NUL. */
void smtp_code(const struct smtp_reply *reply, char out[SMTP_CODE_SIZE]);

/* --- an email, whole -------------------------------------------------------------------------- */

/* Who emails come from. */
struct email_from {
	str name;    /* of the authority */
	str address; /* as smtp_address gave it */
	/* Where one click unsubscribes: an https address, to which the message's id is added; may be
	 * empty. */
	str unsubscribe;
};

struct email {
	str sender, recipient; /* the envelope */
	str bytes;             /* RFC 5322, every line ending in CRLF, in 7 bits */
};

/* Gives the empty str, or the code of what is wrong with the recipient's address. The same parcel
 * gives the same bytes, so every try carries the same Message-ID, Date and boundary. */
str email_make(struct arena *arena, const struct parcel *parcel, const struct email_from *from,
	       struct email *out);

#endif
