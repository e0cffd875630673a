/*
 * What can be known of the other sides before the first message: for candourd --check --connect. Waits; sends
 * nothing that is a message.
 */
#include <curl/curl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "deliver/smtp.h"
#include "letter/letter.h"

#define LIMIT_S 5L

/* --- mail server -------------------------------------------------------------------------------- */

static const char *explain_smtp(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "its name is not known: see 'email.host'";
	case CURLE_COULDNT_CONNECT:
		return "nobody answers there: see 'email.host' and 'email.port', and a firewall";
	case CURLE_OPERATION_TIMEDOUT:
		return "it gave no greeting of a mail server in time";
	case CURLE_USE_SSL_FAILED:
		return "it offers no TLS: 'email.tls: required' needs it";
	case CURLE_PEER_FAILED_VERIFICATION:
		return "its certificate is not to be trusted, or is for another name: see "
		       "'email.ca_file' and 'email.host'";
	case CURLE_LOGIN_DENIED:
		return "it does not take the user or the password: see 'email.username' and "
		       "'email.password_file'";
	case CURLE_WEIRD_SERVER_REPLY:
		return "what answers there is no mail server";
	default:
		return NULL;
	}
}

/* Greeting, TLS, who we are, and NOOP: as a session begins, without a message. */
static void probe_email(const struct email_settings *settings, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	CURL *curl = curl_easy_init();
	const bool required = str_eq(settings->tls, S("required"));
	const bool at_once = settings->port == 465;
	char password[SMTP_PASSWORD_SIZE];
	CURLcode code;

	require(curl != NULL);
	if (!smtp_password(settings->password_file, password, findings)) {
		curl_easy_cleanup(curl);
		return;
	}
	curl_easy_setopt(curl, CURLOPT_URL,
			 str_z(&arena, str_fmt(&arena, "%s://%.*s:%d", at_once ? "smtps" : "smtp",
					       STR_ARG(settings->host), settings->port)));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, LIMIT_S);
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
			 (long)(required                               ? CURLUSESSL_ALL
				: str_eq(settings->tls, S("optional")) ? CURLUSESSL_TRY
								       : CURLUSESSL_NONE));
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, required ? 1L : 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, required ? 2L : 0L);
	if (settings->ca_file.n > 0) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(&arena, settings->ca_file));
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	if (settings->username.n > 0) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(&arena, settings->username));
		curl_easy_setopt(curl, settings->oauth ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
				 password);
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS,
				 settings->oauth ? "AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
	}
	code = curl_easy_perform(curl);
	if (code != CURLE_OK)
		findings_error(findings, S("email"), 0, "email_connect",
			       "the mail server %.*s:%d cannot be used: %s",
			       STR_ARG(settings->host), settings->port,
			       explain_smtp(code) != NULL ? explain_smtp(code)
							  : curl_easy_strerror(code));
	curl_easy_cleanup(curl);
	explicit_bzero(password, sizeof password);
	arena_free(&arena);
}

/* --- providers of text messages and letters ------------------------------------------------------------------- */

/* Only the connection and its certificate: any request might be a message. */
static void probe_provider(const struct provider *provider, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	CURL *curl;
	CURLcode code;

	if (provider->url.n == 0)
		return;
	curl = curl_easy_init();
	require(curl != NULL);
	curl_easy_setopt(curl, CURLOPT_URL, str_z(&arena, provider->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, LIMIT_S);
	if (provider->ca_file.n > 0)
		curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(&arena, provider->ca_file));
	code = curl_easy_perform(curl);
	if (code != CURLE_OK)
		findings_error(findings, provider->is_post ? S("letter") : S("sms"), 0,
			       provider->is_post ? "letter_connect" : "sms_connect",
			       "the gateway '%.*s' cannot be reached: %s (see '%s.url')",
			       STR_ARG(provider->name), curl_easy_strerror(code),
			       provider->is_post ? "letter" : "sms");
	curl_easy_cleanup(curl);
	arena_free(&arena);
}

/* --- folders and programs ------------------------------------------------------------------------ */

static void probe_spool(const struct letter_settings *settings, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	const char *dir = str_z(&arena, settings->dir);
	struct stat file;

	if (stat(dir, &file) != 0 || !S_ISDIR(file.st_mode))
		findings_error(findings, settings->dir, 0, "letter_spool",
			       "the print room's folder is not there: see 'letter.dir'");
	else if (access(dir, W_OK | X_OK) != 0)
		findings_error(findings, settings->dir, 0, "letter_spool",
			       "letters cannot be put into the print room's folder: see its "
			       "owner and mode");
	arena_free(&arena);
}

/* The fonts are looked at by the program that uses them. */
static void probe_letters(const struct letter_settings *settings, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	/* Nobody's, and without a word: it is refused, but for the fonts first. */
	const struct letter_ask ask = { .parts = S("[]") };
	struct letter_said said = { .refused = LETTER_NONE };
	const enum err err = letter_make(&arena, settings->press.worker, &ask, &said);

	if (err != OK)
		findings_error(findings, settings->press.worker, 0, "letter_worker",
			       "letters cannot be made, this program does not do it: %s",
			       err_text(err));
	else if (said.refused == LETTER_NO_FONTS)
		findings_error(findings, S("letter"), 0, "letter_fonts",
			       "letters cannot be made: %.*s (Debian's packages fonts-noto-core "
			       "and fonts-noto-cjk)",
			       STR_ARG(said.why));
	arena_free(&arena);
}

void deliver_probe(const struct deliver_settings *settings, struct findings *findings)
{
	if (!str_eq(settings->email.transport, S("file")))
		probe_email(&settings->email, findings);
	for (size_t i = 0; i < settings->sms.n_providers; i++)
		probe_provider(&settings->sms.providers[i], findings);
	if (settings->letter.provider != NULL)
		probe_provider(settings->letter.provider, findings);
	if (str_eq(settings->letter.transport, S("spool")))
		probe_spool(&settings->letter, findings);
	probe_letters(&settings->letter, findings);
}
