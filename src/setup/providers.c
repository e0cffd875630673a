/* Providers of text messages and letters: conf/sms/NAME.yaml and conf/letters/NAME.yaml, with what candour.conf says
 * of each. */
#include "base/arena.h"
#include "base/file.h"
#include "setup/inner.h"

#define FIELDS_MAX 64
#define DEPTH_MAX 4
#define TOKEN_BYTES_MAX ((size_t)4096)
#define RECEIPT_TOKEN_LEAST 10

/* --- values --------------------------------------------------------------------------------------- */

static const char *const value_names[] = {
#define X(name, word) word,
	PROVIDER_VALUES(X)
#undef X
};

static bool find_value(str name, enum provider_value *out)
{
	for (size_t i = 0; i < PROVIDER_VALUE_COUNT; i++) {
		if (str_eq(str_of(value_names[i]), name)) {
			*out = (enum provider_value)i;
			return true;
		}
	}
	return false;
}

static void blame_value(struct reader *r, str name, int line)
{
	str known[PROVIDER_VALUE_COUNT];
	for (size_t i = 0; i < PROVIDER_VALUE_COUNT; i++)
		known[i] = str_of(value_names[i]);
	str ask = ask_nearest(r->findings, name, known, PROVIDER_VALUE_COUNT);
	FAULT(r, line, "unknown_value", "'{{%.*s}}' is no value of a text message%.*s",
	      STR_ARG(shorten(name)), STR_ARG(ask));
}

static void read_template(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_text *text = out;
	if (!is_text(r, node))
		return;
	str rest = node->text;
	size_t most = node->text.n / 5 + 1;
	text->words = TAKE(r->arena, str, most + 1);
	text->values = TAKE(r->arena, enum provider_value, most);
	for (size_t at; (at = str_find(rest, S("{{"))) < rest.n;) {
		str behind = str_slice(rest, at + 2, rest.n);
		size_t end = str_find(behind, S("}}"));
		if (end == behind.n) {
			FAULT(r, node->line, "unclosed_value", "'{{' without '}}'");
			return;
		}
		str name = str_trim(str_slice(behind, 0, end));
		if (!find_value(name, &text->values[text->n])) {
			blame_value(r, name, node->line);
			return;
		}
		text->words[text->n++] = str_slice(rest, 0, at);
		rest = str_slice(behind, end + 2, behind.n);
	}
	text->words[text->n] = rest;
}

/* --- words ---------------------------------------------------------------------------------------- */

/* The place of the word in the list, where it is one of them. */
static bool read_word_of(struct reader *r, const struct yaml *node, const char *const *words,
			 size_t n, const char *wanted, size_t *out)
{
	for (size_t i = 0; is_text(r, node) && i < n; i++) {
		if (str_eq(node->text, str_of(words[i]))) {
			*out = i;
			return true;
		}
	}
	FAULT(r, node->line, "unknown_word", "%s", wanted);
	return false;
}

/* --- headers and bodies --------------------------------------------------------------------------- */

static bool is_control_in(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if ((uint8_t)text.p[i] < ' ' || text.p[i] == 0x7f)
			return true;
	}
	return false;
}

static struct provider_field *read_fields(struct reader *r, const struct yaml *node, int depth,
					  size_t *out_n)
{
	struct provider_field *fields = TAKE(r->arena, struct provider_field, node->n + 1);
	*out_n = 0;
	if (node->n > FIELDS_MAX || depth > DEPTH_MAX) {
		FAULT(r, node->line, "too_many", "at most %d keys, and %d maps in each other",
		      FIELDS_MAX, DEPTH_MAX);
		return fields;
	}
	for (size_t i = 0; i < node->n; i++) {
		const struct yaml_member *member = &node->members[i];
		struct provider_field *field = &fields[(*out_n)++];
		r->line = member->line;
		field->name = member->key;
		if (is_control_in(member->key))
			FAULT(r, member->line, "control_character", "this key is not one line");
		if (member->value.type == YAML_MAP)
			field->fields = read_fields(r, &member->value, depth + 1, &field->n);
		else
			read_template(r, &member->value, &field->text);
	}
	return fields;
}

