/*
 * A session by libesmtp. What it tells is sorted out here:
 *
 * - smtp_start_session says 1 for dead sessions, too. A message was accepted if its own status and
 *   its recipient's are 2xx and the recipient is complete; nothing less will do.
 * - That its last byte was asked for is known only to the callback that gives the bytes: from then
 *   on a message without a last reply may have arrived.
 * - A message is added to the running session when the one before has ended (from within the event
 *   that says so), so no message ever waits behind another one's relay.
 * - What precedes the first message is told by nobody; it is read along the way (struct talk).
 * - errno must be 0 when a callback returns: libesmtp takes it for an error of its own.
 */
#include "deliver/smtp.h"

#include <errno.h>

#include <openssl/ssl.h>

#include <auth-client.h>
#include <libesmtp.h>

#define SESSION_BYTES_MAX ((size_t)32 << 20)

enum asked { ASKED_OTHER, ASKED_STARTTLS, ASKED_AUTH, ASKED_QUIT };

/* The conversation, as it is seen going by. */
struct talk {
	enum asked asked;
	char head[12]; /* of the line that is being read */
	size_t n_head;
	int refusal; /* the last reply, where it was one */
};

struct esmtp_session {
	struct smtp_session *session;
	struct talk talk;
	smtp_session_t esmtp;
	smtp_message_t message; /* of the job under way */
	smtp_recipient_t recipient;
	bool over; /* give it no more */
};

/* --- what came of a message -------------------------------------------------------------------- */

static struct smtp_reply reply_of(const smtp_status_t *status)
{
	return (struct smtp_reply){ .code = status->code,
				    .class = status->enh_class,
				    .subject = status->enh_subject,
				    .detail = status->enh_detail };
}

static void end_with(struct esmtp_session *es, enum smtp_stage stage, const smtp_status_t *status)
{
	const struct smtp_reply reply = reply_of(status);
	char code[SMTP_CODE_SIZE];
	smtp_code(&reply, code);
	/* The relay is about to hang up. */
	es->over = es->over || reply.code == 421;
	session_done(es->session, smtp_outcome(stage, &reply), code);
}

/* Judges the message under way by all that is known of it. */
static void end_message(struct esmtp_session *es)
{
	struct smtp_session *session = es->session;
	const smtp_status_t *mail = smtp_reverse_path_status(es->message);
	const smtp_status_t *recipient = smtp_recipient_status(es->recipient);
	const smtp_status_t *last = smtp_message_transfer_status(es->message);
	const bool read_out = session->job->read_out;
	if (mail->code >= 400) {
		end_with(es, SMTP_MAIL, mail);
	} else if (recipient->code >= 400) {
		end_with(es, SMTP_RCPT, recipient);
	} else if (last->code >= 400) {
		end_with(es, read_out ? SMTP_FINAL : SMTP_DATA, last);
	} else if (read_out && last->code / 100 == 2 && recipient->code / 100 == 2 &&
		   smtp_recipient_check_complete(es->recipient)) {
		end_with(es, SMTP_FINAL, last);
	} else if (read_out) {
		session->broken = true;
		session_done(session, OUTCOME_UNKNOWN, "no_reply");
	} else if (mail->code != 0) {
		/* Begun and broken off: it cannot have arrived, but it may be what broke the session. */
		session->broken = true;
		session_done(session, OUTCOME_LATER, "broken_off");
	}
	/* Otherwise it was not begun, and stays with the session. */
}

/* --- bytes ------------------------------------------------------------------------------------- */

/* The whole message at once: with CHUNKING each piece would be a round trip. */
static const char *give_bytes(void **context, int *n, void *arg)
{
	struct smtp_job *job = arg;
	const char *bytes = NULL;
	(void)context;
	if (n == NULL) {
		job->read_out = false;
		job->begun_reading = false;
	} else if (!job->begun_reading) {
		job->begun_reading = true;
		*n = (int)job->email.bytes.n;
		bytes = job->email.bytes.p;
	} else {
		job->read_out = true;
		*n = 0;
	}
	errno = 0;
	return bytes;
}

static void add_message(struct esmtp_session *es)
{
	struct smtp_job *job = es->session->job;
	es->message = smtp_add_message(es->esmtp);
	if (es->message == NULL)
		fatal("no memory for an email");
	es->recipient = NULL;
	if (smtp_set_reverse_path(es->message, str_z(&job->arena, job->email.sender)) != 0)
		es->recipient = smtp_add_recipient(es->message,
						   str_z(&job->arena, job->email.recipient));
	if (es->recipient == NULL || smtp_set_messagecb(es->message, give_bytes, job) == 0)
		fatal("no memory for an email");
}

