/*
 * Files, whole: read with a limit, written so that a reader sees the old or the new, never half.
 */
#ifndef CANDOUR_BASE_FILE_H
#define CANDOUR_BASE_FILE_H

#include "base/err.h"

/* To be called first: of standard input, output and error, each that was closed by whoever started us
 * is taken, so that no file or socket comes to lie there and gets what was meant for people. What is
 * read from it or written to it fails. */
void file_hold_standard(void);
/* The whole file, at most max bytes (ERR_TOO_LARGE beyond), into the arena. */
NODISCARD enum err file_read(struct arena *arena, str path, size_t max, str *out);
/* Everything until the end of a descriptor, likewise. */
NODISCARD enum err file_read_fd(struct arena *arena, int fd, size_t max, str *out);
/* Writes beside the place, syncs, renames into place, syncs the folder. mode as in open(2). */
NODISCARD enum err file_write(str path, str bytes, unsigned mode);
/* The same, but what is not finished lies in another folder of the same file system. */
NODISCARD enum err file_write_via(str folder, str path, str bytes, unsigned mode);
/* Makes the folder and those above it; fine when it is there. */
NODISCARD enum err folder_make(str path, unsigned mode);
/* Names made or moved in the folder are on the disk when it returns. */
NODISCARD enum err folder_sync(str path);
/* The names in a folder (without "." files), sorted by bytes. */
NODISCARD enum err folder_list(struct arena *arena, str path, str **out_names, size_t *out_n);

#endif
