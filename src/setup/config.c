/* candour.conf: read by the table in options.c. */
#include "base/arena.h"
#include "base/file.h"
#include "base/place.h"
#include "setup/inner.h"
#include "setup/options.h"

#include <unistd.h>

#define OPTIONS_MAX 64

/* What is being read: the values so far, and where each was said (0: it was not). */
struct config_draft {
	struct reader *r;
	struct config *config;
	str folder; /* of the file; empty: the current one */
	/* A provider of text messages has a row of its own; all else stands in the first. */
	int said[PROVIDERS_MAX][OPTIONS_MAX];
	size_t provider;
};

/* --- values ----------------------------------------------------------------------------------- */

static const struct {
	const char *names; /* between spaces */
	int64_t ms;
} time_units[] = {
	{ " s second seconds ", 1000 },
	{ " m minute minutes ", 60000 },
	{ " h hour hours ", 3600000 },
	{ " d day days ", 86400000 },
};

bool span_parse(struct arena *arena, str text, int64_t *out_ms)
{
	size_t digits = 0;
	int64_t n;
	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (digits > 9 || !str_to_i64(str_slice(text, 0, digits), &n))
		return false;
	str unit = str_trim(str_slice(text, digits, text.n));
	if (unit.n == 0 || str_has_byte(unit, ' '))
		return false;
	unit = str_fmt(arena, " %.*s ", STR_ARG(unit));
	for (size_t i = 0; i < sizeof(time_units) / sizeof(time_units[0]); i++) {
		str names = str_of(time_units[i].names);
		if (str_find(names, unit) < names.n) {
			*out_ms = n * time_units[i].ms;
			return true;
		}
	}
	return false;
}

/* The place of a word among "a|b|c", or -1. */
static int find_word(str word, const char *words)
{
	str rest = str_of(words), head, tail;
	for (int i = 0;; i++) {
		bool more = str_cut(rest, '|', &head, &tail);
		if (str_eq(more ? head : rest, word))
			return i;
		if (!more)
			return -1;
		rest = tail;
	}
}

static bool is_prefix(str text)
{
	return text.n > 2 && text.p[0] == '{' && text.p[text.n - 1] == '}' &&
	       id_is(str_slice(text, 1, text.n - 1));
}

static str resolve_path(struct arena *arena, str folder, str path)
{
	if (path.n == 0 || path.p[0] == '/' || folder.n == 0)
		return path;
	if (str_eq(path, S(".")))
		return folder;
	bool slash = str_ends(folder, S("/"));
	return str_fmt(arena, "%.*s%s%.*s", STR_ARG(folder), slash ? "" : "/", STR_ARG(path));
}

/*
 * A secret is named by its file, so that candourctl finds it there, too. As a service candourd cannot
 * read that file and need not: systemd hands a copy of the folder's files over (LoadCredential=), each
 * as a file of the same name behind "candour_", in a folder that only the service sees.
 */
static str find_credential(struct arena *arena, str path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	size_t at = path.n;
	if (folder == NULL || path.n == 0)
		return path;
	while (at > 0 && path.p[at - 1] != '/')
		at--;
	str there = str_fmt(arena, "%s/candour_%.*s", folder, STR_ARG(str_slice(path, at, path.n)));
	return access(str_z(arena, there), R_OK) == 0 ? there : path;
}

static bool is_path(const struct option *option)
{
	return option->type == OPTION_FILE || option->type == OPTION_FILE_THERE ||
	       option->type == OPTION_SECRET;
}

/* --- one option ------------------------------------------------------------------------------- */

/* Where a value goes: each provider of text messages has a place of its own. */
static void *place_of(const struct config_draft *draft, const struct option *option)
{
	bool sms = str_starts(str_of(option->key), S("sms."));
	size_t shift = sms ? draft->provider * sizeof(struct sms_config) : 0;
	return (char *)draft->config + option->at + shift;
}

static bool take_number(struct config_draft *draft, const struct option *option, str text, int line)
{
	int64_t n = 0;
	bool timed = option->type == OPTION_SPAN;
	if (timed ? !span_parse(draft->r->arena, text, &n) : !str_to_i64(text, &n)) {
		FAULT(draft->r, line, timed ? "bad_time" : "not_a_number", "%s",
		      timed ? "a length of time is wanted here: a number and s, m, h or d, such as "
			      "30s or 15 minutes"
			    : "a whole number is wanted here");
		return false;
	}
	if (n < option->least || n > option->most) {
		str type = option_type_text(draft->r->arena, option);
		FAULT(draft->r, line, "out_of_limits", "'%s' is out of its limits: %.*s",
		      option->key, STR_ARG(type));
		return false;
	}
	if (option->at == NOWHERE)
		return true;
	void *place = place_of(draft, option);
	if (timed)
		*(span *)place = SPAN_MS(n);
	else
		*(int *)place = (int)n;
	return true;
}