/* The message under way has ended: on with the next, in the same session. */
static void go_on(struct esmtp_session *es)
{
	end_message(es);
	if (es->session->job == NULL && !es->over && !es->session->broken &&
	    es->session->bytes < SESSION_BYTES_MAX && session_next(es->session))
		add_message(es);
}

/* --- the conversation -------------------------------------------------------------------------- */

static void stop_talking(struct esmtp_session *es, enum outcome outcome, const char *code)
{
	session_trouble(es->session, outcome, code);
	es->over = true;
	wire_cut(es->session->wire);
}

/* A reply is complete; `more` bytes came with it. */
static void hear_reply(struct esmtp_session *es, int code, size_t more)
{
	struct talk *talk = &es->talk;
	const struct smtp_reply reply = { .code = code };
	char text[SMTP_CODE_SIZE];
	if (talk->asked == ASKED_STARTTLS && code / 100 == 2 && more > 0) {
		/* Somebody on the way speaks before TLS does, to be heard as the relay later. */
		stop_talking(es, OUTCOME_CONFIGURATION, "starttls_injected");
		return;
	}
	if (talk->asked == ASKED_QUIT)
		return;
	talk->refusal = code >= 400 ? code : 0;
	if (code < 400)
		return;
	smtp_code(&reply, text);
	/* Another mechanism may be understood. Without any, libesmtp would go on unauthenticated. */
	if (talk->asked == ASKED_AUTH && code != 504)
		stop_talking(es, smtp_outcome(SMTP_HELLO, &reply), text);
}

static void hear_line(struct esmtp_session *es, size_t more)
{
	struct talk *talk = &es->talk;
	int64_t code;
	bool last = talk->n_head < 4 || talk->head[3] != '-';
	if (talk->n_head >= 3 && str_to_i64((str){ talk->head, 3 }, &code) && last)
		hear_reply(es, (int)code, more);
	talk->n_head = 0;
}

static void hear(struct esmtp_session *es, const char *bytes, size_t n)
{
	struct talk *talk = &es->talk;
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\n')
			hear_line(es, n - i - 1);
		else if (talk->n_head < sizeof talk->head)
			talk->head[talk->n_head++] = bytes[i];
	}
}

/* An exchange of AUTH goes on over several lines; the first word of all others is a command. */
static void note_asked(struct talk *talk, str line)
{
	talk->n_head = 0;
	if (str_starts(line, S("QUIT")))
		talk->asked = ASKED_QUIT;
	else if (str_starts(line, S("STARTTLS")))
		talk->asked = ASKED_STARTTLS;
	else if (str_starts(line, S("AUTH ")))
		talk->asked = ASKED_AUTH;
	else if (talk->asked != ASKED_AUTH || str_starts(line, S("MAIL ")))
		talk->asked = ASKED_OTHER;
}

static void on_monitor(const char *bytes, int n, int writing, void *arg)
{
	struct esmtp_session *es = arg;
	if (writing == SMTP_CB_READING)
		hear(es, bytes, (size_t)n);
	else if (writing == SMTP_CB_WRITING)
		note_asked(&es->talk, (str){ bytes, (size_t)n });
	errno = 0;
}

/* libesmtp looks for a next message before it tells that DATA was refused, and after it tells all
 * else. Of a message whose recipient was refused it tells once more when DATA was refused, too. */
static void on_sent(struct esmtp_session *es, smtp_message_t message)
{
	if (es->session->job == NULL || message != es->message)
		return;
	es->over = es->over || !es->session->job->read_out;
	go_on(es);
}

static void on_event(smtp_session_t esmtp, int event, void *arg, ...)
{
	struct esmtp_session *es = arg;
	va_list more;
	(void)esmtp;
	va_start(more, arg);
	switch (event) {
	case SMTP_EV_MAILSTATUS:
		if (es->session->job != NULL && smtp_reverse_path_status(es->message)->code >= 400)
			go_on(es);
		break;
	case SMTP_EV_RCPTSTATUS:
		if (es->session->job != NULL && smtp_recipient_status(es->recipient)->code >= 400)
			go_on(es);
		break;
	case SMTP_EV_MESSAGESENT:
		on_sent(es, va_arg(more, smtp_message_t));
		break;
	case SMTP_EV_EXTNA_STARTTLS:
		session_trouble(es->session, OUTCOME_CONFIGURATION, "starttls_missing");
		break;
	case SMTP_EV_INVALID_PEER_CERTIFICATE:
		/* Only where nobody asked for it to be valid: else the handshake has failed. */
		(void)va_arg(more, long);
		*va_arg(more, int *) = es->session->settings->tls == SMTP_TLS_OPTIONAL;
		break;
	case SMTP_EV_WRONG_PEER_CERTIFICATE:
		/* libesmtp compares it with a name of the DNS's; ours was compared in the handshake. */
		*va_arg(more, int *) = tls_fault() == NULL;
		break;
	default:
		break;
	}
	va_end(more);
	errno = 0;
}

