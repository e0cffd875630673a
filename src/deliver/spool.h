/*
 * The spool: a folder from which a print room collects letters, each a folder of its own.
 *
 *	DIR/<message>/            whole, and there by one rename
 *	WORK/making/<message>/    not whole yet
 *	WORK/ledger/<xx>/<message>   an empty file: this letter was put there, or is about to be
 *	WORK/lock
 *
 * WORK is a folder on the same file system, of which the print room knows nothing.
 *
 * What makes a second letter impossible is the order: the folder is made whole and synced, then its name
 * goes into the ledger, then it is renamed. Whoever finds the name in the ledger has only to see whether
 * the rename is still to be done; a folder that is in neither place was collected. One process at a time
 * does this, under a lock.
 *
 * All functions block until the disk has what they wrote: not for a loop's thread.
 */
#ifndef CANDOUR_DELIVER_SPOOL_H
#define CANDOUR_DELIVER_SPOOL_H

#include "base/err.h"

struct spool_file {
	str name, bytes;
};

enum spooled {
	SPOOLED,      /* it is there, or was */
	SPOOL_BUSY,   /* another process has the lock, and does not give it up */
	SPOOL_FULL,   /* no space; nothing was put there */
	SPOOL_AWAY,   /* the folder is gone, not ours, or read-only; nothing was put there */
	SPOOL_BROKEN, /* the disk failed; nothing was put there */
	SPOOL_DOUBT   /* it failed after the rename */
};

/* Makes WORK and what stands below it; DIR must be there. */
NODISCARD enum err spool_prepare(str dir, str work);
/* Puts a letter there: once, however often it is called with the same id. */
NODISCARD enum spooled spool_put(str dir, str work, str id, const struct spool_file *files,
				 size_t n);

#endif
