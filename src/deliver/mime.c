/*
 * An email, whole. What stands in the headers and how bytes are encoded is GMime's to get right; putting the pieces
 * behind each other is not worth its objects, which cost more than the whole session with the relay.
 */
#include "deliver/smtp.h"

#include <pthread.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/arena.h"
#include "base/utf8.h"

/* RFC 5322 2.1.1 */
#define LINE_BYTES 76
/* Words of at most 1 MB each way, quoted-printable; enclosures in base64. */
#define EMAIL_BYTES_MAX ((size_t)48 << 20)

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	g_mime_init();
}

static str domain_of(str address)
{
	str name, domain;
	return str_cut(address, '@', &name, &domain) ? domain : S("localhost");
}

/* One line for a header: what could end it, or hide in it, is a space. */
static const char *line_z(struct arena *arena, str text)
{
	struct buf buf = buf_of(arena, text.n + 1);
	if (!utf8_is(text))
		return "";
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		utf8_put(&buf, c == '\n' || c == '\t' || utf8_is_control(c) ? ' ' : c);
	}
	return str_z(arena, buf_str(&buf));
}

/* --- headers ------------------------------------------------------------------------------------ */

/* A field as it is, in as many lines as it needs: a line may end before any space (RFC 5322 2.2.3). */
static void put_field(struct buf *out, const char *name, const char *value)
{
	size_t column = strlen(name) + 1;
	const char *rest = value;
	buf_fmt(out, "%s:", name);
	while (*rest != 0) {
		size_t spaces = strspn(rest, " "), word = strcspn(rest + spaces, " ");
		bool ends = column + spaces + word > LINE_BYTES && column > strlen(name) + 1;
		if (ends && word > 0) {
			buf_byte(out, '\n');
			column = 0;
		}
		buf_add(out, (str){ rest, spaces + word });
		column += spaces + word;
		rest += spaces + word;
	}
	buf_byte(out, '\n');
}

static void put_text(struct arena *arena, struct buf *out, const char *name, str text)
{
	char *encoded = g_mime_utils_header_encode_text(NULL, line_z(arena, text), "utf-8");
	put_field(out, name, str_z(arena, str_fmt(arena, " %s", encoded)));
	g_free(encoded);
}

static void put_mailbox(struct arena *arena, struct buf *out, const char *name, str person,
			str address)
{
	char *phrase = g_mime_utils_header_encode_phrase(NULL, line_z(arena, person), "utf-8");
	str value = phrase != NULL && phrase[0] != 0
			    ? str_fmt(arena, " %s <%.*s>", phrase, STR_ARG(address))
			    : str_fmt(arena, " %.*s", STR_ARG(address));
	put_field(out, name, str_z(arena, value));
	g_free(phrase);
}

static void put_date(struct arena *arena, struct buf *out, instant at)
{
	GDateTime *utc = g_date_time_new_from_unix_utc(at.ms / 1000);
	char *text = g_mime_utils_header_format_date(utc);
	put_field(out, "Date", str_z(arena, str_fmt(arena, " %s", text)));
	g_free(text);
	g_date_time_unref(utc);
}

/* RFC 8058. Only what is optional may be unsubscribed from: nobody opts out of a right. */
static void put_unsubscribe(struct arena *arena, struct buf *out, const struct message *message,
			    const struct email_from *from)
{
	str name, domain, links = STR_EMPTY;
	if (message->grade != GRADE_OPTIONAL || !str_cut(from->address, '@', &name, &domain))
		return;
	if (from->unsubscribe.n > 0) {
		links = str_fmt(arena, " <%.*s%.*s>,", STR_ARG(from->unsubscribe),
				STR_ARG(message->id));
		put_field(out, "List-Unsubscribe-Post", " List-Unsubscribe=One-Click");
	}
	links = str_fmt(arena, "%.*s <mailto:%.*s+unsubscribe@%.*s?subject=%.*s>", STR_ARG(links),
			STR_ARG(name), STR_ARG(domain), STR_ARG(message->id));
	put_field(out, "List-Unsubscribe", str_z(arena, links));
}