static void read_headers(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_request *request = out;
	if (!is_map(r, node, "the headers"))
		return;
	request->headers = read_fields(r, node, 1, &request->n_headers);
	for (size_t i = 0; i < request->n_headers; i++) {
		const struct provider_field *header = &request->headers[i];
		if (header->n > 0 || is_control_in(node->members[i].value.text))
			FAULT(r, node->members[i].line, "bad_header", "a header is one line");
	}
}

static void read_body(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_request *request = out;
	if (is_map(r, node, "the body"))
		request->body = read_fields(r, node, 1, &request->n_body);
}

static void read_encode(struct reader *r, const struct yaml *node, void *out)
{
	static const char *const words[] = { "json", "form", "query" };
	enum provider_body *place = out;
	size_t i;
	if (read_word_of(r, node, words, 3, "a body is encoded as json, form or query", &i))
		*place = (enum provider_body)i;
}

/* --- answers -------------------------------------------------------------------------------------- */

/* "201", "4xx", "500-599" */
static void read_status(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_answer *answer = out;
	int64_t from = 0, to = 0;
	str low, high;
	if (!is_text(r, node))
		return;
	str text = node->text;
	if (text.n == 3 && str_ends(text, S("xx")) && str_to_i64(str_slice(text, 0, 1), &from)) {
		from *= 100;
		to = from + 99;
	} else if (str_cut(text, '-', &low, &high)) {
		if (!str_to_i64(low, &from) || !str_to_i64(high, &to))
			from = 0;
	} else if (str_to_i64(text, &from)) {
		to = from;
	}
	if (from < 100 || to > 599 || from > to) {
		FAULT(r, node->line, "bad_status",
		      "a status is a number such as 201, a hundred such as 4xx, or a range such as "
		      "500-504");
		return;
	}
	answer->least = (int)from;
	answer->most = (int)to;
}

static void read_means(struct reader *r, const struct yaml *node, void *out)
{
	static const char *const words[] = { "accepted",      "later",   "number", "message",
					     "configuration", "unknown", "absent", "posted" };
	struct provider_answer *answer = out;
	size_t i;
	if (read_word_of(
		    r, node, words, sizeof words / sizeof words[0],
		    "an answer means accepted, later, number (wrong for good), message (refused "
		    "for good), configuration, unknown; of a question also absent and posted",
		    &i))
		answer->means = (enum provider_meaning)i;
}

static str *read_texts(struct reader *r, const struct yaml *node, size_t *out_n)
{
	bool list = node->type == YAML_LIST;
	size_t n = list ? node->n : 1;
	str *texts = TAKE(r->arena, str, n + 1);
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct yaml *item = list ? &node->items[i] : node;
		if (!is_text(r, item))
			continue;
		if (item->text.n == 0)
			FAULT(r, item->line, "empty", "this may not be empty");
		else
			texts[(*out_n)++] = item->text;
	}
	return texts;
}

static void read_holds(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_answer *answer = out;
	answer->holds = read_texts(r, node, &answer->n_holds);
}

static void read_is(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_answer *answer = out;
	answer->is = read_texts(r, node, &answer->n_is);
}

static const struct slot answer_slots[] = {
	{ "status", read_status, 0, true },
	{ "holds", read_holds, 0, false },
	{ "at", read_line, offsetof(struct provider_answer, at), false },
	{ "is", read_is, 0, false },
	{ "id", read_line, offsetof(struct provider_answer, id), false },
	{ "code", read_line, offsetof(struct provider_answer, code), false },
	{ "means", read_means, 0, true },
};
static const struct map_shape answer_shape = SHAPE("an answer", answer_slots);

static void read_answers(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_request *request = out;
	if (!is_list(r, node, "answers"))
		return;
	request->answers = TAKE(r->arena, struct provider_answer, node->n + 1);
	request->n_answers = node->n;
	for (size_t i = 0; i < node->n; i++) {
		r->line = node->items[i].line;
		read_map(r, &node->items[i], &answer_shape, &request->answers[i]);
		if (request->answers[i].n_is > 0 && request->answers[i].at.n == 0)
			FAULT(r, node->items[i].line, "missing_key",
			      "'is' needs 'at', where the value stands");
	}
}