static bool take_word(struct config_draft *draft, const struct option *option, str text, int line)
{
	int index = find_word(text, option->words);
	if (index < 0) {
		str type = option_type_text(draft->r->arena, option);
		FAULT(draft->r, line, "unknown_word", "'%s' is %.*s", option->key, STR_ARG(type));
		return false;
	}
	if (option->type == OPTION_INDEX)
		*(unsigned *)place_of(draft, option) = (unsigned)index;
	return true;
}

/* Why a text is not what the option wants; empty: it is. */
static str find_text_fault(struct arena *arena, const struct option *option, str text, str path)
{
	struct place place;
	if (text.n > 1000)
		return S("this is too long");
	if (option->type == OPTION_PREFIX && !is_prefix(text))
		return S("a prefix is an id in braces, and in quotes for the file's sake: "
			 "\"{candour}\"");
	if (text.n == 0)
		return STR_EMPTY;
	if (str_has_byte(text, '\n'))
		return S("one line is wanted here");
	if (option->type == OPTION_EMAIL && !is_email(text))
		return S("an email address is wanted here, such as send@council.example");
	if (option->type == OPTION_SENDER)
		return sender_fault(text);
	if (option->type == OPTION_PLACE && !place_read(text, &place))
		return S(PLACE_WANTED);
	if (option->type == OPTION_FILE_THERE || option->type == OPTION_SECRET) {
		if (access(str_z(arena, path), R_OK) != 0)
			return str_fmt(arena, "%.*s cannot be read", STR_ARG(path));
	}
	return STR_EMPTY;
}

static bool take_text(struct config_draft *draft, const struct option *option, str text, int line)
{
	bool path = is_path(option);
	str value = path ? resolve_path(draft->r->arena, draft->folder, text) : text;
	if (option->type == OPTION_SECRET)
		value = find_credential(draft->r->arena, value);
	str fault = find_text_fault(draft->r->arena, option, text, value);
	if (fault.n > 0) {
		FAULT(draft->r, line, path ? "unreadable_file" : "bad_value", "'%s': %.*s",
		      option->key, STR_ARG(fault));
		return false;
	}
	if (option->at != NOWHERE)
		*(str *)place_of(draft, option) = value;
	return true;
}

static bool take_value(struct config_draft *draft, const struct option *option, str text, int line)
{
	switch (option->type) {
	case OPTION_NUMBER:
	case OPTION_SPAN:
		return take_number(draft, option, text, line);
	case OPTION_INDEX:
		return take_word(draft, option, text, line);
	case OPTION_WORD:
		return take_word(draft, option, text, line) && take_text(draft, option, text, line);
	case OPTION_LINE:
	case OPTION_FILE:
	case OPTION_FILE_THERE:
	case OPTION_SECRET:
	case OPTION_PREFIX:
	case OPTION_EMAIL:
	case OPTION_SENDER:
	case OPTION_PLACE:
		return take_text(draft, option, text, line);
	}
	return false;
}

static void read_option(struct config_draft *draft, const struct option *option,
			const struct yaml_member *member)
{
	struct reader *r = draft->r;
	draft->said[draft->provider][option - options] = member->line;
	if (option->type == OPTION_PREFIX && member->value.type == YAML_MAP) {
		FAULT(r, member->line, "wrong_type",
		      "braces begin a map: write the prefix in quotes, as \"{candour}\"");
		return;
	}
	if (!is_text(r, &member->value) ||
	    !take_value(draft, option, member->value.text, member->line))
		return;
	/* A setting that does nothing would be believed. */
	if (option->only != NULL && !str_eq(member->value.text, str_of(option->standard)))
		FAULT(r, member->line, "not_in_this_build", "'%s' can only be '%s' here: %s",
		      option->key, option->standard != NULL ? option->standard : "", option->only);
}

/* --- the file --------------------------------------------------------------------------------- */

static const struct option *find_option(str key)
{
	for (size_t i = 0; i < options_n; i++) {
		if (str_eq(str_of(options[i].key), key))
			return &options[i];
	}
	return NULL;
}

