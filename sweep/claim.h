/* claim: which process makes a run: a lock on <run>/claim, released when the process that holds
 * it ends in any way.  Works between processes, sweeps, single runs, and machines that share the
 * folder.  The content of the file outlives the lock: which sweep tried the run, and the
 * outcome. */
#pragma once
#include "core/path.h"

enum { CLAIM_TEXT = 1200, SWEEP_ID = 64 };
struct claim {
    int fd;
    char path[PATH_LENGTH];
    char tried_by[SWEEP_ID], why[CLAIM_TEXT]; /* the last sweep that failed at the run, or "" */
};

/* Claim the run in dir, creating the folder: 1 if it is ours, 0 if another process holds it, -1
 * with a sentence on failure. */
int claim_take(struct claim *c, const char *dir, struct err *e);
/* Record, while we hold the run, which sweep tries it and why it failed ("": it has not failed). */
void claim_note(struct claim *c, const char *sweep, const char *why);
/* Release the run; with done, remove the file. */
void claim_drop(struct claim *c, int done);
/* Remove what a process that was killed at its very end left of the finished run in dir: its
 * checkpoints and its claim. */
void claim_tidy(const char *dir);
/* Whether another process holds the run in dir. */
int claim_is_held(const char *dir);
/* The sweep that failed at the run in dir, and why; "" if no sweep failed. */
void claim_read(const char *dir, char tried_by[SWEEP_ID], char why[CLAIM_TEXT]);
