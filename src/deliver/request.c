/* A message as a provider's request, and what its answer means: by the provider's description. */
#include "deliver/http.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/json.h"
#include "letter/letter.h"

/* A letter's pages in base64, and what stands around them. */
#define REQUEST_BYTES_MOST (LETTER_PDF_MAX / 3 * 4 + ((size_t)64 << 10))
#define JSON_DEPTH_MOST 16
#define ID_BYTES_MOST 128 /* of a provider's; a longer one is none */
/* A GOV.UK Notify key ends with the service's id, a dash, and the secret. */
#define UUID_BYTES ((size_t)36)

/* --- values --------------------------------------------------------------------------------------- */

static str token_part(const struct provider *provider, bool secret)
{
	str user, rest;
	if (!str_cut(provider->token, ':', &user, &rest))
		return secret ? provider->token : STR_EMPTY;
	return secret ? rest : user;
}

/* RFC 7519, HS256: who we are and when; good for thirty seconds. */
static str make_jwt(struct arena *arena, const struct provider *provider, instant now)
{
	str key = provider->token;
	str secret = str_slice(key, key.n > UUID_BYTES ? key.n - UUID_BYTES : 0, key.n);
	str rest = str_slice(key, 0, key.n - secret.n);
	if (str_ends(rest, S("-")))
		rest = str_slice(rest, 0, rest.n - 1);
	str service = str_slice(rest, rest.n > UUID_BYTES ? rest.n - UUID_BYTES : 0, rest.n);
	str claims = str_fmt(arena, "{\"iss\":\"%.*s\",\"iat\":%lld}", STR_ARG(service),
			     (long long)(now.ms / 1000));
	str head = base64_print(arena, S("{\"typ\":\"JWT\",\"alg\":\"HS256\"}"), true);
	str text = str_fmt(arena, "%.*s.%.*s", STR_ARG(head),
			   STR_ARG(base64_print(arena, claims, true)));
	struct hash mac = hash_keyed_by(secret, text);
	str sign = base64_print(arena, (str){ (const char *)mac.bytes, HASH_BYTES }, true);
	return str_fmt(arena, "%.*s.%.*s", STR_ARG(text), STR_ARG(sign));
}

struct filling {
	struct arena *arena;
	const struct provider *provider;
	const struct request_values *values;
};

static str value_of(const struct filling *f, enum provider_value value)
{
	const struct provider *provider = f->provider;
	switch (value) {
	case PROVIDER_TO:
		return f->values->to;
	case PROVIDER_TEXT:
		return f->values->text;
	case PROVIDER_CONTENT:
		return f->values->content;
	case PROVIDER_POSTAGE:
		return f->values->postage;
	case PROVIDER_SENDER:
		return f->values->sender;
	case PROVIDER_MESSAGE:
		return f->values->message;
	case PROVIDER_ENCODING:
		return f->values->unicode ? provider->unicode_word : provider->gsm_word;
	case PROVIDER_URL:
		return provider->url;
	case PROVIDER_TEMPLATE_ID:
		return provider->template_id;
	case PROVIDER_TOKEN:
		return provider->token;
	case PROVIDER_USER:
		return token_part(provider, false);
	case PROVIDER_SECRET:
		return token_part(provider, true);
	case PROVIDER_BASIC:
		return base64_print(f->arena, provider->token, false);
	case PROVIDER_JWT:
		return make_jwt(f->arena, provider, f->values->now);
	case PROVIDER_RECEIPT:
		return receipt_url(f->arena, provider, f->values->message);
	case PROVIDER_VALUE_COUNT:
		break;
	}
	return STR_EMPTY;
}

/* A provider is not asked for receipts that nobody takes. */
static bool is_left_out(const struct filling *f, const struct provider_field *field)
{
	for (size_t i = 0; i < field->text.n && f->provider->receipt_url.n == 0; i++) {
		if (field->text.values[i] == PROVIDER_RECEIPT)
			return true;
	}
	return false;
}

static void add_escaped(struct buf *buf, str text)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.n; i++) {
		uint8_t c = (uint8_t)text.p[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
			     c == '-' || c == '.' || c == '_' || c == '~';
		if (plain) {
			buf_byte(buf, (char)c);
			continue;
		}
		buf_byte(buf, '%');
		buf_byte(buf, digits[c >> 4]);
		buf_byte(buf, digits[c & 15]);
	}
}

