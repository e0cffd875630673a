/* The configuration as one table. What is said of an option is said here and nowhere else. */
#include "setup/options.h"

#define AT(member) offsetof(struct config, member)
#define KIB (1024)

const struct option options[] = {
	{ .key = "redis.socket",
	  .type = OPTION_FILE,
	  .at = AT(redis.socket),
	  .sentence = "The Unix socket of the Redis server." },
	{ .key = "redis.host",
	  .type = OPTION_LINE,
	  .at = AT(redis.host),
	  .sentence = "The Redis server's host, instead of a socket." },
	{ .key = "redis.port",
	  .type = OPTION_NUMBER,
	  .standard = "6379",
	  .least = 1,
	  .most = 65535,
	  .at = AT(redis.port),
	  .sentence = "The Redis server's port." },
	{ .key = "redis.tls",
	  .type = OPTION_LINE,
	  .standard = "off",
	  .at = NOWHERE,
	  .only = "this build speaks no TLS with Redis: use the Unix socket, or a tunnel such as "
		  "stunnel",
	  .sentence = "TLS on the way to Redis." },
	{ .key = "redis.username",
	  .type = OPTION_LINE,
	  .at = AT(redis.username),
	  .sentence = "The Redis user; empty: the default user." },
	{ .key = "redis.password_file",
	  .type = OPTION_SECRET,
	  .at = AT(redis.password_file),
	  .sentence = "A file that holds the Redis user's password and nothing else." },
	{ .key = "redis.prefix",
	  .type = OPTION_PREFIX,
	  .standard = "{candour}",
	  .at = AT(redis.prefix),
	  .sentence = "What all keys begin with; one prefix is one authority." },
	{ .key = "redis.sentinel",
	  .type = OPTION_LINE,
	  .at = NOWHERE,
	  .only = "Sentinel is not asked yet",
	  .sentence = "Where Sentinel is asked for the server." },
	{ .key = "redis.wait_replicas",
	  .type = OPTION_NUMBER,
	  .unit = "replicas",
	  .standard = "0",
	  .least = 0,
	  .most = 16,
	  .at = NOWHERE,
	  .only = "replicas are not waited for yet",
	  .sentence = "How many replicas must have a write before a message leaves." },

	{ .key = "email.transport",
	  .type = OPTION_WORD,
	  .standard = "file",
	  .words = "libesmtp|curl|file",
	  .at = AT(email.transport),
	  .sentence = "How emails leave; file: into a Maildir." },
	{ .key = "email.host",
	  .type = OPTION_LINE,
	  .at = AT(email.host),
	  .sentence = "The mail server's host." },
	{ .key = "email.port",
	  .type = OPTION_NUMBER,
	  .standard = "587",
	  .least = 1,
	  .most = 65535,
	  .at = AT(email.port),
	  .sentence = "The mail server's port." },
	{ .key = "email.tls",
	  .type = OPTION_WORD,
	  .standard = "required",
	  .words = "required|optional|off",
	  .at = AT(email.tls),
	  .sentence = "TLS on the way to the mail server; optional: where it is offered, "
		      "whoever offers it." },
	{ .key = "email.ca_file",
	  .type = OPTION_FILE_THERE,
	  .at = AT(email.ca_file),
	  .sentence = "Whom to trust for the mail server's certificate; empty: the system's." },
	{ .key = "email.username",
	  .type = OPTION_LINE,
	  .at = AT(email.username),
	  .sentence = "The mail server's user; empty: we do not say who we are." },
	{ .key = "email.password_file",
	  .type = OPTION_SECRET,
	  .at = AT(email.password_file),
	  .sentence =
		  "A file that holds the mail user's password and nothing else; each session reads "
		  "it anew." },
	{ .key = "email.auth",
	  .type = OPTION_WORD,
	  .standard = "password",
	  .words = "password|oauth",
	  .at = AT(email.auth),
	  .sentence = "What password_file holds: a password, or a bearer token (XOAUTH2)." },
	{ .key = "email.from",
	  .type = OPTION_EMAIL,
	  .at = AT(email.from),
	  .sentence = "The address that emails come from; empty: email_from of authority.yaml." },
	{ .key = "email.unsubscribe",
	  .type = OPTION_LINE,
	  .at = AT(email.unsubscribe),
	  .sentence = "Where one click unsubscribes from what is optional: an https address "
		      "that a message's id is added to; empty: only by writing." },
	{ .key = "email.threads",
	  .type = OPTION_NUMBER,
	  .unit = "sessions",
	  .standard = "4",
	  .least = 1,
	  .most = 64,
	  .at = AT(email.threads),
	  .sentence = "How many sessions with the mail server at once." },
	{ .key = "email.session_messages",
	  .type = OPTION_NUMBER,
	  .unit = "emails",
	  .standard = "50",
	  .least = 1,
	  .most = 1000,
	  .at = AT(email.session_messages),
	  .sentence = "How many emails go in one session." },
	{ .key = "email.reply_within",
	  .type = OPTION_SPAN,
	  .standard = "60s",
	  .least = 1000,
	  .most = 120000,
	  .at = AT(email.reply_within),
	  .sentence = "The mail server has so long for each reply, and five times as long for "
		      "the last one of a message." },
	{ .key = "email.dir",
	  .type = OPTION_FILE,
	  .at = AT(email.dir),
	  .sentence = "The Maildir of the file transport." },

	{ .key = "sms.transport",
	  .type = OPTION_WORD,
	  .standard = "file",
	  .words = "generic|notify|twilio|file",
	  .at = AT(sms[0].transport),
	  .sentence = "How text messages leave; file: as lines of sms.jsonl; the others are "
		      "described in sms/ of the policy's folder. Several providers: a list of "
		      "such groups." },
	{ .key = "sms.url",
	  .type = OPTION_LINE,
	  .at = AT(sms[0].url),
	  .sentence = "The provider's address, as its description wants it." },
	{ .key = "sms.token_file",
	  .type = OPTION_SECRET,
	  .at = AT(sms[0].token_file),
	  .sentence = "A file that holds the provider's key and nothing else; user:secret where "
		      "there are both." },
	{ .key = "sms.receipt_token_file",
	  .type = OPTION_SECRET,
	  .at = AT(sms[0].receipt_token_file),
	  .sentence = "A file that holds what the provider's receipts are proved by, and nothing "
		      "else." },
	{ .key = "sms.template_id",
	  .type = OPTION_LINE,
	  .at = AT(sms[0].template_id),
	  .sentence = "The provider's id of the template that carries our text." },
	{ .key = "sms.described_in",
	  .type = OPTION_FILE,
	  .at = AT(sms[0].described_in),
	  .sentence = "The provider's description; empty: sms/TRANSPORT.yaml in the policy's "
		      "folder." },
	{ .key = "sms.ca_file",
	  .type = OPTION_FILE_THERE,
	  .at = AT(sms[0].ca_file),
	  .sentence = "Whom to trust for the provider's certificate; empty: the system's." },
	{ .key = "sms.sender",
	  .type = OPTION_SENDER,
	  .at = AT(sms[0].sender),
	  .sentence = "The sender that a phone shows; empty: short_name of authority.yaml." },
	{ .key = "sms.alphabet",
	  .type = OPTION_WORD,
	  .standard = "unicode",
	  .words = "unicode|gsm",
	  .at = AT(sms[0].alphabet),
	  .sentence = "What the provider can carry." },
	{ .key = "sms.dir",
	  .type = OPTION_FILE,
	  .at = AT(sms[0].dir),
	  .sentence = "The folder in which the file transport writes sms.jsonl." },
	{ .key = "sms.weight",
	  .type = OPTION_NUMBER,
	  .standard = "1",
	  .least = 1,
	  .most = 1000,
	  .at = AT(sms[0].weight),
	  .sentence = "A provider's share where there are several." },

	{ .key = "letter.transport",
	  .type = OPTION_WORD,
	  .standard = "file",
	  .words = "spool|notify|file",
	  .at = AT(letter.transport),
	  .sentence = "How letters leave; spool: into the folder that a print room collects "
		      "from; notify: to GOV.UK Notify, as letters/notify.yaml of the policy's "
		      "folder describes it; file: as spool, for looking at." },
	{ .key = "letter.url",
	  .type = OPTION_LINE,
	  .at = AT(letter.url),
	  .sentence = "The provider's address, as its description wants it." },
	{ .key = "letter.token_file",
	  .type = OPTION_SECRET,
	  .at = AT(letter.token_file),
	  .sentence = "A file that holds the provider's key and nothing else." },
	{ .key = "letter.described_in",
	  .type = OPTION_FILE,
	  .at = AT(letter.described_in),
	  .sentence = "The provider's description; empty: letters/TRANSPORT.yaml in the policy's "
		      "folder." },
	{ .key = "letter.ca_file",
	  .type = OPTION_FILE_THERE,
	  .at = AT(letter.ca_file),
	  .sentence = "Whom to trust for the provider's certificate; empty: the system's." },
	{ .key = "letter.dir",
	  .type = OPTION_FILE,
	  .at = AT(letter.dir),
	  .sentence = "The folder of the letters' folders." },
	{ .key = "letter.profile",
	  .type = OPTION_WORD,
	  .standard = "notify_c5",
	  .words = "notify_c5|local_dl",
	  .at = AT(letter.profile),
	  .sentence = "Where the window of the envelope is." },
	{ .key = "letter.postage",
	  .type = OPTION_WORD,
	  .standard = "second",
	  .words = "first|second|economy",
	  .at = AT(letter.postage),
	  .reload = true,
	  .sentence = "The class by which letters are posted, where their date does not want a "
		      "faster one." },
	{ .key = "letter.cut_off",
	  .type = OPTION_LINE,
	  .standard = "17:30",
	  .reload = true,
	  .at = AT(letter.cut_off),
	  .sentence = "The time of day up to which letters are taken for the next day of "
		      "printing." },
	{ .key = "letter.print_days",
	  .type = OPTION_LINE,
	  .standard = "mon tue wed thu fri",
	  .reload = true,
	  .at = AT(letter.print_days),
	  .sentence = "The days on which letters are printed, where they are no holidays." },
	{ .key = "letter.worker",
	  .type = OPTION_FILE,
	  .at = AT(letter.worker),
	  .sentence = "The program that makes a letter's pages; empty: candour-letter beside "
		      "candourd." },
	{ .key = "letter.workers",
	  .type = OPTION_NUMBER,
	  .standard = "2",
	  .least = 1,
	  .most = 16,
	  .at = AT(letter.workers),
	  .sentence = "How many letters are made at once." },

	{ .key = "policy",
	  .type = OPTION_FILE,
	  .standard = ".",
	  .reload = true,
	  .at = AT(policy),
	  .sentence = "The folder of the standards: authority.yaml, pathways/ and the others." },
	{ .key = "templates",
	  .type = OPTION_FILE,
	  .standard = "templates",
	  .reload = true,
	  .at = AT(templates),
	  .sentence = "The folder of the templates." },
	{ .key = "enclosures",
	  .type = OPTION_FILE_THERE,
	  .at = AT(enclosures),
	  .sentence = "The folder from which enclosures are taken; empty: there are none." },
	{ .key = "http.listen",
	  .type = OPTION_PLACE,
	  .at = AT(http.listen),
	  .sentence = "Where /health and /metrics are served; empty: nowhere." },
	{ .key = "receipts.listen",
	  .type = OPTION_PLACE,
	  .at = AT(receipts.listen),
	  .sentence = "Where providers' receipts are taken, from a proxy that has TLS; empty: "
		      "nowhere." },
	{ .key = "receipts.url",
	  .type = OPTION_LINE,
	  .at = AT(receipts.url),
	  .sentence = "The address under which providers reach that proxy, such as "
		      "https://receipts.example.gov.uk." },
	{ .key = "audit.at",
	  .type = OPTION_LINE,
	  .standard = "02:00",
	  .reload = true,
	  .at = AT(audit.at),
	  .sentence = "When the auditor's pass of the night begins, in the authority's zone." },
	{ .key = "audit.whole_every",
	  .type = OPTION_SPAN,
	  .standard = "30 days",
	  .least = 86400000,
	  .most = 34560000000,
	  .reload = true,
	  .at = AT(audit.whole_every),
	  .sentence = "Each chain of evidence is followed from its first entry so often; in "
		      "other nights from where it was proven to be whole." },
	{ .key = "log.level",
	  .type = OPTION_INDEX,
	  .standard = "info",
	  .words = "error|warning|info|debug",
	  .reload = true,
	  .at = AT(log.level),
	  .sentence = "The least urgent lines that are logged." },
	{ .key = "log.format",
	  .type = OPTION_INDEX,
	  .standard = "text",
	  .words = "text|json",
	  .reload = true,
	  .at = AT(log.format),
	  .sentence = "Lines for eyes, or for programs." },
	{ .key = "stop_within",
	  .type = OPTION_SPAN,
	  .standard = "10s",
	  .least = 1000,
	  .most = 600000,
	  .at = AT(stop_within),
	  .reload = true,
	  .sentence = "After a request to stop, what is in hand is finished within this time." },
	{ .key = "clock_skew_max",
	  .type = OPTION_SPAN,
	  .standard = "5 minutes",
	  .least = 0,
	  .most = 86400000,
	  .reload = true,
	  .at = AT(clock_skew_max),
	  .sentence = "An event's time may lie so far ahead of ours." },
};
const size_t options_n = sizeof(options) / sizeof(options[0]);

