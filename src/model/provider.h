/*
 * A provider of text messages or of letters, as data: how it is asked to send, what its answers mean,
 * and how it is asked, or tells by itself, what became of a message. Read from a file such as
 * conf/sms/notify.yaml or conf/letters/notify.yaml; the addresses and secrets come from candour.conf.
 * docs/providers.md says what a file may hold.
 */
#ifndef CANDOUR_MODEL_PROVIDER_H
#define CANDOUR_MODEL_PROVIDER_H

#include "base/time.h"
#include "base/yaml.h"

#define PROVIDERS_MAX 4

/* What may stand between {{ and }} in a request. */
#define PROVIDER_VALUES(X)                                                                         \
	X(TO, "to")                   /* +447700900123 */                                          \
	X(TEXT, "text")               /* as it is sent */                                          \
	X(CONTENT, "content")         /* a letter's PDF, in base64 */                              \
	X(POSTAGE, "postage")         /* "first", "second", "economy" */                           \
	X(SENDER, "sender")           /* what the phone shows */                                   \
	X(MESSAGE, "message")         /* our id of it: opaque, the same at each try */             \
	X(ENCODING, "encoding")       /* the file's word for the alphabet of this text */          \
	X(URL, "url")                 /* of candour.conf */                                        \
	X(TEMPLATE_ID, "template_id") /* of candour.conf */                                        \
	X(TOKEN, "token")             /* what token_file holds */                                  \
	X(USER, "user")               /* of "user:secret" in token_file */                         \
	X(SECRET, "secret")                                                                        \
	X(BASIC, "basic")     /* "user:secret" for HTTP's basic authentication */                  \
	X(JWT, "jwt")         /* a signed token, made of a GOV.UK Notify key */                    \
	X(RECEIPT, "receipt") /* where the provider may tell us what became of this message */

enum provider_value {
#define X(name, word) PROVIDER_##name,
	PROVIDER_VALUES(X)
#undef X
		PROVIDER_VALUE_COUNT
};

/* A text with values in it, cut at them: words[0] values[0] words[1] ... */
struct provider_text {
	str *words; /* n + 1 */
	enum provider_value *values;
	size_t n;
};

/* A member of a request's body: a text, or members of its own where it is JSON. */
struct provider_field {
	str name;
	struct provider_text text;
	struct provider_field *fields;
	size_t n;
};

enum provider_body { PROVIDER_JSON, PROVIDER_FORM, PROVIDER_QUERY };

enum provider_meaning {
	PROVIDER_ACCEPTED,      /* it has taken the message */
	PROVIDER_LATER,         /* not now, and it did not take it */
	PROVIDER_NEVER_NUMBER,  /* this number is wrong for good */
	PROVIDER_NEVER_MESSAGE, /* this message is refused for good */
	PROVIDER_CONFIGURATION, /* we are set up wrongly */
	PROVIDER_UNKNOWN,       /* it may have taken it or not */
	PROVIDER_ABSENT,        /* of a question: it never had the message */
	PROVIDER_POSTED,        /* of a question: the letter is printed and in the post */
};

/* One kind of answer, and what it means; the first that fits counts. */
struct provider_answer {
	int least, most; /* status */
	str *holds;      /* the body holds one of these; none: any body */
	size_t n_holds;
	str at; /* where in a JSON body a value stands, such as "errors.0.error"; empty: not looked at */
	str *is; /* it is one of these; none: it must only be there */
	size_t n_is;
	str id;   /* where the provider's own id stands; empty: nowhere */
	str code; /* where its own word for this stands; empty: the status is the code */
	enum provider_meaning means;
};

struct provider_request {
	bool there;
	str method;
	struct provider_text url;
	struct provider_field *headers;
	size_t n_headers;
	enum provider_body encode;
	struct provider_field *body;
	size_t n_body;
	struct provider_answer *answers;
	size_t n_answers;
};

/* --- what it tells us later, by itself ------------------------------------------------------------ */

/* How it shows who it is. */
enum receipt_proof {
	RECEIPT_BEARER, /* "Authorization: Bearer TOKEN" */
	RECEIPT_IN_URL, /* by the proof in the URL that we gave it with the message */
	RECEIPT_SIGNED, /* X-Twilio-Signature */
};

enum receipt_meaning {
	RECEIPT_NOTHING,   /* nothing is known yet */
	RECEIPT_DELIVERED, /* it is on the phone */
	RECEIPT_FAILED,    /* it will not be */
	RECEIPT_NUMBER,    /* ... since the number is wrong */
};

struct receipt_rule {
	str at;  /* a field: of the URL, of the form, or in the JSON as of a provider_answer */
	str *is; /* it is one of these; none: it must only be there */
	size_t n_is;
	enum receipt_meaning means;
};

struct provider_receipt {
	bool there;
	enum receipt_proof proof;
	enum provider_body encode; /* of what it sends us */
	str message;               /* the field in which our id stands */
	struct receipt_rule *rules;
	size_t n_rules;
};

struct provider {
	/* of its file */
	str name;     /* "notify"; of several with one file "notify-2" */
	bool is_post; /* it takes letters; else text messages */
	bool gsm_only;
	bool repeats; /* it takes a message with a known id only once, so it can be sent again */
	str gsm_word, unicode_word;
	int at_once;    /* requests */
	int per_second; /* 0: no limit */
	span within;    /* for each answer */
	span slow;      /* an answer that took longer counts against it */
	struct provider_request send;
	struct provider_request ask; /* by our id; not there: it cannot be asked */
	struct provider_receipt receipt;
	/* of candour.conf */
	str url, token, template_id, sender, ca_file;
	str receipt_token; /* what its receipts are proved by; of RECEIPT_SIGNED the token's secret */
	str receipt_url;   /* where it reaches us; empty: no receipts are taken */
	int weight;
};

#endif
