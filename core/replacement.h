/* replacement: writes a file beside its place and puts it there in one step, so that a half-written
 * file never looks finished.  All files that a user asks for are written through this. */
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
 * also to a file that is not there yet.  A pipe, a device, and a file with several names or that is
 * the standard output are not replaced: the bytes are copied into them at the end.  -1 with a
 * sentence if it cannot be written. */
int replacement_open(struct replacement *r, const char *asked, struct err *e);
/* Put the file in its place if status is 0, else drop it: the old one stays.  It gets the mode and
 * owner of the old file, or those that the umask gives to a new one.  -1 with a sentence on failure,
 * or if status is below 0, which has left its own sentence in e. */
int replacement_close(struct replacement *r, int status, struct err *e);
