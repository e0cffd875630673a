/*
 * The press: a few candour-letter workers, and what waits for them. The letter channel has its pages
 * made here, and so may an email that carries a notice's pages with it.
 *
 * The loop never waits for a worker: pages come later, by a call. A worker makes one letter at a time;
 * one that dies, hangs or talks nonsense is replaced, and its letter is given to another one, once. One
 * that has made its few hundred ends by itself and is replaced as well.
 */
#ifndef CANDOUR_DELIVER_PRESS_H
#define CANDOUR_DELIVER_PRESS_H

#include "deliver/channel.h"
#include "model/policy.h"

struct press;

/* Pages, or why there are none. Borrowed until the function returns. */
struct pressed {
	/* OUTCOME_ACCEPTED: the pages are there. Else what the message is to hear of it: refused for
	 * good, later, not begun. */
	enum outcome outcome;
	str code; /* "pages"; "missing_glyph", "worker_died", "worker_hung", "no_worker" ... */
	str pdf;
	int pages;
};

typedef void pressed_fn(void *arg, const struct pressed *pressed);

struct press_settings {
	str worker;  /* the path of candour-letter */
	int workers; /* at most so many at once */
	span wait;   /* has a worker for one letter */
	str profile; /* where the window is: "notify_c5", "local_dl" */
};

/* Workers start when they are needed. */
struct press *press_new(struct uv_loop_s *loop, const struct press_settings *settings);
/* Has the parcel's letter made, dated on that day. `done` is called once, on the loop, never from within;
 * the parcel is borrowed until then. */
void press_letter(struct press *press, const struct policy *policy, const struct parcel *parcel,
		  date day, pressed_fn *done, void *arg);
/* What is under way is said to be not begun; then the workers are ended, and closed is called once they
 * are gone. Nothing may be asked any more. */
void press_close(struct press *press, void (*closed)(void *arg), void *arg);

#endif
