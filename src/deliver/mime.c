#include "deliver/smtp.h"

#include <pthread.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/arena.h"
#include "base/utf8.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	g_mime_init();
}

static GMimeDataWrapper *wrap(str bytes)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.n > 0 ? bytes.p : "",
								bytes.n);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
		stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_object_unref(stream);
	return content;
}

/* Given as UTF-8, whatever is in it: g_mime_text_part_set_text would choose a charset by the text,
 * and the HTML says in itself that it is UTF-8. */
static void add_part(GMimeMultipart *into, const char *subtype, str text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
	GMimeDataWrapper *content = wrap(text);
	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_part_set_content((GMimePart *)part, content);
	g_mime_part_set_content_encoding((GMimePart *)part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_mime_multipart_add(into, (GMimeObject *)part);
	g_object_unref(content);
	g_object_unref(part);
}

/* Made of what is fixed with the words, so that every try has the same. Which: one multipart may hold
 * another. */
static const char *boundary_of(struct arena *arena, const struct parcel *parcel, const char *which)
{
	return str_z(arena,
		     str_fmt(arena, "=_%s%.*s", which, STR_ARG(str_slice(parcel->sha256, 0, 24))));
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

/* Names that are not ASCII go as RFC 2231 has it. */
static void add_enclosed(struct arena *arena, GMimeMultipart *into, const struct enclosed *enclosed)
{
	GMimePart *part = enclosed->is_pdf
				  ? g_mime_part_new_with_type("application", "pdf")
				  : g_mime_part_new_with_type("application", "octet-stream");
	GMimeDataWrapper *content = wrap(enclosed->bytes);
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_object_set_disposition((GMimeObject *)part, "attachment");
	g_mime_part_set_filename(part, line_z(arena, enclosed->name));
	g_mime_multipart_add(into, (GMimeObject *)part);
	g_object_unref(content);
	g_object_unref(part);
}

static void set_plain(GMimeMessage *mail, const char *name, const char *value)
{
	g_mime_object_set_header((GMimeObject *)mail, name, value, NULL);
}

/* As it is: GMime would encode a link that is longer than a line, and no reader follows it then. */
static void set_links(struct arena *arena, GMimeMessage *mail, const char *name, str links)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list((GMimeObject *)mail);
	set_plain(mail, name, "");
	g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name),
				    str_z(arena, str_fmt(arena, " %.*s\n", STR_ARG(links))));
}

/* RFC 8058. Only what is optional may be unsubscribed from: nobody opts out of a right. */
static void set_unsubscribe(struct arena *arena, GMimeMessage *mail, const struct message *message,
			    const struct email_from *from)
{
	str name, domain;
	if (message->grade != GRADE_OPTIONAL || !str_cut(from->address, '@', &name, &domain))
		return;
	str links = str_fmt(arena, "<mailto:%.*s+unsubscribe@%.*s?subject=%.*s>", STR_ARG(name),
			    STR_ARG(domain), STR_ARG(message->id));
	if (from->unsubscribe.n > 0) {
		links = str_fmt(arena, "<%.*s%.*s>,\n %.*s", STR_ARG(from->unsubscribe),
				STR_ARG(message->id), STR_ARG(links));
		set_plain(mail, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
	}
	set_links(arena, mail, "List-Unsubscribe", links);
}

static void set_head(struct arena *arena, GMimeMessage *mail, const struct parcel *parcel,
		     const struct email_from *from, str to)
{
	const struct message *message = parcel->message;
	str name = message->sender.n > 0 ? message->sender : from->name;
	g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM, line_z(arena, name),
				   str_z(arena, from->address));
	g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_TO, line_z(arena, message->to_name),
				   str_z(arena, to));
	g_mime_message_set_subject(mail, line_z(arena, parcel->subject), "utf-8");
	GDateTime *at = g_date_time_new_from_unix_utc(parcel->at.ms / 1000);
	g_mime_message_set_date(mail, at);
	g_date_time_unref(at);
	str id = str_fmt(arena, "%.*s@%.*s", STR_ARG(message->id),
			 STR_ARG(domain_of(from->address)));
	g_mime_message_set_message_id(mail, str_z(arena, id));
	/* RFC 3834: nobody's holiday note should answer a machine. */
	set_plain(mail, "Auto-Submitted", "auto-generated");
	set_plain(mail, "Content-Language", line_z(arena, parcel->language));
	set_unsubscribe(arena, mail, message, from);
}

/* Every line ends in CRLF and nothing else is a line end: a bare one may be taken for the end of
 * the message by a relay that is lenient, and for text by the next one. */
static str end_lines(struct arena *arena, const char *bytes)
{
	str rest = str_of(bytes), line;
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

static GMimeMultipart *make_words(struct arena *arena, const struct parcel *parcel)
{
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	g_mime_multipart_set_boundary(both, boundary_of(arena, parcel, ""));
	add_part(both, "plain", parcel->text);
	add_part(both, "html", parcel->html);
	return both;
}

static GMimeMultipart *make_mixed(struct arena *arena, const struct parcel *parcel,
				  GMimeMultipart *words, const struct enclosed *list, size_t n)
{
	GMimeMultipart *mixed = g_mime_multipart_new_with_subtype("mixed");
	g_mime_multipart_set_boundary(mixed, boundary_of(arena, parcel, "m"));
	g_mime_multipart_add(mixed, (GMimeObject *)words);
	g_object_unref(words);
	for (size_t i = 0; i < n; i++)
		add_enclosed(arena, mixed, &list[i]);
	return mixed;
}

static str write_mail(struct arena *arena, const struct parcel *parcel,
		      const struct email_from *from, str to, const struct enclosed *list, size_t n)
{
	pthread_once(&once, start_library);
	GMimeMessage *mail = g_mime_message_new(FALSE);
	set_head(arena, mail, parcel, from, to);

	GMimeMultipart *body = make_words(arena, parcel);
	if (n > 0)
		body = make_mixed(arena, parcel, body, list, n);
	g_mime_message_set_mime_part(mail, (GMimeObject *)body);
	g_object_unref(body);

	char *bytes = g_mime_object_to_string((GMimeObject *)mail, NULL);
	str out = end_lines(arena, bytes);
	g_free(bytes);
	g_object_unref(mail);
	return out;
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
