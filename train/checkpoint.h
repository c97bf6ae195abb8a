/* checkpoint: everything that a run cannot recompute: the manifest so far, the numbers of all rows,
 * and parameters, the method's state, running statistics and loss sums of every worker, in worker
 * order.  A resumed run gives the same bits on any number of ranks.  Random streams have no state.
 * The file ends with the SHA-256 of all bytes before it. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H
#include "train/run.h"

/* Write DIR/checkpoint in one step, and keep the one before it as DIR/checkpoint.previous; all
 * ranks. */
int checkpoint_write(struct run *r, struct err *e);
/* Read the checkpoint, or if it is damaged the one before it, into r, which is otherwise ready to
 * start; all ranks.  Returns 1 if there is none to continue from.  If what decides bits has changed
 * since, `start` decides what is done. */
int checkpoint_read(struct run *r, enum run_start start, struct err *e);
/* Whether the folder has a checkpoint of any run. */
int checkpoint_is_in(const char *dir);
/* Remove the checkpoints in the folder, of a run that has ended; at the root. */
void checkpoint_remove(const char *dir);
#endif
