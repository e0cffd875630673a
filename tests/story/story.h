/*
 * Stories: what a family lives through, as a text that people who do not program can read and write.
 *
 *	# A child of nine: each parent is told in their own way
 *	policy: conf
 *
 *	at 2026-11-02 09:15
 *	  contact.registered family/F1
 *	    contact: dana
 *	    role: parent
 *	    addresses: {email: dana@home.example}
 *
 *	expect
 *	  Mon 2026-11-02 09:15  message  C1  ehcna-requested to dana by email (agreed)
 *
 * Times are local. An event is its type and subject, `as ID` and `from SOURCE` where they matter,
 * and below it its data, in YAML; true, false and null are what they are in JSON, and so are scores.
 * `next sms to dana: failed` says what the next hand-over comes to, `news letter to dana: returned`
 * what is heard of the last one. `until 2026-12-14 18:00` lets
 * time pass. `expect` shows everything that happened since the one before, a line each, in order;
 * nothing may be left out. A story ends with an expectation. Of staff's daily lists those in which nothing is new
 * are not shown, unless the story says `lists: every`. `lists F1 F2` shows who has what of these families before
 * them at that moment: reader, part, case and thing, a line each.
 *
 * `change standards.yaml` and below it `from:` and `to:` edits the policy: it is read anew, and what
 * runs is dated anew, as a reload does.
 *
 * With STORY_ACCEPT=1 the expectations are written anew: read what they then say.
 */
#ifndef TESTS_STORY_STORY_H
#define TESTS_STORY_STORY_H

#include "base/arena.h"
#include "base/err.h"
#include "simulate/simulate.h"

/* A story's name: its first comment. */
str story_name(str text);
/* Plays a story: *out is its text with the expectations as they came out. False when it cannot be
 * played; *why says where and why. */
bool story_play(struct arena *arena, str file, str text, str *out, str *why);
/* edit.c: a copy of a policy's folder; a text in one of its files becomes another, false where it is
 * not there; and away with it. */
str edit_copy(struct arena *arena, str policy);
bool edit_file(struct arena *arena, str folder, str file, str from, str to);
void edit_remove(struct arena *arena, str folder);
/* lists.c: of these families, their ids with a space between, each reader's list on that day. */
void lists_show(struct arena *arena, const struct policy *policy, const struct simulate *simulate,
		str families, date today, struct buf *out);
/* Shows how two texts differ, line by line. */
void diff_print(struct arena *arena, str wanted, str is);

#endif