/* The keys that may stand in a group ("redis", or "" for the top), for a suggestion. */
static size_t list_keys(str group, str *out)
{
	size_t n = 0;
	for (size_t i = 0; i < options_n; i++) {
		str key = str_of(options[i].key), head = STR_EMPTY, tail = key;
		bool grouped = str_cut(key, '.', &head, &tail);
		if (str_eq(head, group))
			out[n++] = tail;
		else if (group.n == 0 && grouped && (n == 0 || !str_eq(out[n - 1], head)))
			out[n++] = head;
	}
	return n;
}

static void blame_key(struct config_draft *draft, str group, const struct yaml_member *member)
{
	str known[OPTIONS_MAX];
	size_t n = list_keys(group, known);
	str ask = ask_nearest(draft->r->findings, member->key, known, n);
	FAULT(draft->r, member->line, "unknown_key", "'%.*s' is no key of %s%.*s%.*s",
	      STR_ARG(shorten(member->key)), group.n > 0 ? "" : "the configuration", STR_ARG(group),
	      STR_ARG(ask));
}

static bool is_group(str key)
{
	str known[OPTIONS_MAX];
	size_t n = list_keys(STR_EMPTY, known);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(known[i], key))
			return find_option(key) == NULL;
	}
	return false;
}

static void read_settings(struct config_draft *draft, str group, const struct yaml *map)
{
	struct reader *r = draft->r;
	if (!is_map(r, map, "a group of settings"))
		return;
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml_member *member = &map->members[i];
		str key = str_fmt(r->arena, "%.*s.%.*s", STR_ARG(group),
				  STR_ARG(shorten(member->key)));
		const struct option *option = find_option(key);
		if (option != NULL)
			read_option(draft, option, member);
		else
			blame_key(draft, group, member);
	}
}

static void take_standards(struct config_draft *draft, str prefix)
{
	for (size_t i = 0; i < options_n; i++) {
		if (str_starts(str_of(options[i].key), prefix))
			require(take_value(draft, &options[i], str_of(options[i].standard), 0));
	}
}

/* Several providers of text messages. */
static void read_providers(struct config_draft *draft, const struct yaml_member *group)
{
	const struct yaml *list = &group->value;
	if (list->n < 1 || list->n > PROVIDERS_MAX) {
		FAULT(draft->r, group->line, "too_many", "1 to %d providers can be listed here",
		      PROVIDERS_MAX);
		return;
	}
	draft->config->n_sms = list->n;
	for (size_t i = 0; i < list->n; i++) {
		draft->provider = i;
		draft->r->line = list->items[i].line;
		take_standards(draft, S("sms."));
		read_settings(draft, group->key, &list->items[i]);
	}
	draft->provider = 0;
}

static void read_group(struct config_draft *draft, const struct yaml_member *group)
{
	draft->r->line = group->line;
	if (str_eq(group->key, S("sms")) && group->value.type == YAML_LIST)
		read_providers(draft, group);
	/* "redis:" with everything below it commented out says nothing. */
	else if (group->value.type != YAML_TEXT || group->value.text.n > 0)
		read_settings(draft, group->key, &group->value);
}

static void read_members(struct config_draft *draft, const struct yaml *top)
{
	for (size_t i = 0; i < top->n; i++) {
		const struct yaml_member *member = &top->members[i];
		const struct option *option = find_option(member->key);
		if (option != NULL)
			read_option(draft, option, member);
		else if (is_group(member->key))
			read_group(draft, member);
		else
			blame_key(draft, STR_EMPTY, member);
	}
}

static int line_of(const struct config_draft *draft, const char *key)
{
	return draft->said[draft->provider][find_option(str_of(key)) - options];
}

static void demand_folder(struct config_draft *draft, const char *transport, const char *dir,
			  str value)
{
	if (value.n == 0 && line_of(draft, dir) == 0)
		FAULT(draft->r, line_of(draft, transport), "missing_key",
		      "the file transport needs '%s', the folder that it writes to", dir);
	else if (value.n == 0)
		FAULT(draft->r, line_of(draft, dir), "empty",
		      "'%s' may not be empty: it is the folder that the file transport writes to",
		      dir);
}

/* Where the mistake is: at the key when it was said, else at the transport that needs it. */
static int blamed_line(const struct config_draft *draft, const char *key)
{
	int line = line_of(draft, key);
	return line > 0 ? line : line_of(draft, "email.transport");
}

