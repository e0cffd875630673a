/*
 * What the files of this room share.
 */
#ifndef CANDOUR_DELIVER_INNER_H
#define CANDOUR_DELIVER_INNER_H

#include "base/arena.h"
#include "deliver/deliver.h"

/* --- turn.c: verdicts that are ready are said on the loop's next turn, never from within send ---------- */

struct turn;

struct turn *turn_new(const struct channel_env *env);
/* code: a constant text. The parcel is borrowed until its verdict was said. */
void turn_say(struct turn *turn, const struct parcel *parcel, enum outcome outcome, str code);
/* Says what is left, then frees the turn and calls closed. */
void turn_close(struct turn *turn, void (*closed)(void *arg), void *arg);

/* What a failure to write a file means for the message. */
enum outcome outcome_of_file(enum err err);

/* --- enclosures.c: what goes with a message --------------------------------------------------------------- */

struct enclosed {
	str name; /* "Draft plan.pdf": for people; in UTF-8, without a slash */
	str bytes;
	bool is_pdf;
};

/* Reads those that Candour sends, in their order, and checks each against its digest. most: bytes of all together.
 * Gives the empty str, or a code that says why the message cannot leave: enclosure_folder (there is none),
 * enclosure_missing, enclosure_changed, enclosure_too_large. Takes time: megabytes are read and hashed. */
str enclosures_read(struct arena *arena, str folder, const struct message *message, size_t most,
		    struct enclosed **out, size_t *out_n);
/* "Draft plan.pdf": what a reader saves it as. */
str enclosed_name(struct arena *arena, str kind, bool is_pdf);
/* What such a code means for the message. */
enum outcome outcome_of_enclosure(str fault);

/* --- file_channel.c: what the file transports share ------------------------------------------------------- */

struct file_channel;
/* Writes each of the parcels and says its verdict. */
typedef void file_write_fn(const struct file_channel *channel, const struct parcel *const *parcels,
			   size_t n);

struct file_channel {
	struct arena settings; /* holds what own points to */
	const void *own;       /* the transport's own settings; it sets them when it opens */
	const struct policy *const *policy;
	struct turn *turn;
	size_t room;
	file_write_fn *write;
	void (*closed)(void *arg);
	void *closed_arg;
};

/* Takes at most at_once parcels at a time; it is gone when it is closed. */
struct file_channel *file_channel_new(const struct channel_env *env,
				      const struct policy *const *policy, size_t at_once,
				      file_write_fn *write, struct channel *out);
/* Makes the channel's folder, or says in findings why not. */
bool file_channel_folder(str path, enum channel_kind kind, struct findings *findings);
/* The verdict on a parcel that was written, or not. */
void file_channel_say(const struct file_channel *channel, const struct parcel *parcel,
		      enum err err);

/* --- notice.c: what stands before every transport whose messages carry pages ------------------------------- */

/* Opens a channel, or says in findings why not. */
typedef bool open_fn(const struct deliver_settings *settings, const struct channel_env *env,
		     const struct policy *const *policy, struct channel *out,
		     struct findings *findings);

/* An email that has a letter gets its pages from the press before the transport gets it. */
bool notices_open(open_fn *open_transport, const struct deliver_settings *settings,
		  const struct channel_env *env, const struct policy *const *policy,
		  struct channel *out, struct findings *findings);

/* Every letter gets its pages so, before a transport that only takes pages. */
bool paged_letters_open(open_fn *open_transport, const struct deliver_settings *settings,
			const struct channel_env *env, const struct policy *const *policy,
			struct channel *out, struct findings *findings);

/* --- the file transports: each opens its channel, or says in findings why not ----------------------------- */

bool file_email_open(const struct deliver_settings *settings, const struct channel_env *env,
		     const struct policy *const *policy, struct channel *out,
		     struct findings *findings);
bool file_sms_open(const struct deliver_settings *settings, const struct channel_env *env,
		   const struct policy *const *policy, struct channel *out,
		   struct findings *findings);
/* --- letter.c: letters into a spool ----------------------------------------------------------------------- */

bool letter_open(const struct deliver_settings *settings, const struct channel_env *env,
		 const struct policy *const *policy, struct channel *out,
		 struct findings *findings);

#endif
