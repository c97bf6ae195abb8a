/* checkpoint: all that a run cannot recompute: parameters, the method's state, running statistics
 * and loss sums of every worker, in worker order, so that it resumes to the same bits on any number
 * of ranks.  Random streams have no state.  The file ends in the SHA-256 of what precedes. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H
#include "train/run.h"

/* Write DIR/checkpoint in one step; all ranks. */
int checkpoint_write(struct run *r, struct err *e);
/* Read it into r, which is otherwise ready to start; 1 if there is none, or one of other code
 * or data, which is as good as none; all ranks. */
int checkpoint_read(struct run *r, struct err *e);
/* Remove it: the run is over.  At the root. */
void checkpoint_remove(const struct run *r);
#endif
