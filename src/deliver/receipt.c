/* What a provider says later of a message, by itself: who it is, which message, and what that means. */
#include "deliver/http.h"

#include "base/hash.h"
#include "base/json.h"

#define JSON_DEPTH_MOST 16
#define FIELDS_MOST 64
#define PROOF_DIGITS 32
#define ID_DIGITS 24

/* --- where it reaches us -------------------------------------------------------------------------- */

/* Good for this message alone: whoever reads it in a gateway's log can say nothing of another one. */
static str make_proof(struct arena *arena, const struct provider *provider, str message)
{
	struct hash mac = hash_keyed_by(provider->receipt_token,
					str_join(arena, S("receipt "), message));
	return str_slice(hash_hex(arena, &mac), 0, PROOF_DIGITS);
}

str receipt_url(struct arena *arena, const struct provider *provider, str message)
{
	str url = str_fmt(arena, "%.*s?message=%.*s", STR_ARG(provider->receipt_url),
			  STR_ARG(message));
	if (provider->receipt.proof != RECEIPT_IN_URL)
		return url;
	return str_fmt(arena, "%.*s&proof=%.*s", STR_ARG(url),
		       STR_ARG(make_proof(arena, provider, message)));
}

/* --- what it says --------------------------------------------------------------------------------- */

struct said {
	struct arena *arena;
	const struct receipt_call *call;
	const struct json *json;
	struct {
		str name, value;
	} form[FIELDS_MOST];
	size_t n;
};

/* "a+b%2Bc" */
static str unescape(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		uint8_t byte;
		if (text.p[i] == '%' && i + 2 < text.n &&
		    hex_parse(str_slice(text, i + 1, i + 3), &byte, 1)) {
			buf_byte(&buf, (char)byte);
			i += 2;
		} else {
			buf_byte(&buf, text.p[i] == '+' ? ' ' : text.p[i]);
		}
	}
	return buf_str(&buf);
}

static bool read_form(struct said *said)
{
	str rest = said->call->body, pair, name, value;
	while (rest.n > 0) {
		if (!str_cut(rest, '&', &pair, &rest)) {
			pair = rest;
			rest = STR_EMPTY;
		}
		if (pair.n == 0)
			continue;
		if (said->n == FIELDS_MOST || !str_cut(pair, '=', &name, &value))
			return false;
		said->form[said->n].name = unescape(said->arena, name);
		said->form[said->n++].value = unescape(said->arena, value);
	}
	return true;
}

/* In what it sends; else in the URL, which is ours. */
static str find(const struct said *said, str name)
{
	str found = answer_scalar(said->arena, answer_path(said->json, name));
	for (size_t i = 0; found.n == 0 && i < said->n; i++) {
		if (str_eq(said->form[i].name, name))
			found = said->form[i].value;
	}
	return found.n > 0 ? found
			   : said->call->argument(said->call->arg, str_z(said->arena, name));
}

static bool is_our_id(str id)
{
	uint8_t bytes[ID_DIGITS / 2];
	return str_starts(id, S("m")) && hex_parse(str_slice(id, 1, id.n), bytes, sizeof bytes);
}

/* --- who says it ---------------------------------------------------------------------------------- */

/* By order of their names, as Twilio signs them. */
static void sort_form(struct said *said)
{
	for (size_t i = 1; i < said->n; i++) {
		for (size_t k = i; k > 0 && str_cmp(said->form[k].name, said->form[k - 1].name) < 0;
		     k--) {
			str name = said->form[k].name, value = said->form[k].value;
			said->form[k] = said->form[k - 1];
			said->form[k - 1].name = name;
			said->form[k - 1].value = value;
		}
	}
}

/* The URL as we gave it, and the form's names and values one behind the other, under the account's
 * secret (HMAC-SHA-1, base64). */
static bool is_signed(struct said *said, const struct provider *provider, str message)
{
	str user, secret, url = receipt_url(said->arena, provider, message);
	struct buf buf = buf_of(said->arena, url.n + said->call->body.n + 1);
	if (!str_cut(provider->token, ':', &user, &secret))
		secret = provider->token;
	sort_form(said);
	buf_add(&buf, url);
	for (size_t i = 0; i < said->n; i++) {
		buf_add(&buf, said->form[i].name);
		buf_add(&buf, said->form[i].value);
	}
	str mac = hash_sha1_keyed(said->arena, secret, buf_str(&buf));
	return secret.n > 0 && !buf.too_long &&
	       is_same_secret(said->call->signature, base64_print(said->arena, mac, false));
}

static bool is_proved(struct said *said, const struct provider *provider, str message)
{
	const struct receipt_call *call = said->call;
	str token = provider->receipt_token;
	switch (provider->receipt.proof) {
	case RECEIPT_BEARER:
		return token.n > 0 && is_same_secret(call->authorization,
						     str_join(said->arena, S("Bearer "), token));
	case RECEIPT_IN_URL:
		return token.n > 0 && is_same_secret(call->argument(call->arg, "proof"),
						     make_proof(said->arena, provider, message));
	case RECEIPT_SIGNED:
		return is_signed(said, provider, message);
	}
	return false;
}

/* --- the door ------------------------------------------------------------------------------------- */

static bool read_body(struct said *said, enum provider_body encode)
{
	bool is_get = str_eq(said->call->method, S("GET"));
	if (encode == PROVIDER_QUERY)
		return is_get || str_eq(said->call->method, S("POST"));
	if (!str_eq(said->call->method, S("POST")))
		return false;
	if (encode == PROVIDER_FORM)
		return read_form(said);
	return json_parse(said->arena, said->call->body, JSON_DEPTH_MOST, &said->json, NULL) ==
	       JSON_FINE;
}

/* What nobody has described says nothing. */
static enum receipt_meaning find_meaning(const struct said *said,
					 const struct provider_receipt *receipt)
{
	for (size_t i = 0; i < receipt->n_rules; i++) {
		const struct receipt_rule *rule = &receipt->rules[i];
		str value = find(said, rule->at);
		if (value.n > 0 && answer_is_one_of(value, rule->is, rule->n_is))
			return rule->means;
	}
	return RECEIPT_NOTHING;
}

enum receipt_read deliver_receipt(struct arena *arena, const struct provider *provider,
				  const struct receipt_call *call, str *out_message,
				  enum receipt_meaning *out_means)
{
	struct said *said = TAKE(arena, struct said, 1);
	said->arena = arena;
	said->call = call;
	bool fine = read_body(said, provider->receipt.encode);
	str message = find(said, provider->receipt.message);
	/* Who is not known learns nothing of what is wrong. */
	if (!is_proved(said, provider, message))
		return RECEIPT_NOT_PROVED;
	if (!fine || !is_our_id(message))
		return RECEIPT_NO_RECEIPT;
	*out_message = message;
	*out_means = find_meaning(said, &provider->receipt);
	return RECEIPT_READ;
}
