/*
 * Setup: everything that is read before the first event, checked together.
 *
 * The configuration is one table: key, type, default, limits, one sentence. Every mistake in
 * configuration, policy, calendars, pathways and templates is listed at once, with file and line.
 */
#ifndef CANDOUR_SETUP_SETUP_H
#define CANDOUR_SETUP_SETUP_H

#include "base/log.h"
#include "model/provider.h"
#include "words/words.h"

/* One provider of text messages. */
struct sms_config {
	str transport, dir, sender, alphabet;
	str url, token_file, receipt_token_file, template_id, described_in, ca_file;
	int weight;
};

struct config {
	struct {
		str socket, host;
		int port;
		str username, password_file, prefix;
	} redis;
	struct {
		str transport, dir, from, unsubscribe;
		str host, tls, ca_file, username, password_file, auth;
		int port, threads, session_messages;
		span reply_within;
	} email;
	struct sms_config sms[PROVIDERS_MAX];
	size_t n_sms;
	/* Their descriptions, where they are no files: read with everything else. */
	const struct provider *providers;
	size_t n_providers;
	const struct provider *post_provider; /* of letters; NULL: they go into a folder */
	struct {
		str url, token_file, described_in, ca_file;
		str transport, dir, profile, postage, cut_off, print_days, worker;
		int workers;
	} letter;
	str policy, templates, enclosures; /* folders */
	struct {
		str listen; /* empty: no HTTP */
	} http;
	struct {
		str listen; /* empty: receipts are not taken */
		str url;    /* without a slash at its end */
	} receipts;
	struct {
		str at; /* "02:00" */
		span whole_every;
	} audit;
	struct {
		enum log_level level;
		enum log_format format;
	} log;
	span stop_within;
	span clock_skew_max; /* an event's time may lie so far ahead of ours */
};

struct setup {
	struct config config;
	const struct policy *policy;
	const struct words *words;
};

/* Reads the configuration alone. Paths in it are taken relative to the configuration's own folder. */
bool setup_config(struct arena *arena, str file, struct config *out, struct findings *findings);
/* Reads the policy folder alone (for simulate --policy and lint). */
const struct policy *setup_policy(struct arena *arena, str folder, struct findings *findings);
/* The same policy, with what the configuration says of postage and printing. */
const struct policy *setup_post(struct arena *arena, const struct config *config,
				const struct policy *policy);
/* All of it, and the checks that need more than one part. False when there is an error. */
bool setup_read(struct arena *arena, str file, struct setup *out, struct findings *findings);
/* A warning for each key that a running daemon, which began with `before`, does not take from `after`. */
void setup_changes(const struct config *before, const struct config *after, str file,
		   struct findings *findings);
/* A line each: "FILE:LINE: error: MESSAGE (CODE)". */
str setup_findings_text(struct arena *arena, const struct findings *findings);
/* The table of the configuration for the man page and candour.conf: key, type, default, sentence; a
 * line each. */
str setup_table(struct arena *arena);

#endif