/* --- the file ------------------------------------------------------------------------------------- */

static void read_method(struct reader *r, const struct yaml *node, void *out)
{
	str *place = out;
	if (!is_text(r, node))
		return;
	if (str_eq(node->text, S("POST")) || str_eq(node->text, S("GET")) ||
	    str_eq(node->text, S("PUT")))
		*place = node->text;
	else
		FAULT(r, node->line, "unknown_word", "a method is GET, POST or PUT");
}

static const struct slot request_slots[] = {
	{ "method", read_method, offsetof(struct provider_request, method), true },
	{ "url", read_template, offsetof(struct provider_request, url), true },
	{ "headers", read_headers, 0, false },
	{ "encode", read_encode, offsetof(struct provider_request, encode), false },
	{ "body", read_body, 0, false },
	{ "answers", read_answers, 0, true },
};
static const struct map_shape request_shape = SHAPE("a request", request_slots);

static void read_request(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_request *request = out;
	int line = r->line;
	read_map(r, node, &request_shape, request);
	request->there = true;
	bool in_url = request->encode == PROVIDER_QUERY;
	if (str_eq(request->method, S("GET")) && request->n_body > 0 && !in_url)
		FAULT(r, line, "get_with_body",
		      "GET has no body: use 'encode: query', which puts it into the URL");
	for (size_t i = 0; i < request->n_body; i++) {
		if (request->body[i].n > 0 && request->encode != PROVIDER_JSON)
			FAULT(r, line, "nested_body", "only JSON has maps in maps");
	}
}

/* --- receipts ------------------------------------------------------------------------------------- */

static void read_receipt_means(struct reader *r, const struct yaml *node, void *out)
{
	static const char *const words[] = { "nothing", "delivered", "failed", "number" };
	struct receipt_rule *rule = out;
	size_t i;
	if (read_word_of(r, node, words, 4, "a receipt means nothing, delivered, failed or number",
			 &i))
		rule->means = (enum receipt_meaning)i;
}

static void read_rule_is(struct reader *r, const struct yaml *node, void *out)
{
	struct receipt_rule *rule = out;
	rule->is = read_texts(r, node, &rule->n_is);
}

static const struct slot rule_slots[] = {
	{ "at", read_line, offsetof(struct receipt_rule, at), true },
	{ "is", read_rule_is, 0, false },
	{ "means", read_receipt_means, 0, true },
};
static const struct map_shape rule_shape = SHAPE("a receipt's meaning", rule_slots);

static void read_rules(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_receipt *receipt = out;
	if (!is_list(r, node, "answers"))
		return;
	receipt->rules = TAKE(r->arena, struct receipt_rule, node->n + 1);
	receipt->n_rules = node->n;
	for (size_t i = 0; i < node->n; i++) {
		r->line = node->items[i].line;
		read_map(r, &node->items[i], &rule_shape, &receipt->rules[i]);
	}
}

static void read_proof(struct reader *r, const struct yaml *node, void *out)
{
	static const char *const words[] = { "bearer", "url", "twilio" };
	struct provider_receipt *receipt = out;
	size_t i;
	if (read_word_of(r, node, words, 3, "a receipt is proved by bearer, url or twilio", &i))
		receipt->proof = (enum receipt_proof)i;
}

static const struct slot receipt_slots[] = {
	{ "proof", read_proof, 0, true },
	{ "encode", read_encode, offsetof(struct provider_receipt, encode), true },
	{ "message", read_line, offsetof(struct provider_receipt, message), true },
	{ "answers", read_rules, 0, true },
};
static const struct map_shape receipt_shape = SHAPE("a receipt", receipt_slots);

static void read_receipt(struct reader *r, const struct yaml *node, void *out)
{
	struct provider_receipt *receipt = out;
	read_map(r, node, &receipt_shape, receipt);
	receipt->there = true;
}

