#include "deliver/inner.h"

#include <pthread.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/arena.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	g_mime_init();
}

static void add_part(GMimeMultipart *into, const char *subtype, const char *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding((GMimePart *)part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_mime_multipart_add(into, (GMimeObject *)part);
	g_object_unref(part);
}

/* Made of what is fixed with the words, so that every try has the same. */
static const char *boundary_of(struct arena *arena, const struct parcel *parcel)
{
	return str_z(arena, str_fmt(arena, "=_%.*s", STR_ARG(str_slice(parcel->sha256, 0, 24))));
}

static str domain_of(str address)
{
	str name, domain;
	return str_cut(address, '@', &name, &domain) ? domain : S("localhost");
}

static void set_head(struct arena *arena, GMimeMessage *mail, const struct parcel *parcel,
		     str from_name, str from)
{
	const struct message *message = parcel->message;
	g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM, str_z(arena, from_name),
				   str_z(arena, from));
	g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_TO, str_z(arena, message->to_name),
				   str_z(arena, message->email));
	g_mime_message_set_subject(mail, str_z(arena, parcel->subject), "utf-8");
	GDateTime *at = g_date_time_new_from_unix_utc(parcel->at.ms / 1000);
	g_mime_message_set_date(mail, at);
	g_date_time_unref(at);
	str id = str_fmt(arena, "%.*s@%.*s", STR_ARG(message->id), STR_ARG(domain_of(from)));
	g_mime_message_set_message_id(mail, str_z(arena, id));
	GMimeObject *object = (GMimeObject *)mail;
	/* RFC 3834: nobody's holiday note should answer a machine. */
	g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
	g_mime_object_set_header(object, "Content-Language", str_z(arena, parcel->language), NULL);
}

str mime_write(struct arena *arena, const struct parcel *parcel, str from_name, str from)
{
	pthread_once(&once, start_library);
	GMimeMessage *mail = g_mime_message_new(FALSE);
	set_head(arena, mail, parcel, from_name, from);

	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	g_mime_multipart_set_boundary(both, boundary_of(arena, parcel));
	add_part(both, "plain", str_z(arena, parcel->text));
	add_part(both, "html", str_z(arena, parcel->html));
	g_mime_message_set_mime_part(mail, (GMimeObject *)both);
	g_object_unref(both);

	GMimeFormatOptions *format = g_mime_format_options_clone(NULL);
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	char *bytes = g_mime_object_to_string((GMimeObject *)mail, format);
	str out = str_copy(arena, str_of(bytes));
	g_free(bytes);
	g_mime_format_options_free(format);
	g_object_unref(mail);
	return out;
}
