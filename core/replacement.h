/* replacement: writes a new file next to the one that it will replace, and then renames it, so that
 * a half-written file never looks finished.  All files that a user asks for are written in this
 * way. */
#pragma once
#include "core/path.h"

struct replacement {
    char path[PATH_LENGTH]; /* write to this file, which exists and is empty */
    /* own */
    const char *asked;
    char target[PATH_LENGTH];
    int is_copied;
    unsigned mode;
};

/* Begin to replace what is at `asked`, which must stay until the end.  Symbolic links are followed,
 * even to a file that does not exist yet.  Pipes, devices, files with several hard links and the
 * standard output are not replaced: the bytes are copied into them at the end.  -1 with a sentence
 * if it cannot be written. */
int replacement_open(struct replacement *r, const char *asked, struct err *e);
/* If status is 0, put the new file in place, with the mode and owner of the old one, or if there
 * was none with those of any new file.  Otherwise drop it, and the old file stays.  -1 with a
 * sentence on failure, or if status is below 0, in which case e already holds a sentence. */
int replacement_close(struct replacement *r, int status, struct err *e);