static void put_head(struct arena *arena, struct buf *out, const struct parcel *parcel,
		     const struct email_from *from, str to)
{
	const struct message *message = parcel->message;
	str name = message->sender.n > 0 ? message->sender : from->name;
	str id = str_fmt(arena, " <%.*s@%.*s>", STR_ARG(message->id),
			 STR_ARG(domain_of(from->address)));
	put_mailbox(arena, out, "From", name, from->address);
	put_mailbox(arena, out, "To", message->to_name, to);
	put_text(arena, out, "Subject", parcel->subject);
	put_date(arena, out, parcel->at);
	put_field(out, "Message-Id", str_z(arena, id));
	/* RFC 3834: nobody's holiday note should answer a machine. */
	put_field(out, "Auto-Submitted", " auto-generated");
	put_text(arena, out, "Content-Language", parcel->language);
	put_unsubscribe(arena, out, message, from);
	/* So that a relay's log can be laid beside the service's. */
	if (traceparent_is(message->traceparent))
		put_field(out, "Traceparent",
			  str_z(arena, str_fmt(arena, " %.*s", STR_ARG(message->traceparent))));
	put_field(out, "MIME-Version", " 1.0");
}

/* --- parts -------------------------------------------------------------------------------------- */

static void put_encoded(struct arena *arena, struct buf *out, GMimeContentEncoding how, str bytes)
{
	GMimeEncoding encoding;
	g_mime_encoding_init_encode(&encoding, how);
	size_t most = g_mime_encoding_outlen(&encoding, bytes.n);
	char *place = TAKE(arena, char, most);
	size_t n = g_mime_encoding_flush(&encoding, bytes.n > 0 ? bytes.p : "", bytes.n, place);
	buf_add(out, (str){ place, n });
}

/* Given as UTF-8, whatever is in it: the HTML says so in itself. */
static void put_words(struct arena *arena, struct buf *out, const char *type, str text)
{
	put_field(out, "Content-Type", str_z(arena, str_fmt(arena, " %s; charset=utf-8", type)));
	put_field(out, "Content-Transfer-Encoding", " quoted-printable");
	buf_byte(out, '\n');
	put_encoded(arena, out, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, text);
}

/* The name, as RFC 2231 has it where it is not ASCII. */
static void put_named(struct arena *arena, struct buf *out, const char *field, const char *value,
		      const char *parameter, str name)
{
	GMimeParamList *list = g_mime_param_list_new();
	GString *text = g_string_new(NULL);
	g_mime_param_list_set_parameter(list, parameter, line_z(arena, name));
	g_mime_param_set_charset(g_mime_param_list_get_parameter(list, parameter), "utf-8");
	g_string_printf(text, "%s: %s", field, value);
	g_mime_param_list_encode(list, NULL, TRUE, text);
	buf_add(out, str_of(text->str));
	(void)g_string_free(text, TRUE);
	g_object_unref(list);
}

static void put_enclosed(struct arena *arena, struct buf *out, const struct enclosed *enclosed)
{
	const char *type = enclosed->is_pdf ? "application/pdf" : "application/octet-stream";
	put_named(arena, out, "Content-Type", type, "name", enclosed->name);
	put_named(arena, out, "Content-Disposition", "attachment", "filename", enclosed->name);
	put_field(out, "Content-Transfer-Encoding", " base64");
	buf_byte(out, '\n');
	put_encoded(arena, out, GMIME_CONTENT_ENCODING_BASE64, enclosed->bytes);
}

/* Made of what is fixed with the words, so that every try has the same. Which: one multipart may hold
 * another. */
static str boundary_of(struct arena *arena, const struct parcel *parcel, const char *which)
{
	return str_fmt(arena, "=_%s%.*s", which, STR_ARG(str_slice(parcel->sha256, 0, 24)));
}