/* --- a provider ----------------------------------------------------------------------------------- */

static void read_alphabet(struct reader *r, const struct yaml *node, void *out)
{
	struct provider *provider = out;
	if (is_text(r, node) && (str_eq(node->text, S("gsm")) || str_eq(node->text, S("unicode"))))
		provider->gsm_only = str_eq(node->text, S("gsm"));
	else
		FAULT(r, node->line, "unknown_word", "an alphabet is gsm or unicode");
}

static void read_count(struct reader *r, const struct yaml *node, void *out)
{
	int64_t n = 0;
	if (is_text(r, node) && (!str_to_i64(node->text, &n) || n < 1 || n > 1000))
		FAULT(r, node->line, "not_a_number", "a number from 1 to 1000 is wanted here");
	else
		*(int *)out = (int)n;
}

static void read_span(struct reader *r, const struct yaml *node, void *out)
{
	int64_t ms = 0;
	if (is_text(r, node) &&
	    (!span_parse(r->arena, node->text, &ms) || ms < 1000 || ms > 120000))
		FAULT(r, node->line, "bad_time", "a time from 1s to 120s is wanted here");
	else
		*(span *)out = SPAN_MS(ms);
}

static const struct slot encoding_slots[] = {
	{ "gsm", read_line, offsetof(struct provider, gsm_word), true },
	{ "unicode", read_line, offsetof(struct provider, unicode_word), true },
};
static const struct map_shape encoding_shape = SHAPE("the words for alphabets", encoding_slots);

static void read_encoding(struct reader *r, const struct yaml *node, void *out)
{
	read_map(r, node, &encoding_shape, out);
}

static const struct slot provider_slots[] = {
	{ "alphabet", read_alphabet, 0, true },
	{ "encoding", read_encoding, 0, false },
	{ "at_once", read_count, offsetof(struct provider, at_once), false },
	{ "per_second", read_count, offsetof(struct provider, per_second), false },
	{ "within", read_span, offsetof(struct provider, within), false },
	{ "slow", read_span, offsetof(struct provider, slow), false },
	{ "repeats", read_bool, offsetof(struct provider, repeats), false },
	{ "send", read_request, offsetof(struct provider, send), true },
	{ "ask", read_request, offsetof(struct provider, ask), false },
	{ "receipt", read_receipt, offsetof(struct provider, receipt), false },
};
static const struct map_shape provider_shape = SHAPE("a provider", provider_slots);

static const struct slot post_slots[] = {
	{ "at_once", read_count, offsetof(struct provider, at_once), false },
	{ "per_second", read_count, offsetof(struct provider, per_second), false },
	{ "within", read_span, offsetof(struct provider, within), false },
	{ "slow", read_span, offsetof(struct provider, slow), false },
	{ "repeats", read_bool, offsetof(struct provider, repeats), false },
	{ "send", read_request, offsetof(struct provider, send), true },
	{ "ask", read_request, offsetof(struct provider, ask), false },
};
static const struct map_shape post_shape = SHAPE("a provider of letters", post_slots);

/* --- what its requests need of candour.conf ------------------------------------------------------- */

struct needs {
	bool value[PROVIDER_VALUE_COUNT];
};

static void note_text(const struct provider_text *text, struct needs *needs)
{
	for (size_t i = 0; i < text->n; i++)
		needs->value[text->values[i]] = true;
}

static void note_fields(const struct provider_field *fields, size_t n, struct needs *needs)
{
	for (size_t i = 0; i < n; i++) {
		note_text(&fields[i].text, needs);
		/* At most DEPTH_MAX deep. */
		note_fields(fields[i].fields, fields[i].n, needs);
	}
}

static void note_request(const struct provider_request *request, struct needs *needs)
{
	note_text(&request->url, needs);
	note_fields(request->headers, request->n_headers, needs);
	note_fields(request->body, request->n_body, needs);
}

