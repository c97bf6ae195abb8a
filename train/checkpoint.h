/* checkpoint: everything that a run cannot recompute: the manifest so far, the numbers of all rows,
 * and, in worker order, every worker's parameters, method state, running statistics and loss sums.
 * A resumed run gives the same bits on any number of ranks.  Random streams have no state to save.
 * The file ends with the SHA-256 of all bytes before it. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H
#include "train/run.h"

/* Replace DIR/checkpoint atomically, and keep the old one as DIR/checkpoint.previous.
 * Collective. */
int checkpoint_write(struct run *r, struct err *e);
/* Read the checkpoint, or the previous one if it is damaged, into r, which is otherwise ready to
 * start.  Returns 1 if there is none to continue from.  If anything that determines the bits has
 * changed since it was written, `start` says what to do.  Collective. */
int checkpoint_read(struct run *r, enum run_start start, struct err *e);
/* Whether the folder has a checkpoint of any run. */
int checkpoint_is_in(const char *dir);
/* Remove the checkpoints of a run that has ended from its folder, and the file that said how far it
 * was (train/progress.h).  Root only. */
void checkpoint_remove(const char *dir);
#endif