enum place { IN_TEXT, IN_URL, IN_HEADER };

/* Nothing in a value can end a header. */
static void add_one_line(struct buf *buf, str text)
{
	for (size_t i = 0; i < text.n; i++)
		buf_byte(buf, (uint8_t)text.p[i] < ' ' || text.p[i] == 0x7f ? ' ' : text.p[i]);
}

static void fill(const struct filling *f, const struct provider_text *text, enum place place,
		 struct buf *out)
{
	for (size_t i = 0; i < text->n; i++) {
		str value = value_of(f, text->values[i]);
		buf_add(out, text->words[i]);
		if (place == IN_URL && text->values[i] != PROVIDER_URL)
			add_escaped(out, value);
		else if (place == IN_HEADER)
			add_one_line(out, value);
		else
			buf_add(out, value);
	}
	buf_add(out, text->words[text->n]);
}

/* --- requests ------------------------------------------------------------------------------------- */

static str fill_text(const struct filling *f, const struct provider_text *text)
{
	struct buf buf = buf_of(f->arena, REQUEST_BYTES_MOST);
	fill(f, text, IN_TEXT, &buf);
	return buf_str(&buf);
}

static void write_json(const struct filling *f, const struct provider_field *fields, size_t n,
		       struct json_writer *w)
{
	json_open(w);
	for (size_t i = 0; i < n; i++) {
		if (is_left_out(f, &fields[i]))
			continue;
		json_key_str(w, fields[i].name);
		/* At most four deep: setup has seen to it. */
		if (fields[i].fields != NULL)
			write_json(f, fields[i].fields, fields[i].n, w);
		else
			json_put_text(w, fill_text(f, &fields[i].text));
	}
	json_close(w);
}

/* "to=%2B447700900123&text=..." */
static void write_form(const struct filling *f, const struct provider_request *request,
		       struct buf *out)
{
	const char *between = "";
	for (size_t i = 0; i < request->n_body; i++) {
		if (is_left_out(f, &request->body[i]))
			continue;
		buf_add(out, str_of(between));
		between = "&";
		add_escaped(out, request->body[i].name);
		buf_byte(out, '=');
		add_escaped(out, fill_text(f, &request->body[i].text));
	}
}

static void set_headers(const struct filling *f, const struct provider_request *request,
			struct http_question *out)
{
	str *headers = TAKE(f->arena, str, request->n_headers + 2);
	size_t n = 0;
	for (; n < request->n_headers; n++) {
		struct buf buf = buf_of(f->arena, REQUEST_BYTES_MOST);
		buf_add(&buf, request->headers[n].name);
		buf_add(&buf, S(": "));
		fill(f, &request->headers[n].text, IN_HEADER, &buf);
		headers[n] = buf_str(&buf);
	}
	if (request->n_body > 0 && request->encode == PROVIDER_JSON)
		headers[n++] = S("Content-Type: application/json");
	if (traceparent_is(f->values->traceparent))
		headers[n++] = str_join(f->arena, S("traceparent: "), f->values->traceparent);
	out->headers = headers;
	out->n_headers = n;
}

void request_make(struct arena *arena, const struct provider *provider,
		  const struct provider_request *request, const struct request_values *values,
		  struct http_question *out)
{
	const struct filling f = { arena, provider, values };
	struct buf url = buf_of(arena, REQUEST_BYTES_MOST),
		   body = buf_of(arena, REQUEST_BYTES_MOST);
	fill(&f, &request->url, IN_URL, &url);
	if (request->n_body > 0 && request->encode == PROVIDER_QUERY) {
		buf_byte(&url, '?');
		write_form(&f, request, &url);
	} else if (request->n_body > 0 && request->encode == PROVIDER_FORM) {
		write_form(&f, request, &body);
	} else if (request->n_body > 0) {
		struct json_writer w = { .buf = &body };
		write_json(&f, request->body, request->n_body, &w);
	}
	*out = (struct http_question){ .method = request->method,
				       .url = buf_str(&url),
				       .body = buf_str(&body),
				       .within = provider->within };
	set_headers(&f, request, out);
}

/* --- answers -------------------------------------------------------------------------------------- */