static bool wants_token(const struct needs *needs)
{
	return needs->value[PROVIDER_TOKEN] || needs->value[PROVIDER_USER] ||
	       needs->value[PROVIDER_SECRET] || needs->value[PROVIDER_BASIC] ||
	       needs->value[PROVIDER_JWT];
}

static void demand(struct reader *r, const struct provider *provider, bool needed, str value,
		   const char *key)
{
	if (needed && value.n == 0)
		FAULT(r, 0, "missing_key", "this provider needs '%s.%s' in candour.conf",
		      provider->is_post ? "letter" : "sms", key);
}

/* What a request cannot do without, and what it would leave empty. */
static void check_content(struct reader *r, const struct provider *provider,
			  const struct needs *needs)
{
	const bool has_text = needs->value[PROVIDER_TO] || needs->value[PROVIDER_TEXT] ||
			      needs->value[PROVIDER_SENDER] || needs->value[PROVIDER_ENCODING] ||
			      needs->value[PROVIDER_TEMPLATE_ID];
	const bool has_letter = needs->value[PROVIDER_CONTENT] || needs->value[PROVIDER_POSTAGE];
	if (provider->is_post && (!needs->value[PROVIDER_CONTENT] || has_text))
		FAULT(r, 0, "missing_value",
		      "'send' needs {{content}}; a letter has no to, text, sender, encoding and "
		      "template_id");
	else if (!provider->is_post &&
		 (!needs->value[PROVIDER_TO] || !needs->value[PROVIDER_TEXT] || has_letter))
		FAULT(r, 0, "missing_value",
		      "'send' needs {{to}} and {{text}}; a text message has no content and "
		      "postage");
}

/* Receipts are believed when they are proved. */
static void check_receipt(struct reader *r, const struct provider *provider)
{
	bool is_signed = provider->receipt.proof == RECEIPT_SIGNED;
	if (!provider->receipt.there || provider->receipt_url.n == 0)
		return;
	demand(r, provider, !is_signed, provider->receipt_token, "receipt_token_file");
	demand(r, provider, is_signed, provider->token, "token_file");
	if (!is_signed && provider->receipt_token.n > 0 &&
	    provider->receipt_token.n < RECEIPT_TOKEN_LEAST)
		FAULT(r, 0, "short_secret",
		      "what 'sms.receipt_token_file' holds has at least %d characters",
		      RECEIPT_TOKEN_LEAST);
}

static void check_provider(struct reader *r, const struct provider *provider)
{
	struct needs needs = { { false } };
	note_request(&provider->send, &needs);
	check_content(r, provider, &needs);
	note_request(&provider->ask, &needs);
	demand(r, provider, needs.value[PROVIDER_URL], provider->url, "url");
	demand(r, provider, needs.value[PROVIDER_TEMPLATE_ID], provider->template_id,
	       "template_id");
	demand(r, provider, wants_token(&needs), provider->token, "token_file");
	if (needs.value[PROVIDER_ENCODING] && provider->gsm_word.n == 0)
		FAULT(r, 0, "missing_key", "{{encoding}} needs the key 'encoding'");
	if (needs.value[PROVIDER_URL] && !is_of_this_machine(provider->url) &&
	    !str_starts(provider->url, S("https://")))
		FAULT(r, 0, "not_https",
		      "'%s.url' begins with https://; plain http is only for this machine",
		      provider->is_post ? "letter" : "sms");
	check_receipt(r, provider);
}

bool is_of_this_machine(str url)
{
	const str hosts[] = { S("http://127.0.0.1"), S("http://localhost"), S("http://[::1]") };
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		if (!str_starts(url, hosts[i]))
			continue;
		str rest = str_slice(url, hosts[i].n, url.n);
		str port = str_slice(rest, 0, str_find(rest, S("/")));
		/* Before an @ stands who asks, and the host behind it. */
		if (port.n == 0 || (port.p[0] == ':' && !str_has_byte(port, '@')))
			return true;
	}
	return false;
}

/* --- the door ------------------------------------------------------------------------------------- */