/* The words of log.level and log.format stand in the order of their enums. */
static_assert(LOG_ERROR == 0 && LOG_WARNING == 1 && LOG_INFO == 2 && LOG_DEBUG == 3, "log levels");
static_assert(LOG_TEXT == 0 && LOG_JSON == 1, "log formats");

static str print_span(struct arena *arena, int64_t ms)
{
	if (ms % 86400000 == 0 && ms > 0)
		return str_fmt(arena, "%lldd", (long long)(ms / 86400000));
	if (ms % 60000 == 0 && ms > 0)
		return str_fmt(arena, "%lldm", (long long)(ms / 60000));
	return str_fmt(arena, "%llds", (long long)(ms / 1000));
}

static str list_words(struct arena *arena, const char *words)
{
	struct buf buf = buf_of(arena, KIB);
	buf_add(&buf, S("one of "));
	for (const char *p = words; *p != 0; p++) {
		if (*p == '|')
			buf_add(&buf, S(", "));
		else
			buf_byte(&buf, *p);
	}
	return buf_str(&buf);
}

str option_type_text(struct arena *arena, const struct option *option)
{
	switch (option->type) {
	case OPTION_LINE:
		return S("text");
	case OPTION_FILE:
	case OPTION_FILE_THERE:
		return S("path");
	case OPTION_SECRET:
		return S("path of a secret");
	case OPTION_NUMBER:
		return str_fmt(arena, "number%s%s, %lld to %lld",
			       option->unit != NULL ? " of " : "",
			       option->unit != NULL ? option->unit : "", (long long)option->least,
			       (long long)option->most);
	case OPTION_SPAN:
		return str_fmt(arena, "time, %.*s to %.*s",
			       STR_ARG(print_span(arena, option->least)),
			       STR_ARG(print_span(arena, option->most)));
	case OPTION_WORD:
	case OPTION_INDEX:
		return list_words(arena, option->words);
	case OPTION_PREFIX:
		return S("prefix, as \"{name}\"");
	case OPTION_EMAIL:
		return S("email address");
	case OPTION_SENDER:
		return S("sender, 3 to 11 characters");
	case OPTION_PLACE:
		return S("127.0.0.1:PORT, [::1]:PORT or unix:/PATH");
	}
	return STR_EMPTY;
}

str setup_table(struct arena *arena)
{
	struct buf buf = buf_of(arena, (size_t)64 * KIB);
	for (size_t i = 0; i < options_n; i++) {
		const struct option *option = &options[i];
		str type = option_type_text(arena, option);
		buf_fmt(&buf, "%s\t%.*s\t%s\t%s%s%s%s%s\n", option->key, STR_ARG(type),
			option->standard != NULL ? option->standard : "", option->sentence,
			option->reload ? " Taken anew on reload." : "",
			option->only != NULL ? " Only the default works: " : "",
			option->only != NULL ? option->only : "", option->only != NULL ? "." : "");
	}
	return buf_str(&buf);
}
