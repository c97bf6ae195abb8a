/* claim: which process makes a run: a lock on <run>/claim, released when the process that holds it
 * ends in any way.  It works between processes, between sweeps and single runs, and between
 * machines that share the folder.  The content of the file, which outlives the lock, says which
 * sweep tried the run and what came of it. */
#pragma once
#include "core/path.h"

enum { CLAIM_TEXT = 1200, SWEEP_ID = 64 };
struct claim {
    int fd;
    char path[PATH_LENGTH];
    char tried_by[SWEEP_ID], why[CLAIM_TEXT]; /* the last sweep that failed at the run, or "" */
};

/* Create the folder dir and claim the run in it.  Returns 1 if it is ours, 0 if another process
 * holds it, -1 with a sentence on failure. */
int claim_take(struct claim *c, const char *dir, struct err *e);
/* Record which sweep tries the run, which we must hold, and why it failed ("": it has not
 * failed). */
void claim_note(struct claim *c, const char *sweep, const char *why);
/* Release the run; remove the file as well if `done`. */
void claim_drop(struct claim *c, int done);
/* Clean up after a process that was killed when it had just finished the run in dir: remove the
 * run's checkpoints and its claim. */
void claim_tidy(const char *dir);
/* Whether another process holds the run in dir. */
int claim_is_held(const char *dir);
/* The sweep that failed at the run in dir, and why; "" if no sweep failed. */
void claim_read(const char *dir, char tried_by[SWEEP_ID], char why[CLAIM_TEXT]);