static bool read_token(struct reader *r, str file, str *out)
{
	if (file.n == 0)
		return true;
	if (file_read(r->arena, file, TOKEN_BYTES_MAX, out) != OK) {
		findings_error(r->findings, file, 0, "token_file", "this file cannot be read");
		return false;
	}
	*out = str_trim(*out);
	if (!is_control_in(*out))
		return true;
	findings_error(r->findings, file, 0, "token_file", "a token is one line");
	return false;
}

bool provider_read(struct arena *arena, str file, str bytes, struct provider *out,
		   struct findings *findings)
{
	struct reader r = { .arena = arena, .findings = findings, .file = file, .line = 1 };
	size_t errors = findings->errors;
	out->at_once = 16;
	out->within = SPAN_S(30);
	out->slow = SPAN_S(5);
	if (read_document(&r, bytes, out->is_post ? &post_shape : &provider_shape, out) &&
	    findings->errors == errors)
		check_provider(&r, out);
	return findings->errors == errors;
}

/* file: its description. out: what candour.conf says of it. */
static bool read_one(struct arena *arena, str file, str token_file, struct provider *out,
		     struct findings *findings)
{
	struct reader r = { .arena = arena, .findings = findings };
	str bytes;
	while (str_ends(out->url, S("/")))
		out->url.n--;
	if (!read_token(&r, token_file, &out->token))
		return false;
	enum err err = file_read(arena, file, YAML_BYTES_MAX, &bytes);
	if (err == OK)
		return provider_read(arena, file, bytes, out, findings);
	findings_error(findings, file, 0, "unreadable_file",
		       "the provider's description cannot be read: %s", err_text(err));
	return false;
}

static void read_texts_provider(struct arena *arena, const struct config *config, size_t at,
				struct provider *out, struct findings *findings)
{
	const struct sms_config *sms = &config->sms[at];
	struct reader r = { .arena = arena, .findings = findings };
	str file = sms->described_in;
	if (file.n == 0)
		file = str_fmt(arena, "%.*s/sms/%.*s.yaml", STR_ARG(config->policy),
			       STR_ARG(sms->transport));
	*out = (struct provider){ .name = config->n_sms > 1
						  ? str_fmt(arena, "%.*s-%zu",
							    STR_ARG(sms->transport), at + 1)
						  : sms->transport,
				  .url = sms->url,
				  .template_id = sms->template_id,
				  .sender = sms->sender,
				  .ca_file = sms->ca_file,
				  .weight = sms->weight };
	if (config->receipts.url.n > 0)
		out->receipt_url = str_fmt(arena, "%.*s/receipts/%.*s",
					   STR_ARG(config->receipts.url), STR_ARG(out->name));
	if (read_token(&r, sms->receipt_token_file, &out->receipt_token) &&
	    read_one(arena, file, sms->token_file, out, findings) &&
	    str_eq(sms->alphabet, S("gsm")))
		out->gsm_only = true;
}

static void read_post_provider(struct arena *arena, struct config *config,
			       struct findings *findings)
{
	struct provider *provider = TAKE(arena, struct provider, 1);
	str file = config->letter.described_in;
	if (file.n == 0)
		file = str_fmt(arena, "%.*s/letters/%.*s.yaml", STR_ARG(config->policy),
			       STR_ARG(config->letter.transport));
	*provider = (struct provider){ .name = config->letter.transport,
				       .is_post = true,
				       .url = config->letter.url,
				       .ca_file = config->letter.ca_file,
				       .weight = 1 };
	if (read_one(arena, file, config->letter.token_file, provider, findings))
		config->post_provider = provider;
}

void providers_read(struct arena *arena, struct config *config, struct findings *findings)
{
	struct provider *providers = TAKE(arena, struct provider, PROVIDERS_MAX);
	size_t n = 0;
	for (size_t i = 0; i < config->n_sms; i++) {
		if (str_eq(config->sms[i].transport, S("file")))
			continue;
		read_texts_provider(arena, config, i, &providers[n++], findings);
	}
	config->providers = providers;
	config->n_providers = n;
	if (str_eq(config->letter.transport, S("notify")))
		read_post_provider(arena, config, findings);
}