static void put_multipart(struct arena *arena, struct buf *out, const char *subtype, str boundary)
{
	str value = str_fmt(arena, " multipart/%s; boundary=\"%.*s\"", subtype, STR_ARG(boundary));
	put_field(out, "Content-Type", str_z(arena, value));
}

static void put_boundary(struct buf *out, str boundary, const char *end)
{
	buf_fmt(out, "\n--%.*s%s\n", STR_ARG(boundary), end);
}

static void put_alternative(struct arena *arena, struct buf *out, const struct parcel *parcel)
{
	str boundary = boundary_of(arena, parcel, "");
	put_multipart(arena, out, "alternative", boundary);
	put_boundary(out, boundary, "");
	put_words(arena, out, "text/plain", parcel->text);
	put_boundary(out, boundary, "");
	put_words(arena, out, "text/html", parcel->html);
	put_boundary(out, boundary, "--");
}

static void put_mixed(struct arena *arena, struct buf *out, const struct parcel *parcel,
		      const struct enclosed *list, size_t n)
{
	const struct enclosed pages = { .name = enclosed_name(arena, parcel->subject, true),
					.bytes = parcel->pages,
					.is_pdf = true };
	str boundary = boundary_of(arena, parcel, "m");
	put_multipart(arena, out, "mixed", boundary);
	put_boundary(out, boundary, "");
	put_alternative(arena, out, parcel);
	if (pages.bytes.n > 0) {
		put_boundary(out, boundary, "");
		put_enclosed(arena, out, &pages);
	}
	for (size_t i = 0; i < n; i++) {
		put_boundary(out, boundary, "");
		put_enclosed(arena, out, &list[i]);
	}
	put_boundary(out, boundary, "--");
}

/* --- the whole ---------------------------------------------------------------------------------- */

/* Every line ends in CRLF and nothing else is a line end: a bare one may be taken for the end of
 * the message by a relay that is lenient, and for text by the next one. */
static str end_lines(struct arena *arena, str bytes)
{
	str rest = bytes, line;
	struct buf buf = buf_of(arena, 2 * rest.n + 2);
	while (str_line(&rest, &line)) {
		for (size_t i = 0; i < line.n;) {
			str tail = str_slice(line, i, line.n);
			size_t n = str_find(tail, S("\r"));
			buf_add(&buf, str_slice(tail, 0, n));
			i += n + 1;
		}
		buf_add(&buf, S("\r\n"));
	}
	return buf_str(&buf);
}

static str write_mail(struct arena *arena, const struct parcel *parcel,
		      const struct email_from *from, str to, const struct enclosed *list, size_t n)
{
	struct buf out = buf_of(arena, EMAIL_BYTES_MAX);
	pthread_once(&once, start_library);
	put_head(arena, &out, parcel, from, to);
	if (n > 0 || parcel->pages.n > 0)
		put_mixed(arena, &out, parcel, list, n);
	else
		put_alternative(arena, &out, parcel);
	require(!out.too_long);
	return end_lines(arena, buf_str(&out));
}

str email_from_address(const struct authority *authority, const struct message *message, str wanted)
{
	if (message->sender.n > 0 && authority->neutral_email_from.n > 0)
		return authority->neutral_email_from;
	return wanted.n > 0 ? wanted : authority->email_from;
}

str email_make(struct arena *arena, const struct parcel *parcel, const struct email_from *from,
	       struct email *out, enum outcome *out_fault)
{
	str to;
	struct enclosed *enclosed;
	size_t n;
	str fault = smtp_address(arena, parcel->message->email, &to);
	*out_fault = OUTCOME_NEVER_ADDRESS;
	if (fault.n > 0)
		return fault;
	fault = enclosures_read(arena, from->enclosures, parcel->message, EMAIL_ENCLOSED_MAX,
				&enclosed, &n);
	*out_fault = outcome_of_enclosure(fault);
	if (fault.n > 0)
		return fault;
	*out = (struct email){ .sender = smtp_sender(arena, from->address, parcel->message->id),
			       .recipient = to,
			       .bytes = write_mail(arena, parcel, from, to, enclosed, n) };
	return STR_EMPTY;
}
