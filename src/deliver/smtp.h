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

#include <pthread.h>

#include "base/arena.h"

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

/* RFC 5321 and RFC 3463: "550" and "5.1.1". No code: 0; no enhanced code: class 0. */
struct smtp_reply {
	int code;
	int class, subject, detail;
};

enum outcome smtp_outcome(enum smtp_stage stage, const struct smtp_reply *reply);
#define SMTP_CODE_SIZE 24
/* "550/5.1.1" or "550", ending in NUL. */
void smtp_code(const struct smtp_reply *reply, char out[SMTP_CODE_SIZE]);

/* --- an email, whole -------------------------------------------------------------------------- */

/* Who emails come from, and what they are made with. */
struct email_from {
	str name;       /* of the authority */
	str address;    /* as smtp_address gave it */
	str enclosures; /* the folder; may be empty */
	/* Where one click unsubscribes: an https address, to which the message's id is added; may be
	 * empty. */
	str unsubscribe;
};

/* The address from which this message comes: neutral where its sender is. wanted: of candour.conf; may be
 * empty. */
str email_from_address(const struct authority *authority, const struct message *message,
		       str wanted);

struct email {
	str sender, recipient; /* the envelope */
	str bytes;             /* RFC 5322, every line ending in CRLF, in 7 bits */
};

/* Most relays take 10 MB or more, and base64 makes a third more of it. */
#define EMAIL_ENCLOSED_MAX ((size_t)16 << 20)

/* Gives the empty str, or the code of what is wrong with the recipient's address or an enclosure, and
 * the outcome that it is. The same parcel gives the same bytes, so every try carries the same
 * Message-ID, Date and boundary. */
str email_make(struct arena *arena, const struct parcel *parcel, const struct email_from *from,
	       struct email *out, enum outcome *out_fault);

/* --- the relay and how it is spoken with ------------------------------------------------------- */

enum smtp_tls { SMTP_TLS_REQUIRED, SMTP_TLS_OPTIONAL, SMTP_TLS_OFF };

/* Fixed when the channel is opened; read by all threads. */
struct smtp_settings {
	const char *host; /* as smtp_host gave it */
	int port;
	enum smtp_tls tls;
	const char *ca_file;                  /* "": the system's */
	const char *username, *password_file; /* "": we do not say who we are */
	bool oauth;                           /* the password is a bearer token */
	const char *hello;                    /* our own name */
	int threads, session_messages;
	span reply_within; /* for each reply; the last one of a message may take FINAL_FACTOR times that */
};

#define SMTP_FINAL_FACTOR 5   /* a relay may look long at a message before it takes it */
#define SMTP_MESSAGE_FACTOR 8 /* no message may take longer in all, however busy the line is */
#define SMTP_MESSAGE_MAX SPAN_MIN(8)

/* --- smtp_wire.c ------------------------------------------------------------------------------- */

/* The connection under a session. While a thread has entered a wire, each connect() on that thread
 * is ours: within a limit, without Nagle's delay, closed on exec; and any thread may cut it. */
struct smtp_wire {
	pthread_mutex_t lock;
	span limit; /* for a connection to come about */
	int fd;     /* a duplicate of the connection's; -1: none yet */
	bool cut;   /* what is there is shut down, and there will be no other */
};

void wire_init(struct smtp_wire *wire, span limit);
void wire_clear(struct smtp_wire *wire);
void wire_enter(struct smtp_wire *wire);
void wire_leave(struct smtp_wire *wire);
/* Whatever waits on the connection comes back with an error, and it never sends again. */
void wire_cut(struct smtp_wire *wire);
/* Before the next session: it may connect again. */
void wire_mend(struct smtp_wire *wire);
/* Whether it has been connected since it was mended. */
bool wire_was_connected(struct smtp_wire *wire);

/* --- smtp_tls.c -------------------------------------------------------------------------------- */

struct ssl_ctx_st;

/* TLS 1.2, the relay's certificate checked against the configured name. NULL, with a finding, when
 * the file of certificates cannot be used. */
struct ssl_ctx_st *tls_open(const struct smtp_settings *settings, struct findings *findings);
void tls_close(struct ssl_ctx_st *tls);
/* Why the last certificate on this thread was refused: "tls_expired", "tls_host", "tls_untrusted";
 * NULL: none was. */
const char *tls_fault(void);
void tls_forget_fault(void);

/* --- sessions ---------------------------------------------------------------------------------- */

/* A message on its way through the threads. */
struct smtp_job {
	struct smtp_job *next;
	const struct parcel *parcel;
	struct arena arena;
	str from_name, from_address;  /* copied: the policy may be another by then */
	struct email email;           /* made on the thread */
	bool begun_reading, read_out; /* its last byte was given: from here on it may arrive */
	int sessions;                 /* that it was given to */
	int64_t since_ms;
	enum outcome outcome;
	char code[SMTP_CODE_SIZE];
	span retry_after;
};

#define SMTP_PASSWORD_SIZE 4097

/* The password as it stands in its file now, so that a token may be changed while we run; empty where
 * there is no file. False, with a finding where one is wanted, when it cannot be read. */
bool smtp_password(str file, char out[SMTP_PASSWORD_SIZE], struct findings *findings);

/* One session, from its thread's point of view. */
struct smtp_session {
	const struct smtp_settings *settings;
	char password[SMTP_PASSWORD_SIZE]; /* as it stands in its file now */
	void *transport;                   /* what its open gave */
	struct smtp_wire *wire;
	struct smtp_job *job; /* under way; NULL: none */
	void *line;           /* of smtp_threads.c */
	int given, answered;
	bool broken; /* in the middle of a message */
	size_t bytes;
	/* why what is under way was not begun */
	enum outcome trouble;
	char trouble_code[SMTP_CODE_SIZE];
};

/* Gives the session its next message; false: it should end. */
bool session_next(struct smtp_session *session);
/* What came of the message under way. One that was not begun stays with the session, which ends. */
void session_done(struct smtp_session *session, enum outcome outcome, const char *code);
/* What the session met; the first that is told counts. */
void session_trouble(struct smtp_session *session, enum outcome outcome, const char *code);

/* A library that can speak SMTP. */
struct smtp_transport {
	const char *name;
	/* What all its sessions share; NULL, with findings, when it cannot work. */
	void *(*open)(const struct smtp_settings *settings, struct findings *findings);
	void (*close)(void *self);
	/* Runs a session with the message it was given, and with more as long as there are any. On a
	 * thread of its own; what is still under way at the end was not begun. */
	void (*run)(struct smtp_session *session);
};

extern const struct smtp_transport smtp_esmtp, smtp_curl;

/* --- smtp_threads.c ---------------------------------------------------------------------------- */

bool smtp_open(const struct deliver_settings *settings, const struct channel_env *env,
	       const struct policy *const *policy, struct channel *out, struct findings *findings);

#endif
