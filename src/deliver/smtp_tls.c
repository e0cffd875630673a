/*
 * Whom we trust. libesmtp's own context is not used: it is freed with the first session and used
 * again by the second, it allows old versions, and it checks the certificate against whatever name
 * the DNS gives for the relay. Ours checks it against the name in the configuration.
 *
 * TLS 1.2 and no more: after a handshake of TLS 1.3 libesmtp takes the relay's session ticket for an
 * answer, and waits for the rest of it until its time limit.
 */
#include "deliver/smtp.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static _Thread_local int fault;

static int note_fault(int fine, X509_STORE_CTX *store)
{
	if (!fine && fault == 0)
		fault = X509_STORE_CTX_get_error(store);
	return fine;
}

const char *tls_fault(void)
{
	switch (fault) {
	case X509_V_OK:
		return NULL;
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "tls_expired";
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return "tls_host";
	default:
		return "tls_untrusted";
	}
}

void tls_forget_fault(void)
{
	fault = X509_V_OK;
}

/* libesmtp does not say for whom it asks, and some relays have several certificates. The name is put
 * in just before the first byte of the handshake is made. */
static void say_name(const SSL *ssl, int where, int value)
{
	(void)value;
	if ((where & SSL_CB_HANDSHAKE_START) == 0 || SSL_is_server(ssl))
		return;
	char *host = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
	if (host != NULL)
		(void)SSL_set_tlsext_host_name((SSL *)(uintptr_t)ssl, host);
}

static bool expect_host(SSL_CTX *tls, const char *host)
{
	X509_VERIFY_PARAM *wanted = SSL_CTX_get0_param(tls);
	if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host) == 1)
		return true;
	X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	SSL_CTX_set_app_data(tls, (char *)(uintptr_t)host);
	SSL_CTX_set_info_callback(tls, say_name);
	return X509_VERIFY_PARAM_set1_host(wanted, host, 0) == 1;
}

static bool trust(SSL_CTX *tls, const struct smtp_settings *settings, struct findings *findings)
{
	const char *file = settings->ca_file;
	if (file[0] == 0)
		return SSL_CTX_set_default_verify_paths(tls) == 1;
	if (SSL_CTX_load_verify_locations(tls, file, NULL) == 1)
		return true;
	findings_error(findings, str_of(file), 0, "ca_file",
		       "email.ca_file: no certificates can be read from this file");
	return false;
}

struct ssl_ctx_st *tls_open(const struct smtp_settings *settings, struct findings *findings)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
	if (tls == NULL)
		fatal("no memory for TLS");
	require(SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1);
	require(SSL_CTX_set_max_proto_version(tls, TLS1_2_VERSION) == 1);
	require(expect_host(tls, settings->host));
	/* Who says "optional" takes what there is, against listeners but not against impostors. */
	SSL_CTX_set_verify(tls,
			   settings->tls == SMTP_TLS_REQUIRED ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
			   note_fault);
	if (trust(tls, settings, findings))
		return tls;
	SSL_CTX_free(tls);
	return NULL;
}

void tls_close(struct ssl_ctx_st *tls)
{
	SSL_CTX_free(tls);
}