static void check_smtp(struct config_draft *draft)
{
	const struct config *config = draft->config;
	bool curl = str_eq(config->email.transport, S("curl"));
	if (config->email.host.n == 0)
		FAULT(draft->r, blamed_line(draft, "email.host"), "missing_key",
		      "'%.*s' needs 'email.host', the mail server's host",
		      STR_ARG(config->email.transport));
	if ((config->email.username.n > 0) != (config->email.password_file.n > 0))
		FAULT(draft->r, blamed_line(draft, "email.username"), "missing_key",
		      "'email.username' and 'email.password_file' only work together");
	if (config->email.username.n > 0 && !str_eq(config->email.tls, S("required")))
		FAULT(draft->r, blamed_line(draft, "email.tls"), "password_in_the_clear",
		      "a password only leaves under TLS: 'email.tls' must be 'required' where "
		      "there is an 'email.username'");
	if (!curl && str_eq(config->email.auth, S("oauth")))
		FAULT(draft->r, blamed_line(draft, "email.auth"), "not_of_this_transport",
		      "libesmtp has no XOAUTH2: use 'email.transport: curl'");
	if (!curl && config->email.port == 465)
		FAULT(draft->r, blamed_line(draft, "email.port"), "not_of_this_transport",
		      "libesmtp has no TLS from the first byte (port 465): use port 587, or "
		      "'email.transport: curl'");
	if (config->email.unsubscribe.n > 0 &&
	    (!str_starts(config->email.unsubscribe, S("https://")) ||
	     str_find(config->email.unsubscribe, S(" ")) < config->email.unsubscribe.n ||
	     str_find(config->email.unsubscribe, S(">")) < config->email.unsubscribe.n))
		FAULT(draft->r, blamed_line(draft, "email.unsubscribe"), "bad_value",
		      "'email.unsubscribe' is an address that begins with https://");
}

/* A setting that does nothing would be believed. */
static void blame_all(struct config_draft *draft, const char *const *keys, size_t n,
		      const char *whose)
{
	for (size_t i = 0; i < n; i++) {
		if (line_of(draft, keys[i]) > 0)
			FAULT(draft->r, line_of(draft, keys[i]), "not_of_this_transport",
			      "'%s' has no effect on this transport: %s", keys[i], whose);
	}
}

/* What is harmless, and still not what somebody thought. */
static void doubt_key(struct config_draft *draft, const char *key, const char *why)
{
	if (line_of(draft, key) > 0)
		DOUBT(draft->r, line_of(draft, key), "no_effect", "'%s' has no effect: %s", key,
		      why);
}

static void check_no_smtp(struct config_draft *draft)
{
	static const char *const keys[] = {
		"email.host",     "email.port",          "email.tls",  "email.ca_file",
		"email.username", "email.password_file", "email.auth", "email.reply_within",
	};
	blame_all(draft, keys, sizeof keys / sizeof keys[0], "it is for 'libesmtp' and 'curl'");
}

static void check_email(struct config_draft *draft)
{
	const struct config *config = draft->config;
	if (!str_eq(config->email.transport, S("file"))) {
		check_smtp(draft);
		return;
	}
	demand_folder(draft, "email.transport", "email.dir", config->email.dir);
	check_no_smtp(draft);
	doubt_key(draft, "email.threads", "emails are written into files");
	doubt_key(draft, "email.session_messages", "emails are written into files");
}

/* What a provider needs is said in its description. */
static void check_way_of_letters(struct config_draft *draft)
{
	static const char *const of_provider[] = { "letter.url", "letter.token_file",
						   "letter.described_in", "letter.ca_file" };
	const struct config *config = draft->config;
	if (!str_eq(config->letter.transport, S("notify"))) {
		demand_folder(draft, "letter.transport", "letter.dir", config->letter.dir);
		blame_all(draft, of_provider, sizeof of_provider / sizeof of_provider[0],
			  "it is for 'notify'");
		return;
	}
	blame_all(draft, (const char *const[]){ "letter.dir" }, 1, "it is for 'spool' and 'file'");
	if (!str_eq(config->letter.profile, S("notify_c5")))
		FAULT(draft->r, line_of(draft, "letter.profile"), "not_of_this_transport",
		      "GOV.UK Notify's envelope has its window where 'notify_c5' says");
}

static void check_letter(struct config_draft *draft)
{
	const struct config *config = draft->config;
	struct print_room room;
	check_way_of_letters(draft);
	if (!print_room_read(config->letter.cut_off, S("mon"), &room))
		FAULT(draft->r, line_of(draft, "letter.cut_off"), "bad_value",
		      "'letter.cut_off' is a time of day, such as 17:30");
	if (!print_room_read(S("17:30"), config->letter.print_days, &room))
		FAULT(draft->r, line_of(draft, "letter.print_days"), "bad_value",
		      "'letter.print_days' is one or more of mon tue wed thu fri sat sun");
}

