/*
 * A session by libcurl: for what libesmtp lacks, which is TLS 1.3, TLS from the first byte (port
 * 465) and bearer tokens (XOAUTH2). One easy handle is a session: it keeps its connection from one
 * message to the next. Not the multi handle: it waits for a message's last reply in place.
 *
 * libcurl's own codes do not say at which command a relay refused, so the conversation is followed
 * as it goes by (note), and every reply is judged as for libesmtp.
 */
#include "deliver/smtp.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>
#include <string.h>

#define SMTPS_PORT 465
#define URL_SIZE 600

struct curl_session {
	struct smtp_session *session;
	CURL *curl;
	enum smtp_stage stage; /* what was asked last */
	bool asked_starttls, asked_quit;
	struct smtp_reply reply; /* to that; code 0: none yet */
	size_t read;             /* bytes of the message that were given */
	int64_t waits_since_ms;
	bool over; /* give it no more */
};

static int64_t now_ms(void)
{
	struct timespec now;
	require(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- the conversation -------------------------------------------------------------------------- */

static void note_asked(struct curl_session *cs, str line)
{
	static const struct {
		const char *word;
		enum smtp_stage stage;
	} words[] = { { "MAIL FROM", SMTP_MAIL }, { "RCPT TO", SMTP_RCPT }, { "DATA", SMTP_DATA } };
	cs->asked_quit = str_starts(line, S("QUIT"));
	if (cs->asked_quit)
		return;
	cs->asked_starttls = str_starts(line, S("STARTTLS"));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (str_starts(line, str_of(words[i].word)))
			cs->stage = words[i].stage;
	}
	cs->reply = (struct smtp_reply){ .code = 0 };
	cs->waits_since_ms = now_ms();
}

static int take_number(str *rest)
{
	int n = 0;
	while (rest->n > 0 && rest->p[0] >= '0' && rest->p[0] <= '9' && n < 1000) {
		n = 10 * n + (rest->p[0] - '0');
		*rest = str_slice(*rest, 1, rest->n);
	}
	return n;
}

static bool take_dot(str *rest)
{
	bool is = rest->n > 0 && rest->p[0] == '.';
	*rest = str_slice(*rest, is ? 1 : 0, rest->n);
	return is;
}

/* "550 5.1.1 nobody" */
static void note_reply(struct curl_session *cs, str line)
{
	struct smtp_reply reply = { .code = take_number(&line) };
	if (cs->asked_quit || reply.code < 100 || line.n == 0 || line.p[0] == '-')
		return;
	line = str_slice(line, 1, line.n);
	int class = take_number(&line), subject = 0, detail = 0;
	bool enhanced = class == reply.code / 100 && take_dot(&line);
	if (enhanced) {
		subject = take_number(&line);
		enhanced = take_dot(&line);
		detail = take_number(&line);
	}
	if (enhanced) {
		reply.class = class;
		reply.subject = subject;
		reply.detail = detail;
	}
	cs->reply = reply;
	cs->waits_since_ms = now_ms();
}

static int note(CURL *curl, curl_infotype type, char *bytes, size_t n, void *arg)
{
	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		note_asked(arg, (str){ bytes, n });
	else if (type == CURLINFO_HEADER_IN)
		note_reply(arg, (str){ bytes, n });
	return 0;
}

/* About once a second, while it waits: libcurl's own limit is for the last reply, the longest. */
static int watch(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct curl_session *cs = arg;
	(void)a, (void)b, (void)c, (void)d;
	return cs->stage != SMTP_FINAL &&
	       now_ms() - cs->waits_since_ms > cs->session->settings->reply_within.ms;
}

static size_t give_bytes(char *place, size_t size, size_t n, void *arg)
{
	struct curl_session *cs = arg;
	struct smtp_job *job = cs->session->job;
	size_t left = job->email.bytes.n - cs->read, most = size * n;
	if (left < most)
		most = left;
	if (most > 0)
		memcpy(place, job->email.bytes.p + cs->read, most);
	cs->read += most;
	cs->waits_since_ms = now_ms();
	/* libcurl knows the length, and does not ask again. */
	if (cs->read == job->email.bytes.n && !job->read_out) {
		job->read_out = true;
		cs->stage = SMTP_FINAL;
		cs->reply = (struct smtp_reply){ .code = 0 };
	}
	return most;
}

/* --- what came of it --------------------------------------------------------------------------- */

/* Where OpenSSL found nothing, libcurl did: the name. */
static const char *certificate_fault(CURL *curl)
{
	long fault = 0;
	curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &fault);
	switch (fault) {
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "tls_expired";
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_CERT_SIGNATURE_FAILURE:
		return "tls_untrusted";
	default:
		return "tls_host";
	}
}

/* What was met before the message was begun. */
static void name_trouble(struct curl_session *cs, CURLcode result)
{
	char code[SMTP_CODE_SIZE];
	smtp_code(&cs->reply, code);
	if (result == CURLE_PEER_FAILED_VERIFICATION)
		session_trouble(cs->session, OUTCOME_CONFIGURATION, certificate_fault(cs->curl));
	else if (cs->reply.code >= 400)
		session_trouble(cs->session, smtp_outcome(cs->stage, &cs->reply), code);
	else if (result == CURLE_USE_SSL_FAILED)
		session_trouble(cs->session, OUTCOME_CONFIGURATION, "starttls_missing");
	else if (result == CURLE_LOGIN_DENIED)
		session_trouble(cs->session, OUTCOME_CONFIGURATION, "auth");
	else if (result == CURLE_WEIRD_SERVER_REPLY && cs->asked_starttls)
		session_trouble(cs->session, OUTCOME_CONFIGURATION, "starttls_injected");
	else if (cs->asked_starttls || result == CURLE_SSL_CONNECT_ERROR)
		session_trouble(cs->session, OUTCOME_NOT_BEGUN, "tls");
	else if (!wire_was_connected(cs->session->wire))
		session_trouble(cs->session, OUTCOME_NOT_BEGUN, "connect");
	else
		session_trouble(cs->session, OUTCOME_NOT_BEGUN, "connection");
}