/* --- a session --------------------------------------------------------------------------------- */

static int on_auth(auth_client_request_t request, char **result, int fields, void *arg)
{
	struct smtp_session *session = arg;
	for (int i = 0; i < fields; i++)
		result[i] = (request[i].flags & AUTH_PASS) != 0
				    ? session->password
				    : (char *)(uintptr_t)session->settings->username;
	return 1;
}

static void set_limits(smtp_session_t esmtp, span reply_within)
{
	static const int limits[] = { Timeout_GREETING, Timeout_ENVELOPE, Timeout_DATA,
				      Timeout_TRANSFER };
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		(void)smtp_set_timeout(esmtp, limits[i] | Timeout_OVERRIDE_RFC2822_MINIMUM,
				       (long)reply_within.ms);
	(void)smtp_set_timeout(esmtp, Timeout_DATA2 | Timeout_OVERRIDE_RFC2822_MINIMUM,
			       (long)reply_within.ms * SMTP_FINAL_FACTOR);
}

static auth_context_t set_auth(struct esmtp_session *es)
{
	const struct smtp_settings *settings = es->session->settings;
	if (settings->username[0] == 0)
		return NULL;
	auth_context_t auth = auth_create_context();
	if (auth == NULL)
		fatal("no memory for an email session");
	auth_set_mechanism_flags(auth, AUTH_PLUGIN_PLAIN, 0);
	auth_set_interact_cb(auth, on_auth, es->session);
	smtp_auth_set_context(es->esmtp, auth);
	return auth;
}

static void set_up(struct esmtp_session *es)
{
	const struct smtp_settings *settings = es->session->settings;
	SSL_CTX *tls = es->session->transport;
	char server[300];
	snprintf(server, sizeof server, "%s:%d", settings->host, settings->port);
	es->esmtp = smtp_create_session();
	if (es->esmtp == NULL || smtp_set_server(es->esmtp, server) == 0 ||
	    smtp_set_hostname(es->esmtp, settings->hello) == 0)
		fatal("no memory for an email session");
	smtp_set_eventcb(es->esmtp, on_event, es);
	smtp_set_monitorcb(es->esmtp, on_monitor, es, 0);
	set_limits(es->esmtp, settings->reply_within);
	if (settings->tls != SMTP_TLS_OFF) {
		smtp_starttls_enable(es->esmtp, settings->tls == SMTP_TLS_REQUIRED
							? Starttls_REQUIRED
							: Starttls_ENABLED);
		smtp_starttls_set_ctx(es->esmtp, tls);
	}
	add_message(es);
}

/* Nothing more specific was met on the way. */
static void name_trouble(struct esmtp_session *es, bool started)
{
	const char *fault = tls_fault();
	const struct smtp_reply refusal = { .code = es->talk.refusal };
	char code[SMTP_CODE_SIZE];
	smtp_code(&refusal, code);
	if (fault != NULL && es->session->settings->tls == SMTP_TLS_REQUIRED)
		session_trouble(es->session, OUTCOME_CONFIGURATION, fault);
	else if (refusal.code != 0)
		session_trouble(es->session, smtp_outcome(SMTP_HELLO, &refusal), code);
	else if (es->talk.asked == ASKED_STARTTLS)
		session_trouble(es->session, OUTCOME_NOT_BEGUN, "tls");
	else if (!started && !wire_was_connected(es->session->wire))
		session_trouble(es->session, OUTCOME_NOT_BEGUN, "connect");
	else
		session_trouble(es->session, OUTCOME_NOT_BEGUN, "connection");
}

static void run(struct smtp_session *session)
{
	struct esmtp_session es = { .session = session };
	tls_forget_fault();
	set_up(&es);
	auth_context_t auth = set_auth(&es);
	bool started = smtp_start_session(es.esmtp) != 0;
	if (session->job != NULL)
		end_message(&es);
	if (session->job != NULL)
		name_trouble(&es, started);
	if (auth != NULL) {
		smtp_auth_set_context(es.esmtp, NULL);
		auth_destroy_context(auth);
	}
	smtp_destroy_session(es.esmtp);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	auth_client_init();
}

static void *open_transport(const struct smtp_settings *settings, struct findings *findings)
{
	pthread_once(&once, start_library);
	return tls_open(settings, findings);
}

static void close_transport(void *self)
{
	tls_close(self);
}

const struct smtp_transport smtp_esmtp = {
	.name = "libesmtp", .open = open_transport, .close = close_transport, .run = run
};
