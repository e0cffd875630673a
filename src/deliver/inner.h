/*
 * What the files of this room share.
 */
#ifndef CANDOUR_DELIVER_INNER_H
#define CANDOUR_DELIVER_INNER_H

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

/* --- the file transports: each opens its channel, or says in findings why not ----------------------------- */

bool file_email_open(const struct deliver_settings *settings, const struct channel_env *env,
		     const struct policy *const *policy, struct channel *out,
		     struct findings *findings);
bool file_sms_open(const struct deliver_settings *settings, const struct channel_env *env,
		   const struct policy *const *policy, struct channel *out,
		   struct findings *findings);
bool file_letter_open(const struct deliver_settings *settings, const struct channel_env *env,
		      const struct policy *const *policy, struct channel *out,
		      struct findings *findings);

#endif