static void end_message(struct curl_session *cs, CURLcode result)
{
	struct smtp_session *session = cs->session;
	char code[SMTP_CODE_SIZE];
	bool accepted = result == CURLE_OK && session->job->read_out && cs->reply.code / 100 == 2;
	smtp_code(&cs->reply, code);
	cs->over = cs->over || cs->reply.code == 421;
	if (accepted || (cs->stage != SMTP_HELLO && cs->reply.code >= 400)) {
		session_done(session, smtp_outcome(cs->stage, &cs->reply), code);
	} else if (session->job->read_out) {
		session->broken = true;
		session_done(session, OUTCOME_UNKNOWN, "no_reply");
	} else if (cs->stage == SMTP_RCPT || cs->stage == SMTP_DATA) {
		session->broken = true;
		session_done(session, OUTCOME_LATER, "broken_off");
	} else {
		name_trouble(cs, result);
	}
}

/* --- a session --------------------------------------------------------------------------------- */

#define SET(option, value) require(curl_easy_setopt(cs->curl, (option), (value)) == CURLE_OK)

static void set_tls(struct curl_session *cs)
{
	const struct smtp_settings *settings = cs->session->settings;
	const bool required = settings->tls == SMTP_TLS_REQUIRED;
	SET(CURLOPT_USE_SSL, (long)(required                             ? CURLUSESSL_ALL
				    : settings->tls == SMTP_TLS_OPTIONAL ? CURLUSESSL_TRY
									 : CURLUSESSL_NONE));
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, required ? 1L : 0L);
	SET(CURLOPT_SSL_VERIFYHOST, required ? 2L : 0L);
	if (settings->ca_file[0] != 0) {
		SET(CURLOPT_CAINFO, settings->ca_file);
		SET(CURLOPT_CAPATH, NULL);
	}
}

static void set_auth(struct curl_session *cs)
{
	const struct smtp_settings *settings = cs->session->settings;
	if (settings->username[0] == 0)
		return;
	SET(CURLOPT_USERNAME, settings->username);
	SET(settings->oauth ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, cs->session->password);
	SET(CURLOPT_LOGIN_OPTIONS, settings->oauth ? "AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
}

static void set_up(struct curl_session *cs)
{
	const struct smtp_settings *settings = cs->session->settings;
	const int64_t within_ms = settings->reply_within.ms;
	char url[URL_SIZE];
	cs->curl = curl_easy_init();
	if (cs->curl == NULL)
		fatal("no memory for an email session");
	/* The path is our own name for EHLO. */
	snprintf(url, sizeof url, "%s://%s:%d/%s", settings->port == SMTPS_PORT ? "smtps" : "smtp",
		 settings->host, settings->port, settings->hello);
	SET(CURLOPT_URL, url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, ""); /* whatever the environment says */
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, give_bytes);
	SET(CURLOPT_READDATA, cs);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_DEBUGFUNCTION, note);
	SET(CURLOPT_DEBUGDATA, cs);
	SET(CURLOPT_NOPROGRESS, 0L);
	SET(CURLOPT_XFERINFOFUNCTION, watch);
	SET(CURLOPT_XFERINFODATA, cs);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(within_ms * SMTP_FINAL_FACTOR / 1000));
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)within_ms * SMTP_MESSAGE_FACTOR);
	set_tls(cs);
	set_auth(cs);
}

static void send_one(struct curl_session *cs)
{
	struct smtp_job *job = cs->session->job;
	struct curl_slist *recipients = curl_slist_append(NULL,
							  str_z(&job->arena, job->email.recipient));
	if (recipients == NULL)
		fatal("no memory for an email");
	cs->stage = SMTP_HELLO;
	cs->asked_starttls = false;
	cs->reply = (struct smtp_reply){ .code = 0 };
	cs->read = 0;
	cs->waits_since_ms = now_ms();
	SET(CURLOPT_MAIL_FROM, str_z(&job->arena, job->email.sender));
	SET(CURLOPT_MAIL_RCPT, recipients);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)job->email.bytes.n);
	CURLcode result = curl_easy_perform(cs->curl);
	SET(CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	end_message(cs, result);
}

static void run(struct smtp_session *session)
{
	struct curl_session cs = { .session = session };
	set_up(&cs);
	do {
		send_one(&cs);
	} while (session->job == NULL && !cs.over && !session->broken && session_next(session));
	/* It would say QUIT, and wait for the answer. */
	if (session->broken || session->job != NULL)
		wire_cut(session->wire);
	curl_easy_cleanup(cs.curl);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	require(curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK);
}

static void *open_transport(const struct smtp_settings *settings, struct findings *findings)
{
	(void)settings;
	(void)findings;
	pthread_once(&once, start_library);
	/* Its sessions share nothing; this only says that it can work. */
	return &once;
}

static void close_transport(void *self)
{
	(void)self;
}

const struct smtp_transport smtp_curl = {
	.name = "curl", .open = open_transport, .close = close_transport, .run = run
};
