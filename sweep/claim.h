/* claim: which process makes a run: a lock on <run>/claim, which ends with the process that holds
 * it, however it ends.  Works between processes, sweeps, and machines that share the folder.  What
 * the file says outlives the lock: which sweep tried the run, and what came of it. */
#ifndef SWEEP_CLAIM_H
#define SWEEP_CLAIM_H
#include "core/path.h"

enum { CLAIM_TEXT = 1200, SWEEP_ID = 64 };
struct claim {
    int fd;
    char path[PATH_LENGTH];
    char tried_by[SWEEP_ID], why[CLAIM_TEXT]; /* the last sweep that failed at it; "" if none did */
};

/* Claim the run in dir, making the folder: 1 it is ours, 0 another process holds it, -1 with a
 * sentence.  With wait, wait until nobody holds it. */
int claim_take(struct claim *c, const char *dir, int wait, struct err *e);
/* While we hold it: note which sweep is at it, and why it failed ("": it did not). */
void claim_note(struct claim *c, const char *sweep, const char *why);
/* Let go; done: remove the file. */
void claim_drop(struct claim *c, int done);
/* Whether a process, not this one, holds the run in dir. */
int claim_is_held(const char *dir);
/* Which sweep failed at the run in dir, and why; "" if none did. */
void claim_read(const char *dir, char tried_by[SWEEP_ID], char why[CLAIM_TEXT]);
#endif
