/*
 * The words: templates, and how a message is worded from them.
 *
 * A template is a text file, templates/<language>/<name>.md: a YAML head between "---" lines, then
 * Markdown with Mustache tags; its short form for SMS is <name>.sms.txt beside it. Mustache runs
 * first, each value replaced by a numbered placeholder between two noncharacters (U+FDD0, U+FDD1,
 * which no input may hold); the result is parsed as Markdown; the values go into the tree's text
 * and are escaped for the output at hand. So a value can never become markup, a link, a header or a
 * command.
 *
 * docs/templates.md says what a template may hold and which values there are.
 */
#ifndef CANDOUR_WORDS_WORDS_H
#define CANDOUR_WORDS_WORDS_H

#include "model/message.h"

struct words; /* all templates of all languages, read and checked */

/* Content that a notice must have by law or standard; each has its own mark in a template's head
 * (`blocks`). */
#define BLOCKS(X)                                                                                  \
	X(REASONS, "reasons")                                                                      \
	X(APPEAL, "appeal")                                                                        \
	X(LIMITS, "limits")                                                                        \
	X(MEDIATION, "mediation")                                                                  \
	X(NO_MEDIATION, "no_mediation")                                                            \
	X(DISAGREEMENT, "disagreement")                                                            \
	X(ADVICE_SERVICE, "advice_service")                                                        \
	X(REPRESENTATIONS, "representations")                                                      \
	X(SCHOOLS, "schools")                                                                      \
	X(ADVICE, "advice")                                                                        \
	X(EVIDENCE, "evidence")                                                                    \
	X(HEALTH_AND_CARE, "health_and_care")                                                      \
	X(NAMED_CONTACT, "named_contact")                                                          \
	X(NEXT, "next")                                                                            \
	X(FORMATS, "formats")

#define X(name, wire) BLOCK_##name,
enum block { BLOCKS(X) BLOCK_COUNT };
#undef X

struct template_info {
	str name, language, title;
	enum grade grade;
	bool has_sms;
	bool reviewed;       /* English, or reviewed_by names a speaker */
	const str *promises; /* duties' rules or "action" whose dates it needs: {{promise.X}} */
	size_t n_promises;
	bool blocks[BLOCK_COUNT];
	str version; /* SHA-256 of its files, first 12 digits */
	str file;
};

/* Reads every template below the folder; every mistake is a finding with file and line: unknown
 * tags, unclosed sections, Markdown that is not supported, missing head keys, required blocks
 * without their text, literal dates, an SMS that may reveal something or is too long, a sample that
 * does not render. NULL when there was an error. */
const struct words *words_read(struct arena *arena, str folder, struct findings *findings);
/* The English original, or NULL. */
const struct template_info *words_find(const struct words *words, str name);
/* The templates that go out in other languages than English. */
const struct translation *words_translated(struct arena *arena, const struct words *words,
					   size_t *out_n);
/* Checks that every template the policy names is there, has the grade's blocks, and gets the dates
 * it needs. */
void words_check_policy(const struct words *words, const struct policy *policy,
			struct findings *findings);

/* A message in words. */
struct worded {
	str subject; /* one line; reveals nothing */
	str text;    /* the email's plain text */
	str html;    /* the email's HTML, whole document */
	str sms;     /* the short form, and nothing else */
	str letter;  /* the letter's tree: JSON, see docs/templates.md */
	/* of the words: the contact's, or "en" where there is no reviewed translation */
	str language;
	str version;     /* of the template */
	bool translated; /* false: the contact's language was wanted and is not there */
	/* not worded, because something private of another contact would have stood in it */
	bool leaks;
};

/* Words a message for its channel: an email fills subject, text and html, and a formal one letter too;
 * an SMS sms; a letter subject and letter; a task text. `today` is the day it leaves. On a mistake (a value that is
 * missing, a private value of somebody else in the text) false, and *why says which, with ids only.
 */
bool words_render(struct arena *arena, const struct words *words, const struct policy *policy,
		  const struct message *message, date today, struct worded *out, str *why);
/* The same, in a translation that no speaker has checked yet too: to be looked at, never to be sent. */
bool words_preview(struct arena *arena, const struct words *words, const struct policy *policy,
		   const struct message *message, date today, struct worded *out, str *why);
/* A message made of a template's own sample, for preview and for the check at load. */
bool words_sample(struct arena *arena, const struct words *words, const struct policy *policy,
		  str name, str language, enum channel_kind channel, struct message *out, str *why);

/* --- text for SMS
 * ------------------------------------------------------------------------------------- */

enum sms_encoding { SMS_GSM7, SMS_UCS2 };
struct sms_measure {
	str text; /* as it will be sent: typography made plain where it then fits GSM-7 */
	enum sms_encoding encoding;
	int units;    /* septets or UTF-16 code units, padding not counted */
	int segments; /* 160/153 or 70/67, no extension or surrogate pair split */
};
str sms_encoding_name(enum sms_encoding encoding); /* "GSM-7", "UCS-2" */
/* False for blank text. */
bool sms_measure(struct arena *arena, str text, struct sms_measure *out);

#endif