/* What a provider needs is said in its description. */
static void check_sms(struct config_draft *draft, const struct sms_config *sms)
{
	static const char *const keys[] = {
		"sms.url",         "sms.token_file",   "sms.receipt_token_file",
		"sms.template_id", "sms.described_in", "sms.ca_file",
		"sms.weight"
	};
	if (!str_eq(sms->transport, S("file")))
		return;
	demand_folder(draft, "sms.transport", "sms.dir", sms->dir);
	if (draft->config->n_sms > 1)
		FAULT(draft->r, line_of(draft, "sms.transport"), "file_and_others",
		      "text messages go into a file or to providers, not to both");
	blame_all(draft, keys, sizeof keys / sizeof keys[0], "it is for providers, not for 'file'");
}

/* Providers speak to a proxy, which speaks to us. */
static void check_receipts(struct config_draft *draft)
{
	struct config *config = draft->config;
	bool listen = config->receipts.listen.n > 0;
	str url = config->receipts.url;
	if (listen != (url.n > 0))
		FAULT(draft->r, line_of(draft, listen ? "receipts.listen" : "receipts.url"),
		      "missing_key", "'receipts.listen' and 'receipts.url' need each other");
	else if (listen && !str_starts(url, S("https://")) && !is_of_this_machine(url))
		FAULT(draft->r, line_of(draft, "receipts.url"), "not_https",
		      "'receipts.url' begins with https://; plain http is only for this machine");
	while (str_ends(config->receipts.url, S("/")))
		config->receipts.url.n--;
}

static void check_together(struct config_draft *draft)
{
	const struct config *config = draft->config;
	bool socket = line_of(draft, "redis.socket") > 0, host = line_of(draft, "redis.host") > 0;
	if (config->redis.socket.n > 0 && config->redis.host.n > 0)
		FAULT(draft->r, line_of(draft, "redis.host"), "socket_and_host",
		      "Redis is reached by 'redis.socket' or by 'redis.host', not by both");
	else if (config->redis.socket.n == 0 && config->redis.host.n == 0)
		FAULT(draft->r,
		      socket || host ? line_of(draft, host ? "redis.host" : "redis.socket") : 0,
		      "missing_key", "say where Redis is: 'redis.socket', or 'redis.host'");
	if (config->redis.socket.n > 0)
		doubt_key(draft, "redis.port", "Redis is reached by 'redis.socket'");
	check_email(draft);
	for (size_t i = 0; i < config->n_sms; i++) {
		draft->provider = i;
		check_sms(draft, &config->sms[i]);
	}
	draft->provider = 0;
	check_letter(draft);
	check_receipts(draft);
	minute_of_day minute;
	if (!minute_parse(config->audit.at, &minute))
		FAULT(draft->r, line_of(draft, "audit.at"), "bad_value",
		      "'audit.at' is a time of day, such as 02:00");
}

static str folder_of(str file)
{
	size_t n = file.n;
	while (n > 0 && file.p[n - 1] != '/')
		n--;
	return n > 1 ? str_slice(file, 0, n - 1) : str_slice(file, 0, n);
}

bool config_read(struct arena *arena, str file, str bytes, struct config *out,
		 struct findings *findings)
{
	struct config config = { .n_sms = 1 };
	struct reader r = { .arena = arena, .findings = findings, .file = file, .line = 1 };
	struct config_draft draft = { .r = &r, .config = &config, .folder = folder_of(file) };
	size_t errors = findings->errors;
	require(options_n <= OPTIONS_MAX);
	take_standards(&draft, STR_EMPTY);
	const struct yaml *top = yaml_parse(arena, file, bytes, findings);
	if (top == NULL)
		return false;
	if (is_map(&r, top, "the configuration"))
		read_members(&draft, top);
	/* What is missing may only be mistyped. */
	if (findings->errors == errors)
		check_together(&draft);
	*out = config;
	return findings->errors == errors;
}

bool config_open(struct arena *arena, str file, struct config *out, struct findings *findings)
{
	str bytes;
	enum err err = file_read(arena, file, YAML_BYTES_MAX, &bytes);
	if (err == OK)
		return config_read(arena, file, bytes, out, findings);
	findings_error(findings, file, 0, "unreadable_file", "this file cannot be read: %s",
		       err_text(err));
	return false;
}

bool setup_config(struct arena *arena, str file, struct config *out, struct findings *findings)
{
	struct config config = { 0 };
	if (!config_open(arena, file, &config, findings))
		return false;
	*out = config;
	return true;
}