const struct json *answer_path(const struct json *value, str path)
{
	str step, rest;
	while (path.n > 0 && value != NULL) {
		int64_t place;
		if (!str_cut(path, '.', &step, &rest)) {
			step = path;
			rest = STR_EMPTY;
		}
		if (value->type == JSON_MAP)
			value = json_get_str(value, step);
		else if (value->type == JSON_LIST && str_to_i64(step, &place) && place >= 0 &&
			 (size_t)place < value->list.n)
			value = &value->list.items[place];
		else
			value = NULL;
		path = rest;
	}
	return value;
}

str answer_scalar(struct arena *arena, const struct json *value)
{
	if (value == NULL)
		return STR_EMPTY;
	if (value->type == JSON_TEXT)
		return value->text;
	if (value->type == JSON_INT)
		return str_fmt(arena, "%lld", (long long)value->integer);
	if (value->type == JSON_BOOL)
		return value->boolean ? S("true") : S("false");
	return STR_EMPTY;
}

bool answer_is_one_of(str text, const str *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(text, list[i]))
			return true;
	}
	return n == 0;
}

static bool holds_one_of(str body, const str *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_find(body, list[i]) < body.n)
			return true;
	}
	return n == 0;
}

static bool fits(struct arena *arena, const struct provider_answer *rule,
		 const struct http_reply *answer, const struct json *json)
{
	if (answer->status < rule->least || answer->status > rule->most ||
	    !holds_one_of(answer->body, rule->holds, rule->n_holds))
		return false;
	if (rule->at.n == 0)
		return true;
	const struct json *value = json != NULL ? answer_path(json, rule->at) : NULL;
	return value != NULL && answer_is_one_of(answer_scalar(arena, value), rule->is, rule->n_is);
}

/* RFC 9110. A gateway's error says nothing of what the server behind it did, and neither does a success
 * that nobody has described. */
static enum provider_meaning meaning_of_status(int status)
{
	if (status == 408 || status == 425 || status == 429 || status == 503)
		return PROVIDER_LATER;
	if (status == 501 || status == 505)
		return PROVIDER_CONFIGURATION;
	if (status >= 500 || status < 300)
		return PROVIDER_UNKNOWN;
	if (status == 400 || status == 413 || status == 422)
		return PROVIDER_NEVER_MESSAGE;
	/* redirects; and who we are, where, and what we want */
	return PROVIDER_CONFIGURATION;
}

static struct request_meaning meaning_of_end(const struct http_reply *answer)
{
	enum provider_meaning means = PROVIDER_UNKNOWN;
	if (answer->end == HTTP_NOT_SENT)
		means = PROVIDER_LATER;
	else if (answer->end == HTTP_SET_UP)
		means = PROVIDER_CONFIGURATION;
	return (struct request_meaning){ .means = means, .code = answer->why };
}

/* More digits may be somebody's telephone number, however they are set apart. */
#define CODE_DIGITS_MAX 6

static bool holds_a_number(str code)
{
	size_t digits = 0;
	for (size_t i = 0; i < code.n; i++)
		digits += code.p[i] >= '0' && code.p[i] <= '9' ? 1 : 0;
	return digits > CODE_DIGITS_MAX;
}

/* A provider may answer with a sentence, or with a number, which says whom it was for: only a code is kept, and
 * logged. */
static str clean_code(str code, str status)
{
	return id_is(code) && !holds_a_number(code) ? code : status;
}

struct request_meaning answer_read(struct arena *arena, const struct provider_request *request,
				   const struct http_reply *answer)
{
	if (answer->end != HTTP_ANSWERED)
		return meaning_of_end(answer);
	const struct json *json = NULL;
	if (json_parse(arena, answer->body, JSON_DEPTH_MOST, &json, NULL) != JSON_FINE)
		json = NULL;
	struct request_meaning meaning = { .means = meaning_of_status(answer->status),
					   .code = str_fmt(arena, "%d", answer->status) };
	for (size_t i = 0; i < request->n_answers; i++) {
		const struct provider_answer *rule = &request->answers[i];
		if (!fits(arena, rule, answer, json))
			continue;
		meaning.means = rule->means;
		if (rule->id.n > 0 && json != NULL)
			meaning.provider_id = answer_scalar(arena, answer_path(json, rule->id));
		if (meaning.provider_id.n > ID_BYTES_MOST)
			meaning.provider_id = STR_EMPTY;
		if (rule->code.n > 0 && json != NULL)
			meaning.code = clean_code(
				answer_scalar(arena, answer_path(json, rule->code)), meaning.code);
		break;
	}
	return meaning;
}
